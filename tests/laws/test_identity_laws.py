"""Laws of identities: no true value is lost, corners are as good as brute force, and solving turns round
evaluating.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from steelyard.core import ranges
from steelyard.core.expression import Term, parse_equation
from steelyard.core.identity import Relation, eliminate
from steelyard.core.interval import Interval
from steelyard.core.polynomial import ONE, Polynomial
from steelyard.core.problems import Place
from steelyard.core.ranges import range_of

GDP, SPENDING, SHARE, TARGET, GAP = (
    Term("gdp"),
    Term("defence_spending"),
    Term("defence_share_of_gdp"),
    Term("defence_share_of_gdp", "target"),
    Term("defence_spending", "gap"),
)
CHANGE, LAST, GROWTH = (
    Term("defence_spending", "change"),
    Term("defence_spending", period="last"),
    Term("defence_spending", "growth"),
)
LETTERS = tuple(Term(letter) for letter in "abcd")


def poly(*parts: tuple[int, tuple[Term, ...]]) -> Polynomial:
    return Polynomial.of((tuple(sorted(terms)), Fraction(factor)) for factor, terms in parts)


SHARE_OF_GDP = Relation(poly((1, (SHARE, GDP)), (-1, (SPENDING,))), ("share",))
GAP_TO_TARGET = Relation(poly((1, (GAP,)), (-1, (TARGET, GDP)), (1, (SHARE, GDP))), ("gap",))
LEVEL = Relation(poly((1, (CHANGE,)), (-1, (SPENDING,)), (1, (LAST,))), ("level",))
GROWING = Relation(poly((1, (GROWTH, LAST)), (-1, (CHANGE,))), ("growth",))
ALL = [SHARE_OF_GDP, GAP_TO_TARGET, LEVEL, GROWING]

positive = st.decimals(min_value="0.5", max_value="900", places=2)
shares = st.decimals(min_value="0.005", max_value="0.09", places=4)
slack = st.decimals(min_value="0", max_value="0.4", places=3)
whole = st.integers(-4, 4)


@st.composite
def worlds(draw):
    """True values of a budget, its economy and the year before, each exact."""
    gdp, share, target, last = draw(positive), draw(shares), draw(shares), draw(positive)
    true = {GDP: Fraction(gdp), SHARE: Fraction(share), TARGET: Fraction(target), LAST: Fraction(last)}
    true[SPENDING] = true[SHARE] * true[GDP]
    true[GAP] = (true[TARGET] - true[SHARE]) * true[GDP]
    true[CHANGE] = true[SPENDING] - true[LAST]
    true[GROWTH] = true[CHANGE] / true[LAST]
    return true


def around(value: Fraction, below: Decimal, above: Decimal) -> Interval:
    """An interval that holds `value`, with decimal ends."""
    low = Decimal(int(value * 10**6) - 1) / 10**6
    return Interval(low - below * abs(low) / 10, low + Decimal("0.000002") + above * abs(low) / 10)


@given(worlds(), st.lists(slack, min_size=16, max_size=16))
def test_a_true_value_is_never_ruled_out(true, slacks):
    """Whatever is known of the other terms, what is implied for one holds its true value."""
    pairs = list(zip(slacks[::2], slacks[1::2], strict=True))
    box = {term: around(true[term], *pair) for term, pair in zip(true, pairs, strict=True)}
    for known in ({SPENDING, SHARE, TARGET, GAP}, {SPENDING, GROWTH, CHANGE}, {GDP, SHARE, LAST, GROWTH}):
        for relation in eliminate(ALL, known)[0]:
            assert relation.can_hold(box)
            assert all(relation.solve(term, box).holds(true[term]) for term in relation.terms)


@st.composite
def bilinear(draw):
    """A polynomial in four terms, each to the first power at most, and a box of whole numbers."""
    monomials = [terms for size in range(5) for terms in combinations(LETTERS, size)]
    above = poly(*((draw(whole), monomial) for monomial in monomials))
    ends = [sorted((draw(whole), draw(whole))) for _ in LETTERS]
    box = {t: Interval(Decimal(low), Decimal(high)) for t, (low, high) in zip(LETTERS, ends, strict=True)}
    return above, box


def grid(box, steps=4):
    """All points of a regular grid over the box."""
    lines = []
    for term, interval in box.items():
        low, high = Fraction(interval.low), Fraction(interval.high)
        lines.append([(term, low + (high - low) * step / steps) for step in range(steps + 1)])
    return (dict(point) for point in product(*lines))


def value_at(polynomial, point):
    for term, value in point.items():
        polynomial = polynomial.fixed(term, value)
    return polynomial.value()


@given(bilinear())
def test_the_range_of_corners_is_that_of_brute_force(case):
    above, box = case
    values = [value_at(above, point) for point in grid(box, steps=2)]

    found = range_of(above, ONE, box)

    assert found.exact
    assert (found.low, found.high) == (min(values), max(values))


@given(bilinear(), bilinear())
def test_a_quotient_stays_between_its_corners(first, second):
    """Both ends are reached at corners, and no point of a grid lies outside."""
    (above, box), (below, _) = first, second
    lowest = Fraction(range_of(below, ONE, box).low)
    below = below + Polynomial.constant(1 - lowest)

    found = range_of(above, below, box)

    points = list(grid(box, steps=2))
    values = [value_at(above, point) / value_at(below, point) for point in points]
    assert (found.low, found.high) == (min(values), max(values))


@given(bilinear(), bilinear())
def test_floats_that_say_where_to_look_change_no_range(first, second):
    """The same to the last digit as corner after corner in fractions."""
    (above, box), (below, _) = first, second

    with patch.object(ranges, "MOST_LOOSE", -1):
        slowly = range_of(above, below, box)

    assert range_of(above, below, box) == slowly


@given(st.lists(whole, min_size=5, max_size=5), st.tuples(whole, whole), st.tuples(whole, whole))
def test_higher_powers_are_enclosed_and_say_if_not_exactly(factors, a_ends, b_ends):
    a, b = LETTERS[:2]
    monomials: list[tuple[Term, ...]] = [(a, a), (a, b), (b, b, b), (a,), ()]
    above = poly(*zip(factors, monomials, strict=True))
    box = {
        term: Interval(Decimal(min(ends)), Decimal(max(ends)))
        for term, ends in zip((a, b), (a_ends, b_ends), strict=True)
    }

    found = range_of(above, ONE, box)

    values = [value_at(above, point) for point in grid(box)]
    assert found.low <= min(values) <= max(values) <= found.high
    corners = [value_at(above, point) for point in grid(box, steps=1)]
    assert not found.exact or (found.low, found.high) == (min(corners), max(corners))


@given(worlds())
def test_solving_and_evaluating_give_back_the_same(true):
    """With exact figures each term is found again from the others."""
    for relation in ALL:
        for term in relation.terms:
            factor, rest = relation.polynomial.split(term)
            point = {one: true[one] for one in relation.terms if one != term}
            divisor = value_at(factor, point)
            assume(divisor != 0)
            assert -value_at(rest, point) / divisor == true[term]


@given(worlds(), st.sets(st.sampled_from([GDP, SPENDING, SHARE, TARGET, GAP, CHANGE, LAST, GROWTH])))
def test_what_is_eliminated_still_holds(true, known):
    """Every relation that follows is satisfied by the true values, and speaks of known terms only."""
    for relation in eliminate(ALL, known)[0]:
        assert known.issuperset(relation.terms)
        assert value_at(relation.polynomial, {term: true[term] for term in relation.terms}) == 0


@given(bilinear())
def test_an_open_end_holds_what_a_far_end_holds(case):
    """The range over a box that is open to infinity holds the range over any finite part of it."""
    above, box = case
    first = LETTERS[0]
    wide = {**box, first: Interval(box[first].low, Decimal("Infinity"))}
    far = {**box, first: Interval(box[first].low, box[first].high + 1000)}

    opened, closed = range_of(above, ONE, wide), range_of(above, ONE, far)

    assert opened.low <= closed.low
    assert closed.high <= opened.high


@given(st.text(alphabet="xgdp()+-*/=<>. 12sum,parts", max_size=60))
def test_no_text_breaks_the_parser(text):
    """Whatever is written gives an equation or problems, never an exception and never both."""
    equation, problems = parse_equation(
        text, {"gdp": "money"}, lambda column, width: Place("e.toml", 1, column + 1, "", text, width)
    )

    assert (equation is None) == bool(problems)


@given(st.integers(0, 3), st.integers(1, 400))
def test_deep_and_long_texts_are_refused_calmly(kind, count):
    opening = ("(", "-", "sum(", "growth(")[kind]
    text = "gdp = " + opening * count + "gdp"

    equation, problems = parse_equation(text, {"gdp": "money"}, lambda column, width: Place("e.toml"))

    assert equation is None or opening == "-"
    assert len(problems) <= 1
