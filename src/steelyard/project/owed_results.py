"""What is owed beside the plan as labelled numbers: cells by year, headlines, and the inputs they rest on.

A variable is named after its kind and the id that the scenario gives, such as `pledge_outlay:arms`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.core.interval import Interval
from steelyard.project.agreements import CostSharing
from steelyard.project.chance import Array
from steelyard.project.counting import PAYMENTS
from steelyard.project.ensemble import PROBABILITIES, Cell, Headline, cut
from steelyard.project.equations import carried_out
from steelyard.project.fans import Fan, Run, fan_of
from steelyard.project.payments import Line, amounts_of
from steelyard.project.pledges import Pledge
from steelyard.project.substitution import Withdrawal
from steelyard.project.troops import Troops

MEDIAN = 2  # in PROBABILITIES
Corner = list[tuple[Array, Array, float]]
# Of each kind of variable, what it is made by.
EQUATIONS: Mapping[str, str] = {
    "pledge_commitment": "c[t] = G v[t]",
    "pledge_outlay_foreign": "o[t] = sum c[t-s] w[s]",
    "pledge_outlay": "o[t] E[t]",
    "pledge_outlay_cumulative": "sum o[t] E[t]",
    "pledge_backlog": "B[t] = B[t-1] + c[t] - o[t]",
    "pledge_part": "100 o[t] E[t] / (e ME[t])",
    "cost_sharing": "H[t] = H[t-1] clip(I[t-l] / I[t-l-1])",
    "cost_sharing_foreign": "H[t] / E[t]",
    "troops": "N[t]",
    "troop_cost": "N[t] (k_direct + k_indirect + k_overhead) Q[t] E[t]",
    "substitution": "SC[t] = sum (buy + run + renew)",
    "substitution_cumulative": "sum SC[t]",
}


@dataclass(frozen=True, slots=True)
class OwedResults:
    """The cells and headlines of all that is owed."""

    cells: tuple[Cell, ...]
    headlines: tuple[Headline, ...]


@dataclass(frozen=True, slots=True)
class _Making:
    """What makes cells and headlines of one thing owed: the run, the ids of inputs, and a name for it."""

    run: Run
    inputs: tuple[str, ...]
    id: str = ""
    label: str = ""

    @property
    def years(self) -> tuple[int, ...]:
        """All years, base year first."""
        return (self.run.scenario.base_year, *self.run.scenario.years)

    def named(self, kind: str) -> str:
        """A variable's name."""
        return f"{kind}:{self.id}" if self.id else kind

    def cells(self, kind: str, unit: str, fan: Fan, years: Sequence[int]) -> Iterator[Cell]:
        """A fan over all years as cells, in the years wanted."""
        for t, year in enumerate(self.years):
            if year in years:
                yield Cell(
                    self.named(kind), unit, year, fan.central[t], fan.box[t], tuple(fan.quantiles[t]),
                    tuple(fan.quantile_boxes[t]), EQUATIONS[kind], self.inputs,
                )  # fmt: skip

    def certain(self, kind: str, unit: str, ends: Sequence[tuple[float, float, float]]) -> Iterator[Cell]:
        """Cells without a spread, from the value to show and both ends of each year."""
        for year, (shown, *range_) in zip(self.years, ends, strict=True):
            low, high = (cut(end, 0.0) for end in range_)
            same = (cut(shown, 0.0),) * len(PROBABILITIES)
            boxes = ((low, high),) * len(PROBABILITIES)
            yield Cell(
                self.named(kind), unit, year, same[0], (low, high), same, boxes, EQUATIONS[kind], self.inputs
            )

    def of_line(self, lines: Sequence[Line], *, total: bool = False) -> Fan:
        """The fan of a line, the first of those given, with all of them as its ends."""
        calm = self.run.calm
        corners: list[Corner] = []
        for line in lines:
            start = sum(line.amounts[0])
            name = line.total if total else line.name
            central = [start, *(float(pair[total][0]) for pair in amounts_of(line, calm))]
            corners.append(_corner(self.run.spread.lines[name], central, 1.0))
        return fan_of(corners)

    def headline(
        self, name: str, label: str, unit: str, shown: float, ends: tuple[float, float], equation: str,
        year: int | None = None, quantiles: tuple[float, ...] = (),
    ) -> Headline:  # fmt: skip
        """A headline number, named after the thing owed."""
        low, high = (cut(end, 0.0) for end in ends)
        return Headline(
            self.named(name), label, unit, cut(shown, 0.0), low, high, equation, self.inputs, year, quantiles
        )

    def in_year(self, name: str, label: str, cell: Cell) -> Headline:
        """A cell as a headline."""
        value, ends = cell.quantiles[MEDIAN], cell.quantile_boxes[MEDIAN]
        return self.headline(name, label, cell.unit, value, ends, cell.equation, cell.year, cell.quantiles)


def _corner(found: Mapping[int, tuple[Array, Array]], central: Sequence[float], factor: float) -> Corner:
    """One end of a fan by year: quantiles, errors, central path; the base year has no spread."""
    count = len(PROBABILITIES)
    first = (np.full(count, central[0]), np.zeros(1), central[0])
    later = [(factor * found[t][0], factor * found[t][1], central[t + 1]) for t in range(len(central) - 1)]
    return [first, *later]


def _errors(run: Run, variable: str) -> list[float]:
    """The errors of a variable's quantiles by year, as fractions of its median; none in the base year."""
    found = run.spread.found[run.ways[0].task].fans[variable]
    years = range(len(run.scenario.years))
    return [0.0, *(float(found[t][1].min() / found[t][0][MEDIAN]) for t in years)]


def owed_results(run: Run, inputs: Mapping[str, tuple[str, ...]], fans: Mapping[str, Fan]) -> OwedResults:
    """All cells and headlines; `inputs` has the ids of origins by kind and id of what is owed."""
    cells, headlines = list[Cell](), list[Headline]()
    for pledge in run.owed.pledges:
        making = _Making(run, inputs[f"pledge:{pledge.id}"], pledge.id, pledge.label)
        found = list(_pledge_cells(making, pledge, fans["spending_foreign"]))
        cells += found
        headlines += _pledge_headlines(making, pledge, {(one.variable, one.year): one for one in found})
    if run.owed.sharing:
        found, more = _sharing(run, run.owed.sharing, inputs["cost_sharing"])
        cells += found
        headlines += more
    for troops in run.owed.troops:
        cells += _troop_cells(_Making(run, inputs[f"troops:{troops.id}"], troops.id, troops.label), troops)
    found, more = _substitution(_Making(run, inputs["withdrawals"]), run.owed.withdrawals)
    return OwedResults((*cells, *found), (*headlines, *more))


def _pledge_cells(making: _Making, pledge: Pledge, spending: Fan) -> Iterator[Cell]:
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
    lines = pledge.lines()
    home = run.economy.currency
    yield from making.cells("pledge_outlay", home, making.of_line(lines), years)
    yield from making.cells("pledge_outlay_cumulative", home, making.of_line(lines, total=True), years)
    if pledge.foreign:
        abroad = of_whole(pledge.foreign)
        yield from making.certain("pledge_outlay_foreign", run.economy.foreign_currency, abroad)
        if pledge.part:
            fan = part_taken(abroad, pledge.part, spending, _errors(run, "spending_foreign"))
            yield from making.cells("pledge_part", "%", fan, years)


def part_taken(
    paid: Sequence[tuple[float, float, float]], part: Interval, spending: Fan, errors: Sequence[float]
) -> Fan:
    """How much of a part of spending is taken, in percent; both in foreign currency.

    The more is spent the less of it is taken, so that a quantile is that of spending at one less its chance.
    `errors` are those of spending by year, as fractions of it.
    """
    shown, least, most = (100 / float(one) for one in (part.middle, part.high, part.low))
    central, box, quantiles, boxes = [], [], [], []
    for t, ((amount, low, high), error) in enumerate(zip(paid, errors, strict=True)):
        central.append(cut(shown * amount / spending.central[t], 0.0))
        box.append((cut(least * low / spending.box[t][1], 0.0), cut(most * high / spending.box[t][0], 0.0)))
        values = [shown * amount / one for one in reversed(spending.quantiles[t])]
        quantiles.append([cut(value, error * value) for value in values])
        ends = [(least * low / two, most * high / one) for one, two in reversed(spending.quantile_boxes[t])]
        boxes.append([(cut(a, error * a), cut(b, error * b)) for a, b in ends])
    return Fan(central, box, quantiles, boxes)


def _pledge_headlines(
    making: _Making, pledge: Pledge, cells: Mapping[tuple[str, int], Cell]
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
        one = outlays[peak]
        words = f"{pledge.label}: what 1 % on the exchange rate adds in {peak}, its dearest year"
        ends = tuple(0.01 * end for end in one.quantile_boxes[MEDIAN])
        yield making.headline(
            "pledge_exposure", words, one.unit, 0.01 * one.quantiles[MEDIAN], (ends[0], ends[1]),
            "0.01 d(o E) / d ln E = 0.01 o[t] E[t]", peak, tuple(0.01 * value for value in one.quantiles),
        )  # fmt: skip
    yield from _added(making, pledge, cells[making.named("pledge_outlay_cumulative"), making.years[-1]])


def _part_words(pledge: Pledge) -> str:
    claim = pledge.part_claims[0].claims[0]
    return claim.about or (claim.item or "").replace("_", " ")


def _added(making: _Making, pledge: Pledge, cell: Cell) -> Iterator[Headline]:
    """What the pledge adds to the plan at both ends of the part that may be planned already."""
    span = f"{making.years[0]} to {cell.year} added up"
    said = "nothing is said of that" if pledge.planned_value is None else pledge.planned_value.written
    for name, planned in (
        ("pledge_added_least", pledge.planned.high),
        ("pledge_added_most", pledge.planned.low),
    ):
        rest = 1.0 - float(planned)
        words = (
            f"{pledge.label}: added to the plan if {100 * float(planned):.4g} % of it is planned already "
            f"({said}), {span}"
        )
        low, high = cell.quantile_boxes[MEDIAN]
        yield making.headline(
            name, words, cell.unit, rest * cell.quantiles[MEDIAN], (rest * low, rest * high),
            "theta sum o[t] E[t]", cell.year, tuple(rest * value for value in cell.quantiles),
        )  # fmt: skip


def _sharing(run: Run, sharing: CostSharing, inputs: tuple[str, ...]) -> tuple[list[Cell], list[Headline]]:
    """What is paid by agreement: one path until its last year, and one for each option after it."""
    cells, headlines = list[Cell](), list[Headline]()
    units = dict(zip(PAYMENTS, (run.economy.currency, run.economy.foreign_currency), strict=True))
    for number, option in enumerate(sharing.options):
        for kind, fan in _payment_fans(run, number).items():
            plain, named = _Making(run, inputs), _Making(run, inputs, option.id, option.label)
            if number == 0:
                during = [year for year in plain.years if year <= sharing.last]
                cells += plain.cells(kind, units[kind], fan, during)
                words = f"paid under {sharing.entry.label} in {during[-1]}, its last year"
                if kind == "cost_sharing" and during[-1] == sharing.last:
                    headlines.append(plain.in_year("cost_sharing_term_end", words, cells[-1]))
            after = [year for year in plain.years if year > sharing.last]
            cells += named.cells(kind, units[kind], fan, after)
            if kind == "cost_sharing" and after:
                words = f"cost sharing in {after[-1]} if, after {sharing.last}, {_continues(option.label)}"
                headlines.append(named.in_year("cost_sharing_horizon", words, cells[-1]))
    return cells, headlines


def _continues(label: str) -> str:
    """An option in a sentence."""
    return label if label[:1].islower() else f"the rule of the {label} goes on"


def _payment_fans(run: Run, number: int) -> dict[str, Fan]:
    """What an option pays by year, at home and abroad, with its range over the corners that differ."""
    found: dict[str, list[Corner]] = {name: [] for name in PAYMENTS}
    rates = [1.0, *(float(rate[0]) for rate in run.calm.rate)]
    for place, policy in enumerate(run.payments[number]):
        gdp = run.scale(place).gdp
        assert policy.agreement
        central = [policy.agreement.amount, *(float(year.paid[0]) for year in carried_out(policy, run.calm))]
        fans = run.spread.payments[policy]
        for name in PAYMENTS:
            abroad = name == PAYMENTS[1]
            factor = gdp / run.economy.rate if abroad else gdp
            path = [
                factor * one / (rate if abroad else 1.0) for one, rate in zip(central, rates, strict=True)
            ]
            found[name].append(_corner(fans[name], path, factor))
    return {name: fan_of(corners) for name, corners in found.items()}


def _troop_cells(making: _Making, troops: Troops) -> Iterator[Cell]:
    """How many troops there are by year, and what they cost where that has a source."""
    levels = [value.interval for value in troops.levels.values()]
    ends = [(float(one.middle), float(one.low), float(one.high)) for one in levels]
    yield from making.certain("troops", "person", ends)
    if troops.costs:
        run = making.run
        fan = making.of_line(troops.lines(run.economy))
        yield from making.cells("troop_cost", run.economy.currency, fan, making.years)


def _substitution(making: _Making, withdrawals: Sequence[Withdrawal]) -> tuple[list[Cell], list[Headline]]:
    """What priced substitutes cost, how many there are, and the longest gap; nothing where none is priced."""
    priced = [one for one in withdrawals if one.is_priced]
    if not withdrawals:
        return [], []
    count = float(len(priced))
    words = f"responsibilities priced of {len(withdrawals)} withdrawn"
    headlines = [
        making.headline("coverage", words, "", count / len(withdrawals), (count / len(withdrawals),) * 2,
                        "priced functions / withdrawn functions"),
    ]  # fmt: skip
    if not priced:
        return [], headlines
    run, home = making.run, making.run.economy.currency
    lines = [one for one in run.owed.lines(run.scenario, run.economy) if one.name.startswith("substitution ")]
    cells = list(making.cells("substitution", home, making.of_line(lines), making.years))
    cells += making.cells("substitution_cumulative", home, making.of_line(lines, total=True), making.years)
    words = f"cost of what is priced, {making.years[0]} to {making.years[-1]} added up"
    headlines.append(making.in_year("substitution_total", words, cells[-1]))
    gaps = [one.gap() for one in priced]
    low, high = (max(gap[end] for gap in gaps) for end in (0, 1))
    words = "longest time between a withdrawal and its substitute"
    headlines.append(
        making.headline("gap_years", words, "year", (low + high) / 2, (low, high), "max (s + l - withdrawal)")
    )
    return cells, headlines
