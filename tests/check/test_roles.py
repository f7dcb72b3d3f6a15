"""Who leads in what: one text gives a responsibility to one leader."""

from __future__ import annotations

import pytest

from steelyard.core.claim import Claim
from tests.check.samples import findings


def role(actor, sentence, document="brief.txt", **keys):
    """The claim that an actor leads in conventional deterrence, in the sentence that begins there."""
    told = {"role": "lead", "function": "conventional deterrence", "modality": "is", **keys}
    return Claim(
        id=f"{actor}-{sentence}",
        kind="role",
        document=document,
        start=sentence,
        end=sentence + 20,
        quote=f"{actor} takes the lead",
        sentence_start=sentence,
        sentence_end=sentence + 30,
        actor=actor,
        **told,
    )


def two(**keys):
    return [one.verdict for one in findings(role("KOR", 0), role("USA", 100, **keys))]


def test_two_leaders_of_one_responsibility_contradict_each_other():
    (found,) = findings(role("KOR", 0), role("USA", 100))

    assert (found.verdict, found.identity, found.severity) == ("contradicted", "one-lead", "material")
    assert [claim.actor for claim in found.claims] == ["KOR", "USA"]
    assert (found.expected, found.found) == ({"value": "KOR"}, {"value": "USA"})
    assert "South Korea in the role lead" in found.explanation


@pytest.mark.parametrize(("first", "second"), [("POL", "DEU"), ("JPN", "USA"), ("AUS", "GBR")])
def test_so_they_do_in_any_country_and_for_any_responsibility(first, second):
    keys = {"function": "air defence of the eastern flank"}

    assert [one.identity for one in findings(role(first, 0, **keys), role(second, 50, **keys))] == [
        "one-lead"
    ]


def test_two_names_of_one_responsibility_are_one():
    """Conventional deterrence and conventional defence are one entry of functions.toml."""
    assert two(function="Conventional defence") == ["contradicted"]


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param({"role": "support"}, id="the other supports"),
        pytest.param({"role": "shared"}, id="it is shared"),
        pytest.param({"function": "extended deterrence"}, id="of something else"),
        pytest.param({"modality": "should"}, id="as a wish"),
        pytest.param({"modality": "will"}, id="as what is to come"),
        pytest.param({"condition": "unless Seoul asks"}, id="on a condition"),
        pytest.param({"negated": True}, id="denied"),
        pytest.param({"period": "2012"}, id="in another year"),
        pytest.param({"location": "JPN"}, id="somewhere else"),
        pytest.param({"speaker_actor": "USA"}, id="said for another side"),
        pytest.param({"qualifier": "for a time"}, id="with a reservation"),
        pytest.param({"document": "other.txt"}, id="in another text"),
        pytest.param({"sentence_start": 0}, id="in one sentence, so together"),
    ],
)
def test_two_leaders_that_may_well_be_are_left_alone(keys):
    first = {"speaker_actor": "KOR", "period": "2026", "location": "KOR"}
    pair = role("KOR", 0, **first), role("USA", 100).changed(**{**first, **keys})

    assert findings(*pair) == []


def test_each_pair_of_leaders_is_told_once():
    assert len(findings(role("KOR", 0), role("USA", 100), role("USA", 200), role("KOR", 300))) == 1


def test_a_thousand_leaders_are_looked_at_in_no_time():
    assert len(findings(*(role(f"A{number}", 40 * number) for number in range(1000)))) == 66
