"""measure_panel: the indicators for an alliance, year by year, as rows that tell what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.core.indicator_form import GROUP_RULES
from steelyard.core.problems import CaseError, Problem, sort_problems
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.panel.by_member import by_member
from steelyard.panel.composed import index_rows, lorenz_rows, shares_of, spatial_tested
from steelyard.panel.groups import GROUPS, Tested, concordance_of
from steelyard.panel.inputs import Input, Inputs, Quantity, Spreads
from steelyard.panel.measures.amounts import Amounts, NoMeasure
from steelyard.panel.measures.holm import holm_ranges
from steelyard.panel.measures.shares import years_at_guideline
from steelyard.panel.members import members_of
from steelyard.panel.observations import Panel
from steelyard.panel.rows import ALL, Row
from steelyard.panel.working import Given, Work, members_of_all

P, HOLM = ":p", ":p-holm"


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows in the order of indicators, years and members, and what was refused or left out.

    `wanted` are the measures asked for by name.
    """

    alliance: str
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    wanted: tuple[str, ...] = ()


def measure_panel(
    panel: Panel,
    alliance: str,
    years: Sequence[int],
    vocabulary: Vocabulary,
    *,
    definition: str = "",
    edition: str = "",
    without: Collection[str] = (),
    wanted: Collection[str] = (),
) -> Measured:
    """The indicators, or those `wanted`, for the members of an alliance in some years.

    `definition` and `edition` choose among the figures of spending; `without` leaves members out of all.

    Raises:
        CaseError: the alliance is not known or has no member in one of the years, or none is left.
    """
    work = Work(panel, vocabulary)
    spreads: Spreads = {}
    for year in years:
        members = [one for one in members_of(alliance, year, vocabulary) if one not in without]
        if not members:
            raise CaseError(f"no member of {alliance} is left in {year}; leave out fewer of them")
        work.inputs[year] = Inputs(
            panel, members, year, definition=definition, edition=edition, spreads=spreads
        )
    entries = [one for one in vocabulary.entries("indicators").values() if not wanted or one.id in wanted]
    rows = [row for entry in entries for row in _rows_of(work, entry)]
    return Measured(alliance, tuple(years), tuple(rows), tuple(sort_problems(work.problems())), tuple(wanted))


def _rows_of(work: Work, entry: Entry) -> list[Row]:
    """The rows of an indicator for all years."""
    rule = entry.text("rule")
    if rule == "years-at-guideline":
        return list(_years_at(work, entry))
    make = _group_rows if rule in GROUP_RULES else _COMPOSED.get(rule, _member_rows)
    rows: list[Row] = []
    for year in work.inputs:
        try:
            rows += make(work, entry, year)
        except NoMeasure as error:
            work.refuse(entry, str(error), year)
    return [*rows, *_corrected(rows)] if len(work.inputs) > 1 else rows


def _member_rows(work: Work, entry: Entry, year: int) -> Iterator[Row]:
    """A row for each member.

    Raises:
        NoMeasure: the figures do not allow the measure.
    """
    if given := work.given(entry, year):
        found = by_member(entry, [one.amounts(given.members) for one in given.inputs])
        for number, member in enumerate(given.members):
            yield work.row(entry, member, year, found.at(number), *given)


_COMPOSED: Mapping[str, Callable[[Work, Entry, int], Iterator[Row]]] = {
    "index": index_rows,
    "lorenz": lorenz_rows,
}


def _group_rows(work: Work, entry: Entry, year: int) -> Iterator[Row]:
    """Rows of all members together, and of all but the largest by product."""
    if parts := entry.texts("parts"):
        told = work.given_parts(parts, year)
        inputs = [one for _, given in told for one in given.inputs] if told else []
        given = Given(inputs, members_of_all(told)) if told else None
    else:
        given = work.given(entry, year)
    if given is None or not given.members:
        return
    if entry.text("rule") == "regression":
        given = _with_logarithms(work, given, year)
    for label, some in _with_and_without(work, given.members, year):
        try:
            tested, used = _tested(work, entry, given, some, year)
        except NoMeasure as error:
            work.refuse(entry, str(error) if label == ALL else f"({label}) {error}", year)
            return
        row = work.row(entry, label, year, tested.statistic, *used)
        yield row
        if tested.p is not None:
            yield row.with_range(f"{entry.id}{P}", tested.p, "1")
        for name, found in tested.more.items():
            yield row.with_range(f"{entry.id}:{name}", found, "1")


def _tested(work: Work, entry: Entry, given: Given, some: list[str], year: int) -> tuple[Tested, Given]:
    """The statistic of some members, and what it rests on.

    Raises:
        NoMeasure: the figures do not allow it.
    """
    if entry.text("rule") == "spatial-lag":
        return spatial_tested(work, entry, given, some, year)
    if parts := work.given_parts(entry.texts("parts"), year):
        burden, *benefits = shares_of(parts, some)
        return concordance_of(burden, benefits), Given(given.inputs, some)
    tested = GROUPS[entry.text("rule")]([one.amounts(some) for one in given.inputs])
    return tested, Given(given.inputs, some)


def _with_logarithms(work: Work, given: Given, year: int) -> Given:
    """Those of whom each figure is above nothing; the others, such as Iceland without forces, are named."""
    lows = np.array([one.amounts(given.members).low for one in given.inputs])
    known = [bool(low > 0) for low in lows.min(axis=0)]
    if not all(known):
        none = tuple(name for name, is_known in zip(given.members, known, strict=True) if not is_known)
        work.leave_out("a figure that may be nothing has no logarithm for the regression.", none, year)
    return Given(
        given.inputs, [name for name, is_known in zip(given.members, known, strict=True) if is_known]
    )


def _with_and_without(work: Work, members: list[str], year: int) -> Iterator[tuple[str, list[str]]]:
    """All members, and all but the one with the largest product, which outweighs the others."""
    yield ALL, members
    product = work.inputs[year].of(Quantity("gdp", "USD", prices="current"))
    known = [name for name in members if product and name in product.found]
    if product and len(members) > 3 and known:
        largest = max(known, key=lambda name: product.found[name].value)
        yield f"{ALL} but {largest}", [name for name in members if name != largest]


def _years_at(work: Work, entry: Entry) -> Iterator[Row]:
    """In how many of the years each member was at or above the guideline."""
    told: dict[str, list[tuple[int, Input]]] = {}
    for year in work.inputs:
        if found := work.ask(entry, entry.table("of"), year):
            for member in found.found:
                told.setdefault(member, []).append((year, found))
    for member, years in told.items():
        burdens = _joined([one.amounts([member]) for _, one in years])
        count = years_at_guideline(burdens, float(entry.number("guideline")))
        yield work.row(entry, member, years[-1][0], count, [one for _, one in years], [member])


def _corrected(rows: Sequence[Row]) -> Iterator[Row]:
    """Holm's correction of the p-values over the years, for each set of members."""
    tests = [row for row in rows if row.measure.endswith(P)]
    for member in dict.fromkeys(row.member for row in tests):
        some = [row for row in tests if row.member == member]
        ends = (np.array([getattr(row, end) for row in some]) for end in ("low", "middle", "high"))
        found = holm_ranges(Amounts(*ends), sharp=False)
        for number, row in enumerate(some):
            yield row.with_range(row.measure.removesuffix(P) + HOLM, found.at(number))


def _joined(rows: Sequence[Amounts]) -> Amounts:
    """Amounts one after the other."""
    low, middle, high = (
        np.concatenate([getattr(one, end) for one in rows]) for end in ("low", "middle", "high")
    )
    return Amounts(low, middle, high)
