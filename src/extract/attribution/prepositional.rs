//! Sources without a verb: "selon Léa Roy", "d'après le rapport", "pour la maire", "l'avis selon lequel".

use super::Analysis;
use super::beside::speaker_of;
use crate::extract::cue::Shape;
use crate::extract::few::Few;
use crate::extract::phrase::Phrase;
use crate::extract::statement::Kind;
use crate::extract::word::Word;
use crate::language::{Classes, Mood};
use std::ops::Range;

/// How many tokens may describe a source ("un décompte établi par les services de la ville").
const LONGEST_DESCRIPTION: usize = 20;

/// Heads of sources that ask many people, whose answers they tell.
const SURVEYS: [&str; 4] = ["sondage", "enquête", "étude", "baromètre"];

/// Sources that are told by a pronoun within them.
const POINTING: [&str; 5] = ["à l'en croire", "à l'entendre", "de son aveu", "à son avis", "selon ses dires"];

impl Analysis<'_> {
    /// "selon X", "d'après X", "pour X,": at the head, in the middle or at the end of what X says.
    pub(super) fn prepositional(&mut self) {
        let mut from = self.sentence.start;
        for i in self.signs.iter().map(|i| *i as usize) {
            if !self.reading.may(i, Word::SOURCE) || i < from || self.reading.quotation_at(i).is_some() {
                continue;
            }
            if let Some((lemma, sources, end)) = self.source_phrase(i) {
                self.prepositional_at(i, lemma, sources, end);
                from = end;
            }
        }
    }

    /// "la déclaration de Léa Roy selon laquelle le pont fermera"
    pub(super) fn reported_noun(&mut self) {
        let reading = self.reading;
        for which in self.signs.iter().map(|i| *i as usize).filter(|i| reading.is(*i, Classes::REL)) {
            let k = which.saturating_sub(1);
            let led = k >= self.sentence.start
                && reading.is(k, Classes::PREP)
                && matches!(reading.lower(k), "selon" | "après")
                && matches!(reading.lower(which), "laquelle" | "lequel" | "lesquels" | "lesquelles");
            if !led {
                continue;
            }
            let of = (self.sentence.start..k).rev().take(14).find(|j| {
                matches!(reading.lower(*j), "de" | "du" | "des" | "d'")
                    && reading.is(j.saturating_sub(1), Classes::SPEECH)
            });
            let Some(of) = of else { continue };
            let from = if reading.is(of, Classes::FUSED) { of } else { of + 1 };
            let Some(sources) = reading.sources_at(from, k) else { continue };
            let to = self.clause_end(k + 2, self.sentence.end);
            let to = self.main_verb_comma(&(k + 2..to)).unwrap_or(to);
            self.claim_source(k + 2..to, "selon lequel", sources, Few::One(of - 1..k + 2));
        }
    }

    pub(super) fn prepositional_at(&mut self, start: usize, lemma: &'static str, sources: Vec<Phrase>, end: usize) {
        let reading = self.reading;
        let limit = self.sentence.end;
        if reading.lower(end - 1) == "qui" {
            let stop = self.clause_end(end, limit);
            self.claim_source(end..stop, lemma, sources, Few::One(start..end));
            return;
        }
        // Beside a statement of somebody else, the source relays it.
        let beside = self.drafts.iter_mut().find(|d| {
            d.clause.iter().any(|c| c.start <= start && start < c.end)
                || d.spans.last().is_some_and(|s| {
                    s.end <= reading.token(start).span.start
                        && reading.text[s.end..reading.token(start).span.start].trim().len() <= 2
                })
        });
        if let Some(draft) = beside {
            draft.relays.extend(sources);
            return;
        }
        if self.only_leads(start) {
            // "D'après le Courrier ce samedi, …"
            let said = reading.time_end(end, limit).filter(|time| reading.is_comma(*time));
            let end = said.unwrap_or(end);
            let parted = reading.is_comma(end) || reading.mark(end) == Some(':');
            if !parted && !self.begins_clause(end) {
                return;
            }
            let from = end + usize::from(parted);
            let to = self.clause_end(from, limit);
            if to <= from || !self.has_finite_verb(from..to) && reading.quotations_in(from..to).is_empty() {
                return;
            }
            // "Selon le Courrier, Léa Roy a déclaré que …": the outlet relays what she says.
            let stranger = |s: &Phrase| {
                s.names.iter().any(|n| n.entities.is_empty() && !reading.is_given_name(n.range.start))
                    && s.role.is_none()
            };
            if sources.iter().any(|s| self.is_outlet(s) || stranger(s))
                && self
                    .groups
                    .iter()
                    .any(|g| g.range.start >= from && g.shape == Shape::Finite && self.claims_clause(g))
            {
                self.pending_relay(sources, start..end);
                return;
            }
            self.claim_source(from..to, lemma, sources, Few::One(start..end));
            return;
        }
        if lemma == "pour" {
            return;
        }
        // At the end or in the middle.
        let mut to = start;
        while to > self.sentence.start
            && (reading.is_comma(to - 1) || reading.is_dash(to - 1) || reading.mark(to - 1) == Some('('))
        {
            to -= 1;
        }
        // "(un « must » selon Léa Roy)": what stands in brackets is all of it.
        let bracket = (self.sentence.start..to)
            .rev()
            .take(LONGEST_DESCRIPTION)
            .take_while(|k| reading.mark(*k) != Some(')'))
            .find(|k| reading.mark(*k) == Some('('));
        if let Some(open) = bracket.filter(|_| reading.mark(end) == Some(')')) {
            if self.has_finite_verb(open + 1..to) || !reading.quotations_in(open + 1..to).is_empty() {
                self.claim_source(open + 1..to, lemma, sources, Few::One(start..end));
            }
            return;
        }
        let from = self.claimed.iter().filter(|c| c.end <= to).map(|c| c.end).max().unwrap_or(self.sentence.start);
        let from = self.content_start(from, to);
        // A cue with its own source in the same stretch: the outlet only relays.
        let governed = self.is_governed(&(from..to));
        if governed && !self.is_finding(&sources, from..to) {
            if sources.iter().any(|s| self.is_outlet(s)) {
                self.pending_relay(sources, start..end);
            }
            return;
        }
        if to <= from {
            return;
        }
        let relative = to > from && reading.is(to - 1, Classes::REL) && !reading.is(to - 1, Classes::SUB);
        // "répartis selon trois catégories : …" names no source.
        let colon = reading.mark(end) == Some(':') && sources.iter().all(|s| reading.can_speak(s));
        let separated =
            to < start || self.at_end(end) || reading.is_comma(end) || reading.mark(end) == Some(')') || colon;
        if !separated {
            // "Le manque de lits est selon elle la cause du drame": woven into what she says.
            let right = end..self.clause_end(end, limit);
            if relative {
                self.claim_source(right, lemma, sources, Few::One(start..end));
            } else if self.is_woven(from, start, &sources) && right.len() > 1 {
                let from = self.woven_relative(from, start).unwrap_or(from);
                let spans = [reading.span(from..to), reading.span(right.clone())].into_iter().collect();
                let quotations = reading.quotations_in(from..right.end);
                let kind = if quotations.is_empty() { Kind::Indirect } else { Kind::Mixed };
                self.used.extend(quotations);
                self.claimed.push(from..right.end);
                self.push_source(spans, kind, sources, start..end, lemma, Few::One(start..end));
            }
            return;
        }
        let right = (reading.is_comma(end) || reading.is_dash(end))
            .then(|| self.right_part(end, limit))
            .flatten()
            .filter(|_| to < start || relative);
        let clause_before = self.has_finite_verb(from..to);
        let quoted = !reading.quotations_in(from..to).is_empty();
        let coordinated = to > from && reading.is(to - 1, Classes::AND);
        // "…, selon un bilan, publié lundi"
        let describes =
            |k: usize| !reading.is_auxiliary(to - 1) && reading.forms(k).iter().any(|f| f.mood == Mood::PastParticiple);
        // "La régie, qui emploie vingt marins, selon Léa Roy, perd un bateau": she says no more than the aside.
        let aside = right.as_ref().is_some_and(|right| {
            let comma = (from..to).find(|k| reading.is_comma(*k) && reading.quotation_at(*k).is_none());
            comma.is_some_and(|comma| {
                matches!(reading.lower(comma + 1), "qui" | "dont") && !self.has_finite_verb(from..comma)
            }) && reading.begins_verb(right.start)
                && clause_before
        });
        // "des agents qui, selon lui, trichent": only the relative clause is his.
        match right.filter(|_| !aside) {
            Some(right) if relative => self.claim_source(right, lemma, sources, Few::One(start..end)),
            Some(right) if coordinated && self.has_finite_verb(right.clone()) => {
                self.claim_source(right, lemma, sources, Few::One(start..end))
            }
            Some(right)
                if !(matches!(
                    reading.lower(right.start),
                    "qui" | "dont" | "où" | "et" | "mais" | "car" | "alors" | "tandis"
                ) || describes(right.start))
                    || !clause_before && !quoted =>
            {
                let spans = [reading.span(from..to), reading.span(right.clone())].into_iter().collect();
                let mixed = quoted || !reading.quotations_in(right.clone()).is_empty();
                for q in reading.quotations_in(from..right.end) {
                    self.used.push(q);
                }
                self.claimed.push(from..right.end);
                let kind = if mixed { Kind::Mixed } else { Kind::Indirect };
                self.push_source(spans, kind, sources, start..end, lemma, Few::One(start..end));
            }
            _ if clause_before || quoted => {
                let further = reading.quotation_at(end + 1).filter(|q| !self.used.contains(q));
                let further = further.filter(|_| reading.mark(end) == Some(':'));
                let tail = if further.is_some() { end } else { self.clause_tail(end, limit) };
                self.claim_source(from..to, lemma, sources.clone(), Few::One(start..tail));
                // "Le fleuve monte, selon la maire : « … »": the quotation is a statement of its own.
                if let Some(further) = further {
                    self.claim_source(reading.tokens_of(further), lemma, sources, Few::One(start..end));
                }
            }
            _ => {}
        }
    }

    /// "Les habitants estiment que la ville dort, selon un sondage", "Les premiers éléments indiquent que le pont a cédé,
    /// selon le parquet": the source found or asked what the words before it tell, whose own subject says nothing.
    fn is_finding(&self, sources: &[Phrase], content: Range<usize>) -> bool {
        let reading = self.reading;
        let told = self.groups.iter().find(|g| content.contains(&g.range.start) && g.shape == Shape::Finite);
        let Some(told) = told else { return false };
        let subject = reading.source_before(content.start, told.range.start);
        let says_nothing = || subject.is_some_and(|s| s.iter().all(|s| !s.pronoun && !reading.can_speak(s)));
        // "révèle surtout, selon lui, que": right behind the verb.
        let near = content.end <= told.range.end + 1;
        let surveys = |s: &Phrase| s.head.is_some_and(|h| SURVEYS.contains(&reading.lower(h)));
        !sources.iter().any(|s| self.is_outlet(s) || s.pronoun && !near)
            && (sources.iter().any(surveys) || says_nothing())
    }

    /// Where the relative clause begins in which "selon X" at `start` is woven: "Le port manque de marins, dont vingt n'ont
    /// selon elle « jamais navigué »".
    fn woven_relative(&self, from: usize, start: usize) -> Option<usize> {
        let reading = self.reading;
        let comma = (from..start).rev().find(|k| reading.is_comma(*k) && reading.quotation_at(*k).is_none())?;
        let relative = matches!(reading.lower(comma + 1), "dont" | "qui" | "où");
        (relative && comma > from).then_some(if reading.lower(comma + 1) == "dont" { comma + 2 } else { comma + 1 })
    }

    /// Whether "selon X" at `start`, with no comma around it, stands within a clause that begins at `from`: right
    /// behind its verb.
    fn is_woven(&self, from: usize, start: usize, sources: &[Phrase]) -> bool {
        let reading = self.reading;
        let speaks = |s: &Phrase| s.pronoun || reading.can_speak(s) && (s.role.is_some() || !s.indefinite);
        let before = start.saturating_sub(1);
        let verb = before - usize::from(before > from && reading.is(before, Classes::ADV));
        let participle = reading.forms(verb).iter().any(|f| f.mood == Mood::PresentParticiple);
        let aside = (from..start).any(|k| reading.is_dash(k));
        let behind = reading.begins_verb(verb) && !reading.noun_after_determiner(verb) || reading.infinitive_at(verb);
        sources.iter().all(speaks)
            && behind
            && !participle
            && !aside
            && (self.has_finite_verb(from..start) || reading.begins_verb(verb))
    }

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

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

    /// Who says what in a one-sentence text.
    fn said(text: &str) -> Vec<(String, String)> {
        let article = Article::from_text("a.txt", text);
        let statements = extract(&article, Entities::embedded());
        statements.iter().map(|s| (s.actors[0].name.to_string(), s.text(text).into_owned())).collect()
    }

    #[test]
    fn the_subject_after_the_source_is_no_apposition() {
        assert_eq!(
            said("Selon Paul Martin, la maire a menti."),
            [("Paul Martin".to_owned(), "la maire a menti".to_owned())]
        );
        let text = "Selon Anne Roy, maire de Valmont, le pont est fermé.";
        assert_eq!(said(text), [("Anne Roy".to_owned(), "le pont est fermé".to_owned())]);
    }

    #[test]
    fn what_describes_the_source_is_no_content() {
        for text in [
            "Pour Anne Roy, qui dirige le port, le pont est perdu.",
            "Selon Anne Roy, interrogée lundi, le pont est perdu.",
        ] {
            assert_eq!(said(text), [("Anne Roy".to_owned(), "le pont est perdu".to_owned())], "{text}");
        }
    }

    #[test]
    fn a_norm_speaks_for_nobody() {
        for text in ["Selon les règles, le pont est fermé.", "Selon toute vraisemblance, le pont est fermé."] {
            assert!(said(text).is_empty(), "{text}");
        }
    }
}
