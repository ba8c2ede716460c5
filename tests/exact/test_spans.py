"""How many losses end a battle."""

from __future__ import annotations

import pytest

from inje import exact
from inje.errors import OptionError
from inje.exact._transient import refuse_endless


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


@pytest.mark.parametrize(("most", "refused"), [(9, False), (8, True)])
def test_so_many_losses_have_a_terminal_law_and_no_more(monkeypatch, most, refused):
    monkeypatch.setattr("inje.exact._terminal.MOST_LOSSES", most)
    battle = exact.TwoCounts((5, 4), (0.1, 0.2))
    if refused:
        with pytest.raises(OptionError):
            exact.terminal(battle)
    else:
        assert exact.terminal(battle).total == pytest.approx(1.0)


@pytest.mark.parametrize(("most", "refused"), [(7, False), (6.5, True)])
def test_what_is_refused_as_endless_goes_by_the_rates_of_the_start(monkeypatch, most, refused):
    """Fatigue slows a battle: 4 and 3 losses a day at first, 3.0 and 2.3 after a day."""
    monkeypatch.setattr("inje.exact._transient.MOST_EVENTS", most)
    battle = exact.TwoCounts((40, 30), (0.1, 0.1), law="fatigue")
    if refused:
        with pytest.raises(OptionError):
            refuse_endless(battle, [exact.Period(1.0, 1.0, 1.0)])
    else:
        refuse_endless(battle, [exact.Period(1.0, 1.0, 1.0)])
