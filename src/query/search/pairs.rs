//! Which two values statements have together: who speaks about whom.

use super::facts::Property;
use super::tally::Matches;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use tantivy::Searcher;
use tantivy::columnar::StrColumn;

/// Two values, and how many statements have both.
pub type Pair = (String, String, u64);

/// The values of the first property and of the second one that most of the statements have together, and how many: so many
/// pairs, if there are, the largest first.
pub fn largest(
    searcher: &Searcher,
    matches: &Matches,
    properties: [Property; 2],
    wanted: usize,
) -> tantivy::Result<Vec<Pair>> {
    let mut segments = Vec::new();
    for (docs, reader) in matches.by_segment().iter().zip(searcher.segment_readers()) {
        let column = |property: Property| reader.fast_fields().str(property.field());
        let (Some(one), Some(other)) = (column(properties[0])?, column(properties[1])?) else { continue };
        let mut counts: FxHashMap<(u64, u64), u64> = FxHashMap::default();
        for doc in docs {
            for first in one.term_ords(*doc) {
                for second in other.term_ords(*doc) {
                    *counts.entry((first, second)).or_default() += 1;
                }
            }
        }
        segments.push(Segment { columns: [one, other], counts });
    }
    // A pair that is large in all has its share in one of them.
    let mut candidates: FxHashSet<(String, String)> = FxHashSet::default();
    for segment in &segments {
        let mut numbers: Vec<(&(u64, u64), &u64)> = segment.counts.iter().collect();
        let most = wanted.saturating_mul(segments.len()).min(numbers.len());
        if most < numbers.len() {
            numbers.select_nth_unstable_by_key(most, |(pair, count)| (Reverse(**count), **pair));
        }
        for ((first, second), _) in &numbers[..most] {
            candidates.insert((text(&segment.columns[0], *first)?, text(&segment.columns[1], *second)?));
        }
    }
    let mut found = Vec::with_capacity(candidates.len());
    for (first, second) in candidates {
        let mut count = 0;
        for Segment { columns, counts } in &segments {
            let numbers = (columns[0].dictionary().term_ord(&first)?, columns[1].dictionary().term_ord(&second)?);
            if let (Some(one), Some(other)) = numbers {
                count += counts.get(&(one, other)).copied().unwrap_or_default();
            }
        }
        found.push((first, second, count));
    }
    found.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
    found.truncate(wanted);
    Ok(found)
}

/// The pairs of a segment of the index, by the numbers that their values have there.
struct Segment {
    columns: [StrColumn; 2],
    counts: FxHashMap<(u64, u64), u64>,
}

fn text(column: &StrColumn, number: u64) -> tantivy::Result<String> {
    let mut text = String::new();
    column.ord_to_str(number, &mut text)?;
    Ok(text)
}
