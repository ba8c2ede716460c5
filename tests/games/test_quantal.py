"""Quantal response equilibria: published examples, the naive twin, invariants."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.games.naive import worth_of_moves

from inje.errors import ModelError, OptionError
from inje.games import (
    ACCOUNT_TYPES,
    Chance,
    Decision,
    Game,
    Node,
    Outcome,
    PrincipalBranch,
    crisis_game,
    fit_precision,
    log_likelihood,
    quantal_response,
    strategic_game,
)

# Matching pennies of Ochs (1995), in the design's numbers.
OCHS = strategic_game({"row": [[1.1141, 0], [0, 0.2785]], "column": [[0, 1.1141], [1.1141, 0]]})


def poker() -> Game:
    """Stripped-down poker (Reiley, Urbancic & Walker 2008)."""

    def dealt(card: str, stake: float) -> Decision:
        call = Outcome((stake, -stake))
        answer = Decision("caller", "call?", (("call", call), ("fold", Outcome((1.0, -1.0)))))
        return Decision("dealer", card, (("bet", answer), ("fold", Outcome((-1.0, 1.0)))))

    deal = Chance((("K", dealt("K", 2.0)), ("Q", dealt("Q", -2.0))), (0.5, 0.5), "card")
    return Game("stripped-down poker", ("dealer", "caller"), deal)


@pytest.mark.parametrize(
    ("precision", "row", "column"),
    [(1, 0.586784036, 0.451807032), (2, 0.617521946, 0.371981664), (3, 0.616896850, 0.314016362)],
)
def test_matching_pennies_of_ochs(precision: float, row: float, column: float) -> None:
    strategies = quantal_response(OCHS, precision).strategies
    assert strategies["row"]["1"] == pytest.approx(row, abs=1e-9)
    assert strategies["column"]["1"] == pytest.approx(column, abs=1e-9)


def test_precision_of_the_players_of_ochs() -> None:
    plays = 128
    counts = {
        "row": {"1": plays * 0.527, "2": plays * 0.473},
        "column": {"1": plays * 0.366, "2": plays * 0.634},
    }
    fit = fit_precision(OCHS, counts)
    assert fit.precision == pytest.approx(1.8456, abs=5e-5)
    assert fit.log_likelihood == pytest.approx(-174.764532, abs=5e-7)
    assert fit.equilibrium.strategies["row"]["1"] == pytest.approx(0.6157, abs=5e-5)
    assert fit.equilibrium.strategies["column"]["1"] == pytest.approx(0.3833, abs=5e-5)
    assert not fit.at_bound
    assert log_likelihood(fit.equilibrium, counts) == fit.log_likelihood


@pytest.mark.parametrize(
    ("precision", "king", "queen", "call"),
    [
        (0.5, 0.78388432, 0.53361351, 0.57689523),
        (1, 0.93178543, 0.53908680, 0.61444439),
        (2, 0.99517781, 0.50272948, 0.66484700),
    ],
)
def test_stripped_down_poker(precision: float, king: float, queen: float, call: float) -> None:
    strategies = quantal_response(poker(), precision).strategies
    assert strategies["K"]["bet"] == pytest.approx(king, abs=6e-9)
    assert strategies["Q"]["bet"] == pytest.approx(queen, abs=6e-9)
    assert strategies["call?"]["call"] == pytest.approx(call, abs=6e-9)


def test_poker_comes_to_its_sequential_equilibrium() -> None:
    branch = PrincipalBranch(poker())
    errors = []
    for precision in (1e2, 1e3, 1e4, 1e5):
        s = branch.at(precision).strategies
        errors.append(
            max(abs(s["K"]["bet"] - 1), abs(s["Q"]["bet"] - 1 / 3), abs(s["call?"]["call"] - 2 / 3))
        )
    assert errors[-1] < 1e-5
    assert all(later < 0.2 * sooner for sooner, later in itertools.pairwise(errors))


@pytest.mark.parametrize("game", [OCHS, poker(), crisis_game()], ids=["ochs", "poker", "crisis"])
@pytest.mark.parametrize("precision", [0.3, 2.0, 7.0])
def test_the_logit_condition_holds_by_the_naive_twin(game: Game, precision: float) -> None:
    equilibrium = quantal_response(game, precision)
    worth = worth_of_moves(game, equilibrium)
    for information in game.information_sets:
        strategy = equilibrium.strategies[information.name]
        values = np.array([precision * worth[information.name, m] for m in information.moves])
        logit = np.exp(values - values.max())
        expected = logit / logit.sum()
        assert [strategy[m] for m in information.moves] == pytest.approx(expected, abs=1e-10)


def test_choices_are_uniform_at_precision_0() -> None:
    for game in (OCHS, poker(), crisis_game()):
        for strategy in quantal_response(game, 0.0).strategies.values():
            assert all(p == pytest.approx(1 / len(strategy), abs=1e-15) for p in strategy.values())


def test_moves_that_gain_something_are_certain_as_precision_grows() -> None:
    precision = 100.0
    game = crisis_game()
    equilibrium = quantal_response(game, precision)
    worth = worth_of_moves(game, equilibrium)
    for information in game.information_sets:
        values = {m: worth[information.name, m] for m in information.moves}
        best = max(values.values())
        for move, value in values.items():
            if value < best - 0.2:
                assert equilibrium.strategies[information.name][move] < 1e-8


def test_the_risk_dominant_equilibrium_is_chosen() -> None:
    hunt = strategic_game({"a": [[9.0, 0.0], [8.0, 7.0]], "b": [[9.0, 8.0], [0.0, 7.0]]})
    strategies = quantal_response(hunt, 30.0).strategies
    assert strategies["a"]["2"] > 0.999999
    assert strategies["b"]["2"] > 0.999999


def test_a_symmetric_game_stays_symmetric_past_its_bifurcation() -> None:
    same = [[1.0, 0.0], [0.0, 1.0]]
    strategies = quantal_response(strategic_game({"a": same, "b": same}), 5.0).strategies
    assert strategies["a"]["1"] == pytest.approx(0.5, abs=1e-9)


def test_the_branch_is_not_left_for_another(monkeypatch) -> None:
    """Games in which longer steps once jumped to another branch, against very short steps."""
    rng = np.random.default_rng(1)
    drawn = []
    for k in range(85):
        size = int(rng.integers(2, 4))
        first = rng.normal(size=(size, size)) * 3
        second = first if k % 2 else rng.normal(size=(size, size)) * 3
        drawn.append(strategic_game({"a": first.tolist(), "b": second.tolist()}))
    for k, folded in ((27, False), (84, True)):
        usual = quantal_response(drawn[k], 15.0)
        with monkeypatch.context() as patch:
            patch.setattr("inje.games._branch._FARTHEST_CORRECTION", 0.001)
            patch.setattr("inje.games._branch._SHARPEST_TURN", math.cos(0.05))
            patch.setattr("inje.games._branch._GENTLE_TURN", math.cos(0.025))
            slow = quantal_response(drawn[k], 15.0)
        assert usual.folded == slow.folded == folded
        for name, strategy in slow.strategies.items():
            assert usual.strategies[name] == pytest.approx(strategy, abs=1e-9)


@st.composite
def games(draw) -> Game:
    """Two-player games with a hidden type: the first mover knows it, the second does not."""
    worth = st.floats(-2, 2, allow_nan=False).map(lambda x: round(x, 3))
    moves = ("l", "m", "r")[: draw(st.integers(2, 3))]

    def end() -> Outcome:
        return Outcome((draw(worth), draw(worth)))

    def reply() -> Node:
        return Decision("second", "reply", tuple((m, end()) for m in moves))

    kinds = ("s", "t", "u")[: draw(st.integers(1, 3))]
    openings = tuple(
        (kind, Decision("first", f"open {kind}", (("go", reply()), ("stop", end()))))
        for kind in kinds
    )
    weights = [draw(st.integers(1, 5)) for _ in kinds]
    shares = tuple(w / sum(weights) for w in weights)
    return Game("drawn", ("first", "second"), Chance(openings, shares, "type"))


def _moved(node: Node, constants: tuple[float, ...]) -> Node:
    if isinstance(node, Outcome):
        moved = tuple(p + c for p, c in zip(node.payoffs, constants, strict=True))
        return Outcome(moved, node.label)
    followers = tuple((move, _moved(follower, constants)) for move, follower in node.moves)
    if isinstance(node, Chance):
        return Chance(followers, node.probabilities, node.label)
    return Decision(node.player, node.information, followers)


@settings(max_examples=30)
@given(games(), st.floats(0, 4), st.floats(-3, 3), st.floats(-3, 3))
def test_a_constant_added_to_payoffs_changes_nothing(
    game: Game, precision: float, first: float, second: float
) -> None:
    moved = Game(game.title, game.players, _moved(game.root, (first, second)))
    before, after = quantal_response(game, precision), quantal_response(moved, precision)
    for name, strategy in before.strategies.items():
        for move, p in strategy.items():
            assert after.strategies[name][move] == pytest.approx(p, abs=1e-9)


@settings(max_examples=30)
@given(games(), st.floats(0, 4))
def test_paths_have_positive_probabilities_that_sum_to_1(game: Game, precision: float) -> None:
    equilibrium = quantal_response(game, precision)
    assert isinstance(game.root, Chance)
    for given_moves in [(), *(((kind,)) for kind, _ in game.root.moves)]:
        probabilities = equilibrium.path_probabilities(given_moves)
        assert min(probabilities.values()) > 0.0
        assert math.fsum(probabilities.values()) == pytest.approx(1.0, abs=1e-12)


def test_the_same_precision_is_the_same_whatever_was_asked_before() -> None:
    asked = PrincipalBranch(crisis_game())
    asked.at(20.0)
    late, fresh = asked.at(3.0), quantal_response(crisis_game(), 3.0)
    for name, strategy in fresh.strategies.items():
        assert late.strategies[name] == pytest.approx(strategy, abs=1e-11)
    assert not late.folded


def test_a_likelihood_weighs_the_paths() -> None:
    equilibrium = quantal_response(poker(), 1.0)
    paths = equilibrium.path_probabilities(("K",))
    assert paths["bet", "call"] == pytest.approx(0.93178543 * 0.61444439, abs=1e-8)
    certain = dict.fromkeys(paths, 1.0)
    assert equilibrium.likelihood(certain, ("K",)) == pytest.approx(1.0)
    half = equilibrium.likelihood({("fold",): 0.5}, ("K",))
    assert half == pytest.approx(0.5 * paths["fold",])


def test_likelihoods_of_all_types() -> None:
    equilibrium = quantal_response(poker(), 1.0)
    weights = {("bet", "call"): 1.0, ("bet", "fold"): 1.0}
    likelihoods = equilibrium.likelihoods(weights)
    assert list(likelihoods) == ["K", "Q"]
    for kind, likelihood in likelihoods.items():
        assert likelihood == pytest.approx(equilibrium.strategies[kind]["bet"])
        assert likelihood == pytest.approx(equilibrium.probability_of(["bet"], (kind,)))
    assert equilibrium.probability_of(["bet", "call", "K"]) == pytest.approx(
        0.5 * 0.93178543 * 0.61444439, abs=1e-8
    )
    with pytest.raises(ModelError, match="begins with a decision"):
        quantal_response(OCHS, 1.0).likelihoods({})


def test_a_game_without_decisions() -> None:
    luck = Chance((("heads", Outcome((1.0,))), ("tails", Outcome((0.0,)))), (0.25, 0.75))
    equilibrium = quantal_response(Game("luck", ("a",), luck), 1.0)
    assert equilibrium.strategies == {}
    assert equilibrium.path_probabilities() == {("heads",): 0.25, ("tails",): 0.75}


def test_misuse_is_an_error() -> None:
    equilibrium = quantal_response(poker(), 1.0)
    with pytest.raises(OptionError, match="0 or more"):
        quantal_response(poker(), -1.0)
    with pytest.raises(ModelError, match="allowed: K, Q"):
        equilibrium.path_probabilities(("J",))
    with pytest.raises(ModelError, match="raise"):
        equilibrium.likelihood({("raise",): 1.0}, ("K",))
    with pytest.raises(ModelError, match="no information set 'J'"):
        log_likelihood(equilibrium, {"J": {"bet": 1}})
    with pytest.raises(ModelError, match="no move 'raise'"):
        log_likelihood(equilibrium, {"K": {"raise": 1}})
    with pytest.raises(OptionError, match="highest"):
        fit_precision(poker(), {}, highest=0.0)


def test_a_likelihood_that_only_rises_ends_at_the_bound() -> None:
    fit = fit_precision(poker(), {"K": {"bet": 100, "fold": 0}}, highest=5.0)
    assert fit.at_bound
    assert fit.precision == pytest.approx(5.0)


def test_types_are_the_accounts() -> None:
    root = crisis_game().root
    assert isinstance(root, Chance)
    assert tuple(kind for kind, _ in root.moves) == ACCOUNT_TYPES
