"""Waiting for what a page shows, never for a time, so that a busy machine breaks nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: seconds after which what has not come does not come
PATIENCE = 90.0


def until(page: Page, holds: Callable[[], bool]) -> bool:
    """Let the page go on until something holds; False where it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        page.wait_for_timeout(30)
    return True
