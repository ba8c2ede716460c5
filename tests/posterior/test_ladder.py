"""The order of samplers: what is tried, what each may fight, and what is told of what falls short.

The samplers themselves are stand-ins that say what they found; that the ladder leads to the right
law is tested in test_rounds.
"""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from inje.errors import OptionError
from inje.posterior import Supply, Wanted
from inje.posterior import _escalation as escalation
from inje.posterior._escalation import (
    BARELY,
    COARSER,
    GRAINS,
    SHARE,
    SMALLER,
    SURE,
    TRIAL,
    _Ladder,
    _within,
    escalated,
)
from inje.posterior._importance import WORST_K, Verdict, at_best
from inje.posterior._populations import FEWEST
from inje.posterior._proposal import LOG_RATIO, Mixture, Remembered
from inje.posterior._reach import Reach
from inje.posterior._results import Result

FAR = Reach({}, 1, 1.0, ("c",), ())
NEAR = Reach({}, 1, 0.0, (), ())
MOST = 400_000


def result(
    ess=10.0, *, k_hat=0.1, reach=NEAR, enough=False, sentence="worlds were weighed.", worlds=7
):
    none = np.zeros(0)
    return Result(
        "importance", sentence, {}, none, none, none, none, worlds, ess, k_hat, reach, 0.0, 0.0,
        enough, {},
    )  # fmt: skip


class Claims:
    """Claims of which so many are exact, and whose worlds weigh alike."""

    def __init__(self, exact=("c1",), grain=0.0):
        self.claims, self.exact, self.grain = (), exact, grain

    def coarsened(self, grain):
        return Claims(self.exact, grain)

    @property
    def coarse(self):
        return self.exact if self.grain else ()

    @property
    def blur(self):
        return (self.grain / 0.15) ** 2 / 2

    def log_weight(self, columns):
        """One world in a hundred, at any width one in ten."""
        size = len(columns[LOG_RATIO])
        each = 10 if self.grain else 100
        return np.where(np.arange(size) % each == 0, 0.0, -np.inf)


class Model:
    dimension, blocks = 1, 1

    def simulate(self, x, _keys):
        return {"x": x[:, 0]}


def ladder(first=None, *, burden=1.0, wanted=None, verdict=Verdict.TOO_FEW, claims=None, duel=None):
    first = first or result()
    supply = Supply(lambda _start, worlds: {"x": np.zeros(worlds)}, {}, {}, Model(), duel=duel,
                    burden=burden)  # fmt: skip
    drawn = SimpleNamespace(verdict=verdict, sums=SimpleNamespace(worlds=first.worlds), prior={})
    wanted = wanted or Wanted(ess=1000, max_worlds=MOST, threads=1, seed=3)
    return _Ladder(
        Model(), claims or Claims(), supply, wanted, drawn, first, first.worlds, first
    )  # fmt: skip


# ---- bounds ----


@pytest.mark.parametrize(
    ("worlds", "burden", "expected"), [(100, 1.0, 100), (100, 4.0, 25), (3, 2.0, 1), (3, 9.0, 1)]
)
def test_worlds_in_which_many_fall_are_counted_for_more(worlds, burden, expected):
    assert _within(worlds, ladder(burden=burden).supply) == expected


def test_one_sampler_may_fight_a_share_of_what_is_allowed():
    assert ladder().most == MOST // SHARE
    assert ladder(burden=5.0).most == MOST // SHARE // 5


# ---- the order ----

STEPS = (
    "scouted", "exactly", "persevered", "computed", "closely", "nearly_enough", "coarsely",
    "populated",
)  # fmt: skip


@pytest.mark.parametrize("suffices", STEPS)
def test_samplers_are_tried_until_one_suffices(monkeypatch, suffices):
    tried, found = [], result(enough=True)
    for name in STEPS:

        def step(_self, name=name):
            tried.append(name)
            return found if name == suffices else None

        monkeypatch.setattr(_Ladder, name, step)
    assert ladder().climbed() is found
    assert tuple(tried) == STEPS[: STEPS.index(suffices) + 1]


@pytest.mark.parametrize("suffices", [*GRAINS, None])
def test_figures_are_read_as_closely_as_suffices(monkeypatch, suffices):
    tried, found = [], result(enough=True)

    def nearly(_self, grain, most):
        tried.append((grain, most))
        return found if grain == suffices else None

    monkeypatch.setattr(_Ladder, "nearly", nearly)
    own = ladder()
    assert own.closely() is (found if suffices else None)
    each = [(0.01, own.most), (0.03, 2 * own.most)]
    assert tried == each[: 2 if suffices is None else GRAINS.index(suffices) + 1]


def test_worlds_of_the_prior_that_suffice_are_all_that_is_fought(monkeypatch):
    drawn = SimpleNamespace(prior={"x": np.ones(3)})
    enough = result(enough=True)
    monkeypatch.setattr(escalation, "_drawn", lambda *_given, **_more: drawn)
    monkeypatch.setattr(escalation, "prior_result", lambda *_given: enough)
    monkeypatch.setattr(_Ladder, "climbed", lambda _self: replace(enough, worlds=-1))
    own = ladder()
    columns, found = escalated(own.claims, own.supply, own.wanted)
    assert found is enough
    assert columns is drawn.prior
    monkeypatch.setattr(escalation, "prior_result", lambda *_given: result())
    assert escalated(own.claims, own.supply, own.wanted)[1].worlds == -1
    bare = replace(own.supply, particle_model=None)
    assert escalated(own.claims, bare, own.wanted)[1].worlds == 7, "nothing else can be tried"


@pytest.mark.parametrize("model", [True, False])
def test_patience_with_the_prior_ends_only_where_others_can_be_tried(monkeypatch, model):
    given = {}

    def drawn(*_all, **more):
        given.update(more)
        return SimpleNamespace(prior={})

    monkeypatch.setattr(escalation, "_drawn", drawn)
    monkeypatch.setattr(escalation, "prior_result", lambda *_given: result(enough=True))
    own = ladder(burden=2.0)
    supply = own.supply if model else replace(own.supply, particle_model=None)
    escalated(own.claims, supply, own.wanted)
    assert given["patience"] == (escalation.PATIENCE // 2 if model else None)


# ---- each step ----


def test_what_suffices_is_the_result_and_the_largest_that_is_short_is_remembered():
    own = ladder(result(5.0))
    good = result(3.0, enough=True)
    assert own.judged(good) is good
    assert own.short.ess == 5.0
    better = result(9.0)
    assert own.judged(better) is None
    assert own.short is better
    for worse in (result(9.0), result(99.0, k_hat=WORST_K), result(99.0, reach=FAR)):
        assert own.judged(worse) is None
        assert own.short is better


def test_the_prior_is_not_scouted_where_its_worlds_do_not_reach_the_claims():
    own = ladder(result(reach=FAR))
    assert own.scouted() is None
    assert own.fought == 7


@pytest.mark.parametrize(("effective", "followed"), [(99.0, False), (100.0, True)])
def test_scouts_lead_where_enough_of_them_are_effective(monkeypatch, effective, followed):
    asked = {}

    def scouted(proposed, _claims, *, worlds, size, seed):
        asked.update(worlds=worlds, size=size, seed=seed, draws=proposed.seed)
        return "particles", effective

    monkeypatch.setattr(escalation, "scouted", scouted)
    monkeypatch.setattr(escalation, "fitted", lambda state, _claims, seed: (state, seed))
    found = result(enough=True)
    monkeypatch.setattr(
        _Ladder, "followed", lambda _self, *given: asked.update(then=given) or found
    )
    own = ladder(burden=2.0)
    assert own.scouted() is (found if followed else None)
    assert own.fought == 7 + (1 << 16) // 2
    assert asked["worlds"] == (1 << 16) // 2
    assert asked["draws"] != own.wanted.seed, "scouts are not the worlds of the prior"
    assert ("then" in asked) is followed


@pytest.mark.parametrize(
    ("verdict", "done", "goes_on"),
    [
        (Verdict.TOO_FEW, 7, True),
        (Verdict.UNREACHED, 7, False),
        (Verdict.TOO_FEW, MOST // SHARE, False),
        (Verdict.TOO_FEW, MOST // SHARE - 1, True),
    ],
)
def test_the_prior_goes_on_where_it_promises_and_counts_only_what_is_new(
    monkeypatch, verdict, done, goes_on
):
    own = ladder(result(worlds=done), verdict=verdict)
    own.fought = done + 1000
    more = SimpleNamespace(sums=SimpleNamespace(worlds=done + 500))
    given = {}
    monkeypatch.setattr(
        escalation, "_drawn", lambda *_all, **options: given.update(options) or more
    )
    monkeypatch.setattr(escalation, "prior_result", lambda *_all: result(enough=True))
    found = own.persevered()
    if goes_on:
        assert given == {"patience": own.most, "entry": "persevered"}
        assert found.worlds == own.fought == done + 1500
    else:
        assert found is None
        assert own.fought == done + 1000


def test_exact_likelihoods_are_asked_where_the_model_is_two_counts(monkeypatch):
    assert ladder().computed() is None
    told, enough = [], result(enough=True, sentence="exact.")
    wanted = Wanted(ess=1000, max_worlds=MOST, threads=2, seed=3,
                    progress=lambda said, part: told.append((said, part)))  # fmt: skip

    def draws(duel, *, seed, ess, threads, progress, drawing_back):
        assert (duel, seed, ess, threads) == ("a duel", 3, 1000, 2)
        progress(4096, 250.0)
        progress(8192, 2000.0)
        drawing_back(1, 4)
        return "draws"

    monkeypatch.setattr(escalation, "exact_draws", draws)
    monkeypatch.setattr(escalation, "exact_result", lambda *_all: enough)
    own = ladder(wanted=wanted, duel="a duel")
    assert own.computed() is enough
    assert told == [
        ("4,096 exact likelihoods, ESS 250", 0.25),
        ("8,192 exact likelihoods, ESS 2,000", 1.0),
        ("1 of 4 worlds drawn back", 0.25),
    ]
    monkeypatch.setattr(escalation, "exact_result", lambda *_all: result())
    assert own.computed() is None

    def hours(*_all, **_more):
        raise OptionError("days", "many", "few", "")

    monkeypatch.setattr(escalation, "exact_draws", hours)
    assert own.computed() is None


def with_led(own):
    """A ladder whose rounds led to the prior."""
    mixture = Mixture(np.ones(1), np.zeros((1, 1)), np.eye(1)[None])
    own.__dict__["led"] = SimpleNamespace(mixture=mixture)
    return own


def test_a_trial_tells_how_many_are_effective_at_each_width():
    own = with_led(ladder(burden=2.0))
    size = TRIAL // 2
    exact, wide = -(-size // 100) / size, -(-size // 10) / size
    expected = {grain: pytest.approx(wide) for grain in (*GRAINS, *COARSER)}
    assert own.trial == {0.0: pytest.approx(exact), **expected}
    assert own.fought == 7 + size


def test_worlds_are_fought_once_however_closely_figures_are_read():
    own, fought = with_led(ladder()), []

    class Counting(Model):
        def simulate(self, x, keys):
            fought.append(len(x))
            return super().simulate(x, keys)

    again = Remembered(replace(own.narrowed.proposed, model=Counting()), room=250)
    first = again(0, 100)  # two columns: x and its ratio
    assert again(0, 100) is first
    assert fought == [100]
    for _ in range(2):  # no room is left for these
        np.testing.assert_array_equal(again(100, 50)["x"], own.narrowed(100, 50)["x"])
    assert fought == [100, 50, 50]
    again(150, 25)
    again(150, 25)
    assert fought == [100, 50, 50, 25], "for these there is"


@pytest.mark.parametrize("much", [0.999, 1.001])
def test_a_promise_is_what_two_standard_errors_more_would_give(much):
    own = with_led(ladder())
    effective = own.trial[0.0] * TRIAL
    most = 50_000
    own.wanted = replace(own.wanted, ess=at_best(effective) * most / TRIAL * much)
    assert bool(own.promises(0.0, most)) == (much < 1)


def test_what_rounds_led_to_is_drawn_where_it_promises(monkeypatch):
    asked = []
    monkeypatch.setattr(_Ladder, "followed", lambda _self, *given: asked.append(given) or result(
        enough=True))  # fmt: skip
    own = with_led(ladder())  # one in a hundred of a hundred thousand: a thousand
    assert own.exactly().enough
    assert asked[0][0] is own.led.mixture
    greedy = with_led(ladder(wanted=Wanted(ess=2000, max_worlds=MOST, threads=1)))
    assert greedy.exactly() is None
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("grain", "most", "ess", "enough", "told"),
    [
        (0.01, 77_000, 1000.0, True, " (what each weighs is wrong by some 0.2 %)"),
        (0.03, 99_000, 1000.0, True, " (what each weighs is wrong by some 2 %)"),
        (0.01, 77_000, 1000.0, False, None),
        (COARSER[-1], 5, BARELY, False, ""),
        (COARSER[-1], 5, BARELY - 0.1, False, None),
    ],
)
def test_figures_are_read_to_a_width_where_that_suffices(
    monkeypatch, grain, most, ess, enough, told
):
    asked = []

    def followed(_self, *given):
        asked.append(given)
        return result(ess, enough=enough)

    monkeypatch.setattr(_Ladder, "followed", followed)
    own = with_led(ladder(claims=Claims(("a", "b"))))
    found = own.nearly(grain, most)
    assert asked[0][3].grain == grain
    assert asked[0][4] == most
    if told is None:
        assert found is None
    else:
        assert found.grain == grain
        assert found.sentence.endswith(f"were read to {100 * grain:g} %, no closer{told}: a, b.")


def test_nothing_is_read_to_a_width_where_no_figure_is_exact_or_nothing_promises(monkeypatch):
    monkeypatch.setattr(_Ladder, "followed", lambda _self, *_given: pytest.fail("was drawn"))
    assert with_led(ladder(claims=Claims(()))).nearly(GRAINS[0], MOST) is None
    greedy = Wanted(ess=11_000, max_worlds=MOST, threads=1)
    assert with_led(ladder(wanted=greedy)).nearly(GRAINS[0], MOST // SHARE) is None


def test_a_share_of_the_worlds_must_promise_it(monkeypatch):
    """One in ten of 100,000 is 10,000; of a quarter of them, not."""
    monkeypatch.setattr(_Ladder, "followed", lambda _self, *_given: result(enough=True))
    own = with_led(ladder(wanted=Wanted(ess=9000, max_worlds=MOST, threads=1)))
    assert own.nearly(GRAINS[0], own.most) is not None
    assert own.nearly(GRAINS[0], own.most // SHARE) is None


def test_coarser_widths_are_tried_in_turn_and_never_suffice(monkeypatch):
    asked = []

    def nearly(_self, grain, most):
        asked.append((grain, most))
        return result(enough=True) if grain == COARSER[1] else None

    monkeypatch.setattr(_Ladder, "nearly", nearly)
    own = ladder()
    found = own.coarsely()
    assert not found.enough
    assert asked == [(grain, own.most // SHARE) for grain in COARSER]
    monkeypatch.setattr(_Ladder, "nearly", lambda _self, *_given: None)
    assert ladder().coarsely() is None


# ---- what falls short ----


def test_what_is_short_is_told_if_it_is_a_tenth_of_what_was_asked(monkeypatch):
    monkeypatch.setattr(_Ladder, "exactly", lambda _self: pytest.fail("it is there already"))
    for ess, told in ((1000 / SMALLER, True), (1000 / SMALLER - 0.1, False)):
        own = with_led(ladder())
        own.short = result(ess)
        own.__dict__["trial"] = {0.0: 0.0}
        assert own.nearly_enough() is (own.short if told else None)


@pytest.mark.parametrize("share", [0.001, 0.0099, 0.0009])
def test_less_is_asked_for_where_a_trial_promises_a_tenth(monkeypatch, share):
    """A trial that promises 0.1 % of 100,000 promises a hundred, a tenth of a thousand."""
    asked = []

    def exactly(self):
        asked.append(self.wanted.ess)
        return result(150.0, enough=True, sentence=f"worlds: {Verdict.ENOUGH.value}.")

    monkeypatch.setattr(_Ladder, "exactly", exactly)
    own = with_led(ladder(result(1.0)))
    own.__dict__["trial"] = {0.0: share}
    found, could = own.nearly_enough(), share * own.most
    if could < 1000 / SMALLER:
        assert found is None
        assert asked == []
    else:
        assert asked == [pytest.approx(max(1000 / SMALLER, SURE * could))]
        assert (found.ess, found.enough) == (150.0, False)
        assert found.sentence == f"worlds: {Verdict.TOO_FEW.value}."
        assert own.wanted.ess == 1000, "what was wanted is wanted still"


def test_populations_are_moved_only_where_so_many_worlds_are_allowed(monkeypatch):
    asked = {}
    pool = SimpleNamespace(ess=50.0)

    def pooled(_model, _claims, **given):
        asked.update(given)
        given["progress"](SimpleNamespace(width=0.25))
        return pool

    monkeypatch.setattr(escalation, "pooled", pooled)
    monkeypatch.setattr(escalation, "pooled_result", lambda *_all: result(worlds=-1))
    own = ladder()
    own.fought = 99
    assert own.most < FEWEST
    assert own.populated() == replace(own.first, worlds=99)
    assert asked == {}
    told = []
    wanted = Wanted(ess=1000, max_worlds=SHARE * FEWEST, threads=1,
                    progress=lambda said, part: told.append((said, part)))  # fmt: skip
    allowed = ladder(result(10.0), wanted=wanted)
    assert allowed.populated().worlds == -1
    assert (asked["most"], asked["ess"]) == (FEWEST, 1000)
    assert told == [("narrowing what counts as tracking to 0.25", 0.75)]
    better = ladder(result(51.0), wanted=wanted)
    assert better.populated() is better.first, "the prior's worlds are worth more"
    for first in (result(50.0), result(51.0, reach=FAR)):
        assert ladder(first, wanted=wanted).populated().worlds == -1
    pool.ess = 1000.0
    assert ladder(result(2000.0), wanted=wanted).populated().worlds == -1


@pytest.mark.parametrize(
    ("how", "ess", "k_hat", "enough"),
    [
        (escalation.NARROWING, 1000.0, 0.69, True),
        (escalation.NARROWING, 999.0, 0.69, False),
        (escalation.NARROWING, 1000.0, 0.7, False),
        (escalation.SCOUTING, 1000.0, 0.69, False),
    ],
)
def test_what_narrowing_did_not_reach_is_not_held_against_it(monkeypatch, how, ess, k_hat, enough):
    drawn = SimpleNamespace(verdict=Verdict.UNREACHED)
    given = {}
    monkeypatch.setattr(escalation, "_drawn", lambda *_all, **more: given.update(more) or drawn)
    monkeypatch.setattr(
        escalation, "proposed_result", lambda *_all: result(ess, k_hat=k_hat, worlds=4321)
    )
    own = with_led(ladder())
    assert own.followed(own.led.mixture, how, "here").enough is enough
    assert own.fought == 4321
    steadfast = how == escalation.NARROWING
    simulate = own.narrowed if steadfast else None
    assert given == {
        "patience": own.most, "entry": "here", "steadfast": steadfast, "simulate": simulate
    }  # fmt: skip
    own.followed(own.led.mixture, how, "here", None, 55)
    assert given["patience"] == 55
    drawn.verdict = Verdict.TOO_FEW
    assert not own.followed(own.led.mixture, how, "here").enough
    assert own.opening == "worlds were weighed (ESS 10). "
