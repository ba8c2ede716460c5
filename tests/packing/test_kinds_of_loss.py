"""Kinds of loss add up, whether they are asked of a side or of its forces."""

from __future__ import annotations

import numpy as np
import pytest
from tests.ensemble.battles import chain, duel, number

from inje.ensemble import simulate_worlds

KINDS = ("killed", "wounded", "captured", "missing")
SHARES = {
    side: {"killed": number(0.2), "wounded": number(0.5), "captured": number(0.2)}
    for side in ("blue", "red")
}


@pytest.fixture(scope="module")
def fought():
    paths = [f"losses.{who}.{kind}" for who in ("red", "r", "help") for kind in (*KINDS, "total")]
    paths += [f"losses.red.{kind}" for kind in ("killed_or_wounded", "captured_or_missing")]
    paths += [f"losses.red.{kind}@1900-01-02" for kind in (*KINDS, "total")]
    return simulate_worlds(chain(shares=SHARES), worlds=2_000, seed=4, paths=paths)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_side_lost_of_a_kind_its_forces_lost(fought, kind) -> None:
    parts = fought[f"losses.r.{kind}"] + fought[f"losses.help.{kind}"]
    assert fought[f"losses.help.{kind}"].max() > 0
    assert np.array_equal(fought[f"losses.red.{kind}"], parts)


def test_kinds_make_up_all_losses_on_every_day(fought) -> None:
    for at in ("", "@1900-01-02"):
        kinds = sum(fought[f"losses.red.{kind}{at}"] for kind in KINDS)
        assert np.array_equal(kinds, fought[f"losses.red.total{at}"])


def test_two_kinds_in_one_are_their_sum(fought) -> None:
    for pair in (("killed", "wounded"), ("captured", "missing")):
        both = fought[f"losses.red.{pair[0]}_or_{pair[1]}"]
        assert both.max() > 0
        assert np.array_equal(both, sum(fought[f"losses.red.{kind}"] for kind in pair))


def test_nobody_is_captured_or_missing_where_the_model_knows_no_kinds() -> None:
    path = "losses.red.captured_or_missing"
    assert simulate_worlds(duel(), worlds=10, paths=[path])[path].max() == 0
