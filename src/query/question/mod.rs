//! Questions in words: which saved query answers, and with which parameters.
//!
//! A question is taken apart into words that have a meaning ([`lexicon`]), words that say nothing, and values: names, times,
//! kinds, words in quotation marks ([`pieces`]). A saved query is asked with some meanings and takes some values
//! ([`covering`]); the one that covers the whole question best answers it. A word that nobody knows is not passed over: the
//! question is refused. Queries of a user's own are asked in the forms that their headers give ([`forms`]).

mod covering;
mod forms;
mod lexicon;
mod pieces;

use super::Error;
use super::language::Language;
use super::names::{NameError, NameTable, Names};
use super::prepare::{Prepared, prepare};
use super::saved::SavedQuery;
use crate::entity::Entities;
use covering::{Covering, Leniency, rows};
pub use forms::{Reading, readings};
use lexicon::Lexicon;
use oxigraph::store::Store;
use pieces::Question;

/// The quotation marks of a question.
const OPENING: [char; 5] = ['"', '«', '“', '„', '‹'];
const CLOSING: [char; 5] = ['"', '»', '”', '“', '›'];

/// How much better a reading must be than that of another query.
const MARGIN: i32 = 1;

/// So many characters a question has at most: for each of its words names are looked up.
const LONGEST: usize = 500;

/// How many questions are suggested when none matches.
const SUGGESTIONS: usize = 3;

/// Reads the tables by which questions are understood now, which otherwise the first question waits for.
pub fn prepare_to_understand() {
    Lexicon::embedded();
    rows();
    Entities::embedded().called("");
}

/// The query that answers `question`. Labels are in `language`, or else in the language of the question.
///
/// # Errors
/// When no query is asked so, several are, or the parameters cannot be used; the error is then that of the reading which
/// came farthest: a name that leads nowhere rather than a word that is no date.
pub fn understand<'l>(
    library: &'l [SavedQuery],
    question: &str,
    store: &Store,
    table: &dyn NameTable,
    language: Option<Language>,
) -> Result<(&'l SavedQuery, Prepared), Error> {
    let (beginning, is_whole) = beginning(question);
    if !is_whole {
        let nearest = forms::nearest(library, beginning);
        return Err(Error::Question { question: format!("{beginning} …"), unknown: Vec::new(), nearest });
    }
    let asker = Asker { library, text: question, store, table, language };
    let is_own = |query: &SavedQuery| !rows().iter().any(|row| row.query == query.name);
    let forms = readings(library, question);
    // What is wrong with a query of somebody's own is told, and not that the question is not understood.
    let in_form = |own: bool| {
        forms.iter().filter(move |reading| is_own(reading.query) == own).find_map(|reading| {
            match asker.prepare(reading.query, &reading.arguments, reading.language, false) {
                Ok(prepared) => Some(Ok((reading.query, prepared))),
                Err(error @ (Error::Sparql(_) | Error::Bind(_))) => {
                    Some(Err(Error::Own { query: reading.query.name.clone(), cause: Box::new(error) }))
                }
                Err(_) => None,
            }
        })
    };
    if let Some(found) = in_form(true) {
        return found;
    }
    let names = Names::new(store, table, language.unwrap_or(Language::En));
    let mut read = Question::read(question, &names, false)?;
    let mut covered = asker.covered(&read, Leniency::None);
    if covered.is_empty() {
        read = Question::read(question, &names, true)?;
        covered = asker.covered(&read, Leniency::None);
    }
    if let [(query, best), rest @ ..] = covered.as_slice()
        && rest.first().is_none_or(|(_, next)| best.score - next.score >= MARGIN)
    {
        return Ok((query, asker.prepare(query, &best.arguments, read.language(), true)?));
    }
    if let Some(found) = in_form(false) {
        return found;
    }
    // A name that nobody has is the likeliest reason.
    let guesses = read.with_guesses();
    if let Some((query, best)) = asker.covered(&guesses, Leniency::Guessing).first()
        && covered.is_empty()
        && let Err(error @ Error::Name(NameError::Unknown { .. } | NameError::Role { .. })) =
            asker.prepare(query, &best.arguments, read.language(), true)
    {
        return Err(error);
    }
    Err(asker.refusal(&read, &covered))
}

/// The query that answers `text`, if it is a question and names are written as in the store or its table. This does not read
/// all names, so that any text can be tried.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn understand_as_written<'l>(
    library: &'l [SavedQuery],
    text: &str,
    store: &Store,
    table: &dyn NameTable,
    language: Option<Language>,
) -> Result<Option<(&'l SavedQuery, Prepared)>, Error> {
    if !beginning(text).1 {
        return Ok(None);
    }
    let asker = Asker { library, text, store, table, language };
    let names = Names::new(store, table, language.unwrap_or(Language::En));
    let read = Question::read(text, &names, false)?;
    let covered = asker.covered(&read, Leniency::None);
    let [(query, best), rest @ ..] = covered.as_slice() else { return Ok(None) };
    if rest.first().is_some_and(|(_, next)| best.score - next.score < MARGIN) {
        return Ok(None);
    }
    match asker.prepare(query, &best.arguments, read.language(), false) {
        Ok(prepared) => Ok(Some((query, prepared))),
        Err(
            Error::Parameter(_)
            | Error::Name(NameError::Unknown { .. } | NameError::Role { .. } | NameError::Ambiguous { .. }),
        ) => Ok(None),
        Err(error) => Err(error),
    }
}

/// As much of a text as a question has, and whether that is all of it.
pub(super) fn beginning(text: &str) -> (&str, bool) {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => (&text[..end], false),
        None => (text, true),
    }
}

/// Somebody who asks.
struct Asker<'l, 'q> {
    library: &'l [SavedQuery],
    text: &'q str,
    store: &'q Store,
    table: &'q dyn NameTable,
    language: Option<Language>,
}

impl<'l> Asker<'l, '_> {
    fn prepare(
        &self,
        query: &SavedQuery,
        arguments: &[(String, String)],
        language: Language,
        suggest: bool,
    ) -> Result<Prepared, Error> {
        let language = self.language.unwrap_or(language);
        let names = Names::new(self.store, self.table, language);
        let names = if suggest { names } else { names.without_suggestions() };
        prepare(query, arguments, &names, language)
    }

    /// The queries that cover the question, the best first; each with its best row.
    fn covered(&self, question: &Question<'_>, leniency: Leniency) -> Vec<(&'l SavedQuery, Covering)> {
        let mut all: Vec<(&SavedQuery, Covering)> = Vec::new();
        for query in self.library {
            let own = rows().iter().filter(|row| row.query == query.name);
            let best = own.filter_map(|row| row.cover(question, query, leniency)).max_by_key(|covering| covering.score);
            all.extend(best.map(|covering| (query, covering)));
        }
        all.sort_by_key(|(_, covering)| std::cmp::Reverse(covering.score));
        all
    }

    /// What could not be understood, and what could be asked instead.
    fn refusal(&self, question: &Question<'_>, covered: &[(&'l SavedQuery, Covering)]) -> Error {
        let nearest = match covered {
            [] => &self.covered(question, Leniency::Nearest),
            several => several,
        };
        let mut nearest: Vec<String> = nearest
            .iter()
            .take(SUGGESTIONS)
            .filter_map(|(query, covering)| query.question_with(question.language(), &covering.arguments))
            .collect();
        if nearest.is_empty() {
            nearest = forms::nearest(self.library, self.text);
        }
        let unknown = question.unknown().into_iter().map(|run| question.slice(run).to_owned());
        Error::Question { question: self.text.to_owned(), unknown: unknown.collect(), nearest }
    }
}
