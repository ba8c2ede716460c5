"""One of the changed worlds, told event by event."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inje.errors import InjeError
from inje.posterior import systematic
from inje.reporting import frames_of, replay_draw
from inje.studio._bench import Bench, Changes

__all__ = ["Moment", "Told", "told_world"]

#: worlds to choose from, and losses above which none is fought event by event
WORLDS, _MOST_LOSSES = 32, 20_000


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: when, what, and how many each side had lost by then."""

    when: str
    words: str
    losses: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A world told: its number among those to choose from, and its moments; or why it is not."""

    number: int
    moments: tuple[Moment, ...]
    refused: str = ""


def told_world(bench: Bench, changes: Changes, number: int) -> Told:
    """Fight one of the changed worlds again and tell what happens in it.

    Parameters
    ----------
    number : which of `WORLDS` equally weighted worlds; counted round.
    """
    posterior = bench.posterior
    number %= WORLDS
    row = int(systematic(bench.weights(changes), WORLDS, 0.5)[number])
    lost = [v for name, v in posterior.draws.items() if name.startswith("losses.") and
            name.endswith(".total")]  # fmt: skip
    if sum(float(np.asarray(column)[row]) for column in lost) > _MOST_LOSSES:
        return Told(number, (), "this world has too many events to be told")
    try:
        replay = replay_draw(posterior, row, dict(changes.causes))
    except InjeError as error:
        return Told(number, (), str(error))
    names = {side.id: bench.wording.name(side.id) for side in posterior.scenario.sides}
    moments = tuple(
        Moment(
            f"day {int(frame.day) + 1}, {int(24 * (frame.day % 1)):02d}:00",
            frame.event,
            tuple((names[side], lost) for side, lost in frame.losses if side in names),
        )
        for frame in frames_of(replay, bench.wording)
        if frame.event
    )
    return Told(number, moments, "" if moments else "nothing happens in this world")
