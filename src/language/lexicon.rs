//! What the rules look up in a language: closed word classes, reporting verbs with their forms, expressions.

use super::phrases::Phrases;
use super::{Language, en, fr};
use crate::interner::Interner;
use crate::table::{Fault, TableError};
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// A verb: one that reports speech has frames, any other has none.
#[derive(Debug, Clone)]
pub struct Verb {
    /// Dictionary form, with its pronoun if reflexive and its tail if it has one ("se féliciter", "faire savoir").
    pub lemma: &'static str,
    /// Semantic class ("say", "deny"); empty for verbs that report nothing.
    pub class: &'static str,
    /// What the verb takes.
    pub frames: Frames,
    /// Whether it needs "se".
    pub reflexive: bool,
    /// Words after the verb's own form: "savoir" of "faire savoir".
    pub tail: Vec<&'static str>,
    /// What it is to the verb that follows it.
    pub helper: Helper,
}

/// What a verb is to the reporting verb that follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Helper {
    /// Nothing.
    #[default]
    None,
    /// "a déclaré", "has said".
    Have,
    /// "est déclaré", "s'est félicité"; "was quoted".
    Be,
    /// "tient à rappeler".
    Light,
    /// "ne manque pas de rappeler".
    Lapse,
}

impl Helper {
    fn of(lemma: &str, classes: Classes) -> Self {
        match lemma {
            "avoir" | "have" => Self::Have,
            "être" | "be" => Self::Be,
            _ if classes.any(Classes::LIGHT) => Self::Light,
            _ if classes.any(Classes::LAPSE) => Self::Lapse,
            _ => Self::None,
        }
    }
}

/// What a reporting verb takes; letters of the `frames` column in `verbs.tsv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frames(u16);

impl Frames {
    /// A clause with "que", or with "that", which English drops.
    pub const QUE: u16 = 1;
    /// Stands as an inserted clause beside its content.
    pub const INSERTED: u16 = 2;
    /// A noun complement with a quoted part.
    pub const NOUN: u16 = 4;
    /// A bare infinitive.
    pub const INFINITIVE: u16 = 8;
    /// An infinitive with "de".
    pub const DE: u16 = 16;
    /// An infinitive with "à", or with "to".
    pub const A: u16 = 32;
    /// An attribute: "juge X absurde", "se dit prêt".
    pub const ATTRIBUTE: u16 = 64;
    /// A clause with "que" after its past participle: "convaincu que".
    pub const PARTICIPLE: u16 = 128;
    /// Somebody told stands between verb and clause: "told reporters that".
    pub const TOLD: u16 = 256;
    /// Somebody addressed and a reason with quoted words: "thanked the crew for 'a fine job'".
    pub const FOR: u16 = 512;

    pub(super) fn parse(letters: &str) -> Option<Self> {
        let mut bits = 0;
        for letter in letters.chars() {
            bits |= match letter {
                'q' => Self::QUE,
                'i' => Self::INSERTED,
                'n' => Self::NOUN,
                'b' => Self::INFINITIVE,
                'd' => Self::DE,
                'a' => Self::A,
                't' => Self::ATTRIBUTE,
                'p' => Self::PARTICIPLE,
                'o' => Self::TOLD,
                'f' => Self::FOR,
                _ => return None,
            };
        }
        Some(Self(bits))
    }

    /// Whether the verb takes `frame`.
    pub fn has(self, frame: u16) -> bool {
        self.0 & frame != 0
    }

    /// Whether the verb reports nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Index into [`Lexicon::verb`].
    pub verb: u16,
    /// Tense and mood.
    pub mood: Mood,
    /// Third person plural, or plural participle.
    pub plural: bool,
}

/// Closed word classes, as a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u64);

macro_rules! classes {
    ($($name:ident = $text:literal : $bit:literal),* $(,)?) => {
        impl Classes {
            $(#[doc = concat!("Words marked `", $text, "` in `words.tsv`.")] pub const $name: u64 = 1 << $bit;)*
            /// All classes.
            pub const ALL: u64 = Self::CUE | Self::OPEN | Self::VERB $(| Self::$name)*;
            fn bit(name: &str) -> Option<u64> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

classes! {
    DET = "det": 0, NUM = "num": 1, PREP = "prep": 2, FUSED = "fused": 3, SUBJECT = "subject": 4, PRONOUN = "pronoun": 5,
    AND = "and": 6, SUB = "sub": 7, REL = "rel": 8, NEG = "neg": 9, CLITIC = "clitic": 10, FIRST = "first": 11, ADV = "adv": 12,
    TITLE = "title": 13, LIGHT = "light": 14, TIME = "time": 15, ANAPHOR = "anaphor": 16, MEDIA = "media": 17,
    DOCUMENT = "document": 18, GROUP = "group": 19, SPEECH = "speech": 22, PRESS = "press": 23, ADJECTIVE = "adj": 24, INTERVIEW = "interview": 25, SITE = "site": 26, NORM = "norm": 27, MEDIUM = "medium": 28, OCCASION = "occasion": 29, LAPSE = "lapse": 30, TITLING = "titling": 31, EVENT = "event": 32, STREET = "street": 33, PORTFOLIO = "portfolio": 34, TERRITORY = "territory": 35, BODY = "body": 20, OBLIQUE = "oblique": 21, MODAL = "modal": 36, EITHER = "either": 37, COMPANY = "company": 38,
}

impl Classes {
    /// All function words: they head no phrase and are no part of a name.
    pub const FUNCTION: u64 = Self::DET
        | Self::PREP
        | Self::SUBJECT
        | Self::AND
        | Self::SUB
        | Self::REL
        | Self::NEG
        | Self::CLITIC
        | Self::ADV;

    /// A word that may begin a reporting verb group, as the table of verbs says.
    pub const CUE: u64 = 1 << 61;
    /// A word of no closed class, as the classes say: a noun, an adjective, a verb.
    pub const OPEN: u64 = 1 << 62;
    /// A finite verb, a present participle, or a small word that begins a verb group.
    pub const VERB: u64 = 1 << 63;

    /// The classes as bits.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// Whether the word is in one of `classes`.
    pub fn any(self, classes: u64) -> bool {
        self.0 & classes != 0
    }

    /// The same, and the classes `more` if they hold.
    pub fn with(self, more: u64, hold: bool) -> Self {
        if hold { Self(self.0 | more) } else { self }
    }
}

/// Tense and mood of a form, as far as attribution needs them. English has the present, the past, participles and the
/// infinitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mood {
    /// Indicative present.
    Present,
    /// Imparfait; French only.
    Imperfect,
    /// Passé simple; simple past.
    Past,
    /// Futur simple; French only.
    Future,
    /// Conditionnel présent; French only.
    Conditional,
    /// Participe présent.
    PresentParticiple,
    /// Participe passé.
    PastParticiple,
    /// Infinitif.
    Infinitive,
}

impl Mood {
    /// Whether the form carries a subject.
    pub fn is_finite(self) -> bool {
        !matches!(self, Self::PresentParticiple | Self::PastParticiple | Self::Infinitive)
    }
}

/// All of a language that the rules look up.
#[derive(Default)]
pub struct Lexicon {
    /// Which language it is.
    pub language: Language,
    verbs: Vec<Verb>,
    /// All words that the tables know, and by their numbers the classes and the forms that they are.
    words: Interner,
    classes: Vec<Classes>,
    forms: Vec<Range<u32>>,
    all_forms: Vec<Form>,
    /// Adverbs of several words.
    pub adverbials: Phrases,
    /// Nouns of those who are spoken to, with the prepositions before them.
    pub audience: Phrases,
    /// Nouns of the medium of what is said, with the prepositions before them.
    pub media: Phrases,
    /// Beginnings of asides on the saying.
    pub asides: Phrases,
    /// Words that name a source without a verb ("selon", "à en croire"), with their lemma.
    pub sources: Phrases,
}

static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| fr::lexicon().expect("the embedded tables are read by a test"));
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| en::lexicon().expect("the embedded tables are read by a test"));

/// Rows of a table of one and of two columns, with their lines.
pub(super) type Words = Vec<(usize, [&'static str; 1])>;
pub(super) type Pairs = Vec<(usize, [&'static str; 2])>;

impl Lexicon {
    /// The lexicon of a language, made from the embedded tables.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }

    /// One without words, for a language to fill.
    pub(super) fn new(language: Language) -> Self {
        Self { language, verbs: Vec::with_capacity(1200), words: Interner::with_capacity(1 << 15), ..Self::default() }
    }

    /// Takes the verbs of a language: those that report (`table`, whose rows are `verbs`), then `others`; `each_form`
    /// calls with the forms of an infinitive.
    ///
    /// # Errors
    ///
    /// The row whose frames are none, or that lacks a cell.
    pub(super) fn add_verbs(
        &mut self,
        table: &'static str,
        verbs: Vec<(usize, [&'static str; 3])>,
        others: Words,
        each_form: impl Fn(&str, &mut dyn FnMut(&str, Mood, bool)),
    ) -> Result<(), TableError> {
        let mut forms = Vec::with_capacity(1 << 15);
        for (line, [lemma, class, letters]) in verbs {
            let wrong = |fault| TableError { table, line, fault };
            for (column, cell) in [("class", class), ("frames", letters)] {
                if cell.is_empty() {
                    return Err(wrong(Fault::Empty(column)));
                }
            }
            let unknown =
                || Fault::Value { column: "frames", value: letters.to_owned(), allowed: "q, i, n, b, d, a, t, p, o" };
            let frames = Frames::parse(letters).ok_or_else(|| wrong(unknown()))?;
            self.add_verb(lemma, class, frames, &each_form, &mut forms);
        }
        let mut lemmas: FxHashSet<&str> = self.verbs.iter().map(|verb| verb.lemma).collect();
        for (_, [lemma]) in others {
            if lemmas.insert(lemma) {
                self.add_verb(lemma, "", Frames::default(), &each_form, &mut forms);
            }
        }
        self.keep_forms(forms);
        Ok(())
    }

    /// Takes the closed classes of words, the rows of `table`. Comes after the verbs, whose forms have the first numbers.
    ///
    /// # Errors
    ///
    /// The row that names an unknown class.
    pub(super) fn add_words(&mut self, table: &'static str, words: Pairs) -> Result<(), TableError> {
        for (line, [word, classes]) in words {
            let mut bits = 0;
            for name in classes.split(',') {
                let allowed = "the classes at the head of the table";
                let unknown = || Fault::Value { column: "class", value: name.to_owned(), allowed };
                bits |= Classes::bit(name).ok_or_else(|| TableError { table, line, fault: unknown() })?;
            }
            let number = self.words.number(word) as usize;
            if number >= self.classes.len() {
                self.classes.resize(number + 1, Classes::default());
            }
            self.classes[number] = Classes(bits);
        }
        for n in 0..self.verbs.len() {
            let lemma = self.verbs[n].lemma;
            self.verbs[n].helper = Helper::of(lemma, self.classes(lemma));
        }
        Ok(())
    }

    /// Adds the verb, and its forms with their words' numbers to `forms`.
    fn add_verb(
        &mut self,
        lemma: &'static str,
        class: &'static str,
        frames: Frames,
        each_form: impl Fn(&str, &mut dyn FnMut(&str, Mood, bool)),
        forms: &mut Vec<(u32, Form)>,
    ) {
        let bare = lemma.strip_prefix("se ").or_else(|| lemma.strip_prefix("s'"));
        let mut words = bare.unwrap_or(lemma).split(' ');
        let infinitive = words.next().unwrap_or(lemma);
        let verb = self.verbs.len() as u16;
        each_form(infinitive, &mut |form, mood, plural| {
            forms.push((self.words.number(form), Form { verb, mood, plural }));
        });
        let (reflexive, tail, helper) = (bare.is_some(), words.collect(), Helper::None);
        self.verbs.push(Verb { lemma, class, frames, reflexive, tail, helper });
    }

    /// Keeps the forms by their words, each once.
    fn keep_forms(&mut self, mut forms: Vec<(u32, Form)>) {
        forms.sort_by_key(|(word, _)| *word);
        self.all_forms.reserve(forms.len());
        for list in forms.chunk_by(|one, next| one.0 == next.0) {
            let start = self.all_forms.len();
            for (_, form) in list {
                if !self.all_forms[start..].contains(form) {
                    self.all_forms.push(*form);
                }
            }
            self.forms.push(start as u32..self.all_forms.len() as u32);
        }
    }

    /// The verb at `index`, as a [`Form`] names it.
    pub fn verb(&self, index: u16) -> &Verb {
        &self.verbs[usize::from(index)]
    }

    /// The reporting verb with this dictionary form.
    pub fn verb_named(&self, lemma: &str) -> Option<&Verb> {
        self.verbs.iter().find(|verb| verb.lemma == lemma)
    }

    /// The forms that a lower-case word may be.
    pub fn forms(&self, word: &str) -> &[Form] {
        self.look_up(word).1
    }

    /// The closed classes of a lower-case word and the forms that it may be, in one look.
    pub fn look_up(&self, word: &str) -> (Classes, &[Form]) {
        let Some(number) = self.words.get(word) else { return Default::default() };
        let number = number as usize;
        let forms =
            self.forms.get(number).map_or(&[][..], |range| &self.all_forms[range.start as usize..range.end as usize]);
        (self.classes.get(number).copied().unwrap_or_default(), forms)
    }

    /// Whether a verb group that reports may begin with one of these forms, or with its pronouns.
    pub fn may_report(&self, forms: &[Form]) -> bool {
        forms.iter().any(|form| {
            let verb = self.verb(form.verb);
            let leads = form.mood.is_finite() || form.mood == Mood::PresentParticiple;
            !verb.frames.is_empty() || verb.helper != Helper::None && leads
        })
    }

    /// Whether a lower-case noun names an act of speech that takes "selon laquelle" ("déclaration", "thèse").
    pub fn is_speech_noun(&self, word: &str) -> bool {
        self.classes(word).any(Classes::SPEECH)
    }

    /// The closed classes of a lower-case word; none for open words.
    pub fn classes(&self, word: &str) -> Classes {
        self.look_up(word).0
    }
}
