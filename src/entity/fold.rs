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

/// "À" to "ÿ" without their accents; a space stands for those that are no letter, or become two.
const LATIN: &[u8; 64] = b"AAAAAA CEEEEIIII NOOOOO OUUUUY  aaaaaa ceeeeiiii nooooo ouuuuy y";

/// The plain letter of a common character, in its own case.
fn plain(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ 0..0x80 => Some(code as u8),
        code @ 0xC0..=0xFF => Some(LATIN[code as usize - 0xC0]).filter(|letter| *letter != b' '),
        _ => None,
    }
}

/// Whether a word has nothing but common small letters ("à" to "ÿ" among them), as most words of a text.
pub(crate) fn is_small_word(word: &str) -> bool {
    let mut before = 0;
    word.bytes().all(|byte| {
        let lead = std::mem::replace(&mut before, byte);
        byte.is_ascii_lowercase() || byte == 0xC3 || lead == 0xC3 && byte >= 0x9F && byte != 0xB7
    })
}

/// Appends `c` without its accents, in its own case.
fn push_plain(c: char, out: &mut String) {
    if let Some(letter) = plain(c) {
        // What remains is in ASCII.
        out.push(char::from(letter & 0x7F));
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

/// Calls `with` for each part of `text` (accents gone, case kept), and says whether it begins with a capital.
pub(super) fn each_part(text: &str, mut with: impl FnMut(&str, bool)) {
    let bytes = text.as_bytes();
    let (mut start, mut at) = (0, 0);
    // Parts of plain letters are not copied.
    while let Some(byte) = bytes.get(at) {
        if !byte.is_ascii() {
            return each_wide_part(&text[start..], with);
        }
        if !is_plain_byte(*byte) {
            if start < at {
                with(&text[start..at], bytes[start].is_ascii_uppercase());
            }
            start = at + 1;
        }
        at += 1;
    }
    if start < at {
        with(&text[start..], bytes[start].is_ascii_uppercase());
    }
}

/// The same for a text with other letters.
fn each_wide_part(text: &str, mut with: impl FnMut(&str, bool)) {
    let mut part = String::with_capacity(text.len());
    let (mut open, mut first_is_capital) = (false, false);
    for c in text.chars() {
        if is_of_part(c) {
            if !open {
                (open, first_is_capital) = (true, c.is_uppercase());
            }
            push_plain(c, &mut part);
        } else if open && !is_mark(c) {
            with(&part, first_is_capital);
            part.clear();
            open = false;
        }
    }
    if open {
        with(&part, first_is_capital);
    }
}

/// Whether a byte is a letter or a digit in ASCII.
#[inline]
pub(crate) fn is_plain_byte(byte: u8) -> bool {
    static TABLE: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}

/// Whether `text` has nothing but plain letters and digits, with single spaces between them.
fn is_of_plain_words(text: &str) -> bool {
    let mut before = b' ';
    text.bytes().all(|byte| {
        let last = std::mem::replace(&mut before, byte);
        is_plain_byte(byte) || byte == b' ' && last != b' '
    }) && before != b' '
}

/// Whether `c` is a letter or a digit.
fn is_of_part(c: char) -> bool {
    plain(c).map_or_else(|| c.is_alphanumeric(), |letter| letter.is_ascii_alphanumeric())
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
    if is_small_word(word) || word.chars().all(small) { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) }
}

/// The parts of `text` in lower case, joined by one space: "L’Élysée" gives "l elysee".
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// The same in place of what `out` holds.
pub(super) fn fold_into(text: &str, out: &mut String) {
    out.clear();
    if is_of_plain_words(text) {
        out.push_str(text);
        out.make_ascii_lowercase();
        return;
    }
    let mut gap = false;
    for c in text.chars() {
        let letter = plain(c);
        if letter.map_or_else(|| c.is_alphanumeric(), |letter| letter.is_ascii_alphanumeric()) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            match letter {
                // What remains is in ASCII.
                Some(letter) => out.push(char::from(letter.to_ascii_lowercase() & 0x7F)),
                None => c.to_lowercase().for_each(|lower| push_plain(lower, out)),
            }
        } else if !is_mark(c) {
            gap = true;
        }
    }
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
    fn common_letters_are_as_their_decomposition_says() {
        for c in ('\u{C0}'..='\u{FF}').filter(|c| c.is_alphabetic()) {
            let mut decomposed = String::new();
            decompose_canonical(c, |base| decomposed.extend((!is_mark(base)).then_some(base)));
            let mut other = LETTERS.iter().filter(|(letter, _)| c.to_lowercase().eq([*letter]));
            let expected = match other.next() {
                Some((letter, plain)) if *letter == c => (*plain).to_owned(),
                Some((_, plain)) => plain.to_uppercase(),
                None => decomposed,
            };
            let mut found = String::new();
            push_plain(c, &mut found);
            assert_eq!(found, expected, "{c}");
        }
    }

    #[test]
    fn parts_keep_their_case() {
        let mut found = Vec::new();
        each_part("al-Qaïda, Œdipe", |part, capital| found.push((part.to_owned(), capital)));
        assert_eq!(found, [("al".to_owned(), false), ("Qaida".to_owned(), true), ("OEdipe".to_owned(), true)]);
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
