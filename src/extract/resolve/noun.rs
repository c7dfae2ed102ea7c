//! What a noun without a name says of the one it means, and whether somebody of the cast fits it.

use super::Resolver;
use crate::entity::{EntityId, Gender, Office, stands_for};
use crate::extract::cast::enter::complement;
use crate::extract::cast::{Held, Member};
use crate::extract::phrase::Phrase;
use crate::extract::statement::ActorKind;
use crate::language::Classes;

/// What the words of a phrase say of the one it means.
pub struct Noun<'a> {
    /// The role's lemma, or the head noun.
    pub word: &'a str,
    pub head: &'a str,
    pub class: &'a str,
    pub has_role: bool,
    pub not_now: bool,
    pub gender: Option<Gender>,
    /// Words of the complement.
    pub of: Vec<String>,
    /// The country that a demonym in it tells.
    pub country: Option<EntityId>,
    /// Whether the complement bears a name.
    pub place: bool,
}

/// Names of parties that stand in a complement are hardly longer: "le maire EELV", "la députée LREM".
const LONGEST_PARTY: usize = 5;

impl Noun<'_> {
    /// Whether somebody with this role has it in another place: no town shares its mayor.
    pub fn is_elsewhere(&self, held: &Held) -> bool {
        // "le maire de la capitale" may be the one of Valmont.
        let common = |word: &str| matches!(word, "capitale" | "ville" | "commune" | "village");
        let told = |of: &[String]| of.iter().any(|word| word.len() > LONGEST_PARTY && !common(word));
        let same = || self.of.iter().any(|word| held.of.contains(word));
        self.word == "maire" && held.lemma == "maire" && told(&self.of) && told(&held.of) && !same()
    }

    /// Whether it tells a trade or a walk of life that is none of politics or business.
    pub fn is_another_walk(&self) -> bool {
        let walks = [
            "acad", "culture", "expert", "health", "justice", "media", "mil", "people", "police", "relig", "royal",
            "sport",
        ];
        self.has_role && walks.contains(&self.class)
    }
}

impl Resolver<'_> {
    /// What a phrase without a name says of the one it means.
    pub(super) fn noun<'p>(&'p self, phrase: &'p Phrase) -> Option<Noun<'p>> {
        let head = phrase.head.map(|h| self.reading.lower(h));
        let (word, class, not_now, end) = match &phrase.role {
            Some(role) => (role.lemma, role.class, role.not_now, role.range.end),
            None => (head?, "", false, phrase.head? + 1),
        };
        let range = end.min(phrase.range.end)..phrase.range.end;
        let state = |k: usize| matches!(self.reading.lower(k), "république" | "état" | "etat");
        let place = range.clone().any(|k| self.reading.tokens.is_capital(k) && !state(k));
        let country = range.clone().find_map(|k| self.reading.demonym(k)).map(|demonym| demonym.country);
        let of = complement(self.reading, range);
        let has_role = phrase.role.is_some();
        Some(Noun {
            word,
            head: head.unwrap_or(word),
            class,
            has_role,
            not_now,
            gender: phrase.gender,
            of,
            country,
            place,
        })
    }

    /// Whether somebody has the role or noun, as the article tells or the table knows.
    pub(super) fn is_meant(&self, noun: &Noun, member: &Member) -> bool {
        self.is_told(noun, member) || self.has_office(noun, member)
    }

    /// Whether the article gives somebody the role or noun. "le maire de Valmont" is not the mayor of Sarrance.
    pub(super) fn is_told(&self, noun: &Noun, member: &Member) -> bool {
        // "the defenceman" is no goalie, though both play.
        let position = noun.class == "sport" && noun.word == "joueur" && !matches!(noun.head, "joueur" | "player");
        let fits = |held: &Held| {
            if position && self.reading.is_english() {
                return false;
            }
            // "le dirigeant écologiste" says more of whoever is known as "le maire de Valmont".
            let kind = noun.word != held.lemma && !noun.place;
            let same = noun.of.is_empty()
                || noun.of.iter().any(|word| held.of.contains(word))
                || kind
                || held.of.is_empty() && !noun.place && !self.is_head_elsewhere(noun, member);
            // "l'homme politique" may be "l'ancien maire", "le maire" may not, nor "l'édile".
            let now = held.not_now == noun.not_now || !noun.not_now && held.class != noun.class;
            same && now
                && !self.heads_a_body(noun, held)
                && self.is_of(noun, held, member)
                && stands_for(noun.word, &held.lemma, held.class)
        };
        // "le ministre des Ports", "le ministre de la Défense" is no other minister, nor is the one before.
        let charge = !noun.of.is_empty() || noun.country.is_some() || noun.not_now || noun.word.contains(' ');
        let plain = !noun.has_role || !charge;
        let described = || plain && member.nouns.iter().any(|n| n == noun.head || same_noun(n, noun.head));
        agrees(noun, member) && (member.roles.iter().any(fits) || described())
    }

    /// "le chef de l'État" is nobody who presides over a council.
    fn heads_a_body(&self, noun: &Noun, held: &Held) -> bool {
        let body = |word: &String| self.reading.lexicon.look_up(word).0.any(Classes::BODY);
        noun.class == "head" && noun.word != held.lemma && noun.word != "président" && held.of.iter().any(body)
    }

    /// "le président du comité" is not the one of the republic, whom the article calls "le président".
    fn is_head_elsewhere(&self, noun: &Noun, member: &Member) -> bool {
        let Some(entity) = member.entity.filter(|_| noun.class == "head" && !noun.of.is_empty()) else { return false };
        let word = noun.word.to_lowercase();
        let titles = || self.reading.entities.get(entity).offices.iter().map(|o| o.title.to_lowercase());
        let fits = |title: &String| noun.of.iter().any(|of| title.contains(of.as_str()));
        titles().any(|title| title.starts_with(&word)) && !titles().any(|title| fits(&title))
    }

    /// Whether the table knows that somebody holds the office that a noun tells, or held it if the noun says so.
    pub(super) fn has_office(&self, noun: &Noun, member: &Member) -> bool {
        let Some(entity) = member.entity.filter(|_| noun.has_role && !noun.place && agrees(noun, member)) else {
            return false;
        };
        let entity = self.reading.entities.get(entity);
        let of_country = noun.country.is_none_or(|country| entity.country == Some(country));
        let held_now = |o: &Office| self.is_held(o);
        let word = noun.word.to_lowercase();
        let fits = |o: &Office| {
            let title = o.title.to_lowercase();
            let told = |word: &String| title.contains(word.as_str()) || self.reading.entities.demonym(word).is_some();
            title.starts_with(&word) && noun.of.iter().all(told) && held_now(o) != noun.not_now
        };
        // "l'ancien ministre" is nobody who is president now.
        of_country && entity.offices.iter().any(fits) && !(noun.not_now && entity.offices.iter().any(held_now))
    }

    /// Whether an office is held on the day of the article.
    pub(super) fn is_held(&self, office: &Office) -> bool {
        office.has_begun(self.published) && !office.has_ended(self.published)
    }

    /// "l'ancien ministre", of whom the table does not know all, or "l'ancien Premier ministre" where the article names
    /// two: what the table tells of somebody does not say alone that it is meant.
    pub(super) fn have_been_many(&self, noun: &Noun) -> bool {
        let members = || self.cast.members.iter().filter(|m| self.has_office(noun, m));
        noun.not_now && (noun.word == "ministre" && noun.of.is_empty() || members().nth(1).is_some())
    }

    /// "le Premier ministre britannique" is not the one of another country, named without it.
    fn is_of(&self, noun: &Noun, held: &Held, member: &Member) -> bool {
        let country = |id| member.entity.is_some_and(|e| self.reading.entities.get(e).country == Some(id));
        noun.country.is_none_or(|id| !held.of.is_empty() || member.entity.is_none() || country(id))
    }
}

/// Whether somebody is a person of the noun's gender, as far as is known.
fn agrees(noun: &Noun, member: &Member) -> bool {
    let gender = member.gender.is_none() || noun.gender.is_none() || member.gender == noun.gender;
    member.kind == ActorKind::Person && gender
}

/// "militante" and "militant", "experte" and "expert".
fn same_noun(a: &str, b: &str) -> bool {
    let stem = |w: &str| w.trim_end_matches('s').trim_end_matches('e').to_owned();
    stem(a) == stem(b)
}
