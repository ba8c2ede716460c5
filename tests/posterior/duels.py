"""Battles of two counts with what was reported of them, for tests."""

from __future__ import annotations

import numpy as np

from inje.dossier import Claim, Dossier, Entity, Source, Value
from inje.scenario import Clock, Engagement, Force, Place, Prior, Quantity, Scenario, Side

__all__ = ["MANY", "fixed", "hard_case", "lost", "rate", "reported_daily", "small", "two_counts"]

ASSUMED = {"assumed": "a test"}


def rate(median, sigma=0.7):
    return Quantity(prior=Prior(family="lognormal", median=median, sigma=sigma), **ASSUMED)


def two_counts(claims, strengths, rates, days, *, letters=("B", "B"), **more):
    dossier = Dossier(
        sources=tuple(
            Source(id=f"log-{side}", title=side, reliability=letter)
            for side, letter in zip(("red", "blue"), letters, strict=True)
        ),
        entities=(Entity(id="narrator", kind="narrator", name="the article"),),
        claims=tuple(claims),
    )
    return Scenario(
        title="a test",
        clock=Clock(start="1946-04-01", end=f"1946-04-{days:02d}"),
        sides=(Side(id="red", name="Red"), Side(id="blue", name="Blue")),
        places=(Place(id="hill", name="Hill", contested=True),),
        forces=tuple(
            Force(id=side, side=side, strength=strength, place="hill")
            for side, strength in zip(("red", "blue"), strengths, strict=True)
        ),
        engagements=(
            Engagement(
                id="e", place="hill", sides=("red", "blue"),
                rates=dict(zip(("red", "blue"), rates, strict=True)), **more,
            ),
        ),
    ).with_dossier(dossier)  # fmt: skip


def fixed(value):
    return Quantity(value=value, **ASSUMED)


def lost(side, day, number):
    return Claim(
        id=f"{side}-{day}", kind="report", holders=(f"log-{side}",),
        about=f"losses.{side}.total@1946-04-{day:02d}", value=Value(best=number),
    )  # fmt: skip


def small():
    """Twelve against nine for three days; rates known, or nearly."""
    claims = [lost("red", 1, 2), lost("blue", 1, 3), lost("red", 3, 4)]
    return two_counts(claims, (fixed(12), fixed(9)), (rate(0.12), rate(0.15)), days=3)


MANY = [
    claim
    for side, daily in (("red", (9, 4, 7, 3, 8, 5)), ("blue", (14, 6, 12, 17, 5, 9)))
    for day, number in enumerate(np.cumsum(daily), start=1)
    for claim in [lost(side, day, int(number))]
]


def reported_daily():
    """Two hundred against three hundred for six days, the losses of each known."""
    rates = (rate(0.02), rate(0.05))
    return two_counts(MANY, (fixed(200), fixed(300)), rates, 6, letters=("A", "A"))


RED = np.cumsum((14, 11, 17, 9, 20, 15, 12, 13, 16, 10, 18, 14))
BLUE = np.cumsum((31, 25, 28, 40, 22, 27, 35, 30, 24, 33, 29, 26))


def hard_case():
    """Twelve daily reports of the losses of both sides, exact, by good sources."""
    claims = [lost("red", day + 1, int(n)) for day, n in enumerate(RED)]
    claims += [lost("blue", day + 1, int(n)) for day, n in enumerate(BLUE)]
    return two_counts(
        claims, (fixed(2000), fixed(3000)), (rate(0.005), rate(0.014)), 12, letters=("A", "A")
    )
