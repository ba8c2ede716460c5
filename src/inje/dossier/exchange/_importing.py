"""Tables of events to records: a dossier an event."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from inje.dossier._records import Dossier
from inje.dossier.drafting._entities import slug
from inje.dossier.exchange._rows import Row, rows_of
from inje.dossier.exchange._sheet import Sheet, document_of
from inje.dossier.exchange._ucdp import (
    UCDP_COLUMNS,
    is_battle,
    ucdp_event,
    ucdp_identifier,
    ucdp_title,
)
from inje.dossier.exchange._wikidata import (
    WIKIDATA_COLUMNS,
    wikidata_event,
    wikidata_identifier,
    wikidata_title,
)
from inje.errors import DocumentError, OptionError

__all__ = ["ImportedEvent", "TableForm", "import_events"]

TableForm = Literal["ucdp", "wikidata"]
_LARGEST = 20_000_000
_TELLERS = {"ucdp": "the UCDP event data set", "wikidata": "Wikidata"}


@dataclass(frozen=True)
class ImportedEvent:
    """A record made of the rows of one event; `id` is the event's in the table."""

    id: str
    dossier: Dossier

    @property
    def file(self) -> str:
        """A name for its folder."""
        return slug(self.id) or "event"


def import_events(
    source: str | os.PathLike[str],
    *,
    form: TableForm | None = None,
    events: Sequence[str] = (),
) -> tuple[ImportedEvent, ...]:
    """Records of the events in a table of UCDP or Wikidata rows.

    Every claim quotes the cell in which it stands; nothing is a fact because a table says it: the
    data set is the narrator, and what it passes on is its holder.

    Parameters
    ----------
    source : a CSV or JSON file.
    form : which columns to expect; None looks at their names.
    events : identifiers of those that are wanted; without, all that are battles: what UCDP calls
        one-sided violence is left out.

    Raises
    ------
    DocumentError : no table, or a cell that cannot be read.
    OptionError : an event that the table does not have.
    """
    path = os.fspath(source)
    text = _text_of(path)
    rows = rows_of(text, path)
    chosen = form or _form_of(rows, path)
    identify = ucdp_identifier if chosen == "ucdp" else wikidata_identifier
    grouped: dict[str, list[Row]] = {}
    for number, row in enumerate(rows, 1):
        grouped.setdefault(identify(row) or f"row {number}", []).append(row)
    lost = [event for event in events if event not in grouped]
    if lost:
        some = ", ".join(list(grouped)[:12])
        raise OptionError("--event", f"{lost[0]!r} is not in {path}", some, "name one of these")
    battles = [event for event, own in grouped.items() if chosen != "ucdp" or is_battle(own[0])]
    wanted = events or battles
    document = document_of(text, rows, path, Path(path).stem, _media_type(text))
    made = []
    for event in wanted:
        own = grouped[event]
        if chosen == "ucdp":
            _alone(own, path, event)
            _complete(own[0], path, event)
        title = (ucdp_title if chosen == "ucdp" else wikidata_title)(own[0])
        sheet = Sheet(document, title, _TELLERS[chosen])
        if chosen == "ucdp":
            ucdp_event(sheet, own[0], path)
        else:
            wikidata_event(sheet, own)
        made.append(ImportedEvent(event, sheet.dossier(f"rows of {chosen}")))
    return tuple(made)


def _text_of(path: str) -> str:
    try:
        with Path(path).open("rb") as file:  # a device may have no end
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise DocumentError(path, reason, "a readable CSV or JSON file", "check the path") from None
    if len(raw) > _LARGEST:
        raise DocumentError(
            path, "it holds more than inje reads", f"at most {_LARGEST:,} bytes",
            "cut out the rows you need",
        )  # fmt: skip
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            path, f"byte {error.start} is not UTF-8", "UTF-8 text", "save it as UTF-8"
        ) from None


def _media_type(text: str) -> str:
    return "application/json" if text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{") else "text/csv"


def _form_of(rows: Sequence[Row], path: str) -> TableForm:
    names = {name.lower() for row in rows for name in row}
    if names >= UCDP_COLUMNS:
        return "ucdp"
    if names & (WIKIDATA_COLUMNS | {f"{name}label" for name in WIKIDATA_COLUMNS}):
        return "wikidata"
    raise DocumentError(
        path,
        f"columns {', '.join(sorted(names)[:8])}",
        "those of UCDP (side_a, side_b, date_start) or of Wikidata (item, itemLabel)",
        "rename them, or say --format",
    )


def _alone(rows: Sequence[Row], path: str, event: str) -> None:
    """UCDP gives an event one row: of two, one would be lost."""
    if len(rows) > 1:
        raise DocumentError(
            path, f"event {event} stands in {len(rows)} rows", "a row an event",
            "give each its own id, or leave one out",
        )  # fmt: skip


def _complete(row: Row, path: str, event: str) -> None:
    for name in sorted(UCDP_COLUMNS):
        if name not in row:
            raise DocumentError(path, f"event {event} has no {name}", "a value there", "add it")
