//! Any text as a file of gold, one of predictions and the article that both are about, with NUL between: what is wrong in
//! them is told line by line, and what is measured lies between none and all.

use super::read::is_one_line;
use super::text;
use dixit::entity::Entities;
use dixit::eval::{Counts, EvalError, Gold, Names, Prediction, Sheet, at_confidence, bands, judged, mistakes, sheets};
use std::cell::LazyCell;
use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

pub fn holds(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut parts = text.splitn(3, '\0');
    let mut part = || parts.next().unwrap_or_default();
    let (gold, predicted, article) = (part(), part(), part());
    let gold = told(Gold::read(&file("gold.jsonl", gold)));
    let predicted = told(Prediction::read(&file("predicted.jsonl", predicted)));
    let (Some(gold), Some(predicted)) = (gold, predicted) else { return };
    let texts = HashMap::from([("a.txt".to_owned(), article.to_owned())]);
    if let Some(sheets) = told(sheets(gold, &texts, predicted)) {
        measured(&sheets);
    }
}

fn file(name: &str, text: &str) -> PathBuf {
    thread_local! {
        static FOLDER: LazyCell<TempDir> = LazyCell::new(|| tempfile::tempdir().expect("a folder"));
    }
    FOLDER.with(|folder| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("the file is written");
        path
    })
}

fn told<T>(read: Result<T, Vec<EvalError>>) -> Option<T> {
    if let Err(errors) = &read {
        assert!(!errors.is_empty());
        errors.iter().for_each(|error| is_one_line(&error.to_string()));
    }
    read.ok()
}

fn measured(sheets: &[Sheet]) {
    let names = Names::of(Entities::embedded());
    let articles: Vec<_> = sheets.iter().map(|sheet| sheet.compare(None)).collect();
    let counts = Counts::of(&articles, &names);
    assert!(counts.hits <= counts.gold && counts.hits <= counts.predicted, "{counts:?}");
    for measure in counts.measures() {
        assert!((0.0..=1.0).contains(&measure.value), "{}: {}", measure.name, measure.value);
        assert!(measure.share.is_none_or(|share| share.part <= share.whole), "{counts:?}");
    }
    for band in bands(&judged(&articles, &names)) {
        assert!((band.from..=band.to).contains(&band.confidence) && (0.0..=1.0).contains(&band.right), "{band:?}");
    }
    for row in at_confidence(sheets, &names) {
        assert!([row.precision, row.recall, row.right].iter().all(|share| (0.0..=1.0).contains(share)), "{row:?}");
    }
    for mistake in articles.iter().flat_map(|article| mistakes(article, &names)) {
        assert!(!mistake.kind.contains('\0'), "{mistake:?}");
    }
}
