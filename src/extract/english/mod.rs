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
//! | judgement in the passive | The plan was described by Léa Roy as "absurd". |
//! | as ahead | As Léa Roy explained, the bridge will close. |
//! | speech noun | Léa Roy's claim that the bridge will close surprised many. |
//!
//! Quotations without a cue are read as in French ([`super::attribution`]).

mod adjunct;
mod beside;
mod content;
mod cue;
mod extent;
mod name;
mod noun;
mod phrase;
mod relay;
mod source;
mod verbless;

pub(in crate::extract) use cue::groups_among;
pub(in crate::extract) use name::is_placed;
pub(in crate::extract) use relay::leads_to_outlet;

use super::cue::{Group, Shape};
use super::draft::Draft;
use super::few::Few;
use super::frame::Frame;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::{Kind, Polarity, Span};
use crate::language::Classes;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::ops::Range;

/// Classes of verbs whose subject is somebody, whatever noun names them: "the hermit claims". What suggests, shows or
/// confirms may be a thing.
const PERSONAL: [&str; 14] = [
    "claim",
    "announce",
    "deny",
    "admit",
    "promise",
    "complain",
    "regret",
    "joke",
    "exclaim",
    "manner",
    "hope",
    "reject",
    "praise",
    "criticise",
];

/// All statements that the sentence `index` attributes by its own words, in text order.
pub(super) fn attribute(reading: &Reading, index: usize) -> Vec<Draft> {
    let mut analysis = Analysis::new(reading, index);
    if analysis.groups.is_empty() && reading.signs_in(&analysis.sentence).is_empty() && analysis.quotations.is_empty() {
        return Vec::new();
    }
    analysis.beside_quotation();
    analysis.source_phrases();
    analysis.as_said();
    analysis.inserted();
    analysis.reported_noun();
    analysis.governing();
    analysis.bare_colon();
    analysis.speech_amid();
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
    /// Whether each of the groups governs something, as far as that was asked.
    governed: Vec<Cell<Option<bool>>>,
    /// Whether a source of its own begins at a token whose cue is at another, as far as that was asked.
    others: RefCell<FxHashMap<(usize, usize), bool>>,
}

impl<'a> Analysis<'a> {
    fn new(reading: &'a Reading<'a>, index: usize) -> Self {
        let sentence = reading.sentences[index].range.clone();
        let groups = groups_among(reading, sentence.clone(), reading.signs_in(&sentence));
        Self {
            reading,
            index,
            sentence: sentence.clone(),
            quotations: reading.quotations_in(sentence.clone()),
            governed: vec![Cell::new(None); groups.len()],
            groups,
            drafts: Vec::new(),
            used: Vec::new(),
            claimed: Vec::new(),
            relays: Vec::new(),
            others: RefCell::default(),
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
        let n = self.groups.partition_point(|g| g.range.start < group.range.start);
        let Some(known) = self.governed.get(n) else { return false };
        // It depends on the groups behind it only: from the last one on, each is looked at once.
        if known.get().is_none() {
            for (group, governs) in self.groups[n..].iter().zip(&self.governed[n..]).rev() {
                if governs.get().is_none() {
                    governs.set(Some(self.complement(group, self.sentence.end).is_some()));
                }
            }
        }
        known.get().unwrap_or_default()
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
            if found.frame == Frame::SpeechNoun && self.claimed.iter().any(|c| c.contains(&found.content.start)) {
                continue;
            }
            let own = || {
                let from = if from < group.range.start { from } else { self.sentence.start };
                self.reading.english_source_before(from, group.range.start)
            };
            let after_and = group.range.start > self.sentence.start
                && (self.reading.is(group.range.start - 1, Classes::AND)
                    || self.reading.is_comma(group.range.start - 1) && n > 0);
            // Whoever has spoken in the sentence speaks on.
            let mut speaks_on = false;
            let mut inherit = || inherited.clone().inspect(|_| speaks_on = true);
            let sources = match group.shape {
                Shape::Finite if after_and && self.reading.is(group.range.start - 1, Classes::AND) => {
                    inherit().or_else(|| self.nearest_subject(&group))
                }
                Shape::Finite if self.is_aside(&group) => inherit().or_else(|| self.nearest_subject(&group)),
                Shape::Finite if after_and => own().or_else(inherit),
                Shape::Finite => own(),
                // "Saying it was over, Roy left."
                Shape::Participle if group.range.start == self.sentence.start => self.subject_behind(found.content.end),
                Shape::Participle | Shape::Infinitive | Shape::Shared => {
                    self.person_before(&group).or_else(inherit).or_else(|| self.main_subject(&group))
                }
                Shape::Passive => self.agent(&group, &found.content),
            };
            let speaks = |s: &Phrase| {
                speaks_on || self.speaks(s, &group) || group.shape == Shape::Passive && self.is_somebody(s)
            };
            let Some(sources) = sources.filter(|s| s.iter().any(speaks)) else {
                continue;
            };
            if group.shape == Shape::Infinitive
                && found.frame != Frame::Colon
                && self.reading.quotations_in(found.content.clone()).is_empty()
            {
                continue;
            }
            let clause = self.with_lead(group.range.start.min(sources[0].range.start))..found.content.start;
            inherited = Some(sources.clone());
            from = group.range.end;
            self.claim(found.content, sources, &group, clause, found.frame);
        }
    }

    /// The subject of the main clause behind the comma at `k`.
    fn subject_behind(&self, k: usize) -> Option<Vec<Phrase>> {
        let main = self.reading.is_comma(k) && self.is_main_clause(k + 1);
        main.then(|| self.reading.english_sources(k + 1, self.sentence.end)).flatten()
    }

    /// Where a reporting clause begins whose subject stands at `at`: with the adjunct at the head of the sentence, if it
    /// has one ("In a statement, the ministry said …").
    fn with_lead(&self, at: usize) -> usize {
        let reading = self.reading;
        let start = self.sentence.start;
        let lead = at > start + 1
            && reading.is(start, Classes::PREP)
            && reading.is_comma(at - 1)
            && !(start..at).any(|k| reading.quotation_at(k).is_some())
            && !self.claimed.iter().any(|c| c.start < at);
        if lead && !reading.has_finite(start..at) { start } else { at }
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
        // "the climbers found the hut": only those who speak find that something is so.
        let several = source.plural && class != "conclude";
        match class {
            // "some suggested", "both sides report"
            _ if (matches!(lemma, "say" | "tell" | "add" | "state" | "declare") || several)
                && determined
                && !source.pronoun =>
            {
                true
            }
            _ if PERSONAL.contains(&class) && determined && !source.pronoun => true,
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

    /// The subject of the nearest verb before the group, for predicates that "and" joins: "When he left, she rose and said".
    fn nearest_subject(&self, group: &Group) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let near = self.sentence.start.max(group.range.start.saturating_sub(100));
        (near..group.range.start)
            .rev()
            .filter(|k| reading.is_finite_here(*k, self.sentence.start))
            .filter_map(|verb| reading.english_source_before(self.sentence.start, verb))
            .find(|sources| sources.iter().any(|s| self.speaks(s, group) || self.is_somebody(s)))
    }

    /// "a video of Léa Roy saying", "heard the mayor claim": whoever is named right before a participle.
    fn person_before(&self, group: &Group) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let before = group.range.start.checked_sub(1).filter(|k| *k >= self.sentence.start)?;
        let named = group.shape == Shape::Participle
            && reading.tokens.is_word(before)
            && group.range.len() == 1
            && !reading.is(before, Classes::TIME);
        let end = group.range.start;
        let names = |k: usize| reading.name_at(k, end).filter(|name| name.range.end == end);
        let name = (self.sentence.start.max(end.saturating_sub(4))..end).find_map(names);
        if let Some(name) = name.filter(|name| named && reading.outlet_of(name).is_none()) {
            return reading.english_sources(name.range.start, end);
        }
        let sources = named.then(|| reading.reaching(self.sentence.start, end)).flatten()?;
        sources.iter().all(|s| s.role.is_some()).then_some(sources)
    }

    /// Whether an aside parts the group from the "and" that joins it: "and then, behind her back, said".
    fn is_aside(&self, group: &Group) -> bool {
        let reading = self.reading;
        let mut k = group.range.start;
        let near = self.sentence.start.max(k.saturating_sub(10));
        while k > near && !reading.is(k - 1, Classes::AND) {
            k -= 1;
            if reading.quotation_at(k).is_some() || reading.is_finite_here(k, near) && k + 1 < group.range.start {
                return false;
            }
        }
        let comma = k + usize::from(reading.is_adverb(k));
        k > near && reading.is_comma(comma) && reading.is(comma + 1, Classes::PREP)
    }

    /// "was told by", "was described by Léa Roy as", "was described as '…' in the report".
    fn agent(&self, group: &Group, content: &Range<usize>) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let before = group.range.end..content.start.min(group.range.end + 6);
        if let Some(by) = before.into_iter().find(|k| reading.lower(*k) == "by") {
            return reading.english_sources(by + 1, content.start);
        }
        let sources = reading.english_sources(content.end + 1, self.sentence.end)?;
        let writes = |s: &Phrase| {
            let outlet = s.names.iter().any(|name| reading.outlet_of(name).is_some());
            outlet || s.head.is_some_and(|head| reading.is(head, Classes::MEDIA | Classes::DOCUMENT | Classes::PRESS))
        };
        match reading.lower(content.end) {
            "by" => Some(sources),
            "in" => sources.iter().all(writes).then_some(sources),
            _ => None,
        }
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

    /// The spans of a content in several parts, whose quotations are taken.
    fn take_parts(&mut self, parts: &[Range<usize>]) -> (Few<Span>, Kind) {
        let (mut spans, mut kind) = self.spans_of(parts[0].clone());
        for part in &parts[1..] {
            let (more, other) = self.spans_of(part.clone());
            more.iter().for_each(|span| spans.push(*span));
            kind = if kind == other { kind } else { Kind::Mixed };
        }
        for part in parts {
            self.used.extend(self.reading.quotations_in(part.clone()));
        }
        (spans, kind)
    }

    /// The spans of a content: the inside of the marks if one quotation is all of it.
    fn spans_of(&self, content: Range<usize>) -> (Few<Span>, Kind) {
        let reading = self.reading;
        if reading.quotations_in(content.clone()).is_empty() {
            return (Few::One(reading.span(content)), Kind::Indirect);
        }
        match reading.sole_quotation(&content).filter(|k| reading.tokens_of(*k).start == content.start) {
            Some(k) => (Few::One(trimmed(reading, reading.quotations[k].inner)), Kind::Direct),
            None => (Few::One(reading.span(content)), Kind::Mixed),
        }
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
        // "would say it was 'mad'": nobody has said it.
        if group.conditional && (kind == Kind::Indirect || kind == Kind::Mixed && frame == Frame::Clause) {
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
        let class = group.verb(self.reading).class;
        let rejects = class == "reject" && frame == Frame::SpeechNoun;
        let denies = class == "deny" && !frame.own_words() || rejects;
        let asked = spans
            .last()
            .is_some_and(|span| span.of(self.reading.text).trim_end_matches(['"', '”', '\'', '’']).ends_with('?'));
        match () {
            () if denies != group.negated => Polarity::Denied,
            () if asked || frame == Frame::AskedClause && class == "ask" => Polarity::Question,
            () => self.vouched(spans),
        }
    }

    /// "reportedly" makes a content hearsay.
    fn vouched(&self, spans: &Few<Span>) -> Polarity {
        let mut words = spans.iter().flat_map(|span| self.reading.tokens.within(*span));
        let doubtful = words.any(|k| {
            self.reading.quotation_at(k).is_none()
                && matches!(self.reading.lower(k), "reportedly" | "allegedly" | "rumoured" | "rumored")
        });
        if doubtful { Polarity::Hearsay } else { Polarity::Asserted }
    }
}

/// The inside of a quotation without the comma that English sets before the closing mark.
fn trimmed(reading: &Reading, inner: Span) -> Span {
    let words = inner.of(reading.text);
    let end = inner.start + words.trim_end_matches([',', ' ']).len();
    if end > inner.start { Span::new(inner.start, end) } else { inner }
}
