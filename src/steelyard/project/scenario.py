"""A scenario as written, joined with the one that it extends, and held against its form.

The loader checks the outer keys of each scenario file; here the whole is checked, since what one file leaves
out it may take from another. After `read_scenario` every key has the type and range that the projection
relies on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from steelyard.core.forms import DRAWS, SEEDS
from steelyard.core.period import Period
from steelyard.core.problems import Place, Problem
from steelyard.core.schema import check_table, nearest
from steelyard.core.vocabulary import Entry, Vocabulary, overlay
from steelyard.project.form import CARRIED, CARRIED_ON, FORM, SHOCKS
from steelyard.project.parameters import percentage
from steelyard.project.rules import RULES, Plan

EARLIEST, LATEST = 1900, 2200  # what is taken for a year
LONGEST = 100  # years; a longer horizon is a slip of the pen
MOST_GROWTH = 10  # a year, as a fraction
# Real growth a year, as a fraction, that an assumption without a series may set; ours, to catch a slip of the
# pen. An economy that grows or shrinks by more takes it from a series.
MOST_REAL_GROWTH = Decimal("0.25")
LONGEST_BLOCK = 9  # years; every window has as many residuals
_OWN = ("label", "summary", "extends")


@dataclass(frozen=True, slots=True)
class Assumption:
    """A value that no source gives and the scenario's author has set, with the reason. `value` is a
    fraction; where it is `carried` on it is nothing until the series have given it.
    """

    variable: str
    first: int
    last: int
    value: Decimal
    written: str
    reason: str
    carried: bool = False

    def covers(self, variable: str, year: int) -> bool:
        """Whether it gives a variable's value in a year."""
        return self.variable == variable and self.first <= year <= self.last


@dataclass(frozen=True)
class Scenario:
    """A scenario that has its form. `data` is the joined table; `chain` the entries joined, its own last."""

    chain: tuple[Entry, ...]
    data: Mapping[str, Any]
    draws: int
    seed: int
    assumptions: tuple[Assumption, ...]

    @property
    def entry(self) -> Entry:
        """The scenario's own entry."""
        return self.chain[-1]

    @property
    def base_year(self) -> int:
        """The year of the claims it starts from."""
        return int(self.data["base"]["year"])

    @property
    def horizon(self) -> int:
        """The last year."""
        return int(self.data["horizon"])

    @property
    def years(self) -> range:
        """The projected years: those after the base year."""
        return range(self.base_year + 1, self.horizon + 1)

    @property
    def by(self) -> int:
        """The year in which the target is to be reached; the horizon where there is no target."""
        return int(self.data["target"]["by"]) if "target" in self.data else self.horizon

    def place(self, *path: str) -> Place:
        """Where a key stands: in the scenario's own file, or in that of the scenario it was taken from."""
        return place_in(self.chain, *path)

    def plan(
        self,
        share: Decimal,
        target: Decimal,
        vocabulary: Vocabulary,
        amounts: tuple[float, ...] = (),
        growth: tuple[float, ...] = (),
        gdp: float = 1.0,
    ) -> Plan:
        """The numbers of its spending rule, with shares as fractions; `amounts` are multiples of the base
        year's GDP, `growth` the rates of a rule that takes them from claims, `gdp` is 1 plus the real growth
        of GDP a year that is forecast until the target.
        """
        rule = self.data["rule"]
        rates = {
            key: tuple(float(percentage(text, vocabulary)) for text in rule.get(key, ()))
            for key in ("growth", "shares")
        }
        return Plan(
            float(share),
            float(target),
            self.by - self.base_year,
            float(rule.get("power", 1)),
            growth or rates["growth"],
            rates["shares"],
            amounts,
            gdp,
        )


def place_in(chain: tuple[Entry, ...], *path: str) -> Place:
    """Where a key of joined entries stands: the last of them that has it."""
    return (_holder(chain, path) or chain[-1]).place(*path)


def _holder(chain: tuple[Entry, ...], path: Sequence[str]) -> Entry | None:
    """The last of joined entries that has a key, or None."""
    for entry in reversed(chain):
        table: Any = entry.data
        for key in path:
            table = table.get(key) if isinstance(table, Mapping) else None
        if table is not None:
            return entry
    return None


def extended(entry: Entry, vocabulary: Vocabulary) -> tuple[tuple[Entry, ...], list[Problem]]:
    """A scenario's entry after those that it extends, the first of them first."""
    chain = [entry]
    while below := chain[0].text("extends"):
        base = vocabulary.entry("scenarios", below)
        if base is None:
            message = f"{below!r} is not among the scenarios."
            hint = nearest(below, vocabulary.entries("scenarios"))
            return tuple(chain), [Problem("unknown-id", message, chain[0].file.place("extends"), hint)]
        if any(base.id == known.id for known in chain):
            way = " extends ".join(repr(part.id) for part in reversed((base, *chain)))
            message = f"The scenarios extend one another in a circle: {way}."
            place = chain[0].file.place("extends")
            return tuple(chain), [
                Problem("scenario-cycle", message, place, "Take `extends` out of one of them.")
            ]
        chain.insert(0, base)
    return tuple(chain), []


def read_scenario(
    entry: Entry, vocabulary: Vocabulary, *, draws: int | None = None, seed: int | None = None
) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of an entry, or None and every fault of its form. `draws` and `seed` go before its own."""
    chain, problems = extended(entry, vocabulary)
    if problems:
        return None, problems
    data: Mapping[str, Any] = {}
    for part in chain:
        data = overlay(data, {key: value for key, value in part.data.items() if key not in _OWN})
    problems = list(_form_faults(chain, data, vocabulary))
    if problems:
        return None, problems
    wanted = {
        "draws": data["draws"] if draws is None else draws,
        "seed": data["seed"] if seed is None else seed,
    }
    places = {
        "draws": place_in(chain, "draws") if draws is None else Place("--draws"),
        "seed": place_in(chain, "seed") if seed is None else Place("--seed"),
    }
    problems = [
        *_range_faults(chain, data),
        *_count_faults(wanted, places),
        *_number_faults(chain, data, vocabulary),
    ]
    if problems:
        return None, problems
    assumptions = tuple(_assumption(table, data, vocabulary) for table in data.get("assumptions", ()))
    return Scenario(chain, data, int(wanted["draws"]), int(wanted["seed"]), assumptions), []


def _form_faults(
    chain: tuple[Entry, ...], data: Mapping[str, object], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Faults of the joined table, each placed in the file of the chain that holds the key."""
    for key, field in FORM.items():
        file = next((part.file for part in reversed(chain) if key in part.data), chain[-1].file)
        part = {key: data[key]} if key in data else {}
        for problem in check_table(part, {key: field}, file, (), vocabulary.kinds):
            yield _where_written(chain, problem)


def _where_written(chain: tuple[Entry, ...], problem: Problem) -> Problem:
    """The problem in the file that holds its key: inner keys are joined too, and may come from another."""
    path = problem.origin.key.split(".")
    entry = _holder(chain, path)
    return replace(problem, origin=entry.place(*path)) if entry else problem


def _range_faults(chain: tuple[Entry, ...], data: Mapping[str, Any]) -> Iterator[Problem]:
    """Years that are none, or in an order that gives nothing to project."""
    base, horizon = data["base"]["year"], data["horizon"]
    by = data.get("target", {}).get("by", horizon)
    rate = data["drivers"]["exchange_rate"]["year"]
    paths = {("base", "year"): base, ("horizon",): horizon, ("drivers", "exchange_rate", "year"): rate}
    for path, year in {**paths, ("target", "by"): by}.items():
        if year != int(year) or not EARLIEST <= year <= LATEST:
            place = place_in(chain, *path)
            yield Problem("not-a-year", f"{year} is not a year.", place, "Write a year, such as 2035.")
            return
    if horizon <= base or horizon - base > LONGEST:
        message = f"The horizon {horizon} does not lie 1 to {LONGEST} years after the base year {base}."
        yield Problem("horizon-range", message, place_in(chain, "horizon"), "Move the one or the other.")
    if by <= base:
        message = f"The target year {by} does not lie after the base year {base}."
        hint = "A path needs a year to run; give a later year in target.by."
        yield Problem("target-before-base", message, place_in(chain, "target", "by"), hint)
    elif by > horizon:
        message = f"The target year {by} lies beyond the horizon {horizon}."
        yield Problem(
            "target-after-horizon", message, place_in(chain, "target", "by"), "Raise the horizon to it."
        )


def _count_faults(wanted: Mapping[str, Any], places: Mapping[str, Place]) -> Iterator[Problem]:
    """Draws or a seed that are no whole number in the range that can be run."""
    ranges = {"draws": DRAWS, "seed": SEEDS}
    for key, (low, high) in ranges.items():
        number = wanted[key]
        if number != int(number) or not low <= number <= high:
            message = f"{key} = {number} cannot be run."
            hint = f"Give a whole number from {low:,} to {high:,}."
            yield Problem("count-range", message, places[key], hint)


def _number_faults(
    chain: tuple[Entry, ...], data: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Texts that should be percentages or periods; and numbers that the rule needs and lacks."""
    years = int(data["horizon"]) - int(data["base"]["year"])
    texts = [(("rule",), text) for key in ("growth", "shares") for text in data["rule"].get(key, ())]
    texts += [
        (("assumptions",), table["value"]) for table in data.get("assumptions", ()) if not _carried(table)
    ]
    for path, text in texts:
        hint = 'Write a percentage above -100% and not above 1000%, such as "1.9%".'
        try:
            usable = -1 < percentage(text, vocabulary) <= MOST_GROWTH
            message = f"{text!r} is a rate at which nothing can be reckoned."
        except ValueError as error:
            usable, message = False, f"{str(error).capitalize()}."
        if not usable:
            yield Problem("not-a-percentage", message, place_in(chain, *path), hint)
    yield from _growth_faults(chain, data, vocabulary)
    yield from _shock_faults(chain, data["drivers"]["shocks"])
    yield from _rule_faults(chain, data, years, vocabulary)


def _carried(table: Mapping[str, Any]) -> bool:
    """Whether an assumption carries on the growth of the last year of a series."""
    return bool(table["value"] == CARRIED_ON and table["variable"] in CARRIED)


def _growth_faults(
    chain: tuple[Entry, ...], data: Mapping[str, Any], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Assumed real growth that no economy is known to keep."""
    for table in data.get("assumptions", ()):
        text = table["value"]
        try:
            growth = percentage(text, vocabulary)
        except ValueError:
            continue  # told as no percentage
        if table["variable"] == "real_growth" and abs(growth) > MOST_REAL_GROWTH:
            message = f"Real growth of {text!r} a year is beyond what an economy does."
            hint = f"Assume at most {MOST_REAL_GROWTH:.0%} up or down a year; look for a slip of the pen."
            yield Problem("growth-range", message, place_in(chain, "assumptions"), hint)


def _shock_faults(chain: tuple[Entry, ...], table: Mapping[str, Any]) -> Iterator[Problem]:
    """A window that is none, and what a kind of shocks needs and lacks."""
    place, needs = place_in(chain, "drivers", "shocks"), SHOCKS[table["kind"]]
    for key in needs:
        if key not in table:
            message = f"The shocks {table['kind']!r} need {key!r}."
            yield Problem("missing-key", message, place, f"Give drivers.shocks.{key}.")
    block = table.get("block", 1)
    if block != int(block) or not 1 <= block <= LONGEST_BLOCK:
        hint = f"Give a whole number of years from 1 to {LONGEST_BLOCK}."
        yield Problem("count-range", f"block = {block} cannot be run.", place, hint)
    try:
        Period.parse(table.get("window", "2001/2024"))
    except ValueError:
        place = place_in(chain, "drivers", "shocks", "window")
        message = f"{table['window']!r} is no period."
        yield Problem("not-a-period", message, place, 'Write it as "2001/2024".')


def _share(text: str, vocabulary: Vocabulary) -> Decimal:
    """The fraction that a text writes; a whole where it writes none, which is told elsewhere."""
    try:
        return percentage(text, vocabulary)
    except ValueError:
        return Decimal(1)


def _rule_faults(
    chain: tuple[Entry, ...], data: Mapping[str, Any], years: int, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Numbers that the rule needs and lacks, or of which there are too few or too many."""
    rule, place = data["rule"], place_in(chain, "rule")
    for need in RULES[rule["kind"]].needs:
        given = data.get("target") if need == "target" else rule.get(need)
        if given is None:
            message = f"The rule {rule['kind']!r} needs {need!r}."
            hint = "Give [target] with parameter and by." if need == "target" else f"Give rule.{need}."
            yield Problem("missing-key", message, place, hint)
        elif need == "power" and given <= 0:
            yield Problem("rule-numbers", f"power = {given} bends no path.", place, "Give a number above 0.")
        elif need == "shares" and not all(0 < _share(text, vocabulary) <= 1 for text in given):
            wrong = next(text for text in given if not 0 < _share(text, vocabulary) <= 1)
            hint = "Give percentages above 0 and not above 100."
            message = f"The listed share {wrong!r} is no share of GDP."
            yield Problem("share-range", message, place, hint)
        elif (
            need != "amounts"
            and isinstance(given, list)
            and len(given) not in ((1, years) if need == "growth" else (years,))
        ):
            message = f"rule.{need} has {len(given)} values for {years} years."
            yield Problem("rule-numbers", message, place, "Give one for each year after the base year.")


def _assumption(table: Mapping[str, Any], data: Mapping[str, Any], vocabulary: Vocabulary) -> Assumption:
    return Assumption(
        table["variable"],
        int(table.get("from", data["base"]["year"])),
        int(table.get("to", data["horizon"])),
        Decimal(0) if _carried(table) else percentage(table["value"], vocabulary),
        table["value"],
        table["reason"],
        _carried(table),
    )
