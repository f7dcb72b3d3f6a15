"""The small language in which identities are written, parsed and never run.

    gap(defence_spending) = (target(defence_share_of_gdp) - defence_share_of_gdp) * gdp
    change(x) = sum(change(parts(x)))
    x >= floor(x)

A name is a measure; `x` stands for any measure, `parts(x)` for the items that make it up. Around a measure
may stand one of OPERATORS. Numbers are plain, `+ - * / ^` and brackets mean what they mean, and one of `= <=
>=` stands once. The power is a whole number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from steelyard.core.problems import Place, Problem
from steelyard.core.schema import nearest

OPERATORS = ("growth", "change", "previous", "gap", "target", "floor", "share")
ANY_MEASURE = "x"
PARTS = "*"
RESERVED = (*OPERATORS, "sum", "parts")
LONGEST = 400
DEEPEST = 20
# No text reckons growth over more years than it is likely to have been read for.
HIGHEST_POWER = 30
_WORD = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|[-+*/()=^])|(\S))")
Comparison = Literal["=", "<=", ">="]
Dimension = Mapping[str, int]


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """One number that an identity speaks of: a measure, or its growth, change, level a year before, gap,
    target ...

    In an identity as written `item` is empty or PARTS and `period` is empty. Where claims are bound, `item`
    names the part that is meant (empty for the whole) and `period` the year.
    """

    measure: str
    operator: str = "level"
    item: str = ""
    period: str = ""

    def at(self, **keys: str) -> Term:
        """The same term with some keys replaced."""
        return replace(self, **keys)

    def __str__(self) -> str:
        """As identities write it: `change(parts(x))`."""
        inner = f"parts({self.measure})" if self.item == PARTS else self.measure
        return inner if self.operator == "level" else f"{self.operator}({inner})"


@dataclass(frozen=True, slots=True)
class Node:
    """A number, a term, a sum over parts, or an operation on one or two nodes; `column` counts from 0."""

    kind: Literal["number", "term", "sum", "negative", "+", "-", "*", "/", "^"]
    column: int
    value: Fraction = Fraction(0)
    term: Term | None = None
    inner: tuple[Node, ...] = ()

    def terms(self) -> Iterator[Term]:
        """The terms below, in the order in which they are written."""
        if self.term is not None:
            yield self.term
        for node in self.inner:
            yield from node.terms()


@dataclass(frozen=True, slots=True)
class Equation:
    """Two sides and how they compare."""

    left: Node
    comparison: Comparison
    right: Node

    @property
    def terms(self) -> tuple[Term, ...]:
        """Each term once, in the order in which they are written."""
        return tuple(dict.fromkeys((*self.left.terms(), *self.right.terms())))


def parse_equation(
    text: str, dimensions: Mapping[str, str], place: Callable[[int, int], Place]
) -> tuple[Equation | None, list[Problem]]:
    """The equation that `text` writes, or None with its faults, each with its column.

    `dimensions` gives the dimension of each measure that may be named; `place` the place of a column (from 0)
    and width in `text`.
    """
    if len(text) > LONGEST:
        problem = Problem(
            "equation-too-long", f"The equation has {len(text)} characters.", place(0, 1), _SHORTER
        )
        return None, [problem]
    parser = _Parser(text, dimensions, place)
    equation = parser.equation()
    if not parser.problems:
        parser.compare_dimensions(equation)
    return (None if parser.problems else equation), parser.problems


_SHORTER = f"At most {LONGEST} characters; write it as two identities."
_SAME = "Both sides of a sum or comparison need one dimension."


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    kind: Literal["number", "name", "mark", "odd", "end"]
    column: int


@dataclass
class _Parser:
    """Walks the words of one equation; a fault is noted once and ends the walk, an unknown name does not."""

    text: str
    dimensions: Mapping[str, str]
    place: Callable[[int, int], Place]
    problems: list[Problem] = field(default_factory=list)
    position: int = 0
    words: list[_Word] = field(init=False)

    def __post_init__(self) -> None:
        kinds: tuple[Literal["number", "name", "mark", "odd"], ...] = ("number", "name", "mark", "odd")
        found = _WORD.finditer(self.text)
        self.words = [
            _Word(match[match.lastindex], kinds[match.lastindex - 1], match.start(match.lastindex))
            for match in found
            if match.lastindex
        ]
        self.words.append(_Word("", "end", len(self.text)))

    @property
    def word(self) -> _Word:
        return self.words[self.position]

    def take(self, *texts: str) -> _Word | None:
        """The word here if it is one of `texts`, and step over it."""
        if self.word.kind == "mark" and self.word.text in texts:
            self.position += 1
            return self.words[self.position - 1]
        return None

    def fault(self, code: str, word: _Word, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, message, self.place(word.column, max(1, len(word.text))), hint))

    def stop(self, expected: str) -> Node:
        """Note that something else was expected here, once, and go to the end."""
        word = self.word
        if not self.problems:
            found = f"Found {word.text!r}" if word.text else "The equation ends"
            self.fault("broken-equation", word, f"{found} where {expected} was expected.")
        self.position = len(self.words) - 1
        return Node("number", word.column)

    def equation(self) -> Equation:
        left = self.sums(0)
        compared = self.take("=", "<=", ">=")
        if compared is None:
            self.stop("'=', '<=' or '>='")
        right = self.sums(0)
        if self.word.kind != "end":
            self.stop("the end")
        kind = compared.text if compared else "="
        return Equation(left, "<=" if kind == "<=" else ">=" if kind == ">=" else "=", right)

    def sums(self, depth: int) -> Node:
        node = self.products(depth)
        while mark := self.take("+", "-"):
            kind: Literal["+", "-"] = "+" if mark.text == "+" else "-"
            node = Node(kind, mark.column, inner=(node, self.products(depth)))
        return node

    def products(self, depth: int) -> Node:
        node = self.power(depth)
        while mark := self.take("*", "/"):
            kind: Literal["*", "/"] = "*" if mark.text == "*" else "/"
            node = Node(kind, mark.column, inner=(node, self.power(depth)))
        return node

    def power(self, depth: int) -> Node:
        """A factor, or one times itself so often: "(1 + growth) ^ 4"."""
        node = self.factor(depth)
        mark = self.take("^")
        if mark is None:
            return node
        word = self.word
        if word.kind != "number" or not word.text.isdigit() or not 0 < int(word.text) <= HIGHEST_POWER:
            return self.stop(f"a whole number up to {HIGHEST_POWER}")
        self.position += 1
        return Node("^", mark.column, Fraction(word.text), inner=(node,))

    def factor(self, depth: int) -> Node:
        word = self.word
        if depth > DEEPEST:
            return self.stop(f"no more than {DEEPEST} brackets in one another")
        if mark := self.take("-"):
            return Node("negative", mark.column, inner=(self.factor(depth + 1),))
        if self.take("("):
            node = self.sums(depth + 1)
            return node if self.take(")") else self.stop("')'")
        if word.kind == "number":
            self.position += 1
            return Node("number", word.column, Fraction(word.text))
        return self.named(word) if word.kind == "name" else self.stop("a measure, a number or '('")

    def named(self, word: _Word) -> Node:
        """A measure, an operator with its measure in brackets, or a sum over parts."""
        if word.text == "sum":
            self.position += 1
            if not self.take("("):
                return self.stop("'('")
            node = self.named(self.word) if self.word.kind == "name" else self.stop("parts(x)")
            if node.term is None or node.term.item != PARTS:
                return self.stop("parts(...) inside sum(...)")
            return Node("sum", word.column, term=node.term) if self.take(")") else self.stop("')'")
        return self.term(word)

    def term(self, word: _Word) -> Node:
        operator, item, closing = "level", "", 0
        if word.text in OPERATORS:
            operator, closing = word.text, closing + 1
            word = self.inside()
        if word.text == "parts":
            item, closing = PARTS, closing + 1
            word = self.inside()
        if word.kind != "name" or word.text in RESERVED:
            return self.stop("the name of a measure")
        self.position += 1
        self.check_name(word)
        for _ in range(closing):
            if not self.take(")"):
                return self.stop("')'")
        return Node("term", word.column, term=Term(word.text, operator, item))

    def inside(self) -> _Word:
        """The word after the name here and its opening bracket."""
        self.position += 1
        if not self.take("("):
            self.stop("'('")
        return self.word

    def check_name(self, word: _Word) -> None:
        if word.text != ANY_MEASURE and word.text not in self.dimensions:
            hint = nearest(word.text, {**dict.fromkeys(self.dimensions), ANY_MEASURE: None})
            self.fault("unknown-measure", word, f"{word.text!r} is not among the measures.", hint)

    def compare_dimensions(self, equation: Equation) -> None:
        """Note every sum, difference and comparison of unlike things."""
        left, right = self.dimension(equation.left), self.dimension(equation.right)
        if left is not None and right is not None and left != right:
            word = _Word(equation.comparison, "mark", self.text.index(equation.comparison))
            message = f"The left side is {_shown(left)}, the right side {_shown(right)}."
            self.fault("unlike-dimensions", word, message, _SAME)

    def dimension(self, node: Node) -> Dimension | None:
        """Powers of the dimensions in a node; None where a fault below makes it unknown."""
        if node.term is not None:
            return _dimension_of(node.term, self.dimensions)
        below = [self.dimension(inner) for inner in node.inner]
        known = [dimension for dimension in below if dimension is not None]
        if len(known) < len(below):
            return None
        if node.kind in ("*", "/"):
            return _product(known[0], known[1], 1 if node.kind == "*" else -1)
        if node.kind == "^":
            return {name: power * int(node.value) for name, power in known[0].items()}
        if node.kind in ("+", "-") and known[0] != known[1]:
            message = f"{_shown(known[0])} {node.kind} {_shown(known[1])} cannot be reckoned."
            self.fault("unlike-dimensions", _Word(node.kind, "mark", node.column), message, _SAME)
            return None
        return known[0] if known else {}


def _dimension_of(term: Term, dimensions: Mapping[str, str]) -> Dimension:
    """Shares, growth and rates are plain numbers; what an operator makes of a measure keeps its dimension."""
    if term.operator in ("growth", "share"):
        return {}
    name = term.measure if term.measure == ANY_MEASURE else dimensions[term.measure]
    return {} if name in ("share", "growth", "rate") else {name: 1}


def _product(left: Dimension, right: Dimension, sign: int) -> Dimension:
    powers = {name: left.get(name, 0) + sign * right.get(name, 0) for name in (*left, *right)}
    return {name: power for name, power in powers.items() if power}


def _shown(dimension: Dimension) -> str:
    """A dimension in words: "money", "money per person", "a plain number"."""
    above = [name for name, power in dimension.items() for _ in range(power)]
    below = [name for name, power in dimension.items() for _ in range(-power)]
    return " per ".join([" times ".join(above) or "a plain number", *below])
