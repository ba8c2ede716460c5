"""Built-in readers; each comes through the plug-in group `inje.readers`."""

from inje.document.readers._text import TEXT

__all__ = ["TEXT"]
