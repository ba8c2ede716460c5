"""The example's full model, conditioned and answered end to end."""

from __future__ import annotations

import pytest

from inje.answers import change_causes, compare_accounts, rank_causes, seek_evidence
from inje.posterior import condition_scenario
from inje.reporting import build_report
from inje.scenario import Scenario


@pytest.mark.slow
def test_the_example_is_conditioned_and_answered(example: Scenario, tmp_path):
    posterior = condition_scenario(example, seed=1, ess=400, threads=2)
    assert not posterior.failed
    chances = posterior.probabilities("winner")
    assert chances["ang"].value > chances["iranian_army"].value
    (found,) = compare_accounts(posterior)
    assert len(found.pairs) == 10
    assert found.bearings[0].label == "Hasanli 2006 graded C, not B"
    # Nobody says that it was a local commander.
    assert min(found.posterior, key=lambda name: found.posterior[name]) in (
        "local-initiative",
        "other-side-first",
    )
    for pair in found.pairs:
        assert sum(c.shapley for c in pair.contributions) == pytest.approx(pair.decibel, abs=1e-6)
    absent, on_foot, once = change_causes(
        posterior,
        [
            {"strength.reinforcements": 0.0},
            {"march.reinforcements": "foot"},
            {"renewal.clash": "none"},
        ],
    )
    # 170 km on foot take longer than the battle: as good as not sent at all.
    assert absent.flipped == pytest.approx(on_foot.flipped, abs=0.1)
    assert absent.flipped > once.flipped > 0
    assert rank_causes(posterior).what_ifs[0].flipped >= absent.flipped
    assert len(seek_evidence(posterior).leads) >= 5
    page = build_report(posterior, compare=(found,), what_ifs=(absent, once))
    page.save(tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size > 100_000
