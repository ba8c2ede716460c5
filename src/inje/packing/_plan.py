"""Which columns to bring, and what the scenario must be packed with for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from inje.chronology import format_day, parse_edtf
from inje.dossier import ObservablePath
from inje.errors import PathError
from inje.packing._clock import horizon_of
from inje.packing._drawing import ACCOUNT, labels_of
from inje.packing._observables import Reader, expand, moments_of, reader_of
from inje.packing._packed import Packed, pack
from inje.scenario import KINDS_OF_LOSS, Scenario, parameters

__all__ = ["Plan", "default_paths", "labels_for", "plan_paths"]


@dataclass(frozen=True)
class Plan:
    """A packed scenario, how to read each path wanted, and whether losses of sides are all."""

    packed: Packed
    readers: Mapping[str, Reader]
    losses_only: bool = False


def plan_paths(scenario: Scenario, paths: Sequence[str], renewals: Sequence[float] = ()) -> Plan:
    """What is needed for these paths.

    renewals : days at which fortunes are renewed, see `Keys`.

    Raises
    ------
    OptionError : renewals that do not ascend between the start and the end.
    PathError : a path names nothing in this scenario.
    ModelError : the scenario cannot be fought.
    """
    wanted = expand(scenario, paths)
    packed = pack(scenario, moments_of(scenario, wanted), renewals)
    readers = {path: reader_of(packed, path) for path in wanted}
    sides = {f"losses.{side.id}.total" for side in scenario.sides}
    return Plan(packed, readers, losses_only=set(wanted) <= packed.given | sides)


def _days(scenario: Scenario) -> list[str]:
    first = parse_edtf(scenario.clock.start).earliest or 0
    return [format_day(first + day) for day in range(int(horizon_of(scenario.clock)))]


def default_paths(scenario: Scenario) -> tuple[str, ...]:
    """The usual columns: parameters, causes, and what a claim most often speaks of."""
    own = [*parameters(scenario), *scenario.causes, *([ACCOUNT] if scenario.accounts else [])]
    found = [*own]
    for side in scenario.sides:
        found += [f"strength.{side.id}", f"breaking_off.{side.id}", f"reserves.{side.id}"]
        for kind in ("total", "killed_or_wounded", *KINDS_OF_LOSS):
            found.append(f"losses.{side.id}.{kind}")
    contested = [place.id for place in scenario.places if place.contested]
    for place in contested or dict.fromkeys(e.place for e in scenario.engagements):
        found.append(f"control.{place}")
        found += [f"control.{place}@{day}" for day in _days(scenario)[:31]]
    found += [f"arrival.{force.id}" for force in scenario.forces if force.march]
    found += [f"report.{message.id}" for message in scenario.messages]
    found += [f"order.{decision.id}" for decision in scenario.decisions]
    found += ["start", "end", "duration", "winner"]
    packed = pack(scenario)
    return tuple(path for path in dict.fromkeys(found) if _readable(packed, path))


def _readable(packed: Packed, path: str) -> bool:
    """Whether a path can be read; kinds of loss cannot where no shares are given."""
    if not path.startswith("losses."):
        return True
    try:
        reader_of(packed, path)
    except PathError:
        return False
    return True


def labels_for(scenario: Scenario, paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Names of the codes of the columns that have codes."""
    own = labels_of(scenario)
    sides = tuple(side.id for side in scenario.sides)
    found = {}
    for path in paths:
        if path in own:
            found[path] = own[path]
            continue
        quantity = ObservablePath.parse(path).quantity if _is_observable(path) else ""
        if quantity in ("control", "winner", "attacker"):
            found[path] = sides
        elif quantity == "decision":
            found[path] = ("hold", "send")
    return found


def _is_observable(path: str) -> bool:
    return path.partition(".")[0].partition("@")[0] in ("control", "winner", "attacker", "decision")
