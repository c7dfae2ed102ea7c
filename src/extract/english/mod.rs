//! Reported speech in English: how cue, source and content stand to each other in a sentence.
//!
//! The frames are those of [`Frame`]; what they are called there, English has in this form:
//!
//! | frame | example |
//! | --- | --- |
//! | cue after quotation | "Yes," Léa Roy said. "Yes," said Léa Roy. |
//! | interrupted quotation | "We will go," said Léa Roy, "to the end." |
//! | inserted clause | The bridge, Léa Roy added, will close. The bridge will close, she said. |
//! | source phrase | According to Léa Roy, the bridge will close. |
//! | que-clause | Léa Roy said (that) the bridge would close. |
//! | que-clause after its addressee | Léa Roy told reporters the bridge would close. |
//! | colon | Léa Roy said: "Yes." |
//! | quotation as object | Léa Roy said the plan was "absurd". |
//! | infinitive | Léa Roy claims to have seen it. |
//! | attribute of the object | Léa Roy called the plan "absurd". |
//!
//! Quotations without a cue are read as in French ([`super::attribution`]).

mod beside;
mod content;
mod cue;
mod name;
mod phrase;
mod relay;
mod source;

pub(in crate::extract) use cue::groups_among;
pub(in crate::extract) use relay::leads_to_outlet;

use super::cue::{Group, Shape};
use super::draft::Draft;
use super::few::Few;
use super::frame::Frame;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::{Kind, Polarity, Span};
use crate::language::Classes;
use std::cell::Cell;
use std::ops::Range;

/// How deep the look at the groups ahead goes.
const DEEPEST: usize = 6;

/// All statements that the sentence `index` attributes by its own words, in text order.
pub(super) fn attribute(reading: &Reading, index: usize) -> Vec<Draft> {
    let mut analysis = Analysis::new(reading, index);
    if analysis.groups.is_empty() && reading.signs_in(&analysis.sentence).is_empty() && analysis.quotations.is_empty() {
        return Vec::new();
    }
    analysis.beside_quotation();
    analysis.source_phrases();
    analysis.inserted();
    analysis.governing();
    analysis.bare_colon();
    for draft in &mut analysis.drafts {
        draft.relays.extend(analysis.relays.iter().cloned());
    }
    analysis.drafts.sort_by_key(|d| (d.spans[0].start, d.spans[0].end));
    analysis.drafts
}

/// One sentence while its statements are found. The frames are tried from the surest to the least sure; what one
/// of them takes, the next ones leave alone.
struct Analysis<'a> {
    reading: &'a Reading<'a>,
    index: usize,
    sentence: Range<usize>,
    groups: Vec<Group>,
    /// The quotations that lie within it.
    quotations: Range<usize>,
    drafts: Vec<Draft>,
    /// Quotations that are content already.
    used: Vec<usize>,
    /// Token ranges that are content or reporting words already.
    claimed: Vec<Range<usize>>,
    /// Outlets that relay the sentence's statements.
    relays: Vec<Phrase>,
    depth: Cell<usize>,
}

impl<'a> Analysis<'a> {
    fn new(reading: &'a Reading<'a>, index: usize) -> Self {
        let sentence = reading.sentences[index].range.clone();
        let signs = reading.signs_in(&sentence);
        Self {
            reading,
            index,
            sentence: sentence.clone(),
            quotations: reading.quotations_in(sentence.clone()),
            groups: groups_among(reading, sentence, signs),
            drafts: Vec::new(),
            used: Vec::new(),
            claimed: Vec::new(),
            relays: Vec::new(),
            depth: Cell::new(0),
        }
    }

    /// Whether an outlet that is named beside `content` only relays it, for somebody else says it there: "Roy said it
    /// was over, Reuters reported."
    fn is_relay(&self, sources: &[Phrase], content: &Range<usize>) -> bool {
        let outlet = |phrase: &Phrase| phrase.names.iter().any(|name| self.reading.outlet_of(name).is_some());
        let inside = |group: &&Group| content.contains(&group.range.start) && group.shape == Shape::Finite;
        sources.iter().all(outlet)
            && self.groups.iter().filter(inside).any(|group| {
                let sources = self.reading.english_source_before(content.start, group.range.start);
                sources.is_some_and(|s| s.iter().any(|s| s.pronoun || self.reading.can_speak(s))) && self.governs(group)
            })
    }

    /// Whether a group governs words that make it report: a clause, a quotation, a colon.
    fn governs(&self, group: &Group) -> bool {
        if self.depth.get() >= DEEPEST {
            return true;
        }
        self.depth.set(self.depth.get() + 1);
        let found = self.complement(group, self.sentence.end).is_some();
        self.depth.set(self.depth.get() - 1);
        found
    }

    fn is_claimed(&self, group: &Group) -> bool {
        self.claimed.iter().any(|c| c.start <= group.range.start && group.range.start < c.end)
    }

    /// The cue governs what follows it.
    fn governing(&mut self) {
        let mut inherited: Option<Vec<Phrase>> =
            self.drafts.last().map(|d| d.sources.clone()).filter(|s| !s.is_empty());
        let mut from = self.sentence.start;
        for n in 0..self.groups.len() {
            let group = self.groups[n].clone();
            if self.is_claimed(&group) {
                continue;
            }
            let Some(found) = self.complement(&group, self.sentence.end) else { continue };
            let own = || {
                let from = if from < group.range.start { from } else { self.sentence.start };
                self.reading.english_source_before(from, group.range.start)
            };
            let after_and = group.range.start > self.sentence.start
                && (self.reading.is(group.range.start - 1, Classes::AND)
                    || self.reading.is_comma(group.range.start - 1) && n > 0);
            let sources = match group.shape {
                Shape::Finite if after_and && self.reading.is(group.range.start - 1, Classes::AND) => {
                    inherited.clone().or_else(|| self.main_subject(&group))
                }
                Shape::Finite if after_and => own().or_else(|| inherited.clone()),
                Shape::Finite => own(),
                Shape::Participle | Shape::Infinitive | Shape::Shared => {
                    inherited.clone().or_else(|| self.main_subject(&group))
                }
                Shape::Passive => self.agent(&group, found.content.start),
            };
            let Some(sources) = sources.filter(|s| !s.is_empty() && s.iter().any(|s| self.speaks(s, &group))) else {
                continue;
            };
            if group.shape == Shape::Infinitive
                && found.frame != Frame::Colon
                && self.reading.quotations_in(found.content.clone()).is_empty()
            {
                continue;
            }
            let clause = group.range.start.min(sources[0].range.start)..found.content.start;
            inherited = Some(sources.clone());
            from = group.range.end;
            self.claim(found.content, sources, &group, clause, found.frame);
        }
    }

    /// Whether a phrase names something that speaks with this verb.
    fn speaks(&self, source: &Phrase, group: &Group) -> bool {
        let class = group.verb(self.reading).class;
        let document = source.head.is_some_and(|h| self.reading.is(h, Classes::DOCUMENT));
        // "it says": a body or a document named before.
        let it = source.pronoun && self.reading.lower(source.range.start) == "it";
        // Whatever has a determiner and says something is taken for somebody.
        let lemma = group.verb(self.reading).lemma;
        let first = source.range.start;
        let determined = self.reading.is(first, Classes::DET | Classes::NUM)
            || self.reading.tokens.is_number(first)
            || source.head.is_some_and(|head| self.reading.lower(head) == "those");
        match class {
            // "some suggested", "both sides report"
            _ if (matches!(lemma, "say" | "tell" | "add") || source.plural) && determined && !source.pronoun => true,
            "think" | "hope" | "fear" | "predict" => self.reading.can_speak(source) && !document && !it,
            _ => self.reading.can_speak(source),
        }
    }

    /// The subject of the sentence's main clause, for participles: "… left, saying that".
    fn main_subject(&self, group: &Group) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let verb =
            (self.sentence.start..group.range.start).find(|k| reading.is_finite_here(*k, self.sentence.start))?;
        reading.english_source_before(self.sentence.start, verb)
    }

    /// "was told by", "was described by Léa Roy as".
    fn agent(&self, group: &Group, to: usize) -> Option<Vec<Phrase>> {
        let by = (group.range.end..to.min(group.range.end + 6)).find(|k| self.reading.lower(*k) == "by")?;
        self.reading.english_sources(by + 1, to)
    }

    fn claim(
        &mut self,
        content: Range<usize>,
        sources: Vec<Phrase>,
        group: &Group,
        clause: Range<usize>,
        frame: Frame,
    ) {
        if content.is_empty() {
            return;
        }
        let (spans, kind) = self.spans_of(content.clone());
        self.used.extend(self.reading.quotations_in(content.clone()));
        self.claimed.push(group.range.start.min(content.start)..content.end.max(group.range.end));
        let after = content.end..self.sentence.end;
        let clause = [clause, after].into_iter().filter(|range| !range.is_empty()).collect();
        self.push(spans, kind, sources, group, clause, frame);
    }

    /// The spans of a content: the inside of the marks if one quotation is all of it.
    fn spans_of(&self, content: Range<usize>) -> (Few<Span>, Kind) {
        let reading = self.reading;
        let quotations = reading.quotations_in(content.clone());
        if quotations.is_empty() {
            return (Few::One(reading.span(content)), Kind::Indirect);
        }
        let first = reading.tokens_of(quotations.start);
        let mut end = content.end;
        while end > content.start && reading.mark(end - 1).is_some() && reading.quotation_at(end - 1).is_none() {
            end -= 1;
        }
        if content.start == first.start && first.end >= end && quotations.len() == 1 {
            return (Few::One(trimmed(reading, reading.quotations[quotations.start].inner)), Kind::Direct);
        }
        (Few::One(reading.span(content)), Kind::Mixed)
    }

    fn push(
        &mut self,
        spans: Few<Span>,
        kind: Kind,
        sources: Vec<Phrase>,
        group: &Group,
        clause: Few<Range<usize>>,
        frame: Frame,
    ) {
        let verb = group.verb(self.reading);
        if group.conditional && kind == Kind::Indirect {
            return;
        }
        let polarity = self.polarity(&spans, group, frame);
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
            frame,
        });
    }

    fn polarity(&self, spans: &Few<Span>, group: &Group, frame: Frame) -> Polarity {
        let denies = group.verb(self.reading).class == "deny" && !frame.own_words();
        let asked = spans
            .last()
            .is_some_and(|span| span.of(self.reading.text).trim_end_matches(['"', '”', '\'', '’']).ends_with('?'));
        let doubtful = || {
            let words = spans.iter().flat_map(|span| self.reading.tokens.within(*span));
            words
                .filter(|k| self.reading.quotation_at(*k).is_none())
                .any(|k| matches!(self.reading.lower(k), "reportedly" | "allegedly" | "rumoured" | "rumored"))
        };
        match () {
            () if denies != group.negated => Polarity::Denied,
            () if asked || frame == Frame::AskedClause && group.verb(self.reading).class == "ask" => Polarity::Question,
            () if doubtful() => Polarity::Hearsay,
            () => Polarity::Asserted,
        }
    }
}

/// The inside of a quotation without the comma that English sets before the closing mark.
fn trimmed(reading: &Reading, inner: Span) -> Span {
    let words = inner.of(reading.text);
    let end = inner.start + words.trim_end_matches([',', ' ']).len();
    if end > inner.start { Span::new(inner.start, end) } else { inner }
}
