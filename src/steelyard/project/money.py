"""Amounts and exchange rates in words, by the labels and phrases of the units."""

from __future__ import annotations

from steelyard.core.vocabulary import Vocabulary

_LANGUAGE = "en"  # that of the labels of all data files


def currency_words(unit: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """What many of a currency and one of it are called; its code where it has no phrases."""
    entry = vocabulary.entry("units", unit)
    phrases = entry.phrases(_LANGUAGE) if entry else ()
    if not phrases:
        return unit, unit
    one = next((phrase for phrase in phrases if f"{phrase}s" in phrases), phrases[0])
    return (f"{one}s" if f"{one}s" in phrases else one), one


def rate_words(rate: float, home: str, abroad: str, vocabulary: Vocabulary) -> str:
    """An exchange rate as it is spoken of, such as "1,421.40 won per dollar"."""
    return f"{rate:,.2f} {currency_words(home, vocabulary)[0]} per {currency_words(abroad, vocabulary)[1]}"


def amount_words(value: float, unit: str, vocabulary: Vocabulary, digits: int = 3) -> str:
    """An amount to so many digits at least, such as "46.6 billion dollars"."""
    scales = [entry for entry in vocabulary.entries("units").values() if entry.flag("spoken")]
    scales.sort(key=lambda entry: entry.number("factor"), reverse=True)
    scale = next((entry for entry in scales if abs(value) >= entry.number("factor")), None)
    number = value / float(scale.number("factor")) if scale else value
    decimals = max(0, digits - len(str(int(abs(number)))))
    words = (f"{number:,.{decimals}f}", scale.label if scale else "", currency_words(unit, vocabulary)[0])
    return " ".join(word for word in words if word)
