"""Slips put into sound texts are found, and the sound texts themselves are left alone."""

from __future__ import annotations

from datetime import date

import pytest

from tests.accuracy.mutate import Text, false_alarms, is_found, measure, sample, slips_of, sound_texts

SEED = 20260124
TEXTS = 160
# Of a hundred slips that could be proven, so many are found: of those in numbers, and of all. The goal of the
# project is 95; one in a hundred fewer since what no slip explains is left alone (docs/accuracy.md).
FLOOR, FLOOR_OF_ALL = 94, 91
IN_NUMBERS = ("digit", "transposed", "scale")
GROWTH = Text(
    "growth",
    "South Korea's defence budget for 2026 is 66.3 trillion won, 8.2 percent more than in 2025. "
    "South Korea's defence budget for 2025 was 61.2 trillion won.",
    date(2026, 1, 24),
)


def changes(text, kind):
    return [(slip.was, slip.now) for slip in slips_of(text) if slip.kind == kind]


def test_a_slip_changes_one_thing_and_nothing_else():
    for slip in slips_of(GROWTH):
        sentence = slip.text[slip.start : slip.end]
        undone = {sentence[:n] + slip.was + sentence[n + len(slip.now) :] for n in range(len(sentence))}
        assert any(slip.text.replace(sentence, each) == GROWTH.text for each in undone)


@pytest.mark.parametrize(
    ("kind", "was", "now"),
    [("digit", "6", "1"), ("scale", "trillion", "billion"), ("year", "2025", "2026")],
)
def test_each_kind_of_slip_is_put_in(kind, was, now):
    """66.3 becomes 16.3; trillions become billions; the budget of 2025 becomes another one of 2026."""
    assert (was, now) in changes(GROWTH, kind)


def test_what_nothing_else_bears_on_is_left_as_it_is():
    alone = Text("alone", "South Korea's defence budget for 2026 is 66.3 trillion won.", date(2026, 1, 24))

    assert list(slips_of(alone)) == []


def test_a_slip_changes_the_number_and_not_the_name_of_a_thing():
    """An F-75 is one of eleven jets all the same."""
    text = "Belgium wants more jets. Eleven more F-35 aircraft will join the 34 on order, making 45."

    assert list(slips_of(Text("jets", text, date(2026, 1, 24)))) == []


def test_a_slip_breaks_what_held():
    """540 billion, or 140 from 10, is more than twice as much too; 140 million from 60 billion is not."""
    text = "Norway's defence budget more than doubled, from 60 billion kroner in 2020 to 140 billion in 2025."
    slips = slips_of(Text("doubled", text, date(2026, 1, 24)))

    assert [(slip.kind, slip.text[-23:]) for slip in slips] == [("scale", "to 140 million in 2025.")]


def test_a_year_is_slipped_only_where_another_sentence_says_what_its_number_is():
    """ "It was 61.2 trillion won in 2025" could be of anything; 2024 is nobody's year."""
    text = "Korea's defence budget for 2026 is 66.3 trillion won. It was 61.2 trillion won in 2025."
    slips = slips_of(Text("a", text, date(2026, 1, 24)))

    assert {(slip.was, slip.now) for slip in slips if slip.kind == "year"} <= {("2025", "2026")}


def test_slips_of_growth_and_levels_are_found():
    assert [(slip.kind, slip.was, slip.now) for slip in slips_of(GROWTH) if not is_found(slip)] == []


def test_slips_in_sound_texts_are_found():
    found = measure(sample(sound_texts(), TEXTS, SEED))
    numbers = [each for kind, each in found.items() if kind in IN_NUMBERS]
    missed = [(one.source.name, one.was, one.now) for each in found.values() for one in each.missed]

    assert sum(each.slips for each in found.values()) >= TEXTS // 2
    assert _share(numbers) >= FLOOR, missed
    assert _share(found.values()) >= FLOOR_OF_ALL, missed


def _share(kinds):
    kinds = list(kinds)
    return 100 * (1 - sum(len(each.missed) for each in kinds) / sum(each.slips for each in kinds))


def test_the_sound_texts_raise_no_alarm():
    """The goal is fewer than one in fifty; there is none."""
    texts = sound_texts()

    assert false_alarms(texts[:: max(1, len(texts) // TEXTS)]) == []
