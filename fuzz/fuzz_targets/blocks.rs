//! Any text: its paragraphs stand in it, in order, apart from each other.
#![no_main]

use dixit::article::blocks;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let blocks = blocks(text);
    assert!(blocks.is_sorted_by(|a, b| a.span.end <= b.span.start));
    assert!(blocks.iter().all(|b| text.get(b.span.start..b.span.end).is_some_and(|words| !words.is_empty())));
});
