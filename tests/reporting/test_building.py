"""From a posterior to the page: every record says what the posterior says."""

from __future__ import annotations

import json

import numpy as np
import pytest
from tests.reporting.made_up import posterior as made_up

from inje.errors import ModelError
from inje.posterior import Posterior
from inje.reporting import Report, build_report


@pytest.fixture(scope="module")
def posterior() -> Posterior:
    return made_up()


@pytest.fixture(scope="module")
def report(posterior: Posterior) -> Report:
    return build_report(posterior, manifest={"version": "1", "seed": 3, "files": {"a": "b"}})


def test_quantities_are_those_of_the_summary(posterior: Posterior, report: Report) -> None:
    rows = {row.name: row for row in report.data.quantities}
    for told in posterior.summary():
        if told.name in rows:
            shown = rows[told.name].posterior
            assert (shown.q05, shown.q50, shown.q95) == told.posterior
            assert rows[told.name].informed == told.informed
    assert "losses.republic.killed_or_wounded" in rows
    assert rows["strength.republic"].assumed == "nothing is said"


def test_densities_hold_all_of_both(report: Report) -> None:
    drawn = [row.density for row in report.data.quantities if row.density is not None]
    assert len(drawn) > 5
    for density in drawn:
        assert list(density.edges) == sorted(set(density.edges))
        assert sum(density.prior) <= 1 + 1e-9
        assert sum(density.posterior) == pytest.approx(1, abs=0.02)


def test_outcomes_and_control_are_probabilities(report: Report) -> None:
    assert sum(row.posterior for row in report.data.outcomes) == pytest.approx(1)
    assert sum(row.prior for row in report.data.outcomes) == pytest.approx(1)
    for row in report.data.control:
        assert 0 <= sum(share for _, _, share in row.sides) <= 1 + 1e-9


def test_sources_carry_letters_and_reliabilities(report: Report) -> None:
    sources = {row.id: row for row in report.data.sources}
    assert {"holt", "narrator", "marsh"} <= set(sources)
    assert sources["marsh"].letter == "B"
    assert not sources["marsh"].letter_is_default
    assert sources["holt"].letter_is_default
    for row in sources.values():
        ends = (row.posterior.q05, row.posterior.q50, row.posterior.q95)
        assert ends == tuple(sorted(ends))  # type: ignore[type-var]


def test_claims_weigh_or_say_why_not(posterior: Posterior, report: Report) -> None:
    weights = {weight.claim: weight for weight in report.data.weights}
    weighed = {claim.id for claim in posterior.claims.claims}
    assert weighed == {name for name, weight in weights.items() if weight.tracks is not None}
    assert weights["fear"].reason


def test_replays_start_whole_and_only_lose(report: Report) -> None:
    assert report.data.replays
    for world in report.data.replays:
        days = [frame.day for frame in world.frames]
        assert days == sorted(days)
        lost = [sum(n for _, n in frame.losses) for frame in world.frames]
        assert lost[0] == 0
        assert lost == sorted(lost)
        left = [sum(force.strength for force in frame.forces) for frame in world.frames]
        assert left[0] - left[-1] == pytest.approx(lost[-1])


def test_the_nearest_world_is_the_one_that_weighs_most(
    posterior: Posterior, report: Report
) -> None:
    nearest = next(w for w in report.data.replays if "nearest" in w.label)
    assert posterior.log_weight[posterior.world == nearest.world] == posterior.log_weight.max()
    side = "losses.republic.total"
    column = np.asarray(posterior.draws[side])[posterior.world == nearest.world]
    assert dict(nearest.frames[-1].losses)["republic"] == column[0]


def test_it_asks_for_answers_unless_given(posterior: Posterior, report: Report) -> None:
    assert report.data.pairs is not None
    assert {(p.first, p.second) for p in report.data.pairs} == {("a", "b")}
    assert report.data.what_ifs
    bare = build_report(posterior, compare=(), what_ifs=())
    assert bare.data.pairs == ()
    assert bare.data.what_ifs == ()


def test_every_form_is_written(report: Report) -> None:
    assert json.loads(report.text("json"))["manifest"]["files"] == [["a", "b"]]
    assert "## Before and after" in report.text("md")
    page = report.text("html")
    assert "What the record cannot decide" in page
    assert "nan" not in page.split('id="inje-data"')[1].split("<script>")[0].lower().split('"')


def test_a_posterior_without_record_is_refused(posterior: Posterior) -> None:
    from dataclasses import replace

    alone = posterior.scenario.model_copy()
    alone._dossier = None
    with pytest.raises(ModelError, match="no dossier"):
        build_report(replace(posterior, scenario=alone))
