"""The command line starts quickly and prints schemas and versions."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from inje.cli import app

runner = CliRunner()


@pytest.mark.parametrize("noun", ["dossier", "scenario"])
def test_the_schema_of_a_file_is_json_schema(noun):
    done = runner.invoke(app, ["schema", noun])
    assert done.exit_code == 0
    schema = json.loads(done.stdout)
    assert schema["additionalProperties"] is False
    assert "schema" in schema["properties"]


def test_the_version_is_printed():
    done = runner.invoke(app, ["--version"])
    assert done.exit_code == 0
    assert done.stdout.startswith("inje ")


def test_every_command_has_help():
    for command in app.registered_commands:
        name = command.name or command.callback.__name__.replace("_", "-")
        done = runner.invoke(app, [name, "--help"])
        assert done.exit_code == 0, name
        assert len(done.stdout.splitlines()) > 3
