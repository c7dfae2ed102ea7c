//! Names that somebody typed: [`Entities::find`].

use super::fold;
use super::transliterate;
use super::{Entities, EntityId};
use rustc_hash::FxHashMap;

/// Index of all names, folded: what is most likely meant comes first.
pub(super) struct Finder {
    names: FxHashMap<String, Vec<(Rank, EntityId)>>,
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
        let mut finder = Self { names: FxHashMap::default() };
        finder.names.reserve(12_000);
        for (id, entity) in entities.iter() {
            for name in entities.names(entity) {
                let rank = match name.listed {
                    false => Rank::Derived,
                    true if *name.text == *entity.fr || name.text == entity.en => Rank::Label,
                    true => Rank::Alias,
                };
                let key = fold::fold(&name.text);
                let bare = fold::without_article(&key);
                if bare != key {
                    finder.add(bare.to_owned(), Rank::Derived, id);
                }
                finder.add(key, rank, id);
            }
        }
        finder.names.values_mut().for_each(|found| found.sort());
        finder
    }

    fn add(&mut self, key: String, rank: Rank, id: EntityId) {
        let found = self.names.entry(key).or_default();
        match found.iter_mut().find(|(_, known)| *known == id) {
            Some(old) => old.0 = old.0.min(rank),
            None => found.push((rank, id)),
        }
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
        let finder = self.finder.get_or_init(|| Finder::build(self));
        let folded = fold::fold(name);
        for key in [folded.as_str(), fold::without_article(&folded)] {
            if let Some(found) = finder.names.get(key) {
                return found.iter().map(|(_, id)| *id).collect();
            }
        }
        self.alike(&transliterate::key(&folded)).iter().map(|alias| alias.entity).collect()
    }
}
