"""Which numbers of the prose count a whole side, and which only a part of it."""

from __future__ import annotations

from collections import defaultdict

from inje.dossier._records import Claim

__all__ = ["scoped"]

#: a number of the prose counts the whole side when it is within this factor of the number in
#: the box, or else of the largest one in the prose; a smaller one counts a unit or a day
_WITHIN = 2.0
#: categories that take in all others
_ALL = frozenset(["total", "lost_unspecified", "killed_or_wounded"])
#: a loss of a category that the box does not have is a part when it is under this share of the
#: side's largest loss in the box
_SHARE = 0.05


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
    boxes = _boxed_losses(groups)
    return [_kept(claim, whole, boxes) for claim in claims]


def _boxed_losses(groups: dict[str, list[tuple[Claim, float]]]) -> dict[str, dict[str, float]]:
    """Side -> category -> the loss in the box."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for about, told in groups.items():
        parts = about.split(".")
        boxed = [number for claim, number in told if claim.rule.startswith("box")]
        if parts[0] == "losses" and len(parts) == 3 and boxed:
            found[parts[1]][parts[2]] = max(boxed)
    return found


def _part(claim: Claim, number: float, boxes: dict[str, dict[str, float]]) -> bool:
    """Whether a loss is too small for the whole side, by what its box says of other categories."""
    parts = claim.about.split(".")
    if parts[0] != "losses" or len(parts) != 3:
        return False
    boxed = boxes.get(parts[1], {})
    near = any(number / _WITHIN <= told <= number * _WITHIN for told in boxed.values())
    if not boxed or parts[2] in boxed or near:
        return False
    if parts[2] in _ALL:
        all_told = max(boxed.get("total", 0.0), sum(boxed.values()) - boxed.get("total", 0.0))
        return number * _WITHIN < all_told
    return number < _SHARE * max(boxed.values())


def _kept(claim: Claim, whole: dict[str, float], boxes: dict[str, dict[str, float]]) -> Claim:
    number = _number(claim)
    if number is None or claim.about not in whole or claim.rule.startswith("box"):
        return claim
    if _part(claim, number, boxes):
        return claim.model_copy(update={"about": ""})
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
