//! English sources without a verb: "according to", and a colon.

use super::noun::possessive;
use super::{Analysis, trimmed};
use crate::extract::few::Few;
use crate::extract::phrase::Phrase;
use crate::extract::statement::Kind;
use crate::language::Classes;

impl Analysis<'_> {
    /// "According to Léa Roy, the bridge will close.", "The bridge, according to Léa Roy, will close."
    pub(super) fn source_phrases(&mut self) {
        let reading = self.reading;
        let mut k = self.sentence.start;
        while k < self.sentence.end {
            let words = if reading.quotation_at(k).is_none() { reading.source_words_at(k) } else { None };
            let Some((length, lemma)) = words else {
                k += 1;
                continue;
            };
            let at = k + length;
            k = at;
            let Some(sources) = self.named_after(at) else { continue };
            let Some(last) = sources.last() else { continue };
            let mut end = last.full_end;
            if sources.iter().all(|s| s.head.is_some_and(|h| reading.is(h, Classes::NORM)) && s.names.is_empty()) {
                continue;
            }
            // "according to a study published Monday": up to the comma.
            let close =
                (end..self.sentence.end).find(|j| reading.mark(*j).is_some() && reading.quotation_at(*j).is_none());
            end = close.unwrap_or(self.sentence.end);
            let start = at - length;
            let content = if start == self.sentence.start || self.only_lead(start) {
                let from = end + usize::from(reading.is_comma(end));
                vec![from..self.rest_end(from)]
            } else {
                let from = self.stretch_start(start);
                let mut before = start;
                while before > from && reading.mark(before - 1).is_some() && reading.quotation_at(before - 1).is_none()
                {
                    before -= 1;
                }
                let goes_on = reading.is_comma(end)
                    && reading.is_comma(start - 1)
                    && end + 2 < self.sentence.end
                    && !self.starts_other(end + 1);
                let mut parts = vec![from..before];
                if goes_on {
                    parts.push(end + 1..self.rest_end(end + 1));
                }
                parts
            };
            let content: Vec<_> = content.into_iter().filter(|range| range.len() > 1).collect();
            if content.iter().any(|part| self.is_relay(&sources, part)) {
                self.claimed.push(start..end);
                self.relays.extend(sources);
                k = k.max(end);
                continue;
            }
            // "That's according to …": nothing is told.
            let told: usize = content.iter().map(|part| part.len()).sum();
            if content.is_empty()
                || told < 3
                || content.iter().any(|c| self.claimed.iter().any(|d| d.start < c.end && c.start < d.end))
            {
                continue;
            }
            let (spans, kind) = self.take_parts(&content);
            let first = content[0].start.min(start);
            let last = content.last().map_or(end, |c| c.end).max(end);
            self.claimed.push(first..last);
            let (clause, cue) = (Few::One(start..end), start..at);
            self.push_source(spans, kind, sources, cue, lemma, clause);
            k = k.max(end);
        }
    }

    /// The sources behind "according to": a document stands for itself.
    fn named_after(&self, at: usize) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        if let Some(sources) = reading.english_sources(at, self.sentence.end) {
            return Some(sources);
        }
        // "according to preliminary findings"
        let mut end = at;
        while end < self.sentence.end && (reading.is_open(end) || reading.is(end, Classes::ADJECTIVE | Classes::DET)) {
            end += 1;
        }
        // "sorted according to size": a plain noun in the singular speaks for nobody.
        let speaks =
            Classes::DOCUMENT | Classes::GROUP | Classes::BODY | Classes::MEDIA | Classes::SPEECH | Classes::EVENT;
        let told = end > at && (reading.is_plural_noun(end - 1) || reading.is(end - 1, speaks));
        told.then(|| vec![Phrase { range: at..end, full_end: end, head: Some(end - 1), ..Phrase::default() }])
    }

    fn only_lead(&self, at: usize) -> bool {
        (self.sentence.start..at)
            .all(|k| self.reading.is(k, Classes::AND | Classes::ADV) || self.reading.mark(k).is_some())
    }

    /// "Mayor: 'The bridge will close.'": a quotation behind a colon, its source before it.
    pub(super) fn bare_colon(&mut self) {
        let reading = self.reading;
        // "'The bridge will close': mayor"
        if let Some(q) = reading.quotation_at(self.sentence.start).filter(|q| !self.used.contains(q)) {
            let colon = reading.tokens_of(q).end;
            let sources = if reading.mark(colon) == Some(':') { self.named_up_to_end(colon + 1) } else { None };
            if let Some(sources) = sources {
                self.used.push(q);
                let spans = Few::One(trimmed(reading, reading.quotations[q].inner));
                self.push_source(spans, Kind::Direct, sources, 0..0, "", Few::One(colon..self.sentence.end));
                return;
            }
        }
        let Some(colon) =
            self.sentence.clone().find(|k| reading.mark(*k) == Some(':') && reading.quotation_at(*k).is_none())
        else {
            return;
        };
        let Some(q) =
            reading.quotation_at(colon + 1).filter(|q| !self.used.contains(q) && colon + 1 < self.sentence.end)
        else {
            return;
        };
        // "Verdict: 'Good enough,' Anne Roy said.": a label, and a cue behind.
        let ends = (reading.tokens_of(q).end..self.sentence.end).all(|k| reading.mark(k).is_some());
        if !ends {
            return;
        }
        let Some(sources) = self.named_before(colon).or_else(|| self.subject_before(colon, q)) else { return };
        let spans = Few::One(trimmed(reading, reading.quotations[q].inner));
        self.used.push(q);
        let clause = Few::One(self.sentence.start..colon);
        self.push_source(spans, Kind::Direct, sources, 0..0, "", clause);
    }

    /// She waved at the crowd, for "a free valley. And we will have it.": a quotation that goes on into another sentence is
    /// speech; where nothing else tells whose, it is the subject's.
    pub(super) fn speech_amid(&mut self) {
        let reading = self.reading;
        if !self.drafts.is_empty() || self.quotations.len() != 1 {
            return;
        }
        let q = self.quotations.start;
        let quoted = reading.tokens_of(q);
        let inside = quoted.start + 1..quoted.end - 1;
        let goes_on = inside.clone().any(|k| {
            matches!(reading.mark(k), Some('.' | '!' | '?'))
                && reading.tokens.is_capital(k + 1)
                && reading.tokens.is_spaced(k + 1)
                && inside.contains(&(k + 2))
                && reading.tokens.is_word(k - 1)
                && !reading.is_title(k - 1)
        });
        let ends = (quoted.end..self.sentence.end).all(|k| reading.mark(k).is_some());
        let begins_amid = !reading.tokens.is_capital(inside.start) && quoted.start > self.sentence.start;
        if !goes_on || !ends || !begins_amid {
            return;
        }
        let verb = (self.sentence.start..quoted.start).find(|k| reading.is_finite_here(*k, self.sentence.start));
        let Some(sources) = verb.and_then(|verb| reading.english_source_before(self.sentence.start, verb)) else {
            return;
        };
        let person = |s: &Phrase| {
            matches!(reading.lower(s.range.start), "he" | "she") || s.role.is_some() || !s.names.is_empty()
        };
        if sources.iter().all(|s| person(s) && reading.can_speak(s)) {
            self.used.push(q);
            let spans = Few::One(trimmed(reading, reading.quotations[q].inner));
            let clause = Few::One(self.sentence.start..quoted.start);
            self.push_source(spans, Kind::Direct, sources, 0..0, "", clause);
        }
    }

    /// The source whose words are all of the sentence from `k` on.
    fn named_up_to_end(&self, k: usize) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let sources = reading.english_sources(k, self.sentence.end)?;
        let end = sources.last()?.full_end;
        let ends = (end..self.sentence.end).all(|k| reading.mark(k).is_some());
        (ends && sources.iter().all(|s| !s.pronoun && reading.can_speak(s))).then_some(sources)
    }

    /// "Mayor Solberg:"
    fn named_before(&self, colon: usize) -> Option<Vec<Phrase>> {
        let sources = self.reading.english_sources(self.sentence.start, colon)?;
        let reaches = sources.last().is_some_and(|s| s.full_end == colon);
        (reaches && sources.iter().all(|s| !s.pronoun && self.reading.can_speak(s))).then_some(sources)
    }

    /// "The mayor put it plainly: '…'": the subject of a clause that leads up to a sentence in marks. A title in marks is
    /// no sentence.
    fn subject_before(&self, colon: usize, q: usize) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let quoted = reading.tokens_of(q);
        let sentence = reading.tokens.is_capital(quoted.start + 1)
            && reading.inside(q, || reading.has_finite(quoted.start + 1..quoted.end))
            && reading.quotations[q].inner.of(reading.text).ends_with(['.', '!', '?', '…']);
        let alone = (quoted.end..self.sentence.end).all(|k| reading.mark(k).is_some());
        let start = self.sentence.start;
        if !sentence || !alone {
            return None;
        }
        // "Her answer was short:"
        if (start..start + 3).any(|k| reading.is(k, Classes::SPEECH))
            && let Some(source) = possessive(reading, start)
        {
            return Some(vec![source]);
        }
        let sources = reading.english_sources(start, colon)?;
        let after = sources.last()?.full_end;
        let verb = (after..colon).find(|k| !reading.is_adverb(*k))?;
        let speaks =
            sources.iter().all(|s| reading.can_speak(s) && !s.head.is_some_and(|h| reading.is(h, Classes::DOCUMENT)));
        (speaks && reading.is_finite_here(verb, start)).then_some(sources)
    }
}
