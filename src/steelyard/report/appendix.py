"""The tables at the end of the page: parameters, series, problems, inputs."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from steelyard.core.problems import Problem
from steelyard.core.series import Series
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.parameters import Setting, packaged_settings, settings_in
from steelyard.report.links import anchor
from steelyard.report.tables import Cell, Group, Row, Table, one_group
from steelyard.report.wording import percent_joined


def reference_in_words(reference: object) -> str:
    """Title, publisher, date and what else a reference says, in one line; "" for none."""
    if not isinstance(reference, Mapping):
        return ""
    keys = ("title", "publisher", "date", "edition", "locator", "note")
    return ", ".join(str(reference[key]) for key in keys if reference.get(key))


def parameter_table(
    names: Sequence[str], vocabulary: Vocabulary, layers: Collection[str] = ()
) -> Table | None:
    """The values of the parameters of these ids, each with the days for which it holds and its reference.

    `layers` are the ids of postures and scenarios whose own values of them are listed below those of the
    parameter's file.
    """
    entries = [entry for name in names if (entry := vocabulary.entry("parameters", name))]
    if not entries:
        return None
    groups = tuple(
        Group(f"{entry.label} ({entry.text('unit')})", value_rows(entry, vocabulary, layers))
        for entry in entries
    )
    columns = ("Value", "From", "To", "Status", "Layer", "Reference")
    caption = (
        "Parameters by name; a value holds on its first and last day, and the lowest row that does wins."
    )
    return Table("parameters", caption, columns, groups, key="parameter")


def value_anchor(parameter: str, layer: str, written: str) -> str:
    """The anchor of the row in which a layer's value of a parameter stands.

    >>> value_anchor("floor", "packaged", "28500 troops")
    'parameter-floor-packaged-28500-troops'
    """
    return anchor("parameter", f"{parameter}-{layer}-{re.sub(r'[^A-Za-z0-9.]+', '-', written).strip('-')}")


def value_rows(entry: Entry, vocabulary: Vocabulary, layers: Collection[str]) -> tuple[Row, ...]:
    """One row for each value, lowest layer first, each with an anchor of its own."""
    settings = packaged_settings(entry)
    for kind in ("postures", "scenarios"):
        owners = (owner for owner in vocabulary.entries(kind).values() if owner.id in layers)
        settings += [one for owner in owners for one in settings_in(owner, owner.id)]
    rows, taken = [], set()
    for setting in settings:
        if setting.parameter == entry.id:
            row = _value(setting)
            rows.append(Row(row.cells, "" if row.anchor in taken else row.anchor))
            taken.add(row.anchor)
    return tuple(rows)


def _value(setting: Setting) -> Row:
    """One value as its layer states it."""
    ends = [setting.text(key) for key in ("low", "high") if setting.text(key)]
    written = setting.text("value") or " to ".join(ends) or "ends"
    origin = f"parameter {setting.parameter}, {setting.layer}"
    says = (reference_in_words(setting.reference), setting.text("reason"))
    texts = (
        *(setting.text(key) for key in ("from", "to", "status")),
        setting.layer,
        ". ".join(text.rstrip(".") for text in says if text),
    )
    cells = (Cell(percent_joined(written), origin), *(Cell(text, origin) for text in texts))
    return Row(cells, value_anchor(setting.parameter, setting.layer, written))


def series_table(series: Sequence[Series], vocabulary: Vocabulary) -> Table | None:
    """The observed series, one a row: what it is, for which years, in which edition, from where."""
    rows = []
    for each in series:
        years = f"{each.points[0].year} to {each.points[-1].year}" if each.points else ""
        sources = "; ".join(dict.fromkeys(point.source for point in each.points))
        what = f"{vocabulary.label('actors', each.actor)}: {vocabulary.label('measures', each.measure)}"
        texts = (each.unit, years, each.prices, each.definition, each.edition, sources)
        cells = (Cell(what, each.id), *(Cell(text, each.id) for text in texts))
        rows.append(Row(cells, anchor("series", each.id)))
    if not rows:
        return None
    columns = ("Series", "Unit", "Years", "Prices", "Definition", "Edition", "Source")
    return Table("series", "Observed data that the projections start from.", columns, one_group(rows))


def problem_table(problems: Sequence[Problem]) -> Table | None:
    """What could not be used or computed, with place and remedy."""
    rows = []
    for problem in problems:
        place = str(problem.origin)
        texts = (problem.severity, place, problem.message, problem.hint)
        rows.append(Row((Cell(problem.code, place), *(Cell(text, place) for text in texts))))
    if not rows:
        return None
    columns = ("Code", "Severity", "Place", "What", "Remedy")
    return Table(
        "problems", "What could not be used or computed, and what would cure it.", columns, one_group(rows)
    )


def input_table(inputs: Mapping[str, str]) -> Table | None:
    """The files that went in, with their SHA-256."""
    rows = [Row((Cell(name, name), Cell(digest, name))) for name, digest in sorted(inputs.items())]
    columns = ("File", "SHA-256")
    return Table("inputs", "Files that went in.", columns, one_group(rows)) if rows else None
