"""The units of figures: money of the whole world, physical units, per another, and things counted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.read.numbers.numerals import NumeralReader
from tests.read.reading import LEXICON

READER = NumeralReader(LEXICON)


def read(text):
    return [(text[f.start : f.end], f.value, f.unit) for f in READER.find(text)]


def unit(text):
    (figure,) = READER.find(text)
    return figure.unit


@pytest.mark.parametrize(
    ("text", "quote", "amount", "currency"),
    [
        ("some 5 million Swedish kronor", "5 million Swedish kronor", "5e6", "SEK"),
        ("some 5 million Swedish crowns", "5 million Swedish crowns", "5e6", "SEK"),
        ("some 40bn Czech crowns", "40bn Czech crowns", "40e9", "CZK"),
        ("some 3 billion Norwegian kroner", "3 billion Norwegian kroner", "3e9", "NOK"),
        ("Denmark set aside 120 billion kroner", "120 billion kroner", "120e9", "DKK"),
        ("Oslo set aside 120 billion kroner", "120 billion kroner", "120e9", "NOK"),
        ("Pakistan spends 2.5 trillion rupees", "2.5 trillion rupees", "2.5e12", "PKR"),
        ("it spends 2.5 trillion rupees", "2.5 trillion rupees", "2.5e12", "INR"),
        ("a HK$10.05 billion loan", "HK$10.05 billion", "10.05e9", "HKD"),
        ("a S$2.3m fine", "S$2.3m", "2.3e6", "SGD"),
        ("an R$80 billion plan", "R$80 billion", "80e9", "BRL"),
        ("a 2.1 billion Canadian dollar deal", "2.1 billion Canadian dollar", "2.1e9", "CAD"),
        ("CHF5 million", "CHF5 million", "5e6", "CHF"),
        ("5.2 million Swiss francs", "5.2 million Swiss francs", "5.2e6", "CHF"),
        ("60 million hryvnias", "60 million hryvnias", "60e6", "UAH"),
        ("12 billion Turkish lira", "12 billion Turkish lira", "12e9", "TRY"),
        ("12 billion shekels", "12 billion shekels", "12e9", "ILS"),
        ("a price of 50 cents", "50 cents", "50", "cent"),
        ("a price of 75 pence", "75 pence", "75", "penny"),
        ("worth $2B", "$2B", "2e9", "USD"),
        ("worth $1.5bn", "$1.5bn", "1.5e9", "USD"),
        ("worth €3k", "€3k", "3000", "EUR"),
    ],
)
def test_money_of_any_country_is_read(text, quote, amount, currency):
    assert read(text) == [(quote, Decimal(amount), currency)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 1,442 won per dollar", "KRW per USD"),
        ("at 1,442 won to the dollar", "KRW per USD"),
        ("at $70 a barrel", "USD per barrel"),
        ("some 2 million barrels a day", "barrel per day"),
        ("some 2 million barrels per day", "barrel per day"),
        ("at 60 km/h", "kilometre per hour"),
        ("at 40 miles an hour", "mile per hour"),
        ("at 31.7 euros per megawatt-hour", "EUR per megawatt-hour"),
        ("about €50 per head", "EUR per person"),
        ("about $5,000 per student", "USD per student"),
        ("about $5 billion a year", "USD"),
        ("about 5 % a year", "%"),
    ],
)
def test_a_unit_may_be_per_another(text, expected):
    assert unit(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("150 metres", "metre"),
        ("150 meters", "metre"),
        ("a wall of 5 m", "metre"),
        ("8,200 tonnes", "tonne"),
        ("1.2m tons", "ton"),
        ("1.2 million metric tons", "tonne"),
        ("35,000 feet", "foot"),
        ("12 sq km", "square kilometre"),
        ("40 hectares", "hectare"),
        ("3.2 GW", "gigawatt"),
        ("500 MW", "megawatt"),
        ("12 TWh", "terawatt-hour"),
        ("40°C", "degree Celsius"),
        ("20 degrees Celsius", "degree Celsius"),
        ("64 GB", "gigabyte"),
        ("30 knots", "knot"),
        ("90 minutes", "minute"),
        ("six weeks", "week"),
        ("a 34-year-old man", "year"),
        ("five consecutive years", "year"),
        ("half an hour", "hour"),
        ("half a percentage point", "percentage point"),
        ("8.2%p", "percentage point"),
        ("30 bps", "basis point"),
    ],
)
def test_measures_of_the_world_are_units(text, expected):
    assert unit(text) == expected


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("sent 20 additional KF-21 fighter jets", "20 additional KF-21 fighter jets", "jet"),
        (
            "sent three dozen K9 self-propelled howitzers",
            "three dozen K9 self-propelled howitzers",
            "howitzer",
        ),
        ("signed five arms sales agreements", "five arms sales agreements", "agreement"),
        ("in 27 member countries", "27 member countries", "country"),
        ("by 12 parties", "12 parties", "party"),
        ("won 151 votes", "151 votes", "vote"),
        ("at 40 US air bases", "40 US air bases", "base"),
        ("in two crises", "two crises", "crisis"),
        ("at 14 buses", "14 buses", "bus"),
        ("with 16 aircraft", "16 aircraft", "aircraft"),
        ("by 9 policewomen", "9 policewomen", "policewoman"),
        ("from three of the ships", "three of the ships", "ship"),
        ("with 48 F-16s", "48 F-16s", "F-16"),
        ("with 12 Patriots", "12 Patriots", "Patriot"),
        ("a 27-member bloc", "27-member", "member"),
        ("a 10-day visit", "10-day", "day"),
        ("a 300-seat assembly", "300-seat", "seat"),
        ("with 500,000 155mm shells", "500,000 155mm shells", "shell"),
        ("12 were seen", "12", None),
        ("a vote by 12 in favour of ships", "12", None),
        ("left 100 wounded in clashes", "100", None),
    ],
)
def test_a_number_counts_the_head_of_the_phrase_after_it(text, quote, expected):
    assert [(words, unit) for words, _, unit in read(text)] == [(quote, expected)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("World War II, the 1990s and the 20s", id="wars and decades"),
        pytest.param("24/7 on 9/11", id="dates and hours"),
        pytest.param("a zero-sum game, a two-way deal and a four-star general", id="ways to speak"),
        pytest.param("the 2025 figures and the 2026 budgets", id="things of a year"),
        pytest.param("in 1894 and since 1789", id="former years"),
        pytest.param("Call 02-748-1111 or +82 2 748 1111", id="telephone numbers"),
        pytest.param("a 77-20 vote and a 3-1 win", id="scores"),
        pytest.param("lives at 221 Baker Street", id="an address"),
        pytest.param("the Boeing 737, the Falcon 9 and Unit 8200", id="names with numbers"),
        pytest.param("Five Eyes partners and the Big Three", id="names with number words"),
        pytest.param("as noted [12] and (3)", id="notes"),
        pytest.param("Highway 61, Route 66 and Resolution 1718", id="roads and resolutions"),
        pytest.param("Article 5, Section 4.2 and pages 12-15", id="places in a text"),
        pytest.param("a double agent and a double-digit rise", id="doubles that multiply nothing"),
        pytest.param("they met twice", id="how often is no multiple"),
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "value", "way"),
    [
        ("the budget doubled", "doubled", "2", "up"),
        ("it will triple by then", "triple", "3", "up"),
        ("the crew was halved", "halved", "0.5", "down"),
        ("twice as many jets", "twice", "2", None),
        ("double the size", "double", "2", None),
        ("a twofold rise", "twofold", "2", None),
    ],
)
def test_a_multiple_is_a_figure_by_itself(text, quote, value, way):
    (figure,) = READER.find(text)

    assert (text[figure.start : figure.end], figure.value, figure.way) == (quote, Decimal(value), way)


@pytest.mark.parametrize(
    ("text", "quote", "value", "unit"),
    [
        ("It cost 8 dollars 25 cents.", "8 dollars 25 cents", "8.25", "USD"),
        ("It cost twelve euros and five cents.", "twelve euros and five cents", "12.05", "EUR"),
        ("It cost nine dollars thirty.", "nine dollars thirty", "9.3", "USD"),
        ("The fee is 40 USD 75.", "40 USD 75", "40.75", "USD"),
        ("He is 6 feet 3 inches tall.", "6 feet 3 inches", "6.25", "foot"),
        ("He is 6 ft 3 in.", "6 ft 3 in", "6.25", "foot"),
        ("It paid 12 MEUR.", "12 MEUR", "12e6", "EUR"),
        ("It paid KUSD 30 for it.", "KUSD 30", "30000", "USD"),
        ("It paid 40 USD million.", "40 USD million", "40e6", "USD"),
        ("It paid usd 30 for it.", "usd 30", "30", "USD"),
        ("The price is 60元.", "60元", "60", "CNY"),
        ("The load is 15 (kg).", "15 (kg)", "15", "kilogram"),
        ("The crane lifts 90t at most.", "90t", "90", "tonne"),
        ("It has a 24″ screen.", "24″", "24", "inch"),
        ('The board is 9 " long.', '9 "', "9", "inch"),
        ("It held at - 5 degrees Celsius.", "- 5 degrees Celsius", "-5", "degree Celsius"),
        ("A woman aged 71 was hurt.", "71", "71", "year"),
        ("an 80 yo man", "80 yo", "80", "year"),
    ],
)
def test_units_stand_in_many_places(text, quote, value, unit):
    found = [(text[f.start : f.end], f.value, f.unit) for f in READER.find(text)]

    assert found == [(quote, Decimal(value), unit)]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It pushed the dollar 2 percent higher.", ["%"]),
        ("They paid 20 dollars and 30 ships came.", ["USD", "ship"]),
        ("They have 2 dollars 5 men share.", ["USD", "person"]),
        ("The 17 USD 25 men paid.", ["USD", "person"]),
    ],
)
def test_amounts_side_by_side_stay_apart(text, units):
    assert [f.unit for f in READER.find(text)] == units
