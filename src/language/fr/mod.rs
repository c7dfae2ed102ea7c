//! French: its tables, and how its verbs are conjugated.

mod conjugation;

pub use conjugation::Conjugator;

use super::phrases::Phrases;
use super::{Language, Lexicon};
use crate::table::TableError;

/// The rows of a table in this folder, under its columns.
macro_rules! table {
    ($name:literal, $columns:expr) => {
        $crate::table::rows(concat!("src/language/fr/", $name), include_str!($name), $columns)
    };
}
use table;

/// The lexicon of the tables in this folder.
///
/// # Errors
///
/// The row that is wrong; a test reads them all.
pub(super) fn lexicon() -> Result<Lexicon, TableError> {
    let mut lexicon = Lexicon::new(Language::French);
    lexicon.adverbials = Phrases::of_words(table!("adverbials.tsv", ["phrase"])?);
    lexicon.audience = Phrases::of_pairs(table!("audience.tsv", ["noun", "after"])?);
    lexicon.media = Phrases::of_pairs(table!("media.tsv", ["noun", "after"])?);
    lexicon.asides = Phrases::of_words(table!("asides.tsv", ["phrase"])?);
    lexicon.sources = Phrases::of_pairs(table!("sources.tsv", ["form", "lemma"])?);
    let conjugator = Conjugator::new()?;
    lexicon.add_verbs(
        "src/language/fr/verbs.tsv",
        table!("verbs.tsv", ["lemma", "class", "frames"])?,
        table!("other_verbs.tsv", ["lemma"])?,
        |infinitive, with| conjugator.each_form(infinitive, with),
    )?;
    lexicon.add_words("src/language/fr/words.tsv", table!("words.tsv", ["word", "classes"])?)?;
    Ok(lexicon)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Classes;

    #[test]
    fn every_table_row_is_read() {
        let lexicon = lexicon().unwrap();
        assert!(lexicon.classes("jeudi").any(Classes::TIME));
    }

    #[test]
    fn reflexive_and_tailed_verbs_are_told_apart() {
        let lexicon = Lexicon::of(Language::French);
        let of = |word: &str| -> Vec<&str> { lexicon.forms(word).iter().map(|f| lexicon.verb(f.verb).lemma).collect() };
        assert!(of("félicité").contains(&"se féliciter"));
        assert!(of("fait").contains(&"faire savoir"));
        assert!(of("dément").contains(&"démentir"));
    }
}
