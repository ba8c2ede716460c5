"""The engine: P1, P2, the seed's scenario and one large battle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks import _battles, _peers, _timing

NAMES = ("p1", "p2", "seed", "large")


def _scenario(name: str) -> tuple[Any, list[str] | None]:
    match name:
        case "p1":
            return _battles.duel(800, 500, 0.01), list(_battles.LOSSES)
        case "p2":
            return _battles.arms(), list(_battles.LOSSES)
        case "large":
            stop = (56_000, 25_000)
            return _battles.duel(80_000, 50_000, 1.0, stop), list(_battles.LOSSES)
        case _:
            return _battles.seed(), None


def measure(name: str) -> Iterator[dict[str, Any]]:
    """One row for each number of threads."""
    scenario, paths = _scenario(name)
    sides = [side.id for side in scenario.sides]
    events = _timing.mean_events(scenario, sides, 2_000 if name == "large" else 200_000)
    peers = _peers.rates(name) if name in ("p1", "p2") else {}
    rows = []
    for threads in (1, 2):
        draws = _timing.draws_per_second(threads)
        worlds, _ = _timing.worlds_per_second(scenario, threads, paths)
        bound = draws / (events + 1)
        rows.append(
            {
                "name": name,
                "threads": threads,
                "worlds_per_s": worlds,
                "events_per_s": worlds * events,
                "draws_per_s": draws,
                "bound_worlds_per_s": bound,
                "ratio_to_bound": worlds / bound,
                "ratio_to_gillespy2": worlds / peers["gillespy2"] if peers else None,
                "ratio_to_mesa": worlds / peers["mesa"] if peers.get("mesa") else None,
                "peak_mb": _timing.peak_megabytes(),
            }
        )
    yield from rows
