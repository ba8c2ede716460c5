"""Quotations set apart that bear a name below: "{{quote|text|author}}", "— Hans Moll, drummer"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inje.dossier.drafting._clausal import finite_word
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._passages import Passages, Sentence
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["Signed", "signed"]

_DASH = re.compile(r"\s*[–—-]+\s*")
#: a line with a name has no more words than this
_LONGEST = 16
#: and the name stands as near to its beginning as this
_NEAR = 24


@dataclass(frozen=True, slots=True)
class Signed:
    """A sentence of a quotation, and whose name stands below it."""

    sentence: Sentence
    subject: Subject


def signed(passages: Passages, register: Register) -> Iterator[Signed]:
    """All sentences of quotations that are signed."""
    run: list[Sentence] = []
    for sentence in passages.sentences:
        quoted = sentence.block.kind == "quotation"
        line = not quoted or _own_line(passages, sentence)
        if run and (signer := _signer(sentence, register, inside=not line)) is not None:
            yield from (Signed(one, signer) for one in run)
            run = []
        elif quoted:
            run = [*run, sentence] if run and run[-1].block is sentence.block else [sentence]
        else:
            run = []


def _own_line(passages: Passages, sentence: Sentence) -> bool:
    """Whether the last sentence of a block stands on a line of its own, and has no stop."""
    text = passages.document.text
    begun = "\n" in text[max(0, sentence.start - 2) : sentence.start]
    last = sentence.end >= sentence.block.end - 1
    return begun and last and not sentence.text.rstrip().endswith((".", "!", "?", '"', "”"))


def _signer(sentence: Sentence, register: Register, *, inside: bool) -> Subject | None:
    """Who signs: the name or the voice with which a line without a verb begins."""
    words = sentence.words
    dash = _DASH.match(sentence.text)
    if not words or len(words) > _LONGEST or (inside and dash is None):
        return None
    if any(finite_word(word.text) for word in words):
        return None
    for mention, named in register.within(sentence.start, sentence.end):
        if named.kind == "person" and mention.start - sentence.start <= _NEAR:
            return Subject((named,), mention.start, mention.end)
        break
    if dash is None:
        return None
    return next((found for k in range(min(5, len(words))) if (found := voice(words, k))), None)
