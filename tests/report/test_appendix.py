"""The tables at the end of the page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from steelyard.core.series import Point, Series
from steelyard.report.appendix import (
    input_table,
    parameter_table,
    problem_table,
    reference_in_words,
    series_table,
    value_rows,
)
from steelyard.report.ledger_tables import claims_table, kind_in_words
from steelyard.report.links import link_claims
from tests.report import samples


def texts(row) -> list[str]:
    return [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells]


def test_a_parameter_stands_with_each_of_its_values_and_their_anchors():
    table = parameter_table(["nato-defence-share-target"], samples.vocabulary())

    rows = list(table.rows)
    assert [texts(row)[:3] for row in rows] == [
        ["2%", "2014-09-05", "2025-06-24"],
        ["3.5%", "2025-06-25", ""],
    ]
    name = "parameter-nato-defence-share-target-packaged"
    assert [row.anchor for row in rows] == [f"{name}-2", f"{name}-3.5"]
    assert "The Hague Summit Declaration, NATO, 2025-06-25" in texts(rows[1])[-1]


def test_a_layer_that_is_in_use_adds_its_own_value_with_its_reference():
    name = "kor-defence-share-target"

    alone = list(parameter_table([name], samples.vocabulary()).rows)
    laid_over = list(parameter_table([name], samples.vocabulary(), {"nds-2026", "constant"}).rows)

    assert [texts(row)[4] for row in alone] == ["packaged"]
    assert [texts(row)[4] for row in laid_over] == ["packaged", "nds-2026"]
    assert texts(laid_over[1])[5].startswith("2026 National Defense Strategy, United States Department")
    assert texts(laid_over[1])[5].endswith("of which 3.5% for the armed forces proper")


def test_the_same_value_twice_in_a_layer_has_one_anchor():
    vocabulary = samples.vocabulary()
    entry = vocabulary.entry("parameters", "kor-defence-share-target")
    twice = replace(entry, data={**entry.data, "values": [*entry.tables("values")] * 2})

    assert [bool(row.anchor) for row in value_rows(twice, vocabulary, ())] == [True, False]


def test_unknown_parameters_are_left_out():
    assert parameter_table(["no-such-thing"], samples.vocabulary()) is None


def test_a_series_says_its_edition_and_source():
    points = tuple(Point(year, Decimal(year), "World Economic Outlook") for year in (2024, 2025))
    table = series_table(
        [Series("KOR", "gdp", "KRW", "October 2025", points, "current")], samples.vocabulary()
    )

    (row,) = table.rows
    assert texts(row) == [
        "South Korea: Gross domestic product",
        "KRW",
        "2024 to 2025",
        "current",
        "",
        "October 2025",
        "World Economic Outlook",
    ]


def test_a_problem_stands_with_place_and_remedy():
    (row,) = problem_table([samples.REFUSAL]).rows

    assert texts(row)[:3] == ["missing-base-claim", "refusal", "cases/example/scenarios/arms.toml:3:1 [base]"]
    assert texts(row)[4] == "A claim of arms_purchases would lift this."


def test_nothing_makes_no_table():
    vocabulary = samples.vocabulary()

    assert [
        parameter_table([], vocabulary),
        series_table([], vocabulary),
        problem_table([]),
        input_table({}),
    ] == [None] * 4


def test_a_reference_is_one_line():
    reference = {"publisher": "NATO", "title": "Declaration", "date": date(2025, 6, 25), "locator": "para. 2"}

    assert reference_in_words(reference) == "Declaration, NATO, 2025-06-25, para. 2"
    assert reference_in_words(None) == ""


def test_claims_are_grouped_by_actor_and_measure_with_roles_last():
    results = samples.results()
    table = claims_table(results, link_claims(results.ledger, results.documents)[0])

    assert [group.heading for group in table.groups] == [
        "South Korea · Defence spending",
        "South Korea · Defence spending as a share of GDP",
        "United States · Troops stationed abroad",
        "Roles",
    ]
    assert texts(table.groups[0].rows[0]) == [
        "$46.1 billion",
        "46.05 to 46.15 bn USD",
        "level",
        "2026",
        "proposed",
        "–",
        "Source 1",
    ]


def test_a_claim_says_what_kind_of_number_it_is():
    vocabulary = samples.vocabulary()

    assert kind_in_words(samples.RISE, vocabulary) == "growth, on 2025"
    assert kind_in_words(samples.TROOPS, vocabulary) == "level, about, in South Korea"
    assert kind_in_words(samples.ROLE, vocabulary) == "South Korea can lead in deterring North Korea"
    bought = samples.TOTAL.changed(counterpart="USA", conversion_of="x", hedge="up_to")
    assert kind_in_words(bought, vocabulary) == "level, up to, with United States, a conversion"
