"""compare, what-if and seek at the command line, on a saved posterior."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from inje.cli import app
from inje.posterior import Posterior, save_posterior


@pytest.fixture(scope="module")
def saved(weighed: Posterior, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weighed") / "posterior.nc"
    save_posterior(weighed, path)
    return path


def said(*arguments: str | Path, code: int = 0) -> str:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.output + str(done.exception or "")


def test_compare_is_legible(saved):
    text = said("compare", saved, "--reliability", "book=C", "--pair", "probe:spoiler")
    for words in (
        "if Hasanli 2006 graded C, not B",
        "what each says of each claim",
        "the record does not decide",
        "what each claim says for probe against spoiler",
        "Stalin and Molotov: Qavam wanted the clash",
        "if one assumption changes",
        "the political game at precision 1",
        "the cabinet punishes rather than reviews",
        "claims on the battle alone, without the political game",
        "claims on the battle, the political game and claims on its moves",
        "without the game",
    ):
        assert words in " ".join(text.split()), words
    assert "(c24)" in text
    assert "r2_hasanli_2006" not in text
    assert "soviet_intelligence" not in text


def test_compare_for_machines(saved):
    changed, found = json.loads(said("compare", saved, "--reliability", "book=C", "--json"))
    assert changed["letters"] == {"r2_hasanli_2006": ["B", "C"]}
    assert {"question", "pairs", "table", "bearings", "statecraft", "sentences"} <= set(found)
    assert len(found["sentences"]) == len(found["pairs"]) == 10


def test_several_what_ifs_make_a_table(saved):
    arguments = ("strength.reinforcements=0", "march.reinforcements=foot", "renewal.clash=none")
    text = " ".join(said("what-if", saved, "--each", *arguments).split())
    assert "without additional forces sent by Pishevari" in text
    assert "additional forces sent by Pishevari: on foot" in text
    assert "the attack is not renewed on the second day" in text
    assert "would have ended otherwise" in text
    found = json.loads(said("what-if", saved, "--each", *arguments, "--json"))
    assert [list(item["changes"]) for item in found] == [[a.partition("=")[0]] for a in arguments]


def test_one_what_if_tells_what_it_rests_on(saved):
    text = " ".join(said("what-if", saved, "strength.reinforcements=0").split())
    assert "how twins share their fortunes" in text
    assert "sufficiency" in text
    assert "no weighed world has it" in text
    assert re.search(r"winner = ang \| 0\.\d+ ± 0\.\d+ \| 0\.\d+ ± 0\.\d+ \| [+-]0\.\d+ ± ", text)


def test_a_what_if_without_effect_is_certain_of_the_change_alone(saved):
    text = " ".join(said("what-if", saved, "intensity.clash.first-attack=1").split())
    row = re.search(r"winner = ang \| (\S+) ± (\S+) \| (\S+) ± (\S+) \| (\S+) ± (\S+) ", text)
    assert row is not None
    before, its_error, after, its_own, change, of_change = row.groups()
    assert (before, its_error) == (after, its_own)
    assert float(its_error) > 0
    assert (change, of_change) == ("+0.000", "0.000")


def test_what_is_not_renewed_tells_of_its_support(saved):
    text = " ".join(said("what-if", saved, "renewal.clash=none").split())
    assert "support of renewal.clash" in text


def test_seek_says_five_things_in_words(saved):
    text = said("seek", saved)
    lines = [line for line in text.splitlines() if line[:2] in {f"{n}." for n in range(1, 6)}]
    assert len(lines) == 5
    assert lines[0].startswith("1. Look for an order or a letter of whoever was behind it")
    other = next(line for line in text.splitlines() if line.startswith("Other questions: "))
    assert "--target instigator (who was behind it)" in other
    assert "--target account" not in other
    assert "Other questions" not in said("seek", saved, "--target", "winner")
    found = json.loads(said("seek", saved, "--target", "winner", "--json"))
    assert found["leads"][0]["sentence"]
    assert found["others"]["account"] == "which account is true"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("what-if", "luck=1"), "no such cause"),
        (("what-if",), "nothing is changed"),
        (("what-if", "attacker=0"), "this cause has names"),
        (("what-if", "--force", "attacker=7"), "allowed: iranian_army, ang"),
        (("what-if", "march.reinforcements=0"), "no way to come"),
        (("what-if", "--force", "strength.reinforcements=nan"), "not finite"),
        (("compare", "--reliability", "Herodotus=A"), "passed on no claim"),
        (("compare", "--pair", "probe:poker"), "as FIRST:SECOND"),
        (("seek", "--target", "glory"), "no outcome of these worlds"),
    ],
)
def test_refusals(saved, arguments, words):
    command, *rest = arguments
    assert words in said(command, saved, *rest, code=1)


def test_a_model_without_a_dispute_says_so(weighed, tmp_path):
    only = {
        name: choice.model_copy(update={"options": {next(iter(choice.options)): 1.0}})
        for name, choice in weighed.scenario.causes.items()
    }
    changes = {"accounts": (), "crisis": None, "causes": only}
    agreed = weighed.scenario.model_copy(update=changes)
    path = tmp_path / "agreed.nc"
    save_posterior(replace(weighed, scenario=agreed.with_dossier(weighed.scenario.dossier)), path)
    done = CliRunner().invoke(app, ["compare", str(path)])
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "nothing to compare" in done.stderr
