//! Sentences that tell of a speech event: an interview ("Invitée de Radio Estuaire lundi, Léa Roy …"), an occasion
//! ("s'exprimait mardi devant les députés"), or a saying whose words come later ("a réagi mercredi à la décision").

use super::cast::{Cast, Naming};
use super::cue::{Shape, groups};
use super::date::ResolvedDate;
use super::event::Event;
use super::reading::Reading;
use super::relay;
use super::resolve::Resolver;
use super::statement::{ActorKind, DateBasis, Named, Span, Statement, StatementDate};
use super::when;
use crate::date::PartialDate;
use crate::language::Classes;
use std::ops::Range;

/// How many words after the noun of a talk its outlet may stand ("un entretien accordé mardi soir à …").
const TALK: usize = 10;

/// Classes of verbs that tell of no saying by themselves ("a voulu", "a poursuivi").
const NO_SAYING: [&str; 7] = ["continue", "want", "hope", "see", "show", "decide", "conceal"];

/// What finds the events that sentences tell of.
pub struct Teller<'a> {
    /// The article.
    pub reading: &'a Reading<'a>,
    /// Its day of publication.
    pub published: Option<PartialDate>,
    /// Its dates, in text order.
    pub dates: &'a [ResolvedDate],
}

impl Teller<'_> {
    /// The event that a sentence tells of; `said` are the statements that the sentence makes itself.
    pub fn told(&self, cast: &mut Cast, said: &[Statement], index: usize) -> Option<Event> {
        let reading = self.reading;
        let range = reading.sentences[index].range.clone();
        let days = self.days(said, &range);
        let talks = self.talks(&range);
        if days.is_empty() && talks.is_empty() && !said.is_empty() {
            return None;
        }
        let outlets = if talks.is_empty() && !said.is_empty() { Vec::new() } else { self.outlets(&talks, &range) };
        if days.is_empty() && outlets.is_empty() || said.is_empty() && self.is_refused(&range) {
            return None;
        }
        let sayings = if days.is_empty() { Vec::new() } else { self.sayings(said, &range) };
        let mut anchors: Vec<usize> = range.clone().filter(|k| self.tells(*k, Classes::EVENT)).collect();
        anchors.extend(talks.iter().copied().chain(sayings.iter().map(|group| group.end - 1)));
        anchors.extend(outlets.iter().map(|(k, _)| *k));
        let date = nearest(reading, &days, &anchors);
        if date.is_none() && outlets.is_empty() {
            return None;
        }
        let relays = relay::unique(outlets.into_iter().map(|(_, named)| named)).into();
        let anterior = range.clone().take_while(|k| !self.outside(*k, Classes::REL)).any(|k| self.is_had(k));
        let mut event = Event { sentence: index, date, relays, anterior, ..Event::default() };
        said.iter().flat_map(|statement| &statement.actors).for_each(|actor| event.enter(actor));
        if said.is_empty() {
            self.enter_speakers(&mut event, cast, &sayings);
        }
        (!event.people.is_empty()).then_some(event)
    }

    fn outside(&self, k: usize, classes: u64) -> bool {
        self.reading.is(k, classes) && self.reading.quotation_at(k).is_none()
    }

    /// Whether the word, which is no part of a name ("La Tribune"), is in one of `classes`.
    fn tells(&self, k: usize, classes: u64) -> bool {
        self.outside(k, classes) && (!self.reading.tokens.is_capital(k) || self.reading.starts_sentence(k))
    }

    fn is_had(&self, k: usize) -> bool {
        matches!(self.reading.lower(k), "avait" | "avaient") && self.reading.quotation_at(k).is_none()
    }

    /// "Sollicité par Radio Estuaire, le maire n'a pas répondu": no words came of it.
    fn is_refused(&self, range: &Range<usize>) -> bool {
        let answers =
            |k: usize| matches!(self.reading.lower(k), "pu" | "souhaité" | "voulu" | "répondu" | "réagi" | "commenté");
        let mut negations = range.clone().filter(|k| self.outside(*k, Classes::NEG));
        negations.any(|k| matches!(self.reading.lower(k), "n'" | "ne") && (k..range.end.min(k + 6)).any(answers))
    }

    /// The words for a talk with an outlet; a broadcast is one only where there is no interview.
    fn talks(&self, range: &Range<usize>) -> Vec<usize> {
        let mut all: Vec<usize> = self
            .reading
            .tokens
            .all_of(range.clone(), Classes::INTERVIEW)
            .filter(|k| self.tells(*k, Classes::INTERVIEW))
            .collect();
        let is_narrow = |k: &usize| !self.reading.is(*k, Classes::MEDIA);
        if all.iter().any(is_narrow) {
            all.retain(is_narrow);
        }
        all
    }

    /// The outlets of the sentence, with their tokens: those that follow the word for the talk, if any do.
    fn outlets(&self, talks: &[usize], range: &Range<usize>) -> Vec<(usize, Named)> {
        let mut outlets = relay::outlets(self.reading, range);
        let follows = |k: usize| talks.iter().any(|talk| *talk < k && k <= talk + TALK);
        let any = outlets.iter().any(|(k, _)| follows(*k));
        outlets.retain(|(k, _)| !any || follows(*k));
        outlets
    }

    /// The past days that the sentence names outside quotations and contents, with their tokens.
    fn days(&self, said: &[Statement], range: &Range<usize>) -> Vec<(usize, StatementDate)> {
        let span = self.reading.span(range.clone());
        let latest = self.published.map(PartialDate::last_day);
        let free = |at: Span| !said.iter().any(|statement| statement.spans.iter().any(|content| content.overlaps(at)));
        let first = self.dates.partition_point(|date| date.mention.span.start < span.start);
        self.dates[first..]
            .iter()
            .take_while(|date| date.mention.span.end <= span.end)
            .filter(|date| !date.mention.expression.is_future() && free(date.mention.span))
            .filter_map(|date| {
                let token = self.reading.tokens.at_or_after(date.mention.span.start);
                let (first, last) = date.days.filter(|days| days.0 == days.1)?;
                let past = latest.is_none_or(|latest| first <= latest)
                    && self.reading.quotation_at(token).is_none()
                    && !when::is_attribute(self.reading, token);
                let (not_before, not_after, mention) = (Some(first), Some(last), Some(date.mention.span));
                past.then_some((token, StatementDate { not_before, not_after, basis: DateBasis::Text, mention }))
            })
            .collect()
    }

    /// The reporting verbs of the main clause that report none of the sentence's own statements.
    fn sayings(&self, said: &[Statement], range: &Range<usize>) -> Vec<Range<usize>> {
        let reports = |group: &Range<usize>| {
            let span = self.reading.span(group.clone());
            said.iter().any(|statement| statement.cue.as_ref().is_some_and(|cue| cue.span.overlaps(span)))
        };
        let clause = range.clone().find(|k| self.outside(*k, Classes::REL)).unwrap_or(range.end);
        groups(self.reading, range.clone())
            .into_iter()
            .filter(|group| !NO_SAYING.contains(&group.verb(self.reading).class))
            .filter(|group| group.shape == Shape::Finite && !group.negated && !group.conditional)
            .map(|group| group.range)
            .filter(|group| group.end <= clause && !reports(group))
            .collect()
    }

    /// Enters who speaks: the subject of the saying; else the person, or the body, that the sentence names; else the
    /// person named last.
    fn enter_speakers(&self, event: &mut Event, cast: &mut Cast, sayings: &[Range<usize>]) {
        let reading = self.reading;
        let range = reading.sentences[event.sentence].range.clone();
        if let Some(group) = sayings.first()
            && let Some(sources) = reading
                .source_before(range.start, group.start)
                .or_else(|| reading.source_after(group.end, range.end))
                .filter(|sources| !sources.iter().any(|source| source.pronoun))
        {
            let answer = Resolver::new(reading, cast, self.published).resolve(&sources, event.sentence);
            return answer.actors.iter().for_each(|actor| event.enter(actor));
        }
        let is_person = |naming: &&Naming| cast.members[naming.member].kind == ActorKind::Person;
        // "(Marelle)" may be a publisher's name.
        let is_told = |naming: &&Naming| is_person(naming) && cast.members[naming.member].is_told();
        let named = cast.within(range.clone());
        let naming = named
            .iter()
            .find(is_told)
            .or_else(|| named.iter().find(is_person))
            .or_else(|| named.iter().find(|naming| naming.subject))
            .or_else(|| cast.before(range.start).find(is_person));
        if let Some(member) = naming.map(|naming| &cast.members[naming.member]) {
            event.enter_name(&member.name, member.kind);
        }
    }
}

/// The day that stands nearest to one of the `anchors`, with no relative clause between them.
fn nearest(reading: &Reading, days: &[(usize, StatementDate)], anchors: &[usize]) -> Option<StatementDate> {
    let pairs = days.iter().flat_map(|(day, date)| anchors.iter().map(move |anchor| (*day, *anchor, *date)));
    let joined = |day: usize, anchor: usize| {
        let mut between = day.min(anchor)..day.max(anchor);
        !between.any(|k| reading.is(k, Classes::REL) && reading.quotation_at(k).is_none())
    };
    pairs
        .filter(|(day, anchor, _)| joined(*day, *anchor))
        .min_by_key(|(day, anchor, _)| day.abs_diff(*anchor))
        .map(|(_, _, date)| date)
}
