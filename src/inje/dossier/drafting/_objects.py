"""Whether the object of a verb is something that can be said: "admitted defeat".

"Conceded the bridge" and "denied him rest" say nothing; a noun of saying, thinking, doing or
state does ("denied the charge", "noted the absence of guns"). Such nouns are a word class by
their endings, and a list (compare Quirk et al. 1985, 17.26: general abstract nouns).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from inje.dossier.drafting._figures import NUMERALS
from inje.dossier.drafting._materiel import THINGS
from inje.dossier.drafting._passages import Word

__all__ = ["is_said"]

#: verbs about somebody or something, whatever it is
_ABOUT = frozenset(
    "accuse suspect blame criticise criticize praise condemn denounce describe credit fault commend laud "
    "extol ridicule deride castigate censure applaud reproach lambast fear dread urge demand "
    "propose request recommend advocate predict estimate attribute ascribe cite mention forecast implore "
    "order decree forbid authorise authorize prohibit request counsel hail dub term label "
    "favour favor put promise pledge guarantee highlight underscore underline stress lament bemoan".split()
)
#: verbs of helping and hindering: only with what one can be for or against
_STANCES = frozenset("oppose support reject dismiss dispute".split())
_IDEAS = frozenset(
    "agreement terms compromise ultimatum armistice ceasefire idea ideas notion plan plans proposal proposals policy strategy decision view views claim claims "
    "theory theories war peace truce demand demands measure measures offer option approach cause "
    "independence treaty alliance intervention withdrawal invasion attack assault candidacy course "
    "motion bill reform pursuit retreat surrender evacuation suggestion suggestions story report "
    "reports argument hypothesis interpretation advice account tradition legend possibility "
    "tale tales notion myth legend stories rumour rumor contention assertion objections "
    "attribution explanation criticism operation operations offensive campaign expedition landing crossing "
    "advance march siege raid sortie scheme suggestion appointment election annexation partition "
    "move".split()
)
_ENDINGS = re.compile(
    r"[a-z]{2,}(?:[ts]ion|ions|ment|ments|ance|ence|ity|ness|acy|ism|hood|ship|ure|ability|hesion)"
)
_SAID = frozenset(
    "wisdom legality morality judgement judgment motives competence veracity victory victories defeat defeats loss losses casualties attack attacks retreat surrender peace "
    "defect position situation condition movement movements point points truce claim claims fact facts guilt need lack support truth success failure fall end death "
    "deaths approach arrival presence absence size number numbers plan plans plot idea notion "
    "theory story report reports rumour rumor tale legend incident episode rumours rumors charge charges error errors mistake mistakes fear "
    "fears doubt doubts views opinion hope hopes desire will wish danger dangers threat loyalty "
    "dangers delay delays damage hit hits shortage advance departure withdrawal revolt mutiny "
    "news pride satisfaction sorrow regret grief horror anger hunger disease dismay surprise joy "
    "blame merit merits fault faults virtue virtues courage bravery weakness strength reasons cause "
    "point points causes purpose aim aims result results outcome responsibility heroism love hatred help aid "
    "contact sighting sightings kill kills sinking sinkings losing war independence neutrality birth life treason treachery".split()
)
#: these tell figures: "admitted eighteen hundred killed"
_COUNTING = frozenset("claim report admit announce acknowledge concede confess own".split())
_BREAK = re.compile(r"[,;:.()]|\b(?:that|which|who|and|but|when|while|after|before|until)\b")
_FAR = 7


def is_said(words: Sequence[Word], at: int, verb: str) -> bool:
    """Whether the noun phrase from a word on is what somebody may say of a verb's kind."""
    if verb in _ABOUT or not verb:  # a verb and its preposition: "insisted on"
        return True
    near = []
    for word in words[at : at + _FAR]:
        if _BREAK.fullmatch(word.text):
            break
        near.append(word.text.lower())
    if verb in _STANCES:
        return bool(_IDEAS & set(near))
    counted = verb in _COUNTING and any(
        n[0].isdigit() or n in THINGS or n.split("-")[0] in NUMERALS for n in near
    )
    return counted or any(
        word in _SAID or word in _IDEAS or _ENDINGS.fullmatch(word) for word in near
    )
