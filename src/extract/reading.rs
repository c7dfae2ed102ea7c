//! An article laid out for the rules: its tokens with their classes, quotations and sentences.

use super::Span;
use super::mark::Quotation;
use super::name::Name;
use super::token::{Token, TokenKind, Tokens};
use crate::entity::{Entities, RoleInfo};
use crate::language::fr::{Classes, Form, Lexicon};
use rustc_hash::FxHashSet;
use std::cell::{Cell, OnceCell};
use std::ops::Range;

/// A sentence: its tokens, and the paragraph that it stands in.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Token indices.
    pub range: Range<usize>,
    /// Number of the paragraph, from 0.
    pub paragraph: usize,
}

/// An article's text with everything that the rules ask of a token.
pub struct Reading<'a> {
    /// The article's text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: Tokens,
    /// Outermost quotations, in text order.
    pub quotations: Vec<Quotation>,
    /// Sentences that may carry statements, in text order.
    pub sentences: Vec<Sentence>,
    /// French.
    pub lexicon: &'static Lexicon,
    /// Known names.
    pub entities: &'a Entities,
    classes: Vec<Classes>,
    forms: Vec<&'static [Form]>,
    /// Names and roles by their first token, looked up when first asked for.
    pub(super) names: Vec<OnceCell<Option<Name>>>,
    pub(super) roles: Vec<OnceCell<Option<(usize, RoleInfo)>>>,
    quotation_of: Vec<u32>,
    starts: Vec<bool>,
    /// The quotation that is being read from inside: its tokens count as outside.
    entered: Cell<u32>,
    /// Words that have a capital inside a sentence somewhere.
    capitals: FxHashSet<&'a str>,
    /// Names that the article introduces as those of outlets, looked for when first asked for.
    introduced: OnceCell<FxHashSet<String>>,
}

impl<'a> Reading<'a> {
    /// Lays out the paragraphs of `text`.
    pub fn new(text: &'a str, paragraphs: &[Span], entities: &'a Entities) -> Self {
        let lexicon = Lexicon::get();
        let tokens = Tokens::new(text, Span::new(0, text.len()));
        let quotations = super::mark::quotations(text, paragraphs);
        let classes = (0..tokens.len()).map(|i| lexicon.classes(tokens.lower(i))).collect();
        let forms = (0..tokens.len()).map(|i| lexicon.forms(tokens.lower(i))).collect();
        let names = vec![OnceCell::new(); tokens.len()];
        let roles = vec![OnceCell::new(); tokens.len()];
        let mut quotation_of = vec![0; tokens.len()];
        for (k, quotation) in quotations.iter().enumerate() {
            let mut i = tokens.at_or_after(quotation.outer.start);
            while i < tokens.len() && tokens.get(i).span.start < quotation.outer.end {
                quotation_of[i] = k as u32 + 1;
                i += 1;
            }
        }
        let mut sentences = Vec::new();
        for (paragraph, span) in paragraphs.iter().enumerate() {
            let range = tokens.at_or_after(span.start)..tokens.at_or_after(span.end);
            let ranges = super::sentence::sentences(text, &tokens, range, &quotations);
            sentences.extend(ranges.into_iter().map(|range| Sentence { range, paragraph }));
        }
        let mut starts = vec![false; tokens.len()];
        for sentence in &sentences {
            starts[sentence.range.start] = true;
        }
        let inside =
            |i: &usize| *i > 0 && tokens.get(*i).capital && !starts[*i] && tokens.get(i - 1).kind != TokenKind::Mark;
        let capitals = (0..tokens.len()).filter(inside).map(|i| tokens.get(i).span.of(text)).collect();
        Self {
            text,
            tokens,
            quotations,
            sentences,
            lexicon,
            entities,
            classes,
            forms,
            names,
            roles,
            quotation_of,
            starts,
            entered: Cell::new(0),
            capitals,
            introduced: OnceCell::new(),
        }
    }

    /// The token at `i`.
    pub fn token(&self, i: usize) -> Token {
        self.tokens.get(i)
    }

    /// Lower-case form of token `i`; empty past the end.
    pub fn lower(&self, i: usize) -> &str {
        self.tokens.lower(i)
    }

    /// The words of token `i` as printed.
    pub fn surface(&self, i: usize) -> &'a str {
        self.tokens.get(i).span.of(self.text)
    }

    /// The verb forms that token `i` may be.
    pub fn forms(&self, i: usize) -> &'static [Form] {
        self.forms.get(i).copied().unwrap_or_default()
    }

    /// Whether token `i` is in one of the closed `classes`.
    pub fn is(&self, i: usize, classes: u64) -> bool {
        self.classes.get(i).is_some_and(|c| c.any(classes))
    }

    /// The character of a mark token.
    pub fn mark(&self, i: usize) -> Option<char> {
        if i >= self.tokens.len() || self.token(i).kind != TokenKind::Mark {
            return None;
        }
        self.surface(i).chars().next()
    }

    /// Whether token `i` is a comma.
    pub fn is_comma(&self, i: usize) -> bool {
        self.mark(i) == Some(',')
    }

    /// Whether token `i` is a dash, however it is printed.
    pub fn is_dash(&self, i: usize) -> bool {
        matches!(self.mark(i), Some('-' | '–' | '—'))
    }

    /// The quotation that token `i` belongs to, its marks included.
    pub fn quotation_at(&self, i: usize) -> Option<usize> {
        self.quotation_of.get(i).filter(|k| **k > 0 && **k != self.entered.get()).map(|k| *k as usize - 1)
    }

    /// Runs `rule` on the inside of quotation `k`, as if its marks were not there.
    pub fn inside<T>(&self, k: usize, rule: impl FnOnce() -> T) -> T {
        self.entered.set(k as u32 + 1);
        let result = rule();
        self.entered.set(0);
        result
    }

    /// Tokens of quotation `k`, its marks included.
    pub fn tokens_of(&self, k: usize) -> Range<usize> {
        let outer = self.quotations[k].outer;
        self.tokens.at_or_after(outer.start)..self.tokens.at_or_after(outer.end)
    }

    /// Bytes from the start of token `range.start` to the end of the last token.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.token(range.start).span.start, self.token(range.end - 1).span.end)
    }

    /// The paragraph's quotations that lie within the tokens `range`.
    pub fn quotations_in(&self, range: Range<usize>) -> Range<usize> {
        let first = (range.start..range.end).find_map(|i| self.quotation_at(i));
        let last = (range.start..range.end).rev().find_map(|i| self.quotation_at(i));
        match (first, last) {
            (Some(first), Some(last)) => first..last + 1,
            _ => 0..0,
        }
    }

    /// Where the sentence of token `i` ends.
    pub fn sentence_end(&self, i: usize) -> usize {
        let at = self.sentences.partition_point(|s| s.range.end <= i);
        self.sentences.get(at).map_or(self.tokens.len(), |s| s.range.end)
    }

    /// Whether token `i` is the first of its sentence.
    pub fn starts_sentence(&self, i: usize) -> bool {
        self.starts.get(i).copied().unwrap_or(false)
    }

    /// Whether the word at `i` has its capital inside a sentence somewhere in the article.
    pub fn is_known_capital(&self, i: usize) -> bool {
        self.capitals.contains(self.surface(i))
    }

    /// The names that the article introduces as those of outlets ("le site d'information Rue Verte").
    pub fn introduced_outlets(&self) -> &FxHashSet<String> {
        self.introduced.get_or_init(|| super::relay::introduced(self))
    }

    /// Whether a lower-case noun names a kind of body ("alliance", "coalition", "légion").
    pub fn is_head_noun(&self, word: &str) -> bool {
        self.lexicon.classes(word).any(Classes::BODY)
    }
}
