//! Files are moved and copied: when is an article without a web address one that is stored already?
//!
//! Two articles with the same text are copies of each other, unless two outlets are named that published
//! it: agencies' texts appear word for word in many. Of two copies the one that is better known stays.

use super::base::Base;
use super::curation;
use super::layer::Pattern;
use super::transaction::Source;
use super::vocabulary::{dixit, schema};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::store::StorageError;

/// A stored article with the same text as another, and nothing known that keeps them apart.
pub(super) struct Copy {
    pub article: NamedNode,
    has_address: bool,
    /// Whether its outlet is known and the other's is not.
    names_outlet: bool,
    /// Whether its outlet is the other's, or both are unknown.
    same_outlet: bool,
    /// Whether this version of the program extracted it.
    current: bool,
}

impl Copy {
    /// All stored copies of an article, of which `described` is the description.
    pub fn all(
        source: &impl Source,
        base: &Base,
        iri: &NamedNode,
        described: &[Quad],
    ) -> Result<Vec<Self>, StorageError> {
        let new = |predicate: NamedNodeRef<'_>| {
            let own = |quad: &&Quad| quad.predicate == predicate && quad.subject == iri.clone().into();
            described.iter().find(own).map(|quad| quad.object.clone())
        };
        let old = |article: &NamedNode, predicate: NamedNodeRef<'_>| {
            let mut quads = source.quads_of(Some(article), Some(predicate), None, None);
            quads.next().transpose().map(|quad| quad.map(|quad| quad.object))
        };
        let hash = new(dixit::TEXT_HASH).expect("every article is described with the hash of its text");
        let mut copies = Vec::new();
        let pattern = Pattern { predicate: Some(dixit::TEXT_HASH), object: Some((&hash).into()), ..Pattern::default() };
        let same = source.matching(pattern);
        for quad in same {
            let Term::NamedNode(article) = quad?.subject.into() else {
                continue;
            };
            // Under its old name an outlet that was merged into another is the same.
            let ours = new(schema::PUBLISHER).map(|outlet| curation::kept(source, base, outlet)).transpose()?;
            let outlet = old(&article, schema::PUBLISHER)?;
            if article == *iri || outlet.is_some() && ours.is_some() && outlet != ours {
                continue;
            }
            copies.push(Self {
                has_address: old(&article, schema::URL)?.is_some(),
                names_outlet: outlet.is_some() && ours.is_none(),
                same_outlet: outlet == ours,
                current: old(&article, dixit::EXTRACTED_BY)? == new(dixit::EXTRACTED_BY),
                article,
            });
        }
        Ok(copies)
    }

    /// Whether the other article has nothing to add to this copy, unless it be an address.
    pub fn has_all(&self) -> bool {
        self.has_address || self.names_outlet || self.same_outlet && self.current
    }

    /// Whether the other article, which has something to add, takes the place of this copy.
    pub fn gives_way(&self) -> bool {
        !self.has_address && !self.names_outlet
    }
}
