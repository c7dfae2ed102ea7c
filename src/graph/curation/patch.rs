//! What deeds changed in the graph of an article, so that it can be taken back.
//!
//! It stands in the graph itself, as two texts of N-Triples: what was taken away must not be found by queries, and
//! whoever has the graph can undo what was done to it.

use crate::graph::describe::plain;
use crate::graph::vocabulary::dixit;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, Quad, Term, Triple};
use rustc_hash::FxHashSet;

/// The properties that hold a patch. They follow from the deeds.
const PATCH: [NamedNodeRef<'static>; 2] = [dixit::REMOVED_TRIPLES, dixit::ADDED_TRIPLES];

/// What is said of an article because of what was changed anywhere in it: of no use beside a choice of its statements.
pub(in crate::graph) const OF_WHOLE: [NamedNodeRef<'static>; 3] = [PATCH[0], PATCH[1], dixit::SET_ASIDE];

/// The difference between what the program found in an article and what its graph says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Patch {
    /// Sorted, in the graph of the article like all that follow.
    removed: Vec<Quad>,
    added: Vec<Quad>,
}

impl Patch {
    /// What leads from one graph to the other.
    pub fn between(found: &FxHashSet<Quad>, curated: &FxHashSet<Quad>) -> Self {
        let sorted = |quads: Vec<Quad>| {
            let mut quads = quads;
            quads.sort_by_cached_key(Quad::to_string);
            quads
        };
        Self {
            removed: sorted(found.difference(curated).cloned().collect()),
            added: sorted(curated.difference(found).cloned().collect()),
        }
    }

    /// The patch that the graph of an article holds, an empty one if it holds none.
    pub fn read<'a>(quads: impl IntoIterator<Item = &'a Quad>, article: &NamedNode) -> Self {
        let mut patch = Self::default();
        for quad in quads {
            match (quad.predicate.as_ref(), &quad.object) {
                (dixit::REMOVED_TRIPLES, Term::Literal(lines)) => patch.removed = read(lines.value(), article),
                (dixit::ADDED_TRIPLES, Term::Literal(lines)) => patch.added = read(lines.value(), article),
                _ => {}
            }
        }
        patch
    }

    /// The patch as the graph of the article holds it.
    pub fn describe(&self, article: &NamedNode) -> impl Iterator<Item = Quad> {
        let parts = PATCH.into_iter().zip([&self.removed, &self.added]).filter(|(_, quads)| !quads.is_empty());
        parts.map(|(predicate, quads)| Quad::new(article.clone(), predicate, plain(&lines(quads)), article.clone()))
    }

    /// Changes a graph as the deeds did.
    pub fn apply(&self, quads: &mut FxHashSet<Quad>) {
        for quad in &self.removed {
            quads.remove(quad);
        }
        quads.extend(self.added.iter().cloned());
    }

    /// Changes a graph back, and takes the patch out of it.
    pub fn take_back(&self, quads: &mut FxHashSet<Quad>) {
        for quad in &self.added {
            quads.remove(quad);
        }
        quads.retain(|quad| !PATCH.contains(&quad.predicate.as_ref()));
        quads.extend(self.removed.iter().cloned());
    }
}

/// One triple a line.
fn lines(quads: &[Quad]) -> String {
    quads.iter().map(|quad| format!("{} .\n", Triple::from(quad.clone()))).collect()
}

/// What is no triple was not written by us, and nothing follows from it.
fn read(lines: &str, article: &NamedNode) -> Vec<Quad> {
    let triples = RdfParser::from_format(RdfFormat::NTriples).for_slice(lines);
    triples.filter_map(Result::ok).map(|quad| Quad { graph_name: GraphName::from(article.clone()), ..quad }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;
    use proptest::prelude::*;

    fn article() -> NamedNode {
        NamedNode::new_unchecked("https://x.example/article/a")
    }

    fn graph(words: &[(u8, String)]) -> FxHashSet<Quad> {
        let quad = |(property, words): &(u8, String)| {
            let property = NamedNode::new_unchecked(format!("https://x.example/p{property}"));
            let words = Literal::new_language_tagged_literal_unchecked(words, "fr");
            Quad::new(article(), property, words, article())
        };
        words.iter().map(quad).collect()
    }

    proptest! {
        #[test]
        fn what_was_changed_can_be_changed_back(
            found in prop::collection::vec((0u8..4, ".*"), 0..8),
            kept in 0usize..8,
            added in prop::collection::vec((0u8..4, ".*"), 0..8),
        ) {
            let curated: Vec<_> = found.iter().take(kept).chain(&added).cloned().collect();
            let (found, curated) = (graph(&found), graph(&curated));
            let patch = Patch::between(&found, &curated);
            let mut stored = found.clone();
            patch.apply(&mut stored);
            prop_assert_eq!(&stored, &curated);
            stored.extend(patch.describe(&article()));
            let read = Patch::read(&stored, &article());
            prop_assert_eq!(&read, &patch);
            read.take_back(&mut stored);
            prop_assert_eq!(stored, found);
        }
    }
}
