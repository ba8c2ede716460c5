"""Journals and locks: what is written is read again, what is foreign or damaged is not used."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256

import numpy as np
import pytest

from inje.errors import InputError
from inje.runs import identity_of, locked, opened_journal
from inje.scenario import load_scenario

IDENTITY = {"schema": "inje-journal/1", "seed": "1", "code": "x"}


class Stopped(Exception):
    pass


def interrupted(output, **arrays):
    def run():
        with opened_journal(output, IDENTITY) as journal:
            for name, values in arrays.items():
                journal.write(name, {"values": values})
            raise Stopped

    with pytest.raises(Stopped):
        run()


def test_what_was_written_is_read_again(tmp_path):
    values = np.array([np.pi, np.inf, np.nextafter(1, 2)])
    interrupted(tmp_path / "out.nc", part=values)
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        assert journal.resumed
        assert journal.read("part")["values"].tobytes() == values.tobytes()
        assert journal.read("other") is None
    assert list(tmp_path.iterdir()) == [], "a run that ends well leaves no journal"


def test_a_run_begins_anew_unless_it_is_told_to_go_on(tmp_path):
    interrupted(tmp_path / "out.nc", part=np.ones(3))

    def anew():
        with opened_journal(tmp_path / "out.nc", IDENTITY) as journal:
            assert not journal.resumed
            assert journal.read("part") is None
            assert not journal.entries
            raise Stopped

    with pytest.raises(Stopped):
        anew()
    assert list(tmp_path.iterdir()) == [], "nothing to go on from, so nothing is left"


def test_another_run_is_not_gone_on_with(tmp_path):
    interrupted(tmp_path / "out.nc", part=np.ones(3))
    other = {**IDENTITY, "seed": "2", "code": "y"}
    with (
        pytest.raises(InputError, match=r"differs from this one: seed 1, now 2; code of inje"),
        opened_journal(tmp_path / "out.nc", other, resume=True),
    ):
        pass
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        assert journal.read("part") is not None, "and it was not harmed"


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half a file", b"\x80\x04."])
def test_a_damaged_entry_is_done_again(tmp_path, damage):
    interrupted(tmp_path / "out.nc", part=np.arange(1000))
    (tmp_path / "out.nc.unfinished" / "part.part").write_bytes(damage)
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        assert journal.read("part") is None


def test_a_flipped_bit_is_noticed(tmp_path):
    interrupted(tmp_path / "out.nc", part=np.arange(1000))
    path = tmp_path / "out.nc.unfinished" / "part.part"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        assert journal.read("part") is None


@pytest.mark.parametrize("value", [0, 1, 99, 255])
def test_no_changed_byte_ends_a_run(tmp_path, value):
    """Wherever it is: the entry is what it was, or it is done again."""
    arrays = {"x": np.arange(7), "n": np.ones(3)}
    interrupted(tmp_path / "out.nc", part=np.ones(1))
    with suppress(Stopped), opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        journal.write("part", arrays)
        raise Stopped
    path = tmp_path / "out.nc.unfinished" / "part.part"
    whole = path.read_bytes()
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        for at in range(len(whole)):
            path.write_bytes(whole[:at] + bytes([value]) + whole[at + 1 :])
            found = journal.read("part")
            if found is not None:
                assert found.keys() == arrays.keys()
                assert all(np.array_equal(found[name], arrays[name]) for name in arrays)


def test_an_entry_with_objects_is_never_loaded(tmp_path):
    """An array of objects is a pickle: a foreign journal must not run code."""
    interrupted(tmp_path / "out.nc", part=np.arange(3))
    stream = io.BytesIO()
    np.savez(stream, values=np.array([{}], dtype=object))
    content = stream.getvalue()
    entry = tmp_path / "out.nc.unfinished" / "part.part"
    entry.write_bytes(sha256(content).digest() + content)
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        assert journal.read("part") is None


def test_a_header_that_is_no_header_means_beginning_anew(tmp_path):
    interrupted(tmp_path / "out.nc", part=np.arange(3))
    (tmp_path / "out.nc.unfinished" / "run.json").write_text('["not a header"', "utf-8")
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        assert not journal.resumed


def test_an_identity_is_all_that_numbers_depend_on(root):
    scenario = load_scenario(root / "examples" / "inje-1946" / "scenario.yaml")
    one = identity_of(scenario, seed=1)
    assert one == identity_of(scenario, seed=1)
    assert one != identity_of(scenario, seed=2)
    other = scenario.model_copy(update={"title": "another"})
    assert {k for k, v in identity_of(other, seed=1).items() if v != one[k]} == {"scenario"}
    json.dumps(one)


def test_a_folder_is_held_by_one_process(tmp_path):
    folder = tmp_path / "held"
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from inje.runs import locked\n"
            f"with locked(Path({str(folder)!r})): print('held', flush=True); sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(InputError, match="another inje is at work here"), locked(folder):
            pass
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()
    with locked(folder):
        pass  # the system let go of the lock of the killed one


def test_halves_of_files_that_a_killed_run_left_are_swept_away(tmp_path):
    interrupted(tmp_path / "out.nc", part=np.arange(3))
    (tmp_path / ".out.nc.ab12").write_bytes(b"half")
    (tmp_path / ".other.nc.ab12").write_bytes(b"of another run")
    (tmp_path / "out.nc.unfinished" / ".part.part.cd34").write_bytes(b"half")
    with opened_journal(tmp_path / "out.nc", IDENTITY, resume=True) as journal:
        assert journal.read("part") is not None
        assert [p.name for p in (tmp_path / "out.nc.unfinished").glob(".*")] == []
    assert [p.name for p in tmp_path.iterdir()] == [".other.nc.ab12"]
