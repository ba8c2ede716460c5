"""Printed pages: columns, lines broken by the printer, running heads, notes, tables."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.document.compositor import spread, typeset
from tests.timing import grows_by, within

from inje.document.readers._printed_page import Word, lines_of, regions
from inje.document.readers._printed_text import text_of_pages

LEFT = [
    "The Battle of Elm Ford was fought on",
    "3 May 1862 between the Prussian and",
    "the Saxon Army near the village of the",
    "same name. General Holm led the Prus-",
    "sians, and Colonel Rehn, a self-",
    "appointed liberator, led the Saxons who",
]
RIGHT = [
    "lost 240 killed, 310 wounded and some",
    "45 captured, as the surgeon told the",
    "government in Dresden a week later.",
    "Reinforcements under Major Weiss came",
    "in the evening; they numbered 300 men.",
]
WHOLE = (
    "The Battle of Elm Ford was fought on 3 May 1862 between the Prussian and the Saxon Army near "
    "the village of the same name. General Holm led the Prussians, and Colonel Rehn, a "
    "self-appointed liberator, led the Saxons who lost 240 killed, 310 wounded and some 45 "
    "captured, as the surgeon told the government in Dresden a week later. Reinforcements under "
    "Major Weiss came in the evening; they numbered 300 men."
)


def columns(y: float = 100, drop: float = 0) -> list[Word]:
    return typeset(LEFT, y=y) + typeset(RIGHT, x=260, y=y + drop)


@pytest.mark.parametrize("drop", [0, 4, -6, 12.5])
def test_columns_are_read_one_after_the_other(drop):
    """Whether their lines stand side by side or not."""
    assert text_of_pages([columns(drop=drop)]) == WHOLE


def test_what_crosses_the_columns_parts_them():
    head = typeset(
        ["A heading that goes over both of the columns of this page, however long"], y=60
    )
    foot = typeset(
        ["And here is a line below that goes over both of the columns of the page."], y=200
    )
    assert text_of_pages([head + columns() + foot]).split("\n\n") == [
        "A heading that goes over both of the columns of this page, however long",
        WHOLE,
        "And here is a line below that goes over both of the columns of the page.",
    ]


def test_three_columns():
    words = [w for x in (40, 260, 480) for w in typeset(LEFT, x=x)]
    assert [len(region) for region in regions(words)] == [len(words) // 3] * 3


def test_a_heading_below_the_columns_is_read_after_both():
    below = typeset(["Losses"], y=190, bold=True)
    table = typeset(["This line, which is a long one, goes over both columns of the page."], y=205)
    text = text_of_pages([columns() + below + table])
    assert text.index("Weiss") < text.index("== Losses ==") < text.index("This line")


def test_prose_beside_a_box_of_facts():
    box = typeset(
        ["Elm Ford", "Date 3 May 1862", "Location Elmford", "Result Prussian victory"], x=300
    )
    prose = typeset([line[:38] for line in (LEFT + RIGHT)])
    text = text_of_pages([prose + box])
    assert "Date 3 May 1862\nLocation Elmford\nResult Prussian victory" in text
    assert text.startswith("The Battle of Elm Ford was fought on 3 May 1862 between")


def test_a_table_is_read_by_its_rows():
    rows = [
        ("Side", "Men", "Killed"),
        ("Prussian Army", "900", "85"),
        ("Saxon Army", "1,200", "240"),
    ]
    words = [
        word
        for k, row in enumerate(rows)
        for x, cell in zip((40, 160, 220), row, strict=True)
        for word in typeset([cell], x=x, y=100 + 14 * k)
    ]
    assert text_of_pages([words]).splitlines() == [
        "| Side | Men | Killed |",
        "| Prussian Army | 900 | 85 |",
        "| Saxon Army | 1,200 | 240 |",
    ]


def test_lines_that_were_spread_out_are_no_table():
    lines = ["figure which nobody", "believed at first", "or ever afterwards"]
    words = [w for k, one in enumerate(lines) for w in spread(typeset([one], y=100 + 13 * k), 240)]
    assert text_of_pages([words]) == " ".join(lines)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["the bom-", "bardment"], "the bombardment"),
        (["the bom‐", "bardment"], "the bombardment"),
        (["a self-", "propelled gun"], "a self-propelled gun"),
        (["a man-of-", "war"], "a man-of-war"),
        (["the three-mile march, three-", "mile"], "the three-mile march, three-mile"),
        (["the well-dug and well-", "dug trench"], "the well-dug and well-dug trench"),
        # the parts stand together elsewhere: the hyphen is the printer's
        (["bombardment after bom-", "bardment"], "bombardment after bombardment"),
        (["Anglo-", "Saxon army"], "Anglo- Saxon army"),
        (["the ofﬁcial ﬂeet"], "the official fleet"),
    ],
)
def test_what_the_printer_broke_or_cast_together(lines, text):
    assert text_of_pages([typeset(lines)]) == text


def page(number: int, *, head: bool = True) -> list[Word]:
    body = typeset(
        [f"It went on upon hill {chr(96 + number)} until", "the evening of that day."], y=120
    )
    over = typeset(["Journal of Lost Battles 3 (1962)"], y=40, size=8) if head else []
    return over + body + typeset([str(number)], x=200, y=700, size=8)


def test_running_heads_and_page_numbers_are_left_out():
    text = text_of_pages([page(n, head=n > 1) for n in range(1, 6)])
    assert "Journal" not in text
    assert text.split("\n\n") == [
        f"It went on upon hill {letter} until the evening of that day." for letter in "abcde"
    ]


def test_what_a_browser_prints_around_a_page_is_left_out_of_a_single_one_too():
    above = typeset(["11/30/26, 9:54 PM Elm Ford"], y=20, size=8)
    below = typeset(["https://a.example/ford.html 1/1"], y=780, size=8)
    assert text_of_pages([above + typeset(LEFT[:2]) + below]) == " ".join(LEFT[:2])


def test_paragraphs_that_are_set_apart_are_told_though_most_have_one_line():
    lines = ["It was fought on a hill,", "and in a wood.", "The army went home.", "So did all."]
    words = typeset(lines[:2]) + typeset(lines[2:3], y=145) + typeset(lines[3:], y=175)
    more = [w for k in range(6) for w in typeset(["Nobody came.", "Or was seen."], y=210 + 45 * k)]
    assert text_of_pages([words + more]).split("\n\n")[:3] == [
        "It was fought on a hill, and in a wood.",
        "The army went home.",
        "So did all.",
    ]


def test_entries_of_a_list_stand_apart_whatever_ends_them():
    entries = ["1. Holm, Anna. Memoirs \u21a9", "2. Rehn, Otto. Service"]
    assert text_of_pages([typeset(entries)]).split("\n\n") == entries


def test_a_paragraph_goes_on_upon_the_next_page():
    pages = [typeset(LEFT[:3]), typeset([LEFT[3], "sians."])]
    assert text_of_pages(pages) == (
        "The Battle of Elm Ford was fought on 3 May 1862 between the Prussian and the Saxon Army "
        "near the village of the same name. General Holm led the Prussians."
    )


def noted(text: str, mark: str, note: str) -> list[Word]:
    """A line with a raised mark, and a note at the foot of the page."""
    line = typeset([text])
    end = line[-1].x1
    raised = Word(mark, end, end + 3, 98, 104, 6)
    foot = [Word(mark, 40, 43, 499, 504, 5), *typeset([note], x=45, y=500, size=8)]
    return [*line, raised, *foot]


def test_notes_are_gathered_at_the_end_and_called_where_they_were():
    pages = [
        noted("They had lost 300 of their men there.", "1", "Holm, Memoirs, p. 12."),
        noted("They had won it in the evening of it.", "2", "Rehn, Service, p. 3."),
    ]
    assert text_of_pages(pages).split("\n\n") == [
        "They had lost 300 of their men there.[1]",
        "They had won it in the evening of it.[2]",
        "== Notes ==",
        "1. Holm, Memoirs, p. 12.",
        "2. Rehn, Service, p. 3.",
    ]


def test_notes_that_begin_anew_on_every_page_are_counted_through():
    pages = [
        noted("They had lost 300 of their men there.", "1", "Holm, Memoirs, p. 12."),
        noted("They had won it in the evening of it.", "1", "Rehn, Service, p. 3."),
    ]
    text = text_of_pages(pages)
    assert "evening of it.[2]" in text
    assert text.endswith("2. Rehn, Service, p. 3.")


def test_a_paragraph_over_two_pages_keeps_the_notes_of_both():
    first = noted("They had lost 300 of their men there", "1", "Holm, Memoirs, p. 12.")
    second = noted("and they had won it in the evening.", "1", "Rehn, Service, p. 3.")
    text = text_of_pages([first, second])
    assert text.startswith(
        "They had lost 300 of their men there[1] and they had won it in the evening.[2]"
    )


def test_title_and_headings_are_told_by_their_size():
    words = (
        typeset(["The Battle of the Elm", "and of the Ford"], y=50, size=18)
        + typeset(["Background"], y=110, size=12)
        + typeset(LEFT, y=130)
    )
    text = text_of_pages([words])
    assert text.startswith("= The Battle of the Elm and of the Ford =\n\n== Background ==\n\nThe B")


@pytest.mark.parametrize(
    ("named", "title"),
    [
        ("Battle of Elm Ford", "= Battle of Elm Ford ="),
        ("Microsoft Word - a.doc", None),
        ("", None),
    ],
)
def test_a_page_without_a_title_takes_the_one_of_the_file(named, title):
    text = text_of_pages([typeset(LEFT)], named)
    assert text.startswith(title or "The Battle of Elm Ford was fought")


LONG = st.lists(st.text("abcdefgh", min_size=3, max_size=9), min_size=40, max_size=160)


@settings(max_examples=60, deadline=None)
@given(LONG, st.integers(20, 60), st.randoms(use_true_random=False))
def test_no_word_is_lost_and_the_order_is_kept(words: list[str], width: int, luck: random.Random):
    """Set in two columns, whatever their words: read they are the words that were set."""
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    lines.append(line)
    half = (len(lines) + 1) // 2
    drop = luck.choice([0.0, 3.0, 6.0])
    one, two = typeset(lines[:half]), typeset(lines[half:], x=40 + width * 5 + 80, y=100 + drop)
    shuffled = [*one, *two]
    luck.shuffle(shuffled)
    read = [
        w for region in regions(shuffled) for line in lines_of(region) for w in line.text.split()
    ]
    assert sorted(w for w in read if w != "|") == sorted(words)
    if half >= 6 and all(len(line.split()) >= 4 for line in lines[:-1]):
        assert [w for w in read if w != "|"] == words


def test_twice_the_pages_take_twice_the_time():
    pages = [columns() for _ in range(80)]
    assert grows_by(2.8, lambda: text_of_pages(pages[:40]), lambda: text_of_pages(pages))


def test_a_page_of_many_words_is_read_in_time():
    crowded = [w for k in range(60) for w in typeset(LEFT + RIGHT, x=40 + 9 * k, y=40 + 11 * k)]
    assert within(2, lambda: text_of_pages([crowded]))
