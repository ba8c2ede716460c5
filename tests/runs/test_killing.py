"""A run that is killed without a word and gone on with ends in the same numbers, to the bit."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

#: the command line, with a journal entry as often as there is something to enter
RUN = """
import sys
from inje.runs import _journal
_journal.EVERY = 0.0
sys.argv[0] = "inje"
from inje.cli import main
main()
"""


def inje(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def finished(process):
    said, told = process.communicate(timeout=300)
    return process.returncode, said.decode(), told.decode()


def columns(path, groups=("prior", "posterior", "sample_stats")):
    import h5netcdf

    with h5netcdf.File(path, "r") as file:
        return {
            f"{group}/{name}": np.asarray(variable[...]).tobytes()
            for group in groups
            for name, variable in file[group].variables.items()
        }


@pytest.fixture(scope="module")
def scenario(root, tmp_path_factory):
    """The example with one claim that worlds of the prior explain: half a million are wanted."""
    from inje.dossier import save_dossier
    from inje.scenario import load_scenario_and_record, save_scenario

    place = tmp_path_factory.mktemp("model")
    whole = load_scenario_and_record(root / "examples" / "inje-1946" / "scenario.yaml")
    first = next(claim for claim in whole.dossier.claims if claim.about.startswith("losses"))
    claims = tuple(
        claim if claim is first else claim.model_copy(update={"status": "rejected"})
        for claim in whole.dossier.claims
    )
    save_dossier(whole.dossier.model_copy(update={"claims": claims}), place / "dossier.yaml")
    return save_scenario(whole, place / "scenario.yaml")


WANTED = ("--ess", "7000", "--max-worlds", "131072", "--json")


def killed_at(moment, output, command, entry="prior.part"):
    """Start a run and kill it after so many journal entries and a random while; or let it end."""
    process = inje(*command)
    journal = output.with_name(f"{output.name}.unfinished")

    def newest():
        return max((path.stat().st_mtime_ns for path in journal.glob(entry)), default=0)

    before, entries = newest(), 0
    while process.poll() is None and entries < moment:
        now = newest()
        entries += now not in (0, before)
        before = now
        time.sleep(0.005)
    time.sleep(random.uniform(0, 0.2))
    process.send_signal(signal.SIGKILL)
    return finished(process)[0]


@pytest.mark.slow
def test_killed_again_and_again_it_ends_in_the_same_bits(scenario, tmp_path):
    command = ("condition", scenario, *WANTED)
    whole = tmp_path / "whole.nc"
    code, _, told = finished(inje(*command, "-o", whole))
    assert code == 0, told
    output = tmp_path / "posterior.nc"
    kills = 0
    for moment in (1, 2, 1):
        code = killed_at(moment, output, (*command, "-o", output, "--resume"))
        kills += code == -signal.SIGKILL
        assert not output.exists() or code == 0
    assert kills >= 2
    code, _, told = finished(inje(*command, "-o", output, "--resume"))
    assert code == 0, told
    assert columns(output) == columns(whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posterior.nc", "whole.nc"]


@pytest.mark.slow
def test_interrupted_once_it_goes_on_from_where_it_was(scenario, tmp_path):
    """Ctrl-C: one sentence, code 130, no posterior yet; --resume then ends in the same bits."""
    output = tmp_path / "posterior.nc"
    wanted = ("--ess", "3000", "--max-worlds", "65536", "--json", "-o", output)
    process = inje("condition", scenario, *wanted)
    journal = tmp_path / "posterior.nc.unfinished" / "prior.part"
    while process.poll() is None and not journal.exists():
        time.sleep(0.005)
    os.kill(process.pid, signal.SIGINT)
    code, said, told = finished(process)
    assert code == 130, told
    assert told.splitlines() == [
        "inje: interrupted; finished files are whole, unfinished ones were not written; "
        "where a run keeps its progress, --resume goes on from it"
    ]
    assert said == ""
    assert not output.exists()
    code, _, told = finished(inje("condition", scenario, *wanted, "--resume", "--seed", "2"))
    assert code == 2
    assert "seed 1, now 2" in told
    code, _, told = finished(inje("condition", scenario, *wanted, "--resume"))
    assert code == 0, told
    whole = tmp_path / "whole.nc"
    assert finished(inje("condition", scenario, *wanted[:-1], whole))[0] == 0
    assert columns(output) == columns(whole)


@pytest.mark.slow
def test_a_simulation_that_is_killed_goes_on_and_ends_in_the_same_bits(root, tmp_path):
    model = root / "examples" / "inje-1946" / "scenario.yaml"
    command = ("simulate", model, "--worlds", 10 * 65536, "--json")
    whole, output = tmp_path / "whole.nc", tmp_path / "ensemble.nc"
    code, said, told = finished(inje(*command, "-o", whole))
    assert code == 0, told
    kills = 0
    for moment in (2, 1):
        code = killed_at(moment, output, (*command, "-o", output, "--resume"), "worlds-*.part")
        kills += code == -signal.SIGKILL
        assert not output.exists() or code == 0
    assert kills >= 1
    left = len(list((tmp_path / "ensemble.nc.unfinished").glob("worlds-*.part")))
    assert left >= 2
    code, again, told = finished(inje(*command, "-o", output, "--resume"))
    assert code == 0, told
    assert again.replace("ensemble.nc", "whole.nc") == said
    assert columns(output, ("prior",)) == columns(whole, ("prior",))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ensemble.nc", "whole.nc"]
