"""What a figure is of: measure, item, statistic, and of what a share is taken."""

from __future__ import annotations

import pytest

from tests.read.reading import figure, figures


@pytest.mark.parametrize(
    ("text", "measure", "statistic", "direction"),
    [
        ("Japan's defence budget is 8.7 trillion yen.", "defence_spending", "level", "="),
        ("Japan has a defence budget of about 8.7 trillion yen.", "defence_spending", "level", "~"),
        (
            "Japan's defence budget exceeds all others at more than 8.7 trillion yen.",
            "defence_spending",
            "level",
            ">",
        ),
        ("Japan's defence budget is up to 8.7 trillion yen.", "defence_spending", "level", "<"),
        ("Poland's military spending rose by 9.7 per cent.", "defence_spending", "growth", "up"),
        ("Poland's military spending grew 9.7 per cent.", "defence_spending", "growth", "up"),
        ("Poland's military spending is 9.7 per cent higher.", "defence_spending", "growth", "up"),
        (
            "Poland announced an increase of 9.7 per cent in defence spending.",
            "defence_spending",
            "growth",
            "up",
        ),
        ("Germany's defence budget fell by 3 per cent.", "defence_spending", "growth", "down"),
        ("Germany's defence budget was cut by 2 billion euros.", "defence_spending", "change", "down"),
        ("Germany's defence budget grew by 2 billion euros.", "defence_spending", "change", "up"),
        ("Taiwan's defence spending rose 0.3 percentage points.", "defence_spending", "change", "up"),
        ("Australia has to find another $5 billion for defence.", "defence_spending", "change", "up"),
        (
            "Australia would need an additional $5 billion for defence to reach the mark.",
            "defence_spending",
            "gap",
            "up",
        ),
        ("Germany's gross domestic product came to 4,439 billion euros.", "gdp", "level", "="),
        ("Australia spends 2.05 per cent of GDP on defence.", "defence_share_of_gdp", "level", "="),
        ("Poland's defence spending went up to 4.1 % of GDP.", "defence_share_of_gdp", "level", "up"),
        ("Poland has 216,000 troops.", "troops", "level", "="),
        ("Poland's army lost 2,000 troops more than it won.", "troops", "change", "up"),
        ("Poland agreed to buy Korean-made weapons worth $10 billion.", "arms_purchases", "level", "="),
        ("South Korea pays 1.5192 trillion won in cost sharing.", "cost_sharing", "level", "="),
        ("Tokyo reckons with an exchange rate of 1,442 won.", "exchange_rate", "level", "="),
    ],
)
def test_a_figure_is_of_a_measure(text, measure, statistic, direction):
    claim = figure(text)

    assert (claim.measure, claim.statistic, claim.direction) == (measure, statistic, direction)


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("South Korea puts 19.2 trillion won into force enhancement.", "force_enhancement"),
        ("South Korea's operating expenses grow to 47.1 trillion won.", "operating"),
        ("South Korea spends 2.4 trillion won on the KF-21 this year.", "kf-21"),
        ("South Korea has 8.9 trillion won for the three-axis system.", "three_axis"),
    ],
)
def test_a_part_of_a_measure_is_an_item(text, item):
    claim = figure(text)

    assert (claim.measure, claim.item) == ("defence_spending", item)


def test_each_amount_belongs_to_what_it_is_for():
    """What an amount is for stands after it, and is not lent to the next amount."""
    text = (
        "South Korea's defence budget of 61.2 trillion won set aside 17.8 trillion won for force "
        "improvement and 43.4 trillion won for force operating costs."
    )

    assert [claim.item for claim in figures(text)] == [None, "force_enhancement", "operating"]


def test_an_item_for_one_amount_is_not_that_of_the_next_which_names_none():
    text = "Seoul has 2.4 trillion won for the KF-21, out of a defence budget of 66.3 trillion won."

    assert [claim.item for claim in figures(text)] == ["kf-21", None]


@pytest.mark.parametrize(
    ("text", "measure", "base"),
    [
        ("Research takes 12 % of the defence budget.", None, "defence_spending"),
        (
            "Force enhancement makes up 30 % of South Korea's defence budget.",
            "defence_spending",
            "defence_spending",
        ),
        ("Some 60 per cent of the 2026 defence budget goes abroad.", None, "defence_spending"),
        ("Germany supplies 8 per cent of NATO's troops.", None, "troops"),
        (
            "Some 10 % of its GDP comes from ports, and 5 % of the defence spending too.",
            None,
            "defence_spending",
        ),
    ],
)
def test_a_percentage_of_a_measure_is_a_share(text, measure, base):
    claim = next(claim for claim in figures(text) if claim.unit == "%")

    assert (claim.statistic, claim.measure, claim.base_measure) == ("share", measure, base)


def test_a_percentage_of_gdp_is_a_measure_of_its_own_and_no_share():
    claim = figure("Poland's defence spending is 4.1 % of GDP.")

    assert (claim.statistic, claim.base_measure, claim.unit) == ("level", None, "% of GDP")


def test_both_ends_of_a_change_are_levels_that_rise():
    claims = figures("Germany's defence budget rises from 52 to 62.4 billion euros in 2025.")

    assert [(c.statistic, c.direction, c.unit) for c in claims] == [("level", "up", "EUR")] * 2


def test_a_fall_is_told_by_its_direction_and_not_by_a_sign():
    claim = figure("Germany's defence budget was cut by 2 billion euros.")

    assert (claim.value, claim.low, claim.high) == (2_000_000_000, 1_500_000_000, 2_500_000_000)


def test_the_hedge_of_another_figure_is_no_change_of_this_one():
    first, second = figures(
        "Japan spends 8.7 trillion yen on defence, and more than 2 trillion yen on roads."
    )

    assert (first.statistic, second.statistic) == ("level", "level")
    assert second.hedge == "more_than"


def test_or_more_after_a_figure_is_no_rise():
    assert figure("Poland wants 20 jets or more.").statistic == "level"


def test_a_measure_is_carried_over_from_the_sentence_before():
    _, claim = figures("Japan's defence budget was 7.9 trillion yen. This year it is 8.7 trillion yen.")

    assert claim.measure == "defence_spending"
    assert any("carried over" in reason for reason in claim.reasons)


def test_a_measure_is_not_carried_over_to_another_unit_or_far_away():
    text = "Japan's defence budget was 7.9 trillion yen. It has 48 jets. {} The fair cost 2 trillion yen."
    claims = figures(text.format("It rained. It snowed. It froze."))

    assert [claim.measure for claim in claims] == ["defence_spending", None, None]


def test_a_percentage_beside_a_share_of_gdp_is_one_too():
    text = "Japan spends 1.8 % of GDP on defence; its defence spending is to be raised to 2 %."
    claim = figure(text, "2 %")

    assert (claim.measure, claim.unit) == ("defence_share_of_gdp", "% of GDP")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Poland ordered 48 F-35 jets and more.", "F-35 jets"),
        ("Poland ordered 250 tanks.", "tanks"),
        ("The fair cost 2 trillion yen of public money.", "fair"),
        ("The fair cost 2 trillion yen in the end.", "fair"),
        ("Germany has given 17 billion euros in aid.", "aid"),
        ("Samsung's operating profit was 20.1 trillion won.", "operating profit"),
        ("The company expects sales of 3.2 billion euros.", "sales"),
        ("The central bank cut its key rate to 2.5 per cent.", "key rate"),
        ("Inflation reached 2.3 per cent.", "Inflation"),
        ("Public debt stands at 48 % of GDP.", "Public debt"),
        ("The cost was 2 trillion yen.", "cost"),
    ],
)
def test_without_a_measure_the_texts_own_words_are_kept(text, about):
    claim = figure(text)

    assert (claim.measure, claim.about) == (None, about)


@pytest.mark.parametrize("degree", ["larger", "higher", "smaller"])
def test_a_comparison_behind_a_figure_is_not_what_the_figure_is_of(degree):
    budget, growth = figures(
        f"Poland's defence budget for 2026 is 198.4 billion zlotys. It is 6.2 percent {degree} than in 2025."
    )

    assert (
        (growth.measure, growth.about)
        == (budget.measure, budget.about)
        == ("defence_spending", "defence budget")
    )


def test_a_rank_is_no_amount():
    assert figure("Seoul wants to be among the top 4 biggest arms makers.").statistic == "rank"


def test_figures_in_apposition_are_of_one_measure():
    claims = figures("Taiwan plans defence spending of NT$949.5 billion, 22.9 per cent more than before.")

    assert [(c.measure, c.statistic) for c in claims] == [
        ("defence_spending", "level"),
        ("defence_spending", "growth"),
    ]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("The Pentagon's defense budget is 13.4 percent above this year's level.", "up"),
        ("The Pentagon's defense budget is 2 percent below last year's.", "down"),
    ],
)
def test_above_and_below_a_year_are_changes(text, direction):
    claim = figure(text)

    assert (claim.statistic, claim.direction) == ("growth", direction)


def test_a_share_of_combined_gdp_is_one_of_gdp():
    claim = figure("NATO's defence spending came to 2.7 % of their combined GDP.")

    assert (claim.measure, claim.unit) == ("defence_share_of_gdp", "% of GDP")


def test_what_exceeds_an_amount_is_more():
    claim = figure("South Korea's defence budget would exceed 100 trillion won.")

    assert (claim.hedge, claim.low, claim.high) == ("more_than", 100_000_000_000_000, None)


# A measure is not lent to what is plainly of something else


@pytest.mark.parametrize(
    ("text", "about"),
    [
        (
            "Samsung's operating profit was 20.1 trillion won, while the defence budget is debated.",
            "operating profit",
        ),
        ("While the defence budget is debated, Samsung's profit was 20.1 trillion won.", "profit"),
        ("Inflation reached 2.3 per cent while Germany's defence budget rose.", "Inflation"),
        ("Germany's defence budget rose, and its exports came to 1,550 billion euros.", "exports"),
        ("Germany's defence budget is 83 billion euros. Public debt stands at 62 % of GDP.", "Public debt"),
        ("Japan's defence budget is 8.7 trillion yen. Its exports came to 98 trillion yen.", "exports"),
        ("Japan's defence budget is 8.7 trillion yen. Toyota earned 4 trillion yen.", "Toyota"),
        ("Germany's defence budget is 83 billion euros. It gave Poland 17 billion euros in aid.", "aid"),
    ],
)
def test_a_figure_of_something_else_has_no_measure(text, about):
    claim = figures(text)[-1] if text.endswith(("GDP.", "yen.", "aid.")) else figures(text)[0]

    assert (claim.measure, claim.about) == (None, about)


@pytest.mark.parametrize(
    "sentence",
    [
        "Last year's figure was 7.9 trillion yen.",
        "The total is 7.9 trillion yen.",
        "It spent 7.9 trillion yen.",
    ],
)
def test_a_noun_that_only_takes_up_carries_the_measure_over(sentence):
    claim = figures(f"Japan's defence budget is 8.7 trillion yen. {sentence}")[-1]

    assert claim.measure == "defence_spending"


def test_a_unit_may_tell_the_measure():
    assert figure("Japan published a 55-page strategy.").measure == "document_pages"


def test_a_percentage_of_gdp_with_no_word_of_defence_is_of_no_measure():
    assert figure("Britain will spend 2.5 % of GDP by 2027.").measure is None


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Japan's defence budget is 13 % above the 2025 level.", "up"),
        ("Japan's defence budget was 3 % below the plan.", "down"),
    ],
)
def test_so_much_above_or_below_a_level_is_growth(text, direction):
    claim = figure(text)

    assert (claim.statistic, claim.direction) == ("growth", direction)


def test_growth_compared_with_that_of_another_year_is_growth_too():
    now, before = figures("Japan's defence budget grew 9.7 per cent, compared with 8.2 per cent in 2024.")

    assert (now.statistic, before.statistic) == ("growth", "growth")
    assert before.period == "2024"


def test_a_share_compared_with_that_of_another_year_is_no_growth():
    _, before = figures("Poland's defence spending was 4.1 % of GDP, compared with 3.3 % of GDP in 2023.")

    assert before.statistic == "level"


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Norway reported 10 billion dollars for 2024 under NATO's definition of defence expenditure.",
            "NOR",
        ),
        ("At 2015 prices, Sweden's defence budget in NATO's tables reaches SEK 106 billion in 2024.", "SWE"),
        ("It took the sum of SEK 139 billion that NATO's tables show for Sweden's defence budget.", "SWE"),
        ("The ministry of defence has 8.7 trillion yen for fiscal 2025.", "JPN"),
        ("India arms. Stockholm researchers estimate its military outlay at $86 billion in 2024.", "IND"),
        ("Ukraine's budget for 2025 reserved 2.2 trillion hryvnias for security and defence.", "UKR"),
        ("Kyiv saves. Security and defence in the 2025 budget, at 2.6 trillion hryvnias, take most.", "UKR"),
    ],
)
def test_whose_count_it_is_does_not_part_a_figure_from_what_it_is_of(text, actor):
    claim = figure(text)

    assert (claim.measure, claim.actor) == ("defence_spending", actor)


@pytest.mark.parametrize(
    ("text", "measure", "unit"),
    [
        ("Defence amounts to 2.05 percent of Australia's GDP.", "defence_share_of_gdp", "% of GDP"),
        ("Exports amount to 2.05 percent of Australia's GDP.", None, "%"),
    ],
)
def test_a_field_that_takes_part_of_the_economy_stands_for_its_spending(text, measure, unit):
    claim = figure(text)

    assert (claim.measure, claim.unit) == (measure, unit)


def test_a_bill_goes_to_a_parliament_and_is_not_traded_with_it():
    claim = figure("The draft that went to the National Assembly put defense at 66.29 trillion won.")

    assert (claim.actor, claim.counterpart) == ("KOR", None)


def test_what_stands_after_a_parliament_has_cut_a_draft_is_enacted():
    claim = figure(
        "After the assembly cut the draft, Turkey's defence budget for 2026 is 2.09 trillion lira."
    )

    assert claim.status == "enacted"
