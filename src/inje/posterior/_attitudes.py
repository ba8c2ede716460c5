"""Attitudes: evidence of their holder's state, never observations of the world.

A belief, fear, proposal, order or inference bears on the world only where an account states
how probable it is: P(attitude | account). Those about a motive, a stance or a decision tell
their holder's own state and are weighed as categories.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from inje.dossier import Claim, ObservablePath
from inje.posterior._readings import Columns, Reading
from inje.scenario import Account

__all__ = ["ATTITUDES", "StatedReading", "bears_on_the_world", "stated"]

ATTITUDES = frozenset({"belief", "fear", "order", "proposal", "intention", "inference"})
#: an attitude shows these states of the one who has it
OWN_STATE = {
    "order": frozenset({"decision"}),
    "proposal": frozenset({"stance", "decision"}),
    "intention": frozenset({"motive", "stance", "decision"}),
}
#: said without tracking: either way, as likely
EITHER_WAY = 0.5


def bears_on_the_world(claim: Claim, path: ObservablePath) -> bool:
    """Whether a claim is an observation of the column it is about."""
    if claim.kind not in ATTITUDES:
        return True
    return path.quantity in OWN_STATE.get(claim.kind, frozenset())


@dataclass(frozen=True)
class StatedReading:
    """P(attitude | account), by the first account whose causes a world has.

    Where an account says "shared", or no account fits, `shared` holds: a claim on which the
    accounts agree. `form` declares the contents, where the attitude answers a question: q is
    spread over the same answers as that of whoever reports on it.
    """

    claim: str
    chances: tuple[float | None, ...]
    causes: tuple[tuple[tuple[str, int], ...], ...]
    shared: Reading | None
    form: Reading | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The causes that it reads."""
        own = dict.fromkeys(path for causes in self.causes for path, _ in causes)
        return (*own, *(self.shared.columns if self.shared else ()))

    @property
    def peak(self) -> float:
        """The largest value t takes in any world."""
        stated_ = [chance for chance in self.chances if chance is not None]
        return max(*stated_, self.shared.peak if self.shared else 1.0)

    def tracking(self, worlds: Columns, width: float = 0.0) -> np.ndarray:
        """The stated probability under each world's account."""
        size = np.shape(worlds[self.columns[0]])
        base = self.shared.tracking(worlds, width) if self.shared else np.full(size, EITHER_WAY)
        value, open_ = np.array(base, dtype=float), np.ones(size, dtype=bool)
        for chance, causes in zip(self.chances, self.causes, strict=True):
            fits = open_.copy()
            for path, code in causes:
                fits &= np.asarray(worlds[path]) == code
            if chance is not None:
                spread = min(width, 0.9)
                value[fits] = (1 - spread) * chance + spread * EITHER_WAY
            open_ &= ~fits
        return value

    def invented(self, interest: str | None) -> float:
        """The q(c) over the contents of its form, or either way as likely."""
        form = self.shared or self.form
        return form.invented(interest) if form else EITHER_WAY

    def repeats(self, other: Reading) -> bool:
        """Whether both are the same attitude."""
        return isinstance(other, StatedReading) and other.causes == self.causes


def stated(
    claim: Claim,
    accounts: Sequence[Account],
    labels: Mapping[str, tuple[str, ...]],
    shared: Reading | None,
    form: Reading | None = None,
) -> Reading | None:
    """The reading that the accounts' table gives a claim; None where no account states it."""
    chances, causes = [], []
    for account in accounts:
        said = account.says.get(claim.id, "shared")
        codes = _codes(account, labels)
        if codes is None:
            continue
        chances.append(None if said == "shared" else float(said))
        causes.append(codes)
    if not any(chance is not None for chance in chances) or not any(causes):
        return None
    return StatedReading(claim.id, tuple(chances), tuple(causes), shared, form)


def _codes(
    account: Account, labels: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, int], ...] | None:
    """How a world shows its account: by name, or by the causes that it sets; else None."""
    if account.id in labels.get("account", ()):
        return (("account", labels["account"].index(account.id)),)
    found = []
    for path, label in account.sets.items():
        if label not in labels.get(path, ()):
            return None
        found.append((path, labels[path].index(label)))
    return tuple(found)
