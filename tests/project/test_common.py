"""Several countries with a common factor: what is learnt of it, and how they move together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import numpy as np
import pytest

from steelyard.project import project_scenario
from steelyard.project.common import loads_of, own_covariance
from steelyard.project.drivers import build_economy
from steelyard.project.economy import run_draws
from steelyard.project.fans import drivers_of
from steelyard.project.scenario import read_scenario
from tests.project.samples import LEDGER, series, standing_alone, vocabulary

SEED = 20260124


def made(loads, own, years=20_000):
    """Residuals (country, variable, year) of one factor and of shocks of one's own, by numpy's chances."""
    luck = np.random.default_rng(5)
    factor = luck.standard_normal(years)
    shocks = [
        [load * factor + size * luck.standard_normal(years) for load, size in zip(*both, strict=True)]
        for both in zip(loads, own, strict=True)
    ]
    return [[(values - values.mean()).tolist() for values in country] for country in shocks]


def test_loads_that_made_the_shocks_are_found_again():
    loads = [[0.02, 0.01, -0.03], [0.015, 0.012, -0.05], [0.03, 0.0, -0.01]]
    residuals = made(loads, [[0.004, 0.003, 0.01]] * 3, years=4000)

    found = loads_of(residuals, 3998)

    assert np.array(found) == pytest.approx(np.array(loads), abs=0.002)


def test_the_order_of_countries_does_not_matter():
    residuals = made([[0.02, 0.01, -0.03], [0.015, 0.012, -0.05]], [[0.01] * 3] * 2, years=40)

    one, other = loads_of(residuals, 38), loads_of(residuals[::-1], 38)

    assert np.array(one[::-1]) == pytest.approx(np.array(other), rel=1e-9)


def test_what_is_common_and_what_is_ones_own_make_up_the_whole():
    """Variance 0.0005, of which a load of 0.02 takes 0.0004."""
    assert own_covariance([[0.0005]], [0.02])[0][0] == pytest.approx(0.0001)


# A scenario with a country beside it


def neighbours():
    """The case's series, and those of a Japan whose growth and prices follow South Korea's with a wobble."""
    found = list(series())
    for one in series():
        if one.actor != "KOR" or one.measure not in ("gdp", "exchange_rate"):
            continue
        wobble = {"current": 3, "constant:2020": 2}.get(one.prices, 5)
        points = tuple(
            replace(point, value=round(point.value * (1 + Decimal(point.year * wobble % 7) / 200), 6))
            for point in one.points
        )
        unit = one.unit.replace("KRW", "JPY")
        found.append(replace(one, actor="JPN", unit=unit, points=points))
    return found


def beside(kind="gaussian", actor="JPN", **shocks):
    entry = standing_alone()
    home = entry.data["drivers"]["home"]
    rate = {"actor": actor, "measure": "exchange_rate", "edition": "H.10 2026-01"}
    tables = {key: {**home[key], "actor": actor} for key in ("nominal", "real")}
    table = {"kind": kind, "window": "2001/2024", "beside": [{**tables, "exchange_rate": rate}], **shocks}
    return replace(entry, data={**entry.data, "drivers": {**entry.data["drivers"], "shocks": table}})


def economy_of(entry):
    whole, problems = read_scenario(entry, vocabulary())
    assert problems == []
    economy, problems = build_economy(whole, neighbours())
    assert problems == []
    return whole, economy


def test_a_country_with_others_beside_it_varies_as_it_did_alone():
    """The factor takes a part of its covariance and leaves the rest; only who moves with whom changes."""
    _, alone = economy_of(standing_alone())
    _, together = economy_of(beside())

    whole = np.array(alone.shocks.root) @ np.array(alone.shocks.root).T
    root, loads = np.array(together.shocks.root), np.array(together.shocks.loads)

    assert root @ root.T + np.outer(loads, loads) == pytest.approx(whole, rel=1e-9)
    assert np.max(np.abs(loads)) > 0.2 * sqrt(np.max(np.diag(whole)))


def test_the_series_of_the_others_are_among_the_origins():
    ensemble, problems = project_scenario(beside(), LEDGER, vocabulary(), neighbours(), draws=200)

    assert problems == []
    assert {"JPN"} <= {origin.label.split()[0] for origin in ensemble.origins if origin.kind == "series"}
    assert "in common with other countries" in ensemble.origin("draws:20260124:200").label


def moved(entry, actor):
    whole, economy = economy_of(entry)
    setting = drivers_of(whole, economy)
    streams = setting.streams.copy()
    streams[:3] += np.uint64(0 if actor == "KOR" else 1)
    paths = run_draws(replace(setting, streams=streams), SEED, 20_000)
    return setting, np.log(paths.gdp[0])


def test_two_countries_move_together_by_what_they_have_in_common():
    """With shocks of their own otherwise: the part of variance that the factor has."""
    setting, here = moved(beside(), "KOR")
    _, there = moved(beside(), "JPN")

    common = (setting.root[0, 3] + setting.root[1, 3]) ** 2
    own = sum((setting.root[0, k] + setting.root[1, k]) ** 2 for k in range(3))
    assert np.corrcoef(here, there)[0, 1] == pytest.approx(common / (common + own), abs=0.03)


def test_countries_draw_the_same_years_of_the_past():
    """Blocks of residuals are kept together across countries too."""
    _, here = moved(beside("bootstrap", block=2), "KOR")
    _, there = moved(beside("bootstrap", block=2), "JPN")

    assert here.tolist() == there.tolist()


def test_a_country_without_series_is_refused_by_name():
    ensemble, problems = project_scenario(beside(actor="DEU"), LEDGER, vocabulary(), neighbours(), draws=200)

    assert ensemble is None
    assert {(problem.code, problem.severity) for problem in problems} == {("missing-series", "refusal")}
    assert "DEU" in problems[0].message
