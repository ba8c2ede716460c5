"""Tables for people: how every noun shows itself in a notebook."""

from inje.tables._html import shown, triple

__all__ = ["shown", "triple"]
