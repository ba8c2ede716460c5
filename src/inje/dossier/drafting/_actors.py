"""Who acts before a number in its clause, and on which side he is.

The last name that no preposition governs is the subject, unless a verb of fighting has it as its
object: then the subject is the other one. What a participle tells behind a comma ("..., killing
40") is the doing of him who opens the clause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from inje.dossier.drafting._hostility import FOUGHT, SUFFERS
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count
from inje.dossier.drafting._side_words import SideWord

__all__ = ["acting_side"]

#: "after a day of fighting the Federals fell back": no verb
_FIGHTING = re.compile(
    r"\b(?:of|hard|heavy|fierce|bitter|days'|hours'|more|further) fighting,?\s+(?:the\s+)?$", re.I
)
_ASIDE = re.compile(
    r"\b(?:towards?|near|without|than|unlike|despite|join|reach)\s+(?:the\s+)?$", re.I
)
_CAUSE = re.compile(
    r"\b(?:by|from|against|under|on|(?:hands|fire|sight|face|loss|death|capture|guns) of)\s+(?:the\s+|an?\s+)?"
    r"(?:[\w,-]+\s+){0,2}$"
)
#: ", while B reported ...": another clause, of another one
_ANEW = re.compile(r", (?:while|whilst|whereas|but|and)\s")
#: behind one of these a name is where something happens, not who does it
_PLACED = re.compile(
    r"\b(?:through|from|past|beyond|behind|before|opposite|into|onto|over|across|around|along|between)\s+"
    r"(?:the\s+)?$"
)
#: "a fight costing the Germans 400 tanks"
_COSTING = re.compile(r"\bcost(?:ing|s)?\s+(?:the\s+|his\s+)?$")
#: "drove the Boers off, where they scattered, leaving six dead": the Boers'
_OF_WHOM = re.compile(
    r"\b(?:who|where they|as they|before they|when they|until they|and they|they then|they|"
    r"which(?! cost))\b[^;]*$"
)
#: "the boat was sunk; its crew of 47 perished"
_ITS = re.compile(r"; (?:all |most |some |half |many )?(?:of )?(?:its|his|her|their)\b[^;]*$")
#: "the boat was torpedoed; 216 of her men died"
_OF_HERS = re.compile(r" (?:more |others )?of (?:its|his|her|their)\b")
#: "opened fire on the leading ship, which lost 40 men": of the one who is fought
_OF_FOE = re.compile(
    rf"\b(?:{FOUGHT}|opened fire on|fired on)\s+[^,;.]{{3,60}}, (?:which|who) (?:had |then |soon )?"
    r"(?:(?:lost|suffered|sustained|left|sank|blew up|exploded|foundered|capsized|went down|fled|broke|"
    r"retreated|surrendered|withdrew)\b[^,;]*)?$",
    re.I,
)
#: "..., killing 40": the doing of him who opens the clause
_PARTICIPLE = re.compile(
    r",\s+(?:also |thus |thereby |\w+ly )?(?:kill|wound|captur|tak|inflict|sink|destroy|seiz|injur|disabl|burn|knock)\w*ing\b"
    r"[^,;]{0,60}$"
)
#: "A squadron of French dragoons": the subject, though "of" governs it
_COMPANY = re.compile(r"(?:^|, )(?:an? |the |[A-Z]\w* )(?:[\w-]+ ){0,3}of (?:the )?$")
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|is|are)\s+(?:\w+ly\s+)?\w+(?:ed|en|ck|wn|ght|it|nk)\b"
)


def acting_side(
    text: str,
    sentence: Sentence,
    count: Count,
    words: Sequence[SideWord],
    *,
    apart: Collection[int],
    other: Callable[[str], str | None],
) -> str | None:
    """Side of who does what the verb of a number says, or None.

    Parameters
    ----------
    text : the clean text.
    words : what tells a side before the number, in reading order.
    apart : where names begin that only tell the number or name the victims of another one.
    other : the opponent of a side.
    """
    tellers = sorted(apart)
    words = [word for word in words if word.start not in apart]
    lead = text[sentence.start : count.start]
    foe = _OF_FOE.search(lead)
    if words and foe and words[-1].end <= sentence.start + foe.start():
        return other(words[-1].side)
    if count.object_of and (opener := _opener(text, sentence, count, words)) is not None:
        return opener
    placed: str | None = None
    for word in reversed(words):
        before = text[max(sentence.start, word.start - 48) : word.start]
        between = text[word.end : count.start]
        told = any(word.end <= teller < count.start for teller in tellers)
        her = _OF_HERS.match(text, count.number.end) or _ITS.search(between)
        if (";" in between and not her) or (told and _ANEW.search(between)):
            return None
        if word.start > count.start:  # "lost to the Bavarians, and hundreds"
            return other(word.side) if re.search(r"\bto (?:the )?$", before) else word.side
        if _COSTING.search(before):
            return word.side
        if SUFFERS.search(before) and not _FIGHTING.search(before):
            return word.side if _OF_WHOM.search(between) else other(word.side)
        if _ASIDE.search(before) or (count.subject_before and _CAUSE.search(before)):
            continue
        if _PLACED.search(before):
            placed = placed or word.side
            continue
        return word.side
    return placed if count.subject_before or count.object_of else None


def _opener(text: str, sentence: Sentence, count: Count, words: Sequence[SideWord]) -> str | None:
    """As in "A's hussars rode down the guns of B, killing 40": who opens the clause."""
    lead = text[sentence.start : count.number.phrase]
    if not _PARTICIPLE.search(lead):
        return None
    first = max(
        lead.rfind("; "), lead.rfind(", and "), lead.rfind(", but "), lead.rfind(", while ")
    )
    for word in words:
        if word.start < sentence.start + max(first, 0):
            continue
        before = text[max(sentence.start, word.start - 48) : word.start]
        if _COMPANY.search(before):
            return word.side
        governed = _CAUSE.search(before) or _PLACED.search(before) or _ASIDE.search(before)
        if (
            governed
            or SUFFERS.search(before)
            or re.search(r"\b(?:of|in|at|with|for|to)\s+(?:the\s+)?$", before)
        ):
            return None
        return None if _PASSIVE.search(text[word.end : count.start]) else word.side
    return None
