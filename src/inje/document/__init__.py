"""Documents and their readers: text in, blocks and exact offsets out."""

from inje.document._json import document_from_json, document_to_json
from inje.document._parsed import Parsed, Reader, Spot
from inje.document._records import Anchor, Block, BlockKind, Document, Mark, MarkKind, Run
from inje.document._schemas import SchemaStep, origin_of, schema_version, upgraded
from inje.document._source import read_document, readers

__all__ = [
    "Anchor",
    "Block",
    "BlockKind",
    "Document",
    "Mark",
    "MarkKind",
    "Parsed",
    "Reader",
    "Run",
    "SchemaStep",
    "Spot",
    "document_from_json",
    "document_to_json",
    "origin_of",
    "read_document",
    "readers",
    "schema_version",
    "upgraded",
]
