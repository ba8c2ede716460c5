"""What each section of the page shows: figures drawn, texts cut, names looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inje.reporting._citing import citation_of
from inje.reporting._data import ChoiceRow, QuantityRow, ReportData
from inje.reporting._doubt import ConflictRow, PriorMove
from inje.reporting._drawing import SIDES, Drawn
from inje.reporting._ground_plan import ground_plan
from inje.reporting._illustrations import Figure
from inje.reporting._marked import MarkedBlock, marked_blocks
from inje.reporting._timeline import MOST_DATED, MOST_DAYS, dated_rows
from inje.reporting._views import assumptions, families, unique_slugs
from inje.reporting._weighing import SEEN
from inje.reporting._wording import Wording, inline, odds, words_of_day

if TYPE_CHECKING:
    from inje.dossier import Source
    from inje.scenario import Side

__all__ = ["page_context"]

#: quantities that get a picture; the others stand in a table
_MOST_CARDS = 24
#: changes of a prior shown for a figure
_MOST_MOVES = 5
_CHANGES = {
    "spread x 2": "twice as wide",
    "one spread up": "moved up by its width",
    "one spread down": "moved down by its width",
}
#: figures with a place of their own
_LARGE = ("timeline", "control", "losses", "accounts", "sources")


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


@dataclass(frozen=True, slots=True)
class Against:
    """Claims that the model could hardly have produced, the least likely one, exclusive pairs."""

    alone: list[ConflictRow]
    least: ConflictRow | None
    pairs: list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Moved:
    """What other priors do: the changes shown, how many others and how far, how many not judged."""

    shown: list[PriorMove]
    rest: int
    most: float
    most_error: float | None
    unjudged: int
    targets: list[str]


def page_context(
    data: ReportData, wording: Wording, figures: Mapping[str, Figure]
) -> dict[str, Any]:
    """Everything that the templates need beside the data themselves."""
    colours = {side.id: i % len(SIDES) for i, side in enumerate(data.scenario.sides)}
    texts = _texts(data)
    cards, rest = _cards(data, figures)
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
        "map": ground_plan(data.scenario, colours, data.dossier, data.shapes),
        "figures": {name: figures[name].drawn if name in figures else None for name in _LARGE},
        "first_day": words_of_day(data.scenario.clock.start),
        "control_legend": [(wording.name(s.id), colours[s.id]) for s in data.scenario.sides],
        "day_words": words_of_day,
        "path_words": wording.path,
        "sentence": wording.sentence,
        "inline": inline,
        "cards": cards,
        "rest": rest,
        "choices": [Card(row, anchors[row.name]) for row in data.choices],
        "works": list(dict.fromkeys(_work(source) for source in data.dossier.sources)),
        "moved": _moved(data.moves),
        "changes_in_words": _CHANGES,
        "undrawn": _undrawn(data),
        "against": _against(data.conflicts),
        "odds": odds,
        "assumptions": assumptions(data.scenario, wording),
        "engagement_laws": _laws(data, wording),
        "citation": citation_of(data),
        "credits": sorted({text.credit for text in texts if text.credit}),
    }


def _work(source: Source) -> str:
    """A work as the text cites it; by its title where the text has only a mark."""
    quote = source.anchor.quote if source.anchor else ""
    only_a_mark = not any(letter.isalpha() for letter in quote)
    return " ".join((source.title if only_a_mark else quote).split())


def _moved(moves: tuple[PriorMove, ...]) -> Moved:
    judged = [move for move in moves if move.shift is not None]
    seen = [move for move in judged if abs(move.shift or 0.0) >= SEEN]
    told = list(dict.fromkeys(move.target for move in moves))
    shown = [m for name in told for m in [x for x in seen if x.target == name][:_MOST_MOVES]]
    rest = [move for move in judged if move not in shown]
    most = max(rest, key=lambda move: abs(move.shift or 0.0), default=None)
    return Moved(
        shown,
        len(rest),
        abs(most.shift or 0.0) if most else 0.0,
        most.shift_error if most else None,
        len(moves) - len(judged),
        list(dict.fromkeys(inline(move.target_label) for move in moves)),
    )


def _undrawn(data: ReportData) -> dict[str, int]:
    """How many dated passages and days the pictures have no room for."""
    days = {row.day for row in data.control if row.day}
    dated = dated_rows(data.dossier, data.scenario, most=None)
    return {"dated": max(0, len(dated) - MOST_DATED), "days": max(0, len(days) - MOST_DAYS)}


def _against(rows: tuple[ConflictRow, ...]) -> Against:
    single = [row for row in rows if len(row.claims) == 1]
    pairs = dict.fromkeys(tuple(sorted(row.claims)) for row in rows if len(row.claims) > 1)
    least = single[0] if single else None
    return Against([row for row in single if row.conflicts], least, list(pairs))


def _full_and_brief(side: Side, wording: Wording) -> str:
    brief = wording.name(side.id)
    return side.name if brief == side.name else f"{side.name} ({brief})"


def _texts(data: ReportData) -> list[ShownText]:
    claims = data.dossier.claims
    documents = data.documents or data.dossier.texts
    counted = Counter(d.title for d in documents)
    return [
        ShownText(
            d.title if counted[d.title] == 1 else f"{d.title} ({d.id})",
            marked_blocks(d, claims),
            _credit(d.uri, d.licence),
        )
        for d in documents
    ]


def _reachable(texts: list[ShownText]) -> set[str]:
    """Claims that have a mark of their own in the text, which a link can lead to."""
    pieces = (piece for text in texts for block in text.blocks for piece in block.pieces)
    linked = (piece for piece in pieces if piece.claims and not piece.text.isspace())
    return {piece.claims[0] for piece in linked if piece.claims[0] in piece.begins}


def _credit(uri: str, licence: str) -> str:
    return ", ".join(word for word in (uri if "://" in uri else "", licence) if word)


def _laws(data: ReportData, wording: Wording) -> list[str]:
    return [
        f"At {wording.name(e.place)}: {e.law} law, losses drawn one by one in continuous time."
        for e in data.scenario.engagements
    ]


def _cards(data: ReportData, figures: Mapping[str, Figure]) -> tuple[list[Card], list[Card]]:
    anchors = unique_slugs((r.name for r in (*data.quantities, *data.choices)), "q-")
    ranked = sorted(data.quantities, key=lambda r: (not r.observable, not r.claims, not r.informed))
    chosen = {row.name for row in ranked[:_MOST_CARDS] if row.name in figures}
    cards = [
        Card(row, anchors[row.name], figures[row.name].drawn)
        for row in ranked
        if row.name in chosen
    ]
    rest = [Card(row, anchors[row.name]) for row in ranked if row.name not in chosen]
    return cards, rest
