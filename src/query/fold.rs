//! Words without case, accents and punctuation, so that "L'ÉLYSÉE" and "l’Elysée" compare as equal.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that stand before a name without being part of it, folded.
const ARTICLES: [&str; 13] = ["l", "le", "la", "les", "un", "une", "d", "de", "du", "des", "the", "a", "an"];

/// A word of a text: letters and digits between anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Lower case, without accents.
    pub folded: String,
    /// Byte offset of its first byte in the text.
    pub start: usize,
    /// Byte offset after its last byte in the text.
    pub end: usize,
}

/// The words of `text`, in order. Apostrophes and hyphens part words.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        if !c.is_alphanumeric() && !is_combining_mark(c) {
            open = false;
            continue;
        }
        if !open {
            words.push(Word { folded: String::new(), start, end: start });
            open = true;
        }
        if let Some(word) = words.last_mut() {
            fold_char(c, &mut word.folded);
            word.end = start + c.len_utf8();
        }
    }
    words
}

fn fold_char(c: char, folded: &mut String) {
    match c {
        c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
        'œ' | 'Œ' => folded.push_str("oe"),
        'æ' | 'Æ' => folded.push_str("ae"),
        'ß' => folded.push_str("ss"),
        _ => {
            let plain = std::iter::once(c).nfkd().filter(|c| !is_combining_mark(*c));
            folded.extend(plain.flat_map(char::to_lowercase));
        }
    }
}

/// The folded words of `text` with one space between them.
pub fn fold(text: &str) -> String {
    join(&words(text))
}

/// Like [`fold`], without leading articles: "l'Alliance atlantique" → "alliance atlantique".
/// The last word always stays.
pub fn fold_name(text: &str) -> String {
    let words = words(text);
    join(&words[leading_articles(&words)..])
}

/// The text without leading articles, otherwise as written.
pub fn without_article(text: &str) -> &str {
    let words = words(text);
    words.get(leading_articles(&words)).map_or(text, |word| text[word.start..].trim_end())
}

fn leading_articles(words: &[Word]) -> usize {
    let articles = words.iter().take_while(|w| ARTICLES.contains(&w.folded.as_str())).count();
    articles.min(words.len().saturating_sub(1))
}

fn join(words: &[Word]) -> String {
    let folded: Vec<&str> = words.iter().map(|w| w.folded.as_str()).collect();
    folded.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_punctuation_do_not_count() {
        assert_eq!(fold("  L’ÉLYSÉE, (Paris) !"), "l elysee paris");
        assert_eq!(fold("Œuvre d'e\u{301}té"), "oeuvre d ete");
        assert_eq!(fold("États-Unis"), fold("etats unis"));
    }

    #[test]
    fn leading_articles_go_but_never_the_whole_name() {
        assert_eq!(fold_name("de l'Alliance atlantique"), "alliance atlantique");
        assert_eq!(fold_name("the"), "the");
        assert_eq!(fold_name("La"), "la");
        assert_eq!(without_article("l'Élan nordique "), "Élan nordique");
        assert_eq!(without_article("Élan"), "Élan");
        assert_eq!(without_article("?"), "?");
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "sur l'Été";
        let last = words(text).pop().unwrap();
        assert_eq!(&text[last.start..last.end], "Été");
    }
}
