"""Questions: claims that cannot all be true, and what the rules could not decide."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from rapidfuzz import fuzz

from inje.chronology import calendar_unclear
from inje.dossier._records import Alternative, Claim, Question
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._entities import Named, folded
from inje.dossier.drafting._tallies import UNKNOWN

__all__ = ["draft_questions", "maybe_same"]

_MOST = 15


def draft_questions(desk: Desk) -> None:
    """Write the questions, the weightiest first, at most fifteen."""
    for find in (
        _rivals,
        _duration,
        _place_sets,
        _identities,
        _stances,
        _wording,
        _voices,
        _pronouns,
        _calendar,
        _numbers,
        _unclaimed,
    ):
        find(desk)
    del desk.questions[_MOST:]


def _ask(
    desk: Desk,
    topic: str,
    text: str,
    alternatives: list[Alternative],
    about: str = "",
    span: tuple[int, int] | None = None,
) -> None:
    desk.questions.append(
        Question(
            id=desk.fresh(f"q_{topic}"),
            topic=topic,
            text=text,
            about=about,
            alternatives=tuple(alternatives),
            anchor=desk.anchor(*span) if span else None,
        )
    )


def _label(desk: Desk, value: str) -> str:
    if value in desk.sides.by_key:
        return desk.sides.by_key[value].name
    named = desk.register.all.get(value) or desk.made.get(value)
    return named.name if named else value


def _rivals(desk: Desk) -> None:
    """Different answers to who attacked and who was behind it."""
    for about, text in (("attacker", "Who attacked?"), ("instigator", "Who was behind it?")):
        values: dict[str, list[str]] = defaultdict(list)
        for claim in desk.claims:
            if claim.about == about and claim.value is not None and claim.value.best is not None:
                values[str(claim.value.best)].append(claim.id)
        if len(values) > 1:
            _ask(
                desk,
                about,
                text,
                [
                    Alternative(label=_label(desk, v), value=v, claims=tuple(c))
                    for v, c in values.items()
                ],
                about,
            )


def _duration(desk: Desk) -> None:
    span = desk.chronicle.battle.span if desk.chronicle.battle else None
    days = span.days if span is not None else None
    for claim in desk.claims:
        if claim.about != "duration" or claim.value is None or days is None or span is None:
            continue
        if days > 1 and "/" in span.edtf and claim.value.best != days:
            dated = tuple(c.id for c in desk.claims if c.about in ("start", "end"))[:2]
            _ask(
                desk,
                "duration",
                f"{claim.value.best:g} days in the text, {days} by the dates: which?",
                [
                    Alternative(
                        label=f"{claim.value.best:g} days",
                        value=f"{claim.value.best:g}",
                        claims=(claim.id,),
                    ),
                    Alternative(label=f"{days} days ({span.edtf})", value=str(days), claims=dated),
                ],
                "duration",
            )
            return


def _place_sets(desk: Desk) -> None:
    """Control restored over two villages here and three there."""
    sets: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for claim in desk.claims:
        if claim.about.startswith("control.") and claim.anchor is not None:
            sets[(claim.anchor.start, claim.anchor.end)].append(claim)
    named = [
        (frozenset(c.about.split("@")[0] for c in claims), claims)
        for claims in sets.values()
        if len(claims) > 1
    ]
    for (one, first), (two, second) in pairwise(named):
        if one != two and one & two:
            _ask(
                desk,
                "places",
                "Which places changed hands?",
                [_set(desk, one, first), _set(desk, two, second)],
            )
            return


def _set(desk: Desk, places: frozenset[str], claims: list[Claim]) -> Alternative:
    names = sorted(_label(desk, place.removeprefix("control.")) for place in places)
    return Alternative(label=", ".join(names), claims=tuple(claim.id for claim in claims))


def maybe_same(desk: Desk) -> list[tuple[Named, Named]]:
    """Persons whose names differ by an ending: Ahmad and Ahmadi."""
    persons = [n for n in desk.register.kind("person") if " " not in n.name.strip()]
    pairs = []
    for k, one in enumerate(persons):
        for two in persons[k + 1 :]:
            a, b = sorted((folded(one.name), folded(two.name)), key=len)
            if (len(a) >= 4 and a != b and b.startswith(a) and len(b) - len(a) <= 2) or (
                len(a) >= 6 and abs(len(a) - len(b)) <= 1 and fuzz.ratio(a, b) >= 86
            ):
                pairs.append((one, two))
    return pairs


def _identities(desk: Desk) -> None:
    for one, two in maybe_same(desk)[:4]:
        one.maybe.add(two.key)
        two.maybe.add(one.key)
        _ask(
            desk,
            "identity",
            f"Are {one.name} and {two.name} the same person?",
            [
                # Values that take effect when answered: inje.dossier.merging, `settled`.
                Alternative(label="two persons", value=f"{two.key} is not {one.key}"),
                Alternative(label="the same", value=f"{two.key} is {one.key}"),
            ],
            span=(two.mentions[0].start, two.mentions[0].end),
        )


def _stances(desk: Desk) -> None:
    """Somebody is said to be against it, and to have wanted it."""
    for claim in desk.claims:
        if claim.about != "instigator" or claim.value is None:
            continue
        who = str(claim.value.best)
        against = [
            c
            for c in desk.claims
            if c.about == f"stance.{who}"
            and c.value
            and re.search(r"\bagainst\b|\bopposed\b", str(c.value.best))
        ]
        if against:
            _ask(
                desk,
                "stance",
                f"Was {_label(desk, who)} for it or against it?",
                [
                    Alternative(label="against it", claims=tuple(c.id for c in against)),
                    Alternative(label="behind it", claims=(claim.id,)),
                ],
                f"stance.{who}",
            )


_AMBIGUOUS = (
    (
        "between-roads",
        re.compile(r"between the \w+ and \w+ roads"),
        "Between two roads, or on the road that joins the two?",
        ("between two roads", "on the road joining them"),
    ),
    (
        "command",
        re.compile(r"\bUnder (?:his|her) command\b"),
        "By order, or led in person?",
        ("by order", "in person"),
    ),
)


def _wording(desk: Desk) -> None:
    """Wordings that have two senses."""
    for topic, pattern, text, labels in _AMBIGUOUS:
        for sentence in desk.passages.sentences[:400]:
            match = pattern.search(sentence.text)
            if match:
                span = (sentence.start + match.start(), sentence.start + match.end())
                _ask(desk, topic, text, [Alternative(label=label) for label in labels], span=span)
                break
    for sentence in desk.passages.sentences:
        following = [
            d
            for d in desk.chronicle.of(sentence)
            if d.kind == "relative" and "next day" in d.text.lower()
        ]
        before = desk.passages.before(sentence)
        if (
            following
            and before is not None
            and any(e.label.startswith("a report") for e in desk.events)
        ):
            _ask(
                desk,
                "next-day",
                "Does the next day count from the report or from the attack?",
                [Alternative(label="from the report"), Alternative(label="from the attack")],
                span=(following[0].start, following[0].end),
            )
            break


def _voices(desk: Desk) -> None:
    """Who reports a statement that follows a quotation in the same paragraph."""
    quoted = [c for c in desk.clauses if c.rule == "quoted-paragraph"]
    for clause in quoted:
        for other in desk.clauses:
            if (
                other.sentence == clause.sentence + 1
                and other.rule == "attribution"
                and other.owned
            ):
                sentence = desk.passages.sentences[other.sentence]
                if sentence.paragraph != desk.passages.sentences[clause.sentence].paragraph:
                    continue
                claims = tuple(
                    c.id for c in desk.claims if desk.spans[c.id] == (other.start, other.end)
                )
                voice = desk.holder(clause.subject) or ""
                _ask(
                    desk,
                    "voice",
                    "Who says this: the article, or the text quoted before it?",
                    [
                        Alternative(label="the article", value="narrator", claims=claims),
                        Alternative(label=_label(desk, voice), value=voice),
                    ],
                    span=(sentence.start, sentence.body_end),
                )


def _calendar(desk: Desk) -> None:
    """Old or New Style, where both were in use and the text does not say."""
    date = desk.chronicle.battle
    if date is None or date.span is None or date.calendar_stated:
        return
    stated = _STYLE.search(desk.document.text)
    if stated is None and calendar_unclear(date.span):
        alternatives = [
            Alternative(label="New Style (Gregorian)", value="gregorian"),
            Alternative(label="Old Style (Julian)", value="julian"),
        ]
        text = f"Is {date.text} a date of the Old or the New Style?"
        _ask(desk, "calendar", text, alternatives, "start", (date.start, date.end))


_STYLE = re.compile(r"\b(?:Old Style|New Style|Gregorian|Julian calendar|[ON]\.?S\.?\))")


def _pronouns(desk: Desk) -> None:
    """Whom a pronoun means, where the sentence before names two who could be meant."""
    asked = 0
    for clause in desk.clauses:
        sentence = desk.passages.sentences[clause.sentence]
        before = desk.passages.before(sentence)
        if not clause.subject.pronoun or clause.subject.holders or before is None or asked == 2:
            continue
        persons = {
            named.key: named.name
            for _, named in desk.register.within(before.start, before.end)
            if named.kind == "person"
        }
        if len(persons) < 2:
            continue
        asked += 1
        claims = tuple(c.id for c in desk.claims if desk.spans[c.id] == (clause.start, clause.end))
        _ask(
            desk,
            "pronoun",
            f"Whom does {clause.subject.pronoun!r} mean?",
            [Alternative(label=n, value=k, claims=claims) for k, n in persons.items()],
            span=(clause.subject.start, clause.subject.end),
        )


def _numbers(desk: Desk) -> None:
    """Losses whose category the words leave open."""
    for claim in desk.claims:
        if claim.about.endswith(".lost_unspecified") and claim.anchor is not None:
            _ask(
                desk,
                "category",
                f"What does {claim.anchor.quote!r} mean?",
                [
                    Alternative(label=label)
                    for label in ("killed", "all casualties", "captured or missing")
                ],
                claim.about,
                desk.spans[claim.id],
            )
            return


def _unclaimed(desk: Desk) -> None:
    """Numbers whose side nothing tells, those of one paragraph together; people first."""
    groups: dict[int, list[Claim]] = defaultdict(list)
    for claim in desk.claims:
        if claim.counts.split(".")[1:2] == [UNKNOWN] and not claim.background:
            sentence = desk.passages.at(desk.spans[claim.id][0])
            groups[sentence.paragraph if sentence is not None else -1].append(claim)
    for claims in sorted(groups.values(), key=_of_things):
        quotes = [repr(" ".join(c.anchor.quote.split())[:48]) for c in claims if c.anchor]
        known = tuple(claim.id for claim in claims)
        sides = [Alternative(label=s.name, value=s.key, claims=known) for s in desk.sides.all]
        _ask(
            desk,
            "side",
            f"On which side: {', '.join(quotes[:6])}?",
            [*sides, Alternative(label="both, or none")],
            span=desk.spans[claims[0].id],
        )


def _of_things(claims: list[Claim]) -> bool:
    return not any(claim.counts.startswith(("strength", "losses")) for claim in claims)
