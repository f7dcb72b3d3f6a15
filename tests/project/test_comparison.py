"""Two documents compared: what moved for whom, how far they agree, and what does not add up in each."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.project.comparison import compare, when_met
from tests.project.samples import claim, entry_of, vocabulary, with_entries

FIRST, SECOND = "accord-2001", "accord-2011"


def posture(identifier, *roles, **keys):
    data = {
        "label": identifier.title(),
        "date": date(int(identifier[-4:]), 1, 1),
        "roles": list(roles),
        **keys,
    }
    return entry_of("postures", identifier, data, "")


def part(function, actor, role, modality="is"):
    return {
        "function": function,
        "actor": actor,
        "role": role,
        "modality": modality,
        "quotation": "as agreed",
    }


def compared(first, second, *others, claims=None):
    found, problems = compare(FIRST, SECOND, with_entries(first, second, *others), claims)
    assert problems == []
    return found


def spending(actor, measure="defence_spending"):
    return claim("1 bn won", measure, "0.5e9", "1.5e9", "KRW", actor=actor)


def test_moves_are_counted_for_each_actor_over_the_cells_that_can_be_compared():
    """Seoul goes up once and stays once, Washington goes down once; what only one document states counts for
    neither.
    """
    before = posture(
        FIRST,
        part("conventional-deterrence", "KOR", "support"),
        part("conventional-deterrence", "USA", "lead"),
        part("nuclear-consultation", "KOR", "shared"),
        part("cost-sharing", "KOR", "support"),
    )
    after = posture(
        SECOND,
        part("conventional-deterrence", "KOR", "lead"),
        part("conventional-deterrence", "USA", "support"),
        part("nuclear-consultation", "KOR", "shared"),
        part("force-posture", "USA", "lead"),
    )

    found = compared(before, after)

    seoul, washington = ({shift.actor: shift for shift in found.shifts}[actor] for actor in ("KOR", "USA"))
    assert (seoul.up, seoul.down, seoul.comparable, seoul.net) == (1, 0, 2, 0.5)
    assert (washington.up, washington.down, washington.comparable, washington.net) == (0, 1, 1, -1.0)
    assert found.transitions == {
        "raised": 1,
        "lowered": 1,
        "same": 1,
        "newly stated": 1,
        "no longer stated": 1,
    }
    # Ranks none 0, support 1, shared 2, lead 3: pairs (1, 3), (3, 1), (2, 2) are 4 apart; by chance
    # the nine pairs of {1, 3, 2} with {3, 1, 2} are 8 apart, so kappa is 1 - (4/3) / (8/9).
    assert found.stated_in_both == 3
    assert found.kappa == pytest.approx(-0.5)


def test_without_a_cell_that_both_state_there_is_no_agreement_to_tell():
    found, _ = compare("washington-declaration-2023", "nds-2026", vocabulary())

    assert (found.kappa, found.stated_in_both) == (None, 0)
    assert all(shift.net is None for shift in found.shifts)


@pytest.mark.parametrize(
    ("roles", "kinds"),
    [
        pytest.param([("KOR", "lead", "is"), ("USA", "support", "is")], [], id="one leads"),
        pytest.param([("KOR", "shared", "is"), ("USA", "shared", "is")], [], id="two share"),
        pytest.param([("KOR", "support", "is"), ("USA", "support", "is")], ["no-lead"], id="nobody leads"),
        pytest.param([("KOR", "shared", "is")], ["no-lead"], id="shared with nobody"),
        pytest.param([("KOR", "lead", "is"), ("USA", "lead", "is")], ["two-leads"], id="two lead"),
        pytest.param([("KOR", "lead", "can")], ["lead-not-as-fact"], id="a capability"),
        pytest.param([("KOR", "lead", "should")], ["lead-not-as-fact"], id="a demand"),
        pytest.param([("KOR", "lead", "will")], [], id="a pledge"),
    ],
)
def test_what_does_not_add_up_in_one_document_is_told(roles, kinds):
    function = "conventional-deterrence"
    found = compared(posture(FIRST), posture(SECOND, *(part(function, *role) for role in roles)))

    assert [(gap.kind, gap.posture) for gap in found.gaps] == [(kind, SECOND) for kind in kinds]


def test_a_lead_without_a_claim_on_its_money_is_told_only_where_there_are_claims_to_look_at():
    lead = posture(SECOND, part("conventional-deterrence", "KOR", "lead"))

    assert compared(posture(FIRST), lead).gaps == ()
    assert compared(posture(FIRST), lead, claims=[spending("KOR")]).gaps == ()
    (gap,) = compared(posture(FIRST), lead, claims=[spending("USA"), spending("KOR", "troops")]).gaps
    assert (gap.kind, gap.actors) == ("lead-without-budget", ("KOR",))


def test_leads_that_no_measure_pays_for_are_named_and_not_accused():
    found = compared(posture(FIRST), posture(SECOND, part("nuclear-consultation", "USA", "lead")), claims=[])

    assert (found.gaps, found.unpaid) == ((), ("nuclear-consultation",))


def test_two_codings_of_one_document_are_held_against_each_other():
    """Both coders agree on two of three cells: ranks 3/3, 1/1 and 2/1.

    Totals 1:3, 2:1, 3:2. Four times the squared distances: 1-2 (2*4-3-1)^2 = 16, 1-3 (2*6-3-2)^2 = 49, 2-3
    (2*3-1-2)^2 = 9. Observed 2 * 16 = 32; expected 2 * (16*3*1 + 49*3*2 + 9*1*2) = 720; alpha is
    1 - 5 * 32 / 720.
    """
    cells = [("conventional-deterrence", "KOR"), ("conventional-deterrence", "USA"), ("force-posture", "KOR")]
    first = [part(*cell, role) for cell, role in zip(cells, ("lead", "support", "shared"), strict=True)]
    second = [part(*cell, role) for cell, role in zip(cells, ("lead", "support", "support"), strict=True)]

    other = posture("other-2011", *second, coding_of=SECOND)
    found = compared(posture(FIRST), posture(SECOND, *first), other)

    assert found.alphas == (None, pytest.approx(1 - 5 * 32 / 720))


def test_threats_stand_apart_from_who_is_to_meet_them():
    found, _ = compare("washington-declaration-2023", "nds-2026", vocabulary())

    assert {(row["posture"], row["actor"]) for row in found.threats} == {("nds-2026", "PRK")}
    assert all(cell.actor != "PRK" for cell in found.cells)


def test_a_transfer_has_conditions_and_milestones_with_states_and_says_who_speaks_of_it():
    silent, _ = compare("washington-declaration-2023", "nds-2026", vocabulary())
    spoken, _ = compare("washington-declaration-2023", "joint-fact-sheet-2025", vocabulary())

    kinds = [row["kind"] for row in silent.transfers if row["function"] == "wartime-operational-control"]
    assert (kinds.count("condition"), kinds.count("milestone")) == (3, 3)
    assert {tuple(row["stated_in"]) for row in silent.transfers} == {()}
    assert {tuple(row["stated_in"]) for row in spoken.transfers} == {("joint-fact-sheet-2025",)}
    first = next(row for row in silent.transfers if row["kind"] == "milestone")
    assert (first["state"], first["to"], first["lifted_by"]) == ("met", "2019", None)
    assert first["reference"]["publisher"]


def test_each_step_of_a_transfer_has_its_day_or_names_the_claim_that_would_give_one():
    """The second and the third verification, and all conditions, have no published date."""
    found, _ = compare("washington-declaration-2023", "nds-2026", vocabulary())

    steps = {row["label"]: row for row in found.transfers if row["kind"] == "milestone"}
    full = next(row for label, row in steps.items() if label.startswith("Full operational"))
    last = next(row for label, row in steps.items() if label.startswith("Full mission"))
    assert when_met(full) == "from 2026; no date published"
    assert "November 2026" in full["lifted_by"]
    assert when_met(last) == "no date published"
    assert [bool(row["to"]) for row in found.transfers] == [not row["lifted_by"] for row in found.transfers]


def test_a_packaged_step_without_a_day_says_itself_which_claim_would_give_one():
    steps = [
        step
        for function in vocabulary().entries("functions").values()
        for kind in ("conditions", "milestones")
        for step in function.tables(kind)
    ]

    assert steps
    assert all(bool(step.get("to")) != bool(step.get("lifted_by")) for step in steps)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        pytest.param({"to": "2019"}, "2019", id="met"),
        pytest.param({"from": "2026", "to": "2028"}, "2026 to 2028", id="a span"),
        pytest.param({"from": "2026"}, "from 2026; no date published", id="begun"),
        pytest.param({}, "no date published", id="nothing"),
    ],
)
def test_the_day_of_a_step_is_told_in_words(days, words):
    assert when_met({"from": None, "to": None, **days}) == words


def test_a_step_of_a_case_that_names_no_claim_is_told_what_would_do():
    """A case may add a transfer of its own, with less said of it."""
    step = {"label": "A treaty is signed", "state": "open", "reference": {"title": "A plan"}}
    function = entry_of("functions", "harbour", {"label": "The harbour", "milestones": [step]})

    found = compared(posture(FIRST), posture(SECOND), function)

    (row,) = (row for row in found.transfers if row["function"] == "harbour")
    assert (row["to"], row["lifted_by"]) == (None, "a claim with the day on which it is met")


def test_a_posture_sets_parameters_in_the_scenarios_that_stand_on_it():
    found, _ = compare("washington-declaration-2023", "nds-2026", vocabulary())

    row = next(row for row in found.settings if row["parameter"] == "kor-defence-share-target")
    assert (row["after"], row["after_layer"]) == ("3.5 %", "nds-2026")
    assert found.day == date(2026, 1, 23)
