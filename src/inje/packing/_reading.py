"""What a fought block of worlds says, beyond its raw columns: losses by side, force and kind."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from inje.kernels import (
    OUT_ARRIVAL,
    OUT_HOLDER,
    OUT_JOINED,
    OUT_LEFT,
    OUT_LOST,
    OUT_STATUS,
    Outcome,
    block,
    mark_kinds,
    mark_losses,
    name_key,
)
from inje.packing._keys import Keys
from inje.packing._packed import Packed
from inje.packing._rows import Column, Values
from inje.scenario import KINDS_OF_LOSS

__all__ = ["Fought", "shares_of"]

Ints = NDArray[np.int64]
ROLES = ("attacker", "defender")


def shares_of(packed: Packed, group: int) -> tuple[str, dict[str, str]] | None:
    """Engagement and paths of the shares of the kinds of loss of a group; None without any.

    The paths are by kind; a share may be written for a side or for its role.
    """
    at, side, _ = packed.skeleton.groups[group]
    for engagement in packed.skeleton.engagements:
        if packed.skeleton.field_of[engagement.place] == at and side in engagement.sides:
            for who in (side, *ROLES):
                if who in engagement.shares:
                    return engagement.id, {
                        kind: f"share.{engagement.id}.{who}.{kind}"
                        for kind in engagement.shares[who]
                    }
    return None


def _edges(weights: list[Column | None], worlds: int) -> NDArray[np.float64]:
    """Cumulated shares, times 2^32.

    Weights of all four kinds are relative. Where kinds are missing, the weights are shares, and
    the rest falls evenly to the kinds that are not named.
    """
    named = [np.broadcast_to(np.asarray(w, float), worlds) for w in weights if w is not None]
    total = np.sum(named, axis=0)
    missing = len(weights) - len(named)
    scale = np.maximum(total, 1.0) if missing else np.where(total > 0, total, 1.0)
    rest = (1.0 - total / scale) / max(missing, 1)
    shares = [rest if w is None else np.asarray(w, float) / scale for w in weights]
    return np.cumsum(np.array([np.broadcast_to(s, worlds) for s in shares]), axis=0) * 2.0**32


@dataclass(frozen=True)
class Fought:
    """A block of worlds that has been fought.

    Attributes
    ----------
    packed : the model. values : parameters, causes and hidden draws by path.
    outcome : what the kernel wrote. seed : of all addresses. keys : addresses of the worlds.
    """

    packed: Packed
    values: Values
    outcome: Outcome
    seed: int
    keys: Keys
    _marked: dict[int, Ints] = field(default_factory=dict)
    _kinds: dict[int, Ints] = field(default_factory=dict)

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return len(self.keys)

    @property
    def unfinished(self) -> int:
        """Worlds that were cut short."""
        return int(np.count_nonzero(self.column(OUT_STATUS)))

    @property
    def snapshots(self) -> int:
        """Number of snapshots."""
        return len(self.packed.snapshots)

    def column(self, name: int, index: int = 0) -> NDArray[np.generic]:
        """A raw column."""
        return block(self.packed.words, self.outcome, name, index)

    def lost_of_group(self, group: int, x: int) -> Ints:
        """Losses of a group at a snapshot."""
        return self.column(OUT_LOST, x * len(self.packed.skeleton.groups) + group)

    def lost_of_side(self, side: str, x: int) -> Ints:
        """Losses of a side at a snapshot."""
        groups = [g for g, (_, s, _) in enumerate(self.packed.skeleton.groups) if s == side]
        parts = [self.lost_of_group(g, x) for g in groups]
        return parts[0] if len(parts) == 1 else np.sum(parts, axis=0, dtype=np.int64)

    def holder(self, at: str, x: int) -> Ints:
        """Side that holds a field at a snapshot, -1 for none."""
        fields = self.packed.skeleton.fields
        return self.column(OUT_HOLDER, x * len(fields) + fields.index(at))

    def strength(self, force: int) -> Ints:
        """People of a force at the start, shape (W,)."""
        path = f"strength.{self.packed.scenario.forces[force].id}"
        people = np.maximum(np.floor(np.asarray(self.values[path]) + 0.5), 0.0)
        return np.broadcast_to(people.astype(np.int64), self.worlds)

    def arrived(self, force: int, x: int) -> NDArray[np.bool_]:
        """Whether a force had arrived at a snapshot."""
        return self.column(OUT_ARRIVAL, force) <= self.packed.snapshots[x]

    def forces_of(self, group: int) -> tuple[int, ...]:
        """Indices of the forces of a group."""
        return tuple(o for o, g in enumerate(self.packed.skeleton.force_group) if g == group)

    def _lost_by_then(self, group: int) -> Ints:
        """Losses of a group at every snapshot, (X, W)."""
        return np.array([self.lost_of_group(group, x) for x in range(self.snapshots)])

    def marked(self, group: int) -> Ints:
        """Losses of a group by force, kind and snapshot: (O, 4, X, W)."""
        if group not in self._marked:
            self._marked[group] = self.marks(group, self._lost_by_then(group))
        return self._marked[group]

    def kinds(self, group: int) -> Ints:
        """Losses of a group by kind and snapshot, whichever of its forces bore them: (4, X, W)."""
        if group not in self._kinds:
            lost = self._lost_by_then(group)
            self._kinds[group] = np.empty((4, *lost.shape), np.int64)
            mark_kinds(*self._marking(group), lost, self._edges_of(group), self._kinds[group])
        return self._kinds[group]

    def _marking(self, group: int) -> tuple[np.uint64, NDArray[np.uint64], np.uint64]:
        """Seed, addresses and name of the marks of a group's losses."""
        at, side, arm = self.packed.skeleton.groups[group]
        name = np.uint64(name_key(f"losses.{at}.{side}.{arm}"))
        return np.uint64(self.seed), self.keys.marks, name

    def _edges_of(self, group: int) -> NDArray[np.float64]:
        """Cumulated shares of the kinds of a group's losses, times 2^32: (4, W)."""
        shares = shares_of(self.packed, group)
        paths = shares[1] if shares else {}
        weights = [self.values[paths[k]] if k in paths else None for k in KINDS_OF_LOSS]
        return _edges(weights, self.worlds)

    def marks(self, group: int, lost: Ints) -> Ints:
        """The first losses of a group by force and kind, (O, 4, X, W) for lost (X, W)."""
        forces = self.forces_of(group)
        out = np.zeros((len(forces), 4, *lost.shape), np.int64)
        mark_losses(
            *self._marking(group),
            lost,
            np.array([self.strength(o) for o in forces]),
            np.array([self.column(OUT_JOINED, o) for o in forces]),
            np.array([self.column(OUT_LEFT, o) for o in forces]),
            self._edges_of(group),
            out,
        )
        return out

    def lost_of_force(self, force: int, x: int) -> Ints:
        """Losses of a force at a snapshot."""
        group = self.packed.skeleton.force_group[force]
        forces = self.forces_of(group)
        if len(forces) == 1:
            return self.lost_of_group(group, x)
        return self.marked(group)[forces.index(force), :, x].sum(axis=0)

    def kinds_of_side(self, side: str, kinds: tuple[str, ...], x: int) -> Ints:
        """Losses of a side of some kinds at a snapshot."""
        chosen = [KINDS_OF_LOSS.index(kind) for kind in kinds]
        groups = [g for g, (_, s, _) in enumerate(self.packed.skeleton.groups) if s == side]
        parts = [self.kinds(g)[kind, x] for g in groups for kind in chosen]
        return np.sum(parts, axis=0, dtype=np.int64)

    def kinds_of_force(self, force: int, kinds: tuple[str, ...], x: int) -> Ints:
        """Losses of a force of some kinds at a snapshot."""
        group = self.packed.skeleton.force_group[force]
        at = self.forces_of(group).index(force)
        chosen = [KINDS_OF_LOSS.index(kind) for kind in kinds]
        return self.marked(group)[at, chosen, x].sum(axis=0)
