"""What a user writes wrongly in a case: one paragraph that says where, what, and what would cure it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from steelyard.cli import run

KOREA = Path(__file__).resolve().parents[1] / "cases" / "korea-2026"
BASE, PATH = "scenarios/constant-share.toml", "scenarios/linear-2035.toml"
GDP = "series/gdp.csv"
# That spending and its share imply another GDP than the series has is told of the case as it is.
USUAL = "gdp-vintage"


@pytest.fixture
def korea(tmp_path, monkeypatch):
    """A copy of the case, named as a user names it."""
    shutil.copytree(KOREA, tmp_path / "korea", ignore=shutil.ignore_patterns("out", "expected"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "korea"


def changed(path, pattern, new):
    """A file with all that a pattern finds written otherwise."""
    text, count = re.subn(pattern, new, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count, pattern
    path.write_text(text, encoding="utf-8")


def told(capsys):
    """The paragraphs on standard error: place with code, then message and remedy in one line."""
    lines = capsys.readouterr().err.splitlines()
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return [(head, text) for head, text in pairs if USUAL not in head]


ROWS = [
    pytest.param(
        *(GDP, r",unit,", ",units,", 2, "korea/series/gdp.csv:1  unknown-column"),
        ["'units'", "Did you mean 'unit'?"],
        id="a column by another name",
    ),
    pytest.param(
        *(GDP, r"^KOR,gdp,current,2028.*\n", "", 0),
        f"korea/{BASE}:40 [drivers.home.nominal]  missing-year (refusal)",
        ["KOR/gdp/current/WEO 2025-10", "no usable value for 2028", "[[assumptions]]", "series/gdp.csv"],
        id="a gap ahead",
    ),
    pytest.param(
        *(GDP, r"^KOR,gdp,current,2010.*\n", "", 0),
        f"korea/{BASE}:40 [drivers.home.nominal]  missing-year (refusal)",
        [
            "no usable value for 2010",
            "Add the rows",
            "drivers.shocks.window",
            "what lies behind is not assumed",
        ],
        id="a gap behind, which no assumption fills",
    ),
    pytest.param(
        *(GDP, r"^KOR,gdp,constant.*\n", "", 0),
        f"korea/{BASE}:41 [drivers.home.real]  missing-series (refusal)",
        ["prices constant:2020", "Add its rows", "KOR/gdp/current/WEO 2025-10"],
        id="no deflator, since GDP is at current prices alone",
    ),
    pytest.param(
        *(BASE, r"^real = .*KOR.*\n", "", 2, f"korea/{BASE}:39 [drivers.home]  missing-key"),
        ["'real'", "a table with 'measure'"],
        id="no deflator asked for",
    ),
    pytest.param(
        *(BASE, r"^by = 2035", "by = 2025", 2, f"korea/{BASE}:17 [target.by]  target-before-base"),
        ["2025", "2026", "give a later year"],
        id="a target before the base year",
    ),
    pytest.param(
        *(PATH, r'^kind = ".*"', 'kind = "listed-share"\nshares = ["3 %", "300 %"]', 2),
        f"korea/{PATH}:6 [rule]  share-range",
        ["'300 %'", "not above 100"],
        id="a share above 100 %",
    ),
    pytest.param(
        *("sources/budget-brief.txt", r"2\.42%", "242%", 2, f"korea/{BASE}:31 [base.share]  share-range"),
        ["'242% of its GDP'", "sources/budget-brief.txt"],
        id="a share above 100 % in a source",
    ),
    pytest.param(
        *(BASE, r'"nds-2026"', '"nds-2062"', 2, f"korea/{BASE}:6 [posture]  unknown-id"),
        ["'nds-2062'", "Did you mean 'nds-2026'?"],
        id="an unknown posture",
    ),
    pytest.param(
        *(BASE, r"^label", 'extends = "linear-2035"\nlabel', 2, f"korea/{BASE}:3 [extends]  scenario-cycle"),
        ["'linear-2035' extends 'constant-share' extends 'linear-2035'", "Take `extends` out"],
        id="scenarios in a circle",
    ),
    pytest.param(
        *(GDP, r"^(KOR,gdp,constant.*),KRW,", r"\1,tn KRW,", 2),
        f"korea/{BASE}:39 [drivers.home]  unit-mismatch",
        ["in KRW", "in tn KRW", "single units of one currency"],
        id="one GDP in trillions",
    ),
    pytest.param(
        *(GDP, r"^(KOR,gdp.*),KRW,", r"\1,tn KRW,", 2),
        f"korea/{BASE}:39 [drivers.home]  unit-mismatch",
        ["'tn KRW', which is no currency", "2666360.425e9"],
        id="all GDP in trillions",
    ),
    pytest.param(
        *("series/exchange-rate.csv", "KRW per USD", "USD per KRW", 2),
        f"korea/{BASE}:47 [drivers.exchange_rate]  unit-mismatch",
        ["'USD per KRW'", "GDP in KRW and abroad in USD", "'KRW per USD'"],
        id="a rate upside down",
    ),
    pytest.param(
        *(BASE, r'^unit = "KRW"', 'unit = "EUR"', 0),
        f"korea/{BASE}:26 [base.spending]  missing-base-claim (refusal)",
        ["in EUR would lift this", "'$46.1 billion' (proposed, USD)"],
        id="spending in a currency of no source",
    ),
]


@pytest.mark.parametrize(("file", "pattern", "new", "code", "place", "words"), ROWS)
def test_a_slip_is_one_paragraph_with_place_and_remedy(korea, capsys, file, pattern, new, code, place, words):
    changed(korea / file, pattern, new)
    scenario = "linear-2035" if file != BASE or "extends" in new else "constant-share"

    assert run(["project", "korea", "--scenario", scenario, "--draws", "50"]) == code

    paragraphs = [(head, text) for head, text in told(capsys) if "does not rest on it" not in text]
    heads = [head for head, _ in paragraphs]
    assert place in heads
    text = dict(paragraphs)[place]
    assert [word for word in words if word not in text] == []
    assert set(heads) <= {
        place,
        "korea/series/gdp.csv:1  missing-column",
        f"korea/{PATH}:6 [rule]  rule-numbers",
    }


def test_a_circle_of_postures_is_told_once_with_its_way(korea, capsys):
    (korea / "postures").mkdir()
    for name, base in (("mine", "yours"), ("yours", "mine")):
        text = f'label = "{name}"\nbase = "{base}"\ndate = 2026-02-01\nspeaker_actor = "USA"\nsummary = "x"\n'
        reference = 'reference = { title = "x", publisher = "y", date = 2026-02-01 }\n'
        (korea / "postures" / f"{name}.toml").write_text(text + reference, encoding="utf-8")
    changed(korea / BASE, '"nds-2026"', '"mine"')

    assert run(["project", "korea", "--scenario", "constant-share", "--draws", "50"]) == 2

    ((head, text),) = told(capsys)
    assert head == "korea/postures/yours.toml:2 [base]  posture-cycle"
    assert "mine on yours on mine" in text
    assert "Take the base out of one of them." in text


def test_an_inherited_key_is_told_in_the_file_that_holds_it(korea, capsys):
    """linear-2030 has a [target] of its own, the parameter in it comes from the scenario that it extends."""
    changed(korea / BASE, '"kor-defence-share-target"', '"kor-defense-share-target"')

    assert run(["project", "korea", "--scenario", "linear-2030", "--draws", "50"]) == 2

    ((head, text),) = told(capsys)
    assert head == f"korea/{BASE}:16 [target.parameter]  unknown-id"
    assert "Did you mean 'kor-defence-share-target'?" in text


def test_assumptions_that_take_the_place_of_inherited_ones_are_told_to_do_so(korea, capsys):
    """A list is replaced whole; who adds one entry loses the others."""
    entry = (
        '\n[[assumptions]]\nvariable = "real_growth"\nfrom = 2031\nto = 2035\nvalue = "2 %"\nreason = "x"\n'
    )
    path = korea / PATH
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")

    run(["project", "korea", "--scenario", "linear-2035", "--draws", "50"])

    hints = [text for head, text in told(capsys) if "drivers.home.nominal" in head]
    assert hints
    assert all("'linear-2035' take the place of all that it would inherit" in text for text in hints)
