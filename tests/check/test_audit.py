"""The audit of one's own text: what sources make of each of its figures, and that it never cries wolf."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.check.audit import audit
from steelyard.check.audited import Audited
from steelyard.core.claim import Claim, Ledger
from tests.check.samples import change, claim, gap, growth, share, target, vocabulary
from tests.check.test_never_breaks import odd_claims

DRAFT = "draft.md"


def audited(draft: Claim, *sources: Claim, beside: tuple[Claim, ...] = ()) -> Audited:
    """The verdict on one figure of a draft, with others `beside` it there."""
    found, problems = audit(Ledger((*beside, draft)), Ledger(sources), vocabulary())
    assert problems == []
    return found[-1]


def own(text: str, **keys: Any) -> Claim:
    """A figure of the draft: South Korean spending of 2026 unless said."""
    return claim(text, DRAFT, **keys)


def duty(actor: str, role: str, document: str = "brief.txt", **keys: Any) -> Claim:
    """A role in conventional deterrence."""
    keys = {"function": "conventional-deterrence", "modality": "is", **keys}
    empty = dict.fromkeys(("measure", "statistic", "period", "value", "low", "high", "unit"))
    figure = claim("1 person", document)
    return figure.changed(**empty, kind="role", quote="takes the lead", actor=actor, role=role, **keys)


# Supported


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        pytest.param(own("46.1 bn USD"), claim("46.1 bn USD"), id="the same"),
        pytest.param(own("46 bn USD"), claim("46.1 bn USD"), id="rounded"),
        pytest.param(own("47 bn USD", hedge="about"), claim("47.6 bn USD"), id="about"),
        pytest.param(own("60 tn KRW", hedge="more_than"), claim("66.3 tn KRW"), id="more than"),
        pytest.param(own("30 tn KRW"), claim("30 tn KRW", hedge="about"), id="the source's hedge left out"),
        pytest.param(
            own("186.6 bn PLN", actor="POL", period="2025"),
            claim("186.6 bn PLN", actor="POL", period="FY2025"),
            id="a fiscal year that is a calendar year",
        ),
        pytest.param(
            own("9 tn JPY", actor="JPN", period="FY2026", status="proposed"),
            claim("9.04 tn JPY", actor="JPN", period="FY2026", status="proposed"),
            id="a yen budget in whole trillions",
        ),
        pytest.param(
            share("3.5 % of GDP", DRAFT, actor="NATO", status="target", period="2035"),
            target(actor="NATO", period="2035"),
            id="a target",
        ),
    ],
)
def test_a_figure_rests_on_an_equal_one(draft, source):
    found = audited(draft, source)

    assert (found.verdict, found.by) == ("supported", (source,))
    assert source.quote in found.explanation


def test_a_hedged_figure_is_supported_by_any_value_it_allows():
    """About 47 is 46 to 48, and the source's range of 46.1 to 47.4 lies in it."""
    between = claim("46.8 bn USD", low=Decimal("46.05e9"), high=Decimal("47.45e9"), value=None)

    assert audited(own("47 bn USD", hedge="about"), between).verdict == "supported"


def test_what_the_draft_leaves_open_is_taken_and_said():
    source = claim("108.2 bn EUR", actor="DEU", status="enacted")

    found = audited(own("108.2 bn EUR", actor="DEU", period=None), source)

    assert found.verdict == "supported"
    assert found.taken == {"period": "2026", "status": "enacted"}
    assert "the year (2026)" in found.explanation


def test_a_source_that_says_otherwise_is_named_beside_one_that_agrees():
    found = audited(own("46.1 bn USD"), claim("46.1 bn USD"), claim("42.6 bn USD", "note.txt"))

    assert found.verdict == "supported"
    assert "But “42.6 bn USD” of note.txt says otherwise" in found.explanation


def test_a_draft_called_as_its_source_is_held_against_it_all_the_same():
    found = audited(claim("41.6 bn USD", "brief.txt"), claim("46.1 bn USD", "brief.txt"))

    assert found.verdict == "contradicted"


# Contradicted


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        pytest.param(own("41.6 bn USD"), claim("46.1 bn USD"), id="digits in each other's place"),
        pytest.param(
            own("48.3 bn PLN", actor="POL", status="enacted"),
            claim("48.3 tn PLN", actor="POL", status="enacted"),
            id="scale",
        ),
        pytest.param(
            share("1.4 % of GDP", DRAFT, actor="JPN"), share("1.8 % of GDP", actor="JPN"), id="a share of GDP"
        ),
        pytest.param(
            own("59 bn AUD", actor="AUS", hedge="more_than"),
            claim("56.1 bn AUD", actor="AUS"),
            id="more than",
        ),
    ],
)
def test_another_number_for_the_same_thing_is_contradicted(draft, source):
    found = audited(draft, source)

    assert (found.verdict, found.identity, found.by) == ("contradicted", "same-figure", (source,))


def test_a_contradiction_says_how_far_apart_they_are():
    """46.05 less 41.65 are 4.4 billion, 44 tenths of one; exchanging two digits would cure it."""
    found = audited(own("41.6 bn USD"), claim("46.1 bn USD"))

    assert found.miss == {"amount": 4.4e9, "unit": "USD", "last_digits": 44.0}
    assert found.expected == {"low": 46050000000, "high": 46150000000, "unit": "USD"}
    assert "transposed" not in found.explanation
    assert found.readings


def test_a_contradiction_by_an_equation_names_it_and_its_figures():
    """46.1 over 42.6 is growth of 7.97 to 8.46 per cent."""
    sources = claim("46.1 bn USD"), claim("42.6 bn USD", period="2025")

    found = audited(growth("9.5 %", DRAFT), *sources)

    assert (found.verdict, found.identity, found.by) == ("contradicted", "growth", sources)
    assert (round(found.expected["low"], 2), round(found.expected["high"], 2)) == (7.97, 8.46)
    assert round(found.miss["amount"], 2) == 0.99


# Derivable


def test_what_follows_from_the_sources_is_derivable_with_the_interval():
    """(3.5 / 2.42 - 1) x 46.1 bn is 20.41 to 20.73 bn."""
    sources = claim("46.1 bn USD"), share("2.42 % of GDP"), target()

    found = audited(gap("20.6 bn USD", DRAFT), *sources)

    assert (found.verdict, found.identity) == ("derivable", "gap-to-target")
    assert set(found.by) == set(sources)
    assert (round(found.expected["low"] / 1e9, 2), round(found.expected["high"] / 1e9, 2)) == (20.41, 20.73)


def test_what_follows_although_a_source_says_otherwise_is_derivable_and_told():
    """The source itself is wrong by 0.016 bn; it is unsure which gap it speaks of."""
    sources = claim("46.1 bn USD"), share("2.42 % of GDP"), target(), gap("20.8 bn USD", confidence=0.6)

    found = audited(gap("20.6 bn USD", DRAFT), *sources)

    assert (found.verdict, found.identity) == ("derivable", "gap-to-target")
    assert found.explanation.endswith("But “20.8 bn USD” of brief.txt says otherwise.")


def test_what_follows_from_two_sources_together_is_derivable():
    found = audited(
        share("4.8 % of GDP", DRAFT, actor="POL"),
        claim("200.1 bn PLN", "budget.txt", actor="POL"),
        claim("4170 bn PLN", "economy.txt", actor="POL", measure="gdp"),
    )

    assert (found.verdict, found.identity) == ("derivable", "share-of-gdp")


def test_a_change_in_a_text_without_a_year_is_reckoned_for_the_year_of_the_sources():
    """949.5 less 647.0 are 302.5 billion Taiwan dollars."""
    found = audited(
        change("302.5 bn TWD", DRAFT, actor="TWN", period=None),
        claim("949.5 bn TWD", actor="TWN"),
        claim("647.0 bn TWD", actor="TWN", period="2025"),
    )

    assert (found.verdict, found.taken) == ("derivable", {"period": "2026"})
    assert "no year here; 2026 is taken" in found.explanation


@pytest.mark.parametrize(
    ("amount", "verdict"),
    [
        pytest.param("47.1 bn USD", "derivable", id="1,407 won per dollar"),
        pytest.param("4.71 bn USD", "contradicted", id="no rate is ten times that"),
    ],
)
def test_a_conversion_is_held_against_possible_rates(amount, verdict):
    won = own("66.3 tn KRW")
    source = claim("66.3 tn KRW")

    found = audited(own(amount, conversion_of=won.id), source, beside=(won,))

    assert (found.verdict, found.identity, found.by) == (verdict, "won-per-dollar", (source,))
    if verdict == "contradicted":
        # At 1,600 to 1,200 won a dollar it would be 41.4 to 55.3 billion.
        assert (round(found.expected["low"] / 1e9, 1), round(found.expected["high"] / 1e9, 1)) == (41.4, 55.3)
        assert round(found.miss["amount"] / 1e9, 1) == 36.7


def test_a_conversion_that_the_source_gives_is_supported():
    won = claim("66.3 tn KRW")
    dollars = claim("47.1 bn USD", conversion_of=won.id)

    found = audited(own("47.1 bn USD"), won, dollars)

    assert (found.verdict, found.by) == ("supported", (dollars,))


def test_an_amount_converted_at_the_rate_of_its_source_is_derivable():
    """9.04 trillion yen are 58.0 billion dollars there, so 8.70 trillion are 55.8 billion."""
    yen = claim("9.04 tn JPY", actor="JPN")
    dollars = claim("58.0 bn USD", actor="JPN", conversion_of=yen.id)
    before = claim("8.70 tn JPY", actor="JPN", period="2025")

    found = audited(own("55.8 bn USD", actor="JPN", period="2025"), yen, dollars, before)

    assert (found.verdict, found.identity) == ("derivable", "conversion")
    assert found.by == (before, yen, dollars)


# Merely different: no false alarm


@pytest.mark.parametrize(
    ("draft", "source", "says"),
    [
        pytest.param(
            own("65.9 tn KRW", status="enacted"), claim("66.3 tn KRW", status="proposed"), "stage", id="stage"
        ),
        pytest.param(own("61.2 tn KRW"), claim("66.3 tn KRW", status="proposed"), "stage", id="open stage"),
        pytest.param(own("46.1 bn USD", period="2025"), claim("46.1 bn USD"), "2026, not 2025", id="year"),
        pytest.param(
            own("60.2 bn GBP", actor="GBR", definition="nato"),
            claim("62.2 bn GBP", actor="GBR", definition="national"),
            "definition",
            id="definition",
        ),
        pytest.param(own("30 bn USD", item="operating"), claim("46.1 bn USD"), "part", id="a part"),
        pytest.param(
            share("5 % of GDP", DRAFT, actor="POL"),
            share("4.8 % of GDP", actor="POL", status="target"),
            "standing",
            id="a target is no level",
        ),
        pytest.param(own("41.6 bn USD", confidence=0.5), claim("46.1 bn USD"), "not certain", id="unsure"),
        pytest.param(own("46.1 bn USD", actor="POL"), claim("46.1 bn USD"), "Poland", id="actor"),
        pytest.param(own("46.13 bn USD"), claim("46.1 bn USD"), "says more than its source", id="finer"),
        pytest.param(
            own("66.3 tn KRW"), claim("60 tn KRW", hedge="more_than"), "says more", id="an open-ended source"
        ),
        pytest.param(
            own("46.1 bn USD"),
            claim("46.1 bn USD", condition="unless the assembly cuts it"),
            "unless the assembly cuts it",
            id="the condition left out",
        ),
        pytest.param(own("46.1 bn USD", negated=True), claim("46.1 bn USD"), "truth", id="denied"),
    ],
)
def test_what_is_merely_different_is_without_source_and_says_why(draft, source, says):
    found = audited(draft, source)

    assert (found.verdict, found.by) == ("unsupported", ())
    assert says in found.explanation


def test_a_source_that_gives_two_numbers_contradicts_nothing():
    """A total and a fund, perhaps: it is open which of the two the draft speaks of."""
    sources = claim("108.2 bn EUR", actor="DEU"), claim("25.5 bn EUR", actor="DEU")

    assert audited(own("82.7 bn EUR", actor="DEU"), *sources).verdict == "unsupported"


def test_two_numbers_in_one_sentence_of_the_draft_mean_two_things():
    place = {"sentence_start": 7000, "sentence_end": 7100}
    whole = own("108.2 bn EUR", actor="DEU", **place)

    found = audited(
        own("25.5 bn EUR", actor="DEU", **place), claim("108.2 bn EUR", actor="DEU"), beside=(whole,)
    )

    assert found.verdict == "unsupported"


def test_an_equation_across_stages_contradicts_nothing():
    """Growth of a proposal says nothing of what was spent."""
    found = audited(
        growth("9.5 %", DRAFT, status="proposed"),
        claim("46.1 bn USD", status="executed"),
        claim("42.6 bn USD", period="2025", status="executed"),
    )

    assert found.verdict == "unsupported"


def test_sources_that_disagree_leave_a_figure_room():
    """By one brief growth is 8.2 per cent, by the other 3.8: each bears one figure out."""
    sources = (
        *(claim("46.1 bn USD"), claim("42.6 bn USD", period="2025")),
        *(claim("46.1 bn USD", "note.txt"), claim("44.4 bn USD", "note.txt", period="2025")),
    )

    assert audited(growth("3.8 %", DRAFT), *sources).verdict == "derivable"
    assert audited(growth("8.2 %", DRAFT), *sources).verdict == "derivable"


@pytest.mark.parametrize(
    ("draft", "source"),
    [
        pytest.param(share("2 % of GDP", DRAFT), share("1 % of GDP"), id="ends that touch"),
        pytest.param(
            growth("6 %", DRAFT, hedge="about"), growth("5 %", hedge="about"), id="overlapping at the edges"
        ),
        pytest.param(
            own("40 bn USD", hedge="more_than"), claim("46.1 bn USD", hedge="more_than"), id="another bound"
        ),
        pytest.param(own("20 bn USD", hedge="more_than"), claim("46.1 bn USD"), id="more than far less"),
    ],
)
def test_what_merely_meets_does_not_bear_a_figure_out(draft, source):
    found = audited(draft, source)

    assert found.verdict == "unsupported"
    assert "is another number" in found.explanation


def test_what_only_touches_what_the_sources_leave_does_not_follow_from_them():
    """46.1 less 42.6 leaves 3.4 to 3.6: a rise of 3.5 follows, one of 3.6 only overlaps with it."""
    sources = claim("46.1 bn USD"), claim("42.6 bn USD", period="2025")

    assert audited(change("3.5 bn USD", document=DRAFT), *sources).verdict == "derivable"
    assert audited(change("3.6 bn USD", document=DRAFT), *sources).verdict == "unsupported"


def test_a_draft_without_any_source_is_told_so():
    found = audited(own("46.1 bn USD"))

    assert found.verdict == "unsupported"
    assert found.explanation == "No source gives the defence spending of South Korea in 2026."


# Figures of no known measure


@pytest.mark.parametrize(
    ("about", "number", "actor", "verdict"),
    [
        pytest.param("K2 tanks", "180 person", "POL", "supported", id="the same words"),
        pytest.param("the K2 tank", "180 person", "POL", "supported", id="nearly the same words"),
        pytest.param("K2 tanks", "180 person", None, "supported", id="nobody's"),
        pytest.param("K2 tanks", "200 person", "POL", "unsupported", id="another number"),
        pytest.param("K9 howitzers", "180 person", "POL", "unsupported", id="other words"),
        pytest.param("K2 tanks", "180 person", "KOR", "unsupported", id="another actor's"),
        pytest.param(None, "180 person", "POL", "unsupported", id="no words"),
    ],
)
def test_figures_of_no_known_measure_need_the_same_words(about, number, actor, verdict):
    keys = {"measure": None, "period": None}
    source = claim("180 person", about="K2 tanks", actor="POL", **keys)

    assert audited(own(number, about=about, actor=actor, **keys), source).verdict == verdict


@pytest.mark.parametrize(
    ("number", "actor", "verdict"),
    [
        pytest.param("6.73 bn EUR", "FRA", "supported", id="an amount of three digits"),
        pytest.param("6.7 bn EUR", "FRA", "unsupported", id="two digits may be chance"),
        pytest.param("6.73 bn EUR", "DEU", "unsupported", id="another actor's"),
    ],
)
def test_without_any_words_only_a_telling_number_is_known_again(number, actor, verdict):
    keys = {"measure": None, "period": None}

    assert audited(own(number, actor=actor, **keys), claim(number, actor="FRA", **keys)).verdict == verdict


# Roles


@pytest.mark.parametrize(
    ("draft", "source", "verdict"),
    [
        pytest.param(duty("KOR", "lead", DRAFT), duty("KOR", "lead"), "supported", id="the same"),
        pytest.param(
            duty("KOR", "lead", DRAFT, function="Conventional-Deterrence"),
            duty("KOR", "lead"),
            "supported",
            id="in capitals",
        ),
        pytest.param(duty("USA", "lead", DRAFT), duty("KOR", "lead"), "contradicted", id="two leads"),
        pytest.param(duty("KOR", "support", DRAFT), duty("KOR", "lead"), "contradicted", id="another role"),
        pytest.param(duty("KOR", "shared", DRAFT), duty("KOR", "lead"), "unsupported", id="shared may lead"),
        pytest.param(duty("USA", "support", DRAFT), duty("KOR", "lead"), "unsupported", id="beside a leader"),
        pytest.param(
            duty("KOR", "lead", DRAFT),
            duty("KOR", "lead", modality="should"),
            "unsupported",
            id="a wish told as a fact",
        ),
        pytest.param(
            duty("USA", "lead", DRAFT),
            duty("KOR", "lead", modality="should"),
            "unsupported",
            id="a wish is no fact against another",
        ),
        pytest.param(
            duty("USA", "lead", DRAFT, function="extended-nuclear-deterrence"),
            duty("KOR", "lead"),
            "unsupported",
            id="another function",
        ),
    ],
)
def test_roles_are_audited_too(draft, source, verdict):
    assert audited(draft, source).verdict == verdict


# Whatever is thrown at it


def test_an_audit_comes_in_the_order_of_the_draft_with_the_promised_keys():
    draft = Ledger([own("46.1 bn USD"), own("41.6 bn USD", period="2024"), duty("KOR", "lead", DRAFT)])

    found, _ = audit(draft, Ledger([claim("46.1 bn USD")]), vocabulary())

    assert [one.claim for one in found] == list(draft)
    keys = list(found[0].to_json())
    assert {"claim", "verdict", "by", "identity", "expected", "found", "miss", "explanation"} <= set(keys)


def test_a_figure_with_its_ends_reversed_is_a_problem_and_no_crash():
    odd = own("46.1 bn USD").changed(low=Decimal(5), high=Decimal(4))

    found, problems = audit(Ledger([odd]), Ledger([odd, claim("46.1 bn USD")]), vocabulary())

    assert [one.verdict for one in found] == ["unsupported"]
    assert {problem.code for problem in problems} == {"bounds-reversed"}


conversions = st.sampled_from((None, "c1", "nothing"))
flags = st.sampled_from(({}, {"negated": True}, {"condition": "unless it is cut"}))


@given(st.lists(st.tuples(odd_claims(), conversions, flags), max_size=8), st.integers(0, 8))
@settings(max_examples=150)
def test_odd_figures_are_audited_calmly(odd, cut):
    """Each gets one verdict, and whatever is supported or contradicted names by what."""
    claims = [one.changed(conversion_of=original, **keys) for one, original, keys in odd]

    found, problems = audit(Ledger(claims[:cut]), Ledger(claims[cut:]), vocabulary())

    json.dumps([one.to_json() for one in (*found, *problems)], allow_nan=False)
    assert [one.claim for one in found] == [one for one in claims[:cut] if one.is_number]
    assert all(one.explanation for one in found)
    assert all(one.by for one in found if one.verdict != "unsupported")


@given(st.lists(odd_claims(), max_size=6))
@settings(max_examples=60)
def test_a_text_is_never_contradicted_by_itself(claims):
    """A copy of a text has each of its figures, whatever nonsense they are together."""
    copies = [one.changed(document=f"copy of {one.document}") for one in claims]

    found, _ = audit(Ledger(copies), Ledger(claims), vocabulary())

    assert "contradicted" not in {one.verdict for one in found}
