"""The explorer under the hands of somebody with a mouse, and of somebody with a keyboard."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from steelyard.explorer.app import make_app
from steelyard.explorer.serving import _listen
from steelyard.explorer.settings import MEGABYTE, Settings
from steelyard.explorer.shelf import Opened, open_shelf
from steelyard.report.pdf import sandbox
from steelyard.reviews import REVIEWS_FILE
from tests.browser.chromium import chromium
from tests.browser.conftest import PHONE, WIDE
from tests.explorer.conftest import make_small_case
from tests.formats.pages import lines, pdf

SENTENCE = "South Korea will spend 46.1 billion dollars on defence in 2026, 2.42% of GDP."
TARGET = "kor-defence-share-target"
DROP = """([name, type, data]) => {
  const moved = new DataTransfer();
  if (name) moved.items.add(new File([new Uint8Array(data)], name, { type }));
  else moved.setData("text/plain", new TextDecoder().decode(new Uint8Array(data)));
  const how = { dataTransfer: moved, bubbles: true, cancelable: true };
  for (const kind of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, how));
}"""


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


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
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
    return {key: value for key, (value,) in parse_qs(urlsplit(page.url).query).items()}


def median(page: Page) -> str:
    return page.locator("#numbers b").first.text_content() or ""


def drawn(page: Page) -> str:
    return str(page.locator("#picture svg").evaluate("(it) => it.outerHTML"))


def changed(page: Page, before: str) -> None:
    page.wait_for_function("(was) => document.querySelector('#numbers b')?.textContent !== was", arg=before)


def broken_rules(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in found]


def slider(page: Page, name: str):
    return page.locator(f"#levers input[name='{name}']")


def test_a_slider_moved_by_mouse_redraws_and_stands_in_the_address(visit):
    page = visit()
    before, picture = median(page), drawn(page)
    box = slider(page, TARGET).bounding_box()

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    changed(page, before)

    value = slider(page, TARGET).input_value()
    assert asked(page)[TARGET] == value
    assert 1.5 < float(value) < 2.9
    assert drawn(page) != picture
    assert page.locator(f"output[for='{slider(page, TARGET).get_attribute('id')}']").inner_text() == (
        f"{float(value):g} % of GDP"
    )


def test_a_slider_moved_by_keys_redraws_and_goes_back_to_its_own(visit):
    page = visit()
    before = median(page)
    slider(page, "target.by").focus()

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    changed(page, before)
    moved = median(page)
    assert asked(page)["target.by"] == "2033"

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    changed(page, moved)
    page.wait_for_function("(was) => document.querySelector('#numbers b').textContent === was", arg=before)
    assert "target.by" not in asked(page)


def test_to_say_that_nothing_of_a_pledge_is_planned_is_more_than_to_say_nothing(visit):
    page = visit()
    before = page.locator("#numbers").inner_text()
    assert "if 0 to 100% of it is in it" in before
    slider(page, "pledges.arms").focus()

    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("() => document.querySelector('#numbers').textContent.includes('if 0 % of it')")

    assert asked(page)["pledges.arms"] == "0"


def test_the_address_restores_what_was_moved(visit):
    page = visit()
    before = median(page)
    slider(page, TARGET).fill("3")
    changed(page, before)
    page.locator("[name=drawn][value=spending]").check()
    state = median(page), drawn(page)

    again = visit(
        page.url.removeprefix(page.url.partition("/case/small/")[0] + "/case/small/"), wait="#picture svg"
    )
    again.wait_for_selector("#picture svg")

    assert (median(again), drawn(again)) == state
    assert slider(again, TARGET).input_value() == "3"
    assert again.locator("[name=drawn]:checked").get_attribute("value") == "spending"
    assert again.locator("#reset").is_visible()


def test_another_scenario_is_laid_beside_and_another_path_taken(visit):
    page = visit()
    page.locator("#with").select_option("constant-share")
    page.wait_for_function("() => document.querySelector('#said').textContent.includes('draw by draw')")
    assert "spending is" in page.locator("#said").inner_text()
    assert "Dashed: Share of GDP stays" in page.locator("#legend").inner_text()

    with page.expect_navigation():
        page.locator("#rule").select_option("curved-share")
    page.wait_for_selector("#picture svg")
    assert asked(page)["rule"] == "curved-share"
    assert asked(page)["with"] == "constant-share"
    assert slider(page, "rule.power").count() == 1

    with page.expect_navigation():
        page.locator("#scenario").select_option("constant-share")
    assert asked(page) == {"scenario": "constant-share"}


def test_what_is_drawn_can_be_chosen_by_keys(visit):
    page = visit()
    first = page.locator("#picture svg").get_attribute("aria-label")
    page.locator("[name=drawn]:checked").focus()
    page.keyboard.press("ArrowDown")

    assert page.url.endswith("#spending")
    assert page.locator("#picture svg").get_attribute("aria-label") != first


def test_why_leads_to_the_sentence_and_gives_the_focus_back(visit):
    page = visit()
    button = page.locator("#numbers .why").first
    button.focus()
    page.keyboard.press("Enter")
    link = page.locator("#why .inputs a").first
    link.wait_for()
    told = page.locator("#why .chain").inner_text()
    assert median(page).replace("\xa0", " ") in told.replace("\xa0", " ")

    page.keyboard.press("Escape")
    assert page.locator("#why").evaluate("(it) => it.open") is False
    assert button.evaluate("(it) => it === document.activeElement")

    button.click()
    link.wait_for()
    link.click()
    page.wait_for_url("**/report.html#text-*")
    mark = page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))).textContent")
    assert mark.strip()


def test_a_fan_can_be_kept_in_view(visit):
    page = visit()
    pin = page.locator("#pin")
    pin.click()
    before = median(page)
    slider(page, TARGET).fill("3")
    changed(page, before)

    assert pin.get_attribute("aria-pressed") == "true"
    assert "kept in view" in page.locator("#legend").inner_text()
    paths = page.locator("#picture path").count()
    pin.click()
    assert page.locator("#picture path").count() == paths - 3


@pytest.mark.parametrize(
    ("button", "name", "start"),
    [
        ("csv", "fan.csv", b"variable,unit,year"),
        ("svg", "fan.svg", b"<svg"),
        ("png", "fan.png", b"\x89PNG"),
        ("save", "moved.toml", b"label = "),
    ],
)
def test_what_is_shown_can_be_taken_along(visit, tmp_path, button, name, start):
    page = visit(f"?{TARGET}=3")

    with page.expect_download() as download:
        page.locator(f"#{button}").click()
    download.value.save_as(tmp_path / name)

    data = (tmp_path / name).read_bytes()
    assert download.value.suggested_filename == name
    assert data.startswith(start)
    if button == "svg":
        assert ElementTree.fromstring(data).tag == "{http://www.w3.org/2000/svg}svg"
    if button in ("csv", "save"):
        assert TARGET.encode() in data


def test_reset_gives_what_the_scenario_has(visit):
    page = visit()
    before = median(page)
    slider(page, TARGET).fill("3")
    changed(page, before)

    page.locator("#reset").click()
    page.wait_for_function("(was) => document.querySelector('#numbers b').textContent === was", arg=before)

    assert TARGET not in asked(page)
    assert not page.locator("#reset").is_visible()
    assert slider(page, TARGET).evaluate("(it) => document.activeElement.type === 'range'")


def test_a_number_with_which_nothing_can_be_reckoned_can_be_moved_back(visit):
    page = visit("?drivers.real_growth=26", wait="#picture .empty")
    assert "beyond what an economy does" in page.locator("#problems").inner_text()
    page.locator("[name=drawn][value=spending]").check()
    assert not page.locator("#svg").is_visible()

    slider(page, "drivers.real_growth").fill("2.5")
    page.wait_for_selector("#picture svg")
    assert page.locator("#problems li").count() == 0
    assert page.locator("#numbers b").count() > 3


def test_what_is_wrong_with_an_address_is_told_on_the_page(visit):
    page = visit("?target.by=soon&xyz=1")

    told = page.locator("#problems").inner_text()
    assert "'soon' cannot take the place of 2035" in told
    assert "under the name 'xyz'" in told


def test_a_text_is_pasted_and_read(visit):
    page = visit("text")
    page.locator("#words").fill(SENTENCE)
    page.get_by_role("button", name="Read and check").click()

    page.wait_for_selector("#outcome-heading:focus")
    assert "Held against the case" in page.locator("#read").inner_text()
    assert page.locator("#read mark").count() >= 1


@pytest.mark.parametrize(
    ("name", "kind", "data"),
    [
        pytest.param("", "text/plain", SENTENCE.encode(), id="words"),
        pytest.param("brief.txt", "text/plain", SENTENCE.encode(), id="text"),
        pytest.param(
            "page.html",
            "text/html",
            (
                f"<html><body><script>document.title = 'run'</script><p>{SENTENCE}</p>"
                "<img src=x onerror=\"document.title = 'run'\"></body></html>"
            ).encode(),
            id="HTML",
        ),
        pytest.param("brief.pdf", "application/pdf", pdf(lines(60, 700, SENTENCE)), id="PDF"),
    ],
)
def test_a_text_or_file_is_dropped_and_read(visit, name, kind, data):
    page = visit("text")
    title = page.title()

    page.evaluate(DROP, [name, kind, list(data)])
    page.wait_for_selector("#outcome-heading:focus")

    assert "46.1 billion dollars" in page.locator("#read .text").inner_text()
    assert page.locator("#read script, #read img").count() == 0
    assert page.title() == title


def test_a_file_that_is_too_large_is_told_and_takes_away_what_was_read(visit):
    page = visit("text")
    page.locator("#words").fill(SENTENCE)
    page.get_by_role("button", name="Read and check").click()
    page.wait_for_selector("#outcome-heading:focus")

    page.locator("#file").set_input_files(
        {"name": "large.txt", "mimeType": "text/plain", "buffer": b"x" * (MEGABYTE + 1)}
    )
    page.get_by_role("button", name="Read and check").click()

    page.wait_for_function("() => document.querySelector('#said').textContent.includes('at most 1 MB')")
    assert page.locator("#read *").count() == 0


def said(page: Page, text: str) -> None:
    page.wait_for_function("(text) => document.querySelector('#said').textContent === text", arg=text)


def test_claims_are_reviewed_by_keys(visit, served):
    page = visit("claims")
    number = len(served.reviews())
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    row = page.locator(".reviewed").first
    assert row.evaluate("(it) => it === document.activeElement")

    page.keyboard.press("a")
    page.wait_for_selector(".reviewed.accept:focus")
    page.keyboard.press("r")
    page.keyboard.type("It is a caption.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".reviewed.reject:focus")
    page.keyboard.press("u")
    page.wait_for_selector(".reviewed:not(.reject):focus")

    decisions = [line["decision"] for line in served.reviews()[number:]]
    assert decisions == ["accept", "reject", "undo"]


def test_claims_and_findings_are_reviewed_by_mouse(visit, served):
    page = visit("claims")
    number = len(served.reviews())
    row = page.locator(".reviewed").nth(1)
    row.locator("[data-do=amend]").click()
    page.locator("#key-period").fill("soon")
    page.locator("#reason").fill("Another year.")
    page.locator("#agree").click()
    page.wait_for_function("() => document.querySelector('#fault').textContent !== ''")
    assert len(served.reviews()) == number
    # Of an answer that refuses, the browser itself writes to the console.
    assert "422" in served.said.pop()

    page.locator("#key-period").fill("2031")
    page.locator("#agree").click()
    page.wait_for_selector(".reviewed.amend")
    row.locator("[data-do=undo]").click()
    page.wait_for_function("() => !document.querySelector('.reviewed.amend')")

    page.locator("[data-do=dismiss]").first.click()
    page.locator("#reason").fill("Two counts.")
    page.locator("#agree").click()
    page.wait_for_selector("[data-do=reopen]")
    assert page.locator("#findings-heading").evaluate("(it) => it === document.activeElement")
    page.locator("[data-do=reopen]").click()
    page.keyboard.press("Escape")

    decisions = [line["decision"] for line in served.reviews()[number:]]
    assert decisions == ["amend", "undo", "dismiss"]


def test_a_review_that_is_left_writes_nothing(visit, served):
    page = visit("claims")
    number = len(served.reviews())
    row = page.locator(".reviewed").first
    row.focus()
    page.keyboard.press("e")
    page.keyboard.type("not meant")
    page.keyboard.press("Escape")

    assert row.evaluate("(it) => it === document.activeElement")
    assert len(served.reviews()) == number


def test_a_page_in_which_somebody_writes_is_not_loaded_anew(visit, served):
    page = visit("text")
    page.locator("#words").fill(SENTENCE)
    served.case.generation += 1
    with page.expect_response("**/status.json"):
        page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(200)

    assert page.locator("#words").input_value() == SENTENCE


@pytest.mark.parametrize("view", ["", "claims", "text"])
@pytest.mark.parametrize(
    ("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide light", "narrow dark"]
)
def test_no_rule_of_axe_is_broken_and_nothing_is_wider_than_the_screen(visit, view, size, scheme):
    page = visit(view, size=size, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")

    assert broken_rules(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_no_rule_of_axe_is_broken_in_dialogs_and_texts(visit):
    page = visit()
    page.locator("#numbers .why").first.click()
    page.locator("#why .inputs li").first.wait_for()
    assert broken_rules(page) == []

    page = visit("claims")
    page.locator("[data-do=amend]").first.click()
    assert broken_rules(page) == []

    page = visit("text")
    page.locator("#words").fill(SENTENCE)
    page.get_by_role("button", name="Read and check").click()
    page.wait_for_selector("#outcome-heading:focus")
    assert broken_rules(page) == []


@pytest.mark.parametrize("view", ["", "claims", "text"])
def test_landmarks_and_headings_lead_through_the_page(visit, view):
    page = visit(view)

    for landmark in ("banner", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1
    assert page.get_by_role("navigation", name="Views").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map((it) => Number(it.tagName[1]))")
    assert all(after - before <= 1 for before, after in pairwise(levels))
    current = page.locator(".views [aria-current=page]")
    assert current.count() == 1
    for one in page.locator("input[type=range]").all()[:3]:
        assert one.evaluate("(it) => it.labels.length") == 1
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("(it) => it === document.activeElement")


def test_without_script_the_numbers_stand_and_the_form_reckons(visit):
    page = visit(script=False)
    assert page.locator("#numbers b").count() > 3
    assert page.locator("#rows tbody tr").count() == 10
    assert not page.locator("#pin").is_visible()
    before = median(page)

    slider(page, "target.by").focus()
    page.keyboard.press("ArrowLeft")
    with page.expect_navigation():
        page.get_by_role("button", name="Reckon").click()

    assert median(page) != before
    assert page.locator("#command").text_content().endswith("--set target.by=2034")
    assert "target.by=2034" in page.locator("#csv").get_attribute("href")
    for view in ("claims", "text"):
        assert "takes JavaScript" in visit(view, script=False).locator("noscript").text_content()
