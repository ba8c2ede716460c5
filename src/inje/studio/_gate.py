"""Who may come in: this machine, this page, whoever has the address.

The studio listens on the loopback interface only. Against pages of other origins and names that
were made to point here (DNS rebinding) it checks Host and Origin, and the address holds a token.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

__all__ = ["HEADERS", "Gate"]

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
#: a form of the studio is small
_LARGEST = 1 << 20


class Gate:
    """Lets a request through to the application, or refuses it.

    Parameters
    ----------
    application : an ASGI application; its paths begin after the token.
    token : the secret part of the address.
    """

    def __init__(self, application: Any, token: str) -> None:
        self.application = application
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan":
            await self.application(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close"})
            return
        refusal = self._refusal(scope)
        if refusal:
            await _say(send, *refusal)
            return
        inner = dict(scope)
        inner["path"] = scope["path"][len(self.token) + 1 :] or "/"
        inner["raw_path"] = inner["path"].encode()

        async def with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        await self.application(inner, receive, with_headers)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers: dict[bytes, bytes] = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        port = scope["server"][1]
        if host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
            return 403, "another host was asked for"
        if scope["method"] not in ("GET", "HEAD"):
            if headers.get(b"origin", b"").decode("latin-1") != f"http://{host}":
                return 403, "the request comes from another page"
            length = headers.get(b"content-length", b"0")
            if not length.isdigit() or int(length) > _LARGEST:
                return 413, "the request is too large"
        if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
            return 403, "the request comes from another page"
        given = scope["path"].split("/")[1] if "/" in scope["path"] else ""
        if not hmac.compare_digest(given.encode(), self.token.encode()):
            return 404, "nothing is here: open the address that inje printed"
        return None


async def _say(send: Send, status: int, words: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words.encode()})
