"""Attrition laws, each with its formula, its source and its worked example.

``get("square")`` finds a law by name; other distributions add laws through the
entry-point group ``inje.laws``.
"""

from inje.laws._heterogeneous import losses_by_arm
from inje.laws._law import SLOTS, Law, Parameter, Rate, losses_by_force
from inje.laws._page import page
from inje.laws._registry import GROUP, get, names
from inje.laws._salvo import SalvoLaw

__all__ = [
    "GROUP",
    "SLOTS",
    "Law",
    "Parameter",
    "Rate",
    "SalvoLaw",
    "get",
    "losses_by_arm",
    "losses_by_force",
    "names",
    "page",
]
