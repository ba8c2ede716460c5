"""Worlds drawn back: for losses that an exact law has drawn, fortunes that lead to them.

Draws of an exact law are parameters and losses by date. Given both, what happened between two dates
is independent of all else; so the fortunes of each stretch are drawn by themselves, and the world
that they make has the law of worlds given everything that was reported.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from inje.errors import InjeError
from inje.packing import KEYS, bridge, values_of
from inje.posterior._duel import Duel
from inje.posterior._worlds import ScenarioParticles

__all__ = ["Bridged", "bridged", "stretched"]

#: losses of both sides that a stretch has on average: the fewer, the likelier is any number of
#: them, and the shorter is a fight; the more, the fewer addresses a world has
STRETCH = 25.0
#: addresses tried for a chunk of draws: a minute's work. Losses that are drawn by their own chance
#: take more than n addresses with a chance of s over n, where s is how many values they are likely
#: to have, some 80 for a stretch: one run in two hundred of a thousand draws of twelve days.
MOST = 1 << 28
#: addresses of fortunes that are drawn back begin here, apart from those of worlds and proposals
FIRST_BRIDGE = np.uint64(3 << 61)
#: draws that one thread takes at a time
CHUNK = 16


@dataclass(frozen=True)
class Bridged:
    """Fortunes for draws of an exact law.

    Attributes
    ----------
    keys : (n, 3 + renewals), see `Keys`. renewals : days at which fortunes are renewed.
    columns : of the worlds that they make, each (n,).
    missing : whether so many addresses as may be tried did not suffice; the rest is of no use then.
    """

    keys: np.ndarray
    renewals: tuple[float, ...]
    columns: dict[str, np.ndarray]
    missing: bool


def stretched(duel: Duel, given: dict[str, np.ndarray]) -> Duel:
    """The same duel with more dates, so that few people fall from date to date.

    given : parameters (1,), of a battle that is typical of the draws.
    """
    lost = [
        sum(float(duel.lost_on_average(given, date, side)[0]) for side in (0, 1))
        for date in range(len(duel.days))
    ]
    days: list[float] = []
    for begin, end, fallen in zip(
        (0.0, *duel.days), duel.days, np.diff([0.0, *lost]), strict=False
    ):
        parts = max(1, ceil(fallen / STRETCH))
        days += [*(begin + (end - begin) * part / parts for part in range(1, parts)), end]
    moved = tuple(replace(r, date=days.index(duel.days[r.date])) for r in duel.reports)
    return replace(duel, days=tuple(days), reports=moved)


def bridged(
    duel: Duel,
    x: np.ndarray,
    losses: np.ndarray,
    number: np.ndarray,
    pool: ThreadPoolExecutor,
    progress: Callable[[int, int], None] | None = None,
) -> Bridged:
    """Draw the fortunes of worlds given parameters and losses by date.

    Parameters
    ----------
    x : (n, dimension) coordinates. losses : (n, dates, 2) of both sides in the engagement.
    number : (n,) which draws they are; decides where addresses are tried.
    progress : called with draws done and draws in all.

    Raises
    ------
    InjeError : the worlds are not those that were drawn; this would be a fault of inje.
    """
    own = duel.particles.worlds
    worlds = replace(own, renewals=duel.days[:-1], threads=1)
    packed, given = worlds.plan.packed, duel.particles.given(x[:, : duel.particles.dimension])
    order = [duel.engagement.sides.index(side) for side in packed.skeleton.sides]
    room = np.uint64(len(duel.days)) * np.uint64(MOST)
    first = FIRST_BRIDGE + number.astype(np.uint64) * room

    missing = False

    def part(low: int) -> np.ndarray | None:
        some = slice(low, low + CHUNK)
        if missing:  # the others' work would be for nothing
            return None
        columns = {path: column[some] for path, column in given.items()}
        values = values_of(packed, own.seed, first[some], first[some], columns, {})
        lost = losses[some][:, :, order]
        keys, tried = bridge(packed, values, own.seed, first[some], lost, MOST)
        return keys if tried >= 0 else None

    found = []
    for keys in pool.map(part, range(0, len(x), CHUNK)):
        if keys is None:
            missing = True
            continue
        found.append(keys)
        if progress:
            progress(min(len(found) * CHUNK, len(x)), len(x))
    if missing:
        return Bridged(np.zeros((len(x), 0), np.uint64), worlds.renewals, {}, missing)
    fortunes = np.concatenate(found)
    # One address for all blocks but the later fortunes: they are worlds like any other.
    keys = np.concatenate([np.repeat(fortunes[:, :1], KEYS, axis=1), fortunes[:, 1:]], axis=1)
    complete = ScenarioParticles(worlds, duel.particles.paths).complete
    columns = complete(x[:, : duel.particles.dimension], keys)
    for side, lost in zip(duel.engagement.sides, losses[:, -1].T, strict=True):
        if not np.array_equal(columns[f"losses.{side}.total"], lost):
            msg = f"worlds drawn back do not have the losses of {side} that were drawn; report it"
            raise InjeError(msg)
    return Bridged(keys, worlds.renewals, columns, missing)
