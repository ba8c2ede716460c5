"""Reading beside gold and annotations: the figures stay where they are."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest
from benchmarks._annotated import Tally, clauses, numbers
from benchmarks.reading import measured

from inje.document import read_document
from inje.dossier import extract_dossier

#: least share found of each kind on the practice articles and on those the rules were written on
LEAST = {
    ("practice", "infobox"): 0.98,
    ("practice", "dates"): 0.98,
    ("practice", "markers"): 0.99,
    ("practice", "losses-cwsac"): 0.95,
    ("tuning", "number-value"): 0.96,
    ("tuning", "number-role"): 0.93,
    ("tuning", "number-side"): 0.87,
    ("tuning", "clauses"): 0.90,
    ("held-out", "number-value"): 0.82,
    ("held-out", "number-role"): 0.78,
    ("held-out", "number-side"): 0.66,
    ("held-out", "clauses"): 0.62,
    ("seed", "must_find"): 1.0,
    ("seed", "should_find"): 0.80,
}


@pytest.mark.slow
def test_what_is_read_reaches_what_it_reached(shared, tmp_path):
    details = tmp_path / "misses.txt"
    rows = {(row["set"], row["kind"]): row for row in measured(details=details)}
    for key, least in LEAST.items():
        assert rows[key]["recall"] >= least, key
        low, high = rows[key]["interval"]
        assert low <= rows[key]["recall"] <= high + 1e-9
    assert rows["tuning", "clauses"]["precision"] >= 0.90
    assert rows["tuning", "number-side-asked"]["recall"] <= 0.15
    assert rows["practice", "infobox"]["seconds_per_100kb"] < 2.0
    assert "held-out clauses" in details.read_text(encoding="utf-8")


def test_another_folder_is_measured_by_its_gold(tmp_path):
    name = "wt_x.wikitext"
    box = {"date": " 3 May 1901", "combatant1": " [[A (land)|Aland]]", "casualties1": " 8 killed"}
    fields = "".join(f"|{key}={value}\n" for key, value in box.items())
    page = (
        "{{Infobox military conflict\n|conflict=Battle of X\n|combatant2=[[Bor]]\n"
        + fields
        + "}}\n"
    )
    (tmp_path / name).write_text(page + "The battle was fought in the hills.", encoding="utf-8")
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps({name: {**box, "combatant2": "[[Other]]"}}), encoding="utf-8")
    rows = {row["kind"]: row for row in measured(gold, tmp_path)}
    assert (rows["dates"]["found"], rows["dates"]["expected"]) == (1, 1)
    assert (rows["box-casualties"]["found"], rows["box-casualties"]["expected"]) == (1, 1)
    assert (rows["box-combatant"]["found"], rows["box-combatant"]["expected"]) == (1, 2)
    assert rows["infobox"]["precision"] is None


PAGE = """{{Infobox military conflict
|conflict=Battle of X
|combatant1=[[Aland]]
|combatant2=[[Borland]]
|commander1=[[Anton Korn]]
|commander2=[[Berta Lund]]
}}
Korn feared that the bridge was lost. Lund said that 300 men had fallen.

Korn believed that the hill was taken. Lund reported that the road was open.
"""


def clauses_alone(**more):
    """An annotation of clauses alone, of the first paragraph."""
    cue, opens = PAGE.index("feared"), PAGE.index("the bridge")
    fear = {"cue": [cue, cue + 6, "feared"], "opens": [opens, opens + 10, "the bridge"],
            "kind": "fear", "holder": ["Korn"]}  # fmt: skip
    return {"article": "x", "clauses_annotated": True, "sides": {}, "clauses": [fear], **more}


def test_clauses_beyond_the_annotated_part_are_not_counted():
    dossier = extract_dossier(read_document(PAGE.encode()))
    second = PAGE.index("Korn believed")
    drafted = {}
    for until in (PAGE.index("Lund said"), second, len(PAGE)):
        tallies = defaultdict(Tally)
        clauses(clauses_alone(clauses_until=until), dossier, tallies)
        assert (tallies["clauses"].right, tallies["clauses"].expected) == (1, 1)
        assert tallies["clauses"].fitting == 1
        drafted[until] = tallies["clauses"].drafted
    assert list(drafted.values()) == [1, 2, 4]
    whole = defaultdict(Tally)
    clauses(clauses_alone(), dossier, whole)
    assert whole["clauses"].drafted == 4


def test_a_file_of_clauses_has_no_numbers_to_compare():
    dossier = extract_dossier(read_document(PAGE.encode()))
    assert any(claim.rule == "count" for claim in dossier.claims)
    tallies = defaultdict(Tally)
    alone = clauses_alone(clauses_until=len(PAGE)) | {"numbers": [], "numbers_until": 0}
    numbers(alone, dossier, tallies)
    assert not any(tally.expected or tally.drafted for tally in tallies.values())


def test_numbers_are_compared_from_where_they_were_annotated():
    dossier = extract_dossier(read_document(PAGE.encode()))
    drafted = {}
    for first in (0, len(PAGE)):
        tallies = defaultdict(Tally)
        part = {"numbers": [], "numbers_from": first, "numbers_until": len(PAGE)}
        numbers(clauses_alone(clauses_until=len(PAGE)) | part, dossier, tallies)
        drafted[first] = tallies["number-value"].drafted
    assert drafted[0] > drafted[len(PAGE)] == 0
