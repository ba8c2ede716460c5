"""Faults of the disk: full, read-only, somebody else's, links that lead astray."""

from __future__ import annotations

import re
import resource

from tests.faults.injecting import Place, fault, mounted, without_rights


@fault("the disk is full while a file is written", "says so, exit 2; the old file stays whole")
def disk_full(place: Place) -> None:
    (place / "small").mkdir()
    file = "small/scenario.yaml"
    mount = f'mount -t tmpfs -o size=8k none small && echo old >{file} && "$@"; cat {file}'
    _, told = place.inje("model", "dossier.yaml", "-o", file, line=mounted(place, mount))
    assert re.search(r"cannot write: No space left on device; allowed: .* with room", told)
    assert place.said == "old\n"


@fault("a quota ends in the middle of a file", "says so, exit 2; nothing is left")
def quota(place: Place) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    place.refuses(
        "cannot write: File too large", "model", "dossier.yaml", "-o", "new.yaml",
        preexec_fn=limited,
    )  # fmt: skip


@fault("the folder is on a read-only file system", "says so, exit 2")
def read_only(place: Place) -> None:
    (place / "out").mkdir()
    mount = 'mount --bind out out && mount -o remount,ro,bind out && exec "$@"'
    place.refuses(
        "out cannot be written to", "extract", "article.md", "-o", "out/dossier.yaml",
        line=mounted(place, mount),
    )  # fmt: skip


@fault("the folder belongs to somebody else", "says so, exit 2")
def no_permission(place: Place) -> None:
    (place / "out").mkdir(mode=0o555)
    place.refuses(
        "out cannot be written to", "extract", "article.md", "-o", "out/dossier.yaml",
        **without_rights(place),
    )  # fmt: skip


@fault("the article may not be read", "says so, exit 2")
def unreadable(place: Place) -> None:
    (place / "article.md").chmod(0)
    place.refuses("Permission denied", "read", "article.md", **without_rights(place))


@fault("the folder of `-o` is not there", "says so, exit 2; makes none up")
def no_folder(place: Place) -> None:
    place.refuses("a/b is no folder", "condition", "scenario.yaml", "-o", "a/b/p.nc")


@fault("a folder lies where a file is to be written", "says so, exit 2; the folder stays")
def folder_for_file(place: Place) -> None:
    (place / "new.yaml").mkdir()
    place.refuses("new.yaml is a folder", "model", "dossier.yaml", "-o", "new.yaml")


@fault("a folder without a record is given where a file belongs", "says so, exit 2")
def folder_for_input(place: Place) -> None:
    (place / "empty").mkdir()
    place.refuses("Is a directory|a folder", "model", "empty")
    place.refuses("Is a directory|a folder", "report", "empty")


@fault("a file lies where the folder of `-o` belongs", "says so, exit 2; the file stays")
def file_for_folder(place: Place) -> None:
    (place / "out").write_text("precious", encoding="utf-8")
    place.refuses("cannot be made", "reconstruct", "article.md", "-o", "out")


@fault("the file to write is a link to another", "the link is replaced; the other file stays")
def link(place: Place) -> None:
    (place / "precious.txt").write_text("precious", encoding="utf-8")
    (place / "new.yaml").symlink_to("precious.txt")
    assert place.inje("model", "dossier.yaml", "-o", "new.yaml")[0] == 0
    assert (place / "precious.txt").read_text(encoding="utf-8") == "precious"
    assert not (place / "new.yaml").is_symlink()


@fault("`-o` names the file that is read", "says so, exit 2; the file stays")
def own_source(place: Place) -> None:
    (place / "again.yaml").symlink_to("dossier.yaml")
    (place / "here").mkdir()
    for source in ("dossier.yaml", ".", "again.yaml", "here/../dossier.yaml"):
        place.refuses("is what is read", "model", source, "-o", "dossier.yaml")
        place.refuses("is what is read", "export", source, "--format", "csl", "-o", "dossier.yaml")
    assert place.inje("read", "article.md", "-o", "a.json")[0] == 0
    place.refuses("is what is read", "read", "a.json", "-o", "a.json")
    assert place.inje("simulate", "scenario.yaml", "--worlds", 8, "-o", "e.nc")[0] == 0
    place.refuses("is what is read", "condition", "e.nc", "-o", "e.nc")


@fault("a name is longer than the disk allows", "says so, exit 2")
def long_name(place: Place) -> None:
    name = "x" * 300
    for arguments in (
        ("read", "article.md", "-o", f"{name}.json"),
        ("read", f"{name}.md"),
        ("model", f"{name}.yaml"),
        ("report", f"{name}.nc"),
        ("reconstruct", "article.md", "-o", name),
    ):
        place.refuses("longer than the disk allows|File name too long", *arguments)


@fault("a link leads nowhere, or round in a circle", "says so, exit 2")
def broken_link(place: Place) -> None:
    (place / "nowhere.md").symlink_to("gone.md")
    (place / "round.md").symlink_to("round.md")
    place.refuses("No such file", "read", "nowhere.md")
    place.refuses("symbolic links", "read", "round.md")
