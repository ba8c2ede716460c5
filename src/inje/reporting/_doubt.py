"""What the page needs to know of doubt: rivals, priors, conflicts, and what would settle it.

Plain records like those of `_data`, filled by `_answering` and `_weighing`.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "AccountPair",
    "BearingRow",
    "ConflictRow",
    "Contribution",
    "GameTold",
    "PriorMove",
    "Rivalry",
    "SaysRow",
    "SeekRow",
]

Triple = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Contribution:
    """One claim's part in a comparison: Shapley dB (they add up), and leave-one-out dB.

    `error` and `left_out_error` are their Monte-Carlo standard errors.
    """

    claim: str
    shapley: float
    left_out: float | None = None
    source: str = ""
    error: float | None = None
    left_out_error: float | None = None


@dataclass(frozen=True, slots=True)
class AccountPair:
    """Two accounts compared: 10 log10 of the Bayes factor of `first` over `second`.

    `question` is what they answer, in words; empty for whole accounts. `low_error` and
    `high_error` are the Monte-Carlo standard errors of the ends of the range, as `mcse` of `db`.
    """

    first: str
    second: str
    first_label: str
    second_label: str
    db: float
    mcse: float
    low: float
    high: float
    decided: bool
    sentence: str = ""
    low_at: str = ""
    high_at: str = ""
    question: str = ""
    contributions: tuple[Contribution, ...] = ()
    low_error: float | None = None
    high_error: float | None = None


@dataclass(frozen=True, slots=True)
class SaysRow:
    """How well a claim fits each answer, if its holder follows the truth: 0 to 1, by answer.

    `errors` are the Monte-Carlo standard errors.
    """

    claim: str
    fits: tuple[float, ...]
    errors: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class BearingRow:
    """One assumption changed: the probabilities then, by answer, and the largest change of one.

    `errors` are the Monte-Carlo standard errors of the probabilities.
    """

    label: str
    chances: tuple[float, ...]
    shift: float
    errors: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class GameTold:
    """The political game behind the accounts, all of it assumed.

    Attributes
    ----------
    attack, told : by account, how probable the attack was, and the moves the record tells.
    punishing : how probable it is that the cabinet punishes rather than reviews.
    settlement : whose share, its chance to win, and the shares that both prefer to fighting.
    settlement_error : Monte-Carlo standard error of all three.
    """

    precision: float
    attack: tuple[float, ...]
    told: tuple[float, ...]
    punishing: float | None = None
    settlement: tuple[str, float, float, float] | None = None
    settlement_error: float | None = None


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Rival answers to one question, and what each says.

    Attributes
    ----------
    question : in words; empty for whole accounts. names, labels : of the answers.
    prior, posterior : their probabilities, in the same order. errors : of the latter.
    says : claims on which they differ; shared : how many they do not differ on.
    bearings : every single assumption changed, the most telling first.
    """

    question: str
    names: tuple[str, ...]
    labels: tuple[str, ...]
    prior: tuple[float, ...]
    posterior: tuple[float, ...]
    says: tuple[SaysRow, ...] = ()
    shared: int = 0
    bearings: tuple[BearingRow, ...] = ()
    game: GameTold | None = None
    errors: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PriorMove:
    """A figure under a changed prior; `after` and `shift` are None where it cannot be judged.

    `shift` is the change of the median in standard deviations of the figure, `ess` how many
    effective worlds are left. `errors`, `before_errors` and `shift_error` are their Monte-Carlo
    standard errors.
    """

    parameter: str
    parameter_label: str
    change: str
    target: str
    target_label: str
    unit: str
    before: Triple
    after: Triple | None
    shift: float | None
    ess: float
    before_errors: tuple[float | None, ...] = (None, None, None)
    errors: tuple[float | None, ...] = (None, None, None)
    shift_error: float | None = None


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A claim, or two of which the second is asked given the first, and how far out it lies.

    `tail` is the chance of as much or more in worlds of the prior; `conflicts` whether that is too
    little for the model to judge who said it. `error` is its Monte-Carlo standard error.
    """

    claims: tuple[str, ...]
    tail: float
    conflicts: bool
    error: float | None = None


@dataclass(frozen=True, slots=True)
class SeekRow:
    """A piece of evidence, if found: how much it would be expected to tell (bits)."""

    label: str
    target: str
    bits: float
    mcse: float | None = None
    sentence: str = ""
