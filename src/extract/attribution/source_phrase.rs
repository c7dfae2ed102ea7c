//! Finding a source phrase: "selon Léa Roy", "d'après un rapport publié lundi", "à ses yeux", and where it ends.

use super::beside::speaker_of;
use super::{Analysis, LONGEST_DESCRIPTION};
use crate::extract::phrase::Phrase;
use crate::language::{Classes, Mood};

/// Sources that are told by a pronoun within them.
const POINTING: [&str; 5] = ["à l'en croire", "à l'entendre", "de son aveu", "à son avis", "selon ses dires"];

impl Analysis<'_> {
    /// The source that begins at `from` without the last apposition before `end`, where that is the subject of what it
    /// says: "Selon Paul Martin, la maire a menti", "Selon Paul Martin, la maire, réélue en mai, a menti". Outlets
    /// have no appositions but their kind ("Le Courrier, quotidien du soir").
    pub(super) fn without_subject(&self, from: usize, end: usize) -> Option<Vec<Phrase>> {
        let reading = self.reading;
        let until =
            |comma: usize| reading.sources_at(from, comma).filter(|s| s.last().is_some_and(|s| s.full_end == comma));
        let mut commas = (from..end).filter(|j| reading.is_comma(*j));
        let first = commas.clone().next()?;
        if !(first..end).any(|j| reading.is(j, Classes::MEDIA))
            && let Some(outlets) = until(first).filter(|sources| sources.iter().all(|s| self.is_outlet(s)))
        {
            return Some(outlets);
        }
        let sources = until(commas.next_back()?)?;
        let aside = || {
            let stop = (end + 1..self.sentence.end.min(end + LONGEST_DESCRIPTION)).find(|j| reading.is_comma(*j));
            reading.is_comma(end)
                && stop.is_some_and(|stop| {
                    reading.begins_verb(stop + 1)
                        && (reading.is(end + 1, Classes::REL) || !self.has_finite_verb(end + 1..stop))
                })
        };
        (reading.begins_verb(end) || aside()).then_some(sources)
    }

    /// "à l'en croire", "de son propre aveu", "selon ses dires": whom the pronoun within the words from `i` to `end` means.
    fn pointed(&self, i: usize, end: usize) -> Option<Phrase> {
        let reading = self.reading;
        let k =
            (i..end).find(|k| matches!(reading.lower(*k), "l'" | "les" | "son" | "sa" | "ses" | "leur" | "leurs"))?;
        let plural = matches!(reading.lower(k), "les" | "leur" | "leurs");
        Some(Phrase { range: k..k + 1, full_end: end, pronoun: true, plural, ..Phrase::default() })
    }

    /// Whether the clause at `from` says how things are or ought to be: its first verb is "être" or a modal, in the
    /// present or the conditional.
    fn judges_how_it_is(&self, from: usize) -> bool {
        let reading = self.reading;
        let verb = (from..self.sentence.end).find(|k| self.has_finite_verb(*k..*k + 1) || reading.lower(*k) == "faut");
        verb.is_some_and(|k| {
            reading.forms(k).iter().any(|f| {
                let lemma = reading.lexicon.verb(f.verb).lemma;
                matches!(f.mood, Mood::Present | Mood::Conditional)
                    && matches!(lemma, "être" | "devoir" | "pouvoir" | "falloir")
            })
        })
    }

    /// "qui varient selon les écoles", "différents selon les régions": a measure, no source.
    fn varies(&self, k: usize) -> bool {
        let word = self.reading.lower(k);
        ["vari", "diff", "évolu", "chang", "modul", "adapt", "échelonn"].iter().any(|stem| word.starts_with(stem))
    }

    /// Whether only conjunctions, adverbs and marks stand in the sentence before token `i`.
    pub(super) fn only_leads(&self, i: usize) -> bool {
        let reading = self.reading;
        (self.sentence.start..i).all(|k| {
            reading.is(k, Classes::AND | Classes::ADV) || reading.mark(k).is_some() && reading.quotation_at(k).is_none()
        })
    }

    /// "selon X" and its kin at token `i`: the preposition, the source, and where it ends.
    #[inline]
    pub(super) fn source_phrase(&self, i: usize) -> Option<(&'static str, Vec<Phrase>, usize)> {
        if self.reading.may_begin_source(i) { self.source_behind(i) } else { None }
    }

    /// The same where the first words are some that may name a source.
    fn source_behind(&self, i: usize) -> Option<(&'static str, Vec<Phrase>, usize)> {
        let reading = self.reading;
        let (length, lemma) = reading.source_words_at(i)?;
        let k = i + length;
        if k >= self.sentence.end || i > self.sentence.start && self.varies(i - 1) {
            return None;
        }
        // "Le soleil fait mal à ses yeux."
        let apart = self.only_leads(i) || reading.is_comma(i - 1);
        if reading.lower(k - 1) == "yeux" && !apart && lemma == "à son avis" {
            return None;
        }
        if POINTING.contains(&lemma) {
            return self.pointed(i, k).map(|phrase| (lemma, vec![phrase], k));
        }
        if lemma == "foi de" && i > self.sentence.start && !reading.is_comma(i - 1) {
            return None;
        }
        if lemma == "de source" {
            // "de source policière", "de sources concordantes"
            let end = (k..self.sentence.end)
                .find(|j| !reading.is_open(*j) && !matches!(reading.lower(*j), "du" | "de" | "la" | "l'" | "des"))?;
            if end == k {
                return None;
            }
            let phrase =
                Phrase { range: i + 1..end, full_end: end, head: Some(i + 1), indefinite: true, ..Phrase::default() };
            return Some((lemma, vec![phrase], end));
        }
        if matches!(reading.lower(k), "lui" | "elle" | "eux" | "elles") && !reading.is_open(k + 1) {
            let mut phrase = Phrase { range: k..k + 1, full_end: k + 1, pronoun: true, ..Phrase::default() };
            phrase.plural = matches!(reading.lower(k), "eux" | "elles");
            phrase.gender = Some(if matches!(reading.lower(k), "lui" | "eux") {
                crate::entity::Gender::Masculine
            } else {
                crate::entity::Gender::Feminine
            });
            if lemma == "pour" {
                // "Pour lui, « c'est fini »", "Pour elle, le port est perdu"; not "Pour eux, une aide a été débloquée".
                let also = k + 1 + usize::from(reading.lower(k + 1) == "aussi");
                let quotes = reading.quotation_at(also + 1).is_some();
                let opines =
                    reading.is_comma(also) && self.only_leads(i) && (quotes || self.judges_how_it_is(also + 1));
                return opines.then_some((lemma, vec![phrase], also));
            }
            return Some((lemma, vec![phrase], k + 1));
        }
        if reading.lower(k) == "qui" && i > self.sentence.start {
            // "Léa Roy, pour qui le pont est perdu"
            let antecedent = reading.antecedent(self.sentence.start, i)?;
            return Some((lemma, vec![antecedent], k + 1));
        }
        // "Pour saluer Léa Roy, …"; inside a sentence "pour" names no source.
        if lemma == "pour" && (reading.infinitive_at(k) || !self.only_leads(i)) {
            return None;
        }
        let sources = reading.sources_at(k, self.sentence.end)?;
        let first = sources.first()?;
        if first.pronoun && !matches!(reading.lower(k), "celui-ci" | "celle-ci" | "ceux-ci") {
            return None;
        }
        let mut end = sources.last()?.full_end;
        let sources = match self.without_subject(k, end) {
            Some(plain) => {
                end = plain.last()?.full_end;
                plain
            }
            None => sources,
        };
        let first = sources.first()?;
        if lemma == "foi de" && first.names.is_empty() && first.role.is_none() {
            return None;
        }
        // "selon des médias liés au palais, …": what describes the source runs to the comma.
        let aside = i > self.sentence.start && (reading.is_comma(i - 1) || reading.is_dash(i - 1));
        let described = reading.is(end, Classes::PREP)
            || reading.forms(end).iter().any(|f| {
                matches!(f.mood, Mood::PastParticiple | Mood::PresentParticiple) && !reading.tokens.is_capital(end)
            });
        if (i <= self.sentence.start + 1 || aside && described)
            && !reading.is_comma(end)
            && let Some(comma) = (end..self.sentence.end.min(end + LONGEST_DESCRIPTION)).find(|j| reading.is_comma(*j))
            && !self.has_finite_verb(end..comma)
            && (!reading.is(end, Classes::DET) || reading.is(end, Classes::FUSED))
        {
            end = comma;
        }
        // "Le fleuve monte selon un bilan publié lundi.": at the end what describes the source needs no comma.
        let told = reading.forms(end).iter().any(|f| f.mood == Mood::PastParticiple);
        if told && !reading.tokens.is_capital(end) && i > self.sentence.start + 1 && reading.can_speak(first) {
            let stop = (end..self.sentence.end).find(|j| reading.mark(*j).is_some_and(|c| !matches!(c, '-' | '\'')));
            let stop = stop.unwrap_or(self.sentence.end);
            if stop < end + LONGEST_DESCRIPTION && !self.has_finite_verb(end..stop) {
                end = stop;
            }
        }
        if i <= self.sentence.start + 1
            && matches!(reading.lower(end), "qui" | "dont" | "que" | "qu'")
            && let Some(comma) =
                (end..self.sentence.end).find(|j| reading.is_comma(*j) && reading.quotation_at(*j).is_none())
        {
            end = comma;
        }
        // "Pour Léa Roy, qui dirige le port, …" and "…, réunie lundi, …": the aside belongs to the source.
        let described = matches!(reading.lower(end + 1), "qui" | "dont")
            || reading.forms(end + 1).iter().any(|f| matches!(f.mood, Mood::PastParticiple | Mood::PresentParticiple))
                && !reading.tokens.is_capital(end + 1);
        if i <= self.sentence.start + 1
            && reading.is_comma(end)
            && described
            && let Some(comma) = (end + 1..self.sentence.end.min(end + 20)).find(|j| reading.is_comma(*j))
            && (reading.is(end + 1, Classes::REL) || !self.has_finite_verb(end + 1..comma))
        {
            end = comma;
        }
        let head = first.head.map_or("", |h| reading.lower(h));
        let work = lemma == "d'après"
            && matches!(head, "roman" | "pièce" | "œuvre" | "film" | "conte" | "nouvelle" | "scénario" | "livret");
        if work && first.names.is_empty() {
            return None;
        }
        // "selon le nouveau concept de « Tazuna »": the name of a thing speaks no more than the thing.
        let norm = first.head.is_some_and(|h| {
            let noun = h + usize::from(reading.is(h, Classes::ADJECTIVE));
            // "selon les termes de la maire" are her words.
            let said =
                reading.is(noun, Classes::SPEECH) && matches!(reading.lower(noun + 1), "de" | "du" | "des" | "d'");
            reading.is(noun, Classes::NORM) && !said
        });
        let named = first.names.iter().any(|n| reading.quotation_at(n.range.start).is_none());
        if norm && !named {
            return None;
        }
        // "selon les mots de Léa Roy"
        let words = first.head.filter(|h| reading.is(*h, Classes::SPEECH) && lemma != "pour");
        if let Some(speakers) = words.and_then(|h| speaker_of(reading, h, end)) {
            return Some((lemma, speakers, end));
        }
        if lemma == "pour" {
            let speaks = sources.iter().any(|s| {
                s.role.is_some() && !s.plural
                    || s.head.is_some_and(|h| is_person_noun(reading.lower(h)))
                    || s.names.first().is_some_and(|n| {
                        n.entities.iter().any(|e| {
                            matches!(
                                reading.entities.get(*e).kind,
                                crate::entity::EntityKind::Person | crate::entity::EntityKind::Organisation
                            )
                        }) || n.entities.is_empty() && n.range.len() > 1
                    })
                    || s.plural && s.head.is_some_and(|h| reading.is(h, Classes::GROUP | Classes::MEDIA))
                    || s.head.is_some_and(|h| matches!(reading.lower(h), "plupart" | "majorité"))
                        && s.range.clone().any(|k| reading.is(k, Classes::GROUP))
                    || !s.indefinite && s.head.is_some_and(|h| reading.is(h, Classes::MEDIA))
                    || !s.indefinite && s.head.is_some_and(|h| reading.is(h, Classes::BODY)) && self.quotes_clause(end)
            });
            if !(speaks && reading.is_comma(end)) {
                return None;
            }
        }
        Some((lemma, sources, end))
    }

    /// Whether a verb stands between quotation marks after `at`, and nothing else tells who says so: "Pour la mairie, les
    /// travaux « commenceront lundi »" is what it says, "Pour la mairie, la « Nuit des ponts » est un coût" is not, and
    /// "Pour la mairie, Me Roy a plaidé « … », a-t-il dit" is what he says.
    fn quotes_clause(&self, at: usize) -> bool {
        let rest = at..self.sentence.end;
        let other = self.groups.iter().any(|group| group.range.start >= at)
            || rest.clone().any(|k| self.source_phrase(k).is_some());
        !other && self.reading.quotations_in(rest).any(|q| self.has_finite_verb(self.reading.tokens_of(q)))
    }
}

/// Nouns whose ending shows a person ("garagiste", "politologue").
fn is_person_noun(word: &str) -> bool {
    ["iste", "istes", "logue", "logues", "cien", "cienne", "ciens", "ciennes"].iter().any(|end| word.ends_with(end))
}
