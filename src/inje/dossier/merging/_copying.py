"""Copying between two documents: the words that both have, in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inje.document import Document
from inje.dossier._records import AnchorRecord
from inje.dossier.drafting._entities import folded

__all__ = ["Agreement", "agreement"]

#: words in a row; two writers on one battle hardly ever choose the same eight by chance
RUN = 8
#: share of the shorter text that stands in the other from which one counts as a copy
COPIED = 0.2
#: shared words from which copying is at least asked
ASKED = 24
_WORD = re.compile(r"[^\W_]+")
_PROSE = ("paragraph", "list_item", "quotation")


@dataclass(frozen=True)
class Agreement:
    """How far the wording of two documents agrees.

    Attributes
    ----------
    words : words of the later document that stand in a shared run of `RUN` words or more.
    share : of the words of the shorter document.
    passage : the longest shared passage, in the later document; None without one.
    """

    words: int
    share: float
    passage: AnchorRecord | None

    @property
    def asked(self) -> bool:
        """Whether the agreement is too long for chance."""
        return self.words >= ASKED

    @property
    def copied(self) -> bool:
        """Whether so much agrees that the two must not count as two witnesses."""
        return self.asked and self.share >= COPIED


def agreement(first: Document, second: Document) -> Agreement:
    """Compare the wording of two documents; time and memory linear in their lengths."""
    one, two = list(_words(first)), list(_words(second))
    if min(len(one), len(two)) < RUN:
        return Agreement(0, 0.0, None)
    known = {shingle for _, shingle in _shingles(one)}
    shared = [False] * len(two)
    for start, shingle in _shingles(two):
        if shingle in known:
            shared[start : start + RUN] = [True] * RUN
    count = sum(shared)
    share = count / min(len(one), len(two))
    return Agreement(count, min(share, 1.0), _longest(second, two, shared))


_Placed = tuple[str, int, int]


def _words(document: Document) -> Iterator[_Placed]:
    """Words of the prose in plain letters, with their places in the clean text."""
    for block in document.blocks:
        if block.kind in _PROSE:
            for match in _WORD.finditer(document.text, block.start, block.end):
                yield folded(match.group()), match.start(), match.end()


def _shingles(words: list[_Placed]) -> Iterator[tuple[int, tuple[str, ...]]]:
    plain = [word for word, _, _ in words]
    for start in range(len(plain) - RUN + 1):
        yield start, tuple(plain[start : start + RUN])


def _longest(document: Document, words: list[_Placed], shared: list[bool]) -> AnchorRecord | None:
    best, start = (0, 0), None
    for i, flag in enumerate([*shared, False]):
        if flag and start is None:
            start = i
        elif not flag and start is not None:
            if i - start > best[1] - best[0]:
                best = (start, i)
            start = None
    if best[1] == 0:
        return None
    first, last = best[0], min(best[1], best[0] + 60)
    anchor = document.anchor(words[first][1], words[last - 1][2])
    return AnchorRecord(
        start=anchor.start, end=anchor.end, quote=anchor.quote, document=document.id
    )
