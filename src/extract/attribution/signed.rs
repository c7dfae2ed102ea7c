//! Paragraphs that are signed: whoever is named behind the last full stop has said them.
//!
//! - a pull quote: "The bridge must close. Léa Roy, mayor", where the article quotes her elsewhere, so that the author of
//!   a photograph is nobody;
//! - a post of a network: "The bridge must close. — Léa Roy (@learoy) May 3, 2021".

use super::unmarked::continued;
use crate::extract::draft::Draft;
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::extract::statement::Kind;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Words of a paragraph that is no sentence: a label, a by-line.
const FEWEST_WORDS: usize = 6;

/// What stands behind the words of a signed paragraph.
struct Signature {
    range: Range<usize>,
    sources: Vec<Phrase>,
}

/// The statements of signed paragraphs, put before those that their sentences hold.
pub fn signed(reading: &Reading, by_sentence: &mut [Vec<Draft>]) {
    let mut quoted = None;
    let mut first = 0;
    while first < by_sentence.len() {
        let paragraph = reading.sentences[first].paragraph;
        let more = reading.sentences[first..].iter().take_while(|s| s.paragraph == paragraph).count();
        let last = first + more - 1;
        if reading.is_apart(first) {
            first = last + 1;
            continue;
        }
        let words = reading.sentences[first].range.start..reading.sentences[last].range.end;
        let post = post(reading, &words);
        let pulled = || {
            let silent = by_sentence[first..=last].iter().all(Vec::is_empty);
            let (name, signature) = (last > first && silent).then(|| pull_quote(reading, last)).flatten()?;
            quoted.get_or_insert_with(|| surnames(reading, by_sentence)).contains(name).then_some(signature)
        };
        if let Some(signature) = post.or_else(pulled) {
            let content = words.start..content_end(reading, &words, signature.range.start);
            let enough = content.clone().filter(|k| reading.tokens.is_word(*k)).count() >= FEWEST_WORDS;
            if enough && reading.quotations_in(content.clone()).is_empty() {
                let draft = Draft {
                    kind: Kind::Indirect,
                    sources: signature.sources,
                    clause: Few::One(signature.range),
                    frame: Frame::Signed,
                    ..continued(reading, last, Few::One(reading.span(content)))
                };
                by_sentence[last].insert(0, draft);
            }
        }
        first = last + 1;
    }
}

/// "— Léa Roy (@learoy) May 3, 2021" at the end of a paragraph.
fn post(reading: &Reading, words: &Range<usize>) -> Option<Signature> {
    let handle = (words.start + 2..words.end)
        .rev()
        .take(16)
        .find(|k| reading.mark(*k) == Some('@') && reading.mark(*k - 1) == Some('('))?;
    let from = words.start.max(handle.saturating_sub(10));
    let dash = (from..handle).rev().find(|k| reading.is_dash(*k) && reading.tokens.is_spaced(k + 1))?;
    let sources = reading.sources_at(dash + 1, handle - 1)?;
    let named = sources.last()?.full_end == handle - 1 && sources.iter().all(|s| !s.names.is_empty());
    named.then_some(Signature { range: dash..words.end, sources })
}

/// The last words of the names of all who speak, in lower case.
fn surnames(reading: &Reading, by_sentence: &[Vec<Draft>]) -> FxHashSet<String> {
    let sources = by_sentence.iter().flatten().flat_map(|draft| &draft.sources);
    sources.flat_map(|source| source.names.iter()).map(|name| reading.lower(name.range.end - 1).to_owned()).collect()
}

/// A name, and perhaps what its bearer is, as the last words of a paragraph, without a stop: its last word, and all of it.
fn pull_quote<'r>(reading: &'r Reading, last: usize) -> Option<(&'r str, Signature)> {
    let range = reading.sentences[last].range.clone();
    let start = range.start + usize::from(reading.is_dash(range.start));
    let sources = reading.sources_at(start, range.end)?;
    let [Phrase { names, full_end, .. }] = sources.as_slice() else { return None };
    let name = names.first().filter(|name| name.range.start == start && name.range.len() > 1)?;
    let surname = reading.lower(name.range.end - 1);
    let described = (*full_end..range.end).all(|k| !reading.begins_verb(k));
    let alone = *full_end == range.end || reading.is_comma(*full_end) && described && range.end - full_end < 12;
    let open = !matches!(reading.mark(range.end - 1), Some('.' | '!' | '?' | '…' | ':' | ')'));
    (alone && open).then_some((surname, Signature { range, sources }))
}

/// Where the words end: before addresses of pages, and behind the last stop's sentence.
fn content_end(reading: &Reading, words: &Range<usize>, signature: usize) -> usize {
    let mut end = signature;
    let address = |k: usize| matches!(reading.lower(k), "http" | "https" | "pic");
    if let Some(link) = (words.start..end).find(|k| address(*k) && matches!(reading.mark(k + 1), Some('.' | ':'))) {
        end = link;
    }
    while end > words.start && matches!(reading.mark(end - 1), Some('.' | ',' | '—' | '–')) {
        end -= 1;
    }
    end
}
