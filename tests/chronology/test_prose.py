"""Dates found in battle prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.timing import grows_by

from inje.chronology import Resolver, calendar_unclear, find_dates, format_day, scan_dates, to_day

PIECES = [
    "17", "1", "31", "1863", "251", "1946", "490", "00", "April", "May", "Sept", ".", ",", "–", "-",
    "/", "to", "and", "the", "of", "BC", "AD", "c", "(", ")", "O.S.", "17th", "1st", "late", "mid",
    "summer", "winter", "century", "first", "half", "two", "days", "later", "before", "night", "at",
    "until", "4-day", "Monday", "in", "from", "between", "or", "next", "s", "\n\n", "²", ":", "30",
]  # fmt: skip

ABSOLUTE = [
    ("April 17-21, 1946", "1946-04-17/1946-04-21"),
    ("April 17–21, 1946", "1946-04-17/1946-04-21"),
    ("17–21 April 1946", "1946-04-17/1946-04-21"),
    ("17-21 April, 1946", "1946-04-17/1946-04-21"),
    ("17th to 21st of April, 1946", "1946-04-17/1946-04-21"),
    ("from 17 to 21 April 1946", "1946-04-17/1946-04-21"),
    ("between 17 and 21 April 1946", "1946-04-17/1946-04-21"),
    ("From October 2 to 4, 1945", "1945-10-02/1945-10-04"),
    ("April 1946", "1946-04"),
    ("in April of 1946", "1946-04"),
    ("late 1944", "1944-09/1944-12"),
    ("early 1944", "1944-01/1944-04"),
    ("mid-1944", "1944-05/1944-08"),
    ("September 3, 1945", "1945-09-03"),
    ("3 September 1945", "1945-09-03"),
    ("3rd of September, 1945", "1945-09-03"),
    ("the 3rd of May 1945", "1945-05-03"),
    ("September 3rd, 1945", "1945-09-03"),
    ("Sept. 3, 1945", "1945-09-03"),
    ("3 Sep 1945", "1945-09-03"),
    ("Monday, 3 September 1945", "1945-09-03"),
    ("Sunday, September 3, 1939", "1939-09-03"),
    ("30 June – 2 July 1863", "1863-06-30/1863-07-02"),
    ("June 30 – July 2, 1863", "1863-06-30/1863-07-02"),
    ("30 June to 2 July 1863", "1863-06-30/1863-07-02"),
    ("28 December 1944 – 3 January 1945", "1944-12-28/1945-01-03"),
    ("28 December – 3 January 1945", "1944-12-28/1945-01-03"),
    ("December 28, 1944 to January 3", "1944-12-28/1945-01-03"),
    ("April–June 1946", "1946-04/1946-06"),
    ("between April and June 1946", "1946-04/1946-06"),
    ("490 BC", "-0489"),
    ("490 B.C.", "-0489"),
    ("490 BCE", "-0489"),
    ("September 490 BC", "-0489-09"),
    ("12 August 30 BC", "-0029-08-12"),
    ("1 BC", "0000"),
    ("AD 251", "0251"),
    ("A.D. 251", "0251"),
    ("251 AD", "0251"),
    ("June/July 251", "0251-06/0251-07"),
    ("July or August 251", "0251-07/0251-08"),
    ("the summer of AD 251", "0251-22"),
    ("334–323 BC", "-0333/-0322"),
    ("31 BC – AD 14", "-0030/0014"),
    ("5/6 July 1943", "1943-07-05/1943-07-06"),
    ("1 and 2 July 1863", "1863-07-01/1863-07-02"),
    ("July 1 and 2, 1863", "1863-07-01/1863-07-02"),
    ("spring 1946", "1946-21"),
    ("the summer of 1863", "1863-22"),
    ("winter of 1944–45", "1944-24"),
    ("late summer 1863", "1863-08"),
    ("the end of November 1945", "1945-11-21/1945-11-30"),
    ("late February 1916", "1916-02-21/1916-02-29"),
    ("mid-April 1946", "1946-04-11/1946-04-20"),
    ("the second half of 1944", "1944-07/1944-12"),
    ("the 1860s", "186X"),
    ("the 19th century", "18XX"),
    ("the fifth century BC", "-0499/-0400"),
    ("the early 1940s", "1940/1942"),
    ("c. 490 BC", "-0489~"),
    ("circa 1300 BC", "-1299~"),
    ("1946-04-17", "1946-04-17"),
    ("1946-04-17/1946-04-21", "1946-04-17/1946-04-21"),
    ("in 1946", "1946"),
    ("from 1861 to 1865", "1861/1865"),
    ("in 1861–65", "1861/1865"),
    ("(1861–1865)", "1861/1865"),
    ("18 June 1815 (N.S.)", "1815-06-18"),
    ("August/September (Metageitnion), 490 BC", "-0489-08/-0489-09"),
    ("July 1, 2 and 3, 1863", "1863-07-01/1863-07-03"),
    ("July 1st, 2nd, and 3rd, 1863", "1863-07-01/1863-07-03"),
    ("1, 2 and 3 July 1863", "1863-07-01/1863-07-03"),
    ("Jan. 5–8, 1946", "1946-01-05/1946-01-08"),
    ("5–8 Jan. 1946", "1946-01-05/1946-01-08"),
    ("17.04.1946", "1946-04-17"),
    ("17/04/1946", "1946-04-17"),
    ("4/17/1946", "1946-04-17"),
    ("the first weeks of July 1864", "1864-07-01/1864-07-10"),
    ("the latter half of 1944", "1944-07/1944-12"),
    ("the 1800s", "18XX"),
    ("the mid-1700s", "1733/1766"),
    ("between 16 March and 2 April 1865", "1865-03-16/1865-04-02"),
    ("Sunday 16 to Tuesday 18 June 1815", "1815-06-16/1815-06-18"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edtf"), ABSOLUTE)
@pytest.mark.parametrize("frame", ["{}", "It was fought {}, near the river.", "{} they withdrew"])
def test_written_dates(text: str, edtf: str, frame: str) -> None:
    dated = [d for d in find_dates(frame.format(text)) if d.span is not None]
    assert [d.span.edtf for d in dated if d.span] == [edtf]
    whole = frame.format(text)
    assert all(whole[d.start : d.end] == d.text for d in dated)


@pytest.mark.parametrize(
    ("text", "edtf", "inherited"),
    [
        ("the end of November", "1945-11-21/1945-11-30", ("year",)),
        ("December 1 to 19", "1945-12-01/1945-12-19", ("year",)),
        ("In December,", "1945-12", ("year",)),
        ("1–3 July", "1945-07-01/1945-07-03", ("year",)),
        ("28 December – 3 January", "1945-12-28/1946-01-03", ("year",)),
        ("On the 17th, they", "1945-06-17", ("year", "month")),
        ("that summer", "1945-22", ("year",)),
    ],
)
def test_fields_are_lent_by_the_context(text: str, edtf: str, inherited: tuple[str, ...]) -> None:
    (found,) = find_dates(text, year=1945, month=6)
    assert found.span is not None
    assert (found.span.edtf, found.span.inherited) == (edtf, inherited)
    assert found.kind == "partial"


@pytest.mark.parametrize(
    "text",
    [
        "pp. 281–282", "London: Press. p. 2009.", "a force of 1500 men", "some 1900 soldiers",
        "12,000 men and 1,946 horses", "the 17th Infantry", "They may attack.",
        "a march of 20 miles", "General March said", "the fall of Berlin", "3.5 inches",
        "an army of 1946", "in 1500 men", "7th Division", "31 April 1946", "Hill 1946",
        "the spring ran dry", "32 May", "U.S. 1863 rifles", "in 300 ships",
        "his 12-year-old son", "he was sixty years old", "a 14-year-old drummer", "1/2/1946",
        "the Isle of May", "battleships of the 1st and 4th Squadrons", "ships of the 5th were",
        "The Iranian army lost 8 personnel", "an 800-strong Iranian military detachment",
        "He marched to March", "at 1000 yards", "the second half of the army",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert [d for d in find_dates(text, year=1946, month=4) if d.span is not None] == []


def test_month_before_a_count() -> None:
    (found,) = find_dates("In July 300 men crossed", year=1863)
    assert found.span is not None
    assert (found.text, found.span.edtf) == ("July", "1863-07")
    (found,) = find_dates("In April 5,000 men crossed", year=1863)
    assert found.text == "April"


def test_a_day_that_does_not_exist_has_no_span() -> None:
    (found,) = find_dates("on 31 April 1946 they met")
    assert found.text == "31 April 1946"
    assert found.span is None


def test_a_bare_year_is_flagged() -> None:
    (found,) = find_dates("Part of Azerbaijan crisis of 1946")
    assert found.kind == "year"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The next day they left", "1946-04-18"),
        ("the following morning", "1946-04-18"),
        ("two days later", "1946-04-19"),
        ("A week later", "1946-04-24"),
        ("three days earlier", "1946-04-14"),
        ("the day before", "1946-04-16"),
        ("that night", "1946-04-17"),
        ("the previous evening", "1946-04-16"),
        ("a month later", "1946-05"),
        ("forty years later", "1986"),
        ("the following year", "1947"),
        ("the previous month", "1946-03"),
    ],
)
def test_relative_dates_count_from_the_last_day(text: str, edtf: str) -> None:
    found = find_dates(f"On April 17, 1946 they came. {text}.")
    assert found[1].kind == "relative"
    assert found[1].span is not None
    assert found[1].span.edtf == edtf


def test_relative_dates_chain_and_follow_intervals() -> None:
    found = find_dates("On 2–4 October 1945 they met. The next day, and two days later, all left.")
    assert [d.span.edtf for d in found if d.span] == [
        "1945-10-02/1945-10-04", "1945-10-05", "1945-10-07"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "days"),
    [("the four-day clashes", 4), ("a 10-day siege", 10), ("It lasted for three weeks.", 21),
     ("a three-and-a-half-day fight", 3.5), ("a week-long siege", None), ("for six hours", 0.25),
     ("several days of fighting", None), ("twenty-two days of siege", 22)],
)  # fmt: skip
def test_durations(text: str, days: float | None) -> None:
    found = [d for d in find_dates(text) if d.kind == "duration"]
    if text == "a week-long siege":
        assert [d.days for d in found] == [7]
    else:
        assert [d.days for d in found] == [days]


@pytest.mark.parametrize(
    ("text", "hours"),
    [("until evening", (17, 21)), ("at dawn", (4, 7)), ("in the early morning", (6, 12)),
     ("at 5:30 p.m.", (17.5, 17.5)), ("at 0530 hours", (5.5, 5.5)), ("by nightfall", (18, 22)),
     ("at 05:30", (5.5, 5.5)), ("At 1655", (16 + 55 / 60,) * 2), ("at 6 o'clock", (6, 6)),
     ("at 12 a.m.", (0, 0))],
)  # fmt: skip
def test_times_of_day(text: str, hours: tuple[float, float]) -> None:
    (found,) = find_dates(text)
    assert found.kind == "time_of_day"
    assert found.hours == hours


def test_the_hours_of_a_dated_night() -> None:
    (found,) = find_dates("on the night of 5/6 July 1943")
    assert found.hours == (20, 29)


def test_days_of_the_battle_hang_on_the_event() -> None:
    (found,) = find_dates("on the second day of the battle")
    assert (found.anchor, found.offset_days) == ("event", (1, 1))


@pytest.mark.parametrize(
    ("text", "anchor", "offset"),
    [("three days before the battle", "event", (-3, -3)),
     ("twelve years after Tewkesbury", "other", (4380, 4392)),
     ("three days before, they met", "previous", (-3, -3)),
     ("two days after the siege", "event", (2, 2))],
)  # fmt: skip
def test_what_a_relative_date_counts_from(text: str, anchor: str, offset: tuple[int, int]) -> None:
    found = [d for d in find_dates(f"On 7 May 1485 they came; {text}.") if d.kind == "relative"]
    assert [(d.anchor, d.offset_days) for d in found] == [(anchor, offset)]
    assert (found[0].span is None) == (anchor != "previous")


def test_a_number_glued_to_its_label() -> None:
    (found,) = find_dates("Date26 August 1918 – 14 September 1918[1]")
    assert found.text == "26 August 1918 – 14 September 1918"


def test_a_year_of_three_digits_opens_a_sentence() -> None:
    (found,) = find_dates("In 251, the Goths crossed the Danube.")
    assert (found.text, found.kind) == ("251", "year")


def test_a_name_does_not_move_the_year() -> None:
    found = find_dates("After the War of 1812 he served. On 15 June they met.", year=1815)
    assert [d.span.edtf for d in found if d.span] == ["1812", "1815-06-15"]


def test_a_bare_year_holds_for_its_paragraph() -> None:
    text = "In 1914 a book was found. In May it was read.\n\nOn 30 May they sailed."
    found = find_dates(text, year=1916, month=5)
    assert [d.span.edtf for d in found if d.span] == ["1914", "1914-05", "1916-05-30"]


def test_of_two_years_the_nearer_to_the_battle() -> None:
    painted = "Eugene (December 1704). However, on 14 May he marched."
    assert find_dates(painted, year=1704, month=8)[1].text == "14 May"
    for month, edtf in ((8, "1704-05-14"), (12, "1705-05-14")):
        span = find_dates(painted, year=1704, month=month)[1].span
        assert span is not None
        assert span.edtf == edtf
    found = find_dates("On 28 December 1944 it snowed. On 3 January it thawed.", 1944, 12)
    assert [d.span.edtf for d in found if d.span] == ["1944-12-28", "1945-01-03"]


def test_a_pair_of_bare_days_is_lent_its_month() -> None:
    (found,) = find_dates("from the 16th to the 28th, the mortars fired", year=1862, month=4)
    assert found.span is not None
    assert found.span.edtf == "1862-04-16/1862-04-28"


def test_old_style_is_read_in_the_julian_calendar() -> None:
    (found,) = find_dates("27 June 1709 (O.S.)")
    assert found.span is not None
    assert found.calendar_stated
    assert found.span.calendar == "julian"
    assert found.span.earliest == to_day(1709, 7, 8)
    (found,) = find_dates("7 November [O.S. 25 October] 1917")
    assert found.span is not None
    assert found.span.edtf == "1917-11-07"
    (blenheim,) = find_dates("13 August 1704")
    assert blenheim.span is not None
    assert calendar_unclear(blenheim.span)
    (waterloo,) = find_dates("18 June 1815")
    assert waterloo.span is not None
    assert not calendar_unclear(waterloo.span)


def test_the_year_turns_with_the_months() -> None:
    found = find_dates("On December 12, 1945 it began. On April 17 it ended.")
    assert [d.span.edtf for d in found if d.span] == ["1945-12-12", "1946-04-17"]


def test_a_section_returns_to_the_year_of_the_battle() -> None:
    resolver = Resolver(default_year=1863)
    resolver.resolve(scan_dates("In March 1860 the railway was built."))
    resolver.start_section()
    (found,) = resolver.resolve(scan_dates("On 5 May the attack began."))
    assert found.span is not None
    assert found.span.edtf == "1863-05-05"


def test_without_a_year_nothing_is_guessed() -> None:
    (found,) = find_dates("On December 12")
    assert found.kind == "partial"
    assert found.span is None


def test_glued_label_and_blank_line() -> None:
    (found,) = find_dates("DateApril 17-21, 1946\nLocation")
    assert found.text == "April 17-21, 1946"
    assert [d.text for d in find_dates("On 17 April\n\n1946 men came", year=1946)] == ["17 April"]


def test_the_seed(shared) -> None:
    import ruamel.yaml

    gold = ruamel.yaml.YAML(typ="safe").load((shared / "gold/seed.yaml").read_text("utf-8"))
    text = (shared / "seed/inje-qalaburun.txt").read_text("utf-8")
    references = gold["sections"][-1]["span"][0]
    found = {(d.start, d.end): d for d in find_dates(text[:references], year=1946, month=4)}
    assert len(found) == len(gold["dates"])
    for row in gold["dates"]:
        date = found[tuple(row["span"])]
        assert date.text == row["text"]
        assert (date.span.edtf if date.span else None) == row["edtf"], row["id"]
        assert date.kind == row["kind"] or (row["id"], date.kind) == ("d2", "year")
        assert date.days == row.get("days")
        if "inferred" in row:
            assert date.span is not None
            assert date.span.inherited == ("year",)
        if date.span is not None and date.kind != "relative":
            assert date.span.approximate == row.get("approx", False)


def test_looking_only_where_a_date_may_start_misses_none(shared, monkeypatch) -> None:
    texts = [path.read_text("utf-8") for path in sorted(shared.glob("articles/*.txt"))]
    quick = [scan_dates(text) for text in texts]
    monkeypatch.setattr("inje.chronology._prose._may_start", lambda *_: True)
    assert quick == [scan_dates(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    ["² in 1946", "winter of 1944–" + "9" * 6000, "9" * 6000 + " May 1946", "١٧ April 1946",
     "April 17–" + "1" * 5000, "in " + "1" * 5000, "\x00April 17, 1946", "\ud800 1 May 1946"],
)  # fmt: skip
def test_hostile_texts_are_read(text: str) -> None:
    for date in find_dates(text, year=1946):
        assert text[date.start : date.end] == date.text


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.booleans())
def test_any_pieces_are_read_and_quoted(pieces: list[str], spaced: bool) -> None:
    text = (" " if spaced else "").join(pieces)
    for date in find_dates(text, year=1863, month=7):
        assert text[date.start : date.end] == date.text
        if date.span is not None and date.span.days is not None:
            assert date.span.days > 0


@given(st.text(alphabet="0123456789 ,.-–/()[]ABCDMayJuneofthe\n", max_size=120))
def test_any_text_is_read_and_quoted(text: str) -> None:
    end = 0
    for date in find_dates(text, year=1863, month=7):
        assert date.start >= end
        assert text[date.start : date.end] == date.text
        end = date.end


@pytest.mark.parametrize(
    "piece",
    ["17–", "April 17, ", "the ", "1 to 2 to ", "(", "late mid early ", "the 1st of the ",
     "O.S. [", "a", "9", "two and a half ", "A.D. ", "Monday, ", "1946-04-"],
)  # fmt: skip
def test_reading_takes_linear_time(piece: str) -> None:
    find_dates(piece * 100, year=1863)
    short, long = piece * 500, piece * 2000
    # Four times the text in about four times the time; a quadratic reader takes sixteen.
    assert grows_by(9, lambda: find_dates(short, year=1863), lambda: find_dates(long, year=1863))


def test_days_print_as_dates() -> None:
    (found,) = find_dates("the Battle of Marathon in September 490 BC")
    assert found.span is not None
    assert found.span.earliest is not None
    assert format_day(found.span.earliest) == "-0489-09-01"
