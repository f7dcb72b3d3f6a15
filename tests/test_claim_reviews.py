"""Claims accepted, rejected and amended in review: what becomes of them, and of what is found on them."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard import cli
from steelyard.case import load_case
from steelyard.check import check_ledger
from steelyard.claim_reviews import ClaimReview, Rejection, claim_review_line, review_claims, standing
from steelyard.core.claim import CARRIED_PERIOD, Ledger
from steelyard.core.problems import Place
from steelyard.gather import gather_case, with_reviews
from steelyard.read.documents.document import Document
from steelyard.report.bundle import make_report
from steelyard.report.results import Results
from steelyard.report.template import PAGE
from steelyard.reviews import append_line, append_review, load_reviews, read_reviews
from tests.check.samples import claim
from tests.report import samples
from tests.test_reviews import CASE, CLASH, run

BUDGET = claim("46.1 bn USD", confidence=0.7, reasons=("amount",)).changed(id="aaa")
OTHER = claim("45.1 bn USD").changed(id="bbb")
TROOPS = claim("450,000 person", measure="troops").changed(id="ccc")
LEDGER = Ledger([BUDGET, OTHER, TROOPS])
WRONG_YEAR = "The sentence is of the year before."
NOT_KOREA = "It is Japan's."


def line(name, decision, **keys):
    return json.dumps({"claim": name, "decision": decision, **keys})


def amending(name, reason=WRONG_YEAR, **changes):
    return line(name, "amend", reason=reason, changes=changes)


def read(*lines):
    reviews, problems = read_reviews("".join(f"{each}\n" for each in lines), "reviews.jsonl")
    assert problems == []
    return reviews


def reviewed(*lines, ledger=LEDGER):
    """What the reviews leave, none of which has a fault."""
    after = review_claims(ledger, read(*lines))
    assert after.problems == []
    return after


def test_an_accepted_claim_is_sure_and_says_why():
    after = reviewed(line("aaa", "accept", reason="So it stands in the table of the ministry."))

    told = "accepted in review: So it stands in the table of the ministry."
    assert after.ledger[0] == BUDGET.changed(confidence=1.0, reasons=("amount", told))
    assert after.ledger[1:] == LEDGER[1:]


def test_to_accept_takes_one_key_and_no_words():
    assert reviewed(line("aaa", "accept")).ledger[0].reasons == ("amount", "accepted in review")


def test_a_rejected_claim_is_out_and_kept_aside_with_its_reason():
    after = reviewed(line("bbb", "reject", reason=NOT_KOREA))

    assert list(after.ledger) == [BUDGET, TROOPS]
    assert [(one.claim, one.words) for one in after.rejected] == [(OTHER, f"rejected in review: {NOT_KOREA}")]


def test_an_amended_claim_has_the_keys_that_were_set_and_says_that_a_person_set_them():
    """Numbers may stand plain or in quotes; an empty text makes a key unknown, and so does null."""
    changes = {
        "period": "2025",
        "value": 45.3e9,
        "low": "45,250,000,000",
        "high": 45350000000,
        "actor": "",
        "status": None,
    }
    start = BUDGET.changed(status="proposed")

    after = reviewed(amending("aaa", **changes), ledger=Ledger([start]))

    numbers = {"value": Decimal("45.3e9"), "low": Decimal("45.25e9"), "high": Decimal("45.35e9")}
    reasons = ("amount", f"amended in review: {WRONG_YEAR}")
    assert after.ledger[0] == start.changed(
        period="2025", actor=None, status=None, reasons=reasons, **numbers
    )


def test_a_year_set_by_hand_is_carried_over_no_more():
    """A year that the reader only carried over is open in checking; one that a person set is not."""
    carried = BUDGET.changed(reasons=(CARRIED_PERIOD, "amount"))

    after = reviewed(amending("aaa", period="2025"), ledger=Ledger([carried]))

    assert after.ledger[0].reasons == ("amount", f"amended in review: {WRONG_YEAR}")


def test_the_last_word_on_a_claim_counts_alone():
    """The amendment before is no more: to accept is to say that the claim is right as it was read."""
    after = reviewed(amending("aaa", period="2025"), line("aaa", "accept"))

    assert (after.ledger[0].period, after.ledger[0].confidence) == ("2026", 1.0)


def test_undo_lets_the_decision_before_count_again():
    after = reviewed(
        amending("aaa", period="2025"),
        line("aaa", "reject", reason=NOT_KOREA),
        line("aaa", "undo", reason="Misclicked."),
    )

    assert after.rejected == ()
    assert after.ledger[0].period == "2025"


def test_undo_where_nothing_was_decided_is_no_fault():
    assert reviewed(line("aaa", "undo"), line("zzz", "undo")).ledger == LEDGER


CHANGES = st.sampled_from([{"period": "2025"}, {"period": "2024", "status": "enacted"}, {"actor": "JPN"}])
DECIDED: st.SearchStrategy = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject"]), st.just({})),
    st.tuples(st.just("amend"), CHANGES),
)


@st.composite
def decisions(draw, names="abc"):
    """A review of one of three claims, be it to take one back."""
    decision, changes = draw(st.one_of(DECIDED, st.just(("undo", {}))))
    name = draw(st.sampled_from(names)) * 3
    return ClaimReview(name, decision, Place("reviews.jsonl"), draw(st.sampled_from(["one", "two"])), changes)


@given(st.lists(decisions(), max_size=6), decisions().filter(lambda one: one.decision != "undo"))
def test_what_is_said_and_taken_back_was_never_said(said, last):
    undo = ClaimReview(last.claim, "undo", Place("reviews.jsonl"))

    assert review_claims(LEDGER, [*said, last, undo]) == review_claims(LEDGER, said)


@given(st.lists(decisions("a"), max_size=4), st.lists(decisions("b"), max_size=4), st.randoms())
def test_the_order_of_reviews_of_different_claims_is_no_matter(first, second, chance):
    """The reviews of each claim keep their order among themselves."""
    mixed, waiting = [], [list(first), list(second)]
    while any(waiting):
        mixed.append(chance.choice([each for each in waiting if each]).pop(0))

    one, other = review_claims(LEDGER, [*first, *second]), review_claims(LEDGER, mixed)

    assert (one.ledger, one.rejected) == (other.ledger, other.rejected)


@given(CHANGES)
def test_to_amend_twice_alike_is_to_amend_once(changes):
    once = reviewed(amending("aaa", **changes))

    assert reviewed(amending("aaa", **changes), amending("aaa", **changes)) == once
    assert reviewed(amending("aaa", **changes), ledger=once.ledger) == once


def test_a_review_whose_claim_is_gone_is_told():
    after = review_claims(LEDGER, read(line("zzz", "reject", reason=NOT_KOREA, quote="47 billion")))

    assert after.ledger == LEDGER
    assert [(one.code, one.severity, one.origin.line) for one in after.problems] == [
        ("review-without-claim", "warning", 1)
    ]
    assert "47 billion" in after.problems[0].message
    assert NOT_KOREA in after.problems[0].message


def test_a_review_of_other_words_is_told_and_not_applied():
    after = review_claims(LEDGER, read(line("aaa", "reject", reason=NOT_KOREA, quote="47 billion")))

    assert (after.ledger, after.rejected) == (LEDGER, ())
    assert [(one.code, one.severity) for one in after.problems] == [("review-of-other-words", "warning")]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({"low": 50e9}, "above high", id="low above high"),
        pytest.param({"unit": 7}, "unit is not text", id="a number for a unit"),
        pytest.param({"low": "many"}, "hold", id="no number"),
        pytest.param({"high": float("inf")}, "high", id="a number without end"),
        pytest.param({"period": "soon"}, "period", id="no period"),
        pytest.param({"kind": "guess"}, "unknown kind", id="no kind"),
        pytest.param({"confidence": 2}, "between 0 and 1", id="surer than sure"),
        pytest.param({"value": 47e9}, "outside of low", id="a value beside the old bounds"),
    ],
)
def test_a_claim_that_would_not_hold_is_not_amended(changes, why):
    """46.1 bn leaves 46.05 to 46.15 bn open."""
    after = review_claims(LEDGER, read(line("ccc", "accept"), amending("aaa", **changes)))

    assert after.ledger[0] == BUDGET
    assert [(one.code, one.severity, one.origin.line) for one in after.problems] == [
        ("wrong-value", "error", 2)
    ]
    assert why in after.problems[0].message


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param(line("aaa", "perhaps", reason="r"), "decision on a claim is none of", id="odd"),
        pytest.param('{"claim": "aaa", "reason": "r"}', "decision on a claim is none of", id="undecided"),
        pytest.param(line("aaa", "reject"), "gives no reason", id="rejected without a reason"),
        pytest.param(line("aaa", "amend", changes={"unit": "%"}), "gives no reason", id="amended without"),
        pytest.param(line("", "accept"), "claim is empty", id="no claim"),
        pytest.param(line(7, "accept"), "claim is not text", id="a number for a claim"),
        pytest.param(line("aaa", "accept", hash="0123456789ab"), "'hash' is no key", id="of a finding too"),
        pytest.param(amending("aaa"), "amends nothing", id="nothing to amend"),
        pytest.param(line("aaa", "amend", reason="r", changes=["period"]), "no table", id="a list of keys"),
        pytest.param(
            line("aaa", "accept", changes={"unit": "%"}), "belong to amend", id="accepted and changed"
        ),
        pytest.param(amending("aaa", measur="gdp"), "Did you mean 'measure'", id="a slip in a key"),
        pytest.param(amending("aaa", quote="x"), "'quote' is no key", id="the words of the source"),
        pytest.param('{"claim": "aaa", "decision": "accept", "by": "\\ud800"}', "no JSON", id="half a sign"),
    ],
)
def test_a_line_that_is_no_review_is_told_and_the_others_count(text, why):
    good = line("aaa", "accept")

    reviews, problems = read_reviews(f"{good}\n{text}\n{good}\n", "reviews.jsonl")

    assert len(reviews) == 2
    assert [(one.code, one.severity, one.origin.line) for one in problems] == [("broken-review", "error", 2)]
    assert why in problems[0].message


@pytest.mark.parametrize("length", [1, 20, 60, -2, -1])
def test_a_last_line_that_breaks_off_is_told_and_the_others_count(tmp_path, length):
    """The machine stopped while it was written, be it where the changes end and the line does not."""
    whole, torn = line("aaa", "accept"), amending("bbb", period="2025")
    path = tmp_path / "reviews.jsonl"
    path.write_text(f"{whole}\n{torn[:length]}", encoding="utf-8")

    reviews, problems = load_reviews(path)

    assert [review.claim for review in reviews] == ["aaa"]
    assert [(one.code, one.severity, one.origin.line) for one in problems] == [("torn-review", "warning", 2)]


def test_a_decision_is_added_to_the_file_and_read_back(tmp_path):
    path = tmp_path / "reviews.jsonl"
    amended = claim_review_line(BUDGET, "amend", reason=WRONG_YEAR, changes={"period": "2025"})

    for text in (amended, claim_review_line(OTHER, "reject", reason="일본의 것이다.")):
        append_line(path, text)
    append_review(path, {"hash": "0123456789ab", "decision": "dismiss", "reason": "Seen."})

    reviews, problems = load_reviews(path)
    assert problems == []
    after = review_claims(LEDGER, reviews)
    assert [one.period for one in after.ledger] == ["2025", "2026"]
    assert [one.words for one in after.rejected] == ["rejected in review: 일본의 것이다."]
    assert len(reviews) == 3


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(line("aaa", "reject"), id="no reason"),
        pytest.param(line("aaa", "accept") + "\n" + line("bbb", "accept"), id="two lines"),
        pytest.param(line("aaa", "accept")[:-1], id="half a line"),
    ],
)
def test_what_is_no_review_is_not_added(tmp_path, text):
    with pytest.raises(ValueError, match=r"reason|line|JSON"):
        append_line(tmp_path / "reviews.jsonl", text)

    assert list(tmp_path.iterdir()) == []


def test_the_line_for_a_decision_says_it():
    text = claim_review_line(
        BUDGET,
        "amend",
        reason=WRONG_YEAR,
        changes={"period": "2025", "low": Decimal("46.06e9")},
        by="desk",
        day=date(2026, 1, 25),
    )

    (review,) = read(text)
    assert isinstance(review, ClaimReview)
    assert (review.claim, review.quote, review.by, review.date) == (
        "aaa",
        "46.1 bn USD",
        "desk",
        "2026-01-25",
    )
    after = review_claims(LEDGER, [review])
    assert (after.ledger[0].period, after.ledger[0].low) == ("2025", Decimal("46.06e9"))


@pytest.mark.parametrize("decision", ["accept", "undo"])
def test_a_line_says_no_more_than_is_needed(decision):
    assert json.loads(claim_review_line(BUDGET, decision)) == {
        "claim": "aaa",
        "decision": decision,
        "quote": "46.1 bn USD",
    }


@pytest.mark.parametrize(
    ("decision", "keys", "why"),
    [
        ("perhaps", {}, "decision on a claim is none of"),
        ("reject", {"reason": "  "}, "gives no reason"),
        ("amend", {"reason": "r"}, "amends nothing"),
        ("amend", {"reason": "r", "changes": {"measur": "gdp"}}, "Did you mean 'measure'?"),
        ("amend", {"reason": "r", "changes": {"low": "50,000,000,000"}}, "above high"),
        ("amend", {"reason": "r", "changes": {"high": float("nan")}}, "high is not a number"),
        ("reject", {"reason": "half a sign: \ud800"}, "half a character"),
    ],
)
def test_a_decision_that_cannot_be_made_has_no_line(decision, keys, why):
    with pytest.raises(ValueError) as told:
        claim_review_line(BUDGET, decision, **keys)

    assert why in str(told.value)
    assert str(told.value).endswith(".")


def test_what_is_no_review_of_a_claim_is_passed_over():
    dismissed = {"hash": "0123456789ab", "decision": "dismiss", "reason": "Seen."}

    assert standing(read(json.dumps(dismissed))) == {}


@pytest.fixture
def folder(tmp_path):
    """A case whose one source gives two numbers for one budget."""
    (tmp_path / "case.toml").write_text(CASE, encoding="utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "brief.txt").write_text(CLASH, encoding="utf-8")
    return tmp_path


def gathered_in(folder):
    case, problems = load_case(folder)
    assert problems == []
    return gather_case(case)


def contradictions(gathered):
    found, _ = check_ledger(gathered.ledger, gathered.vocabulary)
    return [one for one in found if one.verdict == "contradicted"]


def second_claim(gathered):
    """The claim of the budget of 45.1 billion."""
    return next(claim for claim in gathered.ledger if "45.1" in claim.quote)


def reject_second(folder):
    text = claim_review_line(second_claim(gathered_in(folder)), "reject", reason=NOT_KOREA)
    (folder / "reviews.jsonl").write_text(f"{text}\n", encoding="utf-8")


def test_findings_change_at_once_and_come_back_with_undo(folder):
    """As an explorer asks: nothing is read again, and what was said before does not stick."""
    before = gathered_in(folder)
    second = second_claim(before)
    reject, undo = claim_review_line(second, "reject", reason=NOT_KOREA), claim_review_line(second, "undo")

    without = with_reviews(before, read(reject))
    again = with_reviews(without, read(reject, undo))

    assert [len(contradictions(one)) for one in (before, without, again)] == [1, 0, 1]
    assert [one.claim for one in without.rejected] == [second]
    assert without.documents == before.documents
    assert (again.ledger, again.rejected, again.problems) == (before.ledger, (), before.problems)


def test_problems_of_reviews_made_before_are_put_aside(folder):
    before = gathered_in(folder)
    told = with_reviews(before, read(line("zzz", "accept")))

    assert [one.code for one in told.problems] == ["review-without-claim"]
    assert with_reviews(told, ()).problems == ()


def test_check_and_read_leave_a_rejected_claim_out_and_count_it(folder, capsys):
    reject_second(folder)

    code, told = run(capsys, "check", folder, "--strict")
    assert code == 0
    assert "1 claim rejected in review" in told
    assert "1 claim rejected in review" in run(capsys, "read", folder, "--format", "table")[1]
    for command in ("check", "read"):
        data = json.loads(run(capsys, command, folder, "--format", "json", "--quiet")[1])
        assert [claim["quote"] for claim in data["claims"]] == ["$46.1 billion"]
        assert [(one["claim"]["quote"], one["reason"]) for one in data["rejected"]] == [
            ("$45.1 billion", f"rejected in review: {NOT_KOREA}")
        ]


def test_where_all_claims_are_rejected_that_is_why_nothing_is_found(folder, capsys):
    lines = [claim_review_line(one, "reject", reason=NOT_KOREA) for one in gathered_in(folder).ledger]
    (folder / "reviews.jsonl").write_text("\n".join(lines), encoding="utf-8")

    told = run(capsys, "check", folder)[1]

    assert "none, for no claim is left; 2 claims rejected in review" in told


def test_corrections_are_made_before_reviews(folder, capsys):
    """A claim that a person withdrew is no more, so that the review of it is told."""
    reject_second(folder)
    withdrawn = '[[withdraw]]\nquote = "$45.1 billion"\nreason = "Withdrawn."\n'
    (folder / "corrections.toml").write_text(withdrawn, encoding="utf-8")

    told = run(capsys, "check", folder)[1]

    assert "review-without-claim" in told
    assert "rejected in review:" in told


def test_a_build_reads_again_when_a_review_of_a_claim_is_added_or_taken_back(folder, capsys):
    steps = ("read     unchanged", "check    unchanged", "project  unchanged")
    run(capsys, "build", folder)
    reject_second(folder)

    _, told = run(capsys, "build", folder)
    assert not any(step in told for step in steps)
    assert "1 claim in 1 document, 1 rejected in review" in told
    assert "1 claim rejected in review" in told
    claims = Ledger.from_jsonl((folder / "out" / "claims.jsonl").read_text(encoding="utf-8"))
    assert [claim.quote for claim in claims] == ["$46.1 billion"]
    results = json.loads((folder / "out" / "results.json").read_text(encoding="utf-8"))
    assert [one["claim"]["quote"] for one in results["rejected"]] == ["$45.1 billion"]

    assert "read     unchanged" in run(capsys, "build", folder)[1]
    (folder / "reviews.jsonl").unlink()
    assert "2 claims in 1 document\n" in run(capsys, "build", folder)[1]


def test_the_page_shows_a_rejected_claim_struck_with_its_reason(folder, capsys):
    name = second_claim(gathered_in(folder)).id
    reject_second(folder)

    run(capsys, "build", folder)

    page = (folder / "out" / "report.html").read_text(encoding="utf-8")
    assert f'<mark id="text-{name}" class="figure rejected"><s>$45.1 billion</s></mark>' in page
    assert f'href="#text-{name}" aria-describedby="card-{name}"' in page
    assert f"rejected in review: {NOT_KOREA}".replace("'", "&#x27;") in page
    assert f'id="claim-{name}"' not in page


def test_the_card_and_the_footnote_of_an_amended_claim_say_that_a_person_amended_it(folder, capsys):
    """The reason ends with a full stop of its own, which is not doubled."""
    text = claim_review_line(
        second_claim(gathered_in(folder)), "amend", reason=WRONG_YEAR, changes={"period": "2024"}
    )
    (folder / "reviews.jsonl").write_text(f"{text}\n", encoding="utf-8")

    run(capsys, "build", folder)

    page = (folder / "out" / "report.html").read_text(encoding="utf-8")
    assert f"; amended in review: {WRONG_YEAR} Confidence" in page
    notes = (folder / "out" / "articles.md").read_text(encoding="utf-8")
    assert f"; amended in review: {WRONG_YEAR}\n" in notes


def test_a_claim_rejected_in_two_texts_of_one_name_has_one_anchor():
    """Texts of one name in two folders give one id to the same words, and an anchor stands once on a page."""
    texts = [Document(f"{folder}/brief.txt", samples.BUDGET) for folder in ("a", "b")]
    twice = tuple(
        Rejection(samples.TOTAL.changed(document=text.name), "rejected in review") for text in texts
    )
    results = Results(title="Twice", vocabulary=samples.vocabulary(), documents=tuple(texts), rejected=twice)

    page = make_report(results)[0][PAGE].decode()

    assert page.count(f'id="text-{samples.TOTAL.id}"') == 1


def test_an_amendment_that_cannot_be_made_stops_a_build_at_its_line(folder, capsys):
    first = gathered_in(folder).ledger[0]
    text = amending(first.id, low=50e9)
    (folder / "reviews.jsonl").write_text(f"{text}\n", encoding="utf-8")

    code = cli.run(["build", str(folder)])

    told = capsys.readouterr().err
    assert code == 2
    assert "reviews.jsonl:1  wrong-value" in told
