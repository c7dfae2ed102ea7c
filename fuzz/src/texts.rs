//! Any bytes as plain text with its front matter, and what of the text is the article: its paragraphs stand in it, in order
//! and apart from each other; what readers see of it leads back into it.

use super::read::read;
use super::text;
use dixit::article::{Article, Shown, blocks};
use dixit::extract::Span;

pub fn holds(bytes: &[u8]) {
    read("any.txt", bytes).iter().flatten().for_each(|article: &Article| cleaned(&article.text));
    // With what no file may hold, too.
    text(bytes).into_iter().for_each(cleaned);
}

fn cleaned(text: &str) {
    let blocks = blocks(text);
    assert!(blocks.is_sorted_by(|a, b| a.span.end <= b.span.start));
    assert!(blocks.iter().all(|block| has_words(text, block.span)));
    let shown = Shown::of(text);
    let places = shown.text().char_indices().map(|(at, c)| shown.original(Span::new(at, at + c.len_utf8())));
    let mut end = 0;
    for place in places {
        assert!(end <= place.start && has_words(text, place), "{place:?}");
        end = place.start;
    }
}

fn has_words(text: &str, span: Span) -> bool {
    text.get(span.start..span.end).is_some_and(|words| !words.is_empty())
}
