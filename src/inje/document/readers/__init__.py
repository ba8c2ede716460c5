"""Built-in readers; each comes through the plug-in group `inje.readers`."""

from inje.document.readers._html import HTML
from inje.document.readers._office import DOCX, PDF
from inje.document.readers._text import TEXT
from inje.document.readers._wikitext import WIKITEXT

__all__ = ["DOCX", "HTML", "PDF", "TEXT", "WIKITEXT"]
