//! English noun phrases: where the words that name a source begin and end, and which names they hold.

use crate::entity::Gender;
use crate::extract::few::Few;
use crate::extract::name::Name;
use crate::extract::phrase::{Phrase, Role};
use crate::extract::reading::Reading;
use crate::language::{Classes, Mood};

/// Prepositions that join a complement to a noun: "a spokesman for the mayor".
const JOINS: [&str; 9] = ["of", "for", "at", "from", "with", "in", "on", "to", "by"];

impl Reading<'_> {
    /// The noun phrase that begins at token `i`, before `limit`.
    pub(in crate::extract) fn english_phrase(&self, i: usize, limit: usize) -> Option<Phrase> {
        if i >= limit || self.quotation_at(i).is_some() {
            return None;
        }
        if let Some(pronoun) = self.english_pronoun(i) {
            return Some(pronoun);
        }
        let mut phrase = Phrase { range: i..i, ..Phrase::default() };
        let start = self.english_determiners(i, limit, &mut phrase);
        let end = self.english_heads(start, limit, &mut phrase);
        // "the 42-year-old said"
        let aged = start > i && self.lower(start - 1) == "year-old";
        if end == start && aged {
            let indefinite = phrase.indefinite;
            return Some(Phrase {
                range: i..start,
                full_end: start,
                head: Some(start - 1),
                indefinite,
                ..Phrase::default()
            });
        }
        // "the two", "all three"
        if end == start
            && start > i
            && (self.is(start - 1, Classes::NUM) || self.tokens.is_number(start - 1))
            && (self.begins_verb(start) || self.is_finite_here(start, i))
        {
            return Some(Phrase {
                range: i..start,
                full_end: start,
                head: Some(start - 1),
                plural: true,
                ..Phrase::default()
            });
        }
        if end == start {
            // "some", "many", "others" alone.
            let alone = self.is(i, Classes::SUBJECT) && !self.is(i, Classes::FIRST | Classes::REL) && start == i + 1;
            if !alone || matches!(self.lower(i), "this" | "that" | "these" | "those") {
                return None;
            }
            // "all those involved"
            let involved = self.is_open(i + 1) && self.forms(i + 1).iter().any(|f| f.mood == Mood::PastParticiple);
            let end = i + 1 + usize::from(involved && self.lower(i) == "those");
            return Some(Phrase {
                range: i..end,
                full_end: end,
                head: Some(i),
                plural: true,
                indefinite: true,
                ..Phrase::default()
            });
        }
        if start == i && phrase.names.is_empty() && phrase.role.is_none() && !self.may_stand_bare(&phrase, start) {
            return None;
        }
        phrase.range.end = self.english_complements(end, limit, &phrase);
        phrase.full_end = phrase.range.end;
        Some(phrase)
    }

    /// "he", "she", "they", "it".
    fn english_pronoun(&self, i: usize) -> Option<Phrase> {
        let gender = match self.lower(i) {
            "he" => Some(Gender::Masculine),
            "she" => Some(Gender::Feminine),
            "they" | "it" => None,
            _ => return None,
        };
        let plural = self.lower(i) == "they";
        Some(Phrase { range: i..i + 1, full_end: i + 1, pronoun: true, gender, plural, ..Phrase::default() })
    }

    /// Reads determiners and numbers; number and definiteness show there.
    fn english_determiners(&self, i: usize, limit: usize, phrase: &mut Phrase) -> usize {
        let mut k = i;
        while k < limit
            && (self.is(k, Classes::DET | Classes::NUM) || self.tokens.is_number(k))
            && !(self.tokens.is_capital(k) && k > i)
        {
            // "the 42-year-old": an adjective, or the head itself.
            if let Some(end) = self.compound_number(k) {
                k = end;
                continue;
            }
            match self.lower(k) {
                "a" | "an" | "another" | "any" => phrase.indefinite = true,
                "some" | "many" | "several" | "most" | "few" | "both" | "all" => {
                    (phrase.plural, phrase.indefinite) = (true, !matches!(self.lower(k), "both" | "all"));
                }
                "these" | "those" => phrase.plural = true,
                "one" => phrase.indefinite = true,
                _ if self.is(k, Classes::NUM) || self.tokens.is_number(k) => {
                    (phrase.plural, phrase.indefinite) = (true, true);
                }
                _ => {}
            }
            k += 1;
            // "one of the witnesses", "83 per cent of voters"
            if self.lower(k) == "of" && k + 1 < limit && (self.is(k + 1, Classes::DET) || self.is_open(k + 1)) {
                k += 1;
            }
        }
        k
    }

    /// Where a number with words joined to it ends: "42-year-old".
    fn compound_number(&self, k: usize) -> Option<usize> {
        let joined = self.tokens.is_number(k)
            && self.is_dash(k + 1)
            && !self.tokens.is_spaced(k + 1)
            && self.tokens.is_word(k + 2)
            && !self.tokens.is_spaced(k + 2);
        joined.then_some(k + 3)
    }

    /// Reads adjectives, nouns, titles, roles and names up to the end of the last head; a genitive begins anew.
    fn english_heads(&self, start: usize, limit: usize, phrase: &mut Phrase) -> usize {
        let mut k = start;
        let mut end = start;
        while k < limit {
            if let Some(q) = self.quotation_at(k) {
                // "Paul 'Ace' Roy": a nickname inside the name.
                let quoted = self.tokens_of(q);
                if quoted.start == k && k > start && quoted.end < limit && self.is_nickname(q) {
                    k = quoted.end;
                    // The surname behind belongs to the name before.
                    let surname = self.name_at(k, limit);
                    if let Some((first, surname)) = phrase.names.last().cloned().zip(surname) {
                        k = surname.range.end;
                        end = k;
                        phrase.names = Few::One(Name { range: first.range.start..k, ..first });
                    }
                    continue;
                }
                break;
            }
            if self.lower(k) == "'s" || self.is_plural_genitive(k) {
                // "the city's mayor", but "the mayor's" before a mark or a small word is no person.
                if end != k {
                    break;
                }
                phrase.names = Few::None;
                phrase.role = None;
                phrase.head = None;
                phrase.gender = None;
                phrase.plural = false;
                phrase.indefinite = false;
                k += 1;
                continue;
            }
            if self.mark(k) == Some('.') && k > start && !self.tokens.is_spaced(k) && self.is_title(k - 1) {
                k += 1;
                continue;
            }
            // "(Anne) Roy", "Roy (Upper Valmont)": passed over.
            if self.mark(k) == Some('(') && k > start {
                let close = (k + 1..limit.min(k + 8)).find(|j| self.mark(*j) == Some(')'));
                let Some(close) = close else { break };
                k = close + 1;
                end = k;
                continue;
            }
            if let Some(next) = self.compound_number(k) {
                k = next;
                continue;
            }
            if !self.tokens.is_word(k) {
                break;
            }
            if self.is_title(k) && self.tokens.is_capital(k + 1 + usize::from(self.mark(k + 1) == Some('.'))) {
                phrase.gender = match self.lower(k) {
                    "mr" | "sir" | "lord" => Some(Gender::Masculine),
                    "mrs" | "ms" | "miss" | "lady" | "dame" | "madam" => Some(Gender::Feminine),
                    _ => phrase.gender,
                };
                // "Valmont Police Sgt. Anne Roy": the name before was her force's.
                phrase.names = Few::None;
                k += 1;
                continue;
            }
            let named = !phrase.names.is_empty();
            // "General Motors": what the table knows by that name holds no office.
            let known =
                |length: usize| self.name_at(k, limit).is_some_and(|name| name.listed && name.range.len() > length);
            let role =
                self.role_at(k, limit).filter(|(length, _)| self.is_role_here(k, *length, named) && !known(*length));
            if let Some((length, role)) = role {
                // "Raptors coach Paul Roy": the name before was his club's.
                phrase.names = Few::None;
                let first = phrase.role.take().filter(|first| self.lower(first.range.end) == "and");
                let second = Role { lemma: role.lemma, class: role.class, not_now: role.not_now, range: k..k + length };
                phrase.role = Some(first.unwrap_or(second));
                phrase.head = Some(k + length - 1);
                phrase.gender = phrase.gender.or(role.gender);
                phrase.plural = role.plural;
                k += length;
                end = k;
                continue;
            }
            if self.tokens.is_capital(k) || self.may(k, crate::extract::word::Word::NAME) {
                if let Some(name) = self.name_at(k, limit).filter(|name| self.has_capital(&name.range)) {
                    if named && phrase.role.is_none() && phrase.head.is_none() {
                        break;
                    }
                    k = name.range.end;
                    end = k;
                    phrase.names.push(name);
                    continue;
                }
                // A demonym, or a word at the head of the sentence.
                if self.is(k, Classes::FUNCTION) {
                    break;
                }
            }
            // "councillor and tenants advocate Anne Roy": two roles of one person.
            if self.lower(k) == "and"
                && phrase.role.as_ref().is_some_and(|role| role.range.end == k)
                && !phrase.plural
                && self.joins_role(k + 1, limit)
            {
                k += 1;
                continue;
            }
            if !self.is_open(k) && !self.is(k, Classes::ADJECTIVE) || self.is_verb_here(k, start) {
                break;
            }
            let time = self.is(k, Classes::TIME);
            if named && !time && !self.tokens.is_capital(k) {
                // "Valmont police": the name tells of the noun.
                let person = phrase.role.is_some();
                if person {
                    break;
                }
                phrase.names = Few::None;
            }
            if time {
                break;
            }
            phrase.head = Some(k);
            k += 1;
            end = k;
        }
        if let Some(head) = phrase.head
            && phrase.names.is_empty()
            && phrase.role.is_none()
        {
            phrase.plural |= self.is_plural_noun(head);
        }
        end
    }

    /// Whether the apostrophe of a plural genitive stands at `k`: "the nurses' union".
    pub(in crate::extract) fn is_plural_genitive(&self, k: usize) -> bool {
        matches!(self.mark(k), Some('\'' | '’'))
            && k > 0
            && self.quotation_at(k).is_none()
            && !self.tokens.is_spaced(k)
            && self.lower(k - 1).ends_with('s')
            && self.tokens.is_word(k + 1)
    }

    /// Whether quotation `q` stands inside a name: "Paul 'Ace' Roy".
    pub(in crate::extract) fn is_nickname(&self, q: usize) -> bool {
        let quoted = self.tokens_of(q);
        quoted.len() <= 6
            && quoted.start > 0
            && self.tokens.is_capital(quoted.start - 1)
            && self.tokens.is_capital(quoted.end)
            && self.mark(quoted.end - 2).is_none()
    }

    /// Whether a second role without a determiner begins at `k`, one word before it or not.
    fn joins_role(&self, k: usize, limit: usize) -> bool {
        let role = |k: usize| self.role_at(k, limit).is_some_and(|(_, role)| !role.plural);
        role(k) || self.is_open(k) && !self.tokens.is_capital(k) && role(k + 1)
    }

    /// Whether the role at `k` is one here: after a person's name only a lower-case one with nothing else is.
    fn is_role_here(&self, k: usize, length: usize, named: bool) -> bool {
        let capital = self.tokens.is_capital(k);
        let next = k + length;
        let name_follows = self.tokens.is_capital(next) && self.tokens.is_word(next);
        // "General Motors": a body's name.
        if capital && name_follows && self.is(next, Classes::BODY) {
            return false;
        }
        // "Anne Baker": a surname.
        if named && capital && !name_follows {
            return false;
        }
        // "Chase Roy": a given name, unless a title does not stand for one.
        !(capital && length == 1 && self.is_given_name(k) && name_follows && !named)
    }

    /// A plural noun, by its ending or the table.
    pub(in crate::extract) fn is_plural_noun(&self, head: usize) -> bool {
        let word = self.lower(head);
        let plural = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
        matches!(word, "people" | "men" | "women" | "children" | "police") || plural && word.len() > 3
    }

    /// Whether the word at `k` is a verb where a noun phrase that began at `start` could go on.
    fn is_verb_here(&self, k: usize, start: usize) -> bool {
        let forms = self.forms(k);
        if forms.is_empty() {
            // "parents blocked the road": a past that no table lists shows itself by its object.
            let past = k > start
                && self.is_open(k)
                && !self.tokens.is_capital(k)
                && self.lower(k).ends_with("ed")
                && self.is(k + 1, Classes::DET | Classes::OBLIQUE)
                && !self.is(k - 1, Classes::DET | Classes::ADJECTIVE);
            return past || self.is(k, Classes::MODAL);
        }
        let verb = |mood: Mood| forms.iter().any(|f| f.mood == mood);
        let finite = forms.iter().any(|f| f.mood.is_finite());
        let nothing = k == start;
        if !finite {
            // "a travelling salesman", but "people saying".
            return !nothing;
        }
        // "the report says": a noun before a verb that only reports.
        let before_verb = self.is(k + 1, Classes::CUE)
            && self.forms(k + 1).iter().any(|f| matches!(f.mood, Mood::Present | Mood::Past));
        if nothing {
            // "the two are close"
            let be = matches!(self.lower(k), "is" | "are" | "was" | "were" | "has" | "have" | "had");
            return be || verb(Mood::Past) && !verb(Mood::PastParticiple);
        }
        let base = verb(Mood::Infinitive) || verb(Mood::Present) && !verb(Mood::Past);
        !(base && before_verb)
    }

    /// Whether a phrase without determiner, name and role can be one: a plural, or a noun of those who speak.
    fn may_stand_bare(&self, phrase: &Phrase, start: usize) -> bool {
        let Some(head) = phrase.head else { return false };
        let speaks = Classes::GROUP | Classes::BODY | Classes::DOCUMENT | Classes::MEDIA;
        phrase.plural || (start..=head).any(|k| self.is(k, speaks))
    }

    /// Where the complements end that follow the heads: "a spokesman for the mayor of Valmont". A person's name takes none.
    fn english_complements(&self, end: usize, limit: usize, phrase: &Phrase) -> usize {
        let mut end = end;
        let person = phrase.names.iter().any(|name| name.range.end == end) && phrase.role.is_none();
        let mut behind_participle = false;
        while end < limit {
            let word = self.lower(end);
            let of = word == "of" && !person;
            // "people to act": an infinitive, no complement.
            let infinitive = word == "to" && self.forms(end + 1).iter().any(|f| f.mood == Mood::Infinitive);
            if infinitive || !(of || JOINS.contains(&word) && !person && (behind_participle || !self.is_adjunct(end))) {
                // "a person familiar with the talks", "a man named Paul": one adjective behind the noun.
                let behind = !person
                    && phrase.names.is_empty()
                    && self.is_open(end)
                    && JOINS.contains(&self.lower(end + 1))
                    && (self.forms(end).iter().all(|f| matches!(f.mood, Mood::PastParticiple | Mood::Past))
                        && (self.forms(end).is_empty()
                            || self.forms(end).iter().any(|f| f.mood == Mood::PastParticiple))
                        || self.lower(end) == "close" && self.lower(end + 1) == "to");
                if behind {
                    behind_participle = true;
                    end += 1;
                    continue;
                }
                break;
            }
            let mut inner = Phrase { range: end + 1..end + 1, ..Phrase::default() };
            let start = self.english_determiners(end + 1, limit, &mut inner);
            let inner_end = self.english_heads(start, limit, &mut inner);
            if inner_end == start || inner_end == end + 1 {
                break;
            }
            end = inner_end;
            if self.lower(end) == "and" && self.tokens.is_capital(end + 1) && self.lower(end - 1) != "of" {
                break;
            }
        }
        end
    }

    /// "in a statement", "on Monday", "at a news conference": where and when something was said, no complement of a noun.
    pub(in crate::extract) fn is_adjunct(&self, k: usize) -> bool {
        if !self.is(k, Classes::PREP) || self.lower(k) == "of" {
            return false;
        }
        let mut j = k + 1;
        let limit = self.tokens.len().min(k + 7);
        while j < limit
            && (self.is(j, Classes::DET | Classes::ADJECTIVE | Classes::NUM) || self.is_open(j))
            && !self.is(j, Classes::TIME | Classes::EVENT | Classes::INTERVIEW | Classes::DOCUMENT)
            && !self.tokens.is_capital(j)
        {
            j += 1;
        }
        self.is(j, Classes::TIME | Classes::EVENT | Classes::INTERVIEW)
            || matches!(self.lower(k), "in" | "on" | "via" | "through") && self.is(j, Classes::DOCUMENT)
            || self.lower(k) == "on" && self.is_platform(k + 1)
    }

    /// A network on which people write.
    pub(in crate::extract) fn is_platform(&self, k: usize) -> bool {
        matches!(
            self.lower(k),
            "twitter" | "facebook" | "instagram" | "x" | "telegram" | "youtube" | "tiktok" | "reddit"
        )
    }
}
