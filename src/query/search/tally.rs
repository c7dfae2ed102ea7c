//! Statements as a whole: a page of them, the months in which they were made, and how many have each value.

use super::facts::Property;
use super::index::{Fields, WordIndex};
use super::select::Condition;
use super::words::Words;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher};

/// The statements that fulfil conditions, by segment of the index.
pub struct Matches(Vec<Vec<DocId>>);

impl Matches {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// They in each segment.
    pub(super) fn by_segment(&self) -> &[Vec<DocId>] {
        &self.0
    }
}

/// Where a statement is in the index.
type Place = (usize, DocId);

impl WordIndex {
    /// All statements that fulfil the conditions.
    pub fn matches(&self, searcher: &Searcher, conditions: &[Condition]) -> tantivy::Result<Matches> {
        let mut found = vec![Vec::new(); searcher.segment_readers().len()];
        self.each(searcher, conditions, |segment, doc| found[segment as usize].push(doc))?;
        Ok(Matches(found))
    }

    /// Some of them in the order of their last days, the newest first, the undated last; those of one day by their articles, and
    /// as they stand there.
    pub fn page(
        &self,
        searcher: &Searcher,
        matches: &Matches,
        skip: usize,
        take: usize,
    ) -> tantivy::Result<Vec<String>> {
        let mut ranked: Vec<(Reverse<i64>, Place)> = Vec::with_capacity(matches.len());
        for (at, (docs, reader)) in matches.0.iter().zip(searcher.segment_readers()).enumerate() {
            let days = reader.fast_fields().i64(Fields::UNTIL)?;
            ranked.extend(docs.iter().map(|doc| (Reverse(days.first(*doc).unwrap_or(i64::MIN)), (at, *doc))));
        }
        let wanted = skip.min(ranked.len())..skip.saturating_add(take).min(ranked.len());
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        // Only the days of which statements are shown need an order within.
        let day_at = |ranked: &mut [(Reverse<i64>, Place)], place: usize| ranked.select_nth_unstable(place).1.0;
        let days = day_at(&mut ranked, wanted.start)..=day_at(&mut ranked, wanted.end - 1);
        let before = ranked.iter().filter(|(day, _)| day < days.start()).count();
        ranked.retain(|(day, _)| days.contains(day));
        ranked.sort_unstable();
        self.in_order_of_articles(searcher, ranked, wanted.start - before..wanted.end - before)
    }

    /// A part of a list that is sorted by rank, those of the same rank in the order of their articles.
    fn in_order_of_articles<R: PartialEq>(
        &self,
        searcher: &Searcher,
        ranked: Vec<(R, Place)>,
        wanted: Range<usize>,
    ) -> tantivy::Result<Vec<String>> {
        let columns: Vec<Option<StrColumn>> = searcher
            .segment_readers()
            .iter()
            .map(|reader| reader.fast_fields().str(Property::ARTICLE.field()))
            .collect::<tantivy::Result<_>>()?;
        let mut names = FxHashMap::default();
        let mut iris = Vec::with_capacity(wanted.len());
        let mut begin = 0;
        for same in ranked.chunk_by(|(a, _), (b, _)| a == b) {
            let range = begin..begin + same.len();
            begin = range.end;
            if range.end <= wanted.start || range.start >= wanted.end {
                continue;
            }
            let mut by_article: BTreeMap<String, Vec<Place>> = BTreeMap::new();
            for (_, (segment, doc)) in same {
                let column = columns[*segment].as_ref();
                let number = column.and_then(|column| column.term_ords(*doc).next());
                let name = names.entry((*segment, number)).or_insert_with(|| name(column, number));
                match by_article.get_mut(name) {
                    Some(places) => places.push((*segment, *doc)),
                    None => {
                        by_article.insert(name.clone(), vec![(*segment, *doc)]);
                    }
                }
            }
            let mut at = range.start;
            for places in by_article.into_values() {
                let own = at..at + places.len();
                at = own.end;
                if own.end <= wanted.start || own.start >= wanted.end {
                    continue;
                }
                let iri = |(segment, doc): Place| self.iri(searcher, (segment as u32, doc));
                let mut own_iris = places.into_iter().map(iri).collect::<tantivy::Result<Vec<_>>>()?;
                own_iris.sort_by_cached_key(|iri| (position(iri), iri.clone()));
                let numbered = own.zip(own_iris);
                iris.extend(numbered.filter(|(at, _)| wanted.contains(at)).map(|(_, iri)| iri));
            }
        }
        Ok(iris)
    }

    /// Some of the statements that have the words and fulfil the conditions, those that fit the words best first.
    pub fn best(
        &self,
        searcher: &Searcher,
        words: &Words,
        conditions: &[Condition],
        skip: usize,
        take: usize,
    ) -> tantivy::Result<Vec<String>> {
        let found = self.scored(searcher, words, conditions)?;
        // The order of a float's bits, for none is below zero.
        let mut ranked: Vec<(Reverse<u32>, Place)> = found
            .into_iter()
            .map(|(place, score)| (Reverse(score.to_bits()), (place.segment_ord as usize, place.doc_id)))
            .collect();
        ranked.sort_unstable();
        let wanted = skip.min(ranked.len())..skip.saturating_add(take).min(ranked.len());
        self.in_order_of_articles(searcher, ranked, wanted)
    }
}

/// The text of a value of a column.
fn name(column: Option<&StrColumn>, number: Option<u64>) -> String {
    let mut text = String::new();
    if let (Some(column), Some(number)) = (column, number) {
        // What cannot be read has no name.
        let _ = column.ord_to_str(number, &mut text);
    }
    text
}

/// Where a statement begins in its article.
pub(super) fn position(iri: &str) -> Option<u64> {
    iri.rsplit_once("/statement/")?.1.split('-').next()?.parse().ok()
}

/// How many statements were made in each month, by the last day on which they may have been made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Months {
    /// By year and month.
    pub counts: BTreeMap<(i16, i8), u64>,
    pub undated: u64,
}

impl Months {
    pub fn of(searcher: &Searcher, matches: &Matches) -> tantivy::Result<Self> {
        let mut by_number: FxHashMap<i64, u64> = FxHashMap::default();
        let mut undated = 0;
        for (docs, reader) in matches.0.iter().zip(searcher.segment_readers()) {
            let days = reader.fast_fields().i64(Fields::UNTIL)?;
            for doc in docs {
                match days.first(*doc) {
                    Some(day) => *by_number.entry(day.div_euclid(31)).or_default() += 1,
                    None => undated += 1,
                }
            }
        }
        let month = |(number, count): (i64, u64)| {
            let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
            Some(((i16::try_from(year).ok()?, i8::try_from(month).ok()?), count))
        };
        Ok(Self { counts: by_number.into_iter().filter_map(month).collect(), undated })
    }
}

/// Which values count for others, too: an authority for its country.
#[derive(Debug, Clone, Default)]
pub struct Kin {
    /// For what each value counts, itself among them. A value that is none of these counts for itself only.
    pub of: BTreeMap<String, BTreeSet<String>>,
    /// Whether only what others count for is counted.
    pub only: bool,
}

/// The values that statements have by some properties, as numbers, so that they can be counted.
pub struct Columns {
    segments: Vec<Segment>,
    /// What others count for.
    groups: Vec<String>,
    only_groups: bool,
}

const NONE: u32 = u32::MAX;

/// The values in a segment. Those of the first property have the numbers of its column; what only others have, the next ones.
struct Segment {
    columns: Vec<StrColumn>,
    /// For each further column the numbers of its values.
    numbers: Vec<Vec<u32>>,
    /// The values that have no number in the first column.
    others: Vec<String>,
    /// Of each value the place of its list among the lists, or [`NONE`].
    list_of: Vec<u32>,
    lists: Vec<Vec<u32>>,
    /// Of each group its own number, or [`NONE`].
    own: Vec<u32>,
}

impl Columns {
    /// Reads which values there are.
    pub fn of(searcher: &Searcher, properties: &[Property], kin: Kin) -> tantivy::Result<Self> {
        let groups: Vec<String> = kin.of.values().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let places: FxHashMap<&str, u32> = groups.iter().map(String::as_str).zip(0..).collect();
        let lists: FxHashMap<&str, Vec<u32>> = kin
            .of
            .iter()
            .map(|(value, groups)| (value.as_str(), groups.iter().map(|group| places[group.as_str()]).collect()))
            .collect();
        let segments = searcher.segment_readers().iter().map(|reader| {
            let mut columns = Vec::new();
            for property in properties {
                columns.extend(reader.fast_fields().str(property.field())?);
            }
            Segment::of(columns, &lists, &places)
        });
        let segments = segments.collect::<tantivy::Result<_>>()?;
        Ok(Self { segments, groups, only_groups: kin.only })
    }

    /// The values that most of the statements have, and how many: so many values, if there are, and no group that none of
    /// them names, unless groups are all that counts. `always` are values that are among them whatever their number.
    pub fn largest(
        &self,
        matches: &Matches,
        wanted: usize,
        always: &BTreeSet<String>,
    ) -> tantivy::Result<Vec<(String, u64)>> {
        let mut by_group = vec![0u64; self.groups.len()];
        let mut counts = Vec::with_capacity(self.segments.len());
        for (segment, docs) in self.segments.iter().zip(&matches.0) {
            counts.push(segment.count(docs, &mut by_group));
        }
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for (place, (group, count)) in self.groups.iter().zip(&by_group).enumerate() {
            let mut is_named = self.only_groups;
            for (segment, counts) in self.segments.iter().zip(&mut counts) {
                if let Some(own) = counts.get_mut(segment.own[place] as usize) {
                    is_named |= *own > 0;
                    // Counted above, with what it comprises.
                    *own = 0;
                }
            }
            if *count > 0 && (is_named || always.contains(group)) {
                found.insert(group.clone(), *count);
            }
        }
        if !self.only_groups {
            for value in self.candidates(&counts, wanted, always)? {
                let mut count = 0;
                for (segment, counts) in self.segments.iter().zip(&counts) {
                    count += segment.number(&value)?.map_or(0, |number| u64::from(counts[number as usize]));
                }
                if count > 0 {
                    found.entry(value).or_insert(count);
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_by_key(|(_, count)| Reverse(*count));
        let last = found.len().min(wanted);
        let rest = found.split_off(last);
        found.extend(rest.into_iter().filter(|(value, _)| always.contains(value)));
        Ok(found)
    }

    /// A value with as many statements as the last that is wanted has, in one of the segments, at least its share of them.
    fn candidates(
        &self,
        counts: &[Vec<u32>],
        wanted: usize,
        always: &BTreeSet<String>,
    ) -> tantivy::Result<BTreeSet<String>> {
        let least = counts.iter().map(|counts| super::count::nth_largest(counts, wanted)).max().unwrap_or_default();
        let share = least.div_ceil(u32::try_from(counts.len().max(1)).unwrap_or(u32::MAX)).max(1);
        let mut values = always.clone();
        for (segment, counts) in self.segments.iter().zip(counts) {
            for (number, _) in counts.iter().enumerate().filter(|(_, count)| **count >= share) {
                values.insert(segment.value(number)?);
            }
        }
        Ok(values)
    }
}

impl Segment {
    fn of(
        columns: Vec<StrColumn>,
        lists: &FxHashMap<&str, Vec<u32>>,
        places: &FxHashMap<&str, u32>,
    ) -> tantivy::Result<Self> {
        let (mut numbers, mut others, mut known_others) = (Vec::new(), Vec::new(), FxHashMap::default());
        let first = columns.first().map_or(0, |first| first.num_terms());
        for column in columns.iter().skip(1) {
            let mut own = Vec::with_capacity(column.num_terms());
            for number in 0..column.num_terms() as u64 {
                let value = name(Some(column), Some(number));
                let known = columns[0].dictionary().term_ord(&value)?.map(|number| number as usize);
                let number = known.unwrap_or_else(|| {
                    *known_others.entry(value.clone()).or_insert_with(|| {
                        others.push(value);
                        first + others.len() - 1
                    })
                });
                own.push(number as u32);
            }
            numbers.push(own);
        }
        let mut segment = Self {
            list_of: vec![NONE; first + others.len()],
            columns,
            numbers,
            others,
            lists: Vec::new(),
            own: vec![NONE; places.len()],
        };
        for (value, list) in lists {
            if let Some(number) = segment.number(value)? {
                segment.list_of[number as usize] = segment.lists.len() as u32;
                segment.lists.push(list.clone());
            }
        }
        for (value, place) in places {
            if let Some(number) = segment.number(value)? {
                segment.own[*place as usize] = number;
            }
        }
        Ok(segment)
    }

    /// How many of the statements have each value. Those of groups are added to theirs.
    fn count(&self, docs: &[DocId], by_group: &mut [u64]) -> Vec<u32> {
        let mut counts = vec![0; self.list_of.len()];
        let (mut values, mut groups) = (Vec::new(), Vec::new());
        for doc in docs {
            values.clear();
            for (place, column) in self.columns.iter().enumerate() {
                let own = column.term_ords(*doc).map(|number| number as u32);
                match place.checked_sub(1) {
                    None => values.extend(own),
                    Some(place) => values.extend(own.map(|number| self.numbers[place][number as usize])),
                }
            }
            if values.len() > 1 {
                values.sort_unstable();
                values.dedup();
            }
            groups.clear();
            for value in &values {
                counts[*value as usize] += 1;
                let list = self.lists.get(self.list_of[*value as usize] as usize);
                groups.extend(list.into_iter().flatten().copied());
            }
            if values.len() > 1 {
                groups.sort_unstable();
                groups.dedup();
            }
            groups.iter().for_each(|group: &u32| by_group[*group as usize] += 1);
        }
        counts
    }

    fn value(&self, number: usize) -> tantivy::Result<String> {
        let first = self.columns.first().map_or(0, |first| first.num_terms());
        match number.checked_sub(first) {
            Some(other) => Ok(self.others[other].clone()),
            None => Ok(name(self.columns.first(), Some(number as u64))),
        }
    }

    fn number(&self, value: &str) -> tantivy::Result<Option<u32>> {
        let Some(first) = self.columns.first() else { return Ok(None) };
        let other = || self.others.iter().position(|other| other == value).map(|place| first.num_terms() + place);
        let number = first.dictionary().term_ord(value)?.map(|number| number as usize);
        Ok(number.or_else(other).map(|number| number as u32))
    }
}
