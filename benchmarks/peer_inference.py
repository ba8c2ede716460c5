"""The three-parameter problem by pyABC and PyMC, each in two ways; runs in ``.venv-peers``.

``python peer_inference.py METHOD SEED`` prints one JSON row: draws, their weights, seconds, and
the log evidence where the method gives one. Battles and likelihood are compiled beforehand: no
peer waits for an interpreter.
"""

# ruff: noqa: NPY002 - compiled battles and pyABC's workers draw by the global generator

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable

import numba as nb
import numpy as np

DAYS, BLUE = 4.0, 800
CENTRE = np.array([np.log(0.01), np.log(0.01), np.log(500)])
SPREAD = np.array([0.7, 0.7, 0.2])
SAID, ERROR = (8.0, 15.0), (2.0, 4.0)
NAMES = ("log_b", "log_r", "log_R0")
POPULATION = 1000

Draws = tuple[np.ndarray, np.ndarray, float | None]


@nb.njit
def battle(log_b: float, log_r: float, log_strength: float, seed: int) -> tuple[int, int]:
    """Losses of both sides of one battle, event by event."""
    np.random.seed(seed)
    b, r, red = np.exp(log_b), np.exp(log_r), np.rint(np.exp(log_strength))
    i, j, t = 0, 0, 0.0
    while i < BLUE and j < red:
        first, second = r * (red - j), b * (BLUE - i)
        t += np.random.exponential(1.0 / (first + second))
        if t > DAYS:
            break
        if np.random.random() * (first + second) < first:
            i += 1
        else:
            j += 1
    return i, j


@nb.njit
def log_likelihood(log_b: float, log_r: float, log_strength: float) -> float:
    """Exact: the law of the losses by uniformisation, weighed by normal reports."""
    rows, columns = 21, 40
    b, r, red = np.exp(log_b), np.exp(log_r), np.rint(np.exp(log_strength))
    pace = r * red + b * BLUE
    mass = np.zeros((rows, columns))
    mass[0, 0] = 1.0
    total, steps = np.zeros((rows, columns)), pace * DAYS
    weight, n = np.exp(-steps), 0
    while n < steps + 8 * np.sqrt(steps) + 12:
        total += weight * mass
        later = np.zeros((rows, columns))
        for i in range(rows):
            for j in range(columns):
                first, second = r * max(red - j, 0.0) / pace, b * (BLUE - i) / pace
                later[i, j] += mass[i, j] * (1.0 - first - second)
                if i + 1 < rows:
                    later[i + 1, j] += mass[i, j] * first
                if j + 1 < columns:
                    later[i, j + 1] += mass[i, j] * second
        mass, n = later, n + 1
        weight *= steps / n
    chance = 0.0
    for i in range(rows):
        for j in range(columns):
            x, y = (i - SAID[0]) / ERROR[0], (j - SAID[1]) / ERROR[1]
            chance += total[i, j] * np.exp(-0.5 * (x * x + y * y))
    return np.log(max(chance / (2 * np.pi * ERROR[0] * ERROR[1]), 1e-300))


def _abc(model: Callable, least: float, **options: object) -> tuple[object, float]:
    import pyabc

    prior = pyabc.Distribution(
        **{
            name: pyabc.RV("norm", centre, spread)
            for name, centre, spread in zip(NAMES, CENTRE, SPREAD, strict=True)
        }
    )
    abc = pyabc.ABCSMC(
        model, prior, population_size=POPULATION,
        sampler=pyabc.sampler.MulticoreEvalParallelSampler(n_procs=2), **options,
    )  # fmt: skip
    abc.new("sqlite://", {"B": SAID[0], "R": SAID[1]})
    begun = time.perf_counter()
    history = abc.run(minimum_epsilon=least)
    return history, time.perf_counter() - begun


def _drawn(history: object) -> tuple[np.ndarray, np.ndarray]:
    frame, weights = history.get_distribution(m=0)
    return frame[list(NAMES)].to_numpy(), np.asarray(weights)


def _losses(p: dict[str, float]) -> tuple[int, int]:
    return battle(p["log_b"], p["log_r"], p["log_R0"], np.random.randint(1 << 31))


def pyabc_exact(seed: int) -> tuple[Draws, float]:
    """StochasticAcceptor with the exact normal kernel, down to temperature 1."""
    import pyabc

    def model(p: dict[str, float]) -> dict[str, float]:
        first, second = _losses(p)
        return {"B": float(first), "R": float(second)}

    np.random.seed(seed)
    history, took = _abc(
        model,
        1.0,
        distance_function=pyabc.IndependentNormalKernel(var=[e**2 for e in ERROR], keys=["B", "R"]),
        acceptor=pyabc.StochasticAcceptor(),
        eps=pyabc.Temperature(),
    )
    return (*_drawn(history), None), took


def pyabc_near(seed: int) -> tuple[Draws, float]:
    """SMC-ABC: reports simulated with their errors, accepted within half an error of those made."""

    def model(p: dict[str, float]) -> dict[str, float]:
        first, second = _losses(p)
        noise = np.random.standard_normal(2) * ERROR
        return {"B": first + noise[0], "R": second + noise[1]}

    def distance(x: dict[str, float], y: dict[str, float]) -> float:
        return float(np.hypot((x["B"] - y["B"]) / ERROR[0], (x["R"] - y["R"]) / ERROR[1]))

    np.random.seed(seed)
    history, took = _abc(model, 0.5, distance_function=distance)
    return (*_drawn(history), None), took


def _smc(build: Callable[[object, list], None], seed: int) -> tuple[Draws, float]:
    import pymc as pm

    with pm.Model():
        theta = [
            pm.Normal(name, centre, spread)
            for name, centre, spread in zip(NAMES, CENTRE, SPREAD, strict=True)
        ]
        build(pm, theta)
        begun = time.perf_counter()
        found = pm.sample_smc(
            POPULATION, chains=2, cores=2, random_seed=seed, progressbar=False,
            compute_convergence_checks=False,
        )  # fmt: skip
        took = time.perf_counter() - begun
    x = np.stack([found.posterior[name].to_numpy().ravel() for name in NAMES], axis=1)
    last = [
        [v for v in np.ravel(chain) if np.isfinite(v)][-1]
        for chain in found.sample_stats["log_marginal_likelihood"].to_numpy()
    ]
    return (x, np.ones(len(x)), float(np.logaddexp.reduce(last) - np.log(len(last)))), took


def pymc_exact(seed: int) -> tuple[Draws, float]:
    """sample_smc with the exact likelihood."""
    import pytensor.tensor as pt
    from pytensor.graph.op import Op

    class Exact(Op):
        itypes, otypes = [pt.dscalar] * 3, [pt.dscalar]

        def perform(self, node: object, inputs: list, outputs: list) -> None:  # noqa: ARG002
            outputs[0][0] = np.asarray(log_likelihood(*(float(v) for v in inputs)))

    return _smc(lambda pm, theta: pm.Potential("reports", Exact()(*theta)), seed)


def pymc_simulated(seed: int) -> tuple[Draws, float]:
    """sample_smc with Simulator: a normal kernel of the reports' own errors."""

    def reports(
        rng: np.random.Generator,
        b: float,
        r: float,
        n: float,
        size: object = None,  # noqa: ARG001
    ) -> np.ndarray:
        theta = (float(np.ravel(value)[0]) for value in (b, r, n))
        losses = battle(*theta, int(rng.integers(1 << 31)))
        return np.array(losses) / ERROR

    def build(pm: object, theta: list) -> None:
        pm.Simulator(
            "reports", reports, *theta, distance="gaussian", epsilon=1.0,
            observed=np.array(SAID) / ERROR,
        )  # fmt: skip

    (x, weights, evidence), took = _smc(build, seed)
    # Simulator leaves out the constants of the normal density.
    return (x, weights, evidence - np.log(2 * np.pi * ERROR[0] * ERROR[1])), took


METHODS = {f.__name__: f for f in (pyabc_exact, pyabc_near, pymc_exact, pymc_simulated)}


def main() -> None:
    """One method, one row."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    name, seed = sys.argv[1], int(sys.argv[2])
    battle(*CENTRE, 1)
    log_likelihood(*CENTRE)
    (x, weights, evidence), took = METHODS[name](seed)
    row = {
        "method": name, "seconds": took, "x": np.asarray(x, dtype=float).tolist(),
        "weights": np.asarray(weights, dtype=float).tolist(), "log_evidence": evidence,
    }  # fmt: skip
    print(json.dumps(row))


if __name__ == "__main__":
    main()
