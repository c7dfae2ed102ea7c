//! What is searched for, and as which words texts are found.

use super::super::fold;
use crate::language::is_stop_word;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// What is searched for: `garanties "cessez-le-feu total" sanction* -Russie`.
///
/// All words are to be found, in whatever order, and so are phrases in quotation marks of any style; `*` stands for the rest of
/// a word; what has `-` before it is not to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub wanted: Vec<Part>,
    pub unwanted: Vec<Part>,
}

/// One thing that is to be found, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Word(String),
    /// Words that follow each other: two or more.
    Phrase(Vec<String>),
    /// A word that begins so.
    Beginning(String),
}

impl Words {
    /// Reads what is searched for. `None` if there is no word that is to be found.
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = Self { wanted: Vec::new(), unwanted: Vec::new() };
        let mut rest = text.trim_start();
        while let Some(first) = rest.chars().next() {
            let after = &rest[first.len_utf8()..];
            // A dash between spaces is none of ours.
            let is_unwanted = first == '-' && after.starts_with(|c: char| !c.is_whitespace());
            if is_unwanted {
                rest = after;
            }
            let parts = if is_unwanted { &mut words.unwanted } else { &mut words.wanted };
            rest = read_part(rest, parts).trim_start();
        }
        // What stands in any sentence says nothing, unless it is all there is.
        let is_telling = |part: &Part| !matches!(part, Part::Word(word) if is_stop_word(word));
        if words.wanted.iter().any(is_telling) {
            words.wanted.retain(is_telling);
        }
        (!words.wanted.is_empty()).then_some(words)
    }
}

/// Reads a phrase in quotation marks or what stands before the next space, and gives the rest.
fn read_part<'t>(text: &'t str, parts: &mut Vec<Part>) -> &'t str {
    const OPENING: [char; 5] = ['"', '«', '“', '„', '‹'];
    const CLOSING: [char; 5] = ['"', '»', '”', '“', '›'];
    let Some(first) = text.chars().next() else { return text };
    if OPENING.contains(&first) {
        let inner = &text[first.len_utf8()..];
        let end = inner.find(CLOSING).unwrap_or(inner.len());
        parts.extend(phrase(folded(&inner[..end])));
        return inner[end..].trim_start_matches(CLOSING);
    }
    let is_end = |c: char| c.is_whitespace() || OPENING.contains(&c) || CLOSING.contains(&c);
    let end = text.find(is_end).unwrap_or(text.len()).max(first.len_utf8());
    let (part, rest) = text.split_at(end);
    let mut words = folded(part);
    if part.ends_with('*') {
        parts.extend(words.pop().map(Part::Beginning));
    }
    // "l'Ukraine" is one word to whoever searches, and "cessez-le-feu" is three in a row.
    let small = words.iter().take_while(|word| is_stop_word(word)).count().min(words.len().saturating_sub(1));
    parts.extend(phrase(words.split_off(small)));
    rest
}

fn folded(text: &str) -> Vec<String> {
    fold::words(text).into_iter().map(|word| word.folded).collect()
}

fn phrase(mut words: Vec<String>) -> Option<Part> {
    match words.len() {
        0 | 1 => words.pop().map(Part::Word),
        _ => Some(Part::Phrase(words)),
    }
}

/// How a word is written down in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As it is, but for case and accents.
    Plain,
    /// Its French stem.
    French,
    /// Its English stem.
    English,
}

impl Form {
    /// All forms. The stems of a language are those of texts in it; the plain form all have.
    pub const ALL: [Self; 3] = [Self::Plain, Self::French, Self::English];

    /// The stems of texts in this language (BCP 47), French where nothing is said.
    pub fn of_language(tag: Option<&str>) -> Self {
        match tag.and_then(|tag| tag.split('-').next()) {
            None | Some("" | "fr") => Self::French,
            Some("en") => Self::English,
            Some(_) => Self::Plain,
        }
    }

    /// A folded word in this form. Accents go before the ending does, so that whoever leaves them out finds the same.
    pub fn of(self, folded: &str) -> String {
        match self {
            Self::Plain => folded.to_owned(),
            Self::French => Stemmer::new(Algorithm::French).stem(&as_masculine(folded)).into_owned(),
            Self::English => Stemmer::new(Algorithm::English).stem(folded).into_owned(),
        }
    }
}

/// Endings of the feminine that the stemmer knows by their accents only, which are gone, and the plural to which some of them
/// lead, with what stands for them. In short words they are none.
const FEMININE: [(&str, &str); 5] = [("ees", "e"), ("ee", "e"), ("eres", "er"), ("ere", "er"), ("ers", "er")];
/// As many letters a word has with such an ending.
const LONG: usize = 5;

/// "declarees" → "declare", "premieres" → "premier".
fn as_masculine(folded: &str) -> Cow<'_, str> {
    let stem = |(ending, other): &(&str, &str)| Some(format!("{}{other}", folded.strip_suffix(ending)?));
    let changed = FEMININE.iter().find_map(stem).filter(|_| folded.len() >= LONG);
    changed.map_or(Cow::Borrowed(folded), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str) -> Part {
        Part::Word(text.to_owned())
    }

    fn phrase(text: &str) -> Part {
        Part::Phrase(text.split(' ').map(str::to_owned).collect())
    }

    #[test]
    fn what_is_searched_for_is_read() {
        for (text, wanted, unwanted) in [
            ("Garanties de sécurité", vec![word("garanties"), word("securite")], vec![]),
            ("« Garanties de sécurité »", vec![phrase("garanties de securite")], vec![]),
            ("\"garanties de\" paix", vec![phrase("garanties de"), word("paix")], vec![]),
            ("“missile” ", vec![word("missile")], vec![]),
            ("l'Ukraine", vec![word("ukraine")], vec![]),
            ("cessez-le-feu", vec![phrase("cessez le feu")], vec![]),
            (
                "sanction* -Russie -\"prix du gaz\"",
                vec![Part::Beginning("sanction".to_owned())],
                vec![word("russie"), phrase("prix du gaz")],
            ),
            ("paix - guerre", vec![word("paix"), word("guerre")], vec![]),
            ("qui", vec![word("qui")], vec![]),
            ("\"jamais fini", vec![phrase("jamais fini")], vec![]),
            ("a\"b", vec![word("b")], vec![]),
        ] {
            assert_eq!(Words::parse(text), Some(Words { wanted, unwanted }), "{text}");
        }
        for nothing in ["", " ", "-paix", "«»", "* - \"", "»»", "?!"] {
            assert_eq!(Words::parse(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn endings_and_accents_do_not_count() {
        for (form, one, other) in [
            (Form::French, "garanties", "garantie"),
            (Form::French, "securite", "securites"),
            (Form::French, "declarer", "declaree"),
            (Form::French, "declarees", "declare"),
            (Form::French, "premiere", "premiers"),
            (Form::French, "etrangeres", "etranger"),
            (Form::French, "militaires", "militaire"),
            (Form::French, "europeenne", "europeennes"),
            (Form::French, "nationales", "national"),
            (Form::English, "sanctions", "sanctioned"),
            (Form::English, "security", "securities"),
        ] {
            assert_eq!(form.of(one), form.of(other));
        }
        assert_ne!(Form::Plain.of("garanties"), Form::Plain.of("garantie"));
    }

    #[test]
    fn the_language_of_a_text_says_which_stems_it_has() {
        for (tag, form) in [
            (None, Form::French),
            (Some("fr-CH"), Form::French),
            (Some("en"), Form::English),
            (Some("de"), Form::Plain),
        ] {
            assert_eq!(Form::of_language(tag), form);
        }
    }
}
