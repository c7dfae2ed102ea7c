//! Cues after or inside their content: « Oui », a dit Léa Roy. — Le pont, a-t-elle ajouté, fermera.

use super::Analysis;
use crate::extract::cue::{Group, Shape, groups};
use crate::extract::phrase::Phrase;
use crate::extract::statement::{Kind, Span};
use crate::language::fr::{Classes, Frames};
use std::ops::Range;
use super::trim;

impl Analysis<'_> {
    /// « Nous irons, a promis Léa Roy, jusqu'au bout. »: the reporting clause stands inside the marks.
    pub(super) fn interrupted(&mut self) {
        let reading = self.reading;
        for k in reading.quotations_in(self.sentence.clone()) {
            let Some((group, sources, end)) = reading.inside(k, || self.interruption(k)) else { continue };
            let inside = reading.quotations[k].inner;
            let first = Span::new(inside.start, reading.token(group.range.start - 1).span.start);
            let second = Span::new(reading.token(end).span.end, inside.end);
            let spans = [first, second].into_iter().map(|span| trim(reading.text, span)).filter(|span| span.start < span.end).collect();
            self.used.push(k);
            self.push(spans, Kind::Direct, sources, &group, vec![group.range.start..end], 0.95);
        }
    }

    /// The reporting clause inside quotation `k`: its cue, its source, and the mark that ends it.
    pub(super) fn interruption(&self, k: usize) -> Option<(Group, Vec<Phrase>, usize)> {
        let reading = self.reading;
        let range = reading.tokens_of(k);
        let inner = range.start + 1..range.end.saturating_sub(usize::from(reading.quotations[k].closed));
        groups(reading, inner.clone()).into_iter().find_map(|group| {
            let before = group.range.start - 1;
            let bounded = before > inner.start && (reading.is_comma(before) || reading.is_dash(before) || matches!(reading.mark(before), Some('?' | '!' | '…')));
            if group.shape != Shape::Finite || !bounded || !group.verb(reading).frames.has(Frames::INSERTED) {
                return None;
            }
            let (sources, end) = self.inverted_source(&group, inner.end)?;
            let person = group.clitic.is_some() || sources.iter().any(|s| !s.names.is_empty() || s.role.is_some());
            let closed = matches!(reading.mark(end), Some(',' | '.' | ';' | ':' | '–' | '—' | '-'));
            // Without a name only a pair of commas shows that the clause is no part of the speech.
            let plausible = person || reading.is_comma(before) && matches!(reading.mark(end), Some(',' | '.')) && sources.iter().all(|s| !s.pronoun);
            (closed && plausible).then_some((group, sources, end))
        })
    }

    /// The cue comes after its content, or between two parts of it.
    pub(super) fn inserted(&mut self) {
        let mut left = self.sentence.start;
        for n in 0..self.groups.len() {
            let group = self.groups[n].clone();
            if group.shape != Shape::Finite || !group.verb(self.reading).frames.has(Frames::INSERTED) && !group.verb(self.reading).frames.has(Frames::QUE) {
                continue;
            }
            if let Some(end) = self.inserted_at(&group, left) {
                left = end;
            }
        }
    }

    pub(super) fn inserted_at(&mut self, group: &Group, left: usize) -> Option<usize> {
        let reading = self.reading;
        let mut start = group.range.start;
        let as_said = start > self.sentence.start && matches!(reading.lower(start - 1), "comme");
        if as_said {
            start -= 1;
        }
        let limit = self.sentence.end;
        let bounded = start == self.sentence.start
            || reading.is_comma(start - 1) || reading.is_dash(start - 1) || reading.mark(start - 1) == Some('(')
            || matches!(reading.mark(start - 1), Some('?' | '!' | '…' | '.'))
            || reading.quotation_at(start - 1).is_some()
            || as_said && reading.is(start - 1, Classes::AND);
        if !bounded && group.clitic.is_none() && !as_said {
            return self.subject_first(group, left);
        }
        let Some((sources, mut end)) = self.inverted_source(group, limit) else {
            return if as_said || group.clitic.is_some() { None } else { self.subject_first(group, left) };
        };
        let mut content_end = start;
        while content_end > left && (reading.is_comma(content_end - 1) || reading.is_dash(content_end - 1) || reading.mark(content_end - 1) == Some('(')) {
            content_end -= 1;
        }
        let content_start = self.content_start(left, content_end);
        // "Léa Roy a dit que …, a rapporté le Courrier": the outlet relays what she says.
        if sources.iter().all(|s| self.is_outlet(s)) && self.groups.iter().any(|g| content_start <= g.range.start && g.range.end <= content_end && g.shape == Shape::Finite && self.claims_clause(g)) {
            self.pending_relay(sources, start..end);
            return None;
        }
        let governed = self.groups.iter().any(|g| content_start <= g.range.start && g.range.end <= content_end && g.shape == Shape::Finite && self.claims_clause(g));
        if as_said && governed {
            return None;
        }
        let quoted_before = content_end > content_start && reading.quotation_at(content_end - 1).is_some();
        let clitic = group.clitic.is_some();
        if clitic && self.sentence_is_question() && !quoted_before {
            return None;
        }
        if content_start >= content_end {
            // « comme l'explique Léa Roy, le pont fermera »
            if as_said && reading.is_comma(end) {
                let stop = self.clause_end(end + 1, limit);
                return self.claim_text(end + 1..stop, sources, group, start..end, 0.8);
            }
            return None;
        }
        let impersonal = group.clitic.is_some_and(|c| reading.lower(c) == "on");
        let plain = !matches!(group.verb(reading).class, "continue" | "conclude" | "manner" | "exclaim" | "answer" | "criticise" | "praise") && sources.iter().all(|s| s.names.is_empty() || reading.can_speak(s));
        let strong = impersonal || plain || sources.iter().any(|s| reading.can_speak(s));
        if !quoted_before && (!strong || group.verb(reading).reflexive && group.verb(reading).frames.has(Frames::ATTRIBUTE)) {
            return None;
        }
        if quoted_before {
            let quotation = reading.quotation_at(content_end - 1)?;
            if self.used.contains(&quotation) {
                return None;
            }
            let range = reading.tokens_of(quotation);
            let lead = self.lead_of_quotation(content_start, range.start);
            let mut spans = Vec::new();
            let direct = lead == range.start;
            let all_quoted = direct || self.only_quotations(lead, range.end);
            if direct {
                spans.push(reading.quotations[quotation].inner);
            } else {
                spans.push(reading.span(lead..content_end));
            }
            for q in reading.quotations_in(lead..content_end) {
                self.used.push(q);
            }
            // « Un », dit Léa, « deux »: one statement in two parts.
            if reading.is_comma(end) && let Some(next) = reading.quotation_at(end + 1).filter(|q| !self.used.contains(q)) {
                let next_range = reading.tokens_of(next);
                if next_range.start == end + 1 && self.after_quotation_ends(next_range.end) {
                    self.used.push(next);
                    spans.push(reading.quotations[next].inner);
                    end = next_range.end;
                }
            }
            let kind = if all_quoted { Kind::Direct } else { Kind::Mixed };
            let tail = self.clause_tail(end, limit);
            self.claimed.push(lead..end);
            self.push(spans, kind, sources, group, vec![start..tail], 0.97);
            return Some(tail.max(end));
        }
        // Without marks: a whole clause before the cue, or one that the cue interrupts.
        let right = self.right_part(end, limit).filter(|r| !self.speaks_of_saying(r.start, limit));
        let clause_before = self.has_main_verb(content_start..content_end);
        let interrupts = right.is_some() && (clitic || !clause_before || as_said);
        let named = sources.iter().any(|s| !s.names.is_empty() || s.role.is_some());
        let subject = reading.sources_at(content_start, content_end).is_some_and(|s| s.iter().any(|s| reading.can_speak(s)));
        let fragment = named && !subject && content_start == self.sentence.start && content_end - content_start > 2 && right.is_none()
            && !matches!(group.verb(reading).class, "accuse" | "criticise" | "praise" | "describe") && (end >= limit || reading.quotation_at(end).is_none());
        if !clause_before && !interrupts && !fragment || self.begins_subordinate(content_start) && right.is_none() {
            return None;
        }
        if group.negated || group.conditional {
            return None;
        }
        if !group.verb(reading).frames.has(Frames::INSERTED) {
            return None;
        }
        let mut spans = vec![reading.span(content_start..content_end)];
        let mut mixed = !reading.quotations_in(content_start..content_end).is_empty();
        for q in reading.quotations_in(content_start..content_end) {
            self.used.push(q);
        }
        let mut tail = self.clause_tail(end, limit);
        if let Some(right) = right.filter(|_| interrupts) {
            for q in reading.quotations_in(right.clone()) {
                self.used.push(q);
                mixed = true;
            }
            spans.push(reading.span(right.clone()));
            tail = right.end;
        }
        self.claimed.push(content_start..tail);
        let kind = if mixed { Kind::Mixed } else { Kind::Indirect };
        let spans = if spans.len() == 1 && content_end - content_start < 2 { return None } else { spans };
        let clause = vec![start..if interrupts { end } else { tail }];
        self.push(spans, kind, sources, group, clause, 0.85);
        Some(tail)
    }

    /// "Oui," Smith a déclaré. — Le pont fermera, le maire a dit. The source stands before the cue, both at the
    /// sentence's end.
    pub(super) fn subject_first(&mut self, group: &Group, left: usize) -> Option<usize> {
        let reading = self.reading;
        let closes = self.at_end(group.range.end) || reading.is(group.range.end, Classes::TIME | Classes::PREP) && self.no_complement(group.range.end) && !group.verb(reading).frames.has(Frames::A);
        if !closes || !group.verb(reading).frames.has(Frames::INSERTED) || group.negated || left != self.sentence.start {
            return None;
        }
        // The source begins after the quotation, or after the first comma from which its words reach the cue.
        let starts = (left..group.range.start).filter(|k| reading.is_comma(*k) && reading.quotation_at(*k).is_none() || *k > left && reading.quotation_at(*k - 1).is_some() && reading.quotation_at(*k).is_none());
        let (content_end, sources) = starts.into_iter().find_map(|k| {
            let from = k + usize::from(reading.is_comma(k));
            let sources = reading.sources_at(from, group.range.start)?;
            let end = sources.last()?.full_end;
            let reaches = end == group.range.start || reading.is_comma(end) && end + 1 == group.range.start;
            let pronoun = sources.iter().any(|s| s.pronoun) && end != group.range.start;
            (reaches && !pronoun && sources.iter().any(|s| reading.can_speak(s))).then_some((k, sources))
        })?;
        let quotation = reading.quotation_at(content_end - 1).filter(|q| !self.used.contains(q));
        let quoted = quotation.is_some_and(|q| reading.tokens_of(q).start == left && self.words_in(q) > 2);
        if !quoted && (!self.has_finite_verb(left..content_end) || !reading.is_comma(content_end) || !self.at_end(group.range.end) || self.begins_subordinate(left)) {
            return None;
        }
        let (spans, kind) = self.spans_of(left..content_end);
        for q in reading.quotations_in(left..content_end) {
            self.used.push(q);
        }
        self.claimed.push(left..group.range.end);
        self.push(spans, kind, sources, group, vec![content_end..self.sentence.end], 0.75);
        Some(group.range.end)
    }

    /// The source of an inverted cue, and where its words end.
    pub(super) fn inverted_source(&self, group: &Group, limit: usize) -> Option<(Vec<Phrase>, usize)> {
        let reading = self.reading;
        if let Some(clitic) = group.clitic {
            if reading.lower(clitic) == "on" {
                return self.source_of_one(group.range.end, limit);
            }
            let phrase = reading.phrase_at(clitic, limit)?;
            // "glisse-t-elle encore, …"
            let mut end = group.range.end;
            let mut k = end;
            while !reading.is_comma(k) && let Some(next) = reading.adjunct_end(k, limit) {
                k = next;
            }
            if k > end && (k >= limit || reading.mark(k).is_some() || reading.is(group.range.end, Classes::ADV | Classes::TIME)) {
                end = k;
            }
            return Some((vec![phrase], end));
        }
        let sources = reading.source_after(group.range.end, limit)?;
        if sources.iter().any(|s| s.pronoun) && !sources.iter().all(|s| matches!(reading.lower(s.range.start), "celui-ci" | "celle-ci" | "ceux-ci" | "celles-ci" | "celui" | "celle" | "ceux" | "celles")) {
            return None;
        }
        let end = sources.last()?.full_end;
        // "…, assure que", "…, a annoncé la création de …" govern what follows.
        if matches!(reading.lower(end), "que" | "qu'") {
            return None;
        }
        Some((sources, end))
    }

    /// "a-t-on appris auprès de la préfecture", "estime-t-on à Kiev", "de source policière".
    pub(super) fn source_of_one(&self, k: usize, limit: usize) -> Option<(Vec<Phrase>, usize)> {
        let reading = self.reading;
        let mut k = k;
        while let Some(end) = reading.time_end(k, limit) {
            k = end;
        }
        if let Some((_, sources, end)) = self.source_phrase(k) {
            return Some((sources, end));
        }
        let place = matches!(reading.lower(k), "à" | "au" | "aux" | "chez" | "dans" | "auprès" | "du" | "de" | "d'");
        let mut from = k + 1;
        if matches!(reading.lower(k), "auprès" | "dans") {
            // "auprès de la régie", "dans l'entourage de la ministre", "dans l'expertise"
            let step = (k + 1..limit.min(k + 4)).find(|j| matches!(reading.lower(*j), "de" | "du" | "des" | "d'"));
            from = step.map_or(k + 1, |step| step + usize::from(!reading.is(step, Classes::FUSED)));
        } else if reading.lower(k) == "du" && reading.lower(k + 1) == "côté" {
            from = k + 2 + usize::from(reading.lower(k + 2) == "de");
        } else if reading.is(k, Classes::FUSED) {
            from = k;
        }
        let sources = place.then(|| reading.sources_at(from, limit)).flatten()?;
        let end = sources.last()?.full_end;
        Some((sources, end))
    }

    /// The content's first token: conjunctions and marks before it are passed over.
    pub(super) fn content_start(&self, left: usize, end: usize) -> usize {
        let reading = self.reading;
        let mut k = left;
        while k < end && reading.quotation_at(k).is_none() && (reading.mark(k).is_some_and(|c| !matches!(c, '(' | '[' | '«' | '“' | '"')) || reading.is(k, Classes::AND) && k == left) {
            k += 1;
        }
        k
    }

    /// The first token of what a quotation at the end of a content belongs to: the quotation itself if a
    /// colon or nothing precedes it, or the words of the sentence that lead up to it.
    pub(super) fn lead_of_quotation(&self, from: usize, quotation: usize) -> usize {
        let reading = self.reading;
        if from >= quotation {
            return quotation;
        }
        if let Some(colon) = (from..quotation).rev().find(|k| reading.mark(*k) == Some(':') && reading.quotation_at(*k).is_none()) {
            return if colon + 1 == quotation { quotation } else { colon + 1 };
        }
        from
    }

    pub(super) fn only_quotations(&self, from: usize, to: usize) -> bool {
        (from..to).all(|k| self.reading.quotation_at(k).is_some() || self.reading.mark(k).is_some() || self.reading.is(k, Classes::AND))
    }

    /// The part of an interrupted clause after the inserted words that end at `end`.
    pub(super) fn right_part(&self, end: usize, limit: usize) -> Option<Range<usize>> {
        let reading = self.reading;
        if !(reading.is_comma(end) || reading.is_dash(end) || reading.mark(end) == Some(':') || reading.mark(end) == Some(')')) {
            return None;
        }
        let from = end + 1;
        if from >= limit || self.groups.iter().any(|g| g.range.start == from || g.range.start == from + 1 && reading.is(from, Classes::AND)) || self.source_phrase(from).is_some() {
            return None;
        }
        let to = self.clause_end(from, limit);
        (to > from + 1).then_some(from..to)
    }

    /// ", lors d'un entretien …" speaks of the saying, not of what was said.
    pub(super) fn speaks_of_saying(&self, from: usize, limit: usize) -> bool {
        let lead = matches!(self.reading.lower(from), "lors" | "dans" | "devant" | "sur" | "à" | "au" | "après" | "avant" | "en" | "dont" | "qui" | "où" | "pour" | "alors" | "tandis" | "sans" | "tout" | "chez");
        lead && !self.verb_right_after_comma(from, limit)
    }

    /// ", dans la rue, sont nombreux": the broken clause goes on after a further aside.
    pub(super) fn verb_right_after_comma(&self, from: usize, limit: usize) -> bool {
        (from + 1..limit).find(|k| self.reading.is_comma(*k) && self.reading.quotation_at(*k).is_none()).is_some_and(|k| self.reading.begins_verb(k + 1))
    }
}
