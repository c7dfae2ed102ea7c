//! Links: how sure it is that a name in an article means an entity, and why.
//!
//! What the article tells of a name ([`Setting`]) is held against what is known of an entity. Each [`Sign`] that is found
//! speaks for or against it with the points of `signs.tsv`; their sum, on the logistic scale, is the score. What does not
//! reach [`LINKED`], or is hardly ahead of somebody else of that name, is no link: the name stays as the article gives it,
//! and those whom it may mean are kept as candidates.

mod scope;
mod sign;
mod walk;
mod weigh;

pub use scope::Scope;
pub use sign::Sign;
pub use walk::Profile;

use super::{EntityId, EntityKind, Gender};
use crate::date::PartialDate;
use rustc_hash::FxHashSet;
use std::fmt;
use std::sync::Arc;

/// A name that scores less is not linked.
pub const LINKED: f32 = 0.5;

/// A link that scores less is doubtful: somebody should look at it.
pub const DOUBTFUL: f32 = 0.7;

/// Who scores nearly as much as the best is a rival, and the name is not linked.
const MARGIN: f32 = 0.2;

/// What scores less is not worth naming as a candidate.
const LIKELY: f32 = 0.1;

/// Most candidates that a link keeps.
const MOST_CANDIDATES: usize = 5;

/// How the words of an article lead to an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// By a name.
    Name,
    /// By a surname or given name.
    PartOfName,
    /// By the office that was held on the day.
    Office,
    /// By the name of a place that stands for its authorities.
    Place,
}

impl Method {
    /// In words, for those who read.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::PartOfName => "part of name",
            Self::Office => "office",
            Self::Place => "place",
        }
    }
}

/// Where a name of an article leads, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The fullest name that the article gives, or the words of an office.
    pub name: Arc<str>,
    pub method: Method,
    /// The entity, if one is likely enough.
    pub entity: Option<EntityId>,
    /// How likely the link is right, from 0 to 1; of no link that of the best candidate, or 0.
    pub score: f32,
    /// What speaks for and against the entity, or the best candidate.
    pub evidence: Vec<Evidence>,
    /// Who else it may be, with their scores, the likeliest first.
    pub candidates: Vec<(EntityId, f32)>,
    /// How far the name means the same one where it leads to no entity.
    pub scope: Scope,
}

/// A sign that was found, with its weight and the words in which it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub sign: Sign,
    pub points: f32,
    /// Empty where the sign says all.
    pub detail: String,
}

impl fmt::Display for Evidence {
    /// "held the role on the day: ministre de la Défense (+2)".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sign.says())?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        write!(f, " ({:+})", (self.points * 10.0).round() / 10.0)
    }
}

/// A role that an article gives to somebody.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// Masculine singular, as the table of roles has it.
    pub lemma: &'a str,
    /// Class of that table.
    pub class: &'a str,
    /// "ancien", "futur".
    pub not_now: bool,
    /// The country that its words name.
    pub country: Option<EntityId>,
}

/// What an article tells of somebody whom it names.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The fullest name.
    pub name: &'a str,
    pub method: Method,
    /// What the words show the bearer to be; a person is no place, whatever its name.
    pub kind: EntityKind,
    pub gender: Option<Gender>,
    pub roles: &'a [Told<'a>],
    /// When it was published.
    pub on: Option<PartialDate>,
    /// What else it names for certain.
    pub company: &'a FxHashSet<EntityId>,
}

/// How likely something is whose signs have that many points.
fn score(points: f32) -> f32 {
    1.0 / (1.0 + (-points).exp())
}

#[cfg(test)]
mod tests;
