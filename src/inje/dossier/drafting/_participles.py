"""Whose is a participle: "..., claiming that", "A writing how", "realising that ..., A fled"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier.drafting._clausal import clause_starts, finite_word
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Sentence, Word
from inje.dossier.drafting._subjects import Subjects
from inje.dossier.drafting._voices import Subject, voice

__all__ = ["free_participle", "opening_behind", "participle_subject"]

_BEFORE_PARTICIPLE = frozenset([",", "–", "—", "-", "(", "and", "but"])
_QUOTE_ENDS = frozenset(['"', "”", "»", "'", "’"])
_ADVERBS = frozenset(
    "not never only merely thus thereby also further even perhaps later still again time instead rightly".split()
)
#: "underlined his point by noting that"
_INTRODUCING = frozenset(["by", "while", "when", "in", "after", "before"])
#: "is quoted as saying"
_QUOTED = frozenset("quoted cited recorded remembered reported heard".split())
#: who gets a paper does not say what it says: "received a message describing the defeat"
_GETTING = frozenset(
    "received receives receiving read got opened intercepted captured found".split()
)
_PAPERS = frozenset(
    "message letter dispatch note telegram report envoy messenger despatch order statement signal command "
    "reply answer remark comment report warning memorandum communiqué bulletin proclamation decree directive cable".split()
)
#: of whom one of these is, so is what it says: "issued an order prohibiting"
_MAKING = frozenset(
    "issued issuing released releasing hoisted sent sending wrote writing drafted published transmitted signed "
    "dispatched despatched made gave left circulated added adding delivered".split()
)
#: behind one of these a paper speaks for itself: "misled by a report saying"
_BY = frozenset("by in to from of".split())
_NAMELESS = frozenset("a an the his her their its this that another one".split())


def free_participle(words: Sequence[Word], k: int, register: Register) -> bool:
    """Whether a participle has the subject of the sentence: ", claiming", "a letter saying".

    Or one of its own, as in "..., A writing how".
    """
    while k > 1 and words[k - 1].text in _ADVERBS:
        k -= 1
    if words[k - 1].text in _BEFORE_PARTICIPLE | _INTRODUCING | {";"}:
        return True
    if k > 2 and words[k - 1].text in _QUOTE_ENDS and words[k - 2].text in (",", ".", "!", "?"):
        return True  # "spoke of 'a butchery,' adding"
    if words[k - 1].text == "as" and k > 1 and words[k - 2].text in _QUOTED:
        return True
    named = register.at(words[k - 1].start)
    if named is not None and named.kind == "person":
        return True
    return any(word.text in _PAPERS for word in words[max(0, k - 6) : k])


def participle_subject(
    sentence: Sentence, words: Sequence[Word], k: int, register: Register, subjects: Subjects
) -> Subject | None:
    """As in ", urging them ...": the name before it, else that which opens the sentence.

    "Realising that it was lost, A fled": the names behind the comma.
    """
    if k == 0 or (words[k - 1].text == "and" and _opened(words, k)):
        shared = opening_behind(sentence, register, subjects)
        if k == 0 or (shared is not None and shared.start > words[k].start):
            return shared  # "Judging ... and believing ..., A attacked"
    paper = _teller(sentence, words, k, subjects)
    if paper is not None:
        return paper
    if words[k - 1].text in ("and", "but") and (first := _first_of_two(words, k)):
        return participle_subject(sentence, words, first, register, subjects)
    breaks = [word.end for word in words[:k] if word.text == ";"]
    start = breaks[-1] if breaks else sentence.start
    found = [(m, n) for m, n in register.within(start, words[k].start)]
    found = [(m, n) for m, n in found if n.kind != "place"]
    spoken = subjects.apposed(sentence, k) if words[k - 1].text in _BEFORE_PARTICIPLE else None
    if spoken is not None:
        return spoken
    nearest = _nearest(sentence, words, k, found, register, subjects)
    if nearest is not None:
        return nearest
    opener = None if breaks and found else subjects.opening(sentence, words[k].start)
    if opener is not None or not found:
        return opener or _behind_comma(sentence, words, register)
    return _acting(sentence, found, subjects)


def _teller(
    sentence: Sentence, words: Sequence[Word], k: int, subjects: Subjects
) -> Subject | None:
    """Of whom a paper is that a participle describes, or the paper; who sends it."""
    if words[k - 1].text in _PAPERS:
        if _GETTING & {w.text for w in words[max(0, k - 5) : k]}:
            return Subject((), words[k - 1].start, words[k - 1].end, "", words[k - 1].text)
        if (paper := _of_paper(sentence, words, k - 1, subjects)) is not None:
            return paper
    return _sender(sentence, words, k)


def _first_of_two(words: Sequence[Word], k: int) -> int:
    """Index of the participle before "and" at `k` - 1: ", seeing that, and fearing to be"."""
    for n in range(k - 2, 0, -1):
        if words[n].text in (";", ":", "(", ")"):
            return 0
        if words[n - 1].text in (",", "–", "—") and words[n].text.endswith("ing"):
            return n if n > 1 and len(words[n].text) > _SHORTEST else 0
    return 0


#: "king" and "ring" are no participles
_SHORTEST = 5


def _sender(sentence: Sentence, words: Sequence[Word], k: int) -> Subject | None:
    """Who sends what a participle tells, unnamed: "a letter from that nobleman, informing him"."""
    while k > 1 and words[k - 1].text.endswith("ly"):
        k -= 1
    at = k - 2 if words[k - 1].text == "," else k - 1
    if at < 1 or not words[at].text.isalpha() or not words[at].text[0].islower():
        return None
    noun = words[at]
    pointed = words[at - 1].text in ("that", "this", "same")
    told = Subject((), noun.start, noun.end, "", noun.text) if pointed else voice(words, at)
    lead = sentence.text[: told.start - sentence.start] if told is not None else ""
    return told if _SENT.search(lead) else None


def _opened(words: Sequence[Word], k: int) -> bool:
    """As in "having lost it, and knowing that": another participle before, and no verb yet."""
    if words[0].text.endswith(("ing", "ed")):
        return True
    opens = [n for n in range(1, k) if words[n - 1].text == "," and words[n].text.endswith("ing")]
    return bool(opens) and not any(finite_word(w.text) for w in words[: opens[0]])


def _of_paper(
    sentence: Sentence, words: Sequence[Word], at: int, subjects: Subjects
) -> Subject | None:
    """Who makes the paper that a participle describes, or the paper: "a report saying"."""
    first = at
    while first and (words[first - 1].text.isalpha() and words[first - 1].text not in _NAMELESS):
        if words[first - 1].text in _MAKING | _BY:
            break
        first -= 1
    before = first - 1 if first and words[first - 1].text in _NAMELESS else first
    verb = words[before - 1].text if before else ""
    if verb in _MAKING:
        return subjects.of(sentence, before - 1)
    if verb in _BY and at - first < _LONG:
        start, end = words[first].start, words[at].end
        text = sentence.text[start - sentence.start : end - sentence.start]
        return Subject((), start, end, "", text)
    return None


#: words of a paper's name at most
_LONG = 5


def _acting(
    sentence: Sentence, found: list[tuple[Mention, Named]], subjects: Subjects
) -> Subject | None:
    """The first name that can be a subject, a person rather than the group before him."""
    acting = [pair for pair in found if subjects.acts(sentence, pair[0])]
    if not acting:
        return None
    persons = [pair for pair in acting if pair[1].kind == "person"]
    first = persons[0] if persons and persons[0][0].start - acting[0][0].end < 30 else acting[0]
    mention, named = first
    return Subject((named,), mention.start, mention.end)


def _nearest(
    sentence: Sentence,
    words: Sequence[Word],
    k: int,
    found: list[tuple[Mention, Named]],
    register: Register,
    subjects: Subjects,
) -> Subject | None:
    """The name right before a participle, if it is its own; else that behind an opening phrase.

    As in "A, fearing a trap", "Unknown to the enemy, fearing a trap, A halted".
    """
    near = [pair for pair in found if 0 < words[k].start - pair[0].end <= 2]
    sent = bool(near) and _sends(sentence, near[-1][0])
    near = [pair for pair in near if sent or subjects.acts(sentence, pair[0])]
    opening = words[k - 1].text == "," and not any(finite_word(w.text) for w in words[:k])
    if not near:
        return _behind_comma(sentence, words[k:], register) if opening else None
    if not (sent or _own(words, near[-1][0], k)):
        return None
    mention, named = near[-1]
    return Subject((named,), mention.start, mention.end)


#: "messengers from A asking for a parley"
_SENT = re.compile(
    r"\b(?:messengers?|messages?|letters?|telegrams?|notes?|envoys?|despatch(?:es)?|dispatch(?:es)?|couriers?|"
    r"replies|reply|answers?|assurances?|appeals?|pleas?|promises?|signals?|requests?|heralds?|reports?|word|orders) (?:had (?:come|arrived) |came |arrived )?from (?:the |that |this |his |a |an |the same |one of the |one of his )?$"
)


def _sends(sentence: Sentence, mention: Mention) -> bool:
    """Whether he who is named sends what a participle tells."""
    return _SENT.search(sentence.text[: mention.start - sentence.start]) is not None


def _own(words: Sequence[Word], mention: Mention, k: int) -> bool:
    """Whether the name before a participle is its subject: no verb stands before it.

    As in "A, fearing" and "..., A writing how", not in "B sent a letter to A, asking".
    """
    first = next((n for n, word in enumerate(words) if word.start >= mention.start), k)
    start = next((n for n in clause_starts(words, first) if words[n - 1].text != "and"), 0)
    if words[k - 1].text not in _BEFORE_PARTICIPLE:
        start = max((n + 1 for n in range(first) if words[n].text == ","), default=start)
    return not any(finite_word(word.text) for word in words[start:first])


def opening_behind(sentence: Sentence, register: Register, subjects: Subjects) -> Subject | None:
    """Whose is a participle that opens a sentence: the subject of the main clause."""
    names = _behind_comma(sentence, sentence.words, register)
    if names is not None and not subjects.names_itself(sentence, names.end):
        return _main_subject(sentence, subjects) or names
    return names or _pronoun_behind(sentence, subjects) or _main_subject(sentence, subjects)


def _main_subject(sentence: Sentence, subjects: Subjects) -> Subject | None:
    """As in "Knowing that it was lost, the Austrian commander fled": the voice behind a comma."""
    words = sentence.words
    for comma in (n for n, word in enumerate(words) if word.text == ","):
        for k in range(comma + 2, min(comma + 9, len(words))):
            if not finite_word(words[k].text):
                continue
            found = subjects.of(sentence, k)
            if found is None or not found.voice:
                break
            first = next((n for n, w in enumerate(words) if w.start >= found.start), 0)
            opened = first - (words[first - 1].text in ("the", "his", "a", "their"))
            if opened == comma + 1:
                return found
            break
    return None


def _pronoun_behind(sentence: Sentence, subjects: Subjects) -> Subject | None:
    """As in "Fearing that it was lost, he fled"."""
    words = sentence.words
    for k in range(2, len(words)):
        if words[k - 1].text == "," and words[k].text in ("he", "she", "they"):
            return subjects.of(sentence, k + 1)
    return None


def _behind_comma(sentence: Sentence, words: Sequence[Word], register: Register) -> Subject | None:
    """The first names right behind a comma, in a row: "..., Eugene, Marlborough and Baden met"."""
    for word in words:
        if word.text != ",":
            continue
        row: list[tuple[int, int, Named]] = []
        at = word.end
        for mention, named in register.within(word.end, sentence.end):
            if not row and re.match(
                r"\W*(?:and|but)\b", sentence.text[word.end - sentence.start :]
            ):
                break  # "seeing that his guns were lost, and the Japanese near, he fled"
            gap = sentence.text[at - sentence.start : mention.start - sentence.start]
            if named.kind == "place" or not re.fullmatch(r"\W*(?:(?:and|the|however)\W+)*", gap):
                break
            row.append((mention.start, mention.end, named))
            at = mention.end
        if row:
            return Subject(tuple(named for _, _, named in row), row[0][0], row[-1][1])
    return None
