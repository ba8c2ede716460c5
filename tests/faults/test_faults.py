"""Faults injected into runs of the command line: none loses data, none prints a traceback.

Every fault is a function; the table in `docs/faults.md` is made of what they say they do.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from inje.cli import main

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "inje-1946"
#: name, what is done, what inje does, the function
FAULTS: dict[str, tuple[str, str, Callable[[Place], None]]] = {}


class Place:
    """A folder with an article, a dossier and a scenario, and the command line in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("article.md", "dossier.yaml", "scenario.yaml"):
            shutil.copy(EXAMPLE / name, folder / name)

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    def inje(self, *arguments: object, line: str = "", **options: object) -> tuple[int, str]:
        """Exit code and standard error of a command; a traceback in it fails the test."""
        if not line and not options:
            return self._here(*map(str, arguments))
        command = [sys.executable, "-m", "inje", *map(str, arguments)]
        if line:
            command = ["sh", "-c", line, "sh", *command]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, check=False, timeout=300, **options
        )
        told = done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in told, told
        self.said = done.stdout.decode("utf-8", "replace")
        return done.returncode, told

    def _here(self, *arguments: str) -> tuple[int, str]:
        """A command in this process: nothing about the process is part of the fault."""
        said, told, code = StringIO(), StringIO(), 0
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(said), redirect_stderr(told):
            patched.chdir(self.folder)
            patched.setattr(sys, "argv", ["inje", *arguments])
            try:
                main()
            except SystemExit as leaving:
                code = int(leaving.code or 0)
        assert "Traceback" not in told.getvalue(), told.getvalue()
        self.said = said.getvalue()
        return code, told.getvalue()

    def refuses(self, words: str, *arguments: object, code: int = 2, **options: object) -> None:
        """A command that ends with this code and these words, and leaves nothing half-written."""
        before = self.files()
        found, told = self.inje(*arguments, **options)
        assert (found, bool(re.search(words, told))) == (code, True), told
        assert told.startswith("inje: ")
        assert self.files() == before

    def files(self) -> dict[str, bytes]:
        """Every file below the folder that can be read, and what it holds."""
        found = {}
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and os.access(path, os.R_OK):
                found[str(path.relative_to(self.folder))] = path.read_bytes()
        return found


def fault(done: str, does: str) -> Callable[[Callable[[Place], None]], None]:
    def enter(function: Callable[[Place], None]) -> None:
        FAULTS[function.__name__] = (done, does, function)

    return enter


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    yield Place(tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)


def without_rights(place: Place) -> dict[str, str]:
    """Options for a process that may do no more than the permissions of files allow it.

    Root may do everything; so where we are root the process gives that right up.
    """
    if os.geteuid():
        return {"line": 'exec "$@"'}
    dropped = "-dac_override,-dac_read_search"
    line = f"exec setpriv --bounding-set={dropped} --inh-caps={dropped}"
    tried = subprocess.run(["sh", "-c", f"{line} true"], capture_output=True, check=False)
    if tried.returncode:
        pytest.skip("we are root, and cannot give up its rights")
    return {"line": f'{line} "$@"'}


def _environment(**changes: str | None) -> dict[str, str]:
    found = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **changes}
    return {name: value for name, value in found.items() if value is not None}


def mounted(place: Place, mount: str) -> str:
    """A shell line that runs a command in a mount of its own; skips where that is forbidden."""
    tried = subprocess.run(
        [
            "unshare",
            "--mount",
            "--map-root-user",
            "sh",
            "-c",
            mount.replace('exec "$@"', "true").replace('"$@"', "true"),
        ],
        cwd=place.folder,
        capture_output=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip("this machine lets nobody mount anything")
    return f"exec unshare --mount --map-root-user sh -c '{mount}' sh \"$@\""


# ---- the disk ----


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
        "cannot write: Read-only file system", "extract", "article.md", "-o", "out/dossier.yaml",
        line=mounted(place, mount),
    )  # fmt: skip


@fault("the folder belongs to somebody else", "says so, exit 2")
def no_permission(place: Place) -> None:
    (place / "out").mkdir(mode=0o555)
    place.refuses(
        "cannot write: Permission denied", "extract", "article.md", "-o", "out/dossier.yaml",
        **without_rights(place),
    )  # fmt: skip


@fault("the article may not be read", "says so, exit 2")
def unreadable(place: Place) -> None:
    (place / "article.md").chmod(0)
    place.refuses("Permission denied", "read", "article.md", **without_rights(place))


@fault("the folder of `-o` is not there", "says so, exit 2; makes none up")
def no_folder(place: Place) -> None:
    place.refuses(
        "No such file or directory|no such folder", "condition", "scenario.yaml", "-o", "a/b/p.nc"
    )


@fault("a folder lies where a file is to be written", "says so, exit 2; the folder stays")
def folder_for_file(place: Place) -> None:
    (place / "new.yaml").mkdir()
    place.refuses("Is a directory", "model", "dossier.yaml", "-o", "new.yaml")


@fault("a folder is given where a file belongs", "says so, exit 2")
def folder_for_input(place: Place) -> None:
    place.refuses("Is a directory|a folder", "model", ".")
    place.refuses("Is a directory|a folder", "report", ".")


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


@fault("a link leads nowhere, or round in a circle", "says so, exit 2")
def broken_link(place: Place) -> None:
    (place / "nowhere.md").symlink_to("gone.md")
    (place / "round.md").symlink_to("round.md")
    place.refuses("No such file", "read", "nowhere.md")
    place.refuses("symbolic links", "read", "round.md")


# ---- the process ----


@fault("the process is killed in the middle of writing", "the old file is whole")
def killed_writing(place: Place) -> None:
    (place / "kept.txt").write_text("old", encoding="utf-8")
    code = (
        "import os, signal\n"
        "from inje.dossier import replaced_whole\n"
        "with replaced_whole('kept.txt') as path:\n"
        "    path.write_text('half of the n')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=place.folder, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (place / "kept.txt").read_text(encoding="utf-8") == "old"


@fault("Ctrl-C", "one sentence, exit 130; nothing half-written, progress kept")
def interrupted(place: Place) -> None:
    before = place.files()
    process = subprocess.Popen(
        [sys.executable, "-m", "inje", "read", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=place.folder,
        text=True,
    )
    time.sleep(3)  # it waits for an article that never comes
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)[1]
    assert process.returncode == 130, told
    assert told.startswith("inje: interrupted;")
    assert "Traceback" not in told
    assert place.files() == before


@fault("the reader of the output goes away, as `head` does", "ends quietly, exit 1")
def closed_pipe(place: Place) -> None:
    code, told = place.inje("schema", "dossier", line='{ "$@"; echo $? >code; } | true')
    assert code == 0
    assert told == ""
    assert (place / "code").read_text(encoding="utf-8").strip() in ("0", "1", "141")


@fault("the output goes to a full device", "says so, exit 1")
def full_device(place: Place) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this machine has no /dev/full")
    place.refuses("No space left", "schema", "dossier", code=1, line='exec "$@" >/dev/full')


@fault("standard input, output and error are closed", "does its work")
def closed_streams(place: Place) -> None:
    line = 'exec "$@" <&- >&- 2>&-'
    assert place.inje("extract", "article.md", "-o", "new.yaml", line=line) == (0, "")
    assert (place / "new.yaml").stat().st_size > 1000


@fault("the terminal knows no Unicode", "prints what it can, exit 0")
def no_unicode(place: Place) -> None:
    environment = _environment(PYTHONIOENCODING="ascii", LC_ALL="C")
    assert place.inje("check", "article.md", env=environment)[0] == 1
    assert place.inje("extract", "article.md", "--json", env=environment)[0] == 0


@fault("no HOME, and TMPDIR names no folder", "does its work")
def no_home(place: Place) -> None:
    environment = _environment(HOME=None, TMPDIR="/nowhere", XDG_CACHE_HOME=None)
    assert place.inje("extract", "article.md", "-o", "new.yaml", env=environment)[0] == 0


# ---- files that are not what they should be ----


@fault("a posterior.nc that was cut short", "says so, exit 2")
def truncated_posterior(place: Place) -> None:
    (place / "p.nc").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(range(256)) * 40)
    place.refuses(r"p\.nc: cannot be read", "report", "p.nc")


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


# ---- several at once ----


@fault("two runs write into one folder", "the second is refused, exit 2; the first goes on")
def two_runs(place: Place) -> None:
    (place / "out").mkdir()
    folder = place / "out" / "posterior.nc.unfinished"
    code = (
        "from pathlib import Path; from inje.runs import locked\n"
        f"with locked(Path({str(folder)!r})): print('held', flush=True); input()"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        place.refuses("another inje is at work here", "reconstruct", "article.md", "-o", "out")
    finally:
        first.communicate("\n", timeout=60)
    assert first.returncode == 0


@fault("several processes write one file at once", "it is always one of theirs, and whole")
def many_writers(place: Place) -> None:
    code = (
        "import sys\nfrom inje.dossier import write_atomically\n"
        "for _ in range(60): write_atomically('shared.txt', sys.argv[1] * 200_000)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", code, letter], cwd=place.folder) for letter in "abc"
    ]
    seen = set()
    while any(writer.poll() is None for writer in writers):
        if (place / "shared.txt").exists():
            text = (place / "shared.txt").read_text(encoding="utf-8")
            assert len(text) == 200_000
            assert len(set(text)) == 1
            seen.add(text[0])
        time.sleep(0.002)
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert seen <= set("abc")
    assert sorted(p.name for p in place.folder.iterdir() if p.name.startswith(".")) == []


@fault("a process that died left its lock", "goes to work")
def stale_lock(place: Place) -> None:
    (place / "out").mkdir()
    folder = place / "out" / "posterior.nc.unfinished"
    code = (
        "import os, signal\nfrom pathlib import Path\nfrom inje.runs import locked\n"
        f"with locked(Path({str(folder)!r})): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert any((place / "out").iterdir()), "something was left"
    assert place.inje("condition", "scenario.yaml", "--ess", 1, "-o", "out/posterior.nc")[0] == 0
    assert [path.name for path in (place / "out").iterdir()] == ["posterior.nc"]


# ---- workers elsewhere ----


class Breaking(Executor):
    """An executor that breaks in one of the ways that executors break."""

    def __init__(self, way: str) -> None:
        self.way, self.asked = way, 0

    def submit(self, function: Callable[..., Any], *task: Any, **named: Any) -> Future[Any]:
        self.asked += 1
        if self.way == "refuses" or (self.way == "tires" and self.asked > 2):
            raise RuntimeError("cannot schedule new futures after shutdown")
        future: Future[Any] = Future()
        if self.way == "loses" or (self.way == "stumbles" and self.asked % 2):
            future.set_exception(BrokenProcessPool("a worker died"))
        elif self.way == "cancels":
            future.cancel()
        else:
            future.set_result(function(*task, **named))
        return future


@fault("an executor refuses work, loses it or tires of it", "fights it here; the same numbers")
def bad_executor(place: Place) -> None:
    from inje.runs import survey_worlds
    from inje.scenario import load_scenario_and_record

    scenario = load_scenario_and_record(place / "scenario.yaml")
    wanted: dict[str, Any] = {"worlds": 600, "paths": ("winner",), "seed": 2}
    alone = survey_worlds(scenario, threads=1, **wanted).to_json()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("inje.runs._survey.BLOCK", 200)  # shards are so many at least
        for way in ("refuses", "tires", "loses", "stumbles", "cancels"):
            executor = Breaking(way)
            spread = survey_worlds(scenario, executor=executor, shard=200, **wanted)
            assert spread.to_json() == alone, way
            assert executor.asked >= 3, way


@fault("the worker of a pool is killed at work", "its part is fought again; the same numbers")
def worker_killed(place: Place) -> None:
    code = (
        "import os, signal, sys\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from inje.runs import _survey, survey_worlds\n"
        "from inje.scenario import load_scenario_and_record\n"
        "def dying(): os.kill(os.getpid(), signal.SIGKILL)\n"
        "scenario = load_scenario_and_record('scenario.yaml')\n"
        "wanted = dict(worlds=600, paths=('winner',), seed=2)\n"
        "alone = survey_worlds(scenario, threads=1, **wanted).to_json()\n"
        "_survey.BLOCK = 200\n"
        "with ProcessPoolExecutor(1) as pool:\n"
        "    pool.submit(dying)\n"
        "    spread = survey_worlds(scenario, executor=pool, shard=200, **wanted)\n"
        "assert spread.to_json() == alone\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=place.folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@fault("no scheduler answers at the address of `--dask`", "says so, exit 2")
def no_scheduler(place: Place) -> None:
    pytest.importorskip("distributed", reason="the extra inje[dask] is not installed")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("inje.runs._clusters.PATIENCE", 1)
        place.refuses(
            "no dask scheduler answers", "simulate", "scenario.yaml", "--worlds", 100,
            "--dask", "tcp://127.0.0.1:9",
        )  # fmt: skip


# ---- the machine ----


def _simulated(place: Place, **options: object) -> str:
    code, told = place.inje(
        "simulate", "scenario.yaml", "--worlds", 500, "--path", "winner", "--json", **options
    )
    assert code == 0, told
    return place.said


@fault("one core", "the same numbers")
def one_core(place: Place) -> None:
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system binds no process to a core")
    core = min(os.sched_getaffinity(0))
    alone = _simulated(place, preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    assert alone == _simulated(place)


@fault("1 GB of memory", "does its work")
def little_memory(place: Place) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000))

    assert _simulated(place, preexec_fn=limited) == _simulated(place)
    assert place.inje("extract", "article.md", "-o", "new.yaml", preexec_fn=limited)[0] == 0


def _cache(place: Place) -> Path:
    """A copy of the cache of compiled code, for a fault to work on."""
    from inje import kernels

    ours = os.environ.get("NUMBA_CACHE_DIR") or str(Path(kernels.__file__).parent / "__pycache__")
    _simulated(place)  # whoever comes first compiles
    return Path(shutil.copytree(ours, place / "cache"))


@fault("the cache of compiled code is damaged", "is made anew; the same numbers")
def damaged_cache(place: Place) -> None:
    """Cut short, garbage, or empty, in the index and in what was compiled."""
    cache, before = _cache(place), _simulated(place)
    damages = (b"garbage", b"", b"\x80\x04\x95")
    for number, path in enumerate(sorted(cache.rglob("*.nb[ic]"))):
        path.write_bytes(damages[number % 3])
    assert _simulated(place, env=_environment(NUMBA_CACHE_DIR=str(cache))) == before


DRAWN = """
import numpy as np
from inje.kernels import name_key, uniforms
out = np.empty(4)
found = uniforms(1, np.arange(4, dtype=np.uint64), name_key("x"), out)
print((out if found is None else found).tolist())
"""


def _drawn(cache: object, **changes: str) -> str:
    """A few draws of a compiled function, with a cache of compiled code of its own."""
    environment = _environment(NUMBA_CACHE_DIR=str(cache), **changes)
    return subprocess.run(
        [sys.executable, "-c", DRAWN], env=environment, capture_output=True, text=True, check=True
    ).stdout


@fault("the cache of compiled code comes from another machine", "is not used; the same numbers")
def foreign_cache(place: Place) -> None:
    """Numba asks for the processor by name: for another one there is nothing in the cache."""
    first = _drawn(place / "cache", NUMBA_CPU_NAME="generic", NUMBA_CPU_FEATURES="")
    before = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*.nbc")}
    assert before
    assert _drawn(place / "cache") == first == _drawn(place / "cache")
    after = {path: path.stat().st_mtime_ns for path in place.folder.rglob("*.nbc")}
    assert after.items() > before.items(), "compiled anew beside what was there"


@fault("the folder of the cache is missing, or no folder", "does its work; the same numbers")
def no_cache(place: Place) -> None:
    found = {_drawn(place / "not" / "there"), _drawn("/proc/nowhere"), _drawn(place / "article.md")}
    assert len(found) == 1


@fault("memory runs out", "says so, exit 1 or 2; nothing half-written")
def no_memory(place: Place) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000))

    text = (place / "article.md").read_text(encoding="utf-8")
    (place / "long.md").write_text(text * 3000, encoding="utf-8")
    before = place.files()
    code, told = place.inje("read", "long.md", "-o", "new.json", preexec_fn=limited)
    assert code in (1, 2), told
    assert told.startswith("inje: ")
    assert place.files() == before


#: these start worlds or wait for seconds: `make slow` runs them
LONG = {
    "closed_streams",
    "damaged_cache",
    "foreign_cache",
    "no_cache", "deep_yaml", "full_device", "interrupted", "little_memory",
    "many_writers", "no_memory", "no_unicode",
    "one_core", "stale_lock", "worker_killed", "yaml_bomb",
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] * (n in LONG)) for n in sorted(FAULTS)]
)
def test_a_fault_loses_nothing_and_prints_no_traceback(name: str, place: Place) -> None:
    FAULTS[name][2](place)


def test_there_are_at_least_24_and_the_page_lists_them() -> None:
    assert len(FAULTS) >= 24
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8").partition("## Exit")[0]
    listed = re.findall(r"^\| (.+?) \| (.+?) \|$", page, re.MULTILINE)[1:]
    assert listed == [(done, does) for done, does, _ in FAULTS.values()]
