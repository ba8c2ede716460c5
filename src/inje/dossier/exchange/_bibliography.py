"""The works of a record as CSL-JSON and as BibTeX."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from inje.dossier._records import Dossier, Source
from inje.dossier.merging._renaming import fresh

__all__ = ["to_bibtex_of", "to_csl_of", "works_of"]

_TYPES = {
    "article-journal": "article", "article-newspaper": "article", "article-magazine": "article",
    "book": "book", "chapter": "incollection", "thesis": "phdthesis", "report": "techreport",
    "paper-conference": "inproceedings",
}  # fmt: skip
_FIELDS = {
    "title": "title", "publisher": "publisher", "publisher-place": "address", "volume": "volume",
    "issue": "number", "page": "pages", "edition": "edition", "DOI": "doi", "ISBN": "isbn",
    "URL": "url", "note": "note", "language": "language",
}  # fmt: skip
#: who publishes it, where BibTeX has a word of its own for that
_PUBLISHED_BY = {"phdthesis": "school", "techreport": "institution"}
_VERBATIM = ("doi", "url", "isbn")
_PEOPLE = ("author", "editor", "translator")
#: of a citation, not of the work
_OF_CITATION = ("locator", "label")
#: BibTeX counts braces whatever stands before them, so that an escaped one would not do
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", **{sign: "\\" + sign for sign in "&%$#_"},
    }
)  # fmt: skip


def works_of(dossier: Dossier) -> Iterator[Source]:
    """Every work once: references to one work count as that work."""
    known = {source.id for source in dossier.sources}
    for source in dossier.sources:
        if source.same_work is None or source.same_work not in known:
            yield source


def to_csl_of(dossier: Dossier) -> list[dict[str, Any]]:
    """The works as CSL-JSON items (schema 1.0): for Zotero, pandoc, citeproc."""
    return [_item(source) for source in works_of(dossier)]


def _item(source: Source) -> dict[str, Any]:
    csl = {k: v for k, v in source.csl.items() if k not in _OF_CITATION and v not in ("", None)}
    item: dict[str, Any] = {"id": source.id, "type": "document", **csl}
    item.setdefault("title", source.title)
    for role in _PEOPLE:
        if isinstance(item.get(role), list):
            item[role] = [_named(person) for person in item[role] if isinstance(person, Mapping)]
    if "issued" in item:
        item["issued"] = _issued(item["issued"])
    return item


def _named(person: Mapping[str, Any]) -> dict[str, Any]:
    """A name of CSL: no empty parts, and "Holm, Anna" in a family's place is two of them."""
    parts = {key: value for key, value in person.items() if value not in ("", None)}
    family, _, given = str(parts.get("family", "")).partition(", ")
    if family.strip() and given.strip() and "given" not in parts and "," not in given:
        parts |= {"family": family, "given": given}
    return parts


def _issued(value: Any) -> dict[str, Any]:
    """A date of CSL: its parts where they are numbers, else the words as they are."""
    if isinstance(value, Mapping):
        return dict(value)
    parts = re.fullmatch(r"(-?\d{1,4})(?:-(\d\d))?(?:-(\d\d))?", str(value).strip())
    if parts is None:
        return {"literal": str(value)}
    return {"date-parts": [[int(part) for part in parts.groups() if part is not None]]}


def to_bibtex_of(dossier: Dossier) -> str:
    """The works as BibTeX entries, a key each; text escaped, addresses verbatim."""
    keys: set[str] = set()
    entries = []
    for item in to_csl_of(dossier):
        key = fresh(re.sub(r"[^A-Za-z0-9_:-]", "", str(item["id"])) or "work", keys)
        keys.add(key)
        entries.append(_entry(key, item))
    return "\n".join(entries)


def _entry(key: str, item: Mapping[str, Any]) -> str:
    kind = _TYPES.get(str(item["type"]), "misc")
    fields = {ours: str(item[theirs]) for theirs, ours in _FIELDS.items() if theirs in item}
    for role in ("editor", "author"):
        people = [_author(one) for one in item.get(role) or () if isinstance(one, dict)]
        if any(people):
            fields = {role: " and ".join(filter(None, people)), **fields}
    if kind in _PUBLISHED_BY and "publisher" in fields:
        fields[_PUBLISHED_BY[kind]] = fields.pop("publisher")
    year = _year(item.get("issued"))
    if year:
        fields["year"] = year
    if "container-title" in item:
        fields["journal" if kind == "article" else "booktitle"] = str(item["container-title"])
    lines = [f"  {name} = {{{_field(name, text)}}}," for name, text in fields.items()]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def _field(name: str, text: str) -> str:
    """The text of a field: addresses as they are, names escaped already, the rest escaped here."""
    if name in _PEOPLE:
        return text
    return _one_line(text) if name in _VERBATIM else _escaped(text)


def _author(author: Mapping[str, Any]) -> str:
    if author.get("literal"):
        return "{" + _escaped(str(author["literal"])) + "}"
    parts = (str(author.get(name) or "") for name in ("family", "given"))
    return ", ".join(_escaped(part) for part in parts if part)


def _year(issued: Any) -> str:
    if not isinstance(issued, Mapping):
        return ""
    parts = issued.get("date-parts")
    if parts:
        return str(parts[0][0])
    found = re.search(r"\b\d{4}\b", json.dumps(dict(issued)))
    return found.group() if found else ""


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("{", "%7B").replace("}", "%7D")


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIAL)
