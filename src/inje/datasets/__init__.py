"""Public battle data as tidy frames.

Every loader returns a pandas frame whose ``attrs["dataset"]`` is a `Dataset`:
title, licence, citation, origin, and the meaning and unit of every column. The
package holds no data. ``INJE_DATA`` names a folder of local copies; what is
published at a fixed address (CDB90, Bodart) is otherwise fetched by pooch and
accepted by its hash; Ardennes, Iwo Jima and the Civil War are read from
``INJE_DATA`` alone.
"""

from inje.datasets._acw import ACW, acw
from inje.datasets._ardennes import ARDENNES, ardennes
from inje.datasets._bodart import BODART, bodart
from inje.datasets._cdb90 import CDB90, cdb90
from inje.datasets._cdb90_clean import clean_cdb90
from inje.datasets._iwojima import IWOJIMA, iwojima
from inje.datasets._record import Column, Dataset, record

__all__ = [
    "ACW",
    "ARDENNES",
    "BODART",
    "CDB90",
    "IWOJIMA",
    "Column",
    "Dataset",
    "acw",
    "ardennes",
    "bodart",
    "cdb90",
    "clean_cdb90",
    "iwojima",
    "record",
]
