"""Candidates of 32 worlds at once: the inner loop, written as vectors.

Numba's own vectorizer gives up on a loop of this kind, so its instructions are built here: two
vectors of 16 lanes of 32 bits, one step a candidate. Each lane has its own generator, number
of candidates, regions and thresholds. What one hit changes is what `_pieces` changes: the
thresholds that the fallen man's fire fed.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

__all__ = ["LANES", "raw_marks", "rows_of", "steps_one", "steps_three"]

LANES = 32
_WIDTH = 16
_WORD = ir.IntType(32)
_VECTOR = ir.VectorType(_WORD, _WIDTH)


def rows_of(arms: int) -> tuple[int, int, int, int, int]:
    """First rows of regions, thresholds, counts of hits and increments; and how many rows.

    Rows 0 .. 3 are the generator, row 4 the number of candidates; then for each channel the start
    of its region, its threshold and its hits; then for each channel what a hit takes from each
    threshold of the other side.
    """
    channels = 2 * arms
    first = 5
    return (
        first,
        first + channels,
        first + 2 * channels,
        first + 3 * channels,
        first + 3 * channels + channels * arms,
    )


def _splat(builder: ir.IRBuilder, word: Any) -> Any:
    one = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), word, ir.IntType(32)(0))
    return builder.shuffle_vector(
        one, ir.Constant(_VECTOR, ir.Undefined), ir.Constant(_VECTOR, [0] * _WIDTH)
    )


def _constant(number: int) -> ir.Constant:
    return ir.Constant(_VECTOR, [number] * _WIDTH)


def _next_mark(builder: ir.IRBuilder, words: list[Any]) -> tuple[list[Any], Any]:
    """One step of sfc32, as `_addresses.next_mark`."""
    a, b, c, d = words
    mark = builder.add(builder.add(a, b), d)
    low = builder.lshr(c, _constant(11))
    turned = builder.or_(builder.shl(c, _constant(21)), low)
    return [
        builder.xor(b, builder.lshr(b, _constant(9))),
        builder.add(c, builder.shl(c, _constant(3))),
        builder.add(turned, mark),
        builder.add(d, _constant(1)),
    ], mark


class _Half:
    """One vector of lanes: its rows in memory, and what the loop carries."""

    def __init__(self, builder: ir.IRBuilder, base: Any, half: int, arms: int) -> None:
        self.builder, self.base, self.half, self.arms = builder, base, half, arms
        self.region, self.threshold, self.hits, self.increment, _ = rows_of(arms)

    def at(self, row: int) -> Any:
        """Address of this half of a row."""
        offset = ir.IntType(64)(row * LANES + self.half * _WIDTH)
        word = self.builder.gep(self.base, [offset])
        return self.builder.bitcast(word, _VECTOR.as_pointer())

    def load(self, row: int) -> Any:
        return self.builder.load(self.at(row), align=4)

    def carried(self) -> list[int]:
        """Rows that change: generator, thresholds, hits."""
        channels = range(2 * self.arms)
        return [
            *range(4),
            *(self.threshold + c for c in channels),
            *(self.hits + c for c in channels),
        ]

    def step(self, i: Any, now: list[Any], fixed: dict[int, Any]) -> list[Any]:
        """One candidate in every lane."""
        b, arms = self.builder, self.arms
        channels = 2 * arms
        words, mark = _next_mark(b, now[:4])
        thresholds, hits = now[4 : 4 + channels], now[4 + channels :]
        active = b.icmp_unsigned("<", _splat(b, i), fixed[4])
        struck = []
        for c in range(channels):
            place = b.sub(mark, fixed[self.region + c])
            struck.append(b.and_(b.icmp_unsigned("<", place, thresholds[c]), active))
        for c in range(channels):
            facing = arms if c < arms else 0
            for j in range(arms):
                taken = fixed.get(self.increment + c * arms + j)
                if taken is None:
                    taken = self.load(self.increment + c * arms + j)
                k = facing + j
                less = b.sub(thresholds[k], taken)
                thresholds[k] = b.select(struck[c], less, thresholds[k])
            hits[c] = b.select(struck[c], b.add(hits[c], _constant(1)), hits[c])
        return [*words, *thresholds, *hits]


def _lowered(arms: int) -> Any:
    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        address, steps = values
        base = builder.inttoptr(address, _WORD.as_pointer())
        halves = [_Half(builder, base, half, arms) for half in (0, 1)]
        regions = range(rows_of(arms)[0], rows_of(arms)[0] + 2 * arms)
        few = range(rows_of(arms)[3], rows_of(arms)[4]) if arms == 1 else ()
        fixed = [{row: half.load(row) for row in (4, *regions, *few)} for half in halves]
        first = [[half.load(row) for row in half.carried()] for half in halves]
        before = builder.block
        loop = builder.append_basic_block("candidates")
        after = builder.append_basic_block("done")
        enough = builder.icmp_signed(">", steps, ir.IntType(64)(0))
        builder.cbranch(enough, loop, after)
        builder.position_at_end(loop)
        counter = builder.phi(ir.IntType(64))
        counter.add_incoming(ir.IntType(64)(0), before)
        phis = [[builder.phi(_VECTOR) for _ in row] for row in first]
        position = builder.trunc(counter, _WORD)
        ends = [
            half.step(position, list(now), kept)
            for half, now, kept in zip(halves, phis, fixed, strict=True)
        ]
        more = builder.add(counter, ir.IntType(64)(1))
        counter.add_incoming(more, loop)
        for row, start, end in zip(phis, first, ends, strict=True):
            for phi, value, following in zip(row, start, end, strict=True):
                phi.add_incoming(value, before)
                phi.add_incoming(following, loop)
        for half, end in zip(halves, ends, strict=True):
            for row, value in zip(half.carried()[4 + 2 * arms :], end[4 + 2 * arms :], strict=True):
                builder.store(value, half.at(row), align=4)
        builder.cbranch(builder.icmp_signed("<", more, steps), loop, after)
        builder.position_at_end(after)

    return build


@intrinsic
def steps_one(typingctx, address, steps):
    """Run candidates of sides of one arm each; address of the rows, most candidates of a lane."""
    lowered = _lowered(1)

    def build(context, builder, signature, values):
        lowered(context, builder, signature, values)
        return context.get_dummy_value()

    return types.void(address, steps), build


@intrinsic
def steps_three(typingctx, address, steps):
    """Run candidates of sides of up to three arms each."""
    lowered = _lowered(3)

    def build(context, builder, signature, values):
        lowered(context, builder, signature, values)
        return context.get_dummy_value()

    return types.void(address, steps), build


@intrinsic
def raw_marks(typingctx, address, steps):
    """Draw `steps` marks in every lane and keep their exclusive or: the bound of every kernel."""

    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        where, count = values
        base = builder.inttoptr(where, _WORD.as_pointer())
        halves = [_Half(builder, base, half, 1) for half in (0, 1)]
        first = [[half.load(row) for row in range(5)] for half in halves]
        before = builder.block
        loop = builder.append_basic_block("draws")
        after = builder.append_basic_block("drawn")
        builder.branch(loop)
        builder.position_at_end(loop)
        counter = builder.phi(ir.IntType(64))
        counter.add_incoming(ir.IntType(64)(0), before)
        phis = [[builder.phi(_VECTOR) for _ in row] for row in first]
        ends = []
        for now in phis:
            words, mark = _next_mark(builder, now[:4])
            ends.append([*words, builder.xor(now[4], mark)])
        more = builder.add(counter, ir.IntType(64)(1))
        counter.add_incoming(more, loop)
        for row, start, end in zip(phis, first, ends, strict=True):
            for phi, value, following in zip(row, start, end, strict=True):
                phi.add_incoming(value, before)
                phi.add_incoming(following, loop)
        builder.cbranch(builder.icmp_signed("<", more, count), loop, after)
        builder.position_at_end(after)
        for half, end in zip(halves, ends, strict=True):
            for row, value in enumerate(end):
                builder.store(value, half.at(row), align=4)
        return _context.get_dummy_value()

    return types.void(address, steps), build
