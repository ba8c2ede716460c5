"""Serving the studio: loopback only, a free port, an address that cannot be guessed."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from inje.errors import MissingExtra, OptionError

__all__ = ["Served", "serve_studio"]


@dataclass(frozen=True, slots=True)
class Served:
    """A studio about to run.

    Attributes
    ----------
    address : what to open. run : serves until interrupted or stopped. stop : ends it.
    """

    address: str
    run: Callable[[], None]
    stop: Callable[[], None]


def serve_studio(make: Callable[[str], Any], *, port: int = 0, open_browser: bool = True) -> Served:
    """Bind an application to the loopback interface.

    Parameters
    ----------
    make : builds the application, given the path that its pages begin with.
    port : 0 takes a free one.
    open_browser : whether to open the address when the server runs.

    Raises
    ------
    MissingExtra : starlette or uvicorn is not installed.
    OptionError : the port is taken.
    """
    try:
        import starlette  # noqa: F401
        import uvicorn
    except ImportError:
        raise MissingExtra("the studio needs `pip install inje[studio]`") from None
    from inje.studio._gate import Gate

    token = secrets.token_urlsafe(24)
    application = Gate(make(f"/{token}"), token)
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        door.bind(("127.0.0.1", port))
    except OSError as error:
        door.close()
        raise OptionError(
            "--port", f"{port} cannot be used: {error.strerror}", "a free port", "leave it out"
        ) from None
    address = f"http://127.0.0.1:{door.getsockname()[1]}/{token}/"
    config = uvicorn.Config(
        application, log_level="warning", access_log=False, lifespan="off", server_header=False
    )
    server = uvicorn.Server(config)

    def run() -> None:
        if open_browser:
            webbrowser.open(address)
        try:
            server.run(sockets=[door])
        finally:
            door.close()

    def stop() -> None:
        server.should_exit = True

    return Served(address, run, stop)
