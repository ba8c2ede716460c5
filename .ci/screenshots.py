"""Write pictures of a report at three widths: ``.ci/screenshots.py REPORT FOLDER``.

``report.png`` is the picture in the README; ``report-phone.png`` and ``report-wide.png`` show the
same page on a phone and on a wide screen. Run by `make screenshots`.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

VIEWS = {"report": (1280, 1100), "report-phone": (390, 844), "report-wide": (1600, 1000)}
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def main() -> None:
    """Open the report from its file, with no network, and take the pictures."""
    report, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    found = os.environ.get("INJE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        sys.exit("no Chromium on the path: install it, or name one in INJE_CHROMIUM")
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for name, (width, height) in VIEWS.items():
            context = browser.new_context(
                viewport={"width": width, "height": height}, offline=True, color_scheme="light"
            )
            page = context.new_page()
            page.goto(report.as_uri())
            page.screenshot(path=folder / f"{name}.png")
            context.close()
            print(folder / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
