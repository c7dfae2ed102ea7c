//! What a language brings: its tables, and what is particular to its grammar; docs/languages.md lists both.

pub mod en;
pub mod fr;
mod lexicon;
mod phrases;
mod stop_words;
mod tell;

pub use lexicon::{Classes, Form, Frames, Helper, Lexicon, Mood, Verb};
pub(crate) use stop_words::is_stop_word;
pub use tell::{may_have_other, tell, tell_other};

/// The languages whose articles are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    #[default]
    French,
    English,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::French, Self::English];

    /// The language of a tag (BCP 47), if it is read.
    ///
    /// ```
    /// use dixit::language::Language;
    ///
    /// assert_eq!(Language::of("fr-CA"), Some(Language::French));
    /// assert_eq!(Language::of("en"), Some(Language::English));
    /// assert_eq!(Language::of("de"), None);
    /// ```
    pub fn of(tag: &str) -> Option<Self> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// Its tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::French => "fr",
            Self::English => "en",
        }
    }
}

/// Whether texts with this tag (BCP 47) are extracted.
///
/// ```
/// assert!(dixit::language::is_extracted("fr-CA"));
/// assert!(!dixit::language::is_extracted("de"));
/// ```
pub fn is_extracted(tag: &str) -> bool {
    Language::of(tag).is_some()
}
