"""The page under the hands of a reader: links from numbers to sentences, and the keyboard alone."""

from __future__ import annotations

from tests.browser.conftest import PHONE

PLACE = """(link) => {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const box = target.getBoundingClientRect();
  const seen = target.checkVisibility() && box.top < innerHeight && box.bottom > 0 && box.width > 0;
  return [location.hash === link.hash, seen, target.textContent];
}"""
FOCUSED = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  return {
    number: reachable.indexOf(it), card: it.closest(".card") !== null,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== "none",
  };
}"""
REACHABLE = """() => {
  const all = document.querySelectorAll("a[href], summary, input, button:enabled, select, [tabindex='0']");
  window.reachable = [...all].filter((it) => it.checkVisibility());
  return reachable.length;
}"""


def words(text: str) -> str:
    return " ".join(text.split())


def test_each_claim_leads_to_its_sentence_and_back(opened, korea_page):
    """A click on what is printed shows it in its source; the number behind it leads to the claim again."""
    page = opened(korea_page).page
    links = page.locator(".claims tbody th a")

    assert links.count() > 25
    for link in links.all():
        link.click()
        arrived, seen, text = link.evaluate(PLACE)
        assert (arrived, seen) == (True, True), link.inner_text()
        # Words that two claims share are marked in pieces; the link leads to the first.
        quote, mark = words(link.text_content()), words(text)
        assert quote in mark or quote.startswith(mark)
        back = page.locator("mark:target").locator("xpath=following::a[contains(@class, 'note')][1]")
        number = back.element_handle()
        number.click()
        assert number.evaluate(PLACE)[:2] == [True, True]


def test_each_link_within_the_page_is_followed_to_what_it_names(opened, korea_page):
    """On a phone, where all that is long is folded, a link unfolds what it leads into."""
    page = opened(korea_page, size=PHONE).page

    lost = page.evaluate(
        """async () => {
          const lost = [];
          const links = [...document.querySelectorAll("a[href^='#']")];
          for (const place of new Set(links.map((link) => link.hash))) {
            document.querySelectorAll("details").forEach((box) => { box.open = false; });
            const settled = new Promise((done) => addEventListener("hashchange", done, { once: true }));
            location.hash = place;
            await settled;
            await new Promise(requestAnimationFrame);
            const target = document.getElementById(decodeURIComponent(place.slice(1)));
            const box = target.getBoundingClientRect();
            if (!target.checkVisibility() || box.top >= innerHeight || box.bottom <= 0) lost.push(place);
          }
          return lost;
        }"""
    )

    assert lost == []


def test_each_number_of_the_summary_leads_on(opened, korea_page):
    page = opened(korea_page).page

    for link in page.locator(".summary a").all():
        link.click()
        assert link.evaluate(PLACE)[:2] == [True, True], link.inner_text()
        page.evaluate("scrollTo(0, 0)")


def test_the_first_key_offers_to_skip_to_the_content(opened, korea_page):
    page = opened(korea_page).page
    skip = page.locator(".skip")
    assert skip.bounding_box()["x"] < 0

    page.keyboard.press("Tab")
    assert skip.evaluate("(it) => it === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert not page.evaluate("document.querySelector('nav').contains(document.activeElement)")


def test_the_tabulator_goes_through_the_page_in_its_order_and_is_seen(opened, korea_page):
    page = opened(korea_page).page
    count = page.evaluate(REACHABLE)

    # A card of a claim opens where its number is reached; its links come next, and count for no other place.
    found = []
    for _ in range(2 * count):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if not (one["card"] and one["number"] < 0):
            found.append(one)
        if len(found) == count:
            break

    assert [one["number"] for one in found] == list(range(count))
    assert [one["number"] for one in found if not one["seen"]] == []


def test_what_is_folded_opens_by_key(opened, korea_page):
    page = opened(korea_page).page
    box = page.locator("details:not([open])").first.element_handle()

    box.query_selector("summary").focus()
    page.keyboard.press("Enter")
    assert box.evaluate("(it) => it.open")
    page.keyboard.press("Space")

    assert not box.evaluate("(it) => it.open")


def test_the_table_of_claims_is_narrowed_by_what_is_typed(opened, korea_page):
    page = opened(korea_page).page
    rows = page.locator(".claims tbody tr[id]")
    everything = rows.count()

    page.locator("#filter").focus()
    page.keyboard.type("20.8")

    shown = [row.inner_text() for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < everything
    assert all("20.8" in text for text in shown)
