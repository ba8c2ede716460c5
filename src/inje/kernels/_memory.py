"""Reading and writing the words of a battle and a world through one address."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

__all__ = [
    "bits_of",
    "float_of",
    "get",
    "look",
    "peek",
    "peek_float",
    "peek_short",
    "put",
    "see",
    "size",
    "word",
    "write",
    "write_word",
]

_INT = ir.IntType(64)
_SHORT = ir.IntType(16)
_FLOAT = ir.DoubleType()


def _at(builder: Any, memory: Any, block: Any, index: Any) -> Any:
    """Address of a word of a block; the block's offset never changes while worlds are fought."""
    base = builder.inttoptr(memory, _INT.as_pointer())
    offset = builder.load(builder.gep(base, [block]))
    offset.set_metadata("invariant.load", builder.module.add_metadata([]))
    return builder.gep(base, [builder.add(offset, index)])


def _reader(result: Any, kind: ir.Type, *, fixed: bool = False) -> Any:
    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        at = builder.bitcast(_at(builder, *values), kind.as_pointer())
        loaded = builder.load(at)
        if fixed:
            loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    return result(types.int64, types.int64, types.int64), build


def _writer(value: Any, kind: ir.Type) -> Any:
    def build(context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        at = builder.bitcast(_at(builder, *values[:3]), kind.as_pointer())
        builder.store(values[3], at)
        return context.get_dummy_value()

    return types.void(types.int64, types.int64, types.int64, value), build


@intrinsic
def bits_of(typingctx, number):
    """The 64 bits of a float, as a whole number."""

    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.bitcast(values[0], _INT)

    return types.int64(types.float64), build


@intrinsic
def float_of(typingctx, bits):
    """The float that has these 64 bits."""

    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        return builder.bitcast(values[0], _FLOAT)

    return types.float64(types.int64), build


@intrinsic
def size(typingctx, memory, name):
    """How many of something there are, or where a block begins."""

    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        base = builder.inttoptr(values[0], _INT.as_pointer())
        loaded = builder.load(builder.gep(base, [values[1]]))
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return loaded

    return types.int64(types.int64, types.int64), build


def _lent(result: Any, kind: ir.Type) -> Any:
    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:
        base = builder.inttoptr(values[0], kind.as_pointer())
        loaded = builder.load(builder.gep(base, [values[1]]))
        loaded.set_metadata("invariant.load", builder.module.add_metadata([]))
        return builder.zext(loaded, _INT) if kind is _SHORT else loaded

    return result(types.int64, types.int64), build


@intrinsic
def peek(typingctx, address, index):
    """A whole number of a table that nobody changes, by the table's address."""
    return _lent(types.uint64, _INT)


@intrinsic
def peek_short(typingctx, address, index):
    """A whole number of 16 bits of such a table."""
    return _lent(types.int64, _SHORT)


@intrinsic
def peek_float(typingctx, address, index):
    """A float of such a table."""
    return _lent(types.float64, _FLOAT)


@intrinsic
def look(typingctx, memory, block, index):
    """A whole number that all worlds share."""
    return _reader(types.int64, _INT, fixed=True)


@intrinsic
def get(typingctx, memory, block, index):
    """A whole number of the world."""
    return _reader(types.int64, _INT)


@intrinsic
def see(typingctx, memory, block, index):
    """A float of the world, or a time that all share."""
    return _reader(types.float64, _FLOAT)


@intrinsic
def word(typingctx, memory, block, index):
    """An unsigned word of the world."""
    return _reader(types.uint64, _INT)


@intrinsic
def put(typingctx, memory, block, index, value):
    """Set a whole number."""
    return _writer(types.int64, _INT)


@intrinsic
def write(typingctx, memory, block, index, value):
    """Set a float."""
    return _writer(types.float64, _FLOAT)


@intrinsic
def write_word(typingctx, memory, block, index, value):
    """Set an unsigned word."""
    return _writer(types.uint64, _INT)
