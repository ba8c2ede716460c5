"""The side of a number where its sentence tells none: the paragraph, the list, the heading."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._hostility import FOUGHT, SEEKING
from inje.dossier.drafting._lone_numbers import GOT_AWAY
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count
from inje.dossier.drafting._side_words import SideWords

__all__ = ["Surroundings", "Told"]

#: "taking 2,500 men to look for the main Zulu army"
_AGAINST = re.compile(
    rf"\b(?:(?:to|and) (?:{FOUGHT}|meet|stop|halt|drive|{SEEKING})|against|in search of|in pursuit of)\b",
    re.I,
)
_UNDER = re.compile(r"[^,.;:]{0,40}?\b(?:under|led by|commanded by) (?:the )?")
#: "500 of the garrison fell, and the Boers had lost 60"
_ANOTHER_LOST = re.compile(
    r"[,;] (?:and|but|while|whereas|against) (?:the )?[^,;.]{2,40}?\b(?:lost|suffered|sustained|losses|casualties)\b"
)
_POSSESSIVE = re.compile(r"\b(?:his|her|their|its|[A-Z]\w+['’]s?)\s+(?:\w+\s+)?$")


@dataclass(frozen=True, slots=True)
class Told:
    """What the number before was said to belong to, and where.

    `actor` is the side that suffered the loss, or that inflicted it.
    """

    sentence: int
    paragraph: int
    first: int
    end: int
    side: str
    actor: str | None


class Surroundings:
    """Finds the side of which the text around a sentence speaks."""

    def __init__(self, desk: Desk, words: SideWords) -> None:
        self._desk = desk
        self._text = desk.passages.text
        self._words = words
        self._paragraphs: dict[int, str | None] = {}

    def side(self, sentence: Sentence, count: Count, before: str, told: Told | None) -> str | None:
        """What the paragraph, the list or the heading speaks of, where the sentence does not say."""
        sides = self._desk.sides
        escaped = count.role == "strength" and GOT_AWAY.match(
            self._text[count.number.end + len(count.counted.phrase) :][:40]
        )
        taken = escaped or (count.category in ("captured", "materiel") and not count.subject_before)
        if taken and (beaten := self._beaten(sentence)) is not None:
            return beaten
        later = None
        if not count.subject_before:
            later = self._later(sentence, count)
        if later is not None and self._another_acts(sentence, count):
            return later
        anew = told is not None and told.sentence != sentence.index
        if anew and self._led_by_another(sentence, count):
            told = None
        if told is not None and told.paragraph == sentence.paragraph:
            apart = told.sentence != sentence.index and count.subject_before
            return (told.actor if apart else None) or told.side
        if sentence.block.kind == "list_item" and (listed := self._of_list(sentence, told)):
            return listed
        headed = sides.only_one_in(sentence.block.section) or sides.only_one_in(
            self._desk.passages.heading(sentence)
        )
        if headed is not None:
            return headed  # "Italian forces", "Confederate"
        if self._another_acts(sentence, count):
            return later
        if _POSSESSIVE.search(before):
            return self._before(sentence)  # of somebody who is named, though his side is not known
        return later or self._before(sentence) or self._paragraph(sentence)

    def _later(self, sentence: Sentence, count: Count) -> str | None:
        """The one side that is named behind a number: the other's, where it is sought or fought."""
        behind = self._text[count.number.end : sentence.end]
        found = self._desk.sides.only_one_in(behind)
        clause = _ANOTHER_LOST.search(behind) if count.role == "losses" else None
        if clause and self._desk.sides.only_one_in(behind[: clause.start()]) is None:
            return self._desk.sides.other(found) if found else None
        if found is not None and (turned := _AGAINST.search(behind)):
            ahead = behind[: turned.start()]
            if self._desk.sides.only_one_in(ahead) is None:
                return self._desk.sides.other(found)
        return found

    def _paragraph(self, sentence: Sentence) -> str | None:
        """The one side that a paragraph names: what it counts is likely of that."""
        if sentence.paragraph not in self._paragraphs:
            found = {
                word.side
                for one in self._desk.passages.paragraph(sentence)
                for word in self._words.within(one, one.start, one.end)
            }
            self._paragraphs[sentence.paragraph] = found.pop() if len(found) == 1 else None
        return self._paragraphs[sentence.paragraph]

    def _beaten(self, sentence: Sentence) -> str | None:
        """As in "Some 9,000 prisoners and 291 guns were taken": those of the side that lost."""
        won = {str(c.value.best) for c in self._desk.claims if c.about == "winner" and c.value}
        named = self._words.within(sentence, sentence.start, sentence.end)
        return self._desk.sides.other(won.pop()) if len(won) == 1 and not named else None

    def _another_acts(self, sentence: Sentence, count: Count) -> bool:
        """Whether somebody is named before whose side is not known: not he of the number before."""
        found = self._desk.register.within(sentence.start, count.number.phrase)
        acts = any(named.kind == "person" and named.side is None for _, named in found)
        return acts or self._led_by_another(sentence, count)

    def _led_by_another(self, sentence: Sentence, count: Count) -> bool:
        """As in "1,700 men under A", of whose side nothing is known."""
        led = _UNDER.match(self._text, count.number.end)
        if led is None or led.end() > sentence.end:
            return False
        named = self._desk.register.at(led.end())
        return named is not None and named.kind == "person" and named.side is None

    def _of_list(self, sentence: Sentence, told: Told | None) -> str | None:
        """As in "A called for help:" and a list of those who sent some: A's side."""
        if told is not None and told.paragraph == sentence.paragraph - 1:
            return told.side
        for k in range(sentence.index - 1, max(sentence.index - 40, -1), -1):
            earlier = self._desk.passages.sentences[k]
            if earlier.block.kind != "list_item":
                if not earlier.text.rstrip().endswith(":"):
                    return None
                near = (self._desk.passages.sentences[n] for n in range(k, max(k - 3, -1), -1))
                told_of = (self._desk.sides.only_one_in(one.text) for one in near)
                return next(filter(None, told_of), None)
        return None

    def _before(self, sentence: Sentence) -> str | None:
        """The one side of which the sentence before speaks, in the same paragraph."""
        last = self._desk.passages.before(sentence)
        return self._desk.sides.only_one_in(last.text) if last is not None else None
