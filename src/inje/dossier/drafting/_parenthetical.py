"""Who says what stands around him: "the marsh, Weber believes, had dried up", "as Weber notes".

The verb stands at the end of the sentence or before a comma, and its subject behind a comma, a
dash, a bracket or "as"; the rest of the clause is what is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._clausal import QUOTES, finite_word
from inje.dossier.drafting._cue_phrases import cue_at
from inje.dossier.drafting._cues import CUES, LEMMAS, Cue
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._late_clauses import past_time
from inje.dossier.drafting._lexicon import OFFICES
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["parentheses"]

_CLOSES = frozenset([",", ".", ")", "–", "—", ";"])
_OPENS = frozenset([",", "–", "—", "(", ";"])
_KINDS = frozenset(["statement", "inference", "report", "belief", "fear", "proposal"])
#: as in "as explored by A", where the verb is none of saying
_SHOWN = frozenset(
    "seen shown explored discussed demonstrated illustrated observed outlined documented".split()
)
#: with nothing behind them these tell what happened
_DOING = frozenset(
    "hold find see rate prove establish record relate threaten signal oppose support".split()
)
#: behind one of these it is not told who says it: "it is thought"
_PASSIVE = frozenset("is are was were be been being".split())
_LEAST = 3
_SUBORDINATING = frozenset(
    "When After As Although Though While Before Once Because Since Whenever".split()
)
#: what begins a clause right before an insertion
_JOINING = frozenset("since because that for so though although while whereas".split())
_ARTICLES = frozenset("both the The some most many a an one another".split())


def parentheses(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Held]:
    """All parenthetical attributions of a sentence."""
    words = sentence.words
    for k in range(1, len(words)):
        yield from _as_by(sentence, register, k)
        yield from _inverted(sentence, subjects, k)
        cue, last = cue_at(words, k)
        if words[k].text == "has" and words[k + 1 : k + 2] and words[k + 1].text == "it":
            cue, last = CUES["states"], k + 1  # "as tradition has it, ..."
        likened = bool({"as", "As"} & {w.text for w in words[max(0, k - 6) : k]})
        told = cue is not None and (cue.kind in _KINDS or (cue.kind == "order" and likened))
        if cue is None or not told or words[k].text.endswith("ing"):
            continue
        if LEMMAS.get(words[k].text) in _DOING:
            continue  # "the mill would have held."
        if words[k - 1].text in _PASSIVE or last + 1 == len(words):
            continue
        last = _past_phrase(words, k, past_time(words, last))
        if last + 1 == len(words) or words[last + 1].text not in _CLOSES:
            continue
        found = _around(sentence, subjects, k, last, cue)
        if found is not None:
            yield found


def _past_phrase(words: Sequence[Word], k: int, last: int) -> int:
    """Index of the last word of a phrase behind "as he stated": "in a note to the committee"."""
    near = [word.text for word in words[max(0, k - 9) : k]]
    if not {"as", "As"} & set(near) or words[last + 1].text not in _PHRASES:
        return last
    for at in range(last + 2, min(last + 10, len(words))):
        if words[at].text in _CLOSES:
            return at - 1
        if finite_word(words[at].text) or words[at].text == "that":
            return last
    return last


_PHRASES = frozenset("in to at during from on after before with".split())
#: verbs that stand before who says it: "..., wrote an officer, ..."
_INVERTED = frozenset(
    "wrote said writes says noted notes recalled recalls reported reports remembered argued argues claimed "
    "claims complained explained explains believed thought told added observed remarked insisted declared".split()
)


def _inverted(sentence: Sentence, subjects: Subjects, k: int) -> Iterator[Held]:
    """As in "The cavalry, wrote an English officer, came on like a wave"."""
    words = sentence.words
    if words[k].text not in _INVERTED or words[k - 1].text not in (",", "–", "—"):
        return
    quoted = k > 1 and words[k - 2].text in ('"', "”", "'", "’")
    for close in range(k + 2, min(k + 9, len(words))):
        if words[close].text not in _CLOSES:
            continue
        subject = subjects.of(sentence, close) if not quoted else None
        if subject is not None and (subject.holders or subject.voice):
            first = next(n for n, word in enumerate(words) if word.start >= subject.start)
            while first > k + 1 and words[first - 1].text in OFFICES | _WRITERS:
                first -= 1  # "says historian Anna Weber"
            if first - (words[first - 1].text in _ARTICLES) == k + 1:
                start, end = _span(sentence, words, k - 1, close - 1)
                kind: ClaimKind = CUES[words[k].text].kind
                yield Held(kind, subject, (words[k].start, words[k].end), start, end)
        return


_WRITERS = frozenset("historian author biographer scholar professor writer chronicler".split())


def _around(sentence: Sentence, subjects: Subjects, k: int, last: int, cue: Cue) -> Held | None:
    words = sentence.words
    subject = subjects.of(sentence, k, broad=True)
    if subject is None or not (subject.holders or subject.voice or subject.pronoun):
        return None
    if subject.voice in ("one", "those"):
        return None  # "the one mentioned in the legend"
    first = next((n for n, word in enumerate(words) if word.start >= subject.start), 0)
    while first and words[first - 1].text in _ARTICLES:
        first -= 1
    likened = first > 0 and words[first - 1].text in ("as", "As", "so")
    opener = first - 1 - likened
    opened = opener < 0 or words[opener].text in _OPENS or likened
    ends = words[last + 1].text == "." and last + 2 >= len(words)
    if ends and words[0].text in _SUBORDINATING and not likened:
        return None  # "When asked whether he would yield, A swore."
    if {"not", "never", "n't"} & {w.text for w in words[first:k]}:
        return None  # "A did not reply"
    if not opened or (opener < 0 and not likened) or (first == 0 and not likened):
        return None
    if any(one.text[0] in QUOTES for one in words[:k]) and "”" in sentence.text + '"':
        closing = sentence.text[: subject.start - sentence.start].rstrip(" ,")
        if closing.endswith(('"', "”")):
            return None  # a quotation and its speaker
    start, end = _span(sentence, words, max(opener, 0), last)
    if start >= end:
        return None
    kind: ClaimKind = cue.kind
    return Held(kind, subject, (words[k].start, words[last].end), start, end)


def _span(sentence: Sentence, words: Sequence[Word], opener: int, last: int) -> tuple[int, int]:
    """The clause around: all of the sentence between its semicolons, what follows if it opens."""
    before = sentence.text[: words[opener].start - sentence.start]
    after = sentence.text[words[last].end - sentence.start :]
    start = sentence.start + (before.rfind("; ") + 2 if "; " in before else 0)
    stop = after.find("; ")
    end = words[last].end + stop if stop >= 0 else sentence.body_end
    told = len(after.strip(" .,;)")) >= _LEAST
    joined = words[opener - 1].text if opener else ""
    if told and words[opener].text == "," and joined in _JOINING:
        start = words[min(last + 2, len(words) - 1)].start  # "since, as A had warned, it was held"
    elif opener == 0 and words[opener].text in ("as", "As", *QUOTES):
        start = words[min(last + 2, len(words) - 1)].start
    elif not told:
        end = words[opener].start
    return start, min(end, sentence.body_end)


def _as_by(sentence: Sentence, register: Register, k: int) -> Iterator[Held]:
    """As in "as reported by Korn, ..."."""
    words = sentence.words
    if words[k - 1].text not in ("as", "As") or k + 2 >= len(words) or words[k + 1].text != "by":
        return
    if words[k].text not in _SHOWN and words[k].text not in LEMMAS:
        return
    at = k + 2 + (words[k + 2].text in ("the", "a", "an"))
    named = register.at(words[at].start) if at < len(words) else None
    subject = voice(words, at) if at < len(words) else None
    if named is not None and named.kind != "place":
        mention = next(m for m, n in register.within(words[at].start, sentence.end) if n is named)
        subject = Subject((named,), mention.start, mention.end)
    if subject is None:
        return
    cue = (words[k].start, words[k].end)
    last = next((n for n, word in enumerate(words) if word.end >= subject.end), k + 2)
    start, end = _span(sentence, words, k - 1, last)
    if start < end:
        yield Held("statement", subject, cue, start, end)
