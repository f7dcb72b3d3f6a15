"""What a rise or fall counts from: the figure and the year after "than", "on", "over" and "compared with".

Both are of an earlier time than what the sentence is about, so neither may lend it its period.
"""

from __future__ import annotations

from steelyard.read.mentions import Mention
from steelyard.read.numbers.figure import Figure
from steelyard.read.passage import Passage
from steelyard.read.times.dates import DateMention

MOST_WORDS_TO_BASE = 5


def is_base(passage: Passage, figure: Figure) -> bool:
    """Whether others are compared with the figure: "9.4 % more than the 8.70 trillion yen of 2025"."""
    if figure.join or "direction:than" not in passage.kinds:
        return False
    if passage.key_before(figure.outer_start) in passage.lexicon.words("direction", "level_after"):
        return False
    cue = passage.nearest_before(figure.outer_start, "direction:than")
    if cue is None or passage.figures_between(cue.end, figure.start):
        return False
    if figure.dimension in ("share", "points") and _comes_to(passage, cue, figure):
        return False
    near = passage.count_words(cue.end, figure.outer_start) <= MOST_WORDS_TO_BASE
    return near and passage.same_clause(cue.end, figure.outer_start) and _compares(passage, cue)


def is_base_behind(passage: Passage, figure: Figure) -> bool:
    """Whether, where cue words follow, the one right behind a figure makes others count from it ("보다")."""
    if not passage.lexicon.cues_follow or "direction:than" not in passage.kinds:
        return False
    cue = passage.touches_after(figure.outer_end, "direction:than", 0)
    return cue is not None and not passage.word_keys(figure.outer_end, cue.start)


def _comes_to(passage: Passage, cue: Mention, figure: Figure) -> bool:
    """Whether a rise is told with its base and a verb, as in "the rise over 2025 is 7.5 %"."""
    verb = passage.nearest_before(figure.outer_start, "direction:amounts")
    return verb is not None and verb.start >= cue.end


def _compares(passage: Passage, cue: Mention) -> bool:
    """Whether a word such as "on" stands right after a rise or fall or its percentage."""
    moved = passage.nearest_before(cue.start, "direction:up", "direction:down")
    figure = passage.figure_before(cue.start)
    amount = figure is not None and figure.end <= cue.start and _tells_change(passage, figure)
    ends = [moved.end] if moved else []
    ends += [figure.end] if figure and amount and figure.unit not in passage.lexicon.units_of_a_whole else []
    return any(not passage.word_keys(end, cue.start) for end in ends)


def _tells_change(passage: Passage, figure: Figure) -> bool:
    """Whether a figure is one of change: a percentage, or an amount by which something moves."""
    by = passage.lexicon.words("direction", "by")
    before = passage.word_before(figure.outer_start)
    return figure.dimension in ("share", "points") or (before is not None and before.key in by)


def dates_as_bases(passage: Passage) -> list[DateMention]:
    """The dates of a sentence, those that a rise or fall counts from marked as bases ("15.9 % on 2024")."""
    if "direction:than" not in passage.kinds:
        return passage.dates
    return [
        date._replace(form="base") if date.form == "plain" and _is_base_year(passage, date) else date
        for date in passage.dates
    ]


def _is_base_year(passage: Passage, date: DateMention) -> bool:
    cue = passage.nearest_before(date.start, "direction:than")
    if cue is None or not _compares(passage, cue):
        return False
    between = set(passage.word_keys(cue.end, date.start))
    return date.period.kind in ("year", "fiscal") and between <= passage.lexicon.words("grammar", "articles")


def year_then(passage: Passage, figure: Figure) -> DateMention | None:
    """The year that a rise is counted from, where a figure tells what it was then: "than in 2024, when it was
    2 billion".
    """
    then = passage.lexicon.words("grammar", "then")
    if then.isdisjoint(passage.words.keys):
        return None
    for date in passage.dates:
        if date.form == "base" and date.end <= figure.start:
            between = passage.word_keys(date.end, figure.start)
            if not then.isdisjoint(between) and not passage.figures_between(date.end, figure.start):
                return date
    return None
