"""Observable paths: `quantity.id[.part][@date]`.

The same words name what a claim is about, a column of the ensemble, a row of the summary
and a cause in a what-if.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points

from inje.errors import PathError

__all__ = ["LOSS_CATEGORIES", "QUANTITIES", "ObservablePath"]

LOSS_CATEGORIES = (
    "killed",
    "wounded",
    "killed_or_wounded",
    "captured",
    "missing",
    "captured_or_missing",
    "lost_unspecified",
    "total",
)
#: quantity -> (least parts, most parts) after the quantity itself
QUANTITIES: dict[str, tuple[int, int]] = {
    "strength": (1, 1),
    "losses": (1, 2),
    "control": (1, 1),
    "arrival": (1, 1),
    "report": (1, 1),
    "order": (1, 1),
    "breaking_off": (1, 1),
    "materiel": (2, 2),
    "duration": (0, 0),
    "start": (0, 0),
    "end": (0, 0),
    "winner": (0, 0),
    "result": (0, 0),
    "attacker": (0, 1),
    "instigator": (0, 0),
    "motive": (1, 1),
    "decision": (1, 1),
    "stance": (1, 1),
    "rate": (1, 2),
    "reserves": (1, 1),
}
#: parts that a quantity of a third party may have
MOST_PARTS = 3
_PART = re.compile(r"[a-z0-9][a-z0-9_\-]*\Z")
_DATE = re.compile(r"-?\d{4,}-\d{2}-\d{2}\Z")


@cache
def _added() -> dict[str, tuple[int, int]]:
    """Quantities that a third party's kinds of claims bring: the names of their entry points."""
    points = entry_points(group="inje.claims")
    names = (point.name for point in points if not point.value.startswith("inje."))
    return {name: (0, MOST_PARTS) for name in names if _PART.match(name)}


@dataclass(frozen=True, slots=True)
class ObservablePath:
    """A parsed path.

    Attributes
    ----------
    quantity : first word, one of `QUANTITIES`, or the name of an entry point of `inje.claims`.
    parts : identifiers after it.
    date : EDTF day (end of that local day), or empty for the end of the battle.
    """

    quantity: str
    parts: tuple[str, ...] = ()
    date: str = ""

    @classmethod
    def parse(cls, path: str, where: str = "path") -> ObservablePath:
        """Parse a path.

        Raises
        ------
        PathError : an unknown quantity, a wrong number of parts, or a malformed part or date.
        """
        body, _, date = path.partition("@")
        quantity, *parts = body.split(".")
        limits = QUANTITIES.get(quantity) or _added().get(quantity)
        if limits is None:
            raise PathError(
                where,
                f"{path!r} names nothing: unknown quantity {quantity!r}",
                ", ".join(sorted({*QUANTITIES, *_added()})),
                "write quantity.id[.part][@date]",
            )
        least, most = limits
        if not least <= len(parts) <= most or not all(map(_PART.match, parts)):
            raise PathError(
                where,
                f"{path!r} names nothing",
                f"{quantity} with {least} to {most} identifiers of a-z, 0-9, _ and -",
                "write quantity.id[.part][@date]",
            )
        if ("@" in path) and not _DATE.match(date):
            raise PathError(
                where, f"{path!r} has no day after @", "an EDTF day, 1946-04-21", "add it"
            )
        if quantity == "losses" and len(parts) == 2 and parts[1] not in LOSS_CATEGORIES:
            raise PathError(
                where, f"{path!r}: unknown loss category", ", ".join(LOSS_CATEGORIES), ""
            )
        return cls(quantity, tuple(parts), date)

    def __str__(self) -> str:
        path = ".".join((self.quantity, *self.parts))
        return f"{path}@{self.date}" if self.date else path
