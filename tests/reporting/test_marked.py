"""Text cut into pieces: nothing lost, every claim over its own words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.reporting.made_up import document, dossier

from inje.document import Anchor, Block, Document, Mark, Run
from inje.dossier import AnchorRecord, Claim
from inje.reporting._marked import marked_blocks

WORDS = "abc defg hi jklmn opq rstuv wx yz. "


@st.composite
def texts(draw: st.DrawFn) -> tuple[Document, list[Claim]]:
    """A document some of whose original characters were deleted, and claims anywhere."""
    original = WORDS * 3
    dropped = draw(st.sets(st.integers(0, len(original) - 1), max_size=12))
    kept = [i for i in range(len(original)) if i not in dropped]
    runs = [Run(clean, place, 1) for clean, place in enumerate(kept)]
    text = "".join(original[i] for i in kept)
    cuts = sorted(draw(st.sets(st.integers(1, len(text) - 1), max_size=4)))
    edges = [0, *cuts, len(text)]
    blocks = [Block("paragraph", a, b) for a, b in pairwise(edges) if b - a > 2]
    notes = draw(st.lists(st.integers(0, len(text)), max_size=3))
    marks = [Mark("citation", n, n, str(i), Anchor(0, 1, "a")) for i, n in enumerate(notes)]
    claims = []
    for i in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(original) - 2))
        end = draw(st.integers(start + 1, len(original)))
        anchor = AnchorRecord(start=start, end=end, quote=original[start:end])
        claims.append(Claim(id=f"c{i}", kind="fact", holders=("n",), anchor=anchor))
    found = Document("d", "d", "d", "text/plain", original, text, tuple(runs), tuple(blocks),
                     tuple(marks))  # fmt: skip
    return found, claims


@given(texts())
def test_pieces_hold_the_whole_text_and_each_claim_its_words(
    drawn: tuple[Document, list[Claim]],
) -> None:
    text, claims = drawn
    blocks = marked_blocks(text, claims)
    shown = "".join(piece.text for block in blocks for piece in block.pieces)
    assert shown.replace(" ", "") == text.text.replace(" ", "")
    for claim in claims:
        anchor = claim.anchor
        assert anchor is not None
        mine = [p.text for b in blocks for p in b.pieces if claim.id in p.claims]
        places = [r.original for r in text.runs if anchor.start <= r.original < anchor.end]
        words = "".join(text.original[i] for i in places)
        assert "".join(mine).replace(" ", "") == words.replace(" ", "")
        begun = [p for b in blocks for p in b.pieces if claim.id in p.begins]
        assert len(begun) == (1 if mine else 0)
    notes = [p.note for b in blocks for p in b.pieces if p.note]
    assert len(notes) == len(set(notes))


def test_the_innermost_claim_comes_first() -> None:
    text = document()
    pieces = [p for b in marked_blocks(text, dossier(text).claims) for p in b.pieces]
    inner = next(p for p in pieces if p.text == "some 600 men")
    assert inner.claims == ("strength", "report")
    both = next(p for p in pieces if p.text.startswith("League had attacked"))
    assert set(both.claims) == {"where", "report"}


def test_a_claim_of_another_version_of_the_text_marks_nothing() -> None:
    text = document()
    anchor = AnchorRecord(start=0, end=5, quote="other")
    claim = Claim(id="x", kind="fact", holders=("n",), anchor=anchor)
    assert not any(p.claims for b in marked_blocks(text, [claim]) for p in b.pieces)
