"""Two posteriors compared: another seed is no difference, another record is one."""

from __future__ import annotations

import pytest

import inje
from inje.posterior import Posterior
from inje.reporting import compare_posteriors

FORD = b"""Battle of Elm Ford

The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army.
The Prussian Army had 800 men. The Saxon Army lost 90 killed.
"""


def weighed(text: bytes, seed: int = 1) -> Posterior:
    scenario = inje.model(inje.extract(inje.read(text, name="ford")))
    return inje.condition(scenario, seed=seed, ess=200, max_worlds=1 << 14)


@pytest.fixture(scope="module")
def posterior() -> Posterior:
    return weighed(FORD)


def test_a_posterior_does_not_differ_from_itself(posterior):
    found = compare_posteriors(posterior, posterior)
    assert not found
    assert found.to_json()["same"] is True
    assert "no quantity moved" in found.to_text()


def test_another_record_moves_what_it_bears_on(posterior):
    found = compare_posteriors(posterior, weighed(FORD.replace(b"90", b"9")))
    assert found
    names = {shift.name for shift in found.shifts}
    assert "losses.saxon_army.killed" in names
    assert found.record.of("claims")
    moved = next(s for s in found.shifts if s.name == "losses.saxon_army.killed")
    assert moved.before[1] > 3 * moved.after[1]
    form = found.to_json()
    assert {"same", "record", "quantities"} == set(form)
    assert "losses.saxon_army.killed (people):" in found.to_text()
