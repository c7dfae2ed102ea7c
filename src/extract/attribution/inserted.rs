//! Cues after their content or between two parts of it: « Oui », a dit Léa Roy. — Le pont, a-t-elle ajouté, fermera.

use super::{Analysis, LONGEST_DESCRIPTION};
use crate::extract::cue::{Group, Shape};
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::statement::Kind;
use crate::language::{Classes, Frames};
use std::ops::Range;

/// How many tokens lead up to what is said at most ("en revanche", "dans un premier temps").
const LONGEST_LEAD: usize = 4;

/// An inserted reporting clause with what stands before it.
pub(super) struct Insertion {
    /// Tokens before the clause; empty if the clause opens the sentence.
    pub(super) content: Range<usize>,
    /// Tokens of the clause.
    pub(super) clause: Range<usize>,
    pub(super) sources: Vec<Phrase>,
    /// "comme l'explique …"
    pub(super) as_said: bool,
}

impl Analysis<'_> {
    /// The cue comes after its content, or between two parts of it.
    pub(super) fn inserted(&mut self) {
        let mut left = self.sentence.start;
        for n in 0..self.groups.len() {
            let group = self.groups[n].clone();
            let told = group.shape == Shape::Passive && group.clitic.is_some_and(|c| self.reading.lower(c) == "il");
            if group.shape != Shape::Finite && !told
                || !group.verb(self.reading).frames.has(Frames::INSERTED)
                    && !group.verb(self.reading).frames.has(Frames::QUE)
            {
                continue;
            }
            if let Some(end) = self.inserted_at(&group, left) {
                left = end;
            }
        }
    }

    /// Reads the cue as an inserted one; returns where its sentence goes on.
    pub(super) fn inserted_at(&mut self, group: &Group, left: usize) -> Option<usize> {
        let reading = self.reading;
        let as_said = group.range.start > self.sentence.start && reading.lower(group.range.start - 1) == "comme";
        // "comme le veut la tradition" tells no words, "n'agit pas comme le demande la ville" compares.
        let verb = group.verb(reading);
        let compares = || {
            let parted = group.range.start > self.sentence.start + 1 && reading.mark(group.range.start - 2).is_some();
            let negated = || (left..group.range.start).any(|k| matches!(reading.lower(k), "ne" | "n'"));
            !parted && (matches!(verb.class, "request" | "order" | "want" | "ask" | "propose") || negated())
        };
        if as_said && (verb.lemma == "vouloir" || group.range.start > self.sentence.start + 1 && compares()) {
            return None;
        }
        let start = group.range.start - usize::from(as_said);
        if !self.is_bounded(start, as_said) && group.clitic.is_none() {
            return self.subject_first(group, left);
        }
        let Some((sources, end)) = self.inverted_source(group, self.sentence.end) else {
            return if as_said || group.clitic.is_some() { None } else { self.subject_first(group, left) };
        };
        let mut content_end = start;
        while content_end > left && self.is_bound(content_end - 1) {
            content_end -= 1;
        }
        let content = self.content_start(left, content_end)..content_end;
        // "Peut-être a-t-il ajouté du sel": the adverb turned the verb round.
        let adverb = content.end == start && content.len() == 1 && reading.is(content.start, Classes::ADV);
        if group.clitic.is_some() && adverb && reading.quotation_at(content.start).is_none() {
            return None;
        }
        let governed = self.is_governed(&content);
        // "Léa Roy a dit que …, a rapporté le Courrier": the outlet relays what she says.
        if (governed || self.ends_in_participle(&content)) && sources.iter().all(|s| self.is_outlet(s)) {
            self.pending_relay(sources, start..end);
            return None;
        }
        let insertion = Insertion { content, clause: start..end, sources, as_said };
        if as_said && governed {
            None
        } else if insertion.content.is_empty() {
            self.said_ahead(group, insertion)
        } else if reading.quotation_at(insertion.content.end - 1).is_some() {
            self.after_quotation(group, insertion)
        } else {
            self.in_clause(group, insertion)
        }
    }

    /// Whether a cue within `content` has a clause of its own to report.
    pub(super) fn is_governed(&self, content: &Range<usize>) -> bool {
        self.groups.iter().any(|g| {
            content.start <= g.range.start
                && g.range.end <= content.end
                && g.shape == Shape::Finite
                && self.claims_clause(g)
        })
    }

    /// "Léa Roy s'est expliquée, affirmant que …": a participle tells within `content` what she says.
    fn ends_in_participle(&self, content: &Range<usize>) -> bool {
        self.groups.iter().any(|g| {
            content.start < g.range.start
                && g.range.end <= content.end
                && g.shape == Shape::Participle
                && self.reading.is_comma(g.range.start - 1)
                && self.has_complement_words(g)
        })
    }

    /// Whether token `k` parts an inserted clause from what is said.
    fn is_bound(&self, k: usize) -> bool {
        self.reading.is_comma(k) || self.reading.is_dash(k) || self.reading.mark(k) == Some('(')
    }

    /// Whether something parts the cue at `start` from the words before it.
    pub(super) fn is_bounded(&self, start: usize, as_said: bool) -> bool {
        let Some(before) = start.checked_sub(1).filter(|_| start > self.sentence.start) else { return true };
        self.is_bound(before)
            || matches!(self.reading.mark(before), Some('?' | '!' | '…' | '.'))
            || self.reading.quotation_at(before).is_some()
            || as_said
                && (self.reading.is(before, Classes::AND) || matches!(self.reading.lower(start + 1), "l'" | "le"))
    }

    /// "Comme l'explique Léa Roy, le pont fermera", "Or, rappelle Léa Roy, le pont fermera": the content follows.
    fn said_ahead(&mut self, group: &Group, insertion: Insertion) -> Option<usize> {
        let start = insertion.clause.start;
        let led =
            start > self.sentence.start && self.only_leads(start) && group.shape == Shape::Finite && !group.negated;
        if !insertion.as_said && !led {
            return None;
        }
        // "Comme le rappelle le Courrier, la maire est partie": she is no apposition.
        let first = insertion.sources.first()?.range.start;
        let plain =
            self.without_subject(first, insertion.clause.end).and_then(|plain| Some((plain.last()?.full_end, plain)));
        let insertion = match plain {
            Some((end, sources)) => Insertion { clause: insertion.clause.start..end, sources, ..insertion },
            None => insertion,
        };
        // "Comme le rappelle Léa Roy ce 3 mai dans le Courrier, …"
        let mut comma = insertion.clause.end;
        // "Or, rappelle Léa Roy, membre du comité et mère de deux élèves, « … »": the comma before the quotation.
        let before_quotation = |k: &usize| self.reading.is_comma(*k) && self.reading.quotation_at(k + 1).is_some();
        let described = (comma..self.sentence.end.min(comma + LONGEST_DESCRIPTION)).find(before_quotation);
        if let Some(quoted) = described.filter(|quoted| self.no_more_verbs(comma, *quoted)) {
            comma = quoted;
        }
        while !self.reading.is_comma(comma) {
            comma = self.reading.adjunct_end(comma, self.sentence.end).filter(|end| *end > comma)?;
        }
        let stop = self.clause_end(comma + 1, self.sentence.end);
        let clause = insertion.clause.start..comma;
        // "Comme le rapporte le Courrier, Léa Roy a dit que …": the outlet relays what she says.
        let sources = &insertion.sources;
        let relays = sources.iter().all(|s| {
            self.is_outlet(s) || s.head.is_some_and(|h| self.reading.is(h, Classes::DOCUMENT | Classes::MEDIA))
        });
        if relays && self.is_governed(&(comma + 1..stop)) {
            self.pending_relay(insertion.sources, clause);
            return None;
        }
        self.claim_text(comma + 1..stop, insertion.sources, group, clause, Frame::AsSaid)
    }

    /// « Oui », a dit Léa Roy. — Le maire est « inquiet », a dit Léa Roy. — « Un », dit Léa Roy, « deux ».
    fn after_quotation(&mut self, group: &Group, insertion: Insertion) -> Option<usize> {
        let reading = self.reading;
        let Insertion { content, clause, sources, .. } = insertion;
        let quotation = reading.quotation_at(content.end - 1).filter(|q| !self.used.contains(q))?;
        let range = reading.tokens_of(quotation);
        // "Le chef de « Lande libre » a évoqué un plan": a quoted name, and no speech without a comma or a speaker.
        let speaks = |s: &Phrase| s.pronoun || s.role.is_some() || !s.names.is_empty() || s.head.is_none();
        let named = content.end == clause.start && self.words_in(quotation) < 4 && range.start > content.start;
        if named && group.clitic.is_none() && !sources.iter().any(speaks) {
            return None;
        }
        let lead = self.lead_of_quotation(content.start, range.start);
        let whole = lead == range.start;
        let kind = if whole || self.only_quotations(lead, range.end) { Kind::Direct } else { Kind::Mixed };
        let mut spans =
            Few::One(if whole { reading.quotations[quotation].inner } else { reading.span(lead..content.end) });
        self.used.extend(reading.quotations_in(lead..content.end));
        let mut end = clause.end;
        let next = self.second_part(end).filter(|q| !self.used.contains(q));
        if let Some(next) = next {
            let second = reading.tokens_of(next);
            if self.after_quotation_ends(second.end) {
                self.used.push(next);
                spans.push(reading.quotations[next].inner);
                end = second.end;
            }
        }
        let right = self.right_part(clause.end, self.sentence.end);
        let right = right.filter(|right| !whole && next.is_none() && self.goes_on_quoting(&content, right));
        if let Some(right) = right {
            self.used.extend(reading.quotations_in(right.clone()));
            end = right.end;
            spans.push(reading.span(right));
        }
        let tail = self.clause_tail(end, self.sentence.end);
        self.claimed.push(lead..end);
        let further = self.further_at(end).map(|quotation| (quotation, sources.clone()));
        self.push(spans, kind, sources, group, Few::One(clause.start..tail), Frame::AfterQuotation);
        let Some((quotation, sources)) = further else { return Some(tail.max(end)) };
        Some(self.further(end, quotation, sources, group))
    }

    /// Without marks beside the cue: "Le pont fermera, a dit Léa Roy." — "Le pont, a-t-elle dit, fermera."
    fn in_clause(&mut self, group: &Group, insertion: Insertion) -> Option<usize> {
        let reading = self.reading;
        let limit = self.sentence.end;
        let verb = group.verb(reading);
        if !verb.frames.has(Frames::INSERTED)
            || group.negated
            || group.conditional
            || !self.can_insert(group, &insertion.sources)
        {
            return None;
        }
        let Insertion { mut content, clause, sources, as_said } = insertion;
        // "un pont qui, dit-elle, « tient encore »": only the relative clause is hers.
        let last = content.end.saturating_sub(1);
        if !as_said && reading.is(last, Classes::REL) && !reading.is(last, Classes::SUB) {
            let right = self.right_part(clause.end, limit)?;
            return self.claim_text(right, sources, group, clause, Frame::Inserted);
        }
        let before = content.clone();
        // "La joie revient: « les clients sont là » en ville, dit-elle": what she says begins after the colon.
        let quoting = content.clone().rev().find(|k| {
            reading.mark(*k) == Some(':')
                && reading.quotation_at(*k).is_none()
                && reading.quotation_at(k + 1).is_some_and(|q| self.words_in(q) > 2)
        });
        if let Some(colon) = quoting {
            content.start = colon + 1;
        }
        // "En revanche, a-t-il dit, dans les villages l'eau manquera": nothing is said before the clause.
        let leads = content.len() <= LONGEST_LEAD
            && !self.has_finite_verb(content.clone())
            && reading.quotations_in(content.clone()).is_empty();
        let right = self.right_part(clause.end, limit).filter(|r| {
            let finite = self.has_finite_verb(r.clone());
            let aside = self.begins_aside(r.start) && !finite;
            let goes_on = leads && finite && !reading.is(r.start, Classes::REL);
            (goes_on || !self.speaks_of_saying(r.start, limit)) && !aside
        });
        let asks = verb.class == "ask" && self.begins_question(content.start) && self.has_finite_verb(content.clone());
        // "« Nous tenons » dans la ville, dit-il": the quotation is what is said, whatever follows it.
        let quotes = reading.quotation_at(content.start).is_some_and(|q| self.words_in(q) > 3);
        let clause_before = asks || quotes || self.has_main_verb(content.clone());
        // "Le plan « va loin », admet la maire, mais il « oublie » les quais."
        let quoted_twice = right.as_ref().is_some_and(|right| self.goes_on_quoting(&content, right));
        // "Une fois qu'il y sera, promet Léa Roy, il paiera": the main clause is still to come.
        let subordinate = self.reading.begins_subordinate(content.start) && self.main_clause_after(&content).is_none();
        let interrupts =
            right.is_some() && (group.clitic.is_some() || !clause_before || as_said || quoted_twice || subordinate);
        let subordinate = subordinate && right.is_none();
        let fragment = right.is_none() && self.is_fragment(group, &content, clause.end, &sources);
        // "Parmi les blessés, « deux marins », ainsi qu'un mousse, a-t-il précisé": an inverted pronoun tells all before it.
        let told = group.clitic.is_some()
            && right.is_none()
            && content.start == self.sentence.start
            && content.len() > 4
            && content.end < clause.start
            && self.at_end(clause.end);
        if subordinate || !(clause_before || interrupts || fragment || told) {
            return None;
        }
        if content.len() < 2 && !interrupts || self.is_object(group, &before, &sources) {
            return None;
        }
        let mut spans = Few::One(reading.span(content.clone()));
        let mut quoted = reading.quotations_in(content.clone());
        let mut tail = self.clause_tail(clause.end, limit);
        if let Some(right) = right.filter(|_| interrupts) {
            quoted = reading.quotations_in(content.start..right.end);
            spans.push(reading.span(right.clone()));
            tail = right.end;
        }
        // "— Vous n'aurez rien, lança-t-elle.": a dash opens a turn of speech.
        let turn = content.start == self.sentence.start + 1 && reading.mark(self.sentence.start) == Some('—');
        let kind = match quoted.is_empty() {
            true if turn => Kind::Direct,
            true => Kind::Indirect,
            false => Kind::Mixed,
        };
        self.used.extend(quoted);
        self.claimed.push(content.start..tail);
        let words = clause.start..if interrupts { clause.end } else { tail };
        let further = self.further_at(clause.end).map(|quotation| (quotation, sources.clone()));
        self.push(spans, kind, sources, group, Few::One(words), Frame::Inserted);
        let Some((quotation, sources)) = further else { return Some(tail) };
        Some(self.further(clause.end, quotation, sources, group))
    }

    /// "Le café rouvrira, sourit le patron : « … »": the quotation after the colon at `colon`, if both stand there.
    fn further_at(&self, colon: usize) -> Option<usize> {
        let quotation = self.reading.quotation_at(colon + 1).filter(|q| !self.used.contains(q))?;
        (self.reading.mark(colon) == Some(':')).then_some(quotation)
    }

    /// Takes the quotation behind the colon at `colon` for a statement of its own. Returns where it ends.
    fn further(&mut self, colon: usize, quotation: usize, sources: Vec<Phrase>, group: &Group) -> usize {
        let reading = self.reading;
        self.used.push(quotation);
        let end = reading.tokens_of(quotation).end;
        self.claimed.push(colon..end);
        let spans = Few::One(reading.quotations[quotation].inner);
        self.push(spans, Kind::Direct, sources, group, Few::None, Frame::Further);
        end
    }

    /// Whether words that "et" or "mais" joins after the cue are quoted like the ones before it.
    fn goes_on_quoting(&self, content: &Range<usize>, right: &Range<usize>) -> bool {
        let reading = self.reading;
        matches!(reading.lower(right.start), "et" | "mais")
            && !reading.quotations_in(content.clone()).is_empty()
            && !reading.quotations_in(right.clone()).is_empty()
            && !self.groups.iter().any(|g| right.contains(&g.range.start))
    }

    /// "Oui," Smith a déclaré. — Le pont fermera, le maire a dit. The source stands before the cue, both at the
    /// sentence's end.
    pub(super) fn subject_first(&mut self, group: &Group, left: usize) -> Option<usize> {
        let reading = self.reading;
        let closes = self.at_end(group.range.end)
            || reading.is(group.range.end, Classes::TIME | Classes::PREP)
                && self.no_complement(group.range.end)
                && !group.verb(reading).frames.has(Frames::A);
        if !closes || !group.verb(reading).frames.has(Frames::INSERTED) || group.negated || left != self.sentence.start
        {
            return None;
        }
        // The source begins after the quotation, or after the first comma from which its words reach the cue.
        let starts = (left..group.range.start).filter(|k| {
            reading.is_comma(*k) && reading.quotation_at(*k).is_none()
                || *k > left && reading.quotation_at(*k - 1).is_some() && reading.quotation_at(*k).is_none()
        });
        let (content_end, sources) = starts.into_iter().find_map(|k| {
            let from = k + usize::from(reading.is_comma(k));
            let sources = reading.sources_at(from, group.range.start)?;
            let end = sources.last()?.full_end;
            let reaches = end == group.range.start || reading.is_comma(end) && end + 1 == group.range.start;
            let pronoun = sources.iter().any(|s| s.pronoun) && end != group.range.start;
            (reaches && !pronoun && sources.iter().any(|s| reading.can_speak(s))).then_some((k, sources))
        })?;
        let last = content_end.checked_sub(1).filter(|last| *last >= left)?;
        let quotation = reading.quotation_at(last).filter(|q| !self.used.contains(q));
        let quoted = quotation.is_some_and(|q| reading.tokens_of(q).start == left && self.words_in(q) > 2);
        if !quoted
            && (!self.has_finite_verb(left..content_end)
                || !reading.is_comma(content_end)
                || !self.at_end(group.range.end)
                || self.reading.begins_subordinate(left))
        {
            return None;
        }
        let (spans, kind) = self.spans_of(left..content_end);
        for q in reading.quotations_in(left..content_end) {
            self.used.push(q);
        }
        self.claimed.push(left..group.range.end);
        self.push(spans, kind, sources, group, Few::One(content_end..self.sentence.end), Frame::SubjectFirst);
        Some(group.range.end)
    }
}
