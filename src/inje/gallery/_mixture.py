"""Forecasts as mixtures of normals, and what is read off them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtr, roots_genlaguerre, roots_legendre

__all__ = ["Mixture", "t_nodes"]


@dataclass(frozen=True)
class Mixture:
    """k weighted normals in p dimensions.

    Attributes
    ----------
    weights : shape (k,), sum 1.
    means : shape (k, p).
    covariances : shape (k, p, p).
    """

    weights: np.ndarray
    means: np.ndarray
    covariances: np.ndarray

    def log_density(self, points: np.ndarray) -> np.ndarray:
        """Log density at points of shape (m, p); shape (m,)."""
        p = self.means.shape[1]
        precision = np.linalg.inv(self.covariances)
        logdet = np.linalg.slogdet(self.covariances)[1]
        gap = points[:, None, :] - self.means
        distance = np.einsum("mki,kij,mkj->mk", gap, precision, gap)
        each = -0.5 * (distance + logdet + p * np.log(2 * np.pi))
        return logsumexp(each, b=self.weights, axis=1)

    def cdf(self, axis: int, values: np.ndarray) -> np.ndarray:
        """Marginal distribution function of one coordinate at values (m,)."""
        sd = np.sqrt(self.covariances[:, axis, axis])
        return ndtr((values[:, None] - self.means[:, axis]) / sd) @ self.weights

    def quantiles(self, axis: int, levels: np.ndarray) -> np.ndarray:
        """Marginal quantiles of one coordinate, by bisection to 1e-9 sd."""
        sd = np.sqrt(self.covariances[:, axis, axis]).max()
        low = np.full(len(levels), self.means[:, axis].min() - 12 * sd)
        high = np.full(len(levels), self.means[:, axis].max() + 12 * sd)
        for _ in range(40):
            middle = (low + high) / 2
            below = self.cdf(axis, middle) < levels
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return (low + high) / 2

    def mass_below(self, bound: float) -> float:
        """Probability that both of two coordinates lie below `bound`."""
        nodes, node_weights = roots_legendre(48)
        mx, my = self.means.T
        sx = np.sqrt(self.covariances[:, 0, 0])
        slope = self.covariances[:, 0, 1] / self.covariances[:, 0, 0]
        sy = np.sqrt(self.covariances[:, 1, 1] - slope * self.covariances[:, 0, 1])
        low = mx - 8 * sx
        width = np.maximum(np.minimum(bound, mx + 8 * sx) - low, 0)
        x = low[:, None] + width[:, None] * (nodes + 1) / 2
        density = np.exp(-0.5 * ((x - mx[:, None]) / sx[:, None]) ** 2) / sx[:, None]
        given = my[:, None] + slope[:, None] * (x - mx[:, None])
        inside = density * ndtr((bound - given) / sy[:, None])
        mass = inside @ node_weights * width / 2 / np.sqrt(2 * np.pi)
        return float(self.weights @ mass)


def t_nodes(freedom: float, count: int) -> tuple[np.ndarray, np.ndarray]:
    """A t as a mixture of normals: precisions and their weights.

    The precision of a t with `freedom` degrees is gamma(freedom/2) with mean 1;
    generalised Gauss-Laguerre quadrature with `count` nodes.
    """
    nodes, weights = roots_genlaguerre(count, freedom / 2 - 1)
    return nodes / (freedom / 2), weights / weights.sum()
