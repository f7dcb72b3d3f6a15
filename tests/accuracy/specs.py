"""How many of the quantities of a specification file a reader finds: by span, by value, by unit.

The specifications are texts with the quantities of one kind marked, so that they tell what is missed and not
what is read too much. Numbers of theirs that only are a number ask for no unit.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from steelyard.core.claim import Claim

CLOSE_ENOUGH = Decimal("1e-6")
ANY_UNIT = "-"
# Names of units in the specifications that are not ours in small letters, with ours.
UNITS: Mapping[str, str] = {
    "dollar": "USD",
    "united states dollar": "USD",
    "euro": "EUR",
    "british pound": "GBP",
    "chinese yuan": "CNY",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new zealand dollar": "NZD",
    "hong kong dollar": "HKD",
    "singapore dollar": "SGD",
    "new taiwan dollar": "TWD",
    "japanese yen": "JPY",
    "south korean won": "KRW",
    "korean won": "KRW",
    "won": "KRW",
    "north korean won": "KPW",
    "franc": "CHF",
    "swiss franc": "CHF",
    "rupee": "INR",
    "indian rupee": "INR",
    "sri lankan rupee": "LKR",
    "turkish lira": "TRY",
    "mexican peso": "MXN",
    "peso": "MXN",
    "finnish markka": "FIM",
    "peseta": "ESP",
    "netherlands guilder": "NLG",
    "costa rican colón": "CRC",
    "georgian lari": "GEL",
    "lao kip": "LAK",
    "bitcoin": "BTC",
    "pence": "penny",
    "percentage": "%",
    "c": "degree Celsius",
    "f": "degree Fahrenheit",
    "meter": "metre",
    "kilometer": "kilometre",
    "decimeter": "decimetre",
    "centimeter": "centimetre",
    "millimeter": "millimetre",
    "picometer": "picometre",
    "square meter": "square metre",
    "square kilometer": "square kilometre",
    "kilometer per hour": "kilometre per hour",
    "metric ton": "tonne",
    "milliliter": "millilitre",
    "age": "year",
    "russian ruble": "RUB",
    "ruble": "RUB",
    "thai baht": "THB",
    "vietnamese dong": "VND",
    "liter": "litre",
    "cubic meter": "cubic metre",
}
# Names of theirs that stand for either of two of ours.
EITHER: Mapping[str, tuple[str, ...]] = {"pound": ("GBP", "pound"), "ton": ("ton", "tonne")}


@dataclass(frozen=True, slots=True)
class Recall:
    """Counts over the quantities asked for; `missed` tells what was not read right, and what was read."""

    asked: int
    value_right: int
    unit_right: int
    span_right: int
    missed: tuple[str, ...] = ()

    @property
    def share_right(self) -> float:
        """The part of the quantities of which value, unit and place are all right."""
        return self.unit_right / self.asked if self.asked else 1.0


def recall(path: Path, read: Callable[[str], Iterable[Claim]]) -> Recall:
    """How many quantities of a specification file `read` finds in its texts.

    The span must overlap, then the value must be right, then the unit too.
    """
    asked = value_right = unit_right = span_right = 0
    missed = []
    for line in path.read_text(encoding="utf-8").splitlines():
        spec = json.loads(line)
        claims = (
            [claim for claim in read(spec["text"]) if claim.kind == "figure"] if spec["quantities"] else []
        )
        for quantity in spec["quantities"]:
            start, end = _span(spec["text"], quantity)
            near = [c for c in claims if c.start < end and start < c.end]
            valued = [c for c in near if _has_value(c, quantity["value"])]
            right = [c for c in valued if _is_unit(c.unit, quantity["unit"])]
            asked, span_right = asked + 1, span_right + bool(near)
            value_right, unit_right = value_right + bool(valued), unit_right + bool(right)
            if not right:
                found = [(c.quote, str(c.value), c.unit) for c in near]
                wanted = (quantity["surface"], quantity["value"], quantity["unit"])
                missed.append(f"{spec['text'][:120]!r}: {wanted} read as {found}")
    return Recall(asked, value_right, unit_right, span_right, tuple(missed))


def _span(text: str, quantity: Mapping[str, Any]) -> tuple[int, int]:
    """Where a quantity stands: where it is said to, unless its words stand elsewhere in the text alone."""
    start, surface = quantity["start"], quantity["surface"]
    if text[start : start + len(surface)] != surface and text.count(surface) == 1:
        start = text.find(surface)
        return start, start + len(surface)
    return start, quantity["end"]


def _has_value(claim: Claim, wanted: float) -> bool:
    """Whether a claim has a value; of a range, which the specifications split, whether it ends there."""
    values = (claim.value,) if claim.value is not None else (claim.low, claim.high)
    return any(_is_close(value, wanted) for value in values)


def _is_close(found: Decimal | None, wanted: float) -> bool:
    if found is None:
        return False
    expected = Decimal(str(wanted))
    return abs(found - expected) <= CLOSE_ENOUGH * max(abs(expected), Decimal("1e-3"))


def _is_unit(found: str | None, wanted: str) -> bool:
    """Whether a unit is the one asked for; one per another is, where they ask for the first alone."""
    name = wanted.casefold().replace("meter", "metre")
    if wanted == ANY_UNIT:
        return True
    ours = {UNITS.get(wanted.casefold(), UNITS.get(name, name)), *EITHER.get(name, ())}
    return found in ours or (found or "").partition(" per ")[0] in ours
