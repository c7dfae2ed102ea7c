//! What an English cue governs: where the content begins behind it, and where it ends.

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

/// How many words a source may take before its cue.
const FARTHEST_CUE: usize = 30;

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
            let speaks = frames.has(Frames::QUE | Frames::INSERTED) || words > 3;
            return if speaks { found(k, Frame::Quotation) } else { None };
        }
        let asks = matches!(verb.class, "ask" | "explain") || group.negated || matches!(verb.lemma, "tell" | "say");
        if QUESTIONS.contains(&reading.lower(k)) && asks && self.begins_question(k, limit) {
            let skip = usize::from(matches!(reading.lower(k), "if" | "whether"));
            return found(k + skip, Frame::AskedClause);
        }
        if frames.has(Frames::ATTRIBUTE) {
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
            if !quotations.is_empty() && reading.is(k, Classes::DET) {
                // "posted a photo with two words: '…'"
                let quoted = reading.tokens_of(quotations.start).start;
                let colon = reading.mark(quoted - 1) == Some(':');
                return if colon { found(quoted, Frame::Colon) } else { found(k, Frame::QuotedObject) };
            }
        }
        None
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
    fn opens_content(&self, k: usize) -> bool {
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

    /// Passes over dates, places and media between a cue and its content: "said Monday in an interview that".
    pub(super) fn past_adjuncts(&self, from: usize, limit: usize) -> usize {
        let mut k = from;
        for _ in 0..5 {
            match self.adjunct_end(k, limit) {
                Some(end) if end > k => k = end,
                _ => break,
            }
        }
        k
    }

    /// Where the adjunct at `k` ends.
    pub(super) fn adjunct_end(&self, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        if k >= limit || reading.quotation_at(k).is_some() {
            return None;
        }
        if let Some(end) = self.time_end(k, limit) {
            return Some(end);
        }
        // "claims to be a hundred years old": no time, but an infinitive.
        let infinitive = reading.lower(k) == "to" && self.is_listed_infinitive(k + 1);
        if reading.is(k, Classes::PREP) && !infinitive && !matches!(reading.lower(k), "as" | "like") {
            let end = self.prepositional_end(k, limit)?;
            let that = self.opens_content(end) || reading.mark(end) == Some(':');
            let adjunct = reading.is_adjunct(k) || matches!(reading.lower(k), "during" | "after" | "before" | "via");
            return (that || adjunct || end >= limit).then_some(end);
        }
        None
    }

    /// "Monday", "last week", "on Dec. 5, 2018", "earlier this month".
    pub(super) fn time_end(&self, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        let mut j = k;
        if matches!(reading.lower(j), "on" | "in" | "by" | "late" | "early" | "earlier" | "later" | "at") {
            j += 1;
        }
        let led = j > k;
        while j < limit
            && (matches!(reading.lower(j), "last" | "this" | "next" | "late" | "early" | "earlier")
                || led && matches!(reading.lower(j), "that" | "the" | "a" | "few" | "two" | "three"))
        {
            j += 1;
        }
        let first = j;
        // "may" and "march" are months with their capital only.
        let time = |j: usize| {
            reading.is(j, Classes::TIME)
                && (reading.tokens.is_capital(j) || !matches!(reading.lower(j), "may" | "march"))
        };
        while j < limit && (time(j) || reading.tokens.is_number(j) && j > k) {
            j += 1;
            if reading.mark(j) == Some('.') && !reading.tokens.is_spaced(j) && reading.tokens.is_number(j + 1) {
                j += 1;
            }
            if reading.is_comma(j) && reading.tokens.is_number(j + 1) && reading.tokens.is_number(j - 1) {
                j += 2;
                j += usize::from(reading.is_comma(j));
            }
        }
        let told = (first..j).any(time) || j > first && matches!(reading.lower(k), "in");
        (told && j > first).then_some(j)
    }

    /// Where the prepositional phrase at `k` ends: its noun phrase with complements and dates.
    pub(super) fn prepositional_end(&self, k: usize, limit: usize) -> Option<usize> {
        let reading = self.reading;
        if let Some(end) = self.time_end(k, limit) {
            return Some(end);
        }
        let mut end = match reading.english_phrase(k + 1, limit) {
            Some(phrase) => phrase.range.end,
            None => {
                let mut j = k + 1;
                while j < limit
                    && (reading.is(j, Classes::DET | Classes::ADJECTIVE)
                        || reading.is_open(j) && !reading.begins_verb(j))
                {
                    j += 1;
                }
                j
            }
        };
        while let Some(next) = (end < limit && reading.is(end, Classes::PREP) && reading.lower(end) != "as")
            .then(|| reading.english_phrase(end + 1, limit))
            .flatten()
        {
            end = next.range.end;
        }
        (end > k + 1).then_some(end)
    }

    fn is_infinitive(&self, k: usize) -> bool {
        let unknown = self.reading.is_open(k) && self.reading.forms(k).is_empty();
        self.is_listed_infinitive(k) || unknown && !self.reading.tokens.is_capital(k)
    }

    fn is_listed_infinitive(&self, k: usize) -> bool {
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
        pointed || SAID_THEMSELVES.contains(&reading.lower(head)) && !reading.is_finite_here(head + 1, k)
    }

    /// Where a content ends that begins at `from`: at the words of another cue, source or aside, or with the sentence.
    pub(super) fn content_end(&self, from: usize, limit: usize, group: &Group) -> usize {
        let reading = self.reading;
        let mut k = from;
        while k < limit {
            if let Some(q) = reading.quotation_at(k) {
                k = reading.tokens_of(q).end.max(k + 1);
                if k < limit && self.leaves_quotation(k, group) {
                    break;
                }
                continue;
            }
            if k > from && self.cuts_at(k, group) {
                break;
            }
            k += 1;
        }
        let mut end = k.min(limit);
        while end > from
            && reading.mark(end - 1).is_some_and(|c| !matches!(c, ')' | ']' | '%' | '$' | '\'' | '’'))
            && reading.quotation_at(end - 1).is_none()
        {
            end -= 1;
        }
        end
    }

    /// Whether "what" or a noun's "that" or "which" stands before the source of a cue.
    fn is_relative(&self, group: &Group) -> bool {
        let reading = self.reading;
        let sources = reading.english_source_before(self.sentence.start, group.range.start);
        let first = sources.as_ref().and_then(|sources| sources.first()).map(|source| source.range.start);
        first
            .and_then(|first| first.checked_sub(1))
            .is_some_and(|k| matches!(reading.lower(k), "what" | "that" | "which" | "who"))
    }

    /// Whether the narrator goes on behind quoted words that end at `k`: "…," alluding to the war; "…" while leaving.
    fn leaves_quotation(&self, k: usize, group: &Group) -> bool {
        let reading = self.reading;
        let relative = self.is_in_relative(group);
        let next = k + usize::from(reading.is_comma(k) || reading.is_dash(k));
        let participle =
            reading.lower(next).ends_with("ing") && reading.lower(next).len() > 5 && !reading.tokens.is_capital(next);
        let apart = next > k
            || reading.quotation_at(k - 1).is_some_and(|q| reading.quotations[q].inner.of(reading.text).ends_with(','));
        // "… 'a green light' and accused the alliance": what the source does besides.
        let verb = next + 1 + usize::from(reading.is_adverb(next + 1));
        // "… 'very tired' but would go on": the words go on.
        let acts = matches!(reading.lower(next), "and" | "but" | "then")
            && reading.is_finite_here(verb, next)
            && !reading.is(verb, Classes::MODAL);
        if acts {
            return true;
        }
        let refers = matches!(reading.lower(next), "which" | "who")
            || reading.lower(next) == "a" && reading.lower(next + 1) == "reference";
        apart && (participle || refers || relative && self.resumes(next))
            || matches!(reading.lower(next), "while" | "when" | "after" | "before" | "during" | "following" | "as")
    }

    /// Whether the content stops before token `k`.
    fn cuts_at(&self, k: usize, group: &Group) -> bool {
        let reading = self.reading;
        let mark = reading.mark(k);
        // "Although he said it was over, the work goes on."
        if mark == Some(',') && self.is_subordinate(group) && self.is_main_clause(k + 1) {
            return true;
        }
        let comma = matches!(mark, Some(',' | '—' | '–' | ';'));
        let next = k + usize::from(comma);
        // "… paid too much — a problem that grew": the narrator's remark, if no dash closes it.
        let remark = matches!(mark, Some('—' | '–')) && matches!(reading.lower(next), "a" | "an" | "which");
        if remark && !(next..self.sentence.end).any(|j| reading.mark(j) == mark) {
            return true;
        }
        // "Roy, who said it was over, has left": the verb of the clause around goes on.
        if mark == Some(',') && self.is_in_relative(group) && self.resumes(next) {
            return true;
        }
        // ", as first reported by the Courier"
        if comma && reading.lower(next) == "as" {
            let cue = (next + 1..next + 4).find(|j| !reading.is_adverb(*j)).unwrap_or(next);
            if reading.is(cue, Classes::CUE) && matches!(reading.lower(cue + 1), "by" | "in" | "on") {
                return true;
            }
        }
        if reading.may_begin_source(next)
            && reading.source_words_at(next).is_some()
            && (comma || self.source_ends(next))
        {
            return true;
        }
        let first = self.groups.partition_point(|g| g.range.start < k || g.range.start <= group.range.start);
        let mut later = self.groups[first..].iter().take_while(|g| g.range.start <= k + FARTHEST_CUE + 2);
        if comma {
            return later.any(|g| {
                let lead = g.range.start == next
                    || g.range.start == next + 1 && matches!(reading.lower(next), "and" | "but" | "then" | "while");
                match g.shape {
                    // ", adding that …", ", noting a rise"
                    Shape::Participle => lead,
                    Shape::Finite => {
                        // ", and said that …", ", but Roy said that …", ", Roy said"
                        lead && g.range.start > next && self.governs(g) || self.other_source(next, g)
                    }
                    _ => false,
                }
            });
        }
        if matches!(reading.lower(k), "and" | "but") {
            return later.any(|g| {
                g.shape == Shape::Finite
                    && (g.range.start == k + 1 && self.governs(g) && self.same_level(g, group)
                        || self.other_source(k, g))
            });
        }
        // "while adding that"
        later.next().is_some_and(|g| {
            g.range.start == k && g.shape == Shape::Participle && k + 1 < g.range.end && self.governs(g)
        })
    }

    /// Whether the cue stands in a relative clause behind a comma: "Roy, who said …", "the bridge, which Roy said …".
    fn is_in_relative(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = group.range.start;
        let near = self.sentence.start.max(start.saturating_sub(12))..start;
        near.rev()
            .find(|k| matches!(reading.lower(*k), "who" | "which") || reading.is_comma(*k))
            .is_some_and(|k| k > self.sentence.start && !reading.is_comma(k) && reading.is_comma(k - 1))
    }

    /// Whether a finite verb that needs its subject before it stands at `k`.
    fn resumes(&self, k: usize) -> bool {
        let verb = (k..k + 3).find(|j| !self.reading.is_adverb(*j)).unwrap_or(k);
        self.reading.is_finite_here(verb, verb)
            && !self.reading.is(verb, Classes::SUBJECT | Classes::SUB)
            && !self.reading.is_plural_noun(verb)
    }

    /// Whether a conjunction at the head of the sentence governs the cue: "While he says …, …".
    fn is_subordinate(&self, group: &Group) -> bool {
        let reading = self.reading;
        let start = self.sentence.start;
        let lead = matches!(
            reading.lower(start),
            "although" | "though" | "while" | "when" | "if" | "because" | "since" | "after" | "before" | "as"
        );
        // "Saying it was over, Roy left."
        let participle = group.shape == Shape::Participle && group.range.start == start;
        participle
            || lead && !(start..group.range.start).any(|k| reading.is_comma(k) && reading.quotation_at(k).is_none())
    }

    /// Whether a clause with a subject of its own begins at `k`.
    pub(super) fn is_main_clause(&self, k: usize) -> bool {
        let reading = self.reading;
        let subject = reading.english_sources(k, self.sentence.end);
        // "we", "nobody", "there"
        let alone = reading.is(k, Classes::SUBJECT).then_some(k + 1);
        let Some(after) = subject.and_then(|s| s.last().map(|s| s.full_end)).or(alone) else { return false };
        let verb = (after..self.sentence.end.min(after + 3)).find(|j| !reading.is_adverb(*j));
        let pronoun = alone == Some(after) && !reading.is(k, Classes::DET);
        verb.is_some_and(|verb| reading.is_finite_here(verb, k) || pronoun && reading.is_open(verb))
    }

    /// Whether the words that name a source at `k` close the sentence or stand between commas.
    fn source_ends(&self, k: usize) -> bool {
        let reading = self.reading;
        let Some((length, _)) = reading.source_words_at(k) else { return false };
        reading
            .english_sources(k + length, self.sentence.end)
            .and_then(|sources| sources.last().map(|s| s.full_end))
            .is_some_and(|end| end >= self.sentence.end || reading.mark(end).is_some())
    }

    /// "and added that": of the same tense as the cue whose content would go on.
    fn same_level(&self, next: &Group, group: &Group) -> bool {
        let mood = |g: &Group| {
            let k = g.range.end - 1 - g.verb(self.reading).tail.len();
            self.reading.forms(k).iter().find(|f| f.verb == g.verb).map(|f| f.mood)
        };
        mood(next) == mood(group) || next.verb(self.reading).class == "add"
    }

    /// Whether a source of its own begins at `k` (after a conjunction) whose cue is `group` and governs something.
    fn other_source(&self, k: usize, group: &Group) -> bool {
        let asked = (k, group.range.start);
        if let Some(known) = self.others.borrow().get(&asked) {
            return *known;
        }
        let found = self.find_other_source(k, group);
        self.others.borrow_mut().insert(asked, found);
        found
    }

    fn find_other_source(&self, k: usize, group: &Group) -> bool {
        let reading = self.reading;
        let start = k + usize::from(matches!(reading.lower(k), "and" | "but" | "while" | "though" | "although"));
        if group.range.start <= start || group.range.start > start + FARTHEST_CUE {
            return false;
        }
        // Far subjects are found only where words of their phrase fill the way.
        let Some(sources) = reading.english_source_before(start, group.range.start) else { return false };
        let first = sources.first().map_or(start, |s| s.range.start);
        let lead = (start..first)
            .all(|j| reading.is_adverb(j) || reading.is_comma(j) || reading.is(j, Classes::TIME | Classes::PREP));
        lead && sources.iter().any(|s| s.pronoun || reading.can_speak(s))
            && (self.governs(group) || self.at_end(group.range.end))
    }

    /// Whether nothing but marks, dates and adjuncts follows to the end of the sentence.
    pub(super) fn at_end(&self, k: usize) -> bool {
        let k = self.past_adjuncts(k, self.sentence.end);
        (k..self.sentence.end).all(|i| self.reading.mark(i).is_some() && self.reading.quotation_at(i).is_none())
    }
}
