"""Anchors of an older version of a text, found again in the newer one.

Lines that both versions have are paired first (a longest common subsequence by
`difflib.SequenceMatcher`); inside lines that changed, the words are. A span moves only where its
quote stands, character for character, at the new place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher

from inje.dossier._records import AnchorRecord

__all__ = ["Realignment"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
#: a changed stretch with more words than this is searched by quote, not aligned word by word
_MOST_WORDS = 6000
#: a quote that stands oftener than this far from its old place says nothing
_MOST_PLACES = 200


class Realignment:
    """The way from spans of an old text to spans of a new one.

    Parameters
    ----------
    old : the text that the anchors speak of; None where it is lost: quotes are then searched.
    new : the text as it is now.
    """

    def __init__(self, old: str | None, new: str) -> None:
        self.new = new
        self._same = old == new
        pairs = [] if old is None or self._same else _paired(old, new)
        self._starts = [pair[0] for pair in pairs]
        self._pairs = pairs
        self._scale = len(new) / max(len(old), 1) if old is not None else 1.0

    def moved(self, anchor: AnchorRecord) -> AnchorRecord | None:
        """The anchor in the new text, or None where its words are gone."""
        start = anchor.start if self._same else self._place(anchor)
        if start is None or self.new[start : start + len(anchor.quote)] != anchor.quote:
            return None
        end = start + len(anchor.quote)
        return anchor.model_copy(update={"start": start, "end": end})

    def _place(self, anchor: AnchorRecord) -> int | None:
        i = bisect_right(self._starts, anchor.start) - 1
        near = int(anchor.start * self._scale)
        if i >= 0:
            old, new, length = self._pairs[i]
            near = new + anchor.start - old
            if anchor.start < old + length and self._stands(anchor.quote, near):
                return near
        return self._searched(anchor.quote, near)

    def _stands(self, quote: str, start: int) -> bool:
        return self.new.startswith(quote, start)

    def _searched(self, quote: str, near: int) -> int | None:
        """The place nearest to where the quote is expected; None when it is not there."""
        places: list[int] = []
        at = self.new.find(quote)
        while at >= 0 and len(places) <= _MOST_PLACES:
            places.append(at)
            at = self.new.find(quote, at + 1)
        if not places or (len(quote) < 4 and len(places) > 1):
            return None
        return min(places, key=lambda place: abs(place - near))


_Pair = tuple[int, int, int]


def _paired(old: str, new: str) -> list[_Pair]:
    """(old start, new start, length) of stretches that both texts have, ascending in both."""
    one, two = _pieces(_LINE, old, 0), _pieces(_LINE, new, 0)
    pairs: list[_Pair] = []
    matcher = SequenceMatcher(None, [w for w, _ in one], [w for w, _ in two], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pairs += [(one[a + k][1], two[c + k][1], len(one[a + k][0])) for k in range(b - a)]
        elif tag == "replace":
            pairs += _inside(one[a:b], two[c:d])
    return pairs


def _inside(one: Sequence[tuple[str, int]], two: Sequence[tuple[str, int]]) -> list[_Pair]:
    """Words that a changed stretch still has."""
    a = [word for line, start in one for word in _pieces(_WORD, line, start)]
    b = [word for line, start in two for word in _pieces(_WORD, line, start)]
    if max(len(a), len(b)) > _MOST_WORDS:
        return []
    matcher = SequenceMatcher(None, [w for w, _ in a], [w for w, _ in b], autojunk=False)
    return [
        (a[m.a + k][1], b[m.b + k][1], len(a[m.a + k][0]))
        for m in matcher.get_matching_blocks()
        for k in range(m.size)
    ]


def _pieces(pattern: re.Pattern[str], text: str, offset: int) -> list[tuple[str, int]]:
    return [(m.group(), offset + m.start()) for m in pattern.finditer(text)]
