"""A side of the battle, its identifier, and the words that name it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from inje.dossier.drafting._entities import Named, Register, folded, slug
from inje.dossier.drafting._kin import lands_of, name_kin
from inje.dossier.drafting._lexicon import (
    DEMONYM,
    RAISED_BY,
    RAISED_FOLK,
    RAISED_SHORT,
    SAME_STATE,
    UNIT_HEADS,
)

__all__ = ["IRREGULARS", "Side", "Sides", "name_sides", "seed_parties"]


#: those who fight a state without being its soldiers
IRREGULARS = frozenset(
    "rebels insurgents guerrillas guerillas militants gunmen terrorists bandits mutineers fighters jihadists "
    "separatists partisans tribesmen insurrectionists".split()
)
#: what the men of a state are called, where those of the other side are irregular
REGULARS = frozenset(
    "soldiers soldier troops servicemen policemen police army military government conscripts recruits "
    "infantrymen gendarmes".split()
)


@dataclass
class Side:
    """A side while the record is drafted."""

    key: str
    name: str
    members: list[Named] = field(default_factory=list)
    start: int = -1
    end: int = -1
    column: str = ""


class Sides:
    """The sides and how to tell to which one a group, a person or a word belongs."""

    def __init__(self, sides: list[Side]) -> None:
        self.all = sides
        self.by_key = {side.key: side for side in sides}
        self.tags: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.regiments: dict[str, str] = {}
        #: "rebel", "soldiers" -> side, where irregulars fight a state
        self.kinds: dict[str, str] = {}

    def of_kind(self, words: str) -> str | None:
        """The side of rebels or of soldiers, where the one fights the other: "rebel soldiers"."""
        said = folded(words).split()
        for kind in (IRREGULARS, REGULARS):
            for word in said:
                plural = word if word in kind else word + "s"
                if plural in kind and plural in self.kinds:
                    return self.kinds[plural]
        return None

    def other(self, key: str) -> str | None:
        """The opponent, where there are just two sides."""
        keys = [side.key for side in self.all if side.key != key]
        return keys[0] if len(keys) == 1 else None

    def of_words(self, words: str) -> str | None:
        """The one side that words name ("Iranian soldiers", "US", "Union"), else None."""
        return _longest(self.tags, words)

    def of_regiment(self, state: str) -> str | None:
        """The side whose regiments bear the name of a state: "the 5th Iowa"."""
        return self.regiments.get(state.rsplit(maxsplit=1)[-1]) if state else None

    def only_one_in(self, words: str) -> str | None:
        """The side that words name, if they name no other one."""
        plain = f" {folded(words)} "
        found = {key for tag, key in self.tags.items() if f" {tag} " in plain}
        return found.pop() if len(found) == 1 else None

    def named_by(self, words: str) -> str | None:
        """The one side that words call by its own name or that of a founding member."""
        return _longest(self.names, words)


def _longest(tags: dict[str, str], words: str) -> str | None:
    """The side for which most letters of the words speak; None if two are even."""
    found: Counter[str] = Counter()
    plain = f" {folded(words)} "
    for tag, key in tags.items():
        if f" {tag} " in plain:
            found[key] += len(tag)
    best = found.most_common(2)
    if not best or (len(best) > 1 and best[0][1] == best[1][1]):
        return None
    return best[0][0]


def name_sides(sides: Sides, register: Register) -> None:
    """Final identifiers: the tag, the abbreviation, the state, else the name."""
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    for side in sides.all:
        members = [n for n in register.all.values() if n.side == side.key and n.kind == "group"]
        key = _short(side, members)
        while key in taken:
            key += "_2"
        taken.add(key)
        renamed[side.key] = key
        side.key = key
    for named in register.all.values():
        named.side = renamed.get(named.side or "")
    sides.by_key = {side.key: side for side in sides.all}
    _tags(sides, register)
    _tell_kinds(sides)


def _tell_kinds(sides: Sides) -> None:
    """Whose the soldiers and whose the rebels are, where only one side is irregular."""
    irregular = [
        side.key
        for side in sides.all
        if any(word.lower() in IRREGULARS for word in side.name.split())
        or any(m.name.split()[-1].lower() in IRREGULARS for m in side.members)
    ]
    if len(irregular) == 1 and (regular := sides.other(irregular[0])) is not None:
        sides.kinds.update(dict.fromkeys(IRREGULARS, irregular[0]))
        sides.kinds.update(dict.fromkeys(REGULARS, regular))


def _short(side: Side, members: list[Named]) -> str:
    if re.fullmatch(r"[A-Z]{2,4}", side.column):
        return side.column.lower()
    acronyms = [n.acronym for n in side.members if n.acronym]
    if acronyms:
        return slug(acronyms[0])
    states: Counter[str] = Counter()
    for named in members:
        if named.state:
            states[named.state] += len(named.mentions)
    if states and not side.name[:1].isupper():
        return slug(states.most_common(1)[0][0])
    words = slug(re.sub(r"\(.*?\)", "", side.name).strip()).split("_")
    return "_".join(word for word in words[:4] if word) or "side"


_ALLIES = re.compile(r"United States|United Kingdom|Soviet Union|British|Australia|France|USSR")
_AXIS = re.compile(r"Nazi Germany|German|Empire of Japan|Japan|Kingdom of Italy|Ital")
_UNION = re.compile(r"USA\b|United States\b|Union\b")
_SECESSION = re.compile(r"CSA\b|Confedera")


def _party_words(side: Side, sides: Sides) -> list[str]:
    """Names of parties that follow from who fights whom: Union, Confederate, Allied, Axis."""
    others = " ".join(other.name for other in sides.all if other is not side)
    if _UNION.match(side.name) and _SECESSION.search(others):
        return ["Union", "Federal", "Federals", "Northerners", "Unionists", *_of_the("Northern")]
    if _SECESSION.search(side.name) and _UNION.search(others):
        return [
            *("Confederate", "Confederates", "Confederacy", "Rebel", "Rebels", "Southerners"),
            *("Secessionists", *_of_the("Southern")),
        ]
    if _ALLIES.search(side.name) and _AXIS.search(others):
        return ["Allied", "Allies"]
    if _AXIS.search(side.name) and _ALLIES.search(others):
        return ["Axis"]
    rivals = max((len(other.members) for other in sides.all if other is not side), default=0)
    if len(side.members) >= max(3, 2 * rivals):
        return ["Allied", "Allies", "Coalition", "Alliance"]
    return []


_MILITARY = (
    "soldiers troops forces force army armies infantry infantrymen cavalry cavalrymen artillery guns "
    "commanders commander general generals officers regiments brigades divisions casualties losses men "
    "dead wounded prisoners volunteers line lines batteries"
).split()


def _of_the(region: str) -> list[str]:
    """As in "Southern soldiers": a region that is a side only before what fights."""
    return [f"{region} {noun}" for noun in _MILITARY]


def seed_parties(sides: Sides, register: Register) -> None:
    """Groups that bear the name of a party, a state or a land of one side only.

    As in "Union cavalry", "Axis forces", "Scottish regiments", before anything is guessed.
    """
    words: dict[str, set[str]] = {}
    for side in sides.all:
        states = {member.state for member in side.members if member.state}
        own = [*_party_words(side, sides), *states, *_name_words(side)]
        own += [form for form, state in DEMONYM.items() if SAME_STATE.get(state, state) in states]
        for word in own:
            words.setdefault(word, set()).add(side.key)
    for word, keys in lands_of(sides).items():
        words.setdefault(word, keys)
    for named in register.kind("group"):
        if named.side is not None:
            continue
        said = [word for part in (named.name, named.owner) for word in part.split()]
        said += [named.state] if named.state else []
        found = {key for word in said for key in words.get(word, ())}
        if not found and _UNION_CORPS.fullmatch(named.name):
            found = set(words.get("Union", ()))
        if len(found) == 1:
            named.side = found.pop()


#: by convention of writers on the American Civil War a corps with a Roman numeral is a Union one
_UNION_CORPS = re.compile(r"[IVX]+ (?:Army )?Corps")


#: words of the names of states that many of them bear
_COMMON = frozenset(
    "Kingdom Empire Republic Democratic People Peoples Federation Federal Grand Duchy Principality "
    "County Confederation North South East West Northern Southern Eastern Western Great Holy First "
    "Second Third Fourth United Socialist Federative Free State States House Emirate Sultanate "
    "Dynasty League Coalition Forces Army".split()
) - {"Coalition", "League", "Federal"}


def _name_words(side: Side) -> list[str]:
    """Words of a side's name that name it, and their plural: "Mamluk" and "Mamluks"."""
    words = [
        word
        for word in re.findall(r"[^\W\d_]{4,}", side.name)
        if word[0].isupper() and word not in _COMMON
    ]
    return [*words, *(word + "s" for word in words if not word.endswith("s"))]


def _tags(sides: Sides, register: Register) -> None:
    """Words that name a side: its names, its adjectives, its column in the box."""
    for side in sides.all:
        own = [*_party_words(side, sides), side.key.replace("_", " "), side.name, side.column]
        own += _name_words(side)
        own += [words for member in side.members for words in _words_for(member)]
        own += [form for form, state in DEMONYM.items() if state == side.name]
        own += ["government"] if "government" in side.name.lower() else []
        _add(sides.names, own, side.key)
    for key, words in sides.names.items():
        sides.tags[key] = words
    for named in register.all.values():
        if named.side is not None and named.kind != "place":
            _add(sides.tags, _words_for(named), named.side)
    name_kin(sides)
    for side in sides.all:
        for party, states in RAISED_BY.items():
            bears = party in _party_words(side, sides) or party == side.name
            if bears or party.split()[0] in _party_words(side, sides):
                sides.regiments.update(dict.fromkeys(states | RAISED_SHORT[party], side.key))
                for folk in RAISED_FOLK[party]:
                    sides.tags.setdefault(folded(folk), side.key)
    for table in (sides.names, sides.tags):
        for tag in [tag for tag, key in table.items() if not key]:
            del table[tag]


def _add(table: dict[str, str], words: list[str], key: str) -> None:
    """Note words for a side; what names two sides names none (an empty entry)."""
    for word in map(folded, words):
        if len(word) > 1 or word in ("c", "u"):
            table[word] = key if table.get(word, key) == key else ""


def _words_for(named: Named) -> list[str]:
    """Names, owner and abbreviation of an entity, and the adjectives of its state."""
    owner = "" if named.owner in UNIT_HEADS else named.owner  # "Corps division"
    words = [*named.forms, owner, named.acronym]
    if named.state:
        same = {named.state, *(old for old, new in SAME_STATE.items() if new == named.state)}
        words += [*same, *(form for form, state in DEMONYM.items() if state in same)]
    return words
