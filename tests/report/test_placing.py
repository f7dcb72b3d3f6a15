"""Labels of a scatter lie near their points, and upon nothing."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from steelyard.report.placing import HIGH, Box, placed

FRAME = Box(0, 0, 300, 200)
PLACES = st.tuples(st.integers(0, 300), st.integers(0, 200)).map(
    lambda pair: (float(pair[0]), float(pair[1]))
)


def box(place, width):
    return Box(place[0] - width / 2, place[1] - HIGH / 2, place[0] + width / 2, place[1] + HIGH / 2)


@given(st.lists(PLACES, max_size=30), st.floats(5, 60))
def test_no_label_lies_on_a_point_on_another_or_beyond_the_frame(points, width):
    labels = placed(points, [width] * len(points), FRAME)

    boxes = [box(label, width) for label in labels if label]
    for number, one in enumerate(boxes):
        assert FRAME.holds(one)
        assert not any(one.meets(other) for other in boxes[:number])
        assert not any(one.left < x < one.right and one.top < y < one.bottom for x, y in points)


@given(PLACES)
def test_one_label_in_an_empty_frame_lies_beside_its_point(point):
    (label,) = placed([point], [20.0], FRAME)

    assert math.dist(point, label) <= 7 + 10 + HIGH / 2


def test_nothing_is_put_upon_what_is_taken():
    """The frame is taken but for a strip at its foot that is twice as high as a label."""
    (label,) = placed([(150.0, 170.0)], [20.0], FRAME, [Box(0, 0, 300, 200 - 2 * HIGH)])

    assert label is not None
    assert label[1] >= 200 - 2 * HIGH + HIGH / 2


def test_where_there_is_no_room_there_is_no_label():
    assert placed([(150.0, 100.0)], [20.0], FRAME, [FRAME]) == [None]
