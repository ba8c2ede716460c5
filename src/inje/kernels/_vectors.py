"""Candidates of 16 worlds at once: the inner loop, written as vectors.

Numba's own vectorizer gives up on a loop of this kind, so its instructions are built here: a
vector of 16 lanes of 32 bits, one step a candidate. Each lane has its own generator, regions,
thresholds and number of candidates; as long as every lane has candidates left none is masked.
What one hit changes is what `_pieces` changes: the thresholds that the fallen man's fire fed.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.core.cgutils import get_or_insert_function
from numba.extending import intrinsic

__all__ = [
    "BATCH",
    "LANES",
    "MOST_ARMS",
    "NUMBERS",
    "ROWS_ONE",
    "ROWS_THREE",
    "TOGETHER",
    "next_mark",
    "raw_marks",
    "steps_one",
    "steps_three",
]

LANES = 16
#: worlds of a batch, a row of each number: enough for what each loop costs to begin with
BATCH = 240
#: vectors that take their steps together, where sides have one arm
TOGETHER = 3
#: row of the numbers of candidates
NUMBERS = 4
MOST_ARMS = 3
_WORD = ir.IntType(32)
_LONG = ir.IntType(64)
_VECTOR = ir.VectorType(_WORD, LANES)


def _rows(arms: int) -> int:
    """Rows of a block: generator, number, regions, thresholds, hits, what each hit takes."""
    return 5 + 6 * arms + 2 * arms * arms


ROWS_ONE, ROWS_THREE = _rows(1), _rows(MOST_ARMS)


def _constant(number: int, kind: ir.Type = _VECTOR) -> ir.Constant:
    return ir.Constant(kind, [number] * LANES if kind is _VECTOR else number)


def _splat(builder: ir.IRBuilder, word: Any) -> Any:
    one = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), word, _WORD(0))
    return builder.shuffle_vector(one, ir.Constant(_VECTOR, ir.Undefined), _constant(0))


def _next_mark(builder: ir.IRBuilder, words: list[Any]) -> tuple[list[Any], Any]:
    """One step of sfc32 (Doty-Humphrey, PractRand, 2014), in every lane or in one."""
    a, b, c, d = words
    kind = a.type
    mark = builder.add(builder.add(a, b), d)
    left, right = builder.shl(c, _constant(21, kind)), builder.lshr(c, _constant(11, kind))
    return [
        builder.xor(b, builder.lshr(b, _constant(9, kind))),
        builder.add(c, builder.shl(c, _constant(3, kind))),
        builder.add(builder.or_(left, right), mark),
        builder.add(d, _constant(1, kind)),
    ], mark


@intrinsic
def next_mark(typingctx, a, b, c, d):
    """One step of sfc32 on four words of 32 bits: the new ones, and the mark in 64 bits."""
    result = types.Tuple([types.uint32] * 4 + [types.uint64])

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        words, mark = _next_mark(builder, list(values))
        whole = builder.zext(mark, _LONG)
        return context.make_tuple(builder, signature.return_type, [*words, whole])

    return result(*[types.uint32] * 4), build


class _Block:
    """The rows of 16 lanes in memory, and how one candidate changes what the loop carries."""

    def __init__(self, builder: ir.IRBuilder, address: Any, arms: int, apart: int = 1) -> None:
        """Apart : vectors from one row to the next."""
        self.builder, self.arms, self.apart = builder, arms, apart
        self.base = builder.inttoptr(address, _VECTOR.as_pointer())
        self.region, self.threshold = 5, 5 + 2 * arms
        self.hits, self.taken = 5 + 4 * arms, 5 + 6 * arms
        self.fixed: dict[int, Any] = {}

    def load(self, row: int) -> Any:
        return self.builder.load(self._at(row), align=4)

    def _at(self, row: int) -> Any:
        return self.builder.gep(self.base, [_LONG(row * self.apart)])

    def store(self, row: int, value: Any) -> None:
        self.builder.store(value, self._at(row), align=4)

    def keep(self, rows: Any) -> None:
        """Rows that stay in registers."""
        self.fixed = {row: self.load(row) for row in rows}

    def row(self, row: int) -> Any:
        return self.fixed[row] if row in self.fixed else self.load(row)

    def struck(self, c: int, mark: Any, threshold: Any) -> Any:
        """Lanes whose mark hits a channel; the last region hangs from the top."""
        b = self.builder
        if c == 2 * self.arms - 1:
            return b.icmp_unsigned(">", mark, threshold)  # held as its complement
        place = mark if c == 0 else b.sub(mark, self.row(self.region + c))
        return b.icmp_unsigned("<", place, threshold)

    def step(self, now: list[Any], active: Any | None) -> list[Any]:
        """One candidate in every lane that is active."""
        b, arms = self.builder, self.arms
        channels = range(2 * arms)
        words, mark = _next_mark(b, now[:4])
        thresholds, hits = now[4 : 4 + 2 * arms], now[4 + 2 * arms :]
        struck = [self.struck(c, mark, thresholds[c]) for c in channels]
        if active is not None:
            struck = [b.and_(each, active) for each in struck]
        for c in channels:
            for j in range(arms):
                k = (arms if c < arms else 0) + j
                change = b.add if k == 2 * arms - 1 else b.sub
                less = change(thresholds[k], self.row(self.taken + c * arms + j))
                thresholds[k] = b.select(struck[c], less, thresholds[k])
            if arms == 1:
                continue  # the thresholds tell the hits
            # A side's hits share a register: 10 bits an arm.
            one = _constant(1 << (10 * (c % arms)))
            side = c // arms
            hits[side] = b.select(struck[c], b.add(hits[side], one), hits[side])
        return [*words, *thresholds, *hits]


def _loop(
    blocks: list[_Block], starts: list[list[Any]], first: Any, last: Any, masked: list[Any]
) -> list[list[Any]]:
    """Candidates first .. last - 1; what the loop carries afterwards, block by block."""
    b = blocks[0].builder
    start = [value for row in starts for value in row]
    width = len(starts[0])
    before = b.block
    loop, after = b.append_basic_block("candidates"), b.append_basic_block("after")
    b.cbranch(b.icmp_signed("<", first, last), loop, after)
    b.position_at_end(loop)
    counter = b.phi(_LONG)
    counter.add_incoming(first, before)
    phis = [b.phi(_VECTOR) for _ in start]
    end: list[Any] = []
    for i, block in enumerate(blocks):
        active = None
        if masked:
            active = b.icmp_unsigned("<", _splat(b, b.trunc(counter, _WORD)), masked[i])
        end += block.step(list(phis[i * width : (i + 1) * width]), active)
    more = b.add(counter, _LONG(1))
    counter.add_incoming(more, loop)
    for phi, value, following in zip(phis, start, end, strict=True):
        phi.add_incoming(value, before)
        phi.add_incoming(following, loop)
    b.cbranch(b.icmp_signed("<", more, last), loop, after)
    b.position_at_end(after)
    joined = [b.phi(_VECTOR) for _ in start]
    for phi, value, following in zip(joined, start, end, strict=True):
        phi.add_incoming(value, before)
        phi.add_incoming(following, loop)
    return [joined[i * width : (i + 1) * width] for i in range(len(blocks))]


def _extreme(builder: ir.IRBuilder, vectors: list[Any], which: str) -> Any:
    """The least (umin) or the largest (umax) number of any lane."""
    kind = ir.FunctionType(_WORD, [_VECTOR])
    name = f"llvm.vector.reduce.{which}.v{LANES}i32"
    reduce = get_or_insert_function(builder.module, kind, name)
    order = "<" if which == "umin" else ">"
    found = vectors[0]
    for other in vectors[1:]:
        found = builder.select(builder.icmp_unsigned(order, other, found), other, found)
    return builder.zext(builder.call(reduce, [found]), _LONG)


def _steps(arms: int, together: int) -> Any:
    def build(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        starts = [builder.add(values[0], _LONG(i * LANES * 4)) for i in range(together)]
        blocks = [_Block(builder, start, arms, BATCH // LANES) for start in starts]
        one = blocks[0]
        few = range(one.taken, one.taken + 2) if arms == 1 else ()
        for block in blocks:
            block.keep((*range(one.region + 1, one.region + 2 * arms - 1), *few))
        carried = [*range(4), *range(one.threshold, one.threshold + 2 * arms)]
        first = [[*(each.load(row) for row in carried), *[_constant(0)] * 2] for each in blocks]
        numbers = [block.load(NUMBERS) for block in blocks]
        least, most = (_extreme(builder, numbers, which) for which in ("umin", "umax"))
        middle = _loop(blocks, first, _LONG(0), least, [])
        last = _loop(blocks, middle, least, most, numbers)
        for block, end in zip(blocks, last, strict=True):
            rows = [*range(one.threshold, one.threshold + 2 * arms), one.hits, one.hits + 1]
            for row, value in zip(rows, end[4:], strict=True):
                block.store(row, value)
        return context.get_dummy_value()

    return types.void(types.int64), build


@intrinsic
def steps_one(typingctx, address):
    """Candidates of sides of one arm in TOGETHER vectors.

    address : of the first lane in a block of ROWS_ONE rows of BATCH lanes.
    """
    return _steps(1, TOGETHER)


@intrinsic
def steps_three(typingctx, address):
    """Candidates of sides of up to three arms in one vector of a block of ROWS_THREE rows."""
    return _steps(MOST_ARMS, 1)


@intrinsic
def raw_marks(typingctx, address, steps):
    """Draw marks in 64 lanes and keep their exclusive or: the bound of every kernel.

    address : of 4 blocks of 5 rows; steps : marks of each lane.
    """

    def build(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        where, count = values
        starts = [builder.add(where, _LONG(i * 5 * LANES * 4)) for i in range(4)]
        blocks = [_Block(builder, start, 1) for start in starts]
        first = [[block.load(row) for row in range(5)] for block in blocks]
        before = builder.block
        loop, after = builder.append_basic_block("draws"), builder.append_basic_block("drawn")
        builder.branch(loop)
        builder.position_at_end(loop)
        counter = builder.phi(_LONG)
        counter.add_incoming(_LONG(0), before)
        phis = [[builder.phi(_VECTOR) for _ in row] for row in first]
        ends = []
        for now in phis:
            words, mark = _next_mark(builder, now[:4])
            ends.append([*words, builder.xor(now[4], mark)])
        more = builder.add(counter, _LONG(1))
        counter.add_incoming(more, loop)
        for row, start, end in zip(phis, first, ends, strict=True):
            for phi, value, following in zip(row, start, end, strict=True):
                phi.add_incoming(value, before)
                phi.add_incoming(following, loop)
        builder.cbranch(builder.icmp_signed("<", more, count), loop, after)
        builder.position_at_end(after)
        for block, end in zip(blocks, ends, strict=True):
            for row, value in enumerate(end):
                block.store(row, value)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64), build
