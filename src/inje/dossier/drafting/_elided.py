"""Numbers whose noun was said before, or comes only with the next number.

"67,000 men: 50,000 foot, and 6,000 from Hanover", "of these, 25,000 were British", "the Athenians
lost 192 men and the Plataeans 11", "seven British and three Dutch regiments".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol, TypeVar

from inje.dossier.drafting._counted import Counted, counted_after
from inje.dossier.drafting._lexicon import DEMONYM
from inje.dossier.drafting._losses import category_of
from inje.dossier.drafting._numbers import Number

__all__ = ["Gap", "elided", "of_kind", "part_of_lost", "shared_noun", "told_again"]

_MORE = re.compile(
    r"\b(?:another|(?:a )?further|an additional|the other|the remaining|of (?:these|them|whom|which),?|"
    r"including|only|just)\s*$",
    re.I,
)
_OF_WHOM = re.compile(
    r"\s+(?:of (?:whom|which|them|these)|were|more\b|others\b|in reserve|drawn|taken|detached)"
)
#: what stands between two numbers of a list, the name of another owner included
_SIBLING = re.compile(
    r"[^.;\d]{0,90}?(?:,|;|\(|/|:|,? (?:and|or|plus|with|while|whereas|but|to|against|versus|including))"
    r"\s*(?:(?:another|a further|only|just|some|at|the other|of which|in (?:the )?[A-Z]\w+)\s+){0,2}"
    r"(?:(?:the |that of |those of |those )?(?:[A-Z][\w’'-]+[ ]?){1,4}"
    r"(?:lost |reported |admitted |recorded |claimed |had |with |suffered |brought |numbered |gave |gives? |says |has )?)?"
)
#: what may follow a number that stands alone
_ALONE = re.compile(
    r"\s*(?:$|[),.;:–—]|(?:\w+ly\s+)?(?:damaged|destroyed|sunk|captured|disabled|crippled|lost|wounded|"
    r"killed|missing|taken|left|fled|fell|died|escaped|surrendered|deserted)\b|(?:from|of|under|in|at|on|were|was|had|and|or|with|who|more|to|by|for|against|"
    r"plus|as|while|whereas|but|remained|belonging|respectively|drawn|came|fought|served)\b)"
)
_OF_KIND = re.compile(
    r"\s+of (?!the\b|th[eo]s\w|them\b|whom\b|his\b|her\b|their\b|its\b|which\b|all\b)"
)
_ADJECTIVES = re.compile(
    r"(?:\s+(?:[A-Z][\w’'-]*|[a-z]+(?:y|ed|al|ar|ern|ian|ish|er|ing|ive)|light|royal|field|foot|horse|"
    r"other|small|large)){1,3},?(?:\s+(?:and|or|to|plus|with))?\s*"
)
#: "shot down 56 aircraft for the loss of 11", "lost 500 tanks against 60"
_EXCHANGED = re.compile(
    r"\b(?:loss of|losing|lost|against|to|damaged|destroyed|captured|sank|sunk|sinking)\s+"
    r"(?:another\s+|only\s+|just\s+)?$"
)
#: a number that stands alone is no less than this where no word says that a noun is left out
_LEAST = 100
_SMALL = 1000


class _Counting(Protocol):
    @property
    def number(self) -> Number: ...
    @property
    def counted(self) -> Counted: ...


C = TypeVar("C", bound=_Counting)


@dataclass(frozen=True, slots=True)
class Gap:
    """A number without a noun, and the sentence in which it stands.

    `base` is where the sentence begins, `phrase` and `end` the span of the number, in the text.
    """

    text: str
    base: int
    phrase: int
    end: int
    best: int

    @property
    def after(self) -> str:
        """The words behind the number."""
        return self.text[self.end - self.base :][:160]

    def since(self, position: int) -> str:
        """The words between a position and the number."""
        return self.text[max(0, position - self.base) : self.phrase - self.base]


def elided(gap: Gap, last: C | None, earlier: C | None) -> C | None:
    """The count with which the noun of a number was said, or None."""
    before = gap.since(gap.base)[-160:]
    known = last or earlier
    if known is None:
        return None
    if of_kind(gap.after):
        return last if last is not None and _alike(last, gap) else None
    if _MORE.search(before) or _OF_WHOM.match(gap.after):
        return known
    if last is not None and last.counted.sort == "things" and _EXCHANGED.search(before):
        return last if _ALONE.match(gap.after) else None
    if last is None or not _ALONE.match(_past_adjective(gap.after)):
        return None
    if not _SIBLING.fullmatch(gap.since(last.number.end)):
        return None
    enough = gap.best >= _LEAST or (last.counted.sort != "people" or _best(last) < _SMALL)
    return last if enough else None


def _past_adjective(after: str) -> str:
    """The words behind "7,500 Austrian"."""
    word = re.match(r"\s+([A-Z][\w-]+)", after)
    return after[word.end() :] if word is not None and word[1] in DEMONYM else after


def of_kind(after: str) -> bool:
    """As in "fourteen regiments of foot and seven of lancers": a kind follows, no noun."""
    return _OF_KIND.match(after) is not None


def _alike(last: _Counting, gap: Gap) -> bool:
    """Whether a small number behind one of units counts such units too."""
    units = last.counted.sort == "units" and gap.best < _LEAST
    return (
        units and len(gap.since(last.number.end)) < _LEAST and ";" not in gap.since(last.number.end)
    )


def _best(count: _Counting) -> int:
    value = count.number.value.best
    return value if isinstance(value, int) else _SMALL


def shared_noun(counted: Counted, between: str, after: str, best: float) -> Counted:
    """The noun of the next number, where only adjectives stand before "and" and that number."""
    if not _ADJECTIVES.fullmatch(between):
        return counted
    following = counted_after(after, best)
    if following.sort not in ("units", "things", "people") or following.weak:
        return counted
    phrase = re.split(r",|\s+(?:and|or|to|plus|with)\b", between)[0]
    return Counted(following.sort, following.noun, len(phrase), phrase)


#: "of the prisoners only 3,290 came home"
_OF_LOST = re.compile(
    r"\b[Oo]f (?:the|these|those|its|his|their|all) (?:\w+ )?(?P<whom>prisoners|captured|wounded|missing),? "
    r"(?:only |just |some |about |over |nearly |more than |fewer than |no more than )*$"
)


def part_of_lost(before: str) -> str:
    """Category of those of whom a number is a part, or nothing."""
    found = _OF_LOST.search(before)
    return (category_of(found["whom"]) or "") if found else ""


#: "although others put the number at 2,000": of what the number before was
_SAME = re.compile(
    r"\b(?:the|this|that) (?:true |real |actual )?(?:number|figure|toll|count)s?"
    r"(?: of (?:the )?(?:dead|slain|fallen|losses|casualties))? (?:at|as|to be|was|were|is|to)\s+"
    r"(?:(?:as|high|low|many|few|no|more|less|fewer|than|about|around|some|only|just)\s+)*$",
    re.I,
)


#: "lost 400 according to A and 300 according to B"
_OTHERS_SAY = re.compile(
    r"\baccording to [^,;.]{2,40},? (?:and|but|or) (?:(?:only|about|some|over|nearly|just|perhaps) )*$"
)


def told_again(before: str, after: str) -> bool:
    """Whether a number is another figure of what the number before was."""
    by_others = after.startswith(" according to") and _OTHERS_SAY.search(before)
    return bool(_SAME.search(before) or by_others)
