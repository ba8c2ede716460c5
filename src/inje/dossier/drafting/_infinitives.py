"""The infinitive that tells what somebody is asked, or means, to do: "ordered A and B to wait"."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._clausal import infinite
from inje.dossier.drafting._cues import LEMMAS
from inje.dossier.drafting._passages import Word

__all__ = ["asked_to", "past_phrase"]

#: behind one of these "to" is no longer what was ordered: "offered no quarter and was alleged to"
_INFINITIVE_OVER = frozenset(", ; : was were is are had has did".split())
#: nouns that have an infinitive of their own
_NOUN_TO = frozenset(
    "orders order instructions attempt attempts plan plans decision effort efforts ability opportunity chance right "
    "need way time permission power refusal readiness willingness failure desire wish intention authority task "
    "mission duty reason command".split()
)
#: where somebody goes, and nobody whom one asks
_WHITHER = frozenset(
    "forward back ahead home on onward onwards north south east west up down".split()
)


def _next_verb(words: Sequence[Word], at: int) -> bool:
    """Whether "and" leads to another verb: "directed the fire and ordered A to wait"."""
    if words[at].text != "and" or at + 1 >= len(words):
        return False
    following = words[at + 1].text
    return following.endswith("ed") and following in LEMMAS


def past_phrase(words: Sequence[Word], k: int) -> int:
    """Index of the "to" behind a phrase: "planned with a strong guard to block the road"."""
    for at in range(k + 3, min(k + 9, len(words) - 1)):
        text = words[at].text
        if text == "to":
            return at if infinite(words, at) and words[at - 1].text not in _NOUN_TO else 0
        if not text[0].isalnum() or text in ("and", "that", "who", "which", "was", "were"):
            return 0
    return 0


def asked_to(words: Sequence[Word], k: int) -> int:
    """Index of the "to" behind whom a verb asks to do something; 0 if there is none.

    As in "ordered Korn to wait", "expected the brigades of A, B and C to support".
    """
    at, far, who = k + 2, k + 10, False
    while at < min(far, k + _LISTED, len(words)):
        listed = words[at].text == "," and words[at + 1 : at + 2]
        if listed and (words[at + 1].capital or words[at + 1].text == "and"):
            at, far = at + 1, at + 10
            continue
        if words[at].text == "who":
            who, far = True, at + 12  # "ordered those who were still there to go"
        over = words[at].text in _INFINITIVE_OVER and not (who and words[at].text.isalpha())
        if over or _next_verb(words, at):
            return 0
        of_noun = words[at - 1].text in _NOUN_TO or words[k + 1].text in _WHITHER
        # "commanded the department with orders to move", "pressed on to reach"
        if words[at].text in ("to", "not") and not of_noun and infinite(words, at):
            return at
        at += 1
    return 0


#: words in which those who are asked are listed
_LISTED = 30
