"""A small invented battle with everything a report can show: no run of the engine behind it."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from itertools import pairwise

from inje.document import Anchor, Block, Document, Mark, Run
from inje.dossier import (
    Alternative,
    AnchorRecord,
    Battle,
    CitationLink,
    Claim,
    DocumentInfo,
    Dossier,
    Entity,
    Event,
    Finding,
    Gap,
    Question,
    SideRecord,
    Source,
    Value,
    When,
)
from inje.ensemble import simulate_worlds
from inje.posterior import Posterior, condition_scenario
from inje.reporting import (
    AccountPair,
    ChoiceRow,
    ClaimWeight,
    Contribution,
    ControlRow,
    Density,
    Diagnostics,
    Interval,
    JointClaim,
    JointLosses,
    Manifest,
    OutcomeRow,
    QuantityRow,
    ReachRow,
    ReplayForce,
    ReplayFrame,
    ReplayWorld,
    ReportData,
    SeekRow,
    SourceRow,
    TimeRow,
    WhatIfEffect,
    WhatIfRow,
)
from inje.scenario import (
    Account,
    Choice,
    Clock,
    Engagement,
    Force,
    March,
    Place,
    Prior,
    Quantity,
    Road,
    Scenario,
    Side,
)

EVIL = (
    "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=2>"
    "</style><style>body{display:none}</style><!-- {{7*7}} {% raw %} ${8*8} &lt;b&gt; ]]>"
)
PARTS = (
    ("title", "The Fight at Weir Bridge"),
    ("heading", "The fighting"),
    (
        "paragraph",
        (
            "Captain Holt NAME reported on 3 May that some 600 men of the League had attacked the "
            "bridge and the mill. During the three-day fight 21 defenders were killed or wounded."
        ),
    ),
    ("paragraph", "The League lost 9 men, and the bridge was restored to the Republic."),
    ("reference", "Marsh, Ada (1931). The Weir Valley. p. 12."),
)


def document(name: str = "") -> Document:
    """The text; `name` stands beside the captain's."""
    blocks, text = [], ""
    for kind, words in PARTS:
        start = len(text)
        text += words.replace("NAME", name) if name else words.replace(" NAME", "")
        blocks.append(Block(kind, start, len(text), 1))  # type: ignore[arg-type]
        text += "\n\n"
    where = text.index("wounded.") + len("wounded.")
    mark = Mark("citation", where, where, "1", Anchor(0, 1, "T"))
    return Document(
        id="weir",
        title=f"The Fight at Weir Bridge {name}".strip(),
        uri="weir.txt",
        media_type="text/plain",
        original=text,
        text=text,
        runs=(Run(0, 0, len(text)),),
        blocks=tuple(blocks),
        marks=(mark,),
        licence="invented",
    )


def _anchor(text: str, words: str, until: str = "") -> AnchorRecord:
    start = text.index(words)
    end = text.index(until, start) + len(until) if until else start + len(words)
    return AnchorRecord(start=start, end=end, quote=text[start:end])


def dossier(text: Document, name: str = "") -> Dossier:
    """Claims that nest, overlap, restate, and bear on nothing."""
    t = text.original
    cited = (CitationLink(source="marsh", locator="p. 12"),)
    claims = (
        Claim(id="report", kind="report", holders=("narrator", "holt"), status="confirmed",
              summary=f"Holt {name} reports an attack", about="attacker",
              value=Value(best="league"), anchor=_anchor(t, "Captain Holt", "the mill"),
              citations=cited),
        Claim(id="strength", kind="report", holders=("narrator", "holt"), status="drafted",
              about="strength.league", summary="600 men", anchor=_anchor(t, "some 600 men"),
              value=Value(best=600, vagueness="about"), citations=cited),
        Claim(id="where", kind="fact", holders=("narrator",), status="edited",
              anchor=_anchor(t, "League had attacked", "the mill")),
        Claim(id="days", kind="fact", holders=("narrator",), about="duration",
              value=Value(best=3), anchor=_anchor(t, "three-day fight"), citations=cited),
        Claim(id="losses", kind="fact", holders=("narrator",), citations=cited,
              about="losses.republic.killed_or_wounded", value=Value(best=21),
              anchor=_anchor(t, "21 defenders were killed or wounded")),
        Claim(id="lost", kind="fact", holders=("narrator",), about="losses.league.lost_unspecified",
              value=Value(best=9), anchor=_anchor(t, "The League lost 9 men")),
        Claim(id="control", kind="fact", holders=("narrator",), about="control.bridge",
              value=Value(best="republic"), status="rejected", restates="where",
              anchor=_anchor(t, "the bridge was restored", "Republic")),
        Claim(id="fear", kind="fear", holders=("narrator", "holt"), summary="nowhere in the text"),
    )  # fmt: skip
    return Dossier(
        documents=(DocumentInfo(id="weir", title=text.title),),
        battle=Battle(
            title=text.title,
            part_of=f"the Valley War {name}".strip(),
            when=When(edtf="1871-05-03/1871-05-05"),
            region="Weir Valley",
            sides=(
                SideRecord(id="republic", name="The Republic"),
                SideRecord(id="league", name=f"The League {name}".strip()),
            ),
        ),
        sources=(
            Source(id="marsh", title=f"The Weir Valley {name}".strip(), reliability="B"),
        ),
        entities=(
            Entity(id="narrator", kind="narrator", name="narrator"),
            Entity(id="bridge", kind="place", name="Weir Bridge"),
            Entity(id="mill", kind="place", name="The Mill"),
            Entity(id="holt", kind="person", name=f"Captain Holt {name}".strip()),
        ),
        events=(
            Event(id="e1", label=f"Report of Holt {name}".strip(), when=When(edtf="1871-05-03")),
            Event(id="e2", label="The fight", when=When(edtf="1871-05-03/1871-05-05")),
            Event(id="e0", label="The war begins", when=When(edtf="1870-01"), background=True),
        ),
        claims=claims,
        questions=(
            Question(
                id="who",
                topic="identity",
                text=f"Who is Holt{name and ' '}{name}?",
                alternatives=(
                    Alternative(label=f"the captain {name}".strip(), claims=("report",)),
                ),
            ),
        ),
        gaps=(Gap(id="g", about="strength.republic", text=f"How many defended {name}."),),
        findings=(
            Finding(
                rule="uncited", message=f"No citation {name}.", remedy="Cite.", claims=("lost",)
            ),
        ),
    ).with_texts(text)  # fmt: skip


def scenario(record: Dossier, name: str = "") -> Scenario:
    """Two sides at one bridge, one road."""

    def assumed(median: float, unit: str) -> Quantity:
        prior = Prior(family="lognormal", median=median, sigma=0.6)
        return Quantity(prior=prior, unit=unit, assumed=f"nothing is said {name}".strip())

    return Scenario(
        title=record.battle.title,
        clock=Clock(start="1871-05-03", end="1871-05-05"),
        sides=(Side(id="republic", name="The Republic"), Side(id="league", name="The League")),
        places=(
            Place(id="bridge", name=f"Weir Bridge {name}".strip(), contested=True,
                  holder="republic"),
            Place(id="mill", name="The Mill", contested=True, holder="republic"),
            Place(id="town", name="Weirton"),
        ),
        roads=(
            Road(id="north", between=("town", "bridge"), distance=assumed(18, "km")),
            Road(id="lane", between=("bridge", "mill"), distance=assumed(4, "km")),
        ),
        forces=(
            Force(id="garrison", side="republic", name="the garrison", place="bridge",
                  strength=assumed(300, "people")),
            Force(id="column", side="republic", name="the relief column", place="bridge",
                  strength=assumed(200, "people"), march=March(origin="town")),
            Force(id="league-force", side="league", name="the League's men", place="bridge",
                  strength=Quantity(value=600, claims=("strength",))),
        ),
        engagements=(
            Engagement(id="fight", place="bridge", sides=("republic", "league"),
                       rates={"republic": assumed(0.01, "1/day"), "league": assumed(0.01, "1/day")},
                       begins=assumed(0.4, "days"), ends=assumed(3, "days")),
        ),
        causes={"attacker": Choice(options={"league": 1, "republic": 1}, assumed=f"even {name}")},
        accounts=(
            Account(id="a", label="The League attacked", sets={"attacker": "league"}),
            Account(id="b", label="The Republic attacked", sets={"attacker": "republic"}),
        ),
        notes=(f"One engagement {name}.",),
    ).with_dossier(record)  # fmt: skip


def bell(
    low: float, high: float, before: float, after: float, wide: float, close: float
) -> Density:
    """Two bell shapes over one grid."""
    edges = [low + (high - low) * i / 40 for i in range(41)]
    middles = [(a + b) / 2 for a, b in pairwise(edges)]

    def mass(centre: float, spread: float) -> tuple[float, ...]:
        raw = [math.exp(-0.5 * ((x - centre) / spread) ** 2) for x in middles]
        return tuple(r / sum(raw) for r in raw)

    return Density(tuple(edges), mass(before, wide), mass(after, close))


def _row(name: str, label: str, unit: str, about: tuple[float, ...], **more: object) -> QuantityRow:
    before, wide, after, close = about
    return QuantityRow(
        name=name,
        label=label,
        unit=unit,
        prior=Interval(before - 1.6 * wide, before, before + 1.6 * wide),
        posterior=Interval(after - 1.6 * close, after, after + 1.6 * close),
        density=bell(max(0, before - 3 * wide), before + 3 * wide, before, after, wide, close),
        **more,  # type: ignore[arg-type]
    )


def _quantities(name: str) -> tuple[QuantityRow, ...]:
    return (
        _row("losses.republic.killed_or_wounded", f"Losses of the Republic {name}", "people",
             (60, 25, 22, 4), informed=True, bits=0.71, claims=("losses",), mcse=0.1, ess=5000.0),
        _row("losses.league.lost_unspecified", "Losses of the League", "people",
             (50, 22, 10, 3), informed=True, bits=0.68, claims=("lost",)),
        _row("strength.league", "Strength of the League", "people", (500, 200, 560, 90),
             informed=True, bits=0.2, claims=("strength",)),
        _row("strength.republic", "Strength of the Republic", "people", (310, 100, 300, 98),
             informed=False, bits=0.004, assumed=f"nothing is said {name}"),
        _row("duration", "Length of the fighting", "days", (3, 0.8, 3, 0.2), informed=True,
             bits=0.3, claims=("days",)),
        _row("engagements.fight.rates.league", "Loss rate of the League", "1/day",
             (0.012, 0.004, 0.008, 0.002), informed=True, bits=0.1, observable=False),
    )  # fmt: skip


def _sources(name: str) -> tuple[SourceRow, ...]:
    return (
        SourceRow("holt", f"Captain Holt {name}", "holder", "F", True, Interval(0.05, 0.5, 0.95),
                  Interval(0.2, 0.66, 0.96), 0.63, interest="The Republic",
                  claims=("report", "strength")),
        SourceRow("narrator", "the narrator", "holder", "B", True, Interval(0.58, 0.82, 0.96),
                  Interval(0.7, 0.88, 0.97), 0.87, claims=("days", "losses")),
        SourceRow("marsh", "Marsh 1931", "carrier", "B", False, Interval(0.58, 0.82, 0.96),
                  Interval(0.6, 0.83, 0.96), 0.82, conflict=True, reference=f"Marsh {name}"),
    )  # fmt: skip


def _pairs(name: str) -> tuple[AccountPair, ...]:
    parts = (Contribution("report", 2.4, 2.2, "Captain Holt"), Contribution("strength", 0.0, 0.0))
    return (
        AccountPair("a", "b", f"The League attacked {name}", "The Republic attacked", 2.4, 0.1,
                    -1.2, 4.8, decided=False, sentence="Everything hangs on one captain.",
                    low_at="Holt is E", high_at="Holt is A", contributions=parts),
        AccountPair("a", "c", f"The League attacked {name}", "Nobody planned it", 11.0, 0.2, 7.5,
                    14.0, decided=True),
    )  # fmt: skip


def _replay() -> ReplayWorld:
    def frame(day: float, along: float, left: float, event: str = "") -> ReplayFrame:
        return ReplayFrame(
            day,
            (
                ReplayForce("garrison", "bridge", strength=left),
                ReplayForce("column", "town", "bridge", along, 200),
                ReplayForce("league-force", "bridge", strength=600 - (300 - left) / 2),
            ),
            control=(("bridge", "league" if day > 1 else "republic"),),
            losses=(("republic", 300 - left), ("league", (300 - left) / 2)),
            event=event,
        )

    frames = [frame(0, 0, 300, "The attack"), frame(1, 0.3, 290), frame(2, 1, 280, "Relief")]
    return ReplayWorld("median", 17, tuple(frames))


def _joint() -> JointLosses:
    edges = tuple(float(i * 4) for i in range(11))
    mass = [
        [math.exp(-((x - 22) ** 2) / 60 - ((y - 10) ** 2) / 30) for x in edges[:-1]]
        for y in edges[:-1]
    ]
    total = sum(map(sum, mass))
    cells = tuple(tuple(m / total for m in row) for row in mass)
    said = (JointClaim("losses", "21 killed or wounded", x=(21, 21)),
            JointClaim("lost", "9 lost", y=(9, 9)))  # fmt: skip
    return JointLosses("Losses of the Republic", "Losses of the League", edges, edges, cells, said)


@cache
def posterior() -> Posterior:
    """The invented battle, really fought a few thousand times and weighed by its claims."""
    text = document()
    model = scenario(dossier(text))
    worlds = simulate_worlds(model, worlds=4096, seed=3, threads=1)
    return condition_scenario(worlds, ess=100, threads=1)


def report_data(name: str = "") -> ReportData:
    """Everything at once; `name` (hostile words) stands wherever the document's words do."""
    text = document(name)
    record = dossier(text, name)
    model = scenario(record, name)
    sides = (("republic", "The Republic", 0.7), ("league", "The League", 0.2))
    return ReportData(
        title=text.title,
        dossier=record,
        scenario=model,
        diagnostics=Diagnostics(
            5120.4, 65536, 0.31, 1, "0.1.0", target_ess=4000.0,
            reach=(ReachRow(("losses",), 5000, 0.2, 0.001), ReachRow(("losses", "lost"), 900, 0.1)),
            sentences=(f"A warning {name}.",),
        ),
        manifest=Manifest("0.1.0", 1, f"inje reconstruct weir.txt {name}".strip(),
                          (("dossier.yaml", "0" * 64), ("posterior.nc", "a" * 64))),
        quantities=_quantities(name),
        choices=(ChoiceRow("attacker", "Who attacked", (("league", f"The League {name}", 0.5, 0.8),
                           ("republic", "The Republic", 0.5, 0.2)), informed=True, bits=0.07,
                           claims=("report",)),),
        outcomes=(OutcomeRow("republic", "The Republic", 0.5, 0.96, 0.7),
                  OutcomeRow("league", f"The League {name}", 0.3, 0.03, 0.2),
                  OutcomeRow("none", "nobody", 0.2, 0.01, 0.1)),
        control=tuple(ControlRow(p, p.title(), f"1871-05-0{d}", sides)
                      for p in ("bridge", "mill") for d in (3, 4, 5)),
        times=(TimeRow("arrival.column", "Arrival of the relief column", Interval(0.5, 2, 3.4),
                       Interval(1.2, 1.8, 2.6), 0.9),),
        joint=_joint(),
        sources=_sources(name),
        weights=(ClaimWeight("losses", 0.9, 1, 0.6), ClaimWeight("fear", reason="an attitude")),
        pairs=_pairs(name),
        what_ifs=(WhatIfRow(f"No relief column {name}", (("strength.column", "0"),),
                  (WhatIfEffect("winner.republic", "The Republic wins", "%", 0.96, 0.55),
                   WhatIfEffect("duration", "Length", "days", Interval(2, 3, 4),
                                Interval(1, 2, 3))), 0.41, "all claims", "It mattered."),),
        seek=(SeekRow(f"A muster roll of the garrison {name}", "attacker", 0.12, 0.01, "Ask."),),
        replays=(_replay(), replace(_replay(), label="luckiest", world=99)),
        documents=(text,),
    )  # fmt: skip
