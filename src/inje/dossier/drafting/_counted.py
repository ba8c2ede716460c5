"""What a number counts: the head of the noun phrase after it.

People, units (battalions), things (guns, ships), nothing that fights (hills), or nothing named
("losing another 7,000 through desertion").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from inje.dossier.drafting._lexicon import DEMONYM, FIGHTERS, INHABITANTS, OFFICES

__all__ = ["Counted", "Sort", "counted_after"]

Sort = Literal["people", "units", "things", "other", ""]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_PEOPLE = FIGHTERS.difference(["strong"]) | _set(
    "men-at-arms sergeants pikemen spearmen swordsmen halberdiers musketeers cuirassiers askari "
    "askaris ascari sepoys janissaries cossacks commandos reinforcements captives servicemen "
    "guardsmen fusiliers cannoneers engineers sappers pioneers rangers yeomanry irregulars natives "
    "warriors peasants women civilians barons nobles counts prisoners casualties dead deaths "
    "fatalities killed wounded missing captured bodies corpses sabres bayonets lances spears rifles "
    "troopers skirmishers sharpshooters snipers laborers labourers workers oarsmen rowers survivors "
    "deserters stragglers refugees settlers residents villagers cavaliers pilots brigadiers losses "
    "advisers chariotmen sappers bowmen slingers peltasts troop"
)
_UNITS = _set(
    "division divisions brigade brigades regiment regiments battalion battalions squadron squadrons "
    "company companies corps battery batteries platoon platoons tercios legion legions cohorts "
    "cohort maniples units unit flotillas flotilla contingents detachments garrisons"
)
_THINGS = _set(
    "gun guns cannon cannons tank tanks aircraft plane planes airplanes bombers helicopters ship "
    "ships vessel vessels boat boats warships warship battleship battleships battlecruiser "
    "battlecruisers cruiser cruisers destroyer destroyers submarine submarines carrier carriers "
    "trireme triremes quinqueremes galley galleys frigate frigates schooner schooners gunboat "
    "gunboats ironclad ironclads sloop sloops transports transport corvette corvettes trawlers "
    "merchantmen freighters tankers minesweepers minelayers minelayer dreadnought dreadnoughts "
    "pre-dreadnought pre-dreadnoughts torpedo-boat torpedo-boats u-boats howitzer howitzers "
    "mortar mortars vehicle vehicles truck trucks wagon wagons carts muskets horses mules camels "
    "elephants standards colours colors flags banners eagles pieces pounders machine-guns "
    "carronades culverins bombards ballistae catapults junks longships barges rams rockets "
    "missiles jets locomotives horse-carriers half-tracks motorcycles lorries jeeps carriages limbers"
)
_OTHER = _set("line column corn dozen percent")
_STOP = _set(
    "of in on at from with without under near by and or nor but who whom which that were was are is "
    "had have has to against for into onto as while when where after before during through between "
    "among behind across along around over toward towards than if so because until since did would "
    "could might will may been being remained fought took came arrived stood lay moved marched "
    "began occupied formed led advanced died surrendered answered commanded drawn arranged sent "
    "out off up down including within beyond against alongside plus per via there then also only "
    "still now later already not fell each"
)
_SKIP = re.compile(
    r"\s*(?:of\s+)?(?:the|these|those|his|their|its|her|our|them|whom)\s+(?!were\b)|\s+of\s+"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\w,.-]*|[^\w\s]")
_LONGEST = 7
#: "6,000 King's German Legion" are people of it
_MOST_UNITS = 400


@dataclass(frozen=True, slots=True)
class Counted:
    """The phrase after a number.

    Attributes
    ----------
    sort : of what the number counts; empty when no noun follows.
    noun : the head, lower case.
    length : characters from the number to the end of the head.
    phrase : the words from the number up to the boundary of the phrase.
    """

    sort: Sort
    noun: str
    length: int
    phrase: str


def counted_after(after: str, best: float) -> Counted:
    """What the words after a number say that it counts."""
    skip = _SKIP.match(after)
    first = skip.end() if skip else 0
    sort: Sort = ""
    noun, end, last = "", 0, first
    seen = 0
    for match in _WORD.finditer(after, first):
        word = match.group()
        lower = word.lower().rstrip("'’")
        if not sort and seen and (word == "," or lower == "and") and _listed(after, match.end()):
            last = match.end()  # "German, Romanian, and Italian soldiers"
            continue
        beyond = seen >= _LONGEST or match.start() - last > 2
        if beyond or not word[0].isalnum() or lower in _STOP:
            break
        seen, last = seen + 1, match.end()
        found = _sort(word, lower, best)
        if found:
            sort, noun, end = found, lower, match.end()
        elif lower.endswith("ed") and sort and lower not in ("mounted", "armoured", "armored"):
            break
    return Counted(sort, noun, end, after[:last])


def _listed(after: str, at: int) -> bool:
    """Whether a list of adjectives goes on, and neither a clause nor another number begins."""
    following = re.match(
        r"\s*(?:and\s+)?([A-Z][a-z]+(?:n|an|sh|ch|ese|k)|[a-z]+(?:ed|ing|ill|sick))\b", after[at:]
    )
    return following is not None


def _sort(word: str, lower: str, best: float) -> Sort:
    if lower in _UNITS:
        many = lower.endswith("s") and lower != "corps"
        return "units" if many or best < _MOST_UNITS else "people"
    if lower in _THINGS or lower.endswith("-pounders"):
        return "things"
    if lower in _OTHER:
        return "other"
    if lower in _PEOPLE:
        return "people"
    if word in INHABITANTS or (best >= 20 and _inhabitants(word)):
        return "people"
    if best >= 2 and word.isalpha() and word[:-1].isupper() and len(word) > 3 and word[-1] == "s":
        return "things"  # LVTs
    plural = lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s", "’s"))
    common = word[0].islower() and plural and lower not in OFFICES
    return "other" if common else ""


def _inhabitants(word: str) -> bool:
    named = word[0].isupper() and word not in DEMONYM and len(word) > 4
    return named and word.endswith(("ans", "ians", "ers", "ese", "ites", "eans", "is"))
