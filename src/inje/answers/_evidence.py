"""Rival explanations weighed on the same worlds, and on the same courses of the political game.

Worlds are drawn from the posterior over parameters and fortunes, which is proportional to
prior x sum over h of weight(h) P(claims | world, h). Each is fought again under every
explanation. The mean of P(claims | world, h) over that mixture is the evidence of h, up to one
constant: an average of ratios that cannot exceed 1 / weight(h), so its error is small and known.
Claims on which two explanations agree cancel exactly, not by luck. Where the scenario has a
crisis game, claims on its moves are weighed with the others, over the same reliabilities, and
the evidence is a sum over courses of events s of P(s | h) P(claims | s, h).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from inje.answers._hypotheses import Rivals
from inje.answers._politics import Plays
from inje.answers._refought import Drawn
from inje.posterior import ClaimModel, Lattice, lattice_of

__all__ = ["Panel", "log_evidence", "panels_of", "relative_of"]


@dataclass(frozen=True)
class Panel:
    """The same worlds under every explanation.

    Attributes
    ----------
    names : explanations, in order. plays : the courses of the political game.
    rows : by claim, its row in `terms`.
    terms : per explanation and course, t(c | z) of every claim: (claims, n).
    log_mixture : log of the mixture that the worlds are drawn from, (n,), up to a constant.
    effective : how many independent worlds they are worth.
    """

    names: tuple[str, ...]
    plays: Plays
    rows: dict[str, int]
    terms: tuple[tuple[np.ndarray, ...], ...] = field(repr=False)
    log_mixture: np.ndarray = field(repr=False)
    effective: float

    @cached_property
    def _beside(self) -> Lattice:
        """What every claim says, of the worlds of all explanations and courses in a row."""
        return lattice_of(np.concatenate([t for courses in self.terms for t in courses], axis=1))

    def says_as(self, other: Panel) -> bool:
        """Whether every claim says the same of every world."""
        pairs = zip(self.terms, other.terms, strict=True)
        return self.rows == other.rows and all(
            np.array_equal(one, two) for a, b in pairs for one, two in zip(a, b, strict=True)
        )

    @property
    def worlds(self) -> int:
        """How many worlds."""
        return self.log_mixture.size

    def thinned(self, size: int) -> Panel:
        """The panel with every so-many-th world, `size` of them or a few more."""
        step = _step_of(self.worlds, size)
        terms = tuple(tuple(t[:, ::step] for t in courses) for courses in self.terms)
        kept = self.log_mixture[::step]
        effective = min(self.effective, float(kept.size))
        return Panel(self.names, self.plays, self.rows, terms, kept, effective)

    def log_ratios(self, model: ClaimModel) -> np.ndarray:
        """Log of P(claims | world, course, explanation) over the mixture.

        Parameters
        ----------
        model : these claims or fewer, or with other letters.

        Returns
        -------
        (explanations, courses, n).
        """
        rows = [self.rows[claim.id] for claim in model.claims]
        shape = (len(self.names), len(self.plays.courses), self.worlds)
        if not rows:
            return np.zeros(shape) - self.log_mixture
        # All explanations and courses side by side: many worlds cost little more than few.
        logs = self._beside.log_likelihood(model.transmission, rows)
        return logs.reshape(shape) - self.log_mixture

    def by_course(self, model: ClaimModel, split: int = 1) -> np.ndarray:
        """Logarithm of the mean ratio by course, of `split` interleaved parts of the worlds.

        Returns
        -------
        (split, explanations, courses).
        """
        ratios = self.log_ratios(model)
        return np.stack([_log_mean(ratios[:, :, part::split]) for part in range(split)])

    def relative(self, model: ClaimModel, log_shares: np.ndarray) -> np.ndarray:
        """What every world says for each explanation, see `relative_of`."""
        return relative_of(self.log_ratios(model), log_shares)

    def error(self, values: np.ndarray) -> np.ndarray:
        """Standard error of means over the worlds, of values (..., n)."""
        return values.std(axis=-1) / np.sqrt(self.effective)


def relative_of(log_ratios: np.ndarray, log_shares: np.ndarray) -> np.ndarray:
    """What every world says for each explanation, over its mean: (explanations, n).

    An error in the logarithm of an evidence is one in the mean of these.

    Parameters
    ----------
    log_ratios : (k, courses, n), from `Panel.log_ratios`. log_shares : (k, courses).
    """
    logs = np.logaddexp.reduce(log_ratios + log_shares[:, :, None], axis=1)
    relative = np.exp(logs - logs.max())
    return relative / np.maximum(relative.mean(axis=1, keepdims=True), np.finfo(float).tiny)


def log_evidence(by_course: np.ndarray, log_shares: np.ndarray) -> np.ndarray:
    """Log P(claims | explanation) up to one constant, (..., k).

    Parameters
    ----------
    by_course : (..., k, courses), from `Panel.by_course`. log_shares : (k, courses).
    """
    return np.logaddexp.reduce(by_course + log_shares, axis=-1)


def _log_mean(values: np.ndarray) -> np.ndarray:
    top = values.max(axis=-1)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        return safe + np.log(np.exp(values - safe[..., None]).mean(axis=-1))


def panels_of(
    drawn: Drawn,
    weighed: ClaimModel,
    models: Mapping[str, ClaimModel],
    rivals: Rivals,
    plays: Plays,
    few: int,
) -> tuple[Panel, dict[str, Panel]]:
    """Fight the worlds of a posterior under every explanation, and read the claims on them.

    Parameters
    ----------
    weighed : the claims that weighed the worlds.
    models : these and those on moves of the game, by how they are read; "" is as stated.
    few : worlds of the panels of other readings, or a few more.

    Returns
    -------
    The panel of all worlds as claims are stated; and that of few worlds by reading, the stated one
    among them. A reading that says the same of every world shares its panel.
    """
    size = len(drawn.keys)
    names = {name: None for model in models.values() for name in model.columns}
    wanted = [name for name in names if name not in plays.labels]
    fought, weights = [], []
    for hypothesis in rivals.hypotheses:
        causes = {"account": hypothesis.id} if rivals.question == "account" else hypothesis.sets
        fought.append(drawn.fought(causes, wanted))
        lattice = weighed.lattice(fought[-1])
        weights.append(lattice.log_likelihood(weighed.transmission, range(len(weighed.claims))))
    stated = models[""]
    whole = _stated(drawn, stated, rivals, plays, weights, _read(stated, fought, plays, size))
    thin = whole.thinned(few)
    step = _step_of(size, few)
    rows = [{name: np.asarray(v)[::step] for name, v in columns.items()} for columns in fought]
    panels = {"": thin}
    for label, model in models.items():
        if label:
            terms = _read(model, rows, plays, thin.worlds)
            again = replace(thin, rows=_rows_of(model), terms=terms)
            panels[label] = thin if again.says_as(thin) else again
    return whole, panels


Terms = tuple[tuple[np.ndarray, ...], ...]


def _read(
    model: ClaimModel, fought: Sequence[Mapping[str, np.ndarray]], plays: Plays, size: int
) -> Terms:
    """What claims say of worlds, by explanation and course: (claims, n)."""
    courses = [plays.columns(course, size) for course in range(len(plays.courses))]
    found = []
    for columns in fought:
        # What does not speak of a move says the same in every course.
        same = [
            None if claim.about in plays.labels else claim.reading.tracking(columns)
            for claim in model.claims
        ]
        found.append(
            tuple(
                np.stack(
                    [
                        claim.reading.tracking(course) if said is None else said
                        for claim, said in zip(model.claims, same, strict=True)
                    ]
                )
                for course in courses
            )
        )
    return tuple(found)


def _rows_of(model: ClaimModel) -> dict[str, int]:
    return {claim.id: row for row, claim in enumerate(model.claims)}


def _step_of(worlds: int, size: int) -> int:
    """Every so-many-th of the worlds leaves `size` of them or a few more."""
    return max(1, worlds // size)


def _stated(
    drawn: Drawn,
    model: ClaimModel,
    rivals: Rivals,
    plays: Plays,
    weights: Sequence[np.ndarray],
    terms: Terms,
) -> Panel:
    prior = np.array([hypothesis.weight for hypothesis in rivals.hypotheses])
    mixture = np.logaddexp.reduce(np.stack(weights) + np.log(prior / prior.sum())[:, None], axis=0)
    return Panel(
        names=tuple(hypothesis.id for hypothesis in rivals.hypotheses),
        plays=plays,
        rows=_rows_of(model),
        terms=terms,
        log_mixture=mixture,
        effective=drawn.effective,
    )
