"""A dossier on disk, and a studio that serves it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from tests.reporting.made_up import document, dossier

from inje.dossier import save_document, save_dossier
from inje.studio import serve_studio


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with dossier.yaml and document.json of the invented battle."""
    text = document()
    save_document(text, tmp_path / "document.json")
    record = dossier(text)
    infos = tuple(info.model_copy(update={"sha256": text.sha256}) for info in record.documents)
    save_dossier(record.model_copy(update={"documents": infos}), tmp_path / "dossier.yaml")
    return tmp_path


@pytest.fixture
def served() -> Iterator[Callable[[Callable[[str], Any]], str]]:
    """Serve an application in a thread; gives its address."""
    running = []

    def start(make: Callable[[str], Any]) -> str:
        studio = serve_studio(make, open_browser=False)
        thread = threading.Thread(target=studio.run, daemon=True)
        thread.start()
        parts = urlsplit(studio.address)
        for _ in range(200):
            try:
                socket.create_connection((parts.hostname or "", parts.port or 0), 2).close()
                break
            except OSError:
                time.sleep(0.05)
        running.append((studio, thread))
        return studio.address

    yield start
    for studio, thread in running:
        studio.stop()
        thread.join(timeout=10)
