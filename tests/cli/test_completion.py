"""A shell can ask what comes next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

INJE = Path(sys.executable).with_name("inje")


def asked(**variables: str) -> str:
    if not INJE.exists():
        pytest.skip("inje is not installed as a command here")
    environment = {**os.environ, **variables}
    return subprocess.run(
        [INJE], env=environment, capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script(shell):
    assert "complete" in asked(_INJE_COMPLETE=f"source_{shell}")


def test_commands_and_options_are_completed():
    words = asked(_INJE_COMPLETE="complete_bash", COMP_WORDS="inje rec", COMP_CWORD="1")
    assert words.split() == ["reconstruct"]
    words = asked(_INJE_COMPLETE="complete_bash", COMP_WORDS="inje condition --res", COMP_CWORD="2")
    assert words.split() == ["--resume"]
