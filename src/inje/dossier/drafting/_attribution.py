"""Attributed clauses: who says, believes, fears, orders, proposes or intends what.

Every rule yields clauses with the span of the content, the cue and the holder. A clause
that lies in the content of another one is held through it: that makes the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._according import according
from inje.dossier.drafting._complements import (
    QUOTES,
    Content,
    content_end,
    content_of,
    goes_on,
)
from inje.dossier.drafting._cue_phrases import aspect, cue_at
from inje.dossier.drafting._cues import CUES, Cue
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._hearsay import hearsay
from inje.dossier.drafting._judging import relative_before
from inje.dossier.drafting._no_verbs import BEING, MODALS, NO_VERB_AFTER, passive, plural_noun
from inje.dossier.drafting._opinions import opinions
from inje.dossier.drafting._parenthetical import parentheses
from inje.dossier.drafting._participles import free_participle, participle_subject
from inje.dossier.drafting._passages import Passages, Sentence, Word
from inje.dossier.drafting._passive import passives
from inje.dossier.drafting._prompted import prompted
from inje.dossier.drafting._purposes import purposes
from inje.dossier.drafting._quoting import quoted
from inje.dossier.drafting._signed import signed
from inje.dossier.drafting._speakers import THAT, can_speak, opines, thinks_nothing
from inje.dossier.drafting._states import states
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject

__all__ = ["Clause", "attributed"]

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
    heard: tuple[Subject, int] | None = None
    for sentence in passages.sentences:
        inside = speaker if speaker and speaker.sentence != sentence.index else None
        if inside is not None and _continues(passages, sentence, inside):
            clauses.append(_quoted(sentence, inside))
            clauses += _told_inside(sentence, register, subjects)
            continue
        found = list(_sentence(sentence, register, subjects))
        clauses += found
        heard = _heard(sentence, found, heard, subjects)
        speaking = [c for c in found if c.rule != "state-of-mind" and c.kind in _SPOKEN]
        led = _leads_in(passages, sentence, subjects)
        if sentence.text.rstrip().endswith(":") and speaking:
            speaker = speaking[-1]
        elif led is not None:
            speaker = led
        elif speaker and sentence.paragraph > passages.sentences[speaker.sentence].paragraph + 2:
            speaker = None
    return tuple(clauses + _below(passages, register, clauses))


def _heard(
    sentence: Sentence, found: list[Clause], heard: tuple[Subject, int] | None, subjects: Subjects
) -> tuple[Subject, int] | None:
    """Who is still quoted behind a sentence that does not close its quotation, and where."""
    opens = len(_MARKS.findall(sentence.text)) % 2 == 1
    if heard is not None:
        if heard[1] != sentence.paragraph:
            return None
        subjects.speaking(sentence, heard[0])
    if not opens:
        return heard
    said = [clause.subject for clause in found if clause.kind == "quotation"]
    begun = heard is None and said and said[-1].holders
    return (said[-1], sentence.paragraph) if begun else None


_MARKS = re.compile(r"[\"“”]")


def _below(passages: Passages, register: Register, clauses: list[Clause]) -> list[Clause]:
    """Quotations whose speaker stands below them, and which nothing before attributes."""
    told = {clause.sentence for clause in clauses if clause.kind == "quotation"}
    return [
        Clause(one.sentence.index, "quotation", one.subject, (one.subject.start, one.subject.end),
               one.sentence.start, one.sentence.end, rule="quoted-paragraph")
        for one in signed(passages, register)
        if one.sentence.index not in told
    ]  # fmt: skip


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
        led = words[k].text in CUES or words[k].text in _GOING_ON | _ENDING
        if led and words[k - 1].text not in NO_VERB_AFTER:
            subject = subjects.of(sentence, k)
            if subject is not None and (subject.holders or subject.voice):
                span = (words[k].start, words[k].end)
                return Clause(sentence.index, "quotation", subject, span, *span)
    return None


_ENDING = frozenset("continued continues went ended ends read reads ran".split())
_SPOKEN = ("statement", "report", "quotation", "inference", "order")


def _sentence(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    outer = [
        Clause(sentence.index, a.kind, a.subject, a.cue, a.start, a.end, rule="according-to")
        for a in according(sentence, register)
    ]
    found = _merged_intention(outer, list(_verbs(sentence, register, subjects)))
    yield from found
    yield from _untold(_states(sentence, register, subjects), found, near=True)
    yield from _untold(_around(sentence, register, subjects), found)
    yield from _impersonal(sentence, register)
    yield from _quotations(sentence, register, subjects, found)


def _untold(
    around: Iterator[Clause], found: list[Clause], *, near: bool = False
) -> Iterator[Clause]:
    """Those whose cue no clause before has, nor "in his memoirs" before "A claims that"."""
    cues = {clause.cue[0] for clause in found}
    for clause in around:
        told = any(
            one.subject.holders == clause.subject.holders
            and clause.cue[1] <= clause.start <= one.cue[0]
            and one.owned
            for one in found
        )
        if near and any(clause.cue[0] <= one.cue[0] < clause.cue[1] for one in found):
            continue  # "A, worried that": the verb has it
        if near or (clause.cue[0] not in cues and not told):
            cues.add(clause.cue[0])
            yield clause


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


def _verbs(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    words = sentence.words
    for k, word in enumerate(words):
        going_on = k > 1 and words[k - 1].text in _GOING_ON
        progressive = word.text.endswith("ing") and k > 0 and words[k - 1].text in BEING
        progressive = progressive or (going_on and word.text.endswith("ing"))
        perfect = k > 0 and words[k - 1].text in ("having", "Having")
        participle = perfect or (word.text.endswith("ing") and not progressive)
        cue, last = cue_at(words, k)
        if cue is None or (k == 0 and not participle):
            continue
        verb = k - 1 if going_on and progressive else aspect(words, k)
        active = participle or progressive
        if verb == k and k and not active and (passive(words, k) or plural_noun(words, k)):
            continue
        of = k - 1 if perfect else k
        if participle and of and not free_participle(words, of, register):
            continue
        if MODALS & {w.text for w in words[max(0, k - 3) : k]}:
            continue  # "they may have felt that" says nothing of what they felt
        subject = (
            participle_subject(sentence, words, of, register, subjects) if participle else None
        )
        broad = (
            cue.kind != "inference" and words[last + 1 : last + 2] and words[last + 1].text in THAT
        )
        subject = subject or subjects.of(sentence, verb, broad=bool(broad))
        if subject is None or not (subject.holders or subject.voice or subject.pronoun):
            continue
        if subject.pronoun == "it" and not (subject.holders or subject.voice):
            continue  # "it required two brigades"
        they = bool(verb) and words[verb - 1].text == "they"  # a voice, "for what they considered"
        first = words[verb - 1].start if they else subject.start
        told = subject.holders or subject.pronoun or they or goes_on(words, last)
        relative = bool(told) and relative_before(words, first)
        content = content_of(sentence, words, last, cue, register, relative=relative)
        if content is None or not opines(word, subject, cue):
            continue
        if thinks_nothing(words, k) or (subject.holders and not can_speak(sentence, subject, cue)):
            continue
        yield _clause(sentence, (word, words[last]), cue, subject, content)


#: "began urging him to wait"
_GOING_ON = frozenset("began begin begins started starts kept keeps continued resumed".split())


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
    """As in "was against this", "with the aim of", "led him to believe"."""
    for one in (
        *states(sentence, register, subjects),
        *purposes(sentence, register, subjects),
        *prompted(sentence, register, subjects),
    ):
        yield Clause(
            sentence.index, one.kind, one.subject, one.cue, one.start, one.end,
            owned=one.owned, rule="state-of-mind",
        )  # fmt: skip


def _around(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    """What no verb before its content attributes: opinions, parentheses, passives."""
    n = sentence.index
    for one in passives(sentence, register):
        yield Clause(n, one.kind, one.subject, one.cue, one.start, one.end, rule="passive")
    for one in hearsay(sentence, register):
        yield Clause(n, one.kind, one.subject, one.cue, one.start, one.end, rule="according-to")
    for one in (
        *opinions(sentence, register, subjects),
        *parentheses(sentence, register, subjects),
    ):
        yield Clause(
            n, one.kind, one.subject, one.cue, one.start, one.end,
            owned=one.owned, rule="according-to",
        )  # fmt: skip


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


def _told_inside(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Clause]:
    """What a quoted text says of others: what they intend, say and think."""
    for clause in _verbs(sentence, register, subjects):
        if clause.kind == "intention" or clause.subject.holders:
            yield clause
