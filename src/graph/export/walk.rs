//! The subjects of a store in the order of an export, with few of them in memory at once.
//!
//! Nearly all of a store stands in the graphs of its articles, and nearly all subjects of such a graph stand under the
//! article's IRI: together in any order of IRIs. So an article's are read when its turn has come, and only the other
//! subjects (entities, utterances, deeds) are known from the beginning.

use super::ExportFormat;
use super::order::subject_key;
use crate::graph::base::Base;
use oxigraph::model::{NamedNode, NamedOrBlankNode, Quad};
use oxigraph::store::{StorageError, Store};
use rustc_hash::{FxHashMap, FxHashSet};

/// What comes next: an article with its parts, or something else.
pub(super) enum Next {
    Article(NamedNode),
    Other(NamedOrBlankNode),
}

/// A walk through the quads of all graphs that are written.
pub(super) struct Walk<'a, F> {
    graph: &'a Store,
    format: ExportFormat,
    is_written: F,
    /// What the IRIs of articles begin with, before their keys.
    prefix: String,
    /// Parts of articles of which other graphs say something, too.
    elsewhere: FxHashMap<NamedNode, FxHashSet<NamedOrBlankNode>>,
}

impl<'a, F: Fn(&Quad) -> bool> Walk<'a, F> {
    /// Begins a walk, and gives the order in which it goes.
    pub fn begin(
        graph: &'a Store,
        base: &Base,
        format: ExportFormat,
        is_written: F,
    ) -> Result<(Self, Vec<Next>), StorageError> {
        let prefix = base.article_iri("").into_string();
        let mut walk = Self { graph, format, is_written, prefix, elsewhere: FxHashMap::default() };
        let (mut articles, mut others) = (FxHashSet::default(), FxHashSet::default());
        for quad in graph.iter() {
            let quad = quad?;
            if !(walk.is_written)(&quad) {
                continue;
            }
            match walk.article_of(&quad.subject) {
                Some(article) => {
                    if quad.graph_name != article.clone().into() {
                        walk.elsewhere.entry(article.clone()).or_default().insert(quad.subject);
                    }
                    articles.insert(article);
                }
                None => drop(others.insert(quad.subject)),
            }
        }
        let articles = articles.into_iter().map(Next::Article);
        let mut order: Vec<_> = articles.chain(others.into_iter().map(Next::Other)).collect();
        order.sort_by_cached_key(|next| match next {
            // As the beginning of all its parts.
            Next::Article(article) => subject_key(format, &article.clone().into()).trim_end_matches('>').to_owned(),
            Next::Other(subject) => subject_key(format, subject),
        });
        Ok((walk, order))
    }

    /// The quads of what comes next, one subject after the other.
    pub fn quads(&self, next: Next) -> Result<Vec<(NamedOrBlankNode, Vec<Quad>)>, StorageError> {
        let article = match next {
            Next::Other(subject) => {
                let quads = self.graph.quads_for_pattern(Some(subject.as_ref()), None, None, None);
                let quads = quads.filter(|quad| quad.as_ref().map_or(true, &self.is_written));
                return Ok(vec![(subject, quads.collect::<Result<_, _>>()?)]);
            }
            Next::Article(article) => article,
        };
        let mut parts: FxHashMap<NamedOrBlankNode, Vec<Quad>> = FxHashMap::default();
        let mut add = |quad: Quad| {
            if (self.is_written)(&quad) && self.article_of(&quad.subject).as_ref() == Some(&article) {
                parts.entry(quad.subject.clone()).or_default().push(quad);
            }
        };
        for quad in self.graph.quads_for_pattern(None, None, None, Some((&article).into())) {
            add(quad?);
        }
        for part in self.elsewhere.get(&article).into_iter().flatten() {
            for quad in self.graph.quads_for_pattern(Some(part.as_ref()), None, None, None) {
                let quad = quad?;
                if quad.graph_name != article.clone().into() {
                    add(quad);
                }
            }
        }
        let mut parts: Vec<_> = parts.into_iter().collect();
        parts.sort_by_cached_key(|(part, _)| subject_key(self.format, part));
        Ok(parts)
    }

    /// The article under whose IRI something stands. Keys of articles are equally long: none begins another.
    fn article_of(&self, subject: &NamedOrBlankNode) -> Option<NamedNode> {
        let NamedOrBlankNode::NamedNode(iri) = subject else { return None };
        let (iri, end) = (iri.as_str(), self.prefix.len() + Base::ARTICLE_KEY);
        let key = iri.strip_prefix(&self.prefix)?.get(..Base::ARTICLE_KEY)?;
        let ends = matches!(iri.as_bytes().get(end), None | Some(b'/' | b'#'));
        (key.bytes().all(|byte| byte.is_ascii_hexdigit()) && ends).then(|| NamedNode::new_unchecked(&iri[..end]))
    }
}
