"""Numbers of people: value, vagueness, role, category and side, sentence by sentence."""

from __future__ import annotations

import pytest

from inje.document import read_document
from inje.dossier import extract_dossier
from inje.dossier.drafting._numbers import numbers_in

LEAD = (
    "The Battle of Testfield was fought in May 1901 between the Northern Army (NA) and the "
    "Southern Republic (SR) near Testfield.\n\n"
)


@pytest.mark.parametrize(
    ("text", "low", "best", "high", "vagueness"),
    [
        ("8 men", 8, 8, 8, "exact"),
        ("1,749 men", 1749, 1749, 1749, "exact"),
        ("800 men", 750, 800, 849, "rounded"),
        ("650 men", 625, 650, 674, "rounded"),
        ("about 1,000 men", 800, 1000, 1250, "about"),
        ("more than 6,500 men", 6500, 6500, None, "at_least"),
        ("up to 300 men", None, 300, 300, "at_most"),
        ("fewer than 300 men", None, 300, 300, "at_most"),
        ("25,000–45,000 men", 25000, 35000, 45000, "between"),
        ("between 46,000 and 51,000 men", 46000, 48500, 51000, "between"),
        ("500 or 2,000 men", 500, 1250, 2000, "between"),
        ("hundreds of men", 200, None, 999, "hundreds"),
        ("several hundred men", 200, None, 999, "hundreds"),
        ("thirty-five men", 35, 35, 35, "exact"),
        ("two hundred and fifty men", 225, 250, 274, "rounded"),
        ("1.5 million men", 1450000, 1500000, 1549999, "rounded"),
        ("10,000+ men", 10000, 10000, None, "at_least"),
        ("99 men", 99, 99, 99, "exact"),
        ("100 men", 50, 100, 149, "rounded"),
        ("140 men", 140, 140, 140, "exact"),
        ("150 men", 125, 150, 174, "rounded"),
        ("9,950 men", 9925, 9950, 9974, "rounded"),
        ("10,050 men", 10050, 10050, 10050, "exact"),
        ("99,900 men", 99850, 99900, 99949, "rounded"),
        ("100,100 men", 100100, 100100, 100100, "exact"),
        ("two or three thousand men", 2000, 2500, 3000, "between"),
        ("two or three hundred men", 200, 250, 300, "between"),
        ("two to three million men", 2000000, 2500000, 3000000, "between"),
        ("99 or 2,000 men", 99, 1049, 2000, "between"),
        ("40 or 60,000 men", 40000, 50000, 60000, "between"),
        ("two hundred or three hundred men", 200, 250, 300, "between"),
        ("half a million men", 450000, 500000, 549999, "rounded"),
        ("half a dozen men", 4, 6, 7, "about"),
        ("two dozen men", 19, 24, 30, "about"),
        ("three score men", 48, 60, 75, "about"),
        ("dozens of men", 24, None, 99, "between"),
        ("thousands of men", 2000, None, 9999, "between"),
        ("tens of thousands of men", 20000, None, 99999, "between"),
    ],
)
def test_value_and_vagueness(text, low, best, high, vagueness):
    (number,) = numbers_in(text)
    value = number.value
    assert (value.low, value.best, value.high, value.vagueness) == (low, best, high, vagueness)


@pytest.mark.parametrize(
    "text",
    [
        "in 1914", "on 17 April", "April 17", "20 miles", "5 km", "at 3 p.m.", "the 51st Infantry",
        "40 percent", "£500", "12:30", "16-inch shells", "a four-day battle", "100 metres",
        "since 1938,", "hundred",
    ],
)  # fmt: skip
def test_dates_measures_and_ordinals_are_no_counts(text):
    assert [n.value.best for n in numbers_in(text)] == []


@pytest.mark.parametrize(
    ("sentence", "about", "best"),
    [
        ("The Northern Army lost 8 men.", "losses.na.lost_unspecified", 8),
        ("The Northern Army lost 8 killed.", "losses.na.killed", 8),
        ("The Southern Republic suffered 120 casualties.", "losses.sr.total", 120),
        ("15 soldiers of the Southern Republic were killed or wounded.",
         "losses.sr.killed_or_wounded", 15),
        ("The Northern Army captured 213 soldiers.", "losses.sr.captured", 213),
        ("The Northern Army killed 33 men.", "losses.sr.killed", 33),
        ("An 800-strong detachment of the Northern Army came.", "strength.na", 800),
        ("The Southern Republic had an army of 5,300 men.", "strength.sr", 5300),
        ("Losses of the Northern Army were heavy, with 41 killed, wounded and captured.",
         "losses.na.total", 41),
    ],
)  # fmt: skip
def test_role_category_and_side(sentence, about, best):
    dossier = extract_dossier(read_document((LEAD + sentence).encode()))
    told = {(c.about, c.value.best) for c in dossier.claims if c.rule == "count"}
    assert (about, best) in told


@pytest.mark.parametrize(
    ("sentence", "counts", "unit"),
    [
        ("The Northern Army lost 8 guns.", "losses.na.materiel", "guns"),
        ("The Northern Army had 40 tanks.", "materiel.na", "tanks"),
        ("The Northern Army had 3 batteries.", "units.na", "batteries"),
        ("12 ships of the Southern Republic were sunk.", "losses.sr.materiel", "ships"),
    ],
)
def test_things_and_units_are_not_people(sentence, counts, unit):
    dossier = extract_dossier(read_document((LEAD + sentence).encode()))
    (claim,) = [c for c in dossier.claims if c.rule == "count"]
    assert (claim.counts, claim.about, claim.value.unit) == (counts, "", unit)


@pytest.mark.parametrize(
    "sentence", ["It took three hills.", "Two brothers fell out.", "It was one of 12 assaults."]
)
def test_what_does_not_fight_is_not_counted(sentence):
    dossier = extract_dossier(read_document((LEAD + sentence).encode()))
    assert [c.anchor.quote for c in dossier.claims if c.rule == "count"] == []


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Colonel Elm of the Southern Republic rode out. Under Colonel Elm marched 300 men.",
         "strength.sr"),
        ("The Northern Army was met by a force of 400 Southern Republic soldiers.", "strength.sr"),
        ("The Northern Army attacked and killed 33 men.", "losses.sr.killed"),
        ("Some 90 men were lost to the Northern Army.", "losses.sr.lost_unspecified"),
        ("The Northern Army lost 30 captured or missing.", "losses.na.captured_or_missing"),
        ("In all 700 people died.", "losses.unknown.killed"),
    ],
)  # fmt: skip
def test_the_side_of_a_number(sentence, counts):
    dossier = extract_dossier(read_document((LEAD + sentence).encode()))
    assert [c.counts for c in dossier.claims if c.rule == "count"] == [counts]


def test_a_number_without_a_side_is_asked_and_weighs_nothing():
    dossier = extract_dossier(read_document((LEAD + "In all 700 people died.").encode()))
    (claim,) = [c for c in dossier.claims if c.rule == "count"]
    (question,) = [q for q in dossier.questions if q.topic == "side"]
    assert claim.about == ""
    assert {a.value for a in question.alternatives} == {"na", "sr", ""}
    assert claim.id in question.alternatives[0].claims


def test_a_number_in_a_reported_clause_is_held_by_the_reporter():
    text = LEAD + "General Oak reported that an 800-strong Northern Army detachment had attacked."
    dossier = extract_dossier(read_document(text.encode()))
    (claim,) = [c for c in dossier.claims if c.about.startswith("strength.")]
    assert claim.kind == "report"
    assert claim.holders[-1] == "oak"


def test_a_unit_or_a_day_does_not_count_the_whole_side():
    text = LEAD + (
        "The Northern Army had a force of 9,000 men. The Northern Army sent a force of 300 men."
    )
    dossier = extract_dossier(read_document(text.encode()))
    whole = [c.value.best for c in dossier.claims if c.about == "strength.na"]
    assert whole == [9000]
    assert 300 in [c.value.best for c in dossier.claims if c.rule == "count"]
