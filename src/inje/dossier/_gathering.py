"""From what a person names on the command line to one record: articles, records, or both."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from inje.dossier._records import Dossier
from inje.dossier._store import document_of, load_dossier
from inje.dossier.drafting import draft_record
from inje.dossier.merging import is_version_of, join_dossiers, merge_draft, one_battle
from inje.errors import OptionError

__all__ = ["Gathered", "gather_record", "is_reviewed", "merge_sources"]

_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Gathered:
    """A record, and sentences on what a person should look at."""

    dossier: Dossier
    notes: tuple[str, ...] = ()


def gather_record(sources: Sequence[str | os.PathLike[str]]) -> Gathered:
    """One record from articles and records, in the order in which they are named.

    Articles are joined, each a document of its own; the same text twice counts once. After a
    record, an article that is a newer version of one of its texts goes into it as a new draft.

    Parameters
    ----------
    sources : paths, addresses, "-", document.json files, dossier.yaml files or their folders.

    Raises
    ------
    OptionError : nothing is named, standard input twice, or texts on two battles.
    InputError : one of them cannot be read.
    """
    names = [_record_in(os.fspath(source)) for source in sources]
    if not names or names.count("-") > 1:
        came = "nothing" if not names else "standard input twice"
        raise OptionError("source", f"{came} came", "articles, or a dossier.yaml", "name one")
    drafts = [_draft(name) for name in names]
    notes = [note for name, draft in zip(names, drafts, strict=True) for note in _lost(name, draft)]
    made = drafts[0]
    for name, draft in zip(names[1:], drafts[1:], strict=True):
        again = names[0].endswith(_YAML) and not name.endswith(_YAML)
        made, told = _further(made, draft, name, again=again, by_words=False)
        notes += told
    return Gathered(made, tuple(notes))


def merge_sources(kept: Dossier, sources: Sequence[str | os.PathLike[str]]) -> Gathered:
    """The record with new drafts, or further documents, from these articles in it."""
    notes: list[str] = []
    for name in (_record_in(os.fspath(source)) for source in sources):
        kept, told = _further(kept, _draft(name), name, again=True, by_words=True)
        notes += told
    return Gathered(kept, tuple(notes))


def _record_in(name: str) -> str:
    """The dossier.yaml of a folder that has one; else the name itself."""
    inside = Path(name) / "dossier.yaml"
    return os.fspath(inside) if inside.is_file() else name


def _draft(name: str) -> Dossier:
    return load_dossier(name) if name.endswith(_YAML) else draft_record(document_of(name))


def _lost(name: str, dossier: Dossier) -> Iterator[str]:
    """A sentence where a record has lost its texts: much is silent without them."""
    there = {text.id for text in dossier.texts}
    gone = [info.uri or info.id for info in dossier.documents if info.id not in there]
    if gone:
        yield (
            f"{name}: the text of {', '.join(gone)} is not beside it, so lines are not told and "
            "rules that read the text are silent; extract it again, or bring its document.json back"
        )


def _further(
    made: Dossier, draft: Dossier, name: str, *, again: bool, by_words: bool
) -> tuple[Dossier, tuple[str, ...]]:
    known = {info.sha256 for info in made.documents}
    if not again and draft.documents and {info.sha256 for info in draft.documents} <= known:
        return made, (f"{name} is a text that the record has already; it is not counted twice",)
    if again and is_version_of(made, draft, by_words=by_words):
        merged = merge_draft(made, draft)
        return merged.dossier, merged.notes
    if not one_battle(made, draft):
        raise OptionError(
            "source",
            f"{name} tells of {_told(draft)}, the text before it of {_told(made)}",
            "texts on one battle",
            "give each battle a run of its own (reconstruct --each), or correct the date",
        )
    return join_dossiers(made, draft), ()


def _told(dossier: Dossier) -> str:
    when = dossier.battle.when
    return f"{dossier.battle.title!r} ({when.edtf if when else 'no date'})"


def is_reviewed(dossier: Dossier) -> bool:
    """Whether a person decided something in a record: a status, an answer, a letter."""
    return (
        any(claim.status != "drafted" for claim in dossier.claims)
        or any(question.answer is not None for question in dossier.questions)
        or any(record.reliability for record in (*dossier.sources, *dossier.entities))
        or bool(dossier.ignore)
    )
