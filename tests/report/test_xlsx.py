"""The workbook: read by a library that is not ours, its formulas worked out by an engine that is not ours."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import ironcalc
import numpy as np
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from steelyard.check import check_ledger
from steelyard.core.claim import Ledger
from steelyard.core.series import Point, Series
from steelyard.project.ensemble import Cell, Ensemble
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.report.bundle import WORKBOOK, make_report
from steelyard.report.export.sheet_layout import row_height
from steelyard.report.export.sources import inputs_hash
from steelyard.report.export.spreadsheet import Column, Sheet, to_workbook
from tests.report import samples

AGREE = "Do they agree?"
YEARS = (2026, 2027, 2028)
# Won, as a scenario has them: the share of 2026 is 2.5 % of GDP.
GDP = (2000e12, 2100e12, 2200e12)
SPENDING = (50e12, 60e12, 70e12)
CONSTANT = (50e12, 52.5e12, 55e12)


def cell(variable, unit, year, value) -> Cell:
    ends = ((value, value),) * 5
    return Cell(variable, unit, year, value, (value, value), (value,) * 5, ends, "ME[t]", ("claim:x",))


def path(name, spending, *, reference="", **changed) -> Ensemble:
    """A scenario of three years in round numbers; `changed` replaces the values of a variable."""
    extra = [spent - 0.025 * gdp for spent, gdp in zip(spending, GDP, strict=True)]
    over = [spent - other for spent, other in zip(spending, CONSTANT, strict=True)]
    variables = {
        "spending": spending,
        "spending_foreign": [spent / 1250 for spent in spending],
        "share": [100 * spent / gdp for spent, gdp in zip(spending, GDP, strict=True)],
        "gdp": GDP,
        "extra": extra,
        "extra_foreign": [amount / 1250 for amount in extra],
        "extra_cumulative": [extra[0], extra[0] + extra[1], sum(extra)],
    }
    if reference:
        variables |= {"difference": over, "difference_cumulative": [over[0], over[0] + over[1], sum(over)]}
    units = {"share": "% of GDP", "spending_foreign": "USD", "extra_foreign": "USD"}
    cells = [
        cell(variable, units.get(variable, "KRW"), year, float(f"{value:.6g}"))
        for variable, values in (variables | changed).items()
        for year, value in zip(YEARS, values, strict=True)
    ]
    return replace(samples.scenario(name, [2.5, 2.5, 2.5], reference_scenario=reference), cells=tuple(cells))


@cache
def findings():
    return tuple(check_ledger(samples.LEDGER, samples.vocabulary())[0])


def results(**changes):
    ensembles = (path("constant", CONSTANT), path("rising", SPENDING, reference="constant"))
    return samples.results(**{"findings": findings(), "ensembles": ensembles, **changes})


def workbook(**changes) -> bytes:
    return make_report(results(**changes))[0][WORKBOOK]


@pytest.fixture(scope="module")
def content():
    return workbook()


def table(content, name) -> list[dict]:
    """A sheet as rows by heading; of headings that come twice the later ones have their count behind."""
    heading, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()
    names: list[str] = []
    for each in map(str, heading):
        count = sum(name.partition(" #")[0] == each for name in names)
        names.append(f"{each} #{count + 1}" if count else each)
    return [dict(zip(names, row, strict=True)) for row in rows]


class Engine:
    """The workbook in another program, which works its formulas out."""

    def __init__(self, content, folder):
        file = folder / "report.xlsx"
        file.write_bytes(content)
        self.model = ironcalc.load_from_xlsx(str(file), "en", "UTC", "en")
        self.names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
        self.model.evaluate()

    def value(self, sheet, row, column):
        return self.model.get_cell_value(self.names.index(sheet), row, column)

    def type(self, sheet, row, column, text):
        self.model.set_user_input(self.names.index(sheet), row, column, text)
        self.model.evaluate()


def formulas(content):
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            yield from ((sheet.title, each) for each in row if each.data_type == "f")


def test_another_program_comes_to_what_the_file_says_of_each_formula(content, tmp_path):
    engine = Engine(content, tmp_path)
    values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)

    found = list(formulas(content))
    told = [
        (values[sheet][each.coordinate].value, engine.value(sheet, each.row, each.column))
        for sheet, each in found
    ]

    assert len(found) > 60
    for said, worked_out in told:
        assert worked_out == (said if isinstance(said, str) else pytest.approx(said, rel=1e-12, abs=1e-3))


def test_what_follows_from_claims_is_redone_from_their_cells(content):
    """46.1 bn at 2.42 %, to 3.5 %: from 46.05 × (3.5 - 2.425) / 2.425 to 46.15 × (3.5 - 2.415) / 2.415."""
    row = table(content, "Findings")[0]

    assert row["Verdict"] == "Contradicted"
    assert row["Follows: low (formula)"] == pytest.approx(46.05e9 * 1.075 / 2.425, rel=1e-12)
    assert row["Follows: high (formula)"] == pytest.approx(46.15e9 * 1.085 / 2.415, rel=1e-12)
    assert (row["Printed: low (formula)"], row["Printed: high (formula)"]) == (20.75e9, 20.85e9)
    assert row["Apart by (formula)"] == pytest.approx(20.75e9 - 46.15e9 * 1.085 / 2.415, rel=1e-6)
    assert [row[AGREE], row[f"{AGREE} #2"], row[f"{AGREE} #3"]] == ["yes", "yes", "yes"]


@pytest.mark.parametrize(
    ("identity", "low", "high"),
    [
        # 46.1 bn is 8.2 % more than 46.1 / 1.082.
        pytest.param("growth", 46.05e9 - 46.05e9 / 1.0815, 46.15e9 - 46.15e9 / 1.0825, id="change"),
        pytest.param("share-of-gdp", 46.05e9 / 0.02425, 46.15e9 / 0.02415, id="quotient"),
        pytest.param("amount-at-target", 3.5 * 46.05e9 / 2.425, 3.5 * 46.15e9 / 2.415, id="product"),
    ],
)
def test_derived_numbers_are_sums_of_claims(content, identity, low, high):
    place = [finding.identity for finding in findings()].index(identity)
    row = table(content, "Findings")[place]

    assert row["Follows: low (formula)"] == pytest.approx(low, rel=1e-12)
    assert row["Follows: high (formula)"] == pytest.approx(high, rel=1e-12)
    assert row[AGREE] == "yes"


def test_a_sum_that_a_text_states_is_redone_too():
    """2,400 leaves open 2,350 to 2,450, and 350 is exact: 2,700 to 2,800 in all, where 2,900 are printed."""
    text = "The garrison has 2,400 soldiers and 350 civilians, 2,900 people in all.\n"
    document = Document("sources/garrison.txt", text, date(2026, 1, 23))
    ledger, _ = read_document(document, samples.vocabulary())
    found = tuple(check_ledger(ledger, samples.vocabulary())[0])

    (row, *_) = table(workbook(documents=(document,), ledger=ledger, findings=found), "Findings")

    assert row["Verdict"] == "Contradicted"
    assert (row["Follows: low (formula)"], row["Follows: high (formula)"]) == (2700, 2800)
    assert row["Apart by (formula)"] == 50
    assert [row[AGREE], row[f"{AGREE} #2"], row[f"{AGREE} #3"]] == ["yes", "yes", "yes"]


def test_a_claim_that_is_changed_by_hand_changes_what_follows(content, tmp_path):
    """What the program found of the claim as printed then no longer agrees, and that is said."""
    engine = Engine(content, tmp_path)
    claims = table(content, "Claims")
    place = [row["As printed"] for row in claims].index("$20.8 billion")
    columns = list(table(content, "Findings")[0])
    engine.type("Claims", place + 2, list(claims[0]).index("High end (in the unit of the row)") + 1, "20.3e9")

    printed = engine.value("Findings", 2, columns.index("Printed: high (formula)") + 1)
    check = engine.value("Findings", 2, columns.index(f"{AGREE} #2") + 1)

    assert printed == 20.3e9
    assert check == "no"


def test_a_bound_that_no_sum_gives_is_said_to_be_not_redone():
    off = replace(samples.CLASH, expected={"low": 1.0, "high": 2.0, "unit": "USD"})
    dated = replace(samples.CLASH, expected={"value": "2025-11"}, found={"value": "2024-11"}, miss=None)

    rows = table(workbook(findings=(off, dated)), "Findings")

    assert [row[AGREE] for row in rows] == ["not redone", "not redone"]
    assert [row["Follows: low (formula)"] for row in rows] == ["", ""]
    assert rows[1]["Follows: low (program)"] == "2025-11"


def test_an_open_end_stays_empty():
    """Under a floor of 28,500 a level has a low end and no high one."""
    rows = table(workbook(findings=(samples.AGREEMENT,)), "Findings")

    assert (rows[0]["Follows: low (program)"], rows[0]["Follows: high (program)"]) == (28500, "")
    assert (rows[0]["Printed: low (formula)"], rows[0]["Printed: high (formula)"]) == (28400, 28600)
    assert rows[0]["Apart by (formula)"] == 0


def test_sides_in_two_units_are_not_taken_from_each_other():
    """50 bn won and 46 bn dollars are no 4 bn apart."""
    won = {"low": 50e9, "high": 51e9, "unit": "KRW"}
    other = replace(
        samples.DIFFERENCE, expected=won, found={"low": 46e9, "high": 46e9, "unit": "USD"}, miss=None
    )

    (row,) = table(workbook(findings=(other,)), "Findings")

    assert row["Unit"] == "KRW / USD"
    assert (row["Apart by (formula)"], row[f"{AGREE} #3"]) == ("", "")


def test_sums_of_a_scenario_are_redone_by_year(content):
    """2028: 70 tn won are 3.1818 % of 2,200; 15 tn more than 55, and with the 7.5 of 2027 22.5 tn."""
    rows = {(row["Variable"], row["Year"]): row for row in table(content, "rising")}
    redone = {key: row["The same by formula"] for key, row in rows.items()}

    assert redone["share", 2028] == pytest.approx(100 * 70 / 2200, rel=1e-12)
    assert redone["extra", 2028] == pytest.approx(15e12, rel=1e-12)
    assert redone["difference", 2027] == pytest.approx(7.5e12, rel=1e-12)
    assert redone["extra_cumulative", 2028] == pytest.approx(22.5e12, rel=1e-12)
    assert redone["extra_foreign", 2028] == pytest.approx(15e12 / 1250, rel=1e-12)
    assert redone["spending", 2028] == ""
    assert {row[AGREE] for row in rows.values()} == {"yes", ""}


def test_what_a_path_costs_over_its_reference_is_added_up_by_formula(content):
    rows = table(content, "Extra cost")

    assert [row["rising over constant (KRW)"] for row in rows] == [0, 7.5e12, 15e12]
    assert [row["The same added up (KRW)"] for row in rows] == [0, 7.5e12, 22.5e12]
    assert {row[AGREE] for row in rows} == {"yes"}


@pytest.mark.parametrize(
    ("printed", "agrees"),
    [
        # 100 × 70 / 2200 = 3.181818...; six digits of each number leave about 0.00002.
        pytest.param(3.18182, "yes", id="rounded to six digits"),
        pytest.param(3.18190, "no", id="wrong in the fifth"),
    ],
)
def test_a_number_agrees_within_the_rounding_of_its_parts_and_no_more(printed, agrees):
    wrong = path("rising", SPENDING, share=(2.5, 2.85714, printed))

    content = workbook(ensembles=(wrong,))

    rows = {(row["Variable"], row["Year"]): row for row in table(content, "rising")}
    assert rows["share", 2028][AGREE] == agrees
    about = {row["What"]: row for row in table(content, "About")}
    assert about["Sheet rising"]["That do not"] == (agrees == "no")


def test_a_path_with_gaps_or_without_gdp_is_listed_and_not_redone():
    bare = path("bare", SPENDING)
    gone = tuple(
        one for one in bare.cells if one.variable != "gdp" and (one.variable, one.year) != ("extra", 2027)
    )

    rows = table(workbook(ensembles=(replace(bare, cells=gone),)), "bare")

    told = {(row["Variable"], row["Year"]): row["The same by formula"] for row in rows}
    assert (told["share", 2028], told["extra", 2028], told["extra_cumulative", 2028]) == ("", "", "")
    assert told["extra_cumulative", 2026] == 0


HOSTILE = [
    pytest.param("=HYPERLINK(1)", id="formula"),
    pytest.param("+1", id="plus"),
    pytest.param("-2+3", id="minus"),
    pytest.param("@SUM(A1)", id="at"),
    pytest.param("</t></is></c><c><f>1+1</f></c>", id="the file's own marks"),
    pytest.param('<script>alert(1)</script> & "co"', id="script"),
    pytest.param("_x003D_1+1", id="the format's own escape"),
    pytest.param("٤٦ مليار, 46.1억", id="other writing"),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_source_says_is_text(text, tmp_path):
    ledger = Ledger([samples.TOTAL.changed(quote=text, speaker=text)])

    content = workbook(title=text, ledger=ledger, findings=(), ensembles=())

    assert table(content, "Claims")[0]["As printed"] == text
    assert table(content, "About")[0]["Is"] == text
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Claims"]
    assert sheet["B2"].data_type == "s"
    assert sheet["B2"].quotePrefix == text.startswith(("=", "+", "-", "@"))
    assert not isinstance(Engine(content, tmp_path).value("Claims", 2, 2), (int, float))


def test_signs_that_no_xml_holds_are_shown_as_signs():
    content = workbook(title="A\x00B\x1b \u202eC", findings=(), ensembles=())

    assert table(content, "About")[0]["Is"] == "A␀B␛ �C"


def test_a_text_longer_than_a_cell_is_cut_with_a_mark():
    content = workbook(title="x" * 40_000, findings=(), ensembles=())

    assert table(content, "About")[0]["Is"] == "x" * 32_766 + "…"


def test_sheets_of_odd_names_have_names_of_their_own(tmp_path):
    """A sheet's name has at most 31 signs, none of []:*?/\\', and differs not by capitals alone."""
    names = ["a/b:c*?[d]'", "Claims", "RISING", "rising", "history", "x" * 40, "x" * 41]
    paths = tuple(path(name, SPENDING) for name in names)

    content = workbook(ensembles=paths)

    found = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert len({name.casefold() for name in found}) == len(found)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in found)
    about = {row["What"]: row for row in table(content, "About")}
    assert sum(row["Formulas that agree"] or 0 for row in about.values()) > 0
    engine = Engine(content, tmp_path)
    assert (
        engine.value("About", list(about).index("Sheet Findings") + 2, 3)
        == about["Sheet Findings"]["Formulas that agree"]
    )


def test_a_number_of_another_library_is_a_number():
    sheet = Sheet("A", (Column("x"),), [(np.float64(2.5),), (float("inf"),), (10**20,)])

    rows = CalamineWorkbook.from_filelike(
        io.BytesIO(to_workbook([sheet], title="", creator=""))
    ).get_sheet_by_name("A")

    assert rows.to_python() == [["x"], [2.5], ["unbounded"], [1e20]]


def test_headings_stay_in_sight_and_numbers_are_numbers_with_a_format(content):
    book = openpyxl.load_workbook(io.BytesIO(content))

    kept = {name: book[name].freeze_panes for name in ("About", "Claims", "rising", "Extra cost")}
    assert kept == {"About": "A2", "Claims": "C2", "rising": "C2", "Extra cost": "B2"}
    claims = book["Claims"]
    assert claims.column_dimensions["B"].width == 26
    assert claims["I1"].font.b
    assert (claims["I2"].value, claims["I2"].number_format) == (46_100_000_000, "#,##0")
    assert {row[1].number_format for row in book["rising"].iter_rows(min_row=2)} == {"0"}


def test_each_page_of_a_sheet_has_its_headings_and_rows_are_as_high_as_their_texts(content):
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert {sheet.page_setup.orientation for sheet in book} == {"landscape"}
    assert {sheet.print_title_rows for sheet in book} == {"$1:$1"}
    claims = book["Claims"]
    assert claims.print_title_cols is None
    # The ids that a number of a scenario rests on are in its last column, the 21st.
    assert book["rising"].print_area.endswith(f"$A$1:$T${book['rising'].max_row}")
    assert claims.auto_filter.ref == f"A1:S{len(samples.LEDGER) + 1}"
    # "Value (in the unit of the row)" takes two lines of 13.5 points in a column of 20 characters.
    assert claims.row_dimensions[1].height == 27


@pytest.mark.parametrize(
    ("text", "width", "height"),
    [
        pytest.param("8.7 trillion yen", 17, 0, id="one line is as high as any"),
        pytest.param("spending that is proposed", 14, 27, id="two lines"),
        pytest.param("one\ntwo\nthree", 14, 40.5, id="lines of its own"),
        pytest.param("국방예산국방예산", 9, 27, id="signs that are two wide"),
        pytest.param("no end " * 5000, 20, 409, id="no higher than rows can be"),
    ],
)
def test_a_row_is_as_high_as_its_longest_text_needs(text, width, height):
    assert row_height([("short", width), (text, width)]) == height


def test_the_first_sheet_tells_what_is_what_and_what_went_in(content):
    rows = {row["What"]: row for row in table(content, "About")}
    lines = f"{'cd' * 32}  sources/brief.txt\n{'ab' * 32}  sources/budget.txt\n"

    assert rows["Report"]["Is"] == samples.results().title
    assert rows["Hash of the inputs"]["Is"] == hashlib.sha256(lines.encode()).hexdigest()
    assert rows["Command"]["Is"] == "steelyard build cases/example"
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert sheets[0] == "About"
    assert [name for name in sheets[1:] if f"Sheet {name}" not in rows] == []
    assert {row["That do not"] for row in rows.values()} <= {0, ""}


def test_the_hash_of_the_inputs_is_the_same_in_whatever_order_they_come():
    assert inputs_hash({"a": "1", "b": "2"}) == inputs_hash({"b": "2", "a": "1"})
    assert inputs_hash({"a": "1"}) != inputs_hash({"a": "2"})


def test_each_table_of_the_report_has_a_sheet(content):
    gdp = Series("KOR", "gdp", "KRW", "WEO 2025-10", (Point(2026, Decimal("2666e12"), "IMF", "KOR.NGDP"),))
    whole = workbook(series=(gdp,))

    assert len(table(content, "Claims")) == len(samples.LEDGER)
    assert len(table(content, "Findings")) == len(findings())
    assert table(whole, "Series")[0]["Value (in the unit of the row)"] == 2666e12
    assert table(whole, "Problems")[0]["Code"] == "missing-base-claim"
    assert table(whole, "Chances")[0]["Year"] == 2027
    assert table(whole, "Responsibility")
    assert [row["File"] for row in table(whole, "Inputs")] == ["sources/brief.txt", "sources/budget.txt"]


def test_a_case_without_anything_is_a_workbook_all_the_same():
    empty = {"documents": (), "ledger": Ledger(), "findings": (), "ensembles": (), "problems": ()}

    content = workbook(**empty, postures=(), inputs={})

    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert sheets == ["About", "Claims", "Findings"]
    assert table(content, "Claims") == []


def test_the_same_results_give_the_same_bytes_and_no_clock_is_in_them(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        days = {info.date_time for info in archive.infolist()}
        properties = archive.read("docProps/core.xml")

    assert workbook() == content
    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert b"created" not in properties
