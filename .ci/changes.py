"""Small changes of a source: one operator, comparison, number or condition inside a function."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Mutant", "changed_tree", "possible"]

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
    ast.USub: ast.UAdd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """The n-th place of a file that can be changed, its statement's lines, the change in words.

    `column` is where on the line it stands, from 1.
    """

    path: Path
    place: int
    line: int
    last: int
    words: str
    column: int


def _changed(node: ast.AST) -> str:
    """Change a node in place; the change in words, or nothing where there is none."""
    operator = getattr(node, "op", None)
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp | ast.UnaryOp):
        swap = SWAPS.get(type(operator))
        if swap is None:
            return ""
        node.op = swap()
        return f"{type(operator).__name__} -> {swap.__name__}"
    if isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS:
        before = type(node.ops[0])
        node.ops[0] = SWAPS[before]()
        return f"{before.__name__} -> {SWAPS[before].__name__}"
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        before = node.value
        # beyond 2^53 a float has no neighbour at a distance of one
        node.value = before + 1 if before in (0, 1) or 1 < before < 2**53 else before * 2
        return f"{before!r} -> {node.value!r}"
    if isinstance(node, ast.If | ast.IfExp | ast.While) and not isinstance(node.test, ast.Constant):
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return "condition -> not"
    return ""


def _bodies(tree: ast.Module) -> Iterator[ast.AST]:
    """Every node inside a function, but not annotations."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                for node in ast.walk(statement):
                    if not isinstance(node, ast.FunctionDef):
                        yield node


def possible(root: Path, path: Path) -> Iterator[Mutant]:
    """Every change that can be made of a file below a root."""
    tree = ast.parse((root / path).read_text(encoding="utf-8"))
    spans: dict[ast.AST, tuple[int, int]] = {}
    for statement in ast.walk(tree):
        if isinstance(statement, ast.stmt):
            inside = getattr(statement, "body", None)
            end = inside[0].lineno - 1 if inside else statement.end_lineno or statement.lineno
            # those inside come later, and take what is theirs
            span = statement.lineno, max(end, statement.lineno)
            spans.update(dict.fromkeys(ast.walk(statement), span))
    for place, node in enumerate(_bodies(tree)):
        if words := _changed(copy.deepcopy(node)):
            yield Mutant(path, place, *spans[node], words, node.col_offset + 1)


def changed_tree(path: Path, place: int) -> ast.Module:
    """The file with its n-th place changed; lines keep their numbers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    _changed(list(_bodies(tree))[place])
    return ast.fix_missing_locations(tree)
