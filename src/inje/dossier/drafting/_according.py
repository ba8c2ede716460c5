"""As in "according to A": before a sentence, behind it, or between commas within it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._voices import Subject

__all__ = ["according"]

_ACCORDING = re.compile(
    r"\b(?:[Aa]ccording to|[Ii]n the (?P<opinion>opinion|view|eyes|mind|judge?ment|estimation|assessment|reckoning) of|[Ii]n the words of)\b\s+"
)
#: by what something is done or counted, not who says it
_MEASURE = re.compile(
    r"(?:[\w'’-]+\s+){0,3}?(?:calendars?|lines|plans?|schedule|customs?|laws?|rank|seniority|orders|instructions|"
    r"doctrine|size|needs?|circumstances|ability|merit|terms|rules|regulations|treaty|type|wishes)\b"
)


#: a comma that stands in no number
_COMMA = re.compile(r",(?!\d{3}\b)")


#: "according to Dandolo | the Ottomans lost": where what is said begins without a comma
_BEGINS = re.compile(
    r"(?<=\w)(?<!\bof)(?<!\bin)(?<!\bat)(?<!\bby)(?<!\bto)(?<!\bon)(?<!\bfor)(?<!\bfrom)(?<!\bwith)(?<!\band) "
    r"(?=(?:the|that|it|they|there|he|she|some|about|both|more than|\d[\d,]*)\b)"
)
#: ", but Ottoman sources speak of 300": somebody else says that
_OTHERS = re.compile(
    r"[,;] (?:but|while|whereas|although|though)\b[^.;]*\b(?:sources?|accounts?|others?|historians?|writers?|chronicl\w+|"
    r"claim\w*|sa(?:y|ys|id)|reports?|estimates?)\b"
)
#: words at least before the next comma, so that they can be a clause
_CLAUSE_WORDS = 4


def _unmarked(text: str, first: int, comma: int) -> int:
    """Where the clause behind an opening "according to A" begins, if no comma marks it; or -1."""
    found = _BEGINS.search(text, first + 4)
    if found is None:
        return -1
    words = text[found.start() : comma if comma >= 0 else len(text)].split()
    marked = 0 <= comma < found.start()
    return -1 if marked or len(words) < _CLAUSE_WORDS else found.start()


def according(sentence: Sentence, register: Register) -> Iterator[Held]:
    """All "according to" of a sentence."""
    found = list(_ACCORDING.finditer(sentence.text))
    begins = 0
    for match, following in zip_longest(found, found[1:]):
        if _MEASURE.match(sentence.text, match.end()):
            continue
        first = sentence.start + match.end()
        mark = _COMMA.search(sentence.text, match.end())
        comma = mark.start() if mark is not None else -1
        edge = _unmarked(sentence.text, match.end(), comma)
        comma = edge if edge >= 0 else comma
        stop = sentence.start + comma if comma >= 0 else sentence.body_end
        bracket = sentence.text.find(" (", match.end())
        if bracket >= 0:  # "according to Hill (commander of the corps)"
            stop = min(stop, sentence.start + bracket)
        if following is not None:  # "400 according to A and 300 according to B"
            stop = min(stop, sentence.start + following.start())
        subject = _source_named(sentence, register, first, stop)
        cue = (
            sentence.start + match.start(),
            subject.start if subject.start > first else first - 1,
        )
        span = _content(sentence, match.start(), comma)
        span = max(span[0], begins), span[1]
        joined = _AND.match(sentence.text, subject.end - sentence.start)
        begins = sentence.start + joined.end() if joined else 0
        if span[0] < span[1]:
            kind: ClaimKind = "belief" if match["opinion"] else "report"
            yield Held(kind, subject, cue, *span)


def _content(sentence: Sentence, at: int, comma: int) -> tuple[int, int]:
    """What is said: behind the comma, before the cue, or, between two commas, all around it."""
    before = sentence.text[:at].rstrip()
    clause = max(before.rfind("; ") + 2, 0) if "; " in before else 0
    if at - clause < _LEADING and comma >= 0:
        first = comma + (2 if sentence.text[comma] == "," else 1)
        others = _OTHERS.search(sentence.text, first)
        stop = sentence.start + others.start() if others is not None else sentence.body_end
        return sentence.start + first, stop
    if before.endswith((",", "(")) and 0 <= comma < len(sentence.text) - _LEADING:
        return sentence.start + clause, sentence.body_end
    return sentence.start + clause, sentence.start + len(before.rstrip(" ,("))


_LEADING = 20
_AND = re.compile(r",? (?:and|but|or) ")
#: "according to Muslim sources": they say it, not the Muslims
_SOURCES = re.compile(
    r"['’]?s?\s+(?:\w+\s+)?(?:sources|accounts?|historians?|records?|reports?|writers|chronicl\w+|estimates?|"
    r"figures|documents|tradition|legend|officials|newspapers?|scholars|press|memoirs?|diar\w+|letters?|"
    r"dispatch\w*|despatch\w*|propaganda|intelligence)\b"
)


def _source_named(sentence: Sentence, register: Register, start: int, end: int) -> Subject:
    """The last name of "information obtained by Soviet intelligence agencies", else the words."""
    found = register.within(start, end)
    holders = [(m, named) for m, named in found if named.kind != "place"]
    behind = (
        sentence.text[holders[-1][0].end - sentence.start : end - sentence.start] if holders else ""
    )
    if holders and not _SOURCES.match(behind):
        mention, named = holders[-1]
        return Subject((named,), mention.start, mention.end)
    words = sentence.text[start - sentence.start : end - sentence.start]
    words = re.split(r",|;| who | that ", words)[0].strip()
    voice = re.sub(r"^(?:the|a|an|some)\s+", "", words) or words
    return Subject((), start, start + len(words), "", voice)
