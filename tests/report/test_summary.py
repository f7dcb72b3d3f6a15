"""The summary: few sentences, the gravest first, every number a link."""

from __future__ import annotations

import re

import pytest

from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import Vocabulary
from steelyard.report.links import link_claims
from steelyard.report.outlook import describe_ensembles
from steelyard.report.responsibility import compare_documents
from steelyard.report.summary import summarise
from steelyard.report.tables import Cell
from steelyard.report.verdicts import describe_findings
from tests.report import samples


def sentences(**changes):
    results = samples.results(**changes)
    links, _ = link_claims(results.ledger, results.documents)
    comparison, _ = compare_documents(results)
    points = summarise(describe_findings(results, links), describe_ensembles(results, links), comparison)
    return [point.sentence for point in points]


def words(**changes) -> list[str]:
    texts = ("".join(cell.text for cell in sentence) for sentence in sentences(**changes))
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def test_the_summary_is_short():
    assert 3 <= len(words()) <= 6


def test_a_contradiction_comes_first_with_what_follows_from_what_and_what_may_be_behind_it():
    assert words()[0] == (
        "Cost of closing the gap to a spending target: “$20.8 billion” stands for 20.75 to 20.85 bn USD, and "
        "20.41 to 20.73 bn USD follows from “$46.1 billion”, “2.42% of GDP” and “3.5%”; "
        "they miss by 0.016 bn USD, 0.16 of the last printed digit, so not all of them can be right. "
        "Likeliest: converted from about 30 trillion won."
    )


def test_each_figure_of_a_contradiction_leads_to_its_sentence():
    links = {cell.text.replace("\N{NO-BREAK SPACE}", " "): cell.link for cell in sentences()[0]}

    assert links["“$20.8 billion”"] == f"text-{samples.GAP.id}"
    assert links["“$46.1 billion”"] == f"text-{samples.TOTAL.id}"
    assert links["“3.5%”"] == f"text-{samples.TARGET.id}"
    assert links["20.41 to 20.73 bn USD"] == "finding-clash"


def test_a_contradiction_that_no_one_figure_is_at_odds_with_is_told_as_the_finding_tells_it():
    clash = samples.finding(
        "late", "contradicted", [samples.TOTAL], expected={"value": "2025-11"}, found={"value": "2024-11"},
        identity="growth", explanation="Nobody proposes it so early.",
    )  # fmt: skip

    assert words(findings=(clash,))[0].endswith(": Nobody proposes it so early.")


def test_a_reconciled_difference_comes_second_with_its_reading():
    assert words()[1] == (
        "One difference between figures can be reconciled: “8.2%” against “7.5 per cent” "
        "(the second is the enacted budget)."
    )


def test_the_projection_says_spending_cost_and_chance():
    """77 tn won in the third year; 0 + 11.34 + 23.76 more than 2.42 %, by hand."""
    assert words()[2] == (
        "Share of GDP: rising: in 2028 spending comes to 77.0 tn KRW "
        "(nine in ten draws: 69.3 to 84.7 tn KRW); "
        "added up until then, that is 35.1 tn KRW (nine in ten draws: 28.1 to 42.1 tn KRW) more than with "
        "a constant share of GDP; 3.5% is reached by then with a probability of 53% "
        "(47% to 55% over the rounding of the claims)."
    )


def test_responsibility_comes_last_and_being_able_is_not_called_a_duty():
    """From the rows of the two documents: two of deterrence are new, the five of 2023 are not said again."""
    assert words()[-1] == (
        "National Defense Strategy 2026 gives the lead in deterring North Korea to South Korea (as a "
        "capability, not as a duty). Against Washington Declaration 2023, newly stated: deterring North "
        "Korea (South Korea, United States); no longer stated, though still in force: extended nuclear "
        "deterrence (United States), consultation and planning on nuclear use (South Korea, United States), "
        "conventional support to nuclear operations (South Korea, United States)."
    )


def test_a_case_that_names_no_postures_is_told_of_none():
    assert not [text for text in words(postures=()) if "National Defense Strategy" in text]


def test_what_the_paths_differ_by_follows_the_projection():
    results = samples.results()
    links, _ = link_claims(results.ledger, results.documents)
    told = (Cell("The faster path costs more.", link="side-by-side"),)

    made = summarise((), describe_ensembles(results, links), None, told)

    assert made[-1].sentence == told


def test_every_number_is_linked_or_stands_beside_its_link():
    """Amounts and shares that open a thought are links; spans in brackets follow the link they belong to."""
    for sentence in sentences():
        linked = False
        for cell in sentence:
            linked = linked or bool(cell.link)
            assert linked or not re.search(r"\d", cell.text)


def test_many_contradictions_are_counted_and_two_are_told():
    clashes = [samples.finding(f"c{number}", "contradicted", [samples.TOTAL]) for number in range(5)]

    assert words(findings=tuple(clashes))[2] == "Three more contradictions."
    assert sentences(findings=tuple(clashes))[2][0].link == "finding-c2"


def test_the_gravest_contradiction_is_told_first():
    grave = samples.finding("grave", "contradicted", [samples.TOTAL], severity="decisive", identity="growth")

    first = sentences(findings=(samples.CLASH, grave))[0]

    assert first[0].link == "finding-grave"


def test_agreement_within_one_document_confirms_nothing():
    agreed = samples.finding("agreed", "corroborated", [samples.TOTAL, samples.RISE])

    assert words(findings=(agreed,))[:2] == [
        "No contradiction was found among the figures that could be checked.",
        "One check holds.",
    ]


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "One check across documents confirms what is printed."),
        (2, "Two checks across documents confirm what is printed."),
    ],
)
def test_agreement_across_documents_does(count, sentence):
    agreed = [
        samples.finding(f"a{number}", "corroborated", [samples.RISE, samples.OTHER_RISE])
        for number in range(count)
    ]

    assert words(findings=tuple(agreed))[1] == sentence


def test_one_check_within_a_document_is_enough_to_claim_less():
    agreed = [
        samples.finding("across", "corroborated", [samples.RISE, samples.OTHER_RISE]),
        samples.finding("within", "corroborated", [samples.RISE, samples.TOTAL]),
    ]

    assert words(findings=tuple(agreed))[1] == "Two checks hold."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"findings": ()}, "Nothing could be checked: no identity joins the figures that were read."),
        ({"ensembles": ()}, "No projection was made."),
    ],
)
def test_what_is_missing_is_said(changes, sentence):
    assert sentence in words(**changes)


def test_nothing_at_all_still_makes_a_summary():
    texts = words(findings=(), ensembles=(), ledger=Ledger(), vocabulary=Vocabulary({}))

    assert len(texts) == 2
