"""A page of the documentation, done as its reader would do it: `python -m tests.pages PAGE`.

Blocks are taken in their order, in one folder. What a block is, its fence says:

- a block with a title (```` ```yaml title="scenario.yaml" ````) is a file, and is written;
- `python` runs, all blocks of a page in one namespace;
- `console` holds commands after `$ `; what stands below a command is what it prints, where three
  dots stand for any words of a line, and a line of them for any lines. Where nothing stands below,
  it does not matter;
- `sh` holds commands alone, one a line;
- `yaml`, `toml` and `json` without a title have to be sound;
- `text` is what a program would show. A line of it that begins like a command is an error: it
  would be a command that nobody runs.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TITLE = re.compile(r'title="([^"]+)"')
PROGRAMS = ("inje", "make", "pip", "dask", "export", "cat", "head")
COMMAND = re.compile(rf"\s*(?:\$ )?(?:{'|'.join(PROGRAMS)}) [\w./\-'\"]")
DATA = {"yaml", "toml", "json"}
#: exit codes of a command that found something
FOUND = {"check": {0, 1}, "diff": {0, 1}}


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file that it is (or nothing), its code, its line."""

    language: str
    title: str
    code: str
    line: int


def blocks(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(
            found[1],
            title[1] if (title := TITLE.search(found[2])) else "",
            found[3],
            text.count("\n", 0, found.start(3)) + 1,
        )
        for found in FENCE.finditer(text)
    ]


def pictures(page: Path) -> list[str]:
    """The figures that a page shows and makes; the studies of the validation make its own."""
    if page.name == "validation.md":
        return []
    text = page.read_text(encoding="utf-8")
    return re.findall(r"\]\((?:\.\./)?figures/([\w-]+\.svg)\)", text)


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Commands of a block, each with what is shown below it."""
    lines = block.code.replace("\\\n", " ").splitlines()
    if block.language == "sh":
        yield from ((line.strip(), "") for line in lines if line.strip() and line[0] != "#")
        return
    command, below = "", list[str]()
    for line in lines:
        if line.startswith("$ "):
            if command:
                yield command, "\n".join(below)
            command, below = line[2:], []
        else:
            below.append(line)
    if command:
        yield command, "\n".join(below)


def shown(expected: str, printed: str) -> bool:
    """Whether this was printed; `...` stands for any words, a line of it for any lines."""
    said = "\n".join(line.rstrip() for line in printed.strip().splitlines())
    parts = re.split(r"^\s*\.\.\.\s*$\n?", expected.strip() + "\n", flags=re.MULTILINE)
    parts = [re.escape(re.sub(r" +$", "", part, flags=re.M)) for part in parts]
    pattern = r"(?:.*\n)*?".join(part.replace(r"\.\.\.", ".*") for part in parts)
    return re.fullmatch(pattern, said + "\n") is not None


def workplace(folder: Path) -> Path:
    """A folder as a reader might have it: the examples, and an article.txt of their own."""
    shutil.copy(ROOT / "examples" / "inje-1946" / "article.md", folder / "article.txt")
    shutil.copytree(ROOT / "examples", folder / "examples")
    return folder


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Reader:
    """Somebody who does what a page says, in a folder."""

    page: Path
    folder: Path
    namespace: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    running: list[subprocess.Popen[str]] = field(default_factory=list)
    port: int = field(default_factory=_free_port)

    def go(self) -> None:
        """Every block; the first that does not do what it says raises."""
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            for block in blocks(self.page):
                self._block(block)
            missing = [name for name in pictures(self.page) if not Path(name).exists()]
            assert not missing, f"{self.page.name} shows {missing} and makes them nowhere"
        finally:
            os.chdir(before)
            for process in reversed(self.running):
                process.terminate()
                process.wait(30)

    def _block(self, block: Block) -> None:
        where = f"{self.page.relative_to(ROOT)}:{block.line}"
        if block.title:
            path = Path(block.title)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
        if block.language == "python" and not block.title:
            with redirect_stdout(io.StringIO()):
                # the page is ours
                code = compile("\n" * (block.line - 1) + block.code, where, "exec")
                exec(code, self.namespace)  # noqa: S102
        elif block.language in {"console", "sh"}:
            for command, expected in commands(block):
                self._command(command, expected, where)
        elif block.language in DATA and not block.title:
            _sound(block)
        elif block.language == "text" and not block.title:
            hidden = [line for line in block.code.splitlines() if COMMAND.match(line)]
            assert not hidden, f"{where}: commands that nobody runs: {hidden}"
        else:
            assert block.title or block.language in DATA, f"{where}: what is {block.language!r}?"

    def _command(self, command: str, expected: str, where: str) -> None:
        # a port that this machine has free stands for the one that the page names
        words = shlex.split(command.replace("8786", str(self.port)), comments=True)
        words = [w for word in words for w in _unfolded(word)]
        code, said = self._run(words)
        wanted = FOUND.get(words[1] if len(words) > 1 else "", {0})
        assert code in wanted, f"{where}: {command}: exit code {code}\n{said}"
        assert "Traceback" not in said, f"{where}: {command}\n{said}"
        if expected:
            assert shown(expected, said), f"{where}: {command}\nprints\n{said}\nnot\n{expected}"

    def _run(self, words: list[str]) -> tuple[int, str]:
        match words:
            case ["inje", *arguments]:
                return _inje(arguments)
            case ["export", *settings]:
                os.environ.update(setting.split("=", 1) for setting in settings)
            case ["make", *targets]:
                rules = (ROOT / "Makefile").read_text(encoding="utf-8")
                for target in targets:
                    assert "=" in target or re.search(rf"^{target}:", rules, re.M), target
            case ["pip", "install", what] if what.startswith("inje["):
                project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
                assert what[5:-1] in project["project"]["optional-dependencies"], what
            case ["pip", "install", what]:
                return _installed(what)
            case ["dask", *arguments] if arguments[-1] == "&":
                self._begin(arguments[:-1])
            case ["cat" | "head", *_]:
                done = subprocess.run(words, capture_output=True, text=True, check=False)
                return done.returncode, done.stdout + done.stderr
            case _:
                raise AssertionError(f"nobody knows how to run {words}")
        return 0, ""

    def _begin(self, arguments: list[str]) -> None:
        """A program that goes on while the page does; a scheduler is waited for."""
        process = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self.running.append(process)
        end = time.monotonic() + 60
        while arguments[0] == "scheduler" and time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.2)


def _sound(block: Block) -> None:
    import yaml

    {"yaml": yaml.safe_load, "toml": tomllib.loads, "json": json.loads}[block.language](block.code)


def _unfolded(word: str) -> list[str]:
    """A word with a star is the files that it fits, as a shell would have it."""
    return sorted(str(path) for path in Path().glob(word)) if "*" in word else [word]


def _inje(arguments: list[str]) -> tuple[int, str]:
    """A command in this process, which has imported everything already."""
    from inje.cli import main

    said, kept, code = io.StringIO(), sys.argv, 0
    try:
        sys.argv = ["inje", *arguments]
        with redirect_stdout(said), redirect_stderr(said):
            main()
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    finally:
        sys.argv = kept
    return code, said.getvalue()


def _installed(what: str) -> tuple[int, str]:
    """A distribution of the page's own, installed in its folder only, without a network."""
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--disable-pip-version-check", "--target", "installed", what],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    sys.path.insert(0, str(Path("installed").resolve()))
    return done.returncode, done.stdout + done.stderr


def installs(page: Path) -> bool:
    """Whether a page installs something: then a process of its own does it."""
    lines = (command for block in blocks(page) if block.language in {"console", "sh"}
             for command, _ in commands(block))  # fmt: skip
    return any(line.startswith(("pip install ./", "export ")) for line in lines)


def main() -> None:
    """Do what a page says here, or what some say elsewhere and keep the pictures that they make."""
    parser = argparse.ArgumentParser(description="Do what pages of the documentation say.")
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--pictures", type=Path, help="a folder for the figures that they make")
    chosen = parser.parse_args()
    for page in map(Path.resolve, chosen.pages):
        if chosen.pictures is None:
            Reader(page, Path.cwd()).go()
            continue
        with tempfile.TemporaryDirectory() as folder:
            place = workplace(Path(folder))
            Reader(page, place).go()
            for name in pictures(page):
                shutil.copy(place / name, chosen.pictures)
                print(chosen.pictures / name)


if __name__ == "__main__":
    main()
