"""Pictures that answer to a pointer, sliders under mouse and keyboard, and the page that stands still."""

from __future__ import annotations

import json
import re

import pytest

from steelyard.project import project_scenario
from steelyard.project.what_if import with_changes
from steelyard.report.bundle import STILL
from steelyard.run import Options, Run
from tests.browser.conftest import PHONE, WIDE
from tests.browser.test_opened import OPEN_ALL, OVERFLOW, broken_rules
from tests.report.korea import CASE, DRAWS, korea

LARGEST_STILL = 200_000  # bytes
LIVELY = "document.querySelectorAll('figure.lively').length"
AT = "document.querySelector('.sliders').dataset.at"
ALL_LIVELY = """async () => {
  const figures = [...document.querySelectorAll("figure[data-chart]")];
  await Promise.all(figures.map(enliven));
  return figures.length;
}"""
# What is drawn in the first picture of the sliders: the line of medians.
LINE = """() => document.querySelector(".sliders figure svg .mark-line path").getAttribute("d")"""


@pytest.fixture
def sliders(opened, korea_page):
    """The page with its sliders in view."""
    tab = opened(korea_page)
    tab.page.locator(".sliders").scroll_into_view_if_needed()
    until(tab.page, "document.querySelectorAll('.sliders figure.lively').length === 3")
    return tab


def until(page, expression):
    """Wait until something holds; Playwright's own waiting makes script from text, which is forbidden."""
    for _ in range(600):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {expression}")


def moved(page, at):
    """Wait until the sliders have come to a point and its pictures are drawn."""
    until(page, f"{AT} === '{at}'")


def test_each_picture_answers_to_a_pointer_and_nothing_is_loaded_or_said(opened, korea_page):
    tab = opened(korea_page)

    count = tab.page.evaluate(ALL_LIVELY)

    assert count > 20
    assert tab.page.evaluate(LIVELY) == count
    assert tab.said == []
    assert tab.requests == [korea_page.as_uri()]
    unlike = tab.page.evaluate(
        """() => [...document.querySelectorAll("figure.lively")].filter((figure) => {
          const drawn = figure.querySelectorAll("svg[role=img][aria-label]");
          const box = drawn[0]?.getBoundingClientRect();
          return drawn.length !== 1 || drawn[0].querySelectorAll("path").length < 2
            || (figure.checkVisibility() && (box.width < 200 || box.height < 60));
        }).map((figure) => figure.dataset.chart)"""
    )
    assert unlike == []


def test_a_picture_comes_alive_only_when_it_is_near(opened, korea_page):
    page = opened(korea_page).page

    page.locator("#projection figure[data-chart]").first.scroll_into_view_if_needed()
    until(page, f"{LIVELY} > 0")

    assert page.evaluate(LIVELY) < page.locator("figure[data-chart]").count()


def test_pointing_at_a_fan_tells_the_numbers_of_the_nearest_year(sliders):
    picture = sliders.page.locator(".sliders figure svg").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()

    sliders.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    sliders.page.mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] / 2)
    until(sliders.page, "document.querySelector('.tip').textContent.includes('2035')")

    told = sliders.page.locator(".tip div").all_inner_texts()
    assert told[0] == "Year: 2035"
    assert [line.partition(":")[0] for line in told[1:]] == ["95%", "75%", "Median, % of GDP", "25%", "5%"]
    numbers = [float(line.partition(": ")[2]) for line in told[1:]]
    assert numbers == sorted(numbers, reverse=True)


def test_arrow_keys_tell_the_numbers_of_a_picture_one_by_one(opened, korea_page):
    """What a pointer shows in a box, the keyboard shows there too, and says aloud."""
    page = opened(korea_page).page
    place = page.locator("#scenario-linear-2035 figure[data-stops] [role=application]").first
    aloud, box = page.locator(".aloud"), page.locator(".tip")
    place.focus()

    said = []
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "End", "Home"):
        page.keyboard.press(key)
        before = said[-1] if said else ""
        until(page, f"![``, {json.dumps(before)}].includes(document.querySelector('.aloud').textContent)")
        said.append(aloud.inner_text())
        assert "; ".join(box.locator("div").all_inner_texts()) == said[-1]

    assert [one[:10] for one in said[:3]] == ["Year: 2026", "Year: 2027", "Year: 2026"]
    assert "Median, % of GDP: 2.42" in said[0]
    assert said[4] == said[0] != said[3]
    assert page.locator(".ring").count() == 1
    page.keyboard.press("Escape")
    assert box.is_hidden()
    assert aloud.text_content() == ""


def test_each_picture_that_tells_numbers_takes_the_keyboard_and_says_what_it_is(opened, korea_page):
    page = opened(korea_page).page
    page.evaluate(ALL_LIVELY)

    told = page.evaluate(
        """async () => Promise.all([...document.querySelectorAll("figure[data-stops]")].map(async (it) => {
          const place = it.querySelector("[role=application][tabindex='0']");
          const title = it.querySelector("figcaption b").textContent;
          const stops = stopsOf(await enliven(it));
          const words = stops.flatMap((stop) => Object.entries(stop.told).flat());
          return [place.getAttribute("aria-label").startsWith(title), stops.length, words];
        }))"""
    )

    assert len(told) > 20
    assert all(named and count for named, count, _ in told)
    # Years are written as years, and no place in pixels is told as a number.
    assert not [word for _, _, words in told for word in words if word == "value" or word[:2] == "2,0"]


def test_no_two_pictures_have_one_title(korea_page):
    titles = re.findall(r"<figcaption><b>([^<]+)</b>", korea_page.read_text("utf-8"))

    assert len(titles) > 20
    assert len(set(titles)) == len(titles)


def test_percent_signs_stand_at_their_numbers(korea_page):
    """No source of this case writes them otherwise."""
    text = re.sub(r"<template.*?</template>|<[^>]*>", "", korea_page.read_text("utf-8"), flags=re.DOTALL)

    assert re.findall(r".{20}\d[ \N{NO-BREAK SPACE}]%.{10}", text) == []


def test_the_policy_lets_nothing_be_made_from_text(korea_page):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', korea_page.read_text("utf-8"))

    assert "unsafe" not in policy[1]
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_keyboard_moves_each_slider_from_point_to_point(sliders, number):
    page, slider = sliders.page, sliders.page.locator(".slider input").nth(number)
    before, own = page.evaluate(LINE), int(slider.get_attribute("data-own"))
    slider.focus()

    page.keyboard.press("Home")
    at = [int(one.get_attribute("data-own")) for one in page.locator(".slider input").all()]
    at[number] = 0
    moved(page, " ".join(map(str, at)))

    output = page.locator(".slider output").nth(number).inner_text()
    assert slider.get_attribute("aria-valuetext") == output
    assert page.locator(".again").inner_text().count("--set") == 1
    assert page.locator(".spoken").inner_text().endswith(".")
    assert number == 2 or page.evaluate(LINE) != before
    for _ in range(own):
        page.keyboard.press("ArrowRight")
    at[number] = own
    moved(page, " ".join(map(str, at)))
    assert page.evaluate(LINE) == before
    assert "--set" not in page.locator(".again").inner_text()
    assert sliders.said == []


def test_a_mouse_moves_a_slider_and_a_button_takes_it_back(sliders):
    page = sliders.page
    own = page.locator(".sliders tbody").inner_text()
    box = page.locator(".slider input").first.bounding_box()

    page.mouse.click(box["x"] + 3, box["y"] + box["height"] / 2)
    until(page, f"({AT} ?? '').startsWith('0 ')")
    assert page.locator(".sliders tbody").inner_text() != own
    page.get_by_role("button", name="As written").click()
    until(page, f"!{AT}.startsWith('0 ')")

    assert page.locator(".sliders tbody").inner_text() == own
    assert page.get_by_role("button", name="As written").is_disabled()


def test_what_a_slider_shows_is_what_its_command_gives(sliders):
    """The point at the first position of every slider, held against a run of the changed scenario."""
    page = sliders.page
    for slider in page.locator(".slider input").all():
        slider.focus()
        page.keyboard.press("Home")
    moved(page, "0 0 0")
    changes = dict(
        one.split("=", 1) for one in re.findall(r"--set '([^']+)'", page.locator(".again").inner_text())
    )
    run, results = Run(CASE, Options(draws=DRAWS)), korea()
    entry = run.case.vocabulary.entry("scenarios", "linear-2035")
    words, _ = with_changes([entry], changes, results.vocabulary, results.series)
    found, _ = project_scenario("linear-2035", results.ledger, words, results.series, draws=DRAWS)

    spending = found.number("spending_target_year")
    cells = page.get_by_role("row", name=re.compile(rf"^Spending in {spending.year} tn")).locator("td")
    assert len(changes) == 3
    assert float(cells.nth(1).inner_text()) == pytest.approx(spending.value / 1e12, abs=0.6)
    assert f"--draws {DRAWS} --seed {found.seed}" in page.locator(".again").inner_text()


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["screen", "phone"])
def test_moved_sliders_break_no_rule_of_axe_and_no_width(opened, korea_page, scheme, size):
    page = opened(korea_page, scheme=scheme, size=size).page
    page.locator(".slider input").first.focus()
    page.keyboard.press("Home")
    until(page, f"({AT} ?? '').startsWith('0 ')")

    assert broken_rules(page) == []
    assert page.evaluate(OVERFLOW) <= 0


def test_without_script_there_are_no_sliders_and_the_pictures_stand(opened, korea_page):
    page = opened(korea_page, script=False).page

    assert page.locator(".sliders").is_hidden()
    assert page.locator("#scenario-linear-2035 > .charts figure svg[role=img]").first.is_visible()


def test_a_report_of_no_scenario_has_no_sliders(opened, hostile_page):
    assert opened(hostile_page).page.locator(".sliders").count() == 0


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["screen", "phone"])
def test_the_still_page_runs_nothing_and_leads_where_it_says(opened, korea_page, size):
    still = korea_page.parent / STILL
    tab = opened(still, size=size)
    tab.page.evaluate(OPEN_ALL)

    assert tab.said == []
    assert tab.requests == [still.as_uri()]
    assert tab.page.locator("script, template, input").count() == 0
    assert tab.page.locator("figure svg[role=img]").count() > 20
    assert tab.page.evaluate(OVERFLOW) <= 0
    assert size == PHONE or broken_rules(tab.page) == []
    links = tab.page.evaluate(
        "() => [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href'))"
    )
    whole = set(re.findall(r'\bid="([^"]+)"', korea_page.read_text("utf-8")))
    own = set(re.findall(r'\bid="([^"]+)"', still.read_text("utf-8")))
    for link in links:
        file, _, place = link.partition("#")
        if not link.startswith("http"):
            assert not file or (still.parent / file).is_file(), link
            assert not place or place in (own if not file else whole), link


def test_the_still_page_is_small(korea_page):
    assert (korea_page.parent / STILL).stat().st_size < LARGEST_STILL


def test_the_sliders_tell_the_same_numbers_as_the_results_beside_them(korea_page):
    """At the scenario's own point, which the page shows before anything is moved."""
    page = korea_page.read_text("utf-8")
    data = json.loads((korea_page.parent / "results.json").read_text("utf-8"))
    (scenario,) = (one for one in data["scenarios"] if one["scenario"] == "linear-2035")
    (value,) = (one["value"] for one in scenario["headline"] if one["name"] == "spending_target_year")

    box = page[page.index('class="sliders"') :]
    row = re.search(r"<th[^>]*>Spending in 2035</th><td>tn KRW</td><td[^>]*>([\d.]+)</td>", box)
    assert float(row[1]) == pytest.approx(value / 1e12, abs=0.6)
