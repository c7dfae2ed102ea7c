//! What a reporting verb governs to its right: a clause, a quotation, an infinitive, a judgement.

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::extract::frame::Frame;
use crate::language::{Classes, Frames};
use std::ops::Range;

/// How many tokens a prepositional phrase between a cue and its "que" may have.
const LONGEST_ADJUNCT: usize = 14;

/// How many tokens stand at most between "que" and the verb of what is wished for.
const FARTHEST_WISH: usize = 6;

pub(super) struct Complement {
    pub content: Range<usize>,
    pub frame: Frame,
    /// The frame alone shows speech: the subject need not be a known kind of speaker.
    pub strong: bool,
}

impl Complement {
    pub fn new(content: Range<usize>, frame: Frame, strong: bool) -> Option<Self> {
        (content.end > content.start).then_some(Self { content, frame, strong })
    }
}

impl Analysis<'_> {
    /// What the group governs to its right.
    pub(super) fn complement(&self, group: &Group, limit: usize, next: usize) -> Option<Complement> {
        let reading = self.reading;
        let frames = group.verb(reading).frames;
        let mut k = group.range.end;
        for _ in 0..7 {
            if frames.has(Frames::A) && reading.lower(k) == "à" || frames.has(Frames::ATTRIBUTE) && reading.is_open(k)
            {
                break;
            }
            if self.that_clause(k, frames).is_some() {
                break;
            }
            // "fait état d'un plan « secret »": what is told of comes with "de".
            let tells_of = frames.has(Frames::NOUN) && !group.verb(reading).tail.is_empty();
            if tells_of && matches!(reading.lower(k), "de" | "du" | "d'") {
                break;
            }
            // "voit dans ce plan « un adieu »": the object with its place is the content.
            if group.verb(reading).class == "see" {
                break;
            }
            // "reproche aux maires de dormir": the addressee belongs to the content.
            if matches!(reading.lower(k), "à" | "au" | "aux")
                && frames.has(Frames::DE)
                && frames.has(Frames::NOUN)
                && group.verb(reading).class == "accuse"
            {
                break;
            }
            // "a dénoncé des propos « absurdes »": an article, no preposition.
            if reading.lower(k) == "des" && frames.has(Frames::NOUN) {
                break;
            }
            // "s'alarme d'une hausse", "se félicite des ventes"
            if group.verb(reading).reflexive
                && frames.has(Frames::NOUN)
                && matches!(reading.lower(k), "de" | "du" | "des" | "d'")
            {
                break;
            }
            // "de" and "à" before an infinitive are the verb's own.
            if matches!(reading.lower(k), "de" | "d'")
                && (frames.has(Frames::DE) || reading.quotation_at(k + 1).is_some())
            {
                break;
            }
            match reading.adjunct_end(k, limit) {
                Some(end) if end > k => k = end,
                _ => break,
            }
        }
        if k >= limit {
            return None;
        }
        let word = reading.lower(k);
        if let Some(from) = self.that_clause(k, frames) {
            // "que, selon un premier bilan, …"
            let from = from + usize::from(reading.is_comma(from));
            let to = self.clause_end(from, limit);
            return Complement::new(from..to, Frame::Clause, true);
        }
        if let Some(from) = self.thought_clause(group, k, limit) {
            let to = self.clause_end(from, limit);
            return Complement::new(from..to, Frame::Clause, true);
        }
        if group.verb(reading).class == "ask" && self.asked_clause(group, k) {
            let to = self.clause_end(k, limit);
            return Complement::new(k..to, Frame::AskedClause, false).filter(|_| self.has_finite_verb(k..to));
        }
        if self.tells_how(group, k) {
            let to = self.clause_end(k, limit);
            let tells = group.verb(reading).class == "tell";
            let clause = self.has_finite_verb(k..to) || self.infinitive_clause(k + 1);
            return Complement::new(k..to, Frame::Clause, tells).filter(|_| clause);
        }
        if reading.mark(k) == Some(':') {
            return self.after_colon(k, limit, frames);
        }
        if let Some(from) = self.that_clause_ahead(group.range.end, limit, frames) {
            let to = self.clause_end(from, limit);
            return Complement::new(from..to, Frame::FarClause, true);
        }
        if frames.has(Frames::QUE) && matches!(word, "qui" | "où" | "dont") {
            return None;
        }
        if let Some(q) = reading.quotation_at(k).filter(|q| reading.tokens_of(*q).start == k) {
            let nickname = matches!(reading.lower(group.range.start), "dit" | "dite" | "dits" | "dites")
                && group.range.len() == 1
                && self.words_in(q) <= 3
                && (group.range.start == self.sentence.start || !reading.is(group.range.start - 1, Classes::PRONOUN));
            let shows = group.verb(reading).lemma == "présenter";
            if self.used.contains(&q) || nickname || shows || group.verb(reading).class == "continue" {
                return None;
            }
            let to = self.clause_end(k, limit);
            return Complement::new(k..to, Frame::Quotation, true).filter(|_| {
                frames.has(Frames::NOUN)
                    || frames.has(Frames::QUE)
                    || frames.has(Frames::ATTRIBUTE)
                    || frames.has(Frames::INSERTED) && self.words_in(q) > 3
            });
        }
        if matches!(group.shape, Shape::Infinitive) && !frames.has(Frames::NOUN) {
            return None;
        }
        // Not "répond à la volonté de partir"
        let led = k > group.range.end && reading.is(k - 1, Classes::PREP);
        if frames.has(Frames::INFINITIVE) && !led && self.infinitive_clause(k) {
            let to = self.end_of(k, limit, true);
            return Complement::new(k..to, Frame::Infinitive, true);
        }
        if self.tells_of_itself(group, k) && !led {
            let to = self.end_of(k, limit, true);
            return Complement::new(k + 1..to, Frame::Infinitive, false);
        }
        if frames.has(Frames::ATTRIBUTE) && group.verb(reading).reflexive {
            let to = self.end_of(k, limit, true);
            let adjective = reading.is_open(k)
                || reading.is(k, Classes::ADV)
                || matches!(word, "en" | "contre" | "pour" | "favorable" | "prêt" | "comme");
            // Fires and illnesses declare themselves, too.
            let strong = group.verb(reading).lemma != "se déclarer";
            return Complement::new(k..to, Frame::Attribute, strong)
                .filter(|_| adjective && to > k + 1 && !reading.tokens.is_capital(k));
        }
        // "a averti les parents que …": an addressee without preposition.
        if frames.has(Frames::QUE)
            && let Some(phrase) = reading.phrase_at(k, limit)
            && let Some(from) = self.that_clause(phrase.range.end, frames)
            && !phrase.pronoun
        {
            let addressee = matches!(group.verb(reading).class, "inform" | "warn" | "remind");
            let to = self.clause_end(from, limit);
            let start = if addressee { from } else { k };
            return Complement::new(start..to, Frame::Told, true).filter(|_| addressee || frames.has(Frames::NOUN));
        }
        // "juge normal que …", "estime préférable d'attendre"
        if frames.has(Frames::ATTRIBUTE)
            && reading.is_open(k)
            && !reading.tokens.is_capital(k)
            && (self.that_clause(k + 1, frames).is_some()
                || matches!(reading.lower(k + 1), "de" | "d'") && self.infinitive_clause(k + 2))
        {
            let to = self.clause_end(k, limit);
            return Complement::new(k..to, Frame::JudgedClause, true);
        }
        // "a expliqué ses raisons : « … »"
        if let Some(colon) = (k..limit).find(|j| reading.mark(*j) == Some(':') && reading.quotation_at(*j).is_none())
            && reading.quotation_at(colon + 1).is_some()
            && colon < next.max(k + 1)
            && !self.has_finite_verb(k..colon)
        {
            return self.after_colon(colon, limit, frames);
        }
        // "dénonce le vote comme une farce", "accuse Zora d'avoir menti", "qualifie le plan de farce"
        if frames.has(Frames::NOUN)
            && matches!(group.verb(reading).class, "accuse" | "describe" | "think" | "criticise")
            && group.shape != Shape::Passive
            && !group.verb(reading).reflexive
        {
            let to = self.end_of(k, limit, true);
            if self.judges(k, to, group.verb(reading)) {
                return Complement::new(k..to, Frame::Judgement, true);
            }
        }
        // "juge la fermeture du séminaire inévitable"
        if frames.has(Frames::ATTRIBUTE)
            && matches!(group.verb(reading).lemma, "juger" | "estimer")
            && reading.is(k, Classes::DET)
            && group.shape != Shape::Passive
        {
            let to = self.end_of(k, limit, true);
            // "juge les aides insuffisantes" may be a case before a court unless the participle shows what is thought.
            let least = if group.shape == Shape::Participle { 3 } else { 4 };
            if to >= k + least && reading.quotations_in(k..to).is_empty() && reading.is_open(to - 1) {
                return Complement::new(k..to, Frame::Predicate, false);
            }
        }
        // A noun complement with quoted words: dénonce "une provocation", juge le projet « absurde ».
        if frames.has(Frames::NOUN) || frames.has(Frames::DE) || frames.has(Frames::A) {
            let mut to = self.end_of(k, limit, true);
            if to > next && next > k && self.groups_between(k, to) {
                to = to.min(next.max(k));
            }
            let quoted = !reading.quotations_in(k..to).is_empty()
                && reading.quotations_in(k..to).any(|q| !self.used.contains(&q));
            let from =
                if reading.quotation_at(k + 1).is_some() && matches!(word, "de" | "d'" | "à") && !frames.has(Frames::A)
                {
                    k + 1
                } else {
                    k
                };
            // "présente « Le Fleuve » au théâtre" describes nothing; "présente le plan comme « … »" does.
            let compares = group.verb(reading).lemma != "présenter" || (k..to).any(|j| reading.lower(j) == "comme");
            let relative =
                reading.is(k, Classes::REL) || reading.mark(k).is_some() && reading.quotation_at(k).is_none();
            let named = self.names_or_counts(from, to, group) || self.is_beside_quotation(from, to);
            // "n'a pas évoqué de « trahison »": nothing is said.
            let silent = group.negated && !matches!(group.verb(reading).class, "deny" | "reject");
            let named = named || silent;
            if quoted && compares && !named && !relative && !self.relative_before_quotation(from, to) {
                let judges = matches!(
                    group.verb(reading).class,
                    "accuse"
                        | "describe"
                        | "criticise"
                        | "praise"
                        | "think"
                        | "deny"
                        | "complain"
                        | "regret"
                        | "fear"
                        | "reject"
                        | "see"
                );
                // "aurait conseillé de « flatter »": what the cue touches is what was said.
                let touches = reading.quotation_at(k + 1).is_some() && matches!(word, "de" | "d'" | "à");
                return Complement::new(from..to, Frame::QuotedObject, judges || touches);
            }
        }
        self.demand(group, k, limit)
    }

    /// "a raconté comment le pont a cédé", "explique pourquoi il ferme": a question that the words answer.
    fn tells_how(&self, group: &Group, k: usize) -> bool {
        let verb = group.verb(self.reading);
        let reading = self.reading;
        let tells = matches!(verb.class, "tell" | "explain") && verb.frames.has(Frames::QUE);
        // "On aimerait que le maire explique pourquoi": he has not.
        let mut before = (self.sentence.start..group.range.start).rev().take(FARTHEST_WISH);
        tells
            && !group.negated
            && group.shape == Shape::Finite
            && matches!(reading.lower(k), "comment" | "pourquoi")
            && !before.any(|j| matches!(reading.lower(j), "que" | "qu'"))
    }

    /// "regrette de ne pas avoir pu partir", "se plaint d'avoir à payer", "promet d'ouvrir le pont": what somebody says of
    /// oneself, with "de".
    fn tells_of_itself(&self, group: &Group, k: usize) -> bool {
        let reading = self.reading;
        let verb = group.verb(reading);
        verb.frames.has(Frames::DE)
            && matches!(verb.class, "regret" | "complain" | "promise" | "rejoice")
            && matches!(reading.lower(k), "de" | "d'")
            && self.infinitive_clause(k + 1)
    }

    /// "réclame un renfort", "appelle à voter non": what is asked for, without a clause.
    fn demand(&self, group: &Group, k: usize, limit: usize) -> Option<Complement> {
        let reading = self.reading;
        let verb = group.verb(reading);
        let asks = matches!(verb.class, "request" | "order") && group.shape == Shape::Finite && !group.negated;
        if !asks {
            return None;
        }
        let to = self.end_of(k, limit, true);
        let object = reading.phrase_at(k, limit).is_some_and(|p| !p.pronoun);
        // "appelle les élus à voter non", but not "appelle les secours"
        let calls = (k..to).any(|j| reading.lower(j) == "à" && (j == k || self.infinitive_clause(j + 1)));
        let fits = if verb.frames.has(Frames::A) { calls } else { verb.frames.has(Frames::NOUN) && object };
        Complement::new(k..to, Frame::Demand, false).filter(|_| fits && to >= k + 3)
    }

    pub(super) fn after_colon(&self, colon: usize, limit: usize, frames: Frames) -> Option<Complement> {
        let reading = self.reading;
        let k = colon + 1;
        if k >= limit {
            return None;
        }
        if let Some(q) = reading.quotation_at(k).filter(|q| reading.tokens_of(*q).start == k) {
            if self.used.contains(&q) {
                return None;
            }
            let range = reading.tokens_of(q);
            let to = if self.after_quotation_ends(range.end) { range.end } else { self.clause_end(k, limit) };
            return Complement::new(k..to, Frame::Colon, true);
        }
        if !frames.has(Frames::QUE) && !frames.has(Frames::INSERTED) {
            return None;
        }
        let to = self.clause_end(k, limit);
        Complement::new(k..to, Frame::PlainColon, true).filter(|_| self.has_finite_verb(k..to))
    }

    /// Where the words after "que" begin, if a clause stands at `k`.
    pub(super) fn that_clause(&self, k: usize, frames: Frames) -> Option<usize> {
        let reading = self.reading;
        // "ironise sur le fait que", whatever else the verb takes
        let fact = ["sur", "le", "fait"].iter().enumerate().all(|(n, w)| reading.lower(k + n) == *w);
        if fact && matches!(reading.lower(k + 3), "que" | "qu'") {
            return Some(k + 4);
        }
        if !frames.has(Frames::QUE | Frames::PARTICIPLE) {
            return None;
        }
        let word = reading.lower(k);
        if matches!(word, "que" | "qu'") {
            return Some(k + 1);
        }
        // affirme « que le pont fermera »
        let quoted = reading.quotation_at(k).is_some_and(|q| reading.tokens_of(q).start == k);
        if quoted && matches!(reading.lower(k + 1), "que" | "qu'") {
            return Some(k);
        }
        None
    }

    /// "rejette l'idée que le pont fermera", "dément les rumeurs selon lesquelles …": where the clause of the noun begins.
    /// "que" after another noun is a relative pronoun ("les mots que la ville a choisis").
    fn thought_clause(&self, group: &Group, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        let verb = group.verb(reading);
        let takes = verb.frames.has(Frames::NOUN) || matches!(verb.class, "reject" | "deny");
        if !takes || !reading.is(k, Classes::DET) {
            return None;
        }
        let noun = k + 1;
        let that = matches!(reading.lower(noun), "idée" | "fait" | "hypothèse" | "thèse")
            && matches!(reading.lower(noun + 1), "que" | "qu'");
        if that {
            return Some(noun + 2);
        }
        let which = |j: usize| {
            reading.lower(j) == "selon"
                && matches!(reading.lower(j + 1), "laquelle" | "lequel" | "lesquels" | "lesquelles")
        };
        let which = (noun + 1..limit.min(noun + 4)).find(|j| which(*j))?;
        reading.is(noun, Classes::SPEECH).then_some(which + 2)
    }

    /// "si le pont fermera", "pourquoi il ferme", "ce que fait la ville": a question that stands as an object. Behind an
    /// adjunct only "si" asks, the other words are relative there ("a demandé à la ville, où …").
    fn asked_clause(&self, group: &Group, k: usize) -> bool {
        let reading = self.reading;
        let what = reading.lower(k) == "ce" && matches!(reading.lower(k + 1), "que" | "qu'" | "qui");
        let near = k == group.range.end || matches!(reading.lower(k), "si" | "s'");
        near && (what || self.begins_question(k))
    }

    /// "a indiqué sur son compte Sirius que …": where the words after "que" begin when a prepositional phrase of
    /// unclear end stands before it.
    fn that_clause_ahead(&self, k: usize, limit: usize, frames: Frames) -> Option<usize> {
        let reading = self.reading;
        if !reading.is(k, Classes::PREP) || !frames.has(Frames::QUE) {
            return None;
        }
        let stops = |j: usize| {
            reading.mark(j).is_some()
                || reading.quotation_at(j).is_some()
                || reading.is(j, Classes::REL) && !matches!(reading.lower(j), "que" | "qu'")
                || reading.begins_verb(j) && !reading.noun_after_determiner(j)
        };
        // "un projet plus coûteux que celui-là"
        let compares = |j: usize| {
            matches!(
                reading.lower(j),
                "plus" | "moins" | "aussi" | "autant" | "tel" | "telle" | "même" | "autre" | "ainsi"
            )
        };
        // "insister pour que", "ce que", "l'annonce que"
        let joins = |j: usize| reading.is(j, Classes::PREP | Classes::DET | Classes::SPEECH | Classes::SUB);
        let that = (k..limit.min(k + LONGEST_ADJUNCT)).take_while(|j| !stops(*j)).find(|j| {
            matches!(reading.lower(*j), "que" | "qu'") && !joins(*j - 1) && !(k..*j).rev().take(3).any(compares)
        })?;
        Some(that + 1)
    }
}
