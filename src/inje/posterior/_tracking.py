r"""How a count is perceived by one who tracks the truth, and repeated in a form of words.

The perceived number y given the true number z is

.. math:: K(y \mid z) = a\,[y = z] + (1 - a)\,S(y \mid z)

with an atom a = 1/3 at the truth and, for the rest, a Student t with 4 degrees of freedom and
scale .15 on the log scale, rounded to whole people and normalised on the declared range;
K(0 | 0) = 1. Ten Civil War sources agree exactly in a third of the figures, and differ in the
rest with robust sd .15 and heavy tails.

A count about the other side is perceived at z e^b with b ~ N(m, s). The same widening, with
more spread than the claim has, is what the tempered sampler anneals: a kernel of width w adds
N(0, w) on the log scale to what is perceived. Everything is a difference of distribution
functions, so a claim costs one table over z and a world costs one look-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from inje.posterior._forms import Span

__all__ = ["Exaggeration", "Perception", "Table", "tracking", "tracking_table"]

#: a zero perceived with spread stands below the cell of one person
NEARLY_NONE = 0.35
#: counts up to here have a row each; above, rows stand at a relative distance of 1/2048
DENSE = 4096
PER_OCTAVE = 2048


@dataclass(frozen=True, slots=True)
class Perception:
    """A tracking kernel.

    Attributes
    ----------
    atom : probability of the exact number.
    scale : scale of the rest on the log scale.
    heavy : Student t with 4 degrees of freedom; else a normal.
    """

    atom: float = 1 / 3
    scale: float = 0.15
    heavy: bool = True


@dataclass(frozen=True, slots=True)
class Exaggeration:
    """Counts about the other side are perceived at z e^b, b ~ N(mean, sd); `assumed`."""

    mean: float = 0.2
    sd: float = 0.3


EXACT = Exaggeration(0.0, 0.0)


def _student4(x: np.ndarray) -> np.ndarray:
    """Lower tail of Student's t with 4 degrees of freedom (closed form)."""
    with np.errstate(over="ignore", invalid="ignore"):
        s = np.where(np.isinf(x), np.sign(x), x / np.sqrt(x * x + 4.0))
        rest = 4.0 / (x * x + 4.0)  # 1 - s^2, without cancelling
    # F = 1/2 + (3 s - s^3) / 4; below zero 1 + s is written as rest / (1 - s).
    lower = (rest / (1 - np.minimum(s, 0))) ** 2 * (2 - s) / 4
    return np.where(s < 0, lower, 0.5 + (3 * s - s**3) / 4)


@lru_cache(maxsize=1)
def _precisions() -> tuple[np.ndarray, np.ndarray]:
    """Nodes and weights for t4 as a scale mixture: t = N(0, 1/g), g ~ Gamma(2, rate 2).

    The trapezoid on log g converges geometrically; what is missed is below 1e-8.
    """
    log_g = np.arange(-10.0, 4.0, 0.25)
    g = np.exp(log_g)
    weight = g * g * np.exp(-2 * g)
    return g, weight / weight.sum()


def _between(low: np.ndarray, high: np.ndarray, scale: float, sd: float) -> np.ndarray:
    """P(low < scale T + sd N <= high), T Student with 4 degrees of freedom; arrays alike."""
    # Both bounds on the same side of zero are mirrored, so that tails keep their digits.
    mirrored = low > 0
    a, b = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    if sd == 0:
        return np.maximum(_student4(b / scale) - _student4(a / scale), 0)
    g, weights = _precisions()
    total = np.zeros(np.shape(a))
    for precision, weight in zip(g, weights, strict=True):
        width = np.hypot(scale / np.sqrt(precision), sd)
        total += weight * (special.ndtr(b / width) - special.ndtr(a / width))
    return np.maximum(total, 0)


def _normal_between(low: np.ndarray, high: np.ndarray, sd: float) -> np.ndarray:
    mirrored = low > 0
    a, b = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    return np.maximum(special.ndtr(b / sd) - special.ndtr(a / sd), 0)


def _log_bounds(z: np.ndarray, span: Span, shift: float) -> tuple[np.ndarray, np.ndarray]:
    centre = np.log(z) + shift
    low = np.full(z.shape, -np.inf) if span.low == 0 else np.log(span.low - 0.5) - centre
    return low, np.log(span.high + 0.5) - centre


def _smooth(z: np.ndarray, span: Span, perception: Perception, shift: float, sd: float):
    """Mass of the part that is not the atom, before normalisation; z > 0."""
    low, high = _log_bounds(z, span, shift)
    if perception.heavy:
        return _between(low, high, perception.scale, sd)
    return _normal_between(low, high, float(np.hypot(perception.scale, sd)))


def _atom(z: np.ndarray, span: Span, shift: float, sd: float) -> np.ndarray:
    """Mass of the atom, spread by exaggeration or width; z > 0."""
    if sd > 0:
        return _normal_between(*_log_bounds(z, span, shift), sd)
    said = np.rint(z * np.exp(shift)) if shift else z
    return ((said >= span.low) & (said <= span.high)).astype(float)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def tracking(
    z: np.ndarray,
    span: Span,
    limit: int,
    perception: Perception | None = None,
    exaggeration: Exaggeration = EXACT,
    width: float = 0.0,
) -> np.ndarray:
    """t(c | z): the probability that one who tracks says a number in the span.

    Parameters
    ----------
    z : true counts, any shape.
    span : what the claim allows.
    limit : largest content of the declared range 0..limit.
    perception : the kernel K; by default the one of the module's docstring.
    exaggeration : the error of counts about the other side.
    width : sd on the log scale by which the kernel is widened (tempering).

    Returns
    -------
    float64 array of the shape of z, in [0, 1].
    """
    perception = perception or Perception()
    z = np.asarray(z, dtype=float)
    sd, shift = float(np.hypot(exaggeration.sd, width)), exaggeration.mean
    allowed = Span(min(span.low, limit), min(span.high, limit))
    everything = Span(0, limit)
    positive = np.where(z > 0, z, NEARLY_NONE)
    smooth = _share(
        _smooth(positive, allowed, perception, shift, sd),
        _smooth(positive, everything, perception, shift, sd),
    )
    atom = _share(
        _atom(positive, allowed, shift, sd),
        _atom(positive, everything, shift, sd),
    )
    value = perception.atom * atom + (1 - perception.atom) * smooth
    if width == 0:
        value = np.where(z > 0, value, float(span.low == 0))
    return np.where(span.low <= limit, np.minimum(value, 1.0), 0.0)


@dataclass(frozen=True, slots=True)
class Table:
    """t over all counts 0..limit: one row a count up to 4,096, then 2,048 rows an octave.

    Attributes
    ----------
    rows : float64, t at the counts of the rows.
    low, high : span of the atom; `atom` its mass where it is not spread (0 in dense rows).
    """

    rows: np.ndarray
    low: int
    high: int
    atom: float

    @property
    def peak(self) -> float:
        """The largest value over all counts."""
        beyond = self.atom if self.high >= DENSE else 0.0
        return float(min(1.0, self.rows.max() + beyond))

    def at(self, z: np.ndarray) -> np.ndarray:
        """Values of t at whole counts z (any real dtype), shape of z."""
        index = np.rint(z).astype(np.int64)
        if self.rows.size <= DENSE:
            return self.rows[np.clip(index, 0, self.rows.size - 1)]
        row = np.clip(index, 0, DENSE - 1)
        large = index >= DENSE
        if large.any():
            octaves = np.log2(index[large] / DENSE)
            row[large] = DENSE + np.minimum(
                np.rint(octaves * PER_OCTAVE).astype(np.int64), self.rows.size - DENSE - 1
            )
        value = self.rows[row]
        if self.atom and large.any():
            value = value + self.atom * (large & (index >= self.low) & (index <= self.high))
        return value


@lru_cache(maxsize=512)
def tracking_table(
    span: Span,
    limit: int,
    perception: Perception | None = None,
    exaggeration: Exaggeration = EXACT,
    width: float = 0.0,
) -> Table:
    """Tabulate `tracking` over 0..limit; parameters as there."""
    perception = perception or Perception()
    sd = float(np.hypot(exaggeration.sd, width))
    dense = np.arange(min(limit + 1, DENSE), dtype=float)
    far = np.empty(0)
    if limit >= DENSE:
        octaves = np.arange(int(np.ceil(np.log2(limit / DENSE) * PER_OCTAVE)) + 2) / PER_OCTAVE
        far = DENSE * 2.0**octaves
    z = np.concatenate([dense, far])
    if sd > 0:
        rows = _interpolated(z, span, limit, perception, exaggeration, width)
        return Table(rows, span.low, span.high, 0.0)
    rows = tracking(z, span, limit, perception, exaggeration)
    if not far.size:
        return Table(rows, span.low, span.high, 0.0)
    # An atom without spread is a step, which rows on a grid would miss: it is kept apart.
    rest = Perception(0.0, perception.scale, perception.heavy)
    rows[DENSE:] = (1 - perception.atom) * tracking(far, span, limit, rest)
    return Table(rows, span.low, span.high, perception.atom)


def _interpolated(
    z: np.ndarray,
    span: Span,
    limit: int,
    perception: Perception,
    exaggeration: Exaggeration,
    width: float,
) -> np.ndarray:
    """`tracking` at rows z, through a grid on log z of 1/32 of the spread.

    Linear interpolation keeps sums over contents, so that they still make one.
    """
    step = float(np.hypot(exaggeration.sd, width)) / 32
    grid = np.exp(np.arange(np.log(NEARLY_NONE), np.log(z[-1]) + 2 * step, step))
    if grid.size >= z.size:
        return tracking(z, span, limit, perception, exaggeration, width)
    rough = tracking(grid, span, limit, perception, exaggeration, width)
    rows = np.interp(np.log(np.where(z > 0, z, NEARLY_NONE)), np.log(grid), rough)
    if width == 0:
        rows[0] = float(span.low == 0)
    return rows
