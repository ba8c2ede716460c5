"""Accounts compared: the design's invariants on the example's disputed claims."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from inje.answers import Comparison, compare_accounts
from inje.answers._contributing import DECIBEL
from inje.answers._politics import Assumed, plays_of
from inje.errors import InputError, ModelError
from inje.games import quantal_response
from inje.posterior import Posterior, beta_of, compile_claims
from inje.scenario import Account, Quantity, Scenario

SAME_MOVER = ("probe", "spoiler", "punish", "local-initiative")


def with_scenario(posterior: Posterior, scenario: Scenario) -> Posterior:
    """The posterior of another scenario whose worlds are weighed alike."""
    assert posterior.scenario.dossier is not None
    return replace(posterior, scenario=scenario.with_dossier(posterior.scenario.dossier))


def with_crisis(posterior: Posterior, **changes: object) -> Posterior:
    crisis = posterior.scenario.crisis
    assert crisis is not None
    changed = crisis.model_copy(update=changes)
    return with_scenario(posterior, posterior.scenario.model_copy(update={"crisis": changed}))


def only(found: tuple[Comparison, ...]) -> Comparison:
    assert len(found) == 1
    return found[0]


def factor(found: Comparison, first: str, second: str) -> float:
    for pair in found.pairs:
        if (pair.first, pair.second) == (first, second):
            return pair.decibel
        if (pair.second, pair.first) == (first, second):
            return -pair.decibel
    raise AssertionError


@pytest.fixture(scope="module")
def comparison(weighed: Posterior) -> Comparison:
    return only(compare_accounts(weighed))


@pytest.fixture(scope="module")
def plain(weighed: Posterior) -> Comparison:
    """Without the political game."""
    scenario = weighed.scenario.model_copy(update={"crisis": None})
    return only(compare_accounts(with_scenario(weighed, scenario)))


def test_factors_multiply(comparison):
    for a, b, c in combinations(comparison.labels, 3):
        whole = factor(comparison, a, b) + factor(comparison, b, c)
        assert whole == pytest.approx(factor(comparison, a, c), abs=1e-9)


def test_contributions_add_up(comparison):
    for pair in comparison.pairs:
        assert sum(c.shapley for c in pair.contributions) == pytest.approx(pair.decibel, abs=1e-9)


def test_with_few_claims_every_coalition_is_visited(plain):
    # No claim here reads the fight, so that worlds add no error either.
    assert all(c.error < 1e-9 for pair in plain.pairs for c in pair.contributions)


def test_three_equal_witnesses_for_three_accounts_cancel(plain):
    assert factor(plain, "spoiler", "probe") == pytest.approx(0, abs=1e-6)
    assert factor(plain, "spoiler", "punish") == pytest.approx(0, abs=1e-6)
    pair = next(p for p in plain.pairs if {p.first, p.second} == {"spoiler", "probe"})
    assert {c.claim for c in pair.contributions} >= {"c33", "r4"}


def test_one_claim_weighs_what_its_carriers_let_through(plain, weighed):
    """Hasanli's inference against nobody's: integrated by hand over reliabilities."""
    letters = weighed.claims.letters

    def mean(agent: str) -> float:
        a, b = beta_of(letters[agent])
        return a / (a + b)

    passed = mean("narrator") * mean("r2_hasanli_2006")
    # Alone, a claim's factor is linear in everybody's reliability: the means suffice.
    alone = weighed.claims.without([c.id for c in weighed.claims.claims if c.id != "c24"])
    holder, q = mean("jamil_hasanli"), 0.2
    expected = (passed * (holder + (1 - holder) * q) + (1 - passed) * q) / (
        passed * (1 - holder) * q + (1 - passed) * q
    )
    options = {name: np.array([code]) for code, name in enumerate(plain.labels)}
    columns = {name: np.array([0]) for name in weighed.claims.columns}
    logs = {
        name: alone.log_weight({**columns, "account": code})[0] for name, code in options.items()
    }
    assert logs["punish"] - logs["probe"] == pytest.approx(np.log(expected), abs=1e-9)


def test_the_table_has_a_cell_for_every_account_and_says_what_is_shared(comparison):
    assert set(comparison.table) >= {"c16", "c18", "c24", "c33", "r4"}
    for cells in comparison.table.values():
        assert set(cells) == set(comparison.labels)
    assert comparison.table["c33"]["spoiler"] == 1.0
    assert comparison.table["c33"]["probe"] == 0.0
    assert comparison.table["c18"]["other-side-first"] == 1.0
    # Moves are for the game to say: no account states them.
    assert not {"r5", "r6"} & set(comparison.table)


def test_at_precision_0_the_game_says_nothing_between_those_who_share_the_mover(weighed, plain):
    quantity = Quantity(value=0.0, assumed="choices at random")
    changes = {"precision": quantity, "cabinet": {}}
    found = only(compare_accounts(with_crisis(weighed, **changes)))
    bare = only(compare_accounts(with_crisis(weighed, **changes, moves={})))
    for first, second in combinations(SAME_MOVER, 2):
        alone = factor(plain, first, second)
        assert factor(bare, first, second) == pytest.approx(alone, abs=1e-9)
        # Claims on moves came through the same book: what they teach of it is all that is left.
        assert factor(found, first, second) == pytest.approx(alone, abs=0.05)
    assert found.statecraft is not None
    assert list(found.statecraft.attack.values()) == pytest.approx([0.5] * 5)


def test_the_game_moves_the_factor_by_the_probability_of_what_is_told(weighed):
    """Every claim on a move certain: the factor is the ratio of the paths' probabilities."""
    plays = plays_of(weighed.scenario.crisis, tuple(weighed.scenario.crisis.types))
    shares = np.exp(plays.log_shares())
    told = plays.courses.index((0, 0))
    equilibrium = quantal_response(plays._game(Assumed()), plays.precisions[1])
    kinds = weighed.scenario.crisis.types
    for row, name in enumerate(plays.names):
        path = equilibrium.probability_of(("attack", "persist", "reinforce"), (kinds[name],))
        assert shares[row, told] == pytest.approx(path, rel=1e-12)
        assert shares[row].sum() == pytest.approx(
            equilibrium.probability_of(("attack",), (kinds[name],)), rel=1e-12
        )


def test_the_reply_of_the_other_side_cancels_at_fixed_precision(weighed):
    """Only claimed reinforcements: accounts of one mover differ by what the mover does alone."""
    crisis = weighed.scenario.crisis
    plays = plays_of(crisis, tuple(crisis.types))
    game = plays._game(Assumed())
    strategies = quantal_response(game, plays.precisions[1]).strategies
    shares = np.exp(plays.log_shares())
    told, held = plays.courses.index((0, 0)), plays.courses.index((0, 1))
    reply = strategies["reply of the defender"]
    for row, name in enumerate(plays.names):
        if name in SAME_MOVER:
            odds = shares[row, told] / shares[row, held]
            assert odds == pytest.approx(reply["reinforce"] / reply["hold"], rel=1e-9)


def test_the_record_does_not_decide_and_says_what_would(comparison):
    assert not any(pair.decided for pair in comparison.pairs)
    pair = next(p for p in comparison.pairs if {p.first, p.second} == {"probe", "spoiler"})
    assert pair.sentence == "the record does not decide"
    assert pair.low.decibel < 0 < pair.high.decibel
    assert pair.tipping
    assert "r2_hasanli_2006" not in pair.tipping


def test_the_book_behind_most_claims_stands_first_among_the_assumptions(comparison):
    first = comparison.bearings[0]
    assert first.label == "Hasanli 2006 graded C, not B"
    assert sum(first.posterior.values()) == pytest.approx(1)
    assert first.shift > 0
    assert any("precision" in bearing.label for bearing in comparison.bearings)
    assert any("interest counts for nothing" in bearing.label for bearing in comparison.bearings)


def test_a_joint_range_holds_every_single_change(comparison):
    for pair in comparison.pairs:
        for corner in pair.corners:
            assert pair.low.decibel - 1e-9 <= corner.decibel <= pair.high.decibel + 1e-9


def test_one_sided_evidence_decides(weighed):
    """Ten independent reliable witnesses for one account, and no game: decided, and said so."""
    scenario = weighed.scenario.model_copy(update={"crisis": None})
    dossier = weighed.scenario.dossier
    original = next(claim for claim in dossier.claims if claim.id == "c33")
    holder = next(entity for entity in dossier.entities if entity.id == "soviet_intelligence")
    people = tuple(
        holder.model_copy(update={"id": f"w{k}", "name": f"Witness {k}", "reliability": "A"})
        for k in range(10)
    )
    claims = tuple(
        original.model_copy(
            update={"id": f"x{k}", "holders": (f"w{k}",), "citations": (), "anchor": None}
        )
        for k in range(10)
    )
    accounts = tuple(
        account.model_copy(update={"says": {}})
        for account in scenario.accounts
        if account.id in ("probe", "spoiler")
    )
    record = dossier.model_copy(update={"claims": claims, "entities": (*dossier.entities, *people)})
    scenario = scenario.model_copy(update={"accounts": accounts}).with_dossier(record)
    labels = {**weighed.labels, "account": ("probe", "spoiler")}
    draws = dict(weighed.draws)
    code = np.resize([0, 1], weighed.log_weight.size)
    draws["account"] = code
    options = labels["instigator"]
    draws["instigator"] = np.where(
        code == 0, options.index("qavam_as_saltaneh"), options.index("people_close_to_the_shah")
    )
    model = compile_claims(record, scenario, draws, labels)
    log_weight = model.log_weight(draws)
    posterior = replace(
        weighed, scenario=scenario, claims=model, draws=draws, labels=labels, log_weight=log_weight
    )
    found = only(compare_accounts(posterior))
    (pair,) = found.pairs
    assert pair.decided
    assert pair.sentence == (
        "the record favours spoiler decisively, over the whole range of assumptions"
    )
    assert factor(found, "spoiler", "probe") > 50


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ({"persist": ("nothing",)}, "no claim of the record"),
        ({"persist": ("c16",)}, "weighs on the worlds already"),
    ],
)
def test_claims_on_moves_are_known_and_not_used_twice(weighed, moves, said):
    with pytest.raises(ModelError, match=said):
        compare_accounts(with_crisis(weighed, moves=moves))


def test_an_account_that_changes_nothing_is_refused(weighed):
    idle = Account(id="idle", label="nothing happened", sets={})
    scenario = weighed.scenario.model_copy(
        update={"accounts": (*weighed.scenario.accounts, idle), "crisis": None}
    )
    with pytest.raises(InputError, match="changes nothing"):
        compare_accounts(with_scenario(weighed, scenario))


def test_accounts_between_which_nothing_was_said_are_told_apart_by_nothing(weighed):
    scenario = weighed.scenario.model_copy(update={"crisis": None})
    kept = tuple(c for c in weighed.scenario.dossier.claims if c.id in ("c16", "c18"))
    record = weighed.scenario.dossier.model_copy(update={"claims": kept})
    model = compile_claims(record, scenario, weighed.draws, weighed.labels)
    posterior = replace(
        weighed,
        scenario=scenario.with_dossier(record),
        claims=model,
        log_weight=model.log_weight(weighed.draws),
    )
    found = only(compare_accounts(posterior))
    pair = next(p for p in found.pairs if {p.first, p.second} == {"probe", "punish"})
    assert (pair.decibel, pair.contributions) == (0.0, ())
    assert pair.sentence == "nothing in the record tells them apart"


def test_decibels_are_ten_times_the_common_logarithm():
    assert DECIBEL * np.log(10) == pytest.approx(10)


def test_a_drafted_question_states_what_an_opinion_says_of_its_answers(weighed):
    """Without accounts a historian's inference weighs where the question names it, and only so."""
    bare = weighed.scenario.model_copy(update={"accounts": (), "crisis": None})
    question = bare.causes["instigator"]

    def weighing(claims):
        causes = {**bare.causes, "instigator": question.model_copy(update={"claims": claims})}
        scenario = bare.model_copy(update={"causes": causes})
        model = compile_claims(weighed.scenario.dossier, scenario, weighed.draws, weighed.labels)
        return {claim.id for claim in model.claims}

    assert {"c24", "r4"} <= weighing(("c24", "c33", "r4"))
    assert not {"c24", "r4"} & weighing(())


def test_an_identity_fork_moves_the_letters_together(weighed):
    """Two names that may be one person: as one, both of his claims share a reliability."""
    dossier = weighed.scenario.dossier
    entities = tuple(
        entity.model_copy(update={"maybe_same_as": ("azimi",)})
        if entity.id == "soviet_intelligence"
        else entity
        for entity in dossier.entities
    )
    asked = weighed.scenario.with_dossier(dossier.model_copy(update={"entities": entities}))
    found = only(compare_accounts(replace(weighed, scenario=asked)))
    label = "Soviet intelligence and General Azimi are one person"
    (fork,) = [bearing for bearing in found.bearings if bearing.label == label]
    # Azimi is borne out by most accounts, and lends his word to what the other says.
    assert fork.posterior["spoiler"] > found.posterior["spoiler"]
    # Ahmadi is named by others and says nothing himself: to be Ahmad changes no word's weight.
    entities = tuple(
        entity.model_copy(update={"maybe_same_as": ("ahmadi",)}) if entity.id == "ahmad" else entity
        for entity in dossier.entities
    )
    asked = weighed.scenario.with_dossier(dossier.model_copy(update={"entities": entities}))
    found = only(compare_accounts(replace(weighed, scenario=asked)))
    (fork,) = [bearing for bearing in found.bearings if "one person" in bearing.label]
    assert (fork.shift, fork.posterior) == (0.0, found.posterior)


def test_a_comparison_tells_how_far_it_is(weighed):
    told: list[tuple[str, float]] = []
    compare_accounts(weighed, progress=lambda sentence, share: told.append((sentence, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] < shares[-1] < 1.0
    assert any("game" in sentence for sentence, _ in told)


def test_without_the_game_the_probabilities_are_the_posteriors_own(plain, weighed):
    """Two ways to the same number: worlds fought under every account, and weights of worlds."""
    for name, chance in weighed.probabilities("account").items():
        assert plain.posterior[name] == pytest.approx(chance.value, abs=4 * chance.error + 1e-3)


def test_bearings_that_differ_by_rounding_keep_their_order():
    from types import SimpleNamespace

    from inje.answers._bearing import Evidences, bearings_of
    from inje.answers._ranges import GIVEN, Range

    nothing = np.zeros((2, 4))
    panel = SimpleNamespace(names=("a", "b"), error=lambda each: np.zeros(len(each)))
    weighed = Evidences(panel, np.zeros(2), nothing, np.ones(2))
    moved = ((GIVEN, 0.0), ("first", 1e-15), ("second", 3e-15), ("third", 0.5))
    ranges = [
        Range(name, np.array([by, 0.0]), name != GIVEN, relative=lambda: nothing)
        for name, by in moved
    ]
    found = bearings_of(ranges, weighed, panel, book="")
    assert [bearing.label for bearing in found] == ["third", "first", "second"]
