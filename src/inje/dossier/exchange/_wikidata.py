"""Rows of battles as the query service of Wikidata gives them, as records.

The columns are known by their usual names (`item`, `itemLabel`, `pointInTime`, `startTime`,
`participantLabel`, `coord` ...); an event with several participants stands in several rows.
Dates are those of its RDF export: years are astronomical (XML Schema 1.1), -0489 is 490 BC.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier._records import Alternative, Coordinates, Question, Value, When
from inje.dossier.exchange._rows import Cell, Row
from inje.dossier.exchange._sheet import Sheet, day_of, refuse_reversed
from inje.dossier.merging._answers import fights_for
from inje.errors import DocumentError

__all__ = ["WIKIDATA_COLUMNS", "wikidata_event", "wikidata_identifier", "wikidata_title"]

_RULE = "wikidata"
#: what a column may be called, in small letters and without "label"
_NAMES = {
    "item": ("item", "event", "battle", "conflict", "engagement"),
    "date": ("pointintime", "date", "time", "point_in_time", "when"),
    "start": ("starttime", "start", "start_time", "startdate", "begin"),
    "end": ("endtime", "end", "end_time", "enddate"),
    "place": ("location", "place", "locatedin", "loc"),
    "where": ("coord", "coords", "coordinates", "coordinatelocation", "geo"),
    "participant": ("participant", "participants", "belligerent", "side", "combatant"),
    "winner": ("winner", "victor"),
    "deaths": ("numberofdeaths", "deaths", "number_of_deaths", "killed"),
    "war": ("partof", "war", "part_of"),
}
WIKIDATA_COLUMNS = frozenset(_NAMES["item"])
_POINT = re.compile(r"Point\(\s*(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)\s+(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)")
_DATE = re.compile(r"(?P<y>[+-]?\d{1,6})(?:-(?P<m>\d\d)-(?P<d>\d\d))?")


def _find(row: Row, what: str) -> Cell | None:
    """The cell of a column, its label before its address."""
    by_name = {name.lower(): cell for name, cell in row.items()}
    for name in _NAMES[what]:
        for key in (f"{name}label", name):
            if key in by_name:
                return by_name[key]
    return None


def wikidata_identifier(row: Row) -> str:
    """The identifier of the item: Q and a number, else its name."""
    by_name = {name.lower(): cell.text for name, cell in row.items()}
    named = [by_name[name] for name in _NAMES["item"] if name in by_name]
    found = re.search(r"Q\d+", named[0]) if named else None
    title = _find(row, "item")
    return found.group() if found else (title.text if title else "")


def wikidata_title(row: Row) -> str:
    """The label of the item."""
    cell = _find(row, "item")
    return cell.text if cell is not None else ""


def wikidata_event(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Write the claims of the rows of one item.

    Raises
    ------
    DocumentError : a date or coordinates that cannot be read.
    """
    item = _find(rows[0], "item")
    if item is not None:
        sheet.claim(item, _RULE, summary=f"title: {item.text}")
    war = _find(rows[0], "war")
    if war is not None:
        sheet.claim(war, _RULE, summary=f"part of {war.text}")
    _dated(sheet, rows)
    _placed(sheet, rows)
    _sided(sheet, rows)
    _ended(sheet, rows)


def _distinct(rows: Sequence[Row], what: str) -> list[Cell]:
    """The different values of a column, each at its first place."""
    found: dict[str, Cell] = {}
    for row in rows:
        cell = _find(row, what)
        if cell is not None:
            found.setdefault(cell.text, cell)
    return list(found.values())


def _dated(sheet: Sheet, rows: Sequence[Row]) -> None:
    dates = {what: _distinct(rows, what)[:1] for what in ("start", "end", "date")}
    start = dates["start"] or dates["date"]
    end = dates["end"] or dates["date"]
    if not start:
        return
    first = _bounds(start[0], sheet)
    last = _bounds(end[0], sheet) if end else first
    if end:
        refuse_reversed((start[0], first[0]), (end[0], last[1]), sheet)
    days = first[0] == first[1] and last[0] == last[1]
    if first == last:
        edtf = first[0] if days else first[0].removesuffix("-01-01")
    else:
        edtf = f"{first[0]}/{last[1]}"
    sheet.when = When(edtf=edtf, earliest=first[0], latest=last[1], approximate=not days)
    for about, cells, bounds in (("start", start, first), ("end", end, last)):
        for cell in cells:
            one = bounds[0] == bounds[1]
            best = bounds[0] if one else None
            value = Value(
                low=bounds[0], best=best, high=bounds[1], vagueness="exact" if one else "between"
            )
            sheet.claim(cell, _RULE, about, value, when=sheet.when)


def _bounds(cell: Cell, sheet: Sheet) -> tuple[str, str]:
    """First and last day. A first of January is how a bare year comes out of the export."""
    found = _DATE.match(cell.text.strip())
    if found is None:
        came = f"{cell.text!r} is no date"
        raise DocumentError(sheet.at(cell), came, "like 1746-04-16", "mend the row")
    year = int(found["y"])
    written = f"{year:04d}" if year >= 0 else f"-{-year:04d}"
    if found["m"] is None or (found["m"], found["d"]) == ("01", "01"):
        return f"{written}-01-01", f"{written}-12-31"
    day = day_of(f"{written}-{found['m']}-{found['d']}", cell, sheet, "1746-04-16")
    return day, day


def _placed(sheet: Sheet, rows: Sequence[Row]) -> None:
    points = _distinct(rows, "where")[:1]
    coordinates = None
    if points:
        found = _POINT.match(points[0].text)
        degrees = [float(number) for number in found.groups()] if found else [999.0, 999.0]
        if abs(degrees[1]) > 90 or abs(degrees[0]) > 180:
            came = f"{points[0].text!r} is no place on earth"
            raise DocumentError(sheet.at(points[0]), came, "like Point(49.8 40.4)", "mend the row")
        coordinates = Coordinates(longitude=degrees[0], latitude=degrees[1])
    for number, cell in enumerate(_distinct(rows, "place")):
        sheet.place(cell, coordinates if number == 0 else None)
        sheet.claim(cell, _RULE, summary=f"place: {cell.text}")


def _sided(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Participants as sides; with more than two, on whose side the others fought is asked."""
    keys = [sheet.side(cell) for cell in _distinct(rows, "participant")]
    names = {side.id: side.name for side in sheet.sides}
    for key in keys[2:]:
        alternatives = [
            Alternative(label=names[one], value=fights_for(key, one)) for one in keys[:2]
        ]
        sheet.questions.append(
            Question(
                id=f"q_side_{key}"[:110],
                topic="side",
                text=f"On which side does {names[key]} fight?",
                alternatives=(*alternatives, Alternative(label="a side of its own", value=key)),
            )
        )


def _ended(sheet: Sheet, rows: Sequence[Row]) -> None:
    by_name = {side.name: side.id for side in sheet.sides}
    for cell in _distinct(rows, "winner"):
        side = by_name.get(" ".join(cell.text.split()))
        value = Value(best=side) if side else None
        sheet.claim(cell, _RULE, "winner" if side else "", value, summary=f"winner: {cell.text}")
    for cell in _distinct(rows, "deaths"):
        if not re.fullmatch(r"[+]?\d+(?:\.0*)?", cell.text.strip()):
            came = f"{cell.text!r} is no number"
            raise DocumentError(sheet.at(cell), came, "a number", "mend the row")
        sheet.claim(cell, _RULE, summary=f"deaths of all sides: {cell.text}")
