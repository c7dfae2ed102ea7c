//! The texts of a store whose words can be searched.

use super::words::Form;
use crate::graph::vocabulary::{dixit, schema};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{GraphName, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::fmt;

/// An article, and what tells whether its words changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleState {
    /// Its IRI, which is also the name of its graph.
    pub article: String,
    /// The hash of its words, which the store keeps. Stores of old do not have it.
    pub hash: String,
}

impl fmt::Display for ArticleState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.article, self.hash)
    }
}

impl ArticleState {
    /// Reads what is written so.
    pub fn parse(text: &str) -> Option<Self> {
        let (article, hash) = text.split_once(' ')?;
        Some(Self { article: article.to_owned(), hash: hash.to_owned() })
    }
}

/// Words that lead to something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The statement, or the article, whose title it is.
    pub iri: String,
    pub text: String,
    pub form: Form,
}

/// All articles as they are now.
pub fn states(store: &Store) -> Result<BTreeSet<ArticleState>, StorageError> {
    let mut hashes = FxHashMap::default();
    for quad in store.quads_for_pattern(None, Some(dixit::WORDS_HASH), None, None) {
        let quad = quad?;
        hashes.insert(quad.subject, quad.object);
    }
    let articles = store.quads_for_pattern(None, Some(rdf::TYPE), Some(schema::NEWS_ARTICLE.into()), None);
    let mut states = BTreeSet::new();
    for quad in articles {
        let NamedOrBlankNode::NamedNode(article) = quad?.subject else { continue };
        let hash = match hashes.get(&article.clone().into()) {
            Some(Term::Literal(hash)) => hash.value().to_owned(),
            _ => String::new(),
        };
        states.insert(ArticleState { article: article.into_string(), hash });
    }
    Ok(states)
}

/// The title of an article, be it empty, and its statements.
pub fn texts(store: &Store, article: &str) -> Result<Vec<Text>, StorageError> {
    let article = NamedNodeRef::new_unchecked(article);
    let graph = GraphName::from(article.into_owned());
    let values = |predicate: NamedNodeRef<'_>| {
        let quads = store.quads_for_pattern(None, Some(predicate), None, Some((&graph).into()));
        quads.filter_map(|quad| quad.map(value).transpose()).collect::<Result<Vec<_>, _>>()
    };
    let language = values(schema::IN_LANGUAGE)?.pop().map(|(_, tag)| tag);
    let form = Form::of_language(language.as_deref());
    let title = values(schema::HEADLINE)?.pop().map(|(_, title)| title).unwrap_or_default();
    let mut texts = vec![Text { iri: article.as_str().to_owned(), text: title, form }];
    texts.extend(values(schema::TEXT)?.into_iter().map(|(iri, text)| Text { iri, text, form }));
    Ok(texts)
}

fn value(quad: Quad) -> Option<(String, String)> {
    match (quad.subject, quad.object) {
        (NamedOrBlankNode::NamedNode(iri), Term::Literal(words)) => Some((iri.into_string(), words.value().to_owned())),
        _ => None,
    }
}
