//! What a language brings: its tables, and what is particular to its grammar.

pub mod fr;
mod stop_words;
mod tell;

pub(crate) use stop_words::is_stop_word;
pub use tell::tell;

/// Whether texts with this tag (BCP 47) are extracted.
///
/// ```
/// assert!(dixit::language::is_extracted("fr-CA"));
/// assert!(!dixit::language::is_extracted("en"));
/// ```
pub fn is_extracted(tag: &str) -> bool {
    tag.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("fr"))
}
