"""What stands side by side and is of two things is neither contradicted nor reconciled."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from steelyard.check import check_ledger
from steelyard.core.claim import Claim
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()
TEXTS = tomllib.loads((Path(__file__).parent / "side_by_side.toml").read_text(encoding="utf-8"))["texts"]
TODAY = date(2025, 12, 10)


def findings_of(text, *verdicts):
    """The quotations of each finding of some verdicts in a text."""
    ledger, _ = read_document(Document("brief.txt", text, TODAY), VOCABULARY)
    findings, _ = check_ledger(ledger, VOCABULARY)
    return [{claim.quote for claim in one.claims} for one in findings if one.verdict in verdicts]


def figure(text, quote) -> Claim:
    """The claim of a figure that a text holds once."""
    ledger, _ = read_document(Document("brief.txt", text, TODAY), VOCABULARY)
    return next(claim for claim in ledger if claim.quote == quote)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:50])
def test_what_stands_side_by_side_clashes_with_nothing(text):
    assert findings_of(text, "contradicted", "reconciled") == []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        pytest.param(
            "Spending rises from 45.2 billion kronor in 2025 to 52.7 billion kronor in 2026. "
            "The increase of 4 percent in spending disappoints the generals.",
            {"45.2 billion kronor", "52.7 billion kronor", "4 percent"},
            id="growth in what was named",
        ),
        pytest.param(
            "Over five years Latvia put 1.2 billion euros into its forces, 420 million a year on average.",
            {"1.2 billion euros", "420 million"},
            id="average in the same clause",
        ),
        pytest.param(
            "The army buys 180 tanks for 6.5 billion dollars. The tanks cost 63 million dollars apiece.",
            {"180 tanks", "6.5 billion dollars", "63 million dollars"},
            id="price of the tanks that were named",
        ),
        pytest.param(
            "국방부는 사업비를 10조원으로 편성했다. 이 가운데 방위력개선비는 19조9653억원이다.",
            {"10조원", "19조9653억원"},
            id="a part above the level that was named",
        ),
    ],
)
def test_what_names_again_what_was_told_still_clashes_with_it(text, quotes):
    assert findings_of(text, "contradicted") == [quotes]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Over four years, 2026 through 2029, Estonia puts 10 billion euros into defence.",
            "10 billion euros",
        ),
        ("Over the next decade Norway spends 270 billion kroner on defence.", "270 billion kroner"),
        ("호주는 10년간 7650억 호주달러를 국방에 쓴다.", "7650억 호주달러"),
        ("대만은 8년에 걸쳐 1조2500억 대만달러를 쓴다.", "1조2500억 대만달러"),
    ],
)
def test_an_amount_over_years_is_their_sum(text, quote):
    assert figure(text, quote).aggregation == "cumulative"


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Over two years ago, Estonia spent 1.2 billion euros on defence.", "1.2 billion euros"),
        ("Over four years, spending on defence rose to 2.4 billion euros.", "2.4 billion euros"),
        ("호주는 10년간 매년 590억 호주달러를 국방에 쓴다.", "590억 호주달러"),
    ],
)
def test_an_amount_at_the_end_of_years_or_of_each_is_no_sum(text, quote):
    assert figure(text, quote).aggregation != "cumulative"


@pytest.mark.parametrize(
    "text",
    [
        "The draft for 2026 gives Polish defence 200 billion zloty. The plan for this year, adopted in the "
        "autumn of 2024, was 186.6 billion zloty.",
        "The draft for 2026 gives Polish defence 200 billion zloty. This year's plan was 186.6 billion "
        "zloty; next year's is thus higher.",
    ],
)
def test_a_date_that_is_told_by_the_way_is_not_that_of_the_figure(text):
    assert figure(text, "186.6 billion zloty").period == "2025"


def test_whom_something_is_meant_to_face_is_not_whose_it_is():
    text = "북한의 핵·미사일에 대응하는 3축체계를 포함해 내년 국방예산은 65조8642억원이다."

    assert figure(text, "65조8642억원").actor == "KOR"
    assert figure("북한은 미사일 개발에 국방예산 5조원을 쓴다.", "5조원").actor == "PRK"


def test_growth_of_an_amount_of_no_measure_is_of_that_amount():
    text = (
        "Turkey spent 2.09 percent of GDP on defence in 2024 and 2.33 percent in 2025. "
        "Deliveries abroad came to 7.15 billion dollars, 29 percent more than the year before."
    )

    assert figure(text, "29 percent").measure is None
