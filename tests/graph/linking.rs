//! `dixit link` without a service, as a user runs it on the articles of `seeds/`.

use crate::desk::Desk;
use assert_cmd::Command;
use predicates::str::{contains, is_empty, starts_with};
use serde_json::Value;

impl Desk {
    fn link(&self, arguments: &[&str]) -> Command {
        let mut command = self.dixit(&[&["link"], arguments].concat());
        command.env("DIXIT_USER", "anna").env("LC_ALL", "en_GB.UTF-8").env("COLUMNS", "400").env_remove("DIXIT_KB");
        command
    }

    fn linked(&self, arguments: &[&str]) -> String {
        let output = self.link(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The rows of the list, each by its columns.
    fn rows(&self, arguments: &[&str]) -> Vec<Value> {
        let list = self.linked(&[arguments, &["--format", "json"]].concat());
        let list: Value = serde_json::from_str(&list).unwrap();
        list["results"]["bindings"].as_array().unwrap().clone()
    }

    fn quads(&self) -> String {
        self.export(&["--format", "nquads"])
    }
}

fn cell<'a>(row: &'a Value, column: &str) -> &'a str {
    row[column]["value"].as_str().unwrap_or_default()
}

/// The row of an actor under the name by which it is called, or under its own.
fn row<'a>(rows: &'a [Value], actor: &str, called: &str) -> &'a Value {
    let found = rows.iter().find(|row| cell(row, "actor") == actor && cell(row, "called") == called);
    found.unwrap_or_else(|| panic!("{actor} called {called} in {rows:#?}"))
}

#[test]
fn the_list_tells_who_is_not_linked_and_how_the_others_are() {
    let desk = Desk::new();
    let unlinked = desk.rows(&[]);
    let orsenne = row(&unlinked, "Thibaud Orsenne", "");
    assert_eq!(
        ["kind", "state", "statements", "articles"].map(|head| cell(orsenne, head)),
        ["person", "unlinked", "4", "1"]
    );
    assert_eq!(cell(orsenne, "iri"), "https://data.dixit.example/entity/thibaud-orsenne");
    let counts: Vec<usize> = unlinked.iter().map(|row| cell(row, "statements").parse().unwrap()).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert!(unlinked.iter().all(|row| cell(row, "wikidata").is_empty() && cell(row, "kind") != "authority"));

    let linked = desk.rows(&["--linked"]);
    let macron = row(&linked, "Emmanuel Macron", "");
    assert_eq!(["state", "wikidata", "method"].map(|head| cell(macron, head)), ["linked", "Q3052772", "ByName"]);
    assert!(cell(macron, "score").starts_with("0.9") && cell(macron, "evidence").contains("Emmanuel Macron"));
    assert_eq!(cell(row(&linked, "Volodymyr Zelenskyy", "Zelenskiy"), "articles"), "1");
    assert!(desk.rows(&["--linked", "--kind", "outlet"]).iter().all(|row| cell(row, "kind") == "outlet"));
    assert!(!desk.rows(&["--unlinked", "--kind", "authority"]).is_empty());
    assert_eq!(desk.rows(&["--doubtful"]), Vec::<Value>::new());
    assert_eq!(desk.rows(&["--limit", "2"]).len(), 2);

    let shares = "138 statements: 49 with a linked actor (36 %), 9 of authorities (7 %), ";
    desk.link(&[]).assert().success().stdout(contains("┆ statements ┆ articles")).stderr(starts_with(shares));
    desk.link(&["--limit", "2"]).assert().success().stderr(contains(" of 30; --limit N lists more\n"));
    desk.link(&["-q", "--format", "csv"])
        .assert()
        .success()
        .stdout(starts_with("actor,called,kind,"))
        .stderr(is_empty());
    desk.link(&["--language", "fr", "--format", "markdown"])
        .assert()
        .success()
        .stdout(starts_with("| acteur | appelé | type | déclarations |"));
}

#[test]
fn what_is_decided_holds_when_articles_come_again_and_is_undone() {
    let desk = Desk::new();
    let before = desk.quads();
    desk.write("decided.tsv", "Thibaud Orsenne\tQ990000001\n\nÉlie Montcalvet\tq990000002\tsure\n");
    desk.link(&["accept", "--file", "decided.tsv", "--note", "relu"])
        .assert()
        .success()
        .stderr(contains("Thibaud Orsenne → Thibaud Orsenne (Q990000001)\n"));
    desk.link(&["reject", "Zelenskiy", "Q3874799"])
        .assert()
        .success()
        .stdout(predicates::str::is_match("^[0-9a-f]{16}\n$").unwrap())
        .stderr("Zelenskiy ≠ Volodymyr Zelenskyy (Q3874799)\n");
    desk.link(&["rename", "Maud Lerouvier", "Maud L."]).assert().success();
    desk.link(&["merge", "entity/irene-castelvan", "Nadège Quillivic"]).assert().success();
    // The table knows somebody who has no item.
    let tykhyi = cell(row(&desk.rows(&[]), "Tykhiy", ""), "candidates").split(' ').next().unwrap().to_owned();
    assert_eq!(tykhyi, "entity/heorhii-tykhyi");
    desk.link(&["merge", &tykhyi, "Tykhiy"]).assert().success().stderr("Tykhiy → Heorhii Tykhyi\n");
    let holds = || {
        let (linked, unlinked) = (desk.rows(&["--linked"]), desk.rows(&["--unlinked"]));
        assert_eq!(cell(row(&linked, "Thibaud Orsenne", ""), "wikidata"), "Q990000001");
        assert_eq!(cell(row(&linked, "Élie Montcalvet", ""), "wikidata"), "Q990000002");
        assert_eq!(cell(row(&unlinked, "Zelenskiy", ""), "statements"), "3");
        row(&unlinked, "Maud L.", "Maud Lerouvier");
        row(&unlinked, "Irène Castelvan", "Nadège Quillivic");
        for name in ["Maud L.", "Maud Lerouvier"] {
            let said =
                desk.dixit(&["query", "what-did-say", &format!("who={name}"), "--format", "csv"]).output().unwrap();
            assert!(String::from_utf8(said.stdout).unwrap().contains("\r\nMaud L.,"), "{name}");
        }
    };
    holds();
    let after = desk.quads();
    desk.dixit(&["remove", "--before", "2100"]).assert().success();
    desk.dixit(&["add", &crate::desk::seeds()]).assert().success();
    holds();
    assert_eq!(desk.quads(), after);
    desk.dixit(&["check"]).assert().success();

    // And goes to another store before its articles do.
    let listed = desk.dixit(&["corrections", "--format", "tsv"]).output().unwrap().stdout;
    desk.write("all.tsv", &listed);
    let there = |arguments: &[&str]| desk.dixit(&[arguments, &["--store", "there"]].concat());
    there(&["add", &crate::desk::seeds()]).assert().success();
    there(&["corrections", "--import", "all.tsv"]).assert().success().stderr(contains("6 new, 0 undone"));
    assert_eq!(String::from_utf8(there(&["export", "--format", "nquads"]).output().unwrap().stdout).unwrap(), after);

    let listed = String::from_utf8(listed).unwrap();
    let ids: Vec<&str> = listed.lines().skip(1).map(|line| line.split('\t').next().unwrap()).collect();
    desk.dixit(&[&["undo", "--by", "bob"], &ids[..]].concat()).assert().success().stderr(contains("undone: ").count(6));
    let undone = desk.quads();
    assert!(before.lines().all(|line| undone.lines().any(|new| new == line)));
    let json = desk.dixit(&["corrections", "--format", "json"]).output().unwrap().stdout;
    let json: Value = serde_json::from_slice(&json).unwrap();
    assert!(json.as_array().unwrap().iter().all(|deed| deed["state"] == "undone"));
}

#[test]
fn what_cannot_be_decided_is_told_in_one_line_and_changes_nothing() {
    let desk = Desk::new();
    let before = desk.quads();
    desk.write("bad.tsv", "Thibaud Orsenne\tQ990000001\nThibaud Orsenn\tQ1\n");
    desk.write("short.tsv", "Thibaud Orsenne\n");
    let fails = |arguments: &[&str], code: i32, message: &str| {
        let begin = format!("dixit: {message}");
        desk.link(arguments).assert().code(code).stdout(is_empty()).stderr(starts_with(begin));
        assert_eq!(desk.quads(), before, "{arguments:?}");
    };
    fails(&["accept", "Thibaud Orsen", "Q1"], 1, "no entity is called `Thibaud Orsen`; did you mean Thibaud Orsenne?");
    fails(&["accept", "Thibaud Orsenne", "12"], 1, "`12` is no item of Wikidata: write Q and its number");
    fails(
        &["accept", "Thibaud Orsenne", "Q90"],
        1,
        "entity/thibaud-orsenne and entity/Q90 are things of different sorts",
    );
    fails(&["accept", "Macron", "Q1"], 1, "entity/Q3052772 has the item Q3052772: if a name should not lead there");
    fails(&["accept", "--file", "bad.tsv"], 1, "bad.tsv: line 2: no entity is called `Thibaud Orsenn`");
    fails(&["accept", "--file", "short.tsv"], 1, "short.tsv: line 1: write an actor, a tab and an item");
    fails(&["accept", "--file", "none.tsv"], 1, "none.tsv: ");
    fails(
        &["reject", "Zelenskij", "Q3874799"],
        1,
        "no article came to entity/Q3874799 by the name `Zelenskij`: they write",
    );
    fails(&["reject", "Thibaud Orsenne", "Q1", "--article", "none.txt"], 1, "no article `none.txt`");
    fails(&["--limit", "3", "accept", "Thibaud Orsenne", "Q1"], 2, "options of the list");
    for wrong in
        [&["accept", "Thibaud Orsenne"][..], &["accept"], &["reject", "a"], &["rename", "a", ""], &["--kind", "x"]]
    {
        desk.link(wrong).assert().code(2).stdout(is_empty());
    }
    desk.link(&["--store", "none"]).assert().code(1).stderr(contains("no store at none"));
    // The folder of the store may be told wherever a user thinks of it.
    desk.link(&["--store", ".dixit", "accept", "Thibaud Orsenne", "Q990000001"]).assert().success();
}

#[test]
fn a_knowledge_base_has_candidates_and_knows_what_an_item_is() {
    let desk = Desk::empty();
    desk.write("dump.json", include_str!("../fixtures/wikidata/dump.json"));
    desk.dixit(&["wikidata", "build", "dump.json", "--out", "kb"]).assert().success();
    desk.write("pont.txt", "« Le pont tiendra tout l'hiver », a déclaré Anne Roy devant les habitants du bourg.\n");
    desk.dixit(&["add", "pont.txt"]).assert().success();
    let candidates = |arguments: &[&str]| cell(row(&desk.rows(arguments), "Anne Roy", ""), "candidates").to_owned();
    assert_eq!(candidates(&[]), "");
    let known = "Q99000001 Anne Roy (femme politique de Valmont)";
    assert!(candidates(&["--kb", "kb"]).starts_with(known), "{}", candidates(&["--kb", "kb"]));
    desk.link(&["reject", "Anne Roy", "Q99000001"])
        .assert()
        .success()
        .stderr("Anne Roy ≠ entity/Q99000001 (Q99000001)\n");
    assert!(!candidates(&["--kb", "kb"]).contains("Q99000001"));
    let json = String::from_utf8(desk.dixit(&["corrections", "--format", "json"]).output().unwrap().stdout).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json[0]["deed"], &json[0]["name"]), (&Value::from("rejection"), &Value::from("Anne Roy")));
    desk.dixit(&["undo", json[0]["id"].as_str().unwrap(), "--by", "bob"]).assert().success();
    desk.link(&["accept", "Anne Roy", "Q99000001", "--kb", "kb"]).assert().success();
    let quads = desk.quads();
    for said in [
        "rdf-schema#label> \"Anne Roy\"@en <",
        "/entity/Q99000001> <http://schema.org/sameAs> <http://www.wikidata.org/entity/Q99000001> <",
        "/entity/Q99000001> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/Person> <",
    ] {
        assert!(quads.contains(said), "{said} in\n{quads}");
    }
}
