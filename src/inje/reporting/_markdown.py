"""The report as Markdown, short enough for an article's talk page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from inje.reporting._data import Interval, ReportData
from inje.reporting._finding import findings
from inje.reporting._ledger import Ledger, format_error, format_number, spoken
from inje.reporting._views import assumptions
from inje.reporting._wording import Wording

__all__ = ["markdown_of"]

_TAG = re.compile(r"<[^>]*>")
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~$@])")


def _plain(text: str) -> str:
    """Words of the document as words: nothing in them is markup of Markdown or HTML."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def _said(interval: Interval, unit: str) -> str:
    values = (interval.q05, interval.q50, interval.q95)
    told = (_with_error(v, unit, e) for v, e in zip(values, interval.errors, strict=True))
    low, middle, high = told
    return f"{middle} ({low}–{high})"


def _with_error(value: float | None, unit: str, error: float | None) -> str:
    """A number as in the page: with its Monte-Carlo error, where this is to be seen."""
    shown = spoken(value, unit)
    return " ".join(filter(None, (shown, format_error(error, unit, shown))))


def markdown_of(data: ReportData) -> str:
    """The report in words: all of it but the text, the pictures and the replay."""
    wording = Wording(data.scenario, data.dossier)
    parts = [
        f"# {_plain(data.title)}: a reconstruction from the record",
        *_finding_lines(data),
        _quantities(data),
        _accounts(data),
        _what_ifs(data),
        _leads(data),
        _sources(data),
        _remarks(data, wording),
        _gaps(data, wording),
        _assumed(data, wording),
        _reproduction(data),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _finding_lines(data: ReportData) -> list[str]:
    return [
        f"**{head}.** {_plain(html.unescape(_TAG.sub('', sentence)))}"
        for head, sentence in findings(data, Ledger())
    ]


def _quantities(data: ReportData) -> str:
    rows = [
        "## Before and after",
        "",
        "| quantity | unit | before | after | informed |",
        "|---|---|---|---|---|",
    ]
    rows += [
        f"| {_plain(r.label)} | {r.unit} | {_said(r.prior, r.unit)} | "
        f"{_said(r.posterior, r.unit)} | {'yes' if r.informed else 'no'} |"
        for r in data.quantities
    ]
    return "\n".join(rows)


def _listing(heading: str, items: Iterable[str]) -> str:
    """A section of one line an item; nothing where there is none."""
    lines = [f"- {item}".rstrip() for item in items]
    return "\n".join([f"## {heading}", "", *lines]) if lines else ""


def _accounts(data: ReportData) -> str:
    return _listing(
        "Rival accounts",
        (
            f"{_plain(p.first_label)} over {_plain(p.second_label)}: "
            f"{_with_error(p.db, 'dB', p.mcse)} dB ({_with_error(p.low, 'dB', p.low_error)} to "
            f"{_with_error(p.high, 'dB', p.high_error)}): "
            f"{'decided' if p.decided else 'the record does not decide'}"
            for p in data.pairs or ()
        ),
    )


def _what_ifs(data: ReportData) -> str:
    return _listing(
        "What if", (f"{_plain(w.label)}. {_plain(w.sentence)}" for w in data.what_ifs or ())
    )


def _leads(data: ReportData) -> str:
    return _listing(
        "Where to dig",
        (
            f"{_plain(s.label)}: {_with_error(s.bits, 'bit', s.mcse)} bit. {_plain(s.sentence)}"
            for s in data.seek or ()
        ),
    )


def _sources(data: ReportData) -> str:
    return _listing(
        "How far the sources may be relied on",
        (
            f"{_plain(s.label)} ({s.letter}): before {_said(s.prior, '%')}, after "
            f"{_said(s.posterior, '%')}"
            for s in data.sources or ()
        ),
    )


def _remarks(data: ReportData, wording: Wording) -> str:
    return _listing(
        "What an editor should look at",
        (
            f"{_plain(wording.sentence(f.message))} {_plain(wording.sentence(f.remedy))}"
            for f in data.dossier.findings
        ),
    )


def _gaps(data: ReportData, wording: Wording) -> str:
    return _listing(
        "What the text does not say",
        (_plain(wording.sentence(gap.text, gap.about)) for gap in data.dossier.gaps),
    )


def _assumed(data: ReportData, wording: Wording) -> str:
    return _listing(
        "Assumptions without a source",
        (
            f"{_plain(r.label)}: {_plain(r.prior)}. {_plain(r.why)}"
            for r in assumptions(data.scenario, wording)
        ),
    )


def _reproduction(data: ReportData) -> str:
    d, m = data.diagnostics, data.manifest
    lines = [
        "## How to reproduce",
        "",
        f"inje {m.version}, seed {m.seed}; {format_number(d.worlds, 'people')} worlds, effective "
        f"sample size {format_number(d.ess, 'people')}"
        + (f", k-hat {d.k_hat:.2f}." if d.k_hat is not None else "."),
        "",
    ]
    lines += [f"    {' '.join(m.command.split())}", ""] if m.command else []
    lines += [f"- {name}: `{digest}`" for name, digest in m.files]
    return "\n".join(lines).rstrip()
