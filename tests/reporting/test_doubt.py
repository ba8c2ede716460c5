"""What the page says of doubt: rivals and what they rest on, other priors, claims out of reach."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reporting.made_up import posterior, report_data
from tests.reporting.test_page import Reader

from inje.reporting import (
    BearingRow,
    ConflictRow,
    GameTold,
    PriorMove,
    Report,
    ReportData,
    Rivalry,
    SaysRow,
    build_report,
)
from inje.reporting._wording import odds


@pytest.fixture(scope="module")
def built() -> Report:
    return build_report(posterior())


def doubtful(**more: object) -> ReportData:
    rivalry = Rivalry(
        question="",
        names=("plan", "chance"),
        labels=("A plan", "Mere chance"),
        prior=(0.5, 0.5),
        posterior=(0.7, 0.3),
        says=(SaysRow("strength", (0.9, 0.25)),),
        shared=3,
        bearings=(
            BearingRow("Marsh graded C", (0.9, 0.1), 0.2),
            BearingRow("interest counts for nothing", (0.7, 0.3), 0.0),
        ),
        game=GameTold(1.0, (0.4, 0.2), (0.3, 0.6), 0.75, ("The League", 0.6, 0.35, 0.8)),
    )
    return replace(report_data(), rivalries=(rivalry,), **more)


def words(data: ReportData) -> str:
    return " ".join(Reader(Report(data).html).text.split())


def test_rivals_say_what_they_rest_on() -> None:
    told = words(doubtful())
    assert "3 other claims fit all answers alike" in told
    assert "0.90 0.25" in told
    assert "Marsh graded C 90 % 10 %" in told.replace("\u202f", " ")
    assert "change nothing that could be seen: interest counts for nothing" in told
    assert "The politics behind the accounts" in told
    assert "any settlement that gives it between 35" in told
    assert "The politics behind the accounts" not in words(report_data())


def test_claims_out_of_reach_are_named_and_exclusive_ones_paired() -> None:
    alone = ConflictRow(("strength",), 0.002, True)
    fine = ConflictRow(("days",), 0.4, False)
    both = [ConflictRow(pair, 0.0, True) for pair in (("days", "report"), ("report", "days"))]
    told = words(doubtful(conflicts=(*both, alone, fine)))
    assert "would hardly say this" in told
    assert "Strength of The League: about 600< 1 %" in told.replace("\u202f", " ")
    assert told.count("cannot well be true together") == 1
    quiet = words(doubtful(conflicts=(fine,)))
    assert "Yes, each claim by itself" in quiet
    assert "cannot well be true together" not in quiet


def test_other_priors_are_counted_even_where_they_are_not_shown() -> None:
    def move(shift: float | None, change: str) -> PriorMove:
        after = None if shift is None else (1.0, 2.0 + shift, 4.0)
        start, strength = "duration", "strength.league-force"
        return PriorMove(strength, "Strength of the League", change, start, "Length", "days",
                         (1.0, 2.0, 4.0), after, shift, 900.0)  # fmt: skip

    tried = (move(0.8, "spread x 2"), move(0.05, "one spread up"), move(None, "one spread down"))
    told = words(doubtful(moves=tried))
    assert "Strength of the League: twice as wide" in told
    assert "1 other change moves the median of no figure by more than 0.1" in told
    assert "For 1 change too few effective worlds" in told
    assert "Had something else been assumed" not in words(report_data())


def test_a_posterior_brings_them_all(built: Report) -> None:
    data = built.data
    assert data.rivalries
    assert data.rivalries[0].bearings
    assert data.conflicts
    assert data.moves
    told = " ".join(Reader(built.html).text.split())
    for heading in (
        "Could the model have produced what is claimed?",
        "Had something else been assumed",
        "what the answers rest on",
    ):
        assert heading in told
    plain = built.json()
    assert len(plain["moves"]) == len(data.moves)
    assert plain["rivalries"][0]["names"] == list(data.rivalries[0].names)


@pytest.mark.parametrize(
    ("decibel", "said"),
    [
        (0.0, "for neither"),
        (-0.1, "for neither"),
        (3.0, "2 to 1 for A"),
        (-5.0, "3.2 to 1 for B"),
        (20.0, "100 to 1 for A"),
        (60.0, "over 10,000 to 1 for A"),
    ],
)
def test_evidence_is_said_as_odds(decibel: float, said: str) -> None:
    assert odds(decibel, "A", "B") == said
