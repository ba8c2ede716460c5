"""Phrases that tell a mind: "in the belief that", "with the aim of", "for fear of"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._complements import content_end
from inje.dossier.drafting._entities import Register
from inje.dossier.drafting._held import Held
from inje.dossier.drafting._participles import participle_subject
from inje.dossier.drafting._passages import Sentence
from inje.dossier.drafting._subjects import Subjects

__all__ = ["purposes"]

_PHRASE = re.compile(
    r"\b(?:(?:[Ww]ith|[Ii]n) (?:the|every|some|a) (?:sole |express |clear |vain |declared |avowed |mistaken |firm |"
    r"false |full |confident |stated )?"
    r"(?P<aim>intention|intent|aim|hope|hopes|object|objective|purpose|view|idea|expectation|belief|conviction|"
    r"knowledge|fear) (?:of|to|that)|"
    r"[Uu]nder the (?:mistaken |false )?(?P<notion>impression|illusion|delusion|assumption|belief|misapprehension) that|"
    r"(?:[Ff]or|[Oo]ut of|[Ii]n) (?P<fear>fear)s? (?:of|that|lest)|"
    r"[Ww]ith (?:strict |clear |written |the |firm |his )?(?P<bidding>orders|instructions) "
    r"(?:to (?:the|his|their|all|each|every|both|[A-Z][\w.]*)(?: [\w.’'-]+){0,5} )?(?:not )?(?:to|that)(?= [a-z])|"
    r"[Oo]n the (?P<ground>assumption|supposition|theory|understanding|conviction|belief|principle|expectation|hope) that) "
)
_SENDING = re.compile(
    r"\b(?:sent|sends|sending|left|leaving|posted|detached|dispatched|despatched|placed|stationed|detailed|threw|assigned|"
    r"appointed|deployed|rushed|pushed|ordered)\b"
)
_APART = re.compile(
    r", (?:when|while|as|where|because|since|which|whose) (?!he\b|she\b|they\b)[^,]*$"
)
_GUESSED = frozenset(
    "probably perhaps apparently presumably doubtless possibly evidently clearly".split()
)
_SAID = re.compile(r"\b(?:was|were|is|are|be|been|being|acted|laboured|labored) $")
_KINDS: dict[str, ClaimKind] = {
    **dict.fromkeys(["intention", "intent", "aim", "object", "objective", "purpose", "view", "idea"],
                    "intention"),
    "fear": "fear", "orders": "order", "instructions": "order",
}  # fmt: skip


def purposes(sentence: Sentence, register: Register, subjects: Subjects) -> Iterator[Held]:
    """All such phrases of a sentence whose subject is told."""
    words = sentence.words
    for match in _PHRASE.finditer(sentence.text):
        if _SAID.search(sentence.text[: match.start()]):
            continue  # "was under the impression that": a clause of its own
        noun = (
            match["aim"] or match["notion"] or match["fear"] or match["bidding"] or match["ground"]
        )
        at = sentence.start + match.start()
        k = next((n for n, word in enumerate(words) if word.start >= at), 0)
        while k > 1 and (words[k - 1].text in _GUESSED or words[k - 1].text == "most"):
            k -= 1  # "A, most probably with a view to"
        subject = participle_subject(sentence, words, k, register, subjects)
        if subject is None or not (subject.holders or subject.voice):
            continue
        between = sentence.text[max(0, subject.end - sentence.start) : match.start()]
        if _APART.search(between):
            continue  # "A, when B was drawn up with a view to a fight, slew"
        if match["bidding"] and not _SENDING.search(between):
            continue  # "A marched with orders to hold the ford": somebody else's
        kind = _KINDS.get(noun, "belief")
        start = sentence.start + match.end()
        first = min(subject.start, at) if kind == "intention" else start
        if start < sentence.body_end:
            end = content_end(sentence, start)
            comma = sentence.text.find(",", match.end())
            if match.start() == 0 and comma > 0:
                end = min(end, sentence.start + comma)
            cue = (at, start - 1)
            yield Held(kind, subject, cue, first, end)
