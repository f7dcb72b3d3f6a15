"""The share of GDP that a scenario aims at: a parameter under its posture, or a number with a reason."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from steelyard.core.interval import Interval
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.parameters import Setting, Value, percentage, value_on
from steelyard.project.posture import posture_chain, posture_settings
from steelyard.project.scenario import Scenario


def settings_of(scenario: Scenario, vocabulary: Vocabulary) -> tuple[list[Setting], list[Problem]]:
    """Every setting over the packaged parameters, lowest first: the postures of the chain, then the
    scenarios.
    """
    posture = scenario.data.get("posture")
    chain, problems = posture_chain(posture, vocabulary) if posture else ([], [])
    return [*posture_settings(chain), *posture_settings(list(scenario.chain))], problems


def find_target(scenario: Scenario, vocabulary: Vocabulary) -> tuple[Value | None, list[Problem]]:
    """The target in percent of GDP for the year in which it is to be met; None where the scenario has
    none.
    """
    settings, problems = settings_of(scenario, vocabulary)
    table = scenario.data.get("target")
    if table is None or problems:
        return None, problems
    place = scenario.place("target")
    if ("parameter" in table) == ("value" in table):
        message = "A target is either a parameter or a value of its own."
        return None, [
            Problem("target-source", message, place, "Give target.parameter or target.value, not both.")
        ]
    if "parameter" in table:
        value, problems = value_on(table["parameter"], date(scenario.by, 1, 1), vocabulary, settings)
    else:
        value, problems = _own_value(scenario, vocabulary)
    if value is None and not problems:
        message = f"No layer gives {table['parameter']} a value in {scenario.by}."
        hint = "Set it in the scenario under [[sets]], or choose another posture."
        return None, [Problem("no-parameter-value", message, place, hint)]
    return (None, problems) if value is None else _in_range(value, scenario, problems)


def _own_value(scenario: Scenario, vocabulary: Vocabulary) -> tuple[Value | None, list[Problem]]:
    """The target that the scenario itself writes, which takes a reason."""
    table = dict(scenario.data["target"])
    owner = next(part for part in reversed(scenario.chain) if "target" in part.data)
    setting = Setting("target", owner.id, {**table, "exact": True}, scenario.place("target"))
    if not table.get("reason"):
        message = f"The target {setting.text('value')} has neither a parameter nor a reason."
        return None, [Problem("missing-key", message, setting.place, "Say why in target.reason.")]
    try:
        share = percentage(table["value"], vocabulary) * 100
    except ValueError as error:
        hint = 'Write a percentage, such as "3.5%".'
        return None, [Problem("not-a-percentage", f"{str(error).capitalize()}.", setting.place, hint)]
    return Value("target", Interval.exactly(share), "% of GDP", setting), []


def _in_range(
    value: Value, scenario: Scenario, problems: list[Problem]
) -> tuple[Value | None, list[Problem]]:
    """The target, where it is one share of GDP."""
    place = scenario.place("target")
    low, high = value.interval.low, value.interval.high
    if value.unit not in ("% of GDP", "%"):
        message = f"The target {value.parameter} is in {value.unit}."
        return None, [*problems, Problem("unit-mismatch", message, place, "A target is a share of GDP.")]
    if not 0 < low <= high <= Decimal(100):
        message = f"The target {value.written} is no share of GDP."
        hint = "Give a percentage above 0 and not above 100."
        return None, [*problems, Problem("share-range", message, place, hint)]
    if low != high:
        message = f"The target {value.written} is a range; a path leads to one share."
        hint = "Mark the value as exact, or write a scenario for either end."
        return None, [*problems, Problem("target-range", message, place, hint)]
    return value, problems
