"""Write the reference pages from the package itself: ``.ci/reference.py FOLDER``.

One page for every public package, from its ``__all__`` and its docstrings, one for the command
line, from what each command says with ``--help``, one for the rules of ``inje check`` and one for
the laws. Nothing here is written by hand, and nothing is committed: `make docs` writes the pages
anew.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import os
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import inje
from inje import laws

WIDTH = "100"


def packages() -> Iterator[str]:
    """The root, the errors and every public package."""
    yield "inje"
    for info in pkgutil.walk_packages(inje.__path__, "inje."):
        if not any(part.startswith("_") for part in info.name.split(".")):
            yield info.name


def prose(docstring: str | None) -> str:
    """A docstring as Markdown: headings in bold, parameters as a list, code as code."""
    lines = inspect.cleandoc(docstring or "").splitlines()
    out: list[str] = []
    listing = False
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if re.fullmatch(r"-{3,}|={3,}", line):
            continue
        if re.fullmatch(r"-{3,}", below):
            out += ["", f"**{line}**", ""]
            listing = True
        elif listing and re.match(r"[*\w]", line):
            out.append("- " + re.sub(r"^([*\w][\w*, .]*?) : ", r"`\1`: ", line))
        else:
            listing = listing and bool(line.strip())
            out.append(re.sub(r"::$", ":" if line.strip() != "::" else "", line))
    return re.sub(r"``([^`]+)``", r"`\1`", "\n".join(out)).strip()


def signature(value: Callable[..., object]) -> str:
    """How it is called, or nothing where Python cannot tell."""
    try:
        said = str(inspect.signature(value))
    except (TypeError, ValueError):
        return ""
    return re.sub(r"(?<=: )'([^']*)'|(?<=-> )'([^']*)'", r"\1\2", said)


def members(value: type) -> Iterator[str]:
    """Public methods and properties that a class itself defines, one line each."""
    for name, member in vars(value).items():
        function = member.fget if isinstance(member, property) else member
        function = getattr(function, "__func__", function)
        if name.startswith("_") or not inspect.isfunction(function) or not function.__doc__:
            continue
        call = name if isinstance(member, property) else f"{name}{signature(function)}"
        yield f"- `{call}`: {prose(function.__doc__).splitlines()[0]}"


def fields(value: type) -> Iterator[str]:
    """Fields of a record, with their types."""
    annotations = getattr(value, "__annotations__", {})
    if dataclasses.is_dataclass(value) or hasattr(value, "model_fields"):
        for name, kind in annotations.items():
            if not name.startswith("_") and name != "model_config":
                said = kind if isinstance(kind, str) else inspect.formatannotation(kind)
                yield f"- `{name}`: `{said}`"


def entry(name: str, value: object) -> str:
    """One public name."""
    parts = [f"## {name}", ""]
    if inspect.isfunction(value):
        parts += [f"```text\n{name}{signature(value)}\n```", "", prose(value.__doc__)]
    elif inspect.isclass(value):
        parts += [prose(value.__doc__)]
        for title, lines in (("Fields", [*fields(value)]), ("Methods", [*members(value)])):
            if lines and f"**{title}**" not in parts[-1]:
                parts += ["", f"**{title}**", "", *lines]
    else:
        # A path would tell where the pages were built.
        said = value.name if isinstance(value, Path) else repr(value)
        parts += [f"`{said if len(said) <= 300 else said[:297] + '...'}`"]
    return "\n".join(parts)


def package_page(module: str) -> str:
    """The page of one package."""
    loaded = importlib.import_module(module)
    entries = [entry(name, getattr(loaded, name)) for name in loaded.__all__]
    return "\n\n".join([f"# {module}", prose(loaded.__doc__), *entries]) + "\n"


def command_page() -> str:
    """What each command says with ``--help``."""
    os.environ.update(COLUMNS=WIDTH, TERMINAL_WIDTH=WIDTH, NO_COLOR="1", TERM="dumb")
    from typer.main import get_command
    from typer.testing import CliRunner

    from inje.cli import app

    names = sorted(get_command(app).commands)
    parts = ["# The command line", "What each command says of itself with `--help`."]
    for words in [[], *([name] for name in names)]:
        said = CliRunner().invoke(app, [*words, "--help"], prog_name="inje").output
        title = " ".join(["inje", *words])
        parts.append(f"## {title}\n\n```text\n{said.strip()}\n```")
    return "\n\n".join(parts) + "\n"


def lint_page() -> str:
    """Every rule of `inje check`: what it notices, why, what to do."""
    from inje.dossier import LINT_RULES, rule_page

    parts = [
        "# Lint rules",
        "What `inje check` looks for. `--ignore RULE` leaves one out; `ignore: [RULE]` in a "
        "dossier switches it off for good.",
    ]
    # each becomes a section: its own heading, which links can lead to
    return "\n\n".join([*parts, *("#" + rule_page(rule).strip() for rule in LINT_RULES)]) + "\n"


def main() -> None:
    """Write the pages into the folder named."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for stale in folder.glob("*.md"):
        stale.unlink()
    (folder / "command-line.md").write_text(command_page(), encoding="utf-8")
    (folder / "lint-rules.md").write_text(lint_page(), encoding="utf-8")
    from inje.dossier import LINT_RULES, rules_in_html
    from inje.dossier.linting._pages import PAGE

    PAGE.write_text(rules_in_html(LINT_RULES), encoding="utf-8")
    (folder / "laws.md").write_text(laws.page(), encoding="utf-8")
    contents = [
        "# Reference",
        "",
        "Written from the package itself.",
        "",
        "- [The command line](command-line.md)",
        "- [Lint rules](lint-rules.md)",
        "- [Laws of attrition](laws.md)",
    ]
    for module in packages():
        if not hasattr(importlib.import_module(module), "__all__"):
            continue
        (folder / f"{module}.md").write_text(package_page(module), encoding="utf-8")
        contents.append(f"- [{module}]({module}.md)")
    (folder / "index.md").write_text("\n".join(contents) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
