"""The words of a sentence that tell a side, who acts in it, and whom it calls the enemy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from inje.dossier.drafting._definites import DEFINITE, Definites
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._factions import factions_of
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._ships import ships_of

__all__ = ["THE_ENEMY", "SideWord", "SideWords"]

_REGIMENT = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)|(?:(?:Twenty|Thirty|Forty|Fifty|Sixty|Seventy|Eighty|Ninety)[- ]?)?(?:[Ff]irst|"
    r"[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ss]eventh|[Ee]ighth|[Nn]inth)|Tenth|Eleventh|Twelfth|"
    r"[A-Z][a-z]+teenth|(?:Twen|Thir|For|Fif|Six|Seven|Eigh|Nine)tieth)\s+(?:Regiment\s+)?"
    r"(?P<state>(?:New |North |South |West |Rhode )?[A-Z][a-z]+)\b"
)
#: "an Ohio battery", "the Texas troops"
_OF_STATE = re.compile(
    r"\b(?P<state>(?:New |North |South |West |Rhode )?[A-Z][a-z]+) (?:[Bb]atter(?:y|ies)|[Rr]egiments?|[Bb]rigades?|troops|"
    r"[Ii]nfantry|[Cc]avalry|[Vv]olunteers|[Mm]ilitia|[Aa]rtillery|troopers|infantrymen|boys|horse)\b"
)
#: "126OH", as park historians write regiments
_SHORT_REGIMENT = re.compile(r"\b\d{1,3}(?P<state>[A-Z]{2}|USCT)\b")
#: "U-264", of the German navy in both World Wars
_U_BOAT = re.compile(r"\bU-\d{1,4}\b")
_CAPITAL = re.compile(r"\b[A-Z][\w.]+")
THE_ENEMY = re.compile(r"\b(?:[Tt]he |[Aa]n? |^)?[Ee]nem(?:y|ies)\b")
_ENEMY_ACTS = re.compile(r"The enemy(?:['’]s?)?\b")
#: sentences that must agree from which side the enemy is seen, and their share
_LEAST_TOLD, _MOST_TOLD = 2, 0.75
#: a sentence that goes on about him of whom the one before it speaks
_GOES_ON = re.compile(r"(?:They|He|She|Their|His|Her)\b")
#: a name that stands so near to the beginning of a sentence is its subject
_OPENING = 30
_GOVERNED = re.compile(
    r"\b(?:to|of|by|with|against|under|from|for|after|before|at|in|on|near|into|upon|unlike|despite)\s+"
    r"(?:the\s+|an?\s+)?(?:[\w-]+\s+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class SideWord:
    """A name or an adjective that tells a side."""

    start: int
    end: int
    side: str
    owner: bool = False


class SideWords:
    """Finds the words that tell a side, sentence by sentence."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._text = desk.passages.text
        self._words: tuple[int, list[SideWord]] = (-1, [])
        self._definites = Definites(desk)
        # A side that has no name of its own: "the rebels".
        folk = [re.escape(side.name) for side in desk.sides.all if side.name.islower()]
        self._folk = re.compile(rf"\b(?:{'|'.join(folk)})\b", re.I) if folk else None
        self._learned: dict[str, str] = {}
        self._learned_words: re.Pattern[str] | None = None
        self._learn()
        #: the side from which the document looks at "the enemy", once it is asked for
        self._told_of: str | None = None

    def _learn(self) -> None:
        """Parties by the names beside them, then ships by whoever has them."""
        desk, sentences = self._desk, self._desk.passages.sentences
        if len(desk.sides.all) < 2:
            return
        self._remember(factions_of(desk.sides, desk.register, sentences))
        ships = ships_of(desk.sides, desk.register, sentences, self.within)
        self._remember({**self._learned, **ships})

    def _remember(self, learned: dict[str, str]) -> None:
        self._learned, self._words = learned, (-1, [])
        names = sorted(map(re.escape, learned), key=len, reverse=True)
        parties = [name for name in names if name[:1].islower()]
        words = [*names, *(name.capitalize() for name in parties)]
        pattern = rf"(?<![\w-])(?P<word>{'|'.join(words)})(?!\w)"
        self._learned_words = re.compile(pattern) if words else None

    def within(self, sentence: Sentence, start: int, end: int) -> list[SideWord]:
        """Words of a span of a sentence that tell a side, in reading order."""
        if self._words[0] != sentence.index:
            self._words = (sentence.index, self._all(sentence))
        return [word for word in self._words[1] if start <= word.start and word.end <= end]

    def _all(self, sentence: Sentence) -> list[SideWord]:
        named = [
            SideWord(m.start, m.end, n.side or "", bool(n.owner))
            for m, n in self._desk.register.within(sentence.start, sentence.end)
            if n.kind != "place" and n.side
        ]
        taken = [(w.start, w.end) for w in named]
        for match in _CAPITAL.finditer(sentence.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            side = self._desk.sides.of_words(match.group())
            if side and not any(a < end and start < b for a, b in taken):
                named.append(SideWord(start, end, side))
        named += [
            word
            for word in self._nameless(sentence)
            if not any(w.start < word.end and word.start < w.end for w in named)
        ]
        if (side := self._desk.sides.of_words("u boat")) is not None:
            named += [
                SideWord(sentence.start + m.start(), sentence.start + m.end(), side)
                for m in _U_BOAT.finditer(sentence.text)
            ]
        for match in (
            *_REGIMENT.finditer(sentence.text),
            *_SHORT_REGIMENT.finditer(sentence.text),
            *_OF_STATE.finditer(sentence.text),
        ):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            side = self._desk.sides.of_regiment(match["state"])
            if side and not any(a < end and start < b for a, b in taken):
                named.append(SideWord(start, end, side))
        return sorted(named, key=lambda word: word.start)

    def _nameless(self, sentence: Sentence) -> Iterator[SideWord]:
        """As in "the rebels", or "the column" that was brought in as one side's."""
        folk = list(self._folk.finditer(sentence.text)) if self._folk else []
        for match in folk:
            side = self._desk.sides.of_words(match.group())
            if side is not None:
                start, end = match.span()
                yield SideWord(sentence.start + start, sentence.start + end, side)
        for match in self._learned_words.finditer(sentence.text) if self._learned_words else ():
            side = self._learned.get(match["word"]) or self._learned[match["word"].lower()]
            yield SideWord(sentence.start + match.start(), sentence.start + match.end(), side)
        for match in DEFINITE.finditer(sentence.text):
            start, end = match.span("noun")
            side = self._definites.side(match["noun"], sentence.start + start)
            if side is not None and not any(
                one.start() < end and start < one.end() for one in folk
            ):
                yield SideWord(sentence.start + start, sentence.start + end, side)

    def acting(self, sentence: Sentence, depth: int = 3) -> str | None:
        """Whom "they" means: the side that acts in the sentence before, else its only one."""
        last = self._desk.passages.before(sentence)
        if last is None:
            return None
        if depth and _GOES_ON.match(last.text):
            return self.acting(last, depth - 1)
        if depth and _ENEMY_ACTS.match(last.text):
            acting = self.acting(last, depth - 1)
            return self._desk.sides.other(acting) if acting is not None else None
        for word in self.within(last, last.start, last.end)[:2]:
            lead = self._text[last.start : word.start]
            if len(lead) < _OPENING and not _GOVERNED.search(lead):
                return word.side
        return self._desk.sides.only_one_in(last.text)

    def enemy(self, sentence: Sentence) -> str | None:
        """Whom "the enemy" means: the opponent of him who acts before, else of whom it tells."""
        sides = self._desk.sides
        acting = self.acting(sentence)
        if acting is not None:
            return sides.other(acting)
        if self._told_of is None:
            votes = Counter(
                side
                for one in self._desk.passages.sentences
                if THE_ENEMY.search(one.text) and (side := sides.only_one_in(one.text))
            )
            (most, n), total = (votes.most_common(1) or [("", 0)])[0], sum(votes.values())
            self._told_of = most if n >= _LEAST_TOLD and n >= _MOST_TOLD * total else ""
        return sides.other(self._told_of) if self._told_of else None
