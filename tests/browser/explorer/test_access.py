"""The explorer for those who see it otherwise: by landmarks, by keys, on a phone, without script."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.browser.conftest import PHONE, WIDE
from tests.browser.explorer.conftest import SENTENCE, broken_rules, median, slider


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
