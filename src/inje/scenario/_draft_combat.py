"""Drafting the fight: strengths, loss rates, breaking off, kinds of loss, days."""

from __future__ import annotations

import math

from inje.dossier import Claim, Dossier
from inje.scenario._learned import LearnedEra, learned_table
from inje.scenario._quantity import Prior, Quantity
from inje.scenario._records import BreakingOff, JointPrior

__all__ = [
    "breaking_off",
    "claimed_losses",
    "claims_about",
    "known_scale",
    "learned_from",
    "learned_rates",
    "loss_shares",
    "strength_prior",
]

#: below this strength the battles of CDB90 say little: one of 652 has both sides under 1,000
SMALL = 2000.0
#: how much wider the spread becomes there, on the log scale
WIDENED = 1.5
#: sd of the logarithm of a strength about which only the order of magnitude is known
ORDER_OF_MAGNITUDE = 1.15


def claims_about(dossier: Dossier, path: str) -> tuple[Claim, ...]:
    """Claims about a path, or a part of it, that are not rejected."""
    return tuple(
        claim
        for claim in dossier.claims
        if claim.status != "rejected"
        and (claim.about + ".").replace("@", ".").startswith(path + ".")
    )


def _number(claim: Claim) -> float | None:
    value = claim.value
    for number in (value.best, value.low, value.high) if value else ():
        if isinstance(number, int | float):
            return float(number)
    return None


def claimed_losses(dossier: Dossier, side: str) -> float:
    """The largest loss that the record names for a side, 0 without one."""
    numbers = [_number(claim) or 0.0 for claim in claims_about(dossier, f"losses.{side}")]
    return max(numbers, default=0.0)


def known_scale(dossier: Dossier, side: str) -> tuple[float, tuple[str, ...]] | None:
    """Order of magnitude of a side's strength as the record names it, with its claims.

    Only the nearest half power of ten is taken: the figure itself is weighed later, as a
    claim, and must not be used twice.
    """
    claims = [c for c in claims_about(dossier, f"strength.{side}") if _number(c)]
    numbers = sorted(_number(claim) or 1.0 for claim in claims)
    if not numbers:
        return None
    middle = numbers[len(numbers) // 2]
    return 10 ** (round(2 * math.log10(middle)) / 2), tuple(claim.id for claim in claims)


def learned_from(era: LearnedEra) -> str:
    """The source of what is learned about an era, to stand beside a number."""
    table = learned_table()
    years = "1600-1982" if era.name == "any" else era.name
    return (
        f"learned from {era.battles} battles of {years} in CDB90 (table {table.version}; HERO / "
        "US Army Concepts Analysis Agency 1990)"
    )


def strength_prior(scale: float, least: float, *, assumed: str) -> Quantity:
    """A strength known to an order of magnitude, truncated at losses already certain."""
    return Quantity(
        prior=Prior(
            family="lognormal",
            median=scale,
            sigma=ORDER_OF_MAGNITUDE,
            low=max(least, 1.0),
            high=2e9,
        ),
        whole=True,
        unit="people",
        assumed=assumed,
    )


def learned_rates(
    era: LearnedEra, attackers: float, defenders: float, days: float, engagement: str
) -> tuple[dict[str, Quantity], JointPrior]:
    """Loss coefficients of the square law by role, and how they go together.

    Parameters
    ----------
    attackers, defenders : medians of the strengths, people, each known to an order of magnitude.
    days : days in contact.

    The forecast for a battle of a war that has not been seen: what the table is sure of, how wars
    and battles differ, and what the strengths leave open. Below `SMALL` people the table
    extrapolates, and the spread is wider.
    """
    spread = (ORDER_OF_MAGNITUDE, ORDER_OF_MAGNITUDE)
    found = era.rates(attackers, defenders, days, spread)
    sds = [math.sqrt(found.covariance[i, i]) for i in range(2)]
    small = min(attackers, defenders) < SMALL
    note = (
        f"below {SMALL:,.0f} people the table extrapolates: its sd is widened {WIDENED} times"
        if small
        else ""
    )
    source = learned_from(era)
    rates = {
        role: Quantity(
            prior=Prior(
                family="lognormal",
                median=float(f"{math.exp(found.mean[i]):.4g}"),
                sigma=round(sds[i] * (WIDENED if small else 1.0), 4),
            ),
            unit="losses per opponent and day",
            source=f"{source}, for about {attackers:,.0f} against {defenders:,.0f} people",
            assumed=note,
        )
        for i, role in enumerate(("attacker", "defender"))
    }
    together = round(float(found.covariance[0, 1]) / (sds[0] * sds[1]), 4)
    joint = JointPrior(
        quantities=(f"rate.{engagement}.attacker", f"rate.{engagement}.defender"),
        correlation=((1.0, together), (together, 1.0)),
        source=source,
    )
    return rates, joint


def breaking_off(afterwards: str, days: float) -> BreakingOff:
    """Hazard of breaking off, with wide assumed priors.

    Parameters
    ----------
    afterwards : "rally" where the side's own reinforcements are on the way, else "leave".
    days : dated length of the battle. A battle ends because somebody leaves it: over its
        length the hazard at a loss of a tenth adds up to more than one, so that most are decided.
    """
    why = "Helmbold 1971 gives the form; the size is such that most battles end within their dates"
    return BreakingOff(
        h0=Quantity(
            prior=Prior(family="lognormal", median=round(1.5 / days, 4), sigma=1.0),
            unit="per day",
            assumed=why,
        ),
        a=Quantity(prior=Prior(family="lognormal", median=0.4, sigma=0.5), assumed=why),
        c=Quantity(prior=Prior(family="lognormal", median=0.8, sigma=0.5), assumed=why),
        afterwards="rally" if afterwards == "rally" else "leave",
    )


def loss_shares() -> dict[str, Quantity]:
    """Relative weights of the kinds of loss; their ratios are log-normal."""
    why = "about one killed to three wounded is usual; captured and missing vary widely"
    weights = {"killed": (0.2, 0.5), "wounded": (0.6, 0.4), "captured": (0.08, 1.1)}
    weights["missing"] = (0.04, 1.1)
    return {
        kind: Quantity(prior=Prior(family="lognormal", median=median, sigma=sigma), assumed=why)
        for kind, (median, sigma) in weights.items()
    }
