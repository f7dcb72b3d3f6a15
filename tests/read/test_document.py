"""What a document knows of itself."""

from __future__ import annotations

import pytest

from steelyard.read.documents.document import Document


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("brief.txt", "brief.txt"),
        ("cases/korea/brief.txt", "brief.txt"),
        ("C:\\cases\\brief.txt", "brief.txt"),
        ("articles.jsonl#3", "articles.jsonl#3"),
        ("-", "-"),
    ],
)
def test_the_short_name_has_no_folders(name, short):
    assert Document(name, "").short_name == short


def test_a_place_shows_the_line():
    place = Document("brief.txt", "One\nSeoul spends 5 %\n").place(17, 20)

    assert (place.line, place.column, place.excerpt) == (2, 14, "Seoul spends 5 %")
