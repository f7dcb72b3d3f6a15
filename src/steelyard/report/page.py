"""The page: one HTML file with style, script and pictures inside, which loads nothing and runs nothing else.

A content security policy names the style, the script and the library that the script unpacks by their hashes,
so that whatever a source's text might smuggle in would not run even if it were not escaped, which it is.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from steelyard.core.problems import Problem, sort_problems
from steelyard.core.vocabulary import Entry
from steelyard.report.appendix import input_table, parameter_table, problem_table, series_table
from steelyard.report.articles import annotated, companions_of
from steelyard.report.burdens import describe_burdens, guidelines_of
from steelyard.report.contents import contents_of
from steelyard.report.export.sources import inputs_hash
from steelyard.report.interactive import library, packed_library, payload, tells
from steelyard.report.ledger_tables import claims_table
from steelyard.report.links import Links, anchor
from steelyard.report.members import members_among, members_sentence, members_table
from steelyard.report.origin_index import OriginIndex
from steelyard.report.outlook import Outlook
from steelyard.report.picture import Picture
from steelyard.report.quoted import places_of_quotations
from steelyard.report.responsibility import Comparison
from steelyard.report.results import Results
from steelyard.report.side_by_side import extra_cost, side_by_side
from steelyard.report.sliders import Sliders
from steelyard.report.summary import summarise
from steelyard.report.tables import Cell, Row, Table, one_group
from steelyard.report.template import PAGE, TEMPLATES, environment
from steelyard.report.verdicts import Verdict
from steelyard.report.wording import counted, listed
from steelyard.state import version

_STYLES, _LIVELY = ("style.css", "articles.css"), ("lively.css",)
_SCRIPTS = ("page.js", "articles.js", "charts.js", "sliders.js")
# Of the card of a claim why it was read so, which articles.md has too.
_WHY = re.compile(r"<span>Read so: [^<]*</span>")
_COMMENT, _AROUND = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\s*([{};,])\s*")
_ORIGIN = re.compile(r' data-origin="[^"]*"')
# A cell that is a link and nothing else; the caption of its table leads to what its numbers rest on.
_CELL = re.compile(r'(<td[^>]*>)<a href="#([^"]+)">([^<]*)</a></td>')
# A place that is named by a hash, as attributes name it; within a still page a number does.
_HASHED = re.compile(r'="(#?)((?:[a-z]+-)+[0-9a-f]{12})"')
_ID, _LINK = re.compile(r'\bid="([^"]+)"'), re.compile(r'href="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class View:
    """The results as the page speaks of them: in words, linked, drawn. `files` lie beside the page.

    `left_out` are the charts that the results have nothing for: what each shows, and what it takes.
    """

    results: Results
    links: Links
    verdicts: tuple[Verdict, ...] = ()
    outlooks: tuple[Outlook, ...] = ()
    comparison: Comparison | None = None
    pictures: Sequence[Picture] = ()
    problems: Sequence[Problem] = ()
    left_out: Sequence[tuple[str, str]] = ()
    sliders: Sliders | None = None
    files: Sequence[str] = field(default=())


def render_page(view: View, *, still: bool = False, told: Mapping[str, object] | None = None) -> str:
    """The whole page as HTML: the same view gives the same text.

    A `still` page has no script, few rows of long tables, and of scenarios but the first only the fans; it
    links to what lies beside it. `told` is what the template fills in, where it is known already.
    """
    style = "".join(_packaged(name) for name in (*_STYLES, *(() if still else _LIVELY)))
    script = "" if still else "\n".join(_packaged(name) for name in _SCRIPTS)
    index = OriginIndex()
    page = (
        environment()
        .get_template("page.html")
        .render(
            style=style,
            script=script,
            policy=_policy(style, () if still else (script, library()) if view.pictures else (script,)),
            still=still,
            page=PAGE,
            origin=index.refer,
            origins=index.numbers,
            tells=tells,
            **_packs(view, still=still),
            **(context_of(view) if told is None else told),
            files=view.files,
        )
    )
    page = "\n".join(line.rstrip() for line in page.lstrip().splitlines() if line.strip()) + "\n"
    return standing(page) if still else page


def standing(page: str) -> str:
    """A page without what only its tables that are left out need; links to these lead to the other page."""
    page = _WHY.sub("", _ORIGIN.sub("", page))
    known = set(_ID.findall(page))
    page = _CELL.sub(lambda cell: cell[0] if cell[2] in known else f"{cell[1]}{cell[3]}</td>", page)
    page = _LINK.sub(lambda link: link[0] if link[1] in known else f'href="{PAGE}#{link[1]}"', page)
    hashed = sorted(name for name in known if _HASHED.fullmatch(f'="{name}"'))
    short = {name: f"{name[0]}{number}" for number, name in enumerate(hashed)}
    return _HASHED.sub(lambda place: f'="{place[1]}{short.get(place[2], place[2])}"', page)


def _packs(view: View, *, still: bool) -> Mapping[str, object]:
    """What the script unpacks: the library, and the pictures with what the sliders show."""
    if still or not view.pictures:
        return {"library": "", "payload": "", "box": None}
    box = view.sliders
    drawn = [*view.pictures, *(box.pictures if box else ())]
    return {"library": packed_library(), "payload": payload(drawn, box.data if box else None), "box": box}


def _packaged(name: str) -> str:
    """A packaged file without empty lines, as it will stand in the page; a style without comments."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        return _AROUND.sub(r"\1", _COMMENT.sub("", text)).strip()
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _policy(style: str, scripts: Sequence[str]) -> str:
    """The content security policy: nothing is loaded, this style and these scripts alone are applied."""
    allowed = " ".join(map(_hashed, scripts)) or "'none'"
    return (
        f"default-src 'none'; style-src {_hashed(style)}; script-src {allowed}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hashed(text: str) -> str:
    """A text as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def context_of(view: View) -> Mapping[str, object]:
    """What the template fills in, the same for both pages."""
    results = view.results
    figures: dict[str, list[Picture]] = defaultdict(list)
    for picture in view.pictures:
        figures[picture.figure.place].append(picture)
    claims, met = claims_table(results, view.links), companions_of(view.verdicts)
    members = members_among(results.ensembles, results.vocabulary)
    return {
        "title": results.title,
        "lede": _lede(results),
        "contents": contents_of(
            results, view.verdicts, view.outlooks, view.comparison, len(view.links.claims)
        ),
        "summary": summarise(
            view.verdicts,
            view.outlooks,
            view.comparison,
            extra_cost(view.outlooks, results.vocabulary),
            members_sentence(members[0]) if members else (),
        ),
        "verdicts": view.verdicts,
        "also_checked": also_checked(view.verdicts),
        "outlooks": view.outlooks,
        "side_by_side": side_by_side(view.outlooks, results.vocabulary),
        "members": [members_table(one) for one in members],
        "comparison": view.comparison,
        "quoted": places_of_quotations(view.comparison, results, view.links),
        "burdens": describe_burdens(results.panel, results.vocabulary),
        "claims": claims,
        "sources": [annotated(number, results, view.links, met) for number in range(len(results.documents))],
        "figures": figures,
        "left_out": view.left_out,
        "parameters": parameter_table(_parameters(view), results.vocabulary, _layers(view)),
        "series": series_table(results.series, results.vocabulary),
        "postures": _postures(view.comparison),
        "identities": _identities(view),
        "problems": problem_table(sort_problems([*results.problems, *view.problems])),
        **_made_from(results),
    }


def _made_from(results: Results) -> Mapping[str, object]:
    """What it takes to make the report again."""
    return {
        "commands": results.commands,
        "inputs": input_table(results.inputs),
        "inputs_hash": inputs_hash(results.inputs),
        "fingerprint": results.vocabulary.fingerprint[:16],
        "version": version(),
    }


def _lede(results: Results) -> str:
    """What the report rests on, in a line."""
    days = sorted(document.date for document in results.documents if document.date)
    span = f", dated {days[0]}" if days else ""
    span += f" to {days[-1]}" if days and days[-1] != days[0] else ""
    figures = sum(claim.kind == "figure" for claim in results.ledger)
    parts = [f"{counted(len(results.documents), 'source')}{span}", counted(figures, "figure")]
    others = len(results.ledger) - figures
    if others:
        parts.append(counted(others, "role or statement", "roles and statements"))
    if results.ensembles:
        parts.append(counted(len(results.ensembles), "scenario"))
    text = listed(parts)
    return f"{text[:1].upper()}{text[1:]}."


def also_checked(verdicts: Sequence[Verdict]) -> Table | None:
    """Findings that need no card: what holds together, and what follows from what is said."""
    rows: list[Row] = []
    for verdict in verdicts:
        if not verdict.is_card:
            claims = [*verdict.quotations, *verdict.given]
            link = claims[0].row if claims else ""
            texts = (verdict.expected, verdict.found, verdict.explanation)
            cells = [Cell(verdict.title, verdict.anchor), Cell(verdict.word, verdict.anchor, link)]
            # Findings on the same claims have one id, and the first of them its place on the page.
            place = "" if any(row.anchor == verdict.anchor for row in rows) else verdict.anchor
            rows.append(Row((*cells, *(Cell(text, verdict.anchor) for text in texts)), place))
    if not rows:
        return None
    columns = ("Identity", "Verdict", "Follows", "Printed", "In words")
    return Table(
        "also-checked", "What holds together, and what follows from the figures.", columns, one_group(rows)
    )


def _parameters(view: View) -> list[str]:
    """The ids of the parameters that scenarios, compared documents and the panel speak of, each once."""
    postures = (view.comparison.left, view.comparison.right) if view.comparison else ()
    names = [str(table.get("parameter")) for posture in postures for table in posture.tables("sets")]
    names += [one.parameter for one in guidelines_of(view.results.panel, view.results.vocabulary)]
    return list(dict.fromkeys([*(name for outlook in view.outlooks for name in outlook.parameters), *names]))


def _layers(view: View) -> frozenset[str]:
    """The ids of the postures and scenarios that may set these parameters."""
    sides = (view.comparison.left.id, view.comparison.right.id) if view.comparison else ()
    return frozenset(sides).union(*(outlook.layers for outlook in view.outlooks))


def _postures(comparison: Comparison | None) -> list[Mapping[str, object]]:
    """The compared documents with their references."""
    sides = (comparison.left, comparison.right) if comparison else ()
    return [_referenced("posture", entry, entry.text("summary")) for entry in sides]


def _identities(view: View) -> list[Mapping[str, object]]:
    """The identities and rules behind the findings, each once."""
    vocabulary = view.results.vocabulary
    used = dict.fromkeys(str(verdict.data.get("identity")) for verdict in view.verdicts)
    entries = (vocabulary.entry("identities", name) or vocabulary.entry("rules", name) for name in used)
    return [_referenced("identity", entry, entry.text("meaning")) for entry in entries if entry]


def _referenced(kind: str, entry: Entry, summary: str) -> Mapping[str, object]:
    return {
        "anchor": anchor(kind, entry.id),
        "label": entry.label,
        "summary": summary,
        "meaning": summary,
        "equation": entry.text("equation"),
        "reference": dict.fromkeys(("url", "note", "publisher", "date", "edition", "locator", "title"), "")
        | dict(entry.table("reference")),
    }
