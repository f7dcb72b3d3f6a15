"""A server over a small case, a browser that reaches nothing else, and what is read off a page."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page

from steelyard.explorer.app import make_app
from steelyard.explorer.serving import _listen
from steelyard.explorer.settings import MEGABYTE, Settings
from steelyard.explorer.shelf import Opened, open_shelf
from steelyard.report.pdf import sandbox
from steelyard.reviews import REVIEWS_FILE
from tests.browser.chromium import chromium
from tests.browser.conftest import WIDE
from tests.explorer.conftest import make_small_case

SENTENCE = "South Korea will spend 46.1 billion dollars on defence in 2026, 2.42% of GDP."
TARGET = "kor-defence-share-target"


@dataclass
class Served:
    """A server of its own over a copy of the case, and what its pages asked for and said."""

    address: str
    case: Opened
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def reviews(self) -> list[dict[str, object]]:
        path = self.case.folder / REVIEWS_FILE
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = make_small_case(tmp_path_factory.mktemp("served"))
    shelf = open_shelf(folder)
    door = _listen(Settings(port=0), tries=1)
    settings = replace(Settings(draws=3000, largest=MEGABYTE), port=door.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(make_app(shelf, settings), log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, args=([door],))
    thread.start()
    (case,) = shelf.values()
    case.look()
    assert case.wait(60).stage == "ready"
    yield Served(f"http://127.0.0.1:{settings.port}/case/small/", case)
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="package")
def online(browser) -> Iterator[Browser]:
    """A browser that reaches this machine, and no other."""
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    started = browser.browser_type.launch(executable_path=chromium(), args=[rules, *sandbox()])
    yield started
    started.close()


@pytest.fixture
def visit(online, served):
    """A function that opens a view; at the end nothing went elsewhere and the console is empty."""
    contexts = []
    served.requests.clear()
    served.said.clear()

    def open_view(view: str = "", *, size=WIDE, scheme="light", script=True, wait="#picture svg") -> Page:
        context = online.new_context(
            viewport=size, color_scheme=scheme, java_script_enabled=script, reduced_motion="reduce"
        )
        contexts.append(context)
        # A page that was opened during a build loads itself again at its end, in the midst of a test.
        served.case.look()
        served.case.wait(60)
        page: Page = context.new_page()
        # The first fan of a fresh checkout compiles its kernels, beside all that the other tests do.
        page.set_default_navigation_timeout(120_000)
        page.on("request", lambda request: served.requests.append(request.url))
        page.on("console", lambda message: served.said.append(message.text))
        page.on("pageerror", lambda error: served.said.append(str(error)))
        page.goto(served.address + view)
        if wait and script and view.partition("?")[0] in ("", "#spending"):
            page.wait_for_selector(wait)
        return page

    yield open_view
    for context in contexts:
        context.close()
    ours = ("data:", "blob:", served.address.partition("/case/")[0])
    assert [one for one in served.requests if not one.startswith(ours)] == []
    assert served.said == []


def asked(page: Page) -> dict[str, str]:
    # Of the page itself: the driver hears of a new address only a while later.
    return {key: value for key, (value,) in parse_qs(page.evaluate("location.search.slice(1)")).items()}


def median(page: Page) -> str:
    return page.locator("#numbers b").first.text_content() or ""


def drawn(page: Page) -> str:
    return str(page.locator("#picture svg").evaluate("(it) => it.outerHTML"))


def changed(page: Page, before: str) -> None:
    page.wait_for_function("(was) => document.querySelector('#numbers b')?.textContent !== was", arg=before)


def broken_rules(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def slider(page: Page, name: str) -> Locator:
    return page.locator(f"#levers input[name='{name}']")


def said(page: Page, text: str) -> None:
    page.wait_for_function("(text) => document.querySelector('#said').textContent === text", arg=text)
