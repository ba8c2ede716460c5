"""The words of loss around a number: category, and whose loss the verb makes it.

A category is kept as it is said: "killed or wounded", "captured or missing" and "killed and
missing" are never split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inje.dossier.drafting._counted import Counted
from inje.dossier.drafting._lexicon import FIGHTERS

__all__ = ["THING_LOSSES", "Loss", "category_ends", "category_of", "loss_in", "thing_lost"]

_KILLED = (
    r"(?:killed|dead|died|slain|fatalit(?:y|ies)|deaths?|lost their lives|perished|drowned|"
    r"massacred|executed|bodies|corpses|fell in battle|fell(?! (?:back|upon|on|in(?! (?:the|this|that) (?:first|second|"
    r"attack|battle|fight|fighting|assault|charge|action|day|defen[cs]e))|into|to|under|from|"
    r"out|behind|short|victim|off|asleep|ill|sick|for))|fell(?= on (?:the \w+ side|both sides|either side|our side|"
    r"the other))|bayoneted|beheaded|hanged|cut down|burned alive|"
    r"put to (?:the sword|death)|buried|KIA|confirmed kills?|lost their li(?:fe|ves))"
)
_WOUNDED = r"(?:wounded|injured|wounds|WIA)"
_EITHER = (
    rf"(?:{_KILLED}\s*(?:or|and(?:/or)?|/)\s*{_WOUNDED}|{_WOUNDED}\s*(?:or|and|/)\s*{_KILLED})"
)
_TAKEN = (
    r"(?:captured|taken(?=\W*(?:$|[.,;]))|(?:were|was) taken(?= (?:at|in|near|alive)\b)|taken prisoners?|prisoners?(?: of war)?|POWs?|surrendered|taken captive|"
    r"(?:marched|went|fell|led|taken|passed) into captivity|capitulated|fell into (?:the )?[\w’' ]{2,30} hands|"
    r"fell into the hands of|(?:laid|lay|lain) down (?:their|its) arms|interned)"
)
_LISTED = (
    rf"(?:{_KILLED},? (?:and |or )?{_WOUNDED},? (?:and |or |and/or )?(?:captured|missing|taken)|"
    rf"{_KILLED}, {_WOUNDED},? |{_WOUNDED},? {_KILLED},? (?:and |or )(?:captured|missing))"
)
#: who was taken, and lost afterwards: "3,000 prisoners drowned"
_LOST_CAPTIVES = (
    r"(?:prisoners?(?: of war)?|captives?|POWs?) (?:(?:who|were|was|later|subsequently|then) )*"
    r"(?:drowned|killed|executed|massacred|murdered|beheaded|slain)"
)
_CATEGORIES = (
    ("total", re.compile(_LISTED, re.I)),
    ("killed", re.compile(rf"\b{_LOST_CAPTIVES}\b", re.I)),
    ("killed_or_wounded", re.compile(rf"\b{_EITHER}|\b(?:were|was|been) hit\b", re.I)),
    (
        "captured_or_missing",
        re.compile(rf"\b{_TAKEN}\s*(?:or|and|/)\s*missing|missing\s*(?:or|and|/)\s*{_TAKEN}", re.I),
    ),
    (
        "lost_unspecified",
        re.compile(rf"\b{_KILLED}\s*(?:or|and|/)\s*(?:missing|{_TAKEN})", re.I),
    ),
    ("killed", re.compile(rf"\b{_KILLED}\b", re.I)),
    ("wounded", re.compile(rf"\b{_WOUNDED}\b", re.I)),
    ("captured", re.compile(rf"\b{_TAKEN}\b", re.I)),
    ("missing", re.compile(r"\b(?:missing|MIA)\b", re.I)),
    ("total", re.compile(r"\b(?:casualties|total losses)\b", re.I)),
    ("lost_unspecified", re.compile(r"\b(?:losses|lost|deserted)\b", re.I)),
)
_LOST = re.compile(
    r"\b(?:lost|losing|loss of|suffer(?:ed|ing)|sustain(?:ed|ing)|cost(?:ing)?|"
    r"(?:killed|wounded|slain|dead|prisoners)(?: (?:and|or) (?:killed|wounded|missing|captured))? "
    r"(?:numbered|included|totall?ed|amounted to|(?:is |was |are |were )?(?:as|at|put at|given as|"
    r"estimated at))|(?:casualties|losses)\b[^.;]{0,60}, or|"
    r"\bloss (?:was|is|cannot be|could not be|may be|came "
    r"to|amounted to|cannot have been)|"
    r"(?:losses|casualties|death toll)\b[^.;,\d]{0,80}? (?:was|were|numbered|came to|amounted to|at|exceeded|reached|"
    r"rose to|ran to|stood at|approached|topped|as high as|as low as|of)|"
    r"(?:put|puts|placed|places|set|sets|gave|gives|reckoned|estimated|reported|recorded|listed|assessed|fixed)\b[^.;,\d]{0,40}?\b(?:loss|"
    r"losses|casualties|killed|dead|wounded|prisoners)\b[^.;,\d]{0,20}? (?:at|as)|"
    r"(?:losses|casualties|death toll|deaths|dead)\s(?:(?:in [\w\s]{1,30}|on \w+ \w+ )?)"
    r"(?:of|were|was|are|at|numbered|totall?ed|totall?ing|amounted to|amounting to|came to|"
    r"estimated at|(?:have been |has been |were |are )estimated at))\b"
    r"(?:[^.;\d]|\d+(?:\.\d+)?\s?(?:%|per ?cent)){0,40}$|"
    r"\b(?:losses|casualties|death toll|killed|dead|wounded)\s*:\s*(?:about |some |over |nearly )?$|"
    r"\b(?:went down|sank|blew up|exploded|foundered|capsized|going down|sinking)\b(?: (?:her|it|them))?"
    r"(?: with(?: the loss of)?| (?:at|in|within|on|after|off) [^,;.]{1,25}? with)\s+(?:all |some |about )?$",
    re.I,
)
_KILLING = re.compile(
    r"\b(?P<verb>kill(?:ed|ing)?|wound(?:ed|ing)|captur(?:ed|ing|e)|slew|slay|slaying|took|taking|take|"
    r"inflict(?:ed|ing)?|shot|massacr(?:ed|ing)|slaughter(?:ed|ing)|butcher(?:ed|ing)|cut down|"
    r"cutting down|sabr(?:ed|ing)|bayonet(?:ed|t?ing)|spear(?:ed|ing)|execut(?:ed|ing)|behead(?:ed|ing)|"
    r"hang(?:ed|ing)|drown(?:ed|ing)|buri(?:ed)|burying|put|taken|claimed the lives of|claiming the lives of|"
    r"kill(?:ed|ing) (?:or|and|and/or) (?:wound(?:ed|ing)|captur(?:ed|ing))|"
    r"wound(?:ed|ing) (?:or|and) captur(?:ed|ing))\s+(?:some |about |over |another |all |only )?$",
    re.I,
)
_KILLS = ("kil", "sle", "sho", "mas", "sla", "but", "cut", "sab", "bay", "spe", "exe", "beh", "han",
          "dro", "bur", "cla")  # fmt: skip
_COUNTING = re.compile(r"\b(?:counted|counting|found)\s+(?:some |about |over )?$")
_SANK = re.compile(r"(?:went|going) down|sank|sinking|blew|exploded|foundered|capsized")
_LOST_PASSIVE = re.compile(rf"\b(?:were|was|been) lost\b|\b{_KILLED}\b|\bdeserted\b", re.I)
_COUNTED_DEAD = re.compile(
    r"\b(?:prisoners|captives)\s(?:also )?(?:included|numbered|were|of)\b", re.I
)
_AMONG = re.compile(r"\bprisoners\b[^.;]{0,80}$", re.I)
_FILLERS = frozenset(
    "were was had been of the their its his and or a an them being have others more other taken "
    "as enemy total army who whom either among amongst all later soon eventually subsequently".split()
)
_THING_BEFORE = re.compile(
    r"\b(?P<verb>destroy(?:ed|ing|s)?\b|captur\w*|lost|losing|lose|sank|sunk|sinking|losses (?:were|of|included|totall?ed|amounted to|came to)|abandon\w*|left behind|"
    r"torpedo(?:ed|ing)|confiscat\w*|commandeer\w*|recover(?:ed|ing)|seiz\w*|claim(?:ed|ing)|burn\w*|scuttl\w*|wreck\w*|blew up|blowing up|shot down|shooting down|spik\w*|knock\w* out|(?:took|taking)(?! (?:to|up|out|over|with|part|into|off|on|aboard|command|position|post|station|place|charge|him|them)\b)|surrender\w*|yield\w*|gave up|handed over|disabl\w*|loss of|damag\w*|cost(?:ing|s)?)\s+"
    r"(?:[^,;.]{0,40}?(?:,|and)\s+)?(?:[\w'’-]+\s+){0,4}?$",
    re.I,
)
_THING_AFTER = re.compile(
    r"(?:(?!\d[\d,]* (?:were|was|had|of))[^.;,]){0,60}?\b(?:lost|destroyed|sunk|sank|foundered|blew up|capsized|fell into (?:the )?[\w’' ]{1,30}"
    r"hands|fell into the hands of|captured|taken|abandoned|fell to the|shot down|set on fire|scuttled|wrecked|blown up|knocked out|disabled|"
    r"damaged)\b",
    re.I,
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being)\s+$")
#: "left 30 guns behind"
_LEFT = re.compile(r"\b(?:left|leaving)\s+(?:some |about |over |nearly |all )?$")
_BEHIND = re.compile(r"[^.;,]{0,30}?\b(?:behind|on the (?:field|ground)|in [\w’' ]{2,20} hands)\b")
_OWN_LOSS = ("los", "cos", "aban", "left", "spik", "scut", "surr", "yiel", "gave", "hand")


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss that words around a number tell.

    Attributes
    ----------
    category : killed, wounded, captured, ..., as said.
    start : where the telling verb before the number begins in the words before, or -1.
    subject : whether the loser, or who inflicted it, is the subject of that verb.
    inflicted : whether the subject inflicted it.
    """

    category: str
    start: int = -1
    subject: bool = False
    inflicted: bool = False


_DISEASE = re.compile(
    r"\b(?:sickness|disease|fever|typhus|cholera|dysentery|malaria|plague|scurvy|frostbite|hunger|starvation|"
    r"desertion|exhaustion|cold|illness|epidemic)\b[^.;,]{0,40}?\b(?:carried off|claimed|cost|killed|took|"
    r"accounted for|felled|struck down)\s+(?:some |about |another )?$",
    re.I,
)
#: as in a list: "Killed 43, wounded 120, missing 9"
_LABELLED = re.compile(r"(?:^|[,;:(]\s*)(killed|wounded|missing|captured|prisoners),?\s+$", re.I)
_SURRENDERED = re.compile(
    r"\b(?:surrendered|capitulated)(?: at [A-Z]\w+)?(?: with)?"
    r"(?: (?:the|the last|the remaining|his remaining|his last|his|their|all|some|about|over|nearly))?\s+$"
)
#: "30 others, including Houston, were wounded"
_INCLUDING = re.compile(r",? (?:including|among them|among whom were) [^,;.]{2,40},")


def loss_in(before: str, after: str, counted: Counted) -> Loss | None:
    """The loss that a number of people is, or None: people who are there."""
    if _DISEASE.search(before):
        return Loss("lost_unspecified")
    listed = _LABELLED.search(before)
    if listed is not None:
        return Loss(category_of(listed[1]) or "lost_unspecified", listed.start(1))
    if _SURRENDERED.search(before):
        return Loss("captured", -1, True)
    return (
        _inflicted(before, after)
        or _suffered(before, after, counted)
        or _said_after(before, after, counted)
    )


def _inflicted(before: str, after: str) -> Loss | None:
    """As in "killed 650": the other side's loss, unless the sense is passive."""
    match = _KILLING.search(before)
    if match is None:
        counted = _COUNTING.search(before)
        if counted is not None and re.match(r"\s+(?:\w+ )?(?:bodies|dead|corpses|killed)\b", after):
            return Loss("killed", counted.start(), True, True)
        return None
    verb = match["verb"].lower()
    category = "captured"
    if re.search(r"\b(?:or|and)\b", verb):
        category = "killed_or_wounded" if "kill" in verb and "wound" in verb else "lost_unspecified"
    elif verb[:3] in _KILLS:
        category = "killed"
    elif verb.startswith("wound"):
        category = "wounded"
    elif verb.startswith("inflict"):
        category = "total"
    if verb == "put" and not re.match(r"[^,;]{0,40}to (?:the sword|death)", after):
        return None
    if verb.startswith("put"):
        category = "killed"
    if verb.startswith(("took", "taking", "take")) and not re.match(
        r"[^,;]{0,30}(?:prisoner|captive|hostage)", after
    ):
        return None
    return Loss(category, match.start(), True, True)


#: "lost 300 men but captured | 200": what is done to the other one's
_ANOTHER_DEED = re.compile(
    r",? (?:but|and|while) (?:had |also )?(?=(?:captured|took|killed|wounded)\s+(?:about |some |over )?$)"
)


def _suffered(before: str, after: str, counted: Counted) -> Loss | None:
    match = _LOST.search(before)
    if match is None:
        return None
    inflicted = _INFLICTING.search(before) is not None
    near = _ANOTHER_DEED.split(re.split(r"[;.]|,? and (?=\d)|, with (?=\d)", after)[0][:60])[0]
    category = category_of(near)
    said = _PUT.sub("", match.group().lower())
    if category is None and said.startswith(("killed", "wounded", "slain", "prisoners")):
        category = category_of(said) or "killed"
    if category is None:
        if "death" in said or "dead" in said or _SANK.match(said):
            category = "killed"
        elif said.startswith("casualt"):
            category = "total"
        elif said.startswith(("los",)):
            category = "lost_unspecified"
        elif counted.sort != "people":
            return None
        else:
            category = "lost_unspecified"
    return Loss(category, match.start(), True, inflicted)


#: "put the enemy's | loss at 500"
_PUT = re.compile(
    r"\A(?:put|puts|placed|places|set|sets|gave|gives|reckoned|estimated|reported|recorded|listed|assessed|fixed)\b.*?"
    r"(?=\b(?:loss|losses|casualties|killed|dead|wounded|prisoners)\b)"
)
#: "inflicted losses of 3,000", "caused casualties of 400": the losses of the other one
_INFLICTING = re.compile(
    r"\b(?:sank|sinking) (?:her|it|them) with\b[^.;]{0,30}$|"
    r"\b(?:inflict(?:ed|ing)|caus(?:ed|ing))\s+(?:\w+\s+){0,2}?(?:losses|casualties)\b[^.;]{0,30}$",
    re.I,
)


def _said_after(before: str, after: str, counted: Counted) -> Loss | None:
    """As in "15 volunteers were killed or wounded"."""
    if counted.sort == "people" and category_of(after[: counted.length]) is None:
        after = after[counted.length :]
    near = _INCLUDING.sub("", re.split(r"[;.]| but (?:was|he|had)\b", after)[0][:120])[:90]
    category = category_of(near)
    if category is None or _far(near, category):
        return Loss("captured") if _AMONG.search(before) and _listed(before) else None
    return Loss(category)


def _listed(before: str) -> bool:
    """Whether a number stands in the list that "the prisoners included" opens."""
    return bool(_COUNTED_DEAD.search(before))


def _far(near: str, category: str) -> bool:
    """Whether too much stands between a number and its category."""
    starts = [m.start() for name, p in _CATEGORIES if name == category and (m := p.search(near))]
    if not starts:
        return True
    between = near[: min(starts)].split()
    if category == "lost_unspecified" and not _LOST_PASSIVE.search(near):
        return True
    filler = [w for w in between if w.lower().strip(",") not in FIGHTERS | _FILLERS]
    return len(filler) > 2 or any(w.endswith(",") for w in between[:-1])


def category_of(near: str) -> str | None:
    """The category of losses that words name first, or None."""
    found = [
        (match.start(), k, name)
        for k, (name, pattern) in enumerate(_CATEGORIES)
        if (match := pattern.search(near))
    ]
    return min(found)[2] if found else None


def category_ends(piece: str) -> list[int]:
    """Where the words of category in a piece of text end."""
    return [match.end() for _, pattern in _CATEGORIES if (match := pattern.search(piece))]


#: "tank losses were 94": things, though no noun follows the number
THING_LOSSES = re.compile(
    r"\b(?:tank|aircraft|ship|shipping|gun|vehicle|plane|artillery|armou?r|bomber|fighter|destroyer|submarine|"
    r"U-boat|merchant|naval|equipment) loss(?:es)?\b[^.;]{0,60}$",
    re.I,
)


def thing_lost(before: str, after: str) -> Loss | None:
    """Whether guns, ships and the like are said to be lost, and by whose doing."""
    match = _THING_BEFORE.search(before)
    while match is not None and (later := _THING_BEFORE.search(before, match.end("verb"))):
        match = later  # "claimed that A lost": the last verb
    if match is not None and _PASSIVE.search(before[: match.start()]):
        return Loss("materiel")  # "700 men were captured along with 20 wagons"
    if _LEFT.search(before) and _BEHIND.match(after):
        return Loss("materiel", -1, True)
    if match is not None:
        own = match["verb"].lower().startswith(_OWN_LOSS)
        return Loss("materiel", match.start(), True, not own)
    return Loss("materiel") if _THING_AFTER.match(after) else None
