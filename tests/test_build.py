"""Building a case: in order, only what has changed, all or nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from steelyard.build import STEPS, build_case
from steelyard.case import new_case
from steelyard.core.problems import CaseError

ROOT = Path(__file__).resolve().parents[1]
KOREA = ROOT / "cases" / "korea-2026"
DRAWS = 100


@pytest.fixture(scope="module", autouse=True)
def one_package():
    """The package does not change while these tests run, even where someone is at work on it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("steelyard.build.package_hash", lambda: "this package")
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory, one_package):
    """A case built once, to be copied."""
    folder = tmp_path_factory.mktemp("built") / "korea"
    shutil.copytree(KOREA, folder, ignore=shutil.ignore_patterns("out", "expected"))
    build_case(folder, draws=DRAWS)
    return folder


@pytest.fixture
def case(built, tmp_path):
    """A copy of the built case."""
    return shutil.copytree(built, tmp_path / "korea")


def files_of(folder):
    """Every file that a build wrote, with its bytes."""
    out = Path(folder, "out")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def steps_made(case, **options):
    """The steps that a build carried out rather than skipped."""
    lines = []
    build_case(case, **{"draws": DRAWS, **options}, tell=lines.append)
    assert [line.split()[0] for line in lines] == list(STEPS)
    return [line.split()[0] for line in lines if not line.endswith("unchanged")]


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_build_leaves_page_claims_findings_and_projection(built):
    assert {"report.html", "claims.jsonl", "findings.json", "projection.json", "state.json"} <= set(
        files_of(built)
    )


def test_the_end_says_findings_projection_and_page(case):
    result = build_case(case, draws=DRAWS)

    text = "\n".join(result.summary)
    assert result.page == case / "out" / "report.html"
    assert "Findings: " in text
    assert "contradicted" in text
    assert "Projection" in text
    assert "3.5% of GDP" in text


def test_the_end_says_which_law_on_troops_a_scenario_breaks_and_what_is_not_priced(case):
    """The what-if has 24,000 troops in 2026; the NDAA for that year forbids fewer than 28,500."""
    lines = [line.strip() for line in build_case(case, draws=DRAWS).summary]

    law = "National Defense Authorization Act for Fiscal Year 2026"
    assert lines.count(f"American forces in Korea: 24,000 in 2026, below the 28,500 of the {law}") == 1
    assert lines.count("Force posture on the peninsula: what would take its place is not priced") == 1


def test_nothing_is_done_twice(case):
    before = files_of(case)

    assert steps_made(case) == []
    assert files_of(case) == before


def test_the_same_is_said_of_an_unchanged_case(built, case):
    again = build_case(case, draws=DRAWS)
    shutil.rmtree(case / "out")
    anew = build_case(case, draws=DRAWS)

    assert (again.summary, again.contradictions) == (anew.summary, anew.contradictions)
    assert len(again.problems) == len(anew.problems)


def test_the_same_case_gives_the_same_bytes_wherever_it_lies(built, tmp_path):
    elsewhere = tmp_path / "deep" / "er" / "korea"
    shutil.copytree(built, elsewhere, ignore=shutil.ignore_patterns("out"))

    build_case(elsewhere, draws=DRAWS)

    mine, theirs = files_of(elsewhere), files_of(built)
    mine.pop("state.json"), theirs.pop("state.json")
    different = [name for name in theirs if mine.get(name) != theirs[name]]
    assert different == []


@pytest.mark.parametrize(
    ("change", "made"),
    [
        pytest.param(
            lambda case: edit(case / "case.toml", "publisher = ", "publisher  = "),
            ["read", "report"],
            id="case.toml, with the same claims",
        ),
        pytest.param(
            lambda case: edit(case / "scenarios" / "linear-2035.toml", "label = ", "label  = "),
            ["project", "report"],
            id="a scenario",
        ),
        pytest.param(
            lambda case: edit(case / "sources" / "budget-brief.txt", "$46.1 billion", "$46.2 billion"),
            ["read", "check", "project", "report"],
            id="a figure",
        ),
        pytest.param(
            lambda case: (case / "out" / "findings.json").unlink(), ["check"], id="a result deleted"
        ),
        pytest.param(
            lambda case: (case / "out" / "report.html").write_text("edited", encoding="utf-8"),
            ["report"],
            id="a result edited",
        ),
        pytest.param(lambda case: (case / "out" / "state.json").unlink(), list(STEPS), id="no memory"),
    ],
)
def test_only_what_depends_on_a_change_is_done_again(case, change, made):
    change(case)

    assert steps_made(case) == made
    assert steps_made(case) == []


def test_other_options_are_another_build(case):
    assert steps_made(case, seed=3) == ["project", "report"]
    assert steps_made(case, seed=3, scenario="linear-2035") == ["project", "report"]
    assert steps_made(case, seed=3, scenario="linear-2035", jobs=2) == []


FAULTS = [
    pytest.param(
        lambda case: edit(case / "case.toml", "publisher", "publischer"), "unknown-key", id="wrong key"
    ),
    pytest.param(
        lambda case: (case / "sources" / "budget-brief.txt").unlink(), "missing-source", id="missing source"
    ),
    pytest.param(
        lambda case: (case / "sources" / "budget-brief.txt").write_bytes(b"\x89PNG\0\0"),
        "unreadable-document",
        id="binary source",
    ),
    pytest.param(
        lambda case: edit(case / "scenarios" / "linear-2035.toml", "label = ", "lable = "),
        "unknown-key",
        id="wrong key in a scenario",
    ),
    pytest.param(
        lambda case: (case / "scenarios" / "linear-2035.toml").write_text("= broken", encoding="utf-8"),
        "broken-toml",
        id="broken scenario",
    ),
    pytest.param(
        lambda case: (case / "corrections.toml").write_text(
            '[[withdraw]]\nclaim = "x"\nreason = "r"\n', encoding="utf-8"
        ),
        "no-such-claim",
        id="correction of nothing",
    ),
]


@pytest.mark.parametrize(("spoil", "code"), FAULTS)
def test_a_fault_is_named_and_leaves_earlier_output_as_it_was(case, spoil, code):
    before = files_of(case)
    spoil(case)

    result = build_case(case, draws=DRAWS)

    assert result.page is None
    assert result.faults >= 1
    assert any(code in line for line in result.problems)
    assert files_of(case) == before


def test_a_build_that_breaks_leaves_earlier_output_as_it_was(case, monkeypatch):
    before = files_of(case)
    edit(case / "sources" / "budget-brief.txt", "$46.1 billion", "$46.2 billion")

    def broken(results):
        raise RuntimeError("no picture")

    monkeypatch.setattr("steelyard.report.bundle.make_report", broken)
    with pytest.raises(RuntimeError, match="no picture"):
        build_case(case, draws=DRAWS)

    assert files_of(case) == before


def test_a_folder_that_cannot_be_written_leaves_earlier_output_as_it_was(case, monkeypatch):
    before = files_of(case)
    edit(case / "sources" / "budget-brief.txt", "$46.1 billion", "$46.2 billion")

    def full(self, data):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="Read-only"):
        build_case(case, draws=DRAWS)

    monkeypatch.undo()
    assert files_of(case) == before


def test_a_file_in_the_place_of_the_folder_is_an_error_of_the_machine(case):
    shutil.rmtree(case / "out")
    (case / "out").write_text("in the way", encoding="utf-8")

    with pytest.raises(OSError):
        build_case(case, draws=DRAWS)

    assert (case / "out").read_text(encoding="utf-8") == "in the way"


def test_what_is_no_case_is_not_built(tmp_path):
    with pytest.raises(CaseError, match=r"case\.toml"):
        build_case(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_a_source_dropped_in_is_built_with_a_warning(case):
    (case / "sources" / "note.txt").write_text("South Korea has 450,000 troops.\n", encoding="utf-8")

    result = build_case(case, draws=DRAWS)

    assert result.page
    assert any("unlisted-source" in line for line in result.problems)
    assert "sources/note.txt" in (case / "out" / "claims.jsonl").read_text(encoding="utf-8")


def test_a_series_that_is_too_short_is_told_with_its_file(case):
    """A refusal, and the rest is built."""
    path = case / "series" / "gdp.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("KOR,gdp,current,2027")]
    path.write_text("".join(kept), encoding="utf-8")

    result = build_case(case, draws=DRAWS)

    assert len(kept) == len(lines) - 1
    assert result.page
    assert any("2027" in line and line.endswith("It stands in series/gdp.csv.") for line in result.problems)


def test_another_package_does_everything_again(case, monkeypatch):
    """New code or new data may read, check and project otherwise."""
    monkeypatch.setattr("steelyard.build.package_hash", lambda: "the next package")

    assert steps_made(case) == list(STEPS)


def test_a_build_without_changes_imports_nothing_heavy(case):
    """It must answer in a fraction of a second."""
    program = (
        "import sys; from steelyard import build\n"
        "build.package_hash = lambda: 'this package'\n"
        f"build.build_case({str(case)!r}, draws={DRAWS}); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ)

    loaded = done.stdout.split()
    assert "steelyard.build" in loaded
    assert not {"numpy", "rich", "duckdb", "jinja2", "vl_convert", "steelyard.read"}.intersection(loaded)


def test_the_scenario_of_a_new_case_runs_once_renamed(tmp_path):
    """With the series that it asks for; without them each refusal names one."""
    case = tmp_path / "baltic"
    new_case(case)
    before = build_case(case, draws=DRAWS)
    (case / "scenarios" / "steady.toml.example").rename(case / "scenarios" / "steady.toml")

    without = build_case(case, draws=DRAWS)
    shutil.copytree(KOREA / "series", case / "series")
    result = build_case(case, draws=DRAWS)

    assert before.problems == ()
    assert any("missing-series" in line for line in without.problems)
    # Its figures are Korea's, whose share of GDP implies another GDP than the series that is lent.
    told = "\n".join(result.problems)
    assert told.count("(warning)") == told.count("gdp-vintage") == 1
    assert "(error)" not in told
    assert any("Share of GDP stays as it is" in line for line in result.summary)
    assert any("corroborated" in line for line in result.summary)
