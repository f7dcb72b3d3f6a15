"""What is owed beside the plan as labelled numbers: cells by year, headlines, and the inputs they rest on.

A variable is named after its kind and the id that the scenario gives, such as `pledge_outlay:arms`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.core.interval import Interval
from steelyard.project.ensemble import Cell, Headline
from steelyard.project.errors import cut, kept, told
from steelyard.project.fans import Fan, Run
from steelyard.project.making import Making, moving
from steelyard.project.pledges import Pledge
from steelyard.project.sharing_results import sharing_results
from steelyard.project.substitution_results import substitution_results
from steelyard.project.troop_swings import COST, MARGIN
from steelyard.project.troops import Troops


@dataclass(frozen=True, slots=True)
class OwedResults:
    """The cells and headlines of all that is owed."""

    cells: tuple[Cell, ...]
    headlines: tuple[Headline, ...]


def owed_results(run: Run, rests: Mapping[str, tuple[str, ...]], fans: Mapping[str, Fan]) -> OwedResults:
    """All cells and headlines; `rests` has the ids of what each of them rests on."""
    cells, headlines = list[Cell](), list[Headline]()
    for pledge in run.owed.pledges:
        making = Making(run, rests, pledge.id, pledge.label)
        found = list(_pledge_cells(making, pledge, fans["spending_foreign"]))
        cells += found
        headlines += _pledge_headlines(making, pledge, {(one.variable, one.year): one for one in found})
    if run.owed.sharing:
        found, more = sharing_results(run, run.owed.sharing, rests)
        cells += found
        headlines += more
    for troops in run.owed.troops:
        making = Making(run, rests, troops.id, troops.label)
        cells += _troop_cells(making, troops)
        headlines += _troop_headlines(making, troops, cells[-1])
    found, more = substitution_results(Making(run, rests))
    return OwedResults((*cells, *found), (*headlines, *more))


def _pledge_cells(making: Making, pledge: Pledge, spending: Fan) -> Iterator[Cell]:
    """What a pledge comes to by year."""
    run, unit = making.run, pledge.value.unit
    shown, low, high = pledge.span

    def of_whole(parts: Sequence[float]) -> list[tuple[float, float, float]]:
        return [(shown * part, low * part, high * part) for part in parts]

    years = making.years
    yield from making.certain(
        "pledge_commitment", unit, of_whole([pledge.signed.get(year, 0.0) for year in years])
    )
    yield from making.certain("pledge_backlog", unit, of_whole([pledge.backlog(year) for year in years]))
    lines, home, outlay = pledge.lines(), run.economy.currency, _outlay(pledge)
    yield from making.cells("pledge_outlay", home, making.of_line(lines), years, outlay)
    total = making.of_line(lines, total=True)
    yield from making.cells("pledge_outlay_cumulative", home, total, years, f"sum {outlay}")
    if pledge.foreign:
        abroad = of_whole(pledge.foreign)
        equation = f"o[t]{moving(*pledge.moved_abroad)}, o[t] = sum c[t-s] w[s]"
        yield from making.certain("pledge_outlay_foreign", run.economy.foreign_currency, abroad, (), equation)
        if pledge.part:
            fan = part_taken(abroad, pledge.part, spending)
            yield from making.cells("pledge_part", "%", fan, years, f"100 {outlay} / (e ME[t])")


def _outlay(pledge: Pledge) -> str:
    """What is paid in national currency in a year, in symbols."""
    return f"o[t]{moving(*pledge.moved)}"


def part_taken(paid: Sequence[tuple[float, float, float]], part: Interval, spending: Fan) -> Fan:
    """How much of a part of spending is taken, in percent; both in foreign currency.

    The more is spent the less of it is taken, so that a quantile is that of spending at one less its chance,
    and as far off, as a fraction of itself.
    """
    shown, least, most = (100 / float(one) for one in (part.middle, part.high, part.low))
    central, box, quantiles, boxes, errors = [], [], [], [], []
    for t, (amount, low, high) in enumerate(paid):
        central.append(cut(shown * amount / spending.central[t], 0.0))
        box.append((cut(least * low / spending.box[t][1], 0.0), cut(most * high / spending.box[t][0], 0.0)))
        spent, off = spending.quantiles[t][::-1], spending.errors[t][::-1]
        values = [shown * amount / one for one in spent]
        pairs = zip(values, spent, off or (0.0,) * len(spent), strict=True)
        own = [value * error / one for value, one, error in pairs]
        quantiles.append([kept(value, error) for value, error in zip(values, own, strict=True)])
        ends = [(least * low / two, most * high / one) for one, two in spending.quantile_boxes[t][::-1]]
        boxes.append([(kept(a, error), kept(b, error)) for (a, b), error in zip(ends, own, strict=True)])
        errors.append(tuple(map(told, own)) if off and amount else ())
    return Fan(central, box, quantiles, boxes, errors)


def _pledge_headlines(
    making: Making, pledge: Pledge, cells: Mapping[tuple[str, int], Cell]
) -> Iterator[Headline]:
    """What stays unpaid, what it takes of its part of spending, what hangs on the rate, and what it adds."""
    last, unit = pledge.last, pledge.value.unit
    after = pledge.paid_after(last)
    words = f"{pledge.label}: paid after {last}, the last year of signing"
    shown, low, high = pledge.span
    yield making.headline(
        "pledge_paid_after", words, unit, shown * after, (low * after, high * after), "sum o[t], t > t2", last
    )
    outlays = {year: cells[making.named("pledge_outlay"), year] for year in making.years}
    peak = max(outlays, key=lambda year: outlays[year].central)
    part = cells.get((making.named("pledge_part"), peak))
    if part:
        words = f"{pledge.label}: share of {_part_words(pledge)} that it takes in {peak}, its dearest year"
        yield making.in_year("pledge_part_peak", words, part)
    if pledge.foreign:
        words = f"{pledge.label}: what 1% on the exchange rate adds in {peak}, its dearest year"
        equation = f"0.01 d(o E) / d ln E = 0.01 {_outlay(pledge)}"
        yield making.in_year("pledge_exposure", words, outlays[peak], 0.01, equation)
    yield from _added(making, pledge, cells[making.named("pledge_outlay_cumulative"), making.years[-1]])


def _part_words(pledge: Pledge) -> str:
    claim = pledge.part_claims[0].claims[0]
    return claim.about or (claim.item or "").replace("_", " ")


def _added(making: Making, pledge: Pledge, cell: Cell) -> Iterator[Headline]:
    """What the pledge adds to the plan at both ends of the part that may be planned already."""
    span = f"{making.years[0]} to {cell.year} added up"
    said = "nothing is said of that" if pledge.planned_value is None else pledge.planned_value.written
    for name, planned in (
        ("pledge_added_least", pledge.planned.high),
        ("pledge_added_most", pledge.planned.low),
    ):
        rest = 1.0 - float(planned)
        words = (
            f"{pledge.label}: added to the plan if {100 * float(planned):.4g}% of it is planned already "
            f"({said}), {span}"
        )
        yield making.in_year(name, words, cell, rest, f"theta sum {_outlay(pledge)}")


def _troop_cells(making: Making, troops: Troops) -> Iterator[Cell]:
    """How many troops there are by year, and what they cost where that has a source."""
    levels = [value.interval for value in troops.levels.values()]
    ends = [(float(one.middle), float(one.low), float(one.high)) for one in levels]
    yield from making.certain("troops", "person", ends)
    if troops.costs:
        run = making.run
        fan = making.of_line(troops.lines(run.economy))
        moved = moving(*run.economy.cost_symbols(troops.unit))
        equation = f"N[t] (k_direct + k_indirect + k_overhead){moved}"
        yield from making.cells("troop_cost", run.economy.currency, fan, making.years, equation)


def _troop_headlines(making: Making, troops: Troops, last: Cell) -> Iterator[Headline]:
    """By how much the troops are above the laws that set a floor for them, at the narrowest, and what they
    cost in the last year; `last` is their last cell.
    """
    margins = [
        (value.interval.middle - law.value.interval.low, year, law)
        for year, value in troops.levels.items()
        for law in troops.laws
        if law.holds_in(year)
    ]
    if margins:
        margin, year, law = min(margins, key=lambda one: one[:2])
        level, floor = troops.levels[year].interval, law.value.interval.low
        words = f"{troops.label} in {year}, over the floor of the {law.text('instrument')}"
        words += "; below it where this is negative"
        ends = (float(level.low - floor), float(level.high - floor))
        yield making.headline(MARGIN, words, "person", float(margin), ends, "N[t] - N_floor[t]", year)
    if troops.costs:
        yield making.in_year(COST, f"{troops.label}: what they cost in {last.year}", last)
