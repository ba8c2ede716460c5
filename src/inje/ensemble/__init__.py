"""Many worlds: fighting them, and fighting one again."""

from inje.ensemble._ensemble import Ensemble
from inje.ensemble._simulation import iterate_blocks, simulate_worlds

__all__ = ["Ensemble", "iterate_blocks", "simulate_worlds"]
