"""Where each number of a report comes from, as PROV-JSON (W3C, 2013): entities, activities, who made them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from steelyard.core.json_text import json_text
from steelyard.project.ensemble import Ensemble, Origin
from steelyard.report.results import Results

_PREFIX = "sy"
_NAMESPACE = "urn:steelyard:"
Group = dict[str, dict[str, object]]


def to_prov(results: Results, version: str) -> str:
    """The provenance of all projected variables: run by steelyard, from claims, parameters and series, these
    from documents.
    """
    groups: dict[str, Group] = {
        name: {} for name in ("entity", "activity", "agent", "used", "wasGeneratedBy", "wasDerivedFrom")
    }
    agent = _id("software", f"steelyard-{version}")
    groups["agent"][agent] = {"prov:type": "prov:SoftwareAgent", "prov:label": f"steelyard {version}"}
    groups["wasAssociatedWith"] = {}
    for document in results.documents:
        digest = results.inputs.get(document.name)
        about = {"prov:label": document.name, **({"sy:sha256": digest} if digest else {})}
        groups["entity"][_id("document", document.name)] = {**about}
    for ensemble in results.ensembles:
        _add_run(groups, ensemble, agent)
    data = {"prefix": {_PREFIX: _NAMESPACE}, **{name: group for name, group in groups.items() if group}}
    return json_text(data)


def _add_run(groups: dict[str, Group], ensemble: Ensemble, agent: str) -> None:
    """A scenario's run, what it used, and each variable that came of it with what it rests on."""
    run = _id("run", ensemble.scenario)
    groups["activity"][run] = {
        "prov:label": ensemble.label,
        "sy:draws": ensemble.draws,
        "sy:seed": str(ensemble.seed),
    }
    _relate(groups["wasAssociatedWith"], {"prov:activity": run, "prov:agent": agent})
    for origin in ensemble.origins:
        entity = _id(origin.kind, origin.id)
        groups["entity"][entity] = dict(_about(origin))
        _relate(groups["used"], {"prov:activity": run, "prov:entity": entity})
        document = (origin.reference or {}).get("document")
        if document:
            source = _id("document", document)
            groups["entity"].setdefault(source, {"prov:label": document})
            derived = {"prov:generatedEntity": entity, "prov:usedEntity": source}
            _relate(groups["wasDerivedFrom"], derived)
    for variable in ensemble.variables:
        cell = ensemble.series(variable)[0]
        made = _id("variable", f"{ensemble.scenario}/{variable}")
        groups["entity"][made] = {
            "prov:label": variable,
            "sy:equation": cell.equation,
            "sy:unit": cell.unit,
        }
        _relate(groups["wasGeneratedBy"], {"prov:entity": made, "prov:activity": run})
        for one in cell.inputs:
            if found := ensemble.origin(one):
                derived = {"prov:generatedEntity": made, "prov:usedEntity": _id(found.kind, found.id)}
                _relate(groups["wasDerivedFrom"], derived)


def _about(origin: Origin) -> Iterator[tuple[str, object]]:
    """What is known of an input, without what is not."""
    yield "prov:label", origin.label
    told = {"value": origin.value, "unit": origin.unit, "layer": origin.layer, **(origin.reference or {})}
    yield from ((f"{_PREFIX}:{key}", text) for key, text in told.items() if text)


def _id(kind: str, name: str) -> str:
    """A name in our namespace; signs that a name of PROV may not have are written by their number."""
    plain = "".join(each if each.isascii() and each.isalnum() else f"_{ord(each):x}_" for each in name)
    return f"{_PREFIX}:{kind}-{plain}"


def _relate(group: Group, relation: Mapping[str, object]) -> None:
    """Add a relation, which needs no name but one of its own."""
    group[f"_:r{len(group) + 1}"] = dict(relation)
