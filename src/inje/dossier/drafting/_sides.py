"""The two (or more) sides of the battle, and who belongs to which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from inje.document import Document
from inje.dossier.drafting._adversaries import WARLIKE, adversaries
from inje.dossier.drafting._allegiance import by_company, by_surname, generic, surname
from inje.dossier.drafting._entities import Named, Register, folded
from inje.dossier.drafting._lead import sides_of_lead
from inje.dossier.drafting._lexicon import DEMONYM
from inje.dossier.drafting._parties import Side, Sides, name_sides, seed_parties
from inje.dossier.drafting._passages import Passages, Sentence
from inje.dossier.drafting._roles import FoundRole
from inje.errors import DocumentError

__all__ = ["Side", "Sides", "find_sides"]

_HOSTILE = (
    r"(?:attack\w*|resist\w*|punish\w*|fight\w*|fought|defeat\w*|assault\w*|repuls\w*|besieg\w*|"
    r"repel\w*|ambush\w*|oppos\w*|rout\w*|pursu\w*|bombard\w*|charg\w+|engag\w+|surround\w*|"
    r"invad\w*|driv\w+ back|drove back|clash\w* with)"
)
_VERB = re.compile(
    rf"^(?:\W|\b\w+ly\b|had|has|have|was|were|would|could|to|then|also|again|continue[ds]?|"
    rf"intended|wanted|tried|began|by|decided|he|they|she|it|if|necessary|that|"
    rf"stated|launched|an?|the)*\s*{_HOSTILE}\b",
    re.I,
)
#: as above, or a deed that two enemies do to each other and allies do not
_AT_ODDS = re.compile(
    r"^(?:\W|\b\w+ly\b|had|has|have|was|were|being|been|soon|then|also)*\b(?:captured|capturing|"
    r"confronted|confronting|overran|raided|shelled|encircled|outflanked|trapped|ejected|"
    r"dislodged|killed|annihilated|overwhelmed)\b",
    re.I,
)
#: words after which a name is no longer what the verb before them is done to
_ELSEWHERE = re.compile(
    r"[,;]|\b(?:while|whilst|and|with|before|until|when|as|to|at|in|near|from|after|under|that)\b"
)
#: characters between two names that may say that one attacks the other
_FARTHEST = 160
_ATTACK_BY = re.compile(
    r"\b(?:attack|assault|raid|offensive|aggression)s?\s+by\s+(?:the\s+)?$", re.I
)


def find_sides(
    document: Document,
    passages: Passages,
    register: Register,
    roles: Sequence[FoundRole],
    hints: dict[int, str],
) -> Sides:
    """The sides of the battle.

    Raises
    ------
    DocumentError : no two armed sides are named.
    """
    for find in (_tagged, _boxed, sides_of_lead, adversaries, _polities):
        sides = find(document, passages, register)
        if len(sides) >= 2:
            break
    else:
        raise DocumentError(
            _start_of(document),
            "this document names no armed sides: nothing to reconstruct",
            "an article that says who fought whom",
            "give an article about a battle",
        )
    found = Sides(sides)
    _spread(found, passages, register, roles, hints)
    name_sides(found, register)
    _name_victors(found, document)
    return found


_WON = re.compile(
    r"(?:Decisive |Tactical |Strategic |Clear |Pyrrhic |Major )?(?P<who>[^\n.;(]{2,60}?) victory\b"
)


def _name_victors(sides: Sides, document: Document) -> None:
    """ "The victors' losses": of him to whom the box gives the victory."""
    for block in document.blocks:
        told = _WON.match(document.block_text(block)) if block.label == "result" else None
        side = sides.of_words(told["who"]) if told is not None else None
        if side is not None:
            sides.tags.update(dict.fromkeys(("victors", "victors army", "victorious army"), side))
        if told is not None:
            return


def _start_of(document: Document) -> str:
    """Where a document begins, as a message says it."""
    name = document.uri or document.title
    return name if "://" in name else f"{name}:1:1"


def _tagged(document: Document, _passages: Passages, register: Register) -> list[Side]:
    """Rows of facts with [US] and [CS] after what belongs to a side."""
    text = " ".join(document.block_text(b) for b in document.blocks if b.kind == "infobox")
    tags = Counter(re.findall(r"\[([A-Z][A-Za-z]{0,11}|[uc])\]", text))
    for pair in re.findall(r"\(([A-Z][A-Za-z]{1,11}) [\d,]+; ([A-Z][A-Za-z]{1,11}) [\d,]+\)", text):
        tags.update(pair)
    keys = [tag for tag, _ in tags.most_common(2)]
    names = {"US": "Union", "CS": "Confederate States", "u": "Union", "c": "Confederate States"}
    sides = [Side("", names.get(tag, tag), column=tag) for tag in sorted(keys, key=text.find)]
    for side in sides:
        states = ("Union", "United States") if side.name == "Union" else (side.name,)
        side.members += [n for n in register.kind("group") if n.state in states and not n.owner]
    return sides


def _boxed(document: Document, _passages: Passages, register: Register) -> list[Side]:
    sides: dict[str, Side] = {}
    for block in document.blocks:
        if block.kind != "infobox" or not re.fullmatch(r"combatant\d\w?", block.label):
            continue
        column = block.label[9:10]
        name = _bare(document.block_text(block))
        if not name:
            continue
        if column not in sides:
            sides[column] = Side("", name, start=block.start, end=block.end, column=column)
        for named in register.all.values():
            if named.kind != "place" and any(
                block.start <= m.start < block.end for m in named.mentions
            ):
                sides[column].members.append(named)
    return list(sides.values())


def _bare(text: str) -> str:
    text = re.sub(r"(?:Flag of [^,;]*?\.(?:svg|png|gif)|[\w ]*Flag\.gif)\s*", "", text)
    text = re.sub(r"\b(.{4,}?)\s+\1\b", r"\1", text.strip(" :,\n"))
    return re.split(r"\n|,|:", text)[0].strip()


def _polities(document: Document, passages: Passages, register: Register) -> list[Side]:
    """The two states whose forces are named most, if nothing says who fought whom."""
    if not any(WARLIKE.search(s.text) for s in passages.sentences[:200]):
        return []
    counts: Counter[str] = Counter()
    for named in register.kind("group"):
        if named.state and (named.owner or named.name in DEMONYM):
            counts[named.state] += len(named.mentions) * (4 if named.owner else 1)
    for named in register.kind("group"):
        if named.state and re.search(rf"\b{re.escape(named.state)}\b", document.title):
            counts[named.state] += 1000  # a war named after one who fought it
    states = [state for state, n in counts.most_common(2) if n]
    return [
        Side("", state, [n for n in register.kind("group") if n.state == state]) for state in states
    ]


def _spread(
    sides: Sides,
    passages: Passages,
    register: Register,
    roles: Sequence[FoundRole],
    hints: dict[int, str],
) -> None:
    """Give every group and person the side that the text gives it, until nothing changes."""
    for k, side in enumerate(sides.all):
        side.key = f"{k}"
        for named in side.members:
            named.side = named.side or side.key
    sides.by_key = {side.key: side for side in sides.all}
    _by_hint(sides, register, hints)
    _imperial(sides, register)
    seed_parties(sides, register)
    by_surname(register)
    _by_title(sides, register)
    for _ in range(4):
        before = sum(named.side is not None for named in register.all.values())
        _by_name(register)
        _by_role(roles)
        _by_hostility(sides, passages, register)
        if sum(named.side is not None for named in register.all.values()) == before:
            break
    by_company(passages, register, sides.other, _at_odds)
    _by_name(register)


def _at_odds(gap: str) -> bool:
    """Whether the words between two names say that they fight each other."""
    verb = _VERB.match(gap) or _AT_ODDS.match(gap)
    return verb is not None and _ELSEWHERE.search(gap, verb.end()) is None


def _imperial(sides: Sides, register: Register) -> None:
    """ "Imperial" is of the Holy Roman Empire only where that fights; else of the one empire."""
    state = "Holy Roman Empire"
    if any(member.state == state for side in sides.all for member in side.members):
        return
    empires = [side for side in sides.all if re.search(r"\bEmpire\b|\bImperial\b", side.name)]
    for named in register.kind("group"):
        if named.state == state and state not in named.name:
            named.state = ""
            named.side = empires[0].key if len(empires) == 1 else None


def _by_hint(sides: Sides, register: Register, hints: dict[int, str]) -> None:
    """Commanders by the column, the tag or the name of the side in the box."""
    for start, hint in hints.items():
        named = register.at(start)
        if named is None or named.side is not None:
            continue
        for side in sides.all:
            members = {form for member in side.members for form in member.forms}
            if hint in {side.column, side.name, *members}:
                named.side = side.key
                break


#: titles that one state's men bear
_TITLES = {
    "Pasha": ("Ottoman Empire", "Turkey", "Egypt"),
    "Bey": ("Ottoman Empire", "Turkey"),
    "Ras": ("Ethiopia",),
    "Dejazmach": ("Ethiopia",),
    "Fitawrari": ("Ethiopia",),
    "Negus": ("Ethiopia",),
    "Kaiser": ("Germany", "Austria"),
    "Tsar": ("Russia",),
    "Daimyo": ("Japan",),
}


def _by_title(sides: Sides, register: Register) -> None:
    """As in "Yusuf Pasha", where one side only is Ottoman."""
    for named in register.kind("person"):
        if named.side is not None:
            continue
        states = {s for word in named.name.split() for s in _TITLES.get(word, ())}
        found = {
            side.key for side in sides.all if states & {member.state for member in side.members}
        }
        if len(found) == 1:
            named.side = found.pop()


def _by_name(register: Register) -> None:
    """Same state, same owner, or a name that shares most of its words."""
    groups = [n for n in register.all.values() if n.kind == "group"]
    known = [n for n in register.all.values() if n.side is not None and n.kind != "place"]
    votes: dict[str, Counter[str]] = {}
    owners: dict[str, set[str]] = {}
    firsts: dict[str, set[str]] = {}
    for named in known:
        for state in filter(None, (named.state, folded(named.owner))):
            votes.setdefault(folded(state), Counter())[named.side or ""] += 1
        for form in named.forms:
            owners.setdefault(folded(form), set()).add(named.side or "")
            if named.kind == "person":
                owners.setdefault(surname(form) or "-", set()).add(named.side or "")
                firsts.setdefault(folded(form.split()[0]), set()).add(named.side or "")
    for word, sides in firsts.items():
        owners.setdefault(word, sides)  # "Kim's division" of Kim Song
    for named in groups:
        if named.side is not None or (generic(named) and not named.state):
            continue
        keys = [folded(named.state)] if named.state else []
        keys += [folded(named.owner), surname(named.owner) or "-"] if named.owner else []
        found = {side for key in keys for side in votes.get(key, ())}
        found |= {side for key in keys for side in owners.get(key, ())}
        found |= _inside(named, owners)
        if len(found) == 1:
            named.side = found.pop()
            continue
        alike = {n.side for n in known if n.kind == "group" and _alike(named.name, n.name)}
        if not found and len(alike) == 1:
            named.side = alike.pop()


def _inside(named: Named, owners: dict[str, set[str]]) -> set[str]:
    """The side whose name stands inside this one: "People's Army of the ANG"."""
    words = folded(named.name)
    found = {
        s for form, s in owners.items() if len(form) > 2 and f" {form} " in f" {words} " for s in s
    }
    return found if len(found) == 1 else set()


def _alike(one: str, two: str) -> bool:
    a, b = set(folded(one).split()) - {"of", "the"}, set(folded(two).split()) - {"of", "the"}
    shared = a & b
    if {word for word in a if word[0].isdigit()} != {word for word in b if word[0].isdigit()}:
        return False  # "1st Panzer Division" and "16th Panzer Division"
    return len(shared) >= 2 and 2 * len(shared) >= len(a | b)


def _by_role(roles: Sequence[FoundRole]) -> None:
    for role in roles:
        sides = {named.side for named in role.groups if named.side is not None}
        if role.person.side is None and len(sides) == 1:
            role.person.side = sides.pop()
        elif role.person.side is not None and role.duty and not sides:
            for named in role.groups:
                if named.kind == "group" and named.side is None and not generic(named):
                    named.side = role.person.side


def _by_hostility(sides: Sides, passages: Passages, register: Register) -> None:
    """Who attacks a side is of the other one, and who is attacked by it; the majority decides."""
    if len(sides.all) != 2:
        return
    votes: dict[str, Counter[str]] = {}
    for sentence in passages.sentences:
        found = _actors(register, sentence)
        for (_, start, end, one), (_, next_start, _, two) in pairwise(found):
            between = sentence.text[end - sentence.start : next_start - sentence.start][:_FARTHEST]
            before = sentence.text[: start - sentence.start]
            by_on = _ATTACK_BY.search(before) and _ON.search(between)
            by_on = by_on or (_BETWEEN.search(before) and _AND.fullmatch(between))
            over = _VICTORY_OF.search(before) and _OVER.fullmatch(between)
            by_on = by_on or over
            if not by_on and (not _VERB.match(between) or re.search(r"\bby\b", between)):
                continue
            for this, that in ((one, two), (two, one)):
                kind = that.kind == "group" or (over and that.kind == "person")
                free = that.side is None and kind and not generic(that)
                if this.side is not None and free:
                    opponent = sides.other(this.side) or ""
                    votes.setdefault(that.key, Counter())[opponent] += 1
    for key, counted in votes.items():
        (side, most), total = counted.most_common(1)[0], sum(counted.values())
        if 4 * most >= 3 * total:
            register.all[key].side = side


#: "fought between British | and Boer forces"
_BETWEEN = re.compile(
    r"\b(?:fought|battle|clash\w*|fighting|war|engagement|skirmish\w*|conflict|action)\b[^.;]{0,60}?"
    r"\bbetween (?:the )?(?:\w+ )?$"
)
#: "a victory of A | over a much larger force of the | Nawab"
_VICTORY_OF = re.compile(r"\bvictory (?:of|for|by) (?:the )?$")
_OVER = re.compile(r" (?:over|against) (?:the )?(?:[\w-]+ ){0,5}(?:of (?:the )?)?")
_AND = re.compile(r"(?: (?:forces|troops|armies|army|soldiers|fleets?|navies|navy))? and (?:the )?")
_ON = re.compile(r"\b(?:on|against|upon)\s+(?:the\s+)?$")


def _actors(register: Register, sentence: Sentence) -> list[tuple[str, int, int, Named]]:
    """Groups and persons of a sentence; a name and its abbreviation count once."""
    actors: list[tuple[str, int, int, Named]] = []
    for mention, named in register.within(sentence.start, sentence.end):
        if named.kind == "place":
            continue
        if actors and actors[-1][0] == named.key and mention.start - actors[-1][2] < 4:
            actors[-1] = (named.key, actors[-1][1], mention.end + 1, named)
        else:
            actors.append((named.key, mention.start, mention.end, named))
    return actors
