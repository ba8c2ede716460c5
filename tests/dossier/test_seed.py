"""The seed against its hand-made annotation: stricter than the check of the same gold."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from inje.chronology import format_day, parse_edtf
from inje.document import read_document
from inje.dossier import dossier_faults, extract_dossier

#: the gold's words for kinds, in ours
KINDS = {
    "claim_intent": {"intention"},
    "claim_statement": {"statement"},
    "claim_attitude": {"belief"},
    "claim_emphasis": {"belief"},
    "claim_directive": {"order"},
    "claim_order": {"order"},
    "claim_report": {"report"},
    "claim_intelligence": {"report"},
    "claim_fear": {"fear"},
    "claim_presentation": {"presentation"},
    "claim_proposal": {"proposal"},
    "claim_quotation": {"quotation"},
    "claim_belief": {"belief"},
}
DATES = ["d1", "d2", "d3", "d4", "d5", "d6", "d7", "d9", "d10", "d11", "d12"]


@pytest.fixture(scope="module")
def gold(shared):
    return YAML(typ="safe").load(shared / "gold" / "seed.yaml")


@pytest.fixture(scope="module")
def document(shared):
    return read_document(shared / "seed" / "inje-qalaburun.txt")


@pytest.fixture(scope="module")
def dossier(document):
    return extract_dossier(document)


def overlap(span, anchor):
    return max(0, min(span[1], anchor.end) - max(span[0], anchor.start))


def names_of(dossier, claim):
    names = {entity.id: entity.name for entity in dossier.entities}
    return " ".join(names[holder] for holder in claim.holders[1:])


def test_every_must_find_item_has_a_claim_of_its_own(gold, dossier):
    items = {item["id"]: item for item in gold["items"]}
    taken: set[str] = set()
    missing = []
    for key in gold["acceptance"]["must_find"]["items"]:
        item = items[key]
        inside = [
            c
            for c in dossier.claims
            if c.id not in taken
            and c.anchor is not None
            and item["sentence_span"][0] - 1 <= c.anchor.start
            and c.anchor.end <= item["sentence_span"][1] + 1
            and overlap(item["span"], c.anchor) > 0
            and (item["kind"] == "fact" or c.kind in KINDS[item["kind"]])
        ]
        if inside:
            taken.add(max(inside, key=lambda c: overlap(item["span"], c.anchor)).id)
        else:
            missing.append(key)
    assert not missing


def test_attributed_claims_have_the_right_kind_holder_and_span(gold, dossier):
    wrong = []
    for item in gold["items"]:
        if item["kind"] == "fact":
            continue
        best = max(
            (c for c in dossier.claims if c.kind in KINDS[item["kind"]]),
            key=lambda c: overlap(item["span"], c.anchor) / (c.anchor.end - c.anchor.start + 1),
            default=None,
        )
        if best is None or overlap(item["span"], best.anchor) < 0.6 * (
            item["span"][1] - item["span"][0]
        ):
            wrong.append(f"{item['id']}: span")
            continue
        who = item["asserter"] if isinstance(item["asserter"], list) else [item["asserter"]]
        for holder in who:
            if holder in gold["entities"]:
                name = gold["entities"][holder]["name"].split()[-1]
                if name not in names_of(dossier, best):
                    wrong.append(f"{item['id']}: {name} does not hold {best.id}")
    assert not wrong


def test_cue_words_are_anchored(gold, dossier):
    cues = {(c.cue.start, c.cue.end): c.cue.quote for c in dossier.claims if c.cue is not None}
    want = [i["cue"] for i in gold["items"] if "cue" in i and i["cue"]["text"] != "declared"]
    missed = [
        cue["text"]
        for cue in want
        if not any(start < cue["span"][1] and cue["span"][0] < end for start, end in cues)
    ]
    assert missed == []


def test_all_dates_have_the_bounds_of_the_gold(gold, document):
    from inje.dossier.drafting._dates import Chronicle
    from inje.dossier.drafting._passages import Passages

    chronicle = Chronicle(document, Passages(document))
    found = {document.to_original(d.start): d for d in chronicle.dates}
    for date in gold["dates"]:
        if date["id"] not in DATES:
            continue
        ours = found[date["span"][0]]
        want = parse_edtf(date["edtf"])
        assert ours.span is not None, date["id"]
        assert (ours.span.earliest, ours.span.latest) == (want.earliest, want.latest), date["id"]
        assert ("year" in ours.span.inherited) == ("inferred" in date), date["id"]


def test_no_date_of_the_record_comes_from_the_references(dossier):
    bounds = [c.when for c in dossier.claims if c.when] + [e.when for e in dossier.events if e.when]
    years = {int(when.earliest[:4]) for when in bounds}
    assert years <= {1944, 1945, 1946}


def test_numbers_have_value_role_side_and_holder(dossier):
    told = {
        (c.about, c.value.best): (c.holders, c.value.vagueness)
        for c in dossier.claims
        if c.about.startswith(("strength", "losses", "duration"))
    }
    assert told == {
        ("strength.iran", 800): (("narrator", "azimi"), "rounded"),
        ("losses.ang.killed_or_wounded", 15): (("narrator",), "exact"),
        ("losses.iran.lost_unspecified", 8): (("narrator",), "exact"),
        ("duration", 4): (("narrator",), "exact"),
    }


def test_citation_markers_are_linked_to_their_sentences(gold, document, dossier):
    sources = {source.id: source for source in dossier.sources}
    assert len(sources) == 5
    assert [m.target for m in document.marks] == ["1", "2", "3", "4", "5", "5"]
    direct = {
        c.anchor.quote[:20]: [link.source[:2] for link in c.citations]
        for c in dossier.claims
        if c.citations and c.citations[0].scope == "sentence"
    }
    assert direct["lost 8 personnel"] == ["r4"]
    assert direct["without military for"] == ["r5"]
    assert direct["strongly opposed in "] == ["r1", "r2"]
    same = {source.id[:2]: (source.same_work or source.id)[:2] for source in sources.values()}
    assert same == {"r1": "r1", "r2": "r2", "r3": "r2", "r4": "r2", "r5": "r2"}


def test_locators_are_pages_as_printed(dossier):
    assert [s.csl.get("locator") for s in dossier.sources] == [
        "2009", None, "281", "281–282", "282"
    ]  # fmt: skip


def test_rivals_are_questions(dossier):
    topics = {question.topic for question in dossier.questions}
    assert {"attacker", "instigator", "duration", "places", "identity", "stance"} <= topics
    assert len(dossier.questions) <= 15


def test_the_battle_block_is_filled(dossier):
    battle = dossier.battle
    assert battle.title == "Battles of Inje and Qalaburun"
    assert battle.part_of == "Azerbaijan crisis of 1946"
    assert battle.when is not None
    assert battle.when.edtf == "1946-04-17/1946-04-21"
    assert set(battle.places) == {"inje", "qalaburun", "miyanbulaq"}
    assert {side.id for side in battle.sides} == {"iran", "ang"}
    assert battle.attacker is None
    assert battle.result == "The victory of the National Government of Azerbaijan"


def test_persons_stand_on_their_sides(dossier):
    sides = {entity.name: entity.side for entity in dossier.entities if entity.kind == "person"}
    assert sides["General Azimi"] == sides["Jafar Kavian"] == sides["Ja'far Pishevari"] == "ang"
    assert sides["Ahmad"] == sides["Qavam as-Saltaneh"] == "iran"
    assert sides["Stalin"] is None
    assert sides["Mir Jafar Baghirov"] is None
    iran = next(side for side in dossier.battle.sides if side.id == "iran")
    assert iran.commanders == ()


def test_different_men_stay_different(dossier):
    names = [e.name for e in dossier.entities if e.kind == "person"]
    assert len([n for n in names if re.search(r"Ja'?far", n)]) == 3
    ahmad = next(e for e in dossier.entities if e.name == "Ahmad")
    assert ahmad.same_as == ()
    assert ahmad.maybe_same_as == ("ahmadi",)


def test_spellings_of_one_place_are_one_place(dossier):
    inje = next(e for e in dossier.entities if e.id == "inje")
    assert {name.text for name in inje.names} == {"Inje", "Incə", "Inja"}


def test_control_is_claimed_place_by_place_at_the_end(dossier):
    control = {(c.about, c.value.best) for c in dossier.claims if c.about.startswith("control.")}
    assert control == {
        ("control.inje@1946-04-21", "ang"),
        ("control.qalaburun@1946-04-21", "ang"),
        ("control.miyanbulaq@1946-04-21", "ang"),
    }


def test_an_undated_letter_stays_undated(dossier):
    letter = next(e for e in dossier.events if "correspondence" in e.label)
    assert letter.when is None


def test_reinforcements_are_an_event_and_a_gap(dossier):
    assert any(e.label.startswith("reinforcements") for e in dossier.events)
    gaps = {gap.about for gap in dossier.gaps}
    assert {"strength.ang", "strength.reinforcements", "losses.ang.killed"} <= gaps
    assert "strength.iran" not in gaps


def test_events_know_their_order(dossier):
    at = {event.id: k for k, event in enumerate(dossier.events)}
    for event in dossier.events:
        assert all(at[earlier] < at[event.id] for earlier in (*event.after, *event.during))


def test_the_record_is_whole(dossier):
    assert list(dossier_faults(dossier)) == []


def test_the_day_after_the_report_is_the_18th(dossier):
    day = next(e for e in dossier.events if e.label.startswith("The next day"))
    assert day.when is not None
    assert day.when.earliest == format_day(parse_edtf("1946-04-18").earliest)


def test_the_record_asks_little_and_places_nothing_of_its_own(dossier):
    assert 0 < len(dossier.questions) <= 15
    assert [e.id for e in dossier.entities if e.coordinates is not None] == []


def longest_common_run(one: str, other: str) -> int:
    """Words in a row that two texts share."""
    first, second = (re.findall(r"[\w'’]+", text.lower()) for text in (one, other))
    longest, before = 0, [0] * (len(second) + 1)
    for word in first:
        row = [0, *(k + 1 if word == w else 0 for k, w in zip(before, second, strict=False))]
        longest, before = max(longest, *row), row
    return longest


def test_the_example_tells_the_same_battle_in_its_own_words(shared, root):
    """Names and offices may run alike; sentences may not. The list of references is the same."""
    seed = (shared / "seed" / "inje-qalaburun.txt").read_text(encoding="utf-8")
    ours = (root / "examples" / "inje-1946" / "article.md").read_text(encoding="utf-8")
    prose = [text.rpartition("References")[0] for text in (seed, ours)]
    assert longest_common_run("the hall was full", "a hall was full of smoke") == 3
    assert 0 < longest_common_run(*prose) < 8
    works = [text.rpartition("References")[2] for text in (seed, ours)]
    assert longest_common_run(*works) > 80
