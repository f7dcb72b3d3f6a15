"""One label while it is read: units first, then prices, years, names, and the words that only tables use.

What none of its phrases covers is its `rest`: the name of an item that the vocabulary does not know.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from steelyard.read.lexicon import Lexicon
from steelyard.read.mentions import Mention, Word, Words
from steelyard.read.tables.table_label import Label
from steelyard.read.tables.table_words import TableWords
from steelyard.read.tongues import Tongues

NEAR = 3
LONGEST_ITEM = 60
MOST_WORDS = 8
STRONG = ("money", "share", "points", "local")
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
_LEADS_TO = ("-", "–", "—", "→", "/")
_POWER = re.compile(r"10{1,8}|1,000(?:,000)?")


class Reading:
    """One label while it is read: its words, and which of them some phrase covers."""

    def __init__(
        self, tongues: Tongues, table: TableWords, lexicon: Lexicon, text: str, words: Words
    ) -> None:
        self.tongues, self.table, self.lexicon, self.text, self.words = tongues, table, lexicon, text, words
        self.covered = [not word.text[0].isalnum() for word in words]
        self.said = sorted(table.index.find(text, words), key=lambda m: (m.first, m.last))
        self.keys: dict[str, object] = {}
        self.names_one = True  # whether no second actor is named

    def label(self, text: str, number: str | None, status: str | None) -> Label:
        """All that the label says; units come first, since "% of GDP" is no mention of the product."""
        if status:
            self.keys.update(status=status, has_mark=True)
        self._units()
        self._prices()
        self._dates()
        self._names()
        self._words_of_tables()
        self._baseline()
        rest = self._rest()
        return Label(text, number=number, rest=rest, **self.keys)  # type: ignore[arg-type]

    def _of(self, *kinds: str) -> list[Mention]:
        return [mention for mention in self.said if mention.kind in kinds]

    def _cover(self, first: int, last: int) -> None:
        self.covered[first : last + 1] = [True] * (last + 1 - first)

    def _units(self) -> None:
        """The unit and the scale; what follows a "per" right away is no unit of the figures."""
        units = [m for m in self._of("unit", "letter") if self._is_unit(m)]
        inside = {n for m in units for n in range(m.first, m.last + 1)}
        pers = [m for m in self._of("table:per") if m.first not in inside]
        for per in pers:
            self._cover(per.first, per.last)
        self.keys["is_per"] = any(per.last + 1 < len(self.words) or per.last > per.first for per in pers)
        after = {per.last + 1 for per in pers}
        self._scale([m for m in units if m.meaning.label in ("scale", "letter") and m.first not in after])
        named = [m for m in units if m.meaning.label not in ("scale", "letter") and m.first not in after]
        for mention in units:
            self._cover(mention.first, mention.last)
        best = min(named, key=_rank, default=None)
        if rate := self._rate(named):
            self.keys.update(unit=rate, dimension="rate")
            return
        if best is not None and best.meaning.label == "local":
            self.keys["is_local"] = True
        elif best is not None:
            strong = best.meaning.label in STRONG or "scale" in self.keys or self._in_brackets(best)
            self.keys.update(unit=best.id, dimension=best.meaning.label, is_weak=not strong)
            if not strong:
                self.covered[best.first : best.last + 1] = [False] * (best.last + 1 - best.first)

    def _rate(self, named: list[Mention]) -> str:
        """The unit of an exchange rate, in which one unit of money stands over another: "won/dollar"."""
        money = [mention for mention in named if mention.meaning.label == "money"]
        for over, under in pairwise(money):
            between = self.words[over.last + 1 : under.first]
            if len(between) == 1 and between[0].key in self.table.words("over"):
                return f"{over.id} per {under.id}"
        return ""

    def _scale(self, scales: list[Mention]) -> None:
        """The product of the first scale words side by side, and of a power of ten before a unit."""
        found: Decimal | None = None
        last = -1
        for mention in scales:
            if found is None or last + 1 == mention.first:
                found = (found or Decimal(1)) * self.table.factors[mention.id]
                last = mention.last
        for mention in self._of("unit"):
            if factor := self._factor_before(mention):
                found = (found or Decimal(1)) * factor
                break
        if found is not None:
            self.keys["scale"] = found

    def _is_unit(self, mention: Mention) -> bool:
        """Whether a word is a unit of the table: no lone letter, nor that of a number ("10 %")."""
        before = self.words[mention.first - 1].text if mention.first else ""
        if before[:1].isdecimal() and not _POWER.fullmatch(before):
            return False
        if mention.kind == "letter":
            return self._beside_money(mention) or (self.text.strip().isalpha() and len(self.text.strip()) > 1)
        return True

    def _beside_money(self, letter: Mention) -> bool:
        """Whether a unit of money stands right beside a letter that may be a scale."""
        money = [m for m in self._of("unit") if m.meaning.label == "money"]
        return any(m.last + 1 == letter.first or letter.last + 1 == m.first for m in money)

    def _factor_before(self, mention: Mention) -> Decimal | None:
        """The power of ten that stands before a unit, as in "100 million yen" and "1,000 persons"."""
        before = self.words[mention.first - 1].text if mention.first else ""
        if not _POWER.fullmatch(before):
            return None
        self._cover(mention.first - 1, mention.first - 1)
        return Decimal(before.replace(",", ""))

    def _prices(self) -> None:
        """Current or constant prices, and the year of the latter, which is then no period of the figures."""
        prices, constant = self._of("table:prices"), self._of("table:constant")
        years = [n for n, word in enumerate(self.words) if _PLAIN_YEAR.fullmatch(word.text)]
        self.base_years: set[int] = set()
        for anchor in (*prices, *constant):
            near = [n for n in years if 0 < anchor.first - n <= NEAR or 0 < n - anchor.last <= NEAR]
            if near and (constant or not self._of("table:current")):
                year = min(near, key=lambda n: abs(n - anchor.first))
                self.keys["prices"] = f"constant:{self.words[year].text}"
                self.base_years.add(year)
                self._cover(year, year)
                break
        else:
            if constant or self._of("table:real"):
                self.keys["prices"] = "constant"
            elif self._of("table:current"):
                self.keys["prices"] = "current"
        for mention in self._of("table:prices", "table:constant", "table:real", "table:current"):
            self._cover(mention.first, mention.last)

    def _dates(self) -> None:
        """The one period named; where several stand, as in a title, none of them is that of a figure."""
        if not any(word.text[0].isdecimal() for word in self.words):
            return
        found = self.tongues.of(self.text).dates.find(self.text, None)
        free = []
        for date in found:
            numbers = [n for n, w in enumerate(self.words) if w.start < date.end and date.start < w.end]
            if not self.base_years.intersection(numbers):
                free.append(date.period)
            for n in numbers:
                self.covered[n] = True
        if len({period.text for period in free}) == 1 and free[0].kind in (
            "year",
            "fiscal",
            "month",
            "interval",
        ):
            self.keys["period"] = free[0].text

    def _baseline(self) -> None:
        """The year from which a change is counted: "Change on 2025", "2024-2025 growth"."""
        period = self.keys.get("period")
        if not isinstance(period, str) or self.keys.get("statistic") != "growth":
            return
        first, _, last = period.partition("/")
        against = self.table.words("against")
        if last or (first := self._year_before(last := period)):
            self.keys.update(baseline=first, period=last)
        elif any(key in against for key in self.words.keys):
            self.keys.update(baseline=period, period=None)
            self.covered = [
                done or key in against for done, key in zip(self.covered, self.words.keys, strict=True)
            ]

    def _year_before(self, period: str) -> str:
        """The year from which a heading leads to another with a dash alone between them: "FY25-FY26"."""
        for sign in _LEADS_TO:
            before, found, after = self.text.partition(sign)
            dates = self.tongues.of(self.text).dates
            ahead = dates.find(before, None) if found else []
            behind = dates.find(after, None) if ahead and ahead[-1].end == len(before.rstrip()) else []
            if behind and behind[0].period.text == period and not after[: behind[0].start].strip():
                self._cover_text(ahead[-1].start, ahead[-1].end)
                return str(ahead[-1].period.text)
        return ""

    def _cover_text(self, start: int, end: int) -> None:
        for number, word in enumerate(self.words):
            if word.start < end and start < word.end:
                self.covered[number] = True

    def _names(self) -> None:
        """Actor, measure, item, definition and status by the phrases of the vocabulary."""
        mentions = [m for m in self.lexicon.index.find(self.text, self.words) if ":" not in m.kind]
        free = [m for m in mentions if not all(self.covered[m.first : m.last + 1])]
        actors = [m for m in free if m.kind == "actor"]
        if len({m.meaning.actor for m in actors}) == 1:
            self.keys["actor"] = actors[0].meaning.actor
        self.names_one = "actor" in self.keys
        for mention in free:
            self._name(mention)
        for mention in free:
            if mention.kind in ("actor", "measure", "item", "definition", "status"):
                self._cover(mention.first, mention.last)
        if actors and not self.names_one and not self._left():
            self.keys["actor"] = actors[0].meaning.actor  # "Taiwan, China"
        if self.text in self.lexicon.vocabulary.entries("actors"):
            self.keys = {"actor": self.text}
            self.covered = [True] * len(self.covered)
        self.keys["names"] = "actor" in self.keys and not self._left()
        strangers = self.lexicon.words("places", "others")
        self.keys["is_stranger"] = "actor" not in self.keys and self.text.casefold().strip() in strangers

    def _name(self, mention: Mention) -> None:
        if mention.kind == "measure":
            if "measure" not in self.keys:
                self.keys.update(measure=mention.id, said=self.text[mention.start : mention.end])
            if mention.meaning.actor:
                self.keys.update(
                    measure=mention.id, actor=mention.meaning.actor, location=mention.meaning.location
                )
        elif mention.kind == "item" and "item" not in self.keys:
            measure, _, item = mention.id.partition(":")
            self.keys["item"] = item
            self.keys.setdefault("measure", measure)
        elif mention.kind in ("definition", "status"):
            self.keys.setdefault(mention.kind, mention.id)

    def _words_of_tables(self) -> None:
        """Growth or share, total or part, and a status that stands alone in the label or in its brackets."""
        for kind in ("growth", "share"):
            if any(self._of(f"table:{kind}")):
                self.keys.setdefault("statistic", kind)
        for mention in self._of("table:growth", "table:share"):
            self._cover(mention.first, mention.last)
        parts = self._of("table:parts")
        if parts and parts[0].first == 0:
            self.keys["is_part"] = True
            self._cover(parts[0].first, parts[0].last)
        totals = self._of("table:totals")
        for mention in self._of("table:status"):
            if "status" not in self.keys and self._stands_alone(mention):
                lone = not self._is_closed_in(mention)
                word = self.text[mention.start : mention.end].casefold()
                is_loose = lone and word in self.table.words("loose")
                self.keys.update(status=mention.id, is_lone=lone, is_loose=is_loose)
                self._cover(mention.first, mention.last)
            elif self.keys.get("status") == mention.id and any(
                self.covered[mention.first : mention.last + 1]
            ):
                self._cover(mention.first, mention.last)  # "actual" in "estimated actual"
        for mention in totals:
            self._cover(mention.first, mention.last)
        self.keys["is_total"] = bool(totals) and not self._left()

    def _in_brackets(self, mention: Mention) -> bool:
        """Whether a bracket opens right before a mention, or before the scale in front of it."""
        return any(word.text in "([" for word in self.words[max(0, mention.first - 2) : mention.first])

    def _stands_alone(self, mention: Mention) -> bool:
        """Whether brackets close a mention in, or all other words have a meaning of their own."""
        if self._is_closed_in(mention):
            return True
        rest = [
            n for n, done in enumerate(self.covered) if not done and not mention.first <= n <= mention.last
        ]
        return not rest

    def _is_closed_in(self, mention: Mention) -> bool:
        """Whether a mention stands in brackets, alone or before other words."""
        before = self.words[mention.first - 1].text if mention.first else ""
        after = self.words[mention.last + 1].text if mention.last + 1 < len(self.words) else ""
        return before in ("(", "[") and after in (")", "]", ",", ";")

    def _left(self) -> list[Word]:
        """The words that no phrase covers, small words left out."""
        fillers = self.table.words("fillers")
        return [
            w for w, done in zip(self.words, self.covered, strict=True) if not done and w.key not in fillers
        ]

    def _rest(self) -> str:
        """The text from the first to the last word that no phrase covers, where no phrase stands between."""
        left = self._left()
        if not left or len(left) > MOST_WORDS:
            return ""
        return self.text[left[0].start : left[-1].end][:LONGEST_ITEM].strip()


def _rank(mention: Mention) -> int:
    """Which of two units of one label is meant: money and shares before what is counted."""
    order = {"money": 0, "share": 0, "points": 0, "local": 0, "rate": 1}
    return order.get(mention.meaning.label, 2)
