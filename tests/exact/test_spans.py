"""How many losses end a battle."""

from __future__ import annotations

import pytest

from inje import exact


@pytest.mark.parametrize(
    ("strengths", "breakpoints", "spans"),
    [
        ((5, 4), (0, 0), (5, 4)),
        ((5, 4), (2, 1), (3, 3)),
        ((5, 4), (5, 1), (0, 3)),
        ((5, 4), (1, 4), (4, 0)),
    ],
)
def test_a_side_ends_the_battle_when_it_stands_at_its_breakpoint(strengths, breakpoints, spans):
    assert exact.TwoCounts(strengths, (0.1, 0.2), breakpoints=breakpoints).spans == spans
