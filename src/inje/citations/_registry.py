"""The literature behind the numbers in the code, and ways to cite it.

The references stand in ``references.json`` as CSL-JSON; a law, a rate or a
test names them by key. A DOI stands only where it is certain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from inje.errors import OptionError

# The names of types and fields that differ between CSL and BibTeX.
_BIBTEX_TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "report": "techreport",
    "article": "misc",
    "dataset": "misc",
    "standard": "misc",
}
_BIBTEX_FIELDS = {
    "title": "title", "volume": "volume", "issue": "number", "page": "pages", "DOI": "doi",
    "publisher-place": "address", "URL": "url", "note": "note",
}  # fmt: skip
_SPECIALS = str.maketrans({c: "\\" + c for c in "&%$#_"})


@dataclass(frozen=True)
class Citation:
    """One work.

    Attributes
    ----------
    key : its name in the code, for example "lanchester1916".
    csl : the reference as a CSL-JSON item.
    """

    key: str
    csl: Mapping[str, Any]

    @property
    def authors(self) -> str:
        """The family names: "Dechter, Meiri & Pearl"."""
        names = [str(name.get("family", name.get("literal"))) for name in self.csl["author"]]
        if len(names) > 4:
            return f"{names[0]} et al."
        return " & ".join(filter(None, [", ".join(names[:-1]), names[-1]]))

    @property
    def year(self) -> str:
        """The year of publication, "n.d." where the work bears none."""
        parts = self.csl.get("issued", {}).get("date-parts")
        return str(parts[0][0]) if parts else "n.d."

    def __str__(self) -> str:
        where = [str(self.csl[k]) for k in ("container-title", "genre") if k in self.csl]
        if "volume" in self.csl and where:
            issue = f"({self.csl['issue']})" if "issue" in self.csl else ""
            where[-1] += f" {self.csl['volume']}{issue}"
        where += [str(self.csl[k]) for k in ("number", "page") if k in self.csl]
        if "publisher" in self.csl:
            place = self.csl.get("publisher-place")
            where.append(f"{place}: {self.csl['publisher']}" if place else self.csl["publisher"])
        text = f"{self.authors} ({self.year}). {self.csl['title']}."
        text = f"{text} {', '.join(where)}." if where else text
        if "DOI" in self.csl:
            return f"{text} doi:{self.csl['DOI']}"
        return f"{text} {self.csl['URL']}" if "URL" in self.csl else text


@lru_cache(maxsize=1)
def registry() -> Mapping[str, Citation]:
    """Return every work by key, in alphabetical order."""
    text = files("inje.citations").joinpath("references.json").read_text("utf-8")
    works = (Citation(item["id"], MappingProxyType(item)) for item in json.loads(text))
    return MappingProxyType({work.key: work for work in works})


def citation(key: str) -> Citation:
    """Return the work with this key.

    Raises
    ------
    OptionError : when no work has it.
    """
    works = registry()
    if key not in works:
        raise OptionError(
            "citation", f"no work {key!r}", ", ".join(works), "name one of these keys"
        )
    return works[key]


def cite(*keys: str) -> str:
    """Return the references in one line, in the order of the keys.

    Raises
    ------
    OptionError : when no work has one of the keys.
    """
    return " ".join(str(citation(key)) for key in keys)


def to_csl_json(keys: Iterable[str] | None = None) -> str:
    """Return the works (all by default) as a CSL-JSON array."""
    works = [dict(citation(key).csl) for key in (registry() if keys is None else keys)]
    return json.dumps(works, ensure_ascii=False, indent=2) + "\n"


def to_bibtex(keys: Iterable[str] | None = None) -> str:
    """Return the works (all by default) as BibTeX entries."""
    return "\n".join(_bibtex(citation(key)) for key in (registry() if keys is None else keys))


def _bibtex(work: Citation) -> str:
    csl = work.csl
    kind = _BIBTEX_TYPES[csl["type"]]
    fields = {"author": " and ".join(map(_bibtex_name, csl["author"]))}
    fields |= {ours: str(csl[theirs]) for theirs, ours in _BIBTEX_FIELDS.items() if theirs in csl}
    if "issued" in csl:
        fields["year"] = work.year
    if "container-title" in csl:
        fields["journal" if kind == "article" else "booktitle"] = csl["container-title"]
    if "publisher" in csl:
        fields["institution" if kind == "techreport" else "publisher"] = csl["publisher"]
    if "number" in csl:
        fields["number" if kind == "techreport" else "howpublished"] = csl["number"]
    if "pages" in fields:
        fields["pages"] = fields["pages"].replace("-", "--")
    verbatim = ("doi", "url")
    lines = (
        f"  {name} = {{{text if name in verbatim else text.translate(_SPECIALS)}}},"
        for name, text in fields.items()
    )
    return "\n".join([f"@{kind}{{{work.key},", *lines, "}", ""])


def _bibtex_name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return "{" + name["literal"] + "}"
    parts = (name.get(part) for part in ("family", "suffix", "given"))
    return ", ".join(filter(None, parts))
