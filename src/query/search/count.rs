//! How many statements have a value.

use super::facts::Property;
use super::index::{Fields, WordIndex};
use super::select::Condition;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

/// A value, and the statements that have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub value: String,
    pub statements: u64,
    /// In how many articles they stand.
    pub articles: u64,
    /// How many of them have no day until which they may have been said.
    pub undated: u64,
    /// The first and the last of these days.
    pub first: Option<i64>,
    pub last: Option<i64>,
}

impl WordIndex {
    /// The values of a property that most of the statements have which fulfil the conditions: at least so many values, if there
    /// are, and all with as many statements as the last of them, in no order.
    pub fn largest(
        &self,
        searcher: &Searcher,
        conditions: &[Condition],
        property: Property,
        at_least: usize,
    ) -> tantivy::Result<Vec<Group>> {
        let segments: Vec<Segment<'_>> = searcher
            .segment_readers()
            .iter()
            .map(|reader| Segment::of(reader, property))
            .collect::<tantivy::Result<_>>()?;
        let mut counts: Vec<Vec<u32>> = segments.iter().map(|segment| vec![0; segment.values()]).collect();
        // Each statement with each of its values.
        let mut found: Vec<Vec<(DocId, usize)>> = vec![Vec::new(); segments.len()];
        self.each(searcher, conditions, |at, doc| {
            let at = at as usize;
            for value in segments[at].of_doc(doc) {
                counts[at][value] += 1;
                found[at].push((doc, value));
            }
        })?;
        let mut groups = Groups::among(&segments, &counts, at_least)?;
        for (segment, (at, found)) in segments.iter().zip(found.iter().enumerate()) {
            groups.add(at, segment, found)?;
        }
        Ok(groups.largest(at_least))
    }
}

/// The values that the statements of a segment have, and their articles: numbers, each segment has others.
struct Segment<'r> {
    reader: &'r SegmentReader,
    values: Option<StrColumn>,
}

impl<'r> Segment<'r> {
    fn of(reader: &'r SegmentReader, property: Property) -> tantivy::Result<Self> {
        Ok(Self { reader, values: reader.fast_fields().str(property.field())? })
    }

    /// How many values there are.
    fn values(&self) -> usize {
        self.values.as_ref().map_or(0, |values| values.num_terms())
    }

    fn of_doc(&self, doc: DocId) -> impl Iterator<Item = usize> {
        self.values.iter().flat_map(move |values| values.term_ords(doc)).map(|number| number as usize)
    }

    fn value(&self, number: usize) -> tantivy::Result<String> {
        let mut value = String::new();
        if let Some(values) = &self.values {
            values.ord_to_str(number as u64, &mut value)?;
        }
        Ok(value)
    }

    fn number(&self, value: &str) -> tantivy::Result<Option<usize>> {
        let Some(values) = &self.values else { return Ok(None) };
        Ok(values.dictionary().term_ord(value)?.map(|number| number as usize))
    }
}

/// Values that may be among the largest, while their statements are counted.
struct Groups {
    groups: Vec<Group>,
    /// Of each segment, which group a value has: [`NONE`] for most.
    of: Vec<Vec<u32>>,
}

const NONE: u32 = u32::MAX;

impl Groups {
    /// A value with as many statements as the last that is wanted has, in one of the segments, at least its share of them.
    fn among(segments: &[Segment<'_>], counts: &[Vec<u32>], at_least: usize) -> tantivy::Result<Self> {
        let least = counts.iter().map(|counts| nth_largest(counts, at_least)).max().unwrap_or_default();
        let share = (least as usize).div_ceil(segments.len().max(1)).max(1);
        let mut values = BTreeSet::new();
        for (segment, counts) in segments.iter().zip(counts) {
            for (number, _) in counts.iter().enumerate().filter(|(_, count)| **count as usize >= share) {
                values.insert(segment.value(number)?);
            }
        }
        let mut of: Vec<_> = segments.iter().map(|segment| vec![NONE; segment.values()]).collect();
        for (group, value) in (0..).zip(&values) {
            for (of, segment) in of.iter_mut().zip(segments) {
                if let Some(number) = segment.number(value)? {
                    of[number] = group;
                }
            }
        }
        let empty = |value| Group { value, statements: 0, articles: 0, undated: 0, first: None, last: None };
        Ok(Self { groups: values.into_iter().map(empty).collect(), of })
    }

    fn add(&mut self, at: usize, segment: &Segment<'_>, found: &[(DocId, usize)]) -> tantivy::Result<()> {
        let columns = segment.reader.fast_fields();
        let until = columns.i64(Fields::UNTIL)?;
        let article = columns.str(Property::ARTICLE.field())?;
        let mut articles = FxHashSet::default();
        for (doc, value) in found {
            let number = self.of[at][*value];
            let Some(group) = self.groups.get_mut(number as usize) else { continue };
            group.statements += 1;
            match until.first(*doc) {
                Some(day) => {
                    group.first = Some(group.first.map_or(day, |first| first.min(day)));
                    group.last = group.last.max(Some(day));
                }
                None => group.undated += 1,
            }
            let article = article.iter().find_map(|article| article.term_ords(*doc).next());
            // All statements of an article are in one segment.
            group.articles += u64::from(articles.insert((number, article)));
        }
        Ok(())
    }

    fn largest(self, at_least: usize) -> Vec<Group> {
        let mut groups = self.groups;
        if let Some(nth) = at_least.checked_sub(1).filter(|nth| *nth < groups.len()) {
            let least = groups.select_nth_unstable_by_key(nth, |group| Reverse(group.statements)).1.statements;
            groups.retain(|group| group.statements >= least);
        }
        groups
    }
}

/// The nth largest of the numbers, zero if there are fewer.
pub(super) fn nth_largest(numbers: &[u32], nth: usize) -> u32 {
    let mut numbers: Vec<u32> = numbers.iter().copied().filter(|number| *number > 0).collect();
    match nth.checked_sub(1).filter(|nth| *nth < numbers.len()) {
        Some(nth) => *numbers.select_nth_unstable_by_key(nth, |number| Reverse(*number)).1,
        None => 0,
    }
}
