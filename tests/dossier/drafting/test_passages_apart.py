"""Sentences, their neighbours and their pieces, quotations and clauses in them; at the bounds."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.dossier.drafting.rows import told

from inje.document import read_document
from inje.dossier.drafting._according import _unmarked
from inje.dossier.drafting._evidence import _lists
from inje.dossier.drafting._openers import followed_like_name
from inje.dossier.drafting._parenthetical import _past_phrase
from inje.dossier.drafting._passages import Passages, _bounded, run_in
from inje.dossier.drafting._quoting import _spans
from inje.dossier.drafting._voices import _opens_bare, voice


def test_the_sentences_around_one_are_sixty_on_either_side():
    text = "A battle.\n\n" + " ".join(f"The guns fired at hour {n}." for n in range(140))
    passages = Passages(read_document(text.encode()))
    sentence = passages.sentences[70]
    near = passages.near(sentence)
    assert [near[0].index, near[-1].index] == [10, 130]
    assert passages.near(passages.sentences[0])[0].index == 0


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a" * 1200, 1), ("a" * 1201, 2), ("word " * 240 + "x", 2), ("word " * 239 + "x", 1),
        ("word " * 600, 3),
    ],
)  # fmt: skip
def test_a_sentence_without_an_end_is_cut(text, pieces):
    found = list(_bounded(text, 0, len(text)))
    assert len(found) == pieces
    assert all(end - start <= 1200 for start, end in found)
    assert "".join(text[a:b] for a, b in found).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("US Advance (18 July): Korn marched", "US Advance (18 July):"),
        ("Initial Disposition: Korn marched", "Initial Disposition:"),
        ("Korn wrote: he marched", ""), ("General Korn: he marched", ""),
        ("US Advance (July): Korn marched", ""), ("US Advance:", ""),
        ("Plan of the Attack: Korn marched", "Plan of the Attack:"),
        ("Aftermath 2: Korn", "Aftermath 2:"),
    ],
)  # fmt: skip
def test_a_heading_that_runs_into_its_sentence(text, heading):
    assert text[: run_in(text)] == heading


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('he said "one" and “two” then', ['"one"', "“two”"]), ('he said "one and', ['"one and']),
        ("he said ``one'' and", ["``one''"]), ("he said «one» and", ["«one»"]), ("he said one", []),
        ('and so on." said Karl, "then two"', ['and so on."', '"then two"']),
        ('On." Said Karl', ['" Said Karl']),
    ],
)  # fmt: skip
def test_where_quotations_stand(text, found):
    assert [text[a:b] for a, b in _spans(text)] == found


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("according to Dandolo the Ottomans lost ten ships", "the Ottomans lost ten ships"),
        ("according to Dandolo the Ottomans lost", ""),
        ("according to Dandolo, the Ottomans lost ten ships", ""),
        ("according to Dandolo the Ottomans lost ten, and more", "the Ottomans lost ten, and more"),
        ("according to Dandolo the Ottomans lost, and more", ""),
        ("according to the report of the Ottomans", ""),
    ],
)  # fmt: skip
def test_where_the_clause_behind_according_to_begins(text, clause):
    first, comma = len("according to "), text.find(",")
    begins = _unmarked(text, first, comma)
    assert (text[begins + 1 :] if begins >= 0 else "").strip() == clause


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        ("^Oak and Elm led", True), ("^Oak and elm led", False), ("^Oak von Elm", True),
        ("^Oak of Elm", False),
        ("^Oak's men led", True), ("^Oak later claimed", True), ("^Oak probably led", True),
        ("^Oak later also claimed", True), ("^Oak later also still claimed", False),
        ("^Oak (1815) gave", True),
        ("^Oak (the man) gave", False), ("^Oak, the man", True), ("^Now, the man", False),
        ("^Wounded, the man", False),
        ("^Meanwhile, the man", False), ("^Oak pointed out", True), ("^Oak men came", False),
        ("^Oak gives 400", True),
        ("^Oak attacked them", True), ("^Oak led", False), ("^Badly led them", False),
        ("^Göring claimed it", True),
        ("^Göring men it", False), ("^Oak saying it", False), ("^Oak was lost", True),
        ("^Oak speaks of", True),
    ],
)  # fmt: skip
def test_a_capital_at_the_head_of_a_sentence_is_a_name_by_what_follows(row, is_one):
    words, asked, _ = told(row)
    bare = words[asked].text.removesuffix("'s")
    assert followed_like_name(words, asked, bare, common=False) == is_one
    assert not followed_like_name(words, asked, bare, common=True)


@pytest.mark.parametrize(
    "row",
    [
        "as he ^stated in a note to »them, it", "he ^stated in a note to them, it",
        "as he ^stated in a note that, it",
        "as he ^stated in a note was, it", "as he ^stated of a note, it",
        "as he and all the ^stated in a »note, it",
        "as he and all the men ^stated in a »note, it", "As he ^stated in a b c d e f »g, it",
        "As he ^stated in a b c d e f g h i j, it", "As he ^stated in a b c d e f g",
    ],
)  # fmt: skip
def test_a_phrase_behind_an_insertion_of_saying(row):
    words, asked, wanted = told(row)
    assert _past_phrase(words, asked, asked) == (asked if wanted is None else wanted)


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("Oak and Elm", [["Oak", "Elm"]]), ("Oak, Elm and Ash", [["Oak", "Elm", "Ash"]]),
        ("Oak, Elm", [["Oak"], ["Elm"]]), ("Oak with Elm", [["Oak"], ["Elm"]]),
        ("Oak, and Elm", [["Oak", "Elm"]]), ("Oak, and, Elm", [["Oak"], ["Elm"]]),
        ("Oak Elm", [["Oak"], ["Elm"]]), ("Oak or Elm", [["Oak", "Elm"]]),
    ],
)  # fmt: skip
def test_names_joined_by_and_share_their_kind(text, lists):
    words, _, _ = told(f"^{text}")
    named = [w for w in words if w.capital]
    mentions = [SimpleNamespace(start=w.start, end=w.end, text=w.text, kind="") for w in named]
    assert [[m.text for m in run] for run in _lists(mentions, words)] == lists


@pytest.mark.parametrize(
    ("row", "is_so"),
    [
        ("he fled, and park ^rangers say", True), ("and ^rangers say", True),
        ("he fled, with park ^rangers say", False),
        ("and ^glass say", False), ("and ^ranger say", False), ("and ^men say", True),
        ("^rangers say", False),
    ],
)  # fmt: skip
def test_several_who_open_a_clause_without_an_article(row, is_so):
    words, asked, _ = told(row)
    assert _opens_bare(words, asked, words[asked].text) == is_so


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("the ^historian says", "historian"), ("the Armenian ^sources say", "Armenian sources"),
        ("the leaders of ^mexico say", "leaders"), ("the leaders of the ^army say", "leaders"),
        ("the leaders of ^Mexico say", None), ("the ^stone says", None),
        ("^sources say", "sources"),
        ("As ^sources say", "sources"), ("the letter to the ^emperor says", "letter"),
    ],
)  # fmt: skip
def test_a_voice_without_a_name(row, said):
    words, asked, _ = told(row)
    found = voice(words, asked)
    assert (found.voice if found is not None else None) == said
    assert found is None or found.end == words[asked].end or said == "letter"
