"""Posterior: claims as likelihoods, weighted worlds, and what they support."""

from inje.posterior._adapted import Adapted, adapted
from inje.posterior._calibrating import calibrate_scenario
from inje.posterior._calibration import Calibration, calibrated, uniformity
from inje.posterior._claims import ClaimModel, WeighedClaim
from inje.posterior._compilation import compile_claims, setting_of
from inje.posterior._conditioning import Supply, Wanted, conditioned
from inje.posterior._exactly import TwoCountPosterior, condition_two_counts
from inje.posterior._files import (
    load_posterior,
    posterior_from_datatree,
    save_posterior,
    to_datatree,
)
from inje.posterior._forms import Span, span_of
from inje.posterior._importance import Importance, Verdict, importance
from inje.posterior._invention import KAPPA, invented_category, invented_count
from inje.posterior._kinds import kinds
from inje.posterior._multilinear import Lattice, lattice_of
from inje.posterior._populations import Pool, pooled
from inje.posterior._posterior import AgentReliability, ClaimTruth, Diagnostics, Posterior
from inje.posterior._prediction import Conflict, posterior_checks, predictive_checks
from inje.posterior._reach import Reach
from inje.posterior._readings import Assumptions, Columns, Kind, Reading, Setting
from inje.posterior._reliability import LETTERS, beta_of, digit
from inje.posterior._sensitivity import (
    PriorChange,
    headline_figures,
    prior_sensitivity,
    with_errors,
)
from inje.posterior._shards import Simulator
from inje.posterior._statistics import (
    Estimate,
    Weighted,
    divergence,
    share_of,
    weighted_quantiles,
)
from inje.posterior._summary import Probability, Summary, SummaryRow
from inje.posterior._tempering import Info, ParticleModel, Particles, init, step, tempered
from inje.posterior._tracking import Exaggeration, Perception, tracking, tracking_table
from inje.posterior._transmission import Attestation, Transmission
from inje.posterior._verb import condition_scenario
from inje.posterior._weights import effective_size, pareto_k, systematic
from inje.posterior._worlds import Worlds, claimed_paths, recoded

__all__ = [
    "KAPPA",
    "LETTERS",
    "Adapted",
    "AgentReliability",
    "Assumptions",
    "Attestation",
    "Calibration",
    "ClaimModel",
    "ClaimTruth",
    "Columns",
    "Conflict",
    "Diagnostics",
    "Estimate",
    "Exaggeration",
    "Importance",
    "Info",
    "Kind",
    "Lattice",
    "ParticleModel",
    "Particles",
    "Perception",
    "Pool",
    "Posterior",
    "PriorChange",
    "Probability",
    "Reach",
    "Reading",
    "Setting",
    "Simulator",
    "Span",
    "Summary",
    "SummaryRow",
    "Supply",
    "Transmission",
    "TwoCountPosterior",
    "Verdict",
    "Wanted",
    "WeighedClaim",
    "Weighted",
    "Worlds",
    "adapted",
    "beta_of",
    "calibrate_scenario",
    "calibrated",
    "claimed_paths",
    "compile_claims",
    "condition_scenario",
    "condition_two_counts",
    "conditioned",
    "digit",
    "divergence",
    "effective_size",
    "headline_figures",
    "importance",
    "init",
    "invented_category",
    "invented_count",
    "kinds",
    "lattice_of",
    "load_posterior",
    "pareto_k",
    "pooled",
    "posterior_checks",
    "posterior_from_datatree",
    "predictive_checks",
    "prior_sensitivity",
    "recoded",
    "save_posterior",
    "setting_of",
    "share_of",
    "span_of",
    "step",
    "systematic",
    "tempered",
    "to_datatree",
    "tracking",
    "tracking_table",
    "uniformity",
    "weighted_quantiles",
    "with_errors",
]
