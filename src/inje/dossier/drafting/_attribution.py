"""Attributed clauses: who says, believes, fears, orders, proposes or intends what.

Every rule yields clauses with the span of the content, the cue and the holder. A clause
that lies in the content of another one is held through it: that makes the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._cues import CUES, Cue
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._passages import Passages, Sentence, Word
from inje.dossier.drafting._subjects import Subject, Subjects

__all__ = ["Clause", "attributed"]

_ACCORDING = re.compile(r"\b[Aa]ccording to\b\s+")
_BE = frozenset("was were is are became become becomes been grew grows remained".split())
_STATES: dict[str, ClaimKind] = {
    **dict.fromkeys(
        "against opposed convinced confident certain sure aware suspicious".split(), "belief"
    ),
    **dict.fromkeys(
        "concerned worried alarmed anxious hopeful reluctant unwilling".split(), "belief"
    ),
    **dict.fromkeys("afraid fearful".split(), "fear"),
}
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")
_QUOTES = '"“«'
_BOUNDARY = re.compile(
    r"; |, (?:but|while|whereas|although|though|and (?:that )?(?=he |she |they ))"
)
_PASSIVE_BY = ("by",)


@dataclass(frozen=True, slots=True)
class Clause:
    """An attributed clause.

    Attributes
    ----------
    sentence : number of the sentence.
    kind : of claim.
    subject : who holds it; for an intention, whose it is.
    cue : span of the attributing words.
    start, end : span of the content.
    addressees : to whom it is said.
    owned : False for an intention that the narrator ascribes: its subject holds no claim.
    """

    sentence: int
    kind: ClaimKind
    subject: Subject
    cue: tuple[int, int]
    start: int
    end: int
    addressees: tuple[Named, ...] = ()
    owned: bool = True
    rule: str = "attribution"

    def covers(self, start: int, end: int) -> bool:
        """Whether a span lies in the content."""
        return self.start <= start and end <= self.end


def attributed(passages: Passages, register: Register, subjects: Subjects) -> tuple[Clause, ...]:
    """All attributed clauses of the prose, in reading order."""
    clauses: list[Clause] = []
    voice: Clause | None = None
    for sentence in passages.sentences:
        inside = voice if voice and voice.sentence != sentence.index else None
        if inside is not None and _continues(passages, sentence, inside):
            clauses.append(_quoted(sentence, inside))
            clauses += _intentions_only(sentence, register, subjects)
            continue
        found = list(_sentence(sentence, register, subjects))
        clauses += found
        if sentence.text.rstrip().endswith(":") and found:
            voice = found[-1]
        elif voice and sentence.paragraph > passages.sentences[voice.sentence].paragraph + 2:
            voice = None
    return tuple(clauses)


def _sentence(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    outer = list(_according(sentence, register))
    yield from _merged_intention(outer, list(_verbs(sentence, register, subjects)))
    yield from _states(sentence, subjects)
    yield from _passives(sentence, register)


def _merged_intention(outer: list[Clause], inner: list[Clause]) -> list[Clause]:
    """ "According to A, B intended to do": one claim of A about an intention of B."""
    kept = []
    for clause in outer:
        first = next(
            (c for c in inner if c.kind == "intention" and c.start <= clause.start + 4), None
        )
        kept.append(replace(clause, kind="intention") if first is not None else clause)
    return kept + inner


def _according(sentence: Sentence, register: Register) -> Iterator[Clause]:
    for match in _ACCORDING.finditer(sentence.text):
        first = sentence.start + match.end()
        comma = sentence.text.find(",", match.end())
        leading = (
            match.start() < 20 or sentence.text[: match.start()].rstrip().endswith(",") is False
        )
        stop = sentence.start + comma if comma >= 0 and match.start() < 20 else sentence.body_end
        subject = _source_named(sentence, register, first, stop)
        cue = (
            sentence.start + match.start(),
            subject.start if subject.start > first else first - 1,
        )
        if match.start() < 20 and comma >= 0:
            start, end = sentence.start + comma + 2, sentence.body_end
        elif leading or sentence.text[: match.start()].rstrip().endswith(","):
            start = sentence.start
            end = sentence.start + len(sentence.text[: match.start()].rstrip(" ,("))
        else:
            continue
        if start < end:
            yield Clause(sentence.index, "report", subject, cue, start, end, rule="according-to")


def _source_named(sentence: Sentence, register: Register, start: int, end: int) -> Subject:
    """The last name of "information obtained by Soviet intelligence agencies", else the words."""
    found = register.within(start, end)
    holders = [(m, named) for m, named in found if named.kind != "place"]
    if holders:
        mention, named = holders[-1]
        return Subject((named,), mention.start, mention.end)
    words = sentence.text[start - sentence.start : end - sentence.start]
    words = re.split(r",|;| who | that ", words)[0].strip()
    voice = re.sub(r"^(?:the|a|an|some)\s+", "", words) or words
    return Subject((), start, start + len(words), "", voice)


def _verbs(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    words = sentence.words
    for k, word in enumerate(words):
        cue = CUES.get(word.text)
        if cue is None or k == 0:
            continue
        if words[k - 1].text in _BE | {"be", "being", "to", "a", "an", "the", "of", "by"}:
            continue
        content = _content(sentence, words, k, cue, register)
        if content is None:
            continue
        subject = _participle(sentence, words, k, register) or subjects.of(sentence, k)
        if subject is None or not (subject.holders or subject.voice or subject.pronoun):
            continue
        if subject.holders and {n.kind for n in subject.holders} == {"place"}:
            continue
        yield _clause(sentence, words, k, cue, subject, content)


def _clause(
    sentence: Sentence,
    words: Sequence[Word],
    k: int,
    cue: Cue,
    subject: Subject,
    content: tuple[int, int, tuple[Named, ...]],
) -> Clause:
    start, end, addressees = content
    span = (words[k].start, words[k].end)
    kind, owned = cue.kind, True
    if kind == "intention":
        start, owned = subject.start, False
    if sentence.text[start - sentence.start] in _QUOTES:
        kind = "quotation"
    return Clause(sentence.index, kind, subject, span, start, end, addressees, owned)


def _participle(
    sentence: Sentence, words: Sequence[Word], k: int, register: Register
) -> Subject | None:
    """ ", urging them ...": the name that opens the sentence does it."""
    if not words[k].text.endswith("ing") or words[k - 1].text != ",":
        return None
    found = register.within(sentence.start, words[k].start)
    if not found:
        return None
    mention, named = found[0]
    return Subject((named,), mention.start, mention.end)


def _content(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, register: Register
) -> tuple[int, int, tuple[Named, ...]] | None:
    """Span of what is said, and to whom; None where the verb is used otherwise."""
    following = [word.text for word in words[k + 1 : k + 4]]
    if not following:
        return None
    if following[0] == ":":
        if k + 2 < len(words):
            return (
                words[k + 2].start,
                _end(sentence, words[k + 2].start),
                _named_to(sentence, k, register),
            )
        return sentence.start, sentence.body_end, _named_to(sentence, k, register)
    if "told" in cue.complements:
        return _told(sentence, words, k, register)
    if "as" in cue.complements:
        found = "as" in [word.text for word in words[k + 1 :]]
        return (words[k + 1].start, _end(sentence, words[k + 1].start), ()) if found else None
    if following[0] == "that":
        return _from(sentence, words, k + 2)
    if "that" in cue.complements and following[0] in (",",) and len(words) > k + 2:
        return _from(sentence, words, k + 2) if words[k + 2].text[0] in _QUOTES else None
    if "infinitive" in cue.complements:
        return _infinitive(sentence, words, k, cue, register)
    if "object" in cue.complements:
        at = k + 2 if following[0] == "for" else k + 1
        return _from(sentence, words, at) if _object_like(words, at) else None
    return _from(sentence, words, k + 1) if _clause_like(words, k + 1) else None


def _infinitive(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, register: Register
) -> tuple[int, int, tuple[Named, ...]] | None:
    if words[k + 1].text == "to":
        return (
            _from(sentence, words, k + 2)
            if cue.kind == "intention"
            else _from(sentence, words, k + 1)
        )
    for at in range(k + 2, min(k + 9, len(words))):
        if words[at].text in ("to", "not") and cue.kind in ("order", "proposal"):
            named = register.within(words[k + 1].start, words[at].start)
            return (
                words[k].start if words[k].text.endswith("ing") else words[k + 1].start,
                _end(sentence, words[at].start),
                tuple(n for _, n in named),
            )
    if "object" not in cue.complements:
        return None
    at = k + 2 if words[k + 1].text == "for" else k + 1
    return _from(sentence, words, at) if _object_like(words, at) else None


def _told(
    sentence: Sentence, words: Sequence[Word], k: int, register: Register
) -> tuple[int, int, tuple[Named, ...]] | None:
    for at in range(k + 1, len(words)):
        if words[at].text == "that" and at + 1 < len(words):
            named = register.within(words[k].end, words[at].start)
            told = tuple(n for _, n in named[:1])
            return words[at + 1].start, _end(sentence, words[at + 1].start), told
        if words[at].text in (";", ":"):
            return None
    return None


def _named_to(sentence: Sentence, k: int, register: Register) -> tuple[Named, ...]:
    """The person after "with" or "to" before the verb: "in a letter to A, wrote:"."""
    found = register.within(sentence.start, sentence.words[k].start)
    for mention, named in reversed(found):
        before = sentence.text[: mention.start - sentence.start].rstrip()
        if before.endswith((" with", " to")) and named.kind == "person":
            return (named,)
    return ()


def _from(
    sentence: Sentence, words: Sequence[Word], at: int
) -> tuple[int, int, tuple[Named, ...]] | None:
    if at >= len(words):
        return None
    start = words[at].start
    end = _end(sentence, start)
    return (start, end, ()) if end > start else None


def _end(sentence: Sentence, start: int) -> int:
    """End of the content: the clause boundary, or the end of the sentence."""
    match = _BOUNDARY.search(sentence.text, start - sentence.start)
    return min(sentence.start + match.start(), sentence.body_end) if match else sentence.body_end


def _object_like(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    text = words[at].text
    return text.lower() not in (
        "by",
        "in",
        "on",
        "at",
        "to",
        "as",
        "with",
        "from",
        "and",
        "until",
    ) and (text.isalnum() or text[0].isalnum() or text[0] in _QUOTES)


_CLAUSE_OPENERS = frozenset("he she they it the a an his their this these there no in if".split())


def _clause_like(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    text = words[at].text
    return text[0] in _QUOTES or text in _CLAUSE_OPENERS or text[0].isupper()


def _states(sentence: Sentence, subjects: Subjects) -> Iterator[Clause]:
    """ "was against this", "became concerned about the attacks"."""
    words = sentence.words
    for k in range(1, len(words) - 1):
        kind = _STATES.get(words[k].text)
        if kind is None or words[k - 1].text not in _BE or words[k + 1].text == "by":
            continue
        subject = subjects.of(sentence, k - 1)
        if subject is None or (not subject.holders and not subject.pronoun):
            continue
        cue = (words[k - 1].start, words[k].end)
        yield Clause(
            sentence.index, kind, subject, cue, words[k - 1].start, _end(sentence, words[k].end),
            rule="state-of-mind",
        )  # fmt: skip


def _passives(sentence: Sentence, register: Register) -> Iterator[Clause]:
    """ "The attack was ordered by A", "strongly opposed in A"."""
    words = sentence.words
    for k in range(1, len(words) - 2):
        cue = CUES.get(words[k].text)
        by = words[k + 1].text
        if cue is None or cue.kind == "intention":
            continue
        if by != "by" and not (by == "in" and words[k].text in ("opposed", "supported")):
            continue
        at = k + 2 + (words[k + 2].text in ("the", "The"))
        named = register.at(words[at].start) if at < len(words) else None
        if named is None or ("was" not in sentence.text and "were" not in sentence.text):
            continue
        mention = next(m for m, n in register.within(words[at].start, sentence.end) if n is named)
        subject = Subject((named,), mention.start, mention.end)
        adverb = k - 1 if words[k - 1].text.endswith("ly") else k
        start = words[adverb].start if by == "in" else sentence.start
        yield Clause(
            sentence.index, cue.kind, subject, (words[k].start, words[k].end), start, mention.end,
            rule="passive",
        )  # fmt: skip


def _continues(passages: Passages, sentence: Sentence, voice: Clause) -> bool:
    """Whether a sentence belongs to the text quoted after a colon."""
    first = passages.sentences[voice.sentence]
    if first.index + 1 == sentence.index:
        return True
    last = passages.sentences[sentence.index - 1]
    same = last.paragraph == sentence.paragraph and sentence.paragraph > first.paragraph
    quoted = sentence.block.kind == "quotation"
    return same and (quoted or bool(_FIRST_PERSON.search(sentence.text)))


def _quoted(sentence: Sentence, voice: Clause) -> Clause:
    return Clause(
        sentence.index, "quotation", voice.subject, voice.cue, sentence.start, sentence.end,
        voice.addressees, rule="quoted-paragraph",
    )  # fmt: skip


def _intentions_only(
    sentence: Sentence, register: Register, subjects: Subjects
) -> Iterator[Clause]:
    for clause in _verbs(sentence, register, subjects):
        if clause.kind == "intention":
            yield clause
