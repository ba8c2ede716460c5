"""What samplers write into a journal, and how they go on from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from inje.posterior._reach import Patterns
from inje.posterior._shards import Shard
from inje.posterior._tempering import Info, Particles, Stage
from inje.posterior._weights import Kept, WeightSums
from inje.runs import Journal

__all__ = [
    "Weighed",
    "root_of",
    "settled_hooks",
    "stage_entry",
    "stage_of",
    "tempered_hooks",
    "tree_with",
]

Arrays = dict[str, np.ndarray]


#: perfect binary trees of blocks, from left to right, each with its number of blocks
Tree = tuple[tuple[int, WeightSums], ...]


def tree_with(tree: Tree, blocks: Sequence[WeightSums]) -> Tree:
    """A tree of sums with more blocks: what `WeightSums.tree` adds, in memory that stays flat."""
    stack = list(tree)
    for block in blocks:
        stack.append((1, block))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            size, right = stack.pop()
            _, left = stack.pop()
            stack.append((2 * size, left + right))
    return tuple(stack)


def root_of(tree: Tree) -> WeightSums:
    """The sum of a tree."""
    total = tree[-1][1] if tree else WeightSums.tree(())
    for _, left in reversed(tree[:-1]):
        total = left + total
    return total


@dataclass(frozen=True)
class Weighed:
    """Worlds 0 .. done - 1, weighed.

    Attributes
    ----------
    sums : of weights, see `tree_with`. patterns : which claims were matched together.
    kept : the bounded sample so far. first : columns of the first worlds.
    """

    done: int
    sums: Tree
    patterns: tuple[Patterns, ...]
    kept: Kept
    first: Mapping[str, np.ndarray]

    @classmethod
    def nothing(cls, keep: int) -> Weighed:
        """No worlds yet."""
        return cls(0, (), (), Kept.empty(keep), {})

    def __add__(self, shard: Shard) -> Weighed:
        """With the worlds of the next shard."""
        first = dict(self.first)
        for name, values in shard.first.items():
            first[name] = np.concatenate([first[name], values]) if name in first else values
        return Weighed(
            shard.stop,
            tree_with(self.sums, shard.sums),
            (Patterns.merged([*self.patterns, shard.patterns]),),
            Kept.merged([self.kept, shard.kept]),
            first,
        )

    def entry(self) -> Arrays:
        """As arrays for a journal."""
        sums = [(n, s.peak, s.total, s.squares, s.worlds) for n, s in self.sums]
        (patterns,) = self.patterns
        return {
            "done": np.int64(self.done),
            "sums": np.array(sums, dtype=float),
            "near": patterns.near,
            "possible": patterns.possible,
            "counts": patterns.counts,
            "keep": np.int64(self.kept.size),
            "index": self.kept.index,
            "log_weight": self.kept.log_weight,
            "priority": self.kept.priority,
            **{f"kept:{name}": values for name, values in self.kept.columns.items()},
            **{f"first:{name}": values for name, values in self.first.items()},
        }

    @classmethod
    def of(cls, entry: Mapping[str, np.ndarray]) -> Weighed:
        """What `entry` wrote."""
        rows = entry["sums"].tolist()
        done = int(entry["done"])
        return cls(
            done,
            tuple((int(n), WeightSums(p, t, squares, int(w))) for n, p, t, squares, w in rows),
            (Patterns(entry["near"], entry["possible"], entry["counts"], done),),
            Kept(
                int(entry["keep"]), entry["index"], entry["log_weight"], entry["priority"],
                _below(entry, "kept:"),
            ),
            _below(entry, "first:"),
        )  # fmt: skip


def _below(entry: Mapping[str, np.ndarray], prefix: str) -> Arrays:
    return {key[len(prefix) :]: v for key, v in entry.items() if key.startswith(prefix)}


def stage_entry(stage: Stage, done: int = 0) -> Arrays:
    """Where a population stands, after `done` sweeps of settling, as arrays for a journal."""
    state, rng, infos = stage
    text = json.dumps([asdict(info) for info in infos])
    return {
        "x": state.x,
        "keys": state.keys,
        "family": state.family,
        "rung": np.int64(state.rung),
        "log_evidence": np.float64(state.log_evidence),
        "log_weight": state.log_weight,
        "rng": np.frombuffer(json.dumps(_plain(rng.bit_generator.state)).encode(), np.uint8),
        "infos": np.frombuffer(text.encode(), np.uint8),
        "done": np.int64(done),
        **{f"column:{name}": np.asarray(values) for name, values in state.columns.items()},
    }


def stage_of(entry: Mapping[str, np.ndarray]) -> tuple[Stage, int]:
    """What `stage_entry` wrote."""
    state = Particles(
        entry["x"],
        entry["keys"],
        _below(entry, "column:"),
        entry["family"],
        int(entry["rung"]),
        float(entry["log_evidence"]),
        entry["log_weight"],
    )
    rng = np.random.Generator(np.random.Philox())
    rng.bit_generator.state = json.loads(entry["rng"].tobytes())
    infos = [
        Info(**{**saved, "tracking": tuple(saved["tracking"])})
        for saved in json.loads(entry["infos"].tobytes())
    ]
    return (state, rng, infos), int(entry["done"])


def settled_hooks(
    journal: Journal | None, name: str
) -> tuple[tuple[Stage, int] | None, Callable[[Stage, int], None] | None]:
    """Where an earlier run stopped under this name, and what keeps where this one is."""
    if journal is None:
        return None, None
    left = journal.read(name)

    def keep(stage: Stage, done: int) -> None:
        if journal.due(name):
            journal.write(name, stage_entry(stage, done))

    return (None if left is None else stage_of(left)), keep


def tempered_hooks(
    journal: Journal | None, name: str
) -> tuple[Stage | None, Callable[[Stage], None] | None]:
    """The same for narrowing, which counts no sweeps."""
    left, keep = settled_hooks(journal, name)
    return left and left[0], keep and (lambda stage: keep(stage, 0))


def _plain(value: Any) -> Any:
    """A generator's state as JSON: arrays as lists of whole numbers."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value.tolist() if isinstance(value, np.ndarray | np.generic) else value
