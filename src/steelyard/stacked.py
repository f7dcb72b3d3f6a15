"""Tables that no terminal is too narrow for: where a column would have to break words, a block for each row.

Where there is room for the longest word of each column but not for all of their texts, columns are as wide as
their words at least, and share the rest.

A row becomes a line with its first cell, and below it a line for each other cell that is not empty, under the
column's heading. Only a word that is longer than the whole line is folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

_AMPLE = 10_000  # a width in which no table is narrow
_INDENT = 2
_HEADING = 18  # the widest that headings stand beside their cells; longer ones stand above
_LEAST = 24  # the room that a cell has beside its heading


def fitting(part: RenderableType, console: Console) -> Iterator[RenderableType]:
    """The part itself where no word of it has to be broken, else its rows one below the other."""
    from rich.table import Table

    if not isinstance(part, Table):
        yield part
        return
    if _narrowest(part, console) <= console.width:
        _share_room(part, console)
        yield part
        return
    headings = [" ".join(_plain(column.header).replace("-\n", "-").split()) for column in part.columns]
    cells = [list(column.cells) for column in part.columns]
    for row in zip(*cells, strict=True):
        texts = [_plain(cell) for cell in row]
        if any(text.strip() for text in texts):
            yield from _block(headings, texts, console.width)


def _narrowest(table: Table, console: Console) -> int:
    """The width below which a word of the table has to be broken."""
    return table.__rich_measure__(console, console.options.update_width(_AMPLE)).minimum


def _share_room(table: Table, console: Console) -> None:
    """Set the widths of columns that must break lines, so that none of them has to break a word."""
    from rich.measure import Measurement

    ample = console.options.update_width(_AMPLE)
    columns = [[column.header, *column.cells] for column in table.columns]
    ends = [[Measurement.get(console, ample, cell) for cell in cells] for cells in columns]
    least = [max(each.minimum for each in some) for some in ends]
    most = [max(each.maximum for each in some) for some in ends]
    gaps = _narrowest(table, console) - sum(least)
    if sum(most) + gaps > console.width:
        wishes = [high - low for low, high in zip(least, most, strict=True)]
        shared = _shared(wishes, console.width - gaps - sum(least))
        for column, low, more in zip(table.columns, least, shared, strict=True):
            column.width = low + more


def _shared(wishes: list[int], room: int) -> list[int]:
    """What each gets of a room that is too small for all: small wishes whole, the rest in equal parts.

    >>> _shared([2, 30, 12], 20)
    [2, 9, 9]
    """
    given = [0] * len(wishes)
    left = len(wishes)
    for place in sorted(range(len(wishes)), key=wishes.__getitem__):
        given[place] = min(wishes[place], room // left)
        room, left = room - given[place], left - 1
    return given


def _plain(cell: RenderableType) -> str:
    from rich.text import Text

    return cell.plain if isinstance(cell, Text) else str(cell)


def _block(headings: list[str], texts: list[str], width: int) -> Iterator[Text]:
    """A row as lines: what it is of, then heading by heading, then an empty line."""
    from rich.text import Text

    yield Text("\n".join(_folded(" ".join(texts[0].split()), width)), style="bold")
    longest = max((len(heading) for heading in headings[1:]), default=0)
    beside = longest <= _HEADING and width - _INDENT - longest - 2 >= _LEAST
    for heading, text in zip(headings[1:], texts[1:], strict=True):
        if words := " ".join(text.split()):
            whole = beside and max(map(len, words.split())) <= width - _INDENT - longest - 2
            lines = _beside(heading, words, longest, width) if whole else _below(heading, words, width)
            yield Text("\n".join(lines))
    yield Text("")


def _beside(heading: str, words: str, longest: int, width: int) -> list[str]:
    """A cell in lines to the right of its heading."""
    indent = _INDENT + longest + 2
    first, *rest = _folded(words, width - indent)
    return [f"{'':{_INDENT}}{heading:<{longest}}  {first}", *(f"{'':{indent}}{line}" for line in rest)]


def _below(heading: str, words: str, width: int) -> list[str]:
    """A cell behind its heading where both fit into a line, else in lines below it."""
    from rich.cells import cell_len

    if cell_len(line := f"{'':{_INDENT}}{heading}: {words}") <= width:
        return [line]
    heads = [f"{'':{_INDENT}}{line}" for line in _folded(f"{heading}:", width - _INDENT)]
    return [*heads, *(f"{'':{2 * _INDENT}}{line}" for line in _folded(words, width - 2 * _INDENT))]


def _folded(words: str, width: int) -> list[str]:
    """Words in lines of a width, by the cells that their letters take; one that is longer is folded."""
    from rich.cells import cell_len, chop_cells

    lines = [""]
    for word in words.split():
        joined = f"{lines[-1]} {word}".strip()
        if cell_len(joined) <= width:
            lines[-1] = joined
            continue
        pieces = [*chop_cells(word, max(width, 1))]
        lines = [*lines, *pieces] if lines[-1] else pieces
    return lines
