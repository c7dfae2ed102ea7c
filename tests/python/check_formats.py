"""Checks that every format of the export holds the same graph, with other people's readers.

    check_formats.py FOLDER TRIPLES QUADS

FOLDER holds graph.{ttl,nt,nq,trig,jsonld,rdf}, in which rdflib, oxigraph and pyld must find as many triples or quads as
told, and the same ones; pages.{ttl,nt,jsonld,rdf}, which must hold the same triples in terms of schema.org alone; and
network.graphml, which networkx must read. Prints what each tool counts. Exit status: 0 all agree; 1 some do not.
"""

import json
import logging
import sys
from pathlib import Path

import networkx
import pyoxigraph
import rdflib
from pyld import jsonld

# What the context of schema.org says of the properties that dixit writes: it is not fetched here.
SCHEMA_ORG = {
    "@vocab": "http://schema.org/",
    "schema": "http://schema.org/",
    "url": {"@id": "schema:url", "@type": "@id"},
    "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "isPartOf": {"@id": "schema:isPartOf", "@type": "@id"},
    "isBasedOn": {"@id": "schema:isBasedOn", "@type": "@id"},
    "datePublished": {"@id": "schema:datePublished", "@type": "Date"},
    "dateCreated": {"@id": "schema:dateCreated", "@type": "Date"},
}
UNIONS = {"nt": "nt", "ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
OXIGRAPH = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
}


def by_rdflib(path: Path, form: str) -> set:
    text = path.read_text(encoding="utf-8")
    if form == "json-ld":
        text = text.replace('"@context": "https://schema.org"', f'"@context": {json.dumps(SCHEMA_ORG)}', 1)
    return set(rdflib.Graph().parse(data=text, format=form))


def main() -> int:
    if len(sys.argv) != 4:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    logging.getLogger("rdflib").setLevel(logging.ERROR)
    folder, triples, quads = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    faults = []

    def expect(what: str, found: int, wanted: int, is_same: bool) -> None:
        print(f"{what}: {found}")
        if found != wanted or not is_same:
            faults.append(f"{what}: {found} of {wanted}{'' if is_same else ', and not the same'}")

    graph = by_rdflib(folder / "graph.nt", "nt")
    for ending, form in UNIONS.items():
        found = by_rdflib(folder / f"graph.{ending}", form)
        expect(f"rdflib {ending}", len(found), triples, found == graph)
    dataset = set(rdflib.Dataset().parse(folder / "graph.nq", format="nquads").quads())
    for ending in ("nq", "trig"):
        form = {"nq": "nquads", "trig": "trig"}[ending]
        found = list(rdflib.Dataset().parse(folder / f"graph.{ending}", format=form).quads())
        expect(f"rdflib {ending}", len(found), quads, set(found) == dataset)
    for ending, form in OXIGRAPH.items():
        found = list(pyoxigraph.parse(path=folder / f"graph.{ending}", format=form))
        wanted = triples if ending in UNIONS else quads
        expect(f"oxigraph {ending}", len(found), wanted, len(set(found)) == len(found))
    lines = (folder / "graph.nt").read_text(encoding="utf-8").splitlines()
    expanded = jsonld.to_rdf(json.loads((folder / "graph.jsonld").read_text()), {"format": "application/n-quads"})
    expect("pyld jsonld", len(expanded.splitlines()), triples, set(expanded.splitlines()) == set(lines))

    pages = by_rdflib(folder / "pages.nt", "nt")
    for ending, form in UNIONS.items():
        found = by_rdflib(folder / f"pages.{ending}", form)
        expect(f"rdflib pages.{ending}", len(found), len(pages), found == pages)
    terms = {p for _, p, _ in pages} | {o for _, p, o in pages if p == rdflib.RDF.type}
    strange = {term for term in terms if not term.startswith("http://schema.org/")} - {rdflib.RDF.type}
    expect("terms beside schema.org", len(strange), 0, True)

    network = networkx.read_graphml(folder / "network.graphml")
    labelled = [node for node, data in network.nodes(data=True) if data.get("label")]
    expect("networkx nodes", len(labelled), len(network), len(labelled) > 10)
    weighed = [edge for edge in network.edges(data=True) if edge[2]["weight"] >= 1 and edge[2]["relation"]]
    expect("networkx edges", len(weighed), network.number_of_edges(), len(weighed) > 10)

    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
