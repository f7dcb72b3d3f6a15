"""A small case for the tests of the report: two texts in our own words, their claims, findings, scenarios."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from steelyard.check.findings import Finding
from steelyard.check.readings import Reading
from steelyard.core.claim import Claim, Ledger, claim_id
from steelyard.core.problems import Place, Problem
from steelyard.core.vocabulary import Vocabulary, load_vocabulary
from steelyard.project.ensemble import Cell, Ensemble, Headline, Origin, Reach
from steelyard.read.documents.document import Document
from steelyard.report.results import Results

BUDGET = """Seoul plans for a stronger army

The draft budget puts South Korea's defence spending at $46.1 billion for 2026, a rise of 8.2%.
That is 2.42% of GDP. To get to the agreed 3.5%, another $20.8 billion would be needed, the ministry reckons.
"""
BRIEF = """Washington <b>shifts</b> the load & Seoul spends more

The defence budget grows by 7.5 per cent in 2026. About 28,500 American soldiers are stationed in Korea.
"South Korea is capable of taking primary responsibility for deterring North Korea", the strategy says.
"""

HOSTILE = '</style></script><script>alert(1)</script><img src=x onerror="alert(1)"> & "quoted" \'so\''


@cache
def vocabulary() -> Vocabulary:
    return load_vocabulary()[0]


def claim(document, quote, kind="figure", **keys) -> Claim:
    """A claim on the first place where `quote` stands; its sentence is the line around it."""
    start = document.text.index(quote)
    first = document.text.rfind("\n", 0, start) + 1
    last = document.text.index("\n", start)
    numbers: dict = {key: Decimal(keys.pop(key)) for key in ("value", "low", "high") if key in keys}
    identifier = claim_id(document.short_name, document.text[first:last], quote)
    return Claim(
        id=identifier,
        kind=kind,
        document=document.name,
        start=start,
        end=start + len(quote),
        quote=quote,
        sentence_start=first,
        sentence_end=last,
        **numbers,
        **keys,
    )


BUDGET_TEXT = Document("sources/budget.txt", BUDGET, date(2026, 1, 23), "The Harbour Review")
BRIEF_TEXT = Document("sources/brief.txt", BRIEF, date(2026, 1, 24), "Coast & Continent")
KOREA = {"actor": "KOR", "measure": "defence_spending", "period": "2026"}
TOTAL = claim(
    BUDGET_TEXT,
    "$46.1 billion",
    low="46.05e9",
    high="46.15e9",
    value="46.1e9",
    unit="USD",
    statistic="level",
    status="proposed",
    **KOREA,
)
RISE = claim(
    BUDGET_TEXT,
    "8.2%",
    low="8.15",
    high="8.25",
    unit="%",
    statistic="growth",
    baseline="2025",
    status="proposed",
    **KOREA,
)
SHARE = claim(
    BUDGET_TEXT,
    "2.42% of GDP",
    low="2.415",
    high="2.425",
    unit="% of GDP",
    statistic="level",
    actor="KOR",
    measure="defence_share_of_gdp",
    period="2026",
)
TARGET = claim(
    BUDGET_TEXT,
    "3.5%",
    low="3.5",
    high="3.5",
    unit="% of GDP",
    statistic="level",
    actor="KOR",
    measure="defence_share_of_gdp",
    status="target",
)
GAP = claim(
    BUDGET_TEXT,
    "$20.8 billion",
    low="20.75e9",
    high="20.85e9",
    unit="USD",
    statistic="gap",
    actor="KOR",
    measure="defence_spending",
    status="estimate",
    speaker="the ministry",
)
OTHER_RISE = claim(
    BRIEF_TEXT,
    "7.5 per cent",
    low="7.45",
    high="7.55",
    unit="%",
    statistic="growth",
    baseline="2025",
    **KOREA,
)
TROOPS = claim(
    BRIEF_TEXT,
    "About 28,500 American soldiers",
    low="28400",
    high="28600",
    unit="person",
    statistic="level",
    actor="USA",
    location="KOR",
    measure="troops_stationed",
    hedge="about",
)
ROLE = claim(
    BRIEF_TEXT,
    "South Korea is capable of taking primary responsibility for deterring North Korea",
    "role",
    actor="KOR",
    role="lead",
    modality="can",
    function="deterring-north-korea",
    speaker="National Defense Strategy 2026",
)
LEDGER = Ledger([TOTAL, RISE, SHARE, TARGET, GAP, OTHER_RISE, TROOPS, ROLE])


def finding(identifier, verdict, claims, **keys) -> Finding:
    """A finding with the keys of the contract."""
    return Finding(
        id=identifier,
        verdict=verdict,
        claims=tuple(claims),
        **{"severity": None, "identity": "gap-to-target", "hash": "0" * 64, **keys},
    )


CLASH = finding(
    "clash",
    "contradicted",
    [TOTAL, SHARE, GAP],
    severity="last_digit",
    given=(TARGET,),
    expected={"low": 20.4139e9, "high": 20.7341e9, "unit": "USD"},
    found={"low": 20.75e9, "high": 20.85e9, "unit": "USD"},
    miss={"amount": 0.0159e9, "unit": "USD", "last_digits": 0.16},
    explanation="46.1 bn at 2.42% of GDP leaves 20.41 to 20.73 bn; the text says 20.75 to 20.85 bn.",
    readings=(
        Reading(1, "converted from about 30 trillion won", GAP.id, {"value": "30 tn KRW"}, "converted"),
        Reading(
            2, "a share of 2.409 to 2.414%", SHARE.id, {"low": 2.409, "high": 2.414, "unit": "%"}, "digits"
        ),
    ),
)
DIFFERENCE = finding(
    "difference",
    "reconciled",
    [RISE, OTHER_RISE],
    identity="same-figure",
    expected={"low": 8.15, "high": 8.25, "unit": "%"},
    found={"low": 7.45, "high": 7.55, "unit": "%"},
    miss={"amount": 0.6, "unit": "percentage point", "last_digits": 6},
    explanation="8.2% is the proposal; 7.5% says no status and fits what was enacted.",
    readings=(Reading(1, "the second is the enacted budget", OTHER_RISE.id, {"value": "enacted"}, "status"),),
)
AGREEMENT = finding(
    "agreement",
    "consistent",
    [TROOPS],
    identity="floor",
    expected={"low": 28500, "high": None, "unit": "person"},
    found={"low": 28400, "high": 28600, "unit": "person"},
    explanation="About 28,500 soldiers can stand on a floor of 28,500.",
)
YEARS = (2026, 2027, 2028)


def cells(
    variable: str, unit: str, medians: list[float], spread: float = 0.0, error: float = 0.0
) -> list[Cell]:
    """A fan that opens by `spread` of the median each year either way, with a box of one percent; each
    quantile is known to `error`, those of the first year exactly.
    """
    made = []
    for number, (year, median) in enumerate(zip(YEARS, medians, strict=True)):
        wide = spread * number * median
        values = tuple(median + part * wide for part in (-1, -0.5, 0, 0.5, 1))
        box = (median * 0.99, median * 1.01)
        ends = ((value, value) for value in values)
        inputs = (f"claim:{TOTAL.id}", f"claim:{SHARE.id}")
        errors = (error,) * 5 if error and number else ()
        made.append(Cell(variable, unit, year, median, box, values, tuple(ends), "ME[t]", inputs, errors))
    return made


def scenario(name: str, shares: list[float], **keys) -> Ensemble:
    """A scenario over three years: shares as given, GDP of 2,000 tn won that grows by 100 tn a year."""
    won = [share / 100 * gdp * 1e12 for share, gdp in zip(shares, (2000, 2100, 2200), strict=True)]
    more = [amount - 0.0242 * gdp * 1e12 for amount, gdp in zip(won, (2000, 2100, 2200), strict=True)]
    fans = [
        *cells("share", "% of GDP", shares, 0.02),
        *cells("spending", "KRW", won, 0.05),
        *cells("spending_foreign", "USD", [amount / 1400 for amount in won], 0.1),
        *cells("extra_cumulative", "KRW", [sum(more[: number + 1]) for number in range(3)], 0.1),
    ]
    parts = {
        "label": f"Share of GDP: {name}",
        "summary": "The share of GDP moves in equal steps.",
        "actor": "KOR",
        "posture": "",
        "reference_scenario": "",
        "target": 3.5,
        "target_year": 2028,
        "reach": (Reach(2027, 0.0, 0.0, 0.0, 0.0), Reach(2028, 0.53, 0.47, 0.55, 0.4)),
        "headline": (
            Headline("implied_gdp", "implied GDP", "KRW", 2e15, 1.99e15, 2.01e15, "Y0 = ME0 / b0", ()),
            Headline("p_reach", "probability until 2028", "", 0.53, 0.47, 0.55, "P(tau <= t)", ()),
        ),
        "assumptions": ({"variable": "inflation", "value": "2 %", "reason": "the bank's aim"},),
        "origins": (
            Origin(
                f"claim:{TOTAL.id}",
                "claim",
                "defence spending",
                TOTAL.quote,
                "USD",
                reference={
                    "document": TOTAL.document,
                    "start": str(TOTAL.start),
                    "end": str(TOTAL.end),
                },
            ),
            Origin(
                "parameter:kor-defence-share-target@packaged@2035/..",
                "parameter",
                "target",
                "3.5 %",
                "% of GDP",
                "packaged",
            ),
            Origin("draws:7:1000", "draws", "1,000 draws with seed 7"),
        ),
        "draws": 1000,
        "seed": 7,
    }
    whole = {**parts, **keys, "scenario": name, "base_year": 2026, "horizon": 2028, "cells": tuple(fans)}
    return Ensemble(**whole)


CONSTANT = scenario("constant", [2.42, 2.42, 2.42], target=None, target_year=None, reach=())
RISING = scenario("rising", [2.42, 2.96, 3.5], reference_scenario="constant")
REFUSAL = Problem(
    "missing-base-claim",
    "Not projected: no claim gives the arms purchases of 2026.",
    Place("cases/example/scenarios/arms.toml", 3, 1, "base"),
    "A claim of arms_purchases would lift this.",
    "refusal",
)


def results(**changes) -> Results:
    """The whole sample, with some parts replaced."""
    parts = {
        "title": "Korea's defence budget for 2026",
        "vocabulary": vocabulary(),
        "documents": (BUDGET_TEXT, BRIEF_TEXT),
        "ledger": LEDGER,
        "findings": (CLASH, DIFFERENCE, AGREEMENT),
        "ensembles": (CONSTANT, RISING),
        "problems": (REFUSAL,),
        "postures": ("washington-declaration-2023", "nds-2026"),
        "commands": ("steelyard build cases/example",),
        "inputs": {"sources/budget.txt": "ab" * 32, "sources/brief.txt": "cd" * 32},
    }
    return Results(**{**parts, **changes})


def hostile_results() -> dict:
    """The sample with markup in every text that comes from outside."""
    text = replace(BUDGET_TEXT, text=f"{HOSTILE}\nspends $46.1 billion\n", publisher=HOSTILE, name=HOSTILE)
    printed = claim(text, "$46.1 billion", low="46.05e9", high="46.15e9", unit="USD", about=HOSTILE)
    printed = printed.changed(speaker=HOSTILE, status=HOSTILE, actor=HOSTILE, id='" onclick="x')
    role = claim(text, HOSTILE, "role", speaker=HOSTILE, qualifier=HOSTILE, function=HOSTILE)
    clash = finding(
        HOSTILE,
        "contradicted",
        [printed, role],
        identity=HOSTILE,
        explanation=HOSTILE,
        expected={"low": 1e9, "high": 2e9, "unit": HOSTILE},
        found={"low": 3e9, "high": 4e9, "unit": HOSTILE},
        miss={"amount": 1e9, "unit": HOSTILE, "last_digits": 2},
    )
    return {
        "title": HOSTILE,
        "documents": (text,),
        "ledger": Ledger([printed, role]),
        "findings": (clash,),
        "ensembles": (scenario(HOSTILE, [2.4, 2.5, 2.6], label=HOSTILE, summary=HOSTILE),),
        "problems": (Problem(HOSTILE, HOSTILE, Place(HOSTILE), HOSTILE),),
        "commands": (HOSTILE,),
        "inputs": {HOSTILE: HOSTILE},
    }
