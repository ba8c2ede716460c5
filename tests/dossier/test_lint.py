"""Every lint rule: a case where it must speak and one where it must not."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from inje.document import read_document
from inje.dossier import (
    LINT_RULES,
    AnchorRecord,
    Battle,
    CitationLink,
    Claim,
    DocumentInfo,
    Dossier,
    Entity,
    Event,
    Name,
    Role,
    SideRecord,
    Source,
    Value,
    When,
    check_dossier,
    extract_dossier,
    findings_to_json,
    findings_to_sarif,
    findings_to_text,
    help_uri,
    rule_page,
    rules_in_html,
)
from inje.errors import OptionError

SIDES = (SideRecord(id="north", name="North"), SideRecord(id="south", name="South"))
NARRATOR = Entity(id="narrator", kind="narrator", name="the article")


def anchor(start: int, quote: str = "some words") -> AnchorRecord:
    return AnchorRecord(start=start, end=start + len(quote), quote=quote)


def claim(key: str, about: str = "", best=None, *, at: int = 0, **more) -> Claim:
    value = more.pop("value", Value(low=best, best=best, high=best) if best is not None else None)
    return Claim(
        id=key,
        kind=more.pop("kind", "fact"),
        holders=more.pop("holders", ("narrator",)),
        about=about,
        value=value,
        anchor=anchor(at),
        **more,
    )


def dossier(*claims: Claim, **more) -> Dossier:
    battle = more.pop("battle", Battle(sides=SIDES))
    entities = (NARRATOR, *more.pop("entities", ()))
    return Dossier(battle=battle, entities=entities, claims=claims, **more)


def source(key: str, anchor_text: str = "Smith, John (1950). War. p. 3.", **csl) -> Source:
    same = csl.pop("same_work", None)
    fields = {"type": "book", **csl}
    return Source(id=key, title="War", csl=fields, same_work=same, anchor=anchor(500, anchor_text))


def author(family: str, given: str, printed: str) -> Source:
    return source("r1", printed, author=[{"family": family, "given": given}])


def told_by(document: str, key: str, best: int, *, at: int = 0) -> Claim:
    """A strength told by one of two documents."""
    made = claim(key, "strength.north", best, at=at)
    return made.model_copy(update={"anchor": made.anchor.model_copy(update={"document": document})})


TWO = tuple(DocumentInfo(id=name, title=name) for name in ("one", "two"))
CITED = (CitationLink(source="r1"),)
DAYS = When(edtf="1900-05-01/1900-05-05", earliest="1900-05-01", latest="1900-05-05")

LOST = ("killed", "wounded", "captured")

#: rule -> (a record in which it speaks, one in which it is silent)
CASES = {
    "rival-attacker": (
        dossier(claim("a", "attacker", "north"), claim("b", "attacker", "south", at=40)),
        dossier(claim("a", "attacker", "north"), claim("b", "attacker", "north", at=40)),
    ),
    "rival-instigator": (
        dossier(claim("a", "instigator", "north"), claim("b", "instigator", "south", at=40)),
        dossier(claim("a", "instigator", "north")),
    ),
    "rival-winner": (
        dossier(claim("a", "winner", "north"), claim("b", "winner", "south", at=40)),
        dossier(claim("a", "winner", "north"), claim("b", "winner", "south", status="rejected")),
    ),
    "rival-count": (
        dossier(claim("a", "strength.north", 800), claim("b", "strength.north", 1200, at=40)),
        dossier(
            claim("a", "strength.north", 800),
            claim("b", "strength.north", value=Value(low=640, best=800, high=1000), at=40),
        ),
    ),
    "documents-disagree": (
        dossier(told_by("one", "a", 800), told_by("two", "b", 1200), documents=TWO),
        dossier(
            told_by("one", "a", 800),
            told_by("one", "b", 1200, at=40),
            told_by("two", "c", 1200),
            documents=TWO,
        ),
    ),
    "box-against-prose": (
        dossier(
            claim("a", "losses.north.killed", 15, rule="box"),
            claim("b", "losses.north.killed", 20, rule="count", at=40),
        ),
        dossier(
            claim("a", "losses.north.killed", 15, rule="box"),
            claim("b", "losses.north.killed", 15, rule="count", at=40),
        ),
    ),
    "rival-control": (
        dossier(
            claim("a", "control.hill@1900-05-01", "north"),
            claim("b", "control.hill@1900-05-01", "south", at=40),
        ),
        dossier(
            claim("a", "control.hill@1900-05-01", "north"),
            claim("b", "control.hill@1900-05-02", "south", at=40),
        ),
    ),
    "end-before-start": (
        dossier(claim("a", "start", "1900-05-03"), claim("b", "end", "1900-05-01", at=40)),
        dossier(claim("a", "start", "1900-05-03"), claim("b", "end", "1900-05-03", at=40)),
    ),
    "rival-date": (
        dossier(
            claim("a", "start", "1900-05-01", when=DAYS),
            claim(
                "b",
                "start",
                "1901-05-01",
                at=40,
                when=When(edtf="1901-05-01", earliest="1901-05-01", latest="1901-05-01"),
            ),
        ),
        dossier(
            claim("a", "start", "1900-05-01", when=DAYS),
            claim(
                "b",
                "start",
                "1900-05-01",
                at=40,
                when=When(edtf="1900-05", earliest="1900-05-01", latest="1900-05-31"),
            ),
        ),
    ),
    "day-count": (
        dossier(claim("a", "duration", 4), battle=Battle(sides=SIDES, when=DAYS)),
        dossier(claim("a", "duration", 5), battle=Battle(sides=SIDES, when=DAYS)),
    ),
    "event-order": (
        dossier(
            events=(
                Event(
                    id="x",
                    label="x",
                    before=("y",),
                    anchor=anchor(0),
                    when=When(edtf="1900-05-04", earliest="1900-05-04", latest="1900-05-04"),
                ),
                Event(
                    id="y",
                    label="y",
                    anchor=anchor(40),
                    when=When(edtf="1900-05-02", earliest="1900-05-02", latest="1900-05-02"),
                ),
            )
        ),
        dossier(
            events=(
                Event(id="x", label="x", before=("y",), anchor=anchor(0), when=DAYS),
                Event(id="y", label="y", anchor=anchor(40), when=DAYS),
            )
        ),
    ),
    "dates-conflict": (
        dossier(
            claim("a", "start", "1900-05-01"),
            claim("b", "end", "1900-05-04", at=20),
            claim("c", "duration", 12, at=40),
        ),
        dossier(
            claim("a", "start", "1900-05-01"),
            claim("b", "end", "1900-05-04", at=20),
            claim("c", "duration", 4, at=40),
        ),
    ),
    "losses-above-strength": (
        dossier(claim("a", "strength.north", 100), claim("b", "losses.north.killed", 120, at=40)),
        dossier(claim("a", "strength.north", 100), claim("b", "losses.north.killed", 99, at=40)),
    ),
    "sum": (
        dossier(
            claim("a", "losses.north.total", 100, rule="box"),
            claim("b", "losses.north.killed", 60, rule="box", at=20),
            claim("c", "losses.north.wounded", 70, rule="box", at=40),
        ),
        dossier(
            claim("a", "losses.north.total", 130, rule="box"),
            claim("b", "losses.north.killed", 60, rule="box", at=20),
            claim("c", "losses.north.wounded", 70, rule="box", at=40),
        ),
    ),
    "uncited-number": (
        dossier(
            claim("a", "strength.north", 800, rule="count"),
            claim("b", citations=CITED, at=40),
            sources=(source("r1"),),
        ),
        dossier(
            claim("a", "strength.north", 800, rule="count", citations=CITED),
            sources=(source("r1"),),
        ),
    ),
    "name-variant": (
        dossier(
            entities=(
                Entity(
                    id="ann", kind="person", name="Ann", maybe_same_as=("anne",), anchor=anchor(0)
                ),
                Entity(id="anne", kind="person", name="Anne", anchor=anchor(40)),
            )
        ),
        dossier(
            entities=(
                Entity(
                    id="ann", kind="person", name="Ann", maybe_same_as=("anne",), same_as=("anne",)
                ),
                Entity(id="anne", kind="person", name="Anne"),
            )
        ),
    ),
    "spelling": (
        dossier(
            entities=(
                Entity(
                    id="kut",
                    kind="place",
                    name="Kut",
                    names=(Name(text="Kut", anchor=anchor(0)), Name(text="Kūt", anchor=anchor(40))),
                ),
            )
        ),
        dossier(entities=(Entity(id="kut", kind="place", name="Kut", names=(Name(text="Kut"),)),)),
    ),
    "place-set": (
        dossier(
            claim("a", "control.hill", "north"),
            claim("b", "control.mill", "north"),
            claim("c", "control.hill", "north", at=40),
            claim("d", "control.mill", "north", at=40),
            claim("e", "control.ford", "north", at=40),
        ),
        dossier(
            claim("a", "control.hill", "north"),
            claim("b", "control.mill", "north"),
            claim("c", "control.hill", "north", at=40),
            claim("d", "control.mill", "north", at=40),
        ),
    ),
    "sideless-commander": (
        dossier(
            entities=(
                Entity(
                    id="x",
                    kind="person",
                    name="X",
                    roles=(Role(text="commander"),),
                    anchor=anchor(0),
                ),
            )
        ),
        dossier(
            entities=(
                Entity(
                    id="x", kind="person", name="X", roles=(Role(text="commander"),), side="north"
                ),
            )
        ),
    ),
    "uncited": (
        dossier(claim("a", "winner", "north", rule="result"), sources=(source("r1"),)),
        dossier(
            claim("a", "winner", "north", rule="result", citations=CITED), sources=(source("r1"),)
        ),
    ),
    "single-work": (
        dossier(
            *(claim(f"c{k}", citations=CITED, at=20 * k) for k in range(5)), sources=(source("r1"),)
        ),
        dossier(
            *(claim(f"c{k}", citations=CITED, at=20 * k) for k in range(5)),
            claim("z", citations=(CitationLink(source="r2"),), at=200),
            sources=(source("r1"), source("r2")),
        ),
    ),
    "impossible-page": (
        dossier(sources=(source("r1", "Smith (1950). War. p. 2009.", locator="2009"),)),
        dossier(sources=(source("r1", "Smith (1950). War. pp. 281-2.", locator="281-2"),)),
    ),
    "swapped-author": (
        dossier(sources=(author("John", "Smithson", "John, Smithson (1950). War."),)),
        dossier(sources=(author("Smithson", "John", "Smithson, John (1950). War."),)),
    ),
    "self-citation": (
        dossier(
            claim("a", holders=("narrator", "smith"), citations=CITED),
            entities=(Entity(id="smith", kind="person", name="John Smith", side="north"),),
            sources=(author("Smith", "John", "Smith, John (1950). War."),),
        ),
        dossier(
            claim("a", holders=("narrator", "jones"), citations=CITED),
            claim("b", holders=("narrator", "smith"), citations=CITED),
            entities=(
                Entity(id="jones", kind="person", name="Jim Jones", side="north"),
                Entity(id="smith", kind="person", name="John Smith"),  # a historian, no participant
            ),
            sources=(author("Smith", "John", "Smith, John (1950). War."),),
        ),
    ),
}
FROM_TEXT = {
    "march-time": (
        "The army marched 150 miles in two days and fought there.",
        "The army marched 20 miles in two days and fought there.",
    ),
    "dead-citation": (
        "It was lost.[7]\n\nReferences edit\n\n  1. ^ Smith, John (1950). War. p. 3.",
        "It was lost.[1]\n\nReferences edit\n\n  1. ^ Smith, John (1950). War. p. 3.",
    ),
    "contrary-stance": (
        "General Oak, the commander of the Northern Army, was against the plan. According to John "
        "Smith, General Oak wanted to attack the Southern Republic.",
        "General Oak, the commander of the Northern Army, was against the plan.",
    ),
}
LEAD = (
    "The Battle of Testfield was fought in May 1901 between the Northern Army (NA) and the "
    "Southern Republic (SR) near Testfield. "
)


@pytest.mark.parametrize("rule", sorted(CASES))
def test_a_rule_speaks_and_is_silent(rule):
    speaks, silent = CASES[rule]
    found = [f for f in check_dossier(speaks) if f.rule == rule]
    assert found
    assert all(f.anchors and f.message and f.remedy for f in found)
    assert [f for f in check_dossier(silent) if f.rule == rule] == []


@pytest.mark.parametrize("rule", sorted(FROM_TEXT))
def test_a_rule_on_the_text_speaks_and_is_silent(rule):
    speaks, silent = (
        extract_dossier(read_document((LEAD + text).encode())) for text in FROM_TEXT[rule]
    )
    assert [f for f in check_dossier(speaks) if f.rule == rule]
    assert [f for f in check_dossier(silent) if f.rule == rule] == []


def test_every_rule_is_tested_and_documented():
    names = [rule.id for rule in LINT_RULES]
    assert len(set(names)) == len(names)
    assert set(names) == set(CASES) | set(FROM_TEXT)
    for rule in LINT_RULES:
        page = rule_page(rule)
        assert page.startswith(f"# {rule.id}\n")
        assert rule.why in page


def test_rules_can_be_switched_off():
    speaks, _ = CASES["rival-attacker"]
    assert check_dossier(speaks, ignore=["rival-attacker"]) == ()
    quiet = speaks.model_copy(update={"ignore": ("rival-attacker",)})
    assert check_dossier(quiet) == ()
    with pytest.raises(OptionError, match=r"--ignore: no rule 'nonsense'; .*; name one of these"):
        check_dossier(speaks, ignore=["nonsense"])
    near = speaks.model_copy(update={"ignore": ("rival-atacker",)})
    with pytest.raises(OptionError, match=r"^ignore in the dossier: .*did you mean rival-attacker"):
        check_dossier(near)


def _rounded(number: int, to: int) -> Value:
    half = to // 2
    low, high = number - half, number + half - 1
    return Value(low=low, best=number, high=high, vagueness="rounded", to=to)


def _place(*forms: str) -> Dossier:
    names = tuple(Name(text=form, anchor=anchor(40 * k, form)) for k, form in enumerate(forms))
    return dossier(entities=(Entity(id="p", kind="place", name=forms[0], names=names),))


#: what looks like a fault and is none: rule, record
NO_FAULT = {
    "rounded down": (
        "rival-count",
        dossier(
            claim("a", "losses.north.wounded", value=_rounded(14_000, 1000)),
            claim("b", "losses.north.wounded", 14_531, at=40),
        ),
    ),
    "one sentence read twice": (
        "rival-instigator",
        dossier(claim("a", "instigator", "north"), claim("b", "instigator", "south", at=3)),
    ),
    "the last day not counted, of many": (
        "day-count",
        dossier(
            claim("a", "duration", 73),
            battle=Battle(sides=SIDES, when=When(edtf="1944-09-15/1944-11-27")),
        ),
    ),
    "a phase": (
        "day-count",
        dossier(
            claim("a", "duration", 3),
            battle=Battle(sides=SIDES, when=When(edtf="1942-08-23/1943-02-02")),
        ),
    ),
    "months without days": (
        "dates-conflict",
        dossier(
            claim("a", "start", "1944-09-01", when=When(edtf="1944-09/1944-11")),
            claim("b", "end", "1944-11-30", at=40, when=When(edtf="1944-09/1944-11")),
            claim("c", "duration", 73, at=80),
        ),
    ),
    "a short form": ("spelling", _place("Scapa Flow", "Scapa")),
    "another script": ("spelling", _place("Baku", "Баку")),
    "another dash": ("spelling", _place("Soviet-German", "Soviet–German")),
    "a plural": ("spelling", _place("Horn Reef", "Horn Reefs")),
    "initials": ("swapped-author", dossier(sources=(author("A.M", "Samsonov", "A.M, Samsonov"),))),
    "a given name that ends as a family's": (
        "swapped-author",
        dossier(sources=(author("Corbett", "Julian", "Corbett, Julian (1923). Operations."),)),
    ),
    "of an army that is no side": (
        "sideless-commander",
        dossier(
            entities=(
                Entity(
                    id="x",
                    kind="person",
                    name="X",
                    roles=(Role(text="commander of the Eastern Fleet"),),
                ),
            )
        ),
    ),
}


@pytest.mark.parametrize("what", sorted(NO_FAULT))
def test_what_an_editor_would_pass_over(what):
    rule, record = NO_FAULT[what]
    assert [found.message for found in check_dossier(record) if found.rule == rule] == []


def test_months_still_bound_what_lasted_too_long():
    record = NO_FAULT["months without days"][1]
    longer = record.model_copy(update={"claims": (*record.claims[:2], claim("c", "duration", 99))})
    assert [f.rule for f in check_dossier(longer)] == ["dates-conflict"]


@pytest.mark.parametrize(
    ("text", "rule", "speaks"),
    [
        ("The Southern Republic had 90 men. It lost 400 killed.", "losses-above-strength", True),
        # her crew was no army
        (
            "The Southern Republic lost 400 killed. The gunboat sank with her crew of 90.",
            "losses-above-strength",
            False,
        ),
        (
            "Estimates for the Northern Army range from a low of 300 to a high of 900 men.",
            "rival-count",
            False,
        ),
        ("The Northern Army had 900 men. The Northern Army sent 80 cavalry.", "rival-count", False),
    ],
)
def test_a_part_is_not_compared_with_the_whole(text, rule, speaks):
    record = extract_dossier(read_document((LEAD + text).encode()))
    assert any(found.rule == rule for found in check_dossier(record)) == speaks


def test_a_commander_whom_some_sentence_gives_a_side():
    words = "Colonel Ash was the commander of the assault. "
    bare, told = (
        extract_dossier(read_document((LEAD + words + more).encode()))
        for more in ("It failed.", "Men of the Northern Army followed Ash.")
    )
    found = [[f.rule for f in check_dossier(record)] for record in (bare, told)]
    assert "sideless-commander" not in found[1]


def test_findings_speak_of_names_and_not_of_paths(seed):
    paths = re.compile(r"\b[a-z_]+\.[a-z_]+\b")
    for record in (seed, *(record for record, _ in CASES.values())):
        for found in check_dossier(record):
            assert not paths.search(found.message), found.message


def test_losses_of_a_side_above_its_strength_are_told_once():
    lost = [claim(f"c{k}", f"losses.north.{c}", 300 + k, at=40 * k) for k, c in enumerate(LOST, 1)]
    record = dossier(claim("a", "strength.north", 100), *lost)
    found = [f for f in check_dossier(record) if f.rule == "losses-above-strength"]
    assert len(found) == 1
    assert found[0].claims == ("c3", "a")


def test_a_row_of_the_box_is_told_once():
    lost = [
        claim(f"c{k}", f"losses.north.{c}", 300, at=40 * k, rule="box")
        for k, c in enumerate(LOST, 1)
    ]
    found = check_dossier(dossier(*lost, sources=(source("r1"),)))
    assert [f.message for f in found] == ["the box states the losses of North without a citation"]
    assert len(found[0].anchors) == 3


@pytest.fixture(scope="module")
def seed(shared):
    return extract_dossier(read_document(shared / "seed" / "inje-qalaburun.txt"))


def test_the_seed_is_flagged_as_an_editor_would(seed):
    spoke = {finding.rule for finding in check_dossier(seed)}
    assert {
        "rival-attacker", "rival-instigator", "day-count", "place-set", "single-work", "uncited",
        "impossible-page", "swapped-author", "name-variant", "contrary-stance",
    } <= spoke  # fmt: skip
    assert "losses-above-strength" not in spoke
    assert "rival-count" not in spoke


def test_forms_of_output(seed):
    findings = check_dossier(seed)
    text = findings_to_text(findings, seed)
    assert "inje-qalaburun.txt:7: “April 17-21, 1946”" in text
    assert findings_to_text(()) == "no findings\n"
    record = json.loads(findings_to_json(findings))
    assert {"rule", "message", "remedy", "anchors"} <= set(record["findings"][0])
    run = json.loads(findings_to_sarif(findings, LINT_RULES, seed))["runs"][0]
    assert len(run["results"]) == len(findings)
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_each_rule_of_a_log_brings_its_whole_page(seed):
    """And no address of this machine, which would lead nowhere where the log is shown."""
    run = json.loads(findings_to_sarif(check_dossier(seed), LINT_RULES, seed))["runs"][0]
    pages = {rule.id: rule for rule in LINT_RULES}
    for rule in run["tool"]["driver"]["rules"]:
        known, page = pages[rule["id"]], rule["help"]["markdown"]
        assert page.startswith(f"# {known.id}\n")
        assert all(part in page for part in (known.title, known.why, known.remedy))
        assert "helpUri" not in rule


def test_every_rule_has_a_section_of_the_page():
    page = rules_in_html(LINT_RULES)
    for rule in LINT_RULES:
        section = page.partition(f'<section id="{rule.id}">')[2].partition("</section>")[0]
        assert escape(rule.why) in section
        assert help_uri(rule).endswith(f"#{rule.id}")


def test_the_page_of_the_rules_is_that_of_these_rules():
    page = Path(url2pathname(urlsplit(help_uri(LINT_RULES[0])).path))
    assert page.read_text(encoding="utf-8") == rules_in_html(LINT_RULES), "say make docs"


def test_regions_lead_to_lines_and_columns(seed):
    run = json.loads(findings_to_sarif(check_dossier(seed), LINT_RULES, seed))["runs"][0]
    lines = seed.texts[0].original.split("\n")
    places = [
        place for r in run["results"] for place in r["locations"] + r.get("relatedLocations", [])
    ]
    assert places
    for place in places:
        region = place["physicalLocation"]["region"]
        row, first, last = region["startLine"], region["startColumn"], region["endColumn"]
        if row == region["endLine"]:
            assert lines[row - 1][first - 1 : last - 1] == region["snippet"]["text"]


def test_addresses_of_a_log_are_references(tmp_path):
    path = tmp_path / "battle of the ford#1.txt"
    path.write_text(LEAD + "The Northern Army had 90 men. The Northern Army lost 400 killed.")
    record = extract_dossier(read_document(path))
    log = findings_to_sarif(check_dossier(record), LINT_RULES, record)
    place = json.loads(log)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("battle%20of%20the%20ford%231.txt")
