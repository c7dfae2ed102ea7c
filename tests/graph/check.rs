//! `dixit check`: what is right keeps the rules, and each flaw is found by its rule.

use crate::sample::stored;
use assert_cmd::Command;
use dixit::graph::check::{self, check};
use oxigraph::sparql::SparqlEvaluator;
use oxigraph::store::Store;
use predicates::prelude::*;
use predicates::str::{contains, ends_with};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A store with the article of docs/model/digue.txt, and its graph with the text in a file.
struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        let room = Self { folder: tempfile::tempdir().unwrap() };
        let article = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/model/digue.txt");
        room.dixit(&["add", article.to_str().unwrap()]).assert().success();
        room
    }

    fn dixit(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(self.folder.path()).env_remove("DIXIT_STORE").args(arguments);
        command
    }

    fn export(&self, name: &str) -> PathBuf {
        let format = if name.ends_with("nq") { "nquads" } else { "turtle" };
        let path = self.folder.path().join(name);
        self.dixit(&["export", "--with-text", "--format", format, "-o", path.to_str().unwrap()]).assert().success();
        path
    }
}

const PREFIXES: &str = "\
PREFIX dixit: <https://w3id.org/dixit#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
";

/// Whether a graph breaks the rule after a change.
fn is_found(rule: &str, graph: &Path, update: &str) -> bool {
    let graph = check::load(graph).unwrap();
    let lines = |graph: &Store| graph.iter().map(|quad| quad.unwrap().to_string()).collect::<BTreeSet<_>>();
    let old = lines(&graph);
    let update = SparqlEvaluator::new().parse_update(&format!("{PREFIXES}{update}")).unwrap();
    update.on_store(&graph).execute().unwrap();
    assert!(lines(&graph) != old, "nothing to break");
    let rule = check::rules().iter().find(|known| known.name == rule).unwrap_or_else(|| panic!("{rule} is a rule"));
    rule.ask(&graph, 1).unwrap().count > 0
}

/// The shapes refuse the same graphs: `scripts/check-graph`.
#[test]
fn each_flaw_is_found_by_its_rule() {
    let room = Room::new();
    let graph = room.export("graph.ttl");
    let whole = check(&check::load(&graph).unwrap(), 1).unwrap();
    assert_eq!(whole.iter().filter(|finding| finding.count > 0).count(), 0);
    let table = include_str!("broken.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut missed = Vec::new();
    let mut rules = BTreeSet::new();
    for line in table {
        let [flaw, rule, update] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        if !is_found(rule, &graph, update) {
            missed.push(format!("{flaw}: not found by {rule}"));
        }
        rules.insert(rule);
    }
    assert_eq!(missed, Vec::<String>::new());
    // What SHACL cannot see, for it knows no graphs and no vocabulary.
    for (rule, update) in [
        ("graphs", "INSERT DATA { GRAPH <https://data.dixit.example/other> { <x:a> a schema:Person } }"),
        ("entities-needed", "INSERT DATA { GRAPH <x:/graph/entities> { <x:a> a schema:Person } }"),
        ("named-within", "INSERT DATA { GRAPH <x:g> { <x:/article/0123456789abcdef/actor/roy> a schema:Person } }"),
        (
            "named-within",
            "INSERT DATA { GRAPH <x:/article/0123456789abcdef> { <x:/article/0123456789abcdef/actor/roy> a schema:Place } }",
        ),
        (
            "named-within",
            "INSERT { GRAPH ?g { ?s schema:about <x:/article/0123456789abcdef/actor/roy> } } WHERE { GRAPH ?g { ?s schema:isPartOf ?o } }",
        ),
        ("terms", "INSERT DATA { <x:a> dixit:atcor <x:b> }"),
        ("terms", "INSERT DATA { <x:a> a dixit:Statement }"),
        (
            "statement-place",
            "INSERT { GRAPH <x:g> { ?s schema:isPartOf ?o } } WHERE { GRAPH ?g { ?s schema:isPartOf ?o } }",
        ),
        ("statement-place", "INSERT { GRAPH <x:g> { ?s dixit:actor ?o } } WHERE { GRAPH ?g { ?s dixit:actor ?o } }"),
    ] {
        assert!(is_found(rule, &room.export("graph.nq"), update), "{update}: not found by {rule}");
        rules.insert(rule);
    }
    assert_eq!(rules, check::rules().iter().map(|rule| rule.name).collect(), "each rule has a case");
}

/// With all sorts of statements, in several stretches, and letters beyond the first plane of Unicode in the text.
#[test]
fn articles_with_all_sorts_of_statements_keep_the_rules() {
    let findings = check(stored().query_store(), 3).unwrap();
    let broken: Vec<_> = findings.iter().filter(|finding| finding.count > 0).collect();
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn a_sound_store_is_told_to_be_one() {
    let room = Room::new();
    let rules = check::rules().len();
    room.dixit(&["check"]).assert().success().stdout(ends_with(format!("0 of {rules} rules are broken\n")));
    let output = room.dixit(&["check", "--format", "json"]).output().unwrap();
    assert!(output.status.success());
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["conforms"], &report["damage"]), (&true.into(), &serde_json::Value::Null));
    assert_eq!(report["rules"].as_array().unwrap().len(), rules);
}

#[test]
fn a_broken_graph_is_shown_with_what_breaks_it() {
    let room = Room::new();
    let path = room.export("graph.ttl");
    let turtle = fs::read_to_string(&path).unwrap();
    let broken = turtle.replace("dixit:confidence \"0.", "dixit:confidence \"7.").replace("oa:end 27", "oa:end 28");
    assert!(broken != turtle);
    fs::write(&path, broken).unwrap();
    room.dixit(&["check", "--file", "graph.ttl", "--examples", "1"]).assert().code(1).stdout(
        contains("2  statement-confidence  Confidence is between 0 and 1\n   violation: It is the chance")
            .and(contains("\n   - statement https://data.dixit.example/article/"))
            .and(contains(", confidence 7."))
            .and(contains("\n   - and 1 more\n"))
            .and(contains("\n1  evidence-offsets ")),
    );
    let output = room.dixit(&["check", "--file", "graph.ttl", "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["conforms"], false);
    let rules = report["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["rule"] == "statement-confidence").unwrap();
    assert_eq!((&rule["count"], &rule["severity"]), (&2.into(), &"violation".into()));
    assert_eq!(rule["examples"][0]["confidence"].as_str().unwrap().chars().next(), Some('7'));
}

#[test]
fn a_file_that_is_no_graph_is_told_with_its_place() {
    let room = Room::new();
    fs::write(room.folder.path().join("bad.nq"), "<x:a> <x:b> <x:c> .\n<x:a> <x:b> .\n").unwrap();
    room.dixit(&["check", "--file", "bad.nq"])
        .assert()
        .code(1)
        .stderr(contains("dixit: bad.nq: ").and(contains("line 2")));
    room.dixit(&["check", "--file", "no.nq"]).assert().code(1).stderr(contains("dixit: no.nq: "));
    room.dixit(&["check", "--file", "bad.pdf"]).assert().code(1).stderr(contains("bad.pdf: not a graph by its name"));
    room.dixit(&["--store", "none", "check"]).assert().code(1).stderr(contains("no store at none"));
}
