"""Fortunes that lead to known losses, beside trying one address after the other by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tests.ensemble.battles import duel
from tests.kernels.test_twin import Watched

from inje.packing import Keys, default_paths, plan_paths, values_of
from inje.packing._bridging import bridge
from inje.packing._fields import law_of
from inje.packing._rows import fill_rows

SEED, LEGS = 5, (1.0, 2.5)
BATTLE = duel(6, 5, b=0.35, r=0.3, days=4)


def packed(scenario=BATTLE):
    return plan_paths(scenario, default_paths(scenario), LEGS).packed


def by_hand(own, wanted, first, most):
    """The first addresses that do, and how many were tried; None where these are too few."""
    found, tried = [], 0
    for leg in range(len(wanted)):
        address = first + leg * most
        while True:
            if tried == most:
                return None
            tried += 1
            chosen = [*found, address, *[0] * (len(wanted) - leg - 1)]
            if _by_leg(own, chosen)[leg] == wanted[leg]:
                break
            address += 1
        found.append(address)
    return found, tried


def _by_leg(own, addresses):
    """Losses of both sides by the end of each leg, by the twin, which tells when each fell."""
    keys = Keys.of(np.array([[0, addresses[0], 0, *addresses[1:]]], np.uint64))
    values = values_of(own, SEED, np.zeros(1, np.uint64), keys.choices, {}, {})
    row = fill_rows(own.recipes, values, 1).of_world(0).tolist()
    laws = [(law.rate, law.bound) for law in map(law_of, own.skeleton.engagements)]
    twin = Watched(own.words, row, laws, SEED, addresses, own.legs.tolist()).watch()
    return [
        [sum(r.kind == "loss" and r.group == g and r.time <= leg for r in twin.log) for g in (0, 1)]
        for leg in own.legs
    ]


def bridged(own, wanted, first, most):
    worlds = len(wanted)
    values = values_of(own, SEED, np.arange(worlds, dtype=np.uint64),
                       np.arange(worlds, dtype=np.uint64), {}, {})  # fmt: skip
    return bridge(own, values, SEED, np.array(first, np.uint64), np.array(wanted, np.int64), most)


WANTED = [
    [[0, 0], [0, 0], [0, 0]],
    [[1, 1], [2, 1], [2, 2]],
    [[0, 2], [1, 2], [3, 3]],
    [[2, 0], [2, 1], [2, 4]],
]


@pytest.mark.parametrize("wanted", WANTED)
def test_the_first_address_of_each_leg_that_does_is_found(wanted):
    own, most = packed(), 4000
    expected = by_hand(own, wanted, 17, most)
    assert expected is not None
    addresses, tried = bridged(own, [wanted], [17], most)
    assert addresses[0].tolist() == expected[0]
    assert tried == expected[1]
    assert _by_leg(own, addresses[0].tolist()) == wanted


def test_worlds_are_bridged_one_after_the_other_and_share_what_may_be_tried():
    own, most = packed(), 4000
    addresses, tried = bridged(own, WANTED, [17, 90_000, 5, 1 << 40], most)
    parts = [
        by_hand(own, wanted, first, most)
        for wanted, first in zip(WANTED, (17, 90_000, 5, 1 << 40), strict=True)
    ]
    assert addresses.tolist() == [found for found, _ in parts]
    assert tried == sum(spent for _, spent in parts)
    again, enough = bridged(own, WANTED, [17, 90_000, 5, 1 << 40], most)
    assert (again == addresses).all()
    assert enough == tried


def test_too_few_are_told_to_be_too_few():
    """Just as many as it takes, and one less; addresses of later legs lie `most` apart."""
    own = packed()
    for most in range(1, 400):
        expected = by_hand(own, WANTED[1], 3, most)
        addresses, tried = bridged(own, [WANTED[1]], [3], most)
        assert tried == (-1 if expected is None else expected[1])
        if expected is not None:
            assert addresses[0].tolist() == expected[0]
            return
    pytest.fail("four hundred should do")


def test_losses_that_cannot_be_are_never_met():
    assert bridged(packed(), [[[2, 2], [1, 2], [1, 2]]], [1], 300)[1] == -1
    assert bridged(packed(duel(6, 5, b=0.0, r=0.3)), [[[0, 1]] * 3], [1], 300)[1] == -1
