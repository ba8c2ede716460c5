"""Addresses: a page is fetched, everything private or endless is refused."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from inje.document import _address, read_document
from inje.document._address import fetched, is_public
from inje.errors import DocumentError

PAGE = "<html><body><p>The battle was fought by the army in the café.</p></body></html>"


class Pages(BaseHTTPRequestHandler):
    """A page, a redirect to it, an endless redirect, a private one, a fault, a flood."""

    def do_GET(self):
        name = self.path.strip("/")
        targets = {"moved": "/page", "round": "/round", "inside": "file:///etc/passwd"}
        if name in targets:
            self.send_response(302)
            self.send_header("Location", targets[name])
            self.end_headers()
        elif name == "page":
            body = PAGE.encode("latin-1")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=iso-8859-1")
            self.end_headers()
            self.wfile.write(body)
        elif name == "flood":
            self.send_response(200)
            self.end_headers()
            try:
                for _ in range(400):
                    self.wfile.write(b"word " * 20_000)
            except OSError:
                pass
        elif name == "picture":
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
        elif name == "drip":
            try:
                for number in range(100):
                    self.wfile.write("HTTP/1.1 200 OK\r\n"[number : number + 1].encode())
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                pass
        else:
            self.send_error(404)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def host():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def anywhere(_address):
    return True


def test_a_page_and_a_redirect_to_it_are_read(host):
    for name in ("page", "moved"):
        content, url, suffix = fetched(f"{host}/{name}", permitted=anywhere)
        assert "café" in content.decode("utf-8")
        assert url == f"{host}/page"
        assert suffix == ".html"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("round", "redirects"),
        ("inside", "scheme 'file'"),
        ("nothing", "answered 404"),
        ("flood", "more than inje reads"),
        ("picture", "is image/png, no text"),
    ],
)
def test_what_is_no_page_is_refused(host, name, says):
    with pytest.raises(DocumentError, match=says):
        fetched(f"{host}/{name}", permitted=anywhere)


def test_a_server_that_never_ends_its_head_is_left(host, monkeypatch):
    """Each byte resets the socket's own limit; the whole has one of its own."""
    monkeypatch.setattr(_address, "_SECONDS", 0.5)
    with pytest.raises(DocumentError, match=r"took longer than 0\.5 s"):
        fetched(f"{host}/drip", permitted=anywhere)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://", "names no host"),
        ("http://me:secret@a.example/x", r"^http://a\.example/x: came with a name or password"),
    ],
)
def test_an_address_that_is_none_or_holds_a_password_is_refused(address, says):
    with pytest.raises(DocumentError, match=says) as refused:
        fetched(address, permitted=anywhere)
    assert "secret" not in str(refused.value)


def test_a_private_host_is_refused_before_any_request(host):
    with pytest.raises(DocumentError, match="not a public host"):
        read_document(f"{host}/page")


def test_a_redirect_to_a_private_host_is_refused(host):
    asked = []

    def once(address):
        asked.append(address)
        return len(asked) == 1

    with pytest.raises(DocumentError, match="not a public host"):
        fetched(f"{host}/moved", permitted=once)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("::1", False),
        ("fe80::1", False),
        ("::ffff:10.0.0.1", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
    ],
)
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


def test_limits_are_stated():
    assert _address._SECONDS <= 60


@pytest.mark.parametrize("address", ["ftp://example.org/page.txt", "file:///etc/hostname"])
def test_other_schemes_are_named_and_refused(address):
    with pytest.raises(DocumentError, match=r"the scheme '(?:ftp|file)' is not read") as refused:
        read_document(address)
    assert address in str(refused.value)
