"""The words that attribute a clause to somebody, with the kind of claim they make.

The lists are closed classes of reporting, mental, directive and stance verbs (compare the
verb classes of Quirk et al. 1985, A Comprehensive Grammar of the English Language, 16.30ff).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from inje.dossier._records import ClaimKind

__all__ = ["AMBIGUOUS", "BASES", "CUES", "PERSON_VERBS", "SPEAKING", "Complement", "Cue"]

Complement = Literal["that", "object", "infinitive", "told", "as", "about"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that attributes: kind of claim, and the complement it wants.

    `that` a clause with or without "that"; `object` a noun phrase; `infinitive` "to do";
    `told` an addressee before the clause; `as` "presented A as B"; `about` "was concerned about".
    """

    kind: ClaimKind
    complements: frozenset[Complement]


#: kind of claim, complements that its verbs want, the verbs
_TABLE: tuple[tuple[ClaimKind, str, str], ...] = (
    (
        "report",
        "told that infinitive",
        "informed notified alerted told tells warned warns assured assures reminded reminds "
        "informs informing telling warning assuring reminding",
    ),
    (
        "report",
        "that object",
        "reported reports records recorded recounted recounts testified relates reveals revealed "
        "reporting revealing recounting",
    ),
    (
        "statement",
        "that object",
        "said says stated states declared declares announced announces asserted "
        "asserts alleged alleges insisted insists admitted admits acknowledged acknowledges denied "
        "denies noted notes remarked remarks explained explains replied boasted confirmed conceded "
        "mentioned mentions contended affirmed reiterated protested complained proclaimed cited "
        "accused blamed criticised criticized condemned denounced praised described describes called "
        "confessed exclaimed answered retorted saying stating declaring announcing "
        "asserting alleging insisting admitting noting remarking explaining replying boasting "
        "complaining confessing exclaiming proclaiming",
    ),
    (
        "statement",
        "that object infinitive",
        "claimed claims claiming",
    ),
    (
        "statement",
        "told that infinitive",
        "promised promises pledged vowed vows swore threatened promising vowing threatening",
    ),
    (
        "statement",
        "told that infinitive",
        "signalled signaled signalling signaling telegraphed cabled radioed wired",
    ),
    (
        "statement",
        "that object",
        "blames accuses criticises criticizes praises condemns denounces credits credited faults "
        "faulted hailed dismisses dismissed labels labelled dubbed terms termed",
    ),
    ("belief", "that infinitive", "expected expects expecting"),
    ("proposal", "told infinitive object that", "advised advises advising"),
    (
        "statement",
        "that",
        "wrote writes written commented comments added adds maintained maintains observed observes "
        "agreed agree agrees agreeing writing adding observing maintaining objected objects responded "
        "countered counters opined ruled cautioned hinted repeated stipulated regretted recalled recalls remembered remembers lamented "
        "laments complains confirms denies pleads pleaded contends emphasising emphasizing objecting "
        "recalling responding conceding concedes disputes disputed questioned wondered wonders",
    ),
    (
        "inference",
        "that object",
        "concluded concludes argued argues suggested suggests estimated estimates inferred "
        "speculated speculates calculated theorized theorised deduced posited posits reckoned "
        "interpreted interprets surmised hypothesized attributes attributed puts predicted predicts "
        "implied implies arguing suggesting concluding estimating calculating predicting implying",
    ),
    (
        "belief",
        "that",
        "deemed deems envisages anticipates believed believes thought thinks considered considers assumed supposed expected expects "
        "felt feels understood knew doubted suspected suspects realized realised recognized "
        "recognised imagined judged hoped trusted presumed believing thinking considering assuming "
        "supposing expecting feeling knowing suspecting realizing realising hoping",
    ),
    ("belief", "that object", "emphasized emphasised stressed emphasizes emphasises stresses"),
    (
        "belief",
        "that",
        "doubts reasoned guessed foresaw sensed accepted accepts understands knows fancied "
        "anticipated calculated hopes judges recognizes recognises realizes "
        "realises",
    ),
    (
        "belief",
        "that",
        "believe think assume suppose expect hold doubt suspect consider",
    ),
    ("statement", "that", "say claim maintain insist state assert contend note point"),
    ("inference", "that", "argue suggest estimate conclude speculate calculate"),
    ("report", "that", "report record relate"),
    ("fear", "that object infinitive", "feared fears worried dreaded fearing"),
    (
        "order",
        "that object infinitive",
        "ordered orders instructed directed decreed ordering instructing directing",
    ),
    ("order", "that infinitive", "commanded"),
    (
        "order",
        "infinitive object",
        "forbade forbids forbidding authorised authorized authorises authorizes prohibited "
        "summoned tasked",
    ),
    ("belief", "as", "regarded regards viewed views envisaged envisioned"),
    (
        "order",
        "object infinitive",
        "urged urging urges demanded demands demanding called_on begged",
    ),
    (
        "proposal",
        "that infinitive",
        "requested requests asked asks invited asking requesting offered offering",
    ),
    (
        "proposal",
        "that object infinitive",
        "proposed proposes recommended recommends suggested_to advocated advocates proposing "
        "recommending",
    ),
    (
        "presentation",
        "as",
        "presented portrayed depicted characterized characterised presents portrays depicts "
        "characterises characterizes depict portray",
    ),
    (
        "intention",
        "infinitive",
        "intended intends wanted wants planned plans sought seeks hoped aimed aims decided decides "
        "resolved determined wished meant intending",
    ),
    ("belief", "object", "opposed opposes supported supports favoured favored rejected"),
)


def _cues() -> dict[str, Cue]:
    cues: dict[str, Cue] = {}
    for kind, wants, verbs in _TABLE:
        complements: frozenset[Complement] = frozenset(wants.split())  # type: ignore[arg-type]
        for verb in verbs.split():
            cues.setdefault(verb, Cue(kind, complements))
    return cues


CUES = _cues()
#: plain forms, which attribute only behind "began to" and the like
BASES: dict[str, Cue] = {
    base: CUES[past]
    for base, past in (
        pair.split(":")
        for pair in (
            "worry:feared fear:feared believe:believed think:thought realize:realized "
            "realise:realised suspect:suspected doubt:doubted hope:hoped expect:expected "
            "say:said claim:claimed argue:argued suggest:suggested insist:insisted urge:urged "
            "demand:demanded ask:asked propose:proposed complain:complained plan:planned "
            "consider:considered report:reported write:wrote describe:described order:ordered "
            "admit:admitted acknowledge:acknowledged recommend:recommended support:supported "
            "oppose:opposed call:called declare:declared know:knew want:wanted intend:intended "
            "recognize:recognized recognise:recognised understand:understood wish:wished seek:sought "
            "agree:agreed deny:denied mention:mentioned note:noted assume:assumed"
        ).split()
    )
}
#: verbs with other senses ("held the hill"): only what follows "that" or stands quoted counts
AMBIGUOUS = frozenset(
    "hold maintain maintained maintains maintaining record recorded note point report state assume "
    "assumed judged understood trusted imagined observed observes observing added adds adding agree "
    "agreed agrees agreeing written called reveals revealed records relates relate asks asked "
    "supposed presumed consider".split()
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
    r"suggest(?:ed|s|ing)|believ(?:ed|es)|asserts?|asserted|states|boast(?:ed|s)|urg(?:ed|ing)|has it|"
    r"puts it|put it|read|reads|opinion|words|quoted|quotes)\b",
    re.I,
)
#: verbs whose subject or object is a person or a group of persons
PERSON_VERBS = frozenset(CUES) | frozenset(
    [
        "led",
        "points",
        "pointed",
        "commanded",
        "appointed",
        "sent",
        "met",
        "became",
        "was_born",
        "died",
        "surrendered",
        "resigned",
        "replaced",
        "succeeded",
        "killed",
        "captured",
        "wounded",
        "arrived",
        "rode",
        "marched",
        "fled",
        "escaped",
        "assumed",
        "took",
        "ordered",
    ]
)
