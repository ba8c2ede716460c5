"""What a number counts: the head of the noun phrase after it.

People, units (battalions), things (guns, ships), nothing that fights (hills), or nothing named
("losing another 7,000 through desertion").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from inje.dossier.drafting._lexicon import DEMONYM, FIGHTERS, INHABITANTS, OFFICES
from inje.dossier.drafting._materiel import THINGS, is_model

__all__ = ["CHIEFS", "FOLK", "PEOPLE", "Counted", "Sort", "counted_after", "is_thing", "persons"]

Sort = Literal["people", "units", "things", "other", ""]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: nouns of people whom no list of soldiers has: "senators", "students"
FOLK = re.compile(r"\Aothers\Z|(?:[ots]ors|ers|men|ists|ians|ants|ents|ees|crats|folk)$")
PEOPLE = FIGHTERS.difference(["strong"]) | _set(
    "men-at-arms sergeants pikemen spearmen swordsmen halberdiers musketeers cuirassiers askari "
    "askaris ascari sepoys janissaries cossacks commandos reinforcements captives servicemen pickets outposts vedettes sentries scouts sentinels "
    "guardsmen fusiliers cannoneers engineers sappers pioneers rangers yeomanry irregulars natives "
    "warriors peasants women civilians barons nobles counts prisoners casualties dead deaths "
    "fatalities bodies corpses sabres bayonets lances spears rifles "
    "troopers skirmishers sharpshooters snipers laborers labourers workers oarsmen rowers survivors "
    "deserters stragglers refugees settlers residents villagers cavaliers pilots brigadiers losses "
    "advisers chariotmen sappers bowmen slingers peltasts troop "
    "artillery artillerymen gunner billmen longbowmen crossbowmen arquebusiers hackbutters axemen "
    "retainers housecarls thegns squires vassals samurai ashigaru mamluks sipahis ghazis fedayeen "
    "mujahideen militants cataphracts phalangites hypaspists skirmishers velites carabiniers "
    "carabineers chasseurs jägers jaegers voltigeurs uhlans hobelars cataphracti footmen footsoldiers "
    "horseman privates subalterns cadets reservists draftees replacements reinforcement "
    "territorials stretcher-bearers midshipmen marine stokers submariners passengers aircrew "
    "airmen souls lives individuals persons colonists minutemen braves scouts raiders pirates "
    "revolutionaries mutineers loyalists patriots royalists nationalists republicans communists "
    "monks priests servants slaves porters farmers townsmen townspeople citizens inhabitants "
    "paratroops parachutists gendarmes policemen bodyguards victims pows internees "
    "muskets pikes sabers fugitives pursuers runaways infidels heathens moors crusaders saracens "
    "dervishes tartars tatars vikings women girls youths teenagers schoolboys militiamen partisans "
    "exiles émigrés émigré strength lords earls bannermen mercenaries contractors condottieri "
    "burghers bodyguard guard guards bashi-bazouks comitadji klephts hajduks freemen bondsmen "
    "graybacks greybacks bluecoats redcoats yankees rebels tommies poilus doughboys leathernecks diggers anzacs "
    "landsknechts reiters dragoon grenadier boys lads hands followers adherents supporters allies "
    "nurses medics fellahin sowars mounted casualty"
)
#: those who lead are counted where they fall, not where they confer
CHIEFS = _set(
    "commanders generals captains admirals colonels majors lieutenants corporals chiefs chieftains "
    "leaders ministers kings princes dukes earls governors marshals brigadiers"
)
#: participles that count people by themselves ("650 dead and 33 wounded"), not after another noun
_FALLEN = frozenset(["killed", "wounded", "missing", "captured"])
_UNITS = _set(
    "division divisions brigade brigades regiment regiments battalion battalions squadron squadrons "
    "company companies corps battery batteries platoon platoons tercios legion legions cohorts "
    "cohort maniples units unit flotillas flotilla contingents detachments garrisons squads sections "
    "tercio army-corps kampfgruppen kampfgruppe turmae alae tumens "
    "army armies army-groups fleets wings escadrons demi-brigade warbands bandera tabors sotnias "
    "escadrilles staffeln gruppen geschwader demi-brigades half-brigades patrols"
)
_OTHER = _set("line column corn percent boroughs pounds")
_STOP = _set(
    "of in on at from with without under near by and or nor but who whom which that were was are is "
    "had have has to against for into onto as while when where after before during through between "
    "among behind across along around over toward towards than if so because until since did would "
    "could might will may been being remained fought took came arrived stood lay moved marched "
    "began occupied formed led advanced died surrendered answered commanded drawn arranged sent "
    "out off up down including within beyond against alongside plus per via there then also only "
    "still now later already not fell each"
)
#: "two 12-pounder Napoleons", "four 88 mm pieces"
_CALIBRE = re.compile(r"\d[\d.]*-?(?:pounders?|pdrs?|inch|mm|cm|gun)")
_DETERMINERS = _set("a an the his her their its our my this that these those another every each")
_PAST = _set(
    "faced opposed overran broke fell drove made took held won lost met led left went gave found sank shot struck "
    "withdrew crossed attacked charged advanced retreated seized stormed killed captured surrounded"
)
#: verbs that may stand right behind a number: "Korn's 5,000 faced Brun's 3,000"
_MEETING = _set(
    "faced opposed engaged defended remained survived escaped reached met fought held took crossed"
)
_SKIP = re.compile(
    r"\s*(?:of\s+)?(?:the|these|those|his|their|its|her|our|them|whom)\s+(?!were\b)|\s+of\s+"
)
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][\w'’-]*|\d[\w-]*(?:[.,]\d[\w-]*)*|[^\w\s\0]")
_LONGEST = 7
#: plural nouns that stand in capitals and are no people: "Hundred Days"
_SPANS = frozenset(
    "Days Years Hours Miles Months Weeks Points Hills Islands Articles Nations States".split()
)
#: "796 of all ranks" are people, "four ranks" are none
_LEAST_OF_RANKS = 20
#: "6,000 King's German Legion" are people of it
_MOST_UNITS = 400
_MOST_ARMIES = 40


@dataclass(frozen=True, slots=True)
class Counted:
    """The phrase after a number.

    Attributes
    ----------
    sort : of what the number counts; empty when no noun follows.
    noun : the head, lower case.
    length : characters from the number to the end of the head.
    phrase : the words from the number up to the boundary of the phrase.
    weak : whether the head may be an adjective: "seven British and three Dutch regiments".
    """

    sort: Sort
    noun: str
    length: int
    phrase: str
    weak: bool = False


def counted_after(after: str, best: float) -> Counted:
    """What the words after a number say that it counts."""
    skip = _SKIP.match(after)
    first = skip.end() if skip else 0
    after = _without_brackets(after)
    sort: Sort = ""
    noun, end, last = "", 0, first
    seen, weak = 0, False
    for match in _WORD.finditer(after, first):
        word = match.group()
        lower = word.lower().rstrip("'’")
        joins = seen and (word == "," or lower == "and") and (not sort or weak)
        if joins and _listed(after, match.end(), best):
            last = match.end()  # "German, Romanian, and Italian soldiers"
            continue
        beyond = seen >= _LONGEST or len(after[last : match.start()].replace("\0", "")) > 2
        verb = lower in (_PAST if seen and sort else _MEETING if not seen else ())
        ended = lower in _STOP or verb or (seen and lower in _DETERMINERS)
        if beyond or not word[0].isalnum() or ended:
            break
        if sort and not weak and (word[0].isdigit() or lower in _FALLEN or lower.endswith("ing")):
            break
        seen, last = seen + 1, match.end()
        found = _sort(word, lower, best)
        if found:
            sort, noun, end = found, lower, match.end()
            weak = (word in INHABITANTS or word in DEMONYM) and not lower.endswith("s")
        elif lower.endswith("ed") and sort and lower not in ("mounted", "armoured", "armored"):
            break
    if sort == "units" and noun[-1] != "s" and _OF_ONE.match(after):
        sort = "people"  # "lost 150 of his battalion"
    return Counted(sort, noun, end, after[:last], weak)


_OF_ONE = re.compile(r"\s*of (?:the|his|their|its|her|our|this|that) ")


_BRACKET = re.compile(r"(?<=\w )\([^()\d]{1,30}\)(?= [a-z])")


def _without_brackets(after: str) -> str:
    """The words with a short insertion in brackets blanked: "two lancer (light) regiments"."""
    match = _BRACKET.search(after, 0, 60)
    if match is None:
        return after
    return after[: match.start()] + "\0" * len(match.group()) + after[match.end() :]


_ADJECTIVE = re.compile(
    r"\s*(?:and\s+)?(?:[A-Z][\w’'.-]*|[a-z]+(?:ed|ing|ill|sick|ern|al|ar|y|ve|ish))\b(?!\.\s[A-Z])"
)


def _listed(after: str, at: int, best: float) -> bool:
    """Whether a list of adjectives goes on up to a noun that is counted.

    As in "German, Romanian, and Italian soldiers": neither a clause nor another number begins.
    """
    for _ in range(4):
        following = _ADJECTIVE.match(after, at)
        if following is None:
            break
        at = following.end()
        comma = re.match(r",?(?: and)?(?= )", after[at:])
        at += comma.end() if comma else 0
        head = re.match(r"\s*([\w'’-]+)", after[at:])
        if head is not None and _sort(head[1], head[1].lower(), best) in (
            "people",
            "units",
            "things",
        ):
            return head[1] not in DEMONYM and head[1] not in INHABITANTS
    return False


def _sort(word: str, lower: str, best: float) -> Sort:
    if lower in _UNITS:
        many = lower.endswith("s") and lower != "corps"
        great = lower in ("army", "armies", "wings", "fleets")
        most = _MOST_ARMIES if great else best + 1 if many else _MOST_UNITS
        return "units" if best < most else "people"
    if (
        is_model(word)
        or lower in THINGS
        or lower.endswith("-pounders")
        or (lower.endswith("s") and lower.rpartition("-")[2] in THINGS)  # "ship-sloops"
        or _CALIBRE.fullmatch(lower)
    ):
        return "things"
    if lower in _OTHER:
        return "other"
    if lower == "ranks":
        return "people" if best >= _LEAST_OF_RANKS else "other"
    known = lower in PEOPLE or lower in _FALLEN or lower in CHIEFS or word in INHABITANTS
    if known or (best >= 20 and _inhabitants(word)):
        return "people"
    if best >= 2 and word.isalpha() and word[:-1].isupper() and len(word) > 3 and word[-1] == "s":
        return "things"  # LVTs
    plural = lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s", "’s"))
    common = word[0].islower() and plural and lower not in OFFICES
    return "other" if common else ""


def _inhabitants(word: str) -> bool:
    named = word[0].isupper() and word not in DEMONYM and len(word) > 4
    plural = word.endswith("s") and word not in _SPANS
    return named and (plural or word.endswith(("ans", "ians", "ers", "ese", "ites", "eans", "is")))


def is_thing(after: str) -> bool:
    """Whether what follows a number is no person: guns, ships, units."""
    return counted_after(f" {after.lstrip()}"[:80], 2).sort in ("things", "units", "other")


def persons(noun: str) -> bool:
    """Whether a noun can be counted by twos and threes: "men", not "infantry"."""
    return noun.endswith(("men", "s", "people")) or noun in FIGHTERS
