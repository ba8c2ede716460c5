"""Twelve daily loss reports of both sides: importance sampling gives up, narrowing does not.

The law is a Poisson number of losses a day and side at constant rates, for which the
likelihood is a sum in closed form (checked here); the randomness of each day and side has a
key of its own, as an engagement's days do.
"""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy import special, stats

from inje.dossier import Claim, ObservablePath, Value
from inje.posterior import ClaimModel, Setting, WeighedClaim, importance, pooled
from inje.posterior._counts import COUNTS
from inje.posterior._reliability import nodes
from inje.posterior._transmission import Attestation
from inje.posterior._weights import uniforms_of

DAYS = 12
SAID = {
    "red": (14, 11, 17, 9, 20, 15, 12, 13, 16, 10, 18, 14),
    "blue": (31, 25, 28, 40, 22, 27, 35, 30, 24, 33, 29, 26),
}
PATHS = [f"losses.{side}.killed@1946-04-{day + 1:02d}" for side in SAID for day in range(DAYS)]
SETTING = Setting(limit=5000, columns=frozenset(PATHS))
MOST = 160


class Daily:
    """Losses a day are Poisson with mean exp(3 + .7 x), by a table of its distribution."""

    dimension, blocks = 2, 2 * DAYS

    def __init__(self):
        self.mean = np.geomspace(0.05, 2000, 2048)
        cumulated = special.pdtr(np.arange(MOST), self.mean[:, None])
        # Rows one after another, each shifted by its number: one sorted table to search.
        self.cumulated = (np.arange(2048)[:, None] + np.minimum(cumulated, 1 - 1e-9)).ravel()

    def simulate(self, x, keys):
        row = np.minimum(np.searchsorted(self.mean, np.exp(3 + 0.7 * x)), 2047)
        columns = {}
        for i, path in enumerate(PATHS):
            own = row[:, i // DAYS]
            at = np.searchsorted(self.cumulated, own + uniforms_of(keys[:, i], 5))
            columns[path] = np.clip(at - own * MOST, 0, MOST)
        return columns


def _claims(holders):
    claims = []
    for i, path in enumerate(PATHS):
        side = path.split(".")[1]
        value = Value(best=SAID[side][i % DAYS])
        claim = Claim(id=f"c{i}", kind="report", holders=(holders[side],), about=path, value=value)
        reading = COUNTS.read(claim, ObservablePath.parse(path), None, SETTING)
        made = Attestation(claim.id, holders[side], reading.invented(None))
        claims.append(WeighedClaim(claim.id, path, reading, made))
    return ClaimModel(tuple(claims), dict.fromkeys(holders.values(), "B"), {})


def _truth(model):
    """Means and sds of the two log rates, and log evidence, on a grid."""
    grid = np.linspace(-4, 4, 801)
    k = np.arange(400)
    r, weight = map(np.array, nodes(8, 2, DAYS))
    mean = np.exp(3 + 0.7 * grid)
    law = stats.poisson(mean[:, None]).pmf(k)
    found, evidence = [], 0.0
    for side in range(2):
        total = np.zeros(grid.size)
        for value, share in zip(r, weight, strict=True):
            log = np.zeros(grid.size)
            for claim in model.claims[side * DAYS : (side + 1) * DAYS]:
                tracked = law @ claim.reading.tracking({claim.about: k})
                log += np.log(value * tracked + (1 - value) * claim.attestation.invented)
            total += share * np.exp(log)
        joint = total * stats.norm.pdf(grid) * (grid[1] - grid[0])
        evidence += np.log(joint.sum())
        share = joint / joint.sum()
        centre = share @ grid
        found.append((centre, np.sqrt(share @ (grid - centre) ** 2)))
    return found, evidence


@pytest.mark.slow
def test_twelve_daily_reports_of_both_sides():
    model = _claims({"red": "clerk", "blue": "scribe"})
    daily = Daily()

    def worlds(start, n):
        rng = np.random.default_rng([3, start])
        keys = rng.integers(0, 2**63, (n, 2 * DAYS)).astype(np.uint64)
        parts = [
            daily.simulate(part, own)
            for part, own in zip(
                np.array_split(rng.normal(size=(n, 2)), 16), np.array_split(keys, 16), strict=True
            )
        ]
        return {name: np.concatenate([part[name] for part in parts]) for name in PATHS}

    drawn = importance(worlds, model, max_worlds=1 << 18, keep=1 << 12, prior=1 << 12)
    assert drawn.verdict.name == "HOPELESS"

    begun = time.process_time()
    pool = pooled(daily, model, ess=200, threads=2)
    took = time.process_time() - begun
    truth, evidence = _truth(model)
    weight = np.exp(pool.log_weight - pool.log_weight.max())
    weight /= weight.sum()
    found = f"{pool.log_evidence:.2f} ({evidence:.2f})"
    print(f"ESS {pool.ess:.0f}, {took:.0f} s of processor time, log evidence {found}")
    for i, (mean, sd) in enumerate(truth):
        got = weight @ pool.x[:, i]
        spread = np.sqrt(weight @ (pool.x[:, i] - got) ** 2)
        print(f"x{i}: {got:.4f} +- {spread:.4f}, truth {mean:.4f} +- {sd:.4f}")
        assert got == pytest.approx(mean, abs=4 * sd / np.sqrt(pool.ess))
        assert spread == pytest.approx(sd, rel=0.15)
    assert pool.log_evidence == pytest.approx(evidence, abs=1.0)
