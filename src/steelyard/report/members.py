"""Scenarios that were written once for several actors, side by side: a row for each actor.

What a target takes of one and of another compares in one currency only, and by growth; a member that meets
the target already is told so, and no cost is told for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from steelyard.core.several_actors import WRITTEN, left_out
from steelyard.core.vocabulary import Entry, Vocabulary
from steelyard.project.ensemble import Ensemble, Headline
from steelyard.report.links import anchor
from steelyard.report.tables import NOTHING, Cell, Row, Table, one_group
from steelyard.report.wording import Wording, counted, listed, plain_number

REACHED, SHORT, OPEN = "yes", "no", "open"
_ANNUAL, _CUMULATIVE = "x_annual", "x_cumulative"


@dataclass(frozen=True, slots=True)
class Members:
    """The scenarios made from one that is written for several actors, in their order."""

    entry: Entry
    ensembles: tuple[Ensemble, ...]
    vocabulary: Vocabulary

    @property
    def currency(self) -> str:
        """The foreign currency of most of them, in which their costs compare; "" where there is none."""
        units = [one.unit for each in self.ensembles if (one := each.number(f"{_ANNUAL}_foreign"))]
        return max(units, key=units.count, default="")

    def name(self, ensemble: Ensemble) -> str:
        """What the actor of one of them is called."""
        return self.vocabulary.label("actors", ensemble.actor)

    def amount(self, ensemble: Ensemble, name: str) -> Headline | None:
        """A headline in the common currency, which may be the actor's own."""
        both = (ensemble.number(f"{name}_foreign"), ensemble.number(name))
        return next((one for one in both if one and one.unit == self.currency), None)

    def left_out(self) -> str:
        """Whom the scenario leaves out, and why, in sentences; "" for nobody."""
        out = left_out(self.entry, self.vocabulary)
        words = (f"{self.vocabulary.label('actors', actor)}. {reason}" for actor, reason in out.items())
        return " ".join(("Left out:", *words)) if out else ""


def of_path(finding: str, ensemble: Ensemble) -> str:
    """What a picture finds, with the path that it is of: pictures of several paths stand in one list."""
    return f"{finding} ({ensemble.label})"


def members_among(ensembles: Sequence[Ensemble], vocabulary: Vocabulary) -> tuple[Members, ...]:
    """The ensembles that were made from one scenario for several actors, by that scenario."""
    groups: dict[str, list[Ensemble]] = {}
    for ensemble in ensembles:
        if written := written_as(ensemble.scenario, vocabulary):
            groups.setdefault(written, []).append(ensemble)
    entries = {name: vocabulary.entry(WRITTEN, name) for name in groups}
    return tuple(Members(entry, tuple(groups[name]), vocabulary) for name, entry in entries.items() if entry)


def written_as(scenario: str, vocabulary: Vocabulary) -> str:
    """The id of the scenario for several actors that one was made from; "" for one written by itself."""
    entry = vocabulary.entry("scenarios", scenario)
    return entry.written if entry else ""


def reached(ensemble: Ensemble) -> str:
    """Whether the share of the base year meets the target: yes, no, or open where its rounding decides."""
    first = ensemble.series("share")[0]
    if ensemble.target is None or first.box[1] < ensemble.target:
        return SHORT
    return REACHED if first.box[0] >= ensemble.target else OPEN


def members_table(members: Members) -> Table:
    """A row for each actor: its share, whether that is enough, and what the target takes of it."""
    wording, first = Wording(members.vocabulary), members.ensembles[0]
    year, base, money = first.target_year, first.base_year, members.currency
    columns = (
        "Member",
        f"Share {base}",
        "Reached",
        "Real growth a year",
        f"More in {year}",
        f"In {money}",
        f"{base + 1} to {year}",
        f"Sum in {money}",
    )
    caption = " ".join(
        filter(
            None,
            (
                f"{members.entry.label}, each member from its own figures: the share of GDP in {base}, the "
                f"real growth of spending that the target takes, and what it takes in {year} and added up on "
                "top of that share (medians over the draws, current prices, market rates of each year).",
                members.left_out(),
            ),
        )
    )
    rows = [_row(members, ensemble, wording) for ensemble in members.ensembles]
    return Table(f"members-{members.entry.id}", caption, columns, one_group(rows), frozenset(range(1, 8)))


def members_sentence(members: Members) -> tuple[Cell, ...]:
    """How many meet the target already, and between which members the growth needed by the others lies."""
    first, place = members.ensembles[0], f"members-{members.entry.id}"
    short = [one for one in members.ensembles if reached(one) != REACHED]
    met = [members.name(one) for one in members.ensembles if reached(one) == REACHED]
    target, base = plain_number(first.target or 0), first.base_year
    runs = [Cell("Of "), Cell(counted(len(members.ensembles), "member"), link=place)]
    runs.append(Cell(f" {listed(met) or 'none'} met {target}% of GDP in {base}"))
    grown = sorted(
        (number.value, members.name(one)) for one in short if (number := one.number("needed_real_growth"))
    )
    if not grown:
        return (*runs, Cell("."))
    ends = (f"{plain_number(value, 1)}% ({name})" for value, name in (grown[0], grown[-1]))
    text = f"; the others need real growth of spending of {' to '.join(ends)} a year"
    return (*runs, Cell(text, link=place), Cell(f" until {first.target_year}."))


def _row(members: Members, ensemble: Ensemble, wording: Wording) -> Row:
    place = anchor("scenario", ensemble.scenario)
    share, state = ensemble.series("share")[0].central, reached(ensemble)
    cells = [
        Cell(members.name(ensemble), link=place),
        Cell(f"{plain_number(share, 2)}%", f"{place}-share", f"{place}-yearly", number=True),
        Cell(state, f"{place}-share"),
    ]
    growth = ensemble.number("needed_real_growth")
    told = growth is not None and state != REACHED
    text = f"{plain_number(growth.value, 1)}%" if growth and told else NOTHING
    cells.append(Cell(text, place, number=True))
    for name in (_ANNUAL, _CUMULATIVE):
        for one in (ensemble.number(name), members.amount(ensemble, name)):
            text = wording.rounded(one.value, one.unit, one.error) if one and told else NOTHING
            cells.append(Cell(text, place, number=True))
    return Row(tuple(cells))


def member_lines(members: Members) -> Iterator[str]:
    """The same for a terminal: a heading, and a line for each actor."""
    wording, first = Wording(members.vocabulary), members.ensembles[0]
    yield f"{members.entry.label}: {len(members.ensembles)} members, each from its own figures"
    for ensemble in members.ensembles:
        yield f"  {members.name(ensemble)}: {_in_words(members, ensemble, wording)}"
    if out := members.left_out():
        yield f"  {out}"
    yield f"  (needed in {first.target_year}: on top of the share of {first.base_year}, median of the draws)"


def _in_words(members: Members, ensemble: Ensemble, wording: Wording) -> str:
    """What the target takes of one member, in a clause."""
    share, state = ensemble.series("share")[0].central, reached(ensemble)
    text = f"{plain_number(share, 2)}% of GDP in {ensemble.base_year}"
    if state == REACHED:
        return f"{text}, enough already"
    growth = ensemble.number("needed_real_growth")
    parts = [f"{plain_number(growth.value, 1)}% real growth a year"] if growth else []
    amounts = (ensemble.number(_ANNUAL), members.amount(ensemble, _ANNUAL))
    found: Mapping[str, Headline] = {one.unit: one for one in amounts if one}
    words = [wording.rounded(one.value, one.unit, one.error) for one in found.values()]
    parts += [f"{' or '.join(words)} more in {ensemble.target_year}"] if words else []
    return f"{text}; needs {', '.join(parts)}".replace("\N{NO-BREAK SPACE}", " ")
