"""One cell of the recursion over the lattice of losses, for all lanes at once.

Written as vector instructions: the compiler unrolls so short a loop before it would
think of vectors, and cannot know that the arrays are apart.
"""

from __future__ import annotations

from typing import Any

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


def _lowered(context: Any, builder: Any, signature: Any, values: Any) -> Any:
    from llvmlite import ir

    number, index = ir.DoubleType(), ir.IntType(64)
    lanes = ir.VectorType(number, LANES)
    rows, columns, base, line, share, chance = (
        context.make_array(signature.args[k])(context, builder, values[k]).data
        for k in (0, 1, 2, 3, 4, 8)
    )
    i, j, orders = values[5:8]

    def at(data: Any, offset: Any) -> Any:
        return builder.bitcast(builder.gep(data, [offset]), lanes.as_pointer())

    def load(data: Any, block: Any, part: int = 0) -> Any:
        offset = builder.add(builder.mul(block, index(LANES)), index(part * LANES))
        return builder.load(at(data, offset), align=8)

    def spread(scalar: Any) -> Any:
        one = builder.insert_element(ir.Constant(lanes, ir.Undefined), scalar, ir.IntType(32)(0))
        mask = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return builder.shuffle_vector(one, ir.Constant(lanes, ir.Undefined), mask)

    def times(*factors: Any) -> Any:
        product = factors[0]
        for factor in factors[1:]:
            product = builder.fmul(product, factor)
        return product

    def block(number_: Any, back: int) -> Any:
        """Four vectors a row or column; the one before the first is never weighed."""
        before = builder.sub(number_, index(back))
        least = builder.select(builder.icmp_signed("<", before, index(0)), index(0), before)
        return builder.mul(least, index(4))

    row, row_before, column, column_before = block(i, 0), block(i, 1), block(j, 0), block(j, 1)
    n = builder.add(i, j)
    total = builder.sitofp(n, number)
    part_i = builder.fdiv(builder.sitofp(i, number), total)
    part_j = builder.fdiv(builder.sitofp(j, number), total)
    from_i = times(spread(part_i), load(rows, row_before, 0), load(columns, column, 0))
    from_j = times(spread(part_j), load(columns, column_before, 1), load(rows, row, 2))
    fall = builder.fsub(load(base, index(0)), times(load(rows, row, 1), load(columns, column, 0)))
    fall = builder.fsub(fall, times(load(columns, column, 2), load(rows, row, 2)))

    zero = ir.Constant(lanes, [0.0] * LANES)
    last = cgutils.alloca_once_value(builder, zero)
    summed = cgutils.alloca_once_value(builder, zero)
    before = builder.mul(j, orders)
    here = builder.add(before, orders)
    weight = builder.mul(n, orders)
    with cgutils.for_range(builder, orders) as loop:
        place = builder.mul(builder.add(here, loop.index), index(LANES))
        above = times(from_i, builder.load(at(line, place), align=8))
        left = times(from_j, load(line, builder.add(before, loop.index)))
        now = builder.fadd(times(fall, builder.load(last)), builder.fadd(above, left))
        builder.store(now, at(line, place), align=8)
        builder.store(now, last)
        each = builder.load(builder.gep(share, [builder.add(weight, loop.index)]))
        builder.store(builder.fadd(builder.load(summed), times(spread(each), now)), summed)
    result = times(builder.load(summed), load(rows, row, 3), load(columns, column, 3))
    builder.store(result, at(chance, index(0)), align=8)
    return context.get_dummy_value()
