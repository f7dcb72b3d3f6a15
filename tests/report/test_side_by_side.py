"""Paths over the same years: which are compared, and what the faster one costs more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.report.links import link_claims
from steelyard.report.outlook import describe_ensembles
from steelyard.report.side_by_side import extra_cost, side_by_side
from tests.report import samples

FAST = samples.scenario("fast", [2.42, 3.5, 3.5], reference_scenario="constant", target_year=2027)
ALL = (FAST, samples.CONSTANT, samples.RISING)


def outlooks(*ensembles):
    results = samples.results(ensembles=ensembles)
    return describe_ensembles(results, link_claims(results.ledger, results.documents)[0])


def table(*ensembles):
    return side_by_side(outlooks(*ensembles), samples.vocabulary())


def said(*ensembles) -> str:
    runs = extra_cost(outlooks(*ensembles), samples.vocabulary())
    return "".join(run.text for run in runs).replace("\N{NO-BREAK SPACE}", " ")


def texts(row) -> list[str]:
    return [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells]


def test_each_path_has_a_row_over_the_same_years():
    """1.08 % of 2,100 and 2,200 tn is 22.68 + 23.76 = 46.44; 0.54 % of 2,100 and 23.76 is 35.1."""
    made = table(*ALL)

    assert made.columns[1] == "Cost 2027 to 2028"
    assert [texts(row) for row in made.rows] == [
        ["Share of GDP: rising", "35.1 tn KRW", "", "77.0 tn KRW", "53%"],
        ["Share of GDP: fast", "46.4 tn KRW", "", "77.0 tn KRW", "53%"],
    ]


def test_each_number_of_it_leads_to_the_years_it_is_taken_from():
    for row in table(*ALL).rows:
        for cell in row.cells:
            assert bool(cell.link) == bool(cell.text)


def test_the_faster_path_is_set_against_the_slower_one():
    assert said(*ALL) == (
        "3.5% of GDP by 2027 instead of 2028 costs 11.3 tn KRW more, added up over 2027 to 2028: "
        "46.4 tn KRW against 35.1 tn KRW over a constant share of GDP "
        "(medians over the draws, and the difference of the medians)."
    )


def test_the_difference_is_told_at_market_rates_too_where_the_paths_have_them():
    """50 less 38 billion dollars is 12."""
    both = []
    for ensemble, last in ((FAST, 50e9), (samples.RISING, 38e9)):
        more = samples.cells("extra_cumulative_foreign", "USD", [0, last / 2, last])
        both.append(replace(ensemble, cells=(*ensemble.cells, *more)))

    assert "costs 11.3 tn KRW (12.0 bn USD at market rates) more" in said(both[0], samples.CONSTANT, both[1])


def test_the_difference_of_two_medians_is_known_to_no_more_than_the_sum_of_their_errors():
    """46.44 to 0.9 trillion and 35.1 to 0.4: 46.4 and 35.1, and the 11.34 between them to 1.3, so 11."""
    both = []
    for ensemble, error in ((FAST, 0.9e12), (samples.RISING, 0.4e12)):
        cells = (replace(cell, errors=(error,) * 5) for cell in ensemble.cells)
        both.append(replace(ensemble, cells=tuple(cells)))

    words = said(both[0], samples.CONSTANT, both[1])

    assert "costs 11 tn KRW more, added up over 2027 to 2028: 46.4 tn KRW against 35.1 tn KRW" in words
    assert words.endswith("the difference of the medians, whose Monte Carlo error is at most 1.3 tn KRW).")


def test_a_faster_path_may_also_cost_less():
    cheap = samples.scenario("cheap", [2.42, 2.5, 2.6], reference_scenario="constant", target_year=2027)

    assert " less, added up over" in said(cheap, samples.CONSTANT, samples.RISING)


def test_the_sentence_leads_to_the_table_and_the_two_paths():
    links = {run.link for run in extra_cost(outlooks(*ALL), samples.vocabulary())}

    assert links == {"", "side-by-side", "scenario-fast", "scenario-rising"}


@pytest.mark.parametrize(
    "ensembles",
    [
        (),
        (samples.RISING,),
        (samples.RISING, samples.CONSTANT),
        (samples.RISING, replace(FAST, reference_scenario="")),
        (samples.RISING, replace(FAST, horizon=2029)),
    ],
)
def test_what_cannot_be_compared_is_not(ensembles):
    assert table(*ensembles) is None
    assert said(*ensembles) == ""


def test_of_two_paths_to_one_year_neither_is_faster():
    other = samples.scenario("other", [2.42, 3.0, 3.5], reference_scenario="constant")

    assert table(other, samples.CONSTANT, samples.RISING)
    assert said(other, samples.CONSTANT, samples.RISING) == ""


def test_paths_to_different_targets_are_not_called_faster_or_slower():
    """2 % by 2027 costs less than 3.5 % by 2028, and not because it is fast."""
    lower = replace(FAST, target=2.0)

    assert said(lower, samples.CONSTANT, samples.RISING) == ""
