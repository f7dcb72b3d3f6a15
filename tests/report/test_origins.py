"""What the numbers of a scenario rest on: words of claims, values with one unit, links to their own rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from steelyard.core.series import Point, Series
from steelyard.project.ensemble import Origin
from steelyard.report.appendix import parameter_table
from steelyard.report.links import link_claims
from steelyard.report.origins import origins_table, value_in_words
from tests.report import samples

TARGET = "kor-defence-share-target"


def rows(*origins, **changes):
    results = samples.results(**changes)
    links, _ = link_claims(results.ledger, results.documents)
    table = origins_table(replace(samples.RISING, origins=origins), "s", results, links)
    return list(table.rows) if table else []


def test_a_claim_is_quoted_in_its_sentence_with_its_source():
    (row,) = rows(Origin(f"claim:{samples.SHARE.id}", "claim", "share", "2.42% of GDP", "% of GDP"))

    assert row.cells[4].text.startswith("“That is 2.42% of GDP. To get to the agreed 3.5%, another ")
    assert row.cells[4].text.endswith("” budget.txt, The Harbour Review, 2026-01-23")
    assert row.cells[0].link == f"text-{samples.SHARE.id}"


def test_a_claim_that_is_not_in_the_ledger_keeps_its_reference():
    (row,) = rows(Origin("claim:gone", "claim", "x", "1", reference={"document": "a.txt", "start": "4"}))

    assert (row.cells[4].text, row.cells[0].link) == ("a.txt, 4", "")


def test_a_reference_has_no_full_stops_within():
    reference = {"title": "A strategy", "note": "As summarised in January.", "reason": "It urges so."}
    (row,) = rows(Origin("parameter:x@y", "parameter", "x", "1", reference=reference))

    assert row.cells[4].text == "A strategy, As summarised in January, It urges so"


@pytest.mark.parametrize("layer", ["packaged", "nds-2026"])
def test_the_value_of_a_layer_leads_to_the_row_of_that_layer(layer):
    """The fact sheet and the strategy both say 3.5 %: the link goes to the one that is used."""
    (row,) = rows(Origin(f"parameter:{TARGET}@{layer}", "parameter", "target", "3.5 %", "% of GDP", layer))

    table = parameter_table([TARGET], samples.vocabulary(), {"nds-2026"})
    (found,) = [value for value in table.rows if value.anchor == row.cells[0].link]
    assert found.cells[4].text == layer
    assert ("As summarised in Glance" in found.cells[5].text) == (layer == "nds-2026")


@pytest.mark.parametrize(
    "identifier", ["parameter:no-such@packaged", f"parameter:{TARGET}@nowhere", "parameter:target@own"]
)
def test_a_value_without_a_row_leads_nowhere(identifier):
    (row,) = rows(Origin(identifier, "parameter", "target", "3.5 %", "% of GDP"))

    assert row.cells[0].link == ""


def test_a_series_is_linked_where_the_page_lists_it():
    series = Series("KOR", "gdp", "KRW", "October 2025", (Point(2026, Decimal("2.6e15"), "Outlook"),))
    origin = Origin(f"series:{series.id}", "series", "gdp")

    assert rows(origin)[0].cells[0].link == ""
    assert rows(origin, series=(series,))[0].cells[0].link.startswith("series-")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("66.2947 trillion won", "KRW", "66.2947 trillion won"),
        ("3.5 %", "% of GDP", "3.5% of GDP"),
        ("3.5", "% of GDP", "3.5% of GDP"),
        ("2.42% of its GDP", "% of GDP", "2.42% of its GDP"),
        ("25 bn USD", "USD", "25 bn USD"),
        ("1421.3963", "KRW/USD", "1421.3963 KRW/USD"),
        ("1.9 %", "", "1.9%"),
        ("", "KRW", ""),
    ],
)
def test_a_value_has_its_unit_once(value, unit, words):
    assert value_in_words(Origin("x", "parameter", "x", value, unit)) == words


def test_nothing_makes_no_table():
    assert rows() == []
