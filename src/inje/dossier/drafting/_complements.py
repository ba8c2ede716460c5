"""What an attributing verb attributes: the span of its content and the addressee."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier.drafting._at_once import at_once, behind_relative, goes_on
from inje.dossier.drafting._clausal import QUOTES, clause_like, finite
from inje.dossier.drafting._cues import AMBIGUOUS, DECIDED, Cue, verb_at
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._infinitives import asked_to, past_phrase
from inje.dossier.drafting._judging import compared_from, judged_from, likened_from
from inje.dossier.drafting._late_clauses import ASKED, late_clause, past_time
from inje.dossier.drafting._objects import is_said
from inje.dossier.drafting._passages import Sentence, Word

__all__ = ["QUOTES", "Content", "content_end", "content_of", "goes_on"]

#: start and end in the clean text, and to whom it is said
Content = tuple[int, int, tuple[Named, ...]]
_PRONOUNS = frozenset("it him her them this that so".split())
_PREPOSITIONS = frozenset("by in on at from under during before after within".split())
#: verbs that do what they say: the act is the content
_PERFORMED = frozenset(["declare", "proclaim", "announce"])
_BOUNDARY = re.compile(
    r"; |, (?:but|while|whereas|although|though|and (?:that )?(?=he |she |they )|and (?:then |"
    r"later |also )?(?=[a-z]{3,12}ed ))"
)


def content_of(
    sentence: Sentence,
    words: Sequence[Word],
    k: int,
    cue: Cue,
    register: Register,
    *,
    relative: bool = False,
) -> Content | None:
    """What is said by the verb at word `k`, and to whom; None where it is used otherwise.

    `relative` where the object stands before: "the hill, which he thought impregnable".
    """
    following = words[k + 1].text if k + 1 < len(words) else ""
    if following == ":":
        return _after_colon(sentence, words, k, register)
    if following == "that" and ("that" in cue.complements or verb_at(words, k) in DECIDED):
        pronoun = (
            k + 2 < len(words)
            and words[k + 2].text in (",", ";", ")")
            and not (words[k + 3 : k + 4] and words[k + 3].text in _ASIDES)
        )
        return None if pronoun else _from(sentence, words, k + 2)
    if following in ("this", "it", "so") and k + 2 < len(words) and words[k + 2].text in ",;.":
        return None  # "those who said this, it was the captains"
    if (at := at_once(words, k, cue) or late_clause(words, k, cue)) > 0:
        return _from(sentence, words, at)
    for complement, find in _FINDERS:
        if following and complement in cue.complements:
            content = find(sentence, words, k, cue, register)
            if content is not None or not cue.complements & _OPEN:
                return content
    return _from(sentence, words, k + 1) if relative and behind_relative(words, k, cue) else None


#: what opens an insertion behind "that": "asserts that, in hindsight, ..."
_ASIDES = frozenset(
    "in on at by after before despite although though if when for as during with since until while "
    "because given unless without having contrary whatever far even once apart thanks from "
    "unlike under to".split()
)
#: a verb with one of these may have its content in another form
_OPEN = frozenset(["told", "object", "that", "as", "judged", "gerund", "infinitive"])


def _after_colon(sentence: Sentence, words: Sequence[Word], k: int, register: Register) -> Content:
    told = _named_to(sentence, k, register)
    if k + 2 < len(words):
        return words[k + 2].start, content_end(sentence, words[k + 2].start), told
    return sentence.start, sentence.body_end, told


def _as(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, _register: Register
) -> Content | None:
    at = likened_from(words, k)
    return _from(sentence, words, at) if at else None


def _any(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, _register: Register
) -> Content | None:
    """Whatever stands behind the verb, where the cue was known by it."""
    return _from(sentence, words, k + 1)


def _compared(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, _register: Register
) -> Content | None:
    at = compared_from(words, k)
    return _from(sentence, words, at) if at else None


def _judged(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, _register: Register
) -> Content | None:
    at = judged_from(words, k)
    first = k if verb_at(words, k) in _PERFORMED else at
    return _from(sentence, words, first) if at else None


def _gerund(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, _register: Register
) -> Content | None:
    """As in "recalled seeing the colonel fall"."""
    if words[k + 1].capital and k + 3 < len(words) and words[k + 2].text.endswith("ing"):
        k += 1  # "remembered Karl complaining of the cold"
    text = words[k + 1].text
    doing = text.endswith("ing") and text.islower() and len(text) > 4 and text not in _NO_GERUND
    following = words[k + 2].text if k + 2 < len(words) else "."
    ends = following in (";", ".") or (following == "," and cue.kind == "report")
    return _from(sentence, words, k + 1) if doing and not ends else None


_NO_GERUND = frozenset(
    "nothing something anything everything morning evening during including regarding concerning "
    "following according".split()
)


def _object(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, _register: Register
) -> Content | None:
    verb = verb_at(words, k)
    if "that" in cue.complements and words[k + 1].text == "," and k + 2 < len(words):
        return _from(sentence, words, k + 2) if words[k + 2].text[0] in QUOTES else None
    if words[k + 1].text[0] in QUOTES:
        return _from(sentence, words, k + 1)
    if verb in AMBIGUOUS and not (verb == "report" and is_said(words, k + 1, verb)):
        return _that_soon(sentence, words, k)
    if words[k + 1].text == "war":
        return None  # "declared war"
    likened = likened_from(words, k)
    said = words[k + 1].text not in _PREPOSITIONS | {"nothing"}
    if verb == "say" and said and len(words) - k > _LEAST_SAID and clause_like(words, k + 1):
        return _from(sentence, words, k + 1)  # "said the finds show that"
    at = k + 2 if words[k + 1].text == "for" else past_time(words, k) + 1
    clause = "that" in cue.complements and _bare_clause(words, k)
    if not _object_like(words, at) or not (likened or clause or is_said(words, at, verb)):
        return None
    return _from(sentence, words, k if verb in _PERFORMED else at)


#: words behind "said" from which on a clause without "that" is likely
_LEAST_SAID = 6


def _that_soon(sentence: Sentence, words: Sequence[Word], k: int) -> Content | None:
    """As in "records, in a later chapter, that ..."; else the verb has another sense.

    Or "called his conduct '...'", where what he called it is quoted.
    """
    if verb_at(words, k) == "call":
        near = words[k + 1 : k + 18]
        stop = next((n for n, w in enumerate(near) if w.text in (",", ";", ".")), len(near))
        quoted = any(word.text[0] in QUOTES for word in near[:stop])
        return _from(sentence, words, k + 1) if quoted else None
    for at in range(k + 1, min(k + 9, len(words) - 1)):
        if words[at].text == "that" and words[at - 1].text in (",", ")", "explicitly"):
            return _from(sentence, words, at + 1)
    return None


def _clause(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, _register: Register
) -> Content | None:
    if words[k + 1].text in (",", "–", "-", "—") and k + 2 < len(words):
        if words[k + 2].text[0] in QUOTES:
            return _from(sentence, words, k + 2)
        if words[k + 1].text != ",":
            return None
    if words[k + 1].text[0] in QUOTES:
        return _from(sentence, words, k + 1)
    plain = verb_at(words, k) in _PLAIN and clause_like(words, k + 1) and finite(words, k + 1)
    if verb_at(words, k) in AMBIGUOUS and not plain:
        return _that_soon(sentence, words, k)
    bare = cue.kind != "order" and _bare_clause(words, k)
    return _from(sentence, words, k + 1) if bare else None


#: of verbs with other senses these may have a clause without "that": "assumed the guns were his"
_PLAIN = frozenset("assume note state report add reply reveal judge answer".split())


def _bare_clause(words: Sequence[Word], k: int) -> bool:
    """Whether a clause without "that" follows: "thought it was lost", "believed to be A's"."""
    following = [word.text for word in words[k + 1 : k + 10]]
    if following[:2] in (["to", "be"], ["to", "have"]):
        return True
    if following[:1] and following[0] in ("himself", "herself", "themselves", "itself"):
        return True
    if not clause_like(words, k + 1):
        return False
    return following[0] in ("he", "she", "they", "it", "there") or finite(words, k + 1)


def _infinitive(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, register: Register
) -> Content | None:
    if words[k + 1].text in _HOWEVER and words[k + 2 : k + 3] and words[k + 2].text == "to":
        k += 1  # "decided instead to slip away"
    if words[k + 1].text in _PREPOSITIONS | {"with"}:
        at = past_phrase(words, k) if cue.kind == "intention" else 0
        return _from(sentence, words, at + 1) if at else None
    if words[k + 1].text == "not" and k + 2 < len(words) and words[k + 2].text == "to":
        return _from(sentence, words, k + 1)
    if words[k + 1].text == "to" and verb_at(words, k) == "threaten" and _moves(words, k + 2):
        return None  # "threatened to turn the left"
    if words[k + 1].text == "to":
        return (
            _from(sentence, words, k + 2)
            if cue.kind == "intention"
            else _from(sentence, words, k + 1)
        )
    wanted = cue.kind in ("order", "proposal", "statement") or verb_at(words, k) in _WANTED
    at = asked_to(words, k) if wanted else 0
    if at:
        named = register.within(words[k + 1].start, words[at].start)
        return (
            words[k].start if words[k].text.endswith("ing") else words[k + 1].start,
            content_end(sentence, words[at].start),
            tuple(n for _, n in named),
        )
    if "object" not in cue.complements or {"that"} & cue.complements:
        return None  # to be looked for as an object
    at = k + 2 if words[k + 1].text == "for" else k + 1
    ok = _object_like(words, at) and is_said(words, at, verb_at(words, k))
    return _from(sentence, words, at) if ok else None


_HOWEVER = frozenset(
    "instead however therefore then now also rather again nevertheless accordingly merely once".split()
)
#: as in "wanted the event to be held in Athens"
_WANTED = frozenset("want wish intend mean expect tell remind desire warn caution signal".split())


def _moves(words: Sequence[Word], at: int) -> bool:
    """Whether a verb tells what a force does, and nobody says: "to outflank"."""
    return at < len(words) and words[at].text in _MOVES


_MOVES = frozenset(
    "turn outflank cut break overrun surround envelop engulf roll flank encircle overwhelm swamp become spread".split()
)


def _told(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, register: Register
) -> Content | None:
    nobody = [word.text for word in words[k + 1 : k + 3]] == ["no", "one"]
    if nobody or words[k + 1].text in ("in", "by", "of", "nobody", "none", "nothing"):
        return None
    for at in range(k + 1, min(k + 40, len(words))):
        text = words[at].text
        opens = (
            text == "that"
            or text in ASKED
            or (text in ("of", "about", "if", "against") and k + 1 < at < k + 7)
        )
        if opens and at + 1 < len(words):
            plain = "," not in [word.text for word in words[k:at]] and at <= k + 4
            any_of = plain and verb_at(words, k) in _TELLING_OF
            if (
                text in ("of", "about", "against")
                and not any_of
                and not is_said(words, at + 1, "tell")
            ):
                continue
            named = register.within(words[k].end, words[at].start)
            told = tuple(n for _, n in named[:1])
            begin = at if text in ASKED | {"if"} else at + 1
            return words[begin].start, content_end(sentence, words[begin].start), told
        if text in _ENDED:
            return None
    return None


#: these are of anything: "reminded them of their fathers' deeds"
_TELLING_OF = frozenset("remind apprise inform notify warn".split())
_ENDED = frozenset(
    "but while ; : was were is are had has have would could should might may will can did must been "
    "be showed began went came made took".split()
)


def _named_to(sentence: Sentence, k: int, register: Register) -> tuple[Named, ...]:
    """The person after "with" or "to" before the verb: "in a letter to A, wrote:"."""
    found = register.within(sentence.start, sentence.words[k].start)
    for mention, named in reversed(found):
        before = sentence.text[: mention.start - sentence.start].rstrip()
        if before.endswith((" with", " to")) and named.kind == "person":
            return (named,)
    return ()


def _from(sentence: Sentence, words: Sequence[Word], at: int) -> Content | None:
    while at < len(words) and words[at].text == ",":
        at += 1
    if at >= len(words) or words[at].start >= sentence.body_end:
        return None
    if words[at].end >= sentence.body_end and words[at].text.lower() in _PRONOUNS:
        return None
    start = words[at].start
    end = content_end(sentence, start)
    return (start, end, ()) if end > start else None


def content_end(sentence: Sentence, start: int) -> int:
    """End of the content: the clause boundary, or the end of the sentence."""
    match = _BOUNDARY.search(sentence.text, start - sentence.start)
    return min(sentence.start + match.start(), sentence.body_end) if match else sentence.body_end


_NO_OBJECT = frozenset("by in on at to as with from and until into onto for".split())


def _object_like(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    text = words[at].text
    if text.endswith("ly") and at + 1 < len(words) and words[at + 1].text in (",", ".", ";"):
        return False  # "had promised unconditionally, but"
    return text.lower() not in _NO_OBJECT | {"nothing"} and (text[0].isalnum() or text[0] in QUOTES)


#: complement -> how its content is found, in the order in which they are tried
_FINDERS = (
    ("figure", _any),
    ("told", _told),
    ("as", _as),
    ("likened", _compared),
    ("infinitive", _infinitive),
    ("judged", _judged),
    ("gerund", _gerund),
    ("object", _object),
    ("that", _clause),
)
