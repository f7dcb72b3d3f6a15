"""Measures of a small alliance from typed figures: sums done by hand, and what is said where figures lack."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from steelyard.core.problems import CaseError
from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_panel
from steelyard.panel.inputs import Inputs, Quantity
from steelyard.panel.measured import measure_panel
from steelyard.panel.members import members_of

VOCABULARY, _ = load_vocabulary()
HEADING = "actor,measure,item,prices,period,value,unit,status,definition,edition,source"
SPENDING = Quantity("defence_spending", "USD", prices="current")


def row(actor, measure, value, unit, *, year=2024, status="observed", edition="NATO 2024-06", definition=""):
    prices = "current" if unit == "USD" else ""
    return (
        f"{actor},{measure},,{prices},{year},{value},{unit},{status},{definition},{edition},Typed for a test"
    )


def spent(actor, value, **more):
    return row(actor, "defence_spending", value, "USD", definition="nato", **more)


def panel_of(tmp_path, *rows):
    path = tmp_path / "figures.csv"
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")
    panel = load_panel([path], VOCABULARY)
    assert panel.problems == ()
    return panel


def measured(panel, *wanted, members="POL,DEU", years=(2024,), **more):
    return measure_panel(panel, members, years, VOCABULARY, wanted=wanted, **more)


def by_member(found, measure):
    return {one.member: (one.low, one.middle, one.high) for one in found.rows if one.measure == measure}


def test_a_share_is_as_wide_as_the_digits_leave_it(tmp_path):
    """30 and 10 billion, each half a billion either way: 29.5 / (29.5 + 10.5) = 73.75 % at the least."""
    panel = panel_of(tmp_path, spent("POL", "30e9"), spent("DEU", "10e9"))

    low, middle, high = by_member(measured(panel, "spending-share"), "spending-share")["POL"]

    assert middle == pytest.approx(75)
    assert low == pytest.approx(100 * 29.5 / (29.5 + 10.5))
    assert high == pytest.approx(100 * 30.5 / (30.5 + 9.5))


def test_a_burden_ratio_is_share_of_spending_over_share_of_product(tmp_path):
    """75 % of the spending on 60 % of the product is 1.25."""
    panel = panel_of(
        tmp_path,
        *(spent("POL", "30e9"), spent("DEU", "10e9")),
        *(row("POL", "gdp", "600e9", "USD"), row("DEU", "gdp", "400e9", "USD")),
    )

    assert by_member(measured(panel, "burden-ratio"), "burden-ratio")["POL"][1] == pytest.approx(1.25)


def test_each_row_tells_where_its_figures_stand(tmp_path):
    panel = panel_of(tmp_path, spent("POL", "30e9"), spent("DEU", "10e9", status="estimate"))

    poland, germany = measured(panel, "spending").rows

    assert poland.editions == ("NATO 2024-06",)
    assert poland.origin == (f"Typed for a test [{tmp_path / 'figures.csv'}:2]",)
    assert (poland.estimate, germany.estimate) == (False, True)
    assert json.loads(json.dumps(poland.to_json()))["middle"] == 30e9


def test_one_edition_serves_all_members_and_definitions_are_not_mixed(tmp_path):
    """SIPRI has both, NATO one of them: a sum of the two would be of two counts."""
    panel = panel_of(
        tmp_path,
        spent("POL", "30e9"),
        *(
            row(actor, "defence_spending", value, "USD", edition="SIPRI 2026-04", definition="sipri")
            for actor, value in (("POL", "29e9"), ("DEU", "11e9"))
        ),
    )

    found = measured(panel, "spending-share")

    assert {edition for one in found.rows for edition in one.editions} == {"SIPRI 2026-04"}
    asked = measured(panel, "spending", definition="nato")
    assert [(one.member, one.middle) for one in asked.rows] == [("POL", 30e9)]
    assert [problem.code for problem in asked.problems] == ["no-figure"]


def test_what_some_members_lack_is_told_and_the_others_are_measured(tmp_path):
    panel = panel_of(tmp_path, spent("POL", "30e9"), spent("DEU", "10e9"))

    found = measured(panel, "spending-share", members="POL,DEU,ISL")

    assert set(by_member(found, "spending-share")) == {"POL", "DEU"}
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("no-figure", "warning")
    assert "ISL" in problem.message


def test_what_no_member_has_is_refused_and_nothing_is_filled_in(tmp_path):
    found = measured(panel_of(tmp_path, spent("POL", "30e9"), spent("DEU", "10e9")), "per-head")

    assert found.rows == ()
    (problem,) = found.problems
    assert (problem.code, problem.severity) == ("no-figure", "refusal")
    assert "population" in problem.message


@pytest.mark.parametrize(
    ("name", "part"),
    [
        pytest.param("capability", "urban_population, person (for capability)", id="capability"),
        pytest.param(
            "broad-burden", "foreign_aid, USD, current prices (for broad-burden)", id="broad burden"
        ),
        pytest.param("three-cs", "troops_deployed, person (for deployed-share)", id="contributions"),
        pytest.param("concordance-borders", "exposed_border, km", id="borders"),
    ],
)
def test_a_measure_of_which_no_file_gives_a_part_is_refused_with_its_name(tmp_path, name, part):
    found = measured(panel_of(tmp_path, spent("POL", "30e9"), spent("DEU", "10e9")), name)

    assert found.rows == ()
    assert [(problem.code, problem.severity) for problem in found.problems] == [("no-figure", "refusal")]
    assert part in found.problems[0].message


def test_years_at_the_guideline_are_counted_surely_and_possibly(tmp_path):
    """1.99 and 2.01 are sure; 2.0 with one decimal is 1.95 to 2.05."""
    shares = {2021: "1.99", 2022: "2.0", 2023: "2.01"}
    panel = panel_of(
        tmp_path,
        *(
            row("POL", "defence_share_of_gdp", value, "% of GDP", year=year, definition="nato")
            for year, value in shares.items()
        ),
    )

    found = measured(panel, "years-at-guideline", members="POL,DEU", years=tuple(shares))

    assert by_member(found, "years-at-guideline") == {"POL": (1, 2, 2)}


def test_an_estimate_is_as_wide_as_the_next_edition_revised_estimates(tmp_path):
    """NATO's 2.0 % for Poland became 2.2 %, so 3.0 % for Germany may become 3.3 %."""
    share = "defence_share_of_gdp"
    early = {"status": "estimate", "edition": "NATO 2024-06", "definition": "nato"}
    panel = panel_of(
        tmp_path,
        row("POL", share, "2.00", "% of GDP", **early),
        row("DEU", share, "3.00", "% of GDP", **early),
        row("POL", share, "2.20", "% of GDP", edition="NATO 2025-08", definition="nato"),
    )

    inputs = Inputs(panel, ["POL", "DEU"], 2024, edition="NATO 2024-06")
    amounts = inputs.of(Quantity(share, "% of GDP")).amounts(["DEU"])

    assert amounts.high[0] == pytest.approx(3.3)
    assert amounts.low[0] == pytest.approx(2.995)


def test_no_amount_is_below_nothing(tmp_path):
    """Iceland's 0 in SIPRI's tables leaves half a unit open upwards, and nothing below."""
    inputs = Inputs(panel_of(tmp_path, spent("ISL", "0e6")), ["ISL"], 2024)

    amounts = inputs.of(SPENDING).amounts(["ISL"])

    assert (amounts.low[0], amounts.high[0]) == (0, pytest.approx(0.5e6))


def test_p_values_of_several_years_are_corrected(tmp_path):
    rows = [
        row(actor, measure, value, unit, year=year)
        for year in (2023, 2024)
        for actor, product, share in (
            *(("POL", "1e11", "1.1"), ("DEU", "2e11", "1.2"), ("FRA", "3e11", "1.3"), ("ITA", "4e11", "1.4")),
        )
        for measure, value, unit in (("gdp", product, "USD"), ("defence_share_of_gdp", share, "% of GDP"))
    ]

    found = measured(panel_of(tmp_path, *rows), "spearman", members="POL,DEU,FRA,ITA", years=(2023, 2024))
    told = {one.measure: one.middle for one in found.rows if one.member == "all" and one.year == 2023}

    # One of the 24 orders of four puts all in line; Holm doubles the smaller of two.
    assert told["spearman"] == pytest.approx(1)
    assert told["spearman:p"] == pytest.approx(1 / 24)
    assert told["spearman:p-holm"] == pytest.approx(2 / 24)
    assert {one.member for one in found.rows} == {"all", "all but ITA"}


@pytest.mark.parametrize(
    ("alliance", "year", "word"),
    [
        pytest.param("NATA", 2024, "NATO", id="a slip in the name"),
        pytest.param("NATO", 1940, "no member", id="before there were any"),
        pytest.param("KOR", 2024, "list actors", id="a state is no alliance"),
        pytest.param(" , ", 2024, "name an alliance", id="nothing"),
    ],
)
def test_an_alliance_that_there_is_not_is_refused(alliance, year, word):
    with pytest.raises(CaseError, match=word):
        members_of(alliance, year, VOCABULARY)


def test_members_are_those_at_the_end_of_the_year():
    """Finland acceded on 4 April 2023, Sweden on 7 March 2024."""
    members = {year: members_of("NATO", year, VOCABULARY) for year in (2022, 2023, 2024)}

    assert [len(members[year]) for year in members] == [30, 31, 32]
    assert "FIN" in members[2023]
    assert "SWE" not in members[2023]


def test_the_value_of_a_cell_is_an_exact_decimal(tmp_path):
    (one,) = panel_of(tmp_path, spent("POL", "30.5e9")).select(measure="defence_spending")

    assert (one.value, one.low, one.high) == (
        Decimal("30.5e9"),
        Decimal("30.45e9"),
        Decimal("30.55e9"),
    )
