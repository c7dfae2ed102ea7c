//! English names: where a run of capitals ends.

use crate::extract::name::Name;
use crate::extract::reading::Reading;
use crate::language::Classes;

/// Whether the words around an unknown name show that it is a place's: "in Oakville", "Oakville, Ont.".
pub(in crate::extract) fn is_placed(reading: &Reading, name: &Name) -> bool {
    let (start, end) = (name.range.start, name.range.end);
    let inside = start > 0 && matches!(reading.lower(start - 1), "in" | "near" | "outside" | "throughout");
    let genitive = reading.lower(end) == "'s" || reading.is_plural_genitive(end);
    let territory =
        reading.is_comma(end) && reading.is(end + 1, Classes::TERRITORY) && reading.tokens.is_capital(end + 1);
    let site = start > 0 && reading.is(end, Classes::SITE) && reading.tokens.is_capital(end);
    inside && !genitive && name.range.len() < 3 || territory || site
}

impl Reading<'_> {
    /// End of the run of capitalised words at `i`, particles and the "of" of institutions inside ("University of
    /// Valmont"). A role or title is no part of a person's name: "Mayor Anne Roy" begins with none.
    pub(in crate::extract) fn english_run(&self, i: usize, limit: usize) -> usize {
        if self.is_role_before_name(i, limit) {
            return i;
        }
        let (mut end, mut k) = (i, i);
        let mut institution = false;
        // "Authorities said": a plain noun at the head of a sentence.
        if self.starts_sentence(i) && self.is(i, Classes::GROUP) && !self.tokens.is_capital(i + 1) {
            return i;
        }
        // "Oakville, Ont.": a place's place.
        if self.is(i, Classes::TERRITORY) && self.mark(i + 1) == Some('.') {
            return i;
        }
        while k < limit
            && self.tokens.is_word(k)
            && (k == i || self.tokens.is_spaced(k) || self.mark(k - 1) == Some('.') && self.tokens.is_capital(k))
        {
            let word = self.lower(k);
            if self.tokens.is_capital(k) {
                let inner = k > i;
                let titled = inner
                    && self.is_title(k)
                    && self.tokens.is_capital(k + 1 + usize::from(self.mark(k + 1) == Some('.')));
                // "Valmont Mayor Anne Roy", but "Anne Baker".
                let role = inner && !self.is_given_name(k - 1) && self.is_role_before_name(k, limit);
                // "Michael Every, an analyst": a small word is a surname behind a given name.
                let surname = inner && self.is_given_name(k - 1) && self.is_comma(k + 1);
                let small = inner && self.is(k, Classes::FUNCTION) && word.len() > 1 && !surname;
                if titled || role || small {
                    break;
                }
                institution |= self.is(k, Classes::BODY | Classes::PRESS | Classes::SITE | Classes::DOCUMENT);
                k += 1;
                end = k;
                // "J. Roy", "Paul Roy Jr."
                let ends = matches!(word, "jr" | "sr" | "co" | "inc" | "ltd" | "corp");
                let initial = word.chars().count() == 1 || ends || word == "st";
                if initial && self.mark(k) == Some('.') && !self.tokens.is_spaced(k) && k < limit {
                    k += 1;
                    // The full stop of "U.S." or "Inc." belongs to the name.
                    end = if ends || !self.tokens.is_capital(k) && inner { k } else { end };
                }
                continue;
            }
            if k != end || k == i {
                break;
            }
            let next = k + 1 + usize::from(self.lower(k + 1) == "the");
            let joins = match word {
                "of" | "for" => institution,
                "and" => institution && (i..k).any(|j| self.lower(j) == "of"),
                "von" | "van" | "der" | "de" | "da" | "di" | "del" | "bin" | "al" | "la" | "le" | "du" => next == k + 1,
                _ => false,
            };
            let particles = (next..next + 2).take_while(|j| matches!(self.lower(*j), "der" | "den" | "la")).count();
            if !joins || next >= limit || !self.tokens.is_capital(next + particles) {
                break;
            }
            k = next + particles;
        }
        end
    }

    /// Whether a title stands at `i`: "Mr.", "Coun.".
    pub(in crate::extract) fn is_title(&self, i: usize) -> bool {
        self.is(i, Classes::TITLE) && self.tokens.is_capital(i) && !self.is_given_name(i)
            || self.is(i, Classes::TITLE) && self.mark(i + 1) == Some('.') && !self.tokens.is_spaced(i + 1)
    }

    /// Whether a capitalised role at `i` stands before the name of its holder, or alone ("the Prime Minister").
    fn is_role_before_name(&self, i: usize, limit: usize) -> bool {
        let Some((length, role)) = self.role_at(i, limit) else { return false };
        let next = i + length + usize::from(self.mark(i + length) == Some('.') && !self.tokens.is_spaced(i + length));
        let capital = next < limit && self.tokens.is_capital(next) && self.tokens.is_spaced(next);
        // "General Motors", "Justice Department": a body's name.
        if capital && self.is(next, Classes::BODY) {
            return false;
        }
        let given = self.is_given_name(i) && length == 1 && !capital;
        let office = matches!(role.class, "gov" | "head" | "parl" | "local" | "spokes") || length > 1;
        !given && (capital || office)
    }
}
