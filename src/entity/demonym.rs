//! Adjectives and inhabitants of countries: "ukrainien", "Ukrainiennes".

use super::{Entities, EntityId, EntityKind, Gender, fold};
use crate::language::Language;
use crate::table::{Fault, TableError, rows};
use rustc_hash::FxHashMap;

const TABLE: &str = "src/language/fr/demonyms.tsv";

/// What a demonym's form says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demonym {
    pub country: EntityId,
    /// `None` when the form serves both ("russe").
    pub gender: Option<Gender>,
    /// Whether the form is only a plural; "français" is both and counts as a singular.
    pub plural: bool,
}

/// The demonyms of all countries.
#[derive(Default)]
pub(super) struct Demonyms {
    /// Lower-case form; `None` when two countries share it ("congolais").
    forms: FxHashMap<&'static str, Option<Demonym>>,
    /// English adjectives and inhabitants, in lower case.
    english: FxHashMap<String, Demonym>,
    /// Of a country: its first feminine plural, and the English adjective.
    adjectives: FxHashMap<EntityId, (&'static str, &'static str)>,
}

/// Reads the table; a country's first row is its usual adjective.
pub(super) fn read(keys: &FxHashMap<String, EntityId>) -> Result<Demonyms, TableError> {
    let text = include_str!("../language/fr/demonyms.tsv");
    let columns = ["country", "masculine", "feminine", "masculine_plural", "feminine_plural", "english"];
    let mut found = Demonyms::default();
    for (line, [country, m, f, ms, fs, english]) in rows(TABLE, text, columns)? {
        let wrong = |fault| TableError { table: TABLE, line, fault };
        if let Some(column) = columns[..5].iter().zip([country, m, f, ms, fs]).find(|(_, cell)| cell.is_empty()) {
            return Err(wrong(Fault::Empty(column.0)));
        }
        let country = *keys.get(country).ok_or_else(|| wrong(Fault::Unknown(country.to_owned())))?;
        let adjective = english.split('|').next().unwrap_or_default();
        found.adjectives.entry(country).or_insert((fs, adjective));
        for form in english.split('|').filter(|form| !form.is_empty()) {
            let plural = form != adjective && form.ends_with('s');
            found.english.entry(form.to_lowercase()).or_insert(Demonym { country, gender: None, plural });
        }
        let singular = |form, gender| (form, Demonym { country, gender, plural: false });
        let plural = |form, gender| (form, Demonym { country, gender, plural: true });
        let masculine = (m != f).then_some(Gender::Masculine);
        let masculines = (ms != fs).then_some(Gender::Masculine);
        let feminine = (m != f).then_some(Gender::Feminine);
        let feminines = (ms != fs).then_some(Gender::Feminine);
        for (form, demonym) in
            [singular(m, masculine), singular(f, feminine), plural(ms, masculines), plural(fs, feminines)]
        {
            found
                .forms
                .entry(form)
                .and_modify(|old| {
                    if old.is_some_and(|o| o.country != country) {
                        *old = None;
                    }
                })
                .or_insert(Some(demonym));
        }
    }
    Ok(found)
}

impl Demonyms {
    /// The usual feminine plural of a country ("ukrainiennes") and its English adjective.
    pub(super) fn adjective(&self, country: EntityId) -> Option<(&'static str, &'static str)> {
        self.adjectives.get(&country).copied()
    }
}

impl Entities {
    /// The same in the words of a language.
    pub fn demonym_in(&self, word: &str, language: Language) -> Option<Demonym> {
        match language {
            Language::French => self.demonym(word),
            Language::English => self.demonyms.english.get(fold::lower(word).as_ref()).copied(),
        }
    }

    /// The country of an adjective or inhabitant ("ukrainien", "Ukrainiennes"), accents as the language writes them.
    ///
    /// `None` for a form that two countries share ("congolais"), and for a capitalised word that is a country's
    /// own name ("Argentine", "Suisse").
    pub fn demonym(&self, word: &str) -> Option<Demonym> {
        let found = (*self.demonyms.forms.get(fold::lower(word).as_ref())?)?;
        let is_name = word.starts_with(char::is_uppercase)
            && self.list.iter().any(|e| e.kind == EntityKind::Country && *e.fr == *word);
        (!is_name).then_some(found)
    }
}
