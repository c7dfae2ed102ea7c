//! Where an English content ends: at another cue or source, at the narrator's own words, or with the sentence.

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::language::{Classes, Mood};

/// How many words a source may take before its cue.
const FARTHEST_CUE: usize = 30;

impl Analysis<'_> {
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
    pub(super) fn is_relative(&self, group: &Group) -> bool {
        let reading = self.reading;
        let sources = reading.english_source_before(self.sentence.start, group.range.start);
        let Some(source) = sources.as_ref().and_then(|sources| sources.first()) else { return false };
        let Some(k) = source.range.start.checked_sub(1) else { return false };
        // "a lack of money he says has closed the mill": the relative pronoun is dropped.
        let dropped = source.pronoun && k > self.sentence.start && reading.is_open(k) && !reading.begins_verb(k);
        dropped || matches!(reading.lower(k), "what" | "that" | "which" | "who")
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
            && !reading.is(verb, Classes::MODAL)
            && !(self.is_past(group.range.end - 1) && self.is_present(verb));
        if acts {
            return true;
        }
        let refers = matches!(reading.lower(next), "which" | "who")
            || reading.lower(next) == "a" && reading.lower(next + 1) == "reference";
        apart && (participle || refers || relative && self.resumes(next))
            || matches!(reading.lower(next), "while" | "when" | "after" | "before" | "during" | "following" | "as")
    }

    /// A verb in the past, and in no other tense.
    fn is_past(&self, k: usize) -> bool {
        self.reading.forms(k).iter().any(|f| f.mood == Mood::Past) && !self.is_present(k)
    }

    /// "said the flag is 'a rag' and is coming down": what goes on in the present is not what was done then.
    fn is_present(&self, k: usize) -> bool {
        self.reading.forms(k).iter().any(|f| f.mood == Mood::Present)
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
}
