"""From the paths of a scenario to the columns of the kernels, and back.

This package alone knows both.
"""

from inje.packing._bridging import bridge
from inje.packing._happenings import happenings
from inje.packing._keys import KEYS, Keys
from inje.packing._packed import Packed, fight, pack, values_of
from inje.packing._plan import Plan, default_paths, labels_for, plan_paths
from inje.packing._reading import Fought

__all__ = [
    "KEYS",
    "Fought",
    "Keys",
    "Packed",
    "Plan",
    "bridge",
    "default_paths",
    "fight",
    "happenings",
    "labels_for",
    "pack",
    "plan_paths",
    "values_of",
]
