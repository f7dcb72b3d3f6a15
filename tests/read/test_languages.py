"""Languages that a case brings: told from English, read from a small file, and faults in it told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.vocabulary import Layer, load_vocabulary
from steelyard.read import read_document

SWEDISH = """label = "Swedish"
told_by = ["och", "det", "att", "för", "på", "är", "till"]
thousands = "."
[numbers]
"två" = 2
"""
UKRAINIAN = """label = "Ukrainian"
script = "А-Яа-яіїєґІЇЄҐ"
"""
ENGLISH = (
    "Sweden's defence budget for 2026 was raised by 18 % to 175 billion kronor, or about $18.4 billion.",
    "One in five of the 21,500 soldiers came from Europe in 2024; two-thirds had served for 3.5 years.",
    "Spending rose from 2.1 to 2.4 % of GDP between 2023 and 2025, up from just under $5-6 bn a decade ago.",
)


@pytest.fixture
def vocabulary_with(tmp_path):
    """Gives the vocabulary of a case with these data files, and what is wrong in them."""

    def load(**files):
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.toml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return load_vocabulary(Layer("case", tmp_path))

    return load


def figures(text, vocabulary):
    """The figures of a text: what each is as written, what it leaves open, and its unit."""
    ledger, _ = read_document(text, vocabulary, date="2025-10-02")
    return [(claim.quote, claim.low, claim.high, claim.unit) for claim in ledger]


def test_marks_between_thousands_are_those_of_the_language(vocabulary_with):
    vocabulary, problems = vocabulary_with(
        languages__sv=SWEDISH, units="[person]\nphrases.sv = ['soldater']\n"
    )
    assert problems == []
    found = figures(
        "Det är 21.500 soldater på väg till fronten, och det är 1,125 procent. Spain has 1.125 of them.",
        vocabulary,
    )

    # 21.500 is rounded to hundreds at most; 1,125 has three decimals.
    assert [quote for quote, *_ in found] == ["21.500 soldater", "1,125", "1.125"]
    assert found[0][1] <= Decimal(21500) <= found[0][2] < 22000
    assert found[1][1] < Decimal("1.125") < found[1][2] < 2
    assert found[2][1] < Decimal("1.125") < found[2][2] < 2


def test_numbers_in_words_may_have_any_letters(vocabulary_with):
    vocabulary, problems = vocabulary_with(
        languages__sv=SWEDISH, units="[mn]\nphrases.sv = ['miljoner']\n[SEK]\nphrases.sv = ['kronor']\n"
    )

    assert problems == []
    (found,) = figures("Det är två miljoner kronor till försvaret.", vocabulary)

    assert found[0] == "två miljoner kronor"
    assert found[1] <= 2_000_000 <= found[2]
    assert found[3] == "SEK"


def test_a_language_with_letters_of_its_own_needs_no_myriads(vocabulary_with):
    vocabulary, problems = vocabulary_with(
        languages__uk=UKRAINIAN,
        units="[bn]\nphrases.uk = ['мільярда']\n[PLN]\nphrases.uk = ['злотих']\n",
    )

    (found,) = figures("Польща витратила на оборону 186,6 мільярда злотих у 2025 році.", vocabulary)

    assert problems == []
    assert found == ("186,6 мільярда злотих", Decimal("186.55e9"), Decimal("186.65e9"), "PLN")


@pytest.mark.parametrize("text", ENGLISH)
def test_english_stays_english_beside_another_language(text, vocabulary_with):
    vocabulary, _ = vocabulary_with(languages__sv=SWEDISH)
    alone, _ = read_document(text, date="2025-10-02")

    beside, _ = read_document(f"{text}\n\nDet är två och att.", vocabulary, date="2025-10-02")

    assert len(alone) > 0
    assert list(beside) == list(alone)


@pytest.mark.parametrize("text", ENGLISH)
def test_a_language_that_says_nothing_reads_what_it_is_given(text, vocabulary_with):
    """Empty lists make no rule fail, and figures with signs and codes are found by them."""
    vocabulary, problems = vocabulary_with(languages__xx='label = "X"\ntold_by = ["qa", "qo"]\n')
    words = "qa qo " * 20

    read, _ = read_document(f"{words}{text}", vocabulary, date="2025-10-02")

    assert problems == []
    assert any(claim.quote.strip("$%").strip()[0].isdigit() for claim in read)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ('[numbers]\ntva = "two"', "wrong-type"),
        ('[months]\nmaj = "May"', "wrong-type"),
        ('thousands = ";"', "unknown-choice"),
        ("told_by = 3", "wrong-type"),
        ("[myriads]\ndigits = { a = 1 }", "missing-key"),
        ('[myriads]\ndigits = { a = "b" }\nplaces = { c = 10 }\nscales = { d = 10000 }', "wrong-type"),
    ],
)
def test_faults_are_told_and_reading_goes_on(fault, code, vocabulary_with):
    vocabulary, problems = vocabulary_with(languages__el=f'label = "Greek"\nscript = "α-ω"\n{fault}\n')

    ledger, _ = read_document("Η Ελλάδα έδωσε 7 EUR. Greece spent 7.1 billion euros.", vocabulary)

    assert code in {problem.code for problem in problems}
    assert "7.1 billion euros" in [claim.quote for claim in ledger]
