"""A budget by part, and its increase from the year before: only what is claimed or follows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.core.claim import Ledger
from steelyard.report.charts import budget
from steelyard.report.parts import Budget, Piece, budgets_of
from tests.report import samples

BN = Decimal(10) ** 9


def figure(identifier, item, statistic, value, half, unit="USD", **keys):
    """A claim of a part of the Korean budget of 2026 as proposed; bounds are `half` a digit either way."""
    number, width = Decimal(value), Decimal(half)
    parts = {"low": number - width, "high": number + width, "value": number}
    if unit != "%":
        parts = {name: amount * BN for name, amount in parts.items()}
    base = {"item": item, "statistic": statistic, "unit": unit, "status": "proposed", "baseline": None}
    return samples.TOTAL.changed(id=identifier, quote=f"{value} {unit}", **{**base, **parts, **keys})


WHOLE = figure("whole", None, "level", "46.1", "0.05")
RISE = figure("rise", None, "growth", "8.2", "0.05", "%", baseline="2025")
ARMS = figure("arms", "force_enhancement", "level", "14.0", "0.05")
ARMS_RISE = figure("arms-rise", "force_enhancement", "growth", "13", "0.5", "%")
RUNNING_RISE = figure("running-rise", "operating", "change", "1.88", "0.005", baseline="2025")
ALL = (WHOLE, RISE, ARMS, ARMS_RISE, RUNNING_RISE)


def budgets(*claims) -> list[Budget]:
    return list(budgets_of(samples.results(ledger=Ledger(claims))))


def figures(*claims):
    return {one.name: one for one in budget.draw(samples.results(ledger=Ledger(claims)))}


def bn(amount: Decimal) -> float:
    return float(amount / BN)


def test_the_part_that_is_not_told_is_what_the_other_leaves():
    """46.1 less 14.0 is 32.1; 46.05 less 14.05 is 32.00, and 46.15 less 13.95 is 32.20."""
    (one,) = budgets(WHOLE, ARMS)

    arms, running = one.parts
    assert (arms.name, arms.kind, bn(arms.value)) == ("Force enhancement", "printed", 14.0)
    assert (running.name, running.kind) == ("Force operating", "derived")
    assert (bn(running.value), bn(running.open.low), bn(running.open.high)) == (32.1, 32.0, 32.2)
    assert running.claims == (WHOLE, ARMS)


def test_the_increase_is_told_part_by_part():
    """46.1 has grown by 8.2 %: 46.1 x 8.2 / 108.2 = 3.4937. Arms: 14.0 x 13 / 113 = 1.6106. With 1.88 for
    running the forces that leaves 3.4937 - 1.6106 - 1.88 = 0.0031.
    """
    (one,) = budgets(*ALL)

    assert bn(one.before.value) == pytest.approx(46.1 - 3.4937, abs=1e-4)
    assert bn(one.rise.value) == pytest.approx(3.4937, abs=1e-4)
    assert [(piece.name, piece.kind) for piece in one.rises] == [
        ("Force enhancement", "derived"),
        ("Force operating", "printed"),
        ("Remainder", "remainder"),
    ]
    assert [bn(piece.value) for piece in one.rises] == pytest.approx([1.6106, 1.88, 0.0031], abs=1e-4)


def test_what_the_digits_leave_open_of_an_increase_is_that_of_both_its_claims():
    """46.05 x 8.15 / 108.15 = 3.4702, and 46.15 x 8.25 / 108.25 = 3.5172."""
    (one,) = budgets(*ALL)

    assert bn(one.rise.open.low) == pytest.approx(3.4702, abs=1e-4)
    assert bn(one.rise.open.high) == pytest.approx(3.5172, abs=1e-4)
    # 46.05 over 1.0825 is 42.5404, and 46.15 over 1.0815 is 42.6722.
    assert bn(one.before.open.low) == pytest.approx(42.5404, abs=1e-4)
    assert bn(one.before.open.high) == pytest.approx(42.6722, abs=1e-4)


amounts = st.decimals("0.1", "900", places=2)
rates = st.decimals("-60", "200", places=1)


@given(amounts, rates, amounts, rates, st.decimals("-90", "90", places=2))
def test_steps_add_up_to_the_difference_of_the_two_levels(whole, growth, part, part_growth, change):
    (one,) = budgets(
        figure("whole", None, "level", whole, "0.005"),
        figure("rise", None, "growth", growth, "0.05", "%"),
        figure("arms", "force_enhancement", "level", part, "0.005"),
        figure("arms-rise", "force_enhancement", "growth", part_growth, "0.05", "%"),
        figure("running", "operating", "change", change, "0.005", baseline="2025"),
    )

    steps = sum(piece.value for piece in one.rises)
    assert float(one.before.value + steps) == pytest.approx(float(one.whole.value))
    assert float(sum(piece.value for piece in one.parts)) == pytest.approx(float(one.whole.value))


@given(amounts, rates, amounts, rates, st.decimals("-90", "90", places=2))
def test_each_value_lies_in_what_its_claims_leave_open(whole, growth, part, part_growth, change):
    (one,) = budgets(
        figure("whole", None, "level", whole, "0.005"),
        figure("rise", None, "growth", growth, "0.05", "%"),
        figure("arms", "force_enhancement", "level", part, "0.005"),
        figure("arms-rise", "force_enhancement", "growth", part_growth, "0.05", "%"),
        figure("running", "operating", "change", change, "0.005", baseline="2025"),
    )

    for piece in (one.whole, one.before, one.rise, *one.parts, *one.rises):
        assert float(piece.open.low) <= float(piece.value) * (1 + 1e-12) + 1e-3
        assert float(piece.open.high) >= float(piece.value) * (1 - 1e-12) - 1e-3


def test_each_step_begins_where_the_one_before_ends():
    spec = figures(*ALL)["budget-KOR-defence_spending-2026-proposed-USD-rise"].spec
    spans = {
        (row["x"], row["x2"])
        for layer in spec["layer"]
        if layer["mark"]["type"] == "rule"
        for row in layer["data"]["values"]
        if "x2" in row
    }
    # From 42.6063: arms to 44.2169, running to 46.0969, the remainder to 46.1.
    assert sorted(start for start, _ in spans) == pytest.approx([42.6063, 44.2169, 46.0969], abs=1e-4)
    assert sorted(end for _, end in spans) == pytest.approx([44.2169, 46.0969, 46.1], abs=1e-4)


def test_a_title_says_what_the_increase_is():
    told = figures(*ALL)

    rise = told["budget-KOR-defence_spending-2026-proposed-USD-rise"].title.replace("\N{NO-BREAK SPACE}", " ")
    assert rise == "The rise of 3.49 bn USD is force operating +1.88 and force enhancement +1.61"
    # 32.1 of 46.1 is 69.6 %.
    parts = told["budget-KOR-defence_spending-2026-proposed-USD-parts"].title.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert parts == "Force operating takes 70% of the 46.1 bn USD for 2026"


def test_a_level_of_the_year_before_goes_before_what_growth_says():
    last = figure("last", None, "level", "42.5", "0.05", period="2025", status=None)

    (one,) = budgets(*ALL, last)

    assert one.before.kind == "printed"
    assert bn(one.rise.value) == pytest.approx(3.6)


def test_a_fall_is_told_as_one():
    fall = figure("fall", None, "growth", "5", "0.5", "%", direction="down")
    cut = figure("cut", "operating", "change", "3", "0.5", direction="down", baseline="2025")

    (one,) = budgets(WHOLE, fall, ARMS, cut)

    # 46.1 x -5 / 95 = -2.4263; what is not of running the forces is -2.4263 + 3 = 0.5737.
    assert bn(one.rise.value) == pytest.approx(-2.4263, abs=1e-4)
    assert [bn(piece.value) for piece in one.rises] == pytest.approx([-3, 0.5737], abs=1e-4)
    told = figures(WHOLE, fall, ARMS, cut)["budget-KOR-defence_spending-2026-proposed-USD-rise"]
    assert told.title.startswith("The fall of 2.43")


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param((WHOLE, RISE), id="no part"),
        pytest.param((ARMS, ARMS_RISE, RUNNING_RISE), id="no whole"),
        pytest.param((WHOLE, ARMS.changed(unit="KRW")), id="another currency"),
        pytest.param((WHOLE, ARMS.changed(status="enacted")), id="another stage"),
        pytest.param((WHOLE, ARMS.changed(period="2025")), id="another year"),
        pytest.param((WHOLE, ARMS.changed(actor="JPN")), id="another actor"),
        pytest.param((WHOLE, ARMS.changed(item="kf-21")), id="no part of the whole"),
        pytest.param((WHOLE, ARMS.changed(definition="nato")), id="another count"),
        pytest.param((WHOLE.changed(period="2026-03"), ARMS.changed(period="2026-03")), id="a month"),
        pytest.param((WHOLE.changed(period="2027"), ARMS.changed(period="2027")), id="parts no longer so"),
    ],
)
def test_claims_that_do_not_suffice_give_no_chart(claims):
    assert not figures(*claims)


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param((WHOLE, ARMS, ARMS_RISE), id="nothing on the year before"),
        pytest.param((WHOLE, RISE, ARMS), id="no change of a part"),
        pytest.param((WHOLE, RISE.changed(baseline="2020"), ARMS, ARMS_RISE), id="since another year"),
        pytest.param((WHOLE, RISE, ARMS, RUNNING_RISE.changed(baseline=None)), id="since nobody says what"),
    ],
)
def test_an_increase_is_not_explained_where_claims_do_not_suffice(claims):
    assert list(figures(*claims)) == ["budget-KOR-defence_spending-2026-proposed-USD-parts"]


def test_the_year_before_has_its_parts_too():
    """14.0 over 1.13 is 12.3894; of 46.1 over 1.082, 42.6063, that leaves 30.2169."""
    (one,) = budgets(*ALL)

    assert [piece.name for piece in one.earlier] == ["Force enhancement", "Force operating"]
    assert [bn(piece.value) for piece in one.earlier] == pytest.approx([12.3894, 30.2169], abs=1e-4)
    figure = figures(*ALL)["budget-KOR-defence_spending-2026-proposed-USD-parts"]
    assert [group.heading for group in figure.table.groups] == ["2025", "2026"]


def test_a_part_keeps_its_colour_from_year_to_year():
    spec = figures(*ALL)["budget-KOR-defence_spending-2026-proposed-USD-parts"].spec

    blocks = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rect"]
    assert [[row["name"] for row in layer["data"]["values"]] for layer in blocks] == [
        ["Force enhancement"] * 2,
        ["Force operating"] * 2,
    ]


def test_what_is_derived_leads_to_its_finding():
    found = samples.finding("parts", "derived", [WHOLE, ARMS], identity="total-and-parts")
    results = samples.results(ledger=Ledger([WHOLE, ARMS]), findings=(found,))

    (told,) = budget.draw(results)
    links = [row.cells[-1].link for row in told.table.rows]

    assert links == ["claim-arms", "finding-parts", "claim-whole"]


def test_every_amount_is_printed_derived_or_called_a_remainder():
    (one,) = budgets(*ALL)
    pieces: list[Piece] = [*one.parts, *one.rises]

    assert all((piece.name == "Remainder") == (piece.kind == "remainder") for piece in pieces)
    assert all(piece.claims for piece in pieces)
