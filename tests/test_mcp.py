"""The server for language-model clients: the real process, spoken to by the client of the official SDK."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from mcp import Client, StdioServerParameters

from steelyard.check import check_ledger
from steelyard.cli import FAULTY
from steelyard.core.claim import CLAIM_KEYS
from steelyard.mcp.reach import LONGEST_TEXT, Reach, Refused
from steelyard.mcp.tools import TOOLS, shortened
from steelyard.read import read_document
from tests.loops import run_apart
from tests.test_house import run_python

ROOT = Path(__file__).resolve().parents[1]
DATE = "2026-01-24"
SOUND = (
    "Seoul's 2026 defence budget is 66.2947 trillion won. Its 2025 defence budget was 61.2469 trillion won."
)
SWAPPED = SOUND.replace("66.2947", "66.9247")
WRONG = f"{SOUND} That is an increase of 9.2% in 2026."


def ask(calls, *options: str, folder: Path = ROOT):
    """The tools that a server with these options lists, and its answers to calls that it is given at once."""
    words = ["-P", "-m", "steelyard", "mcp", *options]
    server = StdioServerParameters(command=sys.executable, args=words, env=dict(os.environ), cwd=folder)

    async def talk():
        async with Client(server, read_timeout_seconds=120) as client:
            tools = (await client.list_tools()).tools
            return tools, await asyncio.gather(*(client.call_tool(*call) for call in calls))

    return run_apart(talk)


def told(result) -> str:
    return "\n".join(each.text for each in result.content)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder that the server may read, with a case and two drafts, and one beside it that it may not."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(
        ROOT / "cases/korea-2026",
        folder / "open/korea-2026",
        ignore=shutil.ignore_patterns("out", "expected"),
    )
    for name in ("sound", "wrong"):
        shutil.copy(ROOT / f"examples/briefs/{name}.md", folder / "open")
    (folder / "closed").mkdir()
    (folder / "closed/secret.txt").write_text(SOUND, encoding="utf-8")
    (folder / "open/linked").mkdir()
    (folder / "open/linked/link.txt").symlink_to(folder / "closed/secret.txt")
    (folder / "open/large.txt").write_text("Nothing. " * 150_000, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def answers(desk):
    """What the server says to each call, asked on one connection, since each start takes its time."""
    calls = {
        "read a text": ("read", {"text": SOUND, "date": DATE}),
        "check a text": ("check", {"text": WRONG, "date": DATE}),
        "audit a path": ("audit", {"path": "wrong.md", "against": ["korea-2026"]}),
        "audit a text": ("audit", {"text": SWAPPED, "against_text": SOUND, "date": DATE}),
        "project": ("project", {"case": "korea-2026", "scenario": "linear-2035", "draws": 200}),
        "outside": ("read", {"path": "../closed/secret.txt"}),
        "outside by its whole path": ("read", {"path": str(desk / "closed/secret.txt")}),
        "outside by a link": ("read", {"path": "linked/link.txt"}),
        "a folder with a link outside": ("check", {"paths": ["linked"]}),
        "not there": ("read", {"path": "none.txt"}),
        "an option in place of a path": ("read", {"path": "--help"}),
        "a source outside": ("audit", {"text": SOUND, "against": ["sound.md", "../closed/secret.txt"]}),
        "a case outside": ("project", {"case": "../closed"}),
        "too large": ("read", {"path": "large.txt"}),
        "neither": ("read", {}),
        "both": ("read", {"text": SOUND, "path": "sound.md"}),
        "no source": ("audit", {"text": SOUND}),
        "an unknown argument": ("read", {"text": SOUND, "output": "/tmp/x"}),
        "a wrong type": ("read", {"text": 3}),
        "too long": ("read", {"text": "x" * (LONGEST_TEXT + 1)}),
        "a wrong date": ("read", {"text": SOUND, "date": "2026-13-40"}),
        "an unknown scenario": ("project", {"case": "korea-2026", "scenario": "--why"}),
        "an unknown tool": ("write", {}),
    }
    tools, results = ask(calls.values(), str(desk / "open"), "--megabytes", "1", folder=desk)
    return tools, dict(zip(calls, results, strict=True))


def test_the_four_tools_say_what_they_do_and_take(answers):
    tools, _ = answers

    assert [tool.name for tool in tools] == ["read", "check", "audit", "project"]
    for tool in tools:
        assert len(tool.description) > 100
        assert tool.input_schema["additionalProperties"] is False
        assert all(each.get("description") for each in tool.input_schema["properties"].values())
        assert tool.annotations.read_only_hint


def test_a_text_is_read_as_the_program_reads_it(answers):
    result = answers[1]["read a text"]
    ledger, _ = read_document(SOUND, date=DATE)

    claims = result.structured_content["claims"]

    assert not result.is_error
    assert list(claims[0]) == list(CLAIM_KEYS)
    assert [claim["low"] for claim in claims] == [float(claim.low) for claim in ledger]
    assert result.structured_content["problems"] == []
    assert json.loads(result.content[0].text) == result.structured_content


def test_a_contradiction_is_found_in_a_text(answers):
    """61.2469 to 66.2947 is 8.24 % more, and not 9.2 %."""
    content = answers[1]["check a text"].structured_content
    findings, _ = check_ledger(read_document(WRONG, date=DATE)[0])

    assert [each["verdict"] for each in content["findings"]] == [each.verdict for each in findings]
    assert content["findings"][0]["verdict"] == "contradicted"
    assert set(content) == {"findings", "problems", "claims"}


def test_a_draft_is_audited_against_a_case(answers):
    figures = answers[1]["audit a path"].structured_content["figures"]

    assert [each["verdict"] for each in figures] == ["contradicted", "supported", "supported", "supported"]
    assert figures[0]["claim"]["quote"] == "66.9247 trillion won"


def test_a_draft_is_audited_against_a_text(answers):
    figures = answers[1]["audit a text"].structured_content["figures"]

    assert [each["verdict"] for each in figures] == ["contradicted", "supported"]
    assert {each["claim"]["document"] for each in figures} == {"draft.txt"}


def test_a_case_is_projected_with_the_variables_that_matter_and_the_names_of_the_others(answers):
    (scenario,) = answers[1]["project"].structured_content["scenarios"]

    assert scenario["draws"] == 200
    assert {cell["variable"] for cell in scenario["series"]} == {"share", "spending"}
    assert "gdp" in scenario["left_out"]["variables"]


def test_problems_come_as_text_with_place_and_remedy(answers):
    result = answers[1]["project"]

    (problem,) = (one for one in result.structured_content["problems"] if one["code"] == "gdp-vintage")
    assert f"{problem['file']}:{problem['line']}" in result.content[1].text
    assert problem["hint"] in result.content[1].text


@pytest.mark.parametrize(
    ("call", "remedy"),
    [
        ("outside", "give a path below that"),
        ("outside by its whole path", "give a path below that"),
        ("outside by a link", "give a path below that"),
        ("a folder with a link outside", "take the link out"),
        ("not there", "give a path below that"),
        ("an option in place of a path", "give a path below that"),
        ("a source outside", "give a path below that"),
        ("a case outside", "give a path below that"),
        ("too large", "--megabytes"),
        ("neither", "either text or path"),
        ("both", "either text or path"),
        ("no source", "against_text"),
        ("an unknown argument", "see the input schema of read"),
        ("a wrong type", "text: "),
        ("too long", "see the input schema of read"),
        ("a wrong date", "2026-01-24"),
        ("an unknown scenario", "linear-2035"),
        ("an unknown tool", "read, check, audit, project"),
    ],
)
def test_a_call_that_cannot_be_carried_out_says_why_and_what_to_do(answers, call, remedy):
    result = answers[1][call]

    assert result.is_error
    assert remedy in told(result)
    assert "Traceback" not in told(result)
    assert "66.2947" not in told(result)


def test_what_is_there_and_closed_looks_like_what_is_not_there(answers):
    """So that nobody learns from a refusal what lies outside."""
    closed, missing = (told(answers[1][call]) for call in ("outside", "not there"))

    assert closed.replace("../closed/secret.txt", "none.txt") == missing


def test_a_server_without_folders_reads_no_file_and_says_so():
    with pytest.raises(Refused, match="give the text itself"):
        Reach().find("sound.md")


def test_a_call_that_takes_too_long_is_stopped_and_the_server_lives_on(desk):
    """A million draws of four scenarios take more than a second anywhere."""
    long = ("project", {"case": "korea-2026", "draws": 1_000_000})

    tools, (stopped, after) = ask([long, ("read", {})], str(desk / "open"), "--seconds", "1", folder=desk)

    assert "was stopped" in told(stopped)
    assert "--seconds" in told(stopped)
    assert "either text or path" in told(after)
    assert len(tools) == len(TOOLS)


def test_without_the_package_a_sentence_says_how_to_install_it():
    program = (
        "import sys; sys.modules['mcp'] = None; sys.stderr = sys.stdout; from steelyard.cli import run; "
        "print(run(['mcp']))"
    )

    lines = run_python(program).splitlines()

    assert lines[-1] == str(FAULTY)
    assert "pip install 'steelyard[mcp]'" in lines[0]
    assert len(lines) == 2


@pytest.mark.parametrize("given", ["", "\0", "a" * 5000, "..", "/", "~"])
def test_a_path_that_is_none_is_refused(tmp_path, given):
    with pytest.raises(Refused, match="give a path below that"):
        Reach((tmp_path.resolve() / "inner",)).find(given)


def test_a_path_may_be_named_from_the_folder_or_as_a_whole(tmp_path):
    (tmp_path / "a").mkdir()
    file = tmp_path.resolve() / "a" / "brief.txt"
    file.write_text("x", encoding="utf-8")
    reach = Reach((tmp_path.resolve(),))

    assert reach.find("a/brief.txt") == reach.find(str(file)) == reach.find("a/../a/brief.txt") == file


def test_a_folder_whose_name_only_begins_alike_is_not_open(tmp_path):
    (tmp_path / "open").mkdir()
    (tmp_path / "opened").mkdir()

    with pytest.raises(Refused):
        Reach((tmp_path.resolve() / "open",)).find("../opened")


def test_what_is_not_given_is_counted_and_problems_are_all_given():
    data = {"claims": [1, 2, 3], "problems": [4, 5, 6]}

    assert shortened("read", data, {"most": 2}) == {
        "claims": [1, 2],
        "problems": [4, 5, 6],
        "left_out": {"claims": 1},
    }
