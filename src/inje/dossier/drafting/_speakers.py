"""Whether somebody says, thinks or wants what a verb tells, or merely does it.

"Found that" tells what an inquiry thinks, and what a commander meets with; a place behind a
preposition decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from inje.dossier.drafting._cues import CUES, LEMMAS, Cue
from inje.dossier.drafting._figures import gives_figures
from inje.dossier.drafting._lexicon import POLITIES
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._voices import Subject

__all__ = ["THAT", "can_speak", "opines", "thinks_nothing"]


def thinks_nothing(words: Sequence[Word], k: int) -> bool:
    """As in "had never seen him as calm", "fancied himself", "told it as follows": not of anything."""
    if ("as", "follows") in pairwise(word.text for word in words[k + 1 : k + 11]):
        return True
    verb, before = LEMMAS.get(words[k].text), [word.text for word in words[max(0, k - 3) : k]]
    if verb == "see":
        return bool({"never", "ever", "not", "had"} & set(before))
    return verb == "fancy" and words[k + 1].text.endswith(("self", "selves"))


#: what only somebody can say: behind it any noun is a subject
THAT = frozenset(["that", "whether", "how", "why"])
#: "found that" tells what an inquiry or a writer thinks, and what a commander meets with
_MET = frozenset(
    "found finding show shows showed shown noticed discovered discovers established establishes "
    "proved proves prove compared compares equated equates identified".split()
)


def opines(verb: Word, subject: Subject, cue: Cue) -> bool:
    """Whether a verb that also means to meet with something is said of one who studies it."""
    if "figure" in cue.complements and cue.kind in ("inference", "report"):
        return gives_figures(verb.text, subject)
    if verb.text not in _MET:
        return True
    return bool(subject.voice) or any(named.side is None for named in subject.holders)


def can_speak(sentence: Sentence, subject: Subject, cue: Cue) -> bool:
    """Whether somebody can say or want something: no place behind a preposition.

    "Moscow decided" and "Hill decided" name who decides; "the Duke at Blenheim decided" does not.
    """
    if any(named.kind != "place" or named.name in POLITIES for named in subject.holders):
        return True
    if cue.kind == "inference" or cue in _SHOWING:
        return False  # "Oldham demonstrated that": the battle
    before = sentence.text[
        max(0, subject.start - sentence.start - 24) : subject.start - sentence.start
    ]
    return not _BEHIND.search(before)


_SHOWING = tuple(
    CUES[form] for form in ("revealed", "confirmed", "demonstrated", "indicated", "described")
)
_BEHIND = re.compile(
    r"\b(?:at|in|of|to|from|near|on|by|for|with|around|outside|into|through|between|and|towards?|against|"
    r"over|via|beyond|behind|above|below|off)\s+(?:the\s+)?(?:[A-Z][\w-]+\s+)?$"
)
