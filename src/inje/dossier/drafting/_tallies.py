"""Claims on the strengths and losses that the prose states."""

from __future__ import annotations

import re
from collections import Counter

from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count, counts_in

__all__ = ["prose_tallies"]

_UNIT = re.compile(
    r"\b(?:divisions?|brigades?|regiments?|battalions?|compan(?:y|ies)|squadrons?|platoons?|"
    r"battery)\b",
    re.I,
)
_COMMON = frozenset(
    [
        "men",
        "people",
        "army",
        "forces",
        "force",
        "troops",
        "soldiers",
        "strong",
        "units",
        "personnel",
        "prisoners",
    ]
)


def prose_tallies(desk: Desk) -> None:
    """Write the strengths and losses that the prose states."""
    nouns = _bound_nouns(desk)
    for sentence in desk.passages.sentences:
        if not any(ch.isdigit() for ch in sentence.text) and not re.search(
            r"hundred|thousand|dozen|teen\b|ty\b|\b(?:two|three|four|five|six|seven|eight|nine|"
            r"ten|eleven|twelve)\b",
            sentence.text,
        ):
            continue
        for count in counts_in(sentence, desk.chronicle.spans(sentence)):
            side = _side_of(desk, sentence, count, nouns)
            _write(desk, sentence, count, side)


def _write(desk: Desk, sentence: Sentence, count: Count, side: str | None) -> None:
    around = desk.document.text[count.start : min(count.end + 40, sentence.end)]
    counted = side is not None and not desk.background(sentence)
    if count.role == "strength":
        counted = counted and not _UNIT.search(around.split(",")[0])
    about = ""
    if counted:
        about = (
            f"strength.{side}" if count.role == "strength" else f"losses.{side}.{count.category}"
        )
    covering = [
        c for c in desk.clauses_of(sentence) if c.owned and c.covers(count.start, count.end)
    ]
    inner = min(covering, key=lambda c: c.end - c.start) if covering else None
    kind = "fact"
    if inner is not None:
        kind = "report" if inner.kind in ("report", "statement", "quotation") else inner.kind
    end = _phrase_end(desk, sentence, count)
    desk.claim(
        kind,
        count.start,
        end,
        rule="count",
        about=about,
        value=count.value,
        sentence=sentence,
        cue=inner.cue if inner else None,
        addressees=tuple(n.key for n in inner.addressees) if inner else (),
    )


def _phrase_end(desk: Desk, sentence: Sentence, count: Count) -> int:
    """As in "800-strong Iranian military detachment": the group belongs to the phrase."""
    if count.role != "strength":
        return count.end
    for mention, _ in desk.register.within(count.end, sentence.end)[:1]:
        if mention.start - count.end <= 2:
            return mention.end
    return count.end


def _bound_nouns(desk: Desk) -> dict[str, str]:
    """Nouns that only one side's forces bear: "volunteers"."""
    seen: dict[str, Counter[str]] = {}
    for named in desk.register.kind("group"):
        if named.side is None or not named.owner:
            continue
        for form in named.forms:
            head = form.split()[-1].lower()
            if head not in _COMMON:
                seen.setdefault(head, Counter())[named.side] += 1
    return {head: next(iter(sides)) for head, sides in seen.items() if len(sides) == 1}


def _side_of(desk: Desk, sentence: Sentence, count: Count, nouns: dict[str, str]) -> str | None:
    text = desk.document.text
    after = text[count.number.end : min(count.end + 60, sentence.body_end)]
    phrase = re.split(r"[,;.]|\bwere\b|\bwas\b|\bunder\b|\bagainst\b|\bfrom\b", after)[0]
    if count.subject_before:
        side = _subject_side(desk, sentence, count.start)
        if count.object_of:
            named = desk.sides.of_words(phrase)
            return named or (desk.sides.other(side) if side else None)
        named = side or desk.sides.of_words(phrase)
        return named or desk.sides.only_one_in(text[sentence.start : count.number.phrase])
    side = desk.sides.of_words(phrase)
    if side is not None:
        return side
    for word in re.findall(r"[a-z]+", phrase):
        if word in nouns:
            return nouns[word]
    owner = re.search(r"\b(?:of|by|under|from)\s+(?:the\s+)?([A-Z][^,.;]{1,50})", after)
    if owner and (side := desk.sides.of_words(owner[1])):
        return side
    near = _subject_side(desk, sentence, count.start, near=70)
    return near or desk.sides.only_one_in(text[sentence.start : count.number.phrase])


def _subject_side(desk: Desk, sentence: Sentence, before: int, near: int = 400) -> str | None:
    """Side of the last group or person named before a verb."""
    found = [
        (m, n)
        for m, n in desk.register.within(sentence.start, before)
        if n.kind != "place" and n.side
    ]
    if found and before - found[-1][0].end <= near:
        return found[-1][1].side
    lead = desk.document.text[max(sentence.start, before - near) : before]
    return desk.sides.of_words(re.split(r"[,;]", lead)[-1]) if lead.strip() else None
