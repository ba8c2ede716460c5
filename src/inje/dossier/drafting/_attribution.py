"""Attributed clauses: who says, believes, fears, orders, proposes or intends what.

Every rule yields clauses with the span of the content, the cue and the holder. A clause
that lies in the content of another one is held through it: that makes the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._according import according
from inje.dossier.drafting._complements import QUOTES, Content, content_end, content_of
from inje.dossier.drafting._cue_phrases import aspect, cue_at
from inje.dossier.drafting._cues import CUES, Cue
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import DEMONYM, POLITIES
from inje.dossier.drafting._participles import free_participle, opening_behind, participle_subject
from inje.dossier.drafting._passages import Passages, Sentence, Word
from inje.dossier.drafting._quoting import quoted
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["Clause", "attributed"]

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
    "told warned informed advised assured urged instructed reminded asked begged considered "
    "regarded viewed deemed "
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
    speaker: Clause | None = None
    for sentence in passages.sentences:
        inside = speaker if speaker and speaker.sentence != sentence.index else None
        if inside is not None and _continues(passages, sentence, inside):
            clauses.append(_quoted(sentence, inside))
            clauses += _intentions_only(sentence, register, subjects)
            continue
        found = list(_sentence(sentence, register, subjects))
        clauses += found
        speaking = [c for c in found if c.rule != "state-of-mind" and c.kind in _SPOKEN]
        led = _leads_in(passages, sentence, subjects)
        if sentence.text.rstrip().endswith(":") and speaking:
            speaker = speaking[-1]
        elif led is not None:
            speaker = led
        elif speaker and sentence.paragraph > passages.sentences[speaker.sentence].paragraph + 2:
            speaker = None
    return tuple(clauses)


def _leads_in(passages: Passages, sentence: Sentence, subjects: Subjects) -> Clause | None:
    """As in "As A explains," or "In the words of A:" before a quotation set apart."""
    following = passages.sentences[sentence.index + 1 : sentence.index + 2]
    if (
        not following
        or following[0].block.kind != "quotation"
        or sentence.block is following[0].block
    ):
        return None
    words = sentence.words
    for k in range(len(words) - 1, max(len(words) - 9, 0), -1):
        if words[k].text in CUES and words[k - 1].text not in _NO_VERB_AFTER:
            subject = subjects.of(sentence, k)
            if subject is not None and (subject.holders or subject.voice):
                span = (words[k].start, words[k].end)
                return Clause(sentence.index, "quotation", subject, span, *span)
    return None


_SPOKEN = ("statement", "report", "quotation", "inference", "order")


def _sentence(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    outer = [
        Clause(sentence.index, a.kind, a.subject, a.cue, a.start, a.end, rule="according-to")
        for a in according(sentence, register)
    ]
    found = _merged_intention(outer, list(_verbs(sentence, register, subjects)))
    yield from found
    yield from _states(sentence, register, subjects)
    yield from _passives(sentence, register)
    yield from _impersonal(sentence, register)
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


_NO_VERB_AFTER = _BE | {"be", "being", "to", "a", "an", "the", "of", "by"}


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


def _verbs(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    words = sentence.words
    for k, word in enumerate(words):
        participle = word.text.endswith("ing")
        cue, last = cue_at(words, k)
        if cue is None or (k == 0 and not participle):
            continue
        verb = aspect(words, k)
        ready = word.text == "determined" and words[k + 1 : k + 2] and words[k + 1].text == "to"
        no_verb = k and (words[k - 1].text in _NO_VERB_AFTER or _plural_noun(words, k))
        if no_verb and verb == k and not ready:
            continue
        if participle and k and not free_participle(words, k, register):
            continue
        if _MODALS & {w.text for w in words[max(0, k - 3) : k]}:
            continue  # "they may have felt that" says nothing of what they felt
        content = content_of(sentence, words, last, cue, register)
        if content is None:
            continue
        subject = participle_subject(sentence, words, k, register, subjects) if participle else None
        subject = subject or subjects.of(sentence, verb)
        if subject is None or not (subject.holders or subject.voice or subject.pronoun):
            continue
        if subject.holders and not _can_speak(sentence, subject):
            continue
        yield _clause(sentence, (word, words[last]), cue, subject, content)


_MODALS = frozenset(["may", "might", "should", "must"])


def _can_speak(sentence: Sentence, subject: Subject) -> bool:
    """Whether somebody can say or want something: no place behind a preposition.

    "Moscow decided" and "Hill decided" name who decides; "the Duke at Blenheim decided" does not.
    """
    if any(named.kind != "place" or named.name in POLITIES for named in subject.holders):
        return True
    before = sentence.text[
        max(0, subject.start - sentence.start - 24) : subject.start - sentence.start
    ]
    return not _BEHIND.search(before)


_BEHIND = re.compile(
    r"\b(?:at|in|of|to|from|near|on|by|for|with|around|outside|into|through|between|and|towards?|against|"
    r"over|via|beyond|behind|above|below|off)\s+(?:the\s+)?(?:[A-Z][\w-]+\s+)?$"
)


def _clause(
    sentence: Sentence, said: tuple[Word, Word], cue: Cue, subject: Subject, content: Content
) -> Clause:
    start, end, addressees = content
    span = (said[0].start, said[1].end)
    kind, owned = cue.kind, True
    if kind == "intention":
        start, owned = subject.start, False
    if sentence.text[start - sentence.start] in QUOTES:
        kind = "quotation"
    return Clause(sentence.index, kind, subject, span, start, end, addressees, owned)


def _states(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    """As in "was against this", "became concerned about the attacks"."""
    words = sentence.words
    for k in range(len(words) - 1):
        kind = _STATES.get(words[k].text if k else words[k].text.lower())
        if kind is None or words[k + 1].text == "by":
            continue
        opens = k == 0 or words[k - 1].text in (",", "–", "—")
        if not (words[k + 1].text in ("that", "of") if opens else words[k - 1].text in _BE):
            continue
        if _MODALS & {w.text for w in words[max(0, k - 4) : k]}:
            continue
        subject = opening_behind(sentence, register, subjects) if k == 0 else None
        subject = subject or subjects.of(sentence, k if opens else k - 1)
        if subject is None or not (subject.holders or subject.pronoun or subject.voice):
            continue
        first = k if opens else k - 1
        cue = (words[first].start, words[k].end)
        yield Clause(
            sentence.index,
            kind,
            subject,
            cue,
            words[first].start,
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
        subject = _agent(sentence, words, at, register)
        if subject is None or not (passive or words[k].text in ("proposed", "recommended")):
            continue
        adverb = k - 1 if words[k - 1].text.endswith("ly") else k
        start, end = (words[adverb].start if by == "in" else sentence.start), subject.end
        that = sentence.text.find(" that ", subject.end - sentence.start)
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


_IMPERSONAL = re.compile(
    r"\bit (?:was|had been|has been) (?:also |later |\w+ly )?(?P<verb>reported|claimed|alleged|"
    r"rumou?red|announced|announced officially|telegraphed)(?: to (?P<whom>[^,;.]{2,80}?))?,? that ",
    re.I,
)


def _impersonal(sentence: Sentence, register: Register) -> Iterator[Clause]:
    """As in "It was reported to A that": somebody who is not named tells it to A."""
    for match in _IMPERSONAL.finditer(sentence.text):
        start = sentence.start + match.end()
        cue = (sentence.start + match.start("verb"), sentence.start + match.end("verb"))
        told: tuple[Named, ...] = ()
        if match["whom"]:
            at = sentence.start + match.start("whom")
            found = register.within(at, sentence.start + match.end("whom"))
            told = tuple(named for _, named in found[:1])
        subject = Subject((), *cue, "", "somebody unnamed")
        end = content_end(sentence, start)
        if start < end:
            yield Clause(sentence.index, "report", subject, cue, start, end, told, rule="passive")


def _agent(
    sentence: Sentence, words: Sequence[Word], at: int, register: Register
) -> Subject | None:
    """The name or the voice behind "by": "described by the judges as"."""
    named = register.at(words[at].start) if at < len(words) else None
    if named is not None:
        mention = next(m for m, n in register.within(words[at].start, sentence.end) if n is named)
        return Subject((named,), mention.start, mention.end)
    for k in range(at, min(at + 5, len(words))):
        if words[k].text[0].islower() and (spoken := voice(words, k)) is not None:
            return spoken
        if not words[k].text[0].isalnum():
            break
    return None


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
