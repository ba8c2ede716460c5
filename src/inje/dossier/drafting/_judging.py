"""What a verb of judging says of a thing: "found the story implausible", "saw him as a rebel"."""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._clausal import QUOTES, judging
from inje.dossier.drafting._cues import LEMMAS
from inje.dossier.drafting._passages import Word

__all__ = ["compared_from", "judged_from", "likened_from", "relative_before"]

_OBJECTS = frozenset("him her it them this that these himself herself themselves itself".split())
_BREAKS = frozenset([",", ";", ":", ".", "(", ")", "which", "who", "that", "whether"])
#: behind "as" in a comparison of time or measure, or in "as he left"
_NO_LIKENESS = frozenset(
    "he she they it we I soon long far well if though many much early late possible yet follows "
    "usual before of from to in at on".split()
)
#: "found it difficult to advance" tells what happened, not what was thought
_MET = frozenset("difficult hard easy impossible possible necessary expedient".split())
_FAR = 10
#: these judge whatever it is: "believing further resistance useless"
_OF_ANYTHING = frozenset(["believe", "consider", "deem", "think", "judge"])
_PREPOSITIONS = frozenset("of in on at for from with to by into over under between".split())
_DETERMINERS = frozenset(["a", "an"])
_ARTICLES = frozenset("the a an his her their its this that these".split())


def judged_from(words: Sequence[Word], k: int) -> int:
    """Index at which the judgement behind the verb at `k` begins, or 0 if it makes none.

    An object and what it is judged to be: a pronoun and anything of judgement, or a noun phrase
    and, without a preposition between, an adjective of judgement or another noun phrase.
    """
    verb = LEMMAS[words[k].text.lower()]
    if k + 2 >= len(words) or verb == "hold" or not _opining(words, k, verb):
        return 0
    first = words[k + 1].text
    if first in _OBJECTS and (first not in _ARTICLES or not words[k + 2].text.islower()):
        met = verb == "find" and first == "it" and words[k + 2].text in _MET
        judged = _predicate(words, k + 2) and not met
    else:
        bare = verb in _OF_ANYTHING and first.isalpha() and first not in _PREPOSITIONS | _BREAKS
        named = first[0].isupper() or first in _ARTICLES or first[0] in QUOTES or bare
        judged = named and _judged_phrase(words, k, verb)
    return k + 1 if judged else 0


def _judged_phrase(words: Sequence[Word], k: int, verb: str) -> bool:
    """Whether behind a noun phrase stands what it is judged to be."""
    first = words[k + 1].text
    at, far = k + 2 if first in _ARTICLES else k + 1, k + _FAR
    if verb == "rate":
        return any(w.text in ("as", "among", "with") for w in words[k + 2 : far])
    while at + 1 < min(far, len(words)):
        at += 1
        text = words[at].text
        if text == "," and (behind := past_apposition(words, at)):
            far += behind - at
            at = behind - 1
            continue
        if text in _BREAKS:
            return False
        if text == "to" and at + 1 < len(words) and words[at + 1].text.islower():
            return words[at + 1].text in _INFINITIVES
        if text == "the" and words[at - 1].capital and first[0].isupper():
            return True  # "declared Edward the rightful king"
        if text[0] in QUOTES and at > k + 2:
            return True  # "thought the charge 'the finest thing'"
        if verb == "call" and text in _NAMED_SO and words[at - 1].text.islower():
            return words[at - 1].text not in _PREPOSITIONS
        if judging(text) and words[at - 1].text not in _PREPOSITIONS | _ARTICLES | {"and"}:
            return _ends(words, at)
    return False


#: "called the battle the turning point"
_NAMED_SO = frozenset("the his her their its one".split())
_INFINITIVES = frozenset(
    "be have mark mean represent show prove constitute reflect lie form date contain".split()
)


def past_apposition(words: Sequence[Word], at: int) -> int:
    """Index behind an apposition that a comma at `at` opens and another one closes; else 0."""
    for close in range(at + 2, min(at + 10, len(words))):
        if words[close].text == ",":
            return close + 1
        if words[close].text in (";", ":", "."):
            return 0
    return 0


def _opining(words: Sequence[Word], k: int, verb: str) -> bool:
    """Whether "find" tells an opinion: in the present tense, or of a person."""
    if verb != "find":
        return True
    return words[k].text in ("finds", "find", "finding") or words[k + 1].text in ("him", "her")


def _predicate(words: Sequence[Word], at: int) -> bool:
    text = words[at].text
    return judging(text) or text in _ARTICLES or text == "to" or text[0] in QUOTES


def _ends(words: Sequence[Word], at: int) -> bool:
    """Whether an adjective ends its phrase, and is no attribute: "an impregnable fortress"."""
    if words[at].text in _DETERMINERS or at + 1 >= len(words):
        return True
    following = words[at + 1].text
    adverb = words[at].text in ("as", "too", "so", "very", "more", "most", "less", "quite", "among")
    attribute = following[0].islower() and following not in _PREPOSITIONS | _CONJUNCTIONS
    return adverb or not attribute


_CONJUNCTIONS = frozenset("and but or than because when while if as that enough".split())


def likened_from(words: Sequence[Word], k: int, *, relative: bool = False) -> int:
    """Index of what somebody sees "as" something; 0 where "as" means a time or a measure."""
    for at in range(k + 1, min(k + 13, len(words) - 1)):
        text = words[at].text
        if text in (",", ";", ":", ".", "that", "who", "which") or text in _FINITE_BEFORE:
            return 0
        if text == "as" and (at > k + 1 or relative):
            return 0 if words[at + 1].text in _NO_LIKENESS else k + 1
    return 0


def compared_from(words: Sequence[Word], k: int) -> int:
    """Index of what somebody compares "to" or "with" something; 0 where he compares nothing."""
    for at in range(k + 2, min(k + 13, len(words) - 1)):
        text = words[at].text
        if text in (",", ";", ":", ".", "that", "who", "which") or text in _FINITE_BEFORE:
            return 0
        if text in ("to", "with"):
            return k + 1
    return 0


_FINITE_BEFORE = frozenset("was were had is are would could when while but".split())


_QUANTIFYING = frozenset("the most some both many all few modern several".split())


def relative_before(words: Sequence[Word], start: int) -> bool:
    """Whether a clause that begins at a position is relative: "the hill, which Brun thought"."""
    for k, word in enumerate(words):
        if word.start >= start:
            before = [w.text for w in words[max(0, k - 4) : k]]
            near = before[-2:] if before[-1:] and before[-1] in _QUANTIFYING else before[-1:]
            whose = "whose" in before and "," not in before[before.index("whose") :]
            that = near[:1] == ["that"] and k > 1 and words[k - 2].text not in LEMMAS
            return whose or that or bool({"which", "whom", "what"} & set(near))
    return False
