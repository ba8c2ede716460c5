"""Who fought whom, where no box says it: from the first sentences."""

from __future__ import annotations

import re

from inje.document import Document
from inje.dossier.drafting._adversaries import peoples_before
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import DEMONYM, LED_BY, POLITIES
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._parties import Side
from inje.dossier.drafting._passages import Passages, Sentence

__all__ = ["CLASH", "sides_of_lead"]

CLASH = re.compile(
    r"\b(?:battles?|wars?|clash\w*|fought|fighting|engagements?|siege|conflict|skirmish\w*|action|"
    r"campaign|revolution|uprising|rebellion|invasion|raid|besieg\w+|assault|confrontation|"
    r"combat)\b",
    re.I,
)
_WHO = r"(?P<b>[^.;]{2,120})"
_WON = (
    r"(?:fought|defeated|attacked|besieged|repulsed|routed|beat|met and \w+ed|ambushed|assaulted|invaded|"
    r"overran|overwhelmed|annihilated|clashed|engaged|stormed|raided|crushed|destroyed)"
)
_BETWEEN = re.compile(
    r"\bbetween\s+(?:the\s+)?(?P<a>.{2,160}?)\s+and\s+(?:the\s+)?(?P<b>[^,.;]{2,160})"
)
_ACTIVE = re.compile(
    rf"(?P<a>[A-Z][^.;]{{2,120}}?)\s+(?:had\s+|then\s+|\b\w+ly\b\s+)?{_WON}(?:\s+and\s+\w+ed)?\s+"
    rf"(?:against\s+|with\s+)?(?:the\s+|an?\s+)?{_WHO}"
)
_PASSIVE = re.compile(
    rf"(?P<a>[A-Z][^.;]{{2,120}}?)\s+(?:was|were)\s+(?:\b\w+ly\b\s+)?(?:{_WON}|beaten|overrun)\s+by\s+"
    rf"(?:the\s+|an?\s+)?{_WHO}"
)
_SAW = re.compile(
    r"\bsaw\s+(?:the\s+)?(?P<a>[^.;]{2,100}?)\s+(?:defeat|rout|repulse|attack|fight|beat|crush)\s+"
    rf"(?:those of\s+)?(?:the\s+)?{_WHO}"
)
_VICTORY = re.compile(
    r"\bvictory\s+(?:of|for|by)\s+(?:the\s+)?(?P<a>[^.;]{2,100}?)\s+(?:over|against)\s+(?:the\s+)?"
    rf"{_WHO}"
)
_BY_AGAINST = re.compile(
    rf"\bby\s+(?:the\s+)?(?P<a>[^.;]{{2,100}}?)\s+(?:\b\w+\b\s+){{0,6}}?(?:against|on)\s+(?:the\s+)?{_WHO}"
)
_EACH_OTHER = re.compile(
    r"(?P<a>[A-Z][^.;,]{2,80}?)\s+and\s+(?:the\s+|an?\s+)?(?P<b>[A-Z][^.;,]{2,80}?)\s+(?:then\s+|again\s+)?"
    r"(?:fought|clashed|collided|met|battled|faced each other|joined battle)\s+"
    r"(?=(?:the\s+)?(?:\w+\s+)?(?:Battle|battle|each other|one another|in|at|near|on|outside|a\b|over|"
    r"for\s+(?:the\s+)?(?:control|possession|three|two|four|five)))"
)
#: as they are tried: what names both at once first
_PATTERNS = (_BETWEEN, _EACH_OTHER, _VICTORY, _SAW, _PASSIVE, _ACTIVE, _BY_AGAINST)
_LED_BY = re.compile(r",? (?:led|commanded|headed) by |,? under ")
_ARTICLE = re.compile(r"^(?:an?|the) ")
_LISTED = re.compile(r"\s*(?:,|and|, and|&)\s*(?:the\s+)?")
_FIRST = 12


def sides_of_lead(_document: Document, passages: Passages, register: Register) -> list[Side]:
    """Two sides, when one of the first sentences says who fought whom; else none."""
    fights = any(CLASH.search(sentence.text) for sentence in passages.sentences[:_FIRST])
    for sentence in passages.sentences[:_FIRST]:
        for pattern in _PATTERNS:
            if pattern in (_BETWEEN, _BY_AGAINST) and not CLASH.search(sentence.text):
                continue
            if pattern is _EACH_OTHER and not fights:
                continue
            for match in pattern.finditer(sentence.text):
                one = _part(sentence, match, "a", register)
                two = _part(sentence, match, "b", register)
                if one is None or two is None:
                    continue
                if {m.key for m in one.members}.isdisjoint(m.key for m in two.members):
                    return [one, two]
    return []


def _part(sentence: Sentence, match: re.Match[str], part: str, register: Register) -> Side | None:
    """The names in a part of a sentence as one side: those next to the verb."""
    start, end = sentence.start + match.start(part), sentence.start + match.end(part)
    found = [(m, n) for m, n in register.within(start, end) if n.kind in ("group", "person")]
    if not found:
        found = [(m, n) for m, n in register.within(start, end) if n.name in POLITIES]
    if not found:
        return None
    named = match.re in (_BETWEEN, _EACH_OTHER)
    run = found if match.re is _BETWEEN and part == "a" else _run(sentence, found, last=part == "a")
    while len(run) > 1 and run[-1][1] is run[-2][1]:
        run.pop()  # the abbreviation in brackets
    members = [run[0][1]] if part == "b" else list({n.key: n for _, n in run}.values())
    between = match.re is _BETWEEN
    first = start if between else run[0][0].start
    last = run[-1][0].end if between and part == "a" else run[0][0].end
    name = sentence.text[first - sentence.start : last - sentence.start]
    if between:  # "an Eastern Roman army led by the emperor": the army
        name = _LED_BY.split(_ARTICLE.sub("", name))[0]
    head, people = run[0][1], peoples_before(sentence, run[0][0].start)
    if people and head.kind == "group" and head.state in ("", people[-1]):
        head.state = people[-1]  # "the German 4th Corps"
    leads = bool(people) and head.kind == "person"  # "the Ottoman sultan Murad"
    peopled = head.state and (head.owner or head.name in DEMONYM or people)
    if not named and (leads or peopled):
        # "French troops clashed with Spanish ones": France and Spain; "Peruvian and Bolivian ones"
        states = list(dict.fromkeys([*people, *([head.state] if head.state else [])]))
        name = " and ".join(states)
        members += [n for n in register.kind("group") if n.state in states and n not in members]
    return Side("", name, members, first, last)


def _run(
    sentence: Sentence, found: list[tuple[Mention, Named]], *, last: bool
) -> list[tuple[Mention, Named]]:
    """The first or the last names that are joined by "and": those nearest to the verb.

    A commander behind his force ("an army under the Earl of Oak") goes with the force.
    """
    if not last:
        return found[:1]
    k = len(found) - 1
    while k and _together(sentence, found[k - 1][0], found[k][0]):
        k -= 1
    return found[k:]


def _together(sentence: Sentence, one: Mention, two: Mention) -> bool:
    gap = sentence.text[one.end - sentence.start : two.start - sentence.start]
    led = re.fullmatch(rf",? (?:{LED_BY}) (?:the )?", gap)
    return bool(led or _LISTED.fullmatch(gap))
