"""Documents in one record: an identifier each, a voice each, a source each."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from inje.dossier._records import Dossier, Source
from inje.dossier.merging._renaming import Renaming, fresh, renamed, tagged

__all__ = ["told_apart", "with_documents"]


def with_documents(first: Dossier, second: Dossier) -> tuple[Dossier, Dossier]:
    """Both records with a document in every anchor and a source for every document."""
    first = _as_source(_tagged(first))
    taken = {info.id for info in first.documents}
    for info in second.documents:
        if info.id in taken:
            second = _redocumented(second, info.id, fresh(info.id, taken))
    second = _tagged(second)
    entities = {entity.id for entity in first.entities} | {s.id for s in first.sources}
    voices: dict[str, str] = {}
    for entity in second.entities:
        if entity.kind == "narrator":
            voices[entity.id] = fresh(entity.id, entities | set(voices.values()))
    sources = {key: voices[key] for key in (s.id for s in second.sources) if key in voices}
    return first, _as_source(renamed(second, Renaming(entities=voices, sources=sources)))


def _tagged(dossier: Dossier) -> Dossier:
    return tagged(dossier, dossier.documents[0].id) if len(dossier.documents) == 1 else dossier


def _redocumented(dossier: Dossier, old: str, new: str) -> Dossier:
    """The record with one of its documents under another name."""
    texts = tuple(replace(t, id=new) if t.id == old else t for t in dossier.texts)
    infos = tuple(
        info.model_copy(update={"id": new}) if info.id == old else info
        for info in dossier.documents
    )
    plain = dossier.model_dump(mode="python", by_alias=True)
    _reanchor(plain, old, new)
    made = Dossier.model_validate({**plain, "documents": infos})
    return made.with_texts(*texts)


def _reanchor(node: object, old: str, new: str) -> None:
    if isinstance(node, dict):
        if "quote" in node and node.get("document") == old:
            node["document"] = new
        for value in node.values():
            _reanchor(value, old, new)
    elif isinstance(node, list | tuple):
        for value in node:
            _reanchor(value, old, new)


def _as_source(dossier: Dossier) -> Dossier:
    """The record with every document that has a voice among its sources, under the voice's name.

    A narrator and his document share one identifier: `--reliability narrator_2=C` grades both.
    """
    voices = [entity for entity in dossier.entities if entity.kind == "narrator"]
    if len(voices) != len(dossier.documents):
        return dossier
    known = {source.id for source in dossier.sources}
    made = []
    for voice, info in zip(voices, dossier.documents, strict=True):
        if voice.id not in known:
            csl = {"type": "document", "title": info.title}
            if "://" in info.uri:
                csl |= {"type": "webpage", "URL": info.uri}
            made.append(
                Source(id=voice.id, title=info.title or info.id, csl=csl, interest=voice.interest)
            )
    if not made:
        return dossier
    sources = (*dossier.sources, *made)
    return dossier.model_copy(update={"sources": sources}).with_texts(*dossier.texts)


def told_apart(dossier: Dossier) -> Dossier:
    """The record with the name of its document behind every voice of which two bear one title."""
    voices = [entity.id for entity in dossier.entities if entity.kind == "narrator"]
    if len(voices) != len(dossier.documents):
        return dossier
    counted = Counter(info.title for info in dossier.documents)
    behind = {
        voice: f" ({info.id})"
        for voice, info in zip(voices, dossier.documents, strict=True)
        if counted[info.title] > 1
    }

    def called(name: str, key: str) -> str:
        return name.removesuffix(behind.get(key, "")) + behind.get(key, "")

    update = {
        "entities": tuple(
            e.model_copy(update={"name": called(e.name, e.id)}) if e.id in behind else e
            for e in dossier.entities
        ),
        "sources": tuple(
            s.model_copy(update={"title": called(s.title, s.id)}) if s.id in behind else s
            for s in dossier.sources
        ),
    }
    return dossier.model_copy(update=update).with_texts(*dossier.texts)
