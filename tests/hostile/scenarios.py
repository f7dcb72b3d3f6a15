"""Bad scenarios, and words of a command line, for a case that is projected, with the code of each problem."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.conftest import ROOT

KOREA = ROOT / "cases" / "korea-2026"
SOURCES = ("ministry-figures.txt", "budget-brief.txt")
CASE = """\
title = "Korea"
actors = ["KOR", "USA"]
[[sources]]
file = "ministry-figures.txt"
title = "Figures"
publisher = "A ministry"
date = 2025-12-03
[[sources]]
file = "budget-brief.txt"
title = "A brief"
publisher = "A paper"
date = 2026-01-24
"""
OWN = (KOREA / "scenarios" / "constant-share.toml").read_text(encoding="utf-8")
BAD = "scenarios/bad.toml"
_HEAD = 'label = "x"\nsummary = "x"\nextends = "constant-share"\n'
_ASSUMED = '[[assumptions]]\nvariable = "{}"\nvalue = "{}"\nreason = "x"\n'
_TROOPS = '[[troops]]\nid = "a"\nlabel = "x"\nfloor = "usa-troop-floor-in-korea"\nlevels = [{}]\n'
_LEVEL = '{{ from = {}, value = "{} troops", reason = "x" }}'


class BadScenario(NamedTuple):
    """What a scenario holds, the code of the problem that it gives, and words of the command line."""

    text: str
    code: str
    words: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Write a case that can be projected, then the scenario into it."""
        for name in ("sources", "series", "scenarios"):
            (folder / name).mkdir(parents=True)
        for path in (KOREA / "series").glob("*.csv"):
            shutil.copy(path, folder / "series")
        for name in SOURCES:
            shutil.copy(KOREA / "sources" / name, folder / "sources")
        (folder / "case.toml").write_text(CASE, encoding="utf-8")
        (folder / "scenarios" / "constant-share.toml").write_text(OWN, encoding="utf-8")
        (folder / BAD).write_text(self.text, encoding="utf-8")


def key(line: str, code: str) -> BadScenario:
    return BadScenario(f"{_HEAD}{line}\n", code)


def assumed(value: str, code: str, variable: str = "real_growth") -> BadScenario:
    return BadScenario(_HEAD + _ASSUMED.format(variable, value), code)


def sound(code: str, *words: str) -> BadScenario:
    return BadScenario(_HEAD, code, words)


def replaced(before: str, after: str, code: str) -> BadScenario:
    assert before in OWN
    return BadScenario(OWN.replace(before, after), code)


BAD_SCENARIOS = {
    "draws": key("draws = 999999999999", "count-range"),
    "horizon-far": key("horizon = 2999", "not-a-year"),
    "circle": BadScenario(_HEAD.replace("constant-share", "bad"), "scenario-cycle"),
    "outside": BadScenario(_HEAD.replace("constant-share", "../../../etc/passwd"), "unknown-id"),
    "deep": key(f"x = {'{a=' * 3000}1{'}' * 3000}", "broken-toml"),
    "growth": assumed("1e400 %", "not-a-percentage"),
    "window": replaced('window = "2001/2024"', 'window = "0001/9999"', "missing-year"),
    "pledge": replaced("to = 2030\ncommitments", "to = 9999\ncommitments", "not-a-period"),
    "outlays": replaced('"20 %", "15 %"]', '"1e300 %", "-1e300 %"]', "not-a-percentage"),
    "troops": BadScenario(_HEAD + _TROOPS.format(_LEVEL.format(2026, "9" * 400)), "limit-range"),
    "levels": BadScenario(_HEAD + _TROOPS.format(f"{_LEVEL.format(2026, 5)}, " * 20_000), "below-floor"),
    "set-long": sound("unknown-change", "--set", f"{'x' * 100_000}=1"),
    "set-large": sound("not-a-year", "--set", "target.by=99999999999999999999"),
    "set-digits": sound("unusable-change", "--set", f"assumptions.real_growth={'9' * 5000}"),
    "why-brackets": sound("unknown-cell", "--why", "(" * 100_000),
    "name": sound("unknown-scenario", "--scenario", "../../etc/passwd"),
}
