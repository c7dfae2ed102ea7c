//! Which actors are linked with items of Wikidata and which are not, for a person to look at.
//!
//! All statements are walked once, in a stream; of the links only what the rows need is kept.

use super::base::local_key;
use super::vocabulary::{WIKIDATA, dixit, schema};
use crate::entity::link::DOUBTFUL;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::StorageError;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// So many links of a row are kept, the least sure ones, to tell how it came about.
const EXAMPLES: usize = 5;

/// What is known of who an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// It has an item.
    Linked,
    /// It has an item, or might have one, and the program was not sure.
    Doubtful,
    /// It has none.
    Unlinked,
    /// The authorities of a place, which have none of their own.
    Authority,
}

impl LinkState {
    /// `linked`, `doubtful`, `unlinked` or `authority`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Linked => "linked",
            Self::Doubtful => "doubtful",
            Self::Unlinked => "unlinked",
            Self::Authority => "authority",
        }
    }
}

/// An actor of statements; one with an item under one of the names by which articles come to it, for another name may be that
/// of somebody else.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewed {
    pub actor: NamedNode,
    /// Its names as the articles have them, of an actor with an item the spellings of one; none where no link tells.
    pub names: BTreeSet<String>,
    pub state: LinkState,
    /// The item of the actor: `Q7184`.
    pub item: Option<String>,
    /// What the actor is.
    pub classes: Vec<NamedNode>,
    pub statements: usize,
    pub articles: usize,
    /// The least score of the links.
    pub score: Option<f64>,
    /// The entities of which the program thought and which it did not take.
    pub candidates: BTreeSet<NamedNode>,
    /// The least sure links, that one first.
    links: Vec<NamedNode>,
}

/// How a name came to an actor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// As the IRIs of the methods end: `ByName`.
    pub methods: BTreeSet<String>,
    /// The evidence of the least sure link.
    pub evidence: BTreeSet<String>,
}

/// How many statements have an actor with an item, and how many have none. Each counts once, for the best of its actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shares {
    pub linked: usize,
    /// Those of authorities of places, which have no item of their own.
    pub authority: usize,
    pub unlinked: usize,
    /// Those of sources without a name and of documents.
    pub unnamed: usize,
}

impl Shares {
    /// How many statements there are.
    pub fn statements(&self) -> usize {
        self.linked + self.authority + self.unlinked + self.unnamed
    }
}

/// A link, as far as it counts here.
#[derive(Default)]
struct Lead {
    name: String,
    actor: Option<NamedNode>,
    score: Option<f64>,
    candidates: BTreeSet<NamedNode>,
}

/// An actor, as far as it counts here.
struct Actor {
    item: Option<String>,
    classes: Vec<NamedNode>,
    share: Share,
}

/// In which share of statements an actor is counted, the best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    Linked,
    Authority,
    Unlinked,
    Unnamed,
}

/// What is counted of an actor under a name.
#[derive(Default)]
struct Row {
    statements: usize,
    articles: FxHashSet<String>,
    /// Each once, though several statements have it.
    links: FxHashSet<NamedNode>,
}

impl super::Store {
    /// The actors of all statements that have a name, those with an item under each name by which articles come to them, the
    /// most frequent first; and the shares of the statements whose actors are linked.
    pub fn review(&self) -> Result<(Vec<Reviewed>, Shares), StorageError> {
        let leads = self.leads()?;
        let mut links: FxHashMap<NamedNode, Vec<NamedNode>> = FxHashMap::default();
        for pair in self.pairs(dixit::ACTOR_LINK) {
            if let (statement, Term::NamedNode(link)) = pair? {
                links.entry(statement).or_default().push(link);
            }
        }
        let mut actors: FxHashMap<NamedNode, Actor> = FxHashMap::default();
        let mut rows: FxHashMap<(NamedNode, Option<String>), Row> = FxHashMap::default();
        let mut best: FxHashMap<NamedNode, Share> = FxHashMap::default();
        for pair in self.pairs(dixit::ACTOR) {
            let (statement, Term::NamedNode(iri)) = pair? else { continue };
            if !actors.contains_key(&iri) {
                actors.insert(iri.clone(), self.actor(&iri)?);
            }
            let Some(actor) = actors.get(&iri) else { continue };
            if actor.share != Share::Unnamed {
                let mut by_name: FxHashMap<Option<String>, Vec<&NamedNode>> = FxHashMap::default();
                for link in links.get(&statement).into_iter().flatten() {
                    if let Some(lead) = leads.get(link).filter(|lead| lead.actor.as_ref() == Some(&iri)) {
                        let name = (actor.share == Share::Linked).then(|| local_key(&lead.name));
                        by_name.entry(name).or_default().push(link);
                    }
                }
                if by_name.is_empty() {
                    by_name.insert(None, Vec::new());
                }
                let article = statement.as_str().split("/statement/").next().unwrap_or_default();
                for (name, links) in by_name {
                    let row = rows.entry((iri.clone(), name)).or_default();
                    row.statements += 1;
                    if !row.articles.contains(article) {
                        row.articles.insert(article.to_owned());
                    }
                    row.links.extend(links.into_iter().cloned());
                }
            }
            let share = best.entry(statement).or_insert(actor.share);
            *share = actor.share.min(*share);
        }
        let mut shares = Shares::default();
        for share in best.into_values() {
            *match share {
                Share::Linked => &mut shares.linked,
                Share::Authority => &mut shares.authority,
                Share::Unlinked => &mut shares.unlinked,
                Share::Unnamed => &mut shares.unnamed,
            } += 1;
        }
        let reviewed = rows.into_iter().filter_map(|((iri, _), row)| {
            let actor = actors.get(&iri)?;
            Some(reviewed(iri, row, actor, &leads))
        });
        let mut reviewed: Vec<_> = reviewed.collect();
        let key = |row: &Reviewed| (Reverse((row.statements, row.articles)), row.actor.clone(), row.names.clone());
        reviewed.sort_by_cached_key(key);
        Ok((reviewed, shares))
    }

    /// How the names of a row came to the actor.
    pub fn way(&self, row: &Reviewed) -> Result<Way, StorageError> {
        let mut way = Way::default();
        for (number, link) in row.links.iter().enumerate() {
            for quad in self.query_store().quads_for_pattern(Some(link.into()), None, None, None) {
                let quad = quad?;
                match (quad.predicate.as_ref(), quad.object) {
                    (dixit::LINK_METHOD, Term::NamedNode(method)) => {
                        way.methods.extend(method.as_str().rsplit('#').next().map(str::to_owned));
                    }
                    (dixit::LINK_EVIDENCE, Term::Literal(words)) if number == 0 => {
                        way.evidence.insert(words.value().to_owned());
                    }
                    _ => {}
                }
            }
        }
        Ok(way)
    }

    /// All links.
    fn leads(&self) -> Result<FxHashMap<NamedNode, Lead>, StorageError> {
        let mut leads: FxHashMap<NamedNode, Lead> = FxHashMap::default();
        for pair in self.pairs(dixit::LINKED_NAME) {
            if let (link, Term::Literal(name)) = pair? {
                leads.entry(link).or_default().name = name.value().to_owned();
            }
        }
        for pair in self.pairs(dixit::LINKED_ACTOR) {
            if let (link, Term::NamedNode(actor)) = pair? {
                leads.entry(link).or_default().actor = Some(actor);
            }
        }
        for pair in self.pairs(dixit::LINK_SCORE) {
            if let (link, Term::Literal(score)) = pair? {
                leads.entry(link).or_default().score = score.value().parse().ok();
            }
        }
        for pair in self.pairs(dixit::LINK_CANDIDATE) {
            if let (link, Term::NamedNode(candidate)) = pair? {
                leads.entry(link).or_default().candidates.insert(candidate);
            }
        }
        Ok(leads)
    }

    fn actor(&self, iri: &NamedNode) -> Result<Actor, StorageError> {
        let (mut item, mut classes, mut is_authority) = (None, BTreeSet::new(), false);
        for quad in self.query_store().quads_for_pattern(Some(iri.into()), None, None, None) {
            let quad = quad?;
            match (quad.predicate.as_ref(), quad.object) {
                (rdf::TYPE, Term::NamedNode(class)) => drop(classes.insert(class)),
                (schema::SAME_AS, Term::NamedNode(same)) => {
                    item = same.as_str().strip_prefix(WIKIDATA).map(str::to_owned).or(item);
                }
                (dixit::AUTHORITY_OF, _) => is_authority = true,
                _ => {}
            }
        }
        let is = |class: NamedNodeRef<'_>| classes.iter().any(|other| *other == class);
        let share = match item {
            Some(_) => Share::Linked,
            None if is_authority => Share::Authority,
            None if is(dixit::UNNAMED_SOURCE) || is(dixit::DOCUMENT) => Share::Unnamed,
            None => Share::Unlinked,
        };
        Ok(Actor { item, classes: classes.into_iter().collect(), share })
    }

    /// All subjects and objects of a property.
    fn pairs(&self, predicate: NamedNodeRef<'_>) -> impl Iterator<Item = Result<(NamedNode, Term), StorageError>> {
        let quads = self.query_store().quads_for_pattern(None, Some(predicate), None, None);
        quads.filter_map(|quad| match quad {
            Ok(quad) => match quad.subject {
                NamedOrBlankNode::NamedNode(subject) => Some(Ok((subject, quad.object))),
                NamedOrBlankNode::BlankNode(_) => None,
            },
            Err(error) => Some(Err(error)),
        })
    }
}

fn reviewed(iri: NamedNode, row: Row, actor: &Actor, leads: &FxHashMap<NamedNode, Lead>) -> Reviewed {
    let mut links: Vec<_> =
        row.links.into_iter().filter_map(|link| leads.get(&link).map(|lead| (lead, link))).collect();
    let sureness = |lead: &Lead| lead.score.unwrap_or(f64::MAX);
    links.sort_by(|(a, link), (b, other)| sureness(a).total_cmp(&sureness(b)).then_with(|| link.cmp(other)));
    let candidates: BTreeSet<_> = links.iter().flat_map(|(lead, _)| lead.candidates.iter().cloned()).collect();
    let score = links.first().and_then(|(lead, _)| lead.score);
    let is_unsure = actor.item.is_some() && score.is_some_and(|score| score < f64::from(DOUBTFUL));
    let state = match actor.share {
        _ if is_unsure || !candidates.is_empty() => LinkState::Doubtful,
        Share::Linked => LinkState::Linked,
        Share::Authority => LinkState::Authority,
        Share::Unlinked | Share::Unnamed => LinkState::Unlinked,
    };
    Reviewed {
        actor: iri,
        names: links.iter().map(|(lead, _)| lead.name.clone()).collect(),
        state,
        item: actor.item.clone(),
        classes: actor.classes.clone(),
        statements: row.statements,
        articles: row.articles.len(),
        score,
        candidates,
        links: links.into_iter().take(EXAMPLES).map(|(_, link)| link).collect(),
    }
}
