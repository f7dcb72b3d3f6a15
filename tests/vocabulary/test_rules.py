"""The examples of the rules: each is put before the checker as one or two claims, to be judged as it says."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.check import check_ledger
from steelyard.core.claim import Claim, Ledger
from steelyard.core.interval import Interval
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import load_vocabulary
from steelyard.read import read_document
from steelyard.read.documents.document import Document

VOCABULARY, _ = load_vocabulary()
RULES = VOCABULARY.entries("rules")
# Two growth rates of one budget that cannot both be right: the proposal's and that of the budget as enacted.
EIGHT, SEVEN = "8.2", "7.5"


def growth(digits, document, **keys):
    """The claim that Korea's defence spending of 2026 grows by so many per cent."""
    open_by = Interval.as_written(digits)
    place = {"start": 0, "end": len(digits), "sentence_start": 0, "sentence_end": 40}
    told = {
        "measure": "defence_spending",
        "statistic": "growth",
        "actor": "KOR",
        "unit": "%",
        "period": "2026",
    }
    numbers = {"low": open_by.low, "high": open_by.high}
    return Claim(
        id=document,
        kind="figure",
        document=f"{document}.txt",
        quote=digits,
        **place,
        **{**told, **numbers, **keys},
    )


def contradicted_by(*claims):
    """The ids of the rules and identities by which a ledger of the claims is contradicted."""
    findings, _ = check_ledger(Ledger(claims), VOCABULARY)
    return {finding.identity for finding in findings if finding.verdict == "contradicted"}


def examples(kind):
    return [
        pytest.param(rule, example, id=f"{rule.id}/{number}")
        for rule in RULES.values()
        if rule.text("kind") == kind
        for number, example in enumerate(rule.tables("examples"), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), examples("stages"))
def test_figures_are_held_against_each_other_within_a_stage_only(rule, example):
    first = growth(EIGHT, "one", status=example["status"])
    second = growth(SEVEN, "two", status=example["other"])

    assert bool(contradicted_by(first, second)) is example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("perimeter"))
def test_figures_are_held_against_each_other_within_a_perimeter_only(rule, example):
    first = growth(EIGHT, "one", status="enacted", definition=example["definition"])
    second = growth(SEVEN, "two", status="enacted", definition=example["other"])

    assert bool(contradicted_by(first, second)) is example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("comparison"))
def test_two_accounts_of_one_figure_must_leave_room_for_one_number(rule, example):
    claims = [growth(example[key].rstrip("%"), key, status="enacted") for key in ("one", "other")]

    assert (rule.id in contradicted_by(*claims)) is not example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("said-not-before"))
def test_a_budget_is_not_proposed_before_its_time(rule, example):
    told = {key: example[key] for key in ("period", "status", "said")}
    found = contradicted_by(growth(EIGHT, "one", speaker="the ministry", **told))

    assert (rule.id in found) is not example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("term-of-office"))
def test_an_office_speaks_through_whoever_holds_it(rule, example):
    """The example's day is the first of somebody's term; the budget calendar must not object by itself."""
    speaker = next(
        person["label"]
        for actor in VOCABULARY.entries("actors").values()
        for person in actor.table("persons").values()
        if example["from"] in [term["from"] for term in person.get("terms", ())]
    )
    claim = growth(EIGHT, "one", speaker=speaker, said=example["said"], period="2026", status="proposed")

    findings, _ = check_ledger(Ledger([claim]), VOCABULARY)

    assert (rule.id in {finding.identity for finding in findings}) is not example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("rate-window"))
def test_a_rate_lies_within_its_window(rule, example):
    assert (rule.number("low") <= int(example["rate"]) <= rule.number("high")) is example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("one-rate"))
def test_a_text_converts_at_one_rate(rule, example):
    document = Document("example", example["text"], date(2026, 1, 24))

    found = contradicted_by(*read_document(document, VOCABULARY)[0])

    assert (rule.id in found) is not example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("one-role"))
def test_a_responsibility_has_one_leader(rule, example):
    keys = {"kind": "role", "document": "brief.txt", "quote": "leads", "function": "conventional deterrence"}
    place = {"start": 5, "end": 10, "sentence_end": 40}
    first = Claim(id="one", **keys, **place, sentence_start=0, role=rule.text("role"), actor=example["actor"])
    second = first.changed(id="two", sentence_start=3, actor=example["other"], modality=example["modality"])

    assert (rule.id in contradicted_by(first, second)) is not example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("calendar-overlap"))
def test_years_that_share_most_of_their_days_are_two_numbers_of_one_thing(rule, example):
    first, second = (
        growth(digits, key, actor=example["actor"], period=example[key])
        for digits, key in ((EIGHT, "one"), (SEVEN, "other"))
    )

    findings, _ = check_ledger(Ledger([first, second]), VOCABULARY)

    assert ("reconciled" in {finding.verdict for finding in findings}) is example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("weekday"))
def test_a_date_falls_on_one_day_of_the_week(rule, example):
    told = {"about": example["weekday"], "period": str(example["day"])}
    place = {"start": 3, "end": 24, "sentence_start": 0, "sentence_end": 40}
    claim = Claim(id="one", kind="statement", document="brief.txt", quote="that day", **place, **told)

    assert (rule.id in contradicted_by(claim)) is not example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("one-pledge"))
def test_a_pledge_of_one_day_has_one_amount_and_deadline(rule, example):
    told = {"measure": "arms_purchases", "statistic": "level", "status": "pledge", "said": "2025-11-14"}
    claims = []
    for key, period in (("one", "by"), ("other", "until")):
        quantity = Quantity.as_written(example[key], VOCABULARY.units)
        numbers = {"low": quantity.interval.low, "high": quantity.interval.high, "value": quantity.value}
        keys = {**told, **numbers, "unit": "USD", "period": example[period], "about": "weapons"}
        claims.append(growth("25", key, **keys))

    assert (rule.id in contradicted_by(*claims)) is not example["holds"]


def test_every_rule_gives_an_example_that_holds_and_one_that_does_not():
    tested = {
        "stages",
        "perimeter",
        "comparison",
        "said-not-before",
        "term-of-office",
        "rate-window",
        "one-rate",
        "one-role",
        "calendar-overlap",
        "one-pledge",
        "weekday",
        "nearness",
        "writers-slips",
    }

    assert {rule.text("kind") for rule in RULES.values()} <= tested
    for rule in RULES.values():
        assert {example["holds"] for example in rule.tables("examples")} == {True, False}


@pytest.mark.parametrize(("rule", "example"), examples("nearness"))
def test_what_follows_from_figures_near_it_is_not_held_against_others(rule, example):
    document = Document(f"{rule.id}.txt", example["text"], date(2025, 9, 1))
    findings, _ = check_ledger(read_document(document, VOCABULARY)[0], VOCABULARY)

    assert any(one.verdict == "contradicted" for one in findings) is not example["holds"]


@pytest.mark.parametrize(("rule", "example"), examples("writers-slips"))
def test_what_no_writer_gets_wrong_is_no_contradiction(rule, example):
    document = Document(f"{rule.id}.txt", example["text"], date(2025, 9, 1))
    findings, _ = check_ledger(read_document(document, VOCABULARY)[0], VOCABULARY)

    assert any(one.verdict == "contradicted" for one in findings) is not example["holds"]
