"""Whose a ship is that the text calls by its name alone.

"Cradock had two old cruisers, Good Hope and Monmouth"; "the Russian battleship Suvorov". Who
fires on a ship of one side is of the other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._hostility import FOUGHT
from inje.dossier.drafting._parties import Sides
from inje.dossier.drafting._passages import Sentence

__all__ = ["ships_of"]

_NAME = r"(?:[A-Z][a-zà-öø-ÿō][\wà-öø-ÿ’-]*(?: [A-Z][a-zà-öø-ÿ][\w’-]*)?)"
_TYPE = (
    r"(?:battle-?ship|battle-?cruiser|cruiser|destroyer|frigate|corvette|ironclad|gunboat|flagship|submarine|"
    r"carrier|liner|steamer|sloop|brig|schooner|galleon|carrack|monitor|dreadnought|raider|transport|tanker|"
    r"minelayer|minesweeper|torpedo boat|ship of the line|ships of the line|warship|man-of-war|leader)s?"
)
_NAMED = re.compile(
    rf"\b{_TYPE},? (?P<names>{_NAME}(?:(?:, | and |, and ){_NAME}){{0,8}})(?=[\s,.;:)’'])"
)
_EACH = re.compile(_NAME)
#: words with a capital that open a clause or name a rank, and no ship
_NO_SHIP = frozenset(
    "The At In On By From With After Before During When While Under Admiral Captain Commander "
    "Commodore Rear Vice Lieutenant Sir Lord General Fleet Squadron Division Force Royal Navy".split()
)
#: who has the ships that a sentence lists
_HAS = re.compile(
    r"\b(?:had|has|consisted of|comprised|comprising|consisting of|included|including|commanded|commanding|"
    r"led|leading|brought|possessed|sent|was made up of|were|with)\b"
)
_FIGHTS = re.compile(rf"\b(?:against|{FOUGHT})\b", re.I)
#: "Gneisenau scored 30 hits on Monmouth"
_FIRES = re.compile(
    rf"(?P<who>{_NAME})(?: (?:had|then|also|now|soon|\w+ly))? "
    r"(?:opened fire (?:at [^,.;]{3,25} )?(?:on|at)|opened fire at [^.;]{3,25} and hit|scored [^,.;]{1,25}? on|hit|sank|torpedoed|"
    rf"rammed|shelled|struck|engaged|fired (?:on|at)|disabled|set fire to)(?: the [a-z ]{{3,25}})? (?P<whom>{_NAME})"
)


class _Word(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def side(self) -> str: ...


class _Within(Protocol):
    def __call__(self, sentence: Sentence, start: int, end: int) -> Sequence[_Word]: ...


def ships_of(
    sides: Sides, register: Register, sentences: Iterable[Sentence], within: _Within
) -> dict[str, str]:
    """Name of a ship -> side; of those whose side every place that tells it agrees on.

    `within` gives the words of a stretch of a sentence that tell a side.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    fights: list[tuple[str, str]] = []
    for sentence in sentences:
        for name, side in _told(sides, sentence, within):
            votes[name][side] += 1
        fights += [(m["who"], m["whom"]) for m in _FIRES.finditer(sentence.text)]
    for who, whom in fights * 2:
        for one, two in ((who, whom), (whom, who)):
            if len(votes.get(one, ())) == 1 and two not in votes and one != two:
                opponent = sides.other(next(iter(votes[one])))
                if opponent is not None and two.split()[0] not in _NO_SHIP:
                    votes[two][opponent] += 1
    taken = {
        form for named in register.all.values() if named.kind != "place" and named.side
        for form in named.forms
    }  # fmt: skip
    return {
        name: next(iter(told))
        for name, told in votes.items()
        if len(told) == 1 and name not in taken
    }


def _told(sides: Sides, sentence: Sentence, within: _Within) -> Iterator[tuple[str, str]]:
    """Ships that a sentence names behind their type, each with its side."""
    for match in _NAMED.finditer(sentence.text):
        lead = sentence.text[: match.start()]
        near = re.search(r"(?:[\w’'-]+ ){0,4}$", lead)
        side = sides.only_one_in(near.group()) if near is not None else None
        if side is None:
            words = within(sentence, sentence.start, sentence.start + match.start())
            since = lead[words[-1].start - sentence.start :] if words else ""
            own = words and _HAS.search(since) and not _FIGHTS.search(since)
            side = words[-1].side if own else None
        if side is None:
            continue
        for name in _EACH.findall(match["names"]):
            if name.split()[0] not in _NO_SHIP and sides.of_words(name) is None:
                yield name, side
