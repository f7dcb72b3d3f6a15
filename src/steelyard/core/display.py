"""What a notebook shows of claims, findings and scenarios: small tables, made from the JSON of the contract.

All words of sources are escaped, and characters that cannot be seen are shown as signs. Nothing here knows
more of a value than its public keys, and no colour is set, so that light and dark notebooks can show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from math import isfinite

from steelyard.core.problems import visible

Plain = Mapping[str, object]
# A notebook stays quick with so many rows; the rest is counted.
MOST_ROWS = 100
_WORDS = "text-align:left;vertical-align:top;white-space:normal;max-width:32em"
_NUMBER = "text-align:right;vertical-align:top;white-space:nowrap"
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
# Significant digits of what a source prints, and of what comes of draws.
_PRINTED, _DRAWN = 7, 4
_SMALLEST_WHOLE = 1000  # numbers without scale from here on are shown without decimals
_YEAR = "calendar year"
_OUTER, _MIDDLE = ("0.05", "0.95"), "0.5"


def claim_html(claim: Plain) -> str:
    """One claim: each key of which the text says something, with its value."""
    rows = [
        (key.replace("_", " "), _shown(value)) for key, value in claim.items() if value not in (None, [], ())
    ]
    return _table(f"Claim: {_one_line(claim.get('quote'))}", ("key", "value"), rows)


def claims_html(claims: Sequence[Plain]) -> str:
    """A ledger: a row for each claim, the first ones of a long one."""
    rows = [
        (
            _one_line(claim.get("quote")),
            _subject(claim),
            _span(claim.get("low"), claim.get("high"), claim.get("unit"))
            if claim["kind"] == "figure"
            else "",
            *(_one_line(claim.get(key)) for key in ("actor", "period", "status", "speaker", "document")),
        )
        for claim in claims[:MOST_ROWS]
    ]
    heads = ("quote", "of", "leaves open", "actor", "period", "status", "speaker", "document")
    return _table(_counted(claims, "claim"), heads, rows, numbers={2})


def finding_html(finding: Plain) -> str:
    """One finding: its verdict and explanation, the claims that it rests on, and readings that cure it."""
    rows = [
        (_one_line(claim.get("quote")), _one_line(claim.get("document")), what)
        for key, what in (("claims", ""), ("given", "given"))
        for claim in _tables(finding.get(key))
    ]
    readings = "".join(
        f"<li>{_text(reading.get('change'))}</li>" for reading in _tables(finding.get("readings"))
    )
    below = f"<p>Readings, the likeliest first:</p><ol>{readings}</ol>" if readings else ""
    told = f"<p>{_text(finding.get('explanation'))}</p>"
    return _table(_verdict(finding), ("claim", "document", ""), rows) + told + below


def findings_html(findings: Sequence[Plain]) -> str:
    """Findings: a row for each, the first ones of a long list."""
    rows = [
        (_verdict(finding), _one_line(finding.get("explanation")), _first_reading(finding))
        for finding in findings[:MOST_ROWS]
    ]
    return _table(_counted(findings, "finding"), ("verdict", "explanation", "first reading"), rows)


def ensemble_html(ensemble: Plain) -> str:
    """A scenario: its headline numbers, then each variable in its first and last year."""
    numbers = [
        (
            _one_line(row.get("label")),
            _one_line(row.get("unbounded")) or _amount(row.get("value"), row.get("unit"), _DRAWN),
            _span(row.get("low"), row.get("high"), row.get("unit"), _DRAWN),
        )
        for row in _tables(ensemble.get("headline"))
    ]
    heads = ("number", "value", "what rounding leaves open")
    title = f"{_one_line(ensemble.get('label'))}: {_one_line(ensemble.get('summary'))}"
    draws = f"{ensemble.get('draws')} draws, seed {ensemble.get('seed')}"
    return _table(f"{title} ({draws})", heads, numbers, numbers={1, 2}) + _paths(ensemble)


def _paths(ensemble: Plain) -> str:
    """Each variable in its first year and its last."""
    series = groupby(_tables(ensemble.get("series")), key=lambda cell: cell["variable"])
    rows = []
    for name, cells in series:
        first, *_, last = [*cells] * 2
        rows.append((_one_line(name), _one_line(last["unit"]), _in_year(first), _in_year(last)))
    heads = ("variable", "unit", "first year", "last year")
    caption = "Medians, and between which nine in ten draws lie"
    return _table(caption, heads, rows, numbers={2, 3})


def _in_year(cell: Plain) -> str:
    return f"{cell['year']}: {_fan(cell)}"


def _fan(cell: Plain) -> str:
    """A median with its range, or one number where no draw moves it."""
    chances = cell.get("quantiles")
    if not isinstance(chances, Mapping):
        return _amount(cell.get("central"), "", _DRAWN)
    low, high = (chances.get(name) for name in _OUTER)
    middle = _amount(chances.get(_MIDDLE), "", _DRAWN)
    return middle if low == high else f"{middle} ({_span(low, high, '', _DRAWN)})"


def _subject(claim: Plain) -> str:
    """What a claim is of, and what it tells of that where it is no level."""
    measure = _one_line(claim.get("measure") or claim.get("role") or claim.get("about"))
    statistic = claim.get("statistic")
    return measure if statistic in (None, "level") else f"{measure}, {statistic}"


def _verdict(finding: Plain) -> str:
    weight = f" ({str(finding['severity']).replace('_', ' ')})" if finding.get("severity") else ""
    return f"{_one_line(finding.get('verdict'))} {_one_line(finding.get('identity'))}{weight}".strip()


def _first_reading(finding: Plain) -> str:
    return next((_one_line(reading.get("change")) for reading in _tables(finding.get("readings"))), "")


def _counted(rows: Sequence[Plain], noun: str) -> str:
    count = f"{len(rows)} {noun}" + ("" if len(rows) == 1 else "s")
    return count if len(rows) <= MOST_ROWS else f"{count}, of which the first {MOST_ROWS} are shown"


def _table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Iterable[int] = (),
) -> str:
    """An HTML table of plain texts, each escaped; the columns in `numbers` are set to the right."""
    right = set(numbers)
    styles = [_NUMBER if number in right else _WORDS for number in range(len(heads))]

    def line(tag: str, cells: Sequence[str]) -> str:
        inner = "".join(
            f'<{tag} style="{style}">{_text(cell)}</{tag}>' for style, cell in zip(styles, cells, strict=True)
        )
        return f"<tr>{inner}</tr>"

    body = "".join(line("td", row) for row in rows)
    top = f'<caption style="text-align:left"><b>{_text(caption)}</b></caption>'
    return f"<table>{top}<thead>{line('th', heads)}</thead><tbody>{body}</tbody></table>"


def _text(value: object) -> str:
    """A value as text of a page, whatever signs are in it."""
    return escape(visible("" if value is None else str(value)))


def _one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _shown(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else _one_line(value)


def _tables(value: object) -> list[Plain]:
    """A list of tables; empty where there is none."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _span(low: object, high: object, unit: object, digits: int = _PRINTED) -> str:
    """What lies between two ends, with open ones in words."""
    if low is None and high is None:
        return ""
    if low is None:
        return f"up to {_amount(high, unit, digits)}"
    if high is None:
        return f"from {_amount(low, unit, digits)}"
    if low == high:
        return _amount(low, unit, digits)
    return f"{_amount(low, '', digits)} to {_amount(high, unit, digits)}"


def _amount(value: object, unit: object, digits: int = _PRINTED) -> str:
    """A number for reading, to so many digits, with its scale and unit."""
    if not isinstance(value, (int, float)) or not isfinite(value):
        return _one_line(value)
    if unit == _YEAR:
        return f"{value:g}"
    scale, word = next((pair for pair in _SCALES if abs(value) >= pair[0]), (1.0, ""))
    whole = scale == 1 and abs(value) >= _SMALLEST_WHOLE
    shown = f"{value:,.0f}" if whole else f"{value / scale:,.{digits}g}"
    return " ".join(filter(None, (shown, word, _one_line(unit))))
