"""Labels beside points of a scatter, each clear of all points, of other labels and of the frame."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HIGH = 11.0  # the height that a label takes, in pixels
_RADIUS = 4.0  # how much of the picture a point takes
_RINGS = (7.0, 11.0, 16.0, 24.0, 34.0, 46.0, 60.0)  # how far from its point the near edge of a label may lie
_ANGLES = 16


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of a picture, in pixels; `top` is above `bottom`, and smaller."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        beside = self.right <= other.left or other.right <= self.left
        return not (beside or self.bottom <= other.top or other.bottom <= self.top)

    def holds(self, other: Box) -> bool:
        """Whether the other lies in this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


def placed(
    points: Sequence[tuple[float, float]], widths: Sequence[float], frame: Box, taken: Sequence[Box] = ()
) -> list[tuple[float, float] | None]:
    """The middle of each point's label, as near to it as there is room; None where there is none.

    `widths` are those of the labels, and nothing is put upon what is `taken`. Points that lie closest to
    others choose first.

    >>> frame = Box(0, 0, 100, 100)
    >>> placed([(50.0, 50.0)], [20.0], frame), placed([(5.0, 5.0)], [200.0], frame)
    ([(67.0, 50.0)], [None])
    """
    dots = [Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in points]
    found: list[tuple[float, float] | None] = [None] * len(points)
    boxes = [*taken]
    for number in sorted(range(len(points)), key=lambda one: (_nearest(points, one), one)):
        for place in _places(points[number], widths[number]):
            box = _around(place, widths[number])
            if frame.holds(box) and not any(box.meets(other) for other in (*boxes, *dots)):
                found[number] = place
                boxes.append(box)
                break
    return found


def _nearest(points: Sequence[tuple[float, float]], number: int) -> float:
    """How far the nearest other point lies."""
    others = (point for place, point in enumerate(points) if place != number)
    return min((math.dist(points[number], other) for other in others), default=math.inf)


def _around(place: tuple[float, float], width: float) -> Box:
    x, y = place
    return Box(x - width / 2, y - HIGH / 2, x + width / 2, y + HIGH / 2)


def _places(point: tuple[float, float], width: float) -> Iterator[tuple[float, float]]:
    """Where the middle of a label may lie: right of its point, left, above, below, between, then farther."""
    x, y = point
    turns = sorted(
        range(_ANGLES), key=lambda turn: (turn % (_ANGLES // 2) != 0, turn % (_ANGLES // 4) != 0, turn)
    )
    for ring in _RINGS:
        for turn in turns:
            angle = 2 * math.pi * turn / _ANGLES
            across, up = math.cos(angle), math.sin(angle)
            yield x + across * (ring + width / 2), y - up * (ring + HIGH / 2)
