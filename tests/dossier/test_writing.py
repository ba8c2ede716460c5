"""What is written as YAML reads back as it was, whatever characters it holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inje.dossier import Dossier, Gap, load_dossier, save_dossier

WORDS = ("word ", "a", " ", "\n", "\t", "\r", "\\", "\\ ", ": ", "#", '"', "'", "- ", "%", "é")
SIGNS = "\x07\x85\xa0\u2009\u200b\u202e\u2028\ufeff\U0001f600"
PIECES = st.sampled_from([*WORDS, *SIGNS])


@given(st.lists(PIECES, min_size=40, max_size=160).map("".join))
def test_long_texts_with_anything_in_them_come_back(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("record") / "dossier.yaml"
    record = Dossier(gaps=(Gap(id="g1", about="strength.north", text=text),))
    save_dossier(record, path)
    assert load_dossier(path).gaps[0].text == record.gaps[0].text
