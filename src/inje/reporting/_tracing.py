"""From a number in a report back to quotes, priors, code version and seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from inje.errors import InputError, OptionError
from inje.reporting._bundle import claim_of, entry_of, priors_of, weighed_of
from inje.reporting._folding import unfolded_json

__all__ = ["Trace", "trace"]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a printed number comes from.

    Attributes
    ----------
    id, value, text, unit, what, path, stage, note : as the page's ledger has them.
    error : Monte-Carlo standard error; None for what is counted, assumed, or the same in all.
    claims : id, quote, start, end, holders, about, citations of each claim about it.
    weighed : the same of every claim that weighed the worlds it is computed from; of a number
        that was there before the record, none.
    priors : path, label, prior, why, claims of each number of the model that it rests on.
    manifest : version, seed, command and file hashes of the run.
    """

    id: str
    value: float | None
    text: str
    unit: str
    what: str
    path: str
    stage: str
    note: str
    error: float | None
    claims: tuple[dict[str, Any], ...]
    weighed: tuple[dict[str, Any], ...]
    priors: tuple[dict[str, Any], ...]
    manifest: dict[str, Any]


class _Data(HTMLParser):
    """Reads the JSON that the page carries, by the id of its element."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = ""
        self.text = {"inje-data": "", "inje-numbers": ""}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = str(dict(attrs).get("id")) if tag == "script" else ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == "script" else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside in self.text:
            self.text[self.inside] += data


def trace(report: str | Path, number: str) -> Trace:
    """Follow a number of a saved report (its id, "n-...") back to where it comes from.

    Raises
    ------
    InputError : the file is not a report of inje.
    OptionError : no number has this id; the message names the nearest ones.
    """
    path = Path(report)
    try:
        page = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", "") or str(fault)
        raise InputError(
            str(path),
            f"cannot be read: {reason}",
            "a report.html written by inje",
            "check the path",
        ) from None
    reader = _Data()
    reader.feed(page)
    try:
        manifest = json.loads(reader.text["inje-data"])["manifest"]
        machine = unfolded_json(reader.text["inje-numbers"])
        numbers = machine["numbers"]
    except (ValueError, KeyError, TypeError):
        raise InputError(
            str(path), "holds no numbers of inje", "a report.html written by inje", "make it again"
        ) from None
    number = number.removeprefix("#")  # as it stands in an address
    if number not in numbers:
        raise _unknown(number, list(numbers))
    entry = entry_of(machine, number)
    about = [claim_of(machine, claim) for claim in entry.pop("claims")]
    try:
        weighed = [claim_of(machine, claim) for claim in weighed_of(machine, entry)]
        priors = priors_of(machine, entry)
    except KeyError:
        raise InputError(
            str(path), "an older inje wrote it: it does not hold what all its numbers rest on",
            "a report.html written by this inje", "make it again with `inje report posterior.nc`",
        ) from None  # fmt: skip
    return Trace(
        **entry,
        claims=tuple(about),
        weighed=tuple(weighed),
        priors=tuple(priors),
        manifest=manifest,
    )


def _unknown(number: str, known: list[str]) -> OptionError:
    from difflib import get_close_matches

    near = get_close_matches(number, known, n=3, cutoff=0.3) or known[:3]
    return OptionError(
        "NUMBER-ID", f"{number!r} is no number of this report", ", ".join(near), "click a number"
    )
