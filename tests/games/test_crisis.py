"""The crisis game and its export."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from inje.errors import ModelError
from inje.games import (
    ACCOUNT_TYPES,
    Chance,
    CrisisPayoffs,
    Decision,
    Game,
    Outcome,
    PrincipalBranch,
    crisis_game,
    quantal_response,
    strategic_game,
    to_efg,
    walk,
)

SEED_PATH = ("attack", "persist", "reinforce", "break off", "review")
SAME_MOVER = ACCOUNT_TYPES[:4]
# The payoffs with which the game was exported to Gambit, whatever the default may become.
FIGHTING = {"attack": -0.2, "persist": -0.3, "escalate": -0.6}
GAMBIT_PAYOFFS = CrisisPayoffs(
    mover={
        "probe": {**FIGHTING, "attack+persist": 0.8, "reinforce": -0.3, "escalate": -1.0},
        "spoiler": {**FIGHTING, "escalate": 0.2, "attack+punish": 0.8, "attack+review": 0.3},
        "punish": {**FIGHTING, "persist+hold": 1.0, "persist+reinforce": -0.2, "punish": 0.5},
        "local initiative": {**FIGHTING, "persist+hold": 0.6, "punish": 0.2, "review": -0.2},
        "other side first": {**FIGHTING, "persist+hold": 0.7, "punish": -0.5},
    },
    responder={
        "probe": {"reinforce": -0.2, "hold": -0.1},
        "spoiler": {"reinforce": -0.2, "hold": -0.2},
        "punish": {"reinforce": -0.2, "hold": -0.5, "escalate+hold": -0.8},
        "local initiative": {"reinforce": -0.2, "hold": -0.4, "escalate+hold": -0.4},
        "other side first": {"reinforce": -0.2, "hold": -0.4, "escalate+hold": -0.4},
    },
    cabinet={
        "probe": {"punish": -0.5},
        "spoiler": {"punish": -0.5},
        "punish": {"punish": 0.4},
        "local initiative": {"punish": -0.2},
        "other side first": {"punish": 0.2},
    },
)


def test_at_precision_0_the_factor_between_accounts_is_1() -> None:
    equilibrium = quantal_response(crisis_game(), 0.0)
    factors = {k: equilibrium.likelihood({SEED_PATH: 1.0}, (k,)) for k in ACCOUNT_TYPES}
    assert all(f == pytest.approx(2.0**-5, abs=1e-15) for f in factors.values())


# Gambit 17.0.0b2, logit_solve_lambda on the exported game (Savani & Turocy, gambit-project.org).
@pytest.mark.parametrize(
    ("information", "move", "at_1", "at_3"),
    [
        ("begin (probe)", "attack", 0.458706861, 0.495472961),
        ("begin (spoiler)", "attack", 0.558880083, 0.630910628),
        ("persist after attack (local initiative)", "persist", 0.440348325, 0.420060149),
        ("reply of the attacker", "reinforce", 0.584862614, 0.689484477),
        ("reply of the defender", "reinforce", 0.547933358, 0.581371131),
        ("cabinet after attack, persist, reinforce, escalate", "punish", 0.435092858, 0.227033156),
    ],
)
def test_the_branch_is_that_of_gambit(
    information: str, move: str, at_1: float, at_3: float
) -> None:
    branch = PrincipalBranch(crisis_game(GAMBIT_PAYOFFS))
    assert branch.at(1.0).strategies[information][move] == pytest.approx(at_1, abs=2e-9)
    assert branch.at(3.0).strategies[information][move] == pytest.approx(at_3, abs=2e-9)


@pytest.mark.parametrize("precision", [0.5, 3.0])
def test_path_probabilities_sum_to_1_under_every_account(precision: float) -> None:
    equilibrium = quantal_response(crisis_game(), precision)
    for kind in ACCOUNT_TYPES:
        paths = equilibrium.path_probabilities((kind,))
        assert sum(paths.values()) == pytest.approx(1.0, abs=1e-12)
        assert len(paths) == 11


def test_the_reply_of_the_other_side_cancels_between_accounts_of_one_mover() -> None:
    equilibrium = quantal_response(crisis_game(), 2.0)
    reply = equilibrium.strategies["reply of the defender"]["reinforce"]

    def without_reply(kind: str) -> float:
        s = equilibrium.strategies
        cabinet = "cabinet after attack, persist, reinforce, break off"
        informed = f"{cabinet} ({kind})"
        return (
            s[f"begin ({kind})"]["attack"]
            * s[f"persist after attack ({kind})"]["persist"]
            * s[f"escalate after attack, persist, reinforce ({kind})"]["break off"]
            * s[informed if informed in s else cabinet]["review"]
        )

    for kind in SAME_MOVER:
        whole = equilibrium.likelihood({SEED_PATH: 1.0}, (kind,))
        assert whole == pytest.approx(reply * without_reply(kind), rel=1e-12)


def test_the_prior_of_nature_moves_the_reply() -> None:
    replies = []
    for weight in (1.0, 20.0):
        nature = dict.fromkeys(ACCOUNT_TYPES, 1.0) | {"punish": weight}
        strategies = quantal_response(crisis_game(nature=nature), 3.0).strategies
        replies.append(strategies["reply of the defender"]["reinforce"])
    # The ground is in danger where punishment is likely.
    assert replies[1] > replies[0] + 0.05


def test_payoffs_and_precision_only_count_as_a_product() -> None:
    small = quantal_response(crisis_game(CrisisPayoffs().scaled(0.5)), 4.0)
    large = quantal_response(crisis_game(), 2.0)
    for name, strategy in large.strategies.items():
        assert small.strategies[name] == pytest.approx(strategy, abs=1e-10)


def test_a_type_may_be_left_out_and_others_share_the_belief() -> None:
    game = crisis_game(nature={"probe": 1.0, "spoiler": 3.0})
    assert isinstance(game.root, Chance)
    assert game.root.probabilities == (0.25, 0.75)


def test_informed_cabinets_have_their_own_information() -> None:
    names = {i.name for i in crisis_game(informed=frozenset({"probe"})).information_sets}
    assert "cabinet after attack, withdraw (probe)" in names
    assert "cabinet after attack, withdraw (punish)" not in names
    assert "cabinet after attack, withdraw" in names


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: crisis_game(nature={"martians": 1.0}), "allowed: probe"),
        (lambda: crisis_game(nature={}), "no type"),
        (lambda: crisis_game(nature={"probe": 1.0, "spoiler": 0.0}), "positive"),
        (lambda: CrisisPayoffs(mover={"probe": {"attack+flee": 1.0}}), "no move 'flee'"),
        (lambda: CrisisPayoffs(mover={"probe": {"attack": float("nan")}}), "finite"),
        (lambda: CrisisPayoffs(scale=float("inf")), "finite"),
        (lambda: crisis_game(CrisisPayoffs(mover={})), "none for 'probe'"),
    ],
)
def test_faults(build, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        build()


@pytest.mark.parametrize(
    ("root", "said"),
    [
        (Outcome((1.0,)), "2 finite numbers"),
        (Decision("a", "h", (("x", Outcome((0.0, 0.0))),)), "two or more"),
        (
            Decision("c", "h", (("x", Outcome((0.0, 0.0))), ("y", Outcome((0.0, 0.0))))),
            "player 'c'",
        ),
        (Chance((("x", Outcome((0.0, 0.0))),), (0.5,)), "sum 1"),
    ],
)
def test_faults_of_a_tree(root, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        Game("faulty", ("a", "b"), root)


def test_one_information_set_has_one_player_and_the_same_moves() -> None:
    ends = (("x", Outcome((0.0, 0.0))), ("y", Outcome((0.0, 0.0))))
    other = (("x", Outcome((0.0, 0.0))), ("z", Outcome((0.0, 0.0))))
    root = Chance((("l", Decision("a", "h", ends)), ("r", Decision("a", "h", other))), (0.5, 0.5))
    with pytest.raises(ModelError, match="same moves"):
        Game("faulty", ("a", "b"), root)


def test_matrices_of_a_strategic_game_have_one_shape() -> None:
    with pytest.raises(ModelError, match="one shape"):
        strategic_game({"a": [[1, 2]], "b": [[1], [2]]})


def _read_efg(text: str, players: int):
    """Read the nodes of an extensive-form file back as a nested structure."""
    lines = iter(text.splitlines()[3:])
    string = r'"((?:[^"\\]|\\.)*)"'

    def node():
        line = next(lines)
        quoted = re.findall(string, line)
        if line[0] == "t":
            inside = line[line.index("{") + 1 : line.index("}")]
            payoffs = tuple(float(x) for x in inside.split(","))
            assert len(payoffs) == players
            return ("t", quoted[1], payoffs)
        inside = line[line.index("{") + 1 : line.rindex("}")]
        moves = re.findall(string, inside)
        head = line[: line.index("{")].split('"')[2].split()
        extra = [Fraction(x) for x in re.sub(string, "", inside).split()]
        return (line[0], quoted[1], head, extra, [(move, node()) for move in moves])

    return node()


def test_the_export_is_read_back() -> None:
    game = crisis_game(nature=dict(zip(ACCOUNT_TYPES, (1, 1, 1, 2, 2), strict=True)))
    text = to_efg(game)
    assert text.startswith('EFG 2 R "crisis" { "attacker" "defender" "cabinet" }\n""\n\n')
    kind, label, _, chances, branches = _read_efg(text, 3)
    assert (kind, label) == ("c", "account")
    assert sum(chances) == 1
    assert [move for move, _ in branches] == list(ACCOUNT_TYPES)
    outcomes = [n for n in walk(game.root) if isinstance(n, Outcome)]
    lines = [line for line in text.splitlines() if line.startswith("t ")]
    assert len(lines) == len(outcomes)
    # One number, one name: information sets of a player are numbered without gaps.
    sets = {
        (m[1], int(m[2]), m[3])
        for m in re.finditer(r'^p "" (\d) (\d+) "([^"]+)"', text, re.MULTILINE)
    }
    assert len(sets) == len(game.information_sets)
    for player in "123":
        numbers = sorted(number for p, number, _ in sets if p == player)
        assert numbers == list(range(1, len(numbers) + 1))


def test_quotes_are_escaped() -> None:
    game = Game('the "great" game', ("a", "b"), Outcome((0.1, -2.0), 'an "end"'))
    assert to_efg(game) == (
        'EFG 2 R "the \\"great\\" game" { "a" "b" }\n""\n\nt "" 1 "an \\"end\\"" { 0.1, -2 }\n'
    )


def test_a_contested_cabinet_is_a_lottery_that_the_movers_foresee() -> None:
    attacks = []
    for chance in (0.1, 0.9):
        equilibrium = quantal_response(crisis_game(punishing=chance), 3.0)
        paths = equilibrium.path_probabilities(("spoiler",))
        assert sum(paths.values()) == pytest.approx(1.0, abs=1e-12)
        begun = sum(p for path, p in paths.items() if "attack" in path)
        punished = sum(p for path, p in paths.items() if "punish" in path)
        assert punished / begun == pytest.approx(chance, abs=1e-12)
        attacks.append(begun)
    # Whoever wants the blame on the minister attacks more where punishment follows.
    assert attacks[1] > attacks[0] + 0.1


@pytest.mark.parametrize("chance", [0.0, 1.0, -0.1, float("nan")])
def test_a_cabinet_is_never_certain(chance: float) -> None:
    with pytest.raises(ModelError, match="above 0 and below 1"):
        crisis_game(punishing=chance)
