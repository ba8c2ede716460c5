"""What a person is said to be: appositions before and after the name, and ranks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._lexicon import OFFICES
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Passages, Sentence

__all__ = ["FoundRole", "found_roles"]

_COMMANDS = frozenset(
    [
        "commander",
        "general",
        "captain",
        "admiral",
        "marshal",
        "colonel",
        "commander-in-chief",
        "officer",
    ]
)
_LEADS = frozenset(
    [
        "leader",
        "minister",
        "president",
        "king",
        "queen",
        "emperor",
        "premier",
        "ruler",
        "chancellor",
        "sultan",
        "shah",
        "prince",
        "tsar",
        "governor",
        "dictator",
        "chairman",
        "secretary",
        "chief",
        "head",
        "regent",
    ]
)
_OPENS = re.compile(r"^(?:However|Meanwhile|Then|Thus|Therefore|In \w+|On [\w ]+|By \w+),\s*", re.I)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class FoundRole:
    """A role of a person.

    Attributes
    ----------
    person : whose.
    text : the role ("commander of the People's Army of the ANG"); `start`, `end` its span.
    outer : span of role and name together.
    duty : "commander", "leader" or empty.
    groups : groups and places named in the role.
    """

    person: Named
    text: str
    start: int
    end: int
    outer: tuple[int, int]
    duty: str
    groups: tuple[Named, ...]


def found_roles(passages: Passages, register: Register) -> list[FoundRole]:
    """The roles that the prose states."""
    roles: list[FoundRole] = []
    for person in register.kind("person"):
        for mention in person.mentions:
            if mention.sentence < 0:
                continue
            sentence = passages.sentences[mention.sentence]
            for find in (_before, _after, _adjacent, _leading):
                role = find(sentence, mention, person, register)
                if role is not None:
                    roles.append(role)
                    break
    return sorted(roles, key=lambda role: role.start)


def _office(text: str) -> str:
    """The word that names the office, among the first of a role."""
    for word in re.findall(r"[\w-]+", text)[:7]:
        if word.lower() in OFFICES or word in ("Minister", "President", "King", "Commander"):
            return word.lower()
        if word in ("who", "which", "that", "was", "were", "had", "by", "in", "and"):
            return ""
    return ""


def _before(
    sentence: Sentence, mention: Mention, person: Named, register: Register
) -> FoundRole | None:
    """As in "Iran's defense minister at the time, Ahmad"."""
    text = sentence.text[: mention.start - sentence.start]
    if not text.endswith(", "):
        return None
    first = 0
    opened = _OPENS.match(text)
    if opened:
        first = opened.end()
    for boundary in ("; ", ": ", " that ", " but "):
        first = max(first, text.rfind(boundary) + len(boundary) if boundary in text else 0)
    role = text[first:-2]
    if ", " in role:
        first += role.rfind(", ") + 2
        role = text[first:-2]
    if not role or len(role) > _LONGEST or not _office(re.sub(r"^.*?'s ", "", role)):
        return None
    if re.search(r"\b(?:was|were|had|said|led|sent|ordered)\b", role):
        return None
    start = sentence.start + first
    return _role(person, register, start, start + len(role), (start, mention.end), role)


def _after(
    sentence: Sentence, mention: Mention, person: Named, register: Register
) -> FoundRole | None:
    """As in "Jafar Kavian, the commander of the People's Army of the ANG,"."""
    text = sentence.text[mention.end - sentence.start :]
    match = re.match(
        r", (?:who was |then |now )?((?:the |a |an |their |its |his |[A-Z][\w']+ "
        r")?[^,;.()]{3,120})",
        text,
    )
    if match is None or not _office(match[1]) or re.match(r"(?!acting)\w+ing\b", match[1]):
        return None
    if re.search(
        r"\b(?:was|were|had|did|would|could|should|might|must|cannot|ordered|led|sent)\b", match[1]
    ):
        return None
    start = mention.end + match.start(1)
    end = start + len(match[1].rstrip())
    return _role(person, register, start, end, (mention.start, end), match[1].rstrip())


def _adjacent(
    sentence: Sentence, mention: Mention, person: Named, register: Register
) -> FoundRole | None:
    """As in "the Ottoman commander Nuri Pasha", "Confederate Brig. Gen. Forrest"."""
    text = sentence.text[: mention.start - sentence.start]
    match = re.search(r"((?:[A-Z][\w’'-]+ )?(?:[a-z]+ )?([a-z-]+)) $", text)
    if match is not None and match[2] in OFFICES:
        start = sentence.start + match.start(1)
        return _role(person, register, start, mention.start - 1, (start, mention.end), match[1])
    match = re.search(r"\b([A-Z][\w’'-]+) $", text)
    if match is not None and mention.rank:
        start = sentence.start + match.start(1)
        rank = mention.text.rsplit(" ", 1)[0]
        end = mention.start + len(rank)
        return _role(person, register, start, end, (start, mention.end), f"{match[1]} {rank}")
    return None


#: between a force and who leads it
_LED = re.compile(
    r",? (?P<by>(?:was |were )?(?:commanded|led|headed) by|under(?: the command of)?) (?:the )?"
)
_FORCE = re.compile(
    r"\b(?:army|armies|forces?|troops|column|fleet|squadron|garrison|corps|division|brigade|regiment|"
    r"detachment|cavalry|infantry|expedition|flotilla|contingent|men|soldiers|tribesmen|rebels)$",
    re.I,
)


def _leading(
    sentence: Sentence, mention: Mention, person: Named, register: Register
) -> FoundRole | None:
    """As in "a British column commanded by Brigadier Tarn", "the French army under Marlot"."""
    for before, group in reversed(register.within(sentence.start, mention.start)[-2:]):
        gap = sentence.text[before.end - sentence.start : mention.start - sentence.start]
        led = _LED.fullmatch(gap)
        if led is None or group.kind != "group" or not _FORCE.search(before.text):
            continue
        start = before.end + led.start("by")
        text = f"commander of the {before.text}"
        groups = (group,)
        outer = (before.start, mention.end)
        return FoundRole(
            person, text, start, before.end + led.end("by"), outer, "commander", groups
        )
    return None


def _role(
    person: Named, register: Register, start: int, end: int, outer: tuple[int, int], text: str
) -> FoundRole:
    office = _office(re.sub(r"^.*?'s ", "", text)) or _office(text)
    duty = "commander" if office in _COMMANDS else "leader" if office in _LEADS else ""
    groups = tuple(named for _, named in register.within(start, end))
    return FoundRole(person, text, start, end, outer, duty, groups)
