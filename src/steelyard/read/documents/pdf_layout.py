"""Words on a printed page to lines in the order in which they are read, column by column.

Coordinates are points; `top` grows downwards. A column is told by at least three lines that begin at one
place and leave a free strip before it, with real lines of text on both sides: cells of a table are shorter,
and its rows stay together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

CELL_GAP = "\t"
_FEWEST_LINES = 3
# Characters of an ordinary line in a narrow column; cells of tables hold less.
_SHORTEST_LINE = 16
_DEEPEST = 3
# Places at which lines begin most often; a page has no more columns than these.
_MOST_EDGES = 24
# Points by which lines of one column may be set in, as the cells of a table are by their rim.
_INDENT = 8
# In sizes of the font: what parts two words of a line, and two cells.
_WORD_GAP = 1.3
_CELL_GAP = 1.8
_SAME_LINE = 0.45
_SAME_BASE = 0.2
_FAR = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand beside each other: a line, or a piece of one. `size` is that of the font.

    `base` is the line on which the letters stand, `order` the place in the file. A table is a run too, with
    its `cells` by row.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    order: int = 0
    cells: tuple[tuple[str, ...], ...] = ()

    @property
    def size(self) -> float:
        """Its height, which is about the size of its font."""
        return max(1.0, self.bottom - self.top)

    def joined(self, other: Run, gap: str) -> Run:
        """Both as one, `other` behind."""
        return Run(
            self.text + gap + other.text,
            min(self.left, other.left),
            max(self.right, other.right),
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            self.base,
            self.order,
        )


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below each other, from top to bottom."""

    lines: tuple[Run, ...]

    @property
    def left(self) -> float:
        """Where its lines begin."""
        return min(line.left for line in self.lines)

    @property
    def right(self) -> float:
        """Where its longest line ends."""
        return max(line.right for line in self.lines)

    @property
    def pitch(self) -> float:
        """From one line to the next, as a rule."""
        steps = [b.base - a.base for a, b in zip(self.lines, self.lines[1:], strict=False)]
        return median(steps) if steps else 0.0


def runs_of(words: Sequence[Run]) -> list[Run]:
    """Words that follow each other in the file and on the line, as runs."""
    runs: list[Run] = []
    for word in words:
        last = runs[-1] if runs else None
        gap = word.left - last.right if last else 0.0
        if last and is_level(last, word) and word.right > last.left and gap <= _WORD_GAP * word.size:
            runs[-1] = last.joined(word, " ")
        else:
            runs.append(word)
    return runs


def columns_of(runs: Sequence[Run]) -> list[Column]:
    """The runs of a page as columns in reading order; what spans several columns is one of its own."""
    return [Column(tuple(_lines(group))) for group in _groups(list(runs), _DEEPEST) if group]


def _groups(runs: list[Run], depth: int) -> Iterator[list[Run]]:
    """Runs that belong below each other."""
    edge = _edge(runs) if depth else None
    if edge is None:
        yield runs
        return
    band: list[Run] = []
    spanning: list[Run] = []
    rows = _rows_across(runs, edge)
    for run in sorted(runs, key=lambda run: (run.top, run.left)):
        if _crosses(run, edge) or run in rows:
            yield from _halves(band, edge, depth)
            band = []
            spanning.append(run)
        else:
            if spanning:
                yield spanning
                spanning = []
            band.append(run)
    yield from [spanning] if spanning else _halves(band, edge, depth)


def _rows_across(runs: list[Run], edge: float) -> set[Run]:
    """The cells of a table that reaches over an edge: rows of three at least, on both sides of it."""
    rows: list[list[Run]] = []
    for run in sorted((run for run in runs if not run.cells), key=lambda run: run.base):
        if rows and is_level(rows[-1][0], run):
            rows[-1].append(run)
        else:
            rows.append([run])
    return {run for row in rows if _is_row_across(row, edge) for run in row}


def _is_row_across(row: list[Run], edge: float) -> bool:
    short = [len(run.text) < _SHORTEST_LINE for run in row]
    before = [is_short for run, is_short in zip(row, short, strict=True) if run.left < edge - 1]
    behind = [is_short for run, is_short in zip(row, short, strict=True) if run.left >= edge - 1]
    if len(row) < 3 or not before or not behind:
        return False
    return (len(behind) > 1 and all(behind)) or (len(before) > 1 and all(short))


def _halves(band: list[Run], edge: float, depth: int) -> Iterator[list[Run]]:
    """What stands before the edge, then behind it, then below both, each with the columns of its own."""
    before = [run for run in band if run.left < edge - 1]
    behind = [run for run in band if run.left >= edge - 1]
    below = _below_both(before, behind)
    before = [run for run in before if run not in set(below)]
    for half in (before, behind, below):
        if half:
            yield from _groups(half, depth - 1)


def _below_both(before: list[Run], behind: list[Run]) -> list[Run]:
    """What begins on the left below the end of the right, nothing beside it, and comes later in the file.

    Where columns end and the page goes on in its full width, a short line reaches over no edge. The foot of a
    page, which is farther down, may come last in the file.
    """
    ordered = sorted(behind, key=lambda run: run.order)
    orders = [run.order for run in ordered]
    tops = sorted(run.top for run in behind)
    ends = list(accumulate((run.bottom for run in ordered), max))

    def is_below(run: Run) -> bool:
        drawn = bisect_left(orders, run.order)
        line = run.size / _lines_in(run)
        beside = bisect_left(tops, run.top - line) < bisect_left(tops, run.bottom + _FAR * line)
        return drawn > len(orders) / 2 and ends[drawn - 1] <= run.top + 1 and not beside

    return [run for run in before if is_below(run)]


def _edge(runs: list[Run]) -> float | None:
    """Where a column begins to the right of another, or None where there is but one."""
    if len(runs) < 2 * _FEWEST_LINES:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    starts: Counter[int] = Counter()
    for run in runs:
        starts[round(run.left)] += _lines_in(run)
    counts = {start: sum(starts[start + step] for step in range(_INDENT)) for start in starts}
    likeliest = sorted(counts, key=lambda start: (-counts[start], start))[:_MOST_EDGES]
    edges = [
        start
        for start in likeliest
        if counts[start] >= _FEWEST_LINES
        and left + 0.2 * (right - left) < start < left + 0.85 * (right - left)
    ]
    best = min(edges, key=lambda edge: (_crossing(runs, edge), edge), default=None)
    return best if best is not None and _parts_text(runs, best) else None


def _lines_in(run: Run) -> int:
    """How many lines a run stands for."""
    return max(1, len(run.cells))


def _crosses(run: Run, edge: float) -> bool:
    return run.left < edge - 1 and run.right > edge - 1


def _crossing(runs: list[Run], edge: float) -> int:
    """The characters that stand across an edge."""
    return sum(len(run.text) for run in runs if _crosses(run, edge))


def _parts_text(runs: list[Run], edge: float) -> bool:
    """Whether lines of text stand on both sides of an edge, side by side, and not too much across it."""
    rows = _rows_across(runs, edge)
    runs = [run for run in runs if run not in rows]
    before = [run for run in runs if run.right <= edge - 1]
    behind = [run for run in runs if run.left >= edge - 1]
    for side in (before, behind):
        if sum(map(_lines_in, side)) < _FEWEST_LINES:
            return False
        if median(len(run.text) for run in side) < _SHORTEST_LINE and not any(run.cells for run in side):
            return False
    if max(run.top for run in before) < min(run.top for run in behind):
        return False
    if max(run.top for run in behind) < min(run.top for run in before):
        return False
    return _crossing(runs, edge) <= 0.7 * sum(len(run.text) for run in runs)


def _lines(runs: list[Run]) -> Iterator[Run]:
    """The runs of a column as lines; those far from each other on a line are cells."""
    line: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if line and (run.cells or line[0].cells or not is_level(line[0], run)):
            yield _line(line)
            line = []
        line.append(run)
    if line:
        yield _line(line)


def _line(runs: list[Run]) -> Run:
    first, *rest = sorted(runs, key=lambda run: run.left)
    for run in rest:
        far = run.left - first.right > _CELL_GAP * min(first.size, run.size)
        first = first.joined(run, CELL_GAP if far else " ")
    return first


def is_level(run: Run, other: Run) -> bool:
    """Whether two runs stand on one line; a small raised number does with its word."""
    size = min(run.size, other.size)
    if abs(run.base - other.base) <= _SAME_BASE * size:
        return True
    middle, others = run.top + run.bottom, other.top + other.bottom
    return abs(middle - others) <= 2 * _SAME_LINE * size
