"""Who held a place: taken, lost, retaken, driven out of, restored to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from inje.dossier._records import Value
from inje.dossier.drafting._dates import when_of
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._entities import Named
from inje.dossier.drafting._passages import Sentence

__all__ = ["control_claims", "stands_for_side"]

_CONTROL_PASSIVE = re.compile(
    r"\bcontrol (?:over|of) (?P<places>.{2,120}?) (?:was|were|had been) (?:\w+ly )?(?:restored|"
    r"returned|given|"
    r"handed|transferred|lost|ceded|passed)(?: back)? to (?P<who>.{2,80})"
)
_TAKING = (
    r"(?:captured|recaptured|retook|regained|seized|occupied|reoccupied|took|liberated|conquered|"
    r"overran|stormed and took|(?:took|gained|regained|assumed|seized) control of)"
)
_SITE = r"(?:village|villages|town|city|fort|fortress|hill|ridge|port|heights|castle|position)"
_ADVERBS = r"(?:\s|\b\w+ly\b|had|have|then|also|soon|again|finally|later|now|next|\([A-Z]+\))*"
_TOOK = re.compile(rf"^{_ADVERBS}{_TAKING}\s+(?:the\s+)?(?:{_SITE} (?:of )?)?$", re.I)
_TOOK_IT = re.compile(rf"^{_ADVERBS}{_TAKING}\s+(?:back\s+)?the (?P<site>{_SITE})\b(?! of)", re.I)
_FELL = re.compile(
    r"^(?:\s|\b\w+ly\b|had|then|finally)*(?:(?:was|were) (?:\w+ly )?(?:captured|retaken|recaptured|"
    r"taken|occupied|overrun|"
    r"seized|liberated) by|fell to|fell into the hands of|surrendered to)\s+(?:the\s+)?$",
    re.I,
)
_LEFT = re.compile(
    r"^(?:\s|\b\w+ly\b|had|have|then|finally)*(?:abandoned|evacuated|lost|surrendered|withdrew from|"
    r"retreated from|(?:was|were) (?:\w+ly )?(?:driven|pushed|thrown|forced|expelled) "
    r"(?:out of|from|back from))\s+(?:the\s+)?(?:(?:village|town|city|fort) (?:of )?)?$",
    re.I,
)
_DROVE = re.compile(
    rf"^{_ADVERBS}(?:drove|pushed|threw|forced|expelled|driven|dislodged|ejected)\s+(?:the\s+)?$",
    re.I,
)
_OUT_OF = re.compile(r"^\s+(?:back\s+)?(?:out of|from)\s+(?:the\s+)?(?:\w+ of )?$", re.I)
#: kinds of clauses that do not tell what happened
_UNREAL = ("intention", "order", "proposal", "belief", "fear")


def stands_for_side(desk: Desk, named: Named) -> bool:
    """Whether a group stands for its side, and not for one of its units."""
    members = {member.key for side in desk.sides.all for member in side.members}
    if named.kind != "group" or named.side is None:
        return False
    return named.key in members or bool(named.owner) or bool(named.state) or bool(named.acronym)


def control_claims(desk: Desk, sentence: Sentence) -> None:
    """Write who took, lost or was given which place, as a sentence tells it."""
    passive = _CONTROL_PASSIVE.search(sentence.text)
    if passive:
        base = sentence.start
        places = desk.register.within(base + passive.start("places"), base + passive.end("places"))
        holders = desk.register.within(base + passive.start("who"), base + passive.end("who"))
        side = next((n.side for _, n in holders if n.side), None)
        _write(desk, sentence, [n for _, n in places if n.kind == "place"], side, True)
        return
    if desk.background(sentence):
        return
    for place, side, position in _changes(desk, sentence):
        unreal = any(
            clause.kind in _UNREAL and clause.covers(position, position)
            for clause in desk.clauses_of(sentence)
        )
        if not unreal:
            _write(desk, sentence, [place], side, False)


def _changes(desk: Desk, sentence: Sentence) -> Iterator[tuple[Named, str | None, int]]:
    """Place, the side that holds it then, and where in the text this is said."""
    text, other = desk.document.text, desk.sides.other
    found = desk.register.within(sentence.start, sentence.end)
    for k, (mention, one) in enumerate(found):
        if one.kind != "place" and _fights(desk, one) and not _object(text, mention.start):
            after = text[mention.end : sentence.end]
            match = _TOOK_IT.match(after)
            place = _spoken_of(desk, sentence, mention.start) if match else None
            if place is not None:
                yield place, one.side, mention.end
        if k + 2 < len(found):
            yield from _driven(desk, found[k : k + 3])
    for (one_mention, one), (two_mention, two) in pairwise(found):
        between = text[one_mention.end : two_mention.start]
        owned = text[two_mention.end : two_mention.end + 1] in ("'", "’")
        acts = _fights(desk, one) and not _object(text, one_mention.start)
        if two.kind == "place" and acts and not owned:
            if _TOOK.match(between):
                yield two, one.side, two_mention.start
            elif _LEFT.match(between):
                yield two, other(one.side or ""), two_mention.start
        elif one.kind == "place" and _fights(desk, two) and _FELL.match(between):
            yield one, two.side, one_mention.start


def _driven(desk: Desk, found: list) -> Iterator[tuple[Named, str | None, int]]:
    """As in "A drove B out of C"."""
    (first, one), (second, two), (third, place) = found
    text = desk.document.text
    if place.kind == "place" and one.side and two.side and one.side != two.side:
        drove = _DROVE.match(text[first.end : second.start])
        if drove and _OUT_OF.match(text[second.end : third.start]):
            yield place, one.side, third.start


def _object(text: str, start: int) -> bool:
    """Whether a preposition before a name makes it no subject: "those who fought for A"."""
    before = text[max(0, start - 24) : start]
    return bool(re.search(r"\b(?:for|of|by|to|with|from|against|under)\s+(?:the\s+)?$", before))


def _fights(desk: Desk, named: Named) -> bool:
    """Whether somebody acts for a side: its forces, or a commander."""
    return stands_for_side(desk, named) or (named.kind == "person" and named.side is not None)


def _spoken_of(desk: Desk, sentence: Sentence, before: int) -> Named | None:
    """The one place that "the village" can mean: named here or in the two sentences before."""
    sentences = desk.passages.sentences
    for k in range(sentence.index, max(sentence.index - 3, -1), -1):
        near = sentences[k]
        if near.paragraph != sentence.paragraph:
            return None
        end = before if near is sentence else near.end
        places = {n.key: n for _, n in desk.register.within(near.start, end) if n.kind == "place"}
        if places:
            return next(iter(places.values())) if len(places) == 1 else None
    return None


def _write(
    desk: Desk, sentence: Sentence, places: list[Named], side: str | None, final: bool
) -> None:
    if side is None:
        return
    day = _day(desk, sentence) or (_last_day(desk) if final else "")
    for place in {named.key: named for named in places}.values():
        key = place.key.replace("_", "-") if "." in place.key else place.key
        desk.claim(
            "fact",
            sentence.start,
            sentence.body_end if not final else sentence.end,
            rule="control",
            about=f"control.{key}" + (f"@{day}" if day else ""),
            value=Value(best=side),
            sentence=sentence,
            summary=f"{place.name} controlled by {desk.sides.by_key[side].name}",
        )


def _day(desk: Desk, sentence: Sentence) -> str:
    for date in desk.chronicle.of(sentence):
        when = when_of(date)
        if when is not None and when.earliest and when.earliest == when.latest:
            return when.latest
    return ""


def _last_day(desk: Desk) -> str:
    battle = desk.chronicle.battle
    when = when_of(battle) if battle is not None else None
    return (
        when.latest if when is not None and re.fullmatch(r"-?\d{4,}-\d\d-\d\d", when.latest) else ""
    )
