//! What leaves the store in part, as lists, and what comes back, as a user runs the program.

use crate::desk::{Desk, seeds};
use oxigraph::io::{RdfFormat, RdfParser};
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
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(0, "iri"), format!("{BASE}article/78d57516ae7636fb/statement/634-691"));
    assert_eq!(cell(0, "actors"), "présidence de la Russie (Kremlin)");
    assert_eq!(cell(0, "text"), "Les habitants de l’Est ukrainien ne veulent pas de l’OTAN");
    assert_eq!((cell(0, "date_from"), cell(0, "date_until"), cell(0, "date_basis")), ("", "2021-04-07", "publication"));
    assert_eq!((cell(0, "start"), cell(0, "end")), ("634", "691"));
    assert_eq!((cell(1, "published"), cell(1, "outlet")), ("2021", "Planète Express Nouvelles"));
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
        let missing = all.iter().filter(|quad| inside.contains(&quad.subject.to_string())).count() - part.len();
        assert_eq!(missing, 0, "{choice:?}: what is there is said in full");
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
