"""What a scenario owes or loses beside its plan, heading by heading, each with a short table by year.

A cell has the median and, where the draws spread it, nine in ten of them in brackets; what claims and
parameters leave open on the path without shocks has a column of its own, there only where something is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.agreements import FROZEN
from steelyard.project.ensemble import PROBABILITIES, Cell, Ensemble
from steelyard.report import tables
from steelyard.report.tables import Row, Table, one_group
from steelyard.report.wording import Wording, listed, plain_number, significant, supported

MEDIAN = PROBABILITIES.index(0.5)
_BRACKETS = "Medians over the draws, nine in ten of them in brackets; ± is the largest Monte Carlo error."
_PLEDGE = {
    "pledge_commitment": "Signed",
    "pledge_outlay_foreign": "Paid",
    "pledge_backlog": "Signed and not yet paid",
    "pledge_outlay": "Paid at the rate of the year",
    "pledge_part": "Share of what it is bought from",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One thing that is owed or lost: a heading, and a table of it."""

    heading: str
    table: Table


@dataclass(frozen=True, slots=True)
class _Pages:
    """What makes the sections of one scenario; `name` is the anchor of the scenario."""

    ensemble: Ensemble
    name: str
    wording: Wording
    vocabulary: Vocabulary

    def by_year(self, key: str, heading: str, caption: str, columns: Mapping[str, str]) -> Iterator[Section]:
        """A section of variables by year, each under its words; none where the scenario has none of them."""
        series = {
            variable: {cell.year: cell for cell in self.ensemble.series(variable)} for variable in columns
        }
        there = {variable: cells for variable, cells in series.items() if cells}
        if not there:
            return
        every = sorted({year for cells in there.values() for year in cells})
        cells_in = {year: [cells[year] for cells in there.values() if year in cells] for year in every}
        years = [year for year in every if any(map(_is_something, cells_in[year]))] or every[-1:]
        caption += " Years with nothing are left out." if len(years) < len(every) else ""
        heads, texts = ["Year"], list[tuple[str, Mapping[int, str]]]()
        for variable, cells in there.items():
            for head, column in self._columns(columns[variable], list(cells.values())).items():
                heads.append(head)
                texts.append((f"{self.name}-{variable}", column))
        rows = [
            Row((tables.Cell(str(year)), *(_cell(column.get(year, ""), origin) for origin, column in texts)))
            for year in years
        ]
        yield Section(heading, self._table(key, caption, heads, rows))

    def _columns(self, words: str, cells: Sequence[Cell]) -> dict[str, dict[int, str]]:
        """The columns of a variable by heading, each with its texts by year."""
        unit = cells[0].unit
        values = [value for cell in cells for value in cell.quantiles]
        # Where there is only what may be, that sets the scale.
        values = values if any(values) else [value for cell in cells for value in cell.box]
        factor, word = self.wording.scale(unit, *values)
        largest = max(map(abs, values)) / float(factor)
        whole = not word and not unit.startswith("%")
        decimals = 0 if whole else 1 if largest >= 10 else 2

        def text(values: Sequence[float], errors: Sequence[float] = ()) -> str:
            pairs = zip_longest(values, errors)
            numbers = (
                plain_number(value / float(factor), supported(decimals, error, factor))
                for value, error in pairs
            )
            return " to ".join(dict.fromkeys(numbers))

        shown = {}
        for cell in cells:
            spread = text(cell.quantiles[:: 2 * MEDIAN], cell.errors[:: 2 * MEDIAN])
            middle = text(cell.quantiles[MEDIAN : MEDIAN + 1], cell.errors[MEDIAN : MEDIAN + 1])
            shown[cell.year] = middle if spread == middle else f"{middle} ({spread})"
        head = f"{words}, {word} {unit}".replace("  ", " ").replace(", %", ", %").strip()
        if most := max((error for cell in cells for error in cell.errors), default=0.0):
            head += f", ± {significant(most / float(factor))}"
        boxes = {cell.year: text(cell.box) for cell in cells}
        is_open = any(" to " in box for box in boxes.values())
        return {head: shown, **({f"{words}: left open": boxes} if is_open else {})}

    def _table(self, key: str, caption: str, columns: Sequence[str], rows: Sequence[Row]) -> Table:
        numbers = frozenset(
            place for place in range(1, len(columns)) if any(row.cells[place].number for row in rows)
        )
        source = f"{self.name}-origins" if self.ensemble.origins else ""
        name = f"{self.name}-{key}".replace(":", "-")
        return Table(name, caption, tuple(columns), one_group(rows), numbers, rests_on=source)

    def ids(self, kind: str) -> list[str]:
        """The ids behind the variables of a kind."""
        start = f"{kind}:"
        return [one.removeprefix(start) for one in self.ensemble.variables if one.startswith(start)]

    def label(self, kind: str, identifier: str) -> str:
        """What a thing owed is called."""
        return self.ensemble.names.get(f"{kind}:{identifier}", identifier)

    def pledges(self) -> Iterator[Section]:
        """What is signed and paid under each pledge."""
        for one in self.ids("pledge_outlay"):
            columns = {f"{kind}:{one}": words for kind, words in _PLEDGE.items()}
            label = self.label("pledge", one)
            caption = f"What is signed and paid by year, and what it takes. {_BRACKETS}"
            yield from self.by_year(f"pledge:{one}", f"Pledge: {label}", caption, columns)

    def cost_sharing(self) -> Iterator[Section]:
        """What is paid by agreement, what it is made up of, and what is borne beside it."""
        ids = self.ids("cost_sharing")
        options = [one for one in ids if one == FROZEN or self.vocabulary.entry("agreements", one)]
        after = {f"cost_sharing:{one}": _sentence(self.label("cost_sharing", one)) for one in options}
        columns = {"cost_sharing": "Paid", "cost_sharing_foreign": "At the rate of the year", **after}
        caption = f"What is paid by agreement, and after its last year under each option. {_BRACKETS}"
        yield from self.by_year("cost-sharing", "Cost sharing", caption, columns)
        parts = {f"cost_sharing:{one}": self.label("cost_sharing", one) for one in ids if one not in options}
        caption = f"The components that make the payment up. {_BRACKETS}"
        yield from self.by_year("components", "What cost sharing is made up of", caption, parts)
        lines = {
            f"cost_sharing_beside:{one}": self.label("cost_sharing_beside", one)
            for one in self.ids("cost_sharing_beside")
        }
        lines["cost_sharing_with_beside"] = "The payment with what is added"
        caption = f"Borne beside the payment, each by its own definition, and no part of it. {_BRACKETS}"
        yield from self.by_year("beside", "Beside cost sharing", caption, lines)

    def troops(self) -> Iterator[Section]:
        """An ally's troops against the laws that set a floor for them, and what they cost."""
        by_id: dict[str, list[Mapping[str, object]]] = {}
        for row in self.ensemble.troop_floors:
            by_id.setdefault(str(row["troops"]), []).append(row)
        for one, found in by_id.items():
            label = str(found[0]["label"])
            columns = ("Years", "Troops", "Floor", "Verdict", "Law", "Holds until", "Its own way out")
            rows = [_law_row(years, row, f"{self.name}-troops:{one}") for years, row in _runs(found)]
            caption = (
                "How many there are, and what the laws say that set a floor, in the years they are known for."
            )
            yield Section(label, self._table(f"troops:{one}", caption, columns, rows))
            costs = {f"troop_cost:{one}": "Cost"}
            yield from self.by_year(f"troop-cost:{one}", f"{label}: what they cost", _BRACKETS, costs)

    def withdrawals(self) -> Iterator[Section]:
        """What an ally no longer does, what of it is priced, and what that costs."""
        rows = [self._withdrawal(row) for row in self.ensemble.withdrawals]
        if rows:
            columns = ("No longer borne", "By", "From", "Substitute", "Years without one")
            caption = "What an ally no longer does; a substitute is priced only from sources."
            yield Section("Withdrawals", self._table("withdrawals", caption, columns, rows))
        costs = {"substitution": "Cost in the year", "substitution_cumulative": "Added up"}
        caption = f"What the priced substitutes cost. {_BRACKETS}"
        yield from self.by_year("substitution", "What substitutes cost", caption, costs)
        costs = {"substitution_drawn": "Cost in the year", "substitution_drawn_cumulative": "Added up"}
        caption = f"The same over inputs that are drawn as their sources say. {_BRACKETS}"
        yield from self.by_year("substitution-drawn", "What substitutes cost, inputs drawn", caption, costs)
        caption = f"What is no longer paid for what is withdrawn; not taken off the cost. {_BRACKETS}"
        yield from self.by_year("saved", "What is saved beside", caption, {"saved": "Saved"})

    def _withdrawal(self, row: Mapping[str, object]) -> Row:
        missing = [str(one) for one in _list(row["missing"])]
        told = "priced" if row["priced"] else f"not priced: no source for {listed(missing)}"
        gap = row["gap_years"]
        ends = [plain_number(float(str(end)), 1) for end in gap.values()] if isinstance(gap, Mapping) else []
        actor = self.vocabulary.label("actors", str(row["actor"]))
        texts = (str(row["label"]), actor, str(row["year"]), told, " to ".join(dict.fromkeys(ends)))
        return Row(tuple(tables.Cell(text or tables.NOTHING, f"{self.name}-withdrawals") for text in texts))

    def floor(self) -> Iterator[Section]:
        """What the floor takes from other uses."""
        caption = (
            f"Where the floor is above what the plan leaves, so much less is there for the rest. {_BRACKETS}"
        )
        columns = {"crowded_out": "Taken from other uses"}
        yield from self.by_year("floor", "What the floor takes from other uses", caption, columns)

    def categories(self) -> Iterator[Section]:
        """What spending is made up of, and what floors take from one for another."""
        names = {one: _sentence(self.label("category", one)) for one in self.ids("category")}
        parts = {
            "category_share": ("shares", "What spending is made up of", "The share of each category."),
            "category": ("categories", "Spending by category", "What is spent on each category."),
            "crowded_out": (
                "crowded",
                "What floors take from each category",
                "What a category has less than its part of the plan, since the floor of another takes it.",
            ),
        }
        for kind, (key, heading, caption) in parts.items():
            columns = {f"{kind}:{one}": name for one, name in names.items()}
            yield from self.by_year(key, heading, f"{caption} {_BRACKETS}", columns)


def sections_of(
    ensemble: Ensemble, name: str, wording: Wording, vocabulary: Vocabulary
) -> tuple[Section, ...]:
    """All that a scenario owes or loses, in the order in which it is told; `name` is its anchor."""
    pages = _Pages(ensemble, name, wording, vocabulary)
    return (
        *pages.floor(), *pages.categories(), *pages.pledges(), *pages.cost_sharing(), *pages.troops(),
        *pages.withdrawals(),
    )  # fmt: skip


def _runs(rows: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Rows of troops with their years, those that follow one another and say the same in one."""

    def said(row: Mapping[str, object]) -> tuple[object, ...]:
        return tuple(value for key, value in row.items() if key != "year")

    by_law = sorted(rows, key=lambda row: (str(row["instrument"] or ""), int(str(row["year"]))))
    runs = [list(run) for _, run in groupby(by_law, key=said)]
    for run in sorted(runs, key=lambda run: int(str(run[0]["year"]))):
        years = dict.fromkeys(str(row["year"]) for row in (run[0], run[-1]))
        yield " to ".join(years), run[0]


def _law_row(years: str, row: Mapping[str, object], origin: str) -> Row:
    ends = dict.fromkeys(plain_number(int(str(row[end]))) for end in ("low", "high"))
    floor = tables.NOTHING if row["floor"] is None else plain_number(int(str(row["floor"])))
    force = ", a ".join(str(row[key]) for key in ("instrument", "force") if row["instrument"] and row[key])
    texts = (str(row["verdict"]), force, str(row["expires"] or ""), str(row["waiver"] or ""))
    return Row(
        (
            tables.Cell(years, origin),
            *(_cell(text, origin) for text in (" to ".join(ends), floor)),
            *(tables.Cell(text or tables.NOTHING, origin) for text in texts),
        )
    )


def _is_something(cell: Cell) -> bool:
    """Whether any draw, or an end of what is left open, is not nought."""
    return any((*cell.quantiles, *cell.box))


def _cell(text: str, origin: str) -> tables.Cell:
    """A number of a table, or nothing."""
    return tables.Cell(text, origin, number=bool(text) and text != tables.NOTHING)


def _sentence(words: str) -> str:
    """Words as a heading."""
    return f"{words[:1].upper()}{words[1:]}"


def _list(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()
