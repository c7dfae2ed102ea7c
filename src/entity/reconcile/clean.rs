//! Words of strangers, fit to be stored and shown.

/// The most characters that are kept.
const LONGEST: usize = 300;

/// Without control characters and marks that turn the direction of what follows, with single spaces, and not too long.
/// `None` if nothing is left.
pub(super) fn words(text: &str) -> Option<String> {
    let is_odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let plain: String = text.chars().take(LONGEST * 4).map(|c| if is_odd(c) { ' ' } else { c }).collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept: String = words.chars().take(LONGEST).collect();
    Some(kept.trim_end().to_owned()).filter(|kept| !kept.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_plain_and_short() {
        assert_eq!(words(" Anne\u{1b}[2J\n Roy\u{202e}").as_deref(), Some("Anne [2J Roy"));
        assert_eq!(words("\u{0}\t "), None);
        assert_eq!(words(&"é".repeat(10_000)).unwrap().chars().count(), LONGEST);
    }
}
