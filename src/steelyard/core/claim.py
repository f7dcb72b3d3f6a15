"""Claims, where they stand, and the ledger that holds them.

A claim is one figure, role or statement of a document with all that the text says about it. The keys and
their meaning are those of the public contract: `Claim.to_json` gives each, null where the text does not say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Literal, Self, overload

from steelyard.core.interval import INFINITE, Interval
from steelyard.core.period import Period

TYPE_CHECKING = False
if TYPE_CHECKING:
    from steelyard.core.columns import Columns

Kind = Literal["figure", "role", "statement"]
KINDS = ("figure", "role", "statement")
NUMBERS = ("value", "low", "high")
LISTS = ("reasons", "follows")
# Between the ways in which a figure may follow from others, in one entry of `follows`.
OR = " | "
# What stands before ways of which it is open whether any of them is meant.
PERHAPS = "perhaps "
# What stands before two numbers that a text itself tells apart.
TOLD_APART = "told-apart"
# Reasons that tell what a claim's own words leave open; whoever weighs it looks for them.
CARRIED_PERIOD = "period carried over"
OWN_PERIOD = "period by "  # and the words of its sentence
CALENDAR_YEAR = "a year of the calendar, as its words say"
ONE_NUMBERED_YEAR = "a fiscal year that goes by one number"
PART_TOLD_LATER = "a part of the amount told before"
CARRIED_MEASURE = "measure carried over from the sentences before"
# The kernels and JSON hold floats, which end near 1e308.
LARGEST_EXPONENT = 300


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One figure, role or statement, with its place in the document and what the text says of it.

    `start` and `end` are character offsets into the document, so that `text[start:end] == quote`. `low` and
    `high` are the bounds that the printed number leaves open, in `unit`, amounts in single units; None is an
    open end. `locator` names the page or cell in the words of the file's own format ("page 3", "sheet Budget,
    cell C7"). Every other key is None where the text does not say.
    """

    id: str
    kind: Kind
    document: str
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    actor: str | None = None
    counterpart: str | None = None
    location: str | None = None
    measure: str | None = None
    about: str | None = None
    item: str | None = None
    statistic: str | None = None
    base_measure: str | None = None
    part_of: str | None = None
    aggregation: str | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    direction: str | None = None
    period: str | None = None
    baseline: str | None = None
    status: str | None = None
    definition: str | None = None
    basis: str | None = None
    edition: str | None = None
    prices: str | None = None
    hedge: str | None = None
    condition: str | None = None
    negated: bool | None = None
    conversion_of: str | None = None
    speaker: str | None = None
    speaker_actor: str | None = None
    said: str | None = None
    role: str | None = None
    qualifier: str | None = None
    function: str | None = None
    modality: str | None = None
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    locator: str | None = None
    follows: tuple[str, ...] | None = None

    @property
    def interval(self) -> Interval:
        """The bounds as an interval, open ends as infinite."""
        return Interval(
            -INFINITE if self.low is None else self.low, INFINITE if self.high is None else self.high
        )

    @property
    def is_number(self) -> bool:
        """Whether it states a number with at least one bound."""
        return self.kind == "figure" and (self.low is not None or self.high is not None)

    @property
    def when(self) -> Period | None:
        """The period as a value, or None where none is known."""
        return Period.parse(self.period) if self.period else None

    @classmethod
    def of(cls, keys: Mapping[str, object]) -> Self:
        """The claim of some keys, among them all that every claim has.

        It takes them as they are, at once: readers make many claims, and `Claim(...)` sets each of its keys
        by itself, which takes ten times as long.
        """
        made = object.__new__(cls)
        made.__dict__.update(keys)
        return made

    def changed(self, **keys: object) -> Self:
        """The same claim with some keys replaced."""
        return self.of(self.__dict__ | keys)

    def to_json(self) -> dict[str, object]:
        """All keys of the contract in its order, numbers as numbers, ready for `json.dumps`."""
        return {name: _to_plain(getattr(self, name)) for name in CLAIM_KEYS}

    def _repr_html_(self) -> str:
        """The claim as a notebook shows it."""
        from steelyard.core.display import claim_html  # not where claims are only read

        return claim_html(self.to_json())

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> Self:
        """The claim that `to_json` wrote; keys that are not known are left out.

        Raises:
            ValueError: a key that every claim has is missing, or a value has the wrong type.
        """
        if missing := [key for key in _REQUIRED if data.get(key) is None]:
            raise ValueError(f"a claim lacks {', '.join(missing)}")
        if data["kind"] not in KINDS:
            raise ValueError(f"unknown kind {data['kind']!r}; a claim is one of {', '.join(KINDS)}")
        keys = {name: _from_plain(name, data[name]) for name in CLAIM_KEYS if data.get(name) is not None}
        claim = cls(**keys)  # type: ignore[arg-type]
        if claim.low is not None and claim.high is not None and claim.low > claim.high:
            raise ValueError(f"low {claim.low} is above high {claim.high}")
        if not 0 <= claim.start <= claim.end:
            raise ValueError(f"the span from {claim.start} to {claim.end} is none")
        if not 0 <= claim.confidence <= 1:
            raise ValueError(f"confidence {claim.confidence} is not between 0 and 1")
        for period in filter(None, (claim.period, claim.baseline)):
            Period.parse(period)
        return claim


CLAIM_KEYS = tuple(field.name for field in fields(Claim))
_REQUIRED = CLAIM_KEYS[:8]
_COUNTS = ("start", "end", "sentence_start", "sentence_end")
_WANTED = {int: "a count", bool: "true or false", str: "text"}


def claim_id(document: str, sentence: str, quote: str, occurrence: int = 0) -> str:
    """A stable id: an edit elsewhere in the text leaves it as it is.

    `document` is the document's name without folders, `occurrence` counts equal quotations in equal
    sentences.
    """
    return folded_id(document, " ".join(sentence.split()), quote, occurrence)


def folded_id(document: str, sentence: str, quote: str, occurrence: int) -> str:
    """The same of a sentence that has one blank wherever there were some."""
    seed = "\x1f".join((document, sentence, quote, str(occurrence)))
    return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Ledger:
    """An immutable sequence of claims that can be asked by key. Ledgers join by `+`."""

    __slots__ = ("_claims",)

    def __init__(self, claims: Iterable[Claim] = ()) -> None:
        self._claims = tuple(claims)

    @overload
    def __getitem__(self, index: int) -> Claim: ...
    @overload
    def __getitem__(self, index: slice) -> Ledger: ...
    def __getitem__(self, index: int | slice) -> Claim | Ledger:
        return Ledger(self._claims[index]) if isinstance(index, slice) else self._claims[index]

    def __len__(self) -> int:
        return len(self._claims)

    def __iter__(self) -> Iterator[Claim]:
        return iter(self._claims)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ledger) and self._claims == other._claims

    def __hash__(self) -> int:
        return hash(self._claims)

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger((*self._claims, *other._claims))

    def __repr__(self) -> str:
        return f"Ledger({len(self)} claims)"

    def where(self, **keys: object) -> Ledger:
        """The claims whose keys have the given values, in order; a tuple of values means any of them."""

        def fits(claim: Claim) -> bool:
            return all(
                getattr(claim, key) in value if isinstance(value, tuple) else getattr(claim, key) == value
                for key, value in keys.items()
            )

        return Ledger(claim for claim in self._claims if fits(claim))

    def grouped_by(self, *keys: str) -> dict[tuple[object, ...], Ledger]:
        """The claims by the values of `keys`, groups in the order of their first claim."""
        groups: dict[tuple[object, ...], list[Claim]] = {}
        for claim in self._claims:
            groups.setdefault(tuple(getattr(claim, key) for key in keys), []).append(claim)
        return {key: Ledger(claims) for key, claims in groups.items()}

    def by_id(self, identifier: str) -> Claim | None:
        """The claim of that id, or None."""
        return next((claim for claim in self._claims if claim.id == identifier), None)

    def _repr_html_(self) -> str:
        """A row for each claim, the first ones of a long ledger."""
        from steelyard.core.display import claims_html  # not where claims are only read

        return claims_html(self.to_dicts())

    def to_dicts(self) -> list[dict[str, object]]:
        """The claims as plain dictionaries with all keys, as polars and `pandas.DataFrame` take them."""
        return [claim.to_json() for claim in self._claims]

    @classmethod
    def from_dicts(cls, rows: Iterable[Mapping[str, object]]) -> Ledger:
        """The ledger of plain dictionaries, as pandas' `to_dict("records")` and polars' `to_dicts()` give.

        What a table has for a missing value counts as missing; keys that are not known are left out.

        Raises:
            ValueError: a row is no claim; the message begins with its number, counted from 1.
        """
        from steelyard.core.columns import plain_row

        claims = []
        for number, row in enumerate(rows, 1):
            try:
                claims.append(Claim.from_json(plain_row(row)))
            except ValueError as error:
                raise ValueError(f"row {number}: {error}") from error
        return cls(claims)

    def to_columns(self) -> dict[str, list[object]]:
        """A list for each key of a claim, in the order of the ledger: what a data frame is made from.

        Numbers are floats throughout, for a column has one type.
        """
        from steelyard.core.columns import as_float, columns_of

        columns = columns_of(self.to_dicts(), CLAIM_KEYS)
        floats = {name: [as_float(value) for value in columns[name]] for name in NUMBERS}
        return columns | floats

    @classmethod
    def from_columns(cls, columns: Columns) -> Ledger:
        """The ledger of columns of one length; a data frame of pandas or polars may be given as it is.

        Raises:
            ValueError: a row is no claim, or the columns differ in length.
        """
        from steelyard.core.columns import rows_of

        return cls.from_dicts(rows_of(columns))

    def to_jsonl(self) -> str:
        """One JSON object a line, in order, keys in the order of the contract."""
        import json  # not where claims are only read

        return "".join(json.dumps(claim.to_json(), ensure_ascii=False) + "\n" for claim in self._claims)

    @classmethod
    def from_jsonl(cls, text: str) -> Ledger:
        """The ledger that `to_jsonl` wrote; empty lines are skipped.

        Raises:
            ValueError: a line is no claim; the message begins with its number.
        """
        # Not splitlines: a quotation may hold a line separator, which JSON leaves as it is.
        return cls.from_lines(text.removeprefix("\ufeff").split("\n"))

    @classmethod
    def from_lines(cls, lines: Iterable[str]) -> Ledger:
        """The same from its lines one by one.

        Raises:
            ValueError: a line is no claim; the message begins with its number.
        """
        claims = []
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                claims.append(Claim.from_json(_json_object(line)))
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from error
        return cls(claims)


def _json_object(line: str) -> dict[str, object]:
    """The object that a line of JSON holds, its numbers exact."""
    import json  # not where claims are only read

    try:
        data = json.loads(line, parse_float=Decimal)
    except (InvalidOperation, RecursionError) as error:
        raise ValueError("no JSON that can be read") from error
    if not isinstance(data, dict):
        raise ValueError("a claim is a JSON object in {braces}")
    return data


def _to_plain(value: object) -> object:
    """A value as JSON has it: whole decimals as integers, others as the shortest float, tuples as lists."""
    if isinstance(value, Decimal):
        if value.is_infinite():
            return None
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


def _from_plain(name: str, value: object) -> object:
    """A JSON value as the claim holds it."""
    if name in NUMBERS:
        return _decimal(name, value)
    if name == "confidence":
        return float(_decimal(name, value))
    if name in LISTS:
        if not isinstance(value, (list, tuple)):
            raise ValueError(f"{name} is not a list: {value!r}")
        return tuple(str(reason) for reason in value)
    wanted = int if name in _COUNTS else bool if name == "negated" else str
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise ValueError(f"{name} is not {_WANTED[wanted]}: {value!r}")
    return value


def _decimal(name: str, value: object) -> Decimal:
    """A JSON number as an exact decimal, within what a float can hold."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError(f"{name} is not a number: {value!r}")
    number = Decimal(value if isinstance(value, int) else str(value))
    if not number.is_finite() or number.adjusted() > LARGEST_EXPONENT:
        raise ValueError(f"{name} is not a number that can be used: {value!r}")
    return number
