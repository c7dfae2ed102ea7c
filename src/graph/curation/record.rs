//! Deeds as RDF, in the curation graph, and back.

use super::anchor::Anchor;
use super::deed::{Amendment, Correction, Deed, Merge, Rejection, Renaming, Undone, What};
use crate::date::Interval;
use crate::extract::Kind;
use crate::graph::base::Base;
use crate::graph::describe::{date, integer, kind_term, plain};
use crate::graph::vocabulary::{dixit, oa, prov};
use jiff::Timestamp;
use jiff::civil::Date;
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxHashMap;
use std::str::FromStr;

/// What is wrong with a deed that was written elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    #[error("{0} has no {1}")]
    Missing(String, String),
    #[error("{deed} has `{value}` as its {property}, which is none")]
    Value { deed: String, property: String, value: String },
}

impl RecordError {
    /// The deed, without brackets.
    pub(super) fn deed(&self) -> &str {
        let (Self::Missing(deed, _) | Self::Value { deed, .. }) = self;
        deed.trim_matches(['<', '>']).rsplit('/').find(|part| *part != "anchor").unwrap_or_default()
    }
}

/// The deed as quads of the curation graph.
pub(super) fn describe(deed: &Deed, base: &Base) -> Vec<Quad> {
    let (graph, iri) = (base.curation_graph(), base.deed(&deed.id));
    let mut quads = Vec::new();
    let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    match &deed.what {
        What::Correction(correction) => {
            add(&iri, rdf::TYPE, dixit::CORRECTION.into());
            add(&iri, dixit::CORRECTS, correction.statement.clone().into());
            for article in &correction.articles {
                add(&iri, dixit::CORRECTS_IN, article.clone().into());
            }
            let Amendment { actors, date: interval, kind: new_kind, rejected } = &correction.change;
            for actor in actors {
                add(&iri, dixit::CORRECTED_ACTOR, actor.clone().into());
            }
            let days = interval.map_or((None, None), |interval| (interval.first, interval.last));
            for (predicate, day) in [(dixit::CORRECTED_NOT_BEFORE, days.0), (dixit::CORRECTED_NOT_AFTER, days.1)] {
                if let Some(day) = day {
                    add(&iri, predicate, date(day).into());
                }
            }
            if let Some(new) = new_kind {
                add(&iri, dixit::CORRECTED_KIND, kind_term(*new).into());
            }
            if *rejected {
                add(&iri, dixit::REJECTED, Literal::new_typed_literal("true", xsd::BOOLEAN).into());
            }
            let Anchor { exact, prefix, suffix, start, end } = &correction.anchor;
            let anchor = NamedNode::new_unchecked(format!("{}/anchor", iri.as_str()));
            add(&iri, dixit::ANCHOR, anchor.clone().into());
            add(&anchor, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR.into());
            add(&anchor, rdf::TYPE, oa::TEXT_POSITION_SELECTOR.into());
            for (predicate, words) in [(oa::EXACT, exact), (oa::PREFIX, prefix), (oa::SUFFIX, suffix)] {
                if !words.is_empty() {
                    add(&anchor, predicate, plain(words).into());
                }
            }
            add(&anchor, oa::START, integer(*start).into());
            add(&anchor, oa::END, integer(*end).into());
        }
        What::Merge(merge) => {
            add(&iri, rdf::TYPE, dixit::MERGE.into());
            add(&iri, dixit::MERGED, merge.merged.clone().into());
            add(&iri, dixit::KEPT, merge.kept.clone().into());
        }
        What::Rejection(rejection) => {
            add(&iri, rdf::TYPE, dixit::REJECTION.into());
            add(&iri, dixit::REJECTED_ACTOR, rejection.actor.clone().into());
            if let Some(name) = &rejection.name {
                add(&iri, dixit::REJECTED_NAME, plain(name).into());
            }
            for article in &rejection.articles {
                add(&iri, dixit::CORRECTS_IN, article.clone().into());
            }
        }
        What::Renaming(renaming) => {
            add(&iri, rdf::TYPE, dixit::RENAMING.into());
            add(&iri, dixit::RENAMED, renaming.thing.clone().into());
            add(&iri, dixit::NEW_NAME, plain(&renaming.name).into());
        }
    }
    add(&iri, dixit::CURATOR, plain(&deed.by).into());
    add(&iri, prov::GENERATED_AT_TIME, moment(deed.at).into());
    if let Some(note) = &deed.note {
        add(&iri, rdfs::COMMENT, plain(note).into());
    }
    if let Some(undone) = &deed.undone {
        add(&iri, dixit::UNDONE_BY, plain(&undone.by).into());
        add(&iri, prov::INVALIDATED_AT_TIME, moment(undone.at).into());
    }
    quads
}

/// All deeds that quads describe, the older first.
pub(super) fn read(quads: impl IntoIterator<Item = Quad>) -> Result<Vec<Deed>, RecordError> {
    let mut nodes: FxHashMap<NamedOrBlankNode, Vec<(NamedNode, Term)>> = FxHashMap::default();
    for quad in quads {
        nodes.entry(quad.subject).or_default().push((quad.predicate, quad.object));
    }
    let mut deeds = Vec::new();
    for (iri, properties) in &nodes {
        let node = Node { iri: iri.to_string(), properties };
        let NamedOrBlankNode::NamedNode(iri) = iri else { continue };
        let classes = node.all(rdf::TYPE).collect::<Vec<_>>();
        let is = |class: NamedNodeRef<'static>| classes.contains(&&Term::from(class));
        let what = if is(dixit::CORRECTION) {
            What::Correction(Box::new(correction(&node, &nodes)?))
        } else if is(dixit::MERGE) {
            What::Merge(Merge { merged: node.iri(dixit::MERGED)?, kept: node.iri(dixit::KEPT)? })
        } else if is(dixit::REJECTION) {
            What::Rejection(Rejection {
                actor: node.iri(dixit::REJECTED_ACTOR)?,
                name: node.optional_words(dixit::REJECTED_NAME)?,
                articles: node.iris(dixit::CORRECTS_IN)?,
            })
        } else if is(dixit::RENAMING) {
            What::Renaming(Renaming { thing: node.iri(dixit::RENAMED)?, name: node.words(dixit::NEW_NAME)?.to_owned() })
        } else {
            continue;
        };
        let id = iri.as_str().rsplit('/').next().unwrap_or_default();
        if !is_id(id) {
            return Err(node.wrong(rdf::TYPE, "a deed, for its IRI does not end in 16 hexadecimal digits"));
        }
        let at = node.value(prov::GENERATED_AT_TIME)?;
        let undone = node.one(dixit::UNDONE_BY).is_some().then(|| undone(&node)).transpose()?;
        if let Some(Undone { at: then, .. }) = undone
            && then <= at
        {
            return Err(node.wrong(prov::INVALIDATED_AT_TIME, &then.to_string()));
        }
        deeds.push(Deed {
            id: id.to_owned(),
            what,
            by: node.words(dixit::CURATOR)?.to_owned(),
            at,
            note: node.optional_words(rdfs::COMMENT)?,
            undone,
        });
    }
    deeds.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(deeds)
}

/// Whether a deed may be called so.
pub(super) fn is_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

fn undone(node: &Node<'_>) -> Result<Undone, RecordError> {
    Ok(Undone { by: node.words(dixit::UNDONE_BY)?.to_owned(), at: node.value(prov::INVALIDATED_AT_TIME)? })
}

fn correction(
    node: &Node<'_>,
    nodes: &FxHashMap<NamedOrBlankNode, Vec<(NamedNode, Term)>>,
) -> Result<Correction, RecordError> {
    let day = |predicate| node.one(predicate).is_some().then(|| node.value::<Date>(predicate)).transpose();
    let (first, last) = (day(dixit::CORRECTED_NOT_BEFORE)?, day(dixit::CORRECTED_NOT_AFTER)?);
    let new_kind = match node.one(dixit::CORRECTED_KIND) {
        Some(_) => {
            let new = node.iri(dixit::CORRECTED_KIND)?;
            let known = Kind::ALL.into_iter().find(|known| kind_term(*known) == new.as_ref());
            Some(known.ok_or_else(|| node.wrong(dixit::CORRECTED_KIND, new.as_str()))?)
        }
        None => None,
    };
    let rejected = match node.one(dixit::REJECTED) {
        Some(_) => node.value::<bool>(dixit::REJECTED)?,
        None => false,
    };
    let anchor = node.iri(dixit::ANCHOR)?;
    let properties = nodes.get(&NamedOrBlankNode::from(anchor.clone())).map_or(&[][..], Vec::as_slice);
    let anchor = Node { iri: anchor.to_string(), properties };
    let around = |predicate| anchor.optional_words(predicate).map(Option::unwrap_or_default);
    Ok(Correction {
        articles: node.iris(dixit::CORRECTS_IN)?,
        statement: node.iri(dixit::CORRECTS)?,
        anchor: Anchor {
            exact: anchor.words(oa::EXACT)?.to_owned(),
            prefix: around(oa::PREFIX)?,
            suffix: around(oa::SUFFIX)?,
            start: anchor.value(oa::START)?,
            end: anchor.value(oa::END)?,
        },
        change: Amendment {
            actors: node.iris(dixit::CORRECTED_ACTOR)?,
            date: (first.is_some() || last.is_some()).then_some(Interval { first, last }),
            kind: new_kind,
            rejected,
        },
    })
}

/// A subject with what is said of it.
struct Node<'a> {
    iri: String,
    properties: &'a [(NamedNode, Term)],
}

impl Node<'_> {
    fn all(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.properties.iter().filter(move |(property, _)| *property == predicate).map(|(_, object)| object)
    }

    /// Of several values, of which two stores that were united may each have one, always the same.
    fn one(&self, predicate: NamedNodeRef<'_>) -> Option<&Term> {
        self.all(predicate).min_by_key(|object| object.to_string())
    }

    /// The IRI that is the value of a property, which must be there.
    fn iri(&self, predicate: NamedNodeRef<'_>) -> Result<NamedNode, RecordError> {
        match self.one(predicate) {
            Some(Term::NamedNode(iri)) => Ok(iri.clone()),
            Some(other) => Err(self.wrong(predicate, &other.to_string())),
            None => Err(self.missing(predicate)),
        }
    }

    /// All of them, sorted.
    fn iris(&self, predicate: NamedNodeRef<'_>) -> Result<Vec<NamedNode>, RecordError> {
        let iri = |object: &Term| match object {
            Term::NamedNode(iri) => Ok(iri.clone()),
            other => Err(self.wrong(predicate, &other.to_string())),
        };
        let mut iris = self.all(predicate).map(iri).collect::<Result<Vec<_>, _>>()?;
        iris.sort();
        Ok(iris)
    }

    fn words(&self, predicate: NamedNodeRef<'_>) -> Result<&str, RecordError> {
        match self.one(predicate) {
            Some(Term::Literal(words)) => Ok(words.value()),
            Some(other) => Err(self.wrong(predicate, &other.to_string())),
            None => Err(self.missing(predicate)),
        }
    }

    fn optional_words(&self, predicate: NamedNodeRef<'_>) -> Result<Option<String>, RecordError> {
        self.one(predicate).map(|_| self.words(predicate).map(str::to_owned)).transpose()
    }

    fn value<T: FromStr>(&self, predicate: NamedNodeRef<'_>) -> Result<T, RecordError> {
        let words = self.words(predicate)?;
        words.parse().map_err(|_| self.wrong(predicate, words))
    }

    fn missing(&self, predicate: NamedNodeRef<'_>) -> RecordError {
        RecordError::Missing(self.iri.clone(), predicate.to_string())
    }

    fn wrong(&self, predicate: NamedNodeRef<'_>, value: &str) -> RecordError {
        RecordError::Value { deed: self.iri.clone(), property: predicate.to_string(), value: value.to_owned() }
    }
}

fn moment(at: Timestamp) -> Literal {
    Literal::new_typed_literal(at.to_string(), xsd::DATE_TIME)
}
