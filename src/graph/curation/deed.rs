//! What a person puts right: a statement is corrected, two things are one, a name is not somebody's, a thing is called
//! otherwise.

use super::anchor::Anchor;
use crate::date::Interval;
use crate::extract::Kind;
use crate::graph::base::{Base, sha256};
use crate::graph::clock;
use jiff::{Timestamp, Unit};
use oxigraph::model::NamedNode;
use std::time::Duration;

/// Something that was put right, who did it and when. It stays in the store when it is undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The last part of its IRI: 16 hexadecimal digits that follow from all but `undone`.
    pub id: String,
    pub what: What,
    pub by: String,
    /// To the millisecond. No two deeds of a store have the same time, so that the later one is known.
    pub at: Timestamp,
    /// Why, in words.
    pub note: Option<String>,
    pub undone: Option<Undone>,
}

/// Who undid a deed, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    pub by: String,
    pub at: Timestamp,
}

/// The sorts of deeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Correction(Box<Correction>),
    Merge(Merge),
    Rejection(Rejection),
    Renaming(Renaming),
}

/// What is said of a statement is not right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The article in which it stands; several, if the article took the place of a copy of itself.
    pub articles: Vec<NamedNode>,
    /// The statement as it was called then. When the article changes it may have another name.
    pub statement: NamedNode,
    /// By which it is found again.
    pub anchor: Anchor,
    pub change: Amendment,
}

/// What takes the place of what the program found. What is absent stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Amendment {
    pub actors: Vec<NamedNode>,
    pub date: Option<Interval>,
    pub kind: Option<Kind>,
    /// Nobody said so: the statement is taken out.
    pub rejected: bool,
}

impl Amendment {
    /// Whether it would change nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Two IRIs mean the same thing: one is kept and takes the place of the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merge {
    pub merged: NamedNode,
    pub kept: NamedNode,
}

/// A name is not that of an actor: where it led there, or might have led there, it does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    pub actor: NamedNode,
    /// As articles have it; whatever leads to the same local entity is the same name. `None` is any name.
    pub name: Option<String>,
    /// The only articles in which it holds; none is all. Several, if the article took the place of a copy of itself.
    pub articles: Vec<NamedNode>,
}

/// A thing is called otherwise: its name is this one, and those that it had are other names of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renaming {
    pub thing: NamedNode,
    pub name: String,
}

impl Deed {
    /// A deed of this moment, or of the moment after the last one if the clock has not gone on.
    pub fn now(what: What, by: &str, note: Option<&str>, last: Option<Timestamp>, base: &Base) -> Self {
        let mut deed = Self {
            id: String::new(),
            what,
            by: by.to_owned(),
            at: after(last),
            note: note.map(str::to_owned),
            undone: None,
        };
        deed.id = deed.digest(base);
        deed
    }

    /// Whether it counts: it was not undone.
    pub fn stands(&self) -> bool {
        self.undone.is_none()
    }

    /// The ID that follows from the content and the time. Where the data stands does not count, so that stores with
    /// different bases can share it.
    pub(super) fn digest(&self, base: &Base) -> String {
        sha256(super::tsv::content(self, base).join("\t"))[..16].to_owned()
    }

    /// Whether the two are the same deed, in whatever articles it holds and whether it was undone or not.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let what = match (&self.what, &other.what) {
            (What::Correction(one), What::Correction(other)) => {
                (&one.statement, &one.anchor, &one.change) == (&other.statement, &other.anchor, &other.change)
            }
            (What::Rejection(one), What::Rejection(other)) => (&one.actor, &one.name) == (&other.actor, &other.name),
            (one, other) => one == other,
        };
        what && (&self.id, &self.by, self.at, &self.note) == (&other.id, &other.by, other.at, &other.note)
    }

    /// The things that it names.
    pub(super) fn things(&self) -> impl Iterator<Item = &NamedNode> {
        let (several, one, other) = match &self.what {
            What::Correction(correction) => (&correction.change.actors[..], None, None),
            What::Merge(merge) => (&[][..], Some(&merge.kept), Some(&merge.merged)),
            What::Rejection(rejection) => (&[][..], Some(&rejection.actor), None),
            What::Renaming(renaming) => (&[][..], Some(&renaming.thing), None),
        };
        several.iter().chain(one).chain(other)
    }

    /// When something was last done about it.
    pub(super) fn last(&self) -> Timestamp {
        self.undone.as_ref().map_or(self.at, |undone| undone.at)
    }

    /// What is the order of deeds: the older first.
    pub(super) fn order(&self) -> (Timestamp, &str) {
        (self.at, &self.id)
    }
}

/// Now, in whole milliseconds, but later than `last`.
pub(super) fn after(last: Option<Timestamp>) -> Timestamp {
    let now = clock::now();
    let now = now.round(Unit::Millisecond).unwrap_or(now);
    match last {
        Some(last) if now <= last => last + Duration::from_millis(1),
        _ => now,
    }
}
