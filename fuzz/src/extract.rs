//! Any text in French or English: extraction ends, the statements are in the order of the text, and all that they quote stands
//! in it, at the very place that is printed.

use super::{choice, text};
use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::{Span, Statement, extract, records};
use serde_json::Value;

pub fn holds(bytes: &[u8]) {
    let Some((language, rest)) = choice(bytes, &["fr", "en"]) else { return };
    let Some(text) = text(rest) else { return };
    let article = Article { language: (*language).to_owned(), ..Article::from_text("any", text) };
    let statements = extract(&article, Entities::embedded());
    assert!(statements.is_sorted_by_key(|statement| statement.extent().start), "{statements:?}");
    statements.iter().for_each(|statement| check(statement, text));
    let points: Vec<char> = text.chars().collect();
    let records = records(&article, &statements, Entities::embedded());
    for (record, statement) in records.zip(&statements) {
        let record = serde_json::to_value(record).expect("a record is JSON");
        let parts: Vec<String> =
            record["spans"].as_array().expect("spans").iter().map(|at| slice(&points, at)).collect();
        assert_eq!(record["text"], parts.join(" "), "{record}");
        assert_eq!(record["text"], *statement.text(text), "{record}");
        for actor in record["actors"].as_array().expect("actors") {
            assert_eq!(actor["mention"], slice(&points, actor), "{record}");
        }
        if !record["cue"].is_null() {
            assert_eq!(record["cue"]["text"], slice(&points, &record["cue"]), "{record}");
        }
    }
}

fn check(statement: &Statement, text: &str) {
    let stands = |span: Span| text.get(span.start..span.end).is_some_and(|words| !words.is_empty());
    assert!(!statement.actors.is_empty() && !statement.spans.is_empty(), "{statement:?}");
    assert!(statement.spans.is_sorted_by(|a, b| a.end <= b.start), "{statement:?}");
    let mentions = statement.actors.iter().flat_map(|actor| [Some(actor.mention), actor.role]);
    let named = statement.relayed_by.iter().chain(&statement.about);
    let named = named.chain(statement.addressee.as_deref()).chain(statement.medium.as_deref());
    let others = named.map(|named| named.mention).chain([statement.cue.as_ref().map(|cue| cue.span)]);
    let spans = statement.spans.iter().copied().chain(mentions.chain(others).flatten());
    spans.for_each(|span| assert!(stands(span), "{span:?} of {statement:?}"));
    assert!(statement.actors.iter().all(|actor| !actor.name.trim().is_empty()), "{statement:?}");
    assert!((0.0..=1.0).contains(&statement.confidence), "{statement:?}");
    let days = statement.date.and_then(|date| date.not_before.zip(date.not_after));
    assert!(days.is_none_or(|(first, last)| first <= last), "{statement:?}");
}

/// The characters from `start` to `end`.
fn slice(points: &[char], at: &Value) -> String {
    let place = |name: &str| at[name].as_u64().and_then(|place| usize::try_from(place).ok()).expect("a place");
    points[place("start")..place("end")].iter().collect()
}
