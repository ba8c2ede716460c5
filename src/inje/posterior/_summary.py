"""The table of a posterior: what was thought before, what the record makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from inje.posterior._statistics import Estimate, Weighted, divergence
from inje.tables import give_or_take, in_markdown, shown, triple

__all__ = ["Probability", "Summary", "SummaryRow", "informed", "summarise"]

#: bits of divergence above which a quantity is informed, and Monte-Carlo errors
LEAST_BITS, ERRORS = 0.02, 3.0
NOTHING = Estimate(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One quantity.

    Attributes
    ----------
    name, unit : observable path, and what it is counted in.
    prior, posterior : 5 %, 50 % and 95 % quantiles; None where it does not exist.
    errors : Monte-Carlo standard errors of the posterior quantiles.
    divergence : bits between prior and posterior, with error.
    informed : whether the record says something about it.
    ess : effective draws.
    prior_errors : Monte-Carlo standard errors of the prior quantiles.
    """

    name: str
    unit: str
    prior: tuple[float | None, ...]
    posterior: tuple[float | None, ...]
    errors: tuple[float, ...]
    divergence: Estimate
    informed: bool
    ess: float
    prior_errors: tuple[float, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Plain values for `--json`."""
        return {
            "name": self.name,
            "unit": self.unit,
            "prior": list(self.prior),
            "posterior": list(self.posterior),
            "informed": self.informed,
            "mcse": list(self.errors),
            "prior_mcse": list(self.prior_errors),
            "bits": self.divergence.value,
            "ess": self.ess,
        }


@dataclass(frozen=True, slots=True)
class Probability:
    """How probable a label of a categorical quantity is, before and after, with errors.

    `divergence` is that of the whole quantity, in bits between prior and posterior.
    """

    name: str
    label: str
    prior: float
    posterior: Estimate
    informed: bool
    prior_error: float = 0.0
    divergence: Estimate = NOTHING


@dataclass(frozen=True)
class Summary(Sequence[SummaryRow]):
    """Rows by quantity, and probabilities of what is a category.

    Attributes
    ----------
    rows : numbers. probabilities : categories, one row a label.
    products : of numbers that enter only together, by name.
    """

    rows: tuple[SummaryRow, ...]
    probabilities: tuple[Probability, ...]
    products: tuple[SummaryRow, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> SummaryRow: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[SummaryRow, ...]: ...

    def __getitem__(self, index: int | slice) -> SummaryRow | tuple[SummaryRow, ...]:
        return self.rows[index]

    def __iter__(self) -> Iterator[SummaryRow]:
        return iter(self.rows)

    def row(self, name: str) -> SummaryRow:
        """The row of a quantity by its path."""
        return next(row for row in self.rows if row.name == name)

    def _repr_html_(self) -> str:
        rows = [
            (row.name, row.unit, triple(row.prior, row.prior_errors),
             triple(row.posterior, row.errors), "yes" if row.informed else "no")
            for row in (*self.rows, *self.products)
        ]  # fmt: skip
        rows += [
            (f"{item.name} = {item.label}", "",
             f"{item.prior:.0%}{give_or_take(item.prior_error, 100)}",
             f"{item.posterior.value:.0%}{give_or_take(item.posterior.error, 100)}",
             "yes" if item.informed else "no")
            for item in self.probabilities
        ]  # fmt: skip
        head = ("quantity", "unit", "before", "after", "informed")
        return shown("Before and after the record", (), head, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())

    def __str__(self) -> str:
        width = max([8, *(len(row.name) for row in (*self.rows, *self.products))])
        before, after = "prior 5/50/95 % (error)", "posterior 5/50/95 % (error)"
        head = f"{'quantity':<{width}}  {before:>44}  {after:>44}  {'informed':>8}  {'ESS':>7}"
        lines = [head]
        for row in (*self.rows, *self.products):
            answer = "yes" if row.informed else "no"
            lines.append(
                f"{row.name:<{width}}  {_triple(row.prior, row.prior_errors):>44}  "
                f"{_triple(row.posterior, row.errors):>44}"
                f"  {answer:>8}  {row.ess:>7.0f}"
            )
        lines.extend(
            f"P({item.name} = {item.label}): {item.prior:.3f} before (+- {item.prior_error:.3f}), "
            f"{item.posterior.value:.3f} after (+- {item.posterior.error:.3f})"
            for item in self.probabilities
        )
        return "\n".join(lines)


def _triple(values: tuple[float | None, ...], errors: tuple[float, ...]) -> str:
    """Quantiles, each with its error in brackets where there is one."""
    return " ".join(
        "never" if v is None else f"{v:.4g}({e:.1g})" if 0 < e < np.inf else f"{v:.4g}"
        for v, e in zip(values, errors, strict=True)
    )


def informed(change: Estimate) -> bool:
    """Whether a divergence is above .02 bit and above three Monte-Carlo errors."""
    return change.value > LEAST_BITS and change.value > ERRORS * change.error


def summarise(
    prior: Mapping[str, np.ndarray],
    draws: Mapping[str, np.ndarray],
    weights: Weighted,
    labels: Mapping[str, tuple[str, ...]],
    units: Mapping[str, str],
    ess: float,
    products: tuple[Mapping[str, np.ndarray], Mapping[str, np.ndarray]] = ({}, {}),
) -> Summary:
    """Summarise every column.

    Parameters
    ----------
    prior : unweighted columns. draws, weights : weighted columns.
    labels : of categorical columns. units : by path. ess : effective draws.
    products : of columns, before and after.
    """
    rows: list[SummaryRow] = []
    chances: list[Probability] = []
    for name, values in draws.items():
        if name not in prior:
            continue
        before = prior[name]
        if name in labels:
            chances.extend(_probabilities(name, before, values, weights, labels[name]))
        else:
            rows.append(_row(name, units.get(name, ""), before, values, weights, ess))
    made = tuple(
        _row(name, "people", products[0][name], values, weights, ess)
        for name, values in products[1].items()
    )
    return Summary(tuple(rows), tuple(chances), made)


def _row(
    name: str, unit: str, before: np.ndarray, after: np.ndarray, weights: Weighted, ess: float
) -> SummaryRow:
    then = Weighted.equal(len(before)).quantiles(before)
    now = weights.quantiles(after)
    change = divergence(before, after, weights)
    return SummaryRow(
        name,
        unit,
        tuple(_finite(q.value) for q in then),
        tuple(_finite(q.value) for q in now),
        tuple(q.error for q in now),
        change,
        informed(change),
        ess,
        tuple(q.error for q in then),
    )


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _probabilities(
    name: str,
    before: np.ndarray,
    after: np.ndarray,
    weights: Weighted,
    labels: tuple[str, ...],
) -> list[Probability]:
    change = divergence(before, after, weights, labels=len(labels))
    equal, found = Weighted.equal(len(before)), []
    for code, label in enumerate(labels):
        prior = equal.mean((np.asarray(before) == code).astype(float))
        now = weights.mean((np.asarray(after) == code).astype(float))
        error = float(prior.error)
        found.append(Probability(name, label, prior.value, now, informed(change), error, change))
    return found
