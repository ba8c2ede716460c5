"""Observable paths as columns of a fought block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inje.dossier import ObservablePath
from inje.errors import PathError
from inje.kernels import (
    OUT_ARRIVAL,
    OUT_BEGUN,
    OUT_BROKE,
    OUT_ENDED,
    OUT_OFF,
    OUT_ORDER,
    OUT_REPORT,
)
from inje.packing._clock import day_end, horizon_of
from inje.packing._packed import Packed, given_paths
from inje.packing._reading import Fought, shares_of
from inje.scenario import Scenario

__all__ = ["COMPONENTS", "Reader", "expand", "moments_of", "reader_of"]

Reader = Callable[[Fought], "NDArray[np.generic] | float"]
#: what a loss of no stated category may be: asked for it, these columns are given
COMPONENTS = ("killed", "wounded", "captured", "missing", "killed_or_wounded", "total")
_KINDS = {
    "killed": ("killed",),
    "wounded": ("wounded",),
    "captured": ("captured",),
    "missing": ("missing",),
    "killed_or_wounded": ("killed", "wounded"),
    "captured_or_missing": ("captured", "missing"),
}
#: what is nobody's loss where the engagement has no shares of the kinds
_NOT_IN_THE_FIELD = ("captured", "missing", "captured_or_missing")


def expand(scenario: Scenario, paths: Sequence[str]) -> tuple[str, ...]:
    """Paths with `lost_unspecified` replaced by the categories that it may mean."""
    found: dict[str, None] = {}
    known = given_paths(scenario)
    for path in paths:
        parsed = None if path in known else ObservablePath.parse(path)
        if parsed and parsed.quantity == "losses" and parsed.parts[1:] == ("lost_unspecified",):
            at = f"@{parsed.date}" if parsed.date else ""
            names = [f"losses.{parsed.parts[0]}.{part}{at}" for part in COMPONENTS]
            for name in names:
                if _has_shares(scenario, parsed.parts[0]) or not name.count("killed."):
                    found[name] = None
        else:
            found[path] = None
    return tuple(found)


def _has_shares(scenario: Scenario, who: str) -> bool:
    side = next((force.side for force in scenario.forces if force.id == who), who)
    return any(
        set(engagement.shares) & {side, "attacker", "defender"}
        for engagement in scenario.engagements
        if side in engagement.sides
    )


def moments_of(scenario: Scenario, paths: Sequence[str]) -> tuple[float, ...]:
    """The moments that paths speak of, in order."""
    given = given_paths(scenario)
    dated = {path: ObservablePath.parse(path).date for path in paths if path not in given}
    return tuple(
        sorted({day_end(scenario.clock, date, path) for path, date in dated.items() if date})
    )


@dataclass(frozen=True)
class _Asked:
    """A path with what it names looked up."""

    path: str
    parts: tuple[str, ...]
    packed: Packed
    x: int
    dated: bool

    def nothing(self, allowed: Sequence[str], remedy: str = "correct the name") -> PathError:
        return PathError(self.path, "names nothing in this scenario", ", ".join(allowed), remedy)

    def side(self, name: str) -> str | None:
        return name if name in self.packed.skeleton.sides else None

    def force(self, name: str) -> int | None:
        ids = [force.id for force in self.packed.scenario.forces]
        return ids.index(name) if name in ids else None

    def names(self) -> list[str]:
        forces = [force.id for force in self.packed.scenario.forces]
        return sorted({*self.packed.skeleton.sides, *forces})

    def forces_of(self, side: str) -> list[int]:
        return [o for o, force in enumerate(self.packed.scenario.forces) if force.side == side]


def _strength(asked: _Asked) -> Reader:
    name, x = asked.parts[0], asked.x
    side, force = asked.side(name), asked.force(name)
    if side is None and force is None:
        raise asked.nothing(asked.names())
    if not asked.dated:
        forces = asked.forces_of(side) if side else [force or 0]
        present = asked.packed.scenario.forces
        chosen = [o for o in forces if present[o].march is None or side is None]
        return lambda fought: sum((fought.strength(o) for o in chosen), np.int64(0))
    if side is None:
        o = force or 0
        return lambda fought: fought.strength(o) - fought.lost_of_force(o, x)
    theirs = asked.forces_of(side)

    def standing(fought: Fought) -> NDArray[np.generic]:
        there = sum((fought.strength(o) * fought.arrived(o, x) for o in theirs), np.int64(0))
        return there - fought.lost_of_side(side, x)

    return standing


def _losses(asked: _Asked) -> Reader:
    name, x = asked.parts[0], asked.x
    category = asked.parts[1] if len(asked.parts) > 1 else "total"
    side, force = asked.side(name), asked.force(name)
    if side is None and force is None:
        raise asked.nothing(asked.names())
    forces = asked.forces_of(side) if side else [force or 0]
    shared = any(shares_of(asked.packed, asked.packed.skeleton.force_group[o]) for o in forces)
    if not shared and category in _NOT_IN_THE_FIELD:
        return lambda _: np.int64(0)
    if not shared and category in ("killed", "wounded"):
        raise asked.nothing(
            ("total", "killed_or_wounded"), "give the engagement `shares` of the kinds of loss"
        )
    if category == "total" or not shared:
        if side is not None:
            return lambda fought: fought.lost_of_side(side, x)
        return lambda fought: fought.lost_of_force(forces[0], x)
    kinds = _KINDS[category]
    if side is not None:
        return lambda fought: fought.kinds_of_side(side, kinds, x)
    return lambda fought: fought.kinds_of_force(forces[0], kinds, x)


def _control(asked: _Asked) -> Reader:
    skeleton = asked.packed.skeleton
    if asked.parts[0] not in skeleton.field_of:
        raise asked.nothing(sorted(skeleton.field_of))
    at, x = skeleton.field_of[asked.parts[0]], asked.x
    if at in skeleton.fields:
        return lambda fought: fought.holder(at, x).astype(np.int8)
    holder = next(place.holder for place in asked.packed.scenario.places if place.id == at)
    code = skeleton.sides.index(holder) if holder in skeleton.sides else -1
    return lambda _: np.int8(code)


def _indexed(block: int, ids: Sequence[str], asked: _Asked) -> Reader:
    if asked.parts[0] not in ids:
        raise asked.nothing(sorted(ids) or ["this scenario has none"])
    index = list(ids).index(asked.parts[0])
    return lambda fought: fought.column(block, index).copy()


def _reserves(asked: _Asked) -> Reader:
    """People of a side who had not come to the fight."""
    side = asked.side(asked.parts[0])
    if side is None:
        raise asked.nothing(asked.packed.skeleton.sides)
    theirs, x = asked.forces_of(side), asked.x
    return lambda fought: sum(
        (fought.strength(o) * ~fought.arrived(o, x) for o in theirs), np.int64(0)
    )


def _first_fighting(fought: Fought) -> NDArray[np.float64]:
    count = len(fought.packed.skeleton.engagements)
    return np.min([fought.column(OUT_BEGUN, e) for e in range(count)], axis=0)


def _duration(fought: Fought) -> NDArray[np.float64]:
    first, last = _first_fighting(fought), fought.column(OUT_ENDED)
    fighting = np.isfinite(first)
    return np.where(fighting, last, 0.0) - np.where(fighting, first, 0.0)


def _contested(packed: Packed) -> list[str]:
    named = {packed.skeleton.field_of[p.id] for p in packed.scenario.places if p.contested}
    if not named:
        named = {packed.skeleton.field_of[e.place] for e in packed.skeleton.engagements}
    return [at for at in packed.skeleton.fields if at in named]


def _off(fought: Fought, side: int) -> NDArray[np.bool_]:
    """Whether a side has broken off, or was destroyed, wherever it fought."""
    skeleton = fought.packed.skeleton
    there = {
        skeleton.fields.index(skeleton.field_of[e.place])
        for e in skeleton.engagements
        if skeleton.sides[side] in e.sides
    }
    count = len(skeleton.sides)
    off = [fought.column(OUT_OFF, f * count + side) == 1 for f in there]
    return np.all(off, axis=0) if off else np.zeros(fought.worlds, bool)


def _winner(fought: Fought) -> NDArray[np.int8]:
    """The side that at the end alone controls every contested place, or the one not beaten."""
    packed, x = fought.packed, fought.snapshots - 1
    sides = range(len(packed.skeleton.sides))
    held = [fought.holder(at, x) for at in _contested(packed)]
    off = np.array([_off(fought, side) for side in sides])
    standing = (~off).sum(axis=0)
    last = np.argmax(~off, axis=0)
    winner = np.where((standing == 1) & off.any(axis=0), last, -1)
    for side in sides:
        alone = np.all([h == side for h in held], axis=0)
        winner = np.where(alone, side, winner)
    return winner.astype(np.int8)


def _number(value: float) -> Reader:
    return lambda _: value


def _attacker(asked: _Asked) -> Reader:
    """Side that attacks first, where the model names it; else as drawn with its cause."""
    for engagement in asked.packed.skeleton.engagements:
        if asked.parts and asked.parts[0] != engagement.id:
            continue
        if engagement.attacker in engagement.sides:
            return _number(float(asked.packed.skeleton.sides.index(engagement.attacker)))
        if engagement.attacker is not None:
            cause = engagement.attacker
            return lambda fought: fought.values[cause]
    raise asked.nothing(sorted(asked.packed.scenario.causes), "give an engagement its `attacker`")


def _decision(asked: _Asked) -> Reader:
    """Whether a leader sent his order: 1 sent, 0 held."""
    ids = [decision.id for decision in asked.packed.scenario.decisions]
    order = _indexed(OUT_ORDER, ids, asked)
    return lambda fought: np.isfinite(order(fought)).astype(np.int8)


def reader_of(packed: Packed, path: str) -> Reader:
    """How to read a path from a fought block.

    Raises
    ------
    PathError : the path names nothing in this scenario.
    """
    scenario = packed.scenario
    if path in packed.given:
        return lambda fought: fought.values[path]
    parsed, clock = ObservablePath.parse(path), scenario.clock
    moment = day_end(clock, parsed.date, path) if parsed.date else horizon_of(clock)
    x = packed.snapshots.index(moment)
    asked = _Asked(path, parsed.parts, packed, x, bool(parsed.date))
    plain: dict[str, Reader] = {
        "duration": _duration,
        "start": _first_fighting,
        "end": lambda fought: fought.column(OUT_ENDED).copy(),
        "winner": _winner,
    }
    if parsed.quantity in plain:
        return plain[parsed.quantity]
    named = {
        "arrival": (OUT_ARRIVAL, [force.id for force in scenario.forces]),
        "report": (OUT_REPORT, [message.id for message in scenario.messages]),
        "order": (OUT_ORDER, [decision.id for decision in scenario.decisions]),
        "breaking_off": (OUT_BROKE, list(packed.skeleton.sides)),
    }
    if parsed.quantity in named:
        return _indexed(*named[parsed.quantity], asked)
    found: dict[str, Callable[[_Asked], Reader]] = {
        "strength": _strength,
        "losses": _losses,
        "control": _control,
        "reserves": _reserves,
        "attacker": _attacker,
        "decision": _decision,
    }
    if parsed.quantity not in found:
        raise asked.nothing(
            sorted({*plain, *named, *found, *packed.given}), "add it as a cause, or drop it"
        )
    return found[parsed.quantity](asked)
