//! The links of an article that somebody rejected lead to whom the article calls so, and to nobody else.

use super::curate::{Merged, Rejected};
use super::deeds::named;
use super::draft::Draft;
use crate::graph::describe::{language_tag, tagged};
use crate::graph::vocabulary::{dixit, schema};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;

/// What tells how sure the way to the rejected actor was.
const OF_WAY: [NamedNodeRef<'_>; 2] = [dixit::LINK_SCORE, dixit::LINK_EVIDENCE];
/// What names the actor of a statement.
const OF_ACTOR: [NamedNodeRef<'_>; 3] = [dixit::ACTOR, dixit::CANDIDATE_ACTOR, schema::SPOKEN_BY_CHARACTER];

impl Draft<'_> {
    /// Leads the links with the rejected name away from the actor: to the local entity of that name.
    pub(super) fn unlink(&mut self, rejected: &Rejected, merges: &FxHashMap<NamedNode, Merged>) {
        let is_rejected = |actor: &NamedNode| {
            *actor == rejected.actor || merges.get(actor).is_some_and(|merged| merged.kept == rejected.actor)
        };
        for (link, name) in self.links() {
            let local = self.base.local_entity(&name);
            if rejected.name.as_ref().is_some_and(|only| *only != local) {
                continue;
            }
            for quad in self.of(&link, |_| true) {
                let actor = named(&quad.object).filter(|actor| is_rejected(actor));
                match (quad.predicate.as_ref(), actor) {
                    (dixit::LINK_CANDIDATE, Some(_)) => {
                        self.quads.remove(&quad);
                        // They were those of the best candidate.
                        if self.of(&link, |predicate| predicate == dixit::LINK_CANDIDATE).is_empty() {
                            self.remove(&link, |predicate| OF_WAY.contains(&predicate));
                        }
                    }
                    (dixit::LINKED_ACTOR, Some(actor)) if actor != local => {
                        self.quads.remove(&quad);
                        self.remove(&link, |predicate| OF_WAY.contains(&predicate));
                        self.add(&link, dixit::LINKED_ACTOR, local.clone());
                        self.introduce(&local, &name, &rejected.classes);
                        self.replace(&link, &actor, &local, &rejected.deed);
                    }
                    _ => {}
                }
            }
        }
    }

    /// The links of the article with the names that it uses, in a fixed order.
    fn links(&self) -> Vec<(NamedNode, String)> {
        let link = |quad: &Quad| match (&quad.subject, &quad.object) {
            (NamedOrBlankNode::NamedNode(link), Term::Literal(name)) if quad.predicate == dixit::LINKED_NAME => {
                Some((link.clone(), name.value().to_owned()))
            }
            _ => None,
        };
        let mut links: Vec<_> = self.quads.iter().filter_map(link).collect();
        links.sort();
        links
    }

    /// Says of a local entity what the article would have said, had no table known it.
    fn introduce(&mut self, local: &NamedNode, name: &str, classes: &[NamedNode]) {
        let language = self.of(&self.article.clone(), |predicate| predicate == schema::IN_LANGUAGE);
        let language = language.first().and_then(|quad| match &quad.object {
            Term::Literal(language) => language_tag(language.value()),
            _ => None,
        });
        let label = tagged(name, language.as_deref());
        for class in classes {
            self.add(local, dixit::LOCAL_CLASS, class.clone());
        }
        self.add(local, dixit::LOCAL_LABEL, label);
        self.strangers.insert(local.clone());
    }

    /// Puts the local entity in the place of the actor of the statements that a link led there.
    fn replace(&mut self, link: &NamedNode, actor: &NamedNode, local: &NamedNode, deed: &NamedNode) {
        let is_of_link = |quad: &&Quad| quad.predicate == dixit::ACTOR_LINK && quad.object == Term::from(link.clone());
        let statements: Vec<_> = self.quads.iter().filter(is_of_link).map(|quad| quad.subject.clone()).collect();
        for statement in statements {
            let NamedOrBlankNode::NamedNode(statement) = statement else { continue };
            let mut others = self.of(&statement, |predicate| predicate == dixit::ACTOR_LINK).into_iter();
            // Another name may lead there, too.
            let stays = others.any(|quad| {
                named(&quad.object).is_some_and(|other| self.has(&other, dixit::LINKED_ACTOR, actor.as_ref()))
            });
            for quad in self.of(&statement, |predicate| OF_ACTOR.contains(&predicate)) {
                if named(&quad.object).as_ref() == Some(actor) {
                    self.add(&statement, quad.predicate.as_ref(), local.clone());
                    if !stays {
                        self.quads.remove(&quad);
                    }
                }
            }
            self.add(&statement, dixit::CORRECTED_BY, deed.clone());
        }
    }
}
