//! Questions in the forms that the headers of queries give.

use super::super::fold;
use super::super::language::Language;
use super::super::parameter::Kind;
use super::super::saved::SavedQuery;
use super::super::template::Match;
use super::{CLOSING, OPENING, SUGGESTIONS};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// A way to understand a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<'l> {
    pub query: &'l SavedQuery,
    /// The language of the template that matched.
    pub language: Language,
    /// Words by parameter.
    pub arguments: Vec<(String, String)>,
}

impl Reading<'_> {
    fn values(&self) -> impl Iterator<Item = (Kind, &str)> {
        let kind = |name: &str| self.query.parameter(name).map(|parameter| parameter.kind);
        self.arguments.iter().filter_map(move |(name, value)| Some((kind(name)?, value.as_str())))
    }

    /// How many of its values could be any words.
    fn free_values(&self) -> usize {
        self.values().filter(|(kind, _)| kind.is_free()).count()
    }

    /// How many words its other values have. The same words for two parameters count once.
    fn formed_words(&self) -> usize {
        let formed: BTreeSet<&str> =
            self.values().filter(|(kind, _)| !kind.is_free()).map(|(_, value)| value).collect();
        formed.into_iter().map(|value| fold::words(value).len()).sum()
    }

    /// Whether dates, numbers and the like are what they should be; names need a store.
    pub fn has_form(&self) -> bool {
        self.values().all(|(kind, value)| kind.fits(value))
    }

    /// The words to search for, if there are any.
    fn searched(&self) -> Option<(&str, &str)> {
        let mut values = self.arguments.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        values.find(|(name, _)| self.query.parameter(name).is_some_and(|parameter| parameter.kind == Kind::Search))
    }

    /// Whether they are in quotation marks, and so meant as words.
    fn is_quoted(&self) -> bool {
        self.searched().is_some_and(|(_, value)| value.starts_with(OPENING))
    }
}

/// A value as the question has it, with the marks around it that say how it is to be searched for.
fn with_marks<'q>(question: &'q str, value: &'q str) -> &'q str {
    let Some(at) = question.find(value) else { return value };
    let (before, after) = (&question[..at], &question[at + value.len()..]);
    let start = match before.trim_end() {
        quoted if quoted.ends_with(OPENING) => quoted.trim_end_matches(OPENING).len(),
        _ if before.ends_with(" -") => at - 1,
        _ => at,
    };
    let star = usize::from(after.starts_with('*'));
    let rest = after[star..].trim_start();
    let closing = rest.len() - rest.trim_start_matches(CLOSING).len();
    let end = if closing > 0 { question.len() - rest.len() + closing } else { at + value.len() + star };
    &question[start..end]
}

/// Words with which a question may begin that ask for nothing in particular, folded; the longer ones first.
const BEGINNINGS: [&str; 10] = [
    "can you show me",
    "could you show me",
    "show me",
    "tell me",
    "list",
    "give me",
    "montre moi",
    "montrez moi",
    "dis moi",
    "donne moi",
];

/// The question without such a beginning.
fn without_beginning(question: &str) -> &str {
    let words = fold::words(question);
    let beginning = BEGINNINGS.iter().map(|words| words.split(' ').collect::<Vec<_>>()).find(|beginning| {
        words.len() > beginning.len() && beginning.iter().zip(&words).all(|(said, word)| *said == word.folded)
    });
    beginning.and_then(|beginning| words.get(beginning.len())).map_or(question, |word| &question[word.start..])
}

/// All ways to understand `question`, the one whose template names most of its words first.
pub fn readings<'l>(library: &'l [SavedQuery], question: &str) -> Vec<Reading<'l>> {
    let bare = without_beginning(question);
    let mut found: Vec<(Match, Reading<'l>)> = Vec::new();
    for query in library {
        for (language, template) in &query.templates {
            let asked = [question, bare].into_iter().take(if bare == question { 1 } else { 2 });
            for matched in asked.flat_map(|asked| template.matches(asked)) {
                let mut arguments = matched.values.clone();
                for (name, value) in &mut arguments {
                    if query.parameter(name).is_some_and(|parameter| parameter.kind == Kind::Search) {
                        *value = with_marks(question, value).to_owned();
                    }
                }
                let reading = Reading { query, language: *language, arguments };
                // A template may want its words in quotation marks.
                let wants_marks = |name: &str| template.source().contains(&format!("\"{{{name}}}\""));
                if reading.searched().is_none_or(|(name, _)| reading.is_quoted() || !wants_marks(name)) {
                    found.push((matched, reading));
                }
            }
        }
    }
    // Words of a date or a number are understood as those that the template names: they show by themselves whether they
    // were meant. Among equals words in quotation marks are meant as words, and the one with fewer free values goes first. The
    // sort is stable: after that the library's order holds.
    found.sort_by_cached_key(|(matched, reading)| {
        let understood = matched.literal_words + reading.formed_words();
        (!reading.has_form(), Reverse(understood), !reading.is_quoted(), reading.free_values())
    });
    found.into_iter().map(|(_, reading)| reading).collect()
}

/// The questions that have most words in common with this one.
pub fn nearest(library: &[SavedQuery], question: &str) -> Vec<String> {
    let words = fold::words(question);
    let asked: BTreeSet<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    let mut list: Vec<(f64, String)> = Vec::new();
    for query in library {
        for (_, template) in &query.templates {
            let named: BTreeSet<&str> = template.words().into_iter().collect();
            let example = query.say(template);
            let shared = named.intersection(&asked).count() as f64;
            let typing = strsim::normalized_damerau_levenshtein(&fold::fold(question), &fold::fold(&example));
            list.push((shared / asked.len().max(1) as f64 + typing, example));
        }
    }
    list.sort_by(|a, b| b.0.total_cmp(&a.0));
    list.into_iter().take(SUGGESTIONS).map(|(_, example)| example).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_a_search_belong_to_its_words() {
        for (question, value, marked) in [
            ("qui a évoqué « le pont »?", "le pont", "« le pont »"),
            ("who mentioned \"a b\" c", "a b\" c", "\"a b\" c"),
            ("who mentioned c \"a b\"", "c \"a b", "c \"a b\""),
            ("who mentioned sanction*?", "sanction", "sanction*"),
            ("who mentioned -a b", "a b", "-a b"),
            ("who mentioned cessez-le-feu", "cessez-le-feu", "cessez-le-feu"),
        ] {
            assert_eq!(with_marks(question, value), marked);
        }
    }
}
