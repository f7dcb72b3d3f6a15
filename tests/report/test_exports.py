"""Tables and origins in the forms of other programs, read back by libraries that are not ours."""

from __future__ import annotations

import csv
import io
import json

import frictionless
import pytest
from prov.model import ProvDerivation, ProvDocument, ProvEntity, ProvGeneration

from steelyard.report.bundle import IAMC, PACKAGE, PROV, make_report
from steelyard.report.export.datapackage import to_data_package
from steelyard.report.export.iamc import variable_name
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
    names = [(row["scenario"], row["variable"], row["year"]) for row in rows]
    assert len(names) == len(set(names))


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
