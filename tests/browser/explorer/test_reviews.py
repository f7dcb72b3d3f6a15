"""Claims and findings that are reviewed in the explorer, by mouse and by keys."""

from __future__ import annotations


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
