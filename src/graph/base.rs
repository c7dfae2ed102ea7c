//! The IRIs of the data: everything that we describe stands under one base.

use oxigraph::model::NamedNode;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The IRI under which all data of a store stands, for example `https://data.dixit.example/`.
///
/// ```
/// use dixit::graph::Base;
///
/// let base: Base = "https://news.example/".parse().unwrap();
/// assert_eq!(base.entity("Q7184").as_str(), "https://news.example/entity/Q7184");
/// assert!("news.example".parse::<Base>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

/// What was wrong with a base IRI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no base for the data: write an absolute IRI that ends in `/`, such as {}",
    Base::DEFAULT
)]
pub struct BaseError {
    text: String,
}

impl Base {
    /// The base of a store for which nobody chose another.
    pub const DEFAULT: &str = "https://data.dixit.example/";

    /// The base as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The entity with this key.
    pub fn entity(&self, key: &str) -> NamedNode {
        self.iri(&format!("entity/{key}"))
    }

    /// The article with this address: its IRI holds the first 64 bits of the address's SHA-256.
    pub fn article(&self, address: &str) -> NamedNode {
        self.iri(&format!("article/{}", &sha256(address)[..16]))
    }

    /// The named graph in which known entities are described.
    pub fn entities_graph(&self) -> NamedNode {
        self.iri("graph/entities")
    }

    /// The extraction by this version of the program.
    pub fn activity(&self, version: &str) -> NamedNode {
        self.iri(&format!("activity/extraction-{version}"))
    }

    /// This version of the program.
    pub fn agent(&self, version: &str) -> NamedNode {
        self.iri(&format!("agent/dixit-{version}"))
    }

    fn iri(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.0))
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

impl FromStr for Base {
    type Err = BaseError;

    /// Takes an absolute IRI that ends in `/` and has neither query nor fragment.
    fn from_str(text: &str) -> Result<Self, BaseError> {
        let fits =
            text.ends_with('/') && !text.contains(['?', '#']) && NamedNode::new(text).is_ok();
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(BaseError {
                text: text.to_owned(),
            })
        }
    }
}

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The SHA-256 of a text, in 64 hexadecimal digits.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The last part of a local IRI: a name without accents, in small letters, with `-` between its words.
///
/// Letters of any script are kept, as IRIs allow them. A name without a letter or digit gives the
/// beginning of its SHA-256.
pub fn slug(name: &str) -> String {
    let letters = name
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c));
    let spaced: String = letters
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    if words.is_empty() {
        sha256(name)[..16].to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_slug_has_neither_accents_nor_capitals_nor_marks() {
        for (name, expected) in [
            ("Élodie Kerhoët", "elodie-kerhoet"),
            ("L'Écho du Vallon", "l-echo-du-vallon"),
            ("  « Ligue A »  ", "ligue-a"),
            ("Олена Зоря", "олена-зоря"),
        ] {
            assert_eq!(slug(name), expected);
        }
        assert_eq!(slug("…").len(), 16);
        assert_ne!(slug("…"), slug("!"));
    }

    #[test]
    fn a_base_is_absolute_and_ends_in_a_slash() {
        assert_eq!(
            "https://x.example/a/".parse::<Base>().unwrap().as_str(),
            "https://x.example/a/"
        );
        for text in [
            "",
            "/",
            "x.example/",
            "https://x.example",
            "https://x.example/#",
            "https://x.example/?a=/",
            "https://x y/",
        ] {
            assert!(text.parse::<Base>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_name_gives_a_valid_iri(name in any::<String>()) {
            prop_assert!(NamedNode::new(Base::default().entity(&slug(&name)).as_str()).is_ok());
        }
    }
}
