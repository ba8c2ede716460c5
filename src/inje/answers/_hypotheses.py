"""The rival explanations of a scenario: sets of alternatives that exclude each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from inje.scenario import Scenario, refuse_idle_accounts

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
    refuse_idle_accounts(scenario)
    if scenario.accounts:
        found = tuple(
            Hypothesis(account.id, account.label, dict(account.sets), account.weight)
            for account in scenario.accounts
        )
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
