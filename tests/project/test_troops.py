"""Floors for an ally's troops as law: which is kept or broken in which year, and what keeping them costs."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.project import project_scenario
from tests.project.samples import LEDGER, scenario, series, vocabulary

REFERENCE = {"title": "A count", "publisher": "A ministry", "date": date(2025, 1, 1)}
ACT = "National Defense Authorization Act for Fiscal Year 2026"


def level(number, first=2026, **keys):
    return {"from": first, "value": f"{number} troops", "reason": "a what-if", **keys}


def project(*levels, cost=None, draws=50, **changes):
    table = {
        "id": "usfk",
        "label": "American forces in Korea",
        "floor": "usa-troop-floor-in-korea",
        "levels": list(levels),
        **({} if cost is None else {"cost": cost}),
    }
    entry = scenario("linear-2035", troops=[table], **changes)
    return project_scenario(entry, LEDGER, vocabulary(), series(), draws=draws)


def rows(ensemble):
    return {row["year"]: row for row in ensemble.troop_floors}


def test_as_many_as_the_law_asks_for_keep_it():
    ensemble, problems = project(level(28500))

    assert problems == []
    row = rows(ensemble)[2026]
    assert (row["verdict"], row["floor"], row["instrument"]) == ("kept", 28500, ACT)


def test_one_soldier_fewer_breaks_the_law_by_name_with_its_own_way_out():
    ensemble, (problem,) = project(level(28499))

    assert rows(ensemble)[2026]["verdict"] == "broken"
    assert (problem.code, problem.severity) == ("below-floor", "warning")
    assert problem.message == (
        f"American forces in Korea: 28,499 in 2026 goes below the 28,500 of {ACT}, a funding condition. "
        "It holds until 2026-09-30."
    )
    assert "60 days after the Secretary of Defense certifies" in problem.hint
    assert rows(ensemble)[2026]["waiver"] in problem.hint


def test_after_the_law_has_run_out_nothing_is_said_to_be_kept_or_broken():
    """Money of the fiscal year 2026 ends with September 2026; a law for 2027 is not known."""
    ensemble, problems = project(level(28500), level(10000, 2027))

    assert problems == []
    later = rows(ensemble)[2027]
    assert (later["verdict"], later["floor"], later["instrument"]) == ("no law known", None, None)
    assert later["low"] == 10000


def test_a_printed_number_may_lie_on_either_side():
    """28,000 in a source leaves 27,500 to 28,500 open; a number with a mere reason is what it says."""
    ensemble, (problem,) = project({"from": 2026, "value": "28000 troops", "reference": REFERENCE})

    assert rows(ensemble)[2026]["verdict"] == "open"
    assert (rows(ensemble)[2026]["low"], rows(ensemble)[2026]["high"]) == (27500, 28500)
    assert "may go below" in problem.message


def test_each_law_counts_in_the_years_in_which_it_holds():
    """A scenario that starts in 2020 with 25,000 breaks the laws for 2020 and 2021, not the one for 2019."""
    from steelyard.project.scenario import read_scenario
    from steelyard.project.sourced import Sources
    from steelyard.project.troops import laws_of, verdict

    whole, _ = read_scenario(scenario("linear-2035"), vocabulary())
    laws, problems = laws_of("usa-troop-floor-in-korea", Sources(whole, vocabulary(), []))

    assert problems == []
    floors = {
        year: [int(law.value.interval.low) for law in laws if law.holds_in(year)]
        for year in range(2018, 2028)
    }
    assert floors == {
        2018: [22000],
        2019: [22000, 28500],
        2020: [28500],
        2021: [28500],
        2022: [],
        2023: [],
        2024: [],
        2025: [28500],
        2026: [28500],
        2027: [],
    }
    assert verdict(laws[0].value.interval, laws[1].value.interval.low) == "broken"


def test_a_scenario_may_lay_a_law_over_those_that_there_are():
    next_law = {
        "parameter": "usa-troop-floor-in-korea",
        "from": "2026-10-01",
        "to": "2027-09-30",
        "value": "25000 troops",
        "reason": "as the House would have it",
        "instrument": "the bill of the House",
    }

    ensemble, (problem,) = project(level(28500), level(24000, 2027), sets=[next_law])

    assert rows(ensemble)[2027]["verdict"] == "broken"
    assert "24,000 in 2027 goes below the 25,000" in problem.message
    assert problem.hint == "The law names no way out."


# What it costs


def money(low, high=None):
    return {"low": f"{low} USD", "high": f"{high or low} USD", "exact": True, "reference": REFERENCE}


def test_the_cost_of_keeping_them_is_the_sum_of_three_parts_at_prices_and_rate():
    """28,500 times 100,000 + 60,000 + 40,000 dollars are 5.7 billion: 8.102 trillion won at 1,421.4."""
    cost = {"direct": money(100_000), "indirect": money(60_000), "overhead": money(40_000)}

    ensemble, problems = project(level(28500), cost=cost)

    assert problems == []
    cells = {cell.year: cell for cell in ensemble.series("troop_cost:usfk")}
    assert cells[2026].central == pytest.approx(5.7e9 * 1421.4, rel=1e-5)
    assert cells[2027].quantiles[0] < cells[2027].quantiles[-1], "the rate moves it"


def test_what_a_part_of_the_cost_leaves_open_is_shown_at_both_ends():
    cost = {"direct": money(100_000, 120_000), "indirect": money(60_000), "overhead": money(40_000)}

    ensemble, _ = project(level(10000), cost=cost)

    cell = ensemble.series("troop_cost:usfk")[0]
    assert (cell.central, *cell.box) == pytest.approx(
        (2.1e9 * 1421.4, 2.0e9 * 1421.4, 2.2e9 * 1421.4), rel=1e-5
    )


def test_a_cost_without_one_of_its_parts_is_refused_by_name():
    ensemble, (problem,) = project(level(28500), cost={"direct": money(100_000)})

    assert (problem.code, problem.severity) == ("not-priced", "refusal")
    assert "indirect, overhead" in problem.hint
    assert "troop_cost:usfk" not in ensemble.variables
    assert "troops:usfk" in ensemble.variables


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        pytest.param([level(28500, 2030)], "missing-year", id="silent on the base year"),
        pytest.param([{"from": 2026, "value": "28500 troops"}], "missing-key", id="no reason"),
        pytest.param([level(28500, value="25 bn USD")], "unit-mismatch", id="money for troops"),
        pytest.param([level(28500, value="-5 troops")], "limit-range", id="fewer than none"),
        pytest.param([{"from": 2026, "reason": "x"}], "limit-source", id="no number"),
    ],
)
def test_a_faulty_number_is_told_with_a_remedy(levels, code):
    ensemble, problems = project(*levels)

    assert code in {problem.code for problem in problems}
    assert all(problem.hint and problem.origin.file for problem in problems)
    assert ensemble is None or not any(one.startswith("troops") for one in ensemble.variables)


def test_two_entries_of_one_name_are_told():
    table = {"id": "usfk", "label": "x", "floor": "usa-troop-floor-in-korea", "levels": [level(28500)]}
    entry = scenario("linear-2035", troops=[table, table])

    ensemble, problems = project_scenario(entry, LEDGER, vocabulary(), series(), draws=20)

    assert ensemble is None
    assert [problem.code for problem in problems] == ["duplicate-id"]


def own_floor(**keys):
    setting = {"parameter": "usa-troop-floor-in-korea", "value": "20000 troops", "reason": "a what-if"}
    return {**setting, "from": "2030-01-01", "to": "2030-12-31", **keys}


def test_a_floor_of_the_scenario_without_an_instrument_is_called_no_law():
    ensemble, (problem,) = project(level(28500), level(19000, 2030), sets=[own_floor()])

    assert problem.message == (
        "American forces in Korea: 19,000 in 2030 goes below the 20,000 that 'linear-2035' sets until "
        "2030-12-31; no instrument is named."
    )
    assert "law" not in problem.message
    assert rows(ensemble)[2030]["instrument"] is None


def test_a_floor_of_the_scenario_may_name_its_instrument_and_force():
    keys = {"instrument": "A bill", "force": "prohibition", "status": "floor", "waiver": "none yet"}

    ensemble, (problem,) = project(level(28500), level(19000, 2030), sets=[own_floor(**keys)])

    assert "the 20,000 of A bill, a prohibition." in problem.message
    assert (rows(ensemble)[2030]["instrument"], rows(ensemble)[2030]["force"]) == ("A bill", "prohibition")
