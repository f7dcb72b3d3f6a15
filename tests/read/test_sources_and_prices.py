"""By whose count, at whose prices, of which stage and of whom, where two figures stand side by side."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    ("sentence", "definition"),
    [
        ("Under the alliance's definition, Norway spent 2.2% of GDP on defence in 2024.", "nato"),
        ("Taipei counts as NATO does: defence takes 3.3% of GDP in 2026.", "nato"),
        ("By the ministry's own reckoning, Norway spent 3.3% of GDP on defence in 2025.", "national"),
        ("Researchers in Stockholm put Indian military spending at $86.1 billion in 2024.", "sipri"),
        ("In 2025 Norway's parliament in Oslo gave the army 3 billion kroner.", None),
    ],
)
def test_the_definition_is_told_by_whoever_counts(sentence: str, definition: str | None) -> None:
    assert figure(sentence).definition == definition


@pytest.mark.parametrize(
    ("text", "definitions"),
    [
        (
            "SIPRI has new data on Chile. The institute puts its military spending at $5.0 billion in 2024.",
            ["sipri"],
        ),
        (
            "SIPRI says that Chile spent 1.5% of GDP on defence in 2024. "
            "In 2025 Chile's defence spending was 1.6% of GDP, the researchers say.",
            ["sipri", "sipri"],
        ),
        ("The institute puts Chile's military spending at $5.0 billion in 2024.", [None]),
        ("France's defence budget without pensions is 50.5 billion euros in 2025.", ["without-pensions"]),
        ("France's defence budget is 59.6 billion euros in 2025, pensions included.", ["with-pensions"]),
        ("Germany has a defence budget of €82.7 billion, the special fund not counted.", ["without-fund"]),
    ],
)
def test_a_count_is_named_again_or_by_what_it_leaves_out(text: str, definitions: list[str | None]) -> None:
    assert [one.definition for one in figures(text)] == definitions


def test_another_source_has_a_definition_of_its_own() -> None:
    first, second = figures("In SIPRI's data Chile spent 1.5% of GDP, the ministry said 1.3% of GDP.")
    assert (first.definition, second.definition) == ("sipri", None)


@pytest.mark.parametrize(
    ("sentence", "prices"),
    [
        ("At the prices of 2015, Turkey's defence budget was 73 billion liras in 2024.", "constant:2015"),
        ("At 2021 prices, Turkey's defence budget was 73 billion liras in 2024.", "constant:2021"),
        ("In constant 2023 dollars, Italy's defence budget was $30 billion in 2024.", "constant:2023"),
        ("Net of inflation, Chile's defence budget grew by 3% in 2024.", "constant"),
        ("In cash terms, Chile's defence budget grew by 6% in 2024.", "current"),
        ("Food prices of 2022 and a defence budget of 75 billion kroner were debated.", None),
        ("In 2025 prices rose, and Chile's defence budget grew by 6%.", None),
    ],
)
def test_prices_are_those_that_are_named(sentence: str, prices: str | None) -> None:
    assert figure(sentence).prices == prices


def test_a_real_rise_leaves_open_the_prices_of_the_level() -> None:
    growth, level = figures("In real terms the defence budget rose 7% in 2024, to 7.9 trillion yen.")
    assert (growth.prices, level.prices) == ("constant", None)


def test_a_real_and_a_nominal_rise_are_told_apart() -> None:
    real, nominal = figures("Defence spending rises by 3% in real terms, or 6% before inflation, in 2025.")
    assert (real.prices, nominal.prices) == ("constant", "current")


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The budget act passed for 2025 gave Czech defence 160 billion koruna.", "enacted"),
        ("As first adopted, the defence budget for 2025 was 160 billion koruna.", "enacted"),
        ("The finance bill lifts the defence budget to 57 billion euros.", "proposed"),
        ("Israel's defence spending hit $46 billion in 2024.", None),
        ("Israel wants its defence spending to hit $46 billion by 2030.", "target"),
    ],
)
def test_the_stage_is_that_of_the_text_of_the_law(sentence: str, status: str | None) -> None:
    assert figure(sentence).status == status


@pytest.mark.parametrize(
    ("sentence", "actors"),
    [
        ("In Spain military spending rose by 5%, while in Italy it fell by 3%.", ["ESP", "ITA"]),
        ("Defence budgets swelled, with Poland up 31% and Sweden up 34%.", ["POL", "SWE"]),
        ("France and Spain spent 80 billion euros on defence.", [None]),
        ("European allies and Canada raised defence spending by 20%.", [None]),
        ("The Bundeswehr is small. NATO allies spent $1.4 trillion on defence.", ["NATO"]),
        ("European NATO allies spent $0.5 trillion on defence.", [None]),
        ("In Vilnius a speaker praised the Poles for devoting 4.5% of GDP to defence.", ["POL"]),
        ("By NATO's rules the Danes spent 3.2% of GDP on defence.", ["DNK"]),
    ],
)
def test_a_figure_is_of_whoever_its_own_clause_names(sentence: str, actors: list[str | None]) -> None:
    assert [claim.actor for claim in figures(sentence)] == actors


def test_the_figures_of_two_named_in_turn_are_told_apart_in_korean() -> None:
    first, second = figures("한국과 일본은 각각 GDP의 2.6%와 1.4%를 국방비로 지출했다.")
    assert (first.actor, second.actor) == ("KOR", "JPN")


@pytest.mark.parametrize(
    "sentence",
    [
        "Defence spending rose to 2.5% of GDP in 2025, from 2.2% of GDP the year before.",
        "Defence spending was 2.5% of GDP in 2025. A year earlier it was 2.2% of GDP.",
        "Between 2024 and 2025 defence spending rose from 2.2% of GDP to 2.5% of GDP.",
    ],
)
def test_of_two_levels_each_has_its_year(sentence: str) -> None:
    years = {claim.quote: claim.period for claim in figures(sentence)}
    assert years == {"2.5% of GDP": "2025", "2.2% of GDP": "2024"}


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("Ankara denied reports that defence spending had reached $40 billion.", True),
        ("Poland didn't spend 5% of GDP on defence in 2025.", True),
        ("The ministry denied that and said the defence budget was $40 billion.", None),
    ],
)
def test_what_is_denied_is_not_asserted(sentence: str, negated: bool | None) -> None:
    assert figure(sentence).negated is negated


@pytest.mark.parametrize(
    ("sentence", "direction"),
    [
        ("Polish defence spending will not go below 4% of GDP.", ">"),
        ("Polish defence spending will never drop below 4% of GDP.", ">"),
        ("Polish defence spending fell below 4% of GDP.", "<"),
    ],
)
def test_a_bound_that_is_denied_lies_on_the_other_side(sentence: str, direction: str) -> None:
    assert figure(sentence).direction == direction


@pytest.mark.parametrize(
    ("sentence", "growth"),
    [
        ("Between 2021 and 2025 Polish defence spending grew by 120%.", "120%"),
        ("From 2021 to 2025 defence spending rose from 20 to 44 billion euros, or by 120%.", "120%"),
    ],
)
def test_growth_over_a_span_counts_from_its_first_year(sentence: str, growth: str) -> None:
    claim = figure(sentence, growth)
    assert (claim.period, claim.baseline) == ("2025", "2021")


def test_growth_a_year_is_of_the_whole_span() -> None:
    claim = figure("Polish defence spending grew by 12% a year between 2021 and 2025.", "12%")
    assert (claim.period, claim.aggregation) == ("2021/2025", "yearly")


def test_prices_right_behind_a_growth_are_its_own_whatever_stood_before():
    found = figures(
        "Finland's defence budget of 6.5 billion euros is 4.2 percent above the 6.2 billion euros "
        "of last year in nominal terms and 1 percent more in real terms."
    )

    assert found[-1].prices == "constant"
