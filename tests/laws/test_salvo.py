"""The salvo laws against Hughes's table of carrier battles and against fought missiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje import laws
from inje.errors import ModelError


def salvo(name: str) -> laws.SalvoLaw:
    law = laws.get(name)
    assert isinstance(law, laws.SalvoLaw)
    return law


@pytest.mark.parametrize(
    ("start", "first_strike", "second_strike", "together"),
    [
        ((2, 2), (2, 0), (0, 2), (0, 0)),
        ((4, 3), (4, 0), (1, 3), (1, 0)),
        ((3, 2), (3, 0), (1, 2), (1, 0)),
        ((3, 1), (3, 0), (2, 1), (2, 0)),
        ((2, 1), (2, 0), (1, 1), (1, 0)),
    ],
)
def test_survivors_of_carrier_strikes(start, first_strike, second_strike, together):
    """Hughes 1986, Fleet Tactics, ch. 4: one carrier sunk per attacking air wing."""
    law = salvo("salvo")
    values = law.values({})
    a, b = start
    assert (a, b - law.mean(b, a, values)) == first_strike
    assert (a - law.mean(a, b, values), b) == second_strike
    assert (a - law.mean(a, b, values), b - law.mean(b, a, values)) == together


def test_hughes_defence_is_subtracted_before_staying_power():
    law = salvo("salvo")
    values = law.values({"strike": 4.0, "defence": 2.0, "staying": 2.0})
    assert law.mean(3, 2, values) == 1.0
    assert law.mean(3, 4, values) == 3.0
    assert law.mean(4, 2, values) == 0.0


@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.floats(0.0, 4.0),
    st.floats(0.0, 2.0),
    st.floats(0.5, 4.0),
)
def test_hughes_table_keeps_the_mean(own, enemy, strike, defence, staying):
    law = salvo("salvo")
    values = law.values({"strike": strike, "defence": defence, "staying": staying})
    table = law.table(own, enemy, values)
    assert table.shape == (own + 1,)
    assert table.sum() == pytest.approx(1.0)
    assert table @ np.arange(own + 1) == pytest.approx(law.mean(own, enemy, values))


def test_certain_missiles_give_hughes_law():
    """Armstrong 2005: with every missile aimed and no spread the law is Hughes's."""
    certain = salvo("salvo-stochastic").values(
        {"missiles": 4, "aimed": 1, "shots": 2, "stopped": 1, "damage": 0.5, "spread": 0}
    )
    hughes = salvo("salvo").values({"strike": 4, "defence": 2, "staying": 2})
    for own, enemy in ((3, 2), (2, 2), (3, 3), (4, 1)):
        assert salvo("salvo-stochastic").mean(own, enemy, certain) == pytest.approx(
            salvo("salvo").mean(own, enemy, hughes)
        )


def test_armstrong_table_and_mean_agree_with_fought_salvos():
    law = salvo("salvo-stochastic")
    values = law.values(
        {"missiles": 3, "aimed": 0.7, "shots": 2, "stopped": 0.4, "damage": 0.6, "spread": 0.2}
    )
    own, enemy, n = 3, 4, 400_000
    rng = np.random.default_rng(20050830)
    hits = np.maximum(rng.binomial(12, 0.7, n) - rng.binomial(6, 0.4, n), 0)
    damage = np.clip(rng.normal(hits * 0.6, 0.2 * np.sqrt(hits)), 0.0, own)
    assert damage.mean() == pytest.approx(law.mean(own, enemy, values), abs=5 * 3 / n**0.5)
    lost = np.bincount(np.floor(damage).astype(int), minlength=own + 1) / n
    assert lost == pytest.approx(law.table(own, enemy, values), abs=5 * 0.5 / n**0.5)


def test_armstrong_mean_without_clipping_is_the_mean_of_net_hits():
    law = salvo("salvo-stochastic")
    values = law.values({"missiles": 4, "aimed": 0.5, "shots": 0, "damage": 0.1, "spread": 0.0})
    assert law.mean(10, 3, values) == pytest.approx(12 * 0.5 * 0.1)


def test_salvo_refuses_unknown_and_impossible_parameters():
    law = salvo("salvo-stochastic")
    with pytest.raises(ModelError, match="missiles, aimed"):
        law.values({"aim": 1.0})
    with pytest.raises(ModelError, match="0 to 1"):
        law.values({"aimed": 1.5})
