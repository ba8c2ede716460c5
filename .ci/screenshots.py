"""Write pictures of a report and of the studio at three widths.

``.ci/screenshots.py REPORT PICTURES``, where REPORT stands in the folder that `inje reconstruct`
wrote. ``report.png`` is the picture in the README; the others show the same page on a phone and on
a wide screen, and the two pages of the studio. Run by `make screenshots`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from inje.posterior import load_posterior
from inje.studio import Served, explore_posterior, review_dossier

#: suffix of the file, width, height, colours
VIEWS = (("", 1280, 1100, "light"), ("-phone", 390, 844, "light"), ("-wide", 1600, 1000, "dark"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def _pictures(browser: Browser, name: str, address: str, folder: Path) -> None:
    for suffix, width, height, colours in VIEWS:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            offline=address.startswith("file:"),
            color_scheme="dark" if colours == "dark" else "light",
        )
        page = context.new_page()
        page.goto(address)
        page.wait_for_timeout(300)
        page.screenshot(path=folder / f"{name}{suffix}.png")
        context.close()
        print(folder / f"{name}{suffix}.png")


@contextmanager
def _running(served: Served) -> Iterator[str]:
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    try:
        yield served.address
    finally:
        served.stop()
        thread.join(10)


def main() -> None:
    """Open each page as a reader would, and take the pictures."""
    report, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    made = report.parent
    found = os.environ.get("INJE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("no Chromium on the path: install it, or name one in INJE_CHROMIUM")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as copies:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        _pictures(browser, "report", report.as_uri(), folder)
        copy = Path(shutil.copytree(made, Path(copies) / "record"))
        with _running(review_dossier(copy / "dossier.yaml", open_browser=False)) as address:
            _pictures(browser, "review", address, folder)
        posterior = load_posterior(made / "posterior.nc")
        with _running(explore_posterior(posterior, open_browser=False)) as address:
            _pictures(browser, "explore", address, folder)
        browser.close()


if __name__ == "__main__":
    main()
