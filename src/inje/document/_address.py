"""An article at an address: http and https only, public hosts only, bounded size and time.

Every hop of a redirect is checked, and the connection goes to the very address that was
checked (the name is sent as host and for the certificate), so that a name which resolves
differently a moment later reaches nothing private.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from collections.abc import Callable

import httpx

from inje.document._intake import LARGEST, refuse_size
from inje.errors import DocumentError

__all__ = ["fetched", "is_public"]

_HOPS = 5
_SECONDS = 30.0
#: kinds of content that hold no article
_NO_TEXT = ("image/", "audio/", "video/", "font/")
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/x-wiki": ".wikitext",
    "application/pdf": ".pdf",
}


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


def fetched(url: str, *, permitted: Callable[[str], bool] = is_public) -> tuple[bytes, str, str]:
    """Content, address and suffix of the article at an address.

    Parameters
    ----------
    url : an http or https address.
    permitted : which IP addresses may be reached.

    Raises
    ------
    DocumentError : another scheme, a private host, no answer, too large or too slow.
    """
    answers: list[tuple[bytes, str, str] | Exception] = []

    def fetch() -> None:
        try:
            answers.append(_followed(url, permitted))
        except Exception as fault:  # whatever it is, it is raised where it was asked for
            answers.append(fault)

    # A server may send a byte of its head now and then for ever, and each resets the socket's
    # own limit: so the whole is waited for, no longer than is promised.
    asked = threading.Thread(target=fetch, daemon=True)
    asked.start()
    asked.join(_SECONDS)
    if not answers:
        raise _slow(url)
    if isinstance(answers[0], Exception):
        raise answers[0]
    return answers[0]


def _followed(url: str, permitted: Callable[[str], bool]) -> tuple[bytes, str, str]:
    deadline = time.monotonic() + _SECONDS
    for _ in range(_HOPS):
        response, body = _get(url, permitted, deadline)
        if response.status_code not in (301, 302, 303, 307, 308):
            break
        url = str(httpx.URL(url).join(response.headers.get("location", "")))
    else:
        raise _refused(url, f"more than {_HOPS} redirects", "give the last address itself")
    if response.status_code != 200:
        raise _refused(url, f"the server answered {response.status_code}", "check the address")
    refuse_size(len(body), url)
    return _in_utf8(body, response), url, _SUFFIXES.get(_kind(response), "")


def _kind(response: httpx.Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _slow(url: str) -> DocumentError:
    return _refused(url, f"took longer than {_SECONDS:g} s", "save the page as a file")


def _refused(url: str, what: str, remedy: str) -> DocumentError:
    return DocumentError(url, what, "a public http or https address of at most 20 MB", remedy)


def _get(
    url: str, permitted: Callable[[str], bool], deadline: float
) -> tuple[httpx.Response, bytes]:
    try:
        target = httpx.URL(url)
    except httpx.InvalidURL as fault:
        raise _refused(url, f"is no address: {fault}", "check the address") from None
    if target.scheme not in ("http", "https"):
        raise _refused(url, f"the scheme {target.scheme!r} is not read", "save the page as a file")
    if not target.host:
        raise _refused(url, "names no host", "check the address")
    if target.userinfo:
        shown = str(target.copy_with(username=None, password=None))
        raise _refused(shown, "came with a name or password", "save the page as a file")
    address = _address(url, target, permitted)
    pinned = target.copy_with(host=address)
    headers = {"host": target.netloc.decode("ascii"), "user-agent": "inje (reads battle articles)"}
    extensions = {"sni_hostname": target.host}
    try:
        with (
            httpx.Client(follow_redirects=False, timeout=10.0, trust_env=False) as client,
            client.stream("GET", pinned, headers=headers, extensions=extensions) as response,
        ):
            if response.status_code == 200 and _kind(response).startswith(_NO_TEXT):
                raise _refused(url, f"is {_kind(response)}, no text", "give the page's address")
            return response, _body(url, response, deadline)
    except httpx.HTTPError as fault:
        reason = str(fault) or type(fault).__name__
        raise _refused(url, f"cannot be fetched: {reason}", "save the page as a file") from None


def _address(url: str, target: httpx.URL, permitted: Callable[[str], bool]) -> str:
    """The IP address to connect to, if all that the name has are permitted."""
    try:
        found = socket.getaddrinfo(target.host, target.port or None, type=socket.SOCK_STREAM)
    except OSError:
        raise _refused(url, f"no such host: {target.host}", "check the address") from None
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if not addresses or not all(map(permitted, addresses)):
        raise _refused(url, f"{target.host} is not a public host", "save the page as a file")
    return addresses[0]


def _body(url: str, response: httpx.Response, deadline: float) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_bytes():
        size += len(piece)
        if size > LARGEST:
            refuse_size(size, url)
        if time.monotonic() > deadline:
            raise _slow(url)
        pieces.append(piece)
    return b"".join(pieces)


def _in_utf8(body: bytes, response: httpx.Response) -> bytes:
    """The body in UTF-8, if the server states another encoding."""
    stated = re.search(r"charset=[\"']?([\w-]+)", response.headers.get("content-type", ""), re.I)
    if stated is None or stated[1].lower() in ("utf-8", "utf8"):
        return body
    try:
        return body.decode(stated[1]).encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return body
