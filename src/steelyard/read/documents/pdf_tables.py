"""Tables on printed pages, told by numbers that stand below each other, as rows of cells.

A page knows no cells, but what a file draws one after the other belongs together, and the numbers of a column
begin, end or have their middle at one place. So a table is a stretch of words in the order of the file in
which rows of such numbers follow each other, with the words to their left and the headings above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from steelyard.read.documents.pdf_layout import Run, is_level, runs_of

# In sizes of the font: the gap between cells, between two numbers, and what edges of a column may differ by.
_CELL_GAP = 0.6
_NUMBER_GAP = 0.3
_OFF_EDGE = 0.7
# Also in sizes of the font: how far apart two rows of a table may be, and how far up a cell may reach.
_NEXT_ROW = 6.0
_HIGHEST_CELL = 5.0
# What stands in the middle of two lines beside it.
_SAME_ROW = 0.9
# Rows without a number between two with numbers: headings of sections, ends of long names.
_MOST_BETWEEN = 3
_MOST_HEADINGS = 4
_FEWEST_ROWS = 3
# A sign, a currency before or behind, brackets, a short unit; years may be fiscal, or two in one.
_NUMBER = re.compile(
    r"[(\[]?[-+\N{MINUS SIGN}\N{EN DASH}~<>\N{WHITE UP-POINTING TRIANGLE}\N{BLACK UP-POINTING TRIANGLE}"
    r"\N{WHITE DOWN-POINTING TRIANGLE}\N{BLACK DOWN-POINTING TRIANGLE}]?\s?"
    r"(?:[A-Z]{0,3}[^\w\s.,()]\s?|[A-Z]{2}\s?(?=(?:19|20)\d\d)|[A-Z]{3}\s)?"
    r"\d[\d.,'\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*(?:[-\N{EN DASH}/]\d[\d.,]*)?"
    r"\s?(?:%p?|[^\W\d_]{1,8})?[)\]]?[*\d]?"
)
_NOTHING = re.compile(r"[-\N{EN DASH}\N{EM DASH}.\N{HORIZONTAL ELLIPSIS}*]{1,3}|n/?a", re.IGNORECASE)
# The dots between an entry of a table of contents and its page.
_LEADERS = re.compile(r"(?:\.\s?){5}")
_LONGEST_NUMBER = 24
_LONGEST_ROW = 200

# Pieces beside each other, in the order of the file; one of several lines counts as several pieces.
Row = list[Run]
# Where a column begins and ends.
Column = tuple[float, float]


def with_tables(words: Sequence[Run]) -> list[Run]:
    """The words of a page in the order of the file as runs, with one run in the place of each table."""
    rows = list(_rows(list(_pieces(words))))
    found: list[Run] = []
    done = 0
    for first, end in _tables(rows):
        prose, rows[first] = _parted(rows[first], rows[first + 1 : end])
        found += runs_of([*(piece for row in rows[done:first] for piece in row), *prose])
        found.append(_as_run(rows[first:end]))
        done = end
    return [*found, *runs_of([piece for row in rows[done:] for piece in row])]


def is_number(text: str) -> bool:
    """Whether a text is a number, with no more beside it than a sign, a unit or a currency."""
    return len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None


def _is_number(piece: Run) -> bool:
    return is_number(piece.text)


def _numbers(row: Row) -> list[Run]:
    """The pieces that are numbers, or stand for one that is missing."""
    return [piece for piece in row if _is_number(piece) or _NOTHING.fullmatch(piece.text)]


def _pieces(words: Sequence[Run]) -> Iterator[Run]:
    """Words that follow each other closely on a line, as one; two numbers part sooner than words."""
    piece: Run | None = None
    for word in words:
        if piece is not None and is_level(piece, word):
            widest = _NUMBER_GAP if _is_number(piece) and _is_number(word) else _CELL_GAP
            if -word.size < word.left - piece.right <= widest * word.size:
                piece = piece.joined(word, " ")
                continue
        if piece is not None:
            yield piece
        piece = word
    if piece is not None:
        yield piece


def _rows(pieces: Sequence[Run]) -> Iterator[Row]:
    """Pieces as rows. What stands behind a cell of several lines, beside any of these, goes with it."""
    rows: list[Row] = []
    for piece in pieces:
        if rows and piece.left >= rows[-1][-1].right - 1:
            last = rows[-1][-1]
            higher = last.base - piece.base
            if is_level(last, piece) or -_SAME_ROW * piece.size < higher < 0:
                rows[-1].append(piece)
                continue
            is_cell = 0 < higher <= _HIGHEST_CELL * piece.size and _reaches(rows[-1], piece)
            if is_cell and len(rows[-1]) < _LONGEST_ROW:
                rows[-1:] = [_one_row(rows, piece)]
                continue
        rows.append([piece])
    yield from rows


def _one_row(rows: list[Row], piece: Run) -> Row:
    """The last rows down to the one beside which `piece` stands, taken off and made one with it."""
    parts = [rows[-1]]
    while len(rows) > 1 and _reaches(rows[-2], piece):
        rows.pop()
        parts.insert(0, rows[-1])
    return [*(each for part in parts for each in part), piece]


def _reaches(row: Row, piece: Run) -> bool:
    """Whether a row of words stands beside a piece, or not more than a line above it, and to its left."""
    beside = row[-1].base >= piece.base - piece.size and all(each.left < piece.left for each in row)
    return beside and not _numbers(row)


def _tables(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """The first row of each table and the row behind its last, in order."""
    done = number = 0
    while number < len(rows):
        members = _members(rows, number) if _numbers(rows[number]) else []
        if not _is_table([rows[member] for member in members]):
            # A long run of numbers that is no table is not tried anew from each of its rows.
            number += max(1, len(members) // 2)
            continue
        yield _with_headings(rows, done, number, members), members[-1] + 1
        done = number = members[-1] + 1


def _members(rows: list[Row], first: int) -> list[int]:
    """The rows from the first on whose numbers stand below one another, by their places."""
    members = [first]
    while True:
        last = members[-1]
        window = range(last + 1, min(last + 2 + _MOST_BETWEEN, len(rows)))
        following = next((number for number in window if _numbers(rows[number])), None)
        if following is None or not _is_next(rows, members, following):
            return members
        members.append(following)


def _is_next(rows: list[Row], members: list[int], number: int) -> bool:
    """Whether a row goes on with the table: half of its numbers stand below others, nothing wider between."""
    last, row = rows[members[-1]], rows[number]
    if not 0 < row[-1].base - last[-1].base <= _NEXT_ROW * row[-1].size:
        return False
    above = [piece for member in members[-_FEWEST_ROWS:] for piece in _numbers(rows[member])]
    found = _numbers(row)
    aligned = sum(any(_is_below(piece, other) for other in above) for piece in found)
    if not aligned or 2 * aligned < len(found):
        return False
    left, right = _extent([last, row])
    between = [piece for other in rows[members[-1] + 1 : number] for piece in other]
    return all(piece.right > left and piece.left < right and piece.right <= right + 1 for piece in between)


def _is_below(piece: Run, other: Run) -> bool:
    """Whether two numbers are of one column: they begin or end at one place, or have their middle there."""
    most = _OFF_EDGE * max(piece.size, other.size)
    if piece.left >= other.right or other.left >= piece.right:
        return False
    left, right = piece.left - other.left, piece.right - other.right
    return min(abs(left), abs(right), abs(left + right) / 2) <= most


def _is_table(rows: list[Row]) -> bool:
    """Whether rows of numbers are a table: of two columns at least, or three rows of names with a number."""
    if len(rows) < 2 or any(_LEADERS.search(piece.text) for row in rows for piece in row):
        return False
    if sum(1 for row in rows if len(_numbers(row)) > 1) < 2:
        body = rows if len(rows[0]) > 1 else rows[1:]
        named = all(len(row) > 1 and not _is_number(row[0]) for row in body)
        if not named or len(body) < _FEWEST_ROWS:
            return False
    return len(_columns(rows)) > 1


def _with_headings(rows: list[Row], done: int, first: int, members: list[int]) -> int:
    """The row with which a table begins: of headings above its numbers, if there are such."""
    columns = _columns([rows[member] for member in members])
    while first > max(done, members[0] - _MOST_HEADINGS):
        row, below = rows[first - 1], rows[first]
        near = 0 < below[-1].base - row[-1].base <= _NEXT_ROW * row[-1].size / 2
        if not near or not _are_headings(row, columns):
            break
        first -= 1
    return first


def _are_headings(row: Row, columns: list[Column]) -> bool:
    """Whether each piece of a row heads columns of its own, and none runs on from the names into these."""
    if len(row) < 2 or len(set(_places(row, columns))) < len(row):
        return False
    return not (_over(row[0], columns[0]) > 0 and _over(row[0], columns[1]) > 0)


def _parted(row: Row, others: list[Row]) -> tuple[Row, Row]:
    """What of the first row stands above or below nothing of the others, and the rest of it.

    The last lines of prose in the column before, beside which the table begins, look like one of its cells.
    """
    start = 0
    pieces = [piece for other in others for piece in other]
    while start < len(row) and not any(_over(row[start], (piece.left, piece.right)) > 0 for piece in pieces):
        start += 1
    return (row[:start], row[start:]) if start < len(row) else ([], row)


def _extent(rows: Sequence[Row]) -> tuple[float, float]:
    """Where rows begin and end."""
    pieces = [piece for row in rows for piece in row]
    return min(piece.left for piece in pieces), max(piece.right for piece in pieces)


def _as_run(rows: list[Row]) -> Run:
    """A table as one run, with its cells."""
    columns = _columns([row for row in rows if _numbers(row)])
    cells = tuple(_cells(row, columns) for row in rows)
    pieces = [piece for row in rows for piece in row]
    box = pieces[0]
    for piece in pieces[1:]:
        box = box.joined(piece, "")
    text = " ".join(cell for cell in cells[0] if cell)
    return Run(text, box.left, box.right, box.top, box.bottom, box.base, box.order, cells)


def _columns(rows: list[Row]) -> list[Column]:
    """Where columns begin and end: stretches of the line in which pieces of the rows stand."""
    columns: list[Column] = []
    for left, right in sorted((piece.left, piece.right) for row in rows for piece in row):
        if columns and left < columns[-1][1] - 1:
            columns[-1] = columns[-1][0], max(right, columns[-1][1])
        else:
            columns.append((left, right))
    return columns


def _cells(row: Row, columns: list[Column]) -> tuple[str, ...]:
    """The text of each column in a row; what spans several stands in the first of them."""
    cells = [""] * len(columns)
    for piece, number in zip(row, _places(row, columns), strict=True):
        cells[number] = f"{cells[number]} {piece.text}".strip()
    if not _numbers(row):
        _move_to_names(cells)
    return tuple(cells)


def _move_to_names(cells: list[str]) -> None:
    """Let a heading behind empty cells begin at the first of them, for no name of rows spans numbers."""
    behind = next((number for number, text in enumerate(cells) if number > 1 and text), 0)
    if behind and not any(cells[1:behind]):
        cells[1], cells[behind] = cells[behind], ""


def _places(row: Row, columns: list[Column]) -> list[int]:
    """The column of each piece of a row; as many as there are columns, or columns of numbers, go in order.

    For a heading may stand anywhere above its column, which can be wider than all of its numbers.
    """
    for first in (0, 1):
        if len(row) == len(columns) - first and _go_in_order(row, columns, first):
            return list(range(first, len(columns)))
    return [_column_of(piece, columns) for piece in row]


def _go_in_order(row: Row, columns: list[Column], first: int) -> bool:
    """Whether each piece stands between the column before its own and the one behind it."""
    rims = [(0.0, 0.0), *columns, (float("inf"), float("inf"))]
    return all(
        piece.left > rims[number][0] and piece.right > rims[number][1] and piece.left < rims[number + 2][0]
        for number, piece in enumerate(row, first)
    )


def _column_of(piece: Run, columns: list[Column]) -> int:
    """The column in which a piece stands; between two, the one before it, unless that holds the names."""
    over = [number for number, column in enumerate(columns) if _over(piece, column) > 1]
    if over:
        return over[0]
    before = sum(1 for column in columns if column[1] <= piece.left + 1) - 1
    return before if before > 0 else min(before + 1, len(columns) - 1)


def _over(piece: Run, column: Column) -> float:
    """How much of a piece stands in a column; below zero, how far it is from it."""
    return min(piece.right, column[1]) - max(piece.left, column[0])
