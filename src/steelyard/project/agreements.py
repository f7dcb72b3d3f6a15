"""Agreements on sharing the cost of an ally's forces: what is paid each year, and by which rule it moves.

Symbols, after the model's section 4: H[t] = H[t-1] times the ratio of the index that the agreement follows,
`lag` years before, kept within its least and its ceiling. After the last year of the agreement nothing is
carried on: the scenario names options, each of which gives a path of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from math import exp, inf

from steelyard.core.problems import Place, Problem
from steelyard.core.schema import nearest
from steelyard.core.vocabulary import Entry
from steelyard.project.components import Beside, Component, Ends, Parts
from steelyard.project.drivers import Economy, listed
from steelyard.project.limits import End, end_of
from steelyard.project.parameters import Value, value_on
from steelyard.project.payments import KNOWN, PRICES, SPENDING, Step
from steelyard.project.sourced import Sources

FROZEN = "frozen"  # the option by which the last amount stays
_PERCENT = Decimal("0.01")
_ENDS: tuple[End, End] = ("low", "high")
_RISE = (("growth", "share"), (Decimal(-99), Decimal(1000)))
# The dimensions and the range that each number of an agreement can have.
_FITTING = {
    "amount": (("money",), (Decimal(1), Decimal("1e30"))),
    "lag": (("duration",), (Decimal(0), Decimal(100))),
    "ceiling": _RISE,
    "least": _RISE,
}


@dataclass(frozen=True, slots=True)
class Option:
    """What happens after the agreement: the id of the one whose rule goes on, or `FROZEN`, and all steps.

    `values` are the parameters that the amount of the base year and the step into each year take, `indexed`
    the years whose consumer prices a step follows, both with the year of the payment.
    """

    id: str
    label: str
    steps: tuple[Step, ...]
    values: tuple[tuple[int, Value], ...]
    indexed: tuple[tuple[int, int], ...]

    @property
    def words(self) -> str:
        """The option in a sentence."""
        return self.label if self.id == FROZEN else f"the rule of the {self.label} goes on"

    @property
    def name(self) -> str:
        """The option in a heading."""
        return self.label if self.id == FROZEN else f"{self.label} goes on"

    @property
    def follows_spending(self) -> bool:
        """Whether what is paid moves with what is spent."""
        return any(step.follows == SPENDING for step in self.steps)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is paid in national currency in the base year, and by which steps it moves under each option, at
    one choice of what the numbers of an agreement leave open.
    """

    amount: float
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """A number of an agreement that is left open: its name for people, the ids of its origins, and the terms
    with it at its low and at its high end, all else as shown.
    """

    name: str
    origins: tuple[str, ...]
    low: Terms
    high: Terms


@dataclass(frozen=True, slots=True)
class CostSharing:
    """An agreement as a scenario takes it: its terms to show, the `unit` of its amount, and its last year.

    `low` and `high` are the terms with all that is `open` at its ends. `values` are the parameters that it
    rests on; where the agreement outlasts the scenario, there is one option, which is itself. `components`
    make the payment up, what is `beside` it is no part of it.
    """

    entry: Entry
    shown: Terms
    low: Terms
    high: Terms
    open: tuple[OpenTerm, ...]
    unit: str
    last: int
    values: tuple[Value, ...]
    reason: str
    components: tuple[Component, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def options(self) -> tuple[Option, ...]:
        """What may come after the agreement."""
        return self.shown.options

    @property
    def ends(self) -> tuple[End, ...]:
        """The ends of its terms; "shown" where nothing is left open."""
        return ("low", "high") if self.open else ("shown",)

    def at(self, end: End) -> Terms:
        """Its terms at one end."""
        return {"low": self.low, "high": self.high, "shown": self.shown}[end]

    def kept_to(self, terms: Terms) -> CostSharing:
        """The same with nothing left open."""
        return replace(self, shown=terms, low=terms, high=terms, open=())

    @property
    def added(self) -> tuple[Beside, ...]:
        """What is borne beside the payment and asked to be added to it."""
        return tuple(one for one in self.beside if one.added)

    def added_in(self, year: int) -> Ends | None:
        """What is added to the payment of a year; None where a part of it is not known."""
        amounts = [one.amounts.get(year) for one in self.added]
        known = [one for one in amounts if one]
        return Ends(*map(sum, zip(*known, strict=True))) if len(known) == len(amounts) else None


@dataclass
class _Reading:
    """What is needed to read an agreement, what has been read, and what is wrong with it.

    `ends` tells by key at which end of what it leaves open a number is taken, `open` which are left open;
    `known` are parameters that have been looked up, by name and year; `taking` and `indexed` those that a
    step takes, and the years whose consumer prices it follows.
    """

    sources: Sources
    economy: Economy
    place: Place
    ends: Mapping[str, End] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    open: dict[str, dict[str, Value]] = field(default_factory=dict)
    known: dict[tuple[str, int], tuple[Value | None, list[Problem]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    taking: list[Value] = field(default_factory=list)
    indexed: list[int] = field(default_factory=list)
    unpriced: list[int] = field(default_factory=list)
    silent: dict[str, list[int]] = field(default_factory=dict)
    early: dict[str, list[int]] = field(default_factory=dict)

    def parameter(self, entry: Entry, key: str, year: int) -> Value | None:
        """A parameter of an agreement in a year; None where it has none."""
        if not entry.text(key):
            return None
        asked = (entry.text(key), year)
        if asked not in self.known:
            self.known[asked] = value_on(
                asked[0], date(year, 1, 1), self.sources.vocabulary, self.sources.settings
            )
        value, faults = self.known[asked]
        self.problems += faults
        if value is not None:
            faults = self.sources.fitting(value.parameter, value, *_FITTING[key], self.place)
            self.problems += faults
        return None if faults else value

    def step(self, entry: Entry, year: int) -> Step | None:
        """How the payment moves into a year under an agreement, by its rule of then or of its last year."""
        rule_year = min(year, int(entry.number("to")))
        now, before = (self.parameter(entry, "amount", one) for one in (year, year - 1))
        if now is not None and before is not None:
            return Step(KNOWN, float(self.taken("amount", now) / self.taken("amount", before)))
        kind = entry.text("follows")
        if kind == "nothing":
            return Step(KNOWN)
        bounds = self._bounds(entry, rule_year)
        lag = self.parameter(entry, "lag", rule_year)
        if kind == "negotiated" or lag is None:
            self.silent.setdefault(entry.label, []).append(year)
            return None
        years = int(self.taken("lag", lag))
        if kind == "consumer_prices":
            return self._by_prices(year, years, bounds)
        if year - years <= self.sources.scenario.base_year or years < 1:
            self.early.setdefault(entry.label, []).append(year)
            return None
        return Step(SPENDING, 1.0, years, *bounds)

    def _by_prices(self, year: int, lag: int, bounds: tuple[float, float]) -> Step | None:
        """A step by consumer prices: known where they are those of the base year or earlier."""
        indexed = year - lag
        self.indexed.append(indexed)
        change = self.economy.consumer_prices.change(indexed)
        if change is None:
            self.unpriced.append(indexed)
            return None
        t = indexed - self.sources.scenario.base_year - 1
        if t < 0:
            return Step(KNOWN, exp(change), 0, *bounds)
        return Step(PRICES, exp(change - self.economy.central[1][t]), lag, *bounds)

    def _bounds(self, entry: Entry, year: int) -> tuple[float, float]:
        """The least and the most that the payment can be of the last."""
        least, most = (self.parameter(entry, key, year) for key in ("least", "ceiling"))
        return (
            0.0 if least is None else 1.0 + float(self.taken("least", least) * _PERCENT),
            inf if most is None else 1.0 + float(self.taken("ceiling", most) * _PERCENT),
        )

    def taken(self, key: str, value: Value) -> Decimal:
        """The number that is taken of what a value leaves open; it is noted as used."""
        self.values[value.origin] = value
        self.taking.append(value)
        if not value.interval.is_exact and key != "lag":
            self.open.setdefault(key, {})[value.origin] = value
        return end_of(value.interval, self.ends.get(key, "shown"))

    def refusals(self) -> Iterator[Problem]:
        """One for each kind of years for which nothing says how the payment moves."""
        if self.unpriced:
            years = sorted(set(self.unpriced))
            yield self.economy.consumer_prices.missing(years, self.place)
        reasons = [
            (self.silent, "has no rule for"),
            (self.early, "rests on a budget before the first one projected in"),
        ]
        for found, why in reasons:
            for label, missing in found.items():
                years = sorted(set(missing))
                message = f"Cost sharing is not projected: the {label} {why} {listed(years)}."
                hint = f"An agreed amount for {years[0]} would lift this."
                yield Problem("no-agreement", message, self.place, hint, "refusal")


def find_cost_sharing(sources: Sources, economy: Economy) -> tuple[CostSharing | None, list[Problem]]:
    """The cost sharing of a scenario; None where it has none, or with what would lift that."""
    scenario, vocabulary = sources.scenario, sources.vocabulary
    table = scenario.data.get("cost_sharing")
    if table is None:
        return None, []
    place = scenario.place("cost_sharing")
    entry = vocabulary.entry("agreements", table["agreement"])
    assert entry
    reading = _Reading(sources, economy, place)
    amount = reading.parameter(entry, "amount", scenario.base_year)
    if reading.problems:
        return None, reading.problems
    if amount is None or amount.unit not in (economy.currency, economy.foreign_currency):
        message = f"{entry.label} gives no amount for {scenario.base_year} in {economy.currency}."
        hint = f"A value of {entry.text('amount')} for {scenario.base_year} would lift this."
        return None, [Problem("no-agreement", message, place, hint, "refusal")]
    last, after = int(entry.number("to")), table.get("after", [])
    problems = list(_option_faults(sources, after, table.get("reason"), scenario.horizon > last, place))
    if problems:
        return None, problems
    names = after if scenario.horizon > last else [entry.id]
    shown = _terms(reading, entry, amount, names, last)
    if problems := [*dict.fromkeys(reading.problems), *reading.refusals()]:
        return None, problems

    def at(ends: Mapping[str, End]) -> Terms:
        again = _Reading(sources, economy, place, ends, known=reading.known)
        return _terms(again, entry, amount, names, last) if ends else shown

    low, high = (at(dict.fromkeys(reading.open, end)) for end in _ENDS)
    open_ = [_open_term(sources, entry, key, values, at) for key, values in reading.open.items()]
    values = tuple(reading.values.values())
    sharing = CostSharing(
        entry, shown, low, high, tuple(open_), amount.unit, last, values, table.get("reason", "")
    )
    return _with_parts(sharing, sources, economy.currency, place)


def _terms(reading: _Reading, entry: Entry, amount: Value, names: Sequence[str], last: int) -> Terms:
    """The terms of an agreement at the ends that a reading takes."""
    economy = reading.economy
    rate = 1.0 if amount.unit == economy.currency else economy.rate
    paid = float(reading.taken("amount", amount)) * rate
    return Terms(paid, tuple(_options(reading, entry, amount, names, last)))


def _open_term(
    sources: Sources,
    entry: Entry,
    key: str,
    values: Mapping[str, Value],
    at: Callable[[Mapping[str, End]], Terms],
) -> OpenTerm:
    """A number that is left open, by the name of its parameter."""
    parameters = dict.fromkeys(value.parameter for value in values.values())
    name = " and ".join(sources.vocabulary.label("parameters", one) for one in parameters)
    origins = tuple(values)
    return OpenTerm(name, origins, *(at({key: end}) for end in _ENDS))


def _with_parts(
    sharing: CostSharing, sources: Sources, home: str, place: Place
) -> tuple[CostSharing | None, list[Problem]]:
    """Cost sharing with its components and what is borne beside it, where the scenario asks for them."""
    scenario = sources.scenario
    table, entry = scenario.data["cost_sharing"], sharing.entry
    years = range(scenario.base_year, min(sharing.last, scenario.horizon) + 1)
    parts = Parts(sources, entry, place, years, sharing.unit, home)
    components, problems = parts.find() if table.get("components") else ((), [])
    beside, faults = parts.beside(table.get("beside", ()), table.get("added", ()))
    problems += faults
    taken = [option.id for option in sharing.options]
    for one in components:
        if one.id in taken:
            message = f"A component of {entry.label} has the id {one.id!r} of what may come after it."
            problems.append(Problem("duplicate-id", message, place, "Rename the component."))
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    return replace(sharing, components=components, beside=beside), problems


def _option_faults(
    sources: Sources, after: Sequence[str], reason: object, outlasted: bool, place: Place
) -> list[Problem]:
    """Options that there are not, have no reason, or are missing although the agreement ends."""
    known = {**sources.vocabulary.entries("agreements"), FROZEN: None}
    problems = [
        Problem("unknown-id", f"{name!r} is not among the agreements.", place, nearest(name, known))
        for name in after
        if name not in known
    ]
    if outlasted and not after:
        message = "The agreement on cost sharing ends before the horizon, and nothing says what comes then."
        hint = f"Name options in cost_sharing.after: {', '.join(sorted(known))}."
        problems.append(Problem("no-agreement", message, place, hint, "refusal"))
    if after and not reason:
        message = "The options after the agreement have no reason."
        problems.append(Problem("missing-key", message, place, "Say why in cost_sharing.reason."))
    return problems


def _options(reading: _Reading, entry: Entry, amount: Value, names: Sequence[str], last: int) -> list[Option]:
    """The steps of each option: those of the agreement until its last year, then its own."""
    vocabulary: Mapping[str, Entry] = reading.sources.vocabulary.entries("agreements")
    options, scenario = [], reading.sources.scenario
    for name in dict.fromkeys(names):
        steps, values, indexed = [], [(scenario.base_year, amount)], list[tuple[int, int]]()
        for year in scenario.years:
            reading.taking, reading.indexed = [], []
            rule = entry if year <= last else vocabulary.get(name)
            steps.append(reading.step(rule, year) if rule else Step(KNOWN))
            values += ((year, value) for value in reading.taking)
            indexed += ((year, one) for one in reading.indexed)
        label = vocabulary[name].label if name in vocabulary else "the last amount stays"
        moved = tuple(step for step in steps if step)
        options.append(Option(name, label, moved, tuple(values), tuple(indexed)))
    return options
