"""Chosen worlds fought again, as frames that the page can move through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from inje.ensemble import Event, Replay, replay_world
from inje.errors import InjeError, ModelError
from inje.posterior import Posterior
from inje.reporting._data import ReplayForce, ReplayFrame, ReplayWorld
from inje.reporting._wording import Wording
from inje.scenario import Force, Scenario, parameters

__all__ = ["chosen_rows", "drawn_paths", "frames_of", "replay_draw", "replays_of"]

#: frames of one world at most, and losses above which no world is fought event by event
_FRAMES = 90
_MOST_LOSSES = 20_000


def chosen_rows(posterior: Posterior) -> dict[str, int]:
    """Rows of the draws worth seeing: the median one, the luckiest, the nearest to the record."""
    weights = posterior.weights
    if not weights.size or not weights.max() > 0:
        return {}
    likely = np.flatnonzero(weights >= np.quantile(weights[weights > 0], 0.25))
    losses = _losses(posterior)
    rows: dict[str, int] = {}
    if losses:
        scaled = np.stack([np.log1p(values[likely]) for values in losses.values()])
        share = weights[likely] / weights[likely].sum()
        middle = np.array([_median(row, share) for row in scaled])
        rows["the median world"] = int(likely[np.abs(scaled - middle[:, None]).sum(0).argmin()])
    if len(losses) == 2:
        first, second = (np.log1p(values[likely]) for values in losses.values())
        name = next(iter(losses))
        rows[f"the luckiest for {name}"] = int(likely[(first - second).argmin()])
    rows["the one nearest to the record"] = int(np.argmax(posterior.log_weight))
    return rows


def _losses(posterior: Posterior) -> dict[str, np.ndarray]:
    found = {}
    for side in posterior.scenario.sides[:2]:
        column = posterior.draws.get(f"losses.{side.id}.total")
        if column is not None:
            found[side.id] = np.asarray(column, dtype=float)
    return found


def _median(values: np.ndarray, share: np.ndarray) -> float:
    order = np.argsort(values)
    row = np.searchsorted(np.cumsum(share[order]), 0.5)
    return float(values[order][min(int(row), values.size - 1)])


def replays_of(posterior: Posterior, wording: Wording) -> tuple[ReplayWorld, ...]:
    """Fight the chosen worlds again; none where their events are too many to be shown."""
    losses = _losses(posterior)
    found = []
    for label, row in chosen_rows(posterior).items():
        if sum(values[row] for values in losses.values()) > _MOST_LOSSES:
            continue
        told = label
        for side in losses:
            told = told.replace(f"for {side}", f"for {wording.name(side)}")
        replay = _replayed(posterior, row)
        if replay is not None:
            number = int(posterior.world[row])
            frames = tuple(frames_of(replay, wording))
            found.append(ReplayWorld(told, number if number >= 0 else row, frames))
    return tuple(found)


def drawn_paths(posterior: Posterior) -> list[str]:
    """Parameters and causes that a world of the posterior keeps beside its address."""
    scenario = posterior.scenario
    causes = ["account"] if scenario.accounts else list(scenario.causes)
    return [path for path in (*parameters(scenario), *causes) if path in posterior.draws]


def replay_draw(
    posterior: Posterior, row: int, overrides: Mapping[str, float | str] | None = None
) -> Replay:
    """The world of a draw, event by event, as it was weighed or under other causes.

    Raises
    ------
    ModelError : its draws are no worlds.
    InjeError : as `replay_world`.
    """
    if not posterior.replayable:
        raise ModelError(
            "posterior", "its draws are no worlds", "worlds, which can be fought again", ""
        )
    key = posterior.addresses[row].tolist()
    return replay_world(
        posterior.scenario,
        world=key if isinstance(key, int) else key[0],
        seed=posterior.diagnostics.seed,
        parameters={path: float(posterior.draws[path][row]) for path in drawn_paths(posterior)},
        key=key,
        renewals=posterior.renewals,
        overrides=overrides,
    )


def _replayed(posterior: Posterior, row: int) -> Replay | None:
    """The world of a draw, or nothing."""
    try:
        return replay_draw(posterior, row)
    except InjeError:
        return None  # a replay adorns the page; the page must not fail for it


@dataclass
class _Board:
    """Where everybody is, and how many are left, at one moment."""

    strength: dict[str, float]
    control: dict[str, str]
    losses: dict[str, float]
    present: set[str]
    marching: dict[str, tuple[float, float]]


def frames_of(replay: Replay, wording: Wording) -> Iterator[ReplayFrame]:
    """Frames of a world: one at each telling event, and losses gathered between them."""
    scenario = replay.scenario
    board = _begin(replay)
    events = [event for event in replay.events if event.time >= 0]
    last = max((event.time for event in events), default=1.0)
    step = max(last, 1e-9) / _FRAMES
    yield _frame(scenario, board, 0.0, "")
    shown = 0.0
    for event in events:
        _happen(board, event)
        words = _told(event, wording)
        if words or event.time >= shown + step:
            yield _frame(scenario, board, event.time, words)
            shown = event.time
    yield _frame(scenario, board, last, "")


def _begin(replay: Replay) -> _Board:
    scenario = replay.scenario
    left = _departures(replay)
    arrivals = {e.force: e.time for e in replay.events if e.kind == "arrival"}
    marching = {
        force.id: (left.get(force.id, 0.0), arrivals[force.id])
        for force in scenario.forces
        if force.id in arrivals
    }
    return _Board(
        strength={
            f.id: max(replay.values.get(f"strength.{f.id}", 0.0), 0) for f in scenario.forces
        },
        control={p.id: p.holder for p in scenario.places if p.holder},
        losses={side.id: 0.0 for side in scenario.sides},
        present={force.id for force in scenario.forces if force.march is None},
        marching=marching,
    )


def _departures(replay: Replay) -> dict[str, float]:
    """When each force that an order sends begins its march."""
    sends = {decision.id: decision.sends for decision in replay.scenario.decisions}
    left: dict[str, float] = {}
    for event in replay.events:
        if event.kind == "order":
            left |= dict.fromkeys(sends.get(event.decision, ()), event.time)
    return left


def _happen(board: _Board, event: Event) -> None:
    if event.kind == "loss":
        board.losses[event.side] = board.losses.get(event.side, 0.0) + 1
        if event.force in board.strength:
            board.strength[event.force] = max(board.strength[event.force] - 1, 0)
    elif event.kind == "arrival":
        board.present.add(event.force)
    elif event.kind == "control" and event.place:
        board.control[event.place] = event.side


_SENTENCES: Mapping[str, str] = defaultdict(
    str,
    {
        "arrival": "{force} arrive.",
        "breaking_off": "{side} breaks off.",
        "destroyed": "{side} has nobody left.",
        "fighting": "Fighting at {place}.",
        "control": "{side} holds {place}.",
        "report": "The report arrives: {message}.",
        "order": "The order is given: {decision}.",
    },
)


def _told(event: Event, wording: Wording) -> str:
    form = _SENTENCES[event.kind]
    parts = ("force", "side", "place", "message", "decision")
    names = {part: wording.name(getattr(event, part)) if getattr(event, part) else "nobody"
             for part in parts}  # fmt: skip
    said = form.format_map(names)
    return said[:1].upper() + said[1:]


def _frame(scenario: Scenario, board: _Board, day: float, words: str) -> ReplayFrame:
    return ReplayFrame(
        day=day,
        forces=tuple(f for force in scenario.forces if (f := _where(force, board, day))),
        control=tuple(sorted(board.control.items())),
        losses=tuple(board.losses.items()),
        event=words,
    )


def _where(force: Force, board: _Board, day: float) -> ReplayForce | None:
    left = board.strength[force.id]
    if force.id in board.present or force.march is None:
        return ReplayForce(force.id, force.place, strength=left)
    start, end = board.marching.get(force.id, (day, float("inf")))
    along = min(max((day - start) / (end - start), 0.0), 1.0) if end > start else 0.0
    return ReplayForce(force.id, force.march.origin, force.place, along, left)
