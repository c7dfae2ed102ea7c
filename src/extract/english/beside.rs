//! Cues behind or inside their content: "Yes," Léa Roy said; the bridge, she added, will close.

use super::{Analysis, trimmed};
use crate::extract::cue::{Group, Shape};
use crate::extract::draft::Draft;
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::statement::{Kind, Span};
use crate::language::{Classes, Frames};
use std::ops::Range;

/// The reporting clause beside a content: its tokens, and who speaks.
struct Clause {
    range: Range<usize>,
    sources: Vec<Phrase>,
}

impl Analysis<'_> {
    /// "Yes," Léa Roy said. "Yes," said Léa Roy, "we will." The plan is "dead," she said.
    pub(super) fn beside_quotation(&mut self) {
        let reading = self.reading;
        for n in 0..self.groups.len() {
            let group = self.groups[n].clone();
            if group.shape != Shape::Finite || self.is_claimed(&group) {
                continue;
            }
            let Some(q) = self.quotation_before(&group) else { continue };
            if self.used.contains(&q) {
                continue;
            }
            let quoted = reading.tokens_of(q);
            let Some(clause) = self.clause_after(&group, quoted.end) else { continue };
            if !group.verb(reading).frames.has(Frames::INSERTED | Frames::QUE)
                || !clause.sources.iter().any(|s| self.speaks(s, &group) || self.is_somebody(s))
            {
                continue;
            }
            // What stands before the quotation belongs to the content, if it is no clause of another cue.
            let start = self.stretch_start(quoted.start);
            // "The verdict: 'Good enough,' Anne Roy said.": a label.
            let label = quoted.start > start
                && reading.mark(quoted.start - 1) == Some(':')
                && !reading.has_finite(start..quoted.start);
            let start = if label { quoted.start } else { start };
            let whole = start == quoted.start;
            let first = if whole {
                trimmed(reading, reading.quotations[q].inner)
            } else {
                let span = reading.span(start..quoted.end);
                Span::new(span.start, span.end)
            };
            let mut spans = Few::One(first);
            let mut kind = if whole { Kind::Direct } else { Kind::Mixed };
            self.used.extend(reading.quotations_in(start..quoted.end));
            let mut end = clause.range.end;
            // "…," she said, "…": the quotation goes on.
            let mut frame = Frame::AfterQuotation;
            let next = end + usize::from(reading.is_comma(end) || reading.is_dash(end));
            let complete = reading.quotations[q].inner.of(reading.text).ends_with(['.', '!', '?']);
            if let Some(more) =
                reading.quotation_at(next).filter(|more| !complete && *more != q && next < self.sentence.end)
                && whole
            {
                // The quotation goes on behind its cue.
                let tokens = reading.tokens_of(more);
                if (tokens.end..self.sentence.end).all(|k| reading.mark(k).is_some()) {
                    spans.push(trimmed(reading, reading.quotations[more].inner));
                    self.used.push(more);
                    frame = Frame::Interrupted;
                    end = tokens.end;
                } else {
                    // "…," she said, "…" and more words: the rest is hers as well.
                    let rest = next..self.content_end(next, self.sentence.end, &group);
                    spans.push(reading.span(rest.clone()));
                    self.used.extend(reading.quotations_in(rest.clone()));
                    kind = Kind::Mixed;
                    frame = Frame::Interrupted;
                    end = rest.end;
                }
            }
            self.claimed.push(start..end);
            self.push(spans, kind, clause.sources, &group, Few::One(clause.range), frame);
        }
    }

    /// Whoever stands beside a quotation with a verb of speech has said it: "'Who paid?' asked the harbour master."
    pub(super) fn is_somebody(&self, source: &Phrase) -> bool {
        !source.pronoun && source.head.is_some() && self.reading.is(source.range.start, Classes::DET)
    }

    /// The quotation that ends right before the group or its subject.
    fn quotation_before(&self, group: &Group) -> Option<usize> {
        let reading = self.reading;
        let start = group.range.start;
        let near = self.sentence.start.max(start.saturating_sub(60));
        let end = (near..start).rev().find(|k| reading.quotation_at(*k).is_some())?;
        let q = reading.quotation_at(end).filter(|q| !reading.is_nickname(*q))?;
        // Between the mark and the cue there is the subject only.
        let after = end + 1;
        let after = after + usize::from(reading.is_comma(after) || reading.is_dash(after));
        if after >= start {
            return Some(q);
        }
        let sources = reading.english_source_before(after, start)?;
        let first = sources.first()?.range.start;
        (after..first).all(|k| reading.is_adverb(k)).then_some(q)
    }

    /// The reporting clause of a group behind a quotation that ends at `from`: with its subject before or after it, and the
    /// words that tell when, where and to whom.
    fn clause_after(&self, group: &Group, from: usize) -> Option<Clause> {
        let reading = self.reading;
        let from = from + usize::from(reading.is_comma(from) || reading.is_dash(from));
        let limit = self.sentence.end;
        let sources =
            if from < group.range.start { reading.english_source_before(from, group.range.start) } else { None };
        let (sources, end) = match sources {
            Some(sources) => (sources, group.range.end),
            None => {
                let sources = reading.english_source_after(group.range.end, limit)?;
                let end = sources.last()?.full_end;
                // "said the ice was thin": the subject of another verb.
                if reading.is_finite_here(end, group.range.end) {
                    return None;
                }
                (sources, end)
            }
        };
        // Up to the next comma before another cue, or the next quotation.
        let mut k = end;
        while k < limit && reading.quotation_at(k).is_none() {
            let comma = reading.is_comma(k) || matches!(reading.mark(k), Some('—' | '–' | ';' | ':'));
            if comma
                && (reading.quotation_at(k + 1).is_some()
                    || self
                        .groups
                        .iter()
                        .any(|g| g.range.start > k && g.range.start <= k + 2 && g.shape == Shape::Participle)
                    || reading.lower(k + 1) == "who"
                        && self.groups.iter().any(|g| g.range.start > k && g.range.start <= k + 3 && self.governs(g)))
            {
                break;
            }
            let and = matches!(reading.lower(k), "and" | "but" | "while")
                && self.groups.iter().any(|g| g.range.start > k && g.range.start <= k + 3 && self.governs(g));
            if and {
                break;
            }
            k += 1;
        }
        Some(Clause { range: from.min(group.range.start)..k, sources })
    }

    /// Where the stretch begins in which a quotation at `at` stands: behind the last claimed words or a clause's end.
    pub(super) fn stretch_start(&self, at: usize) -> usize {
        let reading = self.reading;
        let claimed = self.claimed.iter().map(|c| c.end).filter(|end| *end <= at).max().unwrap_or(self.sentence.start);
        let mut start = claimed.max(self.sentence.start);
        while start < at
            && (reading.mark(start).is_some() && reading.quotation_at(start).is_none()
                || start == claimed && matches!(reading.lower(start), "and" | "but") && claimed > self.sentence.start)
        {
            start += 1;
        }
        start
    }

    pub(super) fn rest_end(&self, from: usize) -> usize {
        let reading = self.reading;
        // "…, but Roy says" is another matter.
        let another =
            self.groups.iter().filter(|g| g.range.start > from && g.shape == Shape::Finite && self.governs(g));
        let cut = another.filter_map(|g| {
            let sources = reading.english_source_before(from, g.range.start)?;
            let k = sources.first()?.range.start.checked_sub(1)?;
            matches!(reading.lower(k), "but" | "and" | "while" | "though" | "although").then_some(k)
        });
        let mut end = cut.min().filter(|k| *k > from).unwrap_or(self.sentence.end);
        while end > from
            && reading.mark(end - 1).is_some_and(|c| !matches!(c, ')' | '%'))
            && reading.quotation_at(end - 1).is_none()
        {
            end -= 1;
        }
        end
    }

    pub(super) fn starts_other(&self, k: usize) -> bool {
        self.groups.iter().any(|g| g.range.start >= k && g.range.start <= k + 2 && g.shape == Shape::Participle)
            || matches!(self.reading.lower(k), "which" | "who")
    }

    /// "The bridge will close, Léa Roy said.", "The bridge, she added, will close."
    pub(super) fn inserted(&mut self) {
        let reading = self.reading;
        for n in 0..self.groups.len() {
            let group = self.groups[n].clone();
            let inserts = group.verb(reading).frames.has(Frames::INSERTED);
            let governs = || self.governs(&group) && !self.is_inverted(&group);
            if group.shape != Shape::Finite || self.is_claimed(&group) || !inserts || governs() {
                continue;
            }
            let Some((comma, clause)) = self.inserted_clause(&group) else { continue };
            if !clause.sources.iter().any(|s| self.speaks(s, &group)) {
                continue;
            }
            let start = self.stretch_start(comma);
            if self.is_relay(&clause.sources, &(start..comma)) {
                self.claimed.push(comma..clause.range.end);
                self.relays.extend(clause.sources);
                continue;
            }
            let after = clause.range.end;
            let ends =
                (after..self.sentence.end).all(|k| reading.mark(k).is_some() && reading.quotation_at(k).is_none());
            let mut parts = vec![start..comma];
            if !ends && reading.is_comma(after) && !self.starts_other(after + 1) {
                let from = after + 1;
                parts.push(from..self.content_end(from, self.sentence.end, &group));
            } else if !ends && reading.quotation_at(after).is_none() && !reading.is_comma(after) {
                continue;
            }
            let words = parts.iter().map(|p| p.len()).sum::<usize>();
            let clause_like = reading.has_finite(start..comma)
                || parts.len() > 1 && reading.has_finite(parts[1].clone())
                || comma - start > 7;
            let parts: Vec<_> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            if words < 3
                || !clause_like
                || parts.is_empty()
                || parts.iter().any(|p| self.claimed.iter().any(|d| d.start < p.end && p.start < d.end))
            {
                continue;
            }
            let (spans, kind) = self.take_parts(&parts);
            let last = parts.last().map_or(after, |p| p.end).max(after);
            self.claimed.push(start..last);
            self.push(spans, kind, clause.sources, &group, Few::One(clause.range), Frame::Inserted);
        }
    }

    /// ", said Léa Roy, who had left": what follows the cue is its subject, not a clause.
    fn is_inverted(&self, group: &Group) -> bool {
        let reading = self.reading;
        let behind = group.range.start > self.sentence.start && reading.is_comma(group.range.start - 1);
        let sources = || reading.english_source_after(group.range.end, self.sentence.end);
        behind
            && sources().and_then(|sources| sources.last().map(|s| s.full_end)).is_some_and(|end| {
                end >= self.sentence.end || reading.mark(end).is_some() && reading.quotation_at(end).is_none()
            })
    }

    /// "As Léa Roy explained, the bridge will close."
    pub(super) fn as_said(&mut self) {
        let reading = self.reading;
        let start = self.sentence.start;
        if reading.lower(start) != "as" {
            return;
        }
        let Some(group) = self.groups.first().filter(|g| g.shape == Shape::Finite).cloned() else { return };
        let Some(sources) = reading.english_source_before(start + 1, group.range.start) else { return };
        let comma = self.past_adjuncts(group.range.end, self.sentence.end);
        let reports = group.verb(reading).frames.has(Frames::INSERTED)
            && sources.first().is_some_and(|s| s.range.start == start + 1)
            && sources.iter().any(|s| self.speaks(s, &group) || self.is_somebody(s));
        if !reports || !reading.is_comma(comma) || self.is_claimed(&group) || !self.is_main_clause(comma + 1) {
            return;
        }
        let content = comma + 1..self.rest_end(comma + 1);
        self.claim(content, sources, &group, start..comma, Frame::AsSaid);
    }

    /// ", Léa Roy said Monday" or ", said Léa Roy" behind a content: the comma, and the clause behind it.
    fn inserted_clause(&self, group: &Group) -> Option<(usize, Clause)> {
        let reading = self.reading;
        let start = group.range.start;
        let divides = |k: usize| reading.is_comma(k) || reading.is_dash(k);
        let commas =
            (self.sentence.start..start).rev().filter(|k| reading.quotation_at(*k).is_none() && divides(*k)).take(4);
        for comma in commas.collect::<Vec<_>>() {
            let before = if comma + 1 < start { reading.english_source_before(comma + 1, start) } else { None };
            let (sources, end) = match before {
                Some(sources) if self.leads(comma + 1, sources.first()?.range.start) => (sources, group.range.end),
                Some(_) => continue,
                None if comma + 1 == start => {
                    let sources = reading.english_source_after(group.range.end, self.sentence.end)?;
                    let end = sources.last()?.full_end;
                    (sources, end)
                }
                None => continue,
            };
            let mut k = end;
            // Somebody told, dates, media; all up to the comma.
            while k < self.sentence.end
                && !divides(k)
                && reading.quotation_at(k).is_none()
                && !matches!(reading.mark(k), Some('.' | ';' | ':' | '!' | '?'))
            {
                k += 1;
            }
            // "her club will continue to play": not what is said, but what is done.
            let object =
                end < k && !reading.is(end, Classes::PREP | Classes::TIME | Classes::ADV) || reading.lower(end) == "to";
            if (reading.has_finite(end..k) || object)
                && !matches!(group.verb(reading).lemma, "tell" | "remind" | "assure")
            {
                return None;
            }
            return Some((comma, Clause { range: comma + 1..k, sources }));
        }
        None
    }

    /// Whether nothing but adverbs stands between `from` and a source at `to`.
    fn leads(&self, from: usize, to: usize) -> bool {
        (from..to).all(|k| self.reading.is_adverb(k))
    }

    pub(super) fn push_source(
        &mut self,
        spans: Few<Span>,
        kind: Kind,
        sources: Vec<Phrase>,
        cue: Range<usize>,
        lemma: &'static str,
        clause: Few<Range<usize>>,
    ) {
        let frame = if lemma.is_empty() { Frame::BareColon } else { Frame::Source };
        let polarity = self.vouched(&spans);
        self.drafts.push(Draft {
            spans,
            kind,
            sources,
            cue,
            lemma,
            class: if lemma.is_empty() { "" } else { "source" },
            clause,
            sentence: self.index,
            polarity,
            relays: Vec::new(),
            frame,
        });
    }
}
