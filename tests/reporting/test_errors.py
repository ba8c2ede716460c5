"""Every number of the page that is estimated has its Monte-Carlo error."""

from __future__ import annotations

import re

import pytest
from tests.reporting.made_up import posterior as made_up

from inje.reporting import Report, build_report
from inje.reporting._ledger import format_error, signed
from inje.reporting._page import page_of

#: numbers that are assumed, exact given what is assumed, or counted
EXACT = ("n-assumed-", "n-game-", "n-says-1-shared", "n-seek-more")
#: sentences say their numbers' errors in words, behind them
TOLD = re.compile(r"n-.*-sentence-\d+(-\d+)?")


@pytest.fixture(name="report", scope="module")
def _report() -> Report:
    return build_report(made_up(), manifest={"version": "1", "seed": 3, "files": {}})


def test_every_estimated_number_of_the_page_has_an_error(report):
    _, ledger = page_of(report.data, {})
    asked = {"prior", "posterior", "comparison", "what-if", "seek"}
    letters = {f"n-source-{row.id}-prior-q{q}" for row in report.data.sources
               for q in ("05", "50", "95")}  # fmt: skip
    bare = [
        entry.id
        for entry in ledger.entries.values()
        if entry.stage in asked
        and entry.error is None
        and not entry.id.startswith(EXACT)
        and not TOLD.fullmatch(entry.id)
        and entry.id not in {re.sub(r"[^a-z0-9]+", "-", name.lower()) for name in letters}
    ]
    assert bare == []
    estimated = [e for e in ledger.entries.values() if e.stage in asked and e.error is not None]
    assert sum(bool(entry.error) for entry in estimated) > 0.5 * len(estimated)


def test_errors_stand_behind_their_numbers_in_the_page(report):
    page, ledger = page_of(report.data, {})
    seen = 0
    for entry in ledger.entries.values():
        said = format_error(entry.error, entry.unit, entry.text)
        behind = re.search(
            rf'<data id="{entry.id}"[^>]*>[^<]*</data>( <small>([^<]*)</small>)?', page
        )
        if behind is None:  # folded away, to be unfolded by the page
            continue
        assert (behind[2] or "") == said, entry.id
        seen += bool(said)
    assert seen > 20


@pytest.mark.parametrize(
    ("error", "unit", "shown", "said"),
    [
        (0.31, "people", "15", ""),
        (0.61, "people", "15", "± 0.6"),
        (0.04, "dB", "+3.2", ""),
        (0.06, "dB", "+3.2", "± 0.06"),
        (0.004, "%", "54 %", ""),
        (0.006, "%", "54 %", "± 0.6"),
        (0.2, "%", "< 1 %", ""),
        (3.0, "days", "never", ""),
        (None, "", "15", ""),
        (float("inf"), "", "15", ""),
        (12_345.0, "people", "1 234 567", "± 10 000"),
        (4e-6, "", "1.2 × 10⁻⁴", ""),
        (6e-6, "", "1.2 × 10⁻⁴", "± 6 × 10⁻⁶"),
    ],
)
def test_an_error_below_half_of_the_last_digit_is_not_shown(error, unit, shown, said):
    thin = shown.replace(" %", "\u202f%").replace("1 234 567", "1\u202f234\u202f567")
    assert format_error(error, unit, thin).replace("\u202f", " ") == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(0.123, "%", "+12 %"), (-0.004, "%", "−0.4 %"), (0.0, "%", "0.0 %"), (-3.0, "people", "−3"),
     (1.25, "dB", "+1.2"), (-0.21, "days", "−0.2")],
)  # fmt: skip
def test_a_difference_has_its_sign(value, unit, said):
    assert signed(value, unit).replace("\u202f", " ") == said
