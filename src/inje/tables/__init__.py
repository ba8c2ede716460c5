"""Tables for people: how every noun shows itself in a notebook."""

from inje.tables._html import give_or_take, rough, shown, triple
from inje.tables._markdown import in_markdown

__all__ = ["give_or_take", "in_markdown", "rough", "shown", "triple"]
