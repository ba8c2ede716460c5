"""Worlds fought side by side, as vectors, are the worlds fought one by one, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks._battles import LOSSES, arms, duel
from tests.ensemble.battles import duel as free_duel
from tests.ensemble.battles import number, prior

from inje.ensemble import simulate_worlds


@pytest.mark.parametrize(
    "scenario",
    [
        duel(800, 500, 0.01),
        arms(),
        duel(80, 60, 0.2),  # some worlds come near their end: these are left to the other path
        free_duel(prior("lognormal", median=700, sigma=0.5), 500, b=0.02, r=0.01),
        free_duel(900, 700, breaking_off={"blue": {"at_strength": number(885)}}),
    ],
    ids=["p1", "p2", "short", "prior", "breakpoint"],
)
def test_both_paths_give_the_same_bits(scenario) -> None:
    vectors = simulate_worlds(scenario, worlds=1500, seed=11, paths=LOSSES)
    # Asking for the winner needs more than losses, so that every world is fought by itself.
    singly = simulate_worlds(scenario, worlds=1500, seed=11, paths=[*LOSSES, "winner"])
    for path in LOSSES:
        assert np.array_equal(vectors[path], singly[path])
