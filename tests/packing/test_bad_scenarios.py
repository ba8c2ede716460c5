"""What cannot be fought is refused with a sentence; what is extreme comes out right."""

from __future__ import annotations

import numpy as np
import pytest
from tests.ensemble.battles import chain, duel, number

from inje.ensemble import simulate_worlds
from inje.errors import ModelError, OptionError, PathError
from inje.packing import pack


def test_a_place_that_no_road_reaches_is_named() -> None:
    scenario = chain().model_copy(update={"roads": ()})
    with pytest.raises(ModelError, match="no road leads"):
        pack(scenario)


def test_overlapping_phases_are_refused() -> None:
    phases = [
        {"id": "one", "begins": 0, "ends": 2, "intensity": number(1)},
        {"id": "two", "begins": 1, "ends": 3, "intensity": number(1)},
    ]
    with pytest.raises(ModelError, match="overlap"):
        pack(duel(phases=phases))


def test_a_law_of_salvos_is_no_law_of_an_engagement() -> None:
    with pytest.raises(ModelError, match="salvos"):
        pack(duel(law="salvo"))


@pytest.mark.parametrize("path", ["losses.green.total", "control.moon", "losses.blue.killed"])
def test_a_path_that_names_nothing_is_an_error(path: str) -> None:
    with pytest.raises(PathError):
        simulate_worlds(duel(), worlds=1, paths=[path])


def test_a_day_before_the_start_is_an_error() -> None:
    with pytest.raises(PathError, match="before the scenario begins"):
        simulate_worlds(duel(), worlds=1, paths=["control.field@1899-12-31"])


@pytest.mark.parametrize(
    "wrong", [{"worlds": 0}, {"worlds": 5, "threads": 0}, {"worlds": 5, "seed": -1}]
)
def test_options_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(OptionError):
        simulate_worlds(duel(), **wrong)


def test_nobody_on_one_side_loses_nobody() -> None:
    ensemble = simulate_worlds(duel(blue=0, red=50), worlds=50)
    assert ensemble["losses.red.total"].max() == 0
    assert (ensemble["winner"] == 1).all()
    assert (ensemble["duration"] == 0).all()


def test_a_thousand_million_people_do_not_overflow() -> None:
    # 1e9 a side at 1e-5 a day for one day: each side loses Poisson-like 1e4.
    ensemble = simulate_worlds(duel(10**9, 10**9, b=1e-5, r=1e-5, days=1), worlds=20)
    for side in ("blue", "red"):
        lost = ensemble[f"losses.{side}.total"]
        assert abs(lost.mean() - 1e4) < 6 * 100 / np.sqrt(20)
    assert ensemble.unfinished == 0


def test_a_battle_without_losses_ends_with_its_days() -> None:
    ensemble = simulate_worlds(duel(b=0.0, r=0.0), worlds=20)
    assert (ensemble["winner"] == -1).all()
    assert (ensemble["duration"] == 4).all()
