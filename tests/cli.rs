//! What the program answers to wrong input, as a user sees it: one line that names the place and the mend, the exit
//! status, and the rest of the work done. Status 1 says that something failed, 2 that the call itself was wrong.

use assert_cmd::Command;
use dixit::graph::Store;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const STATEMENT: &str = "« Le pont tiendra », a déclaré Anne Roy.\n";

/// A folder of its own for each test, which is the program's working folder.
struct Desk(TempDir);

/// How a run ended.
#[derive(Debug, PartialEq)]
struct Ended {
    status: i32,
    stdout: String,
    /// The lines of standard error.
    said: Vec<String>,
}

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A desk with a store that holds one article.
    fn with_store() -> Self {
        let desk = Self::new();
        desk.put("news/bridge.txt", STATEMENT);
        assert_eq!(desk.run(&["add", "news"]).status, 0);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_dixit"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("DIXIT_STORE")
            .env("LANG", "en_GB.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LANGUAGE")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Ended {
            status: output.status.code().expect("no signal ended it"),
            stdout: text(output.stdout),
            said: text(output.stderr).lines().map(str::to_owned).collect(),
        }
    }

    /// The run fails with this status and says this one line; nothing stands on standard output.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], status: i32, line: &str) {
        let ended = Ended { status, stdout: String::new(), said: vec![line.to_owned()] };
        assert_eq!(self.run(arguments), ended, "dixit {arguments:?}");
    }
}

/// Each kind of wrong input, and the line that it deserves.
const WRONG_INPUT: [(&str, &[u8], &str); 3] = [
    ("empty.txt", b"", "dixit: empty.txt: the file is empty: remove it or put the article's text into it"),
    (
        "photo.txt",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "dixit: photo.txt: a PNG image at byte 0, not plain text: save the article as UTF-8 text",
    ),
    (
        "latin.txt",
        b"Le maire a d\xe9clar\xe9 forfait.\n",
        "dixit: latin.txt: byte 12 is not valid UTF-8: convert the file, for example \
         `iconv -f WINDOWS-1252 -t UTF-8 \"latin.txt\"`",
    ),
];

#[test]
fn each_wrong_file_is_one_line_and_the_rest_is_done() {
    let desk = Desk::new();
    desk.put("a.txt", STATEMENT);
    desk.put("z.txt", "Il pleut.\n");
    fs::create_dir(desk.path("bare")).unwrap();
    let mut call = vec!["add", "a.txt", "missing.txt", "bare"];
    let mut expected = vec![
        "dixit: missing.txt: no such file or folder: check the spelling",
        "dixit: bare: no article in this folder: articles are text (.txt, .md or without extension), pages (.html), feeds (.xml, .rss, .atom), data (.jsonl, .json, .csv) and archives (.warc), packed or not",
    ];
    for (name, bytes, line) in WRONG_INPUT {
        desk.put(name, bytes);
        call.push(name);
        expected.push(line);
    }
    call.push("z.txt");
    expected.push("2 added, 0 changed, 0 unchanged, 5 failed; 1 statements");
    let ended = desk.run(&call);
    assert_eq!(ended.said, expected);
    assert_eq!((ended.status, ended.stdout.as_str()), (1, ""));
}

#[test]
fn extract_goes_on_after_a_wrong_file() {
    let desk = Desk::new();
    desk.put("z.txt", STATEMENT);
    for (name, bytes, line) in WRONG_INPUT {
        desk.put(name, bytes);
        let ended = desk.run(&["extract", name, "z.txt"]);
        assert_eq!(ended.said, [line]);
        assert_eq!((ended.status, ended.stdout.lines().count()), (1, 1), "{ended:?}");
        let statement: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(statement["text"], "Le pont tiendra");
    }
}

#[test]
fn a_line_for_each_article_holds_all_that_comes_of_it() {
    let desk = Desk::new();
    let line = |id: &str, text: &str| format!("{{\"id\": \"{id}\", \"text\": \"{text}\", \"date\": \"2021-04\"}}\n");
    let lines =
        [line("a", STATEMENT.trim()), "no object\n".to_owned(), line("b", "Il pleut."), line("c", STATEMENT.trim())];
    desk.put("news.jsonl", lines.concat());
    let ended = desk.run(&["extract", "--format", "articles", "news.jsonl"]);
    let problem = "news.jsonl:2: not a JSON object: write one object a line";
    assert_eq!((ended.status, ended.said), (1, vec![format!("dixit: {problem}")]));
    let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let articles: Vec<_> = ended.stdout.lines().map(read).collect();
    assert_eq!(articles.len(), 4, "one in the place of each");
    assert_eq!(articles[1], serde_json::json!({ "error": problem, "line": 2 }));
    assert_eq!(articles[0]["published"], "2021-04");
    assert_eq!((articles[2]["article"].as_str(), articles[2]["statements"].as_array().unwrap().len()), (Some("b"), 0));

    // The same quads as in the other format, and the same statements.
    let sorted = |text: String| {
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let part = |name: &str| articles.iter().filter_map(|line| line[name].as_str()).collect::<String>();
    let quads = desk.run(&["extract", "--format", "nquads", "news.jsonl"]).stdout;
    assert_eq!(sorted(part("graph") + &part("shared")), sorted(quads));
    assert!(part("graph").lines().all(|line| line.contains(" <https://data.dixit.example/article/")));
    assert!(part("shared").lines().all(|line| line.ends_with(" <https://data.dixit.example/graph/entities> .")));
    let mut found: Vec<_> =
        articles.iter().filter_map(|line| line["statements"].as_array()).flatten().cloned().collect();
    for statement in &mut found {
        let iri = statement.as_object_mut().unwrap().remove("iri").unwrap();
        assert!(
            part("graph")
                .contains(&format!("<{}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", iri.as_str().unwrap()))
        );
    }
    assert_eq!(found, desk.run(&["extract", "news.jsonl"]).stdout.lines().map(read).collect::<Vec<_>>());
}

#[test]
fn a_wrong_call_ends_with_status_2_and_leaves_no_store() {
    let desk = Desk::new();
    for call in [
        &[][..],
        &["add"],
        &["ad", "news"],
        &["ask"],
        &["query"],
        &["query", "who-said-what", "topic"],
        &["query", "who-said-what", "--format", "xls"],
        &["export", "--format", "n4"],
        &["add", "news", "--published", "yesterday"],
        &["add", "news", "--base", "data"],
        &["add", "news", "--min-confidence", "2"],
        &["extract", "news", "--min-confidence", "high"],
    ] {
        let ended = desk.run(call);
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "dixit {call:?}");
        assert!(!ended.said.is_empty(), "dixit {call:?}");
    }
    assert!(!desk.path(".dixit").exists());
}

#[test]
fn a_query_that_does_not_exist() {
    let desk = Desk::with_store();
    let ended = desk.run(&["query", "who-said-wat", "topic=NATO"]);
    assert_eq!((ended.status, ended.said.len()), (2, 1), "{ended:?}");
    let start = "dixit: there is no saved query `who-said-wat`: did you mean who-said-what";
    assert!(ended.said[0].starts_with(start), "{ended:?}");
}

#[test]
fn wrong_parameters() {
    let desk = Desk::with_store();
    desk.refuses(
        &["query", "who-said-what"],
        2,
        "dixit: `who-said-what` needs `topic`, for example: dixit query who-said-what topic=NATO (`dixit query who-said-what --help` says more)",
    );
    for (argument, word) in [("subject=NATO", "topic"), ("since=someday", "2022-03")] {
        let ended = desk.run(&["query", "who-said-what", "topic=NATO", argument]);
        assert_eq!((ended.status, ended.said.len()), (2, 1), "{ended:?}");
        assert!(ended.said[0].contains(word), "{ended:?}");
    }
}

#[test]
fn sparql_that_is_wrong_shows_line_and_column() {
    let desk = Desk::with_store();
    let wrong = "SELECT ?s WHERE {\n  ?s a }\n";
    desk.put("wrong.rq", wrong);
    for (call, place) in [(["query", "-e", wrong], "-e"), (["query", "--file", "wrong.rq"], "wrong.rq")] {
        let expected = [
            &format!("dixit: {place}: SPARQL syntax, line 2, column 8: `}}` cannot stand here"),
            "      ?s a }",
            "           ^",
        ];
        let ended = desk.run(&call);
        assert_eq!(ended.said, expected);
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""));
    }
    let ended = desk.run(&["query", "--file", "missing.rq"]);
    assert_eq!((ended.status, ended.said.len()), (1, 1), "{ended:?}");
    assert!(ended.said[0].starts_with("dixit: missing.rq: "), "{ended:?}");
}

#[test]
fn questions_that_nothing_answers() {
    let desk = Desk::with_store();
    for (question, word) in [("how tall is the tower", "ask for example"), ("who said what about Nowhere", "Nowhere")] {
        let ended = desk.run(&["ask", question]);
        assert_eq!((ended.status, ended.stdout.as_str()), (1, ""), "{ended:?}");
        assert_eq!(ended.said.len(), 1, "{ended:?}");
        assert!(ended.said[0].contains(word), "{ended:?}");
    }
}

const IN_USE: &str =
    "dixit: the store .dixit is in use by another dixit; wait for it to end or choose another with --store";

/// Every command that opens a store; the last one writes.
const OPENING: [&[&str]; 6] = [
    &["ask", "who said what about NATO"],
    &["query", "who-said-what", "topic=NATO"],
    &["query", "-e", "SELECT * { ?s ?p ?o }"],
    &["export"],
    &["stats"],
    &["add", "news"],
];

#[track_caller]
fn every_command_refuses(desk: &Desk, commands: &[&[&str]], store: &str, line: &str) {
    for command in commands {
        let call = [command, &["--store", store][..]].concat();
        desk.refuses(&call, 1, line);
    }
}

#[test]
fn without_a_store_nothing_is_created() {
    let desk = Desk::new();
    let (_, readers) = OPENING.split_last().unwrap();
    every_command_refuses(&desk, readers, "none", "dixit: no store at none: run `dixit add PATH…` first");
    assert!(!desk.path("none").exists());
}

#[test]
fn a_store_that_is_a_file() {
    let desk = Desk::new();
    desk.put("news/bridge.txt", STATEMENT);
    every_command_refuses(
        &desk,
        &OPENING,
        "news/bridge.txt",
        "dixit: the store news/bridge.txt is a file: choose a folder with --store",
    );
    assert_eq!(fs::read_to_string(desk.path("news/bridge.txt")).unwrap(), STATEMENT);
}

#[test]
fn a_store_that_another_process_writes() {
    let desk = Desk::with_store();
    let writer = Store::open_or_create(&desk.path(".dixit"), None).unwrap();
    every_command_refuses(&desk, &OPENING, ".dixit", IN_USE);
    drop(writer);
    assert_eq!(desk.run(&["stats"]).status, 0);
}

#[test]
fn a_store_that_another_process_reads() {
    let desk = Desk::with_store();
    let _reader = Store::open(&desk.path(".dixit")).unwrap();
    let (add, readers) = OPENING.split_last().unwrap();
    desk.refuses(add, 1, IN_USE);
    for command in readers {
        assert_eq!(desk.run(command).status, 0, "dixit {command:?}");
    }
}

#[test]
fn the_articles_of_the_demo_twice() {
    let desk = Desk::new();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let add = ["add", seeds.to_str().unwrap()];
    let first = desk.run(&add);
    assert_eq!(first.status, 0, "{first:?}");
    assert!(first.said[0].starts_with("12 added, 0 changed, 0 unchanged; "), "{first:?}");
    let before = desk.run(&["export", "--format", "nquads"]).stdout;
    assert!(before.lines().count() > 1000);
    assert_eq!(desk.run(&add).said, ["0 added, 0 changed, 12 unchanged; 0 statements"]);
    assert_eq!(desk.run(&["export", "--format", "nquads"]).stdout, before);
}

#[test]
fn an_explanation_is_coloured_on_a_terminal_or_when_asked() {
    let desk = Desk::new();
    desk.put("bridge.txt", STATEMENT);
    let explained = |color: &[&str]| desk.run(&[&["extract", "--explain", "bridge.txt"], color].concat()).stdout;
    let plain = explained(&[]);
    assert!(plain.contains("speaker:") && plain.contains("cue:"), "{plain}");
    assert_eq!(plain, explained(&["--color", "never"]));
    assert_ne!(plain, explained(&["--color", "always"]));
    assert!(explained(&["--color", "always"]).contains('\u{1b}'));
}

#[test]
fn the_question_of_the_demo_in_two_languages() {
    let desk = Desk::new();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    desk.run(&["add", seeds.to_str().unwrap()]);
    let rows = |question| {
        let ended = desk.run(&["ask", question, "--format", "csv", "--language", "en"]);
        assert_eq!(ended.status, 0, "{ended:?}");
        ended.stdout
    };
    let english = rows("who said what about NATO");
    assert!(english.contains("03-otan-stoltenberg.txt") && english.contains("Zelens"), "{english}");
    assert_eq!(rows("qui a dit quoi sur l'OTAN ?"), english);
}

#[test]
fn a_least_confidence_leaves_out_what_is_trusted_less() {
    let desk = Desk::new();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let seeds = seeds.to_str().unwrap();
    let confidences = |least: &str| -> Vec<f64> {
        let ended = desk.run(&["extract", seeds, "--min-confidence", least]);
        let line = |line| serde_json::from_str::<serde_json::Value>(line).unwrap()["confidence"].as_f64().unwrap();
        ended.stdout.lines().map(line).collect()
    };
    let (all, sure) = (confidences("0"), confidences("0.9"));
    assert!(!sure.is_empty() && sure.len() < all.len());
    assert_eq!(sure, all.into_iter().filter(|confidence| *confidence >= 0.9).collect::<Vec<_>>());
    let added = desk.run(&["add", seeds, "--min-confidence", "0.9"]);
    assert!(added.said[0].ends_with(&format!("; {} statements", sure.len())), "{added:?}");
}

/// Three articles, one of them in a language that is not read, and lines of every kind that cannot be used.
const LINES: &str = "\u{FEFF}{\"id\": \"a/b é<1>\", \"text\": \"« Le pont tiendra », a déclaré Anne Roy.\"}\n\
                     \n\
                     {\"id\": \"de\", \"text\": \"Die Brücke wird stehen, sagte Anne Roy.\", \"language\": \"de\"}\n\
                     {\"text\": 5}\n\
                     {\"id\": \"de\", \"text\": \"Encore.\"}\n\
                     {\"text\": \"« Le pont tombera », a prévenu Zoé Vidal.\", \"published\": \"hier\"}";

const SAID_OF_LINES: [&str; 3] = [
    "dixit: lines.jsonl:4: text: not a string: write \"text\": \"…\"",
    "dixit: lines.jsonl:5: id: `de` is the article of line 3: give each article an id of its own",
    "dixit: lines.jsonl:6: published: `hier` is not a date: write a day (2022-03-28), a month (2022-03) or a year (2022)",
];

#[test]
fn json_lines_are_extracted_under_their_ids() {
    let desk = Desk::new();
    desk.put("lines.jsonl", LINES);
    let ended = desk.run(&["extract", "lines.jsonl"]);
    assert_eq!((ended.status, ended.said.as_slice()), (1, &SAID_OF_LINES.map(str::to_owned)[..]));
    let article = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["article"].clone();
    assert_eq!(ended.stdout.lines().map(article).collect::<Vec<_>>(), ["a/b é<1>", "lines.jsonl#6"]);

    let input = fs::read(desk.path("lines.jsonl")).unwrap();
    let program = || Command::new(env!("CARGO_BIN_EXE_dixit"));
    let piped = program().args(["extract", "-"]).write_stdin(input).output().unwrap();
    let (piped, said) = (String::from_utf8(piped.stdout).unwrap(), String::from_utf8(piped.stderr).unwrap());
    assert_eq!(piped, ended.stdout.replace("lines.jsonl#6", "stdin#6"));
    assert!(said.starts_with("dixit: standard input:4: text:"), "{said}");
}

#[test]
fn json_lines_are_stored_and_told_apart() {
    let desk = Desk::new();
    desk.put("lines.jsonl", LINES);
    let foreign = "; without statements, for dixit does not read the language yet: 1 in de";
    let report = |counts: &str| [&SAID_OF_LINES.map(str::to_owned)[..], &[format!("{counts}{foreign}")]].concat();
    let first = desk.run(&["add", "lines.jsonl"]);
    assert_eq!(first.said, report("3 added, 0 changed, 0 unchanged, 3 failed; 2 statements"));
    assert_eq!(first.status, 1);
    let again = desk.run(&["add", "lines.jsonl"]);
    assert_eq!(again.said, report("0 added, 0 changed, 3 unchanged, 3 failed; 0 statements"));
    let graph = desk.run(&["export", "--format", "nquads"]).stdout;
    assert!(graph.contains("\"a/b é<1>\""), "the id is the article's name");
    assert!(
        graph.lines().all(|line| !line.contains("data.dixit.example/article/a/") && !line.contains("article/a%2F")),
        "and not its IRI"
    );
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = Desk::new();
    let text = |i: usize| format!("« Le pont {i} tiendra », a déclaré Anne Roy. Selon Zoé Vidal, il tombera en {i}.");
    let line = |i| match i % 7 {
        3 => "{\"text\": 3}\n".to_owned(),
        _ => serde_json::json!({"id": i, "text": text(i)}).to_string() + "\n",
    };
    desk.put("lines.jsonl", (0..300).map(line).collect::<String>());
    for format in ["jsonl", "nquads", "turtle"] {
        let call = |jobs| desk.run(&["extract", "lines.jsonl", "--format", format, "--jobs", jobs]);
        let one = call("1");
        assert!(one.stdout.lines().count() > 300 && one.said.len() == 43, "{format}");
        assert!(one == call("2"), "{format}");
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["manual", "man"]).status, 0);
    let page = |name: &str| fs::read_to_string(desk.path("man").join(name)).unwrap();
    assert!(
        page("dixit.1").contains("dixit\\-add(1)") && page("dixit-add.1").starts_with(".ie"),
        "{}",
        page("dixit.1")
    );
    assert!(page("dixit-link-accept.1").contains("dixit\\-link\\-accept"));
    desk.put("taken", "");
    let refused = desk.run(&["manual", "taken"]);
    assert_eq!((refused.status, refused.said.len()), (1, 1), "{refused:?}");
    assert!(refused.said[0].starts_with("dixit: taken: the manual cannot be written: "), "{refused:?}");
}
