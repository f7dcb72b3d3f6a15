"""Claims and findings to be looked at, and what a person decides on them.

A decision is on the disk before it is answered. What follows from it is reckoned from the file as it then is,
so that two people who review at once see each other's decisions and lose none of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import cached_property

from steelyard.check import check_ledger
from steelyard.claim_reviews import ClaimReview, claim_review_line, standing
from steelyard.core.claim import Claim
from steelyard.core.problems import Problem
from steelyard.explorer.pages import render
from steelyard.explorer.shelf import Opened
from steelyard.gather import with_reviews
from steelyard.report.ledger_tables import claim_in_words
from steelyard.report.links import link_claims
from steelyard.report.results import Results
from steelyard.report.verdicts import Verdict, describe_findings, document_title
from steelyard.reviews import (
    REVIEWS_FILE,
    SHORTEST,
    Reviewed,
    append_line,
    append_review,
    apply_reviews,
    load_reviews,
)
from steelyard.run import Run

# What the page lets a person amend; everything else a claim has can be amended by a line in the file.
AMENDED = (
    *("actor", "measure", "item", "statistic", "value", "low", "high", "unit", "period", "baseline"),
    *("status", "definition", "prices", "speaker"),
)
_AROUND = 160  # characters of the sentence on either side
_LONGEST = 2000  # characters of a reason or a value
Data = Mapping[str, object]


class Refused(ValueError):
    """A decision that cannot be made; the message is a sentence that says why."""


class Live:
    """A case as its reviews are at this moment: no document is read again."""

    def __init__(self, opened: Opened, run: Run) -> None:
        self._opened, self._run = opened, run
        self.path = opened.folder / REVIEWS_FILE
        self.reviews, self.faults = load_reviews(self.path)
        self.gathered = with_reviews(run.gathered, self.reviews)

    @cached_property
    def checked(self) -> tuple[Reviewed, list[Problem]]:
        """Findings after review, and what could not be checked."""
        findings, problems = check_ledger(self.gathered.ledger, self.gathered.vocabulary)
        return apply_reviews(findings, self.reviews), problems

    @cached_property
    def results(self) -> Results:
        """What the words of claims and findings are made from."""
        return Results(
            title=self._run.case.title,
            vocabulary=self.gathered.vocabulary,
            documents=self.gathered.documents,
            ledger=self.gathered.ledger,
            findings=tuple(self.checked[0].findings),
            sources=self._run.case.sources,
        )

    def fill(self) -> Data:
        """What the page of claims and findings is filled in with."""
        links, _ = link_claims(self.gathered.ledger, self.gathered.documents)
        verdicts = describe_findings(self.results, links)
        decided = standing(self.reviews)
        claims = list(self._claims(decided))
        counts = defaultdict(int, dict.fromkeys(("accept", "reject", "amend"), 0))
        for one in claims:
            counts[str(one["decision"])] += 1
        return {
            "claims": claims,
            "amended": AMENDED,
            "counts": {"left": counts[""], **{name: counts[name] for name in ("accept", "reject", "amend")}},
            "verdicts": [verdict for verdict in verdicts if verdict.is_card],
            "others": sum(not verdict.is_card for verdict in verdicts),
            "hashes": {verdict.anchor: _hash(verdict) for verdict in verdicts},
            "dismissed": [{"hash": one.hash, "words": one.explanation} for one in self.checked[0].dismissed],
            "told": [f"{one.message} {one.hint}" for one in (*self.faults, *self._of_reviews())],
            "figures": defaultdict(list),
        }

    def _of_reviews(self) -> list[Problem]:
        """What is wrong with reviews that were read."""
        return [one for one in self.gathered.problems if one.origin.file.endswith(REVIEWS_FILE)]

    def _claims(self, decided: Mapping[str, ClaimReview]) -> Iterator[Data]:
        """All claims in the order of the sources, those rejected among them."""
        now = {claim.id: claim for claim in self.gathered.ledger}
        for before in (self.gathered.unreviewed or self.gathered).ledger:
            claim, review = now.get(before.id, before), decided.get(before.id)
            yield {
                "id": claim.id,
                "source": document_title(claim.document, self.results),
                "quote": claim.quote,
                **self._context(claim),
                "words": claim_in_words(claim, self.gathered.vocabulary).partition(": ")[2],
                "reasons": "; ".join(claim.reasons),
                "confidence": f"{claim.confidence:g}",
                "decision": review.decision if review else "",
                "said": review.words if review else "",
                "keys": {key: _plain(getattr(claim, key)) for key in AMENDED},
            }

    def _context(self, claim: Claim) -> Mapping[str, str]:
        """What stands around a claim in its sentence."""
        text = next((one.text for one in self.gathered.documents if one.name == claim.document), "")
        before = text[max(claim.sentence_start, claim.start - _AROUND) : claim.start]
        after = text[claim.end : min(claim.sentence_end, claim.end + _AROUND)]
        return {"before": before, "after": after}


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _hash(verdict: Verdict) -> str:
    return str(verdict.data.get("hash") or "")


def claims_page(opened: Opened) -> Data:
    """What the page of claims and findings of a case is filled in with; made anew where reviews have changed.

    Rendering it numbers its figures, so that it is given a new list of them each time.
    """
    run, path = opened.run, opened.folder / REVIEWS_FILE
    assert run is not None, "the page is asked for when a case is ready"
    stat = path.stat() if path.is_file() else None
    key = (id(run), opened.generation, stat and (stat.st_mtime_ns, stat.st_size, stat.st_ino))
    known = opened.claims
    if known is None or known[0] != key:
        opened.claims = known = (key, Live(opened, run).fill())
    return {**known[1], "figures": defaultdict(list)}


def review(opened: Opened, asked: object) -> Data:
    """Write a decision down, and give the two lists as they are after it.

    Raises:
        Refused: it is none, or it cannot be written.
    """
    run = opened.run
    if run is None or not isinstance(asked, dict):
        raise Refused("A review is an object with a claim or a hash, a decision and a reason.")
    texts = {key: value for key, value in asked.items() if isinstance(value, str)}
    changes = asked.get("changes")
    changed = list(changes.values()) if isinstance(changes, dict) else []
    if any(len(str(text)) > _LONGEST for text in (*texts.values(), *changed)):
        raise Refused(f"A reason or a value has at most {_LONGEST:,} characters.")
    live = Live(opened, run)
    try:
        if "claim" in asked:
            _on_claim(live, asked, texts)
        else:
            _on_finding(live, texts)
    except ValueError as error:
        raise Refused(_sentence(str(error))) from error
    except OSError as error:
        raise Refused(f"The review cannot be written to {live.path}: {error.strerror or error}.") from error
    filled = Live(opened, run).fill()
    return {name: render(f"{name}.html", writable=True, **filled) for name in ("claim_list", "finding_list")}


def _on_claim(live: Live, asked: Mapping[str, object], texts: Mapping[str, str]) -> None:
    before = (live.gathered.unreviewed or live.gathered).ledger
    claim = next((one for one in before if one.id == texts.get("claim")), None)
    if claim is None:
        raise Refused("There is no such claim any more. Load the page again.")
    changes = asked.get("changes")
    line = claim_review_line(
        claim,
        texts.get("decision", ""),
        reason=texts.get("reason", ""),
        changes={str(key): value for key, value in changes.items()} if isinstance(changes, dict) else None,
        by=texts.get("by", ""),
        day=_today(),
    )
    append_line(live.path, line)


def _on_finding(live: Live, texts: Mapping[str, str]) -> None:
    hash_, decision = texts.get("hash", ""), texts.get("decision", "")
    reviewed = live.checked[0]
    if not any(one.hash == hash_ for one in (*reviewed.findings, *reviewed.dismissed)):
        raise Refused("There is no such finding any more. Load the page again.")
    kept = {key: texts[key] for key in ("reason", "by") if texts.get(key)}
    append_review(
        live.path, {"hash": hash_[: max(SHORTEST, 16)], "decision": decision, **kept, "date": str(_today())}
    )


def _today() -> date:
    return datetime.now(UTC).date()


def _sentence(text: str) -> str:
    text = text if text.endswith(".") else f"{text}."
    return f"{text[:1].upper()}{text[1:]}"
