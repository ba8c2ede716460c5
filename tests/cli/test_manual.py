"""What stands below every help: true, and every example can be said."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from tests.pages import Reader, blocks, workplace
from typer.main import get_command
from typer.testing import CliRunner

from inje.cli import app
from inje.cli._manual import EXAMPLES, FILES, ONE, PAGES

ROOT = Path(__file__).parents[2]
COMMANDS = get_command(app).commands
#: these open a page and wait for its reader
WAITING = {"review", "explore"}


def test_every_command_has_examples_and_nothing_else_has():
    assert set(EXAMPLES) == set(COMMANDS)
    assert {*FILES, *ONE, *PAGES} <= set(COMMANDS)
    assert [page for page in PAGES.values() if not (ROOT / page).is_file()] == []


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_a_help_ends_in_examples_files_and_exit_codes(name):
    said = CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"}).output
    text = re.sub(r"\s+", " ", said)
    assert "Examples:" in text
    for example in EXAMPLES[name]:
        assert f"$ {example}" in text
        assert shlex.split(example)[:2] == ["inje", name]
    assert ("Files:" in text) == (name in FILES)
    assert "Exit codes: 0 done; 1 " in text


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_the_options_of_an_example_are_options_of_the_command(name):
    known = {
        word for option in COMMANDS[name].params for word in (*option.opts, *option.secondary_opts)
    }
    for example in EXAMPLES[name]:
        given = {word for word in shlex.split(example) if word.startswith("-") and word != "-"}
        assert given <= known, example


@pytest.mark.slow
def test_all_examples_can_be_said_one_after_the_other(tmp_path):
    exchange = ROOT / "docs" / "how-to" / "exchange.md"
    place = workplace(tmp_path)
    (table,) = (block for block in blocks(exchange) if block.title == "battles.csv")
    (place / "battles.csv").write_text(table.code, encoding="utf-8")
    lines = [e for name, some in EXAMPLES.items() if name not in WAITING for e in some]
    page = tmp_path / "examples.md"
    page.write_text("```console\n" + "".join(f"$ {line}\n" for line in lines) + "```\n", "utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tests.pages.ROOT", tmp_path)
        Reader(page, place).go()
