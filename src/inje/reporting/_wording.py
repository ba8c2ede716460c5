"""Plain English for paths, values, dates and kinds, as the page prints them."""

from __future__ import annotations

import re
from functools import cached_property

from inje.dossier import Claim, Dossier, ObservablePath, Value
from inje.errors import PathError
from inje.reporting._ledger import format_number
from inje.scenario import Scenario

__all__ = [
    "Wording",
    "claimed_bounds",
    "inline",
    "listed",
    "odds",
    "source_in_short",
    "words_of_day",
]

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAY = re.compile(r"(-?\d{4,})-(\d{2})-(\d{2})\Z")
_MONTH = re.compile(r"(-?\d{4,})-(\d{2})\Z")
_YEAR = re.compile(r"(-?\d{4,})\Z")
_PATH = re.compile(r"(?<![\w.@-])[a-z_]+(?:\.[a-z0-9_-]+)+(?:@[\d-]+)?(?![\w@-])")
_ISO = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?(?![\w-])")
_UNITS = {
    "strength": "people",
    "losses": "people",
    "materiel": "people",
    "reserves": "people",
    "arrival": "days",
    "report": "days",
    "order": "days",
    "breaking_off": "days",
    "duration": "days",
    "start": "days",
    "end": "days",
    "rate": "1/day",
}
_LONGEST_NAME = 30
_BARE = {
    "duration": "Length of the fighting",
    "start": "Beginning of the fighting",
    "end": "End of the fighting",
    "winner": "Winner",
    "result": "Result",
    "attacker": "Who attacked",
    "instigator": "Who was behind it",
}
_NAMED = {
    "strength": "Strength of {}",
    "losses": "Losses of {}",
    "control": "Control of {}",
    "arrival": "Arrival of {}",
    "report": "Report of {}",
    "order": "Order for {}",
    "breaking_off": "{} breaks off",
    "materiel": "Materiel of {}",
    "attacker": "Who attacked at {}",
    "motive": "Motive of {}",
    "decision": "Decision of {}",
    "stance": "Stance of {}",
    "rate": "Loss rate of {}",
    "reserves": "Reserves of {}",
}
#: parameters of the model by their first word and, where that tells, the last
_PARAMETERS = {
    "hazard.h0": "Readiness of {1} to break off, at a tenth lost and even odds",
    "hazard.a": "How it grows for {1} with its losses",
    "hazard.c": "How it grows for {1} with the odds against it",
    "hazard.at_strength": "Strength at which {1} breaks off",
    "share": "Weight of {2} among the losses of {1}",
    "delay.compose": "Time to write the {0}",
    "delay.transmit": "Time that the {0} is on its way",
    "delay.decide": "Time to decide: {0}",
    "delay.prepare": "Time to prepare: {0}",
    "distance": "Length of the road: {0}",
    "march": "Pace of {0}",
    "begins": "Beginning of the fighting: {0}",
    "ends": "Latest end of the fighting: {0}",
}
_CATEGORIES = {"lost_unspecified": "lost, not said how"}
_MESSAGES = ("report", "order", "decision")
_COMMON = {form.partition(" ")[0] for form in (*_NAMED.values(), *_BARE.values())} | {"Loss"}
_VAGUE = {
    "about": "about {}",
    "rounded": "about {}",
    "at_least": "at least {}",
    "at_most": "at most {}",
    "hundreds": "hundreds",
    "none": "none",
}


def listed(words: list[str] | tuple[str, ...], last: str = "and") -> str:
    """Join words as a sentence does: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def odds(decibel: float, first: str, second: str) -> str:
    """Evidence in words: three to one for the first or for the second."""
    ratio = 10 ** (abs(decibel) / 10)
    if ratio < 1.05:
        return "for neither"
    said = f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:,.0f}" if ratio < 1e4 else "over 10,000"
    return f"{said.removesuffix('.0')} to 1 for {first if decibel > 0 else second}"


def inline(label: str) -> str:
    """A label within a sentence: its first word small, unless that is a name."""
    first = label.partition(" ")[0]
    return label[:1].lower() + label[1:] if first in _COMMON else label


def _year(digits: str) -> str:
    year = int(digits)
    return f"{1 - year} BC" if year <= 0 else str(year)


def words_of_day(edtf: str) -> str:
    """An EDTF day, month, year or interval in words; anything else as it stands."""
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        a, b = _DAY.match(first), _DAY.match(last)
        if a and b and a[1] == b[1] and a[2] == b[2]:
            return f"{int(a[3])}–{words_of_day(last)}"
        return f"{words_of_day(first)} – {words_of_day(last)}"
    for pattern in (_DAY, _MONTH, _YEAR):
        found = pattern.match(edtf)
        if found is None:
            continue
        year, month, day = (*found.groups(), None, None)[:3]
        if month is not None and not 1 <= int(month) <= 12:
            return edtf
        words = [str(int(day))] if day else []
        words += [_MONTHS[int(month) - 1]] if month else []
        return " ".join([*words, _year(year)])
    return edtf


def _brief(name: str, others: list[str]) -> str:
    """The name of a side, or the shortest other one where that is too long for a label."""
    shorter = [other for other in others if 2 < len(other) < len(name)]
    if len(name) <= _LONGEST_NAME or not shorter:
        return name
    return min(shorter, key=len)


class Wording:
    """Names of one battle: from identifiers of scenario and dossier to what a reader knows.

    Parameters
    ----------
    scenario, dossier : where the names are looked up.
    """

    def __init__(self, scenario: Scenario, dossier: Dossier) -> None:
        self.scenario = scenario
        self.dossier = dossier

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        narrators = [e.id for e in self.dossier.entities if e.kind == "narrator"]
        for entity in self.dossier.entities:
            only = narrators == [entity.id]
            names[entity.id] = "the narrator" if only else entity.name
        for source in self.dossier.sources:
            names.setdefault(source.id, source.title)
        sides = {side.id: side for side in self.dossier.battle.sides}
        for place in self.scenario.places:
            names[place.id] = place.name
        for side in self.scenario.sides:
            entities = sides[side.id].entities if side.id in sides else ()
            names[side.id] = _brief(side.name, [names.get(entity, "") for entity in entities])
        full = {side.name: names[side.id] for side in self.scenario.sides}
        for force in self.scenario.forces:
            own = force.name or names.get(force.id, self.spaced(force.id))
            brief = full.get(own) or _brief(own, [own.partition(":")[0]])
            several = sum(other.side == force.side for other in self.scenario.forces) > 1
            names[force.id] = f"{brief}, first force" if several and own in full else brief
        for other in (*self.scenario.messages, *self.scenario.decisions):
            names[other.id] = other.name or self.spaced(other.id)
        return names

    def sentence(self, text: str, about: str = "") -> str:
        """A sentence of the record for a reader: dates in words, names for identifiers and paths.

        `about` is the path it speaks of: what is an identifier there, is one in the sentence.
        """
        said = _PATH.sub(lambda found: self._in_sentence(found[0]), text)
        said = _ISO.sub(lambda found: words_of_day(found[0]), said)
        for identifier in about.partition("@")[0].split(".")[1:]:
            if identifier in self._names:
                whole = rf"(?<![\w.-]){re.escape(identifier)}(?![\w.-])"
                said = re.sub(whole, lambda _, i=identifier: self.name(i), said)
        return said[:1].upper() + said[1:]

    def _in_sentence(self, word: str) -> str:
        """A path in words where somebody may claim it; anything else as it stands."""
        try:
            quantity = ObservablePath.parse(word).quantity
        except PathError:
            return word
        return inline(self.path(word)) if quantity in _NAMED or quantity in _BARE else word

    @staticmethod
    def spaced(identifier: str) -> str:
        """An identifier with spaces for its underscores and hyphens."""
        return identifier.replace("_", " ").replace("-", " ")

    def name(self, identifier: str) -> str:
        """What a reader calls it."""
        return self._names.get(identifier) or self.spaced(identifier)

    def agent(self, identifier: str) -> str:
        """What a holder or a carrier of claims is called: a work by author and year."""
        source = next((s for s in self.dossier.sources if s.id == identifier), None)
        return source_in_short(source.csl, source.title) if source else self.name(identifier)

    def unit(self, path: str) -> str:
        """Unit of a path: people, days, 1/day, or empty."""
        return _UNITS.get(path.partition("@")[0].partition(".")[0], "")

    def path(self, path: str) -> str:
        """An observable path, or the path of a parameter, in words."""
        try:
            parsed = ObservablePath.parse(path)
        except PathError:
            if (named := self._parameter(path)) is not None:
                return named
            head, *rest = path.split(".")
            return " · ".join([self.spaced(head).capitalize(), *map(self.name, rest)])
        own = self.name(parsed.parts[0]) if parsed.parts else ""
        if own.lower().startswith(("report", "order")) and parsed.quantity in _MESSAGES:
            words = own
        elif not parsed.parts:
            words = _BARE.get(parsed.quantity, self.spaced(parsed.quantity))
        else:
            words = _NAMED[parsed.quantity].format(own)
        if parsed.quantity == "rate" and len(parsed.parts) > 1:
            words = f"Loss rate of {self.name(parsed.parts[1])}"
        elif len(parsed.parts) > 1:
            second = parsed.parts[1]
            known = second in self._names
            plain = _CATEGORIES.get(second) or self.spaced(second)
            words += f": {self.name(second) if known else plain}"
        if parsed.date:
            words += f" on {words_of_day(parsed.date)}"
        return words[:1].upper() + words[1:]

    def _parameter(self, path: str) -> str | None:
        """A parameter of the model in words; None where it has no form of its own."""
        head, *rest = path.split(".")
        form = _PARAMETERS.get(f"{head}.{rest[-1]}" if rest else "") or _PARAMETERS.get(head, "")
        parts = [self.name(part) for part in rest]
        if not form or form.count("{") > len(parts):
            return None
        return form.format(*parts)

    def value(self, value: Value | None, path: str = "") -> str:
        """What a claim says its observable is, in words; empty when it says nothing."""
        if value is None:
            return ""
        unit = self.unit(path)
        low, best, high = (self._single(v, unit) for v in (value.low, value.best, value.high))
        if value.vagueness == "between" or (not best and low and high and low != high):
            said = f"between {low} and {high}"
        else:
            said = _VAGUE.get(value.vagueness, "{}").format(best or low or high)
        dated = any(isinstance(v, str) for v in (value.low, value.best, value.high))
        shown_unit = value.unit or ("days" if unit == "days" and not dated else "")
        return f"{said} {shown_unit}".strip()

    def _single(self, value: float | str | None, unit: str) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return words_of_day(value) if value not in self._names else self.name(value)
        whole = float(value).is_integer()
        return format_number(value, "people" if whole or unit == "people" else "")

    def holders(self, claim: Claim) -> list[str]:
        """The chain of holders, innermost first."""
        return [self.name(holder) for holder in reversed(claim.holders)]

    def citation(self, claim: Claim) -> list[str]:
        """The works cited for a claim, with their locators."""
        titles = {source.id: source for source in self.dossier.sources}
        cited = []
        for link in claim.citations:
            source = titles.get(link.source)
            name = source_in_short(source.csl, source.title) if source else link.source
            cited.append(f"{name}, {link.locator}" if link.locator else name)
        return cited


def source_in_short(csl: dict[str, object], title: str) -> str:
    """Author and year of a CSL item when it has them, else the title."""
    authors = csl.get("author")
    family = ""
    if isinstance(authors, list) and authors and isinstance(authors[0], dict):
        family = str(authors[0].get("family") or authors[0].get("literal") or "")
    issued = csl.get("issued")
    year = ""
    if isinstance(issued, dict):
        parts = issued.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
            year = str(parts[0][0])
    if family:
        return f"{family} {year}".strip()
    return title


def claimed_bounds(value: object) -> tuple[float, float] | None:
    """Least and greatest number that a claim's value names, None where it names none."""
    named = [getattr(value, name, None) for name in ("low", "best", "high")]
    numbers = [float(v) for v in named if isinstance(v, int | float)]
    return (min(numbers), max(numbers)) if numbers else None
