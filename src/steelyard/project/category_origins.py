"""What each category of spending rests on: shares, claims and guideline, beside what spending itself does."""

from __future__ import annotations

from steelyard.project.categories import REST
from steelyard.project.crosswalk import crosswalk_origins
from steelyard.project.ensemble import Origin
from steelyard.project.found import Found, Inputs
from steelyard.project.origins import claim_origin, parameter_origin


def category_origins(found: Found, inputs: Inputs) -> tuple[tuple[Origin, ...], dict[str, tuple[str, ...]]]:
    """All origins of shares, and the ids of those that each category rests on, by its id.

    Where there is a floor, which may bind one of them, each rests on the shares of all; so does what is left.
    """
    categories, vocabulary = found.course.categories, found.vocabulary
    own = {
        one.id: [
            *(parameter_origin(value, vocabulary) for value in one.values),
            *(claim_origin(claim) for amount in one.claims for claim in amount.claims),
            *(crosswalk_origins(one.crosswalk) if one.crosswalk else ()),
        ]
        for one in categories
    }
    every = [origin for origins in own.values() for origin in origins]
    rests = {}
    for one in categories:
        shares = every if found.limits.floored or one.id == REST else own[one.id]
        rests[one.id] = tuple(dict.fromkeys((*inputs.of("spending"), *(origin.id for origin in shares))))
    return tuple(every), rests
