//! Foreign words in messages: they stay on the line, and tell the terminal nothing.

use std::borrow::Cow;

/// The words with signs of what would not show: ends of lines, and all else that steers a terminal.
pub(crate) fn one_line(words: &str) -> Cow<'_, str> {
    let steers = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !words.contains(steers) {
        return words.into();
    }
    let mut line = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match steers(c) {
            true => line.extend(c.escape_debug()),
            false => line.push(c),
        }
    }
    line.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_not_show_is_written_as_a_sign() {
        assert_eq!(one_line("« Été »\u{a0}\\ \"'"), "« Été »\u{a0}\\ \"'");
        assert_eq!(one_line("a\r\n\tb\u{1b}[2J\0\u{85}\u{2028}"), "a\\r\\n\\tb\\u{1b}[2J\\0\\u{85}\\u{2028}");
    }
}
