"""`steelyard panel`: the promised rows in each format, files, revisions, and what is asked wrongly."""

from __future__ import annotations

import csv
import io
import json

import duckdb
import pytest

from steelyard.cli import run
from steelyard.panel.rows import COLUMNS

HEADING = "actor,measure,prices,period,value,unit,status,definition,edition,source"


def answered(capsys, *words):
    code = run(["panel", *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_json_has_rows_of_measure_member_year_ends_and_origin(capsys):
    code, out, _ = answered(capsys, "NATO", "--year", "2024", "--format", "json")

    data = json.loads(out)
    (poland,) = (one for one in data["rows"] if (one["measure"], one["member"]) == ("burden", "POL"))
    assert code == 0
    assert (data["alliance"], data["years"]) == ("NATO", [2024])
    # NATO's table 3 prints 4.12 % for Poland.
    assert (round(poland["low"], 6), round(poland["high"], 6), poland["unit"]) == (4.115, 4.125, "% of GDP")
    assert "Table 3, Poland" in poland["origin"][0]
    assert "[packaged:nato.csv:" in poland["origin"][0]
    assert {problem["severity"] for problem in data["problems"]} == {"warning", "refusal"}


def test_every_row_has_an_edition_and_an_origin(capsys):
    _, out, _ = answered(capsys, "NATO", "--year", "2014,2024", "--format", "jsonl", "--quiet")

    rows = [json.loads(line) for line in out.splitlines()]
    assert len(rows) > 500
    assert all(one["editions"] and one["origin"] for one in rows)
    assert all(one["low"] <= one["middle"] <= one["high"] for one in rows)


def test_larger_members_bore_more_in_2014_and_no_longer_in_2024(capsys):
    """The sign that the literature reports before 2022, and its fading after (docs/panel.md)."""
    _, out, _ = answered(
        capsys, "NATO", "--year", "2014,2024", "--measure", "spearman", "--format", "json", "--quiet"
    )

    rho = {
        one["year"]: one
        for one in json.loads(out)["rows"]
        if (one["measure"], one["member"]) == ("spearman", "all")
    }
    assert rho[2014]["low"] > 0.2
    assert rho[2024]["high"] < 0.1


def test_csv_has_a_row_each_and_the_columns_of_json(capsys):
    _, out, _ = answered(capsys, "KOR,JPN", "--year", "2025", "--measure", "per-head", "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == list(COLUMNS)
    assert [row["member"] for row in rows] == ["KOR", "JPN"]


def test_a_member_is_left_out(capsys):
    _, out, _ = answered(capsys, "NATO", "--without", "usa", "--measure", "spending", "--format", "json")

    assert "USA" not in {row["member"] for row in json.loads(out)["rows"]}


def test_the_table_tells_what_is_an_estimate(capsys):
    _, out, _ = answered(capsys, "NATO", "--year", "2024", "--quiet")

    assert "NATO 2024 (NATO 2024-06, WDI 2025-10-07)" in out
    assert "e: rests on figures that their publisher calls estimates" in out
    assert "Rank correlation of product and burden (Spearman's rho)" in out


def test_counts_stand_side_by_side_with_the_factor(capsys):
    _, out, _ = answered(capsys, "KOR,USA", "--year", "2025", "--counts", "--format", "json")

    data = json.loads(out)
    assert {one["definition"] for one in data["counts"] if one["unit"] == "KRW"} == {"national", "sipri"}
    (factor,) = data["factors"]
    assert (factor["from"], factor["to"]) == ("national (MND 2025-12)", "sipri (SIPRI 2026-04)")


def table(folder, name, *rows):
    path = folder / name
    path.write_text("\n".join([HEADING, *rows]) + "\n", encoding="utf-8")


def test_a_rebased_product_is_a_change_of_edition(capsys, tmp_path):
    """Korea's product of 2023 before and after the change to prices of 2020."""
    table(tmp_path, "a.csv", "KOR,gdp,current,2023,1712.8e9,USD,observed,,WDI 2024-05,World Bank")
    table(tmp_path, "b.csv", "KOR,gdp,current,2023,1844.8e9,USD,observed,,WDI 2026-01,World Bank")

    _, out, _ = answered(
        capsys, "KOR,JPN", "--year", "2023", "--revisions", "--data", str(tmp_path), "--format", "json"
    )

    (revision,) = json.loads(out)["revisions"]
    assert (revision["from_edition"], revision["to_edition"]) == ("WDI 2024-05", "WDI 2026-01")
    assert revision["percent"] == pytest.approx(7.707, abs=0.001)  # 1844.8 / 1712.8 = 1.07707


def test_without_an_alliance_the_files_are_listed(capsys, tmp_path):
    table(tmp_path, "own.csv", "KOR,gdp,current,2023,1712.8e9,USD,observed,,WDI 2024-05,World Bank")
    (tmp_path / "notes.docx").write_text("no table")

    code, out, err = answered(capsys, "--data", str(tmp_path))

    assert code == 0
    assert "own.csv: WDI 2024-05" in out
    assert "gdp, USD, current" in out
    assert "unknown-file (warning)" in err
    assert "notes.docx" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["NATA"], "Did you mean 'NATO'?", id="alliance"),
        pytest.param(["NATO", "--year", "20x"], "write 2024, or 2014..2024", id="year"),
        pytest.param(["NATO", "--year", "0000"], "1800 to 2199", id="year nought"),
        pytest.param(
            ["NATO", "--year", "２０２４"], "write 2024, or 2014..2024", id="digits of another script"
        ),
        pytest.param(["KOR,JPN", "--year", "1800..9999"], "1800 to 2199", id="years without end"),
        pytest.param(["NATO,USA"], "NATO is no state", id="an alliance among states"),
        pytest.param(["KOR,JPN", "--without", "KOR", "--without", "JPN"], "no member", id="nobody left"),
        pytest.param(["NATO", "--edition", "NATO 2024-6"], "Did you mean 'NATO 2024-06'?", id="edition"),
        pytest.param(["NATO", "--year", "2024..2014"], "ends before it begins", id="years the wrong way"),
        pytest.param(["NATO", "--measure", "gin"], "Did you mean 'gini'?", id="measure"),
        pytest.param(["NATO", "--definition", "nado"], "Did you mean 'nato'?", id="definition"),
        pytest.param(["NATO", "--without", "US"], "there is no actor 'US'", id="member"),
        pytest.param(["NATO", "--counts", "--revisions"], "one of --counts and --revisions", id="two views"),
        pytest.param(["--fetch", "NY.GDP.MKTP.CD"], "name an alliance", id="fetch for nobody"),
        pytest.param(
            ["NATO", "--fetch", "NY.GDP.MKTP.CD"], "the folder that --data names", id="fetch to nowhere"
        ),
        pytest.param(["NATO", "--data", "nowhere.xlsx"], "missing-path", id="file"),
    ],
)
def test_what_is_asked_wrongly_is_told_in_a_line(capsys, words, told):
    code, _, err = answered(capsys, *words)

    assert code == 2
    assert told in err
    assert "Traceback" not in err


def test_an_indicator_that_is_not_known_is_not_fetched(capsys, tmp_path):
    code, _, err = answered(capsys, "KOR,JPN", "--fetch", "NY.GDP", "--data", str(tmp_path))

    assert code == 2
    assert "not-fetched" in err
    assert list(tmp_path.iterdir()) == []


def spending(*rows):
    told = (f"{name},defence_spending,current,{year},3e9,USD,,nato,X 2024,Y\n" for name, year in rows)
    return f"{HEADING}\n{''.join(told)}"


@pytest.mark.parametrize(
    ("rows", "year", "told"),
    [
        pytest.param(
            [("POL", 2022), ("DEU", 2022), ("POL", 2023), ("DEU", 2023), ("FRA", 2024)],
            2023,
            "known of FRA alone",
            id="one is ahead",
        ),
        pytest.param(
            [("POL", 2023), ("POL", 2024), ("DEU", 2024), ("FRA", 2023)], 2024, "", id="most have it"
        ),
        pytest.param([("POL", 2023), ("DEU", 2024)], 2024, "", id="no year has most"),
        pytest.param([("POL", 2023), ("DEU", 2023), ("USA", 2025)], 2023, "", id="a stranger is ahead"),
        pytest.param([("FRA", 2024)], 2024, "", id="of one alone"),
    ],
)
def test_without_a_year_it_is_the_last_that_most_members_have(capsys, tmp_path, rows, year, told):
    (tmp_path / "own.csv").write_text(spending(*rows), encoding="utf-8")

    _, out, err = answered(capsys, "POL,DEU,FRA", "--data", str(tmp_path), "--format", "json")

    assert json.loads(out)["years"] == [year]
    assert ("year-chosen" in err) == bool(told)
    assert told in err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", "No figure was taken", id="an empty file"),
        pytest.param(
            f"{HEADING}\nPOL,defence_spending,current,2024,3e9,USD,,nato,X 2024,Y\n".replace(",", ";"),
            "not separated by commas",
            id="semicolons",
        ),
        pytest.param(
            f"{HEADING}\nPOL,defence_spending,current,2024,-3e9,USD,,nato,X 2024,Y\n",
            "not below nothing",
            id="a negative amount",
        ),
        pytest.param(
            f"{HEADING}\nPOL,defence_spending,curent,2024,3e9,USD,,nato,X 2024,Y\n",
            "The prices 'curent'",
            id="prices misspelt",
        ),
        pytest.param(
            f"{HEADING}\nPOL,defence_spending,current,2024,3e9,USD,,natoo,X 2024,Y\n",
            "Did you mean 'nato'?",
            id="definition misspelt",
        ),
        pytest.param(
            f"{HEADING}\nPolnad,defence_spending,current,2024,3e9,USD,,nato,X 2024,Y\n",
            "There is no actor 'Polnad'",
            id="actor misspelt",
        ),
    ],
)
def test_a_table_that_is_written_wrongly_is_told_at_its_place(capsys, tmp_path, text, told):
    (tmp_path / "own.csv").write_text(text, encoding="utf-8")

    code, _, err = answered(capsys, "POL,DEU", "--year", "2024", "--data", str(tmp_path))

    assert code == 2
    assert told in err
    assert "own.csv" in err


def test_a_measure_that_is_misspelt_is_a_warning_with_the_nearest(capsys, tmp_path):
    table(tmp_path, "own.csv", "POL,defense_spending,current,2024,3e9,USD,,nato,X 2024,Y")

    code, _, err = answered(capsys, "POL,DEU", "--year", "2024", "--data", str(tmp_path))

    assert code == 0
    assert "own.csv:2" in err
    assert "Did you mean 'defence_spending'?" in err


def test_a_fiscal_year_is_named_and_not_put_beside_calendar_years(capsys, tmp_path):
    """Japan's year 2024 runs from April 2024; Poland's is the calendar year."""
    table(
        tmp_path,
        "own.csv",
        "POL,defence_spending,current,FY2024,30e9,USD,observed,nato,X 2024,Y",
        "JPN,defence_spending,current,FY2024,60e9,USD,observed,nato,X 2024,Y",
    )

    _, out, err = answered(
        *(capsys, "POL,JPN", "--year", "2024", "--data", str(tmp_path)),
        *("--measure", "spending", "--format", "json"),
    )

    assert [row["member"] for row in json.loads(out)["rows"]] == ["POL"]
    assert "Of JPN it is known by fiscal year" in err


def test_an_edition_without_a_date_is_told_to_be_of_no_order(capsys, tmp_path):
    table(tmp_path, "a.csv", "KOR,gdp,current,2023,1712.8e9,USD,observed,,WDI of a friend,World Bank")
    table(tmp_path, "b.csv", "KOR,gdp,current,2023,1844.8e9,USD,observed,,WDI 2026-01,World Bank")

    _, out, _ = answered(capsys, "KOR,JPN", "--year", "2023", "--revisions", "--data", str(tmp_path))

    assert "WDI of a friend" in out
    assert "nothing tells when WDI of a friend came out" in out


def test_whom_nobody_counts_is_named(capsys):
    _, out, err = answered(capsys, "KOR,PHL", "--year", "2025", "--counts")

    assert "PHL" not in out
    assert "Nobody's count of PHL is known for 2025" in err


def test_the_rebased_product_of_korea_is_told_between_two_vintages(capsys, tmp_path, shared):
    """The World Bank's 1.7128 trillion dollars of 2023 became 1.8448 with the base year 2020: 7.71 % more."""
    folder = shared / "data"
    with (folder / "datahub-gdp.csv").open(encoding="utf-8-sig", newline="") as file:
        (old,) = (
            one["Value"]
            for one in csv.DictReader(file)
            if (one["Country Code"], one["Year"]) == ("KOR", "2023")
        )
    with (folder / "API_NY.GDP.MKTP.CD_DS2_en_csv_v2_126992.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        (new,) = (one["2023"] for one in csv.DictReader(file) if one["Country Code"] == "KOR")
    table(tmp_path, "a.csv", f"KOR,gdp,current,2023,{old},USD,observed,,WDI 2024,DataHub core")
    table(tmp_path, "b.csv", f"KOR,gdp,current,2023,{new},USD,observed,,WDI 2026,NY.GDP.MKTP.CD")

    _, out, _ = answered(
        *(capsys, "KOR,JPN", "--year", "2023", "--revisions", "--data", str(tmp_path), "--format", "json")
    )

    (revision,) = json.loads(out)["revisions"]
    assert revision["percent"] == pytest.approx(7.71, abs=0.01)
    assert (revision["from_edition"], revision["to_edition"]) == ("WDI 2024", "WDI 2026")


def test_parquet_holds_numbers_as_numbers(tmp_path):
    target = tmp_path / "rows.parquet"
    run(["panel", "KOR,JPN", "--year", "2025", "--measure", "burden", "--output", str(target), "--quiet"])

    table = duckdb.sql(f"SELECT year, middle, sharp, members FROM '{target}' WHERE member = 'KOR'")

    assert table.types == ["BIGINT", "DOUBLE", "BOOLEAN", "BIGINT"]
    # SIPRI prints 2.60 % for Korea.
    assert table.fetchall() == [(2025, 2.6, True, 2)]
