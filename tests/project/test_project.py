"""Scenarios from claims to ensembles, held against the world and against the model."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from steelyard.core.claim import Ledger
from steelyard.core.interval import Interval
from steelyard.project import project_scenario
from steelyard.project.drivers import build_economy
from steelyard.project.ensemble import PROBABILITIES
from steelyard.project.errors import cut
from steelyard.project.persistence import lower_root
from steelyard.project.scenario import read_scenario
from tests.project.samples import (
    IN_DOLLARS,
    LEDGER,
    PROPOSED,
    SHARE,
    scenario,
    series,
    standing_alone,
    vocabulary,
)

NAMES = ("constant-share", "linear-2030", "linear-2035")


@pytest.fixture(scope="module")
def ensembles():
    found = {}
    for name in NAMES:
        found[name], problems = project_scenario(scenario(name), LEDGER, vocabulary(), series())
        assert problems == []
    return found


def project(entry, *claims, **keys):
    ensemble, problems = project_scenario(
        entry,
        Ledger(claims) if claims else LEDGER,
        vocabulary(),
        series(),
        draws=keys.pop("draws", 400),
        **keys,
    )
    assert ensemble, [problem.lines() for problem in problems]
    return ensemble


def cell(ensemble, variable, year):
    return next(one for one in ensemble.series(variable) if one.year == year)


# The world


def test_the_articles_own_figures_leave_open_20_41_to_20_73_billion_dollars():
    """46.05 (3.5 / 2.425 - 1) = 20.4139 and 46.15 (3.5 / 2.415 - 1) = 20.7341: the printed 20.8 lies
    outside.
    """
    spending = {**standing_alone().data["base"]["spending"], "unit": "USD"}
    entry = standing_alone(base={"spending": spending})

    gap = project(entry, IN_DOLLARS, SHARE).number("x_static_foreign")

    assert gap.unit == "USD"
    assert (round(gap.low / 1e9, 4), round(gap.high / 1e9, 4)) == (20.4139, 20.7341)
    assert round(gap.value / 1e9, 2) == 20.57
    assert not gap.low <= 20.8e9 <= gap.high


def test_in_won_the_static_gap_is_about_thirty_trillion(ensembles):
    """66.25 (3.5 / 2.425 - 1) = 29.3686 and 66.35 (3.5 / 2.415 - 1) = 29.8094."""
    gap = ensembles["linear-2035"].number("x_static")

    assert (gap.low, gap.high, gap.unit) == (
        pytest.approx(29.3686e12, 1e-5),
        pytest.approx(29.8094e12, 1e-5),
        "KRW",
    )


def test_the_static_gap_is_that_of_today_whatever_the_path(ensembles):
    assert len({ensembles[name].number("x_static").value for name in NAMES}) == 1


def test_the_growth_that_is_needed_follows_the_closed_form(ensembles):
    """From 2.42 to 3.5 % in 9 years is 4.19 % a year on top of real growth of 1.97 %: 1.0419 x 1.0197 =
    1.0624.
    """
    needed = ensembles["linear-2035"].number("needed_real_growth")

    assert needed.value == pytest.approx(6.24, abs=0.02)
    assert needed.low < needed.value < needed.high


# The paths


def test_without_shocks_the_share_is_the_one_planned(ensembles):
    shares = {name: [one.central for one in ensembles[name].series("share")] for name in NAMES}

    assert shares["constant-share"] == pytest.approx([2.42] * 10)
    assert shares["linear-2035"] == pytest.approx([2.42 + 0.12 * t for t in range(10)])
    assert shares["linear-2030"] == pytest.approx([2.42, 2.69, 2.96, 3.23, *[3.5] * 6])


def test_growth_and_prices_are_those_of_the_source(ensembles):
    """WEO October 2025 for 2030 over 2026: 3,127,331.264 / 2,666,360.425 = 1.172884."""
    gdp = {one.year: one.central for one in ensembles["constant-share"].series("gdp")}

    assert gdp[2030] / gdp[2026] == pytest.approx(1.172884, rel=1e-5)
    assert gdp[2026] == pytest.approx(66.3e12 / 0.0242, rel=1e-5)


def test_beyond_the_source_the_assumptions_hold(ensembles):
    """1.9 % of growth and 2.0 % of inflation are 1.019 x 1.02 = 1.03938 a year."""
    gdp = {one.year: one.central for one in ensembles["constant-share"].series("gdp")}

    assert gdp[2035] / gdp[2030] == pytest.approx(1.03938**5, rel=1e-5)


def test_the_base_year_has_no_spread_and_the_fan_opens(ensembles):
    fan = ensembles["linear-2035"].series("spending")

    widths = [one.quantiles[-1] - one.quantiles[0] for one in fan]
    assert widths[0] == 0
    assert fan[0].quantiles[2] == 66.3e12
    assert widths[1] == 0, "the first budget is voted before the first shock"
    assert all(later > earlier for earlier, later in pairwise(widths[1:]))


def test_quantiles_and_boxes_are_in_order(ensembles):
    for ensemble in ensembles.values():
        for one in ensemble.cells:
            assert list(one.quantiles) == sorted(one.quantiles)
            assert one.box[0] <= one.central <= one.box[1]
            for (low, high), value in zip(one.quantile_boxes, one.quantiles, strict=True):
                assert low <= value <= high


def test_rounding_and_shocks_are_kept_apart():
    """Exact claims leave no box, and the fan is as wide as before."""
    rounded = project(scenario())
    exact = project(
        scenario(),
        PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
        SHARE.changed(low=SHARE.value, high=SHARE.value),
    )

    before, after = (cell(one, "spending", 2035) for one in (rounded, exact))
    assert before.quantiles == after.quantiles
    assert after.box == (after.central, after.central)
    assert before.box[0] < before.central < before.box[1]
    assert all(low == high for low, high in after.quantile_boxes)


def test_boxes_hold_the_path_of_every_reading_of_the_claims():
    whole = project(scenario(), draws=200)

    for spending, share in (("66.26e12", "2.424"), ("66.34e12", "2.416"), ("66.31e12", "2.421")):
        point = {key: Decimal(spending) for key in ("value", "low", "high")}
        ratio = {key: Decimal(share) for key in ("value", "low", "high")}
        inside = project(scenario(), PROPOSED.changed(**point), SHARE.changed(**ratio), draws=200)
        for outer, inner in zip(whole.cells, inside.cells, strict=True):
            slack = 1e-5 * max(map(abs, outer.box))
            assert outer.box[0] - slack <= inner.central <= outer.box[1] + slack, (outer.variable, outer.year)


def test_the_sooner_path_costs_more_and_reaches_earlier(ensembles):
    early, late, none = (ensembles[name] for name in ("linear-2030", "linear-2035", "constant-share"))

    totals = [cell(one, "extra_cumulative", 2035).quantiles[2] for one in (early, late, none)]
    assert totals[0] > totals[1] > 100e12 > totals[2]
    chances = {name: {one.year: one.value for one in ensembles[name].reach} for name in NAMES}
    assert chances["linear-2030"][2030] > 0.4
    assert chances["linear-2035"][2030] == 0
    assert max(chances["constant-share"].values()) == 0


def test_a_target_once_reached_stays_reached(ensembles):
    for ensemble in ensembles.values():
        chances = [one.value for one in ensemble.reach]
        assert chances == sorted(chances)
        assert all(one.kept <= one.value and one.low <= one.value <= one.high for one in ensemble.reach)


def test_the_target_year_is_a_toss_where_the_budget_is_voted_on_a_forecast(ensembles):
    """b* E[Y] exceeds b* Y about every second time: a little more often, for a mean lies above its median."""
    kept = ensembles["linear-2035"].reach[-1].kept

    assert 0.49 < kept < 0.53


def test_needing_more_is_always_one_of_three_named_quantities(ensembles):
    early = ensembles["linear-2030"]

    static, annual, total = (early.number(name) for name in ("x_static", "x_annual", "x_cumulative"))
    assert static.value < annual.value < total.value
    assert (annual.year, total.year) == (2030, 2030)
    assert static.quantiles == ()
    assert len(annual.quantiles) == len(PROBABILITIES)


def test_the_dollar_path_starts_at_the_rate_that_the_scenario_names(ensembles):
    """66.3 trillion won at the Federal Reserve's 1,421.3963 of 2025 are 46.6443 billion dollars."""
    first = cell(ensembles["linear-2035"], "spending_foreign", 2026)

    assert (first.unit, first.central) == ("USD", pytest.approx(46.6443e9, rel=1e-5))


def test_a_claim_in_dollars_starts_the_same_model_at_the_same_rate():
    spending = {**standing_alone().data["base"]["spending"], "unit": "USD"}

    ensemble = project(standing_alone(base={"spending": spending}), IN_DOLLARS, SHARE)

    assert cell(ensemble, "spending_foreign", 2026).central == pytest.approx(46.1e9)
    assert cell(ensemble, "spending", 2026).central == pytest.approx(46.1e9 * 1421.3963, rel=1e-5)


def test_every_rule_can_be_named_by_a_scenario():
    rules = [
        {"kind": "geometric-share"},
        {"kind": "curved-share", "power": 2},
        {"kind": "listed-share", "shares": [f"{2.5 + t / 10:.1f} %" for t in range(9)]},
        {"kind": "real-growth", "growth": ["4 %"]},
        {"kind": "nominal-steps", "growth": ["7.5 %"]},
    ]
    for rule in rules:
        ensemble = project(standing_alone(rule=rule), draws=40)
        assert ensemble.origin(f"equation:{rule['kind']}")


# What is said with the numbers


def test_every_number_rests_on_origins_that_are_listed(ensembles):
    for ensemble in ensembles.values():
        known = {origin.id for origin in ensemble.origins}
        for one in (*ensemble.cells, *ensemble.headline):
            assert one.inputs, one
            assert set(one.inputs) <= known
            assert one.equation


def test_origins_name_claims_parameters_with_layer_series_seed_and_draws(ensembles):
    ensemble = ensembles["linear-2035"]

    parameter = ensemble.origin("parameter:kor-defence-share-target@nds-2026@2026-01-23/..")
    assert (parameter.value, parameter.layer) == ("3.5 %", "nds-2026")
    assert ensemble.origin("claim:won").value == "66.3 trillion won"
    assert ensemble.origin("draws:20260124:10000")
    gdp = ensemble.origin("series:KOR/gdp/current/WEO 2025-10")
    assert gdp.reference["title"].startswith("IMF, World Economic Outlook")


def test_every_assumption_is_listed_with_its_reason(ensembles):
    rows = {row["variable"]: row for row in ensembles["linear-2030"].assumptions}

    assert {"real_growth", "inflation", "real_exchange_rate", "exchange_rate", "target_year", "gdp"} <= set(
        rows
    )
    assert "2030 is the end" in rows["target_year"]["reason"]
    assert rows["gdp"]["value"] == "implied GDP"
    assert all(row["reason"] for row in rows.values())


def test_an_assumption_goes_before_the_series_and_is_told():
    slow = {"variable": "real_growth", "from": 2027, "to": 2035, "value": "0 %", "reason": "a lost decade"}
    kept = [dict(one) for one in standing_alone().data["assumptions"] if one["variable"] != "real_growth"]

    ensemble = project(standing_alone(assumptions=[*kept, slow]))

    growth = cell(ensemble, "gdp", 2027).central / cell(ensemble, "gdp", 2026).central
    assert growth == pytest.approx(115.410 / 113.218, rel=2e-4)
    assert "a lost decade" in {row["reason"] for row in ensemble.assumptions}


def test_json_has_the_form_that_the_contract_promises(ensembles):
    data = json.loads(json.dumps(ensembles["linear-2035"].to_json(), allow_nan=False))

    assert {"scenario", "series", "headline"} <= set(data)
    for one in data["series"]:
        assert {"variable", "unit", "year", "quantiles", "box", "origin"} <= set(one)
        assert list(one["quantiles"]) == ["0.05", "0.25", "0.5", "0.75", "0.95"]
        assert set(one["box"]) == {"low", "high"}


def test_rows_are_flat_and_one_a_cell(ensembles):
    ensemble = ensembles["linear-2035"]

    rows = ensemble.rows()

    assert len(rows) == len(ensemble.cells)
    assert list(rows[0])[:9] == ["scenario", "variable", "unit", "year", "q5", "q25", "q50", "q75", "q95"]
    assert all(not isinstance(value, (dict, list, tuple)) for row in rows for value in row.values())


def test_more_draws_show_more_digits_and_no_draws_change_the_box():
    few, many = project(scenario(), draws=100), project(scenario(), draws=6400)

    coarse, fine = (cell(one, "spending", 2035) for one in (few, many))
    assert coarse.box == fine.box
    assert len(f"{coarse.quantiles[2]:.0f}".rstrip("0")) <= len(f"{fine.quantiles[2]:.0f}".rstrip("0"))


@pytest.mark.parametrize(
    ("value", "error", "shown"),
    [
        (136_412_345_678_901.0, 0.0, 136_412_000_000_000.0),
        (136_412_345_678_901.0, 2.1e11, 136_400_000_000_000.0),
        (0.5031, 0.005, 0.503),
        (-1234.5678, 0.0, -1234.57),
        (0.0, 1.0, 0.0),
        (3.0, 40.0, 0.0),
    ],
)
def test_digits_that_sampling_makes_meaningless_are_not_printed(value, error, shown):
    assert cut(value, error) == shown


def test_another_seed_moves_the_numbers_by_no_more_than_their_sampling_error(ensembles):
    other = project(scenario(), draws=10_000, seed=99)

    mine, theirs = (cell(one, "spending", 2035).quantiles[2] for one in (ensembles["linear-2035"], other))
    assert (
        theirs != mine
        or cell(other, "spending", 2035).quantiles
        != cell(ensembles["linear-2035"], "spending", 2035).quantiles
    )
    assert theirs == pytest.approx(mine, rel=0.01)


# The economy behind it


def test_the_root_of_a_covariance_multiplies_back():
    """[[4, 2], [2, 5]] = C C' with C = [[2, 0], [1, 2]]."""
    assert lower_root([[4, 2], [2, 5]]) == [[2, 0], [1, 2]]
    assert lower_root([[1, 1], [1, 1]]) is None


def test_shocks_come_from_the_window_by_least_squares():
    """Growth of South Korea in 2001 to 2024, regressed by hand on its own last year."""
    from math import log

    whole, _ = read_scenario(scenario(), vocabulary())
    economy, problems = build_economy(whole, series())
    real = next(one for one in series() if one.fits({"actor": "KOR", "prices": "constant:2020"}))
    growth = [log(real.at(year).value / real.at(year - 1).value) for year in range(2001, 2025)]
    mean = sum(growth) / 24
    before, now = [x - mean for x in growth[:-1]], [x - mean for x in growth[1:]]
    slope = sum(a * b for a, b in zip(before, now, strict=True)) / sum(a * a for a in before)
    left = [b - slope * a for a, b in zip(before, now, strict=True)]

    assert problems == []
    assert economy.shocks.persistence[0][0] == pytest.approx(slope)
    assert economy.shocks.root[0][0] ** 2 == pytest.approx(sum(x * x for x in left) / 21)


def test_series_that_move_as_one_give_no_covariance():
    """Where prices never move, inflation has no shocks to learn from."""
    flat = []
    for one in series():
        twin = next(
            (x for x in series() if (x.actor, x.measure) == (one.actor, one.measure) and x is not one), one
        )
        flat.append(replace(one, points=twin.points) if one.prices == "current" else one)

    ensemble, problems = project_scenario(scenario(), LEDGER, vocabulary(), flat)

    assert ensemble is None
    assert [problem.code for problem in problems] == ["bad-covariance"]


def test_intervals_of_the_static_gap_need_no_float():
    from steelyard.project.base import Amount, Base
    from steelyard.project.headlines import static_gap

    base = Base(
        Amount(IN_DOLLARS.interval, IN_DOLLARS.value, "USD", (IN_DOLLARS,)),
        Amount(SHARE.interval, SHARE.value, "% of GDP", (SHARE,)),
    )

    gap = static_gap(base, Decimal("3.5"))

    assert gap in Interval(Decimal("20.4139e9"), Decimal("20.7342e9"))
