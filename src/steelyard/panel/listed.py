"""The series that publishers.toml lists for a publisher, each with the measure and unit that it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from steelyard.core.schema import texts_in
from steelyard.core.vocabulary import Entry
from steelyard.panel.names import Names

LOCAL = "LCU"


@dataclass(frozen=True, slots=True)
class Listed:
    """A publisher's series. `unit` may hold LCU, the money of the row's actor; see publishers.toml."""

    code: str
    label: str
    measure: str
    unit: str
    prices: str = ""
    definition: str = ""
    told: tuple[str, ...] = ()
    of_the_year: bool = False
    by_accounts: bool = False
    years_of: str = ""
    per_dollar: tuple[tuple[int, Decimal], ...] = ()

    @property
    def is_local(self) -> bool:
        """Whether its unit is the money of the row's actor."""
        return LOCAL in self.unit.split()

    def in_money(self, currency: str) -> str:
        """The unit with a currency in place of LCU."""
        return " ".join(currency if word == LOCAL else word for word in self.unit.split())


def listed_series(names: Names) -> Mapping[str, Listed]:
    """The series of the publisher whose names these are, by code."""
    tables = names.entry.table("series") if names.entry else {}
    return {code: _listed(code, table) for code, table in tables.items() if isinstance(table, dict)}


def filed_under(names: Names, actor: str) -> str:
    """Whether an actor's fiscal year stands under that of its "start" or "end"; empty where none is told."""
    entry: Entry | None = names.entry
    one = entry.table("fiscal_years").get(actor) if entry else None
    return str(one.get("filed_under", "")) if isinstance(one, dict) else ""


def _listed(code: str, table: Mapping[str, object]) -> Listed:
    texts = {key: str(table.get(key, "")) for key in ("label", "measure", "unit", "prices", "definition")}
    levels = table.get("per_dollar")
    return Listed(
        code,
        **texts,
        told=tuple(texts_in(table.get("told"))),
        of_the_year=table.get("money") == "of the year",
        by_accounts=table.get("by_accounts") is True,
        years_of=str(table.get("years_of", "")),
        per_dollar=tuple(
            (int(year), Decimal(str(level)))
            for year, level in (levels.items() if isinstance(levels, dict) else ())
        ),
    )
