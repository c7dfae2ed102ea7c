//! To whom the words were said, and through what: "a-t-il dit à l'AFP", "devant les députés", "sur son compte Instagram".

use super::draft::Draft;
use super::frame::Frame;
use super::name::Name;
use super::phrase::Phrase;
use super::reading::Reading;
use super::statement::Named;
use crate::entity::EntityKind;
use crate::language::{Classes, Frames, Mood};

/// Those who are told, and the medium, as far as the reporting clause names them.
#[derive(Debug, Default)]
pub struct Audience {
    /// To whom.
    pub addressee: Option<Named>,
    /// Through what.
    pub medium: Option<Named>,
}

/// A preposition in the form in which the tables know it, and the first token after it.
struct Lead {
    word: &'static str,
    next: usize,
}

/// Reads the adjuncts of the draft's reporting clause.
pub fn audience(reading: &Reading, draft: &Draft) -> Audience {
    let mut found = Audience::default();
    if draft.cue.is_empty() {
        return found;
    }
    let told = || reading.lexicon.verb_named(draft.lemma).is_some_and(|verb| verb.frames.has(Frames::TOLD));
    if draft.frame == Frame::Told || reading.is_english() && told() {
        found.addressee = object_told(reading, draft);
    }
    for clause in draft.clause.iter() {
        let mut k = clause.start;
        while k < clause.end && (found.addressee.is_none() || found.medium.is_none()) {
            if k >= draft.cue.end && !draft.spans.iter().any(|s| s.contains(reading.token(k).span)) && ends(reading, k)
            {
                break;
            }
            if let Some(lead) = lead(reading, k).filter(|_| may_stand(reading, draft, k)) {
                let medium = medium(reading, &lead, clause.end);
                let is_medium = medium.is_some();
                found.medium = found.medium.or(medium);
                if !is_medium && found.addressee.is_none() {
                    found.addressee = addressee(reading, draft, &lead, clause.end);
                }
            }
            k += 1;
        }
    }
    found
}

/// "a averti les riverains que …": those who are told stand as the object.
fn object_told(reading: &Reading, draft: &Draft) -> Option<Named> {
    let limit = draft.clause.first().map_or(draft.cue.end, |c| c.end);
    let phrase = reading.phrase_at(draft.cue.end, limit).filter(|p| !p.pronoun)?;
    let noun = noun_at(reading, draft.cue.end, limit);
    let listed = reading.lexicon.audience.at(|n| reading.lower(noun + n)).is_some();
    let inside = draft.spans.iter().any(|s| s.contains(reading.token(phrase.range.start).span));
    let hears = hears(reading, &phrase, &Lead { word: "à", next: draft.cue.end });
    (!inside && (listed || hears)).then(|| told(reading, &phrase))
}

/// Whether another clause begins at `k`, which speaks of other things.
fn ends(reading: &Reading, k: usize) -> bool {
    let subordinate = reading.is(k, Classes::REL | Classes::SUB) && !reading.is(k, Classes::PREP);
    let acts = reading.forms(k).iter().any(|f| f.mood.is_finite())
        && !reading.tokens.is_capital(k)
        && !reading.noun_after_determiner(k)
        && !reading.is(k, Classes::PREP | Classes::DET);
    reading.quotation_at(k).is_none() && (subordinate || acts)
}

/// Whether an adjunct of the saying may begin at `k`: after the cue, or as an aside before it; never inside the content,
/// the source or a quotation.
fn may_stand(reading: &Reading, draft: &Draft, k: usize) -> bool {
    let at = reading.token(k).span;
    let outside = reading.quotation_at(k).is_none()
        && !draft.spans.iter().any(|s| s.contains(at))
        && !draft.sources.iter().any(|s| s.full().contains(&k));
    let aside = || {
        let first = reading.sentences[draft.sentence].range.start;
        k == first || reading.is_comma(k - 1) || reading.is(k - 1, Classes::TIME | Classes::ADV | Classes::AND)
    };
    outside && (k >= draft.cue.start || aside())
}

/// The preposition at `k`.
fn lead(reading: &Reading, k: usize) -> Option<Lead> {
    if !reading.is(k, Classes::PREP) {
        return None;
    }
    let word = |n: usize| reading.lower(k + n);
    let of = |n: usize| matches!(word(n), "de" | "d'" | "du" | "des");
    // A fused article stays with its noun phrase.
    let after = |n: usize| k + n + usize::from(!reading.is(k + n, Classes::FUSED));
    let lead = |word: &'static str, next: usize| Some(Lead { word, next });
    match word(0) {
        "to" => lead("à", k + 1),
        "on" => lead("sur", k + 1),
        "in" => lead("dans", k + 1),
        "by" => lead("par", k + 1),
        "through" => lead("via", k + 1),
        "during" | "at" => lead("lors", k + 1),
        "à" if word(1) == "l'" && matches!(word(2), "adresse" | "attention" | "intention") && of(3) => {
            lead("adresse", after(3))
        }
        "à" if word(1) == "destination" && of(2) => lead("adresse", after(2)),
        "à" if word(1) == "l'" && word(2) == "occasion" && of(3) => lead("lors", after(3)),
        "au" if word(1) == "cours" && of(2) => lead("lors", after(2)),
        "lors" if of(1) => lead("lors", after(1)),
        "auprès" if of(1) => lead("auprès", after(1)),
        "face" if matches!(word(1), "à" | "au" | "aux") => lead("face", after(1)),
        "à" | "au" | "aux" => lead("à", after(0)),
        "devant" => lead("devant", k + 1),
        "sur" => lead("sur", k + 1),
        "dans" => lead("dans", k + 1),
        "par" => lead("par", k + 1),
        "via" => lead("via", k + 1),
        "en" => lead("en", k + 1),
        "pendant" => lead("pendant", k + 1),
        "depuis" => lead("depuis", k + 1),
        _ => None,
    }
}

/// The first token after determiners, numbers and adjectives before the noun.
fn noun_at(reading: &Reading, from: usize, limit: usize) -> usize {
    let before = |k: &usize| {
        reading.is(*k, Classes::DET | Classes::NUM | Classes::ADJECTIVE | Classes::MEDIA)
            && !reading.tokens.is_capital(*k)
    };
    // "au micro", "la presse": a noun of the media is no word before one.
    let stops = |k: usize| reading.is(k, Classes::MEDIA) && !reading.is(k, Classes::DET | Classes::ADJECTIVE);
    (from..limit.min(from + 4)).find(|k| !before(k) || stops(*k)).unwrap_or(from)
}

/// Whether a table lets the preposition stand before its noun.
fn follows(prepositions: &str, lead: &Lead) -> bool {
    prepositions.split(',').any(|p| p == lead.word)
}

/// "dans un communiqué", "sur X", "au micro de Radio Estuaire", "sur France 24".
fn medium(reading: &Reading, lead: &Lead, limit: usize) -> Option<Named> {
    let noun = noun_at(reading, lead.next, limit);
    if let Some((length, prepositions)) = reading.lexicon.media.at(|n| reading.lower(noun + n))
        && follows(prepositions, lead)
    {
        let end = noun + length;
        if let Some(outlet) = outlet_of_medium(reading, end, limit) {
            return Some(outlet);
        }
        // "compte Instagram", "page Facebook"
        let platform = reading.tokens.is_capital(end)
            && reading.lexicon.media.at(|n| reading.lower(end + n)).is_some_and(|(_, p)| p.starts_with("sur"));
        return Some(words(reading, noun, end + usize::from(platform)));
    }
    if !matches!(lead.word, "sur" | "dans" | "via") {
        return None;
    }
    let name = reading.name_at(noun, limit).or_else(|| reading.name_at(lead.next, limit))?;
    reading.outlet_of(&name).map(|_| named(reading, &name))
}

/// "de France Inter" after "au micro", "les colonnes", "un entretien".
fn outlet_of_medium(reading: &Reading, end: usize, limit: usize) -> Option<Named> {
    let joins =
        matches!(reading.lower(end), "de" | "d'" | "du" | "des" | "à" | "au" | "aux" | "with" | "on" | "of" | "for");
    let first = noun_at(reading, end + 1, limit);
    let media = first + usize::from(reading.is(first, Classes::MEDIA) && !reading.tokens.is_capital(first));
    let name = [end + 1, first, media].into_iter().find_map(|k| reading.name_at(k, limit).filter(|_| joins))?;
    (reading.outlet_of(&name).is_some() || media > first && name.entities.is_empty()).then(|| named(reading, &name))
}

/// "à l'AFP", "aux élus", "devant la commission", "auprès du maire", "à l'adresse de son rival".
fn addressee(reading: &Reading, draft: &Draft, lead: &Lead, limit: usize) -> Option<Named> {
    if !matches!(lead.word, "à" | "devant" | "auprès" | "face" | "adresse") {
        return None;
    }
    let phrase = reading.phrase_at(lead.next, limit).filter(|p| !p.pronoun)?;
    let noun = noun_at(reading, lead.next, limit);
    let listed = reading.lexicon.audience.at(|n| reading.lower(noun + n)).is_some_and(|(_, p)| follows(p, lead));
    let source = draft.sources.iter().any(|s| s.range.start < phrase.range.end && phrase.range.start < s.full_end);
    (!source && (listed || lead.word == "adresse" || hears(reading, &phrase, lead))).then(|| told(reading, &phrase))
}

/// Whether a phrase means somebody who can be told something: a person, a role, an outlet, or a body before which one
/// speaks. A place ("à Paris") hears nothing, and a name that nobody knows may be one.
fn hears(reading: &Reading, phrase: &Phrase, lead: &Lead) -> bool {
    if phrase.role.is_some() {
        return true;
    }
    let Some(name) = phrase.names.first() else { return false };
    let kind = |k: EntityKind| name.entities.iter().any(|e| reading.entities.get(*e).kind == k);
    let titled = phrase.range.start < name.range.start && reading.is(name.range.start - 1, Classes::TITLE);
    let stranger = name.entities.is_empty() && reading.is_full_name(name);
    kind(EntityKind::Person)
        || reading.outlet_of(name).is_some()
        || titled
        || stranger
        || lead.word != "à" && kind(EntityKind::Organisation)
}

/// Those whom a phrase names: by their name if it bears one.
fn told(reading: &Reading, phrase: &Phrase) -> Named {
    match phrase.names.first() {
        Some(name) if phrase.role.is_none() => named(reading, name),
        _ => {
            let start = noun_start(reading, phrase);
            // "a appelé les élus réunis", "… les élus de voter": the noun without what follows from it.
            let follows = |k: &usize| {
                reading.forms(*k).iter().any(|f| matches!(f.mood, Mood::PastParticiple | Mood::Infinitive))
                    || matches!(reading.lower(*k), "de" | "d'") && reading.infinitive_at(k + 1)
            };
            let end = (start + 1..phrase.range.end).find(follows).unwrap_or(phrase.range.end);
            words(reading, start, end)
        }
    }
}

fn noun_start(reading: &Reading, phrase: &Phrase) -> usize {
    let last = phrase.range.end - 1;
    (phrase.range.start..last).find(|k| !reading.is(*k, Classes::DET | Classes::FUSED)).unwrap_or(last)
}

/// A name, and the entity if it leads to one.
fn named(reading: &Reading, name: &Name) -> Named {
    let span = reading.span(name.range.clone());
    let known = name.entities.iter().copied().find(|e| reading.entities.is_outlet(*e));
    let entity = known.or_else(|| name.entities.first().copied().filter(|_| !name.weak));
    let text = entity.map_or_else(|| span.of(reading.text).into(), |id| reading.label(id));
    Named { name: text, entity, mention: Some(span), link: None }
}

/// Words that name without a name.
fn words(reading: &Reading, start: usize, end: usize) -> Named {
    let span = reading.span(start..end);
    let name = span.of(reading.text).split_whitespace().collect::<Vec<_>>().join(" ");
    Named { name: name.into(), entity: None, mention: Some(span), link: None }
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

    /// Addressee and medium of the only statement.
    fn found(text: &str) -> (Option<String>, Option<String>) {
        let statements = extract(&Article::from_text("a.txt", text), Entities::embedded());
        assert_eq!(statements.len(), 1, "{text}");
        let statement = statements.into_iter().next().unwrap();
        (statement.addressee.map(|n| n.name.to_string()), statement.medium.map(|n| n.name.to_string()))
    }

    #[test]
    fn people_are_told() {
        for (text, told) in [
            ("« Le pont fermera », a dit Anne Roy aux députés.", "députés"),
            ("Anne Roy a affirmé devant la commission que le pont fermerait.", "commission"),
            ("Anne Roy a averti les riverains que le pont fermerait.", "riverains"),
            ("« Le pont fermera », a confié Anne Roy à l'AFP.", "Agence France-Presse"),
            ("« Riez donc », a lancé Anne Roy à l'adresse de son rival.", "rival"),
        ] {
            assert_eq!(found(text).0.as_deref(), Some(told), "{text}");
        }
    }

    #[test]
    fn places_times_and_subjects_are_not() {
        for text in [
            "« Le pont fermera », a dit Anne Roy à Paris.",
            "« Le pont fermera », a dit Anne Roy à 18 heures.",
            "« Le pont fermera », a dit Anne Roy au sujet des travaux.",
            "« Le pont fermera », a dit Anne Roy devant la gare.",
            "Anne Roy a dit que le maire parlerait aux députés.",
        ] {
            assert_eq!(found(text).0, None, "{text}");
        }
    }

    #[test]
    fn a_medium_is_named_by_its_outlet_if_it_has_one() {
        for (text, medium) in [
            ("« Le pont fermera », a dit Anne Roy dans un communiqué.", "communiqué"),
            ("« Le pont fermera », a écrit Anne Roy sur X.", "X"),
            ("Dans une lettre, Anne Roy a dit que le pont fermerait.", "lettre"),
            ("« Le pont fermera », a dit Anne Roy au micro de France Inter.", "France Inter"),
            ("« Le pont fermera », a dit Anne Roy par téléphone.", "téléphone"),
        ] {
            assert_eq!(found(text).1.as_deref(), Some(medium), "{text}");
        }
        for text in
            ["« Le pont fermera », a dit Anne Roy sur place.", "« Le pont fermera », a dit Anne Roy dans la rue."]
        {
            assert_eq!(found(text).1, None, "{text}");
        }
    }
}
