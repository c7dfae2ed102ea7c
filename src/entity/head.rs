//! Nouns that stand alone for a body with a name of several words: "l'alliance" for the "Alliance atlantique".

use super::{Entities, EntityId, EntityKind};
use rustc_hash::FxHashMap;

/// Organisations and concepts by the first words of their names.
pub(super) type Heads = FxHashMap<Box<str>, Vec<EntityId>>;

fn build(entities: &Entities) -> Heads {
    let mut heads = Heads::default();
    let bodies = entities.iter().filter(|(_, e)| matches!(e.kind, EntityKind::Organisation | EntityKind::Concept));
    for (id, entity) in bodies {
        for name in entity.aliases.iter().map(String::as_str).chain([&*entity.fr]) {
            let mut words = name.split([' ', '\'', '’']);
            let head = words.next().unwrap_or_default().to_lowercase();
            if words.next().is_some() {
                let headed = heads.entry(head.into()).or_default();
                if headed.last() != Some(&id) {
                    headed.push(id);
                }
            }
        }
    }
    heads
}

impl Entities {
    /// The organisations and concepts of which some name of several words begins with `noun`, which is in small letters.
    pub fn headed_by(&self, noun: &str) -> &[EntityId] {
        self.heads.get_or_init(|| build(self)).get(noun).map_or(&[], Vec::as_slice)
    }
}
