"""Figures of which one may count more as defence than another: the reading that is offered for it."""

from __future__ import annotations

import pytest

from tests.check.samples import claim, findings, growth, quotes, share

OTHER = "alliance.txt"
GERMAN = {"actor": "DEU", "period": "2025"}
NATO = {"definition": "nato"}


def budget(**keys):
    """A core budget that is 1.45 % of the economy."""
    return claim("62.4 bn EUR", **GERMAN, **keys)


def alliance_share(document="brief.txt", **keys):
    return share("2.4 % of GDP", document, **GERMAN, **keys)


def economy(document="brief.txt"):
    return claim("4300 bn EUR", document, measure="gdp", **GERMAN)


def only(*claims):
    (found,) = (one for one in findings(*claims) if one.verdict in ("contradicted", "reconciled"))
    return found


def kinds(finding):
    return [reading.kind for reading in finding.readings]


def test_shares_of_two_documents_that_name_no_definition_may_be_of_two():
    found = only(alliance_share(), share("1.5 % of GDP", OTHER, **GERMAN))

    assert found.verdict == "contradicted"
    assert found.readings[0].kind == "other-definition"
    assert found.readings[0].change == "“1.5 % of GDP” is of another definition"


def test_a_budget_against_the_share_of_another_document_may_be_of_another_perimeter():
    found = only(budget(), economy(), alliance_share(OTHER))

    assert found.verdict == "contradicted"
    assert found.readings[0].kind == "other-definition"
    assert "2.4 % of GDP" in found.readings[0].change


def test_within_one_text_an_amount_and_a_share_may_be_of_two_perimeters():
    found = only(budget(), economy(), alliance_share())

    assert found.verdict == "contradicted"
    assert found.readings[0].kind == "two-perimeters"


def test_within_one_sentence_nobody_mixes_perimeters():
    sentence = {"sentence_start": 10, "sentence_end": 90}

    found = only(budget(**sentence), economy(), alliance_share(**sentence))

    assert "two-perimeters" not in kinds(found)


def test_growth_and_amounts_of_one_text_are_of_one_perimeter():
    claims = claim("66.1 tn KRW"), claim("61.2 tn KRW", period="2025"), growth("9.5 %")

    assert not {"two-perimeters", "other-definition"}.intersection(kinds(only(*claims)))


def test_a_definition_that_one_side_says_reconciles_an_equation():
    found = only(budget(), economy(), alliance_share(**NATO))

    assert found.verdict == "reconciled"
    assert quotes(found) == {"62.4 bn EUR", "4300 bn EUR", "2.4 % of GDP"}
    assert found.readings[0].change == ("“62.4 bn EUR” is of another definition, not “NATO definition”")
    assert "cannot all hold by one definition" in found.explanation


@pytest.mark.parametrize("document", ["brief.txt", OTHER])
def test_a_definition_that_one_side_says_reconciles_two_accounts(document):
    found = only(alliance_share(**NATO), share("1.5 % of GDP", document, **GERMAN))

    assert found.verdict == "reconciled"
    assert kinds(found) == ["other-definition"]


def test_two_accounts_in_one_perimeter_contradict_each_other_and_have_no_such_reading():
    found = only(alliance_share(**NATO), share("1.5 % of GDP", OTHER, **GERMAN, **NATO))

    assert found.verdict == "contradicted"
    assert "other-definition" not in kinds(found)
