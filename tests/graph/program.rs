//! The commands that fill, write out and count a store, as a user runs them.

use assert_cmd::Command;
use dixit::graph::Store;
use predicates::ord::eq;
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of its own for each test, with two articles in it.
struct Room {
    folder: TempDir,
}

impl Room {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        for (name, text) in [("a.txt", "Il pleut sur le Vallon.\n"), ("b.txt", "Le pont est fermé.\n")] {
            fs::write(folder.path().join("news").join(name), text).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn dixit(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(self.folder.path()).env_remove("DIXIT_STORE").args(arguments);
        command
    }

    fn exported(&self, format: &str) -> String {
        let output = self.dixit(&["export", "--format", format]).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn the_second_time_nothing_changes() {
    let room = Room::new();
    room.dixit(&["add", "news"])
        .assert()
        .success()
        .stdout(is_empty())
        .stderr(contains("2 added, 0 changed, 0 unchanged; "));
    let before = room.exported("nquads");
    assert!(before.lines().count() > 10);
    room.dixit(&["add", "news"]).assert().success().stderr(contains("0 added, 0 changed, 2 unchanged; 0 statements"));
    assert_eq!(room.exported("nquads"), before);

    fs::write(room.path("news/a.txt"), "Il ne pleut plus sur le Vallon.\n").unwrap();
    room.dixit(&["add", "news"]).assert().success().stderr(contains("0 added, 1 changed, 1 unchanged; "));
    room.dixit(&["add", "-q", "news"]).assert().success().stderr(is_empty());
}

#[test]
fn a_bad_file_does_not_stop_the_others() {
    let room = Room::new();
    room.dixit(&["add", "news/a.txt", "missing.txt", "news/b.txt"])
        .assert()
        .code(1)
        .stderr(contains("missing.txt").and(contains("2 added, 0 changed, 0 unchanged, 1 failed; ")));
}

#[test]
fn what_is_said_of_all_articles_is_stored() {
    let room = Room::new();
    room.dixit(&["add", "news", "--outlet", "La Gazette du Vallon", "--published", "2024-02", "--language", "fr-CH"])
        .args(["--base", "https://vallon.example/data/"])
        .assert()
        .success();
    let turtle = room.exported("turtle");
    for line in [
        "@base <https://vallon.example/data/> .",
        "schema:publisher entity:la-gazette-du-vallon ;",
        "dixit:publishedNotAfter \"2024-02-29\"^^xsd:date ;",
        "schema:inLanguage \"fr-ch\" ;",
        "rdfs:label \"La Gazette du Vallon\"@fr-ch .",
    ] {
        assert!(turtle.contains(line), "{line} in {turtle}");
    }
}

#[test]
fn stats_are_a_list_or_json() {
    let room = Room::new();
    room.dixit(&["add", "news"]).assert().success();
    let triples = room.exported("ntriples").lines().count();
    let output = room.dixit(&["stats"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let widths: Vec<usize> = text.lines().map(str::len).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
    assert!(text.contains(&format!(" {triples}\n")), "{text}");
    let output = room.dixit(&["stats", "--format", "json"]).output().unwrap();
    let counts: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&counts["articles"], &counts["triples"]), (&2.into(), &triples.into()));
}

#[test]
fn an_export_goes_to_a_file_or_to_standard_output() {
    let room = Room::new();
    room.dixit(&["add", "news"]).assert().success();
    room.dixit(&["export", "--output", "graph.ttl"]).assert().success().stdout(is_empty());
    assert_eq!(fs::read_to_string(room.path("graph.ttl")).unwrap(), room.exported("turtle"));
    room.dixit(&["export", "--output", "no/graph.ttl"])
        .assert()
        .code(1)
        .stderr(contains("dixit: cannot write no/graph.ttl: "));
}

#[test]
fn texts_leave_the_store_only_when_asked_for() {
    let room = Room::new();
    room.dixit(&["add", "news"]).assert().success();
    assert!(!room.exported("turtle").contains("Il pleut sur le Vallon."));
    let text = "schema:articleBody \"Il pleut sur le Vallon.\\n\"@fr";
    room.dixit(&["export", "--with-text"]).assert().success().stdout(contains(text));
    for format in ["turtle", "nquads"] {
        let extracted = room.dixit(&["extract", "news", "--format", format]).output().unwrap();
        assert!(!String::from_utf8(extracted.stdout).unwrap().contains("Il pleut"));
    }
}

#[test]
fn without_a_store_there_is_one_line_and_no_folder() {
    let room = Room::new();
    for command in ["export", "stats"] {
        room.dixit(&[command]).assert().code(1).stderr(eq("dixit: no store at .dixit: run `dixit add PATH…` first\n"));
    }
    assert!(!room.path(".dixit").exists());
}

#[test]
fn a_store_that_cannot_be_used_says_why_in_one_line() {
    let room = Room::new();
    let fails = |store: &Path, message: String| {
        let store = store.to_str().unwrap();
        room.dixit(&["add", "news", "--store", store]).assert().code(1).stderr(eq(format!("dixit: {message}\n")));
    };
    let file = room.path("news/a.txt");
    fails(&file, format!("the store {} is a file: choose a folder with --store", file.display()));
    let other = room.path("news");
    fails(
        &other,
        format!("the folder {} holds other files and no store: choose another with --store", other.display()),
    );

    let taken = room.path("taken");
    let store = Store::open_or_create(&taken, None).unwrap();
    fails(
        &taken,
        format!(
            "the store {} is in use by another dixit; wait for it to end or choose another with --store",
            taken.display()
        ),
    );
    drop(store);
    room.dixit(&["add", "news", "--store", taken.to_str().unwrap()]).assert().success();
}

#[test]
fn a_wrong_base_is_wrong_usage() {
    let room = Room::new();
    room.dixit(&["add", "news", "--base", "vallon"])
        .assert()
        .code(2)
        .stderr(contains("write an absolute IRI that ends in `/`"));
    assert!(!room.path(".dixit").exists());
}

#[test]
fn articles_are_listed_and_removed_by_any_of_their_names() {
    let room = Room::new();
    fs::write(
        room.path("news/c.jsonl"),
        r#"{"text": "Le bal est fini.", "url": "https://vallon.example/bal", "outlet": "La Gazette", "date": "2024-02"}"#,
    )
    .unwrap();
    room.dixit(&["add", "-q", "news/a.txt", "news/c.jsonl"]).assert().success();
    let (before, list) = (room.exported("nquads"), ["articles", "--language", "en", "--format", "csv"]);
    let bal = "2024-02-29,La Gazette,,c.jsonl#1,0,2024-02-01,text,https://vallon.example/bal,";
    room.dixit(&list).assert().success().stdout(contains("a.txt,0").and(contains(bal)));
    room.dixit(&list).args(["--since", "2024-03"]).assert().success().stdout(contains("a.txt").not());

    let key = room.dixit(&list).output().unwrap();
    let key = String::from_utf8(key.stdout).unwrap().lines().nth(1).unwrap()[..10].to_owned();
    let path = room.path("news/b.txt");
    let path = path.canonicalize().unwrap();
    let all = [
        vec!["b.txt"],
        vec!["news/b.txt"],
        vec![path.to_str().unwrap()],
        vec![&key],
        vec!["https://vallon.example/bal"],
    ];
    for names in all {
        room.dixit(&["add", "-q", "news"]).assert().success();
        room.dixit(&["remove"]).args(names).assert().success().stderr(eq("1 removed\n"));
    }
    room.dixit(&["add", "-q", "news"]).assert().success();
    room.dixit(&["remove", "b.txt", "d.txt"])
        .assert()
        .code(1)
        .stderr(contains("no article `d.txt`").and(contains("1 removed")));
    assert_eq!(room.exported("nquads"), before);
}

#[test]
fn articles_are_removed_by_outlet_and_date() {
    let room = Room::new();
    for (file, outlet, day) in
        [("1.txt", "La Gazette", "2023-05-06"), ("2.txt", "La Gazette", "2024"), ("3.txt", "L'Écho", "2022")]
    {
        fs::write(room.path(file), format!("Il pleut sur {file}.")).unwrap();
        room.dixit(&["add", "-q", file, "--outlet", outlet, "--published", day]).assert().success();
    }
    room.dixit(&["remove", "--outlet", "La Gazete"]).assert().code(1).stderr(contains("did you mean La Gazette?"));
    room.dixit(&["remove"]).assert().code(2);
    room.dixit(&["remove", "1.txt", "--before", "2024"]).assert().code(2);
    let gazette = ["remove", "--outlet", "La Gazette", "--before", "2024"];
    room.dixit(&gazette).arg("--dry-run").assert().success().stdout(contains("article/").count(1)).stderr(is_empty());
    room.dixit(&gazette).assert().success().stderr(eq("1 removed\n"));
    room.dixit(&gazette).assert().success().stderr(eq("0 removed\n"));
    room.dixit(&["remove", "--before", "2023"]).assert().success().stderr(eq("1 removed\n"));
    room.dixit(&["articles", "--format", "csv"]).assert().stdout(contains("2.txt").and(contains("3.txt").not()));
}

#[test]
fn an_article_is_shown_with_its_statements() {
    let room = Room::new();
    let text = "Le pont\n\n« Il rouvre », a dit Léa Roy, « enfin ». La maire estime que « tout » va bien.\n";
    fs::write(room.path("pont.txt"), text).unwrap();
    room.dixit(&["add", "-q", "pont.txt", "--outlet", "La Gazette", "--published", "2024-05-06"]).assert().success();
    let shown = room.dixit(&["show", "pont.txt"]).output().unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    let text = "« [1: Il rouvre] », a dit Léa Roy, « [1: enfin] ». La maire estime que [2: « tout » va bien].";
    assert!(shown.contains(text), "{shown}");
    assert!(shown.contains("[1] Léa Roy · direct · ≤ 2024-05-06\n"), "{shown}");
    assert!(!shown.contains('\u{1b}'));
    room.dixit(&["show", "pont.txt", "--color", "always"]).assert().success().stdout(contains("\u{1b}[36m[1: "));
    let json = room.dixit(&["show", "pont.txt", "--format", "json"]).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["statements"][1]["kind"], "mixed");
    assert_eq!(json["outlet"]["name"], "La Gazette");
    room.dixit(&["show", "bal.txt"]).assert().code(1).stderr(contains("no article `bal.txt`"));
}

#[test]
fn utterances_are_listed_with_their_reports() {
    let room = Room::new();
    let said = "« Nous avons tenu les délais du chantier, et personne n'y croyait », a déclaré Anne Roy.\n";
    for (name, outlet, day) in [("a.txt", "Le Fanal", "2024-05-17"), ("b.txt", "L'Écho du Val", "2024-05-16")] {
        fs::write(room.path("news").join(name), said).unwrap();
        let file = format!("news/{name}");
        room.dixit(&["add", &file, "--outlet", outlet, "--published", day]).assert().success();
    }
    let listed = |arguments: &[&str]| {
        let all = [&["utterances", "--format", "csv", "--language", "en"], arguments].concat();
        let output = room.dixit(&all).output().unwrap();
        assert!(output.status.success());
        let rows = String::from_utf8(output.stdout).unwrap();
        // What stands behind the statement, which has a comma.
        let cells = |row: &str| {
            let (_, cells) = row.split_once("croyait\",").unwrap();
            cells.split(',').take(4).collect::<Vec<_>>().join(" | ")
        };
        rows.lines().skip(1).map(cells).collect::<Vec<_>>()
    };
    let rows = ["2024-05-16 | L'Écho du Val |  | earliest report", "2024-05-17 | Le Fanal |  | same words"];
    assert_eq!(listed(&[]), rows);
    assert_eq!(listed(&["--actor", "Anne Roy", "--since", "2024-05-16", "--limit", "1"]), rows[..1]);
    assert!(listed(&["--since", "2024-05-17"]).is_empty());
    room.dixit(&["utterances", "--about", "la mer"]).assert().code(1).stderr(contains("`la mer`"));
    room.dixit(&["stats"]).assert().success().stdout(contains("utterances that several report"));
}
