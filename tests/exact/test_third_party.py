"""A law from another distribution has its exact law too, compiled under the same signature."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from inje import exact, laws

MODULE = """
from inje.laws import Law, Parameter


def rate(own, enemy, t, p0, p1, p2, p3):
    return 0.0 if own <= 0.0 or enemy <= 0.0 else enemy / (1.0 + p0 * enemy)


def bound(own, enemy, t0, t1, p0, p1, p2, p3):
    return enemy / (1.0 + p0 * enemy)


NARROW = Law(
    name="narrow",
    title="A front that holds only so many",
    formula="dx/dt = -k y / (1 + c y)",
    coefficient="losses per enemy in the front and day",
    parameters=(Parameter("c", "1", 0.0, 0.0, 1.0, "crowding"),),
    source="invented for this test, 2026",
    rate=rate,
    bound=bound,
)
"""


@pytest.fixture
def narrow(tmp_path, monkeypatch):
    (tmp_path / "narrow_law.py").write_text(MODULE)
    info = tmp_path / "narrow_law-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: narrow-law\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[inje.laws]\nnarrow = narrow_law:NARROW\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "narrow"
    sys.modules.pop("narrow_law", None)


def test_a_third_party_law_has_an_exact_law(narrow):
    assert narrow in laws.names()
    words = {"coefficients": (0.05, 0.04)}
    open_field = exact.terminal(exact.TwoCounts((40, 30), law=narrow, **words))
    square = exact.terminal(exact.TwoCounts((40, 30), **words))
    assert open_field.first_wins == square.first_wins  # without crowding it is the square law
    crowded = exact.TwoCounts((40, 30), law=narrow, parameters=({"c": 1.0}, {"c": 1.0}), **words)
    # in a narrow front numbers count for little and the steadier side gains
    assert exact.terminal(crowded).first_wins < square.first_wins
    state = exact.transient(crowded, 9.0)
    weights = np.zeros((3, 3))
    weights[2, 1] = 1.0
    found = exact.log_likelihood(
        (40, 30), **words, days=9.0, weights=weights, law=narrow, parameters=crowded.parameters
    )
    assert np.exp(found[0]) == pytest.approx(state.table((3, 3))[2, 1], abs=1e-9)
