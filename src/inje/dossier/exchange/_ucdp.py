"""Rows of the UCDP Georeferenced Event Dataset as records.

Columns and their meaning: Sundberg & Melander 2013, "Introducing the UCDP Georeferenced Event
Dataset", Journal of Peace Research 50(4); Högbladh, UCDP GED Codebook, Uppsala University.
"""

from __future__ import annotations

from math import isfinite, nan

from inje.dossier._records import CitationLink, Coordinates, Source, Value, When
from inje.dossier.exchange._rows import Cell, Row
from inje.dossier.exchange._sheet import NARRATOR, Sheet, day_of, refuse_reversed
from inje.errors import DocumentError

__all__ = ["UCDP_COLUMNS", "is_battle", "ucdp_event", "ucdp_identifier", "ucdp_title"]

#: the columns without which a row is no event of this kind
UCDP_COLUMNS = frozenset({"side_a", "side_b", "date_start"})
_RULE = "ucdp"


def ucdp_identifier(row: Row) -> str:
    """The identifier of the event."""
    return next((row[name].text for name in ("id", "relid") if name in row), "")


def is_battle(row: Row) -> bool:
    """Whether two sides fight; type 3 is one-sided violence."""
    return "type_of_violence" not in row or row["type_of_violence"].text.strip() != "3"


def ucdp_title(row: Row) -> str:
    """A title for the event: its dyad and its place."""
    dyad = row.get("dyad_name") or row.get("conflict_name")
    place = row.get("where_coordinates") or row.get("adm_1")
    named = dyad.text if dyad else f"{row['side_a'].text} - {row['side_b'].text}"
    return f"{named}, {place.text}" if place else named


def ucdp_event(sheet: Sheet, row: Row, where: str) -> None:
    """Write the claims of a row.

    Raises
    ------
    DocumentError : one-sided violence, which is no battle; or a number that is none.
    """
    if not is_battle(row):
        raise DocumentError(
            where, f"event {ucdp_identifier(row)} is one-sided violence", "a battle of two sides",
            "choose events with type_of_violence 1 or 2",
        )  # fmt: skip
    _cited(sheet, row)
    first, second = sheet.side(row["side_a"]), sheet.side(row["side_b"])
    _dated(sheet, row)
    _placed(sheet, row)
    _lost(sheet, row, first, second)


def _cited(sheet: Sheet, row: Row) -> None:
    """The article that UCDP names, and the voice that the article passes on."""
    article = row.get("source_article") or row.get("source_headline")
    if article is not None:
        fields = {
            "title": row.get("source_headline") or article,
            "container-title": row.get("source_office"),
            "issued": row.get("source_date"),
        }
        csl = {name: cell.text for name, cell in fields.items() if cell is not None}
        sheet.sources.append(
            Source(
                id="source_1",
                title=csl["title"][:200],
                csl={"type": "article-newspaper", **csl},
                anchor=sheet.anchor(article),
            )
        )
        sheet.citations = (CitationLink(source="source_1"),)
    voice = row.get("source_original")
    if voice is not None:
        sheet.holders = (NARRATOR, sheet.entity("group", voice))


def _dated(sheet: Sheet, row: Row) -> None:
    """First and last day; with a precision other than the day, bounds only."""
    start = row["date_start"]
    end = row.get("date_end", start)
    first, last = _day(start, sheet), _day(end, sheet)
    refuse_reversed((start, first), (end, last), sheet)
    exact = row["date_prec"].text.strip() in ("1", "") if "date_prec" in row else True
    edtf = first if first == last else f"{first}/{last}"
    sheet.when = When(edtf=edtf, earliest=first, latest=last, approximate=not exact)
    for about, cell, day in (("start", start, first), ("end", end, last)):
        if exact or first == last:
            value = Value(low=day, best=day, high=day)
        else:
            value = Value(low=first, high=last, vagueness="between")
        sheet.claim(cell, _RULE, about, value, when=sheet.when, summary=f"{about}: {day}")


def _day(cell: Cell, sheet: Sheet) -> str:
    """The day of a date that may have a time behind it."""
    day = cell.text.strip()[:10].replace("/", "-")
    parts = day.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        day = f"{int(parts[0]):04d}-{int(parts[1]):02d}-{int(parts[2]):02d}"
    return day_of(day, cell, sheet, "2014-07-08")


def _placed(sheet: Sheet, row: Row) -> None:
    name = row.get("where_coordinates") or row.get("where_description") or row.get("adm_1")
    if name is None:
        return
    coordinates = None
    if "latitude" in row and "longitude" in row:
        degrees = [_number(row[key], sheet) for key in ("latitude", "longitude")]
        if abs(degrees[0]) > 90 or abs(degrees[1]) > 180:
            place = sheet.at(row["latitude"])
            raise DocumentError(place, f"{degrees} is nowhere on earth", "degrees", "mend the row")
        coordinates = Coordinates(latitude=degrees[0], longitude=degrees[1])
    sheet.place(name, coordinates)
    sheet.claim(name, _RULE, summary=f"place: {name.text}")


def _lost(sheet: Sheet, row: Row, first: str, second: str) -> None:
    """Deaths of both sides; those of unknown side could belong to either."""
    unknown = _count(row["deaths_unknown"], sheet) if "deaths_unknown" in row else 0
    for column, side in (("deaths_a", first), ("deaths_b", second)):
        if column in row:
            n = _count(row[column], sheet)
            value = Value(low=n, best=n, high=n + unknown, vagueness="exact")
            if unknown:
                value = value.model_copy(update={"vagueness": "between"})
            elif n == 0:
                # The data set gives 0 both for none and for none known.
                continue
            sheet.claim(row[column], _RULE, f"losses.{side}.killed", value)
    for column in ("deaths_civilians", "deaths_unknown", "best", "low", "high"):
        if column in row:
            sheet.claim(row[column], _RULE, summary=f"{column}: {row[column].text}")


def _count(cell: Cell, sheet: Sheet) -> int:
    n = _number(cell, sheet)
    if n < 0:
        raise DocumentError(sheet.at(cell), f"{cell.text!r} people", "0 or more", "mend the row")
    return round(n)


def _number(cell: Cell, sheet: Sheet) -> float:
    try:
        n = float(cell.text.strip())
    except ValueError:
        n = nan
    if not isfinite(n):
        raise DocumentError(sheet.at(cell), f"{cell.text!r} is no number", "a number", "mend it")
    return n
