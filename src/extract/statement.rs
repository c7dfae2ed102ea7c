//! What the extractor finds: statements, and the words that carry them.

pub use super::frame::Frame;
pub use super::resolution::{Candidate, Resolution};
use crate::entity::EntityId;
use crate::entity::link::Link;
pub use crate::span::Span;
use jiff::civil::Date;
use std::borrow::Cow;
use std::sync::Arc;

/// How the words are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// All of the content stands between quotation marks.
    Direct,
    /// A paraphrase.
    Indirect,
    /// A paraphrase with a quoted part.
    Mixed,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Direct, Self::Indirect, Self::Mixed];

    /// `direct`, `indirect` or `mixed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// What the source says of the truth of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// The source says that it is so.
    Asserted,
    /// The source says that it is not so ("dément avoir …", "n'a pas dit que …").
    Denied,
    /// The content is given as unconfirmed ("serait mort, selon …").
    Hearsay,
    /// The source asks it ("où est l'argent ?", "se demande si …").
    Question,
    /// The source says what would be under a condition, or doubts it ("si le pont fermait, …").
    Hypothetical,
}

impl Polarity {
    /// `asserted`, `denied`, `hearsay`, `question` or `hypothetical`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Denied => "denied",
            Self::Hearsay => "hearsay",
            Self::Question => "question",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// Who spoke, as the article names them and as whom we know them.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Fullest name within the article, or the entity's name; all who bear it share it.
    pub name: Arc<str>,
    /// The words that name the source beside the cue: a noun phrase or a pronoun.
    pub mention: Span,
    /// The words there that give an office, title or profession, appositions included: "ministre des Transports".
    pub role: Option<Span>,
    /// The known entity, if the name leads to one.
    pub entity: Option<EntityId>,
    /// The place whose name stands for the authority that spoke ("Kiev", "le Kremlin").
    pub metonym: Option<EntityId>,
    /// What sort of thing an unknown actor is.
    pub kind: ActorKind,
    /// How the mention led to this actor.
    pub by: Resolution,
    /// How sure it is which entity the actor is; `None` for unnamed sources and documents. Of a candidate only where not all
    /// mean the same who write the name. The statements of an article share it.
    pub link: Option<Arc<Link>>,
}

/// The sorts of actors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// One human being with a name.
    Person,
    /// Named persons or an unnamed source: "un porte-parole de la police", "les dirigeants européens".
    /// Two articles' unnamed sources are never the same actor.
    Unnamed,
    /// A party, company, institution, association.
    Organisation,
    /// A medium or agency.
    Outlet,
    /// The authorities of a state, a city, a palace.
    Authority,
    /// A communiqué, a report, a study.
    Document,
}

impl ActorKind {
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Unnamed, Self::Organisation, Self::Outlet, Self::Authority, Self::Document];

    /// `person`, `unnamed`, `organisation`, `outlet`, `authority` or `document`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Unnamed => "unnamed",
            Self::Organisation => "organisation",
            Self::Outlet => "outlet",
            Self::Authority => "authority",
            Self::Document => "document",
        }
    }
}

/// Something that a statement names: a topic, or a relaying outlet.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its name: the entity's, or the words of the text.
    pub name: Arc<str>,
    /// The known entity, if the name leads to one.
    pub entity: Option<EntityId>,
    /// Where it is named; `None` for a broader concept of something named.
    pub mention: Option<Span>,
    /// How its name leads to it, if it is a person whom not all mean who write that name.
    pub link: Option<Arc<Link>>,
}

/// The words that report the content: "a déclaré", "selon".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Where the words stand.
    pub span: Span,
    /// Dictionary form ("déclarer", "selon"); empty when a quotation has no cue of its own.
    pub lemma: &'static str,
    /// Semantic class of the lexicon ("say", "deny", "source").
    pub class: &'static str,
}

/// On what a statement's date rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateBasis {
    /// The text dates the words ("a déclaré jeudi").
    Text,
    /// Only the article's date is known: the words were said on that day or before.
    Publication,
}

/// When the words were said: an interval of days, its end included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementDate {
    /// First possible day.
    pub not_before: Option<Date>,
    /// Last possible day.
    pub not_after: Option<Date>,
    /// What the interval rests on.
    pub basis: DateBasis,
    /// The words that give the date, when the text does.
    pub mention: Option<Span>,
}

/// Content that an article attributes to a source. An article may hold very many, so that each is kept small.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Direct, indirect or mixed.
    pub kind: Kind,
    /// The content: one span, or several in text order when an inserted clause breaks it. Never empty.
    pub spans: Box<[Span]>,
    /// Who spoke. Never empty.
    pub actors: Box<[Actor]>,
    /// Those whom the words of the source may mean, the actor among them, when others are nearly as likely.
    pub candidates: Box<[Candidate]>,
    /// The reporting words; `None` for a quotation that continues the one before it.
    pub cue: Option<Cue>,
    /// Outlets through which the article says that the words came.
    pub relayed_by: Box<[Named]>,
    /// To whom the words were said, if the reporting clause tells.
    pub addressee: Option<Box<Named>>,
    /// Through what they were said, if it tells: an outlet, a platform, "communiqué".
    pub medium: Option<Box<Named>>,
    /// Entities and concepts named in the content, and their broader concepts.
    pub about: Box<[Named]>,
    /// When the words were said, as far as text or publication date tell.
    pub date: Option<StatementDate>,
    /// What the source says of the content's truth.
    pub polarity: Polarity,
    /// The rule that found it.
    pub frame: Frame,
    /// How likely content and speaker are right, from 0 to 1.
    pub confidence: f32,
}

impl Statement {
    /// From the first to the last byte of the content.
    pub fn extent(&self) -> Span {
        Span::new(self.spans[0].start, self.spans[self.spans.len() - 1].end)
    }

    /// Calls `change` with every span that the statement holds.
    pub(super) fn for_each_span(&mut self, mut change: impl FnMut(&mut Span)) {
        self.spans.iter_mut().for_each(&mut change);
        let candidates = self.candidates.iter_mut().map(|candidate| &mut candidate.actor);
        for actor in self.actors.iter_mut().chain(candidates) {
            change(&mut actor.mention);
            actor.role.iter_mut().for_each(&mut change);
            actor.by.from.iter_mut().for_each(&mut change);
        }
        self.cue.iter_mut().for_each(|cue| change(&mut cue.span));
        let told = self.addressee.iter_mut().chain(&mut self.medium).map(Box::as_mut);
        let named = self.relayed_by.iter_mut().chain(&mut self.about).chain(told);
        named.filter_map(|named| named.mention.as_mut()).for_each(&mut change);
        self.date.iter_mut().filter_map(|date| date.mention.as_mut()).for_each(&mut change);
    }

    /// The content's words; parts broken by an inserted clause are joined by a space.
    pub fn text<'a>(&self, article: &'a str) -> Cow<'a, str> {
        match &*self.spans {
            [only] => only.of(article).into(),
            spans => spans.iter().map(|span| span.of(article)).collect::<Vec<_>>().join(" ").into(),
        }
    }
}
