"""Weights that tell who is whose neighbour, from a table of the user's own.

A row is a pair: the actor, its neighbour under `item`, and the weight under `value`, such as 1 for a common
border or one over a distance. It holds from the year under `period` on, until another row of the pair. Each
way is a row of its own, so that a pair of which one way is missing is not filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from steelyard.panel.editions import order_of
from steelyard.panel.inputs import Input, Quantity
from steelyard.panel.measures.amounts import Array, NoMeasure
from steelyard.panel.observations import Observation, Panel

Pairs = Mapping[tuple[str, str], Observation]


def pairs_of(panel: Panel, quantity: Quantity, year: int, actors: Collection[str]) -> Pairs:
    """The newest row of each pair up to a year, all of one edition: that of most pairs, then the newest.

    Raises:
        NoMeasure: there is none, or a neighbour is no actor.
    """
    editions: dict[str, dict[tuple[str, str], Observation]] = {}
    told = panel.select(measure=quantity.measure, unit=quantity.unit)
    for one in sorted(told, key=lambda one: one.year):
        if one.year <= year:
            editions.setdefault(one.edition, {})[one.actor, one.item] = one
    if not editions:
        raise NoMeasure(
            f"it needs weights that tell which members are neighbours ({quantity.measure}), and no file has "
            f"any that hold in {year}."
        )
    pairs = editions[max(editions, key=lambda name: (len(editions[name]), order_of(name)))]
    if strangers := sorted({other for _, other in pairs} - {*actors}):
        raise NoMeasure(f"{', '.join(strangers)}, named as a neighbour under item, is no actor.")
    return pairs


def weights_between(pairs: Pairs, members: Sequence[str]) -> Array:
    """The weights (member, member); a pair without a row has none."""
    places = {name: number for number, name in enumerate(members)}
    weights = np.zeros((len(members), len(members)))
    for (actor, other), one in pairs.items():
        if actor in places and other in places:
            weights[places[actor], places[other]] = float(one.value)
    return weights


def as_input(quantity: Quantity, pairs: Pairs) -> Input:
    """The weights as an input, for the origin of what rests on them; it has no figure of a member's own."""
    return Input(quantity, next(iter(pairs.values())).edition, {}, ())
