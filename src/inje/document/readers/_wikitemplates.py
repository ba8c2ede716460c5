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
_KEEP = {
    **dict.fromkeys(
        (*"nowrap small smaller big larger center flagcountry flag flagu flagdeco abbr ill illm noflag "
         "bold nobold sc smallcaps strong em nobreak midsize date dts nts val number flaglink army "
         "navy tooltip resize u underline text ship".split(), "interlanguage link", "air force",
         "as of", "native name", "visible anchor", "no wrap"),
        "first",
    ),
    **dict.fromkeys(
        "lang lang-fr transl transliteration font color colored translit script hebrew".split(), "last"
    ),
    **dict.fromkeys(
        ("plainlist", "unbulleted list", "ubl", "hlist", "flatlist", "ublist", "indented plainlist",
         "collapsible list", "bulleted list", "blist", "flat list", "unbullted list", "tree list"),
        "all",
    ),
    "convert": "measure",
    "cvt": "measure",
    "uss": "ship",
    "hms": "ship",
    "sms": "ship",
    "start date": "date",
    "start-date": "first",
    "death date": "date",
    **dict.fromkeys(QUOTATIONS, "first"),
}  # fmt: skip
_NAMED = re.compile(r"\s*([A-Za-z_][\w -]{0,30}|\d{1,2})\s*=")


def kept_arguments(name: str, arguments: list[str]) -> list[int]:
    """Numbers of the arguments that are text (0 is the first after the name)."""
    how = _KEEP.get(name) or ("last" if name.startswith("lang-") else "")
    positional = [k for k, text in enumerate(arguments) if not _NAMED.match(text)]
    if name in QUOTATIONS:
        named = [
            k for k, text in enumerate(arguments) if re.match(r"\s*(?:1|text|quote)\s*=", text)
        ]
        return named[:1] or positional[:1]
    if not how or not positional:
        return []
    if how == "measure":
        return positional[:2]
    if how in ("first", "ship"):
        return positional[:1]
    return positional[-1:] if how == "last" else positional
