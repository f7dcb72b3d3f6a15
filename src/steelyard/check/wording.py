"""Numbers and terms in the words of an analyst: "20.41 to 20.73 bn USD", "gap in defence spending"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from steelyard.check.figures import Figure
from steelyard.core.claim import Claim
from steelyard.core.expression import Term
from steelyard.core.interval import Interval
from steelyard.core.vocabulary import Vocabulary

# What English tables of finance write; the claims themselves carry single units.
SCALES = ((Decimal("1e12"), "tn"), (Decimal("1e9"), "bn"), (Decimal("1e6"), "m"), (Decimal(1), ""))
MOST_DIGITS = 6
_COUNTS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_OPERATORS = {
    "level": "{}",
    "base": "{}",
    "growth": "growth of {}",
    "change": "change in {}",
    "gap": "gap in {}",
    "target": "target for {}",
    "floor": "floor for {}",
    "share": "share of {}",
}
# What the further words of an operator mean in a sentence.
_MANNERS = {"constant": "in real terms", "yearly": "a year", "average": "on average", "cumulative": "in all"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How numbers of one sentence are printed: in what unit and scale, and with how many decimals."""

    unit: str
    factor: Decimal
    word: str
    digits: int

    def number(self, value: Decimal) -> str:
        """One number without its unit."""
        step = Decimal(1).scaleb(-self.digits)
        return f"{(value / self.factor).quantize(step, ROUND_HALF_EVEN):,}"

    def between(self, interval: Interval) -> str:
        """An interval with its unit: "20.41 to 20.73 bn USD", "at least 60 tn KRW", "3.5%"."""
        name = f"{self.word} {_plural(self.unit)}".strip()
        name = name if not name or name.startswith("%") else f" {name}"
        if not interval.low.is_finite() and not interval.high.is_finite():
            return "any number"
        if not interval.low.is_finite():
            return f"at most {self.number(interval.high)}{name}"
        if not interval.high.is_finite():
            return f"at least {self.number(interval.low)}{name}"
        low, high = self.number(interval.low), self.number(interval.high)
        return f"{low}{name}" if low == high else f"{low} to {high}{name}"

    def apart(self, value: Decimal) -> str:
        """How far two numbers lie apart, in two digits: "0.016 bn USD", "8.9 percentage points"."""
        unit = "percentage points" if self.unit.startswith("%") else _plural(self.unit)
        return f"{two_digits(value / self.factor)} {self.word} {unit}".replace("  ", " ").strip()


def _plural(unit: str) -> str:
    """Counted nouns stand in the singular as units; codes and signs have no plural."""
    is_noun = unit.replace(" ", "").isalpha() and unit.islower() and not unit.endswith("craft")
    return f"{unit}s" if is_noun else unit


def two_digits(value: Decimal) -> str:
    """A number with at least two digits that count: 0.016, 1.3, 28,500."""
    if value == 0:
        return "0"
    step = Decimal(1).scaleb(min(0, value.adjusted() - 1))
    text = f"{value.quantize(step, ROUND_HALF_EVEN):,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scale_for(intervals: Sequence[Interval], unit: str) -> Scale:
    """The scale in which all bounds of `intervals`, in `unit`, can be told apart, and none looks coarse."""
    bounds = [bound for interval in intervals for bound in (interval.low, interval.high) if bound.is_finite()]
    largest = max((abs(bound) for bound in bounds), default=Decimal(0))
    factor, word = next(((factor, word) for factor, word in SCALES if largest >= factor), SCALES[-1])
    if "%" in unit or "point" in unit or largest < Decimal("1e6"):
        factor, word = SCALES[-1]
    widths = [interval.width / factor for interval in intervals if interval.is_bounded and interval.width]
    exact = [interval.low / factor for interval in intervals if interval.is_exact]
    for digits in range(MOST_DIGITS):
        scale = Scale(unit, factor, word, digits)
        step = Decimal(1).scaleb(-digits)
        fine = all(2 * step <= width for width in widths) and all(value % step == 0 for value in exact)
        if fine and len({scale.number(bound) for bound in bounds}) == len(set(bounds)):
            return scale
    return Scale(unit, factor, word, MOST_DIGITS)


def count_word(count: int) -> str:
    """A count in words up to nine."""
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def listed(texts: Iterable[str]) -> str:
    """Texts joined as in a sentence: "a, b and c"."""
    words = list(texts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def quoted(claim: Claim) -> str:
    """A claim's quotation in quotation marks."""
    return f"“{' '.join(claim.quote.split())}”"


def quotations(figures: Iterable[Figure]) -> str:
    """The quotations of figures joined as in a sentence."""
    return listed(quoted(figure.claim) for figure in figures)


def term_words(term: Term, vocabulary: Vocabulary, actor: str | None = None) -> str:
    """What a term is, for people: "growth of defence spending (force enhancement) of South Korea in 2026"."""
    label = lowered(vocabulary.label("measures", term.measure))
    if term.item:
        label += f" ({item_words(term, vocabulary)})"
    operator, _, rest = term.operator.partition(" ")
    words = _OPERATORS.get(operator, "{}").format(label)
    words += f" of {named(actor, vocabulary)}" if actor and vocabulary.entry("measures", term.measure) else ""
    words += "".join(f" {_MANNERS.get(word, word)}" for word in rest.split())
    return f"{words} in {period_words(term.period)}" if term.period[-2:].isdigit() else words


def named(actor: str, vocabulary: Vocabulary) -> str:
    """An actor inside a sentence: "Poland", "the United States"."""
    entry = vocabulary.entry("actors", actor)
    return (entry.text("in_text") if entry else "") or vocabulary.label("actors", actor)


def period_words(period: str) -> str:
    """A year, month or day as in a sentence: "2026", "fiscal 2026", "November 2024", "3 May 2025"."""
    if period.startswith("FY"):
        return f"fiscal {period[2:]}"
    year, _, rest = period.partition("-")
    month, _, day = rest.partition("-")
    if not (month.isdigit() and 1 <= int(month) <= len(_MONTHS)):
        return period
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"


def label_of(identity: str, vocabulary: Vocabulary) -> str:
    """The name of an identity, or of a sum that texts state."""
    kind = "identities" if vocabulary.entry("identities", identity) else "reckonings"
    return vocabulary.label(kind, identity)


def item_words(term: Term, vocabulary: Vocabulary) -> str:
    """The name of an item; its slug where the vocabulary has none."""
    entry = vocabulary.entry("measures", term.measure)
    item = entry.table("items").get(term.item) if entry else None
    return lowered(str(item["label"])) if isinstance(item, dict) and "label" in item else term.item


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small unless the word is all capitals or a name with
    digits.
    """
    first = text.split(" ")[0] if text else ""
    return text[:1].lower() + text[1:] if first[1:].islower() or first == "A" else text
