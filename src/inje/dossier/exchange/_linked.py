"""A record as linked data: W3C Web Annotations and Linked Places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from inje.document import Document
from inje.dossier._records import AnchorRecord, Claim, Dossier, Entity, Name, When

__all__ = ["KnownAs", "claims_of_annotations", "to_annotations", "to_places"]

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


class KnownAs:
    """By what a record and its documents are known beside others.

    Attributes
    ----------
    record : the name of the record, of its texts: two records of one text are one.
    titles, addresses : of each document, by its identifier.
    """

    def __init__(self, dossier: Dossier) -> None:
        infos = dossier.documents
        texts = "-".join(info.sha256 or info.id for info in infos)
        self.record = sha256(texts.encode()).hexdigest()[:_DIGITS] if infos else "by-hand"
        self.titles = {info.id: info.title or info.id for info in infos}
        self.addresses = {
            info.id: info.uri if "://" in info.uri else _urn("document", info.sha256 or info.id)
            for info in infos
        }
        self._first = infos[0].id if infos else ""

    def document_of(self, anchor: AnchorRecord | None) -> str:
        """The identifier of the document of an anchor; empty if there is none."""
        return anchor.document or self._first if anchor is not None else ""


# ---- W3C Web Annotation Data Model (2017)


def to_annotations(dossier: Dossier) -> dict[str, Any]:
    """The claims as an annotation page: a selector by position and one by quote for each.

    The claim itself travels in the body as `value`, so that nothing is lost on the way back
    (`claims_of_annotations`). Positions count code points of the original text.
    """
    known = KnownAs(dossier)
    texts = {text.id: text for text in dossier.texts}
    items = [_annotation(claim, known, texts) for claim in dossier.claims]
    return {
        "@context": [_ANNO, _OURS],
        "id": _urn("annotations", known.record),
        "type": "AnnotationPage",
        "items": items,
    }


def _annotation(claim: Claim, known: KnownAs, texts: Mapping[str, Document]) -> dict[str, Any]:
    plain = claim.model_dump(mode="json", exclude_defaults=True)
    made: dict[str, Any] = {
        "id": _urn("claim", known.record, claim.id),
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "purpose": "describing", "value": claim.summary or claim.kind},
            {"type": "Claim", "purpose": "classifying", "value": plain},
        ],
        "target": _urn("record", known.record),
    }
    anchor = claim.anchor
    if anchor is not None:
        name = known.document_of(anchor)
        made["target"] = {
            "source": known.addresses.get(name, _urn("document", name or "unknown")),
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
    known = KnownAs(dossier)
    places = [entity for entity in dossier.entities if entity.kind == "place"]
    return {
        "type": "FeatureCollection",
        "@context": _PLACES,
        "features": [_feature(place, dossier, known) for place in places],
    }


def _feature(place: Entity, dossier: Dossier, known: KnownAs) -> dict[str, Any]:
    fought = place.id in dossier.battle.places
    point = None
    if place.coordinates is not None:
        here = [place.coordinates.longitude, place.coordinates.latitude]
        point = {"type": "Point", "coordinates": here}
    made: dict[str, Any] = {
        "@id": _urn("place", known.record, place.id),
        "type": "Feature",
        "properties": {"title": place.name, "fought_for": fought},
        "geometry": point,
        "names": list(_names(place, known)),
        "types": [{"label": "place of the battle" if fought else "place named in the record"}],
    }
    if fought and dossier.battle.when is not None:
        made["when"] = {"timespans": [_timespan(dossier.battle.when)]}
    links = [
        {"type": kind, "identifier": _urn("place", known.record, other)}
        for kind, others in (("closeMatch", place.same_as), ("seeAlso", place.maybe_same_as))
        for other in others
    ]
    if links:
        made["links"] = links
    return made


def _names(place: Entity, known: KnownAs) -> Iterator[dict[str, Any]]:
    """Each form of a name once, with its language and the text that has it."""
    seen: set[str] = set()
    for name in (Name(text=place.name, anchor=place.anchor), *place.names):
        if name.text in seen:
            continue
        seen.add(name.text)
        made: dict[str, Any] = {"toponym": name.text}
        if name.language:
            made["lang"] = name.language
        document = known.document_of(name.anchor)
        if document in known.titles:
            label, address = known.titles[document], known.addresses[document]
            made["citations"] = [{"label": label, "@id": address}]
        yield made


def _timespan(when: When) -> dict[str, Any]:
    span = {"start": {"in": when.earliest or when.edtf.split("/")[0]}}
    if when.latest:
        span["end"] = {"in": when.latest}
    return span
