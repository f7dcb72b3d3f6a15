"""One browser for all tests of the page, the report of Korea on disk, and a page opened from there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from steelyard.report.bundle import make_report
from steelyard.report.files import replace_files
from steelyard.report.pdf import CHROMIUM, QUIETLY, sandbox
from steelyard.report.template import PAGE
from tests.browser.chromium import MISSING, REQUIRED, chromium
from tests.report import samples
from tests.report.korea import korea

WIDE: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Opened:
    """A page in the browser, and what it asked for and said since it was opened."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium. Where there is none, the tests are skipped and say so, or fail if one is required."""
    path = chromium()
    if path is None and os.environ.get(REQUIRED) == "1":
        pytest.fail(MISSING)
    if path is None:
        pytest.skip(MISSING)
    # The program finds by name what is installed, and not what playwright fetched: it is told.
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv(CHROMIUM, str(path))
        started = playwright.chromium.launch(executable_path=path, args=[*QUIETLY, *sandbox()])
        yield started
        started.close()


@pytest.fixture(scope="package")
def korea_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of the case of Korea, written as `steelyard report` writes it."""
    return _written(tmp_path_factory.mktemp("korea"), korea())


@pytest.fixture(scope="package")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small report that has something of everything."""
    return _written(tmp_path_factory.mktemp("sample"), samples.results())


@pytest.fixture(scope="package")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with markup in every text that comes from outside."""
    return _written(tmp_path_factory.mktemp("hostile"), samples.results(**samples.hostile_results()))


def _written(folder: Path, results) -> Path:
    replace_files(folder, make_report(results)[0])
    return folder / PAGE


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """A function that opens a page from disk, in a context of its own that is closed at the end."""
    contexts = []

    def open_page(path: Path, *, size=WIDE, scheme="light", script=True) -> Opened:
        context = browser.new_context(
            viewport=size,
            color_scheme=scheme,
            java_script_enabled=script,
            reduced_motion="reduce",
            offline=True,
        )
        contexts.append(context)
        tab = Opened(context.new_page())
        tab.page.on("request", lambda request: tab.requests.append(request.url))
        tab.page.on("console", lambda message: tab.said.append(message.text))
        tab.page.on("pageerror", lambda error: tab.said.append(str(error)))
        tab.page.on("dialog", lambda dialog: tab.said.append(dialog.message))
        tab.page.goto(path.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()
