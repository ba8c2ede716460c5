"""What a chance of winning is worth at the table.

Fearon, J. D. (1995), "Rationalist explanations for war", International
Organization 49, 379-414. Two sides divide a good worth 1. War gives the whole
to A with probability p and costs A cA and B cB, so both prefer to war any
division between p - cA and p + cB. Where A knows of B's cost only that it lies
between 0 and C, all alike likely, A demands more than B may stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from inje.errors import OptionError


@dataclass(frozen=True)
class BargainingRange:
    """The divisions that both sides prefer to war.

    Attributes
    ----------
    low, high : shares of A, within 0 to 1.
    """

    low: float
    high: float

    @property
    def width(self) -> float:
        """How much there is to agree on."""
        return self.high - self.low


@dataclass(frozen=True)
class Demand:
    """A's best demand under uncertainty about B's cost.

    Attributes
    ----------
    demand : the share that A asks for.
    war : the probability that B refuses.
    interior : whether the demand is short of everything; then `war` does not depend on p.
    """

    demand: float
    war: float
    interior: bool


def bargaining_range(p: float, cost_a: float, cost_b: float) -> BargainingRange:
    """Return the range of divisions that both prefer to war.

    Parameters
    ----------
    p : probability that A wins.
    cost_a, cost_b : costs of war, in the worth of the good.
    """
    _checked(p, cost_a=cost_a, cost_b=cost_b)
    return BargainingRange(max(0.0, p - cost_a), min(1.0, p + cost_b))


def best_demand(p: float, cost_a: float, highest_cost_b: float) -> Demand:
    """Return A's best demand when B's cost is uniform between 0 and `highest_cost_b`.

    Parameters
    ----------
    p : probability that A wins.
    cost_a : A's cost of war.
    highest_cost_b : C > 0, the most that war may cost B.

    Raises
    ------
    OptionError : when p is no probability, or a cost negative, or C not above 0.
    """
    _checked(p, cost_a=cost_a, highest_cost_b=highest_cost_b)
    if highest_cost_b == 0.0:
        raise OptionError("highest_cost_b", "0", "a cost above 0", "use bargaining_range")
    excess = max(0.0, (highest_cost_b - cost_a) / 2.0)
    demand = min(1.0, p + excess)
    return Demand(demand, min(1.0, (demand - p) / highest_cost_b), p + excess < 1.0)


def _checked(p: float, **costs: float) -> None:
    if not 0.0 <= p <= 1.0:
        raise OptionError("p", repr(p), "0 to 1", "give the probability that A wins")
    for name, cost in costs.items():
        if not cost >= 0.0:
            raise OptionError(name, repr(cost), "0 or more", "give the cost of war")
