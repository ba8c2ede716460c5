"""Surveys and ensembles on disk: the same numbers as worlds in memory."""

from __future__ import annotations

import numpy as np
import pytest

import inje
from inje.errors import InputError, OptionError
from inje.runs import load_ensemble, store_worlds, survey_worlds
from inje.scenario import load_scenario_and_record

PATHS = ("strength.detachment", "losses.ang.total", "arrival.reinforcements", "winner")


@pytest.fixture(scope="module")
def scenario(root):
    return load_scenario_and_record(root / "examples" / "inje-1946" / "scenario.yaml")


def test_a_survey_counts_the_worlds_of_an_ensemble(scenario):
    survey = survey_worlds(scenario, worlds=3000, seed=4, start=50, paths=PATHS)
    worlds = inje.simulate(scenario, worlds=3000, seed=4, start=50, paths=PATHS)
    lost = worlds["losses.ang.total"]
    assert survey.tallies["losses.ang.total"].mean == pytest.approx(lost.mean(), rel=1e-14)
    assert survey.tallies["losses.ang.total"].quantiles((0.5,)) == (
        np.quantile(lost, 0.5, method="inverted_cdf"),
    )
    never = np.isinf(worlds["arrival.reinforcements"]).sum()
    assert survey.tallies["arrival.reinforcements"].never == never > 0
    share = survey.to_json()["shares"]["winner"]
    assert share["ang"] == pytest.approx((worlds["winner"] == 1).mean())


def test_threads_change_no_number(scenario):
    one = survey_worlds(scenario, worlds=20_000, paths=PATHS, threads=1)
    two = survey_worlds(scenario, worlds=20_000, paths=PATHS, threads=2)
    assert one.to_json() == two.to_json()


def test_a_file_gives_back_the_ensemble_to_the_bit(scenario, tmp_path):
    store_worlds(scenario, tmp_path / "e.nc", worlds=2000, seed=3, start=7)
    there = load_ensemble(tmp_path / "e.nc")
    here = inje.simulate(scenario, worlds=2000, seed=3, start=7)
    assert (there.seed, there.start, there.worlds) == (3, 7, 2000)
    assert there.labels == here.labels
    assert there.scenario == here.scenario
    assert there.scenario.dossier == scenario.dossier
    assert {p: c.tobytes() for p, c in there.columns.items()} == {
        p: np.ascontiguousarray(c).tobytes() for p, c in here.columns.items()
    }


def test_worlds_on_disk_can_be_weighed(scenario, tmp_path):
    store_worlds(scenario, tmp_path / "e.nc", worlds=4000)
    there = inje.condition(load_ensemble(tmp_path / "e.nc"), ess=10)
    here = inje.condition(inje.simulate(scenario, worlds=4000), ess=10)
    assert there.log_weight.tobytes() == here.log_weight.tobytes()


def test_a_file_that_cannot_fit_is_refused_with_its_size(scenario, tmp_path):
    with pytest.raises(OptionError, match=r"may take [\d,.]+ TB on the disk"):
        store_worlds(scenario, tmp_path / "e.nc", worlds=10**13)
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_no_ensemble(tmp_path):
    (tmp_path / "e.nc").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(500))
    with pytest.raises(InputError, match=r"an ensemble\.nc of `inje simulate`"):
        load_ensemble(tmp_path / "e.nc")
