"""Corrections: saved at once, whole or not at all, never over another hand's."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reporting.made_up import document, dossier
from tests.timing import within

from inje.dossier import load_dossier, save_document, save_dossier
from inje.studio import Desk

FORM = {
    "kind": "report", "holders": "narrator holt", "about": "strength.league",
    "vagueness": "about", "best": "650", "low": "", "high": "", "summary": "650 men",
}  # fmt: skip


@pytest.fixture
def desk(folder: Path) -> Desk:
    return Desk(folder / "dossier.yaml")


def _revision(desk: Desk, claim: str) -> str:
    found = desk.claim(claim)
    assert found is not None
    return Desk.revision(found)


def _on_disk(desk: Desk, claim: str) -> object:
    return next(c for c in load_dossier(desk.path).claims if c.id == claim)


def test_a_decision_is_on_disk_at_once(desk: Desk) -> None:
    decisions = itertools.cycle(("confirmed", "rejected"))

    def decided() -> None:
        decision = next(decisions)
        outcome = desk.decide("strength", decision, _revision(desk, "strength"))
        assert outcome.done, outcome.message
        assert _on_disk(desk, "strength").status == decision  # type: ignore[attr-defined]

    assert within(0.2, decided)


def test_an_edit_changes_only_its_own_lines(desk: Desk) -> None:
    path = desk.path
    text = path.read_text()
    commented = text.replace("  - id: days", "  # ask in Weirton\n  - id: days").replace(
        "  - id: losses", "  - id: losses\n    # counted twice?"
    )
    assert commented != text
    path.write_text(commented)
    desk = Desk(path)
    outcome = desk.edit("losses", {**FORM, "about": "losses.republic.killed"},
                        _revision(desk, "losses"))  # fmt: skip
    assert outcome.done, outcome.message
    after = path.read_text()
    assert "# ask in Weirton" in after
    assert "# counted twice?" in after
    before_lines, after_lines = commented.splitlines(), after.splitlines()
    kept = [line for line in before_lines if line in after_lines]
    assert len(before_lines) - len(kept) <= 8
    assert load_dossier(path) == desk.dossier
    assert _on_disk(desk, "losses").value.best == 650  # type: ignore[attr-defined]
    assert _on_disk(desk, "losses").status == "edited"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"about": "losses.nobody.here.at.all"}, "names nothing"),
        ({"holders": ""}, "somebody must hold"),
        ({"holders": "martians"}, "martians"),
        ({"low": "9", "best": "5"}, "must not be below"),
        ({"vagueness": "between"}, "give low and high"),
        ({"kind": "rumour"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_and_not_saved(desk: Desk, change: dict[str, str], said: str) -> None:
    before = desk.path.read_bytes()
    outcome = desk.edit("strength", {**FORM, **change}, _revision(desk, "strength"))
    assert not outcome.done
    assert said in outcome.message
    assert desk.path.read_bytes() == before


def test_two_tabs_do_not_lose_an_edit(desk: Desk) -> None:
    seen = _revision(desk, "strength")
    other = _revision(desk, "days")
    assert desk.edit("strength", FORM, seen).done
    late = desk.decide("strength", "rejected", seen)
    assert not late.done
    assert "changed elsewhere" in late.message
    assert _on_disk(desk, "strength").status == "edited"  # type: ignore[attr-defined]
    assert desk.decide("days", "confirmed", other).done, "other claims are not in the way"


def test_what_an_editor_changed_meanwhile_is_kept(desk: Desk) -> None:
    seen = _revision(desk, "days")
    text = desk.path.read_text()
    desk.path.write_text(text.replace("title: The Weir Valley", "title: The Weir Valley again"))
    assert desk.decide("days", "confirmed", seen).done
    assert "Weir Valley again" in desk.path.read_text()
    assert not desk.undo().done or "Weir Valley again" in desk.path.read_text()


def test_adding_splitting_answering_and_merging(desk: Desk) -> None:
    text = desk.dossier.texts[0]
    start = text.text.index("21 defenders")
    place = {"document": text.id, "start": str(start), "end": str(start + 12)}
    outcome = desk.add({**FORM, **place, "about": "", "best": ""})
    assert outcome.done, outcome.message
    added = desk.dossier.claims[-1]
    assert added.anchor is not None
    assert added.anchor.quote == "21 defenders"
    assert not desk.add({**FORM, "document": text.id, "start": "9", "end": "9"}).done
    outcome = desk.split("losses", place, _revision(desk, "losses"))
    assert outcome.done, outcome.message
    assert desk.dossier.claims[-1].rule == "split from losses"
    assert not desk.split("days", place, _revision(desk, "days")).done
    assert desk.answer("who", "the captain").done
    assert not desk.answer("who", "nobody").done
    assert desk.dossier.questions[0].answer == "the captain"
    assert not desk.merge("holt", "holt").done
    assert not desk.merge("holt", "narrator").done
    assert load_dossier(desk.path) == desk.dossier


def test_everything_can_be_taken_back_and_made_again(desk: Desk) -> None:
    texts = [desk.path.read_text()]
    desk.decide("days", "confirmed", _revision(desk, "days"))
    texts.append(desk.path.read_text())
    desk.edit("strength", FORM, _revision(desk, "strength"))
    texts.append(desk.path.read_text())
    for text in (texts[1], texts[0]):
        assert desk.undo().done
        assert desk.path.read_text() == text
    assert not desk.undo().done
    for text in texts[1:]:
        assert desk.redo().done
        assert desk.path.read_text() == text
    assert not desk.redo().done


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["strength", "days", "losses", "lost", "fear", "report"]),
        st.sampled_from(["confirmed", "rejected", "drafted", "edit", "undo", "redo"]),
        st.text(max_size=30),
    ),
    max_size=6,
)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_the_file_is_always_what_the_desk_holds(
    tmp_path: Path, changes: list[tuple[str, str, str]]
) -> None:
    text = document()
    save_document(text, tmp_path / "document.json")
    save_dossier(dossier(text), tmp_path / "dossier.yaml")
    desk = Desk(tmp_path / "dossier.yaml")
    for claim, deed, words in changes:
        if deed == "edit":
            desk.edit(claim, {**FORM, "summary": words}, _revision(desk, claim))
        elif deed in ("undo", "redo"):
            getattr(desk, deed)()
        else:
            desk.decide(claim, deed, _revision(desk, claim))
    assert load_dossier(desk.path) == desk.dossier


WORK = """
import sys
from inje.studio import Desk
desk = Desk(sys.argv[1])
print("ready", flush=True)
while True:
    for status in ("confirmed", "rejected"):
        claim = desk.claim("strength")
        desk.decide("strength", status, Desk.revision(claim))
"""


def test_killed_at_any_moment_the_file_is_the_old_or_the_new_one(folder: Path) -> None:
    path = folder / "dossier.yaml"
    for delay in (0.013, 0.031):
        work = subprocess.Popen(
            [sys.executable, "-c", WORK, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert work.stdout is not None
        assert work.stdout.readline() == "ready\n"
        time.sleep(delay)
        os.kill(work.pid, signal.SIGKILL)
        work.wait()
        work.stdout.close()
        found = next(c for c in load_dossier(path).claims if c.id == "strength")
        assert found.status in ("drafted", "confirmed", "rejected")


#: kills a copy of itself at the first call into the system while it saves, at the second, and so
#: on, before it and after it, until one copy lives to the end; prints what lies on the disk then
STEPS = """
import os, signal, sys
from hashlib import sha256
from pathlib import Path
from inje.studio import Desk, _desk

path = Path(sys.argv[1])
desk = Desk(path)
claim = desk.claim("strength")
before = path.read_bytes()
CALLS = {"open", "write", "close", "flush", "fsync", "replace", "rename", "unlink", "chmod",
         "truncate", "__exit__", "mkstemp"}

def save(step):
    seen = 0
    def watch(frame, event, called):
        nonlocal seen
        if event in ("c_call", "c_return") and getattr(called, "__name__", "") in CALLS:
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)
    write = _desk.write_atomically
    def watched(*arguments):
        sys.setprofile(watch)
        write(*arguments)
        sys.setprofile(None)
    _desk.write_atomically = watched
    desk.decide("strength", "confirmed", Desk.revision(claim))

step = 0
while True:
    step += 1
    child = os.fork()
    if not child:
        save(step)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(sha256(path.read_bytes()).hexdigest(), "lived" if status == 0 else "killed", flush=True)
    if status == 0:
        break
    path.write_bytes(before)
"""


def test_killed_at_every_step_of_saving_the_file_is_whole(folder: Path) -> None:
    path = folder / "dossier.yaml"
    old = sha256(path.read_bytes()).hexdigest()
    command = [sys.executable, "-c", STEPS, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    told = [line.split() for line in run.stdout.splitlines()]
    new, last = told[-1]
    assert (new == old, last) == (False, "lived")
    assert load_dossier(path).claims != ()
    found = [digest for digest, _ in told[:-1]]
    assert set(found) == {old, new}, "killed before the rename, and after it; never anything else"
    assert len(found) > 8
