"""Proposals become claims only on the text's own evidence.

A quote that does not stand verbatim in the passage is refused, whoever proposes it; so is a number
that the quote does not say, and a name that the record does not know.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from inje.dossier._paths import ObservablePath
from inje.dossier._records import AnchorRecord, Claim, ClaimKind, Dossier, Value
from inje.dossier.drafting._entities import folded
from inje.dossier.drafting._numbers import numbers_in
from inje.dossier.proposing._seam import Passage, Proposer, ProposerFault, passages_of, request_for
from inje.errors import OptionError, PathError

__all__ = ["Proposed", "propose_claims"]

#: claims of one passage that are looked at
_MOST_CLAIMS = 60
_LONGEST_QUOTE = 1000
_LONGEST_NUMBER = 20
#: faults in a row after which a proposer is asked no more
_PATIENCE = 2
_COUNTED = ("strength", "losses", "materiel")
_CHOSEN = ("attacker", "instigator", "winner", "control")


@dataclass(frozen=True)
class Proposed:
    """What came of asking a proposer.

    Attributes
    ----------
    dossier : the record, with the claims that stood the test behind the drafted ones.
    accepted : how many entered.
    known : how many the record had already.
    refused : why others did not enter -> how many.
    skipped : why passages went unread, in sentences.
    """

    dossier: Dossier
    accepted: int = 0
    known: int = 0
    refused: Mapping[str, int] | None = None
    skipped: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a person should be told."""
        total = sum((self.refused or {}).values())
        entered = "1 proposed claim" if self.accepted == 1 else f"{self.accepted} proposed claims"
        told = [f"{entered} entered, unconfirmed; the record knew {self.known} already"]
        if total:
            why = "; ".join(f"{n} because {reason}" for reason, n in (self.refused or {}).items())
            refused = "1 proposal" if total == 1 else f"{total} proposals"
            told.append(f"{refused} refused: {why}")
        return (*told, *self.skipped)


def propose_claims(
    dossier: Dossier,
    proposer: Proposer,
    *,
    most_passages: int = 20,
    seconds: float = 300.0,
    asking: Callable[[int, int], None] | None = None,
) -> Proposed:
    """Ask a proposer for claims of the record's documents.

    A proposal enters only when its quote stands verbatim, once, in the passage that was shown, its
    holder is known to the record, and the number that it gives is one that the quote says. It
    enters as drafted, its rule naming who proposed it.

    Parameters
    ----------
    dossier : a record that carries its texts.
    proposer : stands behind the seam; asked at most `most_passages` times.
    seconds : after which no further passage is shown.
    asking : told, before each question, which passage of how many.

    Raises
    ------
    OptionError : the texts of the record are not at hand.
    """
    if not dossier.texts:
        raise OptionError(
            "proposer",
            "the texts of this record are not at hand",
            "a record with its document.json beside it",
            "extract it again from its articles",
        )
    every = [passage for text in dossier.texts for passage in passages_of(text)]
    passages = every[:most_passages]
    desk = _Desk(dossier, proposer.name)
    skipped: list[str] = []
    faults, started = 0, time.monotonic()
    for number, passage in enumerate(passages, 1):
        if number > 1 and time.monotonic() - started > seconds:
            left = len(passages) - number + 1
            skipped.append(f"{left} passages went unread: {seconds:g} s were over")
            break
        if asking is not None:
            asking(number, len(passages))
        answer = proposer.propose(request_for(passage, dossier))
        if isinstance(answer, ProposerFault):
            faults += 1
            skipped.append(f"passage {number} of {len(passages)} went unread: {answer.sentence}")
            if faults == _PATIENCE and number < len(passages):
                skipped.append(f"{proposer.name} was asked no more after {_PATIENCE} faults")
                break
            continue
        faults = 0
        desk.take(answer, passage)
    if len(every) > len(passages):
        skipped.append(f"{len(every) - len(passages)} passages beyond {most_passages} went unread")
    return desk.done(tuple(skipped))


@dataclass(frozen=True)
class _Refusal:
    why: str


class _Desk:
    """Where the proposals are looked at, one by one."""

    def __init__(self, dossier: Dossier, name: str) -> None:
        self._dossier = dossier
        self._rule = f"proposed by {name}"
        self._holders = {
            folded(form): entity.id
            for entity in dossier.entities
            for form in (entity.id, entity.name, *(n.text for n in entity.names))
        }
        self._voices = [e.id for e in dossier.entities if e.kind == "narrator"]
        self._ids = {claim.id for claim in dossier.claims}
        self._known = {e.id for e in dossier.entities} | {s.id for s in dossier.battle.sides}
        self._claims: list[Claim] = []
        self._refused: Counter[str] = Counter()
        self._repeated = 0

    def take(self, answer: Sequence[Mapping[str, Any]], passage: Passage) -> None:
        """Look at what was proposed of one passage."""
        for item in answer[:_MOST_CLAIMS]:
            claim = self._claim(item, passage)
            if isinstance(claim, _Refusal):
                self._refused[claim.why] += 1
            elif self._has(claim):
                self._repeated += 1
            else:
                self._ids.add(claim.id)
                self._claims.append(claim)
        if len(answer) > _MOST_CLAIMS:
            why = f"more than {_MOST_CLAIMS} came at once"
            self._refused[why] += len(answer) - _MOST_CLAIMS

    def done(self, skipped: tuple[str, ...]) -> Proposed:
        """The record with what was accepted."""
        kept = self._dossier
        if self._claims:
            by = "; ".join(filter(None, (kept.made.by, self._rule.replace("proposed", "claims"))))
            update = {
                "claims": (*kept.claims, *self._claims),
                "made": type(kept.made).here(by, kept.made.parents),
            }
            kept = kept.model_copy(update=update).with_texts(*kept.texts)
        refused = dict(self._refused.most_common())
        return Proposed(kept, len(self._claims), self._repeated, refused, skipped)

    def _claim(self, item: object, passage: Passage) -> Claim | _Refusal:
        if not isinstance(item, Mapping):
            return _Refusal("they were no objects")
        quote, kind = item.get("quote"), item.get("kind")
        if not isinstance(quote, str) or not quote.strip() or len(quote) > _LONGEST_QUOTE:
            return _Refusal("they gave no quote, or one too long")
        if not isinstance(kind, str) or kind not in get_args(ClaimKind):
            return _Refusal("their kind is none of the record's")
        places = passage.text.count(quote)
        if places != 1:
            few = "their quote is not in the text"
            return _Refusal("their quote stands in several places" if places else few)
        holder = self._holder(item.get("holder"), passage)
        if holder is None:
            return _Refusal("the record does not know their holder")
        about = item.get("about") or ""
        value = self._value(about, item, quote)
        if isinstance(value, _Refusal):
            return value
        start = passage.start + passage.text.index(quote)
        anchor = passage.document.anchor(start, start + len(quote))
        several = passage.document.id if len(self._dossier.documents) > 1 else ""
        return Claim(
            id=self._fresh(),
            kind=kind,
            holders=holder,
            about=str(about),
            value=value,
            summary=str(item.get("summary") or "")[:200],
            anchor=AnchorRecord(
                start=anchor.start, end=anchor.end, quote=anchor.quote, document=several
            ),
            rule=self._rule,
        )

    def _fresh(self) -> str:
        number = len(self._ids) + 1
        while f"p{number}" in self._ids:
            number += 1
        return f"p{number}"

    def _holder(self, said: object, passage: Passage) -> tuple[str, ...] | None:
        """The chain of holders: the narrator of the document, and whoever was named."""
        ids = [info.id for info in self._dossier.documents]
        paired = len(ids) == len(self._voices) and passage.document.id in ids
        voices = [self._voices[ids.index(passage.document.id)]] if paired else self._voices[:1]
        if said in (None, "", "narrator"):
            return tuple(voices) or None
        found = self._holders.get(folded(said)) if isinstance(said, str) else None
        return None if found is None else tuple(dict.fromkeys((*voices, found)))

    def _value(self, about: object, item: Mapping[str, Any], quote: str) -> Value | _Refusal | None:
        if about == "":
            return None
        try:
            path = ObservablePath.parse(str(about))
        except PathError:
            return _Refusal("they are about nothing that the record can name")
        if path.parts and path.parts[0] not in self._known:
            return _Refusal("they are about nothing that the record can name")
        if path.quantity in _COUNTED:
            number = _number(item.get("number"))
            said = [n.value for n in numbers_in(quote) if number in (n.value.best, n.value.low)]
            if number is None or not said:
                return _Refusal("their quote does not say the number that they give")
            return said[0]
        if path.quantity in _CHOSEN:
            chosen = item.get("value")
            named = None
            if isinstance(chosen, str):
                named = chosen if chosen in self._known else self._holders.get(folded(chosen))
            if named is None:
                return _Refusal("they choose somebody whom the record does not know")
            return Value(best=named)
        return _Refusal("they are about what proposals may not decide")

    def _has(self, claim: Claim) -> bool:
        """Whether the record, or an earlier proposal, says this already at this place."""
        here = claim.anchor
        for other in (*self._dossier.claims, *self._claims):
            there = other.anchor
            if here is None or there is None or there.document != here.document:
                continue
            meets = there.start < here.end and here.start < there.end
            inside = claim.about == "" and other.kind == claim.kind and _overlap(here, there) > 0.5
            if meets and (inside or (claim.about and other.about == claim.about)):
                return True
        return False


def _number(given: object) -> int | float | None:
    """A number, also one that came as a word ("1,200")."""
    if isinstance(given, str) and re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d+", given.strip()):
        return int(given.strip().replace(",", "")) if len(given) < _LONGEST_NUMBER else None
    return given if isinstance(given, int | float) and not isinstance(given, bool) else None


def _overlap(one: AnchorRecord, two: AnchorRecord) -> float:
    shared = min(one.end, two.end) - max(one.start, two.start)
    return shared / (max(one.end, two.end) - min(one.start, two.start))
