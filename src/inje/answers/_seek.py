"""Where to dig: which evidence not yet found would tell most about a target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inje.answers._information import expected_information
from inje.answers._witness import Cells, Witness, cells_of, told
from inje.errors import OptionError
from inje.posterior import Posterior

__all__ = ["Lead", "Search", "seek_evidence"]

#: fewer effective worlds than this cannot say what evidence would tell
FEWEST = 200
_DOCUMENTS = {
    "strength": "a muster roll with the strength of {}",
    "losses": "a casualty return: {}",
    "arrival": "a log with the arrival of {}",
    "report": "the dated report: {}",
    "order": "the dated order: {}",
    "breaking_off": "a war diary that says when {} broke off",
    "control": "a note of who held {}",
    "start": "the hour of the first attack",
    "end": "the hour of the last fighting",
    "duration": "how long the fighting lasted",
    "attacker": "an independent witness of who attacked",
    "instigator": "a document of whoever was behind it",
    "motive": "a document that gives the motive of {}",
}


@dataclass(frozen=True)
class Lead:
    """A piece of evidence, if found.

    Attributes
    ----------
    name : observable path it would speak of. label : the document in words.
    bits, error : expected information about the target, with Monte-Carlo error.
    decibel : expected dB in favour of the true answer.
    worth : bits times the chance that it exists (`assumed`).
    """

    name: str
    label: str
    bits: float
    error: float
    decibel: float
    worth: float


@dataclass(frozen=True)
class Search:
    """Leads about a target, the most telling first, and how uncertain the target is now."""

    target: str
    entropy: float
    leads: tuple[Lead, ...]
    witness: Witness
    refused: str = ""


def seek_evidence(
    posterior: Posterior, target: str = "", *, witness: Witness | None = None
) -> Search:
    """Rank evidence that the record lacks by what it would be expected to tell.

    Parameters
    ----------
    posterior : weighted worlds.
    target : a path of a cause or an outcome; empty: the accounts, or else the first disputed
        cause, or else the winner.
    witness : who would have written it (default: B, exists with probability 1/2, `assumed`).

    Returns
    -------
    Search; with under 200 effective worlds it has no leads and says why.

    Raises
    ------
    OptionError : worlds have no such column.
    """
    witness = witness or Witness()
    target = target or _default_target(posterior)
    if target not in posterior.draws:
        raise OptionError(
            "target", f"{target!r} is no outcome of these worlds",
            ", ".join(sorted(posterior.labels)), "name one",
        )  # fmt: skip
    weights = posterior.weights
    aim = _cells(posterior, target)
    if posterior.diagnostics.ess < FEWEST:
        why = f"{posterior.diagnostics.ess:.0f} effective worlds are fewer than {FEWEST}"
        return Search(target, 0.0, (), witness, why)
    known = {claim.about.partition("@")[0] for claim in posterior.claims.claims}
    leads, entropy = [], 0.0
    for name in posterior.draws:
        if not _is_lead(name, target, known):
            continue
        cells = _cells(posterior, name)
        if cells.centres.size < 2:
            continue
        found = expected_information(cells.index, aim.index, weights, told(cells, witness))
        entropy = found.entropy
        leads.append(
            Lead(
                name,
                _label(name, posterior),
                found.bits,
                found.error,
                found.decibel,
                found.bits * witness.exists,
            )
        )
    leads.sort(key=lambda lead: -lead.bits)
    return Search(target, entropy, tuple(leads), witness)


def _default_target(posterior: Posterior) -> str:
    causes = ("account", *posterior.scenario.causes, "winner")
    return next((name for name in causes if name in posterior.draws), "winner")


def _is_lead(name: str, target: str, known: set[str]) -> bool:
    """Whether a column is something a document could tell, and the record does not."""
    quantity = name.partition(".")[0]
    documented = quantity in _DOCUMENTS and name.partition("@")[0] not in known
    # A document that answers the target itself, in its own words, would not be a search.
    return documented and quantity != target.partition(".")[0]


def _cells(posterior: Posterior, name: str) -> Cells:
    values = np.asarray(posterior.draws[name], dtype=float)
    if name in posterior.labels:
        kind = "category"
    else:
        times = ("arrival", "report", "order", "breaking_off", "start", "end", "duration")
        kind = "time" if name.partition(".")[0] in times else "count"
    return cells_of(values, posterior.weights, kind)


def _label(name: str, posterior: Posterior) -> str:
    quantity, _, rest = name.partition(".")
    subject, _, date = rest.partition("@")
    names = {
        record.id: getattr(record, "name", "") or record.id
        for part in ("sides", "forces", "places", "messages", "decisions")
        for record in getattr(posterior.scenario, part)
    }
    who, *parts = subject.split(".")
    words = " ".join([names.get(who, who), *(part.replace("_", " ") for part in parts)])
    label = _DOCUMENTS[quantity].format(words)
    return f"{label} on {date}" if date else label
