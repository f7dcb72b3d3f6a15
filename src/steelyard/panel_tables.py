"""Tables of the panel for a terminal of any width: too wide a table is told in several, no word is cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from steelyard.terminal import heading, line, printable, rows_table

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from steelyard.core.vocabulary import Vocabulary
    from steelyard.panel.measured import Measured
    from steelyard.panel.rows import Row

_GAP = 2  # blanks between two columns
_LABEL = 40  # columns that a long label has at least before a table is split
_SIGNIFICANT = 4  # digits that a table shows at most
_RANKS = 3  # ranks of a member that a table shows
_SELDOM = 0.005  # a rank that is told as 0%
_MARK = "e"
_LORENZ = "lorenz"
_PARTS = {
    "p": "p-value",
    "p-holm": "p-value, corrected over the years (Holm)",
    "error": "standard error",
    "robust-error": "standard error, robust (HC3)",
    "robust-p": "p-value by the robust error",
    "bears-more": "part of the members that bears more than its benefit",
    "product": "slope on the product in logarithms",
    "product-error": "its standard error",
}
Cells = Mapping[tuple[str, str], "Row"]


def measured_parts(measured: Measured, vocabulary: Vocabulary, width: int) -> Iterator[Table | Text]:
    """For each year members down and measures across, indices with ranks, and what is of all together."""
    from steelyard.panel.rows import ALL

    for year in measured.years:
        rows = [row for row in measured.rows if row.year == year]
        if not rows:
            continue
        editions = ", ".join(dict.fromkeys(name for row in rows for name in row.editions))
        yield heading(f"{measured.alliance} {year} ({editions})")
        own = [row for row in rows if not row.member.startswith(ALL)]
        yield from _member_tables([row for row in own if _is_plain(row)], vocabulary, width)
        yield from _index_tables(own, vocabulary, width)
        if _LORENZ in measured.wanted:
            yield from _lorenz_table(own, vocabulary, width)
        yield from _group_tables([row for row in rows if row.member.startswith(ALL)], vocabulary, width)
    if any(row.estimate for row in measured.rows):
        yield line("e: rests on figures that their publisher calls estimates or projections.")
    if any(row.measure == _LORENZ for row in measured.rows) and _LORENZ not in measured.wanted:
        yield line("The Lorenz curve of spending on product: --measure lorenz.")
    yield line("All ends and origins: --format json. What each measure means: docs/panel.md.")


def split_tables(
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    width: int,
    *,
    keep: int = 1,
    right: bool = False,
) -> Iterator[Table | Text]:
    """The rows in as many tables as the width asks for, each with the first `keep` columns."""
    cells = [[printable(str(value)) for value in row] for row in rows]
    needed = _widths(columns, cells)
    if sum(needed) > width and len({tuple(row[:keep]) for row in cells}) < len(cells):
        # Rows of one key are told apart by a number, the same in all tables.
        columns, keep = ["no.", *columns], keep + 1
        cells = [[str(number), *row] for number, row in enumerate(cells, 1)]
        needed = _widths(columns, cells)
    room = width - sum(needed[:keep])
    for number, some in enumerate(_packed(needed[keep:], room)):
        if number:
            yield line("")
        places = [*range(keep), *(place + keep for place in some)]
        shown = [[row[place] for place in places] for row in cells]
        yield rows_table([columns[place] for place in places], shown, right=right, whole=0)


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    """How wide each column is with its gap."""
    return [
        _GAP + max(len(text) for cell in (head, *(row[place] for row in cells)) for text in cell.split("\n"))
        for place, head in enumerate(columns)
    ]


def _packed(needed: Sequence[int], room: int) -> Iterator[list[int]]:
    """The columns in order, as many together as there is room for; at least one."""
    some: list[int] = []
    left = room
    for place, wide in enumerate(needed):
        if some and wide > left:
            yield some
            some, left = [], room
        some.append(place)
        left -= wide
    yield some


def _is_plain(row: Row) -> bool:
    return ":" not in row.measure and row.measure != _LORENZ


def _member_tables(rows: Sequence[Row], vocabulary: Vocabulary, width: int) -> Iterator[Table | Text]:
    """Members by name; a measure of which all are estimates says so once, in its heading."""
    measures = list(dict.fromkeys(row.measure for row in rows))
    if not measures:
        return
    names = {row.member: vocabulary.label("actors", row.member) for row in rows}
    cells = {(row.member, row.measure): row for row in rows}
    heads = [_head([row for row in rows if row.measure == measure]) for measure in measures]
    marks = [not head.endswith(f"\n{_MARK}") for head in heads]
    lines = [
        (
            names[member],
            *(_cell(cells.get((member, one)), mark) for one, mark in zip(measures, marks, strict=True)),
        )
        for member in sorted(names, key=lambda member: names[member])
    ]
    yield from split_tables(("Member", *heads), lines, width, right=True)


def _head(rows: Sequence[Row]) -> str:
    """The name of a measure with its unit, a word a line."""
    unit = "" if rows[0].unit == "1" else "\n" + rows[0].unit.replace("per 1,000 ", "per 1,000\n")
    name = rows[0].measure.replace("-", "-\n")
    return f"{name}{unit}" + (f"\n{_MARK}" if all(row.estimate for row in rows) else "")


def _index_tables(rows: Sequence[Row], vocabulary: Vocabulary, width: int) -> Iterator[Table | Text]:
    """Each index by its stated weights, over all weights and net of benefits, and its possible ranks."""
    names = [row.measure.partition(":")[0] for row in rows if row.measure.endswith(":any-weights")]
    for name in dict.fromkeys(names):
        some = {(row.member, row.measure): row for row in rows}
        ranks: dict[str, list[tuple[float, str]]] = {}
        for row in rows:
            if row.measure.startswith(f"{name}:rank-"):
                ranks.setdefault(row.member, []).append((row.middle, row.measure.rpartition("-")[2]))
        lines = []
        for member in sorted(ranks, key=lambda member: -some[member, name].middle):
            spread, net = some[member, f"{name}:any-weights"], some.get((member, f"{name}:net"))
            cells = (some[member, name].middle, spread.low, spread.high, net.middle if net else None)
            shown = [short(value) if value is not None else "-" for value in cells]
            lines.append((vocabulary.label("actors", member), *shown, _ranks_told(ranks[member])))
        yield line(f"\n{vocabulary.label('indicators', name)}, in per cent")
        heads = ("Member", "index", "least", "greatest", "net of\nbenefits", "ranks over all weights")
        yield from split_tables(heads, lines, width)


def _ranks_told(ranks: Sequence[tuple[float, str]]) -> str:
    """The most frequent ranks with their parts, as "6 (50%), 5 (33%)"."""
    often = sorted((one for one in ranks if one[0] >= _SELDOM), reverse=True)
    more = ", ..." if len(often) > _RANKS else ""
    return ", ".join(f"{rank} ({part * 100:.0f}%)" for part, rank in often[:_RANKS]) + more


def _lorenz_table(rows: Sequence[Row], vocabulary: Vocabulary, width: int) -> Iterator[Table | Text]:
    """Members from the least burdened on, with the shares of all up to each."""
    cells = {(row.member, row.measure): row for row in rows}
    lines = [
        (
            vocabulary.label("actors", row.member),
            short(cells[row.member, f"{_LORENZ}:along"].middle),
            _range(row),
        )
        for row in rows
        if row.measure == _LORENZ
    ]
    heads = ("Members, the least\nburdened first", "product\nup to here, %", "spending\nup to here, %")
    yield from split_tables(heads, lines, width)


def _group_tables(rows: Sequence[Row], vocabulary: Vocabulary, width: int) -> Iterator[Table | Text]:
    """A line for each statistic and a column for each group of members; long labels are wrapped at blanks."""
    if not rows:
        return
    groups = list(dict.fromkeys(row.member for row in rows))
    cells = {(row.measure, row.member): row for row in rows}
    measures = list(dict.fromkeys(row.measure for row in rows))
    columns = [measures, *([_range(cells.get((measure, group))) for measure in measures] for group in groups)]
    heads = ["measure", *groups]
    needed = [
        _GAP + max(len(text) for text in (head, *column)) for head, column in zip(heads, columns, strict=True)
    ]
    if sum(needed) > width - _LABEL:
        # The ids are in JSON too; they are the first to go.
        heads, columns, needed = heads[1:], columns[1:], needed[1:]
    for some in _packed(needed, width - _LABEL):
        yield line("")
        lines = [
            (_label(measure, vocabulary), *(columns[place][number] for place in some))
            for number, measure in enumerate(measures)
        ]
        yield rows_table(["Of the members together", *(heads[place] for place in some)], lines, whole=1)


def _label(measure: str, vocabulary: Vocabulary) -> str:
    name, _, what = measure.partition(":")
    return f"  {_PARTS.get(what, what)}" if what else vocabulary.label("indicators", name)


def _cell(row: Row | None, mark: bool) -> str:
    if row is None:
        return "-"
    return short(row.middle) + (f" {_MARK}" if mark and row.estimate else "")


def _range(row: Row | None) -> str:
    """A number, and the range behind it where it is wider than the digits shown."""
    if row is None:
        return "-"
    low, middle, high = (short(value) for value in (row.low, row.middle, row.high))
    return middle if low == middle == high else f"{middle} ({low} to {high})"


def short(value: float) -> str:
    """Up to four digits, with a word of scale for amounts.

    >>> short(61246900000000.0), short(-0.02198)
    ('61.25 tn', '-0.02198')
    """
    for scale, word in ((1e12, " tn"), (1e9, " bn"), (1e6, " mn")):
        if abs(value) >= scale:
            return f"{value / scale:.{_SIGNIFICANT}g}{word}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.{_SIGNIFICANT}g}"
