//! `dixit query --federate`: a service of SPARQL answers a part of a query.

use super::desk::{Desk, Ended};
use super::server::{Answer, Server, json, status};
use std::net::TcpListener;

/// A store with the articles of `seeds/`.
fn desk() -> Desk {
    let desk = Desk::new();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    assert_eq!(desk.run(&["-q", "add", seeds]).status, 0);
    desk
}

fn query(desk: &Desk, server: &Server, sparql: &str, options: &[&str]) -> Ended {
    let sparql = sparql.replace("SERVER", &server.address());
    let fixed = ["query", "-e", &sparql, "--federate", "--allow-local", "--format", "csv"];
    desk.run(&[&fixed, options].concat())
}

/// The saved query about Ukraine, as a file that asks this server.
fn saved(server: &Server) -> String {
    let text = include_str!("../../queries/actors-details.rq");
    let changes = [
        ("https://query.wikidata.org/sparql", server.address()),
        ("?topic", "<https://data.dixit.example/entity/Q212>".to_owned()),
        ("?language", "\"fr\"".to_owned()),
    ];
    changes.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new))
}

#[test]
fn the_saved_query_asks_about_the_items_of_its_rows_and_nothing_else() {
    let desk = desk();
    let server = Server::new(|_, _| json(include_str!("wikidata.json")));
    desk.put("details.rq", saved(&server));
    let ended = desk.run(&["query", "--file", "details.rq", "--federate", "--allow-local", "--format", "csv"]);
    assert_eq!((ended.status, ended.said.len()), (0, 0), "{ended:?}");
    let rows: Vec<_> = ended.stdout.lines().map(|line| line.trim_end()).collect();
    assert_eq!(rows[0], "actor,statements,born,party,wikidata,iri");
    let items = ["Q3052772", "Q3874799", "Q57665", "Q272201", "Q6279"];
    let row = |start: &str, item: &str| {
        format!("{start},http://www.wikidata.org/entity/{item},https://data.dixit.example/entity/{item}")
    };
    let known = [
        "Emmanuel Macron,4,,",
        "Volodymyr Zelensky,3,1978,\"Gauche du Nord, Parti du Pont\"",
        "Jens Stoltenberg,2,,",
        "Liz Truss,2,,",
        "Joe Biden,1,,",
    ];
    let expected: Vec<_> = known.iter().zip(items).map(|(start, item)| row(start, item)).collect();
    assert_eq!(rows[1..], expected);

    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].headers.contains("content-type: application/sparql-query\n"), "{asked:?}");
    assert!(asked[0].headers.contains("accept: application/sparql-results+json\n"), "{asked:?}");
    let sent = &asked[0].body;
    let values = "VALUES ( ?wikidata ) { ( <http://www.wikidata.org/entity/Q272201> ) ( <http://www.wikidata.org/entity/Q3052772> ) \
                  ( <http://www.wikidata.org/entity/Q3874799> ) ( <http://www.wikidata.org/entity/Q57665> ) \
                  ( <http://www.wikidata.org/entity/Q6279> )  }";
    let parts = sent.split_once("OPTIONAL").map(|(first, _)| first);
    assert!(parts.is_some_and(|first| first.contains(values)), "the items come first: {sent}");
    assert!(!sent.contains("Zelensky") && !sent.contains("dixit"), "{sent}");
}

#[test]
fn nothing_leaves_the_machine_unasked() {
    let desk = desk();
    let server = Server::new(|_, _| json("{}"));
    let line = |service: &str| {
        format!(
            "dixit: the query asks <{service}> (SERVICE), and nothing leaves this machine unasked: add --federate if it may"
        )
    };
    desk.refuses(&["query", "actors-details", "topic=OTAN"], 2, &line("https://query.wikidata.org/sparql"));
    desk.refuses(
        &["ask", "--quiet", "qui sont ceux qui parlent de l'OTAN ?"],
        2,
        &line("https://query.wikidata.org/sparql"),
    );
    let sparql = format!("SELECT * {{ ?s a schema:Person SERVICE <{}> {{ ?s ?p ?o }} }}", server.address());
    desk.refuses(&["query", "-e", &sparql], 2, &line(&server.address()));
    let within =
        format!("SELECT * {{ ?s a schema:Person FILTER EXISTS {{ SERVICE <{}> {{ ?s ?p ?o }} }} }}", server.address());
    let ended = desk.run(&["query", "-e", &within]);
    assert_eq!((ended.status, ended.said), (2, vec![line(&server.address())]));
    let told = "within EXISTS, which would take a failure for a no: put SERVICE beside, in the group";
    let ended = query(&desk, &server, &within, &[]);
    assert!(ended.status == 2 && ended.said[0].ends_with(told), "{ended:?}");
    // With SILENT a query does without.
    let silent = sparql.replace("SERVICE", "SERVICE SILENT");
    let ended = desk.run(&["query", "-e", &silent, "--format", "csv"]);
    assert!(ended.status == 0 && ended.stdout.lines().count() > 1, "{ended:?}");
    assert!(server.asked().is_empty());

    let ended = desk.run(&["query", "-e", &sparql, "--federate"]);
    let told = format!(
        "dixit: {}: leads to a private address (127.0.0.1): use --allow-local if you mean it",
        server.address()
    );
    assert!(ended.status == 1 && ended.said[0].starts_with(&told), "{ended:?}");
    assert!(server.asked().is_empty());
}

const PERSONS: &str = "SELECT DISTINCT ?s ?o { ?s a schema:Person SERVICE <SERVER> { ?s <http://a.example/p> ?o } }";

/// A way to fail, what is said of it, and how often the service is asked.
type Failure = (fn() -> Answer, &'static str, usize);

#[test]
fn a_service_that_fails_is_named_with_the_mend() {
    let desk = desk();
    let cases: [Failure; 10] = [
        (
            || Answer::Says("500 Internal Server Error".to_owned(), "java.util.concurrent.TimeoutException".to_owned()),
            "answers 500 Internal Server Error (\"java.util.concurrent.TimeoutException\"): try again later (asked 3 times)",
            3,
        ),
        (
            || status("429 Too Many Requests\r\nretry-after: 900"),
            "answers 429 Too Many Requests: try again in 900 s, as it asks",
            1,
        ),
        (|| status("404 Not Found"), "answers 404 Not Found: check the address", 1),
        (
            || Answer::Says("400 Bad Request".to_owned(), "MalformedQueryException".to_owned()),
            "answers 400 Bad Request (\"MalformedQueryException\"): it does not understand the question",
            1,
        ),
        (
            || {
                Answer::Says(
                    "200 OK\r\ncontent-type: text/html".to_owned(),
                    "<!DOCTYPE html>\n<title>Wikidata</title>".to_owned(),
                )
            },
            "answers no SPARQL results in JSON but \"<!DOCTYPE html> <title>Wikidata</title>\": check the address",
            1,
        ),
        (
            || json(r#"{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"no iri"}}]}}"#),
            "answers no SPARQL results in JSON but \"{\"head\":",
            1,
        ),
        (|| json(r#"{"head":{},"boolean":true}"#), "answers no SPARQL results in JSON but ", 1),
        (|| Answer::Nothing, "the answer broke off or is broken (", 3),
        (|| Answer::Silence, "took longer than 1 s: try again later, or give it more time with --service-timeout", 1),
        (|| Answer::Endless, "answers more than 8 MiB, which is not read: ask for less at once", 1),
    ];
    for (answer, message, times) in cases {
        let server = Server::new(move |_, _| answer());
        // Only who is silent is not waited for: a busy machine may be slow.
        let options: &[&str] = if message.starts_with("took") { &["--service-timeout", "1"] } else { &[] };
        let ended = query(&desk, &server, PERSONS, options);
        assert_eq!((ended.status, ended.said.len(), server.asked().len()), (1, 1, times), "{message}: {ended:?}");
        assert!(ended.said[0].starts_with(&format!("dixit: {}: {message}", server.address())), "{ended:?}");
        assert!(ended.said[0].ends_with("; with SERVICE SILENT the query does without"), "{ended:?}");
    }

    // Nobody is there.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let sparql = PERSONS.replace("SERVER", &format!("http://127.0.0.1:{port}/sparql"));
    let ended = desk.run(&["query", "-e", &sparql, "--federate", "--allow-local"]);
    let told = format!("dixit: http://127.0.0.1:{port}/sparql: cannot be reached (");
    assert!(ended.status == 1 && ended.said[0].starts_with(&told), "{ended:?}");
}

#[test]
fn with_silent_the_answer_does_without_and_says_so() {
    let desk = desk();
    let server = Server::new(|_, _| status("404 Not Found"));
    let silent = PERSONS.replace("SERVICE", "SERVICE SILENT");
    let ended = query(&desk, &server, &silent, &[]);
    assert!(ended.status == 0 && ended.stdout.lines().count() > 2, "{ended:?}");
    let told = format!(
        "{}: answers 404 Not Found: check the address; the answer does without (SERVICE SILENT)",
        server.address()
    );
    assert_eq!(ended.said, [told]);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_service_that_recovers_is_waited_for() {
    let desk = desk();
    let server = Server::new(|_, number| match number {
        0 => status("429 Too Many Requests\r\nretry-after: 1"),
        _ => json(r#"{"head":{"vars":["s","o"]},"results":{"bindings":[]}}"#),
    });
    let ended = query(&desk, &server, PERSONS, &[]);
    assert_eq!((ended.status, ended.stdout.as_str(), server.asked().len()), (0, "s,o\r\n", 2), "{ended:?}");
}

#[test]
fn many_values_are_sent_in_parts_and_too_many_not_at_all() {
    let desk = desk();
    let server = Server::new(|_, _| json(r#"{"head":{"vars":["s","o"]},"results":{"bindings":[]}}"#));
    let some = "SELECT ?s { { SELECT DISTINCT ?s { ?s oa:exact ?x } ORDER BY ?s LIMIT 101 } \
                SERVICE <SERVER> { ?s <http://a.example/p> ?o } }";
    assert_eq!(query(&desk, &server, some, &[]).status, 0);
    let mut sizes: Vec<_> =
        server.asked().iter().map(|request| request.body.matches("<https://data.dixit.example/").count()).collect();
    sizes.sort();
    assert_eq!(sizes, [1, 100]);

    let ended = query(&desk, &server, "SELECT ?s { ?s ?p ?o SERVICE <SERVER> { ?s <http://a.example/p> ?o } }", &[]);
    assert!(ended.said[0].contains(" things, and 1000 are the most: narrow what stands beside SERVICE"), "{ended:?}");
    assert_eq!((ended.status, server.asked().len()), (1, 2));

    let nobody = "SELECT ?s { ?s a <http://a.example/None> SERVICE <SERVER> { ?s <http://a.example/p> ?o } }";
    assert_eq!(query(&desk, &server, nobody, &[]).status, 0);
    assert_eq!(server.asked().len(), 2, "nothing to ask about");
}

#[test]
fn a_service_gives_no_values_but_those_that_it_is_asked_for() {
    let desk = desk();
    let server = Server::new(|_, _| {
        json(
            r#"{"head":{"vars":["item","o","name"]},"results":{"bindings":[{
            "item":{"type":"uri","value":"http://www.wikidata.org/entity/Q6279"},"o":{"type":"literal","value":"1"},
            "name":{"type":"literal","value":"somebody else"}},
            {"item":{"type":"uri","value":"http://a.example/"},"o":{"type":"literal","value":"2"}}]}}"#,
        )
    });
    let sparql = "SELECT DISTINCT ?o ?name { ?s a schema:Person ; schema:sameAs ?item \
                  SERVICE <SERVER> { ?item <http://a.example/p> ?o } OPTIONAL { ?s rdfs:label ?name FILTER(LANG(?name) = \"fr\") } }";
    let ended = query(&desk, &server, sparql, &[]);
    assert_eq!((ended.status, ended.stdout.as_str()), (0, "o,name\r\n1,Joe Biden\r\n"), "{ended:?}");
}
