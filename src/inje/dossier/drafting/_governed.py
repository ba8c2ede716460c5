"""Verbs that attribute by their preposition: "insisted on a siege", "referred, in part, to"."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._cues import BASES
from inje.dossier.drafting._passages import Word
from inje.dossier.drafting._verbs import forms_of

__all__ = ["GOVERNING", "GOVERNING_PLAIN", "governor"]

#: verb and preposition -> what they attribute: "insisted on a siege", "called for help"
_GOVERNED: tuple[tuple[str, str, ClaimKind], ...] = (
    ("insisted insists insisting", "on upon", "statement"),
    ("agreed agrees agreeing disagreed disagrees concurred concurs", "with", "belief"),
    ("told tells telling dreamed dreamt", "of", "report"),
    (
        "objected objects objecting",
        "to",
        "statement",
    ),
    ("alluded alludes referred refers referring", "to", "statement"),
    ("believed believes believing", "in", "belief"),
    ("admitted admits admitting confessed confesses confessing owned", "to", "statement"),
    ("warned warns warning", "of against", "report"),
    ("argued argues arguing", "for against", "proposal"),
    (
        "called calls calling pressed appealed pleaded asked asks asking begged prayed lobbied",
        "for",
        "proposal",
    ),
    (
        "complained complains boasted boasts boasting complaining spoke speaks wrote despaired "
        "disapproved approved approves",
        "of about",
        "statement",
    ),
    ("voted votes voting pleaded", "for against", "proposal"),
    ("hoped hopes hoping wished longed", "for", "belief"),
    ("advised advises counselled", "against", "proposal"),
    (
        "argued argues arguing disagreed disagrees debated quarrelled quarreled differed differs",
        "over about on as",
        "statement",
    ),
    ("decided decides resolved settled opted", "on upon against for", "intention"),
)
GOVERNING = {
    (verb, preposition): kind
    for verbs, prepositions, kind in _GOVERNED
    for verb in verbs.split()
    for preposition in prepositions.split()
}
#: the same in the plain form, behind an auxiliary or a plural: "they did not agree with"
GOVERNING_PLAIN = {
    (forms.base, preposition): kind
    for verbs, prepositions, kind in _GOVERNED
    for forms in (forms_of(verb) for verb in (*BASES, "speak", "refer", "allude", "argue"))
    if {forms.third, *forms.pasts} & set(verbs.split())
    for preposition in prepositions.split()
}

#: words of an aside between a verb and its preposition
_ASIDE = 6


def governor(words: Sequence[Word], k: int) -> int:
    """Index of the word that may govern what the verb at `k` is about, an aside left out.

    As in "referred, in part, to"; the last word where nothing follows.
    """
    at = min(k + 1, len(words) - 1)
    if words[at].text != ",":
        return at
    for close in range(at + 2, min(at + _ASIDE, len(words) - 1)):
        if words[close].text == ",":
            return close + 1
    return at
