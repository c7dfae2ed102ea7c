//! What stands behind a noun phrase and belongs to it or not: names, descriptions, companions.

use super::name::Name;
use super::phrase::Phrase;
use super::reading::Reading;
use crate::entity::{EntityId, EntityKind};
use crate::language::{Classes, Mood};

impl Reading<'_> {
    /// "(l'avocat) aux côtés de son associée, Inès Roy": where the one begins beside whom somebody speaks, whose name it is.
    pub(super) fn companion(&self, k: usize) -> Option<usize> {
        let beside = self.is(k, Classes::PREP)
            && matches!(self.lower(k + 1), "côté" | "côtés" | "présence" | "compagnie")
            && matches!(self.lower(k + 2), "de" | "d'" | "du" | "des");
        beside.then(|| k + 2 + usize::from(!self.is(k + 2, Classes::FUSED)))
    }

    /// "le président du collectif pour la paix (CPP), Alain Roy", "l'avocate représentant le club, Inès Roy": the
    /// name comes after a complement that no verb breaks.
    pub(super) fn name_after_complement(&self, phrase: &mut Phrase, limit: usize) {
        let from = phrase.full_end;
        let participle = |k: usize| self.forms(k).iter().any(|f| f.mood == Mood::PresentParticiple);
        let leads =
            |k: usize| matches!(self.lower(k), "pour" | "auprès" | "en" | "contre" | "à" | "au" | "aux" | "dans");
        if from >= limit || !participle(from) && !leads(from) {
            return;
        }
        let plain = |k: &usize| {
            self.quotation_at(*k).is_none()
                && !self.mark(*k).is_some_and(|c| !matches!(c, '(' | ')' | '-'))
                && (*k == from || !self.begins_verb(*k) || self.noun_after_determiner(*k))
        };
        let Some(comma) = (from..limit.min(from + 12)).find(|k| !plain(k)).filter(|k| self.is_comma(*k)) else {
            return;
        };
        // A given name that no table has stands between commas, or at the end.
        let stranger = |name: &Name| {
            let parted = name.range.end >= limit || matches!(self.mark(name.range.end), Some(',' | '.'));
            let capitals =
                name.range.clone().all(|k| self.tokens.is_capital(k) && !self.is(k, Classes::BODY | Classes::PRESS));
            parted && capitals && name.range.len() == 2 && name.entities.is_empty() && !phrase.plural
        };
        let person = self
            .name_at(comma + 1, limit)
            .filter(|name| (self.is_full_name(name) || stranger(name)) && self.ends_phrase(name.range.end, limit));
        if let Some(name) = person {
            phrase.full_end = name.range.end;
            phrase.names.push(name);
        }
    }

    /// Reads an apposition at `k`; returns its end.
    pub(super) fn apposition(&self, phrase: &mut Phrase, k: usize, limit: usize) -> Option<usize> {
        if self.tokens.is_number(k) && self.lower(k + 1) == "ans" {
            return Some(k + 2);
        }
        if self.quotation_at(k).is_some() {
            return None;
        }
        let of_party = self.is_of_body(phrase);
        if phrase.names.is_empty() || of_party {
            // "le ministre de la Défense, Paul Martin", "le député CPM, Paul Martin": the name comes second.
            // "l'avocat d'Anne Roy, Me Paul Martin"
            let titled = k + usize::from(self.is(k, Classes::TITLE));
            let titled = titled + usize::from(titled > k && self.mark(titled) == Some('.'));
            let bare = self.name_at(k, limit).or_else(|| self.name_at(titled, limit).filter(|_| titled > k));
            let bare = bare.filter(|_| self.tokens.is_capital(k) || titled > k);
            let bare = bare.filter(|name| !of_party || self.is_full_name(name));
            let name = bare.or_else(|| self.described_name(phrase, k, limit))?;
            let closes = self.ends_phrase(name.range.end, limit);
            let person = !name
                .entities
                .iter()
                .any(|e| matches!(self.entities.get(*e).kind, EntityKind::Country | EntityKind::Place));
            if phrase.role.is_none() && !closes || !person || self.begins_verb(name.range.end) && phrase.role.is_none()
            {
                return None;
            }
            let end = name.range.end;
            if self.is_of_next_clause(phrase, end, limit) {
                return None;
            }
            phrase.names.push(name);
            return Some(end);
        }
        // "Paul Martin, maire de Valmont", "…, une habitante du quartier", "…, du collectif".
        let mut inner = if self.is(k, Classes::DET) && !self.is(k, Classes::FUSED)
            || self.role_at(k, limit).is_some()
            || self.is_open(k) && !self.tokens.is_capital(k)
        {
            self.phrase_at_bare(k, limit)?
        } else if matches!(self.lower(k), "de" | "du" | "d'" | "des" | "à" | "au") && self.capital_within(k + 1, 4) {
            self.phrase_at(k + 1, limit).or_else(|| self.phrase_at(k, limit))?
        } else {
            return None;
        };
        // "Frédéric, de la brigade": where somebody belongs tells no gender.
        if self.is(k, Classes::PREP | Classes::FUSED) {
            inner.gender = None;
        }
        if !self.ends_phrase(inner.range.end, limit) && !self.relative_at(inner.range.end) {
            return None;
        }
        let mut end = inner.range.end;
        // A long complement ("directeur de l'institut … à l'université …") runs to the next comma.
        while end < limit
            && !self.is_comma(end)
            && (self.mark(end).is_none_or(|c| !matches!(c, '.' | ':' | ';' | '!' | '?'))
                || self.mark(end) == Some('.') && end + 1 < limit && !self.tokens.is_spaced(end + 1))
            && self.quotation_at(end).is_none()
            && !self.begins_verb(end)
            && !matches!(self.lower(end), "que" | "qu'" | "et" | "qui" | "dont" | "où")
        {
            end += 1;
        }
        // ", les tentatives se multiplient", "(relayé par Paul Roy,) le maire a dit": the subject of a new clause.
        let determined = self.is(k, Classes::DET) && !self.is(k, Classes::FUSED);
        let inside = phrase.names.last().is_some_and(|name| name.range.start < phrase.range.end);
        let governed = determined && inside && self.is_governed(phrase);
        if end < limit && self.begins_verb(end) && (inner.role.is_none() || governed) {
            return None;
        }
        if phrase.role.is_none() && inner.role.is_some() {
            phrase.role = inner.role;
            phrase.gender = phrase.gender.or(inner.gender);
        } else if phrase.head.is_none() {
            phrase.head = inner.head;
            phrase.gender = phrase.gender.or(inner.gender);
        }
        Some(end)
    }

    /// "le député CPM", "la maire LR": the only name is the one of the body to which somebody with that role belongs.
    fn is_of_body(&self, phrase: &Phrase) -> bool {
        let Some(role) = phrase.role.as_ref().filter(|role| !role.class.ends_with("-org")) else { return false };
        let [name] = phrase.names.as_slice() else { return false };
        let organisation = |id: &EntityId| self.entities.get(*id).kind == EntityKind::Organisation;
        let letters = || name.range.len() == 1 && self.surface(name.range.start).chars().all(char::is_uppercase);
        let body = if name.entities.is_empty() { letters() } else { name.entities.iter().all(organisation) };
        name.range.start >= role.range.end && body
    }

    /// "Pour convaincre les électeurs, Anne Roy a promis …", "Face au gendarme, Paul Martin se tait": the name that ends at
    /// `end` is the subject of what follows. Several are not one, but "l'un des avocats, Paul Martin a dit" means him; what a
    /// preposition governs closes with a comma.
    fn is_of_next_clause(&self, phrase: &Phrase, end: usize, limit: usize) -> bool {
        (phrase.plural && !self.is_one_of(phrase) || self.is_governed(phrase)) && end < limit && self.begins_verb(end)
    }

    /// "l'un des avocats", "un de ses proches"
    fn is_one_of(&self, phrase: &Phrase) -> bool {
        let start = phrase.range.start;
        let one = (start..start + 2).find(|k| matches!(self.lower(*k), "un" | "une"));
        one.is_some_and(|one| matches!(self.lower(one + 1), "de" | "des" | "d'"))
    }

    /// Whether a preposition stands before a phrase or in its first word.
    fn is_governed(&self, phrase: &Phrase) -> bool {
        let start = phrase.range.start;
        self.is(start, Classes::FUSED) || start > 0 && self.is(start - 1, Classes::PREP)
    }

    /// "(le maire,) le socialiste Paul Martin,", "(la présidente,) l'ex-ministre Anne Roy,": the name comes with another
    /// word for the same one. Two offices side by side are two people.
    fn described_name(&self, phrase: &Phrase, k: usize, limit: usize) -> Option<Name> {
        // "un de ses proches, le conseiller Paul Martin", "sa fille, l'actrice Anne Roy"
        let start = phrase.range.start;
        // "Selon sa mère, l'étudiante Anne Roy, disparue, …": the subject of what she says.
        let close =
            (self.is_one_of(phrase) || matches!(self.lower(start), "son" | "sa" | "leur")) && !self.is_governed(phrase);
        if !(phrase.role.is_some() || close) || !self.is(k, Classes::DET) || self.is(k, Classes::FUSED) {
            return None;
        }
        let inner = self.phrase_at(k, limit)?;
        let same = close || inner.role.as_ref().is_none_or(|role| role.not_now || role.class == "party");
        let agrees = inner.gender.is_none() || phrase.gender.is_none() || inner.gender == phrase.gender;
        let closes = self.mark(inner.range.end).is_some_and(|mark| matches!(mark, ',' | '.' | ')'));
        let name = inner.names.last().filter(|name| self.is_full_name(name));
        name.filter(|_| same && agrees && closes && !inner.plural).cloned()
    }

    /// A noun phrase that may lack its determiner ("maire de Valmont", "chanteuse de profession").
    fn phrase_at_bare(&self, k: usize, limit: usize) -> Option<Phrase> {
        self.phrase_at(k, limit).or_else(|| {
            let open = self.is_open(k) && !self.begins_verb(k);
            open.then(|| Phrase { range: k..k + 1, full_end: k + 1, head: Some(k), ..Phrase::default() })
        })
    }

    fn capital_within(&self, k: usize, n: usize) -> bool {
        (k..k + n).any(|j| self.tokens.is_capital(j))
    }

    /// Whether a phrase may end at `i`: at a comma, a bracket, the sentence's end, or before a small word.
    fn ends_phrase(&self, i: usize, limit: usize) -> bool {
        i >= limit
            || self.mark(i).is_some() && self.quotation_at(i).is_none()
            || self.is(i, Classes::PREP | Classes::AND | Classes::REL | Classes::SUB | Classes::TIME | Classes::ADV)
            || self
                .forms(i)
                .iter()
                .any(|f| f.mood.is_finite() || f.mood == Mood::PresentParticiple || f.mood == Mood::PastParticiple)
            || self.begins_verb(i)
    }

    fn relative_at(&self, i: usize) -> bool {
        self.is(i, Classes::REL)
    }
}
