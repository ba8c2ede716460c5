"""Which numbers of the prose count a whole side, and which only a part of it."""

from __future__ import annotations

from collections import defaultdict

from inje.dossier._records import Claim

__all__ = ["scoped"]

#: a number of the prose counts the whole side when it is within this factor of the number in
#: the box, or else of the largest one in the prose; a smaller one counts a unit or a day
_WITHIN = 2.0


def scoped(claims: list[Claim]) -> list[Claim]:
    """The claims, those that count only a part of a side taken off their path.

    A number taken off keeps its quote and value; its `about` becomes empty, as the text does
    not say that it counts all.
    """
    whole: dict[str, float] = {}
    groups: dict[str, list[tuple[Claim, float]]] = defaultdict(list)
    for claim in claims:
        number = _number(claim)
        if claim.about.startswith(("strength.", "losses.")) and number is not None:
            groups[claim.about].append((claim, number))
    for about, told in groups.items():
        boxed = [number for claim, number in told if claim.rule.startswith("box")]
        whole[about] = max(boxed or [number for _, number in told])
    return [_kept(claim, whole) for claim in claims]


def _kept(claim: Claim, whole: dict[str, float]) -> Claim:
    number = _number(claim)
    if number is None or claim.about not in whole or claim.rule.startswith("box"):
        return claim
    if whole[claim.about] / _WITHIN <= number <= whole[claim.about] * _WITHIN:
        return claim
    return claim.model_copy(update={"about": ""})


def _number(claim: Claim) -> float | None:
    if claim.value is None:
        return None
    for number in (claim.value.best, claim.value.high, claim.value.low):
        if isinstance(number, int | float):
            return float(number)
    return None
