"""The studio: a local web application to correct the record and to explore the model."""

from inje.studio._bench import Bench, Changes, Row, Shares
from inje.studio._desk import Desk, Outcome
from inje.studio._explore import explore_app
from inje.studio._gate import Gate
from inje.studio._review import review_app
from inje.studio._serving import Served, explore_posterior, review_dossier, serve_studio

__all__ = [
    "Bench",
    "Changes",
    "Desk",
    "Gate",
    "Outcome",
    "Row",
    "Served",
    "Shares",
    "explore_app",
    "explore_posterior",
    "review_app",
    "review_dossier",
    "serve_studio",
]
