"""Salvo combat of ships: Hughes's exchange and Armstrong's stochastic form.

Discrete in time: both sides fire at once, leakers through the defence do damage.
Worked example (Hughes 1986, ch. 4, carrier air wings, one ship sunk per striking ship,
no defence): simultaneous strikes of 4 v 3 leave 1 v 0, of 3 v 1 leave 2 v 0, of
2 v 2 nobody.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inje.errors import ModelError
from inje.laws._law import Parameter

__all__ = ["ARMSTRONG", "HUGHES", "SalvoLaw"]

Pmf = NDArray[np.float64]


@dataclass(frozen=True)
class SalvoLaw:
    """A law of one exchange of salvos.

    Attributes
    ----------
    name, title, formula, parameters, source : as in `Law`; the parameters are those of the
        side that loses (its defence, its staying power) and of its enemy's fire.
    mean : ships lost on average before rounding; (own, enemy, values).
    table : probabilities of 0 .. own ships lost, shape (own + 1,); (own, enemy, values).
    """

    name: str
    title: str
    formula: str
    parameters: tuple[Parameter, ...]
    source: str
    mean: Callable[[int, int, tuple[float, ...]], float]
    table: Callable[[int, int, tuple[float, ...]], Pmf]

    def values(self, given: Mapping[str, float]) -> tuple[float, ...]:
        """The parameters in order, defaults filled in.

        Raises
        ------
        ModelError : an unknown name, or a value out of its range.
        """
        allowed = {parameter.name: parameter for parameter in self.parameters}
        for name, value in given.items():
            if name not in allowed:
                raise ModelError(f"law {self.name}", f"parameter {name!r}", ", ".join(allowed))
            low, high = allowed[name].low, allowed[name].high
            if not low <= value <= high:
                raise ModelError(
                    f"law {self.name}, parameter {name}",
                    f"{value:g}",
                    f"{low:g} to {high:g}",
                    allowed[name].meaning,
                )
        return tuple(float(given.get(p.name, p.default)) for p in self.parameters)


def _hughes_mean(own: int, enemy: int, values: tuple[float, ...]) -> float:
    strike, defence, staying = values
    return min(max((strike * enemy - defence * own) / staying, 0.0), float(own))


def _hughes_table(own: int, enemy: int, values: tuple[float, ...]) -> Pmf:
    """A part of a ship is lost by chance, so that the mean is Hughes's."""
    loss = _hughes_mean(own, enemy, values)
    table = np.zeros(own + 1)
    whole = min(math.floor(loss), own)
    table[whole] = 1.0 - (loss - whole)
    if loss > whole:
        table[whole + 1] = loss - whole
    return table


def _binomial(trials: int, chance: float) -> Pmf:
    """Probabilities of 0 .. trials successes, by convolution with one trial at a time."""
    pmf = np.ones(1)
    for _ in range(trials):
        pmf = np.convolve(pmf, (1.0 - chance, chance))
    return pmf


def _leakers(own: int, enemy: int, values: tuple[float, ...]) -> Pmf:
    """Probabilities of 0, 1, ... missiles that hit: aimed minus intercepted, at least none."""
    missiles, aimed, shots, stopped = values[:4]
    offence = _binomial(round(missiles * enemy), aimed)
    defence = _binomial(round(shots * own), stopped)
    surplus = np.convolve(offence, defence[::-1])
    zero = len(defence) - 1
    hits = surplus[zero:].copy()
    hits[0] += surplus[:zero].sum()
    return hits


def _normal_cdf(x: float, mean: float, sd: float) -> float:
    if sd == 0.0:
        return float(x >= mean)
    return 0.5 * math.erfc((mean - x) / (sd * math.sqrt(2.0)))


def _armstrong_mean(own: int, enemy: int, values: tuple[float, ...]) -> float:
    """Mean of the damage, a normal sum cut off at 0 and at the whole force."""
    mean, sd = values[4:]
    total = 0.0
    for hits, chance in enumerate(_leakers(own, enemy, values)):
        total += chance * _mean_between(hits * mean, sd * math.sqrt(hits), float(own))
    return total


def _mean_between(mean: float, sd: float, high: float) -> float:
    """E[min(max(N(mean, sd), 0), high)]."""
    if sd == 0.0:
        return min(max(mean, 0.0), high)
    return _mean_above(mean, sd, 0.0) - _mean_above(mean, sd, high)


def _mean_above(mean: float, sd: float, level: float) -> float:
    """E[max(N(mean, sd) - level, 0)]."""
    z = (mean - level) / sd
    density = math.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)
    return sd * density + (mean - level) * 0.5 * math.erfc(-z / math.sqrt(2.0))


def _armstrong_table(own: int, enemy: int, values: tuple[float, ...]) -> Pmf:
    """A ship counts as lost when its whole staying power is gone."""
    mean, sd = values[4:]
    table = np.zeros(own + 1)
    for hits, chance in enumerate(_leakers(own, enemy, values)):
        spread = sd * math.sqrt(hits)
        # damage a hair under a whole ship is rounding, not survival
        edges = [_normal_cdf(k - 1e-9, hits * mean, spread) for k in range(1, own + 1)]
        table += chance * np.diff(np.array([0.0, *edges, 1.0]))
    return table


_COUNTS = "whole missiles per salvo are the rounded product"

HUGHES = SalvoLaw(
    name="salvo",
    title="Hughes's salvo law",
    formula="loss = (strike y - defence x) / staying, from 0 to x",
    parameters=(
        Parameter("strike", "hits per enemy ship", 1.0, 0.0, 1e4, "good shots of an enemy ship"),
        Parameter("defence", "hits per own ship", 0.0, 0.0, 1e4, "good shots a ship stops"),
        Parameter("staying", "hits per own ship", 1.0, 1e-3, 1e4, "hits that end a ship"),
    ),
    source="W. P. Hughes 1995, A salvo model of warships in missile combat used to evaluate "
    "their staying power, Naval Research Logistics 42(2): 267-289",
    mean=_hughes_mean,
    table=_hughes_table,
)

ARMSTRONG = SalvoLaw(
    name="salvo-stochastic",
    title="Armstrong's stochastic salvo law",
    formula="loss = sum of N(damage, spread) over max(0, Bin(missiles y, aimed) - "
    "Bin(shots x, stopped)) hits, from 0 to x",
    parameters=(
        Parameter("missiles", "per enemy ship", 4.0, 0.0, 200.0, _COUNTS),
        Parameter("aimed", "1", 0.5, 0.0, 1.0, "chance that a missile would hit"),
        Parameter("shots", "per own ship", 2.0, 0.0, 200.0, _COUNTS),
        Parameter("stopped", "1", 0.5, 0.0, 1.0, "chance that a shot stops a missile"),
        Parameter("damage", "own ships per hit", 0.5, 0.0, 1e3, "mean damage of a hit"),
        Parameter("spread", "own ships per hit", 0.0, 0.0, 1e3, "sd of the damage of a hit"),
    ),
    source="M. J. Armstrong 2005, A stochastic salvo model for naval surface combat, "
    "Operations Research 53(5): 830-841",
    mean=_armstrong_mean,
    table=_armstrong_table,
)
