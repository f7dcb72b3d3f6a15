"""Whose figure it is, from whom and where."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        pytest.param("Japan's defence budget is 8.7 trillion yen.", "JPN", id="possessive"),
        pytest.param("Japan’s defence budget is 8.7 trillion yen.", "JPN", id="curly possessive"),
        pytest.param("The Polish defence budget is 200 billion zloty.", "POL", id="adjective"),
        pytest.param("Berlin's military spending grew by 23 per cent.", "DEU", id="capital"),
        pytest.param("Germany will spend 86 billion euros on defence.", "DEU", id="subject"),
        pytest.param("The defence budget of Australia is A$59 billion.", "AUS", id="of"),
        pytest.param("Seoul said it would spend 66.3 trillion won on defence.", "KOR", id="it"),
        pytest.param(
            "The government of Poland wants a defence budget of 200 billion zloty.", "POL", id="government of"
        ),
        pytest.param("Defence spending came to 4.1 % of GDP in Poland.", "POL", id="after the figure"),
        pytest.param("NATO members are to spend 3.5 % of GDP on defence.", "NATO", id="alliance"),
        pytest.param("The US defense budget is $850 billion.", "USA", id="initials"),
        pytest.param("The U.S. defense budget is $850 billion.", "USA", id="initials with dots"),
        pytest.param(
            "Against Russia, Poland has a defence budget of 200 billion zloty.", "POL", id="not an opponent"
        ),
        pytest.param(
            "Like all of us the ministry spends 5 billion euros on defence.", None, id="us is no state"
        ),
        pytest.param("The defence budget is 8.7 trillion.", None, id="nobody"),
    ],
)
def test_a_figure_belongs_to_an_actor(text, actor):
    assert figure(text).actor == actor


@pytest.mark.parametrize(
    ("before", "sentence", "actor"),
    [
        pytest.param("Japan's defence budget is 8.7 trillion yen.", "It has 247,000 troops.", "JPN", id="it"),
        pytest.param(
            "South Korea is rearming.",
            "Its defence budget is 66.3 trillion won.",
            "KOR",
            id="its, before any figure",
        ),
        pytest.param(
            "Japan's defence budget is 8.7 trillion yen. South Korea is rearming.",
            "Its defence budget is 66.3 trillion won.",
            "KOR",
            id="its, after the text has turned to another",
        ),
        pytest.param(
            "Japan's defence budget is 8.7 trillion yen.",
            "The government wants 247,000 troops.",
            "JPN",
            id="the government",
        ),
        pytest.param(
            "Poland joined NATO in 1999. The alliance is growing.",
            "The alliance's defence spending is 2.7 % of GDP.",
            "NATO",
            id="the alliance",
        ),
    ],
)
def test_who_is_meant_is_carried_over(before, sentence, actor):
    assert figures(f"{before} {sentence}")[-1].actor == actor


@pytest.mark.parametrize(
    ("text", "actor", "counterpart"),
    [
        ("Poland agreed to buy Korean-made weapons worth $10 billion.", "POL", "KOR"),
        ("Poland will buy $10 billion worth of Korean-made weapons.", "POL", "KOR"),
        ("Poland bought weapons worth $10 billion from South Korea.", "POL", "KOR"),
        ("Taiwan wants arms purchases of $2 billion from the United States.", "TWN", "USA"),
        ("Poland bought weapons worth $10 billion.", "POL", None),
    ],
)
def test_a_purchase_has_a_seller(text, actor, counterpart):
    claim = figure(text)

    assert (claim.actor, claim.counterpart) == (actor, counterpart)


@pytest.mark.parametrize(
    ("text", "actor", "location", "measure"),
    [
        ("Japan hosts about 54,000 US troops.", "USA", "JPN", "troops_stationed"),
        ("Some 35,000 US troops are stationed in Germany.", "USA", "DEU", "troops_stationed"),
        ("The United States has 10,000 troops in Poland.", "USA", "POL", "troops_stationed"),
        ("U.S. Forces Korea has 28,500 troops.", "USA", "KOR", "troops_stationed"),
        ("USFJ counts 54,000 personnel.", "USA", "JPN", "troops_stationed"),
        ("Poland has 216,000 troops.", "POL", None, "troops"),
        ("Poland has 216,000 troops in Poland.", "POL", None, "troops"),
        ("Japan hosts 54,000 US troops and has 247,000 troops of its own.", "USA", "JPN", "troops_stationed"),
    ],
)
def test_troops_stand_somewhere(text, actor, location, measure):
    claim = figures(text)[0]

    assert (claim.actor, claim.location, claim.measure) == (actor, location, measure)


def test_money_has_no_location():
    assert figure("Germany will spend 5 billion euros on defence in Lithuania.").location is None


def test_an_actor_of_which_one_is_less_sure_lowers_the_confidence():
    named = figure("Japan's defence budget is 8.7 trillion yen.")
    carried = figures("Japan is rearming. Its defence budget is 8.7 trillion yen.")[0]

    assert named.confidence > carried.confidence


@pytest.mark.parametrize(
    ("text", "quote", "actor", "counterpart"),
    [
        ("The United States sold Taiwan $11 billion worth of arms.", "$11 billion", "USA", "TWN"),
        ("South Korea will pay the United States 1.52 trillion won.", "1.52 trillion won", "KOR", "USA"),
        ("Poland paid $4.75 billion to the United States.", "$4.75 billion", "POL", "USA"),
        ("Germany supplied Ukraine with 18 tanks.", "18 tanks", "DEU", "UKR"),
        ("Taiwan bought 66 jets from the United States for $8 billion.", "66 jets", "TWN", "USA"),
        ("Taiwan bought 66 jets from the United States for $8 billion.", "$8 billion", "TWN", "USA"),
        ("Hanwha sold 672 tanks to Poland.", "672 tanks", None, "POL"),
    ],
)
def test_trade_has_two_sides(text, quote, actor, counterpart):
    claim = figure(text, quote)

    assert (claim.actor, claim.counterpart) == (actor, counterpart)


def test_figures_in_a_list_go_to_actors_in_its_order():
    text = "Estonia, Latvia and Lithuania spent 3.4, 3.2 and 3.9 % of GDP on defence, respectively."

    assert [claim.actor for claim in figures(text)] == ["EST", "LVA", "LTU"]
    assert {claim.measure for claim in figures(text)} == {"defence_share_of_gdp"}


def test_a_name_before_with_owns_what_follows():
    text = "South Korea, with 450,000 troops, and Japan, with 247,000, are allies."

    assert [claim.actor for claim in figures(text)] == ["KOR", "JPN"]


def test_a_name_that_only_describes_is_no_subject():
    text = "South Korea watches the US troops and has built 20 ships."

    assert figure(text).actor == "KOR"


def test_troops_may_stand_in_a_region():
    claim = figure("The act keeps US troops in Europe above 76,000.")

    assert (claim.actor, claim.location, claim.measure) == ("USA", "Europe", "troops_stationed")


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        pytest.param("Norway, which borders Russia, has 20 ships.", "NOR", id="a clause in commas"),
        pytest.param("The allies said in The Hague that they have 20 ships.", None, id="where they met"),
    ],
)
def test_a_name_that_is_only_a_scene_owns_nothing(text, actor):
    assert figure(text).actor == actor
