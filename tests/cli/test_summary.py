"""The table that `condition` and `reconstruct` print."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from inje.cli._reconstruct import print_summary
from inje.ensemble import simulate_worlds
from inje.posterior import Posterior, condition_scenario
from inje.reporting import build_report, machine_form
from inje.scenario import load_scenario_and_record

TELLING = ("winner", "result", "control", "breaking_off")


@pytest.fixture(scope="module")
def posterior(root) -> Posterior:
    scenario = load_scenario_and_record(root / "examples" / "inje-1946" / "scenario.yaml")
    return condition_scenario(simulate_worlds(scenario, worlds=2048, seed=3, threads=1), ess=50)


def form_of(posterior: Posterior) -> dict[str, Any]:
    record = posterior.scenario.dossier
    assert record is not None
    return machine_form(posterior, record, {})


def told(form: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> list[list[str]]:
    """Cells of the table's rows, folded ones joined."""
    print_summary(form)
    rows: list[list[str]] = []
    for line in capsys.readouterr().out.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 2 and not cells[0] and rows:
            rows[-1] = [" ".join((a, b)).strip() for a, b in zip(rows[-1], cells, strict=True)]
        elif len(cells) > 2:
            rows.append(cells)
    return rows


def row_of(rows: list[list[str]], name: str) -> list[str]:
    return next(row for row in rows if row[0] == name)


def test_what_may_never_happen_says_how_often_it_does(capsys, posterior):
    form = form_of(posterior)
    rows = told(form, capsys)
    maybe = [row for row in form["quantities"] if "happens" in row and len(row["posterior"])]
    surely = [row for row in form["quantities"] if "happens" not in row]
    assert maybe
    assert surely
    for row in maybe:
        for cell, stage in zip(row_of(rows, row["name"])[1:3], ("prior", "posterior"), strict=True):
            share = row["happens"][stage]
            assert ("if at all" in cell) is (share < 1)
            if 0.01 < share < 0.99:
                assert f"(if at all: {100 * share:.0f} %" in cell
                assert "±" in cell.partition("if at all")[2]
    assert not any("if at all" in "".join(row_of(rows, r["name"])) for r in surely if r["informed"])


def test_what_happens_in_no_weighed_world_is_never(capsys, posterior):
    name = next(r["name"] for r in form_of(posterior)["quantities"] if "happens" in r)
    never = np.full(posterior.weights.size, np.inf)
    changed = replace(posterior, draws={**posterior.draws, name: never})
    assert row_of(told(form_of(changed), capsys), name)[2] == "never"


def test_the_winner_is_told_with_and_without_the_claims_on_it(capsys, posterior):
    form = form_of(posterior)
    outcome = form["outcome"]
    rest = outcome["winner_without_outcome_claims"]
    ids = {c.id for c in posterior.claims.claims if c.about.split("@")[0].split(".")[0] in TELLING}
    assert ids
    weight = np.exp(posterior.log_weight_without(tuple(ids)))
    codes = np.asarray(posterior.draws["winner"])
    for code, label in enumerate(posterior.labels["winner"]):
        by_hand = weight[codes == code].sum() / weight.sum()
        assert rest[label] == pytest.approx(by_hand, abs=1e-9)
    assert rest != outcome["winner"]
    assert sum(outcome["winner_prior"].values()) == pytest.approx(1)
    rows = told(form, capsys)
    assert row_of(rows, "outcome")[1:] == ["prior", "without the claims that tell it", "with them"]
    for label, share in outcome["winner"].items():
        expected = [outcome["winner_prior"][label], rest[label], share]
        cells = row_of(rows, f"winner = {label}")[1:]
        assert [cell.partition(" ± ")[0] for cell in cells] == [f"{p:.3f}" for p in expected]
        assert all(0 <= float(cell.partition(" ± ")[2]) < 1 for cell in cells)
    assert 0 < outcome["mcse"]["winner"]["ang"] < 1
    assert 0 < outcome["mcse"]["winner_prior"]["ang"] < outcome["mcse"]["winner"]["ang"]
    assert set(outcome["mcse"]["winner_without_outcome_claims"]) == set(rest)
    report = build_report(posterior, compare=(), what_ifs=())
    assert {row.id: row.without for row in report.data.outcomes} == rest


def test_every_quantile_and_share_has_its_error(posterior):
    form = form_of(posterior)
    for row in (*form["quantities"], *form["products"]):
        assert len(row["mcse"]) == len(row["posterior"])
        assert len(row["prior_mcse"]) == len(row["prior"])
        assert ("happens" in row) == ("happens_mcse" in row)
    row = next(row for row in form["quantities"] if row["name"] == "losses.ang.total")
    assert min(row["mcse"]) >= 0 < max(row["mcse"])
    assert max(row["prior_mcse"]) < max(row["mcse"])
    for options in form["causes"].values():
        for option in options.values():
            assert 0 <= option["prior_mcse"] < option["mcse"] < 1


def test_where_no_claim_tells_the_winner_there_is_one_figure_after(capsys, posterior):
    ids = [c.id for c in posterior.claims.claims if c.about.split("@")[0].split(".")[0] in TELLING]
    silent = replace(
        posterior,
        claims=posterior.claims.without(ids),
        log_weight=posterior.log_weight_without(tuple(ids)),
    )
    form = form_of(silent)
    assert form["outcome"]["winner_without_outcome_claims"] is None
    assert row_of(told(form, capsys), "outcome")[1:] == ["prior", "posterior"]


def test_what_the_record_informs_comes_first(capsys, posterior):
    form = form_of(posterior)
    told_of = [row[3] for row in told(form, capsys) if len(row) == 5 and row[3] in ("yes", "no")]
    assert {"yes", "no"} == set(told_of)
    assert told_of == sorted(told_of, reverse=True)
