"""Pictures of a report's sections, to be looked at, and the picture of the README.

`python -m tests.browser.screenshots CASE` writes them into the folder out/screenshots of a built case;
`--readme` makes docs/images/report.png anew instead: the summary, one contradiction and the fans of one path.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from steelyard.report.pdf import QUIETLY, sandbox
from tests.browser.chromium import MISSING, chromium
from tests.browser.conftest import PHONE, WIDE

README_PICTURE = Path(__file__).parents[2] / "docs" / "images" / "report.png"
# Leaves of the page what the README shows, by taking out all the rest.
CUTS = """() => {
  const only = (parent, kept) => [...parent.children].forEach((it) => kept.includes(it) || it.remove());
  const finding = [...document.querySelectorAll(".finding")].find((it) => it.querySelector("figure"));
  const path = document.querySelector(".finding.scenario");
  const [findings, projection] = ["#findings", "#projection"].map((name) => document.querySelector(name));
  only(document.querySelector("main"), [document.querySelector("#summary"), findings, projection]);
  only(findings, [finding]);
  [...finding.querySelectorAll(".quotations li")].slice(2).forEach((it) => it.remove());
  finding.querySelectorAll(".facts, h4, .readings, .small").forEach((it) => it.remove());
  only(projection, [path]);
  only(path, [...path.querySelectorAll(":scope > h3, :scope > p, :scope > .charts")]);
  [...path.querySelectorAll("figure")].slice(3).forEach((it) => it.remove());
  document.querySelectorAll("footer, .downloads, figure > details").forEach((it) => it.remove());
}"""


def open_page(browser: Browser, page: Path, scheme: Literal["light", "dark"], size: ViewportSize) -> Page:
    """A page from disk in one colour scheme and size."""
    context = browser.new_context(color_scheme=scheme, viewport=size, reduced_motion="reduce", offline=True)
    tab = context.new_page()
    tab.goto(page.resolve().as_uri())
    return tab


def take_sections(browser: Browser, page: Path, folder: Path) -> None:
    """Each section in light on a screen, and in dark on a phone."""
    folder.mkdir(parents=True, exist_ok=True)
    tabs = {
        "screen": open_page(browser, page, "light", WIDE),
        "phone": open_page(browser, page, "dark", PHONE),
    }
    for name, tab in tabs.items():
        for section in tab.locator("main > section").all():
            section.screenshot(path=folder / f"{section.get_attribute('id')}-{name}.png")
        tab.close()


def main(arguments: list[str]) -> int:
    """Take the pictures of the case that is named; the exit code."""
    case = Path(next(word for word in arguments if not word.startswith("--")))
    page, path = case / "out" / "report.html", chromium()
    if path is None:
        print(MISSING, file=sys.stderr)
        return 3
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIETLY, *sandbox()])
        if "--readme" in arguments:
            tab = open_page(browser, page, "light", WIDE)
            tab.evaluate(CUTS)
            tab.screenshot(path=README_PICTURE, full_page=True)
        else:
            take_sections(browser, page, page.parent / "screenshots")
            print(page.parent / "screenshots")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
