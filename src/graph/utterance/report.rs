//! A stored statement as it is compared with others: its words, who said them and when.

use crate::entity::fold;
use crate::graph::base::Base;
use crate::graph::transaction::Transaction;
use crate::graph::vocabulary::{dixit, schema};
use crate::graph::words::{Quoted, Words};
use jiff::civil::Date;
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::store::StorageError;
use std::cmp::Ordering;

/// A statement, compared with others.
#[derive(Debug)]
pub(super) struct Report {
    pub iri: NamedNode,
    pub words: Words,
    pub speakers: Vec<Speaker>,
    /// The first and the last day on which it may have been said.
    pub said: Option<(Date, Date)>,
    /// The last day on which its article may have appeared, as it is written, year first.
    pub published: Option<String>,
}

/// Who said it, as far as it tells whether another is the same.
#[derive(Debug)]
pub(super) struct Speaker {
    pub iri: NamedNode,
    /// Folded.
    pub name: String,
    pub kind: SpeakerKind,
    /// Whether what the article says of it tells that, so that it changes with the article alone.
    pub is_of_article: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SpeakerKind {
    Person,
    /// A source without a name, or a document: another in each article.
    Unnamed,
    Other,
}

impl Report {
    /// Reads a statement that stands in the graph of its article.
    pub fn read(
        store: &Transaction<'_>,
        base: &Base,
        iri: NamedNode,
        article: &NamedNode,
    ) -> Result<Self, StorageError> {
        let (mut text, mut quoted, mut actors) = (String::new(), Quoted::None, Vec::new());
        let (mut first, mut last, mut stated) = (None, None, false);
        let quads = store.quads_for_pattern(Some((&iri).into()), None, None, Some(article.into()));
        for quad in quads {
            let quad = quad?;
            match (quad.predicate.as_ref(), quad.object) {
                (schema::TEXT, Term::Literal(words)) => words.value().clone_into(&mut text),
                (dixit::KIND, Term::NamedNode(kind)) if kind == dixit::DIRECT => quoted = Quoted::All,
                (dixit::KIND, Term::NamedNode(kind)) if kind == dixit::MIXED => quoted = Quoted::Marked,
                (dixit::ACTOR, Term::NamedNode(actor)) => actors.push(actor),
                (dixit::SAID_NOT_BEFORE, Term::Literal(day)) => first = day.value().parse().ok(),
                (dixit::SAID_NOT_AFTER, Term::Literal(day)) => last = day.value().parse().ok(),
                (dixit::DATE_BASIS, Term::NamedNode(basis)) => stated = basis != dixit::FROM_PUBLICATION,
                _ => {}
            }
        }
        let of_article = |predicate| value(store, article, predicate, article);
        let published = of_article(dixit::PUBLISHED_NOT_AFTER)?;
        if !stated {
            // It was said on that day or before, but what is new is told soon.
            first = of_article(dixit::PUBLISHED_NOT_BEFORE)?.and_then(|day| day.parse().ok());
            last = published.as_deref().and_then(|day| day.parse().ok());
        }
        let read = |actor| Speaker::read(store, base, actor, article);
        Ok(Self {
            words: Words::of(&text, quoted),
            speakers: actors.into_iter().map(read).collect::<Result<_, _>>()?,
            said: first.or(last).zip(last.or(first)),
            published,
            iri,
        })
    }

    /// The days between the two; none if they may be one day, or one is unknown.
    pub fn days_from(&self, other: &Self) -> i64 {
        let (Some((first, last)), Some((other_first, other_last))) = (self.said, other.said) else { return 0 };
        let days = |from: Date, to: Date| to.duration_since(from).as_hours() / 24;
        days(last, other_first).max(days(other_last, first)).max(0)
    }

    /// What appeared for certain before the other comes first, then what has the smaller IRI.
    pub fn earlier_first(&self, other: &Self) -> Ordering {
        let key = |report: &'_ Self| (report.published.is_none(), report.published.clone());
        key(self).cmp(&key(other)).then_with(|| self.iri.as_str().cmp(other.iri.as_str()))
    }
}

impl Speaker {
    fn read(store: &Transaction<'_>, base: &Base, iri: NamedNode, article: &NamedNode) -> Result<Self, StorageError> {
        // What other articles say of a local entity must make no difference: what this one says of it stands in its graph.
        let (entities, curation) = (base.entities_graph(), base.curation_graph());
        let places = [
            (dixit::LOCAL_CLASS, dixit::LOCAL_LABEL, article),
            (rdf::TYPE, rdfs::LABEL, article),
            (rdf::TYPE, rdfs::LABEL, &entities),
            // Somebody of another article, whom a person put in the place of one of this.
            (rdf::TYPE, rdfs::LABEL, &curation),
        ];
        for (class, label, graph) in places {
            let mut classes = store.quads_for_pattern(Some((&iri).into()), Some(class), None, Some(graph.into()));
            let classes = classes.by_ref().map(|quad| quad.map(|quad| quad.object)).collect::<Result<Vec<_>, _>>()?;
            if classes.is_empty() {
                continue;
            }
            let is = |class: NamedNodeRef<'_>| classes.iter().any(|other| *other == Term::from(class));
            let kind = if is(dixit::UNNAMED_SOURCE) || is(dixit::DOCUMENT) {
                SpeakerKind::Unnamed
            } else if is(schema::PERSON) {
                SpeakerKind::Person
            } else {
                SpeakerKind::Other
            };
            // One of several names, always the same.
            let labels = |label, graph: &NamedNode| {
                let labels = store.quads_for_pattern(Some((&iri).into()), Some(label), None, Some(graph.into()));
                labels.collect::<Result<Vec<_>, _>>()
            };
            // What people call it makes no difference either.
            let mut own = labels(dixit::FORMER_NAME, &curation)?;
            if own.is_empty() || label == dixit::LOCAL_LABEL {
                own = labels(label, graph)?;
            }
            let names = own.into_iter().map(|quad| literal(quad).map(|name| fold(&name)).unwrap_or_default());
            let name = names.min().unwrap_or_default();
            return Ok(Self { iri, name, kind, is_of_article: graph == article });
        }
        Ok(Self { iri, name: String::new(), kind: SpeakerKind::Other, is_of_article: false })
    }
}

/// What a graph says of a thing, of what is said once.
fn value(
    store: &Transaction<'_>,
    of: &NamedNode,
    predicate: NamedNodeRef<'_>,
    graph: &NamedNode,
) -> Result<Option<String>, StorageError> {
    let mut quads = store.quads_for_pattern(Some(of.into()), Some(predicate), None, Some(graph.into()));
    Ok(quads.next().transpose()?.and_then(literal))
}

fn literal(quad: Quad) -> Option<String> {
    match quad.object {
        Term::Literal(literal) => Some(literal.value().to_owned()),
        _ => None,
    }
}
