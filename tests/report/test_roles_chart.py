"""The matrix of two documents: each part once, as either document words it, with what moved."""

from __future__ import annotations

from steelyard.report.charts import roles
from steelyard.report.picture import PALETTE
from tests.report import samples


def only():
    (figure,) = roles.draw(samples.results())
    return figure


def words(figure):
    return [
        row["text"]
        for layer in figure.spec["layer"]
        for row in layer["data"]["values"]
        if layer["mark"]["type"] == "text"
    ]


def test_the_title_counts_what_moved():
    """The strategy of 2026 states two parts; of the five of 2023 it says nothing."""
    assert only().title == "Seven parts in responsibilities: five no longer stated and two newly stated"


def test_each_part_has_its_two_cells_and_what_moved():
    found = words(only())

    assert found.count("unstated") == 7
    assert found.count("lead (can)") == 1
    assert found.count("no longer stated") == 5
    assert found.count("newly stated") == 2


def test_what_is_unstated_is_not_filled():
    boxes = [layer["mark"] for layer in only().spec["layer"] if layer["mark"]["type"] == "rect"]

    assert [box.get("fillOpacity") for box in boxes].count(0) == 1
    assert {box["color"] for box in boxes if "color" in box} <= set(PALETTE.values())


def test_each_row_of_the_table_leads_to_its_place_and_documents():
    rows = list(only().table.rows)

    assert len(rows) == 7
    links = {cell.link for row in rows for cell in row.cells if cell.link}
    assert {"posture-nds-2026", "posture-washington-declaration-2023"} <= links
    assert all(row.cells[0].link.startswith("duty-") for row in rows)


def test_a_case_that_names_one_document_has_no_matrix():
    assert not list(roles.draw(samples.results(postures=("nds-2026",))))
