"""CSL fields of references, from plain text and from the templates of wikitext."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["AUTHOR_YEAR", "BARE_PAGES", "PAGES", "SHORT", "csl_of_markup", "csl_of_text", "plain"]

AUTHOR_YEAR = re.compile(
    r"^(?P<authors>[^()]{2,160}?)\s*\((?:\w+ )?(?:\d{1,2} \w+ )?(?P<year>\d{4})[a-z]?(?:,? \w+ "
    r"?\d*)?\)\.?,?\s*"
)
SHORT = re.compile(
    r"^(?P<authors>[A-Z][^\d(),.;]{1,50}),?\s+\(?(?P<year>1[0-9]{3}|20\d\d)\)?[a-z]?(?:,|\.|:|$)\s*"
)
PAGES = re.compile(
    r"\b(?:pp?|pages?|pg)\b\.?\s*(?P<pages>\d+(?:\s*[–—-]\s*\d+)?(?:,\s*\d+(?:[–-]\d+)?)*)"
)
BARE_PAGES = re.compile(r",\s*(?P<pages>\d{1,4}(?:\s*[–-]\s*\d{1,4})?)\.?$")
_ISBN = re.compile(r"\bISBN[\s:]*([\dXx-]{10,17})")


_CITE = re.compile(
    r"\{\{\s*(?:cite|citation)\b[^{}|]*\|(?P<fields>[^{}]*(?:\{\{[^{}]*\}\}[^{}]*)*)\}\}", re.I
)
_HARVARD = re.compile(r"\{\{\s*(?:sfn\w*|harv\w*)\s*\|(?P<fields>[^{}]*)\}\}", re.I)
_TYPES = {"web": "webpage", "journal": "article-journal", "news": "article-newspaper"}


def csl_of_markup(markup: str) -> dict[str, Any]:
    """CSL fields of a `<ref>` or a citation template of wikitext."""
    cite = _CITE.search(markup)
    if cite is not None:
        return _of_template(markup, _fields(cite["fields"]))
    harvard = _HARVARD.search(markup)
    if harvard is not None:
        return _of_harvard(harvard["fields"])
    return csl_of_text(plain(markup))


def plain(markup: str) -> str:
    """The words of a piece of wikitext or HTML."""
    text = re.sub(r"<[^<>]*>|\{\{[^{}]*\}\}|'{2,}", "", markup)
    text = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]", r"\1", text)
    return " ".join(re.sub(r"\[https?://\S+ ?([^\]]*)\]", r"\1", text).split())


def _fields(body: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for part in re.split(r"\|(?![^\[]*\]\])", body):
        name, equals, value = part.partition("=")
        if equals:
            fields.setdefault(name.strip().lower(), plain(value))
    return fields


def _of_template(markup: str, fields: dict[str, str]) -> dict[str, Any]:
    kind = re.search(r"\{\{\s*cite\s+(\w+)", markup, re.I)
    csl: dict[str, Any] = {"type": _TYPES.get(kind[1].lower() if kind else "", "book")}
    authors = []
    for k in ("", "1", "2", "3", "4"):
        family = fields.get(f"last{k}") or fields.get(f"author{k}", "")
        if family:
            authors.append({"family": family, "given": fields.get(f"first{k}", "")})
    year = re.search(r"\b(1[0-9]{3}|20\d\d)\b", fields.get("year") or fields.get("date", ""))
    pages = fields.get("pages") or fields.get("page") or fields.get("p") or ""
    csl |= {
        "author": authors,
        "issued": int(year[1]) if year else None,
        "title": fields.get("title", ""),
        "publisher": fields.get("publisher", ""),
        "publisher-place": fields.get("location") or fields.get("place", ""),
        "container-title": fields.get("journal") or fields.get("work", ""),
        "locator": pages,
        "label": "page" if pages else "",
        "ISBN": fields.get("isbn", ""),
        "URL": fields.get("url", ""),
    }
    return {key: value for key, value in csl.items() if value}


def _of_harvard(body: str) -> dict[str, Any]:
    parts = [part.strip() for part in body.split("|")]
    named = dict(part.split("=", 1) for part in parts if "=" in part)
    words = [part for part in parts if "=" not in part and part]
    year = next((word for word in words if re.fullmatch(r"\d{4}[a-z]?", word)), "")
    pages = (named.get("p") or named.get("pp") or "").strip()
    csl: dict[str, Any] = {
        "type": "book",
        "author": [{"family": word, "given": ""} for word in words if word != year],
        "issued": int(year[:4]) if year else None,
        "locator": pages,
        "label": "page" if pages else "",
    }
    return {key: value for key, value in csl.items() if value}


def csl_of_text(text: str) -> dict[str, Any]:
    """CSL fields of a reference in the usual styles of encyclopaedias."""
    csl: dict[str, Any] = {"type": "webpage" if "http" in text or "Retrieved" in text else "book"}
    match = AUTHOR_YEAR.match(text) or SHORT.match(text)
    if match is None:
        csl["title"] = _title(text)
        return {key: value for key, value in csl.items() if value}
    csl["author"] = _authors(match["authors"])
    csl["issued"] = int(match["year"])
    rest = text[match.end() :]
    csl["title"] = _title(rest)
    place = re.search(r"\.\s+(?P<place>[A-Z][\w ,]{1,40}):\s*(?P<publisher>[^.]{3,80})\.", rest)
    if place:
        csl["publisher-place"] = place["place"].split(", ")[-1]
        csl["publisher"] = place["publisher"].strip()
    pages = PAGES.search(rest) or BARE_PAGES.search(rest)
    if pages:
        csl["locator"] = pages["pages"]
        csl["label"] = "page"
    isbn = _ISBN.search(rest)
    if isbn:
        csl["ISBN"] = isbn[1]
    return {key: value for key, value in csl.items() if value}


def _title(rest: str) -> str:
    rest = rest.strip(' "“”')
    if PAGES.match(rest):
        return ""
    match = re.match(r"(?:[^.]|\.(?=\S))+", rest)
    return match.group().strip(' "“”,') if match else ""


def _authors(text: str) -> list[dict[str, str]]:
    authors = []
    for part in re.split(r"\s*;\s*|\s+(?:and|&)\s+", text.strip(" .,")):
        family, comma, given = part.partition(", ")
        if not comma and " " in part:
            given, _, family = part.rpartition(" ")
        if family:
            authors.append({"family": family.strip(), "given": given.strip()})
    return authors
