"""A text that is pasted or dropped into the explorer."""

from __future__ import annotations

import pytest

from steelyard.explorer.settings import MEGABYTE
from tests.browser.explorer.conftest import SENTENCE
from tests.formats.pages import lines, pdf

DROP = """([name, type, data]) => {
  const moved = new DataTransfer();
  if (name) moved.items.add(new File([new Uint8Array(data)], name, { type }));
  else moved.setData("text/plain", new TextDecoder().decode(new Uint8Array(data)));
  const how = { dataTransfer: moved, bubbles: true, cancelable: true };
  for (const kind of ["dragover", "drop"]) document.body.dispatchEvent(new DragEvent(kind, how));
}"""


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


def test_a_page_in_which_somebody_writes_is_not_loaded_anew(visit, served):
    page = visit("text")
    page.locator("#words").fill(SENTENCE)
    served.case.generation += 1
    with page.expect_response("**/status.json"):
        page.evaluate("dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(200)

    assert page.locator("#words").input_value() == SENTENCE
