"""The GitHub Action and the pre-commit hook that we offer, run on our own example briefs as users run them.

The steps of `action.yml` and the entry of `.pre-commit-hooks.yaml` are taken from these files, so that what
is tested is what is offered. Only the installation is left out, for here steelyard is installed.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from steelyard import cli, pull_request

ROOT = Path(__file__).resolve().parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "audit-in-ci.md").read_text(encoding="utf-8")
SNIPPETS = [yaml.safe_load(each) for each in re.findall(r"```yaml\n(.+?)```", PAGE, re.DOTALL)]
BASH = shutil.which("bash")
SOUND, WRONG = "examples/briefs/sound.md", "examples/briefs/wrong.md"
LINES = (ROOT / WRONG).read_text(encoding="utf-8").splitlines()
LINE = next(number for number, line in enumerate(LINES, 1) if "66.9247" in line)
COLUMN = LINES[LINE - 1].index("66.9247") + 1
# What GitHub documents for the metadata of a composite action and its steps.
TOP = {"name", "author", "description", "branding", "inputs", "outputs", "runs"}
STEP = {"name", "id", "if", "run", "shell", "uses", "with", "env", "working-directory", "continue-on-error"}


def run(words: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A program in a folder, with our interpreter and package first in the way."""
    home = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{home}{os.pathsep}{os.environ['PATH']}", **variables}
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the case of Korea and a sound brief, to which a commit may be added."""
    shutil.copytree(
        ROOT / "cases/korea-2026", tmp_path / "cases/korea-2026", ignore=shutil.ignore_patterns("out")
    )
    (tmp_path / "examples/briefs").mkdir(parents=True)
    shutil.copy(ROOT / SOUND, tmp_path / SOUND)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path, "Add a brief")
    return tmp_path


def git(folder: Path, *words: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = run(["git", *identity, *words], folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def commit(folder: Path, subject: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", subject)
    return git(folder, "rev-parse", "HEAD")


@dataclass
class Step:
    """What came of the audit step: its exit code and log, its outputs and its summary."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def variables_of(inputs: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The script of the audit step, and the variables that a workflow gives it for these inputs."""
    step = next(each for each in ACTION["runs"]["steps"] if each.get("id") == "audit")
    given = {name: str(entry.get("default", "")) for name, entry in ACTION["inputs"].items()}
    given |= {"base": "", "against": "cases/korea-2026", "files": "examples/briefs/*.md"} | inputs
    return step["run"], {name: _filled(value, given) for name, value in step["env"].items()}


def told_to_workflow(folder: Path) -> dict[str, str]:
    """The variables with the files through which a step tells the workflow something, both empty."""
    files = {
        "GITHUB_OUTPUT": folder.parent / "output.txt",
        "GITHUB_STEP_SUMMARY": folder.parent / "summary.md",
    }
    for file in files.values():
        file.write_text("", encoding="utf-8")
    return {name: str(file) for name, file in files.items()}


def as_step(code: int, log: str, told: dict[str, str]) -> Step:
    lines = Path(told["GITHUB_OUTPUT"]).read_text(encoding="utf-8").splitlines()
    summary = Path(told["GITHUB_STEP_SUMMARY"]).read_text(encoding="utf-8")
    return Step(code, log, dict(line.split("=", 1) for line in lines), summary)


def audit_by_bash(folder: Path, **inputs: str) -> Step:
    """The audit step as a workflow runs it."""
    script, variables = variables_of(inputs)
    told = told_to_workflow(folder)
    done = run([BASH or "bash", "-e", "-c", script], folder, **variables, **told)
    assert "Traceback" not in done.stderr
    return as_step(done.returncode, done.stdout, told)


@pytest.fixture
def audit(checkout, monkeypatch, capsys) -> Callable[..., Step]:
    """The same within this process, which takes less time: what the script calls, with the same variables."""

    def step(**inputs: str) -> Step:
        script, variables = variables_of(inputs)
        assert script.endswith(f"-m {pull_request.__name__}")
        told = told_to_workflow(checkout)
        for name, value in (variables | told).items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(checkout)
        capsys.readouterr()
        return as_step(pull_request.main(), capsys.readouterr().out, told)

    return step


def _filled(text: str, inputs: dict[str, str]) -> str:
    """The value of a variable, its expressions replaced as a workflow does."""
    text = text.replace("${{ steps.python.outputs.python-path }}", sys.executable)
    text = re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda found: inputs[found[1]], text)
    assert "${{" not in text
    return text


needs_bash = pytest.mark.skipif(not BASH, reason="the steps of an action are run by bash")


# The action


@needs_bash
def test_a_sound_brief_passes_the_action(checkout):
    step = audit_by_bash(checkout)

    assert step.code == 0, step.log
    assert step.outputs == {"contradicted": "0", "unsupported": "0", "sarif": ""}
    assert "Figures: 7 supported." in step.summary
    assert "::error" not in step.log


@needs_bash
def test_a_wrong_brief_fails_the_action_with_its_place(checkout):
    """66.9247 stands where the ministry gave 66.2947."""
    shutil.copy(ROOT / WRONG, checkout / WRONG)
    commit(checkout, "Add a wrong brief")

    step = audit_by_bash(checkout, sarif="results/audit.sarif")

    assert step.code == 1
    assert f"::error file={WRONG},line={LINE},endLine={LINE},col={COLUMN}," in step.log
    assert step.outputs["contradicted"] == "1"
    assert f"{WRONG}:{LINE}:{COLUMN}  contradicted" in step.summary
    (result,) = json.loads((checkout / step.outputs["sarif"]).read_text(encoding="utf-8"))["runs"][0][
        "results"
    ]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (LINE, COLUMN)


def test_only_drafts_that_changed_since_the_base_are_audited(checkout, audit):
    """The wrong brief was there before; the change touches the sound one alone."""
    shutil.copy(ROOT / WRONG, checkout / WRONG)
    base = commit(checkout, "Add a wrong brief")
    with (checkout / SOUND).open("a", encoding="utf-8") as file:
        file.write("\nThe brief ends here.\n")
    commit(checkout, "Say where the brief ends")

    step = audit(base=base)

    assert step.code == 0, step.log
    assert "Drafts: 1." in step.log
    assert step.outputs["contradicted"] == "0"


def test_a_change_without_a_draft_is_fine_and_said(checkout, audit):
    base = git(checkout, "rev-parse", "HEAD")
    git(checkout, "rm", "-q", SOUND)
    commit(checkout, "Take the brief away")

    step = audit(base=base)

    assert step.code == 0
    assert "::notice" in step.log
    assert step.outputs["contradicted"] == "0"


def test_without_strict_a_contradiction_is_told_and_passes(checkout, audit):
    shutil.copy(ROOT / WRONG, checkout / WRONG)
    commit(checkout, "Add a wrong brief")

    step = audit(strict="false")

    assert step.code == 0
    assert step.outputs["contradicted"] == "1"


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        pytest.param({"against": ""}, "name a case", id="nothing to audit against"),
        pytest.param({"against": "cases/korea-2062"}, "There is no such file", id="a case that is not there"),
        pytest.param({"base": "0" * 40}, "fetch-depth: 0", id="a base that was not fetched"),
        pytest.param({"base": "--output=x"}, "cannot be the name of a commit", id="a base that is an option"),
        pytest.param({"strict": "maybe"}, "neither true nor false", id="neither yes nor no"),
    ],
)
def test_what_the_action_cannot_do_is_said_with_its_remedy(audit, inputs, told):
    step = audit(**inputs)

    assert step.code == 2
    assert any(line.startswith("::error") and told in line for line in step.log.splitlines())


def test_a_file_that_cannot_be_written_is_told_by_its_name(checkout, audit):
    (checkout / "results").write_text("no folder", encoding="utf-8")

    step = audit(sarif="results/audit.sarif")

    assert step.code == 3
    assert "::error" in step.log.splitlines()[-1]
    assert "results" in step.log.splitlines()[-1]


def test_words_of_a_draft_give_the_runner_no_commands(checkout, audit):
    """A line of the log that begins with two colons is a command, even behind blanks."""
    draft = checkout / "examples/briefs/hostile.md"
    draft.write_text(
        "Date: 24 January 2026\n\n"
        "::set-env name=A::South Korea proposed a defence budget of 66.9247 trillion won for 2026.\n",
        encoding="utf-8",
    )
    commit(checkout, "Add a hostile brief")

    step = audit()

    lines = [line.strip() for line in step.log.splitlines()]
    assert step.outputs["contradicted"] == "1"
    assert {line.split(" ")[0] for line in lines if line.startswith("::")} <= {
        "::error",
        "::warning",
        "::notice",
    }


def test_the_action_says_only_what_github_documents():
    """Keys of the metadata syntax for composite actions; each step that runs names its shell."""
    assert set(ACTION) <= TOP
    assert {"name", "description", "runs"} <= set(ACTION)
    assert ACTION["runs"]["using"] == "composite"
    assert all(set(entry) <= {"description", "required", "default"} for entry in ACTION["inputs"].values())
    assert all(set(entry) == {"description", "value"} for entry in ACTION["outputs"].values())
    for step in ACTION["runs"]["steps"]:
        assert set(step) <= STEP
        assert ("run" in step) == ("shell" in step) != ("uses" in step)


def test_each_expression_of_the_action_leads_somewhere():
    """Inputs and steps that are named are there, and no input is written into a script."""
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    ids = {step["id"] for step in ACTION["runs"]["steps"] if "id" in step}

    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(ACTION["inputs"])
    assert set(re.findall(r"steps\.([a-z]+)\.outputs", text)) <= ids
    assert not any("${{" in step.get("run", "") for step in ACTION["runs"]["steps"])


def test_what_the_action_installs_from_is_there():
    install = next(step["run"] for step in ACTION["runs"]["steps"] if "pip install" in step.get("run", ""))

    files = re.findall(r"\$GITHUB_ACTION_PATH/([\w.-]+)", install)

    assert files
    assert all((ROOT / name).is_file() for name in files)


# The hook


@pytest.fixture
def hooked(monkeypatch, capsys) -> Callable[..., tuple[int, str]]:
    """The hook as pre-commit runs it, with its entry, the user's arguments and files: code and output."""
    monkeypatch.chdir(ROOT)

    def hook(*files: str) -> tuple[int, str]:
        _, *words = shlex.split(HOOK["entry"])
        code = cli.run([*words, "--against", "cases/korea-2026", *files])
        return code, capsys.readouterr().out

    return hook


def test_a_sound_brief_passes_the_hook(hooked):
    code, output = hooked(SOUND)

    assert code == 0
    assert "7 supported" in output


def test_a_wrong_brief_fails_the_hook_with_its_place(hooked):
    code, output = hooked(SOUND, WRONG)

    assert code == 1
    assert f"{WRONG}:{LINE}:{COLUMN}  contradicted" in output


def test_the_hook_calls_the_program_that_is_installed():
    program = shlex.split(HOOK["entry"])[0]

    assert f'{program} = "steelyard.cli:main"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert HOOK["language"] == "python"


# The page


def test_the_page_shows_a_workflow_and_a_hook_that_are_ours():
    """What a reader copies names our hook, and only inputs and outputs that the action has."""
    workflow = next(each for each in SNIPPETS if "jobs" in each)
    (hooks,) = (each for each in SNIPPETS if "repos" in each)
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    ours = next(step for step in steps if "steelyard" in step.get("uses", ""))

    assert {"on", "permissions", "jobs"} <= {"on" if key is True else key for key in workflow}
    assert set(ours["with"]) <= set(ACTION["inputs"])
    assert all(name in PAGE for name in ACTION["inputs"])
    assert all(name in PAGE for name in ACTION["outputs"])
    assert hooks["repos"][0]["hooks"][0]["id"] == HOOK["id"]
