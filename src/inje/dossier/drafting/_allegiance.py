"""On which side somebody fights whom no box names: by the company he keeps.

Every pair of neighbours in a sentence is a link when the words between them say so: "A and B",
"battalions under B", "A's Danes", "A ordered B" bind; "A attacked B" parts. Sides spread along
the links until nothing changes; a weak or divided vote decides nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable

from inje.dossier.drafting._bonds import bonds_of
from inje.dossier.drafting._entities import Named, Register, folded
from inje.dossier.drafting._lexicon import (
    CONNECTORS,
    DEMONYM,
    FORCE_NOUNS,
    FORCE_QUALIFIERS,
    OFFICES,
    RANKS,
    SAME_STATE,
)
from inje.dossier.drafting._passages import Passages, is_heading

__all__ = ["by_company", "by_surname", "generic", "surname"]

_OF_PLACE = re.compile(r"\bof (?:the )?([A-Z][\w-]+)$")
_UNITS = frozenset(
    "Division Divisions Regiment Regiments Battalion Battalions Brigade Brigades Corps Company Army "
    "Armies Group Squadron Squadrons Fleet Navy Command Front Force Forces Guard Guards Cavalry Infantry "
    "Battle Battlecruiser Battle-cruiser Cruiser Light Heavy Destroyer Flotilla Flotillas Rifle Tank "
    "Mechanized Mechanised Motorised Motorized Mountain Artillery Field Horse Dragoon Dragoons "
    "Armoured Armored Parachute Airborne Air Wing Reserve Shock Commando Battery Corp Grenadier".split()
)
#: both armies may have a second corps; "6th Army" is told apart by its ordinal
_NUMERAL = re.compile(r"[IVX]+")
#: what may stand between "French" and a name: "the French cavalry commander, Oak"
_TITLES = (
    OFFICES
    | FORCE_NOUNS
    | FORCE_QUALIFIERS
    | frozenset(
        "under led by commanded supreme overall then now first second deputy acting senior young old "
        "veteran wing flank high theatre theater district the corps".split()
    )
)
#: a vote decides when it is this strong and this much of all votes
_LEAST, _SHARE = 2, 0.7


def generic(named: Named) -> bool:
    """Whether a name only says what kind of unit: "Division", "Regiment"."""
    return all(
        word in _UNITS or word in CONNECTORS or _NUMERAL.fullmatch(word)
        for word in named.name.split()
    )


def by_surname(register: Register) -> None:
    """As in "Major General William Rupertus", whom the box calls "William H. Rupertus"."""
    known: dict[str, set[str]] = defaultdict(set)
    for named in register.kind("person"):
        if named.side is not None:
            for form in named.forms:
                for word in _distinct(form)[-1:]:
                    known[word].add(named.side)
    for named in register.kind("person"):
        if named.side is None:
            words = {word for form in named.forms for word in _distinct(form)[-1:]}
            sides = {side for word in words for side in known.get(word, ())}
            if len(sides) == 1:
                named.side = sides.pop()


def surname(name: str) -> str:
    """The last word of a name that tells one man from another; empty if none does."""
    return (_distinct(name) or [""])[-1]


def _distinct(name: str) -> list[str]:
    """Words of a name that tell one man from another, title and land left out."""
    words = [
        w
        for w in re.findall(r"[\w'’-]+", name.split(",", maxsplit=1)[0])
        if w not in RANKS and w not in CONNECTORS
    ]
    return [folded(w) for w in words if len(w) > 3 and w[0].isupper()]


def by_company(
    passages: Passages,
    register: Register,
    other: Callable[[str], str | None],
    hostile: Callable[[str], bool],
) -> None:
    """Spread sides along the links of the text.

    Parameters
    ----------
    other : the opponent of a side, None where there are several.
    hostile : whether the words between two names say that they fight each other.
    """
    bonds = bonds_of(passages, register, hostile)
    writers = _writers(passages, register)
    adjectives = _adjectives(register)
    votes = {key: _spoken_of(passages, named, adjectives) for key, named in register.all.items()}
    for key, named in register.all.items():
        votes[key] += _headed(passages, named, adjectives)
    for _ in range(4):
        changed = False
        for key, named in register.all.items():
            settled = named.side is not None or key in writers
            if settled or named.kind == "place" or generic(named):
                continue
            tally = votes[key].copy()
            for bond in bonds.get(key, ()):
                side = register.all[bond.other].side
                if side is not None and bond.weight < 0:
                    side = other(side)
                if side is not None:
                    tally[side] += abs(bond.weight)
            named.side = _decided(tally)
            changed = changed or named.side is not None
        by_surname(register)
        if not changed:
            break


#: in the present tense they are said of those who write about a battle
_WRITES = re.compile(
    r"(?:\W{0,2}\([^()]{1,40}\))?,? (?:also |both |further |later |even |\w+ly )*(?:says?|writes?|notes|argues|"
    r"estimates|suggests|states|gives?|records|mentions|tells|reports|claims|considers|describes|"
    r"relates|concludes|points out|explains|implies|puts|cites|adds|comments|observes|asserts|"
    r"maintains|contends|speculates|lists|calculates|believes)\b"
)


def _writers(passages: Passages, register: Register) -> set[str]:
    """Those who tell of the battle: the company they keep in the text says no side."""
    found = set()
    for key, named in register.all.items():
        if named.kind != "person":
            continue
        for mention in named.mentions[:60]:
            sentence = passages.at(mention.start) if mention.sentence >= 0 else None
            if sentence is None:
                continue
            at, end = mention.start - sentence.start, mention.end - sentence.start
            told = re.search(r"\b[Aa]ccording to (?:the )?(?:\w+ ){0,2}$", sentence.text[:at])
            if told or _WRITES.match(sentence.text, end):
                found.add(key)
                break
    return found


def _decided(tally: Counter[str]) -> str | None:
    if not tally:
        return None
    (side, most), total = tally.most_common(1)[0], sum(tally.values())
    return side if most >= _LEAST and most >= _SHARE * total else None


def _adjectives(register: Register) -> dict[str, str]:
    """Adjective and state -> side, for the states of the groups whose side is known."""
    sides: dict[str, set[str]] = defaultdict(set)
    for named in register.kind("group"):
        if named.side is not None and named.state and not generic(named):
            same = {named.state, *(old for old, new in SAME_STATE.items() if new == named.state)}
            for word in (*same, *(form for form, state in DEMONYM.items() if state in same)):
                sides[word].add(named.side)
    return {word: found.pop() for word, found in sides.items() if len(found) == 1}


#: "Union II Corps commander Couch": the words of a unit tell no side
_UNIT_WORD = re.compile(
    r"\b(?:[IVX]+|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth)|"
    r"Corps|Division|Brigade|Army|Cavalry|Artillery|Infantry|Fleet|Squadron|Group|Chief|Commander|General|"
    r"Admiral|Maj\.?|Brig\.?|Lt\.?|Gen\.?|Col\.?|Major|Brigadier|Colonel|Lieutenant|Captain|Capt\.?)(?![\w-])"
)
#: with an adjective they make a heading that names a side and nothing else: "The Dutch"
_AND = frozenset(["the", "The", "and", "side", "sides"])
_FORCES = re.compile(
    r"\b(?:forces?|army|armies|fleet|order of battle|dispositions?|plans?|troops)\b", re.I
)


def _headed(passages: Passages, named: Named, adjectives: dict[str, str]) -> Counter[str]:
    """Votes of the headings under which a name first stands: "German forces"."""
    tally: Counter[str] = Counter()
    for mention in named.mentions[:1]:
        sentence = passages.at(mention.start) if mention.sentence >= 0 else None
        heading = sentence.block.section if sentence is not None else ""
        listed = sentence is not None and sentence.block.kind == "list_item"
        alone = listed and set(heading.split()) <= {*adjectives, *_AND}
        if _FORCES.search(heading) or alone:
            sides = {adjectives[w] for w in re.findall(r"[A-Z][\w.-]+", heading) if w in adjectives}
            if len(sides) == 1:
                tally[sides.pop()] += 2
    return tally


#: a heading that runs into its paragraph: "Phase Two. CS Advance (13 June): Korn marched"
_RUN_IN = re.compile(
    r"(?P<side>[A-Z][\w.-]+) (?:Advance|Attacks?|Assaults?|Dispositions?|"
    r"Deployment|Movements?|March|Withdrawal|Retreat|Positions?|Counter-?attacks?|Pursuit|Arrival|Plans?|"
    r"Preparations?|Forces|Order of Battle)\b"
)
#: how near to the beginning of a paragraph stands who acts in it
_OPENS = 24


def _spoken_of(passages: Passages, named: Named, adjectives: dict[str, str]) -> Counter[str]:
    """Votes of the adjectives before a name, and of the land in it: "Elector of Bavaria"."""
    tally: Counter[str] = Counter()
    if named.kind == "place":
        return tally
    for form in named.forms:
        land = _OF_PLACE.search(form)
        if land and land[1] in adjectives:
            tally[adjectives[land[1]]] += 2
    for mention in named.mentions[:60]:
        sentence = passages.at(mention.start) if mention.sentence >= 0 else None
        if sentence is None:
            continue
        at = mention.start - sentence.start
        before = passages.before(sentence)
        run_in = _RUN_IN.match(before.text) if before is not None and is_heading(before) else None
        if run_in and run_in["side"] in adjectives and at <= _OPENS:
            tally[adjectives[run_in["side"]]] += 1
        before = re.split(r"[.;:]|,.*,", sentence.text[max(0, at - 50) : at])[-1]
        words = [w for w in re.findall(r"[A-Z][\w.-]+", before) if not _UNIT_WORD.fullmatch(w)]
        if words and words[-1] in adjectives and re.search(r"^[^,]*,?\s*[^,]*$", before):
            tail = before[before.rfind(words[-1]) + len(words[-1]) :]
            tail = _UNIT_WORD.sub("", tail)
            said = re.findall(r"[\w-]+", tail)
            if re.fullmatch(r"[\w\s,-]*", tail) and len(said) <= 4 and _TITLES.issuperset(said):
                tally[adjectives[words[-1]]] += 2
    return tally
