"""`steelyard project CASE --why CELL`: the chain behind a number, down to the words of its sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite
from typing import TYPE_CHECKING

from steelyard.state import input_hashes, version
from steelyard.terminal import printable, to_json, to_json_lines

if TYPE_CHECKING:
    from steelyard.core.problems import Problem
    from steelyard.core.vocabulary import Vocabulary
    from steelyard.project.ensemble import Ensemble, Headline, Origin
    from steelyard.project.why import Asked, Chain
    from steelyard.run import Run

_KINDS = {
    "claim": "what sources say",
    "parameter": "parameters",
    "agreement": "agreements",
    "crosswalk": "crosswalks",
    "equation": "equations",
    "series": "series",
    "assumption": "assumptions",
    "draws": "draws",
}


def why(run: Run, cell: str) -> tuple[list[Chain], list[Problem]]:
    """The chain of a cell in each scenario that was run; a scenario that lacks it gives a problem, unless
    another has it.
    """
    from steelyard.project.why import chain_of, find_cell

    ensembles, problems = run.projected
    chains: list[Chain] = []
    faults: list[Problem] = []
    for ensemble in ensembles:
        asked, fault = find_cell(cell, ensemble, run.case.vocabulary)
        if asked is None:
            faults += [fault] if fault else []
        elif asked.draw is None:
            chains.append(chain_of(ensemble, asked))
        else:
            chains.append(_drawn(run, ensemble, asked))
    return chains, [*problems, *(faults[:1] if not chains else ())]


def _drawn(run: Run, ensemble: Ensemble, asked: Asked) -> Chain:
    """The chain of one draw, which is run again alone."""
    from steelyard.project.prepared import prepare, run_of
    from steelyard.project.replay import replayed

    entry = run.case.vocabulary.entries("scenarios")[ensemble.scenario]
    found, _ = prepare(
        entry,
        run.gathered.ledger,
        run.case.vocabulary,
        run.case.series,
        draws=ensemble.draws,
        seed=ensemble.seed,
    )
    assert found is not None, "what was projected can be projected again"
    return replayed(ensemble, asked, run_of(found))


def answer_text(chains: Sequence[Chain], run: Run, problems: Sequence[Problem], form: str) -> str:
    """The chains in the format asked for: one object, one chain a line, or a text for people."""
    rows = [chain.to_json() for chain in chains]
    inputs = input_hashes(run.case.folder)
    made = {"version": version(), "inputs": inputs}
    match form:
        case "json":
            return to_json({"why": rows, **made, "problems": [problem.to_json() for problem in problems]})
        case "jsonl":
            return to_json_lines({**row, **made} for row in rows)
        case _:
            lines = [line for chain in chains for line in (*_lines(chain, run.case.vocabulary), "")]
            lines += [f"steelyard {version()}", "inputs, each with its SHA-256:"]
            lines += [f"  {name} {digest}" for name, digest in inputs.items()]
            return "".join(f"{printable(line)}\n" for line in lines if chains)


def _lines(chain: Chain, vocabulary: Vocabulary) -> Iterator[str]:
    """A chain for people: the number, its equation, then each kind of input with where it stands."""
    from steelyard.project.sections import DOCUMENT, section_of
    from steelyard.report.wording import Wording

    wording, cell = Wording(vocabulary), chain.asked.cell
    headline, year = chain.asked.headline, chain.asked.year
    value = _number(chain.value, headline, chain.error) if headline else ""
    value = value or wording.rounded(chain.value, cell.unit, chain.error)
    yield f"{cell.variable}{f' {year}' if year else ''}, {chain.asked.name}: {value} ({chain.scenario})"
    if chain.error is not None and isfinite(chain.error):
        # A probability's error has the form of the probability, a year's is in years.
        error = wording.amount(chain.error, "year" if cell.unit == "calendar year" else cell.unit)
        yield f"  Monte Carlo standard error: {error}"
    if chain.box:
        ends = [_number(end, headline, chain.error) for end in chain.box] if headline else []
        span = " to ".join(dict.fromkeys(ends)) if all(ends) and ends else ""
        span = span or wording.span(*chain.box, cell.unit, (chain.error,) * 2)
        yield f"  rounding of the claims leaves open: {span}"
    yield f"  equation: {cell.equation}"
    if section := section_of(cell.variable):
        yield f"  explained in: {DOCUMENT}, {section}"
    for row in chain.drawn:
        numbers = ", ".join(f"{name} {number:.6g}" for name, number in row.items() if name != "year")
        yield f"  {row['year']:.0f}: {numbers}"
    for kind, title in _KINDS.items():
        origins = [origin for origin in chain.origins if origin.kind == kind]
        if origins:
            yield f"  {title}:"
            yield from (f"    - {_origin_line(origin)}" for origin in origins)


def _number(value: float, headline: Headline, error: float | None) -> str:
    """A headline's number where it is no amount: a year, a probability, or one without end; else ""."""
    from steelyard.report.wording import MOST_DECIMALS, plain_number, supported

    if not isfinite(value):
        return headline.unbounded
    if headline.unit == "calendar year":
        return f"{value:.0f}"
    if headline.unit or not error:
        return "" if headline.unit else f"{value:.6g}"
    return plain_number(value, supported(MOST_DECIMALS, error))


def _origin_line(origin: Origin) -> str:
    """One input: a quotation with its document and place, draws with what names their streams, or a value
    with its layer and reference.
    """
    reference = origin.reference or {}
    if origin.kind == "claim":
        place = f"{reference['document']}, characters {reference['start']} to {reference['end']}"
        return f"“{origin.value}” in {place} ({origin.id})"
    if origin.kind == "draws":
        return f"{origin.label}. {', '.join(f'{key} {text}' for key, text in reference.items())}"
    value = f": {origin.value}" if origin.value else ""
    layer = f", set by {origin.layer}" if origin.layer else ""
    source = ", ".join(
        str(reference[key])
        for key in ("title", "publisher", "date", "edition", "locator", "reason")
        if reference.get(key)
    )
    return f"{origin.label}{value}{layer}{f'. {source}' if source else ''}"
