"""Documents and claims from whatever paths are named; what cannot be opened is said, and the rest is read."""

from __future__ import annotations

import errno
import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest

from steelyard import gather
from steelyard.core.problems import CaseError
from steelyard.engine import Lost
from steelyard.gather import gather_documents, gather_paths
from tests.formats.pages import lines, pdf
from tests.ledgers import save_ledger

BUDGET = "South Korea set its 2026 defense budget at $46.1 billion.\n"
TROOPS = "South Korea has 450,000 troops.\n"
DAY = date(2026, 1, 24)


@pytest.fixture
def texts(tmp_path):
    """Two texts in a folder, one of them deeper down, and a hidden file."""
    (tmp_path / "texts" / "b").mkdir(parents=True)
    (tmp_path / "texts" / "z.txt").write_text(BUDGET, encoding="utf-8")
    (tmp_path / "texts" / "b" / "a.txt").write_text(TROOPS, encoding="utf-8")
    (tmp_path / "texts" / ".hidden.txt").write_text(BUDGET, encoding="utf-8")
    return tmp_path / "texts"


def codes(gathered):
    return [(problem.code, problem.severity) for problem in gathered.problems]


def quotes(gathered):
    return [claim.quote for claim in gathered.ledger]


def test_a_folder_is_read_with_all_below_it(texts):
    gathered = gather_paths([str(texts)], day=DAY)

    assert [document.name for document in gathered.documents] == [
        str(texts / "z.txt"),
        str(texts / "b" / "a.txt"),
    ]
    assert quotes(gathered) == ["$46.1 billion", "450,000 troops"]
    assert gathered.problems == ()


def test_a_text_named_twice_is_read_once(texts):
    """A figure that agrees with itself corroborates nothing."""
    gathered = gather_paths([str(texts / "z.txt"), str(texts), str(texts / "b" / ".." / "z.txt")], day=DAY)

    assert quotes(gathered) == ["$46.1 billion", "450,000 troops"]


def test_several_processes_read_the_same(texts):
    paths = [str(texts / "z.txt"), str(texts / "b" / "a.txt")]

    one, two = (gather_paths(paths, day=DAY, jobs=jobs) for jobs in (1, 2))

    assert (one.ledger, one.documents, one.problems) == (two.ledger, two.documents, two.problems)


def test_a_document_that_kills_its_process_is_told_and_the_others_are_read(texts, monkeypatch):
    """One that was named is a fault; one that merely lies in a folder is not."""

    def second_is_lost(function, inputs, **options):
        return (Lost(1, "It died.") if number == 1 else function(each) for number, each in enumerate(inputs))

    monkeypatch.setattr(gather, "stream_pure", second_is_lost)
    a, z = str(texts / "b" / "a.txt"), str(texts / "z.txt")

    named, lying = gather_paths([z, a], day=DAY), gather_paths([str(texts)], day=DAY)

    assert quotes(named) == quotes(lying) == ["$46.1 billion"]
    assert codes(named) == [("lost-document", "error")]
    assert codes(lying) == [("lost-document", "warning")]
    assert named.problems[0].origin.file == a


def test_standard_input_is_a_document_of_its_own(texts):
    gathered = gather_paths(["-", str(texts / "b")], day=DAY, standard_input=BUDGET.encode)

    assert [document.name for document in gathered.documents] == ["-", str(texts / "b" / "a.txt")]


def test_a_missing_path_is_said_and_the_others_are_read(texts):
    gathered = gather_paths(["nowhere.txt", str(texts / "z.txt")], day=DAY)

    assert codes(gathered) == [("missing-path", "error")]
    assert gathered.problems[0].origin.file == "nowhere.txt"
    assert quotes(gathered) == ["$46.1 billion"]


def test_an_empty_path_is_missing_and_not_the_folder_where_one_stands(texts, monkeypatch):
    """As when a variable of the shell is empty."""
    monkeypatch.chdir(texts)

    gathered = gather_paths(["", "z.txt"], day=DAY)

    assert codes(gathered) == [("missing-path", "error")]
    assert quotes(gathered) == ["$46.1 billion"]


def refuses(monkeypatch, method, place):
    """Let the system refuse to open one place, also where the tests may do anything."""
    allowed = getattr(Path, method)

    def asked(path, *arguments, **options):
        if path == place:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return allowed(path, *arguments, **options)

    monkeypatch.setattr(Path, method, asked)


@pytest.mark.parametrize("method", ["stat", "read_bytes"])
def test_a_file_that_may_not_be_opened_is_told_and_the_others_read(texts, monkeypatch, method):
    closed = texts / "z.txt"
    refuses(monkeypatch, method, closed)

    gathered = gather_paths([str(closed), str(texts / "b" / "a.txt")], day=DAY)

    (problem,) = gathered.problems
    assert (problem.code, problem.severity, problem.origin.file) == (
        "unreadable-document",
        "error",
        str(closed),
    )
    assert "Permission denied" in problem.message
    assert "permissions" in f"{problem.message} {problem.hint}"
    assert quotes(gathered) == ["450,000 troops"]


def test_a_folder_that_may_not_be_looked_into_is_told_and_not_called_empty(texts, monkeypatch):
    """An error where it was named, a warning where it merely lies in a folder that was."""
    listed = os.scandir

    def asked(path):
        if Path(path) == texts / "b":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", asked)

    named, passing = gather_paths([str(texts / "b")], day=DAY), gather_paths([str(texts)], day=DAY)

    assert codes(named) == [("unreadable-document", "error")]
    assert codes(passing) == [("unreadable-document", "warning")]
    assert passing.problems[0].origin.file == str(texts / "b")
    assert quotes(passing) == ["$46.1 billion"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
def test_a_pipe_in_a_folder_is_passed_by(texts):
    """To read it would mean to wait until somebody writes to it."""
    os.mkfifo(texts / "pipe.txt")

    assert quotes(gather_paths([str(texts)], day=DAY)) == ["$46.1 billion", "450,000 troops"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_a_device_without_end_is_read_to_a_bound():
    (problem,) = gather_paths(["/dev/zero"]).problems

    assert (problem.code, problem.severity) == ("unreadable-document", "error")
    assert "larger than 200 MB" in problem.message


def test_a_broken_file_of_json_lines_is_told_also_where_it_lies_in_a_folder(texts):
    """It is no ledger, which would be passed by."""
    (texts / "news.jsonl").write_text('{"title": "A"}\n', encoding="utf-8")

    assert codes(gather_paths([str(texts)], day=DAY)) == [("unreadable-document", "warning")]
    assert codes(gather_paths([str(texts / "news.jsonl")], day=DAY)) == [("unreadable-document", "error")]


def test_a_picture_is_an_error_where_named_and_a_warning_in_a_folder(texts):
    (texts / "b" / "map.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")

    named = gather_paths([str(texts / "b" / "map.txt")], day=DAY)
    passing = gather_paths([str(texts / "b")], day=DAY)

    assert codes(named) == [("unreadable-document", "error")]
    assert codes(passing) == [("unreadable-document", "warning")]
    assert quotes(passing) == ["450,000 troops"]
    assert named.problems[0].message[0].isupper()
    assert str(texts) not in named.problems[0].message


def test_a_file_of_an_unknown_kind_is_named_with_a_remedy(texts):
    (texts / "b" / "slides.pptx").write_bytes(b"PK")

    gathered = gather_paths([str(texts / "b" / "slides.pptx")], day=DAY)

    assert codes(gathered) == [("unreadable-document", "error")]
    assert ".txt" in gathered.problems[0].message


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param("", "empty-document", id="empty"),
        pytest.param(" \n\t\n", "empty-document", id="white space"),
        pytest.param("Nothing to count here.\n", "no-figures", id="no figure"),
    ],
)
def test_a_text_without_figures_is_a_warning(texts, content, code):
    (texts / "z.txt").write_text(content, encoding="utf-8")

    gathered = gather_paths([str(texts / "z.txt")], day=DAY)

    assert codes(gathered) == [(code, "warning")]
    assert quotes(gathered) == []


def test_an_empty_folder_is_a_warning(tmp_path):
    assert codes(gather_paths([str(tmp_path)])) == [("empty-folder", "warning")]


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_a_ledger_is_taken_where_ledgers_are_welcome(texts, suffix):
    ledger = gather_paths([str(texts)], day=DAY).ledger
    path = texts.parent / f"claims{suffix}"
    save_ledger(ledger, path)

    assert gather_paths([str(path)], ledgers=True).ledger == ledger
    assert codes(gather_paths([str(path)])) == [("ledger-not-text", "error")]


def test_a_broken_ledger_is_said_with_its_line(texts):
    path = texts.parent / "claims.jsonl"
    path.write_text("\n{]\n", encoding="utf-8")

    gathered = gather_paths([str(path), str(texts)], day=DAY, ledgers=True)

    assert codes(gathered) == [("broken-ledger", "error")]
    assert "line 2" in gathered.problems[0].message
    assert len(gathered.ledger) == 2


@pytest.fixture
def case(texts):
    """A case whose one source is the budget, dated by the case."""
    folder = texts.parent / "korea"
    (folder / "sources").mkdir(parents=True)
    (folder / "sources" / "brief.txt").write_text(
        "The budget of South Korea's armed forces rose by 8.2% this year.\n", encoding="utf-8"
    )
    (folder / "case.toml").write_text(
        'title = "Korea"\n[[sources]]\nfile = "brief.txt"\ntitle = "A"\npublisher = "B"\ndate = 2026-01-24\n',
        encoding="utf-8",
    )
    return folder


def test_claims_of_a_case_name_their_source_as_the_case_does(case):
    """So that its results are the same wherever the folder lies; what is printed leads there from here."""
    gathered = gather_paths([str(case)])

    assert {claim.document for claim in gathered.ledger} == {"sources/brief.txt"}
    assert gathered.shown == {"sources/brief.txt": str(case / "sources" / "brief.txt")}
    assert gathered.documents[0].date == DAY


def test_problems_of_a_case_lead_to_the_file(case):
    (case / "sources" / "brief.txt").write_text("", encoding="utf-8")

    gathered = gather_paths([str(case)])

    assert [problem.origin.file for problem in gathered.problems] == [str(case / "sources" / "brief.txt")]


def test_problems_of_a_document_within_a_file_lead_there_too(case):
    (case / "sources" / "brief.txt").unlink()
    (case / "sources" / "news.jsonl").write_text('{"text": "Nothing to count."}', encoding="utf-8")
    toml = (case / "case.toml").read_text(encoding="utf-8").replace("brief.txt", "news.jsonl")
    (case / "case.toml").write_text(toml, encoding="utf-8")

    gathered = gather_paths([str(case)])

    assert [problem.origin.file for problem in gathered.problems] == [str(case / "sources" / "news.jsonl#1")]


def test_corrections_of_a_case_are_made(case):
    (case / "corrections.toml").write_text(
        '[[withdraw]]\nquote = "8.2%"\nreason = "Not of Korea."\n', encoding="utf-8"
    )

    assert quotes(gather_paths([str(case)])) == []


def test_another_case_lends_its_words_alone(case, texts):
    (case / "actors.toml").write_text('[KOR]\nlabel = "Republic of Korea"\n', encoding="utf-8")

    gathered = gather_paths([str(texts / "z.txt")], case=case, day=DAY)

    assert gathered.vocabulary.label("actors", "KOR") == "Republic of Korea"
    assert quotes(gathered) == ["$46.1 billion"]


def test_two_cases_at_once_are_refused(case, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "case.toml").write_text('title = "Other"\n', encoding="utf-8")

    with pytest.raises(CaseError, match="one case at a time"):
        gather_paths([str(case), str(other)])


def test_a_case_without_sources_says_so(case):
    (case / "sources" / "brief.txt").unlink()
    (case / "case.toml").write_text('title = "Korea"\n', encoding="utf-8")

    assert codes(gather_paths([str(case)])) == [("no-source", "warning")]


def test_what_is_no_case_cannot_lend_words(texts):
    with pytest.raises(CaseError, match=r"case\.toml"):
        gather_paths([str(texts)], case=Path(texts))


def test_documents_of_one_file_are_read_one_by_one(tmp_path):
    """Problems and claims lead to the document by its number in the file."""
    lines = [json.dumps({"text": BUDGET, "date": "2026-01-24"}), "{]", json.dumps({"text": TROOPS})]
    path = tmp_path / "news.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(lines).encode()))

    gathered = gather_paths([str(path)], day=DAY)

    assert [(claim.document, claim.quote) for claim in gathered.ledger] == [
        (f"{path}#1", "$46.1 billion"),
        (f"{path}#3", "450,000 troops"),
    ]
    assert [(p.code, p.origin.file, p.origin.line) for p in gathered.problems] == [
        ("no-document", str(path), 2)
    ]


def test_json_lines_of_documents_are_told_from_a_ledger(texts):
    (texts / "news.jsonl").write_text(json.dumps({"text": TROOPS}), encoding="utf-8")
    save_ledger(gather_paths([str(texts / "z.txt")], day=DAY).ledger, texts / "claims.jsonl")

    gathered = gather_paths([str(texts)], day=DAY)

    assert {document.short_name for document in gathered.documents} == {"z.txt", "a.txt", "news.jsonl#1"}


def test_the_date_of_a_page_comes_before_the_one_given(tmp_path):
    path = tmp_path / "page.html"
    head = '<meta property="article:published_time" content="2025-12-03T08:00:00Z">'
    path.write_text(f"<html><head>{head}</head><body><p>{BUDGET}</p></body></html>", encoding="utf-8")

    assert gather_paths([str(path)], day=DAY).documents[0].date == date(2025, 12, 3)


def test_when_a_file_was_made_counts_where_nothing_else_does_and_is_said(tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(pdf(lines(60, 100, BUDGET.strip()), info="/CreationDate (D:20251203090000Z)"))

    given, unknown = gather_paths([str(path)], day=DAY), gather_paths([str(path)])

    assert (given.documents[0].date, codes(given)) == (DAY, [])
    assert (unknown.documents[0].date, codes(unknown)) == (date(2025, 12, 3), [("date-of-file", "warning")])
    assert [claim.locator for claim in unknown.ledger] == ["page 1"]


def test_documents_can_be_had_without_their_claims(texts, case):
    documents, problems = gather_documents([str(case), str(texts / "z.txt"), "nowhere.txt"], day=DAY)

    assert [document.name for document in documents] == ["sources/brief.txt", str(texts / "z.txt")]
    assert [problem.code for problem in problems] == ["missing-path"]
