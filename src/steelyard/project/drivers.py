"""From series and assumptions to the drivers of the kernel: central paths, persistence and size of shocks.

Growth and inflation come from GDP at current and at constant prices, the real exchange rate from the market
rate and the deflators of both countries. A year that neither a series nor an assumption covers is a problem,
never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from itertools import accumulate
from math import exp, log, log1p

from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem
from steelyard.core.series import Point, Series
from steelyard.project.chosen_series import COMMON, PATHS, beside, chosen_series
from steelyard.project.persistence import given_matrix
from steelyard.project.price_index import ABROAD, CONSUMER, DEFENCE, PriceIndex
from steelyard.project.scenario import Assumption, Scenario
from steelyard.project.shocks import FEWEST_YEARS, Shocks, errors_of_forecasts, learn_shocks

PROJECTION = "projection"
SMALLEST, LARGEST = Decimal("1e-30"), Decimal("1e30")  # beyond these no economy has been counted
# What may be assumed for the years ahead of a side's series.
_AHEAD = {"home": ("real_growth", "inflation"), "abroad": ("foreign_inflation",)}
_LISTED = 30  # years that a message names one by one
Logs = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Economy:
    """The numbers of the kernel's drivers, as plain lists; logs throughout.

    `central`: variable by year, in the order of `VARIABLES`; `foreign_inflation`: by year; `rate`: national
    currency per foreign unit in the base year. `cells` are the series cells used, `assumptions` those of the
    scenario that were. `purchasing_power`: rates at purchasing power parity, where there is a series of them.
    """

    central: list[list[float]]
    foreign_inflation: list[float]
    shocks: Shocks
    rate: float
    currency: str
    foreign_currency: str
    cells: dict[str, list[tuple[Series, Point]]]
    assumptions: list[Assumption]
    consumer_prices: PriceIndex = field(default_factory=PriceIndex)
    defence_prices: PriceIndex = field(default_factory=lambda: PriceIndex(DEFENCE))
    defence_prices_abroad: PriceIndex = field(default_factory=lambda: PriceIndex(ABROAD))
    purchasing_power: Series | None = None

    @property
    def indices(self) -> tuple[PriceIndex, ...]:
        """The prices that it knows beside the deflators."""
        return self.consumer_prices, self.defence_prices, self.defence_prices_abroad

    def prices_of(self, unit: str) -> PriceIndex:
        """The defence prices that costs in a currency follow, where they are asked for."""
        return self.defence_prices_abroad if unit == self.foreign_currency else self.defence_prices

    def cost_symbols(self, unit: str) -> tuple[str, ...]:
        """The symbols of what costs in a currency move with, once they are in national currency."""
        kind = "Q" if self.prices_of(unit).asked else "P"
        return (f"{kind}_US", "E") if unit == self.foreign_currency else (kind,)

    def dearer(self, unit: str, years: Sequence[int]) -> list[float]:
        """What a cost of one becomes by year, base year first: at home as a multiple of the deflator, abroad
        of the prices of the base year; the deflator moves it where defence prices are not asked for.
        """
        prices = self.prices_of(unit)
        abroad = unit == self.foreign_currency
        deflator = self.foreign_inflation if abroad else self.central[1]
        rises = [prices.change(year) or 0.0 for year in years[1:]] if prices.asked else deflator
        net = rises if abroad else [one - other for one, other in zip(rises, deflator, strict=True)]
        return [exp(one) for one in accumulate(net, initial=0.0)]

    def unpriced(self, unit: str, years: Sequence[int], place: Place) -> list[Problem]:
        """A refusal where defence prices are asked for and nothing says how they rise in a year."""
        prices = self.prices_of(unit)
        silent = prices.silent(years) if prices.asked else []
        return [prices.missing(silent, place)] if silent else []


@dataclass
class _Reading:
    """The series of a scenario by role, what has been taken from them, and what was missing."""

    scenario: Scenario
    series: dict[str, Series]
    cells: dict[str, dict[int, Point]] = field(default_factory=dict)
    assumptions: dict[Assumption, None] = field(default_factory=dict)
    missing: dict[str, set[int]] = field(default_factory=dict)

    def level(self, role: str, year: int) -> float | None:
        """The value of a series in a year, remembered as used or as missing."""
        point = self.series[role].at(year)
        if point is None or not SMALLEST < point.value < LARGEST:
            self.missing.setdefault(role, set()).add(year)
            return None
        self.cells.setdefault(role, {})[year] = point
        return float(point.value)

    def log_of(self, year: int, *roles: str) -> float:
        """The log of the first series less those of the others; zero where a year is missing, which is
        noted.
        """
        levels = [self.level(role, year) for role in roles]
        signs = (1, *(-1 for _ in roles[1:]))
        return sum(sign * log(level) for sign, level in zip(signs, levels, strict=True) if level)

    def deflator(self, year: int, side: str = "home") -> float:
        """The log of a country's GDP deflator."""
        return self.log_of(year, f"{side}.nominal", f"{side}.real")

    def real_rate(self, year: int, side: str = "home", rate: str = "rate") -> float:
        """The log of a country's exchange rate with both price levels taken out."""
        return self.log_of(year, rate) - self.deflator(year, side) + self.deflator(year, "abroad")

    def assumed(self, variable: str, year: int) -> float | None:
        """The log growth that the scenario assumes for a year, or None."""
        for assumption in self.scenario.assumptions:
            if assumption.covers(variable, year):
                self.assumptions[assumption] = None
                return log1p(float(assumption.value))
        return None

    def cells_used(self) -> dict[str, list[tuple[Series, Point]]]:
        """The cells taken from each series, in the order of years."""
        return {
            role: [(self.series[role], point) for _, point in sorted(points.items())]
            for role, points in self.cells.items()
        }

    def change(self, variable: str, level: Logs, year: int) -> float:
        """The log change from the year before: what the scenario assumes, else what the series give."""
        assumed = self.assumed(variable, year)
        return level(year) - level(year - 1) if assumed is None else assumed


def build_economy(scenario: Scenario, series: Sequence[Series]) -> tuple[Economy | None, list[Problem]]:
    """The economy of a scenario, or None and every series and year that is missing."""
    chosen, problems = chosen_series(scenario, series)
    if problems:
        return None, problems
    reading = _Reading(scenario, chosen)
    central, foreign, rates = _paths(reading)
    rate = reading.level("rate", int(scenario.data["drivers"]["exchange_rate"]["year"]))
    problems = _unassumed_rate(scenario, rates)
    shocks, faults = _shocks(reading, series)
    problems += [*_missing_years(reading), *faults]
    if shocks is None or rate is None or any(problem.severity != "warning" for problem in problems):
        return None, problems
    economy = Economy(
        central=[*central, [value or 0.0 for value in rates]],
        foreign_inflation=foreign,
        shocks=shocks,
        rate=rate,
        currency=chosen["home.nominal"].unit,
        foreign_currency=chosen["abroad.nominal"].unit,
        cells=reading.cells_used(),
        assumptions=list(reading.assumptions),
        **{
            kind.role: PriceIndex(
                kind, chosen.get(kind.role), scenario.assumptions, kind.role in scenario.data["drivers"]
            )
            for kind in (CONSUMER, DEFENCE, ABROAD)
        },
        purchasing_power=chosen.get("purchasing_power"),
    )
    return economy, problems


def _shocks(reading: _Reading, series: Sequence[Series]) -> tuple[Shocks | None, list[Problem]]:
    """The shocks that the scenario asks for, from its window or from past errors."""
    table = reading.scenario.data["drivers"]["shocks"]
    given, problems = given_matrix(reading.scenario)
    if problems:
        return None, problems
    if table["kind"] == "forecast-errors":
        return errors_of_forecasts(reading.scenario, series, given)
    window = Period.parse(table["window"])
    problems = _window_faults(reading.scenario, window)
    if problems:
        return None, problems
    history = _history(reading, window)
    others = [_history(reading, window, side, f"{side}.exchange_rate") for side in beside(reading.scenario)]
    if reading.missing:
        return None, []
    shocks, problems = learn_shocks(reading.scenario, history, others, given)
    return shocks, [*problems, *_projected_history(reading, window)]


def _paths(reading: _Reading) -> tuple[list[list[float]], list[float], list[float | None]]:
    """Growth and inflation at home, inflation abroad, and what is assumed of the real rate, by year."""
    years = reading.scenario.years
    output = partial(_log_of_output, reading)
    abroad = partial(reading.deflator, side="abroad")
    central = [
        [reading.change("real_growth", output, year) for year in years],
        [reading.change("inflation", reading.deflator, year) for year in years],
    ]
    foreign = [reading.change("foreign_inflation", abroad, year) for year in years]
    return central, foreign, [reading.assumed("real_exchange_rate", year) for year in years]


def _log_of_output(reading: _Reading, year: int) -> float:
    """The log of GDP at constant prices."""
    return reading.log_of(year, "home.real")


def _unassumed_rate(scenario: Scenario, rates: Sequence[float | None]) -> list[Problem]:
    """Years for which nothing is said of the real exchange rate, which no series projects."""
    silent = [year for year, value in zip(scenario.years, rates, strict=True) if value is None]
    if not silent:
        return []
    message = f"Nothing is assumed for real_exchange_rate in {listed(silent)}."
    hint = 'Add an [[assumptions]] entry with variable = "real_exchange_rate", value = "0%" and a reason.'
    return [Problem("missing-year", message, scenario.place("assumptions"), hint, "refusal")]


def _window_faults(scenario: Scenario, window: Period) -> list[Problem]:
    """A window that is open or too short to learn from."""
    if window.start and window.end and window.end.year - window.start.year + 1 >= FEWEST_YEARS:
        return []
    message = f"The window {window} does not hold {FEWEST_YEARS} years."
    place = scenario.place("drivers", "shocks", "window")
    return [Problem("short-window", message, place, 'Write it as "2001/2024", both years included.')]


def _history(reading: _Reading, window: Period, side: str = "home", rate: str = "rate") -> list[list[float]]:
    """What a country's three variables were in each year of the window: variable by year."""
    assert window.start and window.end
    years = range(window.start.year, window.end.year + 1)
    real = f"{side}.real"
    growth = [reading.log_of(t, real) - reading.log_of(t - 1, real) for t in years]
    inflation = [reading.deflator(t, side) - reading.deflator(t - 1, side) for t in years]
    return [growth, inflation, [reading.real_rate(t, side, rate) for t in years]]


def _missing_years(reading: _Reading) -> list[Problem]:
    """One problem for each series that lacks years that were asked for."""
    problems, assumed = [], reading.scenario.assumptions
    for role, found in sorted(reading.missing.items()):
        series, path = reading.series[role], PATHS.get(role, COMMON)
        names = _AHEAD.get(role.partition(".")[0], ())
        # A year that is assumed is asked for only where the one after it is not.
        years = {t for t in found if not all(any(one.covers(name, t) for one in assumed) for name in names)}
        years = (years if names else found) or found
        message = f"The series {series.id} has no usable value for {listed(sorted(years))}."
        hint = _cure(reading.scenario, years, f" of {' and of '.join(names)}" if names else "")
        place = reading.scenario.place("drivers", *path)
        problems.append(Problem("missing-year", message, place, hint, "refusal"))
    return problems


def _cure(scenario: Scenario, years: Collection[int], names: str) -> str:
    """What gives a series the years that it lacks: those ahead may be assumed, those behind may not."""
    behind = [year for year in years if year <= scenario.base_year]
    hint = "Add the rows to the series"
    if len(behind) < len(years):
        ahead = "the years ahead" if behind else "these years"
        hint += f", or an [[assumptions]] entry{names} for {ahead} with a reason"
    elif scenario.base_year not in behind:
        hint += ", or let drivers.shocks.window leave these years out; what lies behind is not assumed"
    own, *below = ["assumptions" in entry.data for entry in reversed(scenario.chain)]
    if own and any(below) and len(behind) < len(years):
        hint += f". The assumptions of {scenario.entry.id!r} take the place of all that it would inherit"
    return f"{hint}."


def _projected_history(reading: _Reading, window: Period) -> list[Problem]:
    """A warning where the window holds projections, whose shocks are smaller than life."""
    assert window.start and window.end
    years = range(window.start.year, window.end.year + 1)
    guessed = {
        year: point.place
        for points in reading.cells.values()
        for year, point in points.items()
        if point.status == PROJECTION and year in years
    }
    if not guessed:
        return []
    message = f"The window {window} holds projections ({listed(sorted(guessed))}), which have no shocks."
    place: Place = reading.scenario.place("drivers", "shocks", "window")
    return [Problem("projected-history", message, place, "End it with the last year observed.", "warning")]


def mean_growth(logs: Sequence[float]) -> float:
    """The yearly rate that a path of log changes comes to."""
    return exp(sum(logs) / len(logs)) - 1


def listed(years: Sequence[int]) -> str:
    """Years as a reader lists them, a run as its ends: "2031 to 2035"; of very many the first."""
    run = len(years) > 2 and years[-1] - years[0] == len(years) - 1
    if run:
        return f"{years[0]} to {years[-1]}"
    more = f" and {len(years) - _LISTED:,} more" if len(years) > _LISTED else ""
    return ", ".join(str(year) for year in years[:_LISTED]) + more
