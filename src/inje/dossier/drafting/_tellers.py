"""Who tells a number: of himself, of his enemy, or of others.

"Wellington wrote that 4,000 had come" says nothing of whose they were; "the rebels said that they
had lost six", "A reported 96 killed" and "A claimed 400 killed" do.
"""

from __future__ import annotations

import re

from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count
from inje.dossier.drafting._side_words import SideWords

__all__ = ["Tellers"]

#: a clause in which its speaker speaks of himself
_HIMSELF = re.compile(r"\W*(?:that\s+)?(?:they|it|he|she|we|its|their|his|her|our)\b", re.I)
_TELLING = ("statement", "report", "inference", "quotation", "belief")
#: "A reported 96 killed": his own
_OWNING_UP = re.compile(
    r"(?:reported|admitted|acknowledged|conceded|listed|gave|announced|returned|reports|admits|lists)(?: to)?"
)
#: "A claimed 400 killed": his enemies
_CLAIMING = re.compile(r"claim(?:ed|s|ing)")
_AT_ONCE = 12


class Tellers:
    """Finds the sides of numbers by who tells them."""

    def __init__(self, desk: Desk, words: SideWords) -> None:
        self._desk = desk
        self._text = desk.passages.text
        self._words = words

    def told_at(self, sentence: Sentence, count: Count) -> set[int]:
        """Where those stand who only tell the number: "Wellington wrote that 4,000 had come"."""
        return {
            clause.subject.start
            for clause in self._desk.clauses_of(sentence)
            if clause.owned
            and clause.kind in _TELLING
            and clause.covers(count.number.start, count.number.end)
        }

    def speaker(self, sentence: Sentence, count: Count) -> str | None:
        """As in A's words "several thousand of our men"."""
        around = [
            c
            for c in self._desk.clauses_of(sentence)
            if c.owned and c.covers(count.start, count.end)
        ]
        holders = around[-1].subject.holders if around else ()
        return holders[0].side if holders else None

    def side(self, sentence: Sentence, count: Count, *, hostile: bool) -> str | None:
        """The side of a number by who tells it: of himself, or of his enemy."""
        if hostile:
            return self._foe_of_speaker(sentence, count)
        own = self._of_speaker(sentence, count)
        return self._desk.sides.other(own) if own and count.object_of else own

    def _of_speaker(self, sentence: Sentence, count: Count) -> str | None:
        """As in "the rebels said that they had lost six", "Eritrea put its dead at 500"."""
        for clause in self._desk.clauses_of(sentence):
            if not (clause.owned and clause.covers(count.number.start, count.number.end)):
                continue
            cue = self._text[clause.cue[0] : clause.cue[1]]
            between = self._text[clause.cue[1] : count.number.phrase]
            own = count.role == "losses" and _OWNING_UP.fullmatch(cue) and len(between) <= _AT_ONCE
            if count.role == "losses" and _CLAIMING.fullmatch(cue) and len(between) <= _AT_ONCE:
                told = self._words.within(sentence, clause.subject.start, clause.subject.end)
                return self._desk.sides.other(told[-1].side) if told else None
            if not own and not _HIMSELF.match(self._text[clause.start : count.number.phrase]):
                continue
            words = self._words.within(sentence, sentence.start, clause.start)
            told = [w.side for w in words if clause.subject.start <= w.start < clause.subject.end]
            if told and not self._words.within(sentence, clause.start, count.number.phrase):
                return told[-1]
        return None

    def _foe_of_speaker(self, sentence: Sentence, count: Count) -> str | None:
        """As in "Tarrant reported 400 enemy dead": not of the side of him who tells it."""
        speakers = self.told_at(sentence, count)
        words = self._words.within(sentence, sentence.start, count.number.phrase)
        told = {word.side for word in words if word.start in speakers}
        return self._desk.sides.other(told.pop()) if len(told) == 1 else None
