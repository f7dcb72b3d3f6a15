"""Finding the round amounts that an article converted."""

from __future__ import annotations

from decimal import Decimal

from steelyard.check.figures import Kinds, figures_of
from steelyard.check.originals import originals_of
from steelyard.core.claim import Ledger
from tests.check.samples import claim, gap, vocabulary


def originals(*claims):
    figures, problems = figures_of(Ledger(claims), Kinds.of(vocabulary()), vocabulary())
    assert not problems
    found = originals_of(figures, vocabulary())
    return {figure.claim.quote: found[figure.order] for figure in figures if figure.order in found}


def article():
    """What the source article prints of 1.3, 2.4, 2.7 and 30 trillion won at about 1,439 won per dollar."""
    return [
        claim("903 m USD", item="kf-21", period="2025"),
        claim("1.67 bn USD", item="kf-21"),
        claim("1.88 bn USD", item="operating"),
        gap("20.8 bn USD"),
    ]


def test_the_rate_at_which_all_become_round_is_found():
    """From 1.3 tn / 0.9035 bn = 1438.85 to 2.7 tn / 1.875 bn = 1440."""
    found = originals(*article())

    rate = found["20.8 bn USD"].rate
    assert round(rate.low, 2) == Decimal("1438.85")
    assert rate.high == 1440
    assert {quote: one.words for quote, one in found.items()} == {
        "903 m USD": "about 1.3 trillion KRW",
        "1.67 bn USD": "about 2.4 trillion KRW",
        "1.88 bn USD": "about 2.7 trillion KRW",
        "20.8 bn USD": "about 30 trillion KRW",
    }


def test_the_precision_is_that_of_the_round_amount():
    interval = originals(*article())["20.8 bn USD"].interval

    assert round(interval.low / 10**9, 2) == Decimal("20.49")
    assert round(interval.high / 10**9, 2) == Decimal("21.20")


def test_two_amounts_are_too_few_to_tell():
    assert not originals(*article()[:2])


def test_amounts_that_do_not_fit_one_rate_tell_nothing():
    odd = [claim(f"{text} bn USD", item=f"line {text}") for text in ("1.234", "2.345", "3.457")]

    assert not originals(*odd)


def test_a_country_that_reckons_in_the_same_currency_converted_nothing():
    assert not originals(*(one.changed(actor="USA") for one in article()))


def test_a_currency_for_which_no_rate_is_known_is_left_alone():
    assert not originals(*(one.changed(actor="POL") for one in article()))


def test_coarse_and_hedged_amounts_are_left_out():
    hedged = [one.changed(hedge="about") for one in article()]

    assert not originals(*hedged)
    assert "25 bn USD" not in originals(*article(), claim("25 bn USD", measure="arms_purchases"))
