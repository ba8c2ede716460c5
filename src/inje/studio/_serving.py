"""Serving the studio: loopback only, a free port, an address that cannot be guessed."""

from __future__ import annotations

import secrets
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inje.errors import MissingExtra, OptionError

if TYPE_CHECKING:
    from inje.posterior import Posterior

__all__ = ["Served", "explore_posterior", "review_dossier", "serve_studio"]


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


def review_dossier(path: str | Path, *, port: int = 0, open_browser: bool = True) -> Served:
    """A studio to correct a dossier in.

    Raises
    ------
    FileFaults : the dossier has faults.
    MissingExtra, OptionError : as `serve_studio`.
    """
    from inje.studio._review import review_app

    return serve_studio(lambda base: review_app(path, base), port=port, open_browser=open_browser)


def explore_posterior(posterior: Posterior, *, port: int = 0, open_browser: bool = True) -> Served:
    """A studio to change sources, claims and causes in.

    Raises
    ------
    MissingExtra, OptionError : as `serve_studio`.
    """
    from inje.studio._explore import explore_app

    return serve_studio(
        lambda base: explore_app(posterior, base), port=port, open_browser=open_browser
    )
