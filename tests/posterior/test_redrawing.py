"""Contents drawn anew have the law of the tables that weigh them: one content after the other.

Chi-squares of 4,000 draws each; a p-value below 1e-6 is a failure. There are two dozen of them, so
that all pass by chance but once in forty thousand runs; the draws are fixed by their seeds.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from inje.dossier import Claim, ObservablePath, Value
from inje.posterior import Exaggeration, Perception, Setting, Span, WeighedClaim
from inje.posterior._categories import CategoryReading
from inje.posterior._claims import ClaimModel
from inje.posterior._counts import COUNTS
from inje.posterior._redrawing import (
    _invented,
    _label,
    _perceived,
    _recounted,
    redrawable,
    redrawn,
)
from inje.posterior._tracking import tracking
from inje.posterior._transmission import Attestation

LIMIT, DRAWS = 60, 4000
RED = "strength.red"
KILLED = ("losses.red.killed", "losses.red.total")


def counted(best=20, about=RED, interest=None, kernel=None, **more):
    setting = Setting(
        limit=LIMIT, columns=frozenset({RED, *KILLED}), perception=kernel or Perception(), **more
    )
    claim = Claim(id="c", kind="fact", holders=("n",), about=about, value=Value(best=best))
    return COUNTS.read(claim, ObservablePath.parse(about), interest, setting)


def fits(drawn, law):
    """P-value of numbers drawn against chances of 0..n, cells pooled to five expected."""
    law = np.asarray(law) / np.sum(law)
    counts = np.bincount(drawn, minlength=law.size)
    assert counts[law == 0].sum() == 0
    order = np.argsort(-law, kind="stable")
    own, expected = counts[order], law[order] * len(drawn)
    few = int(np.searchsorted(-expected, -5.0, side="right"))
    if few == 0 or expected[few:].sum() == 0:
        cells = own[:few], expected[:few]
    else:
        cells = (
            np.append(own[:few], own[few:].sum()),
            np.append(expected[:few], expected[few:].sum()),
        )
    if len(cells[0]) == 1:
        return 1.0
    return float(stats.chisquare(*cells).pvalue) if cells[1].min() > 0 else 0.0


@pytest.mark.parametrize("interest", [None, "blue"])
@pytest.mark.parametrize("z", [0, 1, 2, 20, 55])
@pytest.mark.parametrize("kernel", [Perception(), Perception(0.0, 0.4, heavy=False)])
def test_what_is_perceived_has_the_law_of_the_kernel(z, kernel, interest):
    reading = counted(interest=interest, kernel=kernel)
    rng = np.random.default_rng([z, kernel.heavy, interest is None])
    world = {RED: np.array([z])}
    drawn = [_perceived(reading, world, rng) for _ in range(DRAWS)]
    error = reading.setting.exaggeration if interest else Exaggeration(0, 0)
    law = [tracking(np.array([z]), Span(n, n), LIMIT, kernel, error)[0] for n in range(LIMIT + 1)]
    assert sum(law) == pytest.approx(1.0, abs=1e-6)
    assert fits(np.array(drawn), law) > 1e-6


def test_what_lost_means_is_drawn_by_its_weight():
    """Killed were 3, all together 30: without noise three numbers of ten are of the killed."""
    exact = Perception(1.0)
    reading = counted(
        about="losses.red.lost_unspecified", kernel=exact, senses={"killed": 0.3, "total": 0.7}
    )
    rng, world = np.random.default_rng(5), {KILLED[0]: np.array([3]), KILLED[1]: np.array([30])}
    drawn = np.array([_perceived(reading, world, rng) for _ in range(DRAWS)])
    law = np.zeros(LIMIT + 1)
    law[[3, 30]] = 0.3, 0.7
    assert fits(drawn, law) > 1e-6


@pytest.mark.parametrize(
    ("about", "interest"),
    [(RED, None), (RED, "blue"), (KILLED[0], "red"), (KILLED[0], "blue")],
)
def test_what_is_invented_has_the_law_that_weighs_it(about, interest):
    reading, rng = counted(about=about), np.random.default_rng(6)
    drawn = np.array([_invented(reading, interest, rng) for _ in range(DRAWS)])
    law = [_recounted(reading, n).invented(interest) for n in range(LIMIT + 1)]
    assert sum(law) == pytest.approx(1.0)
    assert fits(drawn, law) > 1e-6


@pytest.mark.parametrize(
    ("span", "number", "cell"),
    [
        (Span(20, 20), 7, Span(7, 7)),
        (Span(15, 24), 7, Span(5, 14)),  # rounded to ten: the cell of 10
        (Span(15, 24), 4, Span(0, 4)),
        (Span(15, 24), 5, Span(5, 14)),
        (Span(15, 24), 15, Span(15, 24)),
        (Span(15, 24), 24, Span(15, 24)),
        (Span(15, 24), LIMIT, Span(55, LIMIT)),
        (Span(10, 19), 0, Span(0, 9)),
    ],
)
def test_another_number_in_the_same_form_is_the_cell_that_holds_it(span, number, cell):
    found = _recounted(replace(counted(), span=span), number)
    assert found.span == cell
    z = np.arange(LIMIT + 1)
    exact = tracking(z, cell, LIMIT, found.setting.perception)
    assert found.tracking({RED: z}) == pytest.approx(exact)


LABELS = ("red", "blue", "none")


def named(quantity="winner", said=(0,)):
    return CategoryReading(quantity, quantity, LABELS, frozenset(said), 0.5)


def test_who_tracks_names_what_is_so():
    found = _label(named(), {"winner": np.array([1])}, None, {}, np.random.default_rng(1))
    assert found.said == {1}


@pytest.mark.parametrize("interest", [None, "red"])
@pytest.mark.parametrize("quantity", ["winner", "attacker"])
def test_an_invented_label_has_the_law_that_weighs_it(quantity, interest):
    reading, rng = named(quantity), np.random.default_rng(8)
    world = {quantity: np.array([1])}
    drawn = [
        next(iter(_label(reading, world, "n", {"n": interest}, rng).said)) for _ in range(DRAWS)
    ]
    law = [named(quantity, (i,)).invented(interest) for i in range(3)]
    assert fits(np.array(drawn), law) > 1e-6


def test_a_form_without_other_contents_is_taken_as_given():
    def weighed(reading):
        return WeighedClaim("c", RED, reading, Attestation("c", "n", 0.1))

    assert redrawable(weighed(counted()))
    assert not redrawable(weighed(replace(counted(), span=Span(40, LIMIT)))), "at least so many"
    assert redrawable(weighed(replace(counted(), span=Span(40, LIMIT - 1))))
    assert redrawable(weighed(named()))
    assert not redrawable(weighed(named(said=(0, 1))))


def test_reliabilities_and_hands_have_the_law_of_the_record():
    """Two hands and a copy, in a world without noise: each comes out as often as it should.

    What is said is the truth where both hands pass it on; a copy says what its original said with
    probability .8 and else comes as its original did.
    """
    path = "winner"
    one = WeighedClaim(
        "one", path, named(), Attestation("one", "eye", 0.3, carriers=(("book", 0.3),))
    )
    two = WeighedClaim(
        "two", path, named(),
        Attestation("two", "eye", 0.3, carriers=(("book", 0.3),), copying=0.8, original="one"),
    )  # fmt: skip
    model = ClaimModel((one, two), {"eye": "B", "book": "C"}, {})
    rng, world = np.random.default_rng(9), {path: np.array([1])}
    truth = same = 0
    sums = dict.fromkeys(("eye", "book"), 0.0)
    expected = np.zeros(2)
    for _ in range(DRAWS):
        found, r = redrawn(model, world, {}, rng)
        first, second = found.claims
        sums = {name: sums[name] + r[name] for name in sums}
        both = r["eye"] * r["book"]
        truth += first.reading.said == {1}
        expected[0] += both + (1 - both) / 3
        same += second.attestation.repeats
        assert second.attestation.repeats == (second.reading.said == first.reading.said)
        # else both are drawn anew: alike where both are true, or one label of three is hit
        alike = (both + (1 - both) / 3) ** 2 + 2 * ((1 - both) / 3) ** 2
        expected[1] += 0.8 + 0.2 * alike
    betas = model.transmission.reliabilities
    for name, total in sums.items():
        a, b = betas[name]
        spread = np.sqrt(a * b / (a + b) ** 2 / (a + b + 1) / DRAWS)
        assert total / DRAWS == pytest.approx(a / (a + b), abs=5 * spread)
    assert np.array([truth, same]) == pytest.approx(expected, abs=5 * np.sqrt(DRAWS / 4))


def test_what_is_said_anew_is_invented_with_its_own_chance():
    reading = counted(best=20)
    model = ClaimModel(
        (WeighedClaim("c", RED, reading, Attestation("c", "n", 0.5, carriers=(("m", 0.5),))),),
        {"n": "B", "m": "B"}, {},
    )  # fmt: skip
    found, _ = redrawn(model, {RED: np.array([33])}, {"m": "blue"}, np.random.default_rng(2))
    (claim,) = found.claims
    attestation = claim.attestation
    assert attestation.invented == claim.reading.invented(None)
    assert attestation.carriers == (("m", claim.reading.invented("blue")),)
    assert attestation.invented != attestation.carriers[0][1]
    assert not attestation.repeats
