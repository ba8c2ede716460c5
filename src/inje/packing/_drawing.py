"""Drawing the parameters of worlds by their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from inje.errors import OptionError, PathError
from inje.kernels import name_key, uniforms
from inje.packing._rows import Column
from inje.scenario import Choice, Quantity, Scenario, drawing_order, parameters

__all__ = ["ACCOUNT", "Drawing", "draw_values", "drawing_of", "hidden_uniform", "labels_of"]

Keys = NDArray[np.uint64]
ACCOUNT = "account"


def hidden_uniform(seed: int, keys: Keys, name: str) -> NDArray[np.float64]:
    """Numbers in (0, 1) of the worlds at the address of a name."""
    out = np.empty(len(keys))
    uniforms(np.uint64(seed), keys, np.uint64(name_key(name)), out)
    return out


def labels_of(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Names of the codes of causes, accounts and sides, by path."""
    labels = {path: tuple(choice.options) for path, choice in scenario.causes.items()}
    if scenario.accounts:
        labels[ACCOUNT] = tuple(account.id for account in scenario.accounts)
    return labels


def _coupled(scenario: Scenario, seed: int, worlds: Keys) -> dict[str, NDArray[np.float64]]:
    """Uniforms of jointly distributed quantities, by a Gaussian copula."""
    found = {}
    for joint in scenario.joint:
        normal = np.array(
            [special.ndtri(hidden_uniform(seed, worlds, path)) for path in joint.quantities]
        )
        mixed = np.linalg.cholesky(np.array(joint.correlation)) @ normal
        for path, row in zip(joint.quantities, mixed, strict=True):
            found[path] = np.clip(special.ndtr(row), 2.0**-60, 1.0 - 2.0**-53)
    return found


def _pick(weights: list[float], uniform: NDArray[np.float64]) -> NDArray[np.float64]:
    edges = np.cumsum(weights)
    return np.searchsorted(edges[:-1] / edges[-1], uniform, side="right").astype(float)


def _code(path: str, name: float | str, allowed: tuple[str, ...]) -> float:
    if isinstance(name, str) and name in allowed:
        return float(allowed.index(name))
    if not isinstance(name, str) and name in range(len(allowed)):
        return float(name)
    raise OptionError(path, repr(name), ", ".join(allowed), "name one of these")


def _draw_causes(
    scenario: Scenario,
    seed: int,
    worlds: Keys,
    given: Mapping[str, Column],
    overrides: Mapping[str, float | str],
) -> dict[str, Column]:
    """Codes of the account and of every cause; an account sets its causes."""
    labels = labels_of(scenario)
    values: dict[str, Column] = {}
    if scenario.accounts:
        if ACCOUNT in overrides:
            values[ACCOUNT] = _code(ACCOUNT, overrides[ACCOUNT], labels[ACCOUNT])
        elif ACCOUNT in given:
            values[ACCOUNT] = given[ACCOUNT]
        else:
            weights = [account.weight for account in scenario.accounts]
            values[ACCOUNT] = _pick(weights, hidden_uniform(seed, worlds, ACCOUNT))
    for path, choice in scenario.causes.items():
        if path in overrides:
            values[path] = _code(path, overrides[path], labels[path])
        elif path in given:
            values[path] = given[path]
        else:
            values[path] = _cause(scenario, seed, worlds, path, choice, values.get(ACCOUNT))
    return values


def _cause(
    scenario: Scenario, seed: int, worlds: Keys, path: str, choice: Choice, account: Column | None
) -> Column:
    options = tuple(choice.options)
    set_by = [account.sets.get(path) for account in scenario.accounts]
    fixed = np.array([-1.0 if name is None else _code(path, name, options) for name in set_by])
    if account is not None and fixed.size and fixed.min() >= 0:
        return fixed[np.asarray(account, dtype=int)]
    own = _pick(list(choice.options.values()), hidden_uniform(seed, worlds, path))
    if account is None:
        return own
    said = fixed[np.asarray(account, dtype=int)]
    return np.where(said >= 0, said, own)


@dataclass(frozen=True)
class Drawing:
    """What is drawn for the worlds of a scenario, in an order in which it can be drawn.

    Attributes
    ----------
    scenario : whose worlds they are.
    quantities : its quantities, each after those that it derives from.
    fixed : the values of those that are the same in every world.
    """

    scenario: Scenario
    quantities: Mapping[str, Quantity]
    fixed: Mapping[str, float]


def drawing_of(scenario: Scenario) -> Drawing:
    """What is drawn for the worlds of a scenario.

    Raises
    ------
    ModelError : quantities derive from one another in a circle, or from one that does not exist.
    """
    found = parameters(scenario)
    quantities = {path: found[path] for path in drawing_order(found)}
    fixed = {
        path: float(quantity.quantile(np.array(0.5)))
        for path, quantity in quantities.items()
        if quantity.prior is None
    }
    return Drawing(scenario, quantities, fixed)


def draw_values(
    drawing: Drawing,
    seed: int,
    worlds: Keys,
    given: Mapping[str, Column],
    overrides: Mapping[str, float | str],
) -> dict[str, Column]:
    """Every parameter and cause of the worlds, by path.

    Numbers that are the same in every world are plain floats.

    Parameters
    ----------
    worlds : (W,) uint64, the numbers of the worlds.
    given : columns that are not drawn. overrides : numbers or names that replace a draw after
        all others have followed from it, so that one cause changes and no other.

    Raises
    ------
    PathError : an override or a given column names no parameter and no cause.
    OptionError : an override names no option of a cause, or a text where a number belongs.
    """
    scenario, quantities = drawing.scenario, drawing.quantities
    known = {*quantities, *scenario.causes, *([ACCOUNT] if scenario.accounts else [])}
    for path in (*given, *overrides):
        if path not in known:
            raise PathError(path, "names no parameter of this scenario", ", ".join(sorted(known)))
    values = _draw_causes(scenario, seed, worlds, given, overrides)
    coupled = _coupled(scenario, seed, worlds)
    for path, quantity in quantities.items():
        if path in given:
            values[path] = given[path]
        elif quantity.prior is None:
            values[path] = drawing.fixed[path]
        else:
            uniform = coupled.get(path)
            if uniform is None:
                uniform = hidden_uniform(seed, worlds, path)
            others = {name: np.asarray(values[name]) for name in quantity.prior.derives_from}
            values[path] = quantity.quantile(uniform, others)
    for path, value in overrides.items():
        if path in quantities:
            if isinstance(value, str):
                raise OptionError(path, repr(value), "a number", "give the value to set")
            values[path] = float(value)
    return values
