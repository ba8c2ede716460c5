"""Findings as text, as JSON and as SARIF 2.1.0 (OASIS 2020)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from inje.dossier._records import AnchorRecord, Dossier, Finding
from inje.dossier.linting._rule import Rule

__all__ = ["findings_to_json", "findings_to_sarif", "findings_to_text"]


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
    """A SARIF log, with the rules that spoke and character regions."""
    infos = dossier.documents if dossier is not None else ()
    uris = {"": infos[0].uri if infos else "", **{info.id: info.uri for info in infos}}
    spoke = {found.rule for found in findings}
    log: dict[str, Any] = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "inje",
                        "rules": [_rule(rule) for rule in rules if rule.id in spoke],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(found, uris) for found in findings],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.remedy},
    }


def _result(found: Finding, uris: Mapping[str, str]) -> dict[str, Any]:
    locations = [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": uris.get(anchor.document, uris[""])},
                "region": {
                    "charOffset": anchor.start,
                    "charLength": anchor.end - anchor.start,
                    "snippet": {"text": anchor.quote},
                },
            }
        }
        for anchor in found.anchors
    ]
    message = f"{found.message}. {found.remedy}" if found.remedy else found.message
    return {
        "ruleId": found.rule,
        "level": "warning",
        "message": {"text": message},
        "locations": locations[:1],
        "relatedLocations": [{"id": k, **place} for k, place in enumerate(locations[1:], 1)],
    }


def _place(dossier: Dossier | None, anchor: AnchorRecord) -> str:
    """`name:line: ` of a place, if the text is at hand."""
    texts = dossier.texts if dossier is not None else ()
    document = next((text for text in texts if anchor.document in ("", text.id)), None)
    if document is None:
        return ""
    line = document.original.count("\n", 0, anchor.start) + 1
    return f"{document.uri or document.id}:{line}: "
