//! `dixit link --reconcile`: names are asked of a service, and what it proposes is kept.

use super::desk::{Desk, Ended};
use super::server::{Answer, Request, Server, json, status};
use serde_json::{Value, json};

const NAMES: [&str; 12] = [
    "Anne Roy",
    "Zoé Vidal",
    "Luc Petit",
    "Inès Morel",
    "Jeanne Morvan",
    "Paul Le Goff",
    "Marie Dubois",
    "Yann Tanguy",
    "Rose Lemaire",
    "Hugo Blanchard",
    "Clara Fontaine",
    "Denis Garnier",
];

/// A store in which these speak, the first one twice.
fn desk(names: usize) -> Desk {
    let desk = Desk::new();
    for (number, name) in NAMES.iter().take(names).enumerate() {
        desk.put(
            &format!("a/{number}.txt"),
            format!("« Le pont numéro {number} tiendra longtemps », a déclaré {name}.\n"),
        );
    }
    desk.put("a/x.txt", format!("« La digue cédera cet hiver », a déclaré {}.\n", NAMES[0]));
    assert_eq!(desk.run(&["-q", "add", "a"]).status, 0);
    desk
}

/// As the service of Wikidata says what it is.
fn manifest() -> Answer {
    json(include_str!("manifest.json"))
}

/// The names of a request, by their keys.
fn queries(request: &Request) -> Vec<(String, Value)> {
    let (_, form) = url::form_urlencoded::parse(request.body.as_bytes()).find(|(key, _)| key == "queries").unwrap();
    let queries: Value = serde_json::from_str(&form).unwrap();
    queries.as_object().unwrap().iter().map(|(key, query)| (key.clone(), query.clone())).collect()
}

/// What a service of version 0.2 proposes: Anne Roy, and a namesake, and nobody for the others.
fn proposals(request: &Request) -> Answer {
    let result = |query: &Value| match query["query"].as_str().unwrap() {
        "Anne Roy" => json!([
            { "id": "Q900002", "name": "Anne Roy", "description": "joueuse de \u{1b}[31mtennis", "score": 71.4,
              "match": false, "type": [{ "id": "Q5", "name": "être humain" }], "features": [] },
            { "id": "Q900001", "name": "Anne Roy", "description": "femme politique", "score": 100, "match": true,
              "type": [{ "id": "Q5", "name": "être humain" }], "features": [{ "id": "all_labels", "value": 100 }] },
        ]),
        _ => json!([]),
    };
    let answers: serde_json::Map<_, _> =
        queries(request).iter().map(|(key, query)| (key.clone(), json!({ "result": result(query) }))).collect();
    json(&Value::Object(answers).to_string())
}

/// A service that says what it is, and answers its questions (from 0) as the function says.
fn service(answer: impl Fn(&Request, usize) -> Answer + Send + Sync + 'static) -> Server {
    Server::new(move |request, number| match request.method.as_str() {
        "GET" => manifest(),
        _ => answer(request, number - 1),
    })
}

fn link(desk: &Desk, server: &Server, options: &[&str]) -> Ended {
    let address = server.address();
    desk.run(&[&["link", "--reconcile", &address, "--allow-local", "--pause", "0"], options].concat())
}

fn export(desk: &Desk) -> String {
    desk.run(&["export", "--format", "nquads"]).stdout
}

/// The names that were asked, request by request.
fn asked(server: &Server) -> Vec<Vec<String>> {
    let posts = server.asked().into_iter().filter(|request| request.method == "POST");
    let name = |(_, query): (String, Value)| query["query"].as_str().unwrap().to_owned();
    posts.map(|request| queries(&request).into_iter().map(name).collect()).collect()
}

#[test]
fn names_are_asked_in_batches_and_proposals_are_kept() {
    let desk = desk(12);
    let server = service(|request, _| proposals(request));
    let ended = link(&desk, &server, &[]);
    assert_eq!(ended.status, 0, "{ended:?}");
    assert_eq!(ended.said, ["Wikidata (fr): names asked: 12, with proposals: 1, with a match: 1; asked before: 0"]);
    let lines: Vec<_> = ended.stdout.lines().take(4).collect();
    let accept = "    dixit link accept https://data.dixit.example/entity/anne-roy";
    assert_eq!(lines[0], "Anne Roy (2 statements)");
    assert_eq!(lines[1], format!("{accept} Q900002    Anne Roy, joueuse de [31mtennis (71)"));
    assert_eq!(lines[2], format!("{accept} Q900001    Anne Roy, femme politique (100, match)"));
    assert!(lines[3].ends_with(" (1 statement): no proposal"), "{lines:?}");

    // The most quoted first, ten at a time, with their type.
    let asked = asked(&server);
    assert_eq!(asked.iter().map(Vec::len).collect::<Vec<_>>(), [10, 2]);
    assert_eq!(asked[0][0], "Anne Roy");
    let first = &server.asked()[1];
    assert!(first.headers.contains("content-type: application/x-www-form-urlencoded"), "{first:?}");
    assert!(first.headers.contains("user-agent: dixit/"), "{first:?}");
    assert_eq!(queries(first)[0].1, json!({ "query": "Anne Roy", "type": "Q5", "limit": 5 }));

    // What was asked is not asked again, unless it should be.
    let kept = export(&desk);
    assert!(kept.contains("<https://w3id.org/dixit#proposedItem> <http://www.wikidata.org/entity/Q900001>"));
    assert!(!kept.contains('\u{1b}'));
    let again = link(&desk, &server, &[]);
    assert_eq!(again.said, ["Wikidata (fr): names asked: 0, with proposals: 0, with a match: 0; asked before: 12"]);
    assert_eq!((again.stdout.as_str(), export(&desk)), ("", kept));
    assert_eq!(link(&desk, &server, &["--again", "--limit", "1"]).status, 0);
    assert_eq!(server.asked().len(), 3 + 1 + 2);
    assert_eq!(desk.run(&["check"]).status, 0);
}

#[test]
fn proposals_survive_adding_removing_and_another_store() {
    let desk = desk(2);
    assert_eq!(link(&desk, &service(|request, _| proposals(request)), &[]).status, 0);
    let kept = export(&desk);
    assert_eq!(desk.run(&["remove", "0.txt", "x.txt"]).status, 0);
    assert!(export(&desk).contains("Q900001") && !export(&desk).contains("entity/anne-roy>"));
    assert_eq!(desk.run(&["add", "a"]).status, 0);
    assert_eq!(export(&desk), kept);
    desk.put("a.nq", &kept);
    assert_eq!(desk.run(&["--store", "other", "import", "a.nq"]).status, 0);
    assert_eq!(desk.run(&["--store", "other", "export", "--format", "nquads"]).stdout, kept);
    assert_eq!(desk.run(&["--store", "other", "import", "a.nq"]).status, 0);
    assert_eq!(desk.run(&["--store", "other", "export", "--format", "nquads"]).stdout, kept);
}

#[test]
fn a_service_of_version_0_1_is_understood() {
    let desk = desk(1);
    let server = Server::new(|request, _| match request.method.as_str() {
        "GET" => json(
            r#"{"name":"Noms","identifierSpace":"https://noms.example/id/","schemaSpace":"https://noms.example/type/"}"#,
        ),
        _ => json(
            r#"callback({"q0":{"result":[{"id":"120333937","name":"Roy, Anne","score":"53.015232","type":["Person"]},
            {"id":"https://autres.example/7","name":"Anne Roy","score":50,"match":false,"type":[]}]}});"#,
        ),
    });
    let ended = link(&desk, &server, &["--type", "Person"]);
    assert_eq!(ended.status, 0, "{ended:?}");
    let expected = "Anne Roy (2 statements)\n    https://noms.example/id/120333937    Roy, Anne (53)\n    \
                    https://autres.example/7    Anne Roy (50)\n";
    assert_eq!(ended.stdout, expected);
    assert_eq!(queries(&server.asked()[1])[0].1["type"], "Person");
    assert!(export(&desk).contains("<https://w3id.org/dixit#reconciledType> <https://noms.example/type/Person>"));
}

#[test]
fn a_service_that_asks_to_wait_is_given_time() {
    let desk = desk(1);
    let server = service(|request, number| match number {
        0 => status("429 Too Many Requests\r\nretry-after: 1"),
        1 => status("503 Service Unavailable"),
        _ => proposals(request),
    });
    let ended = link(&desk, &server, &[]);
    assert_eq!((ended.status, server.asked().len()), (0, 4), "{ended:?}");

    let ended = link(&desk, &service(|_, _| status("429 Too Many Requests\r\nretry-after: 86400")), &["--again"]);
    assert_eq!(ended.status, 1);
    assert!(ended.said[0].contains("answers 429 Too Many Requests: try again in 86400 s, as it asks"), "{ended:?}");
}

/// A way to fail, what is said of it, and how often the service is asked.
type Failure = (fn() -> Answer, &'static str, usize);

#[test]
fn a_service_that_fails_leaves_the_store_as_it_was() {
    let desk = desk(1);
    let before = export(&desk);
    const HTML: &str = "<!DOCTYPE html>\n<html><body>Bienvenue</body></html>";
    let cases: [Failure; 8] = [
        (
            || Answer::Says("500 Internal Server Error".to_owned(), "Traceback".to_owned()),
            "answers 500 Internal Server Error (\"Traceback\"): try again later (asked 5 times)",
            5,
        ),
        (|| status("404 Not Found"), "answers 404 Not Found: check the address", 1),
        (
            || Answer::Says("200 OK".to_owned(), HTML.to_owned()),
            "answers no proposals but \"<!DOCTYPE html> <html><body>Bienvenue</body></html>\": check the address",
            1,
        ),
        (|| json("{\"q7\":[1,2,{}]}"), "answers no proposals but \"{\"q7\":[1,2,{}]}\": check the address", 1),
        (|| json(""), "answers no proposals but nothing at all: check the address", 1),
        (|| Answer::Nothing, "the answer broke off or is broken (", 5),
        (|| Answer::Silence, "took longer than 1 s: try again later, or give it more time with --service-timeout", 1),
        (|| Answer::Endless, "answers more than 8 MiB, which is not read: ask for less at once", 1),
    ];
    for (answer, message, times) in cases {
        let server = service(move |_, _| answer());
        // Only who is silent is not waited for: a busy machine may be slow.
        let options: &[&str] = if message.starts_with("took") { &["--service-timeout", "1"] } else { &[] };
        let ended = link(&desk, &server, options);
        assert_eq!((ended.status, ended.said.len(), ended.stdout.as_str()), (1, 1, ""), "{ended:?}");
        assert!(ended.said[0].starts_with(&format!("dixit: {}: {message}", server.address())), "{ended:?}");
        assert!(ended.said[0].ends_with("; no name was answered, and the store is as it was"), "{ended:?}");
        assert_eq!((export(&desk), server.asked().len() - 1), (before.clone(), times), "{message}");
    }

    // What is no reconciliation service is told before anything is asked.
    let server = Server::new(move |_, _| Answer::Says("200 OK".to_owned(), HTML.to_owned()));
    let ended = link(&desk, &server, &[]);
    let told = "answers no manifest of a reconciliation service but \"<!DOCTYPE html>";
    assert!(ended.said[0].contains(told) && ended.said[0].ends_with("nothing was asked, and the store is as it was"));
    assert_eq!((ended.status, server.asked().len(), export(&desk)), (1, 1, before));
    let server = Server::new(|_, _| json(r#"{"versions":["1.0"],"name":"x","identifierSpace":"https://x.example/"}"#));
    let ended = link(&desk, &server, &[]);
    assert!(
        ended.status == 1 && ended.said[0].contains("speaks only version 1.0 of the reconciliation API"),
        "{ended:?}"
    );
}

#[test]
fn what_was_answered_before_a_failure_is_kept_and_the_rest_asked_later() {
    let desk = desk(12);
    let server = service(|request, number| match number {
        0 => proposals(request),
        _ => Answer::Says("500 Internal Server Error".to_owned(), String::new()),
    });
    let ended = link(&desk, &server, &[]);
    assert_eq!(ended.status, 1);
    let told = "; 10 of 12 names were answered and are kept: the same command asks the rest";
    assert!(ended.said[0].ends_with(told), "{ended:?}");
    assert_eq!(desk.run(&["check"]).status, 0);

    // Later only the rest is asked.
    let ended = link(&desk, &server, &[]);
    assert_eq!((ended.status, &asked(&server).last().unwrap().len()), (1, &2));
}

#[test]
fn a_name_that_is_passed_over_is_asked_again() {
    let desk = desk(2);
    let server = service(|_, number| match number {
        0 => json(r#"{"q0":{"result":[]},"q1":{"error":"too vague"}}"#),
        _ => json(r#"{"q0":{"result":[]}}"#),
    });
    let ended = link(&desk, &server, &[]);
    assert_eq!(ended.status, 1, "{ended:?}");
    assert!(ended.said[0].ends_with("; passed over in silence: 1, which the same command asks again"), "{ended:?}");
    assert_eq!(link(&desk, &server, &[]).status, 0);
    assert_eq!(asked(&server), [vec!["Anne Roy", "Zoé Vidal"], vec!["Zoé Vidal"]]);
}

#[test]
fn a_service_tells_how_many_names_it_takes_at_once() {
    let desk = desk(5);
    let manifest = include_str!("manifest.json").replacen('{', "{\"batchSize\": 2,", 1);
    let server =
        Server::new(move |request, _| if request.method == "GET" { json(&manifest) } else { proposals(request) });
    assert_eq!(link(&desk, &server, &["--limit", "4"]).status, 0);
    assert_eq!(asked(&server).iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn this_machine_is_not_asked_unless_allowed_and_redirects_are_not_followed() {
    let desk = desk(1);
    let server = service(|request, _| proposals(request));
    let address = server.address();
    let ended = desk.run(&["link", "--reconcile", &address]);
    assert_eq!(ended.status, 1);
    assert!(ended.said[0].contains("leads to a private address (127.0.0.1): use --allow-local"), "{ended:?}");
    assert!(server.asked().is_empty());
    let moved = Server::new(move |_, _| status(&format!("308 Permanent Redirect\r\nlocation: {address}")));
    let ended = link(&desk, &moved, &[]);
    assert!(ended.said[0].contains(&format!("redirects to {}: give that address", server.address())), "{ended:?}");
    assert!(server.asked().is_empty());
}

#[test]
fn what_is_printed_can_be_typed_and_what_was_rejected_is_not_proposed_again() {
    let desk = desk(1);
    let server = service(|request, _| proposals(request));
    link(&desk, &server, &[]);
    assert_eq!(desk.run(&["link", "reject", "Anne Roy", "Q900002", "--by", "anna"]).status, 0);
    let again = link(&desk, &server, &["--again"]).stdout;
    assert!(again.contains("Q900001") && !again.contains("Q900002"), "{again}");
    let line = again.lines().find(|line| line.contains("Q900001")).unwrap();
    let typed: Vec<_> = line.split_whitespace().skip(1).take(4).chain(["--by", "anna"]).collect();
    assert_eq!(desk.run(&typed).status, 0, "{typed:?}");
    assert_eq!(
        link(&desk, &server, &[]).said,
        ["Wikidata (fr): names asked: 0, with proposals: 0, with a match: 0; asked before: 0"]
    );
    assert_eq!(desk.run(&["check"]).status, 0);
}
