"""The words that name a field of the box of facts, and the sections that hold no prose."""

from __future__ import annotations

import re

__all__ = ["SECTION_KINDS", "field_of", "is_byline", "label_at", "section_kind"]

#: words as printed (lower case) -> name of the field
_FIELDS = {
    "conflict": "title",
    "battle": "title",
    "name": "title",
    "other names": "other_names",
    "other name": "other_names",
    "also known as": "other_names",
    "part of": "part_of",
    "partof": "part_of",
    "campaign": "campaign",
    "date": "date",
    "dates": "date",
    "date(s)": "date",
    "location": "place",
    "locations": "place",
    "location(s)": "place",
    "place": "place",
    "coordinates": "coordinates",
    "result": "result",
    "results": "result",
    "result(s)": "result",
    "outcome": "result",
    "status": "result",
    "territorial changes": "territory",
    "territorial\nchanges": "territory",
    "territory": "territory",
    "belligerents": "combatant",
    "parties to the civil conflict": "combatant",
    "combatants": "combatant",
    "combatant": "combatant",
    "commanders and leaders": "commander",
    "commanders": "commander",
    "commander": "commander",
    "principal commanders": "commander",
    "leaders": "commander",
    "lead figures": "commander",
    "strength": "strength",
    "strengths": "strength",
    "forces engaged": "strength",
    "forces": "strength",
    "units involved": "units",
    "units": "units",
    "casualties and losses": "casualties",
    "casualties": "casualties",
    "estimated casualties": "casualties",
    "losses": "casualties",
    "civilian casualties": "civilian_casualties",
    "caption": "caption",
    "image": "image",
    "notes": "notes",
    "description": "description",
}
#: names of parameters of a box that no page prints
_PARAMETERS = {"side": "combatant", "leadfigures": "commander", "howmany": "strength"}
_WORDS = "|".join(re.escape(word) for word in sorted(_FIELDS, key=len, reverse=True))
#: a label with a colon, wherever it begins a line
_COLON = re.compile(rf"\s*(?:[-*•]\s+)?({_WORDS})(\d?)\s*:\s*", re.I)
#: a label glued to its value or followed by one blank, as browsers paste table cells
_GLUED = re.compile(
    r"\s*(Date|Location|Place|Result|Outcome|Coordinates|Territorial\s?changes|Part of|"
    r"Belligerents|Commanders and leaders|Strength|Casualties and losses|Units involved)"
    r"(?:(?=[A-Z0-9~])|\t|[ ]+(?=\S)|\s*$)"
)
_LONGEST_BYLINE = 120
_DAY = (
    r"(?:(?:[A-Z][a-z]+day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?|"
    r"[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?)\s+\d{4}|\d{4}-\d\d-\d\d)"
)
#: "By A. Writer, posted on 3 May 2012 at noon"; a day must follow at once
_BYLINE = re.compile(
    r"\s*(?:(?i:written\s+by|by)\s+[A-Z][^\n!?;]{1,60}?[\s,|·•–—-]+)?"
    r"(?i:(?:first |originally |page )?(?:last )?(?:posted|published|updated|modified|edited|"
    r"reviewed|retrieved|accessed))"
    rf"[\s:]{{1,3}}(?:on\s+)?{_DAY}(?:[\s,|·•–—-]+(?:at|by|in)\b[^\n!?]{{0,60}})?\.?\s*\Z"
)
#: how the headings of sections without prose begin
SECTION_KINDS = {
    "references": "reference",
    "notes": "reference",
    "footnotes": "reference",
    "citations": "reference",
    "notes and references": "reference",
    "sources": "reference",
    "primary sources": "reference",
    "secondary sources": "reference",
    "books": "reference",
    "journals": "reference",
    "web": "reference",
    "explanatory notes": "reference",
    "cited sources": "reference",
    "general references": "reference",
    "bibliography": "reference",
    "works cited": "reference",
    "literature": "reference",
    "further reading": "reference",
    "see also": "navigation",
    "external links": "navigation",
    "navigation menu": "navigation",
    "contents": "navigation",
    "gallery": "navigation",
}


def field_of(label: str) -> tuple[str, str] | None:
    """Field and column number of a label or a parameter such as `combatant1`, or None."""
    match = re.fullmatch(r"(.*?)\s*(\d?)", " ".join(label.lower().split()).rstrip(":"), re.S)
    field = _FIELDS.get(match[1]) or _PARAMETERS.get(match[1]) if match else None
    return (field, match[2]) if match and field else None


def label_at(line: str, *, boxed: bool) -> tuple[str, str, int] | None:
    """Field, column number and where the value begins, if the line begins with a label.

    `boxed` also takes labels without a colon, which outside a box are plain words.
    """
    match = _COLON.match(line)
    if match is None and boxed:
        match = _GLUED.match(line)
        return (_FIELDS[match[1].lower()], "", match.end()) if match else None
    return (_FIELDS[match[1].lower()], match[2], match.end()) if match else None


def section_kind(heading: str) -> str:
    """`reference`, `navigation` or empty: what the lines under a heading are."""
    return SECTION_KINDS.get(heading.strip().lower(), "")


def is_byline(line: str) -> bool:
    """Whether a short line tells when the page was written: its date is not the battle's."""
    return len(line) < _LONGEST_BYLINE and bool(_BYLINE.match(line))
