"""The reference pages of the documentation, made from code and data alone, so that they cannot be out of
date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import click

from steelyard.commands import steelyard
from steelyard.core.claim import CLAIM_KEYS
from steelyard.core.vocabulary import Entry, Vocabulary, load_vocabulary
from steelyard.project.rules import RULES
from steelyard.project.variables import equation_of
from steelyard.report.outlook import SHOWN
from tools.equations import equation_html

Lines = Iterator[str]
_TOO_LONG = 12  # phrases of a language that are listed before they are only counted


def reference_pages() -> dict[str, str]:
    """All pages by their name below `reference/`."""
    vocabulary, _ = load_vocabulary()
    makers: Mapping[str, Callable[[Vocabulary], Lines]] = {
        "commands.md": _commands,
        "measures.md": _measures,
        "identities.md": _identities,
        "rules.md": _rules,
        "readings.md": _readings,
        "statuses.md": _statuses,
        "actors.md": _actors,
        "postures.md": _postures,
        "parameters.md": _parameters,
        "indicators.md": _indicators,
        "equations.md": _equations,
        "claims.md": _claims,
    }
    return {name: "\n".join(make(vocabulary)) + "\n" for name, make in makers.items()}


def _commands(_: Vocabulary) -> Lines:
    context = click.Context(steelyard, info_name="steelyard")
    yield from _head("Commands", "Every command with all its options, as `--help` tells them.")
    for name in steelyard.list_commands(context):
        command = steelyard.get_command(context, name)
        if command is None or command.hidden:
            continue
        inner = click.Context(command, parent=context, info_name=name)
        yield from (f"## `steelyard {name}`", "")
        yield from ("```text", f"steelyard {name} {' '.join(command.collect_usage_pieces(inner))}", "```", "")
        yield from (f"{_text(paragraph)}\n" for paragraph in (command.help or "").split("\n\n"))
        options = [one for one in command.get_params(inner) if isinstance(one, click.Option)]
        records = [record for one in options if (record := one.get_help_record(inner))]
        yield from _table(("Option", "Does"), [(f"`{name}`", _text(told)) for name, told in records])


def _measures(vocabulary: Vocabulary) -> Lines:
    yield from _head("Measures", "What can be measured, and the words by which a text names it.")
    for entry in vocabulary.entries("measures").values():
        yield from _titled(entry)
        items = entry.table("items")
        tables = {name: one for name, one in items.items() if isinstance(one, Mapping)}
        rows = [(f"`{name}`", _text(str(one.get("label", name)))) for name, one in tables.items()]
        yield from _table(("Part", "Is"), rows)
        yield from _phrases(entry)
        yield from _reference(entry)


def _identities(vocabulary: Vocabulary) -> Lines:
    told = (
        "What holds between figures whatever anyone says; each with an example that holds and one that fails."
    )
    yield from _head("Identities", told)
    for entry in vocabulary.entries("identities").values():
        yield from _titled(entry)
        yield from (f"<p>{equation_html(entry.text('equation'))}</p>", "")
        yield from (f"Applies to: {entry.text('applies')}.", "")
        yield from _reference(entry)
        yield from _examples(entry)


def _rules(vocabulary: Vocabulary) -> Lines:
    yield from _head("Rules", "What is no equation: calendars, terms of office, stages of a budget.")
    for entry in vocabulary.entries("rules").values():
        yield from _titled(entry)
        yield from _reference(entry)
        yield from _examples(entry)
    yield from ("## Sums that a text itself states", "")
    entries = vocabulary.entries("reckonings").values()
    rows = [(f"`{one.id}`", _text(one.text("meaning") or one.label)) for one in entries]
    yield from _table(("Rule", "Is"), rows)


def _readings(vocabulary: Vocabulary) -> Lines:
    told = "Why honest or careless sources differ, in the order of cost: the lowest is the likeliest."
    yield from _head("Readings", told)
    entries = sorted(vocabulary.entries("readings").values(), key=_cost)
    rows = [
        (f"`{one.id}`", _text(one.label), f"{_cost(one):g}", _text(one.text("reason") or one.text("meaning")))
        for one in entries
    ]
    yield from _table(("Reading", "Says", "Cost", "Why so much"), rows)


def _cost(entry: Entry) -> float:
    return float(str(entry.data.get("cost", 0)))


def _statuses(vocabulary: Vocabulary) -> Lines:
    yield from _head("Statuses and definitions", "How far a number has come, and by whose count it is.")
    for kind in ("statuses", "definitions"):
        for entry in vocabulary.entries(kind).values():
            yield from _titled(entry)
            yield from _phrases(entry)
            yield from _reference(entry)


def _actors(vocabulary: Vocabulary) -> Lines:
    yield from _head("Actors", "Countries and organisations whose figures are read.")
    rows = []
    for one in vocabulary.entries("actors").values():
        members = one.data.get("members")
        kind = f"{len(members)} members" if isinstance(members, (list, tuple)) else ""
        rows.append((f"`{one.id}`", one.label, one.text("currency"), kind))
    yield from _table(("Id", "Name", "Currency", "Kind"), rows)


def _postures(vocabulary: Vocabulary) -> Lines:
    yield from _head("Postures", "Who leads, supports or shares which responsibility, document by document.")
    for entry in vocabulary.entries("postures").values():
        yield from _titled(entry, entry.text("summary"))
        cells = [
            tuple(_text(str(row.get(key, ""))) for key in ("function", "actor", "role", "qualifier"))
            for row in entry.tables("roles")
        ]
        yield from _table(("Responsibility", "Actor", "Role", "How"), cells)
        yield from _reference(entry)


def _parameters(vocabulary: Vocabulary) -> Lines:
    yield from _head("Parameters", "Numbers that hold from a day on, each value with its reference.")
    for entry in vocabulary.entries("parameters").values():
        yield from _titled(entry)
        rows = []
        for value in entry.tables("values"):
            reference = value.get("reference")
            told = _cited(reference) if isinstance(reference, Mapping) else ""
            rows.append((str(value.get("from", "")), str(value.get("value", "")), told))
        yield from _table(("From", "Value", "Reference"), rows)


def _indicators(vocabulary: Vocabulary) -> Lines:
    yield from _head("Measures of burden sharing", "What `steelyard panel` measures over an alliance.")
    for entry in vocabulary.entries("indicators").values():
        yield from _titled(entry)
        yield from _reference(entry)


def _equations(_: Vocabulary) -> Lines:
    told = (
        "Spending rules and what is reckoned from them; the model is told in [Projection](../projection.md)."
    )
    yield from _head("Equations of the model", told)
    yield from ("## Spending rules", "")
    for name, rule in RULES.items():
        yield from (f"### `{name}`", "", f"<p>{equation_html(rule.equation)}</p>", "")
        yield from (_sentence(rule.words), "")
    yield from ("## Variables", "")
    rows = [(_text(label), f"`{name}`", equation_html(equation_of(name))) for name, label in SHOWN.items()]
    yield from _table(("Variable", "Name", "Equation"), rows)


def _claims(_: Vocabulary) -> Lines:
    yield from _head("Keys of a claim", "Every claim has all of them; what is not known is `null`.")
    yield from _table(("Key",), [(f"`{key}`",) for key in CLAIM_KEYS])


def _head(title: str, sentence: str) -> Lines:
    yield from (f"# {title}", "", sentence, "Made from the data and the code of this version.", "")


def _titled(entry: Entry, meaning: str = "") -> Lines:
    yield from (f"## {_text(entry.label)}", "", f"`{entry.id}`", "")
    if told := meaning or entry.text("meaning"):
        yield from (_text(told), "")


def _phrases(entry: Entry) -> Lines:
    for language, phrases in entry.table("phrases").items():
        words = [str(one) for one in phrases] if isinstance(phrases, (list, tuple)) else []
        if words:
            shown = ", ".join(f"“{_text(one)}”" for one in words[:_TOO_LONG])
            more = f" and {len(words) - _TOO_LONG} more" if len(words) > _TOO_LONG else ""
            yield from (f"In `{language}`: {shown}{more}.", "")


def _reference(entry: Entry) -> Lines:
    if told := _cited(entry.table("reference")):
        yield from (f"Reference: {told}", "")


def _cited(reference: Mapping[str, object]) -> str:
    title, url = str(reference.get("title", "")), str(reference.get("url", ""))
    named = f"[{_text(title)}]({url})" if url.startswith(("https://", "http://")) else _text(title)
    keys = ("publisher", "date", "edition", "locator")
    rest = (_text(str(reference[key])) for key in keys if reference.get(key))
    return f"{', '.join((named, *rest))}." if title else ""


def _examples(entry: Entry) -> Lines:
    rows = []
    for one in entry.tables("examples"):
        holds = "holds" if one.get("holds") else "fails"
        told = ", ".join(f"{key} {value}" for key, value in one.items() if key != "holds")
        rows.append((holds, _text(told)))
    yield from _table(("Example", "With"), rows)


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Lines:
    if rows:
        yield f"| {' | '.join(columns)} |"
        yield f"|{'---|' * len(columns)}"
        yield from (f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows)
        yield ""


def _text(text: str) -> str:
    """Words that Markdown and HTML leave as they are, on one line."""
    line = " ".join(text.replace("\b", "").split())
    return re.sub(r"([<>*_\[\]])", lambda found: f"&#{ord(found[1])};", line)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{_text(text[1:])}."
