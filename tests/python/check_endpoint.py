"""Asks a running `dixit serve` as other people's programs do: rdflib's SPARQLStore, SPARQLWrapper, pyoxigraph.

    check_endpoint.py ADDRESS TRIPLES STATEMENTS
"""

import sys
import urllib.error
import urllib.request

import pyoxigraph
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

address, triples, statements = sys.argv[1].rstrip("/"), int(sys.argv[2]), int(sys.argv[3])
endpoint = f"{address}/sparql"
DIXIT = rdflib.Namespace("https://w3id.org/dixit#")
SCHEMA = rdflib.Namespace("http://schema.org/")
BASE = "https://data.dixit.example/"


def same(what, found, wanted):
    print(f"{what}: {found}")
    if found != wanted:
        sys.exit(f"{what}: {found!r}, not {wanted!r}")


def by_rdflib():
    store = SPARQLStore(endpoint)
    graph = rdflib.Graph(store)
    rows = list(graph.query("SELECT ?s { ?s a dixit:ReportedStatement }", initNs={"dixit": DIXIT}))
    same("rdflib, SELECT", len(rows), statements)
    same("rdflib, ASK", bool(graph.query("ASK { ?s a schema:Person }", initNs={"schema": SCHEMA})), True)
    built = graph.query("CONSTRUCT { ?s dixit:kind ?k } WHERE { ?s dixit:kind ?k }", initNs={"dixit": DIXIT})
    same("rdflib, CONSTRUCT", len(built.graph), statements)
    # As a store: rdflib writes the queries itself.
    found = set(graph.subjects(rdflib.RDF.type, DIXIT.ReportedStatement))
    same("rdflib, triples", len(found), statements)
    nato = rdflib.URIRef(f"{BASE}entity/Q7184")
    same("rdflib, value", str(graph.value(nato, SCHEMA.sameAs)), "http://www.wikidata.org/entity/Q7184")
    same("rdflib, bound values", len(list(graph.query("SELECT ?p { ?s ?p ?o }", initBindings={"s": nato}))) > 3, True)
    posting = rdflib.Graph(SPARQLStore(endpoint, method="POST", returnFormat="json"))
    same("rdflib, POST", len(list(posting.query("SELECT * { ?s a <https://w3id.org/dixit#ReportedStatement> }"))), statements)
    entities = rdflib.Graph(SPARQLStore(endpoint, context_aware=True), identifier=rdflib.URIRef(f"{BASE}graph/entities"))
    same("rdflib, one graph", len(list(entities.triples((None, rdflib.RDF.type, DIXIT.ReportedStatement)))), 0)


def by_wrapper():
    def ask(query, form, method=None):
        wrapper = SPARQLWrapper(endpoint)
        wrapper.setQuery(query)
        wrapper.setReturnFormat(form)
        if method:
            wrapper.setMethod(POST)
            wrapper.setRequestMethod(method)
        return wrapper.queryAndConvert()

    select = "SELECT ?s { ?s a dixit:ReportedStatement }"
    same("SPARQLWrapper, JSON", len(ask(select, JSON)["results"]["bindings"]), statements)
    same("SPARQLWrapper, XML", len(ask(select, XML).getElementsByTagName("result")), statements)
    same("SPARQLWrapper, CSV", len(ask(select, CSV).decode().strip().splitlines()) - 1, statements)
    same("SPARQLWrapper, TSV", len(ask(select, TSV).decode().strip().splitlines()) - 1, statements)
    same("SPARQLWrapper, POST", len(ask(select, JSON, "urlencoded")["results"]["bindings"]), statements)
    same("SPARQLWrapper, POST directly", len(ask(select, JSON, POSTDIRECTLY)["results"]["bindings"]), statements)
    construct = "CONSTRUCT { ?s dixit:kind ?k } WHERE { ?s dixit:kind ?k }"
    for form in [RDFXML, JSONLD, XML]:
        same(f"SPARQLWrapper, CONSTRUCT as {form}", len(ask(construct, form)), statements)
    for form in [TURTLE, N3]:
        graph = rdflib.Graph().parse(data=ask(construct, form), format="turtle")
        same(f"SPARQLWrapper, CONSTRUCT as {form}", len(graph), statements)
    same("SPARQLWrapper, DESCRIBE", len(ask(f"DESCRIBE <{BASE}entity/Q7184>", TURTLE)) > 100, True)
    try:
        ask("SELECT * { ?s a }", JSON)
        sys.exit("a wrong query has an answer")
    except QueryBadFormed as error:
        same("SPARQLWrapper, a wrong query", "line 1, column 17" in str(error), True)


def by_oxigraph():
    query = "SELECT ?s { ?s a <https://w3id.org/dixit#ReportedStatement> }"
    request = urllib.request.Request(
        endpoint,
        data=query.encode(),
        headers={"content-type": "application/sparql-query", "accept": "application/sparql-results+xml"},
    )
    with urllib.request.urlopen(request) as answer:
        rows = pyoxigraph.parse_query_results(answer.read(), pyoxigraph.QueryResultsFormat.XML)
    same("oxigraph reads rows", len(list(rows)), statements)
    try:
        rows = pyoxigraph.Store().query(f"SELECT ?s {{ SERVICE <{endpoint}> {{ ?s a <https://w3id.org/dixit#ReportedStatement> }} }}")
        same("oxigraph, SERVICE", len(list(rows)), statements)
    except OSError as error:
        if "not supported" not in str(error):
            raise
        print(f"oxigraph, SERVICE: this build of pyoxigraph asks nobody ({error})")


def by_links():
    """Linked data and graphs as a whole, in the format that each parser asks for."""
    nato = rdflib.Graph().parse(f"{address}/entity/Q7184")
    labels = {str(label) for label in nato.objects(rdflib.URIRef(f"{BASE}entity/Q7184"), rdflib.RDFS.label)}
    same("rdflib, linked data", labels, {"OTAN", "NATO"})
    for form in ["turtle", "nt", "xml", "json-ld"]:
        graph = rdflib.Graph().parse(f"{address}/data?default", format=form)
        same(f"rdflib, all graphs as {form}", len(graph), triples)
    void = rdflib.Graph().parse(f"{address}/.well-known/void", format="turtle")
    told = list(void.objects(None, rdflib.URIRef("http://rdfs.org/ns/void#triples")))
    same("rdflib, VoID", [int(number) for number in told], [triples])
    service = rdflib.Graph().parse(endpoint, format="xml")
    addresses = list(service.objects(None, rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")))
    same("rdflib, endpoint", [str(own) for own in addresses], [endpoint])
    vocabulary = rdflib.Graph().parse(f"{address}/ontology")
    same("rdflib, vocabulary", (DIXIT.actor, None, None) in vocabulary, True)
    try:
        urllib.request.urlopen(f"{address}/entity/nobody")
        sys.exit("nobody is somebody")
    except urllib.error.HTTPError as error:
        same("nobody", error.code, 404)


by_rdflib()
by_wrapper()
by_oxigraph()
by_links()
