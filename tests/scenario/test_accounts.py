"""Accounts and the game behind them: every fault named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from inje.errors import FileFaults
from inje.scenario import load_scenario

EXAMPLE = Path(__file__).parents[2] / "examples/inje-1946/scenario.yaml"


def faults(folder: Path, old: str, new: str) -> str:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert re.search(old, text), old
    path = folder / "scenario.yaml"
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")
    with pytest.raises(FileFaults) as caught:
        load_scenario(path)
    return "\n".join(map(str, caught.value.faults))


def test_every_account_of_the_example_has_a_cell_for_every_disputed_claim():
    scenario = load_scenario(EXAMPLE)
    stated = {claim for account in scenario.accounts for claim in account.says}
    assert len(stated) >= 5
    assert all(set(account.says) == stated for account in scenario.accounts)
    assert set(scenario.crisis.types) == {account.id for account in scenario.accounts}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (r"says: \{c16: 1, ", "says: {", ("says nothing of claim 'c16'", "shared")),
        (r"says: \{c16: 1, ", "says: {c16: 1.5, ", ("1.5 is no probability", "0 to 1")),
        (r"instigator: adp\}", "instigator: nobody}", ("'nobody' is no option", "adp")),
        ("    probe: probe\n", "    probe: poker\n", ("'poker' is no type of the game", "spoiler")),
        ("    probe: probe\n", "", ("account 'probe' has no type", "give it one")),
        ("    probe: probe\n", "    prod: probe\n", ("'prod' is no account", "punish")),
        (r"    persist: \[r5\]", "    perish: [r5]", ("'perish' is no move", "reinforce")),
        (r"  nature_range: 3", "  nature: {hope: 2}", ("'hope' is no type", "probe")),
        (r"  nature_range: 3", "  nature_range: 0.5", ("greater than or equal to 1",)),
        (
            r"  nature_range: 3",
            "  payoffs: {mover: {probe: {attack+flee: 1}}}",
            ("no move 'flee'", "mover payoffs of 'probe'"),
        ),
        (r"  nature_range: 3", "  payoffs: {king: {}}", ("'king' has no payoffs", "mover")),
        (r"      ang: \{value: 0.25", "      persia: {value: 0.25", ("'persia' is no side",)),
    ],
)
def test_faults(tmp_path, old, new, words):
    said = faults(tmp_path, old, new)
    assert all(word in said for word in words), said
