//! Whether a phrase may come to a name at all: most phrases of a text name nobody, and need not be read.

use crate::extract::reading::Reading;
use crate::extract::token::TokenKind;
use crate::extract::word::Word;
use crate::language::{Classes, Mood};

impl Reading<'_> {
    /// Whether a phrase that begins at `i` without a capital may hold a name, appositions included. It looks for what
    /// certainly ends each phrase before a name begins: a verb, a small word that leads to no complement, a mark.
    pub(super) fn may_reach_name(&self, i: usize, limit: usize) -> bool {
        if self.is_english() {
            return (i..limit.min(i + 12)).any(|k| self.tokens.is_capital(k));
        }
        let mut role = false;
        let mut role_end = i;
        for k in i..limit {
            if self.tokens.is_capital(k) || self.may(k, Word::NAME) && self.is_small_name(k, limit) {
                return true;
            }
            if self.quotation_at(k).is_some() {
                return self.tokens.is_capital(k + 1);
            }
            match self.token(k).kind {
                TokenKind::Number => continue,
                TokenKind::Mark if self.passes_mark(k, limit) => continue,
                TokenKind::Mark => return self.mark(k) == Some('('),
                TokenKind::Word => {}
            }
            if let Some((length, _)) = self.role_at(k, limit) {
                role = true;
                role_end = role_end.max(k + length);
            }
            // "l'avocate représentant le club, Inès Roy"
            if role && self.may_lead_to_apposition(k) {
                return true;
            }
            if k < role_end || self.is(k, Classes::DET | Classes::NUM | Classes::TITLE | Classes::OBLIQUE) {
                continue;
            }
            let ends = match self.is_open(k) {
                true => k > i && self.begins_verb(k) && self.follows_noun(k) && !self.noun_after_determiner(k),
                false => !(matches!(self.lower(k), "de" | "d'" | "et" | "entre") || role && self.is(k, Classes::PREP)),
            };
            if ends {
                return false;
            }
        }
        false
    }

    /// Whether a name begins at `k` that a phrase may hold, in small letters or not.
    fn is_small_name(&self, k: usize, limit: usize) -> bool {
        self.name_at(k, limit).is_some_and(|name| {
            self.is(k, Classes::TITLE) || self.has_capital(&name.range) || self.is_small_outlet(&name)
        })
    }

    /// "83 % des électeurs", "M. le maire", ", 54 ans", ", Paul Vidal": a phrase may go on behind the mark.
    fn passes_mark(&self, k: usize, limit: usize) -> bool {
        match self.mark(k) {
            Some('%') => true,
            Some('.') => !self.tokens.is_spaced(k),
            Some(',') if k + 1 < limit => {
                self.tokens.is_capital(k + 1) || self.is(k + 1, Classes::TITLE) || self.tokens.is_number(k + 1)
            }
            _ => false,
        }
    }

    fn may_lead_to_apposition(&self, k: usize) -> bool {
        matches!(self.lower(k), "pour" | "auprès" | "en" | "contre")
            || self.forms(k).iter().any(|f| f.mood == Mood::PresentParticiple)
    }

    /// Whether the word before `k` is a noun or an adjective, no numeral.
    fn follows_noun(&self, k: usize) -> bool {
        self.is_open(k - 1) && !self.is(k - 1, Classes::NUM)
    }
}
