//! Statements by what is known of them: those that fulfil conditions, and the first of these in an order.

use super::facts::Property;
use super::index::{All, Fields, WordIndex};
use super::words::Words;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, ExistsQuery, Query, RangeQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, TantivyDocument, Term};

/// What a statement must fulfil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// One of the properties has a value.
    Has(Vec<Property>),
    /// One of the properties has one of the values.
    Is(Vec<Property>, BTreeSet<String>),
    /// It fulfils all conditions of one of the lists.
    Any(Vec<Vec<Condition>>),
    /// It may have been said on the day of this number or later: the day until which is known.
    Since(i64),
    /// It may have been said on the day of this number or earlier: the day from which, else until which, is known.
    Until(i64),
    /// It has the words.
    Words(Words),
}

/// Which statements come first. Those without a date come last in both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    Newest,
    Oldest,
}

/// Where a statement stands in an [`Order`], by the day until which it may have been said: larger comes first.
pub type Rank = i64;
const UNDATED: Rank = i64::MIN;

impl Order {
    fn rank(self, day: Option<i64>) -> Rank {
        match (self, day) {
            (_, None) => UNDATED,
            (Self::Newest, Some(day)) => day,
            (Self::Oldest, Some(day)) => -day,
        }
    }
}

/// The first statements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// Their IRIs.
    pub iris: Vec<String>,
    /// The rank of the last, all of which are there. `None` if no statements are left.
    pub last: Option<Rank>,
}

/// So few values are looked up one by one.
const FEW: usize = 16;

/// Where a statement is in the index.
type Place = (SegmentOrdinal, DocId);

impl WordIndex {
    /// At least so many of the statements that fulfil the conditions, those of lower rank than `after` if it is given: the
    /// first ones, and all that have the rank of the last.
    pub fn first(
        &self,
        searcher: &Searcher,
        conditions: &[Condition],
        order: Order,
        after: Option<Rank>,
        at_least: usize,
    ) -> tantivy::Result<First> {
        let at_least = at_least.max(1);
        let mut kept: Vec<(Rank, Place)> = Vec::new();
        let (mut least, mut room, mut is_all) = (Rank::MIN, at_least.saturating_mul(2), true);
        let readers = searcher.segment_readers().iter();
        let days =
            readers.map(|reader| reader.fast_fields().i64(Fields::UNTIL)).collect::<tantivy::Result<Vec<_>>>()?;
        self.each(searcher, conditions, |segment, doc| {
            let rank = order.rank(days[segment as usize].first(doc));
            if after.is_some_and(|after| rank >= after) || rank < least {
                return;
            }
            kept.push((rank, (segment, doc)));
            if kept.len() >= room {
                (least, is_all) = (cut(&mut kept, at_least), false);
                room = (2 * kept.len()).max(room);
            }
        })?;
        let before = kept.len();
        if before > at_least {
            cut(&mut kept, at_least);
            is_all &= kept.len() == before;
        }
        kept.sort_unstable_by_key(|(rank, place)| (Reverse(*rank), *place));
        let last = kept.last().map(|(rank, _)| *rank).filter(|_| !is_all);
        let iris = kept.into_iter().map(|(_, place)| self.iri(searcher, place)).collect::<tantivy::Result<_>>()?;
        Ok(First { iris, last })
    }

    /// The IRI of what is there.
    pub(super) fn iri(&self, searcher: &Searcher, (segment, doc): Place) -> tantivy::Result<String> {
        let document: TantivyDocument = searcher.doc(DocAddress::new(segment, doc))?;
        let iri = document.get_first(self.fields.iri).and_then(|value| value.as_str());
        Ok(iri.unwrap_or_default().to_owned())
    }

    /// Calls `with` for each statement that fulfils the conditions.
    pub(super) fn each(
        &self,
        searcher: &Searcher,
        conditions: &[Condition],
        mut with: impl FnMut(SegmentOrdinal, DocId),
    ) -> tantivy::Result<()> {
        let weight = self.all_of(conditions)?.weight(EnableScoring::disabled_from_searcher(searcher))?;
        for (at, reader) in (0..).zip(searcher.segment_readers()) {
            weight.for_each_no_score(reader, &mut |docs| {
                docs.iter().filter(|doc| !reader.is_deleted(**doc)).for_each(|doc| with(at, *doc));
            })?;
        }
        Ok(())
    }

    /// What has the words and fulfils the conditions, with how well it fits the words.
    pub(super) fn scored(
        &self,
        searcher: &Searcher,
        words: &Words,
        conditions: &[Condition],
    ) -> tantivy::Result<Vec<(DocAddress, Score)>> {
        let rest = ConstScoreQuery::new(self.all_of(conditions)?, 0.0);
        let both: Vec<Box<dyn Query>> = vec![Box::new(self.query(words)?), Box::new(rest)];
        searcher.search(&BooleanQuery::intersection(both), &All)
    }

    fn all_of(&self, conditions: &[Condition]) -> tantivy::Result<Box<dyn Query>> {
        let mut parts = conditions.iter().map(|part| self.condition(part)).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(match parts.len() {
            0 => Box::new(AllQuery),
            1 => parts.remove(0),
            _ => Box::new(BooleanQuery::intersection(parts)),
        })
    }

    fn any_of(mut parts: Vec<Box<dyn Query>>) -> Box<dyn Query> {
        match parts.len() {
            0 => Box::new(EmptyQuery),
            1 => parts.remove(0),
            _ => Box::new(BooleanQuery::union(parts)),
        }
    }

    fn condition(&self, condition: &Condition) -> tantivy::Result<Box<dyn Query>> {
        let day = |field: Field, day: &i64| Bound::Included(Term::from_field_i64(field, *day));
        Ok(match condition {
            Condition::Has(properties) => {
                let has = |property: &Property| -> Box<dyn Query> {
                    Box::new(ExistsQuery::new(property.field().to_owned(), false))
                };
                Self::any_of(properties.iter().map(has).collect())
            }
            Condition::Is(properties, values) => {
                let fields = properties.iter().map(|property| self.fields.property(*property));
                let terms =
                    fields.flat_map(|field| values.iter().map(move |value| Term::from_field_text(field, value)));
                let one = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
                // A set is looked up at once, but dear to make.
                match properties.len() * values.len() {
                    0..FEW => Self::any_of(terms.map(one).collect()),
                    _ => Box::new(TermSetQuery::new(terms)),
                }
            }
            Condition::Any(lists) => {
                Self::any_of(lists.iter().map(|list| self.all_of(list)).collect::<tantivy::Result<_>>()?)
            }
            Condition::Since(since) => Box::new(RangeQuery::new(day(self.fields.until, since), Bound::Unbounded)),
            Condition::Until(until) => Box::new(RangeQuery::new(Bound::Unbounded, day(self.fields.from, until))),
            Condition::Words(words) => Box::new(self.query(words)?),
        })
    }
}

/// Keeps so many of the highest rank, and all that have the rank of the last, which is given.
fn cut(kept: &mut Vec<(Rank, Place)>, at_least: usize) -> Rank {
    let (_, (least, _), _) = kept.select_nth_unstable_by_key(at_least - 1, |(rank, _)| Reverse(*rank));
    let least = *least;
    kept.retain(|(rank, _)| *rank >= least);
    least
}
