//! Walks of life: what somebody is known for, and what does not go with it. The table is `walks.tsv`.

use super::Sign;
use crate::entity::{Entity, Office, Roles};
use crate::table::{Fault, TableError, rows};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What the offices and the description of an entity say that it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// The roles that the words name.
    pub(super) roles: Vec<Known>,
    /// The walks of life to which they belong, each once.
    pub(super) walks: Vec<&'static str>,
}

/// A role, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) lemma: &'static str,
    pub(super) class: &'static str,
    /// Its place among the offices; `None` if the description names it.
    pub(super) office: Option<usize>,
}

const TABLE: &str = "src/entity/link/walks.tsv";

/// That of those who are known for nothing.
pub(super) const PRIVATE: &str = "private";

/// A walk of life, and the sign of a role in it that is given to somebody of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Walk {
    pub(super) name: &'static str,
    pub(super) otherwise: Sign,
}

/// By the classes of roles, and by lemmas that go their own way.
static WALKS: LazyLock<FxHashMap<&'static str, Option<Walk>>> =
    LazyLock::new(|| read().expect("a test proves that every row of the embedded table is good"));

fn read() -> Result<FxHashMap<&'static str, Option<Walk>>, TableError> {
    let mut walks = FxHashMap::default();
    for (line, [role, name, sign]) in rows(TABLE, include_str!("walks.tsv"), ["role", "walk", "otherwise"])? {
        let wrong = |fault| TableError { table: TABLE, line, fault };
        let otherwise = || Sign::from_name(sign).ok_or_else(|| wrong(Fault::Unknown(sign.to_owned())));
        let walk = if name.is_empty() { None } else { Some(Walk { name, otherwise: otherwise()? }) };
        if walks.insert(role, walk).is_some() {
            return Err(wrong(Fault::Duplicate(role.to_owned())));
        }
    }
    Ok(walks)
}

/// The walk of life of a role; none of "père", "porte-parole", "citoyen" and the like, which go with any.
pub(super) fn walk(lemma: &str, class: &str) -> Option<Walk> {
    WALKS.get(lemma).or_else(|| WALKS.get(class)).copied().flatten()
}

/// The roles that the words of an office or a description begin with and hold, each with its class: "président" and
/// "avocat" of "président de la République, avocat".
fn roles_in(text: &str) -> impl Iterator<Item = (&'static str, &'static str)> + use<'_> {
    let words: Vec<&str> = text.split([' ', ',', '(', ')']).filter(|word| !word.is_empty()).collect();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < words.len() {
            let found = Roles::embedded().role_at(words[at..].iter().copied());
            at += found.map_or(1, |(count, _)| count);
            if let Some((_, role)) = found {
                return Some((role.lemma, role.class));
            }
        }
        None
    })
}

impl Entity {
    /// What it is known for; worked out when it is first asked for.
    pub(super) fn profile(&self) -> &Profile {
        self.profile.get_or_init(|| Profile::of(&self.offices, &self.note))
    }
}

impl Profile {
    fn of(offices: &[Office], note: &str) -> Self {
        let titles = offices.iter().enumerate().map(|(at, office)| (Some(at), office.title.as_str()));
        let known = |(office, text)| roles_in(text).map(move |(lemma, class)| Known { lemma, class, office });
        let roles: Vec<_> = titles.chain([(None, note)]).flat_map(known).collect();
        let mut walks: Vec<_> = roles.iter().filter_map(|known| Some(walk(known.lemma, known.class)?.name)).collect();
        walks.sort_unstable();
        walks.dedup();
        Self { roles, walks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_of_a_role() {
        let table = include_str!("../../language/fr/roles.tsv");
        let known: Vec<_> = table.lines().flat_map(|line| [line.split('\t').next(), line.split('\t').nth(4)]).collect();
        for role in read().unwrap().into_keys() {
            assert!(known.contains(&Some(role)), "{role}");
        }
    }

    #[test]
    fn roles_are_found_within_words() {
        let roles: Vec<_> = roles_in("ancienne ministre de la Culture et chanteuse").map(|(lemma, _)| lemma).collect();
        assert_eq!(roles, ["ministre de la Culture", "chanteur"]);
    }
}
