"""Readings: ways in which a contradiction would hold, ranked, each with its exact range."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.check.readings import MOST_READINGS, bounds_json
from steelyard.core.interval import INFINITE, Interval
from tests.check.samples import billions, change, claim, findings, growth, share

FORCE, OPERATING = {"item": "force_enhancement"}, {"item": "operating"}


def readings(*claims):
    (found,) = findings(*claims, verdict="contradicted")
    return found.readings


def kinds(*claims):
    return [reading.kind for reading in readings(*claims)]


def of_kind(kind, *claims):
    return [reading for reading in readings(*claims) if reading.kind == kind]


def parts(total="46.1 bn USD", force="14.0 bn USD", operating="33.1 bn USD"):
    return claim(total), claim(force, **FORCE), claim(operating, **OPERATING)


def test_each_figure_may_be_another_than_printed():
    """46.1 - 33.1 = 13.0, 46.1 - 14.0 = 32.1, 14.0 + 33.1 = 47.1, each within a tenth."""
    claims = parts()
    moved = {reading.claim: billions(reading.to) for reading in readings(*claims)}

    assert [moved[one.id] for one in claims] == [(47.0, 47.2), (12.9, 13.1), (32.0, 32.2)]


def test_the_result_is_likelier_to_be_wrong_than_what_it_follows_from():
    found = readings(claim("46.1 bn USD"), claim("42.6 bn USD", period="2025"), change("9.5 bn USD"))

    assert (found[0].kind, found[0].claim) != ("misstated", found[-1].claim)
    assert [reading.cost for reading in found] == sorted(reading.cost for reading in found)
    assert found[0].kind == "reckoned-otherwise"


def test_a_reading_is_the_dearer_the_farther_it_moves_a_figure():
    """The first misses by 8 last digits, the second by 18: a tenth each, on a cost of 4."""
    near = of_kind("misstated", *parts(operating="33.1 bn USD"))
    far = of_kind("misstated", *parts(operating="34.1 bn USD"))

    assert min(reading.cost for reading in near) < min(reading.cost for reading in far)


def test_digits_cut_off_rather_than_rounded():
    """3.59 cut to 3.5: 46.1 - 42.6 leaves up to 3.6, but 46.10 - 42.52 is 3.58."""
    claims = claim("46.10 bn USD"), claim("42.52 bn USD", period="2025"), change("3.5 bn USD")
    (cut,) = of_kind("reckoned-and-truncated", *claims)

    assert billions(cut.to) == (3.5, 3.6)


def test_a_scale_word_taken_for_another():
    (slip,) = of_kind("scale-slip", *parts(operating="32.1 m USD"))

    assert billions(slip.to) == (32.05, 32.15)


def test_where_either_scale_word_may_be_wrong_both_are_offered():
    """A part of 32.1 trillion in a whole of 46.1 billion: one of the two words is wrong."""
    found = of_kind("scale-slip", *parts(operating="32.1 tn USD"))

    assert sorted(billions(reading.to) for reading in found) == [(32.05, 32.15), (46050.0, 46150.0)]


def test_shares_have_no_scale_word_to_mistake():
    claims = claim("46.1 bn USD"), share("2422 % of GDP"), claim("1905 bn USD", measure="gdp")

    assert all(reading.to["unit"] == "USD" for reading in of_kind("scale-slip", *claims))


@pytest.mark.parametrize(
    ("printed", "meant"),
    [pytest.param("41.6 bn USD", 46.1, id="of the unit"), pytest.param("61.4 bn USD", 0, id="none fits")],
)
def test_two_neighbouring_digits_that_changed_places(printed, meant):
    found = of_kind("transposed", *parts(total=printed, operating="32.1 bn USD"))

    assert [billions(reading.to) for reading in found] == ([(46.05, 46.15)] if meant else [])


def test_a_swap_that_only_touches_what_the_other_leaves_open_is_none():
    """15.9 with its digits moved is 19.5, not 19.4, though both can be 19.45."""
    assert "transposed" not in kinds(growth("19.4 %"), growth("15.9 %", "other.txt"))


def test_a_swap_must_give_the_other_number_itself():
    found = of_kind("transposed", growth("19.5 %"), growth("15.9 %", "other.txt"))

    assert len(found) == 2


def test_what_leaves_a_number_much_room_does_not_give_it_to_the_last_digit():
    """14.0 and about 30 leave 39 to 49, in which 46.1 lies as well as anything."""
    claims = (
        claim("64.1 bn USD"),
        claim("14.0 bn USD", **FORCE),
        claim("30 bn USD", hedge="about", **OPERATING),
    )

    assert "transposed" not in kinds(*claims)


def test_a_number_never_begins_with_a_nought_that_was_moved_there():
    """10.6 for 01.6: nobody misprints so."""
    claims = claim("15.6 bn USD"), claim("14.0 bn USD", **FORCE), claim("10.6 bn USD", **OPERATING)

    assert "transposed" not in kinds(*claims)


def test_slips_of_digits_keep_the_sign_of_a_fall():
    """From 61.2 to 60.0 it is 1.2 less, not 2.1; or from 62.1, if that is where the digits changed places."""
    claims = claim("60.0 bn USD"), claim("61.2 bn USD", period="2025"), change("2.1 bn USD", direction="down")

    found = of_kind("transposed", *claims)

    assert sorted(billions(reading.to) for reading in found) == [(-1.25, -1.15), (62.05, 62.15)]


def test_a_fall_may_be_cut_off_too():
    """60.00 less 63.58 is a fall by 3.58, which is 3.5 where the rest is dropped."""
    claims = (
        claim("60.00 bn USD"),
        claim("63.58 bn USD", period="2025"),
        change("3.5 bn USD", direction="down"),
    )

    (cut,) = of_kind("reckoned-and-truncated", *claims)

    assert billions(cut.to) == (-3.6, -3.5)


def test_no_more_readings_than_a_reader_can_weigh():
    assert len(readings(*parts(operating="33.1 m USD"))) <= MOST_READINGS


def test_every_reading_names_a_claim_of_the_finding_and_its_entry():
    (found,) = findings(*parts(), verdict="contradicted")

    ids = {one.id for one in (*found.claims, *found.given)}
    assert {reading.claim for reading in found.readings} <= ids
    assert all(reading.change.startswith("“") for reading in found.readings)


def test_a_stage_that_is_not_said_may_be_the_next_one():
    (found,) = findings(
        growth("8.2 %", status="proposed"), growth("7.5 %", "other.txt"), verdict="reconciled"
    )

    assert found.readings[0].to_json() == {
        "cost": 1.0,
        "change": "“7.5 %” is of another stage of the budget, not proposed",
        "claim": found.claims[1].id,
        "to": {"value": "enacted"},
        "kind": "other-status",
    }


def test_of_the_last_stage_the_one_before_may_be_meant():
    (found,) = findings(
        growth("8.2 %", status="executed"), growth("7.5 %", "other.txt"), verdict="reconciled"
    )

    assert found.readings[0].to == {"value": "revised"}


@pytest.mark.parametrize(
    ("key", "value"), [("definition", "sipri"), ("basis", "outlay"), ("prices", "constant:2015")]
)
def test_a_key_that_is_not_said_may_be_another(key, value):
    (found,) = findings(
        claim("61.2 tn KRW"), claim("67.9 tn KRW", "other.txt", **{key: value}), verdict="reconciled"
    )

    assert (found.readings[0].kind, found.readings[0].to) == (f"other-{key}", {"value": f"not {value}"})
    assert found.readings[0].claim == found.claims[0].id


@pytest.mark.parametrize(
    ("interval", "low", "high"),
    [
        pytest.param(Interval.exactly(28500), 28500, 28500, id="whole numbers without a point"),
        pytest.param(Interval(Decimal("2.415"), Decimal("2.425")), 2.415, 2.425, id="decimals"),
        pytest.param(Interval(Decimal(60), INFINITE), 60, None, id="open above"),
        pytest.param(Interval(-INFINITE, Decimal(-1)), None, -1, id="open below, and negative"),
        pytest.param(Interval.exactly(0), 0, 0, id="nought"),
    ],
)
def test_bounds_are_written_as_the_contract_has_them(interval, low, high):
    assert bounds_json(interval, "USD") == {"low": low, "high": high, "unit": "USD"}


def test_two_texts_that_say_no_stage_may_be_of_two():
    """The verdict stays: neither text has a word for it."""
    (found,) = findings(claim("66.3 tn KRW"), claim("65.9 tn KRW", "other.txt"), verdict="contradicted")
    within = findings(claim("66.3 tn KRW"), claim("65.9 tn KRW"), verdict="contradicted")

    assert "unsaid-status" in {reading.kind for reading in found.readings}
    assert "unsaid-status" not in {reading.kind for one in within for reading in one.readings}
