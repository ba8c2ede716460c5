"""Attributing phrases of a verb and its noun: "laid the blame on", "held him responsible"."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._cues import Cue
from inje.dossier.drafting._passages import Word

__all__ = ["idiom_at"]

#: verbs, nouns, prepositions, kind of claim
_TABLE: tuple[tuple[str, str, str, ClaimKind], ...] = (
    (
        "lay lays laid laying place places placed placing put puts pin pins pinned cast casts fix fixes fixed",
        "blame responsibility fault guilt onus emphasis stress",
        "on upon at with",
        "statement",
    ),
    ("pay pays paid paying", "tribute homage", "to", "statement"),
    ("take takes took taking", "issue exception", "with to", "statement"),
    ("cast casts casting throw throws threw", "doubt doubts", "on upon over", "statement"),
    ("give gives gave giving", "credit", "to for", "statement"),
    (
        "heap heaps heaped lavish lavished pour poured pours bestow bestowed",
        "praise scorn blame ridicule criticism",
        "on upon",
        "statement",
    ),
    ("find finds found", "fault", "with", "statement"),
    ("draw draws drew drawing call calls called calling", "attention", "to", "statement"),
    ("make makes made making", "reference mention light secret", "to of", "statement"),
    ("speak speaks spoke speaking", "highly well ill out", "of against about", "statement"),
    ("come comes came", "out", "against for", "statement"),
    ("bear bears bore", "witness", "to", "report"),
    (
        "have has had having",
        "intention thoughts hopes doubts misgivings fears",
        "of about",
        "belief",
    ),
    (
        "express expresses expressed voice voiced",
        "regret surprise confidence concern doubt doubts hope fear fears satisfaction interest opposition "
        "support admiration reservations misgivings concerns dismay gratitude",
        "at in about for to over of",
        "statement",
    ),
)
_IDIOMS = [
    (frozenset(verbs.split()), frozenset(nouns.split()), frozenset(prepositions.split()), kind)
    for verbs, nouns, prepositions, kind in _TABLE
]
#: "held Brun responsible for the loss"
_HELD = frozenset(
    "hold holds held holding think thinks thought find finds deem deems deemed".split()
)
_TO_BLAME = frozenset("responsible accountable answerable liable culpable blameless".split())
_BREAKS = frozenset([",", ";", ":", ".", "that", "which", "who", "and", "but"])
_FAR = 7


def idiom_at(words: Sequence[Word], k: int) -> tuple[Cue, int] | None:
    """The cue of a phrase that begins with the verb at a word, and its last word."""
    text = words[k].text
    said = [word.text for word in words[k + 1 : k + 5]]
    if text in _MADE_UP and said[:1] == ["up"] and said[2:] == ["mind", "to"]:
        return Cue("intention", frozenset(["infinitive"])), k + 3
    for verbs, nouns, prepositions, kind in _IDIOMS:
        if text not in verbs:
            continue
        for at in range(k + 1, min(k + _FAR, len(words) - 1)):
            if words[at].text in _BREAKS:
                break
            if words[at].text in nouns and (last := _governing(words, at + 1, prepositions)):
                return Cue(kind, frozenset(["object"])), last
    return (Cue("statement", frozenset(["figure"])), k) if _blames(words, k) else None


#: "made up his mind to attack"
_MADE_UP = frozenset(["made", "make", "makes", "making"])


def _governing(words: Sequence[Word], at: int, prepositions: frozenset[str]) -> int:
    """Index of the preposition: at once, or behind what the blame is for; else 0."""
    if words[at].text in prepositions:
        return at
    if words[at].text == "for":
        for k in range(at + 2, min(at + _FAR, len(words) - 1)):
            if words[k].text in _BREAKS:
                return 0
            if words[k].text in prepositions and words[k].text != "for":
                return k
    return 0


def _blames(words: Sequence[Word], k: int) -> bool:
    """As in "held Brun alone responsible"."""
    if words[k].text not in _HELD:
        return False
    for at in range(k + 2, min(k + _FAR, len(words))):
        if words[at].text in _BREAKS:
            return False
        if words[at].text in _TO_BLAME:
            return True
    return False
