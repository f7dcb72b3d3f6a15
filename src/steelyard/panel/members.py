"""Who is in an alliance in a year, by the vocabulary, or whoever is named."""

from __future__ import annotations

from datetime import date

from steelyard.core.problems import CaseError
from steelyard.core.schema import nearest
from steelyard.core.vocabulary import Vocabulary


def members_of(alliance: str, year: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The actors that belong to an alliance at the end of a year, or those listed as "KOR,USA,JPN".

    Raises:
        CaseError: the alliance or an actor is not known, or the alliance has no member in that year.
    """
    actors = vocabulary.entries("actors")
    names = [name.strip().upper() for name in alliance.split(",") if name.strip()]
    for name in names:
        if name not in actors:
            raise CaseError(f"there is no actor {name!r}. {nearest(name, actors)}")
    if len(names) > 1:
        for name in names:
            if actors[name].text("kind") != "state":
                raise CaseError(f"{name} is no state; name an alliance alone, or list its members")
        return tuple(dict.fromkeys(names))
    if not names:
        raise CaseError("name an alliance, such as NATO, or several actors, such as KOR,USA,JPN")
    members = tuple(
        entry.id
        for entry in actors.values()
        if any(_holds(membership, names[0], year) for membership in entry.tables("memberships"))
    )
    if not members:
        known = sorted({str(one["alliance"]) for e in actors.values() for one in e.tables("memberships")})
        raise CaseError(
            f"{names[0]} has no member at the end of {year} that the vocabulary knows; "
            f"alliances with members are {', '.join(known)}, or list actors, such as KOR,USA,JPN"
        )
    return members


def _holds(membership: object, alliance: str, year: int) -> bool:
    """Whether a membership is of an alliance and lasts at the end of a year."""
    if not isinstance(membership, dict) or membership.get("alliance") != alliance:
        return False
    day = date(year, 12, 31)
    start, end = membership.get("from"), membership.get("to")
    return not (isinstance(start, date) and start > day) and not (isinstance(end, date) and end <= day)
