"""The language of identities: what it reads, and where it says a fault stands."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.core.expression import DEEPEST, LONGEST, PARTS, Term, parse_equation
from steelyard.core.problems import Place

DIMENSIONS = {
    "defence_spending": "money",
    "gdp": "money",
    "defence_share_of_gdp": "share",
    "troops": "person",
    "exchange_rate": "rate",
}


def parsed(text):
    """The equation and its problems; places are columns from 1 in a file named e.toml."""
    return parse_equation(
        text, DIMENSIONS, lambda column, width: Place("e.toml", 1, column + 1, "", text, width)
    )


def terms(text):
    equation, problems = parsed(text)
    assert equation is not None, problems
    return [str(term) for term in equation.terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "defence_share_of_gdp = defence_spending / gdp",
            ["defence_share_of_gdp", "defence_spending", "gdp"],
            id="a quotient",
        ),
        pytest.param(
            "gap(defence_spending) = (target(defence_share_of_gdp) - defence_share_of_gdp) * gdp",
            ["gap(defence_spending)", "target(defence_share_of_gdp)", "defence_share_of_gdp", "gdp"],
            id="operators and brackets",
        ),
        pytest.param("x = sum(parts(x))", ["x", "parts(x)"], id="a sum over parts"),
        pytest.param("change(x) = sum(change(parts(x)))", ["change(x)", "change(parts(x))"], id="of changes"),
        pytest.param("x >= floor(x)", ["x", "floor(x)"], id="a bound from below"),
        pytest.param("parts(x) <= x", ["parts(x)", "x"], id="a bound from above"),
        pytest.param("change(x) = -previous(x) + 2.5 * x", ["change(x)", "previous(x)", "x"], id="numbers"),
    ],
)
def test_an_equation_lists_its_terms_in_order(text, expected):
    assert terms(text) == expected


def test_a_term_tells_operator_measure_and_parts():
    equation, _ = parsed("change(x) = sum(change(parts(x)))")

    assert equation is not None
    assert equation.terms == (Term("x", "change"), Term("x", "change", PARTS))
    assert equation.comparison == "="


def test_multiplication_binds_closer_than_addition():
    equation, _ = parsed("gdp = defence_spending + 2 * gdp")

    assert equation is not None
    assert equation.right.kind == "+"
    assert equation.right.inner[1].kind == "*"
    assert equation.right.inner[1].inner[0].value == Fraction(2)


@pytest.mark.parametrize(
    ("text", "code", "column", "says"),
    [
        pytest.param(
            "gdp = defense_spending", "unknown-measure", 7, "defense_spending", id="a misspelt measure"
        ),
        pytest.param("gdp = ", "broken-equation", 7, "ends", id="nothing on the right"),
        pytest.param("", "broken-equation", 1, "ends", id="nothing at all"),
        pytest.param("gdp + gdp", "broken-equation", 10, "'='", id="no sign of equality"),
        pytest.param("gdp = (gdp * 2", "broken-equation", 15, "')'", id="an open bracket"),
        pytest.param("gdp = gdp) * 2", "broken-equation", 10, "the end", id="a bracket too many"),
        pytest.param("gdp = gdp = gdp", "broken-equation", 11, "the end", id="two signs of equality"),
        pytest.param("gdp = 2 ** gdp", "broken-equation", 10, "a measure", id="a power"),
        pytest.param("gdp = gdp; import os", "broken-equation", 10, "the end", id="a second statement"),
        pytest.param("gdp = __import__(2)", "unknown-measure", 7, "__import__", id="a call"),
        pytest.param("gdp = growth gdp", "broken-equation", 14, "'('", id="an operator without brackets"),
        pytest.param("gdp = sum(gdp)", "broken-equation", 14, "parts(...)", id="a sum without parts"),
        pytest.param("gdp = sum(2)", "broken-equation", 11, "parts(x)", id="a sum of a number"),
        pytest.param("gdp = growth(growth(gdp))", "broken-equation", 14, "a measure", id="growth of growth"),
    ],
)
def test_a_fault_is_told_with_its_column(text, code, column, says):
    equation, problems = parsed(text)

    assert equation is None
    assert [problem.code for problem in problems[:1]] == [code]
    assert problems[0].origin.column == column
    assert says in problems[0].message + problems[0].hint


def test_a_misspelt_measure_comes_with_the_nearest_one():
    _, problems = parsed("gdp = defense_spending")

    assert problems[0].hint == "Did you mean 'defence_spending'?"


def test_all_unknown_measures_are_told_at_once():
    _, problems = parsed("gdq = defense_spending * tropos")

    assert [problem.origin.column for problem in problems] == [1, 7, 26]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param(
            "gdp = defence_share_of_gdp", "The left side is money, the right side a plain number", id="sides"
        ),
        pytest.param("gdp = defence_spending + troops", "money + person", id="a sum"),
        pytest.param("gdp = gdp / troops", "the right side money per person", id="a quotient"),
        pytest.param("gdp = gdp * gdp", "money times money", id="a square"),
        pytest.param("growth(gdp) = change(gdp)", "the right side money", id="growth against change"),
        pytest.param("x = growth(x)", "The left side is x", id="any measure against its growth"),
    ],
)
def test_unlike_things_are_not_added_or_compared(text, says):
    equation, problems = parsed(text)

    assert equation is None
    assert problems[0].code == "unlike-dimensions"
    assert says in problems[0].message


def test_a_fault_of_dimensions_points_at_the_operation():
    _, problems = parsed("gdp = defence_spending + troops")

    assert problems[0].origin.column == 24


@pytest.mark.parametrize(
    "text",
    [
        "defence_spending = exchange_rate * gdp",
        "growth(troops) = change(troops) / previous(troops)",
        "share(x) = x / previous(x)",
    ],
)
def test_shares_growth_and_rates_are_plain_numbers(text):
    assert parsed(text)[0] is not None


def test_an_equation_may_not_be_endless():
    text = "gdp = gdp" + " + gdp" * LONGEST

    _, problems = parsed(text)

    assert [problem.code for problem in problems] == ["equation-too-long"]


def test_brackets_may_not_be_nested_without_end():
    text = "gdp = " + "(" * (DEEPEST + 2) + "gdp" + ")" * (DEEPEST + 2)

    equation, problems = parsed(text)

    assert equation is None
    assert [problem.code for problem in problems] == ["broken-equation"]
