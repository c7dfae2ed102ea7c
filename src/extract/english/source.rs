//! Finding the words that name a source in English: the subject before a cue, the one after it, its appositions.

use crate::entity::EntityKind;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::language::{Classes, Mood};

impl Reading<'_> {
    /// The noun phrase at `i` with its appositions ("Paul Martin, 50, the mayor of Valmont").
    pub(in crate::extract) fn english_source(&self, i: usize, limit: usize) -> Option<Phrase> {
        let mut phrase = self.english_phrase(i, limit)?;
        while !phrase.pronoun && self.is_comma(phrase.full_end) && phrase.full_end + 1 < limit {
            let Some(end) = self.english_apposition(&mut phrase, limit) else { break };
            phrase.full_end = end;
        }
        Some(phrase)
    }

    /// Reads the apposition behind the comma at the phrase's end; returns where it ends.
    fn english_apposition(&self, phrase: &mut Phrase, limit: usize) -> Option<usize> {
        let k = phrase.full_end + 1;
        if self.tokens.is_number(k) && (k + 1 >= limit || self.mark(k + 1).is_some()) {
            return Some(k + 1);
        }
        if self.quotation_at(k).is_some() {
            return None;
        }
        // ", who denied that …": not of the source, but a report of its own.
        if self.lower(k) == "who"
            && self.is_cue_verb(k + 1)
            && !(k..limit).any(|j| self.is_comma(j) && self.quotation_at(j).is_none())
        {
            return None;
        }
        let person = |name: &crate::extract::name::Name| {
            name.entities.is_empty() || name.entities.iter().any(|e| self.entities.get(*e).kind == EntityKind::Person)
        };
        // "While some fear for social services, Roy says": a bare noun is nobody whose name follows.
        let bare = phrase.role.is_none() && !self.is(phrase.range.start, Classes::DET);
        if bare && phrase.names.is_empty() && self.tokens.is_capital(k) && !self.is(k, Classes::FUNCTION) {
            return None;
        }
        // "the mayor, Anne Roy", "his lawyer, Paul Martin".
        if phrase.names.is_empty() && !phrase.plural {
            let title = usize::from(self.is_title(k));
            let at = k + title + usize::from(title == 1 && self.mark(k + 1) == Some('.'));
            if let Some(name) = self.name_at(at, limit).filter(|name| self.tokens.is_capital(at) && person(name))
                && (name.range.end >= limit || self.mark(name.range.end).is_some() || self.is_cue_verb(name.range.end))
            {
                let end = name.range.end;
                phrase.names.push(name);
                return Some(end);
            }
        }
        let stop = (k..limit)
            .find(|j| {
                self.quotation_at(*j).is_some_and(|q| !self.is_work(q, k))
                    || self.quotation_at(*j).is_none()
                        && self.mark(*j).is_some_and(|c| matches!(c, ',' | ';' | ':' | '—' | '–'))
            })
            .unwrap_or(limit);
        let stop = if stop == limit
            && self.mark(limit - 1).is_some_and(|c| matches!(c, '.' | '!' | '?'))
            && self.sentence_end(k) == limit
        {
            limit - 1
        } else {
            stop
        };
        if matches!(self.lower(k), "who" | "whose" | "which" | "whom") {
            let comma = (k..limit).find(|j| self.is_comma(*j) && self.quotation_at(*j).is_none());
            // A clause that no comma closes goes on to the end of the sentence.
            return comma.or((limit >= self.sentence_end(k)).then_some(stop));
        }
        // An apposition begins like a noun phrase and holds no verb of its own.
        let begins = self.is(k, Classes::DET | Classes::ADJECTIVE) && !self.is(k, Classes::SUBJECT)
            || self.role_at(k, limit).is_some()
            || self.is_open(k) && !self.begins_verb(k) && self.forms(k).iter().all(|f| f.mood == Mood::PastParticiple)
            || self.tokens.is_capital(k) && !self.is(k, Classes::FUNCTION);
        // "When it comes to housing, both groups say": no apposition counts anew.
        let counts = matches!(self.lower(k), "both" | "all" | "each" | "every" | "any" | "no");
        // "a lawyer in Valmont who defends dockers": the verb is the relative clause's.
        let relative = (k..stop).find(|j| matches!(self.lower(*j), "who" | "that" | "which"));
        let own = relative.filter(|relative| *relative > k + 1).unwrap_or(stop);
        if !begins || counts || self.has_finite(k..own) {
            return None;
        }
        if let Some(inner) = self.english_phrase(k, stop) {
            if phrase.role.is_none() && inner.role.is_some() {
                phrase.role = inner.role;
            } else if phrase.head.is_none() {
                phrase.head = inner.head;
            }
            phrase.gender = phrase.gender.or(inner.gender);
        }
        Some(stop)
    }

    /// Whether quotation `q` is a title at the end of an apposition from `from` on: "author of 'The Salt Road,'".
    fn is_work(&self, q: usize, from: usize) -> bool {
        let tokens = self.tokens_of(q);
        let of = tokens.start > from && self.lower(tokens.start - 1) == "of";
        of && tokens.len() <= 9 && self.tokens.is_capital(tokens.start + 1)
    }

    /// Whether a finite verb stands among the tokens outside quotations and relative clauses.
    pub(in crate::extract) fn has_finite(&self, range: std::ops::Range<usize>) -> bool {
        range.clone().any(|k| k > range.start.saturating_sub(1) && self.is_finite_here(k, range.start))
    }

    /// Whether the word at `k`, which may follow another from `start` on, is a finite verb rather than a noun.
    pub(in crate::extract) fn is_finite_here(&self, k: usize, start: usize) -> bool {
        if self.quotation_at(k).is_some() || !self.tokens.is_word(k) || self.tokens.is_capital(k) && k > start {
            return false;
        }
        if self.is(k, Classes::MODAL) || self.lower(k).ends_with("n't") {
            return true;
        }
        let forms = self.forms(k);
        if forms.is_empty() {
            // Verbs that no table lists show themselves by their past.
            let word = self.lower(k);
            return word.len() > 4
                && word.ends_with("ed")
                && self.is_open(k)
                && k > start
                && !self.is(k - 1, Classes::DET | Classes::PREP | Classes::ADJECTIVE);
        }
        if self.lower(k) == "'s" {
            return k > start && self.is(k - 1, Classes::PRONOUN | Classes::SUBJECT)
                || self.is(k + 1, Classes::DET | Classes::NEG);
        }
        let noun = k > start
            && self.is(k - 1, Classes::DET | Classes::PREP | Classes::ADJECTIVE | Classes::NUM)
            && !self.is(k - 1, Classes::SUBJECT)
            || k > start && self.lower(k - 1) == "'s";
        let past = forms.iter().any(|f| f.mood == Mood::Past);
        let helper =
            matches!(self.lower(k), "is" | "are" | "was" | "were" | "has" | "have" | "had" | "does" | "do" | "did");
        let singular = forms.iter().any(|f| f.mood == Mood::Present && !f.plural);
        let plural = forms.iter().any(|f| f.mood == Mood::Present && f.plural)
            && k > start
            && (self.is(k - 1, Classes::PRONOUN | Classes::FIRST | Classes::REL | Classes::SUBJECT)
                || self.is_plural_noun(k - 1) && self.is_open(k - 1));
        helper || !noun && (past || singular || plural)
    }

    /// A form of a reporting verb that can have a subject.
    pub(in crate::extract) fn is_cue_verb(&self, k: usize) -> bool {
        self.is(k, Classes::CUE) && self.forms(k).iter().any(|f| matches!(f.mood, Mood::Present | Mood::Past))
    }

    /// Several sources joined by "and".
    pub(in crate::extract) fn english_sources(&self, i: usize, limit: usize) -> Option<Vec<Phrase>> {
        let mut all = vec![self.english_source(i, limit)?];
        while let Some(last) = all.last()
            && !last.pronoun
            && matches!(self.lower(last.range.end), "and" | "or")
        {
            let k = last.range.end + 1;
            let starts = self.is(k, Classes::DET) || self.tokens.is_capital(k) || self.role_at(k, limit).is_some();
            match self.english_source(k, limit) {
                Some(next) if starts && !next.pronoun => all.push(next),
                _ => break,
            }
        }
        Some(all)
    }

    /// The source right after a cue: "said Anne Roy, the mayor".
    pub(in crate::extract) fn english_source_after(&self, i: usize, limit: usize) -> Option<Vec<Phrase>> {
        let starts = self.tokens.is_capital(i)
            || self.tokens.is_number(i)
            || self.is(i, Classes::DET | Classes::NUM | Classes::TITLE)
            || self.role_at(i, limit).is_some()
            || self.is(i, Classes::GROUP | Classes::ADJECTIVE)
            || matches!(self.lower(i), "he" | "she");
        // "said independent expert Anne Roy"
        let adjective = self.is_open(i)
            && !self.tokens.is_capital(i)
            && (i + 1..limit.min(i + 4)).any(|k| self.role_at(k, limit).is_some());
        let starts = starts || adjective;
        let time = self.is(i, Classes::TIME) && !self.is_given_name(i);
        if !starts || time || i >= limit || self.is(i, Classes::SUB) && !self.tokens.is_capital(i) {
            return None;
        }
        self.english_sources(i, limit)
    }

    /// The sources before a verb group that starts at `verb`, in the clause that starts at `from`.
    pub(in crate::extract) fn english_source_before(&self, from: usize, verb: usize) -> Option<Vec<Phrase>> {
        let mut end = verb;
        // "Roy on Monday also said"
        while end > from
            && (self.is_adverb(end - 1)
                || self.is(end - 1, Classes::TIME)
                    && !self.tokens.is_number(end - 1)
                    && !(self.is(end - 1, Classes::MODAL) && end >= 2 && self.mark(end - 2) == Some('.'))
                || self.is(end, Classes::TIME)
                    && matches!(self.lower(end - 1), "on" | "last" | "this" | "earlier" | "late" | "early"))
        {
            end -= 1;
        }
        let p = end.checked_sub(1).filter(|p| *p >= from)?;
        if self.quotation_at(p).is_some_and(|q| !self.is_work(q, from)) {
            return None;
        }
        if matches!(self.lower(p), "who" | "which" | "that") {
            let antecedent = if p > from && self.is_comma(p - 1) { p - 1 } else { p };
            return self.reaching(from, antecedent);
        }
        if let Some(pronoun) = self.english_phrase(p, p + 1).filter(|phrase| phrase.pronoun) {
            // "Paul and she said": rare; the pronoun stands for itself.
            return Some(vec![pronoun]);
        }
        if self.is(p, Classes::FIRST) || matches!(self.lower(p), "there" | "what" | "this" | "that" | "to") {
            return None;
        }
        self.reaching(from, end).or_else(|| self.broken(from, end))
    }

    /// The widest phrase, appositions included, that ends right before `end`.
    pub(in crate::extract) fn reaching(&self, from: usize, end: usize) -> Option<Vec<Phrase>> {
        // "Citing two officials, Reuters reported": the subject stands behind the comma.
        let comma = || (from..end).find(|k| self.is_comma(*k) && self.quotation_at(*k).is_none());
        let from = if self.is_head_participle(from) { comma().map_or(from, |k| k + 1) } else { from };
        let near = from.max(end.saturating_sub(60));
        (near..end).find_map(|k| {
            let sources = self.may_begin_source_phrase(k, from).then(|| self.english_sources(k, end)).flatten()?;
            let last = sources.last()?;
            let closed = last.full_end == end || last.full_end + 1 == end && self.is_comma(last.full_end);
            closed.then_some(sources)
        })
    }

    /// "Roy, who has lived there since May, said", "Martin of the Valmont union said": words between that hold no verb of
    /// the clause.
    fn broken(&self, from: usize, end: usize) -> Option<Vec<Phrase>> {
        let near = from.max(end.saturating_sub(60));
        (near..end).find_map(|k| {
            let sources = self.may_begin_source_phrase(k, from).then(|| self.english_sources(k, end)).flatten()?;
            let last = sources.last()?;
            let rest = last.full_end..end;
            let aside = self.is_comma(rest.start) && self.is_comma(end - 1) && rest.len() > 2;
            let complement = self.is(rest.start, Classes::PREP)
                && !rest.clone().any(|j| self.is_comma(j))
                && !self.has_finite(rest.clone());
            // "a man who lives next to the mill"
            let restrictive = self.lower(rest.start) == "who" && !rest.clone().any(|j| self.is_comma(j));
            let somebody = self.can_speak(last) || restrictive && self.is(last.range.start, Classes::DET);
            ((aside || complement || restrictive) && !last.pronoun && somebody).then_some(sources)
        })
    }

    /// Whether a participle opens the sentence at `k`.
    fn is_head_participle(&self, k: usize) -> bool {
        self.starts_sentence(k)
            && self.forms(k).iter().any(|f| f.mood == Mood::PresentParticiple)
            && !self.is_given_name(k)
    }

    /// Whether a source's words may begin at `k`: not inside a name or a phrase that a preposition governs.
    fn may_begin_source_phrase(&self, k: usize, from: usize) -> bool {
        if self.quotation_at(k).is_some() || !self.tokens.is_word(k) && !self.tokens.is_number(k) {
            return false;
        }
        // "Citing two officials, Reuters reported"
        if k == from || self.is_head_participle(k) {
            return !self.is_head_participle(k) && !self.is(k, Classes::PREP);
        }
        let before = k - 1;
        let inside = self.is(before, Classes::DET | Classes::PREP | Classes::TITLE | Classes::ADJECTIVE | Classes::NUM)
            && !self.is(before, Classes::SUB | Classes::AND)
            && self.quotation_at(before).is_none()
            || self.lower(before) == "'s"
            || self.tokens.is_capital(before)
                && self.tokens.is_capital(k)
                && self.tokens.is_spaced(k)
                && !self.is(before, Classes::FUNCTION);
        // "of the dockers' union": an apostrophe parts nothing.
        if self.is_plural_genitive(before) {
            return false;
        }
        let mark = self.mark(before).is_some();
        let word = mark
            || self.is(before, Classes::AND | Classes::SUB | Classes::ADV | Classes::REL | Classes::TIME)
            || self.forms(before).iter().any(|f| f.mood.is_finite() || f.mood == Mood::PresentParticiple);
        let noun = self.is_open(before) && !word;
        !inside && !noun
    }

    /// An adverb that may stand between a subject and its verb.
    pub(in crate::extract) fn is_adverb(&self, k: usize) -> bool {
        let word = self.lower(k);
        self.is(k, Classes::ADV) && !self.is(k, Classes::SUB | Classes::SUBJECT) && !self.tokens.is_capital(k)
            || word.ends_with("ly") && word.len() > 4 && !self.tokens.is_capital(k) && self.forms(k).is_empty()
    }
}
