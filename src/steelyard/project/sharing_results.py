"""What is paid by agreement on sharing costs as labelled numbers, whole and by component."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from steelyard.project.agreements import FROZEN, CostSharing
from steelyard.project.components import NOTHING, Ends
from steelyard.project.counting import PAYMENTS
from steelyard.project.ensemble import Cell, Headline
from steelyard.project.equations import carried_out
from steelyard.project.fans import Fan, Run, fan_of
from steelyard.project.making import WITH_BESIDE, Corner, Making, corner_of

_STAYS = "H[t] = H[t-1]"
# A component of the payment at home, and at the rate of the year.
_COMPONENT = dict(zip(PAYMENTS, ("H[c,t] = s[c,t] H[t]", "s[c,t] H[t] / E[t]"), strict=True))


def sharing_results(
    run: Run, sharing: CostSharing, rests: Mapping[str, tuple[str, ...]]
) -> tuple[list[Cell], list[Headline]]:
    """What is paid by agreement: one path until its last year, and one for each option after it; what that is
    made up of, and what is borne beside it.
    """
    cells, headlines = list[Cell](), list[Headline]()
    units = dict(zip(PAYMENTS, (run.economy.currency, run.economy.foreign_currency), strict=True))
    for number, option in enumerate(sharing.options):
        for kind, fan in _payment_fans(run, number).items():
            plain, named = Making(run, rests), Making(run, rests, option.id, option.label)
            if number == 0:
                during = [year for year in plain.years if year <= sharing.last]
                cells += plain.cells(kind, units[kind], fan, during)
                words = f"paid under {sharing.entry.label} in {during[-1]}, its last year"
                if kind == "cost_sharing" and during[-1] == sharing.last:
                    headlines.append(plain.in_year("cost_sharing_term_end", words, cells[-1]))
            after = [year for year in plain.years if year > sharing.last]
            equation = _STAYS if option.id == FROZEN and kind == PAYMENTS[0] else ""
            cells += named.cells(kind, units[kind], fan, after, equation)
            if kind == "cost_sharing" and after:
                words = f"cost sharing in {after[-1]} if, after {sharing.last}, {option.words}"
                headlines.append(named.in_year("cost_sharing_horizon", words, cells[-1]))
    cells += _component_cells(run, sharing, rests, units)
    cells += _beside_cells(run, sharing, rests)
    return cells, headlines


def _component_cells(
    run: Run, sharing: CostSharing, rests: Mapping[str, tuple[str, ...]], units: Mapping[str, str]
) -> Iterator[Cell]:
    """Each component in the years of the agreement for which it is known."""
    found = _payment_corners(run, 0) if sharing.components else {}
    for one in sharing.components:
        making = Making(run, rests, one.id, one.label)
        shares = [one.shares.get(year, NOTHING) for year in making.years]
        for kind, corners in found.items():
            fan = fan_of([_shared(corner, ends) for ends in _turned(shares) for corner in corners])
            yield from making.cells(kind, units[kind], fan, tuple(one.shares), _COMPONENT[kind])


def _beside_cells(run: Run, sharing: CostSharing, rests: Mapping[str, tuple[str, ...]]) -> Iterator[Cell]:
    """What is borne beside the payment, and the payment with what is asked to be added to it."""
    home = run.economy.currency
    for one in sharing.beside:
        making = Making(run, rests, one.id, one.label)
        yield from making.certain("cost_sharing_beside", home, list(one.amounts.values()), tuple(one.amounts))
    if sharing.added:
        making = Making(run, rests)
        more = [sharing.added_in(year) for year in making.years]
        years = [year for year, one in zip(making.years, more, strict=True) if one]
        corners = _payment_corners(run, 0)[PAYMENTS[0]]
        ends = _turned([one or NOTHING for one in more])
        fan = fan_of([_raised(corner, amounts) for amounts in ends for corner in corners])
        yield from making.cells(WITH_BESIDE, home, fan, years)


def _turned(years: Sequence[Ends]) -> list[tuple[float, ...]]:
    """The numbers to show by year, then the low ends, then the high ones."""
    return list(zip(*years, strict=True))


def _shared(corner: Corner, shares: Sequence[float]) -> Corner:
    """One end of a fan times a share of each year."""
    years = zip(corner, shares, strict=True)
    return [(values * share, errors * share, central * share) for (values, errors, central), share in years]


def _raised(corner: Corner, amounts: Sequence[float]) -> Corner:
    """One end of a fan with an amount on top in each year, which no draw moves."""
    years = zip(corner, amounts, strict=True)
    return [(values + amount, errors, central + amount) for (values, errors, central), amount in years]


def _payment_fans(run: Run, number: int) -> dict[str, Fan]:
    """What an option pays by year, at home and abroad, with its range over the corners that differ."""
    return {name: fan_of(corners) for name, corners in _payment_corners(run, number).items()}


def _payment_corners(run: Run, number: int) -> dict[str, list[Corner]]:
    """What an option pays by year, at home and abroad, at each of the corners that differ."""
    found: dict[str, list[Corner]] = {name: [] for name in PAYMENTS}
    rates = [1.0, *(float(rate[0]) for rate in run.calm.rate)]
    for policy, gdp in run.payments[number]:
        assert policy.agreement
        central = [policy.agreement.amount, *(float(year.paid[0]) for year in carried_out(policy, run.calm))]
        fans = run.spread.payments[policy]
        for name in PAYMENTS:
            abroad = name == PAYMENTS[1]
            factor = gdp / run.economy.rate if abroad else gdp
            path = [
                factor * one / (rate if abroad else 1.0) for one, rate in zip(central, rates, strict=True)
            ]
            found[name].append(corner_of(fans[name], path, factor))
    return found
