"""Numbers and attributed clauses of the prose beside the hand-made annotations.

A number is found when a claim of the rule `count` covers it; its value, role and side are
compared one by one, and a number that is not found is wrong in all of them. A clause is found
when a claim of an attributing rule stands at its cue or covers the opening words of its
content, and its innermost holder bears one of the annotated names. What is annotated as
optional counts neither way. An article may have a second file, of numbers from `numbers_from` on
and of clauses up to `clauses_until`: what is drafted outside is not compared.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from inje.dossier import Claim, Dossier

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "dossier" / "annotations"
ATTRIBUTING = (
    "attribution", "according-to", "state-of-mind", "passive", "quoted-paragraph",
    "quoted-by",
)  # fmt: skip
QUOTING = ("quoted-paragraph", "quoted-by")
#: how far after the annotated opening words a drafted content may begin, in characters
_NEAR = 40


@dataclass
class Tally:
    """How many were right of how many expected and how many drafted, and what was missed."""

    right: int = 0
    expected: int = 0
    drafted: int = 0
    fitting: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, right: bool, what: str) -> None:
        """Note one that was expected."""
        self.expected += 1
        self.right += right
        if not right:
            self.missed.append(what)


def annotated() -> Iterator[dict[str, Any]]:
    """The annotated articles, in the order of their names."""
    for path in sorted(FOLDER.glob("*.yaml")):
        yield YAML(typ="safe").load(path)


def numbers(annotation: dict[str, Any], dossier: Dossier, tallies: dict[str, Tally]) -> None:
    """Compare the numbers of one article, in the stretch that was annotated."""
    counts = [c for c in dossier.claims if c.rule == "count" and c.anchor is not None]
    asked = {
        claim
        for question in dossier.questions
        if question.topic == "side"
        for alternative in question.alternatives
        for claim in alternative.claims
    }
    sides = _sides(annotation, dossier)
    known: set[str] = set()
    for number in annotation["numbers"]:
        covering = [c for c in counts if _covers(c, number["start"], number["end"])]
        claim = min(covering, key=lambda c: (not _valued(c, number), _length(c)), default=None)
        if claim is not None:
            known.update(c.id for c in covering)
        if number.get("optional"):
            continue
        _compare(annotation["article"], number, claim, sides, asked, tallies)
    stretch = range(annotation.get("numbers_from", 0), annotation["numbers_until"])
    inside = [c for c in counts if c.anchor and c.anchor.start in stretch]
    tallies["number-value"].drafted += len(inside)
    tallies["number-value"].fitting += sum(c.id in known for c in inside)
    tallies["number-value"].missed += [
        f"{annotation['article']}: drafted, not annotated: {c.anchor.quote!r} {c.counts}"
        for c in inside
        if c.id not in known and c.anchor
    ]


def _compare(
    article: str,
    number: dict[str, Any],
    claim: Claim | None,
    sides: dict[str, str],
    asked: set[str],
    tallies: dict[str, Tally],
) -> None:
    said = (claim.counts or claim.about) if claim is not None else "not found"
    quote = claim.anchor.quote if claim is not None and claim.anchor else ""
    wanted = f"{number['quote']} {number['role']} {number.get('side')}"
    what = f"{article}:{number['start']}: {wanted}; drafted {quote!r} {said}"
    tallies["number-value"].add(claim is not None and _valued(claim, number), what)
    role, side = _read(said)
    roles = number["role"] if isinstance(number["role"], list) else [number["role"]]
    tallies["number-role"].add(role in roles, what)
    if "side" not in number:
        return
    question = claim is not None and claim.id in asked
    tallies["number-side"].add(side == sides.get(number["side"]) and not question, what)
    tallies["number-side-asked"].expected += 1
    tallies["number-side-asked"].right += question


def _read(path: str) -> tuple[str, str]:
    """Role and side of "losses.us.killed", "strength.us", "materiel.us.guns"."""
    parts = path.split("@", maxsplit=1)[0].split(".")
    side = parts[1] if len(parts) > 1 else ""
    if parts[0] == "losses" and len(parts) > 2:
        return ("materiel_lost" if parts[2] == "materiel" else parts[2]), side
    return parts[0], side


def _valued(claim: Claim, number: dict[str, Any]) -> bool:
    value = claim.value
    if value is None:
        return False
    if "best" in number:
        return value.best == number["best"]
    if "low" in number and "high" in number:
        return (value.low, value.high) == (number["low"], number["high"])
    if "low" in number:
        return value.low == number["low"] and value.high is None
    return value.high == number["high"] and value.low is None


def _covers(claim: Claim, start: int, end: int) -> bool:
    return claim.anchor is not None and claim.anchor.start <= start and end <= claim.anchor.end


def _length(claim: Claim) -> int:
    return claim.anchor.end - claim.anchor.start if claim.anchor is not None else 0


def _sides(annotation: dict[str, Any], dossier: Dossier) -> dict[str, str]:
    """Key of the annotation -> identifier of the side, by the words that name it."""
    found: dict[str, str] = {}
    for key, words in annotation["sides"].items():
        for side in dossier.battle.sides:
            named = f"{side.id} {side.name}".lower()
            if side.id not in found.values() and any(w.lower() in named for w in words):
                found[key] = side.id
                break
    for key, words in annotation["sides"].items():
        for side in dossier.battle.sides:
            named = " ".join(e.name for e in dossier.entities if e.id in side.entities).lower()
            free = key not in found and side.id not in found.values()
            if free and any(w.lower() in named for w in words):
                found[key] = side.id
    return found


def clauses(annotation: dict[str, Any], dossier: Dossier, tallies: dict[str, Tally]) -> None:
    """Compare the attributed clauses of one article."""
    if not annotation["clauses_annotated"]:
        return
    names = _names(dossier)
    until = annotation.get("clauses_until", math.inf)
    drafted = [
        c
        for c in dossier.claims
        if c.rule in ATTRIBUTING and c.anchor is not None and _place(c) < until
    ]
    tally, kinds = tallies["clauses"], tallies["clause-kind"]
    fitting: dict[str, bool] = {}
    for clause in annotation["clauses"]:
        near = [c for c in drafted if _stands(c, clause)]
        held = [c for c in near if _held(c, clause, names)]
        optional = bool(clause.get("optional"))
        for claim in held:
            fitting[claim.id] = fitting.get(claim.id, False) or not optional
        if optional:
            for claim in near:
                fitting.setdefault(claim.id, False)
            continue
        where = f"{annotation['article']}:{clause['cue'][0]}: {clause['cue'][2]!r} "
        tally.add(bool(held), where + f"of {clause['holder']}; drafted {_said(near, names)}")
        if held:
            wanted = clause["kind"] if isinstance(clause["kind"], list) else [clause["kind"]]
            kinds.add(any(c.kind in wanted for c in held), where + f"{held[0].kind} not {wanted}")
    counted = [c for c in drafted if fitting.get(c.id, True)]
    tally.drafted += len(counted)
    tally.fitting += sum(fitting.get(c.id, False) for c in counted)
    tally.missed += [
        f"{annotation['article']}:{c.anchor.start}: drafted, not annotated: {c.rule} {c.kind} of "
        f"{names.get(c.id, '')!r} at {c.cue.quote if c.cue else ''!r}: {c.anchor.quote[:80]!r}"
        for c in counted
        if c.id not in fitting and c.anchor
    ]


def _place(claim: Claim) -> int:
    """Where a clause begins: its cue or its content, whichever is first."""
    return min(anchor.start for anchor in (claim.cue, claim.anchor) if anchor is not None)


def _said(near: list[Claim], names: dict[str, str]) -> str:
    return ", ".join(f"{c.kind} of {names[c.id]!r}" for c in near) or "nothing"


def _names(dossier: Dossier) -> dict[str, str]:
    """Claim -> all names of its innermost holder, or of him whose intention it tells."""
    forms = {
        entity.id: " ".join([entity.name, *(name.text for name in entity.names)])
        for entity in dossier.entities
    }
    found = {}
    for claim in dossier.claims:
        holder = claim.holders[-1]
        if claim.kind == "intention" and claim.about.startswith("motive."):
            holder = claim.about.removeprefix("motive.")
        found[claim.id] = forms.get(holder, holder)
    return found


def _stands(claim: Claim, clause: dict[str, Any]) -> bool:
    """Whether a claim reaches the content, and stands at its cue or quotes it."""
    start, end, _ = clause["cue"]
    first, last, _ = clause["opens"]
    anchor = claim.anchor
    at_cue = claim.cue is not None and claim.cue.start < end and start < claim.cue.end
    if at_cue and claim.kind == "quotation":
        return True  # the words before and behind "he wrote" are one quotation
    if anchor is None or not (anchor.start < last + _NEAR and first < anchor.end):
        return False
    return at_cue or claim.rule in QUOTING or claim.kind == "quotation"


def _held(claim: Claim, clause: dict[str, Any], names: dict[str, str]) -> bool:
    return any(word.lower() in names[claim.id].lower() for word in clause["holder"])
