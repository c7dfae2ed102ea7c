//! Adjuncts: dates, adverbs, prepositional phrases and asides that stand between a verb and its subject or content.

use super::reading::Reading;
use crate::language::{Classes, Mood};
use std::ops::Range;

impl Reading<'_> {
    /// Where the adjunct at `k` ends: a date, an adverb, a prepositional phrase, an aside between commas.
    pub fn adjunct_end(&self, k: usize, limit: usize) -> Option<usize> {
        if k >= limit {
            return None;
        }
        let word = self.lower(k);
        if let Some(end) = self.time_end(k, limit).or_else(|| self.adverbial_at(k).map(|n| k + n)) {
            return Some(end);
        }
        if self.is_comma(k) {
            let close = (k + 1..limit.min(k + 26)).find(|j| self.is_comma(*j) && self.quotation_at(*j).is_none())?;
            let lead = k + 1;
            let aside = close == k + 2 && self.is(lead, Classes::OBLIQUE)
                || self.is(lead, Classes::PREP | Classes::TIME | Classes::ADV)
                || self.lower(lead) == "tout"
                || self.time_end(lead, limit).is_some()
                || self.forms(lead).iter().any(|f| f.mood == Mood::PresentParticiple);
            // ", une semaine plus tard,"
            let later = close <= k + 7
                && (lead..close).any(|j| self.is(j, Classes::TIME))
                && self.is(close - 1, Classes::ADV | Classes::TIME);
            let aside = aside || later;
            // ", amusée,", ", un brin désabusé,"
            let adjective = close <= k + 4
                && (lead..close).all(|j| {
                    self.is_open(j) && !self.tokens.is_capital(j)
                        || self.is(j, Classes::ADV)
                        || matches!(self.lower(j), "un" | "brin" | "peu")
                });
            let aside = aside || adjective;
            // "a dit, on s'en souvient, que …"
            let parted = close < k + 12 && matches!(self.lower(close + 1), "que" | "qu'");
            return (aside || parted).then_some(close + 1);
        }
        // "estime lui que …", "se demande elle « qui paiera »": set against what others say.
        let apart = matches!(word, "lui" | "elle" | "eux" | "elles");
        if apart && (matches!(self.lower(k + 1), "que" | "qu'" | "si" | "s'") || self.quotation_at(k + 1).is_some()) {
            return Some(k + 1);
        }
        if self.mark(k) == Some('(') {
            return (k + 1..limit.min(k + 20)).find(|j| self.mark(*j) == Some(')')).map(|j| j + 1);
        }
        if word == "en" && self.forms(k + 1).is_empty() && self.lower(k + 1).ends_with("ant") {
            return Some(k + 2);
        }
        let adverb = self.is(k, Classes::ADV)
            || word.ends_with("ment") && word != "comment" && word.len() > 6 && self.forms(k).is_empty();
        if adverb && !self.is(k, Classes::SUB | Classes::SUBJECT) {
            return Some(k + 1);
        }
        if self.is(k, Classes::PREP) {
            let end = self.prepositional_end(k, limit)?;
            // After a comma the whole aside runs to the next one: ", à l'adresse d'un élu qui riait, la ministre".
            let comma = (end..limit.min(end + 10))
                .find(|j| self.is_comma(*j))
                .filter(|_| k > 0 && self.is_comma(k - 1) && matches!(self.lower(end), "qui" | "dont" | "où" | "que"));
            return Some(comma.map_or(end, |c| c + 1));
        }
        None
    }

    /// The same, with the platform: "sur son compte Perron (le maire a réagi)".
    pub fn adjunct_or_account_end(&self, k: usize, limit: usize) -> Option<usize> {
        self.adjunct_end(k, limit).map(|end| self.account_end(end, limit))
    }

    /// Where the name of the platform ends, if the adjunct before `end` is an account on one.
    pub(super) fn account_end(&self, end: usize, limit: usize) -> usize {
        let account = matches!(self.lower(end - 1), "compte" | "page" | "profil" | "fil");
        // "sur son compte Paul Roy dit": he is none.
        let platform = account.then(|| self.name_at(end, limit)).flatten();
        let platform = platform.filter(|name| !self.is_given_name(name.range.start));
        platform.map_or(end, |name| name.range.end)
    }

    /// Where a date expression at `k` ends: "jeudi", "ce mardi soir", "le 3 mai 2021", "hier".
    pub fn time_end(&self, k: usize, limit: usize) -> Option<usize> {
        let mut j = k;
        match self.lower(k) {
            "le" | "ce" | "cette" | "cet" | "dès" | "la" | "en" | "fin" | "début" | "courant" | "depuis" => j += 1,
            "dans" => j += 1 + usize::from(matches!(self.lower(k + 1), "la" | "le")),
            _ if !self.is(k, Classes::TIME) => return None,
            _ => {}
        }
        let first = j;
        while j < limit
            && (self.is(j, Classes::TIME)
                || j == first && j > k && self.day_number(j)
                || j > first
                    && (self.tokens.is_number(j) || matches!(self.lower(j), "dernier" | "dernière" | "matin" | "soir")))
        {
            j += 1;
        }
        let real = (first..j).any(|i| self.is(i, Classes::TIME));
        (j > first && real).then_some(j)
    }

    fn day_number(&self, j: usize) -> bool {
        (self.tokens.is_number(j) || self.lower(j) == "1er") && self.is(j + 1, Classes::TIME)
    }

    /// Where the prepositional phrase at `k` ends. It stops before a title, a determiner or a person's
    /// name, which begin the source.
    pub(super) fn prepositional_end(&self, k: usize, limit: usize) -> Option<usize> {
        let mut j = k + 1;
        if matches!(self.lower(k), "lors" | "auprès" | "face" | "près" | "hors" | "jusque" | "jusqu'") {
            j += usize::from(matches!(self.lower(j), "de" | "du" | "des" | "d'" | "à" | "au" | "aux"));
        }
        if matches!(self.lower(k), "après" | "avant" | "pour" | "sans")
            && (self.lower(j) == "avoir" || self.lower(j) == "être" || self.infinitive_at(j))
        {
            // "après avoir rencontré …" has no clear end without a comma.
            let comma = (j..limit.min(j + 25)).find(|i| self.is_comma(*i))?;
            return Some(comma + 1);
        }
        if self.lower(k) == "à"
            && self.lower(j) == "l'"
            && matches!(self.lower(j + 1), "issue" | "occasion" | "antenne")
        {
            j += 2;
        }
        let mut seen = false;
        while j < limit
            && (self.is(j, Classes::DET | Classes::NUM)
                || self.lower(j) == "de"
                || self.lower(j) == "d'"
                || self.tokens.is_number(j))
        {
            seen |= self.tokens.is_number(j);
            j += 1;
        }
        while seen && matches!(self.lower(j), "heures" | "heure" | "minutes" | "h") {
            j += 1;
        }
        while j < limit {
            // "pour la première fois comment il a fui": another clause.
            let asks = matches!(self.lower(j), "comment" | "pourquoi" | "combien");
            if self.quotation_at(j).is_some() || self.mark(j).is_some() || asks {
                break;
            }
            if self.is(j, Classes::TITLE) && self.tokens.is_capital(j) {
                break;
            }
            if self.tokens.is_capital(j) {
                let media = j > k
                    && self.is(j - 1, Classes::MEDIA)
                    && !self.tokens.is_capital(j - 1)
                    && !matches!(self.lower(j - 1), "presse" | "journalistes");
                // "à Radio Lande Nord que": what follows shows that the last capital is no source.
                let governs = matches!(self.lower(j + 1), "que" | "qu'")
                    || self.forms(j + 1).iter().any(|f| f.mood == Mood::Infinitive);
                // "a écrit au président Paul Roy": the title goes with the name.
                let titled = self.role_before(j).is_some_and(|role| role > k);
                if seen && !media && !governs && !titled && !self.is(j - 1, Classes::PREP | Classes::DET) {
                    break;
                }
                let name = self.name_at(j, limit)?;
                // A person right after a known outlet begins the source.
                j = name.range.end;
                seen = true;
                continue;
            }
            // "de pierre et de lauze"
            if self.lower(j) == "et" && seen && matches!(self.lower(j + 1), "de" | "du" | "des" | "d'") {
                j += 1;
            }
            // "d'une voix douce mais ferme"
            if seen && matches!(self.lower(j), "et" | "mais") && self.is_manner(k..j) && self.is_open(j + 1) {
                j += 2;
                continue;
            }
            if matches!(self.lower(j), "de" | "du" | "des" | "d'") && seen {
                j += 1;
                while j < limit && self.is(j, Classes::DET | Classes::NUM) && !self.tokens.is_capital(j) {
                    j += 1;
                }
                if self.tokens.is_capital(j) {
                    j = self.name_at(j, limit).map_or(j, |n| n.range.end);
                    continue;
                }
                if self.is_open(j) {
                    j += 1;
                }
                continue;
            }
            let verb = self.begins_verb(j) || self.forms(j).iter().any(|f| f.mood == Mood::Infinitive);
            if !self.is_open(j) || verb && seen {
                break;
            }
            seen = true;
            j += 1;
        }
        (seen && j > k + 1).then_some(j)
    }

    /// "d'une voix", "sur un ton", "avec un sourire": how something is said.
    fn is_manner(&self, range: Range<usize>) -> bool {
        range.into_iter().any(|k| matches!(self.lower(k), "voix" | "ton" | "air" | "sourire" | "regard"))
    }

    /// Whether token `j` is an infinitive.
    pub fn infinitive_at(&self, j: usize) -> bool {
        let word = self.lower(j);
        if !self.tokens.is_word(j) || self.tokens.is_capital(j) {
            return false;
        }
        let forms = self.forms(j);
        if !forms.is_empty() {
            return forms.iter().any(|f| f.mood == Mood::Infinitive);
        }
        word.len() > 4
            && (word.ends_with("er")
                || word.ends_with("ir")
                || word.ends_with("dre")
                || word.ends_with("tre")
                || word.ends_with("ire")
                || word.ends_with("oire")
                || word.ends_with("uivre"))
            && self.is_open(j)
    }
}
