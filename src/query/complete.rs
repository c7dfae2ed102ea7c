//! Names that begin as somebody typed.

use super::fold;
use super::language::Language;
use super::name_index::NameIndex;
use super::names::Role;
use super::vocabulary::{ALT_LABEL, OWN_TERMS};
use crate::entity::{Entities, EntityKind};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store};
use std::collections::BTreeSet;
use std::time::Instant;

/// The names of built-in entities that can play the part and begin so: the first `most` of them, each entity by one name.
/// Case and accents do not count.
pub fn known_names_beginning(beginning: &str, role: Role, language: Language, most: usize) -> Vec<String> {
    let key = fold::fold(beginning);
    let mut found = BTreeSet::new();
    for (_, entity) in Entities::embedded().iter().filter(|(_, entity)| can_be(role, entity.kind)) {
        let (fr, en) = (&*entity.fr, &*entity.en);
        let labels = if language == Language::Fr { [fr, en] } else { [en, fr] };
        let mut names = labels.into_iter().chain(entity.aliases.iter().map(String::as_str));
        found.extend(names.find(|name| begins(name, &key)).map(str::to_owned));
    }
    found.into_iter().take(most).collect()
}

fn can_be(role: Role, kind: EntityKind) -> bool {
    match role {
        Role::Any | Role::Topic => true,
        Role::Actor => kind != EntityKind::Concept,
        Role::Outlet => kind == EntityKind::Outlet,
    }
}

/// The same among the names of a store, as far as they are read until `deadline`.
///
/// # Errors
/// When the store cannot be read.
pub fn stored_names_beginning(
    store: &Store,
    beginning: &str,
    role: Role,
    most: usize,
    deadline: Instant,
) -> Result<Vec<String>, StorageError> {
    let key = fold::fold(beginning);
    let mut found = BTreeSet::new();
    for predicate in [rdfs::LABEL, ALT_LABEL] {
        for quad in store.quads_for_pattern(None, Some(predicate), None, None) {
            if found.len() == most || Instant::now() > deadline {
                break;
            }
            if let Quad { subject: NamedOrBlankNode::NamedNode(entity), object: Term::Literal(name), .. } = quad?
                && begins(name.value(), &key)
                && is_meant(store, &entity, role)?
            {
                found.insert(name.value().to_owned());
            }
        }
    }
    Ok(found.into_iter().collect())
}

/// The same among names that are in memory.
///
/// # Errors
/// When the store cannot be read.
pub fn kept_names_beginning(
    store: &Store,
    names: &NameIndex,
    beginning: &str,
    role: Role,
    most: usize,
    deadline: Instant,
) -> Result<Vec<String>, StorageError> {
    let key = fold::fold(beginning);
    let mut found = BTreeSet::new();
    for iri in names.beginning(beginning) {
        if found.len() >= most || Instant::now() > deadline {
            break;
        }
        let entity = NamedNode::new_unchecked(iri);
        if !is_meant(store, &entity, role)? {
            continue;
        }
        for predicate in [rdfs::LABEL, ALT_LABEL] {
            for quad in store.quads_for_pattern(Some((&entity).into()), Some(predicate), None, None) {
                if let Term::Literal(name) = quad?.object
                    && begins(name.value(), &key)
                {
                    found.insert(name.destruct().0);
                }
            }
        }
    }
    Ok(found.into_iter().take(most).collect())
}

fn is_meant(store: &Store, entity: &NamedNode, role: Role) -> Result<bool, StorageError> {
    Ok(!entity.as_str().starts_with(OWN_TERMS) && role.fits(store, entity)?)
}

fn begins(name: &str, key: &str) -> bool {
    // Most names are told apart by their first letter, which costs less than folding them.
    let differs = |first: char, other: char| first.is_ascii() && !first.to_lowercase().eq(other.to_lowercase());
    match (name.chars().next(), key.chars().next()) {
        (Some(first), Some(other)) if differs(first, other) => false,
        _ => fold::fold(name).starts_with(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_completed_for_their_part() {
        let names = |beginning: &str, role| known_names_beginning(beginning, role, Language::En, 5);
        assert_eq!(names("volodymyr zel", Role::Actor), ["Volodymyr Zelenskyy"]);
        assert!(names("Le Mond", Role::Outlet).contains(&"Le Monde".to_owned()));
        assert!(names("volodymyr", Role::Outlet).is_empty());
        assert_eq!(names("", Role::Topic).len(), 5);
    }
}
