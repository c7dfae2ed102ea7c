//! Questions in words: which saved query answers, and with which parameters.

use super::Error;
use super::fold;
use super::language::Language;
use super::names::{NameTable, Names};
use super::parameter::Kind;
use super::prepare::{Prepared, prepare};
use super::saved::SavedQuery;
use super::template::Match;
use oxigraph::store::Store;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// How many questions are suggested when none matches.
const SUGGESTIONS: usize = 3;

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
    /// How many of its values could be any words.
    fn free_values(&self) -> usize {
        let kinds = self.arguments.iter().filter_map(|(name, _)| self.query.parameter(name));
        kinds.filter(|parameter| matches!(parameter.kind, Kind::Entity | Kind::Text)).count()
    }
}

/// All ways to understand `question`, the one whose template names most of its words first.
pub fn readings<'l>(library: &'l [SavedQuery], question: &str) -> Vec<Reading<'l>> {
    let mut found: Vec<(Match, Reading<'l>)> = Vec::new();
    for query in library {
        for (language, template) in &query.templates {
            for matched in template.matches(question) {
                let arguments = matched.values.clone();
                found.push((matched, Reading { query, language: *language, arguments }));
            }
        }
    }
    // Among equals the one with fewer free values goes first: a date or a number shows by itself whether it was meant.
    // The sort is stable: after that the library's order holds.
    found.sort_by_key(|(matched, reading)| (Reverse(matched.literal_words), reading.free_values()));
    found.into_iter().map(|(_, reading)| reading).collect()
}

/// The query that answers `question`. Labels are in `language`, or else in the language of the question.
///
/// # Errors
/// When no template matches, or no reading's parameters can be used; the error is then that of the reading which came
/// farthest: a name that leads nowhere rather than a word that is no date.
pub fn understand<'l>(
    library: &'l [SavedQuery],
    question: &str,
    store: &Store,
    table: &dyn NameTable,
    language: Option<Language>,
) -> Result<(&'l SavedQuery, Prepared), Error> {
    let mut failed: Option<Error> = None;
    for reading in readings(library, question) {
        let language = language.unwrap_or(reading.language);
        let names = Names::new(store, table, language);
        match prepare(reading.query, &reading.arguments, &names, language) {
            Ok(prepared) => return Ok((reading.query, prepared)),
            Err(error) => match &failed {
                Some(Error::Name(_)) => {}
                Some(_) if !matches!(error, Error::Name(_)) => {}
                _ => failed = Some(error),
            },
        }
    }
    Err(failed
        .unwrap_or_else(|| Error::Question { question: question.to_owned(), nearest: nearest(library, question) }))
}

/// The questions that have most words in common with this one.
fn nearest(library: &[SavedQuery], question: &str) -> Vec<String> {
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
