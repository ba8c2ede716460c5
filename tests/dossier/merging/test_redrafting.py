"""A new draft in a corrected record: whatever a person decided is still there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inje.document import read_document
from inje.dossier import (
    AnchorRecord,
    Claim,
    Dossier,
    compare_dossiers,
    dossier_faults,
    extract_dossier,
    load_dossier,
    merge_draft,
    merge_sources,
    save_record,
)

LINES = [
    "Battle of Elm Ford",
    "",
    "The Battle of Elm Ford was fought on 3 May 1862 between the Prussian Army and the Saxon Army.",
    "General Anna Holm commanded the Prussian Army. Colonel Otto Rehn commanded the Saxon Army.",
    "",
    "The Prussian Army attacked with 1,200 men.[1] The Saxon Army lost 90 killed.[1]",
    "",
    "According to Rehn, the Prussian Army lost 300 killed. Holm reported that the Saxon Army "
    "had 2,000 men.",
    "",
    "References",
    "1. Brandt, Karl (1901). The War on the Elbe. Leipzig: Insel. p. 12.",
]
ARTICLE = "\n".join(LINES) + "\n"


def drafted(text: str) -> Dossier:
    return extract_dossier(read_document(text.encode(), name="ford", uri="ford.txt"))


@pytest.fixture(scope="module")
def draft() -> Dossier:
    return drafted(ARTICLE)


def with_claims(dossier: Dossier, claims: object) -> Dossier:
    return dossier.model_copy(update={"claims": tuple(claims)}).with_texts(*dossier.texts)


def assert_sound(dossier: Dossier) -> None:
    texts = {text.id: text.original for text in dossier.texts}
    first = dossier.documents[0].id
    for claim in dossier.claims:
        if claim.anchor is not None:
            text = texts[claim.anchor.document or first]
            assert text[claim.anchor.start : claim.anchor.end] == claim.anchor.quote
    assert list(dossier_faults(dossier)) == []


def content(claim: Claim) -> dict[str, object]:
    """A claim without its place, which follows the text."""
    quote = claim.anchor.quote if claim.anchor else None
    return {**claim.model_dump(exclude={"anchor", "cue"}), "quote": quote}


def test_the_same_text_again_changes_nothing(draft):
    merged = merge_draft(draft, drafted(ARTICLE))
    assert merged.dossier.model_dump() == draft.model_dump()
    assert merged.notes == ()


DECISIONS = st.sampled_from(["confirmed", "edited", "rejected"])
EDITS = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "before", "number", "word", "none"]),
        st.integers(0, len(LINES) - 1),
    ),
    max_size=5,
)


def edited(edits: list[tuple[str, int]]) -> str:
    """The article as its editors leave it: lines dropped, repeated, changed. Its frame stays."""
    lines = list(LINES)
    for what, at in edits:
        i = max(3, min(at, len(lines) - 1))
        if what == "drop":
            del lines[i]
        elif what == "double":
            lines.insert(i, lines[i])
        elif what == "before":
            lines.insert(i, "The weather was bad.")
        elif what == "number":
            lines[i] = lines[i].replace("1,200", "1,400").replace("90", "95")
        elif what == "word":
            lines[i] = lines[i].replace("Rehn", "Rehner").replace("lost", "had lost")
        if len(lines) < 6:
            break
    return "\n".join(lines) + "\n"


@settings(max_examples=15)
@given(data=st.data(), edits=EDITS)
def test_no_reviewed_claim_is_lost_whatever_becomes_of_the_article(draft, data, edits):
    claims = list(draft.claims)
    chosen = data.draw(st.sets(st.integers(0, len(claims) - 1), max_size=8))
    for i in sorted(chosen):
        status = data.draw(DECISIONS)
        about = claims[i].about if status != "edited" else ""
        claims[i] = claims[i].model_copy(update={"status": status, "about": about, "value": None})
    own = Claim(id="mine", kind="fact", holders=("narrator",), summary="seen in the archive")
    kept = with_claims(draft, [*claims, own])
    merged = merge_draft(kept, drafted(edited(edits))).dossier
    after = {claim.id: claim for claim in merged.claims}
    for claim in kept.claims:
        if claim.status != "drafted" or claim.id == "mine":
            assert content(after[claim.id]) == content(claim)
    assert_sound(merged)
    again = merge_draft(merged, drafted(edited(edits))).dossier
    assert {c.id: content(c) for c in again.claims} == {c.id: content(c) for c in merged.claims}


def test_a_rejected_claim_does_not_come_back(draft):
    lost = next(c for c in draft.claims if c.about.startswith("losses."))
    kept = with_claims(
        draft,
        (c.model_copy(update={"status": "rejected"}) if c is lost else c for c in draft.claims),
    )
    merged = merge_draft(kept, drafted("A line more.\n" + ARTICLE)).dossier
    same = [
        c for c in merged.claims if c.about == lost.about and c.anchor.quote == lost.anchor.quote
    ]
    assert [c.status for c in same] == ["rejected"]


def test_an_edit_without_a_status_counts_as_one(draft):
    lost = next(c for c in draft.claims if c.about.startswith("losses."))
    kept = with_claims(
        draft,
        (c.model_copy(update={"kind": "belief"}) if c is lost else c for c in draft.claims),
    )
    merged = merge_draft(kept, drafted(ARTICLE.replace("1,200", "1,300"))).dossier
    assert next(c for c in merged.claims if c.id == lost.id).kind == "belief"


def test_a_claim_deleted_by_hand_stays_deleted(draft):
    lost = next(c for c in draft.claims if c.about.startswith("losses."))
    kept = with_claims(draft, (c for c in draft.claims if c is not lost))
    merged = merge_draft(kept, drafted(ARTICLE))
    assert [c.about for c in merged.dossier.claims] == [c.about for c in kept.claims]
    assert any("deleted" in note for note in merged.notes)


def test_words_that_are_gone_keep_their_claim_and_their_former_text(draft):
    strength = next(c for c in draft.claims if c.about.startswith("strength.") and c.value)
    kept = with_claims(
        draft,
        (
            c.model_copy(update={"status": "confirmed"}) if c is strength else c
            for c in draft.claims
        ),
    )
    text = ARTICLE.replace(strength.anchor.quote, strength.anchor.quote.replace("1,200", "1,400"))
    merged = merge_draft(kept, drafted(text))
    assert [info.id for info in merged.dossier.documents] == ["ford", "ford-before"]
    assert_sound(merged.dossier)
    assert strength.id in merged.notes[0]
    told = compare_dossiers(kept, merged.dossier)
    assert told.of("documents", "added")
    values = [c.value.best for c in merged.dossier.claims if c.about == strength.about and c.value]
    assert {1200, 1400} <= set(values)


def test_what_nobody_touched_follows_the_article(draft):
    merged = merge_draft(draft, drafted(ARTICLE.replace("90 killed", "95 killed"))).dossier
    killed = [c.value.best for c in merged.claims if c.about == "losses.saxon_army.killed"]
    assert killed == [95]
    assert len(merged.documents) == 1
    assert_sound(merged)


def test_letters_answers_and_corrected_people_survive(draft):
    sources = tuple(s.model_copy(update={"reliability": "C"}) for s in draft.sources)
    entities = tuple(
        e.model_copy(update={"name": "Anna von Holm"}) if "Holm" in e.name else e
        for e in draft.entities
    )
    battle = draft.battle.model_copy(update={"title": "The fight at the ford"})
    kept = draft.model_copy(
        update={"sources": sources, "entities": entities, "battle": battle, "ignore": ("uncited",)}
    ).with_texts(*draft.texts)
    merged = merge_draft(kept, drafted("A new first line.\n" + ARTICLE)).dossier
    assert [s.reliability for s in merged.sources] == ["C"] * len(sources)
    assert "Anna von Holm" in [e.name for e in merged.entities]
    assert merged.battle.title == "The fight at the ford"
    assert merged.ignore == ("uncited",)
    assert_sound(merged)


def test_one_document_of_several_is_drafted_anew():
    other = ARTICLE.replace("Battle of Elm Ford", "Fight of Elm Ford", 1).replace("1,200", "1,900")
    both = extract_dossier(
        read_document(ARTICLE.encode(), name="ford", uri="ford.txt"),
        read_document(other.encode(), name="fight", uri="fight.txt"),
    )
    claims = [
        c.model_copy(update={"status": "confirmed"}) if c.anchor.document == "fight" else c
        for c in both.claims
    ]
    kept = with_claims(both, claims)
    merged = merge_draft(kept, drafted(ARTICLE.replace("90 killed", "95 killed"))).dossier
    assert [info.id for info in merged.documents] == ["ford", "fight"]
    assert [content(c) for c in merged.claims if c.anchor.document == "fight"] == [
        content(c) for c in kept.claims if c.anchor.document == "fight"
    ]
    assert 95 in [c.value.best for c in merged.claims if c.about.endswith(".killed")]
    assert_sound(merged)


def test_a_text_of_another_name_is_joined_and_not_taken_for_a_version(draft):
    other = read_document(
        b"Battle of Elm Ford\n\nThe Battle of Elm Ford was fought between the Prussian Army and "
        b"the Saxon Army. The Saxon Army lost 30 killed.\n",
        name="diary",
    )
    merged = merge_draft(draft, extract_dossier(other)).dossier
    assert len(merged.documents) == 2
    assert len(merged.claims) == len(draft.claims) + len(extract_dossier(other).claims)


def test_comments_in_the_file_survive_a_merge(tmp_path):
    article = tmp_path / "ford.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    path = tmp_path / "dossier.yaml"
    save_record(extract_dossier(read_document(article)), path)
    text = path.read_text(encoding="utf-8")
    marked = text.replace("\nclaims:\n", "\n# looked through on Monday\nclaims:\n  # the title\n")
    marked = marked.replace("\nbattle:\n", "\nbattle:  # the frame\n")
    path.write_text(marked, encoding="utf-8")
    article.write_text(ARTICLE.replace("90 killed", "95 killed"), encoding="utf-8")
    save_record(merge_sources(load_dossier(path), [article]).dossier, path)
    after = path.read_text(encoding="utf-8")
    for comment in ("# looked through on Monday", "# the title", "# the frame"):
        assert comment in after
    assert "95 killed" in after
    assert_sound(load_dossier(path))


def test_a_remark_behind_a_value_survives_too_and_in_another_file(tmp_path):
    article = tmp_path / "ford.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    path, target = tmp_path / "dossier.yaml", tmp_path / "later.yaml"
    save_record(extract_dossier(read_document(article)), path)
    text = path.read_text(encoding="utf-8")
    (line,) = [one for one in text.splitlines() if one.endswith("90 killed}")]
    (number,) = [one for one in text.splitlines() if "value: {low: 90," in one]
    marked = text.replace(line, f"{line}  # as in the diary").replace(number, f"{number} # sure?")
    path.write_text(marked, encoding="utf-8")
    article.write_text("Of the ford.\n\n" + ARTICLE, encoding="utf-8")
    merged = merge_sources(load_dossier(path), [article]).dossier
    save_record(merged, target, like=path)
    after = target.read_text(encoding="utf-8").splitlines()
    assert f"{number}  # sure?" in after  # nothing but the anchor is new
    assert "  # as in the diary" in after  # its line is new, so it stands above the claim
    assert path.read_text(encoding="utf-8") == marked
    assert_sound(load_dossier(target))


def test_nearly_the_same_words_under_another_name_are_a_newer_version(draft):
    words = "In the evening of the same day General Holm wrote to the king that all was well. "
    newer = read_document((ARTICLE + words).encode(), name="revision 7", uri="https://a.example/7")
    merged = merge_draft(draft, extract_dossier(newer))
    assert [info.uri for info in merged.dossier.documents][:1] == ["https://a.example/7"]
    assert any("taken for a newer version" in note for note in merged.notes)
    assert merged.dossier.battle == draft.battle


def test_a_claim_by_hand_on_selected_words_moves_with_them(draft):
    at = ARTICLE.index("Otto Rehn")
    own = Claim(
        id="mine",
        kind="fact",
        holders=("narrator",),
        anchor=AnchorRecord(start=at, end=at + 9, quote="Otto Rehn"),
        status="edited",
    )
    merged = merge_draft(
        with_claims(draft, [*draft.claims, own]), drafted("More.\n" + ARTICLE)
    ).dossier
    mine = next(c for c in merged.claims if c.id == "mine")
    assert mine.anchor.start == at + 6


QUICK = ("nps_svs3-1.html", "pasted_Kut_table.txt", "wt_Battle_of_Abritus.wikitext")


def unchanged(path: Path) -> bool:
    draft = extract_dossier(read_document(path))
    return merge_draft(draft, draft).dossier.model_dump() == draft.model_dump()


@pytest.mark.parametrize("name", QUICK)
def test_a_practice_article_merged_with_itself_is_itself(shared, name):
    assert unchanged(shared / "articles" / name)


@pytest.mark.slow
def test_every_practice_article_merged_with_itself_is_itself(shared):
    texts = sorted(p for p in (shared / "articles").iterdir() if p.suffix not in (".csv", ".md"))
    assert [path.name for path in texts if not unchanged(path)] == []
    assert len(texts) > 30
