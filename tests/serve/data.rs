//! What stands at the paths of IRIs, and graphs as a whole, read as programs read them.

use super::client::{Answer, get, pairs};
use super::site::site;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Quad, Term};
use std::collections::BTreeSet;

const FORMATS: [(RdfFormat, &str, &str); 5] = [
    (RdfFormat::Turtle, "text/turtle", "turtle"),
    (RdfFormat::NTriples, "application/n-triples", "ntriples"),
    (RdfFormat::RdfXml, "application/rdf+xml", "rdfxml"),
    (RdfFormat::NQuads, "application/n-quads", "nquads"),
    (RdfFormat::TriG, "application/trig", "trig"),
];

fn read(format: RdfFormat, answer: &Answer) -> Vec<Quad> {
    assert_eq!(answer.status, 200, "{answer:?}");
    RdfParser::from_format(format).for_slice(&answer.body).collect::<Result<_, _>>().unwrap()
}

/// The triples at a path, which are the same in each format.
fn triples(path: &str) -> BTreeSet<String> {
    let mark = if path.contains('?') { '&' } else { '?' };
    let mut all = Vec::new();
    for (format, kind, name) in FORMATS {
        let answer = site().send(&get(path).accept(kind));
        assert_eq!(answer.kind(), kind, "{path}");
        assert!(answer.header("vary").is_some_and(|vary| vary.contains("accept")), "{answer:?}");
        let named = site().send(&get(&format!("{path}{mark}format={name}")).accept("image/png"));
        assert_eq!(named.body, answer.body, "{path} {name}");
        let triple = |quad: Quad| format!("{} {} {}", quad.subject, quad.predicate, quad.object);
        all.push(read(format, &answer).into_iter().map(triple).collect::<BTreeSet<_>>());
    }
    let json = site().send(&get(path).accept("application/ld+json"));
    assert!(serde_json::from_str::<serde_json::Value>(&json.body).is_ok(), "{json:?}");
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{path}");
    all.remove(0)
}

fn has(triples: &BTreeSet<String>, parts: &[&str]) -> bool {
    triples.iter().any(|triple| parts.iter().all(|part| triple.contains(part)))
}

#[test]
fn the_endpoint_and_the_data_say_what_they_are() {
    let service = triples("/sparql");
    let here = site().address;
    let endpoint = format!("sparql-service-description#endpoint> <http://{here}/sparql>");
    for parts in [
        &[endpoint.as_str()][..],
        &["#defaultDataset>"],
        &["SPARQL11Query"],
        &["UnionDefaultGraph"],
        &["#resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_JSON>"],
        &["#name> <https://data.dixit.example/graph/entities>"],
    ] {
        assert!(has(&service, parts), "{parts:?} in {service:#?}");
    }
    assert!(!has(&service, &["BasicFederatedQuery"]));
    let data = triples("/.well-known/void");
    let count = site().column("SELECT (COUNT(*) AS ?n) { ?s a dixit:ReportedStatement }").remove(0);
    for parts in [
        &["#dataset>", "void#sparqlEndpoint>", "/sparql>"][..],
        &["void#triples>"],
        &["#statements>", "void#entities>", &count],
        &["void#vocabulary> <https://w3id.org/dixit#>"],
    ] {
        assert!(has(&data, parts), "{parts:?} in {data:#?}");
    }
}

#[test]
fn a_statement_is_told_with_its_evidence_and_the_names_of_those_in_it() {
    let path = site().path("SELECT ?s { ?s dixit:relayedBy ?r ; dixit:actorLink ?l } ORDER BY ?s LIMIT 1");
    let told = triples(&path);
    for part in ["oa#exact>", "oa#start>", "dixit#relayMention>", "dixit#linkedName>", "rdf-schema#label>"] {
        assert!(has(&told, &[part]), "{part} in {told:#?}");
    }
    assert!(!has(&told, &["schema.org/articleBody"]));
    let others = "dixit#ReportedStatement>";
    assert_eq!(told.iter().filter(|triple| triple.contains(others)).count(), 1, "of itself alone");
    let head = site().send(&get(&path).by("HEAD"));
    let links: Vec<_> = head.headers.iter().filter(|(name, _)| name == "link").collect();
    assert_eq!((head.status, links.len()), (200, 4), "{head:?}");
    assert!(links[0].1.ends_with("?format=turtle>; rel=\"alternate\"; type=\"text/turtle\""), "{links:?}");
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let first = site().send(&get("/entity/Q7184"));
    let tag = first.header("etag").unwrap();
    let again = site().send(&get("/entity/Q7184").with("if-none-match", tag));
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    let other = site().send(&get("/entity/Q7184?format=nt").with("if-none-match", tag));
    assert_eq!(other.status, 200);
}

#[test]
fn an_article_is_its_graph_without_the_text() {
    let path = site().path("SELECT ?a { ?a a schema:NewsArticle } ORDER BY ?a LIMIT 1");
    let iri = format!("https://data.dixit.example{path}");
    let graph = triples(&format!("/data?{}", pairs(&[("graph", &iri)])));
    let told = triples(&path);
    assert!(graph.len() > 50 && graph.is_subset(&told), "{:#?}", graph.difference(&told));
    let query = format!("SELECT ?p {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}");
    let kept = ["sketch", "wordsHash", "wordKey", "local", "extractedAt", "articleBody"];
    let shown = site().column(&query).into_iter().filter(|p| !kept.iter().any(|kept| p.contains(kept))).count();
    assert_eq!(graph.len(), shown);
}

#[test]
fn all_graphs_are_what_an_export_holds() {
    let all = triples("/data?default");
    let quads = read(RdfFormat::NQuads, &site().send(&get("/data?default&format=nq")));
    assert!(all.len() > 1000 && quads.len() >= all.len());
    let names: BTreeSet<String> = quads.iter().map(|quad| quad.graph_name.to_string()).collect();
    assert!(names.contains("<https://data.dixit.example/graph/entities>"));
    assert!(!quads.iter().any(|quad| quad.predicate.as_str().ends_with("articleBody")));
    // A graph that has a path of its own answers there, too.
    let entities = triples("/graph/entities");
    let named = triples(&format!("/data?{}", pairs(&[("graph", "https://data.dixit.example/graph/entities")])));
    assert_eq!(entities, named);
    assert!(entities.len() > 100 && entities.is_subset(&all));
}

#[test]
fn the_vocabulary_is_there() {
    let told = triples("/ontology");
    assert!(has(&told, &["<https://w3id.org/dixit#actor>", "rdf-schema#comment>"]));
}

#[test]
fn letters_of_all_scripts_are_found_at_their_paths() {
    let name = site().send(&get("/entity/%D0%BA%D0%B8%D1%97%D0%B2"));
    assert_eq!(name.status, 404);
    let evidence = site().path("SELECT ?e { ?s dixit:evidence ?e } ORDER BY ?e LIMIT 1");
    let answer = site().send(&get(&evidence.replace('#', "%23")).accept("application/n-triples"));
    let quads = read(RdfFormat::NTriples, &answer);
    assert!(quads.iter().any(|quad| matches!(&quad.object, Term::Literal(words) if !words.value().is_empty())));
}

#[test]
fn what_is_not_there_is_told() {
    for (path, status, words) in [
        ("/entity/nobody", 404, "there is nothing here"),
        ("/article/0000000000000000", 404, "there is nothing here"),
        ("/data", 400, "no graph is named"),
        ("/data?default&graph=https://data.dixit.example/graph/entities", 400, "two graphs are named"),
        ("/data?graph=graph/entities", 400, "`graph/entities` is no IRI"),
        ("/data?graph=http://x.example/", 404, "no graph of this name"),
        ("/data?default&format=csv", 406, "text/turtle"),
        ("/entity/Q7184?format=csv", 406, "text/turtle"),
    ] {
        let answer = site().send(&get(path));
        assert_eq!((answer.status, answer.kind()), (status, "text/plain"), "{path}: {answer:?}");
        assert!(answer.said().contains(words), "{path}: {answer:?}");
    }
}
