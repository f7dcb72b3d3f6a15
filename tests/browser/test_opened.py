"""The page in a browser: it opens from disk, loads nothing, says nothing, runs nothing but its own script."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PHONE, WIDE

LARGEST = 1_500_000  # bytes
SMALLEST = {"width": 320, "height": 640}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OPEN_ALL = "document.querySelectorAll('details').forEach((box) => { box.open = true; })"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_from_disk_and_asks_for_nothing_else(opened, korea_page, scheme):
    tab = opened(korea_page, scheme=scheme)

    assert tab.requests == [korea_page.as_uri()]
    assert tab.said == []
    assert tab.page.title() == tab.page.locator("h1").inner_text()


def test_markup_in_sources_is_text_to_a_browser_too(opened, hostile_page):
    tab = opened(hostile_page)

    assert tab.said == []
    assert tab.requests == [hostile_page.as_uri()]
    assert tab.page.locator("img, iframe, object, script").count() == 1
    assert "<script>alert(1)</script>" in tab.page.locator("h1").inner_text()


@pytest.mark.parametrize(
    ("smuggled", "fault"),
    [
        pytest.param("<img src='http://example.org/x.png'>", "img-src", id="a picture from elsewhere"),
        pytest.param("<p style='color:red'>x</p>", "style-src-attr", id="style of its own"),
        pytest.param("<img src='data:,' onerror='window.ran = 1'>", "script-src-attr", id="a handler"),
        pytest.param("<iframe src='https://example.org'></iframe>", "frame-src", id="a page in the page"),
    ],
)
def test_what_gets_into_the_page_all_the_same_is_held_by_its_policy(opened, korea_page, smuggled, fault):
    tab = opened(korea_page)

    tab.page.evaluate(
        """(html) => {
          window.held = [];
          addEventListener("securitypolicyviolation", (event) => held.push(event.effectiveDirective));
          document.querySelector("main").insertAdjacentHTML("beforeend", html);
        }""",
        smuggled,
    )
    tab.page.wait_for_function("held.length > 0")

    assert fault in tab.page.evaluate("held")
    assert tab.page.evaluate("window.ran") is None


def test_a_script_that_is_added_does_not_run(opened, korea_page):
    tab = opened(korea_page)

    tab.page.evaluate(
        """() => {
          const added = document.createElement("script");
          added.textContent = "window.ran = 1";
          document.body.append(added);
        }"""
    )

    assert tab.page.evaluate("window.ran") is None


def test_each_chart_is_drawn(opened, korea_page):
    """A picture has a size, marks and words, and its words lie inside of it."""
    page = opened(korea_page).page
    page.evaluate(OPEN_ALL)

    faults = page.evaluate(
        """() => [...document.querySelectorAll("figure")].flatMap((figure) => {
          const name = figure.querySelector("figcaption b").textContent;
          const picture = figure.querySelector("svg[role=img]");
          if (!picture) return [`${name}: no picture`];
          const box = picture.getBoundingClientRect();
          const marks = picture.querySelectorAll("path, rect, line, circle").length;
          const words = [...picture.querySelectorAll("text")];
          const out = words.filter((word) => {
            const it = word.getBoundingClientRect();
            return it.left < box.left - 1 || it.right > box.right + 1
              || it.top < box.top - 1 || it.bottom > box.bottom + 1;
          });
          return [
            ...(box.width < 200 || box.height < 60 ? [`${name}: ${box.width} by ${box.height}`] : []),
            ...(marks && words.length ? [] : [`${name}: nothing drawn`]),
            ...out.map((word) => `${name}: ${word.textContent}`),
          ];
        })"""
    )

    assert faults == []
    assert page.locator("figure").count() > 20


@pytest.mark.parametrize("size", [PHONE, SMALLEST], ids=["a phone", "the smallest phone"])
@pytest.mark.parametrize("unfolded", [False, True], ids=["folded", "unfolded"])
def test_a_phone_shows_the_page_without_scrolling_sideways(opened, korea_page, size, unfolded):
    page = opened(korea_page, size=size).page
    if unfolded:
        page.evaluate(OPEN_ALL)

    assert page.evaluate(OVERFLOW) <= 0


def broken_rules(page) -> list[tuple[str, str, str]]:
    """The rules of axe that a page breaks, each with the first place where it does."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["impact"], one["nodes"][0]["html"][:200]) for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["screen", "phone"])
def test_no_rule_of_axe_is_broken(opened, sample_page, scheme, size):
    page = opened(sample_page, scheme=scheme, size=size).page
    page.evaluate(OPEN_ALL)

    assert broken_rules(page) == []


def test_no_rule_of_axe_is_broken_where_there_is_much_to_show(opened, korea_page):
    assert broken_rules(opened(korea_page).page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_in_charts_stand_out_from_the_page(opened, korea_page, scheme):
    """Axe passes over what is drawn; 4.5 to 1 is what WCAG 2.2 asks of small text (1.4.3)."""
    page = opened(korea_page, scheme=scheme).page

    ratios = page.evaluate(
        """() => {
          const light = (colour) => {
            const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => {
              const s = part / 255;
              return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = light(getComputedStyle(document.body).backgroundColor);
          const boxes = (it) => [...it.closest("svg").querySelectorAll("path, rect")].filter((box) => {
            const [inner, outer] = [it.getBoundingClientRect(), box.getBoundingClientRect()];
            const filled = !["none", "rgba(0, 0, 0, 0)"].includes(getComputedStyle(box).fill);
            return filled && inner.left < outer.right && inner.right > outer.left
              && inner.top < outer.bottom && inner.bottom > outer.top;
          });
          const words = [...document.querySelectorAll("figure svg text")];
          return words.filter((it) => !boxes(it).length).map((it) => {
            const ink = light(getComputedStyle(it).fill);
            return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05);
          });
        }"""
    )

    assert len(ratios) > 100
    assert min(ratios) >= 4.5


def test_dark_and_light_are_two_pages_to_the_eye(opened, korea_page):
    colours = [
        opened(korea_page, scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]

    light, dark = ([int(part) for part in colour[4:-1].split(",")] for colour in colours)
    assert min(light) > 230
    assert max(dark) < 40


def test_a_phone_labels_each_cell_by_its_column(opened, korea_page):
    page = opened(korea_page, size=PHONE).page

    unlabelled = page.evaluate(
        """() => [...document.querySelectorAll(".stack tbody td")]
          .filter((cell) => cell.textContent && !cell.dataset.label).length"""
    )

    assert unlabelled == 0
    row = page.locator(".headline tbody tr").first
    assert row.locator("td").first.get_attribute("data-label") == "Unit"


def test_a_phone_without_script_scrolls_tables_and_not_the_page(opened, korea_page):
    page = opened(korea_page, size=PHONE, script=False).page

    assert page.locator("body").evaluate(f"() => {OVERFLOW}") <= 0


def test_the_page_is_light(korea_page):
    assert korea_page.stat().st_size < LARGEST


def test_the_page_is_whole_without_its_script(opened, korea_page):
    """What the script adds is comfort: without it every section and every number is there."""
    with_it, without = (opened(korea_page, script=script).page for script in (True, False))

    assert without.locator("main > section").count() == with_it.locator("main > section").count()
    assert without.locator("#filter").is_hidden()
    assert without.locator("main").inner_text().count("KRW") > 20
