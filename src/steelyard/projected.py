"""Scenarios as `steelyard project` prints them: spending by year, what the target takes, what is owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from steelyard.fan_bars import Fan
from steelyard.terminal import printable, with_spaces

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from steelyard.core.vocabulary import Vocabulary
    from steelyard.project.ensemble import Cell, Ensemble, Reach
    from steelyard.report import tables
    from steelyard.report.wording import Wording

_MEDIAN = 4  # of the cells of a row: label, year, 5%, 25%, then the median
# What a table of a scenario shows, in this order; the rest is in the other formats.
_VARIABLES = {
    "spending": "Spending",
    "spending_foreign": "Spending",
    "spending_real": "Spending",
    "spending_own_use": "Spending",
    "spending_real_foreign": "Spending",
    "spending_purchasing_power": "Spending",
    "spending_military_parity": "Spending",
    "share": "Share",
    "extra_cumulative": "Extra so far",
    "extra_cumulative_foreign": "Extra so far",
}


# What is drawn as a fan below the table, where the draws differ.
_DRAWN = ("spending", "share")
# The headlines that are told in a line each, not in the table of them.
_IN_LINES = ("gap_closes", "p_never", "break_even_growth")
# The headlines beside which it stands what matters, by the words for them.
_MATTERS = {
    "spending_target_year": "Spending in",
    "x_cumulative": "Extra until",
    "p_reach": "Target reached by",
}


def projection_tables(ensembles: Sequence[Ensemble], vocabulary: Vocabulary) -> Iterator[Table | Text | Fan]:
    """A table for each scenario: variables by year with quantiles, and how surely the target is met."""
    from rich.table import Table
    from rich.text import Text

    from steelyard.project.ensemble import PROBABILITIES
    from steelyard.report.wording import Wording

    wording = Wording(vocabulary)
    for ensemble in ensembles:
        title = f"{ensemble.label} ({ensemble.draws:,} draws, seed {ensemble.seed})"
        yield Text(printable(title), style="bold")
        note = "± is the largest Monte Carlo standard error in a row; no number has digits beyond its own"
        yield Text(note)
        table = Table(box=None, padding=(0, 2, 0, 0))
        table.add_column("")
        for heading in [
            "year",
            *(f"{100 * probability:g}%" for probability in PROBABILITIES),
            "±",
            "50% left open",
        ]:
            table.add_column(heading, justify="right")
        for variable, name in _VARIABLES.items():
            rows = list(_variable_rows(name, ensemble.series(variable)[1:], wording))
            for row in [*rows, ()] if rows else ():
                table.add_row(*row)
        for reach in ensemble.reach:
            table.add_row("Target reached by", *_reach_row(reach))
        table.add_row()
        yield table
        yield from _fans(ensemble, wording)
        yield from _headlines(ensemble, wording)
        yield from _closing(ensemble)
        yield from _matters(ensemble, wording)
        yield from _owed(ensemble, wording, vocabulary)


def _fans(ensemble: Ensemble, wording: Wording) -> Iterator[Fan]:
    """Small fans of the paths, each with its medians as the table has them."""
    for variable in _DRAWN:
        cells = ensemble.series(variable)[1:]
        if any(cell.quantiles[0] < cell.quantiles[-1] for cell in cells):
            rows = list(_variable_rows(_VARIABLES[variable], cells, wording))
            yield Fan(
                rows[0][0],
                tuple(cell.year for cell in cells),
                tuple(cell.quantiles for cell in cells),
                tuple(row[_MEDIAN] for row in rows),
            )


def _reach_row(reach: Reach) -> list[str]:
    """The chance of having met the target by a year, its error, and what the claims leave open around it."""
    from steelyard.report.wording import chance_words

    texts = (chance_words(one, reach.error).partition(" ± ") for one in (reach.value, reach.low, reach.high))
    (chance, _, error), *ends = texts
    span = f"{ends[0][0].removesuffix('%')} to {ends[1][0]}" if ends[0] != ends[1] else ""
    return [str(reach.year), "", "", chance, "", "", error, span]


def _headlines(ensemble: Ensemble, wording: Wording) -> Iterator[Table | Text]:
    """The named numbers: what the target takes in each of its three senses, and what the path costs."""
    from rich.text import Text

    from steelyard.report.headlines import headlines_table

    told = [one for one in ensemble.headline if one.name not in _IN_LINES]
    if found := headlines_table(ensemble, told, "", wording):
        yield Text("What it comes to", style="bold")
        yield _table_of(found)


def _closing(ensemble: Ensemble) -> Iterator[Text]:
    """When the gap to the target closes, and which growth of GDP would keep it open, a line each."""
    from rich.text import Text

    from steelyard.report.matters import in_words
    from steelyard.report.wording import chance_words

    closes, never = ensemble.number("gap_closes"), ensemble.number("p_never")
    if closes and never:
        ends = dict.fromkeys(in_words(end, closes) for end in (closes.quantiles[0], closes.quantiles[-1]))
        spread = f"(nine in ten draws: {' to '.join(ends)})"
        rest = f"in no year until {never.year}: {chance_words(never.value, never.error)}"
        yield Text(f"Gap closes: {in_words(closes.value, closes)} {spread}; {rest}")
    if growth := ensemble.number("break_even_growth"):
        ends = dict.fromkeys(in_words(end, growth) for end in (growth.low, growth.high))
        unit = "" if growth.unbounded else "%"
        left_open = f" (left open: {' to '.join(ends)})" if len(ends) > 1 else ""
        words = f"{growth.label[:1].upper()}{growth.label[1:]}"
        yield Text(f"{words}: {in_words(growth.value, growth)}{unit}{left_open}")


def _owed(ensemble: Ensemble, wording: Wording, vocabulary: Vocabulary) -> Iterator[Table | Text]:
    """What is owed or lost beside the plan, heading by heading."""
    from rich.text import Text

    from steelyard.report.owed import sections_of

    for section in sections_of(ensemble, "", wording, vocabulary):
        yield Text(printable(section.heading), style="bold")
        yield _table_of(section.table)


def _table_of(found: tables.Table) -> Table:
    """A table of the page as the terminal shows it, with an empty line behind it."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for place, column in enumerate(found.columns):
        justify: Literal["left", "right"] = "right" if place in found.numbers else "left"
        table.add_column(Text(printable(column)), justify=justify, vertical="top", overflow="fold")
    for row in found.rows:
        table.add_row(*(Text(printable(with_spaces(cell.text))) for cell in row.cells))
    table.add_row()
    return table


def _matters(ensemble: Ensemble, wording: Wording) -> Iterator[Text]:
    """What matters next to a few headlines: a line each for its spread and for what one input alone moves."""
    from rich.text import Text

    from steelyard.report.matters import spread_words, swing_words

    for name, words in _MATTERS.items():
        if headline := ensemble.number(name):
            label = f"{words} {headline.year}"
            if spread := spread_words(ensemble, headline):
                yield Text(printable(f"{label}: spread owed to {spread}"))
            if swing := swing_words(ensemble, headline, wording):
                yield Text(printable(with_spaces(f"{label}: moved alone by {swing}")))
    yield Text("")


def _variable_rows(name: str, cells: Sequence[Cell], wording: Wording) -> Iterator[list[str]]:
    """The rows of one variable, all in one scale, with the digits that a reader can compare."""
    from steelyard.report.wording import plain_number, significant, supported

    values = [value for cell in cells for value in cell.quantiles]
    if not values:
        return
    factor, word = wording.scale(cells[0].unit, *values)
    decimals = 1 if max(map(abs, values)) / float(factor) >= 10 else 2
    unit = with_spaces(wording.unit(cells[0].unit)).strip()
    for cell in cells:
        errors = cell.errors or (None,) * len(cell.quantiles)
        places = [supported(decimals, error, factor) for error in errors]
        numbers = [
            plain_number(value / float(factor), place)
            for value, place in zip(cell.quantiles, places, strict=True)
        ]
        middle = len(numbers) // 2
        ends = [end / float(factor) for end in cell.quantile_boxes[middle]]
        most = significant(max(cell.errors) / float(factor)) if cell.errors else ""
        label = f"{name}, {word} {unit}" if word else f"{name}, {unit}"
        finest = supported(decimals + 1, errors[middle], factor)
        yield [label, str(cell.year), *numbers, most, _left_open(ends, range(places[middle], finest + 1))]


def _left_open(ends: Sequence[float], decimals: Iterable[int]) -> str:
    """What is left open around a number, with the fewest decimals that tell the ends apart; "" for none."""
    from steelyard.report.wording import plain_number

    for places in decimals:
        texts = dict.fromkeys(plain_number(end, places) for end in ends)
        if len(texts) > 1:
            return " to ".join(texts)
    return ""
