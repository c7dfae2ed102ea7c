//! Bodies and documents without a name: "le parti", "l'agence", "le rapport de la Cour".

use super::{Resolver, actor_of};
use crate::entity::stands_for;
use crate::extract::cast::Member;
use crate::extract::name::Name;
use crate::extract::phrase::Phrase;
use crate::extract::resolution::{Answer, Step};
use crate::extract::statement::{Actor, ActorKind, Span};
use crate::extract::token::TokenKind;
use crate::language::fr::{Classes, Mood};

impl Resolver<'_> {
    /// Whether a noun may stand for any company or organisation ("la société", "le groupe").
    pub(super) fn means_body(&self, head: usize) -> bool {
        stands_for(self.reading.lower(head), "", "body")
    }

    /// "l'association", "le parti": the named body of that noun; "la société": the one that the text is about.
    pub(super) fn by_body(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Actor> {
        let reading = self.reading;
        let head = phrase.head?;
        let noun = reading.lower(head);
        let at = phrase.range.start;
        let last = phrase.range.end - 1;
        let national = last == head + 1 && reading.demonym(last).is_some();
        if phrase.range.len() > 2 + usize::from(national) {
            return None;
        }
        let before = || self.cast.before(at).map(|n| (n, &self.cast.members[n.member]));
        let named = before().map(|(_, m)| m).find(|m| {
            m.kind == ActorKind::Organisation
                && (m.name.to_lowercase().starts_with(noun) || m.nouns.iter().any(|n| n == noun))
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
        // A lone capital of which nothing else is told ("Mécaval") may well be a company.
        let company = |subject: bool, m: &Member| {
            let untold = subject && m.entity.is_none() && !m.sure && !m.name.contains(' ');
            m.kind == ActorKind::Organisation || m.kind == ActorKind::Person && untold
        };
        let near = before()
            .take_while(|(n, _)| self.means_body(head) && self.sentence_of(n.token) + 2 >= sentence)
            .find(|(n, m)| company(n.subject, m))?;
        Some(Actor { kind: ActorKind::Organisation, ..actor_of(near.1, mention, Step::Role) })
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
        let after = |by: usize| reading.phrase_at(if reading.is(by, Classes::FUSED) { by } else { by + 1 }, limit);
        let of =
            (head + 1..end.min(head + 6)).find(|k| matches!(reading.lower(*k), "de" | "du" | "des" | "d'" | "par"));
        let participle = |k: &usize| reading.forms(*k).iter().any(|f| f.mood == Mood::PastParticiple);
        let time = |k: usize| reading.is(k, Classes::TIME | Classes::NUM) || reading.token(k).kind == TokenKind::Number;
        let by = || {
            let made = (head + 1..limit.min(head + 5)).find(participle)?;
            let by = (made + 1..limit.min(made + 6)).find(|k| !time(*k))?;
            (reading.lower(by) == "par").then_some(by)
        };
        after(of.or_else(by)?)
    }
}
