"""The finding in three sentences: what is supported, what was learned, what is not decided."""

from __future__ import annotations

from markupsafe import Markup, escape

from inje.reporting._data import OutcomeRow, QuantityRow, ReportData
from inje.reporting._doubt import AccountPair
from inje.reporting._ledger import Ledger
from inje.reporting._wording import inline, listed, odds

__all__ = ["findings"]

#: least share of worlds for a word (Kent's table, CIA Studies in Intelligence 1964, rounded)
_WORDS = (
    (0.99, "all but certainly"),
    (0.93, "almost certainly"),
    (0.75, "probably"),
    (0.40, "perhaps"),
)


def findings(data: ReportData, ledger: Ledger) -> tuple[tuple[str, Markup], ...]:
    """Three pairs of a heading and a sentence."""
    return (
        ("Supported", _outcome(data, ledger)),
        ("Learned", _learned(data, ledger)),
        ("What the record cannot decide", _undecided(data, ledger)),
    )


def _outcome(data: ReportData, ledger: Ledger) -> Markup:
    sides = [row for row in data.outcomes if row.id != "none"]
    if not sides:
        return Markup("The model asks no question about a winner.")
    best = max(data.outcomes, key=lambda row: row.posterior)
    word = next((word for least, word in _WORDS if best.posterior >= least), "perhaps")
    if best.id == "none":
        said = Markup("No side wins in {now} of the weighed worlds, ")
    elif word == "perhaps":
        said = Markup(
            "The outcome stays open: {label} wins in {now} of the weighed worlds, "
            "more than any other; "
        )
    else:
        said = Markup("{label} {word} won: in {now} of the weighed worlds, ")
    now = _share(ledger, best, "posterior", best.posterior, best.mcse)
    before = _share(ledger, best, "prior", best.prior, best.prior_mcse)
    sentence = said.format(label=best.label, word=word, now=now)
    sentence += Markup("{} before any claim was weighed").format(before)
    if best.without is not None:
        without = _share(ledger, best, "without", best.without, best.without_mcse)
        sentence += Markup(", {} without the claims about the outcome itself").format(without)
    return sentence + Markup(".")


def _share(
    ledger: Ledger, row: OutcomeRow, stage: str, value: float, error: float | None
) -> Markup:
    return ledger.number(
        f"finding-winner-{row.id}-{stage}",
        value,
        unit="%",
        what=f"share of worlds in which {row.label} wins ({stage})",
        path="winner",
        stage=stage if stage == "prior" else "posterior",
        error=error,
    )


def _learned(data: ReportData, ledger: Ledger) -> Markup:
    asked = [row for row in data.quantities if row.observable]
    informed = [row for row in asked if row.informed]
    count = ledger.number(
        "finding-informed",
        len(informed),
        what="quantities that the record informs",
        stage="diagnostic",
    )
    total = ledger.number(
        "finding-quantities", len(asked), what="quantities asked for", stage="diagnostic"
    )
    if not informed:
        return Markup(
            "The record informs {} of {} quantities: every number below is the prior's."
        ).format(count, total)
    told = sorted(informed, key=lambda row: (_rank(row), -row.bits))[:3]
    parts = [_told(row, ledger) for row in told]
    joined = Markup("; ").join(parts)
    return Markup("The record informs {} of {} quantities, most of all: {}.").format(
        count, total, joined
    )


def _rank(row: QuantityRow) -> int:
    """What a reader asks first: what claims speak of, then losses and strengths, then times."""
    quantity = row.name.partition(".")[0]
    if row.claims:
        return 0
    return 1 if quantity in ("losses", "strength", "duration") else 2


def _told(row: QuantityRow, ledger: Ledger) -> Markup:
    return Markup("{}: {} ({} to {})").format(
        inline(row.label).replace(": ", ", "),
        *(
            ledger.number(
                f"finding-{row.name}-{quantile}",
                getattr(row.posterior, quantile),
                unit=row.unit,
                what=f"{row.label}, posterior {quantile}",
                path=row.name,
                claims=row.claims,
                error=row.posterior.errors[place],
            )
            for quantile, place in (("q50", 1), ("q05", 0), ("q95", 2))
        ),
    )


def _undecided(data: ReportData, ledger: Ledger) -> Markup:
    parts = [_pair(pair, ledger) for pair in data.pairs or () if not pair.decided][:2]
    parts += [escape(f"“{row.label}”") for row in data.choices if not row.informed and not parts][
        :2
    ]
    silent = [_noun(row) for row in data.quantities if not row.informed and row.observable][:3]
    sentence = Markup("")
    if parts:
        sentence += Markup("The record cannot decide {}. ").format(Markup("; nor ").join(parts))
    if silent:
        sentence += Markup("It adds nothing to what was assumed of {}.").format(listed(silent))
    if not sentence:
        return Markup("Nothing that this model asks.")
    return sentence


def _noun(row: QuantityRow) -> str:
    """A label that can stand after "of"."""
    if row.name.startswith("breaking_off."):
        return f"the moment when {row.label}"
    what, _, kind = inline(row.label).partition(": ")
    return f"{what} ({kind})" if kind else what


def _pair(pair: AccountPair, ledger: Ledger) -> Markup:
    def db(which: str, value: float, error: float | None) -> Markup:
        return ledger.number(
            f"finding-{pair.first}-{pair.second}-{which}",
            value,
            unit="dB",
            what=f"evidence for {pair.first_label} over {pair.second_label} ({which})",
            stage="comparison",
            error=error,
        )

    question = Markup("{}: ").format(inline(pair.question)) if pair.question else ""
    return Markup(
        "{}between “{}” and “{}” (evidence {}, that is {} dB; {} to {} over the range of "
        "assumptions)"
    ).format(
        question,
        pair.first_label,
        pair.second_label,
        odds(pair.db, pair.first_label, pair.second_label),
        db("db", pair.db, pair.mcse),
        db("low", pair.low, pair.low_error),
        db("high", pair.high, pair.high_error),
    )
