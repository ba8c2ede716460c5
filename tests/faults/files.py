"""Files that are not what they should be: cut short, foreign, newer, hostile."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from tests.faults.injecting import Place, environment_with, fault


@fault("a posterior.nc that was cut short", "says so, exit 2")
def truncated_posterior(place: Place) -> None:
    (place / "p.nc").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(range(256)) * 40)
    place.refuses(r"p\.nc: cannot be read", "report", "p.nc")


@fault("an ensemble.nc whose first pages are damaged", "says so, exit 2; nothing else is printed")
def damaged_ensemble(place: Place) -> None:
    """The first bytes after the signature say where all else lies; h5netcdf trips over them."""
    simulate = ("simulate", "scenario.yaml", "--worlds", 8, "--path", "winner", "-o", "e.nc")
    assert place.inje(*simulate)[0] == 0
    raw = bytearray((place / "e.nc").read_bytes())
    raw[raw.index(b"OHDR") + 6] ^= 1  # in the header of the root, so that its checksum is wrong
    (place / "e.nc").write_bytes(raw)
    place.refuses(
        r"\Ainje: e\.nc: cannot be read: .*\n\Z", "condition", "e.nc", "-o", "p.nc",
        env=environment_with(),
    )  # fmt: skip


@fault("a foreign file under the name of ours", "says what it is not, exit 2")
def foreign(place: Place) -> None:
    import h5netcdf

    (place / "text.nc").write_text("not a posterior", encoding="utf-8")
    with h5netcdf.File(place / "other.nc", "w") as file:
        file.attrs["title"] = "rainfall"
    place.refuses(r"text\.nc: cannot be read: it is no netCDF file", "report", "text.nc")
    place.refuses("its schema is", "compare", "other.nc")
    (place / "dossier.yaml").write_bytes((place / "scenario.yaml").read_bytes())
    place.refuses("its schema is 'inje-scenario/2'", "model", "dossier.yaml")
    place.refuses("it holds worlds, .* name the one from which", "replay", "other.nc")


@fault("a file of a newer inje", "says that inje must be brought up to date, exit 2")
def newer(place: Place) -> None:
    for name in ("dossier", "scenario"):
        path = place / f"{name}.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(rf"inje-{name}/\d+", f"inje-{name}/99", text), encoding="utf-8")
    words = "written by a newer inje.*bring inje up to date"
    place.refuses(words, "model", "dossier.yaml")
    place.refuses(words, "replay", "scenario.yaml")


@fault("a dossier.yaml that was cut short", "names line and column, exit 2")
def truncated_dossier(place: Place) -> None:
    raw = (place / "dossier.yaml").read_bytes()
    (place / "dossier.yaml").write_bytes(raw[: len(raw) // 2])
    place.refuses(r"dossier\.yaml:\d+:\d+", "model", "dossier.yaml")


@fault("a document.json that was cut short", "names it, exit 2")
def truncated_document(place: Place) -> None:
    (place / "document.json").write_text('{"schema": "inje-document/1", "te', encoding="utf-8")
    place.refuses(r"document\.json: not a document", "extract", "document.json")


@fault("YAML whose aliases unfold to billions", "refuses it in bounded time and memory, exit 2")
def yaml_bomb(place: Place) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    (place / "dossier.yaml").write_text("\n".join(rows), encoding="utf-8")
    begun = time.process_time()
    place.refuses("aliases that expand too far", "model", "dossier.yaml")
    assert time.process_time() - begun < 120


@fault("YAML nested a hundred thousand deep", "refuses it, exit 2")
def deep_yaml(place: Place) -> None:
    (place / "dossier.yaml").write_text("notes: " + "[" * 100_000, encoding="utf-8")
    place.refuses("dossier.yaml", "model", "dossier.yaml")


@fault("YAML that asks for code to be run", "refuses the tag, runs nothing, exit 2")
def yaml_code(place: Place) -> None:
    text = "battle: !!python/object/apply:os.system ['touch ran']\n"
    (place / "dossier.yaml").write_text(text, encoding="utf-8")
    place.refuses("not YAML|tag", "model", "dossier.yaml")
    assert not (place / "ran").exists()


@fault("text that is not UTF-8", "names the byte and the line, exit 2")
def not_utf8(place: Place) -> None:
    (place / "dossier.yaml").write_bytes(b"schema: inje-dossier/2\nbattle: {title: \xff}\n")
    place.refuses(r"dossier\.yaml:2.*39.* is not UTF-8", "model", "dossier.yaml")


@fault("a file without an end, as a device may be", "reads so much and no more, exit 2")
def endless(place: Place) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("this machine has no /dev/zero")
    (place / "zero.yaml").symlink_to("/dev/zero")
    (place / "zero.csv").symlink_to("/dev/zero")
    place.refuses("more than inje reads", "read", "/dev/zero")
    place.refuses("more in it than inje reads", "model", "zero.yaml")
    place.refuses("more than inje reads", "import", "zero.csv", "-o", "events")


@fault("a name whose bytes are no UTF-8", "does its work; the bytes are told as escapes")
def bytes_in_name(place: Place) -> None:
    name = os.fsdecode(b"ba\xffd.md")
    try:
        shutil.copy(place / "article.md", place / name)
    except OSError:
        pytest.skip("this disk takes UTF-8 alone")
    assert place.inje("extract", name, "-o", "new.yaml")[0] == 0
    assert place.inje("model", "new.yaml", "-o", "model.yaml")[0] == 0
    assert "ba\\xffd.md" in (place / "new.yaml").read_text(encoding="utf-8")
    assert place.inje("check", name, "--format", "sarif")[0] == 1
    assert "ba%5Cxffd.md" in place.said or "ba/xffd.md" in place.said


@fault("a reference that leads out of its folder", "refuses it, exit 2")
def traversal(place: Place) -> None:
    text = (place / "scenario.yaml").read_text(encoding="utf-8")
    for name in ("../secret.yaml", "/etc/passwd"):
        changed = text.replace("dossier_file: dossier.yaml", f"dossier_file: {name}")
        (place / "scenario.yaml").write_text(changed, encoding="utf-8")
        place.refuses("leads out of the folder", "condition", "scenario.yaml")


@fault("an article whose name would climb out of the folder", "writes below the folder only")
def climbing_name(place: Place) -> None:
    from inje.reporting import folder_of

    for source in ("https://example.org/..", "../..", "x/...", "/"):
        assert folder_of([source]) == Path("battle")
    assert folder_of(["a/b/battle.of.x.html"]) == Path("battle.of.x")


@fault("more worlds than the disk or the memory could hold", "refuses, and says the size, exit 2")
def too_many_worlds(place: Place) -> None:
    place.refuses(
        r"may take [\d.,]+ TB on the disk", "simulate", "scenario.yaml", "--worlds", 10**13,
        "-o", "e.nc",
    )  # fmt: skip
