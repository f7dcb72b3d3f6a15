"""What one label of a table says, as a value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST_NAME = 120
MOST_BLANKS = 13
_SLUG = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says; None where it says nothing of that. `scale` is None where no scale word stands.

    `is_weak` marks a unit that is only the name of a thing, as "Personnel" in a list of expenses; `names` is
    whether an actor covers all of it; `has_mark` whether its status hangs on a year ("2026e"),
    `is_lone` whether it is a bare word such as "Budget", and `is_loose` whether such a word tells a status
    only beside others; `said` are the words of its measure; `number` is its own number in a list ("1.2"),
    `formula` the letters that stand for its column ("A") or tell how it is reckoned from others ("B-A").
    """

    text: str
    period: str | None = None
    unit: str | None = None
    dimension: str | None = None
    scale: Decimal | None = None
    is_local: bool = False
    is_per: bool = False
    is_weak: bool = False
    measure: str | None = None
    said: str = ""
    item: str | None = None
    actor: str | None = None
    location: str | None = None
    names: bool = False
    is_stranger: bool = False
    status: str | None = None
    definition: str | None = None
    statistic: str | None = None
    prices: str | None = None
    has_mark: bool = False
    is_lone: bool = False
    is_loose: bool = False
    is_total: bool = False
    is_part: bool = False
    number: str | None = None
    formula: str = ""
    baseline: str | None = None
    rest: str = ""

    @property
    def spans(self) -> bool:
        """Whether it names several years, or a mark of one of them."""
        return (self.period is None and self.has_mark) or "/" in (self.period or "")

    @property
    def is_idle(self) -> bool:
        """Whether it has words of its own and tells nothing of figures: "Notes on estimates"."""
        return bool(self.rest) and not (self.measure or self.period or self.unit)

    @property
    def is_long(self) -> bool:
        """Whether it is a sentence or a note and no name."""
        blanks = self.text.count(" ")
        ends = self.text.endswith(".")
        return len(self.text) > LONGEST_NAME or blanks > MOST_BLANKS or (ends and 2 * blanks > MOST_BLANKS)


NOTHING = Label("")


def slug(text: str) -> str:
    """A name for an item: small letters with hyphens.

    >>> slug("Other operating costs")
    'other-operating-costs'
    """
    return _SLUG.sub("-", text.casefold()).strip("-_")
