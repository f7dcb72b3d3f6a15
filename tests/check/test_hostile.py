"""Ledgers that nobody wrote in good faith give problems with their place, never a wrong verdict or a hang."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from steelyard.core.vocabulary import Layer, load_vocabulary
from tests.check.samples import change, claim, gap, growth, share, target, vocabulary
from tests.patience import soon

IDENTITY = """
[{name}]
label = "Made up"
equation = "{equation}"
meaning = "Made up."
applies = "always"
exact = true
reference = {{ title = "Made up", publisher = "Nobody", date = 2026-01-01 }}
examples = []
"""


def checked(claims, words=None):
    """Findings and problems of claims, which come soon."""
    with soon():
        return check_ledger(Ledger(claims), words or vocabulary())


def contradictions(found):
    return [one for one in found if one.verdict == "contradicted"]


def test_a_claim_with_its_ends_the_wrong_way_round_is_told_with_its_place_and_proves_nothing():
    wrong = claim("46.1 bn USD").changed(low=Decimal(50), high=Decimal(40))

    found, problems = checked([wrong, claim("99 bn USD")])

    assert [(one.code, one.origin.file, one.origin.key) for one in problems] == [
        ("bounds-reversed", "brief.txt", "46.1 bn USD")
    ]
    assert not found


def test_a_unit_that_nobody_knows_is_told_with_its_place_and_the_rest_is_checked():
    odd = claim("46.1 bn USD").changed(unit="XYZ")
    rest = [claim("46.1 bn USD"), share("2.42 % of GDP"), claim("1858.6 bn USD", measure="gdp")]

    found, problems = checked([odd, *rest])

    assert [(one.code, one.origin.file) for one in problems] == [("unknown-unit", "brief.txt")]
    assert [one.identity for one in contradictions(found)] == ["share-of-gdp"]


@pytest.mark.parametrize("documents", [1, 20_000])
def test_twenty_thousand_copies_of_a_sentence_contradict_nothing_and_take_seconds(documents):
    one = claim("46.1 bn USD")
    copies = [one.changed(id=f"c{number}", document=f"{number % documents}.txt") for number in range(20_000)]

    found, problems = checked(copies)

    assert not contradictions(found)
    assert {problem.code for problem in problems} <= {"many-figures"}


def test_a_figure_with_a_thousand_sources_of_a_thousand_values_is_told_to_be_in_dispute_at_once():
    found, _ = checked([claim(f"{1000 + number} bn USD", f"{number}.txt") for number in range(1_000)])

    assert contradictions(found)
    assert all(len(one.claims) == 2 for one in found)


def test_thousands_of_sources_of_overlapping_ranges_are_compared_to_the_end():
    ranges = [
        claim("46 bn USD", f"{number}.txt").changed(low=Decimal(40), high=Decimal(50 + number))
        for number in range(2_000)
    ]

    found, _ = checked(ranges)

    assert not contradictions(found)


def test_a_year_before_that_may_be_nothing_leaves_growth_open():
    """Whatever is divided by zero to one billion may be as large as one likes."""
    nothing = claim("1 bn USD", period="2025").changed(low=Decimal(0), high=Decimal(10**9))

    for words, contradicted in (("5000 %", []), ("8.2 %", ["growth"])):
        found, problems = checked([nothing, claim("46.1 bn USD"), growth(words)])

        assert not problems
        assert [one.identity for one in contradictions(found)] == contradicted


def test_an_economy_on_both_sides_of_nothing_proves_nothing_of_a_share():
    odd = claim("1 bn USD", measure="gdp").changed(low=Decimal(-(10**12)), high=Decimal(10**13))

    found, problems = checked([claim("46.1 bn USD"), share("2.42 % of GDP"), odd])

    assert not problems
    assert not contradictions(found)


def test_an_identity_of_unlike_things_is_told_with_file_line_and_column_and_left_out(tmp_path):
    text = IDENTITY.format(name="odd", equation="defence_spending = troops")
    (tmp_path / "identities.toml").write_text(text, encoding="utf-8")
    words, _ = load_vocabulary(Layer("case", tmp_path))

    found, problems = checked([claim("46.1 bn USD"), claim("450,000 troops", measure="troops")], words)

    (fault,) = problems
    assert fault.code == "unlike-dimensions"
    assert fault.origin.file.endswith("identities.toml")
    assert (fault.origin.line, fault.origin.column > 0) == (4, True)
    assert not contradictions(found)


@pytest.mark.parametrize(
    "equations",
    [
        pytest.param(("gdp = gdp + defence_spending",), id="a measure in terms of itself"),
        pytest.param(("gdp = 2 * defence_spending", "defence_spending = 2 * gdp"), id="two in a circle"),
        pytest.param(
            ("x = 3 * previous(x)", "previous(x) = x * 3", "growth(x) = x / previous(x)"),
            id="years in a circle",
        ),
    ],
)
def test_identities_in_a_circle_come_to_an_end(tmp_path, equations):
    text = "".join(
        IDENTITY.format(name=f"odd-{number}", equation=one) for number, one in enumerate(equations)
    )
    (tmp_path / "identities.toml").write_text(text, encoding="utf-8")
    words, _ = load_vocabulary(Layer("case", tmp_path))
    claims = [
        one
        for year in range(2015, 2027)
        for one in (
            claim("46.1 bn USD", period=str(year)),
            claim("1905 bn USD", measure="gdp", period=str(year)),
            change("3.5 bn USD", period=str(year)).changed(baseline=str(year - 1)),
        )
    ]

    checked(claims, words)


def test_every_currency_stage_and_definition_at_once_is_checked_to_the_end():
    claims = [
        claim(f"{40 + number % 9} bn {unit}", f"{number}.txt", status=status, definition=f"d{number % 40}")
        for number in range(40)
        for unit in ("USD", "KRW", "EUR", "JPY", "PLN", "GBP", "AUD", "TWD")
        for status in ("proposed", "enacted", "revised", "executed")
    ]

    checked(claims)


def test_hundreds_of_targets_for_one_country_are_checked_to_the_end():
    claims = [
        one
        for number in range(300)
        for name in [f"{number}.txt"]
        for one in (
            target(f"{2 + number % 5} % of GDP", name),
            gap(f"{11 + number % 13} bn USD", name),
            share("2.42 % of GDP", name),
            claim("46.1 bn USD", name),
        )
    ]

    checked(claims)


def test_three_centuries_of_one_country_are_checked_to_the_end():
    claims = [
        one
        for year in range(1726, 2027)
        for one in (
            claim(f"{year + 10}.1 bn USD", period=f"{year:04}"),
            growth("2.4 %", period=f"{year:04}").changed(baseline=f"{year - 1:04}"),
            share("2.4 % of GDP", period=f"{year:04}"),
            claim(f"{40 * (year + 10)} bn USD", measure="gdp", period=f"{year:04}"),
        )
    ]

    found, _ = checked(claims)

    assert contradictions(found)
