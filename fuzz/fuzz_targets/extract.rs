//! Any text: extraction ends, and each statement points into it.
#![no_main]

use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::{extract, records};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let article = Article::from_text("any", text);
    let statements = extract(&article, Entities::embedded());
    for statement in &statements {
        assert!(!statement.actors.is_empty() && !statement.spans.is_empty());
        assert!(statement.spans.is_sorted_by(|a, b| a.end <= b.start));
        assert!(statement.spans.iter().all(|span| text.get(span.start..span.end).is_some_and(|words| !words.is_empty())));
    }
    records(&article, &statements, Entities::embedded());
});
