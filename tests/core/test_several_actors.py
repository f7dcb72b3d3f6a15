"""A scenario written for several actors becomes one for each, with what is otherwise for one of them."""

from __future__ import annotations

import pytest

from steelyard.core.schema import TomlFile
from steelyard.core.several_actors import WRITTEN, left_out, members_of, one_for_each
from steelyard.core.vocabulary import Entry, Vocabulary, load_vocabulary

FILE = TomlFile("scenarios/path.toml", 'label = "A path"\nactors = ["NATO"]\n[rule]\nkind = "linear-share"\n')


def scenario(name, **data):
    data = {"label": "A path", "summary": "It rises.", **data}
    return Entry("scenarios", name, data, dict.fromkeys(data, "case"), FILE, dict.fromkeys(data, FILE))


def made(*scenarios):
    """The scenarios that come of some by id, and what is wrong with them."""
    packaged, _ = load_vocabulary()
    entries = {entry.id: entry for entry in scenarios}
    vocabulary, problems = one_for_each(Vocabulary({**packaged.kinds, "scenarios": entries}))
    return vocabulary, problems


def test_each_of_the_actors_has_a_scenario_of_its_own():
    vocabulary, problems = made(scenario("path", actors=["POL", "DEU"], horizon=2035))
    found = vocabulary.entries("scenarios")

    assert problems == []
    assert list(found) == ["path-pol", "path-deu"]
    assert found["path-pol"].data["actor"] == "POL"
    assert found["path-pol"].data["horizon"] == 2035
    assert found["path-pol"].label == "Poland: A path"
    assert "actors" not in found["path-pol"].data
    assert vocabulary.entry(WRITTEN, "path").label == "A path"


def test_an_alliance_stands_for_its_members():
    vocabulary, _ = made(scenario("path", actors=["NATO"]))

    assert len(members_of("NATO", vocabulary)) == 32
    assert len(vocabulary.entries("scenarios")) == 32
    assert {"path-isl", "path-fin", "path-swe", "path-usa"} <= set(vocabulary.entries("scenarios"))


def test_who_is_left_out_has_none_and_the_reason_is_kept():
    out = [{"actor": "ISL", "reason": "It has no armed forces."}]
    vocabulary, problems = made(scenario("path", actors=["NATO"], without=out))

    assert problems == []
    assert "path-isl" not in vocabulary.entries("scenarios")
    assert left_out(vocabulary.entry(WRITTEN, "path"), vocabulary) == {"ISL": "It has no armed forces."}


def test_what_is_otherwise_for_one_is_laid_over_the_common_keys():
    otherwise = {"POL": {"label": "kept", "rule": {"kind": "constant-share"}}}
    rule = {"kind": "linear-share", "power": 2}
    vocabulary, _ = made(scenario("path", actors=["POL", "DEU"], rule=rule, **{"for": otherwise}))
    found = vocabulary.entries("scenarios")

    assert found["path-pol"].data["rule"] == {"kind": "constant-share", "power": 2}
    assert found["path-pol"].label == "Poland: kept"
    assert found["path-deu"].data["rule"] == rule


def test_a_scenario_extends_and_is_measured_against_that_of_its_own_actor():
    vocabulary, problems = made(
        scenario("steady", actors=["POL", "DEU"]),
        scenario("rising", extends="steady", reference_scenario="steady"),
        scenario("german", extends="steady", actor="DEU"),
    )
    found = vocabulary.entries("scenarios")

    assert problems == []
    assert list(found) == ["steady-pol", "steady-deu", "rising-pol", "rising-deu", "german"]
    assert found["rising-pol"].text("extends") == "steady-pol"
    assert found["rising-deu"].text("reference_scenario") == "steady-deu"
    assert found["german"].text("extends") == "steady-deu"


def test_a_fault_in_what_was_made_is_placed_where_it_is_written():
    vocabulary, _ = made(scenario("path", actors=["POL"], rule={"kind": "linear-share"}))

    place = vocabulary.entries("scenarios")["path-pol"].place("rule", "kind")

    assert (place.file, place.line) == ("scenarios/path.toml", 4)


def test_a_case_of_scenarios_for_one_actor_each_stays_as_it_is():
    vocabulary, problems = made(scenario("path", actor="POL"))

    assert problems == []
    assert vocabulary.entry("scenarios", "path").data["actor"] == "POL"
    assert vocabulary.entries(WRITTEN) == {}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param({"actor": "POL", "actors": ["DEU"]}, "either an actor or several", id="one and several"),
        pytest.param({"actors": ["UNC"]}, "No actor is among UNC", id="an organisation without members"),
        pytest.param(
            {"actors": ["POL"], "without": [{"actor": "ISL", "reason": "none"}]}, "'ISL' is left out",
            id="left out of what it is not in",
        ),
        pytest.param({"actors": ["POL"], "for": {"DEU": {}}}, "'DEU' is given keys", id="keys for another"),
    ],
)  # fmt: skip
def test_actors_that_make_no_sense_are_faults(data, words):
    problems = made(scenario("path", **data))[1]

    assert [problem.code for problem in problems] == ["scenario-actors"]
    assert words in problems[0].message


def test_a_name_that_is_taken_is_a_fault():
    problems = made(scenario("path", actors=["POL"]), scenario("path-pol", actor="POL"))[1]

    assert [problem.code for problem in problems] == ["duplicate-id"]


def test_scenarios_that_extend_one_another_in_a_circle_come_to_an_end():
    vocabulary, _ = made(
        scenario("one", extends="other", actors=["POL"]), scenario("other", extends="one", actors=["POL"])
    )

    assert set(vocabulary.entries("scenarios")) == {"one-pol", "other-pol"}
