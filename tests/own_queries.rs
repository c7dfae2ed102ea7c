//! Queries of a user's own, as a user runs them: their limits, their folder, and how they were evaluated.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, is_match, starts_with};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder with a store of one article.
struct Room(TempDir);

impl Room {
    fn new() -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        fs::write(room.path("pont.txt"), "« Le pont sera rouvert au printemps », a déclaré Jeanne Le Bihan.\n")
            .unwrap();
        room.dixit(&["add", "pont.txt"]).assert().success();
        room
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn dixit(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(self.0.path()).env_remove("DIXIT_STORE").env_remove("DIXIT_QUERIES").env("LANG", "C");
        command.env("XDG_CONFIG_HOME", self.path("settings")).args(arguments);
        command
    }
}

/// Every combination of ten values nine times over.
fn product() -> String {
    ('a'..='i').map(|name| format!("VALUES ?{name} {{ 1 2 3 4 5 6 7 8 9 10 }} ")).collect()
}

#[test]
fn the_time_is_over_also_for_a_query_that_reads_nothing() {
    let room = Room::new();
    let product = product();
    for query in [
        format!("SELECT (COUNT(*) AS ?n) {{ {product} }}"),
        format!("SELECT * {{ {product} }} ORDER BY ?a ?i"),
        format!("ASK {{ {product} FILTER(?a + ?i > 100) }}"),
        format!("SELECT * {{ {product} FILTER(?a + ?i > 100) }}"),
        "SELECT (COUNT(*) AS ?n) { ?a !rdf:none ?b . ?c !rdf:none ?d . ?e !rdf:none ?f . ?g !rdf:none ?h }".to_owned(),
    ] {
        room.dixit(&["query", "--timeout", "0.3", "-e", &query])
            .timeout(std::time::Duration::from_secs(30))
            .assert()
            .code(1)
            .stderr(starts_with("dixit: the query took longer than 0.3 s: narrow it").and(contains("--timeout")));
    }
}

#[test]
fn rows_that_came_in_time_are_written() {
    let room = Room::new();
    let query = format!("SELECT ?a ?i {{ {} }}", product());
    let output = room.dixit(&["query", "--timeout", "0.3", "--format", "csv", "-e", &query]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.starts_with(b"a,i\r\n"));
    assert!(String::from_utf8(output.stderr).unwrap().contains("took longer than 0.3 s"));
}

#[test]
fn how_a_query_was_evaluated_is_told_apart_from_its_rows() {
    let room = Room::new();
    let query = "SELECT ?text { ?s a dixit:ReportedStatement ; schema:text ?text }";
    let plain = room.dixit(&["query", "--format", "csv", "-e", query]).output().unwrap();
    room.dixit(&["query", "--format", "csv", "--explain", "-e", query])
        .assert()
        .success()
        .stdout(plain.stdout)
        .stderr(is_match(r"(?m)^ +1 +[0-9.]+  +QuadPattern\(\?s rdf:type dixit:ReportedStatement\)$").unwrap())
        .stderr(starts_with("planned in "));
}

#[test]
fn the_prefixes_of_the_vocabulary_are_declared() {
    let room = Room::new();
    let terms = "dixit:a schema:a prov:a oa:a skos:a wd:a owl:a rdf:a rdfs:a xsd:a";
    room.dixit(&["query", "-e", &format!("ASK {{ VALUES ?term {{ {terms} }} }}")]).assert().success();
    fs::write(room.path("own.rq"), "SELECT ?s {\n  ?s a dixit:ReportedStatement ;\n}}").unwrap();
    room.dixit(&["query", "--file", "own.rq"])
        .assert()
        .code(2)
        .stderr(starts_with("dixit: own.rq: SPARQL syntax, line 3, column 2: `}` cannot stand here\n    }}\n     ^"));
    room.dixit(&["query", "-e", "DELETE WHERE { ?s ?p ?o }"])
        .assert()
        .code(2)
        .stderr(starts_with("dixit: -e: this is a SPARQL update").and(is_match(r"^[^\n]+\n$").unwrap()));
}

#[test]
fn a_query_that_is_begun_with_the_template_is_listed_run_and_asked() {
    let room = Room::new();
    let written = room.dixit(&["query", "new", "bridges"]).assert().success().stderr(is_empty());
    let path = room.path("settings/dixit/queries/bridges.rq");
    written.stdout(format!("{}\n", path.display()));
    room.dixit(&["query", "new", "bridges"]).assert().code(1).stderr(contains("bridges.rq: "));
    room.dixit(&["query", "new", "--help"]).assert().success().stdout(contains("--queries <DIR>"));
    room.dixit(&["query", "new", "a/b"]).assert().code(1).stderr(contains("letters, digits"));

    room.dixit(&["query", "--list"]).assert().success().stdout(starts_with("bridges: bridges\n"));
    room.dixit(&["query", "bridges", "topic=NATO"]).assert().success().stderr(starts_with("no rows"));
    room.dixit(&["ask", "-v", "bridges about NATO"])
        .assert()
        .success()
        .stderr(starts_with("understood as: dixit query bridges "));
    let shown = room.dixit(&["ask", "--show", "bridges about NATO"]).assert().success();
    shown.stdout(starts_with("SELECT ").and(contains("http://schema.org/about")));
    room.dixit(&["query", "bridges"]).assert().code(2).stderr(contains("`bridges` needs `topic`"));
}

#[test]
fn a_folder_of_queries_may_be_named() {
    let room = Room::new();
    fs::create_dir(room.path("queries")).unwrap();
    fs::write(room.path("queries/texts.rq"), "# ask-en: all texts\nSELECT ?text { ?s schema:text ?text }").unwrap();
    fs::write(room.path("queries/bad.rq"), "# param: x\nSELECT * {}").unwrap();
    fs::write(room.path("queries/worse.rq"), "SELECT *\n{ ?s").unwrap();
    let one_line = || is_match(r"^dixit: queries/bad\.rq, line 1: a parameter is written [^\n]+\n$").unwrap();
    room.dixit(&["query", "--queries", "queries", "texts"])
        .assert()
        .success()
        .stdout(contains("rouvert"))
        .stderr(one_line());
    room.dixit(&["ask", "-q", "all texts"]).env("DIXIT_QUERIES", "queries").assert().success().stderr(one_line());
    room.dixit(&["query", "--queries", "queries", "worse"])
        .assert()
        .code(2)
        .stderr(contains("dixit: queries/worse.rq: SPARQL syntax, line 2, column 5"));
    room.dixit(&["query", "--queries", "none", "texts"]).assert().code(1).stderr(starts_with("dixit: none: "));
}

#[test]
fn what_is_wrong_with_a_query_of_ones_own_is_shown_at_its_place() {
    let room = Room::new();
    fs::create_dir(room.path("queries")).unwrap();
    let text = "# param: shade topic required, for example NATO\n# ask-en: shades of {shade}\n\n\
                SELECT ?s {\n  ?s schema:about ?shade\n  FILTER(?s == 1)\n}\n";
    fs::write(room.path("queries/shades.rq"), text).unwrap();
    let place = "SPARQL syntax, line 6, column 14: `=` cannot stand here\n      FILTER(?s == 1)\n                 ^\n";
    let own = |arguments: &[&str]| {
        let ended = room.dixit(arguments).env("DIXIT_QUERIES", "queries").assert().code(2);
        String::from_utf8(ended.get_output().stderr.clone()).unwrap()
    };
    assert_eq!(own(&["query", "shades", "shade=NATO"]), format!("dixit: queries/shades.rq: {place}"));
    assert_eq!(own(&["ask", "shades of NATO"]), format!("dixit: the query `shades`: {place}"));
}
