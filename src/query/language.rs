//! The languages in which labels, heads and questions are shown.

use std::fmt;
use std::str::FromStr;

/// French or English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// French.
    Fr,
    /// English.
    En,
}

impl Language {
    /// Both, French first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// Its language tag (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// What it is called in a language.
    pub fn name(self, language: Self) -> &'static str {
        match (self, language) {
            (Self::Fr, Self::Fr) => "français",
            (Self::Fr, Self::En) => "French",
            (Self::En, Self::Fr) => "anglais",
            (Self::En, Self::En) => "English",
        }
    }

    /// The language of the environment, by the order of POSIX: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is
    /// set decides. English unless it is French.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()));
        match locale {
            Some(locale) if locale.starts_with("fr") => Self::Fr,
            _ => Self::En,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|language| language.tag() == text).ok_or_else(|| "write `fr` or `en`".to_owned())
    }
}

/// The same words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bilingual {
    pub fr: String,
    pub en: String,
}

impl Bilingual {
    /// The words in `language`.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }

    /// Says in both languages what is said in one only.
    pub fn fill(&mut self) {
        if self.fr.is_empty() {
            self.fr.clone_from(&self.en);
        }
        if self.en.is_empty() {
            self.en.clone_from(&self.fr);
        }
    }

    /// The words in `language`, to be set.
    pub fn get_mut(&mut self, language: Language) -> &mut String {
        match language {
            Language::Fr => &mut self.fr,
            Language::En => &mut self.en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_locale_that_is_set_decides() {
        let from = |pairs: &'static [(&str, &str)]| {
            Language::from_environment(|name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(from(&[("LANG", "fr_FR.UTF-8")]), Language::Fr);
        assert_eq!(from(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]), Language::En);
        assert_eq!(from(&[("LC_ALL", ""), ("LANG", "fr_CA")]), Language::Fr);
        assert_eq!(from(&[]), Language::En);
    }
}
