"""What of a template is text: the name decides which arguments stay."""

from __future__ import annotations

import re

__all__ = ["CITATION_TEMPLATES", "NOTE_TEMPLATES", "QUOTATIONS", "SIGNS", "kept_arguments"]

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
    "•": "•", "·": "·", "dot": "·", "c.": "c", "circa": "c", "dagger": "†", "ordm": "º",
    "kia": " ", "pow": " ", "wia": " ", "mia": " ", "executed": " ", "surrendered": " ", "dow": " ",
}  # fmt: skip
#: name -> how many positional arguments are text: first, last, all
_FIRST = (
    *"nowrap small smaller big larger center flagcountry flag flagu flagdeco abbr ill illm".split(),
    *"noflag bold nobold sc smallcaps strong em nobreak midsize date dts nts val number".split(),
    *"flaglink army navy tooltip resize u underline text ship uss hms sms start-date".split(),
    "interlanguage link",
    "air force",
    "as of",
    "native name",
    "visible anchor",
    "no wrap",
    "start date",
    "death date",
    *QUOTATIONS,
)
_LAST = "lang lang-fr transl transliteration font color colored translit script hebrew".split()
_ALL = (
    *"plainlist ubl hlist flatlist ublist blist".split(),
    "unbulleted list",
    "indented plainlist",
    "collapsible list",
    "bulleted list",
    "flat list",
    "tree list",
)
_KEEP = {
    **dict.fromkeys(_FIRST, "first"),
    **dict.fromkeys(_LAST, "last"),
    **dict.fromkeys(_ALL, "all"),
    "convert": "measure",
    "cvt": "measure",
}
#: flags with the name of the country, which `name=` overrides
_FLAGS = frozenset("flag flagcountry flagu flaglink flagdeco noflag army navy".split())
_NAMED = re.compile(r"\s*([A-Za-z_][\w -]{0,30}|\d{1,2})\s*=")


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
    if not how or not positional:
        return []
    if how == "measure":
        return positional[:2]
    if how == "first":
        return positional[:1]
    return positional[-1:] if how == "last" else positional
