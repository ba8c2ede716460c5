"""Who fought whom, where neither a box nor a sentence of a known form says it.

The names of peoples, armies and commanders that stand on either side of a verb of fighting are
counted over the sentences of the document: the two that meet most are the sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from inje.document import Document
from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._hostility import FOUGHT
from inje.dossier.drafting._lexicon import (
    DEMONYM,
    FORCE_NOUNS,
    LED_BY,
    NOT_NAMES,
    OFFICES,
    POLITIES,
    SAME_STATE,
)
from inje.dossier.drafting._parties import IRREGULARS, Side
from inje.dossier.drafting._passages import Passages, Sentence

__all__ = ["WARLIKE", "adversaries", "peoples_before"]

#: people who fight and have no name: a side where the other one meets them
_FOLK = (
    r"rebels?|insurgents?|guerrillas?|guerillas?|partisans?|warriors?|tribesmen|commandos?|pirates?|mutineers?|"
    r"militants?|militiamen|militia|fighters|natives|raiders?|loyalists?|patriots?|mercenaries|bandits?|"
    r"government (?:troops|forces|soldiers)|colonists|settlers|peasants|crusaders?|nationalists|communists|"
    r"separatists|jihadists|janissaries|royalists|republicans"
)
_WORD = r"[A-Z][\w’'-]*(?:\.[A-Z]\.)?"
_BEARER = re.compile(
    rf"\b(?:(?P<whose>{_WORD}) )?(?P<folk>(?i:{_FOLK}))\b(?! of )|\b(?P<people>(?:(?:North|South|East|West) )?{_WORD})"
)
#: what stands between the two and says nothing of who does what
_ASIDE = re.compile(r"\([^()]*\)|, (?:about |some |nearly |over )?[\d,]+ (?:men )?strong,")
_MORE_VERBS = r"wiped out|cut to pieces|met|beat|beaten|bested|surpris\w+|overw?h?elm\w*|overran|conquer\w*|sank|worsted|vanquish\w*|seized from|took from"
_ACT = re.compile(
    rf"\b(?:{FOUGHT}|{_MORE_VERBS})\b|"
    r"\b(?:victory over|surrender(?:ed)? (?:of|to)|against|attack(?:s|ed)? (?:on|upon)|assault on|raid on|defeat of|"
    r"(?:clash|battle|fight|war|skirmish|engagement|fighting) with)\b",
    re.I,
)
_MEET = re.compile(
    r"\b(?:met|clashed|collided|fought|battled|skirmished|came to blows|exchanged fire|faced each other|"
    r"joined battle|engaged each other)\b(?=\W*(?:$|again\b|each\b|one another\b|at\b|near\b|in\b|on\b|from\b|for\b|over\b|"
    r"outside\b|before\b|during\b|between\b|the Battle\b))",
    re.I,
)
_BETWEEN = re.compile(r"\bbetween\b[^.;]*$", re.I)
_JOINED = re.compile(r"[^.;:]{0,60}?\band\s+(?:[\w-]+\s+){0,4}?", re.I)
#: words of a document that tells of a fight
WARLIKE = re.compile(
    rf"\b(?:{FOUGHT}|battles?|wars?|engagements?|conflict|action|campaign|revolution|uprising|rebellion|"
    r"invasion|invaded|assault|combat|confrontation|fight\w*|sieges?|raids?|ambush|skirmish\w*|clash\w*|wounded|"
    r"prisoners?|casualties|"
    r"killed|surrender\w*|garrison|troops|soldiers|cavalry|infantry|arm(?:y|ies)|beaten|\d+ (?:men|foot|horse))\b",
    re.I,
)
#: characters between the one and the other, and sentences that are read
_FAR, _MOST = 120, 200
_STATES = frozenset(SAME_STATE.get(state, state) for state in DEMONYM.values())
#: votes of a lead sentence, beside one of any other
_LEAD, _FIRST = 3, 4


@dataclass(frozen=True, slots=True)
class _Bearer:
    """Who may fight: where he is named, and what he is known by."""

    start: int
    end: int
    key: str
    named: Named | None


def adversaries(document: Document, passages: Passages, register: Register) -> list[Side]:
    """The two who meet in the verbs of fighting of most sentences; none where nobody does."""
    votes: Counter[tuple[str, str]] = Counter()
    known: dict[str, _Bearer] = {}
    read = passages.sentences[:_MOST]
    if not any(WARLIKE.search(sentence.text) for sentence in read):
        return []
    surnames = {named.name.split()[-1] for named in register.kind("person") if " " in named.name}
    found = [_bearers(sentence, register, surnames) for sentence in read]
    for sentence, bearers in zip(read, found, strict=True):
        weight = _LEAD if sentence.index < _FIRST else 1
        for one, two in _pairs(sentence, bearers):
            for bearer in (one, two):
                known.setdefault(bearer.key, bearer)
            votes[min(one.key, two.key), max(one.key, two.key)] += weight
    if not votes:
        return _named_most(found, document, register)
    (first, second), most = votes.most_common(1)[0]
    if sum(count == most for count in votes.values()) > 1:
        first, second = _earliest([pair for pair, count in votes.items() if count == most], known)
    ordered = sorted((known[first], known[second]), key=lambda bearer: bearer.start)
    peoples = _peoples(found)
    return [
        _side(one, _whose(one, other, peoples), document, register)
        for one, other in (ordered, ordered[::-1])
    ]


def _peoples(found: Sequence[Sequence[_Bearer]]) -> set[str]:
    """States of which somebody is named."""
    named = (one for bearers in found for one in bearers if one.named is None or one.named.state)
    return {bearer.key for bearer in named} & _STATES


def _whose(one: _Bearer, other: _Bearer, peoples: set[str]) -> str:
    """The state of a unit that says none: that of the only people beside the other one's."""
    named, rest = one.named, peoples - {one.key, other.key}
    if named is None or named.state or len(rest) != 1:
        return ""
    # "The insurgents attacked Manvil. American losses were": a place taken for who holds it.
    held = other.named is None and len(named.mentions) == 1 and named.kind != "person"
    return rest.pop() if held or (other.key in peoples and named.kind == "group") else ""


def _named_most(
    found: Sequence[Sequence[_Bearer]], document: Document, register: Register
) -> list[Side]:
    """The two peoples that are named most, where no verb says who fought whom."""
    counts: Counter[str] = Counter()
    first: dict[str, _Bearer] = {}
    for bearer in (one for bearers in found for one in bearers):
        if bearer.key in _STATES and (bearer.named is None or bearer.named.kind == "group"):
            counts[bearer.key] += 1
            first.setdefault(bearer.key, bearer)
    chosen = {key for key, _ in counts.most_common(2)}
    two = [bearer for key, bearer in first.items() if key in chosen]
    return [_side(bearer, "", document, register) for bearer in two] if len(two) == 2 else []


def _earliest(pairs: list[tuple[str, str]], known: dict[str, _Bearer]) -> tuple[str, str]:
    return min(pairs, key=lambda pair: max(known[key].start for key in pair))


def _side(bearer: _Bearer, whose: str, document: Document, register: Register) -> Side:
    named, key = bearer.named, whose or bearer.key
    if named is not None and not named.state and (whose or key in _STATES):
        named.state = key
    members = [
        other
        for other in register.kind("group")
        if other is named or (other.state and _state(other.state) == key)
    ]
    if named is not None and named not in members:
        members.insert(0, named)
    said = named.name if named is not None else document.text[bearer.start : bearer.end]
    called = said if named is not None and not named.state else key
    called = said.lower() if key == _GOVERNMENT else called
    return Side("", called, members, bearer.start, bearer.end)


def _state(state: str) -> str:
    return SAME_STATE.get(state, state)


def _bearers(sentence: Sentence, register: Register, surnames: set[str]) -> list[_Bearer]:
    """Whoever may fight in a sentence, in reading order; what is joined to a name goes with it.

    surnames : of persons who are named in full.
    """
    found: list[_Bearer] = []
    for mention, named in register.within(sentence.start, sentence.end):
        if named.kind == "place":
            continue
        state = (
            _people_before(sentence, _owner_start(sentence, mention.start, found)) or named.state
        )
        key = _state(state) if state else named.key
        found.append(_Bearer(mention.start, mention.end, key, named))
    taken = [(bearer.start, bearer.end) for bearer in found]
    for match in _BEARER.finditer(sentence.text):
        if match["people"] in surnames:
            continue  # "General John French": not the French
        start, end = sentence.start + match.start(), sentence.start + match.end()
        if any(a < end and start < b for a, b in taken):
            continue
        after = sentence.text[match.end() :].split(maxsplit=1)
        key = _folk(match) if match["folk"] else _people(match["people"], after[0] if after else "")
        if key:
            found.append(_Bearer(start, end, key, None))
    return _led(sentence, sorted(found, key=lambda bearer: bearer.start))


def _owner_start(sentence: Sentence, start: int, found: Sequence[_Bearer]) -> int:
    """Where the name begins that owns the one at a place: "Union Gen. French's III Corps"."""
    if found and sentence.text[found[-1].end - sentence.start : start - sentence.start] in _OWNS:
        return found[-1].start
    return start


_OWNS = ("'s ", "’s ", "' ", "’ ")
#: between a force and its commander
_UNDER = re.compile(rf"(?: [\"“']\w{{1,12}}[\"”'])?,? (?:{LED_BY}) (?:the )?(?:[A-Z][a-z]+ )?")


def _led(sentence: Sentence, bearers: list[_Bearer]) -> list[_Bearer]:
    """A commander behind his force goes with it: "a column under Brigadier Tarn met"."""
    found: list[_Bearer] = []
    for bearer in bearers:
        if found:
            force = found[-1]
            gap = sentence.text[force.end - sentence.start : bearer.start - sentence.start]
            if _UNDER.fullmatch(gap):
                found[-1] = replace(force, end=bearer.end)
                continue
        found.append(bearer)
    return found


#: troops, forces and soldiers of a government are the same
_GOVERNMENT = "government forces"
#: "near the Turkish border": a place
_NO_PEOPLE = frozenset(
    "border frontier coast capital language city town village province side shore territory airspace soil".split()
)


def _people(words: str, following: str) -> str:
    """The state of a people, or of a state's force ("Union cavalry"); empty where words name none."""
    if following.strip(",.;") in _NO_PEOPLE:
        return ""
    if words in POLITIES and following in FORCE_NOUNS:
        return _state(words)
    for word in (words, words.rsplit(maxsplit=1)[-1]):
        if word in DEMONYM:
            return _state(DEMONYM[word])
    return ""


def _folk(match: re.Match[str]) -> str:
    """What fighters without a name are called: by whose they are, where this is said."""
    whose, folk = match["whose"] or "", match["folk"].lower()
    if whose in DEMONYM:
        return _state(DEMONYM[whose])
    if whose and whose not in NOT_NAMES:
        return whose
    if folk.startswith("government"):
        return _GOVERNMENT
    return folk if folk.endswith(("s", "men", "militia")) else folk + "s"


def peoples_before(sentence: Sentence, start: int) -> list[str]:
    """States of the adjectives right before a name: "the Peruvian and Bolivian 4th Division"."""
    before = sentence.text[: start - sentence.start]
    while (last := before.rstrip().rpartition(" "))[2] in OFFICES:
        before = last[0] + " "  # "the Ottoman sultan Murad"
    match = re.search(rf"((?:{_WORD}(?:,| and)? )+)$", before)
    if match is None:
        return []
    words = [word for word in re.findall(_WORD, match[1]) if word in DEMONYM]
    return [_state(DEMONYM[word]) for word in words]


def _people_before(sentence: Sentence, start: int) -> str:
    """The state of the adjective right before a name: "the German 4th Corps"."""
    match = re.search(rf"({_WORD}) $", sentence.text[: start - sentence.start])
    if match is None:
        return ""
    return DEMONYM.get(match[1], "") or (match[1] if match[1] in _PARTIES else "")


#: names of parties that stand before those who fight for them as an adjective does
_PARTIES = frozenset(["Union", "Federal"])


def _pairs(sentence: Sentence, bearers: Sequence[_Bearer]) -> Iterator[tuple[_Bearer, _Bearer]]:
    """Two who fight each other by what a sentence says."""
    for k, (one, two) in enumerate(pairwise(bearers)):
        if one.key == two.key or {one.key, two.key} <= IRREGULARS:
            continue  # "rebels" and "insurgents" are the same
        between = _plain(sentence, one.end, two.start)
        if len(between) > _FAR:
            continue
        if _ACT.search(between):
            yield one, two
            continue
        after = sentence.text[two.end - sentence.start :]
        last = k + 2 == len(bearers)
        joined = _JOINED.fullmatch(between) is not None
        meets = _MEET.match(after.lstrip()) or (last and _MEET.search(after[:_FAR]))
        before = sentence.text[: one.start - sentence.start]
        if joined and (meets or _BETWEEN.search(before)):
            yield one, two


def _plain(sentence: Sentence, start: int, end: int) -> str:
    """The words between two names, without what is set aside."""
    return _ASIDE.sub(" ", sentence.text[start - sentence.start : end - sentence.start])
