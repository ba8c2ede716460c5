"""The words that attribute a clause to somebody, with the kind of claim they make.

The lists are closed classes of reporting, mental, directive and stance verbs (compare the
verb classes of Quirk et al. 1985, A Comprehensive Grammar of the English Language, 16.30ff).
A verb stands once, in its plain form; its other forms are made from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from inje.dossier._records import ClaimKind
from inje.dossier.drafting._passages import Word
from inje.dossier.drafting._verbs import Forms, forms_of

__all__ = [
    "AMBIGUOUS",
    "BASES",
    "CUES",
    "DECIDED",
    "LEMMAS",
    "PERSON_VERBS",
    "SPEAKING",
    "Complement",
    "Cue",
    "verb_at",
]

Complement = Literal[
    "that", "object", "infinitive", "told", "as", "asked", "judged", "gerund", "likened", "figure"
]


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that attributes: kind of claim, and the complement it wants.

    `that` a clause with or without "that"; `object` a noun phrase; `infinitive` "to do";
    `told` an addressee before the clause; `as` "presented A as B"; `asked` "wondered whether";
    `judged` "found the story implausible"; `gerund` "recalled seeing"; `likened` "compared it to"; `figure` any words
    behind the verb: "gives 400 dead".
    """

    kind: ClaimKind
    complements: frozenset[Complement]


#: kind of claim, complements that its verbs want, the verbs
_TABLE: tuple[tuple[ClaimKind, str, str], ...] = (
    (
        "report",
        "told that infinitive",
        "inform notify alert tell warn caution assure reassure remind apprise forewarn admonish",
    ),
    (
        "report",
        "that object gerund",
        "report record recount testify relate reveal narrate recite attest disclose",
    ),
    ("statement", "that infinitive told object", "promise pledge vow swear guarantee"),
    ("statement", "that infinitive told", "threaten"),
    ("statement", "that", "pretend feign confide"),
    ("statement", "that object", "propound enumerate echo"),
    ("statement", "that object judged", "declare proclaim pronounce"),
    ("statement", "told that infinitive", "signal telegraph cable radio wire persuade"),
    ("statement", "that object infinitive", "claim profess"),
    (
        "statement",
        "that object gerund",
        "say state declare announce assert allege insist admit acknowledge deny note remark explain "
        "reply boast confirm concede mention contend affirm reiterate protest complain proclaim "
        "confess exclaim answer retort aver",
    ),
    (
        "statement",
        "that object",
        "cite accuse blame criticise criticize praise condemn denounce describe credit fault "
        "hail dismiss commend laud extol ridicule deride castigate censure applaud "
        "reproach lambast dispute rebuke reprimand scold upbraid berate chide admire congratulate thank "
        "compliment vilify absolve exonerate acquit acclaim denigrate belittle disparage decry deplore "
        "refute rebut debunk corroborate express voice",
    ),
    ("statement", "that object judged", "call label dub term style"),
    (
        "statement",
        "that asked",
        "write comment add maintain observe agree object respond counter opine rule hint "
        "repeat stipulate lament plead grumble shout whisper mutter mumble murmur joke "
        "quip clarify elaborate specify indicate intimate insinuate concur bemoan rejoin certify sneer "
        "jeer scoff exult gloat rejoice groan moan cry yell scream roar growl wail blurt crow jest hazard "
        "venture volunteer brag bluster bellow thunder bark growl ejaculate stammer rant rage marvel muse",
    ),
    ("statement", "that gerund asked as", "recall remember"),
    ("statement", "that gerund asked object", "regret"),
    ("statement", "asked that object", "question"),
    ("statement", "asked that", "wonder enquire inquire debate"),
    (
        "inference",
        "that object gerund",
        "conclude argue suggest estimate infer speculate deduce posit reckon interpret surmise "
        "hypothesise hypothesize theorise theorize attribute ascribe predict imply conjecture "
        "postulate forecast prophesy foretell identify",
    ),
    ("inference", "that asked", "calculate demonstrate show prove establish ascertain discover"),
    ("inference", "likened", "compare equate contrast"),
    ("inference", "that as judged asked", "assess evaluate"),
    ("inference", "object", "put"),
    (
        "belief",
        "that judged",
        "deem believe think consider feel judge hold find rate imagine reckon",
    ),
    ("belief", "that infinitive", "expect"),
    ("belief", "that asked object", "anticipate doubt"),
    ("belief", "that object", "suspect"),
    (
        "belief",
        "that asked",
        "envisage assume suppose understand know hope trust presume reason guess foresee sense accept "
        "fancy notice despair fathom disagree",
    ),
    ("belief", "that asked", "realise realize recognise recognize appreciate perceive"),
    ("belief", "that object", "emphasise emphasize stress"),
    ("belief", "that", "underline underscore highlight"),
    ("belief", "as", "regard view envision see liken"),
    ("fear", "that object infinitive", "fear worry dread"),
    ("order", "that object infinitive", "order instruct direct decree"),
    ("order", "that infinitive", "command enjoin bid"),
    ("order", "infinitive object", "forbid authorise authorize prohibit summon task require"),
    ("order", "infinitive", "charge"),
    ("order", "that object infinitive gerund", "urge demand"),
    ("order", "infinitive object", "implore entreat exhort beseech beg"),
    ("proposal", "told infinitive object that gerund", "advise counsel"),
    ("proposal", "that infinitive asked told", "ask invite offer petition"),
    ("proposal", "infinitive", "press prod coax"),
    ("proposal", "that infinitive object asked told", "request"),
    ("proposal", "that object infinitive gerund", "propose recommend advocate"),
    (
        "presentation",
        "as",
        "present portray depict characterise characterize represent caricature romanticise "
        "romanticize",
    ),
    (
        "intention",
        "infinitive",
        "intend want plan seek aim decide resolve determine wish mean desire prefer choose opt "
        "elect yearn",
    ),
    ("belief", "object", "oppose support favour favor reject"),
)
#: forms that are nouns as well, and seldom verbs in prose that tells the past
_NOUNS = frozenset(
    "plans fears demands requests offers charges wishes aims commands means signals cables radios "
    "wires guarantees tasks forecasts hints shouts murmurs whispers faults credits answers counters "
    "guesses rates promises counsels bids worries protests desires opposing supporting meaning "
    "commanding rating charging holding seeing putting presenting representing understanding ruling "
    "proving showing establishing voices cries yells screams groans jeers thanks compliments "
    "contrasts comparing ventures volunteers hazards roars rages rants jests contrast".split()
)


def _lemmas() -> Iterator[tuple[Forms, Cue]]:
    for kind, wants, verbs in _TABLE:
        complements: frozenset[Complement] = frozenset(wants.split())  # type: ignore[arg-type]
        for verb in verbs.split():
            yield forms_of(verb), Cue(kind, complements)


#: every form of a verb that attributes -> its plain one
LEMMAS = {
    form: forms.base
    for forms, _ in _lemmas()
    for form in (forms.base, forms.third, *forms.pasts, *forms.ings)
}
#: what these attribute is settled, with "that" or without
DECIDED = frozenset(["decide", "resolve", "determine", "intend"])


def verb_at(words: Sequence[Word], k: int) -> str:
    """The plain form of the verb at a word; empty where it attributes nothing."""
    return LEMMAS.get(words[k].text.lower(), "")


def _cues() -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    for forms, cue in _lemmas():
        for form in (forms.third, *forms.pasts, *forms.ings):
            if form not in _NOUNS:
                cues.setdefault(form, cue)
    return cues


CUES = _cues()
#: plain forms: behind an auxiliary, "began to" and plural subjects
BASES: dict[str, Cue] = {}
for _forms, _cue in _lemmas():
    BASES.setdefault(_forms.base, _cue)
#: verbs with other senses ("held the hill"): only what follows "that" or stands quoted counts
AMBIGUOUS = frozenset(
    "hold maintain record note point report state assume judge observe add agree write call reveal "
    "relate recite answer reply respond repeat retort concede counter object find see rate "
    "disagree comment rule shout command accept signal threaten radio wire cable telegraph establish "
    "prove discover rejoin cry yell scream groan moan roar crow jest venture volunteer hazard rage".split()
)
#: verbs of speaking and writing, in all forms, that may introduce or follow a quotation
SPEAKING = re.compile(
    r"\b(?:said|says?|saying|stat(?:ed|es|ing)|wr(?:ote|ites?|iting|itten)|repli(?:ed|es)|answer(?:ed|s)|"
    r"exclaim(?:ed|s|ing)?|cri(?:ed|es)|shout(?:ed|s|ing)|declar(?:ed|es?|ing)|remark(?:ed|s|ing)?|"
    r"observ(?:ed|es?|ing)|not(?:ed|es|ing)|comment(?:ed|s|ing)?|claim(?:ed|s|ing)?|add(?:ed|s|ing)|"
    r"explain(?:ed|s|ing)?|describ(?:ed|es?|ing)|summari[sz](?:ed|es|ing)|conclud(?:ed?|es|ing)|"
    r"lament(?:ed|s|ing)?|bemoan(?:ed|s|ing)?|confess(?:ed|es|ing)?|complain(?:ed|s|ing)?|"
    r"report(?:ed|s|ing)?|recall(?:ed|s|ing)?|recount(?:ed|s|ing)?|record(?:ed|s|ing)?|ask(?:ed|s|ing)?|"
    r"argu(?:ed|es|ing)|insist(?:ed|s|ing)?|proclaim(?:ed|s|ing)?|announc(?:ed|es|ing)|ordered|"
    r"scribbl(?:ed|es|ing)|scrawled|telegraphed|cabled|signall?ed|quipped|joked|rebuk(?:ed|e|ing)|"
    r"welcom(?:ed|es|ing)|call(?:ed|s|ing)|term(?:ed|s)|label(?:led|ed)|dubbed|told|tells|"
    r"continu(?:ed|es)|predict(?:ed|s)|respond(?:ed|s)|protest(?:ed|s)|promis(?:ed|es)|warn(?:ed|s)|retort(?:ed|s)|"
    r"whisper(?:ed|s)|mutter(?:ed|s)|yell(?:ed|s)|scream(?:ed|s)|roar(?:ed|s)|mus(?:ed|es)|quoth|sneer(?:ed|s)|"
    r"interject(?:ed|s)|reflect(?:ed|s)|plead(?:ed|s)|admit(?:ted|s)|confid(?:ed|es)|testif(?:ied|ies)|"
    r"suggest(?:ed|s|ing)|believ(?:ed|es)|asserts?|asserted|states|boast(?:ed|s)|urg(?:ed|ing)|has it|"
    r"exhort(?:ed|s)|mumbl(?:ed|es)|counter(?:ed|s)|interrupt(?:ed|s)|snap(?:ped|s)|sigh(?:ed|s)|laugh(?:ed|s)|grumbl(?:ed|es)|bellow(?:ed|s)|thunder(?:ed|s)|"
    r"implor(?:ed|es)|begg(?:ed|ing)|demand(?:ed|s)|inquir(?:ed|es)|enquir(?:ed|es)|wonder(?:ed|s)|reminisc(?:ed|es)|remember(?:ed|s)|vow(?:ed|s)|"
    r"caution(?:ed|s)|contend(?:ed|s)|opin(?:ed|es)|reiterat(?:ed|es)|objected|objects|murmur(?:ed|s)|reason(?:ed|s)|"
    r"puts it|put it|read|reads|opinion|words|quoted|quotes)\b",
    re.I,
)
#: verbs whose subject or object is a person or a group of persons
PERSON_VERBS = frozenset(
    form for form in CUES if LEMMAS[form] not in ("hold", "find", "see", "put", "rate", "charge")
) | frozenset(
    "demurred refused hoisted steamed relented hurried acceded assented consented smiled insisted gave signed rode galloped dismounted hurried spoke conferred consulted hesitated placed posted deployed "
    "positioned detached led points pointed commanded appointed sent met became died surrendered resigned replaced "
    "succeeded killed captured wounded arrived rode marched fled escaped assumed took ordered".split()
)
