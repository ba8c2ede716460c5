"""The published numbers come out, and a number that is off does not pass."""

from __future__ import annotations

import dataclasses
from itertools import product

import numpy as np
import pytest

from inje import gallery
from inje.datasets import ardennes
from inje.errors import DataError, OptionError
from inje.gallery import _ardennes, _cdb90, _iwojima, _study

QUICK = [
    "bracken-1995",
    "fricker-1998",
    "engel-1954",
    "small-battles",
    "hartley-cdb90",
    "helmbold-cdb90",
]


@pytest.fixture
def local(data, monkeypatch):
    monkeypatch.setenv("INJE_DATA", str(data))
    return data


@pytest.mark.parametrize("name", QUICK)
def test_every_published_number_holds(local, name):
    found = gallery.validate([name])
    assert [row for row in found if not row.holds] == []
    assert {row.quantity for row in found} >= set(gallery.studies()[name].targets)
    for row in found:
        if row.published is not None:
            assert row.difference == row.ours - row.published


def test_a_number_that_is_off_or_absent_does_not_hold():
    study = gallery.Study(
        "made-up",
        "a test",
        "none",
        {"x": _study.near(1.0, 0.1), "y": _study.above(0), "z": _study.within(0, 1)},
        lambda _table: {"x": 1.2, "y": float("nan"), "shown": 3.0, "n": np.inf},
    )
    found = {row.quantity: row for row in _study.rows(study)}
    assert not found["x"].holds
    assert not found["y"].holds
    assert found["y"].ours is None
    assert not found["z"].holds
    assert found["z"].ours is None
    assert found["shown"].holds
    assert found["shown"].published is None
    assert found["n"].ours is None


def test_coverage_holds_within_its_own_half_width():
    target = _study.covers(0.5, "half")
    assert target.agrees(0.54, {"half": 0.05})
    assert not target.agrees(0.56, {"half": 0.05})


def test_names_and_tables_are_checked(local):
    with pytest.raises(OptionError, match="bracken-1995"):
        gallery.validate(["bracken"])
    with pytest.raises(OptionError, match="has its own data"):
        gallery.validate(["engel-1954"], data="x.csv")
    with pytest.raises(DataError):
        gallery.validate(["hartley-cdb90"], data="no-such-file.csv")


def test_a_table_with_the_same_columns_gives_the_same(local):
    path = local / "cdb90" / "cdb90_clean.csv"
    assert gallery.validate(["hartley-cdb90"], data=path) == gallery.validate(["hartley-cdb90"])


def test_every_study_names_its_source():
    for name, study in gallery.studies().items():
        assert name == study.name
        assert study.title
        assert study.citation
        with pytest.raises(dataclasses.FrozenInstanceError):
            study.name = "other"


def test_bracken_grid_agrees_with_the_slow_search(local):
    series = _ardennes.campaign(ardennes(), range(1, 11))
    best = (np.inf,)
    for d, p, q, a, b in product((1.0, 1.25), (0.9, 1.0), (0.9, 1.0), (8e-9, 1e-8), (8e-9, 1e-8)):
        total = 0.0
        for day in range(10):
            mine, theirs = (d, 1 / d) if day < 5 else (1 / d, d)
            blue, red = series.blue[day], series.red[day]
            total += (series.blue_loss[day] - mine * a * red**p * blue**q) ** 2
            total += (series.red_loss[day] - theirs * b * blue**p * red**q) ** 2
        best = min(best, (total, a, b, p, q, d))
    ours = _ardennes._grid_fit(series)
    assert best == pytest.approx(tuple(ours[key] for key in ("ssr", "a", "b", "p", "q", "d")))


def test_engel_solution_obeys_the_square_law_between_landings():
    course = _iwojima.effectives()
    # With no landing A J^2 - B U^2 stays what it was (Lanchester 1916).
    invariant = 0.0544 * course[6:, 1] ** 2 - 0.0106 * course[6:, 0] ** 2
    assert invariant == pytest.approx(np.full(len(invariant), invariant[0]), rel=1e-10)


def test_hartley_scalar_is_the_difference_of_squares():
    x0, y0, x_loss, y_loss = 1000.0, 500.0, 100.0, 50.0
    expected = np.log((1000**2 - 900**2) / (500**2 - 450**2))
    assert _cdb90.hartley_scalar(x0, y0, x_loss, y_loss) == pytest.approx(expected)
    fraction = 0.5 * np.log((1 - 0.9**2) / (1 - 0.9**2))
    assert _cdb90.advantage(x0, y0, x_loss, y_loss) == pytest.approx(fraction)


def test_logit_recovers_its_coefficients():
    rng = np.random.default_rng(3)
    design = np.column_stack([np.ones(20_000), rng.normal(size=20_000)])
    won = rng.random(20_000) < 1 / (1 + np.exp(-(design @ [0.4, -1.2])))
    assert _cdb90.fit_logit(design, won) == pytest.approx([0.4, -1.2], abs=0.06)
    shrunk = _cdb90.fit_logit(design, won, np.array([0.0, 1e6]))
    assert abs(shrunk[1]) < 0.01
