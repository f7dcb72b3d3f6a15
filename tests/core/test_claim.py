"""Claims as the contract has them, and the ledger that holds them."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from steelyard.core.claim import CLAIM_KEYS, Claim, Ledger, claim_id
from steelyard.core.interval import INFINITE, Interval

BUDGET = Claim(
    id="b00000000001",
    kind="figure",
    document="sources/brief.txt",
    start=24,
    end=37,
    quote="$46.1 billion",
    sentence_start=0,
    sentence_end=60,
    actor="KOR",
    measure="defence_spending",
    statistic="level",
    value=Decimal("46.1e9"),
    low=Decimal("46.05e9"),
    high=Decimal("46.15e9"),
    unit="USD",
    period="2026",
    status="proposed",
    reasons=("amount before growth",),
)
SHARE = BUDGET.changed(
    id="b00000000002",
    quote="2.42%",
    end=29,
    measure="defence_share_of_gdp",
    value=Decimal("2.42"),
    low=Decimal("2.415"),
    high=Decimal("2.425"),
    unit="% of GDP",
    status=None,
)
PURCHASES = BUDGET.changed(
    id="b00000000003", measure="arms_purchases", low=Decimal("60e12"), high=None, unit="KRW"
)
LEAD = BUDGET.changed(
    id="b00000000004",
    kind="role",
    quote="primary responsibility",
    end=46,
    measure=None,
    value=None,
    low=None,
    high=None,
    unit=None,
    role="lead",
)
LEDGER = Ledger((BUDGET, SHARE, PURCHASES, LEAD))

# The keys of contract.md, in its order, and those added since.
CONTRACT_KEYS = [
    *("id", "kind", "document", "start", "end", "quote", "sentence_start", "sentence_end"),
    *("actor", "counterpart", "location", "measure", "about", "item", "statistic"),
    *("base_measure", "part_of", "aggregation", "value", "low", "high", "unit", "direction"),
    *("period", "baseline", "status", "definition", "basis", "edition", "prices"),
    *("hedge", "condition", "negated", "conversion_of", "speaker", "speaker_actor", "said"),
    *("role", "qualifier", "function", "modality", "confidence", "reasons"),
    *("locator", "follows"),
]


def line(**changes):
    """A line of JSON as another program might write it; a change to None leaves the key out."""
    data = {"id": "b1", "kind": "figure", "document": "brief.txt", "start": 0, "end": 4, "quote": "46.1"}
    data |= {"sentence_start": 0, "sentence_end": 20, **changes}
    return json.dumps({key: value for key, value in data.items() if value is not None})


# Claims


def test_a_claim_has_the_keys_of_the_contract_in_its_order():
    assert list(CLAIM_KEYS) == CONTRACT_KEYS
    assert list(BUDGET.to_json()) == CONTRACT_KEYS


def test_all_keys_are_present_and_null_where_the_text_does_not_say():
    data = LEAD.to_json()

    assert data["low"] is data["high"] is data["value"] is data["unit"] is None
    assert data["role"] == "lead"
    assert data["reasons"] == ["amount before growth"]


def test_numbers_are_json_numbers_whole_ones_without_a_point():
    text = json.dumps(BUDGET.to_json())

    assert '"low": 46050000000,' in text
    assert '"value": 46100000000,' in text
    assert '"low": 2.415,' in json.dumps(SHARE.to_json())


def test_an_open_end_is_null_and_infinite_as_an_interval():
    """More than 60 trillion won: a low end only."""
    assert PURCHASES.to_json()["high"] is None
    assert PURCHASES.interval == Interval(Decimal("60e12"), INFINITE)
    assert PURCHASES.changed(low=None).interval == Interval(-INFINITE, INFINITE)


def test_an_infinite_bound_is_written_as_null_too():
    """Who copies the bounds of an interval into a claim must still be able to write it."""
    claim = BUDGET.changed(low=-INFINITE, high=INFINITE)

    assert claim.to_json()["low"] is claim.to_json()["high"] is None


@pytest.mark.parametrize(
    ("claim", "is_number"),
    [
        pytest.param(BUDGET, True, id="both ends"),
        pytest.param(PURCHASES, True, id="one end"),
        pytest.param(BUDGET.changed(low=None, high=None), False, id="no end"),
        pytest.param(LEAD, False, id="a role"),
    ],
)
def test_a_number_is_a_figure_with_a_bound(claim, is_number):
    assert claim.is_number is is_number


def test_the_period_is_at_hand_as_a_value():
    assert BUDGET.when.year == 2026
    assert BUDGET.changed(period=None).when is None


def test_a_change_leaves_the_claim_itself_as_it_was():
    amended = BUDGET.changed(status="enacted")

    assert (amended.status, BUDGET.status) == ("enacted", "proposed")
    assert amended.changed(status="proposed") == BUDGET


def test_a_claim_needs_no_more_than_its_place():
    found = Claim.from_json(json.loads(line()))

    assert found.actor is None
    assert found.low is None
    assert found.confidence == 1.0
    assert found.reasons == ()


def test_keys_of_a_later_version_are_left_out():
    assert Ledger.from_jsonl(line(mood="doubtful")) == Ledger.from_jsonl(line())


# Ids


def test_an_id_is_short_and_the_same_each_time():
    first = claim_id("brief.txt", "Seoul asks for $46.1 billion.", "$46.1 billion")

    assert first == claim_id("brief.txt", "Seoul asks for $46.1 billion.", "$46.1 billion")
    assert len(first) == 12
    assert set(first) <= set("0123456789abcdef")


def test_an_id_survives_an_edit_elsewhere_and_a_new_line_break():
    """It hangs on document, sentence and quotation alone, so that no review is orphaned."""
    before = claim_id("brief.txt", "Seoul asks for $46.1 billion.", "$46.1 billion")

    assert claim_id("brief.txt", "Seoul asks\n  for $46.1 billion.", "$46.1 billion") == before


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(("note.txt", "Seoul asks for $46.1 billion.", "$46.1 billion", 0), id="document"),
        pytest.param(("brief.txt", "Seoul asked for $46.1 billion.", "$46.1 billion", 0), id="sentence"),
        pytest.param(("brief.txt", "Seoul asks for $46.1 billion.", "$46.1", 0), id="quotation"),
        pytest.param(("brief.txt", "Seoul asks for $46.1 billion.", "$46.1 billion", 1), id="second time"),
    ],
)
def test_another_place_has_another_id(other):
    assert claim_id(*other) != claim_id("brief.txt", "Seoul asks for $46.1 billion.", "$46.1 billion")


def test_even_a_broken_character_gets_an_id():
    assert len(claim_id("brief.txt", "Seoul \ud800 asks", "\ud800")) == 12


# The ledger as a sequence


def test_a_ledger_is_a_sequence_of_claims():
    assert len(LEDGER) == 4
    assert LEDGER[0] == BUDGET
    assert LEDGER[-1] == LEAD
    assert list(LEDGER[1:3]) == [SHARE, PURCHASES]
    assert isinstance(LEDGER[1:3], Ledger)
    assert repr(LEDGER) == "Ledger(4 claims)"


def test_ledgers_with_the_same_claims_are_equal():
    assert Ledger([BUDGET, SHARE]) == LEDGER[:2]
    assert hash(Ledger([BUDGET, SHARE])) == hash(LEDGER[:2])
    assert Ledger([SHARE, BUDGET]) != LEDGER[:2]
    assert Ledger([BUDGET]) != [BUDGET]


def test_a_ledger_does_not_change_with_the_list_it_was_made_from():
    claims = [BUDGET]
    ledger = Ledger(claims)

    claims.append(SHARE)

    assert len(ledger) == 1


def test_ledgers_join_in_order():
    assert LEDGER[:2] + LEDGER[2:] == LEDGER


def test_a_claim_is_found_by_its_id():
    assert LEDGER.by_id("b00000000002") == SHARE
    assert LEDGER.by_id("nowhere") is None


# Asking the ledger


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        pytest.param({"actor": "KOR", "unit": "USD"}, [BUDGET], id="both keys must fit"),
        pytest.param(
            {"measure": ("defence_spending", "defence_share_of_gdp")}, [BUDGET, SHARE], id="any of these"
        ),
        pytest.param({"status": None}, [SHARE], id="not said"),
        pytest.param(
            {"status": (None, "proposed"), "kind": "figure"}, [BUDGET, SHARE, PURCHASES], id="not said or"
        ),
        pytest.param({"actor": "JPN"}, [], id="none"),
        pytest.param({}, list(LEDGER), id="no condition"),
    ],
)
def test_where_keeps_the_claims_that_fit_in_order(keys, found):
    assert list(LEDGER.where(**keys)) == found


def test_groups_come_in_the_order_of_their_first_claim():
    groups = LEDGER.grouped_by("kind", "unit")

    assert list(groups) == [("figure", "USD"), ("figure", "% of GDP"), ("figure", "KRW"), ("role", None)]
    assert groups["figure", "USD"] == Ledger([BUDGET])


def test_no_key_makes_one_group():
    assert LEDGER.grouped_by() == {(): LEDGER}
    assert Ledger().grouped_by("actor") == {}


# JSON lines


def test_a_ledger_is_written_a_claim_a_line():
    text = LEDGER.to_jsonl()

    assert text.count("\n") == 4
    assert text.endswith("}\n")
    assert Ledger.from_jsonl(text) == LEDGER
    assert Ledger().to_jsonl() == ""


def test_korean_stays_readable():
    assert "국방비" in Ledger([BUDGET.changed(quote="국방비")]).to_jsonl()


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\r", "\n"])
def test_a_line_separator_in_a_quotation_does_not_tear_its_line(mark):
    """Met with text from PDF: JSON leaves U+2028 as it is, and Python takes it for the end of a line."""
    ledger = Ledger([BUDGET.changed(quote=f"46.1{mark}billion")])

    assert Ledger.from_jsonl(ledger.to_jsonl()) == ledger


def test_empty_lines_windows_line_ends_and_a_byte_order_mark_do_no_harm():
    text = "\ufeff" + LEDGER.to_jsonl().replace("\n", "\r\n\r\n")

    assert Ledger.from_jsonl(text) == LEDGER


def test_decimals_are_read_as_written():
    """2.415 must not become the nearest float below it, or touching ends would clash."""
    found = Ledger.from_jsonl(line(low=2.415, high=2.425))[0]

    assert (found.low, found.high) == (Decimal("2.415"), Decimal("2.425"))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        pytest.param("{", "Expecting property name", id="no JSON"),
        pytest.param("[1, 2]", "a claim is a JSON object", id="a list"),
        pytest.param("46.1", "a claim is a JSON object", id="a number"),
        pytest.param(
            "{}", "lacks id, kind, document, start, end, quote, sentence_start, sentence_end", id="empty"
        ),
        pytest.param(line(id=None, quote=None), "lacks id, quote", id="two keys missing"),
        pytest.param(
            line(kind="number"), "unknown kind 'number'; a claim is one of figure, role, statement", id="kind"
        ),
        pytest.param(line(start="0"), "start is not a count: '0'", id="start as text"),
        pytest.param(line(start=True), "start is not a count", id="start as flag"),
        pytest.param(line(start=1.5), "start is not a count", id="start between two characters"),
        pytest.param(line(start=9), "the span from 9 to 4 is none", id="end before start"),
        pytest.param(line(start=-1), "the span from -1 to 4 is none", id="start before the text"),
        pytest.param(line(low="46.05"), "low is not a number: '46.05'", id="number as text"),
        pytest.param(line(low=True), "low is not a number", id="number as flag"),
        pytest.param(line(low=2, high=1), "low 2 is above high 1", id="ends out of order"),
        pytest.param(line(low=float("nan")), "low is not a number that can be used", id="NaN"),
        pytest.param(line(high=float("inf")), "high is not a number that can be used", id="infinity"),
        pytest.param(
            line()[:-1] + ', "low": 1e999999999}', "low is not a number that can be used", id="too large"
        ),
        pytest.param(
            line()[:-1] + f', "low": {"9" * 400}}}', "low is not a number that can be used", id="too long"
        ),
        pytest.param(line(actor=82), "actor is not text: 82", id="text as number"),
        pytest.param(line(negated="no"), "negated is not true or false: 'no'", id="flag as text"),
        pytest.param(line(reasons="because"), "reasons is not a list: 'because'", id="list as text"),
        pytest.param(line(confidence="high"), "confidence is not a number: 'high'", id="confidence as text"),
        pytest.param(line(confidence=1.5), "confidence 1.5 is not between 0 and 1", id="too sure"),
        pytest.param(line(period="2026-13"), "not a period: '2026-13'", id="no such month"),
        pytest.param(line(baseline="last year"), "not a period: 'last year'", id="no baseline"),
        pytest.param("[" * 100_000, "no JSON that can be read", id="brackets without end"),
    ],
)
def test_a_line_that_is_no_claim_is_named_by_its_number(broken, message):
    with pytest.raises(ValueError, match=r"^line 3: ") as raised:
        Ledger.from_jsonl(f"{line()}\n\n{broken}\n{line()}\n")

    assert message in str(raised.value)
