"""Figures of two editions of a source that revises its numbers are told apart, and contradict nobody."""

from __future__ import annotations

import pytest

from steelyard.check import check_ledger
from tests.check.samples import vocabulary
from tests.check.told import contradictions, ledger_of

GREW = "Chile spent 5.2 billion dollars on its military in 2025, 4 percent more than {base}. "


def editions(text: str) -> dict[str, str | None]:
    return {claim.quote: claim.edition for claim in ledger_of(text)}


@pytest.mark.parametrize(
    ("text", "edition"),
    [
        (
            "In last year's release Chile's military spending stood at 5.0 billion dollars for 2024.",
            "earlier",
        ),
        ("The previous edition put Chile's military spending at 5.0 billion dollars for 2024.", "earlier"),
        ("In the new data set Chile's military spending is 5.0 billion dollars for 2024.", None),
        ("Chile's military spending was 5.0 billion dollars last year.", None),
        ("작년 보고서에서 칠레의 2024년 군사비는 50억 달러였다.", "earlier"),
        ("개정된 통계에서 칠레의 2024년 군사비는 50억 달러다.", None),
    ],
)
def test_the_edition_is_told_by_the_words_for_it(text, edition):
    assert list(editions(text).values()) == [edition]


def test_two_editions_in_one_text_are_told_apart():
    text = (
        "In last year's release Chile's military spending was 5.0 billion dollars in 2024. "
        "In the new release Chile's military spending was 4.8 billion dollars in 2024."
    )

    assert editions(text) == {"5.0 billion dollars": "earlier", "4.8 billion dollars": None}
    verdicts = {one.verdict for one in check_ledger(ledger_of(text), vocabulary())[0]}
    assert "contradicted" not in verdicts
    assert "reconciled" in verdicts


@pytest.mark.parametrize(
    ("base", "found"),
    [("in 2024", 1), ("last year's release gave for 2024", 0), ("in last year's report", 0)],
)
def test_growth_against_an_earlier_edition_is_not_held_against_the_levels_of_this_one(base, found):
    """5.2 is 4 percent more than 5.0; the new edition has 4.8, from which it would be 8.3 percent."""
    levels = "Chile's military spending in 2024 was 4.8 billion dollars."

    assert len(contradictions(GREW.format(base=base) + levels)) == found


def test_the_year_of_an_edition_is_no_year_of_its_figures():
    """The report of 2025, spoken of in 2026, is of 2024."""
    (claim,) = ledger_of("For 2024 last year's report had Chile's military spending at 5.0 billion dollars.")

    assert (claim.period, claim.edition) == ("2024", "earlier")
