"""What a computed number rests on beside the claims about it: all that weighed, and all priors.

Who won follows from every number of the model and from every claim that weighed the worlds, so
the way back from it leads to all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from inje.reporting._data import ReportData
from inje.reporting._views import chances_in_words, game_assumptions, prior_in_words
from inje.reporting._wording import Wording
from inje.scenario import Choice, Quantity, Scenario, parameters

__all__ = ["AFTER", "BEFORE", "Basis", "bases_of", "weighed_in"]

#: stages of numbers that follow from the model alone, and from the model and the record
BEFORE = frozenset({"prior"})
AFTER = frozenset({"posterior", "outcome", "comparison", "what-if", "seek", "diagnostic"})


@dataclass(frozen=True, slots=True)
class Basis:
    """A number or a choice of the model.

    Attributes
    ----------
    path, label : its path, and what it is. prior : what is assumed of it, in words.
    why : its source, or why it is assumed. claims : those it was drafted from, by id.
    """

    path: str
    label: str
    prior: str
    why: str
    claims: tuple[str, ...] = ()


def bases_of(scenario: Scenario, wording: Wording) -> list[Basis]:
    """Every number and choice of a model, with its prior and where that comes from."""
    found = [
        Basis(path, wording.path(path), prior_in_words(each), _why(each), tuple(each.claims))
        for path, each in parameters(scenario).items()
    ]
    found += [
        Basis(name, wording.path(name), chances_in_words(each, wording), _why(each),
              tuple(each.claims))
        for name, each in scenario.causes.items()
    ]  # fmt: skip
    game = game_assumptions(scenario)
    return [*found, *(Basis(each.path, each.label, each.prior, each.why) for each in game)]


def _why(each: Quantity | Choice) -> str:
    return "; ".join(filter(None, (each.source, each.assumed)))


def weighed_in(data: ReportData) -> Iterable[str]:
    """Claims that weighed the worlds, by id."""
    return (weight.claim for weight in data.weights if not weight.reason)
