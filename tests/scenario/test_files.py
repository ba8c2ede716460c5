"""Scenario files: what is written is read again, and every fault is placed."""

from __future__ import annotations

from pathlib import Path

import pytest

from inje.errors import FileFaults
from inje.scenario import dump_scenario, load_scenario, parameters

EXAMPLE = Path(__file__).parents[2] / "examples/inje-1946/scenario.yaml"


def faults(path: Path) -> str:
    with pytest.raises(FileFaults) as caught:
        load_scenario(path)
    return "\n".join(map(str, caught.value.faults))


@pytest.fixture
def changed(tmp_path):
    """The example with words replaced."""

    def change(*pairs: tuple[str, str]) -> Path:
        text = EXAMPLE.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        path = tmp_path / "scenario.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return change


def test_the_example_is_read_and_written_without_loss(tmp_path):
    scenario = load_scenario(EXAMPLE)
    copy = tmp_path / "copy.yaml"
    copy.write_text(dump_scenario(scenario), encoding="utf-8")
    assert load_scenario(copy).model_dump() == scenario.model_dump()
    assert "strength.volunteers" in parameters(scenario)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("side: iranian_army\n", "side: persia\n", ("'persia' is no side", "ang, iranian_army")),
        ("place: position\n", "place: nowhere\n", ("'nowhere' is no place",)),
        ("sends: [reinforcements]", "sends: [nobody]", ("'nobody' is no force", "nobody sends")),
        ("sends: [reinforcements]", "sends: [detachment]", ("which does not march",)),
        ("on: [azimi-report,", "on: [gossip,", ("'gossip' is no message",)),
        ("start: '1946-04-17'", "start: '1946-04-27'", ("is before the start",)),
        ("start: '1946-04-17'", "start: 17", ("17 is a number where a date belongs", "quotes")),
        ("{value: 130, unit: km,", "{value: -130, unit: km,", ("can be -130", "0 or more")),
        (
            "median: 700, sigma: 0.8, low: 8,",
            "median: 700, sigma: 0.8, low: 80000,",
            ("not below",),
        ),
        ("high: 20000}", "high: 9e12}", ("at most 2,000,000,000",)),
        (
            "derives_from: {strength.volunteers: 1.0}",
            "derives_from: {strength.ghosts: 1.0}",
            ("ghosts",),
        ),
        (
            "derives_from: {strength.volunteers: 1.0}",
            "derives_from: {strength.reinforcements: 1.0}",
            ("circle", "strength.reinforcements -> strength.reinforcements"),
        ),
        ("law: square\n", "law: square\n    colour: red\n", ("unknown field 'colour'",)),
        ("begins: 1.23", "begins: 2.0", ("ends before it begins",)),
        (
            "sets: {attacker: iranian_army, instigator: qavam_as_saltaneh}",
            "sets: {weather: rain}",
            ("no cause",),
        ),
        ("    sides: [iranian_army, ang]", "    sides: [ang, ang]", ("cannot fight itself",)),
    ],
)
def test_a_fault_is_named_with_line_and_column(changed, old, new, words):
    path = changed((old, new))
    said = faults(path)
    assert all(word in said for word in words), said
    line, column = said.split(":")[1:3]
    assert line.isdigit()
    assert column.isdigit()
    assert int(line) > 1


def test_all_faults_come_at_once_in_the_order_of_the_file(changed):
    path = changed(
        ("side: ang\n", "side: nobody\n"),
        ("between: [tabriz, maragha]", "between: [tabris, maragha]"),
        ("sends: [reinforcements]", "sends: [none]"),
    )
    lines = [int(row.split(":")[1]) for row in faults(path).splitlines()]
    assert len(lines) >= 3
    assert lines == sorted(lines)


def test_faults_of_every_kind_come_at_once(changed):
    """Of a field, of a prior, between records: each by its line, with a remedy."""
    path = changed(
        ("start: '1946-04-17'", "start: 19460417"),
        ("law: square\n", "law: square\n    colour: red\n"),
        ("median: 700, sigma: 0.8, low: 8,", "median: 700, sigma: 0.8, low: 80000,"),
        ("derives_from: {strength.volunteers: 1.0}", "derives_from: {strength.reinforcements: 1}"),
        ("between: [tabriz, maragha]", "between: [tabris, maragha]"),
    )
    with pytest.raises(FileFaults) as caught:
        load_scenario(path)
    found = caught.value.faults
    assert all(fault.allowed and fault.remedy for fault in found)
    said = "\n".join(map(str, found))
    words = ("a date belongs", "'colour'", "not below", "goes in a circle", "'tabris'")
    assert [word for word in words if word not in said] == []
    assert len(found) == len(words)


def test_every_circle_and_every_unknown_path_is_told(changed):
    path = changed(
        ("derives_from: {strength.volunteers: 1.0}", "derives_from: {strength.reinforcements: 1}"),
        ("median: 700, sigma: 0.8,", "median: 700, sigma: 0.8, derives_from: {strength.ghost: 1},"),
    )
    said = faults(path)
    assert "goes in a circle" in said
    assert "'strength.ghost'" in said


def test_the_line_is_the_line(changed):
    path = changed(("law: square\n", "law: square\n    colour: red\n"))
    number = int(faults(path).split(":")[1])
    assert "colour" in path.read_text(encoding="utf-8").splitlines()[number - 1]


@pytest.mark.parametrize("text", ["", "- 1", "a: [1", "\tx", "a: &x [*x]", "a: !!python/name:os"])
def test_what_is_no_scenario_is_refused(tmp_path, text):
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    assert "x.yaml" in faults(path)


def test_aliases_that_expand_without_end_are_refused(tmp_path):
    path = tmp_path / "laughs.yaml"
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join(['*a' + str(i - 1)] * 10)}]" for i in range(1, 12)]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert "expand" in faults(path)


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        ("[{id: a, name: A}]", "'sides' has 1; allowed: 2 or more"),
        ("[]", "'sides' has none; allowed: 2 or more"),
    ],
)
def test_a_list_that_is_too_short_says_how_long_it_must_be(tmp_path, sides, told):
    """It was passed by as if its items were at fault, and a file without a fault was refused."""
    path = tmp_path / "scenario.yaml"
    head = "schema: inje-scenario/2\ntitle: T\nhorizon: {best: 1}\n"
    path.write_text(f"{head}sides: {sides}\n", encoding="utf-8")
    assert told in faults(path)


def test_a_list_whose_items_are_at_fault_is_not_too_short_as_well(tmp_path):
    path = tmp_path / "scenario.yaml"
    path.write_text(
        "schema: inje-scenario/2\ntitle: T\nsides: [{id: a, name: A}, {id: b, nmae: B}]\n",
        encoding="utf-8",
    )
    found = faults(path)
    assert "unknown field 'nmae'" in found
    assert "or more" not in found
