"""To which side a number of the prose belongs.

The nearest words decide: those of the phrase itself ("five English squadrons"), a commander
after it ("under Colonel Palmes"), an owner before it ("Villeroi's 46,000 troops"), the subject
of the verb, the other side where the verb is hostile; then what the paragraph spoke of before.
What nothing decides is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count

__all__ = ["Belonging"]

_LED = re.compile(
    r"\b(?:under(?: the (?:overall )?command of)?|commanded by|led by|headed by|command(?:ed)? of|"
    r"belonging to|from|of|drawn from|in)\s+(?:the\s+|his\s+)?$"
)
_LED_BY = re.compile(
    r"\b(?:under(?: the (?:overall )?command of)?|commanded by|led by|headed by|belonging to)\s+"
    r"(?:the\s+)?"
)
_OWNED = re.compile(
    r"(?:['’]s?)?\s*(?:[\w-]+\s+){0,4}(?:of|at|with|numbered|numbering|totall?ing)?\W*"
)
_FOUGHT = (
    r"(?:fac(?:e|ed|ing)|attack(?:ed|ing|s)?|oppos(?:e|ed|ing)|defeat(?:ed|ing)?|charged|fell upon|"
    r"confront(?:ed|ing)?|repuls(?:ed|ing)|repell(?:ed|ing)|rout(?:ed|ing)?|engag(?:ed|ing)|"
    r"encounter(?:ed|ing)?|outnumber(?:ed|ing)?|destroy(?:ed|ing)?|fight(?:ing)?|fought|"
    r"besieg(?:ed|ing)|pin down|pen in|harass(?:ed|ing)|pursu(?:ed|ing)|overwhelm(?:ed|ing)|"
    r"fend(?:ed|ing)? off|assault(?:ed|ing)?|ambush(?:ed|ing)?|beat back|drove back|"
    r"annihilated|slaughtered|killed|killing|captured|capturing|inflicted|inflicting)"
)
_HOSTILE = re.compile(
    rf"\b(?:against|{_FOUGHT})\s+(?:by\s+)?(?:the\s+|an?\s+|their\s+)?(?:[\w’'-]+\s+){{0,2}}$", re.I
)
#: a verb of fighting before a name whose bearer suffers it
_SUFFERS = re.compile(
    rf"\b(?:against|{_FOUGHT})\s+(?!by\b)(?:all\s+|most\s+)?(?:of\s+)?(?:the\s+|an?\s+)?"
    r"(?:[\w’'-]+\s+){0,2}$",
    re.I,
)
_FIGHTS_AFTER = re.compile(rf"[^.;]{{0,90}}\b{_FOUGHT}\s+(?:upon\s+|on\s+)?(?:the\s+)?$", re.I)
_TAKEN_BY = re.compile(
    r"\W*(?:were\s+|was\s+)?(?:lost|surrendered|captured|taken|killed|destroyed|sunk|wounded|shot)\b"
    r"[^.;,]{0,30}?\b(?:to|by|from)\s+(?:the\s+|a\s+)?"
)
_BREAK = re.compile(r"; |, (?:but|while|whilst|whereas)\b")
_PRONOUN = re.compile(
    r"(?:They|It|He|She|Their|Its|His|Her|These|This|The (?:latter|company|unit))\b"
)
_CAPITAL = re.compile(r"\b[A-Z][\w.]+")
_FIRST_PERSON = re.compile(r"\b(?:our|my|us)\b")
_ASIDE = re.compile(
    r"\b(?:towards?|near|without|than|unlike|despite|join|reach)\s+(?:the\s+)?$", re.I
)
_CAUSE = re.compile(r"\b(?:by|from|against|under|of|on)\s+(?:the\s+|an?\s+)?(?:[\w-]+\s+){0,2}$")
#: nouns that every army has
_COMMON = frozenset(
    "men people army armies forces force troops soldiers strong units unit personnel prisoners "
    "infantry cavalry artillery brigade brigades battalion battalions regiment regiments division "
    "divisions squadrons squadron guns officers officer line lines position positions".split()
)
#: how far the words of a side may stand behind a number's phrase
_NEAR = 90


@dataclass(frozen=True, slots=True)
class _Word:
    """A name or an adjective that tells a side."""

    start: int
    end: int
    side: str
    owner: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    paragraph: int
    side: str


class Belonging:
    """Finds the side of one number after another, in reading order."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._text = desk.document.text
        self._last: _Told | None = None
        self._words: tuple[int, list[_Word]] = (-1, [])
        self._nouns = _bound_nouns(desk)

    def side(self, sentence: Sentence, count: Count) -> str | None:
        """The side, or None: to be asked."""
        found = self._near(sentence, count) or self._around(sentence, count)
        if found is not None:
            self._last = _Told(sentence.paragraph, found)
        return found

    # -- the words that tell a side

    def _sided(self, sentence: Sentence, start: int, end: int) -> list[_Word]:
        if self._words[0] != sentence.index:
            self._words = (sentence.index, self._all(sentence))
        return [word for word in self._words[1] if start <= word.start and word.end <= end]

    def _all(self, sentence: Sentence) -> list[_Word]:
        named = [
            _Word(m.start, m.end, n.side or "", bool(n.owner))
            for m, n in self._desk.register.within(sentence.start, sentence.end)
            if n.kind != "place" and n.side
        ]
        taken = [(w.start, w.end) for w in named]
        for match in _CAPITAL.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            side = self._desk.sides.of_words(match.group())
            if side and not any(a < end and start < b for a, b in taken):
                named.append(_Word(start, end, side))
        return sorted(named, key=lambda word: word.start)

    # -- the words at the number

    def _near(self, sentence: Sentence, count: Count) -> str | None:
        sides = self._desk.sides
        within = sides.of_words(count.counted.phrase)
        if within is not None:
            return within
        for word in re.findall(r"[a-z]+", count.counted.phrase):
            if word in self._nouns:
                return self._nouns[word]
        if _FIRST_PERSON.search(count.counted.phrase):
            return self._speaker(sentence, count)
        if count.object_of:
            subject = self._subject(sentence, count)
            return sides.other(subject) if subject is not None else None
        return self._after(sentence, count) or self._owner(sentence, count)

    def _speaker(self, sentence: Sentence, count: Count) -> str | None:
        """As in A's words "several thousand of our men"."""
        around = [
            c
            for c in self._desk.clauses_of(sentence)
            if c.owned and c.covers(count.start, count.end)
        ]
        holders = around[-1].subject.holders if around else ()
        return holders[0].side if holders else None

    def _after(self, sentence: Sentence, count: Count) -> str | None:
        """As in "of the Dutch", "under Colonel Palmes", "lost to the Bavarians"."""
        first = count.number.end + len(count.counted.phrase)
        stop = min(first + _NEAR, sentence.body_end)
        following = self._text[first:stop]
        boundary = _BREAK.search(following)
        stop = first + boundary.start() if boundary else stop
        taken = _TAKEN_BY.match(following) if count.role == "losses" else None
        for word in self._sided(sentence, first, stop)[:1]:
            between = self._text[first : word.start]
            if taken and len(taken.group()) + 12 >= len(between):
                return self._desk.sides.other(word.side)
            if len(between) <= 34 and _LED.search(between):
                return word.side
            if _FIGHTS_AFTER.fullmatch(between):
                return self._desk.sides.other(word.side)
        led = _LED_BY.search(following)
        if led is not None:
            for word in self._sided(sentence, first + led.start(), stop)[:1]:
                if word.start - first - led.end() < 30:
                    return word.side
        return None

    def _owner(self, sentence: Sentence, count: Count) -> str | None:
        """As in "Villeroi's 46,000 troops", "Baden's force of 36,000"."""
        for word in self._sided(sentence, sentence.start, count.number.phrase)[-1:]:
            gap = self._text[word.end : count.number.phrase]
            owned = gap.startswith(("'", "’")) or word.owner
            if len(gap) < 48 and owned and _OWNED.fullmatch(gap):
                return word.side
        return None

    # -- the sentence and the paragraph

    def _around(self, sentence: Sentence, count: Count) -> str | None:
        before = self._text[sentence.start : count.number.phrase]
        sides = self._desk.sides
        subject = self._subject(sentence, count)
        if subject is not None:
            hostile = _HOSTILE.search(before) and not count.subject_before
            return sides.other(subject) if hostile else subject
        if _PRONOUN.match(sentence.text) and (told := self._before(sentence)):
            return told
        alone = sides.only_one_in(before)
        if alone is not None:
            return alone
        told = self._last
        if told is not None and told.paragraph == sentence.paragraph:
            return told.side
        headed = sides.only_one_in(sentence.block.section)
        if headed is not None:
            return headed  # "Italian forces", "Confederate"
        if not count.subject_before:
            later = sides.only_one_in(self._text[count.number.end : sentence.end])
            if later is not None:
                return later
        return self._before(sentence)

    def _subject(self, sentence: Sentence, count: Count) -> str | None:
        """Side of the last group or person named before, in the same clause."""
        text, sides = self._text, self._desk.sides
        for word in reversed(self._sided(sentence, sentence.start, count.number.phrase)):
            if ";" in text[word.end : count.start]:
                return None
            before = text[max(sentence.start, word.start - 48) : word.start]
            if word.start > count.start:  # "lost to the Bavarians, and hundreds"
                return (
                    sides.other(word.side) if re.search(r"\bto (?:the )?$", before) else word.side
                )
            if _SUFFERS.search(before):
                return sides.other(word.side)
            if _ASIDE.search(before) or (count.subject_before and _CAUSE.search(before)):
                continue
            return word.side
        return None

    def _before(self, sentence: Sentence) -> str | None:
        """The one side of which the sentence before speaks, in the same paragraph."""
        last = self._desk.passages.before(sentence)
        return self._desk.sides.only_one_in(last.text) if last is not None else None


def _bound_nouns(desk: Desk) -> dict[str, str]:
    """Nouns that only one side's forces bear: "volunteers"."""
    seen: dict[str, set[str]] = {}
    for named in desk.register.kind("group"):
        if named.side is not None and named.owner:
            for form in named.forms:
                head = form.split()[-1]
                if head.islower() and head not in _COMMON:
                    seen.setdefault(head, set()).add(named.side)
    return {head: sides.pop() for head, sides in seen.items() if len(sides) == 1}
