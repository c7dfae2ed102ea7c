//! Words are searched for in a store that changes, whose index breaks, and by several programs at once.

use assert_cmd::Command;
use predicates::prelude::*;
use predicates::str::{contains, is_empty, is_match, starts_with};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FIRST: &str = "« La garantie de sécurité sera signée », a déclaré Jeanne Le Bihan.\n";
const SECOND: &str = "« Les sanctions nationales seront levées », a promis Paul Duroc.\n";

/// A folder with a store of two articles.
struct Room(TempDir);

impl Room {
    fn new() -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        fs::create_dir(room.path("news")).unwrap();
        room.write("a.txt", FIRST);
        room.write("b.txt", SECOND);
        room
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes an article and adds it.
    fn write(&self, name: &str, text: &str) {
        fs::write(self.path("news").join(name), text).unwrap();
        self.dixit(&["add", "news"]).assert().success();
    }

    fn dixit(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(self.0.path()).env_remove("DIXIT_STORE").env_remove("DIXIT_QUERIES").env("LANG", "C");
        command.env("XDG_CONFIG_HOME", self.path("settings")).args(arguments);
        command
    }

    fn search(&self, words: &str) -> Command {
        let words = words.replace('"', "\\\"");
        let query = format!(
            "SELECT ?text {{ SERVICE dixit:search {{ ?x dixit:query \"{words}\" }} ?x schema:text|schema:headline ?text }} ORDER BY ?text"
        );
        self.dixit(&["query", "--format", "csv", "-e", &query])
    }

    /// The texts that have the words, one a line.
    fn found(&self, words: &str) -> String {
        let is_silent = is_match(r"^(no rows \(\)\n)?$").unwrap();
        let output = self.search(words).assert().success().stderr(is_silent).get_output().stdout.clone();
        let text = String::from_utf8(output).unwrap();
        text.lines().skip(1).collect::<Vec<_>>().join("\n")
    }
}

const ONE: &str = "La garantie de sécurité sera signée";
const TWO: &str = "Les sanctions nationales seront levées";

#[test]
fn words_are_found_whatever_their_endings_and_accents() {
    let room = Room::new();
    for (words, found) in [
        ("garanties de securite", ONE),
        ("SÉCURITÉS garantie", ONE),
        ("\"garanties de sécurité\"", ONE),
        ("« garantie de sécurité »", ONE),
        ("\"sécurité garantie\"", ""),
        ("\"garantie sécurité\"", ""),
        ("sanction* national", TWO),
        ("sanctionnel*", ""),
        ("lev* -garantie", TWO),
        ("seront -sanction", ""),
        ("signées", ONE),
        ("garantie sanction", ""),
        ("l'sécurité", ONE),
        ("la", ONE),
    ] {
        assert_eq!(room.found(words), found, "{words}");
    }
}

#[test]
fn titles_are_found_in_their_language() {
    let room = Room::new();
    let title =
        r#"{"text": "Il pleut.", "headline": "Bridges closed", "language": "en", "url": "https://a.example/1"}"#;
    fs::write(room.path("news/c.json"), title).unwrap();
    room.dixit(&["add", "news"]).assert().success();
    assert_eq!(room.found("bridge closing"), "Bridges closed");
}

#[test]
fn what_is_asked_in_words_is_searched() {
    let room = Room::new();
    for question in [
        "who mentioned \"garanties de sécurité\"",
        "qui a parlé de « garanties de sécurité » ?",
        "qui a évoqué garanties securite",
        "who mentioned garant* -sanctions?",
    ] {
        let expected = contains("Jeanne Le Bihan").and(contains("Duroc").not());
        room.dixit(&["ask", "--format", "csv", question]).assert().success().stdout(expected);
    }
    room.dixit(&["query", "mentioned", "words=-a"])
        .assert()
        .code(2)
        .stderr(contains("is no value for `words`: write words"));
}

#[test]
fn the_index_says_what_the_store_says() {
    let room = Room::new();
    assert_eq!(room.found("garantie"), ONE);
    room.write("c.txt", "« Une autre garantie viendra », a dit Paul Duroc.\n");
    assert_eq!(room.found("garantie"), format!("{ONE}\nUne autre garantie viendra"));
    room.write("c.txt", "« Rien ne viendra », a dit Paul Duroc.\n");
    assert_eq!(room.found("garantie"), ONE);
    assert_eq!(room.found("viendra"), "Rien ne viendra");
    room.dixit(&["remove", "c.txt"]).assert().success();
    assert_eq!(room.found("viendra"), "");

    // What a person rejects is no statement any more, and is one again when that is undone.
    let query = "SELECT ?s { ?s a dixit:ReportedStatement ; schema:text ?t FILTER(CONTAINS(?t, 'garantie')) }";
    let output = room.dixit(&["query", "--format", "csv", "-e", query]).output().unwrap();
    let statement = String::from_utf8(output.stdout).unwrap().lines().nth(1).unwrap().to_owned();
    let output = room.dixit(&["edit", &statement, "--reject", "--by", "anna"]).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(room.found("garantie"), "");
    room.dixit(&["undo", told.split_whitespace().next().unwrap(), "--by", "anna"]).assert().success();
    assert_eq!(room.found("garantie"), ONE);
}

#[test]
fn a_program_that_breaks_off_leaves_nothing_behind_that_is_gone() {
    let room = Room::new();
    assert_eq!(room.found("garantie"), ONE);
    // As if a program had written into the store and been killed before it said so, and another index lay there.
    let other = Room::new();
    other.write("a.txt", "« Le pont est fermé », a dit Jeanne Le Bihan.\n");
    assert_eq!(other.found("pont"), "Le pont est fermé");
    copy(&other.path(".dixit/search"), &room.path(".dixit/search"));
    fs::remove_file(room.path(".dixit/search/current")).unwrap();
    assert_eq!(room.found("pont"), "");
    assert_eq!(room.found("garantie"), ONE);
}

#[test]
fn a_broken_index_is_made_anew() {
    let index = |room: &Room| room.path(".dixit/search/index");
    let told = || {
        is_match(r"^dixit: the search index is damaged or of another version \([^\n]+\): it is made anew\n$").unwrap()
    };
    for (harm, is_told) in [
        (&(|room: &Room| fs::remove_dir_all(room.path(".dixit/search")).unwrap()) as &dyn Fn(&Room), false),
        (&|room| fs::remove_dir_all(index(room)).unwrap(), false),
        (&|room| fs::write(index(room).join("meta.json"), "{").unwrap(), true),
        (&|room| fs::remove_file(index(room).join("meta.json")).unwrap(), true),
        (
            &|room| {
                for file in fs::read_dir(index(room)).unwrap() {
                    let path = file.unwrap().path();
                    if path.extension().is_some_and(|ending| ending != "json" && ending != "lock") {
                        fs::write(path, "?").unwrap();
                    }
                }
            },
            true,
        ),
        (
            &|room| {
                // A few bytes of the words, as a bad disk would.
                let files = fs::read_dir(index(room)).unwrap().map(|file| file.unwrap().path());
                for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "store")) {
                    let mut bytes = fs::read(&path).unwrap();
                    bytes[3] ^= 0x55;
                    fs::write(path, bytes).unwrap();
                }
                fs::remove_file(room.path(".dixit/search/current")).unwrap();
            },
            true,
        ),
        (&|room| fs::write(room.path(".dixit/search/current"), "0\n").unwrap(), false),
    ] {
        let room = Room::new();
        assert_eq!(room.found("garantie"), ONE);
        harm(&room);
        let search = room.search("garanties").assert().success().stdout(contains(ONE));
        if is_told {
            search.stderr(told())
        } else {
            search.stderr(is_empty())
        };
        assert_eq!(room.found("garantie"), ONE);
    }
}

#[test]
fn many_programs_search_at_once() {
    let room = Room::new();
    let all: Vec<_> = (0..8)
        .map(|_| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dixit"));
            command.current_dir(room.0.path()).args(["ask", "-q", "--format", "csv", "who mentioned garanties"]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for program in all {
        let output = program.wait_with_output().unwrap();
        assert!(String::from_utf8(output.stdout).unwrap().contains(ONE));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}

#[test]
fn where_no_index_can_be_kept_one_is_made_for_the_search() {
    let room = Room::new();
    fs::write(room.path(".dixit/search"), "no folder").unwrap();
    room.search("garanties").assert().success().stdout(contains(ONE)).stderr(
        is_match(r"^dixit: the search index [^\n]+ cannot be written [^\n]+: it is made for this search only\n$")
            .unwrap(),
    );
}

#[test]
fn a_search_of_another_form_is_refused() {
    let room = Room::new();
    for (inside, message) in [
        ("?x dixit:query ?y", "needs its words in quotation marks, where ?y stands"),
        ("?x dixit:query '-a'", "`-a` has no word to search for"),
        ("?x dixit:score ?y", "takes `?statement dixit:query"),
        ("?x dixit:query 'a' ; schema:text ?t", "nothing else"),
        ("?x dixit:query 'a' FILTER(?x = 1)", "nothing else"),
        ("?x dixit:query 'a' . ?y dixit:score ?z", "nothing else"),
    ] {
        let query = format!("SELECT * {{ SERVICE dixit:search {{ {inside} }} }}");
        room.dixit(&["query", "-e", &query]).assert().code(2).stderr(starts_with("dixit: ").and(contains(message)));
    }
}

#[test]
fn a_search_stands_anywhere_and_begins_the_plan() {
    let room = Room::new();
    let part = "SERVICE dixit:search { ?x dixit:query 'garanties' ; dixit:score ?score }";
    for query in [
        format!("SELECT ?t {{ {part} ?x schema:text ?t FILTER(?score > 0) }}"),
        format!("SELECT ?t {{ ?x a dixit:ReportedStatement ; schema:text ?t . {part} }}"),
        format!("SELECT ?t {{ ?x schema:text ?t FILTER EXISTS {{ {part} }} }}"),
        format!("SELECT ?t {{ ?x schema:text ?t OPTIONAL {{ {part} }} FILTER(BOUND(?score)) }}"),
        format!("SELECT ?t {{ {{ SELECT * {{ {part} }} LIMIT 5 }} ?x schema:text ?t }}"),
        format!("SELECT ?t {{ GRAPH ?g {{ ?x schema:text ?t }} {{ {part} }} UNION {{ ?x a dixit:Nothing }} }}"),
        format!("CONSTRUCT {{ ?x schema:text ?t }} {{ {part} ?x schema:text ?t }}"),
    ] {
        let format = if query.starts_with("CONSTRUCT") { "turtle" } else { "csv" };
        room.dixit(&["query", "--format", format, "-e", &query])
            .assert()
            .success()
            .stdout(contains(ONE).and(contains("sanctions").not()));
    }
    let query = format!("SELECT ?t {{ ?x a dixit:ReportedStatement ; schema:text ?t . {part} }}");
    let first = is_match(r"(?s)Lateral\n[^\n]+Lateral\n[^\n]+Service\(dixit:search\)\n").unwrap();
    room.dixit(&["query", "--explain", "-e", &query]).assert().success().stderr(first);
}

fn copy(from: &Path, to: &Path) {
    fs::remove_dir_all(to).unwrap();
    fs::create_dir_all(to.join("index")).unwrap();
    for part in ["", "index"] {
        for file in fs::read_dir(from.join(part)).unwrap().map(Result::unwrap) {
            if file.path().is_file() {
                fs::copy(file.path(), to.join(part).join(file.file_name())).unwrap();
            }
        }
    }
}
