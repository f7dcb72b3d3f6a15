"""Paths in the explorer under the hands of somebody with a mouse, and of somebody with a keyboard."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.browser.explorer.conftest import TARGET, asked, changed, drawn, median, slider


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


def test_a_slider_redraws_while_it_is_held_and_the_address_follows_when_it_is_let_go(visit):
    """A browser refuses to rewrite an address some hundred times in half a minute."""
    page = visit()
    before = median(page)
    box = slider(page, TARGET).bounding_box()

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2)
    changed(page, before)
    assert TARGET not in asked(page)

    page.mouse.up()
    assert asked(page)[TARGET] == slider(page, TARGET).input_value()


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
    page.wait_for_function("() => document.querySelector('#numbers').textContent.includes('if 0% of it')")

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
