"""Hundreds of invented sentences, measured as a whole: how much is read, how much of it is wrong.

A sentence that is missed alone is no failure: the shares are what generalises. Those of the files
`told_each.txt` and `counted_each.txt` stand for a construction each, and must be read.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.dossier.test_unseen_clauses import LEAD, RULES
from tests.dossier.test_unseen_numbers import BATTLES, BOX

from inje.document import read_document
from inje.dossier import extract_dossier

FOLDER = Path(__file__).parent / "unseen"


def lines(name):
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield [part.strip() for part in line.split("|")]


def drafted(text):
    return extract_dossier(read_document(text.encode(), reader="wikitext"))


def told(sentence, lead=LEAD):
    dossier = drafted(lead + sentence)
    names = {e.id: " ".join([e.name, *(n.text for n in e.names)]) for e in dossier.entities}
    for claim in dossier.claims:
        if claim.rule in RULES and claim.anchor.quote in sentence:
            holder = claim.holders[-1]
            if claim.kind == "intention" and claim.about.startswith("motive."):
                holder = claim.about.removeprefix("motive.")
            cue = claim.cue.quote if claim.cue is not None else ""
            yield names.get(holder, holder).lower(), cue.lower(), claim.kind


def test_clauses_of_invented_sentences():
    expected = right = 0
    missed, wrong = [], []
    for sentence, wanted in lines("told.txt"):
        optional = wanted.endswith("?")
        found = list(told(sentence))
        for clause in filter(None, wanted.rstrip("? ").lower().split(", ")):
            holder, cue = clause.split(": ")
            fitting = [f for f in found if holder in f[0] and (cue in f[1] or f[2] == "quotation")]
            if not optional or fitting:
                expected += 1
                right += bool(fitting)
            if fitting:
                found.remove(fitting[0])
            elif not optional:
                missed.append((sentence, clause))
        if not optional:
            wrong += [(sentence, one) for one in found if one[2] != "quotation" or not wanted]
    assert expected > 200
    assert right >= 0.93 * expected, missed
    assert len(wrong) <= 0.03 * right, wrong


def counts(battle, sentence):
    dossier = drafted(BOX.format(*BATTLES[battle]) + sentence)
    number = {side.id: str(k + 1) for k, side in enumerate(dossier.battle.sides)}
    for claim in dossier.claims:
        if claim.rule == "count" and claim.anchor.quote in sentence:
            role, side, *category = claim.counts.split(".")
            if role == "losses":
                role = "materiel_lost" if category[0] == "materiel" else category[0]
            yield role, number.get(side, ""), str(claim.value.best)


def test_numbers_of_invented_sentences():
    expected = sided = values = roles = sides = 0
    missed, unwanted = [], []
    for battle, sentence, *allowed in lines("counted.txt"):
        readings = [[w.split() for w in a.split(", ") if w] for a in allowed if a != "?"]
        if not readings:
            continue
        found = list(counts(battle, sentence))
        for k, (role, side, best) in enumerate(readings[0]):
            fitting = {role, *(r[k][0] for r in readings if k < len(r))}
            near = sorted(
                (f for f in found if best in ("?", f[2])),
                key=lambda f: (f[0] not in fitting, side not in ("-", f[1])),
            )
            expected, sided = expected + 1, sided + (side != "-")
            if not near:
                missed.append((sentence, role, side, best))
                continue
            found.remove(near[0])
            values += 1
            roles += role == "-" or near[0][0] in fitting
            sides += side != "-" and near[0][1] == side
        unwanted += [(sentence, one) for one in found if "?" not in allowed]
    assert expected > 300
    assert values >= 0.95 * expected, missed
    assert roles >= 0.93 * expected
    assert sides >= 0.90 * sided
    assert len(unwanted) <= 0.02 * expected, unwanted


@pytest.mark.parametrize(("sentence", "wanted"), [line[:2] for line in lines("told_each.txt")])
def test_each_way_of_telling(sentence, wanted):
    found = list(told(sentence))
    for clause in filter(None, wanted.lower().split(", ")):
        holder, cue = clause.split(": ")
        fitting = [f for f in found if holder in f[0] and (cue in f[1] or f[2] == "quotation")]
        assert fitting, (clause, found)
        found.remove(fitting[0])
    assert not found


@pytest.mark.parametrize(
    ("battle", "sentence", "allowed"), [(b, s, a) for b, s, *a in lines("counted_each.txt")]
)
def test_each_way_of_counting(battle, sentence, allowed):
    found = sorted(counts(battle, sentence))
    assert found in [sorted(tuple(w.split()) for w in one.split(", ")) for one in allowed]
