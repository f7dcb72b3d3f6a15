"""The server of the explorer, from a free port to the last request."""

from __future__ import annotations

import errno
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from steelyard.core.problems import CaseError
from steelyard.explorer.settings import LOOPBACK, Settings
from steelyard.explorer.shelf import open_shelf

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

_TRIED = 20  # ports, from the one that is asked for on, where none is asked for by the user
_WAITING = 128  # connections that wait to be taken
_BREATH = 0.3  # seconds that the first page has for itself
_IDLE = 15  # seconds that a connection is kept open between two requests


def serve(
    folder: Path,
    settings: Settings,
    *,
    fixed_port: bool = False,
    tell: Callable[[str], None],
    opened: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the cases of a folder until somebody interrupts; `tell` is given the address, as is `opened`.

    With `fixed_port` no other port is taken where that of the settings is in use.

    Raises:
        CaseError: there is no case in the folder, or no port to listen on.
    """
    shelf = open_shelf(folder)
    door = _listen(settings, tries=1 if fixed_port else _TRIED)
    settings = replace(settings, port=door.getsockname()[1], hosts=_names(settings))
    if settings.is_open and not settings.token:
        settings = replace(settings, token=secrets.token_urlsafe(24))
    from steelyard.explorer.app import make_app

    server = server_of(make_app(shelf, settings), settings)
    address = _address(settings)
    tell(address)
    opened(address)
    # The first page goes before the build that somebody is going to ask for.
    early = Timer(_BREATH, next(iter(shelf.values())).look)
    early.daemon = True
    if len(shelf) == 1:
        early.start()
    with suppress(KeyboardInterrupt):
        server.run(sockets=[door])
    early.cancel()
    for one in shelf.values():
        one.stop()


def server_of(app: Starlette, settings: Settings) -> uvicorn.Server:
    """A server that lets an app answer, with the limits of some settings."""
    import uvicorn

    from steelyard.explorer.patience import patient

    config = uvicorn.Config(
        app,
        http=patient(settings),
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=2,
        ws="none",
    )
    return uvicorn.Server(config)


def _names(settings: Settings) -> tuple[str, ...]:
    """The names by which requests may address the server."""
    if not settings.is_open:
        return LOOPBACK
    names = {*LOOPBACK, settings.host, socket.gethostname(), *settings.hosts}
    if settings.host in ("0.0.0.0", "::"):
        with suppress(OSError):
            names |= {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    return tuple(sorted(names))


def _listen(settings: Settings, tries: int) -> socket.socket:
    """A socket that listens on the port asked for, or on the next that is free."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    for port in range(settings.port, min(settings.port + tries, 65536)):
        # Named as TCP: on any other asyncio leaves the system its delay, and each answer waits for 40 ms.
        door = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((settings.host, port))
        except PermissionError as error:
            door.close()
            raise CaseError(f"port {port} may not be used by you; give one above 1023 with --port") from error
        except OSError as error:
            door.close()
            if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
                raise CaseError(f"{settings.host} is no address of this machine; --host takes one") from error
            continue
        door.listen(_WAITING)
        return door
    last = settings.port + tries - 1
    which = f"port {settings.port} is" if tries == 1 else f"ports {settings.port} to {last} are"
    raise CaseError(f"{which} in use; give another one with --port, or 0 for any that is free")


def _address(settings: Settings) -> str:
    host = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(settings.host, settings.host)
    host = f"[{host}]" if ":" in host else host
    asked = f"?{urlencode({'token': settings.token})}" if settings.token else ""
    return f"http://{host}:{settings.port}/{asked}"
