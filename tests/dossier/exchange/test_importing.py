"""Tables of events come in: every claim quotes its cell, and what is no battle is refused."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inje.dossier import Dossier, dossier_faults, load_dossier, save_record
from inje.dossier.exchange import import_events
from inje.errors import DocumentError, InputError, OptionError
from inje.scenario import draft_scenario

UCDP = """id,type_of_violence,dyad_name,side_a,side_b,source_article,source_office,source_date,\
source_headline,source_original,where_coordinates,latitude,longitude,date_prec,date_start,\
date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low
101,1,"North - ""Hill"" Front",North,Hill Front,"Post, ""Clash"" again",Post,2014-07-09,Clash,army \
spokesman,Fordtown,12.5,33.25,1,2014-07-08 00:00:00.000,2014-07-09 00:00:00.000,4,11,0,2,17,17,15
102,1,North - Hill Front,North,Hill Front,,,,,,Elm,12.5,33.25,4,2014-08-01,2014-08-31,0,3,0,0,3,3,3
103,3,North - Civilians,North,Civilians,,,,,,Elm,12.5,33.25,1,2014-08-01,2014-08-01,0,0,9,0,9,9,9
"""


def binding(**fields: str) -> dict[str, dict[str, str]]:
    return {name: {"type": "literal", "value": value} for name, value in fields.items()}


def wikidata(*rows: dict[str, str]) -> str:
    return json.dumps({"head": {}, "results": {"bindings": [binding(**row) for row in rows]}})


FORD = {
    "battle": "http://www.wikidata.org/entity/Q7",
    "battleLabel": "Battle of Elm Ford",
    "startTime": "1862-05-03T00:00:00Z",
    "endTime": "1862-05-04T00:00:00Z",
    "locationLabel": 'Elm Ford "old"',
    "coord": "Point(12.5 -47.25)",
    "participantLabel": "Prussia",
    "winnerLabel": "Prussia",
    "deaths": "240",
}


def write(tmp_path, text: str, name: str = "events.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def assert_exact(dossier: Dossier) -> None:
    text = dossier.texts[0].original
    for claim in dossier.claims:
        assert text[claim.anchor.start : claim.anchor.end] == claim.anchor.quote
    assert list(dossier_faults(dossier)) == []


def claims(dossier: Dossier) -> dict[str, object]:
    return {c.about: c for c in dossier.claims if c.about}


def test_a_ucdp_row_becomes_a_record(tmp_path):
    [one] = import_events(write(tmp_path, UCDP), events=["101"])
    dossier = one.dossier
    assert dossier.battle.title == 'North - "Hill" Front, Fordtown'
    assert [side.id for side in dossier.battle.sides] == ["north", "hill_front"]
    assert dossier.battle.when.edtf == "2014-07-08/2014-07-09"
    assert_exact(dossier)
    found = claims(dossier)
    lost = found["losses.hill_front.killed"].value
    assert (lost.low, lost.best, lost.high, lost.vagueness) == (11, 11, 13, "between")
    assert found["losses.north.killed"].holders == ("narrator", "army_spokesman")
    assert dossier.sources[0].csl["container-title"] == "Post"
    place = next(e for e in dossier.entities if e.kind == "place")
    assert (place.coordinates.latitude, place.coordinates.longitude) == (12.5, 33.25)


def test_a_month_is_no_day_and_a_zero_no_claim(tmp_path):
    [one] = import_events(write(tmp_path, UCDP), events=["102"])
    found = claims(one.dossier)
    start = found["start"].value
    assert (start.low, start.best, start.high) == ("2014-08-01", None, "2014-08-31")
    assert "losses.north.killed" not in found
    assert found["losses.hill_front.killed"].value.best == 3


def test_one_sided_violence_is_left_out_and_refused_by_name(tmp_path):
    path = write(tmp_path, UCDP)
    assert [one.id for one in import_events(path)] == ["101", "102"]
    with pytest.raises(DocumentError, match="one-sided"):
        import_events(path, events=["103"])


def test_wikidata_rows_of_one_item_are_one_record(tmp_path):
    text = wikidata(FORD, {**FORD, "participantLabel": "Saxony"})
    [one] = import_events(write(tmp_path, text, "q.json"))
    dossier = one.dossier
    assert one.id == "Q7"
    assert dossier.battle.title == "Battle of Elm Ford"
    assert [side.name for side in dossier.battle.sides] == ["Prussia", "Saxony"]
    found = claims(dossier)
    assert found["winner"].value.best == "prussia"
    assert found["start"].value.best == "1862-05-03"
    assert found["end"].value.best == "1862-05-04"
    place = next(e for e in dossier.entities if e.kind == "place")
    assert (place.coordinates.latitude, place.coordinates.longitude) == (-47.25, 12.5)
    assert_exact(dossier)
    assert draft_scenario(dossier).clock.end == "1862-05-04"


def test_the_same_rows_as_csv_say_the_same(tmp_path):
    rows = [FORD, {**FORD, "participantLabel": "Saxony"}]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(FORD))
    writer.writeheader()
    writer.writerows(rows)
    by_csv = import_events(write(tmp_path, stream.getvalue()))[0].dossier
    by_json = import_events(write(tmp_path, wikidata(*rows), "q.json"))[0].dossier
    assert [(c.about, c.value, c.summary) for c in by_csv.claims] == [
        (c.about, c.value, c.summary) for c in by_json.claims
    ]
    assert_exact(by_csv)


def test_a_third_participant_is_asked(tmp_path):
    rows = [{**FORD, "participantLabel": name} for name in ("Prussia", "Saxony", "Austria")]
    dossier = import_events(write(tmp_path, wikidata(*rows), "q.json"))[0].dossier
    assert [q.topic for q in dossier.questions] == ["side"]
    path = tmp_path / "dossier.yaml"
    answered = dossier.questions[0].model_copy(update={"answer": "austria fights for saxony"})
    save_record(dossier.model_copy(update={"questions": (answered,)}).with_texts(), path)
    assert [side.id for side in load_dossier(path).battle.sides] == ["prussia", "saxony"]


def test_a_bare_year_and_a_year_before_christ(tmp_path):
    rows = [{"item": "Q1", "itemLabel": "A", "date": "-0489-09-12T00:00:00Z"},
            {"item": "Q2", "itemLabel": "B", "date": "1346-01-01T00:00:00Z"}]  # fmt: skip
    one, two = import_events(write(tmp_path, json.dumps(rows), "q.json"))
    assert one.dossier.battle.when.edtf == "-0489-09-12"
    assert two.dossier.battle.when.edtf == "1346"
    assert claims(two.dossier)["start"].value.vagueness == "between"


BAD = [
    ("", "no table|no rows"),
    ("name\nx\n", "no table"),
    ("a,b\n1,2\n", "columns a, b"),
    ('side_a,side_b,date_start\n"North,South,1', "not closed"),
    ("side_a,side_b,date_start\nNorth,South,soon\n", "is no date"),
    ("side_a,side_b,date_start,deaths_a\nNorth,South,2014-01-02,few\n", "is no number"),
    ("side_a,side_b,date_start,latitude,longitude,adm_1\nN,S,2014-01-02,95,5,x\n", "on earth"),
    ("id,side_a,side_b,date_start\n1,North,South,2014-01-02\n2,North,,2014-01-02\n", "no side_b"),
    ('[{"item": "Q1", "date": "soon"}]', "is no date"),
    ('[{"item": "Q1", "coord": "here", "place": "x"}]', "on earth"),
    ('[{"item": "Q1", "deaths": "many"}]', "is no number"),
    (
        "side_a,side_b,date_start\nN,S,2014-01-02\nN,S,2014-13-02\n",
        ":3: '2014-13-02' is no date",
    ),
    ("side_a,side_b,date_start,date_end\nN,S,2014-02-02,2014-01-02\n", r":2: .* lies before"),
    ("side_a,side_b,date_start,deaths_a\nN,S,2014-01-02,-6\n", r":2: '-6' people"),
    ("side_a,side_b,date_start,deaths_a\nN,S,2014-01-02,inf\n", "is no number"),
    ("side_a,side_b,date_start\nN,S,2014-01-02,7\n", r":2: 4 cells under 3 names"),
    ("id,side_a,side_b,date_start\n1,N,S,2014-01-02\n1,N,S,2014-01-03\n", "stands in 2 rows"),
    ('[{"item": "Q1", "date": "1815-06-31"}]', "is no date"),
    ('[{"item": "Q1", "start": "1815-06-30", "end": "1815-06-01"}]', "lies before"),
    ('{"item": ', "not JSON"),
    ("[1, 2]", "no object"),
    ("[" * 5000, "not JSON"),
]


@pytest.mark.parametrize(("text", "words"), BAD, ids=range(len(BAD)))
def test_a_bad_table_is_refused_in_a_sentence(tmp_path, text, words):
    with pytest.raises(DocumentError, match=words):
        import_events(write(tmp_path, text))


def test_an_event_that_is_not_there_and_a_file_that_is_not_there(tmp_path):
    with pytest.raises(OptionError, match="'999' is not in"):
        import_events(write(tmp_path, UCDP), events=["999"])
    with pytest.raises(DocumentError, match="No such file"):
        import_events(tmp_path / "none.csv")


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12)
ROW = st.fixed_dictionaries(dict.fromkeys(("item", "itemLabel", "note"), CELL.filter(str.strip)))


@settings(max_examples=60)
@given(rows=st.lists(ROW, min_size=1, max_size=4), sign=st.sampled_from(",;\t"))
def test_every_cell_stands_where_it_is_said_to_stand(rows, sign):
    from inje.dossier.exchange._rows import rows_of

    stream = io.StringIO()
    writer = csv.DictWriter(stream, ["item", "itemLabel", "note"], delimiter=sign)
    writer.writeheader()
    writer.writerows(rows)
    spaced = json.dumps(rows, ensure_ascii=False, indent=1)
    for text in (stream.getvalue(), json.dumps(rows), spaced):
        found = rows_of(text, "x")
        assert [{name: cell.text for name, cell in row.items()} for row in found] == rows
        for row in found:
            for cell in row.values():
                raw = text[cell.start : cell.end]
                assert cell.text in (raw, raw.replace('""', '"')) or text[:1] == "["
                if text[:1] == "[":
                    assert json.loads(f'"{raw}"') == cell.text


@settings(max_examples=80)
@given(text=st.text(st.sampled_from('ab,;"\n\r[]{}:0e\\ \t'), max_size=60))
def test_no_table_breaks_the_reader(text):
    from inje.dossier.exchange._rows import rows_of

    try:
        for row in rows_of(text, "x"):
            assert all(0 <= cell.start <= cell.end <= len(text) for cell in row.values())
    except InputError:
        pass
