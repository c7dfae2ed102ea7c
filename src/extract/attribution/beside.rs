//! Sources that stand in the sentence before or after a quotation.

use super::unmarked::{continued, is_quoted};
use crate::entity::EntityKind;
use crate::extract::cue::{Shape, groups};
use crate::extract::draft::Draft;
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::name::Name;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::language::Classes;

/// Whom the sentence `index` is about: the subject of its first verb ("Marc Vidal ne décolère pas."), or whoever
/// "chez", "pour" or "du côté de" names ("Même son de cloche chez Léa Roy."). Things and bodies are nobody.
pub fn theme(reading: &Reading, index: usize) -> Option<Vec<Phrase>> {
    let mut range = reading.sentences[index].range.clone();
    if reading.begins_subordinate(range.start) {
        // "Alors que la ville dort, Léa Roy veille."
        range.start = range.clone().find(|k| reading.is_comma(*k))? + 1;
    }
    let verb = range.clone().find(|k| is_verb(reading, *k));
    if let Some(verb) = verb
        && let Some(subject) = reading.source_before(range.start, verb)
        && is_somebody(reading, &subject)
        && !is_impersonal(reading, verb)
    {
        return Some(subject);
    }
    // "Pour gagner, Léa Roy mise sur le lac.": somebody named behind what leads up to it.
    let head = reading.sources_at(reading.skip_lead(range.start, range.end), range.end);
    let head = head.filter(|sources| sources.iter().all(|s| !s.names.is_empty()));
    if let Some(named) = head.filter(|sources| is_somebody(reading, sources)) {
        return Some(named);
    }
    // "Son constat ?" asks of whom the sentence before is about.
    let same_paragraph = |before: usize| reading.sentences[before].paragraph == reading.sentences[index].paragraph;
    let asks = verb.is_none() && range.len() <= 5 && reading.mark(range.end - 1) == Some('?');
    if asks && index > 0 && same_paragraph(index - 1) && reading.sentences[index - 1].range.len() > 5 {
        return theme(reading, index - 1);
    }
    range.clone().find_map(|k| {
        if reading.is(k, Classes::SPEECH) {
            return speaker_of(reading, k, range.end);
        }
        let from = match reading.lower(k) {
            "chez" => k + 1,
            "pour" | "for" if k == range.start => k + 1,
            "côté" if reading.is(k + 1, Classes::FUSED) => k + 1,
            "côté" if matches!(reading.lower(k + 1), "de" | "d'") => k + 2,
            _ => return None,
        };
        let sources = reading.sources_at(from, range.end)?;
        is_somebody(reading, &sources).then_some(sources)
    })
}

/// "Le pont tiendra." Léa Roy a dit.: the source of a quotation follows in a sentence that says nothing else.
pub fn afterthought(reading: &Reading, index: usize) -> Option<Vec<Phrase>> {
    let range = reading.sentences[index].range.clone();
    if !reading.quotations_in(range.clone()).is_empty() {
        return None;
    }
    let found = groups(reading, range.clone());
    let [group] = found.as_slice() else { return None };
    let ends = (group.range.end..range.end).all(|k| reading.mark(k).is_some() || reading.is(k, Classes::TIME));
    let sources = reading.source_before(range.start, group.range.start)?;
    (ends && group.shape == Shape::Finite && !group.negated && sources.iter().any(|s| reading.can_speak(s)))
        .then_some(sources)
}

/// "C'est ce que dit Léa Roy", "C'est en ces termes que Léa Roy a ouvert la séance", "Ces mots sont de Léa Roy".
pub fn pointed_back(reading: &Reading, index: usize) -> Option<Vec<Phrase>> {
    let range = reading.sentences[index].range.clone();
    let start = range.start;
    let is = |k: usize| matches!(reading.lower(k), "est" | "était" | "sont" | "étaient");
    let from = if matches!(reading.lower(start), "c'" | "ce") && is(start + 1) {
        let near = start + 2..range.end.min(start + 8);
        let that = near.clone().find(|k| matches!(reading.lower(*k), "que" | "qu'"))?;
        let words = || (start + 2..that).map(|k| reading.lower(k));
        let points = words().eq(["ce"])
            || words().eq(["ainsi"])
            || words().any(|word| matches!(word, "ces" | "cette" | "le" | "la"))
                && words().any(|word| matches!(word, "termes" | "mots") || reading.lexicon.is_speech_noun(word));
        points.then_some(that + 1)?
    } else {
        let noun = (start..start + 3).find(|k| reading.is(*k, Classes::SPEECH))?;
        let of = (noun + 1..noun + 5)
            .find(|k| matches!(reading.lower(*k), "de" | "d'" | "du" | "des" | "signé" | "signés"))?;
        let fused = matches!(reading.lower(of), "du" | "des");
        (reading.is(start, Classes::DET) && is(noun + 1)).then_some(if fused { of } else { of + 1 })?
    };
    let verb = groups(reading, from..range.end).into_iter().find(|group| group.range.start == from);
    let sources = match verb {
        Some(verb) => reading.source_after(verb.range.end, range.end)?,
        None => reading.sources_at(from, range.end)?,
    };
    (!sources.is_empty() && sources.iter().all(|source| reading.can_speak(source))).then_some(sources)
}

/// Whom the sentence after a quotation is about, if the quotation opens their paragraph: « Nous porterons plainte. »
/// Léa Roy ne veut pas en rester là.
pub fn opened_for(reading: &Reading, index: usize) -> Option<Vec<Phrase>> {
    let before = reading.sentences.get(index.checked_sub(1)?)?;
    let heads = index < 2 || reading.sentences[index - 2].paragraph != before.paragraph;
    let words = before.range.clone().filter(|k| reading.tokens.is_word(*k)).count();
    if !heads || words < 6 || !is_quoted(reading, before.range.clone()) {
        return None;
    }
    theme(reading, index).filter(|sources| sources.iter().all(|source| !source.pronoun))
}

/// Whether the sentence `index` is one quotation that has no source yet; `drafts` are its own.
pub fn awaits_source(reading: &Reading, index: usize, drafts: &[Draft]) -> bool {
    let range = &reading.sentences[index].range;
    is_quoted(reading, range.clone())
        && reading.quotations_in(range.clone()).len() == 1
        && drafts.iter().all(|draft| draft.sources.is_empty())
}

/// Gives the quotation of the sentence before `index` to `sources`, if it awaits some; `before` are that sentence's
/// drafts.
pub fn claim_before(reading: &Reading, index: usize, sources: Vec<Phrase>, before: &mut Vec<Draft>) {
    if !awaits_source(reading, index - 1, before) {
        return;
    }
    let quotations = reading.quotations_in(reading.sentences[index - 1].range.clone());
    let spans = Few::One(reading.quotations[quotations.start].inner);
    let clause = Few::One(reading.sentences[index].range.clone());
    *before = vec![Draft { sources, clause, frame: Frame::Afterthought, ..continued(reading, index - 1, spans) }];
}

/// "la réponse du maire", "le message de Léa Roy": who speaks in the words that the noun at `k` names.
pub(super) fn speaker_of(reading: &Reading, k: usize, limit: usize) -> Option<Vec<Phrase>> {
    // "réponse glaciale de", "un autre récit, celui de"
    let of = (k + 1..limit.min(k + 4)).find(|k| matches!(reading.lower(*k), "de" | "d'" | "du" | "des"))?;
    let from = of + usize::from(!reading.is(of, Classes::FUSED));
    let sources = reading.sources_at(from, limit)?;
    is_somebody(reading, &sources).then_some(sources)
}

/// A finite verb outside quotations.
fn is_verb(reading: &Reading, k: usize) -> bool {
    reading.quotation_at(k).is_none()
        && reading.begins_verb(k)
        && !reading.noun_after_determiner(k)
        && !reading.tokens.is_capital(k)
}

/// "il faut", "il y a", "il s'agit": nobody does it.
fn is_impersonal(reading: &Reading, verb: usize) -> bool {
    let falls = |k: usize| reading.forms(k).iter().any(|f| reading.lexicon.verb(f.verb).lemma == "falloir");
    verb > 0
        && reading.lower(verb - 1) == "il"
        && (falls(verb) || (verb..verb + 2).any(|k| matches!(reading.lower(k), "y" | "agit" | "reste" | "faut")))
}

/// Whether the phrases mean people: a pronoun, a role, a person's name, "les riverains".
fn is_somebody(reading: &Reading, sources: &[Phrase]) -> bool {
    sources.iter().all(|source| {
        let person = |name: &Name| match name.entities.as_slice() {
            [] => {
                name.range.len() > 1
                    || reading.is_english() && !reading.is(name.range.start, Classes::BODY | Classes::PRESS)
            }
            entities => entities.iter().any(|e| reading.entities.get(*e).kind == EntityKind::Person),
        };
        let group = |head: usize| reading.is(head, Classes::GROUP);
        source.pronoun || source.role.is_some() || source.names.iter().any(person) || source.head.is_some_and(group)
    })
}
