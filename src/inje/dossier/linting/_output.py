"""Findings as text, as JSON and as SARIF 2.1.0 (OASIS 2020)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from inje.dossier._records import AnchorRecord, Dossier, Finding
from inje.dossier.linting._pages import rule_page
from inje.dossier.linting._rule import Rule, quoted, text_of

__all__ = ["findings_to_json", "findings_to_sarif", "findings_to_text"]

#: a finding is a question to the author, never an error
_LEVEL = "warning"
#: what stands as it is in an address: reserved characters, and escapes that are there already
_OF_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"


def findings_to_text(findings: Sequence[Finding], dossier: Dossier | None = None) -> str:
    """One paragraph a finding: rule, message, quotes with line numbers, remedy."""
    if not findings:
        return "no findings\n"
    lines = []
    for found in findings:
        lines.append(f"{found.rule}: {found.message}")
        for anchor in found.anchors:
            quote = " ".join(anchor.quote.split())
            short = quote if len(quote) <= 100 else f"{quote[:97]}..."
            lines.append(f"    {_place(dossier, anchor)}“{short}”")
        lines.append(f"    -> {found.remedy}")
    counted = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
    return "\n".join(lines) + f"\n{counted}\n"


def findings_to_json(findings: Sequence[Finding]) -> str:
    """`{"findings": [{rule, message, remedy, claims, anchors}]}`."""
    return json.dumps({"findings": [found.model_dump() for found in findings]}, ensure_ascii=False)


def findings_to_sarif(
    findings: Sequence[Finding], rules: Sequence[Rule], dossier: Dossier | None = None
) -> str:
    """A SARIF log: the rules that spoke with their pages, regions by line and by character.

    Lines and columns are those of the text that the positions count in; a forge shows findings by
    them. Without the texts of the record regions have characters alone.
    """
    places = _Places(dossier)
    spoke = [rule for rule in rules if rule.id in {found.rule for found in findings}]
    order = {rule.id: number for number, rule in enumerate(spoke)}
    driver = {
        "name": "inje",
        "semanticVersion": version("inje"),
        "rules": [_rule(rule) for rule in spoke],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, places, order) for found in findings],
    }
    log: dict[str, Any] = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def _rule(rule: Rule) -> dict[str, Any]:
    """A rule with its page, and no `helpUri`: a file of this machine is no address elsewhere."""
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why} What to do: {rule.remedy}.", "markdown": rule_page(rule)},
        "defaultConfiguration": {"level": _LEVEL},
    }


def _result(found: Finding, places: _Places, order: Mapping[str, int]) -> dict[str, Any]:
    locations = [{"physicalLocation": places.physical(anchor)} for anchor in found.anchors]
    message = f"{found.message}. {found.remedy}" if found.remedy else found.message
    made: dict[str, Any] = {
        "ruleId": found.rule,
        "level": _LEVEL,
        "message": {"text": message},
        "locations": locations[:1],
    }
    if found.rule in order:
        made["ruleIndex"] = order[found.rule]
    if locations[1:]:
        made["relatedLocations"] = [
            {"id": number, "message": {"text": quoted(anchor)}, **place}
            for number, (anchor, place) in enumerate(
                zip(found.anchors[1:], locations[1:], strict=True), 1
            )
        ]
    return made


class _Places:
    """Where anchors stand: addresses of documents, lines and columns of their texts."""

    def __init__(self, dossier: Dossier | None) -> None:
        self._dossier = dossier
        infos = dossier.documents if dossier is not None else ()
        self._uris = {info.id: _reference(info.uri or info.id) for info in infos}
        self._uris[""] = _reference(infos[0].uri or infos[0].id) if infos else ""

    def physical(self, anchor: AnchorRecord) -> dict[str, Any]:
        """The physical location of SARIF."""
        region: dict[str, Any] = {
            "charOffset": anchor.start,
            "charLength": anchor.end - anchor.start,
            "snippet": {"text": anchor.quote},
        }
        text = text_of(self._dossier, anchor) if self._dossier is not None else None
        if text is not None:
            ends = (anchor.start, anchor.end)
            (line, column), (last, end) = (_line(text.original, at) for at in ends)
            region = {
                "startLine": line, "startColumn": column, "endLine": last, "endColumn": end,
                **region,
            }  # fmt: skip
        uri = self._uris.get(anchor.document, self._uris[""])
        return {"artifactLocation": {"uri": uri}, "region": region}


def _line(text: str, at: int) -> tuple[int, int]:
    """Line and column, both from one."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _reference(uri: str) -> str:
    """A path or an address as a reference of RFC 3986: no blanks, no bare backslashes."""
    if "://" in uri:
        return quote(uri, safe=_OF_ADDRESSES)
    return quote(uri.replace("\\", "/"), safe="/")


def _place(dossier: Dossier | None, anchor: AnchorRecord) -> str:
    """`name:line: ` of a place, if the text is at hand."""
    document = text_of(dossier, anchor) if dossier is not None else None
    if document is None:
        return ""
    line, _ = _line(document.original, anchor.start)
    return f"{document.uri or document.id}:{line}: "
