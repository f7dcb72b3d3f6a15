"""Cells that cannot hold together because one of them is in another unit, with the sums done by hand."""

from __future__ import annotations

import pytest

from steelyard.core.vocabulary import load_vocabulary
from steelyard.panel import load_panel

VOCABULARY, _ = load_vocabulary()
HEADING = "actor,measure,prices,period,value,unit,edition,source"


def loaded(folder, *rows):
    path = folder / "own.csv"
    path.write_text("".join(f"{line}\n" for line in (HEADING, *rows)), encoding="utf-8")
    return load_panel([path], VOCABULARY)


def belgium(spending="8.5e9", share="1.3", product="656e9", constant="", edition="NATO 2024-06"):
    """8.5 billion are 1.3 % of 656 billion."""
    rows = [
        f"BEL,defence_spending,current,2024,{spending},USD,{edition},Typed",
        f"BEL,defence_share_of_gdp,,2024,{share},% of GDP,{edition},Typed",
        f"BEL,gdp,current,2024,{product},USD,{edition},Typed",
    ]
    return [*rows, f"BEL,defence_spending,constant:2024,2024,{constant},USD,{edition},Typed"][
        : 3 + bool(constant)
    ]


def test_cells_that_hold_together_are_all_taken(tmp_path):
    panel = loaded(tmp_path, *belgium(constant="8.5e9"))

    assert len(panel.observations) == 4
    assert panel.problems == ()


@pytest.mark.parametrize(
    "slipped",
    [
        pytest.param({"spending": "8.5e6"}, id="spending a thousand times too small"),
        pytest.param({"spending": "8500e9"}, id="millions taken for billions"),
        pytest.param({"share": "0.013"}, id="a fraction for per cent"),
        pytest.param({"product": "656e6"}, id="product in thousands"),
    ],
)
def test_a_slip_of_scale_is_told_at_its_cell_and_nothing_of_it_is_taken(tmp_path, slipped):
    panel = loaded(tmp_path, *belgium(**slipped))

    (problem,) = panel.problems
    assert (problem.code, problem.severity, problem.origin.line) == ("unit-slip", "error", 2)
    assert "BEL defence_spending of 2024" in problem.message
    assert panel.observations == ()


def test_constant_prices_are_current_ones_in_the_year_of_the_base(tmp_path):
    panel = loaded(tmp_path, *belgium(constant="8.5e6")[0:1], *belgium(constant="8.5e6")[3:])

    assert [problem.code for problem in panel.problems] == ["unit-slip"]
    assert panel.observations == ()


def test_a_share_that_no_state_ever_spent_is_none(tmp_path):
    """412 is 4.12 % without its point."""
    panel = loaded(tmp_path, "POL,defence_share_of_gdp,,2024,412,% of GDP,NATO 2024-06,Typed")

    assert [problem.code for problem in panel.problems] == ["unit-slip"]
    assert panel.observations == ()


def test_figures_of_two_editions_are_not_held_against_each_other(tmp_path):
    panel = loaded(tmp_path, belgium(spending="8.5e6")[0], *belgium(edition="NATO 2025-08")[1:])

    assert panel.problems == ()


def test_nato_prints_no_slip(shared):
    panel = load_panel([shared / "data" / "nato-240617-def-exp-2024-TABLES-en.xlsx"], VOCABULARY)

    assert panel.observations
    assert "unit-slip" not in {problem.code for problem in panel.problems}
