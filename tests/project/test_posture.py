"""Postures: what each document says, what it leaves unsaid, and what stays in force without being said
again.
"""

from __future__ import annotations

import json
from datetime import date

import pytest

from steelyard.project.posture import (
    Role,
    compare_postures,
    compare_settings,
    posture_chain,
    posture_settings,
    roles_in_force,
    stated_roles,
    transition,
)
from tests.project.samples import entry_of, vocabulary, with_entries

DECLARATION, STRATEGY = "washington-declaration-2023", "nds-2026"


def cells():
    found, problems = compare_postures(DECLARATION, STRATEGY, vocabulary())
    assert problems == []
    return {(cell.function, cell.actor): cell for cell in found}


def posture(identifier, base="", *roles, **keys):
    data = {"label": identifier, "date": date(2026, 1, 1), "roles": list(roles), **keys}
    return entry_of(
        "postures", identifier, {**data, **({"base": base} if base else {})}, f'base = "{base}"\n'
    )


def given(actor, role, function="deterring-north-korea"):
    return {"function": function, "actor": actor, "role": role, "quotation": "as agreed"}


def test_the_strategy_gives_seoul_the_lead_and_washington_support():
    found = cells()

    seoul = found["deterring-north-korea", "KOR"]
    assert (seoul.transition, seoul.before) == ("newly stated", None)
    assert (seoul.after.role, seoul.after.modality) == ("lead", "can")
    washington = found["deterring-north-korea", "USA"].after
    assert (washington.role, washington.qualifier) == ("support", "critical but more limited")


def test_a_comparison_never_pretends_that_the_strategy_restates_the_declaration():
    """On the nuclear umbrella the strategy is silent: unstated, with the declaration's role marked as
    inherited.
    """
    cell = cells()["extended-nuclear-deterrence", "USA"]

    assert (cell.transition, cell.after) == ("no longer stated", None)
    assert cell.to_json()["after_role"] == "unstated"
    assert (cell.still_in_force.role, cell.still_in_force.posture) == ("lead", DECLARATION)


def test_every_stated_cell_has_its_quotation():
    """The wording is the documents' own, and each piece stands in one of them."""
    quotations = {role.quotation for cell in cells().values() for role in (cell.before, cell.after) if role}

    assert "full confidence in US extended deterrence commitments" in quotations
    assert all(len(quotation.split()) >= 4 for quotation in quotations)


def test_cells_come_in_the_order_of_the_functions():
    order = list(vocabulary().entries("functions"))
    found, _ = compare_postures(DECLARATION, STRATEGY, vocabulary())

    places = [order.index(cell.function) for cell in found]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("support", "lead", "raised"),
        ("none", "support", "raised"),
        ("lead", "shared", "lowered"),
        ("shared", "none", "lowered"),
        ("lead", "lead", "same"),
        (None, "none", "newly stated"),
        ("none", None, "no longer stated"),
    ],
)
def test_a_role_moves_along_none_support_shared_lead(before, after, expected):
    one, other = (role and Role("f", "KOR", role, "q", "p") for role in (before, after))

    assert transition(one, other) == expected


def test_a_cell_of_which_neither_speaks_has_no_transition():
    with pytest.raises(ValueError, match="neither"):
        transition(None, None)


def test_the_way_back_mirrors_the_way_there():
    mirrored = {"newly stated": "no longer stated", "no longer stated": "newly stated"}
    back, _ = compare_postures(STRATEGY, DECLARATION, vocabulary())

    there = cells()
    for cell in back:
        forward = there[cell.function, cell.actor].transition
        assert cell.transition == mirrored.get(forward, forward)


def test_a_later_layer_changes_one_cell_and_inherits_the_rest():
    mine = posture("mine", STRATEGY, given("USA", "none"))
    chain, problems = posture_chain("mine", with_entries(mine))

    roles = roles_in_force(chain)

    assert problems == []
    assert [entry.id for entry in chain] == [DECLARATION, STRATEGY, "mine"]
    assert roles["deterring-north-korea", "USA"].posture == "mine"
    assert roles["deterring-north-korea", "KOR"].posture == STRATEGY
    assert roles["extended-nuclear-deterrence", "USA"].posture == DECLARATION


def test_the_first_of_two_roles_for_one_cell_counts_and_an_unknown_role_does_not():
    twice = posture("mine", "", given("KOR", "lead"), given("KOR", "support"), given("USA", "boss"))

    roles = stated_roles(twice)

    assert {actor: role.role for (_, actor), role in roles.items()} == {"KOR": "lead"}


def test_postures_that_stand_on_each_other_are_a_problem():
    known = with_entries(posture("a", "b"), posture("b", "a"))

    chain, (problem,) = posture_chain("a", known)

    assert problem.code == "posture-cycle"
    assert "a on b on a" in problem.message
    assert [entry.id for entry in chain] == ["b", "a"]


def test_a_base_that_is_not_there_is_a_problem_with_the_nearest_name():
    known = with_entries(posture("mine", "nds-2062"))

    _, (problem,) = posture_chain("mine", known)

    assert (problem.code, problem.origin.file, problem.origin.line) == ("unknown-id", "mine.toml", 1)
    assert "nds-2026" in problem.hint


def test_comparing_with_a_posture_that_is_not_there_is_the_callers_mistake():
    with pytest.raises(LookupError, match="nds-2030"):
        compare_postures(DECLARATION, "nds-2030", vocabulary())


def test_two_postures_set_parameters_apart():
    rows, problems = compare_settings(DECLARATION, STRATEGY, date(2026, 6, 1), vocabulary())

    assert problems == []
    (row,) = rows
    assert row["parameter"] == "kor-defence-share-target"
    assert (row["before_layer"], row["after_layer"]) == ("packaged", STRATEGY)


def test_settings_come_down_the_chain():
    mine = posture("mine", STRATEGY)
    chain, _ = posture_chain("mine", with_entries(mine))

    assert [(one.parameter, one.layer) for one in posture_settings(chain)] == [
        ("kor-defence-share-target", STRATEGY)
    ]


def test_quotations_are_those_of_the_facts(shared):
    facts = " ".join((shared / "design" / "facts.md").read_text(encoding="utf-8").split())

    for name in (DECLARATION, STRATEGY):
        for role in stated_roles(vocabulary().entry("postures", name)).values():
            assert f'"{role.quotation}' in facts, role


# The fact sheet between the two

SHEET = "joint-fact-sheet-2025"


@pytest.mark.parametrize(
    ("function", "actor", "role"),
    [
        ("conventional-deterrence", "KOR", "lead"),
        ("conventional-deterrence", "USA", "support"),
        ("extended-nuclear-deterrence", "USA", "lead"),
        ("wartime-operational-control", "KOR", "shared"),
        ("wartime-operational-control", "USA", "shared"),
        ("cost-sharing", "KOR", "support"),
    ],
)
def test_the_fact_sheet_gives_the_roles_that_it_words(function, actor, role):
    assert stated_roles(vocabulary().entry("postures", SHEET))[function, actor].role == role


def test_the_fact_sheet_pledges_and_does_not_yet_do():
    """Its lead in conventional defence is one to prepare for; only the presence of forces is a fact."""
    roles = stated_roles(vocabulary().entry("postures", SHEET)).values()

    assert {role.function for role in roles if role.modality == "is"} == {"force-posture"}


def test_the_declaration_is_silent_on_who_defends_by_conventional_means():
    cells, problems = compare_postures(DECLARATION, SHEET, vocabulary())

    assert problems == []
    moved = {(cell.function, cell.actor): cell.transition for cell in cells}
    assert moved["conventional-deterrence", "KOR"] == "newly stated"
    assert moved["extended-nuclear-deterrence", "USA"] == "same"
    assert moved["conventional-nuclear-integration", "KOR"] == "no longer stated"


def test_documents_are_called_as_those_who_quote_them_call_them(shared):
    """A speaker of the gold ledger that is a document has the name of a posture."""
    labels = {entry.label for entry in vocabulary().entries("postures").values()}
    lines = (shared / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    speakers = {json.loads(line).get("speaker") for line in lines if line}

    assert {name for name in speakers if name and ("Declaration" in name or "Strategy" in name)} <= labels


def test_what_the_facts_quote_of_the_fact_sheet_is_in_its_words(shared):
    facts = (shared / "design" / "facts.md").read_text(encoding="utf-8")
    words = " ".join(role.quotation for role in stated_roles(vocabulary().entry("postures", SHEET)).values())

    assert '"comprehensive support"' in facts
    assert "comprehensive support" in words
    assert "$33" in words


def test_a_role_holds_since_its_document_unless_another_day_is_given():
    earlier = {**given("USA", "support"), "since": date(2025, 11, 14)}

    roles = stated_roles(posture("plan", "", given("KOR", "lead"), earlier))

    assert roles["deterring-north-korea", "KOR"].since == "2026-01-01"
    assert roles["deterring-north-korea", "USA"].since == "2025-11-14"


def test_each_side_of_a_cell_tells_since_when():
    side = cells()["deterring-north-korea", "KOR"].to_json()["after"]

    assert side["since"] == "2026-01-23"
