//! The things that statements name: actors, outlets and topics, and what the graph says of them.
//!
//! Entities are described in their shared graph, those of the table and local ones: many articles name
//! the same, and a description that stood once for each article would multiply the rows of every query
//! that asks for a name. An unnamed source, a document or a person whom an article names in part is described in the graph
//! of its article.

use super::base::{Base, local_key, scoped_key};
use super::describe::{Description, actor_classes, plain};
use super::vocabulary::{WIKIDATA, dixit, schema, skos};
use crate::article::Article;
use crate::entity::link::{Link, Scope};
use crate::entity::{Entities, EntityId, EntityKind, Gender};
use crate::extract::{Actor, ActorKind, Named};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};

/// The class of a local outlet.
const OUTLET: &[NamedNodeRef<'_>] = &[schema::NEWS_MEDIA_ORGANIZATION];

/// An entity of the table as the graph describes it, with those to which its description leads.
pub(super) fn describe_entity(id: EntityId, entities: &Entities, base: &Base) -> Vec<Quad> {
    let nothing = Article::from_text("", "");
    let mut description = Description::new(&nothing, entities, base);
    description.entity(id);
    description.quads
}

impl Description<'_> {
    /// Who spoke. Unnamed sources and documents belong to their article and are never shared, nor are persons whom it names
    /// in part.
    pub(super) fn actor(&mut self, actor: &Actor) -> NamedNode {
        if let Some(id) = actor.entity {
            return self.entity(id);
        }
        let classes = actor_classes(actor.kind);
        match actor.kind {
            ActorKind::Unnamed | ActorKind::Document => {
                let iri = self.part(&format!("/actor/{}", local_key(&actor.name)));
                self.named(&self.iri.clone(), iri, &actor.name, classes)
            }
            _ => self.local(&actor.name, actor.link.as_deref(), classes),
        }
    }

    /// An outlet that relayed a statement.
    pub(super) fn outlet(&mut self, outlet: &Named) -> NamedNode {
        match outlet.entity {
            Some(id) => self.entity(id),
            None => self.local(&outlet.name, None, OUTLET),
        }
    }

    /// The outlet that published the article: by its site first, for several outlets share a name.
    pub(super) fn publisher(&mut self, article: &Article) -> Option<NamedNode> {
        let entities = self.entities;
        let names = [article.url.as_deref(), article.outlet.as_deref()];
        match names.into_iter().flatten().find_map(|name| entities.outlet(name)) {
            Some(id) => Some(self.entity(id)),
            None => article.outlet.as_deref().map(|name| self.local(name, None, OUTLET)),
        }
    }

    /// A topic, and all that is broader.
    pub(super) fn topic(&mut self, topic: &Named) -> Vec<NamedNode> {
        let Some(id) = topic.entity else {
            return vec![self.local(&topic.name, topic.link.as_deref(), &[skos::CONCEPT])];
        };
        let mut topics = vec![id];
        let mut next = 0;
        while let Some(&id) = topics.get(next) {
            for &broader in &self.entities.get(id).broader {
                if !topics.contains(&broader) {
                    topics.push(broader);
                }
            }
            next += 1;
        }
        topics.into_iter().map(|id| self.entity(id)).collect()
    }

    /// An entity of the table. Describes it, and the entities to which its description leads.
    pub(super) fn entity(&mut self, id: EntityId) -> NamedNode {
        let entities = self.entities;
        let entity = entities.get(id);
        let iri = self.base.entity(&entity.key);
        if !self.described.insert(iri.clone()) {
            return iri;
        }
        let graph = self.entities_graph.clone();
        self.add_in(&graph, &iri, rdf::TYPE, entity_class(entity.kind));
        for (name, language) in [(&*entity.fr, "fr"), (&*entity.en, "en")] {
            if !name.is_empty() {
                let label = Literal::new_language_tagged_literal_unchecked(name, language);
                self.add_in(&graph, &iri, rdfs::LABEL, label);
            }
        }
        for alias in &entity.aliases {
            self.add_in(&graph, &iri, skos::ALT_LABEL, plain(alias));
        }
        if let Some(item) = &entity.wikidata {
            let item = NamedNode::new_unchecked(format!("{WIKIDATA}{item}"));
            self.add_in(&graph, &iri, schema::SAME_AS, item);
        }
        if let (EntityKind::Person, Some(gender)) = (entity.kind, entity.gender) {
            let gender = match gender {
                Gender::Feminine => schema::FEMALE,
                Gender::Masculine => schema::MALE,
            };
            self.add_in(&graph, &iri, schema::GENDER, gender);
        }
        for &broader in &entity.broader {
            let broader = self.entity(broader);
            self.add_in(&graph, &iri, skos::BROADER, broader);
        }
        if let (EntityKind::Authority, Some(country)) = (entity.kind, entity.country) {
            let country = self.entity(country);
            self.add_in(&graph, &iri, dixit::AUTHORITY_OF, country);
        }
        iri
    }

    /// What the table does not know, under the name that the article gives it; `link` tells how far that name means the same.
    fn local(&mut self, name: &str, link: Option<&Link>, classes: &[NamedNodeRef<'_>]) -> NamedNode {
        let scope = link.map_or(&Scope::Everywhere, |link| &link.scope);
        let iri = self.base.local_in(&self.iri, &scoped_key(name, scope, self.entities));
        match scope {
            // Only persons belong to an article, whatever they are there.
            Scope::Article => self.named(&self.iri.clone(), iri, name, actor_classes(ActorKind::Person)),
            _ => self.named(&self.entities_graph.clone(), iri, name, classes),
        }
    }

    /// A thing of which only its name and its classes are known.
    fn named(&mut self, graph: &NamedNode, iri: NamedNode, name: &str, classes: &[NamedNodeRef<'_>]) -> NamedNode {
        for &class in classes {
            self.add_in(graph, &iri, rdf::TYPE, class);
        }
        let label = self.tagged(name);
        self.add_in(graph, &iri, rdfs::LABEL, label);
        iri
    }
}

pub(super) fn entity_class(kind: EntityKind) -> NamedNodeRef<'static> {
    match kind {
        EntityKind::Person => schema::PERSON,
        EntityKind::Organisation => schema::ORGANIZATION,
        EntityKind::Outlet => schema::NEWS_MEDIA_ORGANIZATION,
        EntityKind::Place => schema::PLACE,
        EntityKind::Country => schema::COUNTRY,
        EntityKind::Concept => skos::CONCEPT,
        EntityKind::Authority => dixit::AUTHORITY,
    }
}
