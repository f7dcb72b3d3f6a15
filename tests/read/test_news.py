"""Sentences of our own in the manner of news, ministries and think tanks, read as a person would read them.

Each row names the keys that a reader can tell for sure. Made while developing, so they show what is held, not
how well unseen text is read; tests/accuracy measures that.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.read.reading import figures

NUMBERS = ("value", "low", "high")


def row(quote, **keys):
    return {"quote": quote, **{k: Decimal(v) if k in NUMBERS and v else v for k, v in keys.items()}}


NEWS = [
    (
        "Tokyo's defence budget request for fiscal 2026 totals 8.8 trillion yen ($59.6 billion), a "
        "4.4% increase.",
        [
            row(
                "8.8 trillion yen",
                actor="JPN",
                measure="defence_spending",
                statistic="level",
                period="FY2026",
                status="proposed",
            ),
            row("$59.6 billion", actor="JPN", unit="USD", period="FY2026"),
            row(
                "4.4%",
                actor="JPN",
                statistic="growth",
                direction="up",
                baseline="FY2025",
                low="4.35",
                high="4.45",
            ),
        ],
    ),
    (
        "China's 2025 defence budget rose 7.2 per cent to 1.78 trillion yuan ($246 billion).",
        [
            row(
                "7.2 per cent",
                actor="CHN",
                statistic="growth",
                direction="up",
                period="2025",
                baseline="2024",
            ),
            row(
                "1.78 trillion yuan",
                actor="CHN",
                statistic="level",
                low="1.775e12",
                high="1.785e12",
                unit="CNY",
            ),
            row("$246 billion", actor="CHN", unit="USD", value="246e9"),
        ],
    ),
    (
        "Taiwan's cabinet proposed a 22.9 percent increase in defense spending to NT$949.5 "
        "billion, or 3.32 percent of GDP.",
        [
            row(
                "22.9 percent", actor="TWN", measure="defence_spending", statistic="growth", status="proposed"
            ),
            row(
                "NT$949.5 billion",
                actor="TWN",
                measure="defence_spending",
                statistic="level",
                status="proposed",
            ),
            row(
                "3.32 percent of GDP",
                actor="TWN",
                measure="defence_share_of_gdp",
                status="proposed",
                low="3.315",
            ),
        ],
    ),
    (
        "Germany will raise its regular defence budget to 152.8 billion euros in 2029, from 62.4 "
        "billion euros this year.",
        [
            row(
                "152.8 billion euros",
                actor="DEU",
                status="target",
                period="2029",
                low="152.75e9",
                direction="up",
            ),
            row("62.4 billion euros", actor="DEU", period="2026", high="62.45e9"),
        ],
    ),
    (
        "Poland, which spends 4.7 % of its GDP on defence, plans 300,000 troops by 2035.",
        [
            row(
                "4.7 % of its GDP",
                actor="POL",
                measure="defence_share_of_gdp",
                unit="% of GDP",
                period="2026",
            ),
            row(
                "300,000 troops", actor="POL", measure="troops", low="250000", high="350000", period="../2035"
            ),
        ],
    ),
    (
        "NATO's secretary general said allies spent $1.59 trillion on defence last year, or 2.7 % "
        "of their combined GDP.",
        [
            row(
                "$1.59 trillion",
                actor="NATO",
                measure="defence_spending",
                period="2025",
                speaker_actor="NATO",
            ),
            row(
                "2.7 % of their combined GDP",
                actor="NATO",
                measure="defence_share_of_gdp",
                low="2.65",
                high="2.75",
            ),
        ],
    ),
    (
        "US troop levels in Korea may not fall below 28,500 without notice to Congress.",
        [
            row(
                "28,500",
                actor="USA",
                status="floor",
                statistic="level",
                low="28500",
                high="28500",
                unit="person",
            )
        ],
    ),
    (
        "The 12th Special Measures Agreement sets cost sharing at 1.52 trillion won for 2026, up "
        "8.3 per cent.",
        [
            row("1.52 trillion won", measure="cost_sharing", period="2026", low="1.515e12", high="1.525e12"),
            row("8.3 per cent", measure="cost_sharing", statistic="growth", direction="up", baseline="2025"),
        ],
    ),
    (
        "The Pentagon requested a defense budget of $1.01 trillion for fiscal 2026, 13.4 percent "
        "above this year's level.",
        [
            row(
                "$1.01 trillion", actor="USA", measure="defence_spending", period="FY2026", status="proposed"
            ),
            row("13.4 percent", actor="USA", statistic="growth", direction="up"),
        ],
    ),
    (
        "South Korea's defence budget would exceed 100 trillion won by 2032.",
        [row("100 trillion won", actor="KOR", low="100e12", high=None, hedge="more_than", period="../2032")],
    ),
    (
        "Japan plans to buy 400 Tomahawk missiles and 147 F-35 jets.",
        [
            row("400 Tomahawk missiles", actor="JPN", unit="missile", low="400", high="400", measure=None),
            row("147 F-35 jets", actor="JPN", unit="jet", low="147", high="147", measure=None),
        ],
    ),
    (
        "Canberra will invest A$12 billion over 10 years in shipyards.",
        [
            row("A$12 billion", actor="AUS", unit="AUD", hedge=None, low="11.5e9", high="12.5e9"),
            row("10 years", unit="year", hedge=None, low="10", high="10"),
        ],
    ),
    (
        "North Korea fired two ballistic missiles on Wednesday.",
        [row("two ballistic missiles", actor="PRK", unit="missile", value="2")],
    ),
    (
        "The Bundestag approved a special fund of 100 billion euros in 2022.",
        [row("100 billion euros", actor="DEU", period="2022", low="99.5e9", high="100.5e9")],
    ),
    (
        "Warsaw bought tanks, howitzers and jets worth between $12 and $14 billion from South Korea.",
        [row("$12 and $14 billion", actor="POL", counterpart="KOR", low="11.5e9", high="14.5e9", value=None)],
    ),
    (
        "Australia's military spending, at 2.05 per cent of GDP, is below the benchmark of 3.5 %.",
        [
            row(
                "2.05 per cent of GDP", actor="AUS", measure="defence_share_of_gdp", low="2.045", status=None
            ),
            row("3.5 %", actor="AUS", measure="defence_share_of_gdp", status="target", low="3.5", high="3.5"),
        ],
    ),
    (
        "According to Japan's defence ministry, personnel costs eat up 44 % of the defence budget.",
        [
            row(
                "44 %",
                statistic="share",
                base_measure="defence_spending",
                speaker_actor="JPN",
                low="43.5",
                high="44.5",
            )
        ],
    ),
    (
        "In 2024 Berlin reported 181,174 soldiers, nearly 300 fewer than a year earlier.",
        [row("181,174 soldiers", actor="DEU", measure="troops", low="181174", high="181174", period="2024")],
    ),
    (
        "Defence spending fell by 0.3 percentage points to 2.1 % of GDP in Germany.",
        [
            row(
                "0.3 percentage points",
                actor="DEU",
                statistic="change",
                direction="down",
                low="0.25",
                high="0.35",
            ),
            row("2.1 % of GDP", actor="DEU", measure="defence_share_of_gdp", statistic="level", low="2.05"),
        ],
    ),
    (
        "Some 10,000 US troops are stationed in Poland; Germany hosts a further 35,000 US soldiers.",
        [
            row(
                "10,000 US troops",
                actor="USA",
                location="POL",
                measure="troops_stationed",
                hedge="about",
                low="0",
            ),
            row("35,000 US soldiers", actor="USA", location="DEU", measure="troops_stationed"),
        ],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), NEWS, ids=[sentence[:40] for sentence, _ in NEWS])
def test_a_sentence_is_read_as_a_person_reads_it(sentence, expected):
    claims = {claim.quote: claim for claim in figures(sentence)}

    assert {row["quote"] for row in expected} <= set(claims)
    for wanted in expected:
        claim = claims[wanted["quote"]]
        assert {key: getattr(claim, key) for key in wanted} == wanted
