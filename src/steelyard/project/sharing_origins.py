"""What the payments under an agreement on sharing costs rest on, option by option, as origins with ids."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.core.vocabulary import Entry
from steelyard.project.agreements import CostSharing, Option
from steelyard.project.components import Beside
from steelyard.project.ensemble import Origin
from steelyard.project.found import Found
from steelyard.project.origins import parameter_origin, price_origins
from steelyard.project.payments import PRICES, SPENDING


def option_origins(
    found: Found, sharing: CostSharing, option: Option, *, during: bool = False
) -> list[Origin]:
    """What the payments of an option rest on, its way there included; `during`: those of the agreement
    itself, until its last year.
    """
    last = sharing.last if during else found.scenario.horizon
    origins = [_agreement(sharing.entry), *(() if during else _after(found, sharing, option))]
    origins += [parameter_origin(value, found.vocabulary) for year, value in option.values if year <= last]
    years = [indexed for year, indexed in option.indexed if year <= last]
    return [*origins, *price_origins(found.economy.consumer_prices, found.scenario, years)]


def option_symbols(found: Found, sharing: CostSharing, option: Option, *, during: bool = False) -> list[str]:
    """The symbols of the scenario's economy and spending that the payments of an option follow."""
    last = sharing.last if during else found.scenario.horizon
    both = zip(found.scenario.years, option.steps, strict=True)
    kinds = {step.follows for year, step in both if year <= last}
    symbols = [] if sharing.unit == found.economy.currency else ["E[t0]"]
    return [*symbols, *(symbol for kind, symbol in ((PRICES, "P"), (SPENDING, "ME")) if kind in kinds)]


def beside_origins(found: Found, sharing: CostSharing, line: Beside) -> list[Origin]:
    """A line beside the payment by its definition and its amounts."""
    layer = sharing.entry.layers.get("beside", "packaged")
    identifier = f"agreement:{sharing.entry.id}:{line.id}"
    definition = Origin(identifier, "agreement", line.label, line.definition, "", layer)
    return [definition, *(parameter_origin(value, found.vocabulary) for value in line.values)]


def _agreement(entry: Entry) -> Origin:
    """The rule of an agreement with its reference."""
    reference = {key: str(text) for key, text in entry.table("reference").items()}
    layer = entry.layers.get("label", "packaged")
    return Origin(
        f"agreement:{entry.id}", "agreement", entry.label, entry.text("meaning"), "", layer, reference
    )


def _after(found: Found, sharing: CostSharing, option: Option) -> Iterator[Origin]:
    """The rule that goes on after the agreement, and that the scenario takes it."""
    entry = found.vocabulary.entry("agreements", option.id)
    if entry and entry.id != sharing.entry.id:
        yield _agreement(entry)
    if sharing.reason and found.scenario.horizon > sharing.last:
        label, layer = f"cost sharing after {sharing.last}", found.scenario.entry.id
        reference = {"reason": sharing.reason}
        identifier = f"assumption:cost_sharing:{option.id}"
        yield Origin(identifier, "assumption", label, option.words, "", layer, reference)
