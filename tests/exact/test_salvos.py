"""Ships in exchanges of salvos: Hughes's table, and fought salvos."""

from __future__ import annotations

import numpy as np
import pytest
from tests.gate import gate, gate_seed

from inje import exact, laws
from inje.errors import ModelError, OptionError


@pytest.mark.parametrize(
    ("start", "left"),
    [((2, 2), (0, 0)), ((4, 3), (1, 0)), ((3, 2), (1, 0)), ((3, 1), (2, 0)), ((2, 1), (1, 0))],
)
def test_carriers_that_strike_together(start, left):
    """Hughes 1986, Fleet Tactics, ch. 4; a second exchange changes nothing."""
    for count in (1, 5):
        law = exact.salvos(exact.Ships(start), count)
        assert (law.first.tolist(), law.second.tolist()) == (
            [start[0] - left[0]],
            [start[1] - left[1]],
        )
        assert law.probability.tolist() == [1.0]


STOCHASTIC = exact.Ships(
    (5, 4),
    law="salvo-stochastic",
    parameters=(
        {"missiles": 2, "aimed": 0.6, "shots": 1, "stopped": 0.5, "damage": 0.7, "spread": 0.1},
        {"missiles": 2, "aimed": 0.5, "shots": 2, "stopped": 0.4, "damage": 0.8, "spread": 0.3},
    ),
    breakpoints=(1, 0),
)


def fought(seed: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Three exchanges, missile by missile."""
    rng = np.random.default_rng(seed)
    ships = [np.full(n, 5), np.full(n, 4)]
    for _ in range(3):
        on = (ships[0] > 1) & (ships[1] > 0)
        lost = []
        for own, enemy, words in (
            (ships[0], ships[1], STOCHASTIC.parameters[0]),
            (ships[1], ships[0], STOCHASTIC.parameters[1]),
        ):
            hits = rng.binomial(enemy * words["missiles"], words["aimed"])
            hits = np.maximum(hits - rng.binomial(own * words["shots"], words["stopped"]), 0)
            damage = rng.normal(hits * words["damage"], words["spread"] * np.sqrt(hits))
            lost.append(np.where(on, np.clip(np.floor(damage + 1e-9), 0, own), 0).astype(int))
        ships = [own - gone for own, gone in zip(ships, lost, strict=True)]
    return 5 - ships[0], 4 - ships[1]


def test_three_exchanges_agree_with_fought_missiles():
    law = exact.salvos(STOCHASTIC, 3)
    assert law.total == pytest.approx(1.0)
    result = gate(fought, law, seed=gate_seed(), size=200_000)
    assert result.passed, str(result)


def test_nobody_fires_when_the_battle_is_over():
    assert exact.salvos(exact.Ships((3, 0)), 4).table().tolist() == [[1.0]]
    assert exact.salvos(exact.Ships((3, 3)), 0).table().tolist() == [[1.0]]
    assert exact.salvos(exact.Ships((3, 0)), 4).spans == (3, 0)


def test_what_are_no_ships_is_refused():
    with pytest.raises(ModelError, match="continuous time"):
        exact.Ships((3, 2), law="square")
    with pytest.raises(ModelError, match="0 to 500"):
        exact.Ships((3, 1000))
    with pytest.raises(ModelError, match="strike, defence"):
        exact.Ships((3, 2), parameters=({"hits": 1.0}, {}))
    with pytest.raises(OptionError, match="0 or more"):
        exact.salvos(exact.Ships((3, 2)), -1)
    assert isinstance(exact.Ships((3, 2)).salvo, laws.SalvoLaw)
