"""How comparisons are printed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import starmap
from math import inf
from typing import TYPE_CHECKING, Any

from inje.cli._output import print_table
from inje.tables import rough

if TYPE_CHECKING:
    from inje.answers import Comparison, Pair, Regraded

__all__ = ["print_comparison", "print_regraded", "regraded_json"]

Named = Callable[[str], str]
#: assumptions, contributions and quantities shown; JSON has all
SHOWN = 12
#: a change of a probability that can be seen in what is printed
LEAST = 5e-4


def print_comparison(item: Comparison, named: Named, chosen: set[tuple[str, str]]) -> None:
    """Print a comparison: probabilities, what each says, pairs, claims, assumptions."""
    names = list(item.labels)
    game = item.statecraft is not None
    bare, alone = ("without the game",) if game else (), item.without_game
    print_table(
        f"{item.question}: the rival answers ({item.assumes})",
        ("answer", "in words", "before", "after the claims", *bare),
        [
            (
                name,
                item.labels[name],
                f"{item.prior[name]:.3f}",
                _with_error(item.posterior[name], item.errors[name]),
                *(_with_error(alone[name], item.without_game_errors[name]) for _ in bare),
            )
            for name in names
        ],
    )
    _print_table_of_claims(item, names, named)
    rows = [
        (
            f"{pair.first} : {pair.second}",
            f"{pair.decibel:+.2f} ± {pair.error:.2f}",
            f"{pair.low.decibel:+.1f} ± {pair.low.error:.1f} … "
            f"{pair.high.decibel:+.1f} ± {pair.high.error:.1f}",
            pair.sentence,
            pair.tipping,
        )
        for pair in item.pairs
    ]
    header = ("pair", "dB", "range", "answer", "what would decide")
    print_table("in pairs: 10 log10 of the Bayes factor", header, rows)
    for pair in item.pairs:
        if (pair.first, pair.second) in chosen:
            _print_pair(pair, 1, named)
        elif (pair.second, pair.first) in chosen:
            _print_pair(pair, -1, named)
    rows = [
        (
            bearing.label,
            *(_with_error(bearing.posterior[name], bearing.errors[name]) for name in names),
        )
        for bearing in item.bearings
        if bearing.shift >= LEAST
    ][:SHOWN]
    print_table("if one assumption changes: probabilities then", ("assumption", *names), rows)
    idle = [bearing.label for bearing in item.bearings if bearing.shift < LEAST]
    if idle:
        print_table("assumptions that change nothing", ("assumption",), [(each,) for each in idle])
    _print_statecraft(item)


def _print_table_of_claims(item: Comparison, names: list[str], named: Named) -> None:
    rows = [
        (
            named(claim),
            *(_cell(cells[name], item.table_errors[claim][name]) for name in names),
        )
        for claim, cells in item.table.items()
        if any(cell != "shared" for cell in cells.values())
    ]
    shared = len(item.table) - len(rows)
    title = (
        "what each says of each claim: how well it fits, if its holder follows the truth "
        f"({shared} claims are shared by all)"
    )
    print_table(title, ("claim", *names), rows)


def _cell(value: float | str, error: float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:.2g} ± {rough(error)}" if error > 1e-9 else f"{value:.2g}"


def _with_error(value: float, error: float) -> str:
    return f"{value:.3f} ± {error:.3f}"


def _print_pair(pair: Pair, sign: int, named: Named) -> None:
    first, second = (pair.first, pair.second)[::sign]
    rows = [
        (named(part.claim), f"{sign * part.shapley:+.2f} ± {part.error:.2f}",
         f"{sign * part.left_out:+.2f} ± {part.left_out_error:.2f}")
        for part in pair.contributions[:SHOWN]
    ]  # fmt: skip
    header = ("claim", "dB (they add up)", "dB lost without it")
    print_table(f"what each claim says for {first} against {second}", header, rows)


def _print_statecraft(item: Comparison) -> None:
    told = item.statecraft
    if told is None:
        return
    rows = [(name, f"{told.attack[name]:.2f}", f"{told.told[name]:.2f}") for name in told.attack]
    title = f"the political game at precision {told.precision:.2g}, all of it assumed"
    print_table(title, ("account", "P(attack)", "P(moves as told | attack)"), rows)
    rows = []
    if told.punishing is not None:
        rows.append(("the cabinet punishes rather than reviews", f"{told.punishing:.2f}"))
    if told.settlement is not None:
        deal = told.settlement
        rows += [
            (f"chance to win if it is fought out: {deal.side}",
             f"{deal.wins:.2f} ± {deal.error:.2f}"),
            (f"shares that both prefer to fighting: {deal.side}",
             f"{deal.low:.2f} … {deal.high:.2f} ± {deal.error:.2f}"),
        ]  # fmt: skip
    if rows:
        print_table("beside the game", ("what", "value"), rows)


def regraded_json(found: Regraded) -> dict[str, Any]:
    """What other letters change, without the posterior."""
    return {
        "letters": {agent: list(pair) for agent, pair in found.letters.items()},
        "names": dict(found.names),
        "effective": found.effective,
        "refused": found.refused,
        "assumes": found.assumes,
        "chances": [vars_of(chance) for chance in found.chances],
        "shifts": [vars_of(shift) for shift in found.shifts],
    }


def vars_of(record: object) -> dict[str, Any]:
    """The fields of a record."""
    from dataclasses import asdict, is_dataclass

    return asdict(record) if is_dataclass(record) and not isinstance(record, type) else {}


def print_regraded(found: Regraded) -> None:
    """Print what other letters change."""
    said = ", ".join(
        f"{found.names[agent]} graded {new}" + (f", not {old}" if old else "")
        for agent, (old, new) in found.letters.items()
    )
    if found.refused:
        print_table(f"if {said}", ("no answer",), [(found.refused,)])
        return
    rows = [
        (f"{c.name} = {c.label}", _with_error(c.before, c.before_error),
         _with_error(c.after, c.error))
        for c in found.chances
    ]  # fmt: skip
    title = f"if {said}: the same worlds, worth {found.effective:,.0f} then ({found.assumes})"
    print_table(title, ("cause or outcome", "as given", "then"), rows)
    rows = [
        (s.name, _triple(s.before, s.before_errors), _triple(s.after, s.after_errors), s.unit)
        for s in found.shifts[:SHOWN]
    ]
    print_table("the quantities that move most: 5 / 50 / 95 %",
                ("quantity", "as given", "then", "unit"), rows)  # fmt: skip


def _triple(values: tuple[float | None, ...], errors: tuple[float, ...]) -> str:
    return " / ".join(starmap(_quantile, zip(values, errors, strict=True)))


def _quantile(value: float | None, error: float) -> str:
    if value is None:
        return "never"
    return f"{value:.4g} ± {rough(error)}" if 0 < error < inf else f"{value:.4g}"
