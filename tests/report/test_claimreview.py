"""Findings as ClaimReview: rated on a scale that says what it is, and nobody blamed who need not be wrong."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pyld import jsonld

from steelyard.case import Source
from steelyard.core.claim import Ledger
from steelyard.report.bundle import REVIEWS, make_report
from steelyard.report.export.claimreview import to_claim_review
from tests.report import samples

PAGE = "report.html"
AGREED = samples.finding(
    "agreed", "corroborated", [samples.RISE, samples.OTHER_RISE], explanation="Both say so."
)


def reviews(**changes):
    return json.loads(to_claim_review(samples.results(**changes), PAGE))["@graph"]


def test_what_contradicts_and_what_is_borne_out_is_reviewed_and_nothing_else():
    found = reviews(findings=(samples.CLASH, samples.DIFFERENCE, samples.AGREEMENT, AGREED))

    assert [one["url"] for one in found] == ["report.html#finding-clash", "report.html#finding-agreed"]


def test_a_review_has_what_publishers_of_fact_checks_need():
    """Of the properties that ClaimReview needs, three; who publishes it adds its own name."""
    (found,) = reviews(findings=(samples.CLASH,))

    assert found["@type"] == "ClaimReview"
    assert found["claimReviewed"].startswith("(1) “$46.1 billion”: Defence spending")
    assert found["reviewRating"] | {"ratingExplanation": ""} == {
        "@type": "Rating",
        "ratingValue": 1,
        "worstRating": 1,
        "bestRating": 2,
        "alternateName": "Contradicted (within the last printed digit)",
        "ratingExplanation": "",
    }
    assert "1: contradicted" in found["reviewRating"]["ratingExplanation"]
    assert "2: corroborated" in found["reviewRating"]["ratingExplanation"]
    assert "author" not in found


def test_a_contradiction_is_one_of_all_its_claims_and_of_none_alone():
    (found,) = reviews(findings=(samples.CLASH,))

    assert [claim["text"] for claim in found["itemReviewed"]] == [
        "$46.1 billion",
        "2.42% of GDP",
        "$20.8 billion",
    ]
    assert found["reviewAspect"] == (
        "Whether these 3 claims can all hold together, given “3.5%”; not which of them is off"
    )


def test_a_finding_on_one_claim_reviews_that_claim():
    alone = samples.finding("alone", "contradicted", [samples.TROOPS], given=(samples.TARGET,))

    (found,) = reviews(findings=(alone,))

    assert found["itemReviewed"]["text"] == "About 28,500 American soldiers"
    assert found["reviewAspect"] == "Whether it can hold, given “3.5%”"


def test_a_claim_is_of_those_who_printed_it_and_the_speaker_is_told_as_theirs(tmp_path):
    """The ministry may never have said so: that it did is the source's own claim."""
    known = Source(
        "sources/budget.txt",
        tmp_path,
        title='Seoul\'s "plans"',
        publisher="A paper",
        date=date(2026, 1, 22),
        url="https://example.org/budget",
    )

    (found,) = reviews(findings=(samples.CLASH,), sources=(known,))

    claim = found["itemReviewed"][2]
    paper = {"@type": "Organization", "name": "A paper"}
    assert claim["author"] == paper
    assert claim["description"] == "The source has the ministry say so."
    assert claim["datePublished"] == "2026-01-22"
    assert claim["appearance"] == {
        "@type": "CreativeWork",
        "name": 'Seoul\'s "plans"',
        "url": "https://example.org/budget",
        "publisher": paper,
        "datePublished": "2026-01-22",
    }


def test_what_is_not_known_of_a_source_is_left_out():
    (found,) = reviews(findings=(samples.CLASH,), documents=())

    claim = found["itemReviewed"][0]
    assert "author" not in claim
    assert "datePublished" not in claim
    assert claim["appearance"] == {"@type": "CreativeWork", "name": "budget.txt"}


def test_a_reader_of_linked_data_finds_each_review_with_its_rating_and_claims():
    """The context of schema.org puts every term into one vocabulary."""

    def context(address, options):
        assert address == "https://schema.org"
        terms = {"@vocab": "http://schema.org/", "url": {"@type": "@id"}}
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": {"@context": terms},
        }

    data = json.loads(to_claim_review(samples.results(findings=(samples.CLASH, AGREED)), PAGE))
    graph = jsonld.flatten(data, options={"documentLoader": context, "base": "https://example.org/"})

    nodes = {node["@id"]: node for node in graph}
    found = [node for node in graph if node.get("@type") == ["http://schema.org/ClaimReview"]]
    assert len(found) == 2
    for node in found:
        assert node["http://schema.org/url"][0]["@id"].startswith("https://example.org/report.html#finding-")
        claims = [nodes[one["@id"]] for one in node["http://schema.org/itemReviewed"]]
        assert {kind for claim in claims for kind in claim["@type"]} == {"http://schema.org/Claim"}
        (rating,) = (nodes[one["@id"]] for one in node["http://schema.org/reviewRating"])
        value, worst, best = (
            rating[f"http://schema.org/{key}"][0]["@value"]
            for key in ("ratingValue", "worstRating", "bestRating")
        )
        assert worst <= value <= best


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", 'a "b"\nc', "\u202eabc\x00", "תקציב"])
def test_any_words_of_a_source_stay_words(text):
    claim = samples.TOTAL.changed(quote=text)

    finding = samples.finding("one", "contradicted", [claim])

    written = to_claim_review(samples.results(findings=(finding,), ledger=Ledger([claim])), PAGE)

    assert json.loads(written)["@graph"][0]["itemReviewed"]["text"] == text
    assert "<" not in written


def test_a_case_without_findings_has_no_reviews():
    files, _ = make_report(samples.results(findings=(), ensembles=()))

    assert json.loads(files[REVIEWS]) == {"@context": "https://schema.org", "@graph": []}
