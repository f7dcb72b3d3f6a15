"""A pledge told twice has one amount and one deadline; what may be two pledges is left alone."""

from __future__ import annotations

import pytest

from tests.check.samples import claim, findings, share

SUMMIT, OTHER = "2025-06-25", "note.txt"


def pledge(text, document="brief.txt", **keys):
    told = {"status": "pledge", "said": SUMMIT, "period": "../2030", "about": "US weapons"}
    return claim(text, document, **{"measure": "arms_purchases", "counterpart": "USA", **told, **keys})


def aim(text, document="brief.txt", **keys):
    told = {"status": "target", "said": SUMMIT, "period": "../2035", "about": "defence"}
    return share(text, document, **{**told, **keys})


def told(*claims):
    return [(one.verdict, one.identity) for one in findings(*claims) if one.verdict != "derived"]


@pytest.mark.parametrize("actor", ["KOR", "JPN", "POL"])
@pytest.mark.parametrize("document", ["brief.txt", OTHER])
def test_one_pledge_has_one_amount(actor, document):
    (found,) = findings(pledge("25 bn USD", actor=actor), pledge("35 bn USD", document, actor=actor))

    assert (found.verdict, found.identity) == ("contradicted", "one-pledge")
    assert "24.5 to 25.5 bn USD" in found.explanation
    assert "miss by 9 bn USD" in found.explanation
    assert [reading.kind for reading in found.readings] == ["misstated", "misstated"]


@pytest.mark.parametrize("actor", ["BEL", "ESP"])
def test_one_pledge_has_one_deadline(actor):
    claims = (
        aim("3.5 % of GDP", actor=actor),
        aim("3.5 % of GDP", OTHER, actor=actor, period="../2032"),
    )
    (found,) = findings(*claims)

    assert (found.verdict, found.expected, found.found) == (
        "contradicted",
        {"value": "../2035"},
        {"value": "../2032"},
    )
    assert "2035" in found.explanation


def test_a_condition_that_one_telling_leaves_out_is_named():
    (found,) = findings(pledge("25 bn USD"), pledge("25 bn USD", OTHER, condition="if parliament agrees"))

    assert found.verdict == "reconciled"
    assert "if parliament agrees" in found.readings[0].change


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"said": "2025-11-14"}, id="of another day"),
        pytest.param({"said": None}, id="of a day not said"),
        pytest.param({"said": "2025"}, id="of a year only"),
        pytest.param({"about": "aircraft of Boeing"}, id="of another thing"),
        pytest.param({"counterpart": "FRA"}, id="to another"),
        pytest.param({"period": "../2035"}, id="another amount by another year"),
        pytest.param({"aggregation": "of_which"}, id="a part"),
    ],
)
def test_what_may_be_two_pledges_is_left_alone(other):
    assert told(pledge("25 bn USD"), pledge("35 bn USD", OTHER, **other)) == []


def test_two_pledges_in_one_sentence_are_two():
    place = {"sentence_start": 1, "sentence_end": 90}

    assert told(pledge("25 bn USD", **place), pledge("35 bn USD", **place)) == []


def test_two_shares_of_one_day_may_be_part_and_whole():
    """Five per cent were agreed, and three and a half of them for core defence."""
    assert told(aim("5 % of GDP"), aim("3.5 % of GDP")) == []


def test_one_share_in_several_years_is_a_path():
    assert told(aim("3.5 % of GDP", period="2029"), aim("3.5 % of GDP", period="2030")) == []
