"""Scenarios on the page: order, tables, chances and origins."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest

from steelyard.project.ensemble import Headline, Reach
from steelyard.report.headlines import percent
from steelyard.report.links import link_claims
from steelyard.report.outlook import describe_ensembles
from tests.report import samples


def outlooks(**changes):
    results = samples.results(**changes)
    return describe_ensembles(results, link_claims(results.ledger, results.documents)[0])


def texts(row) -> list[str]:
    return [cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells]


def test_what_others_are_measured_against_stands_last():
    assert [outlook.id for outlook in outlooks()] == ["rising", "constant"]


def test_the_slower_path_comes_first_unless_another_is_named():
    fast = samples.scenario("fast", [2.42, 3.5, 3.5], reference_scenario="constant", target_year=2027)
    ensembles = (fast, samples.CONSTANT, samples.RISING)

    assert [outlook.id for outlook in outlooks(ensembles=ensembles)] == ["rising", "fast", "constant"]
    assert outlooks(ensembles=ensembles, headline="fast")[0].id == "fast"


def test_a_year_shows_its_quantiles_and_its_box():
    """2028: 77 tn won; 5 % a year, two years on, is 69.3 to 84.7, half of it 73.15 to 80.85; box of 1 %."""
    group = outlooks()[0].yearly.groups[1]

    assert group.heading == "Spending, current prices (tn KRW)"
    assert texts(group.rows[2]) == ["2028", "69.3", "73.2", "77.0", "80.9", "84.7", "", "76.2", "77.8"]


def test_a_year_shows_no_digit_behind_the_first_of_its_error():
    """Known to 1.2 trillion, 69.3 is 69, and the box, which no draw moves, stays as it is; 77 is 80 to 12."""
    for error, told in (
        (1.2e12, ["69", "73", "77", "81", "85", "1.2"]),
        (12e12, ["70", "70", "80", "80", "80", "12"]),
    ):
        fan = samples.cells("spending", "KRW", [66e12, 70e12, 77e12], 0.05, error)
        group = outlooks(ensembles=(replace(samples.RISING, cells=tuple(fan)),))[0].yearly.groups[0]

        assert texts(group.rows[2]) == ["2028", *told, "76.2", "77.8"]
        assert float(group.rows[2].cells[6].value) == error
        assert texts(group.rows[0])[6] == ""


def test_shares_have_two_decimals():
    assert texts(outlooks()[0].yearly.groups[0].rows[0])[1:4] == ["2.42", "2.42", "2.42"]


def test_csv_keeps_single_units():
    cell = outlooks()[0].yearly.groups[1].rows[2].cells[3]

    assert float(cell.value) == pytest.approx(77e12)


def test_chances_say_what_the_claims_leave_open():
    assert [texts(row) for row in outlooks()[0].reach.rows] == [
        ["2027", "0%", "0%", "0%", ""],
        ["2028", "53%", "47% to 55%", "40%", ""],
    ]


def test_chances_have_the_larger_error_of_both_beside_them():
    """To 20 points 53 % is 50 %."""
    reach = (
        Reach(2027, 0.5, 0.5, 0.5, 0.4, error=0.005, kept_error=0.0049),
        Reach(2028, 0.53, 0.47, 0.55, 0.4, error=0.2, kept_error=0.19),
    )

    found = outlooks(ensembles=(replace(samples.RISING, reach=reach),))[0].reach

    assert [texts(row) for row in found.rows] == [
        ["2027", "50%", "50%", "40%", "0.50 points"],
        ["2028", "50%", "50% to 60%", "40%", "20 points"],
    ]


def test_without_a_target_there_are_no_chances():
    assert outlooks()[1].reach is None


def test_a_number_that_is_infinite_is_told_in_words():
    years = (2030.0, 2032.0, inf, inf, inf)
    closes = Headline(
        "gap_closes", "year", "calendar year", inf, 2033.0, inf, "", (), None, years, "later than 2035"
    )
    ensembles = (replace(samples.RISING, headline=(closes,)),)

    (row,) = outlooks(ensembles=ensembles)[0].headlines.rows

    late = "later than 2035"
    assert texts(row) == ["Year", "calendar year", late, "", f"2030 to {late}", f"2033 to {late}"]


def test_headlines_have_their_unit_once():
    assert [texts(row) for row in outlooks()[0].headlines.rows] == [
        ["Implied GDP", "tn KRW", "2,000.0", "", "", "1,990.0 to 2,010.0"],
        ["Probability until 2028", "probability", "53%", "", "", "47% to 55%"],
    ]


def test_a_headline_has_its_error_in_its_own_scale():
    fan, errors = (60e12, 70e12, 77e12, 84e12, 94e12), (3e12, 1e12, 0.21e12, 1e12, 3e12)
    cost = Headline("x", "cost", "KRW", 77e12, 76.1e12, 77.9e12, "", (), 2028, fan, "", 0.21e12, errors)
    chance = Headline("p_reach", "chance until 2028", "", 0.53, 0.47, 0.55, "", (), error=0.004)

    rows = outlooks(ensembles=(replace(samples.RISING, headline=(cost, chance)),))[0].headlines.rows

    assert [texts(row) for row in rows] == [
        ["Cost, 2028", "tn KRW", "77.0", "0.21", "60 to 94", "76.1 to 77.9"],
        ["Chance until 2028", "probability", "53%", "0.40 points", "", "47% to 55%"],
    ]


def test_what_a_scenario_rests_on_leads_to_claims_and_parameters():
    (outlook, _) = outlooks()

    assert [(row.cells[0].link, row.cells[1].text) for row in outlook.origins.rows] == [
        (f"text-{samples.TOTAL.id}", "claim"),
        ("parameter-kor-defence-share-target-packaged-3.5", "parameter"),
        ("", "draws"),
    ]
    assert outlook.parameters == ("kor-defence-share-target",)


def test_values_and_years_lead_to_what_they_rest_on():
    outlook, _ = outlooks()

    assert {row.cells[2].link for row in outlook.headlines.rows} == {one.anchor for one in outlook.equations}
    tables = (outlook.headlines, outlook.yearly, outlook.reach)
    assert [table.rests_on for table in tables] == ["scenario-rising-origins"] * 3


def test_an_equation_stands_once_with_what_it_gives_and_the_rows_of_its_inputs():
    """Two costs of one sum on the same inputs share its place; another sum on them has a place of its own."""
    inputs = tuple(origin.id for origin in samples.RISING.origins[:2])
    rows = [("cost", "S = b Y"), ("cost of the path", "S = b Y"), ("share", "b = S / Y")]
    told = [Headline(label, label, "%", 1, 1, 1, equation, inputs[::-1], 2028) for label, equation in rows]

    outlook = outlooks(ensembles=(replace(samples.RISING, headline=tuple(told)),))[0]

    assert [(one.text, one.gives) for one in outlook.equations] == [
        ("S = b Y", ("Cost, 2028", "Cost of the path, 2028")),
        ("b = S / Y", ("Share, 2028",)),
    ]
    places = [one.anchor for one in outlook.equations]
    assert [row.cells[2].link for row in outlook.headlines.rows] == [places[0], places[0], places[1]]
    anchors = [row.anchor for row in outlook.origins.rows]
    assert outlook.equations[0].inputs == ((1, anchors[0]), (2, anchors[1]))
    assert [row.cells[0].note for row in outlook.origins.rows] == ["1", "2", "3"]


def test_what_rests_on_nothing_leads_nowhere():
    (outlook,) = outlooks(ensembles=(replace(samples.RISING, origins=()),))

    assert {row.cells[2].link for row in outlook.headlines.rows} == {""}
    assert (outlook.yearly.rests_on, outlook.reach.rests_on) == ("", "")


def ruled_by(rule: str, *more: str):
    """The rising scenario under a rule, with more parameters in force."""
    made = [replace(samples.RISING.origins[2], id=f"equation:{rule}", kind="equation")]
    made += [replace(samples.RISING.origins[1], id=f"parameter:{name}@packaged@2026/..") for name in more]
    return replace(samples.RISING, origins=(*samples.RISING.origins, *made))


def test_a_chance_of_a_path_that_aims_at_the_target_is_explained():
    (outlook,) = outlooks(ensembles=(ruled_by("linear-share"),))

    assert "the path aims at just this share" in outlook.chance
    assert "in every year" in outlook.chance
    text = "".join(run.text for run in outlook.sentence)
    assert text.endswith("than how often GDP turns out no higher than expected.")


@pytest.mark.parametrize(
    "ensemble",
    [
        samples.RISING,
        ruled_by("constant-share"),
        ruled_by("nominal-steps"),
        ruled_by("linear-share", "usa-troop-floor-in-korea"),
        replace(ruled_by("linear-share"), reach=(), target=None),
    ],
)
def test_other_chances_are_not(ensemble):
    (outlook,) = outlooks(ensembles=(ensemble,))

    assert outlook.chance == ""
    assert "aims at" not in "".join(run.text for run in outlook.sentence)


def test_assumptions_stand_with_their_reasons():
    (row,) = outlooks()[0].assumptions.rows

    assert texts(row) == ["inflation", "2%", "the bank's aim"]


def test_a_scenario_without_anything_but_fans_is_shown():
    bare = samples.scenario(
        "bare", [2.4, 2.5, 2.6], headline=(), assumptions=(), origins=(), reach=(), target=None
    )

    (outlook,) = outlooks(ensembles=(bare,))

    assert (outlook.headlines, outlook.assumptions, outlook.origins, outlook.reach) == (None,) * 4


def test_where_spending_costs_nothing_more_the_sentence_leaves_it_out():
    text = "".join(cell.text for cell in outlooks()[1].sentence)

    assert "more than" not in text


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "0%"),
        (0.004, "below 1%"),
        (0.01, "1%"),
        (0.5, "50%"),
        (0.99, "99%"),
        (0.9999, "above 99%"),
        (1.0, "100%"),
    ],
)
def test_what_is_not_certain_is_not_called_so(probability, words):
    assert percent(probability) == words
