"""The reckoning of docs/reckoning.md: what follows from rates by hand, and what the page has of it."""

import json
import tomllib
from dataclasses import replace

import pytest

from tools.reckoning import ASSUMED, PAGE, RATES, Reckoning, main, on_the_page, reckoned

# A page takes a second to read, or two with figures; parts have 100 pages.
HAND_RATES = {
    "read_s_per_plain_page": 1.0,
    "read_s_per_dense_page": 2.0,
    "claims_per_plain_page": 0.0,
    "claims_per_dense_page": 6.0,
    "ledger_bytes_per_plain_page": 1_000.0,
    "ledger_bytes_per_dense_page": 3_000.0,
    "cut_s_per_page": 0.02,
    "pickle_s_per_page": 0.01,
    "pages_per_part": 100.0,
    "sent_bytes_per_page": 98_000.0,
    "write_clock_s_per_part": 1.0,
    "giver_s_per_task": 1.0,
    "giver_s_per_megabyte": 0.5,
    "scheduler_s_per_task": 0.05,
    "scheduler_s_per_megabyte": 0.01,
    "compare_s_per_file": 0.36,
    "compare_s_per_text": 0.0,
    "manifest_memory_bytes_per_part": 2_500.0,
}
HAND_ASSUMED = {
    "efficiency": 0.8,
    "months": 12.0,
    "pages-a-month": 300_000.0,
    "bytes-a-month": 1e9,
    "share-with-figures": 0.5,
    "workers": 1_500.0,
    "network-bytes-a-second": 980_000_000.0,
}
HAND = Reckoning(HAND_RATES, HAND_ASSUMED)


def test_the_page_has_what_the_rates_give():
    page = PAGE.read_text(encoding="utf-8")
    assert page == on_the_page(page, reckoned()), "python -m tools.reckoning --write"


def test_a_year_by_hand():
    assert HAND.pages == 3_600_000
    assert HAND.parts == 36_000
    assert HAND.of_a_page("claims") == 3
    assert HAND.reading / 3600 == 1_500
    # For each part 100 pages of 0.03 s and one second of writing.
    assert HAND.giving == pytest.approx(4)
    assert HAND.days(2) == pytest.approx((1_500 + 40) / (2 * 0.8) / 24)
    assert HAND.comparing / 3600 == pytest.approx(3.6)
    assert HAND.manifest_memory == 90_000_000


def test_more_cores_than_the_command_can_feed_gain_nothing():
    # A part takes 150 s to read and the command 4 s.
    assert HAND.fed_on_a_machine == pytest.approx(37.5)
    assert HAND.days(1_000) == HAND.days(100_000) == pytest.approx(40 / 24)


def test_a_thousand_workers_by_hand():
    assert HAND.parts_a_second == pytest.approx(10)
    # 9.8 MB there and 0.2 MB back: 4 s at the command, 1 s for the task and 5 s for its megabytes.
    assert HAND.message == pytest.approx((9_800_000, 200_000))
    seconds = {station.name.split(":")[0].split(",")[0]: station.seconds for station in HAND.stations()}
    assert seconds == pytest.approx(
        {
            "the command": 10,
            "of the command": 1,
            "the scheduler": 0.15,
            "the network of the scheduler's machine": 0.01,
        }
    )
    assert HAND.stations()[0].load(HAND.parts_a_second) == pytest.approx(100)


def test_a_page_twice_as_slow_to_read_takes_twice_the_hours_and_feeds_twice_the_workers():
    slow = replace(HAND, rates={**HAND_RATES, "read_s_per_plain_page": 2.0, "read_s_per_dense_page": 4.0})
    assert slow.reading == 2 * HAND.reading
    assert slow.fed_on_a_machine == 2 * HAND.fed_on_a_machine


def test_values_of_ones_own_take_the_place_of_what_is_assumed(capsys):
    assert main(["--workers", "64", "--months", "1"]) == 0
    told = capsys.readouterr().out
    assert "### 64 workers on one scheduler" in told
    assert "| Months of the archive | 1 | given by hand |" in told


def test_rates_that_cannot_be_used_are_told_in_a_sentence(tmp_path, capsys):
    measured = json.loads(RATES.read_text(encoding="utf-8"))
    del measured["rates"]["pages_per_part"]
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(measured), encoding="utf-8")
    assert main(["--rates", str(path)]) == 2
    assert "has no 'pages_per_part'" in capsys.readouterr().err
    path.write_text("[", encoding="utf-8")
    assert main(["--rates", str(path)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_everything_assumed_says_where_it_is_from():
    entries = tomllib.loads(ASSUMED.read_text(encoding="utf-8"))
    assert all(entry["source"] for entry in entries.values())
