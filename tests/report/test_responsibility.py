"""Two documents side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from steelyard.core.vocabulary import Vocabulary
from steelyard.report.bundle import make_report
from steelyard.report.responsibility import compare_documents
from steelyard.report.template import PAGE
from tests.report import samples

DECLARATION, STRATEGY = "washington-declaration-2023", "nds-2026"


def test_the_earlier_document_stands_left():
    comparison, problems = compare_documents(samples.results())

    assert not problems
    assert (comparison.left.id, comparison.right.id) == (DECLARATION, STRATEGY)
    assert comparison.anchors == (f"posture-{DECLARATION}", f"posture-{STRATEGY}")


def test_the_order_that_the_case_names_counts():
    comparison, _ = compare_documents(samples.results(postures=(STRATEGY, DECLARATION)))

    assert (comparison.left.id, comparison.right.id) == (STRATEGY, DECLARATION)


@pytest.mark.parametrize(
    "names", [(), (STRATEGY,), (STRATEGY, STRATEGY), (STRATEGY, "no-such-posture"), ("no", "such")]
)
def test_what_the_case_does_not_name_is_not_shown(names):
    assert compare_documents(samples.results(postures=names)) == (None, [])


def test_a_duty_says_how_either_document_speaks_of_it():
    comparison, _ = compare_documents(samples.results())

    duties = {duty.anchor: duty for duty in comparison.duties}
    assert duties["duty-deterring-north-korea-KOR"].manners == ("", "as a capability, not as a duty")
    assert duties["duty-nuclear-consultation-KOR"].manners == ("as an intention", "")


def test_an_interest_in_updating_forces_is_no_role():
    """The strategy only calls the shift consistent with an American interest in updating force posture."""
    comparison, _ = compare_documents(samples.results())

    assert "force-posture" not in {duty.cell.function for duty in comparison.duties}


def test_one_document_alone_is_compared_with_none():
    vocabulary = samples.vocabulary()
    postures = {DECLARATION: vocabulary.entries("postures")[DECLARATION]}
    alone = replace(vocabulary, kinds={**vocabulary.kinds, "postures": postures})

    assert compare_documents(samples.results(vocabulary=alone)) == (None, [])
    assert compare_documents(samples.results(vocabulary=Vocabulary({}))) == (None, [])


def test_a_duty_is_told_in_words_and_counted_by_what_moved():
    comparison, _ = compare_documents(samples.results())

    duty = next(duty for duty in comparison.duties if duty.anchor == "duty-deterring-north-korea-KOR")
    assert (duty.function, duty.actor) == ("Deterring North Korea", "South Korea")
    assert duty.sides[0] is None
    assert duty in comparison.moved("newly stated")
    moves = ("same", "raised", "lowered", "newly stated", "no longer stated")
    assert sum(len(comparison.moved(move)) for move in moves) == len(comparison.duties)


def test_the_steps_of_a_transfer_stand_on_the_page_with_their_day_or_what_would_give_one():
    comparison, _ = compare_documents(samples.results())

    (table,) = comparison.transfers
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert table.caption == ("Transfer of wartime operational control, of which neither document speaks.")
    first = rows["Initial operational capability of the Future Combined Forces Command"]
    assert first[:4] == ["milestone", "met", "2019", ""]
    last = rows["Full mission capability of the Future Combined Forces Command"]
    assert last[:3] == ["milestone", "open", "no date published"]
    assert "names the year" in last[3]
    assert all(row.cells[-1].text for row in table.rows)

    page = make_report(samples.results())[0][PAGE].decode()
    assert page.count("no date published") == 5
    assert "A date would come from" in page


def test_a_transfer_of_which_a_document_speaks_names_it():
    comparison, _ = compare_documents(samples.results(postures=(DECLARATION, "joint-fact-sheet-2025")))

    assert "of which Joint Fact Sheet 2025 speaks" in comparison.transfers[0].caption
