"""Forms that look like an attributing verb and are none: "is not known", "to say", "many states"."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._lexicon import DEMONYM
from inje.dossier.drafting._passages import Word

__all__ = ["BEING", "MODALS", "NO_VERB_AFTER", "is_adverb", "passive", "plural_noun"]

BEING = frozenset(
    ["was", "were", "is", "are", "became", "become", "becomes", "been", "grew", "grows", "remained"]
)
#: behind one of these nobody says it yet: "may have thought"
MODALS = frozenset(["may", "might", "should", "must"])
NO_VERB_AFTER = BEING | {"be", "being", "to", "a", "an", "the", "of", "by"}


def passive(words: Sequence[Word], k: int) -> bool:
    """Whether a verb is a passive, an infinitive or a noun: "is not known", "to say", "a claim"."""
    at = k - 1
    while at > 0 and (words[at].text in _BETWEEN or is_adverb(words[at].text)):
        at -= 1
    return words[k - 1].text in NO_VERB_AFTER or words[at].text in NO_VERB_AFTER - {"of", "by"}


#: between "was" and its participle: "was later accused"
_BETWEEN = frozenset(
    "not never also later then soon often even again once first still now thus long twice sometimes since".split()
)


def is_adverb(text: str) -> bool:
    """Whether a word has the form of an adverb, and is no name: "openly"."""
    return text.endswith("ly") and text.islower()


def plural_noun(words: Sequence[Word], k: int) -> bool:
    """Whether "reports", "plans", "claims" is a noun: "French plans to", "reports indicate"."""
    if not words[k].text.endswith("s") or words[k].text in ("says", "was"):
        return False
    following = words[k + 1].text if k + 1 < len(words) else ""
    if words[k].text == "states" and words[k - 1].text.lower() in _COUNTED:
        return True  # "many states that had opposed him"
    return words[k - 1].text in DEMONYM or following in (
        "indicate",
        "show",
        "suggest",
        "say",
        "were",
    )


_COUNTED = frozenset(
    "many several these those some most all other few both two three four five six".split()
)
