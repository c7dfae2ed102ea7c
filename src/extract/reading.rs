//! An article laid out for the rules: its tokens with their classes, quotations and sentences.

use super::Span;
use super::mark::Quotation;
use super::name::Name;
use super::token::{Token, Tokens};
use super::word::Word;
use crate::entity::{Demonym, Entities, EntityId, Gender, RoleInfo};
use crate::language::{Classes, Form, Language, Lexicon};
use rustc_hash::FxHashSet;
use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

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
    /// The language of the text.
    pub lexicon: &'static Lexicon,
    /// The language in which entities are named.
    labels: Language,
    /// By paragraph, whether it is in another language than this one, and read apart. Empty where none is.
    apart: Vec<bool>,
    /// Known names.
    pub entities: &'a Entities,
    /// Names and roles by their first token, looked up when first asked for.
    pub(super) names: Found<Name>,
    pub(super) roles: Found<(usize, RoleInfo)>,
    quotation_of: Vec<u32>,
    /// By quotation: its tokens, the marks included.
    quoted: Vec<Range<usize>>,
    /// The tokens by which a sentence may report speech, in text order: verb forms of cues, words that name a source.
    signs: Vec<u32>,
    starts: Vec<bool>,
    /// The quotation that is being read from inside: its tokens count as outside.
    entered: Cell<u32>,
    /// Names that the article introduces as those of outlets, looked for when first asked for.
    introduced: OnceCell<FxHashSet<String>>,
}

impl<'a> Reading<'a> {
    /// Lays out the paragraphs of `text`, which is written in `language`.
    pub fn new(text: &'a str, paragraphs: &[Span], entities: &'a Entities, language: Language) -> Self {
        let lexicon = Lexicon::of(language);
        let mut tokens = Tokens::new(text, Span::new(0, text.len()), language);
        tokens.settle_names(entities);
        let ranges: Vec<_> = paragraphs.iter().map(|paragraph| tokens.within(*paragraph)).collect();
        let quotations = super::mark::quotations(text, &tokens, paragraphs, &ranges);
        let mut quotation_of = vec![0; tokens.len()];
        let quoted: Vec<_> = quotations.iter().map(|quotation| tokens.within(quotation.outer)).collect();
        for (k, range) in quoted.iter().enumerate() {
            quotation_of[range.clone()].fill(k as u32 + 1);
        }
        let signs = tokens.marked(Classes::CUE | Classes::REL, Word::SOURCE).filter(|i| is_sign(&tokens, *i));
        let signs = signs.map(|i| i as u32).collect();
        let mut sentences = Vec::new();
        for (paragraph, range) in ranges.into_iter().enumerate() {
            let start = super::dateline::after_dateline(text, &tokens, &range, entities).unwrap_or(range.start);
            let ranges = super::sentence::sentences(text, &tokens, start..range.end, &quotations);
            sentences.extend(ranges.into_iter().map(|range| Sentence { range, paragraph }));
        }
        let mut starts = vec![false; tokens.len()];
        for sentence in &sentences {
            starts[sentence.range.start] = true;
        }
        for (i, starts) in starts.iter().enumerate().skip(1) {
            if !starts && tokens.is_capital(i) && !tokens.is_mark(i - 1) {
                tokens.note_capital(i);
            }
        }
        Self {
            text,
            names: Found::new(tokens.len()),
            roles: Found::new(tokens.len()),
            tokens,
            quotations,
            sentences,
            lexicon,
            labels: language,
            apart: Vec::new(),
            entities,
            quotation_of,
            quoted,
            signs,
            starts,
            entered: Cell::new(0),
            introduced: OnceCell::new(),
        }
    }

    /// The same of an article in the language `of`, of whose paragraphs those are read apart that are in another.
    pub fn of_article(self, of: Language, apart: Vec<bool>) -> Self {
        Self { labels: of, apart, ..self }
    }

    /// Whether the paragraph of the sentence `index` is read apart, in another language.
    pub fn is_apart(&self, index: usize) -> bool {
        self.apart.get(self.sentences[index].paragraph).is_some_and(|apart| *apart)
    }

    /// The name of an entity in the language of the article.
    pub fn label(&self, id: EntityId) -> Arc<str> {
        self.entities.get(id).label(self.labels).clone()
    }

    /// Whether the text is English.
    pub fn is_english(&self) -> bool {
        self.lexicon.language == Language::English
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
        self.tokens.span(i).of(self.text)
    }

    /// The verb forms that token `i` may be.
    pub fn forms(&self, i: usize) -> &'static [Form] {
        self.tokens.word(i).map_or(&[], |word| word.forms)
    }

    /// Whether something of the kinds `traits` may begin with token `i`.
    pub fn may(&self, i: usize, traits: u16) -> bool {
        self.tokens.may(i, traits)
    }

    /// The country whose adjective or inhabitant token `i` is.
    pub fn demonym(&self, i: usize) -> Option<Demonym> {
        self.tokens.rare(i, Word::DEMONYM)?.demonym
    }

    /// Whether token `i` is a given name.
    pub fn is_given_name(&self, i: usize) -> bool {
        self.tokens.may(i, Word::GIVEN)
    }

    /// Whether a name is one of a person in full: a given name and what follows it ("Paul Martin").
    pub fn is_full_name(&self, name: &Name) -> bool {
        name.range.len() > 1 && self.is_given_name(name.range.start)
    }

    /// The gender that the given name at token `i` tells.
    pub fn given_gender(&self, i: usize) -> Option<Gender> {
        if self.is(i, Classes::EITHER) {
            return None;
        }
        self.tokens.rare(i, Word::GIVEN)?.name.given().flatten()
    }

    /// How many tokens the adverb of several words takes that begins at token `i` ("pour sa part").
    pub fn adverbial_at(&self, i: usize) -> Option<usize> {
        let found = self.may(i, Word::ADVERBIAL).then(|| self.lexicon.adverbials.at(|n| self.lower(i + n)));
        found.flatten().map(|(length, _)| length)
    }

    /// How many tokens the words that name a source take at token `i` ("selon"), and their lemma.
    pub fn source_words_at(&self, i: usize) -> Option<(usize, &'static str)> {
        self.may_begin_source(i).then(|| self.lexicon.sources.at(|n| self.lower(i + n))).flatten()
    }

    /// Whether the words that name a source may stand at token `i`.
    pub fn may_begin_source(&self, i: usize) -> bool {
        begins_source(&self.tokens, i)
    }

    /// Those of the tokens `range` by which it may report speech: verb forms of cues, words that name a source, and
    /// the relative pronoun of "selon laquelle".
    pub fn signs_in(&self, range: &Range<usize>) -> &[u32] {
        let signs = &self.signs[self.signs.partition_point(|i| (*i as usize) < range.start)..];
        &signs[..signs.iter().position(|i| *i as usize >= range.end).unwrap_or(signs.len())]
    }

    /// Whether token `i` is in one of the closed `classes`.
    pub fn is(&self, i: usize, classes: u64) -> bool {
        self.tokens.is(i, classes)
    }

    /// The character of a mark token.
    pub fn mark(&self, i: usize) -> Option<char> {
        self.tokens.mark(i)
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
        self.quoted[k].clone()
    }

    /// Bytes from the start of token `range.start` to the end of the last token.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.tokens.span(range.start).start, self.tokens.span(range.end - 1).end)
    }

    /// The paragraph's quotations that lie within the tokens `range`.
    pub fn quotations_in(&self, range: Range<usize>) -> Range<usize> {
        let first = self.quoted.partition_point(|quoted| quoted.end <= range.start);
        let count = self.quoted[first..].iter().take_while(|quoted| quoted.start < range.end).count();
        let entered = self.entered.get() as usize;
        let found = first + usize::from(entered == first + 1)
            ..first + count - usize::from(count > 0 && entered == first + count);
        if range.is_empty() || found.is_empty() { 0..0 } else { found }
    }

    /// The quotation that ends the tokens `content` and is the only one among them; marks may follow it.
    pub fn sole_quotation(&self, content: &Range<usize>) -> Option<usize> {
        let quotations = self.quotations_in(content.clone());
        let sole = (quotations.len() == 1).then_some(quotations.start)?;
        let mut after = self.tokens_of(sole).end..content.end;
        after.all(|k| self.mark(k).is_some()).then_some(sole)
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
        self.tokens.is_noted_capital(i)
    }

    /// The names that the article introduces as those of outlets ("le site d'information Rue Verte").
    pub fn introduced_outlets(&self) -> &FxHashSet<String> {
        self.introduced.get_or_init(|| super::relay::introduced(self))
    }
}

/// Whether the words that name a source may stand at token `i`: two of them are looked at.
fn begins_source(tokens: &Tokens, i: usize) -> bool {
    tokens.may(i, Word::SOURCE) && (tokens.may(i, Word::SOURCE_KEY) || tokens.may(i + 1, Word::SOURCE_KEY))
}

/// Whether the sentence of token `i` may report speech because of it.
fn is_sign(tokens: &Tokens, i: usize) -> bool {
    let which = || i > 0 && tokens.is(i, Classes::REL) && tokens.is(i - 1, Classes::PREP);
    tokens.is(i, Classes::CUE) || begins_source(tokens, i) || which()
}

/// What was found at some of the tokens: most of them are never asked for, or have nothing.
pub(super) struct Found<T> {
    /// Stretches of tokens of which one was asked for. By token: not looked for yet, nothing found, or the place in `list`
    /// and two.
    state: Vec<OnceCell<Box<[Cell<u32>; STRETCH]>>>,
    list: RefCell<Vec<T>>,
}

/// Tokens of a stretch. Long texts have many in which nothing is asked for.
const STRETCH: usize = 64;

impl<T: Clone> Found<T> {
    fn new(tokens: usize) -> Self {
        Self { state: vec![OnceCell::new(); tokens.div_ceil(STRETCH)], list: RefCell::default() }
    }

    /// What stands at token `i`, looked for once.
    pub(super) fn get(&self, i: usize, find: impl FnOnce() -> Option<T>) -> Option<T> {
        let stretch = self.state[i / STRETCH].get_or_init(|| Box::new([const { Cell::new(0) }; STRETCH]));
        let state = &stretch[i % STRETCH];
        match state.get() {
            0 => {
                let found = find();
                let mut list = self.list.borrow_mut();
                state.set(if found.is_some() { list.len() as u32 + 2 } else { 1 });
                list.extend(found.clone());
                found
            }
            1 => None,
            place => Some(self.list.borrow()[place as usize - 2].clone()),
        }
    }
}
