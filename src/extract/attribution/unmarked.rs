//! Quotations without a cue of their own, and sources that come late.

use super::polarity::is_question;
use crate::extract::cue::{Shape, groups};
use crate::extract::draft::Draft;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::extract::statement::{Kind, Polarity, Span};
use crate::language::fr::Classes;

/// A quotation that fills a sentence of its own goes on with the source of the statement before it, in the
/// same paragraph or the one before.
pub fn unmarked(reading: &Reading, index: usize, last: Option<&Draft>) -> Vec<Draft> {
    let sentence = &reading.sentences[index];
    let Some(last) = last.filter(|d| d.sentence + if d.kind == Kind::Indirect { 1 } else { 4 } >= index) else {
        return Vec::new();
    };
    let near = sentence.paragraph <= reading.sentences[last.sentence].paragraph + 2;
    let mut drafts = Vec::new();
    let adjacent = last.sentence + 1 == index && sentence.paragraph == reading.sentences[last.sentence].paragraph;
    if adjacent && let Some(k) = after_lead(reading, &sentence.range) {
        drafts
            .push(Draft { frame: Frame::MostlyQuoted, ..continued(reading, index, vec![reading.quotations[k].inner]) });
        return drafts;
    }
    if adjacent && let Some(spans) = mostly_quoted(reading, sentence.range.clone()) {
        drafts.push(Draft { kind: Kind::Mixed, frame: Frame::MostlyQuoted, ..continued(reading, index, spans) });
        return drafts;
    }
    for k in reading.quotations_in(sentence.range.clone()) {
        let range = reading.tokens_of(k);
        let alone = (sentence.range.start..sentence.range.end)
            .all(|i| range.contains(&i) || reading.mark(i).is_some() || reading.quotation_at(i).is_some());
        let words = range.clone().filter(|i| reading.tokens.is_word(*i)).count();
        let far = last.sentence + 2 < index;
        let speech = (reading.tokens.is_capital(range.start + 1) || words > 6) && (!far || words > 8);
        if near && alone && words >= 3 && speech {
            drafts.push(continued(reading, index, vec![reading.quotations[k].inner]));
        }
    }
    drafts
}

/// "Son conseil : « Ne montez pas seuls. »": the quotation after a colon that ends a sentence without a verb.
fn after_lead(reading: &Reading, range: &std::ops::Range<usize>) -> Option<usize> {
    let colon = range.clone().find(|k| reading.mark(*k) == Some(':') && reading.quotation_at(*k).is_none())?;
    let k = reading.quotation_at(colon + 1)?;
    let quoted = reading.tokens_of(k);
    let alone = (quoted.end..range.end).all(|i| reading.mark(i).is_some());
    let possessive = matches!(reading.lower(range.start), "son" | "sa" | "ses" | "leur" | "leurs");
    let words = quoted.clone().filter(|i| reading.tokens.is_word(*i)).count();
    (alone && possessive && words > 2 && !(range.start..colon).any(|i| reading.begins_verb(i))).then_some(k)
}

/// "Par ailleurs, « douze rues sont coupées dont six au centre »": a sentence without a cue that is words of
/// others for the most part goes on with what its speaker said just before.
fn mostly_quoted(reading: &Reading, range: std::ops::Range<usize>) -> Option<Vec<Span>> {
    let words = range.clone().filter(|k| reading.tokens.is_word(*k)).count();
    let quoted = range.clone().filter(|k| reading.tokens.is_word(*k) && reading.quotation_at(*k).is_some()).count();
    let cue = !groups(reading, range.clone()).is_empty();
    let bare = range.clone().any(|k| reading.tokens.is_word(k) && reading.quotation_at(k).is_none());
    if cue || !bare || quoted < 6 || quoted * 10 < words * 6 {
        return None;
    }
    let mut end = range.end;
    while end > range.start && reading.mark(end - 1).is_some() && reading.quotation_at(end - 1).is_none() {
        end -= 1;
    }
    Some(vec![reading.span(range.start..end)])
}

/// "Le pont tiendra." Léa Roy a dit.: the source of a quotation follows in a sentence that says nothing else.
pub fn afterthought(reading: &Reading, index: usize) -> Option<Vec<Phrase>> {
    let range = reading.sentences[index].range.clone();
    if !reading.quotations_in(range.clone()).is_empty() {
        return None;
    }
    let found = groups(reading, range.clone());
    let [group] = found.as_slice() else { return None };
    let ends = (group.range.end..range.end).all(|k| reading.mark(k).is_some() || reading.is(k, Classes::TIME));
    let sources = reading.source_before(range.start, group.range.start)?;
    (ends && group.shape == Shape::Finite && !group.negated && sources.iter().any(|s| reading.can_speak(s)))
        .then_some(sources)
}

/// Gives the quotation of the sentence before `index` to `sources`; `before` are that sentence's drafts.
pub fn claim_before(reading: &Reading, index: usize, sources: Vec<Phrase>, before: &mut Vec<Draft>) {
    let range = reading.sentences[index - 1].range.clone();
    let quotations = reading.quotations_in(range.clone());
    let alone = range.clone().all(|i| reading.quotation_at(i).is_some() || reading.mark(i).is_some());
    if quotations.len() != 1 || !alone || before.iter().any(|d| !d.sources.is_empty()) {
        return;
    }
    let spans = vec![reading.quotations[quotations.start].inner];
    let clause = vec![reading.sentences[index].range.clone()];
    *before = vec![Draft { sources, clause, frame: Frame::Afterthought, ..continued(reading, index - 1, spans) }];
}

/// A paragraph that is one quotation, closed or not, before one whose quotation has a cue: both are of one
/// speech. « Un.⏎« Deux », a dit Léa Roy.
pub fn reopened(reading: &Reading, by_sentence: &mut [Vec<Draft>]) {
    for index in (0..reading.sentences.len().saturating_sub(1)).rev() {
        let (here, next) = (&reading.sentences[index], &reading.sentences[index + 1]);
        let heads = index == 0 || reading.sentences[index - 1].paragraph != here.paragraph;
        if here.paragraph == next.paragraph || !heads {
            continue;
        }
        let Some(k) = reading.quotation_at(here.range.start) else { continue };
        let range = reading.tokens_of(k);
        let alone = here.range.clone().all(|i| range.contains(&i) || reading.mark(i).is_some());
        let claimed = by_sentence[index].iter().any(|d| !d.lemma.is_empty() || reading.quotations[k].closed);
        if !alone || claimed {
            continue;
        }
        let first = reading.token(next.range.start).span.start;
        let follow = by_sentence[index + 1]
            .iter()
            .find(|d| d.kind == Kind::Direct && !d.sources.is_empty() && d.spans[0].start <= first + 8);
        if let Some(follow) = follow {
            let spans = vec![reading.quotations[k].inner];
            let sources = follow.sources.clone();
            by_sentence[index] = vec![Draft { sources, frame: Frame::Reopened, ..continued(reading, index, spans) }];
        }
    }
}

/// A direct quotation without reporting words of its own.
fn continued(reading: &Reading, sentence: usize, spans: Vec<Span>) -> Draft {
    let asked = is_question(reading.text, &spans);
    let polarity = if asked { Polarity::Question } else { Polarity::Asserted };
    Draft {
        spans,
        kind: Kind::Direct,
        sources: Vec::new(),
        cue: 0..0,
        lemma: "",
        class: "",
        clause: Vec::new(),
        sentence,
        polarity,
        relays: Vec::new(),
        frame: Frame::Continued,
    }
}
