//! Reporting clauses inside the marks of a quotation: « Nous irons, a promis Léa Roy, jusqu'au bout. »

use super::Analysis;
use super::complement::Complement;
use super::trim;
use crate::extract::cue::{Group, Shape, beginnings, groups};
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::statement::{Kind, Span};
use crate::language::{Classes, Frames, Mood};

/// Most tokens of an aside after a reporting clause.
const LONGEST_ASIDE: usize = 12;

/// What words have that tell when or through what something was said.
const OF_SAYING: u64 =
    Classes::TIME | Classes::MEDIUM | Classes::INTERVIEW | Classes::OCCASION | Classes::DOCUMENT | Classes::MEDIA;

/// Most tokens of a participle that reports within a reporting clause, and of such clauses most that are read for one.
const LONGEST_PARTICIPLE: usize = 60;
const MOST_PARTICIPLES: usize = 8;

/// A reporting clause inside a quotation.
struct Interruption {
    group: Group,
    sources: Vec<Phrase>,
    /// The mark that ends it.
    end: usize,
    /// A participle in it that reports as well: "a assuré Léa Roy, reconnaissant que le pont tremble."
    further: Option<(Group, Complement)>,
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
            for Interruption { sources, further, .. } in found {
                if let Some((group, complement)) = further {
                    let (spans, kind) = reading.inside(k, || self.spans_of(complement.content));
                    self.push(spans, kind, sources, &group, Few::None, complement.frame);
                }
            }
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
                let many = found.len() >= MOST_PARTICIPLES;
                found.push(if many { interruption } else { self.with_participle(interruption, inner.end) });
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
        // "détaille la régie samedi à 16 heures.", "prévient l'organisme dans un bulletin.": whatever may not be a speaker
        // is one where the words behind it tell of the saying.
        let speaks = group.clitic.is_some() || sources.iter().any(|s| reading.can_speak(s));
        // "m'a dit ma mère lundi": the quoted one tells of it.
        let own = matches!(reading.lower(group.range.start), "m'" | "me" | "t'" | "te" | "nous" | "vous")
            || sources.iter().any(|s| matches!(reading.lower(s.range.start), "mon" | "ma" | "mes" | "notre" | "nos"));
        while !own
            && reading.mark(end).is_none()
            && let Some(next) = reading.adjunct_or_account_end(end, limit).filter(|next| *next > end)
            && (speaks || (end..next).any(|k| reading.is(k, OF_SAYING)))
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
        (closed && plausible).then_some(Interruption { group, sources, end, further: None })
    }

    /// The same with the participle that goes on reporting behind its comma, up to the full stop.
    fn with_participle(&self, clause: Interruption, limit: usize) -> Interruption {
        let reading = self.reading;
        let start = clause.end + 1;
        let stop =
            (start..limit.min(start + LONGEST_PARTICIPLE)).find(|k| matches!(reading.mark(*k), Some('.' | '!' | '?')));
        let cue = (start..limit.min(start + 3)).any(|k| reading.is(k, Classes::CUE));
        let Some(stop) = stop.filter(|_| cue && reading.is_comma(clause.end)) else { return clause };
        let further = groups(reading, start..stop).into_iter().next();
        let further = further.filter(|group| group.range.start == start && group.shape == Shape::Participle);
        let complement = further.and_then(|group| Some((self.complement(&group, stop, stop)?, group)));
        match complement {
            Some((complement, group)) => Interruption { end: stop, further: Some((group, complement)), ..clause },
            None => clause,
        }
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
