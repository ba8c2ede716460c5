"""Numbers beside dates: which of what was read as a date is a count."""

from __future__ import annotations

import re

from inje.dossier.drafting._counted import counted_after
from inje.dossier.drafting._passages import Sentence

__all__ = ["dates_alone"]

Span = tuple[int, int]


def dates_alone(sentence: Sentence, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans of dates, without numbers behind them and without those that are counts."""
    return tuple(
        _without_count(sentence, span) for span in spans if not _count_read_as_year(sentence, span)
    )


#: a day, its month and its year: nothing of it is a count
_YEAR_OF_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+,? \d{4}$|\b[A-Z][a-z]+ \d{1,2}, \d{4}$"
)


def _without_count(sentence: Sentence, span: tuple[int, int]) -> tuple[int, int]:
    """The span of a date without the number behind it: "On 22 April | 70,000 Chinese"."""
    start, end = span[0] - sentence.start, span[1] - sentence.start
    last = re.search(r"[A-Za-z.]\s+(\d{1,4})$", sentence.text[start:end])
    if last is None:
        return span
    after = sentence.text[end : end + 120]
    if _YEAR_OF_DAY.search(sentence.text[start:end]) or re.match(
        r"\s+(?:(?:the|an?|his|their|its)\s|(?:[a-z]+\s+){0,2}\d)", after
    ):
        return span  # "On 3 May 1811 some 900 men"
    counts = counted_after(after, 20).sort in ("people", "units", "things")
    if re.match(r",\d{3}\b", after) or counts:
        return span[0], span[0] + last.start(1)
    return span


def _count_read_as_year(sentence: Sentence, span: tuple[int, int]) -> bool:
    """Whether what was read as a date is a number with what it counts: "152 men"."""
    start, end = span[0] - sentence.start, span[1] - sentence.start
    if not sentence.text[start:end].strip().isdigit():
        return False
    if re.search(r"\d of $", sentence.text[max(0, start - 8) : start]):
        return True  # "416 of 816"
    return counted_after(sentence.text[end : end + 120], 20).sort in ("people", "units", "things")
