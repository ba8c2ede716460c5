"""Contents drawn anew from the claim model, their forms held: data for calibration.

Numbers are drawn step by step as the model tells the story (perceived, exaggerated, invented,
passed on, copied), not from the tables that weigh them: so calibration tests the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from inje.posterior._categories import CategoryReading, favours
from inje.posterior._claims import ClaimModel, WeighedClaim
from inje.posterior._counts import CountReading
from inje.posterior._forms import Span
from inje.posterior._readings import Columns, Reading
from inje.posterior._tracking import EXACT, tracking_table
from inje.posterior._transmission import Attestation

__all__ = ["redrawable", "redrawn"]


def redrawable(claim: WeighedClaim) -> bool:
    """Whether the contents of a claim's form partition a declared range.

    A bound, an "about" or an interval is taken as given: it has no other contents.
    """
    reading = claim.reading
    if isinstance(reading, CategoryReading):
        return len(reading.said) == 1
    return isinstance(reading, CountReading) and reading.span.high < reading.setting.limit


def redrawn(
    model: ClaimModel,
    world: Columns,
    interests: Mapping[str, str | None],
    rng: np.random.Generator,
) -> tuple[ClaimModel, dict[str, float]]:
    """Reliabilities and contents drawn from the claim model in one world.

    Parameters
    ----------
    model : claims whose forms are held; all must be `redrawable`.
    world : columns of one world, each (1,).
    interests : by agent, the side it would favour.

    Returns
    -------
    The model with other contents, and the reliability of each agent that made them.
    """
    betas = model.transmission.reliabilities
    r = {agent: float(rng.beta(*betas[agent])) for agent in sorted(betas)}
    made: dict[str, WeighedClaim] = {}
    for claim in model.claims:
        told = claim.attestation
        original = made.get(told.original)
        if original is not None and rng.random() < told.copying:
            reading = original.reading
        else:
            reading = _said(claim.reading, told, world, interests, r, rng)
        made[claim.id] = _attested(claim, reading, original, interests)
    return replace(model, claims=tuple(made.values())), r


def _attested(
    claim: WeighedClaim,
    reading: Reading,
    original: WeighedClaim | None,
    interests: Mapping[str, str | None],
) -> WeighedClaim:
    told = claim.attestation
    q = {agent: reading.invented(interests.get(agent)) for agent in told.agents}
    attestation = replace(
        told,
        invented=q[told.holder],
        carriers=tuple((agent, q[agent]) for agent, _ in told.carriers),
        repeats=original is not None and reading.repeats(original.reading),
    )
    return replace(claim, reading=reading, attestation=attestation)


def _said(
    reading: Reading,
    told: Attestation,
    world: Columns,
    interests: Mapping[str, str | None],
    r: Mapping[str, float],
    rng: np.random.Generator,
) -> Reading:
    """What comes out of the last hand: the outermost decides first whether it passes on."""
    inventor: str | None = None
    for agent in (*(name for name, _ in told.carriers[::-1]), told.holder):
        if rng.random() >= r[agent]:
            inventor = agent
            break
    if isinstance(reading, CategoryReading):
        return _label(reading, world, inventor, interests, rng)
    assert isinstance(reading, CountReading)  # noqa: S101 - see `redrawable`
    if inventor is None:
        number = _perceived(reading, world, rng)
    else:
        number = _invented(reading, interests.get(inventor), rng)
    return _recounted(reading, number)


def _label(
    reading: CategoryReading,
    world: Columns,
    inventor: str | None,
    interests: Mapping[str, str | None],
    rng: np.random.Generator,
) -> CategoryReading:
    if inventor is None:
        return replace(reading, said=frozenset({int(np.asarray(world[reading.path])[0])}))
    tilt = np.array(favours(reading.quantity, reading.labels, interests.get(inventor)))
    weight = np.exp(reading.kappa * tilt)
    return replace(reading, said=frozenset({int(rng.choice(weight.size, p=weight / weight.sum()))}))


def _perceived(reading: CountReading, world: Columns, rng: np.random.Generator) -> int:
    """The number that one who tracks perceives, by the story of the kernel."""
    setting, kernel = reading.setting, reading.setting.perception
    shares = np.array([weight for weight, _ in reading.senses])
    names = reading.senses[int(rng.choice(shares.size, p=shares))][1]
    z = float(sum(np.asarray(world[name])[0] for name in names))
    if z == 0:
        return 0
    error = setting.exaggeration if reading.exaggerated else EXACT
    exact = rng.random() < kernel.atom
    # Each part of the kernel is normalised on the declared range: drawn until it is inside.
    while True:
        bias = error.mean + error.sd * rng.standard_normal()
        if not exact:
            noise = rng.standard_t(4) if kernel.heavy else rng.standard_normal()
            bias += kernel.scale * noise
        number = int(np.rint(z * np.exp(bias)))
        if number <= setting.limit:
            return number


def _invented(reading: CountReading, interest: str | None, rng: np.random.Generator) -> int:
    n = np.arange(reading.setting.limit + 1, dtype=float)
    weight = np.log((n + 2) / (n + 1)) * (n + 1) ** (
        reading.setting.kappa * reading.favour(interest)
    )
    return int(rng.choice(n.size, p=weight / weight.sum()))


def _recounted(reading: CountReading, number: int) -> CountReading:
    """The same form of words for another number: the cell of its grid that holds it."""
    limit = reading.setting.limit
    width = reading.span.high - reading.span.low + 1
    phase = reading.span.low % width
    low = phase + (number - phase) // width * width
    span = Span(max(low, 0), min(low + width - 1, limit))
    error = reading.setting.exaggeration if reading.exaggerated else EXACT
    table = tracking_table(span, limit, reading.setting.perception, error)
    return replace(reading, span=span, table=table)
