//! Bodies and documents without a name: "le parti", "l'agence", "le rapport de la Cour".

use super::{Resolver, actor_of};
use crate::entity::{EntityKind, stands_for};
use crate::extract::cast::Member;
use crate::extract::name::Name;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::language::{Classes, Mood};

/// So many sentences back an article may have named the company that it is about.
const REACH: usize = 8;

/// So many namings are weighed.
const MOST_NAMINGS: usize = 40;

impl Resolver<'_> {
    /// Whether a noun may stand for any company or organisation ("la société", "le groupe").
    pub(super) fn means_body(&self, head: usize) -> bool {
        stands_for(self.reading.lower(head), "", "body")
    }

    /// "la diplomatie russe", "l'exécutif européen": a body that the table knows under a name without capitals.
    pub(super) fn by_common_name(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        let (head, end) = (phrase.head?, phrase.range.end);
        let definite = matches!(self.reading.lower(phrase.range.start), "le" | "la" | "l'" | "les" | "the");
        if !definite || head != phrase.range.start + 1 || self.reading.tokens.is_capital(head) {
            return None;
        }
        let name = self.reading.name_at(head, end).filter(|name| name.listed && name.range.end == end)?;
        let [entity] = name.entities.as_slice() else { return None };
        let body = self.reading.entities.get(*entity).kind == EntityKind::Organisation;
        body.then(|| self.entity_actor(*entity, mention, Step::Name))
    }

    /// "l'association", "le parti": the named body of that noun; "la société": the one that the text is about.
    pub(super) fn by_body(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Actor> {
        let reading = self.reading;
        let head = phrase.head?;
        let noun = reading.lower(head);
        // "la presse américaine" is no one outlet.
        if noun == "presse" {
            return None;
        }
        let at = phrase.range.start;
        let last = phrase.range.end - 1;
        let national = last == head + 1 && reading.demonym(last).is_some();
        // "le quotidien régional", "l'hebdomadaire satirique": the outlet named before, as "le quotidien" is.
        let outlet = reading.is(head, Classes::MEDIA)
            && !reading.is(head, Classes::BODY)
            && !(head + 1..phrase.range.end).any(|k| reading.tokens.is_capital(k) || reading.mark(k).is_some());
        let plain = 2 + usize::from(national || reading.lower(at + 1) == "même");
        if phrase.range.len() > plain && !outlet {
            let only = self.only_body(phrase, head).map(|member| actor_of(member, mention, Step::Role));
            return only.or_else(|| self.paraphrased(phrase, head, sentence, mention));
        }
        let before = || self.cast.before(at).map(|n| (n, &self.cast.members[n.member]));
        let named = before().map(|(_, m)| m).find(|m| {
            m.kind == ActorKind::Organisation
                && (m.name.to_lowercase().starts_with(noun)
                    || reading.is_english() && m.name.to_lowercase().ends_with(noun)
                    || m.nouns.iter().any(|n| n == noun)
                    || m.entity.is_some_and(|e| reading.entities.get(e).note.starts_with(noun)))
        });
        if let Some(member) = named {
            return Some(actor_of(member, mention, Step::Role));
        }
        if let Some(actor) = self.spoken_as(phrase, mention) {
            return Some(actor);
        }
        if reading.is(head, Classes::MEDIA) && (!national || !reading.is(head, Classes::BODY)) {
            // "l'agence" may be any body, "le quotidien" an outlet only.
            let body = reading.is(head, Classes::BODY);
            let outlet = |m: &Member| m.kind == ActorKind::Outlet || body && m.kind == ActorKind::Organisation;
            let outlet = before().map(|(_, m)| m).find(|m| outlet(m))?;
            return Some(actor_of(outlet, mention, Step::Role));
        }
        let company = self.means_body(head).then(|| self.company_before(noun, at, sentence)).flatten()?;
        Some(Actor { kind: ActorKind::Organisation, ..actor_of(company, mention, Step::Role) })
    }

    /// "l'agence sanitaire": the only body of that noun that the article names, and that before.
    fn only_body(&self, phrase: &Phrase, head: usize) -> Option<&Member> {
        let reading = self.reading;
        let described = phrase.range.len() == 3 && head + 2 == phrase.range.end && reading.is_open(head + 1);
        // "l'agence européenne", "l'enquête menée", "le groupe pétrolier": of such there is more than one.
        let participle = || reading.forms(head + 1).iter().any(|f| f.mood == Mood::PastParticiple);
        let of_place = || reading.demonym(head + 1).is_some() || reading.lower(head + 1).starts_with("europ");
        let noun = reading.lower(head);
        let many = reading.is(head, Classes::DOCUMENT) || matches!(noun, "groupe" | "parti" | "banque");
        let other = ["central", "national", "local", "adverse", "rival", "immobili", "régional", "voisin"];
        let many = many || other.iter().any(|stem| reading.lower(head + 1).starts_with(stem));
        if !described || many || reading.tokens.is_capital(head + 1) || participle() || of_place() {
            return None;
        }
        let is_such = |m: &Member| {
            let note = m.entity.map_or("", |e| reading.entities.get(e).note.as_str());
            m.kind == ActorKind::Organisation && (note.starts_with(noun) || m.nouns.iter().any(|n| n == noun))
        };
        let mut such =
            self.cast.before(phrase.range.start).map(|n| n.member).filter(|m| is_such(&self.cast.members[*m]));
        let first = such.next()?;
        such.all(|other| other == first).then(|| &self.cast.members[first])
    }

    /// "la société de Bellorme", "le géant des ports", "la compagnie aérienne": another name of the company that the
    /// article is about, unless the complement names a person or body.
    fn paraphrased(&self, phrase: &Phrase, head: usize, sentence: usize, mention: Span) -> Option<Actor> {
        let reading = self.reading;
        let at = phrase.range.start;
        let rest = head + 1..phrase.range.end;
        let definite = matches!(reading.lower(at), "le" | "la" | "l'" | "ce" | "cette" | "the");
        // "le groupe de travail"
        let part = reading.lower(head) == "groupe" && matches!(reading.lower(head + 1), "de" | "d'" | "parlementaire");
        let another = self.cast.within(phrase.range.clone()).iter().any(|n| {
            let member = &self.cast.members[n.member];
            member.is_told() && member.kind != ActorKind::Authority
        });
        let quoted = rest.clone().any(|k| reading.mark(k).is_some());
        if !definite || part || another || quoted || !stands_for(reading.lower(head), "", "company") {
            return None;
        }
        let company = self.company_before(reading.lower(head), at, sentence)?;
        Some(Actor { kind: ActorKind::Organisation, ..actor_of(company, mention, Step::Role) })
    }

    /// The company or organisation that the text is about before token `at`: the one named oftenest of late, a subject
    /// nearby before others.
    fn company_before(&self, noun: &str, at: usize, sentence: usize) -> Option<&Member> {
        let reading = self.reading;
        let company = stands_for(noun, "", "company");
        let mut found: Vec<(usize, u32)> = Vec::new();
        let recent = self.cast.before(at).take_while(|n| self.sentence_of(n.token) + REACH >= sentence);
        for naming in recent.take(MOST_NAMINGS) {
            let member = &self.cast.members[naming.member];
            // "sur Twitter": a place where things are said; "l'État", "la Défense": no company.
            let k = naming.token;
            if k > 0 && reading.lower(k - 1) == "sur" || reading.is(k, Classes::PORTFOLIO) {
                continue;
            }
            if company && !self.may_be_company(noun, member) {
                continue;
            }
            let lone = member.entity.is_none() && !member.name.contains(' ');
            let capitals = member.name.chars().filter(|c| c.is_uppercase()).count();
            let may_be = match member.kind {
                // Of lone words with a capital ("Comptes") only a subject.
                ActorKind::Organisation => naming.subject || !lone || capitals > 1,
                // A lone capital of which nothing else is told ("Mécaval") may well be a company.
                ActorKind::Person => naming.subject && company && member.entity.is_none() && !member.is_told(),
                _ => false,
            };
            if !may_be {
                continue;
            }
            let weight = match (sentence - self.sentence_of(k).min(sentence), naming.subject) {
                (0 | 1, true) => 6,
                (0 | 1, false) => 4,
                (2, true) => 4,
                (2, false) => 3,
                (_, true) => 2,
                (_, false) => 1,
            };
            match found.iter_mut().find(|(m, _)| *m == naming.member) {
                Some((_, sum)) => *sum += weight,
                None => found.push((naming.member, weight + 2 * u32::from(member.has_spoken))),
            }
        }
        // Of several that weigh the same the nearest, which was met first.
        let best = found.iter().map(|(_, sum)| *sum).max().filter(|sum| *sum >= 3)?;
        found.iter().find(|(_, sum)| *sum == best).map(|(m, _)| &self.cast.members[*m])
    }

    /// Whether nothing known of a body says that it is no company: "l'entreprise" is no party and no agency, "le groupe"
    /// may be a party's or armed, but is no court.
    fn may_be_company(&self, noun: &str, member: &Member) -> bool {
        let note = member.entity.map_or("", |id| self.reading.entities.get(id).note.as_str());
        let first = note.split(' ').next().unwrap_or_default();
        if noun == "groupe" {
            return !matches!(first, "juridiction" | "institution" | "parlement" | "ministère" | "agence" | "organe");
        }
        first.is_empty() || stands_for(first, "", "company") || matches!(first, "réseau" | "banque" | "établissement")
    }

    /// "le rapport de la Cour des comptes", "un décompte réalisé par l'agence": the body that made the document.
    pub(super) fn behind_document(&mut self, phrase: &Phrase, sentence: usize) -> Option<Answer> {
        let reading = self.reading;
        let head = phrase.head.filter(|h| reading.is(*h, Classes::DOCUMENT | Classes::SPEECH))?;
        let limit = reading.sentences.get(sentence)?.range.end;
        let author = self.authored_by(head, phrase.range.end, limit)?;
        // "les informations du Journal": the article of the outlet's name is in "du".
        let named =
            author.names.first().filter(|n| n.entities.is_empty() && reading.is(n.range.start - 1, Classes::FUSED));
        let outlet = |name: &Name| {
            let words = reading.span(name.range.clone()).of(reading.text);
            reading.entities.outlet(&format!("Le {words}"))
        };
        if let Some(id) = named.and_then(outlet) {
            let mention = reading.span(phrase.range.clone());
            return Some(Answer::one(self.entity_actor(id, mention, Step::Author)));
        }
        let body = |n: &Name| reading.is(n.range.start, Classes::BODY);
        let speaks = author.names.iter().any(|n| !n.entities.is_empty() || n.range.len() > 1 || body(n))
            || author.head.is_some_and(|h| reading.is(h, Classes::BODY | Classes::MEDIA)) && !author.indefinite;
        speaks.then(|| self.resolve_one(&author, sentence))
    }

    /// The phrase after "de" or "par": "les chiffres de la Cour", "une étude publiée lundi par la Cour".
    fn authored_by(&self, head: usize, end: usize, limit: usize) -> Option<Phrase> {
        let reading = self.reading;
        let after = |by: usize| reading.source_at(if reading.is(by, Classes::FUSED) { by } else { by + 1 }, limit);
        let of =
            (head + 1..end.min(head + 6)).find(|k| matches!(reading.lower(*k), "de" | "du" | "des" | "d'" | "par"));
        let participle = |k: &usize| reading.forms(*k).iter().any(|f| f.mood == Mood::PastParticiple);
        let time = |k: usize| reading.is(k, Classes::TIME | Classes::NUM) || reading.tokens.is_number(k);
        let by = || {
            let made = (head + 1..limit.min(head + 5)).find(participle)?;
            let by = (made + 1..limit.min(made + 6)).find(|k| !time(*k))?;
            (reading.lower(by) == "par").then_some(by)
        };
        after(of.or_else(by)?)
    }
}
