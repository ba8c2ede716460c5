"""On a cluster of processes, one of them killed at work: the same numbers, to the bit."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from inje.errors import InputError
from inje.runs import cluster_at


def test_without_an_address_there_is_no_cluster():
    with cluster_at("") as executor:
        assert executor is None


def test_an_address_where_nothing_answers_is_refused(monkeypatch):
    pytest.importorskip("distributed", reason="the extra inje[dask] is not installed")
    monkeypatch.setattr("inje.runs._clusters.PATIENCE", 1)
    with (
        pytest.raises(InputError, match="no dask scheduler answers"),
        cluster_at("tcp://127.0.0.1:9"),
    ):
        pass


def test_a_cluster_whose_worker_is_killed_changes_no_bit(root):
    pytest.importorskip("distributed", reason="the extra inje[dask] is not installed")
    done = subprocess.run(
        [
            sys.executable,
            Path(__file__).with_name("on_cluster.py"),
            root / "examples" / "inje-1946" / "scenario.yaml",
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["killed"] == 1
    assert said["survey"]
    assert said["posterior"]
    assert said["worlds"] == 1 << 15
