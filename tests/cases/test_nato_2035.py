"""What the path to 3.5 % takes of members of NATO, worked out by hand from the figures that the case states.

GDP of 2024 is spending divided by its share. It grows as the World Economic Outlook says until 2030, and from
2031 to 2035 as in 2030, so that for Germany, in billions of euros:

    90.586 / 2.12 %                                    = 4,272.92 in 2024
    4,272.92 x 5,184.801 / 4,328.97                    = 5,117.65 in 2030 (x 1.19770)
    5,117.65 x (5,184.801 / 5,037.798)^5               = 5,909.2  in 2035 (x 1.15467)
    (3.5 - 2.12) % x 5,909.2                           = 81.55    more in 2035

Canada, in billions of dollars of its own: 2,993.58 x 1.26147 x 1.23452 = 4,661.9, of which 2.13 % is 99.30.
The United States, in billions of dollars: 28,630.4 x 1.25654 x 1.19699 = 43,062, of which 0.12 % is 51.67.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from steelyard.case import load_case
from steelyard.check import check_ledger
from steelyard.gather import gather_case
from steelyard.project import project_scenario
from steelyard.report.members import REACHED, SHORT, members_among, reached

FOLDER = Path(__file__).resolve().parents[2] / "cases" / "nato-2035"
BILLION = 10**9


@cache
def gathered():
    case, problems = load_case(FOLDER)
    assert problems == []
    return case, gather_case(case)


@cache
def path_of(member):
    """The path of one member, with few draws: what is held here is without shocks."""
    case, read = gathered()
    entry = case.vocabulary.entry("scenarios", f"linear-2035-{member}")
    ensemble, problems = project_scenario(entry, read.ledger, case.vocabulary, case.series, draws=40)
    assert [problem.code for problem in problems] == ["gdp-vintage"]
    return ensemble


def central(ensemble, variable, year):
    (cell,) = [cell for cell in ensemble.series(variable) if cell.year == year]
    return cell.central


@pytest.mark.parametrize(
    ("member", "extra", "currency"),
    [
        pytest.param("deu", 81.547, "EUR", id="Germany"),
        pytest.param("can", 99.299, "CAD", id="Canada"),
        pytest.param("usa", 51.675, "USD", id="United States"),
    ],
)
def test_the_extra_cost_in_2035_is_the_gap_times_gdp(member, extra, currency):
    found = path_of(member)

    assert found.number("x_annual").unit == currency
    assert central(found, "needed", 2035) / BILLION == pytest.approx(extra, rel=1e-4)
    assert central(found, "share", 2035) == pytest.approx(3.5)


@pytest.mark.parametrize(
    ("member", "growth"),
    [
        # Germany: (3.5 / 2.12)^(1/11) is 1.046633; GDP grows by 1.05591 until 2030 and by 1.03443 until 2035,
        # 0.8055 % a year: 1.046633 x 1.008055 = 1.055064.
        pytest.param("deu", 5.506, id="Germany"),
        # Estonia: 1.001839 x 1.016211; Turkey: 1.047991 x 1.037653.
        pytest.param("est", 1.808, id="Estonia, nearly there"),
        pytest.param("tur", 8.745, id="Turkey"),
    ],
)
def test_the_needed_growth_is_that_of_the_share_times_that_of_gdp(member, growth):
    """1 + r = (b* / b0)^(1/n) (1 + g), with n the eleven years from 2024 to 2035."""
    number = path_of(member).number("needed_real_growth")

    assert number.value == pytest.approx(growth, abs=0.001)
    assert (number.unit, number.year) == ("%", 2035)


def test_only_poland_met_the_target_in_2024_and_keeps_its_share():
    """4.12 % against 3.5 %; Estonia had 3.43 % and the United States 3.38 %."""
    assert reached(path_of("pol")) == REACHED
    assert [reached(path_of(member)) for member in ("est", "usa")] == [SHORT, SHORT]
    assert central(path_of("pol"), "share", 2035) == pytest.approx(4.12)
    assert central(path_of("pol"), "extra_cumulative", 2035) == pytest.approx(0, abs=1)


def test_every_member_but_iceland_has_a_path():
    case, _ = gathered()
    names = case.vocabulary.entries("scenarios")

    assert len(names) == 31
    assert "linear-2035-isl" not in names
    assert {"linear-2035-swe", "linear-2035-fin", "linear-2035-mkd"} <= set(names)


def test_who_is_left_out_is_said_with_the_reason():
    case, _ = gathered()
    (members,) = members_among([path_of("deu"), path_of("usa")], case.vocabulary)

    assert members.left_out().startswith("Left out: Iceland. It has no armed forces")
    assert members.currency == "USD"
    assert [members.amount(one, "x_annual").unit for one in members.ensembles] == ["USD", "USD"]


def test_a_growth_without_the_fund_does_not_fit_a_sum_with_it():
    """108.2 over 62.4 billion euros is 73.40 % more; 82.69 over 62.4 is 32.52 %, printed as 32.5 %."""
    case, read = gathered()
    findings, _ = check_ledger(read.ledger, case.vocabulary)
    verdicts = {
        verdict: [[claim.quote for claim in one.claims] for one in findings if one.verdict == verdict]
        for verdict in ("contradicted", "reconciled", "corroborated")
    }

    assert verdicts["contradicted"] == [["108.2 billion euros", "32.5%", "62.4 billion euros"]]
    assert ["2.12", "2.00% of GDP"] in verdicts["reconciled"]
    assert ["82.69 billion euros", "32.5%", "62.4 billion euros"] in verdicts["corroborated"]
