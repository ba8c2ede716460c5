"""Worlds weighed between the ends of what claims say: the same numbers, fewer worlds weighed."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

from inje.posterior import Attestation, Transmission, lattice_of

BOOK = (("book", 0.2),)
HANDS = Transmission(
    (
        Attestation("who", "general", 0.7, BOOK),
        Attestation("many", "general", 0.01, BOOK),
        Attestation("lost", "book", 0.02),
        Attestation("again", "book", 0.02, copying=0.99, repeats=True, original="lost"),
        Attestation("won", "envoy", 0.3, BOOK),
    ),
    {"general": (1.0, 1.0), "book": (8.0, 2.0), "envoy": (2.0, 8.0)},
)
ALL = range(len(HANDS.attestations))


def what_is_said(worlds: int) -> np.ndarray:
    """Three claims that say one of two things, two on numbers; some worlds meet neither."""
    random = np.random.default_rng(5)
    terms = random.random((len(ALL), worlds))
    for row in (0, 3, 4):
        terms[row] = random.random(worlds) < 0.4
    terms[1, ::3] = 0.0
    return terms


@pytest.mark.parametrize("rows", [ALL, (0, 4), (1, 2), (2,)])
def test_the_likelihood_between_the_ends_is_the_likelihood(rows):
    terms = what_is_said(700)
    some = Transmission(tuple(HANDS.attestations[row] for row in rows), HANDS.reliabilities)
    weighed: list[int] = []

    def counting(self, t, **more):
        weighed.append(t[0].size)
        return direct(self, t, **more)

    direct = Transmission.log_likelihood
    with patch.object(Transmission, "log_likelihood", counting):
        found = lattice_of(terms).log_likelihood(some, rows)
    assert found == pytest.approx(some.log_likelihood([terms[row] for row in rows]), rel=1e-12)
    assert sum(weighed) <= 8 * 4, "eight patterns of three claims, two ends of two"


@pytest.mark.parametrize("held", [{"pinned": {"book": 0.3}}, {"floors": {"many": 0.0, "who": 0.5}}])
def test_it_stays_so_where_something_is_held(held):
    terms = what_is_said(700)
    expected = HANDS.log_likelihood(list(terms), **held)
    assert (expected != HANDS.log_likelihood(list(terms))).any()
    found = lattice_of(terms).log_likelihood(HANDS, ALL, **held)
    assert found == pytest.approx(expected, rel=1e-12)


def test_an_impossible_world_stays_impossible():
    honest = Transmission((Attestation("all", "witness", 0.0),), {"witness": (1.0, 1.0)})
    terms = np.linspace(0, 1, 100)[None]
    found = lattice_of(terms).log_likelihood(honest, [0])
    assert found[0] == -np.inf
    assert np.isfinite(found[1:]).all()


def test_too_many_ends_are_weighed_one_by_one():
    terms = np.random.default_rng(1).random((5, 12))
    found = lattice_of(terms).log_likelihood(HANDS, ALL)
    assert (found == HANDS.log_likelihood(list(terms))).all()
