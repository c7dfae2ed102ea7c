//! Proper names in a text: those that the table knows, and runs of capitals that look like one.

use super::reading::Reading;
use super::word::Word;
use crate::entity::{Alias, EntityId};
use crate::language::Classes;
use std::ops::{Deref, Range};
use std::rc::Rc;

/// A proper name in the text.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its tokens.
    pub range: Range<usize>,
    /// Known things that bear it; empty for a name that the table does not hold.
    pub entities: Ids,
    /// Whether the table holds it only as a part of a name (a surname).
    pub weak: bool,
    /// Whether the table lists it as it is; else it was made from a full name.
    pub listed: bool,
}

/// Known things that bear a name, shared by all copies of it.
#[derive(Debug, Clone, Default)]
pub struct Ids(Option<Rc<[EntityId]>>);

impl FromIterator<EntityId> for Ids {
    fn from_iter<T: IntoIterator<Item = EntityId>>(ids: T) -> Self {
        Self(Some(ids.into_iter().collect()))
    }
}

impl Ids {
    /// All of them.
    pub fn as_slice(&self) -> &[EntityId] {
        self
    }
}

impl Deref for Ids {
    type Target = [EntityId];

    fn deref(&self) -> &[EntityId] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl<'a> IntoIterator for &'a Ids {
    type Item = &'a EntityId;
    type IntoIter = std::slice::Iter<'a, EntityId>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// No name has more words.
const LONGEST_NAME: usize = 16;

/// As many words are looked at for a name that the table knows.
const LONGEST_KNOWN_NAME: usize = 12;

impl Reading<'_> {
    /// The name that starts at token `i`: the longest known one, or a run of capitals.
    pub fn name_at(&self, i: usize, limit: usize) -> Option<Name> {
        // A name begins with a capital, or with a word that the table knows; with a number only before a capital
        // ("20 Minutes").
        if i >= limit
            || !self.may(i, Word::CAPITAL | Word::NAME)
            || !self.tokens.is_word(i) && !self.tokens.is_capital(i + 1)
        {
            return None;
        }
        match self.names.get(i, || self.find_name(i, self.sentence_end(i))) {
            Some(name) if name.range.end > limit => self.find_name(i, limit),
            widest => widest,
        }
    }

    /// Whether a number at `i` may begin a name that the table knows.
    pub fn begins_with_number(&self, i: usize) -> bool {
        self.may(i, Word::NAME) && !self.tokens.is_word(i)
    }

    fn find_name(&self, i: usize, limit: usize) -> Option<Name> {
        // "Pourquoi vous faites ça ?", "Peu après"
        if matches!(self.lower(i), "pourquoi" | "comment" | "combien" | "peu") && self.begins_stretch(i) {
            return None;
        }
        let known = if self.may(i, Word::NAME) { self.known_name(i, limit) } else { None };
        let run = if self.may_begin_name(i) { self.capital_run(i, limit) } else { i };
        if run > i
            && known.is_none()
            && let Some(end) = self.spelled_out(i, run, limit)
        {
            // The letters may be known where the name is not.
            let letters = self.known_name(end + 1, end + 2).map_or(&[][..], |(_, aliases)| aliases);
            let entities = letters.iter().filter(|alias| alias.listed).map(|alias| alias.entity).collect();
            return Some(Name { range: i..end, entities, weak: false, listed: false });
        }
        if let Some((length, _)) = known
            && let Some(end) = self.longer_name(i, i + length, limit)
        {
            return Some(Name { range: i..end, entities: Ids::default(), weak: false, listed: false });
        }
        match known {
            Some((length, aliases)) if i + length >= run || !self.extends(i, i + length, run) => {
                let weak = aliases.iter().all(|a| a.weak);
                let entities = aliases.iter().map(|a| a.entity).collect();
                let listed = aliases.iter().any(|a| a.listed);
                Some(Name { range: i..i + length, entities, weak, listed })
            }
            _ if run > i => Some(Name { range: i..run, entities: Ids::default(), weak: false, listed: false }),
            _ => None,
        }
    }

    /// "le Comité du port (CP)": the small words up to the letters that stand for them belong to the name. Where it ends.
    fn spelled_out(&self, i: usize, end: usize, limit: usize) -> Option<usize> {
        let plain = |k: &usize| self.tokens.is_word(*k);
        let open = (end..limit.min(end + 6)).find(|k| !plain(k)).filter(|k| *k > end && self.mark(*k) == Some('('))?;
        if open + 2 >= limit {
            return None;
        }
        let letters = self.surface(open + 1);
        let small = Classes::DET | Classes::PREP | Classes::AND;
        let initial = |k: usize| self.surface(k).chars().next();
        let words = (i..open).filter(|k| !self.is(*k, small)).filter_map(initial).flat_map(char::to_uppercase);
        let closed = self.mark(open + 2) == Some(')') && letters.len() > 1 && !self.is(i, Classes::BODY);
        (closed && words.eq(letters.chars())).then_some(open)
    }

    /// The longest name that the table knows.
    fn known_name(&self, i: usize, limit: usize) -> Option<(usize, &[Alias])> {
        let end = limit.min(i + LONGEST_KNOWN_NAME);
        self.entities.longest_name(|n| if i + n < end { self.tokens.name(i + n) } else { None })
    }

    /// "la Tribune de Sarrance" is not "La Tribune": where a longer name of that kind ends.
    fn longer_name(&self, start: usize, end: usize, limit: usize) -> Option<usize> {
        let head = (start..end).find(|k| self.tokens.is_capital(*k) && self.is(*k, Classes::PRESS))?;
        let run = self.capital_run(head, limit);
        (run > end && matches!(self.lower(end), "de" | "du" | "des" | "d'")).then_some(run)
    }

    /// Whether a capital can begin an unknown name: small words have one only at the head of a sentence, and
    /// there any word does; a lone one must show its capital elsewhere too.
    fn may_begin_name(&self, i: usize) -> bool {
        if !self.tokens.is_capital(i) {
            return false;
        }
        let initial =
            self.mark(i + 1) == Some('.') && self.tokens.is_capital(i + 2) && self.lower(i).chars().count() == 1;
        let small = Classes::FUNCTION | Classes::TIME | Classes::NUM;
        // "A Valmont": a preposition that lost its accent.
        let bare = self.lower(i) == "a" && self.begins_stretch(i);
        if (self.is(i, small) || bare) && !initial {
            // "selon La Montagne", "révèle Midi Libre": a capital that no sentence gives.
            let own = self.is(i, Classes::TIME) || matches!(self.lower(i), "le" | "la" | "les" | "l'");
            let alone = own && !self.begins_stretch(i) && !self.tokens.is_capital(i - 1);
            // "La France" is France.
            return alone && self.tokens.is_capital(i + 1) && self.known_name(i + 1, i + 2).is_none();
        }
        if !self.begins_stretch(i) || initial {
            return true;
        }
        // "Horrocks a dit", "Tindall, 54 ans,"
        let acts = self.begins_verb(i + 1) || self.is_comma(i + 1) && self.lower(i + 3) == "ans";
        // "Brandt, 61, said", "Brandt, who owns it, said"
        let aged = || self.tokens.is_number(i + 2) && self.is_comma(i + 3) || self.lower(i + 2) == "who";
        let acts = acts || self.is_english() && self.is_comma(i + 1) && aged();
        self.is_known_capital(i)
            || self.is_given_name(i)
            || self.tokens.is_capital(i + 1) && self.mark(i + 1).is_none()
            || acts && self.forms(i).is_empty() && self.role_at(i, i + 1).is_none()
    }

    /// Whether the token stands where any word has a capital: at the head of a sentence or after a mark.
    fn begins_stretch(&self, i: usize) -> bool {
        // "M. Vidal": the full stop of a title ends nothing.
        let titled = i > 1 && self.mark(i - 1) == Some('.') && self.is(i - 2, Classes::TITLE);
        i == 0
            || matches!(
                self.mark(i - 1),
                Some('.' | '!' | '?' | ':' | '…' | '"' | '«' | '“' | '-' | '–' | '—' | '•' | '*' | '|')
            ) && !titled
            || self.starts_sentence(i)
    }

    /// Whether the run of capitals after a known name belongs to it ("Trump" + "Jr"), rather than
    /// beginning a name of its own ("OTAN" + "Jens Stoltenberg").
    fn extends(&self, i: usize, known_end: usize, run: usize) -> bool {
        // "Marianne Paul": an outlet's name, and a given name before a surname that is one as well.
        let is_given = known_end == i + 1 && self.is_given_name(i);
        run > known_end
            && (self.given_gender(known_end).is_none() || is_given)
            && !self.surface(known_end - 1).chars().skip(1).any(char::is_uppercase)
    }

    /// End of the run of capitalised words at `i`, with particles inside ("Ursula von der Leyen").
    pub(super) fn capital_run(&self, i: usize, limit: usize) -> usize {
        if self.is_english() {
            return self.english_run(i, limit);
        }
        let mut end = i;
        let mut k = i;
        while k < limit
            && (k == i
                || self.tokens.is_spaced(k)
                || self.lower(k - 1).ends_with('\'')
                || self.mark(k - 1) == Some('/')
                || self.mark(k) == Some('/'))
        {
            // "Babo/Kand": both parts of a double name.
            if k > i
                && self.mark(k) == Some('/')
                && !self.tokens.is_spaced(k)
                && self.tokens.is_capital(k + 1)
                && !self.tokens.is_spaced(k + 1)
            {
                k += 1;
                continue;
            }
            if !self.tokens.is_word(k) {
                break;
            }
            let word = self.lower(k);
            // "Roy Mais …": a full stop that got lost.
            if k > i && self.tokens.is_capital(k) && self.is(k, Classes::AND | Classes::SUB) {
                break;
            }
            if (self.tokens.is_capital(k) || k > i && self.has_article(k)) && !self.tokens.is_clitic(k) {
                if self.is(k, Classes::TITLE) && k > i && self.mark(k + 1) != Some('.') && word.len() < 4 {
                    break;
                }
                // "la Lande Paul Vidal": a given name after something else begins a person's name.
                let given = |k: usize| self.is_given_name(k);
                // "Roy", "de Roy", "von der Roy"
                let surname = |k: usize| {
                    let particles = (k..k + 2).take_while(|k| is_particle(self.lower(*k), true)).count();
                    self.tokens.is_capital(k + particles)
                };
                let begins_person = k > i
                    && given(k)
                    && !given(k - 1)
                    && surname(k + 1)
                    && self.tokens.is_spaced(k)
                    && self.mark(k - 1).is_none();
                let alone = |i: usize, k: usize| self.sole_capital(i, k) || self.sole_letters(i, k);
                // "la ministre des Ports Zorana Mirk": the same after what a minister has in charge.
                let of_office = k == i + 1
                    && self.is(i, Classes::PORTFOLIO)
                    && i > 1
                    && (self.is(i - 1, Classes::FUSED) || self.lower(i - 2) == "de")
                    && self.tokens.is_spaced(k)
                    && surname(k + 1);
                if begins_person && (i..k).all(|j| !given(j)) && alone(i, k) || of_office || k >= i + LONGEST_NAME {
                    break;
                }
                k += 1;
                end = k;
                // An initial with its full stop: "J. Petit", "John F. Kerry".
                if word.chars().count() == 1
                    && self.mark(k) == Some('.')
                    && !self.tokens.is_spaced(k)
                    && self.tokens.is_capital(k + 1)
                {
                    k += 1;
                }
            } else if end > i
                && (self.is(i, Classes::PRESS | Classes::BODY) || word == "des" && self.is_national_body(i))
                && k == end
                && matches!(word, "de" | "du" | "des" | "d'")
                && (self.tokens.is_capital(k + 1)
                    || matches!(self.lower(k + 1), "la" | "l'") && self.tokens.is_capital(k + 2))
            {
                // "le Courrier de Valmont", "la Banque de la Lande"
                k += 1 + usize::from(!self.tokens.is_capital(k + 1));
            } else if let Some(next) = self.titled_goes_on(i, k).filter(|_| k == end) {
                k = next;
            } else if k == end && self.has_nickname(i, k)
                || k > i && self.tokens.is_capital(k + 1) && is_particle(word, self.given_gender(k - 1).is_some())
            {
                k += 1;
            } else if k > i
                && self.tokens.is_capital(k + 2)
                && matches!(word, "de" | "von" | "van")
                && matches!(self.lower(k + 1), "la" | "der" | "den" | "l'")
                && is_particle(word, self.given_gender(k - 1).is_some())
            {
                k += 2;
            } else {
                break;
            }
        }
        end
    }

    /// "Basile dit Tonton,": a nickname after a given name, up to a mark.
    fn has_nickname(&self, i: usize, k: usize) -> bool {
        let says = matches!(self.lower(k), "dit" | "dite" | "alias");
        says && k > i && self.is_given_name(i) && self.tokens.is_capital(k + 1) && self.mark(k + 2).is_some()
    }

    /// "La Maison des Marins", "Les Nouvelles affiches de Valmont": a name with an article of its own holds common words
    /// up to another capital. Where it goes on behind `k`.
    fn titled_goes_on(&self, i: usize, k: usize) -> Option<usize> {
        // "le maire Les Bâtisseurs de Valmont": a party that the table knows ends where it ends.
        if k < i + 2 || !self.is(i, Classes::DET) || !self.is_open(k - 1) || self.known_name(i, k + 1).is_some() {
            return None;
        }
        let of = k + usize::from(self.is_open(k) && !self.begins_verb(k) && self.is(i + 1, Classes::ADJECTIVE));
        let joins = matches!(self.lower(of), "de" | "du" | "des" | "d'") && self.tokens.is_capital(of + 1);
        // "Le Lab d'Europe 1": the outlet behind it has a name of its own.
        let outlet = |(_, found): (usize, &[Alias])| found.iter().any(|alias| self.entities.is_outlet(alias.entity));
        (joins && !self.known_name(of + 1, self.sentence_end(i)).is_some_and(outlet)).then_some(of + 1)
    }

    /// "al-Assadi", "el-Haddad": an article that a hyphen joins to the name.
    fn has_article(&self, k: usize) -> bool {
        self.surface(k)
            .split_once('-')
            .is_some_and(|(article, name)| article.len() == 2 && name.starts_with(char::is_uppercase))
    }

    /// Whether the run up to `k` is one capitalised word, which may be a place as well as a family name put first.
    fn sole_capital(&self, i: usize, k: usize) -> bool {
        k == i + 1
            && self.surface(i).chars().any(char::is_lowercase)
            && i > 0
            // "la région Aval Anne Roy"
            && self.is(i - 1, Classes::DET | Classes::PREP | Classes::TERRITORY)
    }

    /// "la Française (des Ports)": a feminine demonym with an article begins a company's name.
    fn is_national_body(&self, i: usize) -> bool {
        i > 0 && self.lower(i - 1) == "la" && self.lower(i).ends_with('e') && self.demonym(i).is_some()
    }

    /// Whether the run up to `k` is a party's or body's letters: "la sénatrice UPB Anne Roy".
    fn sole_letters(&self, i: usize, k: usize) -> bool {
        let letters = self.surface(i);
        k == i + 1 && (2..=6).contains(&letters.len()) && letters.chars().all(char::is_uppercase) && letters != "DJ"
    }

    /// The outlet that a name means: known, a branch of a known one ("France 3 Armor"), introduced as an outlet by the
    /// article, or shown by a word such as "Radio" in it. `None` if it means none.
    pub fn outlet_of(&self, name: &Name) -> Option<Option<EntityId>> {
        let known = name.entities.iter().copied().find(|e| self.entities.is_outlet(*e));
        if known.is_some() {
            return Some(known);
        }
        let is_press = |k: usize| self.tokens.is_capital(k) && self.is(k, Classes::PRESS);
        let looks = name.entities.is_empty()
            && (name.range.clone().any(is_press)
                && !(name.range.len() == 1 && self.lower(name.range.start) == "agence")
                || self.is_branch(&name.range)
                || self.introduced_outlets().contains(self.span(name.range.clone()).of(self.text)));
        looks.then_some(None)
    }

    /// Whether an unknown name begins with the name of an outlet: "France Bleu Armor".
    fn is_branch(&self, range: &Range<usize>) -> bool {
        if range.len() < 3 {
            return false;
        }
        self.known_name(range.start, range.end - 1).is_some_and(|(length, found)| {
            length >= 2 && found.iter().any(|alias| alias.listed && self.entities.is_outlet(alias.entity))
        })
    }
}

fn is_particle(word: &str, after_given_name: bool) -> bool {
    match word {
        "von" | "van" | "der" | "den" | "bin" | "ben" | "ibn" | "al" | "el" | "da" | "di" | "dos" | "del" | "della"
        | "bint" | "ould" | "ag" | "y" => true,
        "de" | "d'" => after_given_name,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entities;
    use crate::extract::Span;

    /// The names of a one-sentence text, in order.
    fn names(text: &str) -> Vec<&str> {
        let reading =
            Reading::new(text, &[Span::new(0, text.len())], Entities::embedded(), crate::language::Language::French);
        let mut found = Vec::new();
        let mut i = 0;
        while i < reading.tokens.len() {
            match reading.name_at(i, reading.tokens.len()) {
                Some(name) => {
                    found.push(reading.span(name.range.clone()).of(text));
                    i = name.range.end;
                }
                None => i += 1,
            }
        }
        found
    }

    #[test]
    fn a_run_of_capitals_is_one_name() {
        assert_eq!(names("Il cite Ursula van der Held et J. Petit."), ["Ursula van der Held", "J. Petit"]);
        assert_eq!(names("Il cite le Courrier de Valmont."), ["Courrier de Valmont"]);
    }

    #[test]
    fn a_given_name_begins_a_person() {
        assert_eq!(names("Il cite le maire de la Lande Paul Vidal."), ["Lande", "Paul Vidal"]);
        assert_eq!(names("Il cite Marie Claire Vidal."), ["Marie Claire Vidal"]);
    }

    #[test]
    fn the_capital_of_a_sentence_makes_no_name() {
        assert!(names("Depuis hier, personne ne parle.").is_empty());
        assert_eq!(names("Tindall a parlé."), ["Tindall"]);
    }
}
