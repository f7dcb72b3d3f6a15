"""By whose count a target is, and whether spending by another count may be held against it.

A share by NATO's count on a budget by the ministry's own is refused, model section 11, unless the scenario
accepts the gap with a reason; the reason then stands among its assumptions.
"""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.base import Base
from steelyard.project.parameters import Value
from steelyard.project.perimeter import DEFINITION, find_bridge, said
from steelyard.project.scenario import Scenario


def definition_of(target: Value, vocabulary: Vocabulary) -> str:
    """By whose count a target is: as the layer that set it says, else its parameter; empty where unsaid."""
    entry = vocabulary.entry("parameters", target.parameter)
    return target.setting.text(DEFINITION) or (entry.text(DEFINITION) if entry else "")


def definition_faults(
    scenario: Scenario, target: Value | None, base: Base, vocabulary: Vocabulary
) -> list[Problem]:
    """A refusal where target and spending are by two counts; a fault where it is accepted for no reason."""
    if target is None:
        return []
    place = scenario.place("target")
    if _is_accepted(scenario):
        if scenario.data["target"].get("definition_reason"):
            return []
        message = "The gap between two definitions is accepted without a reason."
        return [Problem("missing-key", message, place, "Say why in target.definition_reason.")]
    theirs, ours = definition_of(target, vocabulary), said(base.spending.claims, DEFINITION, vocabulary)
    if not theirs or ours <= {theirs}:
        return []
    counts = " and ".join(vocabulary.label("definitions", one) for one in sorted(ours))
    message = (
        f"The target {target.written} is by the {vocabulary.label('definitions', theirs)}, "
        f"spending by the {counts}."
    )
    hint = f"A claim of spending by the definition {theirs!r} would lift this"
    hint += "; or accept it in target.definition_gap, with target.definition_reason."
    year, measure = scenario.base_year, scenario.data["base"]["spending"]["measure"]
    bridges = [
        find_bridge(vocabulary, one, theirs, measure, scenario.data["actor"], year)[0] for one in sorted(ours)
    ]
    known = [f"{one.to} is {one.written} times {one.start}" for one in bridges if one]
    hint += f" Known bridges: {', '.join(known)}." if known else " No bridge between them is known."
    return [Problem("target-definition", message, place, hint, "refusal")]


def definition_row(
    scenario: Scenario, target: Value | None, base: Base, vocabulary: Vocabulary
) -> Iterator[tuple[str, str, str]]:
    """What is assumed of the definitions of target and spending: variable, value, reason."""
    if target is None:
        return
    theirs = definition_of(target, vocabulary) or "not said"
    ours = ", ".join(sorted(said(base.spending.claims, DEFINITION, vocabulary))) or "not said"
    if _is_accepted(scenario):
        value = f"target: {theirs}; spending: {ours}"
        yield "target_definition", value, str(scenario.data["target"]["definition_reason"])
    elif theirs != ours:
        silent, other = ("target", "spending") if theirs == "not said" else ("spending", "target")
        reason = (
            f"The source of the {silent} does not say its definition; it is taken as that of the {other}."
        )
        yield "target_definition", f"{ours if silent == 'target' else theirs}, as the {other}", reason


def _is_accepted(scenario: Scenario) -> bool:
    return bool(scenario.data["target"].get("definition_gap") == "accepted")
