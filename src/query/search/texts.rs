//! The texts of a store whose words can be searched.

use super::facts::{Facts, Property, day};
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
    /// What else is known of a statement. An article has none.
    pub facts: Facts,
}

/// All articles as they are now.
pub fn states(store: &Store) -> Result<BTreeSet<ArticleState>, StorageError> {
    let mut hashes = FxHashMap::default();
    for quad in store.quads_for_pattern(None, Some(dixit::WORDS_HASH), None, None) {
        let quad = quad?;
        // What a file brought in a graph of its own says nothing of ours.
        if GraphName::from(quad.subject.clone()) == quad.graph_name {
            hashes.insert(quad.subject, quad.object);
        }
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

/// Whether the store has more articles than that.
pub fn has_many_articles(store: &Store, many: usize) -> Result<bool, StorageError> {
    let mut articles = store.quads_for_pattern(None, Some(rdf::TYPE), Some(schema::NEWS_ARTICLE.into()), None);
    articles.nth(many).transpose().map(|article| article.is_some())
}

/// The title of an article, be it empty, and its statements.
pub fn texts(store: &Store, article: &str) -> Result<Vec<Text>, StorageError> {
    let article = NamedNodeRef::new_unchecked(article);
    let graph = GraphName::from(article.into_owned());
    let values = |predicate: NamedNodeRef<'_>| {
        let quads = store.quads_for_pattern(None, Some(predicate), None, Some((&graph).into()));
        quads.filter_map(|quad| quad.map(value).transpose()).collect::<Result<Vec<_>, _>>()
    };
    let words = |predicate| Ok::<_, StorageError>(values(predicate)?.into_iter().filter_map(literal));
    let language = words(schema::IN_LANGUAGE)?.next_back().map(|(_, tag)| tag);
    let form = Form::of_language(language.as_deref());
    let title = words(schema::HEADLINE)?.next_back().map(|(_, title)| title).unwrap_or_default();
    let mut facts = FxHashMap::<String, Facts>::default();
    let of_statements = |property: &Property| *property != Property::ARTICLE && !property.is_of_article();
    for property in Property::ALL.into_iter().filter(of_statements) {
        for (iri, value) in values(property.iri())? {
            if let Term::NamedNode(value) = value {
                facts.entry(iri).or_default().values.push((property, value.into_string()));
            }
        }
    }
    for (predicate, last) in [(dixit::SAID_NOT_BEFORE, false), (dixit::SAID_NOT_AFTER, true)] {
        for (iri, value) in values(predicate)? {
            let Term::Literal(date) = value else { continue };
            let facts = facts.entry(iri).or_default();
            *if last { &mut facts.until } else { &mut facts.from } = day(&date);
        }
    }
    let publishers = values(schema::PUBLISHER)?.into_iter().filter_map(|(_, publisher)| match publisher {
        Term::NamedNode(publisher) => Some((Property::PUBLISHER, publisher.into_string())),
        _ => None,
    });
    let tag = language.map(|tag| (Property::LANGUAGE, tag));
    let of_article: Vec<_> = publishers.chain(tag).collect();
    let mut texts = vec![Text { iri: article.as_str().to_owned(), text: title, form, facts: Facts::default() }];
    texts.extend(words(schema::TEXT)?.map(|(iri, text)| {
        let mut facts = facts.remove(&iri).unwrap_or_default();
        facts.values.extend(of_article.iter().cloned());
        Text { iri, text, form, facts }
    }));
    // What has no words is counted, too.
    texts.extend(facts.into_iter().map(|(iri, facts)| Text { iri, text: String::new(), form, facts }));
    Ok(texts)
}

fn value(quad: Quad) -> Option<(String, Term)> {
    match quad.subject {
        NamedOrBlankNode::NamedNode(iri) => Some((iri.into_string(), quad.object)),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn literal((iri, value): (String, Term)) -> Option<(String, String)> {
    match value {
        Term::Literal(words) => Some((iri, words.value().to_owned())),
        _ => None,
    }
}
