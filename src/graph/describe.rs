//! An article and its statements as RDF: a pure function, the same quads for the same input.

use super::base::{Base, scoped_key, sha256};
use super::clock::now;
use super::vocabulary::{dixit, oa, prov, schema};
use crate::article::Article;
use crate::code_points::CodePoints;
use crate::entity::Entities;
use crate::entity::link::{Link, Method, Scope};
use crate::extract::{Actor, ActorKind, DateBasis, Kind, Named, Polarity, Span, Statement, tables_version};
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use jiff::Timestamp;
use jiff::civil::Date;
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use std::hash::BuildHasher;
use std::sync::Arc;

/// Version of the program that the graph names as its origin.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The extraction: the versions of the program, of its tables and of the knowledge base, if there is one. Other tables find
/// other statements.
pub fn extraction(entities: &Entities) -> String {
    let base = entities.base_version().map(|version| format!("-{version}")).unwrap_or_default();
    format!("{VERSION}-{}{base}", tables_version())
}

/// Characters before and after the quoted words that a selector keeps, to find them again in a text
/// that has changed. The standard leaves the length open.
const CONTEXT: usize = 32;

/// The article and its statements as quads: each once, in a fixed order, without blank nodes.
///
/// All that rests on the article's words stands in the named graph of the article's own IRI;
/// entities and the activity are described in [`Base::entities_graph`].
pub fn describe_statements(article: &Article, statements: &[Statement], entities: &Entities, base: &Base) -> Vec<Quad> {
    let mut description = Description::new(article, entities, base);
    description.article();
    description.activity();
    let mut seen = FxHashMap::default();
    for statement in statements {
        let extent = statement.extent();
        let number = seen.entry(extent).or_insert(0);
        *number += 1;
        description.statement(statement, extent, *number);
    }
    description.quads
}

/// The IRIs of the statements that the quads describe, in the order of the statements.
pub fn described_statements(quads: &[Quad]) -> impl Iterator<Item = NamedNode> {
    let kind = Term::from(dixit::REPORTED_STATEMENT);
    quads.iter().filter(move |quad| quad.predicate == rdf::TYPE && quad.object == kind).filter_map(|quad| {
        match &quad.subject {
            NamedOrBlankNode::NamedNode(iri) => Some(iri.clone()),
            NamedOrBlankNode::BlankNode(_) => None,
        }
    })
}

/// The text of the article, into which all offsets point: exactly as it was read, in the article's graph.
///
/// The store keeps it to show the evidence. It is no part of [`describe_statements`], for texts belong to their
/// publishers: what is made of an article may be passed on where its text may not.
pub fn describe_text(article: &Article, base: &Base) -> Quad {
    let iri = base.article(&article.address);
    let text = tagged(&article.text, language_tag(&article.language).as_deref());
    Quad::new(iri.clone(), schema::ARTICLE_BODY, text, iri)
}

/// When the article was extracted, as the store remembers it.
pub(super) fn describe_time(article: &Article, base: &Base) -> Quad {
    let time = Timestamp::from_second(now().as_second()).unwrap_or_default().to_string();
    let iri = base.article(&article.address);
    Quad::new(iri.clone(), dixit::EXTRACTED_AT, Literal::new_typed_literal(time, xsd::DATE_TIME), iri)
}

/// The quads of one article, while they are being written.
pub(super) struct Description<'a> {
    pub(super) entities: &'a Entities,
    pub(super) base: &'a Base,
    article: &'a Article,
    code_points: CodePoints<'a>,
    /// The article, and the graph that holds what rests on it.
    pub(super) iri: NamedNode,
    pub(super) entities_graph: NamedNode,
    activity: NamedNode,
    /// The article's language, if it is a valid tag.
    language: Option<String>,
    pub(super) quads: Vec<Quad>,
    /// The places of the quads, by their hashes.
    places: HashTable<usize>,
    /// The links of the article, by their places in memory: its statements share them.
    links: FxHashMap<*const Link, NamedNode>,
    /// Entities of the table that are described already.
    pub(super) described: FxHashSet<NamedNode>,
}

impl<'a> Description<'a> {
    pub(super) fn new(article: &'a Article, entities: &'a Entities, base: &'a Base) -> Self {
        Self {
            entities,
            base,
            article,
            code_points: CodePoints::new(&article.text),
            iri: base.article(&article.address),
            entities_graph: base.entities_graph(),
            activity: base.activity(&extraction(entities)),
            language: language_tag(&article.language),
            quads: Vec::new(),
            places: HashTable::new(),
            links: FxHashMap::default(),
            described: FxHashSet::default(),
        }
    }

    fn article(&mut self) {
        let article = self.article;
        let iri = self.iri.clone();
        self.add(&iri, rdf::TYPE, schema::NEWS_ARTICLE);
        self.add(&iri, dixit::FILE_NAME, plain(&article.name));
        if let Some(url) = article.url.as_deref().and_then(web_address) {
            self.add(&iri, schema::URL, url);
        }
        if let Some(title) = &article.title {
            let title = self.tagged(title);
            self.add(&iri, schema::HEADLINE, title);
        }
        // Names alone do not tell persons from agencies, nor one Anne Roy from another: they stay words.
        if let Some(author) = &article.author {
            self.add(&iri, schema::AUTHOR, plain(author));
        }
        if let Some(published) = article.published {
            if let Some(day) = published.day() {
                self.add(&iri, schema::DATE_PUBLISHED, date(day));
            }
            self.add(&iri, dixit::PUBLISHED_NOT_BEFORE, date(published.first_day()));
            self.add(&iri, dixit::PUBLISHED_NOT_AFTER, date(published.last_day()));
        }
        self.add(&iri, schema::IN_LANGUAGE, plain(&article.language));
        if let Some(outlet) = self.publisher(article) {
            self.add(&iri, schema::PUBLISHER, outlet);
        }
        self.add(&iri, dixit::TEXT_HASH, plain(&sha256(&article.text)));
        self.add(&iri, dixit::EXTRACTED_BY, self.activity.clone());
    }

    /// The activity and the program that carried it out.
    fn activity(&mut self) {
        let (activity, agent) = (self.activity.clone(), self.base.agent(VERSION));
        let graph = self.entities_graph.clone();
        self.add_in(&graph, &activity, rdf::TYPE, prov::ACTIVITY);
        self.add_in(&graph, &activity, prov::WAS_ASSOCIATED_WITH, agent.clone());
        self.add_in(&graph, &activity, dixit::TABLES_VERSION, plain(tables_version()));
        self.add_in(&graph, &agent, rdf::TYPE, prov::SOFTWARE_AGENT);
        self.add_in(&graph, &agent, schema::SOFTWARE_VERSION, plain(VERSION));
        self.add_in(&graph, &agent, rdfs::LABEL, plain(&format!("dixit {VERSION}")));
    }

    /// A statement; `number` tells apart statements of the same extent, from 1.
    fn statement(&mut self, statement: &Statement, extent: Span, number: usize) {
        let (start, end) = self.offsets(extent);
        let suffix = if number > 1 { format!("-{number}") } else { String::new() };
        let iri = self.part(&format!("/statement/{start}-{end}{suffix}"));
        let quotation = statement.kind != Kind::Indirect;

        self.add(&iri, rdf::TYPE, dixit::REPORTED_STATEMENT);
        if quotation {
            self.add(&iri, rdf::TYPE, schema::QUOTATION);
        }
        for actor in &statement.actors {
            self.spoken_by(&iri, actor, quotation);
        }
        for candidate in &statement.candidates {
            let who = self.actor(&candidate.actor);
            self.add(&iri, dixit::CANDIDATE_ACTOR, who);
        }
        let text = self.tagged(&statement.text(&self.article.text));
        self.add(&iri, schema::TEXT, text);
        self.add(&iri, dixit::KIND, kind_term(statement.kind));
        self.add(&iri, dixit::POLARITY, polarity(statement.polarity));
        if let Some(cue) = &statement.cue {
            self.add(&iri, dixit::CUE, plain(cue.span.of(&self.article.text)));
            if !cue.class.is_empty() {
                self.add(&iri, dixit::CUE_CLASS, plain(cue.class));
            }
        }
        for topic in &statement.about {
            let topics = self.topic(topic);
            if topic.mention.is_some() {
                self.add(&iri, schema::MENTIONS, topics[0].clone());
            }
            for entity in topics {
                self.add(&iri, schema::ABOUT, entity);
            }
        }
        if let Some(said) = &statement.date {
            if let Some(day) = said.not_before {
                self.add(&iri, dixit::SAID_NOT_BEFORE, date(day));
            }
            if let Some(day) = said.not_after {
                self.add(&iri, dixit::SAID_NOT_AFTER, date(day));
            }
            self.add(&iri, dixit::DATE_BASIS, date_basis(said.basis));
            if let Some(words) = said.mention {
                self.add(&iri, dixit::DATE_MENTION, plain(words.of(&self.article.text)));
            }
        }
        self.add(&iri, schema::IS_PART_OF, self.iri.clone());
        self.relayed_by(&iri, &statement.relayed_by);
        self.mentioned(&iri, statement.addressee.as_deref(), dixit::ADDRESSEE, dixit::ADDRESSEE_MENTION);
        self.mentioned(&iri, statement.medium.as_deref(), dixit::MEDIUM, dixit::MEDIUM_MENTION);
        for span in &statement.spans {
            let evidence = self.evidence(*span);
            self.add(&iri, dixit::EVIDENCE, evidence);
        }
        self.add(&iri, dixit::CONFIDENCE, confidence(statement.confidence));
        self.add(&iri, prov::WAS_GENERATED_BY, self.activity.clone());
    }

    /// The outlets through which the words came, in the order in which the text names them.
    fn relayed_by(&mut self, statement: &NamedNode, relays: &[Named]) {
        let mut relays: Vec<_> = relays.iter().collect();
        relays.sort_by_key(|relay| relay.mention.map_or(usize::MAX, |span| span.start));
        for (position, named) in (1..).zip(relays) {
            let outlet = self.outlet(named);
            self.add(statement, dixit::RELAYED_BY, outlet.clone());
            let relay = NamedNode::new_unchecked(format!("{}/relay/{position}", statement.as_str()));
            self.add(statement, dixit::QUALIFIED_RELAY, relay.clone());
            self.add(&relay, rdf::TYPE, dixit::RELAY);
            self.add(&relay, prov::AGENT, outlet);
            self.add(&relay, schema::POSITION, integer(position));
            if let Some(words) = named.mention {
                self.add(&relay, dixit::RELAY_MENTION, plain(words.of(&self.article.text)));
            }
        }
    }

    /// The words that name something beside the cue, and the entity if they lead to one.
    fn mentioned(
        &mut self,
        statement: &NamedNode,
        what: Option<&Named>,
        entity: NamedNodeRef<'static>,
        mention: NamedNodeRef<'static>,
    ) {
        let Some(named) = what else { return };
        if let Some(id) = named.entity {
            let node = self.entity(id);
            self.add(statement, entity, node);
        }
        let words = named.mention.map_or(&*named.name, |span| span.of(&self.article.text));
        self.add(statement, mention, plain(words));
    }

    fn spoken_by(&mut self, statement: &NamedNode, actor: &Actor, quotation: bool) {
        let who = self.actor(actor);
        if quotation {
            self.add(statement, schema::SPOKEN_BY_CHARACTER, who.clone());
        }
        if let Some(link) = &actor.link {
            let link = self.link(link, &who);
            self.add(statement, dixit::ACTOR_LINK, link);
        }
        self.add(statement, dixit::ACTOR, who);
        self.add(statement, dixit::SPEAKER_MENTION, plain(actor.mention.of(&self.article.text)));
        if let Some(role) = actor.role {
            self.add(statement, dixit::SPEAKER_ROLE, plain(role.of(&self.article.text)));
        }
        if let Some(place) = actor.metonym {
            let place = self.entity(place);
            self.add(statement, dixit::METONYM, place);
        }
    }

    /// How a name led to the actor.
    fn link(&mut self, link: &Arc<Link>, actor: &NamedNode) -> NamedNode {
        if let Some(iri) = self.links.get(&Arc::as_ptr(link)) {
            return iri.clone();
        }
        let iri = self.part(&format!("/link/{}", self.links.len() + 1));
        self.links.insert(Arc::as_ptr(link), iri.clone());
        self.add(&iri, rdf::TYPE, dixit::LINK);
        self.add(&iri, dixit::LINKED_NAME, plain(&link.name));
        self.add(&iri, dixit::LINKED_ACTOR, actor.clone());
        self.add(&iri, dixit::LINK_METHOD, link_method(link.method));
        if link.scope != Scope::Everywhere {
            let key = scoped_key(&link.name, &link.scope, self.entities);
            self.add(&iri, dixit::LOCAL_KEY, plain(&key));
        }
        if !link.evidence.is_empty() {
            self.add(&iri, dixit::LINK_SCORE, confidence(link.score));
        }
        for evidence in &link.evidence {
            self.add(&iri, dixit::LINK_EVIDENCE, plain(&evidence.to_string()));
        }
        for (candidate, _) in &link.candidates {
            let candidate = self.entity(*candidate);
            self.add(&iri, dixit::LINK_CANDIDATE, candidate);
        }
        iri
    }

    /// Where the words stand, in both ways that the Web Annotation standard knows: as a quotation with
    /// its surroundings, and as a stretch of characters.
    fn evidence(&mut self, span: Span) -> NamedNode {
        let text = &self.article.text;
        let (start, end) = self.offsets(span);
        let evidence = self.part(&format!("#char={start},{end}"));
        let quote = self.part(&format!("/selector/quote/{start}-{end}"));
        let position = self.part(&format!("/selector/position/{start}-{end}"));

        self.add(&evidence, rdf::TYPE, oa::SPECIFIC_RESOURCE);
        self.add(&evidence, oa::HAS_SOURCE, self.iri.clone());
        self.add(&evidence, oa::HAS_SELECTOR, quote.clone());
        self.add(&evidence, oa::HAS_SELECTOR, position.clone());

        self.add(&quote, rdf::TYPE, oa::TEXT_QUOTE_SELECTOR);
        self.add(&quote, oa::EXACT, plain(span.of(text)));
        let (before, after) = (last(&text[..span.start]), first(&text[span.end..]));
        if !before.is_empty() {
            self.add(&quote, oa::PREFIX, plain(before));
        }
        if !after.is_empty() {
            self.add(&quote, oa::SUFFIX, plain(after));
        }

        self.add(&position, rdf::TYPE, oa::TEXT_POSITION_SELECTOR);
        self.add(&position, oa::START, integer(start));
        self.add(&position, oa::END, integer(end));
        evidence
    }

    /// The span in code points.
    fn offsets(&self, span: Span) -> (usize, usize) {
        (self.code_points.before(span.start), self.code_points.before(span.end))
    }

    /// An IRI below the article's own.
    pub(super) fn part(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.iri.as_str()))
    }

    /// Words in the language of the article.
    pub(super) fn tagged(&self, words: &str) -> Literal {
        tagged(words, self.language.as_deref())
    }

    /// Adds a quad to the article's graph.
    pub(super) fn add(&mut self, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>) {
        self.add_in(&self.iri.clone(), s, p, o);
    }

    /// Adds a quad to a graph, unless it is there.
    pub(super) fn add_in(&mut self, graph: &NamedNode, s: &NamedNode, p: NamedNodeRef<'_>, o: impl Into<Term>) {
        let quad = Quad::new(s.clone(), p, o, graph.clone());
        let hash = |quad: &Quad| FxBuildHasher.hash_one(quad);
        let is_it = |place: &usize| self.quads[*place] == quad;
        if let Entry::Vacant(place) = self.places.entry(hash(&quad), is_it, |place| hash(&self.quads[*place])) {
            place.insert(self.quads.len());
            self.quads.push(quad);
        }
    }
}

pub(super) fn kind_term(kind: Kind) -> NamedNodeRef<'static> {
    match kind {
        Kind::Direct => dixit::DIRECT,
        Kind::Indirect => dixit::INDIRECT,
        Kind::Mixed => dixit::MIXED,
    }
}

fn polarity(polarity: Polarity) -> NamedNodeRef<'static> {
    match polarity {
        Polarity::Asserted => dixit::ASSERTED,
        Polarity::Denied => dixit::DENIED,
        Polarity::Hearsay => dixit::HEARSAY,
        Polarity::Question => dixit::QUESTION,
        Polarity::Hypothetical => dixit::HYPOTHETICAL,
    }
}

fn link_method(method: Method) -> NamedNodeRef<'static> {
    match method {
        Method::Name => dixit::BY_NAME,
        Method::PartOfName => dixit::BY_PART_OF_NAME,
        Method::Office => dixit::BY_OFFICE,
        Method::Place => dixit::BY_PLACE,
    }
}

fn date_basis(basis: DateBasis) -> NamedNodeRef<'static> {
    match basis {
        DateBasis::Text => dixit::STATED_IN_TEXT,
        DateBasis::Publication => dixit::FROM_PUBLICATION,
    }
}

/// The classes of an actor that the table does not know.
pub(super) fn actor_classes(kind: ActorKind) -> &'static [NamedNodeRef<'static>] {
    match kind {
        ActorKind::Person => &[schema::PERSON],
        ActorKind::Unnamed => &[dixit::UNNAMED_SOURCE],
        ActorKind::Organisation => &[schema::ORGANIZATION],
        ActorKind::Outlet => &[schema::NEWS_MEDIA_ORGANIZATION],
        ActorKind::Authority => &[dixit::AUTHORITY],
        ActorKind::Document => &[dixit::DOCUMENT, schema::CREATIVE_WORK],
    }
}

/// A language, if it is a valid tag.
pub(super) fn language_tag(language: &str) -> Option<String> {
    let tagged = Literal::new_language_tagged_literal("", language);
    tagged.ok().and_then(|literal| literal.language().map(str::to_owned))
}

pub(super) fn tagged(words: &str, language: Option<&str>) -> Literal {
    match language {
        Some(language) => Literal::new_language_tagged_literal_unchecked(words, language),
        None => plain(words),
    }
}

pub(super) fn plain(words: &str) -> Literal {
    Literal::new_simple_literal(words)
}

pub(super) fn date(day: Date) -> Literal {
    Literal::new_typed_literal(day.to_string(), xsd::DATE)
}

pub(super) fn integer(number: usize) -> Literal {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER)
}

/// Two digits after the point, written in the canonical form that the store gives back ("0.9", "1").
fn confidence(value: f32) -> Literal {
    let digits = format!("{:.2}", value.clamp(0.0, 1.0));
    let canonical = digits.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(canonical, xsd::DECIMAL)
}

/// The address as an IRI: characters that an IRI forbids are percent-encoded.
/// What is no absolute IRI even so is left out.
fn web_address(url: &str) -> Option<NamedNode> {
    let forbidden = |c: char| c <= ' ' || "<>\"{}|\\^`".contains(c);
    let mut iri = String::with_capacity(url.len());
    for c in url.trim().chars() {
        if forbidden(c) {
            iri.push_str(&format!("%{:02X}", u32::from(c)));
        } else {
            iri.push(c);
        }
    }
    NamedNode::new(iri).ok()
}

/// The first characters of a text, [`CONTEXT`] at most.
fn first(text: &str) -> &str {
    text.char_indices().nth(CONTEXT).map_or(text, |(end, _)| &text[..end])
}

/// The last characters of a text, [`CONTEXT`] at most.
fn last(text: &str) -> &str {
    text.char_indices().rev().nth(CONTEXT - 1).map_or(text, |(start, _)| &text[start..])
}
