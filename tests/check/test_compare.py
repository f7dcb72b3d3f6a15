"""Two accounts of one number: do they agree, and is it certain that they are of one?"""

from __future__ import annotations

import pytest

from steelyard.check import check_ledger
from steelyard.check.compare import MOST_PAIRS, compare
from steelyard.core.claim import Ledger
from tests.check.samples import claim, figures, growth, share, target, vocabulary
from tests.check.told import contradictions, ledger_of

OTHER, THIRD = "other.txt", "third.txt"
SENTENCE = {"sentence_start": 4, "sentence_end": 96}


def told(*claims):
    """What is said of each comparison: the quotations, whether they agree, and the key they differ in."""
    comparisons, _ = compare(figures(*claims))
    return [
        ([one.claim.quote for one in comparison.figures], comparison.agree, comparison.apart)
        for comparison in comparisons
    ]


def refusals(*claims):
    return compare(figures(*claims))[1]


# Agreement


def test_documents_whose_figures_meet_agree():
    assert told(claim("46.1 bn USD"), claim("46.12 bn USD", OTHER)) == [
        (["46.1 bn USD", "46.12 bn USD"], True, None)
    ]


def test_agreement_is_that_of_one_value_for_all():
    """46.1 may be 46.06 or 46.13, but not both."""
    first, second, third = claim("46.1 bn USD"), claim("46.13 bn USD", OTHER), claim("46.06 bn USD", THIRD)

    assert (["46.1 bn USD", "46.13 bn USD"], True, None) in told(first, second, third)


def test_documents_whose_figures_only_touch_do_not_bear_each_other_out():
    """46.1 and 46.2 may both be 46.15, and 2 % and 1 % both 1.5 %: no clash, and no agreement."""
    assert told(claim("46.1 bn USD"), claim("46.2 bn USD", OTHER)) == []
    assert told(share("2 % of GDP"), share("1 % of GDP", OTHER)) == []


def test_repetition_within_a_document_agrees_with_nobody():
    assert told(claim("46.1 bn USD"), claim("46.1 bn USD"), claim("46.12 bn USD")) == []


def test_figures_that_say_different_stages_do_not_agree():
    claims = claim("66.3 tn KRW", status="proposed"), claim("66.3 tn KRW", OTHER, status="enacted")

    assert told(*claims) == []


def test_targets_are_not_compared():
    assert told(target("3.5 % of GDP"), target("5 % of GDP", OTHER)) == []


# Disagreement


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        pytest.param({}, {}, None, id="nobody says of which stage"),
        pytest.param({"status": "proposed"}, {"status": "proposed"}, None, id="both say the same"),
        pytest.param({"status": "proposed"}, {"status": "enacted"}, "status", id="they say two stages"),
        pytest.param({"status": "proposed"}, {}, "status", id="one says its stage"),
        pytest.param({}, {"definition": "sipri"}, "definition", id="one says its perimeter"),
        pytest.param({"basis": "outlay"}, {}, "basis", id="one says its basis"),
        pytest.param({"edition": "2025"}, {}, "edition", id="one says its edition"),
        pytest.param({"prices": "constant:2015"}, {}, "prices", id="one says its prices"),
        pytest.param({"definition": "nato"}, {"definition": "nato"}, None, id="both say the same perimeter"),
    ],
)
def test_documents_disagree_in_what_they_say_of_themselves(first, second, apart):
    found = told(claim("61.2 tn KRW", **first), claim("67.9 tn KRW", OTHER, **second))

    assert found == [(["61.2 tn KRW", "67.9 tn KRW"], False, apart)]


@pytest.mark.parametrize("key", ["definition", "basis", "edition", "prices"])
def test_two_perimeters_are_refused_rather_than_judged(key):
    claims = claim("61.2 tn KRW", **{key: "one"}), claim("67.9 tn KRW", OTHER, **{key: "two"})

    assert told(*claims) == []
    assert [(one.code, one.severity) for one in refusals(*claims)] == [("no-bridge", "refusal")]
    assert f"{key} one" in refusals(*claims)[0].message


def test_the_silent_figure_is_the_one_that_leaves_the_key_open():
    comparisons, _ = compare(figures(growth("8.2 %", status="proposed"), growth("7.5 %", OTHER)))

    assert [one.silent.claim.quote for one in comparisons] == ["7.5 %"]


def test_where_both_say_their_stage_nobody_is_silent():
    claims = growth("8.2 %", status="proposed"), growth("7.5 %", OTHER, status="enacted")
    comparisons, _ = compare(figures(*claims))

    assert [(one.said, one.silent) for one in comparisons] == [(True, None)]


@pytest.mark.parametrize("key", ["status", "definition", "edition", "prices"])
def test_a_document_that_says_a_key_of_one_figure_leaves_it_open_for_another(key):
    said = {"status": "proposed"}.get(key, "one")
    found = told(claim("66.3 tn KRW", **{key: said}), claim("63.6 tn KRW"))

    assert found == [(["66.3 tn KRW", "63.6 tn KRW"], False, key)]


def test_a_document_that_says_one_stage_of_both_contradicts_itself():
    found = told(claim("66.3 tn KRW", status="proposed"), claim("63.6 tn KRW", status="proposed"))

    assert found == [(["66.3 tn KRW", "63.6 tn KRW"], False, None)]


def test_a_document_on_two_stages_leaves_open_which_is_meant():
    found = told(
        claim("66.3 tn KRW", status="proposed"), claim("65.9 tn KRW", status="enacted"), claim("65.8 tn KRW")
    )

    assert (["66.3 tn KRW", "65.8 tn KRW"], False, "status") in found
    assert not [one for one in found if one[2] is None]


# Certainty that it is one number


def test_two_figures_of_one_sentence_are_two_things():
    """ "20.2 trillion for improvement and 46.1 trillion for operations": the second item may be misread."""
    assert told(claim("20.2 tn KRW", **SENTENCE), claim("46.1 tn KRW", **SENTENCE)) == []


def test_one_sentence_may_give_a_proposal_and_its_enactment():
    found = told(
        claim("66.3 tn KRW", status="proposed", **SENTENCE),
        claim("65.9 tn KRW", status="enacted", **SENTENCE),
    )

    assert found == [(["66.3 tn KRW", "65.9 tn KRW"], False, "status")]


@pytest.mark.parametrize(
    "doubt",
    [
        pytest.param({"period": None}, id="a year that is not said"),
        pytest.param({"confidence": 0.62}, id="a year or measure that is carried over"),
    ],
)
def test_what_is_read_with_doubt_contradicts_nothing(doubt):
    assert told(claim("46.1 bn USD"), claim("52.0 bn USD", OTHER, **doubt)) == []
    assert told(claim("46.1 bn USD"), claim("52.0 bn USD", **doubt)) == []


def test_a_part_given_beside_its_total_is_not_held_against_others():
    """ "108.2 billion, including 25.5 billion from the fund": the other document agrees on the total."""
    found = told(
        claim("108.2 bn EUR", **SENTENCE), claim("25.51 bn EUR", **SENTENCE), claim("108 bn EUR", OTHER)
    )

    assert [one for one in found if not one[1]] == []


def test_a_document_that_agrees_on_one_figure_is_not_contradicted_on_another():
    found = told(
        claim("124.66 bn EUR"), claim("108.2 bn EUR", hedge="more_than"), claim("108.2 bn EUR", OTHER)
    )

    assert [one for one in found if not one[1]] == []


def test_an_estimate_leaves_open_of_which_day_the_other_is():
    first = share("1.37 % of GDP", status="estimate")
    other = share("1.45 % of GDP", OTHER)

    assert (["1.37 % of GDP", "1.45 % of GDP"], False, "edition") in told(first, other)


# Many


def test_copies_of_one_account_make_one_comparison():
    copies = [claim("46.1 bn USD", f"copy-{number}.txt") for number in range(300)]

    assert told(*copies, claim("52.0 bn USD", OTHER))[0] == (["46.1 bn USD", "52.0 bn USD"], False, None)
    assert len(told(*copies, claim("52.0 bn USD", OTHER))) == 2


def test_a_wrong_account_is_found_behind_many_right_ones():
    """The last of 300 documents differs, and is not lost among their pairs."""
    right = [claim("46.1 bn USD", f"copy-{number}.txt") for number in range(300)]

    assert (["46.1 bn USD", "52.0 bn USD"], False, None) in told(*right, claim("52.0 bn USD", "last.txt"))


def test_numbers_that_nobody_agrees_on_are_told_so_often_and_no_oftener():
    accounts = [claim(f"{10 + number} bn USD", f"{number}.txt") for number in range(40)]

    assert len([one for one in told(*accounts) if not one[1]]) == MOST_PAIRS


def test_in_one_text_a_headline_that_names_its_year_contradicts_the_body():
    """Whose budget the headline tells is known by its currency alone."""
    headline = "Defence budget for 2026 at {told} trillion won\n\n"
    text = headline + "South Korea's defence budget for 2026 is 66.3 trillion won."

    assert contradictions(text.format(told="66.3")) == []
    assert contradictions(text.format(told="68.3")) == [{"68.3 trillion won", "66.3 trillion won"}]


def test_a_measure_carried_over_contradicts_nothing():
    text = "The Dutch defence budget for 2026 is 27 billion euros. In 2026 it was 22 billion for the navy."

    assert contradictions(text) == []


def test_between_texts_both_say_of_which_number_they_are():
    headline = "Defence budget for 2026 at 68.3 trillion won"
    first, second = (
        ledger_of("South Korea's defence budget for 2026 is 66.3 trillion won."),
        ledger_of(headline),
    )
    both = [*first, *(one.changed(document="other.txt") for one in second)]
    findings, _ = check_ledger(Ledger(both), vocabulary())

    assert [one.verdict for one in findings if one.verdict == "contradicted"] == []


def test_what_is_of_another_size_may_be_a_part_of_what_was_told_before():
    text = (
        "The Philippine defence budget for 2025 is 272 billion pesos. "
        "Of the 75 billion set aside for ships in 2025, 40 billion was moved."
    )

    assert contradictions(text) == []
