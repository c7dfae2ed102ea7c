//! Reporting clauses inside the marks of a quotation: « Nous irons, a promis Léa Roy, jusqu'au bout. »

use super::Analysis;
use super::trim;
use crate::extract::cue::{Group, Shape, beginnings, groups};
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::statement::{Kind, Span};
use crate::language::{Classes, Frames, Mood};

/// Most tokens of an aside after a reporting clause.
const LONGEST_ASIDE: usize = 12;

/// A reporting clause inside a quotation.
struct Interruption {
    group: Group,
    sources: Vec<Phrase>,
    /// The mark that ends it.
    end: usize,
}

impl Analysis<'_> {
    /// The quotations that reporting clauses break: each is one statement with several parts.
    pub(super) fn interrupted(&mut self) {
        let reading = self.reading;
        for k in self.quotations.clone() {
            let found = reading.inside(k, || self.interruptions(k));
            let Some(first) = found.first() else { continue };
            let inside = reading.quotations[k].inner;
            let mut start = inside.start;
            let mut spans = Vec::with_capacity(found.len() + 1);
            for interruption in &found {
                spans.push(Span::new(start, reading.token(interruption.group.range.start - 1).span.start));
                start = reading.token(interruption.end).span.end;
            }
            spans.push(Span::new(start, inside.end));
            let trimmed = spans.into_iter().map(|span| trim(reading.text, span));
            let spans: Few<Span> = trimmed.filter(|span| span.start < span.end).collect();
            if spans.is_empty() {
                continue;
            }
            let clauses = found.iter().map(|i| i.group.range.start..i.end).collect();
            self.used.push(k);
            self.push(spans, Kind::Direct, first.sources.clone(), &first.group, clauses, Frame::Interrupted);
        }
    }

    /// The reporting clauses inside quotation `k`, in order.
    fn interruptions(&self, k: usize) -> Vec<Interruption> {
        let reading = self.reading;
        let range = reading.tokens_of(k);
        let inner = range.start + 1..range.end.saturating_sub(usize::from(reading.quotations[k].closed));
        let mut found: Vec<Interruption> = Vec::new();
        if !beginnings(reading, inner.clone()).any(|first| first > inner.start && self.parts(first - 1)) {
            return found;
        }
        for group in groups(reading, inner.clone()) {
            let from = found.last().map_or(inner.start, |last| last.end);
            if group.range.start > from
                && let Some(interruption) = self.interruption(group, from, inner.end)
            {
                found.push(interruption);
            }
        }
        found
    }

    /// The reporting clause of `group`, if it stands between marks, has its source after it and ends at a mark.
    fn interruption(&self, group: Group, from: usize, limit: usize) -> Option<Interruption> {
        let reading = self.reading;
        let before = group.range.start - 1;
        let bounded = before > from && self.parts(before);
        if group.shape != Shape::Finite || !bounded || !group.verb(reading).frames.has(Frames::INSERTED) {
            return None;
        }
        let (sources, end) = self.inverted_source(&group, limit)?;
        let mut end = self.aside_end(end, limit).unwrap_or(end);
        // "détaille la régie samedi à 16 heures."
        let speaks = group.clitic.is_some() || sources.iter().any(|s| reading.can_speak(s));
        while speaks
            && reading.mark(end).is_none()
            && let Some(next) = reading.adjunct_end(end, limit).filter(|next| *next > end)
        {
            end = next;
        }
        let person = group.clitic.is_some() || sources.iter().any(|s| !s.names.is_empty() || s.role.is_some());
        // Where the quotation is never closed, what stands at the limit is of another one or another paragraph.
        let closed = end < limit && matches!(reading.mark(end), Some(',' | '.' | ';' | ':' | '–' | '—' | '-'));
        // Without a name only a pair of commas shows that the clause is no part of the speech.
        let plausible = person
            || reading.is_comma(before)
                && matches!(reading.mark(end), Some(',' | '.'))
                && sources.iter().all(|s| !s.pronoun);
        (closed && plausible).then_some(Interruption { group, sources, end })
    }

    /// Whether the mark at `k` may part a reporting clause from the speech before it.
    fn parts(&self, k: usize) -> bool {
        matches!(self.reading.mark(k), Some(',' | '-' | '–' | '—' | '?' | '!' | '…'))
    }

    /// The comma that ends an aside about the speaker: "a dit Léa Roy, interrogée jeudi sur son avenir," or
    /// "dit-elle en montrant la rive,".
    fn aside_end(&self, end: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        let start = end + usize::from(reading.is_comma(end));
        if !self.begins_aside(start) {
            return None;
        }
        let comma = (start..limit.min(start + LONGEST_ASIDE)).find(|k| reading.is_comma(*k))?;
        self.no_more_verbs(start, comma).then_some(comma)
    }

    /// "interrogée …", "visiblement agacée …", "en montrant …": words about the speaker, not the speech.
    pub(super) fn begins_aside(&self, k: usize) -> bool {
        let reading = self.reading;
        let is = |k: usize, mood: Mood| reading.forms(k).iter().any(|form| form.mood == mood);
        let k = k + usize::from(reading.is(k, Classes::ADV) || reading.lower(k).ends_with("ment"));
        is(k, Mood::PastParticiple) && !reading.forms(k).iter().any(|form| form.mood.is_finite())
            || reading.lower(k) == "en" && is(k + 1, Mood::PresentParticiple)
    }
}
