//! The actors of an article are held against what is known of the entities whose names they bear.
//!
//! The table's names were found word by word; here it is asked whether the article's own words about somebody go with the
//! entity of that name. A name that only the knowledge base has is looked up now.

use super::cast::{Cast, Held, Member};
use super::reading::Reading;
use super::resolution::{Candidate, Step};
use super::statement::{Actor, ActorKind, Statement};
use crate::date::PartialDate;
use crate::entity::link::{Link, Method, Scope, Setting, Told};
use crate::entity::{EntityId, EntityKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Gives the actors of all statements their links. Whose link does not hold is again who the article says.
pub fn link(reading: &Reading, cast: &Cast, published: Option<PartialDate>, by_sentence: &mut [Vec<Statement>]) {
    let mut linker = Linker { reading, cast, published, links: FxHashMap::default(), dropped: FxHashSet::default() };
    for statement in by_sentence.iter_mut().flatten() {
        for actor in &mut statement.actors {
            linker.link(actor);
        }
    }
    linker.settle(by_sentence);
}

/// By what an actor is known.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Entity(EntityId, Method),
    Name(Arc<str>),
}

struct Linker<'a> {
    reading: &'a Reading<'a>,
    cast: &'a Cast,
    published: Option<PartialDate>,
    links: FxHashMap<Key, Arc<Link>>,
    /// Entities whose names mean somebody else here.
    dropped: FxHashSet<EntityId>,
}

impl Linker<'_> {
    fn link(&mut self, actor: &mut Actor) {
        let kind = match actor.kind {
            ActorKind::Person => EntityKind::Person,
            ActorKind::Organisation => EntityKind::Organisation,
            ActorKind::Outlet => EntityKind::Outlet,
            ActorKind::Authority => EntityKind::Authority,
            ActorKind::Unnamed | ActorKind::Document => return,
        };
        let member = self.cast.member_of(actor.entity, &actor.name);
        let method = match actor {
            Actor { metonym: Some(_), .. } => Method::Place,
            Actor { by, entity: Some(_), .. } if by.step == Step::Office && member.is_none() => Method::Office,
            _ => Method::Name,
        };
        let key = match actor.entity {
            Some(id) => Key::Entity(id, method),
            None => Key::Name(actor.name.clone()),
        };
        let link = match self.links.get(&key) {
            Some(link) => link.clone(),
            None => {
                let link = Arc::new(self.weigh(actor, member, kind, method));
                self.links.insert(key, link.clone());
                link
            }
        };
        if let Some(id) = actor.entity.filter(|_| link.entity.is_none()) {
            self.dropped.insert(id);
            actor.name = link.name.clone();
        } else if let Some(id) = link.entity.filter(|id| actor.entity != Some(*id)) {
            actor.name = self.reading.label(id);
        }
        actor.entity = link.entity;
        actor.link = Some(link);
    }

    fn weigh(&self, actor: &Actor, member: Option<&Member>, kind: EntityKind, method: Method) -> Link {
        let called = member.and_then(|member| member.called.as_ref()).unwrap_or(&actor.name);
        let mention = bare(actor.mention.of(self.reading.text));
        if let Some(id) = actor.entity {
            let name = if matches!(method, Method::Office | Method::Place) { mention } else { called };
            let part = method == Method::Name && is_part(self.reading, id, name);
            let method = if part { Method::PartOfName } else { method };
            return self.link_of(name, method, kind, member, &self.bearers(id, name, method));
        }
        // "Le Courrier de la Lande": the name may go on where the text's own rules see its end.
        let longer = (kind != EntityKind::Person && mention.starts_with(bare(called))).then_some(mention);
        for name in longer.into_iter().chain([&**called]) {
            let candidates = self.strangers(name, kind);
            if !candidates.is_empty() {
                return self.link_of(name, method, kind, member, &candidates);
            }
        }
        self.link_of(called, method, kind, member, &[])
    }

    fn link_of(
        &self,
        name: &str,
        method: Method,
        kind: EntityKind,
        of: Option<&Member>,
        candidates: &[EntityId],
    ) -> Link {
        let roles: Vec<Told> = of.into_iter().flat_map(|member| &member.roles).map(|held| self.told(held)).collect();
        let setting = Setting {
            name,
            method,
            kind,
            gender: of.and_then(|member| member.gender),
            roles: &roles,
            on: self.published,
            company: self.cast.named_in_full(),
        };
        self.reading.entities.link(&setting, candidates)
    }

    /// Whom a name may mean that the table does not have.
    fn strangers(&self, name: &str, kind: EntityKind) -> Vec<EntityId> {
        let whole = is_whole(name, kind);
        if whole { self.reading.entities.in_base(name, |known| fits(kind, known)) } else { Vec::new() }
    }

    /// The entity, and those who bear the same name.
    fn bearers(&self, id: EntityId, name: &str, method: Method) -> Vec<EntityId> {
        let entities = self.reading.entities;
        let mut bearers = vec![id];
        if method == Method::Name && name.contains(' ') {
            let kind = entities.get(id).kind;
            bearers.extend(entities.in_base(name, |known| fits(kind, known)).into_iter().filter(|other| *other != id));
        }
        bearers
    }

    fn told<'h>(&self, held: &'h Held) -> Told<'h> {
        let country =
            held.of.iter().find_map(|word| self.reading.entities.demonym(word)).map(|demonym| demonym.country);
        Told { lemma: &held.lemma, class: held.class, not_now: held.not_now, country }
    }

    /// What was linked or dropped as an actor is so wherever the statements name it, and what only the base knows is a topic.
    fn settle(&self, by_sentence: &mut [Vec<Statement>]) {
        let entities = self.reading.entities;
        let mut strangers = self.strangers_by_name();
        let mut found: FxHashMap<Arc<str>, Option<EntityId>> = FxHashMap::default();
        for link in self.links.values().filter(|link| link.entity.is_some_and(|id| entities.is_guest(id))) {
            found.insert(link.name.clone(), link.entity);
        }
        for statement in by_sentence.iter_mut().flatten() {
            for Candidate { actor, .. } in &mut statement.candidates {
                self.drop(&mut actor.entity, &mut actor.name);
                if actor.entity.is_none() && actor.kind == ActorKind::Person {
                    actor.link = self.stranger(&actor.name, &mut strangers);
                }
            }
            for topic in &mut statement.about {
                let was_dropped = self.drop(&mut topic.entity, &mut topic.name);
                if topic.entity.is_none() && !was_dropped && entities.has_base() {
                    topic.entity = *found.entry(topic.name.clone()).or_insert_with(|| self.topic(&topic.name));
                    topic.name = topic.entity.map_or_else(|| topic.name.clone(), |id| self.reading.label(id));
                }
                if topic.entity.is_none() {
                    topic.link = self.stranger(&topic.name, &mut strangers);
                }
            }
        }
    }

    /// Whoever was taken for an entity that was dropped is again called as the article has it.
    fn drop(&self, entity: &mut Option<EntityId>, name: &mut Arc<str>) -> bool {
        let is_dropped = entity.is_some_and(|id| self.dropped.contains(&id));
        if is_dropped {
            let member = self.cast.member_of(*entity, name);
            *name = member.and_then(|member| member.called.clone()).unwrap_or_else(|| name.clone());
            *entity = None;
        }
        is_dropped
    }

    /// The links of actors that lead to no entity, by their names.
    fn strangers_by_name(&self) -> FxHashMap<Arc<str>, Option<Arc<Link>>> {
        let strangers = self.links.values().filter(|link| link.entity.is_none());
        strangers.map(|link| (link.name.clone(), Some(link.clone()))).collect()
    }

    /// The link of a person whom no table knows and who does not speak, or not here; `None` where all mean the same who write
    /// the name, or where it may be that of a thing.
    fn stranger(&self, name: &Arc<str>, known: &mut FxHashMap<Arc<str>, Option<Arc<Link>>>) -> Option<Arc<Link>> {
        let find = || {
            let member = self.cast.member_of(None, name)?;
            let is_person = member.kind == ActorKind::Person && member.is_told();
            is_person.then(|| Arc::new(self.link_of(name, Method::Name, EntityKind::Person, Some(member), &[])))
        };
        let link = known.entry(name.clone()).or_insert_with(find);
        link.clone().filter(|link| link.scope != Scope::Everywhere)
    }

    /// What the base knows under a name that a content holds.
    fn topic(&self, name: &str) -> Option<EntityId> {
        if !is_whole(name, EntityKind::Person) {
            return None;
        }
        let candidates = self.reading.entities.in_base(name, |_| true);
        self.link_of(name, Method::Name, EntityKind::Concept, self.cast.member_of(None, name), &candidates).entity
    }
}

/// Whether an entity of a kind may be who speaks as another kind. A person is nothing else.
fn fits(kind: EntityKind, known: EntityKind) -> bool {
    match kind {
        EntityKind::Person => known == EntityKind::Person,
        EntityKind::Outlet => known == EntityKind::Outlet,
        EntityKind::Organisation => matches!(known, EntityKind::Organisation | EntityKind::Outlet),
        _ => false,
    }
}

/// Whether a name is whole enough to be looked up: a surname alone leads to anybody, a word in small letters ("son équipe") to
/// whatever is called after it.
fn is_whole(name: &str, kind: EntityKind) -> bool {
    name.contains(' ') || kind != EntityKind::Person && name.contains(char::is_uppercase)
}

/// Whether the name is a surname or given name of a person whom nobody calls by it alone.
fn is_part(reading: &Reading, id: EntityId, name: &str) -> bool {
    let entity = reading.entities.get(id);
    entity.kind == EntityKind::Person && !name.contains(' ') && !entity.is_called(name)
}

/// The words without their article.
fn bare(mention: &str) -> &str {
    let articles = ["le ", "la ", "les ", "l'", "l’"];
    let strip = |article: &&str| {
        let (head, rest) = mention.split_at_checked(article.len())?;
        head.eq_ignore_ascii_case(article).then_some(rest)
    };
    articles.iter().find_map(strip).unwrap_or(mention)
}
