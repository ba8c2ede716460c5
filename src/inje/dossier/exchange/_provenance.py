"""Where claims and files come from: PROV-JSON (W3C member submission, 2013)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inje.dossier._records import Dossier
from inje.dossier.exchange._linked import KnownAs

__all__ = ["to_prov"]

#: what each file of a run is made of
_MADE_OF = {
    "dossier.yaml": "document.json",
    "scenario.yaml": "dossier.yaml",
    "posterior.nc": "scenario.yaml",
    "report.html": "posterior.nc",
}
_KINDS = {"person": "prov:Person", "group": "prov:Organization"}


def to_prov(dossier: Dossier, run: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Where every claim comes from: documents, holders, works, and what drafted the record.

    The innermost holder of a claim is attributed it as its author, every outer one as a carrier.

    Parameters
    ----------
    dossier : the record.
    run : the manifest of a reconstruction (`manifest.json`), whose files and seed are told too.
    """
    known = KnownAs(dossier)
    made: dict[str, Any] = {
        "prefix": {"inje": f"urn:inje:{known.record}:"},
        "entity": _entities(dossier),
        "agent": dict(_agents(dossier)),
        "activity": {"inje:drafting": {"prov:label": dossier.made.by or "by hand"}},
        "used": _numbered("u", _used(dossier)),
        "wasGeneratedBy": _numbered("g", _drafted(dossier)),
        "wasDerivedFrom": _numbered("d", _derived(dossier, known)),
        "wasAttributedTo": _numbered("a", _attributed(dossier)),
    }
    if run is not None:
        _add_run(made, run)
    return {name: value for name, value in made.items() if value}


def _numbered(letter: str, relations: Iterator[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"_:{letter}{number}": relation for number, relation in enumerate(relations, 1)}


def _qualified(name: str) -> dict[str, str]:
    """A name as a value: what kind something is."""
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _entities(dossier: Dossier) -> dict[str, dict[str, Any]]:
    documents = {
        f"inje:document/{info.id}": {
            "prov:label": info.title,
            "inje:sha256": info.sha256,
            **({"prov:location": info.uri} if info.uri else {}),
        }
        for info in dossier.documents
    }
    works = {f"inje:source/{s.id}": {"prov:label": s.title} for s in dossier.sources}
    claims = {
        f"inje:claim/{claim.id}": {
            "prov:label": claim.summary or claim.kind, "inje:status": claim.status
        }
        for claim in dossier.claims
    }  # fmt: skip
    return {**documents, **works, **claims}


def _agents(dossier: Dossier) -> Iterator[tuple[str, dict[str, Any]]]:
    held = {holder for claim in dossier.claims for holder in claim.holders}
    for entity in dossier.entities:
        if entity.id in held:
            kind = _KINDS.get(entity.kind)
            told = {"prov:type": _qualified(kind)} if kind else {}
            yield f"inje:entity/{entity.id}", {"prov:label": entity.name, **told}


def _used(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for info in dossier.documents:
        yield {"prov:activity": "inje:drafting", "prov:entity": f"inje:document/{info.id}"}


def _drafted(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for claim in dossier.claims:
        yield {"prov:entity": f"inje:claim/{claim.id}", "prov:activity": "inje:drafting"}


def _attributed(dossier: Dossier) -> Iterator[dict[str, Any]]:
    for claim in dossier.claims:
        for place, holder in enumerate(reversed(claim.holders)):
            role = "inje:carrier" if place else "inje:holder"
            yield {
                "prov:entity": f"inje:claim/{claim.id}",
                "prov:agent": f"inje:entity/{holder}",
                "prov:type": _qualified(role),
            }


def _derived(dossier: Dossier, known: KnownAs) -> Iterator[dict[str, Any]]:
    for claim in dossier.claims:
        used = [f"inje:source/{link.source}" for link in claim.citations]
        document = known.document_of(claim.anchor)
        if document in known.titles:
            used.append(f"inje:document/{document}")
        for one in used:
            yield {"prov:generatedEntity": f"inje:claim/{claim.id}", "prov:usedEntity": one}


def _add_run(made: dict[str, Any], run: Mapping[str, Any]) -> None:
    """The files of a reconstruction, what made them, and from what each was made."""
    files = run.get("files")
    names = dict(files) if isinstance(files, Mapping) else {}
    made["activity"]["inje:run"] = {
        "prov:label": str(run.get("command", "")),
        "inje:seed": str(run.get("seed", "")),
        "inje:version": str(run.get("version", "")),
    }
    made["agent"]["inje:program"] = {
        "prov:label": f"inje {run.get('version', '')}".strip(),
        "prov:type": _qualified("prov:SoftwareAgent"),
    }
    made["wasAssociatedWith"] = {
        "_:w1": {"prov:activity": "inje:run", "prov:agent": "inje:program"}
    }
    for number, (name, digest) in enumerate(names.items(), 1):
        file = f"inje:file/{name}"
        made["entity"][file] = {"prov:label": name, "inje:sha256": str(digest)}
        made["wasGeneratedBy"][f"_:f{number}"] = {"prov:entity": file, "prov:activity": "inje:run"}
        if _MADE_OF.get(name) in names:
            made["wasDerivedFrom"][f"_:m{number}"] = {
                "prov:generatedEntity": file,
                "prov:usedEntity": f"inje:file/{_MADE_OF[name]}",
            }
