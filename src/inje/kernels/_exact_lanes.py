"""One cell of the recursion over the lattice of losses, for all lanes at once.

Written as vector instructions: the compiler unrolls so short a loop before it would
think of vectors, and cannot know that the arrays are apart.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

__all__ = ["LANES", "cell"]

LANES = 8


@intrinsic
def cell(typingctx, by_row, by_column, base, line, share, i, j, orders, chance):
    """Advance line[j + 1] from row i - 1 to row i and sum it up into `chance`.

    Parameters
    ----------
    by_row : (rows, 4, LANES), u, first u, w and the Poisson chance of each row.
    by_column : (columns, 4, LANES), v, z, second z and the Poisson chance of each column.
    base : (LANES,), sum of both rates less the shift.
    line : (columns + 1, orders, LANES), the recursion; read and written.
    share : (rows + columns + 1, orders), weight of each order.
    i, j : the cell, not (0, 0).
    orders : length of the recursion.
    chance : (LANES,), written.
    """
    del typingctx
    arrays = by_row, by_column, base, line, share
    signature = types.void(*arrays, i, j, orders, chance)
    return signature, _lowered


class _Lanes:
    """Vectors of one number a lane, in the instructions of the compiler."""

    def __init__(self, builder: Any) -> None:
        self.builder = builder
        self.number, self.index = ir.DoubleType(), ir.IntType(64)
        self.vector = ir.VectorType(self.number, LANES)
        self.zero = ir.Constant(self.vector, [0.0] * LANES)

    def at(self, data: Any, block: Any, part: int = 0) -> Any:
        """Address of a block of lanes, `part` blocks on."""
        builder = self.builder
        offset = builder.mul(block, self.index(LANES))
        offset = builder.add(offset, self.index(part * LANES))
        return builder.bitcast(builder.gep(data, [offset]), self.vector.as_pointer())

    def load(self, data: Any, block: Any, part: int = 0) -> Any:
        return self.builder.load(self.at(data, block, part), align=8)

    def spread(self, scalar: Any) -> Any:
        """The same number in every lane."""
        undefined, first = ir.Constant(self.vector, ir.Undefined), ir.IntType(32)
        one = self.builder.insert_element(undefined, scalar, first(0))
        mask = ir.Constant(ir.VectorType(first, LANES), [0] * LANES)
        return self.builder.shuffle_vector(one, undefined, mask)

    def times(self, *factors: Any) -> Any:
        product = factors[0]
        for factor in factors[1:]:
            product = self.builder.fmul(product, factor)
        return product

    def block(self, number: Any, back: int) -> Any:
        """Four vectors a row or column; the one before the first is never weighed."""
        before = self.builder.sub(number, self.index(back))
        negative = self.builder.icmp_signed("<", before, self.index(0))
        least = self.builder.select(negative, self.index(0), before)
        return self.builder.mul(least, self.index(4))


def _lowered(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    rows, columns, base, line, share, chance = (
        context.make_array(signature.args[k])(context, builder, values[k]).data
        for k in (0, 1, 2, 3, 4, 8)
    )
    i, j, orders = values[5:8]
    on = _Lanes(builder)
    row, column = on.block(i, 0), on.block(j, 0)
    n = builder.add(i, j)
    total = builder.sitofp(n, on.number)
    part_i = builder.fdiv(builder.sitofp(i, on.number), total)
    part_j = builder.fdiv(builder.sitofp(j, on.number), total)
    u, v = on.load(rows, on.block(i, 1), 0), on.load(columns, column, 0)
    z, w = on.load(columns, on.block(j, 1), 1), on.load(rows, row, 2)
    from_i = on.times(on.spread(part_i), u, v)
    from_j = on.times(on.spread(part_j), z, w)
    fall = builder.fsub(on.load(base, on.index(0)), on.times(on.load(rows, row, 1), v))
    fall = builder.fsub(fall, on.times(on.load(columns, column, 2), w))

    last = cgutils.alloca_once_value(builder, on.zero)
    summed = cgutils.alloca_once_value(builder, on.zero)
    before, weight = builder.mul(j, orders), builder.mul(n, orders)
    here = builder.add(before, orders)
    with cgutils.for_range(builder, orders) as loop:
        place = builder.add(here, loop.index)
        above = on.times(from_i, on.load(line, place))
        left = on.times(from_j, on.load(line, builder.add(before, loop.index)))
        now = builder.fadd(on.times(fall, builder.load(last)), builder.fadd(above, left))
        builder.store(now, on.at(line, place), align=8)
        builder.store(now, last)
        each = builder.load(builder.gep(share, [builder.add(weight, loop.index)]))
        builder.store(builder.fadd(builder.load(summed), on.times(on.spread(each), now)), summed)
    result = on.times(builder.load(summed), on.load(rows, row, 3), on.load(columns, column, 3))
    builder.store(result, on.at(chance, on.index(0)), align=8)
    return context.get_dummy_value()
