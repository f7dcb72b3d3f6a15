"""From today's share to the target: one actor or a whole alliance, no label on another."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from decimal import Decimal
from itertools import pairwise

import pytest

from steelyard.core.claim import Ledger
from steelyard.core.series import Point, Series
from steelyard.report.charts import ladder
from steelyard.report.marks import width_of
from steelyard.report.picture import draw
from steelyard.report.rungs import rungs_of
from tests.report import samples
from tests.report.test_leaves import texts

MEMBERS = [
    identifier
    for identifier, entry in samples.vocabulary().entries("actors").items()
    if any(row["alliance"] == "NATO" and not row.get("to") for row in entry.tables("memberships"))
]


def share(actor, value, **keys):
    number = Decimal(value)
    parts = {"actor": actor, "value": number, "low": number, "high": number, "quote": f"{value}%"}
    return samples.SHARE.changed(id=f"{actor}-{keys.get('status', 'now')}-{value}", **{**parts, **keys})


ALLIANCE = share("NATO", "3.5", status="target", period="../2035")


def only(*claims, **changes):
    changes = {"ensembles": (), **changes}
    (figure,) = ladder.draw(samples.results(ledger=Ledger(claims), **changes))
    return figure


def rungs(*claims, **changes):
    found = rungs_of(samples.results(ledger=Ledger(claims), **{"ensembles": (), **changes}))
    return [rung for one in found.values() for rung in one]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([f"{2 + number / 100:.2f}" for number in range(32)], id="crowded"),
        pytest.param(["2.00"] * 32, id="all the same"),
        pytest.param([f"{1 + number / 8:.2f}" for number in range(32)], id="spread"),
    ],
)
def test_thirty_two_allies_have_room(values):
    """Names are eleven pixels high."""
    assert len(MEMBERS) == 32
    figure = only(*(share(actor, value) for actor, value in zip(MEMBERS, values, strict=True)), ALLIANCE)

    svg = draw(figure.spec)
    found = [(y, text) for text, left, right, y in texts(svg) if " " in text and left > 26]
    names = sorted(y for y, text in found if text.rpartition(" ")[2] in values)
    assert len(names) == 32
    assert min(after - before for before, after in pairwise(names)) >= 12
    assert max(names) <= float(ElementTree.fromstring(svg).get("height")) - 4


def test_a_name_that_is_too_long_keeps_its_number():
    rung = next(iter(rungs(share("MKD", "2.02"), ALLIANCE)))
    long = rung.__class__(rung.actor, "The Former Something Republic of North", rung.today, rung.target)

    told = ladder._named(long)

    assert told.endswith(" 2.02")
    assert width_of(told) <= ladder._LEFT - 30


def test_a_member_has_the_target_of_its_alliance():
    (rung,) = rungs(share("POL", "4.2"), share("JPN", "1.8"), ALLIANCE)

    assert (rung.name, rung.today.value, rung.target.value, rung.target.year) == ("Poland", 4.2, 3.5, 2035)
    assert rung.gap == pytest.approx(-0.7)
    assert rung.target.link == f"claim-{ALLIANCE.id}"


def test_its_own_target_goes_before_that_of_its_alliance():
    own = share("POL", "5", status="target")

    (rung,) = rungs(share("POL", "4.2"), own, ALLIANCE)

    assert rung.target.value == 5


def test_the_latest_share_is_that_of_today():
    (rung,) = rungs(share("POL", "4.2", period="2024"), share("POL", "4.7", period="2025"), ALLIANCE)

    assert (rung.today.value, rung.today.year) == (4.7, 2025)


def test_what_is_only_proposed_is_not_today_where_more_is_told():
    proposed = share("POL", "4.8", period="2026", status="proposed")

    (both,) = rungs(share("POL", "4.7", period="2025"), proposed, ALLIANCE)
    (alone,) = rungs(proposed, ALLIANCE)

    assert (both.today.value, alone.today.value) == (4.7, 4.8)


def test_a_series_gives_what_no_claim_says():
    points = (Point(2024, Decimal("1.3"), "NATO"), Point(2025, Decimal("2.0"), "NATO"))
    series = Series("BEL", "defence_share_of_gdp", "% of GDP", "NATO 2025", points, definition="nato")

    (rung,) = rungs(ALLIANCE, series=(series,))

    assert (rung.name, rung.today.value, rung.today.year) == ("Belgium", 2.0, 2025)
    assert rung.today.definition == "nato"


def test_a_scenario_gives_both_where_no_claim_does():
    found = rungs(ensembles=(samples.RISING,))

    assert [(rung.actor, rung.today.value, rung.target.value) for rung in found] == [("KOR", 2.42, 3.5)]
    assert found[0].today.link == "scenario-rising-yearly"


@pytest.mark.parametrize(
    ("claims", "title"),
    [
        pytest.param(
            (share("KOR", "2.42"), share("KOR", "3.5", status="target")),
            "South Korea spends 2.42% of GDP, 1.08 points below its target",
            id="one",
        ),
        pytest.param(
            (share("KOR", "3.6"), share("KOR", "3.5", status="target")),
            "South Korea spends 3.60% of GDP and has met its target",
            id="one that has met it",
        ),
        pytest.param(
            (share("POL", "4.2"), share("ESP", "2.0"), share("BEL", "2.1"), ALLIANCE),
            "One of three actors meets the target; Spain has farthest to go: 1.50 points",
            id="several",
        ),
        pytest.param(
            (share("POL", "4.2"), share("LTU", "4.0"), share("BEL", "2.1"), ALLIANCE),
            "Two of three actors meet the target; Belgium has farthest to go: 1.40 points",
            id="two of them",
        ),
    ],
)
def test_the_title_says_who_is_how_far(claims, title):
    assert only(*claims).title == title


@pytest.mark.parametrize(
    "claims",
    [
        pytest.param((share("POL", "4.2"),), id="no target"),
        pytest.param((ALLIANCE,), id="no share"),
        pytest.param((share("JPN", "1.8"), ALLIANCE), id="not in it"),
        pytest.param((share("POL", "4.2", item="including_indirect"), ALLIANCE), id="a part"),
        pytest.param((share("POL", "4.2", period=None), ALLIANCE), id="no year"),
        pytest.param((share("POL", "4.2", statistic="growth"), ALLIANCE), id="a growth"),
    ],
)
def test_what_is_not_known_on_both_sides_is_not_drawn(claims):
    assert not list(ladder.draw(samples.results(ledger=Ledger(claims), ensembles=())))
