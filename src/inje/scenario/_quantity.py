"""A number of the model: its prior or value, and where it comes from.

Every number either cites claims of the dossier, names its source, or is tagged `assumed`
with a reason; all three may stand together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from inje.dossier import Record

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Choice", "Prior", "Quantity"]

Family = Literal["normal", "lognormal", "uniform", "loguniform", "beta", "gamma", "exponential"]
#: parameters each family needs, in the order they are printed
PARAMETERS: dict[str, tuple[str, ...]] = {
    "normal": ("mean", "sd"),
    "lognormal": ("median", "sigma"),
    "uniform": ("low", "high"),
    "loguniform": ("low", "high"),
    "beta": ("a", "b"),
    "gamma": ("shape", "mean"),
    "exponential": ("mean",),
}


class Prior(Record):
    """A distribution, truncated to [low, high] where those are given.

    `lognormal` has the median and the standard deviation of the logarithm. With
    `derives_from`, the median is multiplied by the product of other quantities to these
    powers, each divided by its `at` (a log-linear regression: rates that depend on strengths).
    """

    family: Family
    mean: float | None = None
    sd: Annotated[float, Field(gt=0)] | None = None
    median: Annotated[float, Field(gt=0)] | None = None
    sigma: Annotated[float, Field(gt=0)] | None = None
    low: float | None = None
    high: float | None = None
    a: Annotated[float, Field(gt=0)] | None = None
    b: Annotated[float, Field(gt=0)] | None = None
    shape: Annotated[float, Field(gt=0)] | None = None
    derives_from: dict[str, float] = Field(default_factory=dict)
    at: dict[str, Annotated[float, Field(gt=0)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_a_distribution(self) -> Prior:
        missing = [name for name in PARAMETERS[self.family] if getattr(self, name) is None]
        if missing:
            needed = " and ".join(PARAMETERS[self.family])
            msg = (
                f"a {self.family} prior needs {' and '.join(missing)}; "
                f"allowed: a {self.family} prior with {needed}; add them"
            )
            raise ValueError(msg)
        if self.low is not None and self.high is not None and not self.low < self.high:
            msg = (
                f"low {self.low:g} is not below high {self.high:g}; "
                "allowed: low below high; exchange or correct them"
            )
            raise ValueError(msg)
        if self.family == "loguniform" and (self.low or 0) <= 0:
            msg = (
                f"a loguniform prior needs low above 0, not {self.low:g}; "
                "allowed: numbers above 0; raise low, or take a uniform prior"
            )
            raise ValueError(msg)
        if self.family in ("gamma", "exponential") and (self.mean or 0) <= 0:
            msg = (
                f"a {self.family} prior needs a mean above 0, not {self.mean:g}; "
                "allowed: numbers above 0; correct the mean"
            )
            raise ValueError(msg)
        if self.derives_from and self.family != "lognormal":
            msg = (
                "only a lognormal prior can derive from other quantities; "
                "allowed: family: lognormal; change the family, or remove `derives_from`"
            )
            raise ValueError(msg)
        if set(self.at) - set(self.derives_from):
            msg = (
                "`at` names a quantity that `derives_from` does not; "
                f"allowed: {', '.join(self.derives_from) or 'none'}; correct the path"
            )
            raise ValueError(msg)
        values = [v for name in PARAMETERS[self.family] if (v := getattr(self, name)) is not None]
        if not all(math.isfinite(v) for v in values):
            msg = "a prior's parameters must be finite; allowed: finite numbers; correct them"
            raise ValueError(msg)
        return self


class Quantity(Record):
    """A number of the model.

    Exactly one of `value` and `prior`. `whole` rounds draws to integers (people).
    """

    value: float | None = None
    prior: Prior | None = None
    whole: bool = False
    unit: str = ""
    claims: tuple[str, ...] = ()
    source: str = ""
    assumed: str = ""

    @model_validator(mode="after")
    def _has_a_number_and_a_reason(self) -> Quantity:
        if (self.value is None) == (self.prior is None):
            came = (
                "neither `value` nor `prior`" if self.value is None else "`value` and `prior` both"
            )
            msg = f"a number has {came}; allowed: exactly one of them; give one"
            raise ValueError(msg)
        if not (self.claims or self.source or self.assumed):
            msg = (
                "a number needs a reason; allowed: `claims`, a `source`, or `assumed: why`; "
                "say where it comes from"
            )
            raise ValueError(msg)
        return self

    def quantile(
        self, uniform: np.ndarray, others: Mapping[str, np.ndarray] | None = None
    ) -> np.ndarray:
        """Draws by inversion.

        Parameters
        ----------
        uniform : numbers in (0, 1), any shape.
        others : draws of the quantities that the prior derives from, same shape.

        Returns
        -------
        float64 array of the same shape; whole numbers where `whole`.
        """
        from inje.scenario._sampling import quantile

        return quantile(self, uniform, others or {})


class Choice(Record):
    """A discrete cause with weighted options (who attacked, who instigated it).

    Weights are relative and positive; every option may cite the claims that name it.
    """

    options: dict[str, Annotated[float, Field(gt=0)]] = Field(min_length=1)
    labels: dict[str, str] = Field(default_factory=dict)
    claims: tuple[str, ...] = ()
    source: str = ""
    assumed: str = ""

    @model_validator(mode="after")
    def _has_a_reason(self) -> Choice:
        if not (self.claims or self.source or self.assumed):
            msg = (
                "a choice needs a reason; allowed: `claims`, a `source`, or `assumed: why`; "
                "say where it comes from"
            )
            raise ValueError(msg)
        return self
