//! Whether the object of a cue is what was said: a judgement, quoted words, an infinitive; or a title, a thing, a name.

use super::Analysis;
use crate::extract::cue::{Group, Shape};
use crate::language::{Classes, Frames, Mood, Verb};

impl Analysis<'_> {
    /// Whether the quotation only follows the object after a comma: "répète l'exercice devant des élèves, convaincue
    /// qu'ils « comprennent »". As an apposition it belongs to it: "dénonce un plan, « une farce »".
    pub(super) fn is_beside_quotation(&self, from: usize, to: usize) -> bool {
        let reading = self.reading;
        let Some(first) = (from..to).find(|k| reading.quotation_at(*k).is_some()) else { return false };
        (from..first.saturating_sub(1)).any(|k| reading.is_comma(k))
            && !(from..first).rev().take(3).any(|k| reading.is_comma(k))
    }

    /// Whether the quotation in the complement is a title ("un livre intitulé « Le Pont »") or the
    /// thing found or named ("trouve ses « recrues » au port") rather than what is said of one.
    pub(super) fn names_or_counts(&self, from: usize, to: usize, group: &Group) -> bool {
        let reading = self.reading;
        let Some(first) = (from..to).find(|k| reading.quotation_at(*k).is_some()) else { return false };
        let before = first.checked_sub(1).filter(|k| *k >= group.range.end);
        before.is_some_and(|k| {
            reading.is(k, Classes::TITLING)
                || matches!(group.verb(reading).lemma, "trouver" | "appeler")
                    && reading.is(k, Classes::DET)
                    && !matches!(reading.lower(from), "à" | "au" | "aux")
        })
    }

    /// Whether the complement says what its object is or did: "X comme une farce", "X d'avoir menti", "X pour avoir menti".
    pub(super) fn judges(&self, from: usize, to: usize, verb: &Verb) -> bool {
        let reading = self.reading;
        let frames = verb.frames;
        let lead = from + usize::from(matches!(reading.lower(from), "à"));
        let Some(object) = reading.phrase_at(lead, to) else { return false };
        if object.pronoun {
            return false;
        }
        (from + 1..to).filter(|k| reading.quotation_at(*k).is_none()).any(|k| {
            let compares = reading.lower(k) == "comme" && k + 2 < to;
            let does =
                frames.has(Frames::DE) && matches!(reading.lower(k), "de" | "d'") && self.infinitive_clause(k + 1);
            // "critique le plan pour préparer le sien" tells what for.
            let done = (k + 1..to.min(k + 5)).any(|j| matches!(reading.lower(j), "avoir" | "être"));
            let blames = verb.class == "criticise" && reading.lower(k) == "pour" && done;
            compares || does || blames
        })
    }

    /// Whether an infinitive stands at `k`, negation, adverbs and object pronouns before it passed over. After "le",
    /// "la", "l'" only a verb of the tables is one: "l'affaire" and "le ministre" end like verbs.
    pub(super) fn infinitive_clause(&self, k: usize) -> bool {
        let reading = self.reading;
        let article = |j: usize| matches!(reading.lower(j), "le" | "la" | "les" | "l'");
        let passes = |j: usize| {
            article(j)
                || matches!(reading.lower(j), "se" | "s'" | "y" | "en" | "lui" | "leur" | "bien" | "rien" | "même")
                || reading.is(j, Classes::ADV | Classes::NEG)
                || reading.lower(j).ends_with("ment") && reading.forms(j).is_empty()
        };
        let mut j = k;
        while j < k + 4 && passes(j) {
            j += 1;
        }
        if (k..j).any(article) {
            return reading.forms(j).iter().any(|f| f.mood == Mood::Infinitive);
        }
        reading.infinitive_at(j)
    }

    pub(super) fn groups_between(&self, from: usize, to: usize) -> bool {
        self.groups.iter().any(|g| g.range.start >= from && g.range.end <= to && g.shape == Shape::Finite)
    }

    /// "a salué ceux qui disent « non »": the quoted words belong to the relative clause.
    pub(super) fn relative_before_quotation(&self, from: usize, to: usize) -> bool {
        let reading = self.reading;
        let Some(first) = (from..to).find(|k| reading.quotation_at(*k).is_some()) else { return false };
        let tells = |g: &Group| g.shape != Shape::Participle || reading.lower(g.range.start) == "en";
        self.groups.iter().any(|g| g.range.start >= from && g.range.end <= first && tells(g))
    }
}
