//! Relays: the outlets through which the article says that the words came.

use super::draft::Draft;
use super::name::Name;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::Named;
use super::word::Word;
use crate::entity::EntityId;
use crate::language::Classes;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The outlets that relay the draft's words: beside it ("selon le Courrier"), as addressee ("à l'AFP"),
/// as medium ("au micro de", "sur France 24"), as interviewer ("interrogé par").
pub fn relays(reading: &Reading, draft: &Draft) -> Vec<Named> {
    let beside = draft.relays.iter().filter_map(|phrase| from_phrase(reading, phrase));
    let around = around(reading, draft);
    let within = draft.clause.iter().chain(&around).flat_map(|clause| outlets(reading, clause));
    unique(beside.chain(within.filter(|(k, _)| !is_of_source(reading, draft, *k)).map(|(_, named)| named)))
}

/// The tokens beside the reporting clause where a relay may stand: "Sur Radio Estuaire, …", "…, comme l'écrit le
/// Courrier", "un élu cité par Golfe Matin".
fn around(reading: &Reading, draft: &Draft) -> Vec<Range<usize>> {
    let sentence = reading.sentences[draft.sentence].range.clone();
    let outside = |k: &usize| reading.quotation_at(*k).is_none();
    let mut around = Vec::new();
    let first = sentence.start;
    if outside(&first) && LEADS.contains(&reading.lower(first)) {
        let comma = (first..sentence.end).find(|k| reading.is_comma(*k) || !outside(k)).unwrap_or(sentence.end);
        around.push(first..comma);
    }
    let mut conjunctions = reading.tokens.all_of(sentence.clone(), Classes::SUB);
    let comparison = conjunctions.find(|k| reading.lower(*k) == "comme" && outside(k));
    around.extend(comparison.map(|k| k..sentence.end.min(k + NEAR)));
    let named_by = draft.sources.iter().map(|source| source.range.end).filter(|end| reading.lower(*end) == "par");
    around.extend(named_by.map(|end| end - 1..sentence.end.min(end + NEAR)));
    around
}

/// How many words after "comme" or "par" the outlet may stand.
const NEAR: usize = 8;

/// Whether the outlet at `k` is part of the source's words ("un journaliste de Radio Estuaire").
fn is_of_source(reading: &Reading, draft: &Draft, k: usize) -> bool {
    let is_source = |k: usize| draft.sources.iter().any(|source| source.range.contains(&k));
    let mut before = k;
    while before > 0 && (reading.is(before - 1, Classes::DET) || matches!(reading.lower(before - 1), "de" | "d'")) {
        before -= 1;
    }
    is_source(k)
        || before < k && before > 0 && matches!(reading.lower(before), "de" | "d'" | "du") && is_source(before - 1)
}

/// The outlets that the tokens `range` name as relays, each with its first token; quotations are passed over.
pub fn outlets(reading: &Reading, range: &Range<usize>) -> Vec<(usize, Named)> {
    let mut found = Vec::new();
    let (mut i, mut last_end) = (range.start, usize::MAX);
    while let Some(next) = reading.tokens.find(i..range.end, Word::CAPITAL | Word::NAME, Classes::MEDIA) {
        i = next + 1;
        if reading.quotation_at(next).is_none()
            && let Some((name, named)) = at(reading, next, range, last_end)
        {
            found.push((next, named));
            i = name.range.end;
            last_end = i;
        }
    }
    found
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
        && !reading.is_given_name(name.range.start)
        && phrase.range.start < name.range.start;
    let outlet = reading.outlet_of(name).or_else(|| (media || stranger).then_some(None))?;
    Some(named(reading, name, outlet))
}

fn named(reading: &Reading, name: &Name, outlet: Option<EntityId>) -> Named {
    let span = reading.span(name.range.clone());
    let text = outlet.map_or_else(|| span.of(reading.text).into(), |id| reading.label(id));
    Named { name: text, entity: outlet, mention: Some(span), link: None }
}

/// An outlet at token `i` after a word that makes it a relay, or after another one, which ends at `last_end`.
fn at(reading: &Reading, i: usize, clause: &Range<usize>, last_end: usize) -> Option<(Name, Named)> {
    let within = i > clause.start
        && reading.tokens.is_capital(i - 1)
        && reading.tokens.is_spaced(i)
        && reading.mark(i - 1).is_none();
    if within && !reading.is(i - 1, Classes::DET | Classes::PREP) {
        return None;
    }
    if let Some(found) = anaphor(reading, i, clause) {
        return Some(found);
    }
    // No mark leads to an outlet, unless it joins this one to another.
    let joins = |mark: char| matches!(mark, ',' | '/') && i - 1 == last_end;
    if reading.mark(i.checked_sub(1)?).is_some_and(|mark| !joins(mark)) {
        return None;
    }
    let name = reading.name_at(i, clause.end)?;
    // Some outlets write themselves without a capital ("franceinfo").
    let known = name.entities.iter().any(|e| reading.entities.is_outlet(*e));
    // Other known things relay nothing, whatever stands before them.
    if !(known || reading.tokens.is_capital(i) && name.entities.is_empty()) {
        return None;
    }
    let mut k = noun_before(reading, i, clause.start).unwrap_or(i);
    while k > clause.start && reading.is(k - 1, Classes::DET | Classes::MEDIA) && !reading.is(k - 1, Classes::FUSED) {
        k -= 1;
    }
    k = apposed(reading, k, clause.start).unwrap_or(k);
    let lead = k.checked_sub(1)?;
    // "sur Golfe TV/Radio Estuaire", "à l'Agence Méridienne et Golfe Matin".
    let joined = lead == last_end && (matches!(reading.lower(lead), "et" | "and" | "/") || reading.is_comma(lead));
    if !joined && !leads(reading, lead) {
        return None;
    }
    let media = (k..i).any(|j| reading.is(j, Classes::MEDIA) && reading.tokens.is_word(j) && !is_agency(reading, j));
    // "un entretien au Petit Bocageux", "cité par Golfe Matin": nothing else is talked to or cites.
    let talk = is_talk_to(reading, lead) && !is_holder(reading, i, lead)
        || reading.lower(lead) == "par" && is_citing(reading, lead);
    let stranger = name.entities.is_empty() && (media || talk && !reading.is_given_name(i));
    let outlet = reading.outlet_of(&name).or_else(|| stranger.then_some(None))?;
    let named = named(reading, &name, outlet);
    Some((name, named))
}

/// The noun that says of the name at `i` what medium it is: "(le) site d'information Rue Verte".
fn noun_before(reading: &Reading, i: usize, start: usize) -> Option<usize> {
    let small = |k: usize| !reading.tokens.is_capital(k) && reading.quotation_at(k).is_none();
    let inside = |k: usize| reading.is_open(k) || matches!(reading.lower(k), "d'" | "de" | "presse") && k + 1 < i;
    let noun = (start.max(i.saturating_sub(4))..i)
        .rev()
        .find(|k| reading.is(*k, Classes::MEDIA) && reading.lower(*k) != "presse" || !inside(*k) || !small(*k))?;
    (reading.is(noun, Classes::MEDIA) && small(noun) && reading.tokens.is_word(noun)).then_some(noun)
}

/// "(à) l'affilié local Canal Sarrance": where the noun phrase begins to which the name at `i` is apposed.
fn apposed(reading: &Reading, i: usize, start: usize) -> Option<usize> {
    let noun = |k: &usize| reading.is_open(*k) && !reading.tokens.is_capital(*k) && reading.forms(*k).is_empty();
    let article = (start.max(i.saturating_sub(3))..i).rev().find(|k| !noun(k))?;
    let definite = matches!(reading.lower(article), "l'" | "la" | "le") && article + 1 < i;
    (definite && reading.lower(article.checked_sub(1)?) == "à").then_some(article)
}

/// Prepositions that make the outlet after them a relay.
const LEADS: [&str; 10] = ["à", "au", "aux", "sur", "dans", "auprès", "avec", "chez", "via", "selon"];

/// Whether the word at `lead` makes the outlet after it a relay.
fn leads(reading: &Reading, lead: usize) -> bool {
    if reading.is_english() {
        return super::english::leads_to_outlet(reading, lead);
    }
    match reading.lower(lead) {
        // "au micro du Courrier" carries its preposition in the article.
        word if LEADS.contains(&word) => true,
        "par" => is_asking(reading, lead) || is_citing(reading, lead),
        // "au micro de", "dans les colonnes du", "auprès de", "à l'antenne de", "correspondant de".
        "de" | "d'" | "du" | "des" => lead > 0 && reading.is(lead - 1, Classes::MEDIUM),
        "après" => lead > 0 && reading.lower(lead - 1) == "d'",
        // "comme l'écrit le Courrier".
        _ => {
            let as_ = || (lead.saturating_sub(3)..lead).any(|k| reading.lower(k) == "comme");
            !reading.forms(lead).is_empty() && as_()
        }
    }
}

/// How many words after the noun of a talk the preposition may stand that leads to its outlet.
const FROM_TALK: usize = 4;

/// "un entretien à", "une interview exclusive accordée mardi au".
fn is_talk_to(reading: &Reading, lead: usize) -> bool {
    let between = |k: &usize| {
        reading.is(*k, Classes::TIME)
            || reading.is_open(*k) && (reading.lower(*k).ends_with(['é', 'e', 's']) || !reading.forms(*k).is_empty())
    };
    matches!(reading.lower(lead), "à" | "au" | "aux" | "avec")
        && (lead.saturating_sub(FROM_TALK)..lead)
            .rev()
            .find(|k| reading.is(*k, Classes::INTERVIEW) || !between(k))
            .is_some_and(|k| reading.is(k, Classes::INTERVIEW))
}

/// "un entretien téléphonique avec le Premier ministre", "un entretien avec le Président": with who holds an office, or with
/// somebody whom one calls, the talk is no interview.
fn is_holder(reading: &Reading, name: usize, lead: usize) -> bool {
    let is_call = |k: usize| matches!(reading.lower(k), "téléphonique" | "téléphoniques");
    reading.lower(lead) == "avec"
        && (reading.role_at(name, reading.sentence_end(name)).is_some()
            || (lead.saturating_sub(FROM_TALK)..lead).any(is_call))
}

/// "cité par", "relayée par": only outlets do that.
fn is_citing(reading: &Reading, by: usize) -> bool {
    participle_before(reading, by).is_some_and(|word| matches!(word, "cité" | "relayé" | "rapporté"))
}

/// "interrogée par", "contacté par", "publiée par": what outlets do beside others.
fn is_asking(reading: &Reading, by: usize) -> bool {
    const ASKING: [&str; 12] = [
        "contacté",
        "joint",
        "sollicité",
        "rencontré",
        "consulté",
        "recueilli",
        "repris",
        "publié",
        "diffusé",
        "questionné",
        "enregistré",
        "interviewé",
    ];
    let asked = participle_before(reading, by).is_some_and(|word| ASKING.contains(&word));
    asked || by > 0 && (by.saturating_sub(4)..by).any(|k| reading.is(k, Classes::INTERVIEW))
}

/// The word before "par", masculine singular; a day may stand between ("publié lundi par").
fn participle_before<'a>(reading: &'a Reading, by: usize) -> Option<&'a str> {
    let at = (by.saturating_sub(4)..by).rev().find(|k| !reading.is(*k, Classes::TIME))?;
    let word = reading.lower(at);
    let singular = word.strip_suffix('s').filter(|_| word != "repris").unwrap_or(word);
    Some(singular.strip_suffix('e').unwrap_or(singular))
}

/// "l'agence Santé des côtes": an agency that nothing else shows to be one of the press.
fn is_agency(reading: &Reading, k: usize) -> bool {
    reading.lower(k) == "agence" && reading.lower(k + 2) != "presse"
}

/// "dans le quotidien", "sur la chaîne": the outlet that was named last.
fn anaphor(reading: &Reading, i: usize, clause: &Range<usize>) -> Option<(Name, Named)> {
    let outlet = reading.is(i, Classes::MEDIA) && reading.is(i, Classes::PRESS) && reading.lower(i) != "presse";
    if !outlet || reading.tokens.is_capital(i) {
        return None;
    }
    let goes_on = i + 1 < clause.end
        && (reading.is_open(i + 1) && reading.forms(i + 1).is_empty()
            || reading.mark(i + 1).is_some_and(|mark| !matches!(mark, ',' | '.' | ')'))
            || matches!(reading.lower(i + 1), "de" | "d'" | "du" | "des"));
    let article = i.checked_sub(1).filter(|k| *k > clause.start)?;
    let definite = matches!(reading.lower(article), "le" | "la" | "l'" | "ce" | "cette" | "au");
    if goes_on || !definite {
        return None;
    }
    let lead = if reading.lower(article) == "au" { article } else { article - 1 };
    if !matches!(reading.lower(lead), "dans" | "à" | "au" | "sur" | "par") {
        return None;
    }
    let before = (i.saturating_sub(NAMED)..article).rev().filter(|k| reading.tokens.is_capital(*k));
    let name = before.filter_map(|k| reading.name_at(k, article)).find(|name| reading.outlet_of(name).is_some())?;
    let outlet = reading.outlet_of(&name)?;
    let named = named(reading, &name, outlet);
    Some((Name { range: i..i + 1, ..name }, named))
}

/// How many words before "le quotidien" its name may stand.
const NAMED: usize = 300;

/// The names that the article introduces as those of outlets: "le site d'information Rue Verte", "un entretien au Petit
/// Bocageux".
pub fn introduced(reading: &Reading) -> FxHashSet<String> {
    let nouns = reading.tokens.all_of(0..reading.tokens.len(), Classes::MEDIA | Classes::INTERVIEW);
    let starts = nouns.flat_map(|i| {
        let leads = if reading.is(i, Classes::INTERVIEW) { i + 1..i + 1 + FROM_TALK } else { 0..0 };
        after_medium(reading, i).into_iter().chain(leads.filter_map(|lead| after_talk(reading, lead)))
    });
    let names = starts.filter_map(|at| reading.name_at(at, reading.sentence_end(at)));
    let unknown = names.filter(|name| name.entities.is_empty());
    unknown.map(|name| reading.span(name.range).of(reading.text).to_owned()).collect()
}

/// Where the name begins that the medium's noun at `i` introduces.
fn after_medium(reading: &Reading, i: usize) -> Option<usize> {
    let noun = reading.is(i, Classes::MEDIA) && reading.is(i, Classes::PRESS) && !reading.tokens.is_capital(i);
    if !noun || is_agency(reading, i) {
        return None;
    }
    let adjective = |k: &usize| reading.is_open(*k) && !reading.tokens.is_capital(*k) || reading.lower(*k) == "d'";
    let at = (i + 1..i + 5).find(|k| !adjective(k))?;
    (reading.tokens.is_capital(at) && reading.lower(at - 1) != "d'").then_some(at)
}

/// Where the name begins with whose bearer a talk is held.
fn after_talk(reading: &Reading, lead: usize) -> Option<usize> {
    if !reading.is(lead, Classes::PREP) {
        return None;
    }
    let at = if reading.is(lead + 1, Classes::DET) { lead + 2 } else { lead + 1 };
    let stranger = reading.tokens.is_capital(at) && !reading.is_given_name(at);
    (stranger && reading.lower(lead) != "avec" && is_talk_to(reading, lead)).then_some(at)
}
