"""Rival accounts that cannot be told apart, or that speak of claims which nobody made."""

from __future__ import annotations

from inje.errors import ModelError
from inje.scenario._records import Scenario

__all__ = ["refuse_idle_accounts", "refuse_lost_claims"]


def refuse_idle_accounts(scenario: Scenario) -> None:
    """Refuse accounts between which no world could decide.

    Raises
    ------
    ModelError : an account that changes nothing, or two that set the same.
    """
    seen: dict[tuple[tuple[str, str], ...], str] = {}
    for account in scenario.accounts:
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


def refuse_lost_claims(scenario: Scenario) -> None:
    """Refuse accounts that say something of a claim which the scenario's record does not have.

    Raises
    ------
    ModelError : naming the account and the claim.
    """
    if scenario.dossier is None:
        return
    known = [claim.id for claim in scenario.dossier.claims]
    for account in scenario.accounts:
        for name in (name for name in account.says if name not in known):
            raise ModelError(
                f"account {account.id}, says",
                f"{name!r} is no claim of the record",
                ", ".join(known) or "none: the record has no claims",
                "correct the id, or remove it from all accounts",
            )
