"""The principal branch of quantal response equilibria, traced from precision 0.

An equilibrium at precision L solves ``z = L d(z)``: z the log-odds of each
move against the first of its information set, d the difference of their
worth. At L = 0 the only solution is z = 0 (all moves alike); the curve that
starts there is followed by steps along its tangent (predictor) and Newton
steps back to it across the tangent (corrector), so that folds, where L turns
back, are passed. Sources: McKelvey & Palfrey (1998); Turocy (2010) for the
continuation on logarithms.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inje.errors import ModelError
from inje.games._expectation import Plan, log_strategy, move_values

Vector = NDArray[np.float64]

_COMPLEX_STEP = 1e-30
_LONGEST_TRACE = 20_000
_FIRST_STEP = 0.03
_SHORTEST_STEP = 1e-10
_BIFURCATION_STEP = 1e-4
_FARTHEST_CORRECTION = 0.03
_SHARPEST_TURN = math.cos(0.3)
_GENTLE_TURN = math.cos(0.15)
# Points along the way need not be exact: the branch is exact where it is asked for.
_CLOSE = 1e-6


@dataclass
class Branch:
    """Points on the branch, found as far as they are asked for.

    Attributes
    ----------
    plan : the game.
    points : (free moves + 1,) arrays, log-odds and then the precision, from 0 on.
    tangents : the direction of the curve at each point.
    """

    plan: Plan
    points: list[Vector] = field(default_factory=list)
    tangents: list[Vector] = field(default_factory=list)
    _length: float = _FIRST_STEP
    _orientation: float = 1.0

    def __post_init__(self) -> None:
        start = np.zeros(len(self.plan.free) + 1)
        self.points.append(start)
        up = np.zeros_like(start)
        up[-1] = 1.0
        tangent, self._orientation = _tangent(self.plan, start, up)
        self.tangents.append(tangent)

    def at(self, precision: float) -> Vector:
        """Return the log-odds where the branch first comes to a precision.

        Raises
        ------
        ModelError : when the branch cannot be followed so far.
        """
        while self.points[-1][-1] < precision:
            self._advance()
        last = next(k for k, point in enumerate(self.points) if point[-1] >= precision)
        if last == 0:
            return self.points[0][:-1]
        return self._between(last, precision)

    def folded(self, precision: float) -> bool:
        """Return whether the branch turned back before it first came to a precision."""
        highest = 0.0
        for point in self.points:
            if point[-1] < highest:
                return True
            highest = float(point[-1])
            if highest >= precision:
                return False
        return False

    def _between(self, last: int, precision: float) -> Vector:
        low, high = self.points[last - 1], self.points[last]
        share = (precision - low[-1]) / (high[-1] - low[-1])
        z = low[:-1] + share * (high[:-1] - low[:-1])
        for _ in range(60):
            residual, jacobian = residual_and_jacobian(self.plan, np.append(z, precision))
            change = np.linalg.solve(jacobian[:, :-1], residual)
            z = z - change
            if np.linalg.norm(change) <= 1e-13 * (1.0 + np.linalg.norm(z)):
                break
        return z

    def _advance(self) -> None:
        if len(self.points) >= _LONGEST_TRACE:
            raise self._lost()
        while True:
            found = self._try(self._length)
            if found is not None:
                break
            self._length /= 2.0
            if self._length < _SHORTEST_STEP:
                raise self._lost()
        point, tangent, quick = found
        self.points.append(point)
        self.tangents.append(tangent)
        if quick:
            self._length *= 1.5

    def _try(self, length: float) -> tuple[Vector, Vector, bool] | None:
        """Return the point `length` on, its tangent and whether it was easy.

        None where the point may lie on another branch: the correction was far, the curve
        turned, or its orientation changed (which it may at a bifurcation, where steps are short).
        """
        before = self.tangents[-1]
        corrected = _corrected(self.plan, self.points[-1] + length * before, before)
        if corrected is None:
            return None
        point, far = corrected
        tangent, orientation = _tangent(self.plan, point, before)
        weight = 1.0 / (1.0 + np.abs(point))
        turn = _cosine(before * weight, tangent * weight)
        if orientation != self._orientation and length > _BIFURCATION_STEP:
            return None
        if turn < _SHARPEST_TURN and length > _BIFURCATION_STEP:
            return None
        self._orientation = orientation
        return point, tangent, far <= 0.3 * _FARTHEST_CORRECTION and turn > _GENTLE_TURN

    def _lost(self) -> ModelError:
        return ModelError(
            "precision", f"the branch is lost after precision {self.points[-1][-1]:.6g}",
            "precisions up to there", "ask for a lower precision, or scale the payoffs down",
        )  # fmt: skip


def residual_and_jacobian(plan: Plan, point: Vector) -> tuple[Vector, Vector]:
    """Return ``z - L d(z)`` and its derivatives by z and L, at (z, L)."""
    z, precision = point[:-1], point[-1]
    count = len(z)
    batch = np.tile(z.astype(complex), (count + 1, 1))
    batch[1:] += 1j * _COMPLEX_STEP * np.eye(count)
    gain = _gain(plan, batch)
    gains = gain[0].real
    derivative = gain[1:].imag.T / _COMPLEX_STEP
    jacobian = np.hstack([np.eye(count) - precision * derivative, -gains[:, None]])
    return z - precision * gains, jacobian


def _gain(plan: Plan, logits: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Worth of each move over the first of its information set, (batch, free moves)."""
    if not plan.information:
        return np.zeros((len(logits), 0), dtype=complex)
    worth = move_values(plan, log_strategy(plan, logits))
    gains = [
        worth[:, plan.first[k] + 1 : plan.first[k + 1]] - worth[:, plan.first[k], None]
        for k in range(len(plan.information))
    ]
    return np.concatenate(gains, axis=1)


def _corrected(plan: Plan, point: Vector, tangent: Vector) -> tuple[Vector, float] | None:
    """Return the point of the curve across the tangent, and how far it was.

    Distances are relative in each log-odds, since large ones hardly move a probability.
    """
    far = 0.0
    for turn in range(8):
        residual, jacobian = residual_and_jacobian(plan, point)
        change = np.linalg.solve(np.vstack([jacobian, tangent]), np.append(residual, 0.0))
        size = float(np.linalg.norm(change / (1.0 + np.abs(point))))
        if turn == 0:
            far = size
        if not size <= _FARTHEST_CORRECTION:
            return None
        point = point - change
        if size <= _CLOSE:
            return point, far
    return None


def _tangent(plan: Plan, point: Vector, towards: Vector) -> tuple[Vector, float]:
    """Return the unit vector along the curve on the side of `towards`, and its orientation."""
    _, jacobian = residual_and_jacobian(plan, point)
    bordered = np.vstack([jacobian, towards])
    along = np.linalg.solve(bordered, np.append(np.zeros(len(point) - 1), 1.0))
    tangent: Vector = np.asarray(along / np.linalg.norm(along), dtype=float)
    return tangent, float(np.linalg.slogdet(np.vstack([jacobian, tangent]))[0])


def _cosine(a: Vector, b: Vector) -> float:
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b)))
