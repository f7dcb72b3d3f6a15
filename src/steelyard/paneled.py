"""What `steelyard panel` is asked for, and where its figures come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.core.problems import CaseError, Place, Problem
from steelyard.core.schema import nearest
from steelyard.panel_text import counts_text, files_text, measured_text, revisions_text

if TYPE_CHECKING:
    from steelyard.core.vocabulary import Vocabulary
    from steelyard.panel.observations import Panel

_YEAR = re.compile("[0-9]{4}")
# Figures of spending begin in the 19th century, and nothing is projected so far.
_FIRST, _LAST = 1800, 2199


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of the panel, as the command takes it."""

    alliance: str | None
    years: str | None = None
    measures: Sequence[str] = ()
    definition: str = ""
    edition: str = ""
    without: Sequence[str] = ()
    counts: bool = False
    revisions: bool = False
    fetch: Sequence[str] = ()
    folders: Sequence[Path] = ()


def fetched(choice: Choice, case: Path | None) -> list[Problem]:
    """Fetch indicators from the World Bank into the folder of --data, for the members of the alliance.

    Raises:
        CaseError: no alliance or no folder is named, or what is named is none.
    """
    from steelyard.panel.fetch import fetch_indicator, fetchable
    from steelyard.panel.members import members_of

    vocabulary, _ = _vocabulary(case)
    if choice.alliance is None:
        raise CaseError("--fetch asks for the countries: name an alliance, or actors such as KOR,JPN")
    if len(choice.folders) != 1 or not choice.folders[0].is_dir():
        raise CaseError("--fetch writes into the folder that --data names; name one that exists")
    members = members_of(choice.alliance, date.today().year, vocabulary)
    known = fetchable(vocabulary)
    told = [fetch_indicator(name, members, choice.folders[0], known=known)[1] for name in choice.fetch]
    return [problem for problems in told for problem in problems]


def answer(
    choice: Choice,
    panel: Panel,
    vocabulary: Vocabulary,
    problems: Sequence[Problem],
    form: str,
    *,
    terminal: bool,
) -> tuple[str | bytes, list[Problem]]:
    """What is asked for in a format, with all problems on the way.

    Raises:
        CaseError: the alliance, a year, a measure or a definition is not known.
    """
    _ask_for_known(choice, panel, vocabulary)
    if choice.alliance is not None and not panel.observations:
        message = "No figure was taken from what --data names, so nothing is measured."
        hint = "steelyard panel --data FOLDER lists the files that it knows."
        place = Place(str(choice.folders[0]) if choice.folders else "panel")
        problems = [*problems, Problem("no-figure", message, place, hint)]
    if choice.alliance is None or not panel.observations:
        return files_text(panel, problems, form, terminal=terminal), list(problems)
    years, chosen = _years(choice, panel, vocabulary)
    problems = [*problems, *chosen]
    if choice.counts or choice.revisions:
        from steelyard.panel.members import members_of

        members = members_of(choice.alliance, max(years), vocabulary)
        asked = (members, years)
        problems = [*problems, *_uncounted(panel, members, years)] if choice.counts else list(problems)
        if choice.counts:
            text = counts_text(panel, asked, vocabulary, problems, form, terminal=terminal)
        else:
            text = revisions_text(panel, asked, problems, form, terminal=terminal)
        return text, list(problems)
    from steelyard.panel.measured import measure_panel

    measured = measure_panel(
        *(panel, choice.alliance.upper(), years, vocabulary),
        definition=choice.definition,
        edition=choice.edition,
        without=[name.upper() for name in choice.without],
        wanted=choice.measures,
    )
    every = [*problems, *measured.problems]
    return measured_text(measured, vocabulary, every, form, terminal=terminal), every


def _uncounted(panel: Panel, members: Sequence[str], years: Sequence[int]) -> list[Problem]:
    """A warning where no file has spending of some actors in the years asked for."""
    from steelyard.panel.counts import counts_of

    known = {one.actor for one in counts_of(panel, members, years)}
    lacking = [name for name in members if name not in known]
    if not lacking:
        return []
    message = f"Nobody's count of {', '.join(lacking)} is known for {', '.join(map(str, years))}."
    return [Problem("no-figure", message, Place("panel"), "Give a file that has it with --data.", "warning")]


def _ask_for_known(choice: Choice, panel: Panel, vocabulary: Vocabulary) -> None:
    """Refuse names of measures, definitions, members and editions that there are not.

    Raises:
        CaseError: with the nearest name.
    """
    asked = (
        ("measure", "indicators", choice.measures),
        ("definition", "definitions", [choice.definition] if choice.definition else []),
        ("actor", "actors", [name.upper() for name in choice.without]),
    )
    for what, kind, names in asked:
        known = vocabulary.entries(kind)
        for name in names:
            if name not in known:
                raise CaseError(f"there is no {what} {name!r}. {nearest(name, known)}")
    editions = tuple(dict.fromkeys(one.edition for one in panel.observations if one.definition))
    if choice.edition and panel.observations and choice.edition not in editions:
        raise CaseError(
            f"no figure of spending is of the edition {choice.edition!r}. {nearest(choice.edition, editions)}"
        )


def panel_of(folders: Sequence[Path], case: Path | None) -> tuple[Panel, Vocabulary, list[Problem]]:
    """The observations of the given files and folders, or of the packaged table where none is given."""
    from steelyard.panel import load_panel
    from steelyard.panel.packaged import packaged_panel

    vocabulary, faults = _vocabulary(case)
    panel = load_panel(folders, vocabulary) if folders else packaged_panel(vocabulary)
    return panel, vocabulary, [*faults, *panel.problems]


def _vocabulary(case: Path | None) -> tuple[Vocabulary, list[Problem]]:
    """The vocabulary of a case, else the packaged one, with the faults in its files."""
    if case:
        from steelyard.case import load_case

        loaded, faults = load_case(case)
        return loaded.vocabulary, faults
    from steelyard.core.vocabulary import load_vocabulary

    return load_vocabulary()


def _years(choice: Choice, panel: Panel, vocabulary: Vocabulary) -> tuple[list[int], list[Problem]]:
    """The years asked for; where none are, the last one that most members have, with a warning where some
    have a later one.

    Raises:
        CaseError: the text is no years, there is no such alliance, or nobody's spending is known.
    """
    if choice.years is not None:
        return years_asked(choice.years), []
    from steelyard.panel.members import members_of

    asked = {"definition": choice.definition, "edition": choice.edition}
    asked = {key: text for key, text in asked.items() if text}
    told: dict[int, set[str]] = {}
    for one in panel.select(measure="defence_spending", fiscal=False, **asked):
        told.setdefault(one.year, set()).add(one.actor)
    if not told:
        raise CaseError("no file has a figure of defence spending; name the years with --year")
    members = members_of(choice.alliance or "", max(told), vocabulary)
    having = {year: sorted(actors.intersection(members)) for year, actors in told.items()}
    having = {year: actors for year, actors in having.items() if actors} or having
    known = len({name for actors in having.values() for name in actors})
    enough = min(known // 2 + 1, max(map(len, having.values())))
    year = max(year for year, actors in having.items() if len(actors) >= enough)
    return [year], _passed_over(year, having, known)


def _passed_over(year: int, having: Mapping[int, Sequence[str]], known: int) -> list[Problem]:
    """A warning where a later year than the one taken has figures of some members."""
    last = max(having)
    if last == year:
        return []
    message = (
        f"Spending of {last} is known of {', '.join(having[last])} alone: measured is {year}, "
        f"known of {len(having[year])} of {known} members."
    )
    return [Problem("year-chosen", message, Place("--year"), f"--year {last} measures {last}.", "warning")]


def years_asked(text: str) -> list[int]:
    """The years of "2024", "2014,2024" or "2014..2024".

    Raises:
        CaseError: the text is none of these.
    """
    first, dots, last = text.partition("..")
    parts = [first, last] if dots else text.split(",")
    if not all(_YEAR.fullmatch(part.strip()) for part in parts):
        raise CaseError(f"{text!r} is no year; write 2024, or 2014..2024, or 2014,2024")
    years = [int(part) for part in parts]
    if not _FIRST <= min(years) <= max(years) <= _LAST:
        raise CaseError(f"the panel is of the years {_FIRST} to {_LAST}; {text} is outside")
    if dots and years[0] > years[1]:
        raise CaseError(f"{text} ends before it begins")
    return list(range(years[0], years[1] + 1)) if dots else sorted(set(years))
