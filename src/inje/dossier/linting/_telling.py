"""What the sentence around a number or a name tells: of which side it speaks, and of which part.

A number in prose may count a crew, a wing or one day although the record files it under its side.
Rules that compare numbers ask here first, so that they do not compare a part with the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from inje.dossier._records import Claim, Dossier
from inje.dossier.linting._rule import text_of

__all__ = ["Telling"]

#: arms of an army: a number of one of them is no strength of all
_ARM = re.compile(
    r"\b(?:infantry(?:men)?|cavalry(?:men)?|horse(?:men)?|foot|artillery(?:men)?|gunners|engineers|"
    r"archers|knights|dragoons|hussars|lancers|officers|sailors|marines|crew(?:men)?)\b",
    re.I,
)
#: words that many names of forces have and that tell no side
_GENERIC = frozenset(
    "army armies corps division divisions brigade brigades regiment regiments battalion battalions "
    "fleet squadron squadrons navy force forces troops guard guards house kingdom empire republic "
    "state states united royal imperial national first second third fourth fifth north south east "
    "west northern southern eastern western general command government great party people front "
    "group light heavy cavalry infantry artillery position positions staff high".split()
)
_OF_A_CREW = re.compile(r"\bcrews? of\s*\Z", re.I)
_WORD = re.compile(r"[^\W\d_]{4,}")
_END = re.compile(r"[.!?][\"'”’)\]]*(?:\[[^\]\n]{1,12}\])*\s|\n\s*\n|<br|</(?:p|td|li|tr)>|\n[*|=]")
#: characters on each side within which a sentence is looked for
_REACH = 400
#: mentions of a name in a text that are looked at: one of a thousand would have told the side
_MENTIONS = 1000


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around a span: from the last end before it to the first one after it."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [match.end() for match in _END.finditer(text, low, start)]
    after = _END.search(text, end, high)
    return (before[-1] if before else low), (after.start() if after else high)


class Telling:
    """The sentences of a record's texts, and the words in them that tell a side.

    Where the text of a claim is not at hand, nothing speaks against the claim.
    """

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        names = list(_names_of_sides(dossier))
        self._names = _of_one_side((name.lower(), side) for name, side in names if len(name) > 1)
        longest = sorted(self._names, key=len, reverse=True)
        self._named = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest)) or '$.'})\b", re.I)
        self._stems = _of_one_side(
            (_stem(word), side)
            for name, side in names
            for word in _WORD.findall(name)
            if word[0].isupper() and word.lower() not in _GENERIC
        )

    def sides(self, words: str) -> set[str]:
        """The sides that words name: by a name, an adjective, a group or a commander."""
        named = {self._names[found.lower()] for found in self._named.findall(words)}
        stems = {_stem(word) for word in _WORD.findall(words) if word[0].isupper()}
        return named | {self._stems[stem] for stem in stems if stem in self._stems}

    def together(self, one: Claim, two: Claim) -> bool:
        """Whether two claims stand in one sentence."""
        a, b = one.anchor, two.anchor
        if a is None or b is None or a.document != b.document:
            return False
        text = text_of(self._dossier, a)
        if text is None:
            return False
        start, end = _sentence(text.original, a.start, a.end)
        return start <= b.start and b.end <= end

    def tells_side_of(self, name: str) -> bool:
        """Whether some sentence names somebody together with one side alone."""
        last = name.split()[-1:]
        if not last:
            return False
        pattern = re.compile(rf"\b{re.escape(last[0])}\b")
        return any(
            len(self.sides(text.original[slice(*_sentence(text.original, *match.span()))])) == 1
            for text in self._dossier.texts
            for match in islice(pattern.finditer(text.original), _MENTIONS)
        )

    def of_whole_side(self, claim: Claim) -> bool:
        """Whether a number may be compared with others of its side.

        True for the box, and for prose whose sentence names the side and whose words name no
        single arm or crew.
        """
        anchor = claim.anchor
        if anchor is None or claim.rule.startswith("box"):
            return True
        if claim.about.startswith("strength.") and _ARM.search(anchor.quote):
            return False
        text = text_of(self._dossier, anchor)
        if text is None:
            return True
        start, end = _sentence(text.original, anchor.start, anchor.end)
        if _OF_A_CREW.search(text.original, start, anchor.start):
            return False
        return claim.about.split(".")[1] in self.sides(text.original[start:end])


def _names_of_sides(dossier: Dossier) -> Iterator[tuple[str, str]]:
    """Every name of a side, of its groups and of who leads it, with the side."""
    leading = {
        key: side.id
        for side in dossier.battle.sides
        for key in (*side.entities, *side.commanders, *side.leaders)
    }
    for side in dossier.battle.sides:
        yield side.name, side.id
    for entity in dossier.entities:
        own = entity.side or leading.get(entity.id)
        if own is not None and entity.kind != "place":
            for name in {entity.name, *(form.text for form in entity.names)}:
                yield name, own


def _of_one_side(told: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Word -> side, without the words that two sides share."""
    found: dict[str, set[str]] = {}
    for word, side in told:
        found.setdefault(word, set()).add(side)
    return {word: next(iter(sides)) for word, sides in found.items() if len(sides) == 1}


def _stem(word: str) -> str:
    return re.sub(r"(?:['’]s|s)\Z", "", word.lower())
