"""Claims of defence budgets as the reader would make them, for the tests of checking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Literal

from steelyard.check import check_ledger
from steelyard.check.bind import World, relations_of, worlds_of
from steelyard.check.figures import Figure, Kinds, figures_of
from steelyard.check.propagate import Trial, closed_relations, trials_of
from steelyard.check.unsaid import with_unsaid
from steelyard.core.claim import CLAIM_KEYS, Claim, Ledger
from steelyard.core.identity import Relation, load_identities
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import Vocabulary, load_vocabulary

_NUMBERS = count(1)
EXACT = ("target", "floor", "ceiling")


@cache
def vocabulary() -> Vocabulary:
    """The packaged vocabulary."""
    return load_vocabulary()[0]


def claim(text: str, document: str = "brief.txt", **keys: Any) -> Claim:
    """A claim that prints `text` ("46.1 bn USD"): South Korean spending of 2026 unless said."""
    number = next(_NUMBERS)
    precision: Literal["exact"] | None = "exact" if keys.get("status") in EXACT else None
    quantity = Quantity.as_written(text, vocabulary().units, precision=precision, hedge=keys.get("hedge"))
    low, high = quantity.interval.low, quantity.interval.high
    told: dict[str, Any] = {
        "actor": "KOR",
        "measure": "defence_spending",
        "statistic": "level",
        "period": "2026",
        "value": quantity.value,
        "low": low if low.is_finite() else None,
        "high": high if high.is_finite() else None,
        "unit": quantity.unit,
    }
    place = {
        "start": number * 10,
        "end": number * 10 + 5,
        "sentence_start": number * 10,
        "sentence_end": number * 10 + 9,
    }
    return Claim(id=f"c{number}", kind="figure", document=document, quote=text, **{**place, **told, **keys})


def growth(text: str, document: str = "brief.txt", **keys: Any) -> Claim:
    """A claim of growth over the year before."""
    return claim(text, document, statistic="growth", baseline="2025", **keys)


def change(text: str, document: str = "brief.txt", **keys: Any) -> Claim:
    """A claim of a change from the year before."""
    return claim(text, document, statistic="change", baseline="2025", **keys)


def share(text: str, document: str = "brief.txt", **keys: Any) -> Claim:
    """A claim of spending as a share of gross domestic product."""
    return claim(text, document, measure="defence_share_of_gdp", **keys)


def gap(text: str, document: str = "brief.txt", **keys: Any) -> Claim:
    """A claim of what is missing to a target."""
    return claim(text, document, statistic="gap", status="estimate", **keys)


def target(text: str = "3.5 % of GDP", document: str = "brief.txt", **keys: Any) -> Claim:
    """A target for the share of gross domestic product."""
    return share(text, document, **{"status": "target", "period": None, **keys})


def findings(*claims: Claim, verdict: str | None = None):
    """The findings on a ledger of claims, of one verdict if it is given."""
    found, _ = check_ledger(Ledger(claims), vocabulary())
    return [one for one in found if verdict in (None, one.verdict)]


def problems(*claims: Claim):
    """The problems of a ledger of claims."""
    return check_ledger(Ledger(claims), vocabulary())[1]


def figures(*claims: Claim) -> list[Figure]:
    """The figures of claims, with what their documents say of what they leave unsaid."""
    found, faults = figures_of(Ledger(claims), Kinds.of(vocabulary()), vocabulary())
    assert not faults
    return with_unsaid(found)


def worlds(*claims: Claim) -> list[World]:
    """The worlds of claims."""
    return worlds_of(figures(*claims), Kinds.of(vocabulary()))


def relations(world: World) -> list[Relation]:
    """All relations that the packaged identities put on a world."""
    identities, _ = load_identities(vocabulary())
    return relations_of(world, identities, Kinds.of(vocabulary()), vocabulary())


def trials(*claims: Claim) -> list[list[Trial]]:
    """The trials of all worlds of claims, those of one choice of figures in one list."""
    return [
        trial
        for world in worlds(*claims)
        for trial in trials_of(world, closed_relations(world, relations(world))[0])
    ]


def billions(bounds: Mapping[str, Any]) -> tuple[float, float]:
    """The ends of a range in billions, to four digits."""
    return round(bounds["low"] / 1e9, 4), round(bounds["high"] / 1e9, 4)


def quotes(finding) -> set[str]:
    """The quotations that a finding rests on."""
    return {one.quote for one in finding.claims}


def gold_ledger(shared: Path) -> Ledger:
    """The hand-made claims of the two source articles; keys that are not given are left open."""
    claims = []
    lines = (shared / "gold" / "seeds.jsonl").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        told = json.loads(line, parse_float=Decimal)
        keys = {key: value for key, value in told.items() if key in CLAIM_KEYS}
        text = (shared / "seeds" / told["document"]).read_text(encoding="utf-8")
        start, end = sentence_around(text, told["start"], told["end"])
        keys |= {"id": f"gold{number:02d}", "sentence_start": start, "sentence_end": end}
        claims.append(Claim.from_json(keys))
    return Ledger(claims)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """From the full stop or line break before a span to the one after it."""
    before = max(text.rfind(mark, 0, start) + len(mark) for mark in (". ", "\n"))
    after = [place for mark in (". ", "\n") if (place := text.find(mark, end)) >= 0]
    return before, min(after, default=len(text))
