//! Finding the words that name a source: the subject before a verb, the one after an inverted verb,
//! and the noun phrase that "selon" introduces.

use super::phrase::Phrase;
use super::reading::Reading;
use crate::entity::EntityKind;
use crate::language::{Classes, Mood};
use std::ops::Range;

impl Reading<'_> {
    /// The noun phrase at `i` with its appositions ("Paul Martin, 50 ans, maire de Valmont").
    pub fn source_at(&self, i: usize, limit: usize) -> Option<Phrase> {
        if self.is_english() {
            return self.english_source(i, limit);
        }
        let mut phrase = self.phrase_at(i, limit)?;
        if phrase.pronoun {
            return Some(phrase);
        }
        while self.is_comma(phrase.full_end) && phrase.full_end + 1 < limit {
            let k = phrase.full_end + 1;
            let Some(end) = self.apposition(&mut phrase, k, limit) else { break };
            phrase.full_end = end;
        }
        if let Some(companion) = self.companion(phrase.full_end).filter(|k| *k < limit) {
            phrase.full_end = self.source_at(companion, limit).map_or(phrase.full_end, |other| other.full_end);
        } else if phrase.names.is_empty() && phrase.role.is_some() {
            self.name_after_complement(&mut phrase, limit);
        }
        Some(phrase)
    }

    /// Several sources joined by "et": "Macron et le Premier ministre britannique Keir Starmer".
    pub fn sources_at(&self, i: usize, limit: usize) -> Option<Vec<Phrase>> {
        if self.is_english() {
            return self.english_sources(i, limit);
        }
        let first = self.source_at(i, limit).filter(|phrase| !self.is_time_span(phrase))?;
        let mut all = vec![first];
        while let Some(last) = all.last_mut()
            && !last.pronoun
            && matches!(self.lower(last.range.end), "et" | "ou")
        {
            let k = last.range.end + 1;
            let starts = self.is(k, Classes::DET) || self.tokens.is_capital(k);
            // "le père d'Inès et Paul": of both.
            if let Some(end) = self.second_child(last, k, limit) {
                (last.range.end, last.full_end) = (end, end);
                continue;
            }
            match self.source_at(k, limit) {
                Some(next) if starts && !next.pronoun && (can_name(&next) || !can_name(last)) => all.push(next),
                _ => break,
            }
        }
        Some(all)
    }

    /// "le père d'Inès et Paul": where the second of two given names ends of whom somebody is a relative.
    fn second_child(&self, phrase: &Phrase, k: usize, limit: usize) -> Option<usize> {
        let relative = phrase.names.is_empty() && phrase.role.as_ref().is_some_and(|role| role.class == "relational");
        let given = |k: usize| k > 0 && self.tokens.is_capital(k) && self.is_given_name(k);
        let second = self.tokens.is_capital(k) && !self.tokens.is_capital(k + 1) && !self.is(k, Classes::FUNCTION);
        (relative && k < limit && given(phrase.range.end - 1) && second).then_some(k + 1)
    }

    /// "Quelques heures (après le vote)", "trois jours (plus tard)": nobody.
    fn is_time_span(&self, phrase: &Phrase) -> bool {
        phrase.names.is_empty()
            && phrase.role.is_none()
            && phrase.head.is_some_and(|head| self.is(head, Classes::TIME) && !self.is(head, Classes::ANAPHOR))
    }

    /// Whether a phrase names something that can speak: people, groups, bodies, authorities, documents.
    pub fn can_speak(&self, phrase: &Phrase) -> bool {
        if phrase.pronoun || phrase.role.is_some() {
            return true;
        }
        if let Some(name) = phrase.names.first() {
            return name.entities.is_empty()
                || name.entities.iter().any(|e| self.entities.get(*e).kind != EntityKind::Concept);
        }
        phrase.head.is_some_and(|head| {
            (head..phrase.range.end.min(head + 2)).any(|k| {
                self.is(k, Classes::GROUP | Classes::BODY | Classes::DOCUMENT | Classes::MEDIA | Classes::ANAPHOR)
                    || self.demonym(k).is_some() && k == head
            })
        })
    }

    /// The source after an inverted verb, adjuncts between them passed over:
    /// ", a déclaré jeudi à l'AFP le ministre". Also the end of the passed words.
    pub fn source_after(&self, i: usize, limit: usize) -> Option<Vec<Phrase>> {
        self.source_behind(i, limit, false)
    }

    /// The same; where a quotation stands before the verb (`quotes`), the source itself may be quoted.
    pub fn source_behind(&self, i: usize, limit: usize, quotes: bool) -> Option<Vec<Phrase>> {
        if self.is_english() {
            return self.english_source_after(i, limit);
        }
        let mut k = i;
        for _ in 0..6 {
            let Some(next) =
                (k < limit && !self.is_plural_article(k)).then(|| self.adjunct_or_account_end(k, limit)).flatten()
            else {
                break;
            };
            k = next;
        }
        // "a expliqué au Courrier, Léa Roy", "a expliqué à des élus, Léa Roy, maire de Vaux": the comma parts nothing.
        let told = matches!(self.lower(i), "à" | "au" | "aux" | "auprès");
        let outlet = |j: usize| {
            self.is(j, Classes::MEDIA) || self.name_at(j, k).is_some_and(|name| self.outlet_of(&name).is_some())
        };
        let described = || {
            let name = self.name_at(k + 1, limit).filter(|name| self.is_comma(name.range.end));
            name.is_some_and(|name| self.role_at(name.range.end + 1, limit).is_some())
        };
        if told && k + 2 < limit && self.is_comma(k) && self.is_given_name(k + 1) && ((i..k).any(outlet) || described())
        {
            k += 1;
        }
        if k >= limit {
            return None;
        }
        // Only behind a quotation is the next one no object of the cue.
        let quoted = quotes.then(|| self.quoted_source(k, limit)).flatten();
        if quoted.is_some() {
            return quoted.map(|quoted| vec![quoted]);
        }
        if self.is(k, Classes::SUB | Classes::REL) && !self.is(k, Classes::PRONOUN) || self.quotation_at(k).is_some() {
            return None;
        }
        let starts = self.is(k, Classes::DET | Classes::NUM | Classes::TITLE) && !self.is(k, Classes::FUSED)
            || self.lower(k) == "des"
            || self.tokens.is_capital(k)
            || self.name_at(k, limit).is_some_and(|n| self.is_small_outlet(&n))
            || self.tokens.is_number(k)
            || matches!(
                self.lower(k),
                "celui" | "celle" | "ceux" | "celles" | "celui-ci" | "celle-ci" | "ceux-ci" | "celles-ci" | "de"
            )
            || self.is_plural_article(k);
        starts.then(|| self.sources_at(k, limit)).flatten()
    }

    /// "un « macroniste de haut rang »", "le « teufeur » Paul Roy", "« Valmont Police »": a source that is quoted itself.
    fn quoted_source(&self, k: usize, limit: usize) -> Option<Phrase> {
        let determined = self.is(k, Classes::DET) && !self.is(k, Classes::FUSED);
        let first = k + usize::from(determined);
        let quoted = self.tokens_of(self.quotation_at(first)?);
        let head = first + 1;
        let short = quoted.start == first && quoted.end <= limit && quoted.len() <= LONGEST_QUOTED;
        if !short || quoted.clone().any(|k| self.begins_verb(k)) || !determined && !self.tokens.is_capital(head) {
            return None;
        }
        // "le « Monde »"
        let inside = self.name_at(head, quoted.end - 1);
        let known = inside.as_ref().is_some_and(|name| !name.entities.is_empty());
        let name = if determined && !known { self.name_at(quoted.end, limit) } else { inside };
        let name = name.filter(|name| self.has_capital(&name.range));
        let end = name.as_ref().map_or(quoted.end, |name| name.range.end.max(quoted.end));
        let range = if determined { k..end } else { head..quoted.end - 1 };
        let indefinite = matches!(self.lower(k), "un" | "une" | "des");
        Some(Phrase {
            range,
            full_end: end,
            head: Some(head),
            names: name.into_iter().collect(),
            indefinite,
            ..Phrase::default()
        })
    }

    /// The sources before a verb group that starts at `verb`, in the clause that starts at `from`.
    pub fn source_before(&self, from: usize, verb: usize) -> Option<Vec<Phrase>> {
        if verb <= from {
            return None;
        }
        if self.is_english() {
            return self.english_source_before(from, verb);
        }
        let p = verb - 1;
        if self.lower(p) == "qui" && p > from && self.is(p - 1, Classes::AND) {
            // "un livre qui a fait rire et qui a dit …": both clauses have one antecedent.
            let first = (from..p).rev().find(|k| self.lower(*k) == "qui")?;
            return self.antecedent(from, first).map(|phrase| vec![phrase]);
        }
        if self.lower(p) == "qui" {
            let nearest = self.antecedent(from, p)?;
            // "les idées d'Anne Roy qui dit": whoever is named right before it.
            let end = p - usize::from(self.is_comma(p - 1));
            let name = (from..end).rev().take_while(|k| self.tokens.is_capital(*k)).last();
            let named = name.filter(|k| *k > from && matches!(self.lower(*k - 1), "de" | "d'"));
            // "les amis du lac qui craignent": the verb tells which noun is meant.
            let other = self.verb_is_plural(verb).filter(|plural| *plural != nearest.plural);
            let agreeing = other.and_then(|plural| match named {
                Some(name) if !plural => self.source_at(name, end),
                _ => self.agreeing_noun(from, p, plural),
            });
            return Some(vec![agreeing.unwrap_or(nearest)]);
        }
        if self.is(p, Classes::PRONOUN) {
            return self.phrase_at(p, verb).map(|phrase| vec![phrase]);
        }
        if self.is(p, Classes::FIRST) && !self.is(p, Classes::CLITIC)
            || matches!(self.lower(p), "je" | "j'" | "cela" | "ça" | "ce" | "c'")
        {
            return None;
        }
        // "Le constat est net : la maire assure que …": what stands before a colon is another clause.
        let colon = (from..verb).rev().find(|k| self.mark(*k) == Some(':') && self.quotation_at(*k).is_none());
        if let Some(colon) = colon
            && let Some(sources) = self.source_before(colon + 1, verb)
        {
            return Some(sources);
        }
        let segments = self.segments(from, verb);
        let adjacent = !self.is_comma(p);
        if adjacent && let Some(last) = segments.last() {
            let start = self.skip_lead(last.start, verb);
            if start < verb && matches!(self.lower(start), "qui" | "dont" | "où") {
                // Inside a relative clause: its antecedent speaks only through "qui".
                let own = (self.lower(start) != "qui").then(|| self.sources_at(self.skip_lead(start + 1, verb), verb));
                return own
                    .flatten()
                    .filter(|sources| self.reach(sources, verb))
                    .or_else(|| self.main_source(&segments[..segments.len() - 1]));
            }
            // ", accompagné de la préfète Anne Roy a dit …": a participle that tells of the subject before it.
            if segments.len() > 1 && !self.tokens.is_capital(start) && self.is_participle(start) {
                return self.main_source(&segments[..segments.len() - 1]);
            }
            if let Some(sources) = self.second_clause(start, verb) {
                return Some(sources);
            }
            // "un résultat que l'opposition a dénoncé", "un vote à l'issue duquel la maire a dit": the subject stands after
            // the last relative pronoun.
            let inner = (start..verb).rev().find(|k| {
                let relative = match self.lower(*k) {
                    "que" | "qu'" => !self.restricts(*k),
                    "dont" | "où" => true,
                    "qui" => *k > start && self.is(*k - 1, Classes::PREP),
                    word => JOINING.iter().any(|end| word.ends_with(end)),
                };
                relative && self.quotation_at(*k).is_none()
            });
            if let Some(inner) = inner
                && let Some(sources) = self.sources_at(self.skip_lead(inner + 1, verb), verb)
            {
                return Some(sources);
            }
            if let Some(sources) = self.sources_at(start, verb) {
                return Some(sources);
            }
            return self.last_source(start, verb).or_else(|| self.main_source(&segments));
        }
        self.main_source(&segments)
    }

    /// "Les condamnations sont rares et la ministre a dit": the subject of the second clause, right before its verb.
    fn second_clause(&self, from: usize, verb: usize) -> Option<Vec<Phrase>> {
        let and = (from..verb)
            .rev()
            .find(|k| matches!(self.lower(*k), "et" | "mais" | "car" | "or") && self.quotation_at(*k).is_none())?;
        let clause = |k: usize| self.begins_verb(k) && !self.noun_after_determiner(k);
        let relative = |k: usize| self.is(k, Classes::REL | Classes::SUB);
        if !(from..and).any(clause) || (from..and).any(relative) {
            return None;
        }
        let sources = self.sources_at(self.skip_lead(and + 1, verb), verb)?;
        let agrees = self.verb_is_plural(verb).is_none_or(|plural| plural == (sources.len() > 1 || sources[0].plural));
        (agrees && self.reach(&sources, verb)).then_some(sources)
    }

    /// "il n'a qu'un siège": "que" after "ne" alone is no pronoun.
    fn restricts(&self, k: usize) -> bool {
        let before = k.saturating_sub(4)..k;
        let ne = before.clone().rev().find(|j| matches!(self.lower(*j), "ne" | "n'"));
        ne.is_some_and(|ne| !(ne + 1..k).any(|j| self.is(j, Classes::NEG)))
    }

    /// Whether the verb group that starts at `verb` is one of the third person plural, where its forms tell.
    fn verb_is_plural(&self, verb: usize) -> Option<bool> {
        let finite = |k: &usize| self.forms(*k).iter().any(|f| f.mood.is_finite());
        let verb = (verb..verb + 4).find(finite)?;
        let mut plural = self.forms(verb).iter().filter(|f| f.mood.is_finite()).map(|f| f.plural);
        let first = plural.next()?;
        plural.all(|other| other == first).then_some(first)
    }

    /// The last noun phrase before `end`, in the plural or not, that may speak.
    fn agreeing_noun(&self, from: usize, end: usize, plural: bool) -> Option<Phrase> {
        (from..end).rev().filter(|k| self.is(*k, Classes::DET)).find_map(|k| {
            // "des organisations", "aux syndicats": the article is in the preposition.
            let phrase = self.phrase_at(k, end)?;
            let phrase = Phrase { plural: phrase.plural || matches!(self.lower(k), "des" | "aux"), ..phrase };
            (phrase.plural == plural && self.can_speak(&phrase)).then_some(phrase)
        })
    }

    /// In a clause with commas, the first stretch that begins like a noun phrase holds the subject.
    fn main_source(&self, segments: &[Range<usize>]) -> Option<Vec<Phrase>> {
        let end = segments.last()?.end;
        for (at, segment) in segments.iter().enumerate() {
            let mut start = segment.start;
            if self.begins_subordinate(start) {
                // "alors que Paul Vidal, un vigneron, annonce": its verb is the one asked for.
                let clause = |k: usize| self.begins_verb(k) && !self.noun_after_determiner(k);
                let that = segment.clone().find(|k| matches!(self.lower(*k), "que" | "qu'"));
                match that.filter(|_| !segment.clone().any(clause)) {
                    Some(that) => start = that + 1,
                    None => continue,
                }
            }
            let start = self.skip_lead(start, segment.end);
            if start >= segment.end || self.is(start, Classes::REL) || self.is(start, Classes::SUB) {
                continue;
            }
            let Some(sources) = self.sources_at(start, end.max(segment.end)) else { continue };
            // "Infirmière depuis un an, Inès, … dit": what is told of her before her name.
            let next = segments.get(at + 1).filter(|next| self.tokens.is_capital(next.start));
            let named = next.filter(|_| self.is_bare_role(&sources)).and_then(|next| self.sources_at(next.start, end));
            return named.filter(|named| named.iter().all(|source| !source.names.is_empty())).or(Some(sources));
        }
        None
    }

    /// Whether a role stands alone, without a determiner or a name.
    fn is_bare_role(&self, sources: &[Phrase]) -> bool {
        let [source] = sources else { return false };
        let ahead = source.role.as_ref().is_some_and(|role| role.range.start == source.range.start);
        ahead && source.names.is_empty() && !source.plural
    }

    /// "Alors que …", "Si …", "Lorsque …": a clause that says nothing by itself.
    pub fn begins_subordinate(&self, k: usize) -> bool {
        let k = k + usize::from(self.lower(k) == "même" && self.lower(k + 1) == "si");
        if self.lower(k) == "une" && self.lower(k + 1) == "fois" {
            return matches!(self.lower(k + 2), "que" | "qu'");
        }
        matches!(self.lower(k), "si" | "s'" | "quand" | "lorsque" | "lorsqu'" | "puisque" | "puisqu'" | "quoique")
            || matches!(self.lower(k + 1), "que" | "qu'")
                && matches!(
                    self.lower(k),
                    "alors"
                        | "tandis"
                        | "bien"
                        | "après"
                        | "avant"
                        | "pendant"
                        | "dès"
                        | "depuis"
                        | "pour"
                        | "afin"
                        | "sans"
                )
    }

    /// The last noun phrase before the verb when the clause begins with words of no clear kind.
    fn last_source(&self, from: usize, verb: usize) -> Option<Vec<Phrase>> {
        (from + 1..verb).find_map(|k| {
            let starts = (self.is(k, Classes::DET) || self.tokens.is_capital(k))
                && !self.is(k - 1, Classes::PREP | Classes::DET | Classes::TITLE)
                && !self.tokens.is_capital(k - 1);
            let sources = starts.then(|| self.sources_at(k, verb)).flatten()?;
            self.reach(&sources, verb).then_some(sources)
        })
    }

    /// Whether nothing but small words stands between the sources and their verb.
    fn reach(&self, sources: &[Phrase], verb: usize) -> bool {
        let small = Classes::ADV | Classes::NEG | Classes::TIME | Classes::CLITIC | Classes::OBLIQUE;
        sources.last().is_some_and(|last| (last.full_end..verb).all(|k| self.is(k, small)))
    }

    /// A past participle that no determiner makes a noun.
    fn is_participle(&self, k: usize) -> bool {
        self.is_open(k) && self.forms(k).iter().any(|f| f.mood == Mood::PastParticiple)
    }

    /// Stretches between commas outside quotations and brackets.
    fn segments(&self, from: usize, to: usize) -> Vec<Range<usize>> {
        let mut segments = Vec::new();
        let (mut start, mut depth) = (from, 0usize);
        for i in from..to {
            match self.mark(i) {
                Some('(') => depth += 1,
                Some(')') => depth = depth.saturating_sub(1),
                Some(',' | ';' | '–' | '—') if depth == 0 && self.quotation_at(i).is_none() => {
                    if i > start {
                        segments.push(start..i);
                    }
                    start = i + 1;
                }
                _ => {}
            }
        }
        if to > start {
            segments.push(start..to);
        }
        segments
    }

    /// Passes over conjunctions, adverbs, dates and prepositional phrases at the head of a clause.
    pub(super) fn skip_lead(&self, mut k: usize, limit: usize) -> usize {
        for _ in 0..8 {
            if k >= limit {
                break;
            }
            if self.is(k, Classes::AND)
                || matches!(self.lower(k), "que" | "qu'")
                || self.mark(k).is_some() && self.quotation_at(k).is_none()
            {
                k += 1;
            } else if let Some(end) = self.time_end(k, limit) {
                k = end;
            } else if self.is(k, Classes::PREP) && !self.is_determiner_like(k) {
                match self.prepositional_end(k, limit) {
                    Some(end) if end > k => k = self.account_end(end, limit),
                    _ => break,
                }
            } else if self.is(k, Classes::ADV) && !self.is(k, Classes::DET)
                || self.lower(k).ends_with("ment")
                    && self.forms(k).is_empty()
                    && !self.is(k, Classes::DOCUMENT | Classes::BODY)
            {
                k += 1;
            } else {
                break;
            }
        }
        k
    }

    /// "des" and "du" open a subject as articles ("des experts ont dit").
    fn is_determiner_like(&self, k: usize) -> bool {
        matches!(self.lower(k), "des" | "du") && self.tokens.is_capital(k)
            || self.lower(k) == "des"
            || self.tokens.is_capital(k) && self.is_plural_article(k)
    }

    /// The noun phrase that "qui" at `at` refers to.
    pub fn antecedent(&self, from: usize, at: usize) -> Option<Phrase> {
        let end = if at > from && self.is_comma(at - 1) { at - 1 } else { at };
        // The widest phrase that ends right there; after "du" or "de" it stands without its article.
        let bare = || {
            let mut k = end;
            while k > from && self.is_open(k - 1) && !self.begins_verb(k - 1) {
                k -= 1;
            }
            let governed = k > from && k < end && self.is(k - 1, Classes::FUSED | Classes::PREP);
            governed.then(|| Phrase { range: k..end, full_end: end, head: Some(k), ..Phrase::default() })
        };
        let whole = (from..end).find_map(|k| {
            let starts = self.is(k, Classes::DET) && !self.is(k, Classes::FUSED)
                || self.tokens.is_capital(k)
                || self.role_at(k, end).is_some();
            let after = |classes| k > from && self.is(k - 1, classes);
            // "au propos du député qui …": a role stands right after "du".
            let determined = after(Classes::DET) && (self.tokens.is_capital(k) || !after(Classes::FUSED));
            let inside = determined || after(Classes::TITLE) || k > from && self.tokens.is_capital(k - 1);
            let phrase = (starts && !inside).then(|| self.source_at(k, end)).flatten()?;
            // "à l'inverse de la CGT, qui …": the noun only joins.
            if k > from && self.lower(k - 1) == "à" && phrase.head.is_some_and(|head| self.is(head, Classes::OCCASION))
            {
                return None;
            }
            (phrase.full_end == end).then_some(phrase)
        });
        whole.or_else(bare)
    }
}

/// How many tokens a quotation that is a source has at most, its marks included.
const LONGEST_QUOTED: usize = 7;

/// Endings of the relative pronouns that stand with a preposition.
const JOINING: [&str; 4] = ["lequel", "laquelle", "lesquels", "lesquelles"];

fn can_name(phrase: &Phrase) -> bool {
    !phrase.names.is_empty() || phrase.role.is_some()
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
