"""What the page carries for its script and for `inje trace`: each word once.

Of ten thousand numbers most have the same unit, the same stage, the same note. The words stand
in one list, and every number gives their places in it; what is empty at its end is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from inje.reporting._bases import AFTER, BEFORE, Basis
from inje.reporting._ledger import Entry
from inje.reporting._views import ClaimView

__all__ = ["bundled", "claim_of", "entry_of", "priors_of", "weighed_of"]

#: fields of a number after its value and its text, each a place in the list of words
_FIELDS = ("unit", "what", "stage", "path", "note")
#: what stands before and behind these places
_WHOLE = 3 + len(_FIELDS) + 1


class _Words:
    """Words in the order of their first use; the empty one is 0."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {"": 0}

    def __call__(self, word: str) -> int:
        return self.places.setdefault(word, len(self.places))


def bundled(
    entries: Iterable[Entry],
    claims: Mapping[str, ClaimView],
    weighed: Iterable[str] = (),
    bases: Iterable[Basis] = (),
) -> dict[str, Any]:
    """Words, numbers, claims behind numbers, and the anchors of claims that are not "c-" + id.

    Parameters
    ----------
    weighed, bases : claims and numbers of the model on which every computed number rests.
    """
    words = _Words()
    numbers, cited = {}, {}
    for entry in entries:
        plain = entry.as_json()
        row = [plain["value"], entry.text, [words(claim) for claim in entry.claims]]
        places = [words(plain[name]) for name in _FIELDS]
        numbers[entry.id] = _short([*row, *places, _rounded(entry.error)])
        cited |= dict.fromkeys(entry.claims)
    together = list(weighed)
    cited |= dict.fromkeys(together)
    priors = [
        [words(b.path), words(b.label), words(b.prior), words(b.why), [words(c) for c in b.claims]]
        for b in bases
    ]
    return {
        "numbers": numbers,
        "weighed": [words(claim) for claim in together],
        "priors": priors,
        "claims": {key: _claim(claims[key], words) for key in cited if key in claims},
        "anchors": {key: v.anchor for key, v in claims.items() if v.anchor != f"c-{key}"},
        "words": list(words.places),
    }


def _rounded(error: float | None) -> float:
    """An error to three digits; 0 also where a number has none."""
    return 0 if error is None else float(f"{error:.3g}")


def _claim(view: ClaimView, words: _Words) -> list[Any]:
    anchor = view.claim.anchor
    place = [anchor.quote, anchor.start, anchor.end] if anchor else ["", None, None]
    holders = [words(holder) for holder in view.claim.holders]
    return [*place, holders, words(view.claim.about), [words(cited) for cited in view.citations]]


def _short(row: list[Any]) -> list[Any]:
    while row and not row[-1] and row[-1] is not None:
        row.pop()
    return row


def entry_of(bundle: Mapping[str, Any], number: str) -> dict[str, Any]:
    """A number as the ledger had it: id, value, text, claims, `_FIELDS`, and its error or None."""
    row = [*bundle["numbers"][number], *[0] * _WHOLE][:_WHOLE]
    value, text, claims, *places, error = row
    words = bundle["words"]
    found = {name: words[place] for name, place in zip(_FIELDS, places, strict=True)}
    return {
        "id": number,
        "value": value,
        "text": text or "",
        "claims": [words[place] for place in claims or ()],
        **found,
        "error": error or None,
    }


def claim_of(bundle: Mapping[str, Any], claim: str) -> dict[str, Any]:
    """A claim behind a number: id, quote, start, end, holders, about, citations."""
    words, row = bundle["words"], bundle["claims"].get(claim)
    if row is None:
        return {"id": claim}
    quote, start, end, holders, about, citations = row
    return {
        "id": claim,
        "quote": quote,
        "start": start,
        "end": end,
        "holders": [words[place] for place in holders],
        "about": words[about],
        "citations": [words[place] for place in citations],
    }


def weighed_of(bundle: Mapping[str, Any], entry: Mapping[str, Any]) -> list[str]:
    """The claims that weighed the worlds which a number is computed from, by id."""
    words = bundle["words"]
    return [words[place] for place in bundle["weighed"]] if entry["stage"] in AFTER else []


def priors_of(bundle: Mapping[str, Any], entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The numbers of the model that a number rests on: before the record its own, if it is one."""
    words, stage, path = bundle["words"], entry["stage"], entry["path"]
    if stage not in AFTER | BEFORE:
        return []
    every = [
        {"path": words[p], "label": words[label], "prior": words[said], "why": words[why],
         "claims": [words[claim] for claim in claims]}
        for p, label, said, why, claims in bundle["priors"]
    ]  # fmt: skip
    own = [prior for prior in every if prior["path"] == path]
    if own and stage in BEFORE:
        return own
    return [*own, *(prior for prior in every if prior["path"] != path)]
