"""A source graded otherwise: the same worlds weighed anew, and what that changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from inje.answers._naming import agent_named
from inje.answers._ranges import agents_by_claims
from inje.errors import OptionError
from inje.posterior import ClaimModel, Posterior, beta_of, effective_size

__all__ = ["Chance", "Regraded", "Shift", "book_of", "change_letters"]

#: fewer effective worlds than this do not say what another letter changes
FEWEST = 200.0
#: what the chances rest on, without and with a political game in the model
BATTLE = "claims on the battle"
ALONE = "claims on the battle alone, without the political game and claims on its moves"
#: the first words of outcomes and causes whose probabilities are compared
TOLD = ("winner", "attacker", "instigator", "account", "motive")


@dataclass(frozen=True)
class Shift:
    """A quantity the record informs: 5, 50 and 95 % under the letters as given, and as changed.

    `before_errors` and `after_errors` are their Monte-Carlo standard errors.
    """

    name: str
    unit: str
    before: tuple[float | None, ...]
    after: tuple[float | None, ...]
    before_errors: tuple[float, ...]
    after_errors: tuple[float, ...]


@dataclass(frozen=True)
class Chance:
    """A probability under the letters as given, and as changed, each with its error."""

    name: str
    label: str
    before: float
    before_error: float
    after: float
    error: float


@dataclass(frozen=True)
class Regraded:
    """What other letters change.

    Attributes
    ----------
    letters : by agent, the letter as given (None: unset) and the new one.
    names : agents in words.
    chances, shifts : of outcomes and causes; of informed quantities, the most moved first.
    effective : effective worlds after weighing them anew.
    refused : why there is no answer; empty where there is one.
    assumes : what the chances rest on, in words.
    posterior : the posterior under the new letters.
    """

    letters: Mapping[str, tuple[str | None, str]]
    names: Mapping[str, str]
    chances: tuple[Chance, ...]
    shifts: tuple[Shift, ...]
    effective: float
    refused: str
    assumes: str
    posterior: Posterior = field(repr=False)


def book_of(posterior: Posterior, model: ClaimModel, claims: Sequence[str]) -> str:
    """The work through which most of these claims came; else whoever passed on most of them."""
    agents = agents_by_claims(model, claims)
    dossier = posterior.scenario.dossier
    works = {source.id for source in dossier.sources} if dossier else set()
    return next((name for name in agents if name in works), next(iter(agents), ""))


def change_letters(posterior: Posterior, letters: Mapping[str, str]) -> Regraded:
    """Grade sources or holders otherwise, and weigh the same worlds anew.

    Parameters
    ----------
    letters : by id or name of whoever held or carried a claim; "book" is the work through which
        most claims came.

    Raises
    ------
    OptionError : nobody of that name, a letter out of range, or the letter it has already.
    """
    claims = posterior.claims
    chosen = {_agent(posterior, who): letter for who, letter in letters.items()}
    for agent, letter in chosen.items():
        beta_of(letter)
        if letter == claims.letters[agent]:
            raise OptionError(
                agent_named(posterior.scenario.dossier)(agent), f"is graded {letter} already",
                "another letter", "nothing would change",
            )  # fmt: skip
    graded = claims.graded(chosen)
    change = graded.log_weight(posterior.draws) - claims.log_weight(posterior.draws)
    moved = replace(posterior, claims=graded, log_weight=posterior.log_weight + change)
    lost = effective_size(moved.log_weight) / effective_size(posterior.log_weight)
    effective = float(min(1.0, lost) * posterior.diagnostics.ess)
    diagnostics = replace(posterior.diagnostics, ess=effective)
    moved = replace(moved, diagnostics=diagnostics)
    why = f"the worlds at hand are worth {effective:.0f} under these letters; condition anew"
    named = agent_named(posterior.scenario.dossier)
    return Regraded(
        letters={agent: (claims.letters[agent], letter) for agent, letter in chosen.items()},
        names={agent: named(agent) for agent in chosen},
        chances=_chances(posterior, moved),
        shifts=_shifts(posterior, moved),
        effective=effective,
        refused=why if effective < FEWEST else "",
        assumes=ALONE if posterior.scenario.crisis is not None else BATTLE,
        posterior=moved,
    )


def _agent(posterior: Posterior, who: str) -> str:
    """An agent of the claims by id, by name, or as "book"."""
    known = posterior.claims.letters
    if who == "book":
        return book_of(posterior, posterior.claims, [c.id for c in posterior.claims.claims])
    named = agent_named(posterior.scenario.dossier)
    found = [a for a in known if who == a or who.casefold() == named(a).casefold()]
    if not found:
        found = [a for a in _same_work(posterior, who) if a in known]
    if not found:
        allowed = ", ".join(f"{agent} ({named(agent)})" for agent in known)
        raise OptionError("reliability", f"{who!r} passed on no claim", allowed, "name one")
    return found[0]


def _same_work(posterior: Posterior, who: str) -> list[str]:
    """The work that a citation cites."""
    dossier = posterior.scenario.dossier
    sources = dossier.sources if dossier else ()
    return [str(source.same_work) for source in sources if source.id == who and source.same_work]


def _chances(before: Posterior, after: Posterior) -> tuple[Chance, ...]:
    found = []
    for name, labels in before.labels.items():
        if name.partition(".")[0] not in TOLD or name not in before.draws:
            continue
        codes = np.asarray(before.draws[name])
        for code, label in enumerate(labels):
            hit = codes == code
            was, now = before.probability(hit), after.probability(hit)
            found.append(
                Chance(name, label, was.value, float(was.error), now.value, float(now.error))
            )
    return tuple(found)


def _shifts(before: Posterior, after: Posterior) -> tuple[Shift, ...]:
    rows = {row.name: row for row in after.summary()}
    found = [
        Shift(
            row.name,
            row.unit,
            row.posterior,
            rows[row.name].posterior,
            row.errors,
            rows[row.name].errors,
        )
        for row in before.summary()
        if row.informed or rows[row.name].informed
    ]
    return tuple(sorted(found, key=_moved, reverse=True))


def _moved(shift: Shift) -> float:
    """How far the median moved, in widths of the interval."""
    low, middle, high = shift.before
    now = shift.after[1]
    if low is None or middle is None or high is None or now is None:
        return 0.0
    return abs(now - middle) / max(high - low, 1e-12)
