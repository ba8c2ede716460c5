"""Twins: the same worlds with the same fortunes, one cause changed.

The coupling is that of the addresses: both twins read the same candidates, thinned by each
one's own rates; where a twin's bound differs, the number of candidates is the same quantile of
its own Poisson law. The changed twin alone has the law of a simulation under the changed cause,
and until the cause acts the twins are one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from inje.ensemble._ensemble import Ensemble
from inje.ensemble._simulation import Override, simulate_worlds
from inje.scenario import Scenario

__all__ = ["COUPLING", "simulate_twins"]

#: the name of the coupling, printed wherever a counterfactual is
COUPLING = "same candidates by address, thinned by each twin's own rates"


def simulate_twins(
    scenario: Scenario,
    changes: Mapping[str, Override],
    *,
    worlds: int,
    seed: int = 1,
    start: int = 0,
    indices: NDArray[np.uint64] | None = None,
    threads: int | None = None,
    paths: Sequence[str] | None = None,
    parameters: Mapping[str, NDArray[np.float64]] | None = None,
    keys: NDArray[np.uint64] | None = None,
    renewals: Sequence[float] = (),
) -> tuple[Ensemble, Ensemble]:
    """Worlds as they were, and the same worlds under changed causes.

    Parameters
    ----------
    changes : numbers for parameters, names for causes, "send" or "hold" for `decision.<id>`.
    indices : (worlds,) numbers of the worlds, where they are not start .. start + worlds - 1.
    Others as in `simulate_worlds`.

    Returns
    -------
    (factual, changed), column by column comparable.
    """
    shared = {
        "worlds": worlds,
        "seed": seed,
        "start": start,
        "indices": indices,
        "threads": threads,
        "paths": paths,
        "parameters": parameters,
        "keys": keys,
        "renewals": renewals,
    }
    factual = simulate_worlds(scenario, **shared)
    return factual, simulate_worlds(scenario, **shared, overrides=changes)
