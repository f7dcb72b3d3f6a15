"""What is delivered: locked parts with licences that fit, one wheel whoever builds it, no word to the net."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.parts import Part, bill, parts

ROOT = Path(__file__).resolve().parent.parent
# Python runs it at its start; whatever then wants to reach another machine ends the command.
NO_NETWORK = """
import socket
def refuse(*args, **kwargs):
    raise SystemExit(f"the network was asked for: {args}")
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.getaddrinfo = refuse
socket.create_connection = refuse
"""


def test_every_part_that_is_locked_has_hashes_and_a_licence_that_fits():
    found = parts()
    assert {"click", "duckdb", "numpy", "lxml"} <= {part.name for part in found}
    assert [part.name for part in found if not part.hashes] == []
    assert [f"{part.name}: {part.licence}" for part in found if not part.fits] == []


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("MPL-1.1 OR GPL-2.0-only", True),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("BSD-2-Clause AND Apache-2.0 WITH LLVM-exception", True),
        ("unknown", False),
    ],
)
def test_of_a_choice_one_licence_must_fit_and_of_several_all(licence, fits):
    assert Part("some", "1", (), licence).fits is fits


def test_the_bill_of_materials_is_cyclonedx():
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill(parts())) is None


def test_no_lock_names_the_address_of_a_registry():
    for name in (
        "requirements.txt",
        "requirements-build.txt",
        "requirements-fuzz.txt",
        "requirements-dev.txt",
        "pyproject.toml",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"https?://[^\s\"]*(pypi|pythonhosted|index|simple)", text), name


def build_wheel(folder):
    """The wheel of this very tree, built from a copy of its files at another place and another time."""
    tree = folder / "tree"
    kept = ("pyproject.toml", "README.md", "LICENSE", "src")
    tree.mkdir(parents=True)
    for name in kept:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, tree / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "made")]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = (folder / "made").glob("*.whl")
    return wheel


def test_a_wheel_is_the_same_wherever_and_whenever_it_is_built(tmp_path):
    first, second = build_wheel(tmp_path / "one"), build_wheel(tmp_path / "elsewhere" / "two")
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()


@pytest.fixture(scope="module")
def cut_off(tmp_path_factory):
    """The environment of a process that cannot reach any machine."""
    folder = tmp_path_factory.mktemp("cut-off")
    (folder / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path}


def run(environment, *words):
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_the_block_holds(cut_off):
    asked = "import socket; socket.create_connection(('127.0.0.1', 9))"
    assert "the network was asked for" in run(cut_off, "-c", asked).stderr


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(["read", "cases/korea-2026/sources/budget-brief.txt"], id="read"),
        pytest.param(["check", "cases/korea-2026/sources"], id="check"),
        pytest.param(["project", "CASE", "--draws", "500"], id="project"),
        pytest.param(["build", "CASE", "--draws", "500"], id="build"),
        pytest.param(["panel", "KOR,USA,JPN", "--year", "2024"], id="panel"),
        pytest.param(["compare", "washington-declaration-2023", "nds-2026"], id="compare"),
    ],
)
def test_a_command_asks_no_machine_for_anything(words, cut_off, tmp_path):
    case = tmp_path / "korea-2026"
    shutil.copytree(ROOT / "cases" / "korea-2026", case, ignore=shutil.ignore_patterns("out"))
    done = run(cut_off, "-m", "steelyard", *(str(case) if word == "CASE" else word for word in words))
    assert done.returncode == 0, done.stderr
    assert "the network was asked for" not in done.stderr
    assert done.stdout
