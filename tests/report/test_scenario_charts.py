"""What scenarios come to: two uncertainties apart, what moves a number, targets and pledges in the fans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.project.ensemble import Cell, Headline
from steelyard.report import own_path
from steelyard.report.charts import paths, sensitivity, uncertainties
from tests.report import samples


def shown(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def rows_of(figure, kind, colour=None):
    """The rows of all marks of a kind, such as "rule"."""
    return [
        row
        for layer in figure.spec["layer"]
        if layer["mark"]["type"] == kind and (colour is None or layer["mark"].get("color") == colour)
        for row in layer["data"]["values"]
    ]


# Two uncertainties


def both(**changes):
    return list(uncertainties.draw(samples.results(**changes)))


def test_the_two_uncertainties_stand_apart():
    """Rising: 77 tn won in 2028, 5 % of it a year for two years either way: 69.3 to 84.7. Rounding leaves one
    percent either way: 76.23 to 77.77, a tenth as much.
    """
    (figure,) = both(headline="rising")

    assert shown(figure.title) == (
        "Shocks leave 15.4 tn KRW of spending in 2028 open, 10 times what rounding does "
        "(Share of GDP: rising)"
    )
    outer = rows_of(figure, "rule", "#c3d7ea")
    assert (outer[1]["x"], outer[1]["x2"]) == (pytest.approx(69.3), pytest.approx(84.7))
    boxes = rows_of(figure, "rule", "#b34a00")
    assert (boxes[1]["x"], boxes[1]["x2"]) == (pytest.approx(76.23), pytest.approx(77.77))
    assert all(one["y"] != other["y"] for one, other in zip(outer, boxes, strict=True))


def test_no_row_mixes_the_two():
    (figure,) = both()

    assert "draws" in figure.alt
    assert "rounding" in figure.alt
    assert {"5%", "95%", "Rounding: low", "Rounding: high"} <= set(figure.table.columns)


def test_scenarios_in_other_currencies_have_a_picture_of_their_own():
    cells = tuple(replace(cell, unit="PLN") for cell in samples.RISING.series("spending"))
    other = replace(samples.RISING, scenario="poland", cells=cells)

    assert [figure.name for figure in both(ensembles=(samples.RISING, other))] == [
        "uncertainties-unit-KRW",
        "uncertainties-unit-PLN",
    ]


def test_a_scenario_in_which_nothing_is_open_has_no_picture():
    cells = tuple(
        replace(cell, quantiles=(cell.central,) * 5, box=(cell.central,) * 2)
        for cell in samples.RISING.series("spending")
    )

    assert not both(ensembles=(replace(samples.RISING, cells=cells),))


def test_rounding_may_leave_more_open_than_shocks():
    """69.3 to 84.7 is 15.4 over the draws; 38.5 to 115.5 by rounding is 77, five times that."""
    cells = tuple(
        replace(cell, box=(cell.central / 2, cell.central * 1.5))
        for cell in samples.RISING.series("spending")
    )

    (figure,) = both(ensembles=(replace(samples.RISING, cells=cells),))

    assert figure.title.endswith("open, rounding of the claims 5.0 times that (Share of GDP: rising)")


def test_rounding_that_leaves_nothing_open_is_said_to():
    cells = tuple(replace(cell, box=(cell.central,) * 2) for cell in samples.RISING.series("spending"))

    (figure,) = both(ensembles=(replace(samples.RISING, cells=cells),))

    assert shown(figure.title).endswith("open, rounding of the claims nothing (Share of GDP: rising)")


# What moves the headline number

COST = Headline(
    "x_cumulative",
    "cost of the path, added up",
    "KRW",
    50e12,
    48e12,
    52e12,
    "sum",
    (),
    2028,
    quantiles=(40e12, 45e12, 50e12, 55e12, 60e12),
)
SWINGS: tuple[dict[str, object], ...] = (
    {
        "headline": "x_cumulative",
        "input": "share of GDP in 2026",
        "low": 51.5e12,
        "high": 48.5e12,
        "claims": [f"claim:{samples.SHARE.id}"],
    },
    {
        "headline": "x_cumulative",
        "input": "spending in 2026",
        "low": 49e12,
        "high": 51e12,
        "claims": [f"claim:{samples.TOTAL.id}"],
    },
    {"headline": "x_cumulative", "input": "without end", "low": None, "high": 51e12, "claims": []},
    {"headline": "x_annual", "input": "another number", "low": 1.0, "high": 99e12, "claims": []},
)


def index(year, group, first, over="draws", variable="extra_cumulative"):
    return {
        "over": over,
        "variable": variable,
        "year": year,
        "group": group,
        "first": first,
        "total": first,
        "error": 0.01,
        "total_error": 0.01,
    }


INDICES = (
    index(2027, "growth", 0.7),
    index(2028, "growth", 0.35),
    index(2027, "inflation", 0.3),
    index(2028, "inflation", 0.65),
    index(2029, "growth", 0.9),
    index(2028, "claims", 0.9, over="draws-and-box"),
    index(2028, "growth", 0.9, variable="spending"),
)
MOVED = replace(samples.RISING, headline=(COST,), swings=SWINGS, sensitivity=INDICES)


def moved(**changes):
    results = samples.results(ensembles=(replace(MOVED, **changes),))
    return {figure.name: figure for figure in sensitivity.draw(results)}


def test_the_farthest_swing_stands_first():
    figure = moved()["scenario-rising-swings"]

    assert [row.cells[0].text for row in figure.table.rows] == ["share of GDP in 2026", "spending in 2026"]
    # 51.5 less 48.5 is 3; nine in ten draws are 40 to 60.
    assert shown(figure.title) == (
        "Cost of the path: share of GDP in 2026 alone moves it by 3.00 tn KRW, shocks by 20.0 tn KRW "
        "(Share of GDP: rising)"
    )


def test_both_sides_of_a_swing_begin_at_the_value_shown():
    figure = moved()["scenario-rising-swings"]

    for colour, ends in (("#1b5e97", [51.5, 49]), ("#b34a00", [48.5, 51])):
        rows = rows_of(figure, "rule", colour)
        assert [(row["x"], row["x2"]) for row in rows] == [(50, end) for end in ends]


def test_a_swing_leads_to_the_claim_of_its_input():
    figure = moved()["scenario-rising-swings"]

    assert [row.cells[-1].link for row in figure.table.rows] == [
        f"claim-{samples.SHARE.id}",
        f"claim-{samples.TOTAL.id}",
    ]


def test_shocks_are_told_by_year_up_to_that_of_the_number():
    figure = moved()["scenario-rising-shocks"]

    told = "Cost of the path: inflation explains 65% of its spread in 2028"
    assert figure.title == f"{told} (Share of GDP: rising)"
    points = rows_of(figure, "line")
    assert [(row["x"], row["y"]) for row in points] == [
        (2027, pytest.approx(70)),
        (2028, pytest.approx(35)),
        (2027, pytest.approx(30)),
        (2028, pytest.approx(65)),
    ]


def test_what_the_box_adds_is_never_mixed_with_chances():
    assert "claims" not in moved()["scenario-rising-shocks"].alt


def test_lines_differ_by_more_than_colour():
    dashes = [
        tuple(layer["mark"]["strokeDash"])
        for layer in moved()["scenario-rising-shocks"].spec["layer"]
        if layer["mark"]["type"] == "line"
    ]

    assert len(set(dashes)) == len(dashes) == 2


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        pytest.param({"swings": ()}, ["scenario-rising-shocks"], id="no swing"),
        pytest.param({"sensitivity": ()}, ["scenario-rising-swings"], id="no index"),
        pytest.param({"headline": ()}, [], id="no headline"),
    ],
)
def test_what_nothing_moves_is_left_out(changes, left):
    assert list(moved(**changes)) == left


# Targets and pledges in the fans


def cell(variable, unit, year, value):
    values = (value,) * 5
    return Cell(variable, unit, year, value, (value, value), values, ((value, value),) * 5, "", ())


GDP = tuple(cell("gdp", "KRW", 2026 + number, (2000 + 100 * number) * 1e12) for number in range(3))
SIGNED = tuple(
    cell("pledge_commitment:arms", "USD", 2026 + number, amount)
    for number, amount in enumerate((10e9, 15e9, 0))
)
PLEDGED = replace(
    samples.RISING, cells=(*samples.RISING.cells, *GDP, *SIGNED), names={"pledge:arms": "American arms"}
)


def fans(ensemble=PLEDGED):
    figures = paths.draw(samples.results(ensembles=(ensemble,)))
    return {figure.name.rpartition("-")[2]: figure for figure in figures}


def test_the_target_is_so_much_of_gdp_in_won():
    """3.5 % of 2,000, 2,100 and 2,200 tn won is 70, 73.5 and 77."""
    figure = fans()["spending"]

    lines = [
        layer for layer in figure.spec["layer"] if layer["encoding"].get("y", {}).get("field") == "target"
    ]
    assert [row["target"] for row in lines[0]["data"]["values"]] == pytest.approx([70, 73.5, 77])


def test_the_year_of_the_target_is_marked():
    for name, value in (("share", 3.5), ("spending", 77)):
        (row,) = [
            row
            for layer in fans()[name].spec["layer"]
            if layer["mark"].get("shape") == "diamond"
            for row in layer["data"]["values"]
        ]
        assert (row["year"], row["target"]) == (2028, pytest.approx(value))


def test_a_target_in_another_currency_than_that_of_gdp_is_not_made_up():
    assert "target" not in str(fans()["spending_foreign"].spec)


def test_a_pledge_is_marked_in_its_last_year_with_its_sum():
    """10 bn signed in 2026 and 15 bn in 2027 are 25 bn by 2027."""
    for name in ("spending", "spending_foreign"):
        figure = fans()[name]
        (row,) = [
            row
            for layer in figure.spec["layer"]
            if layer["mark"].get("shape") == "triangle-up"
            for row in layer["data"]["values"]
        ]
        assert row["year"] == 2027
        assert shown(figure.alt).endswith("Pledged by 2027: American arms, 25 bn USD.")


def test_a_fan_without_pledges_says_nothing_of_them():
    assert "ledged" not in str([(figure.alt, figure.spec) for figure in fans(samples.RISING).values()])


def test_the_numbers_of_a_fan_stand_in_its_table():
    figure = fans()["spending"]
    rows = list(figure.table.rows)

    assert [row.cells[0].text for row in rows] == ["2026", "2027", "2028"]
    assert [row.cells[-1].text for row in rows] == ["70.000", "73.500", "77.000"]
    assert figure.shown == "scenario-rising-yearly"


def test_members_of_one_scenario_have_no_pictures_but_their_paths(monkeypatch):
    """Thirty members with six pictures each would be a page that nobody reads."""
    monkeypatch.setattr(own_path, "written_as", lambda scenario, vocabulary: "members")

    assert not moved()
    assert not both()
