"""What spending is made up of: shares from sources and claims, guidelines, what a floor takes from whom."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.project import project_scenario
from steelyard.project.prepared import prepare, run_of
from steelyard.project.replay import replayed
from steelyard.project.why import chain_of, find_cell
from tests.project.samples import (
    ENHANCED,
    IN_DOLLARS,
    PROPOSED,
    SHARE,
    ledger_of,
    owing,
    series,
    standing_alone,
    vocabulary,
)

REFERENCE = {"title": "Budget by category", "publisher": "A ministry", "date": date(2026, 1, 1)}
EXACT = (
    PROPOSED.changed(low=PROPOSED.value, high=PROPOSED.value),
    SHARE.changed(low=SHARE.value, high=SHARE.value),
)


def part(identifier, text, **keys):
    """A category with a share that is what it says."""
    share = {"value": text, "exact": True, "reference": REFERENCE}
    return {"id": identifier, "label": f"the {identifier}", "share": share, **keys}


GUIDELINE = {"parameter": "nato-equipment-share-guideline"}
EQUIPMENT, PEOPLE = part("equipment", "30 %"), part("personnel", "40 %")
# 2.42 % of GDP in 2027 is 66.3 x 2,776.468 / 2,666.360 trillion won.
PLANNED = 66.3e12 * 2776.468475 / 2666.360425


def run(*categories, claims=EXACT, draws=60, **changes):
    entry = standing_alone(categories=list(categories), **changes)
    return project_scenario(entry, ledger_of(*claims), vocabulary(), series(), draws=draws)


def projected(*categories, **changes):
    ensemble, problems = run(*categories, **changes)
    assert problems == []
    return ensemble


def cells(ensemble, variable):
    return {cell.year: cell for cell in ensemble.series(variable)}


def floor(category, amount, **keys):
    line = {"label": f"floor of {category}", "value": amount, "exact": True, "reference": REFERENCE, **keys}
    return {"floor": [{**line, "category": category}]}


# The split


def test_each_category_has_its_share_of_spending_and_all_else_the_rest():
    ensemble = projected(EQUIPMENT, PEOPLE)

    spent = cells(ensemble, "spending")
    for identifier, share in (("equipment", 0.3), ("personnel", 0.4), ("rest", 0.3)):
        own = cells(ensemble, f"category:{identifier}")
        assert own[2030].central == pytest.approx(share * spent[2030].central, rel=1e-5)
        assert own[2030].quantiles == pytest.approx([share * one for one in spent[2030].quantiles], rel=5e-3)
        assert cells(ensemble, f"category_share:{identifier}")[2035].central == pytest.approx(100 * share)
    assert "crowded_out:personnel" not in ensemble.variables
    assert ensemble.names["category:equipment"] == "the equipment"


def test_shares_that_come_to_a_whole_leave_nothing_else():
    ensemble = projected(EQUIPMENT, PEOPLE, part("operations", "30 %"))

    assert "category:rest" not in ensemble.variables


def test_shares_are_brought_to_a_whole_within_what_they_leave_open():
    """30.1, 40.0 and 30.0 % printed to a tenth come to 100.1 %, which may be 100."""
    rounded = [
        {"id": one, "label": one, "share": {"value": text, "reference": REFERENCE}}
        for one, text in (("equipment", "30.1 %"), ("personnel", "40.0 %"), ("operations", "30.0 %"))
    ]
    ensemble = projected(*rounded)

    shares = [cells(ensemble, f"category_share:{one['id']}")[2030].central for one in rounded]
    assert sum(shares) == pytest.approx(100, rel=1e-5)
    assert shares[0] == pytest.approx(100 * 30.1 / 100.1)


def test_what_a_share_leaves_open_is_in_the_box():
    """29.5 to 30.5 % of spending, whose share of GDP is exact."""
    rounded = {"id": "equipment", "label": "x", "share": {"value": "30 %", "reference": REFERENCE}}

    own = cells(projected(rounded), "category_share:equipment")

    assert own[2030].box == pytest.approx((29.5, 30.5))


def test_a_share_may_be_that_of_a_claim_over_the_spending_beside_it():
    """14.0 of 46.1 billion dollars: 30.369 %, between 13.95 / 46.15 and 14.05 / 46.05."""
    wanted = {"measure": "defence_spending", "item": "force_enhancement", "status": ["proposed"]}
    category = {"id": "enhancement", "label": "force enhancement", "claim": wanted}

    ensemble = projected(category, claims=(*EXACT, IN_DOLLARS, ENHANCED))

    own = cells(ensemble, "category_share:enhancement")[2030]
    assert own.central == pytest.approx(100 * 14.0 / 46.1, rel=1e-5)
    assert own.box == pytest.approx((100 * 13.95 / 46.15, 100 * 14.05 / 46.05), rel=1e-5)
    assert {"claim:enhanced", "claim:dollars"} <= set(own.inputs)


# By the lines of a budget

ENHANCEMENT = {"id": "equipment", "label": "Major equipment", "crosswalk": "kor-mnd-to-nato"}
SPLIT = (*EXACT, IN_DOLLARS, ENHANCED)


def test_a_line_that_nobody_splits_leaves_a_range_for_each_category_it_may_hold():
    """Force enhancement is 14.0 of 46.1 billion dollars: between none and 14.05 / 46.05 are equipment."""
    ensemble, (problem,) = run(ENHANCEMENT, claims=SPLIT)

    own = cells(ensemble, "category_share:equipment")[2030]
    assert own.box == pytest.approx((0, 100 * 14.05 / 46.05), rel=1e-5)
    assert cells(ensemble, "category_share:rest")[2030].box == pytest.approx(
        (100 - 100 * 14.05 / 46.05, 100), rel=1e-5
    )
    assert (problem.code, problem.severity) == ("unsplit-line", "warning")
    assert "0 to 30.51% of spending in 2026" in problem.message
    assert "Force enhancement into major equipment and infrastructure" in problem.message


def test_a_range_that_reaches_below_a_guideline_may_be_below():
    _, problems = run({**ENHANCEMENT, "least": GUIDELINE}, claims=SPLIT)

    (short,) = (one for one in problems if one.code == "below-guideline")
    assert "0 to 30.51% of spending in 2026 may be below the guideline of 20%" in short.message


def test_rows_are_origins_and_what_no_line_names_is_listed():
    ensemble, _ = run(ENHANCEMENT, claims=SPLIT)
    asked, _ = find_cell("category_share:equipment 2030", ensemble, vocabulary())

    (row,) = (one for one in chain_of(ensemble, asked).origins if one.kind == "crosswalk")
    assert row.value == "Force enhancement is major equipment or infrastructure"
    assert row.reference["publisher"].startswith("Ministry of National Defense")
    assert {"claim:enhanced", "claim:dollars"} <= set(asked.cell.inputs)
    told = {row["value"] for row in ensemble.assumptions}
    assert "not matched: Pensions paid to retirees" in told


def test_a_line_without_a_claim_is_refused_by_its_claim():
    ensemble, (problem,) = run({**ENHANCEMENT, "id": "personnel"}, claims=SPLIT)

    assert "category:personnel" not in ensemble.variables
    assert (problem.code, problem.severity) == ("no-part", "refusal")
    assert "A claim of defence_spending operating for KOR, 2026" in problem.hint


def test_a_category_that_a_crosswalk_does_not_tell_is_a_fault():
    _, (problem,) = run({**ENHANCEMENT, "id": "people"}, claims=SPLIT)

    assert (problem.code, problem.severity) == ("unknown-id", "error")
    assert "equipment, infrastructure, personnel, other" in problem.hint


# What a floor takes from whom


def test_a_floor_of_one_category_is_taken_from_the_others():
    """25 trillion of arms where 30 % of 69.04 are 20.71: 4.29 more, of which 4/7 come from personnel."""
    ensemble = projected(EQUIPMENT, PEOPLE, limits=floor("equipment", "25 tn KRW"))

    over = 25e12 - 0.3 * PLANNED
    assert cells(ensemble, "category:equipment")[2027].central == pytest.approx(25e12)
    lost = cells(ensemble, "crowded_out:personnel")[2027]
    assert lost.central == pytest.approx(over * 4 / 7, rel=1e-4)
    assert lost.box == pytest.approx((0, over), rel=1e-4), "whoever gives way"
    assert cells(ensemble, "crowded_out:equipment")[2027].central == 0
    assert cells(ensemble, "crowded_out")[2027].central == 0, "in sum the plan is not exceeded"
    assert cells(ensemble, "spending")[2027].central == pytest.approx(PLANNED, rel=1e-4)


def test_categories_come_to_spending_in_every_year():
    """With people bound too, 80 trillion in all in the first years, and nine tenths carried out."""
    limits = {
        "floor": [*floor("equipment", "50 tn KRW")["floor"], *floor("personnel", "30 tn KRW")["floor"]],
        "execution": {"value": "90 %", "exact": True, "reference": REFERENCE},
    }
    ensemble, _ = run(EQUIPMENT, PEOPLE, limits=limits)

    spent = cells(ensemble, "spending")
    parts = [cells(ensemble, f"category:{one}") for one in ("equipment", "personnel", "rest")]
    for year in range(2026, 2036):
        assert sum(one[year].central for one in parts) == pytest.approx(spent[year].central, rel=1e-5)
    assert parts[0][2027].central == pytest.approx(45e12)
    assert parts[2][2027].central == 0


def test_what_a_pledge_takes_from_each_category_is_told():
    """5 billion dollars a year at about 1,400 won are some 7 trillion, above 5 % of spending."""
    pledge = {
        "id": "arms", "label": "arms", "parameter": "kor-arms-purchase-pledge", "from": 2026, "to": 2030,
        "commitments": "uniform", "outlays": ["100 %"], "prices": "current", "reason": "a test",
    }  # fmt: skip
    limits = {"floor": [{"label": "arms", "pledge": "arms", "category": "equipment"}]}
    entry = standing_alone(pledges=[pledge], limits=limits, categories=[part("equipment", "5 %"), PEOPLE])

    ensemble, problems = project_scenario(entry, ledger_of(*EXACT), owing(), series(), draws=300)

    assert [one for one in problems if one.severity == "error"] == []
    paid = cells(ensemble, "pledge_outlay:arms")[2028]
    over = paid.central - 0.05 * cells(ensemble, "spending")[2028].central
    lost = cells(ensemble, "crowded_out:personnel")[2028]
    assert lost.central == pytest.approx(over * 40 / 95, rel=1e-4)
    assert lost.quantiles[0] < lost.quantiles[-1], "the exchange rate moves it"
    assert cells(ensemble, "crowded_out:personnel")[2035].central == 0


def test_a_draw_can_be_replayed():
    entry = standing_alone(categories=[EQUIPMENT], limits=floor("equipment", "25 tn KRW"))
    found, _ = prepare(entry, ledger_of(*EXACT), vocabulary(), series(), draws=60)
    ensemble, _ = project_scenario(entry, ledger_of(*EXACT), vocabulary(), series(), draws=60)
    own, whole = (
        replayed(ensemble, find_cell(f"{name} 2035 draw 7", ensemble, vocabulary())[0], run_of(found)).value
        for name in ("category:equipment", "category:rest")
    )
    spent = replayed(ensemble, find_cell("spending 2035 draw 7", ensemble, vocabulary())[0], run_of(found))

    assert own + whole == pytest.approx(spent.value)


def test_a_category_rests_on_its_share_and_on_what_spending_rests_on():
    ensemble = projected(EQUIPMENT, PEOPLE)
    asked, _ = find_cell("category:equipment 2030 p50", ensemble, vocabulary())

    origins = {origin.value for origin in chain_of(ensemble, asked).origins}

    assert {"30 %", "66.3 trillion won"} <= origins
    assert "40 %" not in origins


# Guidelines


def test_a_category_below_its_guideline_is_told_with_number_and_years():
    _, (problem,) = run(part("equipment", "18 %", least=GUIDELINE))

    assert (problem.code, problem.severity) == ("below-guideline", "warning")
    assert problem.message.startswith("the equipment: 18% of spending in 2026 is below the guideline of 20%")
    assert "NATO (Wales Summit Declaration)" in problem.message
    assert "2026 to 2035" in problem.message


def test_a_category_that_keeps_its_guideline_is_no_matter():
    assert run(part("equipment", "20 %", least=GUIDELINE))[1] == []


def test_a_share_that_may_be_below_is_told_as_that():
    rounded = {"value": "20 %", "reference": REFERENCE}
    _, (problem,) = run(part("equipment", "", share=rounded, least=GUIDELINE))

    assert "19.5 to 20.5% of spending in 2026 may be below" in problem.message


def test_a_floor_of_another_category_can_push_one_below_its_guideline():
    """Of 69.04 trillion in 2027 people at 65 leave 4.04, below 20 % of spending whoever gets it; of a hundred
    in 2035 they leave 35, which may be enough.
    """
    categories = (part("equipment", "30 %", least=GUIDELINE), PEOPLE)
    _, problems = run(*categories, limits=floor("personnel", "65 tn KRW"))

    assert {problem.code for problem in problems} == {"below-guideline"}
    surely, perhaps = sorted((problem.message for problem in problems), key=lambda text: "may be" in text)
    assert "in 2027 is below" in surely
    assert "may be below" in perhaps
    assert "2035" in perhaps


def test_a_guideline_by_another_count_is_refused():
    claims = (EXACT[0].changed(definition="national:KR:mnd"), EXACT[1])

    ensemble, (problem,) = run(part("equipment", "18 %", least=GUIDELINE), claims=claims)

    assert (problem.code, problem.severity) == ("guideline-definition", "refusal")
    assert "category_share:equipment" in ensemble.variables


# Refusals and faults


def test_a_category_without_a_share_is_refused_by_the_claim_that_would_lift_it():
    ensemble, (problem,) = run(EQUIPMENT, {"id": "personnel", "label": "pay and pensions"})

    assert (problem.code, problem.severity) == ("no-share", "refusal")
    assert "pay and pensions" in problem.message
    assert "A claim of its money in 2026" in problem.hint
    assert "category:equipment" not in ensemble.variables
    assert ensemble.series("spending"), "the rest of the scenario is projected"


def test_a_share_from_a_claim_that_there_is_not_is_refused():
    wanted = {"measure": "defence_spending", "item": "operating"}
    _, (problem,) = run({"id": "operations", "label": "operations", "claim": wanted})

    assert (problem.code, problem.severity) == ("no-part", "refusal")
    assert "A claim of defence_spending operating for KOR, 2026" in problem.hint


def test_a_line_of_the_floor_of_no_category_is_refused_where_categories_are_all_of_spending():
    limits = {"floor": [{"label": "debts", "value": "1 tn KRW", "reference": REFERENCE}]}
    ensemble, (problem,) = run(EQUIPMENT, part("other", "70 %"), limits=limits)

    assert (problem.code, problem.severity) == ("no-category", "refusal")
    assert "'debts'" in problem.message
    assert "category:equipment" not in ensemble.variables


@pytest.mark.parametrize(
    ("categories", "changes", "code"),
    [
        pytest.param((EQUIPMENT, part("personnel", "80 %")), {}, "share-range", id="more than all"),
        pytest.param((EQUIPMENT, EQUIPMENT), {}, "duplicate-id", id="twice"),
        pytest.param((part("rest", "10 %"),), {}, "duplicate-id", id="all else by name"),
        pytest.param(
            (EQUIPMENT,), {"limits": floor("arms", "1 tn KRW")}, "unknown-id", id="no such category"
        ),
        pytest.param((part("equipment", "30 tn KRW"),), {}, "unit-mismatch", id="money"),
        pytest.param((part("equipment", "130 %"),), {}, "limit-range", id="no share"),
        pytest.param(
            ({"id": "a", "label": "a", "share": {"value": "3 %"}},), {}, "missing-key", id="no source"
        ),
        pytest.param(
            (part("a", "3 %", claim={"measure": "defence_spending"}),), {}, "limit-source", id="two sources"
        ),
    ],
)
def test_faulty_categories_are_problems_and_no_number(categories, changes, code):
    ensemble, problems = run(*categories, **changes)

    assert ensemble is None
    assert code in {problem.code for problem in problems}
