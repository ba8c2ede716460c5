"""What each section of the page shows: figures drawn, texts cut, names looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inje.reporting import _figures as plots
from inje.reporting._citing import citation_of
from inje.reporting._data import ChoiceRow, Interval, QuantityRow, ReportData
from inje.reporting._drawing import RULE, SIDES, Drawn, draw
from inje.reporting._ground_plan import ground_plan
from inje.reporting._ledger import format_number, spoken
from inje.reporting._marked import MarkedBlock, marked_blocks
from inje.reporting._timeline import brief_day, clock_days, dated_rows, day_labels
from inje.reporting._views import assumptions, families, unique_slugs
from inje.reporting._wording import Wording, claimed_bounds, words_of_day

if TYPE_CHECKING:
    from inje.reporting._plots import Plot
    from inje.scenario import Side

__all__ = ["page_context"]

#: quantities that get a picture; the others stand in a table
_MOST_CARDS = 24


@dataclass(frozen=True, slots=True)
class Card:
    """A quantity, the id of its element, and its picture."""

    row: QuantityRow | ChoiceRow
    anchor: str
    figure: Drawn | None = None


@dataclass(frozen=True, slots=True)
class ShownText:
    """A document as it is shown."""

    title: str
    blocks: list[MarkedBlock]
    credit: str


def page_context(data: ReportData, wording: Wording) -> dict[str, Any]:
    """Everything that the templates need beside the data themselves."""
    colours = {side.id: i % len(SIDES) for i, side in enumerate(data.scenario.sides)}
    texts = _texts(data)
    cards, rest = _cards(data)
    anchors = unique_slugs((r.name for r in (*data.quantities, *data.choices)), "q-")
    battle = data.dossier.battle
    when = words_of_day(battle.when.edtf) if battle.when else ""
    part = f"part of the {battle.part_of.removeprefix('the ')}" if battle.part_of else ""
    return {
        "subtitle": ", ".join(word for word in (when, battle.region, part) if word),
        "sides": [_full_and_brief(side, wording) for side in data.scenario.sides],
        "has_without": any(row.without is not None for row in data.outcomes),
        "texts": texts,
        "shown": _reachable(texts),
        "families": families,
        "map": ground_plan(data.scenario, colours),
        "figures": _figures(data),
        "first_day": words_of_day(data.scenario.clock.start),
        "control_legend": [(wording.name(s.id), colours[s.id]) for s in data.scenario.sides],
        "day_words": words_of_day,
        "path_words": wording.path,
        "cards": cards,
        "rest": rest,
        "choices": [Card(row, anchors[row.name]) for row in data.choices],
        "works": list(
            dict.fromkeys(
                " ".join((s.anchor.quote if s.anchor else s.title).split())
                for s in data.dossier.sources
            )
        ),
        "assumptions": assumptions(data.scenario, wording),
        "engagement_laws": _laws(data, wording),
        "citation": citation_of(data),
        "credits": sorted({text.credit for text in texts if text.credit}),
    }


def _full_and_brief(side: Side, wording: Wording) -> str:
    brief = wording.name(side.id)
    return side.name if brief == side.name else f"{side.name} ({brief})"


def _texts(data: ReportData) -> list[ShownText]:
    claims = data.dossier.claims
    documents = data.documents or data.dossier.texts
    return [
        ShownText(d.title, marked_blocks(d, claims), _credit(d.uri, d.licence)) for d in documents
    ]


def _reachable(texts: list[ShownText]) -> set[str]:
    """Claims that have a mark of their own in the text, which a link can lead to."""
    pieces = (piece for text in texts for block in text.blocks for piece in block.pieces)
    return {piece.claims[0] for piece in pieces if piece.claims and piece.claims[0] in piece.begins}


def _credit(uri: str, licence: str) -> str:
    return ", ".join(word for word in (uri if "://" in uri else "", licence) if word)


def _laws(data: ReportData, wording: Wording) -> list[str]:
    return [
        f"At {wording.name(e.place)}: {e.law} law, losses drawn one by one in continuous time."
        for e in data.scenario.engagements
    ]


def _cards(data: ReportData) -> tuple[list[Card], list[Card]]:
    anchors = unique_slugs((r.name for r in (*data.quantities, *data.choices)), "q-")
    ranked = sorted(data.quantities, key=lambda r: (not r.observable, not r.claims, not r.informed))
    chosen = {row.name for row in ranked[:_MOST_CARDS] if row.density is not None}
    cards = [
        Card(row, anchors[row.name], _density(row, data)) for row in ranked if row.name in chosen
    ]
    rest = [Card(row, anchors[row.name]) for row in ranked if row.name not in chosen]
    return cards, rest


def _density(row: QuantityRow, data: ReportData) -> Drawn | None:
    if row.density is None:
        return None
    said = [
        bounds
        for claim in data.dossier.claims
        if claim.about == row.name and claim.status != "rejected"
        if (bounds := claimed_bounds(claim.value)) is not None
    ]
    words = (
        f"{row.label}: before {_spoken(row.prior, row.unit)}, after "
        f"{_spoken(row.posterior, row.unit)}."
    )
    unit = "" if row.unit == "people" else row.unit
    return Drawn(words, draw(plots.density_plot(row.density, said, unit=unit), words))


def _spoken(interval: Interval, unit: str) -> str:
    low, middle, high = (spoken(v, unit) for v in (interval.q05, interval.q50, interval.q95))
    return f"{middle} ({low} to {high})"


def _both(words: str, plot: Callable[..., Plot], wide: int, narrow: int) -> Drawn:
    return Drawn(
        words,
        draw(plot(width=wide, narrow=False), words),
        draw(plot(width=narrow, narrow=True), words),
    )


def _figures(data: ReportData) -> dict[str, Drawn | None]:
    return {
        "timeline": _timeline(data),
        "control": _control(data),
        "joint": _joint(data),
        "accounts": _accounts(data),
        "sources": _sources(data),
    }


def _timeline(data: ReportData) -> Drawn | None:
    dated = dated_rows(data.dossier, data.scenario)
    if not dated and not data.times:
        return None
    _, days = clock_days(data.scenario)
    labels = day_labels(data.scenario)
    told = [f"{label}" for label, _, _ in dated] + [
        f"{row.label}: day {_spoken(row.posterior, 'days')}" for row in data.times
    ]
    words = f"Days of the battle. {'. '.join(told)}."

    def plot(*, width: int, narrow: bool) -> Plot:
        return plots.timeline_plot(
            dated, data.times, start=-1, end=days + 1, labels=labels, width=width, narrow=narrow
        )

    return _both(words, plot, 700, 340)


def _control(data: ReportData) -> Drawn | None:
    rows = [row for row in data.control if row.day]
    if not rows:
        return None
    days = list(dict.fromkeys(row.day for row in rows))[:10]
    places = list(dict.fromkeys(row.label for row in rows))
    short = {day: brief_day(day) for day in days}
    names = {side: name for row in rows for side, name, _ in row.sides}
    colours = {
        names[s.id]: SIDES[i % len(SIDES)]
        for i, s in enumerate(data.scenario.sides)
        if s.id in names
    }
    cells = []
    for row in rows:
        if row.day not in short:
            continue
        cells += [(row.label, short[row.day], name, share) for _, name, share in row.sides]
        nobody = 1 - sum(share for _, _, share in row.sides)
        if nobody > 0.001:
            cells.append((row.label, short[row.day], "nobody", nobody))
    words = "Control: " + "; ".join(
        f"{row.label} at the end of {words_of_day(row.day)}: "
        + ", ".join(f"{name} {format_number(share, '%')}" for _, name, share in row.sides)
        for row in rows
        if row.day == days[-1]
    )

    def plot(*, width: int, narrow: bool) -> Plot:
        order = [short[day] for day in days]
        return plots.control_plot(
            places, order, cells, {**colours, "nobody": RULE}, width=width, narrow=narrow
        )

    return _both(words, plot, 700, 340)


def _joint(data: ReportData) -> Drawn | None:
    joint = data.joint
    if joint is None:
        return None
    words = f"Joint density of {joint.x_label} and {joint.y_label}; " + "; ".join(
        claim.label for claim in joint.claims
    )

    def plot(*, width: int, narrow: bool) -> Plot:
        return plots.joint_plot(joint, width=width, height=240 if narrow else 320)

    return _both(words, plot, 440, 260)


def _accounts(data: ReportData) -> Drawn | None:
    pairs = data.pairs
    if not pairs:
        return None
    words = "Accounts compared: " + "; ".join(
        f"{p.first_label} over {p.second_label} {format_number(p.db, 'dB')} dB, from "
        f"{format_number(p.low, 'dB')} to {format_number(p.high, 'dB')}"
        for p in pairs
    )

    def plot(*, width: int, narrow: bool) -> Plot:
        return plots.account_plot(pairs, width=width, narrow=narrow)

    return _both(words, plot, 700, 340)


def _sources(data: ReportData) -> Drawn | None:
    rows = [row for row in data.sources if not row.conflict]
    if not rows:
        return None
    words = "Reliability of the sources: " + "; ".join(
        f"{r.label} {_spoken(r.posterior, '%')}" for r in rows
    )

    def plot(*, width: int, narrow: bool) -> Plot:
        return plots.reliability_plot(rows, width=width, narrow=narrow)

    return _both(words, plot, 700, 340)
