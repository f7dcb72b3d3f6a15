"""For when a figure is, from when a change counts, and what standing it has."""

from __future__ import annotations

import pytest

from steelyard.core.claim import CALENDAR_YEAR, ONE_NUMBERED_YEAR
from tests.read.reading import TODAY, bounds, figure, figures, numbers, read


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Japan's 2026 defence budget is 9 trillion yen.", "2026"),
        ("Japan's defence budget for 2026 is 9 trillion yen.", "2026"),
        ("In 2026 Japan's defence budget is 9 trillion yen.", "2026"),
        ("Japan's defence budget was 9 trillion yen last year.", "2025"),
        ("Japan's defence budget is 9 trillion yen this year.", "2026"),
        ("Japan's defence budget will be 9 trillion yen next year.", "2027"),
        ("In FY2026 Japan's defence budget is 9 trillion yen.", "FY2026"),
        ("Australia's defence budget for 2025-26 is A$59 billion.", "FY2026"),
        ("Poland will buy weapons worth $10 billion by 2028.", "../2028"),
        ("Japan will spend 43 trillion yen on defence over 2023-2027.", "2023/2027"),
        ("On 29 August 2025 Japan put its 2026 defence budget at 9 trillion yen.", "2026"),
        ("Japan's defence budget is 9 trillion yen.", None),
        ("Poland has 216,000 troops.", "2026"),
        ("Poland spends 4.1 % of GDP on defence.", "2026"),
    ],
)
def test_a_figure_has_a_period(text, period):
    assert figure(text).period == period


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("In the calendar year 2024 Canada's military spending was 40 billion dollars.", CALENDAR_YEAR),
        ("Canada's military spending in calendar 2024 was 40 billion dollars.", CALENDAR_YEAR),
        ("Canada's military spending in the fiscal year 2025 was 40 billion dollars.", ONE_NUMBERED_YEAR),
        ("Canada's military spending was 40 billion dollars in FY2025.", ONE_NUMBERED_YEAR),
        ("Canada's military spending in fiscal 2024-25 was 40 billion dollars.", None),
        ("Canada's military spending in 2024 was 40 billion dollars.", None),
    ],
)
def test_a_year_may_tell_of_which_kind_it_is(text, reason):
    told = {CALENDAR_YEAR, ONE_NUMBERED_YEAR}.intersection(figure(text).reasons)

    assert told == ({reason} if reason else set())


def test_without_a_date_the_present_has_no_year():
    (claim,) = read("Poland has 216,000 troops.", None)

    assert claim.period is None


def test_each_figure_takes_the_year_beside_it():
    claims = figures("Poland spent 3.8 % of GDP on defence in 2024 and 4.1 % of GDP in 2025.")

    assert [claim.period for claim in claims] == ["2024", "2025"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Germany's defence budget rises from 52 to 62.4 billion euros in 2025.", ["2024", "2025"]),
        ("In 2025 Germany's defence budget rises from 52 to 62.4 billion euros.", ["2024", "2025"]),
        (
            "Germany's defence budget rises to 62.4 billion euros in 2025 from 52 billion euros.",
            ["2025", "2024"],
        ),
        (
            "Germany's defence budget rises from 52 billion euros in 2023 to 62.4 billion euros in 2025.",
            ["2023", "2025"],
        ),
        ("Germany's defence budget rises from 52 to 62.4 billion euros.", [None, None]),
    ],
)
def test_a_change_goes_from_one_year_to_another(text, periods):
    assert [claim.period for claim in figures(text)] == periods


@pytest.mark.parametrize(
    ("text", "period", "baseline"),
    [
        ("In 2026 Poland's defence spending grew by 9.7 per cent.", "2026", "2025"),
        ("In FY2026 Poland's defence spending grew by 9.7 per cent.", "FY2026", "FY2025"),
        ("Poland's 2026 defence budget is 9.7 per cent higher than in 2024.", "2026", "2024"),
        ("Poland's defence spending grew by 9.7 per cent this year.", "2026", "2025"),
        ("Poland's defence spending grew by 9.7 per cent.", None, None),
        ("In 2026 Poland's defence budget is 200 billion zloty.", "2026", None),
    ],
)
def test_growth_counts_from_a_year(text, period, baseline):
    claim = figure(text)

    assert (claim.period, claim.baseline) == (period, baseline)


def test_a_cut_between_proposal_and_enactment_counts_from_no_year():
    text = (
        "South Korea's National Assembly passed a 2026 defence budget of 65.9 trillion won, "
        "after cutting the government's proposal by 0.43 trillion won."
    )
    claim = figures(text)[-1]

    assert (claim.statistic, claim.direction, claim.baseline) == ("change", "down", None)
    assert bounds(claim) == numbers("0.425e12 0.435e12")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Japan's defence ministry requested a budget of 8.8 trillion yen.", "proposed"),
        ("Seoul's draft 2026 defence budget is 66.3 trillion won.", "proposed"),
        ("Under the budget proposal Japan's defence spending is 8.8 trillion yen.", "proposed"),
        ("Poland's enacted defence budget is 200 billion zloty.", "enacted"),
        ("Congress passed a US defense budget of $850 billion.", "enacted"),
        ("US outlays for defence were $850 billion.", "executed"),
        ("With the supplementary budget Japan's defence spending is 9.9 trillion yen.", "revised"),
        ("Poland's defence spending is estimated at 4.1 % of GDP.", "estimate"),
        ("Germany wants to raise defence spending to 3.5 % of GDP.", "target"),
        ("NATO has a benchmark of 5 % of GDP for defence spending.", "target"),
        ("Our goal is 3.5 % of GDP for defence.", "target"),
        ("Tokyo pledged 43 trillion yen for defence.", "pledge"),
        ("The act bars cutting US troops in Europe below 76,000.", "floor"),
        ("US troops in Korea may not fall below 28,500.", "floor"),
        ("The yearly rise in cost sharing is capped at 5 %.", "ceiling"),
        ("Cost sharing may not exceed 2 trillion won.", "ceiling"),
        ("By 2027 Japan will spend 2 % of GDP on defence.", "target"),
        ("Japan's defence budget is 8.7 trillion yen.", None),
    ],
)
def test_a_figure_has_a_standing(text, status):
    assert figure(text).status == status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Germany wants to raise defence spending to 3.5 % of GDP.", "3.5 3.5", id="target"),
        pytest.param("The act bars cutting US troops in Europe below 76,000.", "76000 76000", id="floor"),
        pytest.param("The yearly rise in cost sharing is capped at 5 %.", "5 5", id="ceiling"),
        pytest.param(
            "Germany wants to raise defence spending to 162 billion euros.",
            "161.5e9 162.5e9",
            id="money is told roundly",
        ),
        pytest.param(
            "Poland's defence spending is estimated at 4.1 % of GDP.", "4.05 4.15", id="an estimate is none"
        ),
        pytest.param(
            "Germany wants to raise defence spending to about 3.5 % of GDP.", "3.5 3.5", id="hedged target"
        ),
    ],
)
def test_what_is_set_is_exact(text, expected):
    assert bounds(figure(text)) == numbers(expected)


def test_a_standing_is_carried_through_the_passage_and_no_further():
    text = (
        "Japan put forward its draft budget of 8.8 trillion yen for defence. Ships cost 2 trillion yen.\n"
        "Poland's defence budget is 200 billion zloty."
    )

    assert [claim.status for claim in figures(text)] == ["proposed", "proposed", None]


def test_a_target_does_not_take_the_year_of_the_level_beside_it():
    claims = figures("Poland's defence spending, at 4.1 % of GDP in 2025, is below the target of 5 %.")

    assert [claim.period for claim in claims] == ["2025", None]


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "Germany will spend 5 billion euros on defence unless parliament objects.",
            "unless parliament objects",
        ),
        (
            "Poland will buy weapons worth $10 billion, subject to approval by Congress.",
            "subject to approval by Congress",
        ),
        ("Germany will spend 5 billion euros on defence.", None),
    ],
)
def test_a_condition_is_kept_in_its_words(text, condition):
    assert figure(text).condition == condition


@pytest.mark.parametrize(
    ("text", "negated"),
    [("Poland does not have 300,000 troops.", True), ("Poland has 216,000 troops.", None)],
)
def test_a_figure_may_be_denied(text, negated):
    assert figure(text).negated is negated


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "In December 2025 the cabinet adopted a draft of 9 trillion yen for defence in fiscal 2026.",
            "2025-12",
        ),
        (
            "In February 2026 Japan's government requested 9 trillion yen for defence in fiscal 2026.",
            "2026-02",
        ),
        ("In December 2025 Japan spent 9 trillion yen on defence.", None),
    ],
)
def test_the_date_before_a_proposal_is_when_it_was_put_forward(text, said):
    assert figure(text, "9 trillion yen").said == said


def test_the_date_before_the_verb_of_speech_is_when_it_was_said():
    claim = figure(
        "On 29 August 2025 Japan's defence ministry announced a budget of 8.8 trillion yen for 2026."
    )

    assert (claim.said, claim.period) == ("2025-08-29", "2026")


def test_the_present_is_the_year_of_the_document():
    assert figure("Poland has 216,000 troops.").period == str(TODAY.year)


def test_a_floor_is_a_level_and_no_denial():
    claim = figure("US troops in Korea may not fall below 28,500.")

    assert (claim.statistic, claim.negated) == ("level", None)
    assert bounds(claim) == numbers("28500 28500")


def test_an_increase_by_an_amount_to_a_level_is_no_target():
    claims = figures("Taiwan proposed a 22.9 percent increase in defence spending to NT$949.5 billion.")

    assert [claim.status for claim in claims] == ["proposed", "proposed"]


def test_raising_from_one_level_to_another_is_a_target():
    claims = figures("Germany wants to raise defence spending from 2.4 to 3.5 % of GDP.")

    assert claims[-1].status == "target"


def test_a_level_before_the_verb_leaves_the_estimate_an_estimate():
    text = "Getting to 3.5 % would take an additional 20 billion euros of German defence spending."

    assert figure(text, "20 billion euros").status == "estimate"


@pytest.mark.parametrize(
    "text",
    [
        "On Friday (Jan 23) the Pentagon said Japan spends 9 trillion yen on defence.",
        "The Pentagon said on Friday (Jan 23) that Japan spends 9 trillion yen on defence.",
        "Japan spends 9 trillion yen on defence, the Pentagon said on Friday (Jan 23).",
    ],
)
def test_the_day_beside_a_verb_of_speech_is_when_it_was_said(text):
    assert figure(text, "9 trillion yen").said == "2026-01-23"
