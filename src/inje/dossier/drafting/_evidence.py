"""What stands around a name and tells whether it is a person, a group or a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from inje.dossier.drafting._cues import CUES, LEMMAS, PERSON_VERBS
from inje.dossier.drafting._lexicon import DEMONYM, OFFICES, PLACE_CUES, POLITIES, SETTLEMENTS
from inje.dossier.drafting._mentions import Mention
from inje.dossier.drafting._passages import Passages, Word

__all__ = ["kind_votes"]


def kind_votes(passages: Passages, mentions: Sequence[Mention]) -> dict[int, Counter[str]]:
    """Votes for the kind of every mention that its form leaves open, by its start."""
    votes: dict[int, Counter[str]] = {}
    owning = _owners(mentions)
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for index, found in by_sentence.items():
        if index < 0:
            continue
        words = passages.sentences[index].words
        for run in _lists(found, words):
            total: Counter[str] = Counter()
            total += _around(words, run[0].start, run[-1].end)
            for mention in run:
                total += _own(words, mention)
                total["person"] += owning[mention.text]
            for mention in run:
                votes[mention.start] = total
    return votes


def _owners(mentions: Sequence[Mention]) -> Counter[str]:
    """Votes for a person by whose name a force is called: "Reille's corps", "Foy's men"."""
    owners = {
        m.owner
        for m in mentions
        if m.owner and m.text[len(m.owner) :].startswith(("'", "’")) and m.owner not in POLITIES
    }
    return Counter(dict.fromkeys(owners, 2))


def _lists(found: Sequence[Mention], words: Sequence[Word]) -> list[list[Mention]]:
    """Mentions joined by commas and "and" share their kind."""
    runs: list[list[Mention]] = []
    for mention in found:
        if mention.kind == "event":
            continue
        if runs and _joined(runs[-1][-1], mention, words):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return [part for run in runs for part in _real_list(run, words)]


def _real_list(run: list[Mention], words: Sequence[Word]) -> list[list[Mention]]:
    """A list has an "and"; two names with a comma between are an apposition or an address."""
    between = {w.text for w in words if run[0].end <= w.start and w.end <= run[-1].start}
    return [run] if between & {"and", "or"} else [[mention] for mention in run]


def _joined(left: Mention, right: Mention, words: Sequence[Word]) -> bool:
    between = [w.text for w in words if left.end <= w.start and w.end <= right.start]
    return (
        bool(between)
        and all(text in (",", "and", "or") for text in between)
        and (len(between) <= 2)
    )


def _around(words: Sequence[Word], start: int, end: int) -> Counter[str]:
    votes: Counter[str] = Counter()
    before = [w.text for w in words if w.end <= start][-3:]
    following = [w.text for w in words if w.start >= end][:14]
    after = _past_year(following[:6])
    last = [w for w in before if w not in ("the", "The")]
    cue = last[-1] if last else ""
    if cue.lower() in _SHIPS:
        votes["group"] += 4  # "the rescue ship Zamalek"
    if cue.lower() in PLACE_CUES:
        votes["place"] += 2
    if cue == "of" and len(last) > 1 and last[-2] in SETTLEMENTS:
        votes["place"] += 4
    if after and after[0] in SETTLEMENTS:
        votes["place"] += 3
    if _acts(after, following):
        votes["person"] += 3
    votes["person"] += _human(after) + 3 * (cue in OFFICES or cue in _CALLINGS)
    if [w.lower() for w in before[-2:]] == ["according", "to"]:
        votes["person"] += 4
        votes["place"] -= 2
    if before[-1:] == ["under"] or (cue == "by" and last[-2:-1] and last[-2] in _LED):
        votes["person"] += 3
    if cue in PERSON_VERBS or cue == "against":
        votes["person"] += 2
    votes["group"] += _fighting(words, start, before, after)
    if cue == "as" and len(last) > 1 and last[-2] == "such":
        votes["person"] += 1
    if cue in ("with", "by"):
        votes["person"] += 1
    if not before and any(w.text in LEMMAS for w in words):
        votes["person"] += 1
    return votes


def _acts(after: list[str], following: list[str]) -> bool:
    """Whether what only people do follows a name: at once, behind "had", behind an insertion."""
    if after[:1] and (after[0] in PERSON_VERBS or after[0] in _GIVES):
        return True
    if after[:1] and after[0] in ("had", "has", "would") and after[1:2] and after[1] in CUES:
        return True
    if following[:1] != [","] or "," not in following[2:]:
        return False
    close = following.index(",", 2)
    inserted = following[1].endswith(("ing", "ed")) or following[1] in (
        "who",
        "now",
        "then",
        "still",
    )
    return inserted and any(word in CUES for word in following[close + 1 : close + 2])


def _human(after: list[str]) -> int:
    """Votes for a person of the words behind a name: ", who", "has it", "puts it"."""
    if after[:2] in ([",", "who"], [",", "whose"]) or after[:1] == ["who"]:
        return 4
    if after[:2] in (["is", "of"], ["was", "of"]) and after[2:3] in (["the"], ["this"]):
        return 3  # "is of the opinion"
    return 3 if after[:2] in (["has", "it"], ["puts", "it"], ["put", "it"]) else 0


def _past_year(after: list[str]) -> list[str]:
    """The words after a name, without the year of his book and adverbs.

    As in "Lazenby (1993) believes", "Oak later claimed".
    """
    if after[:1] == ["("] and after[2:3] == [")"]:
        after = after[3:]
    if after[:1] == ["in"] and after[1:2] and after[1].isdigit():
        after = after[2:]  # "Oak in 1855 concluded"
    while after[:1] and (after[0] in _ADVERBS or after[0].endswith("ly")):
        after = after[1:]
    return after[:3]


#: what a writer does with figures: "Weber gives 400"
_GIVES = frozenset(
    ["gives", "places", "holds", "puts", "reckons", "calls", "casts", "pays", "lays", "arrives"]
)
_SHIPS = frozenset(
    "ship sloop corvette destroyer frigate cruiser battleship battlecruiser submarine boat carrier tanker "
    "steamer gunboat ironclad trawler cutter schooner galley flagship freighter transport brig yacht "
    "minesweeper monitor liner merchantman whaler tug dreadnought".split()
)
#: "the valet Marchand"
_CALLINGS = frozenset(
    "valet clerk aide adjutant chaplain surgeon soldier sergeant lieutenant private trooper gunner sailor pilot poet "
    "novelist scholar researcher archaeologist biographer editor veteran professor eyewitness ensign brigadier "
    "commodore monk friar priest courier spy scout deserter prisoner brother son nephew cousin uncle father "
    "interpreter physician diarist essayist correspondent".split()
)
_ADVERBS = frozenset(
    "later twice also then once never still long afterwards afterward soon again himself herself now "
    "first even".split()
)
_LED = frozenset(["led", "commanded", "headed"])
_FIGHTING = frozenset(
    "fought defeated attacked besieged repulsed routed beat ambushed invaded overran assaulted "
    "clashed engaged".split()
)
_CLASHES = frozenset(
    "battle war clash clashes fought fighting engagement conflict skirmish action campaign".split()
)


def _fighting(words: Sequence[Word], start: int, before: list[str], after: list[str]) -> int:
    """Votes for a group: who fights, is fought, or stands behind "a battle between"."""
    if after and (
        after[0] in _FIGHTING
        or (after[0] in ("had", "were") and after[1:2] and after[1] in _FIGHTING)
    ):
        return 4
    if [w for w in before if w not in ("the", "an", "a")][-1:] and before[-1] in (
        "the",
        "an",
        "a",
        *_FIGHTING,
    ):
        verb = [w for w in before if w not in ("the", "an", "a")][-1]
        if verb in _FIGHTING:
            return 4
    near = [w.text for w in words if w.end <= start][-14:]
    if "between" in near:
        at = near.index("between")
        if _CLASHES & {w.lower() for w in near[max(0, at - 9) : at]}:
            return 5
    return 0


_THOUGHTS = frozenset(
    "view views opinion contention belief argument claim theory conclusion account memoirs diary "
    "discretion intentions intention plan plans decision orders advice proposal suggestion request interpretation analysis book letter letters report words".split()
)


def _ends_owned(words: Sequence[Word], mention: Mention) -> bool:
    """Whether a name owns what follows: "Anna Weber's view"."""
    return any(w.start < mention.end < w.end for w in words)


def _own(words: Sequence[Word], mention: Mention) -> Counter[str]:
    votes: Counter[str] = Counter()
    before = [w.text for w in words if w.end <= mention.start][-9:]
    after = [w.text for w in words if w.start >= mention.end][:6]
    if after[:1] == [","] and any(w in OFFICES for w in after[1:4]):
        votes["person"] += 4
    if before[-1:] == [","] and any(w.lower() in OFFICES for w in before):
        votes["person"] += 3
    parts = mention.text.split()
    if len(parts) == 2 and parts[0] in DEMONYM and parts[1] in POLITIES:
        votes["place"] += 6
    if mention.kind in ("person", "group", "place"):
        votes[mention.kind] += 3
    if len(parts) in (2, 3):
        votes["person"] += 1
    owned = [w for w in words if w.start == mention.start and w.end > mention.end]
    if (owned or _ends_owned(words, mention)) and after[:1] and after[0] in _THOUGHTS:
        votes["person"] += 3
    if before[-1:] in (["as"], ["As"]) and any(word in CUES for word in after[:2]):
        votes["person"] += 3
    return +votes
