"""Cues of more than one word, and the plain forms of verbs: "pointed out", "gave orders that".

A light verb attributes by its noun ("took the view that"); a plain form only behind an auxiliary
or a verb of beginning ("did not know that", "began to worry that").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._cues import BASES, CUES, Cue
from inje.dossier.drafting._passages import Word

__all__ = ["aspect", "cue_at"]

_OUT = frozenset(
    "point points pointed pointing set sets make makes made making spell spelled spelt".split()
)
_BEGINNING = frozenset(
    "began begun begin begins started starts continued continues came comes grew seemed seems "
    "used went refused declined ceased".split()
)
_AUXILIARY = frozenset("did does do didn't doesn't don't would could".split())
_BETWEEN = frozenset("not never ever also still later even always".split())
#: with "to" they tell an intention, else a belief
_HOPES = frozenset(["hoped", "hopes", "hoping"])
_LIGHT = frozenset(
    "gave gives giving issued issues issuing expressed expresses expressing took takes taking held "
    "holds had reached reaches came made makes voiced voices formed shared shares sent sends was "
    "were received".split()
)
_NOUNS: dict[str, ClaimKind] = {
    **dict.fromkeys(["order", "orders", "instructions", "command", "commands"], "order"),
    **dict.fromkeys(
        ["view", "opinion", "belief", "impression", "doubt", "doubts", "hope"], "belief"
    ),
    **dict.fromkeys(["fear", "fears", "concern", "concerns"], "fear"),
    **dict.fromkeys(["conclusion"], "inference"),
    **dict.fromkeys(["word", "assurance", "assurances"], "statement"),
}
#: verb and preposition -> what they attribute: "insisted on a siege", "called for help"
_GOVERNED: tuple[tuple[str, str, ClaimKind], ...] = (
    ("insisted insists insisting", "on upon", "statement"),
    ("warned warns warning", "of against", "report"),
    ("argued argues arguing", "for against", "proposal"),
    ("called calls calling pressed appealed pleaded asked asks asking", "for", "proposal"),
    ("complained complains boasted boasts spoke speaks wrote", "of about", "statement"),
    ("hoped hopes hoping wished", "for", "belief"),
    ("advised advises", "against", "proposal"),
    ("decided decides resolved settled", "on upon against", "intention"),
)
_GOVERNING = {
    (verb, preposition): kind
    for verbs, prepositions, kind in _GOVERNED
    for verb in verbs.split()
    for preposition in prepositions.split()
}
_LINKS = frozenset(
    "the a an his her their its own strict immediate clear direct strong some that this grave of to "
    "it written verbal explicit same further new".split()
)


def cue_at(words: Sequence[Word], k: int) -> tuple[Cue | None, int]:
    """The cue at a word, and the last word of it: "pointed out" is one cue."""
    text = words[k].text.lower() if k == 0 else words[k].text
    following = words[k + 1].text if k + 1 < len(words) else ""
    if text in _OUT and following == "out":
        return CUES["stated"], k + 1
    if text in _HOPES and following == "to":
        return CUES["intended"], k
    if (text, following) in _GOVERNING:
        return Cue(_GOVERNING[text, following], frozenset(["object"])), k + 1
    if text in ("put", "puts"):
        return (CUES["estimated"] if _at_number(words, k) else None), k
    if text in _LIGHT and (found := _by_noun(words, k)) is not None:
        return found
    return CUES.get(text) or _plain(words, k), k


def _at_number(words: Sequence[Word], k: int) -> bool:
    """As in "put the army at 25,000"."""
    near = words[k + 1 : k + 9]
    return any(one.text == "at" and two.text[0].isdigit() for one, two in pairwise(near))


def _by_noun(words: Sequence[Word], k: int) -> tuple[Cue, int] | None:
    """As in "gave strict orders that", "was of the opinion that", "made it clear that"."""
    for at in range(k + 1, min(k + 6, len(words) - 1)):
        following = words[at + 1].text
        kind = _NOUNS.get(words[at].text)
        if kind == "order" and following in ("that", "to", "for") and words[k].text[0] in "gi":
            return CUES["ordered"], at
        if kind is not None and kind != "order" and following == "that":
            return Cue(kind, frozenset(["that"])), at
        if (
            words[at].text in ("clear", "known", "plain")
            and following == "that"
            and words[k].text[0] == "m"
        ):
            return CUES["stated"], at
        if words[at].text not in _LINKS:
            return None
    return None


def _plain(words: Sequence[Word], k: int) -> Cue | None:
    """As in "began to worry that", "did not know that": the plain form of a verb."""
    if aspect(words, k) < k:
        return BASES.get(words[k].text)
    at = k - 1
    while at > 0 and words[at].text in _BETWEEN:
        at -= 1
    return BASES.get(words[k].text) if at >= 0 and words[at].text in _AUXILIARY else None


def aspect(words: Sequence[Word], k: int) -> int:
    """Index of the verb that has the subject: "began" of "began to worry", else `k`."""
    begun = k > 1 and words[k - 1].text == "to" and words[k - 2].text in _BEGINNING
    return k - 2 if begun else k
