"""The studio: a local web application to correct the record and to explore the model."""

from inje.studio._desk import Desk, Outcome
from inje.studio._gate import Gate
from inje.studio._review import review_app
from inje.studio._serving import Served, serve_studio

__all__ = ["Desk", "Gate", "Outcome", "Served", "review_app", "serve_studio"]
