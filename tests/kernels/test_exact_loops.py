"""The loops of exact laws beside the plain chain, on battles so small that Python does them too."""

from __future__ import annotations

import numpy as np
import pytest
from tests.exact.test_chain import generator, plain
from tests.exact.test_filtering import Record, forwards

from inje import exact
from inje.exact import _filtering

BATTLES = {
    "square": exact.TwoCounts((4, 3), (0.3, 0.25)),
    "breakpoints": exact.TwoCounts((7, 6), (0.2, 0.25), breakpoints=(2, 3)),
    "linear": exact.TwoCounts((4, 5), (0.06, 0.05), law="linear"),
    "no product": exact.TwoCounts((4, 5), (0.3, 0.2), law="helmbold"),
    "one fires": exact.TwoCounts((4, 3), (0.3, 0.0)),
}


@pytest.mark.parametrize("name", list(BATTLES))
def test_a_battle_ends_where_the_chain_stops(name):
    """Where the chain is after so long that nothing moves any more."""
    battle = BATTLES[name]
    law = exact.terminal(battle)
    I, J = battle.spans
    found = law.table((I + 1, J + 1))
    assert found == pytest.approx(plain(battle, 1e4), abs=1e-8)
    assert found.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("days", [0.0, 0.3, 2.0, 9.0])
@pytest.mark.parametrize("name", list(BATTLES))
def test_a_law_at_a_time_is_that_of_the_chain(name, days):
    battle = BATTLES[name]
    I, J = battle.spans
    found = exact.transient(battle, days).table((I + 1, J + 1))
    assert found == pytest.approx(plain(battle, days), abs=1e-7)


@pytest.mark.parametrize("law", ["helmbold", "linear", "square"])
def test_a_law_that_has_left_where_it_began_is_that_of_the_chain(law):
    """So many have fallen that the window of the law begins beyond nobody's losses."""
    rates = {"linear": (0.08, 0.004)}.get(law, (1.2, 0.05))
    battle = exact.TwoCounts((24, 22), rates, law=law, breakpoints=(2, 2))
    I, J = battle.spans
    for days in (0.5, 0.6):
        found = exact.transient(battle, days, accuracy=1e-4).table((I + 1, J + 1))
        assert found[0, 0] == 0.0, "the window has moved"
        assert found == pytest.approx(plain(battle, days), abs=1e-4)


def course(battle, record, uniforms):
    """The course that uniforms draw: the last date first, each cell by its mass, row by row."""
    laws, steps = forwards(battle, record)
    columns = battle.spans[1] + 1
    cells = []
    mass = laws[-1]
    for date in range(len(record.days) - 1, -1, -1):
        if cells:
            mass = laws[date] * steps[date + 1][:, cells[-1]]
        cells.append(int(np.searchsorted(np.cumsum(mass), uniforms[date] * mass.sum(), "right")))
    return [[cell // columns, cell % columns] for cell in cells[::-1]]


@pytest.mark.parametrize("name", ["square", "breakpoints", "linear", "one fires"])
def test_reports_weigh_and_draw_a_course_as_the_chain_does(name):
    battle = BATTLES[name]
    for seed in range(5):
        rng = np.random.default_rng(seed)
        record = Record(np.cumsum(rng.random(3) + 0.2), rng)
        uniforms = rng.random(3)
        found, drawn = exact.filtered(
            battle, *record.arguments(), uniforms=uniforms, accuracy=1e-12
        )
        assert found == pytest.approx(np.log(forwards(battle, record)[0][-1].sum()), abs=1e-7)
        assert drawn.tolist() == course(battle, record, uniforms)


def test_the_edges_of_a_law_can_be_drawn():
    """A uniform of nothing draws the first cell that has a chance, one of nearly one the last."""
    battle = BATTLES["square"]
    record = Record(np.array([2.0]), np.random.default_rng(1), reports=0)
    for uniform in (0.0, 1 - 1e-13):
        drawn = exact.filtered(battle, *record.arguments(), uniforms=(uniform,), accuracy=1e-14)[1]
        assert drawn.tolist() == course(battle, record, (uniform,))
    law = plain(battle, 2.0)
    assert generator(battle, 1.0, 1.0).shape == (law.size, law.size)


@pytest.mark.parametrize("strengths", [(9, 3), (3, 9)])
def test_tables_are_asked_to_be_as_long_as_losses_of_either_side(monkeypatch, strengths):
    """Eight are known at first: nine losses of either side are ten numbers with none."""
    monkeypatch.setattr(_filtering, "KNOWN", 8)
    battle = exact.TwoCounts(strengths, (2.0, 2.0))
    record, asked = Record(np.array([1.0]), np.random.default_rng(2)), []

    def told(length):
        asked.append(length)
        return record.told(length)

    found, _ = exact.filtered(
        battle, record.days, record.date, record.side, told, record.factors, accuracy=1e-13
    )
    assert asked == [8, 16]
    assert found == pytest.approx(np.log(forwards(battle, record)[0][-1].sum()), abs=1e-7)
