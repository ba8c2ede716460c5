"""A record as linked data: W3C Web Annotations and Linked Places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from inje.document import Document
from inje.dossier._records import AnchorRecord, Claim, Dossier, Entity, Name, When

__all__ = ["claims_of_annotations", "record_name", "to_annotations", "to_places"]

_ANNO = "http://www.w3.org/ns/anno.jsonld"
#: a claim is one value of JSON (JSON-LD 1.1, 4.2.2): its fields are no terms of annotations
_OURS: dict[str, Any] = {
    "@version": 1.1,
    "inje": "urn:inje:",
    "Claim": {
        "@id": "inje:Claim",
        "@context": {
            "value": {
                "@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
                "@type": "@json",
            }
        },
    },
}
_PLACES = "http://linkedpasts.org/assets/linkedplaces-context-v1.jsonld"
#: words before and after a quote, by which it is found in an edited text
_AROUND = 32


#: of the hash of a text, as many digits as tell records apart
_DIGITS = 16


def _urn(kind: str, *names: str) -> str:
    return ":".join(["urn:inje", kind, *names])


def record_name(dossier: Dossier) -> str:
    """By what a record is known beside others: its texts; two records of one text are one."""
    if not dossier.documents:
        return "by-hand"
    texts = "-".join(info.sha256 or info.id for info in dossier.documents)
    return sha256(texts.encode()).hexdigest()[:_DIGITS]


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
        "@context": [_ANNO, _OURS],
        "id": _urn("annotations", record_name(dossier)),
        "type": "AnnotationPage",
        "items": items,
    }


def _annotation(claim: Claim, dossier: Dossier, texts: Mapping[str, Document]) -> dict[str, Any]:
    plain = claim.model_dump(mode="json", exclude_defaults=True)
    made: dict[str, Any] = {
        "id": _urn("claim", record_name(dossier), claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "value": claim.summary or claim.kind},
            {"type": "Claim", "purpose": "classifying", "value": plain},
        ],
        "target": _urn("record", record_name(dossier)),
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
    record = record_name(dossier)
    fought = place.id in dossier.battle.places
    point = None
    if place.coordinates is not None:
        here = [place.coordinates.longitude, place.coordinates.latitude]
        point = {"type": "Point", "coordinates": here}
    made: dict[str, Any] = {
        "@id": _urn("place", record, place.id),
        "type": "Feature",
        "properties": {"title": place.name, "fought_for": fought},
        "geometry": point,
        "names": list(_names(place, dossier)),
        "types": [{"label": "place of the battle" if fought else "place named in the record"}],
    }
    if fought and dossier.battle.when is not None:
        made["when"] = {"timespans": [_timespan(dossier.battle.when)]}
    links = [
        {"type": kind, "identifier": _urn("place", record, other)}
        for kind, others in (("closeMatch", place.same_as), ("seeAlso", place.maybe_same_as))
        for other in others
    ]
    if links:
        made["links"] = links
    return made


def _names(place: Entity, dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Each form of a name once, with its language and the text that has it."""
    addresses = _addresses(dossier)
    titles = {info.id: info.title or info.id for info in dossier.documents}
    first = dossier.documents[0].id if dossier.documents else ""
    seen: set[str] = set()
    for name in (Name(text=place.name, anchor=place.anchor), *place.names):
        if name.text in seen:
            continue
        seen.add(name.text)
        made: dict[str, Any] = {"toponym": name.text}
        if name.language:
            made["lang"] = name.language
        document = name.anchor.document or first if name.anchor is not None else ""
        if document in titles:
            made["citations"] = [{"label": titles[document], "@id": addresses[document]}]
        yield made


def _timespan(when: When) -> dict[str, Any]:
    span = {"start": {"in": when.earliest or when.edtf.split("/")[0]}}
    if when.latest:
        span["end"] = {"in": when.latest}
    return span
