"""Who is responsible for what in two documents, and what moved between them, as a matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from steelyard.project.posture import Role
from steelyard.report.links import anchor
from steelyard.report.marks import LINE, Plain, down, layer, level, shortened, words
from steelyard.report.picture import PALETTE, Figure, wrapped
from steelyard.report.responsibility import Comparison, Duty, compare_documents
from steelyard.report.results import Results
from steelyard.report.tables import Cell, Row, Table, one_group
from steelyard.report.wording import counted, listed

TITLE = "Responsibility in two documents"
NEEDS = ("postures",)
TAKES = "two postures named by the case, of which at least one speaks of a responsibility"
_LEFT, _CELL, _GAP = 92, 80, 6  # pixels: room for actors, the width of a cell, and between cells
_ROW, _HEADING = 24, 20
_NOTHING = "unstated"
# How strongly each role is coloured, and in which colour its word is read on it; others are outlined.
_FILLS = {"lead": ("follows", "page"), "shared": ("fan-inner", "ink"), "support": ("fan-outer", "ink")}


def draw(results: Results) -> Iterator[Figure]:
    """One figure of the first and the last posture that the results name."""
    comparison, _ = compare_documents(results)
    if comparison and comparison.duties:
        yield _figure(comparison)


def _figure(comparison: Comparison) -> Figure:
    moved = Counter(duty.cell.transition for duty in comparison.duties)
    counts = [counted(number, transition, transition) for transition, number in moved.most_common()]
    parts = counted(len(comparison.duties), "part in a responsibility", "parts in responsibilities")
    title = f"{parts[:1].upper()}{parts[1:]}: {listed(counts)}"
    sides = f"{comparison.left.label} and {comparison.right.label}"
    told = "; ".join(
        f"{duty.function}, {duty.actor}: {_word(duty.sides[0])}, then {_word(duty.sides[1])} "
        f"({duty.cell.transition})"
        for duty in comparison.duties
    )
    subtitle = (
        "Each row: one actor's part in a responsibility, in either document. The word in brackets is how the "
        "document speaks of it. What is unstated is not given to nobody: the earlier may be in force still."
    )
    name = "responsibility-matrix"
    return Figure(
        name,
        "responsibility",
        title,
        subtitle,
        f"{title}, between {sides}. {told}.",
        _spec(comparison),
        _table(name, comparison),
        comparison.duties[0].anchor,
    )


def _word(role: Role | None) -> str:
    """A role with the manner in which it is spoken of."""
    if role is None:
        return _NOTHING
    return f"{role.role} ({role.modality})" if role.modality else role.role


def _columns() -> tuple[int, int, int]:
    """Where the two documents' cells and the words on what moved begin."""
    second = _LEFT + _CELL + _GAP
    return _LEFT, second, second + _CELL + _GAP


def _spec(comparison: Comparison) -> Plain:
    """A heading for each responsibility, and a row for each actor: two cells, and what moved."""
    heads = [wrapped(side.label, 15) for side in (comparison.left, comparison.right)]
    top = LINE * max(len(lines) for lines in heads) + 8
    starts = _columns()
    texts: list[Plain] = [
        {"x": starts[side], "y": LINE * line + 7, "text": text}
        for side, lines in enumerate(heads)
        for line, text in enumerate(lines)
    ]
    texts.append({"x": starts[2], "y": 7, "text": "what moved"})
    named, actors, moves, cells = [], [], [], []
    at = top
    for function, duties in groupby(comparison.duties, key=lambda duty: duty.function):
        named.append({"y": at + 10, "text": shortened(function, 330)})
        at += _HEADING
        for duty in duties:
            actors.append({"y": at + 10, "text": shortened(duty.actor, _LEFT - 8)})
            moves.append({"x": starts[2], "y": at + 10, "text": duty.cell.transition})
            cells += [(starts[side], at, role) for side, role in enumerate(duty.sides)]
            at += _ROW
        at += 4
    x, y = level(), down(at)
    return {
        "height": at,
        "layer": [
            *_cells(cells, x, y),
            words(texts, y, x=x, colour="muted"),
            words(named, y, fontWeight="bold"),
            words(actors, y),
            words(moves, y, x=x),
        ],
    }


def _cells(cells: Sequence[tuple[int, int, Role | None]], x: Plain, y: Plain) -> list[Plain]:
    """Boxes coloured by role, each with its word."""
    layers = []
    kinds = dict.fromkeys(role.role if role else _NOTHING for _, _, role in cells)
    for kind in kinds:
        fill, ink = _FILLS.get(kind, ("", "muted" if kind == _NOTHING else "ink"))
        boxes, texts = [], []
        for left, top, role in cells:
            if (role.role if role else _NOTHING) == kind:
                boxes.append({"x": left, "x2": left + _CELL, "y": top, "y2": top + _ROW - 4})
                text = shortened(_word(role), _CELL - 6)
                texts.append({"x": left + _CELL / 2, "y": top + 10, "text": text})
        box = {"type": "rect", "stroke": PALETTE["hairline"], "strokeWidth": 1}
        box |= {"color": PALETTE[fill]} if fill else {"fillOpacity": 0}
        layers.append(layer(box, boxes, x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}))
        layers.append(words(texts, y, x=x, colour=ink, align="center"))
    return layers


def _table(name: str, comparison: Comparison) -> Table:
    """A row for each part: both roles in their manner, and what moved."""
    rows = [_row(duty, comparison) for duty in comparison.duties]
    columns = ("Responsibility", "Actor", comparison.left.label, comparison.right.label, "What moved")
    caption = f"Responsibility by function and actor: {comparison.left.label} and {comparison.right.label}."
    return Table(name, caption, columns, one_group(rows))


def _row(duty: Duty, comparison: Comparison) -> Row:
    sides = zip(duty.sides, (comparison.left, comparison.right), strict=True)
    cells = [
        Cell(_word(role), f"posture:{side.id}", anchor("posture", side.id) if role else "")
        for role, side in sides
    ]
    origin = duty.anchor
    return Row(
        (
            Cell(duty.function, origin, duty.anchor),
            Cell(duty.actor, origin),
            *cells,
            Cell(duty.cell.transition, origin),
        )
    )
