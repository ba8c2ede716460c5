"""The rival explanations of a scenario: sets of alternatives that exclude each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inje.errors import ModelError
from inje.scenario import Scenario

__all__ = ["Hypothesis", "Rivals", "rivals_of"]


@dataclass(frozen=True)
class Hypothesis:
    """One explanation: what it sets in the model, its weight before the claims."""

    id: str
    label: str
    sets: Mapping[str, str]
    weight: float


@dataclass(frozen=True)
class Rivals:
    """Explanations that exclude each other and answer one question.

    `question` is "account", or the path of a cause ("attacker").
    """

    question: str
    hypotheses: tuple[Hypothesis, ...]


def rivals_of(scenario: Scenario) -> tuple[Rivals, ...]:
    """Accounts as one question, or, without accounts, every disputed cause as its own.

    Raises
    ------
    ModelError : an account that changes nothing, or two that set the same.
    """
    if scenario.accounts:
        found = tuple(
            Hypothesis(account.id, account.label, dict(account.sets), account.weight)
            for account in scenario.accounts
        )
        _refuse_twins(found)
        return (Rivals("account", found),) if len(found) > 1 else ()
    return tuple(
        Rivals(
            path,
            tuple(
                Hypothesis(option, choice.labels.get(option, option), {path: option}, weight)
                for option, weight in choice.options.items()
            ),
        )
        for path, choice in scenario.causes.items()
        if len(choice.options) > 1
    )


def _refuse_twins(accounts: tuple[Hypothesis, ...]) -> None:
    seen: dict[tuple[tuple[str, str], ...], str] = {}
    for account in accounts:
        key = tuple(sorted(account.sets.items()))
        if not key:
            raise ModelError(
                f"account {account.id}",
                "changes nothing: it sets no cause",
                "`sets` with at least one cause of the scenario",
                "say what it claims, or remove it",
            )
        if key in seen:
            raise ModelError(
                f"account {account.id}",
                f"sets the same as account {seen[key]}",
                "accounts that differ in what they set",
                "join the two, or say where they differ",
            )
        seen[key] = account.id
