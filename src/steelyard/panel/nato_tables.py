"""What NATO's numbered tables hold: the title, the line with the unit, and the blocks of each."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a table: the pattern of its heading, empty where the table has no blocks, and its measure.

    No `unit` stands for the country's own currency.
    """

    heading: str
    example: str
    measure: str
    unit: str = ""
    item: str = ""

    @property
    def is_in_own_currency(self) -> bool:
        """Whether each row names its currency."""
        return not self.unit

    @property
    def has_prices(self) -> bool:
        """Whether current and constant prices make a difference."""
        return self.unit in ("", "USD")

    @property
    def is_defence(self) -> bool:
        """Whether it rests on NATO's definition of defence spending."""
        return self.measure.startswith("defence")

    @property
    def may_fall(self) -> bool:
        """Whether its figures may be below zero."""
        return "growth" in self.measure

    def starts(self, text: str) -> bool:
        """Whether a line is the heading of this block."""
        return bool(self.heading) and bool(re.fullmatch(self.heading, text, re.IGNORECASE))


@dataclass(frozen=True, slots=True)
class Plan:
    """A table as NATO lays it out: `unit_line` is the pattern of the line that tells its unit."""

    number: str
    title: str
    unit_line: str
    example: str
    blocks: tuple[Block, ...]

    @property
    def headings(self) -> list[str]:
        """The headings of its blocks, as they are printed in one edition."""
        return [block.example for block in self.blocks]


_CURRENT = (r"current prices( and exchange rates)?", "Current prices")
_CONSTANT = (r"constant \d{4} prices( and exchange rates)?", "Constant 2015 prices")
_SCALED = "(thousand|million|billion)"
_CATEGORIES = "Distribution of defence expenditure by main category"
_OF_TOTAL = ("percentage of total defence expenditure", "Percentage of total defence expenditure")


def _both(measure: str, unit: str = "") -> tuple[Block, Block]:
    return Block(*_CURRENT, measure, unit), Block(*_CONSTANT, measure, unit)


def _item(item: str) -> Block:
    return Block(rf"{item}( \([a-z]\))?", item.capitalize(), "defence_spending_share", "%", item)


PLANS = (
    Plan(
        "1",
        "Defence expenditure",
        rf"{_SCALED} national currency units",
        "Million national currency units",
        _both("defence_spending"),
    ),
    Plan(
        "2",
        "Defence expenditure",
        rf"{_SCALED} US dollars",
        "Million US dollars",
        _both("defence_spending", "USD"),
    ),
    Plan(
        "3",
        "Defence expenditure as a share of GDP and annual real change",
        r"based on \d{4} prices.*",
        "Based on 2015 prices",
        (
            Block(r"share of (real )?GDP \(%\)", "Share of real GDP (%)", "defence_share_of_gdp", "% of GDP"),
            Block(r"annual real change \(%\)", "Annual real change (%)", "defence_spending_real_growth", "%"),
        ),
    ),
    Plan("5", "GDP", rf"{_SCALED} US dollars", "Million US dollars", _both("gdp", "USD")),
    Plan(
        "6",
        "GDP per capita and defence expenditure per capita",
        r"(\d{4}|current) prices.*",
        "2015 prices and exchange rates",
        (
            Block(
                r"GDP per capita \((thousand )?US dollars\)",
                "GDP per capita (thousand US dollars)",
                "gdp_per_head",
                "USD",
            ),
            Block(
                r"defence expenditure per capita \(US dollars\)",
                "Defence expenditure per capita (US dollars)",
                "defence_spending_per_head",
                "USD",
            ),
        ),
    ),
    Plan("7", "Military personnel", r"thousands", "Thousands", (Block("", "", "troops", "person"),)),
    Plan("8a", _CATEGORIES, *_OF_TOTAL, (_item("equipment"), _item("personnel"))),
    Plan("8b", _CATEGORIES, *_OF_TOTAL, (_item("infrastructure"), _item("other"))),
)
# Tables that say nothing that the others do not.
REPEATS = {"4": "first and last year of tables 2 and 3"}
