"""Dates with marks behind their numbers, as Korean writes them."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.read.lexicon import lexicon_for
from steelyard.read.myriads.marked_dates import MarkedDateReader
from tests.read.reading import TODAY, VOCABULARY

READER = MarkedDateReader(lexicon_for(VOCABULARY, "ko"))


def found(text, anchor=TODAY):
    return [(text[d.start : d.end], d.period.text, d.form) for d in READER.find(text, anchor)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026년 국방비", [("2026년", "2026", "plain")]),
        ("2026년도 예산", [("2026년도", "2026", "plain")]),
        ("2026 회계연도 예산", [("2026 회계연도", "FY2026", "plain")]),
        ("2025년 8월 29일 발표", [("2025년 8월 29일", "2025-08-29", "plain")]),
        ("2025년 8월 발표", [("2025년 8월", "2025-08", "plain")]),
        ("2026. 1. 23. 보도", [("2026. 1. 23", "2026-01-23", "plain")]),
        ("2030년까지 올린다", [("2030년", "../2030", "by")]),
        ("2024∼2028년 계획", [("2024∼2028년", "2024/2028", "plain")]),
        ("2026년부터 2030년까지", [("2026년부터 2030년", "2026/2030", "plain")]),
        ("’26~’30년 중기계획", [("’26~’30년", "2026/2030", "plain")]),
        ("2024년 대비 늘었다", [("2024년", "2024", "base")]),
        ("올해 예산", [("올해", "2026", "now")]),
        ("내년도 예산안", [("내년도", "2027", "next")]),
        ("지난해 9월 발표", [("지난해 9월", "2025-09", "plain")]),
        ("전년 대비 증가", [("전년", "2025", "base")]),
        ("올해보다 늘었다", [("올해", "2026", "base")]),
        ("재작년 예산", [("재작년", "2024", "plain")]),
        ("지난 23일 밝혔다", [("23일", "2026-01-23", "plain")]),
        ("지난달 22일 쐈다", [("지난달 22일", "2025-12-22", "plain")]),
        ("오는 2월 3일 열린다", [("2월 3일", "2026-02-03", "plain")]),
    ],
)
def test_a_date_becomes_a_period(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", ["10일간 훈련", "3일 동안", "1990년대", "5년간", "한국 2위", "2025명"])
def test_spans_of_time_and_decades_are_no_dates(text):
    assert found(text) == []


def test_without_a_day_to_count_from_relative_dates_stay_unread():
    assert found("올해와 2025년", None) == [("2025년", "2025", "plain")]


def test_a_day_that_no_calendar_has_is_none():
    assert found("2026년 2월 30일") == []


def test_a_document_carries_its_own_date():
    assert READER.document_date("입력 2026.01.23 10:30\n국방부는") == date(2026, 1, 23)
