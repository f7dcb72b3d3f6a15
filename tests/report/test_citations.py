"""Sources for reference managers, read back by those who cite and those who typeset."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from steelyard.case import Source
from steelyard.core.series import Point, Series
from steelyard.project.ensemble import Origin
from steelyard.report.bundle import BIBTEX, CSL, make_report
from steelyard.report.export.bibtex import to_bibtex
from steelyard.report.export.csl import to_csl
from tests.report import samples

POINT = Point(2026, Decimal("2666e12"), "IMF, World Economic Outlook", "KOR.NGDP")
GDP = Series("KOR", "gdp", "KRW", "WEO 2025-10", (POINT,))
HAGUE = Origin(
    *("parameter:target", "parameter", "Target", "3.5 %", "% of GDP", "packaged"),
    {"title": "The Hague Summit Declaration", "publisher": "NATO", "date": "2025-06"},
)


def results(tmp_path, **keys):
    """One article of which all is known, one of which little is, a series and a declaration."""
    known = {
        "title": "Seoul's plans",
        "publisher": "The Harbour Review",
        "date": date(2026, 1, 22),
        "url": "https://example.org/a_b?c=50%25&d=1#e",
        "licence": "CC-BY-4.0",
        "note": "As printed.",
    }
    source = Source("sources/budget.txt", tmp_path, **(known | keys))
    ensemble = replace(samples.RISING, origins=(HAGUE,))
    return samples.results(sources=(source,), series=(GDP,), ensembles=(ensemble,))


def csl(results):
    return json.loads(to_csl(results))


def bibtex(results):
    return parse_string(to_bibtex(results), "bibtex").entries


NAMED = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}


def typeset(field) -> str:
    """What LaTeX prints for a field: named signs, escaped ones, and groups without their braces."""
    commands = re.compile(r"\\(text[a-z]+)\{\}|\\([#$%&_])|([{}])|([\\~^#$%&_])")

    def printed(match):
        assert not match[4], f"LaTeX would run {match[0]!r} in {field!r}"
        return NAMED[match[1]] if match[1] else match[2] or ""

    return commands.sub(printed, field)


def test_what_is_known_of_a_source_can_be_cited(tmp_path):
    article, brief, series, declaration = csl(results(tmp_path))

    assert article | {"id": ""} == {
        "id": "",
        "type": "article",
        "title": "Seoul's plans",
        "publisher": "The Harbour Review",
        "issued": {"date-parts": [[2026, 1, 22]]},
        "URL": "https://example.org/a_b?c=50%25&d=1#e",
        "note": "As printed. Licence: CC-BY-4.0. In the case: sources/budget.txt.",
    }
    assert (brief["publisher"], brief["issued"]) == ("Coast & Continent", {"date-parts": [[2026, 1, 24]]})
    assert "URL" not in brief
    assert (series["title"], series["version"]) == ("IMF, World Economic Outlook", "WEO 2025-10")
    assert "issued" not in series
    assert declaration["issued"] == {"date-parts": [[2025, 6]]}


def test_a_program_that_cites_prints_title_publisher_and_day(tmp_path):
    """citeproc-py is the processor of the Citation Style Language in Python; this style comes with it."""
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    items = csl(results(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        source = CiteProcJSON(items)
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        printed = [str(entry) for entry in bibliography.bibliography()]

    assert len(printed) == 4
    (line,) = [one for one in printed if "Seoul" in one]
    assert "plans" in line
    assert "2026" in line


def test_bibtex_holds_the_same(tmp_path):
    entries = bibtex(results(tmp_path))

    assert len(entries) == 4
    (key,) = [key for key in entries if key.startswith("harbour-2026-seoul-")]
    fields = entries[key].fields
    assert entries[key].type == "misc"
    assert typeset(fields["title"]) == "Seoul's plans"
    assert (fields["year"], fields["month"], fields["date"]) == ("2026", "January", "2026-01-22")
    assert fields["url"] == "https://example.org/a_b?c=50%25&d=1#e"
    assert [str(person) for person in entries[key].persons["author"]] == ["{The Harbour Review}"]
    assert typeset(fields["note"]) == "As printed. Licence: CC-BY-4.0. In the case: sources/budget.txt."
    (declaration,) = [entry for key, entry in entries.items() if key.startswith("nato-2025-hague-")]
    assert (declaration.fields["year"], declaration.fields["month"]) == ("2025", "June")
    assert "date" not in declaration.fields


HOSTILE = [
    pytest.param(r"100 % & $5_a #1 ^ ~ \input{/etc/passwd}", id="what LaTeX runs"),
    pytest.param("an { open brace", id="open brace"),
    pytest.param("a } closed one", id="closed brace"),
    pytest.param('say "46.1", or so', id="quotes"),
    pytest.param("a --- dash | bar", id="hyphens"),
    pytest.param("@book{x, title = {y}}", id="an entry inside"),
    pytest.param("<script>alert(1)</script>", id="script"),
    pytest.param("국방예산 2026 тест עברית", id="other writing"),
]


@pytest.mark.parametrize("title", HOSTILE)
def test_any_title_is_printed_as_it_is_written(tmp_path, title):
    whole = results(tmp_path, title=title, publisher=title, note=title)

    entries = bibtex(whole)

    assert len(entries) == 4
    (entry,) = [one for one in entries.values() if "budget.txt" in one.fields.get("note", "")]
    assert typeset(entry.fields["title"]) == title
    assert typeset(entry.fields["publisher"]) == title
    assert csl(whole)[0]["title"] == title


def test_lines_and_control_signs_of_a_title_do_not_break_a_file(tmp_path):
    whole = results(tmp_path, title="A\n\n plan\x00\u202e of\tnote")

    (entry,) = [one for one in bibtex(whole).values() if "budget.txt" in one.fields.get("note", "")]

    assert typeset(entry.fields["title"]) == csl(whole)[0]["title"] == "A plan␀� of note"


@given(st.text(max_size=30))
def test_no_title_breaks_the_file(title):
    """Law: whatever the title, the file holds as many entries as there are sources, one key each."""
    source = Source("sources/budget.txt", Path("budget.txt"), title=title, note=title)

    entries = bibtex(samples.results(sources=(source,), ensembles=()))

    assert len(entries) == 2


def test_an_address_is_one_only_if_it_leads_somewhere(tmp_path):
    odd = results(tmp_path, url="javascript:alert(1)")
    broken = results(tmp_path, url="https://example.org/a}{b\\c d")

    assert "URL" not in csl(odd)[0]
    (entry,) = [one for one in bibtex(broken).values() if "url" in one.fields]
    assert entry.fields["url"] == "https://example.org/a%7D%7Bb%5Cc%20d"


def test_a_key_stays_when_other_sources_come_and_differs_from_all_others(tmp_path):
    """Two articles of one publisher, year and first word are told apart by what they are."""
    one = samples.BUDGET_TEXT
    twin = replace(one, name="sources/twin.txt")

    alone = [item["id"] for item in csl(samples.results(documents=(one,), ensembles=()))]
    both = [item["id"] for item in csl(samples.results(documents=(twin, one), ensembles=()))]

    assert len(set(both)) == 2
    assert alone[0] in both
    assert all(key.isascii() and " " not in key for key in both)


def test_a_source_without_a_latin_letter_has_a_key(tmp_path):
    (first, *_) = csl(results(tmp_path, title="국방예산", publisher="국방부"))

    assert first["id"].startswith("2026-")


def test_a_case_without_sources_has_empty_lists():
    files, _ = make_report(samples.results(documents=(), findings=(), ensembles=()))

    assert json.loads(files[CSL]) == []
    assert files[BIBTEX] == b""
