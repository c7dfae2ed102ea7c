//! What leaves the store in part, as lists, and what comes back, as a user runs the program.

use crate::desk::{Desk, seeds};
use dixit::graph::vocabulary::{schema, schema_org};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Quad, Term};
use predicates::ord::eq;
use predicates::str::{contains, is_empty};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};

const BASE: &str = "https://data.dixit.example/";

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn names(list: &Value) -> BTreeSet<String> {
    let one = |named: &Value| format!("{} {} {}", named["name"], named["wikidata"], named["kind"]);
    list.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn the_lines_tell_what_extract_tells() {
    let desk = Desk::new();
    let output = desk.dixit(&["extract", &seeds()]).output().unwrap();
    let mut extracted: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in json_lines(&String::from_utf8(output.stdout).unwrap()) {
        extracted.entry((line["article"].to_string(), line["spans"].to_string())).or_default().push(line);
    }
    let listed = json_lines(&desk.export(&["--format", "jsonl"]));
    assert!(listed.len() > 100);
    for line in listed {
        let wanted = extracted.get_mut(&(line["article"].to_string(), line["spans"].to_string())).unwrap().remove(0);
        for key in ["kind", "text", "polarity", "language", "published", "confidence", "date"] {
            assert_eq!(line[key], wanted[key], "{key} of {line}");
        }
        assert_eq!(names(&line["actors"]), names(&wanted["actors"]));
        assert_eq!(line["cue"]["text"], wanted["cue"]["text"]);
        assert_eq!(line["outlet"]["name"], wanted["outlet"]["name"]);
        for key in ["relayed_by", "about"] {
            let bare = |list: &Value| -> BTreeSet<String> {
                list.as_array().unwrap().iter().map(|n| format!("{} {}", n["name"], n["wikidata"])).collect()
            };
            assert_eq!(bare(&line[key]), bare(&wanted[key]), "{key} of {line}");
        }
    }
    assert_eq!(extracted.values().map(Vec::len).sum::<usize>(), 0);
}

#[test]
fn a_table_has_a_row_a_statement() {
    let desk = Desk::new();
    let table = desk.export(&["--format", "csv", "--about", "NATO", "--actor", "Kremlin"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let cell = |row: usize, name: &str| &rows[row][heads.iter().position(|head| head == name).unwrap()];
    assert_eq!(rows.len(), 3);
    assert_eq!(cell(0, "iri"), format!("{BASE}article/78d57516ae7636fb/statement/634-691"));
    assert_eq!(cell(0, "actors"), "présidence de la Russie (Kremlin)");
    assert_eq!(cell(0, "text"), "Les habitants de l’Est ukrainien ne veulent pas de l’OTAN");
    assert_eq!((cell(0, "date_from"), cell(0, "date_until"), cell(0, "date_basis")), ("", "2021-04-07", "publication"));
    assert_eq!((cell(0, "start"), cell(0, "end")), ("634", "691"));
    assert_eq!((cell(2, "published"), cell(2, "outlet")), ("2021", "Planète Express Nouvelles"));
    assert!(table.ends_with("\r\n"));
}

/// Nothing leads to something of the store that is not there; what is there is said as in the whole graph.
#[test]
fn a_part_of_the_graph_is_whole_in_itself() {
    let desk = Desk::new();
    let quads = |text: &str| -> Vec<Quad> {
        RdfParser::from_format(RdfFormat::NQuads).for_slice(text).collect::<Result<_, _>>().unwrap()
    };
    let all = quads(&desk.export(&["--format", "nquads"]));
    let described: BTreeSet<_> = all.iter().map(|quad| quad.subject.to_string()).collect();
    let choices: [&[&str]; 4] = [
        &["--actor", "Kremlin"],
        &["--about", "Q7184", "--kind", "direct", "--kind", "mixed"],
        &["--outlet", "Agence Méridienne", "--min-confidence", "0.9"],
        &["--since", "2022-03", "--until", "2022"],
    ];
    for choice in choices {
        let part = quads(&desk.export(&[choice, &["--format", "nquads"]].concat()));
        let inside: BTreeSet<_> = part.iter().map(|quad| quad.subject.to_string()).collect();
        assert!(!part.is_empty() && part.len() < all.len(), "{choice:?}");
        assert!(part.iter().all(|quad| all.contains(quad)), "{choice:?}");
        for quad in &part {
            let object = quad.object.to_string();
            let is_described = matches!(quad.object, Term::NamedNode(_)) && described.contains(&object);
            assert!(!is_described || inside.contains(&object), "{quad}");
        }
        for quad in all.iter().filter(|quad| inside.contains(&quad.subject.to_string())) {
            let is_utterance = quad.graph_name.to_string().ends_with("/graph/utterances>");
            assert!(is_utterance || part.contains(quad), "{quad}");
        }
        let statements = desk.export(&[choice, &["--format", "jsonl"]].concat()).lines().count();
        let typed = part.iter().filter(|quad| quad.object.to_string() == "<https://w3id.org/dixit#ReportedStatement>");
        assert_eq!(typed.count(), statements, "{choice:?}");
        // TriG and N-Quads hold the same quads.
        let trig = desk.export(&[choice, &["--format", "trig"]].concat());
        let trig = RdfParser::from_format(RdfFormat::TriG).for_slice(&trig).collect::<Result<HashSet<_>, _>>();
        assert!(trig.unwrap() == part.into_iter().collect::<HashSet<_>>(), "{choice:?}");
    }
}

/// The choice of statements has the meaning of the saved queries.
#[test]
fn a_choice_is_that_of_the_queries() {
    let desk = Desk::new();
    for (query, choice) in [
        (&["who-said-what", "topic=NATO"][..], &["--about", "NATO"][..]),
        (
            &["who-said-what", "topic=Ukraine", "since=2022-03", "until=2025"],
            &["--about", "Ukraine", "--since", "2022-03", "--until", "2025"],
        ),
        (&["what-did-say", "who=Kremlin"], &["--actor", "Kremlin"]),
        (&["what-did-say", "who=Russia", "until=2021"], &["--actor", "Q159", "--until", "2021"]),
    ] {
        let output = desk.dixit(&["query"]).args(query).args(["--format", "csv"]).output().unwrap();
        let rows = String::from_utf8(output.stdout).unwrap();
        let iri = |line: &str| line.rsplit(',').next().unwrap().to_owned();
        let asked: BTreeSet<_> = rows.lines().filter(|line| line.contains("/statement/")).map(iri).collect();
        let lines = json_lines(&desk.export(&[choice, &["--format", "jsonl"]].concat()));
        let chosen: BTreeSet<_> = lines.iter().map(|line| line["iri"].as_str().unwrap().to_owned()).collect();
        assert!(!chosen.is_empty(), "{choice:?}");
        assert_eq!(chosen, asked, "{choice:?}");
    }
}

#[test]
fn a_wrong_choice_is_told_in_one_line() {
    let desk = Desk::new();
    desk.dixit(&["export", "--about", "Natoo"])
        .assert()
        .code(1)
        .stdout(is_empty())
        .stderr(eq("dixit: no entity is called `Natoo`; did you mean NATO?\n"));
    desk.dixit(&["export", "--since", "mai"]).assert().code(2).stderr(contains("write a day (2022-03-28)"));
    desk.dixit(&["export", "--since", "2023", "--until", "2022"])
        .assert()
        .code(2)
        .stderr(eq("dixit: `since` (2023) is after `until` (2022): exchange them\n"));
    desk.dixit(&["export", "--min-confidence", "2"]).assert().code(2).stderr(contains("a number from 0 to 1"));
    desk.dixit(&["export", "--format", "csv", "--with-text"]).assert().code(2).stderr(contains("--with-text"));
    desk.dixit(&["export", "--since", "2099"]).assert().success().stderr(eq("no statement fits\n"));
    assert_eq!(json!(desk.export(&["--since", "2099", "--format", "jsonl"])), json!(""));
}

/// The graph in terms of schema.org alone, which leads to nothing that is not there.
#[test]
fn pages_have_the_terms_of_schema_org() {
    let desk = Desk::new();
    let quads = |format: &str, syntax: RdfFormat| -> HashSet<Quad> {
        let text = desk.export(&["--profile", "schema.org", "--format", format]);
        RdfParser::from_format(syntax).for_slice(&text).collect::<Result<_, _>>().unwrap()
    };
    let all = quads("ntriples", RdfFormat::NTriples);
    assert_eq!(quads("turtle", RdfFormat::Turtle), all);
    assert_eq!(quads("rdfxml", RdfFormat::RdfXml), all);
    let known: HashSet<_> = schema::ALL.iter().chain(schema_org::ALL).map(|term| Term::from(*term)).collect();
    let described: BTreeSet<_> = all.iter().map(|quad| quad.subject.to_string()).collect();
    for quad in &all {
        let is_class = quad.predicate == rdf::TYPE;
        assert!(is_class || known.contains(&quad.predicate.clone().into()), "{quad}");
        assert!(!is_class || known.contains(&quad.object), "{quad}");
        let object = quad.object.to_string();
        assert!(!object.starts_with(&format!("<{BASE}")) || described.contains(&object), "{quad}");
    }
    let json: Value = serde_json::from_str(&desk.export(&["--profile", "schema.org", "--format", "jsonld"])).unwrap();
    assert_eq!(json["@context"], "https://schema.org");
    let things = json["@graph"].as_array().unwrap();
    let statement = format!("{BASE}article/78d57516ae7636fb/statement/634-691");
    assert_eq!(
        things.iter().find(|thing| thing["@id"] == statement).unwrap(),
        &json!({
            "@id": statement,
            "@type": "Claim",
            "about": { "@id": format!("{BASE}entity/Q7184") },
            "appearance": { "@id": format!("{BASE}article/78d57516ae7636fb") },
            "author": { "@id": format!("{BASE}entity/presidence-de-la-russie") },
            "inLanguage": "fr",
            "isPartOf": { "@id": format!("{BASE}article/78d57516ae7636fb") },
            "text": "Les habitants de l’Est ukrainien ne veulent pas de l’OTAN",
        })
    );
    desk.dixit(&["export", "--profile", "schema.org", "--format", "nquads"])
        .assert()
        .code(2)
        .stderr(eq("dixit: --profile schema.org goes with --format turtle, ntriples, jsonld or rdfxml\n"));
}

#[test]
fn a_network_counts_statements() {
    let desk = Desk::new();
    let network = desk.export(&["--format", "graphml", "--about", "NATO"]);
    let data = |key: &str, value: &str| format!("      <data key=\"{key}\">{value}</data>\n");
    let node = [
        format!("<node id=\"{BASE}entity/Q7184\">\n"),
        data("label", "OTAN"),
        data("kind", "organisation"),
        data("wikidata", "Q7184"),
    ];
    assert!(network.contains(&node.concat()), "{network}");
    let edge = [
        format!("<edge source=\"{BASE}entity/presidence-de-la-russie\" target=\"{BASE}entity/Q7184\">\n"),
        data("relation", "speaks about"),
        data("weight", "3"),
        data("first", "2021-04-06"),
        data("last", "2021-12-31"),
    ];
    assert!(network.contains(&edge.concat()), "{network}");
    let whole = desk.export(&["--format", "graphml"]);
    for relation in ["speaks about", "quotes", "relays", "takes from"] {
        assert!(whole.contains(&data("relation", relation)), "{relation}");
    }
}
