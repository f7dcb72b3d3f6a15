"""Rows made of several measures: an index with its ranks, the Lorenz curve, the reaction to neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from steelyard.core.vocabulary import Entry
from steelyard.panel.by_member import by_member, scaled, weighted
from steelyard.panel.groups import SEED, Tested, point
from steelyard.panel.inputs import Quantity
from steelyard.panel.measures.amounts import NoMeasure, Range, Ranges
from steelyard.panel.measures.index import net_of_benefits, rank_acceptability
from steelyard.panel.measures.lorenz import lorenz
from steelyard.panel.measures.shares import averages_of
from steelyard.panel.measures.spatial import spatial_lag
from steelyard.panel.neighbours import as_input, pairs_of, weights_between
from steelyard.panel.rows import Row
from steelyard.panel.working import Given, Work, members_of_all


def index_rows(work: Work, entry: Entry, year: int) -> Iterator[Row]:
    """The index by stated weights, its range over all weights, its excess over benefits, and its ranks.

    Raises:
        NoMeasure: the weights are none.
    """
    parts = work.given_parts(entry.texts("parts"), year)
    members = members_of_all(parts) if parts else []
    if not parts or not members:
        return
    inputs = [one for _, given in parts for one in given.inputs]
    shares = shares_of(parts, members)
    stated, over_all = weighted(shares, np.array([_fraction(text) for text in entry.texts("weights")]))
    net = _net(work, entry, stated, members, year)
    ranks = rank_acceptability([scaled(one, 1 / 100) for one in shares], seed=SEED)
    for number, member in enumerate(members):
        row = work.row(entry, member, year, stated.at(number), inputs, members)
        yield row
        yield row.with_range(f"{entry.id}:any-weights", over_all.at(number))
        if net:
            yield row.with_range(f"{entry.id}:net", net.at(number))
        for rank in np.flatnonzero(ranks.possibly[number]).tolist():
            low, middle, high = (
                float(each[number, rank]) for each in (ranks.surely, ranks.share, ranks.possibly)
            )
            found = Range(min(low, middle), middle, max(middle, high), sharp=False)
            yield row.with_range(f"{entry.id}:rank-{rank + 1}", found, "1")


def _net(work: Work, entry: Entry, stated: Ranges, members: list[str], year: int) -> Ranges | None:
    """The index less the mean of the shares of what is defended; None where none are named or known."""
    benefits = work.given_parts(entry.texts("benefits"), year) if entry.texts("benefits") else None
    if not benefits:
        return None
    known = members_of_all(benefits)
    if lacking := [name for name in members if name not in known]:
        work.refuse(entry, f"net of benefits, it needs those of {', '.join(lacking)} too.", year)
        return None
    return net_of_benefits(stated, averages_of(shares_of(benefits, members)))


def shares_of(parts: Sequence[tuple[Entry, Given]], members: list[str]) -> list[Ranges]:
    """What each part gives, for the members that have all of them."""
    return [by_member(part, [one.amounts(members) for one in given.inputs]) for part, given in parts]


def lorenz_rows(work: Work, entry: Entry, year: int) -> Iterator[Row]:
    """A row for each member in the order of the curve: the shares of all up to and including it.

    Raises:
        NoMeasure: spending is nothing in all, or a product may be zero.
    """
    if (given := work.given(entry, year)) is None:
        return
    curve = lorenz(*(one.amounts(given.members) for one in given.inputs))
    factor = float(entry.number("factor"))
    up = scaled(curve.up, factor)
    for place, number in enumerate(curve.order, 1):
        member = given.members[number]
        row = work.row(entry, member, year, up.at(place), given.inputs, given.members)
        yield row
        yield row.with_range(f"{entry.id}:along", point(float(curve.along[place]) * factor))


def spatial_tested(
    work: Work, entry: Entry, given: Given, some: list[str], year: int
) -> tuple[Tested, Given]:
    """The reaction to neighbours' burdens, beside a constant and the product in logarithms; at middles alone.

    Raises:
        NoMeasure: there are no weights, they leave a member without neighbour, or members are too few.
    """
    quantity = Quantity.of(entry.table("neighbours"))
    pairs = pairs_of(work.panel, quantity, year, work.vocabulary.entries("actors"))
    burdens, products = (one.amounts(some).middle for one in given.inputs)
    if (products <= 0).any():
        raise NoMeasure("a product is nothing, which has no logarithm.")
    columns = np.stack([np.ones(len(some)), np.log(products)], axis=1)
    found = spatial_lag(burdens, columns, weights_between(pairs, some), some)
    more = {"error": found.error, "product": found.beta[1], "product-error": found.beta_errors[1]}
    tested = Tested(point(found.rho), point(found.p), {name: point(value) for name, value in more.items()})
    return tested, Given([*given.inputs, as_input(quantity, pairs)], some)


def _fraction(text: str) -> float:
    """A weight as it is written, "1/3" or "0.25".

    Raises:
        NoMeasure: it is neither.
    """
    above, _, below = text.partition("/")
    try:
        return float(above) / float(below or 1)
    except (ValueError, ZeroDivisionError):
        raise NoMeasure(f"the weight {text!r} is no number; write 0.25, or 1/4.") from None
