//! The frames of reported speech: how cue, source and content stand to each other in a sentence.
//!
//! [`Frame`] names them all, each with an example. Each file here reads some of them:
//!
//! | file | frames |
//! | --- | --- |
//! | inserted, interrupted | the cue stands after its content, or inside it |
//! | prepositional | a source without a verb: "selon Léa Roy" |
//! | governing, complement | the cue stands before its content, which is a clause, a quotation, a judgement … |
//! | unmarked, beside | a quotation without a cue of its own; its source in the sentence beside it |
//! | clause, parts | no frame: where clauses begin and end, and the parts of what is said |
//! | source_phrase, subject | no frame: what "selon" and its kin name, and whose words they are where no subject stands before the cue |
//! | cited | no frame: whom an outlet cites, "rapporte Le Phare, qui cite un conseiller" |
//! | inverted, object | no frame: what after a cue is its source, and what was said |

mod beside;
mod cited;
mod clause;
mod complement;
mod governing;
mod inserted;
mod interrupted;
mod inverted;
mod judged;
mod missed;
mod object;
mod parts;
mod polarity;
mod prepositional;
mod signed;
mod source_phrase;
mod subject;
mod unmarked;

pub use beside::{afterthought, awaits_source, claim_before, opened_for, pointed_back, theme};
pub use missed::missed;
pub use signed::signed;
pub use unmarked::{reopened, unmarked};

use super::cue::{Group, groups_among};
use super::draft::Draft;
use super::few::Few;
use super::frame::Frame;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::{Kind, Polarity, Span};
use crate::language::Classes;
use complement::Complement;
use std::cell::Cell;
use std::ops::Range;

/// How many tokens may describe a source ("un décompte établi par les services de la ville").
const LONGEST_DESCRIPTION: usize = 20;

/// All statements that the sentence `index` attributes by its own words, in text order.
pub fn attribute(reading: &Reading, index: usize) -> Vec<Draft> {
    if reading.is_english() {
        return super::english::attribute(reading, index);
    }
    let mut analysis = Analysis::new(reading, index);
    if analysis.signs.is_empty() && analysis.quotations.is_empty() {
        return Vec::new();
    }
    analysis.interrupted();
    analysis.inserted();
    analysis.prepositional();
    analysis.reported_noun();
    analysis.governing();
    analysis.bare_colon();
    analysis.judged();
    analysis.settle();
    analysis.cited();
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
    /// The tokens by which it may report speech.
    signs: &'a [u32],
    /// The quotations that lie within it.
    quotations: Range<usize>,
    drafts: Vec<Draft>,
    /// Quotations that are content already.
    used: Vec<usize>,
    /// Token ranges that are content or reporting words already.
    claimed: Vec<Range<usize>>,
    /// Outlets that relay the sentence's statements.
    relays: Vec<Phrase>,
    /// How deep the look at the groups ahead goes just now.
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
            signs,
            quotations: reading.quotations_in(sentence.clone()),
            groups: groups_among(reading, sentence, signs),
            drafts: Vec::new(),
            used: Vec::new(),
            claimed: Vec::new(),
            relays: Vec::new(),
            depth: Cell::new(0),
        }
    }
}

impl Analysis<'_> {
    fn claim_complement(&mut self, found: Complement, sources: Vec<Phrase>, group: &Group, clause: Few<Range<usize>>) {
        let (spans, kind) = self.spans_of(found.content.clone());
        self.used.extend(self.reading.quotations_in(found.content.clone()));
        self.claimed.push(group.range.start..found.content.end);
        self.push(spans, kind, sources, group, clause, found.frame);
    }

    fn claim_text(
        &mut self,
        content: Range<usize>,
        sources: Vec<Phrase>,
        group: &Group,
        clause: Range<usize>,
        frame: Frame,
    ) -> Option<usize> {
        if content.len() < 2 {
            return None;
        }
        let (spans, kind) = self.spans_of(content.clone());
        for q in self.reading.quotations_in(content.clone()) {
            self.used.push(q);
        }
        self.claimed.push(clause.start..content.end);
        self.push(spans, kind, sources, group, Few::One(clause), frame);
        Some(content.end)
    }

    fn claim_source(
        &mut self,
        content: Range<usize>,
        lemma: &'static str,
        sources: Vec<Phrase>,
        clause: Few<Range<usize>>,
    ) {
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
    fn spans_of(&self, content: Range<usize>) -> (Few<Span>, Kind) {
        let reading = self.reading;
        if reading.quotations_in(content.clone()).is_empty() {
            return (Few::One(reading.span(content)), Kind::Indirect);
        }
        let small = matches!(reading.lower(content.start), "de" | "d'" | "que" | "qu'" | "à");
        let leads = |k: &usize| {
            let first = reading.tokens_of(*k).start;
            content.start == first || content.start + 1 == first && small
        };
        match reading.sole_quotation(&content).filter(leads) {
            Some(k) => (Few::One(reading.quotations[k].inner), Kind::Direct),
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
        let Some(polarity) = self.polarity_of_cue(group, frame, &sources) else { return };
        // "pourrait annoncer" is no saying; "aurait annoncé" is one that nobody vouches for.
        let compound =
            matches!(self.reading.lower(group.range.start), "aurait" | "auraient" | "s'" | "l'" | "lui" | "leur");
        if group.conditional && verb.class != "hope" && kind == Kind::Indirect && !compound {
            return;
        }
        let polarity =
            if group.conditional && polarity == Polarity::Asserted && compound { Polarity::Hearsay } else { polarity };
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

    fn push_source(
        &mut self,
        spans: Few<Span>,
        kind: Kind,
        sources: Vec<Phrase>,
        cue: Range<usize>,
        lemma: &'static str,
        clause: Few<Range<usize>>,
    ) {
        let frame = match lemma {
            "" => Frame::BareColon,
            "selon lequel" => Frame::SpeechNoun,
            _ => Frame::Source,
        };
        self.drafts.push(Draft {
            spans,
            kind,
            sources,
            cue,
            lemma,
            class: if lemma.is_empty() { "" } else { "source" },
            clause,
            sentence: self.index,
            polarity: Polarity::Asserted,
            relays: Vec::new(),
            frame,
        });
    }

    /// An outlet that relays what somebody else says in this sentence.
    fn pending_relay(&mut self, sources: Vec<Phrase>, range: Range<usize>) {
        self.claimed.push(range);
        self.relays.extend(sources);
    }

    fn is_outlet(&self, phrase: &Phrase) -> bool {
        phrase.head.is_some_and(|h| self.reading.is(h, Classes::MEDIA)) && !phrase.indefinite
            || phrase.names.iter().any(|n| self.reading.outlet_of(n).is_some())
    }
}

fn trim(text: &str, span: Span) -> Span {
    let inside = span.of(text);
    let start = span.start
        + (inside.len() - inside.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).len());
    let end = span.start + inside.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).len();
    Span::new(start.min(end), end)
}

#[cfg(test)]
mod tests;
