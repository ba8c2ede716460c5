"""Nobody else comes in: foreign hosts, foreign pages, wrong addresses."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from inje.errors import OptionError
from inje.studio import review_app, serve_studio

Served = Callable[[Callable[[str], Any]], str]


@pytest.fixture
def address(served: Served, folder: Path) -> str:
    return served(lambda base: review_app(folder / "dossier.yaml", base))


def _asked(
    address: str, method: str, path: str, headers: dict[str, str], body: str = ""
) -> tuple[int, dict[str, str], str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    connection.request(method, path, body=body or None, headers=headers)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


def test_the_address_opens_the_page(address: str) -> None:
    status, headers, page = _asked(address, "GET", urlsplit(address).path, {})
    assert status == 200
    assert "The Fight at Weir Bridge" in page
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/wrong/", "//", "/../"])
def test_without_the_token_nothing_is_here(address: str, path: str) -> None:
    status, _, said = _asked(address, "GET", path, {})
    assert status == 404
    assert "Weir" not in said


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "localhost:1", ""])
def test_another_host_is_refused(address: str, host: str) -> None:
    status, _, said = _asked(address, "GET", urlsplit(address).path, {"Host": host})
    assert status in (400, 403)
    assert "Weir" not in said


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {},
        {"Origin": "https://127.0.0.1"},
    ],
)
def test_another_page_cannot_change_anything(
    address: str, folder: Path, headers: dict[str, str]
) -> None:
    before = (folder / "dossier.yaml").read_bytes()
    path = urlsplit(address).path + "claims/days/confirm"
    status, _, _ = _asked(address, "POST", path, headers, "revision=x")
    assert status == 403
    assert (folder / "dossier.yaml").read_bytes() == before


def test_another_site_cannot_even_look(address: str) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    status, _, _ = _asked(address, "GET", urlsplit(address).path, headers)
    assert status == 403


def test_the_page_itself_may_change_things(address: str, folder: Path) -> None:
    parts = urlsplit(address)
    origin = f"http://{parts.netloc}"
    _, _, page = _asked(address, "GET", parts.path, {})
    revision = page.split('id="c-days"')[1].split('name="revision" value="')[1].split('"')[0]
    headers = {
        "Origin": origin,
        "X-Parts": "1",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    status, _, said = _asked(
        address, "POST", parts.path + "claims/days/confirm", headers, f"revision={revision}"
    )
    assert status == 200, said
    assert "days confirmed" in said
    after = (folder / "dossier.yaml").read_text().split("id: days")[1].split("- id:")[0]
    assert "status: confirmed" in after
    _, answer, said = _asked(address, "POST", parts.path + "claims/days/fly", headers, "revision=x")
    assert answer["x-done"] == "no"
    assert "nothing that can be done" in said


def test_a_request_too_large_is_refused(address: str) -> None:
    parts = urlsplit(address)
    headers = {"Origin": f"http://{parts.netloc}", "Content-Length": "99999999"}
    status, _, _ = _asked(address, "POST", parts.path + "undo", headers)
    assert status == 413


def test_a_taken_port_is_an_error_with_a_remedy(address: str, folder: Path) -> None:
    port = urlsplit(address).port or 0
    with pytest.raises(OptionError, match="leave it out"):
        serve_studio(lambda base: review_app(folder / "dossier.yaml", base), port=port)
