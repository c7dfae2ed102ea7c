//! The pages as a reader goes through them.

use super::client::{Answer, get, pairs};
use super::site::site;
use dom_query::Document;
use std::collections::BTreeSet;

fn page(path: &str) -> (Answer, Document) {
    let answer = site().send(&get(path).accept("text/html").with("Accept-Language", "en"));
    let document = Document::from(answer.body.as_str());
    (answer, document)
}

fn texts(document: &Document, selector: &str) -> Vec<String> {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    document.select(selector).iter().map(|node| words(&node.text())).collect()
}

fn leads(document: &Document, selector: &str) -> Vec<String> {
    document.select(selector).iter().filter_map(|node| node.attr("href")).map(|path| path.to_string()).collect()
}

/// How many statements a page of search says that there are.
fn total(path: &str) -> u64 {
    let (answer, document) = page(path);
    assert_eq!(answer.status, 200, "{path}");
    let count = texts(&document, "#count").concat();
    count.split(' ').next().and_then(|number| number.replace(',', "").parse().ok()).unwrap_or_else(|| panic!("{count}"))
}

#[test]
fn a_question_leads_to_the_statements_that_it_asks_for() {
    let (answer, _) = page(&format!("/search?{}", pairs(&[("q", "who said what about NATO in 2022?")])));
    assert_eq!(answer.status, 303);
    let place = answer.header("location").unwrap().to_owned();
    assert!(place.starts_with("/search?topic=entity%2FQ7184&since=2022-01-01&until=2022-12-31&asked="), "{place}");
    let (_, document) = page(&place);
    assert!(texts(&document, ".understood").concat().contains("NATO"));
    assert_eq!(texts(&document, ".chosen li").len(), 4, "a topic, two days and all");
    assert_eq!(total(&place), total("/search?topic=entity/Q7184&since=2022&until=2022"));
}

#[test]
fn a_question_that_no_selection_says_leads_to_its_query() {
    let (_, document) = page(&format!("/search?{}", pairs(&[("q", "who are the most quoted actors")])));
    assert!(leads(&document, ".understood a").concat().starts_with("/query/most-quoted-actors"));
}

#[test]
fn a_name_leads_to_what_bears_it() {
    let (_, document) = page("/search?q=Macron");
    assert_eq!(leads(&document, ".things .name"), ["/entity/Q3052772"]);
    let said = leads(&document, ".things a[href^='/search?actor']");
    assert_eq!(
        total(&said[0]),
        site().column("SELECT DISTINCT ?s { ?s dixit:actor <https://data.dixit.example/entity/Q3052772> }").len()
            as u64
    );
}

#[test]
fn facets_are_added_and_taken_back() {
    let (_, document) = page("/search");
    let all = total("/search");
    let links = leads(&document, ".facets li a");
    assert!(links.len() > 20);
    for (link, told) in links.iter().zip(texts(&document, ".facets li a small")) {
        let told: u64 = told.parse().unwrap();
        assert_eq!(total(link), told, "{link}");
        assert!(told <= all);
        let (_, narrower) = page(link);
        let back = leads(&narrower, ".facets li a[aria-current]");
        assert_eq!(back, ["/search"], "{link}");
    }
}

#[test]
fn pages_hold_each_statement_once() {
    let all: BTreeSet<String> = site().column("SELECT ?s { ?s a dixit:ReportedStatement }").into_iter().collect();
    let mut path = "/search".to_owned();
    let mut seen = Vec::new();
    loop {
        let (_, document) = page(&path);
        seen.extend(
            leads(&document, ".found .card .quote a").iter().map(|path| format!("https://data.dixit.example{path}")),
        );
        match leads(&document, "a[rel=next]").first() {
            Some(next) => path.clone_from(next),
            None => break,
        }
    }
    assert_eq!(seen.len(), all.len());
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all);
}

#[test]
fn a_statement_stands_in_its_article() {
    let statement = site().path("SELECT ?s { ?s schema:text ?t FILTER(CONTAINS(?t, \"ne relèvent pas de l'OTAN\")) }");
    let (_, document) = page(&statement);
    assert!(texts(&document, "mark.said").concat().contains("ne relèvent pas de l'OTAN"));
    assert_eq!(
        (texts(&document, ".text mark.cue"), texts(&document, ".text mark.speaker")),
        (vec!["rappelle".to_owned()], vec!["Elle".to_owned()])
    );
    let json = document.select("script[type='application/ld+json']").text().to_string();
    assert!(
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["@context"].is_object()
            || json.contains("schema.org")
    );
    let article = leads(&document, ".beside .source a").remove(0);
    let (_, whole) = page(&article);
    assert!(leads(&whole, ".text mark a").contains(&statement));
    assert_eq!(leads(&whole, ".list .quote a").len(), texts(&whole, ".text sup").len());
}

#[test]
fn what_is_found_can_be_taken_along() {
    let count = total("/search?topic=entity/Q7184");
    let csv = site().send(&get("/search?topic=entity/Q7184&format=csv"));
    assert_eq!(csv.kind(), "text/csv");
    assert_eq!(csv::Reader::from_reader(csv.body.as_bytes()).records().count() as u64, count);
    let lines = site().send(&get("/search?topic=entity/Q7184&format=jsonl"));
    assert_eq!(lines.body.lines().count() as u64, count);
    let turtle = site().send(&get("/search?topic=entity/Q7184&format=turtle"));
    assert_eq!(
        turtle.body.matches("a schema:Quotation, dixit:ReportedStatement").count()
            + turtle.body.matches("a dixit:ReportedStatement").count(),
        count as usize
    );
    let wrong = site().send(&get("/search?format=pdf"));
    assert_eq!(wrong.status, 400);
    assert!(wrong.said().contains("write one of csv"), "{}", wrong.body);
}

#[test]
fn a_page_is_in_the_language_of_its_reader() {
    let in_language = |path: &str, header: (&str, &str)| {
        let answer = site().send(&get(path).accept("text/html").with(header.0, header.1));
        (Document::from(answer.body.as_str()).select("html").attr("lang").map(|tag| tag.to_string()), answer)
    };
    assert_eq!(in_language("/", ("Accept-Language", "fr-FR,en;q=0.5")).0.as_deref(), Some("fr"));
    assert_eq!(in_language("/", ("Accept-Language", "de")).0.as_deref(), Some("en"));
    let (language, answer) = in_language("/?lang=fr", ("Accept-Language", "en"));
    assert_eq!(language.as_deref(), Some("fr"));
    assert!(answer.header("set-cookie").unwrap().starts_with("lang=fr;"));
    assert_eq!(in_language("/search", ("Cookie", "lang=fr")).0.as_deref(), Some("fr"));
}

#[test]
fn what_is_asked_wrongly_is_told_with_the_mend() {
    let (answer, document) = page("/search?since=soon");
    assert_eq!(answer.status, 400);
    assert!(texts(&document, ".problem").concat().contains("write a day (2022-03-28)"));
    let (answer, _) = page("/entity/nobody");
    assert_eq!(answer.status, 404);
    let (answer, _) = page("/search?page=99999999999999999999");
    assert_eq!(answer.status, 200);
}
