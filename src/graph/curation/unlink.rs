//! The links of an article that somebody rejected lead to whom the article calls so, and to nobody else.

use super::curate::{Merged, Rejected};
use super::deeds::named;
use super::draft::Draft;
use crate::graph::base::Base;
use crate::graph::describe::{language_tag, tagged};
use crate::graph::vocabulary::{dixit, schema};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// What tells how sure the way to the rejected actor was.
const OF_WAY: [NamedNodeRef<'_>; 2] = [dixit::LINK_SCORE, dixit::LINK_EVIDENCE];
/// What names the actor of a statement.
const OF_ACTOR: [NamedNodeRef<'_>; 3] = [dixit::ACTOR, dixit::CANDIDATE_ACTOR, schema::SPOKEN_BY_CHARACTER];

/// A link of an article.
pub(super) struct Lead {
    pub link: NamedNode,
    /// The name that the article uses.
    pub name: String,
    /// Who is called so where no table knows it.
    pub local: NamedNode,
}

/// The links of an article, in a fixed order.
pub(super) fn leads(quads: &FxHashSet<Quad>, article: &NamedNode, base: &Base) -> Vec<Lead> {
    let words = |of: NamedNodeRef<'_>| {
        let words =
            quads.iter().filter(|quad| quad.predicate == of).filter_map(|quad| match (&quad.subject, &quad.object) {
                (NamedOrBlankNode::NamedNode(link), Term::Literal(words)) => {
                    Some((link.clone(), words.value().to_owned()))
                }
                _ => None,
            });
        words.collect::<BTreeMap<_, _>>()
    };
    let keys = words(dixit::LOCAL_KEY);
    let lead = |(link, name): (NamedNode, String)| {
        let local = keys.get(&link).map_or_else(|| base.local_entity(&name), |key| base.local_in(article, key));
        Lead { link, name, local }
    };
    words(dixit::LINKED_NAME).into_iter().map(lead).collect()
}

impl Draft<'_> {
    /// Leads the links with the rejected name away from the actor: to the local actor of that name.
    pub(super) fn unlink(&mut self, rejected: &Rejected, merges: &FxHashMap<NamedNode, Merged>) {
        let is_rejected = |actor: &NamedNode| {
            *actor == rejected.actor || merges.get(actor).is_some_and(|merged| merged.kept == rejected.actor)
        };
        for Lead { link, name, local } in leads(&self.quads, self.article, self.base) {
            if rejected.name.as_ref().is_some_and(|only| *only != self.base.local_entity(&name)) {
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

    /// Says of a local actor what the article would have said, had no table known it.
    fn introduce(&mut self, local: &NamedNode, name: &str, classes: &[NamedNode]) {
        let language = self.of(&self.article.clone(), |predicate| predicate == schema::IN_LANGUAGE);
        let language = language.first().and_then(|quad| match &quad.object {
            Term::Literal(language) => language_tag(language.value()),
            _ => None,
        });
        let label = tagged(name, language.as_deref());
        let [says_class, says_name] = match self.is_part(local) {
            true => [rdf::TYPE, rdfs::LABEL],
            false => [dixit::LOCAL_CLASS, dixit::LOCAL_LABEL],
        };
        for class in classes {
            self.add(local, says_class, class.clone());
        }
        self.add(local, says_name, label);
        self.strangers.insert(local.clone());
    }

    /// Puts the local actor in the place of the actor of the statements that a link led there.
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
