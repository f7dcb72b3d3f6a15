"""What a path costs against its reference: exact in each draw, and only where the two go together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from steelyard.project import project_scenario
from steelyard.project.economy import run_economy
from steelyard.project.equations import Limits, Policy, Scale, carried_out, outcomes
from steelyard.project.rules import Plan
from tests.project.samples import LEDGER, scenario, series, standing_alone, vocabulary, with_entries
from tests.project.test_equations import SEED, drivers

PATH = Policy("linear-share", Plan(0.0242, 0.035, 9))
REFERENCE = Policy("constant-share", Plan(0.0242, 0.035, 9))
COSTS = ("", "_real", "_foreign", "_cumulative", "_cumulative_real", "_cumulative_foreign")


def differences(policy, reference, discount=0.045):
    paths = run_economy(drivers(), SEED, 0, 20)
    found = {}
    for name, values in outcomes(policy, paths, Scale(1000.0, 4.0, discount), reference):
        if name.startswith("difference"):
            found.setdefault(name.removeprefix("difference"), []).append(values)
    return {name: np.array(years) for name, years in found.items()}, paths


def test_the_difference_is_that_of_the_two_paths_in_the_same_draw():
    """Each draw is run alone, by hand: money of one less money of the other, and its sums."""
    found, paths = differences(PATH, REFERENCE)

    mine, other = ([spent for spent, *_ in carried_out(one, paths)] for one in (PATH, REFERENCE))
    for draw in (0, 7, 19):
        total = dict.fromkeys(("", "_real", "_foreign", "_discounted"), 0.0)
        for t in range(9):
            money = 1000.0 * (mine[t][draw] - other[t][draw])
            real = money / paths.prices[t][draw]
            foreign = money / (4.0 * paths.rate[t][draw])
            assert found[""][t + 1][draw] == pytest.approx(money)
            assert found["_real"][t + 1][draw] == pytest.approx(real)
            assert found["_foreign"][t + 1][draw] == pytest.approx(foreign)
            parts = {"": money, "_real": real, "_foreign": foreign, "_discounted": real / 1.045 ** (t + 1)}
            for kind, part in parts.items():
                total[kind] += part
                assert found[f"_cumulative{kind}"][t + 1][draw] == pytest.approx(total[kind])


def test_a_path_costs_nothing_against_itself():
    found, _ = differences(REFERENCE, REFERENCE)

    assert all(not values.any() for values in found.values())


def test_what_one_costs_more_the_other_costs_less():
    there, _ = differences(PATH, REFERENCE)
    back, _ = differences(REFERENCE, PATH)

    for name in COSTS:
        np.testing.assert_allclose(there[name], -back[name])


def test_a_reference_has_limits_of_its_own():
    capped = replace(REFERENCE, limits=Limits(cap=0.0))

    found, paths = differences(REFERENCE, capped)

    assert np.all(found[""][1:] >= 0)
    assert found[""][9] == pytest.approx(1000 * 0.0242 * (paths.expected_gdp[8] - 1), rel=0.2)


# In scenarios


def project(entry, known=None, draws=400):
    return project_scenario(entry, LEDGER, known or vocabulary(), series(), draws=draws)


def test_the_difference_is_less_noisy_than_the_difference_of_the_fans():
    early, _ = project(scenario("linear-2030"))
    constant, _ = project(scenario("constant-share"))

    def at(ensemble, variable):
        return next(cell for cell in ensemble.series(variable) if cell.year == 2035).quantiles

    own = at(early, "difference")
    fans = at(early, "spending")[-1] - at(constant, "spending")[0]
    assert own[-1] - own[0] < (fans - (at(early, "spending")[0] - at(constant, "spending")[-1])) / 3


def test_without_shocks_the_difference_is_the_extra_cost():
    """On the central path GDP is what was expected, so a constant share costs what the reference does."""
    ensemble, problems = project(scenario("linear-2035"))

    assert problems == []
    for ending in COSTS:
        pairs = zip(ensemble.series(f"difference{ending}"), ensemble.series(f"extra{ending}"), strict=True)
        for mine, other in pairs:
            assert mine.central == pytest.approx(other.central, rel=1e-4, abs=1.0)


def test_the_headline_names_the_reference_and_rests_on_its_rule():
    ensemble, _ = project(scenario("linear-2035"))

    number = ensemble.number("x_difference")

    assert "“Share of GDP stays at 2.42%”" in number.label
    assert {"equation:constant-share", "equation:linear-share"} <= set(number.inputs)


def test_the_reference_itself_has_no_difference():
    ensemble, _ = project(scenario("constant-share"))

    assert not [name for name in ensemble.variables if name.startswith("difference")]
    assert ensemble.number("x_difference") is None


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        pytest.param({"horizon": 2034, "target": {"by": 2034}}, "horizon", id="another horizon"),
        pytest.param({"drivers": {"center": "mean"}}, "drivers", id="another economy"),
        pytest.param({"base": {"spending": {"status": ["enacted"]}}}, "base", id="another base"),
        pytest.param({"assumptions": "fast"}, "assumptions", id="other assumptions"),
    ],
)
def test_a_reference_that_goes_elsewhere_gives_a_warning_and_no_difference(changes, word):
    if changes.get("assumptions") == "fast":
        given = [dict(one) for one in standing_alone().data["assumptions"]]
        changes = {"assumptions": [{**one, "value": "2.5 %"} for one in given]}

    ensemble, problems = project(scenario("linear-2035", **changes), draws=40)

    assert ensemble
    (problem,) = [one for one in problems if one.code != "gdp-vintage"]
    assert (problem.code, problem.severity) == ("unlike-reference", "warning")
    assert f"differs in {word}" in problem.message
    assert "difference" not in ensemble.variables


@pytest.mark.parametrize(
    "fault",
    [{"rule": {"kind": "real-growth"}}, {"sets": [{"parameter": "kor-defence-share-target", "from": "soon"}]},
     {"limits": {"cap": {"value": "5 %"}}}],
    ids=["form", "target", "limits"],
)  # fmt: skip
def test_a_reference_with_faults_of_its_own_stops_the_difference_only(fault):
    broken = standing_alone(**fault)
    known = with_entries(replace(broken, id="broken"))
    entry = scenario("linear-2035", extends=None, reference_scenario="broken")
    whole = replace(entry, data={**standing_alone().data, **entry.data})

    ensemble, problems = project(whole, known, draws=40)

    assert ensemble
    assert [problem.code for problem in problems] == ["unlike-reference"]
    assert "faults of its own" in problems[0].message


def test_a_scenario_that_names_itself_as_reference_has_none():
    entry = standing_alone(reference_scenario="constant-share")

    ensemble, problems = project(entry, draws=40)

    assert problems == []
    assert "difference" not in ensemble.variables
