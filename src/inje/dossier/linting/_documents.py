"""Rules about several documents in one record: where they contradict each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from inje.dossier._records import Claim, Dossier, Finding
from inje.dossier.linting._rule import Rule, finding, live, loosely, quoted
from inje.dossier.linting._wording import in_words

__all__ = ["RULES", "document_of"]

_ATTITUDES = frozenset({"fear", "order", "proposal", "intention"})


def document_of(claim: Claim) -> str:
    """The document in which a claim stands, empty where there is only one."""
    return claim.anchor.document if claim.anchor is not None else ""


def _disagree(dossier: Dossier) -> Iterator[Finding]:
    """A strength, a loss or a length for which two documents leave no common value."""
    if len(dossier.documents) < 2:
        return
    counted = Counter(info.title for info in dossier.documents)
    titles = {
        info.id: info.title if info.title and counted[info.title] == 1 else info.id
        for info in dossier.documents
    }
    groups: dict[str, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in live(dossier):
        measured = claim.about.startswith(("strength.", "losses.")) or claim.about == "duration"
        if measured and claim.kind not in _ATTITUDES and loosely(claim.value) is not None:
            groups[claim.about][document_of(claim)].append(claim)
    for about, by_document in groups.items():
        names = [name for name in by_document if name in titles]
        for k, one in enumerate(names):
            for two in names[k + 1 :]:
                if _apart(by_document[one], by_document[two]):
                    claims = [by_document[one][0], by_document[two][0]]
                    told = " against ".join(
                        f"{quoted(c.anchor)} in {titles[document_of(c)]!r}"
                        for c in claims
                        if c.anchor is not None
                    )
                    yield finding(
                        DISAGREE.id,
                        f"{in_words(dossier, about)}: {told}",
                        DISAGREE.remedy,
                        (c.anchor for c in claims),
                        claims,
                    )


def _apart(first: list[Claim], second: list[Claim]) -> bool:
    """Whether no claim of one document meets any claim of the other."""
    spans = [[loosely(claim.value) for claim in claims] for claims in (first, second)]
    return not any(
        a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]
        for a in spans[0]
        for b in spans[1]
    )


DISAGREE = Rule(
    "documents-disagree",
    "Two documents give different numbers for one thing",
    "Each document is at one with itself, and yet they cannot both be right. Read alone, either "
    "would pass.",
    "find out on which source each rests, and keep both as claims",
    _disagree,
)
RULES = (DISAGREE,)
