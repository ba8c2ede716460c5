"""Whose the royalists and the patriots are: parties that the text ties to a commander."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import islice

from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._parties import Sides
from inje.dossier.drafting._passages import Sentence

__all__ = ["factions_of"]

#: parties, and those that fight them in the civil wars and risings of which articles tell
_OPPONENTS = {
    "royalist": "patriot independentist republican rebel insurgent revolutionary parliamentarian",
    "loyalist": "patriot rebel insurgent revolutionary separatist",
    "nationalist": "republican communist",
    "government": "rebel insurgent guerrilla",
    "conservative": "liberal",
    "federalist": "unitarian centralist",
    "legitimist": "liberal",
    "carlist": "liberal",
    "papist": "protestant",
    "catholic": "protestant huguenot",
    "crusader": "saracen",
}
_ALL = sorted({*_OPPONENTS, *(word for words in _OPPONENTS.values() for word in words.split())})
_FACTION = re.compile(
    rf"\b(?P<faction>{'|'.join(word[:-1] + '(?:y|ies)' if word.endswith('y') else word for word in _ALL)})s?\b",
    re.I,
)
#: "the royalist army of Viceroy | de la Serna", "royalists under | Canterac"
_UNDER = re.compile(
    r"(?: (?:army|forces?|troops|column|division|cavalry|general|commander|leader|chief|colonel|captain|admiral))?,?"
    r"(?: (?:of|under|led by|commanded by|headed by))?(?: [\w.]+){0,2} (?:the )?"
)
#: "| Sucre's patriots", "Sucre and his patriot army"
_OWN = re.compile(r"(?:['’]s?| and his| with his|, leading the) (?:\w+ )?")
_FIRST = 120


def _singular(word: str) -> str:
    word = word.lower()
    return word[:-3] + "y" if word.endswith("ies") else word


def factions_of(sides: Sides, register: Register, sentences: Iterable[Sentence]) -> dict[str, str]:
    """Words for the parties of two sides -> side; in singular and plural.

    A party is his whose name stands beside it, in every place where one does; the one that is
    known to fight it is then the other's.
    """
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in islice(sentences, _FIRST):
        for match in _FACTION.finditer(sentence.text):
            told = sides.of_words(match["faction"]) or _beside(register, sentence, match)
            votes[_singular(match["faction"])][told or ""] += 1
    found: dict[str, str] = {}
    for word, counted in votes.items():
        told = {side for side in counted if side}
        if len(told) == 1:
            found[word] = told.pop()
    for one, others in _OPPONENTS.items():
        for two in others.split():
            for known, free in ((one, two), (two, one)):
                opponent = sides.other(found[known]) if known in found else None
                if opponent is not None and free in votes and free not in found:
                    found[free] = opponent
    plural = {
        (word[:-1] + "ies" if word.endswith("y") else word + "s"): side
        for word, side in found.items()
    }
    return found | plural


def _beside(register: Register, sentence: Sentence, match: re.Match[str]) -> str | None:
    """Side of the commander or force that is named right before or behind a party."""
    start, end = sentence.start + match.start(), sentence.start + match.end()
    for mention, named in register.within(end, min(end + 60, sentence.end))[:1]:
        gap = sentence.text[match.end() : mention.start - sentence.start]
        if named.kind == "person" and named.side and _UNDER.fullmatch(gap):
            return named.side
    for mention, named in register.within(max(sentence.start, start - 60), start)[-1:]:
        gap = sentence.text[mention.end - sentence.start : match.start()]
        if named.kind == "person" and named.side and _OWN.fullmatch(gap):
            return named.side
    return None
