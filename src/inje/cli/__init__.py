"""The command line: one command per verb, no logic."""

from inje.cli import (
    _asking,
    _editing,
    _exchange,
    _manual,
    _reading,
    _reconstruct,
    _records,
    _simulate,
    _studio,
    _worlds,
)
from inje.cli._app import app, main

__all__ = ["app", "main"]

# Importing a module of commands registers them.
_COMMANDS = (
    _reading,
    _editing,
    _exchange,
    _records,
    _reconstruct,
    _simulate,
    _worlds,
    _asking,
    _studio,
)

for _command in app.registered_commands:
    _named = _command.callback.__name__.replace("_", "-") if _command.callback else ""
    _command.epilog = _manual.epilog_of(_command.name or _named)
