//! The graph for web pages: only terms of schema.org, as search engines and fact-checkers read them.
//!
//! A statement with words of its source is a `Quotation`; one that its source asserts is a `Claim`, to which the
//! `itemReviewed` of a `ClaimReview` can lead. schema.org has no words for a denial, a question, a supposition or hearsay:
//! what is not asserted is no claim, and what is denied is left out. A source without a name is credited in words.

use super::choice::{Closure, subjects};
use super::thing::Thing;
use crate::graph::vocabulary::{dixit, schema, schema_org, skos};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::{StorageError, Store};

/// What a thing of each class is for schema.org; the first that fits counts.
const CLASSES: &[(NamedNodeRef<'_>, NamedNodeRef<'_>)] = &[
    (schema::PERSON, schema::PERSON),
    (schema::NEWS_MEDIA_ORGANIZATION, schema::NEWS_MEDIA_ORGANIZATION),
    (schema::ORGANIZATION, schema::ORGANIZATION),
    (dixit::AUTHORITY, schema_org::GOVERNMENT_ORGANIZATION),
    (schema::COUNTRY, schema::COUNTRY),
    (schema::PLACE, schema::PLACE),
    (schema::CREATIVE_WORK, schema::CREATIVE_WORK),
    (skos::CONCEPT, schema_org::THING),
];

/// Those of the classes that can speak.
const SPEAKERS: &[NamedNodeRef<'_>] =
    &[schema::PERSON, schema::NEWS_MEDIA_ORGANIZATION, schema::ORGANIZATION, schema_org::GOVERNMENT_ORGANIZATION];

/// What tells of an entity.
const OF_ENTITY: [NamedNodeRef<'static>; 4] = [rdf::TYPE, rdfs::LABEL, skos::ALT_LABEL, schema::SAME_AS];

/// What a subject is for schema.org: as its quads in the default graph, or none.
pub(super) fn view(
    graph: &Store,
    closure: Option<&Closure>,
    subject: &NamedOrBlankNode,
    has_text: bool,
) -> Result<Vec<Quad>, StorageError> {
    let NamedOrBlankNode::NamedNode(iri) = subject else { return Ok(Vec::new()) };
    let mut view = View { graph, closure, iri, quads: Vec::new() };
    let thing = Thing::read_only(graph, iri, &OF_ENTITY)?;
    if thing.is_a(dixit::REPORTED_STATEMENT) {
        view.statement(&Thing::read(graph, iri)?)?;
    } else if thing.is_a(schema::NEWS_ARTICLE) {
        view.article(&Thing::read(graph, iri)?, has_text);
    } else if let Some(class) = class(&thing) {
        view.entity(&thing, class);
    }
    Ok(view.quads)
}

struct View<'a> {
    graph: &'a Store,
    closure: Option<&'a Closure>,
    iri: &'a NamedNode,
    quads: Vec<Quad>,
}

impl View<'_> {
    fn statement(&mut self, statement: &Thing) -> Result<(), StorageError> {
        let polarity = |value: NamedNodeRef<'_>| statement.iris(dixit::POLARITY).any(|iri| *iri == value);
        let (is_quoted, is_claim) = (statement.is_a(schema::QUOTATION), polarity(dixit::ASSERTED));
        if polarity(dixit::DENIED) || !is_quoted && !is_claim {
            return Ok(());
        }
        if is_quoted {
            self.add(rdf::TYPE, schema::QUOTATION);
        }
        if is_claim {
            self.add(rdf::TYPE, schema_org::CLAIM);
        }
        for actor in statement.iris(dixit::ACTOR) {
            let thing = Thing::read_only(self.graph, actor, &OF_ENTITY)?;
            match class(&thing) {
                Some(class) if SPEAKERS.contains(&class) => {
                    if is_quoted {
                        self.add(schema::SPOKEN_BY_CHARACTER, actor.clone());
                    }
                    if is_claim {
                        self.add(schema::AUTHOR, actor.clone());
                    }
                }
                Some(schema::CREATIVE_WORK) => self.add(schema_org::IS_BASED_ON, actor.clone()),
                _ => self.words(schema_org::CREDIT_TEXT, labels(&thing).first().copied()),
            }
        }
        self.words(schema::TEXT, statement.value(schema::TEXT));
        statement.iris(schema::ABOUT).for_each(|topic| self.add(schema::ABOUT, topic.clone()));
        for relay in statement.iris(dixit::RELAYED_BY) {
            let relay = Thing::read_only(self.graph, relay, &OF_ENTITY)?;
            self.words(schema_org::CITATION, labels(&relay).first().copied());
        }
        let (first, last) = (statement.value(dixit::SAID_NOT_BEFORE), statement.value(dixit::SAID_NOT_AFTER));
        if first.is_some() && first == last {
            self.date(schema_org::DATE_CREATED, first);
            if is_claim {
                self.date(schema::DATE_PUBLISHED, first);
            }
        }
        for iri in statement.iris(schema::IS_PART_OF) {
            let article = Thing::read_only(self.graph, iri, &[schema::IN_LANGUAGE, dixit::SAME_TEXT_AS])?;
            self.add(schema::IS_PART_OF, iri.clone());
            self.words(schema::IN_LANGUAGE, article.value(schema::IN_LANGUAGE));
            if is_claim {
                self.add(schema_org::APPEARANCE, iri.clone());
                if let Some(earliest) = self.first_appearance(&article)?.filter(|earliest| earliest != iri) {
                    self.add(schema_org::FIRST_APPEARANCE, earliest);
                }
            }
        }
        Ok(())
    }

    /// The article that reported the same utterance first, or has the same text and appeared first; if it is exported, too.
    fn first_appearance(&self, article: &Thing) -> Result<Option<NamedNode>, StorageError> {
        let mut first = article.iri(dixit::SAME_TEXT_AS).cloned();
        for utterance in subjects(self.graph, dixit::REPORT, self.iri)? {
            if let Some(report) = Thing::read(self.graph, &utterance)?.iri(dixit::EARLIEST_REPORT) {
                first = Thing::read(self.graph, report)?.iri(schema::IS_PART_OF).cloned().or(first);
            }
        }
        Ok(first.filter(|first| self.closure.is_none_or(|closure| closure.describes(first))))
    }

    fn article(&mut self, article: &Thing, has_text: bool) {
        self.add(rdf::TYPE, schema::NEWS_ARTICLE);
        for predicate in [schema::URL, schema::PUBLISHER] {
            article.iris(predicate).for_each(|iri| self.add(predicate, iri.clone()));
        }
        for predicate in [schema::HEADLINE, schema::AUTHOR, schema::IN_LANGUAGE] {
            self.words(predicate, article.value(predicate));
        }
        self.date(schema::DATE_PUBLISHED, article.value(schema::DATE_PUBLISHED));
        if has_text {
            self.words(schema::ARTICLE_BODY, article.value(schema::ARTICLE_BODY));
        }
    }

    fn entity(&mut self, entity: &Thing, class: NamedNodeRef<'_>) {
        self.add(rdf::TYPE, class);
        let mut names = labels(entity).into_iter();
        self.words(schema_org::NAME, names.next());
        let others = names.chain(entity.values(skos::ALT_LABEL));
        others.for_each(|name| self.words(schema_org::ALTERNATE_NAME, Some(name)));
        entity.iris(schema::SAME_AS).for_each(|same| self.add(schema::SAME_AS, same.clone()));
    }

    fn add(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.quads.push(Quad::new(self.iri.clone(), predicate, object, GraphName::DefaultGraph));
    }

    /// Words without the tag of their language, which pages tell by `inLanguage`.
    fn words(&mut self, predicate: NamedNodeRef<'_>, words: Option<&str>) {
        if let Some(words) = words {
            self.add(predicate, Literal::new_simple_literal(words));
        }
    }

    /// A date with the type that the context of schema.org gives to it.
    fn date(&mut self, predicate: NamedNodeRef<'_>, day: Option<&str>) {
        if let Some(day) = day {
            self.add(predicate, Literal::new_typed_literal(day, schema_org::DATE));
        }
    }
}

/// What a thing is for schema.org.
fn class(thing: &Thing) -> Option<NamedNodeRef<'static>> {
    CLASSES.iter().find(|(own, _)| thing.is_a(*own)).map(|(_, class)| *class)
}

/// The labels, the French one first.
fn labels(thing: &Thing) -> Vec<&str> {
    let mut labels: Vec<_> = thing.objects(rdfs::LABEL).filter_map(literal).collect();
    labels.sort_by_key(|label| (label.language() != Some("fr"), label.value()));
    let mut words: Vec<_> = labels.into_iter().map(Literal::value).collect();
    words.dedup();
    words
}

fn literal(term: &Term) -> Option<&Literal> {
    match term {
        Term::Literal(literal) => Some(literal),
        _ => None,
    }
}
