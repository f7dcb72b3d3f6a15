"""A small ledger, the case's series and scenarios, and scenarios made from them by changing single keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import Problem
from steelyard.core.schema import TomlFile
from steelyard.core.series import Series, load_series
from steelyard.core.vocabulary import Entry, Layer, Vocabulary, load_vocabulary, overlay
from steelyard.project import project_scenario
from steelyard.project.ensemble import Ensemble
from steelyard.project.what_if import with_changes

CASE = Path(__file__).resolve().parents[2] / "cases" / "korea-2026"


def claim(quote: str, measure: str, low: str, high: str, unit: str, **keys: object) -> Claim:
    """A yearly figure of South Korea for 2026, as the reader would write it down."""
    identifier = str(keys.pop("id", f"{measure}-{quote}".replace(" ", "-")))
    value = (Decimal(low) + Decimal(high)) / 2
    whole = Claim(
        id=identifier,
        kind="figure",
        document="budget.txt",
        start=10,
        end=10 + len(quote),
        quote=quote,
        sentence_start=0,
        sentence_end=80,
        actor="KOR",
        measure=measure,
        statistic="level",
        value=value,
        low=Decimal(low),
        high=Decimal(high),
        unit=unit,
        period="2026",
    )
    return whole.changed(**keys)


PROPOSED = claim(
    "66.3 trillion won", "defence_spending", "66.25e12", "66.35e12", "KRW", status="proposed", id="won"
)
ENACTED = claim(
    "65.86 trillion won", "defence_spending", "65.855e12", "65.865e12", "KRW", status="enacted", id="enacted"
)
IN_DOLLARS = claim(
    "$46.1 billion", "defence_spending", "46.05e9", "46.15e9", "USD", status="proposed", id="dollars"
)
SHARE = claim("2.42% of GDP", "defence_share_of_gdp", "2.415", "2.425", "% of GDP", id="share")
ENHANCED = claim(
    "$14.0 billion",
    "defence_spending",
    "13.95e9",
    "14.05e9",
    "USD",
    status="proposed",
    item="force_enhancement",
    id="enhanced",
)
LEDGER = Ledger((PROPOSED, ENACTED, IN_DOLLARS, SHARE, ENHANCED))


def ledger_of(*claims: Claim) -> Ledger:
    """A ledger of these claims."""
    return Ledger(claims)


OWED = ("pledges", "cost_sharing", "troops", "withdrawals")


@cache
def owing() -> Vocabulary:
    """The packaged data with the case's scenarios over it; the case has no faults."""
    found, problems = load_vocabulary(Layer("korea-2026", CASE))
    assert problems == []
    return found


@cache
def vocabulary() -> Vocabulary:
    """The same, its scenarios without what they owe beside their plans."""
    kinds = {kind: dict(found) for kind, found in owing().kinds.items()}
    for name, entry in kinds["scenarios"].items():
        data = {key: value for key, value in entry.data.items() if key not in OWED}
        if "drivers" in data:
            drivers = entry.table("drivers")
            data["drivers"] = {key: one for key, one in drivers.items() if key != "consumer_prices"}
        kinds["scenarios"][name] = Entry(entry.kind, name, data, entry.layers, entry.file)
    return Vocabulary(kinds)


@cache
def series() -> tuple[Series, ...]:
    """The case's series, GDP at the level that the ledger's claims imply: 2,666.36 x 1.0275 is 2,739.69
    trillion won. Growth and prices are those of the case.
    """
    return tuple(_raised(one) if (one.actor, one.measure) == ("KOR", "gdp") else one for one in published())


def _raised(series: Series) -> Series:
    points = tuple(replace(one, value=one.value * Decimal("1.0275")) for one in series.points)
    return replace(series, points=points)


@cache
def published() -> tuple[Series, ...]:
    """The case's series as they are published."""
    found, problems = load_series(CASE / "series")
    assert problems == []
    return tuple(found)


def scenario(name: str = "linear-2035", **changes: object) -> Entry:
    """A scenario of the case with some keys laid over; a key that is None is taken out."""
    entry = vocabulary().entry("scenarios", name)
    assert entry
    kept = {key: value for key, value in changes.items() if value is not None}
    data = {
        key: value for key, value in overlay(entry.data, kept).items() if changes.get(key, value) is not None
    }
    return Entry("scenarios", name, data, entry.layers, entry.file)


def changed_run(
    entry: Entry, changes: Mapping[str, str], draws: int
) -> tuple[Ensemble | None, list[Problem]]:
    """What a scenario gives with some of its numbers changed, or what is wrong with the changes."""
    words, problems = with_changes([entry], changes, vocabulary(), series())
    found = words.entry("scenarios", entry.id)
    if problems or found is None:
        return None, problems
    return project_scenario(found, LEDGER, words, series(), draws=draws)


def standing_alone(**changes: object) -> Entry:
    """The reference scenario, which extends no other, with some keys changed."""
    return scenario("constant-share", **changes)


def entry_of(kind: str, identifier: str, data: Mapping[str, object], text: str = "") -> Entry:
    """An entry as the loader makes it."""
    return Entry(kind, identifier, data, dict.fromkeys(data, "test"), TomlFile(f"{identifier}.toml", text))


def with_entries(*entries: Entry) -> Vocabulary:
    """The vocabulary with some entries added or put in place of others."""
    kinds = {kind: dict(found) for kind, found in vocabulary().kinds.items()}
    for entry in entries:
        kinds.setdefault(entry.kind, {})[entry.id] = entry
    return Vocabulary(kinds)
