"""What a claim from another reader must hold to be taken in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from steelyard.core.claim import Claim, Ledger
from steelyard.read import read_document
from steelyard.read.documents.document import Document
from steelyard.read.reader import Reader, accepted
from tests.read.reading import TODAY, VOCABULARY

OURS = "Japan asks for 8.85 trillion yen, 3.8 % more."
TEXT = "Japan asks for 8.85 trillion yen. Poland wants 3 to 4 % more. 한국은 65조 8,642억원을 쓴다."
DOCUMENT = Document("brief.txt", TEXT, TODAY)


def claim(quote: str, *, at: int | None = None, kind: str = "figure", **numbers: str | None) -> Claim:
    start = TEXT.index(quote) if at is None else at
    values = {key: Decimal(value) if value else None for key, value in numbers.items()}
    return Claim(
        id="x",
        kind=kind,  # type: ignore[arg-type]
        document="brief.txt",
        start=start,
        end=start + len(quote),
        quote=quote,
        sentence_start=0,
        sentence_end=len(TEXT),
        **values,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    "good",
    [
        pytest.param(
            claim("8.85 trillion yen", value="8.85e12", low="8.845e12", high="8.855e12"), id="value"
        ),
        pytest.param(claim("3 to 4 %", low="2.5", high="4.5"), id="a range"),
        pytest.param(claim("65조 8,642억원", value="65864200000000"), id="two scales"),
        pytest.param(claim("Poland wants", kind="statement"), id="words"),
    ],
)
def test_a_claim_that_the_text_bears_out_is_taken_in(good):
    assert accepted(DOCUMENT, Ledger([good])) == (Ledger([good]), [])


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        pytest.param(claim("8.85 trillion yen", at=0, value="8.85e12"), "quotation", id="another place"),
        pytest.param(claim("9 trillion yen", at=15, value="9e12"), "quotation", id="words of its own"),
        pytest.param(claim("8.85 trillion yen", value="8.58e12"), "digits", id="digits swapped"),
        pytest.param(claim("8.85 trillion yen", value="8e12"), "digits", id="rounded"),
        pytest.param(claim("Japan asks", value="5"), "digits", id="no digits"),
        pytest.param(claim("3 to 4 %", low="2.5", high="9"), "digits", id="another end"),
        pytest.param(claim("8.85 trillion yen", value="8.85e12", low="9e12"), "digits", id="not inside"),
        pytest.param(claim("8.85 trillion yen"), "digits", id="no number at all"),
        pytest.param(claim("late", at=10_000, kind="statement"), "quotation", id="after the end"),
    ],
)
def test_a_claim_that_the_text_does_not_bear_out_is_refused(bad, fault):
    kept, (problem,) = accepted(DOCUMENT, Ledger([bad]))

    assert len(kept) == 0
    assert (problem.code, problem.severity) == ("not-in-text", "warning")
    assert fault in problem.message


def test_one_bad_claim_costs_no_other():
    good, bad = claim("3 to 4 %", low="2.5", high="4.5"), claim("3 to 4 %", low="7", high="9")

    kept, problems = accepted(DOCUMENT, Ledger([bad, good, bad]))

    assert list(kept) == [good]
    assert len(problems) == 2


def test_our_own_reader_is_one_and_its_claims_are_taken_in():
    reader: Reader = read_document
    ledger, _ = reader(
        Document("brief.txt", "Japan asks for 8.85 trillion yen, 3.8 % more.", TODAY), VOCABULARY
    )

    kept, problems = accepted(Document("brief.txt", OURS), ledger)

    assert (len(kept), problems) == (2, [])
