//! Names that somebody typed: [`Entities::find`].

use super::fold;
use super::transliterate;
use super::{Entities, EntityId, EntityKind};
use crate::interner::Interner;

/// Index of all names, folded: what is most likely meant comes first.
pub(super) struct Finder {
    names: Interner,
    /// By name, where its entities begin in `entities`; one more than there are names.
    starts: Vec<u32>,
    entities: Vec<EntityId>,
}

/// How well a name names an entity; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Label,
    Alias,
    Derived,
}

impl Finder {
    fn build(entities: &Entities) -> Self {
        let mut names = Interner::with_capacity(12_000);
        let mut found: Vec<(u32, Rank, EntityId)> = Vec::with_capacity(16_000);
        let mut key = String::new();
        for (id, entity) in entities.iter() {
            for name in entities.names(entity) {
                let rank = match name.listed {
                    false => Rank::Derived,
                    true if *name.text == *entity.fr || name.text == *entity.en => Rank::Label,
                    true => Rank::Alias,
                };
                fold::fold_into(&name.text, &mut key);
                let bare = fold::without_article(&key);
                if bare.len() < key.len() {
                    found.push((names.number(bare), Rank::Derived, id));
                }
                found.push((names.number(&key), rank, id));
            }
        }
        found.sort_unstable();
        let mut finder = Self { names, starts: Vec::with_capacity(12_000), entities: Vec::with_capacity(16_000) };
        for list in found.chunk_by(|one, next| one.0 == next.0) {
            let start = finder.entities.len();
            finder.starts.push(start as u32);
            for (_, _, id) in list {
                // The best rank of an entity comes first.
                if !finder.entities[start..].contains(id) {
                    finder.entities.push(*id);
                }
            }
        }
        finder.starts.push(finder.entities.len() as u32);
        finder
    }

    fn get(&self, name: &str) -> Option<&[EntityId]> {
        let number = self.names.get(name)? as usize;
        Some(&self.entities[self.starts[number] as usize..self.starts[number + 1] as usize])
    }
}

impl Entities {
    /// The entities that a name may mean: a key, or a name in any language, best first.
    ///
    /// Case, accents, apostrophes, hyphens and a leading article do not count. Names that only sound alike
    /// ("Zelenskiy") are tried when nothing else fits. Empty when the name is unknown.
    pub fn find(&self, name: &str) -> Vec<EntityId> {
        if let Some(id) = self.by_key(name.trim()) {
            return vec![id];
        }
        let folded = fold::fold(name);
        if let Some(found) = self.of_name(&folded) {
            return found.to_vec();
        }
        self.alike(&transliterate::key(&folded)).iter().map(|alias| alias.entity).collect()
    }

    /// The same, but for names that only sound alike.
    pub fn called(&self, name: &str) -> &[EntityId] {
        self.of_name(&fold::fold(name)).unwrap_or_default()
    }

    /// The person who has that very name, if there is one.
    pub(crate) fn person_named(&self, name: &str) -> Option<EntityId> {
        let mut persons =
            self.of_name(&fold::fold(name))?.iter().filter(|id| self.get(**id).kind == EntityKind::Person);
        persons.next().copied().filter(|_| persons.next().is_none())
    }

    /// The entities of a folded name, with or without its article.
    fn of_name(&self, folded: &str) -> Option<&[EntityId]> {
        let finder = self.finder.get_or_init(|| Finder::build(self));
        [folded, fold::without_article(folded)].into_iter().find_map(|key| finder.get(key))
    }
}
