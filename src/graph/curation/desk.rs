//! Where deeds come into the store, and are undone: each call is one change, whole or not at all.

use super::CurationError;
use super::curate::statements;
use super::deed::{Amendment, Correction, Deed, Merge, Undone, What, after};
use super::deeds::{Deeds, named};
use super::patch::Patch;
use super::record;
use super::settle::read_graph;
use crate::entity::Entities;
use crate::entity::link::Scope;
use crate::extract::ActorKind;
use crate::graph::base::{is_below, scoped_key};
use crate::graph::change::ChangeOfArticles;
use crate::graph::describe::{actor_classes, language_tag, tagged};
use crate::graph::store::Store;
use crate::graph::transaction::Transaction;
use crate::graph::vocabulary::{dixit, schema};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::store::StorageError;
use rustc_hash::FxHashSet;

/// Who puts something right, and why.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'a> {
    pub by: &'a str,
    pub note: Option<&'a str>,
}

/// An actor that a person names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Something that the store or the table of entities knows.
    Known(NamedNode),
    /// Somebody of whom neither knows.
    New { name: String, kind: ActorKind },
}

/// Classes of things that are never the same as one of another row. What has none of them may be anything.
const SORTS: [&[NamedNodeRef<'_>]; 4] = [
    &[schema::PERSON],
    &[schema::ORGANIZATION, schema::NEWS_MEDIA_ORGANIZATION, dixit::AUTHORITY],
    &[schema::PLACE, schema::COUNTRY],
    &[dixit::DOCUMENT, schema::CREATIVE_WORK],
];

impl Store {
    /// Corrects a statement: [`Store::find_statement`] leads to it.
    ///
    /// # Errors
    /// The statement is gone, an actor is nobody, or the store cannot be read.
    pub fn correct(
        &self,
        statement: &NamedNode,
        actors: &[Who],
        mut change: Amendment,
        signature: Signature<'_>,
        entities: &Entities,
    ) -> Result<Vec<Deed>, CurationError> {
        let article = self.article_of(statement)?;
        let mut desk = Desk::open(self, entities)?;
        let found = desk.found(&article)?;
        let anchor = statements(&found).into_iter().find(|standing| standing.iri == *statement);
        let anchor = anchor.ok_or_else(|| CurationError::NoStatement(self.base().relative(statement).to_owned()))?;
        for actor in actors {
            let actor = desk.actor(actor, &article)?;
            change.actors.push(actor);
        }
        change.actors.sort();
        change.actors.dedup();
        let correction =
            Correction { articles: vec![article], statement: statement.clone(), anchor: anchor.anchor, change };
        desk.sign(vec![What::Correction(Box::new(correction))], signature)
    }

    /// Puts one thing in the place of others, in all articles and in those to come. With `force` also where they are things
    /// of different sorts.
    ///
    /// # Errors
    /// Two are the same already or cannot be the same, or the store cannot be read: none is merged.
    pub fn merge(
        &self,
        kept: &NamedNode,
        others: &[NamedNode],
        force: bool,
        signature: Signature<'_>,
        entities: &Entities,
    ) -> Result<Vec<Deed>, CurationError> {
        let mut desk = Desk::open(self, entities)?;
        desk.change.know(kept, entities)?;
        if !desk.has_name(kept)? {
            return Err(CurationError::NotShared(self.base().relative(kept).to_owned()));
        }
        let mut what = Vec::new();
        for merged in others {
            desk.change.know(merged, entities)?;
            desk.check_sorts(kept, merged, force)?;
            what.push(What::Merge(Merge { merged: merged.clone(), kept: kept.clone() }));
        }
        desk.sign(what, signature)
    }

    /// Undoes deeds, by their IDs or the first digits of them. They stay in the store as undone.
    ///
    /// # Errors
    /// There is no such deed, it is undone already, or the store cannot be read: none is undone.
    pub fn undo(&self, ids: &[String], by: &str, entities: &Entities) -> Result<Vec<Deed>, CurationError> {
        let mut desk = Desk::open(self, entities)?;
        let deeds = desk.deeds().all()?;
        let last = deeds.iter().map(Deed::last).max();
        let mut undone: Vec<Deed> = Vec::new();
        for id in ids {
            let found: Vec<_> =
                deeds.iter().filter(|deed| !id.is_empty() && deed.id.starts_with(id.as_str())).collect();
            let deed = match found[..] {
                [] => return Err(CurationError::NoDeed(id.clone())),
                [deed] => deed,
                _ => return Err(CurationError::SeveralDeeds(id.clone())),
            };
            if let Some(Undone { by, at }) = &deed.undone {
                return Err(CurationError::Undone { id: deed.id.clone(), by: by.clone(), at: *at });
            }
            if undone.iter().all(|other| other.id != deed.id) {
                undone.push(Deed { undone: Some(Undone { by: by.to_owned(), at: after(last) }), ..deed.clone() });
            }
        }
        for deed in &undone {
            desk.write(deed);
        }
        desk.settle(&undone)?;
        Ok(undone)
    }

    /// The article of a statement, which must be in the store like the statement.
    pub(super) fn article_of(&self, statement: &NamedNode) -> Result<NamedNode, CurationError> {
        let article = statement.as_str().split_once("/statement/").map(|(article, _)| article);
        let article = article.ok_or_else(|| CurationError::NotAStatement(statement.as_str().to_owned()))?;
        Ok(NamedNode::new_unchecked(article))
    }
}

/// A change of the curation graph and of what follows from it.
pub(super) struct Desk<'a> {
    pub change: ChangeOfArticles<'a>,
    pub entities: &'a Entities,
    graph: NamedNode,
}

impl<'a> Desk<'a> {
    pub fn open(store: &'a Store, entities: &'a Entities) -> Result<Self, StorageError> {
        let change = ChangeOfArticles::begin(store.query_store(), store.base())?;
        Ok(Self { change, entities, graph: store.base().curation_graph() })
    }

    pub fn deeds(&self) -> Deeds<'_, Transaction<'a>> {
        Deeds::new(&self.change.transaction, self.change.base)
    }

    /// What the program found in an article, without what people made of it.
    fn found(&self, article: &NamedNode) -> Result<FxHashSet<Quad>, StorageError> {
        let mut found = read_graph(&self.change.transaction, article)?;
        Patch::read(&found, article).take_back(&mut found);
        Ok(found)
    }

    /// An actor's IRI. Whoever is new is described.
    fn actor(&mut self, who: &Who, article: &NamedNode) -> Result<NamedNode, CurationError> {
        let base = self.change.base;
        match who {
            Who::Known(actor) => {
                if base.key(actor).is_none() && !is_below(actor, article) {
                    return Err(CurationError::NotShared(base.relative(actor).to_owned()));
                }
                self.change.know(actor, self.entities)?;
                Ok(actor.clone())
            }
            Who::New { name, .. } if name.trim().is_empty() => Err(CurationError::Unknown("nobody".to_owned())),
            Who::New { name, kind } => {
                let scope = match kind {
                    ActorKind::Unnamed | ActorKind::Document => Scope::Article,
                    ActorKind::Person => Scope::of_name(name),
                    _ => Scope::Everywhere,
                };
                let actor = base.local_in(article, &scoped_key(name, &scope, self.entities));
                let graph = if scope == Scope::Article { self.graph.clone() } else { base.entities_graph() };
                let mut described =
                    self.change.transaction.quads_for_pattern(Some((&actor).into()), Some(rdf::TYPE), None, None);
                if described.next().transpose()?.is_some() {
                    return Err(CurationError::Known { name: name.clone(), iri: base.relative(&actor).to_owned() });
                }
                drop(described);
                let name = tagged(name, self.language(article)?.as_deref());
                let classes = actor_classes(*kind).iter().map(|class| (rdf::TYPE, Term::from(*class)));
                for (predicate, object) in classes.chain([(rdfs::LABEL, name.into())]) {
                    self.change.transaction.insert(&Quad::new(actor.clone(), predicate, object, graph.clone()));
                }
                self.change.know(&actor, self.entities)?;
                Ok(actor)
            }
        }
    }

    /// Refuses to make one of two things that cannot be one, unless by force.
    pub fn check_sorts(&self, kept: &NamedNode, merged: &NamedNode, force: bool) -> Result<(), CurationError> {
        let (own, other) = (self.sorts(kept)?, self.sorts(merged)?);
        if !force && !own.is_empty() && !other.is_empty() && own.is_disjoint(&other) {
            let name = |iri: &NamedNode| self.change.base.relative(iri).to_owned();
            return Err(CurationError::Clash { kept: name(kept), merged: name(merged) });
        }
        Ok(())
    }

    /// Whether it is more than a source without a name or a document of one article.
    pub fn has_name(&self, thing: &NamedNode) -> Result<bool, StorageError> {
        if self.change.base.key(thing).is_some() {
            return Ok(true);
        }
        let (class, thing) = (schema::PERSON.into(), Some(thing.into()));
        let mut quads = self.change.transaction.quads_for_pattern(thing, Some(rdf::TYPE), Some(class), None);
        Ok(quads.next().transpose()?.is_some())
    }

    /// The rows of [`SORTS`] to which a thing belongs.
    fn sorts(&self, thing: &NamedNode) -> Result<FxHashSet<usize>, StorageError> {
        let classes = self.change.transaction.quads_for_pattern(Some(thing.into()), Some(rdf::TYPE), None, None);
        let mut sorts = FxHashSet::default();
        for quad in classes {
            let class = named(&quad?.object);
            let row = class.and_then(|class| SORTS.iter().position(|row| row.contains(&class.as_ref())));
            sorts.extend(row);
        }
        Ok(sorts)
    }

    fn language(&self, article: &NamedNode) -> Result<Option<String>, StorageError> {
        let (subject, predicate) = (Some(article.into()), Some(schema::IN_LANGUAGE));
        let mut quads = self.change.transaction.quads_for_pattern(subject, predicate, None, Some(article.into()));
        Ok(match quads.next().transpose()?.map(|quad| quad.object) {
            Some(Term::Literal(tag)) => language_tag(tag.value()),
            _ => None,
        })
    }

    /// Deeds of now, with all that follows from them.
    pub fn sign(mut self, what: Vec<What>, signature: Signature<'_>) -> Result<Vec<Deed>, CurationError> {
        let mut last = self.deeds().all()?.iter().map(Deed::last).max();
        let mut deeds = Vec::new();
        for what in what {
            let deed = Deed::now(what, signature.by, signature.note, last, self.change.base);
            last = Some(deed.at);
            self.write(&deed);
            deeds.push(deed);
        }
        self.settle(&deeds)?;
        Ok(deeds)
    }

    /// Writes a deed, new or undone now.
    pub fn write(&mut self, deed: &Deed) {
        self.change.transaction.extend(&record::describe(deed, self.change.base));
    }

    /// Makes true what follows from deeds that were written or undone, and ends.
    pub fn settle(mut self, touched: &[Deed]) -> Result<(), CurationError> {
        self.change.settle(&touched.iter().collect::<Vec<_>>())?;
        self.change.commit()?;
        Ok(())
    }
}
