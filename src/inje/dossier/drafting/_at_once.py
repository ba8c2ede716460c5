"""What stands right behind a verb in another form than "that": "thought otherwise", "he knew was".

Also whether the clause that holds it is relative: "the hill, which he thought impregnable".
"""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._clausal import QUOTES, clause_like, finite, finite_word, judging
from inje.dossier.drafting._cues import DECIDED, Cue, verb_at
from inje.dossier.drafting._judging import likened_from
from inje.dossier.drafting._passages import Word

__all__ = ["at_once", "behind_relative", "goes_on"]

_OPENS_JUDGEMENT = frozenset("the his her their its to his better worse".split())


def at_once(words: Sequence[Word], k: int, cue: Cue) -> int:
    """Index of what is said where it stands right behind the verb in another form; else 0.

    As in "answered; '...'", "thought otherwise", "decided the guns were lost".
    """
    following = words[k + 1].text if k + 1 < len(words) else ""
    if following == ";" and k + 2 < len(words) and words[k + 2].text[0] in QUOTES:
        return k + 2
    if following in _ALIKE and cue.kind in _HELD and _likewise(words, k + 1):
        return k + 1
    decided = verb_at(words, k) in DECIDED and clause_like(words, k + 1) and finite(words, k + 1)
    thought = following in _WOULD and "that" in cue.complements and cue.kind in _HELD
    return k + 1 if decided or (thought and _thinks(words, k)) else 0


def _thinks(words: Sequence[Word], k: int) -> bool:
    """Whether a subject stands right before a verb: "an attack he thought was coming"."""
    return words[k - 1].text in _PERSONS and k > 1 and words[k - 2].text not in _OPENS_CLAUSE


_PERSONS = frozenset(["he", "she", "they"])
#: behind one of these no relative clause begins: "what he knew was", "and he said was"
_OPENS_CLAUSE = frozenset(", ; : and but or that what all as if when while because".split())


def goes_on(words: Sequence[Word], last: int) -> bool:
    """Whether a clause goes on behind a verb: "a fight that both sides knew would end it"."""
    return last + 1 < len(words) and words[last + 1].text in _WOULD


def behind_relative(words: Sequence[Word], k: int, cue: Cue) -> bool:
    """Whether a verb tells of what stands before it: "the hill, which he thought impregnable"."""
    following = words[k + 1].text if k + 1 < len(words) else ""
    finishing = following in _WOULD or finite_word(following)
    if finishing and "that" in cue.complements and cue.kind in _HELD:
        return True  # "an attack which he expected would draw them in"
    if following == "as" and likened_from(words, k, relative=True):
        return True
    if "judged" in cue.complements and following and verb_at(words, k) != "hold":
        return finite(words, k) or judging(following) or following in _OPENS_JUDGEMENT
    return False


_HELD = frozenset(["belief", "statement", "inference", "fear", "report"])
#: "thought otherwise", "said the same", "believed likewise"
_ALIKE = frozenset("otherwise differently likewise the as".split())
_WOULD = frozenset("would could was were had is are has might did will can".split())


def _likewise(words: Sequence[Word], at: int) -> bool:
    """Whether words only say that somebody holds what was told before, or something else."""
    said = [word.text for word in words[at : at + 4]]
    same = said[:2] in (["the", "same"], ["as", "much"], ["the", "contrary"], ["the", "opposite"])
    length = 2 + (said[2:3] == ["thing"]) if same else 1
    ends = said[length : length + 1] and said[length] in (",", ".", ";", ":", "of", "about", "and")
    return bool(ends) and (same or said[0] not in ("the", "as"))
