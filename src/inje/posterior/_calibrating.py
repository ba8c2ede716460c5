"""The verb: a scenario calibrated against records drawn from itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from inje.ensemble import cores_of
from inje.errors import ModelError, OptionError
from inje.posterior._assembly import assembled
from inje.posterior._calibration import Calibration, calibrated
from inje.posterior._compilation import interests_of
from inje.posterior._products import products_of
from inje.scenario import Scenario, parameters

__all__ = ["calibrate_scenario"]

#: truths are drawn by another seed than the worlds that are weighed
APART = 104_729
#: outcomes that are ranked beside parameters and what the claims are about
OUTCOMES = ("winner", "duration")


def calibrate_scenario(
    model: Scenario,
    *,
    battles: int = 200,
    worlds: int = 1 << 15,
    seed: int = 1,
    threads: int | None = None,
    letters: Mapping[str, str] | None = None,
) -> Calibration:
    """Ask whether weighing draws from the posterior that it states.

    Battles are fought and their records drawn anew, in the words that the dossier uses: who
    tracks, what is perceived, what is invented. Each record weighs other worlds, and the truth's
    rank among 99 of these must be uniform (Talts, Betancourt, Simpson, Vehtari & Gelman 2018). It
    tests the code, not the model.

    Parameters
    ----------
    model : a scenario with its dossier.
    battles : records drawn; 200 see gross faults, 2,000 small ones.
    worlds : that every record weighs.
    seed : of every draw. threads : cores to use, all by default; changes no number.
    letters : reliability letters for this run, by holder or source.

    Returns
    -------
    Calibration : ranks and their p-values by quantity: parameters, products, outcomes, what the
        claims are about, reliabilities, and the log likelihood. `weakest` is the fewest effective
        worlds that a record had: ranks are rough where it is small, and `worlds` should grow.

    Raises
    ------
    ModelError : the scenario carries no record, or none of its claims can be drawn anew.
    OptionError : an option out of range.
    """
    if model.dossier is None:
        raise ModelError(
            "scenario", "it carries no record", "a scenario with its dossier",
            "load it beside its dossier, or use `with_dossier`",
        )  # fmt: skip
    for name, value, least in (("battles", battles, 1), ("worlds", worlds, 128)):
        if value < least:
            raise OptionError(name, f"{value}", f"{least} or more", "ask for more")
    cores = cores_of(threads)
    bank, claims = _columns(model, seed, worlds, cores, letters)
    truths, _ = _columns(model, seed + APART, battles, cores, letters)
    return calibrated(
        claims, bank, truths, interests=interests_of(model.dossier, claims.letters),
        battles=battles, seed=seed,
    )  # fmt: skip


def _columns(
    scenario: Scenario, seed: int, worlds: int, threads: int, letters: Mapping[str, str] | None
):
    """What is ranked, of worlds drawn from the prior; and the claims."""
    made = assembled(scenario, seed=seed, threads=threads, letters=letters)
    uncertain = [path for path, quantity in parameters(scenario).items() if quantity.prior]
    present = made.worlds.columns
    paths = dict.fromkeys((*made.paths, *uncertain, *OUTCOMES, *scenario.causes))
    needed = dict.fromkeys((*paths, *(path for path in present if path.startswith("strength."))))
    found = made.worlds.at(np.arange(worlds), [path for path in needed if path in present])
    return {
        **{path: values for path, values in found.items() if path in paths},
        **products_of(scenario, found, made.worlds.labels),
    }, made.claims
