//! Folding: what of a name's letters counts when names are compared.
//!
//! A name is cut into *parts* (runs of letters and digits): "Maison-Blanche", "Maison Blanche" and "maison blanche"
//! have the same two parts. Accents never count, apostrophes and hyphens only cut.

use std::borrow::Cow;
use unicode_normalization::char::decompose_canonical;

/// Letters that no decomposition turns into plain ones.
const LETTERS: &[(char, &str)] = &[
    ('œ', "oe"),
    ('æ', "ae"),
    ('ß', "ss"),
    ('ø', "o"),
    ('ł', "l"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ı', "i"),
    ('ə', "e"),
];

/// One run of letters and digits of a text, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Without accents; the case is the text's.
    pub text: String,
    /// Whether its first letter is a capital.
    pub capital: bool,
}

/// Appends `c` without its accents, in its own case.
fn push_plain(c: char, out: &mut String) {
    if c.is_ascii() {
        out.push(c);
        return;
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    if let Some((_, plain)) = LETTERS.iter().find(|(letter, _)| *letter == lower) {
        if lower == c {
            out.push_str(plain);
        } else {
            out.push_str(&plain.to_uppercase());
        }
        return;
    }
    decompose_canonical(c, |base| {
        if !is_mark(base) {
            out.push(base);
        }
    });
}

/// Whether `c` is a combining accent (decomposed text has them as characters of their own).
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// The parts of `text`: accents gone, case kept.
pub(crate) fn parts(text: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::with_capacity(4);
    let mut open = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if !open {
                parts.push(Part { text: String::with_capacity(12), capital: c.is_uppercase() });
                open = true;
            }
            if let Some(part) = parts.last_mut() {
                push_plain(c, &mut part.text);
            }
        } else if !is_mark(c) {
            open = false;
        }
    }
    parts
}

/// Appends `part` in lower case.
pub(crate) fn push_lower(part: &str, out: &mut String) {
    for c in part.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
}

/// `word` in lower case; most words of a text are so already and cost nothing.
pub(super) fn lower(word: &str) -> Cow<'_, str> {
    let small = |c: char| c.is_lowercase() || c.is_ascii() && !c.is_ascii_uppercase();
    if word.chars().all(small) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// The parts of `text` in lower case, joined by one space: "L’Élysée" gives "l elysee".
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            match c.is_ascii() {
                true => out.push(c.to_ascii_lowercase()),
                false => c.to_lowercase().for_each(|lower| push_plain(lower, &mut out)),
            }
        } else if !is_mark(c) {
            gap = true;
        }
    }
    out
}

/// Articles that may stand before a name without being of it.
const ARTICLES: &[&str] = &["l ", "le ", "la ", "les ", "the "];

/// `folded` without a leading article; the same text if that would leave nothing.
pub(crate) fn without_article(folded: &str) -> &str {
    ARTICLES.iter().find_map(|article| folded.strip_prefix(article)).unwrap_or(folded)
}

/// The last part of an IRI for a name without a Wikidata item: "plan d'action" gives "plan-d-action".
pub fn slug(name: &str) -> String {
    fold(name).replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_apostrophes_and_hyphens_do_not_count() {
        for (text, folded) in [
            ("L’Élysée", "l elysee"),
            ("Maison-Blanche", "maison blanche"),
            ("E\u{301}lyse\u{301}e", "elysee"),
            ("Łódź", "lodz"),
            ("Jens Ærø", "jens aero"),
            ("U.S.", "u s"),
            ("« »", ""),
            ("Київ", "киів"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn parts_keep_their_case() {
        let found = parts("al-Qaïda");
        assert_eq!(found[0], Part { text: "al".into(), capital: false });
        assert_eq!(found[1], Part { text: "Qaida".into(), capital: true });
    }

    #[test]
    fn an_article_alone_stays() {
        assert_eq!(without_article("l otan"), "otan");
        assert_eq!(without_article("the insider"), "insider");
        assert_eq!(without_article("le"), "le");
        assert_eq!(without_article("lemonde"), "lemonde");
    }

    #[test]
    fn a_slug_has_only_plain_letters_digits_and_hyphens() {
        assert_eq!(slug("plan d'action pour l'adhésion"), "plan-d-action-pour-l-adhesion");
    }
}
