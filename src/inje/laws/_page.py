"""The page of all laws for the documentation, written from the registry."""

from __future__ import annotations

from inje.laws._law import Parameter
from inje.laws._registry import get, names

__all__ = ["page"]

HEAD = """# Laws of attrition

x is the side that loses, y its enemy, k the coefficient, t the days since the engagement
began. Other distributions add laws through the entry-point group `inje.laws`.
"""


def page() -> str:
    """All laws at hand in Markdown: formula, units, parameters, source."""
    return "\n".join([HEAD, *(_section(name) for name in names())])


def _section(name: str) -> str:
    law = get(name)
    unit = getattr(law, "coefficient", "")
    lines = [f"## {law.title}", "", f"Name: `{name}`. Formula: `{law.formula}`.", ""]
    if unit:
        lines += [f"Unit of k: {unit}.", ""]
    if law.parameters:
        lines += [
            "| parameter | unit | default | from | to | meaning |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_row(parameter) for parameter in law.parameters]
        lines += [""]
    return "\n".join([*lines, f"Source: {law.source}.", ""])


def _row(parameter: Parameter) -> str:
    numbers = (parameter.default, parameter.low, parameter.high)
    said = " | ".join(f"{number:g}" for number in numbers)
    return f"| {parameter.name} | {parameter.unit} | {said} | {parameter.meaning} |"
