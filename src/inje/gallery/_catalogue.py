"""All studies by name, and the run over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from inje.errors import OptionError
from inje.gallery._ardennes import BRACKEN, FRICKER
from inje.gallery._attrition_study import RUBIO_CAMPILLO
from inje.gallery._cdb90 import HARTLEY, HELMBOLD
from inje.gallery._forecast import FORECAST
from inje.gallery._hidden_source import HIDDEN_SOURCE
from inje.gallery._iwojima import ENGEL
from inje.gallery._small_battles import SMALL_BATTLES
from inje.gallery._study import Row, Study, rows

__all__ = ["studies", "validate"]

_STUDIES = (
    BRACKEN,
    FRICKER,
    ENGEL,
    SMALL_BATTLES,
    RUBIO_CAMPILLO,
    HARTLEY,
    HELMBOLD,
    FORECAST,
    HIDDEN_SOURCE,
)


def studies() -> Mapping[str, Study]:
    """Every study by its name, in the order in which they are run."""
    return MappingProxyType({study.name: study for study in _STUDIES})


def validate(
    names: Sequence[str] | None = None,
    *,
    data: str | Path | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Row]:
    """Run studies and compare them with what was published.

    Parameters
    ----------
    names : studies to run, all if None or empty.
    data : a table with the columns of ``cdb90_clean.csv`` to use instead of the
        published one; only for the studies that take a table, which must be named.
    progress : called with the name of each study before it runs.

    Returns
    -------
    rows in the order of the names.

    Raises
    ------
    OptionError
        a name that is no study, or a table for a study that takes none.
    DataError
        a data set is missing.
    """
    known = studies()
    asked = list(names) if names else list(known)
    for name in asked:
        if name not in known:
            raise OptionError("study", repr(name), ", ".join(known), "choose one of these")
        if data is not None and not known[name].takes_table:
            able = ", ".join(study.name for study in _STUDIES if study.takes_table)
            raise OptionError("data", f"{name} has its own data", able, "name one of these")
    found: list[Row] = []
    for name in asked:
        if progress is not None:
            progress(name)
        found += rows(known[name], None if data is None else Path(data))
    return found
