"""Labels keep clear of one another, stay in their order and within their room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.report.marks import ELLIPSIS, kept_apart, shortened, widened, width_of

LEAST, LOW, HIGH = 12.0, 0.0, 400.0
places = st.lists(st.floats(LOW, HIGH), min_size=1, max_size=33)


@given(places)
def test_labels_lie_apart(wanted):
    kept = sorted(kept_apart(wanted, LEAST, LOW, HIGH))

    assert all(after - before >= LEAST - 1e-6 for before, after in pairwise(kept))


@given(places)
def test_labels_keep_the_order_of_what_they_name(wanted):
    kept = kept_apart(wanted, LEAST, LOW, HIGH)

    for one, before in enumerate(wanted):
        for other, after in enumerate(wanted):
            assert before >= after or kept[one] < kept[other]


@given(places)
def test_labels_stay_within_their_room(wanted):
    """Thirty-three labels of twelve pixels take 384, and there are 400."""
    kept = kept_apart(wanted, LEAST, LOW, HIGH)

    assert min(kept) >= LOW - 1e-6
    assert max(kept) <= HIGH + 1e-6


@given(st.lists(st.integers(0, 20), min_size=1, max_size=21, unique=True))
def test_labels_that_are_apart_are_not_moved(numbers):
    wanted = [LEAST * number for number in numbers]

    assert kept_apart(wanted, LEAST, LOW, HIGH) == pytest.approx(wanted)


@given(st.text(max_size=80), st.integers(10, 400))
def test_what_is_shortened_fits(text, room):
    assert width_of(shortened(text, room)) <= room


def test_a_cut_is_shown():
    assert shortened("A budget of 46.1 billion dollars", 80).endswith(ELLIPSIS)
    assert shortened("46.1 billion", 200) == "46.1 billion"


def test_an_axis_has_room_around_its_numbers():
    # A twelfth of ten either side; a twentieth of the number where there is but one.
    assert widened([10, 22]) == (9, 23)
    assert widened([40]) == (38, 42)
