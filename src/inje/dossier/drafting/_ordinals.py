"""Ordinals and months in names: "6th Army", "Second Army", "Philipp August Oak"."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._lexicon import MONTHS
from inje.dossier.drafting._passages import Word

__all__ = ["FIRSTS", "forename", "ordinal_before"]

#: ordinals that may open the name of a unit
FIRSTS = frozenset(["First", "Second", "Third", "Fourth"])


def ordinal_before(words: Sequence[Word], first: Word) -> int | None:
    """Where "6th" or "1st" begins right before a word, or None."""
    k = next((n for n, word in enumerate(words) if word.start == first.start), 0)
    if k < 2 or words[k - 1].text not in ("st", "nd", "rd", "th"):
        return None
    number = words[k - 2]
    joined = number.end == words[k - 1].start and first.start - words[k - 1].end == 1
    return number.start if joined and number.text.isdigit() else None


def forename(words: Sequence[Word], k: int) -> bool:
    """Whether a month is somebody's name: it stands between two names."""
    if not 0 < k < len(words) - 1:
        return False
    return all(w.capital and w.text not in MONTHS for w in (words[k - 1], words[k + 1]))
