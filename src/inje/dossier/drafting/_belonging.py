"""To which side a number of the prose belongs.

The nearest words decide: those of the phrase itself ("five English squadrons"), a commander
after it ("under Colonel Palmes"), an owner before it ("Villeroi's 46,000 troops"), the subject
of the verb, the other side where the verb is hostile; then what the paragraph spoke of before.
What nothing decides is asked.
"""

from __future__ import annotations

import re

from inje.dossier.drafting._actors import acting_side
from inje.dossier.drafting._bearers import bound_nouns, part_nouns
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._hostility import (
    AT_THEM,
    BODY_BY,
    BOTH_BEFORE,
    BOTH_BEHIND,
    COMING,
    ENEMY,
    ENEMY_BEHIND,
    ENEMY_LOSS,
    FIGHTS_AFTER,
    FOUGHT,
    HOSTILE,
    LOOKED,
    MET_BY,
    SEEN,
    SUFFERED,
    SUFFERING,
    SUFFERS,
    TAKEN_BY,
    UPON,
    WEAPON,
)
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count
from inje.dossier.drafting._side_words import THE_ENEMY, SideWords
from inje.dossier.drafting._surroundings import Surroundings, Told
from inje.dossier.drafting._tellers import Tellers

__all__ = ["Belonging"]

_LED = re.compile(
    r"\b(?:under(?: the (?:overall )?command of)?|commanded by|led by|headed by|command(?:ed)? of|"
    r"belonging to|from|of|for|drawn from|in|\A\s+(?:men |casualties )?on)\s+(?:the\s+|his\s+)?$"
)
#: "of C Company, 2nd Battalion, | Bavarian Light Infantry"
_ADDRESS = re.compile(
    r"\s*(?:men |soldiers |troops )?(?:of|from) (?:the )?(?:[A-Z0-9][\w.’'-]*,? (?:of (?:the )?)?){1,10}(?:the )?"
)
_LED_BY = re.compile(
    r"\b(?:under(?: the (?:overall )?command of)?|commanded by|led by|headed by|belonging to)\s+"
    r"(?:the\s+)?"
)
_ON_SIDE = re.compile(r"\b(?:on|from|by) the $")
_OWNED = re.compile(
    r"(?:['’]s?)?\s*(?:(?!(?:but|and|while|when|who|which|that|before|after|until)\b)[\w-]+\s+){0,3}(?:[\w-]+,?\s+)?"
    r"(?:of|at|with|numbered|numbering|totall?ing)?\W*"
)
#: "a Confederate camp of 400"
_HIS_FORCE = re.compile(
    r" (?:(?!\w+ed\b|the\b)[a-z-]+ ){1,2}of (?:about |some |nearly |over |only )?"
)
_GOVERNED = re.compile(r"\b(?:of|by|from|with|on|against|upon)\s+(?:the\s+)?$", re.I)
_GIVEN_UP = re.compile(r"\bto (?:the )?$")
_ON_OTHER = re.compile(r"(?: [\w-]+)? (?:on|from|of|by) the other(?: side)?\b(?! (?!side)\w)")
_OF_THEM = re.compile(r" of (?:them|these|those)\b")
_BREAK = re.compile(r"; |, (?:but|while|whilst|whereas)\b")
_PRONOUN = re.compile(
    r"(?:(?:By|In|At|On|After|Within|With)\b[^,]{0,30},? |(?:When|As|After|Before|Once|While|Until|Although|Though) )?"
    r"(?:[Tt]hey|[Ii]t|[Hh]e|[Ss]he|Their|Its|His|Her|These|This|The (?:latter|company|unit))\b"
)
_FIRST_PERSON = re.compile(r"\b(?:our|my|us)\b")
_NO_VERB = re.compile(r"(?:[A-Z][\w.’'-]*\s+|general\s+|command of\s+|the\s+|\d+\w*\s+)*")
#: what names the numbers of one list apart from each other, and no new owner
_LIST = re.compile(r"[^.;]{0,60}")
#: "A, pressed by 6,000 horse, lost another ten guns": his who opens the sentence
_LOST_ANEW = re.compile(r", (?:had |then |soon )?(?:lost|suffered|sustained|left)\b")
_FACED = re.compile(rf"\b(?:against|by|from|versus|met|{FOUGHT})\b")
#: "34,000 men facing Grant with 54,500": his, not theirs who face him
_FACING = re.compile(r"\b(?:fac(?:ed|ing|es)|against|versus)\b")
_AND_HIS = re.compile(r"\s+(?:and|with|plus|along with|together with)\s+(?:his|their|her)?\s*")
#: "300 casualties of its own"
_OF_OWN = re.compile(r" (?:[a-z-]+ ){0,3}of (?:its|his|their|her) own\b")
#: "lost 3,500 men but captured 1,725 Germans": of those who fight them
_AND_TOOK = re.compile(
    r"\b(?:but|and|while|,) ?(?:had )?(?:captured|capturing|killed|killing|took|taking) (?:about |some |over )?"
    r"[\d,]+ (?P<whom>[A-Z]\w+)"
)
#: how far the words of a side may stand behind a number's phrase
_NEAR = 150


class Belonging:
    """Finds the side of one number after another, in reading order."""

    def __init__(self, desk: Desk, words: SideWords) -> None:
        self._desk = desk
        self._text = desk.passages.text
        self._last: Told | None = None
        self._words = words
        self._nouns = bound_nouns(desk)
        self._parts = part_nouns(desk)
        self._surroundings = Surroundings(desk, self._words)
        self._tellers = Tellers(desk, self._words)

    def side(self, sentence: Sentence, count: Count) -> str | None:
        """The side, or None: to be asked."""
        if self._of_both(sentence, count):
            return None
        found = (
            self._own(sentence, count)
            or self._near(sentence, count)
            or self._listed(sentence, count)
            or self._around(sentence, count)
        )
        if found is not None:
            lead = self._text[sentence.start : count.number.phrase]
            met = not count.subject_before and (MET_BY.search(lead) or HOSTILE.search(lead))
            apart = count.object_of or met
            actor = self._desk.sides.other(found) if apart else found
            told = self._last
            if told is not None and told.sentence == sentence.index and told.side == found:
                actor = told.actor or actor  # "killing 200 horse and 300 foot": by the same one
            going_on = told is not None and told.sentence == sentence.index
            first = told.first if told is not None and going_on else count.start
            self._last = Told(sentence.index, sentence.paragraph, first, count.end, found, actor)
        return found

    def _of_both(self, sentence: Sentence, count: Count) -> bool:
        """As in "51,000 soldiers from both armies", "the casualties of both sides were 57,225"."""
        if self._desk.sides.of_words(count.counted.phrase) is not None:
            return False
        before = self._text[max(sentence.start, count.number.phrase - 90) : count.number.phrase]
        first = count.number.end
        after = self._text[first : min(first + 60, sentence.body_end)]
        return bool(BOTH_BEFORE.search(before) or BOTH_BEHIND.match(after))

    def _own(self, sentence: Sentence, count: Count) -> str | None:
        """As in "A took 700 prisoners for 300 casualties of its own": A's."""
        if not _OF_OWN.match(self._text, count.number.end):
            return None
        words = self._words.within(sentence, sentence.start, count.number.phrase)
        return words[0].side if words else None

    def _listed(self, sentence: Sentence, count: Count) -> str | None:
        """As in "600 killed and 2,100 wounded": the same side, as no other one is named."""
        told = self._last
        if told is None or told.sentence != sentence.index or told.end > count.number.phrase:
            return None
        between = self._text[told.end : min(count.start, count.number.phrase)]
        hostile = re.search(rf"\b{FOUGHT}\b|\bagainst\b", between) or BODY_BY.search(between)
        anew = count.subject_before and _LOST_ANEW.search(between)
        if anew or not _LIST.fullmatch(between) or (hostile and not count.object_of):
            return None
        if self._words.within(sentence, told.end, count.number.phrase):
            return None
        if count.object_of and told.actor is not None:
            return self._desk.sides.other(told.actor)
        return told.actor if count.subject_before else told.side

    # -- the words that tell a side

    # -- the words at the number

    def _near(self, sentence: Sentence, count: Count) -> str | None:
        sides = self._desk.sides
        within = sides.of_words(count.counted.phrase) or self._elsewhere(count)
        if within is not None:
            return within
        first = count.number.end
        for name in self._words.within(sentence, first, sentence.end):
            if name.start < first + len(count.counted.phrase):
                return name.side
        if _FIRST_PERSON.search(count.counted.phrase):
            return self._tellers.speaker(sentence, count)
        if count.object_of:
            after = self._after(sentence, count)
            if after is not None:
                return after
            return self._victims(sentence, count)
        return self._owner(sentence, count) or self._after(sentence, count)

    def _victims(self, sentence: Sentence, count: Count) -> str | None:
        """Whose men somebody kills or takes: not those of who acts."""
        sides = self._desk.sides
        if (struck := self._struck(sentence, count)) is not None:
            return struck
        subject = self._subject(sentence, count)
        named = self._words.within(sentence, sentence.start, count.number.phrase)
        if named and _OF_THEM.match(self._text, count.number.end):
            # "they repelled an attack by the rebels, killing 45 of them"
            lead = self._text[sentence.start : named[-1].start]
            governed = _GOVERNED.search(lead)
            return named[-1].side if governed else sides.other(named[-1].side)
        before = self._text[sentence.start : count.start]
        suffering = SUFFERING.search(before)
        if subject is not None and suffering is not None:
            # "the ship was struck by a shell, killing 26", of the one before or another one
            apart = re.search(r", (?:and|but|while) ", before[: suffering.start()])
            return sides.other(subject) if apart else subject
        return sides.other(subject) if subject is not None else None

    def _struck(self, sentence: Sentence, count: Count) -> str | None:
        """As in "The torpedo struck Falcon, a British cruiser, killing 60": of what is struck."""
        match = WEAPON.match(self._text[sentence.start : count.number.phrase])
        at = sentence.start + match.end() if match is not None else sentence.start
        if match is None or self._words.within(sentence, sentence.start, at):
            return None  # "A German shell struck the turret"
        struck = self._words.within(sentence, at, count.number.phrase)
        return struck[0].side if struck else None

    def _elsewhere(self, count: Count) -> str | None:
        """As in "600 Ohio militia", and "4,000 on the other side" behind a number of one."""
        words = re.findall(r"[A-Z]\w+", count.counted.phrase)
        raised = {side for word in words if (side := self._desk.sides.of_regiment(word))}
        if len(raised) == 1:
            return raised.pop()
        if (kind := self._desk.sides.of_kind(count.counted.phrase)) is not None:
            return kind
        behind = self._text[count.number.end : count.number.end + 40]
        if self._last is not None and _ON_OTHER.match(behind):
            return self._desk.sides.other(self._last.side)
        return None

    def _after(self, sentence: Sentence, count: Count) -> str | None:
        """As in "of the Dutch", "under Colonel Palmes", "lost to the Bavarians"."""
        first = count.number.end + len(count.counted.phrase)
        stop = min(first + _NEAR, sentence.body_end)
        following = self._text[first:stop]
        boundary = _BREAK.search(following)
        stop = first + boundary.start() if boundary else stop
        taken = TAKEN_BY.match(following) if count.role == "losses" else None
        upon = UPON.match(following) if count.object_of else None
        for word in self._words.within(sentence, first, stop)[:1]:
            between = self._text[first : word.start]
            if upon and upon.end() == len(between):
                return word.side
            given = count.category == "captured" and _GIVEN_UP.search(between)
            if given and "surrender" in self._text[sentence.start : count.number.start]:
                return self._desk.sides.other(word.side)  # "surrendered with 100 men to A"
            if taken and len(taken.group()) + 12 >= len(between):
                return self._desk.sides.other(word.side)
            named = self._text[word.start : word.end + 5]
            if _ON_SIDE.search(between) and re.search(r"\bside\b", named):
                return word.side
            near = len(between) <= 34 and not re.search(
                r",|\bby\b|\bto [a-z]|\bagainst \w*\d", between
            )
            if (near and _LED.search(between)) or _ADDRESS.fullmatch(between):
                return word.side
            if FIGHTS_AFTER.fullmatch(between) or SUFFERED.fullmatch(between):
                return self._desk.sides.other(word.side)
        led = _LED_BY.search(following)
        if led is not None:
            for word in self._words.within(sentence, first + led.start(), stop)[:1]:
                if _NO_VERB.fullmatch(self._text[first + led.end() : word.start]):
                    return word.side
        return None

    def _owner(self, sentence: Sentence, count: Count) -> str | None:
        """As in "Villeroi's 46,000 troops", "Baden's force of 36,000"."""
        for word in self._words.within(sentence, sentence.start, count.number.phrase)[-1:]:
            gap = self._text[word.end : count.number.phrase]
            owned = gap.startswith(("'", "’")) or word.owner or _HIS_FORCE.fullmatch(gap)
            apart = _FACED.search(gap) or SEEN.search(gap)
            lead = self._text[max(sentence.start, word.start - 48) : word.start]
            # "A attacked Gothic detachments with a picked force of 2,000": A's
            apart = apart or (SUFFERS.search(lead) and re.search(r"\bwith (?:an?|his)\b", gap))
            if len(gap) < 48 and owned and _OWNED.fullmatch(gap) and not apart:
                return word.side
            pursued = "with" in gap and SUFFERS.search(lead) and not _FACING.search(lead)
            if _AND_HIS.fullmatch(gap) and not pursued and self._after(sentence, count) is None:
                return word.side  # "chased Jackson and 4,000 militia"
        return None

    # -- the sentence and the paragraph

    def _around(self, sentence: Sentence, count: Count) -> str | None:
        before = self._text[sentence.start : count.number.phrase]
        sides = self._desk.sides
        subject = self._subject(sentence, count)
        if count.role == "materiel" and (seen := self._seen(sentence, before)) is not None:
            return seen
        behind = self._text[count.number.end : sentence.body_end][:60]
        lost = ENEMY_LOSS.search(before) is not None
        hostile = lost or (
            not count.subject_before
            and (
                HOSTILE.search(before)
                or ENEMY.search(f"{before[-60:]} {count.counted.phrase}")
                or MET_BY.search(before)
                or BODY_BY.search(before)
                or ENEMY_BEHIND.match(behind)
                or (LOOKED.search(before) and COMING.match(behind[len(count.counted.phrase) :]))
            )
        )
        if subject is not None:
            return sides.other(subject) if hostile else subject
        taken = _AND_TOOK.search(self._text[count.number.end : sentence.body_end][:90])
        if taken is not None and count.subject_before and (whose := sides.of_words(taken["whom"])):
            return sides.other(whose)
        told = self._tellers.side(sentence, count, hostile=bool(hostile))
        faced = self._faced(sentence, behind) if hostile else None
        if (known := told or faced or self._bearer(count, before)) is not None:
            return known
        if THE_ENEMY.search(before) and not count.object_of:
            return self._words.enemy(sentence)
        if (struck := self._striking(sentence, count, before)) is not None:
            return struck
        if _PRONOUN.match(sentence.text) and (told := self._words.acting(sentence)):
            met = MET_BY.search(before) or HOSTILE.search(before)
            apart = count.object_of or (met and not count.subject_before)
            return sides.other(told) if apart else told
        return sides.only_one_in(before) or self._surroundings.side(
            sentence, count, before, self._last
        )

    def _seen(self, sentence: Sentence, before: str) -> str | None:
        """As in "U-32 reported two battleships": not those of him who looks out."""
        match = SEEN.search(before)
        if match is None:
            return None
        looking = self._words.within(sentence, sentence.start, sentence.start + match.start())
        return self._desk.sides.other(looking[-1].side) if looking else None

    def _bearer(self, count: Count, before: str) -> str | None:
        """By a noun that only one side bears: "volunteers", "the garrison"."""
        for word in re.findall(r"[a-z-]+", count.counted.phrase):
            if (side := self._nouns.get(word) or self._parts.get(word)) is not None:
                return side
        words = reversed(re.findall(r"[a-z]+", before))
        return next((self._parts[word] for word in words if word in self._parts), None)

    def _faced(self, sentence: Sentence, behind: str) -> str | None:
        """Whom somebody faces who is not named: "20,000 of the enemy", "he had faced 57,000"."""
        if ENEMY_BEHIND.match(behind):
            return self._words.enemy(sentence)
        told = self._last
        if told is None or told.sentence != sentence.index:
            return None
        return self._desk.sides.other(told.actor or told.side)

    def _striking(self, sentence: Sentence, count: Count, before: str) -> str | None:
        """As in "B attacked him with 9,000 men", "four tanks drove them off": not his side."""
        after = self._text[count.number.end : sentence.body_end][:90]
        if not (AT_THEM.search(before) or AT_THEM.search(after)):
            return None
        last = self._desk.passages.before(sentence)
        meant = self._last.side if self._last and last is None else None
        if last is not None:
            named = self._words.within(last, last.start, last.end)
            meant = named[0].side if named else self._last.side if self._last else None
        return self._desk.sides.other(meant) if meant is not None else None

    def _subject(self, sentence: Sentence, count: Count) -> str | None:
        """Side of who acts in the clause of a number."""
        words = self._words.within(sentence, sentence.start, count.number.phrase)
        apart = set() if count.object_of else self._tellers.told_at(sentence, count)
        if count.object_of:
            apart = {word.start for word in words if self._listed_with(sentence, word.start)}
        return acting_side(
            self._text, sentence, count, words, apart=apart, other=self._desk.sides.other
        )

    def _listed_with(self, sentence: Sentence, start: int) -> bool:
        """Whether a word stands in the phrase of the number before, whose victims it names.

        As in "killing 2,700 Roman cavalry and capturing another 10,000".
        """
        told = self._last
        if told is None or told.sentence != sentence.index or told.actor == told.side:
            return False
        return told.first <= start <= told.end + 40
