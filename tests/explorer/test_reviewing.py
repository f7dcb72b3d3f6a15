"""Decisions on claims and findings: on the disk before they are answered, and none lost."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from steelyard.reviews import REVIEWS_FILE
from tests.conftest import ROOT
from tests.explorer.conftest import OWN


def lines(desk) -> list[dict[str, object]]:
    path = desk.case.folder / REVIEWS_FILE
    return [json.loads(line) for line in path.read_text().split("\n") if line] if path.exists() else []


def claims(desk) -> list[str]:
    return [claim.id for claim in desk.case.run.gathered.ledger]


def card(desk) -> str:
    """The hash of a finding that is shown as a card."""
    return str(desk.get("claims").text).partition('data-hash="')[2].partition('"')[0]


def test_each_decision_on_a_claim_is_a_line_and_is_shown(case, opened):
    desk = opened(case)
    first, second, third, *_ = claims(desk)

    accepted = desk.review(claim=first, decision="accept")
    rejected = desk.review(claim=second, decision="reject", reason="It is a caption.")
    amended = desk.review(claim=third, decision="amend", reason="Wrong year.", changes={"period": "2031"})

    assert [answer.status_code for answer in (accepted, rejected, amended)] == [200, 200, 200]
    assert [line["decision"] for line in lines(desk)] == ["accept", "reject", "amend"]
    assert lines(desk)[1]["reason"] == "It is a caption."
    assert "1 accepted, 1 amended, 1 rejected" in amended.json()["claim_list"]
    assert "It is a caption." in amended.json()["claim_list"]
    assert amended.json()["claim_list"] in desk.get("claims").text


def test_undo_adds_a_line_and_takes_the_decision_back(case, opened):
    desk = opened(case)
    first = claims(desk)[0]
    before = desk.get("claims").text
    desk.review(claim=first, decision="reject", reason="It is a caption.")

    undone = desk.review(claim=first, decision="undo")

    assert undone.status_code == 200
    assert [line["decision"] for line in lines(desk)] == ["reject", "undo"]
    assert undone.json()["claim_list"] in before


def test_a_finding_is_dismissed_and_taken_up_again(case, opened):
    desk = opened(case)
    hash_ = card(desk)
    assert hash_

    dismissed = desk.review(hash=hash_, decision="dismiss", reason="Two counts.").json()["finding_list"]
    again = desk.review(hash=hash_, decision="reopen", reason="One count.").json()["finding_list"]

    assert "Take it up again" in dismissed
    assert "Take it up again" not in again
    assert [line["decision"] for line in lines(desk)] == ["dismiss", "reopen"]


def test_what_a_claim_says_after_review_changes_the_findings_at_once(case, opened):
    desk = opened(case)
    before = desk.get("claims").text
    cards = before.count('data-do="dismiss"')
    assert cards

    for claim in claims(desk):
        after = desk.review(claim=claim, decision="reject", reason="All of it is doubted.")

    assert 'data-do="dismiss"' not in after.json()["finding_list"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"claim": "none", "decision": "accept"}, "There is no such claim any more. Load the page again."),
        ({"hash": "none", "decision": "dismiss", "reason": "x"}, "There is no such finding any more."),
        ({"claim": "FIRST", "decision": "like"}, "none of accept, reject, amend, undo"),
        ({"claim": "FIRST", "decision": "reject"}, "reason"),
        ({"claim": "FIRST", "decision": "reject", "reason": "  "}, "reason"),
        ({"claim": "FIRST", "decision": "amend", "reason": "x"}, "change"),
        ({"claim": "FIRST", "decision": "amend", "reason": "x", "changes": {"period": "soon"}}, "soon"),
        ({"claim": "FIRST", "decision": "amend", "reason": "x", "changes": {"colour": "red"}}, "colour"),
        ({"claim": "FIRST", "decision": "reject", "reason": "x" * 2001}, "at most 2,000 characters"),
        (
            {"claim": "FIRST", "decision": "amend", "reason": "x", "changes": {"item": "y" * 2001}},
            "at most 2,000 characters",
        ),
        ({"claim": ["FIRST"], "decision": "accept"}, "There is no such claim"),
        ({"claim": "FIRST", "decision": "amend", "reason": "x", "changes": {"value": {"a": 1}}}, "value"),
        ({}, "There is no such finding any more."),
        ([], "A review is an object with a claim or a hash"),
        ("accept", "A review is an object with a claim or a hash"),
    ],
)
def test_a_decision_that_cannot_be_made_is_told_and_not_written(desk, asked, sentence):
    if isinstance(asked, dict) and asked.get("claim") == "FIRST":
        asked = {**asked, "claim": claims(desk)[0]}

    answer = desk.post("reviews", json=asked)

    assert answer.status_code == 422
    assert sentence in answer.json()["refused"]
    assert lines(desk) == []


def test_a_review_that_is_no_json_is_told(desk):
    answer = desk.post("reviews", content=b"{")

    assert (answer.status_code, answer.json()["refused"]) == (400, "The review is no JSON.")


def test_reasons_keep_every_sign(case, opened):
    desk = opened(case)
    reason = 'A "quotation",\na second line, <b>markup</b> and ünïcode \u2028.'

    answer = desk.review(claim=claims(desk)[0], decision="reject", reason=reason)

    assert answer.status_code == 200
    assert [line["reason"] for line in lines(desk)] == [reason]
    assert "1 rejected" in answer.json()["claim_list"]
    assert "<b>markup</b>" not in answer.json()["claim_list"]


def test_a_file_of_reviews_with_a_broken_line_says_so_and_is_written_on(case, opened):
    (case / REVIEWS_FILE).write_text('{"claim": "cut o')
    desk = opened(case)

    answer = desk.review(claim=claims(desk)[0], decision="accept")

    assert answer.status_code == 200
    assert (case / REVIEWS_FILE).read_text().splitlines()[0] == '{"claim": "cut o'
    assert json.loads((case / REVIEWS_FILE).read_text().splitlines()[1])["decision"] == "accept"
    assert "reviews.jsonl" in desk.get("claims").text


def test_two_who_review_at_once_lose_nothing(case, opened):
    desk = opened(case)
    ids = claims(desk)

    def review(who: str) -> list[int]:
        reasons = [f"{who} {number}" for number in range(20)]
        return [
            desk.review(claim=ids[number % len(ids)], decision="reject", reason=reason, by=who).status_code
            for number, reason in enumerate(reasons)
        ]

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(review, ("Kim", "Lee")))

    assert answers == [[200] * 20] * 2
    said = [line["reason"] for line in lines(desk)]
    assert sorted(said) == sorted(f"{who} {number}" for who in ("Kim", "Lee") for number in range(20))
    # Each one's decisions stand in the order in which they were made.
    for who in ("Kim", "Lee"):
        assert [one for one in said if one.startswith(who)] == [f"{who} {number}" for number in range(20)]


def test_what_was_confirmed_is_in_the_file_when_the_server_is_killed(case):
    """Two reviewers write as fast as they can, and the server dies in the midst of it."""
    words = [sys.executable, "-m", "steelyard", "serve", str(case), "--no-browser", "--port", "0"]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    confirmed: list[str] = []
    enough = threading.Event()
    try:
        port = int(server.stdout.readline().rpartition(":")[2].strip("/\n"))
        ids = _ids(port)

        def review(who: str) -> None:
            for number in range(1000):
                reason = f"{who} {number}"
                asked = {"claim": ids[number % len(ids)], "decision": "reject", "reason": reason}
                try:
                    answer = _asked(port, "POST", "/case/small/reviews", json.dumps(asked))
                except (OSError, http.client.HTTPException):
                    return
                if answer:
                    confirmed.append(reason)
                if len(confirmed) >= 12:
                    enough.set()

        reviewers = [threading.Thread(target=review, args=(who,)) for who in ("Kim", "Lee")]
        for one in reviewers:
            one.start()
        assert enough.wait(60)
        server.send_signal(signal.SIGKILL)
        for one in reviewers:
            one.join(30)
    finally:
        server.kill()
        server.wait()
        server.stdout.close()

    kept = (case / REVIEWS_FILE).read_text().splitlines()
    assert set(confirmed) <= {json.loads(line)["reason"] for line in kept[:-1] + _whole(kept[-1])}
    assert len(confirmed) >= 12


def _whole(line: str) -> list[str]:
    """The last line, unless it was cut off."""
    try:
        json.loads(line)
    except ValueError:
        return []
    return [line]


def _asked(port: int, method: str, path: str, body: str = "") -> str:
    """What the server answers; the empty text where it refuses."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body.encode(), OWN)
        answer = connection.getresponse()
        text = answer.read().decode()
        return text if answer.status == 200 else ""
    finally:
        connection.close()


def _ids(port: int) -> list[str]:
    while not _asked(port, "GET", "/case/small/fan.json"):
        pass
    page = _asked(port, "GET", "/case/small/claims")
    return [part.partition('"')[0] for part in page.split('data-claim="')[1:]]
