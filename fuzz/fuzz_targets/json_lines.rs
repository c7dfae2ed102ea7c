//! Any bytes as JSON lines: reading ends, with an article or a problem for each line that is not blank.
#![no_main]

use dixit::article::read_json_lines;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let lines = bytes.split(|b| *b == b'\n').count();
    let mut articles = 0;
    for article in read_json_lines("any", bytes).flatten() {
        assert!(!article.name.is_empty() && !article.address.is_empty() && !article.text.trim().is_empty());
        articles += 1;
    }
    assert!(articles <= lines);
});
