//! The SPARQL 1.1 Protocol. The first table holds the W3C's own
//! [checks](https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/) by their names; those of updates show that all are
//! refused. Where they load graphs from the web, ours name graphs of the store.

use super::client::{Answer, Request, get, pairs, post};
use super::site::site;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};

const FORM: &str = "application/x-www-form-urlencoded";
const DIRECT: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

const ASK: &str = "ASK { ?s a dixit:ReportedStatement }";
/// Whether entities are in the default graph, and things are in a named one.
const WHERE: &str = "SELECT ?default ?named {
    { SELECT (COUNT(*) AS ?default) { ?s a schema:Person } } { SELECT (COUNT(*) AS ?named) { GRAPH ?g { ?s a schema:Person } } } }";
const ENTITIES: &str = "https://data.dixit.example/graph/entities";
const ONTOLOGY: &str = "https://data.dixit.example/graph/ontology";

fn form(fields: &[(&str, &str)]) -> Request {
    post("/sparql", FORM, pairs(fields))
}

fn address(fields: &[(&str, &str)]) -> Request {
    get(&format!("/sparql?{}", pairs(fields)))
}

/// What an answer is to be.
enum Expected {
    /// Success, with this media type.
    Kind(&'static str),
    /// Yes.
    Yes,
    /// Whether persons are found in the default graph, and in named ones.
    Persons(bool, bool),
    /// Refused with this status and words.
    Refused(u16, &'static str),
}
use Expected::{Kind, Persons, Refused, Yes};

fn check(request: &Request, expected: Expected) {
    let answer = site().send(request);
    match expected {
        Kind(kind) => assert_eq!((answer.status, answer.kind()), (200, kind), "{answer:?}"),
        Yes => {
            assert_eq!((answer.status, answer.kind()), (200, "application/sparql-results+json"), "{answer:?}");
            let parser = QueryResultsParser::from_format(QueryResultsFormat::Json);
            let read = parser.for_slice(answer.body.as_bytes()).unwrap();
            assert!(matches!(read, SliceQueryResultsParserOutput::Boolean(true)), "{answer:?}");
        }
        Persons(default, named) => {
            let line = answer.body.lines().nth(1).unwrap_or_default();
            let found: Vec<bool> = line.split(',').map(|number| number != "0").collect();
            assert_eq!((answer.status, found), (200, vec![default, named]), "{answer:?}");
        }
        Refused(status, words) => {
            assert_eq!((answer.status, answer.kind()), (status, "text/plain"), "{answer:?}");
            assert!(answer.said().contains(words), "{answer:?}");
        }
    }
}

/// One test a check.
macro_rules! checks {
    ($($name:ident: $request:expr => $expected:expr;)*) => {
        $(#[test]
        fn $name() {
            check(&$request, $expected);
        })*
    };
}

checks! {
    query_get: address(&[("query", ASK)]) => Yes;
    query_post_form: form(&[("query", ASK)]) => Yes;
    query_post_direct: post("/sparql", DIRECT, ASK) => Yes;
    query_dataset_default_graph:
        post(&format!("/sparql?{}", pairs(&[("default-graph-uri", ENTITIES)])), DIRECT, WHERE).accept("text/csv")
        => Persons(true, false);
    query_dataset_default_graphs_get:
        address(&[("query", WHERE), ("default-graph-uri", ONTOLOGY), ("default-graph-uri", ENTITIES)]).accept("text/csv")
        => Persons(true, false);
    query_dataset_default_graphs_post:
        form(&[("query", WHERE), ("default-graph-uri", ONTOLOGY), ("default-graph-uri", ENTITIES)]).accept("text/csv")
        => Persons(true, false);
    query_dataset_named_graphs_get:
        address(&[("query", WHERE), ("named-graph-uri", ONTOLOGY), ("named-graph-uri", ENTITIES)]).accept("text/csv")
        => Persons(false, true);
    query_dataset_named_graphs_post:
        form(&[("query", WHERE), ("named-graph-uri", ENTITIES)]).accept("text/csv") => Persons(false, true);
    query_dataset_full:
        form(&[("query", WHERE), ("default-graph-uri", ONTOLOGY), ("named-graph-uri", ENTITIES)]).accept("text/csv")
        => Persons(false, true);
    query_multiple_dataset:
        // What the request names wins over what the query names.
        form(&[("query", &WHERE.replacen(" {\n", &format!(" FROM <{ONTOLOGY}> {{\n"), 1)), ("default-graph-uri", ENTITIES)])
            .accept("text/csv")
        => Persons(true, false);
    query_content_type_select: address(&[("query", "SELECT * { ?s a schema:Person }")])
        => Kind("application/sparql-results+json");
    query_content_type_ask: address(&[("query", ASK)]).accept("application/sparql-results+xml")
        => Kind("application/sparql-results+xml");
    query_content_type_describe: form(&[("query", &format!("DESCRIBE <{}>", "https://data.dixit.example/entity/Q7184"))])
        => Kind("text/turtle");
    query_content_type_construct:
        post("/sparql", DIRECT, "CONSTRUCT WHERE { ?s a schema:Person }").accept("application/rdf+xml")
        => Kind("application/rdf+xml");

    bad_query_method: address(&[("query", ASK)]).by("PUT") => Refused(405, "Allow");
    bad_multiple_queries: address(&[("query", ASK), ("query", ASK)]) => Refused(400, "several queries");
    bad_query_wrong_media_type: post("/sparql", "text/plain", ASK) => Refused(415, "`text/plain` is not understood");
    bad_query_missing_form_type: post("/sparql", "", pairs(&[("query", ASK)])) => Refused(415, "without a Content-Type");
    bad_query_missing_direct_type: post("/sparql", "", ASK) => Refused(415, "without a Content-Type");
    bad_query_non_utf8: post("/sparql", &format!("{DIRECT}; charset=UTF-16"), utf_16(ASK)) => Refused(400, "UTF-8");
    bad_query_syntax: address(&[("query", "ASK { ?s a }")]) => Refused(400, "line 1, column 12: `}` cannot stand here");

    bad_update_get: address(&[("update", "CLEAR NAMED")]) => Refused(403, "only reads");
    bad_multiple_updates: form(&[("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")]) => Refused(403, "only reads");
    bad_update_wrong_media_type: post("/sparql", "text/plain", "CLEAR NAMED") => Refused(415, "not understood");
    bad_update_missing_form_type: post("/sparql", "", "update=CLEAR%20NAMED") => Refused(415, "without a Content-Type");
    bad_update_missing_direct_type: post("/sparql", "", "CLEAR NAMED") => Refused(415, "without a Content-Type");
    bad_update_non_utf8: post("/sparql", UPDATE, utf_16("CLEAR NAMED")) => Refused(403, "only reads");
    bad_update_syntax: form(&[("update", "CLEAR XYZ")]) => Refused(403, "only reads");
    bad_update_dataset_conflict: form(&[("update", "CLEAR NAMED"), ("using-graph-uri", ENTITIES)]) => Refused(403, "only reads");
    update_post_form: form(&[("update", "CLEAR ALL")]) => Refused(403, "only reads");
    update_post_direct: post("/sparql", UPDATE, "CLEAR ALL") => Refused(403, "only reads");

    // What the W3C does not ask.
    an_update_as_query: form(&[("query", "DROP ALL")]) => Refused(400, "this is a SPARQL update");
    a_load_as_query: form(&[("query", "LOAD <http://127.0.0.1/a>")]) => Refused(400, "this is a SPARQL update");
    no_query: form(&[("format", "json")]) => Refused(400, "no query");
    an_empty_query: form(&[("query", "")]) => Refused(400, "line 1, column 1: the query ends too early");
    a_graph_that_is_no_iri: address(&[("query", ASK), ("default-graph-uri", "graph/entities")]) => Refused(400, "`graph/entities` is no IRI");
    a_format_that_nobody_has: address(&[("query", ASK)]).accept("image/png") => Refused(406, "text/csv");
    a_graph_is_no_table: address(&[("query", "CONSTRUCT WHERE { ?s a schema:Person }"), ("format", "csv")]) => Refused(406, "text/turtle");
    a_format_by_name: address(&[("query", ASK), ("format", "tsv")]).accept("image/png") => Kind("text/tab-separated-values");
    a_format_as_wrapper_says: address(&[("query", "CONSTRUCT WHERE { ?s a schema:Person }"), ("output", "xml")]) => Kind("application/rdf+xml");
    a_query_with_a_charset: post("/sparql", &format!("{FORM}; charset=UTF-8"), pairs(&[("query", ASK)])) => Yes;
    prefixes_of_dixit_are_known: address(&[("query", "SELECT * { SERVICE dixit:search { ?s dixit:query \"OTAN\" } }")])
        => Kind("application/sparql-results+json");
    the_endpoint_says_what_it_is: get("/sparql") => Kind("text/turtle");
    the_endpoint_says_what_it_is_as_json: get("/sparql").accept("application/ld+json") => Kind("application/ld+json");
}

fn utf_16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

#[test]
fn methods_are_told() {
    for path in ["/sparql", "/data", "/.well-known/void", "/ontology", "/entity/Q7184"] {
        let methods = if path == "/sparql" { "GET,HEAD,POST" } else { "GET,HEAD" };
        for method in ["PUT", "DELETE", "PATCH", "TRACE"] {
            for kinds in ["*/*", "text/html"] {
                let answer = site().send(&get(path).by(method).accept(kinds));
                assert_eq!((answer.status, answer.header("allow")), (405, Some(methods)), "{method} {path}");
            }
        }
        let options = site().send(&get(path).by("OPTIONS"));
        assert_eq!((options.status, options.header("allow")), (204, Some(methods)), "{path}");
        assert_eq!(options.header("access-control-allow-origin"), None);
    }
    let head = site().send(&site().ask(ASK).by("HEAD"));
    assert_eq!((head.status, head.kind(), head.body.as_str()), (200, "application/sparql-results+json", ""));
}

#[test]
fn rows_are_the_same_in_all_formats() {
    let query = "SELECT ?s ?name { ?s a schema:Person ; rdfs:label ?name } ORDER BY ?s";
    let answer = |kind| site().send(&site().ask(query).accept(kind));
    let count =
        |format, answer: &Answer| match QueryResultsParser::from_format(format).for_slice(answer.body.as_bytes()) {
            Ok(SliceQueryResultsParserOutput::Solutions(rows)) => rows.map(Result::unwrap).count(),
            _ => panic!("{answer:?}"),
        };
    let rows = answer("text/csv").body.lines().count() - 1;
    assert!(rows > 5);
    for (format, kind) in [
        (QueryResultsFormat::Json, "application/sparql-results+json"),
        (QueryResultsFormat::Xml, "application/sparql-results+xml"),
        (QueryResultsFormat::Tsv, "text/tab-separated-values"),
    ] {
        assert_eq!(count(format, &answer(kind)), rows, "{kind}");
    }
    assert_eq!(answer("application/json").body, answer("*/*").body);
    let packed = site().send(&site().ask(query).with("accept-encoding", "gzip"));
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert_eq!(packed.body, answer("*/*").body);
}
