"""What the templates print: claims and quantities with everything they refer to looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inje.dossier import Claim
from inje.reporting._data import ChoiceRow, ClaimWeight, QuantityRow, ReportData
from inje.reporting._ledger import format_number, slug
from inje.reporting._wording import Wording
from inje.scenario import Choice, Quantity, Scenario, stated_payoffs

__all__ = [
    "Assumption",
    "ClaimView",
    "assumptions",
    "chances_in_words",
    "claim_views",
    "families",
    "game_assumptions",
    "prior_in_words",
    "runs",
    "unique_slugs",
]

#: what a kind of claim is evidence of
FAMILIES = {
    "fact": "narrated",
    "report": "testimony",
    "statement": "testimony",
    "quotation": "testimony",
    "presentation": "testimony",
    "belief": "attitude",
    "fear": "attitude",
    "intention": "attitude",
    "inference": "attitude",
    "order": "act",
    "proposal": "act",
}
families = (
    ("narrated", "told by the narrator"),
    ("testimony", "said or reported by somebody"),
    ("attitude", "believed, feared, intended or inferred"),
    ("act", "ordered or proposed"),
)
#: a bound as far out as this is the machine's, not the model's
_NO_BOUND = 1e9
#: meaning of the Admiralty digits (NATO STANAG 2511)
DIGITS = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim as the page shows it; `anchor` is the id of its element."""

    number: int
    anchor: str
    claim: Claim
    family: str
    about: str
    value: str
    holders: tuple[str, ...]
    citations: tuple[str, ...]
    weight: ClaimWeight | None
    digit: str
    quantity: str
    restates: str

    @property
    def quote(self) -> str:
        """The words themselves."""
        return self.claim.anchor.quote if self.claim.anchor else ""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number of the model that no source gives."""

    path: str
    label: str
    prior: str
    why: str


def unique_slugs(names: Iterable[str], prefix: str) -> dict[str, str]:
    """An id for each name; different names get different ids."""
    taken: set[str] = set()
    slugs: dict[str, str] = {}
    for name in names:
        base = f"{prefix}{slug(name)}"
        unused, again = base, 2
        while unused in taken:
            unused, again = f"{base}-{again}", again + 1
        taken.add(unused)
        slugs[name] = unused
    return slugs


def claim_views(data: ReportData, wording: Wording) -> dict[str, ClaimView]:
    """Every claim of the dossier, in its order, by id."""
    claims = data.dossier.claims
    anchors = unique_slugs((claim.id for claim in claims), "c-")
    rows: tuple[QuantityRow | ChoiceRow, ...] = (*data.quantities, *data.choices)
    cards = unique_slugs((row.name for row in rows), "q-")
    weights = {weight.claim: weight for weight in data.weights}
    views = {}
    for number, claim in enumerate(claims, start=1):
        weight = weights.get(claim.id)
        views[claim.id] = ClaimView(
            number=number,
            anchor=anchors[claim.id],
            claim=claim,
            family=FAMILIES[claim.kind],
            about=wording.path(claim.about) if claim.about else "",
            value=wording.value(claim.value, claim.about),
            holders=tuple(wording.holders(claim)),
            citations=tuple(wording.citation(claim)),
            weight=weight,
            digit=DIGITS.get(weight.digit or 0, "") if weight else "",
            quantity=cards.get(claim.about, ""),
            restates=anchors.get(claim.restates or "", ""),
        )
    return views


def runs(ids: Iterable[str], claims: Mapping[str, ClaimView]) -> list[list[ClaimView]]:
    """Claims in the order of their numbers; three or more in a row are one run."""
    found: list[list[ClaimView]] = []
    for view in sorted({i: claims[i] for i in ids if i in claims}.values(), key=_number):
        if found and found[-1][-1].number + 1 == view.number:
            found[-1].append(view)
        else:
            found.append([view])
    return [part for run in found for part in ([run] if len(run) > 2 else [[v] for v in run])]


def _number(view: ClaimView) -> int:
    return view.number


def assumptions(scenario: Scenario, wording: Wording) -> list[Assumption]:
    """Every number of the model that cites neither claim nor source."""
    found = []
    for path, quantity in walk_quantities(scenario):
        if quantity.assumed and not (quantity.claims or quantity.source):
            label = _path_label(path, wording)
            found.append(Assumption(path, label, prior_in_words(quantity), quantity.assumed))
    for name, choice in scenario.causes.items():
        if choice.assumed and not (choice.claims or choice.source):
            said = chances_in_words(choice, wording)
            found.append(Assumption(name, wording.path(name), said, choice.assumed))
    return [*found, *game_assumptions(scenario)]


def chances_in_words(choice: Choice, wording: Wording) -> str:
    """The answers to a question with their prior probabilities."""
    total = sum(choice.options.values())
    return ", ".join(
        f"{choice.labels.get(option, wording.name(option))} {100 * weight / total:.0f} %"
        for option, weight in choice.options.items()
    )


def game_assumptions(scenario: Scenario) -> Iterable[Assumption]:
    """What the political game assumes beside its quantities: payoffs, and who has a voice."""
    crisis = scenario.crisis
    if crisis is None:
        return
    payoffs, factor = stated_payoffs(crisis), crisis.payoff_range
    varied = f"costs and stakes between 1/{factor:g} and {factor:g} times this"
    for player in ("mover", "responder", *(() if crisis.cabinet else ("cabinet",))):
        for kind in dict.fromkeys(crisis.types.values()):
            terms = getattr(payoffs, player).get(kind, {})
            said = ", ".join(f"{term.replace('+', ' and ')} {w:+g}" for term, w in terms.items())
            label = f"payoffs of the {player} in the game · {kind}"
            path = f"crisis.payoffs.{player}.{kind}"
            yield Assumption(path, label, f"{said}; {varied}", crisis.assumed)
    for name, minister in crisis.cabinet.items():
        said = (
            f"weight {minister.weight:g} (between 1/{factor:g} and {factor:g} times this), "
            f"to punish {minister.punish:g}, to review {minister.review:g}"
        )
        label = f"voice in the cabinet · {name}"
        yield Assumption(f"crisis.cabinet.{name}", label, said, minister.assumed or crisis.assumed)


def walk_quantities(scenario: Scenario) -> Iterable[tuple[str, Quantity]]:
    """Every `Quantity` in the scenario with its path in the file."""
    for field in type(scenario).model_fields:
        yield from _walk(field, getattr(scenario, field))


def _walk(path: str, value: object) -> Iterable[tuple[str, Quantity]]:
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk(f"{path}.{key}", item)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            name = getattr(item, "id", None) or str(index)
            yield from _walk(f"{path}.{name}", item)
    else:
        for field in getattr(type(value), "model_fields", ()):
            yield from _walk(f"{path}.{field}", getattr(value, field))


#: paths of the scenario file that have words as parameters, and which
_NAMED_AS = (
    (r"forces\.([^.]+)\.strength", r"strength.\1"),
    (r"forces\.([^.]+)\.march\.rate", r"march.\1"),
    (r"roads\.([^.]+)\.distance", r"distance.\1"),
    (r"engagements\.([^.]+)\.(begins|ends)", r"\2.\1"),
    (r"engagements\.([^.]+)\.rates\.([^.]+)", r"rate.\1.\2"),
    (r"engagements\.([^.]+)\.shares\.([^.]+)\.([^.]+)", r"share.\1.\2.\3"),
    (r"engagements\.([^.]+)\.breaking_off\.([^.]+)\.([^.]+)", r"hazard.\1.\2.\3"),
    (r"messages\.([^.]+)\.stages\.([^.]+)\.delay", r"delay.\1.\2"),
    (r"decisions\.([^.]+)\.stages\.([^.]+)\.delay", r"delay.\1.\2"),
)


def _path_label(path: str, wording: Wording) -> str:
    for pattern, parameter in _NAMED_AS:
        found = re.fullmatch(pattern, path)
        if found:
            return wording.path(found.expand(parameter))
    _, _, rest = path.partition(".")
    parts = [wording.name(part) for part in rest.split(".")] if rest else [path]
    return " · ".join(parts)


def prior_in_words(quantity: Quantity) -> str:
    """A fixed value, or the family with its parameters and bounds."""
    unit = f" {quantity.unit}" if quantity.unit else ""
    prior = quantity.prior
    if prior is None:
        return f"{format_number(quantity.value or 0.0)}{unit}"
    names = ("mean", "sd", "median", "sigma", "a", "b", "shape", "low", "high")
    given = [
        f"{n} {format_number(v)}"
        for n in names
        if (v := getattr(prior, n)) is not None and abs(v) < _NO_BOUND
    ]
    derived = f"; with {', '.join(prior.derives_from)}" if prior.derives_from else ""
    return f"{prior.family} ({', '.join(given)}{derived}){unit}"
