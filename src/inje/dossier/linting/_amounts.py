"""Rules about numbers: sums, losses against strengths."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from inje.dossier._records import Claim, Dossier, Finding
from inje.dossier.linting._documents import document_of
from inje.dossier.linting._rule import Rule, best, finding, live, low_high, quoted
from inje.dossier.linting._telling import Telling
from inje.dossier.linting._wording import in_words

__all__ = ["RULES"]

_PARTS = ("killed", "wounded", "captured", "missing")


def _losses(dossier: Dossier) -> dict[str, dict[str, list[Claim]]]:
    found: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in live(dossier):
        quantity, _, rest = claim.about.partition(".")
        side, _, category = rest.partition(".")
        if quantity == "losses" and category and best(claim.value) is not None:
            found[side][category].append(claim)
    return found


def _above_strength(dossier: Dossier) -> Iterator[Finding]:
    """The greatest loss of a side, where it is above the most that its strength allows."""
    telling = Telling(dossier)
    told = (claim for claim in live(dossier) if claim.about.startswith("strength."))
    strengths = [claim for claim in told if telling.of_whole_side(claim)]
    for side, categories in _losses(dossier).items():
        own = [
            (span[1], claim)
            for claim in strengths
            if claim.about == f"strength.{side}" and (span := low_high(claim.value)) is not None
        ]
        lost = [
            (span[0], claim)
            for claims in categories.values()
            for claim in claims
            if (span := low_high(claim.value)) is not None
        ]
        if not own or not lost:
            continue
        (most, strength), (least, loss) = (max(x, key=lambda item: item[0]) for x in (own, lost))
        if least > most and strength.anchor is not None and loss.anchor is not None:
            yield finding(
                LOSSES_ABOVE_STRENGTH.id,
                f"{in_words(dossier, loss.about)}, {quoted(loss.anchor)}, are more than its "
                f"strength, {quoted(strength.anchor)}",
                LOSSES_ABOVE_STRENGTH.remedy,
                (loss.anchor, strength.anchor),
                (loss, strength),
            )


def _sums(dossier: Dossier) -> Iterator[Finding]:
    """A total that its parts exceed, or do not add up to when all are given exactly."""
    for side, categories in _losses(dossier).items():
        for total in categories.get("total", []):
            near = _near(total, categories)
            span = low_high(total.value)
            if len(near) < 2 or span is None:
                continue
            spans = [s for claim in near if (s := low_high(claim.value)) is not None]
            least = sum(low for low, _ in spans)
            most = sum(high for _, high in spans)
            whole = {c.about.rsplit(".", 1)[1] for c in near} >= {"killed", "wounded"}
            if least > span[1] * 1.005 or (whole and len(near) >= 3 and most < span[0] * 0.9):
                told = " + ".join(f"{best(c.value):,.0f}" for c in near)
                yield finding(
                    SUM.id,
                    f"{in_words(dossier, f'losses.{side}')}: {told} = {least:,.0f}, the total says "
                    f"{best(total.value):,.0f}",
                    SUM.remedy,
                    (c.anchor for c in (total, *near)),
                    (total, *near),
                )


def _near(total: Claim, categories: dict[str, list[Claim]]) -> list[Claim]:
    """The parts that stand by a total: in the same row or sentence."""
    if total.anchor is None:
        return []
    near = []
    for category in _PARTS:
        by = [
            c
            for c in categories.get(category, [])
            if c.anchor is not None
            and c.anchor.document == total.anchor.document
            and 0 <= c.anchor.start - total.anchor.end < 160
            and c.rule == total.rule
        ]
        near += by[:1]
    return near


def _uncited_numbers(dossier: Dossier) -> Iterator[Finding]:
    citing = {document_of(claim) for claim in dossier.claims if claim.citations}
    for claim in live(dossier):
        counted = claim.about.startswith(("strength.", "losses."))
        asked = counted and not claim.citations and not claim.rule.startswith("box")
        if asked and document_of(claim) in citing:
            yield finding(
                UNCITED_NUMBER.id,
                f"no citation for the {in_words(dossier, claim.about)}",
                UNCITED_NUMBER.remedy,
                (claim.anchor,),
                (claim,),
            )


LOSSES_ABOVE_STRENGTH = Rule(
    "losses-above-strength",
    "A side lost more than it had",
    "Losses above the highest stated strength mean that one of the two is of another scope: a "
    "garrison against an army, a day against a campaign.",
    "say what each number counts, or correct one",
    _above_strength,
)
SUM = Rule(
    "sum",
    "The parts do not add up to the total",
    "Killed, wounded, captured and missing stand beside a total that they do not make.",
    "correct the part or the total, or say what else the total counts",
    _sums,
)
UNCITED_NUMBER = Rule(
    "uncited-number",
    "A number of people without a citation",
    "Strengths and losses are what is copied first and checked last.",
    "cite the source of the number at the number",
    _uncited_numbers,
)
RULES = (LOSSES_ABOVE_STRENGTH, SUM, UNCITED_NUMBER)
