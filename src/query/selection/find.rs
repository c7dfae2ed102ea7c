//! The statements of a selection, and what they have in common.

use super::kin::Kinship;
use super::{Facet, Selection};
use crate::graph::{self, Base};
use crate::kept::Kept;
use crate::query::search::{Columns, Condition, Kin, Matches, Months, Open, Property, WordSearch, Words, day_of};
use crate::query::{Error, Language, NameIndex};
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNodeRef, Term};
use oxigraph::store::Store;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::TantivyError;

/// So many selections keep what was counted of them.
const KEPT: usize = 200;
/// So many bytes of labels are kept, twice.
const LABELS: usize = 2 << 20;
/// What a label takes besides its letters, roughly.
const LABEL: usize = 100;
/// A selection of fewer statements is counted again: it takes no time.
const LARGE: usize = 2000;

/// Which part of a selection is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// From 1.
    pub number: usize,
    pub size: usize,
    pub sort: Sort,
    /// How many values of each facet.
    pub values: usize,
}

impl Default for Page {
    fn default() -> Self {
        Self { number: 1, size: 25, sort: Sort::Newest, values: 10 }
    }
}

/// Which statements come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By the last day on which they may have been made, the undated last; those of one day as they stand in their articles.
    #[default]
    Newest,
    /// Those that fit the words best; without words as [`Sort::Newest`].
    Best,
}

/// What a selection chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many statements.
    pub total: u64,
    /// The IRIs of those on the page.
    pub statements: Vec<String>,
    pub facets: Vec<FacetCounts>,
    /// When they were made, in the order of time; months without any are left out.
    pub months: Vec<Month>,
    /// How many have no date.
    pub undated: u64,
}

/// The values of a facet that most statements have. What is chosen of the facet itself does not count: the numbers are those
/// that one finds by choosing another value instead. Chosen values are there whatever their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    pub facet: Facet,
    /// The largest first.
    pub counts: Vec<Count>,
}

/// A value with the statements that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub iri: String,
    pub label: String,
    pub statements: u64,
    pub is_chosen: bool,
}

/// A month, and the statements whose last possible day is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    pub year: i16,
    pub month: i8,
    pub statements: u64,
}

/// What chooses statements of a store: to be kept as long as the store is open, and asked by any number of threads.
pub struct Selections {
    pub(super) store: Store,
    pub(super) base: Base,
    search: Arc<WordSearch>,
    ready: Mutex<Option<Arc<Ready>>>,
}

/// What is known of a store as it is.
pub(super) struct Ready {
    open: Arc<Open>,
    kinship: Kinship,
    columns: Vec<(Facet, Columns)>,
    pub(super) names: OnceLock<Arc<NameIndex>>,
    labels: Kept<(String, Language), String>,
    counted: Mutex<FxHashMap<(Selection, usize), Arc<Counted>>>,
}

/// What was counted of a selection.
struct Counted {
    total: u64,
    facets: Vec<(Facet, Vec<(String, u64)>)>,
    months: Months,
}

impl Selections {
    /// Of this store, with this index.
    pub fn new(store: &graph::Store, search: Arc<WordSearch>) -> Self {
        let base = store.base().clone();
        Self { store: store.query_store().clone(), base, search, ready: Mutex::default() }
    }

    /// Says that the store was written into since: what is known of it is read anew when it is next asked.
    pub fn store_changed(&self) {
        self.search.store_changed();
        *self.ready.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Reads what is needed, so that the first to ask need not wait: brings the index up to date or makes it.
    ///
    /// # Errors
    /// When the store or the index cannot be read.
    pub fn prepare(&self) -> Result<(), Error> {
        self.ready().map(|_| ())
    }

    /// The statements that a selection chooses, a page of them, with labels in a language.
    ///
    /// # Errors
    /// When the store or the index cannot be read.
    pub fn find(&self, selection: &Selection, page: Page, language: Language) -> Result<Found, Error> {
        let ready = self.ready()?;
        let selection = ready.kept(selection);
        let (counted, matches) = self.counted(&ready, &selection, page.values)?;
        let skip = page.number.saturating_sub(1).saturating_mul(page.size);
        let words = selection.words.as_deref().and_then(Words::parse);
        let statements = match (page.sort, words) {
            (Sort::Best, Some(words)) => {
                let rest = selection.clone().without_words();
                ready.open.best(&words, &ready.conditions(&rest, None), skip, page.size)
            }
            _ => match matches {
                Some(matches) => ready.open.page(&matches, skip, page.size),
                None => {
                    let matches = ready.open.matches(&ready.conditions(&selection, None));
                    matches.and_then(|matches| ready.open.page(&matches, skip, page.size))
                }
            },
        };
        let mut labels = BTreeMap::new();
        let mut facets = Vec::with_capacity(counted.facets.len());
        for (facet, values) in &counted.facets {
            let mut counts = Vec::with_capacity(values.len());
            for (iri, statements) in values {
                let label = match labels.get(iri) {
                    Some(label) => String::clone(label),
                    None => {
                        let label = self.label_in(&ready, iri, language)?;
                        labels.insert(iri, label.clone());
                        label
                    }
                };
                let is_chosen = selection.has(*facet, iri);
                counts.push(Count { iri: iri.clone(), label, statements: *statements, is_chosen });
            }
            counts.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| a.label.cmp(&b.label)));
            facets.push(FacetCounts { facet: *facet, counts });
        }
        let month = |((year, month), statements): (&(i16, i8), &u64)| Month {
            year: *year,
            month: *month,
            statements: *statements,
        };
        Ok(Found {
            total: counted.total,
            statements: statements.map_err(|cause| self.search.failed(cause))?,
            facets,
            months: counted.months.counts.iter().map(month).collect(),
            undated: counted.months.undated,
        })
    }

    /// How many statements a selection chooses.
    ///
    /// # Errors
    /// As for [`find`](Self::find).
    pub fn count(&self, selection: &Selection) -> Result<u64, Error> {
        let ready = self.ready()?;
        let conditions = ready.conditions(&ready.kept(selection), None);
        Ok(ready.open.matches(&conditions).map_err(|cause| self.search.failed(cause))?.len() as u64)
    }

    /// When the statements of a selection were made, in the order of time; months without any are left out.
    ///
    /// # Errors
    /// As for [`find`](Self::find).
    pub fn months(&self, selection: &Selection) -> Result<Vec<Month>, Error> {
        let ready = self.ready()?;
        let conditions = ready.conditions(&ready.kept(selection), None);
        let months = ready.open.matches(&conditions).and_then(|matches| ready.open.months(&matches));
        let months = months.map_err(|cause| self.search.failed(cause))?;
        let month = |((year, month), statements)| Month { year, month, statements };
        Ok(months.counts.into_iter().map(month).collect())
    }

    /// Who speaks about what in a selection: the pairs of an actor and a topic that most statements have, the largest first.
    ///
    /// # Errors
    /// As for [`find`](Self::find).
    pub fn speakers_and_topics(&self, selection: &Selection, most: usize) -> Result<Vec<(String, String, u64)>, Error> {
        let ready = self.ready()?;
        let conditions = ready.conditions(&ready.kept(selection), None);
        let matches = ready.open.matches(&conditions);
        let pairs = matches.and_then(|matches| ready.open.pairs(&matches, [Property::ACTOR, Property::ABOUT], most));
        Ok(pairs.map_err(|cause| self.search.failed(cause))?)
    }

    /// All statements that a selection chooses, in the order of its pages, but so many at most.
    ///
    /// # Errors
    /// As for [`find`](Self::find).
    pub fn all(&self, selection: &Selection, most: usize) -> Result<Vec<String>, Error> {
        let ready = self.ready()?;
        let conditions = ready.conditions(&ready.kept(selection), None);
        let matches = ready.open.matches(&conditions);
        let iris = matches.and_then(|matches| ready.open.page(&matches, 0, most));
        Ok(iris.map_err(|cause| self.search.failed(cause))?)
    }

    /// The label of a thing, a term or a language in a language, or in another, or what its IRI ends in.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn label(&self, iri: &str, language: Language) -> Result<String, Error> {
        self.label_in(&*self.ready()?, iri, language)
    }

    fn label_in(&self, ready: &Ready, iri: &str, language: Language) -> Result<String, Error> {
        let key = (iri.to_owned(), language);
        if let Some(label) = ready.labels.get(&key) {
            return Ok(label);
        }
        let label = self.stored_label(iri, language)?;
        ready.labels.keep(key, label.clone());
        Ok(label)
    }

    fn stored_label(&self, iri: &str, language: Language) -> Result<String, Error> {
        if let Ok(written) = iri.parse::<Language>() {
            return Ok(written.name(language).to_owned());
        }
        let thing = NamedNodeRef::new_unchecked(iri);
        let mut other = None;
        for quad in self.store.quads_for_pattern(Some(thing.into()), Some(rdfs::LABEL), None, None) {
            let Term::Literal(label) = quad?.object else { continue };
            if label.language() == Some(language.tag()) {
                return Ok(label.destruct().0);
            }
            other.get_or_insert(label);
        }
        let last = || iri.rsplit(['#', '/']).next().unwrap_or(iri).to_owned();
        Ok(other.map_or_else(last, |label| label.destruct().0))
    }

    pub(super) fn ready(&self) -> Result<Arc<Ready>, Error> {
        let mut ready = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        let open = self.search.ready(&self.store)?;
        if let Some(ready) = ready.as_ref().filter(|ready| Arc::ptr_eq(&ready.open, &open)) {
            return Ok(Arc::clone(ready));
        }
        let kinship = Kinship::of(&self.store)?;
        let columns = Facet::ALL.map(|facet| {
            let kin = match facet {
                Facet::Actor => kinship.actors(),
                Facet::Country => kinship.countries(),
                _ => Kin::default(),
            };
            Ok((facet, open.columns(facet.properties(), kin)?))
        });
        let columns: tantivy::Result<_> = columns.into_iter().collect();
        let columns = columns.map_err(|cause: TantivyError| self.search.failed(cause))?;
        let labels = Kept::new(LABELS, |(iri, _): &(String, Language), label: &String| LABEL + iri.len() + label.len());
        let new = Ready { open, kinship, columns, names: OnceLock::new(), labels, counted: Mutex::default() };
        Ok(Arc::clone(ready.insert(Arc::new(new))))
    }

    /// What is counted of a selection, and its statements if they were looked up for that.
    fn counted(
        &self,
        ready: &Ready,
        selection: &Selection,
        values: usize,
    ) -> Result<(Arc<Counted>, Option<Matches>), Error> {
        let key = (selection.clone(), values);
        let kept = ready.counted.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(counted) = kept {
            return Ok((counted, None));
        }
        let (counted, matches) = ready.count(selection, values).map_err(|cause| self.search.failed(cause))?;
        let counted = Arc::new(counted);
        if counted.facets.iter().any(|(_, values)| values.iter().any(|(_, count)| *count > LARGE as u64)) {
            let mut all = ready.counted.lock().unwrap_or_else(PoisonError::into_inner);
            if all.len() >= KEPT {
                all.clear();
            }
            all.insert(key, Arc::clone(&counted));
        }
        Ok((counted, Some(matches)))
    }
}

impl Ready {
    /// The selection with what was merged into other things as these.
    fn kept(&self, selection: &Selection) -> Selection {
        let mut kept = selection.clone();
        for values in kept.values.values_mut() {
            *values = values.iter().map(|iri| self.kinship.kept(iri).to_owned()).collect();
        }
        kept
    }

    /// What a statement must fulfil, but for what is chosen of one facet.
    fn conditions(&self, selection: &Selection, but_for: Option<Facet>) -> Vec<Condition> {
        // Articles are in the index, too, by their titles.
        let mut conditions = vec![Condition::Has(vec![Property::ARTICLE])];
        conditions.extend(selection.words.as_deref().and_then(Words::parse).map(Condition::Words));
        for (facet, values) in selection.values.iter().filter(|(facet, _)| Some(**facet) != but_for) {
            let values: BTreeSet<String> = match facet {
                Facet::Actor => values.iter().flat_map(|actor| self.kinship.of_actor(actor)).collect(),
                Facet::Country => values.iter().flat_map(|country| self.kinship.of_country(country)).collect(),
                _ => values.clone(),
            };
            conditions.push(Condition::Is(facet.properties().to_vec(), values));
        }
        conditions.extend(selection.since.map(|day| Condition::Since(day_of(day))));
        conditions.extend(selection.until.map(|day| Condition::Until(day_of(day))));
        conditions
    }

    fn count(&self, selection: &Selection, wanted: usize) -> tantivy::Result<(Counted, Matches)> {
        let matches = self.open.matches(&self.conditions(selection, None))?;
        let mut facets = Vec::with_capacity(self.columns.len());
        for (facet, columns) in &self.columns {
            let counts = match selection.values.get(facet) {
                None => columns.largest(&matches, wanted, &BTreeSet::new())?,
                Some(chosen) => {
                    let others = self.open.matches(&self.conditions(selection, Some(*facet)))?;
                    columns.largest(&others, wanted, chosen)?
                }
            };
            facets.push((*facet, counts));
        }
        let months = self.open.months(&matches)?;
        Ok((Counted { total: matches.len() as u64, facets, months }, matches))
    }
}
