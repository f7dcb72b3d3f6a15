"""Finds figures: numerals and number words with scale word, currency, unit or counted noun, and their hedge.

Model names (KF-21), dates, years, page and article numbers are not figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from steelyard.core.interval import Hedge
from steelyard.core.vocabulary import Entry
from steelyard.read.figure import Figure
from steelyard.read.joins import JoiningWords, Span, join_figures
from steelyard.read.lexicon import Lexicon

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)|\d+(?:\.\d+)?(?!\d|[.,]\d)"
LIKELY_YEARS = range(1900, 2100)
MOST_ADJECTIVES = 3
# No amount has more; beyond it a run of digits is a key or a fault, and arithmetic would round it.
MOST_DIGITS = 24
LONGEST_MARK = 2
COMPARING = frozenset({"more_than", "less_than"})
BLANKS = " \t\u00a0\u202f"


class NumeralReader:
    """Finds the figures of a text with the units, scale words and number words of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        units = lexicon.vocabulary.entries("units").values()
        self._language = lexicon.language.id
        self._units = [unit for unit in units if unit.text("dimension") != "scale"]
        self._scales = {
            word: unit.number("factor")
            for unit in units
            if unit.text("dimension") == "scale"
            for word in unit.phrases(self._language)
        }
        self._words = number_words(lexicon.mapping("numbers"), lexicon.words("grammar", "multipliers"))
        self._joining = JoiningWords.of(lexicon)

    def find(self, text: str, blocked: Sequence[Span] = ()) -> list[Figure]:
        """The figures in order.

        `blocked` are spans that hold dates or names, sorted; no figure overlaps them.
        """
        figures = (figure for match in self._pattern.finditer(text) if (figure := self._figure(text, match)))
        free = [f for f in figures if not any(start < f.end and f.start < end for start, end in blocked)]
        return join_figures(text, free, blocked, self._joining)

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words by which numbers in words begin: a text without them and without digits has no figure."""
        return frozenset(re.split(r"\W", word)[0] for word in self._words)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        short = [word for word in self._scales if len(word) <= LONGEST_MARK]
        long = [word for word in self._scales if len(word) > LONGEST_MARK]
        units = rf"(?i:{_either(self._percents)})|(?:{_either(self._after)})"
        after_word = "|".join(rf"(?<=\b{re.escape(word)}-)" for word in sorted(long)) or r"(?!)"
        return re.compile(
            rf"(?P<sign>(?<![^\s(\[“‘\"'])[-−](?=\d|{_either(self._before)}))?"
            rf"(?P<cur>(?<![A-Za-z])(?:{_either(self._before)})[{BLANKS}]?)?"
            rf"(?:(?(cur)|(?<![\w.,/:])(?:(?<![^\W\d][-‑])|{after_word}))(?P<num>{NUMBER})(?![/:]\d)"
            rf"|(?<![\w'’-])(?P<word>(?i:{_either(self._words)}))(?![\w'’]))"
            rf"(?P<scale>[{BLANKS}\n-]?(?:{_either(long)})\b|[{BLANKS}]?(?:{_either(short)})(?![\w-]))?"
            rf"(?P<unit>[{BLANKS}\n-]?(?:{units})(?!\w))?"
        )

    @cached_property
    def _before(self) -> dict[str, str]:
        """Signs and codes that stand before a number, with their unit."""
        money = [unit for unit in self._units if unit.text("dimension") == "money"]
        return {symbol: unit.id for unit in money for symbol in unit.texts("symbols")}

    @cached_property
    def _percents(self) -> dict[str, str]:
        """Ways to write percent and points of percent, with and without what the share is of."""
        plain = {u.id: (*u.texts("symbols"), *u.phrases(self._language)) for u in self._units if _is_share(u)}
        ways: dict[str, str] = {}
        for unit in self._units:
            if base := unit.text("extends"):
                words = unit.phrases(self._language)
                ways.update({f"{sign} {phrase}": unit.id for sign in plain.get(base, ()) for phrase in words})
            elif _is_share(unit):
                ways.update(dict.fromkeys(plain[unit.id], unit.id))
        return {way.casefold(): unit for way, unit in ways.items()}

    @cached_property
    def _after(self) -> dict[str, str]:
        """Words that stand after a number, with their unit: names of money, persons, things counted."""
        rest = [unit for unit in self._units if not _is_share(unit)]
        names = {phrase: unit.id for unit in rest for phrase in unit.phrases(self._language)}
        return {**self._before, **names}

    @cached_property
    def _things(self) -> dict[str, str]:
        """One-word names of persons and things that may stand apart from their number."""
        counted = [unit for unit in self._units if unit.text("dimension") in ("person", "count")]
        return {p.casefold(): u.id for u in counted for p in u.phrases(self._language) if " " not in p}

    @cached_property
    def _hedges(self) -> dict[str, str]:
        return _phrases_to_keys(self._lexicon.mapping("hedges"))

    @cached_property
    def _hedges_after(self) -> tuple[re.Pattern[str], dict[str, str]]:
        phrases = _phrases_to_keys(self._lexicon.mapping("hedges_after"))
        return re.compile(rf"(?i)[{BLANKS},]*({_either(phrases)})(?!\w)"), phrases

    def _figure(self, text: str, match: re.Match[str]) -> Figure | None:
        """The figure of a match of the pattern, or None where the number is no figure."""
        digits = match["num"].replace(",", "") if match["num"] else str(self._words[_folded(match["word"])])
        mark = (match["scale"] or "").strip(BLANKS + "\n-")
        unit, end = self._unit_after(text, match)
        unit = self._before.get((match["cur"] or "").strip()) or unit
        if len(digits) > MOST_DIGITS or (mark and unit is None and self._is_letter(match["scale"])):
            return None
        if self._is_no_figure(text, match, digits, unit):
            return None
        entry = self._lexicon.vocabulary.entry("units", unit)
        dimension = entry.text("dimension") if entry else None
        start, hedge = self._hedge(text, match.start(), dimension)
        outer_end, later_hedge = self._hedge_after(text, end)
        return Figure(
            match.start(),
            end,
            digits,
            self._scales.get(mark, Decimal(1)),
            unit,
            dimension,
            hedge or later_hedge,
            start,
            outer_end,
            negative=bool(match["sign"]),
        )

    def _is_letter(self, scale: str) -> bool:
        """Whether a scale is too short to be one without a unit: "5 m" may be metres, "5bn" is a number."""
        return len(scale) == 1 or (scale[0].isspace() and len(scale.strip()) <= LONGEST_MARK)

    def _unit_after(self, text: str, match: re.Match[str]) -> tuple[str | None, int]:
        """The unit that follows the number, and where it ends.

        Adjectives may stand between ("28,500 US troops").
        """
        if match["unit"]:
            word = _folded(match["unit"].replace("-", " "))
            return self._percents.get(word) or self._units_by_word.get(word), match.end()
        if match["cur"]:
            return None, match.end()
        position = match.end()
        for _ in range(MOST_ADJECTIVES + 1):
            follower = _NEXT_WORD.match(text, position)
            if not follower:
                break
            if (unit := self._things.get(follower[1].casefold())) is not None:
                return unit, follower.end()
            if not self._is_adjective(follower[1]):
                break
            position = follower.end()
        return None, match.end()

    @cached_property
    def _units_by_word(self) -> dict[str, str]:
        return {_folded(word.replace("-", " ")): unit for word, unit in self._after.items()}

    def _is_adjective(self, word: str) -> bool:
        """Whether a word may stand between a number and what it counts: names, compounds, listed words."""
        return (
            word[0].isupper()
            or "-" in word
            or word.casefold() in self._lexicon.words("grammar", "adjectives_of_things")
        )

    def _is_no_figure(self, text: str, match: re.Match[str], digits: str, unit: str | None) -> bool:
        """Whether the number is a year, a day, a part of a name, or a word that counts nothing known."""
        bare = unit is None and not match["scale"]
        if match["word"]:
            return bare
        following = text[match.end() : match.end() + 1]
        if following.isalnum() and not match["unit"]:
            return True
        lead = text[max(0, match.start() - 14) : match.start()].rstrip(" .#(\u00a0")
        before = lead.rpartition(" ")[2]
        if before in self._model_names or (bare and lead.casefold().endswith(self._wholes)):
            return True
        return bare and (self._is_year(match["num"]) or self._is_number_of_something(text, match, before))

    @cached_property
    def _model_names(self) -> frozenset[str]:
        values = self._lexicon.mapping("not_figures").get("models")
        return frozenset(map(str, values)) if isinstance(values, list) else frozenset()

    @cached_property
    def _wholes(self) -> tuple[str, ...]:
        """Words between a part and its whole: the whole of "four out of 5" is no figure of its own."""
        return tuple(f" {phrase}" for phrase in self._lexicon.words("not_figures", "wholes"))

    def _is_year(self, numeral: str) -> bool:
        return len(numeral) == 4 and numeral.isdigit() and int(numeral) in LIKELY_YEARS

    def _is_number_of_something(self, text: str, match: re.Match[str], before: str) -> bool:
        """Whether a bare number names a page, an article, a day of a month or an item of a list."""
        words = self._lexicon.words("not_figures", "before") | self._months
        after = self._lexicon.words("not_figures", "after") | self._months
        follower = _NEXT_MARK.match(text, match.end())
        return (
            before.casefold() in words
            or (follower is not None and follower[1].casefold() in after)
            or _LIST_MARK.search(text[max(0, match.start() - 3) : match.end() + 2]) is not None
        )

    @cached_property
    def _months(self) -> frozenset[str]:
        return frozenset(str(month).casefold() for month in self._lexicon.mapping("months"))

    def _hedge(self, text: str, start: int, dimension: str | None) -> tuple[int, Hedge | None]:
        """The hedge before a number and where it begins; where there is none, the number's own start."""
        begin = max(0, start - 24)
        before = text[begin:start]
        words = list(_LETTERS.finditer(before))
        while words and words[-1][0].casefold() in self._lexicon.words("grammar", "articles"):
            before = before[: words.pop().start()]
        if not words or before[words[-1].end() :].strip():
            return start, None
        for first in words[-4:]:
            phrase = _folded(before[first.start() :])
            ends_a_verb = self._is_direction(before[: first.end()])
            is_hedge = phrase in self._hedges and not self._compares(before[: first.start()], phrase)
            if is_hedge and not ends_a_verb and not self._means_during(phrase, dimension):
                return begin + first.start(), self._hedges[phrase]  # type: ignore[return-value]
        return start, None

    def _compares(self, before: str, phrase: str) -> bool:
        """Whether words are no hedge but compare, since a number stands right before them.

        "9.4 % more than the 8.7 trillion of 2025" says nothing of how sure the 8.7 trillion are.
        """
        return self._hedges[phrase] in COMPARING and bool(self._ends_in_number.search(before))

    @cached_property
    def _ends_in_number(self) -> re.Pattern[str]:
        ways = {*self._percents, *self._scales, *self._after}
        return re.compile(rf"(?i)(?:%|[\d{BLANKS}](?:{_either(ways)}))[{BLANKS}]+$")

    def _is_direction(self, before: str) -> bool:
        """Whether a text ends in a verb of two words whose second is no hedge, as in "went up to"."""
        words = _folded(before).split()[-2:]
        return len(words) == 2 and " ".join(words) in self._lexicon.words("direction", "up")

    def _means_during(self, phrase: str, dimension: str | None) -> bool:
        """Whether a hedge is none before a stretch of time: "over five years" is how long it takes."""
        return dimension in ("duration", "time") and phrase in self._lexicon.words("grammar", "during")

    def _hedge_after(self, text: str, end: int) -> tuple[int, Hedge | None]:
        """Where the hedge right after a number ends ("20 years or so"), and the hedge."""
        pattern, hedges = self._hedges_after
        found = pattern.match(text, end)
        return (found.end(), hedges[_folded(found[1])]) if found else (end, None)  # type: ignore[return-value]


_NEXT_WORD = re.compile(r"[ \u00a0]((?:[A-Za-z]\.){2,}|[A-Za-z][\w-]*)(?![\w])")
_NEXT_MARK = re.compile(r"[\s\u00a0-]?((?:[A-Za-z]\.){2,}|[^\W\d]+)")
_LETTERS = re.compile(r"[^\W\d_]+")
_LIST_MARK = re.compile(r"(?:^|\n)\(?\d{1,2}[.)]\s?$")


def number_words(numbers: Mapping[str, object], multipliers: Iterable[str]) -> dict[str, Decimal]:
    """All words of a language that write a number, with those of two parts that follow from its single words.

    Tens join smaller words ("twenty-five"), and multipliers follow them ("two hundred", "three dozen").
    """
    single = {word.casefold(): Decimal(str(value)) for word, value in numbers.items()}
    factors = {word: single.pop(word) for word in multipliers if word in single}
    found = {**single, **factors}
    for word, value in single.items():
        if value >= 20 and value % 10 == 0:
            units = [(w, v) for w, v in single.items() if v < 10]
            found.update({f"{word}{mark}{w}": value + v for w, v in units for mark in "- "})
        found.update({f"{word} {name}": value * factor for name, factor in factors.items()})
    return found


def _is_share(unit: Entry) -> bool:
    return unit.text("dimension") in ("share", "points")


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _phrases_to_keys(table: Mapping[str, object]) -> dict[str, str]:
    """The key of each phrase in a table of lists."""
    lists = ((key, phrases) for key, phrases in table.items() if isinstance(phrases, list))
    return {_folded(str(phrase)): key for key, phrases in lists for phrase in phrases}


def _either(words: Iterable[str]) -> str:
    """An alternation, the longest words first; without words one that never matches."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0]+") for word in ordered) or r"(?!)"
