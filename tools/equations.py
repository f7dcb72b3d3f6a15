"""The equations of the model and of identities as HTML that any browser shows: italics, indices, fractions as
written.
"""

from __future__ import annotations

import re
from html import escape

# Names of functions stay upright, as mathematicians write them.
_UPRIGHT = frozenset(("max", "min", "sum", "exp", "ln", "log", "E", "P", "and", "in"))
_SIGNS = {">=": "≥", "<=": "≤", "*": "·", "-": "−", "~": "˜"}
# What stands behind "^": a name with what it is a function of, a name, a number, or something in brackets.
_POWER = re.compile(r"\^(\w+\([^()]*\)|\w+|\([^()]*\))")
_TOKEN = re.compile(
    r"(?P<name>[A-Za-z]+(?:_[A-Za-z0-9]+)*)(?P<star>\*)?(?P<number>\d+)?(?:\[(?P<index>[^\][]*)\])?"
    r"|(?P<comparison>>=|<=)|(?P<plain>\d[\d.,]*|.)",
    re.DOTALL,
)


def equation_html(equation: str) -> str:
    """An equation as it stands in code or data, set for reading.

    >>> equation_html("A[t] = (b0 + (b* - b0) min(t/n, 1)) E[Y[t] | t-1]")[:41]
    '<i>A</i><sub>t</sub> = (<i>b</i><sub>0</s'
    """
    # What is expected of a thing on a condition has brackets of its own, which are no index.
    equation = re.sub(r"\bE\[(\w+)\[(\w+)\] \| ([^\]]*)\]", r"E(\1[\2] | \3)", equation)
    parts = _POWER.split(equation)
    return "".join(
        f"<sup>{_set(part)}</sup>" if number % 2 else _set(part) for number, part in enumerate(parts)
    )


def _set(text: str) -> str:
    return "".join(_token_html(match) for match in _TOKEN.finditer(text))


def _token_html(match: re.Match[str]) -> str:
    if match["name"] is None:
        sign = match["comparison"] or match["plain"]
        return _SIGNS.get(sign, escape(sign))
    name, _, part = match["name"].partition("_")
    words = match["name"].replace("_", " ")
    if len(name) > 2 and name not in _UPRIGHT:
        return f"<i>{escape(words)}</i>"  # a measure by its name
    shown = escape(name) if name in _UPRIGHT and not match["index"] else f"<i>{escape(name)}</i>"
    below = ", ".join(text for text in (part, match["number"], match["index"]) if text)
    index = below.replace("-", "−")
    return f"{shown}{'*' if match['star'] else ''}{f'<sub>{escape(index)}</sub>' if below else ''}"
