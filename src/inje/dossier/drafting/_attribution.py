"""Attributed clauses: who says, believes, fears, orders, proposes or intends what.

Every rule yields clauses with the span of the content, the cue and the holder. A clause
that lies in the content of another one is held through it: that makes the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._complements import QUOTES, Content, content_end, content_of
from inje.dossier.drafting._cues import CUES, Cue
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import DEMONYM
from inje.dossier.drafting._passages import Passages, Sentence, Word
from inje.dossier.drafting._quoting import quoted
from inje.dossier.drafting._subjects import Subject, Subjects

__all__ = ["Clause", "attributed"]

_ACCORDING = re.compile(r"\b[Aa]ccording to\b\s+")
_BE = frozenset(
    ["was", "were", "is", "are", "became", "become", "becomes", "been", "grew", "grows", "remained"]
)
_STATES: dict[str, ClaimKind] = {
    **dict.fromkeys(
        ["against", "opposed", "convinced", "confident", "certain", "sure", "aware", "suspicious"],
        "belief",
    ),
    **dict.fromkeys(
        ["concerned", "worried", "alarmed", "anxious", "hopeful", "reluctant", "unwilling"],
        "belief",
    ),
    **dict.fromkeys(["afraid", "fearful"], "fear"),
}
_PASSIVES = frozenset(
    "ordered directed decreed proposed recommended suggested reported described claimed opposed "
    "announced declared estimated condemned criticised criticized praised said noted argued believed "
    "stated suggested".split()
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Oo]ur|[Mm]y|us|me)\b")


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
        speaking = [c for c in found if c.rule != "state-of-mind" and c.kind in _SPOKEN]
        if sentence.text.rstrip().endswith(":") and speaking:
            voice = speaking[-1]
        elif voice and sentence.paragraph > passages.sentences[voice.sentence].paragraph + 2:
            voice = None
    return tuple(clauses)


_SPOKEN = ("statement", "report", "quotation", "inference", "order")


def _sentence(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    outer = list(_according(sentence, register))
    found = _merged_intention(outer, list(_verbs(sentence, register, subjects)))
    yield from found
    yield from _states(sentence, subjects)
    yield from _passives(sentence, register)
    yield from _quotations(sentence, register, subjects, found)


def _quotations(
    sentence: Sentence, register: Register, subjects: Subjects, found: list[Clause]
) -> Iterator[Clause]:
    """Quotations that no clause before has as its content."""
    for quote in quoted(sentence, register, subjects):
        told = any(c.owned and c.start <= quote.start + 2 and quote.end - 2 <= c.end for c in found)
        if not told:
            span = (quote.start, quote.end)
            yield Clause(
                sentence.index, "quotation", quote.subject, quote.cue, *span, rule="quoted-by"
            )


def _merged_intention(outer: list[Clause], inner: list[Clause]) -> list[Clause]:
    """As in "According to A, B intended to do": one claim of A about an intention of B."""
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
        stop = sentence.start + comma if comma >= 0 else sentence.body_end
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


_NO_VERB_AFTER = _BE | {"be", "being", "to", "a", "an", "the", "of", "by"}
_BEFORE_PARTICIPLE = frozenset([",", "–", "—", "-", "(", "and"])
_PAPERS = frozenset("message letter dispatch note telegram report envoy messenger".split())


def _plural_noun(words: Sequence[Word], k: int) -> bool:
    """Whether "reports", "plans", "claims" is a noun: "French plans to", "reports indicate"."""
    if not words[k].text.endswith("s") or words[k].text in ("says", "was"):
        return False
    following = words[k + 1].text if k + 1 < len(words) else ""
    return words[k - 1].text in DEMONYM or following in (
        "indicate",
        "show",
        "suggest",
        "say",
        "were",
    )


def _free_participle(words: Sequence[Word], k: int) -> bool:
    """Whether a participle has the subject of the sentence: ", claiming", "a letter saying"."""
    if words[k - 1].text in _BEFORE_PARTICIPLE:
        return True
    return any(word.text in _PAPERS for word in words[max(0, k - 6) : k])


def _verbs(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    words = sentence.words
    for k, word in enumerate(words):
        participle = word.text.endswith("ing")
        cue = CUES.get(word.text.lower() if k == 0 else word.text)
        if cue is None or (k == 0 and not participle):
            continue
        if k and (words[k - 1].text in _NO_VERB_AFTER or _plural_noun(words, k)):
            continue
        if participle and k and not _free_participle(words, k):
            continue
        content = content_of(sentence, words, k, cue, register)
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
    content: Content,
) -> Clause:
    start, end, addressees = content
    span = (words[k].start, words[k].end)
    kind, owned = cue.kind, True
    if kind == "intention":
        start, owned = subject.start, False
    if sentence.text[start - sentence.start] in QUOTES:
        kind = "quotation"
    return Clause(sentence.index, kind, subject, span, start, end, addressees, owned)


def _participle(
    sentence: Sentence, words: Sequence[Word], k: int, register: Register
) -> Subject | None:
    """As in ", urging them ...": the name before it, else that which opens the sentence.

    "Realising that it was lost, A fled": the names behind the comma.
    """
    if not words[k].text.endswith("ing"):
        return None
    if k == 0:
        return _behind_comma(sentence, words, register)
    found = [(m, n) for m, n in register.within(sentence.start, words[k].start)]
    found = [(m, n) for m, n in found if n.kind != "place"]
    if not found:
        return _behind_comma(sentence, words, register)
    near = [pair for pair in found if 0 < words[k].start - pair[0].end <= 2]
    near = near if words[k - 1].text in _BEFORE_PARTICIPLE else []
    persons = [pair for pair in found if pair[1].kind == "person"]
    first = persons[0] if persons and persons[0][0].start - found[0][0].end < 30 else found[0]
    mention, named = near[-1] if near else first
    return Subject((named,), mention.start, mention.end)


def _behind_comma(sentence: Sentence, words: Sequence[Word], register: Register) -> Subject | None:
    """The first names right behind a comma, in a row: "..., Eugene, Marlborough and Baden met"."""
    for word in words:
        if word.text != ",":
            continue
        row: list[tuple[int, int, Named]] = []
        at = word.end
        for mention, named in register.within(word.end, sentence.end):
            gap = sentence.text[at - sentence.start : mention.start - sentence.start]
            if named.kind == "place" or not re.fullmatch(r"\W*(?:(?:and|the|however)\W+)*", gap):
                break
            row.append((mention.start, mention.end, named))
            at = mention.end
        if row:
            return Subject(tuple(named for _, _, named in row), row[0][0], row[-1][1])
    return None


def _states(sentence: Sentence, subjects: Subjects) -> Iterator[Clause]:
    """As in "was against this", "became concerned about the attacks"."""
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
            sentence.index,
            kind,
            subject,
            cue,
            words[k - 1].start,
            content_end(sentence, words[k].end),
            rule="state-of-mind",
        )


def _passives(sentence: Sentence, register: Register) -> Iterator[Clause]:
    """As in "The attack was ordered by A", "strongly opposed in A", "it is said by A that"."""
    words = sentence.words
    passive = bool(re.search(r"\b(?:was|were|is|are|been)\b", sentence.text))
    for k in range(1, len(words) - 2):
        cue = CUES.get(words[k].text)
        by = words[k + 1].text
        if cue is None or words[k].text not in _PASSIVES:
            continue
        if by != "by" and not (by == "in" and words[k].text in ("opposed", "supported")):
            continue
        at = k + 2 + (words[k + 2].text in ("the", "The"))
        named = register.at(words[at].start) if at < len(words) else None
        if named is None or not (passive or words[k].text in ("proposed", "recommended")):
            continue
        mention = next(m for m, n in register.within(words[at].start, sentence.end) if n is named)
        subject = Subject((named,), mention.start, mention.end)
        adverb = k - 1 if words[k - 1].text.endswith("ly") else k
        start, end = (words[adverb].start if by == "in" else sentence.start), mention.end
        that = sentence.text.find(" that ", mention.end - sentence.start)
        if words[0].text == "It" and that >= 0:
            start, end = sentence.start + that + 6, sentence.body_end
        yield Clause(
            sentence.index,
            cue.kind,
            subject,
            (words[k].start, words[k].end),
            start,
            end,
            rule="passive",
        )


def _continues(passages: Passages, sentence: Sentence, voice: Clause) -> bool:
    """Whether a sentence belongs to the text quoted after a colon."""
    first = passages.sentences[voice.sentence]
    if first.index + 1 == sentence.index:
        return True
    last = passages.sentences[sentence.index - 1]
    begun = passages.sentences[first.index + 1].paragraph
    if last.paragraph != sentence.paragraph or sentence.paragraph != begun:
        return False
    bare = re.sub(r"[\"“][^\"”]*[\"”]?", "", sentence.text)
    return sentence.block.kind == "quotation" or bool(_FIRST_PERSON.search(bare))


def _quoted(sentence: Sentence, voice: Clause) -> Clause:
    return Clause(
        sentence.index,
        "quotation",
        voice.subject,
        voice.cue,
        sentence.start,
        sentence.end,
        voice.addressees,
        rule="quoted-paragraph",
    )


def _intentions_only(
    sentence: Sentence, register: Register, subjects: Subjects
) -> Iterator[Clause]:
    for clause in _verbs(sentence, register, subjects):
        if clause.kind == "intention":
            yield clause
