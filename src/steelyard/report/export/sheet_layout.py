"""How sheets are laid out on screen and paper: heights of rows, what stays in sight, how many pages wide.

Programs that open a workbook differ in whether they find the heights of rows themselves, so they are given.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

# Points of a line in the font of the sheets, with its lead; and what no row of a spreadsheet may exceed.
LINE_HEIGHT = 13.5
_HIGHEST_ROW = 409
# Characters that a landscape page takes across when it is shrunk to some six tenths.
_PAGE_WIDTH = 260
# Characters of a column whose width is found from what is in it.
_NARROWEST, _WIDEST = 8, 60
# Bold signs are wider, and a heading has the button of its filter beside it.
_BOLD, _BUTTON = 1.1, 2


def text_width(text: str) -> int:
    """The columns that a text takes; signs of East Asian writing take two.

    >>> text_width("46.1 bn"), text_width("억")
    (7, 2)
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def fitting_width(heading: str, texts: Iterable[str]) -> int:
    """The width of a column by the longest text in it; headings may break between words.

    >>> fitting_width("Value (in the unit of the row)", ["2.42"]), fitting_width("What", ["x" * 90])
    (8, 60)
    """
    word = max((text_width(word) for word in heading.split()), default=0)
    longest = max((text_width(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(round(word * _BOLD) + _BUTTON, longest + 1, _NARROWEST), _WIDEST)


def row_height(cells: Iterable[tuple[str, int]], *, bold: bool = False) -> float:
    """The points that a row of wrapped texts needs, each given with the width of its column; 0 for one line.

    >>> row_height([("proposed", 12)]), row_height([("Defence spending as a share of GDP", 28)])
    (0, 27.0)
    """
    lines = max((_lines(text, width, bold) for text, width in cells), default=1)
    return min(lines * LINE_HEIGHT, _HIGHEST_ROW) if lines > 1 else 0


def _lines(text: str, width: int, bold: bool) -> int:
    room = max(int(width / _BOLD) - _BUTTON if bold else width - 1, 1)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: int) -> int:
    wide = text_width(line)
    if wide <= room:
        return 1
    if wide > len(line):  # such writing breaks anywhere
        return -(-wide // room)
    return len(textwrap.wrap(line, room))


def pages_wide(widths: Sequence[int]) -> int:
    """Over how many pages beside one another columns of these widths are printed."""
    return -(-sum(widths) // _PAGE_WIDTH)
