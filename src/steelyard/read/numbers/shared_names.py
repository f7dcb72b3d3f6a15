"""Currencies by a name that several share ("kroner"), in sentences that name no country.

A text that has told once whose kroner it means does not tell again: they stay the same. Where it never does,
they are those of whose figure it is. Of "dollars" one state has the name for its own; in a text that tells an
amount in "Canadian dollars" those of a Canadian figure are Canadian all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache

from steelyard.core.claim import Claim
from steelyard.core.vocabulary import Vocabulary
from steelyard.read.lexicon import Lexicon
from steelyard.read.numbers.units_found import places_pattern

_BARE = re.compile(r"\d[\d.,]*(?:[ \u00a0-]\w+)?")


@lru_cache(maxsize=16)
def _names(lexicon: Lexicon) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The units that share each name, each with the places that tell it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for unit in lexicon.vocabulary.entries("units").values():
        for name in unit.phrases(lexicon.language.id, "shared"):
            places = unit.phrases(lexicon.language.id, "places")
            found.setdefault(name.casefold(), {})[unit.id] = places
    return {name: units for name, units in found.items() if len(units) > 1}


def with_known_currencies(text: str, claims: Sequence[Claim], lexicon: Lexicon) -> Iterator[Claim]:
    """The claims, amounts in a currency of a shared name in the one that the text has told before.

    An amount without the name ("143 billion kroner, then 35 billion") is in that of the one beside it.
    """
    named = list(_with_named_ones(text, list(_with_own_ones(claims, lexicon)), lexicon))
    if not any(claim is not other for claim, other in zip(claims, named, strict=True)):
        return iter(named)
    return _with_bare_ones(claims, named, _names(lexicon).keys() | _whole_names(lexicon).keys())


def _with_bare_ones(before: Sequence[Claim], after: Sequence[Claim], names: Set[str]) -> Iterator[Claim]:
    """The claims, amounts without the name of a currency in that of the one they were completed from."""
    told: dict[int, tuple[str | None, str | None]] = {}
    for one, other in zip(before, after, strict=True):
        if one.quote.rpartition(" ")[2].casefold() in names:
            told.setdefault(one.sentence_start, (one.unit, other.unit))
    last: tuple[str | None, str | None] = (None, None)
    for claim in after:
        last = told.get(claim.sentence_start, last)
        word = claim.quote.rpartition(" ")[2].casefold()
        bare = claim.unit is not None and word not in names and _BARE.fullmatch(claim.quote)
        yield claim.changed(unit=last[1]) if bare and claim.unit == last[0] != last[1] else claim


def _with_own_ones(claims: Sequence[Claim], lexicon: Lexicon) -> Iterator[Claim]:
    """The claims, amounts in "dollars" in those of whose figure it is, where the text has told these before.

    Beside an amount in the own currency, in one sentence, they are those of the state that has the name.
    """
    names = _whole_names(lexicon)
    told: dict[str, int] = {}
    for claim in claims:
        words = claim.quote.casefold().split() if claim.kind == "figure" else []
        units = names.get(words[-1], {}) if words else {}
        unit = claim.unit or ""
        if unit not in units or any(tuple(words[-len(name) :]) == name for name in units[unit]):
            told[unit] = claim.sentence_start  # by its whole name, or a sign of its own: "NZ$5.2 billion"
            yield claim
            continue
        own = _own(claim.actor, units, lexicon.vocabulary)
        known = own in told and told[own] != claim.sentence_start and claim.conversion_of is None
        yield claim.changed(unit=own) if own and own != claim.unit and known else claim


@lru_cache(maxsize=16)
def _whole_names(lexicon: Lexicon) -> Mapping[str, Mapping[str, frozenset[tuple[str, ...]]]]:
    """Units with names of several words, by the last word, where they share it; each with those names."""
    found: dict[str, dict[str, set[tuple[str, ...]]]] = {}
    for unit in lexicon.vocabulary.entries("units").values():
        for name in unit.phrases(lexicon.language.id):
            words = tuple(name.casefold().split())
            if len(words) > 1 and unit.text("dimension") == "money":
                found.setdefault(words[-1], {}).setdefault(unit.id, set()).add(words)
    return {
        word: {unit: frozenset(names) for unit, names in units.items()}
        for word, units in found.items()
        if len(units) > 1
    }


def _with_named_ones(text: str, claims: Sequence[Claim], lexicon: Lexicon) -> Iterator[Claim]:
    """The claims, amounts with a shared name in the currency that the text means by it."""
    names, signs = _names(lexicon), _signs(lexicon)
    told: dict[str, str] = {}
    for claim in claims:
        if claim.unit in signs and text.startswith(signs[claim.unit], claim.start):
            yield claim if _is_told(text, claim, lexicon) else claim.changed(unit=None)
            continue
        name = _name_in(claim.quote, names, lexicon) if claim.kind == "figure" else ""
        units = names.get(name)
        if units is None or claim.unit not in units:
            yield claim
            continue
        sentence = text[claim.sentence_start : claim.sentence_end]
        if any(places and places_pattern(places).search(sentence) for places in units.values()):
            told[name] = claim.unit or ""
            yield claim
            continue
        unit = told.get(name) or _own(claim.actor, units, lexicon.vocabulary) or _only_one(text, units)
        yield claim.changed(unit=unit) if unit and unit != claim.unit else claim


def _name_in(quote: str, names: Iterable[str], lexicon: Lexicon) -> str:
    """The last word of a quotation, or the name glued to its number: "2719억페소"."""
    word = quote.rpartition(" ")[2].casefold()
    return next((name for name in names if word.endswith(name)), word) if lexicon.cues_follow else word


def _only_one(text: str, units: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one currency of a name whose places a text speaks of anywhere."""
    spoken = [unit for unit, places in units.items() if places and places_pattern(places).search(text)]
    return spoken[0] if len(spoken) == 1 else None


@lru_cache(maxsize=16)
def _signs(lexicon: Lexicon) -> Mapping[str | None, tuple[str, ...]]:
    """The letters that stand for a currency only where the text tells so, by the unit."""
    units = lexicon.vocabulary.entries("units").values()
    return {unit.id: signs for unit in units if (signs := unit.texts("shared_symbols"))}


def _is_told(text: str, claim: Claim, lexicon: Lexicon) -> bool:
    """Whether a text names the place or the name of a claim's currency, or the claim is of its country."""
    entry = lexicon.vocabulary.entry("units", claim.unit)
    if entry is None:
        return False
    language = lexicon.language.id
    words = (*entry.phrases(language, "places"), *entry.phrases(language, "shared"))
    own = lexicon.vocabulary.entry("actors", claim.actor)
    told = own is not None and own.text("currency") == claim.unit
    return told or places_pattern(words).search(text) is not None


def _own(actor: str | None, units: Mapping[str, object], vocabulary: Vocabulary) -> str | None:
    """The currency of an actor, if it is one of those that share the name."""
    entry = vocabulary.entry("actors", actor)
    currency = entry.text("currency") if entry else ""
    return currency if currency in units else None
