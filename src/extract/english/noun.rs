//! Nouns that report: "his claim that …", "the report's finding that …", "an allegation by the party that …".

use super::Analysis;
use crate::entity::Gender;
use crate::extract::cue::Shape;
use crate::extract::draft::Draft;
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::extract::statement::Polarity;
use crate::language::{Classes, Mood};

/// How many words may stand between a noun and the words that name its source.
const BETWEEN: usize = 3;

/// Verbs whose subject is the source of the noun behind them: "made the claim that".
const LIGHT: [&str; 6] = ["make", "raise", "give", "issue", "have", "share"];

impl Analysis<'_> {
    /// A noun of speech with a "that"-clause, whose source is its possessor, its agent or the subject before it.
    pub(super) fn reported_noun(&mut self) {
        for noun in self.sentence.clone() {
            let reading = self.reading;
            if !reading.is(noun, Classes::SPEECH) || reading.quotation_at(noun).is_some() {
                continue;
            }
            let Some((sources, that)) = self.source_of_noun(noun) else { continue };
            let content = that + 1..self.noun_content_end(noun, that + 1);
            let taken =
                content.len() < 2 || self.claimed.iter().any(|c| c.contains(&noun) || c.contains(&content.start));
            let somebody = sources.iter().any(|s| reading.can_speak(s) || reading.is(s.range.start, Classes::DET));
            if taken || !somebody || self.is_within_report(noun) {
                continue;
            }
            let (spans, kind) = self.spans_of(content.clone());
            self.used.extend(reading.quotations_in(content.clone()));
            let first = sources.first().map_or(noun, |s| s.range.start.min(noun));
            self.claimed.push(first..content.end);
            let denies = reading.lower(noun).starts_with("denial");
            let polarity = if denies { Polarity::Denied } else { self.vouched(&spans) };
            self.drafts.push(Draft {
                spans,
                kind,
                sources,
                cue: noun..noun + 1,
                lemma: "that",
                class: "source",
                clause: Few::One(first..that),
                sentence: self.index,
                polarity,
                relays: Vec::new(),
                frame: Frame::SpeechNoun,
            });
        }
    }

    /// Whether a cue before the noun tells of it: "Roy said it was his view that …".
    fn is_within_report(&self, noun: usize) -> bool {
        let before = self.groups.iter().take_while(|g| g.range.end <= noun).filter(|g| g.shape == Shape::Finite);
        before
            .filter(|g| self.governs(g))
            .any(|g| self.complement(g, self.sentence.end).is_some_and(|found| found.content.start <= noun))
    }

    /// Who says what the noun at `noun` tells, and where the "that" stands.
    fn source_of_noun(&self, noun: usize) -> Option<(Vec<Phrase>, usize)> {
        let reading = self.reading;
        let limit = self.sentence.end;
        if matches!(reading.lower(noun + 1), "by" | "from") {
            let agent = reading.english_sources(noun + 2, limit)?;
            let that = agent.last()?.full_end;
            return (reading.lower(that) == "that" && self.is_main_clause(that + 1)).then_some((agent, that));
        }
        if reading.lower(noun + 1) != "that" {
            return None;
        }
        let near = self.sentence.start.max(noun.saturating_sub(BETWEEN));
        let plain =
            |k: &usize| reading.is(*k, Classes::ADJECTIVE) || reading.is_open(*k) && !reading.is(*k, Classes::CUE);
        let first = (near..noun).rev().find(|k| !plain(k))?;
        let cue = |k: usize| self.groups.iter().any(|g| g.range.end == k);
        let sources = match reading.lower(first) {
            // "repeated her warning that": whoever repeats it is named before.
            "his" | "her" | "their" if !cue(first) => vec![possessive(reading, first)?],
            "'s" => reading.reaching(self.sentence.start, first)?,
            _ if reading.is_plural_genitive(first) => reading.reaching(self.sentence.start, first)?,
            _ if first > self.sentence.start && reading.is(first, Classes::DET) => {
                let verb = first - 1;
                let light = |k: usize| {
                    let lemma = |f: &crate::language::Form| reading.lexicon.verb(f.verb).lemma;
                    reading.forms(k).iter().any(|f| f.mood != Mood::PresentParticiple && LIGHT.contains(&lemma(f)))
                };
                light(verb).then(|| reading.english_source_before(self.sentence.start, verb)).flatten()?
            }
            _ => return None,
        };
        Some((sources, noun + 1))
    }

    /// Where the clause ends that begins at `from`: before the verb whose subject the noun is ("his claim that the vote was
    /// rigged | has been thrown out"), else with the sentence.
    fn noun_content_end(&self, noun: usize, from: usize) -> usize {
        let reading = self.reading;
        let end = self.rest_end(from);
        if reading.has_finite(self.sentence.start..noun) {
            return end;
        }
        let mut verb = false;
        for k in from..end {
            if reading.is_comma(k) || reading.is(k, Classes::AND | Classes::SUB | Classes::REL) {
                if verb && reading.is_comma(k) {
                    return k;
                }
                verb = false;
                continue;
            }
            let helped =
                k > from && (reading.is(k - 1, Classes::MODAL | Classes::NEG) || is_helper(reading.lower(k - 1)));
            if k > from && !helped && reading.is_finite_here(k, from) {
                if verb {
                    return k;
                }
                verb = true;
            }
        }
        end
    }
}

fn is_helper(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "has" | "have" | "had" | "being")
}

/// "his", "her", "their" before a noun, as a pronoun.
pub(super) fn possessive(reading: &Reading, at: usize) -> Option<Phrase> {
    let gender = match reading.lower(at) {
        "his" => Some(Gender::Masculine),
        "her" => Some(Gender::Feminine),
        "their" => None,
        _ => return None,
    };
    let plural = gender.is_none();
    Some(Phrase { range: at..at + 1, full_end: at + 1, pronoun: true, gender, plural, ..Phrase::default() })
}
