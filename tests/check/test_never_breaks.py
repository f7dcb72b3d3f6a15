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
