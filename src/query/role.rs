//! What an entity must be to stand for a parameter.

use super::vocabulary::{ACTOR, CONCEPT, NEWS_MEDIA, PUBLISHER, RELAYED_BY};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef};
use oxigraph::store::{StorageError, Store};
use std::fmt;

/// The part that an entity plays in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Whatever has a name.
    Any,
    /// Somebody who speaks, or could: no concept.
    Actor,
    /// What is spoken of: whatever has a name.
    Topic,
    /// A medium, or whoever publishes or relays.
    Outlet,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "entity",
            Self::Actor => "actor",
            Self::Topic => "topic",
            Self::Outlet => "outlet",
        })
    }
}

impl Role {
    /// Whether the entity can play the part, by what the store says of it. One of which it says nothing can.
    pub(super) fn fits(self, store: &Store, entity: &NamedNode) -> Result<bool, StorageError> {
        let is = |class: NamedNodeRef<'_>| has(store, Some(entity), rdf::TYPE, Some(class));
        let object_of = |predicate| has(store, None, predicate, Some(entity.as_ref()));
        Ok(match self {
            Self::Any | Self::Topic => true,
            Self::Actor => !is(CONCEPT)? || object_of(ACTOR)?,
            Self::Outlet => {
                is(NEWS_MEDIA)?
                    || object_of(PUBLISHER)?
                    || object_of(RELAYED_BY)?
                    || !has(store, Some(entity), rdf::TYPE, None)?
            }
        })
    }
}

fn has(
    store: &Store,
    subject: Option<&NamedNode>,
    predicate: NamedNodeRef<'_>,
    object: Option<NamedNodeRef<'_>>,
) -> Result<bool, StorageError> {
    let subject = subject.map(|subject| subject.as_ref().into());
    let mut quads = store.quads_for_pattern(subject, Some(predicate), object.map(Into::into), None);
    Ok(quads.next().transpose()?.is_some())
}
