//! Common nouns that mean somebody: offices, roles, kinds of bodies, documents.

use super::noun::Noun;
use super::pronoun::agreement;
use super::{Resolver, actor_of};
use crate::entity::{EntityId, EntityKind, Gender, Office, Roles, stands_for};
use crate::extract::cast::enter::single_spaced;
use crate::extract::cast::{Held, Member};
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::language::{Classes, Mood};
use std::borrow::Cow;

/// So many sentences hold the first lines of an article.
const LEAD: usize = 4;

/// Under this cost somebody is so near that a demonstrative means no other.
const NO_DOUBT: f32 = 1.5;

impl Resolver<'_> {
    /// Where the words end that say what a phrase means: "réalisée" of "l'enquête réalisée (lundi pour la mairie)" is only
    /// there for when and for whom.
    pub(super) fn plain_end(&self, phrase: &Phrase) -> usize {
        let (end, reading) = (phrase.range.end, self.reading);
        let last = end - 1;
        let noun = phrase.role.as_ref().map(|role| role.range.end - 1).or(phrase.head).filter(|noun| *noun < last);
        let participle = reading.forms(last).iter().any(|f| f.mood == Mood::PastParticiple);
        let small = Classes::DET | Classes::PREP | Classes::NUM | Classes::ADV;
        let goes_on = reading.is(end, Classes::TIME | Classes::PREP | Classes::ADV) || reading.tokens.is_number(end);
        let only_tells = noun.is_some() && phrase.names.is_empty() && participle && goes_on;
        if only_tells && !reading.is(last - 1, small) { last } else { end }
    }

    /// The phrase as printed, without its determiners.
    pub(super) fn bare_text(&self, phrase: &Phrase) -> Cow<'_, str> {
        let end = self.plain_end(phrase);
        let last = end - 1;
        // "ce même rapport"
        let small = |k: usize| self.reading.is(k, Classes::DET) || self.reading.lower(k) == "même";
        let noun = |from: usize| (from..last).find(|k| !small(*k)).unwrap_or(last);
        let mut start = noun(phrase.range.start);
        // "l'un de ses proches", "de nombreux experts", but "un d'eux".
        if matches!(self.reading.lower(start), "de" | "d'") && start < last {
            let whole = self.reading.is(start + 1, Classes::OBLIQUE) || self.reading.lower(start + 1) == "entre";
            start = if whole { start.saturating_sub(1).max(phrase.range.start) } else { noun(start + 1) };
        }
        // "un « cadre du parti »": the marks are no part of it.
        let quoted = self.reading.quotation_at(start).map(|quotation| self.reading.tokens_of(quotation));
        let range = match quoted {
            Some(quoted) if quoted == (start..end) && quoted.len() > 2 => start + 1..end - 1,
            _ => start..end,
        };
        single_spaced(self.reading.span(range).of(self.reading.text))
    }

    /// "l'une de ces sources", "l'un de ses avocats".
    pub(super) fn is_one_of_these(&self, phrase: &Phrase) -> bool {
        let elided = usize::from(self.reading.lower(phrase.range.start) == "l'");
        let lower = |n: usize| self.reading.lower(phrase.range.start + elided + n);
        phrase.range.len() > 3 + elided
            && matches!(lower(0), "un" | "une")
            && lower(1) == "de"
            && matches!(lower(2), "ces" | "ses" | "leurs")
    }

    /// "le président français", "la présidente de la Commission européenne": who held the office then.
    pub(super) fn by_office(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        if phrase.indefinite || phrase.plural || phrase.role.is_none() && phrase.head.is_none() {
            return None;
        }
        let text = self.bare_text(phrase);
        // "le président" may be that of anything; "le maître du Kremlin" and "le chef de la diplomatie européenne" may not.
        let bare_role = phrase.role.as_ref().is_some_and(|r| r.range.end >= phrase.range.end);
        if bare_role && !self.reading.entities.names_place_or_body(&text) {
            return None;
        }
        let Some(id) = self.reading.entities.office_holder(&text, None, self.published) else {
            return self.by_office_in_base(phrase, &text, mention);
        };
        // "la première dame": of the country of which the article names her.
        if phrase.role.is_none() && !self.reading.entities.names_place_or_body(&text) {
            let holds = |m: &&Member| {
                let country = m.entity.and_then(|id| self.reading.entities.get(id).country);
                let holder = |country| self.reading.entities.office_holder(&text, Some(country), self.published);
                country.and_then(holder).is_some_and(|id| m.entity == Some(id))
            };
            let before = self.cast.before(phrase.range.start).map(|n| &self.cast.members[n.member]).find(holds);
            let holder = before.or_else(|| self.cast.members.iter().find(holds))?;
            return Some(actor_of(holder, mention, Step::Office));
        }
        // The article itself may say otherwise: it names somebody else with that role, and the holder nowhere.
        if !self.cast.names_in_full(id)
            && let Some(noun) = self.noun(phrase)
            && let Some(other) = self.cast.members.iter().find(|m| m.entity.is_some() && self.is_meant(&noun, m))
        {
            return Some(actor_of(other, mention, Step::Role));
        }
        Some(self.entity_actor(id, mention, Step::Office))
    }

    /// The same as a knowledge base has it, where neither the table nor the article itself tells who it was.
    fn by_office_in_base(&self, phrase: &Phrase, text: &str, mention: Span) -> Option<Actor> {
        let entities = self.reading.entities;
        if !entities.has_base() || phrase.role.is_none() {
            return None;
        }
        let noun = self.noun(phrase)?;
        if self.cast.members.iter().any(|member| self.is_meant(&noun, member)) {
            return None;
        }
        let id = entities.office_holder_in_base(text, self.published)?;
        let agrees = agreement(phrase.gender, entities.get(id).gender).is_some();
        agrees.then(|| self.entity_actor(id, mention, Step::Office))
    }

    /// The actor of a known entity.
    pub(super) fn entity_actor(&self, id: EntityId, mention: Span, step: Step) -> Actor {
        let entity = self.reading.entities.get(id);
        Actor {
            name: self.reading.label(id),
            mention,
            role: None,
            entity: Some(id),
            metonym: None,
            kind: kind_of(entity.kind),
            link: None,
            by: step.alone(),
        }
    }

    /// "le président", "la ministre", "l'experte", "cette jeune femme": somebody named before.
    pub(super) fn by_role(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Answer> {
        let one = |actor: Actor| Some(Answer::one(actor));
        if phrase.plural {
            return self.spoken_as(phrase, mention).map(Answer::one);
        }
        let body = Classes::BODY | Classes::MEDIA | Classes::DOCUMENT | Classes::GROUP;
        let person = phrase.role.as_ref().is_some_and(|role| !role.class.ends_with("-org"));
        if !person && phrase.head.is_some_and(|h| self.reading.is(h, body) || self.means_body(h)) {
            return self.by_body(phrase, sentence, mention).map(Answer::one);
        }
        if phrase.role.as_ref().is_some_and(|r| r.lemma == "homologue") {
            return self.counterpart(phrase, mention).map(Answer::one);
        }
        let noun = self.noun(phrase)?;
        let mut named = self.cast.before(phrase.range.start).map(|n| &self.cast.members[n.member]);
        let known = !self.have_been_many(&noun);
        if let Some(member) = named.find(|m| self.is_told(&noun, m) || known && self.has_office(&noun, m)) {
            return one(self.nearer(&noun, member, phrase.range.start, mention));
        }
        let who = |a: &Actor| self.cast.members.iter().find(|m| m.name == a.name);
        // "l'ancien président" where the article names two: the nearer one.
        if !known && noun.word != "ministre" {
            let mut offers = self.near(phrase, sentence, mention);
            offers.retain(|(_, actors)| who(&actors[0]).is_some_and(|m| self.has_office(&noun, m)));
            if let Some(answer) = Answer::best(offers) {
                return Some(answer);
            }
        }
        if let Some(member) = self.relative(&noun).or_else(|| self.relative_of(phrase, &noun)) {
            return one(actor_of(member, mention, Step::Role));
        }
        if let Some(actor) = self.spoken_as(phrase, mention) {
            return one(actor);
        }
        // "le président du syndicat" is none of a country.
        if let Some(role) = phrase.role.as_ref().filter(|role| !noun.place && !role.not_now && noun.of.is_empty())
            && let Some(id) = self.national_office(role.lemma)
            && agreement(phrase.gender, self.reading.entities.get(id).gender).is_some()
        {
            return one(self.entity_actor(id, mention, Step::Office));
        }
        // "la porte-parole de l'UPB", whose name comes later with the same words.
        let told = |m: &&Member| {
            let held = |held: &Held| noun.of.iter().any(|word| held.of.contains(word));
            m.roles.iter().any(held) && self.is_meant(&noun, m)
        };
        if let Some(member) = self.cast.members.iter().find(told).filter(|_| noun.has_role) {
            return one(actor_of(member, mention, Step::NamedLater));
        }
        self.described(phrase, &noun, sentence, mention).or_else(|| {
            let mut named = self.cast.before(phrase.range.start).map(|n| &self.cast.members[n.member]);
            if let Some(member) = named.find(|m| self.has_office(&noun, m)) {
                return one(actor_of(member, mention, Step::Role));
            }
            // The name may come later in the article.
            let later = self.cast.members.iter().find(|m| phrase.role.is_some() && self.is_meant(&noun, m));
            later
                .or_else(|| self.introduced_after(phrase, &noun, sentence))
                .map(|member| Answer::one(actor_of(member, mention, Step::NamedLater)))
        })
    }

    /// The member, unless somebody without a name who fits as well has spoken since: "l'élu" after "le maire du village".
    fn nearer(&self, noun: &Noun, member: &Member, at: usize, mention: Span) -> Actor {
        let fits = |a: &&Actor| {
            let role = Roles::embedded().role_at(a.name.split(' '));
            a.kind == ActorKind::Unnamed
                && role
                    .is_some_and(|(_, role)| role.lemma != noun.word && stands_for(noun.word, role.lemma, role.class))
        };
        let last = self.spoken.last().filter(|s| !s.plural && agreement(noun.gender, s.gender).is_some());
        let last = last.and_then(|s| s.actors.first()).filter(fits).filter(|_| noun.of.is_empty() && noun.has_role);
        let named_since = |a: &&Actor| {
            let naming = self.cast.before(at).find(|n| self.cast.members[n.member].name == member.name);
            naming.is_some_and(|n| self.reading.token(n.token).span.start > a.mention.start)
        };
        match last.filter(|a| !named_since(a)) {
            Some(actor) => Actor { mention, by: Step::LastSpeaker.after(actor.mention), ..actor.clone() },
            None => actor_of(member, mention, Step::Role),
        }
    }

    /// "L'ancienne ministre s'est fâchée" in the first lines, "Anne Roy" the subject right after: nobody is named before,
    /// and the first one who is has no other role.
    fn introduced_after(&self, phrase: &Phrase, noun: &Noun, sentence: usize) -> Option<&Member> {
        let definite = matches!(self.reading.lower(phrase.range.start), "le" | "la" | "l'" | "the");
        let introduces =
            matches!(noun.class, "spokes" | "justice" | "police" | "mil" | "diplo" | "staff" | "relational");
        let person = |member: usize| self.cast.members[member].kind == ActorKind::Person;
        let first = sentence < LEAD && self.cast.before(phrase.range.start).all(|n| !person(n.member));
        if !first || !definite || introduces || noun.place || !noun.has_role {
            return None;
        }
        let last = self.reading.sentences.get(sentence + LEAD).or(self.reading.sentences.last())?.range.end;
        let next = self.cast.within(phrase.range.end..last).iter().find(|n| person(n.member))?;
        let later = self.sentence_of(next.token) > sentence;
        let member = &self.cast.members[next.member];
        let roles = member.roles.is_empty() || member.roles.iter().any(|held| held.class == noun.class);
        let agrees = agreement(phrase.gender, member.gender).is_some() && !member.plural;
        let quoted = self.reading.quotation_at(next.token).is_some();
        (later && next.subject && !quoted && member.is_told() && roles && agrees).then_some(member)
    }

    /// An unnamed source that spoke before, in fewer words: "la porte-parole" after "une porte-parole du groupe".
    pub(super) fn spoken_as(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        let text = self.bare_text(phrase);
        // "le père de famille" after "le père de la fillette"
        let text = text.strip_suffix(" de famille").unwrap_or(&text);
        let longer = |a: &&Actor| a.entity.is_none() && a.name.strip_prefix(text).is_some_and(|r| r.starts_with(' '));
        let unnamed = |a: &&Actor| !matches!(a.kind, ActorKind::Person | ActorKind::Outlet);
        let of_these = self.is_one_of_these(phrase);
        let before = self.spoken.iter().rev().filter(|s| of_these || s.plural == phrase.plural).flat_map(|s| &s.actors);
        let actor = before.filter(unnamed).find(longer)?;
        Some(Actor { mention, by: Step::Role.after(actor.mention), ..actor.clone() })
    }

    /// A describing noun ("l'élu", "cette jeune femme", "l'ancien ministre des Transports"): whoever the text is
    /// about, unless the words may introduce somebody new.
    fn described(&self, phrase: &Phrase, noun: &Noun, sentence: usize, mention: Span) -> Option<Answer> {
        let at = phrase.range.start;
        let first = self.reading.lower(at);
        let demonstrative = matches!(first, "cet" | "cette" | "ce" | "this");
        let fused = at > 0 && matches!(self.reading.lower(at - 1), "du" | "au");
        let definite = demonstrative || fused || matches!(first, "le" | "la" | "l'" | "the");
        let introduces = matches!(noun.class, "spokes" | "justice" | "police" | "mil" | "diplo" | "staff")
            || noun.class == "relational"
                && !self.reading.span(phrase.range.clone()).of(self.reading.text).ends_with("femme");
        // English sets adjectives before the noun: "the laid-back Valmont resident".
        let plain = self.reading.is_english() && !phrase.range.clone().any(|k| self.reading.is(k, Classes::PREP));
        let short = phrase.range.len() <= 3 || plain;
        let known = demonstrative
            || noun.not_now
            || phrase
                .range
                .clone()
                .take(3)
                .any(|k| matches!(self.reading.lower(k), "actuel" | "actuelle" | "ancien" | "ancienne" | "ex"));
        let describes = known || !introduces && (short || noun.has_role || self.goes_on);
        if !definite || !describes {
            return None;
        }
        let reach = if known { 5.0 } else { 3.5 };
        // "l'homme" tells its gender without an article that does.
        let gender = phrase.gender.or((noun.head == "homme").then_some(Gender::Masculine));
        let mut offers = self.near(&Phrase { gender, ..phrase.clone() }, sentence, mention);
        offers.retain(|(_, a)| {
            a.len() == 1 && matches!(a[0].kind, ActorKind::Person | ActorKind::Unnamed) && !self.is_lone_capital(&a[0])
        });
        // "l'évêque", "le roi", "le consultant" is no minister of whom the article speaks.
        if (!known || demonstrative && !noun.not_now) && noun.is_another_walk() {
            let told = |a: &Actor| self.roles_of(a).iter().any(|held| held.class == noun.class);
            // "cet avocat" may be one by training, if there is no doubt.
            let near = |cost: f32| demonstrative && cost < NO_DOUBT;
            offers.retain(|(cost, actors)| near(*cost) || told(&actors[0]) || !self.is_statesman(noun, &actors[0]));
        }
        // Nobody speaks of himself by his name.
        offers.retain(|(_, actors)| !self.is_spoken_of(&actors[0]));
        // "Abel", "un homme": whoever is in office is introduced with it, or with a surname.
        if introduces && noun.class != "relational" || matches!(noun.class, "head" | "gov" | "parl" | "intl") {
            let plain = |a: &Actor| a.entity.is_none() && !a.name.contains(' ') && self.roles_of(a).is_empty();
            offers.retain(|(_, actors)| !plain(&actors[0]));
        }
        // "ce proche du ministre" is not the minister, "cet allié d'Anne Roy" not she.
        let of = self.complements(phrase);
        offers.retain(|(_, actors)| !of.iter().any(|member| member.name == actors[0].name));
        // "la maire de Valmont" is not the one of Sarrance.
        offers.retain(|(_, actors)| !self.roles_of(&actors[0]).iter().any(|held| noun.is_elsewhere(held)));
        // "le maire de Valmont" is no president, "la députée de Valmont" no minister.
        if noun.place && matches!(noun.class, "local" | "parl") && !known {
            let governs =
                |a: &Actor| noun.class == "parl" && self.holds(a, |o| is_of_class(o, "gov") && self.is_held(o));
            offers.retain(|(_, actors)| !self.leads_country(&actors[0]) && !governs(&actors[0]));
        }
        // Nobody else is named so far: it is the one however far away.
        let sole = offers.iter().all(|(_, actors)| actors[0].name == offers[0].1[0].name);
        offers.retain(|(cost, _)| *cost <= if sole { 2.0 * reach } else { reach });
        for (cost, actors) in &mut offers {
            let roles = self.roles_of(&actors[0]);
            let told = roles.iter().any(|held| held.class == noun.class);
            // Somebody known for another thing is hardly meant.
            if noun.has_role && !roles.is_empty() && !roles.iter().any(|held| held.class == noun.class) {
                let office = |class| matches!(class, "gov" | "parl");
                let other_office = office(noun.class) && roles.iter().all(|held| office(held.class));
                *cost += match (known, other_office) {
                    (true, _) => 0.3,
                    (false, true) => 1.6,
                    (false, false) => 0.8,
                };
            }
            let member = || self.cast.members.iter().find(|m| m.name == actors[0].name);
            if noun.not_now && member().is_some_and(|m| self.has_office(noun, m)) {
                *cost -= 0.8;
            }
            if noun.has_role && self.is_another(noun, &actors[0]) {
                *cost += 1.6;
            }
            // "le préfet du Nord" is no head of state of whom the article speaks.
            let other = noun.place && matches!(noun.word, "préfet" | "député");
            if noun.has_role && !noun.not_now && !told && other && self.holds(&actors[0], |_| true) {
                *cost += 2.0;
            }
        }
        Answer::best(offers)
    }

    /// Whether an actor is one capitalised word of which nothing is told, and which has not spoken: as likely a place.
    fn is_lone_capital(&self, actor: &Actor) -> bool {
        actor.by.step == Step::NamedBefore
            && self.cast.members.iter().find(|m| m.name == actor.name).is_some_and(|m| !m.is_told())
    }

    /// Whether somebody without a name is told of by a role of another kind: "le rappeur" is not "un délégué du port".
    fn is_another(&self, noun: &Noun, actor: &Actor) -> bool {
        let role = || Roles::embedded().role_at(actor.name.split(' ').take(4));
        let plain = |class| matches!(class, "people" | "generic" | "relational");
        actor.kind == ActorKind::Unnamed
            && !plain(noun.class)
            && role().is_some_and(|(_, role)| role.class != noun.class && !plain(role.class))
    }

    /// Whether an actor is in politics as far as the table knows, and in nothing that the noun tells.
    fn is_statesman(&self, noun: &Noun, actor: &Actor) -> bool {
        let politics = ["head", "gov", "parl", "local", "intl", "spokes"];
        self.holds(actor, |o| politics.iter().any(|class| is_of_class(o, class)))
            && !self.holds(actor, |o| is_of_class(o, noun.class))
    }

    /// Whether an actor is head of state or government on the day.
    fn leads_country(&self, actor: &Actor) -> bool {
        let entities = self.reading.entities;
        actor.entity.is_some_and(|id| {
            let country = entities.get(id).country;
            let leader = |role| entities.office_holder(role, country, self.published);
            leader("président") == Some(id) || leader("Premier ministre") == Some(id)
        })
    }

    /// Whether the table knows such an office of an actor, now or not.
    fn holds(&self, actor: &Actor, such: impl Fn(&Office) -> bool) -> bool {
        actor.entity.is_some_and(|id| self.reading.entities.get(id).offices.iter().any(such))
    }

    /// The roles that the article gives to an actor.
    fn roles_of(&self, actor: &Actor) -> &[Held] {
        self.cast.members.iter().find(|m| m.name == actor.name).map(|m| m.roles.as_slice()).unwrap_or_default()
    }

    /// A role without a country: the one country whose holder the article names.
    fn national_office(&self, role: &str) -> Option<EntityId> {
        let has_held = |m: &Member| m.entity.is_some_and(|e| !self.reading.entities.get(e).offices.is_empty());
        if !self.cast.members.iter().any(has_held) {
            return None;
        }
        let mut found: Vec<EntityId> = Vec::new();
        // "Anne Roy" may stand for her country, which need not be named beside her.
        let of_members = self.cast.members.iter().filter_map(|m| self.reading.entities.get(m.entity?).country);
        let named = self.cast.countries().chain(of_members).map(|id| self.reading.entities.get(id));
        for entity in named.filter(|e| e.kind == EntityKind::Country) {
            let id = self.reading.entities.office_holder(role, entity.country, self.published);
            if let Some(id) = id
                && self.cast.members.iter().any(|m| m.entity == Some(id))
                && !found.contains(&id)
            {
                found.push(id);
            }
        }
        // Several such holders: the one who spoke last.
        let last =
            || self.spoken.iter().rev().flat_map(|s| &s.actors).find_map(|a| a.entity.filter(|e| found.contains(e)));
        match found.as_slice() {
            [one] => Some(*one),
            _ => last(),
        }
    }

    pub(super) fn unnamed(&self, phrase: &Phrase, mention: Span) -> Actor {
        let kind = match phrase.head {
            Some(h) if self.reading.is(h, Classes::DOCUMENT) => ActorKind::Document,
            Some(h) if self.reading.is(h, Classes::BODY) => ActorKind::Organisation,
            _ => ActorKind::Unnamed,
        };
        let by = Step::Unnamed.alone();
        Actor {
            name: self.bare_text(phrase).into(),
            mention,
            role: None,
            entity: None,
            metonym: None,
            kind,
            by,
            link: None,
        }
    }
}

fn is_of_class(office: &Office, class: &str) -> bool {
    Roles::embedded().role_at(office.title.split(' ')).is_some_and(|(_, role)| role.class == class)
}

fn kind_of(kind: EntityKind) -> ActorKind {
    match kind {
        EntityKind::Person => ActorKind::Person,
        EntityKind::Outlet => ActorKind::Outlet,
        EntityKind::Organisation => ActorKind::Organisation,
        EntityKind::Place | EntityKind::Country | EntityKind::Authority => ActorKind::Authority,
        EntityKind::Concept => ActorKind::Document,
    }
}
