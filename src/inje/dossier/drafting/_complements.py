"""What an attributing verb attributes: the span of its content and the addressee."""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier.drafting._cues import AMBIGUOUS, Cue
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._passages import Sentence, Word

__all__ = ["QUOTES", "Content", "content_end", "content_of"]

#: start and end in the clean text, and to whom it is said
Content = tuple[int, int, tuple[Named, ...]]
#: verbs that do what they say: the act is the content
_PRONOUNS = frozenset("it him her them this that so".split())
_DECIDED = frozenset(("decided", "resolved", "determined", "intended"))
_PREPOSITIONS = frozenset("by in on at from under during before after within".split())
_PERFORMED = frozenset(("declared", "declares", "proclaimed", "announced"))
QUOTES = '"“«'
_BOUNDARY = re.compile(
    r"; |, (?:but|while|whereas|although|though|and (?:that )?(?=he |she |they )|and (?:then |"
    r"later |also )?(?=[a-z]{3,12}ed ))"
)


def content_of(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, register: Register
) -> Content | None:
    """What is said by the verb at word `k`, and to whom; None where it is used otherwise."""
    following = words[k + 1].text if k + 1 < len(words) else ""
    if following == ":":
        return _after_colon(sentence, words, k, register)
    if following == "that" and ("that" in cue.complements or words[k].text in _DECIDED):
        pronoun = k + 2 < len(words) and words[k + 2].text in (",", ";", ")")
        return None if pronoun else _from(sentence, words, k + 2)
    if (at := _clause_behind(words, k, cue)) > 0:
        return _from(sentence, words, at)
    if words[k].text in _DECIDED and _clause_like(words, k + 1) and _finite(words, k + 1):
        return _from(sentence, words, k + 1)
    for complement, find in _FINDERS:
        if following and complement in cue.complements:
            content = find(sentence, words, k, cue, register)
            if content is not None or not cue.complements & _OPEN:
                return content
    return None


def _clause_behind(words: Sequence[Word], k: int, cue: Cue) -> int:
    """Index of a clause that "that" does not open at once, or another word opens; else 0.

    As in "noted, however, that", "asked whether", "saying as he did so:", "stated in his report
    that".
    """
    if words[k + 1 : k + 2] and words[k + 1].text in _ASKED and cue.complements & _TELLING:
        return k + 1
    if "that" not in cue.complements:
        return 0
    inserted = [word.text for word in words[k + 1 : k + 5]]
    if inserted[:1] == [","] and inserted[2:] == [",", "that"]:
        return k + 5
    return _before_colon(words, k) or _behind_phrase(words, k)


#: a verb with one of these may have its content in another form
_OPEN = frozenset(["told"])
#: words that open a clause in the place of "that"
_ASKED = frozenset(["how", "why", "whether"])
_TELLING = frozenset(["that", "told", "object"])


def _before_colon(words: Sequence[Word], k: int) -> int:
    """Index of the quotation in "saying as he did so: '...'"; else 0."""
    for at in range(k + 1, min(k + 9, len(words) - 1)):
        if words[at].text == ":" and words[at + 1].text[0] in QUOTES:
            return at + 1
        if words[at].text in (",", ";", "that"):
            return 0
    return 0


def _behind_phrase(words: Sequence[Word], k: int) -> int:
    """Index after "that" in "stated in his report that", "announced to A that"; else 0."""
    following = words[k + 1].text if k + 1 < len(words) else ""
    if following not in _PHRASE and not following.endswith("ly"):
        return 0
    for at in range(k + 2, min(k + 8, len(words) - 1)):
        if words[at].text == "that":
            return at + 1
        if words[at].text in (",", ";", ":", ".", "and"):
            return 0
    return 0


_PHRASE = frozenset("in to at with on from during later too again afterwards".split())


def _after_colon(sentence: Sentence, words: Sequence[Word], k: int, register: Register) -> Content:
    told = _named_to(sentence, k, register)
    if k + 2 < len(words):
        return words[k + 2].start, content_end(sentence, words[k + 2].start), told
    return sentence.start, sentence.body_end, told


def _as(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, _register: Register
) -> Content | None:
    if "as" not in [word.text for word in words[k + 1 : k + 12]]:
        return None
    return words[k + 1].start, content_end(sentence, words[k + 1].start), ()


def _object(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, _register: Register
) -> Content | None:
    text = words[k].text
    if "that" in cue.complements and words[k + 1].text == "," and k + 2 < len(words):
        return _from(sentence, words, k + 2) if words[k + 2].text[0] in QUOTES else None
    if words[k + 1].text[0] in QUOTES:
        return _from(sentence, words, k + 1)
    if text in AMBIGUOUS:
        return _that_soon(sentence, words, k)
    if text in _STANCES and not _idea(words, k + 1):
        return None
    if words[k + 1].text == "war":
        return None  # "declared war"
    at = k + 2 if words[k + 1].text == "for" else k + 1
    if not _object_like(words, at):
        return None
    return _from(sentence, words, k if text in _PERFORMED else at)


def _that_soon(sentence: Sentence, words: Sequence[Word], k: int) -> Content | None:
    """As in "records, in a later chapter, that ..."; else the verb has another sense.

    Or "called his conduct '...'", where what he called it is quoted.
    """
    if words[k].text in ("called", "calls", "calling"):
        near = words[k + 1 : k + 9]
        stop = next((n for n, w in enumerate(near) if w.text in (",", ";", ".", "to")), len(near))
        quoted = any(word.text[0] in QUOTES for word in near[:stop])
        return _from(sentence, words, k + 1) if quoted else None
    for at in range(k + 1, min(k + 9, len(words) - 1)):
        if words[at].text == "that" and words[at - 1].text in (",", ")", "explicitly"):
            return _from(sentence, words, at + 1)
    return None


#: verbs that also mean to help or to hinder: only with what one can be for or against
_STANCES = frozenset("opposed opposes supported supports favoured favored rejected".split())
_IDEAS = frozenset(
    "idea plan plans proposal proposals policy strategy decision view views claim claims theory war "
    "peace truce demand demands measure measures offer option approach cause independence treaty "
    "alliance intervention withdrawal invasion attack candidacy course motion bill reform pursuit retreat surrender evacuation".split()
)


def _idea(words: Sequence[Word], at: int) -> bool:
    following = [word.text for word in words[at : at + 7]]
    return bool(_IDEAS & set(following))


def _clause(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, _register: Register
) -> Content | None:
    if words[k + 1].text in (",", "–", "-", "—") and k + 2 < len(words):
        if words[k + 2].text[0] in QUOTES:
            return _from(sentence, words, k + 2)
        if words[k + 1].text != ",":
            return None
    if words[k + 1].text[0] in QUOTES:
        return _from(sentence, words, k + 1)
    if words[k].text in AMBIGUOUS:
        return _that_soon(sentence, words, k)
    return _from(sentence, words, k + 1) if _bare_clause(words, k) else None


def _bare_clause(words: Sequence[Word], k: int) -> bool:
    """Whether a clause without "that" follows: "thought it was lost", "believed to be A's"."""
    following = [word.text for word in words[k + 1 : k + 10]]
    if following[:2] in (["to", "be"], ["to", "have"]):
        return True
    if following[:1] and following[0] in ("himself", "herself", "themselves", "itself"):
        return True
    if not _clause_like(words, k + 1):
        return False
    considered = words[k].text.startswith(("consider", "believing", "deem", "thinking", "judging"))
    if considered and (_JUDGED & set(following[1:]) or following[0] not in ("the", "a")):
        return True
    return following[0] in ("he", "she", "they", "it", "there") or _finite(words, k + 1)


_FINITE = frozenset(
    "was were is are had has have would could should might may will can did does do must been be "
    "cannot won lost".split()
)


#: words that say what somebody considers a thing to be
_JUDGED = frozenset(
    "as a an too be impossible necessary essential vital unlikely likely responsible untenable "
    "impregnable lost secure safe hopeless inevitable defeated imminent over won exhausted "
    "surrounded unassailable unbeatable undefended unprotected vulnerable superior inferior".split()
)
_PAST = frozenset(
    "made took came went gave led fought fell held kept left lost put ran sent stood told brought "
    "began broke caught chose drew drove fled found got grew knew met rose saw set shot struck "
    "thought threw withdrew wrote deserved needed wanted caused failed survived".split()
)


def _finite(words: Sequence[Word], at: int) -> bool:
    """Whether a clause with a verb of its own follows, and no bare object."""
    last = "the"
    for word in words[at + 1 : at + 16]:
        if word.text in (",", ";", ":", ".", "which", "who", "that"):
            return False
        if word.text in _FINITE or word.text in _PAST:
            return True
        if word.text.endswith("ed") and last not in ("the", "a", "an", "of", "and", "his", "their"):
            return True
        last = word.text
    return False


def _infinitive(
    sentence: Sentence, words: Sequence[Word], k: int, cue: Cue, register: Register
) -> Content | None:
    if words[k + 1].text in _PREPOSITIONS:
        return None
    if words[k + 1].text == "not" and k + 2 < len(words) and words[k + 2].text == "to":
        return _from(sentence, words, k + 1)
    if words[k + 1].text == "to":
        return (
            _from(sentence, words, k + 2)
            if cue.kind == "intention"
            else _from(sentence, words, k + 1)
        )
    for at in range(k + 2, min(k + 9, len(words))):
        if words[at].text in (",", ";", ":"):
            break
        wanted = cue.kind in ("order", "proposal", "statement") or words[k].text in _WANTED | _TOLD
        if words[at].text in ("to", "not") and wanted:
            named = register.within(words[k + 1].start, words[at].start)
            return (
                words[k].start if words[k].text.endswith("ing") else words[k + 1].start,
                content_end(sentence, words[at].start),
                tuple(n for _, n in named),
            )
    if "object" not in cue.complements:
        return None
    at = k + 2 if words[k + 1].text == "for" else k + 1
    return _from(sentence, words, at) if _object_like(words, at) else None


#: as in "wanted the event to be held in Athens"
_TOLD = frozenset(["told", "tells", "telling"])
_WANTED = frozenset("wanted wants wished wishes intended intends meant expected".split())


def _told(
    sentence: Sentence, words: Sequence[Word], k: int, _cue: Cue, register: Register
) -> Content | None:
    if words[k + 1].text in ("in", "by", "of"):
        return None
    for at in range(k + 1, len(words)):
        if words[at].text in _FINITE:
            return None
        if words[at].text == "that" and at + 1 < len(words):
            named = register.within(words[k].end, words[at].start)
            told = tuple(n for _, n in named[:1])
            return words[at + 1].start, content_end(sentence, words[at + 1].start), told
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
    ) and (text.isalnum() or text[0].isalnum() or text[0] in QUOTES)


_CLAUSE_OPENERS = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "the",
        "a",
        "an",
        "his",
        "their",
        "this",
        "these",
        "there",
        "no",
        "in",
        "if",
        "one",
        "them",
        "him",
        "some",
        "most",
        "both",
        "all",
        "such",
        "any",
        "her",
        "our",
        "my",
        "neither",
        "nothing",
        "its",
    ]
)


def _clause_like(words: Sequence[Word], at: int) -> bool:
    if at >= len(words):
        return False
    text = words[at].text
    return text[0] in QUOTES or text in _CLAUSE_OPENERS or text[0].isupper()


#: complement -> how its content is found, in the order in which they are tried
_FINDERS = (
    ("told", _told),
    ("as", _as),
    ("infinitive", _infinitive),
    ("object", _object),
    ("that", _clause),
)
