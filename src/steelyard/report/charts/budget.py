"""A budget by part, and its increase explained: from the year before to this one, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from steelyard.report.links import anchor
from steelyard.report.marks import INNER, Plain, across, bars, down, layer, shortened, widened, words
from steelyard.report.parts import LEFT, REMAINDER, Budget, Piece, budgets_of
from steelyard.report.picture import PALETTE, Figure
from steelyard.report.results import Results
from steelyard.report.tables import NOTHING, Cell, Group, Row, Table, one_group
from steelyard.report.wording import MINUS, Wording, decimals_for, listed, lowered, plain_number

TITLE = "A budget by part, and its increase explained"
NEEDS = ("ledger",)
TAKES = (
    "a level of a year, and the level or change of a part of it, of one actor, unit and stage; for the "
    "increase the level, change or growth of the year before too"
)
_COLOURS = ("follows", "fan-inner", "printed", "fan-outer", "between")
_REST = "muted"
_MOST = 8  # budgets that are drawn: those of the latest years
_COLUMNS = ("Part", "Value shown", "At least", "At most", "Known as", "From")
_LINE, _BAR, _YEARS = 17, 32, 38  # pixels: of a line of words, of a bar, and of the years before them
_BLOCK = 36  # of a step of the increase: its words above, its bar below


def draw(results: Results) -> Iterator[Figure]:
    """Two figures for each budget, the latest first: what it is made of, and what its increase is."""
    found = sorted(budgets_of(results), key=lambda budget: -budget.year)
    for budget in found[:_MOST]:
        if budget.parts:
            yield _stack(budget, results)
        if budget.rises and budget.rise and budget.before:
            yield _steps(budget, budget.before, budget.rise, results)


def _name(budget: Budget) -> str:
    parts = (budget.actor, budget.measure, str(budget.year), budget.status, budget.unit)
    return anchor("budget", "-".join(part for part in parts if part))


def _whose(budget: Budget, results: Results) -> str:
    """The budget in words, such as "South Korea's defence spending for 2026 (proposed)"."""
    vocabulary = results.vocabulary
    actor = vocabulary.label("actors", budget.actor) or budget.actor
    what = lowered(vocabulary.label("measures", budget.measure))
    stage = vocabulary.label("statuses", budget.status)
    return f"{actor}, {what} for {budget.year}{f' ({stage})' if stage else ''}"


def _stack(budget: Budget, results: Results) -> Figure:
    wording = Wording(results.vocabulary)
    factor, word = wording.scale(budget.unit, budget.whole.value)
    unit = f"{word} {budget.unit}".strip()
    largest = max(budget.parts, key=lambda piece: piece.value)
    part = 100 * largest.value / budget.whole.value if budget.whole.value else 0
    whole = wording.rounded(budget.whole.value, budget.unit)
    title = f"{largest.name} takes {plain_number(part, 0)}% of the {whole} for {budget.year}"
    years = [(budget.year, (*budget.parts, _called(budget.whole, "The whole")))]
    if budget.before and budget.earlier:
        years.insert(0, (budget.year - 1, (*budget.earlier, _called(budget.before, "The whole"))))
    told = [f"in {year} {listed(_told(pieces, budget.unit, wording))}" for year, pieces in years]
    subtitle = f"{_whose(budget, results)}. {_how([piece for _, pieces in years for piece in pieces])}"
    name = f"{_name(budget)}-parts"
    groups = [Group(str(year), _rows(pieces, float(factor), results)) for year, pieces in years]
    caption = f"Amounts in {unit}: the parts and the whole."
    table = Table(name, caption, _COLUMNS, tuple(groups), frozenset((1, 2, 3)), key="year")
    alt = f"{_whose(budget, results)}: {'; '.join(told)}."
    spec = _stack_spec([(year, pieces[:-1]) for year, pieces in years], float(factor), unit)
    return Figure(name, "figures", title, subtitle.strip(), alt, spec, table)


def _called(piece: Piece, name: str) -> Piece:
    return Piece(name, piece.value, piece.open, piece.kind, piece.claims)


def _told(pieces: Sequence[Piece], unit: str, wording: Wording) -> list[str]:
    return [
        f"{lowered(piece.name)} {wording.rounded(piece.value, unit)}{_known_as(piece, ' (', ')')}"
        for piece in pieces
    ]


def _known_as(piece: Piece, before: str, after: str = "") -> str:
    """How an amount is known; a remainder says so by its name."""
    return "" if piece.kind == REMAINDER else f"{before}{piece.kind}{after}"


def _how(pieces: Sequence[Piece]) -> str:
    """How the parts are known, as far as it needs a word."""
    if any(piece.kind == REMAINDER for piece in pieces):
        return "The remainder is what no claim speaks of."
    return "What is derived follows from other figures, which the table names." if _derived(pieces) else ""


def _derived(pieces: Sequence[Piece]) -> bool:
    return any(piece.kind == "derived" for piece in pieces)


def _colours(names: Sequence[str]) -> Mapping[str, str]:
    """A colour for each part by name, which it keeps from year to year; what is left over has its own."""
    parts = [name for name in names if name != LEFT]
    return {LEFT: _REST, **{name: _COLOURS[at % len(_COLOURS)] for at, name in enumerate(parts)}}


def _stack_spec(years: Sequence[tuple[int, Sequence[Piece]]], factor: float, unit: str) -> Plain:
    """A bar for each year made of the parts, and below them a line for each part with its numbers."""
    names = list(dict.fromkeys(piece.name for _, pieces in reversed(years) for piece in pieces))
    colours = _colours(names)
    under = _BAR * len(years) + 16
    height = under + _LINE * len(names)
    blocks: list[dict[str, float | str]] = []
    for number, (_, pieces) in enumerate(years):
        at = 0.0
        for piece in pieces:
            end = at + float(piece.value) / factor
            top = _BAR * number + 4
            blocks.append({"x": at, "x2": end, "y": top, "y2": top + _BAR - 8, "name": piece.name})
            at = end
    numbers = [float(str(row[end])) for row in blocks for end in ("x", "x2")]
    x, y = across((min(numbers), max(numbers)), unit, left=_YEARS, right=10), down(height)
    layers = [
        words([{"y": _BAR * at + _BAR / 2, "text": str(year)} for at, (year, _) in enumerate(years)], y)
    ]
    for number, name in enumerate(names):
        colour = PALETTE[colours[name]]
        bar = {"type": "rect", "color": colour, "stroke": PALETTE["page"], "strokeWidth": 1}
        rows = [row for row in blocks if row["name"] == name]
        layers.append(layer(bar, rows, x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}))
        place = under + _LINE * number
        square = {"type": "square", "size": 90, "color": colour, "opacity": 1}
        layers.append(layer(square, [{"y": place}], x={"value": 10}, y=y))
        text = shortened(f"{name}: {_by_year(name, years, factor)}", INNER - 30)
        layers.append(words([{"y": place, "text": text}], y, x={"value": 22}))
    return {"height": height, "layer": layers}


def _by_year(name: str, years: Sequence[tuple[int, Sequence[Piece]]], factor: float) -> str:
    """The numbers of one part, the earlier year first."""
    found = [piece for _, pieces in years for piece in pieces if piece.name == name]
    return ", then ".join(
        f"{_number(float(piece.value) / factor)}{_known_as(piece, ' (', ')')}" for piece in found
    )


def _number(value: float) -> str:
    return plain_number(value, 2)


def _signed(value: float) -> str:
    text = plain_number(abs(value), 2)
    return f"+{text}" if value >= 0 else f"{MINUS}{text}"


def _steps(budget: Budget, before: Piece, rise: Piece, results: Results) -> Figure:
    wording = Wording(results.vocabulary)
    factor, word = wording.scale(budget.unit, budget.whole.value)
    unit = f"{word} {budget.unit}".strip()
    way = "rise" if rise.value >= 0 else "fall"
    told = [
        f"{lowered(piece.name)} {_signed(float(piece.value / factor))}"
        for piece in sorted(budget.rises, key=lambda piece: -abs(piece.value))
        if piece.kind != REMAINDER
    ]
    size = wording.rounded(abs(rise.value), budget.unit)
    title = f"The {way} of {size} is {listed(told)}"
    name = f"{_name(budget)}-rise"
    called = [
        _called(before, f"{budget.year - 1}"),
        *budget.rises,
        _called(budget.whole, f"{budget.year}"),
    ]
    ends = [wording.rounded(piece.value, budget.unit) for piece in (before, budget.whole)]
    alt = (
        f"{_whose(budget, results)}: from {ends[0]} in {budget.year - 1} to {ends[1]}; "
        f"{listed(_told(budget.rises, budget.unit, wording))}."
    )
    left = "The remainder is what is left over" if any(p.kind == REMAINDER for p in budget.rises) else ""
    subtitle = (
        f"{_whose(budget, results)}, from the year before. Brackets: what the printed numbers leave open. "
        f"{f'{left}. ' if left else ''}The axis does not start at zero."
    )
    spec = _steps_spec(called, float(factor), unit)
    return Figure(
        name, "figures", title, subtitle, alt, spec, _table(name, called, float(factor), unit, results)
    )


def _steps_spec(pieces: Sequence[Piece], factor: float, unit: str) -> Plain:
    """From the level of the year before, step by step, to that of the year."""
    height = _BLOCK * len(pieces)
    first, last = (float(pieces[end].value) / factor for end in (0, -1))
    spans, at = [], first
    for piece in pieces[1:-1]:
        spans.append((at, at + float(piece.value) / factor))
        at = spans[-1][1]
    x = across(widened([first, last, *(end for span in spans for end in span)]), unit, left=4, right=8)
    y = down(height)
    link = {"type": "rule", "color": PALETTE["muted"], "strokeWidth": 1, "strokeDash": [2, 2]}
    # Each step begins where the one above ends; the line between is broken where the words stand.
    joints = [
        {"x": end, "y": _BLOCK * number + top, "y2": _BLOCK * number + top + 10}
        for number, end in enumerate([first, *(span[1] for span in spans)])
        for top in (28, 53)
    ]
    layers = [layer(link, joints, x=x, y=y, y2={"field": "y2"})]
    for number, (piece, span) in enumerate(zip(pieces[1:-1], spans, strict=True), start=1):
        colour = _REST if piece.kind == REMAINDER else "follows" if piece.value >= 0 else "printed"
        row = {"x": span[0], "x2": span[1], "y": _BLOCK * number + 27}
        layers += bars([row], x, y, colour, 10)
    tick = {"type": "tick", "size": 16, "thickness": 4, "color": PALETTE["ink"], "opacity": 1}
    levels = [{"x": first, "y": 27}, {"x": last, "y": height - 9}]
    layers.append(layer(tick, levels, x=x, y=y))
    texts = [
        {
            "y": _BLOCK * number + 10,
            "text": shortened(_step_words(piece, factor, unit, number in (0, len(pieces) - 1)), INNER - 6),
        }
        for number, piece in enumerate(pieces)
    ]
    return {"height": height, "layer": [*layers, words(texts, y)]}


def _step_words(piece: Piece, factor: float, unit: str, whole: bool) -> str:
    """The name and number of a step, and what its claims leave open."""
    value = float(piece.value) / factor
    low, high = (float(end) / factor for end in (piece.open.low, piece.open.high))
    places = max(2, min(4, decimals_for(low, high)))
    open_ = f" [{plain_number(low, places)} to {plain_number(high, places)}]" if low != high else ""
    shown = f"{_number(value)} {unit}" if whole else _signed(value)
    return f"{piece.name}: {shown}{open_}{_known_as(piece, ', ')}"


def _table(name: str, pieces: Sequence[Piece], factor: float, unit: str, results: Results) -> Table:
    """The steps from one level to the other."""
    caption = f"Amounts in {unit}; a level stands first and last, changes between them."
    rows = _rows(pieces, factor, results)
    return Table(name, caption, _COLUMNS, one_group(rows), frozenset((1, 2, 3)))


def _rows(pieces: Sequence[Piece], factor: float, results: Results) -> tuple[Row, ...]:
    """Each amount with what is left open, how it is known, and from which claims."""
    rows = []
    for piece in pieces:
        origin = "; ".join(f"claim:{claim.id}" for claim in piece.claims)
        numbers = [float(number) for number in (piece.value, piece.open.low, piece.open.high)]
        shown = [
            Cell(plain_number(number / factor, 3), origin, plain=f"{number:.12g}", number=True)
            for number in numbers
        ]
        quotes = ", ".join(" ".join(claim.quote.split()) for claim in piece.claims) or NOTHING
        link = _link(piece, results)
        cells = (Cell(piece.name, origin), *shown, Cell(piece.kind, origin), Cell(quotes, origin, link))
        rows.append(Row(cells))
    return tuple(rows)


def _link(piece: Piece, results: Results) -> str:
    """The claim that prints the amount, else the finding that derives it from its claims, else the first."""
    if len(piece.claims) > 1:
        wanted = {claim.id for claim in piece.claims}
        for finding in results.findings:
            if {claim.id for claim in finding.claims} == wanted:
                return anchor("finding", finding.id)
    return anchor("claim", piece.claims[0].id) if piece.claims else ""
