"""How what-ifs are printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from inje.cli._output import print_table
from inje.tables import give_or_take

if TYPE_CHECKING:
    from inje.answers import Causation, Ranking, WhatIf
    from inje.posterior import Posterior

__all__ = ["claim_words", "print_ranking", "print_what_if", "print_what_ifs"]

#: quantities on which an outcome depends that are shown; JSON has all
SHOWN = 12


def claim_words(posterior: Posterior, claims: Sequence[str]) -> list[str]:
    """Claims in words: whose, and what they say."""
    from inje.answers import claim_named

    named = claim_named(posterior.scenario.dossier)
    return list(dict.fromkeys(named(claim) for claim in claims))


def print_what_if(found: WhatIf, conditioned_on: Sequence[str]) -> None:
    """Print one what-if: effects, outcomes, and what they rest on."""
    rows = [
        (e.name, f"{e.before:.4g} ± {e.before_error:.2g}", f"{e.after:.4g} ± {e.after_error:.2g}",
         f"{e.difference:+.3g} ± {e.error:.2g}",
         f"{e.low:+.3g}{give_or_take(e.low_error)} … {e.high:+.3g}{give_or_take(e.high_error)}")
        for e in found.effects
        if e.before or e.after
    ]  # fmt: skip
    header = ("mean of", "before", "after", "paired difference", "5 … 95 % of worlds")
    print_table(found.label, header, rows)
    rows = [
        (
            c.outcome,
            f"{c.before:.3f} ± {c.before_error:.3f}",
            f"{c.after:.3f} ± {c.after_error:.3f}",
            f"{c.after - c.before:+.3f} ± {c.change_error:.3f}",
            _share(c.necessity, c.necessity_error, c.necessity_bounds, c.necessity_bounds_errors),
            _share(
                c.sufficiency,
                c.sufficiency_error,
                c.sufficiency_bounds,
                c.sufficiency_bounds_errors,
            ),
        )
        for c in _told_once(found)
    ]
    header = ("outcome", "before", "after", "change", "necessity [bounds]", "sufficiency [bounds]")
    print_table("outcomes", header, rows)
    print_table("what this rests on", ("what", "is"), _grounds(found, conditioned_on))


def _told_once(found: WhatIf) -> list[Causation]:
    """Outcomes, without places whose control goes as the victory does."""
    told: set[tuple[str, float, float]] = set()
    kept = []
    for item in sorted(found.outcomes, key=lambda c: not c.outcome.startswith("winner")):
        key = (item.outcome.rpartition(" = ")[2], item.before, item.after)
        if key not in told:
            told.add(key)
            kept.append(item)
    return kept


def _grounds(found: WhatIf, conditioned_on: Sequence[str]) -> list[tuple[str, str]]:
    rows = [("worlds fought twice", f"{found.worlds:,}")]
    if found.outcomes:
        rows.append(("how twins share their fortunes", found.outcomes[0].coupling))
    rows.append(
        ("ended with another winner", f"{found.flipped:.1%} ± {found.flipped_error:.1%} of worlds")
    )
    rows += [
        (f"support of {path}", _support(path, share))
        for path, share in found.beyond.items()
        if share < 1
    ]
    said = "; ".join(conditioned_on) or "none"
    rows.append(("claims about the outcome that shaped the worlds", said))
    return rows


def _support(path: str, share: float) -> str:
    if not share:
        return "no weighed world has it: the answer is the model's alone"
    if path.startswith("renewal."):
        return f"in {share:.1%} of weighed worlds the fighting had ended by then"
    return f"{share:.1%} of the posterior lies as far or farther"


def _share(
    value: float | None,
    error: float | None,
    bounds: tuple[float, float] | None,
    errors: tuple[float, float] | None,
) -> str:
    if value is None or bounds is None or error is None or errors is None:
        return ""
    low, high = (f"{b:.2f}{give_or_take(e)}" for b, e in zip(bounds, errors, strict=True))
    return f"{value:.2f} ± {error:.2f} [{low}, {high}]"


def print_what_ifs(found: Sequence[WhatIf]) -> None:
    """Print several what-ifs as one table."""
    winners = [c.outcome for c in found[0].outcomes if c.outcome.startswith("winner")]
    before = {c.outcome: f"{c.before:.3f} ± {c.before_error:.3f}" for c in found[0].outcomes}
    rows = [("as it was", *(before[name] for name in winners), "")]
    for item in found:
        after = {c.outcome: c for c in item.outcomes}
        rows.append(
            (
                item.label,
                *(f"{after[w].after:.3f} ± {after[w].after_error:.3f}" for w in winners),
                f"{item.flipped:.3f} ± {item.flipped_error:.3f}",
            )
        )
    print_table("what if", ("change", *winners, "another winner"), rows)
    for item in found:
        if item.sentence:
            print(item.sentence)  # noqa: T201 - the sentence is the answer


def print_ranking(found: Ranking) -> None:
    """Print the causes of an outcome, ranked twice."""
    print_what_ifs(found.what_ifs)
    rows = [
        (item.name, f"{item.share:.3f} ± {item.error:.3f}") for item in found.dependences[:SHOWN]
    ]
    title = f"share of the variance of the {found.outcome} that knowing one quantity would remove"
    print_table(title, ("quantity", "share"), rows)
