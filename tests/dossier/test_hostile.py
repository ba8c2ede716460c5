"""Drafting from anything: spans stay exact, time stays linear, nothing crashes."""

from __future__ import annotations

import resource
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timing import grows_by, seconds, within

from inje.document import read_document
from inje.dossier import Dossier, check_dossier, dossier_faults, extract_dossier
from inje.errors import DocumentError

LEAD = (
    "The Battle of Testfield was fought on 3 May 1901 between the Northern Army (NA) and the "
    "Southern Republic (SR) near Testfield. "
)


def anchors(record):
    if isinstance(record, dict):
        for key, value in record.items():
            if key in ("anchor", "cue") and isinstance(value, dict):
                yield value
            yield from anchors(value)
    elif isinstance(record, list | tuple):
        for value in record:
            yield from anchors(value)


def assert_exact(dossier: Dossier) -> int:
    (document,) = dossier.texts
    found = list(anchors(dossier.model_dump()))
    for anchor in found:
        assert document.original[anchor["start"] : anchor["end"]] == anchor["quote"]
    return len(found)


WORDS = (
    "The Northern Army Southern Republic NA SR General Smith , . ; : said that he it they ordered "
    "to attacked lost 800 15 1,200 killed or wounded men were of and in on 4 May Testfield control "
    "was restored According 800-strong “ ” ' - \n hundreds about more than who which wrote feared "
    "by \u200b \u00a0 é (NA) [1] [2] provoked reinforcements sent four-day clashes next day"
)
words = st.lists(st.sampled_from(WORDS.split(" ")), max_size=120)


@given(words)
def test_any_words_give_exact_quotes_and_a_whole_record(soup):
    try:
        dossier = extract_dossier(read_document((LEAD + " ".join(soup)).encode()))
    except DocumentError:
        return
    assert_exact(dossier)
    assert list(dossier_faults(dossier)) == []
    for finding in check_dossier(dossier):
        assert finding.message
        assert finding.anchors or not finding.claims


BOMBS = (
    "a",
    "A",
    "said that ",
    "one hundred ",
    "Smith, ",
    "Smith and ",
    "1,000 men and ",
    "(",
    ")",
    "“",
    "between the ",
    "control of ",
    "He said. ",
    "<script>",
    "A.B.",
    "May 1 1901 ",
    ", which was the center of ",
    " ",
    "killed ",
    "the Northern Army attacked ",
    "\n",
    "[1]",
    "= ",
)


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs_take_bounded_time(bomb):
    text = LEAD * 150 + bomb * (20_000 // len(bomb)) + "x"
    assert_exact(extract_dossier(read_document(text.encode())))
    assert seconds(lambda: extract_dossier(read_document(text.encode()))) < 10.0


def test_script_tags_are_text(shared):
    text = LEAD + "The army lost 8 men.<script>alert('x')</script>"
    dossier = extract_dossier(read_document(text.encode(), reader="text"))
    assert_exact(dossier)


def test_no_sides_no_record():
    text = "The bread is baked in the oven for an hour and is then left to cool on the table."
    with pytest.raises(DocumentError, match="this document names no armed sides: nothing to"):
        extract_dossier(read_document(text.encode()))


def test_time_is_linear_in_the_length(shared):
    body = (shared / "articles" / "wt_Battle_of_Gettysburg.wikitext").read_text(encoding="utf-8")
    _, _, prose = body.partition("\n==")
    assert len(prose) > len(body) / 2

    def drafted(times: int) -> None:
        content = (body + ("\n== Part ==\n" + prose) * (times - 1)).encode()
        extract_dossier(read_document(content, reader="wikitext"))

    assert within(2.0 * len(body.encode()) / 100_000, lambda: drafted(1))
    assert grows_by(2.8, lambda: drafted(1), lambda: drafted(2))


@pytest.mark.slow
def test_a_page_of_twenty_megabytes_takes_bounded_time_and_memory(shared):
    body = (shared / "articles" / "wt_Battle_of_Gettysburg.wikitext").read_text(encoding="utf-8")
    _, _, prose = body.partition("\n==")
    content = (body + ("\n== Part ==\n" + prose) * 185).encode()
    assert 18_000_000 < len(content) < 20_000_000
    start = time.process_time()
    document = read_document(content, reader="wikitext")
    assert time.process_time() - start < 60.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000  # kB
    anchor = document.anchor(len(document.text) - 400, len(document.text) - 300)
    assert document.original[anchor.start : anchor.end] == anchor.quote
    with pytest.raises(DocumentError, match="more than inje reads"):
        read_document(content + b" " * 3_000_000, reader="wikitext")
