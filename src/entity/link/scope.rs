//! Scopes: how far a name means the same person whom no table knows. They follow from the article alone, so that the order
//! in which articles are read makes no difference.

use super::walk::{PRIVATE, walk};
use super::{EntityId, EntityKind, Method, Setting, Told};
use crate::entity::is_first_name;
use crate::entity::name::PARTICLES;
use std::sync::Arc;

/// With whom somebody whom no table knows is the same.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// With all who bear the name.
    #[default]
    Everywhere,
    /// With those who bear the name and have the role, in the same country if its words name one.
    Role {
        /// Masculine singular.
        lemma: Arc<str>,
        country: Option<EntityId>,
    },
    /// With nobody of another article: it names the person only in part.
    Article,
}

/// Classes of what stands before names.
const TITLES: [&str; 2] = ["title", "honorific"];

/// Classes of roles that anybody may have beside another: "habitant", "père".
const OF_ANYBODY: [&str; 4] = ["people", "relational", TITLES[0], TITLES[1]];

/// Classes of roles in which people are known by a given name: "le pape François", "la chanteuse Léa".
const OF_ONE_NAME: [&str; 3] = ["relig", "royal", "culture"];

impl Scope {
    /// The scope of a name in its setting. Bodies, outlets and authorities are the same for all who name them, and so is a
    /// person with a name of one word that is neither a given name nor under a title: a stage name.
    pub(super) fn of(setting: &Setting) -> Self {
        let is_name = matches!(setting.method, Method::Name | Method::PartOfName);
        if setting.kind != EntityKind::Person || !is_name {
            return Self::Everywhere;
        }
        let roles = setting.roles;
        let is_titled = roles.iter().any(|told| TITLES.contains(&told.class));
        match is_part(setting.name, is_titled) {
            true if is_titled || ends_in_initial(setting.name) => Self::Article,
            true => {
                Self::with_role(roles.iter().filter(|told| OF_ONE_NAME.contains(&told.class))).unwrap_or(Self::Article)
            }
            false => Self::of_full_name(roles),
        }
    }

    /// The scope of a name of which nothing else is known.
    pub fn of_name(name: &str) -> Self {
        if is_part(name, false) { Self::Article } else { Self::Everywhere }
    }

    /// That of a full name: many are called so, but those who are in the news for something are one.
    fn of_full_name(roles: &[Told]) -> Self {
        let walk_of = |told: &Told| walk(told.lemma, told.class).map(|walk| walk.name);
        let is_public = |told: &Told| walk_of(told) != Some(PRIVATE) && !OF_ANYBODY.contains(&told.class);
        if roles.iter().any(is_public) {
            return Self::Everywhere;
        }
        Self::with_role(roles.iter().filter(|told| walk_of(told) == Some(PRIVATE))).unwrap_or_default()
    }

    /// That of the first of the roles in the alphabet: in which order an article gives them says nothing.
    fn with_role<'a>(roles: impl Iterator<Item = &'a Told<'a>>) -> Option<Self> {
        let first = roles.min_by_key(|told| (told.lemma, told.country.is_none(), told.country))?;
        Some(Self::Role { lemma: first.lemma.into(), country: first.country })
    }
}

/// Whether a name of a person is only a part of one: a given name alone ("Léa"), a surname under a title ("M. Dupont", "Mme
/// de La Tour"), or one that ends in an initial ("Nicolas R.").
fn is_part(name: &str, is_titled: bool) -> bool {
    match name.split_once(' ') {
        _ if ends_in_initial(name) => true,
        None => is_titled || is_first_name(name),
        Some((first, _)) => is_titled && PARTICLES.contains(&first.to_lowercase().as_str()),
    }
}

/// "Nicolas R.", "Léa M.-P.", but not "La Lettre A".
fn ends_in_initial(name: &str) -> bool {
    let mut last = name.trim_end_matches('.').rsplit([' ', '-', '.']).next().unwrap_or_default().chars();
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    last.next().is_some_and(char::is_uppercase) && last.next().is_none() && !PARTICLES.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entities;
    use rustc_hash::FxHashSet;

    fn told(lemma: &'static str, class: &'static str) -> Told<'static> {
        Told { lemma, class, not_now: false, country: None }
    }

    fn scope(name: &str, kind: EntityKind, roles: &[Told]) -> Scope {
        let company = FxHashSet::default();
        Scope::of(&Setting { name, method: Method::Name, kind, gender: None, roles, on: None, company: &company })
    }

    #[test]
    fn whom_an_article_names_in_part_is_of_that_article() {
        for (name, titled, part) in [
            ("Léa", false, true),
            ("Jean-Paul", false, true),
            ("Nicolas R.", false, true),
            ("Fabien B", false, true),
            ("Léa M.-P.", false, true),
            ("A", false, true),
            ("Dupont", true, true),
            ("de La Tour", true, true),
            ("Dupont", false, false),
            ("Solvane", false, false),
            ("Anne Roy", true, false),
            ("Léa Roy", false, false),
            ("R. Dupont", true, false),
            ("Paul Martin III", false, false),
            ("La Lettre A", false, false),
        ] {
            let roles = [told("m", "title")];
            let found = scope(name, EntityKind::Person, if titled { &roles } else { &[] });
            assert_eq!(found, if part { Scope::Article } else { Scope::Everywhere }, "{name} {titled}");
        }
        assert_eq!(scope("Léa", EntityKind::Organisation, &[]), Scope::Everywhere);
        assert_eq!(Scope::of_name("Léa"), Scope::Article);
        assert_eq!(Scope::of_name("Anne Roy"), Scope::Everywhere);
    }

    #[test]
    fn only_private_people_are_told_apart_by_their_roles() {
        let (baker, pensioner) = (told("boulanger", "people"), told("retraité", "people"));
        let of = |lemma: &str| Scope::Role { lemma: lemma.into(), country: None };
        for (roles, expected) in [
            (&[][..], Scope::Everywhere),
            (&[baker], of("boulanger")),
            (&[pensioner, told("mme", "title"), baker], of("boulanger")),
            (&[told("père", "relational"), pensioner], of("retraité")),
            (&[told("habitant", "people")], Scope::Everywhere),
            (&[baker, told("maire", "local")], Scope::Everywhere),
            (&[told("porte-parole", "spokes"), baker], Scope::Everywhere),
            (&[told("médecin", "health")], Scope::Everywhere),
        ] {
            assert_eq!(scope("Anne Roy", EntityKind::Person, roles), expected, "{roles:?}");
        }
        // Popes, kings and singers are called by a given name.
        for (role, expected) in [
            (told("pape", "relig"), of("pape")),
            (told("chanteur", "culture"), of("chanteur")),
            (told("médecin", "health"), Scope::Article),
        ] {
            assert_eq!(scope("Léa", EntityKind::Person, &[baker, role]), expected);
            assert_eq!(scope("Léa R.", EntityKind::Person, &[role]), Scope::Article);
        }
        let country = Entities::embedded().by_key("Q142");
        let french = Told { country, ..baker };
        let scope = scope("Anne Roy", EntityKind::Person, &[baker, french]);
        assert!(country.is_some());
        assert_eq!(scope, Scope::Role { lemma: "boulanger".into(), country });
    }
}
