"""What would have changed: the same weighted worlds, the same fortunes, one cause changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from inje.answers._causes import Change, changed, said
from inje.answers._effects import Causation, Effect, causation, effect_of
from inje.answers._refought import KEEP, Drawn, drawn_from
from inje.ensemble import COUPLING
from inje.errors import InjeError, OptionError
from inje.posterior import Posterior, share_of
from inje.tables import give_or_take, in_markdown, shown

__all__ = ["WhatIf", "change_cause", "change_causes", "flipped"]


@dataclass(frozen=True)
class WhatIf:
    """One cause changed.

    Attributes
    ----------
    changes : what was set.
    effects : on numbers, paired.
    outcomes : on who wins and who holds what: before, after, necessity, sufficiency.
    beyond : share of the posterior on the far side of what is set (the least of both tails);
        of an attack that is not renewed, share of worlds whose fighting had ended by then anyway.
        0 means that the change leaves the support.
    conditioned_on : claims about the outcome that shaped the worlds; they cannot be unmade.
    worlds : equally weighted worlds that were fought again. label : the change in words.
    flipped, flipped_error : share of worlds whose winner is another under the change.
    names : of sides, by id.
    """

    changes: Mapping[str, Change]
    effects: tuple[Effect, ...]
    outcomes: tuple[Causation, ...]
    beyond: Mapping[str, float]
    conditioned_on: tuple[str, ...]
    worlds: int
    label: str = ""
    flipped: float = 0.0
    flipped_error: float = 0.0
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What the change does to the likeliest end, in words."""
        winners = [c for c in self.outcomes if c.outcome.startswith("winner = ")]
        best = max(winners, key=lambda c: c.before, default=None)
        if best is None:
            return ""
        end = best.outcome.removeprefix("winner = ")
        who = "that nobody wins" if end == "none" else f"that {self.names.get(end, end)} wins"
        words = (
            f"{self.label}: the chance {who} goes from {best.before:.2f} ± {best.before_error:.2f} "
            f"to {best.after:.2f} ± {best.after_error:.2f}"
        )
        if best.necessity is not None and best.necessity_error is not None:
            words += (
                f"; of the worlds with that end, {best.necessity:.0%} ± "
                f"{best.necessity_error:.0%} would have ended otherwise"
            )
        return words

    def _repr_html_(self) -> str:
        rows: list[tuple[str, ...]] = [
            (item.outcome, _percent(item.before, item.before_error),
             _percent(item.after, item.after_error),
             _percent(item.after - item.before, item.change_error))
            for item in self.outcomes
        ]  # fmt: skip
        rows += [
            (each.name, f"{each.before:.4g}{give_or_take(each.before_error)}",
             f"{each.after:.4g}{give_or_take(each.after_error)}",
             f"{each.difference:.3g}{give_or_take(each.error)}")
            for each in self.effects
        ]  # fmt: skip
        asked = ", ".join(f"{path} = {value}" for path, value in self.changes.items())
        title = f"What if: {self.label or asked}"
        head = ("outcome", "as it was", "changed", "difference")
        return shown(title, (self.sentence,), head, rows)

    def _repr_markdown_(self) -> str:
        return in_markdown(self._repr_html_())


def _percent(share: float, error: float) -> str:
    """A share in per cent with its error; near 0 and 1 the share says enough."""
    return f"{share:.0%}{give_or_take(error, 100)}"


def change_cause(
    posterior: Posterior,
    changes: Mapping[str, Change],
    *,
    force: bool = False,
    worlds: int = KEEP,
) -> WhatIf:
    """Change causes in the worlds of a posterior and fight them again beside themselves.

    Parameters
    ----------
    changes : numbers for parameters ("strength.reinforcements": 0), names for causes
        ("attacker": "ang"), "send" or "hold" for "decision.<id>".
    force : also outside the support of the posterior.
    worlds : how many worlds, at least 1.

    Raises
    ------
    OptionError : an unknown cause, a value that it cannot have in any world (also if forced), or
        a change that leaves the support and is not forced.
    """
    return _changed(posterior, changes, drawn_from(posterior, worlds), force=force)


def change_causes(
    posterior: Posterior,
    several: Sequence[Mapping[str, Change]],
    *,
    force: bool = False,
    worlds: int = KEEP,
    possible: bool = False,
) -> tuple[WhatIf, ...]:
    """Several what-ifs on the same worlds, for a table; see `change_cause`.

    Parameters
    ----------
    possible : leave out what this model refuses to change.

    Raises
    ------
    OptionError : as in `change_cause`, of the first that is refused.
    """
    drawn = drawn_from(posterior, worlds)
    answers = []
    for changes in several:
        try:
            answers.append(_changed(posterior, changes, drawn, force=force))
        except InjeError:
            if not possible:
                raise
    return tuple(answers)


def _changed(
    posterior: Posterior, changes: Mapping[str, Change], drawn: Drawn, *, force: bool
) -> WhatIf:
    model = changed(posterior.scenario, changes)
    beyond = {
        path: _support(posterior, path, value) if path in model.values else 1.0
        for path, value in changes.items()
    }
    far = [path for path, share in beyond.items() if share == 0 and changes[path] != 0]
    if far and not force:
        raise OptionError(
            far[0],
            f"{changes[far[0]]!r} lies outside everything that the posterior allows",
            "a value that some weighed world has, or 0 for the absence of the cause",
            "give force=True (--force) to ask all the same",
        )
    before = drawn.outcomes
    after = drawn.under(model.scenario, model.values, at_most=model.at_most, whole=False)
    beyond |= {path: float((before["end"] <= day).mean()) for path, day in model.until.items()}
    numbers, categories = _split(before, posterior.labels, changes)
    independent = min(1.0, drawn.effective / len(drawn.keys))
    share, error = flipped(before, after, drawn.effective)
    about = ("winner", "result", "control")
    return WhatIf(
        changes=dict(changes),
        effects=tuple(effect_of(p, *_finite(before[p], after[p]), independent) for p in numbers),
        outcomes=tuple(
            item
            for path in categories
            for item in _outcomes(path, before, after, posterior.labels[path], independent)
        ),
        beyond=beyond,
        conditioned_on=tuple(
            claim.id for claim in posterior.claims.claims if claim.about.split(".")[0] in about
        ),
        worlds=len(drawn.keys),
        label=said(posterior.scenario, changes),
        flipped=share,
        flipped_error=error,
        names={side.id: _with_article(side.name) for side in posterior.scenario.sides},
    )


def _with_article(name: str) -> str:
    """A side's name in a sentence: the Iranian army, but Sparta."""
    bare = len(name.split()) > 1 and not name.lower().startswith("the ")
    return f"the {name}" if bare else name


Columns = Mapping[str, np.ndarray]


def flipped(
    before: Columns, after: Columns, effective: float, outcome: str = "winner"
) -> tuple[float, float]:
    """Share of worlds whose outcome is another under the change, with its standard error."""
    if outcome not in before or outcome not in after:
        return 0.0, 0.0
    share = float((np.asarray(before[outcome]) != np.asarray(after[outcome])).mean())
    return share, float(np.sqrt(share * (1 - share) / effective))


def _outcomes(
    path: str, before: Columns, after: Columns, labels: tuple[str, ...], independent: float
) -> list[Causation]:
    weights = np.ones(len(before[path]))
    return [
        causation(
            f"{path} = {label}",
            before[path] == code,
            after[path] == code,
            weights,
            COUPLING,
            independent,
        )
        for code, label in enumerate(labels)
    ]


def _support(posterior: Posterior, path: str, value: Change) -> float:
    """The lesser posterior mass on either side of a value; of an option, its probability."""
    if path not in posterior.draws:
        return 1.0
    draws = np.asarray(posterior.draws[path], dtype=float)
    if isinstance(value, str):
        labels = posterior.labels.get(path, ())
        if value not in labels:
            allowed = ", ".join(labels) or "a number"
            raise OptionError(path, f"{value!r} is no option", allowed, "choose one")
        code = labels.index(value)
        return share_of(draws == code, posterior.weights)
    weights = posterior.weights
    return min(share_of(draws <= value, weights), share_of(draws >= value, weights))


def _split(
    columns: Mapping[str, np.ndarray],
    labels: Mapping[str, tuple[str, ...]],
    changes: Mapping[str, Change],
) -> tuple[list[str], list[str]]:
    """Paths of outcomes that are numbers, and of those that are categories."""
    categories = [path for path in columns if path in labels]
    return [p for p in columns if p not in labels and p not in changes], categories


def _finite(before: np.ndarray, after: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs in which both happen; a time that never comes has no difference."""
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    both = np.isfinite(before) & np.isfinite(after)
    if not both.any():
        return np.zeros(1), np.zeros(1), np.ones(1)
    return before[both], after[both], np.ones(int(both.sum()))
