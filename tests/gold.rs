//! The articles of `seeds/` against their gold, `tests/gold/seeds.jsonl`: every attributed statement, read by people.
//! `dixit eval tests/gold/seeds.jsonl seeds --errors` shows the same figures, and what is wrong one by one.

use dixit::article::{ReadOptions, read_paths};
use dixit::entity::Entities;
use dixit::eval::{Comparison, Counts, Gold, Names, Prediction, Sheet, Verdict, mistakes, sheets};
use dixit::extract::{extract, records};
use std::collections::HashMap;
use std::path::Path;

/// What the project's own articles must reach.
const LEAST: [(&str, f64); 8] = [
    ("f1", 0.97),
    ("who_said_what_f1", 0.96),
    ("recall_direct", 0.95),
    ("recall_indirect", 0.95),
    ("recall_mixed", 0.95),
    ("relay_recall", 0.85),
    ("relay_precision", 0.85),
    ("date_recall", 0.85),
];

/// The texts of `seeds/`, and their gold beside what is found in them.
fn seeds() -> (HashMap<String, String>, Vec<Sheet>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let gold = Gold::read(&root.join("tests/gold/seeds.jsonl")).unwrap();
    let (mut texts, mut found) = (HashMap::new(), Vec::new());
    for article in read_paths(&[root.join("seeds")], &ReadOptions::default()).map(|article| article.unwrap()) {
        let statements = extract(&article, Entities::embedded());
        found.extend(records(&article, &statements, Entities::embedded()).map(Prediction::from));
        texts.insert(article.name, article.text);
    }
    assert_eq!(texts.len(), gold.articles.len(), "each article of seeds has its line");
    let sheets = sheets(gold, &texts, found).unwrap();
    (texts, sheets)
}

fn compared(sheets: &[Sheet]) -> Vec<Comparison<'_>> {
    sheets.iter().map(|sheet| sheet.compare(None)).collect()
}

#[test]
fn statements_speakers_and_relays_are_found() {
    let names = Names::of(Entities::embedded());
    let (_, sheets) = seeds();
    let articles = compared(&sheets);
    let counts = Counts::of(&articles, &names);
    let wrong: Vec<_> = articles.iter().flat_map(|article| mistakes(article, &names)).collect();
    for (name, least) in LEAST {
        let reached = counts.measure(name).unwrap();
        assert!(reached >= least, "{name} is {reached:.3}, not {least}: {wrong:#?}");
    }
}

#[test]
fn lines_without_speech_give_nothing() {
    let (texts, sheets) = seeds();
    for article in compared(&sheets) {
        let spoken: Vec<(usize, usize)> = article.gold.statements.iter().flat_map(|s| s.spans.clone()).collect();
        let surplus = article.found.iter().zip(&article.verdicts).filter(|(_, v)| **v == Verdict::Surplus);
        for (found, _) in surplus {
            let lines = lines(&texts[&article.gold.name]);
            let touched = lines.iter().filter(|line| found.spans.iter().any(|span| meet(**line, *span)));
            let silent = |line: &(usize, usize)| !spoken.iter().any(|span| meet(*line, *span));
            assert!(!touched.copied().any(|line| silent(&line)), "{}: {:?}", article.gold.name, found.text);
        }
    }
}

/// The lines of a text, in code points.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let mut start = 0;
    let line = |line: &str| {
        let end = start + line.chars().count();
        (std::mem::replace(&mut start, end), end)
    };
    text.split_inclusive('\n').map(line).collect()
}

fn meet(one: (usize, usize), other: (usize, usize)) -> bool {
    one.0 < other.1 && other.0 < one.1
}

#[test]
fn the_answer_about_nato_is_whole() {
    let (_, sheets) = seeds();
    let mut rows = 0;
    for article in compared(&sheets) {
        for demanded in article.demanded().filter(|d| d.wanted.about.iter().any(|a| a == "OTAN" || a == "NATO")) {
            rows += 1;
            let text = &demanded.wanted.text;
            let (found, _) = demanded.found.unwrap_or_else(|| panic!("missed in {}: {text}", article.gold.name));
            let mut topics = found.about.iter().filter_map(|topic| topic.item());
            assert!(topics.any(|item| item == "Q7184"), "{}: not about NATO: {text}", article.gold.name);
        }
    }
    assert!(rows >= 10, "the seeds speak of NATO, the gold must too: {rows}");
}
