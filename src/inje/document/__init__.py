"""Documents and their readers: text in, blocks and exact offsets out."""

from inje.document._records import Anchor, Block, BlockKind, Document, Mark, MarkKind, Run

__all__ = ["Anchor", "Block", "BlockKind", "Document", "Mark", "MarkKind", "Run"]
