"""A record as linked data: W3C Web Annotations, Linked Places, PROV-JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from inje.document import Document
from inje.dossier._records import AnchorRecord, Claim, Dossier, Entity, When

__all__ = ["claims_of_annotations", "to_annotations", "to_places", "to_prov"]

_ANNO = "http://www.w3.org/ns/anno.jsonld"
_PLACES = "http://linkedpasts.org/assets/linkedplaces-context-v1.jsonld"
#: words before and after a quote, by which it is found in an edited text
_AROUND = 32


def _urn(kind: str, name: str) -> str:
    return f"urn:inje:{kind}:{name}"


def _addresses(dossier: Dossier) -> dict[str, str]:
    """Document -> the address by which others know it."""
    return {
        info.id: info.uri if "://" in info.uri else _urn("document", info.sha256 or info.id)
        for info in dossier.documents
    }


# ---- W3C Web Annotation Data Model (2017)


def to_annotations(dossier: Dossier) -> dict[str, Any]:
    """The claims as an annotation page: a selector by position and one by quote for each.

    The claim itself travels in the body as `value`, so that nothing is lost on the way back
    (`claims_of_annotations`). Positions count code points of the original text.
    """
    texts = {text.id: text for text in dossier.texts}
    items = [_annotation(claim, dossier, texts) for claim in dossier.claims]
    return {
        "@context": [_ANNO, {"inje": "urn:inje:", "Claim": "inje:Claim"}],
        "id": _urn("annotations", dossier.documents[0].sha256 if dossier.documents else "record"),
        "type": "AnnotationPage",
        "items": items,
    }


def _annotation(claim: Claim, dossier: Dossier, texts: Mapping[str, Document]) -> dict[str, Any]:
    plain = claim.model_dump(mode="json", exclude_defaults=True)
    made: dict[str, Any] = {
        "id": _urn("claim", claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "value": claim.summary or claim.kind},
            {"type": "Claim", "purpose": "classifying", "value": plain},
        ],
        "target": _urn("record", "claims"),
    }
    anchor = claim.anchor
    if anchor is not None:
        name = anchor.document or (dossier.documents[0].id if dossier.documents else "")
        made["target"] = {
            "source": _addresses(dossier).get(name, _urn("document", name or "unknown")),
            "selector": _selectors(anchor, texts.get(name)),
        }
    return made


def _selectors(anchor: AnchorRecord, text: Document | None) -> list[dict[str, Any]]:
    quote: dict[str, Any] = {"type": "TextQuoteSelector", "exact": anchor.quote}
    if text is not None:
        quote["prefix"] = text.original[max(0, anchor.start - _AROUND) : anchor.start]
        quote["suffix"] = text.original[anchor.end : anchor.end + _AROUND]
    position = {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
    return [position, quote]


def claims_of_annotations(page: Mapping[str, Any]) -> tuple[Claim, ...]:
    """The claims that `to_annotations` wrote, as they were."""
    bodies = [body for item in page["items"] for body in item["body"] if body["type"] == "Claim"]
    return tuple(Claim.model_validate(body["value"]) for body in bodies)


# ---- Linked Places, which is GeoJSON (RFC 7946) with names and times


def to_places(dossier: Dossier) -> dict[str, Any]:
    """The places as a GeoJSON FeatureCollection in the Linked Places form.

    A place whose coordinates nobody gave has the geometry null ("unlocated", RFC 7946, 3.2).
    """
    places = [entity for entity in dossier.entities if entity.kind == "place"]
    return {
        "type": "FeatureCollection",
        "@context": _PLACES,
        "features": [_feature(place, dossier) for place in places],
    }


def _feature(place: Entity, dossier: Dossier) -> dict[str, Any]:
    forms = list(dict.fromkeys((place.name, *(name.text for name in place.names))))
    fought = place.id in dossier.battle.places
    point = None
    if place.coordinates is not None:
        here = [place.coordinates.longitude, place.coordinates.latitude]
        point = {"type": "Point", "coordinates": here}
    made: dict[str, Any] = {
        "@id": _urn("place", place.id),
        "type": "Feature",
        "properties": {"title": place.name, "fought_for": fought},
        "geometry": point,
        "names": [{"toponym": form} for form in forms],
        "types": [{"label": "place of the battle" if fought else "place named in the record"}],
    }
    if fought and dossier.battle.when is not None:
        made["when"] = {"timespans": [_timespan(dossier.battle.when)]}
    links = [
        {"type": "closeMatch" if decided else "relatedMatch", "identifier": _urn("place", other)}
        for decided, others in ((True, place.same_as), (False, place.maybe_same_as))
        for other in others
    ]
    if links:
        made["links"] = links
    return made


def _timespan(when: When) -> dict[str, Any]:
    span = {"start": {"in": when.earliest or when.edtf.split("/")[0]}}
    if when.latest:
        span["end"] = {"in": when.latest}
    return span


# ---- PROV-JSON (W3C member submission, 2013)


def to_prov(dossier: Dossier) -> dict[str, Any]:
    """Where every claim comes from: documents, holders, works, and what drafted the record."""
    documents = {
        f"inje:document/{info.id}": {"prov:label": info.title, "inje:sha256": info.sha256}
        for info in dossier.documents
    }
    works = {f"inje:source/{s.id}": {"prov:label": s.title} for s in dossier.sources}
    claims = {
        f"inje:claim/{claim.id}": {
            "prov:label": claim.summary or claim.kind, "inje:status": claim.status
        }
        for claim in dossier.claims
    }  # fmt: skip
    held = {holder for claim in dossier.claims for holder in claim.holders}
    agents = {
        f"inje:entity/{e.id}": {"prov:label": e.name} for e in dossier.entities if e.id in held
    }
    maker = {"inje:drafting": {"prov:label": dossier.made.by or "by hand"}}
    return {
        "prefix": {"inje": "urn:inje:"},
        "entity": {**documents, **works, **claims},
        "agent": agents,
        "activity": maker,
        "wasGeneratedBy": {
            f"_:g{n}": {"prov:entity": claim, "prov:activity": "inje:drafting"}
            for n, claim in enumerate(claims, 1)
        },
        "wasDerivedFrom": dict(_derived(dossier)),
        "wasAttributedTo": {
            f"_:a{n}": {
                "prov:entity": f"inje:claim/{claim.id}",
                "prov:agent": f"inje:entity/{claim.holders[-1]}",
            }
            for n, claim in enumerate(dossier.claims, 1)
        },
    }


def _derived(dossier: Dossier) -> Iterator[tuple[str, dict[str, str]]]:
    first = dossier.documents[0].id if dossier.documents else ""
    number = 0
    for claim in dossier.claims:
        used = [f"inje:source/{link.source}" for link in claim.citations]
        if claim.anchor is not None and (claim.anchor.document or first):
            used.append(f"inje:document/{claim.anchor.document or first}")
        for one in used:
            number += 1
            yield (
                f"_:d{number}",
                {"prov:generatedEntity": f"inje:claim/{claim.id}", "prov:usedEntity": one},
            )
