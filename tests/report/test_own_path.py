"""What a scenario has to tell of its own: its path, its numbers, and what it has from another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.project.ensemble import Headline
from steelyard.report.charts import paths, sensitivity, uncertainties
from steelyard.report.links import link_claims
from steelyard.report.outlook import describe_ensembles
from steelyard.report.own_path import own_numbers, parents_of
from steelyard.report.side_by_side import comparable, side_by_side
from tests.report import samples

TROOPS = Headline("troops", "troops over the floor", "person", -4500, -4500, -4500, "N - F", ())


def number(name: str) -> Headline:
    return Headline(name, name, "KRW", 5e12, 4e12, 6e12, "S - R", ())


def child(**keys):
    """The rising scenario with fewer troops: it spends the same."""
    return replace(samples.RISING, **{"scenario": "child", "label": "Fewer troops", **keys})


def results(*ensembles, extends, **changes):
    """Results of which scenarios extend one another; `extends` names the one below by the id of each."""
    vocabulary = samples.vocabulary()
    some = next(iter(vocabulary.entries("postures").values()))
    entries = {
        name: replace(some, kind="scenarios", id=name, data={"label": name, "extends": below})
        for name, below in extends.items()
    }
    kinds = {**vocabulary.kinds, "scenarios": entries}
    known = replace(vocabulary, kinds=kinds)
    return samples.results(ensembles=(samples.CONSTANT, *ensembles), vocabulary=known, **changes)


def outlooks(made):
    return {one.id: one for one in describe_ensembles(made, link_claims(made.ledger, made.documents)[0])}


def test_what_spends_as_its_parent_tells_only_what_differs():
    made = results(
        samples.RISING, child(headline=(*samples.RISING.headline, TROOPS)), extends={"child": "rising"}
    )

    told = outlooks(made)

    assert told["child"].parent is samples.RISING
    assert told["child"].parent_anchor == "scenario-rising"
    assert [row.cells[0].text for row in told["child"].headlines.rows] == ["Troops over the floor"]
    assert next(row.cells[0].text for row in told["rising"].headlines.rows) == "Implied GDP"
    names = {figure.name for chart in (paths, sensitivity) for figure in chart.draw(made)}
    assert "scenario-rising-share" in names
    assert not [name for name in names if "child" in name]
    assert "Fewer troops" not in next(iter(uncertainties.draw(made))).alt


def test_a_table_of_paths_says_whose_path_is_anothers():
    slow = samples.scenario("slow", [2.42, 2.5, 3.0], reference_scenario="constant")
    made = results(samples.RISING, slow, child(), extends={"child": "rising"})

    told = list(outlooks(made).values())

    assert {one.id for one in comparable(told)} == {"rising", "slow"}
    table = side_by_side(told, made.vocabulary)
    assert table.caption.endswith(f"Fewer troops: as {samples.RISING.label}.")


@pytest.mark.parametrize(
    ("other", "extends"),
    [
        pytest.param(child(), {}, id="not made from it"),
        pytest.param(child(), {"child": "other", "other": "child"}, id="a circle"),
        pytest.param(child(target=3.0), {"child": "rising"}, id="another aim"),
        pytest.param(
            replace(samples.scenario("child", [2.42, 2.5, 3.0], reference_scenario="constant")),
            {"child": "rising"},
            id="another path",
        ),
    ],
)
def test_what_is_a_path_of_its_own_has_no_parent(other, extends):
    assert parents_of(results(samples.RISING, other, extends=extends)) == {}


def test_the_scenario_that_the_report_is_of_tells_all_itself():
    made = results(samples.RISING, child(), extends={"child": "rising"}, headline="child")

    assert parents_of(made) == {}


def test_the_farthest_that_spends_alike_is_the_parent():
    between = child(scenario="between")
    made = results(samples.RISING, between, child(), extends={"child": "between", "between": "rising"})

    assert {name: one.scenario for name, one in parents_of(made).items()} == {
        "between": "rising",
        "child": "rising",
    }


def test_a_reference_has_no_cost_over_itself():
    numbers = (number("x_cumulative"), number("x_cumulative_foreign"), number("spending_target_year"))
    reference = replace(samples.CONSTANT, headline=numbers)
    made = samples.results(ensembles=(reference, samples.RISING))

    assert [one.name for one in own_numbers(reference, made)] == ["spending_target_year"]
    alone = samples.results(ensembles=(reference,))
    assert [one.name for one in own_numbers(reference, alone)] == [one.name for one in numbers]


def test_an_error_that_is_no_number_is_left_empty():
    """The median year lies beyond the horizon, and so nobody knows how far it may be off."""
    year = Headline(
        "gap_closes",
        "year of the target",
        "calendar year",
        float("inf"),
        2028,
        float("inf"),
        "tau",
        (),
        quantiles=(2027.0, 2028.0, float("inf"), float("inf"), float("inf")),
        unbounded="later than 2028",
        error=float("inf"),
    )
    made = samples.results(ensembles=(replace(samples.RISING, headline=(year,)),))

    (row,) = outlooks(made)["rising"].headlines.rows

    assert [cell.text for cell in row.cells[2:]] == [
        "later than 2028",
        "",
        "2027 to later than 2028",
        "2028 to later than 2028",
    ]
