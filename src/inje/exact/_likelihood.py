"""Exact likelihoods of reported losses under many parameter vectors at once."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import ArrayLike, NDArray

from inje import laws
from inje.errors import ModelError, OptionError
from inje.exact._battle import TwoCounts, checked_accuracy
from inje.exact._transient import clock, transient
from inje.kernels import _exact_window, address_of

__all__ = ["log_likelihood"]

ORDERS = np.array([4, 6, 8, 10, 12, 14, 16, 20, 24, 32, 48, 64, 96, 128, 192, 256])
"""Orders of the recursion that are run; worlds that need more are computed one by one."""

Floats = NDArray[np.float64]
Parameters = Mapping[str, ArrayLike]


def log_likelihood(
    strengths: ArrayLike,
    coefficients: ArrayLike,
    days: ArrayLike,
    weights: ArrayLike,
    *,
    law: str | laws.Law = "square",
    parameters: tuple[Parameters, Parameters] = ({}, {}),
    breakpoints: ArrayLike = (0, 0),
    accuracy: float = 1e-8,
    threads: int = 1,
) -> Floats:
    """Logarithms of sum over (i, j) of weights[i, j] P(i, j losses by `days`), for n worlds.

    Exact as `transient` is, and meant for windows of few losses: some microseconds a world
    for 20 x 40 losses. A world's result depends on nothing but its own numbers.

    Parameters
    ----------
    strengths : (n, 2) or (2,), people of the first and of the second side.
    coefficients : (n, 2) or (2,), of the losses of the first and of the second side.
    days : (n,) or one number, since the start.
    weights : (I, J) or (K, I, J), 0 or more: chance of what was reported, given i losses of
        the first and j of the second side; no weight beyond. One 1 asks for one pair of losses.
    law, parameters, breakpoints : as in `TwoCounts`; values of parameters may be (n,).
    accuracy : relative, of each probability.
    threads : at most so many.

    Returns
    -------
    (n,) or (n, K) : natural logarithms; -inf where the weights have no chance.

    Raises
    ------
    ModelError, OptionError : a number out of its range, or shapes that do not fit.
    """
    checked_accuracy(accuracy)
    tables = _tables(weights)
    strengths, coefficients, days = _worlds(strengths, coefficients, days)
    ends = np.broadcast_to(np.asarray(breakpoints, np.int64), strengths.shape)
    spans = np.maximum(strengths - ends, 0)
    coefficients = np.where((spans == 0).any(axis=1, keepdims=True), 0.0, coefficients)
    attrition = _rate_law(law, strengths, coefficients, breakpoints)
    slots = _slots(attrition, parameters, len(days))
    if attrition.timed:
        days = _clocks(attrition, slots, strengths, days)
    world = _exact_window.Worlds(
        address_of(attrition.rate), slots, strengths.astype(float), coefficients, days, spans
    )
    out = np.full((len(days), len(tables)), -np.inf)
    if tables.any():
        late = _in_lanes(world, tables, accuracy, threads, out, attrition.separable)
        for k in late:
            out[k] = _alone(world, k, attrition, tables, accuracy)
    return out if np.ndim(weights) == 3 else out[:, 0]


def _in_lanes(
    world: _exact_window.Worlds,
    tables: Floats,
    accuracy: float,
    threads: int,
    out: Floats,
    separable: bool,
) -> NDArray[np.int64]:
    """Fill `out` where the recursion serves; the worlds where it does not."""
    if not separable:
        return np.arange(len(out))
    need, support = np.empty(len(out), np.int64), _support(tables)
    with ThreadPoolExecutor(max(threads, 1)) as pool:
        each = pool.map if threads > 1 else map

        def measure(part: NDArray[np.int64]) -> None:
            _exact_window.depths(*world, tables.shape[1:], accuracy, part, need)

        def fill(job: tuple[NDArray[np.int64], int]) -> None:
            _exact_window.window(*world, tables, support, *job, out)

        list(each(measure, _parts(np.arange(len(out)), threads)))
        level = np.searchsorted(ORDERS, need)
        jobs = [
            (part, int(order))
            for step, order in enumerate(ORDERS)
            for part in _parts(np.flatnonzero(level == step), threads)
        ]
        list(each(fill, jobs))
    return np.flatnonzero(level == len(ORDERS))


def _parts(worlds: NDArray[np.int64], threads: int) -> list[NDArray[np.int64]]:
    """At most one part a thread, in whole lanes."""
    lanes = _exact_window.LANES
    size = max(-(-len(worlds) // (max(threads, 1) * lanes)), 1) * lanes
    return [worlds[k : k + size] for k in range(0, len(worlds), size)]


def _alone(
    world: _exact_window.Worlds, k: int, law: laws.Law, tables: Floats, accuracy: float
) -> Floats:
    """One world by the general way."""
    names = [parameter.name for parameter in law.parameters]
    slots = world.slots[min(k, len(world.slots) - 1)]
    battle = TwoCounts(
        (int(world.strengths[k, 0]), int(world.strengths[k, 1])),
        (float(world.coefficients[k, 0]), float(world.coefficients[k, 1])),
        law=law,
        parameters=tuple(dict(zip(names, side, strict=False)) for side in slots.tolist()),
        breakpoints=tuple((world.strengths[k] - world.spans[k]).astype(int).tolist()),
    )
    table = transient(battle, float(world.days[k]), accuracy=accuracy).table(tables.shape[1:])
    with np.errstate(divide="ignore"):
        return np.log(np.tensordot(tables, table, 2))


def _tables(weights: ArrayLike) -> Floats:
    tables = np.ascontiguousarray(weights, dtype=np.float64)
    if tables.ndim not in {2, 3} or 0 in tables.shape:
        raise OptionError("weights", f"shape {tables.shape}", "(I, J) or (K, I, J)")
    if not np.isfinite(tables).all() or tables.min() < 0.0:
        raise OptionError("weights", "a negative or no number", "finite, 0 or more")
    return tables if tables.ndim == 3 else tables[None]


def _worlds(
    strengths: ArrayLike, coefficients: ArrayLike, days: ArrayLike
) -> tuple[NDArray[np.int64], Floats, Floats]:
    arrays = (
        np.asarray(strengths),
        np.asarray(coefficients, np.float64),
        np.asarray(days, np.float64),
    )
    try:
        shape = np.broadcast_shapes(arrays[0].shape, arrays[1].shape, (*arrays[2].shape, 1), (1, 2))
    except ValueError as error:
        raise OptionError(
            "strengths, coefficients, days",
            f"shapes {', '.join(str(a.shape) for a in arrays)}",
            "(n, 2), (n, 2) and (n,)",
        ) from error
    if not np.equal(np.mod(arrays[0], 1), 0).all() or arrays[0].min(initial=0) < 0:
        raise ModelError("strengths", "part of a person, or less than nobody", "whole numbers")
    for name, values in (("coefficients", arrays[1]), ("days", arrays[2])):
        if not np.isfinite(values).all() or values.min(initial=0.0) < 0.0:
            raise ModelError(name, "a negative or no number", "finite numbers, 0 or more")
    return (
        np.ascontiguousarray(np.broadcast_to(arrays[0], shape), np.int64),
        np.ascontiguousarray(np.broadcast_to(arrays[1], shape)),
        np.ascontiguousarray(np.broadcast_to(arrays[2], shape[:1])),
    )


def _rate_law(
    law: str | laws.Law, strengths: NDArray[np.int64], coefficients: Floats, breakpoints: ArrayLike
) -> laws.Law:
    """The law, by way of a battle of the largest numbers, whose checks serve for all."""
    most = strengths.max(axis=0, initial=0).tolist()
    points = np.asarray(breakpoints, np.int64).reshape(-1, 2).max(axis=0).tolist()
    fastest = coefficients.max(axis=0, initial=0.0).tolist()
    return TwoCounts(tuple(most), tuple(fastest), law=law, breakpoints=tuple(points)).attrition


def _slots(law: laws.Law, parameters: tuple[Parameters, Parameters], n: int) -> Floats:
    """(1 or n, 2, 4), p0 .. p3 of both sides."""
    given = [{name: np.asarray(v, np.float64) for name, v in side.items()} for side in parameters]
    for side in given:
        for edge in (np.min, np.max):
            law.values({name: float(edge(values)) for name, values in side.items()})
    shapes = {values.shape for side in given for values in side.values()} - {()}
    if shapes - {(n,)}:
        raise OptionError("parameters", f"shapes {shapes}", f"one number or ({n},)")
    slots = np.zeros((n if shapes else 1, 2, laws.SLOTS))
    for side, values in enumerate(given):
        for slot, parameter in enumerate(law.parameters):
            slots[:, side, slot] = values.get(parameter.name, parameter.default)
    return slots


def _clocks(law: laws.Law, slots: Floats, strengths: NDArray[np.int64], days: Floats) -> Floats:
    """Days on the clock of a law whose rates change with time."""
    if len(slots) > 1:
        raise ModelError(
            f"law {law.name}",
            "its rates depend on time and its parameters differ between worlds",
            "one value of each parameter",
            "weigh the worlds in groups of equal parameters",
        )
    first, second = strengths.max(axis=0).tolist()
    names = [parameter.name for parameter in law.parameters]
    sides = [dict(zip(names, side, strict=False)) for side in slots[0].tolist()]
    battle = TwoCounts((first, second), (1.0, 1.0), law=law, parameters=(sides[0], sides[1]))
    ticks, place = np.unique(days, return_inverse=True)
    return np.array([clock(battle, 0.0, end) for end in ticks.tolist()])[place]


def _support(tables: Floats) -> NDArray[np.int64]:
    """First and last row, first and last column that have weight."""
    rows = np.flatnonzero(tables.any(axis=(0, 2)))
    columns = np.flatnonzero(tables.any(axis=(0, 1)))
    return np.array([rows[0], rows[-1], columns[0], columns[-1]])
