//! The furniture of news pages, by its words: `noise.tsv` of each language, all at once, for pages mix them.

use regex::Regex;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// What the words of a line tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Furniture: a link, a button, a credit.
    Line,
    /// The heading of a list of links.
    List,
    /// A comment form; the page's furniture goes on to its end.
    End,
}

/// Longer lines than this are paragraphs of an article, whatever they begin with (in bytes).
const LONGEST: usize = 600;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(&TEXTS));

/// The tables of all languages.
const TEXTS: [&str; 2] = [include_str!("../language/fr/noise.tsv"), include_str!("../language/en/noise.tsv")];

struct Table {
    /// Phrases at the beginning of a line, by their first word.
    phrases: FxHashMap<&'static str, Vec<Phrase>>,
    /// Any of the words that no sentence holds.
    inside: Regex,
    /// A part of each of them that has the same bytes whatever the case, once small letters are made of the capitals:
    /// it is found much faster than the words.
    hint: Regex,
}

struct Phrase {
    words: &'static str,
    mark: Mark,
    reach: Reach,
}

/// What may follow a phrase in its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Nothing,
    /// A colon, or anything that does not end like a sentence.
    Label,
    Anything,
}

impl Table {
    fn read(texts: &[&'static str]) -> Self {
        let mut phrases: FxHashMap<&str, Vec<Phrase>> = FxHashMap::default();
        let (mut inside, mut hints) = (Vec::new(), Vec::new());
        for (place, words) in texts.iter().flat_map(|text| rows(text)) {
            let (mark, reach) = match place {
                "inside" => {
                    inside.push(regex::escape(words).replace('\'', "['’]"));
                    hints.push(regex::escape(rare_part(&plain_part(words).to_ascii_lowercase())));
                    continue;
                }
                "end" => (Mark::End, Reach::Label),
                "list" => (Mark::List, Reach::Label),
                "label" => (Mark::Line, Reach::Label),
                "start" => (Mark::Line, Reach::Anything),
                _ => (Mark::Line, Reach::Nothing),
            };
            phrases.entry(first_word(words)).or_default().push(Phrase { words, mark, reach });
        }
        let inside = Regex::new(&format!("(?i:{})", inside.join("|"))).expect("escaped phrases are a pattern");
        let hint = Regex::new(&hints.join("|")).expect("escaped phrases are a pattern");
        Self { phrases, inside, hint }
    }
}

/// The longest part without accents and apostrophes.
fn plain_part(words: &str) -> &str {
    words.split(|c: char| !c.is_ascii() || c == '\'').max_by_key(|part| part.len()).unwrap_or_default()
}

/// Fewest bytes of a part that is searched for.
const RARE_PART: usize = 8;

/// The letters of French, the most common ones first.
const COMMON: &str = " esaitnrulodcmpvqfbghjxyzwk";

/// The end of `words`, which are in ASCII, that begins with the rarest letters: a search for many strings stops wherever
/// the first three bytes of one of them may stand.
fn rare_part(words: &str) -> &str {
    let rarity = |letter: u8| COMMON.find(char::from(letter)).unwrap_or(COMMON.len());
    let starts = 0..=words.len().saturating_sub(RARE_PART);
    let rarest = starts.max_by_key(|start| words.bytes().skip(*start).take(3).map(rarity).sum::<usize>());
    &words[rarest.unwrap_or(0)..]
}

/// The rows of the table: where, and the phrase.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1).filter_map(|row| row.split_once('\t'))
}

/// What the words of a text's lines tell of them.
pub(super) struct Marker {
    /// Room for a word or a line as it is compared.
    folded: String,
    /// Whether words may stand anywhere in the text that no sentence holds: in most texts there are none.
    hinted: bool,
}

impl Marker {
    /// For the lines of a text.
    pub fn of(text: &str) -> Self {
        let folded = text.to_ascii_lowercase();
        Self { hinted: TABLE.hint.is_match(&folded), folded }
    }

    /// What the words of `line` tell of it; `finished` says whether it ends like a sentence.
    pub fn mark(&mut self, line: &str, finished: bool) -> Option<Mark> {
        if line.len() > LONGEST {
            return None;
        }
        let start = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.folded.clear();
        self.folded.extend(first_word(start).chars().filter_map(bare));
        if let Some(phrases) = TABLE.phrases.get(self.folded.as_str()) {
            let marks = phrases.iter().filter_map(|phrase| {
                let rest = after(start, phrase.words).filter(|rest| !rest.starts_with(char::is_alphanumeric))?;
                let alone = !rest.contains(char::is_alphanumeric);
                let fits = match phrase.reach {
                    Reach::Nothing => alone,
                    Reach::Label => alone || !finished || rest.trim_start().starts_with(':'),
                    Reach::Anything => true,
                };
                // "Sur le même sujet : …" is one link; the bare words head a list of them.
                fits.then_some(if phrase.mark == Mark::List && !alone { Mark::Line } else { phrase.mark })
            });
            if let Some(mark) = marks.max() {
                return Some(mark);
            }
        }
        if !self.hinted {
            return None;
        }
        self.folded.clear();
        self.folded.push_str(line);
        self.folded.make_ascii_lowercase();
        let inside = TABLE.hint.is_match(&self.folded) && TABLE.inside.is_match(line);
        (inside && !line.contains(['"', '«', '“'])).then_some(Mark::Line)
    }
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// What stands after the folded `words`, if the line begins with them.
fn after<'a>(line: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = line.chars();
    let mut last = None;
    for wanted in words.chars() {
        // Of white space, one counts.
        let next = rest.by_ref().filter_map(bare).find(|c| *c != ' ' || last != Some(' '));
        if next != Some(wanted) {
            return None;
        }
        last = next;
    }
    Some(rest.as_str().trim_start_matches(is_combining_mark))
}

/// A small letter without accents, a plain apostrophe or a space; nothing of an accent alone.
fn bare(c: char) -> Option<char> {
    match c {
        '’' => Some('\''),
        c if c.is_ascii() && !c.is_ascii_whitespace() => Some(c.to_ascii_lowercase()),
        c if c.is_whitespace() => Some(' '),
        c => {
            let mut bare = None;
            decompose_canonical(c, |part| bare = bare.or(Some(part).filter(|part| !is_combining_mark(*part))));
            bare?.to_lowercase().next()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_by_its_words() {
        let cases = [
            ("À lire également", Some(Mark::List)),
            ("À lire aussi : Le pont de Vaux rouvre enfin", Some(Mark::Line)),
            ("- Publicité -", Some(Mark::Line)),
            ("LIRE LA SUITE", Some(Mark::Line)),
            ("Lire la suite sur Le Courrier", Some(Mark::Line)),
            ("(Crédit photo : Studio Roy / Courrier)", Some(Mark::Line)),
            ("LAISSEZ UN COMMENTAIRE", Some(Mark::End)),
            ("© 2021 Le Courrier - Tous droits réservés", Some(Mark::Line)),
            ("Ce site utilise des cookies pour mesurer son audience.", Some(Mark::Line)),
        ];
        for (line, expected) in cases {
            assert_eq!(Marker::of(line).mark(line, line.ends_with('.')), expected, "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_alike_are_none() {
        let sentences = [
            "Partager sur les réseaux cette image est interdit, a dit Anne Roy.",
            "« Nous utilisons des cookies », a reconnu Anne Roy.",
            "Publié le 3 mai, le rapport indique que le pont est sûr.",
            "Photographe, Anne Roy dit aimer le pont",
            "Directement visée, la maire a répondu",
        ];
        for line in sentences {
            assert_eq!(Marker::of(line).mark(line, line.ends_with('.')), None, "{line}");
        }
    }

    #[test]
    fn the_table_is_written_as_it_is_compared() {
        for (place, phrase) in TEXTS.iter().flat_map(|text| rows(text)) {
            assert!(["line", "label", "start", "inside", "list", "end"].contains(&place), "{place} {phrase}");
            assert!(place == "inside" || phrase.chars().filter_map(bare).eq(phrase.chars()), "{phrase}");
        }
    }
}
