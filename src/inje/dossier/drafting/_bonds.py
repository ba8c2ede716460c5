"""What the words between two names say: that they fight together, or each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from inje.dossier.drafting._entities import Named, Register
from inje.dossier.drafting._hostility import FOUGHT, MOVED, SEEKING
from inje.dossier.drafting._lexicon import LED_BY
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Passages, Sentence

__all__ = ["Bond", "bonds_of"]

_JOINED = re.compile(
    r"\s*(?:\([^()]{1,30}\)\s*)?(?:,|and|,\s*and|&|\(|as well as|together with)\s*(?:the\s+)?(?:\d+\w*\s+)?",
    re.I,
)
_OWNS = re.compile(r"['’]s?\s+(?:\d+\w*\s+|\w+\s+)?")
_UNDER = re.compile(
    rf"(?:[^.;:]{{0,60}}\b(?:those|that) of|[^.;:]{{0,40}}\b(?:{LED_BY}|command of|lieutenants?|belonging to)|"
    r"(?:['’]s?)?(?:\s+[\w-]+){0,3}\s+of)\s+(?:the\s+)?(?:command\s+of\s+)?(?:the\s+|\d+\w*\s+)?",
    re.I,
)
_SERVES = re.compile(
    r"[^.;:]{0,40}\b(?:ordered|directed|instructed|requested|joined(?: with)?|joining|reinforc\w+|"
    r"link\w* up with|"
    r"support\w*|to the aid of|replaced by|relieved|relieved by|succeeded by|accompanied by|"
    r"consult\w* with|serving (?:with|under)|appointed|promoted|gave|handed|lent|assigned|sent|brought|threw|moved|placed|posted)\s+"
    r"(?:forward\s+|up\s+|in\s+|out\s+|back\s+|ahead\s+)?(?:the\s+|his\s+|her\s+)?(?:\w+\s+){0,1}"
    r"(?:(?:brigades?|divisions?|corps|men|troops|cavalry|regiments?|squadrons?|ships|infantry)\s+(?:of|"
    r"under)\s+)?",
    re.I,
)
#: those who tell each other what is to be done are seldom enemies
_TELLS = re.compile(
    r",?\s+(?:had |then |later |also |now |\w+ly )*(?:told|reported (?:to|this to)|wrote (?:to|back to)?|remarked to|"
    r"advised|urged|informed|warned|assured|asked|telegraphed|cabled|begged|reminded|consulted|conferred with|"
    r"met with|sent (?:word|orders|a message|for|a note|an order) to|called on|complained to|handed|relieved|"
    r"sent [a-z]+ to help)\s+(?:that\s+)?(?:the\s+)?"
)
#: "led his Union division", "formed her Dutch squadrons": what is one's own
_LEADS = re.compile(
    r"(?:,[^,;.]{2,60},)?\s+(?:had |then |now |also |soon |personally |\w+ly )*(?:led|commanded|formed|advanced|"
    r"deployed|committed|rallied|positioned|ordered|moved|sent|brought|placed|posted|threw|hurled|launched|withdrew|"
    r"pulled|marched|halted|massed|concentrated|arrayed|split|divided|took|rushed|pushed|wheeled|unleashed|"
    r"dispatched|despatched|detached|lost)\s+(?:up\s+|back\s+|in\s+|forward\s+|out\s+|most of |part of |half of |all of )?"
    r"(?:his|her|their)\s+(?:own\s+)?(?:\w+\s+){0,2}"
)
#: "of four brigades (Hays, Gordon)": a unit and who leads its parts
_PARTS = re.compile(r"(?:['’]s?)?(?:\s+[\w-]+){0,5}\s+\(")
#: a list of surnames some of which are no names elsewhere: "Hays, Smith, Avery, and Gordon"
_LISTED = re.compile(r",\s*(?:[A-Z][\w’'-]+,\s*){1,3}(?:and\s+)?")
#: at the end of what stands between: "in conjunction with", "to establish a connection with"
_BESIDE = re.compile(
    r"\b(?:in (?:conjunction|company|concert|co-?operation|support) (?:with|of)|alongside|(?:support|reinforc|join|"
    r"reliev|accompani|second|flank)ed by|together with|connection with|contact with (?:the rest of )?|"
    r"(?:connect\w*|link\w*|link\w* up|unit\w+|combin\w+|cooperat\w+|co-operat\w+|join\w* forces|junction) with|"
    r"(?:to|and) (?:support|reinforce|join|relieve|assist|aid|replace))\s+(?:the\s+|his\s+)?$"
)
_NEGATED = re.compile(r"\b(?:not|prevent\w*|before|without|failed|unable|against|between)\b", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:(?! and )[^;,]){0,80}$", re.I)
#: what of another one may stand between a verb of fighting and his name
_PART_OF = (
    r"(?:(?:the|a|an|this|some|of|part|most|elements|head|van|left|right|flank|flanks|rear|center|centre|front|line|"
    r"lines|position|positions|skirmishers|pickets|troops|men|soldiers|forces|force|army|weak|small|large|main|"
    r"advancing|retreating|approaching|exposed|entire|whole|rest|advance|column|wing|dismounted|troopers)\s+){0,5}"
)
#: "deployed and swept forward, driving the Federals", "encountered the head of A's column"
_FIGHTS = re.compile(
    rf"^(?:(?!\b(?:while|when|whose|under|not|by|with(?! (?:\w+ )?(?:\d|two|three|four|five|six|seven|eight|nine|ten|twelve|his|her|their|its|a|an|all|great|heavy)\b)|before|after)\b|[;:(]|, (?:but|and|who|which)\b)[\s\S]){{0,80}}"
    rf"(?<!\bwas )(?<!\bwere )(?<!\bbeen )\b(?:{FOUGHT}|{MOVED})\s+{_PART_OF}$",
    re.I,
)
#: "took two brigades to look for the main Zulu army": what one seeks is the other's
_SEEKS = re.compile(rf"^[^.;:]*\b(?:{SEEKING})\s+(?:the\s+)?{_PART_OF}$", re.I)
_FARTHEST = 90


@dataclass(frozen=True, slots=True)
class Bond:
    """A link between two entities.

    Attributes
    ----------
    other : key of the neighbour.
    weight : how much it tells; negative when the two are opponents.
    """

    other: str
    weight: int


def bonds_of(
    passages: Passages, register: Register, hostile: Callable[[str], bool]
) -> dict[str, list[Bond]]:
    """The links of every pair of neighbours in a sentence that the words between them tell."""
    bonds: dict[str, list[Bond]] = defaultdict(list)
    for sentence in passages.sentences:
        found = [
            (m, n) for m, n in register.within(sentence.start, sentence.end) if n.kind != "place"
        ]
        for (one, first), (two, second) in pairwise(found):
            weight = _weight(sentence, (one, first), (two, second), hostile)
            if weight and first is not second:
                bonds[first.key].append(Bond(second.key, weight))
                bonds[second.key].append(Bond(first.key, weight))
    for one, two in _owned(register):
        bonds[one.key].append(Bond(two.key, 3))
        bonds[two.key].append(Bond(one.key, 3))
    return bonds


def _owned(register: Register) -> list[tuple[Named, Named]]:
    """A person and what bears his name alone: "Heth" and "Heth's division"."""
    bearers: dict[str, list[Named]] = defaultdict(list)
    for named in register.kind("person"):
        for word in {form.split()[-1] for form in named.forms if " of " not in form}:
            bearers[word].append(named)
    found = []
    for group in register.kind("group"):
        called = bearers.get(group.owner.split()[-1], []) if group.owner else []
        if len(called) == 1:
            found.append((called[0], group))
    return found


def _weight(
    sentence: Sentence,
    first: tuple[Mention, Named],
    second: tuple[Mention, Named],
    hostile: Callable[[str], bool],
) -> int:
    one, two = first[0], second[0]
    gap = sentence.text[one.end - sentence.start : two.start - sentence.start]
    before = sentence.text[: one.start - sentence.start]
    if len(gap) > _FARTHEST:
        return 0
    if hostile(gap):
        return -2
    if _LEADS.fullmatch(gap):
        return 3
    if _FIGHTS.match(gap):
        return -2
    if two.kind == "group" and _SEEKS.match(gap):
        return -2
    if _BETWEEN.search(before) or _NEGATED.search(gap):
        return 0
    return _company(gap, one, two)


def _company(gap: str, one: Mention, two: Mention) -> int:
    """How much the words between two names say that these are on one side."""
    if _JOINED.fullmatch(gap):
        if re.fullmatch(r",\s*(?:the\s+)?", gap):
            return 1  # "chased by A, B fired" is no company
        return 2 if one.kind == two.kind else 1
    if _OWNS.fullmatch(gap) or _UNDER.fullmatch(gap):
        return 3
    if _TELLS.fullmatch(gap) or _LISTED.fullmatch(gap):
        return 1
    fits = _SERVES.fullmatch(gap) or _PARTS.fullmatch(gap) or _BESIDE.search(gap)
    return 2 if fits else 0
