//! Utterances: the statements of several articles, or of one, that report the same speech event.
//!
//! Two statements [report one event](event::same_event) if they have enough words in common. An utterance is what such
//! pairs hold together, and depends on the stored articles alone, not on the order in which they came. The store keeps for
//! each statement a few [keys](Words::keys) of its words, by which those with words in common find each other.
//!
//! When an article is taken out, the utterances of its statements are undone and what is left of them is [freed](release);
//! when one is put in, its statements and the freed ones are [joined] to what they have words in common with. All
//! other utterances stay untouched. Keys that more than [`MOST`] statements have tell nothing: a boilerplate said in
//! thousands of articles costs no more than in so many. Where a key becomes such a one, or is none any more, the statements
//! that have it are freed and joined anew.

mod event;
mod report;

use super::base::Base;
use super::transaction::Transaction;
use super::vocabulary::{dixit, schema};
use super::words::{Quoted, Words};
use event::{Likeness, same_event};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;
use report::Report;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Statements that may have a key, at most: of these each is compared with each. Of 48,000 statements of 8,000 articles no
/// more than 32 have one key.
const MOST: usize = 200;

/// The quads by which the statements among these quads are found again, each in the graph of its article. They follow from
/// the words.
pub(super) fn describe_keys(statements: &[Quad]) -> Vec<Quad> {
    let texts = statements.iter().filter(|quad| quad.predicate == schema::TEXT);
    let keys = texts.flat_map(|quad| {
        let words = match &quad.object {
            Term::Literal(words) => words.value(),
            _ => "",
        };
        let key = |key| {
            let key = Literal::new_simple_literal(key);
            Quad::new(quad.subject.clone(), dixit::WORD_KEY, key, quad.graph_name.clone())
        };
        Words::of(words, Quoted::None).keys().into_iter().map(key)
    });
    keys.collect()
}

/// Undoes the utterances of an article that is about to be taken out or changed, and adds to `freed` what else was in them.
pub(super) fn release(
    store: &mut Transaction<'_>,
    base: &Base,
    article: &NamedNode,
    freed: &mut BTreeSet<NamedNode>,
) -> Result<(), StorageError> {
    let keys = keys_of_article(store, article)?;
    let mut touched: BTreeSet<NamedNode> = keys.iter().map(|(statement, _)| statement.clone()).collect();
    for (key, own) in count(&keys) {
        let holders = holders(store, key, MOST + own + 1)?;
        if holders.len() > MOST && holders.len() - own <= MOST {
            touched.extend(holders.into_iter().map(|holder| holder.statement));
        }
    }
    undo(store, base, &touched, freed)
}

/// Joins the statements of articles that were just put in or changed, and the freed ones, to those that report the same
/// event. `reports` are those that were read before and hold.
pub(super) fn join(
    store: &mut Transaction<'_>,
    base: &Base,
    articles: &[NamedNode],
    mut freed: BTreeSet<NamedNode>,
    reports: &mut Reports,
) -> Result<(), StorageError> {
    if reports.reports.len() > Reports::MOST {
        *reports = Reports::default();
    }
    let mut keys = Vec::new();
    for article in articles {
        keys.extend(keys_of_article(store, article)?);
    }
    let mut known = FxHashMap::default();
    let mut worn = BTreeSet::new();
    for (key, own) in count(&keys) {
        let holders = holders(store, key, MOST + own + 1)?;
        if holders.len() > MOST && holders.len() - own <= MOST {
            worn.extend(holders.iter().map(|holder| holder.statement.clone()));
        }
        known.insert(key.clone(), Rc::from(holders));
    }
    undo(store, base, &worn, &mut freed)?;
    let mut of_statement: FxHashMap<NamedNode, Vec<Key>> = FxHashMap::default();
    for (statement, key) in keys {
        freed.insert(statement.clone());
        of_statement.entry(statement).or_default().push(key);
    }
    if freed.is_empty() {
        return Ok(());
    }
    let quads = Joining::new(store, base, of_statement, known, reports).run(freed)?;
    quads.removed.iter().for_each(|quad| store.remove(quad));
    store.extend(&quads.added);
    Ok(())
}

/// Removes the utterances of the statements, and adds to `freed` all that was in them.
fn undo(
    store: &mut Transaction<'_>,
    base: &Base,
    statements: &BTreeSet<NamedNode>,
    freed: &mut BTreeSet<NamedNode>,
) -> Result<(), StorageError> {
    let graph = base.utterances_graph();
    for statement in statements {
        freed.insert(statement.clone());
        let Some(utterance) = utterance_of(store, &graph, statement)? else { continue };
        let of_utterance = about(store, &graph, &utterance)?;
        for quad in of_utterance {
            store.remove(&quad);
            if let (dixit::REPORT, Term::NamedNode(report)) = (quad.predicate.as_ref(), &quad.object) {
                let of_report = about(store, &graph, report)?;
                of_report.iter().for_each(|quad| store.remove(quad));
                freed.insert(report.clone());
            }
        }
    }
    Ok(())
}

/// Statements as they were compared, by their IRIs: what a quotation of an agency says is compared with each that comes. They
/// hold as long as neither they nor the names of who spoke change.
#[derive(Default)]
pub(super) struct Reports {
    reports: FxHashMap<NamedNode, Rc<Report>>,
    /// Who spoke, where what all articles say of it tells its name.
    shared: FxHashSet<NamedOrBlankNode>,
}

impl Reports {
    /// The most that are kept: some 1,500 bytes each.
    const MOST: usize = 20_000;

    /// Whether some rest on what all articles say of this.
    pub fn rest_on(&self, thing: &NamedOrBlankNode) -> bool {
        self.shared.contains(thing)
    }

    fn keep(&mut self, report: &Rc<Report>) {
        let shared = report.speakers.iter().filter(|speaker| !speaker.is_of_article);
        self.shared.extend(shared.map(|speaker| speaker.iri.clone().into()));
        self.reports.insert(report.iri.clone(), Rc::clone(report));
    }
}

/// A statement that has a key.
#[derive(Debug, Clone)]
struct Holder {
    statement: NamedNode,
    article: NamedNode,
}

type Key = Literal;

/// Those that have a key, no more of them than are asked for.
fn holders(store: &Transaction<'_>, key: &Key, most: usize) -> Result<Vec<Holder>, StorageError> {
    let quads = store.quads_for_pattern(None, Some(dixit::WORD_KEY), Some(key.into()), None);
    quads.take(most).filter_map(|quad| quad.map(holder).transpose()).collect()
}

fn holder(quad: Quad) -> Option<Holder> {
    match (quad.subject, quad.graph_name) {
        (NamedOrBlankNode::NamedNode(statement), GraphName::NamedNode(article)) => Some(Holder { statement, article }),
        _ => None,
    }
}

/// The statements of an article with each of their keys.
fn keys_of_article(store: &Transaction<'_>, article: &NamedNode) -> Result<Vec<(NamedNode, Key)>, StorageError> {
    let quads = store.quads_for_pattern(None, Some(dixit::WORD_KEY), None, Some(article.into()));
    let pairs = quads.filter_map(|quad| quad.map(|quad| subject(quad.subject).zip(literal(quad.object))).transpose());
    pairs.collect()
}

/// How many of an article's statements have each of its keys.
fn count(keys: &[(NamedNode, Key)]) -> FxHashMap<&Key, usize> {
    let mut counts = FxHashMap::default();
    for (_, key) in keys {
        *counts.entry(key).or_insert(0) += 1;
    }
    counts
}

fn utterance_of(
    store: &Transaction<'_>,
    graph: &NamedNode,
    statement: &NamedNode,
) -> Result<Option<NamedNode>, StorageError> {
    let mut quads = store.quads_for_pattern(None, Some(dixit::REPORT), Some(statement.into()), Some(graph.into()));
    Ok(quads.next().transpose()?.and_then(|quad| subject(quad.subject)))
}

fn about(store: &Transaction<'_>, graph: &NamedNode, of: &NamedNode) -> Result<Vec<Quad>, StorageError> {
    store.quads_for_pattern(Some(of.into()), None, None, Some(graph.into())).collect()
}

fn subject(subject: NamedOrBlankNode) -> Option<NamedNode> {
    match subject {
        NamedOrBlankNode::NamedNode(iri) => Some(iri),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

fn literal(term: Term) -> Option<Literal> {
    match term {
        Term::Literal(literal) => Some(literal),
        _ => None,
    }
}

/// What a joining changes in the store.
#[derive(Default)]
struct Changes {
    removed: Vec<Quad>,
    added: Vec<Quad>,
}

/// Statements being joined: what was read of the store, which does not change meanwhile.
struct Joining<'a, 'b> {
    store: &'a Transaction<'b>,
    base: &'a Base,
    graph: NamedNode,
    /// The keys of statements that were read already.
    keys: FxHashMap<NamedNode, Vec<Key>>,
    holders: FxHashMap<Key, Rc<[Holder]>>,
    reports: &'a mut Reports,
    changes: Changes,
}

/// A statement that reports the same event as another.
#[derive(Clone)]
struct Neighbour {
    report: Rc<Report>,
    likeness: Likeness,
}

/// An utterance as it stands in the store, of which nothing was taken away.
struct Standing {
    earliest: NamedNode,
    reports: Vec<NamedNode>,
}

impl<'a, 'b> Joining<'a, 'b> {
    fn new(
        store: &'a Transaction<'b>,
        base: &'a Base,
        keys: FxHashMap<NamedNode, Vec<Key>>,
        holders: FxHashMap<Key, Rc<[Holder]>>,
        reports: &'a mut Reports,
    ) -> Self {
        let graph = base.utterances_graph();
        Self { store, base, graph, keys, holders, reports, changes: Changes::default() }
    }

    /// Makes the utterances of the statements, which are in none, together with those in which their neighbours are.
    fn run(mut self, freed: BTreeSet<NamedNode>) -> Result<Changes, StorageError> {
        let mut neighbours: BTreeMap<NamedNode, Vec<Neighbour>> = BTreeMap::new();
        for statement in &freed {
            for neighbour in self.neighbours(statement)? {
                if !freed.contains(&neighbour.report.iri)
                    && let Some(report) = self.report(statement)?
                {
                    let back = Neighbour { report, ..neighbour };
                    neighbours.entry(neighbour.report.iri.clone()).or_default().push(back);
                }
                neighbours.entry(statement.clone()).or_default().push(neighbour);
            }
        }
        let mut seen = BTreeSet::new();
        for statement in &freed {
            if neighbours.contains_key(statement) && !seen.contains(statement) {
                self.utterance(statement, &freed, &neighbours, &mut seen)?;
            }
        }
        Ok(self.changes)
    }

    /// Makes the utterance of a statement.
    fn utterance(
        &mut self,
        statement: &NamedNode,
        freed: &BTreeSet<NamedNode>,
        neighbours: &BTreeMap<NamedNode, Vec<Neighbour>>,
        seen: &mut BTreeSet<NamedNode>,
    ) -> Result<(), StorageError> {
        let mut standing: BTreeMap<NamedNode, Standing> = BTreeMap::new();
        let (mut reports, mut next) = (Vec::new(), vec![statement.clone()]);
        while let Some(statement) = next.pop() {
            if !seen.insert(statement.clone()) {
                continue;
            }
            let of_statement = neighbours.get(&statement).into_iter().flatten();
            next.extend(of_statement.map(|neighbour| neighbour.report.iri.clone()));
            if !freed.contains(&statement)
                && let Some(utterance) = utterance_of(self.store, &self.graph, &statement)?
                && !standing.contains_key(&utterance)
            {
                let found = self.standing(&utterance)?;
                next.extend(found.reports.iter().cloned());
                standing.insert(utterance, found);
            }
            reports.push(statement);
        }
        let in_standing: BTreeSet<_> = standing.values().flat_map(|utterance| &utterance.reports).collect();
        let once_earliest: BTreeSet<_> = standing.values().map(|utterance| &utterance.earliest).collect();
        let mut earliest: Option<Rc<Report>> = None;
        for report in reports.iter().filter(|report| !in_standing.contains(report) || once_earliest.contains(report)) {
            let report = self.report(report)?.expect("what is joined was read");
            if earliest.as_ref().is_none_or(|other| report.earlier_first(other).is_lt()) {
                earliest = Some(report);
            }
        }
        let earliest = earliest.expect("one of them is the earliest");
        let utterance = self.base.utterance(earliest.iri.as_str());

        let described = reports.iter().map(|report| (dixit::REPORT, report.clone()));
        let described = described.chain([(dixit::EARLIEST_REPORT, earliest.iri.clone())]);
        self.changes.added.push(self.quad(&utterance, rdf::TYPE, dixit::UTTERANCE));
        self.changes
            .added
            .extend(described.map(|(predicate, report)| self.quad(&utterance, predicate, report)).collect::<Vec<_>>());
        for old in standing.keys().filter(|old| **old != utterance) {
            self.changes.removed.extend(about(self.store, &self.graph, old)?);
        }
        for statement in &reports {
            let was_earliest = once_earliest.contains(statement);
            let of_statement = neighbours.get(statement);
            if *statement == earliest.iri || of_statement.is_none() && !was_earliest {
                continue;
            }
            let report = self.report(statement)?.expect("what is joined was read");
            let mut candidates = of_statement.cloned().unwrap_or_default();
            if was_earliest {
                candidates = self.neighbours(statement)?;
            } else if in_standing.contains(statement) {
                candidates.extend(self.joined_to(&report)?);
            }
            self.describe_joined(&report, candidates)?;
        }
        Ok(())
    }

    /// Says to which report a statement is joined: the most alike of the earlier ones, or else of the later ones.
    fn describe_joined(&mut self, report: &Report, candidates: Vec<Neighbour>) -> Result<(), StorageError> {
        let nearest = candidates.into_iter().min_by(|one, other| {
            let is_later = |neighbour: &Neighbour| report.earlier_first(&neighbour.report).is_lt();
            is_later(one)
                .cmp(&is_later(other))
                .then_with(|| one.likeness.more_first(&other.likeness))
                .then_with(|| one.report.earlier_first(&other.report))
        });
        let Some(nearest) = nearest else { return Ok(()) };
        self.changes.removed.extend(about(self.store, &self.graph, &report.iri)?);
        let quads = [
            self.quad(&report.iri, dixit::JOINED_TO, nearest.report.iri.clone()),
            self.quad(&report.iri, dixit::JOINED_BY, nearest.likeness.reason()),
            self.quad(&report.iri, dixit::SHARED_WORDS, hundredths(nearest.likeness.share())),
        ];
        self.changes.added.extend(quads);
        Ok(())
    }

    /// The report to which another is joined in the store.
    fn joined_to(&mut self, report: &Report) -> Result<Option<Neighbour>, StorageError> {
        let mut quads = self.store.quads_for_pattern(
            Some((&report.iri).into()),
            Some(dixit::JOINED_TO),
            None,
            Some((&self.graph).into()),
        );
        let Some(Term::NamedNode(other)) = quads.next().transpose()?.map(|quad| quad.object) else { return Ok(None) };
        let Some(other) = self.report(&other)? else { return Ok(None) };
        Ok(same_event(report, &other).map(|likeness| Neighbour { report: other, likeness }))
    }

    /// All that report the same event as a statement.
    fn neighbours(&mut self, statement: &NamedNode) -> Result<Vec<Neighbour>, StorageError> {
        let mut candidates = BTreeMap::new();
        for key in self.keys(statement)? {
            let holders = self.holders(&key)?;
            if holders.len() <= MOST {
                candidates.extend(holders.iter().map(|holder| (holder.statement.clone(), holder.article.clone())));
            }
        }
        let mut neighbours = Vec::new();
        // Most statements share no key with any, and need not be read.
        let Some(article) = candidates.remove(statement).filter(|_| !candidates.is_empty()) else {
            return Ok(neighbours);
        };
        let Some(report) = self.read(statement.clone(), Some(article))? else { return Ok(neighbours) };
        for (statement, article) in candidates {
            let other = self.read(statement, Some(article))?;
            let alike = other.and_then(|other| same_event(&report, &other).map(|likeness| (other, likeness)));
            neighbours.extend(alike.map(|(report, likeness)| Neighbour { report, likeness }));
        }
        Ok(neighbours)
    }

    fn keys(&mut self, statement: &NamedNode) -> Result<Vec<Key>, StorageError> {
        if let Some(keys) = self.keys.remove(statement) {
            return Ok(keys);
        }
        let quads = self.store.quads_for_pattern(Some(statement.into()), Some(dixit::WORD_KEY), None, None);
        quads.filter_map(|quad| quad.map(|quad| literal(quad.object)).transpose()).collect()
    }

    fn holders(&mut self, key: &Key) -> Result<Rc<[Holder]>, StorageError> {
        if let Some(holders) = self.holders.get(key) {
            return Ok(Rc::clone(holders));
        }
        let holders: Rc<[Holder]> = holders(self.store, key, MOST + 1)?.into();
        self.holders.insert(key.clone(), Rc::clone(&holders));
        Ok(holders)
    }

    fn standing(&self, utterance: &NamedNode) -> Result<Standing, StorageError> {
        let mut standing = Standing { earliest: utterance.clone(), reports: Vec::new() };
        for quad in about(self.store, &self.graph, utterance)? {
            match (quad.predicate.as_ref(), quad.object) {
                (dixit::REPORT, Term::NamedNode(report)) => standing.reports.push(report),
                (dixit::EARLIEST_REPORT, Term::NamedNode(report)) => standing.earliest = report,
                _ => {}
            }
        }
        Ok(standing)
    }

    /// A statement, if it is stored.
    fn report(&mut self, statement: &NamedNode) -> Result<Option<Rc<Report>>, StorageError> {
        self.read(statement.clone(), None)
    }

    fn read(&mut self, statement: NamedNode, article: Option<NamedNode>) -> Result<Option<Rc<Report>>, StorageError> {
        if let Some(report) = self.reports.reports.get(&statement) {
            return Ok(Some(Rc::clone(report)));
        }
        let article = match article {
            Some(article) => Some(article),
            None => {
                let subject = Some((&statement).into());
                let mut quads = self.store.quads_for_pattern(subject, Some(dixit::WORD_KEY), None, None);
                quads.next().transpose()?.and_then(holder).map(|holder| holder.article)
            }
        };
        let read = |article| Report::read(self.store, self.base, statement.clone(), &article).map(Rc::new);
        let report = article.map(read).transpose()?;
        report.iter().for_each(|report| self.reports.keep(report));
        Ok(report)
    }

    fn quad(&self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) -> Quad {
        Quad::new(subject.clone(), predicate, object, self.graph.clone())
    }
}

/// As a decimal in the canonical form that the store gives back ("0.9", "1").
fn hundredths(number: u32) -> Literal {
    let digits = format!("{}.{:02}", number / 100, number % 100);
    let canonical = digits.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(canonical, xsd::DECIMAL)
}
