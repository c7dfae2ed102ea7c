//! The graph of an article as people would have it: a pure function of what the program found and of what they did.

use super::anchor::{Anchor, Standing};
use super::deed::{Amendment, Correction};
use super::draft::Draft;
use super::patch::Patch;
use crate::extract::Kind;
use crate::graph::base::Base;
use crate::graph::describe::{date, kind_term};
use crate::graph::vocabulary::{dixit, oa, schema};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::{FxHashMap, FxHashSet};

/// What tells that the program was not sure who is meant.
const DOUBT: [NamedNodeRef<'_>; 2] = [dixit::LINK_CANDIDATE, dixit::LINK_SCORE];

/// What is to be done to an article's graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Orders {
    /// Corrections of the article's statements, each with its IRI, the older first.
    pub corrections: Vec<(NamedNode, Correction)>,
    /// Names that are not those of actors, the older first.
    pub rejections: Vec<Rejected>,
    /// What takes the place of things that the graph names, and the merge that says so.
    pub merges: FxHashMap<NamedNode, Merged>,
}

impl Orders {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.corrections.is_empty() && self.rejections.is_empty() && self.merges.is_empty()
    }
}

/// What a thing was merged into.
#[derive(Debug, Clone)]
pub(crate) struct Merged {
    pub kept: NamedNode,
    pub deed: NamedNode,
    /// All that is broader than what is kept: what is about the one is about these.
    pub broader: Vec<NamedNode>,
}

/// An actor that somebody is not whom articles call so, and the deed that says so.
#[derive(Debug, Clone)]
pub(crate) struct Rejected {
    pub deed: NamedNode,
    pub actor: NamedNode,
    /// The name, as the local entity that all would be who are called so; `None` for any name.
    pub name: Option<NamedNode>,
    /// What the actor is, and so whoever is in its place.
    pub classes: Vec<NamedNode>,
}

/// Undoes the links of an article that somebody rejected, corrects the statements that fit, then puts what is kept in the
/// place of what was merged into it.
pub(crate) fn curate(found: &FxHashSet<Quad>, article: &NamedNode, orders: &Orders, base: &Base) -> Patch {
    let statements = statements(found);
    let mut draft = Draft { found, article, base, quads: found.clone(), strangers: FxHashSet::default() };
    for rejected in &orders.rejections {
        draft.unlink(rejected, &orders.merges);
    }
    for (deed, correction) in &orders.corrections {
        if let Some(statement) = correction.anchor.find(&correction.statement, &statements) {
            draft.amend(&statement.iri, &correction.change, deed);
        }
    }
    draft.merge(&orders.merges);
    draft.drop_unused();
    draft.keep_named();
    Patch::between(found, &draft.quads)
}

/// The statements of a graph with their words and where they stand, in a fixed order.
pub(super) fn statements(quads: &FxHashSet<Quad>) -> Vec<Standing> {
    let mut of: FxHashMap<&NamedNode, Vec<&Quad>> = FxHashMap::default();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            of.entry(subject).or_default().push(quad);
        }
    }
    let objects = |subject: &NamedNode, predicate: NamedNodeRef<'_>| {
        let quads = of.get(subject).into_iter().flatten();
        quads.filter(|quad| quad.predicate == predicate).map(|quad| &quad.object).collect::<Vec<_>>()
    };
    let words = |subject: &NamedNode, predicate| match objects(subject, predicate).first() {
        Some(Term::Literal(words)) => words.value().to_owned(),
        _ => String::new(),
    };
    let nodes = |subject: &NamedNode, predicate| {
        let nodes = objects(subject, predicate).into_iter().filter_map(|object| match object {
            Term::NamedNode(node) => Some(node.clone()),
            _ => None,
        });
        nodes.collect::<Vec<_>>()
    };
    let mut statements = Vec::new();
    for &iri in of.keys().filter(|iri| nodes(iri, rdf::TYPE).contains(&dixit::REPORTED_STATEMENT.into())) {
        let mut anchor = Anchor { exact: words(iri, schema::TEXT), start: usize::MAX, ..Anchor::default() };
        for evidence in nodes(iri, dixit::EVIDENCE) {
            let selectors = nodes(&evidence, oa::HAS_SELECTOR);
            // Of the two selectors one tells the words around, the other the position.
            let told =
                |predicate| selectors.iter().map(|selector| words(selector, predicate)).find(|told| !told.is_empty());
            let number = |predicate| told(predicate).and_then(|number| number.parse::<usize>().ok());
            let (Some(start), Some(end)) = (number(oa::START), number(oa::END)) else { continue };
            if start < anchor.start {
                anchor.start = start;
                anchor.prefix = told(oa::PREFIX).unwrap_or_default();
            }
            if end > anchor.end {
                anchor.end = end;
                anchor.suffix = told(oa::SUFFIX).unwrap_or_default();
            }
        }
        if anchor.start < anchor.end {
            statements.push(Standing { iri: iri.clone(), anchor });
        }
    }
    statements.sort_by(|a, b| (a.anchor.start, a.iri.as_str()).cmp(&(b.anchor.start, b.iri.as_str())));
    statements
}

impl Draft<'_> {
    fn amend(&mut self, statement: &NamedNode, change: &Amendment, deed: &NamedNode) {
        if change.rejected {
            self.remove(statement, |_| true);
        }
        // An older correction may have rejected it.
        if !self.has(statement, rdf::TYPE, dixit::REPORTED_STATEMENT) {
            return;
        }
        if !change.actors.is_empty() {
            // The place whose name stood for the old actor says nothing of the new one, nor does the way to the old one.
            const OLD: [NamedNodeRef<'_>; 4] =
                [dixit::ACTOR, dixit::CANDIDATE_ACTOR, dixit::METONYM, dixit::ACTOR_LINK];
            self.remove(statement, |predicate| OLD.contains(&predicate));
            for actor in &change.actors {
                self.add(statement, dixit::ACTOR, actor.clone());
            }
        }
        if let Some(interval) = change.date {
            const OLD: [NamedNodeRef<'_>; 4] =
                [dixit::SAID_NOT_BEFORE, dixit::SAID_NOT_AFTER, dixit::DATE_BASIS, dixit::DATE_MENTION];
            self.remove(statement, |predicate| OLD.contains(&predicate));
            for (predicate, day) in [(OLD[0], interval.first), (OLD[1], interval.last)] {
                if let Some(day) = day {
                    self.add(statement, predicate, date(day));
                }
            }
            self.add(statement, dixit::DATE_BASIS, dixit::SET_BY_HAND);
        }
        if let Some(new) = change.kind {
            self.remove(statement, |predicate| predicate == dixit::KIND);
            self.add(statement, dixit::KIND, kind_term(new));
        }
        self.speak(statement);
        self.add(statement, dixit::CORRECTED_BY, deed.clone());
    }

    /// A quotation is spoken by its actors, and nothing else is.
    fn speak(&mut self, statement: &NamedNode) {
        let quotation = !self.has(statement, dixit::KIND, kind_term(Kind::Indirect));
        self.remove(statement, |predicate| predicate == schema::SPOKEN_BY_CHARACTER);
        if !quotation {
            self.quads.remove(&self.quad(statement, rdf::TYPE, schema::QUOTATION));
            return;
        }
        self.add(statement, rdf::TYPE, schema::QUOTATION);
        for actor in self.of(statement, |predicate| predicate == dixit::ACTOR) {
            self.add(statement, schema::SPOKEN_BY_CHARACTER, actor.object);
        }
    }

    /// Puts what is kept in the place of what was merged into it.
    fn merge(&mut self, merges: &FxHashMap<NamedNode, Merged>) {
        if merges.is_empty() {
            return;
        }
        let merged = |quad: &Quad| match &quad.object {
            Term::NamedNode(thing) => merges.get(thing).map(|merged| (quad.clone(), merged)),
            _ => None,
        };
        let concerned: Vec<_> = self.quads.iter().filter_map(merged).collect();
        for (old, merged) in concerned {
            self.quads.remove(&old);
            self.quads.insert(Quad { object: merged.kept.clone().into(), ..old.clone() });
            let NamedOrBlankNode::NamedNode(subject) = &old.subject else { continue };
            match old.predicate.as_ref() {
                // Who spoke is another than the program found: the statement says by whose word.
                dixit::ACTOR => self.add(subject, dixit::CORRECTED_BY, merged.deed.clone()),
                schema::ABOUT => {
                    merged.broader.iter().for_each(|broader| self.add(subject, schema::ABOUT, broader.clone()));
                }
                dixit::CANDIDATE_ACTOR => self.drop_lone_candidate(subject),
                // Somebody knows who is meant.
                dixit::LINKED_ACTOR => self.remove(subject, |predicate| DOUBT.contains(&predicate)),
                _ => {}
            }
        }
    }

    /// Where all candidates are one there is no doubt left.
    fn drop_lone_candidate(&mut self, statement: &NamedNode) {
        let is_candidate = |predicate: NamedNodeRef<'_>| predicate == dixit::CANDIDATE_ACTOR;
        if self.of(statement, is_candidate).len() == 1 {
            self.remove(statement, is_candidate);
        }
    }

    /// Removes the parts of the article to which nothing points any more: the evidence of rejected statements, sources
    /// that speak no longer.
    fn drop_unused(&mut self) {
        let part = |term: &Term| match term {
            Term::NamedNode(iri) if self.is_part(iri) => Some(iri.clone()),
            _ => None,
        };
        let mut unused: Vec<_> = self.found.difference(&self.quads).filter_map(|quad| part(&quad.object)).collect();
        unused.extend(self.strangers.iter().filter(|stranger| self.is_part(stranger)).cloned());
        while let Some(node) = unused.pop() {
            let object = Term::from(node.clone());
            if self.quads.iter().any(|quad| quad.object == object) {
                continue;
            }
            for quad in self.of(&node, |_| true) {
                self.quads.remove(&quad);
                if let Term::NamedNode(iri) = &quad.object
                    && self.is_part(iri)
                {
                    unused.push(iri.clone());
                }
            }
        }
    }

    /// What the graph named and names no longer is named as set aside: its description is kept, for the deeds may be
    /// undone.
    fn keep_named(&mut self) {
        let objects = |quads: &FxHashSet<Quad>| {
            let entity = |quad: &Quad| match &quad.object {
                Term::NamedNode(iri) if self.base.key(iri).is_some() => Some(iri.clone()),
                _ => None,
            };
            quads.iter().filter_map(entity).collect::<FxHashSet<_>>()
        };
        let removed = self.found.difference(&self.quads).cloned().collect();
        let mut named = objects(&removed);
        named.extend(self.strangers.iter().filter(|stranger| self.base.key(stranger).is_some()).cloned());
        for entity in named.difference(&objects(&self.quads)) {
            self.add(&self.article.clone(), dixit::SET_ASIDE, entity.clone());
        }
    }
}
