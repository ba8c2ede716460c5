"""How worlds are cut into chunks, and that no column depends on it."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.ensemble import _simulation as simulation
from inje.ensemble import simulate_worlds
from inje.scenario import Scenario, load_scenario


@given(worlds=st.integers(1, 10**7), most=st.integers(1, 1 << 16), workers=st.integers(1, 64))
def test_chunks_hold_every_world_once_and_give_each_worker_its_share(
    worlds: int, most: int, workers: int
) -> None:
    turns = -(-worlds // (most * workers))
    if turns * workers > 5_000:
        most = worlds
    taken = simulation._chunks(worlds, most, workers)
    # Each turn gives the workers one chunk each, in stretches that lie far apart.
    turn = [low for low, _ in taken[:workers]]
    assert turn == sorted(turn)
    assert all(two - one >= worlds // workers - 1 for one, two in itertools.pairwise(turn))
    chunks = sorted(taken)
    assert chunks[0][0] == 0
    assert chunks[-1][1] == worlds
    assert all(one[1] == two[0] for one, two in itertools.pairwise(chunks))
    sizes = [high - low for low, high in chunks]
    assert max(sizes) <= most
    assert max(sizes) - min(sizes) <= 1
    assert len(chunks) % workers == 0 or len(chunks) == worlds


@pytest.fixture(scope="module")
def scenario(root) -> Scenario:
    return load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")


@pytest.mark.parametrize("worlds", [1, 127, 128, 129, 1_000])
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_no_column_depends_on_the_chunks(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch, worlds: int, threads: int
) -> None:
    whole = simulate_worlds(scenario, worlds=worlds, threads=1)
    monkeypatch.setattr(simulation, "CHUNK", 90)
    monkeypatch.setattr(simulation, "FIRST_WORLDS", 7)
    said: list[tuple[int, int]] = []
    cut = simulate_worlds(
        scenario, worlds=worlds, threads=threads, progress=lambda *x: said.append(x)
    )
    assert set(whole.columns) == set(cut.columns)
    for path in whole.columns:
        np.testing.assert_array_equal(whole[path], cut[path], err_msg=path)
        assert whole[path].dtype == cut[path].dtype
    assert said[-1] == (worlds, worlds)
    assert [done for done, _ in said] == sorted({done for done, _ in said})
