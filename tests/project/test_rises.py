"""A plan by claimed growth: which claims make a step, what they leave open, and what is refused."""

from __future__ import annotations

import json
from datetime import date

import pytest

from steelyard.core.claim import Claim, Ledger
from steelyard.project import project_scenario
from steelyard.project.why import chain_of, find_cell
from tests.project.samples import (
    CASE,
    PROPOSED,
    SHARE,
    claim,
    scenario,
    series,
    standing_alone,
    vocabulary,
    with_entries,
)

REFERENCE = {"title": "Medium-term plan", "publisher": "A ministry", "date": date(2026, 1, 5)}
STEPS = {"measure": "defence_spending", "status": ["proposed"]}
RULE = {"kind": "claimed-steps", "steps": STEPS}
EXACT = (
    PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
    SHARE.changed(low=SHARE.value, high=SHARE.value),
)


def growth(quote, low, high, period, **keys):
    keys = {"statistic": "growth", "status": "proposed", "period": period, "id": f"growth-{period}", **keys}
    return claim(quote, "defence_spending", low, high, "%", **keys)


FIRST = growth("8.2%", "8.15", "8.25", "2027", baseline="2026")
SECOND = growth("7.5%", "7.45", "7.55", "2028")


def project(*claims, base=EXACT, rule=RULE, horizon=2028, draws=100, **changes):
    target = {"by": horizon, "reason": "as far as claims go"}
    entry = standing_alone(rule=rule, horizon=horizon, target=target, **changes)
    return project_scenario(entry, Ledger((*base, *claims)), vocabulary(), series(), draws=draws)


def projected(*claims, **keys):
    ensemble, problems = project(*claims, **keys)
    assert problems == []
    return ensemble


def cells(ensemble, variable="spending"):
    return {cell.year: cell for cell in ensemble.series(variable)}


def test_each_year_rises_by_the_growth_that_its_claim_gives():
    """66.3 x 1.082 = 71.7366, and that times 1.075 = 77.116845 trillion won."""
    spent = cells(projected(FIRST, SECOND))

    assert spent[2027].central == pytest.approx(71.7366e12, rel=1e-6)
    assert spent[2028].central == pytest.approx(77.116845e12, rel=1e-5)


def test_what_rounding_leaves_open_of_each_claim_is_in_the_box():
    """66.3 x 1.0815 x 1.0745 and 66.3 x 1.0825 x 1.0755: 77.0454 to 77.1884."""
    spent = cells(projected(FIRST, SECOND))

    assert spent[2027].box == pytest.approx((66.3e12 * 1.0815, 66.3e12 * 1.0825), rel=1e-5)
    assert spent[2028].box == pytest.approx((77.04536e12, 77.18837e12), rel=2e-6)
    assert spent[2028].quantile_boxes[2] == pytest.approx(spent[2028].box)


def test_what_the_base_year_leaves_open_comes_on_top():
    spent = cells(projected(FIRST, SECOND, base=(PROPOSED, SHARE)))

    ends = (66.25e12 * 1.0815 * 1.0745, 66.35e12 * 1.0825 * 1.0755)
    assert spent[2028].box == pytest.approx(ends, rel=1e-5)


def test_a_fall_is_one_whether_it_has_a_sign_or_a_word():
    """66.3 x 0.98 = 64.974 trillion won."""
    for low, high, direction in (("1.95", "2.05", "down"), ("-2.05", "-1.95", "down")):
        fall = growth("2.0%", low, high, "2027", direction=direction)

        spent = cells(projected(fall, horizon=2027))

        assert spent[2027].central == pytest.approx(64.974e12, rel=1e-6)
        assert spent[2027].box == pytest.approx((66.3e12 * 0.9795, 66.3e12 * 0.9805), rel=1e-5)


def test_the_status_asked_for_chooses_between_proposal_and_law():
    """Enacted 7.5 %: 66.3 x 1.075 = 71.2725."""
    enacted = growth("7.5%", "7.45", "7.55", "2027", status="enacted", id="law")
    rule = {"kind": "claimed-steps", "steps": {**STEPS, "status": ["enacted"]}}

    spent = cells(projected(FIRST, enacted, rule=rule, horizon=2027))

    assert spent[2027].central == pytest.approx(71.2725e12, rel=1e-6)


def test_claims_that_disagree_leave_all_of_it_open_and_are_told():
    """7.45 to 8.25 %, and not one number half way that nobody has claimed."""
    other = growth("7.5%", "7.45", "7.55", "2027", id="other", confidence=0.9)

    ensemble, (problem,) = project(FIRST, other, horizon=2027)

    spent = cells(ensemble)[2027]
    assert (problem.code, problem.severity) == ("base-dispute", "warning")
    assert "growth of spending in 2027" in problem.message
    assert spent.central == pytest.approx(66.3e12 * 1.082, rel=1e-6)
    assert spent.box == pytest.approx((66.3e12 * 1.0745, 66.3e12 * 1.0825), rel=1e-5)


def test_years_after_the_last_claim_go_on_as_the_scenario_says():
    """3 % a year after 2028, written with a reason, is what it says: 77.116845 x 1.03 x 1.03."""
    rule = {**RULE, "later": {"value": "3 %", "reason": "as its plan has it on average"}}

    ensemble = projected(FIRST, SECOND, rule=rule, horizon=2030)

    assert cells(ensemble)[2030].central == pytest.approx(77.116845e12 * 1.0609, rel=1e-5)
    row = next(row for row in ensemble.assumptions if "growth of spending" in row["variable"])
    assert (row["from"], row["to"], row["value"]) == (2029, 2030, "3 %")
    assert row["reason"] == "as its plan has it on average"


def test_later_growth_with_a_source_keeps_what_its_numbers_leave_open():
    """2.0 to 4.0 % leaves 1.95 to 4.05 % open: 77.0454 x 1.0195 and 77.1884 x 1.0405."""
    rule = {**RULE, "later": {"low": "2.0 %", "high": "4.0 %", "reference": REFERENCE}}

    spent = cells(projected(FIRST, SECOND, rule=rule, horizon=2029))

    assert spent[2029].box == pytest.approx((77.04536e12 * 1.0195, 77.18837e12 * 1.0405), rel=1e-5)


# What it rests on


def test_the_claims_are_among_what_a_number_rests_on():
    ensemble = projected(FIRST, SECOND)
    asked, _ = find_cell("won 2028 p50", ensemble, vocabulary())

    chain = chain_of(ensemble, asked)

    known = {origin.id: origin for origin in chain.origins}
    assert known["claim:growth-2027"].value == "8.2%"
    assert known["claim:growth-2027"].reference["document"] == "budget.txt"
    assert {"claim:growth-2028", "equation:claimed-steps"} <= set(known)
    assert chain.box == pytest.approx((77.04536e12, 77.18837e12), rel=2e-6)


def test_each_claim_swings_alone():
    """In 2028, 66.3 x 1.0815 x 1.075 to 66.3 x 1.0825 x 1.075."""
    rows = [row for row in projected(FIRST, SECOND).swings if row["headline"] == "spending_target_year"]

    moved = {row["input"]: row for row in rows}
    first = moved["growth of spending in 2027"]
    ends = (66.3e12 * 1.0815 * 1.075, 66.3e12 * 1.0825 * 1.075)
    assert (first["low"], first["high"]) == pytest.approx(ends, rel=1e-5)
    assert first["claims"] == ["claim:growth-2027"]
    assert set(moved) == {"growth of spending in 2027", "growth of spending in 2028"}


def test_all_that_is_left_open_of_spending_is_owed_to_the_claims():
    """In won no draw of the economy moves a plan in nominal steps; the index is estimated, to 0.01 or so."""
    rows = {
        row["group"]: row["total"]
        for row in projected(FIRST, SECOND).sensitivity
        if (row["over"], row["variable"], row["year"]) == ("draws-and-box", "spending", 2028)
    }

    assert rows["claims"] == pytest.approx(1.0, abs=0.02)
    assert all(total == 0 for group, total in rows.items() if group != "claims")


def test_a_reference_by_the_same_claims_moves_with_them():
    """Against the same plan nothing is left of what the claims leave open."""
    same = standing_alone(rule=RULE, horizon=2028, target={"by": 2028, "reason": "x"})
    own = scenario(rule=RULE, reference_scenario="constant-share")

    ensemble, problems = project_scenario(
        own, Ledger((*EXACT, FIRST, SECOND)), with_entries(same), series(), draws=100
    )

    assert problems == []
    assert cells(ensemble, "difference")[2028].box == (0, 0)


def test_a_reference_by_other_claims_moves_for_itself():
    """Proposed 8.15 to 8.25 % less enacted 7.45 to 7.55: 0.6 to 0.8 % of 66.3 trillion, 0.3978 to 0.5304."""
    law = growth("7.5%", "7.45", "7.55", "2027", status="enacted", id="law")
    changes = {"horizon": 2027, "target": {"by": 2027, "reason": "x"}}
    enacted = {"kind": "claimed-steps", "steps": {**STEPS, "status": ["enacted"]}}
    other = standing_alone(rule=enacted, **changes)
    own = scenario(rule=RULE, reference_scenario="constant-share")

    ensemble, problems = project_scenario(
        own, Ledger((*EXACT, FIRST, law)), with_entries(other), series(), draws=100
    )

    assert problems == []
    assert cells(ensemble, "difference")[2027].box == pytest.approx((0.3978e12, 0.5304e12), rel=1e-4)


# Refusals and faults


def test_a_year_without_a_claim_is_refused_by_the_claim_that_would_lift_it():
    ensemble, (problem,) = project(FIRST, horizon=2030)

    assert ensemble is None
    assert (problem.code, problem.severity) == ("missing-step-claim", "refusal")
    assert "growth of Defence spending of South Korea in 2028 to 2030 (proposed)" in problem.message
    assert "A claim of defence_spending for KOR, 2028, growth, in %" in problem.hint
    assert "2029, 2030" in problem.hint
    assert "rule.later" in problem.hint


def test_a_gap_between_two_claims_is_refused_even_if_later_years_are_settled():
    rule = {**RULE, "later": {"value": "3 %", "reason": "x"}}
    third = growth("7.0%", "6.95", "7.05", "2029")

    ensemble, (problem,) = project(FIRST, third, rule=rule, horizon=2032)

    assert ensemble is None
    assert "KOR, 2028, growth" in problem.hint
    assert "2030" not in problem.message


def test_no_claim_at_all_is_no_plan_by_claims():
    rule = {**RULE, "later": {"value": "3 %", "reason": "x"}}

    ensemble, (problem,) = project(rule=rule)

    assert ensemble is None
    assert "2027, 2028" in problem.message


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"prices": "constant"}, id="growth in real terms"),
        pytest.param({"baseline": "2024"}, id="growth since long ago"),
        pytest.param({"baseline": "2020/2026"}, id="growth since several years"),
        pytest.param({"status": "enacted"}, id="another status"),
        pytest.param({"actor": "JPN"}, id="another country"),
        pytest.param({"item": "force_enhancement"}, id="a part of the budget"),
        pytest.param({"aggregation": "average"}, id="an average"),
        pytest.param({"negated": True}, id="denied"),
        pytest.param({"high": None}, id="at least"),
        pytest.param({"unit": "percentage point"}, id="points"),
        pytest.param({"statistic": "change"}, id="a change"),
        pytest.param({"period": "2027/2030"}, id="several years"),
    ],
)
def test_a_claim_of_something_else_is_no_step(changes):
    ensemble, (problem,) = project(FIRST.changed(**changes), horizon=2027)

    assert ensemble is None
    assert problem.code == "missing-step-claim"


def test_a_claim_that_comes_near_is_named_with_what_keeps_it_out():
    _, (problem,) = project(FIRST.changed(status="enacted", prices="constant"), horizon=2027)

    assert "'8.2%' for 2027 (enacted, since 2026, constant prices, %)" in problem.hint


def test_growth_of_another_perimeter_is_refused():
    spending = EXACT[0].changed(definition="national:KR:mnd")

    ensemble, problems = project(FIRST.changed(definition="nato"), base=(spending, EXACT[1]), horizon=2027)

    assert ensemble is None
    assert [(one.code, one.severity) for one in problems] == [("base-perimeter", "refusal")]
    assert "2027" in problems[0].message


def test_growth_that_leaves_nothing_is_told():
    ensemble, problems = project(growth("-100%", "-100.5", "-99.5", "2027"), horizon=2027)

    assert ensemble is None
    assert [one.code for one in problems] == ["limit-range"]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        pytest.param({"kind": "claimed-steps"}, "missing-key", id="which claims"),
        pytest.param({**RULE, "steps": {"measure": "defense"}}, "unknown-id", id="no such measure"),
        pytest.param({**RULE, "later": {"value": "3 %"}}, "missing-key", id="later without a reason"),
        pytest.param({**RULE, "later": {"reason": "x"}}, "limit-source", id="later without a number"),
        pytest.param(
            {**RULE, "later": {"value": "3 tn KRW", "reason": "x"}}, "unit-mismatch", id="later in money"
        ),
        pytest.param({**RULE, "later": {"value": "-100 %", "reason": "x"}}, "limit-range", id="nothing left"),
    ],
)
def test_a_faulty_rule_is_a_problem_and_no_number(rule, code):
    ensemble, problems = project(FIRST, rule=rule)

    assert ensemble is None
    assert code in {problem.code for problem in problems}


def test_the_case_has_growth_for_2026_only_and_is_refused_from_2027_on():
    """Its sources tell 8.2 % proposed and 7.5 % enacted for 2026, which is where its scenarios start."""
    rows = json.loads((CASE / "expected" / "claims.json").read_text("utf-8"))
    where = dict.fromkeys(("start", "end", "sentence_start", "sentence_end"), 0)
    ledger = Ledger(Claim.from_json({"id": f"{n}", **where, **row}) for n, row in enumerate(rows))

    ensemble, problems = project_scenario(standing_alone(rule=RULE), ledger, vocabulary(), series(), draws=50)

    assert ensemble is None
    assert [(one.code, one.severity) for one in problems] == [("missing-step-claim", "refusal")]
    assert "in 2027 to 2035 (proposed)" in problems[0].message
