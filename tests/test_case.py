"""What a case folder means, and what is said where it cannot be meant so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from steelyard.case import is_case, load_case, new_case
from steelyard.core.problems import CaseError

BRIEF = "Seoul set its 2026 defence budget at $46.1 billion.\n"
CASE = """\
title = "Korea"
actors = ["KOR"]

[[sources]]
file = "brief.txt"
title = "A brief"
publisher = "An institute"
date = 2026-01-24
url = "https://example.org/brief"
"""


@pytest.fixture
def folder(tmp_path):
    """A case with one listed source."""
    case = tmp_path / "korea"
    (case / "sources").mkdir(parents=True)
    (case / "case.toml").write_text(CASE, encoding="utf-8")
    (case / "sources" / "brief.txt").write_text(BRIEF, encoding="utf-8")
    return case


def codes(problems):
    return [problem.code for problem in problems]


def test_a_source_has_what_the_case_says_of_it(folder):
    case, problems = load_case(folder)

    (source,) = case.sources
    assert problems == []
    assert (source.name, source.path) == ("sources/brief.txt", folder / "sources" / "brief.txt")
    assert (source.title, source.publisher, source.date) == ("A brief", "An institute", date(2026, 1, 24))
    assert source.url == "https://example.org/brief"


def test_a_case_lays_its_own_words_over_the_packaged_ones(folder):
    plain, _ = load_case(folder)
    (folder / "actors.toml").write_text('[KOR]\nlabel = "Republic of Korea"\n', encoding="utf-8")

    case, problems = load_case(folder)

    assert problems == []
    assert case.vocabulary.label("actors", "KOR") == "Republic of Korea"
    assert case.vocabulary.entry("actors", "KOR").layers["label"] == "korea"
    assert case.vocabulary.fingerprint != plain.vocabulary.fingerprint


def test_a_source_dropped_in_is_read_with_a_warning(folder):
    (folder / "sources" / "late" / "note.txt").parent.mkdir()
    (folder / "sources" / "late" / "note.txt").write_text(BRIEF, encoding="utf-8")

    case, problems = load_case(folder)

    assert [source.name for source in case.sources] == ["sources/brief.txt", "sources/late/note.txt"]
    assert [(problem.code, problem.severity) for problem in problems] == [("unlisted-source", "warning")]
    assert 'file = "late/note.txt"' in problems[0].hint


def test_hidden_files_are_no_sources(folder):
    (folder / "sources" / ".DS_Store").write_bytes(b"\0")

    case, problems = load_case(folder)

    assert len(case.sources) == 1
    assert problems == []


def test_all_faults_are_told_in_one_run(folder):
    """A wrong key, a wrong type, a missing source, an unknown actor, a broken scenario file: all at once."""
    text = CASE.replace("publisher =", "publischer =").replace("date = 2026-01-24", 'date = "2026"')
    text = (
        text.replace('"KOR"', '"KOOR"') + '\n[[sources]]\nfile = "breif.txt"\ntitle = "x"\npublisher = "y"\n'
    )
    (folder / "case.toml").write_text(text, encoding="utf-8")
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "a.toml").write_text("label = ", encoding="utf-8")

    _, problems = load_case(folder)

    found = {problem.code: problem for problem in problems}
    assert set(found) == {
        "unknown-key",
        "missing-key",
        "wrong-type",
        "missing-source",
        "unknown-id",
        "broken-toml",
    }
    assert found["unknown-key"].hint == "Did you mean 'publisher'?"
    assert found["unknown-key"].origin.line == 7
    assert found["missing-source"].hint == "Did you mean 'brief.txt'?"
    assert found["missing-source"].origin.line == 12
    assert found["unknown-id"].hint == "Did you mean 'KOR'?"


@pytest.mark.parametrize(
    "name", ["../secret.txt", "/etc/passwd", "a/../../b.txt", "C:/secret.txt", "..\\b.txt"]
)
def test_a_source_outside_the_case_is_not_opened(folder, name):
    """A case may come from someone else; it must not draw the user's files into a report."""
    (folder / "case.toml").write_text(CASE.replace("brief.txt", name.replace("\\", "\\\\")), encoding="utf-8")

    case, problems = load_case(folder)

    assert "source-outside" in codes(problems)
    assert [source.name for source in case.sources] == ["sources/brief.txt"]


def test_a_source_listed_twice_is_read_once(folder):
    (folder / "case.toml").write_text(CASE + CASE[CASE.index("[[") :], encoding="utf-8")

    case, problems = load_case(folder)

    assert codes(problems) == ["source-twice"]
    assert len(case.sources) == 1


def test_sources_are_read_even_where_case_toml_is_broken(folder):
    """Then nothing is said about which of them are listed, for that cannot be known."""
    (folder / "case.toml").write_text("title = Korea", encoding="utf-8")

    case, problems = load_case(folder)

    assert codes(problems) == ["broken-toml"]
    assert problems[0].origin.line == 1
    assert [source.name for source in case.sources] == ["sources/brief.txt"]


def test_postures_of_the_report_must_exist(folder):
    (folder / "case.toml").write_text(CASE + '\n[report]\npostures = ["nds-2062"]\n', encoding="utf-8")

    case, problems = load_case(folder)

    assert case.postures == ("nds-2062",)
    assert [(problem.code, problem.hint) for problem in problems] == [
        ("unknown-id", "Did you mean 'nds-2026'?")
    ]


def test_the_headline_of_the_report_must_be_a_scenario_of_the_case(folder):
    (folder / "case.toml").write_text(CASE + '\n[report]\nheadline = "steady"\n', encoding="utf-8")

    case, problems = load_case(folder)

    assert case.headline == "steady"
    assert [problem.code for problem in problems] == ["unknown-id"]


def test_corrections_and_series_come_with_the_case(folder):
    (folder / "corrections.toml").write_text(
        '[[withdraw]]\nclaim = "0123"\nreason = "Not about Korea."\n', encoding="utf-8"
    )
    (folder / "series").mkdir()
    (folder / "series" / "gdp.csv").write_text(
        "actor,measure,period,value,unit,edition,source\nKOR,gdp,2026,2666360.425e9,KRW,2025-10,WEO\n",
        encoding="utf-8",
    )

    case, problems = load_case(folder)

    assert problems == []
    assert case.corrections[0].reason == "Not about Korea."
    assert case.series[0].at(2026).value == Decimal("2666360.425e9")


@pytest.mark.parametrize(
    ("make", "says"),
    [
        pytest.param(lambda path: None, "steelyard new", id="no folder"),
        pytest.param(lambda path: path.mkdir(), "case.toml", id="an empty folder"),
        pytest.param(
            lambda path: path.write_text("x", encoding="utf-8"), "a file, and a case is a folder", id="a file"
        ),
    ],
)
def test_what_is_no_case_says_what_a_case_is(tmp_path, make, says):
    path = tmp_path / "nowhere"
    make(path)

    with pytest.raises(CaseError, match=says):
        load_case(path)

    assert not is_case(path)


def test_a_missing_source_is_likened_only_to_a_name_that_is_close(folder):
    """All text files share their suffix, which makes none of them a slip of the pen."""
    (folder / "case.toml").write_text(CASE.replace("brief.txt", "strategy-note.txt"), encoding="utf-8")
    (folder / "sources" / "brief.txt").rename(folder / "sources" / "ministry-figures.txt")

    _, problems = load_case(folder)

    (missing,) = [problem for problem in problems if problem.code == "missing-source"]
    assert "Did you mean" not in missing.hint
    assert str(folder / "sources") in missing.hint


@pytest.mark.parametrize(("old", "sound"), [("title", False), ("[[sources]]", False), ("https", True)])
def test_a_case_says_whether_its_file_is_sound(folder, old, sound):
    (folder / "case.toml").write_text(CASE.replace(old, f"{old}s", 1), encoding="utf-8")

    case, _ = load_case(folder)

    assert case.sound is sound


def test_a_new_case_has_no_fault(tmp_path):
    made = new_case(tmp_path / "cases" / "baltic-2027")

    case, problems = load_case(tmp_path / "cases" / "baltic-2027")

    assert problems == []
    assert case.title == "Baltic 2027"
    assert [source.name for source in case.sources] == ["sources/sample.txt"]
    assert all(path.is_file() for path in made)


def test_a_new_case_may_have_any_name(tmp_path):
    """A quotation mark in the folder's name must not break the file that is made from it."""
    new_case(tmp_path / 'the "other" case')

    assert load_case(tmp_path / 'the "other" case')[0].title == 'The "other" case'


@pytest.mark.parametrize("name", ["korea", "korea/case.toml"])
def test_a_new_case_overwrites_nothing(folder, name):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(CaseError, match="something is there already"):
        new_case(folder.parent / name)

    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_new_case_below_a_file_is_refused_in_one_line(folder):
    with pytest.raises(CaseError) as caught:
        new_case(folder / "case.toml" / "inner")

    assert "\n" not in str(caught.value)


def test_an_empty_folder_may_become_a_case(tmp_path):
    assert new_case(tmp_path)
