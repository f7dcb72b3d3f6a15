"""What one edition revised of the one before, and how far estimates were off."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.interval import Interval
from steelyard.core.problems import Place
from steelyard.panel.editions import editions_of, estimate_spread, revisions_of
from steelyard.panel.observations import Observation, Panel

OLD, NEW = "SIPRI 2025-04", "SIPRI 2026-04"


def figure(edition, value, half="0.5", year=2024, actor="KOR", **more):
    number = Decimal(value)
    fields = {"measure": "defence_spending", "unit": "KRW", "prices": "current", **more}
    low, high = number - Decimal(half), number + Decimal(half)
    return Observation(
        actor=actor,
        year=year,
        value=number,
        low=low,
        high=high,
        publisher="sipri",
        edition=edition,
        place=Place("f.xlsx", key=f"S!{actor}{year}"),
        **fields,
    )


def revised(*figures):
    (found,) = revisions_of(Panel(figures), "sipri")
    return found


def test_a_revision_tells_both_values_and_what_lies_between_them():
    found = revised(figure(OLD, 64884, status="estimate"), figure(NEW, 64902))

    (row,) = found.rows
    assert (found.earlier, found.later) == (OLD, NEW)
    assert row.change == 18
    assert row.interval == Interval(Decimal(17), Decimal(19))
    assert row.is_more_than_rounding and row.was_estimate


def test_a_difference_within_the_digits_is_no_revision():
    """100 to the whole and 100.4 to the tenth: 100.35 lies within 99.5 to 100.5."""
    (row,) = revised(figure(OLD, 100), figure(NEW, "100.4", "0.05")).rows

    assert not row.is_more_than_rounding
    assert row.change == Decimal("0.4")


@pytest.mark.parametrize(
    "other",
    [
        {"year": 2023},
        {"actor": "JPN"},
        {"unit": "USD"},
        {"prices": "constant:2024"},
        {"fiscal": True},
        {"measure": "gdp"},
        {"item": "equipment"},
        {"definition": "nato"},
    ],
)
def test_only_the_same_figure_is_compared(other):
    assert not revised(figure(OLD, 100), figure(NEW, 110, **other)).rows


def test_constant_prices_of_other_base_years_are_not_compared_and_that_is_said():
    found = revised(figure(OLD, 100, prices="constant:2023"), figure(NEW, 110, prices="constant:2024"))

    assert not found.rows
    (said,) = found.not_compared
    assert "2023" in said and "2024" in said and "base year" in said


def test_amounts_in_another_currency_are_not_compared_and_that_is_said():
    found = revised(figure(OLD, 753, actor="HRV", unit="HRK"), figure(NEW, 100, actor="HRV", unit="EUR"))

    assert found.not_compared == (
        "HRV defence_spending: HRK in SIPRI 2025-04 and EUR in SIPRI 2026-04 are not compared",
    )


@pytest.mark.parametrize(
    ("earlier", "later", "power"),
    [
        pytest.param("2000", "200", -1, id="a tenth"),
        pytest.param("2000", "2010000", 3, id="a thousand times, and half a percent more"),
        pytest.param("2000", "3000", 0, id="half as much again"),
        pytest.param("2000", "2000", 0, id="the same"),
        pytest.param("2000", "400", 0, id="a fifth"),
        pytest.param("0", "400", 0, id="nothing before"),
    ],
)
def test_a_power_of_ten_is_another_unit_rather_than_a_revision(earlier, later, power):
    (row,) = revised(figure(OLD, earlier), figure(NEW, later)).rows

    assert row.power_of_ten == power


def test_editions_stand_in_the_order_in_which_they_came_out():
    """One named by its last year came out after that year: "to 2024" between December 2024 and April 2025."""
    names = ["SIPRI 2026-04", "SIPRI to 2024", "SIPRI 2024-04", "SIPRI 2025-04"]
    panel = Panel(tuple(figure(name, 1) for name in names))

    assert editions_of(panel, "sipri") == ("SIPRI 2024-04", "SIPRI to 2024", "SIPRI 2025-04", "SIPRI 2026-04")


def test_each_edition_is_compared_with_the_one_before():
    found = revisions_of(Panel((figure(NEW, 3), figure("SIPRI 2024-04", 1), figure(OLD, 2))), "sipri")

    assert [(one.earlier, one.later) for one in found] == [("SIPRI 2024-04", OLD), (OLD, NEW)]


# Estimates


def estimates():
    """Estimates of 100, 200 and 50 that became 98, 204 and 50; a firm 10 that became 20; a tenfold unit."""
    return Panel(
        (
            figure(OLD, 100, actor="KOR", status="estimate"),
            figure(NEW, 98, actor="KOR"),
            figure(OLD, 200, actor="JPN", status="estimate"),
            figure(NEW, 204, actor="JPN"),
            figure(OLD, 50, actor="DEU", year=2020, status="estimate"),
            figure(NEW, 50, actor="DEU", year=2020),
            figure(OLD, 10, actor="FRA"),
            figure(NEW, 20, actor="FRA"),
            figure(OLD, 1000, actor="BLR", status="estimate"),
            figure(NEW, 100, actor="BLR"),
            figure(OLD, 0, actor="ISL", status="estimate"),
            figure(NEW, 1, actor="ISL"),
        )
    )


def test_the_spread_goes_from_the_largest_revision_down_to_the_largest_up():
    """98/100 is two percent down, 204/200 two percent up; the third estimate did not change."""
    spread = estimate_spread(estimates(), "sipri", "defence_spending")

    assert spread is not None
    assert spread.relative == Interval(Decimal("-0.02"), Decimal("0.02"))
    assert (spread.count, spread.revised, spread.rescaled) == (3, 2, 1)
    assert (spread.smallest.later.actor, spread.largest.later.actor) == ("KOR", "JPN")


def test_the_newest_years_alone_can_be_asked_for():
    spread = estimate_spread(estimates(), "sipri", "defence_spending", newest=1)

    assert spread is not None and spread.count == 2


@pytest.mark.parametrize(
    ("panel", "publisher", "keys"),
    [
        pytest.param(Panel((figure(OLD, 1, status="estimate"),)), "sipri", {}, id="one edition"),
        pytest.param(Panel((figure(OLD, 1), figure(NEW, 2))), "sipri", {}, id="no estimates"),
        pytest.param(estimates(), "nato", {}, id="another publisher"),
        pytest.param(estimates(), "sipri", {"fiscal": True}, id="nothing of that kind"),
        pytest.param(Panel(()), "sipri", {}, id="nothing at all"),
    ],
)
def test_there_is_no_spread_where_no_two_editions_tell(panel, publisher, keys):
    assert estimate_spread(panel, publisher, "defence_spending", **keys) is None
