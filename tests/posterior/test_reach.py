"""Reach beside a naive twin: which sets of claims were met, and what an unmet one could weigh."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inje.posterior import ClaimModel, Setting, Span, WeighedClaim, tracking_table
from inje.posterior import _importance as importance
from inje.posterior._attainable import FEW, MOST, Attainable, _with_between
from inje.posterior._categories import CategoryReading
from inje.posterior._counts import CountReading
from inje.posterior._importance import Verdict, _judged, at_best, foreseen
from inje.posterior._intervals import IntervalReading
from inje.posterior._reach import NEAR, POSSIBLE, TOLERATED, Patterns, Reach, _unreached, reach_of
from inje.posterior._transmission import Attestation
from inje.posterior._weights import Kept, WeightSums, effective_size

LIMIT = 1000


def count(path, low, high):
    span = Span(low, high)
    setting = Setting(limit=LIMIT, columns=frozenset({path}))
    table = tracking_table(span, LIMIT, setting.perception)
    return CountReading(span, ((1.0, (path,)),), setting, None, False, table, False)


def label(path, *said):
    return CategoryReading(path, path, ("red", "blue", "none"), frozenset(said), 0.5)


def model(*readings):
    claims = [
        WeighedClaim(f"c{i}", "x", own, Attestation(f"c{i}", f"n{i}", own.invented(None)))
        for i, own in enumerate(readings)
    ]
    return ClaimModel(tuple(claims), {f"n{i}": "B" for i in range(len(readings))}, {})


# ---- patterns ----


@given(st.integers(1, 4), st.integers(1, 60), st.randoms(use_true_random=False))
def test_patterns_are_the_distinct_sets_that_worlds_match(claims, worlds, random):
    values = [0.0, POSSIBLE / 2, POSSIBLE, 0.02, 0.05, 0.0999, 0.1, 0.5, 1.0]
    terms = [np.array([random.choice(values) for _ in range(worlds)]) for _ in range(claims)]
    together = [random.choice([0.0, 0.5, 1.0]) for _ in range(claims)]
    peaks = [random.choice([0.5, 1.0]) for _ in range(claims)]
    can = SimpleNamespace(together=together, peaks=peaks)
    near, possible = set(), set()
    counts = [0] * claims
    for w in range(worlds):
        row = [
            t[w] >= NEAR * best if best > 0 else t[w] > 0
            for t, best in zip(terms, together, strict=True)
        ]
        counts = [n + bool(on) for n, on in zip(counts, row, strict=True)]
        near.add(tuple(map(bool, row)))
        tracked = [
            t[w] >= POSSIBLE * peak and t[w] > 0 for t, peak in zip(terms, peaks, strict=True)
        ]
        possible.add(tuple(map(bool, tracked)))
    half = worlds // 2
    parts = [Patterns.of([t[:half] for t in terms], can)] if half else []
    parts.append(Patterns.of([t[half:] for t in terms], can))
    for found in (Patterns.of(terms, can), Patterns.merged(parts)):
        assert sorted(map(tuple, found.near.tolist())) == sorted(near)
        assert sorted(map(tuple, found.possible.tolist())) == sorted(possible)
        assert found.counts.tolist() == counts
        assert found.worlds == worlds


def test_more_claims_than_a_byte_has_bits_are_told_apart():
    """Worlds that differ in the last of twenty claims alone are two patterns."""
    terms = [np.array([1.0, 1.0])] * 19 + [np.array([1.0, 0.0])]
    found = Patterns.of(terms, SimpleNamespace(together=[1.0] * 20, peaks=[1.0] * 20))
    assert found.near.shape == (2, 20)


# ---- sets that no world matched ----


@pytest.mark.parametrize("claims", range(1, 6))
def test_sets_without_a_world_are_all_of_one_to_three_and_the_whole(claims):
    rows = list(itertools.product([False, True], repeat=claims))
    random = np.random.default_rng(claims)
    for _ in range(20):
        seen = np.array([rows[i] for i in random.integers(0, len(rows), 3)])
        wanted = [
            members
            for size in (*(n for n in (1, 2, 3) if n <= claims), *([claims] if claims > 3 else []))
            for members in itertools.combinations(range(claims), size)
            if not any(all(row[i] for i in members) for row in seen)
        ]
        assert sorted(_unreached(seen)) == sorted(wanted)


@pytest.mark.parametrize(("claims", "largest"), [(15, 3), (16, 2), (63, 2), (64, 1)])
def test_of_many_claims_only_small_sets_are_gone_through(claims, largest):
    """So that no more than 4,000 are: 15 to the third, and 63 squared."""
    sizes = {len(members) for members in _unreached(np.zeros((1, claims), bool))}
    assert sizes == {*range(1, largest + 1), claims}


def weight(claims, t, floors=()):
    """P(claims | t) as a sum over who tracks, each source at the nodes of its reliability."""
    terms = [np.array([one]) for one in t]
    own = claims.transmission
    return float(np.exp(own.log_likelihood(terms, floors=dict.fromkeys(floors, 0.0))[0]))


def test_what_a_set_without_a_world_could_add_is_three_over_their_number_times_its_best():
    claims = model(count("x", 90, 110), count("y", 40, 60), label("who", 0))
    worlds = {
        "x": np.array([100, 100, 500]), "y": np.array([500, 500, 50]), "who": np.array([0, 1, 0])
    }  # fmt: skip
    can = Attainable.of(claims)
    patterns = Patterns.of(claims.terms(worlds), can)
    log_evidence = float(np.log(np.mean(np.exp(claims.log_weight(worlds)))))
    found = reach_of(claims, patterns, log_evidence)
    assert found.matched == {"c0": 2, "c1": 1, "c2": 2}
    best = [can.peaks[i] for i in range(3)]
    shares = {
        (0, 1): weight(claims, best, ("c0", "c1")),
        (0, 1, 2): weight(claims, best, ("c0", "c1", "c2")),
    }
    expected = {own: 3 / 3 * share / np.exp(log_evidence) for own, share in shares.items()}
    assert found.omitted == pytest.approx(max(expected.values()))
    assert not found.suffices
    # all three weigh more than half of what two do: the set that names most is named
    assert expected[0, 1, 2] > max(expected.values()) / 2
    assert found.unmatched == ("c0", "c1", "c2")
    assert found.to_json()["omitted"] == found.omitted


@pytest.mark.parametrize(("other", "named"), [(0.5, ("a", "b", "c")), (0.4, ("a", "b"))])
def test_of_sets_that_weigh_about_the_same_the_one_that_names_most_is_told(
    monkeypatch, other, named
):
    """About the same is from a half on."""
    logs = {2: 0.0, 3: np.log(other)}
    monkeypatch.setattr(
        "inje.posterior._reach.Attainable",
        SimpleNamespace(of=lambda _: SimpleNamespace(best=lambda members: (len(members),))),
    )
    transmission = SimpleNamespace(log_likelihood=lambda _, floors: np.array([logs[len(floors)]]))
    claims = SimpleNamespace(
        claims=[SimpleNamespace(id=one) for one in "abc"], transmission=transmission
    )
    monkeypatch.setattr("inje.posterior._reach._unreached", lambda _: [(0, 1), (0, 1, 2)])
    monkeypatch.setattr("inje.posterior._reach._smallest_unreached", lambda _: ())
    patterns = SimpleNamespace(near=None, possible=None, worlds=3, counts=[1, 1, 1])
    found = reach_of(claims, patterns, 0.0)
    assert found.omitted == pytest.approx(1.0)
    assert found.unmatched == named


def test_what_could_add_next_to_nothing_is_not_named():
    claims = model(label("who", 0), label("who", 1))
    worlds = {"who": np.arange(4000) % 2}
    patterns = Patterns.of(claims.terms(worlds), Attainable.of(claims))
    found = reach_of(claims, patterns, float(np.log(np.mean(np.exp(claims.log_weight(worlds))))))
    assert found.suffices
    assert found.unmatched == ()
    assert found.incompatible == ("c0", "c1"), "they name two sides"
    none = Reach({}, 0, np.inf, (), ())
    assert none.to_json()["omitted"] is None
    assert not none.suffices
    assert Reach({}, 0, TOLERATED, (), ()).suffices


# ---- what claims can say together ----


def test_claims_of_one_column_are_as_good_together_as_some_world_lets_them_be():
    """A hundred or about two hundred: the best world for both lies between."""
    claims = model(count("x", 100, 100), count("x", 180, 220), count("y", 7, 7))
    can = Attainable.of(claims)
    z = np.arange(LIMIT + 1)
    terms = np.array(claims.terms({"x": z, "y": z}))
    together = can.best([0, 1])
    joint = np.log(np.maximum(terms[:2], 1e-300)).sum(axis=0)
    assert np.log(together[:2]).sum() >= joint.max() - 0.5
    assert np.log(together[:2]).sum() <= joint.max() + 1e-9
    assert together[2] == can.peaks[2] == pytest.approx(terms[2].max())
    assert can.best([0]) == list(can.peaks), "alone, each can be as good as it can"
    assert can.together == can.best([0, 1, 2])


def test_labels_exclude_each_other_and_intervals_overlap_or_do_not():
    other = Attainable.of(model(label("who", 0), label("who", 1), label("who", 0, 2)))
    assert other.best([0, 1]) in ([1.0, 0.0, 1.0], [0.0, 1.0, 1.0])
    assert other.best([0, 2]) == [1.0, 1.0, 1.0]
    days = [IntervalReading("end", low, high, 10.0) for low, high in ((1, 3), (2, 5), (3, 4))]
    can = Attainable.of(model(*days))
    assert can.best([0, 1]) == can.best([1, 2]) == [1.0, 1.0, 1.0]
    assert sorted(can.best([0, 2])) == [0.0, 1.0, 1.0]


class Strange:
    """A reading of another kind: it likes the whole number seven."""

    columns, peak = ("x",), 1.0

    def tracking(self, worlds, width=0.0):
        return (np.asarray(worlds["x"]) == 7).astype(float) + width

    def invented(self, _interest):
        return 0.1

    def repeats(self, _other):
        return False


def test_of_an_unknown_kind_small_whole_numbers_are_tried():
    can = Attainable.of(model(Strange(), count("x", 7, 7), count("x", 900, 900)))
    assert FEW > 7
    assert can.best([0, 1]) == [1.0, pytest.approx(can.peaks[1]), can.peaks[2]]


def test_what_reads_several_columns_or_stands_alone_is_free():
    wide = replace(count("x", 5, 5), senses=((1.0, ("x", "y")),))
    assert Attainable.of(model(wide, count("x", 700, 700))).groups == ()
    assert Attainable.of(model(count("x", 5, 5), count("y", 5, 5))).groups == ()
    assert Attainable.of(model(count("x", 5, 5), count("x", 6, 6))).groups[0][0] == (0, 1)


@given(st.lists(st.floats(-5, 1e6) | st.just(np.inf), min_size=1, max_size=8))
@settings(max_examples=50)
def test_between_neighbours_stands_their_geometric_mean(values):
    found = _with_between(np.array(values))
    own = sorted({value for value in values if np.isfinite(value)})
    if own == list(range(len(own))):
        assert found.tolist() == own
        return
    means = [np.sqrt(max(a, 0) * max(b, 0)) for a, b in itertools.pairwise(own)]
    assert found.tolist() == sorted({*own, *means})
    assert len(found) < MOST


# ---- when a run ends ----


def weighed(log_weight, *, size=1 << 16, near=True):
    """What so many worlds of these weights leave, all in one block."""
    kept = Kept.of(size, 0, np.asarray(log_weight, float), {}, 1)
    shape = np.array([[near]])
    patterns = Patterns(shape, shape, np.array([len(log_weight) * near]), len(log_weight))
    return SimpleNamespace(
        sums=((1, WeightSums.of(np.asarray(log_weight, float))),), kept=kept, patterns=(patterns,),
        first={}, done=len(log_weight),
    )  # fmt: skip


HEAVY = -2.0 * np.log(np.arange(1, 4001))  # a tail index of two


@pytest.mark.parametrize(
    ("log_weight", "wanted", "worth", "verdict"),
    [
        (np.zeros(1000), 1000, 1000, Verdict.ENOUGH),
        (np.zeros(1000), 1001, 1000, Verdict.TOO_FEW),
        (np.zeros(1000), 1001, 4000, Verdict.TOO_FEW),
        (np.zeros(1000), at_best(1000) * 4 * 1.001, 4000, Verdict.HOPELESS),
        (np.zeros(1000), at_best(1000) * 4 * 0.999, 4000, Verdict.TOO_FEW),
        (HEAVY, 2, 4000, Verdict.HEAVY),
        (HEAVY, 2, 4001, Verdict.TOO_FEW),
    ],
)
def test_a_run_ends_where_it_should(log_weight, wanted, worth, verdict):
    found = _judged(model(label("who", 0)), weighed(log_weight), wanted, worth)
    assert found.verdict is verdict
    assert found.ess == pytest.approx(effective_size(log_weight))


@pytest.mark.parametrize(
    ("omitted", "worth", "verdict"),
    [
        (TOLERATED, 8000, Verdict.ENOUGH),
        (TOLERATED * 1.01, 1000, Verdict.UNREACHED),
        (TOLERATED * 7.9, 8000, Verdict.TOO_FEW),
        (TOLERATED * 8.1, 8000, Verdict.UNREACHED),
    ],
)
def test_what_was_missed_may_come_with_more_worlds_or_not(monkeypatch, omitted, worth, verdict):
    """A thousand were fought; with eight times as many the bound is an eighth."""
    reach = Reach({}, 1000, omitted, (), ())
    monkeypatch.setattr(importance, "reach_of", lambda *_all: reach)
    found = _judged(model(label("who", 0)), weighed(np.zeros(1000)), 500, worth)
    assert found.verdict is verdict
    assert found.reach is reach


def test_without_claims_nothing_can_be_missed():
    found = _judged(ClaimModel((), {}, {}), weighed(np.zeros(64)), 60, 64)
    assert found.reach == Reach({}, 64, 0.0, (), ())
    assert found.verdict is Verdict.ENOUGH


# A thousand worlds of weight one, and one by luck of a thousand.
LUCKY = np.concatenate([np.zeros(1000), [np.log(1000.0)]])


def test_one_world_that_outweighs_the_others_is_no_reason_to_give_up():
    """By itself it leaves four effective worlds of a thousand and one."""
    given = model(label("who", 0)), weighed(LUCKY), 200, 16 * LUCKY.size
    assert effective_size(LUCKY) < 4.1
    assert _judged(*given).verdict is Verdict.HOPELESS
    assert _judged(*given, steadfast=True).verdict is Verdict.TOO_FEW


@pytest.mark.parametrize("more", [2, 16])
def test_even_so_effective_worlds_rise_no_faster_than_a_power_of_the_worlds(more):
    hoped = at_best(effective_size(LUCKY)) * more**1.25
    for much, verdict in ((1.001, Verdict.HOPELESS), (0.999, Verdict.TOO_FEW)):
        given = model(label("who", 0)), weighed(LUCKY), hoped * much, more * LUCKY.size
        assert _judged(*given, steadfast=True).verdict is verdict


def test_effective_worlds_are_foreseen_as_if_none_outweighed_the_others():
    assert foreseen(np.zeros(100), 100) == pytest.approx(100)
    most = 2000 / np.sqrt(1001)
    expected = (1000 + most) ** 2 / (1000 + most**2)
    assert foreseen(LUCKY, LUCKY.size) == pytest.approx(expected)
    assert foreseen(LUCKY - 900.0, LUCKY.size) == pytest.approx(expected), "no scale is told"
    assert foreseen(np.full(5, -np.inf), 5) == 0
    assert foreseen(np.empty(0), 5) == 0


def test_where_all_weigh_alike_a_steadfast_run_gives_up_as_any_other():
    for much, verdict in ((1.001, Verdict.HOPELESS), (0.999, Verdict.TOO_FEW)):
        wanted = at_best(1000) * 4 * much
        given = model(label("who", 0)), weighed(np.zeros(1000)), wanted, 4000
        assert _judged(*given, steadfast=True).verdict is verdict


@pytest.mark.parametrize(("found", "expected"), [(0, 0), (1, 3), (100, 120), (2500, 2600)])
def test_two_standard_errors_more_than_were_found(found, expected):
    assert at_best(found) == expected
