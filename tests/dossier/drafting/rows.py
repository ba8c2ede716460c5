"""Rows of words with marks: `^` before the word that is asked about, `»` before what is found.

Where no `»` stands the rule finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from inje.dossier.drafting._passages import Word, words_of


def told(row: str) -> tuple[list[Word], int, int | None]:
    """Words of a row, the index asked about, and the one that is to be found."""
    places: dict[str, int] = {}
    plain = ""
    for letter in row:
        if letter in "^»":
            places[letter] = len(plain)
        else:
            plain += letter
    words = list(words_of(plain))
    index = {name: [w.start for w in words].index(at) for name, at in places.items()}
    return words, index["^"], index.get("»")


def finds(rule: Callable[[list[Word], int], int], row: str, nothing: int | None = 0) -> None:
    """The rule finds what is marked; `nothing` where nothing is, or the word itself for None."""
    words, asked, wanted = told(row)
    none = asked if nothing is None else nothing
    assert rule(words, asked) == (none if wanted is None else wanted)


def holds(rule: Callable[[list[Word], int], object], row: str, is_so: bool) -> None:
    words, asked, _ = told(row)
    assert bool(rule(words, asked)) == is_so
