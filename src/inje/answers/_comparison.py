"""What a comparison of accounts says: pairs, contributions, corners; each number with its error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inje.answers._bearing import Bearing
from inje.answers._statecraft import Statecraft
from inje.tables import give_or_take, in_markdown, shown

__all__ = ["DECIDED", "GAME", "Comparison", "Contribution", "Corner", "Pair"]

#: a question is decided when every corner, less two Monte-Carlo errors, is beyond this
DECIDED = 5.0
#: what the game contributes before any claim on a move: that there was an attack at all
GAME = "game"


@dataclass(frozen=True)
class Contribution:
    """A claim's part of a Bayes factor: Shapley dB (they add up), and leave-one-out dB.

    `claim` is "game" for what the political game says of the attack itself. `error` is that of
    `shapley`, `left_out_error` that of `left_out`.
    """

    claim: str
    shapley: float
    error: float
    left_out: float
    left_out_error: float


@dataclass(frozen=True)
class Corner:
    """One setting of the assumptions, and the Bayes factor under it, in dB, with its error."""

    label: str
    decibel: float
    error: float


@dataclass(frozen=True)
class Pair:
    """Two explanations: 10 log10 of the Bayes factor of the first over the second.

    Attributes
    ----------
    decibel, error : under the stated assumptions, with its Monte-Carlo standard error.
    low, high : the least and the greatest over the joint range of assumptions.
    decided : whether every corner, less two errors, exceeds 5 dB in one direction.
    tipping : the corner that would decide the undecided, or undo the decided; may be empty.
    corners : singled out, the most telling first.
    contributions : per claim; those on which both agree are left out (0 exactly).
    """

    first: str
    second: str
    decibel: float
    error: float
    low: Corner
    high: Corner
    decided: bool
    tipping: str
    corners: tuple[Corner, ...]
    contributions: tuple[Contribution, ...]

    @property
    def sentence(self) -> str:
        """The answer in words."""
        if not self.contributions or all(part.shapley == 0 for part in self.contributions):
            return "nothing in the record tells them apart"
        if not self.decided:
            return "the record does not decide"
        size = min(abs(self.low.decibel), abs(self.high.decibel))
        word = "decisively" if size > 20 else "strongly" if size > 10 else "positively"
        winner = self.first if self.decibel > 0 else self.second
        return f"the record favours {winner} {word}, over the whole range of assumptions"


@dataclass(frozen=True)
class Comparison:
    """Explanations that exclude each other, compared pair by pair.

    Attributes
    ----------
    question : what they answer ("account", "attacker").
    labels : the explanations in words, by id.
    prior, posterior : their probabilities before and after the claims.
    errors : Monte-Carlo standard errors of `posterior`.
    without_game, without_game_errors : the same without the political game and the claims on its
        moves, as `condition` and other letters have it; `posterior` itself where there is no game.
    pairs : every pair once.
    table : P(content | tracks, explanation) per claim, averaged over the weighed worlds; "shared"
        where all explanations say the same. This is Heuer's matrix of competing hypotheses.
    table_errors : Monte-Carlo standard errors of its cells; 0 where they are shared.
    worlds : how many were fought under each explanation.
    bearings : what one changed assumption does to the probabilities; the book through which
        most claims came stands first.
    statecraft : what the political game says; None without one.
    """

    question: str
    labels: dict[str, str]
    prior: dict[str, float]
    posterior: dict[str, float]
    errors: dict[str, float]
    without_game: dict[str, float]
    without_game_errors: dict[str, float]
    pairs: tuple[Pair, ...]
    table: dict[str, dict[str, float | Literal["shared"]]]
    table_errors: dict[str, dict[str, float]]
    worlds: int
    bearings: tuple[Bearing, ...] = ()
    statecraft: Statecraft | None = None

    @property
    def assumes(self) -> str:
        """What the probabilities rest on, in words."""
        if self.statecraft is None:
            return "claims on the battle; the model has no political game"
        return (
            "claims on the battle, the political game and claims on its moves; beside them, "
            "claims on the battle alone"
        )

    def _repr_html_(self) -> str:
        chances = ", ".join(
            f"{self.labels.get(name, name)} {self.prior[name]:.0%} before and "
            f"{after:.0%}{give_or_take(self.errors[name], 100)} after"
            for name, after in self.posterior.items()
        )
        rows = (
            (self.labels.get(p.first, p.first), self.labels.get(p.second, p.second),
             f"{p.decibel:+.1f} ± {p.error:.1f}",
             f"{p.low.decibel:+.1f}{give_or_take(p.low.error)} to "
             f"{p.high.decibel:+.1f}{give_or_take(p.high.error)}", p.sentence)
            for p in self.pairs
        )  # fmt: skip
        head = ("for", "against", "dB", "over all assumptions", "so")
        return shown(f"Compared: {self.question}", (chances,), head, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())
