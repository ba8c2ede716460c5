"""States of mind: "was against this", "convinced that it was lost, A fled", "eager to attack"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._clausal import finite, finite_word
from inje.dossier.drafting._complements import content_end
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._no_verbs import MODALS, is_adverb
from inje.dossier.drafting._participles import opening_behind, participle_subject
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject

__all__ = ["states"]

_BE = frozenset(
    "was were is are became become becomes been grew grows remained remains felt seemed".split()
)
_STATES: dict[str, ClaimKind] = {
    **dict.fromkeys(
        "against opposed convinced confident certain sure aware suspicious satisfied doubtful hopeful "
        "sceptical skeptical unaware mindful adamant optimistic pessimistic persuaded unsure uncertain "
        "dissatisfied displeased unhappy furious disappointed surprised astonished dismayed delighted "
        "dubious critical contemptuous insistent emphatic scornful unimpressed".split(),
        "belief",
    ),
    **dict.fromkeys(
        "concerned worried alarmed anxious reluctant unwilling keen eager desperate impatient "
        "loath inclined disposed minded tempted".split(),
        "belief",
    ),
    **dict.fromkeys("afraid fearful apprehensive".split(), "fear"),
    "determined": "intention",
    "intent": "intention",
    "bent": "intention",
    "resolute": "intention",
}
#: with "to" these tell what somebody wants
_WANTING = frozenset(
    "anxious keen eager desperate impatient determined resolute inclined disposed minded tempted".split()
)
#: "was in favour of", "were all for": what somebody is for
_FOR = re.compile(
    r"\b(?:was|were|is|are|remained|been) (?P<cue>(?:strongly |very much |still )?in favou?r of|all for|"
    r"(?:strongly |firmly )?for(?= (?:immediate|an immediate|attack|retreat|withdraw|surrender|peace|"
    r"going|holding|fighting|falling|pressing|waiting|sending)\w*\b)|"
    r"under no illusions?|at one with|in two minds|of one mind) "
)
_BEHIND = frozenset("on upon that of to about for at over lest in not whether than with".split())
_OPENING = frozenset("on upon that of to about for lest in at over".split())
#: a clause without "that": "Convinced he was lost, he fled"
_BARE = frozenset("he she they it his her their the".split())


def states(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Held]:
    """All states of mind of a sentence."""
    words = sentence.words
    for k in range(len(words) - 1):
        text = words[k].text if k else words[k].text.lower()
        kind = _STATES.get(text)
        if kind is None or not _complemented(words, k, text):
            continue
        joined, adjoined = _joined(words, k), _adjoined(words, k, text)
        opens = k == 0 or joined or adjoined or words[k - 1].text in (",", "–", "—")
        subject = opening_behind(sentence, register, subjects) if k == 0 or joined else None
        if subject is None and opens and k:
            subject = participle_subject(sentence, words, k, register, subjects)
            if subject is not None and subject.end < words[k - 1].start - 1:
                subject = None  # only whoever stands right before the comma
        if subject is None and (being := _being(words, k)):
            subject = participle_subject(sentence, words, being, register, subjects)
        if subject is None and (of := _second(words, k)):
            subject = subjects.of(sentence, of)
        behind = opens and k and subject is None and text in _WANTING and words[k + 1].text == "to"
        if behind or adjoined:
            subject = subjects.opening(sentence, words[k].start)
        subject = subject or _inverted(sentence, words, k, register)
        subject = subject or subjects.of(sentence, k if opens else _verb_before(words, k))
        if subject is None or not (subject.holders or subject.pronoun or subject.voice):
            continue
        wanting = text in _WANTING and words[k + 1].text == "to"
        wanting = wanting or text in ("intent", "bent")
        kind = "intention" if wanting else "belief" if kind == "intention" else kind
        first = k if opens else _asked_back(words, k) or _verb_before(words, k)
        start = min(subject.start, words[first].start) if wanting else words[first].start
        end = content_end(sentence, words[k].end)
        yield Held(kind, subject, (words[first].start, words[k].end), start, end)
    yield from _favouring(sentence, subjects)


def _favouring(sentence: Sentence, subjects: Subjects) -> Iterator[Held]:
    """As in "was in favour of an attack", "was all for holding the mill"."""
    for match in _FOR.finditer(sentence.text):
        at = sentence.start + match.start()
        k = next(n for n, word in enumerate(sentence.words) if word.start >= at)
        subject = subjects.of(sentence, k)
        if subject is None or not (subject.holders or subject.pronoun or subject.voice):
            continue
        end = content_end(sentence, sentence.start + match.end())
        yield Held("belief", subject, (at, sentence.start + match.end() - 1), at, end)


def _joined(words: Sequence[Word], k: int) -> bool:
    """As in "Convinced that it was lost and eager to save his guns, A fled": the second of two."""
    first = words[0].text.lower()
    return (
        k > 1
        and words[k - 1].text == "and"
        and (first in _STATES or first.endswith("ing"))
        and "," in [word.text for word in words[k:]]
    )


def _second(words: Sequence[Word], k: int) -> int:
    """Index of the "were" of "were grateful for it and anxious to fight"; else 0."""
    if k < 4 or words[k - 1].text not in ("and", "but"):
        return 0
    for at in range(k - 3, max(k - 14, 0), -1):
        text = words[at].text
        if text in ("was", "were", "is", "are"):
            return 0 if words[at + 1].text.endswith(("ed", "ing")) else at
        if not text.isalpha() or (finite_word(text) and not text.endswith("s")):
            return 0
    return 0


def _being(words: Sequence[Word], k: int) -> int:
    """Index of the "being" of "he marched off, being eager to fight"; else 0."""
    at = _verb_before(words, k)
    return at if words[at].text == "being" and words[at - 1].text in (",", "–", "—") else 0


def _asked_back(words: Sequence[Word], k: int) -> int:
    """Index of the "was" of "only then was Karl certain", "nor was he aware"; else 0."""
    for at in range(k - 1, max(k - 6, 0), -1):
        if words[at].text in ("was", "were", "is", "are"):
            named = words[at + 1].capital or words[at + 1].text in ("he", "she", "they", "the")
            begun = {w.text for w in words[:at]} & _BACKWARDS
            return at if at + 1 < k and named and begun else 0
        if not words[at].text[0].isalpha():
            return 0
    return 0


#: behind one of these the verb comes before its subject
_BACKWARDS = frozenset("Only Not Nor nor Never Neither Rarely Seldom Hardly So Scarcely".split())


def _inverted(
    sentence: Sentence, words: Sequence[Word], k: int, register: Register
) -> Subject | None:
    """As in "Only at noon was Karl certain that": who is named between "was" and the state."""
    at = _asked_back(words, k)
    found = register.within(words[at + 1].start, words[k].start) if at else []
    if not found or found[0][1].kind == "place" or sentence.words[k].start - found[0][0].end > 12:
        return None
    mention, named = found[0]
    return Subject((named,), mention.start, mention.end)


#: behind these a clause may stand without "that"
_SURE = frozenset("sure certain confident convinced afraid aware".split())
#: of these one may be while one does something: "rejoined the fleet convinced that"
_ADJOINED = frozenset("convinced confident unaware persuaded".split())


def _adjoined(words: Sequence[Word], k: int, text: str) -> bool:
    """As in "A rejoined the fleet convinced he had scored": a state behind what one does."""
    if text not in _ADJOINED or k < 2 or not words[k - 1].text.isalpha():
        return False
    if words[_verb_before(words, k)].text in _BE:
        return False
    following = words[k + 1].text
    return following == "that" or (following in _BARE and finite(words, k + 1))


def _verb_before(words: Sequence[Word], k: int) -> int:
    """Index of the "was" before a state, adverbs left out: "was firmly convinced"."""
    at = k - 1
    while at > 0 and (is_adverb(words[at].text) or words[at].text in _ADVERBS):
        at -= 1
    return at


_ADVERBS = frozenset(
    "so not very too also still now quite much more most already long never".split()
)


def _complemented(words: Sequence[Word], k: int, text: str) -> bool:
    """Whether a state is said of somebody, with what it is about."""
    following = words[k + 1].text
    if following == "by" or MODALS & {w.text for w in words[max(0, k - 4) : k]}:
        return False
    if text in ("intent", "bent") and following not in ("on", "upon"):
        return False
    if k == 0 or _joined(words, k) or words[k - 1].text in (",", "–", "—"):
        bare = k == 0 and following in _BARE and finite(words, k + 1)
        wanting = text == "determined" and following == "to"
        return (following in _OPENING or bare or wanting) and text not in ("against", "opposed")
    if _adjoined(words, k, text):
        return True
    known = _asked_back(words, k) or _being(words, k) or _second(words, k)
    if words[_verb_before(words, k)].text not in _BE and not known:
        return False
    sure = text in _SURE and following in _BARE and finite(words, k + 1)
    return sure or following in _BEHIND or text in ("against", "opposed")
