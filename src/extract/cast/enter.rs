//! Entering a naming: who of the cast it means, or somebody new, and what the words around the name tell of them.

use super::{Cast, Held, MOST_MEMBERS, Member};
use crate::entity::{EntityId, EntityKind, Gender, first_name_gender, is_first_name};
use crate::extract::name::Name;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::extract::statement::ActorKind;
use crate::language::{Classes, Mood};
use std::borrow::Cow;
use std::ops::Range;

impl Cast {
    /// The member that a phrase with a name means, entered if new. `None` for places and concepts.
    pub fn enter(&mut self, reading: &Reading, phrase: &Phrase) -> Option<usize> {
        let name = main_name(reading, phrase)?;
        let plural_head = plural_head(reading, phrase, name);
        let full = full_words(reading, phrase, name, plural_head.or_else(|| body_head(reading, phrase, name)));
        let words = &*full;
        // "In Roy, he found a friend": no place, if somebody is called so in full.
        let place = || {
            let bears = |at: &usize| self.members[*at].name.contains(' ');
            let bearer = || reading.is_english() && self.by_last.get(&last_lower(words)).iter().any(bears);
            self.places.contains(words) && !bearer()
        };
        if phrase.role.is_none() && name.entities.is_empty() && (place() || is_people(reading, name, words)) {
            return None;
        }
        let longer = count(words) > name.range.len();
        let entity = match &full {
            // "Paul et Marie Vidal": his name does not stand in the text.
            Cow::Owned(name) if longer => reading.entities.person_named(name),
            _ if longer => None,
            _ => self.entity_of(reading, phrase, name),
        };
        let kind = kind_of(reading, phrase, name, entity, plural_head.is_some())?;
        let kind = match kind {
            ActorKind::Person if reading.is_english() && self.is_short_for_body(words, phrase) => {
                ActorKind::Organisation
            }
            kind => kind,
        };
        // "le chef de l'État, à Bruxelles": a role beside a place's name makes no person of it.
        if kind == ActorKind::Person && entity.is_none() && !longer && is_only_place(reading, phrase, name) {
            return None;
        }
        // "Anna Roy, chef de service", "la star Paul Roy": the given name knows better than the role; "M. Pascale" bears none.
        let surname = !words.contains(' ') && is_titled(reading, phrase, name);
        let given = if surname { None } else { first_gender(reading, name, words) };
        let gender = given
            .or(phrase.gender)
            .filter(|_| phrase.role.is_some() || phrase.range.start < name.range.start)
            .filter(|_| kind == ActorKind::Person);
        let last = last_lower(words);
        let known = self.known(words, &last, entity, kind, gender);
        if known.is_none() && self.members.len() >= MOST_MEMBERS {
            return None;
        }
        let member = known.unwrap_or_else(|| {
            self.members.push(Member {
                name: words.into(),
                entity: None,
                kind,
                gender: None,
                roles: Vec::new(),
                nouns: Vec::new(),
                sure: false,
                plural: plural_head.is_some(),
                acronym: None,
                called: None,
                has_spoken: false,
            });
            self.by_name.add(words, self.members.len() - 1);
            self.members.len() - 1
        });
        self.by_last.add(&last, member);
        let entry = &mut self.members[member];
        if entry.entity.is_none()
            && let Some(id) = entity
        {
            entry.entity = entity;
            self.by_entity.insert(id, member);
        }
        let best = match entry.entity {
            Some(id) => {
                let entity = reading.entities.get(id);
                entry.gender = entry.gender.or(entity.gender);
                let name = reading.label(id);
                (entry.name != name).then_some(name)
            }
            None => (words.len() > entry.name.len()).then(|| words.into()),
        };
        if let Some(best) = best {
            self.by_name.add(&best, member);
            entry.name = best;
        }
        if entry.entity.is_some() && words.len() > entry.called.as_ref().map_or(0, |called| called.len()) {
            entry.called = Some(words.into());
        }
        entry.gender = entry.gender.or(gender).or_else(|| first_gender(reading, name, words));
        entry.describe(reading, phrase, name);
        if entry.kind != ActorKind::Person
            && let Some(letters) = bracketed(reading, phrase, name)
            && entry.acronym.as_deref() != Some(letters)
        {
            entry.acronym = Some(letters.to_owned());
            self.by_name.add(letters, member);
        }
        Some(member)
    }

    /// "Suncor" after "Suncor Energy": a word alone with which the name of a body begins, and nobody's.
    fn is_short_for_body(&self, words: &str, phrase: &Phrase) -> bool {
        let begins = |m: &Member| m.name.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
        let mut named = self.members.iter().filter(|m| begins(m)).peekable();
        phrase.role.is_none()
            && !words.contains(' ')
            && !is_first_name(words)
            && named.peek().is_some()
            && named.all(|m| m.kind == ActorKind::Organisation)
    }

    /// The entity that a name leads to here: a surname needs its full name, its country or an office nearby.
    fn entity_of(&self, reading: &Reading, phrase: &Phrase, name: &Name) -> Option<EntityId> {
        let titled = is_titled(reading, phrase, name);
        let people = phrase.role.is_some() || titled;
        let mut candidates = name.entities.iter().copied().filter(|e| {
            !people
                || !matches!(
                    reading.entities.get(*e).kind,
                    EntityKind::Place | EntityKind::Country | EntityKind::Concept
                )
        });
        // "M. Philippe" is the one whose surname that is, not a king of that given name.
        let surname = titled && name.range.len() == 1;
        let namesake = |test: fn(&Member) -> bool| {
            let last = reading.lower(name.range.end - 1);
            self.by_last.get(last).iter().map(|m| &self.members[*m]).rfind(|m| test(m))
        };
        if surname && let Some(member) = namesake(|m| m.kind == ActorKind::Person && m.name.contains(' ')) {
            return member.entity;
        }
        if !name.weak {
            return candidates.next();
        }
        if let Some(one) = only(candidates.clone().filter(|e| self.strong.contains(e))) {
            return Some(one);
        }
        // "selon La Provence": the capital of its article makes a paper of a word that is one of many things.
        let article = name.range.start.checked_sub(1).filter(|k| reading.tokens.is_capital(*k));
        let paper = |id: &EntityId| {
            let title = &reading.entities.get(*id).fr;
            reading.entities.is_outlet(*id) && article.is_some_and(|k| title.starts_with(reading.surface(k)))
        };
        if let Some(one) = only(candidates.clone().filter(paper)) {
            return Some(one);
        }
        // Somebody of that surname, unknown to the table, has been introduced already.
        if namesake(|m| m.entity.is_none() && m.name.contains(' ')).is_some() {
            return None;
        }
        // "Mme Macron" is she, and "Macron" the one whom everybody calls so.
        let gender = phrase.gender.filter(|_| people);
        let entity = |id: EntityId| reading.entities.get(id);
        let likely = candidates.filter(|e| name.listed && self.may_mean(reading, *e));
        let likely = likely.filter(|e| gender.is_none() || entity(*e).gender.is_none_or(|own| Some(own) == gender));
        let words = reading.span(name.range.clone()).of(reading.text);
        only(likely.clone()).or_else(|| only(likely.filter(|e| entity(*e).is_called(words))))
    }

    /// A member that bears these words already: the same entity, the same name, or a part of a full one. `last` is the
    /// last word in lower case.
    pub(super) fn known(
        &self,
        words: &str,
        last: &str,
        entity: Option<EntityId>,
        kind: ActorKind,
        gender: Option<Gender>,
    ) -> Option<usize> {
        if let Some(id) = entity
            && let Some(at) = self.by_entity.get(&id)
        {
            return Some(*at);
        }
        let free = |m: &Member| m.entity.is_none() || entity.is_none();
        let same = |m: &Member| (*m.name == *words || m.acronym.as_deref() == Some(words)) && free(m);
        if let Some(at) = self.by_name.get(words).iter().filter(|at| same(&self.members[**at])).min() {
            return Some(*at);
        }
        let single = !words.contains(' ');
        // "ABC" for "Anne-Béatrice Costa": initials of somebody named in full.
        if single
            && words.len() > 1
            && words.chars().all(char::is_uppercase)
            && let Some(at) = self.members.iter().position(|m| initials(&m.name).eq(words.chars()))
        {
            return Some(at);
        }
        let agrees = |m: &Member| gender.is_none() || m.gender.is_none() || m.gender == gender;
        let fits = |at: &&usize| {
            let member = &self.members[**at];
            let same_kind = member.kind == kind || single && person_or_capitals(kind, member.kind, words);
            same_kind && agrees(member) && free(member) && (single || !member.name.contains(' '))
        };
        let namesake = self.by_last.get(last).iter().rfind(fits).copied();
        if namesake.is_some() || !single || entity.is_some() {
            return namesake;
        }
        let begins =
            |m: &Member| m.kind == kind && m.name.strip_prefix(words).is_some_and(|rest| rest.starts_with(' '));
        match kind {
            // "la Cour" after "la Cour des litiges".
            ActorKind::Organisation => self.members.iter().rposition(begins),
            // "Carla" after "Carla Vidal": a given name alone.
            ActorKind::Person => {
                let mut bearers = (0..self.members.len()).filter(|at| begins(&self.members[*at]));
                only(&mut bearers).filter(|_| is_first_name(words))
            }
            _ => None,
        }
    }
}

/// The one that there is, if there is no other.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// The name that the phrase is about: the last one if a person stands beside a role and an institution.
fn main_name<'p>(reading: &Reading, phrase: &'p Phrase) -> Option<&'p Name> {
    let person = |name: &&Name| {
        name.entities.iter().any(|e| reading.entities.get(*e).kind == EntityKind::Person)
            || name.entities.is_empty() && reading.given_gender(name.range.start).is_some()
    };
    match phrase.names.as_slice() {
        [only] => Some(only),
        names => names.iter().rfind(person).or(names.first()),
    }
}

/// "M. Roy"
fn is_titled(reading: &Reading, phrase: &Phrase, name: &Name) -> bool {
    phrase.range.start < name.range.start && reading.is(phrase.range.start, Classes::TITLE)
}

/// Whether a name is that of a known place and of nothing else, and no title says that somebody bears it.
fn is_only_place(reading: &Reading, phrase: &Phrase, name: &Name) -> bool {
    let titled = is_titled(reading, phrase, name);
    let place = |id: &EntityId| matches!(reading.entities.get(*id).kind, EntityKind::Place | EntityKind::Country);
    !titled && !name.weak && !name.entities.is_empty() && name.entities.iter().all(place)
}

/// Whether a name of one word is that of a people: "Belges".
fn is_people(reading: &Reading, name: &Name, words: &str) -> bool {
    match name.range.len() {
        1 => count(words) == 1 && reading.demonym(name.range.start).is_some(),
        _ => {
            count(words) == 1 && reading.entities.demonym_in(&words.to_lowercase(), reading.lexicon.language).is_some()
        }
    }
}

/// What bears the name; `several` if a plural noun before it belongs to it.
fn kind_of(
    reading: &Reading,
    phrase: &Phrase,
    name: &Name,
    entity: Option<EntityId>,
    several: bool,
) -> Option<ActorKind> {
    if let Some(id) = entity {
        return match reading.entities.get(id).kind {
            EntityKind::Person => Some(ActorKind::Person),
            EntityKind::Organisation => Some(ActorKind::Organisation),
            EntityKind::Outlet => Some(ActorKind::Outlet),
            EntityKind::Authority => Some(ActorKind::Authority),
            EntityKind::Place | EntityKind::Country => Some(ActorKind::Authority),
            EntityKind::Concept => None,
        };
    }
    // "son livre « L'Estran »": the title of a work.
    let ahead = phrase.role.as_ref().is_some_and(|role| role.range.start < name.range.start);
    let bodied = || phrase.head.is_some_and(|head| reading.is(head, Classes::BODY | Classes::MEDIA | Classes::GROUP));
    if !ahead && fills_quotation(reading, name) && !bodied() {
        return None;
    }
    if reading.outlet_of(name).is_some() {
        return Some(ActorKind::Outlet);
    }
    if several && phrase.role.is_some() {
        return Some(ActorKind::Unnamed);
    }
    let start = name.range.start;
    let given = reading.is_given_name(start);
    // "Paul Roy, d'un cabinet de conseil": an apposition makes no body of a person.
    let head = phrase.head.filter(|head| *head < start || !given);
    let body = name.range.clone().chain(head).any(|k| reading.is(k, Classes::BODY));
    let titled = phrase.range.start < start && reading.is(phrase.range.start, Classes::TITLE);
    // "les Galeries Roy": a plural without a role is no person.
    let plural = phrase.plural && phrase.role.is_none() && phrase.range.start < start;
    // "la Ligue", "le Livret A": no person bears an article without a title.
    let article = phrase.head.is_none_or(|head| head > start)
        && phrase.role.as_ref().is_none_or(|role| role.range.start > start)
        && !titled
        && start > 0
        && reading.is(start - 1, Classes::DET | Classes::FUSED)
        && !given;
    let acronym = || {
        let first = reading.surface(start);
        let capitals = first.chars().take_while(|c| c.is_uppercase()).count();
        let letters = first.chars().count();
        // "le délégué CGT"
        name.range.len() == 1
            && !titled
            && capitals > 1
            && (capitals == letters || first.contains('-'))
            && (letters < 9 || phrase.role.is_none())
    };
    // "Suncor Energy", "Hockey Canada": the last word tells, where no given name stands first.
    let firm = || {
        let last = name.range.end - 1;
        let country = || {
            let name = reading.name_at(last, last + 1);
            name.is_some_and(|n| n.entities.iter().any(|e| reading.entities.get(*e).kind == EntityKind::Country))
        };
        reading.is_english() && !given && last > start && (reading.is(last, Classes::COMPANY) || country())
    };
    // "La Nouvelle marée (NM)": nobody's name ends in a small word.
    let spelled = || reading.mark(name.range.end) == Some('(') && !reading.tokens.is_capital(name.range.end - 1);
    Some(if body || plural || article || acronym() || firm() || spelled() {
        ActorKind::Organisation
    } else if phrase.role.is_none() && phrase.head.is_some_and(|h| reading.is(h, Classes::MEDIA)) {
        ActorKind::Outlet
    } else {
        ActorKind::Person
    })
}

/// A surname alone ("Roy", "ROY") for a person named in full.
fn person_or_capitals(kind: ActorKind, known: ActorKind, word: &str) -> bool {
    kind == ActorKind::Person
        || kind == ActorKind::Organisation
            && known == ActorKind::Person
            && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
            && word.chars().count() > 3
}

impl Member {
    /// Takes over what a phrase says of the one it names: roles, titles, nouns.
    fn describe(&mut self, reading: &Reading, phrase: &Phrase, name: &Name) {
        let first = phrase.range.start;
        if first < name.range.start && reading.is(first, Classes::TITLE) {
            self.sure = true;
            let title = reading.lower(first).trim_end_matches('.');
            if !self.roles.iter().any(|held| held.class == "title" && held.lemma == title) {
                let lemma = title.to_owned().into();
                self.roles.push(Held { lemma, class: "title", not_now: false, of: Vec::new() });
            }
        }
        self.sure |= phrase.role.is_some() || reading.is_full_name(name);
        if let Some(role) = &phrase.role {
            let end = if role.range.end <= name.range.start { name.range.start } else { phrase.full_end };
            let of = || complement_words(reading, role.range.end..end);
            let same = |held: &Held| {
                (&*held.lemma, held.class, held.not_now) == (role.lemma, role.class, role.not_now) && of().eq(&held.of)
            };
            if !self.roles.iter().any(same) {
                let of = of().map(str::to_owned).collect();
                self.roles.push(Held { lemma: role.lemma.into(), class: role.class, not_now: role.not_now, of });
            }
        }
        if let Some(noun) = phrase.head.map(|head| reading.lower(head))
            && !self.nouns.iter().any(|known| known == noun)
        {
            self.nouns.push(noun.to_owned());
        }
    }
}

/// The letters that stand for a name in brackets after it: "l'Union des ponts (UDP)".
fn bracketed<'a>(reading: &Reading<'a>, phrase: &Phrase, name: &Name) -> Option<&'a str> {
    let open = (name.range.end..phrase.full_end).find(|k| reading.mark(*k) == Some('('))?;
    let letters = reading.mark(open + 2) == Some(')') && reading.tokens.is_capital(open + 1);
    letters.then(|| reading.surface(open + 1))
}

/// The words of a role's complement that tell it from others of its kind: "valmont", "défense", "club".
pub fn complement(reading: &Reading, range: Range<usize>) -> Vec<String> {
    complement_words(reading, range).map(str::to_owned).collect()
}

fn complement_words<'r>(reading: &'r Reading, range: Range<usize>) -> impl Iterator<Item = &'r str> {
    range
        .take_while(|k| reading.mark(*k).is_none_or(|c| c == '-'))
        .filter(|k| reading.is_open(*k))
        .map(|k| reading.lower(k))
        // "président de la République" is no other than "président".
        .filter(|word| word.len() > 1 && !matches!(*word, "république" | "état" | "etat"))
}

/// The words of a name, with what belongs to it besides its capitals: the common words of a body's name ("l'Agence
/// régionale de santé"), the surname of a couple ("Paul et Marie Vidal"), the noun at `head`.
fn full_words<'a>(reading: &Reading<'a>, phrase: &Phrase, name: &Name, head: Option<usize>) -> Cow<'a, str> {
    let Range { start, end } = name.range;
    let known = !name.entities.is_empty() && !name.weak;
    if let Some(head) = head {
        return words_of(reading, head..end);
    }
    if known || end - start != 1 {
        return words_of(reading, start..end);
    }
    if reading.is(start, Classes::BODY) {
        return words_of(reading, start..body_end(reading, end, phrase.range.end));
    }
    if reading.is_given_name(start)
        && matches!(reading.lower(end), "et" | "ou")
        && let Some(spouse) = reading.name_at(end + 1, reading.tokens.len())
        && (spouse.range.len() == 2 || reading.is_full_name(&spouse))
    {
        let surname = words_of(reading, spouse.range.start + 1..spouse.range.end);
        return format!("{} {surname}", reading.surface(start)).into();
    }
    words_of(reading, start..end)
}

/// Whether a name stands alone between quotation marks and is no full name of a person.
fn fills_quotation(reading: &Reading, name: &Name) -> bool {
    let (first, last) = (name.range.start, name.range.end);
    let around = first > 0 && reading.mark(first - 1).is_some() && reading.mark(last).is_some();
    let quotation = reading.quotation_at(first).map(|q| reading.tokens_of(q));
    around && !reading.is_full_name(name) && quotation.is_some_and(|q| q.start + 1 == first && q.end == last + 1)
}

/// "les sœurs Roy": the noun that belongs to the name of several.
fn plural_head(reading: &Reading, phrase: &Phrase, name: &Name) -> Option<usize> {
    let known = !name.entities.is_empty() && !name.weak;
    let head = phrase.head.filter(|h| phrase.plural && !known && *h < name.range.start)?;
    (head..name.range.start).all(|k| reading.is_open(k) && !reading.tokens.is_capital(k)).then_some(head)
}

/// "l'administration Roy": the noun of a body right before the name of somebody known, who is not the body.
fn body_head(reading: &Reading, phrase: &Phrase, name: &Name) -> Option<usize> {
    let person = || name.entities.iter().any(|e| reading.entities.get(*e).kind == EntityKind::Person);
    let head = phrase.head.filter(|head| head + 1 == name.range.start && phrase.role.is_none())?;
    (reading.is(head, Classes::BODY) && !reading.tokens.is_capital(head) && person()).then_some(head)
}

/// Where the common words of a body's name end: before a bracket or a participle ("l'Agence créée en 2010").
fn body_end(reading: &Reading, from: usize, limit: usize) -> usize {
    let after = |k: usize| reading.is(k - 1, Classes::DET | Classes::PREP | Classes::FUSED);
    let participle = |k: usize| reading.forms(k).iter().any(|f| f.mood == Mood::PastParticiple);
    (from..limit).find(|k| reading.mark(*k) == Some('(') || !after(*k) && participle(*k)).unwrap_or(limit.max(from))
}

fn initials(name: &str) -> impl Iterator<Item = char> {
    name.split([' ', '-']).filter_map(|w| w.chars().next())
}

/// The gender that the first of the words tells, if it is a given name.
fn first_gender(reading: &Reading, name: &Name, words: &str) -> Option<Gender> {
    let first = words.split(' ').next()?;
    match reading.surface(name.range.start) == first {
        true => reading.given_gender(name.range.start),
        false => first_name_gender(first),
    }
}

/// The words of these tokens as printed.
fn words_of<'a>(reading: &Reading<'a>, range: Range<usize>) -> Cow<'a, str> {
    single_spaced(reading.span(range).of(reading.text))
}

/// The words of `text` with one space between them.
pub(in crate::extract) fn single_spaced(text: &str) -> Cow<'_, str> {
    let mut before = b' ';
    // The first bytes of white space beyond ASCII, of other characters too.
    let wide = |byte| matches!(byte, 0xC2 | 0xE1..=0xE3);
    let is_so = text.bytes().all(|byte| {
        let good = byte > b' ' && !wide(byte) || byte == b' ' && before != b' ';
        before = byte;
        good
    });
    if is_so && before != b' ' {
        return text.into();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

fn count(words: &str) -> usize {
    1 + words.bytes().filter(|byte| *byte == b' ').count()
}

/// The last of the words in lower case.
pub(super) fn last_lower(words: &str) -> String {
    words.rsplit(' ').next().unwrap_or(words).to_lowercase()
}
