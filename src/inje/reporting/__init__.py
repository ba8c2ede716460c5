"""The report: what a historian opens, and the way from every number back to its source."""

from inje.reporting._building import build_report
from inje.reporting._conditioned import condition_file
from inje.reporting._data import (
    ChoiceRow,
    ClaimWeight,
    ControlRow,
    Density,
    Diagnostics,
    Interval,
    JointClaim,
    JointLosses,
    Manifest,
    OutcomeRow,
    QuantityRow,
    ReachRow,
    ReplayForce,
    ReplayFrame,
    ReplayWorld,
    ReportData,
    Shape,
    SourceRow,
    TimeRow,
    WhatIfEffect,
    WhatIfRow,
)
from inje.reporting._doubt import (
    AccountPair,
    BearingRow,
    ConflictRow,
    Contribution,
    GameTold,
    PriorMove,
    Rivalry,
    SaysRow,
    SeekRow,
)
from inje.reporting._geojson import ground_features, read_shapes
from inje.reporting._ground_figure import GroundFigure
from inje.reporting._illustrations import Figure
from inje.reporting._ledger import spoken
from inje.reporting._machine import machine_form, quantity_rows
from inje.reporting._marked import MarkedBlock, Piece, marked_blocks
from inje.reporting._page import page_style
from inje.reporting._reconstruction import (
    Plan,
    Reconstruction,
    folder_of,
    manifest_of,
    reconstruct_battle,
    silent,
)
from inje.reporting._replaying import drawn_paths, frames_of, replay_draw
from inje.reporting._report import Report
from inje.reporting._shifting import PosteriorDifferences, Shift, compare_posteriors
from inje.reporting._templates import own_file, templates_of
from inje.reporting._tracing import Trace, trace
from inje.reporting._wording import Wording

__all__ = [
    "AccountPair",
    "BearingRow",
    "ChoiceRow",
    "ClaimWeight",
    "ConflictRow",
    "Contribution",
    "ControlRow",
    "Density",
    "Diagnostics",
    "Figure",
    "GameTold",
    "GroundFigure",
    "Interval",
    "JointClaim",
    "JointLosses",
    "Manifest",
    "MarkedBlock",
    "OutcomeRow",
    "Piece",
    "Plan",
    "PosteriorDifferences",
    "PriorMove",
    "QuantityRow",
    "ReachRow",
    "Reconstruction",
    "ReplayForce",
    "ReplayFrame",
    "ReplayWorld",
    "Report",
    "ReportData",
    "Rivalry",
    "SaysRow",
    "SeekRow",
    "Shape",
    "Shift",
    "SourceRow",
    "TimeRow",
    "Trace",
    "WhatIfEffect",
    "WhatIfRow",
    "Wording",
    "build_report",
    "compare_posteriors",
    "condition_file",
    "drawn_paths",
    "folder_of",
    "frames_of",
    "ground_features",
    "machine_form",
    "manifest_of",
    "marked_blocks",
    "own_file",
    "page_style",
    "quantity_rows",
    "read_shapes",
    "reconstruct_battle",
    "replay_draw",
    "silent",
    "spoken",
    "templates_of",
    "trace",
]
