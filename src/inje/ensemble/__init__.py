"""Many worlds: fighting them, and fighting one again."""

from inje.ensemble._ensemble import Ensemble
from inje.ensemble._replay import Event, Replay, replay_world
from inje.ensemble._simulation import check_address, cores_of, iterate_blocks, simulate_worlds
from inje.ensemble._twins import COUPLING, simulate_twins

__all__ = [
    "COUPLING",
    "Ensemble",
    "Event",
    "Replay",
    "check_address",
    "cores_of",
    "iterate_blocks",
    "replay_world",
    "simulate_twins",
    "simulate_worlds",
]
