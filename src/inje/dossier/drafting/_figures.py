"""Who gives a figure: "most sources give 4,000 dead", "Weber places the loss at 9,000".

The verbs are common ones ("gave", "counted", "listed"), so the object must hold a number and
the subject be one who writes or tells: a source, a historian, somebody of neither side.
"""

from __future__ import annotations

from collections.abc import Sequence

from inje.dossier.drafting._cues import Cue
from inje.dossier.drafting._passages import Word
from inje.dossier.drafting._voices import Subject

__all__ = ["NUMERALS", "PLAIN_FIGURES", "figure_cue", "gives_figures"]

#: these give a number at once: "the chronicle gives 400 dead"
_GIVING = frozenset(
    "give gives gave list lists listed count counts counted number numbers enumerates quote quotes "
    "quoted cite cites cited name names offers offer mention mentions mentioned report reports reported "
    "record records recorded provide provides".split()
)
#: the plain forms, which only a plural has: "the returns list 212 wounded"
PLAIN_FIGURES = frozenset(
    "give list count number quote cite name offer mention report record provide place reckon "
    "assess fix compute rate gauge calculate estimate judge guess arrive settle".split()
)
#: these put something "at" or "as" a number
_PLACING = frozenset(
    "put puts place places placed set sets reckon reckons reckoned assess assesses assessed fix fixes "
    "compute computes computed rate rates rated gauge gauges calculate calculates calculated give gives "
    "gave estimate estimates estimated judge judges judged guess guesses guessed arrive arrives arrived "
    "settle settles record records recorded report reports reported list lists listed state states stated".split()
)
_AT = frozenset(["at", "as"])
_BREAKS = frozenset([",", ";", ":", ".", "who", "which", "that", "when", "while", "and"])
_BEFORE_NUMBER = frozenset(
    "about some only over under nearly almost around between approximately roughly c. ca least most "
    "more less fewer than no just not from the a as an up to total of strength figure loss".split()
)
NUMERALS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds "
    "thousand thousands million dozen dozens".split()
)
_FAR = 14
#: of whom a number may be told in writing
_WRITERS = frozenset(
    "sources source historians historian scholars scholar chroniclers chronicler chronicle chronicles "
    "accounts account estimates estimate records record reports report writers writer authors author "
    "tradition history histories studies study documents document annals returns figures lists list "
    "tables table newspapers newspaper inscriptions inscription biographers biographer despatch despatches "
    "dispatch dispatches letter letters diary diaries bulletin communiqué others some most many another "
    "researchers researcher scholarship research muster rolls roll text texts poem register".split()
)


def _number(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    text = words[at].text.lower()
    following = words[at + 1].text if at + 1 < len(words) else ""
    return text[0].isdigit() or text.split("-")[0] in NUMERALS or (
        text in ("one", "a") and following in NUMERALS
    )  # fmt: skip


#: "arrived at 10:30 a.m.", "placed his guns at 400 yards": a time or a place, and no figure
_MEASURES = frozenset(
    "a.m p.m am pm o'clock o’clock hours hrs yards yds metres meters m km miles mi feet ft knots "
    "paces degrees".split()
)


def _elsewhere(words: Sequence[Word], at: int) -> bool:
    """Whether a number tells when or how far."""
    behind = words[at + 1].text.lower() if at + 1 < len(words) else ""
    return behind == ":" or behind in _MEASURES


def figure_cue(words: Sequence[Word], k: int) -> Cue | None:
    """The cue at a verb that gives a number, or None."""
    text = words[k].text
    if text in _PLACING and _placed(words, k):
        return Cue("inference", frozenset(["figure"]))
    if text not in _GIVING:
        return None
    for at in range(k + 1, min(k + 7, len(words))):
        if _number(words, at):
            return Cue("report", frozenset(["figure"]))
        if words[at].text.lower() not in _BEFORE_NUMBER:
            return None
    return None


def _placed(words: Sequence[Word], k: int) -> bool:
    """As in "placed the dead at no more than 400"."""
    for at in range(k + 1, min(k + _FAR, len(words) - 1)):
        text = words[at].text
        if text in _AT and (at > k + 1 or words[k].text.startswith("arriv")):
            behind = at + 1
            while behind < len(words) and words[behind].text.lower() in _BEFORE_NUMBER:
                behind += 1
            if _number(words, behind) and not _elsewhere(words, behind):
                return True
        if text in _BREAKS and text != "and":
            return False
    return False


#: whoever puts a loss at 400 thinks so; who places guns at 400 yards does not
_ANYBODY = frozenset(
    "put puts reckon reckons reckoned assess assesses assessed compute computes computed gauge gauges "
    "guess guesses guessed judge judges judged estimate estimates estimated calculate calculates "
    "calculated report reports reported record records recorded mention mentions mentioned".split()
)


def gives_figures(verb: str, subject: Subject) -> bool:
    """Whether somebody tells of numbers, and does not send, lose or take them."""
    if verb in _ANYBODY:
        return True
    if subject.voice:
        return bool(_WRITERS & {word.lower() for word in subject.voice.split()})
    return bool(subject.holders) and all(
        named.side is None and named.kind == "person" for named in subject.holders
    )
