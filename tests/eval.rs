//! `dixit eval`: its figures on an invented case for each rule, and what it says of bad gold.
//!
//! `tests/eval/figures.json` was not made by dixit: another implementation of the measures printed it for the same files.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Status, standard output, lines of standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
    let output = command.args(arguments).current_dir(folder).env("COLUMNS", "100").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let said = text(output.stderr).lines().map(str::to_owned).collect();
    (output.status.code().unwrap(), text(output.stdout), said)
}

fn fixture(more: &[&str]) -> (i32, String, Vec<String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/eval");
    run(&folder, &[&["eval", "gold.jsonl", "texts", "--predicted", "predicted.jsonl"], more].concat())
}

#[test]
fn the_figures_are_those_of_another_implementation() {
    let (status, out, said) = fixture(&["--format", "json"]);
    assert_eq!((status, said), (0, vec![]));
    let ours: Value = serde_json::from_str(&out).unwrap();
    let theirs: Value = serde_json::from_str(include_str!("eval/figures.json")).unwrap();
    for (name, figure) in theirs.as_object().unwrap() {
        assert_eq!(ours["measures"][name].as_f64(), figure.as_f64(), "{name}");
    }
    assert_eq!(ours["counts"]["relay_recall"], serde_json::json!([2, 4]));
    let bands = ours["reliability"]["bands"].as_array().unwrap();
    assert_eq!(bands.iter().map(|band| band["statements"].as_u64().unwrap()).sum::<u64>(), 18);
}

#[test]
fn the_errors_name_article_and_words() {
    let (status, out, _) = fixture(&["--errors"]);
    assert_eq!(status, 0);
    for passage in [
        "precision         ┆ 0.722 ┆ 13 of 18",
        "0.8 ┆         13 ┆     0.846",
        "\nmissed (3)\n  pont.txt, 561 (indirect): conducteur\n      de bruit, de peur, de froid et de nuit\n",
        "\nsurplus (5)\n  pont.txt, 377 (indirect): none\n      dit-on, seraient\n",
        "\nwrong speaker (4)\n  pont.txt, 197 (indirect): elle, not Anne Roy\n",
        "Emmanuel Macron (Q212), not Emmanuel Macron",
        "Le Courrier de Valmont, Radio Bocage, not Courrier de Valmont",
        "\nwrong date (1)\n  mer.txt, 132 (direct): none, not 2024-03-05\n",
    ] {
        assert!(out.contains(passage), "{passage}\nis not in\n{out}");
    }
}

#[test]
fn what_the_gold_says_steers_no_terminal() {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join("a.txt"), "Il \u{1b}[2Jpleut.").unwrap();
    let line =
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "spans": [[0, 12]], "actors": ["Z\u001b[2J\n"]}]}"#;
    fs::write(desk.path().join("gold.jsonl"), line).unwrap();
    let (status, out, _) = run(desk.path(), &["eval", "gold.jsonl", "a.txt", "--errors"]);
    assert_eq!(status, 0);
    assert!(out.contains("\n  a.txt, 0 (direct): Z [2J \n      Il  [2Jpleut\n"), "{out:?}");
}

#[test]
fn a_least_confidence_leaves_out() {
    let (_, out, _) = fixture(&["--format", "json", "--min-confidence", "0.8"]);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["measures"]["predicted"], 13);
    assert_eq!(report["measures"]["recall"].as_f64(), Some(11.0 / 16.0));
    for wrong in ["1.2", "-0.1", "NaN", "much"] {
        let (status, out, said) = fixture(&[&format!("--min-confidence={wrong}")]);
        assert_eq!((status, out.as_str()), (2, ""), "{wrong}");
        assert!(said[0].contains("a number from 0 to 1"), "{said:?}");
    }
}

#[test]
fn words_are_found_where_the_gold_gives_no_offsets() {
    let desk = tempfile::tempdir().unwrap();
    fs::write(
        desk.path().join("pont.txt"),
        "« Le pont tiendra », a dit Anne Roy. « Le\u{a0}pont tiendra », a dit Luc Bon.",
    )
    .unwrap();
    let statement = |actor: &str| format!(r#"{{"kind": "direct", "text": "Le pont tiendra", "actors": ["{actor}"]}}"#);
    let line = |list: &[&str]| {
        let list: Vec<_> = list.iter().map(|actor| statement(actor)).collect();
        format!(r#"{{"article": "pont.txt", "statements": [{}]}}"#, list.join(", "))
    };
    fs::write(desk.path().join("gold.jsonl"), line(&["Anne Roy", "Luc Bon"])).unwrap();
    let (status, out, said) = run(desk.path(), &["eval", "gold.jsonl", "pont.txt", "--format", "json"]);
    assert_eq!((status, said), (0, vec![]));
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["measures"]["who_said_what_f1"], 1.0, "{out}");
}

/// What a line of gold may get wrong: the line, and what is said of it after file and line.
const BAD_GOLD: [(&str, &str); 13] = [
    (r#"{"article": }"#, ", column 13: no JSON (expected value): write one object a line"),
    (r#"["a.txt"]"#, ": `[\"a.txt\"]` is not an object: write `{…}`"),
    (r#"{"statements": []}"#, ": `article` is missing: every line needs it"),
    (r#"{"article": "a.txt"}"#, ": `statements` is missing: an article without any has `[]`"),
    (
        r#"{"article": "b.txt", "statements": []}"#,
        ": `article` has no text: no `b.txt` was read; name its folder, or remove the line",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "quote", "text": "Oui", "actors": ["Zoé"]}]}"#,
        ": `statements[0].kind` `quote` is no kind: write direct, indirect or mixed",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "text": "Oui"}]}"#,
        ": `statements[0].actors` is missing: name at least one speaker, or mark it optional",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "actors": ["Zoé"]}]}"#,
        ": `statements[0].text` is missing: give the words of the content, or their `spans`",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "text": "Oui", "actors": "Zoé"}]}"#,
        ": `statements[0].actors` `\"Zoé\"` is not a list: write `[…]`",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "text": "Oui", "actors": ["Zoé"], "date": "lundi"}]}"#,
        ": `statements[0].date` `lundi` is no day: write it as 2024-03-09, or null",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "spans": [[5, 2]], "actors": ["Zoé"]}]}"#,
        ": `statements[0].spans[0]` ends at 2, before it starts at 5",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "spans": [[5, 99]], "actors": ["Zoé"]}]}"#,
        ": `statements[0].spans` [5, 99] ends behind the text, which has 18 characters",
    ),
    (
        r#"{"article": "a.txt", "statements": [{"kind": "direct", "spans": [[2, 7]], "text": "Oui", "actors": ["Zoé"]}]}"#,
        ": `statements[0].text` is not what stands at its `spans` (`Oui »`): offsets count characters, not bytes; or leave them out",
    ),
];

#[test]
fn bad_gold_is_named_with_line_field_and_mend() {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join("a.txt"), "« Oui », dit Zoé.\n").unwrap();
    let good = r#"{"article": "other.txt", "statements": []}"#;
    fs::write(desk.path().join("other.txt"), "Il pleut.").unwrap();
    for (line, problem) in BAD_GOLD {
        fs::write(desk.path().join("gold.jsonl"), format!("{good}\n\n{line}\n")).unwrap();
        let ended = run(desk.path(), &["eval", "gold.jsonl", "a.txt", "other.txt", "--quiet"]);
        assert_eq!(ended, (1, String::new(), vec![format!("dixit: gold.jsonl, line 3{problem}")]), "{line}");
    }
}

#[test]
fn an_article_twice_and_a_file_without_lines() {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join("a.txt"), "« Oui », dit Zoé.\n").unwrap();
    let line = r#"{"article": "a.txt", "statements": []}"#;
    let twice = "dixit: gold.jsonl, line 2: `article` has a line already, line 1: put all its statements into one";
    let none = "dixit: gold.jsonl: no line in this file: write one article a line, as docs/gold.md says";
    for (content, said) in [(format!("{line}\n{line}\n"), twice), ("\n".to_owned(), none)] {
        fs::write(desk.path().join("gold.jsonl"), content).unwrap();
        assert_eq!(run(desk.path(), &["eval", "gold.jsonl", "a.txt"]), (1, String::new(), vec![said.to_owned()]));
    }
}
