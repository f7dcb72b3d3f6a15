"""Laws of parsers: whatever is written, it is read or refused as fuzz/targets.py says.

The texts are made of words of life in any order, where the fuzzer's are made of bytes.
"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.seeds import SEEDS
from fuzz.targets import TARGETS

FEW = settings(max_examples=40, deadline=None)
NUMERALS = st.sampled_from(
    [
        "46.1",
        "1,234.5",
        "28,500",
        "½",
        "two",
        "one hundred",
        "2,9",
        "66조 2,947억",
        "٤٦",
        "４６",
        "1e400",
        "-3",
        "0",
        "1/3",
    ]
)
WORDS = st.sampled_from(
    ["$", "bn", "billion", "trillion won", "%", "% of GDP", "about", "between", "and", "to", "from", "by",
     "in", "2026", "FY2026", "2025-26", "January", "24", "last year", "Q3", "troops", "the ministry", "Korea",
     "said", "“", "”", "(", ")", ",", ".", ";", "\n", "-", "–", "원", "약", "올해", "예산", "더", "per cent"]
)  # fmt: skip
TEXTS = st.lists(NUMERALS | WORDS | st.text(max_size=3), max_size=25).flatmap(
    lambda words: st.sampled_from([" ", "", "\u00a0"]).map(lambda gap: gap.join(words))
)
NAMES = st.sampled_from(
    ["gdp", "defence_spending", "troops", "x", "growth(gdp)", "share(x)", "parts(x)", "y"]
)
EQUATIONS = st.recursive(
    NAMES | st.sampled_from(["0", "1", "2.5", "9" * 30]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda three: f"({' '.join(three)})"),
        st.tuples(inner, st.integers(0, 31)).map(lambda two: f"({two[0]}) ^ {two[1]}"),
        inner.map(lambda one: f"-{one}"),
        inner.map(lambda one: f"sum({one})"),
    ),
    max_leaves=8,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
CLAIM = json.loads(SEEDS["lines"][1])
TAGS = st.sampled_from(
    ["<p>", "</p>", "<table>", "<tr>", "<td colspan=9>", "</table>", "<li>", "<sup>", "<h1>", "<!--", "-->",
     "<script>", "</script>", "&amp;", "&#0;", "&#xD800;", "<meta charset=utf-16>", "<br", "<![CDATA["]
)  # fmt: skip


@given(TEXTS)
@FEW
@pytest.mark.parametrize("target", ["numerals", "dates", "text", "note"])
def test_a_text_of_numbers_and_words_in_any_order_is_read(target, text):
    TARGETS[target](text.encode("utf-8", "replace"))


@given(st.lists(st.lists(NUMERALS | WORDS | st.just('"'), max_size=5), max_size=6), st.sampled_from(",;\t|"))
@FEW
def test_a_table_of_numbers_and_words_in_any_order_is_read(rows, mark):
    TARGETS["table"]("\n".join(map(mark.join, rows)).encode())


@given(st.lists(TAGS | NUMERALS | WORDS, max_size=30))
@FEW
def test_a_page_of_tags_in_any_order_is_read(parts):
    TARGETS["page"](" ".join(parts).encode())


@given(EQUATIONS, st.sampled_from(["=", "<=", ">=", "", "= ="]), EQUATIONS)
@FEW
def test_an_equation_of_any_form_is_refused_in_its_place_or_can_be_reckoned_with(left, sign, right):
    TARGETS["identity"](f"{left} {sign} {right}".encode())


@given(st.dictionaries(st.sampled_from([*CLAIM, "text", "date", "hash", "claim", "decision"]), VALUES))
@FEW
def test_a_line_with_any_value_for_a_key_is_a_claim_a_document_a_review_or_refused(changes):
    TARGETS["lines"]((json.dumps({**CLAIM, **changes}) + "\n").encode())


@given(st.dictionaries(st.sampled_from(["label", "equation", "phrases", "dimension", "examples"]), VALUES))
@FEW
def test_a_data_file_with_any_value_for_a_key_is_held_against_its_form(entry):
    """JSON of numbers, texts and lists is TOML too."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in entry.items()]
    TARGETS["entries"]("\n".join(["[odd]", *lines]).encode())


@given(st.lists(st.text('0123456789eE.+-_,"n４', max_size=12), min_size=2, max_size=8))
@FEW
def test_a_series_with_any_value_for_a_year_is_read_or_refused(cells):
    rows = [f"KOR,gdp,{2000 + number},{cell},KRW,a,b" for number, cell in enumerate(cells)]
    TARGETS["series"]("\n".join(["actor,measure,period,value,unit,edition,source", *rows]).encode())


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_of_the_fuzzer_sets_out_from_sound_input(name):
    assert SEEDS[name]
    for seed in (b"", *SEEDS[name]):
        TARGETS[name](seed)
