//! Topics: the known entities that a content names, and their broader concepts.

use super::cast::Cast;
use super::reading::Reading;
use super::statement::{Named, Span};
use crate::entity::{EntityId, EntityKind};
use rustc_hash::FxHashMap;

/// What the tokens of an article name.
pub struct Topics {
    /// Where something is named, in text order.
    named: Vec<Mention>,
    names: FxHashMap<EntityId, String>,
    broader: FxHashMap<EntityId, Vec<EntityId>>,
}

/// A naming of a known entity, or of something that only the article names.
struct Mention {
    span: Span,
    entity: Option<EntityId>,
    name: String,
}

impl Topics {
    /// Finds all known entities of the sentences in which `contents` stand: by name, by demonym, and by the noun that
    /// stands for one already named ("l'alliance").
    pub fn new(reading: &Reading, cast: &Cast, contents: impl Iterator<Item = Span>) -> Self {
        let mut topics = Self { named: Vec::new(), names: FxHashMap::default(), broader: FxHashMap::default() };
        let heads = heads(reading);
        let mut asked = vec![false; reading.sentences.len()];
        for content in contents {
            let first = reading.sentences.partition_point(|s| reading.span(s.range.clone()).end <= content.start);
            let last = reading.sentences.partition_point(|s| reading.span(s.range.clone()).start < content.end);
            asked[first.min(last)..last].fill(true);
        }
        for (sentence, _) in reading.sentences.iter().zip(asked).filter(|(_, asked)| *asked) {
            let mut i = sentence.range.start;
            while i < sentence.range.end {
                i = topics.read(reading, cast, &heads, i, sentence.range.end);
            }
        }
        topics
    }

    fn read(
        &mut self,
        reading: &Reading,
        cast: &Cast,
        heads: &FxHashMap<String, EntityId>,
        i: usize,
        limit: usize,
    ) -> usize {
        // "l'Alliance", "la Légion": a capital makes no other thing of it.
        let determined = i > 0 && matches!(reading.lower(i - 1), "l'" | "la" | "le" | "cette" | "cet" | "ce" | "les");
        let name = reading.name_at(i, limit);
        let alone = name.as_ref().is_none_or(|n| n.entities.is_empty() && n.range.len() == 1);
        if determined
            && alone
            && let Some(id) = heads.get(reading.lower(i))
        {
            self.enter(reading, *id, reading.token(i).span);
            return i + 1;
        }
        if let Some(name) = name {
            let chosen: Vec<EntityId> = if name.weak {
                let member = cast.members.iter().find(|m| m.entity.is_some_and(|e| name.entities.contains(&e)));
                let strong = name.entities.iter().copied().find(|e| cast.names_in_full(*e));
                let only = match name.entities.as_slice() {
                    [one] => Some(*one).filter(|e| name.listed && cast.may_mean(reading, *e)),
                    _ => None,
                };
                member.and_then(|m| m.entity).or(strong).or(only).into_iter().collect()
            } else {
                name.entities.iter().copied().take(1).collect()
            };
            let span = reading.span(name.range.clone());
            match chosen.first() {
                Some(id) => self.enter(reading, *id, span),
                None => self.named.push(Mention { span, entity: None, name: cast.full_name(span.of(reading.text)) }),
            }
            return name.range.end;
        }
        if let Some(demonym) = reading.demonym(i) {
            self.enter(reading, demonym.country, reading.token(i).span);
            return i + 1;
        }
        i + 1
    }

    fn enter(&mut self, reading: &Reading, id: EntityId, span: Span) {
        let entity = reading.entities.get(id);
        self.named.push(Mention { span, entity: Some(id), name: entity.fr.clone() });
        self.names.entry(id).or_insert_with(|| entity.fr.clone());
        if !self.broader.contains_key(&id) {
            let mut all: Vec<EntityId> = Vec::new();
            let mut open: Vec<EntityId> = entity.broader.clone();
            while let Some(next) = open.pop() {
                if next != id && !all.contains(&next) {
                    all.push(next);
                    open.extend(&reading.entities.get(next).broader);
                    self.names.entry(next).or_insert_with(|| reading.entities.get(next).fr.clone());
                }
            }
            self.broader.insert(id, all);
        }
    }

    /// The topics of a content: in text order each once, then their broader concepts.
    pub fn of(&self, spans: &[Span]) -> Vec<Named> {
        let mut topics: Vec<Named> = Vec::new();
        for span in spans {
            let start = self.named.partition_point(|m| m.span.start < span.start);
            for mention in self.named[start..].iter().take_while(|m| m.span.start < span.end) {
                if !topics.iter().any(|t| t.name == mention.name) {
                    topics.push(Named {
                        name: mention.name.clone(),
                        entity: mention.entity,
                        mention: Some(mention.span),
                    });
                }
            }
        }
        let direct: Vec<EntityId> = topics.iter().filter_map(|t| t.entity).collect();
        for id in direct.iter().flat_map(|id| &self.broader[id]) {
            if !topics.iter().any(|t| t.entity == Some(*id)) {
                topics.push(Named { name: self.names[id].clone(), entity: Some(*id), mention: None });
            }
        }
        topics
    }
}

/// Nouns that stand alone for a body named in the article: "l'alliance" after "OTAN" (Alliance atlantique),
/// "la Légion" after its full name. A noun that could mean two of them means neither.
fn heads(reading: &Reading) -> FxHashMap<String, EntityId> {
    let mut heads: FxHashMap<String, Option<EntityId>> = FxHashMap::default();
    let mut seen: Vec<EntityId> = Vec::new();
    for sentence in &reading.sentences {
        let mut i = sentence.range.start;
        while i < sentence.range.end {
            let Some(name) = reading.name_at(i, sentence.range.end).filter(|n| !n.weak && !n.entities.is_empty())
            else {
                i += 1;
                continue;
            };
            i = name.range.end;
            let id = name.entities[0];
            let entity = reading.entities.get(id);
            if seen.contains(&id) || !matches!(entity.kind, EntityKind::Organisation | EntityKind::Concept) {
                continue;
            }
            seen.push(id);
            for alias in entity.aliases.iter().chain([&entity.fr]) {
                let mut words = alias.split([' ', '\'', '’']);
                let head = words.next().unwrap_or_default().to_lowercase();
                if words.next().is_some() && reading.is_head_noun(&head) {
                    heads
                        .entry(head)
                        .and_modify(|e| {
                            if *e != Some(id) {
                                *e = None
                            }
                        })
                        .or_insert(Some(id));
                }
            }
        }
    }
    heads.into_iter().filter_map(|(head, id)| Some((head, id?))).collect()
}
