"""Voices without a name: "British historians", "his subordinates", "the garrison", "a letter".

Words of the language for people, bodies and papers that say, think, want or order something.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inje.dossier.drafting._counted import PEOPLE
from inje.dossier.drafting._cues import CUES
from inje.dossier.drafting._entities import Named
from inje.dossier.drafting._lexicon import DEMONYM, OFFICES, RANKS
from inje.dossier.drafting._passages import Sentence, Word

__all__ = ["Subject", "of_whom", "opening_voice", "voice"]


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a verb.

    Attributes
    ----------
    holders : entities that it names; several for "Stalin and Molotov".
    start, end : span in the clean text, apposition included.
    pronoun : the pronoun, if it was one.
    voice : words of an unnamed voice ("Armenian sources").
    """

    holders: tuple[Named, ...]
    start: int
    end: int
    pronoun: str = ""
    voice: str = ""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: those who speak with or without an article
_VOICES = _set(
    "headquarters sources historians scholars observers witnesses eyewitnesses officials authorities "
    "reports report newspapers newspaper chroniclers chronicles accounts estimates "
    "intelligence analysts commanders officers critics survivors prisoners researchers "
    "historian spokesman press subordinates ministers diplomats government statisticians "
    "planners writers authors author leaders judges commentators scholar spies scouts "
    "generals source advisers advisors family biographers academics chronicler allies "
    "archaeologists experts scientists veterans deserters messengers despatches dispatches "
    "analysis research studies scholarship tradition legend biographer propaganda broadcasts correspondents reporters radio contemporaries "
    "returns estimate estimation statements testimony testimonies letters diaries rumours rumors legends inscriptions archives "
    "documents records historiography memoirs eye-witnesses commentaries biographies annals texts "
    "scouting eye-witness pundits journalists biographers theorists philologists editors translators"
)
#: bodies, men and papers that speak behind "the", "a", "his"
_BODIES = OFFICES | _set(
    "kaiser tsar pope duke earl marquis margrave elector bishop enemy garrison council committee army cabinet senate parliament assembly court crew god goddess "
    "oracle scout spy messenger envoy soldier sergeant staff admiralty navy party city town "
    "population public crowd board tribunal commission congress crown throne "
    "letter telegram despatch dispatch inscription chronicle study document communiqué proclamation "
    "memorandum account statement article book newspaper prisoner deserter eyewitness witness "
    "survivor veteran poet writer scholar biographer archaeologist researcher analyst "
    "reporter correspondent colonists settlers defenders attackers besiegers "
    "besieged citizens inhabitants natives tribes clan lieutenant sailor pilot engineer "
    "history histories records diary bulletin annals saga legend record register monument "
    "aide adjutant quartermaster guide nobleman noble monk priest "
    "father mother brother sister wife widow son daughter uncle cousin nephew friend comrade "
    "secretary valet servant page squire doctor surgeon chaplain bishop abbot preacher merchant "
    "peasant farmer fisherman shepherd ferryman miller innkeeper villager townsman trader hostage "
    "captive reviewer observer reporter defender attacker rider drummer trumpeter bugler gunner trooper "
    "narrator translator editor lecturer professor lawyer teacher director curator researcher "
    "clerk visitor master skipper mate boatswain commodore brigadier major sergeant corporal private ensign "
    "midshipman orderly viceroy vizier baron baroness knight squire herald infantryman cavalryman "
    "artilleryman rifleman seaman airman comrade courier widow girl boy youth gentleman lady "
    "papers signal decrypt intercept directive military watchdog agency television broadcaster network website books article articles deputy rebels "
    "deputies politician politicians dignitary emissary revolutionary missionary adversary "
    "speaker bard minstrel troubadour envoy spokeswoman pamphlet bulletin diary journal log dispatch note memo minute minutes "
    "inquiry enquiry inquest court-martial panel jury judge ministry office department agency union "
    "institute museum trust archive side sides headquarters command crowd mob majority minority "
    "opposition faction party council diet estates lords commons expert specialist critic authority "
    "attendant batman bystander onlooker participant combatant commandant president premier prefect "
    "patrol patrols picket pickets sentry sentries lookout lookouts vedette vidette outpost reconnaissance nuncio legate cardinal "
    "subordinate superior official administration faction assessment assessments priestess empress countess duchess princess abbess prophetess hostess heiress counterpart counterparts colleague colleagues paper delegate representative diplomat attaché consul agent informant source insider"
)
_DETERMINERS = _set(
    "the The some Some many Many most Most several Several modern Modern his His their Their other "
    "Other few Few later Later all All a A an An one One another Another its Its our her Her this "
    "This these These those Those two both Both no No each Each every Every neither Neither"
)
_VOICE_WORDS = _set(
    "some other most many several modern contemporary official recent few all his their her "
    "later postwar ancient military one various certain local senior chief leading own new old "
    "high young court royal imperial early present-day two"
)
_ARTICLES = _set("The the a A an An")
#: plural nouns of people who speak and think
_PEOPLE = re.compile(
    r"(?:wo)?men|aides|kin|[a-z-]+(?:men|man|woman|ist|ists|"
    r"eer|ographer|ographers)|[a-z-]+(?:ers|ors|ists|ians|ans|men|ants|eers|lords|experts|students|residents|parents|clerics|"
    r"[a-z]+(?:aries|uties)|courtiers|people|peers|rivals|critics|nobles|barons|envoys|troops|soldiers|chiefs|elders|allies)"
)
#: one who does what a verb says, or is of some craft: "visitor", "besieger", "machinist"
_AGENT = re.compile(r"[a-z]{4,}(?:er|or|eer)|[a-z]{3,}(?:ist|ian|smith|wright)")
#: nouns with these endings that are things
_THINGS = _set(
    "other rather after under over however whether either neither another never ever later "
    "earlier former latter further order matter number letter paper quarter border river water "
    "power member weapon factor error door floor winter summer center harbor harbour armor armour "
    "anchor tower shoulder corner danger powder ladder cover fever anger hunger temper finger "
    "timber chapter dinner supper cruiser destroyer freighter steamer bomber tanker carrier "
    "transporter cutter mortar motor sector tractor rumor rumour horror terror favor favour labor "
    "labour honor honour color colour interior exterior register answer offer encounter charter "
    "disaster monster barrier frontier crater theater theatre canister trigger copper silver "
    "butter leather feather weather together altogether forever whenever wherever moreover "
    "remainder reminder surrender manner banner corridor mirror minor superior inferior prior "
    "junior senior eager bitter proper sober inner outer upper lower better older younger larger "
    "smaller greater fewer longer shorter higher deeper closer nearer wider stronger weaker "
    "poorer richer easier heavier lighter sooner faster slower consider remember discover recover "
    "chamber cylinder thunder blunder plunder slaughter laughter liner launcher trawler "
    "minesweeper minelayer stretcher shelter helicopter meter kilometer perimeter diameter "
    "character counter pier premier career newspaper propeller boiler rudder floater exist resist "
    "persist assist insist consist twist "
)
#: nouns with such endings that nobody is
_NOBODY = _set(
    "others orders matters numbers letters quarters borders rivers waters powers "
    "members plans weapons cannons factors errors doors floors means mountains fortress "
    "trains guns centuries"
)


#: those who fight, where they speak and think; not "horse" and "casualties"
_SOLDIERS = PEOPLE - _set(
    "horse foot strong mounted dead deaths fatalities casualties losses casualty bodies corpses souls "
    "lives hands strength sabres bayonets lances spears rifles muskets pikes sabers people boys lads"
) | _set("fleet force forces army navy")
_SOME = _set("others another some many most few several both all")


def _speaks(words: Sequence[Word], i: int) -> bool:
    text = words[i].text
    lower = text.lower()
    if lower in _VOICES:
        return True
    following = words[i + 1].text if i + 1 < len(words) else ""
    if lower in _SOME and (following[:1].isdigit() or following == "of"):
        return following == "of" and i == 0  # "some 60 soldiers"
    if lower in ("one", "another") and i == 0 and _thinks(words, i + 1):
        return True  # "One thought that the wall would hold"
    if lower in _SOME:
        return i == 0 or words[i - 1].text in (",", ";", "but", "and", "while", "that", "although")
    determined = any(
        words[k].text in _DETERMINERS or words[k].text.endswith(("'s", "’s", "s'", "s’"))
        for k in range(max(0, i - 3), i)
    ) or _determined_far(words, i)
    determined = determined or (i == 0 and lower.endswith(("s", "men")))
    determined = determined or (i > 0 and (words[i - 1].text in DEMONYM) and lower.endswith("s"))
    determined = determined or _opens_bare(words, i, lower)
    known = (
        lower in _BODIES
        or (text.islower() and _AGENT.fullmatch(lower) and lower not in _THINGS)
        or lower in _SOLDIERS
        or lower.removesuffix("s") in _BODIES
        or _PEOPLE.fullmatch(text)
    )
    return bool(determined and lower not in _NOBODY and known)


def _determined_far(words: Sequence[Word], i: int) -> bool:
    """As in "one senior Clinton administration official": an article before names and adjectives."""
    for k in range(i - 1, max(i - 6, -1), -1):
        if words[k].text in _DETERMINERS:
            return True
        text = words[k].text
        described = words[k].capital or text.endswith(_DESCRIBING) or text in _VOICE_WORDS
        if not described and text not in _OFFICIAL:
            return False
    return False


_OFFICIAL = frozenset("administration government army navy staff police intelligence".split())
_DESCRIBING = ("al", "ic", "ed", "ous", "ive", "ish", "ern", "ary", "ian", "ful")


def _thinks(words: Sequence[Word], at: int) -> bool:
    """Whether a verb of saying or thinking stands at a word, or behind an adverb there."""
    if at < len(words) - 1 and words[at].text.endswith("ly"):
        at += 1
    return at < len(words) and words[at].text in CUES


def _opens_bare(words: Sequence[Word], i: int, lower: str) -> bool:
    """As in "..., and park rangers say": several who open a clause without an article."""
    first = i - 1 if i > 1 and words[i - 1].text.islower() and words[i - 1].text.isalpha() else i
    opened = words[first - 1].text if first else ","
    plural = lower.endswith(("s", "men")) and not lower.endswith("ss")
    return plural and opened in (";", "and", "but", "while", "although", "whereas", "though")


def voice(words: Sequence[Word], i: int) -> Subject | None:
    """The unnamed voice whose noun is the word `i`, or stands before "of" and that word."""
    for back in (2, 3, 4):
        linked = i - back >= 1 and words[i - back + 1].text == "of"
        linked = linked and (back < 4 or words[i - 2].text in _ARTICLES)
        if linked and words[i].text[0].islower() and _speaks(words, i - back):
            head = voice(words, i - back)
            return head and Subject((), head.start, words[i].end, "", head.voice)
    if not _speaks(words, i):
        return None
    if i > 3 and words[i - 1].text in _ARTICLES and words[i - 2].text == "to":
        return voice(words, i - 3)  # "the letter to the emperor states"
    k = i
    while k and _belongs(words[k - 1]):
        k -= 1
    while k < i and words[k].text in _ARTICLES:
        k += 1
    text = " ".join(word.text for word in words[k : i + 1])
    return Subject((), words[k].start, words[i].end, "", text)


def _belongs(word: Word) -> bool:
    """Whether a word before the noun of a voice is a part of its name."""
    return (word.capital and word.text not in _OPENERS) or word.text in _VOICE_WORDS


_OPENERS = _set("As In But And While When If For So Although Though Because Since After Before")


def of_whom(sentence: Sentence, words: Sequence[Word], end: int) -> Subject | None:
    """As in "the leaders of Mexico": the voice whose land or army is named up to a position."""
    for k in range(len(words) - 1, 0, -1):
        if words[k].end > end or words[k].text != "of":
            continue
        between = sentence.text[words[k].end - sentence.start : end - sentence.start].split()
        if len(between) > 5 or any(word[0].islower() and word != "the" for word in between):
            return None
        if words[k - 1].text.lower() in _SOME:
            return None  # "some of the Germans": they
        common = words[k - 1].text[0].islower() or k == 1
        found = voice(words, k - 1) if common else None
        return Subject((), found.start, end, "", found.voice) if found is not None else None
    return None


def opening_voice(sentence: Sentence, before: int) -> Subject | None:
    """The voice that opens a sentence or its main clause: "His subordinates argued, ..."."""
    words = sentence.words
    for k, word in enumerate(words[:-1]):
        if word.start >= before:
            return None
        opened = k < _OPENING_WORDS or any(w.text == "," for w in words[max(0, k - 4) : k])
        titled = k > 0 and words[k - 1].text == "The" and word.text in RANKS
        if not opened or not (word.text[0].islower() or titled) or not _speaks(words, k):
            continue
        inserted = words[k + 1].text == "," and words[k + 2 : k + 3]
        inserted = inserted and (
            words[k + 2].text in ("including", "such", "like", "among", "led", "who", "whose")
            or words[k + 2].text.endswith("ing")
        )
        barred = words[k + 1].text in _NO_SUBJECT and not inserted
        if barred or (k and words[k - 1].text in _PREPOSITIONS):
            continue
        several = words[k].text.lower() in _VOICES and words[k].text.endswith("s")
        if words[k + 1].capital and not several:
            return None  # "the Welsh poet Guto": the one who is named
        determined = k > 1 and words[k - 2].text in _PREPOSITIONS
        return None if determined else voice(words, k)
    return None


_OPENING_WORDS = 4
_NO_SUBJECT = _set(", ; and or ' ’")
_PREPOSITIONS = _set("to of by with against under from for after before at in on near into over")
