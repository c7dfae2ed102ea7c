"""Checks that the shapes can refuse: breaks an exported graph in many ways, each of which must not conform.

    check_shapes.py GRAPH.ttl ontology/dixit.ttl ontology/shapes.ttl

The graph must hold direct and indirect statements with dates, topics and relays. Exit status: 0 every
broken graph is refused; 1 one is not, or a change finds nothing to break.
"""

import sys

import pyshacl
import rdflib

PREFIXES = """
PREFIX dixit: <https://w3id.org/dixit#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

BREAKS = {
    f"without {term}": f"DELETE WHERE {{ ?s {term} ?o }}"
    for term in """dixit:actor dixit:speakerMention schema:text dixit:kind dixit:polarity schema:isPartOf
    dixit:evidence dixit:confidence prov:wasGeneratedBy dixit:fileName dixit:textHash dixit:extractedBy
    schema:inLanguage oa:hasSelector oa:hasSource oa:exact oa:start oa:end rdfs:label dixit:dateBasis
    schema:spokenByCharacter prov:wasAssociatedWith""".split()
} | {
    "two kinds": "INSERT { ?s dixit:kind dixit:Mixed } WHERE { ?s dixit:kind dixit:Indirect }",
    "an unknown polarity": "INSERT { ?s dixit:polarity dixit:Sure } WHERE { ?s dixit:polarity ?o }",
    "an indirect quotation": "INSERT { ?s a schema:Quotation } WHERE { ?s dixit:kind dixit:Indirect }",
    "a direct statement that is no quotation": "DELETE { ?s a schema:Quotation } WHERE { ?s dixit:kind dixit:Direct }",
    "another speaker than the actor": "INSERT { ?s schema:spokenByCharacter ?p } WHERE { ?s a schema:Quotation ; schema:isPartOf ?p }",
    "said after it was said": 'INSERT { ?s dixit:saidNotBefore "2999-01-01"^^xsd:date } WHERE { ?s dixit:saidNotAfter ?o FILTER NOT EXISTS { ?s dixit:saidNotBefore ?b } }',
    "a date with a time": 'DELETE { ?s dixit:saidNotAfter ?o } INSERT { ?s dixit:saidNotAfter "2024-01-01T00:00:00"^^xsd:dateTime } WHERE { ?s dixit:saidNotAfter ?o }',
    "a date of words": 'DELETE { ?s dixit:publishedNotAfter ?o } INSERT { ?s dixit:publishedNotAfter "mai" } WHERE { ?s dixit:publishedNotAfter ?o }',
    "too much confidence": "DELETE { ?s dixit:confidence ?o } INSERT { ?s dixit:confidence 1.5 } WHERE { ?s dixit:confidence ?o }",
    "an end before the start": "DELETE { ?s oa:end ?o } INSERT { ?s oa:end 0 } WHERE { ?s oa:end ?o }",
    "two selectors of one sort": "DELETE { ?s a oa:TextPositionSelector } INSERT { ?s a oa:TextQuoteSelector ; oa:exact 'x' } WHERE { ?s a oa:TextPositionSelector }",
    "a topic without a description": "INSERT { ?s schema:about <https://nowhere.example/> } WHERE { ?s a dixit:ReportedStatement }",
    "a relay of words": 'INSERT { ?s dixit:relayedBy "Le Courrier" } WHERE { ?s a dixit:ReportedStatement }',
    "an item that is none": "INSERT { ?s schema:sameAs <http://www.wikidata.org/wiki/Q1> } WHERE { ?x dixit:actor ?s }",
}


def main() -> int:
    if len(sys.argv) != 4:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    graph, ontology, shapes = (rdflib.Graph().parse(path, format="turtle") for path in sys.argv[1:])
    accepted = []
    for name, update in BREAKS.items():
        broken = rdflib.Graph() + graph
        broken.update(PREFIXES + update)
        if set(broken) == set(graph):
            accepted.append(f"{name}: nothing to break")
        elif pyshacl.validate(broken, shacl_graph=shapes, ont_graph=ontology, inference="none")[0]:
            accepted.append(f"{name}: not refused")
    print(f"{len(BREAKS) - len(accepted)} of {len(BREAKS)} broken graphs are refused")
    for line in accepted:
        print(line, file=sys.stderr)
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
