//! A statement as the frames find it, before its source is resolved and its topics are read.

use super::few::Few;
use super::frame::Frame;
use super::phrase::Phrase;
use super::statement::{Kind, Polarity, Span};
use std::ops::Range;

/// Content with the words of its source.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Content, in text order.
    pub spans: Few<Span>,
    /// Direct, indirect or mixed.
    pub kind: Kind,
    /// Who the text says spoke; empty when the statement before goes on.
    pub sources: Vec<Phrase>,
    /// Tokens of the reporting words; empty for a quotation without any.
    pub cue: Range<usize>,
    /// Dictionary form and class of the cue.
    pub lemma: &'static str,
    /// Semantic class of the cue.
    pub class: &'static str,
    /// Tokens around the content that speak of the saying: dates, addressees and relays stand there.
    pub clause: Few<Range<usize>>,
    /// Index of the sentence.
    pub sentence: usize,
    /// What the source says of the content's truth.
    pub polarity: Polarity,
    /// Sources behind "selon" or "a rapporté" beside a statement of somebody else.
    pub relays: Vec<Phrase>,
    /// The rule that found it.
    pub frame: Frame,
}
