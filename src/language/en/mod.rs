//! English: its tables, and how its verbs are inflected.

mod inflection;

pub use inflection::Inflector;

use super::phrases::Phrases;
use super::{Language, Lexicon};
use crate::table::TableError;

/// The rows of a table in this folder, under its columns.
macro_rules! table {
    ($name:literal, $columns:expr) => {
        $crate::table::rows(concat!("src/language/en/", $name), include_str!($name), $columns)
    };
}
use table;

/// The lexicon of the tables in this folder.
///
/// # Errors
///
/// The row that is wrong; a test reads them all.
pub(super) fn lexicon() -> Result<Lexicon, TableError> {
    let mut lexicon = Lexicon::new(Language::English);
    lexicon.adverbials = Phrases::of_words(table!("adverbials.tsv", ["phrase"])?);
    lexicon.audience = Phrases::of_pairs(table!("audience.tsv", ["noun", "after"])?);
    lexicon.media = Phrases::of_pairs(table!("media.tsv", ["noun", "after"])?);
    lexicon.sources = Phrases::of_pairs(table!("sources.tsv", ["form", "lemma"])?);
    let inflector = Inflector::new()?;
    lexicon.add_verbs(
        "src/language/en/verbs.tsv",
        table!("verbs.tsv", ["lemma", "class", "frames"])?,
        table!("other_verbs.tsv", ["lemma"])?,
        |infinitive, with| inflector.each_form(infinitive, with),
    )?;
    lexicon.add_words("src/language/en/words.tsv", table!("words.tsv", ["word", "classes"])?)?;
    Ok(lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Classes;

    #[test]
    fn every_table_row_is_read() {
        let lexicon = lexicon().unwrap();
        assert!(lexicon.classes("thursday").any(Classes::TIME));
    }

    #[test]
    fn a_form_leads_to_its_verbs() {
        let lexicon = Lexicon::of(Language::English);
        let of = |word: &str| -> Vec<&str> { lexicon.forms(word).iter().map(|f| lexicon.verb(f.verb).lemma).collect() };
        assert!(of("said").contains(&"say"));
        assert!(of("pointed").contains(&"point out"));
        assert!(of("was").contains(&"be"));
    }
}
