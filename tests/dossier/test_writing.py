"""What is written as YAML reads back as it was, whatever characters it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inje.dossier import Dossier, Gap, load_dossier, save_dossier

WORDS = (
    "word ",
    "a",
    " ",
    "  ",
    "[[Scythians#Migration|Scythian]] ",
    "\n",
    "\t",
    "\r",
    "\\",
    "\\ ",
    ": ",
    "#",
    '"',
    "'",
    "- ",
    "%",
    "é",
)
SIGNS = "\x07\x85\xa0\u2009\u200b\u202e\u2028\ufeff\U0001f600"
PIECES = st.sampled_from([*WORDS, *SIGNS])


@given(st.lists(PIECES, min_size=40, max_size=160).map("".join))
def test_long_texts_with_anything_in_them_come_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("record") / "dossier.yaml"
    record = Dossier(gaps=(Gap(id="g1", about="strength.north", text=text),))
    save_dossier(record, path)
    assert load_dossier(path).gaps[0].text == record.gaps[0].text


@pytest.mark.parametrize("before", range(60, 110))
def test_a_long_quote_over_two_lines_comes_back(tmp_path, before):
    """Wherever its end of line falls: some versions of ruamel.yaml lost what a fold must say."""
    quote = "which the army held " * 6
    text = f"{quote[:before].rstrip()}\n{quote[before:].strip()} and left again before the morning."
    dossier = Dossier(gaps=(Gap(id="g1", about="strength.north", text=text),))
    save_dossier(dossier, tmp_path / "d.yaml")
    assert load_dossier(tmp_path / "d.yaml") == dossier


@pytest.mark.parametrize("before", range(60, 110))
def test_two_blanks_before_the_end_of_a_line_come_back(tmp_path, before):
    """Where a fold fell between them, one was lost, and the record did not read back (Abritus)."""
    text = f"{'abcdefghi ' * 12}"[:before].rstrip() + "  ''Trebonii''. The spelling is uncertain."
    dossier = Dossier(gaps=(Gap(id="g1", about="strength.north", text=text),))
    save_dossier(dossier, tmp_path / "d.yaml")
    assert load_dossier(tmp_path / "d.yaml") == dossier


def test_other_texts_of_the_file_are_folded_all_the_same(tmp_path):
    gaps = (
        Gap(id="g1", about="strength.north", text="two  blanks " + "word " * 40 + "."),
        Gap(id="g2", about="strength.south", text="word " * 40 + "."),
    )
    save_dossier(Dossier(gaps=gaps), tmp_path / "d.yaml")
    lengths = [len(line) for line in (tmp_path / "d.yaml").read_text().splitlines()]
    assert sum(length > 110 for length in lengths) == 1


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\n", "\ufeff", "\x07"])
@pytest.mark.parametrize(
    "words", ["{0}word", "word{0}", "word{0}{0}word", "{0}", "long " * 40 + "{0}"]
)
def test_signs_that_end_lines_elsewhere_come_back(tmp_path, sign, words):
    text = words.format(sign)
    dossier = Dossier(gaps=(Gap(id="g1", about="strength.north", text=text),))
    save_dossier(dossier, tmp_path / "d.yaml")
    assert load_dossier(tmp_path / "d.yaml") == dossier
