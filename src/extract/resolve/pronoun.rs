//! Pronouns, and other words that mean somebody by nearness and agreement.

use super::{CONTINUES, Resolver, Spoken, actor_of, is_impersonal};
use crate::entity::{Gender, is_first_name};
use crate::extract::cast::Naming;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::language::Classes;
use std::rc::Rc;

/// What it costs to be named in the quotation itself.
const SPOKEN_OF: f32 = 2.0;

/// What it costs to be introduced by full name in the sentence before, though not as its subject.
const INTRODUCED: f32 = 0.1;

/// What it costs to be set against somebody else with "lui" or "elle".
const CONTRAST: f32 = 1.5;

/// What it costs to be named in a subordinate clause only, beside somebody's main clause.
const BESIDE: f32 = 1.5;

/// What it costs to be nobody but the one whom "ce dernier" meant.
const INCIDENTAL: f32 = 1.8;

/// What the last speaker gains where the cue says that somebody goes on.
const GOES_ON: f32 = 0.8;

impl Resolver<'_> {
    /// "ce dernier": the last one named.
    pub(super) fn last_named(&self, phrase: &Phrase, mention: Span) -> Option<Answer> {
        let naming = self.cast.before(phrase.range.start).take(6).find(|n| {
            let member = &self.cast.members[n.member];
            let person = member.kind == ActorKind::Person && member.is_told();
            person && agreement(phrase.gender, member.gender).is_some()
        });
        // Whoever spoke later than that under another name ("le chef de l'État") is the last one.
        let named_at = naming.map_or(0, |n| self.reading.token(n.token).span.start);
        let speaker = self.spoken.last().filter(|s| !s.plural && agreement(phrase.gender, s.gender).is_some());
        let speaker = speaker.and_then(|s| s.actors.first()).filter(|a| a.mention.start > named_at);
        // "le premier" and "la dernière" are of those named.
        let latter = phrase.pronoun || matches!(self.reading.lower(phrase.range.start), "ce" | "cette");
        let noun = self.noun_between(phrase, naming.map_or(0, |n| n.phrase.end)).filter(|noun| {
            latter && speaker.is_none_or(|a| self.reading.token(noun.range.start).span.start > a.mention.start)
        });
        if let Some(noun) = noun {
            let by = Step::Latter.after(self.reading.span(noun.range.clone()));
            let sentence = self.sentence_of(noun.range.start);
            let known = self.by_role(&noun, sentence, mention).filter(|_| !noun.indefinite);
            let answer = known.unwrap_or_else(|| Answer::one(self.unnamed(&noun, mention)));
            let actors = answer.actors.into_iter().map(|a| Actor { by, mention, ..a }).collect();
            return Some(Answer { actors, ..answer });
        }
        if let Some(actor) = speaker {
            return Some(Answer::one(Actor { mention, by: Step::Latter.after(actor.mention), ..actor.clone() }));
        }
        naming.map(|n| Answer::one(self.named_before(n, mention, Step::Latter)))
    }

    /// "(Paul Roy s'en prend) au chauffeur. Ce dernier …": the last noun that agrees and can speak, in the sentence before
    /// or the same one, behind token `from`. What stands in a complement is not meant.
    fn noun_between(&self, phrase: &Phrase, from: usize) -> Option<Phrase> {
        let reading = self.reading;
        let at = phrase.range.start;
        let before = self.sentence_of(at).saturating_sub(1);
        let from = from.max(reading.sentences.get(before)?.range.start);
        (from..at).rev().find_map(|k| {
            let begins = reading.is(k, Classes::DET) && reading.quotation_at(k).is_none();
            let complement =
                k > from && matches!(reading.lower(k - 1), "de" | "d'") || matches!(reading.lower(k), "du" | "des");
            let noun = (begins && !complement).then(|| reading.phrase_at(k, at)).flatten()?;
            let head = noun.head?;
            let agrees = noun.gender.is_some() && noun.gender == phrase.gender && !noun.plural;
            let plain = noun.names.is_empty() && !noun.pronoun && !self.is_anaphor(&noun);
            // "dans un communiqué", "devant le tribunal": where something was said.
            let place = k > from && reading.is(k - 1, Classes::PREP);
            let document = reading.is(head, Classes::DOCUMENT) && reading.starts_sentence(at);
            let thing = reading.is(head, Classes::BODY | Classes::MEDIA) || document;
            let speaks = noun.role.is_some() || thing && !place;
            (agrees && plain && speaks).then_some(noun)
        })
    }

    /// Whoever a pronoun means.
    pub(super) fn pronoun(&mut self, phrase: &Phrase, sentence: usize, mention: Span) -> Answer {
        let mut offers = self.near(phrase, sentence, mention);
        offers.extend(self.clause_subjects(phrase, sentence, mention));
        // "celui qui n'a jamais chanté" is somebody known.
        let known = phrase.range.len() > 1;
        if known {
            offers.iter_mut().filter(|(_, a)| a[0].kind == ActorKind::Unnamed).for_each(|(cost, _)| *cost += 2.5);
        } else {
            offers.extend(self.common_subjects(phrase, sentence, mention));
        }
        Answer::best(offers)
            .or_else(|| self.last_noun(phrase, sentence, mention).map(Answer::one))
            .or_else(|| self.named_after(phrase, sentence, mention).filter(|_| !self.is_it(phrase)).map(Answer::one))
            .unwrap_or_default()
    }

    /// Everybody who agrees with the phrase: last speakers, subjects, others named. The cost is a distance in
    /// sentences, with penalties for doubtful agreement and standing. Nobody is offered again at no less.
    pub(super) fn near(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Vec<(f32, Vec<Actor>)> {
        let at = phrase.range.start;
        let it = self.is_it(phrase);
        let asked = self.asked_clause(phrase, sentence);
        let mut offers: Vec<(f32, Vec<Actor>)> = Vec::with_capacity(16);
        for spoken in self.spoken.iter().rev().take(12) {
            // "The union … They": a body is many in English.
            let body =
                self.reading.is_english() && phrase.plural && spoken.actors.iter().all(|a| is_collective(a.kind));
            if spoken.plural != phrase.plural && !(phrase.plural && spoken.actors.len() > 1) && !body {
                continue;
            }
            if !phrase.plural && spoken.actors.iter().any(|actor| is_plural(&actor.name, actor.kind)) {
                continue;
            }
            if self.says_i && spoken.actors.iter().any(|actor| is_impersonal(actor.kind))
                || it && spoken.actors.iter().any(|actor| actor.kind == ActorKind::Person)
            {
                continue;
            }
            let Some(penalty) = agreement(phrase.gender, spoken.gender) else { continue };
            // A pronoun rather means a person than a body, and rather a body than a document or an authority.
            let standing = match spoken.actors.first().map(|a| a.kind) {
                Some(ActorKind::Document | ActorKind::Outlet) => 1.6,
                Some(ActorKind::Authority) => 0.8,
                Some(ActorKind::Organisation) => 0.9,
                _ => 0.0,
            };
            let distance = sentence - spoken.sentence.min(sentence);
            let elsewhere = if distance > 1 && !self.same_paragraph(spoken.sentence, sentence) { 0.4 } else { 0.0 };
            // "Nadia Stann a-t-elle tort ? « Oui », ajoute-t-il": whoever goes on is the one who spoke.
            let goes_on =
                if self.goes_on && phrase.pronoun && offers.is_empty() && standing == 0.0 { GOES_ON } else { 0.0 };
            let spoken_of = spoken.actors.iter().any(|a| self.is_spoken_of(a));
            let spoken_of = if spoken_of { SPOKEN_OF } else { 0.0 };
            let beside = if spoken.actors.iter().any(|a| self.spoke_beside(a)) { BESIDE } else { 0.0 };
            let incidental = if spoken.is_incidental() { INCIDENTAL } else { 0.0 };
            let standing = standing + elsewhere + incidental;
            let cost = distance as f32 + penalty + standing + spoken_of + beside - goes_on;
            if offers.iter().any(|(less, those)| *less <= cost && are_same(those, &spoken.actors)) {
                continue;
            }
            let speaks = |a: &Actor| Actor { mention, by: Step::LastSpeaker.after(a.mention), ..a.clone() };
            offers.push((cost, spoken.actors.iter().map(speaks).collect()));
        }
        if phrase.plural {
            offers.extend(self.named_together(phrase, sentence, mention));
            return offers;
        }
        // What each of those named is offered for.
        let mut costs: Vec<(usize, f32)> = Vec::with_capacity(25);
        let mut sentence_of = self.sentences_of();
        for naming in self.cast.before(at).take(25) {
            let member = &self.cast.members[naming.member];
            if member.plural
                || is_plural(&member.name, member.kind)
                || asked.contains(&naming.token)
                || it && member.kind == ActorKind::Person
            {
                continue;
            }
            let Some(penalty) = agreement(phrase.gender, member.gender) else { continue };
            let distance = (sentence - sentence_of(naming.token).min(sentence)) as f32;
            let introduced = distance == 1.0 && self.is_introduced(naming);
            let standing = match (member.kind, naming.subject) {
                (ActorKind::Person, false) if introduced => INTRODUCED,
                (ActorKind::Person, true) => 0.2,
                (ActorKind::Person, false) => 1.4,
                (ActorKind::Organisation, true) => 1.5,
                (ActorKind::Organisation, false) => 5.0,
                // No pronoun means a place or an outlet that is named beside somebody.
                _ => continue,
            };
            // A lone capital of which nothing is told may be a place or a thing.
            let sure = member.sure || member.entity.is_some() || member.kind != ActorKind::Person;
            // Whoever a quotation names is spoken of.
            let quoted = if self.reading.quotation_at(naming.token).is_some() { 0.8 } else { 0.0 };
            let doubt = match (sure, member.is_told()) {
                (true, _) => 0.0,
                (false, true) => 0.3,
                // English names somebody in full before it calls him "Roy".
                (false, false) if naming.subject && self.reading.is_english() => 0.8,
                (false, false) => 1.5,
            };
            // Whoever has spoken goes on sooner than somebody only spoken of.
            let silent = if sure && self.anybody_spoke && !member.has_spoken && !introduced { 0.3 } else { 0.0 };
            let spoken_of = if self.spoken_of.contains(&naming.member) { SPOKEN_OF } else { 0.0 };
            let beside = if self.is_beside(naming.token) { BESIDE } else { 0.0 };
            let cost = distance + penalty + standing + doubt + quoted + silent + spoken_of + beside;
            if !costs.iter().any(|(known, less)| *known == naming.member && *less <= cost) {
                costs.push((naming.member, cost));
                offers.push((cost, vec![self.named_before(naming, mention, Step::NamedBefore)]));
            }
        }
        if phrase.pronoun && !it {
            self.prefer_person(&mut offers, sentence);
        }
        offers
    }

    /// "Paul Roy … Le fonds a été saisi, explique-t-il": a person who spoke not long ago goes before a body that has said
    /// nothing itself.
    fn prefer_person(&self, offers: &mut [(f32, Vec<Actor>)], sentence: usize) {
        let person = |a: &Actor| a.kind == ActorKind::Person;
        let recent = self.spoken.iter().rev().take_while(|s| s.sentence + CONTINUES >= sentence);
        let spoke = |a: &Actor| recent.clone().any(|s| s.actors.iter().any(|other| other.name == a.name));
        let persons = offers.iter().filter(|(_, actors)| actors.iter().all(|a| person(a) && spoke(a)));
        let Some(least) = persons.map(|(cost, _)| *cost).min_by(f32::total_cmp) else { return };
        let own = |a: &Actor| {
            // "Un rapport du Sénat affirme … Il ajoute": the document speaks for its author as long as it goes on.
            let subject = |a: &Actor| {
                let first = self.reading.tokens.within(a.mention).start;
                first == 0 || !self.reading.is(first - 1, Classes::PREP)
            };
            let is_own = |s: &Spoken, other: &Actor| {
                let goes_on = s.sentence + 1 == sentence && subject(other);
                other.name == a.name && (other.by.step != Step::Author || goes_on)
            };
            self.spoken.iter().rev().take(12).any(|s| s.actors.iter().any(|other| is_own(s, other)))
        };
        for (cost, actors) in offers {
            // "Paul Roy" may be taken for a body.
            let named = |a: &Actor| a.name.split(' ').next().is_some_and(is_first_name);
            if actors.iter().all(|a| is_collective(a.kind) && !own(a) && !named(a)) {
                *cost = cost.max(least + 0.1);
            }
        }
    }

    /// Whether the quotation names the actor: nobody speaks of himself by his name.
    pub(super) fn is_spoken_of(&self, actor: &Actor) -> bool {
        self.spoken_of.iter().any(|member| self.cast.members[*member].name == actor.name)
    }

    /// Subjects nearby that are common nouns and agree ("Une voyageuse … a-t-elle dit").
    fn common_subjects(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Vec<(f32, Vec<Actor>)> {
        let mut offers = Vec::new();
        for distance in 0..3usize.min(sentence + 1) {
            let at = sentence - distance;
            let Some(subject) = self.subject_before(at, phrase.range.start) else { continue };
            let subject = &*subject;
            let possessive = matches!(self.reading.lower(subject.range.start), "son" | "sa" | "ses" | "leur" | "leurs");
            let animate = self.reading.can_speak(subject);
            let thing = Classes::BODY | Classes::MEDIA | Classes::DOCUMENT;
            let thing = subject.role.is_none() && subject.head.is_some_and(|head| self.reading.is(head, thing));
            // "Pour Paul Roy, professeur d'histoire, …": the noun says of somebody named what he is.
            let range = self.reading.sentences[at].range.clone();
            let apposition = self.cast.within(range).iter().any(|n| n.phrase.contains(&subject.range.start));
            // "Une folie, dit-elle": what is said does not say it.
            let start = self.reading.token(subject.range.start).span.start;
            let said = !animate
                && !self.reading.is_english()
                && self.content.iter().any(|span| span.start <= start && start < span.end);
            if subject.pronoun || !subject.names.is_empty() || possessive && !animate || apposition || said {
                continue;
            }
            let Some(penalty) = agreement(phrase.gender, subject.gender) else { continue };
            // "Le passant, lui, …", "Le passant a, lui, …": only set against whom the text is about.
            let apart = |k: usize| {
                self.reading.is_comma(k) && self.reading.is(k + 1, Classes::OBLIQUE) && self.reading.is_comma(k + 2)
            };
            let end = subject.full_end;
            let penalty = penalty + if distance > 0 && (end..end + 3).any(apart) { CONTRAST } else { 0.0 };
            if subject.plural == phrase.plural && (animate || distance <= 1 || subject.indefinite) {
                let by = Step::Subject.after(self.reading.span(subject.range.clone()));
                let group = || self.of_group(subject, mention);
                let known =
                    if subject.indefinite { None } else { group().or_else(|| self.by_role(subject, at, mention)) };
                // "La décision", "le problème": a thing, unless the noun led to somebody.
                let standing = match (animate, &known) {
                    (true, _) if thing && !subject.plural => 1.5,
                    (true, _) => 0.5,
                    (false, Some(_)) => 1.3,
                    (false, None) => 2.1,
                };
                let cost = distance as f32 + standing + penalty;
                let actors = known.map_or_else(|| vec![self.unnamed(subject, mention)], |answer| answer.actors);
                offers.push((cost, actors.into_iter().map(|a| Actor { by, ..a }).collect()));
            }
        }
        offers
    }

    /// The last noun phrase of the sentence before that agrees ("Le juge a vu la factrice. Elle dit …").
    fn last_noun(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Actor> {
        let range = self.reading.sentences.get(sentence.checked_sub(1)?)?.range.clone();
        let found = range.clone().rev().find_map(|k| {
            let noun = self.reading.is(k, Classes::DET).then(|| self.reading.phrase_at(k, range.end)).flatten()?;
            let agrees = noun.gender.is_some() && noun.gender == phrase.gender && noun.plural == phrase.plural;
            (agrees && noun.names.is_empty() && self.reading.can_speak(&noun)).then_some(noun)
        })?;
        let by = Step::NamedBefore.after(self.reading.span(found.range.clone()));
        Some(Actor { by, ..self.unnamed(&found, mention) })
    }

    /// Nobody is named before: the subject named soon after ("Quand il est venu, Paul Roy a dit …").
    fn named_after(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Actor> {
        let first = self.reading.sentences.get(sentence)?.range.start;
        let last = self.reading.sentences.get(sentence + 2).or(self.reading.sentences.last())?.range.end;
        let subject = self.cast.within(first..last).iter().find(|n| {
            let member = &self.cast.members[n.member];
            let agrees = agreement(phrase.gender, member.gender).is_some() && member.plural == phrase.plural;
            n.subject && agrees && member.kind == ActorKind::Person
        })?;
        Some(actor_of(&self.cast.members[subject.member], mention, Step::NamedLater))
    }

    /// The subject of a sentence's first verb before token `until`.
    fn subject_of(&self, sentence: usize, until: usize) -> Option<Phrase> {
        let range = self.reading.sentences.get(sentence)?.range.clone();
        let verb = range.clone().find(|k| {
            *k < until
                && self.reading.quotation_at(*k).is_none()
                && !self.reading.tokens.is_capital(*k)
                && self.reading.forms(*k).iter().any(|f| f.mood.is_finite())
                && !self.reading.noun_after_determiner(*k)
        })?;
        self.reading.source_before(range.start, verb)?.into_iter().next()
    }

    /// The same, looked for once where the whole sentence stands before the token.
    fn subject_before(&self, sentence: usize, until: usize) -> Option<Rc<Phrase>> {
        let whole = self.reading.sentences.get(sentence)?.range.end <= until;
        let find = || self.subject_of(sentence, until).map(Rc::new);
        if !whole {
            return find();
        }
        if let Some(known) = self.subjects.borrow().get(&sentence) {
            return known.clone();
        }
        let found = find();
        self.subjects.borrow_mut().insert(sentence, found.clone());
        found
    }

    fn named_before(&self, naming: &Naming, mention: Span, step: Step) -> Actor {
        let by = step.after(self.reading.token(naming.token).span);
        Actor { by, ..actor_of(&self.cast.members[naming.member], mention, step) }
    }

    fn same_paragraph(&self, one: usize, other: usize) -> bool {
        self.reading.sentences[one].paragraph == self.reading.sentences[other].paragraph
    }

    /// The sentences of tokens that mostly stand in the same one as the token asked for before.
    fn sentences_of(&self) -> impl FnMut(usize) -> usize {
        let mut last = (0..0, 0);
        move |token| {
            if !last.0.contains(&token) {
                let sentence = self.sentence_of(token);
                last = (self.reading.sentences.get(sentence).map_or(0..0, |s| s.range.clone()), sentence);
            }
            last.1
        }
    }

    pub(super) fn sentence_of(&self, token: usize) -> usize {
        self.reading.sentences.partition_point(|s| s.range.end <= token)
    }
}

/// What "they" may mean in the singular.
fn is_collective(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Organisation | ActorKind::Outlet | ActorKind::Authority)
}

/// "Les Républicains": a body whose name is a plural is no "il".
fn is_plural(name: &str, kind: ActorKind) -> bool {
    kind == ActorKind::Organisation && name.starts_with("Les ")
}

/// Whether nothing tells the actors apart but where they are mentioned.
fn are_same(some: &[Actor], others: &[Actor]) -> bool {
    let alike = |(a, b): (&Actor, &Actor)| a.kind == b.kind && a.entity == b.entity && a.name == b.name;
    some.len() == others.len() && some.iter().zip(others).all(alike)
}

/// The cost of a pronoun's gender beside another; `None` if they clash.
pub(super) fn agreement(pronoun: Option<Gender>, other: Option<Gender>) -> Option<f32> {
    match (pronoun, other) {
        (Some(a), Some(b)) if a != b => None,
        (Some(_), None) => Some(0.6),
        _ => Some(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_with_a_plural_name_is_no_single_person() {
        assert!(is_plural("Les Républicains", ActorKind::Organisation));
        assert!(!is_plural("Les Échos", ActorKind::Outlet));
        assert!(!is_plural("Lesage", ActorKind::Organisation));
    }
}
