"""Tables and origins in the forms of other programs, read back by libraries that are not ours."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import frictionless
import pytest
from prov.model import ProvDerivation, ProvDocument, ProvEntity, ProvGeneration

from steelyard.case import Source
from steelyard.core.series import Point, Series
from steelyard.project.ensemble import Origin
from steelyard.report.bundle import IAMC, PACKAGE, PROV, make_report
from steelyard.report.export.datapackage import to_data_package
from steelyard.report.export.iamc import to_iamc, variable_name
from tests.report import samples


@pytest.fixture(scope="module")
def files():
    return make_report(samples.results())[0]


def test_the_package_describes_each_table_and_frictionless_finds_nothing_wrong(files, tmp_path):
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    package = frictionless.Package(str(tmp_path / PACKAGE))
    report = package.validate()

    assert report.valid, report.flatten(["name", "message"])
    tables = {name for name in files if name.startswith("tables/")}
    assert {resource.path for resource in package.resources} == tables


def test_a_source_says_who_made_it_how_it_is_cited_and_under_which_licence(tmp_path):
    """What the case says goes before what stands in the document; what neither says is left out."""
    known = Source(
        "sources/budget.txt",
        tmp_path,
        title="Seoul's plans",
        publisher="A ministry",
        date=date(2026, 1, 22),
        url="https://example.org/budget",
        licence="CC-BY-4.0",
        note="As printed.",
    )
    point = Point(2026, Decimal("2666e12"), "IMF, World Economic Outlook", "KOR.NGDP")
    gdp = Series("KOR", "gdp", "KRW", "WEO 2025-10", (point,))
    origin = Origin(
        *("parameter:target", "parameter", "Target", "3.5 %", "% of GDP", "packaged"),
        {"title": "The Hague Summit Declaration", "publisher": "NATO", "date": "2025-06-25"},
    )
    ensemble = replace(samples.results().ensembles[0], origins=(origin, origin))
    results = replace(samples.results(), sources=(known,), series=(gdp, gdp), ensembles=(ensemble,))

    text = to_data_package(results, {"tables/a.csv": b"year\n2026\n"}, "1")

    assert json.loads(text)["sources"] == [
        {
            "title": "Seoul's plans",
            "producer": "A ministry",
            "published": "2026-01-22",
            "path": "https://example.org/budget",
            "document": "sources/budget.txt",
            "note": "As printed.",
            "citation": "A ministry, Seoul's plans, 2026-01-22, https://example.org/budget",
            "licenses": [{"name": "CC-BY-4.0"}],
        },
        {
            "title": "sources/brief.txt",
            "producer": "Coast & Continent",
            "published": "2026-01-24",
            "path": "sources/brief.txt",
            "document": "sources/brief.txt",
            "citation": "Coast & Continent, sources/brief.txt, 2026-01-24",
        },
        {
            "title": "IMF, World Economic Outlook",
            "version": "WEO 2025-10",
            "citation": "IMF, World Economic Outlook, WEO 2025-10",
        },
        {
            "title": "The Hague Summit Declaration",
            "producer": "NATO",
            "published": "2025-06-25",
            "citation": "NATO, The Hague Summit Declaration, 2025-06-25",
        },
    ]
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.csv").write_text("year\n2026\n", encoding="utf-8")
    (tmp_path / PACKAGE).write_text(text, encoding="utf-8")
    assert frictionless.Package(str(tmp_path / PACKAGE)).validate().valid


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        pytest.param("CC-BY-4.0", {"name": "CC-BY-4.0"}, id="by its name"),
        pytest.param("open, with attribution", {"title": "open, with attribution"}, id="in words"),
    ],
)
def test_a_licence_is_told_by_name_or_in_words(tmp_path, licence, told):
    known = Source("sources/brief.txt", tmp_path, title="A brief", licence=licence)
    results = replace(samples.results(), sources=(known,))

    sources = json.loads(to_data_package(results, {}, "1"))["sources"]

    assert [source["licenses"] for source in sources if "licenses" in source] == [[told]]


def test_a_column_of_numbers_is_one_and_a_column_with_words_is_not():
    table = b"year,share,note\n2026,2.42,none\n2027,\xe2\x80\x93,2\n2028,1e3,\n"

    package = json.loads(to_data_package(samples.results(), {"tables/a.csv": table}, "1"))

    fields = package["resources"][0]["schema"]["fields"]
    assert {field["name"]: field["type"] for field in fields} == {
        "year": "integer",
        "share": "number",
        "note": "string",
    }


def test_the_long_table_holds_each_quantile_of_each_year_under_a_name_of_its_own(files):
    rows = list(csv.DictReader(io.StringIO(files[IAMC].decode())))

    (ensemble, *_) = samples.results().ensembles
    cell = ensemble.series("share")[-1]
    keys = (ensemble.scenario, ensemble.actor, "Defence|Expenditure|Share of GDP|p95", str(cell.year))
    (row,) = [r for r in rows if (r["scenario"], r["region"], r["variable"], r["year"]) == keys]
    assert (float(row["value"]), row["unit"]) == (cell.quantiles[-1], "% of GDP")
    ends = {
        each["variable"].rpartition("|")[2]: float(each["value"])
        for each in rows
        if (each["scenario"], each["year"]) == (ensemble.scenario, str(cell.year))
        and each["variable"].rpartition("|")[0] == "Defence|Expenditure|Share of GDP"
    }
    assert (ends["low"], ends["high"]) == cell.box
    medians = {
        end: float(each["value"])
        for each in rows
        for end in ("low", "high")
        if (each["scenario"], each["year"]) == (ensemble.scenario, str(cell.year))
        and each["variable"] == f"Defence|Expenditure|Share of GDP|p50|{end}"
    }
    assert (medians["low"], medians["high"]) == cell.quantile_boxes[2]
    assert not any(row["variable"].endswith("|error") for row in rows)
    names = [(row["scenario"], row["variable"], row["year"]) for row in rows]
    assert len(names) == len(set(names))


def test_the_long_table_has_the_error_of_each_quantile_of_draws():
    fan = samples.cells("spending", "KRW", [66e12, 70e12, 77e12], 0.05, 1e12)

    rows = list(csv.reader(io.StringIO(to_iamc([replace(samples.RISING, cells=tuple(fan))], "a model"))))

    told = [(row[3], row[5], float(row[6])) for row in rows if row[3].endswith("|error")]
    names = [f"Defence|Expenditure|p{percent}|error" for percent in (5, 25, 50, 75, 95)]
    assert told == [(name, year, 1e12) for year in ("2027", "2028") for name in names]


@pytest.mark.parametrize(
    ("variable", "name"),
    [
        ("spending_foreign", "Defence|Expenditure|Foreign currency"),
        ("difference_cumulative_discounted", "Defence|Expenditure|Above reference|Cumulative|Discounted"),
        ("gdp", "GDP"),
        ("payments", "Defence|Payments"),
    ],
)
def test_variables_stand_in_a_hierarchy(variable, name):
    assert variable_name(variable) == name


def test_provenance_leads_from_each_variable_over_its_claims_to_a_document(files):
    document = ProvDocument.deserialize(content=files[PROV].decode(), format="json")

    labels = {entity.identifier: str(entity.label) for entity in document.get_records(ProvEntity)}
    made = {relation.args[0] for relation in document.get_records(ProvGeneration)}
    steps = {}
    for relation in document.get_records(ProvDerivation):
        later, earlier = relation.args[:2]
        steps.setdefault(later, set()).add(earlier)
    documents = {one.name for one in samples.results().documents}
    assert made
    for variable in made:
        inputs = {labels[one] for first in steps[variable] for one in steps.get(first, ())}
        assert inputs & documents, variable


def test_a_report_without_scenarios_has_no_long_table():
    files, _ = make_report(samples.results(ensembles=()))

    assert IAMC not in files
    assert PROV not in files
    assert PACKAGE in files
