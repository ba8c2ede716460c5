"""What every test may ask for, and what a machine must have for which test.

Tests marked ``browser`` need Chromium and tests marked ``peers`` need ``.venv-peers``. Where these
are missing such a test is skipped with a sentence; with ``CI=true`` that skip is a failure.
"""

from __future__ import annotations

import json
import math
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".venv-peers" / "bin" / "python"
REQUIRED_IN_CI = ("browser", "peers")
BLESSED = pytest.StashKey[list[str]]()
CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

# The first call of a compiled function takes seconds: a deadline would measure the compiler.
settings.register_profile("house", deadline=None, print_blob=True)
settings.register_profile("house-ci", deadline=None, print_blob=True, derandomize=True)
settings.load_profile("house-ci" if os.environ.get("CI") == "true" else "house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make bless` accepts changed golden numbers."""
    parser.addoption("--bless", action="store_true", help="write golden numbers anew")


def pytest_configure() -> None:
    """Say where the data are."""
    if _data_place().is_dir():
        os.environ["INJE_DATA"] = str(_data_place())


def _chromium() -> str | None:
    named = os.environ.get("INJE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM)), None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what this machine cannot run, each with a sentence."""
    if item.get_closest_marker("browser") and _chromium() is None:
        pytest.skip("no Chromium on the path: install it, or name one in INJE_CHROMIUM")
    if item.get_closest_marker("peers") and not PEERS.exists():
        pytest.skip("the rivals are not installed: `make peers` builds .venv-peers")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turn the skip of a browser or peer test into a failure where CI requires them."""
    report = yield
    required = any(item.get_closest_marker(name) for name in REQUIRED_IN_CI)
    if report.skipped and required and not hasattr(report, "wasxfail") and _in_ci():
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI=true, so this test may not be skipped; {reason}"
    return report


def _in_ci() -> bool:
    return os.environ.get("CI") == "true"


def _place(variable: str, default: Path) -> Path:
    """A folder named by the environment (from the root, where relative) or its default."""
    return (ROOT / (os.environ.get(variable) or default)).resolve()


def _shared_place() -> Path:
    return _place("INJE_SHARED", ROOT.parent / "shared")


def _data_place() -> Path:
    return _place("INJE_DATA", _shared_place() / "data")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show what was blessed."""
    for said in config.stash.get(BLESSED, []):
        terminalreporter.write_line(said)


@pytest.fixture(scope="session")
def root() -> Path:
    """Root of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of the seed, gold and practice articles (INJE_SHARED)."""
    if not _shared_place().is_dir():
        pytest.skip(f"the shared articles are not at {_shared_place()}: set INJE_SHARED")
    return _shared_place()


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of the public battle data (INJE_DATA)."""
    if not _data_place().is_dir():
        pytest.skip(f"the battle data are not at {_data_place()}: set INJE_DATA")
    return _data_place()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compare numbers with those blessed: ``golden("seed", {"ess": 4096.2}, rtol=0)``.

    Mark the test with ``golden``. The numbers lie in ``tests/golden/NAME.json``; they change
    only by `make bless`, which prints what changed, and by a line "Numbers changed" in the
    changelog.
    """

    def compare(name: str, numbers: Mapping[str, float], rtol: float = 0.0) -> None:
        path = ROOT / "tests" / "golden" / f"{name}.json"
        blessed = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        changed = [
            f"  {key}: {blessed.get(key, 'absent')} -> {numbers.get(key, 'absent')}"
            for key in sorted({*blessed, *numbers})
            if key not in blessed
            or key not in numbers
            or not math.isclose(blessed[key], numbers[key], rel_tol=rtol)
        ]
        if not changed:
            return
        said = "\n".join([f"golden numbers of {name}:", *changed])
        if not request.config.getoption("--bless"):
            pytest.fail(f"{said}\nif this is right: make bless, and a line in the changelog")
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(dict(numbers), indent=2, sort_keys=True) + "\n", "utf-8")
        request.config.stash.setdefault(BLESSED, []).append(said)

    return compare


@pytest.fixture(scope="session")
def peers() -> Path:
    """Python of ``.venv-peers``; mark the test with ``peers``."""
    if not PEERS.exists():
        pytest.skip("the rivals are not installed: `make peers` builds .venv-peers")
    return PEERS


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for the session; mark the test with ``browser``."""
    executable = _chromium()
    if executable is None:
        pytest.skip("no Chromium on the path: install it, or name one in INJE_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page with nothing remembered; an error on its console fails the test."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert not errors, f"the page complained: {errors}"
