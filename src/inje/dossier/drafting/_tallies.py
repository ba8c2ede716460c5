"""Claims on the strengths, losses, units and weapons that the prose states."""

from __future__ import annotations

import re

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._belonging import Belonging
from inje.dossier.drafting._desk import Desk
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._quantities import Count, counts_in
from inje.dossier.drafting._side_words import SideWords

__all__ = ["UNKNOWN", "prose_tallies"]

#: the side of a number that nothing decides
UNKNOWN = "unknown"
_NUMBERED = re.compile(
    r"\d|hundred|thousand|dozen|teen\b|ty\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve)\b",
    re.I,
)


def prose_tallies(desk: Desk, words: SideWords) -> None:
    """Write the strengths, losses, units and weapons that the prose states."""
    belonging = Belonging(desk, words)
    last: tuple[int, Count] | None = None
    for sentence in desk.passages.sentences:
        if not _NUMBERED.search(sentence.text):
            continue
        near = last is not None and last[0] in (sentence.index - 1, sentence.index - 2)
        earlier = last[1] if last is not None and near and _continued(desk, sentence) else None
        for count in counts_in(sentence, desk.chronicle.spans(sentence), earlier):
            last = (sentence.index, count)
            _write(desk, sentence, count, belonging.side(sentence, count))


def _continued(desk: Desk, sentence: Sentence) -> bool:
    """Whether the sentence before stands in the same paragraph."""
    return desk.passages.before(sentence) is not None


def _write(desk: Desk, sentence: Sentence, count: Count, side: str | None) -> None:
    counts = f"{count.role}.{side or UNKNOWN}"
    if count.role == "losses":
        counts += f".{count.category}"
    people = count.role in ("strength", "losses") and count.category != "materiel"
    weighs = people and side is not None and not desk.background(sentence)
    # "Livy puts the dead at 400": the verb of loss may stand before what is said.
    first = count.number.phrase
    covering = [c for c in desk.clauses_of(sentence) if c.owned and c.covers(first, count.end)]
    inner = min(covering, key=lambda c: c.end - c.start) if covering else None
    kind: ClaimKind = "fact"
    if inner is not None:
        kind = "report" if inner.kind in ("report", "statement", "quotation") else inner.kind
    desk.claim(
        kind,
        count.start,
        _phrase_end(desk, sentence, count),
        rule="count",
        about=counts if weighs else "",
        counts=counts,
        value=count.value,
        sentence=sentence,
        holders=desk.chain(first, count.end, sentence),
        cue=inner.cue if inner else None,
        addressees=tuple(n.key for n in inner.addressees) if inner else (),
    )


def _phrase_end(desk: Desk, sentence: Sentence, count: Count) -> int:
    """As in "800-strong Iranian military detachment": the group belongs to the phrase."""
    if count.role != "strength":
        return count.end
    for mention, _ in desk.register.within(count.number.end, sentence.end)[:1]:
        if mention.start - count.number.end <= 2:
            return max(count.end, mention.end)
    return count.end
