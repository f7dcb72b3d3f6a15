"""What identities imply: known answers of the two source articles, with exact bounds worked out by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from steelyard.core.expression import Term
from steelyard.core.identity import eliminate, example_holds, load_identities
from steelyard.core.interval import INFINITE, Interval
from steelyard.core.polynomial import Polynomial
from steelyard.core.ranges import range_of
from steelyard.core.vocabulary import Layer, load_vocabulary

BUDGET = Term("defence_spending", period="2026")
LAST = Term("defence_spending", period="2025")
GROWTH = Term("defence_spending", "growth", period="2026")
CHANGE = Term("defence_spending", "change", period="2026")
GAP = Term("defence_spending", "gap", period="2026")
SHARE = Term("defence_share_of_gdp", period="2026")
TARGET = Term("defence_share_of_gdp", "target")
AT_TARGET = Term("defence_spending", "target")
GDP = Term("gdp", period="2026")
FORCE = BUDGET.at(item="force_enhancement")
FORCE_GROWTH = GROWTH.at(item="force_enhancement")
FORCE_CHANGE = CHANGE.at(item="force_enhancement")
OPERATING = BUDGET.at(item="operating")
OPERATING_CHANGE = CHANGE.at(item="operating")
PARTS = ("force_enhancement", "operating")


def between(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


# The article's figures in billion dollars and fractions, with what their digits leave open.
PRINTED = {
    BUDGET: between("46.05", "46.15"),
    GROWTH: between("0.0815", "0.0825"),
    FORCE: between("13.95", "14.05"),
    FORCE_GROWTH: between("0.125", "0.135"),
    OPERATING_CHANGE: between("1.875", "1.885"),
    SHARE: between("0.02415", "0.02425"),
    TARGET: between("0.035", "0.035"),
    GAP: between("20.75", "20.85"),
}


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary()[0]


@pytest.fixture(scope="module")
def identities(vocabulary):
    found, problems = load_identities(vocabulary)
    assert not problems
    return {identity.id: identity for identity in found}


def named(item=""):
    """What terms as written mean for spending in 2026."""

    def name(term, part):
        measure = "defence_spending" if term.measure == "x" else term.measure
        if term.operator == "previous":
            return Term(measure, "level", part or item, "2025")
        return Term(
            measure, term.operator, part or item, "" if term.operator in ("target", "floor") else "2026"
        )

    return name


@pytest.fixture(scope="module")
def relations(identities):
    """All that the identities say of the budget of 2026 and its two parts."""
    whole = ["share-of-gdp", "gap-to-target", "amount-at-target"]
    found = [identities[one].relation(named()) for one in whole]
    found += [identities[one].relation(named(), PARTS) for one in ("total-and-parts", "change-of-total")]
    for item in ("", *PARTS):
        found += [identities[one].relation(named(item)) for one in ("level-and-change", "growth")]
    return found


def derived(relations, term, *known):
    """The range of `term` that follows from the printed figures of `known`."""
    closed, complete = eliminate(relations, {*known, term})
    assert complete
    ways = [relation for relation in closed if term in relation.terms]
    ranges = [relation.solve(term, {one: PRINTED[one] for one in known}) for relation in ways]
    assert all(one.exact for one in ranges)
    return max(one.low for one in ranges), min(one.high for one in ranges)


def exactly(text: str) -> Fraction:
    return Fraction(text)


# The known answers


def test_g1_the_budget_of_the_year_before_follows_from_level_and_growth(relations):
    low, high = derived(relations, LAST, BUDGET, GROWTH)

    assert low == exactly("46.05") / exactly("1.0825")
    assert high == exactly("46.15") / exactly("1.0815")


def test_g2_the_increase_follows_from_level_and_growth(relations):
    low, high = derived(relations, CHANGE, BUDGET, GROWTH)

    assert low == exactly("46.05") * exactly("0.0815") / exactly("1.0815")
    assert high == exactly("46.15") * exactly("0.0825") / exactly("1.0825")


def test_g3_the_increase_of_a_part_follows_likewise(relations):
    low, high = derived(relations, FORCE_CHANGE, FORCE, FORCE_GROWTH)

    assert (low, high) == (exactly("1.55"), exactly("14.05") * exactly("0.135") / exactly("1.135"))


def test_g5_the_other_part_is_what_is_left(relations):
    assert derived(relations, OPERATING, BUDGET, FORCE) == (32, exactly("32.2"))


def test_g9_gross_domestic_product_follows_from_budget_and_share(relations):
    low, high = derived(relations, GDP, BUDGET, SHARE)

    assert low == exactly("46.05") / exactly("0.02425")
    assert high == exactly("46.15") / exactly("0.02415")


def test_g10_the_amount_at_the_target_follows(relations):
    low, high = derived(relations, AT_TARGET, BUDGET, SHARE, TARGET)

    assert low == exactly("0.035") * exactly("46.05") / exactly("0.02425")
    assert high == exactly("0.035") * exactly("46.15") / exactly("0.02415")


def closed_over(relations, *known):
    closed, _ = eliminate(relations, set(known))
    found = [relation for relation in closed if set(relation.terms) == set(known)]
    assert len(found) == 1
    return found[0]


def test_g4_five_figures_hold_together(relations):
    five = (BUDGET, GROWTH, FORCE, FORCE_GROWTH, OPERATING_CHANGE)

    relation = closed_over(relations, *five)

    assert relation.identities == ("change-of-total", "growth", "level-and-change")
    assert relation.can_hold(PRINTED)
    left = relation.solve(OPERATING_CHANGE, PRINTED)
    least = exactly("46.05") * exactly("0.0815") / exactly("1.0815")
    most = exactly("14.05") * exactly("0.135") / exactly("1.135")
    assert left.low == least - most


def test_g11_the_gap_does_not_follow_from_budget_and_share(relations):
    relation = closed_over(relations, BUDGET, SHARE, TARGET, GAP)

    left = relation.solve(GAP, PRINTED)

    assert left.low == exactly("46.05") * (exactly("0.035") / exactly("0.02425") - 1)
    assert left.high == exactly("46.15") * (exactly("0.035") / exactly("0.02415") - 1)
    assert left.exact
    assert not relation.can_hold(PRINTED)
    assert round(float(left.low), 4) == 20.4139
    assert round(float(left.high), 4) == 20.7341
    assert round(20.75 - float(left.high), 4) == 0.0159


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [
        # gap = budget * (target / share - 1), turned round by hand for each of the others.
        pytest.param(SHARE, "0.0240919", "0.0241442", id="share"),
        pytest.param(BUDGET, "46.1855", "47.0337", id="budget"),
        pytest.param(TARGET, "0.0350083", "0.0352296", id="target"),
    ],
)
def test_g11r_each_figure_alone_could_be_moved(relations, term, low, high):
    relation = closed_over(relations, BUDGET, SHARE, TARGET, GAP)

    left = relation.solve(term, PRINTED)

    digits = len(low.partition(".")[2])
    assert (round(float(left.low), digits), round(float(left.high), digits)) == (float(low), float(high))


def test_g11_any_two_of_the_three_agree(relations):
    relation = closed_over(relations, BUDGET, SHARE, TARGET, GAP)

    for free in (BUDGET, SHARE, GAP):
        assert relation.can_hold({**PRINTED, free: Interval(Decimal(-1000), Decimal(1000))})


def test_g11n_reckoning_gdp_apart_from_the_budget_would_hide_it():
    """The trap: target * gdp - budget, with gdp taken as independent, gives 20.31 to 20.83 and hides it."""
    target, gdp, budget = (Polynomial.term(term) for term in (TARGET, GDP, BUDGET))
    box = {TARGET: PRINTED[TARGET], BUDGET: PRINTED[BUDGET]}
    box[GDP] = PRINTED[BUDGET] / PRINTED[SHARE]

    naive = range_of(target * gdp - budget, Polynomial.constant(1), box)

    assert (round(float(naive.low), 4), round(float(naive.high), 4)) == (20.3139, 20.8341)
    assert naive.low <= Fraction("20.75") <= naive.high


def test_a_relation_remembers_which_identities_made_it(relations):
    relation = closed_over(relations, BUDGET, SHARE, TARGET, GAP)

    assert relation.identities == ("gap-to-target", "share-of-gdp")
    assert len(relation.uses) == 2


def test_a_single_identity_knows_what_it_defines(relations):
    gap = next(relation for relation in relations if relation.identities == ("gap-to-target",))

    assert gap.defines == GAP


def test_chains_longer_than_allowed_are_not_followed(relations):
    closed, _ = eliminate(relations, {BUDGET, GROWTH, FORCE, FORCE_GROWTH, OPERATING_CHANGE}, longest=4)

    assert not [relation for relation in closed if OPERATING_CHANGE in relation.terms]


def test_what_cannot_be_closed_gives_nothing(relations):
    assert eliminate(relations, {BUDGET, OPERATING_CHANGE}) == ([], True)


def test_the_order_of_identities_does_not_matter(relations):
    known = {BUDGET, SHARE, TARGET, GAP, GROWTH, FORCE, FORCE_GROWTH, OPERATING_CHANGE}

    forward, _ = eliminate(relations, known)
    backward, _ = eliminate(relations[::-1], known)

    assert [relation.uses for relation in forward] == [relation.uses for relation in backward]
    assert [relation.polynomial.key for relation in forward] == [one.polynomial.key for one in backward]


# Bounds and open ends


def floor_of(identities):
    return identities["floor"].relation(lambda term, item: Term("troops", term.operator))


@pytest.mark.parametrize(
    ("troops", "holds"),
    [
        pytest.param("28400 28600", True, id="about 28,500 can be at the floor"),
        pytest.param("27500 28500", True, id="touching it is enough"),
        pytest.param("26500 27500", False, id="27,000 is below it"),
    ],
)
def test_a_bound_fails_only_where_no_value_keeps_it(identities, troops, holds):
    box = {Term("troops"): between(*troops.split()), Term("troops", "floor"): between("28500", "28500")}

    assert floor_of(identities).can_hold(box) == holds


def test_a_bound_leaves_the_other_side_open(identities):
    box = {Term("troops"): between("0", "1"), Term("troops", "floor"): between("28500", "28500")}

    left = floor_of(identities).solve(Term("troops"), box)

    assert (left.low, left.high) == (28500, math.inf)


def test_more_than_is_open_above(relations):
    """More than 60 bn at 2.42 % is an economy of at least 60 / 0.02425."""
    share = next(relation for relation in relations if relation.identities == ("share-of-gdp",))
    box = {SHARE: PRINTED[SHARE], BUDGET: Interval(Decimal(60), INFINITE)}

    left = share.solve(GDP, box)

    assert (left.low, left.high) == (60 / exactly("0.02425"), math.inf)
    assert not share.can_hold({**box, GDP: between("2000", "2400")})
    assert share.can_hold({**box, GDP: between("2000", "2500")})


def test_less_than_is_open_below(relations):
    """Less than 40 bn with parts of 14 and 32 cannot be."""
    total = next(relation for relation in relations if relation.identities == ("total-and-parts",))
    box = {FORCE: PRINTED[FORCE], OPERATING: between("32", "33"), BUDGET: Interval(-INFINITE, Decimal(40))}

    assert not total.can_hold(box)
    assert total.solve(FORCE, box).high == 8


def test_a_term_open_at_both_ends_says_nothing(relations):
    share = next(relation for relation in relations if relation.identities == ("share-of-gdp",))
    box = {SHARE: PRINTED[SHARE], BUDGET: Interval(-INFINITE, INFINITE), GDP: between("1", "2")}

    assert share.can_hold(box)
    assert share.solve(GDP, box).low == -math.inf


def test_dividing_by_what_may_be_zero_leaves_everything_open(relations):
    """Growth over a level that may be nought can be anything."""
    growth = next(one for one in relations if one.identities == ("growth",) and GROWTH in one.terms)
    box = {LAST: between("-1", "1"), CHANGE: between("1", "2")}

    left = growth.solve(GROWTH, box)

    assert (left.low, left.high) == (-math.inf, math.inf)


def test_nought_over_nought_is_not_mistaken_for_a_contradiction(relations):
    growth = next(one for one in relations if one.identities == ("growth",) and GROWTH in one.terms)

    assert growth.can_hold({LAST: between("0", "0"), CHANGE: between("0", "0"), GROWTH: between("9", "9")})


# The data file


def test_every_example_of_every_identity_comes_out_as_it_says(vocabulary, identities):
    for identity in identities.values():
        for example in identity.entry.tables("examples"):
            assert example_holds(identity, example, vocabulary.units) == example["holds"], (
                identity.id,
                example,
            )


def test_each_identity_has_an_example_that_holds_and_one_that_fails(identities):
    for identity in identities.values():
        outcomes = {example["holds"] for example in identity.entry.tables("examples")}
        assert outcomes == {True, False}, identity.id


def test_an_example_without_one_of_the_terms_is_told(vocabulary, identities):
    with pytest.raises(ValueError, match="does not give gdp"):
        example_holds(
            identities["share-of-gdp"],
            {"defence_share_of_gdp": "2%", "defence_spending": "1 bn"},
            vocabulary.units,
        )


BROKEN = """
[twice]
label = "Twice"
equation = "gdp = gdp"
meaning = "Nothing."
applies = "never"
reference = { title = "None", publisher = "None", date = 2026-01-01 }
examples = [{ holds = true, gdp = "1 bn" }]

[misspelt]
label = "Misspelt"
equation = "gdp = defense_spending / defence_share_of_gdp"
meaning = "Nothing."
applies = "never"
reference = { title = "None", publisher = "None", date = 2026-01-01 }
examples = [{ holds = true, gdp = "1 bn" }]
"""


def test_a_broken_identity_is_told_with_file_line_and_column(tmp_path):
    (tmp_path / "identities.toml").write_text(BROKEN, encoding="utf-8")

    vocabulary, faults = load_vocabulary(Layer("case", tmp_path))
    found, problems = load_identities(vocabulary)

    assert not faults
    assert "share-of-gdp" in [identity.id for identity in found]
    assert not {"twice", "misspelt"}.intersection(identity.id for identity in found)
    assert sorted(problem.code for problem in problems) == ["empty-equation", "unknown-measure"]
    misspelt = next(problem for problem in problems if problem.code == "unknown-measure")
    line = BROKEN.splitlines()[misspelt.origin.line - 1]
    assert line[misspelt.origin.column - 1 :].startswith("defense_spending")
    assert misspelt.origin.file.endswith("identities.toml")
