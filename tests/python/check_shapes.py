"""Checks that the shapes can refuse: breaks a graph in many ways, each of which must not conform.

    check_shapes.py GRAPH.ttl tests/graph/broken.tsv ontology/dixit.ttl ontology/shapes.ttl

The graph is that of docs/model/digue.txt, with its text. Exit status: 0 it conforms, and every broken one is refused;
1 one is not, or a change finds nothing to break.
"""

import csv
import logging
import multiprocessing
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


def read(*paths: str) -> None:
    """Reads the graphs once in each process."""
    global graph, ontology, shapes
    logging.getLogger("rdflib").setLevel(logging.ERROR)  # it warns of values that are broken on purpose
    graph, ontology, shapes = (rdflib.Graph().parse(path, format="turtle") for path in paths)


def conforms(graph: rdflib.Graph) -> bool:
    return pyshacl.validate(graph, shacl_graph=shapes, ont_graph=ontology, inference="none")[0]


def fault(row: dict) -> str | None:
    """What is wrong with the case, if anything is."""
    broken = rdflib.Graph() + graph
    broken.update(PREFIXES + row["update"])
    if set(broken) == set(graph):
        return f"{row['flaw']}: nothing to break"
    return f"{row['flaw']}: not refused" if conforms(broken) else None


def main() -> int:
    if len(sys.argv) != 5:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    paths = sys.argv[1:2] + sys.argv[3:]
    with open(sys.argv[2], encoding="utf-8", newline="") as table:
        lines = (line for line in table if not line.startswith("#"))
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    read(*paths)
    if not conforms(graph):
        print(f"{sys.argv[1]} does not conform", file=sys.stderr)
        return 1
    with multiprocessing.Pool(initializer=read, initargs=paths) as pool:
        faults = [found for found in pool.imap(fault, rows) if found]
    print(f"{len(rows) - len(faults)} of {len(rows)} broken graphs are refused")
    for line in faults:
        print(line, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
