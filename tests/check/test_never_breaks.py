"""Whatever a ledger holds, checking gives findings and problems, never an exception; and no truth is
contradicted.
"""

from __future__ import annotations

import json
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from tests.check.samples import claim, vocabulary
from tests.strategies import ledgers

FIGURES = {
    "statistic": ("level", "growth", "change", "gap", "share"),
    "status": (None, "proposed", "enacted", "target", "floor", "estimate", "pledge"),
    "period": (None, "2025", "2026", "FY2026", "../2030", "soon"),
    "unit": ("USD", "%", "% of GDP", "person", "percentage point", None),
    "measure": ("defence_spending", "gdp", "defence_share_of_gdp", "troops"),
    "item": (None, "force_enhancement", "operating", "kf-21", "drones"),
    "document": ("a.txt", "b.txt"),
    "hedge": (None, "about", "more_than", "up_to"),
    "definition": (None, "nato", "sipri"),
    "direction": ("=", "up", "down"),
    "base_measure": (None, "gdp", "defence_spending"),
}
bounds = st.one_of(st.none(), st.integers(-3, 60).map(Decimal), st.just(Decimal("1e12")))


@st.composite
def odd_claims(draw):
    keys = {key: draw(st.sampled_from(values)) for key, values in FIGURES.items()}
    numbers = {name: draw(bounds) for name in ("value", "low", "high")}
    return claim("1 bn USD").changed(**keys, **numbers)


@given(ledgers())
@settings(max_examples=60)
def test_any_ledger_is_checked_calmly(ledger):
    found, problems = check_ledger(ledger, vocabulary())

    json.dumps([one.to_json() for one in found] + [one.to_json() for one in problems], allow_nan=False)


@given(st.lists(odd_claims(), max_size=9))
@settings(max_examples=120)
def test_odd_figures_are_checked_calmly(claims):
    found, problems = check_ledger(Ledger(claims), vocabulary())

    json.dumps([one.to_json() for one in found] + [one.to_json() for one in problems], allow_nan=False)
    assert all(one.explanation and one.lines() for one in found)
    assert len({one.id for one in found}) == len(found)


amounts = st.integers(1000, 9000)
cents = st.integers(1, 400)


@given(amounts, amounts, cents, st.integers(1500, 6000), st.integers(0, 3))
@settings(max_examples=80)
def test_figures_that_are_true_are_never_contradicted(force, operating, last_force, share, digits):
    """A budget, its parts, its growth and its share, each rounded to some digits: all can hold together."""
    whole, before = force + operating, force + operating - last_force
    step = Decimal(1).scaleb(-digits)

    def rounded(value, unit, **keys):
        return claim(f"{value.quantize(step):f} {unit}", **keys)

    economy = Decimal(whole) * 100000 / share
    claims = [
        rounded(Decimal(whole), "bn USD"),
        rounded(Decimal(force), "bn USD", item="force_enhancement"),
        rounded(Decimal(operating), "bn USD", item="operating"),
        rounded(Decimal(before), "bn USD", period="2025"),
        rounded(Decimal(last_force), "bn USD", statistic="change", baseline="2025"),
        rounded(Decimal(100 * last_force) / before, "%", statistic="growth", baseline="2025"),
        rounded(economy, "bn USD", measure="gdp"),
        rounded(Decimal(share) / 1000, "% of GDP", measure="defence_share_of_gdp"),
    ]

    found, problems = check_ledger(Ledger(claims), vocabulary())

    assert not problems
    assert not [one for one in found if one.verdict in ("contradicted", "reconciled")]


digits = st.integers(0, 3)


@given(amounts, cents, st.integers(1, 300), st.lists(digits, min_size=7, max_size=7))
@settings(max_examples=80)
def test_a_true_history_of_two_stages_is_never_contradicted(last, rise, cut, rounding):
    """Two years, each proposed and then cut by the assembly, told by two documents to different digits."""
    enacted, proposed = last + rise, last + rise + cut
    before = Decimal(last)

    def told(number, value, unit, document="brief.txt", **keys):
        step = Decimal(1).scaleb(-rounding[number])
        return claim(f"{value.quantize(step):f} {unit}", document, **keys)

    claims = [
        told(0, Decimal(proposed), "bn USD", status="proposed"),
        told(1, Decimal(enacted), "bn USD", "other.txt", status="enacted"),
        told(2, before, "bn USD", "other.txt", status="enacted", period="2025"),
        told(3, before + cut, "bn USD", status="proposed", period="2025"),
        told(4, 100 * (proposed - before) / before, "%", status="proposed", statistic="growth"),
        told(5, 100 * (enacted - before) / before, "%", "other.txt", status="enacted", statistic="growth"),
        told(6, Decimal(cut), "bn USD", "other.txt", statistic="change", direction="down"),
    ]

    found, problems = check_ledger(Ledger(claims), vocabulary())

    assert not problems
    assert not [one for one in found if one.verdict == "contradicted"]


@given(st.lists(odd_claims(), max_size=8))
@settings(max_examples=60)
def test_what_is_contradicted_does_not_hang_on_the_order_of_documents(claims):
    parts = [[one for one in claims if one.document == name] for name in ("a.txt", "b.txt")]

    def told(ledger):
        found, _ = check_ledger(Ledger(ledger), vocabulary())
        return {frozenset(one.id for one in each.claims) for each in found if each.verdict == "contradicted"}

    assert bool(told(parts[0] + parts[1])) == bool(told(parts[1] + parts[0]))
