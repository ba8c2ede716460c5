"""Sentences and words of a document, with their places in the clean text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from inje.document import Block, Document

__all__ = [
    "Passages",
    "Sentence",
    "Word",
    "is_heading",
    "on_one_line",
    "run_in",
    "sentence_spans",
    "words_of",
]

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}(?!\w)"  # A.P.
    r"|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|U-\d{1,4}(?!\w)"  # a submarine
    r"|[^\W\d_]+(?:['’‘ʻ`.\-‐–](?=[^\W\d_])[^\W\d_]+)*"
    r"|[^\w\s]"
)
_END = re.compile(r"[.!?]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[^\Wa-z_]|\s*\n\s*[–—-]+\s?[A-Z]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sts|Gen|Col|Lt|Maj|Capt|Cpt|Sgt|Brig|Adm|Cdr|Comdr|Cmdr|Com|"
    r"Prof|Rev|Hon|Sir|Jr|Sr|No|Nos|vol|pp|p|ed|eds|cf|ca|c|vs|Mt|Ft|approx|e\.g|i\.e|Inf|Cav|"
    r"Regt|Bn|Div|Bde|Sen|Gov|Pres|Messrs|Fig|et al)\.)$"
)
#: longer sentences do not occur in edited prose; the bound keeps every rule linear
_LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or sign. `start`, `end` are positions in the clean text."""

    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins like a name (also `as-Saltaneh`)."""
        head, _, tail = self.text.partition("-")
        return self.text[0].isupper() or (head in _ARTICLES and tail[:1].isupper())


_PRONOUN = re.compile(r"(?:He|She|It|They|His|Her|Their|Its)\b")
#: "There were no losses, he added."
_TAGGED = re.compile(
    r",[\"”’]? (?:he|she|they|it) (?:later |also )?[a-z]+(?:ed|id|ote|ys)\b[^,]{0,20}$"
)
_ARTICLES = frozenset(["al", "as", "an", "ar", "ash", "at", "ad", "el", "ul", "ol", "d", "l"])


@dataclass(frozen=True)
class Sentence:
    """A sentence of the prose.

    Attributes
    ----------
    index : number in reading order.
    start, end : span in the clean text, final stop included.
    text : its words.
    block : the block in which it stands; `paragraph` its number among the blocks.
    """

    index: int
    start: int
    end: int
    text: str
    block: Block
    paragraph: int

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words, with places in the clean text."""
        return tuple(words_of(self.text, self.start))

    @property
    def body_end(self) -> int:
        """End without the final stop."""
        return self.start + len(self.text.rstrip(" .!?:;"))


def words_of(text: str, offset: int = 0) -> Iterator[Word]:
    """Words, numbers and signs; a possessive ending stays with its word."""
    for match in _WORD.finditer(text):
        yield Word(match.group(), offset + match.start(), offset + match.end())


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a paragraph, without blanks around them."""
    start = 0
    for match in _END.finditer(text):
        tail = text[max(start, match.start() - 12) : match.start() + 1]
        if match.end() < len(text) and match.group()[0] == "." and _ABBREVIATION.search(tail):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


#: breaks of lines and hard blanks; a hard blank within a number is a sign of thousands
_BREAKS = re.compile(
    r"[\n\r\t\f\v\u2028\u2029]|(?<!\d)[\u00a0\u2009\u202f]|[\u00a0\u2009\u202f](?!\d)"
)


def on_one_line(text: str) -> str:
    """A text with breaks of lines and hard blanks as blanks, one for one, so that places stay."""
    return _BREAKS.sub(" ", text)


class Passages:
    """The prose of a document as sentences.

    Attributes
    ----------
    document : the document.
    sentences : of paragraphs, list items and quotations, in reading order.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        #: the clean text on one line, for rules that look across sentences
        self.text = on_one_line(document.text)
        self.sentences = tuple(_sentences(document))
        self._starts = [sentence.start for sentence in self.sentences]

    def at(self, position: int) -> Sentence | None:
        """The sentence that holds a position of the clean text."""
        k = bisect_right(self._starts, position) - 1
        if k < 0 or position >= self.sentences[k].end:
            return None
        return self.sentences[k]

    def paragraph(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """All sentences of the same paragraph."""
        return tuple(s for s in self.near(sentence) if s.paragraph == sentence.paragraph)

    def heading(self, sentence: Sentence) -> str:
        """The heading that runs into the paragraph of a sentence: "US Advance (18 July):"."""
        for one in self.sentences[max(0, sentence.index - 12) : sentence.index]:
            if one.paragraph == sentence.paragraph and is_heading(one):
                return one.text
        return ""

    def near(self, sentence: Sentence) -> tuple[Sentence, ...]:
        """The sentences around one, at most sixty on either side."""
        return self.sentences[max(0, sentence.index - 60) : sentence.index + 61]

    def before(self, sentence: Sentence) -> Sentence | None:
        """The sentence before, if it stands in the same paragraph.

        Or in the one before, of the same section, where a pronoun opens the paragraph.
        """
        if sentence.index == 0:
            return None
        last = self.sentences[sentence.index - 1]
        if last.paragraph == sentence.paragraph:
            return last
        goes_on = (
            last.paragraph == sentence.paragraph - 1
            and last.block.kind == sentence.block.kind == "paragraph"
            and last.block.section == sentence.block.section
            and (_PRONOUN.match(sentence.text) or _TAGGED.search(sentence.text)) is not None
        )
        return last if goes_on else None


def _sentences(document: Document) -> Iterator[Sentence]:
    index = 0
    for paragraph, block in enumerate(document.blocks):
        if block.kind not in ("paragraph", "list_item", "quotation"):
            continue
        text = document.block_text(block)
        for start, end in _without_headings(text):
            for a, b in _bounded(document.text, block.start + start, block.start + end):
                yield Sentence(index, a, b, on_one_line(document.text[a:b]), block, paragraph)
                index += 1


def is_heading(sentence: Sentence) -> bool:
    """Whether a sentence is a heading that ran into the next one."""
    return sentence.text.endswith(":") and run_in(sentence.text + " A") == len(sentence.text)


def _without_headings(text: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences; a heading that runs into one stands by itself."""
    for start, end in sentence_spans(text):
        heading = run_in(text[start:end])
        if heading:
            yield from _trimmed(text, start, start + heading)
            yield from _trimmed(text, start + heading, end)
        else:
            yield start, end


_RUN_IN = re.compile(
    r"(?:[A-Z][\w.’'&-]*|\d[\w-]*)(?:\s+(?:[A-Z][\w.’'&-]*|of|the|and|at|on|in|to|for|\d[\w-]*)){0,9}"
    r"(?P<when>\s+\([^()]{0,40}\d[^()]{0,20}\))?:(?=\s+\S)"
)
#: nouns of headings
_HEADS = frozenset(
    "Advance Attack Attacks Assault Assaults Disposition Dispositions Deployment Movement Movements March "
    "Withdrawal Retreat Position Positions Counterattack Counterattacks Pursuit Arrival Plan Plans Preparations "
    "Background Aftermath Description Result Results Summary Significance Prelude Overview Context Outcome "
    "Engagement Defense Defence Surrender Charge Breakthrough Situation Collapse Opening Skirmish Action".split()
)


def run_in(text: str) -> int:
    """Length of a heading that runs into a sentence: "US Advance (18 July): Korn marched"; else 0."""
    match = _RUN_IN.match(text)
    if match is None:
        return 0
    words = re.findall(
        r"[A-Z][\w’'-]*", text[: match.start("when") if match["when"] else match.end()]
    )
    headed = match["when"] is not None or (bool(words) and words[-1] in _HEADS)
    return match.end() if headed else 0


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of at most `_LONGEST`: no rule may meet an endless one."""
    while end - start > _LONGEST:
        at = max(text.rfind(sign, start, start + _LONGEST) for sign in ("; ", ", ", " "))
        at = at + 1 if at > start else start + _LONGEST
        yield from _trimmed(text, start, at)
        start = at
    yield from _trimmed(text, start, end)
