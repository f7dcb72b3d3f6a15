"""Claims as Web Annotations: each selector leads back to its words, and the terms are those of the model."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from pyld import jsonld

from steelyard.case import Source
from steelyard.core.claim import Claim, Ledger
from steelyard.report.bundle import ANNOTATIONS, make_report
from steelyard.report.export.sources import inputs_hash
from steelyard.report.export.webannotation import CONTEXT, to_web_annotations
from steelyard.report.links import link_claims
from tests.report import samples

OA, AS, RDF = (
    "http://www.w3.org/ns/oa#",
    "http://www.w3.org/ns/activitystreams#",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
)
DC = "http://purl.org/dc/elements/1.1/"
# The terms of the model that the file may use, as the model's own context defines them.
TERMS = {
    "oa": OA,
    "as": AS,
    "dcterms": "http://purl.org/dc/terms/",
    "id": "@id",
    "type": "@type",
    **{
        name: f"{OA}{name}"
        for name in ("Annotation", "TextualBody", "TextQuoteSelector", "TextPositionSelector")
    },
    "describing": f"{OA}describing",
    "assessing": f"{OA}assessing",
    "AnnotationCollection": f"{AS}OrderedCollection",
    "AnnotationPage": f"{AS}OrderedCollectionPage",
    "Software": f"{AS}Application",
    "Text": "http://purl.org/dc/dcmitype/Text",
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "body": {"@id": f"{OA}hasBody", "@type": "@id"},
    "target": {"@id": f"{OA}hasTarget", "@type": "@id"},
    "source": {"@id": f"{OA}hasSource", "@type": "@id"},
    "selector": {"@id": f"{OA}hasSelector", "@type": "@id"},
    "exact": f"{OA}exact",
    "prefix": f"{OA}prefix",
    "suffix": f"{OA}suffix",
    "start": f"{OA}start",
    "end": f"{OA}end",
    "value": f"{RDF}value",
    "format": f"{DC}format",
    "language": f"{DC}language",
    "name": "http://xmlns.com/foaf/0.1/name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "generator": {"@id": f"{AS}generator", "@type": "@id"},
    "total": f"{AS}totalItems",
    "first": {"@id": f"{AS}first", "@type": "@id"},
    "last": {"@id": f"{AS}last", "@type": "@id"},
    "startIndex": f"{AS}startIndex",
    "items": {"@id": f"{AS}items", "@type": "@id", "@container": "@list"},
}


def collection(**changes):
    results = samples.results(**changes)
    links, _ = link_claims(results.ledger, results.documents)
    return json.loads(to_web_annotations(results, links, "1.0"))


def items(data):
    return data.get("first", {}).get("items", [])


def local_context(address, options):
    assert address == CONTEXT, f"asks for {address}"
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": {"@context": TERMS},
    }


def texts(documents):
    return {f"urn:steelyard:document:{document.name}": document.text for document in documents}


def by_position(selector, text):
    return text[selector["start"] : selector["end"]]


def by_quote(selector, text):
    """Where the words stand that have these before and behind them; None where that is not one place."""
    whole = f"{selector['prefix']}{selector['exact']}{selector['suffix']}"
    places = [place for place in range(len(text)) if text.startswith(whole, place)]
    return places[0] + len(selector["prefix"]) if len(places) == 1 else None


def test_each_selector_alone_leads_to_the_words_of_its_claim():
    known = texts((samples.BUDGET_TEXT, samples.BRIEF_TEXT))

    found = items(collection())

    assert len(found) == len(samples.LEDGER)
    for annotation, claim in zip(found, samples.LEDGER, strict=True):
        quote, position = annotation["target"]["selector"]
        text = known[annotation["target"]["source"]["id"]]
        assert by_position(position, text) == quote["exact"] == claim.quote
        assert by_quote(quote, text) == position["start"] == claim.start


def test_words_that_stand_often_are_told_apart_by_more_around_them():
    line = "The budget rose by 8.2%. " * 9
    document = replace(samples.BUDGET_TEXT, text=f"First. {line}Last.")
    places = [place for place in range(len(document.text)) if document.text.startswith("8.2%", place)]
    claims = [samples.RISE.changed(id=f"c{place}", start=place, end=place + 4) for place in places]

    found = items(collection(documents=(document,), ledger=Ledger(claims)))

    assert [by_quote(one["target"]["selector"][0], document.text) for one in found] == places


def test_a_text_that_only_repeats_itself_does_not_swell_the_file():
    line = "The budget rose by 8.2%. "
    document = replace(samples.BUDGET_TEXT, text=line * 400)
    middle = 200 * len(line) + line.index("8.2%")
    claim = samples.RISE.changed(start=middle, end=middle + 4)

    (found,) = items(collection(documents=(document,), ledger=Ledger([claim])))

    quote, position = found["target"]["selector"]
    assert by_position(position, document.text) == "8.2%"
    assert document.text[middle - len(quote["prefix"]) : middle] == quote["prefix"]
    assert len(quote["prefix"]) == len(quote["suffix"]) == 512


def test_positions_count_characters_and_not_units_of_another_encoding():
    document = replace(samples.BUDGET_TEXT, text="𝟒𝟔 🚀 국방비 8.2% 증가\x00 \u202eend")
    claim = samples.RISE.changed(start=9, end=13)

    (found,) = items(collection(documents=(document,), ledger=Ledger([claim])))

    assert by_position(found["target"]["selector"][1], document.text) == "8.2%"
    assert found["target"]["selector"][0]["suffix"] == document.text[13:]


def test_the_body_holds_the_keys_of_the_claim_and_the_findings_it_takes_part_in():
    found = items(collection())[0]["body"]

    described, keys, *assessed = found
    assert described["value"].startswith(
        "“$46.1 billion”: Defence spending, level, South Korea, 2026, proposed"
    )
    assert Claim.from_json(json.loads(keys["value"])) == samples.TOTAL
    assert keys["format"] == "application/json"
    assert [body["purpose"] for body in assessed] == ["assessing"]
    assert (
        assessed[0]["value"] == f"Contradicted (within the last printed digit): {samples.CLASH.explanation}"
    )


def test_a_source_says_what_is_known_of_it(tmp_path):
    known = Source(
        "sources/budget.txt",
        tmp_path,
        title='A "plan"',
        publisher="A ministry",
        date=date(2026, 1, 22),
        url="https://example.org/budget",
    )

    source = items(collection(sources=(known,)))[0]["target"]["source"]

    assert source == {
        "id": "urn:steelyard:document:sources/budget.txt",
        "type": "Text",
        "format": "text/plain",
        "dcterms:title": 'A "plan"',
        "dcterms:publisher": "A ministry",
        "dcterms:issued": "2026-01-22",
        "dcterms:source": "https://example.org/budget",
    }


def used_keys(value):
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from used_keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from used_keys(inner)


def test_a_reader_of_linked_data_finds_every_annotation_with_body_and_target():
    data = collection()

    graph = jsonld.flatten(data, options={"documentLoader": local_context})

    kinds = {}
    for node in graph:
        for kind in node.get("@type", ()):
            kinds.setdefault(kind, []).append(node)
    annotations = kinds[f"{OA}Annotation"]
    assert len(annotations) == len(samples.LEDGER)
    for node in annotations:
        assert node["@id"].startswith("urn:steelyard:claim:")
        assert node[f"{OA}hasBody"]
        assert len(node[f"{OA}hasTarget"]) == 1
        assert node[f"{OA}motivatedBy"] == [{"@id": f"{OA}describing"}]
    assert len(kinds[f"{OA}TextQuoteSelector"]) == len(kinds[f"{OA}TextPositionSelector"]) == len(annotations)
    (whole,) = kinds[f"{AS}OrderedCollection"]
    assert whole[f"{AS}totalItems"] == [{"@value": len(annotations)}]
    # What the context does not define would be dropped without a word.
    assert {key.partition(":")[0] for key in used_keys(data)} - {"@context"} <= TERMS.keys()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"ledger": Ledger()}, id="no claims"),
        pytest.param({"documents": ()}, id="no sources"),
    ],
)
def test_nothing_to_annotate_is_a_collection_of_none(changes):
    """The model wants a first page only where there is something on it."""
    data = collection(**changes, findings=())

    assert data["total"] == 0
    assert data["id"] == f"urn:steelyard:annotations:{inputs_hash(samples.results().inputs)[:16]}"
    assert "first" not in data
    assert data["type"] == "AnnotationCollection"


def test_a_claim_whose_words_do_not_stand_there_is_left_out():
    off = samples.TOTAL.changed(start=0, end=4)

    data = collection(ledger=Ledger([off, samples.RISE]))

    assert [one["id"] for one in items(data)] == [f"urn:steelyard:claim:{samples.RISE.id}"]


def test_it_lies_beside_the_page():
    files, _ = make_report(samples.results())

    assert json.loads(files[ANNOTATIONS])["total"] == len(samples.LEDGER)
    assert f'href="{ANNOTATIONS}"' in files["report.html"].decode()
