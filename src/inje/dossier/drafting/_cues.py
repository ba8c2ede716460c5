"""The words that attribute a clause to somebody, with the kind of claim they make.

The lists are closed classes of reporting, mental, directive and stance verbs (compare the
verb classes of Quirk et al. 1985, A Comprehensive Grammar of the English Language, 16.30ff).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from inje.dossier._records import ClaimKind

__all__ = ["CUES", "PERSON_VERBS", "Complement", "Cue"]

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
    ("report", "told that", "informed notified advised alerted told warned assured reminded"),
    ("report", "that object", "reported reports recorded records recounted recounts testified"),
    (
        "statement",
        "that object",
        (
            "said says stated states claimed claims declared declares announced announces "
            "asserted "
            "asserts alleged alleges insisted insists admitted admits "
            "acknowledged acknowledges denied denies noted notes remarked "
            "explained explains replied boasted confirmed conceded mentioned mentions "
            "contended affirmed reiterated "
            "protested complained pledged vowed promised proclaimed cited accused blamed "
            "criticised "
            "criticized condemned denounced praised described describes called"
        ),
    ),
    (
        "statement",
        "that",
        "wrote writes commented comments added adds maintained maintains observed observes",
    ),
    (
        "inference",
        "that object",
        (
            "concluded concludes argued argues suggested suggests estimated estimates inferred "
            "speculated speculates calculated theorized theorised deduced posited posits "
            "reckoned "
            "interpreted interprets surmised hypothesized attributes attributed puts considers"
        ),
    ),
    (
        "belief",
        "that",
        (
            "believed believes thought thinks considered assumed supposed expected expects "
            "felt "
            "understood knew doubted suspected suspects realized realised recognized "
            "recognised "
            "imagined judged hoped trusted presumed"
        ),
    ),
    ("belief", "that object", "emphasized emphasised stressed emphasizes emphasises stresses"),
    (
        "belief",
        "that",
        "believe think assume suppose expect hold agree doubt suspect consider",
    ),
    ("statement", "that", "say claim maintain insist state assert contend"),
    ("inference", "that", "argue suggest estimate conclude speculate calculate"),
    ("report", "that", "report record relate"),
    ("fear", "that object infinitive", "feared fears worried dreaded"),
    ("order", "that object infinitive", "ordered orders instructed directed decreed"),
    ("order", "that infinitive", "commanded"),
    ("order", "object infinitive", "urged urging urges demanded demands called_on begged"),
    (
        "proposal",
        "that object infinitive",
        "proposed proposes recommended recommends suggested_to advocated advocates",
    ),
    ("presentation", "as", "presented portrayed depicted characterized characterised"),
    (
        "intention",
        "infinitive",
        (
            "intended intends wanted wants planned plans sought seeks hoped aimed aims decided "
            "decides resolved determined wished meant"
        ),
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
#: verbs whose subject or object is a person or a group of persons
PERSON_VERBS = frozenset(CUES) | frozenset(
    [
        "led",
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
