"""The audit of a draft for the command line: both sides are read, and each figure told with its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from steelyard.case import is_case
from steelyard.check.audit import audit
from steelyard.check.audited import STANDINGS, Audited
from steelyard.cli_output import alerts_text, table_of
from steelyard.core.claim import Claim, Ledger
from steelyard.core.problems import Place, Problem, visible
from steelyard.gather import Gathered, gather_paths
from steelyard.report.export.alert import alerts_of_audit, alerts_of_problems
from steelyard.terminal import place_of, span_of, to_json, to_json_lines

_WORDS = {"unsupported": "without source"}
_COLUMNS = (
    *("claim", "document", "start", "quote", "verdict", "by", "identity", "severity", "expected_low"),
    *("expected_high", "found_low", "found_high", "unit", "miss", "taken", "readings", "explanation"),
)


@dataclass(frozen=True)
class Audit:
    """An audit with what it is of: the draft and the sources as they were read, and all problems."""

    found: Sequence[Audited]
    draft: Gathered
    against: Gathered
    problems: Sequence[Problem]

    @property
    def contradicts(self) -> bool:
        """Whether the sources contradict a figure of the draft."""
        return any(one.verdict == "contradicted" for one in self.found)


def audit_paths(
    paths: Sequence[str],
    against: Sequence[str],
    *,
    case: Path | None = None,
    day: date | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    standard_input: Callable[[], bytes] = bytes,
) -> Audit:
    """The audit of what `paths` say against the cases, ledgers or documents of `against`.

    A case among the sources brings its vocabulary for both sides; else that of `case` is used.

    Raises:
        CaseError: `case` is no case, or two cases are named.
    """
    own = case or next((Path(path) for path in against if is_case(Path(path))), None)
    gather = partial(gather_paths, day=day, jobs=jobs, cluster=cluster, standard_input=standard_input)
    sources, draft = (
        gather(side, case=words, ledgers=True) for side, words in ((against, case), (paths, own))
    )
    kept, among = _without_draft(sources, draft)
    found, faults = audit(draft.ledger, kept.ledger, draft.vocabulary)
    told = sources.located([*sources.problems, *draft.located([*draft.problems, *faults]), *among])
    return Audit(found, draft, sources, list(dict.fromkeys(told)))


def _without_draft(against: Gathered, draft: Gathered) -> tuple[Gathered, list[Problem]]:
    """The sources without what is of the draft itself, for nothing bears itself out; and that it was so."""
    own = {_path(document.name, draft) for document in draft.documents}
    among = {claim.document for claim in against.ledger if _path(claim.document, against) in own}
    if not among:
        return against, []
    message = "The draft is among its sources; what it says of itself is left out."
    hint = "Name only sources with --against."
    problems = [
        Problem("draft-among-sources", message, Place(name), hint, "warning") for name in sorted(among)
    ]
    kept = Ledger(claim for claim in against.ledger if claim.document not in among)
    return replace(against, ledger=kept), problems


def _path(name: str, gathered: Gathered) -> Path:
    return Path(gathered.shown.get(name, name)).resolve()


def audit_text(audit: Audit, form: str, *, explain: bool, terminal: bool) -> str | bytes:
    """What `check --against` gives. In CSV and Parquet the claims stand as ids."""
    data = [one.to_json() for one in audit.found]
    match form:
        case "json":
            told = [problem.to_json() for problem in audit.problems]
            return to_json({"figures": data, "problems": told})
        case "jsonl":
            return to_json_lines(data)
        case "csv" | "parquet":
            return table_of([_row(one) for one in audit.found], _COLUMNS, form, terminal)
        case "sarif" | "github":
            alerts = alerts_of_audit(
                audit.found,
                lambda claim: span_of(claim, audit.draft),
                lambda claim: span_of(claim, audit.against),
                everything=explain,
            )
            return alerts_text([*alerts, *alerts_of_problems(audit.problems)], form)
        case _:
            return "".join(f"{line}\n" for line in audit_lines(audit, explain=explain))


def audit_lines(audit: Audit, *, explain: bool) -> Iterator[str]:
    """The figures in the order of the draft, then a count; `explain` shows the supported ones in full too."""
    spaced = True
    for one in audit.found:
        place = place_of(one.claim, audit.draft)
        if one.verdict == "supported" and not explain:
            first = place_of(one.by[0], audit.against)
            quote = " ".join(one.claim.quote.split())
            yield visible(f"{_bare(place)}  supported: “{quote}” by {_bare(first)}")
            spaced = False
            continue
        yield from ([] if spaced else [""])
        yield from _block(one, place, audit)
        spaced = True
    yield f"Figures: {count_of(audit.found)}."


def _block(one: Audited, place: Place, audit: Audit) -> Iterator[str]:
    """A figure with its line, those of its sources, and why."""
    weight = f" ({one.severity.replace('_', ' ')})" if one.severity else ""
    title = f"{_WORDS.get(one.verdict, one.verdict)} {one.identity or ''}".rstrip()
    yield visible(f"{_bare(place)}  {title}{weight}")
    yield from _line(place, one.claim, one.verdict)
    for claim in one.by:
        there = place_of(claim, audit.against)
        yield visible(f"{_bare(there)}  by")
        yield from _line(there, claim, one.verdict)
    yield visible(one.explanation)
    if one.readings:
        yield visible(f"First reading: {one.readings[0].change}.")
    yield ""


def _line(place: Place, claim: Claim, verdict: str) -> list[str]:
    """The line of a claim with carets, or its quotation where its document is not at hand."""
    shown = Problem(verdict, "", place).lines()[1:-1]
    return shown or [visible(f"    {' '.join(claim.quote.split())}")]


def _bare(place: Place) -> str:
    return str(replace(place, key=""))


def count_of(found: Iterable[Audited]) -> str:
    """How many figures there are of each verdict."""
    verdicts = [one.verdict for one in found]
    counts = {verdict: verdicts.count(verdict) for verdict in STANDINGS}
    text = ", ".join(f"{count} {_WORDS.get(verdict, verdict)}" for verdict, count in counts.items() if count)
    return text or "none was found in the draft"


def _row(one: Audited) -> Mapping[str, object]:
    """One figure in one row: bounds in columns of their own, claims by id."""
    claim = one.claim
    row: dict[str, object] = {
        **{"claim": claim.id, "document": claim.document, "start": claim.start, "quote": claim.quote},
        **{
            key: value
            for key, value in one.to_json().items()
            if key in _COLUMNS and key not in ("claim", "by")
        },
        "by": [source.id for source in one.by],
        "unit": claim.unit,
    }
    for key, bounds in (("expected", one.expected), ("found", one.found)):
        row |= {f"{key}_{end}": (bounds or {}).get(end) for end in ("low", "high")}
    return row
