"""The desk: a dossier that is corrected, saved at every step, and can be taken back.

Every change is validated in memory, written whole by rename, and remembered. A change names the
revision of the record that it saw: what another tab or an editor has changed since is not lost.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from inje.dossier import (
    AnchorRecord,
    Claim,
    Dossier,
    Entity,
    Question,
    dossier_faults,
    dump_dossier,
    load_dossier,
    write_atomically,
)
from inje.errors import InputError
from inje.studio._forms import claim_fields
from inje.studio._yaml_items import Item, appended, replaced

__all__ = ["Desk", "Outcome"]

#: steps that can be taken back
_REMEMBERED = 300


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: whether it was made, in words, and the claims it touched."""

    done: bool
    message: str
    claims: tuple[str, ...] = ()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    text: str
    dossier: Dossier


class Desk:
    """One dossier under correction.

    Parameters
    ----------
    path : a dossier.yaml; `document.json` beside it is its text.

    Raises
    ------
    FileFaults : the file has faults.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path).resolve()
        self._lock = threading.Lock()
        self._past: list[_State] = []
        self._future: list[_State] = []
        self._now = self._read()

    def _read(self) -> _State:
        dossier = load_dossier(self.path)
        return _State(self.path.read_text(encoding="utf-8-sig"), dossier)

    @property
    def dossier(self) -> Dossier:
        """The record as it is now."""
        return self._now.dossier

    def claim(self, identifier: str) -> Claim | None:
        """A claim by its id."""
        return next((c for c in self.dossier.claims if c.id == identifier), None)

    @staticmethod
    def revision(item: Item) -> str:
        """A short mark of a record's content: it changes when the record does."""
        return hashlib.sha256(item.model_dump_json().encode()).hexdigest()[:12]

    # ---- changes ----

    def decide(self, identifier: str, status: str, revision: str) -> Outcome:
        """Set the status of a claim: confirmed, rejected or drafted."""
        words = {"confirmed": "confirmed", "rejected": "rejected", "drafted": "open again"}
        if status not in words:
            return Outcome(False, f"{status!r} is no decision")
        return self._change(identifier, revision, {"status": status}, words[status])

    def edit(self, identifier: str, form: Mapping[str, str], revision: str) -> Outcome:
        """Change what a claim says; its status becomes edited."""
        fields, fault = claim_fields(form)
        if fault:
            return Outcome(False, fault, (identifier,))
        return self._change(identifier, revision, {**fields, "status": "edited"}, "edited")

    def add(self, form: Mapping[str, str]) -> Outcome:
        """Add a claim over selected words (document, start, end in its clean text)."""
        fields, fault = claim_fields(form)
        with self._lock:
            anchor = self._selected(form)
            if fault or anchor is None:
                return Outcome(False, fault or "no words of the text are selected")
            data = {"id": self._unused(), "status": "edited", "rule": "added by hand", **fields}
            made, fault = _valid(Claim, {**data, "anchor": anchor})
            if made is None:
                return Outcome(False, fault)
            claims = (*self.dossier.claims, made)
            return self._save({"claims": claims}, made, f"{made.id} added", append=True)

    def split(self, identifier: str, form: Mapping[str, str], revision: str) -> Outcome:
        """Give the selected words of a claim to a new claim of the same holders and kind."""
        with self._lock:
            claim, stale = self._seen(identifier, revision)
            if claim is None:
                return stale
            anchor = self._selected(form)
            inside = (
                anchor is not None
                and claim.anchor is not None
                and claim.anchor.start <= anchor.start
                and anchor.end <= claim.anchor.end
                and (anchor.start, anchor.end) != (claim.anchor.start, claim.anchor.end)
            )
            if not inside:
                return Outcome(False, "select a part of this claim's words first", (identifier,))
            update = {
                "id": self._unused(), "anchor": anchor, "status": "edited", "summary": "",
                "about": "", "value": None, "restates": None, "rule": f"split from {claim.id}",
            }  # fmt: skip
            made = claim.model_copy(update=update)
            claims = (*self.dossier.claims, made)
            return self._save({"claims": claims}, made, f"{made.id} split off", append=True)

    def answer(self, identifier: str, answer: str) -> Outcome:
        """Answer a question; an empty answer opens it again."""
        with self._lock:
            self._refresh()
            question = next((q for q in self.dossier.questions if q.id == identifier), None)
            if question is None:
                return Outcome(False, f"{identifier!r} is no question")
            allowed = {a.value or a.label for a in question.alternatives}
            if answer and answer not in allowed:
                return Outcome(False, f"{answer!r} is none of its alternatives")
            made = question.model_copy(update={"answer": answer or None})
            questions = _exchanged(self.dossier.questions, made)
            said = "answered" if answer else "open again"
            return self._save({"questions": questions}, made, f"question {said}")

    def merge(self, first: str, second: str) -> Outcome:
        """Decide that two entities are the same."""
        with self._lock:
            self._refresh()
            found = {e.id: e for e in self.dossier.entities}
            a, b = found.get(first), found.get(second)
            if a is None or b is None or a is b or a.kind != b.kind:
                return Outcome(False, "choose two different entities of one kind")
            kept = a.model_copy(
                update={
                    "same_as": tuple(dict.fromkeys((*a.same_as, b.id))),
                    "maybe_same_as": tuple(i for i in a.maybe_same_as if i != b.id),
                }
            )
            entities = _exchanged(self.dossier.entities, kept)
            return self._save({"entities": entities}, kept, f"{b.name} is {a.name}")

    def undo(self) -> Outcome:
        """Take the last change back."""
        return self._step(self._past, self._future, "taken back")

    def redo(self) -> Outcome:
        """Make the change again that was taken back last."""
        return self._step(self._future, self._past, "made again")

    # ---- how ----

    def _step(self, source: list[_State], target: list[_State], said: str) -> Outcome:
        with self._lock:
            if self._refresh():
                return Outcome(False, "the file was changed by another hand", everything=True)
            if not source:
                return Outcome(False, "nothing to be " + said)
            state = source.pop()
            write_atomically(self.path, state.text)
            target.append(self._now)
            self._now = state
            return Outcome(True, f"the change is {said}", everything=True)

    def _refresh(self) -> bool:
        """Read the file again when another hand has changed it; True when so."""
        if self.path.read_text(encoding="utf-8-sig") == self._now.text:
            return False
        self._now = self._read()
        self._past.clear()
        self._future.clear()
        return True

    def _seen(self, identifier: str, revision: str) -> tuple[Claim | None, Outcome]:
        """The claim, if it is still what the page showed."""
        self._refresh()
        claim = self.claim(identifier)
        if claim is None:
            return None, Outcome(False, f"{identifier!r} is no claim", everything=True)
        if self.revision(claim) != revision:
            said = f"{identifier} was changed elsewhere: look at it again, then decide"
            return None, Outcome(False, said, (identifier,))
        return claim, Outcome(True, "")

    def _change(
        self, identifier: str, revision: str, fields: Mapping[str, Any], said: str
    ) -> Outcome:
        with self._lock:
            claim, stale = self._seen(identifier, revision)
            if claim is None:
                return stale
            made, fault = _valid(Claim, {**claim.model_dump(), **fields})
            if made is None:
                return Outcome(False, fault, (identifier,))
            claims = _exchanged(self.dossier.claims, made)
            return self._save({"claims": claims}, made, f"{identifier} {said}")

    def _selected(self, form: Mapping[str, str]) -> AnchorRecord | None:
        texts = {text.id: text for text in self.dossier.texts}
        text = texts.get(form.get("document", ""))
        try:
            start, end = int(form.get("start", "")), int(form.get("end", ""))
            anchor = text.anchor(start, end) if text else None
        except (ValueError, InputError):
            return None
        if anchor is None or text is None:
            return None
        several = text.id if len(self.dossier.documents) > 1 else ""
        return AnchorRecord(
            start=anchor.start, end=anchor.end, quote=anchor.quote, document=several
        )

    def _unused(self) -> str:
        taken = {claim.id for claim in self.dossier.claims}
        return next(
            f"c{n}" for n in range(len(taken) + 1, 2 * len(taken) + 2) if f"c{n}" not in taken
        )

    def _save(
        self, parts: Mapping[str, Any], item: Item, said: str, *, append: bool = False
    ) -> Outcome:
        """Check the record as a whole, write it, remember the one before."""
        dossier = self.dossier.model_copy(update=dict(parts)).with_texts(*self.dossier.texts)
        known = {str(fault) for fault in dossier_faults(self.dossier)}
        new = [fault for fault in dossier_faults(dossier) if str(fault) not in known]
        touched = (item.id,) if isinstance(item, Claim) else ()
        if new:
            _, what, allowed, remedy = new[0]
            return Outcome(False, "; ".join(w for w in (what, allowed, remedy) if w), touched)
        try:
            text = (appended if append else replaced)(self._now.text, item)
        except LookupError:
            text = dump_dossier(dossier)
        write_atomically(self.path, text)
        self._past = [*self._past[-_REMEMBERED:], self._now]
        self._future.clear()
        self._now = _State(text, dossier)
        return Outcome(True, said, touched, everything=append or not touched)


def _valid(model: type[Claim], data: Mapping[str, Any]) -> tuple[Claim | None, str]:
    try:
        return model.model_validate(dict(data)), ""
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        return None, f"{field}: {first['msg'].removeprefix('Value error, ')}"


def _exchanged(items: tuple[Any, ...], item: Claim | Entity | Question) -> tuple[Any, ...]:
    return tuple(item if other.id == item.id else other for other in items)
