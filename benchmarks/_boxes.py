"""The box of facts beside gold that holds its raw wikitext, field by field.

The gold is read with mwparserfromhell, which the package's own reader does not use. A field is
right when, without markup, references and files,

- combatants and commanders are the same set: each is called by the target or the label of its
  link, and nothing else is there (what stands in brackets may be there or not),
- strengths and casualties are the same numbers, each with its category,
- the date has the same first and last day,
- title, larger event, place and result have the same words.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

import mwparserfromhell
from anyascii import anyascii
from mwparserfromhell.nodes import Comment, ExternalLink, Tag, Template, Wikilink
from mwparserfromhell.wikicode import Wikicode

__all__ = ["Item", "bounds_of", "items_of", "numbers_of", "text_of", "words_of"]

#: acceptable names of one entry, and whether it stands in brackets
Item = tuple[frozenset[str], bool]
_FLAGS = ("flagcountry", "flag", "flagu", "flaglink", "flagdeco", "army", "navy", "noflag")
_LISTS = ("list", "ubl", "plainlist", "hlist", "flatlist", "ublist")
_SHOWN = (
    "nowrap",
    "small",
    "smaller",
    "big",
    "center",
    "abbr",
    "nobold",
    "sc",
    "ship",
    "ill",
    "circa",
    "val",
)
_DATED = ("start date", "end date", "start and end dates", "start date and age", "dts")
_FILE = re.compile(r"\s*:?(?:file|image)\s*:", re.I)
_MONTHS = "january february march april may june july august september october november december"
_MONTH = {name[:3]: k for k, name in enumerate(_MONTHS.split(), 1)}


def text_of(raw: str) -> str:
    """The visible words of a field; lines stay lines."""
    shown = _shown(_parsed(raw))
    shown = re.sub(r"'{2,}", "", shown).replace("\u00a0", " ")
    return "\n".join(" ".join(line.split()) for line in shown.split("\n") if line.strip())


def _parsed(raw: str) -> Wikicode:
    """A field as a browser shows it: "</br>" and "<br/ >" break lines too."""
    return mwparserfromhell.parse(re.sub(r"<\s*/?\s*br\s*/?\s*>", "<br />", raw, flags=re.I))


def _shown(code: Wikicode) -> str:
    return "".join(map(_node, code.nodes))


def _node(node: object) -> str:
    if isinstance(node, Comment | ExternalLink):
        return ""
    if isinstance(node, Wikilink):
        if _FILE.match(str(node.title)):
            return ""
        return _shown(node.text) if node.text is not None else str(node.title)
    if isinstance(node, Tag):
        return _tag(node)
    if isinstance(node, Template):
        return _template(node)
    return (
        mwparserfromhell.parse(str(node)).strip_code() if str(node).startswith("&") else str(node)
    )


def _tag(node: Tag) -> str:
    name = str(node.tag).strip().lower()
    if name in ("br", "hr", "li"):
        return "\n"
    gone = name in ("ref", "references", "gallery") or node.contents is None
    return "" if gone else _shown(node.contents)


def _template(node: Template) -> str:
    name = str(node.name).strip().lower().replace("_", " ")
    positional = [p.value for p in node.params if not p.showkey]
    if name in _FLAGS:
        named = [p.value for p in node.params if str(p.name).strip() == "name"]
        return _shown(named[0] if named else positional[0]) if positional else ""
    if name.startswith("formatnum:"):
        return name.partition(":")[2]
    if name in _DATED:
        return _dated(positional)
    if name.startswith("oldstyledate"):
        return " ".join(map(_shown, positional[:2]))
    if any(name.endswith(word) for word in _LISTS):
        return "\n" + "\n".join(map(_shown, positional)) + "\n"
    if name in _SHOWN:
        return _shown(positional[0]) if positional else ""
    if name in ("convert", "cvt"):
        return " ".join(str(value) for value in positional[:2])
    return "–" if name in ("snd", "ndash", "spaced ndash") else ""


def _dated(positional: list[Wikicode]) -> str:
    """As in "{{start date|1862|04|06}}"; a second day in the same template behind a dash."""
    figures = [str(value).strip() for value in positional if str(value).strip().isdigit()]
    if not figures:
        return _shown(positional[0]) if positional else ""
    names = _MONTHS.split()
    days = []
    for year, *rest in (figures[k : k + 3] for k in range(0, min(len(figures), 6), 3)):
        month = names[int(rest[0]) - 1].title() if rest else ""
        days.append(" ".join([*rest[1:], month, year]).strip())
    return " – ".join(days)


def words_of(text: str) -> str:
    """Letters and digits of a text, folded."""
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


def items_of(raw: str) -> list[Item]:
    """Entries of a list of combatants or commanders."""
    code = _parsed(raw)
    for link in code.filter_wikilinks():
        if _FILE.match(str(link.title)):
            continue
        label = _shown(link.text) if link.text is not None else str(link.title)
        label = re.sub(r"[,\n]", " ", re.sub(r"\(.*?\)|'{2,}", "", label))
        target = re.sub(r"[,()]", " ", re.sub(r"\(.*?\)|#.*", "", str(link.title)))
        code.replace(link, f"\x01{label}\x02{target}\x03")
    shown = re.sub(r"'{2,}", "", _shown(code))
    found: list[Item] = []
    depth = 0
    for piece in re.split(r"(\n|[,;()•])", shown):
        if piece == "(":
            depth += 1
        elif piece == ")":
            depth = max(0, depth - 1)
        found += _entries(piece, depth > 0)
    return found


def _entries(piece: str, bracketed: bool) -> Iterator[Item]:
    linked = re.findall("\x01(.*?)\x02(.*?)\x03", piece)
    whole = re.sub("\x01(.*?)\x02.*?\x03", r"\1", piece)
    joined = re.fullmatch("\\s*\x01[^\x01]*\x03 (?:of|from) \x01[^\x01]*\x03\\s*", piece)
    if joined:  # "Quraish of Mecca"
        linked = []
        yield frozenset({words_of(whole)}), bracketed
        return
    for label, target in linked:
        if not words_of(label):
            continue
        names = {words_of(label), words_of(target.replace("_", " "))}
        if len(linked) == 1:  # "Stanley family", with the words around the link
            names.add(words_of(whole))
        yield frozenset(names), bracketed
    if not linked and words_of(piece) and not piece.strip().lower().endswith((" by:", "by :")):
        yield frozenset({words_of(piece)}), bracketed or piece.strip().islower()


_NUMBER = re.compile(
    r"(?<![\w.,])(?P<a>\d[\d,]*)(?:\s?(?:–|-|—|to|or)\s?(?P<b>\d[\d,]*))?"
    r"(?!,?\d|%|st\b|nd\b|rd\b|th\b|\s+(?:long |metric )?tons?\b|-(?:pounder|inch|mm|gun|pdr))"
    rf"(?!\s+(?:{_MONTHS.replace(' ', '|')})\b)",
    re.I,
)
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTHS.replace(' ', '|')}) +$", re.I)
_THINGS = re.compile(
    r"\A\s*legion\b|\b(?:guns?|cannons?|tanks?|aircraft|planes?|ships?|vessels?|triremes?|battleships?|"
    r"battlecruisers?|cruisers?|destroyers?|minelayers?|carriers?|dreadnoughts?|submarines?|"
    r"torpedo-boats?|boats?|frigates?|pieces|batter(?:y|ies)|vehicles?|horses|mortars?|howitzers?|"
    r"regiments?|battalions?|brigades?|divisions?|squadrons?|companies|corps|armies|"
    r"warships?|galleys|galleasses|galliots|galleons|chariots?|legions|cohorts|fireships|dhows|junks|"
    r"monitors|sloops|brigs|floatplanes|minesweepers|standards?|colours|flags|banners|machine-guns|"
    r"platoons?|units|humvees|flotillas?|"
    r"helicopters?|trucks|transports?|schooners?|gunboats?|ironclads?|elephants|camels|wagons)\b",
    re.I,
)
_KILLED = r"(?:killed|dead|died|drowned|slain|deaths?|kia)"
_CATEGORIES = (
    ("things", _THINGS),
    ("total", re.compile(rf"\b{_KILLED}\b.{{0,8}}\bwounded\b.{{0,12}}\b(?:captur|miss)", re.I)),
    (
        "killed_or_wounded",
        re.compile(rf"\b{_KILLED}\W+(?:or |and )?wounded|wounded\W+(?:or|and) {_KILLED}\b", re.I),
    ),
    (
        "captured_or_missing",
        re.compile(r"\bcaptured\W+(?:or |and )?missing|missing\W+(?:or |and )?captured", re.I),
    ),
    ("lost_unspecified", re.compile(rf"\b{_KILLED}\W+(?:or |and )?(?:missing|captured)", re.I)),
    ("killed", re.compile(rf"\b{_KILLED}\b", re.I)),
    ("wounded", re.compile(r"\b(?:wounded|injured)\b", re.I)),
    ("captured", re.compile(r"\b(?:captured|prisoners?|pows?|surrendered)\b", re.I)),
    ("missing", re.compile(r"\bmissing\b", re.I)),
)  # fmt: skip


def numbers_of(raw: str, losses: bool) -> set[tuple[int, int, str]]:
    """Numbers of a strength or casualties field: lowest, highest, category."""
    text = text_of(raw)
    matches = [
        m
        for m in _NUMBER.finditer(text)
        if not _year(text, m) and not _MONTH_BEFORE.search(text[: m.start()])
    ]
    found = set()
    for k, match in enumerate(matches):
        stop = matches[k + 1].start() if k + 1 < len(matches) else len(text)
        after = re.split(r"[\n;(]", text[match.end() : stop])[0]
        low = int(match["a"].replace(",", ""))
        high = int(match["b"].replace(",", "")) if match["b"] else low
        if high * 10 < low:  # "15,000 - 3 legions": two numbers
            last = next((name for name, p in _CATEGORIES if p.search(after)), "total")
            found.add((high, high, last if losses or last == "things" else "people"))
            high, after = low, ""
        category = next((name for name, p in _CATEGORIES if p.search(after)), "total")
        if not losses:
            category = "things" if category == "things" else "people"
        found.add((low, high, category))
    return found


def _year(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - 6) : match.start()]
    digits = match["a"]
    return (
        len(digits) == 4
        and 1000 <= int(digits.replace(",", "") or 0) <= 2100
        and bool(re.search(r"(?:\(|in |by |of )$", around))
    )


def bounds_of(raw: str) -> tuple[str, str] | None:
    """First and last day of a date field, astronomical years; None where this cannot tell."""
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]|,? \d+ ah\b", "", text_of(raw), flags=re.I).lower()
    text = text.split("\n")[0]
    before = bool(re.search(r"\bbce?\b", text))
    years = [int(y) for y in re.findall(r"\b\d{3,4}\b", text)]
    months = [
        _MONTH[m[:3]] for m in re.findall(r"\b(?:" + _MONTHS.replace(" ", "|") + r")\b", text)
    ]
    days = [int(d) for d in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    if re.search(r"\b(?:early|late|mid)\b", text):
        return None
    if not years or len(years) > 2 or len(days) > 2 or len(months) > 2 or (days and not months):
        return None
    first, last = ((1 - y if before else y) for y in (years[0], years[-1]))
    start_month, end_month = (months[0], months[-1]) if months else (1, 12)
    start = days[0] if days else 1
    end = days[-1] if days else monthrange(max(last, 4), end_month)[1]
    return _day(first, start_month, start), _day(last, end_month, end)


def _day(year: int, month: int, day: int) -> str:
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day:02d}"
