//! Whom a name means, and what they are called: an actor is an item of Wikidata, or is not; a thing has another name.

use super::CurationError;
use super::deed::{Deed, Merge, Rejection, Renaming, What};
use super::deeds::{Deeds, named};
use super::desk::{Desk, Signature};
use crate::entity::is_item;
use crate::entity::{Entities, EntityKind};
use crate::graph::base::local_key;
use crate::graph::describe::tagged;
use crate::graph::store::Store;
use crate::graph::things::entity_class;
use crate::graph::vocabulary::{WIKIDATA, dixit, schema};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;
use std::collections::BTreeSet;

/// An item of Wikidata, and what is known of it where the store and the table of entities may know nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// `Q7184`.
    pub id: String,
    /// Its names, each with its language if that is known. If there are none, it is called as the actor is.
    pub names: Vec<(String, Option<String>)>,
    /// What it is; if that is not known, it is what the actor is.
    pub kind: Option<EntityKind>,
}

/// An actor, and the item that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    pub actor: NamedNode,
    pub item: Item,
}

/// Who is not an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom<'a> {
    /// Whoever articles call so.
    Called(&'a str),
    /// An actor without an item, under its name; or the item itself, whatever articles call it.
    Actor(&'a NamedNode),
}

/// Whom people said that names do not mean, with the keys of the names; none for any name.
#[derive(Debug, Clone, Default)]
pub struct Rejections(BTreeSet<(NamedNode, Option<String>)>);

impl Rejections {
    /// Whether the name is not that of the actor.
    pub fn has(&self, actor: &NamedNode, name: &str) -> bool {
        !self.0.is_empty()
            && (self.0.contains(&(actor.clone(), None)) || self.0.contains(&(actor.clone(), Some(local_key(name)))))
    }
}

impl Store {
    /// Says of actors which items they are: these take their place, in all articles and in those to come. With `force` also
    /// where they are things of different sorts.
    ///
    /// # Errors
    /// What is no item, an actor that has one, or an item of another sort: nothing is done.
    pub fn accept(
        &self,
        accepted: &[Accepted],
        force: bool,
        signature: Signature<'_>,
        entities: &Entities,
    ) -> Result<Vec<Deed>, CurationError> {
        let mut desk = Desk::open(self, entities)?;
        let mut what = Vec::new();
        for Accepted { actor, item } in accepted {
            let kept = self.entity_of_item(&item.id)?;
            // A correction says who a source without a name is.
            if !desk.has_name(actor)? {
                return Err(CurationError::NotShared(self.base().relative(actor).to_owned()));
            }
            if let Some(linked) = self.item_of(actor)? {
                let actor = self.base().relative(actor).to_owned();
                return Err(CurationError::Linked { actor, item: linked });
            }
            desk.change.know(actor, entities)?;
            desk.describe_item(&kept, actor, item)?;
            desk.change.know(&kept, entities)?;
            desk.check_sorts(&kept, actor, force)?;
            what.push(What::Merge(Merge { merged: actor.clone(), kept }));
        }
        desk.sign(what, signature)
    }

    /// Says that somebody is none of these items, in all articles and in those to come, or in one alone: names that led there
    /// do so no longer, and the items are candidates no more.
    ///
    /// # Errors
    /// What is no item, a name that leads nowhere near it, or what was said already: nothing is done.
    pub fn reject(
        &self,
        whom: Whom<'_>,
        items: &[String],
        article: Option<&NamedNode>,
        signature: Signature<'_>,
        entities: &Entities,
    ) -> Result<Vec<Deed>, CurationError> {
        let mut desk = Desk::open(self, entities)?;
        let all = desk.deeds().all()?;
        let mut what = Vec::new();
        for item in items {
            let actor = self.entity_of_item(item)?;
            let name = self.rejected_name(whom, &actor)?;
            let rejection = Rejection { actor, name, articles: article.into_iter().cloned().collect() };
            self.check_rejection(&rejection, &all)?;
            // Nobody needs to know who somebody is not.
            match desk.change.know(&rejection.actor, entities) {
                Err(CurationError::Unknown(_)) => {}
                known => known?,
            }
            what.push(What::Rejection(rejection));
        }
        desk.sign(what, signature)
    }

    /// Gives a thing another name. Those that it has still lead to it.
    ///
    /// # Errors
    /// The thing is not known, or of one article alone.
    pub fn rename(
        &self,
        thing: &NamedNode,
        name: &str,
        signature: Signature<'_>,
        entities: &Entities,
    ) -> Result<Deed, CurationError> {
        if self.base().key(thing).is_none() {
            return Err(CurationError::NotShared(self.base().relative(thing).to_owned()));
        }
        let mut desk = Desk::open(self, entities)?;
        desk.change.know(thing, entities)?;
        let what = What::Renaming(Renaming { thing: thing.clone(), name: name.trim().to_owned() });
        Ok(desk.sign(vec![what], signature)?.remove(0))
    }

    /// The entity that has an item: what the store says of it, or else what it would be called.
    ///
    /// # Errors
    /// It is no item.
    pub fn entity_of_item(&self, id: &str) -> Result<NamedNode, CurationError> {
        if !is_item(id) {
            return Err(CurationError::NotAnItem(id.to_owned()));
        }
        let own = self.base().entity(id);
        let item = NamedNode::new_unchecked(format!("{WIKIDATA}{id}"));
        let mut with_item = BTreeSet::new();
        for quad in self.query_store().quads_for_pattern(None, Some(schema::SAME_AS), Some((&item).into()), None) {
            if let NamedOrBlankNode::NamedNode(entity) = quad?.subject {
                with_item.insert(entity);
            }
        }
        Ok(if with_item.contains(&own) { own } else { with_item.into_iter().next().unwrap_or(own) })
    }

    /// The item of an entity: `Q7184`.
    pub fn item_of(&self, entity: &NamedNode) -> Result<Option<String>, StorageError> {
        for quad in self.query_store().quads_for_pattern(Some(entity.into()), Some(schema::SAME_AS), None, None) {
            if let Some(item) = named(&quad?.object)
                && let Some(id) = item.as_str().strip_prefix(WIKIDATA)
            {
                return Ok(Some(id.to_owned()));
            }
        }
        Ok(None)
    }

    /// The names by which articles came to an entity, or might have come to it.
    pub fn names_leading_to(&self, entity: &NamedNode) -> Result<BTreeSet<String>, StorageError> {
        let graph = self.query_store();
        let mut names = BTreeSet::new();
        for predicate in [dixit::LINKED_ACTOR, dixit::LINK_CANDIDATE] {
            for quad in graph.quads_for_pattern(None, Some(predicate), Some(entity.into()), None) {
                let link = quad?.subject;
                for name in graph.quads_for_pattern(Some(link.as_ref()), Some(dixit::LINKED_NAME), None, None) {
                    if let Term::Literal(name) = name?.object {
                        names.insert(name.value().to_owned());
                    }
                }
            }
        }
        Ok(names)
    }

    /// Whom people said that names do not mean, in all articles.
    pub fn rejections(&self) -> Result<Rejections, StorageError> {
        let mut rejections = Rejections::default();
        for deed in Deeds::new(self.query_store(), self.base()).all()?.into_iter().filter(Deed::stands) {
            if let What::Rejection(Rejection { actor, name, articles }) = deed.what
                && articles.is_empty()
            {
                rejections.0.insert((actor, name.map(|name| local_key(&name))));
            }
        }
        Ok(rejections)
    }

    /// The name to which a rejection is bound.
    fn rejected_name(&self, whom: Whom<'_>, item: &NamedNode) -> Result<Option<String>, CurationError> {
        let base = self.base();
        match whom {
            Whom::Actor(actor) if actor == item => Ok(None),
            Whom::Actor(actor) => match self.item_of(actor)? {
                Some(other) => Err(CurationError::Linked { actor: base.relative(actor).to_owned(), item: other }),
                None => Ok(Some(self.own_name(actor)?)),
            },
            Whom::Called(name) => {
                let names = self.names_leading_to(item)?;
                let same = names.iter().find(|used| local_key(used) == local_key(name)).cloned();
                let actor = || base.relative(item).to_owned();
                same.map(Some).ok_or_else(|| CurationError::NotCalled { name: name.to_owned(), actor: actor(), names })
            }
        }
    }

    /// The name by which articles come to an actor that no table knows: what its IRI was made from.
    pub fn own_name(&self, actor: &NamedNode) -> Result<String, StorageError> {
        let mut names = BTreeSet::new();
        for predicate in [rdfs::LABEL, dixit::FORMER_NAME] {
            for quad in self.query_store().quads_for_pattern(Some(actor.into()), Some(predicate), None, None) {
                if let Term::Literal(name) = quad?.object {
                    names.insert(name.value().to_owned());
                }
            }
        }
        // Of "Anne Roy" and "Anne Roy-Petit" the one that tells more of the IRI.
        let fits = names.into_iter().filter(|name| self.base().is_made_from(actor, name));
        let fits = fits.max_by_key(|name| local_key(name).len());
        Ok(fits.unwrap_or_else(|| actor.as_str().rsplit('/').next().unwrap_or_default().to_owned()))
    }

    /// Refuses what was said already, and what would change nothing.
    fn check_rejection(&self, rejection: &Rejection, all: &[Deed]) -> Result<(), CurationError> {
        let base = self.base();
        let key = |name: &Option<String>| name.as_deref().map(local_key);
        for deed in all.iter().filter(|deed| deed.stands()) {
            let (id, by, at) = (deed.id.clone(), deed.by.clone(), deed.at);
            match &deed.what {
                What::Rejection(other)
                    if other.actor == rejection.actor
                        && key(&other.name) == key(&rejection.name)
                        && other.articles == rejection.articles =>
                {
                    return Err(CurationError::RejectedAlready { id, by, at });
                }
                What::Merge(merge)
                    if merge.kept == rejection.actor
                        && base.is_known_in(&merge.merged, &rejection.articles)
                        && Some(local_key(&self.own_name(&merge.merged)?)) == key(&rejection.name) =>
                {
                    let actor = base.relative(&merge.merged).to_owned();
                    return Err(CurationError::MergedByHand { actor, kept: base.relative(&merge.kept).to_owned(), id });
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Desk<'_> {
    /// Says of an item of which neither the table nor the store knows anything what else is known of it.
    fn describe_item(&mut self, entity: &NamedNode, actor: &NamedNode, item: &Item) -> Result<(), StorageError> {
        let base = self.change.base;
        let is_in_table = base.key(entity).is_some_and(|key| self.entities.by_key(key).is_some());
        if is_in_table || self.is_named(entity)? {
            return Ok(());
        }
        let graph = base.entities_graph();
        let mut say = |predicate: NamedNodeRef<'_>, object: Term| {
            self.change.transaction.insert(&Quad::new(entity.clone(), predicate, object, graph.clone()));
        };
        say(schema::SAME_AS, NamedNode::new_unchecked(format!("{WIKIDATA}{}", item.id)).into());
        if let Some(kind) = item.kind {
            say(rdf::TYPE, entity_class(kind).into());
        }
        for (name, language) in &item.names {
            say(rdfs::LABEL, tagged(name, language.as_deref()).into());
        }
        // What is not known of the item is as it is with the actor.
        for quad in self.change.found_of(actor, None)? {
            let is_wanted = match quad.predicate.as_ref() {
                rdf::TYPE => item.kind.is_none(),
                rdfs::LABEL => item.names.is_empty(),
                _ => false,
            };
            if is_wanted {
                self.change.transaction.insert(&Quad {
                    subject: entity.clone().into(),
                    graph_name: graph.clone().into(),
                    ..quad
                });
            }
        }
        Ok(())
    }

    /// Whether the store has a name for it.
    fn is_named(&self, entity: &NamedNode) -> Result<bool, StorageError> {
        let (subject, predicate) = (Some(entity.into()), Some(rdfs::LABEL));
        let mut labels = self.change.transaction.quads_for_pattern(subject, predicate, None, None);
        Ok(labels.next().transpose()?.is_some())
    }
}
