"""Cutting prose into words, numbers and marks, in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inje.chronology._lexicon import MONTHS, SEASONS

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark.

    Attributes
    ----------
    text, lower : as written, and in lower case.
    start, end : offsets in the text.
    kind : "w" word, "n" number, "p" mark, "" past the end.
    glued : nothing stands between it and the token before.
    broken : a blank line, or more, stands before it.
    """

    text: str
    lower: str
    start: int
    end: int
    kind: str
    glued: bool
    broken: bool


_NOTHING = Token("", "", 0, 0, "", glued=False, broken=True)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text; past either end there is an empty token."""

    text: str
    items: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> Token:
        return self.items[index] if 0 <= index < len(self.items) else _NOTHING

    def lower(self, index: int) -> str:
        """Return the token in lower case, "" past the end or across a blank line."""
        return self[index].lower

    def follows(self, index: int) -> bool:
        """Return whether the token continues the line or paragraph of the one before."""
        token = self[index]
        return bool(token.kind) and not token.broken


def tokenise(text: str) -> Tokens:
    """Return the tokens of `text`; a month glued to a label (``DateApril``) is cut off it."""
    items: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        end = match.end()
        word = match.group()
        kind = "n" if word[0].isdecimal() else "w" if word[0].isalpha() else "p"
        glued, broken = not gap and bool(items), gap.count("\n") > 1
        start = match.start()
        for piece in _unglued(word) if kind == "w" else (word,):
            items.append(Token(piece, piece.lower(), start, start + len(piece), kind,
                               glued, broken))  # fmt: skip
            start, glued, broken = start + len(piece), True, False
    return Tokens(text, tuple(items))


def _unglued(word: str) -> tuple[str, ...]:
    if len(word) < 5 or word.islower() or word[1:].islower():
        return (word,)
    pieces = _HUMP.split(word)
    if len(pieces) < 2 or pieces[-1].lower() not in MONTHS.keys() | SEASONS.keys():
        return (word,)
    return ("".join(pieces[:-1]), pieces[-1])
