"""All files of a report by name: the page, and beside it CSV tables, pictures and the results as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from steelyard.core.json_text import json_text
from steelyard.core.problems import Problem, sort_problems
from steelyard.report.burdens import rows_table
from steelyard.report.export.bibtex import to_bibtex
from steelyard.report.export.claimreview import to_claim_review
from steelyard.report.export.csl import to_csl
from steelyard.report.export.datapackage import to_data_package
from steelyard.report.export.iamc import to_iamc
from steelyard.report.export.markdown import to_markdown
from steelyard.report.export.prov import to_prov
from steelyard.report.export.webannotation import to_web_annotations
from steelyard.report.export.xlsx import to_xlsx
from steelyard.report.ledger_tables import claims_table
from steelyard.report.links import Links, link_claims
from steelyard.report.members import members_among, members_table
from steelyard.report.outlook import Outlook, describe_ensembles
from steelyard.report.page import View, also_checked, context_of, render_page
from steelyard.report.picture import Picture, draw_all, left_out
from steelyard.report.responsibility import compare_documents
from steelyard.report.results import Results
from steelyard.report.sliders import sliders_of
from steelyard.report.tables import Table
from steelyard.report.template import PAGE
from steelyard.report.verdicts import describe_findings
from steelyard.state import version

__all__ = ["make_report"]

STILL = "static.html"
DATA = "results.json"
CLAIMS = "claims.jsonl"
PACKAGE = "datapackage.json"
IAMC = "tables/scenarios-iamc.csv"
PROV = "provenance.json"
WORKBOOK = "report.xlsx"
ANNOTATIONS = "annotations.jsonld"
REVIEWS = "claim-reviews.jsonld"
ARTICLES = "articles.md"
CSL = "sources.json"
BIBTEX = "sources.bib"


def make_report(results: Results) -> tuple[Mapping[str, bytes], list[Problem]]:
    """The content of every file by its name below the report's folder, and what could not be shown."""
    links, problems = link_claims(results.ledger, results.documents)
    comparison, more = compare_documents(results)
    pictures, faults = draw_all(results)
    problems = sort_problems([*problems, *more, *faults])
    outlooks = describe_ensembles(results, links)
    tables = {
        f"tables/{table.name}.csv": table.to_csv().encode() for table in _tables(results, links, outlooks)
    }
    view = View(
        results=results,
        links=links,
        verdicts=describe_findings(results, links),
        outlooks=outlooks,
        comparison=comparison,
        pictures=pictures,
        problems=problems,
        left_out=left_out(results),
        sliders=sliders_of(results),
    )
    beside = {
        DATA: _results_json(results, problems).encode(),
        CLAIMS: results.ledger.to_jsonl().encode(),
        **tables,
        **_exports(results, tables),
        **_for_readers(view),
        **_pictures(pictures),
    }
    files = [name for name in beside if not name.startswith("charts/")]
    told = context_of(view)
    pages = {
        STILL: render_page(replace(view, files=[*files, PAGE]), still=True, told=told),
        PAGE: render_page(replace(view, files=[*files, STILL]), told=told),
    }
    return {**beside, **{name: page.encode() for name, page in pages.items()}}, problems


def _for_readers(view: View) -> Mapping[str, bytes]:
    """The report for spreadsheets, annotation tools, fact checks and reference managers, always all of it."""
    results, links, made = view.results, view.links, version()
    texts = {
        ANNOTATIONS: to_web_annotations(results, links, made),
        REVIEWS: to_claim_review(results, PAGE),
        ARTICLES: to_markdown(results, links, view.verdicts, made),
        CSL: to_csl(results),
        BIBTEX: to_bibtex(results),
    }
    return {
        WORKBOOK: to_xlsx(view, made),
        **{name: text.encode() for name, text in texts.items()},
    }


def _exports(results: Results, tables: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The numbers and where they come from in the forms of other programs."""
    made = version()
    if results.ensembles:
        tables = {**tables, IAMC: to_iamc(results.ensembles, f"steelyard {made}").encode()}
    files = {name: content for name, content in tables.items() if name == IAMC}
    if results.ensembles:
        files[PROV] = to_prov(results, made).encode()
    if tables:
        files[PACKAGE] = to_data_package(results, tables, made).encode()
    return files


def _tables(results: Results, links: Links, outlooks: tuple[Outlook, ...]) -> Iterator[Table]:
    """The tables that are worth a file; the fans have one with all their variables."""
    checked = also_checked(describe_findings(results, links))
    if len(results.ledger):
        yield claims_table(results, links)
    if checked:
        yield checked
    if results.panel and (shared := rows_table(results.panel)):
        yield shared
    yield from (members_table(one) for one in members_among(results.ensembles, results.vocabulary))
    for outlook in outlooks:
        yield outlook.yearly
        if outlook.reach:
            yield outlook.reach
        if outlook.matters:
            yield outlook.matters


def _pictures(pictures: list[Picture]) -> Mapping[str, bytes]:
    """Each picture as SVG and PNG, with its numbers as CSV."""
    files = {}
    for picture in pictures:
        table = picture.figure.table
        if table:
            files[f"charts/{picture.figure.name}.csv"] = table.to_csv().encode()
        files[f"charts/{picture.figure.name}.svg"] = picture.file
        files[f"charts/{picture.figure.name}.png"] = picture.png
    return files


def _results_json(results: Results, problems: list[Problem]) -> str:
    """Findings, scenarios, problems and claims in the form that the contract promises."""
    data = {
        "title": results.title,
        "findings": [finding.to_json() for finding in results.findings],
        "scenarios": [ensemble.to_json() for ensemble in results.ensembles],
        "panel": results.panel.to_json() if results.panel else None,
        "claims": [claim.to_json() for claim in results.ledger],
        "rejected": [one.to_json() for one in results.rejected],
        "problems": [problem.to_json() for problem in sort_problems([*results.problems, *problems])],
        "inputs": dict(sorted(results.inputs.items())),
        "vocabulary": results.vocabulary.fingerprint,
    }
    return json_text(data)
