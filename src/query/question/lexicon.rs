//! What the words of a question mean: `queries/ask/meanings.tsv`.

use super::super::fold::{self, Word};
use super::super::language::Language;
use std::collections::HashMap;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../queries/ask/meanings.tsv");

/// A meaning, by its place in the table.
pub type Meaning = usize;

/// All words that questions are asked with.
pub struct Lexicon {
    /// Names of the meanings.
    names: Vec<&'static str>,
    /// By first word; those whose first word has any ending are under the empty one.
    phrases: HashMap<String, Vec<Phrase>>,
}

/// One word or more with a meaning.
struct Phrase {
    /// Folded; `true` where any ending may follow.
    words: Vec<(String, bool)>,
    meaning: Meaning,
    language: Language,
}

/// Words of a question that have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meant {
    pub meaning: Meaning,
    /// How many words.
    pub length: usize,
    pub language: Language,
}

impl Lexicon {
    /// The table that is built in.
    pub fn embedded() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::read(TABLE))
    }

    fn read(table: &'static str) -> Self {
        let mut lexicon = Self { names: Vec::new(), phrases: HashMap::new() };
        for line in table.lines().skip(1).filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let name = cells.next().unwrap_or_default();
            let meaning = lexicon.meaning(name).unwrap_or_else(|| {
                lexicon.names.push(name);
                lexicon.names.len() - 1
            });
            for (language, phrases) in Language::ALL.into_iter().zip(cells) {
                for phrase in phrases.split(',') {
                    lexicon.add(phrase, meaning, language);
                }
            }
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, meaning: Meaning, language: Language) {
        let words: Vec<(String, bool)> =
            fold::words(phrase).into_iter().map(|word| (word.folded, phrase[word.end..].starts_with('*'))).collect();
        if let Some((first, is_open)) = words.first() {
            let key = if *is_open { String::new() } else { first.clone() };
            self.phrases.entry(key).or_default().push(Phrase { words, meaning, language });
        }
    }

    /// The meaning of that name.
    pub fn meaning(&self, name: &str) -> Option<Meaning> {
        self.names.iter().position(|known| *known == name)
    }

    /// The names of all meanings.
    #[cfg(test)]
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// Whether a meaning may stand in any question.
    pub fn is_common(&self, meaning: Meaning) -> bool {
        self.names[meaning].starts_with('<')
    }

    /// All that the words from `at` on may mean.
    pub fn meant<'l>(&'l self, words: &'l [Word], at: usize) -> impl Iterator<Item = Meant> + 'l {
        let lists = [words[at].folded.as_str(), ""].into_iter().filter_map(|key| self.phrases.get(key));
        let fits = move |phrase: &&Phrase| {
            phrase.words.len() <= words.len() - at
                && phrase.words.iter().zip(&words[at..]).all(|((written, is_open), word)| match is_open {
                    true => word.folded.starts_with(written.as_str()),
                    false => word.folded == *written,
                })
        };
        let meant =
            |phrase: &Phrase| Meant { meaning: phrase.meaning, length: phrase.words.len(), language: phrase.language };
        lists.flatten().filter(fits).map(meant)
    }

    /// The common meaning of the longest phrase that ends before word `end`, for the parts that names play.
    pub fn before(&self, words: &[Word], end: usize) -> Option<(&'static str, usize)> {
        const LONGEST: usize = 5;
        let starts = end.saturating_sub(LONGEST)..end;
        starts.into_iter().find_map(|at| {
            let mut meant = self.meant(words, at).filter(|meant| at + meant.length == end);
            let mark = meant.find(|meant| self.is_common(meant.meaning) && self.names[meant.meaning] != "<nothing>")?;
            Some((self.names[mark.meaning], at))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> Vec<(&'static str, usize)> {
        let (lexicon, words) = (Lexicon::embedded(), fold::words(text));
        let mut all: Vec<_> =
            lexicon.meant(&words, 0).map(|meant| (lexicon.names[meant.meaning], meant.length)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    #[test]
    fn words_have_their_meanings() {
        assert_eq!(meant("démentis"), [("deny", 1)]);
        assert_eq!(meant("à propos du pont"), [("<about>", 3), ("<nothing>", 1), ("<to>", 1)]);
        assert!(meant("construit").is_empty());
        assert!(meant("pontifie").is_empty());
    }

    #[test]
    fn what_stands_before_a_name_is_the_longest_phrase() {
        let (lexicon, words) = (Lexicon::embedded(), fold::words("on dit à propos de Lyon"));
        assert_eq!(lexicon.before(&words, 5), Some(("<about>", 2)));
        assert_eq!(lexicon.before(&words, 2), None);
    }
}
