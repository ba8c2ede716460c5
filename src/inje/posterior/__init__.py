"""Posterior: claims as likelihoods, weighed worlds, and what they support."""

from inje.posterior._claims import ClaimModel, WeighedClaim
from inje.posterior._compilation import compile_claims, setting_of
from inje.posterior._forms import Span, span_of
from inje.posterior._invention import invented_category, invented_count
from inje.posterior._kinds import kinds
from inje.posterior._readings import Columns, Kind, Reading, Setting
from inje.posterior._reliability import LETTERS, beta_of, digit
from inje.posterior._tracking import Exaggeration, Perception, tracking, tracking_table
from inje.posterior._transmission import Attestation, Transmission

__all__ = [
    "LETTERS",
    "Attestation",
    "ClaimModel",
    "Columns",
    "Exaggeration",
    "Kind",
    "Perception",
    "Reading",
    "Setting",
    "Span",
    "Transmission",
    "WeighedClaim",
    "beta_of",
    "compile_claims",
    "digit",
    "invented_category",
    "invented_count",
    "kinds",
    "setting_of",
    "span_of",
    "tracking",
    "tracking_table",
]
