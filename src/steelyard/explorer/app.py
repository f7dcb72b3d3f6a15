"""The routes of the explorer: pages, numbers for them, downloads; changes are asked for by POST alone."""

from __future__ import annotations

import asyncio
import mimetypes
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from steelyard.explorer.desk import Asked, Desk
from steelyard.explorer.guard import Guard
from steelyard.explorer.pages import render, static
from steelyard.explorer.settings import Settings
from steelyard.explorer.shelf import Opened, Status
from steelyard.explorer.turns import Turns
from steelyard.explorer.workshop import Boards
from steelyard.report.template import PAGE

if TYPE_CHECKING:
    from steelyard.explorer.redraw import Board

_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
_LONGEST_NAME = 100  # characters of a file's name, and of its ending
_PATIENCE = 25.0  # seconds that an answer is held back for a build to end
_GLANCE = 1.0  # seconds for which the files of a case are taken to be as they were, while sliders move
_SLICE = 0.05  # seconds after which is seen how far a build is
_HANDS = 2  # answers that are reckoned at once, each in several threads
_TEXTS, _MOST_TEXTS = 4, 16  # texts that are read or next in turn, and those that wait with them


def make_app(shelf: Mapping[str, Opened], settings: Settings) -> Starlette:
    """The explorer over the cases of a shelf."""

    @asynccontextmanager
    async def living(app: Starlette) -> AsyncIterator[None]:
        yield
        app.state.desk.close()
        app.state.turns.close()
        app.state.texts.close()
        for opened in shelf.values():
            opened.stop()

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, settings=settings)],
        exception_handlers={HTTPException: _refused},
        lifespan=living,
    )
    app.state.shelf, app.state.settings = shelf, settings
    app.state.turns = Turns(_HANDS, settings.queue, "turns")
    app.state.texts = Turns(_TEXTS, _MOST_TEXTS, "texts")
    app.state.desk, app.state.boards = Desk(settings), Boards(shelf, settings)
    return app


def _routes() -> list[Route]:
    case = "/case/{name}"
    return [
        Route("/", _index),
        Route("/explorer.{kind}", _static),
        Route("/openapi.json", _openapi),
        Route(f"{case}/", _paths),
        Route(f"{case}/claims", _claims),
        Route(f"{case}/text", _text),
        Route(f"{case}/status.json", _status),
        Route(f"{case}/fan.json", _fan),
        Route(f"{case}/fan.csv", _table),
        Route(f"{case}/why.json", _why),
        Route(f"{case}/build", _build, methods=["POST"]),
        Route(f"{case}/stop", _stop, methods=["POST"]),
        Route(f"{case}/texts", _read, methods=["POST"]),
        Route(f"{case}/reviews", _review, methods=["POST"]),
        Route(f"{case}/{{file:path}}", _file),
    ]


async def _index(request: Request) -> Response:
    shelf: Mapping[str, Opened] = request.app.state.shelf
    if len(shelf) == 1:
        return RedirectResponse(f"/case/{quote(next(iter(shelf)), safe='')}/", 303)
    cases = [
        {"name": name, "href": f"case/{quote(name, safe='')}/", "title": _title(one)}
        for name, one in shelf.items()
    ]
    return HTMLResponse(render("index.html", cases=cases))


async def _static(request: Request) -> Response:
    kind = request.path_params["kind"]
    if kind not in _KINDS:
        raise HTTPException(404)
    return Response(static(kind), media_type=_KINDS[kind])


async def _paths(request: Request) -> Response:
    """The page with the fan and its sliders, filled in as the address says."""
    opened, status = await _opened(request)
    if waiting := _waiting(request, opened, status, "paths"):
        return waiting
    await _fan_json(request)
    shown = await _in_turn(request).take(_board(request).page, dict(request.query_params))
    return HTMLResponse(render("paths.html", **_frame(request, opened, status, "paths"), **shown))


async def _claims(request: Request) -> Response:
    """The page of claims and findings, which reviews change at once: the report need not be built again for
    it.
    """
    opened = _case(request)
    status = opened.status if opened.run else await run_in_threadpool(opened.look)
    if waiting := _waiting(request, opened, status, "claims"):
        return waiting
    from steelyard.explorer.reviewing import claims_page

    shown = await _in_turn(request).take(claims_page, opened)
    return HTMLResponse(render("claims.html", **_frame(request, opened, status, "claims"), **shown))


async def _text(request: Request) -> Response:
    opened, status = await _opened(request)
    limit = request.app.state.settings.largest // 2**20
    return HTMLResponse(render("paste.html", **_frame(request, opened, status, "text"), limit=limit))


async def _status(request: Request) -> Response:
    opened = _case(request)
    return JSONResponse({**opened.status.to_json(), "generation": opened.generation})


async def _fan(request: Request) -> Response:
    """The numbers of a fan, as the address says."""
    await _ready(request)
    return Response(await _fan_json(request), media_type="application/json")


async def _fan_json(request: Request) -> bytes:
    """The fan of an address, which is reckoned once for all who ask for it."""
    board, asked = _board(request), dict(request.query_params)
    key = (request.path_params["name"], board.key(asked))
    if kept := board.kept(asked):
        return kept
    return await _in_turn(request).shared(key, lambda: board.fan_json(asked))


async def _table(request: Request) -> Response:
    await _ready(request)
    text = await _in_turn(request).take(_board(request).table, dict(request.query_params))
    headers = {"content-disposition": 'attachment; filename="fan.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


async def _why(request: Request) -> Response:
    await _ready(request)
    return JSONResponse(await _in_turn(request).take(_board(request).why, dict(request.query_params)))


async def _build(request: Request) -> Response:
    _may_change(request)
    return JSONResponse((await run_in_threadpool(_case(request).build)).to_json())


async def _stop(request: Request) -> Response:
    _may_change(request)
    return JSONResponse(_case(request).stop().to_json())


async def _read(request: Request) -> Response:
    """A text that was pasted or dropped: the body of the request, its name in a header."""
    opened = _case(request)
    data = await request.body()
    if not data.strip():
        raise HTTPException(400, "There is nothing in it.")
    name = _file_name(unquote(request.headers.get("x-name", "")))
    against = request.headers.get("x-against") == "yes" and opened.run is not None
    asked = Asked(name, data, opened.folder, against, _day(request.headers.get("x-date", "")))
    answer = await cast(Turns, request.app.state.texts).take(cast(Desk, request.app.state.desk).read, asked)
    if answer.refused:
        raise HTTPException(422, answer.refused)
    return HTMLResponse(answer.html)


async def _review(request: Request) -> Response:
    """A decision on a claim or a finding, written before it is answered."""
    opened = _case(request)
    _may_change(request)
    if opened.run is None:
        opened = await _ready(request)
    from steelyard.explorer.reviewing import Refused, review

    try:
        asked = await request.json()
    except ValueError:
        raise HTTPException(400, "The review is no JSON.") from None
    try:
        return JSONResponse(await _in_turn(request).take(review, opened, asked))
    except Refused as error:
        raise HTTPException(422, str(error)) from error


async def _file(request: Request) -> Response:
    """A file of the built report; only those that the build wrote, by the names that it gave them."""
    opened, status = await _opened(request)
    name = request.path_params["file"]
    if name == PAGE and (waiting := _waiting(request, opened, status, "report")):
        return waiting
    known = await run_in_threadpool(opened.files)
    if name not in known:
        raise HTTPException(404, f"There is no {name} in this case's report.")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    headers = {"content-security-policy": opened.policy(name)} if name.endswith(".html") else {}
    return FileResponse(opened.out / name, media_type=kind, headers=headers)


def _file_name(path: str) -> str:
    """The last part of a path, of whichever system; that of a pasted text where there is none."""
    last = "".join(sign for sign in re.split(r"[/\\]", path)[-1] if sign.isprintable()).strip()
    stem, dot, ending = last.rpartition(".")
    return f"{stem[-_LONGEST_NAME:]}{dot}{ending[-_LONGEST_NAME:]}" if last.strip(".") else "pasted.txt"


def _may_change(request: Request) -> None:
    """Refuse a change where the server only shows."""
    if not request.app.state.settings.takes_reviews:
        raise HTTPException(403, "This server only shows. Whoever runs it lets others write by --reviews.")


async def _openapi(request: Request) -> Response:
    from steelyard.explorer.openapi import description
    from steelyard.state import version

    return JSONResponse(description(version(), request.app.state.shelf))


def _day(text: str) -> date | None:
    """The date that a text is given, None for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HTTPException(400, "The date is none; it is written as in 2026-01-24.") from None


def _case(request: Request) -> Opened:
    shelf: Mapping[str, Opened] = request.app.state.shelf
    name = request.path_params["name"]
    if name not in shelf:
        raise HTTPException(404, f"There is no case {name} here.")
    return shelf[name]


async def _opened(request: Request) -> tuple[Opened, Status]:
    opened = _case(request)
    return opened, await run_in_threadpool(opened.look)


async def _ready(request: Request) -> Opened:
    """The case, as soon as something of it can be asked."""
    opened = _case(request)
    if not opened.was_looked_at(_GLANCE):
        await run_in_threadpool(opened.look)
    end = time.monotonic() + _PATIENCE
    while opened.run is None and opened.status.stage == "building" and time.monotonic() < end:
        await asyncio.sleep(_SLICE)
    if opened.run is None:
        raise HTTPException(503, "The case is not built yet. Look at its page to see how far it is.")
    return opened


def _in_turn(request: Request) -> Turns:
    turns: Turns = request.app.state.turns
    return turns


def _board(request: Request) -> Board:
    boards: Boards = request.app.state.boards
    return boards[request.path_params["name"]]


def _waiting(request: Request, opened: Opened, status: Status, place: str) -> Response | None:
    """The page that shows how a build goes on, where there is nothing else to show yet."""
    if opened.run is not None:
        return None
    return HTMLResponse(render("waiting.html", **_frame(request, opened, status, place)))


def _frame(request: Request, opened: Opened, status: Status, place: str) -> Mapping[str, object]:
    """What every page of a case shows."""
    writable = request.app.state.settings.takes_reviews
    return {
        "title": _title(opened),
        "status": status,
        "place": place,
        "generation": opened.generation,
        "writable": writable,
    }


def _title(opened: Opened) -> str:
    return opened.run.case.title if opened.run else opened.name


async def _refused(request: Request, error: Exception) -> Response:
    """A sentence, as a page where a person asked and as JSON where a script did."""
    status, sentence = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    more = error.headers if isinstance(error, HTTPException) else None
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(render("refused.html", status=status, sentence=sentence), status, more)
    return JSONResponse({"refused": sentence}, status, more)
