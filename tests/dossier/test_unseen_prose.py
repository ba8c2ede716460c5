"""Invented articles, read whole: whose the numbers are, and who says what.

A sentence alone tells its side more easily than one in a paragraph: these have paragraphs.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier

FOLDER = Path(__file__).parent / "unseen"
NUMBER = re.compile(r"<([-12]):([^<>]+)>")
CLAUSE = re.compile(r"\[([\w-]+):([\w ]+?)(-?)\]")
RULES = (
    "attribution", "according-to", "state-of-mind", "passive", "quoted-paragraph", "quoted-by",
)  # fmt: skip


def unmarked(text, pattern, shown):
    """The text without its marks, and for each mark its groups with the span of what stays."""
    marks, out, last = [], "", 0
    for match in pattern.finditer(text):
        out += text[last : match.start()]
        marks.append((len(out), len(out) + len(match[shown]), match.groups()))
        out += match[shown]
        last = match.end()
    return out + text[last:], marks


def drafted(text):
    return extract_dossier(read_document(text.encode(), reader="wikitext"))


#: article and the share of the sides that must be right
NUMBERED = {
    "dover_bank": 0.85, "thornbury_moor": 0.85, "barvenko": 0.85, "scupi": 0.85, "varnograd": 0.85,
    "koh_ridge": 0.85, "olmen": 0.85, "tula_ridge": 0.75, "cape_corvo": 0.70,
    "bir_sadd": 0.75, "melas": 0.85, "polks_ford": 0.80, "convoy_hr_12": 0.70,
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERED)
def test_numbers_of_a_whole_article(name):
    marked = (FOLDER / f"{name}.wikitext").read_text(encoding="utf-8")
    text, marks = unmarked(marked, NUMBER, 2)
    dossier = drafted(text)
    sides = [side.id for side in dossier.battle.sides]
    counts = [claim for claim in dossier.claims if claim.rule == "count"]
    found = right = sided = 0
    for start, end, (side, _) in marks:
        covering = [c for c in counts if c.anchor.start <= start and end <= c.anchor.end]
        found += bool(covering)
        if side != "-":
            sided += 1
            right += any(c.counts.split(".")[1] == sides[int(side) - 1] for c in covering)
    assert found >= 0.85 * len(marks)
    assert right >= NUMBERED[name] * sided


@pytest.mark.parametrize("name", ["dover_bank_told", "thornbury_moor_told", "barvenko_told"])
def test_clauses_of_a_whole_article(name):
    marked = (FOLDER / f"{name}.wikitext").read_text(encoding="utf-8")
    text, marks = unmarked(marked, CLAUSE, 2)
    dossier = drafted(text)
    names = {e.id: " ".join([e.name, *(n.text for n in e.names)]) for e in dossier.entities}
    claims = [c for c in dossier.claims if c.rule in RULES and c.cue is not None]
    fitting = set()
    wanted = missed = 0
    for start, end, (holder, _, optional) in marks:
        near = [c for c in claims if c.cue.start < end and start < c.cue.end]
        held = [c for c in near if holder.lower() in whose(c, names).lower()]
        fitting.update(c.id for c in (near if optional else held))
        wanted += not optional
        missed += not optional and not held
    assert missed <= 0.1 * wanted
    assert len(fitting) >= 0.9 * len(claims)


def whose(claim, names):
    holder = claim.holders[-1]
    if claim.kind == "intention" and claim.about.startswith("motive."):
        holder = claim.about.removeprefix("motive.")
    return names.get(holder, holder)
