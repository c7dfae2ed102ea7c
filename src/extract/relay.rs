//! Relays: the outlets through which the article says that the words came.

use super::cast::Cast;
use super::date::ResolvedDate;
use super::draft::Draft;
use super::name::Name;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::Named;
use super::statement::{ActorKind, DateBasis, Statement, StatementDate};
use crate::entity::{EntityId, is_first_name};
use crate::language::fr::Classes;
use std::ops::Range;

/// The outlets that relay the draft's words: beside it ("selon le Courrier"), as addressee ("à l'AFP"),
/// as medium ("au micro de", "sur France 24"), as interviewer ("interrogé par").
pub fn relays(reading: &Reading, draft: &Draft) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for phrase in &draft.relays {
        found.extend(from_phrase(reading, phrase));
    }
    for clause in &draft.clause {
        for i in clause.clone() {
            if reading.quotation_at(i).is_none()
                && !draft.sources.iter().any(|s| s.full().contains(&i) && s.range.contains(&i))
            {
                found.extend(at(reading, i, clause));
            }
        }
    }
    let mut unique: Vec<Named> = Vec::new();
    for named in found {
        if !unique.iter().any(|u| u.name == named.name) {
            unique.push(named);
        }
    }
    unique
}

fn from_phrase(reading: &Reading, phrase: &Phrase) -> Option<Named> {
    let name = phrase.names.first()?;
    let media = phrase.head.is_some_and(|h| reading.is(h, Classes::MEDIA));
    // Beside somebody else's words an unknown "le Petit Bocageux" relays too; a person does not.
    let stranger = name.entities.is_empty()
        && phrase.role.is_none()
        && !is_first_name(reading.surface(name.range.start))
        && phrase.range.start < name.range.start;
    let outlet = reading.outlet_of(name).or_else(|| (media || stranger).then_some(None))?;
    Some(named(reading, name, outlet))
}

fn named(reading: &Reading, name: &Name, outlet: Option<EntityId>) -> Named {
    let span = reading.span(name.range.clone());
    let text = outlet.map_or_else(|| span.of(reading.text).to_owned(), |id| reading.entities.get(id).fr.clone());
    Named { name: text, entity: outlet, mention: Some(span) }
}

/// An outlet at token `i` after a word that makes it a relay.
fn at(reading: &Reading, i: usize, clause: &Range<usize>) -> Option<Named> {
    let within = i > clause.start
        && reading.tokens.is_capital(i - 1)
        && reading.token(i).spaced
        && reading.mark(i - 1).is_none();
    if within && !reading.is(i - 1, Classes::DET) {
        return None;
    }
    let name = reading.name_at(i, clause.end)?;
    // Some outlets write themselves without a capital ("franceinfo").
    if !reading.tokens.is_capital(i) && !name.entities.iter().any(|e| reading.entities.is_outlet(*e)) {
        return None;
    }
    let mut k = i;
    while k > clause.start
        && (reading.is(k - 1, Classes::DET | Classes::MEDIA) && !reading.is(k - 1, Classes::FUSED)
            || reading.is_open(k - 1) && reading.is(k.saturating_sub(2), Classes::MEDIA))
    {
        k -= 1;
    }
    // "au micro du Courrier" carries its preposition in the article.
    let lead = k.checked_sub(1)?;
    let word = reading.lower(lead);
    let by = matches!(word, "par" | "à" | "au" | "aux" | "sur" | "dans" | "auprès" | "avec" | "chez" | "via" | "selon");
    let of = matches!(word, "de" | "d'" | "du" | "des") && lead > 0 && of_medium(reading, lead);
    let media = (k..i).any(|j| reading.is(j, Classes::MEDIA) && reading.tokens.is_word(j));
    // "un entretien au Petit Bocageux", "cité par Golfe Matin": nothing else is talked to or cites.
    let talk = lead > 0 && reading.is(lead - 1, Classes::INTERVIEW) && matches!(word, "à" | "au" | "aux" | "avec")
        || lead > 0
            && word == "par"
            && matches!(
                reading.lower(lead - 1),
                "cité" | "citée" | "cités" | "citées" | "relayé" | "relayée" | "relayés"
            );
    let stranger = name.entities.is_empty() && (media || talk && !is_first_name(reading.surface(i)));
    let outlet = reading.outlet_of(&name).or_else(|| stranger.then_some(None))?;
    (by || of).then(|| named(reading, &name, outlet))
}

/// "au micro de", "dans les colonnes du", "auprès de", "à l'antenne de", "correspondant de".
fn of_medium(reading: &Reading, lead: usize) -> bool {
    reading.is(lead - 1, Classes::MEDIUM)
}

/// A talk with an outlet that a sentence tells of: "Invitée de Radio Estuaire lundi, Léa Roy …".
struct Talk {
    sentence: usize,
    relays: Vec<Named>,
    date: Option<StatementDate>,
    /// Names of those who talk.
    people: Vec<String>,
}

/// How many sentences after its mention a talk still gives the words of its guest.
const REACH: usize = 30;

/// Carries outlet and day of an interview over to what its guest says in the sentences that follow.
/// `sentences` names the sentence of each statement.
pub fn carry(
    reading: &Reading,
    cast: &Cast,
    dates: &[ResolvedDate],
    statements: &mut [Statement],
    sentences: &[usize],
) {
    let mut talks: Vec<Talk> = Vec::new();
    for index in 0..reading.sentences.len() {
        talks.extend(talk(reading, cast, dates, statements, sentences, index));
    }
    for (statement, sentence) in statements.iter_mut().zip(sentences) {
        let told = talks.partition_point(|talk| talk.sentence <= *sentence);
        let near = talks[..told].iter().rev().take_while(|talk| *sentence <= talk.sentence + REACH);
        let guest = |talk: &&Talk| statement.actors.iter().any(|a| talk.people.contains(&a.name));
        let Some(talk) = near.into_iter().find(guest) else { continue };
        if statement.relayed_by.is_empty() {
            statement.relayed_by.clone_from(&talk.relays);
        }
        if statement.date.is_none_or(|d| d.basis == DateBasis::Publication) && talk.date.is_some() {
            statement.date = talk.date;
        }
    }
}

fn talk(
    reading: &Reading,
    cast: &Cast,
    dates: &[ResolvedDate],
    statements: &[Statement],
    sentences: &[usize],
    index: usize,
) -> Option<Talk> {
    let range = reading.sentences[index].range.clone();
    let outside = |k: usize| reading.quotation_at(k).is_none();
    let tells = range.clone().any(|k| outside(k) && reading.is(k, Classes::INTERVIEW));
    let said = sentences.partition_point(|s| *s < index)..sentences.partition_point(|s| *s <= index);
    let said = &statements[said];
    if !tells && !said.is_empty() {
        return None;
    }
    let mut relays: Vec<Named> = Vec::new();
    for named in range.clone().filter(|k| outside(*k)).filter_map(|k| at(reading, k, &range)) {
        if !relays.iter().any(|r| r.name == named.name) {
            relays.push(named);
        }
    }
    if relays.is_empty() {
        return None;
    }
    let person = |n: &&super::cast::Naming| cast.members[n.member].kind == ActorKind::Person;
    let mut people: Vec<String> = said.iter().flat_map(|s| s.actors.iter().map(|a| a.name.clone())).collect();
    let named = cast.within(range.clone()).iter().find(|n| person(n));
    let before = || cast.before(range.start).find(person);
    if people.is_empty() {
        people.extend(named.or_else(before).map(|n| cast.members[n.member].name.clone()));
    }
    let span = reading.span(range);
    let first = dates.partition_point(|d| d.mention.span.start < span.start);
    let day = dates[first..]
        .iter()
        .take_while(|d| d.mention.span.end <= span.end)
        .find(|d| !d.mention.expression.is_future() && d.days.is_some_and(|(a, b)| a == b));
    let date = day.and_then(|d| {
        let (first, last) = d.days?;
        Some(StatementDate {
            not_before: Some(first),
            not_after: Some(last),
            basis: DateBasis::Text,
            mention: Some(d.mention.span),
        })
    });
    (!people.is_empty()).then_some(Talk { sentence: index, relays, date, people })
}
