//! Speech events: an interview, a press conference, a hearing, or just the day on which somebody began to speak.
//!
//! The day and the outlets of an event hold for what its people say in the sentences that follow, until another event
//! comes: another day, another outlet, or a look back ("avait-il dit en mars").

use super::cast::Cast;
use super::date::ResolvedDate;
use super::reading::Reading;
use super::statement::{Actor, ActorKind, DateBasis, Named, Span, Statement, StatementDate};
use super::telling::Teller;
use super::when;
use crate::date::PartialDate;
use crate::entity::EntityId;
use jiff::civil::Date;
use std::cell::OnceCell;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

/// How many sentences after its mention an event still dates and relays the words of its people.
const REACH: usize = 30;

/// In how many paragraphs after the naming of a body somebody of it is taken to speak for it.
const NEAR: usize = 2;

/// An event as the article tells of it.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// Index of the sentence that tells of it.
    pub sentence: usize,
    /// Names of those who speak.
    pub people: Vec<Arc<str>>,
    /// Those of them that are no persons, as far as one can tell.
    pub bodies: Vec<Arc<str>>,
    /// The nouns of those that are not named ("un procureur").
    pub roles: Vec<String>,
    /// The countries whose authorities speak ("Moscou a annoncé mardi").
    pub countries: Vec<EntityId>,
    /// Its day.
    pub date: Option<StatementDate>,
    /// The outlets that hold the talk.
    pub relays: Box<[Named]>,
    /// Told in the pluperfect: a look back.
    pub anterior: bool,
}

/// Gives day and outlets of each event to the statements that were made there and bear none of their own.
pub fn carry(
    reading: &Reading,
    cast: &mut Cast,
    published: Option<PartialDate>,
    dates: &[ResolvedDate],
    by_sentence: &mut [Vec<Statement>],
) {
    let teller = Teller { reading, published, dates };
    let mut events: VecDeque<Event> = VecDeque::new();
    for (index, said) in by_sentence.iter_mut().enumerate() {
        undate_contents(said, published);
        while events.front().is_some_and(|event| index > event.sentence + REACH) {
            events.pop_front();
        }
        events.extend(teller.told(cast, said, index));
        for statement in said {
            inherit(reading, &mut events, statement, index);
            events.extend(Event::of(reading, statement, index));
        }
    }
}

/// A date in what somebody says dates no other saying of the sentence, unless that saying stands there too.
fn undate_contents(said: &mut [Statement], published: Option<PartialDate>) {
    if said.len() < 2 {
        return;
    }
    for i in 0..said.len() {
        let Some(at) = said[i].date.and_then(|date| date.mention) else { continue };
        let cue = said[i].cue.as_ref().map(|cue| cue.span);
        let holds = |content: &Span| content.overlaps(at) && cue.is_none_or(|cue| !content.overlaps(cue));
        if said.iter().enumerate().any(|(k, other)| k != i && other.spans.iter().any(holds)) {
            said[i].date = published.map(|published| when::published_by(published.last_day()));
        }
    }
}

/// Takes day and outlets from the events at which the statement may have been made, the last one first.
fn inherit(reading: &Reading, events: &mut VecDeque<Event>, statement: &mut Statement, sentence: usize) {
    if events.is_empty() {
        return;
    }
    let paragraph = |sentence: usize| reading.sentences[sentence].paragraph;
    let distance = |event: &Event| paragraph(sentence) - paragraph(event.sentence);
    let saying = Saying::of(reading, statement);
    let attended: Vec<&Event> =
        events.iter_mut().filter_map(|event| event.admits(&saying, distance(event)).then_some(&*event)).collect();
    let newest = attended.iter().filter_map(|event| event.day()).max();
    let mut date = statement.date.filter(|date| date.basis == DateBasis::Text);
    let mut relays: &[Named] = &[];
    for event in attended.into_iter().rev() {
        // A look back dates no more than its own paragraph.
        let looks_back = event.date.is_some() && event.day().is_none_or(|day| Some(day) < newest);
        if looks_back && distance(event) > 0 {
            continue;
        }
        let another_day = date.zip(event.date).is_some_and(|(a, b)| a.not_before != b.not_before);
        // What was said to an outlet was not said where none was.
        let another_outlet = !statement.relayed_by.is_empty() && !shares(&statement.relayed_by, &event.relays);
        if another_day || another_outlet {
            break;
        }
        date = date.or(event.date);
        if relays.is_empty() {
            relays = &event.relays;
        }
    }
    statement.date = date.or(statement.date);
    // An outlet that speaks for itself is relayed by nobody else.
    let speaks = |relay: &Named| statement.actors.iter().any(|actor| actor.name == relay.name);
    if statement.relayed_by.is_empty() && !relays.is_empty() && !relays.iter().any(speaks) {
        statement.relayed_by = relays.into();
    }
}

fn shares(some: &[Named], others: &[Named]) -> bool {
    some.iter().any(|one| others.iter().any(|other| other.name == one.name))
}

/// What is asked of a statement to know whether it was made at an event.
struct Saying<'a> {
    reading: &'a Reading<'a>,
    actors: &'a [Actor],
    cue: Option<&'a str>,
    /// Whether the cue stands in the pluperfect ("avait-il dit").
    is_anterior: bool,
    /// The words of each actor with their appositions, read when first asked for.
    titles: OnceCell<Vec<Range<usize>>>,
}

impl<'a> Saying<'a> {
    fn of(reading: &'a Reading<'a>, statement: &'a Statement) -> Self {
        let cue = statement.cue.as_ref().map(|cue| cue.span.of(reading.text));
        let is_anterior = cue.is_some_and(is_anterior);
        Self { reading, actors: &statement.actors, cue, is_anterior, titles: OnceCell::new() }
    }

    /// Whether the cue stands in the imperfect ("estimait-il") or there is none.
    fn is_imperfect(&self) -> bool {
        let imperfect = |word: &str| (word.ends_with("ait") || word.ends_with("aient")) && word != "fait";
        self.cue.is_none_or(|cue| words(cue).any(imperfect))
    }

    /// The tokens of the words that name an actor, with their appositions; none if they are no phrase.
    fn title(&self, actor: usize) -> &Range<usize> {
        let read = |actor: &Actor| {
            let first = self.reading.tokens.at_or_after(actor.mention.start);
            self.reading.source_at(first, self.reading.sentence_end(first)).map_or(0..0, |phrase| phrase.full())
        };
        &self.titles.get_or_init(|| self.actors.iter().map(read).collect())[actor]
    }
}

fn is_anterior(cue: &str) -> bool {
    cue.contains("avai") && words(cue).any(|word| matches!(word, "avait" | "avaient"))
}

fn words(cue: &str) -> impl Iterator<Item = &str> {
    cue.split(|c: char| !c.is_alphabetic())
}

impl Event {
    /// The event of a statement that bears a day of its own.
    fn of(reading: &Reading, statement: &Statement, sentence: usize) -> Option<Self> {
        let date = statement.date.filter(|date| date.basis == DateBasis::Text)?;
        let anterior = statement.cue.as_ref().is_some_and(|cue| is_anterior(cue.span.of(reading.text)));
        let mut event = Self { sentence, date: Some(date), anterior, ..Self::default() };
        statement.actors.iter().for_each(|actor| event.enter(actor));
        Some(event)
    }

    /// Enters one who speaks at the event.
    pub fn enter(&mut self, actor: &Actor) {
        self.enter_name(&actor.name, actor.kind);
        self.countries.extend(actor.metonym);
    }

    /// Enters one who speaks at the event by name.
    pub fn enter_name(&mut self, name: &Arc<str>, kind: ActorKind) {
        if !self.people.iter().any(|known| known == name) {
            self.people.push(name.clone());
            let unsure = kind == ActorKind::Person && !name.contains(' ');
            if unsure || matches!(kind, ActorKind::Organisation | ActorKind::Authority) {
                self.bodies.push(name.clone());
            } else if kind == ActorKind::Unnamed {
                self.roles.extend(name.split(' ').next().map(str::to_lowercase));
            }
        }
    }

    /// The day, if it is known to the day.
    fn day(&self) -> Option<Date> {
        let date = self.date?;
        date.not_before.filter(|first| Some(*first) == date.not_after)
    }

    /// Whether the statement may have been made at the event, which is told so many paragraphs before: by one of its
    /// people, or right after by somebody of the body or the country that spoke. Who speaks once is one of its people.
    fn admits(&mut self, saying: &Saying, distance: usize) -> bool {
        let looks_back_too = self.anterior && distance == 0 && saying.is_imperfect();
        if self.anterior != saying.is_anterior && !looks_back_too {
            return false;
        }
        if saying.actors.iter().any(|actor| self.people.contains(&actor.name)) {
            return true;
        }
        if distance > NEAR {
            return false;
        }
        let newcomer = (0..saying.actors.len()).find(|actor| self.is_of(saying, *actor));
        self.people.extend(newcomer.map(|actor| saying.actors[actor].name.clone()));
        newcomer.is_some()
    }

    /// "le président russe" after "Moscou", "Léa Roy, directrice du musée" after "le musée", or after "une directrice".
    fn is_of(&self, saying: &Saying, actor: usize) -> bool {
        let nobody = self.bodies.is_empty() && self.countries.is_empty() && self.roles.is_empty();
        if nobody || saying.actors[actor].kind != ActorKind::Person {
            return false;
        }
        let (reading, title) = (saying.reading, saying.title(actor).clone());
        if title.is_empty() {
            return false;
        }
        let of_country = |k: usize| reading.demonym(k).is_some_and(|demonym| self.countries.contains(&demonym.country));
        let words = reading.span(title.clone()).of(reading.text);
        title.clone().any(of_country)
            || self.bodies.iter().any(|body| words.contains(&**body))
            || title.clone().any(|k| self.roles.iter().any(|role| reading.lower(k) == role))
    }
}
