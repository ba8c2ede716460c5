"""A new draft in a corrected record: what a person decided stays, the rest follows the text.

Three records meet: the one that was corrected, what the rules draft from the text that it speaks
of, and what they draft from the text as it is now. Whatever differs between the first two is a
person's work, whether or not a status says so, and is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from inje.document import Document
from inje.dossier._records import AnchorRecord, Claim, DocumentInfo, Dossier
from inje.dossier.drafting import draft_record
from inje.dossier.merging._copying import agreement
from inje.dossier.merging._following import followed_parts
from inje.dossier.merging._joining import join_dossiers
from inje.dossier.merging._names import under_names_of
from inje.dossier.merging._pairing import paired
from inje.dossier.merging._realigning import Realignment
from inje.dossier.merging._renaming import Renaming, fresh, renamed, tagged
from inje.dossier.merging._soundness import sound

__all__ = ["Merged", "is_version_of", "merge_draft"]

#: share of the words that a newer version of a text has in common with the older one
_VERSION = 0.3
#: the same under another name and from another address
_SAME_TEXT = 0.8

#: what a claim says; its place, its identifier and its reviewer are no part of it
_SAID = (
    "kind", "holders", "summary", "about", "counts", "value", "addressees", "citations", "when",
    "status", "background", "rule",
)  # fmt: skip


@dataclass(frozen=True)
class Merged:
    """A record after a new draft went into it.

    Attributes
    ----------
    dossier : the record.
    notes : in sentences, what a person should look at: reviewed claims whose words are gone
        from the text, claims deleted by hand that the draft would bring again.
    """

    dossier: Dossier
    notes: tuple[str, ...] = ()


def merge_draft(kept: Dossier, draft: Dossier) -> Merged:
    """Put a new draft into a corrected record.

    Confirmed, edited and rejected claims, claims added by hand, answers, letters and every other
    correction stay as they are; only their anchors follow the words to where these stand now. A
    reviewed claim whose words are gone keeps its anchor in the former version of the text, which
    stays among the documents. Claims that nobody touched are replaced by the new draft.

    Parameters
    ----------
    kept : the corrected record.
    draft : of one document: a newer version of one that the record has (the same name, address or
        text), or a further one, which is joined to it.
    """
    if len(draft.documents) != 1:
        return Merged(join_dossiers(kept, draft))
    document = _replaced(kept, draft, by_words=True)
    if document is None:
        return Merged(join_dossiers(kept, draft))
    merged = _Redraft.of(kept, draft, document).merged()
    return replace(merged, notes=(*_renamed(kept, draft, document), *merged.notes))


def _renamed(kept: Dossier, draft: Dossier, document: str) -> tuple[str, ...]:
    """A sentence where the wording alone told that a text is a newer version of another."""
    old = next(info for info in kept.documents if info.id == document)
    new = draft.documents[0]
    if new.id == old.id or new.uri == old.uri or new.sha256 == old.sha256:
        return ()
    return (
        f"{new.uri or new.id} has nearly all words of {old.uri or old.id}: it is taken for a newer "
        "version of it, not for a second witness",
    )


def is_version_of(kept: Dossier, draft: Dossier, *, by_words: bool = False) -> bool:
    """Whether a draft of one document is of a text, or a newer version of one, of the record.

    Parameters
    ----------
    by_words : also where the text has another name and address, and nearly all of its words.
    """
    return len(draft.documents) == 1 and _replaced(kept, draft, by_words=by_words) is not None


def _replaced(kept: Dossier, draft: Dossier, *, by_words: bool) -> str | None:
    """Which document of the record the draft is of: by its text, its address, its name, its words.

    Many files are called `article.txt`, so a name counts only where the wording agrees too; where
    nearly all of it does, the name counts nothing.
    """
    new = draft.documents[0]
    for info in kept.documents:
        if info.sha256 == new.sha256:
            return info.id
    for info in kept.documents:
        if new.uri and new.uri != "-" and info.uri == new.uri:
            return info.id
    texts = {text.id: text for text in kept.texts}
    for info in kept.documents:
        old = texts.get(info.id)
        if info.id == new.id and (old is None or not draft.texts):
            return info.id
        if (
            info.id == new.id
            and old is not None
            and agreement(old, draft.texts[0]).share > _VERSION
        ):
            return info.id
    for info in kept.documents if by_words else ():
        old = texts.get(info.id)
        alike = old is not None and draft.texts and agreement(old, draft.texts[0]).share
        if alike and alike > _SAME_TEXT:
            return info.id
    return None


def _said(claim: Claim) -> tuple[object, ...]:
    return tuple(getattr(claim, name) for name in _SAID)


@dataclass(frozen=True)
class _Redraft:
    """The corrected record, the draft of its text, the draft of the new text: one set of names."""

    kept: Dossier
    base: Dossier | None
    draft: Dossier
    document: str
    several: bool
    moved: Realignment

    @classmethod
    def of(cls, kept: Dossier, draft: Dossier, document: str) -> _Redraft:
        old = next((text for text in kept.texts if text.id == document), None)
        new = replace(draft.texts[0], id=document)
        several = len(kept.documents) > 1
        moved = Realignment(old.original if old is not None else None, new.original)
        still = Realignment(new.original, new.original)
        if old is not None:
            still = Realignment(old.original, old.original)
        base = draft_record(old) if old is not None else None
        if base is not None:
            base = under_names_of(kept, base, document, still, several=several)
        named = under_names_of(kept, draft.with_texts(new), document, moved, several=several)
        return cls(kept, base, named, document, several, moved)

    def merged(self) -> Merged:
        mine, elsewhere = self._own(self.kept.claims)
        places = [self.moved.moved(c.anchor) if c.anchor else None for c in mine]
        before = self._in_base(mine)
        now = paired(mine, places, self.draft.claims)
        deleted = self._deleted(before)
        ids = self._identifiers(now, deleted)
        drafted = {claim.id: claim for claim in self._renamed(ids).claims}
        held = [c for c in mine if c.anchor is None or self._reviewed(c, before)]
        held_ids = {c.id for c in held} | self._referenced(held, elsewhere)
        former = fresh(f"{self.document}-before", {i.id for i in self.kept.documents})
        claims: dict[str, Claim] = {c.id: c for c in elsewhere}
        gone: list[str] = []
        for claim, place in zip(mine, places, strict=True):
            if claim.id in held_ids:
                claims[claim.id] = self._kept(claim, place, former)
                if claim.anchor is not None and place is None:
                    gone.append(claim.id)
            elif claim.id in now:
                claims[claim.id] = drafted[claim.id]
        for new in self.draft.claims:
            if new.id not in now.values() and new.id not in deleted:
                claims[ids[new.id]] = drafted[ids[new.id]]
        parts = followed_parts(self.kept, self.base, self._renamed(ids), self.document, self.moved)
        order = [c.id for c in self.kept.claims if c.id in claims]
        order += [key for key in claims if key not in set(order)]
        update = {**parts, "claims": tuple(claims[key] for key in order)}
        made = sound(self.kept.model_copy(update=update), self.draft)
        return Merged(self._with_documents(made, former, gone), self._notes(gone, deleted))

    def _identifiers(self, now: dict[str, str], deleted: set[str]) -> dict[str, str]:
        """For every claim of the draft the identifier that it has in the record."""
        ids = {new: old for old, new in now.items()}
        taken = {claim.id for claim in self.kept.claims}
        for claim in self.draft.claims:
            if claim.id in ids:
                continue
            # What was deleted is no claim of the record: what points to it shall point nowhere.
            ids[claim.id] = "" if claim.id in deleted else _next_id(claim.id, taken)
            taken.add(ids[claim.id])
        return ids

    def _notes(self, gone: list[str], deleted: set[str]) -> tuple[str, ...]:
        notes = [self._said_gone(key) for key in gone]
        if deleted:
            count = "1 drafted claim was" if len(deleted) == 1 else f"{len(deleted)} were"
            notes.append(f"{count} deleted from the record by hand before; deleted it stays")
        return tuple(notes)

    # -- claims

    def _own(self, claims: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
        """Claims of this document, and the others."""
        mine: list[Claim] = []
        others: list[Claim] = []
        for claim in claims:
            at = claim.anchor
            own = at is None or at.document == self.document or not (at.document or self.several)
            (mine if own else others).append(claim)
        return mine, others

    def _in_base(self, mine: list[Claim]) -> dict[str, Claim]:
        """For every claim what the rules drafted there, as far as they did."""
        if self.base is None:
            return {}
        drafted = {claim.id: claim for claim in self.base.claims}
        found = paired(mine, [claim.anchor for claim in mine], self.base.claims)
        return {key: drafted[other] for key, other in found.items()}

    def _reviewed(self, claim: Claim, before: dict[str, Claim]) -> bool:
        """Whether a person had a hand in a claim."""
        if claim.status != "drafted" or self.base is None:
            return True
        drafted = before.get(claim.id)
        same_place = drafted is not None and drafted.anchor == claim.anchor
        return drafted is None or not same_place or _said(drafted) != _said(claim)

    def _referenced(self, held: list[Claim], elsewhere: list[Claim]) -> set[str]:
        """Claims that something a person decided refers to."""
        named = {c.restates for c in (*held, *elsewhere) if c.restates}
        for question in self.kept.questions:
            if question.answer is not None:
                named |= {key for a in question.alternatives for key in a.claims}
        return {str(key) for key in named}

    def _kept(self, claim: Claim, place: AnchorRecord | None, former: str) -> Claim:
        if claim.anchor is None:
            return claim
        if place is None:
            anchor = claim.anchor.model_copy(update={"document": former})
            cue = claim.cue and claim.cue.model_copy(update={"document": former})
            return claim.model_copy(update={"anchor": anchor, "cue": cue})
        cue = self.moved.moved(claim.cue) if claim.cue is not None else None
        return claim.model_copy(update={"anchor": place, "cue": cue})

    def _deleted(self, before: dict[str, Claim]) -> set[str]:
        """Claims of the new draft that were drafted before and that the record has no longer."""
        if self.base is None:
            return set()
        present = {claim.id for claim in before.values()}
        absent = [claim for claim in self.base.claims if claim.id not in present]
        places = [self.moved.moved(c.anchor) if c.anchor else None for c in absent]
        drafted = {claim.id: claim for claim in self.draft.claims}
        found = paired(absent, places, self.draft.claims)
        return {
            key
            for own, key in found.items()
            if _said(drafted[key]) == next(_said(c) for c in absent if c.id == own)
        }

    def _said_gone(self, key: str) -> str:
        claim = next(claim for claim in self.kept.claims if claim.id == key)
        quote = " ".join(claim.anchor.quote.split())[:60] if claim.anchor else ""
        return f"{key} ({claim.status}): its words “{quote}” are gone from the text; it is kept"

    def _renamed(self, claims: dict[str, str]) -> Dossier:
        return renamed(self.draft, Renaming(claims=claims))

    # -- documents

    def _with_documents(self, made: Dossier, former: str, gone: list[str]) -> Dossier:
        """The new version in the place of the old one; the old one beside it if still needed."""
        new = self.draft.documents[0].model_copy(update={"id": self.document})
        infos = [new if info.id == self.document else info for info in self.kept.documents]
        texts = [text for text in self.kept.texts if text.id != self.document]
        texts.append(self.draft.texts[0])
        if gone:
            old = next(info for info in self.kept.documents if info.id == self.document)
            infos.append(old.model_copy(update={"id": former}))
            texts += [replace(t, id=former) for t in self.kept.texts if t.id == self.document]
            made = tagged(made, self.document)  # two versions: every anchor says which
        parents = {**made.made.parents, **self.draft.made.parents}
        by = made.made.by or self.draft.made.by
        update = {"documents": tuple(infos), "made": type(made.made).here(by, parents)}
        return made.model_copy(update=update).with_texts(*_ordered(texts, infos))


def _ordered(texts: list[Document], infos: list[DocumentInfo]) -> list[Document]:
    rank = {info.id: i for i, info in enumerate(infos)}
    return sorted(texts, key=lambda text: rank.get(text.id, len(rank)))


def _next_id(key: str, taken: set[str]) -> str:
    if key not in taken:
        return key
    numbers = [int(name[1:]) for name in taken if name[:1] == "c" and name[1:].isdigit()]
    return f"c{max(numbers, default=0) + 1}"
