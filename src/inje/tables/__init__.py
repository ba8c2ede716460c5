"""Tables for people: how every noun shows itself in a notebook."""

from inje.tables._html import shown, triple
from inje.tables._markdown import in_markdown

__all__ = ["in_markdown", "shown", "triple"]
