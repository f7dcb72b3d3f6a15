"""Files of a report are there whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.report.files import replace_files


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_files_and_their_folders_are_made(tmp_path):
    replace_files(tmp_path / "out", {"report.html": b"page", "tables/claims.csv": b"a,b\n"})

    assert content(tmp_path) == {"out/report.html": b"page", "out/tables/claims.csv": b"a,b\n"}


def test_what_an_earlier_run_left_in_the_reports_own_folders_goes(tmp_path):
    replace_files(tmp_path, {"charts/old.svg": b"1", "claims.jsonl": b"2"})

    replace_files(tmp_path, {"charts/new.svg": b"3"}, sweep=("charts", "tables"))

    assert content(tmp_path) == {"charts/new.svg": b"3", "claims.jsonl": b"2"}


def test_an_earlier_report_stays_when_a_file_cannot_be_written(tmp_path, monkeypatch):
    replace_files(tmp_path, {"report.html": b"old", "charts/a.svg": b"old"})
    write = Path.write_bytes

    def full_disk(path, data):
        if "claims" in path.name:
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="No space"):
        replace_files(tmp_path, {"report.html": b"new", "claims.jsonl": b"x"}, sweep=("charts",))

    assert content(tmp_path) == {"report.html": b"old", "charts/a.svg": b"old"}


def test_a_folder_in_the_way_is_an_error_and_leaves_no_litter(tmp_path):
    (tmp_path / "tables").write_bytes(b"a file where a folder should be")

    with pytest.raises(OSError, match="tables"):
        replace_files(tmp_path, {"report.html": b"new", "tables/claims.csv": b"x"})

    assert content(tmp_path) == {"tables": b"a file where a folder should be"}
