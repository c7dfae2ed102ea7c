//! Relays: the outlets through which the article says that the words came.

use super::draft::Draft;
use super::phrase::{Name, Phrase};
use super::reading::Reading;
use super::statement::Named;
use crate::entity::EntityId;
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
            if reading.quotation_at(i).is_none() && !draft.sources.iter().any(|s| s.full().contains(&i) && s.range.contains(&i)) {
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
    let outlet = reading.outlet_of(name).or_else(|| media.then_some(None))?;
    Some(named(reading, name, outlet))
}

fn named(reading: &Reading, name: &Name, outlet: Option<EntityId>) -> Named {
    let span = reading.span(name.range.clone());
    let text = outlet.map_or_else(|| span.of(reading.text).to_owned(), |id| reading.entities.get(id).fr.clone());
    Named { name: text, entity: outlet, mention: Some(span) }
}

/// An outlet at token `i` after a word that makes it a relay.
fn at(reading: &Reading, i: usize, clause: &Range<usize>) -> Option<Named> {
    let within = i > clause.start && reading.tokens.is_capital(i - 1) && reading.token(i).spaced && reading.mark(i - 1).is_none();
    if within && !reading.is(i - 1, Classes::DET) {
        return None;
    }
    let name = reading.name_at(i, clause.end)?;
    // Some outlets write themselves without a capital ("franceinfo").
    if !reading.tokens.is_capital(i) && !name.entities.iter().any(|e| reading.entities.is_outlet(*e)) {
        return None;
    }
    let mut k = i;
    while k > clause.start && (reading.is(k - 1, Classes::DET | Classes::MEDIA) && !reading.is(k - 1, Classes::FUSED) || reading.is_open(k - 1) && reading.is(k.saturating_sub(2), Classes::MEDIA)) {
        k -= 1;
    }
    // "au micro du Courrier" carries its preposition in the article.
    let lead = k.checked_sub(1)?;
    let word = reading.lower(lead);
    let by = matches!(word, "par" | "à" | "au" | "aux" | "sur" | "dans" | "auprès" | "avec" | "chez" | "via" | "selon");
    let of = matches!(word, "de" | "d'" | "du" | "des") && lead > 0 && of_medium(reading, lead);
    let media = (k..i).any(|j| reading.is(j, Classes::MEDIA) && reading.tokens.is_word(j));
    let outlet = reading.outlet_of(&name).or_else(|| (media && name.entities.is_empty()).then_some(None))?;
    (by || of).then(|| named(reading, &name, outlet))
}

/// "au micro de", "dans les colonnes du", "auprès de", "à l'antenne de", "correspondant de".
fn of_medium(reading: &Reading, lead: usize) -> bool {
    matches!(reading.lower(lead - 1), "micro" | "colonnes" | "antenne" | "auprès" | "plateau" | "site" | "invité" | "invitée" | "questions" | "ondes" | "journaliste" | "journalistes" | "correspondant" | "correspondante")
}
