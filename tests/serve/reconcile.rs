//! Names are reconciled with the store, as OpenRefine does it, and by dixit's own client.

use super::client::{Answer, get, pairs, post};
use super::site::{HOSTILE, dixit, site};
use serde_json::{Value, json};
use std::fs;

const FORM: &str = "application/x-www-form-urlencoded";

fn read(answer: &Answer) -> Value {
    assert_eq!((answer.status, answer.kind()), (200, "application/json"), "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

fn ask(queries: Value) -> Value {
    let fields = pairs(&[("queries", &queries.to_string())]);
    let posted = read(&site().send(&post("/reconcile", FORM, &fields)));
    assert_eq!(read(&site().send(&get(&format!("/reconcile?{fields}")))), posted);
    posted
}

/// The ids of the proposals for a query, and whether the first is sure.
fn proposed(answer: &Value, key: &str) -> (Vec<String>, bool) {
    let list = answer[key]["result"].as_array().unwrap();
    let ids = list.iter().map(|proposal| proposal["id"].as_str().unwrap().to_owned()).collect();
    (ids, list.first().is_some_and(|first| first["match"] == json!(true)))
}

#[test]
fn the_service_says_what_it_is() {
    let manifest = read(&site().send(&get("/reconcile")));
    assert_eq!(manifest["versions"], json!(["0.2"]));
    assert_eq!(manifest["identifierSpace"], json!("https://data.dixit.example/"));
    let view = manifest["view"]["url"].as_str().unwrap();
    let address = format!("http://{}", site().address);
    let page = view.strip_prefix(&address).unwrap().replace("{{id}}", "entity/Q7184");
    assert_eq!(site().send(&get(&page)).status, 200);
    for what in ["entity", "type", "property"] {
        let service = &manifest["suggest"][what];
        assert_eq!(service["service_url"], json!(address));
        let path = format!("{}?prefix=o", service["service_path"].as_str().unwrap());
        assert!(read(&site().send(&get(&path)))["result"].as_array().is_some_and(|list| !list.is_empty()), "{path}");
    }
}

#[test]
fn names_lead_to_things_of_the_store() {
    let answer = ask(json!({
        "label": { "query": "OTAN" },
        "other": { "query": "l'alliance atlantique", "limit": 1 },
        "turned": { "query": "Orsenne, Thibaud", "type": "Person" },
        "part": { "query": "Orsenne", "type": ["http://schema.org/Person"] },
        "class": { "query": "OTAN", "type": "Person" },
        "above": { "query": "Radio Estuaire", "type": "Organization" },
        "item": { "query": "une alliance", "properties": [{ "pid": "wikidata", "v": "http://www.wikidata.org/entity/Q7184" }] },
        "thing": { "query": "une alliance", "properties": [{ "pid": "wikidata", "v": { "id": "Q7184" } }] },
        "somebody else": { "query": "OTAN", "properties": [{ "pid": "wikidata", "v": "Q1" }] },
        "number": { "query": "Q7184" },
        "nobody": { "query": "Zzyzx Qwert" },
        "nothing": { "query": "" },
    }));
    let first = |key: &str| {
        let (ids, is_match) = proposed(&answer, key);
        (ids.into_iter().next().unwrap_or_default(), is_match)
    };
    let nato = ("entity/Q7184".to_owned(), true);
    let orsenne = "entity/thibaud-orsenne".to_owned();
    assert_eq!((first("label"), first("other"), first("number")), (nato.clone(), nato.clone(), nato.clone()));
    assert_eq!((first("item"), first("thing")), (nato.clone(), nato));
    assert_eq!((first("turned"), first("part")), ((orsenne.clone(), true), (orsenne, false)));
    assert_eq!(first("above").0, "entity/radio-estuaire");
    assert_eq!(proposed(&answer, "other").0.len(), 1);
    for key in ["class", "somebody else", "nobody", "nothing"] {
        assert!(!proposed(&answer, key).0.contains(&"entity/Q7184".to_owned()), "{key}: {answer:#}");
    }
    let label = &answer["label"]["result"][0];
    assert_eq!((&label["name"], &label["score"]), (&json!("NATO"), &json!(100.0)));
    assert!(label["type"].as_array().unwrap().contains(&json!({ "id": "Organization", "name": "Organization" })));
    assert!(label["description"].as_str().unwrap().contains("Q7184"));
}

#[test]
fn names_are_suggested_and_shown() {
    let suggested = read(&site().send(&get("/reconcile/suggest/entity?prefix=orsen&lang=fr")));
    assert_eq!(suggested["result"][0]["id"], json!("entity/thibaud-orsenne"), "{suggested}");
    let types = read(&site().send(&get("/reconcile/suggest/type?prefix=pers")));
    assert_eq!(types["result"][0]["id"], json!("Person"));

    let outlet = site().path("SELECT ?o { ?a schema:url <https://hostile.example/a> ; schema:publisher ?o }");
    let preview = site().send(&get(&format!("/reconcile/preview?id={}", &outlet[1..])).accept("text/html"));
    assert_eq!((preview.status, preview.kind()), (200, "text/html"), "{preview:?}");
    assert!(!preview.body.contains(HOSTILE) && preview.body.contains("alert(1)"), "{}", preview.body);
    let policy = preview.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors *"), "{policy}");
    for id in ["", "entity/nobody", "../etc/passwd", "http://evil.example/"] {
        let query = pairs(&[("id", id)]);
        assert_eq!(site().send(&get(&format!("/reconcile/preview?{query}"))).status, 404, "{id}");
    }
}

#[test]
fn what_is_no_batch_is_refused() {
    let many: serde_json::Map<String, Value> = (0..51).map(|n| (format!("q{n}"), json!({ "query": "a" }))).collect();
    for (queries, words) in [
        ("", "queries= is no object"),
        ("[]", "queries= is no object"),
        (r#"{"q0":7}"#, "a query has not the form"),
        (r#"{"q0":{"query":null}}"#, "a query has not the form"),
        (&"[".repeat(100_000), "queries= is no object"),
        (&Value::Object(many).to_string(), "50 are the most"),
    ] {
        let answer = site().send(&post("/reconcile", FORM, pairs(&[("queries", queries)])));
        assert_eq!((answer.status, answer.said().contains(words)), (400, true), "{answer:?}");
    }
    assert_eq!(site().send(&post("/reconcile", "application/json", "{}")).status, 415);
    assert_eq!(site().send(&post("/reconcile", FORM, "a=b")).status, 400);
    assert_eq!(site().send(&get("/reconcile").by("DELETE")).status, 405);
}

#[test]
fn dixit_itself_is_a_client() {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join("a.txt"), "« Le pont tiendra », a déclaré Thibaud Orsenne.\n").unwrap();
    let run = |arguments: &[&str]| {
        let output = dixit().current_dir(desk.path()).args(["--store", "store"]).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["add", "-q", "a.txt"]);
    let address = format!("http://{}/reconcile", site().address);
    let linked = run(&["link", "--reconcile", &address, "--allow-local", "--pause", "0"]);
    assert!(linked.contains("Thibaud Orsenne") && linked.contains("(100, match)"), "{linked}");
    let kept = run(&["export", "--format", "ntriples"]);
    assert!(kept.contains("#proposedItem> <https://data.dixit.example/entity/thibaud-orsenne>"), "{kept}");
}
