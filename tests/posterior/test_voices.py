"""From a record to witnesses: through whom a claim came, what is said again, who copied whom."""

from __future__ import annotations

import numpy as np
import pytest

from inje.dossier import (
    AnchorRecord,
    CitationLink,
    Claim,
    Dossier,
    Entity,
    ObservablePath,
    Source,
    Value,
)
from inje.posterior import Setting, compile_claims, tracking_table
from inje.posterior._compilation import COPIED, RESTATED, interests_of, setting_of
from inje.posterior._counts import COUNTS
from inje.posterior._tracking import DENSE, EXACT, Exaggeration, Span
from inje.scenario import Clock, Engagement, Force, Place, Prior, Quantity, Scenario, Side

ASSUMED = {"assumed": "a test"}
LAST = "1946-04-21"
COLUMNS = (
    "strength.red", "losses.red.killed", "winner", f"control.hill@{LAST}", f"control.ford@{LAST}",
    "control.hill@1946-04-19",
)  # fmt: skip
SIDES = ("red", "blue", "none")
LABELS = {name: SIDES for name in COLUMNS if name.startswith(("winner", "control"))}
STAND = Quantity(value=300, **ASSUMED)


def scenario(*contested, clock=(), strengths=(STAND, STAND)):
    places = [Place(id=name, name=name, contested=name in contested) for name in ("hill", "ford")]
    return Scenario(
        title="a test",
        clock=Clock(start="1946-04-17", end=LAST, claims=clock),
        sides=(Side(id="red", name="Red"), Side(id="blue", name="Blue")),
        places=tuple(places),
        forces=tuple(
            Force(id=side, side=side, place="hill", strength=own)
            for side, own in zip(("red", "blue"), strengths, strict=True)
        ),
        engagements=(
            Engagement(
                id="e", place="hill", sides=("red", "blue"),
                rates={side: Quantity(value=0.01, **ASSUMED) for side in ("red", "blue")},
            ),
        ),
    )  # fmt: skip


def claim(id_, about, best, *, kind="fact", holders=("narrator",), cites=(), document="", **more):
    anchor = AnchorRecord(document=document, start=0, end=1, quote="x") if document else None
    links = tuple(CitationLink(source=source, scope=scope) for source, scope in cites)
    return Claim(
        id=id_, kind=kind, holders=holders, about=about, value=Value(best=best), citations=links,
        anchor=anchor, **more,
    )  # fmt: skip


ENTITIES = (
    Entity(id="narrator", kind="narrator", name="the article"),
    Entity(id="azimi", kind="person", name="General Azimi", side="blue"),
    Entity(id="aide", kind="person", name="an aide", interest="red", side="blue"),
)
SOURCES = (
    Source(id="book", title="A book", reliability="A"),
    Source(id="paper", title="A paper", interest="red"),
)


def attested(*claims, contested=("hill",), sources=SOURCES, entities=ENTITIES, clock=()):
    """By claim, how it came; and the model."""
    record = Dossier(sources=sources, entities=entities, claims=claims)
    model = compile_claims(record, scenario(*contested, clock=clock), COLUMNS, LABELS)
    return {item.id: item.attestation for item in model.claims}, model


def hands(attestation):
    return [attestation.holder, *(name for name, _ in attestation.carriers)]


# ---- through whom ----


@pytest.mark.parametrize(
    ("holders", "cites", "expected"),
    [
        (("narrator",), (), ["narrator"]),
        (("narrator",), (("book", "paragraph"),), ["book", "narrator"]),
        (("narrator", "azimi"), (("book", "section"),), ["azimi", "book", "narrator"]),
        (("narrator", "azimi", "aide"), (), ["aide", "azimi", "narrator"]),
        (("azimi",), (), ["azimi"]),
        (
            ("narrator",),
            (("book", "section"), ("paper", "sentence")),
            ["paper", "narrator"],
        ),
        (
            ("narrator",),
            (("book", "paragraph"), ("paper", "section")),
            ["book", "narrator"],
        ),
        (("narrator", "book"), (("book", "sentence"),), ["book", "narrator"]),
    ],
)
def test_a_claim_comes_from_within_and_the_nearest_citation_carries_it(holders, cites, expected):
    found, _ = attested(claim("c", "strength.red", 800, holders=holders, cites=cites))
    assert hands(found["c"]) == expected


def test_those_who_are_the_same_have_one_name():
    entities = (*ENTITIES, Entity(id="general", kind="person", name="A.", same_as=("azimi",)))
    sources = (*SOURCES, Source(id="reprint", title="A book", same_work="book"))
    found, model = attested(
        claim("c", "strength.red", 800, holders=("narrator", "general"),
              cites=(("reprint", "sentence"),)),
        entities=entities, sources=sources,
    )  # fmt: skip
    assert hands(found["c"]) == ["azimi", "book", "narrator"]
    assert model.letters == {"azimi": None, "book": "A", "narrator": "B"}


def test_an_interest_is_declared_or_that_of_a_side():
    record = Dossier(sources=SOURCES, entities=ENTITIES)
    names = ("narrator", "azimi", "aide", "book", "paper", "nobody")
    assert interests_of(record, names) == {
        "narrator": None, "azimi": "blue", "aide": "red", "book": None, "paper": "red",
        "nobody": None,
    }  # fmt: skip


# ---- said again ----


def test_what_the_same_voice_says_again_in_a_document_is_no_second_witness():
    found, _ = attested(
        claim("a", "strength.red", 800, document="first"),
        claim("b", "strength.red", 800, document="first"),
        claim("c", "strength.red", 900, document="first"),
        claim("d", "strength.red", 800, document="second"),
        claim("e", "strength.red", 800, document="first", holders=("narrator", "azimi")),
    )
    again = found["b"]
    assert (again.original, again.copying, again.repeats) == ("a", RESTATED, True)
    assert all(found[name].original == "" for name in ("a", "c", "d", "e"))
    assert all(found[name].copying == 0 for name in ("a", "c", "d", "e"))


@pytest.mark.parametrize(
    ("contested", "other", "same"),
    [
        (("hill",), f"control.hill@{LAST}", True),
        (("hill",), "control.hill@1946-04-19", False),
        (("hill", "ford"), f"control.hill@{LAST}", False),
    ],
)
def test_where_one_field_is_fought_for_who_holds_it_at_the_end_has_won(contested, other, same):
    found, _ = attested(
        claim("won", "winner", "red", document="d"),
        claim("held", other, "red", document="d"),
        contested=contested,
    )
    assert found["held"].original == ("won" if same else "")


def test_a_box_says_in_the_narrators_voice_what_the_body_has_from_a_work():
    """Of an outcome the work is no other voice; of a count it is."""
    cites = (("book", "sentence"),)
    found, _ = attested(
        claim("body", "winner", "red", document="d", cites=cites),
        claim("box", f"control.hill@{LAST}", "red", document="d"),
        claim("many", "strength.red", 800, document="d", cites=cites),
        claim("few", "strength.red", 800, document="d"),
        claim("he", "winner", "red", document="d", holders=("narrator", "azimi")),
    )
    assert found["box"].original == "body"
    assert found["few"].original == found["he"].original == ""


# ---- restated and copied ----


def test_a_restatement_of_a_restatement_leans_on_what_weighs():
    found, _ = attested(
        claim("lead", "strength.red", 800, restates="idle", document="a"),
        claim("idle", "arrival.nobody", 2, restates="body", document="b"),
        claim("body", "strength.red", 800, document="c"),
    )
    assert (found["lead"].original, found["lead"].copying) == ("body", RESTATED)
    assert found["lead"].repeats
    assert "idle" not in found


def test_restatements_in_a_circle_lean_on_nothing():
    found, _ = attested(
        claim("a", "arrival.nobody", 2, restates="b", document="a"),
        claim("b", "arrival.nobody", 2, restates="a", document="b"),
        claim("c", "strength.red", 800, restates="a", document="c"),
    )
    assert (found["c"].original, found["c"].copying, found["c"].repeats) == ("", 0.0, False)


def test_a_work_that_copies_another_leans_on_what_agrees_best():
    sources = (*SOURCES, Source(id="copy", title="A copy", copies="book"))
    claims = (
        claim("copied", "strength.red", 800, cites=(("copy", "sentence"),), document="z"),
        claim("other", "strength.red", 900, cites=(("book", "sentence"),), document="x"),
        claim("same", "strength.red", 800, cites=(("book", "sentence"),), document="y"),
        claim("lost", "losses.red.killed", 80, cites=(("copy", "sentence"),), document="z"),
    )
    found, _ = attested(*claims, sources=sources)
    copied = found["copied"]
    assert (copied.original, copied.copying, copied.repeats) == ("same", COPIED, True)
    assert (found["lost"].original, found["lost"].copying) == ("", 0.0), "nothing is there to copy"
    found, _ = attested(*claims[:2], sources=sources)
    copied = found["copied"]
    assert (copied.original, copied.copying, copied.repeats) == ("other", COPIED, False)


def test_what_set_the_clock_is_not_used_twice_and_what_is_rejected_not_at_all():
    found, model = attested(
        claim("a", "strength.red", 800),
        claim("b", "strength.red", 700, status="rejected"),
        claim("c", "strength.red", 900),
        clock=("a",),
    )
    assert set(found) == {"c"}
    assert "not used twice" in model.idle["a"]
    assert "b" not in model.idle


# ---- what claims share ----


def test_contents_reach_as_far_as_strengths_and_figures():
    """The range is so many times the larger side; twice any figure if that is more."""

    def strength(median):
        return Quantity(prior=Prior(family="lognormal", median=median, sigma=0.5), **ASSUMED)

    plain = setting_of(scenario("hill", strengths=(strength(800), strength(300))), COLUMNS, LABELS)
    factor = plain.limit / 800
    assert plain.limit == factor * 800
    assert plain.days == 5.0
    large = setting_of(scenario("hill"), COLUMNS, LABELS, (claim("c", "strength.red", 70_000),))
    assert large.limit == 140_000
    small = setting_of(scenario("hill"), COLUMNS, LABELS, (claim("c", "strength.red", 7),))
    assert small.limit == factor * 300


def reading(interest, about="strength.red", setting=None):
    setting = setting or Setting(limit=9 * DENSE, columns=frozenset({about}))
    made = COUNTS.read(claim("c", about, 800), ObservablePath.parse(about), interest, setting)
    return made, setting


@pytest.mark.parametrize(("interest", "other"), [(None, False), ("red", False), ("blue", True)])
def test_only_the_other_side_is_seen_larger(interest, other):
    made, setting = reading(interest)
    error = setting.exaggeration if other else EXACT
    assert setting.exaggeration != EXACT
    assert made.exaggerated is other
    assert made.table == tracking_table(Span(800, 800), setting.limit, setting.perception, error)


@pytest.mark.parametrize(
    ("about", "interest", "favour"),
    [
        ("strength.red", "blue", 1),
        ("strength.red", "red", 0),
        ("losses.red.killed", "blue", 1),
        ("losses.red.killed", "red", -1),
        ("losses.red.killed", None, 0),
    ],
)
def test_a_larger_number_serves_whom_it_serves(about, interest, favour):
    assert reading(None, about)[0].favour(interest) == favour


def counts_about(span):
    whole = np.unique(np.rint(np.geomspace(1, 9 * DENSE, 4000)))
    return np.concatenate([[0.0], whole, [span.low, span.high]])


@pytest.mark.parametrize(
    ("span", "met"),
    [
        (Span(0, 9 * DENSE), True),
        (Span(3, 3), True),
        (Span(2 * DENSE, 3 * DENSE), True),
        (Span(DENSE - 2, 2 * DENSE), False),  # a bound: an atom is added to rows that have one
    ],
)
@pytest.mark.parametrize("error", [EXACT, Exaggeration()])
def test_nothing_is_above_a_peak_and_no_peak_above_one(span, met, error):
    table = tracking_table(span, 9 * DENSE, None, error)
    values = table.at(counts_about(span))
    assert values.max() <= table.peak + 1e-12
    assert table.peak <= 1.0
    if met:
        assert values.max() == pytest.approx(table.peak, rel=1e-3)
