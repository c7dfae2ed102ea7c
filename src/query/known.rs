//! The names of the entities that are built in, of which a store has only those that its articles name.

use super::language::Bilingual;
use super::names::{KnownName, NameTable, Nature};
use crate::entity::{Entities, Entity, EntityKind};
use crate::graph::Base;

/// The built-in entities, under the base of a store. Their table is read when the first name is looked up.
pub struct KnownEntities<'a> {
    base: &'a Base,
}

impl<'a> KnownEntities<'a> {
    /// The built-in entities as a store with this base calls them.
    pub fn new(base: &'a Base) -> Self {
        Self { base }
    }

    fn known(&self, entity: &Entity) -> KnownName {
        KnownName {
            iri: self.base.entity(&entity.key),
            label: Bilingual { fr: entity.fr.to_string(), en: entity.en.to_string() },
            wikidata: entity.wikidata.clone(),
        }
    }
}

impl NameTable for KnownEntities<'_> {
    fn find(&self, name: &str) -> Vec<KnownName> {
        let entities = Entities::embedded();
        entities.find(name).into_iter().map(|id| self.known(entities.get(id))).collect()
    }

    fn nature(&self, name: &str) -> Option<Nature> {
        let entities = Entities::embedded();
        let first = entities.called(name).first().copied()?;
        Some(match entities.get(first).kind {
            EntityKind::Outlet => Nature::Outlet,
            EntityKind::Concept => Nature::Concept,
            _ => Nature::Other,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_stand_under_the_base_of_the_store() {
        let base: Base = "https://news.example/".parse().unwrap();
        let found = KnownEntities::new(&base).find("Alliance atlantique");
        let nato = &found[0];
        assert_eq!(nato.iri.as_str(), "https://news.example/entity/Q7184");
        assert_eq!((nato.label.fr.as_str(), nato.label.en.as_str()), ("OTAN", "NATO"));
        assert_eq!(nato.wikidata.as_deref(), Some("Q7184"));
    }

    #[test]
    fn an_entity_without_item_is_known_too() {
        let base = Base::default();
        let entities = Entities::embedded();
        let (_, unlinked) = entities.iter().find(|(_, entity)| entity.wikidata.is_none()).unwrap();
        let found = KnownEntities::new(&base).find(&unlinked.key);
        assert_eq!(found[0].iri, base.entity(&unlinked.key));
        assert_eq!(found[0].wikidata, None);
    }
}
