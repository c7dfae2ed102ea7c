//! Noun phrases: where the words that name a source begin and end, and which names they hold.

use super::few::Few;
use super::name::{Ids, Name};
use super::reading::Reading;
use super::word::Word;
use crate::entity::{EntityKind, Gender, Roles};
use crate::language::{Classes, Helper, Mood};
use crate::span::Span;
use std::ops::Range;

/// A noun phrase, its appositions included.
#[derive(Debug, Clone, Default)]
pub struct Phrase {
    /// Tokens of the phrase without appositions after a comma.
    pub range: Range<usize>,
    /// Where the phrase ends with its appositions.
    pub full_end: usize,
    /// Third person pronoun: "il", "elle", "ils", "elles", "on".
    pub pronoun: bool,
    /// Names that the phrase itself bears, in order: not those of its complements.
    pub names: Few<Name>,
    /// The role that heads it ("président", "porte-parole").
    pub role: Option<Role>,
    /// Gender that determiner, role or title show.
    pub gender: Option<Gender>,
    /// Plural determiner or head.
    pub plural: bool,
    /// Begins with "un", "une", "des", "plusieurs", a number …
    pub indefinite: bool,
    /// Lower-case head word, if no name heads it.
    pub head: Option<usize>,
}

/// A role noun in a phrase.
#[derive(Debug, Clone)]
pub struct Role {
    /// Dictionary form, masculine singular.
    pub lemma: &'static str,
    /// Class of the role table ("gov", "spokes").
    pub class: &'static str,
    /// Not held now: "ancien", "ex-", "futur".
    pub not_now: bool,
    /// Its tokens.
    pub range: Range<usize>,
}

/// As many words are looked at for a role.
const LONGEST_ROLE: usize = 8;

impl Phrase {
    /// Tokens with appositions.
    pub fn full(&self) -> Range<usize> {
        self.range.start..self.full_end
    }
}

impl Reading<'_> {
    /// The words of a phrase that give an office or title, without the name: "ministre des Transports".
    pub fn printed_role(&self, phrase: &Phrase) -> Option<Span> {
        let role = &phrase.role.as_ref()?.range;
        let limit = if role.start < phrase.range.end { phrase.range.end } else { phrase.full_end };
        let names = phrase.names.iter().map(|name| name.range.start).filter(|start| *start >= role.end);
        let limit = names.min().unwrap_or(limit).min(limit);
        let mut end = (role.end..limit).find(|k| self.is_comma(*k)).unwrap_or(limit).max(role.end);
        // "la maire Mme Roy"
        while end > role.end && (self.is(end - 1, Classes::TITLE) || self.mark(end - 1) == Some('.')) {
            end -= 1;
        }
        Some(self.span(role.start..end))
    }

    /// The noun phrase that begins at token `i`, before `limit`.
    pub fn phrase_at(&self, i: usize, limit: usize) -> Option<Phrase> {
        if self.is_english() {
            return self.english_phrase(i, limit);
        }
        if i >= limit {
            return None;
        }
        let mut phrase = Phrase { range: i..i, ..Phrase::default() };
        let word = self.lower(i);
        if matches!(word, "celui" | "celle" | "ceux" | "celles") && matches!(self.lower(i + 1), "qui" | "que" | "dont")
        {
            // "dit celui qui n'avait jamais chanté": the relative clause runs to the next comma or stop.
            let end =
                (i + 1..limit).find(|k| self.mark(*k).is_some() || self.quotation_at(*k).is_some()).unwrap_or(limit);
            phrase.range = i..end;
            phrase.full_end = end;
            phrase.pronoun = true;
            phrase.plural = matches!(word, "ceux" | "celles");
            phrase.gender = Some(if matches!(word, "celui" | "ceux") { Gender::Masculine } else { Gender::Feminine });
            return Some(phrase);
        }
        // "ceux du port"
        if matches!(word, "celui" | "celle" | "ceux" | "celles")
            && matches!(self.lower(i + 1), "de" | "du" | "des" | "d'")
        {
            let fused = self.lower(i + 1) == "du" || self.lower(i + 1) == "des";
            let of = self.phrase_at(i + 1 + usize::from(!fused), limit)?;
            let gender = Some(if matches!(word, "celui" | "ceux") { Gender::Masculine } else { Gender::Feminine });
            let plural = matches!(word, "ceux" | "celles");
            let range = i..of.range.end;
            return Some(Phrase { full_end: range.end, range, pronoun: true, plural, gender, ..Phrase::default() });
        }
        // "l'un d'eux", "l'une d'entre elles"
        let one = usize::from(word == "l'");
        if matches!(self.lower(i + one), "un" | "une") && matches!(self.lower(i + one + 1), "d'" | "de") {
            let entre = usize::from(self.lower(i + one + 2) == "entre");
            if self.is(i + one + 2 + entre, Classes::OBLIQUE) {
                phrase.range = i..i + one + 3 + entre;
                phrase.full_end = phrase.range.end;
                phrase.head = Some(i + one);
                phrase.indefinite = true;
                phrase.gender = Some(if self.lower(i + one) == "une" { Gender::Feminine } else { Gender::Masculine });
                return Some(phrase);
            }
        }
        let anaphor = matches!(word, "celui-ci" | "celle-ci" | "ceux-ci" | "celles-ci" | "celui-là" | "celle-là");
        if self.is(i, Classes::PRONOUN) || anaphor {
            phrase.range = i..i + 1;
            phrase.full_end = i + 1;
            phrase.pronoun = true;
            phrase.plural = matches!(word, "ils" | "elles" | "ceux-ci" | "celles-ci");
            phrase.gender = match word {
                "il" | "ils" | "celui-ci" | "ceux-ci" | "celui-là" => Some(Gender::Masculine),
                "elle" | "elles" | "celle-ci" | "celles-ci" | "celle-là" => Some(Gender::Feminine),
                _ => None,
            };
            return Some(phrase);
        }
        if let Some(some) = self.some_of(i, limit) {
            return Some(some);
        }
        // "La Montagne": the article belongs to the name.
        let article = self.tokens.is_capital(i)
            && self.is(i, Classes::DET)
            && !self.starts_sentence(i)
            && self.name_at(i, limit).is_some_and(|name| name.entities.is_empty());
        let mut k = if article { i } else { self.determiners(i, limit, &mut phrase) };
        phrase.gender = phrase.gender.or_else(|| match self.lower(k) {
            "ancien" | "actuel" => Some(Gender::Masculine),
            "ancienne" | "actuelle" => Some(Gender::Feminine),
            _ => None,
        });
        let determined = k > i;
        let body = k;
        let mut complement = false;
        let mut headed = false;
        // Where the capitalised complement of a role ends ("ministre de l'Action").
        let mut charge_end = 0;
        while k < limit {
            if let Some(q) = self.quotation_at(k) {
                // A short quoted name or epithet inside the phrase: le collectif « Ensemble ».
                let quoted = self.tokens_of(q);
                let closed = (3..=8).contains(&quoted.len()) && self.quotations[q].closed && quoted.end <= limit;
                // selon le « Courrier du soir »
                let outlet = !headed && determined && closed && quoted.start == k;
                let outlet = outlet.then(|| self.name_at(k + 1, quoted.end)).flatten();
                if let Some(outlet) = outlet.filter(|name| self.outlet_of(name).is_some()) {
                    phrase.names.push(outlet);
                    headed = true;
                    k = quoted.end;
                    phrase.range.end = k;
                    continue;
                }
                let short = closed && headed;
                let body = phrase.head.is_some_and(|h| self.is(h, Classes::BODY | Classes::MEDIA | Classes::DOCUMENT));
                let named = short && self.tokens.is_capital(quoted.start + 1) && (body || !self.is_comma(quoted.end));
                if named && quoted.start == k {
                    if !complement && phrase.names.is_empty() {
                        phrase.names.push(Name {
                            range: quoted.start + 1..quoted.end - 1,
                            entities: Ids::default(),
                            weak: false,
                            listed: false,
                        });
                    }
                    k = quoted.end;
                    phrase.range.end = k;
                    continue;
                }
                break;
            }
            let known_number = |k: usize| self.tokens.is_number(k) && self.name_at(k, limit).is_some();
            if !self.tokens.is_word(k) && !known_number(k) {
                let number_inside = headed && complement && self.tokens.is_number(k);
                if self.mark(k) == Some('.') && k > i && self.is(k - 1, Classes::TITLE) && !self.tokens.is_spaced(k) {
                    k += 1;
                    continue;
                }
                if number_inside {
                    k += 1;
                    phrase.range.end = k;
                    continue;
                }
                match self.parenthesis(k, limit) {
                    Some(end) if headed => {
                        // "la présidente de l'Union des ponts (UDP) Anne Roy"
                        complement &= !(phrase.role.is_some() && self.is_given_name(end));
                        k = end;
                        phrase.range.end = k;
                        continue;
                    }
                    _ => break,
                }
            }
            if self.is(k, Classes::TITLE) && (self.tokens.is_capital(k) || self.tokens.is_capital(k + 1)) && !complement
            {
                phrase.gender = phrase.gender.or(match self.lower(k) {
                    "mme" | "mmes" | "madame" | "mlle" | "dame" | "sœur" => Some(Gender::Feminine),
                    "m" | "mm" | "monsieur" | "sir" | "lord" | "frère" | "père" => Some(Gender::Masculine),
                    _ => None,
                });
                headed = true;
                k += 1;
                continue;
            }
            if let Some((length, role)) = self.role_at(k, limit).filter(|_| !complement || !headed) {
                if phrase.role.is_none() && !complement {
                    phrase.gender = phrase.gender.or(role.gender);
                    phrase.plural |= role.plural;
                    phrase.head = phrase.head.or(Some(k));
                    phrase.role = Some(Role {
                        lemma: role.lemma,
                        class: role.class,
                        not_now: role.not_now,
                        range: k..k + length,
                    });
                }
                headed = true;
                complement = false;
                k += length;
                // "ministre des Transports" is a role with what its holder has in charge.
                if length > 1 && role.class == "gov" && self.tokens.is_capital(k - 1) {
                    charge_end = k;
                }
                phrase.range.end = k;
                continue;
            }
            if let Some(name) = self.name_at(k, limit).filter(|n| self.has_capital(&n.range) || self.is_small_outlet(n))
            {
                let end = name.range.end;
                // "président Macron": beside the head; "président de la France": in a complement.
                let heads = !complement || !phrase_complement_continues(self, &phrase, &name, k);
                if heads && (phrase.names.is_empty() || !complement) {
                    phrase.names.push(name);
                }
                charge_end = if complement && phrase.role.is_some() { end } else { 0 };
                headed = true;
                complement = false;
                k = end;
                phrase.range.end = k;
                continue;
            }
            let word = self.lower(k);
            // "accusé par la maire d'avoir menti": an infinitive belongs to the verb.
            let infinitive = matches!(word, "de" | "d'")
                && self.forms(k + 1).iter().any(|f| f.mood == Mood::Infinitive)
                && !self.tokens.is_capital(k + 1);
            if infinitive {
                break;
            }
            // "la ministre des Relations avec le Parlement Anne Roy"
            let charge = charge_end == k || self.lower(k - 1) == "relations" && phrase.role.is_some();
            let with = word == "avec" && charge && (k + 1..k + 3).any(|j| self.tokens.is_capital(j));
            if (matches!(word, "de" | "d'" | "du" | "des") || with) && headed {
                if self.tokens.is_word(k + 1) || self.quotation_at(k + 1).is_some() {
                    complement = true;
                    k += 1;
                    while self.is(k, Classes::DET | Classes::NUM) && k < limit && !self.tokens.is_capital(k) {
                        k += 1;
                    }
                    continue;
                }
                break;
            }
            // After the name of the one who holds it a role takes no more: "le chef Paul Roy à la presse".
            let open_role =
                phrase.role.as_ref().is_some_and(|role| phrase.names.iter().all(|n| n.range.start < role.range.start));
            let role_complement = open_role
                && matches!(
                    word,
                    "à" | "au" | "aux" | "en" | "pour" | "chargé" | "chargée" | "auprès" | "près" | "sur"
                );
            if role_complement && headed && self.role_takes(k, limit) {
                complement = true;
                k += 1;
                while self.is(k, Classes::DET | Classes::FUSED) && k < limit && !self.tokens.is_capital(k) {
                    k += 1;
                }
                continue;
            }
            if word == "et" && headed && !complement && self.second_role(&phrase, k + 1, limit) {
                k += 1;
                continue;
            }
            // "la ministre de l'Action et des Ports Anne Roy"
            let charge_goes_on = charge_end == k && {
                let next = (k + 1..k + 4).find(|j| !self.is(*j, Classes::DET) && self.lower(*j) != "de");
                next.is_some_and(|j| self.tokens.is_capital(j) && !self.is_given_name(j))
            };
            if matches!(word, "et")
                && headed
                && (complement || charge_goes_on)
                && !self.begins_verb(k + 1)
                && !self.is(k + 1, Classes::SUBJECT | Classes::SUB | Classes::REL)
                && matches!(self.lower(k + 1), "de" | "d'" | "des" | "du")
            {
                k += 1;
                continue;
            }
            // "un autre très proche du maire"
            if word == "très" && phrase.head.is_some_and(|h| h + 1 == k) && self.is_open(k + 1) {
                k += 1;
                continue;
            }
            if !self.is_open(k) || headed && self.begins_verb(k) && !self.noun_after_determiner(k) {
                break;
            }
            // "le dernier bilan", "la nouvelle enquête": the noun comes after its adjective.
            let adjective =
                self.is(k, Classes::ADJECTIVE) && k + 1 < limit && self.is_open(k + 1) && !self.begins_verb(k + 1);
            if phrase.head.is_none() && !complement && !adjective {
                phrase.head = Some(k);
            }
            headed = true;
            k += 1;
            phrase.range.end = k;
        }
        if !headed || phrase.range.end <= body || (!determined && phrase.names.is_empty() && phrase.role.is_none()) {
            return None;
        }
        phrase.full_end = phrase.range.end;
        Some(phrase)
    }

    /// "certains de ses proches", "plusieurs" before a verb: a part of a group, named or not.
    fn some_of(&self, i: usize, limit: usize) -> Option<Phrase> {
        if !(self.is(i, Classes::DET) && self.is(i, Classes::SUBJECT)) || self.lower(i) == "ce" {
            return None;
        }
        if matches!(self.lower(i + 1), "de" | "d'" | "des") {
            let whole = self.phrase_at(i + 1 + usize::from(self.lower(i + 1) != "des"), limit)?;
            return whole.plural.then_some(Phrase { indefinite: true, ..whole });
        }
        // Alone it stands for people named before.
        let alone = i + 1 == limit || i + 1 < limit && self.begins_verb(i + 1);
        alone.then(|| Phrase { range: i..i + 1, full_end: i + 1, pronoun: true, plural: true, ..Phrase::default() })
    }

    /// "président et directeur général", "ex-maire et actuelle sénatrice": a second role of the same one at `k`.
    fn second_role(&self, phrase: &Phrase, k: usize, limit: usize) -> bool {
        let now = usize::from(matches!(self.lower(k), "actuel" | "actuelle"));
        phrase.role.as_ref().is_some_and(|role| role.range.end == k - 1)
            && phrase.names.is_empty()
            && !phrase.plural
            && self.role_at(k + now, limit).is_some_and(|(_, role)| !role.plural)
    }

    /// Reads determiners and numbers; gender and number show there.
    fn determiners(&self, i: usize, limit: usize, phrase: &mut Phrase) -> usize {
        let mut k = i;
        if matches!((self.lower(k), self.lower(k + 1)), ("l'", "un" | "une"))
            || matches!(self.lower(k), "un" | "une")
                && (self.lower(k + 1) == "des"
                    || self.lower(k + 1) == "de" && matches!(self.lower(k + 2), "ses" | "leurs" | "ces" | "nos"))
        {
            phrase.indefinite = true;
            let elided = usize::from(self.lower(k) == "l'");
            phrase.gender = Some(if self.lower(k + elided) == "une" { Gender::Feminine } else { Gender::Masculine });
            k += elided + 1 + usize::from(matches!(self.lower(k + elided + 1), "des" | "de" | "d'"));
            // "l'un de ses amis"
            while k < limit && self.is(k, Classes::DET) {
                k += 1;
            }
            return k;
        }
        // "nombre d'experts", "bon nombre de marins"
        let many = k + usize::from(matches!(self.lower(k), "bon" | "grand"));
        if self.lower(many) == "nombre" && matches!(self.lower(many + 1), "de" | "d'") {
            (phrase.plural, phrase.indefinite) = (true, true);
            return many + 2;
        }
        while k < limit
            && (self.is(k, Classes::DET | Classes::NUM) || self.tokens.is_number(k))
            && (!self.tokens.is_capital(k) || k == i || self.is(k, Classes::DET))
            && (self.tokens.is_word(k) || self.name_at(k, limit).is_none())
        {
            match self.lower(k) {
                "un" => (phrase.gender, phrase.indefinite) = (Some(Gender::Masculine), true),
                "une" => (phrase.gender, phrase.indefinite) = (Some(Gender::Feminine), true),
                "le" | "ce" | "cet" => phrase.gender = Some(Gender::Masculine),
                "la" | "cette" => phrase.gender = Some(Gender::Feminine),
                "les" | "ces" | "ses" | "leurs" => phrase.plural = true,
                "des" | "plusieurs" | "quelques" | "certains" | "certaines" | "divers" | "diverses" => {
                    (phrase.plural, phrase.indefinite) = (true, true);
                }
                _ if !self.is(k, Classes::DET) => (phrase.plural, phrase.indefinite) = (true, true),
                _ => {}
            }
            k += 1;
            // "83 % des électeurs"
            if self.mark(k) == Some('%') && matches!(self.lower(k + 1), "des" | "de" | "d'" | "du") {
                (phrase.plural, phrase.indefinite) = (true, true);
                k += 2;
            }
        }
        if self.is_plural_article(i) {
            (phrase.plural, phrase.indefinite) = (true, true);
            k = i + 1;
        }
        k
    }

    /// "de nombreux élus", "d'autres témoins": before an adjective in the plural "de" is an article.
    pub(super) fn is_plural_article(&self, i: usize) -> bool {
        matches!(self.lower(i), "de" | "d'")
            && self.is(i + 1, Classes::ADJECTIVE)
            && self.lower(i + 1).ends_with(['s', 'x'])
    }

    /// The role noun at token `i`.
    pub fn role_at(&self, i: usize, limit: usize) -> Option<(usize, crate::entity::RoleInfo)> {
        if i < limit && self.may(i, Word::ROLE) { self.known_role(i, limit) } else { None }
    }

    #[inline(never)]
    fn known_role(&self, i: usize, limit: usize) -> Option<(usize, crate::entity::RoleInfo)> {
        let find = |limit: usize| {
            let words = (i..limit.min(i + LONGEST_ROLE)).map(|k| self.surface(k));
            Roles::of(self.lexicon.language).role_at(words)
        };
        let widest = self.roles.get(i, || find(self.sentence_end(i)));
        if widest.is_some_and(|(length, _)| i + length > limit) { find(limit) } else { widest }
    }

    /// Whether a word is of no closed class: a noun, an adjective, a verb.
    pub fn is_open(&self, i: usize) -> bool {
        self.is(i, Classes::OPEN)
    }

    /// Whether token `i` is a finite verb form or begins a verb group.
    pub fn begins_verb(&self, i: usize) -> bool {
        self.is(i, Classes::VERB)
    }

    /// "la demande", "une annonce": the verb form after a determiner or preposition is a noun.
    pub fn noun_after_determiner(&self, i: usize) -> bool {
        // "la dernière note": an adjective may stand between.
        let adjective =
            i > 1 && self.is(i - 1, Classes::ADJECTIVE) && self.is(i - 2, Classes::DET) && !self.is_anaphor(i - 2);
        i > 0
            && (adjective || self.is(i - 1, Classes::DET | Classes::PREP | Classes::NUM))
            && !self.is(i, Classes::CLITIC)
            && !self.is_auxiliary(i)
            && !(self.is(i - 1, Classes::NUM) && self.is_no_noun(i))
    }

    /// "un élève sur cinq pourra venir": future, conditional and imperfect are forms of verbs only.
    fn is_no_noun(&self, i: usize) -> bool {
        self.forms(i).iter().any(|f| matches!(f.mood, Mood::Future | Mood::Conditional | Mood::Imperfect))
    }

    /// A finite form of "avoir" or "être", which is never a noun.
    pub(super) fn is_auxiliary(&self, i: usize) -> bool {
        let helper = |verb: u16| self.lexicon.verb(verb).helper;
        self.is(i, Classes::CUE)
            && self.forms(i).iter().any(|f| f.mood.is_finite() && matches!(helper(f.verb), Helper::Have | Helper::Be))
    }

    /// "ce dernier", "cette dernière" at token `i`.
    pub fn is_anaphor(&self, i: usize) -> bool {
        matches!(self.lower(i), "ce" | "cette" | "ces") && self.is(i + 1, Classes::ANAPHOR)
    }

    /// An outlet whose name is printed without a capital ("franceinfo").
    pub(super) fn is_small_outlet(&self, name: &Name) -> bool {
        name.entities.iter().any(|e| {
            let entity = self.entities.get(*e);
            entity.kind == EntityKind::Outlet && entity.fr.starts_with(char::is_lowercase)
        })
    }

    pub(super) fn has_capital(&self, range: &Range<usize>) -> bool {
        range.clone().any(|k| self.tokens.is_capital(k))
    }

    /// A short bracket after a name: "(OMS)", "(gauche)".
    fn parenthesis(&self, i: usize, limit: usize) -> Option<usize> {
        if self.mark(i) != Some('(') {
            return None;
        }
        let end = (i + 1..limit.min(i + 9)).find(|k| self.mark(*k) == Some(')'))?;
        Some(end + 1)
    }

    /// Whether "à", "pour", "en" after a role leads to its complement ("adjoint à la maire", "ministre en
    /// charge") rather than to an adjunct of the verb ("le ministre à l'issue du conseil").
    fn role_takes(&self, k: usize, limit: usize) -> bool {
        if self.companion(k).is_some() {
            return false;
        }
        if matches!(self.lower(k), "chargé" | "chargée" | "près" | "auprès") {
            return self.lower(k) != "auprès" && self.lower(k) != "près" || self.name_ahead(k, limit);
        }
        if self.lower(k) == "en" {
            return matches!(
                self.lower(k + 1),
                "chef" | "charge" | "exercice" | "titre" | "sciences" | "droit" | "économie" | "histoire"
            );
        }
        let mut j = k + 1;
        while self.is(j, Classes::DET) && j < limit {
            j += 1;
        }
        !self.is(j, Classes::OCCASION | Classes::MEDIA)
            && self.lower(k) != "pour"
            && self.lower(k) != "sur"
            && self.is_open(j)
            && self.name_at(j, limit).is_none_or(|name| self.outlet_of(&name).is_none())
    }

    /// Where a role of one person begins that ends right before the name at token `at`: "du ministre Paul Roy".
    pub fn role_before(&self, at: usize) -> Option<usize> {
        (at.saturating_sub(LONGEST_ROLE)..at).find(|k| {
            let adjective = usize::from(*k > 1 && self.is(*k - 1, Classes::ADJECTIVE));
            let before = k.saturating_sub(1 + adjective);
            let determined = *k > 0 && (self.is(before, Classes::DET | Classes::FUSED) || self.lower(before) == "de");
            let plain = |class| matches!(class, "people" | "generic");
            determined
                && self.role_at(*k, at).is_some_and(|(length, role)| {
                    *k + length == at && !role.plural && !plain(role.class) && !role.class.ends_with("-org")
                })
        })
    }

    fn name_ahead(&self, k: usize, limit: usize) -> bool {
        (k..limit.min(k + 4)).any(|j| self.tokens.is_capital(j))
    }
}

/// Whether a name inside a complement still belongs to it: "président de la France", but not
/// "le secrétaire général de l'OTAN Jens Stoltenberg", where a second name follows the first.
fn phrase_complement_continues(reading: &Reading, phrase: &Phrase, name: &Name, at: usize) -> bool {
    let before = at - 1;
    // "la compagne de la star du tango Paul Roy": whoever stands in the complement bears the name, unless it is one of
    // another gender: "l'ami de la chanteuse Paul Roy".
    if let Some(role) = phrase.role.as_ref().filter(|role| role.class == "relational") {
        let inner = (role.range.end + 1..at).rev().find_map(|k| reading.role_at(k, at));
        let inner = inner.and_then(|(_, role)| role.gender);
        let is_other = |name: Gender| phrase.gender == Some(name) && inner.is_some_and(|inner| inner != name);
        return !reading.given_gender(at).is_some_and(is_other);
    }
    // "la directrice de l'école Carl Orff": a site bears the name; "le maire de la commune Paul Roy": a territory none.
    if reading.is(before, Classes::SITE) && !(reading.is(before, Classes::TERRITORY) && reading.is_full_name(name)) {
        return true;
    }
    // "le conseiller du ministre Paul Roy": the name is the minister's.
    if reading.role_before(at).is_some() {
        return true;
    }
    // Directly after a complement's noun ("du Kremlin Dmitri Peskov"): a person's name starts anew.
    let follows_noun =
        reading.tokens.is_word(before) && !reading.is(before, Classes::DET | Classes::PREP | Classes::FUSED);
    let person = reading.given_gender(name.range.start).is_some()
        || name.entities.iter().any(|e| reading.entities.get(*e).kind == crate::entity::EntityKind::Person);
    !(follows_noun && (person || name.range.len() >= 2))
}

#[cfg(test)]
#[path = "phrase_tests.rs"]
mod tests;
