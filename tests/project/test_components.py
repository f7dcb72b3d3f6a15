"""Components of cost sharing, which make it up, and lines beside it, which do not; on made-up numbers.

No source that is certain publishes either for the 12th agreement, so on the case both are refused by name.
"""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.core.vocabulary import Entry
from steelyard.project import project_scenario
from steelyard.project.prepared import prepare, run_of
from steelyard.project.replay import replayed
from steelyard.project.why import find_cell
from tests.project.samples import LEDGER, entry_of, owing, scenario, series, vocabulary, with_entries
from tests.project.test_agreements import ALL, LATER, PRICES, plain_assumptions

REFERENCE = {"title": "Accounts", "publisher": "A ministry", "date": date(2026, 1, 1)}
ASKED = {"agreement": "kor-sma-12", "after": ALL, "reason": "not negotiated", "components": True}
# 0.6 + 0.5 + 0.4192 = 1.5192 trillion won in 2026, then 40, 35 and 25 percent.
AMOUNTS = {"labour": "0.6 tn KRW", "construction": "0.5 tn KRW", "logistics": "0.4192 tn KRW"}
SHARES = {"labour": "40 %", "construction": "35 %", "logistics": "25 %"}
RENTS = {"low": "0.9 tn KRW", "high": "1.1 tn KRW", "exact": True}


def parameter(name, unit, *values):
    rows = [{"reference": REFERENCE, **row} for row in values]
    return entry_of("parameters", name, {"label": name, "meaning": "", "unit": unit, "values": rows})


def known(amounts=AMOUNTS, shares=SHARES, rents=RENTS, first="2027"):
    """The data with made-up parameters for the components of the 12th agreement and for forgone rents."""
    entries, components = [], []
    for row in owing().entry("agreements", "kor-sma-12").tables("components"):
        name, own = row["id"], dict(row)
        if name in amounts:
            own["amount"] = f"{name}-amount"
            value = {"from": "2026", "to": "2026", "value": amounts[name], "exact": True}
            entries.append(parameter(own["amount"], "KRW", value))
        if name in shares:
            own["share"] = f"{name}-share"
            value = {"from": first, "value": shares[name], "exact": True}
            entries.append(parameter(own["share"], "%", value))
        components.append(own)
    beside = [dict(row) for row in owing().entry("agreements", "kor-sma-12").tables("beside")]
    if rents:
        beside[1]["amount"] = "rents"
        entries.append(parameter("rents", "KRW", {"from": "2026", **rents}))
    return with_entries(*entries, agreement({"components": components, "beside": beside}))


def agreement(changes):
    entry = vocabulary().entry("agreements", "kor-sma-12")
    return Entry(entry.kind, entry.id, {**entry.data, **changes}, entry.layers, entry.file)


def asking(table):
    drivers = scenario("constant-share", drivers={"consumer_prices": PRICES}).data["drivers"]
    changes = {"drivers": drivers, "assumptions": [*plain_assumptions(), LATER]}
    return scenario("linear-2035", cost_sharing=table, reference_scenario=None, **changes)


def project(words, table=ASKED, draws=100):
    return project_scenario(asking(table), LEDGER, words, series(), draws=draws)


def projected(words, table=ASKED, **keys):
    ensemble, problems = project(words, table, **keys)
    assert problems == []
    return ensemble


def cells(ensemble, variable):
    return {cell.year: cell for cell in ensemble.series(variable)}


# What makes the payment up


def test_components_are_what_is_published_and_then_their_shares_of_the_payment():
    """0.6 of 1.5192 trillion won in 2026, and 40 % of what is paid from 2027 on."""
    ensemble = projected(known())

    labour, paid = cells(ensemble, "cost_sharing:labour"), cells(ensemble, "cost_sharing")
    assert labour[2026].central == pytest.approx(0.6e12)
    for year in range(2027, 2031):
        assert labour[year].central == pytest.approx(0.4 * paid[year].central, rel=1e-5)
        assert labour[year].quantiles == pytest.approx([0.4 * one for one in paid[year].quantiles], rel=1e-3)
    assert max(labour) == 2030, "after the last year no rule says what the payment is made up of"


def test_components_come_to_the_payment_in_every_year():
    ensemble = projected(known())

    paid = cells(ensemble, "cost_sharing")
    parts = [cells(ensemble, f"cost_sharing:{name}") for name in AMOUNTS]
    for year in paid:
        assert sum(part[year].central for part in parts) == pytest.approx(paid[year].central, rel=1e-5)


def test_in_dollars_they_are_at_the_rate_of_the_year():
    ensemble = projected(known())

    abroad, paid = cells(ensemble, "cost_sharing_foreign:labour"), cells(ensemble, "cost_sharing_foreign")
    assert abroad[2026].central == pytest.approx(0.6e12 / 1421.4, rel=1e-4)
    assert abroad[2029].central == pytest.approx(0.4 * paid[2029].central, rel=1e-5)


def test_what_rounding_leaves_open_of_a_component_is_its_box():
    """About 0.6 trillion leaves 0.55 to 0.65 open, and the three still can come to 1.5192."""
    words = known({"labour": "0.6 tn KRW", "construction": "0.5 tn KRW", "logistics": "0.4 tn KRW"})
    for name in AMOUNTS:
        del words.entry("parameters", f"{name}-amount").tables("values")[0]["exact"]

    labour = cells(projected(words), "cost_sharing:labour")

    assert labour[2026].box == pytest.approx((0.55e12, 0.65e12))


def test_with_shares_alone_no_amounts_are_needed():
    labour = cells(projected(known(amounts={}, first="2026")), "cost_sharing:labour")

    assert labour[2026].central == pytest.approx(0.4 * 1.5192e12, rel=1e-5)


def test_each_component_rests_on_its_own_parameters_and_on_the_agreement():
    inputs = set(cells(projected(known()), "cost_sharing:labour")[2027].inputs)

    assert {"parameter:labour-amount@test@2026/2026", "parameter:labour-share@test@2027/.."} <= inputs
    assert {"agreement:kor-sma-12", "parameter:kor-cost-sharing@packaged@2026/2026"} <= inputs
    assert not [one for one in inputs if "logistics" in one]


def test_a_component_in_one_draw_is_its_share_of_what_is_paid_in_it():
    words = known()
    found, _ = prepare(asking(ASKED), LEDGER, words, series(), draws=100)
    ensemble, _ = project(words)

    values = []
    for name in ("cost_sharing:labour", "cost_sharing"):
        asked, problem = find_cell(f"{name} 2030 draw 17", ensemble, words)
        assert problem is None
        values.append(replayed(ensemble, asked, run_of(found)).value)

    assert values[0] == pytest.approx(0.4 * values[1], rel=1e-9)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        pytest.param({"amounts": {**AMOUNTS, "labour": "0.7 tn KRW"}}, "in 2026 come to 1,619,200", id="won"),
        pytest.param({"shares": {**SHARES, "labour": "50 %"}}, "in 2027 come to 110 %, not 100", id="shares"),
        pytest.param(
            {"amounts": {"labour": "0.6 tn KRW"}, "shares": {**SHARES, "logistics": "20 %"}, "first": "2026"},
            "in 2026 come to",
            id="an amount among shares",
        ),
    ],
)
def test_components_that_do_not_come_to_the_payment_are_at_fault(changes, told):
    ensemble, problems = project(known(**changes))

    assert ensemble is None
    assert {problem.code for problem in problems} == {"components-sum"}
    assert told in problems[0].message


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param({"amounts": {**AMOUNTS, "labour": "0.6 bn USD"}}, "unit-mismatch", id="dollars"),
        pytest.param({"shares": {**SHARES, "labour": "140 %"}}, "limit-range", id="more than all"),
    ],
)
def test_a_number_that_is_none_of_a_component_is_told(changes, code):
    ensemble, problems = project(known(**changes))

    assert ensemble is None
    assert code in {problem.code for problem in problems}


def test_a_component_is_not_called_as_what_may_come_after_the_agreement():
    rows = [{"id": "frozen", "label": "Ice", "share": "all"}]
    words = with_entries(
        agreement({"components": rows}),
        parameter("all", "%", {"from": "2026", "value": "100 %", "exact": True}),
    )

    ensemble, problems = project(words)

    assert ensemble is None
    assert [problem.code for problem in problems] == ["duplicate-id"]


def test_years_in_which_one_is_not_known_are_refused_and_the_others_given():
    """Amounts for 2026 only, and no shares: what comes later is nobody's guess."""
    ensemble, (problem,) = project(known(shares={}))

    assert list(cells(ensemble, "cost_sharing:labour")) == [2026]
    assert (problem.code, problem.severity) == ("no-components", "refusal")
    assert "Wages of Korean employees (2027 to 2030)" in problem.message


# What is borne beside it


def test_a_line_beside_the_payment_is_shown_by_its_own_name_and_definition():
    ensemble = projected(known(), {**ASKED, "beside": ["forgone-rents"]})

    rents = cells(ensemble, "cost_sharing_beside:forgone-rents")
    assert rents[2026].box == (0.9e12, 1.1e12)
    assert rents[2030].central == 1e12
    origins = [ensemble.origin(one) for one in rents[2026].inputs]
    assert any(one.label == "Forgone rents" and "does not take for land" in one.value for one in origins)


def test_it_is_no_part_of_the_payment_unless_asked():
    plain = projected(known())
    ensemble = projected(known(), {**ASKED, "beside": ["forgone-rents"]})

    assert cells(ensemble, "cost_sharing") == cells(plain, "cost_sharing")
    assert "cost_sharing_with_beside" not in ensemble.variables


def test_added_it_has_a_variable_of_its_own():
    """1.5192 + 1.0 in 2026, 0.1 more or less; the payment itself stays what it is."""
    ensemble = projected(known(), {**ASKED, "added": ["forgone-rents"]})

    whole, paid = cells(ensemble, "cost_sharing_with_beside"), cells(ensemble, "cost_sharing")
    assert whole[2026].central == pytest.approx(2.5192e12)
    assert whole[2026].box == pytest.approx((2.4192e12, 2.6192e12))
    assert whole[2030].central == pytest.approx(paid[2030].central + 1e12, rel=1e-5)
    assert paid[2026].central == 1.5192e12
    assert max(whole) == 2030


def test_a_line_that_nobody_prices_is_refused_by_name():
    ensemble, (problem,) = project(known(), {**ASKED, "beside": ["support-in-kind", "forgone-rents"]})

    assert problem.code == "no-components"
    assert "Support in kind outside the agreement (2026 to 2030)" in problem.message
    assert "cost_sharing_beside:forgone-rents" in ensemble.variables


def test_a_line_that_the_agreement_does_not_have_is_told():
    ensemble, problems = project(known(), {**ASKED, "beside": ["rents"]})

    assert ensemble is None
    assert [problem.code for problem in problems] == ["unknown-id"]


# On the packaged data


def test_on_the_real_agreement_both_are_refused_by_the_names_of_what_is_missing():
    ensemble, problems = project(vocabulary(), {**ASKED, "added": ["forgone-rents"]})

    assert [(one.code, one.severity) for one in problems] == [("no-components", "refusal")] * 2
    told = " ".join(one.message for one in problems)
    for name in ("Wages of Korean employees", "Military construction", "Logistics support", "Forgone rents"):
        assert f"{name} (2026 to 2030)" in told
    assert "cost_sharing" in ensemble.variables, "what is known is given"
    assert "cost_sharing_with_beside" not in ensemble.variables


def test_an_agreement_that_lists_no_components_says_so():
    _, (problem,) = project(with_entries(agreement({"components": []})))

    assert "lists none" in problem.message
