"""Who bears what in an alliance, as the page, the tables and the workbook tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.core.vocabulary import Vocabulary
from steelyard.panel.counts import Factor
from steelyard.panel.inputs import Quantity
from steelyard.panel.observations import Observation
from steelyard.panel.rows import ALL, COLUMNS, Row
from steelyard.panel.sharing import Sharing
from steelyard.project.parameters import Value, packaged_settings, understood
from steelyard.report import tables
from steelyard.report.appendix import value_anchor
from steelyard.report.links import anchor
from steelyard.report.tables import NOTHING, Cell, Table, one_group
from steelyard.report.wording import Wording, listed, percent_joined, plain_number

NAME = "panel"
_P = ":p"
_BARE = "1"  # the unit of a number without unit


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and the rows of the panel that its numbers are."""

    text: str
    origin: str


@dataclass(frozen=True, slots=True)
class Burdens:
    """The section of the page: sentences on all members, members by measures, and counts side by side."""

    together: tuple[Told, ...]
    members: Table | None
    counts: Table | None
    between: tuple[Told, ...]
    has_estimates: bool


@dataclass(frozen=True, slots=True)
class Guideline:
    """A burden that an alliance or an actor has agreed on: an exact share, and the parameter that holds it.

    `text` tells it in a few words, `link` is the anchor of its row among the parameters.
    """

    parameter: str
    actor: str
    value: float
    text: str
    start: str
    end: str
    origin: str
    link: str

    def holds_in(self, year: int) -> bool:
        """Whether it holds at the end of a year."""
        day = f"{year}-12-31"
        return self.start <= day and (not self.end or day <= self.end)


def describe_burdens(sharing: Sharing | None, vocabulary: Vocabulary) -> Burdens | None:
    """The section for who bears what, None where the case asks for no alliance."""
    if sharing is None:
        return None
    return Burdens(
        tuple(_together(sharing, vocabulary)),
        _members_table(sharing, vocabulary),
        _counts_table(sharing, vocabulary),
        tuple(_between(one, vocabulary) for one in sharing.factors),
        any(row.estimate for row in sharing.measured.rows),
    )


def guidelines_of(sharing: Sharing | None, vocabulary: Vocabulary) -> tuple[Guideline, ...]:
    """The burdens agreed on by the alliance, or by those listed, lowest first."""
    if sharing is None or sharing.burden is None:
        return ()
    actors, unit = sharing.measured.alliance.split(","), sharing.burden.unit
    entries = [one for one in vocabulary.entries("parameters").values() if one.text("unit") == unit]
    found = [
        _guideline(value, entry.text("actor"), vocabulary, alone=len(actors) == 1)
        for entry in entries
        if entry.text("actor") in actors
        for setting in packaged_settings(entry)
        if (value := understood(entry, setting, vocabulary)[0]) and value.interval.is_exact
    ]
    return tuple(sorted(found, key=lambda one: (one.value, one.text)))


def _guideline(value: Value, actor: str, vocabulary: Vocabulary, *, alone: bool) -> Guideline:
    start, end = (value.setting.text(key) for key in ("from", "to"))
    whose = "" if alone else f"{vocabulary.label('actors', actor) or actor}: "
    text = f"{whose}{percent_joined(value.written)}" + (f", agreed {start[:4]}" if start else "")
    link = value_anchor(value.parameter, value.layer, value.written)
    return Guideline(value.parameter, actor, float(value.shown), text, start, end, value.origin, link)


def rows_table(sharing: Sharing) -> Table | None:
    """Every row of the panel, one measure of one member in one year, with all that it rests on."""
    rows = []
    for row in sharing.measured.rows:
        origin = "; ".join(row.origin)
        cells = [Cell(_plain(getattr(row, column)), origin) for column in COLUMNS[:-1]]
        rows.append(tables.Row(tuple(cells)))
    caption = "Measures of each member and of all together, from the least to the greatest value possible."
    return Table(NAME, caption, COLUMNS[:-1], one_group(rows)) if rows else None


def name_of(alliance: str, vocabulary: Vocabulary) -> str:
    """What an alliance, or a list of actors, is called."""
    return listed([vocabulary.label("actors", name) or name for name in alliance.split(",")])


def _plain(value: object) -> str:
    """A value of a row as CSV holds it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return repr(value) if isinstance(value, float) else str(value)


def _origin(row: Row) -> str:
    """The row by its keys, as `tables/panel.csv` has them."""
    return f"panel:{row.measure}:{row.member}:{row.year}"


def _together(sharing: Sharing, vocabulary: Vocabulary) -> Iterator[Told]:
    """A sentence for each measure of all members together, with its meaning."""
    rows = [row for row in sharing.measured.rows if row.member.startswith(ALL)]
    for measure in dict.fromkeys(row.measure for row in rows if ":" not in row.measure):
        entry = vocabulary.entry("indicators", measure)
        groups = list(dict.fromkeys(row.member for row in rows if row.measure == measure))
        tests = {(row.member, row.year): row for row in rows if row.measure == f"{measure}{_P}"}
        parts = []
        for group in groups:
            mine = [row for row in rows if (row.measure, row.member) == (measure, group)]
            told = listed([_in_year(row, tests.get((group, row.year))) for row in mine])
            parts.append(told if group == ALL else f"{_group(group, vocabulary)}, {told}")
        used = [row for row in rows if row.measure.partition(":")[0] == measure]
        label, meaning = (entry.label, entry.text("meaning")) if entry else (measure, "")
        yield Told(f"{label}: {'; '.join(parts)}. {meaning}".strip(), "; ".join(map(_origin, used)))


def _group(member: str, vocabulary: Vocabulary) -> str:
    """All but one, in words."""
    name = member.removeprefix(f"{ALL} but ")
    return f"without {vocabulary.label('actors', name) or name}"


def _in_year(row: Row, test: Row | None) -> str:
    """A number with its year, and in brackets what rounding leaves open and the p-value."""
    low, middle, high = (plain_number(value, 2) for value in (row.low, row.middle, row.high))
    notes = [f"{low} to {high}"] if low != high else []
    notes += [f"p {plain_number(test.middle, 2)}"] if test else []
    return f"{middle} in {row.year}" + (f" ({', '.join(notes)})" if notes else "")


def _members_table(sharing: Sharing, vocabulary: Vocabulary) -> Table | None:
    """Members down and measures across: the last year, and of the burden the first year too."""
    rows = [row for row in sharing.measured.rows if not row.member.startswith(ALL) and ":" not in row.measure]
    columns = list(_columns(sharing, rows, vocabulary))
    if not columns:
        return None
    cells = {(row.measure, row.year, row.member): row for row in rows}
    texts = [_texts(columns, cells, number, vocabulary) for number in range(len(columns))]
    names = sorted(dict.fromkeys(row.member for row in rows), key=lambda one: vocabulary.label("actors", one))
    made = []
    for member in names:
        line = [Cell(vocabulary.label("actors", member) or member, f"panel:{member}", plain=None)]
        for (measure, year), (_, shown) in zip(columns, texts, strict=True):
            found = cells.get((measure, year, member))
            origin, text = (_origin(found), shown[member]) if found else ("", NOTHING)
            line.append(Cell(text, origin, plain=repr(found.middle) if found else None, number=True))
        made.append(tables.Row(tuple(line), anchor(NAME, member)))
    heads = [head for head, _ in texts]
    caption = (
        f"{name_of(sharing.measured.alliance, vocabulary)}: at the figures as printed. What rounding and "
        "estimates leave open, and the cell behind each figure, stand in tables/panel.csv."
    )
    return Table("members", caption, ("Member", *heads), one_group(made), frozenset(range(1, len(heads) + 1)))


def _columns(sharing: Sharing, rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[tuple[str, int]]:
    """Measure and year of each column: the last year of each measure, and of the burden the first too."""
    for measure in dict.fromkeys(row.measure for row in rows):
        years = sorted({row.year for row in rows if row.measure == measure})
        entry = vocabulary.entry("indicators", measure)
        is_burden = entry and not entry.table("by") and Quantity.of(entry.table("of")) == sharing.burden
        first = [years[0]] if is_burden and len(years) > 1 else []
        yield from ((measure, year) for year in (*first, years[-1]))


def _texts(
    columns: Sequence[tuple[str, int]],
    cells: Mapping[tuple[str, int, str], Row],
    number: int,
    vocabulary: Vocabulary,
) -> tuple[str, Mapping[str, str]]:
    """The heading of a column with its unit, and its numbers by member."""
    measure, year = columns[number]
    rows = {key[2]: row for key, row in cells.items() if key[:2] == (measure, year)}
    unit = next(iter(rows.values())).unit
    label = vocabulary.label("indicators", measure)
    if unit == _BARE:
        return f"{label}, {year}", {name: plain_number(row.middle, 2) for name, row in rows.items()}
    scaled, texts = Wording(vocabulary).column(unit, *([row.middle] for row in rows.values()))
    return f"{label}, {year} ({scaled})", dict(zip(rows, texts, strict=True))


def _counts_table(sharing: Sharing, vocabulary: Vocabulary) -> Table | None:
    """The figures of those whom more than one counts, each as it is counted."""
    wording = Wording(vocabulary)
    rows = []
    for one in sharing.counts:
        origin = place_of(one)
        counted_by = vocabulary.label("definitions", one.definition) or one.definition or NOTHING
        texts = (
            vocabulary.label("actors", one.actor),
            str(one.year),
            vocabulary.label("measures", one.measure),
            counted_by,
            wording.amount(one.value, one.unit),
            wording.interval(one.low, one.high, one.unit),
            one.edition,
        )
        rows.append(
            tables.Row(tuple(Cell(text, origin, number=place in (4, 5)) for place, text in enumerate(texts)))
        )
    columns = ("Actor", "Year", "Figure", "As counted by", "Amount", "Leaves open", "Edition")
    caption = "Figures of one year by whoever counts. They are never put into one sum."
    return Table("counts", caption, columns, one_group(rows), frozenset((4, 5))) if rows else None


def _between(one: Factor, vocabulary: Vocabulary) -> Told:
    """How many times as much one count is as another, and whether a source says why."""
    first, second = (
        f"{vocabulary.label('definitions', each.definition) or each.definition} ({each.edition})"
        for each in (one.first, one.second)
    )
    ends = [plain_number(end, 3) for end in (one.interval.low, one.interval.high)]
    times = " to ".join(dict.fromkeys(ends))
    bridge = (
        f"{one.bridge} says what lies between them"
        if one.bridge
        else "no source says what lies between them, and a factor that only the figures give is no bridge"
    )
    text = (
        f"{vocabulary.label('actors', one.first.actor)} {one.first.year}: {second} is {times} times {first}; "
        f"{bridge}."
    )
    return Told(text, f"{place_of(one.first)}; {place_of(one.second)}")


def place_of(one: Observation) -> str:
    """Where a figure stands: its source, and file with cell or line."""
    return f"{one.source} [{one.place}]" if one.source else one.origin
