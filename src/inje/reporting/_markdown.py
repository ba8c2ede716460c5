"""The report as Markdown, short enough for an article's talk page."""

from __future__ import annotations

import html
import re

from inje.reporting._data import Interval, ReportData
from inje.reporting._finding import findings
from inje.reporting._ledger import Ledger, format_number, spoken
from inje.reporting._views import assumptions
from inje.reporting._wording import Wording

__all__ = ["markdown_of"]

_TAG = re.compile(r"<[^>]*>")
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~$@])")


def _plain(text: str) -> str:
    """Words of the document as words: nothing in them is markup of Markdown or HTML."""
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))


def _said(interval: Interval, unit: str) -> str:
    low, middle, high = (spoken(v, unit) for v in (interval.q05, interval.q50, interval.q95))
    return f"{middle} ({low}–{high})"


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


def _accounts(data: ReportData) -> str:
    if not data.pairs:
        return ""
    lines = ["## Rival accounts", ""]
    lines += [
        f"- {_plain(p.first_label)} over {_plain(p.second_label)}: {format_number(p.db, 'dB')} dB "
        f"({format_number(p.low, 'dB')} to {format_number(p.high, 'dB')}): "
        f"{'decided' if p.decided else 'the record does not decide'}"
        for p in data.pairs
    ]
    return "\n".join(lines)


def _what_ifs(data: ReportData) -> str:
    if not data.what_ifs:
        return ""
    lines = ["## What if", ""]
    lines += [f"- {_plain(w.label)}. {_plain(w.sentence)}".rstrip() for w in data.what_ifs]
    return "\n".join(lines)


def _leads(data: ReportData) -> str:
    if not data.seek:
        return ""
    lines = ["## Where to dig", ""]
    lines += [
        f"- {_plain(s.label)}: {format_number(s.bits, 'bit')} bit. {_plain(s.sentence)}".rstrip()
        for s in data.seek
    ]
    return "\n".join(lines)


def _sources(data: ReportData) -> str:
    if not data.sources:
        return ""
    lines = ["## How far the sources may be relied on", ""]
    lines += [
        f"- {_plain(s.label)} ({s.letter}): before {_said(s.prior, '%')}, after "
        f"{_said(s.posterior, '%')}"
        for s in data.sources
    ]
    return "\n".join(lines)


def _remarks(data: ReportData, wording: Wording) -> str:
    found = data.dossier.findings
    if not found:
        return ""
    lines = ["## What an editor should look at", ""]
    lines += [
        f"- {_plain(wording.sentence(f.message))} {_plain(wording.sentence(f.remedy))}".rstrip()
        for f in found
    ]
    return "\n".join(lines)


def _gaps(data: ReportData, wording: Wording) -> str:
    gaps = data.dossier.gaps
    lines = ["## What the text does not say", ""]
    lines += [f"- {_plain(wording.sentence(gap.text, gap.about))}" for gap in gaps]
    return "\n".join(lines) if gaps else ""


def _assumed(data: ReportData, wording: Wording) -> str:
    rows = assumptions(data.scenario, wording)
    if not rows:
        return ""
    lines = ["## Assumptions without a source", ""]
    lines += [f"- {_plain(r.label)}: {_plain(r.prior)}. {_plain(r.why)}" for r in rows]
    return "\n".join(lines)


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
