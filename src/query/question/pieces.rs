//! What a question is made of: words with a meaning, and values of parameters.

use super::super::fold::{self, Word};
use super::super::interval;
use super::super::language::Language;
use super::super::mentions::{Mention, Nature, is_article};
use super::super::names::{NameError, Names, Role};
use super::super::parameter::{Kind, read_iri};
use super::super::search::is_searchable;
use super::lexicon::{Lexicon, Meant};
use super::{CLOSING, OPENING};
use std::ops::Range;

/// The longest words of a time, a kind or a language.
const LONGEST: usize = 12;

/// A question, and all that its words may be.
pub struct Question<'q> {
    pub text: &'q str,
    pub words: Vec<Word>,
    /// What begins at each word.
    pub pieces: Vec<Vec<Piece>>,
}

/// One word or more that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    Meaning(Meant),
    Value(Value),
}

impl Piece {
    /// How many words it has.
    pub fn length(&self) -> usize {
        match self {
            Self::Meaning(meant) => meant.length,
            Self::Value(value) => value.words.len(),
        }
    }
}

/// Words that are the value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    pub words: Range<usize>,
    /// As the question has it.
    pub text: String,
    pub form: Form,
}

/// What can be told of a value by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// A name, what has it, and the parts that it can play.
    Name(Nature, Vec<Role>),
    /// Words in quotation marks.
    Quoted,
    Iri,
    /// What the types of these parameters read.
    Read(Kind),
}

impl Value {
    /// Whether a parameter of this type may have it.
    pub fn fits(&self, kind: Kind) -> bool {
        match &self.form {
            Form::Name(_, roles) => kind.role().is_some_and(|role| role == Role::Any || roles.contains(&role)),
            Form::Quoted => matches!(kind, Kind::Search | Kind::Text),
            Form::Iri => kind == Kind::Iri || kind.role().is_some(),
            Form::Read(own) => *own == kind,
        }
    }
}

impl<'q> Question<'q> {
    /// Takes the question apart. Names are those of the store and the table; `all` has all names of the store read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn read(text: &'q str, names: &Names<'_>, all: bool) -> Result<Self, NameError> {
        let (lexicon, words) = (Lexicon::embedded(), fold::words(text));
        let mut pieces: Vec<Vec<Piece>> =
            (0..words.len()).map(|at| lexicon.meant(&words, at).map(Piece::Meaning).collect()).collect();
        let is_word = |at: usize| pieces[at].iter().any(|piece| piece.length() == 1);
        // A word that questions are asked with is a name only where it is written as one.
        let may_be = |range: Range<usize>| {
            let is_capital = text[words[range.start].start..].starts_with(char::is_uppercase);
            !range.clone().all(is_word) || (is_capital && (range.start > 0 || range.len() > 1))
        };
        let mut values = Vec::new();
        for Mention { words, nature, roles } in names.mentions(text, &words, all, &may_be)? {
            values.push((words, Form::Name(nature, roles)));
        }
        let question = Self { text, words, pieces: Vec::new() };
        question.spans(text.match_indices("http").filter_map(|(at, _)| iri_at(text, at)), Form::Iri, &mut values);
        question.spans(quoted(text), Form::Quoted, &mut values);
        for start in 0..question.words.len() {
            let ends = (start + 1..=question.words.len().min(start + LONGEST)).rev();
            for kind in [Kind::Interval, Kind::Quotation, Kind::Language, Kind::Number] {
                // The longest words that are one leave the shorter ones out, but for "direct" in "direct quotes".
                let mut read = ends.clone().filter(|end| question.is_read(start..*end, kind));
                let longest = if kind == Kind::Quotation { usize::MAX } else { 1 };
                values.extend(read.by_ref().take(longest).map(|end| (start..end, Form::Read(kind))));
            }
        }
        for (range, form) in values {
            pieces[range.start].push(Piece::Value(question.value(range, form)));
        }
        Ok(Self { pieces, ..question })
    }

    /// The language of most of its words.
    pub fn language(&self) -> Language {
        let counts = Language::ALL.map(|language| {
            let is_of = |piece: &Piece| matches!(piece, Piece::Meaning(meant) if meant.language == language);
            self.pieces.iter().filter(|pieces| pieces.iter().any(is_of)).count()
        });
        if counts[0] > counts[1] { Language::Fr } else { Language::En }
    }

    /// What the words right before a value say of its part, and where they begin.
    pub fn mark(&self, value: &Value) -> (&'static str, usize) {
        let mut start = value.words.start;
        while start > 0 && is_article(&self.words[start - 1]) {
            start -= 1;
        }
        match Lexicon::embedded().before(&self.words, start) {
            // Folded, "à" and "a" are one word: where accents are written, only the first one is meant.
            Some((_, at)) if self.slice(at..start) == "a" && !self.text.is_ascii() => ("", start),
            Some(mark) => mark,
            None => ("", start),
        }
    }

    /// The same, with every run of words that are nothing else taken for a name; not the first word, which asks, and no
    /// words of a time that cannot be read.
    pub fn with_guesses(&self) -> Self {
        let mut guessed = Self { text: self.text, words: self.words.clone(), pieces: self.pieces.clone() };
        let may_be = |range: &Range<usize>| range.start > 0 && !interval::begins(self.slice(range.clone()));
        for range in self.unknown().into_iter().filter(may_be) {
            let mut value = self.value(range, Form::Name(Nature::Unknown, vec![Role::Actor, Role::Topic]));
            // An outlet is told by what stands before it.
            if !["", "<about>", "<to>"].contains(&self.mark(&value).0) {
                value.form = Form::Name(Nature::Unknown, vec![Role::Actor, Role::Topic, Role::Outlet]);
            }
            guessed.pieces[value.words.start].push(Piece::Value(value));
        }
        guessed
    }

    /// The runs of words that are nothing.
    pub fn unknown(&self) -> Vec<Range<usize>> {
        let mut known = vec![false; self.words.len()];
        for (at, pieces) in self.pieces.iter().enumerate() {
            pieces.iter().for_each(|piece| known[at..at + piece.length()].fill(true));
        }
        let mut runs: Vec<Range<usize>> = Vec::new();
        for at in (0..known.len()).filter(|at| !known[*at]) {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// The words as the question has them.
    pub fn slice(&self, range: Range<usize>) -> &'q str {
        &self.text[self.words[range.start].start..self.words[range.end - 1].end]
    }

    fn value(&self, words: Range<usize>, form: Form) -> Value {
        let (start, end) = (self.words[words.start].start, self.words[words.end - 1].end);
        let place = match form {
            Form::Quoted => quoted(self.text).find(|place| place.contains(&start)),
            Form::Iri => iri_at(self.text, start),
            _ => None,
        };
        let text = &self.text[place.unwrap_or(start..end)];
        Value { text: text.to_owned(), words, form }
    }

    fn is_read(&self, range: Range<usize>, kind: Kind) -> bool {
        let text = self.slice(range.clone());
        match kind {
            // A code such as "en" is a word of any question.
            Kind::Language => range.len() == 1 && text.len() > 2 && kind.read(text).is_some(),
            Kind::Number => range.len() == 1 && text.bytes().all(|b| b.is_ascii_digit()) && kind.read(text).is_some(),
            Kind::Interval => kind.days(text).is_some(),
            _ => kind.read(text).is_some(),
        }
    }

    /// The words that lie in these places of the text.
    fn spans(&self, places: impl Iterator<Item = Range<usize>>, form: Form, values: &mut Vec<(Range<usize>, Form)>) {
        for place in places {
            let start = self.words.iter().position(|word| word.start >= place.start);
            let end = self.words.iter().rposition(|word| word.end <= place.end);
            if let Some((start, end)) = start.zip(end).filter(|(start, end)| start <= end) {
                values.push((start..end + 1, form.clone()));
            }
        }
    }
}

/// What stands between quotation marks and can be searched for, with the marks and with what is not to be found.
fn quoted(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(OPENING)?;
        let inside = start + text[start..].chars().next()?.len_utf8();
        let closing = inside + text[inside..].find(CLOSING)?;
        let mut end = closing + text[closing..].chars().next()?.len_utf8();
        while let Some(unwanted) = text[end..].strip_prefix(" -") {
            end += 2 + unwanted.find(char::is_whitespace).unwrap_or(unwanted.len());
        }
        from = end;
        Some(start..end)
    })
    .filter(|place| is_searchable(&text[place.clone()]))
}

/// The IRI that begins there, without what ends a sentence.
fn iri_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = &text[at..];
    let end = rest.find(|c: char| c.is_whitespace() || "<>\"»”".contains(c)).unwrap_or(rest.len());
    let iri = rest[..end].trim_end_matches(['?', '!', '.', ',', ';', ':', ')']);
    read_iri(iri).map(|_| at..at + iri.len())
}
