//! The frames of reported speech: how cue, source and content stand to each other in a sentence.
//!
//! | frame | example (invented) |
//! | --- | --- |
//! | inserted | « Oui », a dit Léa Roy. — Le pont, a-t-elle ajouté, fermera. |
//! | clause | Léa Roy a dit que le pont fermerait. |
//! | colon | Léa Roy a dit : « Oui. » — Le maire : « Oui. » |
//! | complement | Léa Roy dénonce « un scandale », dit vouloir partir, se dit « inquiète ». |
//! | source | Selon Léa Roy, le pont fermera. |
//! | unmarked | a further quotation without a cue goes on with the last source |

use super::cue::{Group, Shape, groups};
use super::draft::Draft;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::{Kind, Polarity, Span};
use crate::entity::is_first_name;
use crate::language::fr::{Classes, Frames, Mood};
use std::ops::Range;

/// All statements of the sentence `index`, in text order. `last` says who spoke in the sentence before,
/// if it was a quotation that may go on.
pub fn attribute(reading: &Reading, index: usize) -> Vec<Draft> {
    let sentence = reading.sentences[index].range.clone();
    let mut analysis = Analysis {
        reading,
        index,
        sentence: sentence.clone(),
        groups: groups(reading, sentence),
        drafts: Vec::new(),
        used: Vec::new(),
        claimed: Vec::new(),
        relays: Vec::new(),
    };
    analysis.interrupted();
    analysis.inserted();
    analysis.prepositional();
    analysis.reported_noun();
    analysis.governing();
    analysis.bare_colon();
    for draft in &mut analysis.drafts {
        draft.relays.extend(analysis.relays.iter().cloned());
    }
    analysis.drafts.sort_by_key(|d| (d.spans[0].start, d.spans[0].end));
    analysis.drafts
}

struct Analysis<'a> {
    reading: &'a Reading<'a>,
    index: usize,
    sentence: Range<usize>,
    groups: Vec<Group>,
    drafts: Vec<Draft>,
    /// Quotations that are content already.
    used: Vec<usize>,
    /// Token ranges that are content or reporting words already.
    claimed: Vec<Range<usize>>,
    /// Outlets that relay the sentence's statements.
    relays: Vec<Phrase>,
}

impl Analysis<'_> {
    // ---- frames ---------------------------------------------------------------------------------

    /// « Nous irons, a promis Léa Roy, jusqu'au bout. »: the reporting clause stands inside the marks.
    fn interrupted(&mut self) {
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
    fn interruption(&self, k: usize) -> Option<(Group, Vec<Phrase>, usize)> {
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
    fn inserted(&mut self) {
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

    fn inserted_at(&mut self, group: &Group, left: usize) -> Option<usize> {
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
    fn subject_first(&mut self, group: &Group, left: usize) -> Option<usize> {
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

    /// "selon X", "d'après X", "pour X,": at the head, in the middle or at the end of what X says.
    fn prepositional(&mut self) {
        let mut i = self.sentence.start;
        while i < self.sentence.end {
            if let Some(k) = self.reading.quotation_at(i) {
                i = self.reading.tokens_of(k).end.max(i + 1);
                continue;
            }
            match self.source_phrase(i) {
                Some((lemma, sources, end)) => {
                    self.prepositional_at(i, lemma, sources, end);
                    i = end;
                }
                None => i += 1,
            }
        }
    }

    /// "la déclaration de Léa Roy selon laquelle le pont fermera"
    fn reported_noun(&mut self) {
        let reading = self.reading;
        for k in self.sentence.clone() {
            let which = matches!(reading.lower(k), "selon" | "après") && matches!(reading.lower(k + 1), "laquelle" | "lequel" | "lesquels" | "lesquelles");
            if !which {
                continue;
            }
            let of = (self.sentence.start..k).rev().take(14).find(|j| matches!(reading.lower(*j), "de" | "du" | "des" | "d'") && reading.lexicon.is_speech_noun(reading.lower(j.saturating_sub(1))));
            let Some(of) = of else { continue };
            let from = if reading.is(of, Classes::FUSED) { of } else { of + 1 };
            let Some(sources) = reading.sources_at(from, k) else { continue };
            let to = self.clause_end(k + 2, self.sentence.end);
            let to = self.main_verb_comma(&(k + 2..to)).unwrap_or(to);
            self.claim_source(k + 2..to, "selon lequel", sources, vec![of - 1..k + 2]);
        }
    }

    fn prepositional_at(&mut self, start: usize, lemma: &'static str, sources: Vec<Phrase>, end: usize) {
        let reading = self.reading;
        let limit = self.sentence.end;
        // Beside a statement of somebody else, the source relays it.
        let beside = self.drafts.iter_mut().find(|d| {
            d.clause.iter().any(|c| c.start <= start && start < c.end)
                || d.spans.last().is_some_and(|s| s.end <= reading.token(start).span.start && reading.text[s.end..reading.token(start).span.start].trim().len() <= 2)
        });
        if let Some(draft) = beside {
            draft.relays.extend(sources);
            return;
        }
        let head = start == self.sentence.start || (self.sentence.start..start).all(|i| reading.is(i, Classes::AND | Classes::ADV) || reading.mark(i).is_some() && reading.quotation_at(i).is_none());
        if head {
            if !reading.is_comma(end) && !self.begins_clause(end) {
                return;
            }
            let from = end + usize::from(reading.is_comma(end));
            let to = self.clause_end(from, limit);
            if to <= from || !self.has_finite_verb(from..to) && reading.quotations_in(from..to).is_empty() {
                return;
            }
            // "Selon le Courrier, Léa Roy a déclaré que …": the outlet relays what she says.
            let stranger = |s: &Phrase| s.names.iter().any(|n| n.entities.is_empty() && !is_first_name(reading.surface(n.range.start))) && s.role.is_none();
            if sources.iter().any(|s| self.is_outlet(s) || stranger(s)) && self.groups.iter().any(|g| g.range.start >= from && g.shape == Shape::Finite && self.claims_clause(g)) {
                self.pending_relay(sources, start..end);
                return;
            }
            self.claim_source(from..to, lemma, sources, vec![start..end]);
            return;
        }
        if reading.lower(end - 1) == "qui" {
            let stop = self.clause_end(end, limit);
            self.claim_source(end..stop, lemma, sources, vec![start..end]);
            return;
        }
        if lemma == "pour" {
            return;
        }
        // At the end or in the middle.
        let mut to = start;
        while to > self.sentence.start && (reading.is_comma(to - 1) || reading.is_dash(to - 1) || reading.mark(to - 1) == Some('(')) {
            to -= 1;
        }
        let from = self.claimed.iter().filter(|c| c.end <= to).map(|c| c.end).max().unwrap_or(self.sentence.start);
        let from = self.content_start(from, to);
        // A cue with its own source in the same stretch: the outlet only relays.
        let governed = self.groups.iter().any(|g| from <= g.range.start && g.range.end <= to && g.shape == Shape::Finite && self.claims_clause(g));
        if governed {
            if sources.iter().any(|s| self.is_outlet(s)) {
                self.pending_relay(sources, start..end);
            }
            return;
        }
        if to <= from {
            return;
        }
        let separated = to < start || self.at_end(end) || reading.is_comma(end) || reading.mark(end) == Some(')');
        if !separated {
            return;
        }
        let right = (reading.is_comma(end) || reading.is_dash(end)).then(|| self.right_part(end, limit)).flatten().filter(|_| to < start);
        let clause_before = self.has_finite_verb(from..to);
        let quoted = !reading.quotations_in(from..to).is_empty();
        let coordinated = to > from && reading.is(to - 1, Classes::AND);
        match right {
            Some(right) if coordinated && self.has_finite_verb(right.clone()) => self.claim_source(right, lemma, sources, vec![start..end]),
            Some(right) if !matches!(reading.lower(right.start), "qui" | "dont" | "où" | "et" | "mais" | "car" | "alors" | "tandis") || !clause_before && !quoted => {
                let spans = vec![reading.span(from..to), reading.span(right.clone())];
                let mixed = quoted || !reading.quotations_in(right.clone()).is_empty();
                for q in reading.quotations_in(from..right.end) {
                    self.used.push(q);
                }
                self.claimed.push(from..right.end);
                let kind = if mixed { Kind::Mixed } else { Kind::Indirect };
                self.push_source(spans, kind, sources, start..end, lemma, vec![start..end]);
            }
            _ if clause_before || quoted => self.claim_source(from..to, lemma, sources, vec![start..self.clause_tail(end, limit)]),
            _ => {}
        }
    }

    /// The cue governs what follows it: a clause, a quotation, a complement.
    fn governing(&mut self) {
        let limit = self.sentence.end;
        let mut from = self.sentence.start;
        let mut inherited: Option<Vec<Phrase>> = None;
        for n in 0..self.groups.len() {
            let group = self.groups[n].clone();
            if self.claimed.iter().any(|c| c.start <= group.range.start && group.range.start < c.end) {
                // The source of an inserted clause goes on to ", ajoutant que …".
                let owner = self.drafts.iter().find(|d| d.cue.start <= group.range.start && group.range.end <= d.cue.end.max(group.range.end) && d.cue.contains(&group.range.start));
                if let Some(draft) = owner {
                    inherited = Some(draft.sources.clone());
                    from = group.range.end;
                }
                continue;
            }
            let next = self.groups.get(n + 1).map_or(limit, |g| g.range.start);
            if self.is_supposed(&group) {
                continue;
            }
            // "Ceci explique que le pont soit fermé": a cause, nobody's words.
            let cause = group.range.start > self.sentence.start && matches!(self.reading.lower(group.range.start - 1), "ceci" | "cela" | "ça" | "ce" | "tout");
            if cause {
                continue;
            }
            let Some(mut found) = self.complement(&group, limit, next) else { continue };
            if let Some(end) = self.relative_end(&group, &found.content) {
                found.content.end = end;
            }
            let sources = match group.shape {
                Shape::Finite => {
                    let after_and = self.follows_and(&group);
                    let own = self.reading.source_before(from, group.range.start).filter(|_| !after_and);
                    match own {
                        Some(own) => Some(own),
                        None if after_and || group.clitic.is_some() => inherited.clone().or_else(|| self.reading.source_before(self.sentence.start, group.range.start)),
                        None => None,
                    }
                }
                Shape::Infinitive if matches!(self.reading.lower(group.range.start), "de" | "d'") => self.reading.source_before(from, group.range.start).or_else(|| inherited.clone()),
                Shape::Participle | Shape::Infinitive | Shape::Shared => inherited.clone().or_else(|| self.main_subject(&group)),
                Shape::Passive => self.agent(&group, found.content.start),
            };
            // "Et d'ajouter : « … »": the source of the sentence before goes on.
            let goes_on = group.shape == Shape::Infinitive && group.range.start == self.sentence.start && matches!(self.reading.lower(group.range.start), "et" | "de" | "d'");
            let sources = if goes_on { Some(Vec::new()) } else { sources.filter(|s| !s.is_empty()) };
            let Some(sources) = sources else { continue };
            if group.shape == Shape::Finite && !sources.iter().any(|s| self.reading.can_speak(s)) && !found.strong {
                continue;
            }
            if self.sentence_is_question() && group.clitic.is_some() {
                continue;
            }
            inherited = Some(sources.clone());
            let clause = vec![from.min(group.range.start)..found.content.start, found.content.end..self.clause_tail(found.content.end, limit)];
            from = found.content.end;
            let end = found.content.end;
            self.claim_complement(found, sources.clone(), &group, clause);
            if self.reading.mark(end) == Some(':') && let Some(q) = self.reading.quotation_at(end + 1).filter(|q| !self.used.contains(q)) {
                self.used.push(q);
                let spans = vec![self.reading.quotations[q].inner];
                self.push(spans, Kind::Direct, sources, &group, Vec::new(), 0.8);
            }
        }
    }

    /// « Le maire : « Oui. » » and other colons without a reporting verb.
    fn bare_colon(&mut self) {
        let reading = self.reading;
        for k in reading.quotations_in(self.sentence.clone()) {
            let range = reading.tokens_of(k);
            if self.used.contains(&k) || range.start <= self.sentence.start + 1 || reading.mark(range.start - 1) != Some(':') {
                continue;
            }
            if self.words_in(k) < 3 || !self.after_quotation_ends(range.end) {
                continue;
            }
            let colon = range.start - 1;
            let verb = (self.sentence.start..colon).find(|k| reading.quotation_at(*k).is_none() && reading.begins_verb(*k) && !reading.noun_after_determiner(*k) && !reading.tokens.is_capital(*k));
            let subject = verb.and_then(|verb| reading.source_before(self.sentence.start, verb));
            let Some(sources) = subject.or_else(|| reading.source_before(self.sentence.start, colon)).or_else(|| reading.sources_at(self.sentence.start, colon)) else { continue };
            let human = sources.iter().any(|s| s.pronoun || s.role.is_some() || s.names.iter().any(|n| !n.entities.is_empty() || n.range.len() > 1));
            if !human {
                continue;
            }
            self.used.push(k);
            self.claimed.push(self.sentence.start..range.end);
            let spans = vec![reading.quotations[k].inner];
            let clause = vec![self.sentence.start..colon];
            self.push_source(spans, Kind::Direct, sources, colon..colon + 1, "", clause);
            if let Some(draft) = self.drafts.last_mut() {
                draft.confidence = 0.75;
            }
        }
    }

    // ---- complements ----------------------------------------------------------------------------

    /// What the group governs to its right.
    fn complement(&self, group: &Group, limit: usize, next: usize) -> Option<Complement> {
        let reading = self.reading;
        let frames = group.verb(reading).frames;
        let mut k = group.range.end;
        for _ in 0..7 {
            if frames.has(Frames::A) && reading.lower(k) == "à" || frames.has(Frames::ATTRIBUTE) && reading.is_open(k) {
                break;
            }
            // "reproche aux maires de dormir": the addressee belongs to the content.
            if matches!(reading.lower(k), "à" | "au" | "aux") && frames.has(Frames::DE) && frames.has(Frames::NOUN) && group.verb(reading).class == "accuse" {
                break;
            }
            // "de" and "à" before an infinitive are the verb's own.
            if matches!(reading.lower(k), "de" | "d'") && (frames.has(Frames::DE) || reading.quotation_at(k + 1).is_some()) {
                break;
            }
            match reading.adjunct_end(k, limit) {
                Some(end) if end > k => k = end,
                _ => break,
            }
        }
        if k >= limit {
            return None;
        }
        let word = reading.lower(k);
        if let Some(from) = self.that_clause(k, frames) {
            let to = self.clause_end(from, limit);
            return Complement::new(from..to, 0.93, true);
        }
        if reading.mark(k) == Some(':') {
            return self.after_colon(k, limit, frames);
        }
        if frames.has(Frames::QUE) && matches!(word, "qui" | "où" | "dont") {
            return None;
        }
        if let Some(q) = reading.quotation_at(k).filter(|q| reading.tokens_of(*q).start == k) {
            let nickname = matches!(reading.lower(group.range.start), "dit" | "dite" | "dits" | "dites") && group.range.len() == 1 && self.words_in(q) <= 3
                && (group.range.start == self.sentence.start || !reading.is(group.range.start - 1, Classes::PRONOUN));
            if self.used.contains(&q) || nickname || group.verb(reading).class == "continue" {
                return None;
            }
            let to = self.clause_end(k, limit);
            return Complement::new(k..to, 0.85, true).filter(|_| frames.has(Frames::NOUN) || frames.has(Frames::QUE) || frames.has(Frames::ATTRIBUTE) || frames.has(Frames::INSERTED) && self.words_in(q) > 3);
        }
        if matches!(group.shape, Shape::Infinitive) && !frames.has(Frames::NOUN) {
            return None;
        }
        if (frames.has(Frames::INFINITIVE)) && self.infinitive_clause(k) {
            let to = self.end_of(k, limit, true);
            return Complement::new(k..to, 0.85, true);
        }
        if frames.has(Frames::ATTRIBUTE) && group.verb(reading).reflexive {
            let to = self.end_of(k, limit, true);
            let adjective = reading.is_open(k) || reading.is(k, Classes::ADV) || matches!(word, "en" | "contre" | "pour" | "favorable" | "prêt");
            return Complement::new(k..to, 0.75, true).filter(|_| adjective && to > k + 1 && !reading.tokens.is_capital(k));
        }
        // "a averti les parents que …": an addressee without preposition.
        if frames.has(Frames::QUE) && let Some(phrase) = reading.phrase_at(k, limit) && let Some(from) = self.that_clause(phrase.range.end, frames) && !phrase.pronoun {
            let addressee = matches!(group.verb(reading).class, "inform" | "warn" | "remind");
            let to = self.clause_end(from, limit);
            let start = if addressee { from } else { k };
            return Complement::new(start..to, 0.8, true).filter(|_| addressee || frames.has(Frames::NOUN));
        }
        if frames.has(Frames::ATTRIBUTE) && reading.is_open(k) && !reading.tokens.is_capital(k) && self.that_clause(k + 1, frames).is_some() {
            let to = self.clause_end(k, limit);
            return Complement::new(k..to, 0.8, true);
        }
        // "a expliqué ses raisons : « … »"
        if let Some(colon) = (k..limit).find(|j| reading.mark(*j) == Some(':') && reading.quotation_at(*j).is_none())
            && reading.quotation_at(colon + 1).is_some() && colon < next.max(k + 1) && !self.has_finite_verb(k..colon) {
            return self.after_colon(colon, limit, frames);
        }
        // "dénonce le vote comme une farce", "accuse Zora d'avoir menti", "qualifie le plan de farce"
        if frames.has(Frames::NOUN) && matches!(group.verb(reading).class, "accuse" | "describe" | "think") && group.shape != Shape::Passive && !group.verb(reading).reflexive {
            let to = self.end_of(k, limit, true);
            if self.judges(k, to, frames) {
                return Complement::new(k..to, 0.75, true);
            }
        }
        // "juge la fermeture du séminaire inévitable"
        if frames.has(Frames::ATTRIBUTE) && matches!(group.verb(reading).lemma, "juger" | "estimer") && reading.is(k, Classes::DET) && group.shape != Shape::Passive {
            let to = self.end_of(k, limit, true);
            if to >= k + 4 && reading.quotations_in(k..to).is_empty() && reading.is_open(to - 1) {
                return Complement::new(k..to, 0.6, false);
            }
        }
        // A noun complement with quoted words: dénonce "une provocation", juge le projet « absurde ».
        if frames.has(Frames::NOUN) || frames.has(Frames::DE) || frames.has(Frames::A) {
            let mut to = self.end_of(k, limit, true);
            if to > next && next > k && self.groups_between(k, to) {
                to = to.min(next.max(k));
            }
            let quoted = !reading.quotations_in(k..to).is_empty() && reading.quotations_in(k..to).any(|q| !self.used.contains(&q));
            let from = if reading.quotation_at(k + 1).is_some() && matches!(word, "de" | "d'" | "à") && !frames.has(Frames::A) { k + 1 } else { k };
            if quoted && !self.relative_before_quotation(from, to) {
                let judges = matches!(group.verb(reading).class, "accuse" | "describe" | "criticise" | "praise" | "think" | "deny" | "complain" | "regret" | "fear" | "reject");
                return Complement::new(from..to, 0.72, judges);
            }
        }
        None
    }

    /// Whether the complement says what its object is or did: "X comme une farce", "X d'avoir menti".
    fn judges(&self, from: usize, to: usize, frames: Frames) -> bool {
        let reading = self.reading;
        let lead = from + usize::from(matches!(reading.lower(from), "à"));
        let Some(object) = reading.phrase_at(lead, to) else { return false };
        if object.pronoun {
            return false;
        }
        (from + 1..to).filter(|k| reading.quotation_at(*k).is_none()).any(|k| {
            let compares = reading.lower(k) == "comme" && k + 2 < to;
            let does = frames.has(Frames::DE) && matches!(reading.lower(k), "de" | "d'") && self.infinitive_clause(k + 1);
            compares || does
        })
    }

    fn after_colon(&self, colon: usize, limit: usize, frames: Frames) -> Option<Complement> {
        let reading = self.reading;
        let k = colon + 1;
        if k >= limit {
            return None;
        }
        if let Some(q) = reading.quotation_at(k).filter(|q| reading.tokens_of(*q).start == k) {
            if self.used.contains(&q) {
                return None;
            }
            let range = reading.tokens_of(q);
            let to = if self.after_quotation_ends(range.end) { range.end } else { self.clause_end(k, limit) };
            return Complement::new(k..to, 0.95, true);
        }
        if !frames.has(Frames::QUE) && !frames.has(Frames::INSERTED) {
            return None;
        }
        let to = self.clause_end(k, limit);
        Complement::new(k..to, 0.7, true).filter(|_| self.has_finite_verb(k..to))
    }

    /// Where the words after "que" begin, if a clause stands at `k`.
    fn that_clause(&self, k: usize, frames: Frames) -> Option<usize> {
        let reading = self.reading;
        if !frames.has(Frames::QUE) {
            return None;
        }
        let word = reading.lower(k);
        if matches!(word, "que" | "qu'") {
            return Some(k + 1);
        }
        // « le fait que », "sur le fait que", "du fait que"
        let fact = ["sur", "le", "fait"].iter().enumerate().all(|(n, w)| reading.lower(k + n) == *w);
        if fact && matches!(reading.lower(k + 3), "que" | "qu'") {
            return Some(k + 4);
        }
        // affirme « que le pont fermera »
        let quoted = reading.quotation_at(k).is_some_and(|q| reading.tokens_of(q).start == k);
        if quoted && matches!(reading.lower(k + 1), "que" | "qu'") {
            return Some(k);
        }
        None
    }

    fn infinitive_clause(&self, k: usize) -> bool {
        let reading = self.reading;
        let mut j = k;
        for _ in 0..4 {
            if matches!(reading.lower(j), "ne" | "n'" | "pas" | "plus" | "se" | "s'" | "le" | "la" | "les" | "l'" | "y" | "en" | "lui" | "leur" | "jamais" | "bien" | "rien" | "toujours" | "même") {
                j += 1;
            }
        }
        reading.infinitive_at(j)
    }

    // ---- claiming -------------------------------------------------------------------------------

    fn claim_complement(&mut self, found: Complement, sources: Vec<Phrase>, group: &Group, clause: Vec<Range<usize>>) {
        let (spans, kind) = self.spans_of(found.content.clone());
        for q in self.reading.quotations_in(found.content.clone()) {
            self.used.push(q);
        }
        self.claimed.push(group.range.start..found.content.end);
        self.push(spans, kind, sources, group, clause, found.confidence);
    }

    fn claim_text(&mut self, content: Range<usize>, sources: Vec<Phrase>, group: &Group, clause: Range<usize>, confidence: f32) -> Option<usize> {
        if content.len() < 2 {
            return None;
        }
        let (spans, kind) = self.spans_of(content.clone());
        for q in self.reading.quotations_in(content.clone()) {
            self.used.push(q);
        }
        self.claimed.push(clause.start..content.end);
        self.push(spans, kind, sources, group, vec![clause], confidence);
        Some(content.end)
    }

    fn claim_source(&mut self, content: Range<usize>, lemma: &'static str, sources: Vec<Phrase>, clause: Vec<Range<usize>>) {
        if content.len() < 2 {
            return;
        }
        let (spans, kind) = self.spans_of(content.clone());
        for q in self.reading.quotations_in(content.clone()) {
            self.used.push(q);
        }
        let cue = clause[0].start..clause[0].start + lemma.split(' ').count();
        let first = clause[0].start.min(content.start);
        self.claimed.push(first..content.end.max(clause[0].end));
        self.push_source(spans, kind, sources, cue, lemma, clause);
    }

    /// The spans of a content: the inside of the marks if one quotation is all of it.
    fn spans_of(&self, content: Range<usize>) -> (Vec<Span>, Kind) {
        let reading = self.reading;
        let quotations = reading.quotations_in(content.clone());
        if quotations.is_empty() {
            return (vec![reading.span(content)], Kind::Indirect);
        }
        let first = reading.tokens_of(quotations.start);
        let lead = content.start == first.start || content.start + 1 == first.start && matches!(reading.lower(content.start), "de" | "d'" | "que" | "qu'" | "à");
        let mut end = content.end;
        while end > content.start && reading.mark(end - 1).is_some() && reading.quotation_at(end - 1).is_none() {
            end -= 1;
        }
        if lead && first.end >= end && quotations.len() == 1 {
            return (vec![reading.quotations[quotations.start].inner], Kind::Direct);
        }
        (vec![reading.span(content)], Kind::Mixed)
    }

    fn push(&mut self, spans: Vec<Span>, kind: Kind, sources: Vec<Phrase>, group: &Group, clause: Vec<Range<usize>>, confidence: f32) {
        let verb = group.verb(self.reading);
        let denies = verb.class == "deny";
        let polarity = if denies != group.negated { Polarity::Denied } else { Polarity::Asserted };
        // "pourrait annoncer" is no saying; "aurait annoncé" is one that nobody vouches for.
        let compound = matches!(self.reading.lower(group.range.start), "aurait" | "auraient" | "s'" | "l'" | "lui" | "leur");
        if group.conditional && verb.class != "hope" && kind == Kind::Indirect && !compound {
            return;
        }
        let polarity = if group.conditional && polarity == Polarity::Asserted && compound { Polarity::Hearsay } else { polarity };
        self.drafts.push(Draft {
            spans,
            kind,
            sources,
            cue: group.range.clone(),
            lemma: verb.lemma,
            class: verb.class,
            clause,
            sentence: self.index,
            polarity,
            relays: Vec::new(),
            confidence,
        });
    }

    fn push_source(&mut self, spans: Vec<Span>, kind: Kind, sources: Vec<Phrase>, cue: Range<usize>, lemma: &'static str, clause: Vec<Range<usize>>) {
        let polarity = if self.is_hearsay(&spans) { Polarity::Hearsay } else { Polarity::Asserted };
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
            confidence: 0.88,
        });
    }

    /// An outlet that relays what somebody else says in this sentence.
    fn pending_relay(&mut self, sources: Vec<Phrase>, range: Range<usize>) {
        self.claimed.push(range);
        self.relays.extend(sources);
    }

    // ---- looking around -------------------------------------------------------------------------

    /// The source of an inverted cue, and where its words end.
    fn inverted_source(&self, group: &Group, limit: usize) -> Option<(Vec<Phrase>, usize)> {
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
    fn source_of_one(&self, k: usize, limit: usize) -> Option<(Vec<Phrase>, usize)> {
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
    fn content_start(&self, left: usize, end: usize) -> usize {
        let reading = self.reading;
        let mut k = left;
        while k < end && reading.quotation_at(k).is_none() && (reading.mark(k).is_some_and(|c| !matches!(c, '(' | '[' | '«' | '“' | '"')) || reading.is(k, Classes::AND) && k == left) {
            k += 1;
        }
        k
    }

    /// The first token of what a quotation at the end of a content belongs to: the quotation itself if a
    /// colon or nothing precedes it, or the words of the sentence that lead up to it.
    fn lead_of_quotation(&self, from: usize, quotation: usize) -> usize {
        let reading = self.reading;
        if from >= quotation {
            return quotation;
        }
        if let Some(colon) = (from..quotation).rev().find(|k| reading.mark(*k) == Some(':') && reading.quotation_at(*k).is_none()) {
            return if colon + 1 == quotation { quotation } else { colon + 1 };
        }
        from
    }

    fn only_quotations(&self, from: usize, to: usize) -> bool {
        (from..to).all(|k| self.reading.quotation_at(k).is_some() || self.reading.mark(k).is_some() || self.reading.is(k, Classes::AND))
    }

    /// Whether nothing but a full stop follows a quotation.
    fn after_quotation_ends(&self, end: usize) -> bool {
        (end..self.sentence.end).all(|k| self.reading.mark(k).is_some())
            || self.reading.is_comma(end) && self.groups.iter().any(|g| g.range.start == end + 1)
    }

    fn at_end(&self, k: usize) -> bool {
        (k..self.sentence.end).all(|i| self.reading.mark(i).is_some() && self.reading.quotation_at(i).is_none())
    }

    fn no_complement(&self, k: usize) -> bool {
        (k..self.sentence.end).all(|i| self.reading.quotation_at(i).is_none() && !matches!(self.reading.lower(i), "que" | "qu'") && self.reading.mark(i) != Some(':'))
    }

    fn words_in(&self, quotation: usize) -> usize {
        self.reading.tokens_of(quotation).filter(|k| self.reading.tokens.is_word(*k)).count()
    }

    fn sentence_is_question(&self) -> bool {
        let last = self.sentence.end - 1;
        self.reading.mark(last) == Some('?') && self.reading.quotation_at(last).is_none()
    }

    /// Whether a finite verb stands among the tokens outside quotations.
    fn has_finite_verb(&self, range: Range<usize>) -> bool {
        let reading = self.reading;
        range.clone().any(|k| {
            let finite = reading.forms(k).iter().any(|f| f.mood.is_finite());
            let ending = !finite && k > range.start && self.looks_finite(k);
            (finite || ending) && !reading.tokens.is_capital(k) && !reading.noun_after_determiner(k)
        })
    }

    /// Whether a finite verb stands outside relative clauses and asides: the words are a clause, not a subject
    /// with something said of it ("La maire, qui recevait des élus,").
    fn has_main_verb(&self, range: Range<usize>) -> bool {
        let reading = self.reading;
        let mut start = range.start;
        for k in range.start..=range.end {
            if k < range.end && !(reading.is_comma(k) && reading.quotation_at(k).is_none()) {
                continue;
            }
            let lead = start + usize::from(reading.is(start, Classes::AND));
            let aside = reading.is(lead, Classes::REL) && !reading.is(lead, Classes::SUB) || matches!(reading.lower(lead), "dont" | "qui" | "que" | "qu'" | "où");
            if !aside && start > range.start || start == range.start {
                // In a stretch without comma a relative pronoun still hides the verb after it.
                let hidden = (start..k).find(|j| matches!(reading.lower(*j), "qui" | "dont" | "où") && *j > start);
                let verbs = (start..k).filter(|j| self.has_finite_verb(*j..*j + 1)).count();
                let seen = (start..hidden.unwrap_or(k)).any(|j| self.has_finite_verb(j.saturating_sub(1).max(start)..j + 1));
                if !aside && (seen || hidden.is_some() && verbs > 1) {
                    return true;
                }
            }
            start = k + 1;
        }
        false
    }

    /// Endings that only verbs have: imperfect, future, conditional of verbs that no table lists.
    fn looks_finite(&self, k: usize) -> bool {
        let reading = self.reading;
        let word = reading.lower(k);
        if !reading.is_open(k) || word.chars().count() < 5 || word.ends_with("ant") {
            return false;
        }
        let clitic = k > 0 && matches!(reading.lower(k - 1), "se" | "s'" | "ne" | "n'" | "il" | "elle" | "ils" | "elles" | "qui" | "on");
        clitic || word.ends_with("aient") || word.ends_with("ait") && !matches!(word, "souhait" | "portrait" | "retrait" | "extrait" | "attrait" | "parfait" | "forfait")
            || word.ends_with("eront") || word.ends_with("iront") || word.ends_with("èrent") || word.ends_with("issent") || word.ends_with("era") || word.ends_with("ira")
    }

    /// Where a governed clause ends: before what another cue, source or adjunct of the saying takes.
    fn clause_end(&self, from: usize, limit: usize) -> usize {
        self.end_of(from, limit, false)
    }

    /// The same for an infinitive or a noun complement (`tight`), which holds no coordinated clause.
    fn end_of(&self, from: usize, limit: usize, tight: bool) -> usize {
        let reading = self.reading;
        let mut k = from;
        while k < limit {
            // "… dit avoir eu peur : « … »": the quotation is a statement of its own.
            if k > from && reading.mark(k) == Some(':') && reading.quotation_at(k + 1).is_some_and(|q| reading.tokens_of(q).start == k + 1 && self.words_in(q) > 3) {
                break;
            }
            if let Some(q) = reading.quotation_at(k) {
                let range = reading.tokens_of(q);
                k = range.end.max(k + 1);
                // After a closing quotation: ", dans un communiqué" speaks of the saying.
                let adjunct = reading.is_comma(k) && reading.is(k + 1, Classes::PREP | Classes::TIME) && self.no_more_verbs(k + 1, limit)
                    && matches!(reading.lower(k + 1), "dans" | "lors" | "sur" | "à" | "au" | "devant" | "après" | "avant" | "jeudi" | "vendredi" | "mercredi" | "mardi" | "lundi" | "samedi" | "dimanche" | "hier" | "selon" | "en");
                let time = reading.is(k, Classes::TIME) && self.at_end(k + 1);
                // "… « inquiet » et a décidé de partir": the source goes on to act.
                let participle = |j: usize| reading.forms(j).iter().any(|f| f.mood == Mood::PastParticiple);
                let acts = matches!(reading.lower(k), "et" | "mais" | "puis") && (reading.begins_verb(k + 1) || participle(k + 1))
                    || reading.is_comma(k) && matches!(reading.lower(k + 1), "et" | "mais" | "puis") && reading.begins_verb(k + 2);
                if adjunct || time || acts {
                    break;
                }
                continue;
            }
            if k > from && (self.cuts_at(k, from) || tight && self.cuts_complement(k)) {
                break;
            }
            k += 1;
        }
        let mut end = k;
        while end > from && reading.mark(end - 1).is_some_and(|c| !matches!(c, ')' | ']' | '%' | '€' | '$' | '°')) && reading.quotation_at(end - 1).is_none() {
            end -= 1;
        }
        end
    }

    /// Where a complement without a clause of its own must stop: before a coordinated clause or an aside.
    fn cuts_complement(&self, k: usize) -> bool {
        let reading = self.reading;
        let comma = reading.is_comma(k) || reading.is_dash(k);
        let next = k + usize::from(comma);
        let joins = matches!(reading.lower(next), "et" | "mais" | "puis" | "or" | "tandis" | "alors" | "car");
        if joins && (comma || !matches!(reading.lower(next), "car" | "or")) {
            let clause = next + 1;
            if reading.begins_verb(clause) && !reading.infinitive_at(clause) {
                return true;
            }
            let subject = reading.phrase_at(clause, self.sentence.end);
            return subject.is_some_and(|s| reading.begins_verb(s.range.end) || s.pronoun) || matches!(reading.lower(next), "mais" | "tandis" | "alors") && comma;
        }
        false
    }

    fn no_more_verbs(&self, from: usize, limit: usize) -> bool {
        !self.has_finite_verb(from..limit)
    }

    /// Whether the clause that began at `from` stops before token `k`.
    fn cuts_at(&self, k: usize, from: usize) -> bool {
        let reading = self.reading;
        if reading.mark(k) == Some(';') && self.groups.iter().any(|g| g.range.start > k) {
            return true;
        }
        let comma = reading.is_comma(k) || reading.is_dash(k);
        let next = k + 1;
        if comma {
            if self.source_phrase(next).is_some_and(|(lemma, sources, end)| (lemma != "pour" || reading.lower(end - 1) == "qui") && !sources.iter().any(|s| s.pronoun) && (self.at_end(end) || reading.is_comma(end) || reading.lower(end - 1) == "qui")) {
                return true;
            }
            if let Some(group) = self.groups.iter().find(|g| g.range.start == next || g.range.start == next + 1 && matches!(reading.lower(next), "et" | "comme" | "puis" | "mais")) {
                return match group.shape {
                    Shape::Participle | Shape::Infinitive | Shape::Shared => true,
                    Shape::Finite => group.clitic.is_some() || self.inverted_source(group, self.sentence.end).is_some() || matches!(reading.lower(next), "et" | "puis"),
                    Shape::Passive => false,
                };
            }
            // ", sans donner de détails" is the narrator's.
            if reading.lower(next) == "sans" && (reading.infinitive_at(next + 1) || reading.infinitive_at(next + 2)) {
                return true;
            }
            // ", et le gouvernement a suggéré que …": another source speaks.
            if matches!(reading.lower(next), "et" | "tandis" | "alors" | "mais" | "quand") && self.other_source_speaks(next + 1) {
                return true;
            }
            return false;
        }
        // "… et a ajouté que …", "… en soulignant que …", "… avant d'ajouter …"
        if matches!(reading.lower(k), "et" | "puis" | "mais") {
            return self.groups.iter().any(|g| g.range.start == next && matches!(g.shape, Shape::Finite | Shape::Shared | Shape::Participle) && self.has_complement_words(g))
                && !self.inside_relative(from, k);
        }
        self.groups.iter().any(|g| g.range.start == k && (g.shape == Shape::Participle && reading.lower(k) != "" && matches!(reading.lower(k), "en" | "tout") || g.shape == Shape::Infinitive && reading.lower(k) == "avant") && self.has_complement_words(g))
            || self.source_phrase(k).is_some_and(|(lemma, _, end)| lemma != "pour" && self.at_end(end))
    }

    /// Whether the verb group is followed by words that make it report: que, a quotation, a colon, an infinitive.
    fn has_complement_words(&self, group: &Group) -> bool {
        self.complement(group, self.sentence.end, self.sentence.end).is_some()
    }

    /// A coordinated verb inside "qui …" belongs to the relative clause.
    fn inside_relative(&self, from: usize, k: usize) -> bool {
        let reading = self.reading;
        let relative = (from..k).rev().find(|i| matches!(reading.lower(*i), "qui"));
        relative.is_some_and(|r| !(r..k).any(|i| reading.is_comma(i)) && k - r < 12)
    }

    /// "Alors que …", "Si …", "Lorsque …": a clause that says nothing by itself.
    fn begins_subordinate(&self, k: usize) -> bool {
        let reading = self.reading;
        matches!(reading.lower(k), "si" | "s'" | "quand" | "lorsque" | "lorsqu'" | "puisque" | "puisqu'" | "quoique")
            || matches!(reading.lower(k + 1), "que" | "qu'") && matches!(reading.lower(k), "alors" | "tandis" | "bien" | "après" | "avant" | "pendant" | "dès" | "depuis" | "pour" | "afin" | "sans")
    }

    /// Whether a new source with its own reporting verb begins at `k`.
    fn other_source_speaks(&self, k: usize) -> bool {
        let k = k + usize::from(matches!(self.reading.lower(k), "que" | "qu'"));
        let Some(sources) = self.reading.sources_at(k, self.sentence.end) else { return false };
        let Some(last) = sources.last() else { return false };
        self.groups.iter().any(|g| {
            g.shape == Shape::Finite && g.range.start >= last.range.end && g.range.start <= last.full_end + 2
                && (sources.iter().any(|s| self.reading.can_speak(s))) && self.has_complement_words(g)
        })
    }

    /// Whether a group governs a clause or quotation of its own.
    fn claims_clause(&self, group: &Group) -> bool {
        self.reading.source_before(self.sentence.start, group.range.start).is_some() && self.has_complement_words(group)
            || self.inverted_source(group, self.sentence.end).is_some()
    }

    /// The part of an interrupted clause after the inserted words that end at `end`.
    fn right_part(&self, end: usize, limit: usize) -> Option<Range<usize>> {
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
    fn speaks_of_saying(&self, from: usize, limit: usize) -> bool {
        let lead = matches!(self.reading.lower(from), "lors" | "dans" | "devant" | "sur" | "à" | "au" | "après" | "avant" | "en" | "dont" | "qui" | "où" | "pour" | "alors" | "tandis" | "sans" | "tout" | "chez");
        lead && !self.verb_right_after_comma(from, limit)
    }

    /// ", dans la rue, sont nombreux": the broken clause goes on after a further aside.
    fn verb_right_after_comma(&self, from: usize, limit: usize) -> bool {
        (from + 1..limit).find(|k| self.reading.is_comma(*k) && self.reading.quotation_at(*k).is_none()).is_some_and(|k| self.reading.begins_verb(k + 1))
    }

    /// Whether the words at `k` continue a broken clause: a verb, a complement, an object.
    fn continues_clause(&self, k: usize) -> bool {
        let reading = self.reading;
        reading.begins_verb(k) || matches!(reading.lower(k), "que" | "qu'" | "et")
    }

    /// Words after a reporting clause that belong to it: from `end` to the next comma or the end.
    fn clause_tail(&self, end: usize, limit: usize) -> usize {
        let reading = self.reading;
        let mut k = end;
        while k < limit {
            if reading.quotation_at(k).is_some() && k > end {
                break;
            }
            if self.groups.iter().any(|g| g.range.start == k && k > end && matches!(g.shape, Shape::Participle | Shape::Finite)) {
                break;
            }
            k += 1;
        }
        k.max(end)
    }

    fn begins_clause(&self, k: usize) -> bool {
        let reading = self.reading;
        reading.is(k, Classes::PRONOUN) || reading.is(k, Classes::DET)
    }

    fn groups_between(&self, from: usize, to: usize) -> bool {
        self.groups.iter().any(|g| g.range.start >= from && g.range.end <= to && g.shape == Shape::Finite)
    }

    /// "a salué ceux qui disent « non »": the quoted words belong to the relative clause.
    fn relative_before_quotation(&self, from: usize, to: usize) -> bool {
        let reading = self.reading;
        let Some(first) = (from..to).find(|k| reading.quotation_at(*k).is_some()) else { return false };
        self.groups.iter().any(|g| g.range.start >= from && g.range.end <= first)
    }

    /// "s'il déclare que …", "à moins qu'elle n'avoue": nobody has said anything.
    fn is_supposed(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = group.range.start;
        let near = start.saturating_sub(5).max(self.sentence.start)..start;
        near.clone().any(|k| matches!(reading.lower(k), "si" | "s'") && reading.is(k + 1, Classes::PRONOUN | Classes::DET) && !matches!(reading.lower(k.saturating_sub(1)), "même" | "demande" | "savoir"))
            || near.clone().any(|k| reading.lower(k) == "moins" && matches!(reading.lower(k + 1), "que" | "qu'"))
    }

    /// In "X, qui prétend avoir payé, est parti" the relative clause ends at the comma before the main verb.
    fn relative_end(&self, group: &Group, content: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        let start = group.range.start;
        let relative = start > self.sentence.start + 1 && matches!(reading.lower(start - 1), "qui") && reading.is_comma(start - 2);
        relative.then(|| self.main_verb_comma(content)).flatten()
    }

    /// The comma after which the main verb goes on.
    fn main_verb_comma(&self, content: &Range<usize>) -> Option<usize> {
        let reading = self.reading;
        content.clone().find(|k| reading.is_comma(*k) && reading.quotation_at(*k).is_none() && reading.begins_verb(k + 1) && !reading.tokens.is_clitic(k + 2))
    }

    fn follows_and(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = group.range.start;
        start > self.sentence.start && {
            let mut k = start - 1;
            while k > self.sentence.start && (reading.is(k, Classes::ADV) && !reading.is(k, Classes::AND)) {
                k -= 1;
            }
            matches!(reading.lower(k), "et" | "puis" | "mais" | "ou") || matches!(reading.lower(start), "et")
        }
    }

    /// The subject of the sentence's main verb, for participles without a cue before them.
    fn main_subject(&self, group: &Group) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        if group.range.start == self.sentence.start || group.shape == Shape::Participle && self.groups.iter().all(|g| g.range.start >= group.range.start) && group.range.start < self.sentence.start + 3 {
            // "Citant un rapport, Léa Roy a déclaré …": the subject follows.
            return None;
        }
        let verb = (self.sentence.start..group.range.start).find(|k| {
            reading.quotation_at(*k).is_none() && reading.forms(*k).iter().any(|f| f.mood.is_finite()) && !reading.noun_after_determiner(*k) && !reading.tokens.is_capital(*k)
        })?;
        reading.source_before(self.sentence.start, verb)
    }

    /// "il a été annoncé par la régie que …": the source stands after "par".
    fn agent(&self, group: &Group, limit: usize) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let impersonal = group.range.start > self.sentence.start && reading.lower(group.range.start - 1) == "il";
        let by = (group.range.end..limit).find(|k| matches!(reading.lower(*k), "par" | "dans")).filter(|_| impersonal)?;
        reading.sources_at(by + 1, limit)
    }

    fn is_outlet(&self, phrase: &Phrase) -> bool {
        phrase.names.iter().any(|n| self.reading.outlet_of(n).is_some())
            || phrase.head.is_some_and(|h| self.reading.is(h, Classes::MEDIA)) && !phrase.indefinite
    }

    /// "aurait", "serait" in the content: unconfirmed.
    fn is_hearsay(&self, spans: &[Span]) -> bool {
        let reading = self.reading;
        spans.iter().any(|span| {
            let range = reading.tokens.at_or_after(span.start)..reading.tokens.at_or_after(span.end);
            range.clone().any(|k| {
                let auxiliary = matches!(reading.lower(k), "aurait" | "auraient" | "serait" | "seraient");
                auxiliary && (k + 1..k + 4).any(|j| reading.forms(j).iter().any(|f| f.mood == Mood::PastParticiple) || reading.lower(j).ends_with('é') || reading.lower(j).ends_with("és") || reading.lower(j).ends_with("ée"))
            })
        })
    }

    /// "selon X" and its kin at token `i`: the preposition, the source, and where it ends.
    fn source_phrase(&self, i: usize) -> Option<(&'static str, Vec<Phrase>, usize)> {
        let reading = self.reading;
        if !matches!(reading.lower(i), "à" | "si" | "tel" | "comme" | "de" | "du" | "aux" | "au" | "d'" | "selon" | "dixit" | "cité" | "citée" | "cités" | "pour") {
            return None;
        }
        let (lemma, length) = SOURCE_PREPOSITIONS.iter().find_map(|(lemma, words)| {
            words.iter().enumerate().all(|(n, w)| reading.lower(i + n) == *w).then_some((*lemma, words.len()))
        })?;
        let k = i + length;
        if k >= self.sentence.end {
            return None;
        }
        if lemma == "de source" {
            // "de source policière", "de sources concordantes"
            let end = (k..self.sentence.end).find(|j| !reading.is_open(*j) && !matches!(reading.lower(*j), "du" | "de" | "la" | "l'" | "des"))?;
            if end == k {
                return None;
            }
            let phrase = Phrase { range: i + 1..end, full_end: end, head: Some(i + 1), indefinite: true, ..Phrase::default() };
            return Some((lemma, vec![phrase], end));
        }
        if matches!(reading.lower(k), "lui" | "elle" | "eux" | "elles") && !reading.is_open(k + 1) {
            let mut phrase = Phrase { range: k..k + 1, full_end: k + 1, pronoun: true, ..Phrase::default() };
            phrase.plural = matches!(reading.lower(k), "eux" | "elles");
            phrase.gender = Some(if matches!(reading.lower(k), "lui" | "eux") { crate::entity::Gender::Masculine } else { crate::entity::Gender::Feminine });
            return Some((lemma, vec![phrase], k + 1)).filter(|_| lemma != "pour");
        }
        if reading.lower(k) == "qui" && i > self.sentence.start {
            // "Léa Roy, pour qui le pont est perdu"
            let antecedent = reading.antecedent(self.sentence.start, i)?;
            return Some((lemma, vec![antecedent], k + 1));
        }
        let sources = reading.sources_at(k, self.sentence.end)?;
        let first = sources.first()?;
        if first.pronoun && !matches!(reading.lower(k), "celui-ci" | "celle-ci" | "ceux-ci") {
            return None;
        }
        let mut end = sources.last()?.full_end;
        // "selon des médias liés au palais, …": what describes the source runs to the comma.
        if i <= self.sentence.start + 1 && !reading.is_comma(end)
            && let Some(comma) = (end..self.sentence.end.min(end + 12)).find(|j| reading.is_comma(*j)) && !self.has_finite_verb(end..comma) && !reading.is(end, Classes::DET) {
            end = comma;
        }
        if i <= self.sentence.start + 1 && matches!(reading.lower(end), "qui" | "dont" | "que" | "qu'") && let Some(comma) = (end..self.sentence.end).find(|j| reading.is_comma(*j) && reading.quotation_at(*j).is_none()) {
            end = comma;
        }
        let head = first.head.map_or("", |h| reading.lower(h));
        let work = lemma == "d'après" && matches!(head, "roman" | "pièce" | "œuvre" | "film" | "conte" | "nouvelle" | "scénario" | "livret");
        if work && first.names.is_empty() {
            return None;
        }
        if NOT_SOURCES.contains(&head) && first.names.is_empty() {
            return None;
        }
        if lemma == "pour" {
            let speaks = sources.iter().any(|s| {
                s.role.is_some() && !s.plural
                    || s.names.first().is_some_and(|n| n.entities.iter().any(|e| matches!(reading.entities.get(*e).kind, crate::entity::EntityKind::Person | crate::entity::EntityKind::Organisation)) || n.entities.is_empty() && n.range.len() > 1)
                    || s.plural && s.head.is_some_and(|h| reading.is(h, Classes::GROUP | Classes::MEDIA))
            });
            if !(speaks && i <= self.sentence.start + 1 && reading.is_comma(end)) {
                return None;
            }
        }
        Some((lemma, sources, end))
    }
}

/// A quotation that fills a sentence of its own goes on with the source of the statement before it, in the
/// same paragraph or the one before.
pub fn unmarked(reading: &Reading, index: usize, last: Option<&Draft>) -> Vec<Draft> {
    let sentence = &reading.sentences[index];
    let Some(last) = last.filter(|d| d.sentence + if d.kind == Kind::Indirect { 1 } else { 4 } >= index) else { return Vec::new() };
    let near = sentence.paragraph <= reading.sentences[last.sentence].paragraph + 2;
    let mut drafts = Vec::new();
    for k in reading.quotations_in(sentence.range.clone()) {
        let range = reading.tokens_of(k);
        let alone = (sentence.range.start..sentence.range.end).all(|i| range.contains(&i) || reading.mark(i).is_some() || reading.quotation_at(i).is_some());
        let words = range.clone().filter(|i| reading.tokens.is_word(*i)).count();
        let far = last.sentence + 2 < index;
        let speech = (reading.tokens.is_capital(range.start + 1) || words > 6) && (!far || words > 8);
        if near && alone && words >= 3 && speech {
            drafts.push(continued(index, vec![reading.quotations[k].inner]));
        }
    }
    drafts
}

/// "Le pont tiendra." Léa Roy a dit.: the source of a quotation follows in a sentence that says nothing else.
pub fn afterthought(reading: &Reading, index: usize) -> Option<Vec<Phrase>> {
    let range = reading.sentences[index].range.clone();
    if reading.quotations_in(range.clone()).len() > 0 {
        return None;
    }
    let found = groups(reading, range.clone());
    let [group] = found.as_slice() else { return None };
    let ends = (group.range.end..range.end).all(|k| reading.mark(k).is_some() || reading.is(k, Classes::TIME));
    let sources = reading.source_before(range.start, group.range.start)?;
    (ends && group.shape == Shape::Finite && !group.negated && sources.iter().any(|s| reading.can_speak(s))).then_some(sources)
}

/// Gives the quotation of the sentence before `index` to `sources`.
pub fn claim_before(reading: &Reading, index: usize, sources: Vec<Phrase>, drafts: &mut Vec<Draft>) {
    let range = reading.sentences[index - 1].range.clone();
    let quotations = reading.quotations_in(range.clone());
    let alone = range.clone().all(|i| reading.quotation_at(i).is_some() || reading.mark(i).is_some());
    if quotations.len() != 1 || !alone || drafts.iter().any(|d| d.sentence + 1 == index && !d.sources.is_empty()) {
        return;
    }
    drafts.retain(|d| d.sentence + 1 != index);
    let spans = vec![reading.quotations[quotations.start].inner];
    drafts.push(Draft { sources, clause: vec![reading.sentences[index].range.clone()], ..continued(index - 1, spans) });
}

/// A direct quotation without reporting words of its own.
fn continued(sentence: usize, spans: Vec<Span>) -> Draft {
    Draft {
        spans,
        kind: Kind::Direct,
        sources: Vec::new(),
        cue: 0..0,
        lemma: "",
        class: "",
        clause: Vec::new(),
        sentence,
        polarity: Polarity::Asserted,
        relays: Vec::new(),
        confidence: 0.7,
    }
}

/// A paragraph that is one quotation, closed or not, before one whose quotation has a cue: both are of one
/// speech. « Un.⏎« Deux », a dit Léa Roy.
pub fn reopened(reading: &Reading, drafts: &mut Vec<Draft>) {
    let mut found: Vec<Draft> = Vec::new();
    for index in (0..reading.sentences.len().saturating_sub(1)).rev() {
        let (here, next) = (&reading.sentences[index], &reading.sentences[index + 1]);
        if here.paragraph == next.paragraph || here.range.is_empty() {
            continue;
        }
        let Some(k) = reading.quotation_at(here.range.start) else { continue };
        if index > 0 && reading.sentences[index - 1].paragraph == here.paragraph {
            continue;
        }
        let range = reading.tokens_of(k);
        let alone = (here.range.start..here.range.end).all(|i| range.contains(&i) || reading.mark(i).is_some());
        let claimed = drafts.iter().chain(&found).any(|d| d.sentence == index && (!d.lemma.is_empty() || reading.quotations[k].closed));
        let first = reading.token(next.range.start).span.start;
        let follow = drafts.iter().chain(&found).find(|d| d.sentence == index + 1 && d.kind == Kind::Direct && !d.sources.is_empty() && d.spans[0].start <= first + 8);
        let Some(follow) = follow.filter(|_| alone && !claimed) else { continue };
        let draft = Draft { spans: vec![reading.quotations[k].inner], sentence: index, relays: Vec::new(), clause: Vec::new(), cue: 0..0, confidence: 0.7, ..follow.clone() };
        drafts.retain(|d| d.sentence != index);
        found.push(draft);
    }
    drafts.append(&mut found);
    drafts.sort_by_key(|d| d.spans[0].start);
}

struct Complement {
    content: Range<usize>,
    confidence: f32,
    /// The frame alone shows speech: the subject need not be a known kind of speaker.
    strong: bool,
}

impl Complement {
    fn new(content: Range<usize>, confidence: f32, strong: bool) -> Option<Self> {
        (content.end > content.start).then_some(Self { content, confidence, strong })
    }
}

/// Prepositions that name a source, the longest first.
const SOURCE_PREPOSITIONS: &[(&str, &[&str])] = &[
    ("à en croire", &["à", "en", "croire"]),
    ("si l'on en croit", &["si", "l'", "on", "en", "croit"]),
    ("tel que rapporté par", &["tel", "que", "rapporté", "par"]),
    ("comme rapporté par", &["comme", "rapporté", "par"]),
    ("de l'avis de", &["de", "l'", "avis", "de"]),
    ("de l'avis de", &["de", "l'", "avis", "du"]),
    ("de l'avis de", &["de", "l'", "avis", "des"]),
    ("de l'aveu de", &["de", "l'", "aveu", "de"]),
    ("du point de vue de", &["du", "point", "de", "vue", "de"]),
    ("aux yeux de", &["aux", "yeux", "de"]),
    ("aux yeux de", &["aux", "yeux", "du"]),
    ("aux yeux de", &["aux", "yeux", "des"]),
    ("aux dires de", &["aux", "dires", "de"]),
    ("aux dires de", &["aux", "dires", "du"]),
    ("aux dires de", &["aux", "dires", "des"]),
    ("au dire de", &["au", "dire", "de"]),
    ("de source", &["de", "source"]),
    ("de source", &["de", "sources"]),
    ("d'après", &["d'", "après"]),
    ("selon", &["selon"]),
    ("dixit", &["dixit"]),
    ("cité par", &["cité", "par"]),
    ("cité par", &["citée", "par"]),
    ("cité par", &["cités", "par"]),
    ("pour", &["pour"]),
];

/// Heads after "selon" that measure or rule, and speak for nobody.
const NOT_SOURCES: &[&str] = &[
    "règles", "règle", "loi", "lois", "besoins", "besoin", "cas", "principe", "principes", "mode", "modalités", "méthode", "critères", "critère",
    "calendrier", "âge", "formule", "logique", "manière", "façon", "ordre", "usage", "coutume", "tradition", "saison", "saisons", "goûts", "goût", "envies",
    "moyens", "circonstances", "normes", "disponibilités", "procédure", "tarif", "barème", "schéma", "degré", "type", "nature", "taille", "niveau", "pays", "régions", "préceptes", "termes",
    "vraisemblance", "évidence", "probabilité", "apparence", "hypothèse", "scénario", "choix", "cas", "humeur", "saison", "météo", "endroits", "endroit", "personnes",
];

fn trim(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let start = span.start + (inside.len() - inside.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).len());
    let end = span.start + inside.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).len();
    Span::new(start.min(end), end)
}
