//! Relays: the outlets through which the article says that the words came.

use super::draft::Draft;
use super::name::Name;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::Named;
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
    unique(found)
}

/// Each outlet once.
pub fn unique(found: impl IntoIterator<Item = Named>) -> Vec<Named> {
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
pub fn at(reading: &Reading, i: usize, clause: &Range<usize>) -> Option<Named> {
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
