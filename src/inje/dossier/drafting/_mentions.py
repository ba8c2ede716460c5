"""Where names stand in the prose: persons, groups, places, and groups without a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from inje.dossier.drafting._lexicon import (
    CONNECTORS,
    DEMONYM,
    EVENT_HEADS,
    FEATURES,
    FORCE_NOUNS,
    FORCE_QUALIFIERS,
    GROUP_HEADS,
    INHABITANTS,
    MONTHS,
    NOT_NAMES,
    POLITIES,
    RANKS,
    UNIT_HEADS,
)
from inje.dossier.drafting._openers import followed_like_name
from inje.dossier.drafting._ordinals import FIRSTS, forename, ordinal_before
from inje.dossier.drafting._passages import Sentence, Word, is_heading

__all__ = ["Lexis", "Mention", "MentionKind", "lexis_of", "mentions_in", "stem"]

MentionKind = Literal["person", "group", "place", "event", ""]
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNED = frozenset({"People", "Peoples", "King", "Queen", "Prince", "Women", "Workers"})
_FOUGHT_AT = re.compile(
    r"(?:Battles?|Siege|Skirmish|Raid|Fall|Capture) (?:of|on|at|for) (?:the )?(.+)", re.S
)
_ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
_SOVEREIGNS = frozenset(("Shah King Queen Emperor Tsar Sultan Negus Kaiser Caliph").split())
_ABBREVIATED = frozenset(("Gen Col Maj Capt Lt Brig Adm Cdr Comdr Cmdr St Mr Mrs Dr Ft Mt").split())
_EXTENDING = (
    GROUP_HEADS
    | EVENT_HEADS
    | RANKS
    | frozenset(
        (
            "Kingdom Republic Empire Duchy House Bank Army Gulf Bay Strait Isle Islands Fort Fall "
            "Mouth State States Plain Plains Valley City Port Cape Head Council Lord Order Maid"
        ).split()
    )
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text.

    Attributes
    ----------
    start, end : span in the clean text, without article and possessive ending.
    text : the words.
    kind : person, group, place, event, or empty while nothing tells.
    sentence : number of the sentence.
    owner : for "the Shah's army": the name that owns the group.
    rank : whether a rank or title stands in it.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    sentence: int
    owner: str = ""
    rank: bool = False


@dataclass(frozen=True)
class Lexis:
    """Words of a document that are seen as names inside sentences, and in lower case."""

    names: frozenset[str]
    common: frozenset[str]
    acronyms: frozenset[str]
    surnames: frozenset[str] = frozenset()
    commanders: frozenset[str] = frozenset()


def stem(word: str) -> str:
    """A word without its possessive ending."""
    return _POSSESSIVE.sub("", word)


def lexis_of(sentences: Iterable[Sentence], boxed: Iterable[str] = ()) -> Lexis:
    """What the sentences show about which words are names; `boxed` are names in the box."""
    boxed = tuple(boxed)
    names: Counter[str] = Counter(
        word
        for name in boxed
        for word in re.findall(r"[^\W\d_][\w'’-]+", name)
        if word[0].isupper() and word not in RANKS and word not in NOT_NAMES
    )
    common: set[str] = set()
    for sentence in sentences:
        for k, word in enumerate(sentence.words):
            bare = stem(word.text)
            if word.text[0].islower():
                common.add(bare)
            elif k and word.capital and sentence.words[k - 1].text not in ('"', "“", ":"):
                names[bare] += 1
    acronyms = frozenset(name for name in names if _ACRONYM.match(name))
    commanders = frozenset(name.split()[-1] for name in boxed if len(name.split()) > 1)
    surnames = frozenset(n for n in _SURNAMES if names[n] > 2 or n in commanders)
    return Lexis(frozenset(names), frozenset(common), acronyms, surnames, commanders)


#: words of the language that are somebody's name where they stand within sentences in capitals
_SURNAMES = ("Early", "Long", "Short", "Light", "Heavy", "Will", "More", "Given", "Best")


def mentions_in(sentence: Sentence, lexis: Lexis) -> list[Mention]:
    """All names of a sentence, in reading order, not overlapping."""
    if is_heading(sentence):
        return []  # "CS Advance (13 June):"
    words = sentence.words
    found: list[Mention] = []
    i = 0
    while i < len(words):
        stop = _name_from(words, i, lexis)
        if stop == i:
            i += 1
            continue
        mention, stop = _build(sentence, words, i, stop, lexis)
        if mention is not None:
            found.append(mention)
            found += _places_named(sentence, mention)
        i = max(stop, i + 1)
    return found


def _places_named(sentence: Sentence, mention: Mention) -> Iterator[Mention]:
    """The place in the name of a battle: "Battle of Karameh"."""
    match = _FOUGHT_AT.match(mention.text)
    if match:
        start = mention.start + match.start(1)
        yield Mention(start, mention.end, match[1], "place", sentence.index)


def _starts_name(words: Sequence[Word], i: int, lexis: Lexis) -> bool:
    word = words[i]
    if not word.capital or not word.text[0].isalpha() or word.text in MONTHS:
        return False
    if i and words[i - 1].text not in ('"', "“", "”", ".", ":", "‘"):
        return word.text not in ("I",)
    bare = stem(word.text)
    if bare in NOT_NAMES and (bare not in lexis.surnames or _timed(words, i)):
        return False
    if bare in lexis.names or bare in RANKS or bare in DEMONYM:
        return bare not in lexis.common or bare in RANKS or _next_capital(words, i)
    return _next_capital(words, i) or followed_like_name(
        words, i, bare, bare.lower() in lexis.common
    )


def _timed(words: Sequence[Word], i: int) -> bool:
    """Whether such a word tells a time: "Early in the morning", "Long after dark"."""
    following = words[i + 1].text if i + 1 < len(words) else ""
    return following in _WHEN or following in MONTHS


_WHEN = frozenset(
    "in on that the this next morning afternoon evening after before ago enough as of one a an his their "
    "attempts reports attacks and".split()
)


def _next_capital(words: Sequence[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].capital and words[i + 1].text not in MONTHS


def _name_from(words: Sequence[Word], i: int, lexis: Lexis) -> int:
    """Index after the name that begins at `i`, or `i` if none does."""
    if not _starts_name(words, i, lexis):
        return i
    stop = i + 1
    while stop < len(words):
        if stem(words[stop - 1].text) != words[stop - 1].text and not _owning(words, stop - 1):
            break
        word = words[stop]
        if (
            word.capital
            and (word.text not in MONTHS or forename(words, stop))
            and (
                word.text not in NOT_NAMES
                or stem(word.text) in lexis.surnames
                or _initial(words, stop)
            )
        ) or (word.text == "." and _abbreviated(words, stop)):
            stop += 1
        elif (word.text in CONNECTORS and (after := _after_connector(words, stop))) or (
            after := _after_nickname(words, stop)
        ):
            stop = after
        else:
            break
    while stop > i + 1 and words[stop - 1].text == ".":
        stop -= 1
    return stop


def _initial(words: Sequence[Word], k: int) -> bool:
    """Whether a letter abbreviates a name: the A of "Jubal A. Early"."""
    return (
        len(words[k].text) == 1
        and k + 1 < len(words)
        and words[k + 1].text == "."
        and words[k + 1].start == words[k].end
        and _next_capital(words, k + 1)
    )


def _owning(words: Sequence[Word], k: int) -> bool:
    """Whether a possessive belongs into the name: "People's Army"."""
    bare = stem(words[k].text)
    following = words[k + 1].text if k + 1 < len(words) else ""
    return (bare in _OWNED and following in GROUP_HEADS) or following in FEATURES


def _abbreviated(words: Sequence[Word], k: int) -> bool:
    word = words[k - 1]
    if word.end != words[k].start or not _next_capital(words, k):
        return False
    return word.text in _ABBREVIATED or (len(word.text) == 1)


def _after_connector(words: Sequence[Word], k: int) -> int:
    """Index after the capitalised word that follows one or two connectors, else 0."""
    after = k + 1
    if words[k].text == "of" and stem(words[k - 1].text) not in _EXTENDING:
        return 0
    if words[k].text == "the":
        return after + 1 if _epithet(words, k) else 0
    while after < len(words) and words[after].text in CONNECTORS and after < k + 2:
        after += 1
    if after >= len(words) or not words[after].capital or words[after].text in MONTHS:
        return 0
    return after + 1


def _after_nickname(words: Sequence[Word], k: int) -> int:
    """Index after the surname behind a name in quotes, else 0: "Herbert 'H' Jones"."""
    if len(words) <= k + 3 or words[k].text not in _QUOTES or words[k + 2].text not in _QUOTES:
        return 0
    called, surname = words[k + 1], words[k + 3]
    close = called.start == words[k].end and words[k + 2].start == called.end
    if not close or not called.capital or not surname.capital or surname.text in MONTHS:
        return 0
    return k + 4


_QUOTES = frozenset("\"'“”‘’")


def _epithet(words: Sequence[Word], k: int) -> bool:
    """Whether "the" joins a by-name: "William the Breton", "Frederick the Great"."""
    name, by = words[k - 1].text, words[k + 1 : k + 2]
    if not by or not by[0].capital or name in DEMONYM or name in POLITIES or name in RANKS:
        return False
    known = by[0].text in DEMONYM or by[0].text in GROUP_HEADS or by[0].text in RANKS
    following = words[k + 2].text if k + 2 < len(words) else ""
    ended = not following[:1].isupper() and not following.startswith(("'", "’"))
    return ended and (not known or by[0].text == "Breton") and by[0].text not in POLITIES


def _build(
    sentence: Sentence, words: Sequence[Word], i: int, stop: int, lexis: Lexis
) -> tuple[Mention | None, int]:
    chunk = _without_lead(words[i:stop], lexis, sentence.start)
    if not chunk:
        return None, stop
    last = chunk[-1]
    owned = stem(last.text) != last.text
    end = last.start + len(stem(last.text))
    text = sentence.text[chunk[0].start - sentence.start : end - sentence.start]
    called = len(chunk) == 1 and (text in _SOVEREIGNS or text in lexis.commanders)
    if all(stem(word.text) in RANKS or word.text in CONNECTORS for word in chunk) and not called:
        return None, stop  # an office: "Prime Minister"
    rank = any(stem(word.text) in RANKS for word in chunk)
    first = chunk[0].start
    ordinal = ordinal_before(words, chunk[0]) if stem(chunk[-1].text) in UNIT_HEADS else None
    if ordinal is not None:
        first = ordinal  # "6th Army": not any army
        text = sentence.text[first - sentence.start : end - sentence.start]
    kind = _kind(chunk, text)
    if kind == "place" and stem(chunk[-1].text) in lexis.commanders:
        kind = "person" if len(chunk) > 1 else ""  # a commander who is called Hill or Marsh
    mention = Mention(first, end, text, kind, sentence.index, "", rank)
    head = _force_after(words, stop)
    if head and mention.kind != "event" and not (rank and not owned and len(chunk) > 1):
        mention, stop = _force(sentence, words, mention, head)
    elif mention.kind == "" and text in DEMONYM and text not in INHABITANTS | POLITIES:
        return None, stop  # an adjective before something that is no force
    return mention, stop


def _participle(chunk: Sequence[Word], lexis: Lexis) -> bool:
    """Whether a name begins with a participle that opens the sentence: "Addressing Lord Lucan"."""
    first = stem(chunk[0].text)
    return first.endswith("ing") and len(first) > 5 and first not in lexis.names


def _without_lead(chunk: Sequence[Word], lexis: Lexis, lead: int) -> Sequence[Word]:
    """Drop an opening word that is no name, and a demonym before a ranked person.

    `lead` : where the sentence begins.
    """
    while (
        chunk
        and (first := stem(chunk[0].text)) in NOT_NAMES
        and chunk[0].text not in _OWNED
        and first not in lexis.surnames
        and not (first in FIRSTS and len(chunk) > 1 and stem(chunk[-1].text) in UNIT_HEADS)
    ):
        chunk = chunk[1:]
    while len(chunk) > 1 and chunk[0].start == lead and _participle(chunk, lexis):
        chunk = chunk[1:]
    adjective = len(chunk) > 2 and (chunk[0].text in DEMONYM or chunk[0].text in POLITIES)
    if adjective and stem(chunk[1].text) in RANKS:
        chunk = chunk[1:]
    return chunk


def _force_after(words: Sequence[Word], stop: int) -> int:
    """Index after "military detachment" or the like that follows a name, else 0."""
    k = stop
    while k < len(words) and k < stop + 3 and words[k].text in FORCE_QUALIFIERS:
        k += 1
    if k < len(words) and words[k].text in FORCE_NOUNS:
        return k + 1
    if k > stop and words[k - 1].text in FORCE_NOUNS:
        return k
    return 0


def _force(
    sentence: Sentence, words: Sequence[Word], mention: Mention, head: int
) -> tuple[Mention, int]:
    end = words[head - 1].end
    text = sentence.text[mention.start - sentence.start : end - sentence.start]
    return replace(mention, end=end, text=text, kind="group", owner=mention.text), head


def _kind(chunk: Sequence[Word], text: str) -> MentionKind:
    head = _head(chunk)
    if head in EVENT_HEADS:
        return "event"
    if _BOAT.fullmatch(text):
        return "group"
    unit = head in UNIT_HEADS or (len(chunk) > 1 and chunk[0].text in UNIT_HEADS)
    if unit or head in GROUP_HEADS or _ACRONYM.match(text):
        return "group"
    if text in INHABITANTS or text in POLITIES:
        return "group"
    if any(stem(word.text) in RANKS or stem(word.text).rstrip(".") in RANKS for word in chunk):
        return "person" if len(chunk) > 1 else ""
    if head in FEATURES or stem(chunk[-1].text) in FEATURES or chunk[0].text in FEATURES:
        return "place"
    regnal = len(chunk) > 1 and _REGNAL.match(stem(chunk[-1].text)) is not None
    if regnal and not any(stem(word.text) in EVENT_HEADS for word in chunk):
        return "person"
    return ""


#: "U-264"
_BOAT = re.compile(r"U-\d{1,4}")
#: "Louis XIV"
_REGNAL = re.compile(r"(?=[IVX])X{0,2}(?:IX|IV|V?I{0,3})\Z")


def _head(chunk: Sequence[Word]) -> str:
    """The word before "of", or the last."""
    for k, word in enumerate(chunk):
        if word.text == "of" and k:
            return stem(chunk[k - 1].text)
    return stem(chunk[-1].text)
