"""The registry of literature."""

from __future__ import annotations

import json
import re

import pytest

from inje import laws
from inje.citations import citation, cite, registry, to_bibtex, to_csl_json
from inje.errors import OptionError
from inje.ground import FACTORS_SOURCE, MARCH_RATES

CSL_TYPES = {"article", "article-journal", "book", "chapter", "dataset", "report", "standard"}


@pytest.mark.parametrize("key", registry())
def test_every_work_says_who_when_and_what(key: str) -> None:
    work = citation(key)
    assert work.csl["id"] == key
    assert work.csl["type"] in CSL_TYPES
    assert all(
        set(name) - {"suffix"} in ({"family", "given"}, {"literal"}) for name in work.csl["author"]
    )
    assert work.csl["title"]
    assert re.fullmatch(r"\d{4}|n\.d\.", work.year)
    assert re.fullmatch(r"10\.\d{4,}/\S+", work.csl.get("DOI", "10.1000/x"))
    if work.year.isdigit() and key != "iso8601-2" and re.search(r"\d{4}$", key):
        assert key.endswith(work.year)


def test_a_reference_in_words() -> None:
    assert cite("dechter1991") == (
        "Dechter, Meiri & Pearl (1991). Temporal Constraint Networks. "
        "Artificial Intelligence 49(1-3), 61-95. doi:10.1016/0004-3702(91)90006-6"
    )
    assert cite("tobler1993", "lanchester1916").endswith(
        "Lanchester (1916). Aircraft in Warfare: The Dawn of the Fourth Arm. London: Constable."
    )


def test_csl_json_is_read_back() -> None:
    items = json.loads(to_csl_json(["engel1954"]))
    assert items == [dict(citation("engel1954").csl)]
    assert len(json.loads(to_csl_json())) == len(registry())


def test_bibtex() -> None:
    text = to_bibtex(["fricker1998", "helmbold1971", "deitchman1962"])
    assert "@article{fricker1998," in text
    assert "author = {Fricker, Jr., Ronald D.}" in text
    assert "pages = {1--22}" in text
    assert "@techreport{helmbold1971," in text
    assert "institution = {RAND Corporation}" in text
    assert "doi = {10.1287/opre.10.6.818}" in text
    everything = to_bibtex()
    assert everything.count("{") == everything.count("}")
    assert len(re.findall(r"^@", everything, re.MULTILINE)) == len(registry())


@pytest.mark.parametrize("law", laws.names())
def test_the_source_of_every_law_is_registered(law: str) -> None:
    source = laws.get(law).source
    named = re.match(r"(?:[A-Z]\. ?)*([\w-]+).*? (\d{4}), ", source)
    assert named is not None
    assert any(
        work.authors.startswith(named[1]) and work.year == named[2] for work in registry().values()
    ), source


def test_every_rate_has_a_source_or_is_assumed() -> None:
    for rate in MARCH_RATES.values():
        assert "(1917)" in rate.source or rate.source.startswith("assumed:")
    assert str(FACTORS_SOURCE).startswith("US Department of the Army (1990). Foot Marches.")


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(OptionError, match="no work 'nobody1900'"):
        cite("nobody1900")


def test_dois_are_unique() -> None:
    dois = [work.csl["DOI"] for work in registry().values() if "DOI" in work.csl]
    assert len(dois) == len(set(dois))
