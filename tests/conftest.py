"""What all tests share: the folder beside the repository, and the switch that rewrites gold files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# No test needs the clock or luck: the same examples on every machine, however slow it is. Sixty for
# each law leave the tests within the time of CI, which has the fuzzer try many more.
settings.register_profile("steelyard", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("steelyard")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the gold files with what cases give now")


@pytest.fixture(scope="session")
def accept(request: pytest.FixtureRequest) -> bool:
    """Whether gold files are to be rewritten rather than compared."""
    return bool(request.config.getoption("--accept"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository that holds sources and gold; not every checkout has one."""
    if SHARED.is_dir():
        return SHARED
    reason = f"needs the shared folder, and {SHARED} does not exist"
    if os.environ.get("STEELYARD_REQUIRE_SHARED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
