//! Adjuncts of an English cue: when, where and through what something was said.

use super::Analysis;
use crate::language::Classes;

impl Analysis<'_> {
    /// Passes over dates, places and media between a cue and its content: "said Monday in an interview that".
    pub(super) fn past_adjuncts(&self, from: usize, limit: usize) -> usize {
        let mut k = from;
        for _ in 0..5 {
            match self.adjunct_end(k, limit) {
                Some(end) if end > k => k = end,
                _ => break,
            }
        }
        k
    }

    /// Where the adjunct at `k` ends.
    pub(super) fn adjunct_end(&self, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        if k >= limit || reading.quotation_at(k).is_some() {
            return None;
        }
        if let Some(end) = self.time_end(k, limit) {
            return Some(end);
        }
        // "claims to be a hundred years old": no time, but an infinitive.
        let infinitive = reading.lower(k) == "to" && self.is_listed_infinitive(k + 1);
        if reading.is(k, Classes::PREP) && !infinitive && !matches!(reading.lower(k), "as" | "like") {
            let end = self.prepositional_end(k, limit)?;
            let that = self.opens_content(end) || reading.mark(end) == Some(':');
            let adjunct = reading.is_adjunct(k) || matches!(reading.lower(k), "during" | "after" | "before" | "via");
            return (that || adjunct || end >= limit).then_some(end);
        }
        None
    }

    /// "Monday", "last week", "on Dec. 5, 2018", "earlier this month".
    pub(super) fn time_end(&self, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        let mut j = k;
        if matches!(reading.lower(j), "on" | "in" | "by" | "late" | "early" | "earlier" | "later" | "at") {
            j += 1;
        }
        let led = j > k;
        while j < limit
            && (matches!(reading.lower(j), "last" | "this" | "next" | "late" | "early" | "earlier")
                || led && matches!(reading.lower(j), "that" | "the" | "a" | "few" | "two" | "three"))
        {
            j += 1;
        }
        let first = j;
        // "may" and "march" are months with their capital only.
        let time = |j: usize| {
            reading.is(j, Classes::TIME)
                && (reading.tokens.is_capital(j) || !matches!(reading.lower(j), "may" | "march"))
        };
        while j < limit && (time(j) || reading.tokens.is_number(j) && j > k) {
            j += 1;
            if reading.mark(j) == Some('.') && !reading.tokens.is_spaced(j) && reading.tokens.is_number(j + 1) {
                j += 1;
            }
            if reading.is_comma(j) && reading.tokens.is_number(j + 1) && reading.tokens.is_number(j - 1) {
                j += 2;
                j += usize::from(reading.is_comma(j));
            }
        }
        let told = (first..j).any(time) || j > first && matches!(reading.lower(k), "in");
        (told && j > first).then_some(j)
    }

    /// Where the prepositional phrase at `k` ends: its noun phrase with complements and dates.
    pub(super) fn prepositional_end(&self, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        if let Some(end) = self.time_end(k, limit) {
            return Some(end);
        }
        let mut end = match reading.english_phrase(k + 1, limit) {
            Some(phrase) => phrase.range.end,
            None => {
                let mut j = k + 1;
                while j < limit
                    && (reading.is(j, Classes::DET | Classes::ADJECTIVE)
                        || reading.is_open(j) && !reading.begins_verb(j))
                {
                    j += 1;
                }
                j
            }
        };
        while let Some(next) = (end < limit && reading.is(end, Classes::PREP) && reading.lower(end) != "as")
            .then(|| reading.english_phrase(end + 1, limit))
            .flatten()
        {
            end = next.range.end;
        }
        (end > k + 1).then_some(end)
    }

    /// Whether nothing but marks, dates and adjuncts follows to the end of the sentence.
    pub(super) fn at_end(&self, k: usize) -> bool {
        let k = self.past_adjuncts(k, self.sentence.end);
        (k..self.sentence.end).all(|i| self.reading.mark(i).is_some() && self.reading.quotation_at(i).is_none())
    }
}
