"""Numbers and invariants of design page 2: sources, carriers, copies."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from inje.errors import OptionError
from inje.posterior._reliability import LETTERS, beta_of, digit, nodes
from inje.posterior._transmission import Attestation, Transmission


def _factor(attestations, reliabilities, true, false):
    """Bayes factor between two vectors of t; a reliability is a Beta or a number."""
    known = {name: r for name, r in reliabilities.items() if isinstance(r, float)}
    unknown = {name: (1, 1) if name in known else r for name, r in reliabilities.items()}
    model = Transmission(tuple(attestations), unknown)
    pairs = zip(true, false, strict=True)
    arrays = [np.array(pair, dtype=float) for pair in pairs]
    both = model.log_likelihood(arrays, pinned=known)
    return float(np.exp(both[0] - both[1]))


@pytest.mark.parametrize(("beta", "factor"), [((8, 2), 327.7), ((0.8, 0.2), 157.7)])
def test_two_right_claims_of_one_source_are_worth_less_than_their_product(beta, factor):
    two = [Attestation(f"c{i}", "h", 0.2) for i in range(2)]
    assert _factor(two, {"h": beta}, [1, 1], [0, 0]) == pytest.approx(factor, abs=0.05)


def test_the_naive_product_would_be_441():
    one = _factor([Attestation("c", "h", 0.2)], {"h": (8, 2)}, [1], [0])
    assert one**2 == pytest.approx(441)


@pytest.mark.parametrize(("k", "decibels"), [(0, 26.4), (0.5, 15.7), (0.9, 13.6), (1, 13.2)])
def test_a_copy_adds_little(k, decibels):
    claims = [
        Attestation("c1", "a", 0.2),
        Attestation("c2", "b", 0.2, copying=k, repeats=True),
    ]
    factor = _factor(claims, {"a": 0.8, "b": 0.8}, [1, 1], [0, 0])
    assert 10 * math.log10(factor) == pytest.approx(decibels, abs=0.05)


@pytest.mark.parametrize(("letter", "decibels"), [("", 13.22), ("B", 9.95), ("C", 7.49)])
def test_a_claim_loses_on_its_way_through_a_book(letter, decibels):
    carriers = (("book", 0.2),) if letter else ()
    factor = _factor(
        [Attestation("c", "h", 0.2, carriers)],
        {"h": beta_of("B"), "book": beta_of(letter or "F")},
        [1],
        [0],
    )
    assert 10 * math.log10(factor) == pytest.approx(decibels, abs=0.005)


def test_dagostini_a_witness_weakens_the_evidence_he_tells():
    # D'Agostini 2010, arXiv:1003.2086: one box has only white balls, the other 1 in 13.
    lam, white = 0.2, (1.0, 1 / 13)
    r, q = 2 / 3, 0.5
    says_if_so, says_if_not = r + (1 - r) * q, (1 - r) * q
    assert says_if_not / says_if_so == pytest.approx(lam)
    factor = _factor([Attestation("c", "w", q)], {"w": r}, white[:1], white[1:])
    assert factor == pytest.approx(3.8235, abs=5e-5)


def test_dagostini_what_a_truthful_witness_says_is_white():
    # Either box as likely: P(white) = 7/13; P(it was white | he says so) = 70/82.
    model = Transmission((Attestation("c", "w", 0.5),), {"w": (1, 1)})
    told = model.log_likelihood([np.array([1.0, 0.0])], pinned={"w": 2 / 3})
    says = np.exp(told) * np.array([7, 6]) / 13
    assert says[0] / says.sum() == pytest.approx(70 / 82)


@pytest.mark.parametrize(("n", "posterior"), [(1, 0.5625), (2, 0.7941), (3, 0.9205)])
def test_bovens_and_hartmann_agreeing_independent_reports(n, posterior):
    # Bovens & Hartmann 2003, chapter 3: h = .3, rho = a = .5.
    claims = [Attestation(f"c{i}", f"h{i}", 0.5) for i in range(n)]
    factor = _factor(claims, {f"h{i}": 0.5 for i in range(n)}, [1] * n, [0] * n)
    odds = 0.3 / 0.7 * factor
    assert odds / (1 + odds) == pytest.approx(posterior, abs=5e-5)


def test_process_tracing_weighs_the_mediator():
    # X -> M -> Y with monotone, flat response types (Humphreys & Jacobs 2023, chapter 7).
    types = [(0, 0), (0, 1), (1, 1)]  # M or Y as a function of its cause; never against it
    rows = list(itertools.product(types, types))

    def chance(mediator):
        weight = caused = 0
        for m_of, y_of in rows:
            m, y = m_of[1], y_of[m_of[1]]
            if y != 1 or (mediator is not None and m != mediator):
                continue
            weight += 1
            caused += y_of[m_of[0]] == 0
        return caused / weight

    assert chance(None) == pytest.approx(0.2)
    assert chance(1) == pytest.approx(0.25)
    assert chance(0) == 0


probability = st.floats(0.001, 0.999)
parameters = st.tuples(st.floats(0.3, 20), st.floats(0.3, 20))


@st.composite
def records(draw):
    names = ["a", "b", "c", "d"]
    reliabilities = {name: draw(parameters) for name in names}
    attestations, t = [], []
    for i in range(draw(st.integers(1, 5))):
        chain = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
        carriers = tuple((name, draw(probability)) for name in chain[1:])
        attestations.append(Attestation(f"c{i}", chain[0], draw(probability), carriers))
        t.append(draw(st.floats(0, 1)))
    return tuple(attestations), reliabilities, t


@given(records())
@settings(max_examples=60, deadline=None)
def test_the_integral_equals_a_sum_over_all_reliabilities_at_once(record):
    attestations, reliabilities, t = record
    got = Transmission(attestations, reliabilities).log_likelihood([np.array([x]) for x in t])[0]
    # The naive twin: one tensor grid over everybody, no structure used.
    names = sorted(reliabilities)
    grids = [nodes(*reliabilities[name], 8) for name in names]
    total = 0.0
    for combination in itertools.product(*(zip(*grid, strict=True) for grid in grids)):
        r = {name: value for name, (value, _) in zip(names, combination, strict=True)}
        product = math.prod(weight for _, weight in combination)
        for item, x in zip(attestations, t, strict=True):
            p = r[item.holder] * x + (1 - r[item.holder]) * item.invented
            for name, q in item.carriers:
                p = r[name] * p + (1 - r[name]) * q
            product *= p
        total += product
    assert got == pytest.approx(math.log(total), abs=1e-8)


@given(records(), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_claims_does_not_matter(record, random):
    attestations, reliabilities, t = record
    order = list(range(len(t)))
    random.shuffle(order)
    arrays = [np.array([x]) for x in t]
    a = Transmission(attestations, reliabilities).log_likelihood(arrays)
    b = Transmission(tuple(attestations[i] for i in order), reliabilities).log_likelihood(
        [arrays[i] for i in order]
    )
    assert a == pytest.approx(b, abs=1e-10)


@given(records())
@settings(max_examples=30, deadline=None)
def test_without_reliability_a_claim_has_no_weight(record):
    attestations, reliabilities, t = record
    model = Transmission(attestations, reliabilities)
    pinned = dict.fromkeys(reliabilities, 0.0)
    ones = model.log_likelihood([np.array([x, 1 - x]) for x in t], pinned=pinned)
    assert ones[0] == pytest.approx(ones[1], abs=1e-12)


@given(records(), st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_a_certain_copy_has_no_weight(record, x):
    attestations, reliabilities, t = record
    echo = Attestation("echo", "a", 0.3, copying=1.0, repeats=True)
    arrays = [np.array([value]) for value in t]
    alone = Transmission(attestations, reliabilities).log_likelihood(arrays)
    both = Transmission((*attestations, echo), reliabilities).log_likelihood(
        [*arrays, np.array([x])]
    )
    assert both == pytest.approx(alone, abs=1e-10)


@given(records())
@settings(max_examples=30, deadline=None)
def test_bayes_factors_chain(record):
    attestations, reliabilities, t = record
    model = Transmission(attestations, reliabilities)
    worlds = [np.array([x, 1 - x, 0.5]) for x in t]
    log = model.log_likelihood(worlds)
    assert (log[0] - log[1]) + (log[1] - log[2]) == pytest.approx(log[0] - log[2], abs=1e-12)


@pytest.mark.parametrize("letter", list(LETTERS))
def test_nodes_have_the_moments_of_the_beta_distribution(letter):
    a, b = LETTERS[letter]
    for degree in range(1, 9):
        r, weight = map(np.array, nodes(a, b, degree))
        for power in range(degree + 1):
            assert (weight * r**power).sum() == pytest.approx(stats.beta(a, b).moment(power))


def test_tracking_indicators_are_drawn_from_their_joint_law():
    attestations = (Attestation("c1", "h", 0.2), Attestation("c2", "h", 0.3, (("book", 0.1),)))
    model = Transmission(attestations, {"h": (2, 3), "book": (8, 2)})
    t = [np.full(200_000, 0.7), np.full(200_000, 0.05)]
    drawn = model.sampled(t, np.random.default_rng(3).random((model.draws, 200_000)))

    def joint(first, second):
        def density(r):
            f = 0.8
            one = r * 0.7 if first else (1 - r) * 0.2
            two = f * r * 0.05 if second else f * (1 - r) * 0.3 + (1 - f) * 0.1
            return one * two * stats.beta(2, 3).pdf(r)

        return integrate.quad(density, 0, 1)[0]

    cells = {pair: joint(*pair) for pair in itertools.product((False, True), repeat=2)}
    total = sum(cells.values())
    for (first, second), mass in cells.items():
        share = ((drawn[0] == first) & (drawn[1] == second)).mean()
        assert share == pytest.approx(mass / total, abs=0.004)


def test_indicators_of_many_hands_follow_the_likelihood_cell_by_cell():
    """Two books, one reader of both, a copy and a cut claim: 32 cells, joint chi-square."""
    attestations = (
        Attestation("c1", "h", 0.2, (("book", 0.1), ("reader", 0.3))),
        Attestation("c2", "k", 0.4, (("book", 0.2),)),
        Attestation("c3", "h", 0.3, (("other", 0.25), ("reader", 0.1))),
        Attestation("c4", "k", 0.35, copying=0.4, repeats=True, original="c2"),
        Attestation("c5", "h", 0.5, cut=True),
    )
    people = {"h": (2, 3), "k": (4, 1), "book": (8, 2), "other": (1, 1), "reader": (0.8, 0.2)}
    model, size = Transmission(attestations, people), 200_000
    t = [0.7, 0.05, 0.4, 0.9, 0.3]
    drawn = model.sampled(
        [np.full(size, x) for x in t], np.random.default_rng(5).random((model.draws, size))
    )
    codes = (drawn * (1 << np.arange(5))[:, None]).sum(axis=0)
    expected = []
    for code in range(32):
        on = [bool(code >> i & 1) for i in range(5)]
        own = [np.array([x if here else 0.0]) for x, here in zip(t, on, strict=True)]
        floors = {item.claim: 0.0 for item, here in zip(attestations, on, strict=True) if here}
        expected.append(float(np.exp(model.log_likelihood(own, floors=floors)[0])))
    expected = np.array(expected) / np.sum(expected) * size
    assert stats.chisquare(np.bincount(codes, minlength=32), expected).pvalue > 1e-3


def test_a_cut_claim_weighs_but_does_not_teach():
    told = Attestation("told", "h", 0.2)
    known = Attestation("known", "h", 0.2, cut=True)
    model = Transmission((told, known), {"h": (8, 2)})
    t = [np.array([1.0, 0.0]), np.array([1.0, 1.0])]
    log = model.log_likelihood(t)
    assert np.exp(log[0] - log[1]) == pytest.approx(21)


def test_a_letter_out_of_range_is_refused_with_what_is_allowed():
    with pytest.raises(OptionError, match="Admiralty letter"):
        beta_of("G")


def test_digits_follow_the_probability():
    assert [digit(p) for p in (0.99, 0.9, 0.6, 0.3, 0.1)] == [1, 2, 3, 4, 5]
    assert digit(0.99, judged=False) == 6


def test_hundreds_of_claims_do_not_underflow():
    claims = tuple(Attestation(f"c{i}", "h", 1e-4) for i in range(300))
    model = Transmission(claims, {"h": (8, 2)})
    log = model.log_likelihood([np.array([0.0, 0.3])] * 300)
    assert np.isfinite(log).all()
    assert log[1] > log[0]
