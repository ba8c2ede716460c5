"""What the page needs to know: plain records, no arrays, no live objects.

A `ReportData` is the whole content of a report. It is built once from a posterior and its
answers (`_build`) or by hand, and from then on page, Markdown and JSON read nothing else.
All intervals are 5 %, 50 % and 95 % quantiles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from inje.document import Document
from inje.dossier import Dossier
from inje.reporting._doubt import AccountPair, ConflictRow, PriorMove, Rivalry, SeekRow
from inje.scenario import Scenario

__all__ = [
    "ChoiceRow",
    "ClaimWeight",
    "ControlRow",
    "Density",
    "Diagnostics",
    "Interval",
    "JointClaim",
    "JointLosses",
    "Manifest",
    "OutcomeRow",
    "QuantityRow",
    "ReachRow",
    "ReplayForce",
    "ReplayFrame",
    "ReplayWorld",
    "ReportData",
    "Shape",
    "SourceRow",
    "TimeRow",
    "WhatIfEffect",
    "WhatIfRow",
]


@dataclass(frozen=True, slots=True)
class Interval:
    """5 %, 50 % and 95 % quantiles, ascending, in the unit of their quantity.

    None where it does not exist: an arrival that never comes. `errors` are their Monte-Carlo
    standard errors; None where they have none.
    """

    q05: float | None
    q50: float | None
    q95: float | None
    errors: tuple[float | None, ...] = (None, None, None)


@dataclass(frozen=True, slots=True)
class Density:
    """Prior and posterior over the same grid.

    Attributes
    ----------
    edges : bin edges, one more than there are bins; ascending.
    prior, posterior : probability mass of each bin.
    logarithmic : whether the grid is even on the scale of log(1 + x).
    """

    edges: tuple[float, ...]
    prior: tuple[float, ...]
    posterior: tuple[float, ...]
    logarithmic: bool = False


@dataclass(frozen=True, slots=True)
class QuantityRow:
    """One number of the summary.

    Attributes
    ----------
    name : observable path, or path of a parameter.
    label : the name in words.
    unit : people, days, km, 1/day, or empty.
    bits : Jensen-Shannon divergence between prior and posterior, in bits; bits_error, its error.
    mcse : Monte-Carlo standard error of the posterior median, in `unit`.
    ess : effective number of worlds behind the posterior quantiles.
    claims : claims about it, by id; `assumed`: why the prior is what it is; `source`: whose.
    observable : an outcome of worlds; else a parameter drawn from its prior.
    """

    name: str
    label: str
    unit: str
    prior: Interval
    posterior: Interval
    informed: bool
    bits: float
    mcse: float | None = None
    ess: float | None = None
    density: Density | None = None
    claims: tuple[str, ...] = ()
    assumed: str = ""
    source: str = ""
    observable: bool = True
    bits_error: float | None = None


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A discrete cause (who attacked): options with prior and posterior probability.

    `errors` are the Monte-Carlo standard errors of both, by option; `bits_error` that of `bits`.
    """

    name: str
    label: str
    options: tuple[tuple[str, str, float, float], ...]
    informed: bool
    bits: float
    claims: tuple[str, ...] = ()
    assumed: str = ""
    errors: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bits_error: float | None = None


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """Probability of one outcome: prior, weighed by all claims, and by none about the outcome.

    `mcse`, `prior_mcse` and `without_mcse` are Monte-Carlo standard errors.
    """

    id: str
    label: str
    prior: float
    posterior: float
    without: float | None = None
    mcse: float | None = None
    prior_mcse: float | None = None
    without_mcse: float | None = None


@dataclass(frozen=True, slots=True)
class ControlRow:
    """Who holds a place at the end of a local day (EDTF day, empty = at the end).

    `errors` are the Monte-Carlo standard errors of the shares in `sides`, by side.
    """

    place: str
    label: str
    day: str
    sides: tuple[tuple[str, str, float], ...]
    prior: tuple[tuple[str, str, float], ...] = ()
    errors: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimeRow:
    """When something happens in the worlds, in days since the start of the first local day."""

    name: str
    label: str
    prior: Interval
    posterior: Interval
    happens: float | None = None
    happens_mcse: float | None = None


@dataclass(frozen=True, slots=True)
class JointClaim:
    """A claim drawn into the joint density: its values along both axes, None where silent."""

    claim: str
    label: str
    x: tuple[float, float] | None = None
    y: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class JointLosses:
    """Losses of two sides together.

    Attributes
    ----------
    x_label, y_label : which losses; x_edges, y_edges : bin edges (people).
    mass : posterior probability, shape (len(y_edges) - 1, len(x_edges) - 1).
    logarithmic : whether the axes are drawn on the scale of log(1 + x).
    """

    x_label: str
    y_label: str
    x_edges: tuple[float, ...]
    y_edges: tuple[float, ...]
    mass: tuple[tuple[float, ...], ...]
    claims: tuple[JointClaim, ...] = ()
    logarithmic: bool = False


@dataclass(frozen=True, slots=True)
class ReachRow:
    """In how many worlds a claim, or a set of claims, tracks the truth.

    `omitted` bounds the share of evidence that unmatched worlds could still hold.
    """

    claims: tuple[str, ...]
    worlds: int
    share: float
    omitted: float | None = None


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How far the numbers can be trusted.

    `sentence` says how it went, `sentences` what does not hold and what to do.
    """

    ess: float
    worlds: int
    k_hat: float | None
    seed: int
    version: str
    method: str = "importance"
    sentence: str = ""
    target_ess: float | None = None
    log_evidence: float | None = None
    reach: tuple[ReachRow, ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A holder of claims, or a work that carries them.

    `letter` is what the prior was built from; `letter_is_default` when nobody gave one.
    `conflict` says that model and record disagree, so that reliability is not interpretable.
    """

    id: str
    label: str
    role: Literal["holder", "carrier", "both"]
    letter: str
    letter_is_default: bool
    prior: Interval
    posterior: Interval
    mean: float
    interest: str = ""
    claims: tuple[str, ...] = ()
    tail: float | None = None
    conflict: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ClaimWeight:
    """How one claim weighed.

    Attributes
    ----------
    tracks : posterior probability that the claim tracks the truth (None: not weighed).
    mcse : its Monte-Carlo standard error.
    digit : Admiralty digit, 1 (confirmed) to 6 (cannot be judged); an output.
    bits : what the claim moved its observable by, in bits, leaving it out.
    reason : why it weighs nothing, where it does not.
    """

    claim: str
    tracks: float | None = None
    digit: int | None = None
    bits: float | None = None
    reason: str = ""
    mcse: float | None = None


@dataclass(frozen=True, slots=True)
class WhatIfEffect:
    """One outcome before and after a change of cause, with their Monte-Carlo standard errors.

    `change_error` is that of the difference, which is small because the worlds are the same.
    """

    name: str
    label: str
    unit: str
    before: Interval | float
    after: Interval | float
    before_error: float | None = None
    after_error: float | None = None
    change_error: float | None = None


@dataclass(frozen=True, slots=True)
class WhatIfRow:
    """The same weighted worlds, the same fortunes, one cause changed."""

    label: str
    changes: tuple[tuple[str, str], ...]
    effects: tuple[WhatIfEffect, ...]
    flipped: float | None = None
    conditioned_on: str = ""
    sentence: str = ""
    flipped_error: float | None = None


@dataclass(frozen=True, slots=True)
class ReplayForce:
    """A force at a moment: where (place id, or on a road between two), and how many are left."""

    force: str
    place: str
    towards: str = ""
    along: float = 0.0
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class ReplayFrame:
    """A moment of a world; `event` says what happened then, empty for in-between frames."""

    day: float
    forces: tuple[ReplayForce, ...]
    control: tuple[tuple[str, str], ...] = ()
    losses: tuple[tuple[str, float], ...] = ()
    event: str = ""


@dataclass(frozen=True, slots=True)
class ReplayWorld:
    """A chosen world, fought again."""

    label: str
    world: int
    frames: tuple[ReplayFrame, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of the user's own map: "point", "line" or "area", in degrees east and north."""

    kind: str
    points: tuple[tuple[float, float], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What reproduces the numbers: version, seed, command, and (file, sha256) of each file."""

    version: str
    seed: int
    command: str = ""
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportData:
    """The whole content of a report."""

    title: str
    dossier: Dossier
    scenario: Scenario
    diagnostics: Diagnostics
    manifest: Manifest
    quantities: tuple[QuantityRow, ...]
    choices: tuple[ChoiceRow, ...] = ()
    outcomes: tuple[OutcomeRow, ...] = ()
    control: tuple[ControlRow, ...] = ()
    times: tuple[TimeRow, ...] = ()
    joint: JointLosses | None = None
    sources: tuple[SourceRow, ...] = ()
    weights: tuple[ClaimWeight, ...] = ()
    pairs: tuple[AccountPair, ...] | None = None
    what_ifs: tuple[WhatIfRow, ...] | None = None
    seek: tuple[SeekRow, ...] | None = None
    rivalries: tuple[Rivalry, ...] = ()
    products: tuple[QuantityRow, ...] = ()
    moves: tuple[PriorMove, ...] = ()
    conflicts: tuple[ConflictRow, ...] = ()
    replays: tuple[ReplayWorld, ...] = ()
    documents: tuple[Document, ...] = ()
    shapes: tuple[Shape, ...] = ()
