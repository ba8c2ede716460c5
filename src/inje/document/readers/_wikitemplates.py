"""What of a template is text: the name decides which arguments stay."""

from __future__ import annotations

import re

__all__ = [
    "CIRCA",
    "CITATION_TEMPLATES",
    "LISTS",
    "NOTE_TEMPLATES",
    "QUOTATIONS",
    "SIGNS",
    "between_arguments",
    "kept_arguments",
]

#: templates that stand for a citation of a work: the arguments name it
CITATION_TEMPLATES = frozenset(
    "sfn sfnp sfnm sfnmp harvnb harv harvtxt harvcolnb harvcol r rp ref_label".split()
)
#: templates that hold a footnote
NOTE_TEMPLATES = frozenset("efn refn efn-ua efn-lr note #tag:ref notetag".split())
QUOTATIONS = frozenset(
    (
        "quote",
        "cquote",
        "quotation",
        "blockquote",
        "quote box",
        "rquote",
        "bquote",
        "centered pull quote",
    )
)
#: templates that stand for one sign
SIGNS = {
    "snd": "–", "ndash": "–", "spaced ndash": "–", "en dash": "–", "mdash": "—", "nbsp": " ",
    "space": " ", "spaces": " ", "-": "\n", "clear": "\n", "'": "’", "=": "=", "!": "|",
    "•": "•", "·": "·", "dot": "·", "dagger": "†", "ordm": "º",
    "kia": " ", "pow": " ", "wia": " ", "mia": " ", "executed": " ", "surrendered": " ", "dow": " ",
}  # fmt: skip
#: "about", with what it is said of or without
CIRCA = frozenset(["c.", "ca.", "circa", "approx"])
#: dates in figures, "{{start date|1862|4|6}}" -> how many arguments are year, month and day
_IN_FIGURES = {
    "start date": 3, "start-date": 3, "end date": 3, "end-date": 3, "dts": 3, "film date": 3,
    "start date and age": 3, "end date and age": 3, "start and end dates": 6,
}  # fmt: skip
#: "{{OldStyleDate|8 July|1709|27 June}}": the day of the new style, and the year
_OLD_STYLE = frozenset(["oldstyledate", "oldstyledatedy", "oldstyledateny", "old style date"])
#: name -> how many positional arguments are text: first, last, all
_FIRST = (
    *"nowrap small smaller big larger center flagcountry flag flagu flagdeco abbr ill illm".split(),
    *"noflag bold nobold sc smallcaps strong em nobreak midsize date nts val number ship".split(),
    *"flaglink army navy tooltip resize u underline text uss hms sms age nobr lower".split(),
    "interlanguage link",
    "air force",
    "as of",
    "native name",
    "visible anchor",
    "no wrap",
    "death date",
    *QUOTATIONS,
)
_LAST = "lang lang-fr transl transliteration font color colored translit script hebrew".split()
#: every argument is a line of its own
LISTS = (
    *"plainlist ubl hlist flatlist ublist blist".split(),
    "unbulleted list",
    "indented plainlist",
    "collapsible list",
    "bulleted list",
    "flat list",
    "tree list",
    "treelist",
    "bulletedlist",
    "unbulletedlist",
    "unordered list",
    "ordered list",
    "plain list",
    "hidden",
)
_KEEP = {
    **dict.fromkeys(_FIRST, "first"),
    **dict.fromkeys(_LAST, "last"),
    **dict.fromkeys(LISTS, "all"),
    "convert": "measure",
    "cvt": "measure",
}
#: flags with the name of the country, which `name=` overrides
_FLAGS = frozenset("flag flagcountry flagu flaglink flagdeco noflag army navy".split())
_NAMED = re.compile(r"\s*[A-Za-z_][\w -]{0,30}=")


_SIGNED = re.compile(r"\s*(?:author|sign|by|character|source|2)\s*=\s*(?=\S)")


def _signature(arguments: list[str], positional: list[int], text: list[int]) -> list[int]:
    """The argument of a quotation that says whose it is."""
    named = [k for k, argument in enumerate(arguments) if _SIGNED.match(argument)]
    behind = [k for k in positional if text and k > text[0] and arguments[k].strip()]
    found = named[:1] or behind[:1]
    return [k for k in found if text and k > text[0]]


def kept_arguments(name: str, arguments: list[str]) -> list[int]:
    """Numbers of the arguments that are text (0 is the first after the name)."""
    if name in _FLAGS:
        named = [k for k, text in enumerate(arguments) if re.match(r"\s*name\s*=\s*\S", text)]
        return named[:1] or [k for k, text in enumerate(arguments) if not _NAMED.match(text)][:1]
    how = _KEEP.get(name) or ("last" if name.startswith("lang-") else "")
    positional = [k for k, text in enumerate(arguments) if not _NAMED.match(text)]
    if name in QUOTATIONS:
        named = [
            k for k, text in enumerate(arguments) if re.match(r"\s*(?:1|text|quote)\s*=", text)
        ]
        text = named[:1] or positional[:1]
        return text + _signature(arguments, positional, text)
    if (figures := _IN_FIGURES.get(name)) is not None:
        told = [k for k in positional if re.fullmatch(r"\s*\d{1,4}\s*", arguments[k])]
        return told[:figures] if told else positional[:1]
    if name in _OLD_STYLE:
        return positional[:2]
    if not how or not positional:
        return []
    if how == "measure":
        return positional[:2]
    if how == "first":
        return positional[:1]
    return positional[-1:] if how == "last" else positional


def between_arguments(name: str, k: int) -> str:
    """What stands in place of the bar before an argument that is text (0 is the first)."""
    if name in _IN_FIGURES:
        return "–" if k == 3 else "-"
    return " " if name in ("convert", "cvt") or name in _OLD_STYLE else "\n"
