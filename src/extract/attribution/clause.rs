//! Where clauses begin and end, and what stands in them.

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::language::{Classes, Mood};
use std::ops::Range;

/// How many groups are looked into, one after the other, to see where the first one's complement ends.
const DEEPEST: usize = 6;

impl Analysis<'_> {
    /// Where a governed clause ends: before what another cue, source or adjunct of the saying takes.
    pub(super) fn clause_end(&self, from: usize, limit: usize) -> usize {
        self.end_of(from, limit, false)
    }

    /// The same for an infinitive or a noun complement (`tight`), which holds no coordinated clause.
    pub(super) fn end_of(&self, from: usize, limit: usize, tight: bool) -> usize {
        let reading = self.reading;
        let mut k = from;
        while k < limit {
            // "… dit avoir eu peur : « … »": the quotation is a statement of its own.
            if k > from
                && reading.mark(k) == Some(':')
                && reading
                    .quotation_at(k + 1)
                    .is_some_and(|q| reading.tokens_of(q).start == k + 1 && self.words_in(q) > 3)
            {
                break;
            }
            if let Some(q) = reading.quotation_at(k) {
                let range = reading.tokens_of(q);
                k = range.end.max(k + 1);
                // After a closing quotation: ", dans un communiqué" speaks of the saying.
                let adjunct = reading.is_comma(k)
                    && reading.is(k + 1, Classes::PREP | Classes::TIME)
                    && self.no_more_verbs(k + 1, limit)
                    && matches!(
                        reading.lower(k + 1),
                        "dans"
                            | "lors"
                            | "sur"
                            | "à"
                            | "au"
                            | "devant"
                            | "après"
                            | "avant"
                            | "jeudi"
                            | "vendredi"
                            | "mercredi"
                            | "mardi"
                            | "lundi"
                            | "samedi"
                            | "dimanche"
                            | "hier"
                            | "selon"
                            | "en"
                    );
                let time = reading.is(k, Classes::TIME) && self.at_end(k + 1);
                // "… « inquiet » et a décidé de partir": the source goes on to act.
                let participle = |j: usize| reading.forms(j).iter().any(|f| f.mood == Mood::PastParticiple);
                let acts = matches!(reading.lower(k), "et" | "mais" | "puis")
                    && (reading.begins_verb(k + 1) || participle(k + 1))
                    || reading.is_comma(k)
                        && matches!(reading.lower(k + 1), "et" | "mais" | "puis")
                        && reading.begins_verb(k + 2);
                // "« … », faisant bondir le titre": what follows from it, as the narrator sees it.
                let entails = reading.is_comma(k)
                    && !reading.is(k + 1, Classes::PREP)
                    && reading.lower(k + 1) != "étant"
                    && reading.forms(k + 1).iter().any(|f| f.mood == Mood::PresentParticiple);
                if adjunct || time || acts || entails || self.is_circumstance(k, limit) {
                    break;
                }
                continue;
            }
            if k > from && (self.cuts_at(k, from) || tight && self.cuts_complement(k)) {
                break;
            }
            k += 1;
        }
        let mut end = k;
        while end > from
            && reading.mark(end - 1).is_some_and(|c| !matches!(c, ')' | ']' | '%' | '€' | '$' | '°'))
            && reading.quotation_at(end - 1).is_none()
        {
            end -= 1;
        }
        end
    }

    /// "« soulagée » à son arrivée", "« un scandale » dans un communiqué": where and when it was said, at the end of
    /// the clause.
    fn is_circumstance(&self, k: usize, limit: usize) -> bool {
        let reading = self.reading;
        if !reading.is(k, Classes::PREP) || matches!(reading.lower(k), "de" | "d'" | "du" | "des") {
            return false;
        }
        let occasion = |j: usize| reading.is(j, Classes::OCCASION | Classes::MEDIUM | Classes::INTERVIEW);
        let text = |j: usize| {
            reading.is(j, Classes::DOCUMENT) && matches!(reading.lower(j - 1), "un" | "une" | "son" | "sa" | "leur")
        };
        reading.prepositional_end(k, limit).is_some_and(|end| {
            (k + 1..end).any(|j| occasion(j) || text(j)) && (self.at_end(end) || reading.is_comma(end))
        })
    }

    /// Whether the clause that began at `from` stops before token `k`.
    pub(super) fn cuts_at(&self, k: usize, from: usize) -> bool {
        let reading = self.reading;
        let mark = reading.mark(k);
        if mark == Some(';') && self.groups.iter().any(|g| g.range.start > k) {
            return true;
        }
        let next = k + 1;
        if matches!(mark, Some(',' | '-' | '–' | '—')) {
            if mark == Some(',') && reading.lexicon.asides.at(|n| reading.lower(next + n)).is_some() {
                return true;
            }
            if self.source_phrase(next).is_some_and(|(lemma, sources, end)| {
                (lemma != "pour" || reading.lower(end - 1) == "qui")
                    && !sources.iter().any(|s| s.pronoun)
                    && (self.at_end(end) || reading.is_comma(end) || reading.lower(end - 1) == "qui")
            }) {
                return true;
            }
            if let Some(group) = self.groups.iter().find(|g| {
                g.range.start == next
                    || g.range.start == next + 1 && matches!(reading.lower(next), "et" | "comme" | "puis" | "mais")
            }) {
                return match group.shape {
                    Shape::Participle | Shape::Infinitive | Shape::Shared => true,
                    Shape::Finite => {
                        group.clitic.is_some()
                            || self.inverted_source(group, self.sentence.end).is_some()
                            || matches!(reading.lower(next), "et" | "puis")
                    }
                    Shape::Passive => false,
                };
            }
            // "« … », alors que les travaux traînent": after quoted words that is the narrator's, too.
            let opposes = matches!(reading.lower(next), "alors" | "tandis" | "après")
                && matches!(reading.lower(next + 1), "que" | "qu'");
            if opposes && reading.quotation_at(k - 1).is_some() {
                return true;
            }
            // ", sans donner de détails" is the narrator's.
            if reading.lower(next) == "sans" && (reading.infinitive_at(next + 1) || reading.infinitive_at(next + 2)) {
                return true;
            }
            // ", et le gouvernement a suggéré que …": another source speaks.
            if matches!(reading.lower(next), "et" | "tandis" | "alors" | "mais" | "quand")
                && self.other_source_speaks(next + 1)
            {
                return true;
            }
            return false;
        }
        // "… et a ajouté que …", "… en soulignant que …", "… avant d'ajouter …"
        if reading.is(k, Classes::AND) && matches!(reading.lower(k), "et" | "puis" | "mais") {
            return self.groups.iter().any(|g| {
                g.range.start == next
                    && matches!(g.shape, Shape::Finite | Shape::Shared | Shape::Participle)
                    && self.has_complement_words(g)
            }) && !self.inside_relative(from, k);
        }
        self.groups.iter().any(|g| {
            g.range.start == k
                && (g.shape == Shape::Participle && matches!(reading.lower(k), "en" | "tout")
                    || g.shape == Shape::Infinitive && reading.lower(k) == "avant")
                && self.has_complement_words(g)
        }) || self.source_phrase(k).is_some_and(|(lemma, _, end)| lemma != "pour" && self.at_end(end))
    }

    /// Where a complement without a clause of its own must stop: before a coordinated clause or an aside.
    pub(super) fn cuts_complement(&self, k: usize) -> bool {
        let reading = self.reading;
        let comma = reading.is_comma(k) || reading.is_dash(k);
        let next = k + usize::from(comma);
        let lead = reading.lower(next);
        if !matches!(lead, "et" | "mais" | "puis" | "or" | "tandis" | "alors" | "car") {
            return false;
        }
        // "souligne un « paradoxe » alors que …"
        let opposes = matches!(lead, "alors" | "tandis") && matches!(reading.lower(next + 1), "que" | "qu'");
        if opposes && reading.quotation_at(k - 1).is_some() {
            return true;
        }
        if comma || !matches!(lead, "car" | "or") {
            let clause = next + 1;
            if reading.begins_verb(clause) && !self.infinitive_clause(clause) {
                return true;
            }
            let subject = reading.phrase_at(clause, self.sentence.end);
            return subject.is_some_and(|s| reading.begins_verb(s.range.end) || s.pronoun)
                || matches!(lead, "mais" | "tandis" | "alors") && comma;
        }
        false
    }

    /// Whether the verb group is followed by words that make it report: que, a quotation, a colon, an infinitive.
    /// Where its own complement ends hangs on the groups after it, and so on: a few of them are enough to know.
    pub(super) fn has_complement_words(&self, group: &Group) -> bool {
        if self.depth.get() >= DEEPEST {
            return true;
        }
        self.depth.set(self.depth.get() + 1);
        let found = self.complement(group, self.sentence.end, self.sentence.end).is_some();
        self.depth.set(self.depth.get() - 1);
        found
    }

    /// A coordinated verb inside "qui …" belongs to the relative clause.
    pub(super) fn inside_relative(&self, from: usize, k: usize) -> bool {
        let reading = self.reading;
        let relative = (from..k).rev().find(|i| matches!(reading.lower(*i), "qui"));
        relative.is_some_and(|r| !(r..k).any(|i| reading.is_comma(i)) && k - r < 12)
    }

    /// Whether a new source with its own reporting verb begins at `k`.
    pub(super) fn other_source_speaks(&self, k: usize) -> bool {
        let k = k + usize::from(matches!(self.reading.lower(k), "que" | "qu'"));
        let Some(sources) = self.reading.sources_at(k, self.sentence.end) else { return false };
        let Some(last) = sources.last() else { return false };
        self.groups.iter().any(|g| {
            g.shape == Shape::Finite
                && g.range.start >= last.range.end
                && g.range.start <= last.full_end + 2
                && (sources.iter().any(|s| self.reading.can_speak(s)))
                && self.has_complement_words(g)
        })
    }

    /// Whether a group governs a clause or quotation of its own.
    pub(super) fn claims_clause(&self, group: &Group) -> bool {
        self.reading.source_before(self.sentence.start, group.range.start).is_some() && self.has_complement_words(group)
            || (group.clitic.is_some() || self.is_bounded(group.range.start, false))
                && self.inverted_source(group, self.sentence.end).is_some()
    }

    /// Words after a reporting clause that belong to it: from `end` to the next comma or the end.
    pub(super) fn clause_tail(&self, end: usize, limit: usize) -> usize {
        let reading = self.reading;
        let mut k = end;
        while k < limit {
            if reading.quotation_at(k).is_some() && k > end {
                break;
            }
            if self
                .groups
                .iter()
                .any(|g| g.range.start == k && k > end && matches!(g.shape, Shape::Participle | Shape::Finite))
            {
                break;
            }
            k += 1;
        }
        k.max(end)
    }

    pub(super) fn no_more_verbs(&self, from: usize, limit: usize) -> bool {
        !self.has_finite_verb(from..limit)
    }

    /// Whether a finite verb stands among the tokens outside quotations.
    pub(super) fn has_finite_verb(&self, range: Range<usize>) -> bool {
        let reading = self.reading;
        range.clone().any(|k| {
            let finite = reading.forms(k).iter().any(|f| f.mood.is_finite());
            let ending = !finite && k > range.start && self.looks_finite(k);
            // "Suivront trois mois de travaux": a verb may open the sentence.
            let plain = !reading.tokens.is_capital(k)
                || k == self.sentence.start
                    && finite
                    && reading.lower(k) != "a"
                    && reading.is(k + 1, Classes::DET | Classes::NUM);
            (finite || ending) && plain && !reading.noun_after_determiner(k)
        })
    }

    /// Whether a finite verb stands outside relative clauses and asides: the words are a clause, not a subject
    /// with something said of it ("La maire, qui recevait des élus,").
    pub(super) fn has_main_verb(&self, range: Range<usize>) -> bool {
        let reading = self.reading;
        let mut start = range.start;
        for k in range.start..=range.end {
            if k < range.end && !(reading.is_comma(k) && reading.quotation_at(k).is_none()) {
                continue;
            }
            let lead = start + usize::from(reading.is(start, Classes::AND));
            let aside = reading.is(lead, Classes::REL) && !reading.is(lead, Classes::SUB)
                || matches!(reading.lower(lead), "dont" | "qui" | "que" | "qu'" | "où");
            if !aside && start > range.start || start == range.start {
                // In a stretch without comma a relative pronoun still hides the verb after it.
                let hidden = (start..k).find(|j| matches!(reading.lower(*j), "qui" | "dont" | "où") && *j > start);
                let verbs = (start..k).filter(|j| self.has_finite_verb(*j..*j + 1)).count();
                let seen =
                    (start..hidden.unwrap_or(k)).any(|j| self.has_finite_verb(j.saturating_sub(1).max(start)..j + 1));
                if !aside && (seen || hidden.is_some() && verbs > 1) {
                    return true;
                }
            }
            start = k + 1;
        }
        false
    }

    /// Endings that only verbs have: imperfect, future, conditional of verbs that no table lists.
    pub(super) fn looks_finite(&self, k: usize) -> bool {
        let reading = self.reading;
        let word = reading.lower(k);
        if !reading.is_open(k) || word.chars().count() < 5 || word.ends_with("ant") {
            return false;
        }
        let clitic = k > 0
            && matches!(
                reading.lower(k - 1),
                "se" | "s'" | "ne" | "n'" | "il" | "elle" | "ils" | "elles" | "qui" | "on"
            );
        clitic
            || word.ends_with("aient")
            || word.ends_with("ait")
                && !matches!(word, "souhait" | "portrait" | "retrait" | "extrait" | "attrait" | "parfait" | "forfait")
            || word.ends_with("eront")
            || word.ends_with("iront")
            || word.ends_with("èrent")
            || word.ends_with("issent")
            || word.ends_with("era")
            || word.ends_with("ira")
    }

    pub(super) fn at_end(&self, k: usize) -> bool {
        (k..self.sentence.end).all(|i| self.reading.mark(i).is_some() && self.reading.quotation_at(i).is_none())
    }

    pub(super) fn no_complement(&self, k: usize) -> bool {
        // Up to the next comma: what follows it is an aside.
        (k..self.sentence.end).take_while(|i| !self.reading.is_comma(*i)).all(|i| {
            self.reading.quotation_at(i).is_none()
                && !matches!(self.reading.lower(i), "que" | "qu'")
                && self.reading.mark(i) != Some(':')
        })
    }

    pub(super) fn words_in(&self, quotation: usize) -> usize {
        self.reading.tokens_of(quotation).filter(|k| self.reading.tokens.is_word(*k)).count()
    }

    /// Whether nothing but a full stop follows a quotation.
    pub(super) fn after_quotation_ends(&self, end: usize) -> bool {
        (end..self.sentence.end).all(|k| self.reading.mark(k).is_some())
            || self.reading.is_comma(end) && self.groups.iter().any(|g| g.range.start == end + 1)
    }

    pub(super) fn sentence_is_question(&self) -> bool {
        let last = self.sentence.end - 1;
        self.reading.mark(last) == Some('?') && self.reading.quotation_at(last).is_none()
    }

    pub(super) fn begins_clause(&self, k: usize) -> bool {
        let reading = self.reading;
        reading.is(k, Classes::PRONOUN) || reading.is(k, Classes::DET)
    }
}
