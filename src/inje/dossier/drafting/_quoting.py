"""Quotations: who says what stands between quotation marks.

The speaker is the subject of a verb of speaking before the quotation ("A wrote – '...'"), the
name around such a verb behind it ("'...', replied the Duke"), else whoever opens the sentence
when a dash or a colon leads to the quotation. Words quoted for their sound alone ("the
'Point'") have no verb and no comma before them and are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inje.dossier.drafting._cues import SPEAKING
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import DEMONYM
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["Quoted", "quoted"]

_PAIRS = {'"': '"', "“": "”", "«": "»", "„": "“"}
_OPEN = re.compile(r"[\"“«„]|``")
_LED_IN = re.compile(r"(?:[,:–—-]|\bthat|\b(?:as|a|an|the))\s*(?:\(?\[?)?$")
_INTRODUCED = re.compile(r"[,:–—-]\s*$")
_AFTER = re.compile(
    r"[,.?!]?(?:[\"”»]|''?)?\s*[,–—-]?\s*(?:as\s+)?(?P<verb>"
    + SPEAKING.pattern
    + r")\s+(?:the\s+)?"
)
_AFTER_NAME = re.compile(r"[,.?!]?(?:[\"”»]|''?)?\s*[,–—-]?\s*(?:the\s+)?")
_PASSIVE = re.compile(r"\b(?:been|was|were|is|are|being) (?:\w+ly |often |also |not |never )*$")
_WORDS_OF = re.compile(r"\b[Ii]n the words of (?:the )?|\AFor (?=[A-Z][^\"“]{2,60},\s*\Z)")
_JOINED = re.compile(r", (?:and|but|so|yet|while) (?=[A-Z])")
#: "received the following despatch from Korn: ..."
_FROM = re.compile(
    r"\b(?:letter|despatch|dispatch|message|telegram|note|signal|reply|order|report|cable|wire|word)s?\b[^:;\"“]* from (?:the )?"
)
#: between a name and the quotation that its colon opens
_NEAR = 4
_CLOSES = re.compile(r"[^\"“”]{2,400}(?:[?!.,][\"”](?=\s+[a-z])|,[\"”](?=\s+\w))")
_SINGLE = re.compile(
    r"(?<![\w’'])(?:‘[^‘’]{6,400}(?:’\w[^‘’]{0,200}){0,6}’|'[^']{6,400}(?:'\w[^']{0,200}){0,6}[,.?!]')(?!\w)"
)
#: a quotation has at least this many words
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation and who says it.

    Attributes
    ----------
    subject : the speaker.
    cue : span of the verb, or of the speaker where there is none.
    start, end : span of the quotation with its marks.
    """

    subject: Subject
    cue: tuple[int, int]
    start: int
    end: int


def quoted(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Quoted]:
    """Quotations of a sentence whose speaker is told."""
    speaker: Quoted | None = None
    spans = list(_spans(sentence.text)) or list(_single(sentence.text))
    for start, end in spans:
        a, b = sentence.start + start, sentence.start + end
        found = _before(sentence, register, subjects, a, b) or _behind(
            sentence, register, subjects, a, b
        )
        if found is None and speaker is not None and _resumed(sentence.text, start):
            found = Quoted(speaker.subject, speaker.cue, a, b)
        cut = (
            re.search(r",[\"”»]?\Z", sentence.text[start:end])
            or sentence.text[end : end + 1] == ","
        )
        long = len(sentence.text[start:end].split()) >= _LEAST or (cut and found is not None)
        if found is not None and (long or speaker is not None):
            speaker = found
            yield found


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans between quotation marks; one that is not closed runs to the end."""
    at = 0
    closing = _CLOSES.match(text)
    if closing is not None:  # begun in the sentence before
        yield 0, closing.end()
        at = closing.end()
    while match := _OPEN.search(text, at):
        mark = match.group()
        close = "''" if mark == "``" else _PAIRS[mark]
        end = text.find(close, match.end())
        at = end + len(close) if end >= 0 else len(text)
        yield match.start(), at


def _single(text: str) -> Iterator[tuple[int, int]]:
    """Spans between single marks; apostrophes within words close none."""
    for match in _SINGLE.finditer(text):
        if len(match.group().split()) >= _LEAST:
            yield match.span()


def _resumed(text: str, start: int) -> bool:
    return bool(
        _INTRODUCED.search(text[:start]) or SPEAKING.search(text[max(0, start - 16) : start])
    )


def _before(
    sentence: Sentence, register: Register, subjects: Subjects, start: int, end: int
) -> Quoted | None:
    """As in "A wrote – '...'", "leading A to observe – '...'", "in the words of A, '...'"."""
    text = sentence.text[: start - sentence.start]
    if not _LED_IN.search(text) and not SPEAKING.search(text[-24:]):
        return None
    verbs = list(SPEAKING.finditer(text[-200:]))
    offset = sentence.start + max(0, len(text) - 200)
    for verb in reversed(verbs):
        at = offset + verb.start()
        if '"' in text[at - sentence.start :]:
            break
        if _PASSIVE.search(text[: at - sentence.start]):
            continue  # "who has been called the '...'": by others
        subject = _subject_of(sentence, register, subjects, at)
        if subject is not None:
            return Quoted(subject, (at, offset + verb.end()), start, end)
    words_of = _WORDS_OF.search(text)
    if words_of:
        found = register.within(sentence.start + words_of.end(), start)
        holders = [(m, n) for m, n in found if n.kind != "place"]
        if holders:
            mention, named = holders[-1]
            cue = (sentence.start + words_of.start(), sentence.start + words_of.end())
            return Quoted(Subject((named,), mention.start, mention.end), cue, start, end)
    if re.search(r"[:–—]\s*$", text):
        return _opener(sentence, register, subjects, start, end)
    return None


def _subject_of(
    sentence: Sentence, register: Register, subjects: Subjects, at: int
) -> Subject | None:
    k = next((k for k, word in enumerate(sentence.words) if word.start >= at), 0)
    if k and sentence.words[k - 1].text == "to":
        found = [(m, n) for m, n in register.within(sentence.start, at) if n.kind != "place"]
        if found and at - found[-1][0].end < 8:
            return _of(found[-1])
    if k and sentence.words[k].text.endswith("ing"):
        found = [(m, n) for m, n in register.within(sentence.start, at) if n.kind == "person"]
        near = [pair for pair in found if at - pair[0].end <= 3]
        return _of(near[-1]) if near else _of(found[0]) if found else None
    subject = subjects.of(sentence, k) if k else None
    known = subject is not None and (subject.holders or subject.voice or subject.pronoun)
    return subject if known else None


def _of(pair: tuple[object, Named]) -> Subject:
    mention, named = pair
    return Subject((named,), mention.start, mention.end)  # type: ignore[attr-defined]


def _opener(
    sentence: Sentence, register: Register, subjects: Subjects, start: int, end: int
) -> Quoted | None:
    """Whoever opens the last clause before a dash or a colon that leads to the quotation."""
    text = sentence.text[: start - sentence.start]
    clause = sentence.start + max(text.rfind("; ") + 2 if "; " in text else 0, 0)
    sent = _FROM.search(text)
    sender = register.within(sentence.start + sent.end(), start) if sent else []
    if sender and sender[-1][1].kind == "person" and start - sender[-1][0].end <= _NEAR:
        return Quoted(_of(sender[-1]), (sender[-1][0].start, sender[-1][0].end), start, end)
    joined = list(_JOINED.finditer(text, clause - sentence.start))
    if joined and register.at(sentence.start + joined[-1].end()) is not None:
        clause = sentence.start + joined[-1].end()  # "to join B was no use, and A soon added: ..."
    found = [(m, n) for m, n in register.within(clause, start) if n.kind == "person"]
    title = subjects.titled(sentence, clause, found[0][0].start if found else start)
    subject = title or (_of(found[0]) if found else None)
    if subject is None:
        return None
    return Quoted(subject, (subject.start, subject.end), start, end)


def _behind(
    sentence: Sentence, register: Register, subjects: Subjects, start: int, end: int
) -> Quoted | None:
    """As in "'...', replied the Duke", "'...', he later wrote"."""
    base = sentence.start
    text = sentence.text[end - base - 1 :]
    match = _AFTER.match(text)
    if match is not None:
        at = end - 1 + match.end()
        verb = (end - 1 + match.start("verb"), end - 1 + match.end("verb"))
        title = subjects.titled(sentence, at - 1, at + 2)
        if title is not None:
            return Quoted(title, verb, start, end)
        spoken = _craft(sentence, at)
        if spoken is not None:
            return Quoted(spoken, verb, start, end)
        named = [(m, n) for m, n in register.within(end, sentence.end) if n.kind != "place"]
        if named and named[0][0].start - at <= 40 and not _comma(sentence, at, named[0][0].start):
            return Quoted(_of(named[0]), verb, start, end)
    lead = _AFTER_NAME.match(text)
    verb_at = SPEAKING.search(text[:80])
    if lead is None or verb_at is None or re.search(r"[,;.]\s", text[lead.end() : verb_at.start()]):
        return None
    at = end - 1 + verb_at.start()
    k = next((k for k, word in enumerate(sentence.words) if word.start >= at), 0)
    subject = subjects.of(sentence, k) if k else None
    if subject is None or not (subject.holders or subject.voice or subject.pronoun):
        return None
    if subject.start < end - 1:
        return None
    return Quoted(subject, (at, end - 1 + verb_at.end()), start, end)


def _craft(sentence: Sentence, at: int) -> Subject | None:
    """As in "'...', said the British major commanding the guns": no name, a voice."""
    words = [word for word in sentence.words if word.start >= at - 1]
    while words and words[0].text in ("the", "a", "an", "one"):
        words = words[1:]
    if len(words) < 2 or words[0].text not in DEMONYM:
        return None
    first = next(n for n, word in enumerate(sentence.words) if word is words[0])
    return voice(sentence.words, first + 1)


def _comma(sentence: Sentence, start: int, end: int) -> bool:
    return bool(
        re.search(r"[;.]\s|\bthat\b", sentence.text[start - sentence.start : end - sentence.start])
    )
