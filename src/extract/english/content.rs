//! What an English cue governs: what the content is, and where it begins.

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::language::{Classes, Frames, Mood};
use std::ops::Range;

/// What follows a cue.
pub(super) struct Complement {
    /// Tokens of the content.
    pub content: Range<usize>,
    /// The rule that found it.
    pub frame: Frame,
}

/// Words that open an indirect question.
const QUESTIONS: [&str; 8] = ["if", "whether", "how", "why", "what", "when", "where", "who"];

/// What one says, and says nothing about.
const SAID_THEMSELVES: [&str; 12] = [
    "word",
    "words",
    "nothing",
    "something",
    "anything",
    "everything",
    "things",
    "prayer",
    "prayers",
    "goodbye",
    "hello",
    "farewell",
];

impl Analysis<'_> {
    /// What `group` governs, before `limit`.
    pub(super) fn complement(&self, group: &Group, limit: usize) -> Option<Complement> {
        let reading = self.reading;
        let verb = group.verb(reading);
        let frames = verb.frames;
        let mut k = group.range.end;
        // "tweeted out that", "said repeatedly: …"
        let mut behind = k;
        while behind < limit && reading.is_adverb(behind) {
            behind += 1;
        }
        if reading.lower(behind) == "that"
            || reading.quotation_at(behind).is_some()
            || reading.mark(behind) == Some(':')
        {
            k = behind;
        }
        if frames.has(Frames::FOR)
            && group.shape != Shape::Passive
            && let Some(reason) = self.quoted_reason(k, limit, group)
        {
            return Some(reason);
        }
        let mut told = None;
        if frames.has(Frames::TOLD) || verb.class == "ask" || verb.class == "request" {
            told = self.told_at(k, limit);
            if told.is_none() && frames.has(Frames::TOLD) {
                // "told the crowd that": whoever it is, the clause behind shows that they hear.
                told = reading
                    .english_phrase(k, limit)
                    .filter(|object| !object.pronoun && self.opens_content(self.past_adjuncts(object.full_end, limit)));
            }
            if let Some(object) = &told {
                k = object.full_end;
            } else if verb.lemma == "tell" {
                return None;
            }
        }
        // "was described as '…' in the report"
        if group.shape == Shape::Passive
            && frames.has(Frames::ATTRIBUTE)
            && let Some(quoted) = reading.quotation_at(k + usize::from(reading.lower(k) == "as"))
        {
            let quoted = reading.tokens_of(quoted);
            let told = matches!(reading.lower(quoted.end), "in" | "by");
            return told.then_some(Complement { content: quoted, frame: Frame::Judged });
        }
        // "was described by Léa Roy as '…'"
        if group.shape == Shape::Passive
            && frames.has(Frames::ATTRIBUTE)
            && reading.lower(k) == "by"
            && let Some(agent) = reading.english_sources(k + 1, limit)
        {
            let as_ = agent.last()?.full_end;
            let quoted = reading.lower(as_) == "as" && reading.quotation_at(as_ + 1).is_some();
            return quoted.then(|| Complement {
                content: as_ + 1..self.content_end(as_ + 1, limit, group),
                frame: Frame::Judged,
            });
        }
        let first = k;
        let mut k = self.past_adjuncts(k, limit);
        if k >= limit {
            return None;
        }
        // "said at noon, the street was closed": the adjunct is the content's own.
        let own_adjunct = k > first && reading.is_comma(k) && reading.quotation_at(k + 1).is_none();
        if own_adjunct {
            let participle =
                self.groups.iter().any(|g| g.range.start > k && g.range.start <= k + 2 && g.shape == Shape::Participle);
            // "Peace, he said in a call, is near.": the content stands around the cue.
            let around = reading.is_finite_here(k + 1, k);
            let clause = !around && (matches!(verb.lemma, "say" | "tell") || self.is_clause(k + 1, limit, group));
            if participle || !frames.has(Frames::QUE) || !clause {
                return None;
            }
            k = first;
        }
        let found = |start: usize, frame: Frame| {
            let content = start..self.whole_quotation(start).unwrap_or_else(|| self.content_end(start, limit, group));
            (content.len() > 1).then_some(Complement { content, frame })
        };
        let clause = if told.is_some() { Frame::Told } else { Frame::Clause };
        if own_adjunct {
            return found(k, clause);
        }
        if reading.mark(k) == Some(':') && reading.quotation_at(k).is_none() {
            let frame = if reading.quotation_at(k + 1).is_some() { Frame::Colon } else { Frame::PlainColon };
            return if frame == Frame::Colon || frames.has(Frames::INSERTED) { found(k + 1, frame) } else { None };
        }
        // "said, 'Oui'"
        if reading.is_comma(k) && reading.quotation_at(k + 1).is_some() && frames.has(Frames::INSERTED | Frames::QUE) {
            return found(k + 1, Frame::Quotation);
        }
        // "says that's wrong": a pronoun.
        let that_is = reading.lower(k + 1) == "'s"
            || reading.is(k + 1, Classes::MODAL)
            || matches!(reading.lower(k + 1), "is" | "was" | "has");
        if reading.lower(k) == "that" && frames.has(Frames::QUE) && !reading.is(k + 1, Classes::TIME) {
            return found(if that_is { k } else { k + 1 }, clause);
        }
        if let Some(q) = reading.quotation_at(k) {
            let words = reading.tokens_of(q).filter(|k| reading.tokens.is_word(*k)).count();
            // "voiced 'deep concern'", but "cited 'Hamlet'": a title has a capital.
            let first = reading.tokens_of(q).start + 1;
            let noun = frames.has(Frames::NOUN) && group.shape != Shape::Passive && !reading.tokens.is_capital(first);
            let speaks = frames.has(Frames::QUE | Frames::INSERTED) || words > 3 || noun;
            return if speaks { found(k, Frame::Quotation) } else { None };
        }
        let asks = matches!(verb.class, "ask" | "explain") || group.negated || matches!(verb.lemma, "tell" | "say");
        if QUESTIONS.contains(&reading.lower(k)) && asks && self.begins_question(k, limit) {
            let skip = usize::from(matches!(reading.lower(k), "if" | "whether"));
            return found(k + skip, Frame::AskedClause);
        }
        // "called for 'action'" describes nothing.
        if frames.has(Frames::ATTRIBUTE) && !matches!(reading.lower(k), "for" | "on" | "off" | "out" | "in") {
            let end = self.content_end(k, limit, group);
            let quoted = !reading.quotations_in(k..end).is_empty();
            return if quoted { found(k, Frame::Predicate) } else { None };
        }
        if reading.lower(k) == "to"
            && frames.has(Frames::A)
            && (told.is_some() || !frames.has(Frames::TOLD))
            && (self.is_infinitive(k + 1) || self.is_quoted_infinitive(k + 1))
        {
            return found(k, Frame::Infinitive);
        }
        if frames.has(Frames::INFINITIVE) && self.is_gerund(k) {
            return found(k, Frame::Infinitive);
        }
        if frames.has(Frames::QUE) && self.is_clause(k, limit, group) {
            return found(k, clause);
        }
        // "added the caveat that", "made the claim that"
        if let Some(noun) = self.speech_noun(k, limit) {
            return found(noun + 2, Frame::SpeechNoun);
        }
        // "denounced a 'shameful' plan": a noun with quoted words.
        if frames.has(Frames::NOUN) && group.shape != Shape::Passive {
            let end = self.content_end(k, limit, group);
            let quotations = reading.quotations_in(k..end);
            // "acknowledged the defeat but refused to resign": what else is done is no part of the noun.
            let joined = |j: usize| {
                let verb = j + 1 + usize::from(reading.is_adverb(j + 1));
                reading.is(j, Classes::AND) && (reading.is_finite_here(verb, j) || self.is_main_clause(j + 1))
            };
            let whole = |first: usize| !(k..reading.tokens_of(first).start).any(joined);
            // "talked about being 'tired'", "about how they felt 'a chill'"
            let about =
                reading.is(k - 1, Classes::PREP) && (self.is_gerund(k) || QUESTIONS.contains(&reading.lower(k)));
            if !quotations.is_empty() && (reading.is(k, Classes::DET) || about) && whole(quotations.start) {
                // "posted a photo with two words: '…'"
                let quoted = reading.tokens_of(quotations.start).start;
                let colon = reading.mark(quoted - 1) == Some(':');
                return if colon { found(quoted, Frame::Colon) } else { found(k, Frame::QuotedObject) };
            }
        }
        None
    }

    /// "thanked the crew for 'a fine job'", "scolded them for not saying 'what they want'": what stands behind "for", if it
    /// holds quoted words.
    fn quoted_reason(&self, k: usize, limit: usize, group: &Group) -> Option<Complement> {
        let reading = self.reading;
        let reason = (k..limit).take_while(|j| reading.mark(*j) != Some(':')).find(|j| {
            reading.quotation_at(*j).is_some() || reading.lower(*j) == "for" && !reading.is(j + 1, Classes::TIME)
        })?;
        let content = reason + 1..self.content_end(reason + 1, limit, group);
        let quoted = reading.lower(reason) == "for" && !reading.quotations_in(content.clone()).is_empty();
        (quoted && content.len() > 1).then_some(Complement { content, frame: Frame::QuotedObject })
    }

    /// The noun of speech with "that" behind it which heads the phrase at `k`.
    fn speech_noun(&self, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        let noun =
            (k..limit.min(k + 5)).find(|j| reading.is(*j, Classes::SPEECH) && reading.lower(*j + 1) == "that")?;
        let plain =
            (k..noun).all(|j| reading.is(j, Classes::DET | Classes::ADJECTIVE | Classes::ADV) || reading.is_open(j));
        (plain && noun + 2 < limit).then_some(noun)
    }

    /// Where the quotation at `k` ends, if it is a whole sentence: what follows is the narrator's ("and left").
    fn whole_quotation(&self, k: usize) -> Option<usize> {
        let reading = self.reading;
        let tokens = reading.tokens_of(reading.quotation_at(k)?);
        let words = tokens.clone().filter(|k| reading.tokens.is_word(*k)).count();
        let whole = tokens.start == k && reading.tokens.is_capital(k + 1) && words > 3;
        whole.then_some(tokens.end)
    }

    /// Whether "that" or a quotation stands at `k`.
    pub(super) fn opens_content(&self, k: usize) -> bool {
        self.reading.lower(k) == "that"
            || self.reading.quotation_at(k).is_some()
            || self.reading.is_comma(k) && self.reading.quotation_at(k + 1).is_some()
    }

    /// Whoever is told, at `k`: "reporters", "the CBC", "him".
    fn told_at(&self, k: usize, limit: usize) -> Option<Phrase> {
        let reading = self.reading;
        if reading.is(k, Classes::OBLIQUE | Classes::FIRST) || reading.lower(k) == "her" {
            return Some(Phrase { range: k..k + 1, full_end: k + 1, pronoun: true, ..Phrase::default() });
        }
        if reading.lower(k) == "that" {
            return None;
        }
        let object = reading.english_phrase(k, limit)?;
        // "urged the government to act", "told the story that": whoever hears can speak.
        (!object.pronoun && reading.can_speak(&object) || reading.is(k, Classes::GROUP)).then_some(object)
    }

    fn is_infinitive(&self, k: usize) -> bool {
        let unknown = self.reading.is_open(k) && self.reading.forms(k).is_empty();
        self.is_listed_infinitive(k) || unknown && !self.reading.tokens.is_capital(k)
    }

    pub(super) fn is_listed_infinitive(&self, k: usize) -> bool {
        self.reading.lower(k) == "be" || self.reading.forms(k).iter().any(|f| f.mood == Mood::Infinitive)
    }

    /// "vowed to 'rebuild every stone'": a quotation that begins in the middle of a sentence.
    fn is_quoted_infinitive(&self, k: usize) -> bool {
        let reading = self.reading;
        reading.quotation_at(k).is_some_and(|q| reading.tokens_of(q).start == k)
            && reading.tokens.is_word(k + 1)
            && !reading.tokens.is_capital(k + 1)
    }

    /// "denied taking the money"; a word of no table shows by its object that it is a verb.
    fn is_gerund(&self, k: usize) -> bool {
        let reading = self.reading;
        reading.forms(k).iter().any(|f| f.mood == Mood::PresentParticiple)
            || reading.is_open(k)
                && reading.forms(k).is_empty()
                && reading.lower(k).ends_with("ing")
                && reading.is(k + 1, Classes::DET | Classes::OBLIQUE)
    }

    /// "what he wants", "how the plan works": a clause behind a question word.
    fn begins_question(&self, k: usize, limit: usize) -> bool {
        self.reading.has_finite(k + 1..limit)
    }

    /// Whether a clause without "that" begins at `k`: a subject and a finite verb.
    fn is_clause(&self, k: usize, limit: usize, group: &Group) -> bool {
        let reading = self.reading;
        if reading.mark(k).is_some_and(|c| !matches!(c, '[' | '$' | '('))
            || matches!(reading.lower(k), "to" | "and" | "or" | "of" | "about")
            // "guaranteed her the rose": somebody gets something.
            || reading.is(k, Classes::OBLIQUE) && !reading.is(k, Classes::SUBJECT) && reading.is(k + 1, Classes::DET)
        {
            return false;
        }
        // "a plan that Roy said is dead": the subject stands before.
        let finite = reading.is(k, Classes::MODAL) && !reading.is(k, Classes::SUBJECT)
            || matches!(reading.lower(k), "is" | "are" | "was" | "were" | "has" | "had" | "have");
        let verb = group.verb(reading);
        if finite {
            // "what he says is a deficit", "deaths that Roy said are unrelated": attributed all the same.
            return matches!(verb.class, "say" | "claim") && self.is_relative(group);
        }
        let end = self.content_end(k, limit, group);
        let pronoun = reading.is(k, Classes::PRONOUN | Classes::SUBJECT);
        // What is said is a clause, whatever its verb.
        // "admits in this case, there were deaths"
        if reading.is(k, Classes::PREP)
            && !matches!(verb.lemma, "say" | "tell")
            && let Some(comma) = (k..end).find(|j| reading.is_comma(*j))
        {
            return self.is_clause(comma + 1, limit, group);
        }
        if matches!(verb.lemma, "say" | "tell") && self.is_said_itself(k) {
            return false;
        }
        if matches!(verb.lemma, "say" | "tell") {
            let adjunct = reading.is(k, Classes::PREP) && !reading.has_finite(k..end);
            return (end > k + 2 || pronoun && end > k + 1) && !adjunct;
        }
        if !reading.has_finite(k..end) {
            return false;
        }
        if pronoun && !reading.is(k, Classes::DET) || verb.class == "think" && reading.is(k, Classes::FIRST) {
            return true;
        }
        // Of other verbs a noun may be the object: its own verb must follow it, before a comma or another clause.
        let Some(subject) = reading.english_sources(k, end) else { return false };
        let mut j = subject.last().map_or(k, |s| s.full_end);
        while j < end && reading.mark(j).is_none() && !reading.is(j, Classes::REL | Classes::SUB | Classes::AND) {
            if reading.is_finite_here(j, k) {
                return true;
            }
            j += 1;
        }
        false
    }

    /// "said a few words", "said nothing", "said a prayer": what is said itself, no clause about it.
    fn is_said_itself(&self, k: usize) -> bool {
        let reading = self.reading;
        let before = |j: &usize| reading.is(*j, Classes::DET | Classes::ADJECTIVE | Classes::NUM);
        let head = (k..k + 4).find(|j| !before(j)).unwrap_or(k);
        // "said this on Monday: …"
        let pointed = matches!(reading.lower(k), "this" | "that" | "so" | "it")
            && (reading.is(k + 1, Classes::PREP | Classes::TIME) || reading.mark(k + 1).is_some())
            && !reading.is(k + 1, Classes::MODAL);
        // "said no when asked"
        let answer = matches!(reading.lower(k), "no" | "yes")
            && (reading.is(k + 1, Classes::PREP | Classes::SUB | Classes::AND) || reading.mark(k + 1).is_some());
        pointed || answer || SAID_THEMSELVES.contains(&reading.lower(head)) && !reading.is_finite_here(head + 1, k)
    }
}
