"""The scorer of labelled sentences, on sentences that are surely read, with right and wrong labels."""

from __future__ import annotations

from datetime import date

import pytest

from tests.accuracy.labels import FOLDER, STEPS, Sentence, load_sentences, tally

TEXT = "South Korea spent 59.4 trillion won on defence in 2024, 3.1 % more than in 2023."
LEVEL = {"quote": "59.4 trillion won", "value": 59.4e12, "unit": "KRW", "direction": "=", "actor": "KOR"}
GROWTH = {"quote": "3.1 %", "value": 3.1, "unit": "%", "direction": "up", "statistic": "growth"}


def scored(*labels, text=TEXT, **others):
    return tally([Sentence("case", text, date(2026, 1, 24), labels, **others)])


def test_right_labels_count_at_every_step():
    result = scored(LEVEL, GROWTH)

    assert (result.asked, result.read) == (2, 2)
    assert [result.f1(step) for step in STEPS] == [100, 100, 100]
    assert result.keys == {"actor": [1, 1], "statistic": [1, 1]}
    assert result.missed == []


def test_a_wrong_direction_counts_up_to_the_unit_only():
    result = scored(LEVEL, {**GROWTH, "direction": "down"})

    assert [result.f1(step) for step in STEPS] == [100, 100, 50]
    assert len(result.missed) == 1
    assert "direction up for down" in result.missed[0]


def test_a_wrong_value_counts_at_no_step_though_the_unit_is_right():
    assert [scored({**LEVEL, "value": 59.5e12}, GROWTH).right[step] for step in STEPS] == [1, 1, 1]


def test_what_is_read_without_a_label_costs_precision():
    result = scored(LEVEL)

    assert result.f1("value") == pytest.approx(200 / 3)
    assert "read, but no figure" in result.missed[0]


def test_what_is_not_read_costs_recall():
    result = scored(LEVEL, GROWTH, {"quote": "won", "value": 1, "unit": None})

    assert (result.asked, result.read, result.right["value"]) == (3, 2, 2)


def test_a_range_is_right_when_both_ends_are_those_printed():
    text = "Estimates put it at 180 to 200 billion zloty."
    label = {"quote": "180 to 200 billion zloty", "value": None, "range": [180e9, 200e9], "unit": "PLN"}

    assert scored(label, text=text).right["value + unit"] == 1
    assert scored({**label, "range": [180e9, 300e9]}, text=text).right["value"] == 0


def test_a_repeated_quotation_is_told_apart_by_its_count():
    text = "Germany spent 3 billion euros in May and 3 billion euros in June."
    labels = [{"quote": "3 billion euros", "value": 3e9, "nth": nth, "unit": "EUR"} for nth in (1, 2)]

    assert scored(*labels, text=text).right["value + unit"] == 2


def test_a_label_that_does_not_stand_in_the_text_is_a_fault():
    with pytest.raises(ValueError, match="does not stand"):
        scored({"quote": "60 trillion won", "value": 6e13})


def test_confidence_is_noted_with_whether_all_was_right():
    result = scored(LEVEL, {**GROWTH, "statistic": "level"})

    assert [right for _, right in result.surely] == [True, False]
    assert all(0 < confidence <= 1 for confidence, _ in result.surely)


def test_roles_and_statements_are_asked_for_where_a_label_gives_them():
    text = "South Korea bears primary responsibility for conventional deterrence."
    role = {"actor": "KOR", "role": "lead", "modality": "is", "negated": False}

    assert scored(text=text, roles=[role]).keys == {"roles": [1, 1]}
    assert scored(text=text, roles=[{**role, "actor": "USA"}]).keys == {"roles": [1, 0]}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jsonl")), ids=lambda path: path.stem)
def test_labelled_sets_are_sound(path):
    sentences = load_sentences(path)

    assert len({sentence.id for sentence in sentences}) == len(sentences)
    for sentence in sentences:
        assert sentence.text == sentence.text.strip()
        for label in sentence.figures:
            assert str(label["quote"]) in sentence.text, sentence.id
            assert "value" in label, sentence.id
