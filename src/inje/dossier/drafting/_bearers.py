"""Common nouns that mean one side only: "volunteers", "the garrison", "the besiegers"."""

from __future__ import annotations

import re

from inje.dossier.drafting._desk import Desk

__all__ = ["bound_nouns", "part_nouns"]

#: nouns that every army has
_COMMON = frozenset(
    "men people army armies forces force troops soldiers strong units unit personnel prisoners "
    "infantry cavalry artillery brigade brigades battalion battalions regiment regiments division "
    "divisions squadrons squadron guns officers officer line lines position positions batteries "
    "battery corps company companies ships fleet squad platoon column columns tanks".split()
)
_HELD = re.compile(r"\b([A-Z]\w+)-(?:held|occupied|controlled|garrisoned)\b")
_DEFENDING = ("garrison", "defenders", "besieged")
_ATTACKING = ("besiegers", "attackers", "assailants", "invaders", "besieging", "attacking")


_ESCORTED = (
    "convoy", "convoys", "escort", "escorts", "merchantmen", "merchant", "freighters", "corvettes",
    "corvette", "freighter", "merchantman", "destroyer", "destroyers", "frigate", "frigates", "sloop",
    "sloops", "trawler", "trawlers", "cutter", "cutters", "tanker", "tankers", "steamer", "steamers",
    "seamen", "lifeboats", "survivors", "stragglers", "cargo",
)  # fmt: skip
#: what hunts them
_HUNTING = (
    "submarine",
    "submarines",
    "u-boat",
    "u-boats",
    "wolfpack",
    "wolfpacks",
    "boats",
    "torpedoes",
)


def part_nouns(desk: Desk) -> dict[str, str]:
    """Side of the garrison and of the besiegers, where the record knows who attacked."""
    sides = desk.sides
    attackers = {str(c.value.best) for c in desk.claims if c.about == "attacker" and c.value}
    lead = " ".join(sentence.text for sentence in desk.passages.sentences[:4])
    held = {side for word in _HELD.findall(lead) if (side := sides.of_words(word))}
    defender = held.pop() if len(held) == 1 else None
    defender = defender or _lead_defender(desk, lead)
    if defender is None and len(attackers) == 1:
        defender = sides.other(attackers.pop())
    attacker = sides.other(defender) if defender is not None else None
    allied = _allied(desk)
    if defender is None or attacker is None:
        return allied
    return {**allied, **dict.fromkeys(_DEFENDING, defender), **dict.fromkeys(_ATTACKING, attacker)}


#: "the Ottomans attempted to conquer the island, then held by the Knights"
_TAKES = re.compile(
    r"\b(?:attempted|tried|failed|sought|set out|managed|moved) to (?:conquer|capture|take|seize|storm|invade|relieve)\b|"
    r"\b(?:besieged|invaded|laid siege to|stormed|assaulted|landed on|landed at)\b"
)
_HOLDS = re.compile(
    r"\b(?:held|defended|garrisoned|occupied) by (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)


#: "after the city had been besieged by the Ottoman Empire"
_BESIEGED = re.compile(
    r"\b(?:besieged|invested|blockaded|stormed|invaded) by (?:the )?([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)


def _lead_defender(desk: Desk, lead: str) -> str | None:
    """The side that holds the place, or does not attack it, as the first sentences tell it."""
    sides = desk.sides
    held = {side for words in _HOLDS.findall(lead) if (side := sides.of_words(words))}
    if len(held) == 1:
        return held.pop()
    besieging = {side for words in _BESIEGED.findall(lead) if (side := sides.of_words(words))}
    if len(besieging) == 1:
        return sides.other(besieging.pop())
    attacking = {
        side
        for sentence in desk.passages.sentences[:4]
        if (match := _TAKES.search(sentence.text))
        and (side := sides.only_one_in(sentence.text[: match.start()]))
    }
    return sides.other(attacking.pop()) if len(attacking) == 1 else None


def _allied(desk: Desk) -> dict[str, str]:
    """The side that "the allies" means: the only one of several states."""
    submarines = desk.sides.of_words("u boat")
    if submarines is not None and "U-boat" in desk.document.text:
        escorted = desk.sides.other(submarines)
        if escorted is not None:  # the prey of one side's submarines is the other's
            return {**dict.fromkeys(_ESCORTED, escorted), **dict.fromkeys(_HUNTING, submarines)}
    several = [
        side.key
        for side in desk.sides.all
        if len({member.state for member in side.members if member.state}) > 1
    ]
    return dict.fromkeys(("allies", "allied", "coalition"), several[0]) if len(several) == 1 else {}


def bound_nouns(desk: Desk) -> dict[str, str]:
    """Nouns that only one side's forces bear: "volunteers"."""
    seen: dict[str, set[str]] = {}
    for named in desk.register.kind("group"):
        if named.side is not None and named.owner:
            for form in named.forms:
                head = form.split()[-1]
                if head.islower() and head not in _COMMON:
                    seen.setdefault(head, set()).add(named.side)
    return {head: sides.pop() for head, sides in seen.items() if len(sides) == 1}
