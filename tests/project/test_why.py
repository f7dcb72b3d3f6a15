"""Why a number is what it is: cells asked for in words, the chain down to quotations, and draws run again."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from steelyard.answered import answer_text, why
from steelyard.cli import run
from steelyard.project.economy import run_draws
from steelyard.project.equations import outcomes
from steelyard.project.prepared import prepare, run_of
from steelyard.project.replay import replayed
from steelyard.project.sections import DOCUMENT, section_of
from steelyard.project.why import chain_of, find_cell
from steelyard.run import Options, Run

KOREA = Path(__file__).resolve().parents[2] / "cases" / "korea-2026"
DRAWS = 300


@cache
def korea():
    case = Run(KOREA, Options(scenario="linear-2035", draws=DRAWS))
    return case, case.projected[0][0]


def shown(chain):
    return answer_text([chain], korea()[0], [], "text").replace("\N{NO-BREAK SPACE}", " ")


def asked(text):
    case, ensemble = korea()
    return find_cell(text, ensemble, case.case.vocabulary)


@pytest.mark.parametrize(
    ("text", "variable", "year", "percent"),
    [
        ("won 2035 p50", "spending", 2035, 50),
        ("KRW 2035", "spending", 2035, 50),
        ("2030 dollars 95 %", "spending_foreign", 2030, 95),
        ("share 2026 median", "share", 2026, 50),
        ("real spending 2031 q5", "spending_real", 2031, 5),
        ("extra cumulative 2035 central", "extra_cumulative", 2035, None),
        ("extra_cumulative_foreign 2035 p25", "extra_cumulative_foreign", 2035, 25),
    ],
)
def test_a_cell_is_asked_for_as_people_speak_of_it(text, variable, year, percent):
    found, problem = asked(text)

    assert problem is None
    assert (found.cell.variable, found.cell.year, found.percent) == (variable, year, percent)


@pytest.mark.parametrize(
    ("text", "variable"),
    [
        ("pledge outlay arms 2030", "pledge_outlay:arms"),
        ("pledge outlay foreign arms 2030", "pledge_outlay_foreign:arms"),
        ("pledge_part:arms 2030", "pledge_part:arms"),
        ("cost sharing 2030", "cost_sharing"),
        ("cost_sharing:kor-sma-11 2035", "cost_sharing:kor-sma-11"),
        ("troops 2026", "troops:usfk"),
    ],
)
def test_what_is_owed_is_asked_for_in_the_same_way(text, variable):
    found, problem = asked(text)

    assert problem is None
    assert found.cell.variable == variable


@pytest.mark.parametrize("number", [0, DRAWS - 1])
def test_what_is_owed_in_a_draw_hangs_together(number):
    """Dollars times the rate are won, and what is taken of force enhancement moves as both do."""
    case, ensemble = korea()
    entry = case.case.vocabulary.entries("scenarios")["linear-2035"]
    found, _ = prepare(entry, case.gathered.ledger, case.case.vocabulary, case.case.series, draws=DRAWS)
    ready = run_of(found)

    def drawn(text):
        return replayed(ensemble, asked(f"{text} draw {number}")[0], ready).value

    rate = drawn("won 2030") / drawn("dollars 2030")
    assert drawn("pledge_outlay:arms 2030") == pytest.approx(5e9 * rate, rel=1e-5)
    assert drawn("cost_sharing_foreign 2030") == pytest.approx(drawn("cost_sharing 2030") / rate, rel=1e-5)
    part = 0.75e9 * 1421.4 / (drawn("won 2026") * drawn("pledge_part:arms 2026") / 100)
    assert drawn("pledge_part:arms 2030") == pytest.approx(
        100 * 5e9 * rate / (part * drawn("won 2030")), rel=1e-3
    )
    assert drawn("pledge_backlog:arms 2030") == 9.75e9
    assert drawn("cost_sharing:kor-sma-11 2031") == pytest.approx(
        drawn("cost_sharing 2030") * drawn("won 2030") / drawn("won 2029"), rel=1e-9
    )


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        pytest.param("won", "2026 to 2035", id="no year"),
        pytest.param("won 1990", "2026 to 2035", id="a year before all"),
        pytest.param("yen 2030", "spending_foreign", id="another currency"),
        pytest.param(
            "yen 2030", "spending in it, here KRW, USD.", id="another currency, and which there are"
        ),
        pytest.param("won 2030 p7", "5, 25, 50, 75, 95", id="no such quantile"),
        pytest.param(f"won 2030 draw {DRAWS}", f"0 to {DRAWS - 1}", id="a draw too many"),
        pytest.param("won 2030 draw ²", "0 to", id="a draw that is no number"),
        pytest.param("cumulative 2030", "extra_cumulative", id="of what is not said"),
        pytest.param("", "spending", id="nothing"),
    ],
)
def test_a_cell_that_there_is_not_gives_what_there_is(text, remedy):
    found, problem = asked(text)

    assert found is None
    assert problem.code == "unknown-cell"
    assert remedy in problem.hint


def test_the_chain_of_a_cell_ends_at_quotations_that_stand_where_it_says():
    case, ensemble = korea()
    chain = chain_of(ensemble, asked("won 2035 p50")[0])

    texts = {document.name: document.text for document in case.gathered.documents}
    claims = [origin for origin in chain.origins if origin.kind == "claim"]
    assert claims
    for claim in claims:
        place = claim.reference
        assert texts[place["document"]][int(place["start"]) : int(place["end"])] == claim.value
    assert {"parameter", "equation", "series", "draws"} <= {origin.kind for origin in chain.origins}
    assert chain.value == ensemble.series("spending")[-1].quantiles[2]


@pytest.mark.parametrize("number", [0, 1, 255, 256, DRAWS - 1])
def test_a_draw_is_the_same_alone_as_among_all(number):
    case, ensemble = korea()
    entry = case.case.vocabulary.entries("scenarios")["linear-2035"]
    found, _ = prepare(entry, case.gathered.ledger, case.case.vocabulary, case.case.series, draws=DRAWS)
    ready = run_of(found)
    paths = run_draws(ready.drivers, ready.scenario.seed, DRAWS)
    years = [
        values
        for name, values in outcomes(ready.policies[0], paths, ready.scale(0))
        if name == "spending_foreign"
    ]

    chain = replayed(ensemble, asked(f"dollars 2033 draw {number}")[0], ready)

    assert chain.value == years[2033 - 2026][number]
    assert [row["year"] for row in chain.drawn] == list(range(2027, 2034))
    assert chain.box is None


def test_the_command_prints_the_chain_and_what_it_was_made_with(capsys):
    arguments = ["project", str(KOREA), "--scenario", "linear-2035", "--draws", str(DRAWS)]
    assert run([*arguments, "--why", "won 2035 p50", "--format", "json"]) == 0

    data = json.loads(capsys.readouterr().out)
    (chain,) = data["why"]
    assert chain["equation"].startswith("ME[t] =")
    assert "case.toml" in data["inputs"]
    assert data["version"]

    assert run([*arguments, "--why", "share 2030 draw 7"]) == 0
    out = capsys.readouterr().out
    assert "share 2030, draw 7:" in out
    assert "sources/budget-brief.txt, characters" in out
    shocks = "real_growth KOR, inflation KOR, real_exchange_rate KOR"
    assert f"shocks as in 2001/2024. seed 20260124, shocks {shocks}, years 2027 to 2035\n" in out
    assert f"case.toml {data['inputs']['case.toml']}" in out


@pytest.mark.parametrize(
    ("cell", "equation", "there", "not_there"),
    [
        pytest.param(
            "pledge_part 2030", "100 o[t] E[t] / (e ME[t])",
            ("25 bn USD", "14.0 billion", "KOR exchange_rate", "equal steps", "seed 20260124"),
            ("28500", "1.5192", "consumer_prices"), id="a pledge's part of spending",
        ),
        pytest.param(
            "cost_sharing:kor-sma-11 2035", "H[t] = H[t-1] clip(I[t-l] / I[t-l-1])",
            ("11th Special Measures", "12th Special Measures", "1.5192 tn KRW", "equal steps"),
            ("KOR exchange_rate", "consumer inflation", "25 bn USD"), id="an option after the agreement",
        ),
        pytest.param(
            "cost_sharing:frozen 2035", "H[t] = H[t-1]",
            ("the last amount stays", "1.5192 tn KRW"),
            ("11th Special Measures", "equal steps", "consumer inflation"), id="no step after the agreement",
        ),
        pytest.param(
            "gdp 2030", "Y[t] = Y[t-1] exp(g[t] + pi[t])",
            ("2.42%", "real growth", "seed 20260124"),
            ("3.5 %", "equal steps", "KOR exchange_rate", "28500"), id="gdp",
        ),
        pytest.param(
            "troops 2026", "N[t]", ("28500 troops",), ("seed", "series", "Authorization"), id="troops",
        ),
        pytest.param("x_static", "(b* - b0) Y[t0]", ("3.5 %",), ("seed", "series:"), id="today's economy"),
    ],
)  # fmt: skip
def test_the_command_tells_just_what_an_equation_uses(cell, equation, there, not_there, capsys):
    assert run(["project", str(KOREA), "--scenario", "linear-2035", "--draws", "50", "--why", cell]) == 0
    chain, _ = capsys.readouterr().out.split("\nsteelyard ")

    assert f"{equation}\n" in chain
    assert [words for words in there if words not in chain] == []
    assert [words for words in not_there if words in chain] == []


def test_a_case_in_a_folder_of_another_name_gives_the_same_bytes(tmp_path):
    _, ensemble = korea()
    moved = Path(shutil.copytree(KOREA, tmp_path / "renamed", ignore=shutil.ignore_patterns("out")))
    (other,), _ = Run(moved, Options(scenario="linear-2035", draws=DRAWS)).projected

    assert json.dumps(other.to_json()) == json.dumps(ensemble.to_json())


@pytest.mark.parametrize(
    "text", ["won 2035 p50", "cost sharing 2030", "pledge_part:arms 2030", "troops 2026"]
)
def test_the_printed_chain_leaves_no_origin_out(text):
    case, _ = korea()
    (chain,), problems = why(case, text)
    printed = answer_text([chain], case, [], "text")

    assert {problem.code for problem in problems} == {"gdp-vintage"}
    for origin in chain.origins:
        assert (origin.value if origin.kind == "claim" else origin.label) in printed


def test_a_number_of_draws_is_told_with_its_error():
    _, ensemble = korea()
    found, _ = asked("won 2035 p95")
    chain = chain_of(ensemble, found)

    assert chain.error == chain.to_json()["error"] == found.cell.errors[-1]
    assert f"  Monte Carlo standard error: {chain.error / 1e12:g} tn KRW\n" in shown(chain)
    for text in ("won 2026", "won 2035 central"):
        exact = chain_of(ensemble, asked(text)[0])
        assert exact.error is None
        assert "Monte Carlo" not in shown(exact)


def test_a_chance_is_told_with_the_digits_that_its_error_leaves():
    """Of 300 draws about half meet the target, which is known to sqrt(0.25 / 300) = 0.029."""
    _, ensemble = korea()
    chain = chain_of(ensemble, asked("p_reach")[0])

    assert f": {chain.value:.2f} (linear-2035)\n  Monte Carlo standard error: 0.02" in shown(chain)


def test_a_wrong_cell_ends_with_two_and_no_chain(capsys):
    arguments = ["project", str(KOREA), "--scenario", "linear-2035", "--draws", str(DRAWS)]
    assert run([*arguments, "--why", "gold 2035"]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "unknown-cell" in printed.err


def test_a_chain_is_no_table(capsys):
    assert run(["project", str(KOREA), "--why", "won 2035", "--format", "csv"]) == 2
    assert "json" in capsys.readouterr().err


# Headlines


def test_every_headline_can_be_asked_for_and_says_what_it_rests_on():
    case, ensemble = korea()
    for number in ensemble.headline:
        year = f" {number.year}" if number.year else ""
        found, problem = asked(f"{number.name}{year}")
        assert problem is None, number.name
        chain = chain_of(ensemble, found)
        assert (chain.value, chain.box) == (number.value, (number.low, number.high))
        assert chain.error == number.error
        assert [one.id for one in chain.origins] == list(number.inputs)
        assert number.name in answer_text([chain], case, [], "text")


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("p_reach 2035", "p_reach", 2035),
        ("x_static", "x_static", None),
        ("gap_closes", "gap_closes", None),
        ("troop_margin 2026", "troop_margin:usfk", 2026),
        ("x_annual_foreign 2035 p95", "x_annual_foreign", 2035),
    ],
)
def test_a_headline_is_asked_for_by_its_name(text, name, year):
    found, problem = asked(text)

    assert problem is None
    assert (found.cell.variable, found.year) == (name, year)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        pytest.param("p_reach 2031", "2035", id="of another year"),
        pytest.param("gap_closes 2031", "no single year", id="of no year"),
        pytest.param("p_reach p95", "p95", id="of a quantile that it has not"),
        pytest.param("p_reach draw 3", "variable and year", id="of a draw"),
    ],
)
def test_a_headline_that_there_is_not_gives_what_there_is(text, remedy):
    found, problem = asked(text)

    assert found is None
    assert problem.code == "unknown-cell"
    assert remedy in problem.hint


# Where the rule is explained


def test_each_number_names_the_section_that_explains_its_rule():
    _, ensemble = korea()
    text = (KOREA.parents[1] / DOCUMENT).read_text(encoding="utf-8")
    headings = {line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")}

    names = [*ensemble.variables, *(one.name for one in ensemble.headline)]

    assert {section_of(name) for name in names} <= headings
    assert "  explained in: docs/projection.md, Spending rules\n" in shown(
        chain_of(ensemble, asked("won 2035 p50")[0])
    )
