"""What all packaged entries owe: no fault, a source, a use, one meaning to a phrase, and ids in one style."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest

from steelyard.core.forms import SCHEMAS
from steelyard.core.identity import load_identities
from steelyard.core.period import Period
from steelyard.core.quantity import Quantity
from steelyard.core.vocabulary import PACKAGED, Layer, data_files, load_vocabulary

VOCABULARY, PROBLEMS = load_vocabulary()
ACTORS = list(VOCABULARY.entries("actors").values())
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
ID_STYLES = {
    **dict.fromkeys(
        ("identities", "postures", "parameters", "readings", "rules", "functions", "statuses"), KEBAB
    ),
    "measures": SNAKE,  # they stand in equations
    "actors": re.compile(r"[A-Z]{2,4}"),  # ISO 3166 alpha-3, or an organisation's own letters
    "languages": re.compile(r"[a-z]{2}"),
}


def every_entry():
    return [(kind, entry) for kind, entries in VOCABULARY.kinds.items() for entry in entries.values()]


def tables_in(value):
    """All tables inside a value, itself included."""
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in inner:
        yield from tables_in(part)


# Faults and sources


def test_the_packaged_data_are_without_fault():
    assert PROBLEMS == []


def test_every_kind_of_file_in_the_data_folder_has_a_form():
    known = {path for _, path in data_files(Layer("packaged", PACKAGED))}
    there = {path for path in PACKAGED.rglob("*.toml") if "templates" not in path.parts}

    assert there - known == set()
    assert set(VOCABULARY.kinds) <= set(SCHEMAS)


def test_every_reference_names_title_publisher_and_date():
    references = [
        (kind, entry.id, table["reference"])
        for kind, entry in every_entry()
        for table in tables_in(dict(entry.data))
        if "reference" in table
    ]

    assert references
    lacking = [ref for ref in references if not {"title", "publisher", "date"} <= set(ref[2])]
    assert lacking == []


@pytest.mark.parametrize("kind", ID_STYLES)
def test_ids_are_in_one_style(kind):
    assert [name for name in VOCABULARY.entries(kind) if not ID_STYLES[kind].fullmatch(name)] == []


# Uses


def measures_used():
    """Measures that an identity, a parameter, a rule or an example of another entry speaks of."""
    identities, _ = load_identities(VOCABULARY)
    used = {term.measure for identity in identities for term in identity.terms}
    for kind, entry in every_entry():
        own = entry.id if kind == "measures" else None
        for table in tables_in(dict(entry.data)):
            used |= {table.get(key) for key in ("measure", "base_measure", "denominator", "located")} - {own}
        used |= set(entry.texts("measures"))
        used |= {example.get("measure") for example in entry.tables("examples")}
    return used


def test_every_measure_is_used():
    assert set(VOCABULARY.entries("measures")) - measures_used() == set()


@pytest.mark.parametrize("function", VOCABULARY.entries("functions"))
def test_every_function_is_given_to_somebody_by_a_posture(function):
    postures = VOCABULARY.entries("postures").values()

    assert function in {role["function"] for posture in postures for role in posture.tables("roles")}


def test_every_parameter_is_set_or_has_a_value():
    assert [
        entry.id for entry in VOCABULARY.entries("parameters").values() if not entry.tables("values")
    ] == []


def test_every_currency_that_an_actor_has_is_money():
    currencies = {entry.text("currency") for entry in ACTORS} - {""}

    assert {VOCABULARY.units.unit(currency).dimension for currency in currencies} == {"money"}


# Phrases


def phrases_of(kind):
    """Each phrase of a kind with the entries, and their parts, that it names; generic words left out."""
    found = defaultdict(set)
    for entry in VOCABULARY.entries(kind).values():
        parts = [(entry.id, dict(entry.data))]
        for name in ("items", "groups", "offices", "persons"):
            whole = entry.id if kind == "actors" else f"{entry.id}."
            parts += [
                (whole if kind == "actors" else whole + key, part) for key, part in entry.table(name).items()
            ]
        for meaning, part in parts:
            for key in ("phrases", "places", "adjectives"):
                for language, texts in part.get(key, {}).items():
                    for text in texts:
                        found[language, text.casefold()].add(meaning)
    return found


@pytest.mark.parametrize("kind", ["actors", "measures", "statuses", "functions", "definitions", "units"])
def test_a_phrase_means_one_thing(kind):
    assert {phrase: meanings for phrase, meanings in phrases_of(kind).items() if len(meanings) > 1} == {}


def test_a_symbol_stands_for_one_unit():
    found = defaultdict(set)
    for entry in VOCABULARY.entries("units").values():
        for symbol in entry.texts("symbols"):
            found[symbol].add(entry.id)

    assert {symbol: units for symbol, units in found.items() if len(units) > 1} == {}


# Actors


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.id)
def test_an_actor_is_whole(actor):
    is_state = actor.text("kind") == "state"

    assert actor.phrases("en")
    assert actor.phrases("ko")
    assert len(actor.id) == 3 or not is_state
    assert bool(actor.text("currency")) is is_state
    assert actor.number("fiscal_year_start_month") in range(1, 13)
    assert bool(actor.phrases("en", "places")) is is_state


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.id)
def test_a_person_holds_an_office_that_there_is_for_a_time_that_has_an_order(actor):
    for person in actor.table("persons").values():
        for term in person.get("terms", ()):
            assert term["office"] in actor.table("offices")
            assert "to" not in term or term["from"] < term["to"]


@pytest.mark.parametrize("actor", ACTORS, ids=lambda actor: actor.id)
def test_members_belong_to_alliances(actor):
    for membership in actor.tables("memberships"):
        assert VOCABULARY.entry("actors", membership["alliance"]).text("kind") == "alliance"


def test_nobody_holds_an_office_together_with_another():
    for actor in ACTORS:
        terms = defaultdict(list)
        for person in actor.table("persons").values():
            for term in person.get("terms", ()):
                if term["office"] in ("president", "secretary-general"):
                    terms[term["office"]].append((term["from"], term.get("to")))
        for held in terms.values():
            ends = [to for _, to in sorted(held)][:-1]
            starts = [start for start, _ in sorted(held)][1:]
            assert all(end is not None and end <= start for end, start in zip(ends, starts, strict=True))


# Numbers


@pytest.mark.parametrize("entry", VOCABULARY.entries("parameters").values(), ids=lambda entry: entry.id)
def test_the_values_of_a_parameter_can_be_read_and_follow_each_other(entry):
    for table in entry.tables("values"):
        for key in ("value", "low", "high"):
            if key in table:
                Quantity.as_written(table[key], VOCABULARY.units)
    spans = [
        (Period.parse(table["from"]), Period.parse(table.get("to", "9999")))
        for table in entry.tables("values")
    ]

    assert all(before.end < after.start for (_, before), (after, _) in pairwise(spans))


def test_units_of_one_dimension_convert_and_currencies_do_not():
    units = VOCABULARY.units

    assert Quantity.as_written("2.42 %", units).converted("%", units).value == Decimal("2.42")
    with pytest.raises(ValueError, match="further claim"):
        Quantity.as_written("46.1 bn USD", units).converted("KRW", units)
