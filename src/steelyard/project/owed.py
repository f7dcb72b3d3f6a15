"""All that a scenario owes or loses beside its plan: pledges, cost sharing, troops, and what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.core.claim import Ledger
from steelyard.core.problems import Problem
from steelyard.core.vocabulary import Vocabulary
from steelyard.project.agreements import CostSharing, find_cost_sharing
from steelyard.project.base import Base
from steelyard.project.drivers import Economy
from steelyard.project.payments import Line
from steelyard.project.pledges import Pledge, find_pledges
from steelyard.project.scenario import Scenario
from steelyard.project.sourced import Sources
from steelyard.project.substitution import Withdrawal, find_withdrawals, lines_of
from steelyard.project.target import settings_of
from steelyard.project.troops import Troops, find_troops


@dataclass(frozen=True, slots=True)
class Owed:
    """What has been found of each kind; empty and None for nothing."""

    pledges: tuple[Pledge, ...] = ()
    sharing: CostSharing | None = None
    troops: tuple[Troops, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()

    def lines(self, scenario: Scenario, economy: Economy) -> Iterator[Line]:
        """All amounts that no plan of spending moves."""
        for pledge in self.pledges:
            yield from pledge.lines()
        for troops in self.troops:
            yield from troops.lines(economy) if troops.costs else ()
        yield from lines_of(self.withdrawals, economy, scenario.base_year, scenario.horizon)

    @property
    def names(self) -> dict[str, str]:
        """What each thing is called, by kind and the id that its variables have."""
        names = {f"pledge:{one.id}": one.label for one in self.pledges}
        names |= {f"troops:{one.id}": one.label for one in self.troops}
        if self.sharing:
            names |= {f"cost_sharing:{one.id}": one.name for one in self.sharing.options}
            names |= {f"cost_sharing:{one.id}": one.label for one in self.sharing.components}
            names |= {f"cost_sharing_beside:{one.id}": one.label for one in self.sharing.beside}
        return names


NOTHING = Owed()


def find_owed(
    scenario: Scenario, vocabulary: Vocabulary, ledger: Ledger, base: Base, economy: Economy
) -> tuple[Owed, list[Problem]]:
    """All that a scenario owes, with every fault, refusal and warning of it."""
    settings, problems = settings_of(scenario, vocabulary)
    sources = Sources(scenario, vocabulary, settings)
    pledges, faults = find_pledges(sources, ledger, base, economy)
    sharing, more = find_cost_sharing(sources, economy)
    troops, laws = find_troops(sources, economy)
    withdrawals, others = find_withdrawals(sources, economy)
    owed = Owed(tuple(pledges), sharing, tuple(troops), tuple(withdrawals))
    return owed, [*problems, *faults, *more, *laws, *others]
