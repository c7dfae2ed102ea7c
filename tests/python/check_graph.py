"""Checks an exported graph with other people's tools: rdflib reads it, pySHACL validates it.

    check_graph.py GRAPH.ttl ontology/dixit.ttl ontology/shapes.ttl

Prints how many triples rdflib counts and whether the graph conforms to the shapes. Exit status: 0 it
conforms; 1 it does not, it is empty, or a file cannot be read.
"""

import sys

import pyshacl
import rdflib


def main() -> int:
    if len(sys.argv) != 4:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    graph, ontology, shapes = (rdflib.Graph() for _ in range(3))
    for target, path in zip((graph, ontology, shapes), sys.argv[1:]):
        try:
            target.parse(path, format="turtle")
        except Exception as error:  # rdflib's parsers raise errors of many types
            print(f"{path}: {error}", file=sys.stderr)
            return 1
    print(f"{len(graph)} triples")
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology, inference="none")
    print(f"conforms: {conforms}")
    if not conforms:
        print(report, file=sys.stderr)
    return 0 if conforms and len(graph) else 1


if __name__ == "__main__":
    sys.exit(main())
