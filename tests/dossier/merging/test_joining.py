"""Several documents in one record: nothing dropped, the same recognised, the doubtful asked."""

from __future__ import annotations

from itertools import pairwise

import pytest

from inje.document import read_document
from inje.dossier import (
    Dossier,
    check_dossier,
    dossier_faults,
    extract_dossier,
    findings_to_text,
    gather_record,
    join_dossiers,
    load_dossier,
    save_record,
)
from inje.errors import OptionError

FORD = """Battle of Elm Ford

The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army at
Elm Ford. General Anna Holm commanded the Prussian Army. Colonel Otto Rehn commanded the Saxon Army.

The Prussian Army attacked with 1,200 men.[1] The Saxon Army lost 90 killed.[1] According to Rehn,
the Prussian Army lost 300 killed.

References
1. Brandt, Karl (1901). The War on the Elbe. Leipzig: Insel. p. 12.
"""
AGAIN = """The fight at Elm Ford

The Battle of Elm Ford, on 3 May 1862, was fought between the Saxon Army and the Prussian Army.
General Anna Holm commanded the Prussian Army. Colonel Rehn commanded the Saxon Army.

The Saxon Army attacked with 700 men.[1] The Saxon Army lost 240 killed.[1]

References
1. Brandt, Karl (1901). The War on the Elbe. Leipzig: Insel. p. 40.
"""


def drafted(text: str, name: str) -> Dossier:
    return extract_dossier(read_document(text.encode(), name=name))


@pytest.fixture(scope="module")
def two() -> Dossier:
    return extract_dossier(
        read_document(FORD.encode(), name="ford"), read_document(AGAIN.encode(), name="again")
    )


def assert_exact(dossier: Dossier) -> None:
    """Every quote stands at its span in the document that its anchor names."""
    texts = {text.id: text.original for text in dossier.texts}
    single = dossier.documents[0].id if len(dossier.documents) == 1 else None
    for claim in dossier.claims:
        if claim.anchor is not None:
            text = texts[claim.anchor.document or single]
            assert text[claim.anchor.start : claim.anchor.end] == claim.anchor.quote
    assert list(dossier_faults(dossier)) == []


def test_every_claim_of_both_is_there_with_its_own_document_and_voice(two):
    one, other = drafted(FORD, "ford"), drafted(AGAIN, "again")
    said = [(c.anchor.document, c.anchor.start, c.kind, c.value is None) for c in two.claims]
    expected = [
        (name, c.anchor.start, c.kind, c.value is None)
        for name, dossier in (("ford", one), ("again", other))
        for c in dossier.claims
    ]
    assert said == expected
    assert_exact(two)
    voices = {c.anchor.document: c.holders[0] for c in two.claims}
    assert voices == {"ford": "narrator", "again": "narrator_2"}


def test_the_sides_of_both_are_the_same_two(two):
    assert [side.id for side in two.battle.sides] == [
        side.id for side in drafted(FORD, "ford").battle.sides
    ]
    abouts = {c.about for c in two.claims if c.anchor.document == "again"}
    saxon = next(side.id for side in two.battle.sides if "Saxon" in side.name)
    assert f"losses.{saxon}.killed" in abouts


def test_the_work_that_both_cite_is_one(two):
    works = [source for source in two.sources if source.csl.get("title") == "The War on the Elbe"]
    assert len(works) == 2
    assert works[1].same_work == works[0].id


def test_works_that_only_resemble_each_other_stay_two():
    other = AGAIN.replace("The War on the Elbe", "Letters to a Daughter")
    both = extract_dossier(
        read_document(FORD.encode(), name="ford"), read_document(other.encode(), name="again")
    )
    assert [source.same_work for source in both.sources] == [None] * len(both.sources)


def test_a_full_name_is_one_person_and_a_surname_is_asked(two):
    holm = [entity for entity in two.entities if "Holm" in entity.name]
    assert len(holm) == 1
    rehn = [entity for entity in two.entities if "Rehn" in entity.name]
    assert len(rehn) == 2
    assert rehn[0].maybe_same_as == (rehn[1].id,)
    question = next(q for q in two.questions if "Rehn" in q.text)
    assert {a.value for a in question.alternatives} == {
        f"{rehn[1].id} is {rehn[0].id}", f"{rehn[1].id} is not {rehn[0].id}"
    }  # fmt: skip


def test_an_answer_takes_effect_when_the_record_is_read(two, tmp_path):
    path = tmp_path / "dossier.yaml"
    question = next(q for q in two.questions if "Rehn" in q.text)
    for answer, expected in (("is", True), ("is not", False)):
        value = next(a.value for a in question.alternatives if f" {answer} " in a.value)
        if answer == "is":
            value = next(a.value for a in question.alternatives if " is not " not in a.value)
        questions = tuple(
            q.model_copy(update={"answer": value}) if q.id == question.id else q
            for q in two.questions
        )
        answered = two.model_copy(update={"questions": questions}).with_texts(*two.texts)
        save_record(answered, path)
        rehn = [e for e in load_dossier(path).entities if "Rehn" in e.name]
        assert [bool(e.same_as) for e in rehn] == [expected, expected]
        assert [e.maybe_same_as for e in rehn] == [(), ()]


def test_contradictions_between_the_documents_are_found(two):
    rules = {found.rule for found in check_dossier(two)}
    assert "rival-attacker" in rules
    assert "documents-disagree" in rules
    alone = {found.rule for found in check_dossier(drafted(FORD, "ford"))}
    assert not alone & {"rival-attacker", "documents-disagree"}


def test_rival_attackers_of_two_documents_become_a_question(two):
    question = next(q for q in two.questions if q.topic == "attacker")
    assert {a.value for a in question.alternatives} == {side.id for side in two.battle.sides}
    assert two.battle.attacker is None


def test_a_finding_names_the_document_in_which_its_words_stand(two, tmp_path):
    paths = [tmp_path / "ford.txt", tmp_path / "again.txt"]
    for path, text in zip(paths, (FORD, AGAIN), strict=True):
        path.write_text(text, encoding="utf-8")
    made = gather_record(paths).dossier
    lines = findings_to_text(check_dossier(made), made).splitlines()
    there = 1 + next(i for i, row in enumerate(AGAIN.splitlines()) if "240 killed" in row)
    assert any(line.strip().startswith(f"{paths[1]}:{there}: “") for line in lines)
    assert not any(line.strip().startswith(f"{paths[0]}:{there}: “240") for line in lines)


def test_copied_wording_is_marked_and_asked_and_own_words_are_not(two):
    copy = FORD.replace("Battle of Elm Ford\n", "A lost battle\n", 1).replace("1,200", "1,250")
    both = extract_dossier(
        read_document(FORD.encode(), name="ford"), read_document(copy.encode(), name="copy")
    )
    voice = next(source for source in both.sources if source.id == "narrator_2")
    assert voice.copies == "narrator"
    assert any(q.topic == "copying" for q in both.questions)
    assert not any(q.topic == "copying" for q in two.questions)
    assert all(source.copies is None for source in two.sources)


def test_whoever_denies_the_copying_is_heard(two, tmp_path):
    copy = FORD.replace("Battle of Elm Ford\n", "A lost battle\n", 1)
    both = extract_dossier(
        read_document(FORD.encode(), name="ford"), read_document(copy.encode(), name="copy")
    )
    questions = tuple(
        q.model_copy(update={"answer": "narrator_2 does not copy narrator"})
        if q.topic == "copying"
        else q
        for q in both.questions
    )
    path = tmp_path / "dossier.yaml"
    save_record(both.model_copy(update={"questions": questions}).with_texts(*both.texts), path)
    assert all(source.copies is None for source in load_dossier(path).sources)


def test_a_third_document_joins_two(two):
    third = read_document(FORD.replace("1,200", "1,300").encode(), name="ford")
    three = extract_dossier(
        read_document(FORD.encode(), name="ford"),
        read_document(AGAIN.encode(), name="again"),
        third,
    )
    assert [info.id for info in three.documents] == ["ford", "again", "ford_2"]
    assert_exact(three)
    sizes = [0]
    for number in (1, 2, 3):
        names = {info.id for info in three.documents[:number]}
        sizes.append(sum(c.anchor.document in names for c in three.claims))
    assert all(after > before for before, after in pairwise(sizes))


def test_sides_that_do_not_match_are_asked_and_the_answer_joins_them(tmp_path):
    other = AGAIN.replace("Saxon Army", "Coalition").replace("Prussian Army", "League")
    other = other.replace("General Anna Holm", "General Ida Quist")
    both = extract_dossier(
        read_document(FORD.encode(), name="ford"), read_document(other.encode(), name="again")
    )
    asked = [q for q in both.questions if q.topic == "side"]
    assert asked
    assert len(both.battle.sides) > 2
    questions = tuple(
        q.model_copy(update={"answer": q.alternatives[0].value}) if q in asked else q
        for q in both.questions
    )
    path = tmp_path / "dossier.yaml"
    save_record(both.model_copy(update={"questions": questions}).with_texts(*both.texts), path)
    settled = load_dossier(path)
    assert len(settled.battle.sides) == 2
    assert_exact(settled)


def test_the_same_text_twice_counts_once(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(FORD, encoding="utf-8")
    gathered = gather_record([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert len(gathered.dossier.documents) == 1
    assert "not counted twice" in gathered.notes[0]


def test_two_files_of_one_name_are_two_documents(tmp_path):
    for folder, text in (("x", FORD), ("y", AGAIN)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "article.txt").write_text(text, encoding="utf-8")
    paths = [tmp_path / folder / "article.txt" for folder in ("x", "y")]
    made = gather_record(paths).dossier
    assert len(made.documents) == 2
    assert_exact(made)


def test_standard_input_can_be_read_only_once():
    with pytest.raises(OptionError, match="twice"):
        gather_record(["-", "-"])
    with pytest.raises(OptionError, match="nothing"):
        gather_record([])


def test_texts_on_two_battles_are_refused_and_a_wrong_year_is_not(tmp_path):
    texts = {
        "ford": FORD,
        "hill": FORD.replace("Elm Ford", "Long Hill").replace("1862", "1870"),
        "year": AGAIN.replace("1862", "1863"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(OptionError, match="one battle"):
        gather_record([tmp_path / "ford", tmp_path / "hill"])
    made = gather_record([tmp_path / "ford", tmp_path / "year"]).dossier
    assert "rival-date" in {found.rule for found in check_dossier(made)}


def test_practice_articles_on_one_battle_join(shared):
    paths = [shared / "articles" / f"pasted_Baku_{form}.txt" for form in ("kv", "wiki2")]
    made = gather_record(paths).dossier
    assert_exact(made)
    assert len(made.documents) == 2
    names = [entity.name for entity in made.entities if entity.kind == "person"]
    assert names.count("Nuri Pasha") == 1


def test_a_joined_record_is_the_same_after_a_round_through_its_file(two, tmp_path):
    path = tmp_path / "dossier.yaml"
    files = save_record(two, path)
    assert set(files) == {"dossier", "document-1", "document-2"}
    again = load_dossier(path)
    assert again.model_dump() == two.model_dump()
    assert [text.id for text in again.texts] == [text.id for text in two.texts]


def test_questions_on_certain_words_stay_apart():
    lines = "General Anna Holm met Colonel Otto Rehn. He said that the bridge was lost.\n\n"
    text = FORD.replace("References", lines * 2 + "References")
    alone = [q for q in drafted(text, "ford").questions if q.topic == "pronoun"]
    both = extract_dossier(
        read_document(text.encode(), name="ford"), read_document(AGAIN.encode(), name="again")
    )
    assert len([q for q in both.questions if q.topic == "pronoun"]) == len(alone) == 2


@pytest.mark.slow
def test_no_two_practice_articles_break_the_record_that_joins_them(shared):
    texts = sorted(p for p in (shared / "articles").iterdir() if p.suffix not in (".csv", ".md"))
    drafts = [extract_dossier(read_document(path)) for path in texts]
    for one, two in pairwise(drafts):
        both = join_dossiers(one, two)
        assert len(both.claims) == len(one.claims) + len(two.claims)
        assert_exact(both)


def test_an_answer_takes_effect_within_one_document_too(shared, tmp_path):
    seed = extract_dossier(read_document(shared / "seed" / "inje-qalaburun.txt"))
    asked = next(q for q in seed.questions if q.topic == "identity")
    questions = tuple(
        q.model_copy(update={"answer": asked.alternatives[1].value}) if q is asked else q
        for q in seed.questions
    )
    path = tmp_path / "dossier.yaml"
    save_record(seed.model_copy(update={"questions": questions}).with_texts(*seed.texts), path)
    found = {e.id: e.same_as for e in load_dossier(path).entities if e.same_as}
    assert found == {"ahmad": ("ahmadi",), "ahmadi": ("ahmad",)}
    assert "name-variant" not in {f.rule for f in check_dossier(load_dossier(path))}
