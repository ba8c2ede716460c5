"""From mentions to persons, groups and places: what kind, which forms are one name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from anyascii import anyascii
from rapidfuzz import fuzz

from inje.dossier.drafting._evidence import kind_votes
from inje.dossier.drafting._lexicon import (
    DEMONYM,
    NAMED_FORCES,
    POLITIES,
    RANKS,
    SAME_STATE,
    SHIP_PREFIXES,
)
from inje.dossier.drafting._mentions import Mention, stem
from inje.dossier.drafting._passages import Passages

__all__ = ["Named", "Register", "folded", "slug"]

NamedKind = Literal["person", "group", "place"]
_NOT_FIGHTING = frozenset(
    [
        "government",
        "governments",
        "party",
        "agency",
        "agencies",
        "authorities",
        "administration",
        "regime",
        "leadership",
        "intelligence",
        "rule",
        "court",
        "delegation",
    ]
)


@lru_cache(maxsize=65536)
def folded(name: str) -> str:
    """A name in plain lower-case letters and blanks."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", anyascii(name).lower().replace("'", "")).split())


def slug(name: str) -> str:
    """An identifier made of a name."""
    return folded(name).replace(" ", "_")[:60] or "unnamed"


@dataclass
class Named:
    """An entity while the record is being drafted.

    `key` is its identifier, `mentions` all places where it is named, `forms` its names.
    """

    key: str
    kind: NamedKind
    name: str
    mentions: list[Mention] = field(default_factory=list)
    acronym: str = ""
    owner: str = ""
    state: str = ""
    side: str | None = None
    roles: list[tuple[str, int, int]] = field(default_factory=list)
    maybe: set[str] = field(default_factory=set)

    @property
    def forms(self) -> tuple[str, ...]:
        """Distinct names as they stand in the text."""
        return tuple(dict.fromkeys(mention.text for mention in self.mentions))


class Register:
    """All entities of a document, and which mention is which."""

    def __init__(self, passages: Passages, mentions: Sequence[Mention]) -> None:
        self.passages = passages
        self.all: dict[str, Named] = {}
        self._by_start: dict[int, Named] = {}
        self._draft(mentions)

    def at(self, start: int) -> Named | None:
        """The entity whose mention begins at a position of the clean text."""
        return self._by_start.get(start)

    def within(self, start: int, end: int) -> list[tuple[Mention, Named]]:
        """Mentions inside a span of one sentence, in reading order."""
        sentence = self.passages.at(start)
        if sentence is None:
            return []
        return [
            (mention, self._by_start[mention.start])
            for mention in self.of_sentence.get(sentence.index, ())
            if start <= mention.start and mention.end <= end
        ]

    def kind(self, kind: str) -> list[Named]:
        """Entities of one kind, in order of appearance."""
        return [named for named in self.all.values() if named.kind == kind]

    def _draft(self, mentions: Sequence[Mention]) -> None:
        clusters = _clusters(mentions)
        votes = kind_votes(self.passages, mentions)
        self.of_sentence: dict[int, list[Mention]] = defaultdict(list)
        for cluster in clusters:
            kind = _decide(cluster, votes)
            if kind is None:
                continue
            named = self._new(cluster, kind)
            for mention in cluster:
                self._by_start[mention.start] = named
                self.of_sentence[mention.sentence].append(mention)
        for found in self.of_sentence.values():
            found.sort(key=lambda mention: mention.start)

    def _new(self, cluster: list[Mention], kind: NamedKind) -> Named:
        name = _full_name(cluster, kind)
        key = slug(_without_rank(name) if kind == "person" else name)
        while key in self.all:
            key += "_2"
        owner = next((m.owner for m in cluster if m.owner), "")
        acronym = next((m.text for m in cluster if m.text.isupper() and " " not in m.text), "")
        state = _state(stem(owner or name)) if kind == "group" else ""
        named = Named(
            key, kind, name, sorted(cluster, key=lambda m: m.start), acronym, owner, state
        )
        self.all[key] = named
        return named


def _state(name: str) -> str:
    """The state that a name means: "Iranian", "Empire of Japan", "First French Empire"."""
    if (first := name.split(maxsplit=1)[0] if name else "") in SHIP_PREFIXES:
        return SHIP_PREFIXES[first]
    if re.fullmatch(r"U-\d{1,4}", name):
        return "Germany"  # whose submarines are numbered so, in both World Wars
    for force, state in NAMED_FORCES.items():
        if force in name and re.search(rf"\b{re.escape(force)}\b", name):
            return state
    for words in (name, *name.split()):
        if words in DEMONYM or words in POLITIES:
            state = DEMONYM.get(words, words)
            return SAME_STATE.get(state, state)
    return ""


def _full_name(cluster: list[Mention], kind: NamedKind) -> str:
    """The longest form for a person or group, the first form for a place."""
    if kind == "place":
        return min(cluster, key=lambda m: m.start).text
    counted = Counter(m.text for m in cluster)
    if any(m.owner for m in cluster):
        return max(counted, key=counted.__getitem__)  # the first of the most frequent ones
    return max(counted, key=lambda text: (len(text.split()), counted[text]))


def _without_rank(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".") in RANKS and not words[1][0].islower():
        words = words[1:]
    return " ".join(words)


def _decide(cluster: list[Mention], votes: dict[int, Counter[str]]) -> NamedKind | None:
    """The kind of a cluster: what its form says, else what stands around it."""
    if all(m.text in RANKS for m in cluster):
        return None
    if any(m.sentence < 0 and m.kind == "person" for m in cluster):
        return "person"  # a commander of the box, also where he is called Hill or Marsh
    if any(m.sentence < 0 and m.kind == "group" for m in cluster):
        return "group"  # a combatant of the box, also where the battle lies in its land
    forms = Counter(m.kind for m in cluster if m.kind)
    if forms:
        kind = forms.most_common(1)[0][0]
        return None if kind == "event" else kind  # type: ignore[return-value]
    total: Counter[str] = Counter()
    for mention in cluster:
        total += votes.get(mention.start, Counter())
    if total:
        return total.most_common(1)[0][0]  # type: ignore[return-value]
    words = max(len(m.text.split()) for m in cluster)
    return "person" if words in (2, 3) else None


def _clusters(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions that name the same thing, by form alone."""
    by_form: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_form[_form(mention)].append(mention)
    parent = {form: form for form in by_form}
    kinds = {form: found[0].kind for form, found in by_form.items()}
    for form, other in _joins(by_form, kinds):
        parent[_root(parent, form)] = _root(parent, other)
    joined: dict[str, list[Mention]] = defaultdict(list)
    for form, found in by_form.items():
        joined[_root(parent, form)] += found
    return sorted(joined.values(), key=lambda found: min(m.start for m in found))


def _root(parent: dict[str, str], form: str) -> str:
    while parent[form] != form:
        form = parent[form]
    return form


def _form(mention: Mention) -> str:
    """The key under which equal names meet."""
    if mention.owner:
        head = mention.text.split()[-1]
        civil = head if head in _NOT_FIGHTING else "forces"
        state = DEMONYM.get(mention.owner, mention.owner)
        return f"{folded(state)}|{civil}"
    if mention.kind == "event":
        return f"{folded(mention.text)}|event"
    if mention.text in POLITIES or mention.text in ("USSR", "USA"):
        return f"{folded(DEMONYM.get(mention.text, mention.text))}|state"
    text = _without_rank(mention.text) if mention.kind == "person" else mention.text
    words = [w for w in folded(text).split() if w not in ("of", "the")]
    return " ".join(sorted(words)) if mention.kind == "group" else " ".join(words)


def _joins(by_form: dict[str, list[Mention]], kinds: dict[str, str]) -> Iterable[tuple[str, str]]:
    yield from _acronyms(by_form)
    yield from _same_persons(by_form, kinds)
    yield from _short_persons(by_form, kinds)
    yield from _short_groups(by_form, kinds)
    yield from _spellings(by_form, kinds)


def _acronyms(by_form: dict[str, list[Mention]]) -> Iterable[tuple[str, str]]:
    """As in "Azerbaijan Democratic Party (ADP)": the name before the bracket is the long form."""
    starts = {m.start: form for form, found in by_form.items() for m in found}
    ends = {m.end: form for form, found in by_form.items() for m in found}
    for start, form in starts.items():
        long = ends.get(start - 2)
        if long is not None and _spells(by_form[form][0].text, by_form[long][0].text):
            yield form, long


def _spells(acronym: str, name: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
    return acronym.isupper() and len(acronym) > 1 and fuzz.ratio(acronym, initials) >= 66


def _short_persons(
    by_form: dict[str, list[Mention]], kinds: dict[str, str]
) -> Iterable[tuple[str, str]]:
    """As in "Pishevari" is the one person whose longer name ends, or begins, with it."""
    full: dict[str, set[str]] = defaultdict(set)
    possible = [f for f in by_form if kinds[f] in ("person", "") and "|" not in f]
    for form in possible:
        words = _parts(by_form[form][0].text)
        if 2 <= len(words) <= 5:
            full[words[-1]].add(form)
            full[words[0]].add(form)
        if len(words) > 2 and kinds[form] == "person":
            for word in words[1:-1]:
                full[word].add(form)
    for form in possible:
        words = _parts(by_form[form][0].text)
        if len(words) != 1:
            continue
        longer = full[words[0]] - {form}
        last = _by_last(longer, words[0])
        if len(longer) == 1:
            yield form, next(iter(longer))
        elif len(last) == 1:
            yield form, last[0]
        elif (chief := _chief(by_form, last or sorted(longer))) is not None:
            yield form, chief


def _parts(name: str) -> list[str]:
    """The words of a person's name, a hyphenated one as one: "Evan-Thomas"."""
    return [joined for w in _without_rank(name).split() if (joined := folded(w).replace(" ", ""))]


def _chief(by_form: dict[str, list[Mention]], forms: Sequence[str]) -> str | None:
    """Whom a bare surname means: the one of that name in the box, else the one named most."""
    boxed = [form for form in forms if any(m.sentence < 0 for m in by_form[form])]
    if len(boxed) == 1:
        return boxed[0]
    counted = sorted(((len(by_form[form]), form) for form in forms), reverse=True)
    if len(counted) > 1 and counted[0][0] >= 3 and counted[0][0] >= 3 * counted[1][0]:
        return counted[0][1]
    return None


def _same_persons(
    by_form: dict[str, list[Mention]], kinds: dict[str, str]
) -> Iterable[tuple[str, str]]:
    """As in "George Meade", "George G. Meade" and "George Gordon Meade"."""
    by_ends: dict[tuple[str, str], list[tuple[str, list[str]]]] = defaultdict(list)
    for form, found in by_form.items():
        words = folded(_without_rank(found[0].text)).split()
        if kinds[form] in ("person", "") and "|" not in form and 2 <= len(words) <= 4:
            by_ends[words[0], words[-1]].append((form, words[1:-1]))
    for alike in by_ends.values():
        for k, (one, middle) in enumerate(alike):
            for two, other in alike[k + 1 :]:
                if all(a[0] == b[0] and (a == b or 1 in (len(a), len(b)))
                       for a, b in zip(middle, other, strict=False)):  # fmt: skip
                    yield one, two


def _by_last(forms: Iterable[str], word: str) -> list[str]:
    return [form for form in forms if form.replace(" ", "").endswith(word)]


_NUMERAL = re.compile(r"[ivx]+|\d+(?:st|nd|rd|th)")


def _short_groups(
    by_form: dict[str, list[Mention]], kinds: dict[str, str]
) -> Iterable[tuple[str, str]]:
    """As in "National Government" is the one longer group that contains all its words."""
    groups = {f: set(f.split()) for f in by_form if kinds[f] == "group" and "|" not in f}
    for form, words in groups.items():
        if len(words) < 2 or any(_NUMERAL.fullmatch(word) for word in words):
            continue  # both armies may have a second corps
        longer = [f for f, others in groups.items() if words < others and len(others) <= 4]
        if len(longer) == 1:
            yield form, longer[0]


def _spellings(
    by_form: dict[str, list[Mention]], kinds: dict[str, str]
) -> Iterable[tuple[str, str]]:
    """Spellings of one place: alike, never in one sentence, or paired with the same place."""
    forms = [f for f in by_form if kinds[f] in ("", "place") and "|" not in f and " " not in f]
    partner = _partners(by_form)
    by_letter: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        by_letter[form[:1]].append(form)
    for alike in by_letter.values():
        for k, one in enumerate(alike):
            for two in alike[k + 1 :]:
                if _same_spelling(one, two, by_form, partner):
                    yield one, two


def _same_spelling(
    one: str,
    two: str,
    by_form: dict[str, list[Mention]],
    partner: dict[str, set[str]],
) -> bool:
    if abs(len(one) - len(two)) > 1 or min(len(one), len(two)) < 4:
        return False
    if {m.sentence for m in by_form[one]} & {m.sentence for m in by_form[two]}:
        return False
    likeness = fuzz.ratio(one, two)
    if partner[one] & partner[two] and len(one) == len(two):
        return likeness >= 50
    return len(one) >= 6 and len(one) == len(two) and likeness >= 85


def _partners(by_form: dict[str, list[Mention]]) -> dict[str, set[str]]:
    """For every form the forms that are joined to it by "and" or a comma."""
    placed = sorted((m.start, m.end, form) for form, found in by_form.items() for m in found)
    partner: dict[str, set[str]] = defaultdict(set)
    for (_, end, one), (start, _, two) in pairwise(placed):
        if 1 <= start - end <= 6 and one != two:
            partner[one].add(two)
            partner[two].add(one)
    return partner
