"""Numbers, periods and verdicts as an analyst would write them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import zip_longest

from steelyard.core.vocabulary import Vocabulary
from steelyard.project.errors import last_place

Number = Decimal | float | int
Errors = Sequence[float | None]
# Short scale words as style.md prints them; other units than money are written out in digits.
_SCALES = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
_ONE = (Decimal(1), "")
MOST_DECIMALS = 9
_APART = re.compile(r"(?<=\d)[ \N{NO-BREAK SPACE}]%")
MINUS = "\N{MINUS SIGN}"
VERDICTS = {
    "contradicted": "Contradicted",
    "reconciled": "Reconciled",
    "corroborated": "Corroborated",
    "consistent": "Consistent",
    "derived": "Derived",
}
SEVERITIES = {
    "last_digit": "within the last printed digit",
    "material": "material",
    "decisive": "decides whether a target is met",
}
HEDGES = {
    "at_least": "at least",
    "at_most": "at most",
    "up_to": "up to",
    "more_than": "more than",
    "less_than": "less than",
}
MODALITIES = {
    "is": "as a fact",
    "should": "as a demand, not as a fact",
    "must": "as a duty",
    "can": "as a capability, not as a duty",
    "will": "as an intention",
    "would": "on a condition",
}


def plain_number(value: Number, decimals: int | None = None) -> str:
    """Digits with thousands separators; all digits of a decimal unless `decimals` rounds it, halves to even.

    >>> plain_number(Decimal("28500")), plain_number(Decimal("2.4150")), plain_number(-3.14159, 2)
    ('28,500', '2.415', '−3.14')
    """
    exact = (
        value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else value)
    )
    if not exact.is_finite():
        return "unbounded"
    if decimals is not None:
        # Adding zero turns a fall that rounds to nothing into plain nothing.
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN) + 0
        return f"{exact:,f}".replace("-", MINUS)
    text = f"{exact:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS)


def significant(value: Number, digits: int = 2) -> str:
    """A small difference to so many significant digits, never cutting whole ones.

    >>> significant(Decimal("0.01594"))
    '0.016'
    """
    exact = Decimal(str(value))
    if not exact or not exact.is_finite():
        return plain_number(exact)
    return plain_number(exact, max(0, digits - 1 - exact.adjusted()))


def decimals_for(low: Number, high: Number) -> int:
    """How many decimals show an interval without hiding its width: two digits of the width."""
    width = abs(float(high) - float(low))
    if not math.isfinite(width) or width == 0:
        return 2
    return min(MOST_DECIMALS, max(0, 1 - math.floor(math.log10(width) + 1e-9)))


def decimals_beside(*pairs: Sequence[Decimal]) -> int:
    """How many decimals show several intervals alike: no end is lost, and no width is less than two steps.

    >>> decimals_beside([Decimal("3.4699"), Decimal("3.5167")], [Decimal("3.425"), Decimal("3.556")])
    2
    """
    widths = [max(pair) - min(pair) for pair in pairs]
    exact = [pair[0] for pair, width in zip(pairs, widths, strict=True) if not width]
    ends = {end for pair in pairs for end in pair}
    for decimals in range(MOST_DECIMALS):
        step = Decimal(1).scaleb(-decimals)
        fine = all(2 * step <= width for width in widths if width) and not any(end % step for end in exact)
        if fine and len({plain_number(end, decimals) for end in ends}) == len(ends):
            return decimals
    return MOST_DECIMALS


def supported(decimals: int, error: float | None, factor: Number = 1) -> int:
    """How many of so many decimals are printed: none behind the first digit of a standard error.

    The number is shown divided by `factor`, its error is not; without an error all are printed.

    >>> supported(2, 0.17), supported(1, 3.1e12, 10**12), supported(2, None)
    (1, 0, 2)
    """
    if not error or not math.isfinite(error):
        return decimals
    return min(decimals, -last_place(error / float(factor)))


def chance_words(chance: float, error: float | None) -> str:
    """A probability in percent with the digits that its standard error leaves, and that error behind it.

    >>> chance_words(0.47312, 0.005)
    '47.3% ± 0.5'
    """
    if not error:
        return f"{100 * chance:.3g}%"
    number = plain_number(100 * chance, supported(MOST_DECIMALS, 100 * error))
    return f"{number}% ± {significant(100 * error, 1)}"


def percent_joined(text: str) -> str:
    """What the author of a case or parameter wrote, with each percent sign at its number; no quotation.

    >>> percent_joined("signed 2026: 20 %, 2027: 20 %")
    'signed 2026: 20%, 2027: 20%'
    """
    return _APART.sub("%", text)


class Wording:
    """Amounts in words for the units of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def is_money(self, unit: str | None) -> bool:
        """Whether amounts in `unit` are large sums that take a scale word."""
        # A unit may say more than the currency: "KRW at 2026 prices".
        entry = self._vocabulary.entry("units", (unit or "").partition(" ")[0])
        return entry.text("dimension") == "money" if entry else False

    def unit(self, unit: str | None, *, many: bool = True) -> str:
        """How a unit follows a number: "%" joins it, the rest stands behind a space, nouns in their number.

        Codes, rates and nouns that the vocabulary knows as their own plural ("aircraft") stay as they are.
        """
        if not unit:
            return ""
        if unit.startswith("%"):
            return unit
        plural = f"{unit}s"
        entry = self._vocabulary.entry("units", unit)
        known = (
            [str(word) for words in entry.table("phrases").values() for word in _texts(words)]
            if entry
            else []
        )
        is_noun = unit.islower() and unit.isalpha() and (plural in known or not known)
        return f"\N{NO-BREAK SPACE}{plural if many and is_noun else unit}"

    def scale(self, unit: str | None, *values: Number) -> tuple[Decimal, str]:
        """The factor and scale word in which these amounts are best read, "" for none."""
        sizes = [abs(Decimal(str(value))) for value in values if math.isfinite(value)]
        if not self.is_money(unit) or not sizes:
            return _ONE
        return next((pair for pair in _SCALES if max(sizes) >= pair[0]), _ONE)

    def amount(self, value: Number, unit: str | None, decimals: int | None = None) -> str:
        """One value with scale word and unit, such as "46.1 bn USD" or "2.42%"."""
        factor, word = self.scale(unit, value)
        number = plain_number(Decimal(str(value)) / factor, decimals)
        return self._joined(number, word, unit, many=value != 1)

    def interval(
        self,
        low: Number | None,
        high: Number | None,
        unit: str | None,
        *,
        beside: Sequence[Number] = (),
        error: float | None = None,
    ) -> str:
        """Both ends in one scale, such as "20.41 to 20.73 bn USD"; open ends in words, "" where both are.

        `beside` are other numbers that it is to be compared with, in whose scale and to whose precision it is
        then written; `error` is the standard error of either end.
        """
        if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
            return self._half_open(low, high, unit)
        if low == high:
            return self.amount(low, unit)
        factor, word = self.scale(unit, low, high, *beside)
        ends, others = ([Decimal(str(end)) / factor for end in pair] for pair in ((low, high), beside))
        decimals = decimals_beside(ends, others) if others else decimals_for(*ends)
        decimals = supported(decimals, error, factor)
        text = " to ".join(plain_number(end, decimals) for end in ends)
        return self._joined(text, word, unit)

    def rounded(self, value: Number, unit: str | None, error: float | None = None) -> str:
        """A computed value as it is spoken of: shares to two decimals, money to one, below ten of its scale
        to two, else whole numbers; and no digit behind the first of its standard error.
        """
        return self.span(value, value, unit, (error, error))

    def span(self, low: Number, high: Number, unit: str | None, errors: Errors = (None, None)) -> str:
        """Two computed values in one scale, rounded as `rounded` does; one where they are equal."""
        factor, word = self.scale(unit, low, high)
        decimals = _decimals((low, high), unit or "", factor, word)
        return self._joined(_shown((low, high), errors, factor, decimals), word, unit)

    def column(
        self, unit: str, *groups: Sequence[Number], errors: Sequence[Errors] = ()
    ) -> tuple[str, list[str]]:
        """A scaled unit such as "tn KRW", and each group of values in it: "a", "a to b" or "".

        `errors` are the standard errors of each group's values, where they have any.
        """
        values = [value for group in groups for value in group]
        factor, word = self.scale(unit, *values)
        decimals = _decimals(values, unit, factor, word)
        pairs = zip_longest(groups, errors, fillvalue=())
        return f"{word} {unit}".strip(), [_shown(*pair, factor, decimals) for pair in pairs]

    def miss(self, value: Number, unit: str | None) -> str:
        """How far two intervals lie apart, to two digits; percentages lie percentage points apart."""
        if (unit or "").startswith("%"):
            return self._joined(significant(value), "", "percentage points")
        factor, word = self.scale(unit, value)
        # Small misses of large sums read best in the scale of the sums: 0.016 bn, not 15.9 m.
        if word == "m":
            factor, word = Decimal(10) ** 9, "bn"
        return self._joined(significant(Decimal(str(value)) / factor), word, unit)

    def _half_open(self, low: Number | None, high: Number | None, unit: str | None) -> str:
        if low is not None and math.isfinite(low):
            return f"{self.amount(low, unit)} or more"
        if high is not None and math.isfinite(high):
            return f"{self.amount(high, unit)} or less"
        return ""

    def _joined(self, number: str, word: str, unit: str | None, *, many: bool = True) -> str:
        text = f"{number}{f' {word}' if word else ''}{self.unit(unit, many=many)}"
        # Number and unit stay together; a line may end before "to".
        return text.replace(" ", "\N{NO-BREAK SPACE}").replace("\N{NO-BREAK SPACE}to", " to")


def _decimals(values: Sequence[Number], unit: str, factor: Decimal, word: str) -> int:
    """How many decimals computed values of a unit have: "1.64 tn", "46.1 bn", "2.42%", "28,500"."""
    most = max((abs(float(value)) for value in values if math.isfinite(value)), default=0.0)
    if unit.startswith(("%", "percent")) or (word and most < 10 * float(factor)):
        return 2
    return 1 if word else 0


def _shown(values: Sequence[Number], errors: Errors, factor: Decimal, decimals: int) -> str:
    """Values over a factor, "a to b" or "a" where they look alike, with the digits that errors leave."""
    texts = (
        plain_number(Decimal(str(value)) / factor, supported(decimals, error, factor))
        for value, error in zip(values, errors or (None,) * len(values), strict=True)
    )
    return " to ".join(dict.fromkeys(texts))


def _texts(words: object) -> list[object]:
    return words if isinstance(words, list) else []


def in_quotes(text: str) -> str:
    """Words of a source in one line and in quotation marks.

    >>> in_quotes("$46.1 billion")
    '“$46.1 billion”'
    """
    return f"\N{LEFT DOUBLE QUOTATION MARK}{' '.join(text.split())}\N{RIGHT DOUBLE QUOTATION MARK}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words as a list in a sentence.

    >>> listed(["won", "dollars", "share of GDP"])
    'won, dollars and share of GDP'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def modality_in_words(modality: str) -> str:
    """How a document speaks of a role, for people; a word that is not known stays as it is.

    >>> modality_in_words("can"), modality_in_words("")
    ('as a capability, not as a duty', '')
    """
    return MODALITIES.get(modality, modality)


def lowered(text: str) -> str:
    """A label inside a sentence: its first letter small, unless the word is a name in capitals.

    >>> lowered("Force posture"), lowered("KF-21 fighter")
    ('force posture', 'KF-21 fighter')
    """
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def counted(number: int, one: str, many: str = "") -> str:
    """A count with its noun, small numbers as words.

    >>> counted(1, "finding"), counted(12, "claim")
    ('one finding', '12 claims')
    """
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    noun = one if number == 1 else many or f"{one}s"
    return f"{words[number] if number < len(words) else f'{number:,}'} {noun}"
