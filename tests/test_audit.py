"""`make audit` where a service answers: weak packages are named and end it, sound ones are counted.

The service is made up here, and speaks as that of OSV does (https://google.github.io/osv.dev).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("pip_audit", reason="pip-audit is not installed: `make setup` does it")
ROOT = Path(__file__).resolve().parents[1]
LOCK = "".join(f"{name}==1.0 --hash=sha256:{'0' * 64}\n" for name in ("sound", "weak"))
WEAKNESS = {
    "id": "MADE-UP-1",
    "schema_version": "1.6.0",
    "summary": "an invented weakness",
    "affected": [
        {
            "package": {"name": "weak", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.1"}]}],
            "versions": ["1.0"],
        }
    ],
}


class Service(BaseHTTPRequestHandler):
    """Knows one weakness, in one package."""

    def do_POST(self) -> None:
        """Answer a query."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        weak = asked["package"]["name"] == "weak"
        answer = json.dumps({"vulns": [WEAKNESS]} if weak else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()
    thread.join()


def audited(tmp_path: Path, lock: str, address: str) -> tuple[int, str]:
    path = tmp_path / "made-up.lock"
    path.write_text(lock, encoding="utf-8")
    plain = {name: v for name, v in os.environ.items() if not name.lower().endswith("_proxy")}
    environment = {
        **plain, "PIP_AUDIT_VULNERABILITY_SERVICE": "osv", "PIP_AUDIT_OSV_URL": address,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(ROOT / ".ci" / "audit.py"), str(path)],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_a_weak_package_is_named_and_ends_the_audit(tmp_path: Path, service: str) -> None:
    code, said = audited(tmp_path, LOCK, service)
    assert said.splitlines() == [
        "weak 1.0: MADE-UP-1; mended in 1.1",
        "pip-audit: 2 of 2 packages looked up, 1 weak",
    ]
    assert code == 1


@pytest.mark.slow
def test_sound_packages_are_counted(tmp_path: Path, service: str) -> None:
    code, said = audited(tmp_path, LOCK.splitlines(keepends=True)[0], service)
    assert (code, said) == (0, "pip-audit: 1 of 1 packages looked up, 0 weak\n")


@pytest.mark.slow
def test_a_service_that_does_not_answer_is_said_and_ends_nothing(tmp_path: Path) -> None:
    code, said = audited(tmp_path, LOCK, "http://127.0.0.1:9/v1/query")
    assert code == 0
    assert said.startswith("pip-audit: nothing was audited, its service cannot be reached")
